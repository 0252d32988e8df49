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

/* Cut to the line, the last column left free, so that the terminal does not wrap. */
static void draw(const struct load *l)
{
	const struct totals *t = &l->totals;
	double s = (double)(l->now - before) / S_US;
	char text[256];
	int room = rewrites(l) ? term.columns - 1 : (int)sizeof(text) - 1;

	snprintf(text, sizeof(text),
		 "%.0f s: %llu calls, %u up, %.1f/s, %llu failed; connect p50 %.1f p99 %.1f ms",
		 load_seconds(l), (unsigned long long)t->placed, l->up,
		 s > 0 ? (double)(t->placed - placed_before) / s : 0, (unsigned long long)t->failed,
		 (double)hist_percentile(&t->connect, 50) / 1000,
		 (double)hist_percentile(&t->connect, 99) / 1000);
	if (rewrites(l))
		fprintf(stderr, "\r%s%.*s%s\033[K",
			term_on(&term, t->failed ? TERM_BAD : TERM_PLAIN), room, text,
			term_off(&term));
	else
		fprintf(stderr, "%.*s\n", room, text);
	fflush(stderr);
	drawn = rewrites(l);
	placed_before = t->placed;
	before = l->now;
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

void progress_end(const struct load *l)
{
	(void)l;
	if (drawn)
		fprintf(stderr, "\r\033[K");
}
