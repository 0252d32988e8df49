/* SPDX-License-Identifier: BSD-2-Clause */
/* What works beside a registry: watches and their turns, taps, and the wake of a client. */
#define _POSIX_C_SOURCE 200809L
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include "tests/stage.h"
#include "tests/wire_helper.h"

/* A watch that notes its turn and then does what the test wants. */
struct turn {
	struct isdn_watch watch; /* must be the first */
	char name;
	void (*then)(struct turn *t, struct isdn_registry *r);
	struct isdn_watch *other;
	struct isdn_client *client;
	isdn_handle call;
	int answer, pipe[2];
	char *turns; /* of all */
};

static void take_turn(struct isdn_registry *r, struct isdn_watch *watch)
{
	struct turn *t = (struct turn *)watch;
	size_t n = strlen(t->turns);

	if (n < 60) {
		t->turns[n] = t->name;
		t->turns[n + 1] = '\0';
	}
	if (t->then)
		t->then(t, r);
}

static void turns_init(struct turn *t, unsigned n, char turns[64])
{
	turns[0] = '\0';
	memset(t, 0, n * sizeof(*t));
	for (unsigned i = 0; i < n; i++) {
		t[i].watch.fd = -1;
		t[i].watch.run = take_turn;
		t[i].name = (char)('a' + i);
		t[i].turns = turns;
	}
}

static void watch_all(struct stage *s, struct turn *t, unsigned n)
{
	for (unsigned i = 0; i < n; i++)
		assert_int_equal(isdn_registry_watch(s->registry, &t[i].watch), 0);
}

static bool readable(const struct isdn_registry *r)
{
	struct pollfd p = { .fd = isdn_registry_fd(r), .events = POLLIN };

	return poll(&p, 1, 0) == 1;
}

static isdn_handle h(struct stage *s, const char *name)
{
	return stage_handle(s, s->one, name);
}

/* ---- watches ---- */

static void watches_run_once_each_in_the_order_of_adding(void **state)
{
	struct stage *s = *state;
	struct turn t[4];
	char turns[64];

	turns_init(t, 4, turns);
	watch_all(s, t, 4);
	stage_run(s);
	assert_string_equal(turns, "abcd");
	isdn_registry_unwatch(s->registry, &t[1].watch);
	stage_run(s);
	assert_string_equal(turns, "abcdacd");
	assert_int_equal(isdn_registry_watch(s->registry, &t[1].watch), 0);
	stage_run(s);
	assert_string_equal(turns, "abcdacdacdb");
}

static void sees_the_call(struct turn *t, struct isdn_registry *r)
{
	struct isdn_registry_counts counts;

	isdn_registry_counts(r, &counts);
	t->answer = (int)counts.calls;
}

static void watches_run_after_the_spans(void **state)
{
	struct stage *s = *state;
	struct turn t;
	char turns[64];

	turns_init(&t, 1, turns);
	t.then = sees_the_call;
	watch_all(s, &t, 1);
	assert_int_not_equal(mock_offer(&s->mock, "1"), 0);
	stage_run(s);
	assert_int_equal(t.answer, 1);
}

static void the_descriptor_of_a_watch_is_polled(void **state)
{
	struct stage *s = *state;
	struct turn t;
	char turns[64];
	int p[2];

	turns_init(&t, 1, turns);
	assert_int_equal(pipe(p), 0);
	t.watch.fd = p[0];
	assert_false(readable(s->registry));
	watch_all(s, &t, 1);
	assert_false(readable(s->registry));
	assert_int_equal(write(p[1], "x", 1), 1);
	assert_true(readable(s->registry));
	stage_run(s);
	assert_true(readable(s->registry)); /* nobody has read it */
	isdn_registry_unwatch(s->registry, &t.watch);
	assert_false(readable(s->registry));
	close(p[0]);
	close(p[1]);
}

