/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * TEI management (Q.921 5.3) on a bus: a network and up to 70 terminals, or one
 * side and frames by hand, in virtual time. The last tests walk both tables and
 * see that every row was reached.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "q921/internal.h"
#include "tests/helper.h"

#define TERMINALS_MAX 70
#define NETWORK	      TERMINALS_MAX /* its place among the ends */
#define ENDS	      (TERMINALS_MAX + 1)

static bool reached[2][64], scenario[2][64], met[2][M_STATES][MI_COUNT];

struct bus {
	struct test_mem mem;
	struct isdn_env env;
	isdn_time now;
	unsigned n; /* terminals */
	struct i2 *end[ENDS];
	bool deaf[ENDS];
	unsigned got[ENDS][I2_PRIM_COUNT];
	struct i2_prim last[ENDS];
	uint32_t seed;
	unsigned loss; /* per cent */
};

static void watch(struct i2 *l2, const struct i2_link *l, unsigned row, bool mgmt)
{
	(void)l;
	if (mgmt)
		scenario[l2->config.network][row] = true;
}

static uint32_t dice(struct bus *b)
{
	b->seed = b->seed * 1664525u + 1013904223u;
	return b->seed >> 8;
}

static uint32_t random_hook(void *arg)
{
	return dice(arg);
}

static struct i2_config config(bool network)
{
	struct i2_config c = { .network = network,
			       .ptmp = true,
			       .wake = true,
			       .tei = I2_TEI_AUTO,
			       .k = 1,
			       .n201 = 260,
			       .n200 = 3,
			       .n202 = 3,
			       .t200 = 1000,
			       .t201 = 1000,
			       .t202 = 2000,
			       .t203 = 10000 };
	return c;
}

static void add(struct bus *b, unsigned i, const struct i2_config *c)
{
	assert_int_equal(i2_new(&b->end[i], c, &b->env), 0);
	b->end[i]->watch = watch;
}

static struct bus *bus_new(unsigned terminals)
{
	struct bus *b = calloc(1, sizeof(*b));
	struct i2_config c = config(true);

	assert_non_null(b);
	test_mem_init(&b->mem, &b->env.mem);
	b->env.random = random_hook;
	b->env.random_arg = b;
	b->now = 1;
	b->n = terminals;
	add(b, NETWORK, &c);
	c = config(false);
	for (unsigned i = 0; i < terminals; i++)
		add(b, i, &c);
	return b;
}

static void bus_free(struct bus *b)
{
	for (unsigned i = 0; i < ENDS; i++)
		i2_free(b->end[i]);
	assert_int_equal(test_mem_live(&b->mem), 0);
	free(b);
}

static void take(struct bus *b, unsigned i)
{
	while (i2_next(b->end[i], &b->last[i]) == 1)
		b->got[i][b->last[i].type]++;
}

static void give(struct bus *b, unsigned to, const uint8_t *frame, size_t len)
{
	if (!b->end[to] || b->deaf[to] || dice(b) % 100 < b->loss)
		return;
	assert_int_equal(i2_rx(b->end[to], frame, len, b->now), 0);
	take(b, to);
}

static void exchange(struct bus *b)
{
	uint8_t frame[I2_FRAME_MAX];
	bool any = true;
	size_t len;

	while (any) {
		any = false;
		for (unsigned i = 0; i < ENDS; i++)
			while (b->end[i] &&
			       i2_tx(b->end[i], frame, sizeof(frame), &len, b->now) == 1) {
				any = true;
				if (b->deaf[i])
					continue;
				for (unsigned to = 0; i == NETWORK && to < b->n; to++)
					give(b, to, frame, len);
				if (i != NETWORK)
					give(b, NETWORK, frame, len);
			}
	}
}

static void run_for(struct bus *b, isdn_time ms)
{
	isdn_time end = b->now + ms;

	exchange(b);
	for (;;) {
		isdn_time next = ISDN_NEVER;

		for (unsigned i = 0; i < ENDS; i++)
			if (b->end[i] && i2_deadline(b->end[i]) < next)
				next = i2_deadline(b->end[i]);
		if (next > end)
			break;
		b->now = next;
		for (unsigned i = 0; i < ENDS; i++)
			if (b->end[i] && i2_deadline(b->end[i]) <= b->now) {
				i2_timeout(b->end[i], b->now);
				take(b, i);
			}
		exchange(b);
	}
	b->now = end;
}

static int ask(struct bus *b, unsigned i, enum i2_prim_type type, unsigned sapi, unsigned tei,
	       const char *text)
{
	struct i2_prim p = { .type = type, .dlci = { (uint8_t)sapi, (uint8_t)tei } };
	int err;

	p.len = (uint16_t)strlen(text);
	p.data = (const uint8_t *)text;
	err = i2_request(b->end[i], &p, b->now);
	take(b, i);
	return err;
}

static void establish(struct bus *b, unsigned i)
{
	assert_int_equal(ask(b, i, I2_DL_ESTABLISH_REQ, 0, 0, ""), 0);
}

static unsigned tei_of(const struct bus *b, unsigned i)
{
	return b->end[i]->teis[0].tei;
}

static void feed(struct bus *b, unsigned i, const char *hex)
{
	uint8_t frame[300];
	size_t n = test_hex(hex, frame, sizeof(frame));

	assert_int_equal(i2_rx(b->end[i], frame, n, b->now), 0);
	take(b, i);
}

/* The next frame; "*" stands for any octet. */
static void expect(struct bus *b, unsigned i, const char *hex)
{
	uint8_t frame[I2_FRAME_MAX];
	char is[2 * I2_FRAME_MAX + 1] = "";
	size_t len;

	assert_int_equal(i2_tx(b->end[i], frame, sizeof(frame), &len, b->now), 1);
	for (size_t k = 0; k < len; k++)
		snprintf(is + 2 * k, 3, "%02x", frame[k]);
	assert_int_equal(strlen(is), strlen(hex));
	for (size_t k = 0; hex[k]; k++)
		if (hex[k] != '*' && hex[k] != is[k])
			fail_msg("sent %s, not %s", is, hex);
}

static void expect_nothing(struct bus *b, unsigned i)
{
	uint8_t frame[I2_FRAME_MAX];
	size_t len;

	assert_int_equal(i2_tx(b->end[i], frame, sizeof(frame), &len, b->now), 0);
}

static void expire(struct bus *b, unsigned i)
{
	b->now = i2_deadline(b->end[i]);
	i2_timeout(b->end[i], b->now);
	take(b, i);
}

static struct i2_totals totals(const struct bus *b, unsigned i)
{
	struct i2_totals t;

	i2_totals(b->end[i], &t);
	return t;
}

/* A terminal alone that has TEI 64 and has said all that it wants to say. */
static struct bus *terminal(void)
{
	struct bus *b = bus_new(1);
	char assigned[] = "feff030f****0281";
	uint8_t frame[I2_FRAME_MAX];
	size_t len;

