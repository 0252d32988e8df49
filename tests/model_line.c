/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The model: a shared line, on the first provider. A call on it is one leg, and at each
 * station a call of its own, an appearance.
 */
#include "tests/model_parts.h"

#define ANSWERABLE (ISDN_CALL_OFFERING | ISDN_CALL_ACCEPTED)
#define DIALLING                                                                                   \
	(ISDN_CALL_DIALTONE | ISDN_CALL_DIALING | ISDN_CALL_PROCEEDING | ISDN_CALL_RINGBACK |      \
	 ISDN_CALL_BUSY | ISDN_CALL_SPECIALINFO)

/* ---- questions ---- */

/* The appearance's station takes part in the call. */
static bool takes_part(const struct model *m, int call)
{
	return model_is(m, call, DIALLING | ISDN_CALL_ONHOLD) || model_is_active(m, call);
}

static bool is_other(const struct model *m, int call, int k)
{
	return k != call && m->call[k].leg == m->call[call].leg && !model_is_idle(m, k);
}

bool model_others_active(const struct model *m, int call)
{
	for (int k = 0; k < m->n_calls; k++)
		if (is_other(m, call, k) && model_is_active(m, k))
			return true;
	return false;
}

static bool others_in(const struct model *m, int call, unsigned states)
{
	for (int k = 0; k < m->n_calls; k++)
		if (is_other(m, call, k) && model_is(m, k, states))
			return true;
	return false;
}

uint32_t model_inactive_mode(const struct model *m, int call)
{
	return m->call[call].far_held ? ISDN_MODE_INACTIVEHELD : ISDN_MODE_INACTIVE;
}

/* The station uses the line, with whatever call. */
static bool uses(const struct model *m, int client)
{
	for (int k = 0; k < m->n_calls; k++)
		if (m->call[k].station == client && !m->call[k].left && takes_part(m, k))
			return true;
	return false;
}

static bool is_station(const struct model *m, int client)
{
	return m->client[client].open && m->client[client].station && !m->client[client].monitored;
}

/* A call that goes on though its station has left counts as one. */
unsigned model_in_use(const struct model *m)
{
	unsigned n = 0;

	for (int c = 0; c < MODEL_CLIENTS; c++)
		n += uses(m, c);
	for (int k = 0; k < m->n_calls; k++)
		n += m->call[k].station != NONE && m->call[k].left && takes_part(m, k);
	return n;
}

/* By somebody, and not by this one; client NONE: it is no station any more. */
static bool used_by_another(const struct model *m, int client)
{
	return model_in_use(m) && (client == NONE || !uses(m, client));
}

unsigned model_line_calls(const struct model *m)
{
	unsigned n = 0;

	for (int leg = 0; leg < m->n_legs; leg++)
		n += m->leg[leg].line && m->leg[leg].phase != MOCK_GONE;
	return n;
}

/* Stations in the order in which they joined; next after client, NONE: the first. */
static int next_station(const struct model *m, int client)
{
	unsigned after = client == NONE ? 0 : m->client[client].joined;
	int next = NONE;

	for (int c = 0; c < MODEL_CLIENTS; c++)
		if (is_station(m, c) && m->client[c].joined > after &&
		    (next == NONE || m->client[c].joined < m->client[next].joined))
			next = c;
	return next;
}

/* ---- appearances ---- */

static void appear(struct model *m, int leg, int client, enum isdn_call_state state, uint32_t mode)
{
	int call = model_new_call(m, leg, state, mode);

	m->call[call].station = client;
	m->call[call].far_held = mode == ISDN_MODE_INACTIVEHELD;
	model_give(m, client, call, ISDN_OWNER, false);
	model_show(m, call);
}

static void appear_offered(struct model *m, int leg, int client)
{
	appear(m, leg, client, ISDN_CALL_OFFERING,
	       m->client[client].silent ? ISDN_MODE_INACTIVE : ISDN_MODE_ACTIVE);
}

/* An exclusive line in use rings where it is in use. False: there is no station. */
bool model_line_offered(struct model *m, int leg)
{
	bool some_only = m->sharing == ISDN_SHARING_EXCLUSIVE && model_in_use(m);
	bool any = false;

	for (int c = next_station(m, NONE); c != NONE; c = next_station(m, c))
		if (!some_only || uses(m, c)) {
			appear_offered(m, leg, c);
			any = true;
		}
	return any;
}

