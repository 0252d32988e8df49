/* SPDX-License-Identifier: BSD-2-Clause */
/* The loop driver: two ends in memory, and what a bad line does to frames. */
#include "tests/test_driver_help.h"

struct line {
	struct id_shared shared;
	struct help_mem mem;
	struct isdn_env env;
	struct id_port *a, *b;
};

static void setup(struct line *l, const char *options_of_a)
{
	char text[128] = "x";

	memset(l, 0, sizeof(*l));
	help_env(&l->env, &l->mem);
	strcat(text, options_of_a);
	assert_int_equal(help_open(&id_loop, &l->a, text, &l->shared, &l->env, NULL), 0);
	assert_int_equal(help_open(&id_loop, &l->b, "x", &l->shared, &l->env, NULL), 0);
}

static void teardown(struct line *l)
{
	id_loop.close(l->a);
	id_loop.close(l->b);
	assert_null(l->shared.loops);
	assert_int_equal(l->mem.held, 0);
}

/* A frame that says which one it is. */
static size_t make(uint8_t *frame, unsigned n)
{
	size_t len = 3 + n % 200;

	memset(frame, (int)(n & 0xff), len);
	frame[0] = (uint8_t)(n >> 8);
	return len;
}

static void send_some(struct line *l, unsigned count, isdn_time now)
{
	uint8_t frame[ID_FRAME_MAX];

	for (unsigned i = 0; i < count; i++)
		assert_int_equal(id_loop.send(l->a, frame, make(frame, i), now), 0);
}

static unsigned drain(struct id_port *p, isdn_time now)
{
	uint8_t frame[ID_FRAME_MAX];
	unsigned n = 0;

	while (id_loop.recv(p, frame, sizeof(frame), now) > 0)
		n++;
	return n;
}

static unsigned events(struct id_port *p, enum id_event_type type)
{
	struct id_event ev;
	unsigned n = 0;

	while (id_loop.event(p, &ev) == 1) {
		assert_int_equal(ev.type, type);
		n++;
	}
	return n;
}

static void frames_arrive_whole_and_in_order_in_both_directions(void **state)
{
	uint8_t sent[ID_FRAME_MAX], got[ID_FRAME_MAX];
	struct line l;
	short poll_events = 1;

	(void)state;
	setup(&l, "");
	assert_int_equal(id_loop.fd(l.a, &poll_events), -1);
	assert_int_equal(poll_events, 0);
	for (unsigned i = 0; i < 100; i++) {
		size_t len = make(sent, i);

		assert_int_equal(id_loop.send(l.a, sent, len, i), 0);
		assert_int_equal(id_loop.send(l.b, sent, len, i), 0);
		assert_int_equal(id_loop.recv(l.a, got, sizeof(got), i), len);
		assert_memory_equal(got, sent, len);
		assert_int_equal(id_loop.recv(l.b, got, sizeof(got), i), len);
		assert_memory_equal(got, sent, len);
	}
	assert_no_event(&id_loop, l.a);
	assert_no_event(&id_loop, l.b);
	send_some(&l, 50, 200);
	for (unsigned i = 0; i < 50; i++) {
		size_t len = make(sent, i);

		assert_int_equal(id_loop.recv(l.b, got, sizeof(got), 200), len);
		assert_memory_equal(got, sent, len);
	}
	assert_int_equal(drain(l.b, 200), 0);
	teardown(&l);
}

static void an_end_without_the_other_is_in_alarm_from_the_start(void **state)
{
	struct line l = { .a = NULL };

	(void)state;
	help_env(&l.env, &l.mem);
	assert_int_equal(help_open(&id_loop, &l.a, "x", &l.shared, &l.env, NULL), 0);
	assert_int_equal(id_loop.deadline(l.a), 0);
	assert_event(&id_loop, l.a, ID_ALARM);
	assert_no_event(&id_loop, l.a);
	assert_int_equal(id_loop.deadline(l.a), ISDN_NEVER);
	send_some(&l, 3, 0); /* into nothing */
	assert_int_equal(help_open(&id_loop, &l.b, "x", &l.shared, &l.env, NULL), 0);
	assert_int_equal(id_loop.deadline(l.a), 0);
	assert_event(&id_loop, l.a, ID_ALARM_CLEAR);
	assert_no_event(&id_loop, l.a);
	assert_no_event(&id_loop, l.b);
	assert_int_equal(drain(l.b, 1000), 0);
	teardown(&l);
}

