/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What a client that looks at others' calls can know and do: holders, call references, leaks,
 * shared lines; and a monitor that may own.
 */
#include "tests/stage.h"
#include "tests/wire_helper.h"

static isdn_handle h(struct stage *s, const char *name)
{
	return stage_handle(s, s->one, name);
}

static struct isdn_client *boss(struct stage *s)
{
	struct isdn_client_config config;

	isdn_client_config_init(&config);
	config.name = "boss";
	config.privilege = ISDN_MONITOR;
	config.may_own = true;
	return stage_open(s, &config);
}

/* ---- a monitor that may own ---- */

static void a_monitor_that_may_own_takes_a_call_and_drops_it(void **state)
{
	struct stage *s = *state;
	struct isdn_client *c = boss(s);
	uint64_t leg = stage_connected(s, &s->mock, "a");
	isdn_handle a = stage_handle(s, c, "a");

	assert_int_equal(isdn_call_drop(c, a, NULL), ISDN_ERR_NOTOWNER);
	assert_int_equal(isdn_call_set_privilege(c, a, (enum isdn_privilege)7), ISDN_ERR_INVAL);
	assert_int_equal(isdn_call_set_privilege(c, a, ISDN_OWNER), 0);
	assert_string_equal(told(s, s->one), "a:info=NUMOWNERS+NUMMONITORS");
	assert_true(isdn_call_drop(c, a, NULL) > 0);
	assert_int_equal(stage_asked(&s->mock, leg, MOCK_DROP), 1);
	assert_string_equal(told(s, s->one), "a:IDLE"); /* the reply is not its own */
	assert_int_equal(isdn_call_set_privilege(c, a, ISDN_MONITOR), 0);
}

static void a_monitor_that_may_not_stays_one(void **state)
{
	struct stage *s = *state;

	stage_connected(s, &s->mock, "a");
	assert_int_equal(isdn_call_set_privilege(s->mon, stage_handle(s, s->mon, "a"), ISDN_OWNER),
			 ISDN_ERR_NOTOWNER);
	assert_int_equal(isdn_call_dry_run(s->mon, stage_handle(s, s->mon, "a"), ISDN_DROP, NULL,
					   NULL, 0, &(size_t){ 0 }),
			 ISDN_ERR_NOTOWNER);
}

static void it_is_given_no_call_as_owner_and_makes_none(void **state)
{
	struct stage *s = *state;
	struct isdn_client *c = boss(s);
	struct isdn_call_params p;
	struct isdn_call_info info;
	isdn_handle made;

	isdn_call_params_init(&p);
	p.span = 1;
	p.called = "1";
	assert_int_equal(isdn_call_make(c, &p, &made), ISDN_ERR_NOTOWNER);
	assert_int_equal(isdn_conference_new(c, NULL, &made), ISDN_ERR_NOTOWNER);
	stage_offer(s, &s->mock, "1", "a");
	info = stage_info(s, c, "a");
	assert_int_equal(info.owners, 1);
	assert_int_equal(isdn_call_handoff(s->one, h(s, "a"), "boss"), ISDN_ERR_OPERATIONUNAVAIL);
}

/* the last owner can not step back. */
static void it_gives_ownership_back_while_there_is_another_owner(void **state)
{
	struct stage *s = *state;
	struct isdn_client *c = boss(s);
	isdn_handle a;

	stage_connected(s, &s->mock, "a");
	a = stage_handle(s, c, "a");
	assert_int_equal(isdn_call_set_privilege(c, a, ISDN_OWNER), 0);
	assert_int_equal(isdn_call_deallocate(s->one, h(s, "a")), 0); /* it is not alone */
	assert_int_equal(isdn_call_set_privilege(c, a, ISDN_MONITOR), ISDN_ERR_INVALCALLSTATE);
	isdn_client_close(c); /* what it alone owns is dropped, D7 */
	assert_string_equal(stage_state(s, s->mon, "a"), "IDLE");
}

