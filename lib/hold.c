/* SPDX-License-Identifier: BSD-2-Clause */
/* Hold and retrieval: of a call, of a call at a station, of one that waits for a transfer or a
 * conference. */
#include "lib/registry.h"

bool ir_can_hold(const struct ir_call *leg)
{
	struct isdn_caps caps;

	if (!leg->provider)
		return false;
	leg->provider->ops->caps(leg->provider, &caps);
	return caps.hold;
}

int ir_hold(struct ir_call *leg, bool hold, bool *done)
{
	struct isdn_provider *p = leg->provider;
	int n = 1;

	if (p->ops->hold && ir_can_hold(leg)) {
		n = p->ops->hold(p, leg->leg, hold, ir_now(leg->registry));
		p->touched = true;
	}
	if (n < 0)
		return n;
	*done = n > 0;
	leg->holding = n == 0;
	return 0;
}

void ir_held(struct ir_call *call, const struct ir_why *why)
{
	bool transfer = call->transferring;

	call->holding = call->transferring = false;
	ir_requests_done(call, IR_HOLD, 0);
	ir_requests_done(call, IR_SETUP_TRANSFER, 0);
	ir_call_set_state(call, transfer ? ISDN_CALL_ONHOLDPENDTRANSFER : ISDN_CALL_ONHOLD, 0, why);
	if (transfer && call->consult_over)
		ir_reconnect(call, why);
	call->consult_over = false;
}

/* A held call that could not be retrieved for its conference, which may have waited for it. */
static void not_added(struct ir_call *call)
{
	const struct ir_why why = { .source = ISDN_BY_CASCADE, .cascade_of = call->serial };
	struct ir_hub *hub = call->hub;

	ir_party_unlink(call);
	if (hub->n || hub->began)
		ir_hub_left(hub, &why);
}

void ir_hold_refused(struct ir_call *call)
{
	static const enum ir_request_kind kinds[] = { IR_HOLD, IR_UNHOLD, IR_SETUP_TRANSFER,
						      IR_ADD };

	if (call->dropping)
		return;
	call->holding = false;
	if (call->transferring && call->consult)
		ir_consult_unset(call->consult);
	call->transferring = call->consult_over = false;
	if (ir_is_party(call) && call->state != ISDN_CALL_CONFERENCED)
		not_added(call);
	if (call->detached)
		(void)ir_drop_unowned(call, 0); /* half of a transfer */
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		ir_requests_done(call, kinds[i], ISDN_ERR_OPERATIONFAILED);
	if (call->bridge && ir_request_waits(call, IR_ANSWER))
		ir_requests_done(call, IR_ANSWER, ISDN_ERR_OPERATIONFAILED); /* to join it */
}

int ir_hold_check(const struct ir_call *c)
{
	const struct ir_call *leg = ir_leg_const(c);

	if (c->dropping || leg->holding || c->hub || !ir_call_active(c) || !leg->provider)
		return ISDN_ERR_INVALCALLSTATE;
	if (c->trunk && ir_others_take_part(c))
		return 0;
	return ir_can_hold(leg) ? 0 : ISDN_ERR_OPERATIONUNAVAIL;
}

/* the others go on. */
static isdn_request hold_here(struct ir_call *app, struct ir_request *req)
{
	const struct ir_why why = { .source = ISDN_BY_LOCAL, .request = req->id };

	req->outcome = ISDN_OUTCOME_INACTIVE;
	ir_request_done(req, 0);
	ir_appearance_inactive(app, &why);
	return why.request;
}

static isdn_request hold(struct ir_handle *h)
{
	struct ir_why why = { .source = ISDN_BY_LOCAL };
	struct ir_call *c = h->call, *leg = ir_leg(c);
	struct ir_request *req;
	bool done;
	int err = ir_request_new(h, c, IR_HOLD, &req);

	if (err)
		return err;
	if (c->trunk && ir_others_take_part(c))
		return hold_here(c, req);
	err = ir_hold(leg, true, &done);
	if (err) {
		ir_request_undo(req);
		return err;
	}
	why.request = req->id;
	if (!done)
		return why.request;
	if (leg->bridge)
		ir_trunk_held(leg, &why);
	else
		ir_held(leg, &why);
	return why.request;
}

isdn_request isdn_call_hold(struct isdn_client *client, isdn_handle call)
{
	struct ir_handle *h;
	isdn_request id = ir_handle_find(client, call, ISDN_OWNER, &h);

	if (!id)
		id = ir_hold_check(h->call);
	if (!id)
		id = hold(h);
	return ir_flushed(client, id);
}

/* The call that a conference is being set up from, and nobody joined yet (D12). */
static bool begins_conference(const struct ir_call *c)
{
	const struct ir_hub *hub = c->hub;

	return hub && hub->setup && hub->parent && hub->n == 1 && hub->first == c &&
	       !hub->parent->dropping;
}

static bool waits_for_party(const struct ir_call *c)
{
	return ir_is_parent(c) && c->state == ISDN_CALL_ONHOLDPENDCONF && c->consult;
}