static void closing_one_end_is_an_alarm_at_the_other_and_opening_it_again_clears_it(void **state)
{
	struct line l;

	(void)state;
	setup(&l, "");
	send_some(&l, 3, 0);
	id_loop.close(l.a);
	assert_event(&id_loop, l.b, ID_ALARM);
	assert_no_event(&id_loop, l.b);
	assert_int_equal(drain(l.b, 1000), 0); /* lost with the line */
	assert_int_equal(help_open(&id_loop, &l.a, "x", &l.shared, &l.env, NULL), 0);
	assert_event(&id_loop, l.b, ID_ALARM_CLEAR);
	send_some(&l, 3, 0);
	assert_int_equal(drain(l.b, 0), 3);
	teardown(&l);
}

static void an_interruption_that_is_over_already_is_still_told(void **state)
{
	struct line l;

	(void)state;
	setup(&l, "");
	id_loop.close(l.a);
	assert_int_equal(help_open(&id_loop, &l.a, "x", &l.shared, &l.env, NULL), 0);
	assert_int_equal(id_loop.deadline(l.b), 0);
	assert_event(&id_loop, l.b, ID_ALARM);
	assert_event(&id_loop, l.b, ID_ALARM_CLEAR);
	assert_no_event(&id_loop, l.b);
	teardown(&l);
}

static void a_third_end_is_refused_and_other_names_and_registries_are_apart(void **state)
{
	struct id_shared elsewhere = { NULL };
	struct id_port *c = NULL, *d = NULL;
	struct isdn_error error;
	struct line l;

	(void)state;
	setup(&l, "");
	assert_int_equal(help_open(&id_loop, &c, "x", &l.shared, &l.env, &error), ISDN_ERR_BUSY);
	assert_non_null(strstr(error.text, "loop:x: both ends are open"));
	assert_null(c);
	assert_int_equal(help_open(&id_loop, &c, "y", &l.shared, &l.env, &error), 0);
	assert_int_equal(help_open(&id_loop, &d, "x", &elsewhere, &l.env, &error), 0);
	assert_event(&id_loop, c, ID_ALARM);
	assert_event(&id_loop, d, ID_ALARM);
	send_some(&l, 1, 0);
	assert_int_equal(drain(c, 1000), 0);
	assert_int_equal(drain(d, 1000), 0);
	assert_int_equal(drain(l.b, 1000), 1);
	id_loop.close(d);
	assert_null(elsewhere.loops);
	/* loops leave the list whichever is closed first */
	id_loop.close(l.a);
	id_loop.close(l.b);
	assert_non_null(l.shared.loops);
	id_loop.close(c);
	assert_null(l.shared.loops);
	assert_int_equal(l.mem.held, 0);
}

static void delay_holds_frames_back_and_the_deadline_says_until_when(void **state)
{
	uint8_t frame[ID_FRAME_MAX];
	struct line l;

	(void)state;
	setup(&l, ",delay=250");
	send_some(&l, 1, 1000);
	send_some(&l, 1, 1100);
	assert_int_equal(id_loop.deadline(l.a), ISDN_NEVER);
	assert_int_equal(id_loop.deadline(l.b), 1250);
	assert_int_equal(drain(l.b, 1249), 0);
	assert_int_equal(drain(l.b, 1250), 1);
	assert_int_equal(id_loop.deadline(l.b), 1350);
	assert_int_equal(drain(l.b, 1350), 1);
	assert_int_equal(id_loop.deadline(l.b), ISDN_NEVER);
	/* the delay is that of the sender's option: the other way there is none */
	assert_int_equal(id_loop.send(l.b, frame, make(frame, 1), 2000), 0);
	assert_int_equal(drain(l.a, 2000), 1);
	teardown(&l);
}

static void reorder_holds_its_share_of_frames_back_and_others_overtake(void **state)
{
	uint8_t frame[ID_FRAME_MAX];
	unsigned at[2] = { 0, 0 }, overtaken = 0;
	isdn_time now = 0;
	struct line l;

	(void)state;
	setup(&l, ",reorder=300,jitter=20,delay=5");
	for (unsigned i = 0; i < 200; i++) {
		memset(frame, (int)i, 3);
		assert_int_equal(id_loop.send(l.a, frame, 3, i), 0);
	}
	for (; id_loop.deadline(l.b) != ISDN_NEVER; at[0]++) {
		assert_true(id_loop.deadline(l.b) >= now); /* by time */
		now = id_loop.deadline(l.b);
		assert_int_equal(id_loop.recv(l.b, frame, sizeof(frame), now), 3);
		assert_in_range(now, frame[0] + 5u, frame[0] + 25u);
		overtaken += frame[0] < at[1];
		at[1] = frame[0] > at[1] ? frame[0] : at[1];
	}
	assert_int_equal(at[0], 200); /* none lost */
	assert_in_range(overtaken, 30, 80);
	teardown(&l);
}

