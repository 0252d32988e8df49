/* SPDX-License-Identifier: BSD-2-Clause */
/* The model: conferences. */
#include "tests/model_parts.h"

/* ---- members ---- */

int model_next_party(const struct model *m, int conference, int call)
{
	unsigned after = call == NONE ? 0 : m->call[call].joined;
	int next = NONE;

	for (int k = 0; k < m->n_calls && conference != NONE; k++)
		if (m->call[k].conference == conference && m->call[k].joined > after &&
		    (next == NONE || m->call[k].joined < m->call[next].joined))
			next = k;
	return next;
}

int model_parties(const struct model *m, int conference)
{
	int n = 0;

	for (int k = 0; k < m->n_calls; k++)
		n += m->call[k].conference == conference;
	return n;
}

static bool has_confirmed(const struct model *m, int conference)
{
	for (int k = 0; k < m->n_calls; k++)
		if (m->call[k].conference == conference && !m->call[k].dropping &&
		    model_is(m, k, ISDN_CALL_CONFERENCED))
			return true;
	return false;
}

/* The call that waits for another to be connected, of a conference without hold. */
int model_unheld_first(const struct model *m, int conference)
{
	for (int k = 0; k < m->n_calls; k++)
		if (m->call[k].conference == conference && m->call[k].with_another)
			return k;
	return NONE;
}

void model_join_party(struct model *m, int conference, int call)
{
	m->call[call].conference = conference;
	m->call[call].joined = ++m->order;
}

/* No consultation call is waited for any more: it goes on with the parties that it has. */
void model_settle(struct model *m, int conference, int request)
{
	struct model_call *p = &m->call[conference];
	struct model_why why = model_any(request);

	if (model_is(m, conference, ISDN_CALL_ONHOLDPENDCONF) && p->consult == NONE &&
	    has_confirmed(m, conference)) {
		p->first = NONE;
		model_enter(m, conference, ISDN_CALL_CONNECTED, ISDN_MODE_ACTIVE, why);
	}
}

/* It is connected: CONFERENCED, after one that waited for that; and so is the conference. */
void model_joined(struct model *m, int call)
{
	struct model_call *c = &m->call[call];
	int conference = c->conference, first = model_unheld_first(m, conference);
	struct model_why why = model_any(c->adding);

	if (model_is(m, call, ISDN_CALL_CONFERENCED))
		return;
	if (first != NONE) {
		m->call[first].with_another = false;
		if (model_is(m, first, ISDN_CALL_CONNECTED) && !m->call[first].dropping)
			model_enter(m, first, ISDN_CALL_CONFERENCED, 0, model_any(0));
	}
	c->held_here = c->reconnect = false;
	m->call[conference].began = true;
	model_enter(m, call, ISDN_CALL_CONFERENCED, 0, why);
	model_reply(m, c->adding, 0, ISDN_OUTCOME_NONE);
	c->adding = 0;
	model_settle(m, conference, why.request);
}

void model_set_free(struct model *m, int call, struct model_why why)
{
	struct model_call *c = &m->call[call];

	c->with_another = false;
	model_reply(m, c->adding, ISDN_ERR_OPERATIONFAILED, ISDN_OUTCOME_NONE);
	c->adding = 0;
	if (model_is(m, call, ISDN_CALL_CONFERENCED))
		model_enter_connected(m, call, why);
	c->conference = NONE;
}

/* ---- members go ---- */

void model_end_conference(struct model *m, int conference, struct model_why why)
{
	if (model_is_idle(m, conference))
		return;
	if (m->call[conference].consult != NONE)
		model_forget_consult(m, conference);
	model_end(m, conference, why);
}

/* Its drop is complete: the reply, then IDLE. */
void model_finish(struct model *m, int conference)
{
	struct model_call *p = &m->call[conference];
	struct model_request *r = &m->request[p->drop];

	if (model_next_party(m, conference, NONE) != NONE || p->consult != NONE)
		return;
	model_answer_end(m, conference, r->failed ? ISDN_ERR_OPERATIONFAILED : 0,
			 ISDN_OUTCOME_CLEARED);
	model_end_conference(m, conference, p->why);
}

