/* SPDX-License-Identifier: BSD-2-Clause */
/* When the next call is due. */
#ifndef UTILS_LOAD_PACE_H
#define UTILS_LOAD_PACE_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Calls per second; 0: as fast as they go. During the ramp the rate grows from 0, or, where there
 * is none, the calls at once do. A call that could not be placed in time is not made up for.
 */
struct pace {
	double rate, due; /* due: calls that are, as a number that grows with time */
	int64_t ramp;	  /* us */
	int64_t begin, last;
};

void pace_begin(struct pace *p, int64_t now);

/* Whether one is due, when so many are up, of limit (0: none). */
bool pace_is_due(struct pace *p, int64_t now, unsigned up, unsigned limit);
void pace_placed(struct pace *p);

/* When to look again. */
int64_t pace_next(const struct pace *p, int64_t now);

#endif