	ask(b, 0, I2_DL_UNIT_DATA_REQ, 0, 0, "x");
	assert_int_equal(i2_tx(b->end[0], frame, sizeof(frame), &len, b->now), 1);
	snprintf(assigned + 8, 9, "%02x%02x0281", frame[4], frame[5]);
	feed(b, 0, assigned);
	assert_int_equal(tei_of(b, 0), 64);
	expect(b, 0, "00810378");
	expect_nothing(b, 0);
	return b;
}

/* ---- assignment ---- */

static void q921_5_3_2_assignment_octet_by_octet(void **state)
{
	struct bus *b = bus_new(1);
	uint8_t request[I2_FRAME_MAX];
	char assigned[40];
	size_t len;

	(void)state;
	i2_start(b->end[NETWORK], b->now);
	expect(b, NETWORK, "feff030f000006ff"); /* whatever TEIs there are from before */
	establish(b, 0);
	assert_int_equal(i2_own_state(b->end[0]), 3);
	assert_int_equal(i2_tx(b->end[0], request, sizeof(request), &len, b->now), 1);
	assert_int_equal(len, 8);
	assert_memory_equal(request, "\xfc\xff\x03\x0f", 4);
	assert_memory_equal(request + 6, "\x01\xff", 2);
	give(b, NETWORK, request, len);
	snprintf(assigned, sizeof(assigned), "feff030f%02x%02x0281", request[4], request[5]);
	expect(b, NETWORK, assigned);
	feed(b, 0, assigned);
	expect(b, 0, "00817f"); /* SABME with TEI 64 */
	feed(b, NETWORK, "00817f");
	expect(b, NETWORK, "008173");
	assert_int_equal(b->got[NETWORK][I2_DL_ESTABLISH_IND], 1);
	assert_int_equal(b->last[NETWORK].dlci.tei, 64);
	feed(b, 0, "008173");
	assert_int_equal(b->got[0][I2_DL_ESTABLISH_CONF], 1);
	bus_free(b);
}

static void q921_5_3_2_eight_terminals_with_two_sapis(void **state)
{
	struct bus *b = bus_new(0);
	struct i2_config c = config(true);
	struct isdn_link links[20];
	uint8_t seen[128] = { 0 };

	(void)state;
	i2_free(b->end[NETWORK]);
	c.n_sapis = 2;
	c.sapi[1] = 16;
	add(b, NETWORK, &c);
	b->n = 8;
	for (unsigned i = 0; i < 8; i++) {
		struct i2_config t = config(false);

		t.n_sapis = 2;
		t.sapi[1] = 16;
		add(b, i, &t);
		establish(b, i);
		ask(b, i, I2_DL_ESTABLISH_REQ, 16, 0, "");
	}
	run_for(b, 10);
	assert_int_equal(i2_links(b->end[NETWORK], links, 20), 16);
	assert_int_equal(i2_links(b->end[NETWORK], NULL, 0), 16);
	for (unsigned i = 0; i < 16; i++) {
		assert_int_equal(links[i].state, 7);
		assert_int_equal(links[i].sapi, i < 8 ? 0 : 16);
		assert_in_range(links[i].tei, 64, 126);
		seen[links[i].tei]++;
	}
	for (unsigned i = 0; i < 8; i++)
		assert_int_equal(seen[tei_of(b, i)], 2);
	/* each its own messages, on both SAPIs, and the windows do not hinder each other */
	for (unsigned n = 0; n < 50; n++)
		for (unsigned i = 0; i < 8; i++) {
			assert_int_equal(ask(b, NETWORK, I2_DL_DATA_REQ, 16, tei_of(b, i), "x"), 0);
			assert_int_equal(ask(b, NETWORK, I2_DL_DATA_REQ, 0, tei_of(b, i), "yy"), 0);
			assert_int_equal(ask(b, i, I2_DL_DATA_REQ, 0, 0, "zzz"), 0);
		}
	run_for(b, 10);
	for (unsigned i = 0; i < 8; i++)
		assert_int_equal(b->got[i][I2_DL_DATA_IND], 100);
	assert_int_equal(b->got[NETWORK][I2_DL_DATA_IND], 400);
	assert_int_equal(ask(b, NETWORK, I2_DL_DATA_REQ, 0, 126, "x"), ISDN_ERR_INVALCALLSTATE);
	assert_int_equal(ask(b, NETWORK, I2_DL_DATA_REQ, 1, 64, "x"), ISDN_ERR_INVAL);
	bus_free(b);
}

static void q921_5_3_2_1_nobody_answers_the_request(void **state)
{
	struct bus *b = bus_new(1);
	unsigned ri[3];

	(void)state;
	establish(b, 0);
	for (int n = 0; n < 3; n++) {
		uint8_t frame[I2_FRAME_MAX];
		size_t len;

		assert_int_equal(i2_tx(b->end[0], frame, sizeof(frame), &len, b->now), 1);
		ri[n] = (unsigned)frame[4] << 8 | frame[5];
		expect_nothing(b, 0);
		assert_int_equal(i2_deadline(b->end[0]), b->now + 2000); /* T202 */
		expire(b, 0);
	}
	assert_true(ri[0] != ri[1] && ri[1] != ri[2]); /* a new Ri each time */
	assert_int_equal(b->got[0][I2_DL_RELEASE_IND], 1);
	assert_int_equal(i2_own_state(b->end[0]), 1);
	expire(b, 0); /* the pause */
	expect_nothing(b, 0);
	assert_true(i2_deadline(b->end[0]) == ISDN_NEVER);
	bus_free(b);
}

/* States 1 to 3: what is asked for meanwhile. */
static void q921_annex_b_requests_while_there_is_no_tei(void **state)
{
	struct bus *b = bus_new(1);
	uint8_t frame[I2_FRAME_MAX];
	char assigned[40];
	size_t len;

	(void)state;
	ask(b, 0, I2_DL_RELEASE_REQ, 0, 0, "");
	assert_int_equal(b->got[0][I2_DL_RELEASE_CONF], 1);
	ask(b, 0, I2_DL_UNIT_DATA_REQ, 0, 0, "1");
	ask(b, 0, I2_DL_UNIT_DATA_REQ, 0, 0, "2");
	assert_int_equal(i2_own_state(b->end[0]), 2);
	ask(b, 0, I2_DL_RELEASE_REQ, 0, 0, "");
	assert_int_equal(b->got[0][I2_DL_RELEASE_CONF], 2);
	establish(b, 0);
	ask(b, 0, I2_DL_UNIT_DATA_REQ, 0, 0, "3");
	assert_int_equal(ask(b, 0, I2_DL_DATA_REQ, 0, 0, "x"), ISDN_ERR_INVALCALLSTATE);
	assert_int_equal(i2_own_state(b->end[0]), 3);
	ask(b, 0, I2_DL_RELEASE_REQ, 0, 0, "");
	assert_int_equal(b->got[0][I2_DL_RELEASE_CONF], 3);
	assert_int_equal(i2_own_state(b->end[0]), 2);
	establish(b, 0);
	assert_int_equal(i2_tx(b->end[0], frame, sizeof(frame), &len, b->now), 1);
	expect_nothing(b, 0); /* one request for all that */
	snprintf(assigned, sizeof(assigned), "feff030f%02x%02x0281", frame[4], frame[5]);
	feed(b, 0, assigned);
	expect(b, 0, "00810331");
	expect(b, 0, "00810332");
	expect(b, 0, "00810333");
	expect(b, 0, "00817f");
	expect_nothing(b, 0);
	bus_free(b);
}

