/* SPDX-License-Identifier: BSD-2-Clause */
/* The model: consultation calls of conferences and transfers. */
#include "tests/model_parts.h"

void model_forget_consult(struct model *m, int call)
{
	struct model_call *c = &m->call[call];

	m->call[c->consult].consult_of = NONE;
	c->consult = NONE;
}

/* The conference waits no more for a consultation call. */
static void wait_no_more(struct model *m, int conference, struct model_why why)
{
	struct model_call *p = &m->call[conference];
	int first = model_unheld_first(m, conference);

	if (p->dropping) {
		model_finish(m, conference);
		return;
	}
	p->first = NONE;
	if (first != NONE && model_parties(m, conference) == 1) {
		if (m->call[first].dropping)
			return; /* the conference ends with it */
		model_set_free(m, first, model_any(0));
		model_end_conference(m, conference, why);
	} else if (p->config.collapse && model_parties(m, conference) == 1) {
		model_collapse(m, conference, why);
	} else if (model_next_party(m, conference, NONE) != NONE) {
		model_enter(m, conference, ISDN_CALL_CONNECTED, ISDN_MODE_ACTIVE, model_any(0));
	}
}

/* It ended before it was added, or before the transfer was completed. */
void model_consult_over(struct model *m, int consult)
{
	int of = m->call[consult].consult_of;

	model_forget_consult(m, of);
	if (m->call[of].is_conference)
		wait_no_more(m, of, model_cascade(0, consult, 0));
	else if (m->call[of].reconnect && !m->call[of].transferring)
		model_reconnect(m, of);
}

void model_consult_taken(struct model *m, int consult)
{
	int of = m->call[consult].consult_of;

	if (of == NONE)
		return;
	model_forget_consult(m, of);
	if (m->call[of].is_conference)
		wait_no_more(m, of, model_any(0));
	m->call[of].reconnect = false;
}

/* Without hold it joins by itself; unless one of the two can not. */
void model_consult_connected(struct model *m, int consult)
{
	int of = m->call[consult].consult_of, first;
	const struct model_call *c = &m->call[consult];

	if (!m->call[of].is_conference || m->call[of].dropping)
		return;
	first = model_unheld_first(m, of);
	if (first == NONE)
		return;
	if (!model_is_active(m, first) || m->call[first].dropping || c->linked != NONE ||
	    c->conference != NONE || model_parties(m, of) >= (int)m->call[of].config.max_parties) {
		model_consult_taken(m, consult);
		return;
	}
	model_forget_consult(m, of);
	model_join_party(m, of, consult);
	model_joined(m, consult);
}

static void clear_consult(struct model *m, int conference, int because)
{
	int consult = m->call[conference].consult;

	if (consult == NONE)
		return;
	model_forget_consult(m, conference);
	model_clear_by(m, consult, because, 0, 16);
}

/* R-49, D12. */
int model_undo_setup(struct model *m, int client, int call)
{
	int conference = m->call[call].conference, r;
	struct model_call *p = &m->call[conference];

	if (p->first != call || !model_is(m, conference, ISDN_CALL_ONHOLDPENDCONF) || p->dropping ||
	    model_parties(m, conference) != 1)
		return ISDN_ERR_INVALCALLSTATE;
	r = model_reply_now(m, client, call);
	clear_consult(m, conference, call);
	model_set_free(m, call, model_local(r, 0));
	model_end_conference(m, conference, model_any(0));
	model_flush(m);
	return r;
}

int model_undo_prepare(struct model *m, int client, int conference)
{
	struct model_call *p = &m->call[conference];
	int first, r;

	if (!model_is(m, conference, ISDN_CALL_ONHOLDPENDCONF) || p->consult == NONE)
		return ISDN_ERR_INVALCALLSTATE;
	r = model_reply_now(m, client, conference);
	clear_consult(m, conference, conference);
	p->first = NONE;
	first = model_unheld_first(m, conference);
	if (first != NONE) { /* */
		model_set_free(m, first, model_any(0));
		model_end_conference(m, conference, model_local(r, 0));
	} else {
		model_enter(m, conference, ISDN_CALL_CONNECTED, ISDN_MODE_ACTIVE, model_any(0));
	}
	model_flush(m);
	return r;
}

/* ---- requests ---- */

static void set_consult(struct model *m, int of, int consult)
{
	m->call[of].consult = consult;
	m->call[consult].consult_of = of;
}

int model_conference_setup(struct model *m, int client, int call,
			   const struct isdn_conference_config *config, int provider,
			   int *conference, int *consult)
{
	struct model_call *c = &m->call[call];
	int err, r, n_events = m->n_events;

	if (!model_owns(m, client, call))
		return ISDN_ERR_NOTOWNER;
	if (model_conference_check(m, config))
		return ISDN_ERR_INVAL;
	if (c->is_conference || c->conference != NONE || c->linked != NONE || c->station != NONE)
		return ISDN_ERR_INVALCALLHANDLE;
	if (!model_is_active(m, call) || c->dropping || model_busy(m, call))
		return ISDN_ERR_INVALCALLSTATE;
	*consult = NONE;
	*conference = model_new_conference(m, client, config);
	err = provider == NONE ? 0 : model_place(m, client, provider, false, "2", false, consult);
	if (err) { /* nothing was */
		m->n_calls--;
		m->n_events = n_events;
		return err;
	}
	r = model_reply_now(m, client, call);
	model_made(m, *conference, r);
	if (*consult != NONE) {
		set_consult(m, *conference, *consult);
		model_made(m, *consult, r);
	}
	model_consult_taken(m, call);
	model_join_party(m, *conference, call);
	m->call[*conference].first = call;
	c->with_another = config->no_hold;
	if (!config->no_hold)
		model_enter(m, call, ISDN_CALL_CONFERENCED, 0, model_local(r, 0));
	model_flush(m);
	return r;
}

int model_prepare_add(struct model *m, int client, int conference, int provider, int *consult)
{
	struct model_call *p = &m->call[conference];
	int err, r;

	if (!model_owns(m, client, conference))
		return ISDN_ERR_NOTOWNER;
	if (!p->is_conference)
		return ISDN_ERR_INVALCONFCALLHANDLE;
	if (!model_is(m, conference, ISDN_CALL_CONNECTED) || p->dropping)
		return ISDN_ERR_INVALCALLSTATE;
	if (model_parties(m, conference) >= (int)p->config.max_parties)
		return ISDN_ERR_CONFERENCEFULL;
	err = model_place(m, client, provider, false, "2", false, consult);
	if (err)
		return err;
	r = model_reply_now(m, client, conference);
	set_consult(m, conference, *consult);
	model_made(m, *consult, r);
	model_enter(m, conference, ISDN_CALL_ONHOLDPENDCONF, 0, model_local(r, 0));
	model_flush(m);
	return r;
}
