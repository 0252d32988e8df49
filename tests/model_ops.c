/* SPDX-License-Identifier: BSD-2-Clause */
/* The operations: calls, links, transfers. */
#include "tests/model_ops.h"

#include <string.h>

#define OFFERED (ISDN_CALL_OFFERING | ISDN_CALL_ACCEPTED)
#define HELD	(ISDN_CALL_ONHOLD | ISDN_CALL_ONHOLDPENDTRANSFER)

static const char *const verbs[] = { "drop", "leave", "clear" };

static void some_how(struct isdn_drop *how, uint16_t number)
{
	static const uint8_t causes[] = { 0, 0, 0, 0, 17, 34, 16, 200 };
	static const unsigned sizes[] = { 0, 0, 4, 4, 33, 34, 129, 130 };
	static uint8_t octets[130];

	memset(octets, 'x', sizeof(octets));
	memset(how, 0, sizeof(*how));
	how->cause = number % 64 == 7 ? 200 : causes[number % 7];
	how->reason = (enum isdn_drop_reason)(number / 64 % 3);
	how->uui = octets;
	how->uui_size = sizes[number / 256 % 8];
}

/* ---- plain calls ---- */

void op_make(struct run *r, const struct op *op)
{
	int provider = op->a % 2, call = NONE, want = 0;
	bool overlap = op->b % 8 == 0, dialtone = op->b % 16 == 0;
	bool line = r->line && provider == 0 && op->c % 2;
	struct isdn_call_params params;
	isdn_handle handle = 0;
	isdn_request got;

	op_params(r, &params, provider);
	params.overlap = overlap;
	params.called = dialtone ? "" : "2";
	params.bridge = line ? r->line : 0;
	run_say(r, "client %d makes a call on provider %d%s%s", op->client, provider,
		line ? ", the shared line" : "", overlap ? ", overlap" : "");
	got = isdn_call_make(r->client[op->client], &params, &handle);
	if (r->model)
		want = model_make(r->model, op->client, provider, line, params.called, overlap,
				  &call);
	run_answered(r, op->client, got, want);
	if (got > 0)
		run_bind(r, op->client, call, handle);
}

static void op_call(struct run *r, const struct op *op, unsigned states, const char *verb,
		    isdn_request (*ask)(struct isdn_client *, isdn_handle),
		    int (*foretell)(struct model *, int, int))
{
	isdn_handle h = op_pick(r, op->client, op->a, states);
	int call = op_known(r, op->client, h);

	if (!h || r->property)
		return;
	run_say(r, "client %d %s call %d, %s", op->client, verb, call, op_state(r, op->client, h));
	run_answered(r, op->client, ask(r->client[op->client], h),
		     r->model ? foretell(r->model, op->client, call) : 0);
}

static isdn_request ask_accept(struct isdn_client *client, isdn_handle h)
{
	return isdn_call_accept(client, h, NULL, 0);
}

static isdn_request ask_answer(struct isdn_client *client, isdn_handle h)
{
	return isdn_call_answer(client, h, NULL, 0);
}

static isdn_request ask_dial(struct isdn_client *client, isdn_handle h)
{
	return isdn_call_dial(client, h, "3");
}

void op_accept(struct run *r, const struct op *op)
{
	op_call(r, op, OFFERED, "accepts", ask_accept, model_accept);
}

void op_answer(struct run *r, const struct op *op)
{
	r->any_order = true; /* others are put aside */
	op_call(r, op, op->b % 2 ? OFFERED : OFFERED | ISDN_CALL_CONNECTED, "answers", ask_answer,
		model_answer);
}

void op_dial(struct run *r, const struct op *op)
{
	op_call(r, op, ISDN_CALL_CONNECTED | ISDN_CALL_DIALTONE | ISDN_CALL_DIALING, "dials in",
		ask_dial, model_dial);
}

void op_hold(struct run *r, const struct op *op)
{
	op_call(r, op, ISDN_CALL_CONNECTED, "holds", isdn_call_hold, model_hold);
}

void op_unhold(struct run *r, const struct op *op)
{
	op_call(r, op, HELD | ISDN_CALL_ONHOLDPENDCONF | (op->b % 2 ? ISDN_CALL_CONFERENCED : 0),
		"unholds", isdn_call_unhold, model_unhold);
}

void op_remove(struct run *r, const struct op *op)
{
	op_call(r, op, ISDN_CALL_CONFERENCED, "removes", isdn_conference_remove, model_remove);
}

void op_release_uui(struct run *r, const struct op *op)
{
	isdn_handle h = op_pick(r, op->client, op->a, OP_ALIVE);
	int call = op_known(r, op->client, h), got, want = 0;

	if (!h || r->property)
		return;
	run_say(r, "client %d is done with UUI of call %d", op->client, call);
	got = isdn_call_release_uui(r->client[op->client], h);
	if (r->model && !model_owns(r->model, op->client, call))
		want = ISDN_ERR_NOTOWNER;
	else if (r->model && r->model->call[call].is_conference)
		want = ISDN_ERR_OPERATIONUNAVAIL;
	op_done(r, got, want);
}

