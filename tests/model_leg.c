/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The model: the providers, as tests/mock_provider.c does it. What is asked of a leg is
 * noted, and answered in the manner that was set; what comes of it waits in the queue of
 * the provider.
 */
#include <string.h>

#include "tests/model_parts.h"

#define CAUSE_TIMER 102
#define CAUSE_LINK  27

static struct model_leg_event *push(struct model *m, enum isdn_leg_event_type type, int leg)
{
	struct model_provider *p = &m->provider[m->leg[leg].provider];
	struct model_leg_event *ev = &p->queue[p->tail++ % MODEL_LEGS];

	memset(ev, 0, sizeof(*ev));
	ev->type = type;
	ev->leg = leg;
	ev->source = ISDN_BY_REMOTE;
	return ev;
}

static void push_state(struct model *m, int leg, enum isdn_call_state state, uint32_t mode)
{
	struct model_leg_event *ev = push(m, ISDN_LEG_STATE, leg);

	ev->state = state;
	ev->mode = mode ? mode : ISDN_MODE_ACTIVE;
}

static void end_leg(struct model *m, int leg, uint8_t cause, enum isdn_source source)
{
	struct model_leg_event *ev = push(m, ISDN_LEG_GONE, leg);

	ev->cause = cause;
	ev->source = source;
	m->leg[leg].phase = MOCK_GONE;
	m->leg[leg].busy = false;
}

/* ---- answers ---- */

static bool is_hold(enum mock_op op)
{
	return op == MOCK_HOLD || op == MOCK_RETRIEVE;
}

static void agree(struct model *m, int leg, enum isdn_source source)
{
	struct model_leg *l = &m->leg[leg];

	l->busy = false;
	if (l->op == MOCK_MAKE)
		push_state(m, leg, ISDN_CALL_PROCEEDING, 0);
	if (l->op == MOCK_ANSWER || l->op == MOCK_RETRIEVE) {
		l->phase = MOCK_TALKING;
		push_state(m, leg, ISDN_CALL_CONNECTED, 0);
	}
	if (l->op == MOCK_HOLD) {
		l->phase = MOCK_HELD;
		push_state(m, leg, ISDN_CALL_ONHOLD, 0);
	}
	if (l->op == MOCK_DROP)
		end_leg(m, leg, l->cause, source);
	if (l->op == MOCK_TRANSFER) {
		end_leg(m, leg, 16, source);
		end_leg(m, l->other, 16, source);
	}
}

static void refuse(struct model *m, int leg, enum isdn_source source)
{
	push(m, ISDN_LEG_REFUSED, leg)->source = source;
	m->leg[leg].busy = false;
}

static int begin(struct model *m, int leg, enum mock_op op)
{
	struct model_leg *l = &m->leg[leg];
	enum mock_manner manner = m->provider[l->provider].manner[op];

	l->busy = true;
	l->op = op;
	l->due = manner == MOCK_NEVER ? m->now + MOCK_TIMEOUT : ISDN_NEVER;
	if (manner == MOCK_REFUSED) {
		refuse(m, leg, ISDN_BY_REMOTE);
	} else if (manner == MOCK_DONE && is_hold(op)) {
		l->busy = false;
		l->phase = op == MOCK_HOLD ? MOCK_HELD : MOCK_TALKING;
		return 1;
	} else if (manner == MOCK_DONE && op == MOCK_MAKE) {
		l->busy = false;
		l->phase = MOCK_TALKING;
		push_state(m, leg, ISDN_CALL_CONNECTED, 0);
	} else if (manner == MOCK_AT_ONCE || manner == MOCK_DONE) {
		agree(m, leg, ISDN_BY_LOCAL);
	}
	return 0;
}

/* ---- requests ---- */

static struct mock_asked *note(struct model *m, int leg, enum mock_op op)
{
	struct model_provider *p = &m->provider[m->leg[leg].provider];
	struct mock_asked *a = &p->log[p->n_log++ % MOCK_LOG];

	memset(a, 0, sizeof(*a));
	a->leg = m->leg[leg].number;
	a->op = op;
	return a;
}

