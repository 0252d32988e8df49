/* SPDX-License-Identifier: BSD-2-Clause */
/* The model: calls, handles, requests, and the events of a step. */
#include "tests/model_parts.h"

#include <string.h>

void model_init(struct model *m)
{
	memset(m, 0, sizeof(*m));
	m->n_requests = 1;
}

struct model_why model_local(int request, uint8_t cause)
{
	return (struct model_why){
		.request = request, .source = ISDN_BY_LOCAL, .of = NONE, .cause = cause
	};
}

struct model_why model_cascade(int request, int of, uint8_t cause)
{
	return (struct model_why){
		.request = request, .source = ISDN_BY_CASCADE, .of = of, .cause = cause
	};
}

struct model_why model_any(int request)
{
	return (struct model_why){ .request = request, .of = NONE, .any = true };
}

/* ---- questions ---- */

bool model_is(const struct model *m, int call, unsigned states)
{
	return (m->call[call].state & states) != 0;
}

bool model_is_idle(const struct model *m, int call)
{
	return m->call[call].state == ISDN_CALL_IDLE;
}

bool model_sees(const struct model *m, int client, int call)
{
	const struct model_call *c = &m->call[call];
	unsigned span = m->client[client].config.span;

	return !span || (c->leg != NONE && m->provider[m->leg[c->leg].provider].span == span);
}

bool model_is_active(const struct model *m, int call)
{
	return model_is(m, call, ISDN_CALL_CONNECTED) &&
	       (m->call[call].mode &
		(ISDN_MODE_ACTIVE | ISDN_MODE_ACTIVEHELD | ISDN_MODE_CONFIRMED));
}

bool model_owns(const struct model *m, int client, int call)
{
	const struct model_handle *h = &m->call[call].handle[client];

	return h->held && h->privilege == ISDN_OWNER;
}

int model_holders(const struct model *m, int call, enum isdn_privilege privilege)
{
	int n = 0;

	for (int c = 0; c < MODEL_CLIENTS; c++) {
		const struct model_handle *h = &m->call[call].handle[c];

		n += h->held && h->privilege == privilege;
	}
	return n;
}

const struct isdn_caps *model_caps(const struct model *m, int call)
{
	return &m->provider[m->leg[m->call[call].leg].provider].caps;
}

struct model_leg *model_leg(struct model *m, int call)
{
	return &m->leg[m->call[call].leg];
}

bool model_busy(const struct model *m, int call)
{
	const struct model_leg *l;

	if (m->call[call].leg == NONE)
		return false;
	l = &m->leg[m->call[call].leg];
	return l->busy && (l->op == MOCK_HOLD || l->op == MOCK_RETRIEVE || l->op == MOCK_TRANSFER);
}

/* ---- events ---- */

static struct model_event *tell(struct model *m, enum isdn_event_type type, int client, int call)
{
	struct model_event *ev = &m->event[m->n_events++];

	memset(ev, 0, sizeof(*ev));
	ev->type = type;
	ev->client = client;
	ev->call = call;
	ev->conference = ev->before = ev->party = NONE;
	return ev;
}

static void tell_state(struct model *m, int client, int call, enum isdn_call_state old,
		       struct model_why why)
{
	struct model_event *ev = tell(m, ISDN_EV_CALL_STATE, client, call);
	const struct model_call *c = &m->call[call];

	ev->state = c->state;
	ev->mode = c->mode;
	ev->old_state = old;
	ev->privilege = c->handle[client].privilege;
	ev->why = why;
	ev->uui_sent = c->uui_sent;
	if (c->state == ISDN_CALL_CONFERENCED)
		ev->conference = c->conference;
	if (c->state == ISDN_CALL_IDLE || c->state == ISDN_CALL_CONNECTED)
		ev->party = c->conference;
}

void model_info(struct model *m, int call, uint32_t info, int but)
{
	if (model_is_idle(m, call))
		return;
	for (int c = 0; c < MODEL_CLIENTS; c++)
		if (c != but && m->call[call].handle[c].held)
			tell(m, ISDN_EV_CALL_INFO, c, call)->info = info;
}

/* ---- calls ---- */

int model_new_call(struct model *m, int leg, enum isdn_call_state state, uint32_t mode)
{
	struct model_call *c = &m->call[m->n_calls];

	memset(c, 0, sizeof(*c));
	c->state = state;
	c->mode = mode;
	c->leg = leg;
	c->linked = c->station = c->consult = c->consult_of = c->first = c->conference = NONE;
	c->fresh = true;
	return m->n_calls++;
}

void model_give(struct model *m, int client, int call, enum isdn_privilege privilege, bool asked)
{
	struct model_handle *h = &m->call[call].handle[client];
	struct model_event *ev;

	h->held = true;
	h->number = 0;
	h->privilege = privilege;
	h->order = ++m->order;
	if (!asked) {
		ev = tell(m, ISDN_EV_NEW_CALL, client, call);
		ev->privilege = privilege;
		ev->state = m->call[call].state;
	}
	tell_state(m, client, call, 0, model_any(0));
}

void model_show(struct model *m, int call)
{
	for (int c = 0; c < MODEL_CLIENTS; c++)
		if (m->client[c].open && m->client[c].config.privilege == ISDN_MONITOR &&
		    model_sees(m, c, call) && !m->call[call].handle[c].held)
			model_give(m, c, call, ISDN_MONITOR, false);
}

void model_enter(struct model *m, int call, enum isdn_call_state state, uint32_t mode,
		 struct model_why why)
{
	struct model_call *c = &m->call[call];
	enum isdn_call_state old = c->state;

