/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Virtual time for libpri, which asks gettimeofday: what a program has of its own comes before what
 * libc has. The one file of a program that includes it says in LIBPRI_NOW what time it is, in ms.
 */
#ifndef TESTS_LIBPRI_CLOCK_H
#define TESTS_LIBPRI_CLOCK_H

#include <sys/time.h>

#define EPOCH 1000000 /* s: any time will do */

__attribute__((visibility("default"))) int gettimeofday(struct timeval *restrict tv,
							void *restrict tz)
{
	(void)tz;
	tv->tv_sec = (time_t)(EPOCH + LIBPRI_NOW / 1000);
	tv->tv_usec = (suseconds_t)(LIBPRI_NOW % 1000 * 1000);
	return 0;
}

#endif
