/* SPDX-License-Identifier: BSD-2-Clause */
/* Shared lines: R-58 to R-71 (drop.md 5). */
#include "tests/stage.h"

static isdn_bridge make_line(struct stage *s, const char *number, enum isdn_sharing sharing)
{
	struct isdn_bridge_config c;
	isdn_bridge b;

	isdn_bridge_config_init(&c);
	c.span = 1;
	c.number = number;
	c.sharing = sharing;
	assert_int_equal(isdn_bridge_new(s->registry, &c, &b), 0);
	return b;
}

/* The line 77, with stations one and two, and another client who is none. */
static isdn_bridge line(struct stage *s, enum isdn_sharing sharing)
{
	isdn_bridge b = make_line(s, "77", sharing);

	s->two = stage_client(s, "two", ISDN_OWNER);
	s->three = stage_client(s, "three", ISDN_OWNER);
	assert_int_equal(isdn_bridge_join(s->one, b, NULL), 0);
	assert_int_equal(isdn_bridge_join(s->two, b, NULL), 0);
	return b;
}

static isdn_handle newest(struct isdn_client *c)
{
	isdn_handle h[64];
	size_t n;

	assert_int_equal(isdn_client_calls(c, h, 64, &n), 0);
	assert_true(n > 0);
	return h[n - 1];
}

/* A call to the line: "a" at station one, "b" at station two. */
static uint64_t offer(struct stage *s)
{
	uint64_t leg = mock_offer(&s->mock, "77");

	stage_run(s);
	stage_name(s, s->one, newest(s->one), "a");
	stage_name(s, s->two, newest(s->two), "b");
	stage_forget(s);
	return leg;
}

static isdn_handle at(struct stage *s, const char *name)
{
	return stage_handle(s, *name == 'a' ? s->one : s->two, name);
}

static int answer(struct stage *s, const char *name)
{
	return isdn_call_answer(*name == 'a' ? s->one : s->two, at(s, name), NULL, 0);
}

static isdn_request drop(struct stage *s, const char *name, const struct isdn_drop *how)
{
	return isdn_call_drop(*name == 'a' ? s->one : s->two, at(s, name), how);
}

/* Station one has the call, two has it too when both. */
static uint64_t talk(struct stage *s, bool both)
{
	uint64_t leg = offer(s);

	assert_true(answer(s, "a") > 0);
	if (both)
		assert_true(answer(s, "b") > 0);
	stage_forget(s);
	return leg;
}

static void R_58_a_station_drops_and_the_call_goes_on_at_the_other(void **state)
{
	struct stage *s = *state;
	uint64_t leg;

	line(s, ISDN_SHARING_SHARED);
	leg = talk(s, true);
	assert_true(drop(s, "a", NULL) > 0);
	assert_string_equal(told(s, s->one), "reply:INACTIVE a:CONNECTED/INACTIVE");
	assert_string_equal(told(s, s->two), "");
	assert_string_equal(told(s, s->mon), "a:CONNECTED/INACTIVE");
	assert_string_equal(stage_state(s, s->two, "b"), "CONNECTED");
	assert_int_equal(stage_asked(&s->mock, leg, MOCK_DROP), 0);
	stage_clean(s);
}

static void R_59_the_only_station_drops_and_the_call_is_cleared(void **state)
{
	struct stage *s = *state;
	struct isdn_drop how = { .cause = 31,
				 .uui = "\x04"
					"end",
				 .uui_size = 4 };
	uint64_t leg;

	line(s, ISDN_SHARING_SHARED);
	leg = talk(s, false);
	assert_string_equal(stage_state(s, s->two, "b"), "CONNECTED/INACTIVE");
	assert_true(drop(s, "a", &how) > 0);
	assert_int_equal(stage_last(&s->mock, leg, MOCK_DROP)->cause, 31);
	assert_true(stage_last(&s->mock, leg, MOCK_DROP)->has_uui);
	assert_string_equal(told(s, s->one), "reply:CLEARED a:IDLE");
	assert_int_equal(s->last_reply.calls_changed, 2);
	assert_true(s->last_reply.uui_sent);
	assert_int_equal(s->last.source, ISDN_BY_LOCAL);
	assert_string_equal(told(s, s->two), "b:IDLE");
	assert_int_equal(s->last.source, ISDN_BY_CASCADE);
	assert_int_equal(s->last.cascade_of, stage_info(s, s->one, "a").id);
	assert_string_equal(told(s, s->mon), "a:IDLE b:IDLE");
	stage_clean(s);
}

