/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The registry and the model, compared after an operation: each client's events, the calls that it
 * holds, and what the providers were asked for. The order of the events of one call, of
 * replies before the IDLE that they are about, and of parties before their conference
 * is compared; that of the rest is nobody's business.
 */
#include <stdio.h>
#include <string.h>

#include "tests/model_run.h"

#define COUNTS (ISDN_INFO_NUMOWNERS | ISDN_INFO_NUMMONITORS | ISDN_INFO_PRIVILEGE)

/* ---- names of things ---- */

int run_call(const struct run *r, int client, isdn_handle handle)
{
	for (int k = r->model->n_calls - 1; k >= 0 && handle; k--)
		if (r->model->call[k].handle[client].number == handle)
			return k;
	return NONE;
}

void run_bind(struct run *r, int client, int call, isdn_handle handle)
{
	struct isdn_call_info info;

	if (r->property || !r->model)
		return;
	if (call == NONE || isdn_call_info(r->client[client], handle, &info)) {
		run_fail(r, "a handle that was answered is good", "client %d, handle %llu", client,
			 (unsigned long long)handle);
		return;
	}
	r->model->call[call].handle[client].number = handle;
	r->model->call[call].id = info.id;
}

static int call_of_id(const struct run *r, uint64_t id)
{
	for (int k = r->model->n_calls - 1; k >= 0; k--)
		if (r->model->call[k].id == id)
			return k;
	return NONE;
}

/* A request of the model by the id that the library gave it; 0: there is none. */
static int request_of(const struct run *r, isdn_request id)
{
	for (int i = r->model->n_requests - 1; i > 0; i--)
		if (r->model->request[i].id == id)
			return i;
	return 0;
}

static const char *word(const struct isdn_event *ev, char *text, size_t size)
{
	static const char *const types[] = { "NEW_CALL",    "CALL_STATE", "CALL_INFO", "REPLY",
					     "NOT_CLEARED", "ADDRESS",	  "SPAN",      "LOST" };

	if (ev->type == ISDN_EV_REPLY || ev->type == ISDN_EV_NOT_CLEARED)
		snprintf(text, size, "%s %d, result %d, %s%s, changed %u, failed %u",
			 types[ev->type], ev->request, ev->result, isdn_outcome_name(ev->outcome),
			 ev->uui_sent ? ", UUI" : "", ev->calls_changed, ev->calls_failed);
	else if (ev->type == ISDN_EV_CALL_INFO)
		snprintf(text, size, "CALL_INFO 0x%x", ev->info);
	else if (ev->type == ISDN_EV_ADDRESS)
		snprintf(text, size, "ADDRESS 0x%x, in use %u, calls %u", ev->info, ev->in_use,
			 ev->calls);
	else
		snprintf(text, size,
			 "%s %s mode 0x%x from 0x%x, by %s of %llu, cause %u, request %d",
			 types[ev->type], isdn_call_state_name(ev->state), ev->mode, ev->old_state,
			 isdn_source_name(ev->source), (unsigned long long)ev->cascade_of,
			 ev->cause, ev->request);
	return text;
}

/* ---- answers ---- */

void run_answered(struct run *r, int client, isdn_request got, int want)
{
	struct model_request *q;

	r->counts->refused += got < 0;
	run_say(r, "  -> %d", got);
	if (!r->model || r->property)
		return;
	if ((got > 0) != (want > 0) || (got < 0 && got != want)) {
		run_fail(r, "a request is answered as the model says", "client %d: %s, expected %s",
			 client, got > 0 ? "success" : isdn_strerror(got),
			 want > 0 ? "success" : isdn_strerror(want));
		return;
	}
	if (got < 0)
		return;
	q = &r->model->request[want];
	if (q->id ? q->id != got : got <= r->last_id)
		run_fail(r, "a request has an id of its own (R-02, R-09)", "%d, expected %d", got,
			 q->id);
	q->id = got;
	if (got > r->last_id)
		r->last_id = got;
}

/* ---- events ---- */

static struct model_event *next_expected(struct run *r, int client, enum isdn_event_type type,
					 int call)
{
	for (int i = 0; i < r->model->n_events; i++) {
		struct model_event *e = &r->model->event[i];

		if (!e->seen && e->client == client && e->type == type && e->call == call)
			return e;
	}
	return NULL;
}

/* A call that the client is given: one that it knows by now, or the next one that is new. */
static int given_call(struct run *r, int client, const struct isdn_event *ev)
{
	struct isdn_call_info info;
	int call;

	if (isdn_call_info(r->client[client], ev->call, &info))
		return NONE;
	call = call_of_id(r, info.id);
	for (int i = 0; i < r->model->n_events && call == NONE; i++) {
		const struct model_event *e = &r->model->event[i];

		if (!e->seen && e->client == client && e->type == ISDN_EV_NEW_CALL &&
		    !r->model->call[e->call].id)
			call = e->call;
	}
	if (call == NONE)
		return NONE;
	r->model->call[call].id = info.id;
	r->model->call[call].handle[client].number = ev->call;
	return call;
}

