/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One D-channel for several interfaces (NFAS), and a second one that stands by
 * (Q.931 Annex F): a user and a network on two lines, in virtual time.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* memmem */
#endif
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <isdn/isdn.h>

#include "tests/helper.h"

#define MINUTE 60000

struct group {
	struct test_mem mem;
	struct isdn_env env;
	isdn_time now;
	struct isdn_span *end[2]; /* by enum isdn_side */
	bool cut[2];		  /* D-channel one, two: nothing arrives */
	unsigned frames[2];	  /* with layer 3 in them, by D-channel */
	unsigned got[2][ISDN_PRIM_COUNT];
	struct isdn_span_event last[2];
	unsigned released[2]; /* the cause of the last RELEASE indication */
	isdn_call_id arrived, calls[2][64];
	unsigned n_calls[2];
	uint8_t octets[300]; /* of the last SETUP */
	size_t len;
};

static struct isdn_span_config config(enum isdn_side side, unsigned n, bool backup)
{
	static const uint8_t ids[] = { 0, 1, 5 };
	struct isdn_span_config c;

	isdn_span_config_init(&c, side, ISDN_T1);
	isdn_span_config_variant(&c, ISDN_VARIANT_NI2);
	c.n_interfaces = n;
	memcpy(c.interface_id, ids, sizeof(ids));
	c.backup = backup;
	return c;
}

static struct group *group_new(unsigned n, bool backup)
{
	struct group *g = calloc(1, sizeof(*g));

	assert_non_null(g);
	test_mem_init(&g->mem, &g->env.mem);
	g->now = 1000;
	for (int i = 0; i < 2; i++) {
		struct isdn_span_config c = config((enum isdn_side)i, n, backup);

		assert_int_equal(isdn_span_new(&g->end[i], &c, &g->env), 0);
		assert_int_equal(isdn_span_start(g->end[i], g->now), 0);
	}
	return g;
}

static void group_done(struct group *g)
{
	isdn_span_free(g->end[0]);
	isdn_span_free(g->end[1]);
	assert_int_equal(test_mem_live(&g->mem), 0);
	free(g);
}

static void take(struct group *g, int i)
{
	while (isdn_span_next_event(g->end[i], &g->last[i]) == 1) {
		g->got[i][g->last[i].prim]++;
		if (g->last[i].prim == ISDN_RELEASE_IND)
			g->released[i] = g->last[i].cause;
		if (g->last[i].prim == ISDN_SETUP_IND) {
			g->arrived = g->last[i].call;
			if (g->n_calls[i] < 64)
				g->calls[i][g->n_calls[i]++] = g->arrived;
		}
	}
}

/* One frame of D-channel d from side i to the other. */
static bool move(struct group *g, int i, int d)
{
	uint8_t frame[300];
	size_t len;
	int got = d ? isdn_span_backup_tx(g->end[i], frame, sizeof(frame), &len, g->now)
		    : isdn_span_tx(g->end[i], frame, sizeof(frame), &len, g->now);

	if (got != 1)
		return false;
	if (len > 4 && !(frame[2] & 1)) {
		g->frames[d]++;
		if (frame[8] == ISDN_MT_SETUP) {
			memcpy(g->octets, frame + 4, len - 4);
			g->len = len - 4;
		}
	}
	if (g->cut[d])
		return true;
	(void)(d ? isdn_span_backup_rx(g->end[!i], frame, len, g->now)
		 : isdn_span_rx(g->end[!i], frame, len, g->now));
	return true;
}

static void exchange(struct group *g)
{
	bool any = true;

	while (any) {
		any = false;
		for (int i = 0; i < 2; i++) {
			for (int d = 0; d < 2; d++)
				while (move(g, i, d))
					any = true;
			take(g, i);
		}
	}
}

static void run_for(struct group *g, isdn_time ms)
{
	isdn_time end = g->now + ms;

	exchange(g);
	for (;;) {
		isdn_time next = ISDN_NEVER;

		for (int i = 0; i < 2; i++)
			if (isdn_span_next_timeout(g->end[i]) < next)
				next = isdn_span_next_timeout(g->end[i]);
		if (next > end)
			break;
		g->now = next > g->now ? next : g->now;
		for (int i = 0; i < 2; i++)
			isdn_span_handle_timeout(g->end[i], g->now);
		exchange(g);
	}
	g->now = end;
}

