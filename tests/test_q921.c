/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Q.921: the table itself, the procedures between two entities and with frames
 * fed by hand, and lines that lose, repeat and reorder nothing unnoticed. All
 * in virtual time. The last test sees that every row of the table was reached.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "q921/internal.h"
#include "tests/helper.h"

static bool reached[512], met[9][IN_COUNT];

struct pair {
	struct test_mem mem;
	struct isdn_env env;
	isdn_time now;
	struct i2 *end[2];		  /* 0 user, 1 network */
	unsigned got[2][I2_PRIM_COUNT];	  /* primitives by type */
	unsigned next_in[2], next_out[2]; /* numbered messages */
	unsigned resets;
	uint32_t seed;
	unsigned loss, dup; /* per cent */
};

static uint32_t dice(struct pair *p, uint32_t n)
{
	p->seed = p->seed * 1664525u + 1013904223u;
	return (p->seed >> 8) % n;
}

static void note(struct i2 *l2, const struct i2_link *l, unsigned row, bool mgmt)
{
	(void)l2;
	if (mgmt)
		return;
	reached[row] = true;
	met[l->state][i2_table[row].input] = true;
}

static struct i2_config config(bool network)
{
	struct i2_config c = { .network = network,
			       .k = 7,
			       .n201 = 260,
			       .n200 = 3,
			       .n202 = 3,
			       .t200 = 1000,
			       .t201 = 1000,
			       .t202 = 2000,
			       .t203 = 10000 };
	return c;
}

static struct pair *pair_new(uint8_t k, bool keep_up)
{
	struct pair *p = calloc(1, sizeof(*p));

	assert_non_null(p);
	test_mem_init(&p->mem, &p->env.mem);
	p->now = 1;
	for (int i = 0; i < 2; i++) {
		struct i2_config c = config(i);

		c.k = k;
		c.keep_up = keep_up;
		assert_int_equal(i2_new(&p->end[i], &c, &p->env), 0);
		p->end[i]->watch = note;
	}
	return p;
}

static void pair_free(struct pair *p)
{
	i2_free(p->end[0]);
	i2_free(p->end[1]);
	assert_int_equal(test_mem_live(&p->mem), 0);
	free(p);
}

static void primitives(struct pair *p, int i)
{
	struct i2_prim prim;

	while (i2_next(p->end[i], &prim) == 1) {
		p->got[i][prim.type]++;
		if (prim.type == I2_DL_ESTABLISH_IND || prim.type == I2_DL_RELEASE_IND ||
		    prim.type == I2_DL_ESTABLISH_CONF)
			p->resets++;
		if (prim.type == I2_DL_DATA_IND && prim.len == 4) {
			unsigned n;

			memcpy(&n, prim.data, 4);
			if (p->resets <= 2)
				assert_int_equal(n, p->next_in[i]);
			else
				assert_true(n >= p->next_in[i]); /* never again, never back */
			p->next_in[i] = n + 1;
		}
	}
}

static void rx(struct pair *p, int i, const uint8_t *frame, size_t len)
{
	assert_int_equal(i2_rx(p->end[i], frame, len, p->now), 0);
	primitives(p, i);
}

/* All frames that wait, both ways, until there is none. */
static void exchange(struct pair *p)
{
	uint8_t frame[I2_FRAME_MAX];
	size_t len;
	bool any = true;

	while (any) {
		any = false;
		for (int i = 0; i < 2; i++)
			while (i2_tx(p->end[i], frame, sizeof(frame), &len, p->now) == 1) {
				any = true;
				if (dice(p, 100) < p->loss)
					continue;
				rx(p, !i, frame, len);
				if (dice(p, 100) < p->dup)
					rx(p, !i, frame, len);
			}
	}
}

static void run_for(struct pair *p, isdn_time ms)
{
	isdn_time end = p->now + ms;

	exchange(p);
	for (;;) {
		isdn_time a = i2_deadline(p->end[0]), b = i2_deadline(p->end[1]);
		isdn_time next = a < b ? a : b;

		if (next > end)
			break;
		p->now = next;
		for (int i = 0; i < 2; i++)
			if (i2_deadline(p->end[i]) <= p->now) {
				i2_timeout(p->end[i], p->now);
				primitives(p, i);
			}
		exchange(p);
	}
	p->now = end;
}

static int request(struct pair *p, int i, enum i2_prim_type type, const void *data, size_t len)
{
	struct i2_prim prim = { .type = type, .len = (uint16_t)len, .data = data };

	return i2_request(p->end[i], &prim, p->now);
}

static int say(struct pair *p, int i)
{
	int err = request(p, i, I2_DL_DATA_REQ, &p->next_out[i], 4);

	if (!err)
		p->next_out[i]++;
	return err;
}

static struct pair *pair_up_kept(uint8_t k, bool keep_up)
{
	struct pair *p = pair_new(k, keep_up);

	assert_int_equal(request(p, 0, I2_DL_ESTABLISH_REQ, NULL, 0), 0);
	run_for(p, 1);
	assert_int_equal(i2_own_state(p->end[0]), 7);
	assert_int_equal(i2_own_state(p->end[1]), 7);
	return p;
}

static struct pair *pair_up(uint8_t k)
{
	return pair_up_kept(k, false);
}

/* One entity and frames by hand, as hex; the far end is on the other side. */
static void feed(struct pair *p, int i, const char *hex)
{
	uint8_t frame[300];

	rx(p, i, frame, test_hex(hex, frame, sizeof(frame)));
}