static void unexpected(struct run *r, int client, int call, const struct isdn_event *ev)
{
	char text[200];

	run_fail(r, "a client is told what the model says", "client %d, call %d: %s: not expected",
		 client, call, word(ev, text, sizeof(text)));
}

static void differs(struct run *r, const struct model_event *e, const struct isdn_event *ev,
		    const char *what, long long got, long long want)
{
	char text[200];

	if (got != want)
		run_fail(r, "an event is as the model says",
			 "client %d, call %d: %s: %s is %lld, expected %lld", e->client, e->call,
			 word(ev, text, sizeof(text)), what, got, want);
}

static uint64_t id_of(const struct run *r, int call)
{
	return call == NONE ? 0 : r->model->call[call].id;
}

/* Why it changed, where the contract says. */
static void compare_why(struct run *r, const struct model_event *e, const struct isdn_event *ev)
{
	if (e->why.request)
		differs(r, e, ev, "request", ev->request, r->model->request[e->why.request].id);
	if (ev->state != ISDN_CALL_IDLE && ev->state != ISDN_CALL_DISCONNECTED)
		return;
	if (!r->model->call[e->call].is_conference)
		differs(r, e, ev, "cause", ev->cause, e->why.cause);
	if (e->why.any)
		return;
	differs(r, e, ev, "source", ev->source, e->why.source);
	if (e->why.source == ISDN_BY_CASCADE && !r->model->call[e->why.of].id)
		r->model->call[e->why.of].id = ev->cascade_of; /* nobody has seen it yet */
	differs(r, e, ev, "cascade_of", (long long)ev->cascade_of,
		(long long)id_of(r, e->why.source == ISDN_BY_CASCADE ? e->why.of : NONE));
	differs(r, e, ev, "uui_sent", ev->uui_sent, e->uui_sent);
}

/* Replies about a call, and its parties, come before its IDLE. */
static void compare_order(struct run *r, const struct model_event *idle)
{
	bool cascade = r->model->call[idle->call].dropping || idle->why.source == ISDN_BY_CASCADE;

	for (int i = 0; i < r->model->n_events; i++) {
		const struct model_event *e = &r->model->event[i];

		if (e->seen || e->client != idle->client)
			continue;
		if (e->type == ISDN_EV_REPLY && e->before == idle->call)
			run_fail(r, "a reply comes before IDLE (R-04)",
				 "client %d, call %d: request %d is not answered yet", e->client,
				 e->call, r->model->request[e->request].id);
		if (e->type == ISDN_EV_CALL_STATE && e->party == idle->call && cascade)
			run_fail(r, "parties end before the conference (R-51)",
				 "client %d, conference %d: call %d has not ended", e->client,
				 idle->call, e->call);
	}
}

static void take_state(struct run *r, int client, const struct isdn_event *ev)
{
	int call = ev->type == ISDN_EV_NEW_CALL ? given_call(r, client, ev)
						: run_call(r, client, ev->call);
	struct model_event *e = call == NONE ? NULL : next_expected(r, client, ev->type, call);

	if (!e) {
		unexpected(r, client, call, ev);
		return;
	}
	e->seen = true;
	differs(r, e, ev, "privilege", ev->privilege, e->privilege);
	if (ev->type == ISDN_EV_NEW_CALL) {
		differs(r, e, ev, "state", ev->state, 0);
		return;
	}
	differs(r, e, ev, "state", ev->state, e->state);
	differs(r, e, ev, "mode", ev->mode, e->mode);
	differs(r, e, ev, "old_state", ev->old_state, e->old_state);
	if (e->conference != NONE)
		differs(r, e, ev, "conference", (long long)ev->conference,
			(long long)(r->model->call[e->conference].handle[client].held
					    ? r->model->call[e->conference].handle[client].number
					    : 0));
	compare_why(r, e, ev);
	if (ev->state == ISDN_CALL_IDLE) {
		compare_order(r, e);
		r->ended[client][call] = true;
	}
	r->counts->changes++;
}

/* Of a call that could not be cleared, to which the client may have no handle. */
static void take_not_cleared(struct run *r, int client, const struct isdn_event *ev)
{
	int request = request_of(r, ev->request), call = call_of_id(r, ev->cascade_of);
	struct model_event *e;

	for (e = r->model->event; e < r->model->event + r->model->n_events; e++)
		if (!e->seen && e->client == client && e->type == ev->type && request &&
		    e->request == request && (e->call == call || !r->model->call[e->call].id))
			break;
	if (e == r->model->event + r->model->n_events) {
		unexpected(r, client, call, ev);
		return;
	}
	e->seen = true;
	differs(r, e, ev, "call", (long long)ev->call,
		(long long)(r->model->call[e->call].handle[client].held
				    ? r->model->call[e->call].handle[client].number
				    : 0));
	differs(r, e, ev, "result", ev->result, e->result);
}