/* But one that keeps calls leaves it to nobody, as when it closes; the next owner is given it. */
static void it_leaves_to_nobody_what_it_keeps(void **state)
{
	struct stage *s = *state;
	struct isdn_client_config config;
	struct isdn_client *c, *next;
	isdn_handle a;

	isdn_client_config_init(&config);
	config.name = "keeper";
	config.privilege = ISDN_MONITOR;
	config.may_own = config.keep_calls = true;
	c = stage_open(s, &config);
	stage_connected(s, &s->mock, "a");
	a = stage_handle(s, c, "a");
	assert_int_equal(isdn_call_set_privilege(c, a, ISDN_OWNER), 0);
	assert_int_equal(isdn_call_deallocate(s->one, h(s, "a")), 0);
	assert_int_equal(isdn_call_set_privilege(c, a, ISDN_MONITOR), 0);
	assert_int_equal(isdn_call_drop(c, a, NULL), ISDN_ERR_NOTOWNER);
	assert_string_equal(stage_state(s, s->mon, "a"), "CONNECTED");
	isdn_client_config_init(&config);
	config.name = "next";
	next = stage_open(s, &config);
	assert_int_equal(stage_info(s, next, "a").owners, 1);
}

/* What it is told before is what happens when it has become the owner. */
static void foretold(struct stage *s, struct isdn_client *c, const char *name, enum isdn_verb verb)
{
	isdn_request (*const ask[])(struct isdn_client *, isdn_handle,
				    const struct isdn_drop *) = { isdn_call_drop, isdn_call_leave,
								  isdn_call_clear };
	isdn_handle call = stage_handle(s, c, name);
	struct isdn_effect e[8], as_owner[8];
	size_t n, m;
	int err = isdn_call_dry_run(c, call, verb, NULL, e, 8, &n);

	assert_int_equal(isdn_call_set_privilege(c, call, ISDN_OWNER), 0);
	assert_int_equal(isdn_call_dry_run(c, call, verb, NULL, as_owner, 8, &m), err);
	if (err) {
		assert_int_equal(ask[verb](c, call, NULL), err);
		return;
	}
	assert_int_equal(n, m);
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(e[i].id, as_owner[i].id);
		assert_int_equal(e[i].state, as_owner[i].state);
		assert_int_equal(e[i].cause, as_owner[i].cause);
	}
	assert_true(ask[verb](c, call, NULL) > 0);
	stage_run(s);
	(void)told(s, c);
	assert_int_equal(s->last_reply.calls_changed, n);
	for (size_t i = 0; i < n; i++) {
		struct isdn_call_status status;

		assert_int_equal(isdn_call_status(c, e[i].call, &status), 0);
		assert_int_equal(status.state, e[i].state);
	}
}

static void a_dry_run_tells_what_it_could_do_as_owner(void **state)
{
	for (unsigned n = 0; n < 3 * 5; n++) {
		enum isdn_verb verb = (enum isdn_verb)(n % 3);
		struct isdn_conference_config config;
		uint64_t leg[3];
		struct isdn_client *c;
		struct stage *s;

		assert_int_equal(stage_setup(state), 0);
		s = *state;
		c = boss(s);
		isdn_conference_config_init(&config);
		config.collapse = n % 2;
		stage_conference(s, &config, n / 3 == 1 ? 3 : 2, leg);
		stage_connected(s, &s->other, "x");
		stage_connected(s, &s->mock, "y");
		if (n / 3 == 4)
			assert_int_equal(isdn_call_link(s->one, h(s, "x"), h(s, "y")), 0);
		foretold(s, c, n / 3 == 0 ? "conf" : n / 3 < 3 ? "a" : "x", verb);
		(void)stage_teardown(state);
	}
	assert_int_equal(stage_setup(state), 0);
}

static void at_a_shared_line_too(void **state)
{
	for (unsigned n = 0; n < 6; n++) {
		struct isdn_station_config station;
		struct isdn_bridge_config config;
		struct isdn_client *c;
		isdn_bridge bridge;
		struct stage *s;

		assert_int_equal(stage_setup(state), 0);
		s = *state;
		c = boss(s);
		s->two = stage_client(s, "two", ISDN_OWNER);
		isdn_bridge_config_init(&config);
		config.span = 1;
		isdn_station_config_init(&station);
		assert_int_equal(isdn_bridge_new(s->registry, &config, &bridge), 0);
		assert_int_equal(isdn_bridge_join(s->one, bridge, &station), 0);
		assert_int_equal(isdn_bridge_join(s->two, bridge, &station), 0);
		assert_int_equal(isdn_bridge_join(c, bridge, &station), ISDN_ERR_NOTOWNER);
		assert_int_not_equal(mock_offer(&s->mock, "1"), 0);
		stage_run(s);
		stage_forget(s);
		{
			isdn_handle list[4];
			size_t k;

			assert_int_equal(isdn_client_calls(c, list, 4, &k), 0);
			assert_int_equal(k, 2); /* an appearance of each */
			stage_name(s, c, list[0], "at1");
			stage_name(s, c, list[1], "at2");
		}
		if (n / 3)
			assert_true(isdn_call_answer(s->one, stage_handle(s, s->one, "at1"), NULL,
						     0) > 0);
		foretold(s, c, "at1", (enum isdn_verb)(n % 3));
		(void)stage_teardown(state);
	}
	assert_int_equal(stage_setup(state), 0);
}