/* Unit data that found no TEI is not sent later; a release that waits is confirmed by a removal. */
static void q921_annex_b_what_ends_with_the_tei(void **state)
{
	struct bus *b;

	(void)state;
	for (int down = 0; down < 2; down++) {
		char denied[] = "feff030f****03ff", assigned[] = "feff030f****0281";
		uint8_t frame[I2_FRAME_MAX];
		size_t len;

		b = bus_new(1);
		ask(b, 0, I2_DL_UNIT_DATA_REQ, 0, 0, "1");
		assert_int_equal(i2_tx(b->end[0], frame, sizeof(frame), &len, b->now), 1);
		snprintf(denied + 8, 9, "%02x%02x03ff", frame[4], frame[5]);
		if (down)
			i2_physical(b->end[0], false, b->now);
		else
			feed(b, 0, denied);
		assert_int_equal(i2_own_state(b->end[0]), 1);
		if (down)
			i2_physical(b->end[0], true, b->now);
		b->now += 5000;
		establish(b, 0);
		assert_int_equal(i2_tx(b->end[0], frame, sizeof(frame), &len, b->now), 1);
		snprintf(assigned + 8, 9, "%02x%02x0281", frame[4], frame[5]);
		feed(b, 0, assigned);
		expect(b, 0, "00817f");
		expect_nothing(b, 0);
		ask(b, 0, I2_DL_RELEASE_REQ, 0, 0, "");
		feed(b, 0, "feff030f00000681");
		assert_int_equal(b->got[0][I2_DL_RELEASE_CONF], 1);
		assert_int_equal(b->got[0][I2_DL_RELEASE_IND], 0);
		assert_int_equal(i2_own_state(b->end[0]), 1);
		bus_free(b);
	}
}

static void q921_a_link_that_is_kept_up_goes_on_asking(void **state)
{
	struct bus *b = bus_new(1);
	struct i2_config c = config(false);

	(void)state;
	i2_free(b->end[0]);
	c.keep_up = true;
	add(b, 0, &c);
	b->loss = 100;
	establish(b, 0);
	run_for(b, 60000);
	assert_in_range(b->got[0][I2_DL_RELEASE_IND], 5, 10);
	b->loss = 0;
	run_for(b, 8000);
	assert_int_equal(i2_own_state(b->end[0]), 7);
	/* the network takes the TEI away: another is got */
	assert_int_equal(i2_tei_remove(b->end[NETWORK], tei_of(b, 0), b->now), 0);
	run_for(b, 3000);
	assert_int_equal(i2_own_state(b->end[0]), 7);
	/* the line is dead for an hour, and comes back */
	i2_physical(b->end[0], false, b->now);
	b->loss = 100;
	run_for(b, 3600000);
	b->loss = 0;
	i2_physical(b->end[0], true, b->now);
	run_for(b, 8000);
	assert_int_equal(i2_own_state(b->end[0]), 7);
	bus_free(b);
}

static void q921_5_3_2_answers_that_are_not_ours(void **state)
{
	struct bus *b = bus_new(1);
	uint8_t frame[I2_FRAME_MAX];
	char text[40];
	size_t len;

	(void)state;
	establish(b, 0);
	assert_int_equal(i2_tx(b->end[0], frame, sizeof(frame), &len, b->now), 1);
	snprintf(text, sizeof(text), "feff030f%02x%02x0281", frame[4] ^ 1, frame[5]);
	feed(b, 0, text); /* the Ri of another */
	snprintf(text, sizeof(text), "feff030f%02x%02x03ff", frame[4] ^ 1, frame[5]);
	feed(b, 0, text);
	snprintf(text, sizeof(text), "feff030f%02x%02x020b", frame[4], frame[5]);
	feed(b, 0, text); /* 5 can not be assigned automatically */
	snprintf(text, sizeof(text), "feff030f%02x%02x02ff", frame[4], frame[5]);
	feed(b, 0, text);		/* nor can 127 */
	feed(b, 0, "feff030f000004ff"); /* checks and removals do not concern it */
	feed(b, 0, "feff030f000006ff");
	assert_int_equal(i2_own_state(b->end[0]), 3);
	expect_nothing(b, 0);
	snprintf(text, sizeof(text), "feff030f%02x%02x03ff", frame[4], frame[5]);
	feed(b, 0, text); /* denied */
	assert_int_equal(b->got[0][I2_DL_RELEASE_IND], 1);
	assert_int_equal(i2_own_state(b->end[0]), 1);
	establish(b, 0); /* it may try again, in a while */
	expect_nothing(b, 0);
	assert_int_equal(i2_deadline(b->end[0]), b->now + 1000);
	expire(b, 0);
	expect(b, 0, "fcff030f****01ff");
	bus_free(b);
}

static void q921_5_3_2_a_request_that_the_line_repeats_gets_one_tei(void **state)
{
	struct bus *b = bus_new(0);

	(void)state;
	feed(b, NETWORK, "fcff030f123401ff");
	feed(b, NETWORK, "fcff030f123401ff");
	expect(b, NETWORK, "feff030f12340281");
	expect(b, NETWORK, "feff030f12340281");
	feed(b, NETWORK, "fcff030f123501ff");
	expect(b, NETWORK, "feff030f12350283");
	b->now += 2000; /* later it is another terminal with the same Ri */
	feed(b, NETWORK, "fcff030f123401ff");
	expect(b, NETWORK, "feff030f12340285");
	feed(b, NETWORK, "fcff030f77770195"); /* a certain TEI is wanted */
	expect(b, NETWORK, "feff030f77770395");
	feed(b, NETWORK, "fcff030f77770181");
	expect(b, NETWORK, "feff030f77770381");
	bus_free(b);
}

