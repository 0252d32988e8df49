/* SPDX-License-Identifier: BSD-2-Clause */
/* Calls: their life, their state, and the requests that are not a drop. */
#include <string.h>

#include "lib/registry.h"

struct ir_call *ir_call_new(struct isdn_registry *r, enum isdn_origin origin)
{
	struct ir_call *call = ib_alloc(&r->env, sizeof(*call));

	if (!call)
		return NULL;
	call->registry = r;
	call->serial = ++r->serial;
	call->origin = origin;
	call->since = ir_now(r);
	call->prev = r->last_call;
	*r->last_call = call;
	r->last_call = &call->next;
	r->n_calls++;
	return call;
}

void ir_call_free(struct ir_call *call)
{
	struct isdn_registry *r = call->registry;

	ir_uui_free(call);
	ir_uui_unsend(call);
	*call->prev = call->next;
	if (call->next)
		call->next->prev = call->prev;
	else
		r->last_call = call->prev;
	ib_free(&r->env, call);
	r->n_calls--;
}

void ir_call_release(struct ir_call *call)
{
	if (call->state == ISDN_CALL_IDLE && !call->handles && !call->requests)
		ir_call_free(call);
}

void ir_call_set_state(struct ir_call *call, enum isdn_call_state state, uint32_t mode,
		       const struct ir_why *why)
{
	enum isdn_call_state old = call->state;

	if (old == ISDN_CALL_IDLE || (old == state && call->mode == mode))
		return; /* IDLE is final */
	call->state = state;
	call->mode = mode;
	call->since = ir_now(call->registry);
	ib_log(&call->registry->env, ISDN_LOG_INFO, ISDN_AREA_REGISTRY, "call %llu: %s -> %s",
	       (unsigned long long)call->serial, old ? isdn_call_state_name(old) : "new",
	       isdn_call_state_name(state));
	ir_event_state(call, old, why);
}

void ir_call_announce(struct ir_call *call, bool to_owners)
{
	for (struct isdn_client *c = call->registry->clients; c; c = c->next) {
		struct ir_handle *h;

		if ((c->privilege == ISDN_OWNER && !to_owners) || !ir_client_sees(c, call->span) ||
		    ir_handle_of(c, call))
			continue;
		if (ir_handle_new(c, call, c->privilege, &h))
			c->lost = true;
		else
			ir_event_new_call(h);
	}
}

/* The request that the last events of the call name, and who is given as their source. */
static struct ir_why why_ended(const struct ir_call *call, const struct ir_why *why)
{
	struct ir_why w = *why;

	if (!call->dropping)
		return w;
	w.request = call->drop ? call->drop->id : 0;
	if (call->cascade)
		w.source = ISDN_BY_CASCADE;
	else if (why->source != ISDN_BY_TIMER && why->source != ISDN_BY_LINK)
		w.source = ISDN_BY_LOCAL;
	w.cause = call->cause;
	w.location = call->location;
	return w;
}

void ir_call_gone(struct ir_call *call, const struct ir_why *why)
{
	struct ir_why w = why_ended(call, why);
	struct ir_request *drop = call->drop;
	bool own = drop && drop->call == call;
	bool offered = call->state == ISDN_CALL_OFFERING || call->state == ISDN_CALL_ACCEPTED;

	call->cause = w.cause;
	call->location = w.location;
	call->source = w.source;
	ir_requests_fail(call, drop);
	if (!call->dropping && call->origin != ISDN_ORIGIN_CONFERENCE)
		ir_call_set_state(call, ISDN_CALL_DISCONNECTED,
				  call->state == ISDN_CALL_DISCONNECTED
					  ? call->mode
					  : ir_disconnect_mode(w.cause, offered),
				  &w);
	if (drop)
		drop->changed++;
	call->drop = NULL;
	if (own)
		ir_request_done(drop, drop->failed ? ISDN_ERR_OPERATIONFAILED : 0);
	call->provider = NULL;
	call->channel = 0;
	ir_call_set_state(call, ISDN_CALL_IDLE, 0, &w);
	if (call->parent)
		ir_conference_leave(call);
	ir_call_release(call);
}

void isdn_call_params_init(struct isdn_call_params *params)
{
	memset(params, 0, sizeof(*params));
	params->size = sizeof(*params);
	params->called_plan = 1;
	params->calling_plan = 1;
	params->capability = ISDN_SPEECH;
}

static bool number_good(const char *digits)
{
	size_t n = strspn(digits, "0123456789*#ABCDabcd");

	return n <= ISDN_DIGITS_MAX && !digits[n];
}

static bool capability_good(enum isdn_capability capability)
{
	switch (capability) {
	case ISDN_SPEECH:
	case ISDN_UNRESTRICTED_DIGITAL:
	case ISDN_RESTRICTED_DIGITAL:
	case ISDN_AUDIO_3K1:
	case ISDN_UNRESTRICTED_WITH_TONES:
	case ISDN_VIDEO:
		return true;
	}
	return false;
}