static void expect(struct pair *p, int i, const char *hex)
{
	uint8_t frame[I2_FRAME_MAX], want[300];
	size_t len, n = test_hex(hex, want, sizeof(want));

	assert_int_equal(i2_tx(p->end[i], frame, sizeof(frame), &len, p->now), 1);
	assert_int_equal(len, n);
	assert_memory_equal(frame, want, n);
}

static void expect_nothing(struct pair *p, int i)
{
	uint8_t frame[I2_FRAME_MAX];
	size_t len;

	assert_int_equal(i2_tx(p->end[i], frame, sizeof(frame), &len, p->now), 0);
}

static char last_error(struct pair *p, int i)
{
	struct isdn_link link;

	assert_int_equal(i2_links(p->end[i], &link, 1), 1);
	return link.counters.last_error;
}

static void expire(struct pair *p, int i)
{
	p->now = i2_deadline(p->end[i]);
	i2_timeout(p->end[i], p->now);
	primitives(p, i);
}

/* ---- the table ---- */

static void the_table_has_a_last_row_for_each_state_and_input(void **state)
{
	(void)state;
	for (unsigned st = 1; st <= 8; st++)
		for (unsigned in = 0; in < IN_COUNT; in++) {
			int closed = 0;

			for (unsigned i = 0; i < i2_rows; i++) {
				if (!(i2_table[i].states & S(st)) || i2_table[i].input != in)
					continue;
				if (closed)
					fail_msg("row %u is behind an unguarded one", i);
				closed = !i2_table[i].decision;
			}
			if (!closed)
				fail_msg("state %u input %u has no last row", st, in);
		}
}

static void the_table_reaches_each_state_and_names_its_clauses(void **state)
{
	unsigned seen = 0;

	(void)state;
	for (unsigned i = 0; i < i2_rows; i++) {
		seen |= 1u << i2_table[i].next;
		assert_non_null(i2_table[i].clause);
		assert_true(i2_table[i].next <= 8);
		assert_int_equal(i2_table[i].states & ~0x1feu, 0);
	}
	assert_int_equal(seen & 0x1fe, 0x1fe);
}

/* ---- procedures ---- */

static void q921_5_5_1_either_side_establishes(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++) {
		struct pair *p = pair_new(7, false);

		assert_int_equal(request(p, i, I2_DL_ESTABLISH_REQ, NULL, 0), 0);
		run_for(p, 1);
		assert_int_equal(p->got[i][I2_DL_ESTABLISH_CONF], 1);
		assert_int_equal(p->got[!i][I2_DL_ESTABLISH_IND], 1);
		pair_free(p);
	}
}

static void q921_5_5_5_sabme_collision(void **state)
{
	struct pair *p = pair_new(7, false);

	(void)state;
	request(p, 0, I2_DL_ESTABLISH_REQ, NULL, 0);
	request(p, 1, I2_DL_ESTABLISH_REQ, NULL, 0);
	run_for(p, 1);
	assert_int_equal(p->got[0][I2_DL_ESTABLISH_CONF], 1);
	assert_int_equal(p->got[1][I2_DL_ESTABLISH_CONF], 1);
	pair_free(p);
}

/* Octets as libpri and others have them on the wire. */
static void q921_3_3_frames_are_those_on_the_wire(void **state)
{
	struct pair *p = pair_new(7, false);

	(void)state;
	request(p, 1, I2_DL_ESTABLISH_REQ, NULL, 0);
	expect(p, 1, "02017f");
	feed(p, 1, "020173");
	request(p, 1, I2_DL_DATA_REQ, "\x08\x02", 2);
	expect(p, 1, "020100000802");
	feed(p, 1, "02010102");	    /* RR response of the user */
	feed(p, 1, "000100020802"); /* I frame of the user */
	expect(p, 1, "00010102");
	feed(p, 1, "00010103"); /* RR command, P */
	expect(p, 1, "00010103");
	request(p, 0, I2_DL_ESTABLISH_REQ, NULL, 0);
	expect(p, 0, "00017f");
	feed(p, 0, "000173");
	request(p, 0, I2_DL_RELEASE_REQ, NULL, 0);
	expect(p, 0, "000153");
	feed(p, 0, "000173");
	assert_int_equal(p->got[0][I2_DL_RELEASE_CONF], 1);
	pair_free(p);
}

static void q921_5_6_messages_pass_in_order_with_each_window(void **state)
{
	(void)state;
	for (uint8_t k = 1; k <= 7; k += 6) {
		struct pair *p = pair_up(k);
		uint8_t frame[I2_FRAME_MAX];
		unsigned sent = 0;
		size_t len;

		for (int n = 0; n < 300; n++)
			assert_int_equal(say(p, 0), 0);
		while (i2_tx(p->end[0], frame, sizeof(frame), &len, p->now) == 1)
			sent++;
		assert_int_equal(sent, k); /* the window */
		run_for(p, 5000);	   /* they were lost: T200 finds out */
		for (int n = 0; n < 300; n++)
			assert_int_equal(say(p, 1), 0);
		run_for(p, 100);
		assert_int_equal(p->next_in[1], 300);
		assert_int_equal(p->next_in[0], 300);
		assert_int_equal(p->resets, 2);
		pair_free(p);
	}
}

static void q921_5_6_once_warm_nothing_is_allocated(void **state)
{
	struct pair *p = pair_up(7);

	(void)state;
	for (int n = 0; n < 20; n++)
		say(p, n & 1);
	run_for(p, 1);
	test_mem_fail_every(&p->mem, 1);
	for (int n = 0; n < 10000; n++) {
		assert_int_equal(say(p, n & 1), 0);
		run_for(p, 1);
	}
	assert_int_equal(p->mem.allocations, 0);
	pair_free(p);
}