static void what_can_not_be_watched(void **state)
{
	int file = open("/dev/null", O_RDONLY), regular, p[2];
	char name[] = "/tmp/test_registry_watch.XXXXXX", turns[64];
	struct stage *s = *state;
	struct turn t[2];

	turns_init(t, 2, turns);
	assert_int_equal(isdn_registry_watch(NULL, &t[0].watch), ISDN_ERR_INVALPOINTER);
	assert_int_equal(isdn_registry_watch(s->registry, NULL), ISDN_ERR_INVALPOINTER);
	t[0].watch.run = NULL;
	assert_int_equal(isdn_registry_watch(s->registry, &t[0].watch), ISDN_ERR_INVALPOINTER);
	t[0].watch.run = take_turn;
	regular = mkstemp(name);
	assert_true(file >= 0 && regular >= 0);
	unlink(name);
	t[0].watch.fd = regular; /* always ready: no polling */
	assert_int_equal(isdn_registry_watch(s->registry, &t[0].watch), ISDN_ERR_IO);
	close(regular);
	assert_int_equal(isdn_registry_watch(s->registry, &t[0].watch), ISDN_ERR_IO);
	t[0].watch.fd = isdn_registry_fd(s->registry);
	assert_int_equal(isdn_registry_watch(s->registry, &t[0].watch), ISDN_ERR_IO);
	assert_int_equal(pipe(p), 0);
	t[0].watch.fd = t[1].watch.fd = p[0];
	watch_all(s, t, 1);
	assert_int_equal(isdn_registry_watch(s->registry, &t[1].watch), ISDN_ERR_IO);
	assert_int_equal(isdn_registry_watch(s->registry, &t[0].watch), ISDN_ERR_INVAL);
	t[1].watch.fd = -1;
	isdn_registry_unwatch(s->registry, &t[1].watch); /* was never there */
	isdn_registry_unwatch(s->registry, NULL);
	isdn_registry_unwatch(NULL, &t[1].watch);
	stage_run(s);
	assert_string_equal(turns, "a");
	isdn_registry_unwatch(s->registry, &t[0].watch);
	isdn_registry_unwatch(s->registry, &t[0].watch);
	watch_all(s, t, 2);
	/* twice would make a ring of the list */
	assert_int_equal(isdn_registry_watch(s->registry, &t[1].watch), ISDN_ERR_INVAL);
	stage_run(s);
	assert_string_equal(turns, "aab");
	close(file);
	close(p[0]);
	close(p[1]);
}

static void leaves(struct turn *t, struct isdn_registry *r)
{
	isdn_registry_unwatch(r, &t->watch);
	memset(&t->watch, 0xee, sizeof(t->watch)); /* as if it had been freed */
}

static void a_watch_leaves_in_its_turn(void **state)
{
	for (unsigned who = 0; who < 3; who++) {
		struct stage *s = *state;
		struct turn t[3];
		char turns[64];

		turns_init(t, 3, turns);
		t[who].then = leaves;
		watch_all(s, t, 3);
		stage_run(s);
		assert_string_equal(turns, "abc");
		stage_run(s);
		assert_string_equal(turns + 3, who == 0 ? "bc" : who == 1 ? "ac" : "ab");
		for (unsigned i = 0; i < 3; i++)
			if (i != who)
				isdn_registry_unwatch(s->registry, &t[i].watch);
	}
}

static void sends_away(struct turn *t, struct isdn_registry *r)
{
	isdn_registry_unwatch(r, t->other);
}

static void a_watch_sends_another_away(void **state)
{
	static const char *const then[3][3] = { { "", "ac", "ab" },
						{ "abc", "", "ab" },
						{ "abc", "abc", "" } };

	for (unsigned who = 0; who < 3; who++)
		for (unsigned whom = 0; whom < 3; whom++) {
			struct stage *s = *state;
			struct turn t[3];
			char turns[64];

			if (who == whom)
				continue;
			turns_init(t, 3, turns);
			t[who].then = sends_away;
			t[who].other = &t[whom].watch;
			watch_all(s, t, 3);
			stage_run(s);
			assert_string_equal(turns, then[who][whom]);
			stage_run(s);
			assert_int_equal(strlen(turns), strlen(then[who][whom]) + 2);
			for (unsigned i = 0; i < 3; i++)
				isdn_registry_unwatch(s->registry, &t[i].watch);
		}
}

static void brings(struct turn *t, struct isdn_registry *r)
{
	t->answer = isdn_registry_watch(r, t->other);
}

static void comes_back(struct turn *t, struct isdn_registry *r)
{
	isdn_registry_unwatch(r, &t->watch);
	t->answer = isdn_registry_watch(r, &t->watch);
}