/* ---- holders ---- */

static void holders_in_the_order_in_which_they_got_it(void **state)
{
	struct stage *s = *state;
	struct isdn_holder who[3] = { { NULL, 0 } };
	struct isdn_client *c;
	isdn_handle a;

	stage_connected(s, &s->mock, "a");
	a = stage_handle(s, s->mon, "a");
	c = boss(s);
	assert_int_equal(isdn_call_set_privilege(c, stage_handle(s, c, "a"), ISDN_OWNER), 0);
	assert_int_equal(isdn_call_holders(s->mon, a, NULL, 0), 3);
	assert_int_equal(isdn_call_holders(s->mon, a, who, 2), 3);
	assert_string_equal(who[0].client, "one");
	assert_string_equal(who[1].client, "mon");
	assert_null(who[2].client);
	assert_int_equal(isdn_call_holders(s->mon, a, who, 3), 3);
	assert_string_equal(who[2].client, "boss");
	assert_int_equal(who[0].privilege, ISDN_OWNER);
	assert_int_equal(who[1].privilege, ISDN_MONITOR);
	assert_int_equal(who[2].privilege, ISDN_OWNER);
	assert_int_equal(isdn_call_holders(NULL, a, who, 3), ISDN_ERR_UNINITIALIZED);
	assert_int_equal(isdn_call_holders(s->one, a, who, 3), ISDN_ERR_INVALCALLHANDLE);
}

/* ---- leaks ---- */

static void leaks_are_handles_to_ended_calls(void **state)
{
	struct stage *s = *state;
	struct isdn_leak leak[4];

	stage_offer(s, &s->mock, "11", "a");
	stage_offer(s, &s->mock, "22", "b");
	stage_offer(s, &s->mock, "33", "c");
	assert_int_equal(isdn_registry_leaks(s->registry, NULL, 0), 0);
	assert_int_equal(isdn_registry_leaks(NULL, leak, 4), 0);
	stage_wait(s, 500);
	assert_true(isdn_call_drop(s->one, h(s, "c"), NULL) > 0);
	stage_wait(s, 500);
	assert_true(isdn_call_drop(s->one, h(s, "a"), NULL) > 0);
	assert_int_equal(isdn_registry_leaks(s->registry, leak, 3), 4);
	assert_string_equal(leak[0].called, "11"); /* in the order of the calls */
	assert_string_equal(leak[0].client, "one");
	assert_int_equal(leak[0].privilege, ISDN_OWNER);
	assert_int_equal(leak[0].since, s->now);
	assert_int_equal(leak[0].span, 1);
	assert_int_equal(leak[0].id, stage_info(s, s->one, "a").id);
	assert_string_equal(leak[1].client, "mon");
	assert_int_equal(leak[1].privilege, ISDN_MONITOR);
	assert_string_equal(leak[2].called, "33");
	assert_int_equal(leak[2].since, s->now - 500);
	assert_int_equal(isdn_call_deallocate(s->one, h(s, "a")), 0);
	assert_int_equal(isdn_registry_leaks(s->registry, leak, 4), 3);
	assert_string_equal(leak[0].client, "mon");
	stage_clean(s);
	assert_int_equal(isdn_registry_leaks(s->registry, leak, 4), 0);
}

/* The numbers are those of the call that its stations shared. */
static void a_leak_at_a_station_has_its_numbers(void **state)
{
	struct stage *s = *state;
	struct isdn_bridge_config config;
	struct isdn_leak leak[2];
	isdn_bridge bridge;

	isdn_bridge_config_init(&config);
	config.span = 1;
	assert_int_equal(isdn_bridge_new(s->registry, &config, &bridge), 0);
	assert_int_equal(isdn_bridge_join(s->one, bridge, NULL), 0);
	stage_offer(s, &s->mock, "4711", "a");
	assert_true(isdn_call_drop(s->one, h(s, "a"), NULL) > 0);
	stage_run(s);
	assert_int_equal(isdn_registry_leaks(s->registry, leak, 2), 2);
	assert_string_equal(leak[0].called, "4711");
	assert_string_equal(leak[1].called, "4711");
}