void op_drop(struct run *r, const struct op *op)
{
	static isdn_request (*const ask[])(
		struct isdn_client *, isdn_handle,
		const struct isdn_drop *) = { isdn_call_drop, isdn_call_leave, isdn_call_clear };
	static struct run_foretold f;
	enum isdn_verb verb = (enum isdn_verb)(op->type - OP_DROP);
	isdn_handle h = op_pick(r, op->client, op->a, OP_ALIVE);
	int call = op_known(r, op->client, h), want = 0;
	struct isdn_drop how;
	isdn_request got;

	if (!h || r->property)
		return;
	some_how(&how, op->b);
	run_say(r, "client %d: %s call %d, %s; cause %u, reason %d, %zu octets of UUI", op->client,
		verbs[verb], call, op_state(r, op->client, h), how.cause, how.reason, how.uui_size);
	run_foretell(r, op->client, h, verb, &how, &f);
	got = ask[verb](r->client[op->client], h, &how);
	if (r->model)
		want = model_drop(r->model, op->client, call, verb, &how);
	run_came_true(r, &f, got);
	run_answered(r, op->client, got, want);
}

/* ---- transfers and links ---- */

void op_setup_transfer(struct run *r, const struct op *op)
{
	isdn_handle h = op_pick(r, op->client, op->a, ISDN_CALL_CONNECTED), consult = 0;
	int call = op_known(r, op->client, h), to = NONE, want = 0, provider = op->b % 2;
	bool alone = op->b / 2 % 8 == 0;
	struct isdn_call_params params;
	isdn_request got;

	if (!h || r->property)
		return;
	op_params(r, &params, provider);
	run_say(r, "client %d sets up a transfer of call %d, %s, consultation on provider %d",
		op->client, call, op_state(r, op->client, h), alone ? NONE : provider);
	got = isdn_call_setup_transfer(r->client[op->client], h, alone ? NULL : &params,
				       alone ? NULL : &consult);
	if (r->model)
		want = model_setup_transfer(r->model, op->client, call, alone ? NONE : provider,
					    &to);
	run_answered(r, op->client, got, want);
	if (got > 0 && !alone)
		run_bind(r, op->client, to, consult);
}

void op_complete(struct run *r, const struct op *op)
{
	isdn_handle h = op_pick(r, op->client, op->a, HELD), conference = 0;
	isdn_handle o = op_pick(r, op->client, op->b,
				ISDN_CALL_CONNECTED | ISDN_CALL_RINGBACK | ISDN_CALL_PROCEEDING);
	int call = op_known(r, op->client, h), consult = op_known(r, op->client, o), parent = NONE;
	bool as_conference = op->type == OP_COMPLETE_CONFERENCE;
	struct isdn_conference_config config;
	isdn_request got;
	int want = 0;

	if (!h || !o || r->property)
		return;
	op_config(&config, op->c);
	config.no_hold = false;
	config.max_parties = 0;
	run_say(r, "client %d completes the transfer of call %d, %s, to call %d, %s", op->client,
		call, op_state(r, op->client, h), consult, op_state(r, op->client, o));
	if (as_conference)
		op_say_config(r, &config);
	got = isdn_call_complete_transfer(r->client[op->client], h, o, &config,
					  as_conference ? &conference : NULL);
	if (r->model)
		want = model_complete_transfer(r->model, op->client, call, consult,
					       as_conference ? &config : NULL, &parent);
	run_answered(r, op->client, got, want);
	if (got > 0 && as_conference)
		run_bind(r, op->client, parent, conference);
}

void op_link(struct run *r, const struct op *op)
{
	isdn_handle h = op_pick(r, op->client, op->a, OP_ALIVE),
		    o = op_pick(r, op->client, op->b, OP_ALIVE);
	int a = op_known(r, op->client, h), b = op_known(r, op->client, o);
	int got;

	if (!h || !o || r->property)
		return;
	run_say(r, "client %d links call %d, %s, and call %d, %s", op->client, a,
		op_state(r, op->client, h), b, op_state(r, op->client, o));
	got = isdn_call_link(r->client[op->client], h, o);
	op_done(r, got, r->model ? model_link(r->model, op->client, a, b) : 0);
}

void op_unlink(struct run *r, const struct op *op)
{
	isdn_handle h = op_pick(r, op->client, op->a, OP_ALIVE);
	int call = op_known(r, op->client, h);
	int got;

	if (!h || r->property)
		return;
	run_say(r, "client %d unlinks call %d", op->client, call);
	got = isdn_call_unlink(r->client[op->client], h);
	op_done(r, got, r->model ? model_unlink(r->model, op->client, call) : 0);
}
