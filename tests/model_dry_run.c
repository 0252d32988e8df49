/* SPDX-License-Identifier: BSD-2-Clause */
/* What isdn_call_dry_run foretells, and what comes true when everybody answers at once. */
#include "tests/model_run.h"

static bool at_once(const struct model *m)
{
	for (int i = 0; i < MODEL_PROVIDERS; i++)
		if (m->provider[i].manner[MOCK_DROP] > MOCK_DONE ||
		    m->provider[i].manner[MOCK_RETRIEVE] > MOCK_DONE)
			return false;
	return true;
}

void run_foretell(struct run *r, int client, isdn_handle handle, enum isdn_verb verb,
		  const struct isdn_drop *how, struct run_foretold *f)
{
	f->result = isdn_call_dry_run(r->client[client], handle, verb, how, f->effect, RUN_EFFECTS,
				      &f->n);
	f->holds = r->model && at_once(r->model);
	if (!r->model)
		return;
	f->n_calls = r->model->n_calls;
	for (int k = 0; k < f->n_calls; k++) {
		f->before[k].state = r->model->call[k].state;
		f->before[k].mode = r->model->call[k].mode;
	}
}

static bool changed(const struct run *r, const struct run_foretold *f, int call)
{
	return r->model->call[call].state != f->before[call].state ||
	       r->model->call[call].mode != f->before[call].mode;
}

/* The cause and the UUI are those with which the leg is cleared, if it is. */
static void compare_sent(struct run *r, int call, const struct isdn_effect *e)
{
	const struct model_call *c = &r->model->call[call];
	const struct mock_asked *drop = NULL;

	for (int i = 0; i < MODEL_PROVIDERS && c->leg != NONE; i++)
		for (unsigned k = 0; k < r->mock[i].n_log; k++)
			if (r->model->leg[c->leg].provider == i &&
			    r->mock[i].log[k].leg == r->model->leg[c->leg].number &&
			    r->mock[i].log[k].op == MOCK_DROP)
				drop = &r->mock[i].log[k];
	if (drop && (e->cause != drop->cause || e->uui_sent != drop->has_uui))
		run_fail(r, "a dry run knows what is sent", "call %d: cause %u%s, sent %u%s", call,
			 e->cause, e->uui_sent ? ", UUI" : "", drop->cause,
			 drop->has_uui ? ", UUI" : "");
}

static void compare_effect(struct run *r, const struct run_foretold *f, const struct isdn_effect *e)
{
	int call;

	for (call = 0; call < f->n_calls; call++)
		if (r->model->call[call].id == e->id)
			break;
	if (call == f->n_calls) /* nobody has seen it */
		return;
	if (e->result ? changed(r, f, call) && r->model->call[call].state != e->state
		      : !changed(r, f, call))
		run_fail(r, "a dry run names the calls that change",
			 "call %d would be %s, result %d, but is %s", call,
			 isdn_call_state_name(e->state), e->result,
			 isdn_call_state_name(r->model->call[call].state));
	else if (!e->result &&
		 (e->state != r->model->call[call].state || e->mode != r->model->call[call].mode))
		run_fail(r, "a dry run knows the states that come true",
			 "call %d would be %s 0x%x, is %s 0x%x", call,
			 isdn_call_state_name(e->state), e->mode,
			 isdn_call_state_name(r->model->call[call].state),
			 r->model->call[call].mode);
	else if (!e->result && e->state == ISDN_CALL_IDLE)
		compare_sent(r, call, e);
}

void run_came_true(struct run *r, const struct run_foretold *f, int answer)
{
	size_t n_changed = 0, n_named = 0;

	if (!r->model || !f->holds)
		return;
	if (f->result ? f->result != answer : answer < 0) {
		run_fail(r, "a dry run is answered as the request", "%d, the request %d", f->result,
			 answer);
		return;
	}
	r->counts->dry_runs++;
	for (int k = 0; k < f->n_calls; k++)
		n_changed += changed(r, f, k);
	for (size_t i = 0; !f->result && i < f->n; i++) {
		run_say(r, "  dry run: id %llu %s 0x%x, result %d",
			(unsigned long long)f->effect[i].id,
			isdn_call_state_name(f->effect[i].state), f->effect[i].mode,
			f->effect[i].result);
		n_named += f->effect[i].result == 0;
		compare_effect(r, f, &f->effect[i]);
	}
	if (f->result)
		return;
	if (n_changed != n_named)
		run_fail(r, "a dry run names as many calls as change", "%zu, changed %zu", n_named,
			 n_changed);
	r->foretold = answer;
	r->foretold_changes = n_changed;
}
