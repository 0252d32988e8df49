/* SPDX-License-Identifier: BSD-2-Clause */
/* Percentiles of any number of times, in bounded memory. */
#ifndef UTILS_LOAD_HIST_H
#define UTILS_LOAD_HIST_H

#include <stdint.h>

/*
 * Values below 64 have a bucket each; above, every power of two is divided into 64, so a bucket is
 * less than 1/64 of what is in it, and its middle is off by less than 1 percent.
 */
#define HIST_SUB     64
#define HIST_OCTAVES 36 /* up to 2^42 us, 50 days; what is longer counts as that */
#define HIST_BUCKETS (HIST_SUB * (HIST_OCTAVES + 1))

struct hist {
	uint64_t count, max;
	uint64_t bucket[HIST_BUCKETS];
};

void hist_add(struct hist *h, int64_t us);

/* The value that percent of all do not exceed; exact for 100. 0 when there are none. */
uint64_t hist_percentile(const struct hist *h, unsigned percent);

#endif