int model_line_may_make(const struct model *m, int client)
{
	if (!is_station(m, client))
		return ISDN_ERR_INVALCALLHANDLE;
	if (m->sharing == ISDN_SHARING_EXCLUSIVE && used_by_another(m, client))
		return ISDN_ERR_INUSE;
	return 0;
}

/* ---- accept and answer ---- */

int model_line_accept(struct model *m, int client, int call)
{
	struct model_call *c = &m->call[call];
	bool told = model_leg(m, call)->alerted;
	int err, r;

	if (model_pending(m, call, MODEL_ANSWERING))
		return ISDN_ERR_INVALCALLSTATE;
	for (int k = 0; k < m->n_calls; k++)
		told |= is_other(m, call, k) && model_pending(m, k, MODEL_ANSWERING);
	err = told ? 0 : model_ask(m, c->leg, MOCK_ACCEPT);
	if (err)
		return err;
	model_leg(m, call)->alerted = true;
	r = model_reply_now(m, client, call);
	model_enter(m, call, ISDN_CALL_ACCEPTED, 0, model_local(r, 0));
	return r;
}

static void join(struct model *m, int call)
{
	model_enter(m, call, ISDN_CALL_CONNECTED,
		    m->call[call].far_held ? ISDN_MODE_ACTIVEHELD : ISDN_MODE_ACTIVE,
		    model_local(0, 0));
}

/* The call was retrieved for this station: the one that held it is out. */
static void taken_over(struct model *m, int call)
{
	for (int k = 0; k < m->n_calls; k++)
		if (is_other(m, call, k) && model_is(m, k, ISDN_CALL_ONHOLD))
			model_enter(m, k, ISDN_CALL_CONNECTED, model_inactive_mode(m, k),
				    model_any(0));
	join(m, call);
	model_answer_all(m, call, MODEL_ANSWERING, 0);
	model_answer_all(m, call, MODEL_HOLDING, 0);
}

static int answer_held(struct model *m, int client, int call)
{
	int r, err = model_ask(m, m->call[call].leg, MOCK_RETRIEVE);

	if (err < 0)
		return err;
	model_leg(m, call)->asker = call;
	r = model_request(m, client, call, MODEL_ANSWERING);
	if (err == 1)
		taken_over(m, call);
	return r;
}

static int rejoin(struct model *m, int client, int call)
{
	if (others_in(m, call, ISDN_CALL_ONHOLD))
		return answer_held(m, client, call);
	if (model_busy(m, call))
		return ISDN_ERR_INVALCALLSTATE;
	if (m->sharing != ISDN_SHARING_SHARED && model_others_active(m, call))
		return ISDN_ERR_INUSE;
	join(m, call);
	return model_reply_now(m, client, call);
}

int model_line_answer(struct model *m, int client, int call)
{
	struct model_call *c = &m->call[call];
	bool asked = false;
	int err;

	if (model_is(m, call, ISDN_CALL_CONNECTED) && !model_is_active(m, call))
		return rejoin(m, client, call);
	if (!model_is(m, call, ANSWERABLE) || model_pending(m, call, MODEL_ANSWERING))
		return ISDN_ERR_INVALCALLSTATE;
	if (m->sharing == ISDN_SHARING_EXCLUSIVE && used_by_another(m, c->left ? NONE : c->station))
		return ISDN_ERR_INUSE;
	for (int k = 0; k < m->n_calls; k++)
		asked |= is_other(m, call, k) && model_pending(m, k, MODEL_ANSWERING);
	if (asked && m->sharing != ISDN_SHARING_SHARED)
		return ISDN_ERR_INUSE;
	err = asked ? 0 : model_ask(m, c->leg, MOCK_ANSWER);
	return err ? err : model_request(m, client, call, MODEL_ANSWERING);
}

/* ---- what the far end does ---- */

/* An offer was answered here: what becomes of it where it was not. */
static void lost_offer(struct model *m, int call, int to)
{
	struct model_why why = model_cascade(0, to, 26);

	if (m->sharing != ISDN_SHARING_NEW) {
		model_enter(m, call, ISDN_CALL_CONNECTED, model_inactive_mode(m, call),
			    model_any(0));
		return;
	}
	model_fail(m, call);
	model_enter(m, call, ISDN_CALL_DISCONNECTED, ISDN_DISCONNECT_PICKUP, why);
	model_end(m, call, why);
}

static void answered(struct model *m, int leg)
{
	int winner = NONE;

	for (int k = 0; k < m->n_calls; k++)
		if (m->call[k].leg == leg && model_pending(m, k, MODEL_ANSWERING)) {
			winner = winner == NONE ? k : winner;
			join(m, k);
			model_answer_all(m, k, MODEL_ANSWERING, 0);
		}
	for (int k = 0; k < m->n_calls; k++)
		if (m->call[k].leg == leg && model_is(m, k, ANSWERABLE))
			lost_offer(m, k, winner);
}