int model_survivor(const struct model *m, int call)
{
	int conference = m->call[call].conference, survivor = NONE;
	const struct model_call *p;

	if (conference == NONE || model_parties(m, conference) != 2)
		return NONE;
	p = &m->call[conference];
	if (!p->config.collapse || p->dropping || p->consult != NONE)
		return NONE;
	for (int k = 0; k < m->n_calls; k++)
		if (m->call[k].conference == conference && k != call)
			survivor = k;
	return m->call[survivor].dropping ? NONE : survivor;
}

int model_only_party(const struct model *m, int conference)
{
	int party = model_next_party(m, conference, NONE);

	if (party == NONE || model_parties(m, conference) != 1 || m->call[party].dropping)
		return NONE;
	return party;
}

/* The party that is left is a call of its own, and the conference is over. */
void model_collapse(struct model *m, int conference, struct model_why why)
{
	int party = model_only_party(m, conference);

	if (party != NONE) {
		model_set_free(m, party, why);
		model_end_conference(m, conference, why);
	}
}

void model_left(struct model *m, int conference, int call, int request)
{
	struct model_call *p = &m->call[conference];

	if (p->first == call)
		p->first = NONE;
	m->call[call].with_another = false;
	if (p->dropping) {
		model_finish(m, conference);
	} else if (model_next_party(m, conference, NONE) == NONE) {
		model_end_conference(m, conference, model_cascade(request, call, 0));
	} else if (p->config.collapse && p->consult == NONE &&
		   model_only_party(m, conference) != NONE) {
		model_collapse(m, conference, model_cascade(request, call, 0));
	} else if (p->consult == NONE && model_unheld_first(m, conference) != NONE &&
		   model_parties(m, conference) == 1) { /* it never began */
		model_set_free(m, model_unheld_first(m, conference), model_any(0));
		model_end_conference(m, conference, model_cascade(request, call, 0));
	} else {
		model_settle(m, conference, 0); /* it waits for nobody who is not there */
	}
}

/* ---- drop and leave ---- */

/* Every party, in the order of joining; one that can not be cleared goes on alone. */
int model_drop_conference(struct model *m, int conference, int request, const struct isdn_drop *how)
{
	struct model_call *p = &m->call[conference];
	struct model_why why = model_cascade(request, conference, 0);
	int next, consult = p->consult, err;

	model_fail(m, conference);
	p->dropping = true;
	p->drop = request;
	p->why = model_local(request, 0);
	p->why.any = true;
	why.any = request && !m->call[m->request[request].call].is_conference;
	for (int k = model_next_party(m, conference, NONE); k != NONE; k = next) {
		next = model_next_party(m, conference, k);
		err = model_clear(m, k, how, why);
		if (err) {
			model_not_cleared(m, request, k, err);
			model_set_free(m, k, why);
		}
	}
	if (consult != NONE) {
		err = model_clear(m, consult, how, why);
		if (err) {
			model_not_cleared(m, request, consult, err);
			model_forget_consult(m, conference);
		}
	}
	model_finish(m, conference);
	return 0;
}

/* D3. */
int model_leave_conference(struct model *m, int conference, int request)
{
	int only = model_only_party(m, conference), first = model_unheld_first(m, conference);

	model_fail(m, conference);
	if (m->call[conference].consult != NONE)
		model_forget_consult(m, conference);
	model_reply(m, request, 0, ISDN_OUTCOME_LEFT);
	if (first != NONE) /* it has not joined, and will not */
		model_set_free(m, first, model_any(0));
	else if (only != NONE && m->call[conference].config.collapse)
		model_set_free(m, only, model_cascade(request, conference, 0));
	model_end_conference(m, conference, model_local(request, 0));
	return request;
}

/* ---- requests ---- */

int model_conference_check(const struct model *m, const struct isdn_conference_config *config)
{
	if (config->max_parties > m->max_parties ||
	    (unsigned)config->policy > ISDN_CONFERENCE_END_WHEN_OWNER_LEAVES)
		return ISDN_ERR_INVAL;
	return 0;
}

int model_new_conference(struct model *m, int client, const struct isdn_conference_config *config)
{
	int p = model_new_call(m, NONE, ISDN_CALL_ONHOLDPENDCONF, 0);

	m->call[p].is_conference = true;
	m->call[p].config = *config;
	if (!m->call[p].config.max_parties)
		m->call[p].config.max_parties = m->max_parties;
	model_give(m, client, p, ISDN_OWNER, true);
	model_show(m, p);
	return p;
}

