/* SPDX-License-Identifier: BSD-2-Clause */
/* What a call that arrived is answered with; and digits. */
#include <string.h>

#include "lib/registry.h"

static int take_uui(const struct ir_call *leg, const void *octets, size_t size, bool answering,
		    struct isdn_uui *store, const struct isdn_uui **uui)
{
	struct isdn_caps caps;

	leg->provider->ops->caps(leg->provider, &caps);
	return ir_uui_take(leg->registry, octets, size,
			   answering ? caps.uui_answer : caps.uui_accept, store, uui);
}

/* The far end is told once, whichever station it is. */
static bool told_already(struct ir_call *leg, bool answering)
{
	if (!leg->bridge)
		return false;
	return ir_request_waits(leg, IR_ANSWER) || (!answering && leg->state == ISDN_CALL_ACCEPTED);
}

static int ask(struct ir_call *leg, const struct isdn_uui *uui, bool answering)
{
	const struct isdn_provider_ops *ops = leg->provider->ops;
	isdn_time now = ir_now(leg->registry);
	int err = (answering ? ops->answer : ops->accept)(leg->provider, leg->leg, uui, now);

	leg->provider->touched = true;
	return err;
}

/* INACTIVE: a provider with shared lines of its own. */
static bool can_be_answered(const struct ir_call *c)
{
	return c->state == ISDN_CALL_ACCEPTED ||
	       (c->state == ISDN_CALL_CONNECTED && !ir_call_active(c));
}

int ir_respond_check(const struct ir_call *c, bool answering)
{
	const struct ir_call *leg = ir_leg_const(c);

	if (c->dropping || !leg->provider ||
	    !(c->state == ISDN_CALL_OFFERING || (answering && can_be_answered(c))))
		return ISDN_ERR_INVALCALLSTATE;
	if (ir_request_waits(c, IR_ANSWER))
		return ISDN_ERR_INVALCALLSTATE;
	if (answering && leg->bridge && leg->bridge->sharing != ISDN_SHARING_SHARED &&
	    ir_request_waits(leg, IR_ANSWER))
		return ISDN_ERR_INUSE; /* another station is faster */
	if (answering && leg->bridge && leg->bridge->sharing == ISDN_SHARING_EXCLUSIVE &&
	    ir_bridge_in_use(leg->bridge, c->station))
		return ISDN_ERR_INUSE; /* by another call */
	return 0;
}

static void accepted(struct ir_call *c, struct ir_request *req)
{
	const struct ir_why why = { .source = ISDN_BY_LOCAL, .request = req->id };
	struct ir_call *leg = ir_leg(c);

	ir_request_done(req, 0);
	if (leg != c)
		ir_call_set_state(leg, ISDN_CALL_ACCEPTED, 0, &why);
	ir_call_set_state(c, ISDN_CALL_ACCEPTED, 0, &why);
}

/* What accept and answer have in common. */
static isdn_request respond(struct ir_handle *h, const void *octets, size_t size, bool answering)
{
	struct ir_call *c = h->call, *leg = ir_leg(c);
	const struct isdn_uui *uui;
	struct ir_request *req;
	struct isdn_uui store;
	isdn_request id;
	bool told;
	int err = ir_respond_check(c, answering);

	if (!err)
		err = take_uui(leg, octets, size, answering, &store, &uui);
	if (!err)
		told = told_already(leg, answering);
	if (!err)
		err = ir_request_new(h, c, answering ? IR_ANSWER : IR_ACCEPT, &req);
	if (err)
		return err;
	id = req->id;
	if (!told)
		err = ask(leg, uui, answering);
	if (err) {
		ir_request_undo(req);
		return err;
	}
	if (answering)
		ir_answer_mode(h->client, c, id);
	else
		accepted(c, req);
	return id;
}

isdn_request isdn_call_accept(struct isdn_client *client, isdn_handle call, const void *uui,
			      size_t uui_size)
{
	struct ir_handle *h;
	isdn_request id = ir_handle_find(client, call, ISDN_OWNER, &h);

	if (!id)
		id = respond(h, uui, uui_size, false);
	return ir_flushed(client, id);
}

isdn_request isdn_call_answer(struct isdn_client *client, isdn_handle call, const void *uui,
			      size_t uui_size)
{
	struct ir_handle *h;
	isdn_request id = ir_handle_find(client, call, ISDN_OWNER, &h);

	if (id)
		return id;
	if (h->call->trunk && !ir_call_rings(h->call))
		id = ir_appearance_join(h);
	else
		id = respond(h, uui, uui_size, true);
	return ir_flushed(client, id);
}

static bool digits_good(const char *digits)
{
	size_t n = strspn(digits, "0123456789*#ABCDabcd");

	return n >= 1 && n <= ISDN_DIGITS_MAX && !digits[n];
}

int ir_dial_check(const struct ir_call *c)
{
	const struct ir_call *leg = ir_leg_const(c);
	struct isdn_caps caps;

	if (c->dropping || !leg->provider ||
	    !(c->state == ISDN_CALL_DIALTONE || c->state == ISDN_CALL_DIALING ||
	      c->state == ISDN_CALL_CONFERENCED || ir_call_active(c)))
		return ISDN_ERR_INVALCALLSTATE; /* */
	leg->provider->ops->caps(leg->provider, &caps);
	return caps.dial && leg->provider->ops->dial ? 0 : ISDN_ERR_OPERATIONUNAVAIL;
}

static void dialled(struct ir_call *c, const char *digits, isdn_request id)
{
	const struct ir_why why = { .source = ISDN_BY_LOCAL, .request = id };
	struct ir_call *leg = ir_leg(c);
	size_t n = strlen(leg->called);

	if (c->state != ISDN_CALL_DIALTONE && c->state != ISDN_CALL_DIALING)
		return;
	strncat(leg->called, digits, ISDN_DIGITS_MAX - n);
	if (leg != c)
		ir_call_set_state(leg, ISDN_CALL_DIALING, 0, &why);
	ir_call_set_state(c, ISDN_CALL_DIALING, 0, &why);
}

isdn_request isdn_call_dial(struct isdn_client *client, isdn_handle call, const char *digits)
{
	struct ir_request *req;
	struct ir_handle *h;
	struct ir_call *leg;
	isdn_request id;
	int err = ir_handle_find(client, call, ISDN_OWNER, &h);

	if (err)
		return err;
	if (!digits)
		return ISDN_ERR_INVALPOINTER;
	if (!digits_good(digits))
		return ISDN_ERR_INVAL;
	err = ir_dial_check(h->call);
	if (!err)
		err = ir_request_new(h, h->call, IR_DIAL, &req);
	if (err)
		return err;
	leg = ir_leg(h->call);
	err = leg->provider->ops->dial(leg->provider, leg->leg, digits, ir_now(client->registry));
	if (err) {
		ir_request_undo(req);
		return err;
	}
	leg->provider->touched = true;
	id = req->id;
	ir_request_done(req, 0);
	dialled(h->call, digits, id);
	ir_flush(client->registry);
	return id;
}
