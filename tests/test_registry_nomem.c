/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * R-15 for each thing that can be asked of a registry: in a run for each of its allocations that
 * one fails. It was refused, and then nothing is other than before, nothing is told, and it
 * can be asked again; or it was done, and who missed an event or a handle is told LOST. All calls
 * can be dropped afterwards, and nothing is left. What arrives: test_registry_nomem_in.c.
 */
#include "tests/nomem.h"

#define UUI "\x04hello"

static isdn_handle one(struct stage *s, const char *name)
{
	return stage_handle(s, s->one, name);
}

static struct isdn_call_params params(void)
{
	struct isdn_call_params p;

	isdn_call_params_init(&p);
	p.span = 1;
	p.called = "5551234";
	return p;
}

static const struct isdn_drop how = { .cause = 31, .uui = UUI, .uui_size = 6 };

/* ---- single calls ---- */

static void nothing(struct stage *s)
{
	(void)s;
}

static void offered(struct stage *s)
{
	stage_offer(s, &s->mock, "123", "a");
}

static void connected(struct stage *s)
{
	stage_connected(s, &s->mock, "a");
}

static void held(struct stage *s)
{
	connected(s);
	assert_true(isdn_call_hold(s->one, one(s, "a")) > 0);
}

static int make(struct stage *s)
{
	struct isdn_call_params p = params();
	isdn_handle h;

	p.uui = UUI;
	p.uui_size = 6;
	return isdn_call_make(s->one, &p, &h);
}

static int accept(struct stage *s)
{
	return isdn_call_accept(s->one, one(s, "a"), UUI, 6);
}

static int answer(struct stage *s)
{
	return isdn_call_answer(s->one, one(s, "a"), UUI, 6);
}

static int dial(struct stage *s)
{
	return isdn_call_dial(s->one, one(s, "a"), "123#");
}

static int drop(struct stage *s)
{
	return isdn_call_drop(s->one, one(s, "a"), &how);
}

static int leave(struct stage *s)
{
	return isdn_call_leave(s->one, one(s, "a"), &how);
}

static int clear(struct stage *s)
{
	return isdn_call_clear(s->one, one(s, "a"), &how);
}

static int hold(struct stage *s)
{
	return isdn_call_hold(s->one, one(s, "a"));
}

static int unhold(struct stage *s)
{
	return isdn_call_unhold(s->one, one(s, "a"));
}

NOMEM_TEST(make, nothing, make)
NOMEM_TEST(accept, offered, accept)
NOMEM_TEST(answer, offered, answer)
NOMEM_TEST(dial, connected, dial)
NOMEM_TEST(drop, connected, drop)
NOMEM_TEST(drop_of_an_offered_call, offered, drop)
NOMEM_TEST(leave, connected, leave)
NOMEM_TEST(clear, connected, clear)
NOMEM_TEST(hold, connected, hold)
NOMEM_TEST(unhold, held, unhold)

/* ---- user-user information in a call ---- */

static int take_uui(struct isdn_provider *p, uint64_t leg, const struct isdn_uui *uui, bool more,
		    isdn_time now)
{
	(void)p;
	(void)leg;
	(void)uui;
	(void)more;
	(void)now;
	return 0;
}

/* In a call whose provider carries it. */
static void talking(struct stage *s)
{
	static struct isdn_provider_ops ops;

	ops = *s->mock.base.ops;
	ops.send_uui = take_uui;
	s->mock.base.ops = &ops;
	s->mock.caps.uui_send = 3; /* two octets in a message */
	connected(s);
}

static int send_uui(struct stage *s)
{
	return isdn_call_send_uui(s->one, one(s, "a"), UUI, 6);
}

static int release_uui(struct stage *s)
{
	return isdn_call_release_uui(s->one, one(s, "a"));
}

NOMEM_TEST(send_uui, talking, send_uui)

/* ---- transfer ---- */

static void transfer(struct stage *s)
{
	struct isdn_call_params p = params();
	isdn_handle h;

	connected(s);
	assert_true(isdn_call_setup_transfer(s->one, one(s, "a"), &p, &h) > 0);
	stage_name(s, s->one, h, "c");
	assert_true(mock_connect(&s->mock, s->mock.n_legs, 0));
	stage_run(s);
}

static void transfer_by_registry(struct stage *s)
{
	s->mock.caps.transfer = false;
	transfer(s);
}

static int setup_transfer(struct stage *s)
{
	struct isdn_call_params p = params();
	isdn_handle h;

	return isdn_call_setup_transfer(s->one, one(s, "a"), &p, &h);
}

static int complete(struct stage *s)
{
	return isdn_call_complete_transfer(s->one, one(s, "a"), one(s, "c"), NULL, NULL);
}

static int complete_in_conference(struct stage *s)
{
	isdn_handle h;

	return isdn_call_complete_transfer(s->one, one(s, "a"), one(s, "c"), NULL, &h);
}

NOMEM_TEST(setup_transfer, connected, setup_transfer)
NOMEM_TEST(complete_transfer_by_the_provider, transfer, complete)
NOMEM_TEST(complete_transfer_by_the_registry, transfer_by_registry, complete)
NOMEM_TEST(complete_transfer_in_a_conference, transfer, complete_in_conference)
NOMEM_TEST(unhold_of_a_transfer, transfer, unhold)

