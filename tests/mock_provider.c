/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A provider of calls without a line. A provider keeps its legs, does what it is asked, and
 * puts what happens into a queue, out of which the registry takes it; it calls nothing of
 * the registry. Here a request that has to wait is noted with its leg, and is finished by
 * mock_answer or, in process, by its timer.
 */
#include "tests/mock_provider.h"

#include <string.h>

#define CAUSE_TIMER 102

/* The registry knows the base; ours begins with it. */
static struct mock *mock_of(struct isdn_provider *p)
{
	return (struct mock *)p;
}

static const struct mock *const_mock_of(const struct isdn_provider *p)
{
	return (const struct mock *)p;
}

static struct mock_leg *leg_of(struct mock *m, uint64_t leg)
{
	return leg >= 1 && leg <= m->n_legs ? &m->leg[leg - 1] : NULL;
}

/* ---- events ---- */

static struct isdn_leg_event *push(struct mock *m, enum isdn_leg_event_type type, uint64_t leg)
{
	struct isdn_leg_event *ev = &m->queue[m->tail++ % MOCK_EVENTS];

	memset(ev, 0, sizeof(*ev));
	ev->type = type;
	ev->leg = leg;
	ev->source = ISDN_BY_REMOTE;
	return ev;
}

static void push_state(struct mock *m, uint64_t leg, enum isdn_call_state state, uint32_t mode)
{
	struct isdn_leg_event *ev = push(m, ISDN_LEG_STATE, leg);

	ev->state = state;
	ev->mode = mode;
}

/* The leg's last event. What waits on it will not be answered. */
static void end_leg(struct mock *m, uint64_t leg, uint8_t cause, enum isdn_source source)
{
	struct isdn_leg_event *ev = push(m, ISDN_LEG_GONE, leg);
	struct mock_leg *l = leg_of(m, leg);

	ev->cause = cause;
	ev->source = source;
	l->phase = MOCK_GONE;
	l->busy = false;
}

static int next(struct isdn_provider *p, struct isdn_leg_event *ev)
{
	struct mock *m = mock_of(p);

	if (m->head == m->tail)
		return 0;
	*ev = m->queue[m->head++ % MOCK_EVENTS];
	ev->user = leg_of(m, ev->leg)->user;
	return 1;
}

/* ---- answers ---- */

static void agree(struct mock *m, uint64_t leg, enum isdn_source source)
{
	struct mock_leg *l = leg_of(m, leg);

	l->busy = false;
	switch ((int)l->op) {
	case MOCK_MAKE:
		push_state(m, leg, ISDN_CALL_PROCEEDING, 0);
		break;
	case MOCK_ANSWER:
	case MOCK_RETRIEVE:
		l->phase = MOCK_TALKING;
		push_state(m, leg, ISDN_CALL_CONNECTED, ISDN_MODE_ACTIVE);
		break;
	case MOCK_DROP:
		end_leg(m, leg, l->cause, source);
		break;
	case MOCK_HOLD:
		l->phase = MOCK_HELD;
		push_state(m, leg, ISDN_CALL_ONHOLD, 0);
		break;
	case MOCK_TRANSFER:
		end_leg(m, leg, 16, source);
		end_leg(m, l->other, 16, source);
		break;
	default:
		break;
	}
}

static void refuse(struct mock *m, uint64_t leg, enum isdn_source source)
{
	struct isdn_leg_event *ev = push(m, ISDN_LEG_REFUSED, leg);

	ev->cause = CAUSE_TIMER;
	ev->source = source;
	leg_of(m, leg)->busy = false;
}

static bool is_hold(enum mock_op op)
{
	return op == MOCK_HOLD || op == MOCK_RETRIEVE;
}

bool mock_answer(struct mock *m, uint64_t leg, bool yes)
{
	struct mock_leg *l = leg_of(m, leg);

	if (!l || !l->busy)
		return false;
	if (is_hold(l->op) && !yes)
		refuse(m, leg, ISDN_BY_REMOTE);
	else
		agree(m, leg, ISDN_BY_LOCAL);
	return true;
}

/* ---- timers ---- */

