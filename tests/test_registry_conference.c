/* SPDX-License-Identifier: BSD-2-Clause */
/* Conferences, and R-89 (drop.md 4). */
#include "tests/stage.h"

static struct isdn_conference_config policy(enum isdn_conference_policy policy, bool collapse)
{
	struct isdn_conference_config c;

	isdn_conference_config_init(&c);
	c.policy = policy;
	c.collapse = collapse;
	return c;
}

static isdn_handle h(struct stage *s, const char *name)
{
	return stage_handle(s, s->one, name);
}

static isdn_request drop(struct stage *s, const char *name)
{
	return isdn_call_drop(s->one, h(s, name), NULL);
}

static struct isdn_call_params to(const char *called)
{
	struct isdn_call_params p;

	isdn_call_params_init(&p);
	p.span = 1;
	p.called = called;
	return p;
}

/* "a" is connected, "conf" is set up from it, "k" is the consultation call. */
static uint64_t set_up(struct stage *s, const struct isdn_conference_config *c)
{
	struct isdn_call_params p = to("5");
	isdn_handle conf, consult;
	uint64_t leg = stage_connected(s, &s->mock, "a");

	s->mock.manner[MOCK_MAKE] = MOCK_LATE;
	assert_true(isdn_conference_setup(s->one, h(s, "a"), c, &p, &conf, &consult) > 0);
	stage_name(s, s->one, conf, "conf");
	stage_name(s, s->one, consult, "k");
	return leg;
}

static void R_43_the_owner_leaves_and_the_parties_go_on(void **state)
{
	struct isdn_conference_config c = policy(ISDN_CONFERENCE_LEAVE_REST, false);
	struct stage *s = *state;
	uint64_t leg[3];

	stage_conference(s, &c, 3, leg);
	assert_true(drop(s, "conf") > 0);
	assert_string_equal(told(s, s->one), "reply:LEFT conf:IDLE");
	assert_int_equal(s->last_reply.calls_changed, 1);
	assert_string_equal(told(s, s->mon), "conf:IDLE");
	for (int i = 0; i < 3; i++)
		assert_int_equal(stage_asked(i % 2 ? &s->other : &s->mock, leg[i], MOCK_DROP), 0);
	assert_string_equal(stage_state(s, s->one, "a"), "CONFERENCED");
	stage_clean(s);
}

static void R_43_a_headless_conference_collapses_all_the_same(void **state)
{
	struct isdn_conference_config c = policy(ISDN_CONFERENCE_LEAVE_REST, true);
	struct stage *s = *state;
	uint64_t leg[3];

	stage_conference(s, &c, 3, leg);
	assert_true(drop(s, "conf") > 0);
	assert_int_equal(isdn_call_deallocate(s->one, h(s, "conf")), 0);
	stage_forget(s);
	assert_true(drop(s, "a") > 0);
	assert_string_equal(told(s, s->one), "reply:CLEARED a:IDLE");
	assert_true(mock_release(&s->other, leg[1], 16));
	stage_run(s);
	assert_string_equal(told(s, s->one), "b:DISCONNECTED/NORMAL b:IDLE c:CONNECTED");
	stage_clean(s);
}

static void R_45_the_last_but_one_leaves_by_any_path_and_the_conference_ends(void **state)
{
	static const char *const ways[] = { "drop", "far end", "remove", "link", "leave" };
	struct isdn_conference_config c = policy(ISDN_CONFERENCE_DROP_ALL, true);
	static const char *const expected[] = {
		"reply:COLLAPSED b:IDLE a:CONNECTED conf:IDLE",
		"b:DISCONNECTED/NORMAL b:IDLE a:CONNECTED conf:IDLE",
		"reply:COLLAPSED b:CONNECTED a:CONNECTED conf:IDLE",
		"b:DISCONNECTED/OUTOFORDER b:IDLE a:CONNECTED conf:IDLE",
		"reply:COLLAPSED b:IDLE a:CONNECTED conf:IDLE",
	};
	struct stage *s = *state;
	uint64_t leg[2];

	for (unsigned i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		s->n_names = 0;
		stage_conference(s, &c, 2, leg);
		if (i == 0)
			assert_true(drop(s, "b") > 0);
		else if (i == 1)
			assert_true(mock_release(&s->other, leg[1], 16));
		else if (i == 2)
			assert_true(isdn_conference_remove(s->one, h(s, "b")) > 0);
		else if (i == 3)
			assert_true(mock_release(&s->other, leg[1], 27));
		else
			assert_true(isdn_call_leave(s->one, h(s, "b"), NULL) > 0);
		stage_run(s);
		assert_string_equal(told(s, s->one), expected[i]);
		stage_clean(s);
	}
}

