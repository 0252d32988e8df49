/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Calls, clients and handles: to R-87 (drop.md 2, 7, 8), as far as they are not
 * in test_registry.c.
 */
#include "tests/stage.h"

static isdn_handle h(struct stage *s, const char *name)
{
	return stage_handle(s, s->one, name);
}

static isdn_request drop(struct stage *s, const char *name)
{
	return isdn_call_drop(s->one, h(s, name), NULL);
}

static void R_10_requests_fail_when_the_drop_begins_not_when_it_is_complete(void **state)
{
	struct stage *s = *state;

	stage_connected(s, &s->mock, "a");
	s->mock.manner[MOCK_HOLD] = s->mock.manner[MOCK_DROP] = MOCK_LATE;
	assert_true(isdn_call_hold(s->one, h(s, "a")) > 0);
	assert_true(drop(s, "a") > 0);
	assert_string_equal(told(s, s->one), "reply:OPERATIONFAILED");
	assert_true(mock_answer(&s->mock, 1, true));
	stage_run(s);
	assert_string_equal(told(s, s->one), "reply:CLEARED a:IDLE");
	stage_clean(s);
}

/* Whatever is said to it: it is the first that counts. */
static void R_09_a_dry_run_of_a_drop_under_way_is_answered_as_the_drop(void **state)
{
	struct isdn_drop bad = { .cause = 200 };
	struct stage *s = *state;
	struct isdn_effect e;
	isdn_request id;
	size_t n;

	stage_connected(s, &s->mock, "a");
	s->mock.manner[MOCK_DROP] = MOCK_LATE;
	id = drop(s, "a");
	assert_int_equal(isdn_call_drop(s->one, h(s, "a"), &bad), id);
	assert_int_equal(isdn_call_dry_run(s->one, h(s, "a"), ISDN_DROP, &bad, &e, 1, &n), 0);
	assert_int_equal(n, 0);
	assert_true(mock_answer(&s->mock, 1, true));
	stage_clean(s);
}

static void R_32_a_drop_refuses_an_accepted_call_too(void **state)
{
	struct stage *s = *state;
	uint64_t leg = stage_offer(s, &s->mock, "1", "a");

	assert_true(isdn_call_accept(s->one, h(s, "a"), NULL, 0) > 0);
	assert_string_equal(told(s, s->one), "reply:OK a:ACCEPTED");
	assert_true(drop(s, "a") > 0);
	assert_int_equal(stage_last(&s->mock, leg, MOCK_DROP)->cause, 21);
	assert_string_equal(told(s, s->one), "reply:REJECTED a:IDLE");
	stage_clean(s);
}

static void R_33_a_call_of_nobody_is_kept_or_dropped(void **state)
{
	struct isdn_registry_config config;
	struct isdn_registry_counts counts;
	struct stage *s = *state;
	struct isdn_registry *r;
	struct isdn_env env;
	struct mock m;
	unsigned span;
	uint64_t leg;

	isdn_client_close(s->one);
	leg = mock_offer(&s->mock, "1");
	stage_run(s);
	assert_int_equal(stage_asked(&s->mock, leg, MOCK_DROP), 0);
	s->one = stage_client(s, "one", ISDN_OWNER);
	assert_string_equal(told(s, s->one), "new:? ?:OFFERING");
	stage_clean(s);

	memset(&env, 0, sizeof(env));
	isdn_registry_config_init(&config);
	config.drop_unowned = 18;
	assert_int_equal(isdn_registry_new(&r, &config, &env), 0);
	mock_init(&m);
	assert_int_equal(isdn_registry_add_provider(r, &m.base, &span), 0);
	leg = mock_offer(&m, "1");
	assert_int_equal(isdn_registry_process(r), 0);
	assert_int_equal(stage_last(&m, leg, MOCK_DROP)->cause, 18);
	assert_int_equal(isdn_registry_process(r), 0);
	isdn_registry_counts(r, &counts);
	assert_int_equal(counts.calls, 0);
	isdn_registry_free(r);
}

