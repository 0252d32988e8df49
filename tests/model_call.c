/* SPDX-License-Identifier: BSD-2-Clause */
/* The model: a call and its leg. Shared lines are in model_line.c. */
#include "tests/model_parts.h"

/* ---- make, and what arrives ---- */

static int may_place(const struct model *m, int provider, const char *called, bool overlap)
{
	if (!m->provider[provider].open)
		return ISDN_ERR_RESOURCEUNAVAIL;
	if (overlap && !m->provider[provider].caps.dial)
		return ISDN_ERR_OPERATIONUNAVAIL;
	return !*called && !overlap ? ISDN_ERR_INVAL : 0;
}

int model_place(struct model *m, int client, int provider, bool line, const char *called,
		bool overlap, int *call)
{
	enum isdn_call_state state = *called ? ISDN_CALL_DIALING : ISDN_CALL_DIALTONE;
	int leg, err;

	err = line ? model_line_may_make(m, client) : 0;
	if (err)
		return err;
	err = may_place(m, provider, called, overlap);
	if (err)
		return err;
	err = model_ask_make(m, provider, &leg);
	if (err)
		return err;
	*call = model_new_call(m, leg, state, 0);
	m->leg[leg].line = line;
	if (line)
		m->call[*call].station = client;
	else
		m->leg[leg].call = *call;
	model_give(m, client, *call, ISDN_OWNER, true);
	model_show(m, *call);
	return 0;
}

int model_make(struct model *m, int client, int provider, bool line, const char *called,
	       bool overlap, int *call)
{
	int r, err;

	if (m->client[client].config.privilege == ISDN_MONITOR)
		return ISDN_ERR_NOTOWNER;
	err = model_place(m, client, provider, line, called, overlap, call);
	if (err)
		return err;
	r = model_request(m, client, *call, MODEL_MAKING);
	model_made(m, *call, r);
	model_flush(m);
	return r;
}

/* To every owner; to those alone that are stations, when it is for the shared line. */
void model_offered(struct model *m, int leg)
{
	int call;

	if (m->leg[leg].line && model_line_offered(m, leg))
		return;
	m->leg[leg].line = false;
	call = model_new_call(m, leg, ISDN_CALL_OFFERING, ISDN_MODE_ACTIVE);
	m->leg[leg].call = call;
	for (int c = 0; c < MODEL_CLIENTS; c++)
		if (m->client[c].open && m->client[c].config.privilege == ISDN_OWNER &&
		    model_sees(m, c, call))
			model_give(m, c, call, ISDN_OWNER, false);
	model_show(m, call);
	if (!model_holders(m, call, ISDN_OWNER))
		model_owner_left(m, call);
}

/* ---- what the far end does ---- */

uint32_t model_disconnect_mode(uint8_t cause, bool unanswered)
{
	static const struct {
		uint8_t cause;
		uint32_t mode;
	} modes[] = { { 17, ISDN_DISCONNECT_BUSY },	   { 18, ISDN_DISCONNECT_NOANSWER },
		      { 19, ISDN_DISCONNECT_NOANSWER },	   { 21, ISDN_DISCONNECT_REJECT },
		      { 26, ISDN_DISCONNECT_PICKUP },	   { 27, ISDN_DISCONNECT_OUTOFORDER },
		      { 34, ISDN_DISCONNECT_CONGESTION },  { 31, ISDN_DISCONNECT_NORMAL },
		      { 102, ISDN_DISCONNECT_TEMPFAILURE } };

	if (cause == 16) /* the caller gave up, or the call is over */
		return unanswered ? ISDN_DISCONNECT_CANCELLED : ISDN_DISCONNECT_NORMAL;
	for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++)
		if (modes[i].cause == cause)
			return modes[i].mode;
	return ISDN_DISCONNECT_UNAVAIL;
}