	if (c->state == state && c->mode == mode)
		return;
	if ((state == ISDN_CALL_DISCONNECTED || state == ISDN_CALL_IDLE) && !c->cleared_cause)
		c->cleared_cause = why.cause;
	why.cause = c->cleared_cause; /* the first counts */
	c->state = state;
	c->mode = mode;
	for (int k = 0; k < MODEL_CLIENTS; k++)
		if (c->handle[k].held)
			tell_state(m, k, call, old, why);
}

void model_enter_connected(struct model *m, int call, struct model_why why)
{
	model_enter(m, call, ISDN_CALL_CONNECTED,
		    m->call[call].far_held ? ISDN_MODE_ACTIVEHELD : ISDN_MODE_ACTIVE, why);
}

/* Several calls that one request clears, of which this was one. */
static void count_cleared(struct model *m, int call)
{
	int request = m->call[call].clearing;
	enum isdn_outcome outcome = ISDN_OUTCOME_CLEARED;

	m->call[call].clearing = 0;
	if (!request || --m->request[request].left)
		return;
	if (m->request[request].refused)
		outcome = ISDN_OUTCOME_REJECTED;
	else if (model_survivor(m, call) != NONE)
		outcome = ISDN_OUTCOME_COLLAPSED;
	model_reply(m, request, 0, outcome);
}

void model_end(struct model *m, int call, struct model_why why)
{
	struct model_call *c = &m->call[call];
	int conference = c->conference;

	if (model_is_idle(m, call))
		return;
	model_fail(m, call);
	count_cleared(m, call);
	model_enter(m, call, ISDN_CALL_IDLE, 0, why);
	c->conference = NONE;
	if (c->linked != NONE)
		model_link_over(m, call, 0);
	if (c->consult != NONE)
		model_forget_consult(m, call);
	if (c->consult_of != NONE)
		model_consult_over(m, call);
	if (conference != NONE)
		model_left(m, conference, call, why.request);
}

/* ---- requests ---- */

int model_request(struct model *m, int client, int call, enum model_kind kind)
{
	struct model_request *r = &m->request[m->n_requests];

	memset(r, 0, sizeof(*r));
	r->client = client;
	r->call = r->of = call;
	r->kind = kind;
	return m->n_requests++;
}

void model_reply(struct model *m, int request, int result, enum isdn_outcome outcome)
{
	struct model_request *r = &m->request[request];
	struct model_event *ev;

	if (!request || r->over)
		return;
	r->over = true;
	if (r->silent)
		return;
	ev = tell(m, ISDN_EV_REPLY, r->client, r->call);
	ev->request = request;
	ev->result = result;
	ev->outcome = result ? ISDN_OUTCOME_NONE : outcome;
	ev->with_uui = r->with_uui;
	ev->failed = r->failed;
	ev->reply_of_drop = r->kind >= MODEL_DROPPING;
	if (r->kind == MODEL_DROPPING)
		ev->before = r->of;
}

int model_reply_now(struct model *m, int client, int call)
{
	int r = model_request(m, client, call, MODEL_AT_ONCE);

	model_reply(m, r, 0, ISDN_OUTCOME_NONE);
	return r;
}

int model_pending(const struct model *m, int call, enum model_kind kind)
{
	for (int i = 1; i < m->n_requests; i++) {
		const struct model_request *r = &m->request[i];

		if (!r->over && r->call == call && r->kind == kind)
			return i;
	}
	return 0;
}

void model_made(struct model *m, int call, int request)
{
	for (int i = 0; i < m->n_events; i++)
		if (m->event[i].call == call && !m->event[i].old_state)
			m->event[i].why.request = request;
}

void model_answer_all(struct model *m, int call, enum model_kind kind, int result)
{
	for (int i = 1; i < m->n_requests; i++)
		if (m->request[i].call == call && m->request[i].kind == kind)
			model_reply(m, i, result,
				    kind < MODEL_DROPPING ? ISDN_OUTCOME_NONE
							  : ISDN_OUTCOME_CLEARED);
}

/* Of all that wait for the end of the call the one that caused it has the outcome. */
void model_answer_end(struct model *m, int call, int result, enum isdn_outcome outcome)
{
	int drop = m->call[call].drop;

	if (drop && m->request[drop].of == call && m->request[drop].kind == MODEL_DROPPING)
		model_reply(m, drop, result, outcome);
	for (int i = 1; i < m->n_requests; i++)
		if (m->request[i].of == call && m->request[i].kind == MODEL_DROPPING)
			model_reply(m, i, 0,
				    outcome == ISDN_OUTCOME_COLLAPSED ? outcome
								      : ISDN_OUTCOME_CLEARED);
}

void model_fail(struct model *m, int call)
{
	struct model_call *c = &m->call[call];

	for (int i = 1; i < m->n_requests; i++)
		if (m->request[i].call == call && m->request[i].kind < MODEL_DROPPING)
			model_reply(m, i, ISDN_ERR_OPERATIONFAILED, ISDN_OUTCOME_NONE);
	c->adding = 0;
	if (c->moving) { /* the other call's part in it ends too */
		int request = c->moving;

		for (int i = 0; i < m->n_calls; i++)
			if (m->call[i].moving == request)
				m->call[i].moving = 0;
		model_reply(m, request, ISDN_ERR_OPERATIONFAILED, ISDN_OUTCOME_NONE);
	}
}

void model_not_cleared(struct model *m, int request, int call, int result)
{
	struct model_request *r = &m->request[request];
	struct model_event *ev;

	if (!request)
		return;
	r->failed++;
	if (r->over)
		return;
	ev = tell(m, ISDN_EV_NOT_CLEARED, r->client, call);
	ev->request = request;
	ev->result = result;
}