static void R_34_answering_drops_or_holds_the_active_call(void **state)
{
	static const struct {
		enum isdn_answer_mode mode;
		const char *told;
	} rows[] = {
		{ ISDN_ANSWER_DROP, "reply:OK b:CONNECTED a:IDLE" },
		{ ISDN_ANSWER_HOLD, "reply:OK b:CONNECTED a:ONHOLD" },
		{ ISDN_ANSWER_KEEP, "reply:OK b:CONNECTED" },
	};
	struct isdn_client_config config;
	struct stage *s = *state;

	for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		isdn_request id;

		isdn_client_close(s->one);
		isdn_client_config_init(&config);
		config.answer_mode = rows[i].mode;
		s->one = stage_open(s, &config);
		s->n_names = 0;
		stage_connected(s, &s->mock, "a");
		stage_offer(s, &s->mock, "1", "b");
		id = isdn_call_answer(s->one, h(s, "b"), NULL, 0);
		assert_true(id > 0);
		assert_string_equal(told(s, s->one), rows[i].told);
		if (rows[i].mode == ISDN_ANSWER_DROP)
			assert_int_equal(s->last.request, id);
		stage_clean(s);
	}
}

static void R_77_after_idle_nothing_can_be_asked_for(void **state)
{
	struct isdn_call_params p;
	struct stage *s = *state;
	isdn_handle a, x, k, conf;

	isdn_call_params_init(&p);
	p.span = 1;
	p.called = "1";
	stage_connected(s, &s->mock, "a");
	stage_connected(s, &s->mock, "x");
	assert_true(drop(s, "a") > 0);
	stage_forget(s);
	a = h(s, "a");
	x = h(s, "x");
	assert_int_equal(isdn_conference_new(s->one, NULL, &conf), 0);
	assert_int_equal(isdn_call_accept(s->one, a, NULL, 0), ISDN_ERR_INVALCALLSTATE);
	assert_int_equal(isdn_call_answer(s->one, a, NULL, 0), ISDN_ERR_INVALCALLSTATE);
	assert_int_equal(isdn_call_hold(s->one, a), ISDN_ERR_INVALCALLSTATE);
	assert_int_equal(isdn_call_unhold(s->one, a), ISDN_ERR_INVALCALLSTATE);
	assert_int_equal(isdn_call_dial(s->one, a, "1"), ISDN_ERR_INVALCALLSTATE);
	assert_int_equal(isdn_call_send_uui(s->one, a, "\x04", 1), ISDN_ERR_INVALCALLSTATE);
	assert_int_equal(isdn_call_setup_transfer(s->one, a, &p, &k), ISDN_ERR_INVALCALLSTATE);
	assert_int_equal(isdn_call_complete_transfer(s->one, a, x, NULL, NULL),
			 ISDN_ERR_INVALCALLSTATE);
	assert_int_equal(isdn_conference_setup(s->one, a, NULL, &p, &conf, &k),
			 ISDN_ERR_INVALCALLSTATE);
	assert_int_equal(isdn_conference_add(s->one, conf, a), ISDN_ERR_INVALCALLSTATE);
	assert_int_equal(isdn_call_link(s->one, a, x), ISDN_ERR_INVALCALLSTATE);
	assert_int_equal(isdn_call_leave(s->one, a, NULL), ISDN_ERR_INVALCALLSTATE);
	assert_int_equal(isdn_call_clear(s->one, a, NULL), ISDN_ERR_INVALCALLSTATE);
	assert_int_equal(stage_features(s, s->one, "a"), 0);
	assert_int_equal(isdn_call_release_uui(s->one, a), 0);
	assert_int_equal(isdn_call_set_privilege(s->one, a, ISDN_MONITOR), 0);
	stage_forget(s);
	stage_clean(s);
}

static void R_78_a_monitor_or_a_co_owner_can_always_go(void **state)
{
	struct stage *s = *state;
	uint64_t leg = stage_connected(s, &s->mock, "a");

	s->two = stage_client(s, "two", ISDN_OWNER);
	assert_int_equal(isdn_call_handoff(s->one, h(s, "a"), "two"), 0);
	assert_int_equal(isdn_call_deallocate(s->mon, stage_handle(s, s->mon, "a")), 0);
	assert_int_equal(isdn_call_deallocate(s->one, h(s, "a")), 0);
	assert_int_equal(stage_asked(&s->mock, leg, MOCK_DROP), 0);
	assert_string_equal(stage_state(s, s->two, "a"), "CONNECTED");
	assert_int_equal(isdn_call_deallocate(s->two, stage_handle(s, s->two, "a")),
			 ISDN_ERR_INVALCALLSTATE);
	stage_clean(s);
}