static void q921_5_5_1_3_nobody_answers(void **state)
{
	struct pair *p = pair_new(7, false);

	(void)state;
	request(p, 0, I2_DL_ESTABLISH_REQ, NULL, 0);
	p->loss = 100;
	run_for(p, 3999);
	assert_int_equal(i2_own_state(p->end[0]), 5);
	run_for(p, 2);
	assert_int_equal(p->got[0][I2_DL_RELEASE_IND], 1);
	assert_int_equal(last_error(p, 0), 'G');
	run_for(p, 1000); /* the pause before another attempt */
	assert_true(i2_deadline(p->end[0]) == ISDN_NEVER);
	pair_free(p);
}

static void q921_a_link_that_is_kept_up_comes_again(void **state)
{
	struct pair *p = pair_new(7, true);

	(void)state;
	request(p, 0, I2_DL_ESTABLISH_REQ, NULL, 0);
	p->loss = 100;
	run_for(p, 60000);
	assert_true(p->got[0][I2_DL_RELEASE_IND] >= 10);
	assert_true(p->got[0][I2_DL_RELEASE_IND] <= 13); /* no storm */
	p->loss = 0;
	run_for(p, 3000);
	assert_int_equal(i2_own_state(p->end[0]), 7);
	i2_physical(p->end[0], false, p->now);
	primitives(p, 0);
	assert_int_equal(i2_own_state(p->end[0]), 4);
	i2_physical(p->end[0], true, p->now);
	run_for(p, 10);
	assert_int_equal(i2_own_state(p->end[0]), 7);
	request(p, 1, I2_DL_RELEASE_REQ, NULL, 0);
	run_for(p, 5000); /* the user takes it up again */
	assert_int_equal(i2_own_state(p->end[0]), 7);
	pair_free(p);
}

static void q921_5_5_3_release(void **state)
{
	struct pair *p = pair_up(7);

	(void)state;
	request(p, 0, I2_DL_RELEASE_REQ, NULL, 0);
	assert_int_equal(request(p, 0, I2_DL_DATA_REQ, "x", 1), ISDN_ERR_INVALCALLSTATE);
	request(p, 0, I2_DL_RELEASE_REQ, NULL, 0);
	request(p, 0, I2_DL_ESTABLISH_REQ, NULL, 0);
	run_for(p, 1);
	assert_int_equal(p->got[0][I2_DL_RELEASE_CONF], 1);
	assert_int_equal(p->got[1][I2_DL_RELEASE_IND], 1);
	request(p, 0, I2_DL_RELEASE_REQ, NULL, 0);
	assert_int_equal(request(p, 0, I2_DL_DATA_REQ, "x", 1), ISDN_ERR_INVALCALLSTATE);
	pair_free(p);
	p = pair_up(7);
	request(p, 0, I2_DL_RELEASE_REQ, NULL, 0);
	p->loss = 100;
	run_for(p, 4001);
	assert_int_equal(last_error(p, 0), 'H');
	assert_int_equal(i2_own_state(p->end[0]), 4);
	pair_free(p);
}

static void q921_a_release_waits_for_the_establishment(void **state)
{
	struct pair *p = pair_new(7, false);

	(void)state;
	request(p, 0, I2_DL_ESTABLISH_REQ, NULL, 0);
	request(p, 0, I2_DL_RELEASE_REQ, NULL, 0);
	run_for(p, 1);
	assert_int_equal(p->got[0][I2_DL_RELEASE_CONF], 1);
	request(p, 0, I2_DL_ESTABLISH_REQ, NULL, 0);
	request(p, 0, I2_DL_ESTABLISH_REQ, NULL, 0);
	run_for(p, 1);
	assert_int_equal(p->got[0][I2_DL_ESTABLISH_CONF], 1);
	pair_free(p);
}

static void q921_5_10_2_t203_looks_after_an_idle_link(void **state)
{
	struct pair *p = pair_up(7);
	struct i2_totals before, after;

	(void)state;
	i2_totals(p->end[0], &before);
	run_for(p, 100000);
	i2_totals(p->end[0], &after);
	assert_true(after.frames_in - before.frames_in >= 9);
	assert_int_equal(after.links.last_error, 0);
	p->loss = 100;
	run_for(p, 20000);
	assert_true(p->got[0][I2_DL_RELEASE_IND] == 1);
	pair_free(p);
}

static void q921_5_6_4_reject_is_answered_by_repetition(void **state)
{
	struct pair *p = pair_up(7);
	uint8_t frame[I2_FRAME_MAX];
	struct i2_totals c;
	size_t len;

	(void)state;
	for (int n = 0; n < 4; n++)
		say(p, 0);
	assert_int_equal(i2_tx(p->end[0], frame, sizeof(frame), &len, p->now), 1); /* lost */
	run_for(p, 1);
	assert_int_equal(p->next_in[1], 4);
	i2_totals(p->end[0], &c);
	assert_int_equal(c.links.in[ISDN_FRAME_REJ], 1);
	assert_int_equal(c.links.retransmissions, 4);
	pair_free(p);
}

static void q921_5_6_5_a_busy_peer_is_waited_for(void **state)
{
	struct pair *p = pair_up(7);

	(void)state;
	feed(p, 0, "00010500"); /* RNR response, N(R) 0, of the network */
	say(p, 0);
	expect_nothing(p, 0);
	expire(p, 0);
	expect(p, 0, "00010101"); /* enquiry: RR command, P */
	feed(p, 0, "00010501");	  /* still busy: RNR, F */
	expect_nothing(p, 0);
	expire(p, 0);
	expect(p, 0, "00010101");
	feed(p, 0, "00010101"); /* ready: RR, F */
	expect(p, 0, "0001000000000000");
	feed(p, 0, "00010102");
	assert_int_equal(i2_own_state(p->end[0]), 7);
	pair_free(p);
}

