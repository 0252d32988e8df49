/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Two ends of a data link over the loop driver, on a line that loses, doubles,
 * corrupts, delays and reorders up to three frames of ten, in virtual time. A
 * seed is a line. ISDN_SEEDS: how many, ISDN_SEED: the first.
 */
#include "tests/test_driver_help.h"

#include <stdio.h>

#include "q921/internal.h"

#define MESSAGES  150
#define T200	  1000
#define HEAL_TIME 60000 /* ms, within which a good line has done everything */

struct message {
	bool received;
	bool early; /* sent soon after a new start */
	unsigned told, starts_sent, starts_received;
};

struct end {
	struct i2 *l2;
	struct id_port *port;
	unsigned sent;			  /* DL-DATA accepted */
	unsigned frames;		  /* that it sent; the line is bad for the first ones */
	unsigned highest;		  /* received, + 1 */
	uint32_t told;			  /* new starts that this end was told of */
	struct message message[MESSAGES]; /* that this end sent */
};

struct line {
	struct id_shared shared;
	struct help_mem mem;
	struct isdn_env env;
	isdn_time now;
	uint32_t seed, random;
	bool fifo; /* no frame comes twice or overtakes another, as on a real line */
	unsigned bad;
	isdn_time stay;	    /* the longest that a frame can be on its way */
	isdn_time start_at; /* of the last new start */
	unsigned starts;    /* how many were told so far */
	struct end end[2];
	unsigned late, new_starts;
	long most; /* memory */
};

static unsigned dice(struct line *l, unsigned sides)
{
	l->random = l->random * 1664525u + 1013904223u;
	return (l->random >> 8) % sides;
}

static void line_new(struct line *l, uint32_t seed, bool fifo)
{
	unsigned k = 1 + 6 * (seed & 1), jitter;
	char text[200];

	memset(l, 0, sizeof(*l));
	help_env(&l->env, &l->mem);
	l->seed = l->random = seed;
	l->fifo = fifo;
	l->now = 1000;
	l->bad = 20 + dice(l, 200);
	for (int i = 0; i < 2; i++) {
		struct i2_config c = { .network = i,
				       .keep_up = !i,
				       .k = (uint8_t)k,
				       .n201 = 260,
				       .n200 = 3,
				       .t200 = T200,
				       .t203 = 10000 };
		unsigned delay = dice(l, 40);

		jitter = 1 + dice(l, 200);
		if (delay + jitter > l->stay)
			l->stay = delay + jitter;
		snprintf(text, sizeof(text),
			 "x,loss=%u,dup=%u,corrupt=%u,reorder=%u,delay=%u,jitter=%u,bad=%u,seed=%u",
			 dice(l, 301), fifo ? 0 : dice(l, 301), dice(l, 301),
			 fifo ? 0 : dice(l, 301), delay, jitter, l->bad, seed * 2 + (unsigned)i);
		assert_int_equal(
			help_open(&id_loop, &l->end[i].port, text, &l->shared, &l->env, NULL), 0);
		assert_int_equal(i2_new(&l->end[i].l2, &c, &l->env), 0);
	}
}

static void line_free(struct line *l)
{
	for (int i = 0; i < 2; i++) {
		i2_free(l->end[i].l2);
		id_loop.close(l->end[i].port);
	}
	assert_int_equal(l->mem.held, 0);
}

/*
 * New starts that an end told of: to layer 3, or as an MDL-ERROR when nothing
 * that it sent was lost.
 */
static unsigned starts(struct line *l)
{
	unsigned n = 0;

	for (int i = 0; i < 2; i++) {
		struct isdn_link link;

		assert_int_equal(i2_links(l->end[i].l2, &link, 1), 1);
		n += l->end[i].told;
		for (unsigned k = 0; k < ISDN_MDL_ERRORS; k++)
			n += (unsigned)link.counters.mdl_error[k];
	}
	if (n != l->starts)
		l->start_at = l->now;
	l->starts = n;
	return n;
}

/*
 * A message arrives. Each comes once and in order, but for this: around a new
 * start a frame from before it that is still on its way can be taken for one with
 * the new numbers, and stand in the place of another; and what the receiver had
 * got before is sent again when the SABME came twice. No LAPD can know better. So
 * one that comes again has a new start behind its first time, one that comes late
 * behind its sending, or one was shortly before.
 */
static void received(struct line *l, int i, unsigned n)
{
	struct end *from = &l->end[!i];
	struct message *m = &from->message[n];

	assert_true(n < from->sent);
	if (m->received || n < l->end[i].highest) {
		if (l->fifo ||
		    (!m->early && starts(l) == (m->received ? m->starts_received : m->starts_sent)))
			fail_msg("seed %u at %llu: message %u of end %d is %s", l->seed,
				 (unsigned long long)l->now, n, !i,
				 m->received ? "here twice" : "late");
		l->late++;
	}
	m->received = true;
	m->starts_received = starts(l);
	if (n >= l->end[i].highest)
		l->end[i].highest = n + 1;
}

static void primitives(struct line *l, int i)
{
	struct i2_prim p;

	while (i2_next(l->end[i].l2, &p) == 1) {
		if (p.type == I2_DL_DATA_IND) {
			unsigned n;

			assert_int_equal(p.len, sizeof(n));
			memcpy(&n, p.data, sizeof(n));
			received(l, i, n);
		} else {
			l->end[i].told++;
			l->new_starts++;
		}
	}
}