static void R_60_an_inactive_station_joins_again(void **state)
{
	struct stage *s = *state;

	line(s, ISDN_SHARING_SHARED);
	talk(s, true);
	assert_true(drop(s, "a", NULL) > 0);
	stage_forget(s);
	assert_true(answer(s, "a") > 0);
	assert_string_equal(told(s, s->one), "reply:OK a:CONNECTED");
	assert_string_equal(told(s, s->two), "");
	assert_int_equal(answer(s, "a"), ISDN_ERR_INVALCALLSTATE);
	stage_clean(s);
}

/* USER INFORMATION arrives. */
static void news(struct mock *m, uint64_t leg)
{
	struct isdn_leg_event *ev = &m->queue[m->tail++ % MOCK_EVENTS];

	memset(ev, 0, sizeof(*ev));
	ev->type = ISDN_LEG_INFO;
	ev->leg = leg;
	ev->has_uui = true;
	ev->uui.discriminator = 4;
}

static void R_61_inactive_there_are_no_digits_no_uui_and_no_news(void **state)
{
	struct stage *s = *state;
	uint64_t leg;

	line(s, ISDN_SHARING_SHARED);
	leg = talk(s, false);
	assert_int_equal(isdn_call_dial(s->two, at(s, "b"), "1"), ISDN_ERR_INVALCALLSTATE);
	assert_int_equal(isdn_call_send_uui(s->two, at(s, "b"), "\x04x", 2),
			 ISDN_ERR_INVALCALLSTATE);
	assert_true(isdn_call_dial(s->one, at(s, "a"), "1") > 0);
	stage_forget(s);
	news(&s->mock, leg);
	stage_run(s);
	assert_string_equal(told(s, s->one), "a:info=UUI");
	assert_string_equal(told(s, s->two), "");
	assert_true(answer(s, "b") > 0);
	assert_string_equal(told(s, s->two), "reply:OK b:CONNECTED b:info=UUI");
	stage_clean(s);
}

static void R_62_an_inactive_station_can_not_drop(void **state)
{
	struct stage *s = *state;

	line(s, ISDN_SHARING_SHARED);
	talk(s, false);
	assert_int_equal(drop(s, "b", NULL), ISDN_ERR_OPERATIONUNAVAIL);
	assert_int_equal(isdn_call_leave(s->two, at(s, "b"), NULL), ISDN_ERR_OPERATIONUNAVAIL);
	assert_int_equal(stage_features(s, s->two, "b") &
				 (ISDN_FEATURE_DROP | ISDN_FEATURE_LEAVE | ISDN_FEATURE_CLEAR),
			 ISDN_FEATURE_CLEAR);
	assert_string_equal(told(s, s->two), "");
	assert_true(isdn_call_clear(s->two, at(s, "b"), NULL) > 0);
	assert_string_equal(told(s, s->one), "a:IDLE");
	assert_string_equal(told(s, s->two), "reply:CLEARED b:IDLE");
	stage_clean(s);
}

static void R_63_the_far_end_clears(void **state)
{
	struct stage *s = *state;
	uint64_t leg;

	line(s, ISDN_SHARING_SHARED);
	leg = talk(s, false);
	assert_true(mock_disconnect(&s->mock, leg, 16, NULL));
	stage_run(s);
	assert_string_equal(told(s, s->one), "a:DISCONNECTED/NORMAL");
	assert_string_equal(told(s, s->two), "b:IDLE");
	assert_true(drop(s, "a", NULL) > 0);
	assert_string_equal(told(s, s->one), "reply:CLEARED a:IDLE");
	assert_string_equal(told(s, s->two), "");
	stage_clean(s);
	leg = talk(s, true);
	assert_true(mock_release(&s->mock, leg, 16));
	stage_run(s);
	assert_string_equal(told(s, s->one), "a:DISCONNECTED/NORMAL a:IDLE");
	assert_string_equal(told(s, s->two), "b:DISCONNECTED/NORMAL b:IDLE");
	stage_clean(s);
}

