/* SPDX-License-Identifier: BSD-2-Clause */
/* A histogram with log-linear buckets. */
#include "load_hist.h"

#define SUB_BITS 6 /* HIST_SUB is 1 << SUB_BITS */

static unsigned index_of(uint64_t v)
{
	unsigned octave = 0;

	while (v >> octave >= 2 * HIST_SUB)
		octave++;
	if (v < HIST_SUB)
		return (unsigned)v;
	return octave < HIST_OCTAVES ? octave * HIST_SUB + (unsigned)(v >> octave)
				     : HIST_BUCKETS - 1;
}

static uint64_t middle_of(unsigned i)
{
	unsigned octave = i < 2 * HIST_SUB ? 0 : (i >> SUB_BITS) - 1;
	uint64_t low = (uint64_t)(i - octave * HIST_SUB) << octave;

	return low + (((uint64_t)1 << octave) - 1) / 2;
}

void hist_add(struct hist *h, int64_t us)
{
	uint64_t v = us > 0 ? (uint64_t)us : 0;

	h->bucket[index_of(v)]++;
	h->count++;
	if (v > h->max)
		h->max = v;
}

uint64_t hist_percentile(const struct hist *h, unsigned percent)
{
	/* Rounded up: of 10 values, 90 percent are 9, 99 percent are 10. No overflow below 2^57. */
	uint64_t rank = (h->count * percent + 99) / 100, seen = 0;

	if (percent >= 100 || !h->count)
		return h->max;
	for (unsigned i = 0; i < HIST_BUCKETS; i++) {
		seen += h->bucket[i];
		if (seen >= rank && seen)
			return middle_of(i) < h->max ? middle_of(i) : h->max;
	}
	return h->max;
}
