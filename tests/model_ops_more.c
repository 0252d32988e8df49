/* SPDX-License-Identifier: BSD-2-Clause */
/* The operations: conferences, clients and their handles, the shared line. */
#include "tests/model_ops.h"

/* ---- conferences ---- */

void op_conference_new(struct run *r, const struct op *op)
{
	struct isdn_conference_config config;
	isdn_handle handle = 0;
	int call = NONE, got;

	op_config(&config, op->a);
	run_say(r, "client %d makes a conference", op->client);
	op_say_config(r, &config);
	got = isdn_conference_new(r->client[op->client], &config, &handle);
	op_done(r, got, r->model ? model_conference_new(r->model, op->client, &config, &call) : 0);
	if (!got)
		run_bind(r, op->client, call, handle);
}

void op_conference_setup(struct run *r, const struct op *op)
{
	isdn_handle h = op_pick(r, op->client, op->a, ISDN_CALL_CONNECTED), conference = 0,
		    consult = 0;
	int call = op_known(r, op->client, h), parent = NONE, to = NONE, want = 0;
	int provider = op->c % 2;
	struct isdn_conference_config config;
	struct isdn_call_params params;
	isdn_request got;
	bool alone;

	if (!h || r->property)
		return;
	op_config(&config, op->b);
	alone = op->c / 2 % 8 == 0 && !config.no_hold;
	op_params(r, &params, provider);
	run_say(r, "client %d sets up a conference from call %d, %s, consultation on provider %d",
		op->client, call, op_state(r, op->client, h), alone ? NONE : provider);
	op_say_config(r, &config);
	got = isdn_conference_setup(r->client[op->client], h, &config, alone ? NULL : &params,
				    &conference, &consult);
	if (r->model)
		want = model_conference_setup(r->model, op->client, call, &config,
					      alone ? NONE : provider, &parent, &to);
	run_answered(r, op->client, got, want);
	if (got <= 0)
		return;
	run_bind(r, op->client, parent, conference);
	if (!alone)
		run_bind(r, op->client, to, consult);
}

void op_prepare_add(struct run *r, const struct op *op)
{
	isdn_handle h = op_pick_conference(r, op->client, op->a), consult = 0;
	int call = op_known(r, op->client, h), to = NONE, want = 0, provider = op->b % 2;
	struct isdn_call_params params;
	isdn_request got;

	if (!h || r->property)
		return;
	op_params(r, &params, provider);
	run_say(r, "client %d prepares to add to conference %d, %s, consultation on provider %d",
		op->client, call, op_state(r, op->client, h), provider);
	got = isdn_conference_prepare_add(r->client[op->client], h, &params, &consult);
	if (r->model)
		want = model_prepare_add(r->model, op->client, call, provider, &to);
	run_answered(r, op->client, got, want);
	if (got > 0)
		run_bind(r, op->client, to, consult);
}

void op_add(struct run *r, const struct op *op)
{
	isdn_handle h = op->c % 16 ? op_pick_conference(r, op->client, op->a)
				   : op_pick(r, op->client, op->a, OP_ALIVE);
	isdn_handle o = op_pick(r, op->client, op->b,
				op->c / 16 % 4 ? ISDN_CALL_CONNECTED | ISDN_CALL_ONHOLD : OP_ALIVE);
	int conference = op_known(r, op->client, h), call = op_known(r, op->client, o), want = 0;
	isdn_request got;

	if (!h || !o || r->property)
		return;
	run_say(r, "client %d adds call %d, %s, to conference %d, %s", op->client, call,
		op_state(r, op->client, o), conference, op_state(r, op->client, h));
	got = isdn_conference_add(r->client[op->client], h, o);
	if (r->model)
		want = model_add(r->model, op->client, conference, call);
	run_answered(r, op->client, got, want);
}

void op_conference_calls(struct run *r, const struct op *op)
{
	isdn_handle h = op_pick(r, op->client, op->a, ISDN_CALL_CONFERENCED | ISDN_CALL_CONNECTED);
	int call = op_known(r, op->client, h), got, want = 0;
	size_t n = 0, n_wanted = 0;

	if (!h || r->property)
		return;
	run_say(r, "client %d asks for the calls of the conference of call %d", op->client, call);
	got = isdn_conference_calls(r->client[op->client], h, r->listed, RUN_HANDLES, &n);
	if (!r->model)
		return;
	want = model_conference_calls(r->model, op->client, call, r->expected, &n_wanted);
	op_done(r, got, want);
	if (!got && n != n_wanted)
		run_fail(r, "a conference lists its parties (R-56)", "%zu, expected %zu", n,
			 n_wanted);
	r->n_listed = got ? 0 : n;
}

