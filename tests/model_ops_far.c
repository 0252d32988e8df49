/* SPDX-License-Identifier: BSD-2-Clause */
/* The operations: what providers and far ends do. */
#include "tests/model_ops.h"

/* ---- providers and far ends ---- */

void op_offer(struct run *r, const struct op *op)
{
	int provider = op->a % 2;
	const char *called = provider == 0 && r->line && op->b % 2 ? MODEL_NUMBER : "200";

	if (!r->span[provider] || !mock_offer(&r->mock[provider], called))
		return;
	run_say(r, "a call for %s arrives at provider %d", called, provider);
	isdn_registry_process(r->registry);
	if (r->model)
		model_offer(r->model, provider, called);
}

/* What the far end of a leg does. */
void op_far(struct run *r, const struct op *op)
{
	static const enum isdn_call_state states[] = { ISDN_CALL_PROCEEDING, ISDN_CALL_RINGBACK,
						       ISDN_CALL_BUSY, ISDN_CALL_SPECIALINFO };
	static const uint8_t causes[] = { 16, 17, 18, 21, 27, 34, 102 };
	static const uint32_t modes[] = { 0, ISDN_MODE_ACTIVE, ISDN_MODE_CONFIRMED };
	const unsigned calling = 1u << MOCK_CALLING, talking = 1u << MOCK_TALKING, any = 62;
	unsigned phases = op->type == OP_FAR_HOLD ? talking : any;
	struct mock *m = &r->mock[op->a % 2];
	struct isdn_uui uui = { .discriminator = 4, .len = 3, .data = "bye" };
	bool with_uui = op->c / 16 % 2;
	uint32_t mode = modes[op->c % 3];
	uint64_t leg;
	int at;

	if (op->type == OP_PROGRESS || op->type == OP_CONNECT)
		phases = calling;
	leg = op_pick_leg(m, op->b, phases);
	if (!r->span[op->a % 2] || !leg)
		return;
	at = r->model ? model_leg_of(r->model, op->a % 2, leg) : 0;
	if (r->model && r->model->leg[at].line)
		mode = ISDN_MODE_ACTIVE;
	if ((op->type == OP_PROGRESS && !mock_progress(m, leg, states[op->c % 4])) ||
	    (op->type == OP_CONNECT && !mock_connect(m, leg, mode)) ||
	    (op->type == OP_FAR_HOLD && !mock_far_hold(m, leg, op->c % 2)) ||
	    (op->type == OP_UUI && !mock_uui(m, leg, &uui, with_uui)) ||
	    (op->type == OP_DISCONNECT &&
	     !mock_disconnect(m, leg, causes[op->c % 7], with_uui ? &uui : NULL)) ||
	    (op->type == OP_RELEASE && !mock_release(m, leg, causes[op->c % 7])))
		return;
	run_say(r, "leg %llu of provider %d: the far end %s", (unsigned long long)leg, op->a % 2,
		op->type == OP_PROGRESS	    ? isdn_call_state_name(states[op->c % 4])
		: op->type == OP_CONNECT    ? "answers"
		: op->type == OP_FAR_HOLD   ? (op->c % 2 ? "holds" : "retrieves")
		: op->type == OP_UUI	    ? "sends UUI"
		: op->type == OP_DISCONNECT ? "disconnects"
					    : "releases");
	isdn_registry_process(r->registry);
	if (!r->model)
		return;
	if (op->type == OP_PROGRESS)
		model_progress(r->model, at, states[op->c % 4]);
	else if (op->type == OP_CONNECT)
		model_connect(r->model, at, mode);
	else if (op->type == OP_FAR_HOLD)
		model_far_hold(r->model, at, op->c % 2);
	else if (op->type == OP_UUI)
		return; /* no state changes */
	else if (op->type == OP_DISCONNECT)
		model_disconnect(r->model, at, causes[op->c % 7], with_uui ? 4 : 0);
	else
		model_release(r->model, at, causes[op->c % 7]);
}

/* One of the answers that are still to come, in any order. */
void op_late(struct run *r, const struct op *op)
{
	struct mock *m = &r->mock[op->a % 2];
	bool agree = op->c % 4 != 0;
	unsigned n = 0, at;

	for (unsigned i = 0; i < m->n_legs; i++)
		n += m->leg[i].busy;
	if (!n || !r->span[op->a % 2])
		return;
	n = op->b % n;
	for (at = 0; !m->leg[at].busy || n; at++)
		n -= m->leg[at].busy;
	run_say(r, "leg %u of provider %d: %s comes", at + 1, op->a % 2,
		agree ? "the answer" : "a refusal");
	mock_answer(m, at + 1, agree);
	isdn_registry_process(r->registry);
	if (r->model)
		model_late(r->model, model_leg_of(r->model, op->a % 2, at + 1), agree);
}

void op_time(struct run *r, const struct op *op)
{
	isdn_time first = ISDN_NEVER, next;

	for (int i = 0; i < MODEL_PROVIDERS; i++) {
		const struct isdn_provider *p = &r->mock[i].base;

		if (r->span[i] && p->ops->deadline(p) < first)
			first = p->ops->deadline(p);
	}
	(void)op;
	next = isdn_registry_next_timeout(r->registry);
	if (next > first)
		run_fail(r, "the registry knows when a provider wants to be called",
			 "%llu, expected %llu", (unsigned long long)next,
			 (unsigned long long)first);
	if (first == ISDN_NEVER)
		return;
	r->now = first;
	run_say(r, "it is %llu ms", (unsigned long long)first);
	isdn_registry_process(r->registry);
	if (!r->model)
		return;
	r->model->now = first;
	model_time(r->model);
}

void op_manner(struct run *r, const struct op *op)
{
	static const char *const ops[] = { "make", "accept",   "answer",   "drop",
					   "hold", "retrieve", "transfer", "dial" };
	static const char *const manners[] = { "at once", "without asking", "late",
					       "never",	  "refused",	    "not" };
	enum mock_op what = (enum mock_op)(op->b % MOCK_OPS);
	enum mock_manner manner = (enum mock_manner)(op->c % MOCK_MANNERS);

	run_manner(r, op->a % 2, what, manner);
	run_say(r, "provider %d: %s is done %s", op->a % 2, ops[what], manners[manner]);
}

void op_close_span(struct run *r, const struct op *op)
{
	int provider = op->a % 2, got;

	if (!r->span[provider] || (provider == 0 && r->line))
		return;
	run_say(r, "provider %d is closed", provider);
	got = isdn_registry_close_span(r->registry, r->span[provider]);
	op_done(r, got, 0);
	if (!r->mock[provider].closed)
		run_fail(r, "a provider that is closed is told", "provider %d", provider);
	r->span[provider] = 0;
	if (r->model)
		model_close_span(r->model, provider);
}

void op_open_span(struct run *r, const struct op *op)
{
	int provider = op->a % 2;

	if (!r->span[provider])
		run_open_span(r, provider,
			      &(struct isdn_caps){
				      .uui_drop = 33, .reject_offering = true, .hold = op->b % 2 });
}