void model_disconnected(struct model *m, int call, uint8_t cause, enum isdn_source source)
{
	bool unanswered = model_is(m, call, ISDN_CALL_OFFERING | ISDN_CALL_ACCEPTED);
	struct model_why why = { .source = source, .of = NONE, .cause = cause };

	if (model_is(m, call, ISDN_CALL_IDLE | ISDN_CALL_DISCONNECTED))
		return;
	model_fail(m, call);
	m->call[call].transferring = false;
	model_enter(m, call, ISDN_CALL_DISCONNECTED, model_disconnect_mode(cause, unanswered), why);
}

static void connected(struct model *m, int call, uint32_t mode)
{
	bool held = model_is(m, call, ISDN_CALL_ONHOLD | ISDN_CALL_ONHOLDPENDTRANSFER);
	struct model_call *c = &m->call[call];
	struct model_why why = model_any(0);

	if (!held || c->held_here)
		c->far_held = mode == ISDN_MODE_ACTIVEHELD;
	if (held && c->held_here)
		return; /* the provider knows nothing of that */
	why.request = model_pending(m, call, MODEL_ANSWERING);
	model_answer_all(m, call, MODEL_ANSWERING, 0);
	if (held) { /* the far end is as it was */
		model_retrieved(m, call);
		return;
	}
	if (c->conference != NONE && !c->with_another)
		model_joined(m, call);
	else
		model_enter(m, call, ISDN_CALL_CONNECTED, mode, why);
	if (c->consult_of != NONE)
		model_consult_connected(m, call);
}

void model_leg_state(struct model *m, const struct model_leg_event *ev)
{
	int call = m->leg[ev->leg].call;
	struct model_call *c = &m->call[call];
	struct model_why why = model_any(0);

	if (c->dropping || model_is_idle(m, call))
		return;
	if (ev->state == ISDN_CALL_DISCONNECTED) {
		model_disconnected(m, call, ev->cause, ev->source);
		if (c->linked != NONE)
			model_link_over(m, call, ev->uui_size);
		return;
	}
	model_answer_all(m, call, MODEL_MAKING, 0);
	if (ev->state == ISDN_CALL_CONNECTED)
		connected(m, call, ev->mode);
	else if (ev->state == ISDN_CALL_ONHOLD)
		model_held(m, call);
	else
		model_enter(m, call, ev->state, 0, why);
}

/* The reply of a drop, before IDLE. */
static void answer_drop(struct model *m, int call)
{
	enum isdn_outcome outcome = ISDN_OUTCOME_CLEARED;

	if (m->call[call].refused_offer)
		outcome = ISDN_OUTCOME_REJECTED;
	else if (model_survivor(m, call) != NONE)
		outcome = ISDN_OUTCOME_COLLAPSED;
	model_answer_end(m, call, 0, outcome);
}

void model_leg_gone(struct model *m, const struct model_leg_event *ev)
{
	int call = m->leg[ev->leg].call;
	struct model_call *c = &m->call[call];
	struct model_why why = { .source = ev->source, .of = NONE, .cause = ev->cause };

	if (model_is_idle(m, call))
		return;
	if (c->moving) {
		model_moved(m, call, ev->source);
		return;
	}
	if (c->dropping) {
		why = c->why;
		if (why.source != ISDN_BY_CASCADE && ev->source != ISDN_BY_REMOTE)
			why.source = ev->source;
		/* It is the far end's doing when nobody asked. */
		why.any |= model_is(m, call, ISDN_CALL_DISCONNECTED) &&
			   (!why.request || ev->source == ISDN_BY_TIMER);
		answer_drop(m, call);
	} else {
		why.any = model_is(m, call, ISDN_CALL_DISCONNECTED);
		if (ev->source == ISDN_BY_LINK)
			c->cleared_cause = 0; /* that is what counts */
		model_disconnected(m, call, ev->cause, ev->source);
	}
	model_end(m, call, why);
}

/* ---- requests ---- */