int model_conference_new(struct model *m, int client, const struct isdn_conference_config *config,
			 int *conference)
{
	if (m->client[client].config.privilege == ISDN_MONITOR)
		return ISDN_ERR_NOTOWNER;
	if (model_conference_check(m, config))
		return ISDN_ERR_INVAL;
	*conference = model_new_conference(m, client, config);
	return 0;
}

/* Whether it can be added: on hold, connected, or on the way to that. */
static int may_add(const struct model *m, int conference, int call)
{
	const unsigned states = ISDN_CALL_OFFERING | ISDN_CALL_ACCEPTED | ISDN_CALL_DIALTONE |
				ISDN_CALL_DIALING | ISDN_CALL_PROCEEDING | ISDN_CALL_RINGBACK |
				ISDN_CALL_CONNECTED | ISDN_CALL_ONHOLD;
	const struct model_call *p = &m->call[conference], *c = &m->call[call];

	if (!p->is_conference)
		return ISDN_ERR_INVALCONFCALLHANDLE;
	if (model_is_idle(m, conference) || p->dropping)
		return ISDN_ERR_INVALCALLSTATE;
	if (c->is_conference || c->conference != NONE || c->linked != NONE || c->station != NONE)
		return ISDN_ERR_INVALCALLHANDLE;
	if (model_parties(m, conference) >= (int)p->config.max_parties)
		return ISDN_ERR_CONFERENCEFULL;
	if (c->dropping || !model_is(m, call, states) || model_busy(m, call))
		return ISDN_ERR_INVALCALLSTATE;
	return 0;
}

int model_add(struct model *m, int client, int conference, int call)
{
	struct model_call *p = &m->call[conference], *c = &m->call[call];
	int err, r, held = model_is(m, call, ISDN_CALL_ONHOLD);

	if (!model_owns(m, client, conference) || !model_owns(m, client, call))
		return ISDN_ERR_NOTOWNER;
	err = may_add(m, conference, call);
	if (!err && held)
		err = model_ask(m, c->leg, MOCK_RETRIEVE);
	if (err < 0)
		return err;
	r = model_request(m, client, call, MODEL_ADDING);
	if (p->consult != NONE) /* that one, or another: it is no consultation call any more */
		model_forget_consult(m, conference);
	model_consult_taken(m, call);
	model_join_party(m, conference, call);
	c->adding = r;
	if (err == 1 || (!held && model_is(m, call, ISDN_CALL_CONNECTED))) {
		model_joined(m, call);
	} else if (!held) {
		c->adding = 0;
		model_reply(m, r, 0, ISDN_OUTCOME_NONE);
	}
	if (!c->adding) /* else with the retrieval */
		model_settle(m, conference, r);
	model_flush(m);
	return r;
}

static bool is_last(const struct model *m, int call)
{
	return model_next_party(m, m->call[call].conference, call) == NONE;
}

int model_remove(struct model *m, int client, int call)
{
	struct model_call *c = &m->call[call];
	int conference = c->conference, r;
	const struct isdn_conference_config *config;

	if (!model_owns(m, client, call))
		return ISDN_ERR_NOTOWNER;
	if (conference == NONE)
		return ISDN_ERR_NOCONFERENCE;
	if (!model_is(m, call, ISDN_CALL_CONFERENCED) || c->dropping)
		return ISDN_ERR_INVALCALLSTATE;
	config = &m->call[conference].config;
	if (config->remove == ISDN_REMOVE_NONE ||
	    (config->remove == ISDN_REMOVE_LAST && !is_last(m, call)))
		return ISDN_ERR_OPERATIONUNAVAIL;
	if (config->removed_state == ISDN_CALL_IDLE)
		return model_drop(m, client, call, ISDN_DROP, NULL);
	r = model_request(m, client, call, MODEL_AT_ONCE);
	model_reply(m, r, 0,
		    model_survivor(m, call) != NONE ? ISDN_OUTCOME_COLLAPSED : ISDN_OUTCOME_NONE);
	c->conference = NONE;
	model_enter_connected(m, call, model_local(r, 0));
	model_left(m, conference, call, r);
	model_flush(m);
	return r;
}