/* A call that a station made: the others see it now. */
static void connected(struct model *m, int call, uint32_t mode)
{
	model_enter(m, call, ISDN_CALL_CONNECTED, mode, model_any(0));
	if (m->sharing == ISDN_SHARING_NEW)
		return;
	for (int c = next_station(m, NONE); c != NONE; c = next_station(m, c))
		if (c != m->call[call].station || m->call[call].left)
			appear(m, m->call[call].leg, c, ISDN_CALL_CONNECTED,
			       model_inactive_mode(m, call));
}

/* The far end holds, or no more. */
static void far_hold(struct model *m, int leg)
{
	for (int k = 0; k < m->n_calls; k++) {
		if (m->call[k].leg != leg)
			continue;
		if (model_is_active(m, k))
			join(m, k);
		else if (model_is(m, k, ISDN_CALL_CONNECTED))
			model_enter(m, k, ISDN_CALL_CONNECTED, model_inactive_mode(m, k),
				    model_any(0));
	}
}

static int first_of(const struct model *m, int leg, unsigned states)
{
	for (int k = 0; k < m->n_calls; k++)
		if (m->call[k].leg == leg && model_is(m, k, states))
			return k;
	return NONE;
}

static void line_connected(struct model *m, int leg, uint32_t mode)
{
	int maker = first_of(m, leg, DIALLING);

	for (int k = 0; k < m->n_calls; k++)
		if (m->call[k].leg == leg && first_of(m, leg, ISDN_CALL_ONHOLD) == NONE)
			m->call[k].far_held = mode == ISDN_MODE_ACTIVEHELD;
	if (maker != NONE) {
		model_answer_all(m, maker, MODEL_MAKING, 0);
		connected(m, maker, mode);
	} else if (first_of(m, leg, ANSWERABLE) != NONE) {
		answered(m, leg);
	} else if (first_of(m, leg, ISDN_CALL_ONHOLD) != NONE) {
		int asker = m->leg[leg].asker;

		/* One that has left meanwhile leaves it to the holder. */
		taken_over(m, model_is_idle(m, asker) ? first_of(m, leg, ISDN_CALL_ONHOLD) : asker);
	} else {
		far_hold(m, leg);
	}
}

static void line_disconnected(struct model *m, int leg, uint8_t cause, enum isdn_source source)
{
	struct model_why why = { .source = source, .of = NONE, .cause = cause };

	for (int k = 0; k < m->n_calls; k++) {
		if (m->call[k].leg != leg || model_is_idle(m, k))
			continue;
		if (model_is(m, k, ISDN_CALL_CONNECTED) && !model_is_active(m, k))
			model_end(m, k, why);
		else
			model_disconnected(m, k, cause, source);
	}
}

static bool is_dropping(const struct model *m, int leg)
{
	for (int k = 0; k < m->n_calls; k++)
		if (m->call[k].leg == leg && m->call[k].dropping)
			return true;
	return false;
}

void model_line_state(struct model *m, const struct model_leg_event *ev)
{
	int maker = first_of(m, ev->leg, DIALLING);

	if (is_dropping(m, ev->leg))
		return;
	if (ev->state == ISDN_CALL_DISCONNECTED) {
		line_disconnected(m, ev->leg, ev->cause, ev->source);
	} else if (ev->state == ISDN_CALL_CONNECTED) {
		line_connected(m, ev->leg, ev->mode);
	} else if (ev->state == ISDN_CALL_ONHOLD) {
		model_held(m, m->leg[ev->leg].asker);
	} else if (maker != NONE) {
		model_answer_all(m, maker, MODEL_MAKING, 0);
		model_enter(m, maker, ev->state, 0, model_any(0));
	}
}