static bool fails(const struct model *m, int provider, enum mock_op op)
{
	enum mock_manner manner = m->provider[provider].manner[op];

	return manner == MOCK_ERROR || (manner == MOCK_REFUSED && !is_hold(op));
}

int model_new_leg(struct model *m, int provider, enum mock_phase phase)
{
	struct model_leg *l = &m->leg[m->n_legs];

	memset(l, 0, sizeof(*l));
	l->provider = provider;
	l->number = ++m->provider[provider].legs;
	l->phase = phase;
	l->call = l->asker = NONE;
	return m->n_legs++;
}

int model_ask_make(struct model *m, int provider, int *leg)
{
	if (fails(m, provider, MOCK_MAKE))
		return ISDN_ERR_RESOURCEUNAVAIL;
	*leg = model_new_leg(m, provider, MOCK_CALLING);
	note(m, *leg, MOCK_MAKE);
	return begin(m, *leg, MOCK_MAKE);
}

static int may_ask(const struct model *m, int leg, enum mock_op op)
{
	const struct model_leg *l = &m->leg[leg];

	if (op != MOCK_DIAL && l->busy)
		return ISDN_ERR_INVALCALLSTATE;
	return fails(m, l->provider, op) ? ISDN_ERR_OPERATIONUNAVAIL : 0;
}

/* Accept, answer, hold, retrieve, dial. */
int model_ask(struct model *m, int leg, enum mock_op op)
{
	int err = may_ask(m, leg, op);

	if (err)
		return err;
	note(m, leg, op);
	return op == MOCK_ACCEPT || op == MOCK_DIAL ? 0 : begin(m, leg, op);
}

static void cancel(struct model *m, struct model_leg *l)
{
	if (l->busy && l->op == MOCK_TRANSFER)
		m->leg[l->other].busy = false;
	l->busy = false;
}

int model_ask_drop(struct model *m, int leg, uint8_t cause, size_t uui_size, bool *uui_sent)
{
	struct model_leg *l = &m->leg[leg];
	struct mock_asked *a;

	*uui_sent = false;
	if (l->phase == MOCK_GONE) /* which will be told yet */
		return 0;
	if (fails(m, l->provider, MOCK_DROP))
		return ISDN_ERR_NOMEM;
	a = note(m, leg, MOCK_DROP);
	a->cause = cause;
	*uui_sent = uui_size && uui_size <= m->provider[l->provider].caps.uui_drop &&
		    l->phase != MOCK_CLEARED;
	a->has_uui = *uui_sent;
	a->uui.len = (uint8_t)(*uui_sent ? uui_size - 1 : 0);
	cancel(m, l);
	l->cause = cause;
	return begin(m, leg, MOCK_DROP);
}

int model_ask_transfer(struct model *m, int leg, int other)
{
	struct model_leg *l = &m->leg[leg], *o = &m->leg[other];

	if (l->busy || o->busy)
		return ISDN_ERR_INVALCALLSTATE;
	if (fails(m, l->provider, MOCK_TRANSFER))
		return ISDN_ERR_OPERATIONUNAVAIL;
	note(m, leg, MOCK_TRANSFER);
	l->other = other;
	o->other = leg;
	o->busy = true;
	o->op = MOCK_TRANSFER;
	o->due = ISDN_NEVER;
	return begin(m, leg, MOCK_TRANSFER);
}

/* ---- what they tell ---- */

static void take(struct model *m, const struct model_leg_event *ev)
{
	struct model_leg *l = &m->leg[ev->leg];

	if (ev->type != ISDN_LEG_OFFERED && !l->line && l->call == NONE)
		return; /* of a call that never was */
	if (ev->type == ISDN_LEG_OFFERED)
		model_offered(m, ev->leg);
	else if (ev->type == ISDN_LEG_STATE && l->line)
		model_line_state(m, ev);
	else if (ev->type == ISDN_LEG_STATE)
		model_leg_state(m, ev);
	else if (ev->type == ISDN_LEG_REFUSED)
		model_leg_refused(m, l->line ? l->asker : l->call);
	else if (l->line)
		model_line_gone(m, ev);
	else
		model_leg_gone(m, ev);
}

