/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The requirements of the registry that need no wire: on a fake provider,
 * with which every state can be had. The rest is in test_registry_wire.c.
 */
#include "tests/registry_helper.h"

static void R_05_an_error_changes_nothing_and_a_later_drop_works(void **state)
{
	struct desk *d = *state;
	uint8_t big[200] = { 4 };
	struct isdn_drop too_big = { .uui = big, .uui_size = 130 };
	struct isdn_drop bad_cause = { .cause = 128 };
	uint64_t leg;
	isdn_handle h = desk_connected(d, &leg);

	assert_int_equal(isdn_call_drop(d->owner, h, &too_big), ISDN_ERR_USERUSERINFOTOOBIG);
	assert_int_equal(isdn_call_drop(d->owner, h, &bad_cause), ISDN_ERR_INVAL);
	d->fake.fail_drop = ISDN_ERR_NOMEM;
	assert_int_equal(isdn_call_drop(d->owner, h, NULL), ISDN_ERR_NOMEM);
	d->fake.fail_drop = 0;
	desk_no_event(d);
	assert_int_equal(d->fake.leg[leg - 1].drops, 0);
	assert_int_equal(desk_status(d, h).state, ISDN_CALL_CONNECTED);
	assert_true(isdn_call_drop(d->owner, h, NULL) > 0);
	assert_int_equal(desk_status(d, h).state, ISDN_CALL_IDLE);
}

static void R_06_no_client_a_stale_handle_and_a_monitor_are_told_apart(void **state)
{
	struct desk *d = *state;
	uint64_t leg;
	isdn_handle h = desk_connected(d, &leg), m = desk_monitor_handle(d);

	assert_int_equal(isdn_call_drop(NULL, h, NULL), ISDN_ERR_UNINITIALIZED);
	assert_int_equal(isdn_call_drop(d->owner, 0, NULL), ISDN_ERR_INVALCALLHANDLE);
	assert_int_equal(isdn_call_drop(d->owner, h + 12345, NULL), ISDN_ERR_INVALCALLHANDLE);
	assert_int_equal(isdn_call_drop(d->monitor, h, NULL), ISDN_ERR_INVALCALLHANDLE);
	assert_int_equal(isdn_call_drop(d->monitor, m, NULL), ISDN_ERR_NOTOWNER);
	assert_int_equal(desk_status(d, h).state, ISDN_CALL_CONNECTED);
}

static void R_07_an_idle_call_can_not_be_dropped(void **state)
{
	struct desk *d = *state;
	uint64_t leg;
	isdn_handle h = desk_connected(d, &leg);

	assert_true(isdn_call_drop(d->owner, h, NULL) > 0);
	assert_int_equal(isdn_call_drop(d->owner, h, NULL), ISDN_ERR_INVALCALLSTATE);
}

static void R_08_each_of_the_other_states_can_be_dropped(void **state)
{
	static const enum isdn_call_state states[] = {
		ISDN_CALL_OFFERING,    ISDN_CALL_ACCEPTED,     ISDN_CALL_DIALTONE,
		ISDN_CALL_DIALING,     ISDN_CALL_RINGBACK,     ISDN_CALL_BUSY,
		ISDN_CALL_SPECIALINFO, ISDN_CALL_CONNECTED,    ISDN_CALL_PROCEEDING,
		ISDN_CALL_ONHOLD,      ISDN_CALL_CONFERENCED,  ISDN_CALL_ONHOLDPENDCONF,
		ISDN_CALL_UNKNOWN,     ISDN_CALL_DISCONNECTED, ISDN_CALL_ONHOLDPENDTRANSFER,
	};
	struct desk *d = *state;

	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
		uint64_t leg = fake_offer(&d->fake, NULL);
		isdn_handle h;
		isdn_request id;

		h = desk_new_call(d);
		fake_state(&d->fake, leg, states[i], 0, NULL);
		isdn_registry_process(d->registry);
		assert_int_equal(desk_status(d, h).state, states[i]);
		desk_drain(d);
		id = isdn_call_drop(d->owner, h, NULL);
		assert_true(id > 0);
		assert_int_equal(d->fake.leg[leg - 1].drops, 1);
		assert_int_equal(desk_event(d->owner, ISDN_EV_REPLY).request, id);
		assert_int_equal(desk_event(d->owner, ISDN_EV_CALL_STATE).state, ISDN_CALL_IDLE);
		assert_int_equal(desk_status(d, h).state, ISDN_CALL_IDLE);
		desk_drain(d);
		assert_int_equal(isdn_call_deallocate(d->owner, h), 0);
	}
}

