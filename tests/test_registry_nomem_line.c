/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * R-15, as in test_registry_nomem.c: shared lines, links, clients and handles; and what arrives:
 * without memory a call is refused, or those who miss it are told LOST.
 */
#include "tests/nomem.h"

#define LINE "77"

static isdn_handle one(struct stage *s, const char *name)
{
	return stage_handle(s, s->one, name);
}

static isdn_handle newest(struct isdn_client *c)
{
	isdn_handle h[64];
	size_t n;

	assert_int_equal(isdn_client_calls(c, h, 64, &n), 0);
	assert_true(n > 0);
	return h[n - 1];
}

static void nothing(struct stage *s)
{
	(void)s;
}

/* ---- shared lines ---- */

static isdn_bridge make_line(struct stage *s, enum isdn_sharing sharing)
{
	struct isdn_bridge_config c;
	isdn_bridge b;

	isdn_bridge_config_init(&c);
	c.span = 1;
	c.number = LINE;
	c.sharing = sharing;
	assert_int_equal(isdn_bridge_new(s->registry, &c, &b), 0);
	return b;
}

/* Stations one, two and three; three is told of the line's use. */
static void line_of(struct stage *s, enum isdn_sharing sharing)
{
	struct isdn_station_config c;
	isdn_bridge b = make_line(s, sharing);

	isdn_station_config_init(&c);
	c.address_events = true;
	s->two = stage_client(s, "two", ISDN_OWNER);
	s->three = stage_client(s, "three", ISDN_OWNER);
	assert_int_equal(isdn_bridge_join(s->one, b, NULL), 0);
	assert_int_equal(isdn_bridge_join(s->two, b, NULL), 0);
	assert_int_equal(isdn_bridge_join(s->three, b, &c), 0);
}

static void line(struct stage *s)
{
	line_of(s, ISDN_SHARING_SHARED);
}

static void line_new(struct stage *s)
{
	line_of(s, ISDN_SHARING_NEW);
}

static void rings(struct stage *s)
{
	assert_int_not_equal(mock_offer(&s->mock, LINE), 0);
	stage_run(s);
	stage_name(s, s->one, newest(s->one), "a");
	stage_name(s, s->two, newest(s->two), "b");
}

static void ringing(struct stage *s)
{
	line(s);
	rings(s);
}

static void ringing_new(struct stage *s)
{
	line_new(s);
	rings(s);
}

static void one_talks(struct stage *s)
{
	ringing(s);
	assert_true(isdn_call_answer(s->one, one(s, "a"), NULL, 0) > 0);
}

static void both_talk(struct stage *s)
{
	one_talks(s);
	assert_true(isdn_call_answer(s->two, stage_handle(s, s->two, "b"), NULL, 0) > 0);
}

static void one_holds(struct stage *s)
{
	one_talks(s);
	assert_true(isdn_call_hold(s->one, one(s, "a")) > 0);
}

static void line_with_a_call(struct stage *s)
{
	isdn_bridge b = make_line(s, ISDN_SHARING_SHARED);

	s->two = stage_client(s, "two", ISDN_OWNER);
	assert_int_equal(isdn_bridge_join(s->one, b, NULL), 0);
	assert_int_not_equal(mock_offer(&s->mock, LINE), 0);
	stage_run(s);
	stage_name(s, s->one, newest(s->one), "a");
}

static int bridge_new(struct stage *s)
{
	struct isdn_bridge_config c;
	isdn_bridge b;

	isdn_bridge_config_init(&c);
	c.span = 1;
	return isdn_bridge_new(s->registry, &c, &b);
}

static int join_line(struct stage *s)
{
	return isdn_bridge_join(s->two, 1, NULL);
}

static int leave_line(struct stage *s)
{
	return isdn_bridge_leave(s->one, 1);
}

static int make_there(struct stage *s)
{
	struct isdn_call_params p;
	isdn_handle h;

	isdn_call_params_init(&p);
	p.bridge = 1;
	p.called = "5551234";
	return isdn_call_make(s->one, &p, &h);
}

static int answer(struct stage *s)
{
	return isdn_call_answer(s->one, one(s, "a"), NULL, 0);
}

static int answer_at_two(struct stage *s)
{
	return isdn_call_answer(s->two, stage_handle(s, s->two, "b"), NULL, 0);
}

static int drop(struct stage *s)
{
	return isdn_call_drop(s->one, one(s, "a"), NULL);
}

static int clear_at_two(struct stage *s)
{
	return isdn_call_clear(s->two, stage_handle(s, s->two, "b"), NULL);
}

static int hold(struct stage *s)
{
	return isdn_call_hold(s->one, one(s, "a"));
}