int model_accept(struct model *m, int client, int call)
{
	struct model_call *c = &m->call[call];
	int err, r;

	if (!model_owns(m, client, call))
		return ISDN_ERR_NOTOWNER;
	if (!model_is(m, call, ISDN_CALL_OFFERING) || c->dropping)
		return ISDN_ERR_INVALCALLSTATE;
	if (c->station != NONE)
		return model_line_accept(m, client, call);
	err = model_ask(m, c->leg, MOCK_ACCEPT);
	if (err)
		return err;
	r = model_reply_now(m, client, call);
	model_enter(m, call, ISDN_CALL_ACCEPTED, 0, model_local(r, 0));
	return r;
}

/* what else the client has, and is active, is dropped or held. */
static void make_room(struct model *m, int client, int but, int request)
{
	enum isdn_answer_mode mode = m->client[client].config.answer_mode;

	for (int k = model_next_handle(m, client, 0); k != NONE && mode != ISDN_ANSWER_KEEP;
	     k = model_next_handle(m, client, m->call[k].handle[client].order)) {
		struct model_call *c = &m->call[k];

		if (k == but || c->linked != NONE || !model_owns(m, client, k) ||
		    c->is_conference || c->dropping || c->conference != NONE ||
		    !model_is_active(m, k))
			continue;
		if (mode == ISDN_ANSWER_DROP)
			model_drop_quietly(m, k, 16, request);
		else if (c->station != NONE && model_others_active(m, k))
			model_enter(m, k, ISDN_CALL_CONNECTED, model_inactive_mode(m, k),
				    model_local(request, 0));
		else if (model_caps(m, k)->hold && !model_busy(m, k)) {
			model_leg(m, k)->asker = k;
			if (model_ask(m, c->leg, MOCK_HOLD) == 1)
				model_held(m, k);
		}
	}
}

int model_answer(struct model *m, int client, int call)
{
	struct model_call *c = &m->call[call];
	int r;

	if (!model_owns(m, client, call))
		return ISDN_ERR_NOTOWNER;
	if (c->dropping)
		return ISDN_ERR_INVALCALLSTATE;
	if (c->station != NONE) {
		r = model_line_answer(m, client, call);
	} else {
		if (!model_is(m, call, ISDN_CALL_OFFERING | ISDN_CALL_ACCEPTED))
			return ISDN_ERR_INVALCALLSTATE;
		r = model_ask(m, c->leg, MOCK_ANSWER);
		if (!r)
			r = model_request(m, client, call, MODEL_ANSWERING);
	}
	if (r < 0)
		return r;
	make_room(m, client, call, r);
	model_flush(m);
	return r;
}

/* Digits: of the number that is being dialled, or keypad. */
int model_dial(struct model *m, int client, int call)
{
	const unsigned good = ISDN_CALL_DIALTONE | ISDN_CALL_DIALING | ISDN_CALL_CONNECTED |
			      ISDN_CALL_CONFERENCED;
	struct model_call *c = &m->call[call];
	int err, r;

	if (!model_owns(m, client, call))
		return ISDN_ERR_NOTOWNER;
	if (!model_is(m, call, good) || c->dropping || c->is_conference ||
	    (model_is(m, call, ISDN_CALL_CONNECTED) && !model_is_active(m, call)))
		return ISDN_ERR_INVALCALLSTATE;
	if (!model_caps(m, call)->dial)
		return ISDN_ERR_OPERATIONUNAVAIL;
	err = model_ask(m, c->leg, MOCK_DIAL);
	if (err)
		return err;
	r = model_reply_now(m, client, call);
	if (model_is(m, call, ISDN_CALL_DIALTONE))
		model_enter(m, call, ISDN_CALL_DIALING, 0, model_local(r, 0));
	return r;
}

/* ---- hold and retrieve ---- */

void model_held(struct model *m, int call)
{
	struct model_call *c = &m->call[call];
	enum isdn_call_state state = ISDN_CALL_ONHOLD;

	if (c->transferring)
		state = ISDN_CALL_ONHOLDPENDTRANSFER;
	c->transferring = false;
	model_enter(m, call, state, 0, model_local(model_pending(m, call, MODEL_HOLDING), 0));
	model_answer_all(m, call, MODEL_HOLDING, 0);
	if (c->reconnect && c->consult == NONE) /* which ended meanwhile */
		model_reconnect(m, call);
}

