/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where memory fails at random nothing can be foretold; but replies come once, IDLE is told and
 * is the last, and what is missing is marked by LOST.
 */
#include "tests/model_run.h"

static struct run_view *view_of(struct run *r, int client, isdn_handle handle)
{
	struct run_view *v = r->view[client];

	for (unsigned i = 0; i < r->n_views[client]; i++)
		if (v[i].handle == handle)
			return &v[i];
	if (r->n_views[client] == RUN_HANDLES)
		r->n_views[client] = 0;
	v += r->n_views[client]++;
	v->handle = handle;
	v->state = 0;
	return v;
}

static void look_at(struct run *r, int client, const struct isdn_event *ev)
{
	uint8_t *replies = &r->replies[(unsigned)ev->request % sizeof(r->replies)];
	struct run_view *v;

	r->counts->events++;
	if (ev->type == ISDN_EV_REPLY && (ev->request <= 0 || (*replies)++))
		run_fail(r, "a request is answered once (R-02)", "request %d", ev->request);
	if (ev->type == ISDN_EV_REPLY || !ev->call)
		return;
	v = view_of(r, client, ev->call);
	if (v->state == ISDN_CALL_IDLE)
		run_fail(r, "nothing follows IDLE (R-04, R-40)", "client %d, handle %llu", client,
			 (unsigned long long)ev->call);
	if (ev->type != ISDN_EV_CALL_STATE)
		return;
	v->state = ev->state;
	r->counts->changes++;
}

void run_look(struct run *r)
{
	struct isdn_call_status s;
	struct isdn_event ev;

	for (int c = 0; c < MODEL_CLIENTS; c++) {
		while (isdn_client_next_event(r->client[c], &ev) == 1)
			look_at(r, c, &ev);
		for (unsigned i = 0; i < r->n_views[c]; i++) {
			struct run_view *v = &r->view[c][i];

			if (isdn_call_status(r->client[c], v->handle, &s))
				continue;
			if ((s.state == ISDN_CALL_IDLE) != (v->state == ISDN_CALL_IDLE))
				run_fail(r, "IDLE is told, whatever else is lost (R-15)",
					 "client %d, handle %llu: %s, told %s", c,
					 (unsigned long long)v->handle,
					 isdn_call_state_name(s.state),
					 isdn_call_state_name(v->state));
		}
	}
}