static void expire(struct mock *m, uint64_t leg)
{
	struct mock_leg *l = leg_of(m, leg);

	if (is_hold(l->op))
		refuse(m, leg, ISDN_BY_TIMER);
	else if (l->op == MOCK_DROP || l->op == MOCK_TRANSFER)
		agree(m, leg, ISDN_BY_TIMER);
	else
		end_leg(m, leg, CAUSE_TIMER, ISDN_BY_TIMER);
}

static void process(struct isdn_provider *p, isdn_time now)
{
	struct mock *m = mock_of(p);

	for (uint64_t leg = 1; leg <= m->n_legs; leg++) {
		struct mock_leg *l = leg_of(m, leg);

		if (l->busy && l->due <= now)
			expire(m, leg);
	}
}

static isdn_time deadline(const struct isdn_provider *p)
{
	const struct mock *m = const_mock_of(p);
	isdn_time first = ISDN_NEVER;

	for (unsigned i = 0; i < m->n_legs; i++)
		if (m->leg[i].busy && m->leg[i].due < first)
			first = m->leg[i].due;
	return first;
}

/* ---- requests ---- */

static void note(struct mock *m, uint64_t leg, enum mock_op op, uint8_t cause,
		 const struct isdn_uui *uui)
{
	struct mock_asked *a = &m->log[m->n_log++ % MOCK_LOG];

	memset(a, 0, sizeof(*a));
	a->leg = leg;
	a->op = op;
	a->cause = cause;
	a->has_uui = uui != NULL;
	if (uui)
		a->uui = *uui;
}

/* It was asked for, and its manner says what becomes of it: the answer of the request. */
static int begin(struct mock *m, uint64_t leg, enum mock_op op, isdn_time now)
{
	struct mock_leg *l = leg_of(m, leg);
	enum mock_manner manner = m->manner[op];

	l->busy = true;
	l->op = op;
	l->due = manner == MOCK_NEVER ? now + MOCK_TIMEOUT : ISDN_NEVER;
	if (manner == MOCK_REFUSED) {
		refuse(m, leg, ISDN_BY_REMOTE);
	} else if (manner == MOCK_DONE && is_hold(op)) {
		l->busy = false;
		l->phase = op == MOCK_HOLD ? MOCK_HELD : MOCK_TALKING;
		return 1;
	} else if (manner == MOCK_DONE && op == MOCK_MAKE) {
		mock_connect(m, leg, ISDN_MODE_ACTIVE);
	} else if (manner == MOCK_AT_ONCE || manner == MOCK_DONE) {
		agree(m, leg, ISDN_BY_LOCAL);
	}
	return 0;
}

static bool fails(const struct mock *m, enum mock_op op)
{
	return m->manner[op] == MOCK_ERROR || (m->manner[op] == MOCK_REFUSED && !is_hold(op));
}

static int make(struct isdn_provider *p, const struct isdn_call_params *params,
		const struct isdn_uui *uui, void *user, uint64_t *leg, isdn_time now)
{
	struct mock *m = mock_of(p);

	(void)params;
	if (fails(m, MOCK_MAKE) || m->n_legs == MOCK_LEGS)
		return ISDN_ERR_RESOURCEUNAVAIL;
	*leg = ++m->n_legs;
	memset(leg_of(m, *leg), 0, sizeof(struct mock_leg));
	leg_of(m, *leg)->user = user;
	leg_of(m, *leg)->phase = MOCK_CALLING;
	note(m, *leg, MOCK_MAKE, 0, uui);
	return begin(m, *leg, MOCK_MAKE, now);
}

static int accept(struct isdn_provider *p, uint64_t leg, const struct isdn_uui *uui, isdn_time now)
{
	struct mock *m = mock_of(p);
	struct mock_leg *l = leg_of(m, leg);

	(void)now;
	if (!l || l->phase != MOCK_OFFERED || l->busy)
		return ISDN_ERR_INVALCALLSTATE;
	if (fails(m, MOCK_ACCEPT))
		return ISDN_ERR_OPERATIONUNAVAIL;
	note(m, leg, MOCK_ACCEPT, 0, uui);
	return 0;
}