static void R_64_an_exclusive_line_in_use_is_nobody_elses(void **state)
{
	struct stage *s = *state;
	struct isdn_call_params p;
	uint64_t leg, second;
	isdn_bridge b = line(s, ISDN_SHARING_EXCLUSIVE);
	isdn_handle h;

	leg = talk(s, false);
	assert_string_equal(stage_state(s, s->two, "b"), "CONNECTED/INACTIVE");
	assert_int_equal(answer(s, "b"), ISDN_ERR_INUSE);
	isdn_call_params_init(&p);
	p.bridge = b;
	p.called = "1";
	assert_int_equal(isdn_call_make(s->two, &p, &h), ISDN_ERR_INUSE);
	second = mock_offer(&s->mock, "77");
	stage_run(s);
	stage_name(s, s->one, newest(s->one), "a2");
	assert_string_equal(told(s, s->one), "new:a2 a2:OFFERING");
	assert_string_equal(told(s, s->two), "");
	assert_true(mock_release(&s->mock, second, 16));
	stage_run(s);
	stage_forget(s);
	assert_true(drop(s, "a", NULL) > 0);
	assert_int_equal(stage_asked(&s->mock, leg, MOCK_DROP), 1);
	assert_string_equal(told(s, s->one), "reply:CLEARED a:IDLE");
	assert_string_equal(told(s, s->two), "b:IDLE");
	assert_true(isdn_call_make(s->two, &p, &h) > 0);
	stage_clean(s);
}

static void R_64_a_held_call_is_picked_up_by_another_station(void **state)
{
	struct stage *s = *state;

	line(s, ISDN_SHARING_EXCLUSIVE);
	talk(s, false);
	assert_true(isdn_call_hold(s->one, at(s, "a")) > 0);
	assert_string_equal(told(s, s->one), "reply:OK a:ONHOLD");
	assert_true(answer(s, "b") > 0);
	assert_string_equal(told(s, s->two), "reply:OK b:CONNECTED");
	assert_string_equal(told(s, s->one), "a:CONNECTED/INACTIVE");
	stage_clean(s);
}

static void R_65_new_call_sharing_leaves_other_calls_alone(void **state)
{
	struct stage *s = *state;
	struct isdn_call_params p;
	isdn_bridge b = line(s, ISDN_SHARING_NEW);
	isdn_handle h;

	offer(s);
	assert_true(answer(s, "a") > 0);
	assert_string_equal(told(s, s->one), "reply:OK a:CONNECTED");
	assert_string_equal(told(s, s->two), "b:DISCONNECTED/PICKUP b:IDLE");
	assert_int_equal(s->last.cause, 26);
	isdn_call_params_init(&p);
	p.bridge = b;
	p.called = "1";
	assert_true(isdn_call_make(s->two, &p, &h) > 0);
	stage_name(s, s->two, h, "b2");
	stage_forget(s);
	assert_true(drop(s, "a", NULL) > 0);
	assert_string_equal(told(s, s->one), "reply:CLEARED a:IDLE");
	assert_string_equal(told(s, s->two), "");
	stage_clean(s);
}

static void R_66_a_monitored_station_sees_the_use_and_no_call(void **state)
{
	struct stage *s = *state;
	struct isdn_station_config c;
	isdn_bridge b = line(s, ISDN_SHARING_SHARED);
	isdn_handle h[4];
	size_t n;

	isdn_station_config_init(&c);
	c.monitored = true;
	assert_int_equal(isdn_bridge_join(s->three, b, &c), 0);
	talk(s, false);
	stage_clean(s);
	mock_offer(&s->mock, "77");
	stage_run(s);
	assert_string_equal(told(s, s->three), "line:(0)calls=1");
	assert_true(isdn_call_answer(s->one, newest(s->one), NULL, 0) > 0);
	assert_string_equal(told(s, s->three), "line:INUSEONE(1)");
	assert_int_equal(isdn_client_calls(s->three, h, 4, &n), 0);
	assert_int_equal(n, 0);
	stage_clean(s);
}

