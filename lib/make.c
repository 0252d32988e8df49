/* SPDX-License-Identifier: BSD-2-Clause */
/* Calls that a client makes: by themselves, at a station, for a conference or a transfer. */
#include <string.h>

#include "lib/registry.h"

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

static bool params_good(const struct isdn_call_params *p)
{
	return number_good(p->called) && (!p->calling || number_good(p->calling)) &&
	       capability_good(p->capability) &&
	       p->channel < ISDN_CHANNEL(ISDN_INTERFACES_MAX, 0) && p->called_type <= 7 &&
	       p->called_plan <= 15 && p->calling_type <= 7 && p->calling_plan <= 15 &&
	       !((p->uus_preferred | p->uus_required) & ~ISDN_UUS_ALL);
}

int ir_make_check(const struct isdn_client *client, const struct isdn_call_params *params,
		  const isdn_handle *call)
{
	if (!client)
		return ISDN_ERR_UNINITIALIZED;
	if (!params || !call)
		return ISDN_ERR_INVALPOINTER;
	if (params->size != sizeof(*params))
		return ISDN_ERR_INVAL;
	if (!params->called)
		return ISDN_ERR_INVALPOINTER;
	if (client->privilege != ISDN_OWNER)
		return ISDN_ERR_NOTOWNER;
	return params_good(params) ? 0 : ISDN_ERR_INVAL;
}

/* The span, and of a shared line the station. */
static int place(const struct isdn_client *client, const struct isdn_call_params *params,
		 struct isdn_provider **p, struct ir_bridge **b, struct ir_station **s)
{
	struct isdn_registry *r = client->registry;
	struct isdn_caps caps;

	*b = NULL;
	*s = NULL;
	if (params->bridge) {
		*b = ir_bridge_find(r, params->bridge);
		*s = *b ? ir_station_of(*b, client) : NULL;
		if (!*s || (*s)->monitored)
			return ISDN_ERR_INVALCALLHANDLE;
		if ((*b)->sharing == ISDN_SHARING_EXCLUSIVE && ir_bridge_in_use(*b, *s))
			return ISDN_ERR_INUSE; /* */
	}
	*p = ir_span(r, *b ? (*b)->span : params->span);
	if (!*p)
		return ISDN_ERR_RESOURCEUNAVAIL;
	(*p)->ops->caps(*p, &caps);
	if (!(*p)->ops->make || (params->overlap && !caps.dial))
		return ISDN_ERR_OPERATIONUNAVAIL;
	return *params->called || params->overlap ? 0 : ISDN_ERR_INVAL;
}

static void undo_calls(struct ir_call *call)
{
	struct ir_call *trunk = call->trunk;

	ir_call_free(call);
	if (trunk)
		ir_call_free(trunk);
}

/* Call, handle and request, with nothing told to anybody yet. */
static int prepare(struct isdn_client *client, struct ir_bridge *b, struct ir_station *s,
		   struct ir_made *m)
{
	struct isdn_registry *r = client->registry;
	struct ir_call *trunk = NULL;
	int err = ISDN_ERR_NOMEM;

	if (b) {
		trunk = ir_call_new(r, ISDN_ORIGIN_OUTBOUND);
		if (!trunk)
			return err;
	}
	m->call = ir_call_new(r, ISDN_ORIGIN_OUTBOUND);
	if (!m->call) {
		if (trunk)
			ir_call_free(trunk);
		return err;
	}
	if (trunk) {
		trunk->is_trunk = true;
		trunk->apps = m->call;
		m->call->trunk = trunk;
		m->call->station = s;
	}
	if (!ir_handle_new(client, m->call, ISDN_OWNER, &m->handle)) {
		if (!ir_request_new(m->handle, m->call, IR_MAKE, &m->request))
			return 0;
		ir_handle_free(m->handle);
	}
	undo_calls(m->call);
	return err;
}

static void fill(struct ir_call *c, const struct isdn_call_params *params, unsigned span)
{
	c->span = (uint16_t)span;
	c->capability = (uint8_t)params->capability;
	strcpy(c->called, params->called);
	strcpy(c->calling, params->calling ? params->calling : "");
}

int ir_make(struct isdn_client *client, const struct isdn_call_params *params, struct ir_made *m)
{
	struct isdn_registry *r = client->registry;
	const struct isdn_uui *uui = NULL;
	struct isdn_provider *p;
	struct ir_station *s;
	struct isdn_uui store;
	struct isdn_caps caps;
	struct ir_bridge *b;
	struct ir_call *leg;
	int err = place(client, params, &p, &b, &s);

	if (err)
		return err;
	p->ops->caps(p, &caps);
	err = ir_uui_take(r, params->uui, params->uui_size, caps.uui_make, &store, &uui);
	if (!err)
		err = prepare(client, b, s, m);
	if (err)
		return err;
	leg = ir_leg(m->call);
	err = p->ops->make(p, params, uui, leg, &leg->leg, ir_now(r));
	if (err) {
		ir_request_undo(m->request);
		ir_handle_free(m->handle);
		undo_calls(m->call);
		return err;
	}
	p->touched = true;
	leg->provider = p;
	fill(m->call, params, p->number);
	if (!b)
		return 0;
	fill(leg, params, p->number);
	ir_trunk_add(b, leg);
	return 0;
}

int ir_make_consult(struct isdn_client *client, const struct isdn_call_params *params,
		    struct ir_made *m)
{
	int err = ir_make(client, params, m);

	if (err)
		return err;
	ir_request_undo(m->request);
	m->request = NULL;
	return 0;
}

void ir_made_tell(const struct ir_made *m, isdn_request id)
{
	const struct ir_why why = { .source = ISDN_BY_LOCAL, .request = id };
	struct ir_call *leg = ir_leg(m->call);
	enum isdn_call_state state = *leg->called ? ISDN_CALL_DIALING : ISDN_CALL_DIALTONE;

	ir_call_announce(m->call, false);
	if (leg != m->call)
		ir_call_set_state(leg, state, 0, &why);
	ir_call_set_state(m->call, state, 0, &why);
	if (leg->bridge)
		ir_bridge_changed(leg->bridge);
}

isdn_request isdn_call_make(struct isdn_client *client, const struct isdn_call_params *params,
			    isdn_handle *call)
{
	struct ir_made m;
	isdn_request id;
	int err = ir_make_check(client, params, call);

	if (!err)
		err = ir_make(client, params, &m);
	if (err)
		return err;
	*call = m.handle->id;
	id = m.request->id;
	ir_made_tell(&m, id);
	ir_flush(client->registry);
	return id;
}