static void what_a_run_adds_has_its_turn_in_the_next_process(void **state)
{
	struct stage *s = *state;
	struct turn t[4];
	char turns[64];

	turns_init(t, 4, turns);
	t[0].then = brings;
	t[0].other = &t[3].watch;
	t[1].then = comes_back; /* with another descriptor, perhaps: once a process */
	watch_all(s, t, 3);
	stage_run(s);
	assert_string_equal(turns, "abc");
	assert_int_equal(t[0].answer, 0);
	assert_int_equal(t[1].answer, 0);
	stage_run(s);
	assert_string_equal(turns, "abcacdb");
	assert_int_equal(t[0].answer, ISDN_ERR_INVAL); /* it is there */
}

static void regrets(struct turn *t, struct isdn_registry *r)
{
	assert_int_equal(isdn_registry_watch(r, t->other), 0);
	assert_int_equal(isdn_registry_watch(r, t->other), ISDN_ERR_INVAL);
	isdn_registry_unwatch(r, t->other);
}

static void what_was_added_in_a_run_can_leave_in_it(void **state)
{
	struct stage *s = *state;
	struct turn t[2];
	char turns[64];

	turns_init(t, 2, turns);
	t[0].then = regrets;
	t[0].other = &t[1].watch;
	watch_all(s, t, 1);
	stage_run(s);
	stage_run(s);
	assert_string_equal(turns, "aa");
}

static void closes(struct turn *t, struct isdn_registry *r)
{
	(void)r;
	close(t->pipe[0]);
}

/* Against the rules: close first. The next of that number is polled all the same. */
static void a_run_that_closes_its_descriptor_harms_nobody(void **state)
{
	struct stage *s = *state;
	struct turn t[2];
	char turns[64];
	int p[2];

	turns_init(t, 2, turns);
	assert_int_equal(pipe(t[0].pipe), 0);
	t[0].watch.fd = t[0].pipe[0];
	t[0].then = closes;
	watch_all(s, t, 1);
	stage_run(s);
	assert_int_equal(pipe(p), 0);
	t[1].watch.fd = p[0];
	assert_int_equal(p[0], t[0].pipe[0]);
	watch_all(s, t + 1, 1);
	assert_int_equal(write(p[1], "x", 1), 1);
	assert_true(readable(s->registry));
	t[0].watch.fd = -1;
	isdn_registry_unwatch(s->registry, &t[0].watch);
	assert_true(readable(s->registry));
	isdn_registry_unwatch(s->registry, &t[1].watch);
	close(p[0]);
	close(p[1]);
	close(t[0].pipe[1]);
}

static void processes(struct turn *t, struct isdn_registry *r)
{
	t->answer = isdn_registry_process(r);
}

struct job {
	struct isdn_job job; /* must be the first */
	int answer;
};

static void job_processes(struct isdn_registry *r, struct isdn_job *job)
{
	((struct job *)job)->answer = isdn_registry_process(r);
}

static void process_within_process_is_refused(void **state)
{
	struct job job = { .job.run = job_processes };
	struct stage *s = *state;
	struct turn t;
	char turns[64];

	turns_init(&t, 1, turns);
	t.then = processes;
	watch_all(s, &t, 1);
	assert_int_equal(isdn_registry_post(s->registry, &job.job), 0);
	assert_int_equal(isdn_registry_process(s->registry), 0);
	assert_int_equal(t.answer, ISDN_ERR_OPERATIONUNAVAIL);
	assert_int_equal(job.answer, ISDN_ERR_OPERATIONUNAVAIL);
	assert_string_equal(turns, "a");
	assert_int_equal(isdn_registry_process(s->registry), 0);
}

static void asks_for_all(struct turn *t, struct isdn_registry *r)
{
	struct isdn_client_config config;
	struct isdn_client *c;

	t->then = NULL;
	isdn_client_config_init(&config);
	assert_true(isdn_call_drop(t->client, t->call, NULL) > 0);
	assert_int_equal(isdn_client_open(r, &config, &c), 0);
	isdn_client_close(c);
	assert_int_equal(isdn_registry_close_span(r, 2), 0);
}

static void a_run_asks_the_registry_for_whatever_there_is(void **state)
{
	struct stage *s = *state;
	uint64_t leg = stage_connected(s, &s->mock, "a");
	struct turn t;
	char turns[64];

	turns_init(&t, 1, turns);
	t.then = asks_for_all;
	t.client = s->one;
	t.call = h(s, "a");
	watch_all(s, &t, 1);
	stage_run(s);
	assert_int_equal(stage_asked(&s->mock, leg, MOCK_DROP), 1);
	assert_string_equal(told(s, s->one), "reply:CLEARED a:IDLE");
	stage_run(s);
	assert_string_equal(turns, "aa");
}