/* A transfer is taken back by that; a party that was held joins. */
void model_retrieved(struct model *m, int call)
{
	struct model_call *c = &m->call[call];
	int consult = model_is(m, call, ISDN_CALL_ONHOLDPENDTRANSFER) ? c->consult : NONE;

	c->held_here = c->reconnect = false;
	if (c->conference != NONE)
		model_joined(m, call);
	else
		model_enter_connected(m, call,
				      model_local(model_pending(m, call, MODEL_HOLDING), 0));
	model_answer_all(m, call, MODEL_HOLDING, 0);
	if (consult != NONE) {
		model_forget_consult(m, call);
		model_clear_by(m, consult, call, 0, 16);
	}
}

void model_leg_refused(struct model *m, int call)
{
	struct model_call *c = &m->call[call];
	int conference = c->conference;

	if (c->dropping)
		return;
	model_answer_all(m, call, MODEL_HOLDING, ISDN_ERR_OPERATIONFAILED);
	model_answer_all(m, call, MODEL_ANSWERING, ISDN_ERR_OPERATIONFAILED);
	if (c->transferring && c->consult != NONE)
		model_forget_consult(m, call);
	if (c->transferring)
		c->reconnect = false;
	c->transferring = false;
	if (c->adding) { /* it could not join */
		model_reply(m, c->adding, ISDN_ERR_OPERATIONFAILED, ISDN_OUTCOME_NONE);
		c->adding = 0;
		c->conference = NONE;
		if (model_parties(m, conference) || m->call[conference].began)
			model_left(m, conference, call, 0);
	}
	if (c->detached) /* half of a transfer */
		model_drop_quietly(m, call, 0, 0);
}

int model_hold(struct model *m, int client, int call)
{
	struct model_call *c = &m->call[call];
	int err, r;

	if (!model_owns(m, client, call))
		return ISDN_ERR_NOTOWNER;
	if (!model_is_active(m, call) || c->dropping || c->is_conference || c->conference != NONE ||
	    model_busy(m, call))
		return ISDN_ERR_INVALCALLSTATE;
	if (c->station != NONE && model_others_active(m, call)) {
		r = model_request(m, client, call, MODEL_AT_ONCE);
		model_reply(m, r, 0, ISDN_OUTCOME_INACTIVE);
		model_enter(m, call, ISDN_CALL_CONNECTED, model_inactive_mode(m, call),
			    model_local(r, 0));
		return r;
	}
	if (!model_caps(m, call)->hold)
		return ISDN_ERR_OPERATIONUNAVAIL;
	model_leg(m, call)->asker = call;
	err = model_ask(m, c->leg, MOCK_HOLD);
	if (err < 0)
		return err;
	r = model_request(m, client, call, MODEL_HOLDING);
	if (err == 1)
		model_held(m, call);
	model_flush(m);
	return r;
}

int model_unhold(struct model *m, int client, int call)
{
	struct model_call *c = &m->call[call];
	int err, r;

	if (!model_owns(m, client, call))
		return ISDN_ERR_NOTOWNER;
	if (c->dropping)
		return ISDN_ERR_INVALCALLSTATE;
	if (c->is_conference)
		return model_undo_prepare(m, client, call);
	if (c->conference != NONE && !c->adding)
		return model_undo_setup(m, client, call);
	if (!model_is(m, call, ISDN_CALL_ONHOLD | ISDN_CALL_ONHOLDPENDTRANSFER) ||
	    model_busy(m, call))
		return ISDN_ERR_INVALCALLSTATE;
	model_leg(m, call)->asker = call;
	err = c->held_here ? 1 : model_ask(m, c->leg, MOCK_RETRIEVE);
	if (err < 0)
		return err;
	r = model_request(m, client, call, MODEL_HOLDING);
	if (err == 1)
		model_retrieved(m, call);
	model_flush(m);
	return r;
}
