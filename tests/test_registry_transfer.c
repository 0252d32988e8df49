/* SPDX-License-Identifier: BSD-2-Clause */
/* Transfer, R-72 to R-74, and linked calls, R-88 (drop.md 6). */
#include "tests/stage.h"

static isdn_handle h(struct stage *s, const char *name)
{
	return stage_handle(s, s->one, name);
}

static isdn_request drop(struct stage *s, const char *name)
{
	return isdn_call_drop(s->one, h(s, name), NULL);
}

/* "a" waits for the transfer, "k" is the consultation call, connected. */
static uint64_t set_up(struct stage *s, struct mock *m)
{
	uint64_t leg = stage_connected(s, m, "a");
	struct isdn_call_params p;
	isdn_handle k;

	isdn_call_params_init(&p);
	p.span = 1;
	p.called = "5";
	s->mock.manner[MOCK_MAKE] = MOCK_LATE;
	assert_true(isdn_call_setup_transfer(s->one, h(s, "a"), &p, &k) > 0);
	stage_name(s, s->one, k, "k");
	assert_true(mock_connect(&s->mock, s->mock.n_legs, ISDN_MODE_ACTIVE));
	stage_run(s);
	assert_string_equal(stage_state(s, s->one, "a"), "ONHOLDPENDTRANSFER");
	stage_forget(s);
	return leg;
}

static void R_72_the_consultation_call_ends_and_the_other_comes_back(void **state)
{
	struct isdn_client_config config;
	struct stage *s = *state;

	set_up(s, &s->mock);
	assert_true(drop(s, "k") > 0);
	assert_string_equal(told(s, s->one), "reply:CLEARED k:IDLE a:CONNECTED");
	stage_clean(s);
	isdn_client_close(s->one);
	isdn_client_config_init(&config);
	config.auto_reconnect = false;
	s->one = stage_open(s, &config);
	s->n_names = 0;
	set_up(s, &s->mock);
	assert_true(drop(s, "k") > 0);
	assert_string_equal(told(s, s->one), "reply:CLEARED k:IDLE");
	assert_string_equal(stage_state(s, s->one, "a"), "ONHOLDPENDTRANSFER");
	assert_true(isdn_call_unhold(s->one, h(s, "a")) > 0);
	assert_string_equal(told(s, s->one), "reply:OK a:CONNECTED");
	stage_clean(s);
}

static void R_72_unhold_takes_the_transfer_back(void **state)
{
	struct stage *s = *state;

	set_up(s, &s->mock);
	assert_true(isdn_call_unhold(s->one, h(s, "a")) > 0);
	assert_string_equal(told(s, s->one), "reply:OK a:CONNECTED k:IDLE");
	assert_string_equal(told(s, s->mon), "a:CONNECTED k:IDLE");
	stage_clean(s);
}

static void R_73_the_provider_transfers(void **state)
{
	struct stage *s = *state;
	uint64_t leg = set_up(s, &s->mock);

	assert_true(isdn_call_complete_transfer(s->one, h(s, "a"), h(s, "k"), NULL, NULL) > 0);
	assert_int_equal(stage_asked(&s->mock, leg, MOCK_TRANSFER), 1);
	assert_string_equal(told(s, s->one), "reply:TRANSFERRED a:IDLE k:IDLE");
	assert_int_equal(s->last_reply.calls_changed, 2);
	assert_string_equal(stage_state(s, s->one, "k"), "IDLE");
	stage_clean(s);
}

static void R_73_the_registry_keeps_the_legs_of_two_providers_together(void **state)
{
	struct isdn_drop how = { .cause = 17 };
	struct stage *s = *state;
	uint64_t leg = set_up(s, &s->other), leg_k = s->mock.n_legs;
	isdn_handle all[8];
	size_t n;

	assert_true(isdn_call_complete_transfer(s->one, h(s, "a"), h(s, "k"), NULL, NULL) > 0);
	assert_string_equal(told(s, s->one), "reply:TRANSFERRED a:IDLE k:IDLE");
	assert_int_equal(stage_asked(&s->other, leg, MOCK_DROP), 0);
	assert_int_equal(stage_asked(&s->other, leg, MOCK_RETRIEVE), 1);
	assert_int_equal(isdn_client_calls(s->mon, all, 8, &n), 0);
	assert_int_equal(n, 4);
	stage_name(s, s->mon, all[2], "a2");
	stage_name(s, s->mon, all[3], "k2");
	assert_string_equal(told(s, s->mon), "new:a2 a2:ONHOLD new:k2 k2:CONNECTED a:IDLE k:IDLE "
					     "a2:CONNECTED");
	assert_int_equal(stage_info(s, s->mon, "a2").owners, 0);
	assert_int_equal(stage_info(s, s->mon, "a2").hub, stage_info(s, s->mon, "k2").hub);
	assert_true(mock_disconnect(&s->other, leg, how.cause, NULL));
	stage_run(s);
	assert_int_equal(stage_last(&s->mock, leg_k, MOCK_DROP)->cause, 17);
	assert_string_equal(told(s, s->mon), "a2:DISCONNECTED/BUSY a2:IDLE k2:IDLE");
	stage_clean(s);
}

