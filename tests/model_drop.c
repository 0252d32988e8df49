/* SPDX-License-Identifier: BSD-2-Clause */
/* The model: drop, leave, clear. */
#include "tests/model_parts.h"

/* ---- what a request is about ---- */

/* What becomes of the calls that a request names. */
enum scope {
	ONE,	 /* the call, and one that it is linked to */
	HERE,	 /* this station's appearance alone */
	WIRE,	 /* the leg, and so all appearances */
	LEAVE,	 /* the conference without its parties */
	ALL,	 /* the conference and its parties */
	SOME,	 /* the client's parties of somebody else's conference */
	UNAVAIL, /* nothing */
};

static enum scope scope_of_conference(const struct model *m, int call, enum isdn_verb verb)
{
	enum isdn_conference_policy policy = m->call[call].config.policy;

	if (verb == ISDN_CLEAR || policy == ISDN_CONFERENCE_END_WHEN_OWNER_LEAVES)
		return ALL;
	return verb == ISDN_LEAVE || policy == ISDN_CONFERENCE_LEAVE_REST ? LEAVE : ALL;
}

static enum scope scope(const struct model *m, int client, int call, enum isdn_verb verb)
{
	const struct model_call *c = &m->call[call];

	if (c->is_conference)
		return scope_of_conference(m, call, verb);
	if (c->conference != NONE && verb == ISDN_CLEAR)
		return model_owns(m, client, c->conference) && !model_is_idle(m, c->conference)
			       ? ALL
			       : SOME;
	if (c->station == NONE)
		return ONE;
	switch (model_line_drop(m, call, verb)) {
	case MODEL_HERE:
	case MODEL_INACTIVE:
		return HERE;
	case MODEL_WIRE:
		return WIRE;
	case MODEL_UNAVAIL:
		break;
	}
	return UNAVAIL;
}

static int conference_of(const struct model *m, int call)
{
	return m->call[call].is_conference ? call : m->call[call].conference;
}

/* ---- what it may not ---- */

static bool too_big(const struct model *m, int call, const struct isdn_drop *how)
{
	unsigned most;

	if (!how || !how->uui || m->call[call].leg == NONE)
		return false;
	most = model_caps(m, call)->uui_drop;
	return most && how->uui_size > most;
}

/* Of a conference that of any party counts, whoever owns it. */
static bool too_big_for_some(const struct model *m, int call, enum scope s,
			     const struct isdn_drop *how)
{
	int conference = conference_of(m, call);

	if (s == LEAVE)
		return false;
	if (s != ALL && s != SOME)
		return too_big(m, call, how) ||
		       (m->call[call].linked != NONE && too_big(m, m->call[call].linked, how));
	for (int k = model_next_party(m, conference, NONE); k != NONE;
	     k = model_next_party(m, conference, k))
		if (too_big(m, k, how))
			return true;
	return m->call[conference].consult != NONE && too_big(m, m->call[conference].consult, how);
}

static bool can_refuse(const struct model *m, int call)
{
	return !model_is(m, call, ISDN_CALL_OFFERING | ISDN_CALL_ACCEPTED) ||
	       model_caps(m, call)->reject_offering;
}

int model_may_drop(const struct model *m, int client, int call, enum isdn_verb verb,
		   const struct isdn_drop *how)
{
	enum scope s;

	if (!model_owns(m, client, call))
		return ISDN_ERR_NOTOWNER;
	if (model_is_idle(m, call))
		return ISDN_ERR_INVALCALLSTATE;
	if (how && (how->cause > 127 || (unsigned)how->reason > ISDN_DROP_REJECTED))
		return ISDN_ERR_INVAL;
	s = scope(m, client, call, verb);
	if (too_big_for_some(m, call, s, how))
		return ISDN_ERR_USERUSERINFOTOOBIG;
	if (s == UNAVAIL || ((s == ONE || s == WIRE || s == SOME) && !can_refuse(m, call)))
		return ISDN_ERR_OPERATIONUNAVAIL;
	return 0;
}

/* ---- clearing one call ---- */

