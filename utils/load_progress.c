/* SPDX-License-Identifier: BSD-2-Clause */
/* How a run is going: on a terminal one line that is written again, elsewhere a line now and then.
 */
#include "load.h"

#include <stdio.h>

#define REDRAW	 (200 * MS)
#define INTERVAL (10 * (int64_t)S_US)

static struct term term;
static int64_t next;
static uint64_t placed_before;
static int64_t before;
static bool drawn;

static int64_t interval(const struct load *l)
{
	if (l->opt->progress > 0)
		return (int64_t)l->opt->progress * MS;
	return term.tty ? REDRAW : INTERVAL;
}

static bool rewrites(const struct load *l)
{
	return term.tty && l->opt->progress < 0;
}

/* Calls per second of the last second, or longer, so that it can be read. */
static double rate(const struct load *l)
{
	static double last;
	int64_t us = l->now - before;

	if (us >= S_US || (us > 0 && !rewrites(l))) {
		last = (double)(l->totals.placed - placed_before) * S_US / (double)us;
		placed_before = l->totals.placed;
		before = l->now;
	}
	return last;
}

/* Cut to the line, the last column left free, so that the terminal does not wrap. */
static void draw(const struct load *l)
{
	const struct totals *t = &l->totals;
	const char *begin = rewrites(l) ? "\r" : "", *end = rewrites(l) ? "\033[K" : "\n";
	char text[256], connect[80] = "";
	int room = rewrites(l) ? term.columns - 1 : (int)sizeof(text) - 1;

	if (t->connect.count)
		snprintf(connect, sizeof(connect), "; connect p50 %.1f p99 %.1f ms",
			 (double)hist_percentile(&t->connect, 50) / 1000,
			 (double)hist_percentile(&t->connect, 99) / 1000);
	snprintf(text, sizeof(text), "%.0f s: %llu calls, %u up, %.1f/s, %llu failed%s",
		 load_seconds(l), (unsigned long long)t->placed, l->up, rate(l),
		 (unsigned long long)t->failed, connect);
	fprintf(stderr, "%s%s%.*s%s%s", begin, term_on(&term, t->failed ? TERM_BAD : TERM_PLAIN),
		room, text, term_off(&term), end);
	fflush(stderr);
	drawn = rewrites(l);
}

int64_t progress_next(const struct load *l)
{
	return l->opt->quiet ? NEVER : next;
}

void progress(struct load *l)
{
	if (l->opt->quiet || l->now < next)
		return;
	if (!before) {
		term_look(&term, 2, TERM_AUTO);
		before = l->now;
	} else {
		draw(l);
	}
	next = l->now + interval(l);
}

void progress_end(void)
{
	if (drawn)
		fprintf(stderr, "\r\033[K");
}