/* ---- wake ---- */

static struct isdn_client *waking(struct stage *s, bool wake)
{
	struct isdn_client_config config;

	isdn_client_config_init(&config);
	config.name = "panel";
	config.privilege = ISDN_MONITOR;
	config.wake = wake;
	return stage_open(s, &config);
}

static struct isdn_client *may_own(struct stage *s)
{
	struct isdn_client_config config;

	isdn_client_config_init(&config);
	config.name = "boss";
	config.privilege = ISDN_MONITOR;
	config.may_own = true;
	return stage_open(s, &config);
}

static void a_client_is_woken_by_requests_of_others(void **state)
{
	struct stage *s = *state;
	struct isdn_client *panel;

	stage_connected(s, &s->mock, "a");
	panel = waking(s, true);
	stage_run(s);
	(void)told(s, panel);
	assert_false(readable(s->registry));
	assert_true(isdn_call_hold(s->one, h(s, "a")) > 0);
	assert_true(isdn_call_drop(s->one, h(s, "a"), NULL) > 0);
	assert_true(readable(s->registry));
	stage_run(s);
	assert_false(readable(s->registry)); /* whether its events were taken or not */
	assert_string_equal(told(s, panel), "a:ONHOLD a:IDLE");
}

static void a_client_without_wake_is_not_woken(void **state)
{
	struct stage *s = *state;
	struct isdn_client *panel;

	stage_connected(s, &s->mock, "a");
	panel = waking(s, false);
	stage_run(s);
	assert_true(isdn_call_drop(s->one, h(s, "a"), NULL) > 0);
	assert_false(readable(s->registry));
	assert_string_equal(told(s, panel), "new:a a:CONNECTED a:IDLE");
}

static void what_spans_bring_is_there_when_process_returns(void **state)
{
	struct stage *s = *state;
	struct isdn_client *panel = waking(s, true);

	stage_run(s);
	assert_int_not_equal(mock_offer(&s->mock, "1"), 0);
	stage_run(s);
	assert_false(readable(s->registry));
	assert_string_equal(told(s, panel), "new:? ?:OFFERING");
}

static void asks(struct turn *t, struct isdn_registry *r)
{
	(void)r;
	t->then = NULL;
	assert_true(isdn_call_drop(t->client, t->call, NULL) > 0);
}

/* The one whose client it is had its turn before, and would sleep. */
static void what_one_watch_causes_wakes_the_client_of_another(void **state)
{
	struct stage *s = *state;
	struct turn t;
	char turns[64];

	stage_connected(s, &s->mock, "a");
	(void)waking(s, true);
	stage_run(s);
	turns_init(&t, 1, turns);
	t.then = asks;
	t.client = s->one;
	t.call = h(s, "a");
	watch_all(s, &t, 1);
	stage_run(s);
	assert_true(readable(s->registry));
	stage_run(s);
	assert_false(readable(s->registry));
}

/* The others take no events until there is no node left. */
static void a_client_is_woken_to_hear_that_it_missed_something(void **state)
{
	struct isdn_client *panel, *boss;
	struct stage *s = *state;
	struct isdn_event ev = { .type = ISDN_EV_REPLY };
	isdn_handle a;

	stage_connected(s, &s->mock, "a");
	panel = waking(s, true);
	boss = may_own(s);
	a = stage_handle(s, boss, "a");
	test_mem_fail_every(&s->mem, 1);
	for (unsigned i = 0; i < 200 && ev.type != ISDN_EV_LOST; i++) {
		stage_run(s);
		while (isdn_client_next_event(panel, &ev) == 1)
			;
		assert_false(readable(s->registry));
		assert_int_equal(
			isdn_call_set_privilege(boss, a, i & 1 ? ISDN_MONITOR : ISDN_OWNER), 0);
		assert_true(readable(s->registry));
		assert_int_equal(isdn_client_next_event(panel, &ev), 1);
	}
	test_mem_fail_every(&s->mem, 0);
	assert_int_equal(ev.type, ISDN_EV_LOST);
	desk_no_event_of(panel);
}