/* ---- conferences ---- */

static void conference(struct stage *s)
{
	uint64_t leg[3];

	stage_conference(s, NULL, 3, leg);
}

static void conference_and_another(struct stage *s)
{
	conference(s);
	stage_connected(s, &s->mock, "d");
}

static void conference_and_held(struct stage *s)
{
	conference_and_another(s);
	assert_true(isdn_call_hold(s->one, one(s, "d")) > 0);
}

static void conference_that_clears(struct stage *s)
{
	struct isdn_conference_config c;
	uint64_t leg[3];

	isdn_conference_config_init(&c);
	c.removed_state = ISDN_CALL_IDLE;
	stage_conference(s, &c, 3, leg);
}

static int conference_new(struct stage *s)
{
	isdn_handle h;

	return isdn_conference_new(s->one, NULL, &h);
}

static int setup(struct stage *s)
{
	struct isdn_call_params p = params();
	isdn_handle conf, consult;

	return isdn_conference_setup(s->one, one(s, "a"), NULL, &p, &conf, &consult);
}

static int prepare_add(struct stage *s)
{
	struct isdn_call_params p = params();
	isdn_handle consult;

	return isdn_conference_prepare_add(s->one, one(s, "conf"), &p, &consult);
}

static void setting_up(struct stage *s)
{
	struct isdn_call_params p = params();
	isdn_handle conf, consult;

	connected(s);
	assert_true(isdn_conference_setup(s->one, one(s, "a"), NULL, &p, &conf, &consult) > 0);
	stage_name(s, s->one, conf, "conf");
	stage_name(s, s->one, consult, "d");
	assert_true(mock_connect(&s->mock, s->mock.n_legs, 0));
	stage_run(s);
}

static int add(struct stage *s)
{
	return isdn_conference_add(s->one, one(s, "conf"), one(s, "d"));
}

static int take_out(struct stage *s)
{
	return isdn_conference_remove(s->one, one(s, "a"));
}

static int drop_conference(struct stage *s)
{
	return isdn_call_drop(s->one, one(s, "conf"), &how);
}

static int leave_conference(struct stage *s)
{
	return isdn_call_leave(s->one, one(s, "conf"), &how);
}

static int conference_calls(struct stage *s)
{
	isdn_handle h[8];
	size_t n;

	return isdn_conference_calls(s->one, one(s, "conf"), h, 8, &n);
}

static int dry_run(struct stage *s)
{
	struct isdn_effect effects[8];
	size_t n;

	return isdn_call_dry_run(s->one, one(s, "conf"), ISDN_DROP, &how, effects, 8, &n);
}

NOMEM_TEST(conference_new, nothing, conference_new)
NOMEM_TEST(conference_setup, connected, setup)
NOMEM_TEST(conference_prepare_add, conference, prepare_add)
NOMEM_TEST(conference_add, conference_and_another, add)
NOMEM_TEST(conference_add_of_a_held_call, conference_and_held, add)
NOMEM_TEST(conference_add_of_the_consultation_call, setting_up, add)
NOMEM_TEST(unhold_of_what_a_conference_is_set_up_from, setting_up, unhold)
NOMEM_TEST(conference_remove, conference, take_out)
NOMEM_TEST(conference_remove_that_clears, conference_that_clears, take_out)
NOMEM_TEST(drop_of_a_conference, conference, drop_conference)
NOMEM_TEST(clear_of_a_party, conference, clear)
NOMEM_TEST(leave_of_a_conference, conference, leave_conference)

/* What needs no memory, is done without. */
static void R_15_a_dry_run_takes_no_memory(void **state)
{
	nomem_never(state, conference, dry_run);
}

static void R_15_releasing_uui_takes_no_memory(void **state)
{
	nomem_never(state, talking, release_uui);
}

static void R_15_what_calls_a_conference_has_takes_no_memory_for_its_owner(void **state)
{
	nomem_never(state, conference, conference_calls);
}

#define T(name) cmocka_unit_test_setup_teardown(R_15_##name, stage_setup, stage_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(make),
		T(accept),
		T(answer),
		T(dial),
		T(drop),
		T(drop_of_an_offered_call),
		T(leave),
		T(clear),
		T(hold),
		T(unhold),
		T(send_uui),
		T(setup_transfer),
		T(complete_transfer_by_the_provider),
		T(complete_transfer_by_the_registry),
		T(complete_transfer_in_a_conference),
		T(unhold_of_a_transfer),
		T(conference_new),
		T(conference_setup),
		T(conference_prepare_add),
		T(conference_add),
		T(conference_add_of_a_held_call),
		T(conference_add_of_the_consultation_call),
		T(unhold_of_what_a_conference_is_set_up_from),
		T(conference_remove),
		T(conference_remove_that_clears),
		T(drop_of_a_conference),
		T(clear_of_a_party),
		T(leave_of_a_conference),
		T(a_dry_run_takes_no_memory),
		T(releasing_uui_takes_no_memory),
		T(what_calls_a_conference_has_takes_no_memory_for_its_owner),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