NOMEM_TEST(a_new_line, nothing, bridge_new)
NOMEM_TEST(a_station_joins, line_with_a_call, join_line)
NOMEM_TEST(a_station_calls, line, make_there)
NOMEM_TEST(a_station_answers, ringing, answer)
NOMEM_TEST(a_station_answers_and_the_others_lose_it, ringing_new, answer)
NOMEM_TEST(a_station_joins_the_call, one_talks, answer_at_two)
NOMEM_TEST(a_station_takes_a_call_that_is_held, one_holds, answer_at_two)
NOMEM_TEST(a_station_refuses, ringing, drop)
NOMEM_TEST(a_station_drops_and_is_inactive, both_talk, drop)
NOMEM_TEST(a_station_drops_for_all, one_talks, drop)
NOMEM_TEST(a_station_clears_what_others_have, one_talks, clear_at_two)
NOMEM_TEST(a_station_holds_and_is_inactive, both_talk, hold)
NOMEM_TEST(a_station_holds_for_all, one_talks, hold)

static void R_15_leaving_a_line_is_always_possible(void **state)
{
	assert_int_equal(nomem_walk(state, both_talk, leave_line), 0);
	assert_int_equal(nomem_walk(state, one_talks, leave_line), 0);
	assert_int_equal(nomem_walk(state, ringing, leave_line), 0);
}

/* ---- links ---- */

static void two_calls(struct stage *s)
{
	stage_connected(s, &s->mock, "a");
	stage_connected(s, &s->other, "b");
}

static int link_them(struct stage *s)
{
	return isdn_call_link(s->one, one(s, "a"), one(s, "b"));
}

static void linked(struct stage *s)
{
	two_calls(s);
	assert_int_equal(link_them(s), 0);
}

static int unlink_them(struct stage *s)
{
	return isdn_call_unlink(s->one, one(s, "b"));
}

NOMEM_TEST(drop_of_a_linked_call, linked, drop)

static void R_15_calls_can_always_be_linked_and_unlinked(void **state)
{
	assert_int_equal(nomem_walk(state, two_calls, link_them), 0);
	assert_int_equal(nomem_walk(state, linked, unlink_them), 0);
}

/* ---- clients and handles ---- */

static void connected_and_another_client(struct stage *s)
{
	stage_connected(s, &s->mock, "a");
	s->two = stage_client(s, "two", ISDN_OWNER);
}

static int hand_off(struct stage *s)
{
	return isdn_call_handoff(s->one, one(s, "a"), "two");
}

static void handed_off(struct stage *s)
{
	connected_and_another_client(s);
	assert_int_equal(hand_off(s), 0);
}

static int give_up(struct stage *s)
{
	return isdn_call_set_privilege(s->one, one(s, "a"), ISDN_MONITOR);
}

static int give_back(struct stage *s)
{
	return isdn_call_deallocate(s->two, newest(s->two));
}

static void three_calls_and_another_client(struct stage *s)
{
	uint64_t leg[3];

	stage_conference(s, NULL, 3, leg);
	s->two = stage_client(s, "two", ISDN_OWNER);
}

static int see_calls(struct stage *s)
{
	return isdn_client_see_calls(s->two) < 0 ? ISDN_ERR_NOMEM : 0;
}

static void sees_the_conference(struct stage *s)
{
	three_calls_and_another_client(s);
	assert_int_equal(isdn_call_handoff(s->one, one(s, "conf"), "two"), 0);
}

static int conference_calls(struct stage *s)
{
	isdn_handle h[8];
	size_t n;

	return isdn_conference_calls(s->two, stage_handle(s, s->two, "conf"), h, 8, &n);
}

static int open_client(struct stage *s)
{
	struct isdn_client_config config;

	isdn_client_config_init(&config);
	config.name = "two";
	return isdn_client_open(s->registry, &config, &s->two);
}

static int open_monitor(struct stage *s)
{
	struct isdn_client_config config;

	isdn_client_config_init(&config);
	config.privilege = ISDN_MONITOR;
	return isdn_client_open(s->registry, &config, &s->three);
}

/* A call that nobody owns. */
static void left_alone(struct stage *s)
{
	struct isdn_client_config config;

	isdn_client_config_init(&config);
	config.keep_calls = true;
	isdn_client_close(s->one);
	s->one = stage_open(s, &config);
	stage_connected(s, &s->mock, "a");
	isdn_client_close(s->one);
	s->one = stage_client(s, "one", ISDN_MONITOR);
	isdn_client_close(s->one);
	s->one = NULL;
}

static int open_owner(struct stage *s)
{
	struct isdn_client_config config;

	isdn_client_config_init(&config);
	config.name = "one";
	return isdn_client_open(s->registry, &config, &s->one);
}

