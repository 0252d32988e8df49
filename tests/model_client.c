/* SPDX-License-Identifier: BSD-2-Clause */
/* The model: clients, and their handles. */
#include "tests/model_parts.h"

/* ---- handles go ---- */

static bool anybody(const struct model *m, int call)
{
	return model_holders(m, call, ISDN_OWNER) + model_holders(m, call, ISDN_MONITOR) > 0;
}

static void drop_unowned(struct model *m, int call, uint8_t cause)
{
	if (m->call[call].station != NONE)
		model_line_unowned(m, call, cause);
	else
		model_drop_quietly(m, call, cause, 0);
}

void model_owner_left(struct model *m, int call)
{
	struct model_call *c = &m->call[call];

	if (model_holders(m, call, ISDN_OWNER) || model_is_idle(m, call) || c->dropping)
		return;
	if (c->is_conference && c->config.policy == ISDN_CONFERENCE_END_WHEN_OWNER_LEAVES)
		model_drop_quietly(m, call, 0, 0);
	else if (m->drop_unowned && !c->detached)
		drop_unowned(m, call, m->drop_unowned);
}

static void take_back(struct model *m, int client, int call)
{
	struct model_handle *h = &m->call[call].handle[client];
	bool owner = h->privilege == ISDN_OWNER;

	h->held = false;
	model_info(m, call, owner ? ISDN_INFO_NUMOWNERS : ISDN_INFO_NUMMONITORS, NONE);
}

/* with the last handle what waits is over; drops: what somebody else waits for. */
static void nothing_waits(struct model *m, int call, bool drops)
{
	if (!anybody(m, call))
		for (int i = 1; i < m->n_requests; i++)
			if (m->request[i].of == call && !(drops && m->request[i].silent))
				model_reply(m, i, ISDN_ERR_OPERATIONFAILED, ISDN_OUTCOME_NONE);
}

static bool sole_owner(const struct model *m, int client, int call)
{
	return model_owns(m, client, call) && model_holders(m, call, ISDN_OWNER) == 1;
}

int model_deallocate(struct model *m, int client, int call)
{
	if (sole_owner(m, client, call) && !model_is_idle(m, call) &&
	    !m->client[client].config.relaxed)
		return ISDN_ERR_INVALCALLSTATE;
	take_back(m, client, call);
	model_owner_left(m, call);
	nothing_waits(m, call, false);
	model_flush(m);
	return 0;
}

/* ---- privileges ---- */

int model_set_privilege(struct model *m, int client, int call, enum isdn_privilege privilege)
{
	struct model_handle *h = &m->call[call].handle[client];

	if (privilege == ISDN_OWNER && m->client[client].config.privilege == ISDN_MONITOR)
		return ISDN_ERR_NOTOWNER;
	if (privilege == h->privilege)
		return 0;
	if (privilege == ISDN_MONITOR && sole_owner(m, client, call) && !model_is_idle(m, call))
		return ISDN_ERR_INVALCALLSTATE;
	h->privilege = privilege;
	model_info(m, call, ISDN_INFO_NUMOWNERS | ISDN_INFO_NUMMONITORS, client);
	return 0;
}

/* The others but two are told how many there are now. */
static void told_of_new(struct model *m, int call, uint32_t info, int giver, int taker)
{
	if (model_is_idle(m, call))
		return;
	for (int c = 0; c < MODEL_CLIENTS; c++) {
		struct model_event *ev = &m->event[m->n_events];

		if (c == giver || c == taker || !m->call[call].handle[c].held)
			continue;
		*ev = (struct model_event){
			.type = ISDN_EV_CALL_INFO, .client = c, .call = call, .info = info
		};
		m->n_events++;
	}
}