static isdn_call_id place(struct group *g, int i, unsigned interface, unsigned number)
{
	struct isdn_msg m;
	isdn_call_id id;

	memset(&m, 0, sizeof(m));
	isdn_msg_init(&m, 0, 0, 0, false);
	m.bearer[0].rate = 0x10;
	m.bearer[0].layer1 = 2;
	isdn_msg_set(&m, ISDN_IE_BEARER);
	if (number) {
		m.channel_id[0] = (struct isdn_channel_id){ .primary = true,
							    .exclusive = true,
							    .select = ISDN_CHANNEL_INDICATED,
							    .has_interface = true,
							    .has_channels = true,
							    .type = 3,
							    .n_channels = 1,
							    .interface_id = (uint8_t)interface,
							    .channels = { (uint8_t)number } };
		isdn_msg_set(&m, ISDN_IE_CHANNEL_ID);
	}
	assert_int_equal(isdn_span_setup(g->end[i], &m, &id, g->now), 0);
	exchange(g);
	return id;
}

static unsigned state(struct group *g, int i, isdn_call_id id)
{
	struct isdn_span_call c;

	return isdn_span_call_query(g->end[i], id, &c) ? 0 : c.state;
}

static unsigned channel(struct group *g, int i, isdn_call_id id)
{
	struct isdn_span_call c;

	assert_int_equal(isdn_span_call_query(g->end[i], id, &c), 0);
	return c.channel;
}

/* A call of the user that the network answered. */
static void answered(struct group *g, isdn_call_id id[2])
{
	id[0] = place(g, 0, 0, 0);
	id[1] = g->arrived;
	assert_int_equal(isdn_span_proceeding(g->end[1], id[1], NULL, g->now), 0);
	assert_int_equal(isdn_span_connect(g->end[1], id[1], NULL, g->now), 0);
	exchange(g);
	assert_int_equal(state(g, 0, id[0]), 10);
}

static void cleared(struct group *g, const isdn_call_id id[2])
{
	assert_int_equal(isdn_span_clear(g->end[0], id[0], 0, NULL, NULL, g->now), 0);
	exchange(g);
	(void)isdn_span_clear(g->end[1], id[1], 0, NULL, NULL, g->now);
	exchange(g);
	assert_int_equal(isdn_span_calls(g->end[0]), 0);
	assert_int_equal(isdn_span_calls(g->end[1]), 0);
}

/* ---- several interfaces ---- */

static void q931_4_5_13_a_channel_is_named_with_its_interface(void **nothing)
{
	static const struct {
		uint8_t interface, number, index;
	} rows[] = { { 0, 1, 0 }, { 0, 23, 0 }, { 1, 1, 1 }, { 1, 24, 1 }, { 5, 24, 2 } };

	(void)nothing;
	for (int i = 0; i < 2; i++)
		for (size_t k = 0; k < sizeof(rows) / sizeof(rows[0]); k++) {
			const uint8_t want[] = { 0x18, 0x04,
						 0xe9, (uint8_t)(0x80 | rows[k].interface),
						 0x83, (uint8_t)(0x80 | rows[k].number) };
			unsigned is = ISDN_CHANNEL(rows[k].index, rows[k].number);
			struct group *g = group_new(3, false);
			isdn_call_id id;

			exchange(g);
			id = place(g, i, rows[k].interface, rows[k].number);
			assert_non_null(memmem(g->octets, g->len, want, sizeof(want)));
			assert_int_equal(channel(g, i, id), is);
			assert_int_equal(channel(g, !i, g->arrived), is);
			group_done(g);
		}
}

/* 23 channels of the interface with the D-channel, 24 of the others; those of either end's choice.
 */
