/* SPDX-License-Identifier: BSD-2-Clause */
/* What q931-load counts with: percentiles, the length of frames on the line, rate and ramp. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "utils/load_hist.h"
#include "utils/load_pace.h"
#include "utils/load_wire.h"

#define N 10000

static int compare(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

static void percentiles_are_exact_within_two_percent(void **state)
{
	static const unsigned percent[] = { 1, 50, 90, 99 };
	static struct hist h;
	static uint64_t v[N];
	uint64_t x = 1;

	(void)state;
	for (unsigned i = 0; i < N; i++) {
		x = x * UINT64_C(6364136223846793005) + 1;
		v[i] = x >> (30 + x % 29); /* from microseconds to hours */
		hist_add(&h, (int64_t)v[i]);
	}
	qsort(v, N, sizeof(v[0]), compare);
	for (unsigned i = 0; i < 4; i++) {
		double exact = (double)v[N * percent[i] / 100 - 1];
		double got = (double)hist_percentile(&h, percent[i]);

		assert_true(got >= exact * 0.98 && got <= exact * 1.02);
	}
	assert_int_equal(hist_percentile(&h, 100), v[N - 1]);
	assert_int_equal(h.max, v[N - 1]);
	assert_int_equal(h.count, N);
}

static void percentiles_of_none_of_one_and_of_too_much(void **state)
{
	static struct hist h;

	(void)state;
	assert_int_equal(hist_percentile(&h, 50), 0);
	hist_add(&h, -5); /* a clock is never behind, but a difference of two times may be */
	assert_int_equal(hist_percentile(&h, 99), 0);
	hist_add(&h, INT64_MAX);
	assert_int_equal(hist_percentile(&h, 50), 0);
	assert_true(hist_percentile(&h, 99) > UINT64_C(1) << 41);
	assert_int_equal(hist_percentile(&h, 100), INT64_MAX);
}

/* Bit by bit, as Q.921 2.6 and 2.7 tell it. */
static unsigned slowly(const uint8_t *frame, size_t len)
{
	unsigned fcs = 0xffff, bits = 8, ones = 0;

	for (size_t i = 0; i < len; i++) {
		fcs ^= frame[i];
		for (int bit = 0; bit < 8; bit++)
			fcs = fcs & 1 ? fcs >> 1 ^ 0x8408 : fcs >> 1;
	}
	fcs ^= 0xffff;
	for (size_t i = 0; i < len + 2; i++) {
		unsigned octet = i < len ? frame[i] : fcs >> 8 * (i - len) & 0xff;

		for (int bit = 0; bit < 8; bit++) {
			ones = octet >> bit & 1 ? ones + 1 : 0;
			bits += ones == 5 ? 2 : 1;
			ones = ones == 5 ? 0 : ones;
		}
	}
	return bits;
}

static void frames_take_what_their_bits_take(void **state)
{
	uint8_t frame[64];
	uint64_t x = 1;

	(void)state;
	for (unsigned i = 0; i < 2000; i++) {
		struct wire w = { 0 };
		size_t len = 3 + i % 61;

		for (size_t k = 0; k < len; k++) {
			x = x * UINT64_C(6364136223846793005) + 1;
			frame[k] = (uint8_t)(i % 3 ? x >> 40 : UINT64_C(0xff) >> (x >> 60));
		}
		if (i % 5 == 0) {
			frame[0] = (uint8_t)(i % 8);
			frame[2] = 3;
		}
		wire_count(&w, i % 2, frame, len);
		assert_int_equal((i % 2) ? w.bits_out : w.bits_in, slowly(frame, len));
		assert_int_equal(i % 2 ? w.bits_in : w.bits_out, 0);
		assert_int_equal(w.messages_out + w.messages_in,
				 len >= 4 && (!(frame[2] & 1) || (frame[2] == 3 && frame[0] < 4))
					 ? slowly(frame, len)
					 : 0u);
	}
}

/* Calls that are placed within so many us, when nothing stands in the way. */
static unsigned placed(struct pace *p, int64_t from, int64_t to, unsigned up, unsigned limit)
{
	unsigned n = 0;

	for (int64_t now = from; now < to; now = pace_next(p, now))
		while (n < 100000 && pace_is_due(p, now, up, limit)) {
			pace_placed(p);
			n++;
		}
	return n;
}

static void a_rate_is_kept(void **state)
{
	struct pace p = { .rate = 40 };

	(void)state;
	pace_begin(&p, 5000000);
	assert_in_range(placed(&p, 5000000, 15000000, 0, 0), 399, 401);
	/* what could not be placed for a minute is not made up for */
	assert_int_equal(placed(&p, 15000000, 75000000, 30, 30), 0);
	assert_in_range(placed(&p, 75000000, 85000000, 0, 30), 399, 404);
}

static void a_ramp_grows_to_the_rate(void **state)
{
	struct pace p = { .rate = 100, .ramp = 10000000 };

	(void)state;
	pace_begin(&p, 0);
	assert_in_range(placed(&p, 0, 10000000, 0, 0), 480, 520); /* half of it on average */
	assert_in_range(placed(&p, 10000000, 20000000, 0, 0), 998, 1002);
}

static void without_a_rate_the_ramp_is_of_the_calls_at_once(void **state)
{
	struct pace p = { .ramp = 10000000 };

	(void)state;
	pace_begin(&p, 0);
	assert_true(pace_is_due(&p, 0, 0, 30));
	assert_false(pace_is_due(&p, 0, 1, 30));
	assert_true(pace_is_due(&p, 5000000, 15, 30));
	assert_false(pace_is_due(&p, 5000000, 17, 30));
	assert_true(pace_is_due(&p, 10000000, 29, 30));
	assert_false(pace_is_due(&p, 10000000, 30, 30));
	assert_true(pace_is_due(&p, 10000000, 500, 0));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(percentiles_are_exact_within_two_percent),
		cmocka_unit_test(percentiles_of_none_of_one_and_of_too_much),
		cmocka_unit_test(frames_take_what_their_bits_take),
		cmocka_unit_test(a_rate_is_kept),
		cmocka_unit_test(a_ramp_grows_to_the_rate),
		cmocka_unit_test(without_a_rate_the_ramp_is_of_the_calls_at_once),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
