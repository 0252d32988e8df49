/* SPDX-License-Identifier: BSD-2-Clause */
/* The model: links and transfers. */
#include "tests/model_parts.h"

static bool has_relation(const struct model *m, int call)
{
	const struct model_call *c = &m->call[call];

	return c->is_conference || c->conference != NONE || c->linked != NONE || c->station != NONE;
}

/* ---- links ---- */

static int may_link(const struct model *m, int call)
{
	if (has_relation(m, call))
		return ISDN_ERR_INVALCALLHANDLE;
	return model_is(m, call, ISDN_CALL_IDLE | ISDN_CALL_DISCONNECTED) || m->call[call].dropping
		       ? ISDN_ERR_INVALCALLSTATE
		       : 0;
}

int model_link(struct model *m, int client, int a, int b)
{
	int err;

	if (!model_owns(m, client, a) || !model_owns(m, client, b))
		return ISDN_ERR_NOTOWNER;
	if (a == b)
		return ISDN_ERR_INVALCALLHANDLE;
	err = may_link(m, a);
	if (!err)
		err = may_link(m, b);
	if (err)
		return err;
	model_consult_taken(m, a);
	model_consult_taken(m, b);
	m->call[a].linked = b;
	m->call[b].linked = a;
	return 0;
}

static void unlink(struct model *m, int call)
{
	int other = m->call[call].linked;

	m->call[call].linked = m->call[other].linked = NONE;
}

int model_unlink(struct model *m, int client, int call)
{
	if (!model_owns(m, client, call))
		return ISDN_ERR_NOTOWNER;
	if (m->call[call].linked == NONE || m->call[call].dropping ||
	    m->call[m->call[call].linked].dropping)
		return ISDN_ERR_INVALCALLSTATE;
	unlink(m, call);
	return 0;
}

/*
 * One end is over (IDLE), or its far end cleared (DISCONNECTED): the other is cleared with the
 * same cause and UUI, and the first is released.
 */
void model_link_over(struct model *m, int call, size_t uui_size)
{
	int other = m->call[call].linked;
	bool fits = uui_size <= model_caps(m, other)->uui_drop;
	struct isdn_drop how = { .cause = m->call[call].cleared_cause,
				 .uui = "",
				 .uui_size = fits ? uui_size : 0 };

	if (model_is_idle(m, call))
		unlink(m, call);
	if (model_clear(m, other, &how, model_cascade(0, call, 0)) && !model_is_idle(m, call))
		unlink(m, call);
	if (model_is(m, call, ISDN_CALL_DISCONNECTED))
		model_clear(m, call, NULL, model_local(0, 0));
}

/* ---- transfer: begin ---- */

int model_setup_transfer(struct model *m, int client, int call, int provider, int *consult)
{
	struct model_call *c = &m->call[call];
	bool can_hold;
	int r, err, done;

	*consult = NONE;
	if (!model_owns(m, client, call))
		return ISDN_ERR_NOTOWNER;
	if (has_relation(m, call))
		return ISDN_ERR_INVALCALLHANDLE;
	if (!model_is_active(m, call) || c->dropping || model_busy(m, call))
		return ISDN_ERR_INVALCALLSTATE;
	can_hold = model_caps(m, call)->hold;
	err = provider == NONE ? 0 : model_place(m, client, provider, false, "2", false, consult);
	if (err)
		return err;
	done = can_hold ? model_ask(m, c->leg, MOCK_HOLD) : 1;
	if (done < 0 && *consult == NONE)
		return done;
	r = model_request(m, client, call, MODEL_HOLDING);
	if (*consult != NONE)
		model_made(m, *consult, r);
	if (done < 0) { /* the consultation call is an ordinary one */
		model_reply(m, r, ISDN_ERR_OPERATIONFAILED, ISDN_OUTCOME_NONE);
		model_flush(m);
		return r;
	}
	if (*consult != NONE) {
		c->consult = *consult;
		m->call[*consult].consult_of = call;
		c->reconnect = m->client[client].config.auto_reconnect;
	}
	c->transferring = true;
	c->held_here = !can_hold;
	if (done == 1)
		model_held(m, call);
	model_flush(m);
	return r;
}

void model_reconnect(struct model *m, int call)
{
	struct model_call *c = &m->call[call];
	int done;

	c->reconnect = false;
	if (!model_is(m, call, ISDN_CALL_ONHOLDPENDTRANSFER) || c->dropping || model_busy(m, call))
		return;
	done = c->held_here ? 1 : model_ask(m, c->leg, MOCK_RETRIEVE);
	if (done == 1)
		model_retrieved(m, call);
}

/* ---- transfer: complete ---- */