static void R_46_a_conference_that_is_kept_goes_on_with_one(void **state)
{
	struct isdn_conference_config c = policy(ISDN_CONFERENCE_DROP_ALL, false);
	struct stage *s = *state;
	uint64_t leg[2];

	stage_conference(s, &c, 2, leg);
	assert_true(drop(s, "b") > 0);
	assert_string_equal(told(s, s->one), "reply:CLEARED b:IDLE");
	assert_string_equal(stage_state(s, s->one, "conf"), "CONNECTED");
	assert_string_equal(stage_state(s, s->one, "a"), "CONFERENCED");
	assert_true(drop(s, "a") > 0);
	assert_string_equal(told(s, s->one), "reply:CLEARED a:IDLE conf:IDLE");
	assert_int_equal(s->last.source, ISDN_BY_CASCADE);
	stage_clean(s);
}

static void R_48_the_consultation_call_is_dropped_while_it_is_set_up(void **state)
{
	struct isdn_conference_config c = policy(ISDN_CONFERENCE_DROP_ALL, false);
	struct stage *s = *state;

	set_up(s, &c);
	assert_string_equal(told(s, s->one),
			    "reply:OK conf:ONHOLDPENDCONF a:CONFERENCED k:DIALING");
	assert_true(drop(s, "k") > 0);
	assert_string_equal(told(s, s->one), "reply:CLEARED k:IDLE conf:CONNECTED");
	stage_clean(s);
	c.collapse = true;
	s->n_names = 0;
	set_up(s, &c);
	stage_forget(s);
	assert_true(drop(s, "k") > 0);
	assert_string_equal(told(s, s->one), "reply:CLEARED k:IDLE a:CONNECTED conf:IDLE");
	stage_clean(s);
}

static void R_49_unhold_of_the_first_call_cancels_the_conference(void **state)
{
	struct stage *s = *state;

	set_up(s, NULL);
	stage_forget(s);
	assert_true(isdn_call_unhold(s->one, h(s, "a")) > 0);
	assert_string_equal(told(s, s->one), "reply:OK a:CONNECTED conf:IDLE k:IDLE");
	assert_int_equal(s->last.source, ISDN_BY_CASCADE);
	assert_int_equal(s->last.cascade_of, stage_info(s, s->one, "a").id);
	stage_clean(s);
}

static void R_49_unhold_of_the_conference_cancels_the_next_party(void **state)
{
	struct isdn_call_params p = to("6");
	struct stage *s = *state;
	uint64_t leg[2];
	isdn_handle k;

	stage_conference(s, NULL, 2, leg);
	s->mock.manner[MOCK_MAKE] = MOCK_LATE;
	assert_true(isdn_conference_prepare_add(s->one, h(s, "conf"), &p, &k) > 0);
	stage_name(s, s->one, k, "k");
	assert_string_equal(told(s, s->one), "reply:OK conf:ONHOLDPENDCONF k:DIALING");
	assert_true(isdn_call_unhold(s->one, h(s, "conf")) > 0);
	assert_string_equal(told(s, s->one), "reply:OK conf:CONNECTED k:IDLE");
	assert_int_equal(isdn_call_unhold(s->one, h(s, "conf")), ISDN_ERR_INVALCALLSTATE);
	stage_clean(s);
}