static int answer(struct isdn_provider *p, uint64_t leg, const struct isdn_uui *uui, isdn_time now)
{
	struct mock *m = mock_of(p);
	struct mock_leg *l = leg_of(m, leg);

	if (!l || l->phase != MOCK_OFFERED || l->busy)
		return ISDN_ERR_INVALCALLSTATE;
	if (fails(m, MOCK_ANSWER))
		return ISDN_ERR_OPERATIONUNAVAIL;
	note(m, leg, MOCK_ANSWER, 0, uui);
	return begin(m, leg, MOCK_ANSWER, now);
}

/* Other requests of the leg end with this one: of a transfer also the other leg's part in it. */
static void cancel(struct mock *m, struct mock_leg *l)
{
	if (l->busy && l->op == MOCK_TRANSFER)
		leg_of(m, l->other)->busy = false;
	l->busy = false;
}

/*
 * The UUI goes with the first message that clears: not when the far end was first. Of a leg
 * whose end the registry has not taken yet it is no error.
 */
static int drop(struct isdn_provider *p, uint64_t leg, uint8_t cause, const struct isdn_uui *uui,
		bool *uui_sent, isdn_time now)
{
	struct mock *m = mock_of(p);
	struct mock_leg *l = leg_of(m, leg);

	*uui_sent = false;
	if (l->phase == MOCK_GONE)
		return 0;
	if (l->busy && l->op == MOCK_DROP)
		return ISDN_ERR_INVALCALLSTATE;
	if (fails(m, MOCK_DROP))
		return ISDN_ERR_NOMEM;
	*uui_sent = uui && l->phase != MOCK_CLEARED;
	note(m, leg, MOCK_DROP, cause, *uui_sent ? uui : NULL);
	cancel(m, l);
	l->cause = cause;
	return begin(m, leg, MOCK_DROP, now);
}

static void bind(struct isdn_provider *p, uint64_t leg, void *user)
{
	leg_of(mock_of(p), leg)->user = user;
}

static int hold(struct isdn_provider *p, uint64_t leg, bool hold, isdn_time now)
{
	enum mock_op op = hold ? MOCK_HOLD : MOCK_RETRIEVE;
	struct mock *m = mock_of(p);
	struct mock_leg *l = leg_of(m, leg);

	if (!l || l->busy || l->phase != (hold ? MOCK_TALKING : MOCK_HELD))
		return ISDN_ERR_INVALCALLSTATE;
	if (fails(m, op))
		return ISDN_ERR_OPERATIONUNAVAIL;
	note(m, leg, op, 0, NULL);
	return begin(m, leg, op, now);
}

static int dial(struct isdn_provider *p, uint64_t leg, const char *digits, isdn_time now)
{
	struct mock *m = mock_of(p);

	(void)digits;
	(void)now;
	if (fails(m, MOCK_DIAL))
		return ISDN_ERR_OPERATIONUNAVAIL;
	note(m, leg, MOCK_DIAL, 0, NULL);
	return 0;
}

static int transfer(struct isdn_provider *p, uint64_t leg, uint64_t other, isdn_time now)
{
	struct mock *m = mock_of(p);
	struct mock_leg *l = leg_of(m, leg), *o = leg_of(m, other);

	if (!l || !o || l == o || l->busy || o->busy)
		return ISDN_ERR_INVALCALLSTATE;
	if (fails(m, MOCK_TRANSFER))
		return ISDN_ERR_OPERATIONUNAVAIL;
	note(m, leg, MOCK_TRANSFER, 0, NULL);
	l->other = other;
	o->other = leg;
	o->busy = true;
	o->op = MOCK_TRANSFER;
	o->due = ISDN_NEVER;
	return begin(m, leg, MOCK_TRANSFER, now);
}

/* ---- the rest ---- */

static void caps(const struct isdn_provider *p, struct isdn_caps *caps)
{
	*caps = const_mock_of(p)->caps;
}

static void info(const struct isdn_provider *p, struct isdn_span_info *info)
{
	const struct mock *m = const_mock_of(p);

	info->spec = "mock";
	info->up = true;
	for (unsigned i = 0; i < m->n_legs; i++)
		info->calls += m->leg[i].phase != MOCK_GONE;
}

static void mock_close(struct isdn_provider *p)
{
	mock_of(p)->closed = true; /* the memory is the test's */
}