static void nfas_is_one_pool_of_channels(void **nothing)
{
	struct group *g = group_new(3, false);
	bool used[96] = { false };
	isdn_call_id id;

	(void)nothing;
	exchange(g);
	for (int k = 0; k < 71; k++) {
		id = place(g, k & 1, 0, 0);
		assert_false(used[channel(g, k & 1, id)]);
		used[channel(g, k & 1, id)] = true;
		assert_int_equal(channel(g, !(k & 1), g->arrived), channel(g, k & 1, id));
	}
	assert_false(used[24]);
	assert_true(used[ISDN_CHANNEL(1, 24)] && used[ISDN_CHANNEL(2, 24)]);
	group_done(g);
}

static void q931_5_1_2_an_interface_that_is_not_there(void **nothing)
{
	static const uint8_t setup[] = {
		0x00, 0x01, 0x00, 0x00, 0x08, 0x02, 0x00, 0x07, 0x05, 0x04,
		0x03, 0x80, 0x90, 0xa2, 0x18, 0x04, 0xe9, 0x87, 0x83, 0x81
	};
	static const uint8_t want[] = { 0x08, 0x02, 0x80, 0x07, 0x5a, 0x08, 0x02, 0x82, 0xd2 };
	struct group *g = group_new(2, false);
	uint8_t frame[300];
	size_t len;

	(void)nothing;
	exchange(g);
	assert_int_equal(isdn_span_rx(g->end[1], setup, sizeof(setup), g->now), 0);
	take(g, 1);
	assert_int_equal(g->got[1][ISDN_SETUP_IND], 0);
	assert_int_equal(isdn_span_calls(g->end[1]), 0);
	do
		assert_int_equal(isdn_span_tx(g->end[1], frame, sizeof(frame), &len, g->now), 1);
	while (frame[2] & 1);
	assert_int_equal(len, 4 + sizeof(want));
	assert_memory_equal(frame + 4, want, sizeof(want));
	group_done(g);
}

static void q931_5_5_restart_of_one_interface_and_of_all(void **nothing)
{
	static const unsigned what[] = { ISDN_CHANNEL(1, 0), ISDN_ALL_INTERFACES,
					 ISDN_CHANNEL(0, 0), ISDN_CHANNEL(1, 24) };
	static const bool stays[4][2] = {
		{ true, false }, { false, false }, { false, true }, { true, false }
	};

	(void)nothing;
	for (int i = 0; i < 2; i++)
		for (int k = 0; k < 4; k++) {
			struct group *g = group_new(2, false);
			isdn_call_id a, b;

			exchange(g);
			a = place(g, i, 0, 3);
			b = place(g, i, 1, 24);
			assert_int_equal(isdn_span_restart(g->end[i], what[k], g->now), 0);
			exchange(g);
			assert_int_equal(state(g, i, a) != 0, stays[k][0]);
			assert_int_equal(state(g, i, b) != 0, stays[k][1]);
			assert_int_equal(isdn_span_calls(g->end[!i]), stays[k][0] + stays[k][1]);
			assert_int_equal(g->got[i][ISDN_RESTART_CONF], 1);
			assert_int_equal(g->got[!i][ISDN_RESTART_IND], 1);
			assert_int_equal(g->last[!i].channel, what[k]);
			assert_int_equal(isdn_span_restart(g->end[i], ISDN_CHANNEL(2, 0), g->now),
					 ISDN_ERR_INVAL);
			group_done(g);
		}
}

/* ---- Annex F ---- */

static void q931_f_2_1_the_second_d_channel_stands_by(void **nothing)
{
	struct group *g = group_new(2, true);
	isdn_call_id id[2];

	(void)nothing;
	run_for(g, MINUTE);
	answered(g, id);
	assert_int_equal(g->frames[1], 0);
	assert_true(g->frames[0] > 0);
	assert_int_equal(isdn_span_d_channel(g->end[0]), 0);
	assert_int_equal(g->got[0][ISDN_SWITCHOVER], 0);
	cleared(g, id);
	group_done(g);
}