/* wire: as the far end knows it, which was alerted by whatever station. */
static uint8_t cause_of(const struct model *m, int call, const struct isdn_drop *how, bool wire)
{
	bool offered = model_is(m, call, ISDN_CALL_OFFERING | ISDN_CALL_ACCEPTED);
	bool alerts = model_is(m, call, ISDN_CALL_RINGBACK | ISDN_CALL_ACCEPTED) ||
		      (wire && offered && m->leg[m->call[call].leg].alerted);

	if (how && how->cause)
		return how->cause;
	if (how && how->reason == ISDN_DROP_REJECTED)
		return 21;
	if (how && how->reason == ISDN_DROP_NOANSWER)
		return alerts ? 19 : 18;
	return offered ? 21 : 16;
}

static void mark(struct model *m, int call, bool offered, bool uui_sent, struct model_why why)
{
	struct model_call *c = &m->call[call];

	model_fail(m, call);
	c->dropping = true;
	c->drop = why.request;
	c->why = why;
	c->uui_sent = uui_sent;
	c->refused_offer = offered;
	c->transferring = false;
}

/* The other stations' calls end with the one that was dropped. */
static void mark_others(struct model *m, int call, bool uui_sent, struct model_why why)
{
	for (int k = 0; k < m->n_calls; k++)
		if (k != call && m->call[k].leg == m->call[call].leg && !model_is_idle(m, k))
			mark(m, k, false, uui_sent, model_cascade(why.request, call, why.cause));
}

int model_clear(struct model *m, int call, const struct isdn_drop *how, struct model_why why)
{
	struct model_call *c = &m->call[call];
	bool offered = model_is(m, call, ISDN_CALL_OFFERING | ISDN_CALL_ACCEPTED);
	bool uui_sent;
	int err;

	if (c->dropping || model_is_idle(m, call))
		return 0;
	if (!can_refuse(m, call))
		return ISDN_ERR_OPERATIONUNAVAIL;
	why.cause = cause_of(m, call, how, true);
	err = model_ask_drop(m, c->leg, why.cause, how && how->uui ? how->uui_size : 0, &uui_sent);
	if (err)
		return err;
	mark(m, call, offered, uui_sent, why);
	if (m->leg[c->leg].line)
		mark_others(m, call, uui_sent, why);
	m->request[why.request].with_uui += uui_sent;
	return 0;
}

/* A call that this one is linked to has the same cause and UUI; if it can not go it goes on. */
static void clear_linked(struct model *m, int call, const struct isdn_drop *how, int request)
{
	int other = m->call[call].linked;
	struct isdn_drop same = how ? *how : (struct isdn_drop){ 0 };
	int err;

	if (other == NONE)
		return;
	same.cause = m->call[call].why.cause;
	err = model_clear(m, other, &same, model_cascade(request, call, 0));
	if (!err)
		return;
	m->call[call].linked = m->call[other].linked = NONE;
	model_not_cleared(m, request, other, err);
}

void model_clear_by(struct model *m, int call, int of, int request, uint8_t cause)
{
	struct isdn_drop how = { .cause = cause };

	model_clear(m, call, &how, model_cascade(request, of, cause));
}

/* ---- drop, leave, clear ---- */

static int drop_one(struct model *m, int client, int call, const struct isdn_drop *how)
{
	int r = model_request(m, client, call, MODEL_DROPPING);
	int err = model_clear(m, call, how, model_local(r, 0));

	if (err) {
		m->n_requests--;
		return err;
	}
	clear_linked(m, call, how, r);
	return r;
}

static int drop_here(struct model *m, int client, int call, enum isdn_verb verb,
		     const struct isdn_drop *how)
{
	bool refused = model_line_drop(m, call, verb) == MODEL_HERE;
	uint8_t cause = cause_of(m, call, how, false);
	int r;

	model_fail(m, call);
	r = model_request(m, client, call, MODEL_DROPPING);
	model_reply(m, r, 0, refused ? ISDN_OUTCOME_REJECTED : ISDN_OUTCOME_INACTIVE);
	if (refused)
		model_end(m, call, model_local(r, cause));
	else
		model_enter(m, call, ISDN_CALL_CONNECTED, model_inactive_mode(m, call),
			    model_local(r, 0));
	return r;
}

