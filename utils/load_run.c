/* SPDX-License-Identifier: BSD-2-Clause */
/* The loop: events, what is due, new calls; and the ways in which it ends. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* ppoll, signalfd */
#endif
#include "load.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#define PATIENCE (60 * (int64_t)S_US) /* without an event, while calls are being released */
#define LINGER	 (1 * (int64_t)S_US)  /* at most, for the last frame to be acknowledged */

int64_t load_clock(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * S_US + t.tv_nsec / 1000;
}

void load_fail(struct load *l, int status)
{
	if (l->status == OK || l->status == FAILED)
		l->status = status;
}

/* True: a signal came. */
static bool wait_until(const struct load *l, int64_t next, int signals)
{
	struct pollfd p[2] = { { .fd = isdn_registry_fd(l->registry), .events = POLLIN },
			       { .fd = signals, .events = POLLIN } };
	int64_t us = next > l->now ? next - l->now : 0;
	struct timespec t = { .tv_sec = us / S_US, .tv_nsec = us % S_US * 1000 };

	return ppoll(p, 2, next == NEVER ? NULL : &t, NULL) > 0 && p[1].revents;
}

/* ---- the end ---- */

static void stop_placing(struct load *l)
{
	if (l->begun && !l->placing_ended)
		l->placing_ended = l->now;
	l->placing = false;
}

/* Calls that are held are dropped now, by whoever is to. */
static void end_holding(struct load *l)
{
	stop_placing(l);
	for (struct end *e = l->live; e; e = e->next) {
		if (e->action == DROP && (e->is_conference || e->plan.phase == ANSWERED))
			e->action_at = l->now;
		else if (e->give_up_at == NEVER && e->action == NOTHING && !e->dropped)
			e->give_up_at = l->now + PATIENCE; /* the others' turn */
		e->plan.hold = 0;
	}
}

/* Drop everything, conferences first. */
static void end_all(struct load *l)
{
	stop_placing(l);
	l->ending = true;
	l->last_event = l->now;
	for (struct end *e = l->live; e; e = e->next)
		if (e->is_conference)
			call_drop(l, e, true);
	for (struct end *e = l->live; e; e = e->next)
		if (!e->is_conference && !e->refused && e->far == (l->command == SINK))
			call_drop(l, e, true);
}

static void note_spans(struct load *l)
{
	for (unsigned i = 0; i < l->n_spans && !l->closed; i++)
		(void)isdn_registry_span_info(l->registry, l->span[i].number, &l->span[i].info);
}

/* The far end is not there any more: every call ends here. */
static void close_spans(struct load *l)
{
	note_spans(l);
	stop_placing(l);
	l->ending = l->closed = l->acted = true;
	for (unsigned i = 0; i < l->n_spans; i++)
		(void)isdn_registry_close_span(l->registry, l->span[i].number);
}

/* True: end at once. */
static bool interrupted(struct load *l, int signals)
{
	struct signalfd_siginfo info;

	if (read(signals, &info, sizeof(info)) != sizeof(info))
		return false;
	l->status = SIGNALLED + (int)info.ssi_signo;
	if (l->ending)
		return true;
	end_all(l);
	return false;
}

/* ---- the link ---- */

static void span_event(struct load *l, const struct isdn_event *ev)
{
	for (unsigned i = 0; i < l->n_spans; i++) {
		struct span *s = &l->span[i];

		if (s->number != ev->span)
			continue;
		s->downs += s->up && !ev->up;
		s->up = ev->up;
		s->was_up = s->was_up || ev->up;
		s->down_since = l->now;
	}
}

/* Of other spans, calls bring the link up (isdn-span(7)). */
static bool stays_up(const struct span *s)
{
	return !strstr(s->spec, ",on-demand") && !strstr(s->spec, ",leave-down") &&
	       !strstr(s->spec, ",ptmp");
}

static bool all_up(const struct load *l)
{
	for (unsigned i = 0; i < l->n_spans; i++)
		if (!l->span[i].up && stays_up(&l->span[i]))
			return false;
	return true;
}

/* A link that stays down ends the run. The time when that will be. */
static int64_t watch_links(struct load *l)
{
	int64_t next = NEVER;

	for (unsigned i = 0; i < l->n_spans && l->opt->timeout && !l->closed; i++) {
		const struct span *s = &l->span[i];
		int64_t end = s->down_since + (int64_t)l->opt->timeout * MS;

		if (s->up || !stays_up(s))
			continue;
		if (end <= l->now) {
			fprintf(stderr, "%s: %s: the link %s: %s\n", PROGRAM, s->spec,
				s->was_up ? "did not come back" : "does not come up",
				l->command == BOTH ? "are the two spans joined?"
						   : "is the other end running?");
			load_fail(l, NO_LINK);
			close_spans(l);
			return NEVER;
		}
		next = end < next ? end : next;
	}
	return next;
}

/* ---- work ---- */

static void take_events(struct load *l)
{
	struct isdn_event ev;

	while (isdn_client_next_event(l->client, &ev) == 1) {
		l->last_event = l->now;
		if (ev.type == ISDN_EV_SPAN)
			span_event(l, &ev);
		else if (ev.type != ISDN_EV_LOST)
			call_event(l, &ev);
		else if (l->status == OK || l->status == FAILED)
			fprintf(stderr, "%s: memory ran out, events are missing\n", PROGRAM);
		if (ev.type == ISDN_EV_LOST)
			load_fail(l, FAILED);
	}
}

