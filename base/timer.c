/* SPDX-License-Identifier: BSD-2-Clause */
/* Timers: a 4-ary heap of the owners' nodes, ordered by due time and then by start. */
#include "base/timer.h"

#include <string.h>

#include "base/env.h"
#include "base/rare.h"

#define CAP_FIRST 16

void ib_timers_init(struct ib_timers *ts, const struct isdn_env *env)
{
	memset(ts, 0, sizeof(*ts));
	ts->env = env;
}

void ib_timers_free(struct ib_timers *ts)
{
	ib_free(ts->env, ts->heap);
	ts->heap = NULL;
	ts->n = ts->cap = ts->reserved = 0;
}

int ib_timers_reserve(struct ib_timers *ts, uint32_t count)
{
	struct ib_timer **heap;
	uint32_t cap = ts->cap ? ts->cap : CAP_FIRST;

	if (count > UINT32_MAX / 4 - ts->reserved)
		return ISDN_ERR_NOMEM;
	while (cap < ts->reserved + count)
		cap *= 2;
	if (cap != ts->cap) {
		heap = ib_alloc(ts->env, cap * sizeof(struct ib_timer *));
		if (!heap)
			return ISDN_ERR_NOMEM;
		if (ts->n)
			memcpy(heap, ts->heap, ts->n * sizeof(struct ib_timer *));
		ib_free(ts->env, ts->heap);
		ts->heap = heap;
		ts->cap = cap;
	}
	ts->reserved += count;
	return 0;
}

void ib_timers_unreserve(struct ib_timers *ts, uint32_t count)
{
	ts->reserved -= count;
}

static bool before(const struct ib_timer *a, const struct ib_timer *b)
{
	return a->due != b->due ? a->due < b->due : a->order < b->order;
}

static void put(struct ib_timers *ts, uint32_t i, struct ib_timer *t)
{
	ts->heap[i] = t;
	t->pos = i + 1;
}

static IB_APART void up(struct ib_timers *ts, uint32_t i, struct ib_timer *t)
{
	while (i > 0 && before(t, ts->heap[(i - 1) / 4])) {
		put(ts, i, ts->heap[(i - 1) / 4]);
		i = (i - 1) / 4;
	}
	put(ts, i, t);
}

static IB_APART void down(struct ib_timers *ts, uint32_t i, struct ib_timer *t)
{
	for (;;) {
		uint32_t child = i * 4 + 1, best = child;

		if (child >= ts->n)
			break;
		for (uint32_t c = child + 1; c < ts->n && c < child + 4; c++)
			if (before(ts->heap[c], ts->heap[best]))
				best = c;
		if (!before(ts->heap[best], t))
			break;
		put(ts, i, ts->heap[best]);
		i = best;
	}
	put(ts, i, t);
}

void ib_timer_take_out(struct ib_timers *ts, struct ib_timer *t)
{
	struct ib_timer *last = ts->heap[--ts->n];
	uint32_t i = t->pos - 1;

	t->pos = 0;
	if (last == t)
		return;
	if (before(last, t))
		up(ts, i, last);
	else
		down(ts, i, last);
}

/* Started last, it is behind those that are due at the same time. */
void ib_timer_start(struct ib_timers *ts, struct ib_timer *t, isdn_time due)
{
	uint32_t i;

	ib_timer_stop(ts, t);
	t->due = due;
	t->order = ++ts->started;
	i = ts->n++;
	if (i && due < ts->heap[(i - 1) / 4]->due)
		up(ts, i, t);
	else
		put(ts, i, t);
}

struct ib_timer *ib_timers_expire(struct ib_timers *ts, isdn_time now)
{
	struct ib_timer *t = ts->n ? ts->heap[0] : NULL;

	if (!t || t->due > now)
		return NULL;
	ib_timer_stop(ts, t);
	return t;
}