static void q931_f_2_2_the_second_takes_over_and_the_first_stands_by(void **nothing)
{
	(void)nothing;
	for (int way = 0; way < 3; way++) { /* found by T203; told to both, to one */
		struct group *g = group_new(2, true);
		isdn_call_id id[2], young;

		run_for(g, 1000);
		answered(g, id);
		young = place(g, 0, 0, 0);
		g->cut[0] = true;
		for (int i = 0; i < way; i++)
			isdn_span_physical(g->end[i], false, g->now);
		run_for(g, 20000);
		for (int i = 0; i < 2; i++) {
			assert_int_equal(isdn_span_d_channel(g->end[i]), 1);
			assert_int_equal(g->got[i][ISDN_SWITCHOVER], 1);
			assert_int_equal(state(g, i, id[i]), 10);
			assert_true(isdn_span_is_up(g->end[i]));
		}
		assert_int_equal(state(g, 0, young), 0); /* 5.8.9 a */
		run_for(g, 3 * MINUTE);			 /* T309 is over, and was stopped */
		assert_int_equal(state(g, 0, id[0]), 10);
		cleared(g, id);

		g->cut[0] = false; /* the first comes back, and stands by */
		for (int i = 0; i < 2; i++)
			isdn_span_physical(g->end[i], true, g->now);
		run_for(g, MINUTE);
		assert_int_equal(isdn_span_d_channel(g->end[0]), 1);
		g->frames[0] = 0;
		answered(g, id);
		assert_int_equal(g->frames[0], 0);
		g->cut[1] = true;
		run_for(g, 20000);
		for (int i = 0; i < 2; i++) {
			assert_int_equal(isdn_span_d_channel(g->end[i]), 0);
			assert_int_equal(state(g, i, id[i]), 10);
		}
		cleared(g, id);
		group_done(g);
	}
}

static void q931_f_2_2_the_first_never_comes_up(void **nothing)
{
	struct group *g = group_new(2, true);
	isdn_call_id id[2];

	(void)nothing;
	g->cut[0] = true;
	run_for(g, 10000);
	assert_int_equal(isdn_span_d_channel(g->end[0]), 1);
	assert_int_equal(isdn_span_d_channel(g->end[1]), 1);
	answered(g, id);
	cleared(g, id);
	group_done(g);
}

/* Without a call there is nothing to be heard: T321 ends the wait. */
static void q931_f_2_2_t321_gives_the_first_back(void **nothing)
{
	struct group *g = group_new(2, true);
	isdn_call_id id[2];

	(void)nothing;
	run_for(g, 1000);
	g->cut[0] = true;
	run_for(g, 20000);
	assert_int_equal(isdn_span_d_channel(g->end[0]), 1);
	g->cut[0] = false;
	run_for(g, 40000);
	g->cut[1] = true; /* now the first must be there */
	run_for(g, 20000);
	assert_int_equal(isdn_span_d_channel(g->end[0]), 0);
	answered(g, id);
	cleared(g, id);
	group_done(g);
}

static void q931_f_2_2_both_fail_and_t309_ends_the_call(void **nothing)
{
	struct group *g = group_new(2, true);
	isdn_call_id id[2];

	(void)nothing;
	run_for(g, 1000);
	answered(g, id);
	g->cut[0] = g->cut[1] = true;
	run_for(g, 4 * MINUTE);
	assert_int_equal(isdn_span_calls(g->end[0]) + isdn_span_calls(g->end[1]), 0);
	assert_int_equal(g->released[0], 27);
	assert_int_equal(g->released[1], 27);
	g->cut[0] = g->cut[1] = false;
	run_for(g, MINUTE);
	assert_int_equal(isdn_span_d_channel(g->end[0]), isdn_span_d_channel(g->end[1]));
	answered(g, id);
	cleared(g, id);
	group_done(g);
}