void model_flush(struct model *m)
{
	bool any = true;

	while (any) {
		any = false;
		for (int i = 0; i < MODEL_PROVIDERS; i++) {
			struct model_provider *p = &m->provider[i];

			while (p->head != p->tail) {
				struct model_leg_event ev = p->queue[p->head++ % MODEL_LEGS];

				take(m, &ev);
				any = true;
			}
		}
	}
}

/* ---- the far end ---- */

void model_offer(struct model *m, int provider, const char *called)
{
	int leg = model_new_leg(m, provider, MOCK_OFFERED);

	m->leg[leg].line = m->has_line && provider == 0 && !strcmp(called, MODEL_NUMBER);
	push(m, ISDN_LEG_OFFERED, leg);
	model_flush(m);
}

void model_progress(struct model *m, int leg, enum isdn_call_state state)
{
	m->leg[leg].busy = false;
	push_state(m, leg, state, 0);
	model_flush(m);
}

void model_connect(struct model *m, int leg, uint32_t mode)
{
	m->leg[leg].busy = false;
	m->leg[leg].phase = MOCK_TALKING;
	push_state(m, leg, ISDN_CALL_CONNECTED, mode);
	model_flush(m);
}

void model_far_hold(struct model *m, int leg, bool hold)
{
	push_state(m, leg, ISDN_CALL_CONNECTED, hold ? ISDN_MODE_ACTIVEHELD : ISDN_MODE_ACTIVE);
	model_flush(m);
}

void model_disconnect(struct model *m, int leg, uint8_t cause, size_t uui_size)
{
	struct model_leg_event *ev;

	m->leg[leg].busy = false;
	m->leg[leg].phase = MOCK_CLEARED;
	ev = push(m, ISDN_LEG_STATE, leg);
	ev->state = ISDN_CALL_DISCONNECTED;
	ev->cause = cause;
	ev->uui_size = uui_size;
	model_flush(m);
}

void model_release(struct model *m, int leg, uint8_t cause)
{
	end_leg(m, leg, cause, ISDN_BY_REMOTE);
	model_flush(m);
}

void model_late(struct model *m, int leg, bool yes)
{
	if (is_hold(m->leg[leg].op) && !yes)
		refuse(m, leg, ISDN_BY_REMOTE);
	else
		agree(m, leg, ISDN_BY_LOCAL);
	model_flush(m);
}

static void expire(struct model *m, int leg)
{
	enum mock_op op = m->leg[leg].op;

	if (is_hold(op))
		refuse(m, leg, ISDN_BY_TIMER);
	else if (op == MOCK_DROP || op == MOCK_TRANSFER)
		agree(m, leg, ISDN_BY_TIMER);
	else
		end_leg(m, leg, CAUSE_TIMER, ISDN_BY_TIMER);
}

void model_time(struct model *m)
{
	for (int leg = 0; leg < m->n_legs; leg++)
		if (m->leg[leg].busy && m->leg[leg].due <= m->now)
			expire(m, leg);
	model_flush(m);
}

/* Its calls end as if the line was cut, one after the other. */
void model_close_span(struct model *m, int provider)
{
	struct model_leg_event ev = { .type = ISDN_LEG_GONE,
				      .cause = CAUSE_LINK,
				      .source = ISDN_BY_LINK };

	for (int k = 0; k < m->n_calls; k++) {
		struct model_leg *l = m->call[k].leg == NONE ? NULL : model_leg(m, k);

		if (!l || l->provider != provider || l->phase == MOCK_GONE || l->call != k)
			continue;
		l->phase = MOCK_GONE;
		l->busy = false;
		ev.leg = m->call[k].leg;
		take(m, &ev);
	}
	m->provider[provider].open = false;
	model_flush(m);
}

void model_open_span(struct model *m, int provider, unsigned span, const struct isdn_caps *caps)
{
	struct model_provider *p = &m->provider[provider];

	memset(p, 0, sizeof(*p));
	p->open = true;
	p->span = span;
	p->caps = *caps;
}

int model_leg_of(const struct model *m, int provider, uint64_t number)
{
	for (int leg = m->n_legs - 1; leg >= 0; leg--)
		if (m->leg[leg].provider == provider && m->leg[leg].number == number)
			return leg;
	return NONE;
}