static void R_81_the_last_handle_goes_and_requests_fail(void **state)
{
	struct isdn_registry_counts counts;
	struct isdn_client_config config;
	struct stage *s = *state;

	isdn_client_close(s->one);
	isdn_client_close(s->mon);
	s->mon = NULL;
	isdn_client_config_init(&config);
	config.relaxed = true;
	s->one = stage_open(s, &config);
	stage_connected(s, &s->mock, "a");
	s->mock.manner[MOCK_DROP] = MOCK_LATE;
	s->mock.manner[MOCK_HOLD] = MOCK_LATE;
	assert_true(isdn_call_hold(s->one, h(s, "a")) > 0);
	assert_int_equal(isdn_call_deallocate(s->one, h(s, "a")), 0);
	assert_string_equal(told(s, s->one), "reply:OPERATIONFAILED");
	assert_true(mock_release(&s->mock, 1, 16));
	stage_run(s);
	stage_connected(s, &s->mock, "b");
	assert_true(drop(s, "b") > 0);
	assert_int_equal(isdn_call_deallocate(s->one, h(s, "b")), 0);
	assert_string_equal(told(s, s->one), "reply:OPERATIONFAILED");
	assert_true(mock_answer(&s->mock, 2, true));
	stage_run(s);
	assert_string_equal(told(s, s->one), "");
	isdn_registry_counts(s->registry, &counts);
	assert_int_equal(counts.calls + counts.handles + counts.requests, 0);
}

static void R_81_the_last_handle_goes_with_its_client_and_a_drop_fails(void **state)
{
	struct stage *s = *state;

	s->two = stage_client(s, "two", ISDN_OWNER);
	stage_connected(s, &s->mock, "a");
	s->mock.manner[MOCK_DROP] = MOCK_LATE;
	assert_true(drop(s, "a") > 0);
	assert_int_equal(isdn_call_deallocate(s->one, h(s, "a")), 0);
	assert_int_equal(isdn_call_deallocate(s->mon, stage_handle(s, s->mon, "a")), 0);
	assert_string_equal(told(s, s->one), "");
	isdn_client_close(s->two);
	s->two = NULL;
	assert_string_equal(told(s, s->one), "reply:OPERATIONFAILED");
	assert_true(mock_answer(&s->mock, 1, true));
	stage_run(s);
	assert_string_equal(told(s, s->one), "");
	stage_clean(s);
}

static void R_83_the_others_are_told_of_owners_and_monitors_until_idle(void **state)
{
	struct stage *s = *state;

	stage_connected(s, &s->mock, "a");
	s->two = stage_client(s, "two", ISDN_OWNER);
	assert_int_equal(isdn_call_handoff(s->one, h(s, "a"), "two"), 0);
	assert_string_equal(told(s, s->one), "");
	assert_string_equal(told(s, s->mon), "a:info=NUMOWNERS");
	assert_string_equal(told(s, s->two), "new:a a:CONNECTED");
	assert_int_equal(
		isdn_call_set_privilege(s->two, stage_handle(s, s->two, "a"), ISDN_MONITOR), 0);
	assert_string_equal(told(s, s->one), "a:info=NUMOWNERS+NUMMONITORS");
	assert_string_equal(told(s, s->two), "");
	assert_int_equal(isdn_call_handoff(s->one, h(s, "a"), "two"), 0);
	assert_string_equal(told(s, s->two), "a:info=PRIVILEGE");
	assert_int_equal(isdn_call_handoff(s->one, h(s, "a"), "two"), ISDN_ERR_OPERATIONUNAVAIL);
	assert_int_equal(isdn_call_handoff(s->one, h(s, "a"), "mon"), ISDN_ERR_OPERATIONUNAVAIL);
	assert_int_equal(isdn_call_handoff(s->one, h(s, "a"), "nobody"), ISDN_ERR_INVAL);
	assert_int_equal(stage_info(s, s->one, "a").owners, 2);
	stage_forget(s);
	assert_true(drop(s, "a") > 0);
	stage_forget(s);
	assert_int_equal(isdn_call_deallocate(s->two, stage_handle(s, s->two, "a")), 0);
	assert_string_equal(told(s, s->one), "");
	assert_string_equal(told(s, s->mon), "");
	stage_clean(s);
}