static int close_client(struct stage *s)
{
	isdn_client_close(s->two);
	s->two = NULL;
	return 0;
}

static int add_provider(struct stage *s)
{
	static struct mock third;
	unsigned span;

	(void)s;
	mock_init(&third);
	return isdn_registry_add_provider(s->registry, &third.base, &span);
}

static int close_span(struct stage *s)
{
	return isdn_registry_close_span(s->registry, 2);
}

NOMEM_TEST(hand_off, connected_and_another_client, hand_off)
NOMEM_TEST(an_owner_opens, nothing, open_client)
NOMEM_TEST(an_owner_opens_where_a_call_has_none, left_alone, open_owner)
NOMEM_TEST(a_monitor_opens, two_calls, open_monitor)

static void R_15_a_list_of_calls_goes_on_where_memory_ended(void **state)
{
	nomem_in_part(state, three_calls_and_another_client, see_calls);
	nomem_in_part(state, sees_the_conference, conference_calls);
}

static void R_15_what_ends_something_is_always_possible(void **state)
{
	assert_int_equal(nomem_walk(state, handed_off, give_up), 0);
	assert_int_equal(nomem_walk(state, handed_off, give_back), 0);
	assert_int_equal(nomem_walk(state, handed_off, close_client), 0);
	assert_int_equal(nomem_walk(state, both_talk, close_client), 0);
	assert_int_equal(nomem_walk(state, three_calls_and_another_client, close_span), 0);
}

static void R_15_a_provider_is_added_without_memory(void **state)
{
	nomem_never(state, nothing, add_provider);
}

/* ---- what arrives ---- */

/* With user-user information. */
static int arrives(struct stage *s)
{
	struct isdn_leg_event *ev = &s->mock.queue[s->mock.tail % MOCK_EVENTS];

	assert_int_not_equal(mock_offer(&s->mock, LINE), 0);
	ev->has_uui = true;
	ev->uui = (struct isdn_uui){ .discriminator = 4, .len = 1, .data = "a" };
	return isdn_registry_process(s->registry);
}

static void R_15_a_call_that_arrives_is_refused_or_missed_by_those_who_are_told_so(void **state)
{
	nomem_arrives(state, nothing, arrives);
}

static void R_15_a_call_for_a_line_is_refused_or_missed_by_those_who_are_told_so(void **state)
{
	nomem_arrives(state, line, arrives);
}

static void only_one_station(struct stage *s)
{
	assert_int_equal(isdn_bridge_join(s->one, make_line(s, ISDN_SHARING_SHARED), NULL), 0);
}

static void R_15_a_call_that_no_station_was_told_of_is_refused(void **state)
{
	nomem_arrives(state, only_one_station, arrives);
}

static void R_15_a_registry_is_there_or_not(void **state)
{
	struct isdn_registry *r;
	struct isdn_env env;
	struct test_mem mem;

	(void)state;
	memset(&env, 0, sizeof(env));
	test_mem_init(&mem, &env.mem);
	test_mem_fail_at(&mem, 1);
	assert_int_equal(isdn_registry_new(&r, NULL, &env), ISDN_ERR_NOMEM);
	assert_null(r);
	assert_int_equal(isdn_registry_new(&r, NULL, &env), 0);
	isdn_registry_free(r);
	assert_int_equal(test_mem_live(&mem), 0);
}

#define T(name) cmocka_unit_test_setup_teardown(R_15_##name, stage_setup, stage_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_new_line),
		T(a_station_joins),
		T(a_station_calls),
		T(a_station_answers),
		T(a_station_answers_and_the_others_lose_it),
		T(a_station_joins_the_call),
		T(a_station_takes_a_call_that_is_held),
		T(a_station_refuses),
		T(a_station_drops_and_is_inactive),
		T(a_station_drops_for_all),
		T(a_station_clears_what_others_have),
		T(a_station_holds_and_is_inactive),
		T(a_station_holds_for_all),
		T(leaving_a_line_is_always_possible),
		T(drop_of_a_linked_call),
		T(calls_can_always_be_linked_and_unlinked),
		T(hand_off),
		T(an_owner_opens),
		T(an_owner_opens_where_a_call_has_none),
		T(a_monitor_opens),
		T(a_list_of_calls_goes_on_where_memory_ended),
		T(what_ends_something_is_always_possible),
		T(a_provider_is_added_without_memory),
		T(a_call_that_arrives_is_refused_or_missed_by_those_who_are_told_so),
		T(a_call_for_a_line_is_refused_or_missed_by_those_who_are_told_so),
		T(a_call_that_no_station_was_told_of_is_refused),
		T(a_registry_is_there_or_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