static void transmit(struct line *l, int i)
{
	uint8_t frame[I2_FRAME_MAX];
	size_t len;

	while (i2_tx(l->end[i].l2, frame, sizeof(frame), &len, l->now) == 1) {
		l->end[i].frames++;
		assert_int_equal(id_loop.send(l->end[i].port, frame, len, l->now), 0);
	}
}

/* Everything that is due now. */
static void process(struct line *l, int i)
{
	uint8_t frame[ID_FRAME_MAX];
	struct id_event ev;
	int len;

	i2_timeout(l->end[i].l2, l->now);
	while ((len = id_loop.recv(l->end[i].port, frame, sizeof(frame), l->now)) > 0) {
		assert_int_equal(i2_rx(l->end[i].l2, frame, (size_t)len, l->now), 0);
		primitives(l, i);
	}
	while (id_loop.event(l->end[i].port, &ev) == 1)
		;
	primitives(l, i);
	transmit(l, i);
	if (l->mem.held > l->most)
		l->most = l->mem.held;
}

static isdn_time next_of(struct line *l)
{
	isdn_time next = ISDN_NEVER;

	for (int i = 0; i < 2; i++) {
		isdn_time a = i2_deadline(l->end[i].l2), b = id_loop.deadline(l->end[i].port);

		next = a < next ? a : next;
		next = b < next ? b : next;
	}
	return next > l->now ? next : l->now;
}

static void run_until(struct line *l, isdn_time end)
{
	for (;;) {
		isdn_time next;

		process(l, 0);
		process(l, 1);
		(void)starts(l);
		next = next_of(l);
		if (next > end)
			break;
		l->now = next;
	}
	l->now = end;
}

static void establish(struct line *l, int i)
{
	const struct i2_prim p = { .type = I2_DL_ESTABLISH_REQ };

	assert_int_equal(i2_request(l->end[i].l2, &p, l->now), 0);
	l->end[i].told++; /* its own doing */
}

static void say(struct line *l, int i)
{
	struct end *e = &l->end[i];
	struct i2_prim p = { .type = I2_DL_DATA_REQ, .len = sizeof(e->sent) };

	if (e->sent == MESSAGES)
		return;
	p.data = (const uint8_t *)&e->sent;
	if (i2_request(e->l2, &p, l->now))
		return;
	e->message[e->sent].told = e->told;
	e->message[e->sent].starts_sent = starts(l);
	e->message[e->sent].early = l->now < l->start_at + 2 * l->stay + T200;
	e->sent++;
}

static bool bad(const struct line *l)
{
	return l->end[0].frames < l->bad || l->end[1].frames < l->bad;
}

/* Nobody said that the message may be lost; on a real line it is its sender that is told. */
static bool untold(struct line *l, const struct end *e, const struct message *m)
{
	return l->fifo ? e->told == m->told : !m->early && starts(l) == m->starts_sent;
}

/* What never arrived was told: there was a new start. */
static void account(struct line *l)
{
	for (int i = 0; i < 2; i++) {
		struct end *e = &l->end[i];
		struct isdn_link link;

		assert_int_equal(i2_links(e->l2, &link, 1), 1);
		if (link.state < 7 || link.waiting || link.unacknowledged)
			fail_msg("seed %u: end %d hangs in state %u with %u messages", l->seed, i,
				 link.state, link.waiting + link.unacknowledged);
		for (unsigned n = 0; n < e->sent; n++)
			if (!e->message[n].received && untold(l, e, &e->message[n]))
				fail_msg("seed %u: message %u of end %d is lost, and nobody was "
					 "told",
					 l->seed, n, i);
	}
}

static void bad_line(uint32_t seed, bool fifo, unsigned *late, unsigned *new_starts, long *most)
{
	struct line l;

	line_new(&l, seed, fifo);
	establish(&l, 0);
	while (bad(&l)) {
		say(&l, (int)dice(&l, 2));
		run_until(&l, l.now + dice(&l, 120));
	}
	run_until(&l, l.now + HEAL_TIME);
	for (int i = 0; i < 2; i++) /* a good line carries what comes now */
		for (int n = 0; n < 5; n++)
			say(&l, i);
	run_until(&l, l.now + 1000);
	account(&l);
	*late += l.late;
	*new_starts += l.new_starts;
	*most = l.most > *most ? l.most : *most;
	line_free(&l);
}

static unsigned number(const char *name, unsigned otherwise)
{
	const char *text = getenv(name);

	return text ? (unsigned)strtoul(text, NULL, 10) : otherwise;
}

static unsigned many_lines(bool fifo)
{
	unsigned n = number("ISDN_SEEDS", getenv("TEST_VALGRIND") ? 50 : 10000);
	unsigned first = number("ISDN_SEED", 1), late = 0, new_starts = 0;
	long most = 0;

	for (unsigned i = 0; i < n; i++)
		bad_line(first + i, fifo, &late, &new_starts, &most);
	print_message(
		"%u lines: %u new starts, %u messages late or twice at one, at most %ld blocks "
		"of memory\n",
		n, new_starts, late, most);
	assert_true(most < 700);
	return late;
}

static void q921_on_a_hostile_line_nothing_is_lost_or_doubled_untold(void **state)
{
	(void)state;
	many_lines(false);
}

static void q921_on_a_line_that_only_loses_nothing_comes_twice_or_late(void **state)
{
	(void)state;
	assert_int_equal(many_lines(true), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(q921_on_a_hostile_line_nothing_is_lost_or_doubled_untold),
		cmocka_unit_test(q921_on_a_line_that_only_loses_nothing_comes_twice_or_late),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