/* The time of the next action. No action frees a record: that is done by events. */
static int64_t do_due(struct load *l)
{
	int64_t next = NEVER;

	for (struct end *e = l->live; e; e = e->next) {
		int64_t at = e->action_at < e->give_up_at ? e->action_at : e->give_up_at;

		if (at <= l->now) {
			call_due(l, e);
			l->acted = true;
		} else if (at < next) {
			next = at;
		}
	}
	return next;
}

/* When --duration is over, NEVER: there is none. */
static int64_t end_of_run(const struct load *l)
{
	int64_t begin = l->command == SINK ? l->began : l->placing_began;

	return l->opt->duration && l->begun ? begin + (int64_t)l->opt->duration * MS : NEVER;
}

static bool is_over(const struct load *l)
{
	return l->now >= end_of_run(l) ||
	       (l->command != SINK && l->opt->calls && l->totals.placed >= (uint64_t)l->opt->calls);
}

static void begin_placing(struct load *l)
{
	if (l->begun || l->ending || (l->command != SINK && !all_up(l)))
		return;
	l->begun = l->placing = true;
	l->placing_began = l->now;
	l->pace.rate = l->opt->rate;
	l->pace.ramp = (int64_t)l->opt->ramp * MS;
	pace_begin(&l->pace, l->now);
}

static bool can_place(struct load *l)
{
	unsigned limit = l->opt->concurrency ? (unsigned)l->opt->concurrency : 0;

	if (l->blocked && l->now >= l->blocked_until)
		l->blocked = false;
	if (!l->placing || l->blocked || !all_up(l) || is_over(l))
		return false;
	if (l->n_live + 4 > ENDS_MAX ||
	    l->up >= LIMIT_MAX) { /* room for its other end, and a few */
		l->blocked = true;
		l->blocked_until = l->now + MS;
		return false;
	}
	return pace_is_due(&l->pace, l->now, l->up, limit);
}

static void place_calls(struct load *l)
{
	begin_placing(l);
	while (l->command != SINK && can_place(l) && call_place(l)) {
		pace_placed(&l->pace);
		take_events(l); /* a request reads frames too, and a channel may be free again */
	}
	if (l->placing && is_over(l)) {
		if (l->now >= end_of_run(l))
			end_holding(l);
		stop_placing(l);
		l->acted = true;
	}
	conference_flush(l);
}

/* The time of the next call, or of the end of placing. */
static int64_t next_call(const struct load *l)
{
	bool full = l->opt->concurrency && l->up >= (unsigned)l->opt->concurrency;

	if (!l->placing)
		return NEVER;
	if (l->command == SINK || !all_up(l) || full)
		return end_of_run(l);
	return l->blocked ? l->blocked_until : pace_next(&l->pace, l->now);
}

static bool is_finished(const struct load *l)
{
	if (l->n_live)
		return false;
	if (l->ending || (l->begun && !l->placing))
		return true;
	return l->command == SINK && l->opt->calls && l->arrived >= (uint64_t)l->opt->calls;
}

static int64_t min(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

/* One turn. False: it is over. */
static bool turn(struct load *l, int signals)
{
	int64_t next;

	isdn_registry_process(l->registry);
	l->now = load_clock();
	l->acted = false;
	take_events(l);
	next = do_due(l);
	place_calls(l);
	next = min(min(next, next_call(l)), watch_links(l));
	if (is_finished(l))
		return false;
	if (l->ending && l->now - l->last_event >= PATIENCE) {
		fprintf(stderr, "%s: the far end does not release the calls\n", PROGRAM);
		if (l->closed)
			return false;
		load_fail(l, NO_LINK);
		close_spans(l);
	}
	if (l->ending)
		next = min(next, l->last_event + PATIENCE);
	return !wait_until(l, l->acted ? l->now : min(next, progress_next(l)), signals) ||
	       !interrupted(l, signals);
}

static bool acknowledged(const struct load *l)
{
	struct isdn_link link;

	for (unsigned i = 0; i < l->n_spans; i++) {
		bool one = isdn_registry_span_links(l->registry, l->span[i].number, &link, 1) > 0;

		if (one && l->span[i].up && (link.unacknowledged || link.waiting))
			return false;
	}
	return true;
}

/* A call is IDLE when its last message was given to layer 2: stay until the far end has it. */
static void linger(struct load *l)
{
	int64_t end = load_clock() + LINGER;

	while (!l->closed && !acknowledged(l) && (l->now = load_clock()) < end) {
		(void)wait_until(l, end, -1);
		isdn_registry_process(l->registry);
		take_events(l);
	}
}

void run(struct load *l, int signals)
{
	l->began = l->now = l->last_event = load_clock();
	for (unsigned i = 0; i < l->n_spans; i++)
		l->span[i].down_since = l->now;
	while (turn(l, signals))
		progress(l);
	stop_placing(l);
	if (is_finished(l))
		linger(l);
	l->now = load_clock();
	take_events(l);
	note_spans(l);
	isdn_registry_counts(l->registry, &l->left);
}