static void R_09_a_second_drop_succeeds_without_a_second_message_or_reply(void **state)
{
	struct desk *d = *state;
	uint64_t leg;
	isdn_handle h = desk_connected(d, &leg);
	isdn_request first;

	d->fake.instant = false;
	first = isdn_call_drop(d->owner, h, NULL);
	assert_true(first > 0);
	assert_int_equal(isdn_call_drop(d->owner, h, NULL), first);
	assert_int_equal(d->fake.leg[leg - 1].drops, 1);
	fake_gone(&d->fake, leg, 16, ISDN_BY_LOCAL, NULL);
	isdn_registry_process(d->registry);
	assert_int_equal(desk_event(d->owner, ISDN_EV_REPLY).request, first);
	assert_int_equal(desk_event(d->owner, ISDN_EV_CALL_STATE).state, ISDN_CALL_IDLE);
	desk_no_event_of(d->owner);
}

static void R_10_other_requests_of_the_call_end_with_operation_failed(void **state)
{
	struct desk *d = *state;
	struct isdn_call_params params;
	isdn_request make, drop;
	struct isdn_event ev;
	isdn_handle h;

	isdn_call_params_init(&params);
	params.span = 1;
	params.called = "123";
	make = isdn_call_make(d->owner, &params, &h);
	assert_true(make > 0);
	desk_drain(d);
	drop = isdn_call_drop(d->owner, h, NULL);
	assert_true(drop > 0);
	ev = desk_event(d->owner, ISDN_EV_REPLY);
	assert_int_equal(ev.request, make);
	assert_int_equal(ev.result, ISDN_ERR_OPERATIONFAILED);
	ev = desk_event(d->owner, ISDN_EV_REPLY);
	assert_int_equal(ev.request, drop);
	assert_int_equal(ev.result, 0);
}

static void R_14_the_drop_bit_is_set_when_a_drop_would_be_accepted(void **state)
{
	struct desk *d = *state;
	struct isdn_call_status s;
	uint64_t leg;
	isdn_handle h = desk_connected(d, &leg), m = desk_monitor_handle(d);

	assert_true(desk_status(d, h).features & ISDN_FEATURE_DROP);
	assert_int_equal(isdn_call_status(d->monitor, m, &s), 0);
	assert_false(s.features & ISDN_FEATURE_DROP);
	assert_true(isdn_call_drop(d->owner, h, NULL) > 0);
	assert_int_equal(desk_status(d, h).features, 0);
	fake_offer(&d->fake, NULL);
	h = desk_new_call(d);
	d->fake.caps.reject_offering = false;
	assert_false(desk_status(d, h).features & ISDN_FEATURE_DROP);
}

static void R_17_without_uui_support_the_call_clears_without_it(void **state)
{
	struct desk *d = *state;
	struct isdn_drop how = { .uui = "\x04"
					"bye",
				 .uui_size = 4 };
	struct isdn_event ev;
	uint64_t leg;
	isdn_handle h = desk_connected(d, &leg);

	d->fake.caps.uui_drop = 0;
	assert_true(isdn_call_drop(d->owner, h, &how) > 0);
	assert_false(d->fake.leg[leg - 1].uui_given);
	ev = desk_event(d->owner, ISDN_EV_REPLY);
	assert_int_equal(ev.result, 0);
	assert_int_equal(ev.outcome, ISDN_OUTCOME_CLEARED);
	assert_false(ev.uui_sent);
}

static void R_18_null_or_empty_uui_means_none(void **state)
{
	struct desk *d = *state;
	struct isdn_drop null_uui = { .uui = NULL, .uui_size = 500 };
	struct isdn_drop empty = { .uui = "\x04", .uui_size = 0 };
	uint64_t leg;
	isdn_handle h = desk_connected(d, &leg);

	assert_true(isdn_call_drop(d->owner, h, &null_uui) > 0);
	assert_int_equal(d->fake.leg[leg - 1].drops, 1);
	assert_false(d->fake.leg[leg - 1].uui_given);
	h = desk_connected(d, &leg);
	assert_true(isdn_call_drop(d->owner, h, &empty) > 0);
	assert_int_equal(d->fake.leg[leg - 1].drops, 1);
	assert_false(d->fake.leg[leg - 1].uui_given);
}

static void R_19_the_maximum_is_sent_and_one_more_is_too_big(void **state)
{
	struct desk *d = *state;
	uint8_t octets[130];
	struct isdn_drop how = { .uui = octets };
	uint64_t leg;
	isdn_handle h = desk_connected(d, &leg);

	memset(octets, 'x', sizeof(octets));
	d->fake.caps.uui_drop = 33;
	how.uui_size = 34;
	assert_int_equal(isdn_call_drop(d->owner, h, &how), ISDN_ERR_USERUSERINFOTOOBIG);
	assert_int_equal(d->fake.leg[leg - 1].drops, 0);
	how.uui_size = 33;
	assert_true(isdn_call_drop(d->owner, h, &how) > 0);
	assert_int_equal(d->fake.leg[leg - 1].uui.len, 32);
}