static void q921_5_3_2_when_all_teis_are_taken_those_of_nobody_are_found(void **state)
{
	struct bus *b = bus_new(64);

	(void)state;
	for (unsigned i = 0; i < 64; i++)
		establish(b, i);
	run_for(b, 10);
	for (unsigned i = 0; i < 63; i++)
		assert_int_equal(i2_own_state(b->end[i]), 7);
	assert_int_equal(i2_own_state(b->end[63]), 1); /* denied */
	assert_int_equal(totals(b, NETWORK).tei_denied, 1);
	run_for(b, 5000);
	for (unsigned i = 0; i < 63; i++)
		assert_int_equal(i2_own_state(b->end[i]), 7); /* the check took none away */
	for (unsigned i = 10; i < 20; i++) {
		i2_free(b->end[i]); /* pulled out */
		b->end[i] = NULL;
	}
	establish(b, 63);
	run_for(b, 10);
	assert_int_equal(i2_own_state(b->end[63]), 1);
	run_for(b, 3000); /* T201 twice */
	establish(b, 63);
	run_for(b, 10);
	assert_int_equal(i2_own_state(b->end[63]), 7);
	assert_int_equal(i2_links(b->end[NETWORK], NULL, 0), 54);
	assert_int_equal(b->got[NETWORK][I2_DL_RELEASE_IND], 10);
	bus_free(b);
}

static void q921_fixed_teis_beside_automatic_ones(void **state)
{
	struct bus *b = bus_new(3);

	(void)state;
	for (unsigned i = 0; i < 2; i++) {
		struct i2_config c = config(false);

		i2_free(b->end[i]);
		c.tei = (uint8_t)(i * 63);
		add(b, i, &c);
	}
	for (unsigned i = 0; i < 3; i++)
		establish(b, i);
	run_for(b, 10);
	for (unsigned i = 0; i < 3; i++)
		assert_int_equal(i2_own_state(b->end[i]), 7);
	assert_int_equal(i2_state(b->end[NETWORK], 0, 63), 7);
	assert_int_equal(i2_tei_check(b->end[NETWORK], 63, b->now), 0);
	run_for(b, 3000);
	assert_int_equal(i2_state(b->end[NETWORK], 0, 63), 7);
	/* it can be taken from the network's list, but not from the terminal */
	assert_int_equal(i2_tei_remove(b->end[NETWORK], 63, b->now), 0);
	run_for(b, 10);
	assert_int_equal(i2_state(b->end[NETWORK], 0, 63), 0);
	assert_int_equal(tei_of(b, 1), 63);
	run_for(b, 60000); /* T203, enquiries, SABME: the terminal is adopted again */
	assert_int_equal(i2_state(b->end[NETWORK], 0, 63), 7);
	feed(b, NETWORK, "000a01");   /* EA wrong */
	feed(b, NETWORK, "000b0101"); /* RR from TEI 5: not how a terminal begins */
	assert_int_equal(i2_state(b->end[NETWORK], 0, 5), 0);
	bus_free(b);
}

/* ---- check ---- */

static void q921_5_3_3_check(void **state)
{
	struct bus *b = bus_new(2);

	(void)state;
	establish(b, 0);
	establish(b, 1);
	run_for(b, 10);
	assert_int_equal(i2_tei_check(b->end[NETWORK], ISDN_TEI_BROADCAST, b->now), 0);
	run_for(b, 3000);
	assert_int_equal(i2_state(b->end[NETWORK], 0, 64), 7);
	assert_int_equal(i2_state(b->end[NETWORK], 0, 65), 7);
	/* one is pulled out */
	b->deaf[1] = true;
	assert_int_equal(i2_tei_check(b->end[NETWORK], tei_of(b, 1), b->now), 0);
	run_for(b, 1500);
	assert_int_equal(i2_state(b->end[NETWORK], 0, tei_of(b, 1)), 7);
	run_for(b, 1000);
	assert_int_equal(i2_state(b->end[NETWORK], 0, tei_of(b, 1)), 0);
	assert_int_equal(b->got[NETWORK][I2_DL_RELEASE_IND], 1);
	assert_int_equal(i2_tei_check(b->end[NETWORK], tei_of(b, 1), b->now),
			 ISDN_ERR_INVALCALLSTATE);
	assert_int_equal(i2_tei_check(b->end[NETWORK], 128, b->now), ISDN_ERR_INVAL);
	assert_int_equal(i2_tei_check(b->end[0], 64, b->now), ISDN_ERR_INVAL);
	/* it comes back with the TEI that it had: it is told, and gets another */
	b->deaf[1] = false;
	run_for(b, 30000);
	establish(b, 1);
	run_for(b, 3000);
	establish(b, 1);
	run_for(b, 10);
	assert_int_equal(i2_own_state(b->end[1]), 7);
	assert_int_equal(i2_state(b->end[NETWORK], 0, tei_of(b, 1)), 7);
	bus_free(b);
}

static void q921_5_3_3_2_two_terminals_with_one_tei(void **state)
{
	struct bus *b = bus_new(2);

	(void)state;
	establish(b, 0);
	run_for(b, 10);
	/* the second believes that it has the same */
	b->end[1]->teis[0].tei = 64;
	b->end[1]->teis[0].state = M_ASSIGNED;
	i2_link_run(b->end[1]->links, IN_ASSIGN_REQ);
	assert_int_equal(i2_tei_check(b->end[NETWORK], 64, b->now), 0);
	run_for(b, 1100);
	assert_int_equal(tei_of(b, 0), I2_TEI_AUTO);
	assert_int_equal(tei_of(b, 1), I2_TEI_AUTO);
	assert_int_equal(i2_state(b->end[NETWORK], 0, 64), 0);
	establish(b, 0);
	establish(b, 1);
	run_for(b, 1010); /* the pause after such a loss */
	assert_int_not_equal(tei_of(b, 0), tei_of(b, 1));
	assert_int_equal(i2_own_state(b->end[0]), 7);
	assert_int_equal(i2_own_state(b->end[1]), 7);
	bus_free(b);
	/* responses to the check: one, twice the same, two */
	for (int n = 0; n < 3; n++) {
		b = bus_new(0);
		feed(b, NETWORK, "fcff030f123401ff");
		expect(b, NETWORK, "feff030f12340281");
		i2_tei_check(b->end[NETWORK], 64, b->now);
		expect(b, NETWORK, "feff030f00000481");
		i2_tei_check(b->end[NETWORK], 64, b->now); /* is under way */
		feed(b, NETWORK, "fcff030faaaa0581");
		if (n == 1)
			feed(b, NETWORK, "fcff030faaaa0581");
		if (n == 2) { /* it lists two, of which 65 was not assigned */
			feed(b, NETWORK, "fcff030fbbbb058281");
			expect(b, NETWORK, "feff030f00000683");
		}
		expire(b, NETWORK);
		if (n == 2) {
			expect(b, NETWORK, "feff030f00000681");
			expect(b, NETWORK, "feff030f00000681");
		}
		expect_nothing(b, NETWORK);
		assert_int_equal(i2_state(b->end[NETWORK], 0, 64), n == 2 ? 0 : 4);
		bus_free(b);
	}
}