static void R_50_without_hold_a_failed_consultation_leaves_the_call_alone(void **state)
{
	struct isdn_conference_config c = policy(ISDN_CONFERENCE_DROP_ALL, false);
	struct stage *s = *state;

	c.no_hold = true;
	set_up(s, &c);
	assert_string_equal(told(s, s->one), "reply:OK conf:ONHOLDPENDCONF k:DIALING");
	assert_true(mock_release(&s->mock, s->mock.n_legs, 17));
	stage_run(s);
	assert_string_equal(told(s, s->one), "k:DISCONNECTED/BUSY k:IDLE "
					     "conf:IDLE");
	assert_string_equal(stage_state(s, s->one, "a"), "CONNECTED");
	stage_clean(s);
	s->n_names = 0;
	set_up(s, &c);
	stage_forget(s);
	assert_true(mock_connect(&s->mock, s->mock.n_legs, ISDN_MODE_ACTIVE));
	stage_run(s);
	assert_string_equal(told(s, s->one), "k:CONNECTED a:CONFERENCED k:CONFERENCED "
					     "conf:CONNECTED");
	stage_clean(s);
}

/* call.h: no event but IDLE for a call whose drop is under way. */
static void R_50_without_hold_a_call_that_is_dropped_does_not_join_with_another(void **state)
{
	struct isdn_conference_config c = policy(ISDN_CONFERENCE_DROP_ALL, false);
	struct stage *s = *state;
	uint64_t leg;

	c.no_hold = true;
	leg = set_up(s, &c);
	stage_connected(s, &s->other, "b");
	s->mock.manner[MOCK_DROP] = MOCK_LATE;
	assert_true(drop(s, "a") > 0);
	s->mock.manner[MOCK_DROP] = MOCK_AT_ONCE;
	assert_true(isdn_conference_add(s->one, h(s, "conf"), h(s, "b")) > 0);
	assert_string_equal(told(s, s->one), "reply:OK b:CONFERENCED conf:CONNECTED");
	assert_true(mock_answer(&s->mock, leg, true));
	stage_run(s);
	assert_string_equal(told(s, s->one), "reply:CLEARED a:IDLE");
	stage_clean(s);
}

/* "a" is being dropped when "k" is connected, which is an ordinary call then. */
static uint64_t never_joins(struct stage *s)
{
	struct isdn_conference_config c = policy(ISDN_CONFERENCE_LEAVE_REST, false);
	uint64_t leg;

	c.no_hold = true;
	leg = set_up(s, &c);
	s->mock.manner[MOCK_DROP] = MOCK_LATE;
	assert_true(drop(s, "a") > 0);
	s->mock.manner[MOCK_DROP] = MOCK_AT_ONCE;
	stage_forget(s);
	assert_true(mock_connect(&s->mock, s->mock.n_legs, ISDN_MODE_ACTIVE));
	stage_run(s);
	assert_string_equal(told(s, s->one), "k:CONNECTED");
	return leg;
}

static void R_50_a_call_that_never_joined_is_in_no_conference_that_is_over(void **state)
{
	struct stage *s = *state;
	uint64_t leg = never_joins(s);

	assert_true(drop(s, "conf") > 0);
	assert_string_equal(told(s, s->one), "reply:LEFT conf:IDLE");
	assert_false(stage_info(s, s->one, "a").conference);
	assert_true(mock_answer(&s->mock, leg, true));
	stage_clean(s);
}

static void R_50_with_the_only_other_party_a_conference_that_never_began_ends(void **state)
{
	struct isdn_effect e[4];
	struct stage *s = *state;
	uint64_t leg = never_joins(s);
	size_t n;

	stage_offer(s, &s->other, "1", "b");
	assert_true(isdn_conference_add(s->one, h(s, "conf"), h(s, "b")) > 0);
	assert_string_equal(told(s, s->one), "reply:OK");
	assert_int_equal(isdn_call_dry_run(s->one, h(s, "b"), ISDN_DROP, NULL, e, 4, &n), 0);
	assert_true(drop(s, "b") > 0);
	assert_string_equal(told(s, s->one), "reply:REJECTED b:IDLE conf:IDLE");
	assert_int_equal(n, 2);
	assert_int_equal(s->last_reply.calls_changed, n);
	assert_true(mock_answer(&s->mock, leg, true));
	stage_clean(s);
}