static void R_73_as_a_conference(void **state)
{
	struct stage *s = *state;
	isdn_handle conf;

	set_up(s, &s->mock);
	assert_true(isdn_call_complete_transfer(s->one, h(s, "a"), h(s, "k"), NULL, &conf) > 0);
	stage_name(s, s->one, conf, "conf");
	assert_string_equal(told(s, s->one), "conf:ONHOLDPENDCONF k:CONFERENCED conf:CONNECTED "
					     "reply:OK a:CONFERENCED");
	assert_int_equal(stage_info(s, s->one, "conf").parties, 2);
	stage_clean(s);
}

static void R_74_the_original_ends_and_the_consultation_call_is_an_ordinary_one(void **state)
{
	struct stage *s = *state;

	set_up(s, &s->mock);
	assert_true(drop(s, "a") > 0);
	assert_string_equal(told(s, s->one), "reply:CLEARED a:IDLE");
	assert_string_equal(stage_state(s, s->one, "k"), "CONNECTED");
	assert_int_equal(stage_info(s, s->one, "k").consult_of, 0);
	stage_clean(s);
}

static void a_hold_that_is_refused_leaves_the_call_connected(void **state)
{
	struct stage *s = *state;
	struct isdn_call_params p;
	isdn_handle k;

	stage_connected(s, &s->mock, "a");
	s->mock.manner[MOCK_HOLD] = MOCK_REFUSED;
	assert_true(isdn_call_hold(s->one, h(s, "a")) > 0);
	assert_string_equal(told(s, s->one), "reply:OPERATIONFAILED");
	isdn_call_params_init(&p);
	p.span = 1;
	p.called = "5";
	assert_true(isdn_call_setup_transfer(s->one, h(s, "a"), &p, &k) > 0);
	stage_name(s, s->one, k, "k");
	assert_string_equal(told(s, s->one), "k:DIALING k:PROCEEDING reply:OPERATIONFAILED");
	assert_string_equal(stage_state(s, s->one, "a"), "CONNECTED");
	assert_int_equal(stage_info(s, s->one, "k").consult_of, 0);
	stage_clean(s);
}

/* "a" is to be held for a transfer, and "k", its consultation call, has ended meanwhile. */
static uint64_t consult_ended_first(struct stage *s)
{
	uint64_t leg = stage_connected(s, &s->mock, "a");
	struct isdn_call_params p;
	isdn_handle k;

	isdn_call_params_init(&p);
	p.span = 1;
	p.called = "5";
	s->mock.manner[MOCK_HOLD] = MOCK_LATE;
	assert_true(isdn_call_setup_transfer(s->one, h(s, "a"), &p, &k) > 0);
	stage_name(s, s->one, k, "k");
	assert_true(drop(s, "k") > 0);
	stage_forget(s);
	return leg;
}

/* it comes back all the same. */
static void R_81_a_transfer_that_nobody_waits_for_goes_on(void **state)
{
	struct isdn_client_config config;
	struct stage *s = *state;
	uint64_t leg;

	isdn_client_close(s->one);
	isdn_client_config_init(&config);
	config.relaxed = true;
	s->one = stage_open(s, &config);
	leg = consult_ended_first(s);
	assert_int_equal(isdn_call_deallocate(s->mon, stage_handle(s, s->mon, "a")), 0);
	assert_int_equal(isdn_call_deallocate(s->one, h(s, "a")), 0);
	assert_string_equal(told(s, s->one), "reply:OPERATIONFAILED");
	s->two = stage_client(s, "two", ISDN_OWNER);
	assert_string_equal(told(s, s->two), "new:a a:CONNECTED");
	assert_true(mock_answer(&s->mock, leg, true));
	stage_run(s);
	assert_string_equal(told(s, s->two), "a:ONHOLDPENDTRANSFER a:CONNECTED");
	stage_clean(s);
}

static void a_transfer_after_one_that_was_refused_waits_for_its_own_consultation_call(void **state)
{
	struct stage *s = *state;
	struct isdn_call_params p;
	isdn_handle k;

	assert_true(mock_answer(&s->mock, consult_ended_first(s), false));
	stage_run(s);
	assert_string_equal(told(s, s->one), "reply:OPERATIONFAILED");
	s->mock.manner[MOCK_HOLD] = MOCK_DONE;
	isdn_call_params_init(&p);
	p.span = 1;
	p.called = "6";
	assert_true(isdn_call_setup_transfer(s->one, h(s, "a"), &p, &k) > 0);
	stage_run(s);
	assert_string_equal(stage_state(s, s->one, "a"), "ONHOLDPENDTRANSFER");
	stage_clean(s);
}