static int params_check(const struct isdn_client *client, const struct isdn_call_params *params,
			const isdn_handle *call)
{
	if (!client)
		return ISDN_ERR_UNINITIALIZED;
	if (!params || !call || !params->called)
		return ISDN_ERR_INVALPOINTER;
	if (client->privilege != ISDN_OWNER)
		return ISDN_ERR_NOTOWNER;
	if (params->size != sizeof(*params) || !number_good(params->called) ||
	    (params->calling && !number_good(params->calling)) ||
	    !capability_good(params->capability) ||
	    params->channel >= ISDN_CHANNEL(ISDN_INTERFACES_MAX, 0) || params->called_type > 7 ||
	    params->called_plan > 15 || params->calling_type > 7 || params->calling_plan > 15 ||
	    ((params->uus_preferred | params->uus_required) & ~ISDN_UUS_ALL))
		return ISDN_ERR_INVAL;
	return ir_span(client->registry, params->span) ? 0 : ISDN_ERR_RESOURCEUNAVAIL;
}

/* Call, handle and request, with nothing told to anybody yet. */
static int make_prepare(struct isdn_client *client, struct ir_call **call, struct ir_handle **h,
			struct ir_request **req)
{
	*call = ir_call_new(client->registry, ISDN_ORIGIN_OUTBOUND);
	if (!*call)
		return ISDN_ERR_NOMEM;
	if (ir_handle_new(client, *call, ISDN_OWNER, h)) {
		ir_call_free(*call);
		return ISDN_ERR_NOMEM;
	}
	if (ir_request_new(*h, IR_MAKE, req)) {
		ir_handle_free(*h);
		ir_call_free(*call);
		return ISDN_ERR_NOMEM;
	}
	return 0;
}

isdn_request isdn_call_make(struct isdn_client *client, const struct isdn_call_params *params,
			    isdn_handle *call)
{
	const struct ir_why why = { .source = ISDN_BY_LOCAL };
	const struct isdn_uui *uui = NULL;
	struct ir_provider *p;
	struct isdn_uui store;
	struct isdn_caps caps;
	struct ir_request *req;
	struct ir_handle *h;
	struct ir_call *c;
	isdn_request id;
	int err = params_check(client, params, call);

	if (err)
		return err;
	p = ir_span(client->registry, params->span);
	p->ops->caps(p, &caps);
	err = ir_uui_take(client->registry, params->uui, params->uui_size, caps.uui_make, &store,
			  &uui);
	if (!err)
		err = make_prepare(client, &c, &h, &req);
	if (err)
		return err;
	err = p->ops->make(p, params, uui, c, &c->leg, ir_now(client->registry));
	if (err) {
		ir_request_undo(req);
		ir_handle_free(h);
		ir_call_free(c);
		return err;
	}
	p->touched = true;
	c->provider = p;
	c->span = params->span;
	c->capability = (uint8_t)params->capability;
	strcpy(c->called, params->called);
	strcpy(c->calling, params->calling ? params->calling : "");
	*call = h->id;
	id = req->id;
	ir_call_announce(c, false);
	ir_call_set_state(c, ISDN_CALL_DIALING, 0, &why);
	ir_flush(client->registry);
	return id;
}

/* What accept and answer have in common. */
static isdn_request respond(struct isdn_client *client, isdn_handle call, const void *octets,
			    size_t size, bool answering)
{
	const struct ir_why why = { .source = ISDN_BY_LOCAL };
	const struct isdn_uui *uui;
	struct isdn_uui store;
	struct isdn_caps caps;
	struct ir_request *req;
	struct ir_provider *p;
	struct ir_handle *h;
	isdn_request id;
	isdn_time now;
	int err = ir_handle_find(client, call, ISDN_OWNER, &h);

	if (err)
		return err;
	if (h->call->dropping || !(h->call->state == ISDN_CALL_OFFERING ||
				   (answering && h->call->state == ISDN_CALL_ACCEPTED)))
		return ISDN_ERR_INVALCALLSTATE;
	p = h->call->provider;
	now = ir_now(client->registry);
	p->ops->caps(p, &caps);
	err = ir_uui_take(client->registry, octets, size,
			  answering ? caps.uui_answer : caps.uui_accept, &store, &uui);
	if (!err)
		err = ir_request_new(h, answering ? IR_ANSWER : IR_ACCEPT, &req);
	if (err)
		return err;
	id = req->id;
	err = (answering ? p->ops->answer : p->ops->accept)(p, h->call->leg, uui, now);
	if (err) {
		ir_request_undo(req);
		return err;
	}
	p->touched = true;
	if (!answering) {
		ir_request_done(req, 0);
		ir_call_set_state(h->call, ISDN_CALL_ACCEPTED, 0, &why);
	}
	ir_flush(client->registry);
	return id;
}

isdn_request isdn_call_accept(struct isdn_client *client, isdn_handle call, const void *uui,
			      size_t uui_size)
{
	return respond(client, call, uui, uui_size, false);
}

isdn_request isdn_call_answer(struct isdn_client *client, isdn_handle call, const void *uui,
			      size_t uui_size)
{
	return respond(client, call, uui, uui_size, true);
}