/* A check of all, or a second one, asks nobody who is being asked: good terminals stay. */
static void q921_5_3_3_a_check_during_a_check(void **state)
{
	struct bus *b = bus_new(3);

	(void)state;
	for (unsigned i = 0; i < 3; i++)
		establish(b, i);
	run_for(b, 10);
	i2_tei_check(b->end[NETWORK], 64, b->now);
	exchange(b);
	i2_tei_check(b->end[NETWORK], ISDN_TEI_BROADCAST, b->now);
	i2_tei_check(b->end[NETWORK], ISDN_TEI_BROADCAST, b->now);
	exchange(b);
	run_for(b, 3000);
	for (unsigned i = 0; i < 3; i++)
		assert_int_equal(i2_state(b->end[NETWORK], 0, 64 + i), 7);
	assert_int_equal(totals(b, NETWORK).tei_removed, 0);
	bus_free(b);
	/* the answer to the first request comes after the second */
	b = bus_new(0);
	feed(b, NETWORK, "fcff030f123401ff");
	expect(b, NETWORK, "feff030f12340281");
	i2_tei_check(b->end[NETWORK], 64, b->now);
	expect(b, NETWORK, "feff030f00000481");
	expire(b, NETWORK);
	expect(b, NETWORK, "feff030f00000481");
	feed(b, NETWORK, "fcff030faaaa0581");
	feed(b, NETWORK, "fcff030fbbbb0581");
	expire(b, NETWORK);
	expect_nothing(b, NETWORK);
	assert_int_equal(i2_state(b->end[NETWORK], 0, 64), 4);
	bus_free(b);
}

static void q921_5_3_3_a_terminal_answers_for_itself_only(void **state)
{
	struct bus *b = terminal();

	(void)state;
	feed(b, 0, "feff030f00000483");
	expect_nothing(b, 0);
	feed(b, 0, "feff030f00000481");
	expect(b, 0, "fcff030f****0581");
	feed(b, 0, "feff030f000004ff");
	expect(b, 0, "fcff030f****0581");
	bus_free(b);
}

/* ---- removal and verification ---- */

static void q921_5_3_4_removal(void **state)
{
	struct bus *b = terminal();

	(void)state;
	feed(b, 0, "feff030f00000683");
	assert_int_equal(tei_of(b, 0), 64);
	feed(b, 0, "feff030f00000681");
	assert_int_equal(tei_of(b, 0), I2_TEI_AUTO);
	assert_int_equal(i2_own_state(b->end[0]), 1);
	assert_int_equal(totals(b, 0).tei_removed, 1);
	feed(b, 0, "feff030f00000681"); /* none left to remove */
	bus_free(b);
	/* all, in each state of the link */
	for (int s = 4; s <= 7; s++) {
		b = terminal();
		if (s >= 5)
			establish(b, 0);
		if (s >= 6)
			feed(b, 0, "008173");
		if (s == 6)
			ask(b, 0, I2_DL_RELEASE_REQ, 0, 0, "");
		assert_int_equal(i2_own_state(b->end[0]), s);
		feed(b, 0, "feff030f000006ff");
		assert_int_equal(i2_own_state(b->end[0]), 1);
		assert_int_equal(b->got[0][I2_DL_RELEASE_IND], s == 5 || s == 7);
		assert_int_equal(b->got[0][I2_DL_RELEASE_CONF], s == 6);
		run_for(b, 1000); /* the pause */
		assert_true(i2_deadline(b->end[0]) == ISDN_NEVER);
		bus_free(b);
	}
	b = bus_new(5);
	for (unsigned i = 0; i < 5; i++)
		establish(b, i);
	run_for(b, 10);
	assert_int_equal(i2_tei_remove(b->end[NETWORK], ISDN_TEI_BROADCAST, b->now), 0);
	run_for(b, 10);
	assert_int_equal(i2_links(b->end[NETWORK], NULL, 0), 0);
	for (unsigned i = 0; i < 5; i++)
		assert_int_equal(b->got[i][I2_DL_RELEASE_IND], 1);
	assert_int_equal(i2_tei_remove(b->end[NETWORK], 64, b->now), ISDN_ERR_INVALCALLSTATE);
	assert_int_equal(i2_tei_remove(b->end[0], 64, b->now), ISDN_ERR_INVAL);
	bus_free(b);
}

static void q921_5_3_4_a_tei_that_was_not_assigned_is_removed_now_and_then(void **state)
{
	struct bus *b = bus_new(0);

	(void)state;
	for (int n = 0; n < 10; n++)
		feed(b, NETWORK, "00a97f"); /* SABME, TEI 84 */
	expect(b, NETWORK, "feff030f000006a9");
	expect_nothing(b, NETWORK);
	b->now += 1000; /* T201 */
	feed(b, NETWORK, "00a97f");
	expect(b, NETWORK, "feff030f000006a9");
	feed(b, NETWORK, "fcff030f000005ab"); /* a response without a check */
	expect(b, NETWORK, "feff030f000006ab");
	feed(b, NETWORK, "fcff030f000007ad"); /* a verification */
	expect(b, NETWORK, "feff030f000006ad");
	feed(b, NETWORK, "fcff030f000007ad");
	feed(b, NETWORK, "fcff030f000007ff");
	expect_nothing(b, NETWORK);
	assert_int_equal(totals(b, NETWORK).frames_foreign, 11);
	bus_free(b);
}

static void q921_5_3_5_verification(void **state)
{
	static const char *const reasons[] = {
		"008163",	    /* UA without F: MDL-ERROR D */
		"008173",	    /* UA with F: C */
		"feff030f77770281", /* our TEI is given to another */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++) {
		struct bus *b = terminal();

		feed(b, 0, reasons[i]);
		expect(b, 0, "fcff030f00000781");
		feed(b, 0, reasons[i]); /* is under way */
		expect_nothing(b, 0);
		feed(b, 0, "feff030f00000481"); /* the network checks: it is ours */
		expect(b, 0, "fcff030f****0581");
		assert_true(i2_deadline(b->end[0]) == ISDN_NEVER);
		feed(b, 0, reasons[i]);
		expect(b, 0, "fcff030f00000781");
		expire(b, 0); /* T202 */
		expect(b, 0, "fcff030f00000781");
		expire(b, 0);
		expect_nothing(b, 0);
		assert_int_equal(i2_own_state(b->end[0]), 1);
		bus_free(b);
		b = terminal();
		feed(b, 0, reasons[i]);
		feed(b, 0, "feff030f00000681"); /* the network removes it instead */
		assert_int_equal(i2_own_state(b->end[0]), 1);
		bus_free(b);
	}
	{
		struct bus *b = bus_new(2);

		establish(b, 0);
		run_for(b, 10);
		b->deaf[1] = true;
		feed(b, 0, "008163"); /* the network answers, and finds it in order */
		run_for(b, 5000);
		assert_int_equal(i2_own_state(b->end[0]), 7);
		assert_int_equal(totals(b, NETWORK).tei_checks, 1);
		bus_free(b);
	}
}