static void q921_app_ii_the_letters_of_mdl_error(void **state)
{
	static const struct {
		char letter;
		const char *frame; /* to the user in state 7, with nothing sent */
		unsigned state;	   /* then */
	} rows[] = {
		{ 'A', "00010101", 7 },	  { 'B', "00011f", 7 },		{ 'C', "000173", 7 },
		{ 'D', "000163", 7 },	  { 'E', "00010f", 5 },		{ 'F', "02017f", 7 },
		{ 'J', "0001010a", 5 },	  { 'K', "00018700000000", 5 }, { 'L', "000133", 5 },
		{ 'L', "00010d00", 5 },	  { 'L', "0001000008", 5 },	{ 'M', "02017fff", 5 },
		{ 'N', "00010100aa", 5 },
	};
	char big[2 * 270 + 1] = "02010000";

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct pair *p = pair_up(7);

		feed(p, 0, rows[i].frame);
		assert_int_equal(last_error(p, 0), rows[i].letter);
		assert_int_equal(i2_own_state(p->end[0]), rows[i].state);
		run_for(p, 10);
		assert_int_equal(i2_own_state(p->end[0]), 7); /* it recovers */
		pair_free(p);
	}
	memset(big + 8, '0', 2 * 261);
	big[8 + 2 * 261] = '\0';
	{
		struct pair *p = pair_up(7);

		feed(p, 0, big);
		assert_int_equal(last_error(p, 0), 'O');
		pair_free(p);
	}
}

static void q921_5_7_what_a_new_start_of_the_peer_loses_is_told(void **state)
{
	struct pair *p = pair_up(7);
	uint8_t frame[I2_FRAME_MAX];
	size_t len;

	(void)state;
	feed(p, 0, "02017f"); /* nothing outstanding: no indication */
	assert_int_equal(p->got[0][I2_DL_ESTABLISH_IND], 0);
	expect(p, 0, "020173");
	say(p, 0);
	assert_int_equal(i2_tx(p->end[0], frame, sizeof(frame), &len, p->now), 1);
	feed(p, 0, "02017f");
	assert_int_equal(p->got[0][I2_DL_ESTABLISH_IND], 1);
	pair_free(p);
	/* the same, when the new start is ours: DM, then UA, with one unacknowledged */
	p = pair_up(7);
	say(p, 0);
	i2_tx(p->end[0], frame, sizeof(frame), &len, p->now);
	feed(p, 0, "00010f");
	say(p, 0); /* waits, and goes with the rest */
	feed(p, 0, "000173");
	assert_int_equal(p->got[0][I2_DL_ESTABLISH_IND], 1);
	pair_free(p);
	/* and with none unacknowledged nothing is lost, what waits goes out */
	p = pair_up(7);
	feed(p, 0, "00010f");
	assert_int_equal(say(p, 0), 0);
	expect(p, 0, "00017f");
	feed(p, 0, "000173");
	assert_int_equal(p->got[0][I2_DL_ESTABLISH_IND], 0);
	expect(p, 0, "0001000000000000");
	pair_free(p);
}

/* Maintenance busy: the link stays down until it is no longer held. */
static void q931_f_2_2_a_held_link_answers_dm(void **state)
{
	struct pair *p = pair_new(7, true);

	(void)state;
	i2_hold(p->end[0], true, p->now);
	feed(p, 0, "02017f");
	expect(p, 0, "02011f");
	run_for(p, 60000);
	assert_int_equal(i2_own_state(p->end[0]), 4);
	i2_hold(p->end[0], false, p->now);
	assert_int_equal(request(p, 0, I2_DL_ESTABLISH_REQ, NULL, 0), 0);
	run_for(p, 10000);
	assert_int_equal(i2_own_state(p->end[0]), 7);
	pair_free(p);
}

static void q921_5_2_unit_data(void **state)
{
	struct pair *p = pair_new(7, false);

	(void)state;
	for (int s = 0; s < 2; s++) {
		assert_int_equal(request(p, 0, I2_DL_UNIT_DATA_REQ, "hi", 2), 0);
		run_for(p, 1);
		assert_int_equal(p->got[1][I2_DL_UNIT_DATA_IND], s + 1);
		request(p, 0, I2_DL_ESTABLISH_REQ, NULL, 0);
		run_for(p, 1);
	}
	assert_int_equal(request(p, 0, I2_DL_DATA_REQ, NULL, 261), ISDN_ERR_INVAL);
	pair_free(p);
}

/* A terminal at a bus, which has no TEI yet. */
static struct pair *terminal_new(bool keep_up)
{
	struct pair *p = calloc(1, sizeof(*p));
	struct i2_config c = config(false);

	assert_non_null(p);
	test_mem_init(&p->mem, &p->env.mem);
	p->now = 1;
	c.ptmp = true;
	c.keep_up = keep_up;
	c.tei = I2_TEI_AUTO;
	assert_int_equal(i2_new(&p->end[0], &c, &p->env), 0);
	p->end[0]->watch = note;
	return p;
}

static void silence(struct pair *p)
{
	uint8_t frame[I2_FRAME_MAX];
	size_t len;

	while (i2_tx(p->end[0], frame, sizeof(frame), &len, p->now) == 1)
		;
}

/* The user side in a state, with nothing on the line. */
static struct pair *in_state(unsigned s, bool keep_up)
{
	struct pair *p = s < 4	 ? terminal_new(keep_up)
			 : s < 6 ? pair_new(7, keep_up)
				 : pair_up_kept(7, keep_up);