static void R_22_the_reply_does_not_depend_on_delivery(void **state)
{
	struct desk *d = *state;
	struct isdn_drop how = { .uui = "\x04"
					"bye",
				 .uui_size = 4 };
	struct isdn_event ev;
	uint64_t leg;
	isdn_handle h = desk_connected(d, &leg);

	d->fake.instant = false;
	assert_true(isdn_call_drop(d->owner, h, &how) > 0);
	fake_gone(&d->fake, leg, 102, ISDN_BY_TIMER, NULL); /* nobody ever answered */
	isdn_registry_process(d->registry);
	ev = desk_event(d->owner, ISDN_EV_REPLY);
	assert_int_equal(ev.result, 0);
	assert_true(ev.uui_sent);
	assert_int_equal(desk_event(d->owner, ISDN_EV_CALL_STATE).source, ISDN_BY_TIMER);
}

static void R_24_a_complete_block_is_one_event_to_every_handle(void **state)
{
	struct desk *d = *state;
	struct isdn_uui one = fake_text("one "), two = fake_text("two "),
			three = fake_text("three");
	uint8_t buffer[64];
	size_t len;
	uint64_t leg;
	isdn_handle h = desk_connected(d, &leg), m = desk_monitor_handle(d);

	fake_uui(&d->fake, leg, &one, true);
	fake_uui(&d->fake, leg, &two, true);
	isdn_registry_process(d->registry);
	desk_no_event(d);
	fake_uui(&d->fake, leg, &three, false);
	isdn_registry_process(d->registry);
	assert_int_equal(desk_event(d->owner, ISDN_EV_CALL_INFO).info, ISDN_INFO_UUI);
	assert_int_equal(desk_event(d->monitor, ISDN_EV_CALL_INFO).info, ISDN_INFO_UUI);
	desk_no_event(d);
	assert_int_equal(isdn_call_uui(d->owner, h, ISDN_UUI_MIDCALL, buffer, sizeof(buffer), &len),
			 0);
	assert_int_equal(len, 14);
	assert_memory_equal(buffer, "\x04one two three", 14);
	assert_int_equal(isdn_call_uui(d->monitor, m, ISDN_UUI_MIDCALL, buffer, 3, &len),
			 ISDN_ERR_NOSPC);
	assert_int_equal(len, 14);
}

static void R_25_the_next_block_shows_after_the_release(void **state)
{
	struct desk *d = *state;
	struct isdn_uui first = fake_text("first"), second = fake_text("second");
	uint8_t buffer[64];
	size_t len;
	uint64_t leg;
	isdn_handle h = desk_connected(d, &leg), m = desk_monitor_handle(d);

	fake_uui(&d->fake, leg, &first, false);
	fake_uui(&d->fake, leg, &second, false);
	isdn_registry_process(d->registry);
	desk_event(d->owner, ISDN_EV_CALL_INFO);
	desk_no_event_of(d->owner);
	isdn_call_uui(d->owner, h, ISDN_UUI_MIDCALL, buffer, sizeof(buffer), &len);
	assert_memory_equal(buffer,
			    "\x04"
			    "first",
			    len);
	assert_int_equal(isdn_call_release_uui(d->monitor, m), ISDN_ERR_NOTOWNER);
	assert_int_equal(isdn_call_release_uui(d->owner, h), 0);
	desk_event(d->owner, ISDN_EV_CALL_INFO);
	isdn_call_uui(d->owner, h, ISDN_UUI_MIDCALL, buffer, sizeof(buffer), &len);
	assert_int_equal(len, 7);
	assert_memory_equal(buffer, "\x04second", 7);
	assert_int_equal(isdn_call_release_uui(d->owner, h), 0);
	assert_int_equal(isdn_call_release_uui(d->owner, h), 0); /* nothing stored */
	desk_no_event_of(d->owner);
}

static void R_28_blocks_that_nobody_read_are_freed_and_bounded(void **state)
{
	struct desk *d = *state;
	struct isdn_uui u = fake_text("flood");
	uint64_t leg;

	desk_connected(d, &leg);
	for (int i = 0; i < 1000; i++) {
		fake_uui(&d->fake, leg, &u, i % 3 != 0);
		isdn_registry_process(d->registry);
	}
	assert_true(test_mem_live(&d->mem) < 64 + 200); /* max_uui_blocks and the rest */
}

static void R_30_an_offer_that_can_not_be_refused_stays_offering(void **state)
{
	struct desk *d = *state;
	isdn_handle h;
	uint64_t leg;

	d->fake.caps.reject_offering = false;
	leg = fake_offer(&d->fake, NULL);
	h = desk_new_call(d);
	assert_int_equal(isdn_call_drop(d->owner, h, NULL), ISDN_ERR_OPERATIONUNAVAIL);
	assert_int_equal(d->fake.leg[leg - 1].drops, 0);
	assert_int_equal(desk_status(d, h).state, ISDN_CALL_OFFERING);
}