/* ---- clients and handles ---- */

void op_see_calls(struct run *r, const struct op *op)
{
	int got, want;

	run_say(r, "client %d sees calls", op->client);
	got = isdn_client_see_calls(r->client[op->client]);
	want = r->model ? model_see_calls(r->model, op->client) : got;
	if (got != want)
		run_fail(r, "a client is shown all calls", "%d, expected %d", got, want);
}

void op_privilege(struct run *r, const struct op *op)
{
	enum isdn_privilege privilege = op->b % 3 ? ISDN_OWNER : ISDN_MONITOR;
	isdn_handle h = op_pick(r, op->client, op->b % 4 ? (uint16_t)(op->a & ~15u) : op->a,
				OP_ALIVE);
	int call = op_known(r, op->client, h), got;

	if (!h || r->property)
		return;
	run_say(r, "client %d becomes %s of call %d", op->client,
		privilege == ISDN_OWNER ? "owner" : "monitor", call);
	got = isdn_call_set_privilege(r->client[op->client], h, privilege);
	op_done(r, got, r->model ? model_set_privilege(r->model, op->client, call, privilege) : 0);
}

void op_handoff(struct run *r, const struct op *op)
{
	static const char *const names[MODEL_CLIENTS] = { "owner", "second owner", "monitor",
							  "relaxed" };
	isdn_handle h = op_pick(r, op->client, op->a, OP_ALIVE);
	int call = op_known(r, op->client, h), to = op->b % MODEL_CLIENTS, got;

	if (!h || r->property)
		return;
	run_say(r, "client %d hands call %d off to client %d", op->client, call, to);
	got = isdn_call_handoff(r->client[op->client], h, names[to]);
	op_done(r, got, r->model ? model_handoff(r->model, op->client, call, to) : 0);
}

static void deallocate(struct run *r, int client, isdn_handle h)
{
	int call = op_known(r, client, h), got;

	if (!h || r->property)
		return;
	run_say(r, "client %d gives call %d back, %s", client, call, op_state(r, client, h));
	got = isdn_call_deallocate(r->client[client], h);
	op_done(r, got, r->model ? model_deallocate(r->model, client, call) : 0);
}

void op_deallocate(struct run *r, const struct op *op)
{
	deallocate(r, op->client, op_pick(r, op->client, op->a, OP_ALIVE));
}

void op_tidy(struct run *r, const struct op *op)
{
	isdn_handle all[RUN_HANDLES];
	struct isdn_call_status s;
	size_t n = 0;

	if (isdn_client_calls(r->client[op->client], all, RUN_HANDLES, &n))
		return;
	for (size_t i = 0; i < n; i++)
		if (!isdn_call_status(r->client[op->client], all[i], &s) &&
		    s.state == ISDN_CALL_IDLE)
			deallocate(r, op->client, all[i]);
}

void op_reopen(struct run *r, const struct op *op)
{
	run_say(r, "client %d is closed, and another opened", op->client);
	r->any_order = true;
	isdn_client_close(r->client[op->client]);
	r->n_views[op->client] = 0;
	if (r->model)
		model_close(r->model, op->client);
	else
		test_mem_fail_every(&r->mem, 0);
	run_open_client(r, op->client, op->a);
	if (!r->model)
		test_mem_fail_every(&r->mem, 3 + op->b % 61);
}

void op_join(struct run *r, const struct op *op)
{
	struct isdn_station_config config;
	int got;

	if (!r->line)
		return;
	isdn_station_config_init(&config);
	config.monitored = op->a % 4 == 0;
	config.silent = op->a / 4 % 4 == 1;
	config.address_events = op->a / 16 % 2;
	run_say(r, "client %d joins the shared line%s%s", op->client,
		config.monitored ? ", monitored" : "", config.silent ? ", silent" : "");
	got = isdn_bridge_join(r->client[op->client], r->line, &config);
	op_done(r, got, r->model ? model_join(r->model, op->client, &config) : 0);
}

void op_leave_line(struct run *r, const struct op *op)
{
	int got;

	if (!r->line)
		return;
	r->any_order = true;
	run_say(r, "client %d leaves the shared line", op->client);
	got = isdn_bridge_leave(r->client[op->client], r->line);
	op_done(r, got, r->model ? model_leave(r->model, op->client) : 0);
}
