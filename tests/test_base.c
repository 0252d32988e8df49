/* SPDX-License-Identifier: BSD-2-Clause */
/* The ground floor: cursors, timers, handles, buffers, errors, hooks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/cursor.h"
#include "base/env.h"
#include "base/handle.h"
#include "base/timer.h"
#include "tests/helper.h"

static uint32_t seed = 1;

static uint32_t dice(uint32_t n)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % n;
}

static void a_cursor_never_passes_its_end_and_stays_bad(void **state)
{
	static const uint8_t octets[] = { 1, 2, 3 };
	struct ib_rd r = ib_rd(octets, 3), sub;

	(void)state;
	assert_int_equal(ib_rd_u8(&r), 1);
	sub = ib_rd_sub(&r, 1);
	assert_int_equal(ib_rd_left(&sub), 1);
	assert_int_equal(ib_rd_u8(&sub), 2);
	assert_int_equal(ib_rd_u8(&sub), 0);
	assert_true(sub.bad);
	assert_false(r.bad);
	assert_null(ib_rd_bytes(&r, 2));
	assert_true(r.bad);
	assert_int_equal(ib_rd_u8(&r), 0); /* though one octet is left */
	sub = ib_rd_sub(&r, 0);
	assert_true(sub.bad);
}

static void a_writing_cursor_never_passes_its_end(void **state)
{
	uint8_t octets[4] = { 9, 9, 9, 9 };
	struct ib_wr w = ib_wr(octets, 3);

	(void)state;
	ib_wr_u8(&w, 1);
	ib_wr_bytes(&w, "ab", 2);
	assert_false(w.bad);
	assert_int_equal(ib_wr_len(&w), 3);
	ib_wr_bytes(&w, NULL, 0);
	assert_false(w.bad);
	ib_wr_u8(&w, 2);
	assert_true(w.bad);
	assert_int_equal(octets[3], 9);
}

#define TIMERS 100000

static void timers_100000_expire_in_the_order_of_time_and_start(void **state)
{
	struct isdn_env env;
	struct ib_timers ts;
	struct ib_timer *t = calloc(TIMERS, sizeof(*t)), *got;
	isdn_time last = 0;
	uint64_t order = 0;
	unsigned running = 0, expired = 0;

	(void)state;
	assert_non_null(t);
	ib_env_init(&env, NULL);
	ib_timers_init(&ts, &env);
	assert_int_equal(ib_timers_reserve(&ts, TIMERS), 0);
	for (unsigned i = 0; i < TIMERS; i++)
		ib_timer_init(&t[i], NULL, i);
	for (unsigned i = 0; i < 4 * TIMERS; i++) {
		struct ib_timer *x = &t[dice(TIMERS)];

		if (dice(3))
			ib_timer_start(&ts, x, 1000 + dice(5000));
		else
			ib_timer_stop(&ts, x);
	}
	for (unsigned i = 0; i < TIMERS; i++)
		running += ib_timer_running(&t[i]);
	assert_int_equal(running, ts.n);
	assert_null(ib_timers_expire(&ts, 999));
	while ((got = ib_timers_expire(&ts, 7000)) != NULL) {
		assert_false(ib_timer_running(got));
		assert_true(got->due > last || (got->due == last && got->order > order));
		last = got->due;
		order = got->order;
		expired++;
	}
	assert_int_equal(expired, running);
	assert_true(ib_timers_next(&ts) == ISDN_NEVER);
	ib_timers_free(&ts);
	free(t);
}

static void a_handle_is_never_valid_again(void **state)
{
	struct test_mem mem;
	struct isdn_env env = { .log = { NULL, ISDN_LOG_ERROR, NULL } };
	struct ib_handles hs;
	uint64_t id, old[100];
	int object;

	(void)state;
	test_mem_init(&mem, &env.mem);
	ib_handles_init(&hs, &env);
	assert_null(ib_handle_get(&hs, 0));
	assert_null(ib_handle_get(&hs, UINT64_MAX));
	for (int i = 0; i < 10000; i++) {
		assert_int_equal(ib_handle_add(&hs, &object, &id), 0);
		assert_ptr_equal(ib_handle_get(&hs, id), &object);
		for (int k = 0; k < i && k < 100; k++)
			assert_null(ib_handle_get(&hs, old[k]));
		assert_ptr_equal(ib_handle_remove(&hs, id), &object);
		assert_null(ib_handle_remove(&hs, id));
		old[i % 100] = id;
	}
	assert_int_equal(hs.used, 0);
	assert_int_equal(hs.cap, 16); /* the slots were used again */
	ib_handles_free(&hs);
	test_mem_fail_at(&mem, 1);
	assert_int_equal(ib_handle_add(&hs, &object, &id), ISDN_ERR_NOMEM);
	assert_int_equal(test_mem_live(&mem), 0);
}