/* Requests that a drop ends are answered before it. */
static void compare_failed(struct run *r, const struct model_event *drop)
{
	for (int i = 0; i < r->model->n_events; i++) {
		const struct model_event *e = &r->model->event[i];

		if (!e->seen && e->client == drop->client && e->type == ISDN_EV_REPLY &&
		    e->call == drop->call && !e->reply_of_drop && e->result)
			run_fail(r, "requests that a drop ends are answered before it (R-10)",
				 "client %d, call %d: request %d", e->client, e->call,
				 r->model->request[e->request].id);
	}
}

static void take_reply(struct run *r, int client, const struct isdn_event *ev)
{
	int request = request_of(r, ev->request);
	struct model_event *e;

	for (e = r->model->event; e < r->model->event + r->model->n_events; e++)
		if (!e->seen && e->client == client && e->type == ISDN_EV_REPLY && request &&
		    e->request == request)
			break;
	if (e == r->model->event + r->model->n_events) {
		unexpected(r, client, run_call(r, client, ev->call), ev);
		return;
	}
	e->seen = true;
	differs(r, e, ev, "result", ev->result, e->result);
	differs(r, e, ev, "outcome", ev->outcome, e->outcome);
	if (!e->reply_of_drop)
		return;
	differs(r, e, ev, "uui_sent", ev->uui_sent, e->with_uui > 0);
	differs(r, e, ev, "calls_with_uui", ev->calls_with_uui, e->with_uui);
	differs(r, e, ev, "calls_failed", ev->calls_failed, e->failed);
	if (ev->request == r->foretold)
		differs(r, e, ev, "calls_changed", ev->calls_changed,
			(long long)r->foretold_changes);
	compare_failed(r, e);
}

/* Nothing follows IDLE, and a station is not told of a call that is INACTIVE there.
 */
static void take_info(struct run *r, int client, int call, const struct isdn_event *ev)
{
	const uint32_t inactive = ISDN_MODE_INACTIVE | ISDN_MODE_INACTIVEHELD;
	const struct model_call *c = &r->model->call[call];

	if (r->ended[client][call] ||
	    (c->state == ISDN_CALL_CONNECTED && (c->mode & inactive) && (ev->info & ISDN_INFO_UUI)))
		unexpected(r, client, call, ev);
	r->told[client][call] |= ev->info & COUNTS;
}

static void take_event(struct run *r, int client, const struct isdn_event *ev)
{
	int call = run_call(r, client, ev->call);
	char text[200];

	run_say(r, "    client %d, call %d: %s", client, call, word(ev, text, sizeof(text)));
	r->counts->events++;
	if (ev->type == ISDN_EV_CALL_STATE || ev->type == ISDN_EV_NEW_CALL)
		take_state(r, client, ev);
	else if (ev->type == ISDN_EV_REPLY)
		take_reply(r, client, ev);
	else if (ev->type == ISDN_EV_NOT_CLEARED)
		take_not_cleared(r, client, ev);
	else if (ev->type == ISDN_EV_LOST)
		run_fail(r, "nothing is lost while there is memory", "client %d", client);
	else if (ev->type == ISDN_EV_ADDRESS)
		r->address_events[client]++;
	else if (ev->type == ISDN_EV_CALL_INFO && call != NONE)
		take_info(r, client, call, ev);
	else if (ev->type == ISDN_EV_CALL_INFO)
		unexpected(r, client, call, ev);
}

static const char *const types[] = { "NEW_CALL", "CALL_STATE", "CALL_INFO", "REPLY",
				     "NOT_CLEARED" };

/* Owners and monitors: whoever else holds the call hears of it, in one event or more. */
static void compare_counts(struct run *r)
{
	static uint32_t want[MODEL_CLIENTS][MODEL_CALLS];

	memset(want, 0, sizeof(want));
	for (int i = 0; i < r->model->n_events; i++) {
		const struct model_event *e = &r->model->event[i];

		if (e->type == ISDN_EV_CALL_INFO && !e->seen)
			want[e->client][e->call] |= e->info;
	}
	for (int c = 0; c < MODEL_CLIENTS; c++)
		for (int k = 0; k < r->model->n_calls; k++)
			if (!r->model->call[k].fresh && !model_is_idle(r->model, k) &&
			    want[c][k] != r->told[c][k])
				run_fail(r, "holders hear of other holders (R-83)",
					 "client %d, call %d: 0x%x, expected 0x%x", c, k,
					 r->told[c][k], want[c][k]);
}

void run_compare_events(struct run *r)
{
	struct isdn_event ev;

	memset(r->told, 0, sizeof(r->told));
	memset(r->address_events, 0, sizeof(r->address_events));
	for (int c = 0; c < MODEL_CLIENTS; c++)
		while (isdn_client_next_event(r->client[c], &ev) == 1 && !r->property)
			take_event(r, c, &ev);
	compare_counts(r);
	for (int i = 0; i < r->model->n_events; i++) {
		const struct model_event *e = &r->model->event[i];

		if (e->seen || e->type == ISDN_EV_CALL_INFO)
			continue;
		run_fail(r, "a client is told all that the model says",
			 "client %d, call %d: %s %s mode 0x%x, request %d: missing", e->client,
			 e->call, types[e->type], e->state ? isdn_call_state_name(e->state) : "",
			 e->mode, e->request ? r->model->request[e->request].id : 0);
	}
}