static void R_35_a_far_end_that_drops_is_told_to_all_and_can_be_dropped(void **state)
{
	struct desk *d = *state;
	struct isdn_event ev;
	uint64_t leg;
	isdn_handle h = desk_connected(d, &leg);

	fake_state(&d->fake, leg, ISDN_CALL_DISCONNECTED, 17, NULL);
	isdn_registry_process(d->registry);
	ev = desk_event(d->owner, ISDN_EV_CALL_STATE);
	assert_int_equal(ev.state, ISDN_CALL_DISCONNECTED);
	assert_int_equal(ev.mode, ISDN_DISCONNECT_BUSY);
	assert_int_equal(ev.cause, 17);
	assert_int_equal(desk_event(d->monitor, ISDN_EV_CALL_STATE).state, ISDN_CALL_DISCONNECTED);
	assert_true(isdn_call_drop(d->owner, h, NULL) > 0);
	desk_event(d->owner, ISDN_EV_REPLY);
	assert_int_equal(desk_event(d->owner, ISDN_EV_CALL_STATE).state, ISDN_CALL_IDLE);
	assert_int_equal(desk_event(d->monitor, ISDN_EV_CALL_STATE).state, ISDN_CALL_IDLE);
}

static void R_36_a_disconnected_call_answers_queries(void **state)
{
	struct desk *d = *state;
	struct isdn_call_info info;
	uint64_t leg;
	isdn_handle h = desk_connected(d, &leg);

	d->now += 5000;
	fake_state(&d->fake, leg, ISDN_CALL_DISCONNECTED, 34, NULL);
	isdn_registry_process(d->registry);
	d->now += 1000;
	assert_int_equal(desk_status(d, h).mode, ISDN_DISCONNECT_CONGESTION);
	assert_int_equal(desk_status(d, h).since, d->now - 1000);
	assert_int_equal(isdn_call_info(d->owner, h, &info), 0);
	assert_int_equal(info.cause, 34);
	assert_int_equal(info.source, ISDN_BY_REMOTE);
}

static void R_38_release_without_warning_is_disconnected_then_idle(void **state)
{
	struct desk *d = *state;
	struct isdn_event ev;
	uint64_t leg;

	desk_connected(d, &leg);
	fake_gone(&d->fake, leg, 27, ISDN_BY_REMOTE, NULL);
	isdn_registry_process(d->registry);
	ev = desk_event(d->owner, ISDN_EV_CALL_STATE);
	assert_int_equal(ev.state, ISDN_CALL_DISCONNECTED);
	assert_int_equal(ev.mode, ISDN_DISCONNECT_OUTOFORDER);
	assert_int_equal(desk_event(d->owner, ISDN_EV_CALL_STATE).state, ISDN_CALL_IDLE);
	desk_no_event_of(d->owner);
	desk_connected(d, &leg);
	fake_state(&d->fake, leg, ISDN_CALL_DISCONNECTED, 16, NULL);
	fake_gone(&d->fake, leg, 102, ISDN_BY_REMOTE, NULL);
	isdn_registry_process(d->registry);
	assert_int_equal(desk_event(d->owner, ISDN_EV_CALL_STATE).state, ISDN_CALL_DISCONNECTED);
	ev = desk_event(d->owner, ISDN_EV_CALL_STATE);
	assert_int_equal(ev.state, ISDN_CALL_IDLE);
	assert_int_equal(ev.cause, 16); /* the first counts */
	desk_no_event_of(d->owner);
}

/* Q.850 and the modes of TAPI, as drop.md section 2 lists them. */
static const struct {
	uint32_t mode;
	uint8_t causes[20];
} modes[] = {
	{ ISDN_DISCONNECT_NORMAL, { 16, 31 } },
	{ ISDN_DISCONNECT_REJECT, { 21 } },
	{ ISDN_DISCONNECT_PICKUP, { 26 } },
	{ ISDN_DISCONNECT_FORWARDED, { 23 } },
	{ ISDN_DISCONNECT_BUSY, { 17 } },
	{ ISDN_DISCONNECT_NOANSWER, { 18, 19 } },
	{ ISDN_DISCONNECT_BADADDRESS, { 1, 5, 28 } },
	{ ISDN_DISCONNECT_UNREACHABLE, { 2, 3, 4, 20, 25, 91 } },
	{ ISDN_DISCONNECT_CONGESTION, { 34, 42, 44, 46, 47, 35 } },
	{ ISDN_DISCONNECT_INCOMPATIBLE, { 29, 50, 58, 63, 65, 66, 69, 70, 79, 88, 67 } },
	{ ISDN_DISCONNECT_UNAVAIL, { 81, 95, 96, 97, 98, 99, 100, 101, 103, 111, 127, 14 } },
	{ ISDN_DISCONNECT_NUMBERCHANGED, { 22 } },
	{ ISDN_DISCONNECT_OUTOFORDER, { 27 } },
	{ ISDN_DISCONNECT_TEMPFAILURE, { 6, 8, 9, 38, 41, 43, 102 } },
	{ ISDN_DISCONNECT_QOSUNAVAIL, { 49 } },
	{ ISDN_DISCONNECT_BLOCKED, { 24, 52, 53, 54, 55, 57, 62, 87, 90 } },
};