static void R_51_parties_before_the_parent_in_the_order_in_which_they_joined(void **state)
{
	static const char *const names[] = { "d", "a", "c", "b", "e" };
	struct isdn_drop how = { .cause = 31 };
	struct stage *s = *state;
	isdn_request id;

	stage_conference(s, NULL, 0, NULL);
	for (int i = 0; i < 5; i++) {
		stage_connected(s, &s->mock, names[4 - i]);
		stage_forget(s);
	}
	for (int i = 0; i < 5; i++)
		assert_true(isdn_conference_add(s->one, h(s, "conf"), h(s, names[i])) > 0);
	stage_forget(s);
	id = isdn_call_drop(s->one, h(s, "conf"), &how);
	assert_true(id > 0);
	assert_string_equal(told(s, s->mon), "d:IDLE a:IDLE c:IDLE b:IDLE e:IDLE conf:IDLE");
	assert_int_equal(s->last.request, id);
	assert_string_equal(told(s, s->one),
			    "d:IDLE a:IDLE c:IDLE b:IDLE e:IDLE reply:CLEARED conf:IDLE");
	assert_int_equal(s->last_reply.calls_changed, 6);
	assert_int_equal(stage_info(s, s->one, "b").cascade_of, stage_info(s, s->one, "conf").id);
	assert_int_equal(stage_info(s, s->one, "b").cause, 31);
	stage_clean(s);
}

static void R_41_parties_on_two_spans(void **state)
{
	struct stage *s = *state;
	uint64_t leg[5];

	stage_conference(s, NULL, 5, leg);
	assert_true(drop(s, "conf") > 0);
	assert_string_equal(told(s, s->one),
			    "a:IDLE c:IDLE e:IDLE b:IDLE d:IDLE reply:CLEARED conf:IDLE");
	stage_clean(s);
}

static void R_52_one_leg_never_answers_and_ends_by_its_timer(void **state)
{
	struct stage *s = *state;
	uint64_t leg[3];

	stage_conference(s, NULL, 3, leg);
	s->other.manner[MOCK_DROP] = MOCK_NEVER;
	assert_true(drop(s, "conf") > 0);
	assert_string_equal(told(s, s->one), "a:IDLE c:IDLE");
	stage_wait(s, MOCK_TIMEOUT);
	assert_string_equal(told(s, s->one), "b:IDLE reply:CLEARED conf:IDLE");
	assert_int_equal(stage_info(s, s->one, "b").source, ISDN_BY_CASCADE);
	stage_clean(s);
}

static void R_54_what_can_not_be_added(void **state)
{
	struct isdn_conference_config c = policy(ISDN_CONFERENCE_DROP_ALL, false);
	struct isdn_registry *elsewhere;
	struct isdn_client *stranger;
	struct isdn_client_config config;
	struct stage *s = *state;
	isdn_handle theirs;
	uint64_t leg[2];

	c.max_parties = 2;
	stage_conference(s, &c, 2, leg);
	stage_connected(s, &s->mock, "x");
	assert_int_equal(isdn_conference_add(s->one, h(s, "x"), h(s, "a")),
			 ISDN_ERR_INVALCONFCALLHANDLE);
	assert_int_equal(isdn_conference_add(s->one, h(s, "conf"), h(s, "x")),
			 ISDN_ERR_CONFERENCEFULL);
	assert_int_equal(isdn_conference_add(s->one, h(s, "conf"), h(s, "a")),
			 ISDN_ERR_INVALCALLHANDLE);
	assert_int_equal(isdn_conference_add(s->one, h(s, "conf"), h(s, "conf")),
			 ISDN_ERR_INVALCALLHANDLE);
	assert_int_equal(isdn_registry_new(&elsewhere, NULL, NULL), 0);
	isdn_client_config_init(&config);
	assert_int_equal(isdn_client_open(elsewhere, &config, &stranger), 0);
	for (int i = 0; i < 20; i++) /* a handle that is none here */
		assert_int_equal(isdn_conference_new(stranger, NULL, &theirs), 0);
	assert_int_equal(isdn_conference_add(s->one, h(s, "conf"), theirs),
			 ISDN_ERR_INVALCALLHANDLE);
	isdn_registry_free(elsewhere);
	stage_clean(s);
}

