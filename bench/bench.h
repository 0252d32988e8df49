/* SPDX-License-Identifier: BSD-2-Clause */
/* What the benchmarks share: the clock, medians, the compiler's name. */
#ifndef BENCH_H
#define BENCH_H

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#ifdef __clang__
#define COMPILER __VERSION__
#else
#define COMPILER "gcc " __VERSION__
#endif

static inline double bench_now(void) /* ns */
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec * 1e9 + (double)ts.tv_nsec;
}

static inline int bench_by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Sorts the n values. *spread: how far those in the middle are apart, as a part of the median. */
static inline double bench_median(double *value, int n, double *spread)
{
	int edge = n / 4;
	double median;

	qsort(value, (size_t)n, sizeof(value[0]), bench_by_value);
	median = value[n / 2];
	*spread = median > 0 ? (value[n - 1 - edge] - value[edge]) / median : 0;
	return median;
}

#endif
