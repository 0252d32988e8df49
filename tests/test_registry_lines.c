/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The drop, shared lines, links, hold and digits on spans, over the loop, and what is on the wire.
 * Each test runs with the side under test as user and as network.
 */
#include "tests/wire_helper.h"

static const char bye[] = "\x04"
			  "bye";

struct line {
	isdn_bridge bridge;
	struct isdn_client *other;     /* the second station; near is the first */
	isdn_handle at_near, at_other; /* a call */
	isdn_handle far;
};

/* Near and another client are stations of every number; far calls. */
static void ring(struct wire *w, struct line *l)
{
	struct isdn_bridge_config c;

	isdn_bridge_config_init(&c);
	c.span = w->near_span;
	assert_int_equal(isdn_bridge_new(w->registry, &c, &l->bridge), 0);
	l->other = wire_client(w, "other", 0, ISDN_OWNER);
	assert_int_equal(isdn_bridge_join(w->near, l->bridge, NULL), 0);
	assert_int_equal(isdn_bridge_join(l->other, l->bridge, NULL), 0);
	l->far = wire_make(w, w->far, w->far_span, NULL, 0);
	l->at_near = wire_arrived(w->near);
	l->at_other = wire_arrived(l->other);
	w->n_seen = 0;
}

/* What a client was told of a call, a letter a change: the first of the state's name. */
static void told_states(struct isdn_client *c, isdn_handle h, char *text)
{
	struct isdn_event ev;
	size_t n = 0;

	while (isdn_client_next_event(c, &ev) == 1)
		if (ev.type == ISDN_EV_CALL_STATE && ev.call == h && n < 15)
			text[n++] = isdn_call_state_name(ev.state)[0];
	text[n] = '\0';
}

static isdn_handle other_handle(struct isdn_client *c)
{
	isdn_handle list[4];
	size_t n;

	assert_int_equal(isdn_client_calls(c, list, 4, &n), 0);
	assert_int_equal(n, 1);
	return list[0];
}

static void R_35_R_42_the_far_end_drops_and_every_holder_is_told_each_change_once(void **state)
{
	const struct isdn_drop how = { .cause = 31, .uui = bye, .uui_size = 4 };
	struct wire *w = *state;
	isdn_handle near, far;
	char owner[16], monitor[16];

	wire_connected(w, true, &near, &far);
	assert_true(isdn_call_drop(w->far, far, &how) > 0);
	wire_run_for(w, 100);
	told_states(w->near, near, owner);
	told_states(w->monitor, other_handle(w->monitor), monitor);
	assert_string_equal(owner, "D");
	assert_string_equal(monitor, "D");
	assert_int_equal(wire_status(w->near, near).mode, ISDN_DISCONNECT_NORMAL);
	assert_true(isdn_call_drop(w->near, near, NULL) > 0);
	wire_run_for(w, 100);
	told_states(w->near, near, owner);
	told_states(w->monitor, other_handle(w->monitor), monitor);
	assert_string_equal(owner, "I");
	assert_string_equal(monitor, "I");
}

static void R_75_a_dropped_call_answers_until_it_is_given_back(void **state)
{
	const struct isdn_drop how = { .cause = 31, .uui = bye, .uui_size = 4 };
	struct wire *w = *state;
	struct isdn_call_info info;
	isdn_handle near, far;
	uint8_t uui[8];
	size_t n;

	wire_connected(w, false, &near, &far);
	assert_true(isdn_call_drop(w->far, far, &how) > 0);
	wire_run_for(w, 100);
	assert_true(isdn_call_drop(w->near, near, NULL) > 0);
	wire_run_for(w, 60000);
	assert_int_equal(wire_status(w->near, near).state, ISDN_CALL_IDLE);
	assert_int_equal(isdn_call_info(w->near, near, &info), 0);
	assert_int_equal(info.cause, 31);
	assert_string_equal(info.called, "5551234");
	assert_int_equal(isdn_call_uui(w->near, near, ISDN_UUI_CLEARING, uui, sizeof(uui), &n), 0);
	assert_int_equal(n, 4);
	assert_memory_equal(uui, bye, 4);
	assert_int_equal(isdn_call_deallocate(w->near, near), 0);
	assert_int_equal(isdn_call_info(w->near, near, &info), ISDN_ERR_INVALCALLHANDLE);
}