static void R_55_who_can_be_removed_and_what_becomes_of_it(void **state)
{
	struct isdn_conference_config c = policy(ISDN_CONFERENCE_DROP_ALL, false);
	struct stage *s = *state;
	uint64_t leg[3];

	c.remove = ISDN_REMOVE_NONE;
	stage_conference(s, &c, 3, leg);
	assert_int_equal(isdn_conference_remove(s->one, h(s, "c")), ISDN_ERR_OPERATIONUNAVAIL);
	assert_false(stage_features(s, s->one, "c") & ISDN_FEATURE_REMOVE);
	stage_clean(s);
	s->n_names = 0;
	c.remove = ISDN_REMOVE_LAST;
	c.removed_state = ISDN_CALL_IDLE;
	stage_conference(s, &c, 3, leg);
	assert_int_equal(isdn_conference_remove(s->one, h(s, "b")), ISDN_ERR_OPERATIONUNAVAIL);
	assert_true(isdn_conference_remove(s->one, h(s, "c")) > 0);
	assert_string_equal(told(s, s->one), "reply:CLEARED c:IDLE");
	assert_int_equal(isdn_conference_remove(s->one, h(s, "conf")), ISDN_ERR_NOCONFERENCE);
	stage_clean(s);
	s->n_names = 0;
	stage_conference(s, NULL, 3, leg);
	assert_true(isdn_conference_remove(s->one, h(s, "a")) > 0);
	assert_string_equal(told(s, s->one), "reply:OK a:CONNECTED");
	assert_int_equal(isdn_conference_remove(s->one, h(s, "a")), ISDN_ERR_NOCONFERENCE);
	stage_clean(s);
}

static void R_56_related_calls_parent_first_and_new_handles_are_a_monitors(void **state)
{
	struct isdn_call_status st;
	struct stage *s = *state;
	isdn_handle list[4], mine;
	uint64_t leg[2];
	size_t n;

	stage_conference(s, NULL, 2, leg);
	s->two = stage_client(s, "two", ISDN_OWNER);
	assert_int_equal(isdn_call_handoff(s->one, h(s, "b"), "two"), 0);
	mine = stage_handle(s, s->two, "b");
	assert_int_equal(isdn_conference_calls(s->two, mine, NULL, 0, &n), ISDN_ERR_NOSPC);
	assert_int_equal(n, 3);
	assert_int_equal(isdn_conference_calls(s->two, mine, list, 4, &n), 0);
	assert_int_equal(n, 3);
	assert_int_equal(list[0], stage_handle(s, s->two, "conf"));
	assert_int_equal(list[1], stage_handle(s, s->two, "a"));
	assert_int_equal(list[2], mine);
	assert_int_equal(isdn_call_status(s->two, list[1], &st), 0);
	assert_int_equal(st.privilege, ISDN_MONITOR);
	assert_string_equal(told(s, s->two), "new:b b:CONFERENCED new:conf conf:CONNECTED "
					     "new:a a:CONFERENCED");
	stage_connected(s, &s->mock, "x");
	assert_int_equal(isdn_conference_calls(s->one, h(s, "x"), list, 4, &n),
			 ISDN_ERR_NOCONFERENCE);
	stage_clean(s);
}

static void R_57_without_the_parents_handle_a_partys_events_name_none(void **state)
{
	struct stage *s = *state;
	uint64_t leg[1];

	stage_conference(s, NULL, 1, leg);
	stage_connected(s, &s->mock, "x");
	assert_true(isdn_conference_add(s->one, h(s, "conf"), h(s, "x")) > 0);
	assert_string_equal(told(s, s->one), "reply:OK x:CONFERENCED");
	assert_int_equal(s->last.conference, h(s, "conf"));
	stage_connected(s, &s->mock, "y");
	stage_forget(s);
	assert_int_equal(isdn_call_deallocate(s->mon, stage_handle(s, s->mon, "conf")), 0);
	assert_true(isdn_conference_add(s->one, h(s, "conf"), h(s, "y")) > 0);
	assert_string_equal(told(s, s->mon), "y:CONFERENCED");
	assert_int_equal(s->last.conference, 0);
	stage_clean(s);
}