/* "a" on span 1 and "b" on span 2 are the ends of one call. */
static void link_up(struct stage *s, uint64_t *a, uint64_t *b)
{
	*a = stage_connected(s, &s->mock, "a");
	*b = stage_connected(s, &s->other, "b");
	assert_int_equal(isdn_call_link(s->one, h(s, "a"), h(s, "b")), 0);
	assert_string_equal(told(s, s->one), "a:info=LINK b:info=LINK");
	stage_forget(s);
}

static void R_88_either_end_is_dropped_and_both_end(void **state)
{
	struct isdn_drop how = { .cause = 19,
				 .uui = "\x04"
					"bye",
				 .uui_size = 4 };
	struct stage *s = *state;
	uint64_t a, b;

	link_up(s, &a, &b);
	assert_int_equal(stage_info(s, s->one, "a").hub, stage_info(s, s->one, "b").hub);
	assert_true(isdn_call_drop(s->one, h(s, "b"), &how) > 0);
	assert_int_equal(stage_last(&s->mock, a, MOCK_DROP)->cause, 19);
	assert_int_equal(stage_last(&s->mock, a, MOCK_DROP)->uui.len, 3);
	assert_string_equal(told(s, s->one), "a:IDLE reply:CLEARED b:IDLE");
	assert_int_equal(s->last_reply.calls_changed, 2);
	assert_int_equal(s->last_reply.calls_with_uui, 2);
	assert_int_equal(stage_info(s, s->one, "a").source, ISDN_BY_CASCADE);
	assert_int_equal(stage_info(s, s->one, "a").cascade_of, stage_info(s, s->one, "b").id);
	stage_clean(s);
}

static void R_88_the_far_end_of_one_clears_and_its_cause_and_uui_cross(void **state)
{
	struct isdn_uui uui = { .discriminator = 4, .len = 2, .data = "hi" };
	struct stage *s = *state;
	uint64_t a, b;

	link_up(s, &a, &b);
	assert_true(mock_disconnect(&s->mock, a, 17, &uui));
	stage_run(s);
	assert_int_equal(stage_last(&s->other, b, MOCK_DROP)->cause, 17);
	assert_memory_equal(stage_last(&s->other, b, MOCK_DROP)->uui.data, "hi", 2);
	assert_string_equal(told(s, s->one), "a:DISCONNECTED/BUSY a:IDLE b:IDLE");
	assert_int_equal(stage_info(s, s->one, "a").source, ISDN_BY_REMOTE);
	stage_clean(s);
	link_up(s, &a, &b);
	assert_true(mock_release(&s->other, b, 27));
	stage_run(s);
	assert_string_equal(told(s, s->one), "b:DISCONNECTED/OUTOFORDER b:IDLE a:IDLE");
	stage_clean(s);
}

static void R_88_unlinked_each_ends_for_itself(void **state)
{
	struct stage *s = *state;
	uint64_t a, b;

	link_up(s, &a, &b);
	assert_int_equal(isdn_call_unlink(s->one, h(s, "b")), 0);
	assert_int_equal(isdn_call_unlink(s->one, h(s, "b")), ISDN_ERR_INVALCALLSTATE);
	stage_forget(s);
	assert_true(drop(s, "a") > 0);
	assert_string_equal(told(s, s->one), "reply:CLEARED a:IDLE");
	assert_string_equal(stage_state(s, s->one, "b"), "CONNECTED");
	stage_clean(s);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, stage_setup, stage_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(R_72_the_consultation_call_ends_and_the_other_comes_back),
		TEST(R_72_unhold_takes_the_transfer_back),
		TEST(R_73_the_provider_transfers),
		TEST(R_73_the_registry_keeps_the_legs_of_two_providers_together),
		TEST(R_73_as_a_conference),
		TEST(R_74_the_original_ends_and_the_consultation_call_is_an_ordinary_one),
		TEST(a_hold_that_is_refused_leaves_the_call_connected),
		TEST(R_81_a_transfer_that_nobody_waits_for_goes_on),
		TEST(a_transfer_after_one_that_was_refused_waits_for_its_own_consultation_call),
		TEST(R_88_either_end_is_dropped_and_both_end),
		TEST(R_88_the_far_end_of_one_clears_and_its_cause_and_uui_cross),
		TEST(R_88_unlinked_each_ends_for_itself),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