static void R_67_use_is_told_to_those_who_asked(void **state)
{
	struct stage *s = *state;
	struct isdn_station_config c;
	struct isdn_bridge_info info;
	isdn_bridge b = line(s, ISDN_SHARING_SHARED);

	assert_int_equal(isdn_bridge_leave(s->two, b), 0);
	isdn_station_config_init(&c);
	c.address_events = true;
	assert_int_equal(isdn_bridge_join(s->two, b, &c), 0);
	offer(s);
	assert_true(answer(s, "a") > 0);
	assert_true(answer(s, "b") > 0);
	assert_string_equal(told(s, s->two), "b:CONNECTED/INACTIVE line:INUSEONE(1) "
					     "reply:OK b:CONNECTED line:INUSEMANY(2)");
	assert_int_equal(isdn_bridge_info(s->registry, b, &info), 0);
	assert_int_equal(info.in_use, 2);
	assert_true(drop(s, "b", NULL) > 0);
	assert_string_equal(told(s, s->two),
			    "reply:INACTIVE b:CONNECTED/INACTIVE line:INUSEONE(1)");
	assert_true(drop(s, "a", NULL) > 0);
	assert_string_equal(told(s, s->two), "b:IDLE line:INUSEZERO(0)calls=0");
	assert_int_equal(isdn_bridge_info(s->registry, b, &info), 0);
	assert_int_equal(info.in_use, 0);
	assert_string_equal(told(s, s->one), "reply:OK a:CONNECTED reply:CLEARED a:IDLE");
	stage_clean(s);
}

static void R_68_hold_while_another_takes_part_is_inactive(void **state)
{
	struct stage *s = *state;
	uint64_t leg;

	line(s, ISDN_SHARING_SHARED);
	leg = talk(s, true);
	assert_true(isdn_call_hold(s->one, at(s, "a")) > 0);
	assert_string_equal(told(s, s->one), "reply:INACTIVE a:CONNECTED/INACTIVE");
	assert_int_equal(stage_asked(&s->mock, leg, MOCK_HOLD), 0);
	assert_true(isdn_call_hold(s->two, at(s, "b")) > 0);
	assert_int_equal(stage_asked(&s->mock, leg, MOCK_HOLD), 1);
	assert_string_equal(told(s, s->two), "reply:OK b:ONHOLD");
	assert_true(isdn_call_unhold(s->two, at(s, "b")) > 0);
	assert_string_equal(told(s, s->two), "reply:OK b:CONNECTED");
	stage_clean(s);
}

static void R_69_mode_0_is_active_and_the_far_end_can_hold(void **state)
{
	struct stage *s = *state;
	uint64_t leg;

	line(s, ISDN_SHARING_SHARED);
	leg = talk(s, false);
	assert_true(mock_far_hold(&s->mock, leg, true));
	stage_run(s);
	assert_string_equal(told(s, s->one), "a:CONNECTED/ACTIVEHELD");
	assert_string_equal(told(s, s->two), "b:CONNECTED/INACTIVEHELD");
	assert_true(answer(s, "b") > 0);
	assert_string_equal(told(s, s->two), "reply:OK b:CONNECTED/ACTIVEHELD");
	assert_true(mock_far_hold(&s->mock, leg, false));
	stage_run(s);
	assert_string_equal(told(s, s->one), "a:CONNECTED");
	stage_clean(s);
	s->mock.manner[MOCK_MAKE] = MOCK_LATE;
	stage_make(s, "1", "c");
	assert_true(mock_connect(&s->mock, s->mock.n_legs, 0));
	stage_run(s);
	assert_string_equal(stage_state(s, s->one, "c"), "CONNECTED");
	stage_clean(s);
}

static void R_70_one_station_rejects_and_the_last_refuses_the_call(void **state)
{
	struct stage *s = *state;
	struct isdn_drop how = { .cause = 17,
				 .uui = "\x04"
					"no",
				 .uui_size = 3 };
	uint64_t leg;

	line(s, ISDN_SHARING_SHARED);
	leg = offer(s);
	assert_true(drop(s, "a", &how) > 0);
	assert_string_equal(told(s, s->one), "reply:REJECTED a:IDLE");
	assert_false(s->last_reply.uui_sent);
	assert_string_equal(told(s, s->two), "");
	assert_string_equal(stage_state(s, s->two, "b"), "OFFERING");
	assert_int_equal(stage_asked(&s->mock, leg, MOCK_DROP), 0);
	assert_true(drop(s, "b", &how) > 0);
	assert_int_equal(stage_last(&s->mock, leg, MOCK_DROP)->cause, 17);
	assert_string_equal(told(s, s->two), "reply:REJECTED b:IDLE");
	assert_true(s->last_reply.uui_sent);
	stage_clean(s);
}