static void R_89_clear_takes_what_the_client_may_and_names_the_rest(void **state)
{
	struct stage *s = *state;
	uint64_t leg[3];
	isdn_handle b;

	stage_conference(s, NULL, 3, leg);
	s->two = stage_client(s, "two", ISDN_OWNER);
	assert_int_equal(isdn_call_handoff(s->one, h(s, "b"), "two"), 0);
	assert_int_equal(isdn_call_handoff(s->one, h(s, "c"), "two"), 0);
	b = stage_handle(s, s->two, "b");
	stage_forget(s);
	assert_true(isdn_call_clear(s->two, b, NULL) > 0);
	assert_string_equal(told(s, s->two), "not:-=NOTOWNER c:IDLE reply:CLEARED b:IDLE");
	assert_int_equal(s->last_reply.calls_changed, 2);
	assert_int_equal(s->last_reply.calls_failed, 1);
	assert_string_equal(stage_state(s, s->one, "a"), "CONFERENCED");
	stage_forget(s);
	assert_true(isdn_call_clear(s->one, h(s, "a"), NULL) > 0);
	assert_string_equal(told(s, s->one), "a:IDLE reply:CLEARED conf:IDLE");
	stage_clean(s);
}

static void leave_ends_no_more_than_the_policy_says(void **state)
{
	struct isdn_conference_config c = policy(ISDN_CONFERENCE_END_WHEN_OWNER_LEAVES, false);
	struct stage *s = *state;
	uint64_t leg[2];

	stage_conference(s, NULL, 2, leg);
	assert_true(isdn_call_leave(s->one, h(s, "conf"), NULL) > 0);
	assert_string_equal(told(s, s->one), "reply:LEFT conf:IDLE");
	stage_clean(s);
	s->n_names = 0;
	stage_conference(s, &c, 2, leg);
	assert_true(isdn_call_leave(s->one, h(s, "conf"), NULL) > 0);
	assert_string_equal(told(s, s->one), "a:IDLE b:IDLE reply:CLEARED conf:IDLE");
	stage_clean(s);
}

static void a_conference_ends_when_its_owner_goes_away(void **state)
{
	struct isdn_conference_config c = policy(ISDN_CONFERENCE_END_WHEN_OWNER_LEAVES, false);
	struct isdn_client_config config;
	struct stage *s = *state;
	struct isdn_client *keeper;
	isdn_handle conf;
	uint64_t leg = stage_connected(s, &s->mock, "a");

	isdn_client_config_init(&config);
	config.name = "keeper";
	config.keep_calls = true;
	keeper = stage_open(s, &config);
	assert_int_equal(isdn_conference_new(keeper, &c, &conf), 0);
	assert_int_equal(isdn_call_handoff(s->one, h(s, "a"), "keeper"), 0);
	assert_true(isdn_conference_add(keeper, conf, stage_handle(s, keeper, "a")) > 0);
	stage_forget(s);
	isdn_client_close(keeper);
	assert_int_equal(stage_asked(&s->mock, leg, MOCK_DROP), 1);
	assert_string_equal(told(s, s->one), "a:info=NUMOWNERS a:IDLE");
	stage_clean(s);
}