static void R_58_two_stations_talk_and_the_first_that_drops_sends_nothing(void **state)
{
	const struct isdn_drop how = { .uui = bye, .uui_size = 4 };
	struct wire *w = *state;
	const struct isdn_msg *m;
	struct line l;

	ring(w, &l);
	assert_true(isdn_call_answer(w->near, l.at_near, NULL, 0) > 0);
	wire_run_for(w, 20);
	assert_int_equal(wire_count(w, ISDN_MT_CONNECT), 1);
	assert_int_equal(wire_status(l.other, l.at_other).mode, ISDN_MODE_INACTIVE);
	assert_true(isdn_call_answer(l.other, l.at_other, NULL, 0) > 0);
	w->n_seen = 0;
	assert_true(isdn_call_drop(w->near, l.at_near, &how) > 0);
	wire_run_for(w, 100);
	assert_int_equal(w->n_seen, 0);
	assert_int_equal(wire_status(w->near, l.at_near).mode, ISDN_MODE_INACTIVE);
	assert_true(isdn_call_drop(l.other, l.at_other, &how) > 0);
	wire_run_for(w, 100);
	m = wire_sent(w, w->near_span, ISDN_MT_DISCONNECT, 0);
	assert_non_null(m);
	assert_int_equal(m->cause[0].value, 16);
	assert_memory_equal(m->uui.data, "bye", 3);
	assert_int_equal(wire_status(w->far, l.far).state, ISDN_CALL_DISCONNECTED);
	assert_true(isdn_call_drop(w->far, l.far, NULL) > 0);
	wire_run_for(w, 100);
	assert_int_equal(wire_status(w->near, l.at_near).state, ISDN_CALL_IDLE);
	assert_int_equal(wire_status(l.other, l.at_other).state, ISDN_CALL_IDLE);
}

static void R_70_the_last_station_that_rejects_refuses_the_call(void **state)
{
	const struct isdn_drop how = { .cause = 17, .uui = bye, .uui_size = 4 };
	struct wire *w = *state;
	const struct isdn_msg *m;
	struct line l;

	ring(w, &l);
	assert_true(isdn_call_drop(l.other, l.at_other, &how) > 0);
	wire_run_for(w, 100);
	assert_int_equal(w->n_seen, 0);
	assert_true(isdn_call_drop(w->near, l.at_near, &how) > 0);
	wire_run_for(w, 100);
	m = wire_sent(w, w->near_span, ISDN_MT_RELEASE_COMPLETE, 0); /* the first answer, 5.3.2 a */
	assert_non_null(m);
	assert_int_equal(m->cause[0].value, 17);
	assert_memory_equal(m->uui.data, "bye", 3);
}

static void R_88_a_hang_up_crosses_from_one_call_to_the_other(void **state)
{
	const struct isdn_drop how = { .cause = 31, .uui = bye, .uui_size = 4 };
	struct wire *w = *state;
	isdn_handle in, in_far, out, out_far;
	const struct isdn_msg *m;
	struct isdn_call_info info;
	uint8_t uui[8];
	size_t n;

	wire_connected(w, false, &in, &in_far);
	wire_connected(w, true, &out, &out_far);
	assert_int_equal(isdn_call_link(w->near, in, out), 0);
	w->n_seen = 0;
	assert_true(isdn_call_drop(w->far, in_far, &how) > 0);
	wire_run_for(w, 100);
	m = wire_sent(w, w->near_span, ISDN_MT_DISCONNECT, 0);
	assert_non_null(m);
	assert_int_equal(m->cause[0].value, 31);
	assert_memory_equal(m->uui.data, "bye", 3);
	assert_int_equal(wire_status(w->near, in).state, ISDN_CALL_IDLE);
	assert_int_equal(isdn_call_uui(w->far, out_far, ISDN_UUI_CLEARING, uui, 8, &n), 0);
	assert_int_equal(n, 4);
	assert_int_equal(isdn_call_info(w->near, out, &info), 0);
	assert_true(isdn_call_drop(w->far, out_far, NULL) > 0);
	wire_run_for(w, 100);
	assert_int_equal(isdn_call_info(w->near, out, &info), 0);
	assert_int_equal(info.source, ISDN_BY_CASCADE);
	assert_int_equal(wire_status(w->near, out).state, ISDN_CALL_IDLE);
	assert_int_equal(wire_status(w->far, in_far).state, ISDN_CALL_IDLE);
}

static void hold_of_e1_is_a_matter_of_ours(void **state)
{
	struct wire *w = *state;
	isdn_handle near, far;

	wire_connected(w, true, &near, &far);
	assert_true(isdn_call_hold(w->near, near) > 0);
	assert_int_equal(wire_status(w->near, near).state, ISDN_CALL_ONHOLD);
	assert_true(isdn_call_unhold(w->near, near) > 0);
	wire_run_for(w, 100);
	assert_int_equal(w->n_seen, 0);
	assert_int_equal(wire_status(w->near, near).state, ISDN_CALL_CONNECTED);
}