static void R_39_each_cause_has_its_mode_and_stays_readable(void **state)
{
	struct desk *d = *state;

	for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++)
		for (const uint8_t *c = modes[i].causes; *c; c++) {
			struct isdn_call_info info;
			uint64_t leg;
			isdn_handle h = desk_connected(d, &leg);

			fake_state(&d->fake, leg, ISDN_CALL_DISCONNECTED, *c, NULL);
			isdn_registry_process(d->registry);
			assert_int_equal(desk_status(d, h).mode, modes[i].mode);
			assert_true(isdn_call_drop(d->owner, h, NULL) > 0);
			assert_int_equal(isdn_call_info(d->owner, h, &info), 0);
			assert_int_equal(info.cause, *c);
			desk_give_back(d, h);
		}
}

static void R_39_a_caller_who_gives_up_before_the_answer_cancelled(void **state)
{
	struct desk *d = *state;
	uint64_t leg = fake_offer(&d->fake, NULL);
	isdn_handle h = desk_new_call(d);

	fake_state(&d->fake, leg, ISDN_CALL_DISCONNECTED, 16, NULL);
	isdn_registry_process(d->registry);
	assert_int_equal(desk_status(d, h).mode, ISDN_DISCONNECT_CANCELLED);
}

static void R_40_nothing_follows_idle(void **state)
{
	struct desk *d = *state;
	struct isdn_uui u = fake_text("late");
	uint64_t leg;
	isdn_handle h = desk_connected(d, &leg), other;

	assert_true(isdn_call_drop(d->owner, h, NULL) > 0);
	desk_drain(d);
	assert_int_equal(isdn_call_answer(d->owner, h, NULL, 0), ISDN_ERR_INVALCALLSTATE);
	assert_int_equal(isdn_call_accept(d->owner, h, NULL, 0), ISDN_ERR_INVALCALLSTATE);
	assert_int_equal(isdn_call_send_uui(d->owner, h, "\x04x", 2), ISDN_ERR_INVALCALLSTATE);
	assert_int_equal(isdn_conference_new(d->owner, NULL, &other), 0);
	assert_int_equal(isdn_conference_add(d->owner, other, h), ISDN_ERR_INVALCALLSTATE);
	assert_true(isdn_call_drop(d->owner, other, NULL) > 0);
	desk_drain(d);
	d->fake.leg[leg - 1].user = NULL; /* the leg is gone; late events find nobody */
	fake_state(&d->fake, leg, ISDN_CALL_CONNECTED, 0, NULL);
	fake_uui(&d->fake, leg, &u, false);
	isdn_registry_process(d->registry);
	desk_no_event(d);
	assert_int_equal(desk_status(d, h).state, ISDN_CALL_IDLE);
}

static void R_41_dropping_the_conference_ends_every_party_and_the_parent(void **state)
{
	struct desk *d = *state;
	struct isdn_drop how = { .uui = "\x04"
					"end",
				 .uui_size = 4 };
	struct conference c;
	struct isdn_event ev;
	isdn_request id;

	desk_conference(d, &c, 3);
	id = isdn_call_drop(d->owner, c.parent, &how);
	assert_true(id > 0);
	for (int i = 0; i < 3; i++) { /* the parties first, in join order */
		ev = desk_event(d->owner, ISDN_EV_CALL_STATE);
		assert_int_equal(ev.call, c.party[i]);
		assert_int_equal(ev.state, ISDN_CALL_IDLE);
		assert_int_equal(ev.source, ISDN_BY_CASCADE);
		assert_int_equal(ev.request, id);
		assert_memory_equal(d->fake.leg[c.leg[i] - 1].uui.data, "end", 3);
	}
	ev = desk_event(d->owner, ISDN_EV_REPLY);
	assert_int_equal(ev.request, id);
	assert_int_equal(ev.result, 0);
	assert_int_equal(ev.outcome, ISDN_OUTCOME_CLEARED);
	assert_int_equal(ev.calls_changed, 4);
	assert_int_equal(ev.calls_failed, 0);
	assert_true(ev.uui_sent);
	ev = desk_event(d->owner, ISDN_EV_CALL_STATE);
	assert_int_equal(ev.call, c.parent);
	assert_int_equal(ev.state, ISDN_CALL_IDLE);
	desk_no_event_of(d->owner);
	for (int i = 0; i < 4; i++)
		assert_int_equal(desk_event(d->monitor, ISDN_EV_CALL_STATE).state, ISDN_CALL_IDLE);
	desk_no_event_of(d->monitor);
}

static void R_44_one_party_leaves_and_the_others_stay(void **state)
{
	struct desk *d = *state;
	struct conference c;
	isdn_handle calls[8];
	size_t n;

	desk_conference(d, &c, 3);
	assert_true(isdn_call_drop(d->owner, c.party[1], NULL) > 0);
	assert_int_equal(desk_status(d, c.party[0]).state, ISDN_CALL_CONFERENCED);
	assert_int_equal(desk_status(d, c.party[2]).state, ISDN_CALL_CONFERENCED);
	assert_int_equal(desk_status(d, c.parent).state, ISDN_CALL_CONNECTED);
	assert_int_equal(isdn_conference_calls(d->owner, c.party[2], calls, 8, &n), 0);
	assert_int_equal(n, 3);
	assert_int_equal(calls[0], c.parent);
	assert_int_equal(calls[1], c.party[0]);
	assert_int_equal(calls[2], c.party[2]);
}