static void bad_ends_after_so_many_frames(void **state)
{
	struct line l;

	(void)state;
	setup(&l, ",loss=1000,bad=10");
	send_some(&l, 30, 0);
	assert_int_equal(drain(l.b, 0), 20); /* the first ten were lost */
	teardown(&l);
}

static void loss_takes_its_share_of_frames_without_an_event(void **state)
{
	unsigned n = 0;
	struct line l;

	(void)state;
	setup(&l, ",loss=300");
	for (unsigned i = 0; i < 100; i++) {
		send_some(&l, 100, i);
		n += drain(l.b, i);
	}
	assert_in_range(n, 6800, 7200);
	assert_no_event(&id_loop, l.b);
	teardown(&l);
	setup(&l, ",loss=1000");
	send_some(&l, 100, 0);
	assert_int_equal(drain(l.b, 0), 0);
	teardown(&l);
}

static void dup_delivers_its_share_of_frames_twice_in_a_row(void **state)
{
	uint8_t sent[ID_FRAME_MAX], got[ID_FRAME_MAX];
	unsigned n = 0;
	struct line l;

	(void)state;
	setup(&l, ",dup=300");
	for (unsigned i = 0; i < 100; i++) {
		send_some(&l, 100, i);
		n += drain(l.b, i);
	}
	assert_in_range(n, 12800, 13200);
	teardown(&l);
	setup(&l, ",dup=1000");
	send_some(&l, 10, 0);
	for (unsigned i = 0; i < 20; i++) {
		size_t len = make(sent, i / 2);

		assert_int_equal(id_loop.recv(l.b, got, sizeof(got), 0), len);
		assert_memory_equal(got, sent, len);
	}
	assert_int_equal(drain(l.b, 0), 0);
	teardown(&l);
}

static void a_corrupted_frame_is_a_bad_fcs_and_never_delivered(void **state)
{
	unsigned n = 0, bad = 0;
	struct line l;

	(void)state;
	setup(&l, ",corrupt=200");
	for (unsigned i = 0; i < 100; i++) {
		send_some(&l, 100, i);
		n += drain(l.b, i);
		bad += events(l.b, ID_BAD_FCS);
	}
	assert_int_equal(n + bad, 10000);
	assert_in_range(bad, 1800, 2200);
	teardown(&l);
	setup(&l, ",corrupt=1000,delay=40");
	send_some(&l, 1, 0);
	assert_no_event(&id_loop, l.b);
	assert_int_equal(id_loop.deadline(l.b), 40);
	assert_int_equal(drain(l.b, 40), 0);
	assert_int_equal(id_loop.deadline(l.b), 0); /* the event waits */
	assert_event(&id_loop, l.b, ID_BAD_FCS);
	assert_int_equal(id_loop.deadline(l.b), ISDN_NEVER);
	teardown(&l);
}

/* Which of 64 frames arrive, as bits. */
static uint64_t pattern(const char *options)
{
	uint8_t frame[ID_FRAME_MAX];
	uint64_t bits = 0;
	struct line l;

	setup(&l, options);
	for (unsigned i = 0; i < 64; i++) {
		id_loop.send(l.a, frame, make(frame, i), 0);
		bits = bits << 1 | drain(l.b, 0);
	}
	teardown(&l);
	return bits;
}

static void the_same_seed_gives_the_same_line_and_another_seed_another(void **state)
{
	(void)state;
	assert_true(pattern(",loss=500") == pattern(",loss=500,seed=1"));
	assert_true(pattern(",loss=500,seed=7") == pattern(",loss=500,seed=7"));
	assert_true(pattern(",loss=500,seed=7") != pattern(",loss=500,seed=8"));
	assert_true(pattern(",seed=7") == UINT64_MAX);
}

static void a_queue_that_is_full_drops_what_comes_and_says_overrun(void **state)
{
	uint8_t got[ID_FRAME_MAX];
	struct line l;

	(void)state;
	setup(&l, "");
	send_some(&l, 300, 0);
	assert_int_equal(events(l.b, ID_OVERRUN), 44);
	assert_int_equal(id_loop.recv(l.b, got, sizeof(got), 0), 3);
	assert_int_equal(got[0], 0); /* the oldest stayed */
	assert_int_equal(drain(l.b, 0), 255);
	send_some(&l, 1, 0);
	assert_int_equal(drain(l.b, 0), 1);
	teardown(&l);
}

static void a_frame_longer_than_the_reader_takes_is_an_overrun(void **state)
{
	uint8_t frame[ID_FRAME_MAX] = { 1 };
	struct line l;

	(void)state;
	setup(&l, "");
	assert_int_equal(id_loop.send(l.a, frame, 301, 0), 0);
	assert_int_equal(id_loop.send(l.a, frame, 300, 0), 0);
	assert_int_equal(id_loop.recv(l.b, frame, 300, 0), 300);
	assert_int_equal(events(l.b, ID_OVERRUN), 1);
	teardown(&l);
}