	if (s == 2)
		request(p, 0, I2_DL_UNIT_DATA_REQ, "x", 1);
	if (s == 3 || s == 5)
		request(p, 0, I2_DL_ESTABLISH_REQ, NULL, 0);
	if (s == 6)
		request(p, 0, I2_DL_RELEASE_REQ, NULL, 0);
	if (s == 8)
		say(p, 0);
	silence(p);
	if (s == 8)
		expire(p, 0);
	silence(p);
	assert_int_equal(i2_own_state(p->end[0]), s);
	return p;
}

static void q921_annex_b_every_state_meets_every_frame(void **state)
{
	static const char *const frames[] = {
		"02017f",     "020153",	    "000173",	"000163",     "00011f",	    "00010f",
		"02010000aa", "0201007eaa", "02010101", "00010101",   "0001017e",   "02010501",
		"00010501",   "0001057e",   "02010901", "00010901",   "0001097e",   "000187000000",
		"020103aa",   "0201af8280", "00010d00", "02010000aa", "02010600aa",
	};

	(void)state;
	for (unsigned s = 4; s <= 8; s++)
		for (size_t i = 0; i < sizeof(frames) / sizeof(frames[0]); i++) {
			struct pair *p = in_state(s, false);
			const struct i2_row *row;

			feed(p, 0, frames[i]);
			row = &i2_table[p->end[0]->row];
			assert_true(row->states & S(s));
			assert_int_equal(i2_own_state(p->end[0]),
					 row->next == SAME ? s : row->next);
			pair_free(p);
		}
}

/*
 * Every state with every input, those too that can not come: the state is that
 * of the row, nothing is left behind, and within ten minutes of silence the link
 * comes to rest in a state that waits for nothing.
 */
static void q921_annex_b_every_state_meets_every_input(void **state)
{
	(void)state;
	for (unsigned n = 0; n < 8 * IN_COUNT * 4; n++) {
		unsigned s = 1 + n % 8, input = n / 8 % IN_COUNT, bits = n / (8 * IN_COUNT);
		struct i2_frame f = { .type = (enum i2_input)input,
				      .command = bits & 1,
				      .pf = bits >> 1,
				      .error = 'L' };
		struct i2_prim prim = { .type = I2_DL_DATA_REQ,
					.len = 1,
					.data = (const uint8_t *)"" };
		struct pair *p = in_state(s, bits & 1);
		struct i2_link *l = p->end[0]->links;
		const struct i2_row *row;

		p->end[0]->frame = &f;
		p->end[0]->prim = &prim;
		p->end[0]->busy = input == IN_BUSY_SET && s >= 7;
		l->release_pending = s == 5 && bits & 1;
		if (input == IN_ESTABLISH_REQ && s < 5 && bits & 2) {
			l->refused = true;
			ib_timer_start(&p->end[0]->timers, &l->restore, p->now + 1000);
		}
		if (input == IN_ASSIGN_REQ && s < 4)
			l->tei->tei = 64;
		i2_link_run(l, (enum i2_input)input);
		row = &i2_table[p->end[0]->row];
		assert_true(row->states & S(s) && row->input == input);
		assert_int_equal(l->state, row->next == SAME ? s : row->next);
		p->end[0]->frame = NULL;
		p->end[0]->prim = NULL;
		primitives(p, 0);
		if (!(bits & 1)) {
			p->loss = 100;
			silence(p);
			for (int i = 0; i < 100 && i2_deadline(p->end[0]) < 600000; i++) {
				expire(p, 0);
				silence(p);
			}
			assert_true(l->state == 1 || l->state == 4);
		}
		pair_free(p);
	}
}

/* What the figures of Annex B do with inputs that come rarely: frame sent, primitive, letter,
 * state. */