/* The network calls a terminal that was pulled out: G, check, nobody: the TEI is free again. */
static void q921_5_3_3_the_network_looks_after_a_terminal_that_does_not_answer(void **state)
{
	struct bus *b = bus_new(1);

	(void)state;
	establish(b, 0);
	run_for(b, 10);
	ask(b, 0, I2_DL_RELEASE_REQ, 0, 0, "");
	run_for(b, 10);
	b->deaf[0] = true;
	assert_int_equal(ask(b, NETWORK, I2_DL_ESTABLISH_REQ, 0, 64, ""), 0);
	run_for(b, 10000);
	assert_int_equal(i2_state(b->end[NETWORK], 0, 64), 0);
	assert_int_equal(b->got[NETWORK][I2_DL_RELEASE_IND], 2);
	assert_int_equal(totals(b, NETWORK).links.last_error, 'G');
	assert_int_equal(totals(b, NETWORK).links.mdl_error['G' - 'A'], 1);
	bus_free(b);
}

/* Nobody can answer a check or a verification while layer 1 is down: a TEI outlives that. */
static void q921_5_3_a_tei_is_not_checked_without_layer_1(void **state)
{
	struct bus *b = bus_new(1);

	(void)state;
	establish(b, 0);
	run_for(b, 10);
	for (int when = 0; when < 2; when++) {
		if (when)
			i2_tei_check(b->end[NETWORK], 64, b->now); /* it began before */
		b->deaf[0] = true;
		i2_physical(b->end[0], false, b->now);
		i2_physical(b->end[NETWORK], false, b->now);
		take(b, 0);
		take(b, NETWORK);
		establish(b, 0);
		ask(b, NETWORK, I2_DL_ESTABLISH_REQ, 0, 64, "");
		run_for(b, 20000);
		assert_int_equal(tei_of(b, 0), 64);
		assert_int_equal(i2_state(b->end[NETWORK], 0, 64), 4);
		b->deaf[0] = false;
		i2_physical(b->end[0], true, b->now);
		i2_physical(b->end[NETWORK], true, b->now);
		establish(b, 0); /* at once: layer 1 is back, and no refusal counts */
		run_for(b, 10);
		assert_int_equal(i2_own_state(b->end[0]), 7);
		run_for(b, 5000);
		assert_int_equal(i2_state(b->end[NETWORK], 0, 64), 7);
	}
	bus_free(b);
}

/* Layer 3 waits for an establishment that was put off, and the TEI goes: it is told. */
static void q921_5_3_4_a_removal_ends_what_was_put_off(void **state)
{
	struct bus *b = bus_new(1);

	(void)state;
	establish(b, 0);
	run_for(b, 10);
	ask(b, 0, I2_DL_RELEASE_REQ, 0, 0, "");
	run_for(b, 10);
	assert_int_equal(b->got[NETWORK][I2_DL_RELEASE_IND], 1);
	ask(b, NETWORK, I2_DL_ESTABLISH_REQ, 0, 64, "");
	i2_tei_remove(b->end[NETWORK], 64, b->now);
	take(b, NETWORK);
	assert_int_equal(b->got[NETWORK][I2_DL_RELEASE_IND], 2);
	bus_free(b);
}

/* What a terminal sends to all is for nobody here. */
static void q921_5_2_no_broadcast_comes_from_a_terminal(void **state)
{
	struct bus *b = bus_new(0);

	(void)state;
	feed(b, NETWORK, "00ff030802010105");
	assert_int_equal(b->got[NETWORK][I2_DL_UNIT_DATA_IND], 0);
	assert_int_equal(totals(b, NETWORK).frames_foreign, 1);
	bus_free(b);
}

/* The vacated link is gone although its timer found no memory for another. */
static void q921_a_fixed_tei_comes_back_after_memory_was_short(void **state)
{
	struct bus *b = bus_new(0);

	(void)state;
	feed(b, NETWORK, "000b7f"); /* SABME, TEI 5 */
	expect(b, NETWORK, "000b73");
	i2_tei_check(b->end[NETWORK], 5, b->now);
	expire(b, NETWORK);
	b->now = i2_deadline(b->end[NETWORK]);
	i2_timeout(b->end[NETWORK], b->now);
	assert_int_equal(i2_state(b->end[NETWORK], 0, 5), 0);
	while (i2_deadline(b->end[NETWORK]) != ISDN_NEVER)
		expire(b, NETWORK);
	feed(b, NETWORK, "000b7f");
	assert_int_equal(i2_state(b->end[NETWORK], 0, 5), 7);
	bus_free(b);
}

static void q921_layer_1_goes_and_comes_while_a_tei_is_asked_for(void **state)
{
	struct bus *b = bus_new(1);

	(void)state;
	i2_physical(b->end[0], false, b->now);
	establish(b, 0); /* the frame is the request to activate */
	expect(b, 0, "fcff030f****01ff");
	i2_physical(b->end[0], true, b->now);
	expect(b, 0, "fcff030f****01ff");
	i2_physical(b->end[0], false, b->now);
	take(b, 0);
	assert_int_equal(b->got[0][I2_DL_RELEASE_IND], 1);
	assert_int_equal(i2_own_state(b->end[0]), 1);
	ask(b, 0, I2_DL_UNIT_DATA_REQ, 0, 0, "x");
	i2_physical(b->end[0], true, b->now);
	i2_physical(b->end[0], false, b->now);
	assert_int_equal(i2_own_state(b->end[0]), 1);
	expire(b, 0); /* the pause after the refusal */
	assert_true(i2_deadline(b->end[0]) == ISDN_NEVER);
	bus_free(b);
	/* a TEI survives, also when it is being verified */
	b = terminal();
	feed(b, 0, "008163");
	expect(b, 0, "fcff030f00000781");
	i2_physical(b->end[0], false, b->now);
	assert_int_equal(tei_of(b, 0), 64);
	assert_true(i2_deadline(b->end[0]) == ISDN_NEVER);
	bus_free(b);
	/* a link that is kept up asks once when layer 1 comes */
	b = bus_new(1);
	{
		struct i2_config c = config(false);

		i2_free(b->end[0]);
		c.keep_up = true;
		add(b, 0, &c);
		i2_physical(b->end[0], false, b->now);
		i2_physical(b->end[0], true, b->now);
		expect(b, 0, "fcff030f****01ff");
		expect_nothing(b, 0);
	}
	bus_free(b);
}

/* ---- the broadcast link, and whose frame is whose ---- */