static void R_84_a_sole_owner_becomes_monitor_after_idle_only(void **state)
{
	struct stage *s = *state;

	stage_connected(s, &s->mock, "a");
	assert_int_equal(isdn_call_set_privilege(s->one, h(s, "a"), ISDN_MONITOR),
			 ISDN_ERR_INVALCALLSTATE);
	assert_int_equal(isdn_call_set_privilege(s->mon, stage_handle(s, s->mon, "a"), ISDN_OWNER),
			 ISDN_ERR_NOTOWNER);
	assert_int_equal(isdn_call_set_privilege(s->one, h(s, "a"), (enum isdn_privilege)7),
			 ISDN_ERR_INVAL);
	assert_true(drop(s, "a") > 0);
	assert_int_equal(isdn_call_set_privilege(s->one, h(s, "a"), ISDN_MONITOR), 0);
	stage_clean(s);
}

static void R_85_a_client_closes_and_what_it_alone_owned_is_dropped(void **state)
{
	struct stage *s = *state;
	uint64_t a = stage_connected(s, &s->mock, "a"), b = stage_connected(s, &s->mock, "b");
	isdn_handle gone = h(s, "a");

	s->two = stage_client(s, "two", ISDN_OWNER);
	assert_int_equal(isdn_call_handoff(s->one, h(s, "b"), "two"), 0);
	stage_forget(s);
	isdn_client_close(s->one);
	assert_int_equal(stage_last(&s->mock, a, MOCK_DROP)->cause, 16);
	assert_int_equal(stage_asked(&s->mock, b, MOCK_DROP), 0);
	assert_string_equal(told(s, s->two), "b:info=NUMOWNERS");
	assert_string_equal(told(s, s->mon), "a:info=NUMOWNERS b:info=NUMOWNERS a:IDLE");
	s->one = stage_client(s, "one", ISDN_OWNER);
	assert_int_equal(isdn_call_drop(s->one, gone, NULL), ISDN_ERR_INVALCALLHANDLE);
	stage_clean(s);
}

static void R_86_shutdown_with_requests_pending(void **state)
{
	struct stage *s = *state;
	uint64_t leg[2];

	stage_conference(s, NULL, 2, leg);
	s->mock.manner[MOCK_MAKE] = s->mock.manner[MOCK_DROP] = MOCK_LATE;
	stage_make(s, "9", "m");
	assert_true(drop(s, "conf") > 0); /* the teardown frees all that, and counts memory */
}

static void R_87_the_reason_is_the_cause(void **state)
{
	static const struct {
		enum isdn_drop_reason reason;
		enum isdn_call_state state;
		uint8_t cause;
	} rows[] = {
		{ ISDN_DROP_NORMAL, ISDN_CALL_PROCEEDING, 16 },
		{ ISDN_DROP_NOANSWER, ISDN_CALL_PROCEEDING, 18 },
		{ ISDN_DROP_NOANSWER, ISDN_CALL_RINGBACK, 19 },
		{ ISDN_DROP_REJECTED, ISDN_CALL_RINGBACK, 21 },
	};
	struct stage *s = *state;
	struct isdn_drop how = { .reason = (enum isdn_drop_reason)3 };

	for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		s->n_names = 0;
		s->mock.manner[MOCK_MAKE] = MOCK_LATE;
		stage_make(s, "1", "a");
		assert_true(mock_progress(&s->mock, s->mock.n_legs, rows[i].state));
		stage_run(s);
		how.reason = (enum isdn_drop_reason)3;
		assert_int_equal(isdn_call_drop(s->one, h(s, "a"), &how), ISDN_ERR_INVAL);
		how.reason = rows[i].reason;
		assert_true(isdn_call_drop(s->one, h(s, "a"), &how) > 0);
		assert_int_equal(stage_last(&s->mock, s->mock.n_legs, MOCK_DROP)->cause,
				 rows[i].cause);
		assert_int_equal(stage_info(s, s->one, "a").cause, rows[i].cause);
		assert_int_equal(stage_info(s, s->one, "a").source, ISDN_BY_LOCAL);
		stage_clean(s);
	}
}