static void R_71_uui_of_a_drop_that_ends_inactive_is_not_sent(void **state)
{
	struct stage *s = *state;
	struct isdn_drop how = { .uui = "\x04"
					"bye",
				 .uui_size = 4 };

	line(s, ISDN_SHARING_SHARED);
	talk(s, true);
	assert_true(drop(s, "b", &how) > 0);
	assert_string_equal(told(s, s->two), "reply:INACTIVE b:CONNECTED/INACTIVE");
	assert_int_equal(s->last_reply.result, 0);
	assert_false(s->last_reply.uui_sent);
	stage_clean(s);
}

static void a_call_that_a_station_makes_is_seen_at_the_others_when_it_is_connected(void **state)
{
	struct stage *s = *state;
	struct isdn_call_params p;
	isdn_bridge b = line(s, ISDN_SHARING_SHARED);
	isdn_handle h;

	isdn_call_params_init(&p);
	p.bridge = b;
	p.called = "1";
	assert_int_equal(isdn_call_make(s->three, &p, &h), ISDN_ERR_INVALCALLHANDLE);
	s->mock.manner[MOCK_MAKE] = MOCK_LATE;
	assert_true(isdn_call_make(s->one, &p, &h) > 0);
	stage_name(s, s->one, h, "a");
	assert_string_equal(told(s, s->one), "a:DIALING");
	assert_string_equal(told(s, s->two), "");
	assert_true(mock_connect(&s->mock, 1, ISDN_MODE_ACTIVE));
	stage_run(s);
	stage_name(s, s->two, newest(s->two), "b");
	assert_string_equal(told(s, s->one), "reply:OK a:CONNECTED");
	assert_string_equal(told(s, s->two), "new:b b:CONNECTED/INACTIVE");
	stage_clean(s);
}

static void a_station_that_leaves_takes_its_part_of_the_call_with_it(void **state)
{
	struct stage *s = *state;
	isdn_bridge b = line(s, ISDN_SHARING_SHARED);
	uint64_t leg = talk(s, true);

	assert_int_equal(isdn_bridge_free(s->registry, b), ISDN_ERR_INUSE);
	assert_int_equal(isdn_bridge_leave(s->one, b), 0);
	assert_string_equal(told(s, s->one), "a:IDLE");
	assert_string_equal(stage_state(s, s->two, "b"), "CONNECTED");
	isdn_client_close(s->two);
	s->two = NULL;
	assert_int_equal(stage_asked(&s->mock, leg, MOCK_DROP), 1);
	stage_clean(s);
	assert_int_equal(isdn_bridge_free(s->registry, b), 0);
}

static void a_client_that_becomes_a_station_sees_what_is_there(void **state)
{
	struct stage *s = *state;
	struct isdn_station_config c;
	isdn_bridge b = line(s, ISDN_SHARING_SHARED);

	talk(s, false);
	isdn_station_config_init(&c);
	c.silent = true;
	assert_int_equal(isdn_bridge_join(s->three, b, &c), 0);
	assert_int_equal(isdn_bridge_join(s->three, b, &c), ISDN_ERR_INUSE);
	stage_name(s, s->three, newest(s->three), "c");
	assert_string_equal(told(s, s->three), "new:c c:CONNECTED/INACTIVE");
	stage_clean(s);
	mock_offer(&s->mock, "77");
	stage_run(s);
	stage_name(s, s->three, newest(s->three), "c");
	assert_string_equal(told(s, s->three), "new:c c:OFFERING/INACTIVE");
	assert_true(isdn_call_answer(s->three, stage_handle(s, s->three, "c"), NULL, 0) > 0);
	assert_string_equal(told(s, s->three), "reply:OK c:CONNECTED");
	stage_clean(s);
}

/* The far end was told that somebody answers: it is not left to one who did not. */
static void R_85_a_station_that_answers_and_closes_takes_the_call_with_it(void **state)
{
	struct stage *s = *state;
	uint64_t leg;

	line(s, ISDN_SHARING_SHARED);
	leg = offer(s);
	assert_int_equal(isdn_call_deallocate(s->mon, stage_handle(s, s->mon, "a")), 0);
	s->mock.manner[MOCK_ANSWER] = MOCK_LATE;
	assert_true(answer(s, "a") > 0);
	isdn_client_close(s->one);
	s->one = NULL;
	assert_int_equal(stage_asked(&s->mock, leg, MOCK_DROP), 1);
	assert_string_equal(told(s, s->two), "b:IDLE");
	stage_clean(s);
}