static void q921_5_2_broadcast(void **state)
{
	struct bus *b = bus_new(4);

	(void)state;
	establish(b, 0); /* the others have no TEI, and hear it all the same */
	run_for(b, 10);
	assert_int_equal(ask(b, NETWORK, I2_DL_UNIT_DATA_REQ, 0, 127, "setup"), 0);
	run_for(b, 10);
	for (unsigned i = 0; i < 4; i++) {
		assert_int_equal(b->got[i][I2_DL_UNIT_DATA_IND], 1);
		assert_int_equal(b->last[i].dlci.tei, 127);
		assert_memory_equal(b->last[i].data, "setup", 5);
	}
	assert_int_equal(ask(b, NETWORK, I2_DL_DATA_REQ, 0, 127, "x"), ISDN_ERR_INVALCALLSTATE);
	feed(b, 0, "02ff7f");	/* SABME to all */
	feed(b, 0, "42ff0378"); /* a SAPI that is not served */
	assert_int_equal(totals(b, 0).frames_invalid, 1);
	assert_int_equal(totals(b, 0).frames_foreign, 1);
	/* unit data to one */
	assert_int_equal(ask(b, NETWORK, I2_DL_UNIT_DATA_REQ, 0, 64, "x"), 0);
	run_for(b, 10);
	assert_int_equal(b->got[0][I2_DL_UNIT_DATA_IND], 2);
	assert_int_equal(b->got[1][I2_DL_UNIT_DATA_IND], 1);
	bus_free(b);
	/* point to point there is no group */
	b = bus_new(1);
	{
		struct i2_config c = config(false);

		i2_free(b->end[0]);
		c.ptmp = false;
		c.tei = 0;
		add(b, 0, &c);
		feed(b, 0, "02ff0378");
		assert_int_equal(b->got[0][I2_DL_UNIT_DATA_IND], 0);
		feed(b, 0, "feff030f000004ff"); /* but a check is answered */
		expect(b, 0, "fcff030f****0501");
		feed(b, 0, "feff030f000006ff"); /* and a removal not obeyed */
		feed(b, 0, "feff030f00000601");
		assert_int_equal(i2_own_state(b->end[0]), 4);
	}
	bus_free(b);
}

/* ---- hostile ---- */

static void q921_5_3_1_messages_cut_at_each_length_and_garbage(void **state)
{
	struct bus *b = bus_new(1);
	uint8_t frame[40] = { 0xfc, 0xff, 3, 0x0f, 0x12, 0x34, 1, 0xff };
	size_t len;

	(void)state;
	for (size_t n = 0; n < 8; n++) {
		uint8_t *exact = malloc(n ? n : 1);

		memcpy(exact, frame, n);
		frame[0] = 0xfe;
		i2_rx(b->end[NETWORK], exact, n, b->now);
		free(exact);
	}
	assert_int_equal(i2_links(b->end[NETWORK], NULL, 0), 0);
	for (unsigned n = 0; n < 300000; n++) {
		unsigned i = dice(b) & 1 ? NETWORK : 0;

		for (size_t k = 0; k < sizeof(frame); k++)
			frame[k] = (uint8_t)dice(b);
		if (dice(b) % 4) {
			frame[0] = i ? 0xfc : 0xfe;
			frame[1] = 0xff;
			frame[2] = 3;
			frame[3] = dice(b) % 8 ? 0x0f : frame[3];
			frame[6] = (uint8_t)(dice(b) % 9);
			if (dice(b) & 1)
				frame[7] = (uint8_t)(0x81 + 2 * (dice(b) % 4));
			if (i == 0 && dice(b) & 1) {
				frame[4] = (uint8_t)(b->end[0]->teis[0].ri >> 8);
				frame[5] = (uint8_t)b->end[0]->teis[0].ri;
			}
		} else if (dice(b) & 1) {
			frame[0] = (uint8_t)((dice(b) & 1) << 1);
			frame[1] = (uint8_t)(0x81 + 2 * (dice(b) % 4));
		}
		i2_rx(b->end[i], frame, dice(b) % 12, b->now);
		if (dice(b) % 50 == 0)
			establish(b, 0);
		if (dice(b) % 20 == 0) {
			b->now += dice(b) % 1500;
			i2_timeout(b->end[0], b->now);
			i2_timeout(b->end[NETWORK], b->now);
		}
		if (dice(b) % 100 == 0)
			i2_physical(b->end[i], dice(b) & 1, b->now);
		take(b, 0);
		take(b, NETWORK);
		{
			uint8_t out[I2_FRAME_MAX];

			while (i2_tx(b->end[i], out, sizeof(out), &len, b->now) == 1)
				;
		}
	}
	assert_true(i2_links(b->end[NETWORK], NULL, 0) <= 127);
	bus_free(b);
}

/* Half of all frames are lost, both ways; when the bus is good again, all are there. */
static void q921_on_a_bad_bus_all_terminals_come_up(void **state)
{
	(void)state;
	for (uint32_t seed = 1; seed <= 40; seed++) {
		struct bus *b = bus_new(0);
		uint8_t seen[128] = { 0 };

		b->seed = seed;
		b->n = 8;
		for (unsigned i = 0; i < 8; i++) {
			struct i2_config c = config(false);

			c.keep_up = true;
			add(b, i, &c);
			establish(b, i);
		}
		b->loss = 50;
		run_for(b, 60000);
		b->loss = 0;
		run_for(b, 30000);
		for (unsigned i = 0; i < 8; i++) {
			assert_int_equal(i2_own_state(b->end[i]), 7);
			assert_int_equal(i2_state(b->end[NETWORK], 0, tei_of(b, i)), 7);
			assert_int_equal(seen[tei_of(b, i)]++, 0);
		}
		bus_free(b);
	}
}

static void q921_memory_fails_at_each_point_and_nothing_leaks(void **state)
{
	(void)state;
	for (size_t n = 1; n < 400; n++) {
		struct bus *b = calloc(1, sizeof(*b));
		struct i2_config c = config(true), t = config(false);
		unsigned made = 0;

		test_mem_init(&b->mem, &b->env.mem);
		b->now = 1;
		b->n = 3;
		test_mem_fail_at(&b->mem, n);
		made += i2_new(&b->end[NETWORK], &c, &b->env) == 0;
		t.keep_up = true;
		for (unsigned i = 0; i < 3; i++)
			made += i2_new(&b->end[i], &t, &b->env) == 0;
		if (made == 4) {
			for (unsigned i = 0; i < 3; i++) {
				struct i2_prim p = { .type = I2_DL_ESTABLISH_REQ };

				while (i2_request(b->end[i], &p, b->now) == ISDN_ERR_NOMEM)
					;
			}
			for (unsigned k = 0; k < 100; k++) {
				uint8_t frame[I2_FRAME_MAX];
				size_t len;

				for (unsigned i = 0; i < ENDS; i++)
					while (b->end[i] && i2_tx(b->end[i], frame, sizeof(frame),
								  &len, b->now) == 1)
						for (unsigned to = 0; to < ENDS; to++)
							if (b->end[to] &&
							    (to == NETWORK) != (i == NETWORK))
								(void)i2_rx(b->end[to], frame, len,
									    b->now);
				b->now += 500;
				for (unsigned i = 0; i < ENDS; i++)
					if (b->end[i]) {
						i2_timeout(b->end[i], b->now);
						take(b, i);
					}
			}
			for (unsigned i = 0; i < 3; i++)
				assert_int_equal(i2_own_state(b->end[i]), 7);
		}
		bus_free(b);
	}
}

/* ---- the tables ---- */

