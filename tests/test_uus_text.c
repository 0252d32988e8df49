/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A text of 10,000 octets through service 3, in blocks, between two users of an exchange: over
 * lines that lose frames, with users who take their time, and with one who does not keep to the
 * burst. Q.931 7.4.
 */
#include "tests/exchange.h"

#define TEXT	10000
#define BLOCK	128
#define BURST_X 16
#define BURST_Y 8
#define T2	10000

struct text {
	uint8_t octets[TEXT];
	size_t sent, received;
	unsigned messages, ended; /* blocks without More data */
	isdn_time since;	  /* of the service, at the sender */
	unsigned indications;	  /* that something was lost */
	unsigned stops;
	bool broken; /* what arrived is not what comes next */
};

static void arrives(struct text *t, const struct isdn_span_event *ev)
{
	const struct isdn_uui *uui = &ev->msg->uui;

	t->messages++;
	t->ended += !isdn_msg_has(ev->msg, ISDN_IE_MORE_DATA);
	if (t->received + uui->len > TEXT ||
	    memcmp(t->octets + t->received, uui->data, uui->len) != 0)
		t->broken = true;
	t->received += uui->len;
}

static void watch(struct exchange *x, unsigned line, unsigned user,
		  const struct isdn_span_event *ev)
{
	struct text *t = x->arg;

	(void)user;
	if (line == 1 && ev->prim == ISDN_USER_INFO_IND)
		arrives(t, ev);
	if (line == 1)
		return;
	if (ev->prim == ISDN_UUI_STOP_IND)
		t->stops++;
	if (ev->prim == ISDN_UUI_DISCARDED_IND)
		t->indications++;
}

/* What goes is within the rules of 7.4. */
static void within_the_burst(const struct text *t, isdn_time now, unsigned sent)
{
	isdn_time intervals = (now - t->since) / T2;

	assert_true(sent <= BURST_X + BURST_Y * (unsigned)intervals);
}

static void send_what_goes(struct exchange *x, struct text *t)
{
	struct user *u = CALLER(x);
	struct isdn_msg m;

	isdn_msg_init(&m, 0, 0, 0, false);
	isdn_msg_set(&m, ISDN_IE_USER_USER);
	while (t->sent < TEXT) {
		size_t n = TEXT - t->sent < BLOCK ? TEXT - t->sent : BLOCK;
		int err;

		m.uui = (struct isdn_uui){ .discriminator = 4, .len = (uint8_t)n };
		memcpy(m.uui.data, t->octets + t->sent, n);
		isdn_msg_clear(&m, ISDN_IE_MORE_DATA);
		if (t->sent + n < TEXT)
			isdn_msg_set(&m, ISDN_IE_MORE_DATA);
		err = isdn_span_user_info(u->span, u->call, &m, x->now);
		if (err == ISDN_ERR_AGAIN)
			return;
		assert_int_equal(err, 0);
		t->sent += n;
		within_the_burst(t, x->now, (unsigned)(t->sent + BLOCK - 1) / BLOCK);
	}
}

static struct exchange *call_with(struct text *t, uint32_t seed)
{
	const struct isdn_span_config line = exchange_line(ISDN_E1, false);
	struct exchange *x = exchange_new(&line, &line, 0);
	struct isdn_msg setup = exchange_setup(NULL);

	memset(t, 0, sizeof(*t));
	for (unsigned i = 0; i < TEXT; i++)
		t->octets[i] = (uint8_t)(seed + i * 7 + i / 251);
	x->arg = t;
	x->on_event = watch;
	assert_int_equal(isdn_uus_request(&setup, ISDN_UUS_3, false), 0);
	exchange_call(x, 0, &setup);
	assert_int_equal(exchange_connect(x, CALLED(x), NULL), 0);
	assert_int_equal(exchange_state(CALLER(x), ISDN_UUS_3, NULL), ISDN_UUS_ACTIVE);
	t->since = x->now;
	x->seed = seed;
	return x;
}

static void finish(struct exchange *x)
{
	x->loss = 0;
	x->on_event = NULL;
	exchange_run(x, 100000);
	exchange_clear_all(x, NULL);
	exchange_run(x, 100000);
	exchange_done(x);
}