static void handles_are_walked_while_they_are_removed(void **state)
{
	struct isdn_env env;
	struct ib_handles hs;
	uint64_t ids[100], *at;
	uint32_t walk = 0;
	int n = 0;

	(void)state;
	ib_env_init(&env, NULL);
	ib_handles_init(&hs, &env);
	for (int i = 0; i < 100; i++)
		assert_int_equal(ib_handle_add(&hs, &ids[i], &ids[i]), 0);
	while ((at = ib_handle_next(&hs, &walk)) != NULL) {
		assert_ptr_equal(ib_handle_remove(&hs, *at), at);
		n++;
	}
	assert_int_equal(n, 100);
	ib_handles_free(&hs);
}

static void buffers_come_back_and_nothing_is_allocated_once_warm(void **state)
{
	struct test_mem mem;
	struct isdn_env env = { .log = { NULL, ISDN_LOG_ERROR, NULL } };
	struct ib_pool pool;
	struct ib_queue q;
	struct ib_buf *b;

	(void)state;
	test_mem_init(&mem, &env.mem);
	ib_pool_init(&pool, &env);
	ib_queue_init(&q);
	assert_int_equal(ib_pool_reserve(&pool, 8), 0);
	test_mem_fail_every(&mem, 1);
	for (int i = 0; i < 1000; i++) {
		for (int k = 0; k < 8; k++) {
			b = ib_buf_get(&pool);
			assert_non_null(b);
			b->data[0] = (uint8_t)k;
			ib_queue_push(&q, b);
		}
		assert_null(ib_buf_get(&pool));
		for (int k = 0; k < 8; k++) {
			b = ib_queue_pop(&q);
			assert_int_equal(b->data[0], k);
			ib_buf_put(&pool, b);
		}
		assert_null(ib_queue_pop(&q));
	}
	assert_int_equal(ib_pool_reserve(&pool, 9), ISDN_ERR_NOMEM);
	assert_int_equal(pool.in_use, 0);
	ib_pool_free(&pool);
	assert_int_equal(test_mem_live(&mem), 0);
}

static void every_error_has_its_text(void **state)
{
	static const int all[] = {
		ISDN_OK, -1,   -2,   -3,   -4,	 -5,   -6,   -7,   -8,	 -9,   -10,  -11,
		-12,	 -13,  -14,  -15,  -16,	 -17,  -100, -101, -102, -103, -104, -105,
		-106,	 -107, -108, -109, -200, -201, -202, -203, -204, -205, -500, -501,
	};

	(void)state;
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		assert_non_null(strstr(isdn_strerror(all[i]), ": "));
	assert_string_equal(isdn_strerror(12345), "unknown error");
	assert_true(isdn_err_is_fatal(ISDN_ERR_NOMEM));
	assert_false(isdn_err_is_fatal(ISDN_ERR_IO));
	assert_int_not_equal(strlen(isdn_version()), 0);
}

static char logged[1024];

static void write_log(void *arg, enum isdn_log_level level, enum isdn_log_area area,
		      const char *line, size_t len)
{
	(void)arg;
	(void)level;
	(void)area;
	assert_int_equal(strlen(line), len);
	strcpy(logged, line);
}

static void the_log_is_cut_and_filtered(void **state)
{
	struct isdn_env env = { .log = { write_log, ISDN_LOG_INFO, NULL } };
	struct isdn_error e;
	char big[2000];

	(void)state;
	memset(big, 'x', sizeof(big) - 1);
	big[sizeof(big) - 1] = '\0';
	ib_log(&env, ISDN_LOG_DEBUG, ISDN_AREA_Q921, "%s", "no");
	assert_string_equal(logged, "");
	ib_log(&env, ISDN_LOG_INFO, ISDN_AREA_Q921, "%d", 7);
	assert_string_equal(logged, "7");
	ib_log(&env, ISDN_LOG_ERROR, ISDN_AREA_Q921, "%s", big);
	assert_int_equal(strlen(logged), 511);
	assert_int_equal(ib_error(&e, -3, "%s", big), -3);
	assert_int_equal(strlen(e.text), sizeof(e.text) - 1);
	assert_int_equal(ib_error(NULL, -4, "x"), -4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_cursor_never_passes_its_end_and_stays_bad),
		cmocka_unit_test(a_writing_cursor_never_passes_its_end),
		cmocka_unit_test(timers_100000_expire_in_the_order_of_time_and_start),
		cmocka_unit_test(a_handle_is_never_valid_again),
		cmocka_unit_test(handles_are_walked_while_they_are_removed),
		cmocka_unit_test(buffers_come_back_and_nothing_is_allocated_once_warm),
		cmocka_unit_test(every_error_has_its_text),
		cmocka_unit_test(the_log_is_cut_and_filtered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