static const struct i2_mgmt_table *const tables[] = { &i2_mgmt_user, &i2_mgmt_network };

static void the_tables_have_a_last_row_for_each_state_and_input(void **state)
{
	(void)state;
	for (unsigned t = 0; t < 2; t++)
		for (unsigned s = 0; s < M_STATES; s++)
			for (unsigned in = 0; in < MI_COUNT; in++) {
				int closed = 0;

				for (unsigned i = 0; i < tables[t]->n; i++) {
					const struct i2_mgmt_row *r = &tables[t]->rows[i];

					if (!(r->states & S(s)) || r->input != in)
						continue;
					if (closed)
						fail_msg("table %u row %u is behind an unguarded "
							 "one",
							 t, i);
					closed = !r->decision;
				}
				if (!closed)
					fail_msg("table %u state %u input %u has no last row", t, s,
						 in);
			}
}

static void walked(struct i2 *l2, const struct i2_link *l, unsigned row, bool mgmt)
{
	(void)l;
	if (mgmt)
		reached[l2->config.network][row] = true;
}

/* Every state with every input, of both sides, messages about this TEI, about all, about another.
 */
static void q921_5_3_every_state_meets_every_input(void **state)
{
	(void)state;
	for (unsigned n = 0; n < 2 * M_STATES * MI_COUNT * 6; n++) {
		unsigned net = n & 1, s = n / 2 % M_STATES, in = n / 2 / M_STATES % MI_COUNT;
		unsigned kind = n / 2 / M_STATES / MI_COUNT;
		struct bus *b = net ? bus_new(0) : bus_new(1);
		struct i2 *l2 = b->end[net ? NETWORK : 0];
		struct i2_tei *t = &l2->teis[net ? 70 : 0];
		struct i2_identity id = { .ri = kind & 1 ? 5 : 6,
					  .type = in == MI_REMOVE ? ID_REMOVE : 0,
					  .ai = kind / 2 == 0	? 70
						: kind / 2 == 1 ? 127
								: 80 };
		struct i2_frame f = { .type = IN_SABME };
		enum i2_mgmt_state before = (enum i2_mgmt_state)s;
		const struct i2_mgmt_row *row;

		/* a network has no REQUESTING and VERIFYING, a user no CHECKING: nothing happens */
		l2->watch = walked;
		if (net)
			i2_link_new(t, 0);
		t->tei = s == M_FREE || s == M_REQUESTING ? (net ? 70 : I2_TEI_AUTO) : 70;
		t->state = before;
		t->ri = 5;
		t->tries = (uint8_t)(kind % 4);
		t->responses = (uint8_t)(kind % 3);
		t->response_ri = 5;
		l2->identity = &id;
		l2->frame = &f;
		l2->now = 5000;
		i2_mgmt_run(t, (enum i2_mgmt_input)in);
		row = &tables[net]->rows[l2->mgmt_row];
		assert_true(row->input == in && (row->states & S(before)));
		assert_int_equal(t->state, row->next == M_SAME ? before : row->next);
		met[net][s][in] = true;
		l2->identity = NULL;
		l2->frame = NULL;
		bus_free(b);
	}
}

static void q921_5_3_every_row_of_both_tables_was_reached(void **state)
{
	static const char *const names[] = { "user", "network" };

	(void)state;
	for (unsigned t = 0; t < 2; t++) {
		unsigned rows = 0, all = 0, pairs = 0;

		for (unsigned i = 0; i < tables[t]->n; i++) {
			if (!scenario[t][i] && tables[t]->rows[i].task)
				fail_msg("%s row %u: states %x input %u (%s) is in no scenario",
					 names[t], i, tables[t]->rows[i].states,
					 tables[t]->rows[i].input, tables[t]->rows[i].clause);
			rows += scenario[t][i];
			all += scenario[t][i] || reached[t][i];
		}
		for (unsigned s = 0; s < M_STATES; s++)
			for (unsigned in = 0; in < MI_COUNT; in++)
				pairs += met[t][s][in];
		print_message("Q.921 5.3, %s: %u of %u rows (%u by scenarios), %u of %u pairs of "
			      "state and input\n",
			      names[t], all, tables[t]->n, rows, pairs, M_STATES * MI_COUNT);
		assert_int_equal(all, tables[t]->n);
		assert_int_equal(pairs, M_STATES * MI_COUNT);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_tables_have_a_last_row_for_each_state_and_input),
		cmocka_unit_test(q921_5_3_2_assignment_octet_by_octet),
		cmocka_unit_test(q921_5_3_2_eight_terminals_with_two_sapis),
		cmocka_unit_test(q921_5_3_2_1_nobody_answers_the_request),
		cmocka_unit_test(q921_annex_b_requests_while_there_is_no_tei),
		cmocka_unit_test(q921_annex_b_what_ends_with_the_tei),
		cmocka_unit_test(q921_a_link_that_is_kept_up_goes_on_asking),
		cmocka_unit_test(q921_5_3_2_answers_that_are_not_ours),
		cmocka_unit_test(q921_5_3_2_a_request_that_the_line_repeats_gets_one_tei),
		cmocka_unit_test(q921_5_3_2_when_all_teis_are_taken_those_of_nobody_are_found),
		cmocka_unit_test(q921_fixed_teis_beside_automatic_ones),
		cmocka_unit_test(q921_5_3_3_check),
		cmocka_unit_test(q921_5_3_3_2_two_terminals_with_one_tei),
		cmocka_unit_test(q921_5_3_3_a_check_during_a_check),
		cmocka_unit_test(q921_5_3_3_a_terminal_answers_for_itself_only),
		cmocka_unit_test(q921_5_3_4_removal),
		cmocka_unit_test(q921_5_3_4_a_tei_that_was_not_assigned_is_removed_now_and_then),
		cmocka_unit_test(q921_5_3_5_verification),
		cmocka_unit_test(
			q921_5_3_3_the_network_looks_after_a_terminal_that_does_not_answer),
		cmocka_unit_test(q921_5_3_a_tei_is_not_checked_without_layer_1),
		cmocka_unit_test(q921_5_3_4_a_removal_ends_what_was_put_off),
		cmocka_unit_test(q921_5_2_no_broadcast_comes_from_a_terminal),
		cmocka_unit_test(q921_a_fixed_tei_comes_back_after_memory_was_short),
		cmocka_unit_test(q921_layer_1_goes_and_comes_while_a_tei_is_asked_for),
		cmocka_unit_test(q921_5_2_broadcast),
		cmocka_unit_test(q921_5_3_1_messages_cut_at_each_length_and_garbage),
		cmocka_unit_test(q921_on_a_bad_bus_all_terminals_come_up),
		cmocka_unit_test(q921_memory_fails_at_each_point_and_nothing_leaks),
		cmocka_unit_test(q921_5_3_every_state_meets_every_input),
		cmocka_unit_test(q921_5_3_every_row_of_both_tables_was_reached),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
