/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The registry and the model, compared after an operation: the calls that each client holds, what
 * the providers were asked for, and the use of the shared line.
 */
#include "tests/model_run.h"

static isdn_handle handle_of(const struct run *r, int client, int call)
{
	if (call == NONE || !r->model->call[call].handle[client].held)
		return 0;
	return r->model->call[call].handle[client].number;
}

static void is(struct run *r, int client, int call, const char *what, long long got, long long want)
{
	if (got != want)
		run_fail(r, "a call is as the model says",
			 "client %d, call %d: %s is %lld (0x%llx), expected %lld (0x%llx)", client,
			 call, what, got, (unsigned long long)got, want, (unsigned long long)want);
}

/* A drop that is under way needs no bit, though it would be answered. */
static void compare_features(struct run *r, int client, int call, uint32_t features)
{
	static const struct {
		enum isdn_verb verb;
		uint32_t bit;
		const char *name;
	} verbs[] = { { ISDN_DROP, ISDN_FEATURE_DROP, "DROP bit (R-14)" },
		      { ISDN_LEAVE, ISDN_FEATURE_LEAVE, "LEAVE bit (R-14)" },
		      { ISDN_CLEAR, ISDN_FEATURE_CLEAR, "CLEAR bit (R-14)" } };

	for (int i = 0; i < 3; i++) {
		bool may = !r->model->call[call].dropping &&
			   !model_may_drop(r->model, client, call, verbs[i].verb, NULL);

		is(r, client, call, verbs[i].name, (features & verbs[i].bit) != 0, may);
	}
}

static void compare_info(struct run *r, int client, int call, const struct isdn_call_info *info)
{
	const struct model *m = r->model;
	const struct model_call *c = &m->call[call];

	is(r, client, call, "id", (long long)info->id, (long long)c->id);
	is(r, client, call, "owners", info->owners, model_holders(m, call, ISDN_OWNER));
	is(r, client, call, "monitors", info->monitors, model_holders(m, call, ISDN_MONITOR));
	is(r, client, call, "linked", (long long)info->linked,
	   (long long)handle_of(r, client, c->linked));
	if (c->is_conference)
		is(r, client, call, "parties", info->parties, model_parties(m, call));
	else
		is(r, client, call, "conference", (long long)info->conference_call,
		   (long long)(c->conference != NONE && model_is_idle(m, c->conference)
				       ? info->conference_call
				       : handle_of(r, client, c->conference)));
	is(r, client, call, "consult", (long long)info->consult,
	   (long long)handle_of(r, client, c->consult));
	is(r, client, call, "consult_of", (long long)info->consult_of,
	   (long long)handle_of(r, client, c->consult_of));
}

static void compare_call(struct run *r, int client, isdn_handle handle)
{
	int call = run_call(r, client, handle);
	const struct model_call *c = &r->model->call[call];
	struct isdn_call_status s;
	struct isdn_call_info info;

	if (call == NONE || !c->handle[client].held ||
	    isdn_call_status(r->client[client], handle, &s) ||
	    isdn_call_info(r->client[client], handle, &info)) {
		run_fail(r, "a client holds what the model says", "client %d, handle %llu, call %d",
			 client, (unsigned long long)handle, call);
		return;
	}
	is(r, client, call, "state", s.state, c->state);
	is(r, client, call, "mode", s.mode, c->mode);
	is(r, client, call, "privilege", s.privilege, c->handle[client].privilege);
	compare_features(r, client, call, s.features);
	compare_info(r, client, call, &info);
}