int model_handoff(struct model *m, int client, int call, int to)
{
	struct model_handle *h = &m->call[call].handle[to];

	if (!model_owns(m, client, call))
		return ISDN_ERR_NOTOWNER;
	if (m->client[to].config.privilege == ISDN_MONITOR || model_owns(m, to, call))
		return ISDN_ERR_OPERATIONUNAVAIL;
	if (!h->held) {
		model_give(m, to, call, ISDN_OWNER, false);
		told_of_new(m, call, ISDN_INFO_NUMOWNERS, client, to);
		return 0;
	}
	h->privilege = ISDN_OWNER;
	told_of_new(m, call, ISDN_INFO_NUMOWNERS | ISDN_INFO_NUMMONITORS, client, to);
	if (!model_is_idle(m, call))
		m->event[m->n_events++] = (struct model_event){ .type = ISDN_EV_CALL_INFO,
								.client = to,
								.call = call,
								.info = ISDN_INFO_PRIVILEGE };
	return 0;
}

int model_see_calls(struct model *m, int client)
{
	int n = 0;

	for (int k = 0; k < m->n_calls; k++)
		if (!model_is_idle(m, k) && model_sees(m, client, k) &&
		    !m->call[k].handle[client].held) {
			model_give(m, client, k, ISDN_MONITOR, false);
			told_of_new(m, k, ISDN_INFO_NUMMONITORS, client, client);
			n++;
		}
	return n;
}

/* the conference first, then the parties that are confirmed. */
int model_conference_calls(struct model *m, int client, int call, int *calls, size_t *n)
{
	int conference = m->call[call].is_conference ? call : m->call[call].conference;

	*n = 0;
	if (conference == NONE || (call != conference && !model_is(m, call, ISDN_CALL_CONFERENCED)))
		return ISDN_ERR_NOCONFERENCE;
	if (!model_is_idle(m, conference) || m->call[conference].handle[client].held)
		calls[(*n)++] = conference;
	for (int k = model_next_party(m, conference, NONE); k != NONE;
	     k = model_next_party(m, conference, k))
		if (model_is(m, k, ISDN_CALL_CONFERENCED))
			calls[(*n)++] = k;
	for (size_t i = 0; i < *n; i++)
		if (!m->call[calls[i]].handle[client].held) {
			model_give(m, client, calls[i], ISDN_MONITOR, false);
			told_of_new(m, calls[i], ISDN_INFO_NUMMONITORS, client, client);
		}
	return 0;
}

/* ---- clients ---- */

/* Of what is there an owner is given what nobody owns (D6), a monitor everything. */
void model_open(struct model *m, int client, const struct isdn_client_config *config)
{
	bool owner = config->privilege == ISDN_OWNER;

	m->client[client] = (struct model_client){ .open = true, .config = *config };
	for (int k = 0; k < m->n_calls; k++) {
		if (model_is_idle(m, k) || !model_sees(m, client, k) ||
		    (owner && (m->call[k].detached || model_holders(m, k, ISDN_OWNER))))
			continue;
		model_give(m, client, k, config->privilege, false);
		told_of_new(m, k, owner ? ISDN_INFO_NUMOWNERS : ISDN_INFO_NUMMONITORS, client,
			    client);
	}
}

int model_next_handle(const struct model *m, int client, unsigned after)
{
	int next = NONE;

	for (int k = 0; k < m->n_calls; k++) {
		const struct model_handle *h = &m->call[k].handle[client];

		if (h->held && h->order > after &&
		    (next == NONE || h->order < m->call[next].handle[client].order))
			next = k;
	}
	return next;
}

/* D7. It hears nothing of that, nor are its requests answered. */
void model_close(struct model *m, int client)
{
	bool keeps = m->client[client].config.keep_calls, sole;

	for (int i = 1; i < m->n_requests; i++)
		m->request[i].silent |= m->request[i].client == client;
	model_leave_line(m, client, true);
	m->client[client].open = false;
	for (int k = model_next_handle(m, client, 0); k != NONE;
	     k = model_next_handle(m, client, 0)) {
		sole = sole_owner(m, client, k);
		take_back(m, client, k);
		if (sole && !keeps)
			drop_unowned(m, k, 0);
		nothing_waits(m, k, sole && !keeps);
		if (!sole || keeps)
			model_owner_left(m, k);
	}
	model_flush(m);
	for (int i = 0; i < m->n_events; i++) /* it does not hear of that */
		m->event[i].seen |= m->event[i].client == client;
}