static void a_posted_job_and_a_wake_lose_neither(void **state)
{
	struct job job = { .job.run = job_processes };
	struct stage *s = *state;

	stage_connected(s, &s->mock, "a");
	(void)waking(s, true);
	stage_run(s);
	for (unsigned order = 0; order < 2; order++) {
		job.answer = 0;
		if (order)
			assert_int_equal(isdn_registry_post(s->registry, &job.job), 0);
		assert_true((order ? isdn_call_unhold : isdn_call_hold)(s->one, h(s, "a")) > 0);
		if (!order)
			assert_int_equal(isdn_registry_post(s->registry, &job.job), 0);
		assert_true(readable(s->registry));
		stage_run(s);
		assert_int_equal(job.answer, ISDN_ERR_OPERATIONUNAVAIL);
		assert_false(readable(s->registry));
	}
}

static void a_client_that_closes_leaves_no_wake(void **state)
{
	struct stage *s = *state;
	struct isdn_client *panel;

	stage_connected(s, &s->mock, "a");
	panel = waking(s, true); /* its first events wake it */
	assert_true(readable(s->registry));
	isdn_client_close(panel);
	stage_run(s);
	assert_false(readable(s->registry));
	assert_true(isdn_call_drop(s->one, h(s, "a"), NULL) > 0);
	assert_false(readable(s->registry));
}

static void the_time_is_that_of_events(void **state)
{
	struct stage *s = *state;

	assert_int_equal(isdn_registry_now(NULL), 0);
	assert_int_equal(isdn_registry_now(s->registry), s->now);
	stage_wait(s, 12345);
	assert_int_equal(isdn_registry_now(s->registry), s->now);
	stage_connected(s, &s->mock, "a");
	assert_true(isdn_call_drop(s->one, h(s, "a"), NULL) > 0);
	(void)told(s, s->one);
	assert_int_equal(s->last.time, isdn_registry_now(s->registry));
}

/* ---- taps ---- */

struct listener {
	struct isdn_tap tap; /* must be the first */
	struct isdn_registry *registry;
	struct isdn_tap *away; /* whom it sends away at its first frame */
	unsigned frames, out, span[4];
	uint32_t sum;
};

static void listen(struct isdn_tap *tap, unsigned span, bool net, enum isdn_trace_dir dir,
		   const uint8_t *octets, size_t len, isdn_time now)
{
	struct listener *l = (struct listener *)tap;

	assert_true(now >= 1000);
	l->frames++;
	l->out += dir == ISDN_TRACE_OUT;
	l->span[span & 3]++;
	l->sum = l->sum * 31 + net;
	for (size_t i = 0; i < len; i++)
		l->sum = l->sum * 31 + octets[i];
	if (l->away)
		isdn_registry_untap(l->registry, l->away);
	l->away = NULL;
}

static void a_call(struct wire *w)
{
	isdn_handle near, far;

	wire_connected(w, true, &near, &far);
	assert_true(isdn_call_drop(w->near, near, NULL) > 0);
	wire_run_for(w, 20);
	assert_true(isdn_call_drop(w->far, far, NULL) > 0);
	wire_run_for(w, 1000);
	wire_drain(w);
}

static void a_tap_has_every_frame_of_every_span(void **state)
{
	struct listener l[3] = { { .tap.frame = listen }, { .tap.frame = listen } };
	struct isdn_span_info near, far, near_now, far_now;
	struct wire *w = *state;

	isdn_registry_span_info(w->registry, w->near_span, &near);
	isdn_registry_span_info(w->registry, w->far_span, &far);
	for (unsigned i = 0; i < 2; i++)
		assert_int_equal(isdn_registry_tap(w->registry, &l[i].tap), 0);
	assert_int_equal(isdn_registry_tap(w->registry, &l[1].tap), ISDN_ERR_INVAL);
	a_call(w);
	isdn_registry_span_info(w->registry, w->near_span, &near_now);
	isdn_registry_span_info(w->registry, w->far_span, &far_now);
	assert_int_equal(l[0].out, near_now.counters.frames_out - near.counters.frames_out +
					   far_now.counters.frames_out - far.counters.frames_out);
	assert_int_equal(l[0].frames, 2 * l[0].out); /* what one sent the other received */
	assert_int_equal(l[0].span[w->near_span], l[0].span[w->far_span]);
	assert_int_equal(l[0].sum, l[1].sum);
	assert_int_not_equal(w->n_seen, 0); /* the trace hook has them too */
	isdn_registry_untap(w->registry, &l[0].tap);
	isdn_registry_untap(w->registry, &l[0].tap);
	isdn_registry_untap(w->registry, NULL);
	isdn_registry_untap(NULL, &l[1].tap);
	w->n_seen = 0;
	a_call(w);
	assert_int_equal(l[1].frames, 2 * l[0].frames);
	isdn_registry_untap(w->registry, &l[1].tap);
	w->n_seen = 0;
	a_call(w);
	assert_int_equal(l[1].frames, 2 * l[0].frames);
	assert_int_not_equal(w->n_seen, 0);
}