static void a_dry_run_says_what_a_drop_does(void **state)
{
	struct isdn_conference_config c = policy(ISDN_CONFERENCE_DROP_ALL, true);
	struct isdn_drop how = { .uui = "\x04x", .uui_size = 2 };
	struct isdn_effect e[8];
	struct stage *s = *state;
	uint64_t leg[2];
	size_t n;

	stage_conference(s, &c, 2, leg);
	assert_int_equal(isdn_call_dry_run(s->one, h(s, "a"), ISDN_DROP, &how, e, 8, &n), 0);
	assert_int_equal(n, 3);
	assert_int_equal(e[0].call, h(s, "a"));
	assert_int_equal(e[0].state, ISDN_CALL_IDLE);
	assert_int_equal(e[0].cause, 16);
	assert_true(e[0].uui_sent);
	assert_int_equal(e[1].call, h(s, "b"));
	assert_int_equal(e[1].state, ISDN_CALL_CONNECTED);
	assert_int_equal(e[2].call, h(s, "conf"));
	assert_int_equal(e[2].state, ISDN_CALL_IDLE);
	assert_int_equal(isdn_call_dry_run(s->one, h(s, "a"), ISDN_CLEAR, &how, e, 2, &n),
			 ISDN_ERR_NOSPC);
	assert_int_equal(n, 3);
	assert_string_equal(told(s, s->one), "");
	assert_string_equal(stage_state(s, s->one, "a"), "CONFERENCED");
	stage_clean(s);
}

/* The conference ends with the party that is being dropped, not with the consultation call. */
static void a_dry_run_of_a_consultation_call_leaves_out_what_ends_anyway(void **state)
{
	struct isdn_conference_config c = policy(ISDN_CONFERENCE_DROP_ALL, true);
	struct isdn_effect e[4];
	struct stage *s = *state;
	uint64_t leg;
	size_t n;

	for (int no_hold = 0; no_hold < 2; no_hold++) {
		c.no_hold = no_hold;
		s->n_names = 0;
		leg = set_up(s, &c);
		s->mock.manner[MOCK_DROP] = MOCK_LATE;
		assert_true(drop(s, "a") > 0);
		s->mock.manner[MOCK_DROP] = MOCK_AT_ONCE;
		stage_forget(s);
		assert_int_equal(isdn_call_dry_run(s->one, h(s, "k"), ISDN_DROP, NULL, e, 4, &n),
				 0);
		assert_true(drop(s, "k") > 0);
		assert_string_equal(told(s, s->one), "reply:CLEARED k:IDLE");
		assert_int_equal(n, 1);
		assert_int_equal(s->last_reply.calls_changed, n);
		assert_true(mock_answer(&s->mock, leg, true));
		stage_run(s);
		assert_string_equal(told(s, s->one), "reply:CLEARED a:IDLE conf:IDLE");
		stage_clean(s);
	}
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, stage_setup, stage_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(R_43_the_owner_leaves_and_the_parties_go_on),
		TEST(R_43_a_headless_conference_collapses_all_the_same),
		TEST(R_45_the_last_but_one_leaves_by_any_path_and_the_conference_ends),
		TEST(R_46_a_conference_that_is_kept_goes_on_with_one),
		TEST(R_48_the_consultation_call_is_dropped_while_it_is_set_up),
		TEST(R_49_unhold_of_the_first_call_cancels_the_conference),
		TEST(R_49_unhold_of_the_conference_cancels_the_next_party),
		TEST(R_50_without_hold_a_failed_consultation_leaves_the_call_alone),
		TEST(R_50_without_hold_a_call_that_is_dropped_does_not_join_with_another),
		TEST(R_50_a_call_that_never_joined_is_in_no_conference_that_is_over),
		TEST(R_50_with_the_only_other_party_a_conference_that_never_began_ends),
		TEST(R_51_parties_before_the_parent_in_the_order_in_which_they_joined),
		TEST(R_41_parties_on_two_spans),
		TEST(R_52_one_leg_never_answers_and_ends_by_its_timer),
		TEST(R_54_what_can_not_be_added),
		TEST(R_55_who_can_be_removed_and_what_becomes_of_it),
		TEST(R_56_related_calls_parent_first_and_new_handles_are_a_monitors),
		TEST(R_57_without_the_parents_handle_a_partys_events_name_none),
		TEST(R_89_clear_takes_what_the_client_may_and_names_the_rest),
		TEST(leave_ends_no_more_than_the_policy_says),
		TEST(a_conference_ends_when_its_owner_goes_away),
		TEST(a_dry_run_says_what_a_drop_does),
		TEST(a_dry_run_of_a_consultation_call_leaves_out_what_ends_anyway),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