/* The one that was dropped is answered first, then all end. */
void model_line_gone(struct model *m, const struct model_leg_event *ev)
{
	struct model_why why = { .source = ev->source, .of = NONE, .cause = ev->cause };

	if (!is_dropping(m, ev->leg)) {
		why.any = first_of(m, ev->leg, ISDN_CALL_DISCONNECTED) != NONE;
		line_disconnected(m, ev->leg, ev->cause, ev->source);
	}
	for (int k = 0; k < m->n_calls; k++) {
		struct model_call *c = &m->call[k];

		if (c->leg == ev->leg && c->dropping)
			model_answer_end(m, k, 0,
					 c->refused_offer ? ISDN_OUTCOME_REJECTED
							  : ISDN_OUTCOME_CLEARED);
	}
	for (int k = 0; k < m->n_calls; k++) {
		struct model_call *c = &m->call[k];

		if (c->leg != ev->leg || model_is_idle(m, k))
			continue;
		if (c->dropping) {
			why = c->why;
			if (why.source != ISDN_BY_CASCADE && ev->source != ISDN_BY_REMOTE)
				why.source = ev->source;
			why.any |= model_is(m, k, ISDN_CALL_DISCONNECTED) &&
				   (!why.request || ev->source == ISDN_BY_TIMER);
		}
		model_end(m, k, why);
	}
}

/* ---- drop ---- */

/* Others still ring, or answer. A station that answers alone has the call: it is cleared. */
static bool others_offered(const struct model *m, int call)
{
	bool others_answer = false;

	for (int k = 0; k < m->n_calls; k++)
		others_answer |= is_other(m, call, k) && model_pending(m, k, MODEL_ANSWERING);
	if (model_pending(m, call, MODEL_ANSWERING))
		return others_answer;
	return others_in(m, call, ANSWERABLE);
}

enum model_line_drop model_line_drop(const struct model *m, int call, enum isdn_verb verb)
{
	if (verb == ISDN_CLEAR)
		return MODEL_WIRE;
	if (model_is(m, call, ANSWERABLE) && others_offered(m, call))
		return MODEL_HERE;
	if (model_is(m, call, ISDN_CALL_CONNECTED) && !model_is_active(m, call))
		return MODEL_UNAVAIL;
	if (takes_part(m, call) && model_others_active(m, call))
		return MODEL_INACTIVE;
	return MODEL_WIRE;
}

/* ---- stations ---- */

/* A call that is there is shown as it is to the others. */
static void show_leg(struct model *m, int leg, int client)
{
	int call = first_of(m, leg, ISDN_CALL_CONNECTED | ISDN_CALL_ONHOLD);

	if (is_dropping(m, leg))
		return;
	if (first_of(m, leg, ANSWERABLE) != NONE) {
		if (m->sharing != ISDN_SHARING_EXCLUSIVE || !model_in_use(m))
			appear_offered(m, leg, client);
	} else if (call != NONE && m->sharing != ISDN_SHARING_NEW) {
		appear(m, leg, client, ISDN_CALL_CONNECTED, model_inactive_mode(m, call));
	}
}

int model_join(struct model *m, int client, const struct isdn_station_config *config)
{
	struct model_client *c = &m->client[client];

	if (!m->has_line)
		return ISDN_ERR_INVAL;
	if (c->config.privilege == ISDN_MONITOR && !config->monitored)
		return ISDN_ERR_NOTOWNER;
	if (c->station)
		return ISDN_ERR_INUSE;
	c->station = true;
	c->monitored = config->monitored;
	c->silent = config->silent;
	c->joined = ++m->order;
	for (int leg = 0; leg < m->n_legs && !c->monitored; leg++)
		if (m->leg[leg].line && m->leg[leg].phase != MOCK_GONE)
			show_leg(m, leg, client);
	return 0;
}

/* Nobody is there any more for the call at this station. */
void model_line_unowned(struct model *m, int call, uint8_t cause)
{
	struct isdn_drop how = { .cause = cause };

	if (m->call[call].dropping || model_is_idle(m, call))
		return;
	if (model_line_drop(m, call, ISDN_DROP) == MODEL_WIRE)
		model_clear(m, call, &how, model_local(0, 0));
	else
		model_end(m, call, model_local(0, 0));
}

/* Of one that closes, calls that it owns go with its handles; here go those that nobody owns. */
void model_leave_line(struct model *m, int client, bool closes)
{
	struct model_client *c = &m->client[client];
	bool keeps = closes && c->config.keep_calls;

	for (int k = 0; k < m->n_calls && c->station; k++)
		if (m->call[k].station == client && !m->call[k].left && !keeps &&
		    !(closes && model_holders(m, k, ISDN_OWNER)))
			model_line_unowned(m, k, 0);
	for (int k = 0; k < m->n_calls; k++)
		m->call[k].left |= m->call[k].station == client;
	c->station = c->monitored = c->silent = false;
}

int model_leave(struct model *m, int client)
{
	if (!m->has_line || !m->client[client].station)
		return ISDN_ERR_INVAL;
	model_leave_line(m, client, false);
	model_flush(m);
	return 0;
}