static void R_47_the_last_party_takes_the_conference_with_it(void **state)
{
	struct desk *d = *state;
	struct conference c;
	struct isdn_event ev;

	desk_conference(d, &c, 1);
	fake_gone(&d->fake, c.leg[0], 16, ISDN_BY_REMOTE, NULL);
	isdn_registry_process(d->registry);
	assert_int_equal(desk_event(d->owner, ISDN_EV_CALL_STATE).state, ISDN_CALL_DISCONNECTED);
	assert_int_equal(desk_event(d->owner, ISDN_EV_CALL_STATE).call, c.party[0]);
	ev = desk_event(d->owner, ISDN_EV_CALL_STATE);
	assert_int_equal(ev.call, c.parent);
	assert_int_equal(ev.state, ISDN_CALL_IDLE);
	assert_int_equal(ev.source, ISDN_BY_CASCADE);
}

static void R_52_a_dead_leg_does_not_stop_the_others(void **state)
{
	struct desk *d = *state;
	struct conference c;
	isdn_request id;

	desk_conference(d, &c, 3);
	d->fake.instant = false;
	id = isdn_call_drop(d->owner, c.parent, NULL);
	fake_gone(&d->fake, c.leg[2], 16, ISDN_BY_LOCAL, NULL);
	fake_gone(&d->fake, c.leg[0], 16, ISDN_BY_LOCAL, NULL);
	isdn_registry_process(d->registry);
	assert_int_equal(desk_status(d, c.party[0]).state, ISDN_CALL_IDLE);
	assert_int_equal(desk_status(d, c.party[2]).state, ISDN_CALL_IDLE);
	assert_int_equal(desk_status(d, c.parent).state, ISDN_CALL_CONNECTED);
	fake_gone(&d->fake, c.leg[1], 102, ISDN_BY_TIMER, NULL);
	isdn_registry_process(d->registry);
	assert_int_equal(desk_reply(d->owner).request, id);
	assert_int_equal(desk_status(d, c.parent).state, ISDN_CALL_IDLE);
}

static void a_party_that_can_not_be_cleared_goes_on_alone_and_is_counted(void **state)
{
	struct desk *d = *state;
	struct conference c;
	struct isdn_event ev;

	desk_conference(d, &c, 3);
	d->fake.fail_drop = ISDN_ERR_NOMEM;
	d->fake.fail_leg = c.leg[1];
	assert_true(isdn_call_drop(d->owner, c.parent, NULL) > 0);
	ev = desk_reply(d->owner);
	assert_int_equal(ev.result, ISDN_ERR_OPERATIONFAILED);
	assert_int_equal(ev.calls_failed, 1);
	assert_int_equal(ev.calls_changed, 4);
	assert_int_equal(desk_status(d, c.parent).state, ISDN_CALL_IDLE);
	assert_int_equal(desk_status(d, c.party[1]).state, ISDN_CALL_CONNECTED);
	d->fake.fail_drop = 0;
	assert_true(isdn_call_drop(d->owner, c.party[1], NULL) > 0);
	assert_int_equal(desk_status(d, c.party[1]).state, ISDN_CALL_IDLE);
}

static void R_54_what_can_not_be_added_is_refused(void **state)
{
	struct desk *d = *state;
	struct conference c;
	isdn_handle other;
	uint64_t leg;
	isdn_handle h;

	desk_conference(d, &c, 2);
	h = desk_connected(d, &leg);
	assert_int_equal(isdn_conference_add(d->owner, h, h), ISDN_ERR_INVALCONFCALLHANDLE);
	assert_int_equal(isdn_conference_add(d->owner, c.parent, c.party[0]),
			 ISDN_ERR_INVALCALLHANDLE);
	assert_int_equal(isdn_conference_new(d->owner, NULL, &other), 0);
	assert_int_equal(isdn_conference_add(d->owner, c.parent, other), ISDN_ERR_INVALCALLHANDLE);
	assert_int_equal(isdn_conference_add(d->owner, other, c.party[0]),
			 ISDN_ERR_INVALCALLHANDLE);
	assert_int_equal(isdn_conference_calls(d->owner, h, NULL, 0, &(size_t){ 0 }),
			 ISDN_ERR_NOCONFERENCE);
}

