/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Timers: a heap of the caller's nodes, so that start and stop are O(log n)
 * and the next deadline is O(1). Starting a timer never fails: room is
 * reserved when the object that holds the node is made.
 */
#ifndef IB_TIMER_H
#define IB_TIMER_H

#include <isdn/base.h>

struct ib_timer {
	isdn_time due;
	uint64_t order; /* timers due at one time fire in the order of their start */
	uint32_t pos;	/* place in the heap + 1; 0: not running */
	uint32_t what;	/* the owner's: which timer this is */
	void *owner;
};

struct ib_timers {
	const struct isdn_env *env;
	struct ib_timer **heap;
	uint32_t n, cap, reserved;
	uint64_t started;
};

void ib_timers_init(struct ib_timers *ts, const struct isdn_env *env);
void ib_timers_free(struct ib_timers *ts);

/* Make room for count more timers that may run at once. 0 or NOMEM. */
int ib_timers_reserve(struct ib_timers *ts, uint32_t count);
/* Give the room back; the timers concerned must have been stopped. */
void ib_timers_unreserve(struct ib_timers *ts, uint32_t count);

static inline void ib_timer_init(struct ib_timer *t, void *owner, uint32_t what)
{
	t->due = ISDN_NEVER;
	t->order = 0;
	t->pos = 0;
	t->what = what;
	t->owner = owner;
}

static inline bool ib_timer_running(const struct ib_timer *t)
{
	return t->pos != 0;
}

/* Start, or start again, to expire at due. */
void ib_timer_start(struct ib_timers *ts, struct ib_timer *t, isdn_time due);
/* Of those that run. */
void ib_timer_take_out(struct ib_timers *ts, struct ib_timer *t);

/* Stop; a timer that does not run is left alone. */
static inline void ib_timer_stop(struct ib_timers *ts, struct ib_timer *t)
{
	if (ib_timer_running(t))
		ib_timer_take_out(ts, t);
}

/* The earliest due time, ISDN_NEVER when none runs. */
static inline isdn_time ib_timers_next(const struct ib_timers *ts)
{
	return ts->n ? ts->heap[0]->due : ISDN_NEVER;
}

/* Take the earliest timer that is due at now (it is stopped), or NULL. */
struct ib_timer *ib_timers_expire(struct ib_timers *ts, isdn_time now);

#endif