/* Whatever fails when, and comes back: both ends agree in the end, and calls work. */
static void annex_f_lines_come_and_go(void **nothing)
{
	(void)nothing;
	for (uint32_t seed = 1; seed <= 300; seed++) {
		struct group *g = group_new(2, true);
		uint32_t dice = seed;
		isdn_call_id id[2];

		run_for(g, 2000);
		for (int k = 0; k < 12; k++) {
			dice = dice * 1664525u + 1013904223u;
			if ((dice >> 9) % 3 == 0)
				(void)place(g, (dice >> 20) & 1, 0, 0);
			g->cut[(dice >> 12) & 1] = (dice >> 13) & 1;
			run_for(g, (dice >> 14) % 30000);
		}
		g->cut[0] = g->cut[1] = false;
		run_for(g, 4 * MINUTE);
		for (int i = 0; i < 2; i++) /* those that arrived, and nobody answered */
			while (g->n_calls[i])
				(void)isdn_span_clear(g->end[i], g->calls[i][--g->n_calls[i]], 0,
						      NULL, NULL, g->now);
		run_for(g, 4 * MINUTE);
		if (isdn_span_d_channel(g->end[0]) != isdn_span_d_channel(g->end[1]))
			fail_msg("seed %u: the ends do not agree", seed);
		if (isdn_span_calls(g->end[0]) || isdn_span_calls(g->end[1]))
			fail_msg("seed %u: %zu and %zu calls are left", seed,
				 isdn_span_calls(g->end[0]), isdn_span_calls(g->end[1]));
		answered(g, id);
		cleared(g, id);
		group_done(g);
	}
}

static void annex_f_without_memory_it_happens_later(void **nothing)
{
	(void)nothing;
	for (unsigned at = 1; at < 60; at++) {
		struct group *g = group_new(2, true);
		isdn_call_id id[2];

		run_for(g, 1000);
		answered(g, id);
		g->cut[0] = true;
		test_mem_fail_at(&g->mem, at);
		run_for(g, 30000);
		test_mem_fail_at(&g->mem, 0);
		run_for(g, MINUTE);
		assert_int_equal(isdn_span_d_channel(g->end[0]), 1);
		assert_int_equal(isdn_span_d_channel(g->end[1]), 1);
		assert_int_equal(state(g, 0, id[0]), 10);
		cleared(g, id);
		group_done(g);
	}
}

static void nfas_configurations_that_are_refused(void **nothing)
{
	struct isdn_span *s;
	uint8_t frame[300];
	size_t len;

	(void)nothing;
	for (int k = 0; k < 6; k++) {
		struct isdn_span_config c = config(ISDN_USER, k == 1 ? 1 : 2, true);

		if (k == 2)
			c.interface_id[1] = c.interface_id[0];
		if (k == 3)
			c.interface_id[1] = 128;
		if (k == 4)
			c.n_interfaces = ISDN_INTERFACES_MAX + 1;
		if (k == 5)
			c.layer2 = ISDN_LAYER2_LEAVE_DOWN;
		assert_int_equal(isdn_span_new(&s, &c, NULL), k ? ISDN_ERR_INVAL : 0);
		isdn_span_free(s);
	}
	for (int k = 0; k < 2; k++) {
		struct isdn_span_config c = config(ISDN_USER, 2, false);

		assert_int_equal(isdn_span_new(&s, &c, NULL), 0);
		assert_int_equal(isdn_span_backup_rx(s, frame, 3, 0), ISDN_ERR_OPERATIONUNAVAIL);
		assert_int_equal(isdn_span_backup_tx(s, frame, sizeof(frame), &len, 0),
				 ISDN_ERR_OPERATIONUNAVAIL);
		isdn_span_backup_physical(s, false, 0);
		assert_int_equal(isdn_span_d_channel(s), 0);
		isdn_span_free(s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(q931_4_5_13_a_channel_is_named_with_its_interface),
		cmocka_unit_test(nfas_is_one_pool_of_channels),
		cmocka_unit_test(q931_5_1_2_an_interface_that_is_not_there),
		cmocka_unit_test(q931_5_5_restart_of_one_interface_and_of_all),
		cmocka_unit_test(q931_f_2_1_the_second_d_channel_stands_by),
		cmocka_unit_test(q931_f_2_2_the_second_takes_over_and_the_first_stands_by),
		cmocka_unit_test(q931_f_2_2_the_first_never_comes_up),
		cmocka_unit_test(q931_f_2_2_t321_gives_the_first_back),
		cmocka_unit_test(q931_f_2_2_both_fail_and_t309_ends_the_call),
		cmocka_unit_test(annex_f_lines_come_and_go),
		cmocka_unit_test(annex_f_without_memory_it_happens_later),
		cmocka_unit_test(nfas_configurations_that_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