/* Station two has both "b", which it got first, and "a", and is alone; one of them takes part. */
static uint64_t at_two(struct stage *s, const char *active)
{
	uint64_t leg;

	line(s, ISDN_SHARING_SHARED);
	leg = offer(s);
	assert_true(answer(s, active) > 0);
	assert_int_equal(isdn_call_handoff(s->one, at(s, "a"), "two"), 0);
	isdn_client_close(s->one);
	s->one = NULL;
	stage_forget(s);
	return leg;
}

static void R_85_an_inactive_appearance_that_is_given_up_first_ends_alone(void **state)
{
	struct stage *s = *state;
	uint64_t leg = at_two(s, "a");

	isdn_client_close(s->two);
	s->two = NULL;
	assert_string_equal(told(s, s->mon), "b:info=NUMOWNERS b:IDLE a:info=NUMOWNERS a:IDLE");
	assert_int_equal(stage_info(s, s->mon, "b").cause, 0);
	assert_int_equal(stage_info(s, s->mon, "b").source, ISDN_BY_LOCAL);
	assert_int_equal(stage_info(s, s->mon, "a").cause, 16);
	assert_int_equal(stage_info(s, s->mon, "a").source, ISDN_BY_LOCAL);
	assert_int_equal(stage_asked(&s->mock, leg, MOCK_DROP), 1);
	stage_clean(s);
}

static void R_85_an_inactive_appearance_that_is_given_up_last_ends_with_the_call(void **state)
{
	struct stage *s = *state;
	uint64_t leg = at_two(s, "b");

	isdn_client_close(s->two);
	s->two = NULL;
	assert_string_equal(told(s, s->mon), "b:info=NUMOWNERS a:info=NUMOWNERS a:IDLE b:IDLE");
	assert_int_equal(stage_info(s, s->mon, "b").cause, 16);
	assert_int_equal(stage_info(s, s->mon, "b").source, ISDN_BY_LOCAL);
	assert_int_equal(stage_info(s, s->mon, "a").cause, 16);
	assert_int_equal(stage_info(s, s->mon, "a").source, ISDN_BY_CASCADE);
	assert_int_equal(stage_asked(&s->mock, leg, MOCK_DROP), 1);
	stage_clean(s);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, stage_setup, stage_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(R_58_a_station_drops_and_the_call_goes_on_at_the_other),
		TEST(R_59_the_only_station_drops_and_the_call_is_cleared),
		TEST(R_60_an_inactive_station_joins_again),
		TEST(R_61_inactive_there_are_no_digits_no_uui_and_no_news),
		TEST(R_62_an_inactive_station_can_not_drop),
		TEST(R_63_the_far_end_clears),
		TEST(R_64_an_exclusive_line_in_use_is_nobody_elses),
		TEST(R_64_a_held_call_is_picked_up_by_another_station),
		TEST(R_65_new_call_sharing_leaves_other_calls_alone),
		TEST(R_66_a_monitored_station_sees_the_use_and_no_call),
		TEST(R_67_use_is_told_to_those_who_asked),
		TEST(R_68_hold_while_another_takes_part_is_inactive),
		TEST(R_69_mode_0_is_active_and_the_far_end_can_hold),
		TEST(R_70_one_station_rejects_and_the_last_refuses_the_call),
		TEST(R_71_uui_of_a_drop_that_ends_inactive_is_not_sent),
		TEST(a_call_that_a_station_makes_is_seen_at_the_others_when_it_is_connected),
		TEST(a_station_that_leaves_takes_its_part_of_the_call_with_it),
		TEST(a_client_that_becomes_a_station_sees_what_is_there),
		TEST(R_85_a_station_that_answers_and_closes_takes_the_call_with_it),
		TEST(R_85_an_inactive_appearance_that_is_given_up_first_ends_alone),
		TEST(R_85_an_inactive_appearance_that_is_given_up_last_ends_with_the_call),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