static const struct isdn_provider_ops ops = {
	.size = sizeof(ops),
	.caps = caps,
	.make = make,
	.accept = accept,
	.answer = answer,
	.drop = drop,
	.bind = bind,
	.next = next,
	.hold = hold,
	.dial = dial,
	.transfer = transfer,
	.process = process,
	.deadline = deadline,
	.info = info,
	.close = mock_close,
};

void mock_init(struct mock *m)
{
	memset(m, 0, sizeof(*m));
	m->base.ops = &ops;
	m->caps = (struct isdn_caps){
		.uui_make = 129,
		.uui_accept = 129,
		.uui_answer = 129,
		.uui_drop = 129,
		.reject_offering = true,
		.hold = true,
		.transfer = true,
		.dial = true,
	};
}

/* ---- the far end ---- */

uint64_t mock_offer(struct mock *m, const char *called)
{
	struct isdn_leg_event *ev;
	uint64_t leg;

	if (m->n_legs == MOCK_LEGS)
		return 0;
	leg = ++m->n_legs;
	memset(leg_of(m, leg), 0, sizeof(struct mock_leg));
	leg_of(m, leg)->phase = MOCK_OFFERED;
	ev = push(m, ISDN_LEG_OFFERED, leg);
	ev->called.n_digits = (uint8_t)strlen(called);
	memcpy(ev->called.digits, called, strlen(called) + 1);
	return leg;
}

/* Whether the leg is in that phase and can act: its drop is not under way. */
static bool can(struct mock *m, uint64_t leg, enum mock_phase phase)
{
	struct mock_leg *l = leg_of(m, leg);

	return l && l->phase == phase && !(l->busy && l->op != MOCK_MAKE);
}

bool mock_progress(struct mock *m, uint64_t leg, enum isdn_call_state state)
{
	if (!can(m, leg, MOCK_CALLING))
		return false;
	leg_of(m, leg)->busy = false;
	push_state(m, leg, state, 0);
	return true;
}

bool mock_connect(struct mock *m, uint64_t leg, uint32_t mode)
{
	if (!can(m, leg, MOCK_CALLING))
		return false;
	leg_of(m, leg)->busy = false;
	leg_of(m, leg)->phase = MOCK_TALKING;
	push_state(m, leg, ISDN_CALL_CONNECTED, mode);
	return true;
}

bool mock_far_hold(struct mock *m, uint64_t leg, bool hold)
{
	if (!can(m, leg, MOCK_TALKING))
		return false;
	push_state(m, leg, ISDN_CALL_CONNECTED, hold ? ISDN_MODE_ACTIVEHELD : ISDN_MODE_ACTIVE);
	return true;
}

/* We are about to end it: a drop, or a transfer that the network is carrying out. */
static bool is_ending(const struct mock_leg *l)
{
	return l->busy && (l->op == MOCK_DROP || l->op == MOCK_TRANSFER);
}

bool mock_uui(struct mock *m, uint64_t leg, const struct isdn_uui *uui, bool more)
{
	struct mock_leg *l = leg_of(m, leg);
	struct isdn_leg_event *ev;

	if (!l || l->phase == MOCK_GONE || l->phase == MOCK_CLEARED || is_ending(l))
		return false;
	ev = push(m, ISDN_LEG_INFO, leg);
	ev->has_uui = true;
	ev->uui_more = more;
	ev->uui = *uui;
	return true;
}

bool mock_disconnect(struct mock *m, uint64_t leg, uint8_t cause, const struct isdn_uui *uui)
{
	struct mock_leg *l = leg_of(m, leg);
	struct isdn_leg_event *ev;

	if (!l || l->phase == MOCK_GONE || l->phase == MOCK_CLEARED || is_ending(l))
		return false;
	l->busy = false;
	l->phase = MOCK_CLEARED;
	ev = push(m, ISDN_LEG_STATE, leg);
	ev->state = ISDN_CALL_DISCONNECTED;
	ev->cause = cause;
	ev->has_uui = uui != NULL;
	if (uui)
		ev->uui = *uui;
	return true;
}

bool mock_release(struct mock *m, uint64_t leg, uint8_t cause)
{
	struct mock_leg *l = leg_of(m, leg);

	if (!l || l->phase == MOCK_GONE || (l->busy && l->op == MOCK_TRANSFER))
		return false;
	end_leg(m, leg, cause, ISDN_BY_REMOTE);
	return true;
}