static void R_09_each_of_two_droppers_gets_a_reply(void **state)
{
	struct stage *s = *state;
	isdn_request first, second;

	stage_connected(s, &s->mock, "a");
	s->two = stage_client(s, "two", ISDN_OWNER);
	assert_int_equal(isdn_call_handoff(s->one, h(s, "a"), "two"), 0);
	s->mock.manner[MOCK_DROP] = MOCK_LATE;
	first = drop(s, "a");
	second = isdn_call_drop(s->two, stage_handle(s, s->two, "a"), NULL);
	assert_true(first > 0 && second > 0 && first != second);
	assert_int_equal(drop(s, "a"), first);
	assert_int_equal(stage_asked(&s->mock, 1, MOCK_DROP), 1);
	stage_forget(s);
	assert_true(mock_answer(&s->mock, 1, true));
	stage_run(s);
	assert_string_equal(told(s, s->one), "reply:CLEARED a:IDLE");
	assert_string_equal(told(s, s->two), "reply:CLEARED a:IDLE");
	assert_int_equal(s->last_reply.request, second);
	stage_clean(s);
}

static void a_client_can_see_calls_that_are_not_its_own(void **state)
{
	struct stage *s = *state;
	isdn_handle list[2];
	size_t n;

	stage_connected(s, &s->mock, "a");
	stage_connected(s, &s->mock, "b");
	s->two = stage_client(s, "two", ISDN_OWNER);
	assert_string_equal(told(s, s->two), "");
	assert_int_equal(isdn_client_see_calls(s->two), 2);
	assert_int_equal(isdn_client_see_calls(s->two), 0);
	assert_string_equal(told(s, s->two), "new:a a:CONNECTED new:b b:CONNECTED");
	assert_int_equal(isdn_client_calls(s->two, list, 1, &n), ISDN_ERR_NOSPC);
	assert_int_equal(n, 2);
	assert_int_equal(isdn_call_drop(s->two, list[0], NULL), ISDN_ERR_NOTOWNER);
	assert_int_equal(isdn_call_set_privilege(s->two, list[0], ISDN_OWNER), 0);
	assert_true(isdn_call_drop(s->two, list[0], NULL) > 0);
	stage_clean(s);
}

static void digits_are_dialled_one_after_the_other(void **state)
{
	struct stage *s = *state;
	struct isdn_call_params p;
	isdn_handle a;

	isdn_call_params_init(&p);
	p.span = 1;
	p.called = "";
	assert_int_equal(isdn_call_make(s->one, &p, &a), ISDN_ERR_INVAL);
	p.overlap = true;
	s->mock.manner[MOCK_MAKE] = MOCK_LATE;
	assert_true(isdn_call_make(s->one, &p, &a) > 0);
	stage_name(s, s->one, a, "a");
	assert_string_equal(told(s, s->one), "a:DIALTONE");
	assert_int_equal(isdn_call_dial(s->one, a, ""), ISDN_ERR_INVAL);
	assert_int_equal(isdn_call_dial(s->one, a, "1x"), ISDN_ERR_INVAL);
	assert_true(isdn_call_dial(s->one, a, "12") > 0);
	assert_true(isdn_call_dial(s->one, a, "3") > 0);
	assert_string_equal(told(s, s->one), "reply:OK a:DIALING reply:OK");
	assert_string_equal(stage_info(s, s->one, "a").called, "123");
	stage_clean(s);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, stage_setup, stage_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(R_09_each_of_two_droppers_gets_a_reply),
		TEST(R_10_requests_fail_when_the_drop_begins_not_when_it_is_complete),
		TEST(R_09_a_dry_run_of_a_drop_under_way_is_answered_as_the_drop),
		TEST(R_32_a_drop_refuses_an_accepted_call_too),
		TEST(R_33_a_call_of_nobody_is_kept_or_dropped),
		TEST(R_34_answering_drops_or_holds_the_active_call),
		TEST(R_77_after_idle_nothing_can_be_asked_for),
		TEST(R_78_a_monitor_or_a_co_owner_can_always_go),
		TEST(R_81_the_last_handle_goes_and_requests_fail),
		TEST(R_81_the_last_handle_goes_with_its_client_and_a_drop_fails),
		TEST(R_83_the_others_are_told_of_owners_and_monitors_until_idle),
		TEST(R_84_a_sole_owner_becomes_monitor_after_idle_only),
		TEST(R_85_a_client_closes_and_what_it_alone_owned_is_dropped),
		TEST(R_86_shutdown_with_requests_pending),
		TEST(R_87_the_reason_is_the_cause),
		TEST(a_client_can_see_calls_that_are_not_its_own),
		TEST(digits_are_dialled_one_after_the_other),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