/* each party that the client owns; it is told of the others. The reply waits for all. */
static int clear_some(struct model *m, int client, int call, const struct isdn_drop *how)
{
	int r = model_request(m, client, call, MODEL_CLEARING),
	    conference = m->call[call].conference;
	struct model_why why = model_local(r, 0);
	int err[MODEL_CALLS];

	m->request[r].refused = model_is(m, call, ISDN_CALL_OFFERING | ISDN_CALL_ACCEPTED);
	for (int k = model_next_party(m, conference, NONE); k != NONE;
	     k = model_next_party(m, conference, k)) {
		err[k] = 0;
		if (m->call[k].dropping)
			continue;
		err[k] = ISDN_ERR_NOTOWNER;
		if (model_owns(m, client, k))
			err[k] = model_clear(m, k, how,
					     k == call ? why : model_cascade(r, call, 0));
		m->call[k].clearing = err[k] ? 0 : r;
		m->request[r].left += !err[k];
	}
	if (!m->request[r].left) { /* nothing was */
		m->n_requests--;
		return err[call];
	}
	for (int k = model_next_party(m, conference, NONE); k != NONE;
	     k = model_next_party(m, conference, k))
		if (err[k])
			model_not_cleared(m, r, k, err[k]);
	return r;
}

static int clear_all(struct model *m, int client, int call, const struct isdn_drop *how)
{
	int r = model_request(m, client, call, MODEL_DROPPING);

	m->request[r].of = conference_of(m, call);
	model_drop_conference(m, m->request[r].of, r, how);
	return r;
}

/* The client's request of a drop that is under way; 0: there is none. */
static int drop_under_way(const struct model *m, int client, int call)
{
	for (int i = 1; i < m->n_requests && m->call[call].dropping; i++) {
		const struct model_request *r = &m->request[i];

		if (r->client == client && !r->silent && !r->over && r->of == call &&
		    r->kind >= MODEL_MOVING)
			return i;
	}
	if (m->call[call].dropping && m->call[call].conference != NONE)
		return drop_under_way(m, client, m->call[call].conference);
	return 0;
}

int model_drop(struct model *m, int client, int call, enum isdn_verb verb,
	       const struct isdn_drop *how)
{
	enum scope s = scope(m, client, call, verb);
	int of = s == ALL ? conference_of(m, call) : call;
	int r = model_owns(m, client, call) ? drop_under_way(m, client, of) : 0;

	if (!r)
		r = model_may_drop(m, client, call, verb, how);
	if (r)
		return r;
	if (m->call[of].dropping) { /* the end of it answers whoever asks for that */
		r = model_request(m, client, call, MODEL_DROPPING);
		m->request[r].of = of;
		return r;
	}
	if (s == ONE || s == WIRE)
		r = drop_one(m, client, call, how);
	else if (s == HERE)
		r = drop_here(m, client, call, verb, how);
	else if (s == SOME)
		r = clear_some(m, client, call, how);
	else if (s == ALL)
		r = clear_all(m, client, call, how);
	else
		r = model_leave_conference(m, call, model_request(m, client, call, MODEL_DROPPING));
	model_flush(m);
	return r;
}

void model_drop_quietly(struct model *m, int call, uint8_t cause, int request)
{
	struct isdn_drop how = { .cause = cause };
	struct model_call *c = &m->call[call];
	enum scope s = scope(m, 0, call, ISDN_DROP);

	if (c->dropping || model_is_idle(m, call) || s == UNAVAIL)
		return;
	if (s == LEAVE)
		model_leave_conference(m, call, request);
	else if (s == ALL)
		model_drop_conference(m, call, request, &how);
	else if (s == HERE && model_line_drop(m, call, ISDN_DROP) == MODEL_HERE)
		model_end(m, call, model_local(request, cause));
	else if (s == HERE)
		model_enter(m, call, ISDN_CALL_CONNECTED, model_inactive_mode(m, call),
			    model_local(request, 0));
	else if (!model_clear(m, call, &how, model_local(request, cause)))
		clear_linked(m, call, &how, request);
}