static void R_75_after_the_drop_every_query_works_until_deallocation(void **state)
{
	struct desk *d = *state;
	struct isdn_uui setup = fake_text("hello"), bye = fake_text("bye");
	struct isdn_call_info info;
	uint8_t buffer[16];
	isdn_handle h;
	uint64_t leg;
	size_t len;

	leg = fake_offer(&d->fake, &setup);
	h = desk_new_call(d);
	fake_gone(&d->fake, leg, 21, ISDN_BY_REMOTE, &bye);
	isdn_registry_process(d->registry);
	assert_int_equal(desk_status(d, h).state, ISDN_CALL_IDLE);
	assert_int_equal(desk_status(d, h).privilege, ISDN_OWNER);
	assert_int_equal(isdn_call_info(d->owner, h, &info), 0);
	assert_int_equal(info.cause, 21);
	assert_string_equal(info.called, "123");
	assert_int_equal(isdn_call_uui(d->owner, h, ISDN_UUI_SETUP, buffer, 16, &len), 0);
	assert_memory_equal(buffer, "\x04hello", 6);
	assert_int_equal(isdn_call_uui(d->owner, h, ISDN_UUI_CLEARING, buffer, 16, &len), 0);
	assert_int_equal(len, 4);
	assert_memory_equal(buffer,
			    "\x04"
			    "bye",
			    4);
	assert_int_equal(isdn_call_release_uui(d->owner, h), 0);
	assert_int_equal(isdn_call_deallocate(d->owner, h), 0);
	assert_int_equal(isdn_call_info(d->owner, h, &info), ISDN_ERR_INVALCALLHANDLE);
}

static void R_76_ten_thousand_cycles_leave_nothing_and_leaks_are_counted(void **state)
{
	struct desk *d = *state;
	struct isdn_registry_counts counts;
	size_t live = 0;

	for (int i = 0; i < 10000; i++) {
		uint64_t leg;

		d->fake.n_legs = 0;
		desk_give_back(d, desk_connected(d, &leg));
		if (i == 100)
			live = test_mem_live(&d->mem);
	}
	isdn_registry_counts(d->registry, &counts);
	assert_int_equal(counts.calls, 0);
	assert_int_equal(counts.handles, 0);
	assert_int_equal(counts.requests, 0);
	assert_int_equal(counts.events, 0);
	assert_int_equal(test_mem_live(&d->mem), live);
	for (unsigned i = 1; i <= 5; i++) { /* dropped, but not deallocated */
		uint64_t leg;
		isdn_handle h = desk_connected(d, &leg);

		assert_true(isdn_call_drop(d->owner, h, NULL) > 0);
		desk_drain(d);
		isdn_registry_counts(d->registry, &counts);
		assert_int_equal(counts.calls, i);
		assert_int_equal(counts.handles, 2 * i);
	}
}

static void R_79_a_sole_owner_can_not_leave_a_live_call_unless_relaxed(void **state)
{
	struct desk *d = *state;
	uint64_t leg;
	isdn_handle h = desk_connected(d, &leg);

	assert_int_equal(isdn_call_deallocate(d->owner, h), ISDN_ERR_INVALCALLSTATE);
	d->owner->relaxed = true;
	assert_int_equal(isdn_call_deallocate(d->owner, h), 0);
	assert_int_equal(d->fake.leg[leg - 1].drops, 0);
	d->owner->relaxed = false;
}

static void R_80_a_deallocated_handle_is_invalid_for_ever(void **state)
{
	struct desk *d = *state;
	isdn_handle old[50];
	uint64_t leg;
	struct isdn_call_status s;

	for (int i = 0; i < 50; i++) {
		old[i] = desk_connected(d, &leg); /* in a slot that others had before */
		for (int k = 0; k < i; k++) {
			assert_int_equal(isdn_call_drop(d->owner, old[k], NULL),
					 ISDN_ERR_INVALCALLHANDLE);
			assert_int_equal(isdn_call_status(d->owner, old[k], &s),
					 ISDN_ERR_INVALCALLHANDLE);
			assert_int_equal(isdn_call_deallocate(d->owner, old[k]),
					 ISDN_ERR_INVALCALLHANDLE);
		}
		assert_int_equal(desk_status(d, old[i]).state, ISDN_CALL_CONNECTED);
		desk_give_back(d, old[i]);
	}
}

static void R_82_the_reply_comes_though_the_dropper_gave_its_handle_back(void **state)
{
	struct desk *d = *state;
	isdn_request id;
	uint64_t leg;
	isdn_handle h = desk_connected(d, &leg);

	d->owner->relaxed = true;
	d->fake.instant = false;
	id = isdn_call_drop(d->owner, h, NULL);
	assert_int_equal(isdn_call_deallocate(d->owner, h), 0);
	fake_gone(&d->fake, leg, 16, ISDN_BY_LOCAL, NULL);
	isdn_registry_process(d->registry);
	assert_int_equal(desk_event(d->owner, ISDN_EV_REPLY).request, id);
	desk_no_event_of(d->owner); /* but no state event for a handle given back */
}

static void D6_a_call_that_nobody_owns_waits_for_the_next_owner(void **state)
{
	struct desk *d = *state;
	struct isdn_event ev;
	isdn_client_close(d->owner);
	fake_offer(&d->fake, NULL);
	isdn_registry_process(d->registry);
	d->owner = desk_client(d, "late", ISDN_OWNER);
	ev = desk_event(d->owner, ISDN_EV_NEW_CALL);
	assert_int_equal(ev.privilege, ISDN_OWNER);
	assert_int_equal(desk_event(d->owner, ISDN_EV_CALL_STATE).state, ISDN_CALL_OFFERING);
}