/* Q.932 6.2.2 to 6.2.5. */
static void hold_of_a_bri_is_asked_of_the_far_end(void **state)
{
	struct wire *w = *state;
	struct isdn_call_info info;
	isdn_handle near, far;

	wire_connected(w, true, &near, &far);
	assert_true(isdn_call_hold(w->near, near) > 0);
	assert_int_equal(isdn_call_hold(w->near, near), ISDN_ERR_INVALCALLSTATE);
	wire_run_for(w, 20);
	assert_non_null(wire_sent(w, w->near_span, ISDN_MT_HOLD, 0));
	assert_non_null(wire_sent(w, w->far_span, ISDN_MT_HOLD_ACKNOWLEDGE, 0));
	assert_int_equal(wire_status(w->near, near).state, ISDN_CALL_ONHOLD);
	assert_int_equal(wire_status(w->far, far).mode, ISDN_MODE_ACTIVEHELD);
	assert_int_equal(isdn_call_info(w->near, near, &info), 0);
	assert_int_equal(info.channel, 0);
	assert_true(isdn_call_unhold(w->near, near) > 0);
	wire_run_for(w, 20);
	assert_non_null(wire_sent(w, w->near_span, ISDN_MT_RETRIEVE, 0));
	assert_non_null(wire_sent(w, w->far_span, ISDN_MT_RETRIEVE_ACKNOWLEDGE, 0));
	assert_int_equal(wire_status(w->near, near).state, ISDN_CALL_CONNECTED);
	assert_int_equal(wire_status(w->far, far).mode, ISDN_MODE_ACTIVE);
	assert_int_equal(isdn_call_info(w->near, near, &info), 0);
	assert_int_not_equal(info.channel, 0);
	assert_true(isdn_call_hold(w->far, far) > 0);
	wire_run_for(w, 20);
	assert_true(isdn_call_drop(w->near, near, NULL) > 0); /* held by the far end */
	wire_run_for(w, 20);
	assert_int_equal(wire_status(w->far, far).state, ISDN_CALL_DISCONNECTED);
}

/* The far end has no time, or no mind, to answer HOLD: T_HOLD. */
static void a_hold_that_nobody_answers_fails(void **state)
{
	struct wire *w = *state;
	isdn_handle near, far;
	struct isdn_event ev;

	wire_connected(w, true, &near, &far);
	assert_int_equal(isdn_registry_close_span(w->registry, w->far_span), 0);
	wire_drain(w);
	assert_true(isdn_call_hold(w->near, near) > 0);
	wire_run_for(w, 10000);
	do
		assert_int_equal(isdn_client_next_event(w->near, &ev), 1);
	while (ev.type != ISDN_EV_REPLY);
	assert_int_equal(ev.result, ISDN_ERR_OPERATIONFAILED);
}

/* Q.931 5.1.3, and 4.5.18 in an active call. */
static void digits_in_an_active_call_are_keypad_facility(void **state)
{
	struct wire *w = *state;
	const struct isdn_msg *m;
	isdn_handle near, far;

	wire_connected(w, true, &near, &far);
	assert_true(isdn_call_dial(w->near, near, "12#") > 0);
	wire_run_for(w, 20);
	m = wire_sent(w, w->near_span, ISDN_MT_INFORMATION, 0);
	assert_non_null(m);
	assert_int_equal(m->keypad.len, 3);
	assert_memory_equal(m->keypad.keys, "12#", 3);
}

static void overlap_sending_leaves_out_sending_complete(void **state)
{
	struct wire *w = *state;
	struct isdn_call_params p;
	const struct isdn_msg *m;
	isdn_handle h;

	isdn_call_params_init(&p);
	p.span = w->near_span;
	p.called = "";
	p.overlap = true;
	assert_true(isdn_call_make(w->near, &p, &h) > 0);
	wire_run_for(w, 20);
	m = wire_sent(w, w->near_span, ISDN_MT_SETUP, 0);
	assert_non_null(m);
	assert_false(isdn_msg_has(m, ISDN_IE_SENDING_COMPLETE));
	assert_false(isdn_msg_has(m, ISDN_IE_CALLED));
}

static int setup_bri_user(void **state)
{
	return wire_setup(state, false, ",bri", "");
}

static int setup_bri_net(void **state)
{
	return wire_setup(state, true, ",bri", "");
}

#define E1(f)                                                                                      \
	cmocka_unit_test_setup_teardown(f, wire_setup_user, wire_teardown),                        \
		cmocka_unit_test_setup_teardown(f, wire_setup_net, wire_teardown)
#define BRI(f)                                                                                     \
	cmocka_unit_test_setup_teardown(f, setup_bri_user, wire_teardown),                         \
		cmocka_unit_test_setup_teardown(f, setup_bri_net, wire_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		E1(R_35_R_42_the_far_end_drops_and_every_holder_is_told_each_change_once),
		E1(R_75_a_dropped_call_answers_until_it_is_given_back),
		E1(R_58_two_stations_talk_and_the_first_that_drops_sends_nothing),
		E1(R_70_the_last_station_that_rejects_refuses_the_call),
		E1(R_88_a_hang_up_crosses_from_one_call_to_the_other),
		E1(hold_of_e1_is_a_matter_of_ours),
		BRI(hold_of_a_bri_is_asked_of_the_far_end),
		BRI(a_hold_that_nobody_answers_fails),
		E1(digits_in_an_active_call_are_keypad_facility),
		E1(overlap_sending_leaves_out_sending_complete),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