static void whole(const struct text *t)
{
	assert_false(t->broken);
	assert_int_equal(t->received, TEXT);
	assert_int_equal(t->messages, (TEXT + BLOCK - 1) / BLOCK);
	assert_int_equal(t->ended, 1);
	assert_int_equal(t->indications, 0);
}

/* On a good line: as fast as the burst allows, and no faster. */
static void uus_6_a_text_in_blocks(void **state)
{
	struct text t;
	struct exchange *x = call_with(&t, 1);
	isdn_time begun = x->now;

	(void)state;
	while (t.received < TEXT && x->now < 3600000) {
		send_what_goes(x, &t);
		exchange_run(x, 500);
	}
	whole(&t);
	assert_int_equal(t.stops, 0);
	/* 79 messages: 16 at once, 63 in 8 intervals of 8, the first of which is half longer */
	assert_in_range(x->now - begun, 8 * T2, 9 * T2);
	finish(x);
}

/* The users take no more now and then, for as long as they like. */
static void throttle(struct exchange *x, bool busy[2])
{
	for (int line = 0; line < 2; line++) {
		struct user *u = &x->user[line][0];

		x->seed = x->seed * 1664525u + 1013904223u;
		if ((x->seed >> 8) % 100 >= (busy[line] ? 10u : 5u))
			continue;
		busy[line] = !busy[line];
		assert_int_equal(isdn_span_uui_busy(u->span, u->call, busy[line], x->now), 0);
	}
}

/*
 * One frame of ten is lost in each direction, and both users are not ready now and then: the text
 * arrives whole and in order, or, where a link began anew on the way, the sender is told.
 */
static void uus_6_a_text_over_bad_lines_with_users_who_wait(void **state)
{
	unsigned told = 0, seeds = 200;
	isdn_time slowest = 0;

	(void)state;
	for (uint32_t seed = 1; seed <= seeds; seed++) {
		struct text t;
		struct exchange *x = call_with(&t, seed);
		bool busy[2] = { false, false };
		isdn_time begun = x->now;

		x->loss = 100;
		while (t.received < TEXT && x->now < begun + 3600000 && !t.indications &&
		       exchange_q931_state(CALLER(x)) == 10 &&
		       exchange_q931_state(CALLED(x)) == 10) {
			throttle(x, busy);
			send_what_goes(x, &t);
			exchange_run(x, 1000);
		}
		if (t.indications)
			told++;
		else
			whole(&t);
		if (x->now - begun > slowest)
			slowest = x->now - begun;
		finish(x);
	}
	print_message("%u texts, %u with a link that began anew; the slowest took %llu s\n", seeds,
		      told, (unsigned long long)slowest / 1000);
	assert_true(told < seeds / 10);
}

/* Who does not keep to the burst loses messages, and is told of each. */
static void uus_6_every_lost_block_is_told(void **state)
{
	const struct isdn_span_config line = exchange_line(ISDN_E1, false);
	struct text t = { .sent = 0 };
	struct isdn_span_config careless = exchange_user(&line);
	struct exchange *x = exchange_new(&line, &line, 0);
	struct isdn_msg setup = exchange_setup(NULL);
	struct user *u = CALLER(x);
	unsigned sent = 0;

	(void)state;
	careless.uus.burst_x = careless.uus.burst_y = 0;
	exchange_replace(x, u, &careless);
	x->arg = &t;
	x->on_event = watch;
	assert_int_equal(isdn_uus_request(&setup, ISDN_UUS_3, true), 0);
	exchange_call(x, 0, &setup);
	assert_int_equal(exchange_connect(x, CALLED(x), NULL), 0);
	for (int round = 0; round < 20; round++) {
		struct isdn_msg m;

		isdn_msg_init(&m, 0, 0, 0, false);
		isdn_msg_set(&m, ISDN_IE_USER_USER);
		m.uui = (struct isdn_uui){ .len = 1 };
		for (int i = 0; i < 40; i++) /* at once: STOP can not come in between */
			if (!isdn_span_user_info(u->span, u->call, &m, x->now))
				sent++;
		exchange_run(x, 7000);
	}
	assert_true(t.stops > 100);
	assert_int_equal(t.messages + t.stops, sent);
	finish(x);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(uus_6_a_text_in_blocks),
		cmocka_unit_test(uus_6_a_text_over_bad_lines_with_users_who_wait),
		cmocka_unit_test(uus_6_every_lost_block_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