static void a_tap_leaves_in_its_hook_or_sends_others_away(void **state)
{
	for (unsigned who = 0; who < 3; who++)
		for (unsigned whom = 0; whom < 3; whom++) {
			struct listener l[3];
			struct wire *w = *state;

			memset(l, 0, sizeof(l));
			for (unsigned i = 0; i < 3; i++) {
				l[i].tap.frame = listen;
				l[i].registry = w->registry;
				assert_int_equal(isdn_registry_tap(w->registry, &l[i].tap), 0);
			}
			l[who].away = &l[whom].tap;
			a_call(w);
			for (unsigned i = 0; i < 3; i++) {
				if (i == whom)
					assert_int_equal(l[i].frames, whom <= who);
				else
					assert_true(l[i].frames > 10);
				isdn_registry_untap(w->registry, &l[i].tap);
			}
		}
}

static void what_can_not_be_tapped(void **state)
{
	struct listener l = { .tap.frame = NULL };
	struct wire *w = *state;

	assert_int_equal(isdn_registry_tap(NULL, &l.tap), ISDN_ERR_INVALPOINTER);
	assert_int_equal(isdn_registry_tap(w->registry, NULL), ISDN_ERR_INVALPOINTER);
	assert_int_equal(isdn_registry_tap(w->registry, &l.tap), ISDN_ERR_INVALPOINTER);
}

/* Also in a registry that has no trace hook, and from the first frame of a span. */
static void a_span_that_is_opened_later_is_tapped(void **state)
{
	struct listener l = { .tap.frame = listen };
	struct isdn_registry *r;
	isdn_time end;
	unsigned span;

	(void)state;
	assert_int_equal(isdn_registry_new(&r, NULL, NULL), 0);
	assert_int_equal(isdn_registry_open_span(r, "loop:late,user", &span, NULL), 0);
	assert_int_equal(isdn_registry_tap(r, &l.tap), 0);
	assert_int_equal(isdn_registry_open_span(r, "loop:late,net", &span, NULL), 0);
	end = isdn_registry_now(r) + 5000;
	while (!l.span[1] && isdn_registry_now(r) < end)
		assert_int_equal(isdn_registry_process(r), 0);
	assert_int_not_equal(l.span[1], 0);
	assert_int_not_equal(l.span[2], 0);
	isdn_registry_free(r); /* the tap is forgotten with it */
}

#define S(test) cmocka_unit_test_setup_teardown(test, stage_setup, stage_teardown)
#define W(test) cmocka_unit_test_setup_teardown(test, wire_setup_user, wire_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		S(watches_run_once_each_in_the_order_of_adding),
		S(watches_run_after_the_spans),
		S(the_descriptor_of_a_watch_is_polled),
		S(what_can_not_be_watched),
		S(a_watch_leaves_in_its_turn),
		S(a_watch_sends_another_away),
		S(what_a_run_adds_has_its_turn_in_the_next_process),
		S(what_was_added_in_a_run_can_leave_in_it),
		S(a_run_that_closes_its_descriptor_harms_nobody),
		S(process_within_process_is_refused),
		S(a_run_asks_the_registry_for_whatever_there_is),
		S(a_client_is_woken_by_requests_of_others),
		S(a_client_without_wake_is_not_woken),
		S(what_spans_bring_is_there_when_process_returns),
		S(what_one_watch_causes_wakes_the_client_of_another),
		S(a_client_is_woken_to_hear_that_it_missed_something),
		S(a_posted_job_and_a_wake_lose_neither),
		S(a_client_that_closes_leaves_no_wake),
		S(the_time_is_that_of_events),
		W(a_tap_has_every_frame_of_every_span),
		W(a_tap_leaves_in_its_hook_or_sends_others_away),
		W(what_can_not_be_tapped),
		cmocka_unit_test(a_span_that_is_opened_later_is_tapped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