static void q921_annex_b_rare_inputs(void **state)
{
	enum { DOWN = -2, FRAME = -3 };
	static const struct {
		unsigned s;
		bool release; /* DL-RELEASE request before */
		int input;    /* layer 1, a frame, or a request */
		const char *frame, *sent;
		int prim; /* -1: none */
		char letter;
		unsigned next;
	} rows[] = {
		{ 4, false, FRAME, "020153", "02011f", -1, 0, 4 },
		{ 4, false, FRAME, "00010f", "00017f", -1, 0, 5 },
		{ 4, false, FRAME, "000133", NULL, -1, 'L', 4 },
		{ 5, false, FRAME, "020153", "02011f", -1, 0, 5 },
		{ 5, false, DOWN, NULL, NULL, I2_DL_RELEASE_IND, 0, 4 },
		{ 5, true, DOWN, NULL, NULL, I2_DL_RELEASE_CONF, 0, 4 },
		{ 5, true, FRAME, "000173", "000153", -1, 0, 6 },
		{ 5, false, FRAME, "000133", NULL, -1, 'L', 5 },
		{ 6, false, FRAME, "02017f", "02011f", -1, 0, 6 },
		{ 6, false, FRAME, "020153", "020173", -1, 0, 6 },
		{ 6, false, FRAME, "00011f", NULL, I2_DL_RELEASE_CONF, 0, 4 },
		{ 6, false, DOWN, NULL, NULL, I2_DL_RELEASE_CONF, 0, 4 },
		{ 6, false, FRAME, "000133", NULL, -1, 'L', 6 },
		{ 7, false, FRAME, "02010216aa", NULL, -1, 'J', 5 },
		{ 7, false, FRAME, "00010516", "00017f", -1, 'J', 5 },
		{ 7, false, FRAME, "00010916", "00017f", -1, 'J', 5 },
		{ 8, false, FRAME, "00010516", "00017f", -1, 'J', 5 },
		{ 8, false, FRAME, "00010916", "00017f", -1, 'J', 5 },
		{ 8, false, FRAME, "00010116", "00017f", -1, 'J', 5 },
		{ 8, false, FRAME, "02010000aa", "02010102", I2_DL_DATA_IND, 0, 8 },
		{ 8, false, FRAME, "02010216aa", NULL, -1, 'J', 5 },
		{ 8, false, FRAME, "00010901", "0001000000000000", -1, 0, 7 },
		{ 8, false, FRAME, "00010101", "0001000000000000", -1, 0, 7 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct pair *p = in_state(rows[i].s, false);
		unsigned before = 0, after = 0;

		if (rows[i].release)
			request(p, 0, I2_DL_RELEASE_REQ, NULL, 0);
		for (int k = 0; k < 10; k++)
			before += p->got[0][k];
		if (rows[i].input == FRAME)
			feed(p, 0, rows[i].frame);
		else
			i2_physical(p->end[0], false, p->now);
		primitives(p, 0);
		for (int k = 0; k < 10; k++)
			after += p->got[0][k];
		assert_int_equal(after - before, rows[i].prim >= 0);
		if (rows[i].prim >= 0)
			assert_true(p->got[0][rows[i].prim] > 0);
		if (rows[i].letter)
			assert_int_equal(last_error(p, 0), rows[i].letter);
		if (rows[i].sent)
			expect(p, 0, rows[i].sent);
		assert_int_equal(i2_own_state(p->end[0]), rows[i].next);
		pair_free(p);
	}
	{
		struct pair *p = in_state(5, false); /* a release that is taken back */

		request(p, 0, I2_DL_RELEASE_REQ, NULL, 0);
		request(p, 0, I2_DL_ESTABLISH_REQ, NULL, 0);
		feed(p, 0, "000173");
		assert_int_equal(i2_own_state(p->end[0]), 7);
		pair_free(p);
		for (int s = 7; s <= 8; s++) { /* layer 3 wants a new start */
			p = in_state((unsigned)s, false);
			request(p, 0, I2_DL_ESTABLISH_REQ, NULL, 0);
			expect(p, 0, "00017f");
			assert_int_equal(i2_own_state(p->end[0]), 5);
			pair_free(p);
		}
		for (int f = 0; f < 2; f++) { /* RNR, and REJ that acknowledges, in state 8 */
			struct isdn_link link;

			p = in_state(8, false);
			feed(p, 0, f ? "00010503" : "00010502");
			i2_links(p->end[0], &link, 1);
			assert_true(link.peer_busy && !link.unacknowledged &&
				    link.state == (f ? 7 : 8));
			pair_free(p);
			p = in_state(8, false);
			feed(p, 0, f ? "00010903" : "00010902");
			i2_links(p->end[0], &link, 1);
			assert_true(!link.peer_busy && !link.unacknowledged &&
				    link.state == (f ? 7 : 8));
			pair_free(p);
		}
		p = in_state(4, false); /* layer 1 was down while it was established */
		i2_physical(p->end[0], false, p->now);
		request(p, 0, I2_DL_ESTABLISH_REQ, NULL, 0);
		silence(p);
		i2_physical(p->end[0], true, p->now);
		expect(p, 0, "00017f");
		pair_free(p);
	}
}

/* An active call asks again at once, whatever the peer says. */
static void q921_5_5_1_a_refusal_is_not_answered_by_a_storm(void **state)
{
	struct pair *p = pair_new(7, false);

	(void)state;
	request(p, 0, I2_DL_ESTABLISH_REQ, NULL, 0);
	for (unsigned n = 1; n < 20; n++) {
		expect(p, 0, "00017f");
		feed(p, 0, "00011f"); /* DM, F */
		assert_int_equal(p->got[0][I2_DL_RELEASE_IND], n);
		request(p, 0, I2_DL_ESTABLISH_REQ, NULL, 0);
		request(p, 0, I2_DL_ESTABLISH_REQ, NULL, 0);
		expect_nothing(p, 0);
		assert_int_equal(i2_deadline(p->end[0]), p->now + 1000); /* T200 */
		expire(p, 0);
	}
	/* nor is it asked again when layer 3 thinks otherwise, or does not ask */
	expect(p, 0, "00017f");
	feed(p, 0, "00011f");
	request(p, 0, I2_DL_ESTABLISH_REQ, NULL, 0);
	request(p, 0, I2_DL_RELEASE_REQ, NULL, 0);
	expire(p, 0);
	assert_int_equal(p->got[0][I2_DL_RELEASE_CONF], 1);
	expect_nothing(p, 0);
	request(p, 0, I2_DL_ESTABLISH_REQ, NULL, 0);
	expect(p, 0, "00017f"); /* long ago: at once */
	feed(p, 0, "000173");
	assert_int_equal(i2_own_state(p->end[0]), 7);
	pair_free(p);
}

static void q921_counters_of_a_link(void **state)
{
	struct pair *p = pair_up(7);
	struct isdn_link link;

	(void)state;
	feed(p, 0, "00018700000000"); /* FRMR: established again, and that fails */
	run_for(p, 10);
	assert_int_equal(i2_links(p->end[0], &link, 1), 1);
	assert_int_equal(link.counters.established, 2);
	assert_int_equal(link.counters.released, 0);
	feed(p, 0, "00018700000000");
	p->loss = 100;
	run_for(p, 5000);
	i2_links(p->end[0], &link, 1);
	assert_int_equal(link.state, 4);
	assert_int_equal(link.counters.released, 1);
	assert_int_equal(link.counters.in[ISDN_FRAME_FRMR], 2);
	assert_int_equal(link.counters.out[ISDN_FRAME_SABME], 1 + 1 + 4);
	assert_int_equal(link.counters.in[ISDN_FRAME_UA], 2);
	assert_int_equal(link.counters.t200_expiries, 4);
	assert_int_equal(link.counters.mdl_error['K' - 'A'], 2);
	assert_int_equal(link.counters.mdl_error['G' - 'A'], 1);
	assert_int_equal(link.counters.last_error, 'G');
	assert_in_range(link.counters.last_error_at, p->now - 1001, p->now - 999);
	run_for(p, 10000); /* never up again: not released again */
	request(p, 0, I2_DL_ESTABLISH_REQ, NULL, 0);
	run_for(p, 10000);
	i2_links(p->end[0], &link, 1);
	assert_int_equal(link.counters.released, 1);
	assert_string_equal(isdn_frame_name(ISDN_FRAME_FRMR), "FRMR");
	assert_string_equal(isdn_frame_name(ISDN_FRAME_TYPES), "?");
	assert_non_null(strstr(isdn_mdl_error_name('G'), "SABME"));
	assert_string_equal(isdn_mdl_error_name('P'), "?");
	assert_string_equal(isdn_mdl_error_name(0), "?");
	pair_free(p);
}

/* 5.6.5: what comes meanwhile is not lost, for the peer sends it again. */
static void q921_5_6_5_own_receiver_busy(void **state)
{
	struct pair *p = pair_up(7);
	struct isdn_link link;

	(void)state;
	i2_receiver_busy(p->end[0], true, p->now);
	i2_receiver_busy(p->end[0], true, p->now);
	expect(p, 0, "02010500"); /* RNR response, once */
	expect_nothing(p, 0);
	feed(p, 0, "020100000a000000"); /* was on its way: discarded */
	expect_nothing(p, 0);
	feed(p, 0, "020100010a000000"); /* with P: RNR, F */
	expect(p, 0, "02010501");
	feed(p, 0, "02010101"); /* RR command, P */
	expect(p, 0, "02010501");
	assert_int_equal(p->got[0][I2_DL_DATA_IND], 0);
	i2_links(p->end[0], &link, 1);
	assert_true(link.own_busy);
	say(p, 0); /* the other direction is open */
	expect(p, 0, "0001000000000000");
	expire(p, 0);
	expect(p, 0, "00010501"); /* the enquiry says it too */
	i2_receiver_busy(p->end[0], false, p->now);
	expect(p, 0, "02010100"); /* RR response */
	pair_free(p);
	/* with a peer: 100 messages arrive once, in order, after it; also over a new start */
	for (int anew = 0; anew < 2; anew++) {
		p = pair_up(7);
		i2_receiver_busy(p->end[0], true, p->now);
		run_for(p, 10);
		for (int n = 0; n < 100; n++)
			assert_int_equal(say(p, 1), 0);
		run_for(p, 15000);
		if (anew) {
			feed(p, 0, "00010f"); /* DM: our side starts anew, and is busy still */
			run_for(p, 10);
			i2_links(p->end[0], &link, 1);
			assert_true(link.own_busy && link.state == 7);
			run_for(p, 5000);
		}
		assert_int_equal(p->next_in[0], 0);
		i2_links(p->end[1], &link, 1);
		assert_true(link.peer_busy);
		i2_receiver_busy(p->end[0], false, p->now);
		run_for(p, 3000);
		assert_int_equal(p->next_in[0], 100);
		assert_int_equal(p->resets, 2);
		pair_free(p);
	}
}

/* ---- bad lines ---- */

/* 2,000 messages each way over a line that loses and repeats frames. */
static struct pair *bad_line(uint32_t seed, unsigned loss, unsigned dup)
{
	struct pair *p = pair_up(7);
	unsigned n[2] = { 0, 0 };

	p->seed = seed;
	p->loss = loss;
	p->dup = dup;
	while (n[0] < 2000 || n[1] < 2000) {
		for (int i = 0; i < 2; i++)
			if (n[i] < 2000 && say(p, i) == 0)
				n[i]++;
		run_for(p, 50);
	}
	p->loss = p->dup = 0;
	run_for(p, 60000);
	return p;
}

static void q921_on_a_bad_line_each_message_arrives_once(void **state)
{
	(void)state;
	for (uint32_t s = 1; s <= 8; s++) {
		struct pair *p = bad_line(s, 5, 5);

		assert_int_equal(p->resets, 2); /* none but the establishment */
		assert_int_equal(p->next_in[0], 2000);
		assert_int_equal(p->next_in[1], 2000);
		pair_free(p);
	}
}

/* So bad that N200 is exhausted: what is lost was told, and nothing arrives twice (see primitives).
 */
static void q921_on_a_very_bad_line_what_is_lost_is_told(void **state)
{
	unsigned resets = 0;

	(void)state;
	for (uint32_t s = 1; s <= 4; s++) {
		struct pair *p = bad_line(s, 20, 10);

		resets += p->resets;
		assert_true(p->next_in[0] > 1000 && p->next_in[1] > 1000);
		pair_free(p);
	}
	assert_true(resets > 4 * 2);
}

static void q921_2_9_frames_cut_at_each_length_and_garbage(void **state)
{
	struct pair *p = pair_up(7);
	uint8_t frame[300] = { 0x02, 0x01, 0x00, 0x00, 8, 2, 0, 1, 5 };
	struct i2_prim prim;

	(void)state;
	for (size_t len = 0; len <= 9; len++) {
		uint8_t *exact = malloc(len ? len : 1);

		memcpy(exact, frame, len);
		i2_rx(p->end[0], exact, len, p->now);
		free(exact);
	}
	for (int n = 0; n < 200000; n++) {
		size_t len = dice(p, 20);
		uint8_t out[I2_FRAME_MAX];
		size_t out_len;

		for (size_t i = 0; i < len; i++)
			frame[i] = (uint8_t)dice(p, 256);
		if (dice(p, 4)) { /* mostly for this link */
			frame[0] = (uint8_t)(dice(p, 2) << 1);
			frame[1] = 0x01;
		}
		i2_rx(p->end[0], frame, len, p->now);
		while (i2_tx(p->end[0], out, sizeof(out), &out_len, p->now) == 1)
			;
		while (i2_next(p->end[0], &prim) == 1)
			;
		if (dice(p, 3) == 0 && i2_own_state(p->end[0]) >= 7)
			say(p, 0);
		if (dice(p, 10) == 0) {
			p->now += dice(p, 1500);
			i2_timeout(p->end[0], p->now);
		}
		if (dice(p, 200) == 0)
			request(p, 0, (enum i2_prim_type)dice(p, 4), "x", 1);
		if (dice(p, 500) == 0) {
			i2_physical(p->end[0], dice(p, 2), p->now);
		}
	}
	pair_free(p);
}

static void q921_memory_fails_at_each_point_and_nothing_leaks(void **state)
{
	(void)state;
	for (size_t n = 1; n < 40; n++) {
		struct pair *p = calloc(1, sizeof(*p));
		struct i2_config c = config(false);
		uint8_t frame[I2_FRAME_MAX];
		size_t len;

		test_mem_init(&p->mem, &p->env.mem);
		test_mem_fail_at(&p->mem, n);
		if (i2_new(&p->end[0], &c, &p->env) == 0) {
			struct i2_prim est = { .type = I2_DL_ESTABLISH_REQ };

			(void)i2_request(p->end[0], &est, 1);
			(void)i2_rx(p->end[0], (const uint8_t *)"\x00\x01\x73", 3, 2);
			for (int k = 0; k < 30; k++) {
				struct i2_prim d = { .type = I2_DL_DATA_REQ,
						     .len = 3,
						     .data = (const uint8_t *)"abc" };
				int err = i2_request(p->end[0], &d, 3);

				assert_true(err == 0 || err == ISDN_ERR_NOMEM ||
					    err == ISDN_ERR_INVALCALLSTATE);
			}
			while (i2_tx(p->end[0], frame, sizeof(frame), &len, 4) == 1)
				;
			assert_int_equal(i2_tx(p->end[0], frame, 100, &len, 4), ISDN_ERR_NOSPC);
		}
		i2_free(p->end[0]);
		assert_int_equal(test_mem_live(&p->mem), 0);
		free(p);
	}
}

static void q921_every_row_of_the_table_was_reached(void **state)
{
	unsigned rows = 0, pairs = 0;

	(void)state;
	for (unsigned i = 0; i < i2_rows; i++) {
		if (!reached[i])
			print_message("row %u: states %x input %u (%s) was not reached\n", i,
				      i2_table[i].states, i2_table[i].input, i2_table[i].clause);
		rows += reached[i];
	}
	for (unsigned s = 1; s <= 8; s++)
		for (unsigned in = 0; in < IN_COUNT; in++)
			pairs += met[s][in];
	print_message("Q.921 Annex B: %u of %u rows, %u of %u pairs of state and input\n", rows,
		      i2_rows, pairs, 8 * IN_COUNT);
	assert_int_equal(rows, i2_rows);
	assert_int_equal(pairs, 8 * IN_COUNT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_table_has_a_last_row_for_each_state_and_input),
		cmocka_unit_test(the_table_reaches_each_state_and_names_its_clauses),
		cmocka_unit_test(q921_5_5_1_either_side_establishes),
		cmocka_unit_test(q921_5_5_5_sabme_collision),
		cmocka_unit_test(q921_3_3_frames_are_those_on_the_wire),
		cmocka_unit_test(q921_5_6_messages_pass_in_order_with_each_window),
		cmocka_unit_test(q921_5_6_once_warm_nothing_is_allocated),
		cmocka_unit_test(q921_5_5_1_3_nobody_answers),
		cmocka_unit_test(q921_a_link_that_is_kept_up_comes_again),
		cmocka_unit_test(q921_5_5_3_release),
		cmocka_unit_test(q921_a_release_waits_for_the_establishment),
		cmocka_unit_test(q921_5_10_2_t203_looks_after_an_idle_link),
		cmocka_unit_test(q921_5_6_4_reject_is_answered_by_repetition),
		cmocka_unit_test(q921_5_6_5_a_busy_peer_is_waited_for),
		cmocka_unit_test(q921_app_ii_the_letters_of_mdl_error),
		cmocka_unit_test(q921_5_7_what_a_new_start_of_the_peer_loses_is_told),
		cmocka_unit_test(q931_f_2_2_a_held_link_answers_dm),
		cmocka_unit_test(q921_5_2_unit_data),
		cmocka_unit_test(q921_annex_b_rare_inputs),
		cmocka_unit_test(q921_5_5_1_a_refusal_is_not_answered_by_a_storm),
		cmocka_unit_test(q921_counters_of_a_link),
		cmocka_unit_test(q921_5_6_5_own_receiver_busy),
		cmocka_unit_test(q921_annex_b_every_state_meets_every_frame),
		cmocka_unit_test(q921_annex_b_every_state_meets_every_input),
		cmocka_unit_test(q921_on_a_bad_line_each_message_arrives_once),
		cmocka_unit_test(q921_on_a_very_bad_line_what_is_lost_is_told),
		cmocka_unit_test(q921_2_9_frames_cut_at_each_length_and_garbage),
		cmocka_unit_test(q921_memory_fails_at_each_point_and_nothing_leaks),
		cmocka_unit_test(q921_every_row_of_the_table_was_reached),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