static void frames_of_any_length_a_line_carries_pass_and_others_are_refused(void **state)
{
	uint8_t frame[5000] = { 7 };
	struct line l;

	(void)state;
	setup(&l, "");
	assert_int_equal(id_loop.send(l.a, frame, 0, 0), ISDN_ERR_INVAL);
	assert_int_equal(id_loop.send(l.a, frame, ID_FRAME_MAX + 1, 0), ISDN_ERR_INVAL);
	assert_int_equal(id_loop.send(l.a, frame, 5000, 0), ISDN_ERR_INVAL);
	assert_int_equal(id_loop.recv(l.b, frame, sizeof(frame), 0), 0);
	assert_int_equal(id_loop.send(l.a, frame, 1, 0), 0);
	assert_int_equal(id_loop.recv(l.b, frame, sizeof(frame), 0), 1);
	assert_int_equal(id_loop.send(l.a, frame, ID_FRAME_MAX, 0), 0);
	assert_int_equal(id_loop.recv(l.b, frame, sizeof(frame), 0), ID_FRAME_MAX);
	assert_no_event(&id_loop, l.b);
	teardown(&l);
}

static void memory_that_runs_out_loses_a_frame_and_nothing_else(void **state)
{
	struct id_shared shared = { NULL };
	struct id_port *p = NULL;
	struct isdn_error error;
	struct help_mem mem;
	struct isdn_env env;
	struct line l;

	(void)state;
	help_env(&env, &mem);
	mem.left = 0;
	assert_int_equal(help_open(&id_loop, &p, "x", &shared, &env, &error), ISDN_ERR_NOMEM);
	assert_int_equal(error.code, ISDN_ERR_NOMEM);
	assert_null(p);
	assert_null(shared.loops);

	setup(&l, "");
	l.mem.left = 2;
	send_some(&l, 3, 0);
	assert_int_equal(events(l.b, ID_OVERRUN), 1);
	assert_int_equal(drain(l.b, 0), 2);
	send_some(&l, 2, 0); /* buffers that were used once come back without memory */
	assert_int_equal(drain(l.b, 0), 2);
	teardown(&l);
}

static void a_mistake_in_an_option_or_the_name_is_refused(void **state)
{
	static const char *const bad[] = {
		"",
		"012345678901234567890123456789012",
		"x,loss=1001",
		"x,dup=",
		"x,corrupt=-1",
		"x,delay=60001",
		"x,seed=a",
		"x,loss",
		"x,seed=4294967296",
	};
	struct id_shared shared = { NULL };
	struct id_port *p = NULL;
	struct help_mem mem;
	struct isdn_env env;

	(void)state;
	help_env(&env, &mem);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct isdn_error error = { 0, "" };

		assert_int_equal(help_open(&id_loop, &p, bad[i], &shared, &env, &error),
				 ISDN_ERR_SPEC);
		assert_int_equal(error.code, ISDN_ERR_SPEC);
		assert_true(strlen(error.text) > 20);
	}
	assert_null(shared.loops);
	assert_int_equal(mem.held, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(frames_arrive_whole_and_in_order_in_both_directions),
		cmocka_unit_test(an_end_without_the_other_is_in_alarm_from_the_start),
		cmocka_unit_test(
			closing_one_end_is_an_alarm_at_the_other_and_opening_it_again_clears_it),
		cmocka_unit_test(an_interruption_that_is_over_already_is_still_told),
		cmocka_unit_test(a_third_end_is_refused_and_other_names_and_registries_are_apart),
		cmocka_unit_test(delay_holds_frames_back_and_the_deadline_says_until_when),
		cmocka_unit_test(reorder_holds_its_share_of_frames_back_and_others_overtake),
		cmocka_unit_test(bad_ends_after_so_many_frames),
		cmocka_unit_test(loss_takes_its_share_of_frames_without_an_event),
		cmocka_unit_test(dup_delivers_its_share_of_frames_twice_in_a_row),
		cmocka_unit_test(a_corrupted_frame_is_a_bad_fcs_and_never_delivered),
		cmocka_unit_test(the_same_seed_gives_the_same_line_and_another_seed_another),
		cmocka_unit_test(a_queue_that_is_full_drops_what_comes_and_says_overrun),
		cmocka_unit_test(a_frame_longer_than_the_reader_takes_is_an_overrun),
		cmocka_unit_test(frames_of_any_length_a_line_carries_pass_and_others_are_refused),
		cmocka_unit_test(memory_that_runs_out_loses_a_frame_and_nothing_else),
		cmocka_unit_test(a_mistake_in_an_option_or_the_name_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