/* One of the two legs that the provider has joined is gone: with the second all is done. */
void model_moved(struct model *m, int call, enum isdn_source source)
{
	struct model_why why = { .source = source, .of = NONE, .cause = 16 };
	int request = m->call[call].moving, original = m->request[request].call;

	m->call[call].moved = true;
	for (int k = 0; k < m->n_calls; k++)
		if (m->call[k].moving == request && !m->call[k].moved)
			return;
	why.request = request;
	model_reply(m, request, source == ISDN_BY_LOCAL ? 0 : ISDN_ERR_OPERATIONFAILED,
		    ISDN_OUTCOME_TRANSFERRED);
	m->call[original].moving = 0;
	if (m->call[original].consult != NONE && m->call[m->call[original].consult].moving)
		model_forget_consult(m, original);
	model_answer_end(m, original, 0, ISDN_OUTCOME_CLEARED); /* other clients' drops */
	model_end(m, original, why);
	for (int k = 0; k < m->n_calls; k++)
		if (m->call[k].moving == request) {
			m->call[k].moving = 0;
			model_answer_end(m, k, 0, ISDN_OUTCOME_CLEARED);
			model_end(m, k, why);
		}
}

static int by_provider(struct model *m, int client, int call, int consult)
{
	int r, err = model_ask_transfer(m, m->call[call].leg, m->call[consult].leg);

	if (err < 0)
		return err;
	model_fail(m, call);
	model_fail(m, consult);
	r = model_request(m, client, call, MODEL_MOVING);
	m->call[call].moving = m->call[consult].moving = r;
	m->call[call].dropping = m->call[consult].dropping = true;
	m->call[call].drop = m->call[consult].drop = r;
	return r;
}

/* The leg has a new call, which nobody owns. */
static int new_owner(struct model *m, int call)
{
	const struct model_call *c = &m->call[call];
	bool held = model_is(m, call, ISDN_CALL_ONHOLD | ISDN_CALL_ONHOLDPENDTRANSFER);
	int k = model_new_call(m, c->leg, c->state, c->mode);

	m->call[k].detached = true;
	m->call[k].far_held = c->far_held;
	m->call[k].held_here = c->held_here;
	if (held)
		m->call[k].state = ISDN_CALL_ONHOLD;
	m->leg[c->leg].call = k;
	return k;
}

static int by_registry(struct model *m, int client, int call, int consult)
{
	int done = m->call[call].held_here ? 1 : model_ask(m, m->call[call].leg, MOCK_RETRIEVE);
	int r, a, b;

	if (done < 0)
		return done;
	r = model_request(m, client, call, MODEL_MOVING);
	a = new_owner(m, call);
	b = new_owner(m, consult);

	m->call[a].linked = b;
	m->call[b].linked = a;
	model_show(m, a);
	model_made(m, a, r);
	if (done == 1)
		model_retrieved(m, a);
	model_show(m, b);
	model_made(m, b, r);
	model_reply(m, r, 0, ISDN_OUTCOME_TRANSFERRED);
	if (m->call[call].consult != NONE)
		model_forget_consult(m, call);
	model_consult_taken(m, consult);
	model_end(m, call, model_local(r, 16));
	model_end(m, consult, model_local(r, 16));
	return r;
}

static int as_conference(struct model *m, int client, int call, int consult,
			 const struct isdn_conference_config *config, int *conference)
{
	struct model_call *c = &m->call[call];
	int r, done;

	if (model_conference_check(m, config))
		return ISDN_ERR_INVAL;
	done = c->held_here ? 1 : model_ask(m, c->leg, MOCK_RETRIEVE);
	if (done < 0)
		return done;
	if (c->consult != NONE)
		model_forget_consult(m, call);
	*conference = model_new_conference(m, client, config);
	r = model_request(m, client, call, MODEL_ADDING);
	model_made(m, *conference, r);
	model_consult_taken(m, call);
	model_consult_taken(m, consult);
	model_join_party(m, *conference, call);
	model_join_party(m, *conference, consult);
	c->adding = r;
	if (done == 1)
		model_joined(m, call);
	if (model_is(m, consult, ISDN_CALL_CONNECTED))
		model_joined(m, consult);
	return r;
}

int model_complete_transfer(struct model *m, int client, int call, int consult,
			    const struct isdn_conference_config *config, int *conference)
{
	const unsigned held = ISDN_CALL_ONHOLD | ISDN_CALL_ONHOLDPENDTRANSFER;
	const unsigned other = ISDN_CALL_CONNECTED | ISDN_CALL_RINGBACK | ISDN_CALL_PROCEEDING |
			       ISDN_CALL_BUSY;
	const struct model_call *c = &m->call[call], *o = &m->call[consult];
	int r;

	if (!model_owns(m, client, call) || !model_owns(m, client, consult))
		return ISDN_ERR_NOTOWNER;
	if (call == consult || has_relation(m, call) || has_relation(m, consult))
		return ISDN_ERR_INVALCALLHANDLE;
	if (!model_is(m, call, held) || !model_is(m, consult, other) || c->dropping ||
	    o->dropping || model_busy(m, call) || model_busy(m, consult))
		return ISDN_ERR_INVALCALLSTATE;
	if (config)
		r = as_conference(m, client, call, consult, config, conference);
	else if (m->leg[c->leg].provider == m->leg[o->leg].provider &&
		 model_caps(m, call)->transfer)
		r = by_provider(m, client, call, consult);
	else
		r = by_registry(m, client, call, consult);
	model_flush(m);
	return r;
}