static bool held(const struct ir_call *c)
{
	return (c->state == ISDN_CALL_ONHOLD || c->state == ISDN_CALL_ONHOLDPENDTRANSFER) &&
	       !c->hub && ir_leg_const(c)->provider && !ir_leg_const(c)->holding;
}

int ir_unhold_check(const struct ir_call *c)
{
	if (c->dropping)
		return ISDN_ERR_INVALCALLSTATE;
	return begins_conference(c) || waits_for_party(c) || held(c) ? 0 : ISDN_ERR_INVALCALLSTATE;
}

/* the conference is not to be; the call is on its own again. */
static void cancel_conference(struct ir_call *original, const struct ir_why *why)
{
	struct ir_call *parent = original->hub->parent, *consult = parent->consult;
	const struct ir_why rest = { .source = ISDN_BY_CASCADE,
				     .cascade_of = original->serial,
				     .request = why->request };

	if (consult) {
		ir_consult_unset(consult);
		ir_consult_clear(consult, original->serial, why->request);
	}
	ir_party_set_free(original, why);
	ir_call_gone(parent, &rest);
}

static void cancel_party(struct ir_call *parent, const struct ir_why *why)
{
	struct ir_call *consult = parent->consult;
	struct ir_hub *hub = parent->hub;
	bool began = !ir_begins_without_hold(hub);

	ir_consult_unset(consult);
	hub->setup = false;
	ir_consult_clear(consult, parent->serial, why->request);
	if (began) {
		ir_call_set_state(parent, ISDN_CALL_CONNECTED, ISDN_MODE_ACTIVE, why);
		return;
	}
	ir_party_unlink(hub->first); /* it has not joined, and will not */
	ir_call_gone(parent, why);
}

void ir_transfer_off(struct ir_call *c, isdn_request id)
{
	struct ir_call *consult = c->consult;

	if (!consult)
		return;
	ir_consult_unset(consult);
	ir_consult_clear(consult, c->serial, id);
}

static void retrieved(struct ir_call *c, const struct ir_why *why)
{
	struct ir_call *leg = ir_leg(c);

	if (leg != c) {
		ir_trunk_connected(leg, why);
		ir_bridge_changed(leg->bridge);
		return;
	}
	ir_requests_done(c, IR_UNHOLD, 0);
	ir_call_connect(c, why);
	ir_transfer_off(c, why->request);
}

static isdn_request unhold(struct ir_handle *h)
{
	struct ir_why why = { .source = ISDN_BY_LOCAL };
	struct ir_call *c = h->call;
	struct ir_request *req;
	bool done = true;
	int err = ir_request_new(h, c, IR_UNHOLD, &req);

	if (err)
		return err;
	if (held(c))
		err = ir_hold(ir_leg(c), false, &done);
	if (err) {
		ir_request_undo(req);
		return err;
	}
	why.request = req->id;
	if (!done)
		return why.request;
	if (held(c)) {
		retrieved(c, &why);
		return why.request;
	}
	ir_request_done(req, 0);
	if (ir_is_parent(c))
		cancel_party(c, &why);
	else
		cancel_conference(c, &why);
	return why.request;
}

isdn_request isdn_call_unhold(struct isdn_client *client, isdn_handle call)
{
	struct ir_handle *h;
	isdn_request id = ir_handle_find(client, call, ISDN_OWNER, &h);

	if (!id)
		id = ir_unhold_check(h->call);
	if (!id)
		id = unhold(h);
	return ir_flushed(client, id);
}

/* Drop or hold one of the client's other calls; a failure leaves it as it is. */
static void put_aside(struct ir_call *c, enum isdn_answer_mode mode, isdn_request id)
{
	static const struct isdn_drop plain;
	const struct ir_drop d = { .how = &plain, .id = id };
	const struct ir_why why = { .source = ISDN_BY_LOCAL, .request = id };
	struct ir_call *leg = ir_leg(c);
	bool done = false;

	if (c->trunk && ir_others_take_part(c)) {
		ir_appearance_inactive(c, &why);
	} else if (mode == ISDN_ANSWER_DROP) {
		if (ir_clear_leg(leg, &d) == 0 && leg->bridge)
			ir_trunk_dropping(leg, c);
	} else if (ir_can_hold(leg) && ir_hold(leg, true, &done) == 0 && done) {
		if (leg->bridge)
			ir_trunk_held(leg, &why);
		else
			ir_held(leg, &why);
	}
}

void ir_answer_mode(struct isdn_client *client, const struct ir_call *answered, isdn_request id)
{
	struct ir_handle *h, *next;

	if (client->answer_mode == ISDN_ANSWER_KEEP)
		return;
	for (h = client->handles; h; h = next) {
		struct ir_call *c = h->call;

		next = h->next_of_client;
		if (c != answered && h->privilege == ISDN_OWNER && !c->dropping && !c->hub &&
		    ir_call_active(c) && !ir_is_parent(c) && ir_leg(c)->provider && !c->linked &&
		    !(ir_leg(c)->holding && client->answer_mode == ISDN_ANSWER_HOLD))
			put_aside(c, client->answer_mode, id);
	}
}