static void compare_calls(struct run *r)
{
	isdn_handle all[RUN_HANDLES];
	size_t n, held;

	for (int c = 0; c < MODEL_CLIENTS; c++) {
		held = n = 0;
		if (isdn_client_calls(r->client[c], all, RUN_HANDLES, &n))
			run_fail(r, "a client can list its calls", "client %d", c);
		for (int k = 0; k < r->model->n_calls; k++)
			held += r->model->call[k].handle[c].held;
		is(r, c, NONE, "number of calls", (long long)n, (long long)held);
		for (size_t i = 0; i < n && !r->property; i++)
			compare_call(r, c, all[i]);
	}
	for (size_t i = 0; i < r->n_listed; i++)
		if (run_call(r, 0, r->listed[i]) != r->expected[i] &&
		    run_call(r, 1, r->listed[i]) != r->expected[i] &&
		    run_call(r, 2, r->listed[i]) != r->expected[i] &&
		    run_call(r, 3, r->listed[i]) != r->expected[i])
			run_fail(r, "a conference lists its parties (R-56)",
				 "handle %llu at place %zu, expected call %d",
				 (unsigned long long)r->listed[i], i, r->expected[i]);
	r->n_listed = 0;
}

/* ---- providers, the shared line ---- */

static bool same(const struct mock_asked *a, const struct mock_asked *b)
{
	return a->leg == b->leg && a->op == b->op && a->cause == b->cause &&
	       a->has_uui == b->has_uui && a->uui.len == b->uui.len;
}

/* In that order; of calls that have nothing to do with each other, in any. */
static bool asked_alike(const struct mock *m, const struct model_provider *p, bool any_order)
{
	bool used[MOCK_LOG] = { false };

	for (unsigned k = 0; k < p->n_log; k++) {
		unsigned i = any_order ? 0 : k;

		while (i < m->n_log && (used[i] || !same(&m->log[i], &p->log[k])) && any_order)
			i++;
		if (i >= m->n_log || !same(&m->log[i], &p->log[k]))
			return false;
		used[i] = true;
	}
	return m->n_log == p->n_log;
}

static void compare_asked(struct run *r)
{
	for (int i = 0; i < MODEL_PROVIDERS; i++) {
		const struct mock *m = &r->mock[i];
		struct model_provider *p = &r->model->provider[i];
		const struct mock_asked *got = m->log, *want = p->log;
		unsigned k = 0;

		if (!asked_alike(m, p, r->any_order)) {
			while (k < m->n_log && k < p->n_log && same(&got[k], &want[k]))
				k++;
			run_fail(r, "a provider is asked what the model says",
				 "provider %d, %u of %u: leg %llu, %d, cause %u%s; "
				 "expected of %u: leg %llu, %d, cause %u%s",
				 i, k, m->n_log, (unsigned long long)got[k].leg, got[k].op,
				 got[k].cause, got[k].has_uui ? ", UUI" : "", p->n_log,
				 (unsigned long long)want[k].leg, want[k].op, want[k].cause,
				 want[k].has_uui ? ", UUI" : "");
		}
		p->n_log = 0;
	}
	r->any_order = false;
}

static void compare_line(struct run *r)
{
	uint32_t in_use = model_in_use(r->model), calls = model_line_calls(r->model);
	struct isdn_bridge_info info;

	if (!r->line)
		return;
	if (isdn_bridge_info(r->registry, r->line, &info) || info.in_use != in_use ||
	    info.calls != calls)
		run_fail(r, "the use of the shared line is as the model says (R-67)",
			 "in use %u, %u calls, expected %u, %u", info.in_use, info.calls, in_use,
			 calls);
	for (int c = 0; c < MODEL_CLIENTS; c++)
		if (r->model->client[c].monitored && !r->address_events[c] &&
		    (in_use != r->in_use || calls != r->line_calls))
			run_fail(r, "a station is told of the use of the line (R-67)",
				 "client %d: in use %u, %u calls", c, in_use, calls);
	r->in_use = in_use;
	r->line_calls = calls;
}

void run_compare(struct run *r)
{
	if (!r->property)
		run_compare_events(r);
	if (!r->property)
		compare_calls(r);
	if (!r->property)
		compare_asked(r);
	if (!r->property)
		compare_line(r);
	r->foretold = 0;
	for (int i = 0; i < r->model->n_calls; i++)
		r->model->call[i].fresh = false;
	r->model->n_events = 0;
}