/* ---- shared lines ---- */

static void shared_lines_in_the_order_of_making(void **state)
{
	struct stage *s = *state;
	isdn_bridge made[3], list[3] = { 0, 0, 0 };
	struct isdn_bridge_config config;

	isdn_bridge_config_init(&config);
	config.span = 1;
	assert_int_equal(isdn_bridge_list(s->registry, NULL, 0), 0);
	for (int i = 0; i < 3; i++)
		assert_int_equal(isdn_bridge_new(s->registry, &config, &made[i]), 0);
	assert_int_equal(isdn_bridge_list(s->registry, list, 2), 3);
	assert_true(list[0] == made[0] && list[1] == made[1] && !list[2]);
	assert_int_equal(isdn_bridge_free(s->registry, made[1]), 0);
	assert_int_equal(isdn_bridge_list(s->registry, list, 3), 2);
	assert_true(list[0] == made[0] && list[1] == made[2]);
	assert_int_equal(isdn_bridge_list(s->registry, NULL, 0), 2);
	assert_int_equal(isdn_bridge_list(NULL, list, 3), 0);
}

/* ---- call references ---- */

static struct isdn_call_info info_of(struct isdn_client *c, isdn_handle call)
{
	struct isdn_call_info info;

	assert_int_equal(isdn_call_info(c, call, &info), 0);
	return info;
}

static void both_ends_name_a_call_by_the_same_reference(void **state)
{
	struct wire *w = *state;

	for (unsigned out = 0; out < 2; out++) {
		isdn_handle near, far;
		struct isdn_call_info n, f;

		wire_connected(w, out, &near, &far);
		n = info_of(w->near, near);
		f = info_of(w->far, far);
		assert_true(n.has_callref && f.has_callref);
		assert_int_equal(n.callref, f.callref);
		assert_int_equal(n.originated, out);
		assert_int_equal(f.originated, !out);
		assert_int_equal(n.q931_state, 10);
		assert_true(isdn_call_drop(w->near, near, NULL) > 0);
		wire_run_for(w, 20);
		assert_int_equal(info_of(w->near, near).q931_state, w->net ? 12 : 11);
		assert_int_equal(info_of(w->far, far).q931_state, w->net ? 12 : 11);
		assert_true(isdn_call_drop(w->far, far, NULL) > 0);
		wire_run_for(w, 20);
		n = info_of(w->near, near); /* IDLE: it has none */
		assert_false(n.has_callref || n.originated || n.callref || n.q931_state);
		wire_drain(w);
	}
}

static void a_provider_without_references_has_none(void **state)
{
	struct stage *s = *state;
	struct isdn_call_info info;
	isdn_handle conf;

	stage_connected(s, &s->mock, "a");
	assert_false(stage_info(s, s->one, "a").has_callref);
	assert_int_equal(isdn_conference_new(s->one, NULL, &conf), 0);
	info = info_of(s->one, conf);
	assert_false(info.has_callref);
}

#define S(test) cmocka_unit_test_setup_teardown(test, stage_setup, stage_teardown)
#define BOTH(test)                                                                                 \
	cmocka_unit_test_setup_teardown(test, wire_setup_user, wire_teardown),                     \
		cmocka_unit_test_setup_teardown(test, wire_setup_net, wire_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		S(a_monitor_that_may_own_takes_a_call_and_drops_it),
		S(a_monitor_that_may_not_stays_one),
		S(it_is_given_no_call_as_owner_and_makes_none),
		S(it_gives_ownership_back_while_there_is_another_owner),
		S(it_leaves_to_nobody_what_it_keeps),
		cmocka_unit_test_teardown(a_dry_run_tells_what_it_could_do_as_owner,
					  stage_teardown),
		cmocka_unit_test_teardown(at_a_shared_line_too, stage_teardown),
		S(holders_in_the_order_in_which_they_got_it),
		S(leaks_are_handles_to_ended_calls),
		S(a_leak_at_a_station_has_its_numbers),
		S(shared_lines_in_the_order_of_making),
		BOTH(both_ends_name_a_call_by_the_same_reference),
		S(a_provider_without_references_has_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