static void D7_closing_the_only_owner_drops_its_calls(void **state)
{
	struct desk *d = *state;
	struct conference c;
	struct isdn_event ev;
	unsigned idle = 0;
	uint64_t leg;

	desk_connected(d, &leg);
	desk_conference(d, &c, 2);
	isdn_client_close(d->owner);
	d->owner = NULL;
	assert_int_equal(d->fake.leg[leg - 1].drops, 1);
	assert_int_equal(d->fake.leg[c.leg[0] - 1].drops, 1);
	assert_int_equal(d->fake.leg[c.leg[1] - 1].drops, 1);
	while (isdn_client_next_event(d->monitor, &ev) == 1)
		idle += ev.type == ISDN_EV_CALL_STATE && ev.state == ISDN_CALL_IDLE;
	assert_int_equal(idle, 4);
}

static void D7_an_empty_conference_and_an_idle_call_go_with_their_client(void **state)
{
	struct desk *d = *state;
	struct isdn_registry_counts counts;
	isdn_handle empty;
	uint64_t leg;

	assert_int_equal(isdn_conference_new(d->owner, NULL, &empty), 0);
	assert_true(isdn_call_drop(d->owner, desk_connected(d, &leg), NULL) > 0);
	isdn_client_close(d->monitor);
	isdn_client_close(d->owner);
	d->owner = d->monitor = NULL;
	isdn_registry_counts(d->registry, &counts);
	assert_int_equal(counts.calls, 0);
	assert_int_equal(counts.handles, 0);
}

static void the_state_of_the_registry_can_be_printed(void **state)
{
	struct desk *d = *state;
	struct conference c;
	struct lines out = { .n = 0 };

	desk_conference(d, &c, 2);
	isdn_registry_print(d->registry, lines_add, &out);
	assert_true(lines_have(&out, "conference of 2: CONNECTED"));
	assert_true(lines_have(&out, "CONFERENCED"));
	assert_true(lines_have(&out, "owner \"owner\""));
	assert_true(lines_have(&out, "monitor \"monitor\""));
	assert_true(lines_have(&out, "span 1 fake"));
}

#define T(f) cmocka_unit_test_setup_teardown(f, desk_setup, desk_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(R_05_an_error_changes_nothing_and_a_later_drop_works),
		T(R_06_no_client_a_stale_handle_and_a_monitor_are_told_apart),
		T(R_07_an_idle_call_can_not_be_dropped),
		T(R_08_each_of_the_other_states_can_be_dropped),
		T(R_09_a_second_drop_succeeds_without_a_second_message_or_reply),
		T(R_10_other_requests_of_the_call_end_with_operation_failed),
		T(R_14_the_drop_bit_is_set_when_a_drop_would_be_accepted),
		T(R_17_without_uui_support_the_call_clears_without_it),
		T(R_18_null_or_empty_uui_means_none),
		T(R_19_the_maximum_is_sent_and_one_more_is_too_big),
		T(R_22_the_reply_does_not_depend_on_delivery),
		T(R_24_a_complete_block_is_one_event_to_every_handle),
		T(R_25_the_next_block_shows_after_the_release),
		T(R_28_blocks_that_nobody_read_are_freed_and_bounded),
		T(R_30_an_offer_that_can_not_be_refused_stays_offering),
		T(R_35_a_far_end_that_drops_is_told_to_all_and_can_be_dropped),
		T(R_36_a_disconnected_call_answers_queries),
		T(R_38_release_without_warning_is_disconnected_then_idle),
		T(R_39_each_cause_has_its_mode_and_stays_readable),
		T(R_39_a_caller_who_gives_up_before_the_answer_cancelled),
		T(R_40_nothing_follows_idle),
		T(R_41_dropping_the_conference_ends_every_party_and_the_parent),
		T(R_44_one_party_leaves_and_the_others_stay),
		T(R_47_the_last_party_takes_the_conference_with_it),
		T(R_52_a_dead_leg_does_not_stop_the_others),
		T(a_party_that_can_not_be_cleared_goes_on_alone_and_is_counted),
		T(R_54_what_can_not_be_added_is_refused),
		T(R_75_after_the_drop_every_query_works_until_deallocation),
		T(R_76_ten_thousand_cycles_leave_nothing_and_leaks_are_counted),
		T(R_79_a_sole_owner_can_not_leave_a_live_call_unless_relaxed),
		T(R_80_a_deallocated_handle_is_invalid_for_ever),
		T(R_82_the_reply_comes_though_the_dropper_gave_its_handle_back),
		T(D6_a_call_that_nobody_owns_waits_for_the_next_owner),
		T(D7_closing_the_only_owner_drops_its_calls),
		T(D7_an_empty_conference_and_an_idle_call_go_with_their_client),
		T(the_state_of_the_registry_can_be_printed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
