/* SPDX-License-Identifier: BSD-2-Clause */
/* Results of the programs that run in the guest, as TAP lines; each is one file and includes it
 * once. */
#ifndef TESTS_DAHDI_VM_TAP_H
#define TESTS_DAHDI_VM_TAP_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <time.h>

static int tap_n, tap_failed;

__attribute__((format(printf, 2, 3))) static void ok(bool good, const char *format, ...)
{
	va_list ap;

	printf("%sok %d - ", good ? "" : "not ", ++tap_n);
	va_start(ap, format);
	vprintf(format, ap);
	va_end(ap);
	putchar('\n');
	if (!good)
		tap_failed++;
}

/* The plan; the exit status. */
static int tap_end(void)
{
	printf("1..%d\n", tap_n);
	return tap_failed != 0;
}

static long now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000L + ts.tv_nsec / 1000000L;
}

#endif
