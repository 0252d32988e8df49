/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The drop. A conference is dropped by its
 * policy, party by party in join order, without recursion; a leg that can not
 * be cleared is named in the reply and does not stop the others.
 */
#include "lib/registry.h"

int ir_drop_possible(const struct ir_call *call)
{
	struct isdn_caps caps;

	if (call->state == ISDN_CALL_IDLE)
		return ISDN_ERR_INVALCALLSTATE;
	if (call->state == ISDN_CALL_CONNECTED && call->mode == ISDN_MODE_INACTIVE)
		return ISDN_ERR_OPERATIONUNAVAIL; /* D13 */
	if (call->provider &&
	    (call->state == ISDN_CALL_OFFERING || call->state == ISDN_CALL_ACCEPTED)) {
		call->provider->ops->caps(call->provider, &caps);
		if (!caps.reject_offering)
			return ISDN_ERR_OPERATIONUNAVAIL;
	}
	return 0;
}

static bool fits(const struct ir_call *leg, const struct isdn_drop *how)
{
	const struct isdn_uui *uui;
	struct isdn_uui store;
	struct isdn_caps caps;

	if (!leg->provider)
		return true;
	leg->provider->ops->caps(leg->provider, &caps);
	return ir_uui_take(leg->registry, how->uui, how->uui_size, caps.uui_drop, &store, &uui) ==
	       0;
}

/* Everything that must be known before anything is changed, in the order of errors of the
 * manual. */
static int check(const struct ir_call *call, const struct isdn_drop *how)
{
	int err = ir_drop_possible(call);

	if (err == ISDN_ERR_INVALCALLSTATE)
		return err;
	if (how->cause > 127)
		return ISDN_ERR_INVAL;
	if (!fits(call, how))
		return ISDN_ERR_USERUSERINFOTOOBIG;
	for (const struct ir_call *p = call->parties; p; p = p->next_party)
		if (!fits(p, how))
			return ISDN_ERR_USERUSERINFOTOOBIG;
	return err;
}

/* Ask the provider to end one leg. 0, and then the call is dropping. */
static int clear_leg(struct ir_call *leg, const struct isdn_drop *how, struct ir_request *req)
{
	bool offered = leg->state == ISDN_CALL_OFFERING || leg->state == ISDN_CALL_ACCEPTED;
	uint8_t cause = how->cause;
	struct ir_provider *p = leg->provider;
	const struct isdn_uui *uui;
	struct isdn_uui store;
	struct isdn_caps caps;
	bool sent = false;
	int err = ir_drop_possible(leg);

	if (err)
		return err;
	if (!cause)
		cause = offered ? ISDN_CAUSE_CALL_REJECTED : ISDN_CAUSE_NORMAL_CALL_CLEARING;
	p->ops->caps(p, &caps);
	err = ir_uui_take(leg->registry, how->uui, how->uui_size, caps.uui_drop, &store, &uui);
	if (!err)
		err = p->ops->drop(p, leg->leg, cause, uui, &sent, ir_now(leg->registry));
	if (err)
		return err;
	p->touched = true;
	if (leg->state != ISDN_CALL_DISCONNECTED) { /* else the far end's cause stays */
		leg->cause = cause;
		leg->location = ISDN_LOC_USER;
	}
	leg->dropping = true;
	leg->uui_sent = sent;
	leg->drop = req;
	if (req) {
		req->uui_sent |= sent;
		req->with_uui = (uint16_t)(req->with_uui + sent);
		req->outcome = offered ? ISDN_OUTCOME_REJECTED : ISDN_OUTCOME_CLEARED;
	}
	ir_requests_fail(leg, req); /* */
	return 0;
}

/* A party that could not be cleared goes on as a call of its own. */
static void set_free(struct ir_call *party)
{
	const struct ir_why why = { .source = ISDN_BY_CASCADE };

	ir_conference_unlink(party);
	if (party->state == ISDN_CALL_CONFERENCED)
		ir_call_set_state(party, ISDN_CALL_CONNECTED, ISDN_MODE_ACTIVE, &why);
}

static void clear_conference(struct ir_call *conference, const struct isdn_drop *how,
			     struct ir_request *req)
{
	const struct ir_why why = { .source = ISDN_BY_LOCAL };
	struct ir_call *party, *next;

	conference->dropping = true;
	conference->drop = req;
	conference->cause = how->cause ? how->cause : ISDN_CAUSE_NORMAL_CALL_CLEARING;
	conference->location = ISDN_LOC_USER;
	ir_requests_fail(conference, req);
	for (party = conference->parties; party; party = next) {
		next = party->next_party;
		if (party->dropping)
			continue; /* it is on its way out already */
		if (clear_leg(party, how, req) == 0) {
			party->cascade = true;
			continue;
		}
		if (req)
			req->failed++;
		set_free(party);
	}
	if (req)
		req->outcome = ISDN_OUTCOME_CLEARED;
	if (!conference->n_parties)
		ir_call_gone(conference, &why);
}

static int start(struct ir_call *call, const struct isdn_drop *how, struct ir_request *req)
{
	if (call->origin != ISDN_ORIGIN_CONFERENCE)
		return clear_leg(call, how, req);
	clear_conference(call, how, req);
	return 0;
}

isdn_request isdn_call_drop(struct isdn_client *client, isdn_handle call,
			    const struct isdn_drop *how)
{
	static const struct isdn_drop plain;
	struct ir_request *req;
	struct ir_handle *h;
	isdn_request id;
	int err = ir_handle_find(client, call, ISDN_OWNER, &h);

	if (err)
		return err;
	if (h->call->drop)
		return h->call->drop->id; /* */
	if (!how)
		how = &plain;
	err = check(h->call, how);
	if (!err)
		err = ir_request_new(h, IR_DROP, &req);
	if (err)
		return err;
	id = req->id;
	if (h->call->dropping) {
		h->call->drop = req; /* nobody's so far: this request gets the reply */
		req->outcome = ISDN_OUTCOME_CLEARED;
		return id;
	}
	err = start(h->call, how, req);
	if (err) {
		ir_request_undo(req);
		return err;
	}
	ir_flush(client->registry);
	return id;
}

void ir_drop_unowned(struct ir_call *call)
{
	static const struct isdn_drop plain;

	if (!call->dropping && call->state != ISDN_CALL_IDLE)
		(void)start(call, &plain, NULL);
}
