/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The requirements of the registry that speak of the wire. Each test runs twice, with the side
 * under test as user and as network.
 */
#include "tests/wire_helper.h"

static void R_01_an_owner_drops_a_connected_call(void **state)
{
	struct wire *w = *state;
	struct isdn_call_info info;
	isdn_handle near, far;
	const struct isdn_msg *m;

	wire_connected(w, true, &near, &far);
	assert_int_equal(isdn_call_info(w->near, near, &info), 0);
	assert_int_not_equal(info.channel, 0);
	assert_true(isdn_call_drop(w->near, near, NULL) > 0);
	wire_run_for(w, 20);
	m = wire_sent(w, w->near_span, ISDN_MT_DISCONNECT, 0);
	assert_non_null(m);
	assert_int_equal(m->cause[0].value, 16);
	assert_int_equal(wire_status(w->far, far).state, ISDN_CALL_DISCONNECTED);
	assert_true(isdn_call_drop(w->far, far, NULL) > 0);
	wire_run_for(w, 20);
	assert_int_equal(wire_status(w->near, near).state, ISDN_CALL_IDLE);
	assert_int_equal(wire_status(w->far, far).state, ISDN_CALL_IDLE);
	assert_int_equal(isdn_call_info(w->near, near, &info), 0);
	assert_int_equal(info.channel, 0); /* given back: the media path is no more */
}

static void the_channel_of_a_call_is_told_when_it_is_known(void **state)
{
	struct wire *w = *state;
	isdn_handle near = wire_make(w, w->near, w->near_span, NULL, 0), far = wire_arrived(w->far);
	struct isdn_call_info info;
	struct isdn_event ev;
	unsigned told = 0;

	assert_true(isdn_call_answer(w->far, far, NULL, 0) > 0);
	wire_run_for(w, 20);
	while (isdn_client_next_event(w->near, &ev) == 1)
		told += ev.type == ISDN_EV_CALL_INFO && (ev.info & ISDN_INFO_CHANNEL);
	assert_int_equal(told, 1);
	assert_int_equal(isdn_call_info(w->near, near, &info), 0);
	assert_int_not_equal(info.channel, 0);
}

static void R_02_one_reply_after_the_return(void **state)
{
	struct wire *w = *state;
	isdn_handle near, far;
	struct isdn_event ev;
	isdn_request id;

	wire_connected(w, true, &near, &far);
	id = isdn_call_drop(w->near, near, NULL);
	assert_true(id > 0);
	desk_no_event_of(w->near); /* it did not wait for the far end */
	wire_run_for(w, 20);
	assert_true(isdn_call_drop(w->far, far, NULL) > 0);
	wire_run_for(w, 100000);
	ev = desk_event(w->near, ISDN_EV_REPLY);
	assert_int_equal(ev.request, id);
	assert_int_equal(ev.result, 0);
	assert_int_equal(ev.outcome, ISDN_OUTCOME_CLEARED);
	desk_event(w->near, ISDN_EV_CALL_STATE);
	desk_no_event_of(w->near);
}

static void R_03_the_reply_waits_for_release(void **state)
{
	struct wire *w = *state;
	isdn_handle near, far;

	wire_connected(w, true, &near, &far);
	assert_true(isdn_call_drop(w->near, near, NULL) > 0);
	wire_run_for(w, 29000); /* the far end does not release yet, T305 runs */
	desk_no_event_of(w->near);
	assert_true(isdn_call_drop(w->far, far, NULL) > 0);
	wire_run_for(w, 20);
	assert_non_null(wire_sent(w, w->far_span, ISDN_MT_RELEASE, 0));
	assert_non_null(wire_sent(w, w->near_span, ISDN_MT_RELEASE_COMPLETE, 0));
	desk_event(w->near, ISDN_EV_REPLY);
}

static void R_04_reply_then_idle_then_nothing(void **state)
{
	struct wire *w = *state;
	isdn_handle near, far;
	struct isdn_event ev;

	wire_connected(w, true, &near, &far);
	assert_true(isdn_call_drop(w->near, near, NULL) > 0);
	wire_run_for(w, 20);
	assert_true(isdn_call_drop(w->far, far, NULL) > 0);
	wire_run_for(w, 200000);
	desk_event(w->near, ISDN_EV_REPLY);
	ev = desk_event(w->near, ISDN_EV_CALL_STATE);
	assert_int_equal(ev.state, ISDN_CALL_IDLE);
	assert_int_equal(ev.source, ISDN_BY_LOCAL);
	desk_no_event_of(w->near);
}

static void R_11_nobody_answers_and_the_call_is_released_by_timers(void **state)
{
	struct wire *w = *state;
	isdn_handle near, far;
	isdn_time begin;

	wire_connected(w, true, &near, &far);
	assert_int_equal(isdn_registry_close_span(w->registry, w->far_span), 0);
	begin = w->now;
	assert_true(isdn_call_drop(w->near, near, NULL) > 0);
	wire_run_for(w, 120000); /* the link is gone: T309 or T305 and T308 end it */
	assert_int_equal(wire_status(w->near, near).state, ISDN_CALL_IDLE);
	assert_true(wire_status(w->near, near).since - begin <= 90000);
}

static void R_12_both_drop_at_once(void **state)
{
	struct wire *w = *state;
	isdn_handle near, far;
	struct isdn_event ev;

	wire_connected(w, true, &near, &far);
	assert_true(isdn_call_drop(w->near, near, NULL) > 0);
	assert_true(isdn_call_drop(w->far, far, NULL) > 0);
	wire_run_for(w, 100000);
	assert_int_equal(wire_count(w, ISDN_MT_DISCONNECT), 2);
	assert_int_equal(wire_count(w, ISDN_MT_RELEASE), 2);
	assert_int_equal(wire_count(w, ISDN_MT_RELEASE_COMPLETE), 0);
	assert_int_equal(desk_event(w->near, ISDN_EV_REPLY).result, 0);
	ev = desk_event(w->near, ISDN_EV_CALL_STATE);
	assert_int_equal(ev.state, ISDN_CALL_IDLE);
	desk_no_event_of(w->near);
}

static void R_13_an_attempt_is_abandoned(void **state)
{
	struct wire *w = *state;
	isdn_handle near = wire_make(w, w->near, w->near_span, NULL, 0), far = wire_arrived(w->far);

	assert_true(isdn_call_accept(w->far, far, NULL, 0) > 0);
	wire_run_for(w, 20);
	assert_true(isdn_call_drop(w->near, near, NULL) > 0);
	wire_run_for(w, 20);
	assert_int_equal(wire_status(w->far, far).mode, ISDN_DISCONNECT_CANCELLED);
	assert_true(isdn_call_drop(w->far, far, NULL) > 0);
	wire_run_for(w, 20);
	assert_int_equal(wire_status(w->near, near).state, ISDN_CALL_IDLE);
}

/* 128 octets of user information with everything in it. */
static void all_octets(uint8_t uui[129], uint8_t discriminator)
{
	uui[0] = discriminator;
	for (int i = 0; i < 128; i++)
		uui[i + 1] = (uint8_t)(i * 2 - (i == 127));
	uui[64] = 0xff;
}

static void R_16_the_first_clearing_message_carries_the_uui(void **state)
{
	struct wire *w = *state;
	uint8_t uui[129], got[129];
	struct isdn_drop how = { .cause = 17, .uui = uui, .uui_size = 129 };
	isdn_handle near, far;
	const struct isdn_msg *m;
	size_t len;

	all_octets(uui, 0x00);
	wire_connected(w, false, &near, &far);
	assert_true(isdn_call_drop(w->near, near, &how) > 0);
	wire_run_for(w, 20);
	m = wire_sent(w, w->near_span, ISDN_MT_DISCONNECT, 0);
	assert_non_null(m);
	assert_int_equal(m->cause[0].value, 17);
	assert_true(isdn_msg_has(m, ISDN_IE_USER_USER));
	assert_int_equal(m->uui.discriminator, 0);
	assert_int_equal(m->uui.len, 128);
	assert_memory_equal(m->uui.data, uui + 1, 128);
	assert_int_equal(isdn_call_uui(w->far, far, ISDN_UUI_CLEARING, got, 129, &len), 0);
	assert_int_equal(len, 129);
	assert_memory_equal(got, uui, 129);
	assert_true(isdn_call_drop(w->far, far, NULL) > 0);
	wire_run_for(w, 20);
	m = wire_sent(w, w->near_span, ISDN_MT_RELEASE_COMPLETE, 0);
	assert_non_null(m);
	assert_false(isdn_msg_has(m, ISDN_IE_USER_USER)); /* only the first */
	assert_true(desk_event(w->near, ISDN_EV_REPLY).uui_sent);
}

static void R_17_a_provider_without_uui_clears_without_it(void **state)
{
	struct wire *w = *state;
	struct isdn_drop how = { .uui = "\x04"
					"bye",
				 .uui_size = 4 };
	isdn_handle near, far;
	const struct isdn_msg *m;

	/* the far span was opened with uui=0: it is the one that drops here */
	wire_connected(w, true, &near, &far);
	assert_true(isdn_call_drop(w->far, far, &how) > 0);
	wire_run_for(w, 20);
	m = wire_sent(w, w->far_span, ISDN_MT_DISCONNECT, 0);
	assert_non_null(m);
	assert_false(isdn_msg_has(m, ISDN_IE_USER_USER));
	assert_true(isdn_call_drop(w->near, near, NULL) > 0);
	wire_run_for(w, 20);
	assert_false(desk_event(w->far, ISDN_EV_REPLY).uui_sent);
}

static int setup_no_uui(void **state)
{
	return wire_setup(state, false, "", ",uui=0");
}

static void R_19_the_limit_of_the_line_holds(void **state)
{
	struct wire *w = *state;
	uint8_t uui[130] = { 4 };
	struct isdn_drop how = { .uui = uui, .uui_size = 130 };
	isdn_handle near, far;

	wire_connected(w, true, &near, &far);
	assert_int_equal(isdn_call_drop(w->near, near, &how), ISDN_ERR_USERUSERINFOTOOBIG);
	wire_run_for(w, 20);
	assert_int_equal(w->n_seen, 0);
	assert_int_equal(wire_status(w->near, near).state, ISDN_CALL_CONNECTED);
}

static void R_20_the_octets_are_copied_and_nul_counts(void **state)
{
	struct wire *w = *state;
	uint8_t uui[6] = { 4, 'a', 0, 'b', 0, 'c' };
	struct isdn_drop how = { .uui = uui, .uui_size = 6 };
	isdn_handle near, far;
	const struct isdn_msg *m;

	wire_connected(w, true, &near, &far);
	assert_true(isdn_call_drop(w->near, near, &how) > 0);
	memset(uui, 'Z', sizeof(uui));
	wire_run_for(w, 20);
	m = wire_sent(w, w->near_span, ISDN_MT_DISCONNECT, 0);
	assert_int_equal(m->uui.len, 5);
	assert_memory_equal(m->uui.data, "a\0b\0c", 5);
}

static void R_21_after_the_far_end_cleared_the_release_has_no_uui(void **state)
{
	struct wire *w = *state;
	struct isdn_drop how = { .uui = "\x04"
					"bye",
				 .uui_size = 4 };
	isdn_handle near, far;
	const struct isdn_msg *m;
	struct isdn_event ev;

	wire_connected(w, true, &near, &far);
	assert_true(isdn_call_drop(w->far, far, NULL) > 0);
	wire_run_for(w, 20);
	wire_drain(w);
	assert_true(isdn_call_drop(w->near, near, &how) > 0);
	wire_run_for(w, 20);
	m = wire_sent(w, w->near_span, ISDN_MT_RELEASE, 0);
	assert_non_null(m);
	assert_false(isdn_msg_has(m, ISDN_IE_USER_USER));
	ev = desk_event(w->near, ISDN_EV_REPLY);
	assert_int_equal(ev.result, 0);
	assert_false(ev.uui_sent);
}

static void R_23_uui_of_the_far_end_stays_readable(void **state)
{
	struct wire *w = *state;
	struct isdn_drop how = { .uui = "\x04"
					"see you",
				 .uui_size = 8 };
	isdn_handle near, far;
	uint8_t got[16];
	size_t len;

	wire_connected(w, true, &near, &far);
	assert_true(isdn_call_drop(w->far, far, &how) > 0);
	wire_run_for(w, 20);
	assert_int_equal(wire_status(w->near, near).state, ISDN_CALL_DISCONNECTED);
	assert_int_equal(isdn_call_uui(w->near, near, ISDN_UUI_CLEARING, got, 16, &len), 0);
	assert_int_equal(len, 8);
	assert_true(isdn_call_drop(w->near, near, NULL) > 0);
	wire_run_for(w, 20);
	assert_int_equal(wire_status(w->near, near).state, ISDN_CALL_IDLE);
	assert_int_equal(isdn_call_uui(w->near, near, ISDN_UUI_CLEARING, got, 16, &len), 0);
	assert_memory_equal(got, "\x04see you", 8);
}

static void R_24_chained_user_information_is_one_block(void **state)
{
	struct wire *w = *state;
	uint8_t big[301], got[400];
	isdn_handle near, far;
	size_t len;

	wire_connected(w, true, &near, &far);
	big[0] = 4;
	for (int i = 1; i < 301; i++)
		big[i] = (uint8_t)i;
	assert_true(isdn_call_send_uui(w->far, far, big, sizeof(big)) > 0);
	wire_run_for(w, 20);
	assert_int_equal(wire_count(w, ISDN_MT_USER_INFORMATION), 3);
	for (int i = 0; i < 2; i++) {
		struct isdn_client *d = i ? w->monitor : w->near;

		assert_int_equal(desk_event(d, ISDN_EV_CALL_INFO).info, ISDN_INFO_UUS);
		assert_int_equal(desk_event(d, ISDN_EV_CALL_INFO).info, ISDN_INFO_UUI);
	}
	desk_no_event_of(w->near);
	assert_int_equal(isdn_call_uui(w->near, near, ISDN_UUI_MIDCALL, got, 400, &len), 0);
	assert_int_equal(len, 301);
	assert_memory_equal(got, big, 301);
}

/* A call of the near side that asks for services. */
static isdn_request ask_for(struct wire *w, unsigned preferred, unsigned required, isdn_handle *h)
{
	struct isdn_call_params p;

	isdn_call_params_init(&p);
	p.span = w->near_span;
	p.called = "5551234";
	p.uus_preferred = (uint8_t)preferred;
	p.uus_required = (uint8_t)required;
	return isdn_call_make(w->near, &p, h);
}

static uint8_t services(struct isdn_client *c, isdn_handle h)
{
	struct isdn_call_info info;

	assert_int_equal(isdn_call_info(c, h, &info), 0);
	return info.uus;
}

static void uus_5_services_of_a_call(void **state)
{
	struct wire *w = *state;
	isdn_handle near, far;

	assert_true(ask_for(w, ISDN_UUS_BIT(1) | ISDN_UUS_BIT(2), ISDN_UUS_BIT(3), &near) > 0);
	wire_run_for(w, 20);
	far = wire_arrived(w->far);
	assert_int_equal(services(w->near, near), 0);
	assert_true(isdn_call_accept(w->far, far, NULL, 0) > 0);
	wire_run_for(w, 20);
	assert_int_equal(services(w->near, near), 14);
	assert_int_equal(services(w->far, far), 14);
	assert_true(wire_status(w->near, near).features & ISDN_FEATURE_SENDUSERUSER);
	assert_true(isdn_call_drop(w->near, near, NULL) > 0);
	wire_run_for(w, 20);
	assert_true(isdn_call_drop(w->far, far, NULL) > 0);
	wire_run_for(w, 20);
	assert_int_equal(services(w->near, near), 0);
	assert_int_equal(ask_for(w, 16, 0, &near), ISDN_ERR_INVAL);
}

/* UUI that is sent while it rings waits for the call to be active, where service 3 was asked for.
 */
static void R_27_uui_waits_for_the_call_to_be_active(void **state)
{
	struct wire *w = *state;
	isdn_handle near, far;
	struct isdn_event ev;
	isdn_request id;

	assert_true(ask_for(w, ISDN_UUS_BIT(3), 0, &near) > 0);
	wire_run_for(w, 20);
	far = wire_arrived(w->far);
	assert_true(isdn_call_accept(w->far, far, NULL, 0) > 0);
	wire_run_for(w, 20);
	id = isdn_call_send_uui(w->near, near, "\004early", 6);
	assert_true(id > 0);
	wire_run_for(w, 20);
	assert_int_equal(wire_count(w, ISDN_MT_USER_INFORMATION), 0);
	assert_true(isdn_call_answer(w->far, far, NULL, 0) > 0);
	wire_run_for(w, 20);
	assert_int_equal(wire_count(w, ISDN_MT_USER_INFORMATION), 1);
	do
		assert_int_equal(isdn_client_next_event(w->near, &ev), 1);
	while (ev.type != ISDN_EV_REPLY || ev.request != id);
	assert_int_equal(ev.result, 0);
}

/* Without it there is none to send by. */
static void R_27_uui_while_it_rings_needs_a_service(void **state)
{
	struct wire *w = *state;
	isdn_handle near = wire_make(w, w->near, w->near_span, NULL, 0), far = wire_arrived(w->far);

	assert_true(isdn_call_accept(w->far, far, NULL, 0) > 0);
	wire_run_for(w, 20);
	assert_int_equal(isdn_call_send_uui(w->near, near, "\004x", 2), ISDN_ERR_OPERATIONUNAVAIL);
}

/* Forty messages: in the pace of flow control, and the reply comes with the last. */
static void uus_6_the_pace_of_flow_control(void **state)
{
	struct wire *w = *state;
	static uint8_t big[40 * 128 + 1], got[sizeof(big)];
	isdn_handle near, far;
	isdn_time begun;
	isdn_request id;
	struct isdn_event ev = { .type = ISDN_EV_SPAN };
	size_t len;

	wire_connected(w, true, &near, &far);
	wire_drain(w);
	big[0] = 4;
	for (size_t i = 1; i < sizeof(big); i++)
		big[i] = (uint8_t)(i * 11 + i / 128);
	begun = w->now;
	id = isdn_call_send_uui(w->near, near, big, sizeof(big));
	assert_true(id > 0);
	do {
		wire_run_for(w, 100);
		while (isdn_client_next_event(w->near, &ev) == 1 && ev.type != ISDN_EV_REPLY)
			;
	} while (ev.type != ISDN_EV_REPLY && w->now < begun + 100000);
	assert_int_equal(ev.request, id);
	assert_int_equal(ev.result, 0);
	/* the user keeps to 16 at once and 8 every 10 s; the network is held to nothing */
	assert_in_range(w->now - begun, w->net ? 0 : 30000, w->net ? 1000 : 40000);
	assert_int_equal(isdn_call_uui(w->far, far, ISDN_UUI_MIDCALL, got, sizeof(got), &len), 0);
	assert_int_equal(len, sizeof(big));
	assert_memory_equal(got, big, sizeof(big));
}

static void R_29_a_dropped_offer_is_a_rejected_call(void **state)
{
	struct wire *w = *state;
	isdn_handle far = wire_make(w, w->far, w->far_span, NULL, 0), near = wire_arrived(w->near);
	struct isdn_event ev;

	wire_drain(w);
	assert_true(isdn_call_drop(w->near, near, NULL) > 0);
	wire_run_for(w, 20);
	ev = desk_event(w->near, ISDN_EV_REPLY);
	assert_int_equal(ev.outcome, ISDN_OUTCOME_REJECTED);
	assert_int_equal(desk_event(w->near, ISDN_EV_CALL_STATE).state, ISDN_CALL_IDLE);
	ev = desk_event(w->far, ISDN_EV_REPLY); /* of the make: it failed */
	assert_int_equal(ev.result, ISDN_ERR_OPERATIONFAILED);
	ev = desk_event(w->far, ISDN_EV_CALL_STATE);
	assert_int_equal(ev.state, ISDN_CALL_DISCONNECTED);
	assert_int_equal(ev.mode, ISDN_DISCONNECT_REJECT);
	assert_int_equal(ev.cause, 21);
	assert_int_equal(wire_status(w->far, far).state, ISDN_CALL_IDLE);
}

static void R_31_reject_is_release_complete_first_and_disconnect_after_an_answer(void **state)
{
	struct wire *w = *state;
	struct isdn_drop how = { .uui = "\x04no", .uui_size = 3 };
	const struct isdn_msg *m;
	isdn_handle near;

	wire_make(w, w->far, w->far_span, NULL, 0);
	near = wire_arrived(w->near);
	assert_true(isdn_call_drop(w->near, near, &how) > 0);
	wire_run_for(w, 20);
	m = wire_sent(w, w->near_span, ISDN_MT_RELEASE_COMPLETE, 0);
	assert_non_null(m);
	assert_int_equal(m->cause[0].value, 21);
	assert_memory_equal(m->uui.data, "no", 2);
	assert_null(wire_sent(w, w->near_span, ISDN_MT_DISCONNECT, 0));
	wire_drain(w);
	w->n_seen = 0;
	wire_make(w, w->far, w->far_span, NULL, 0);
	near = wire_arrived(w->near);
	assert_true(isdn_call_accept(w->near, near, NULL, 0) > 0);
	wire_run_for(w, 20);
	assert_true(isdn_call_drop(w->near, near, &how) > 0); /* */
	wire_run_for(w, 20);
	m = wire_sent(w, w->near_span, ISDN_MT_DISCONNECT, 0);
	assert_non_null(m);
	assert_int_equal(m->cause[0].value, 21);
	assert_memory_equal(m->uui.data, "no", 2);
}

static void R_37_a_disconnected_call_is_released_by_the_drop(void **state)
{
	struct wire *w = *state;
	isdn_handle near, far;

	wire_connected(w, true, &near, &far);
	assert_true(isdn_call_drop(w->far, far, NULL) > 0);
	wire_run_for(w, 1000);
	assert_int_equal(wire_status(w->near, near).state, ISDN_CALL_DISCONNECTED);
	assert_null(wire_sent(w, w->near_span, ISDN_MT_RELEASE, 0));
	assert_true(isdn_call_drop(w->near, near, NULL) > 0);
	wire_run_for(w, 20);
	assert_non_null(wire_sent(w, w->near_span, ISDN_MT_RELEASE, 0));
	assert_int_equal(wire_status(w->near, near).state, ISDN_CALL_IDLE);
	assert_int_equal(wire_status(w->far, far).state, ISDN_CALL_IDLE);
}

static void R_38_a_disconnected_call_that_nobody_drops_goes_idle(void **state)
{
	struct wire *w = *state;
	isdn_handle near, far;
	struct isdn_event ev;

	wire_connected(w, true, &near, &far);
	assert_true(isdn_call_drop(w->far, far, NULL) > 0);
	wire_run_for(w, 60000); /* the far end's T305 sends RELEASE */
	ev = desk_event(w->near, ISDN_EV_CALL_STATE);
	assert_int_equal(ev.state, ISDN_CALL_DISCONNECTED);
	ev = desk_event(w->near, ISDN_EV_CALL_STATE);
	assert_int_equal(ev.state, ISDN_CALL_IDLE);
	desk_no_event_of(w->near);
	assert_int_equal(desk_event(w->far, ISDN_EV_REPLY).result, 0);
}

static void R_41_a_conference_of_three_with_one_still_offering(void **state)
{
	struct wire *w = *state;
	uint8_t uui[] = { 4, 'e', 'n', 'd', 0, 0xff };
	struct isdn_drop how = { .uui = uui, .uui_size = sizeof(uui) };
	isdn_handle near[3], far[3], parent;
	struct isdn_event ev;
	isdn_request id;

	wire_connected(w, true, &near[0], &far[0]);
	wire_connected(w, false, &near[1], &far[1]);
	far[2] = wire_make(w, w->far, w->far_span, NULL, 0);
	near[2] = wire_arrived(w->near);
	assert_int_equal(isdn_conference_new(w->near, NULL, &parent), 0);
	for (int i = 0; i < 3; i++)
		assert_true(isdn_conference_add(w->near, parent, near[i]) > 0);
	assert_int_equal(wire_status(w->near, near[0]).state, ISDN_CALL_CONFERENCED);
	assert_int_equal(wire_status(w->near, near[2]).state, ISDN_CALL_OFFERING);
	wire_drain(w);
	w->n_seen = 0;
	id = isdn_call_drop(w->near, parent, &how);
	assert_true(id > 0);
	wire_run_for(w, 20);
	assert_int_equal(wire_count(w, ISDN_MT_DISCONNECT), 2);
	assert_int_equal(wire_sent(w, w->near_span, ISDN_MT_RELEASE_COMPLETE, 0)->cause[0].value,
			 21);
	for (int i = 0; i < 3; i++) {
		uint8_t got[16];
		size_t len;

		assert_int_equal(isdn_call_uui(w->far, far[i], ISDN_UUI_CLEARING, got, 16, &len),
				 0);
		assert_int_equal(len, sizeof(uui));
		assert_memory_equal(got, uui, sizeof(uui));
		if (wire_status(w->far, far[i]).state != ISDN_CALL_IDLE)
			assert_true(isdn_call_drop(w->far, far[i], NULL) > 0);
	}
	wire_run_for(w, 20);
	for (int i = 0, idle = 0; i < 5; i++) {
		assert_int_equal(isdn_client_next_event(w->near, &ev), 1);
		if (ev.type == ISDN_EV_REPLY) {
			assert_int_equal(idle, 3);
			assert_int_equal(ev.request, id);
			assert_int_equal(ev.outcome, ISDN_OUTCOME_CLEARED);
			assert_int_equal(ev.calls_changed, 4);
			assert_true(ev.uui_sent);
			continue;
		}
		assert_int_equal(ev.type, ISDN_EV_CALL_STATE);
		assert_int_equal(ev.state, ISDN_CALL_IDLE);
		assert_int_equal(ev.request, id);
		idle++;
		assert_true(idle < 4 || ev.call == parent);
	}
	desk_no_event_of(w->near);
}

/* 5.8.9: layer 2 goes; calls that are not active end at once, the oldest first. */
static void calls_that_a_link_takes_with_it_end_in_the_order_of_their_beginning(void **state)
{
	struct wire *w = *state;
	isdn_handle call[3];

	for (int i = 0; i < 3; i++)
		call[i] = wire_make(w, w->near, w->near_span, NULL, 0);
	wire_drain(w);
	assert_int_equal(isdn_registry_close_span(w->registry, w->far_span), 0);
	wire_run_for(w, 100);
	desk_event(w->near, ISDN_EV_SPAN);
	for (int i = 0; i < 3; i++) {
		struct isdn_event ev;

		desk_event(w->near, ISDN_EV_REPLY);
		ev = desk_event(w->near, ISDN_EV_CALL_STATE);
		assert_int_equal(ev.call, call[i]);
		assert_int_equal(ev.state, ISDN_CALL_DISCONNECTED);
		ev = desk_event(w->near, ISDN_EV_CALL_STATE);
		assert_int_equal(ev.call, call[i]);
		assert_int_equal(ev.state, ISDN_CALL_IDLE);
		assert_int_equal(ev.source, ISDN_BY_LINK);
	}
}

static void R_53_parties_that_arrived_are_cleared_and_their_far_ends_told(void **state)
{
	struct wire *w = *state;
	isdn_handle near[2], far[2], parent;

	wire_connected(w, false, &near[0], &far[0]);
	wire_connected(w, false, &near[1], &far[1]);
	assert_int_equal(isdn_conference_new(w->near, NULL, &parent), 0);
	assert_true(isdn_conference_add(w->near, parent, near[0]) > 0);
	assert_true(isdn_conference_add(w->near, parent, near[1]) > 0);
	wire_drain(w);
	assert_true(isdn_call_drop(w->near, parent, NULL) > 0);
	wire_run_for(w, 20);
	assert_int_equal(desk_event(w->far, ISDN_EV_CALL_STATE).state, ISDN_CALL_DISCONNECTED);
	assert_int_equal(desk_event(w->far, ISDN_EV_CALL_STATE).state, ISDN_CALL_DISCONNECTED);
}

static int setup_bad_line(void **state)
{
	return wire_setup(state, false, ",loss=100,dup=50,corrupt=50,delay=7,seed=11", "");
}

/* Note the call that arrived at the far end. */
static void peek(struct wire *w)
{
	struct isdn_event ev;

	while (isdn_client_next_event(w->far, &ev) == 1)
		if (ev.type == ISDN_EV_NEW_CALL)
			w->far_call = ev.call;
}

/* One frame in ten lost, one in twenty repeated, one in twenty bent: nothing of it is seen above.
 */
static void on_a_bad_line_calls_are_dropped_with_their_uui_all_the_same(void **state)
{
	struct wire *w = *state;
	uint8_t uui[129], got[129];
	struct isdn_drop how = { .cause = 31, .uui = uui, .uui_size = 129 };

	all_octets(uui, 7);
	for (int i = 0; i < 100; i++) {
		isdn_handle near = wire_make(w, w->near, w->near_span, NULL, 0), far;
		size_t len;

		for (int k = 0; !w->far_call && k < 80; k++) { /* T303 gives it 8 s */
			wire_run_for(w, 100);
			peek(w);
		}
		far = w->far_call;
		w->far_call = 0;
		assert_true(isdn_call_answer(w->far, far, NULL, 0) > 0);
		wire_run_for(w, 10000);
		assert_int_equal(wire_status(w->near, near).state, ISDN_CALL_CONNECTED);
		uui[1] = (uint8_t)i;
		assert_true(isdn_call_drop(w->near, near, &how) > 0);
		wire_run_for(w, 10000);
		assert_int_equal(wire_status(w->far, far).state, ISDN_CALL_DISCONNECTED);
		assert_int_equal(isdn_call_uui(w->far, far, ISDN_UUI_CLEARING, got, 129, &len), 0);
		assert_int_equal(len, 129);
		assert_memory_equal(got, uui, 129);
		assert_true(isdn_call_drop(w->far, far, NULL) > 0);
		wire_run_for(w, 10000);
		assert_int_equal(isdn_call_deallocate(w->near, near), 0);
		assert_int_equal(isdn_call_deallocate(w->far, far), 0);
		wire_drain(w);
		w->n_seen = 0;
	}
}

static void R_76_ten_thousand_calls_on_the_wire_leave_nothing(void **state)
{
	struct wire *w = *state;
	struct isdn_registry_counts counts;
	struct isdn_call_params p;
	size_t live = 0;

	isdn_client_close(w->monitor);
	w->monitor = wire_client(w, "idle", w->far_span + 100, ISDN_MONITOR);
	isdn_call_params_init(&p);
	p.span = w->near_span;
	p.called = "1";
	for (int i = 0; i < 10000; i++) {
		isdn_handle near, far;

		w->n_seen = 0;
		assert_true(isdn_call_make(w->near, &p, &near) > 0);
		wire_run_for(w, 2);
		far = wire_arrived(w->far);
		assert_true(isdn_call_answer(w->far, far, NULL, 0) > 0);
		wire_run_for(w, 2);
		assert_true(isdn_call_drop(w->near, near, NULL) > 0);
		wire_run_for(w, 2);
		assert_true(isdn_call_drop(w->far, far, NULL) > 0);
		wire_run_for(w, 2);
		wire_drain(w);
		assert_int_equal(isdn_call_deallocate(w->near, near), 0);
		assert_int_equal(isdn_call_deallocate(w->far, far), 0);
		if (i == 1000)
			live = test_mem_live(&w->mem);
	}
	isdn_registry_counts(w->registry, &counts);
	assert_int_equal(counts.calls, 0);
	assert_int_equal(counts.handles, 0);
	assert_int_equal(counts.requests, 0);
	assert_int_equal(counts.events, 0);
	assert_int_equal(test_mem_live(&w->mem), live);
}

#define BOTH(f)                                                                                    \
	{ #f " (user)", f, wire_setup_user, wire_teardown, NULL },                                 \
	{                                                                                          \
#f " (network)", f, wire_setup_net, wire_teardown, NULL                            \
	}

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(R_01_an_owner_drops_a_connected_call),
		BOTH(the_channel_of_a_call_is_told_when_it_is_known),
		BOTH(R_02_one_reply_after_the_return),
		BOTH(R_03_the_reply_waits_for_release),
		BOTH(R_04_reply_then_idle_then_nothing),
		BOTH(R_11_nobody_answers_and_the_call_is_released_by_timers),
		BOTH(R_12_both_drop_at_once),
		BOTH(R_13_an_attempt_is_abandoned),
		BOTH(R_16_the_first_clearing_message_carries_the_uui),
		cmocka_unit_test_setup_teardown(R_17_a_provider_without_uui_clears_without_it,
						setup_no_uui, wire_teardown),
		BOTH(R_19_the_limit_of_the_line_holds),
		BOTH(R_20_the_octets_are_copied_and_nul_counts),
		BOTH(R_21_after_the_far_end_cleared_the_release_has_no_uui),
		BOTH(R_23_uui_of_the_far_end_stays_readable),
		BOTH(R_24_chained_user_information_is_one_block),
		BOTH(uus_5_services_of_a_call),
		BOTH(R_27_uui_waits_for_the_call_to_be_active),
		BOTH(R_27_uui_while_it_rings_needs_a_service),
		BOTH(uus_6_the_pace_of_flow_control),
		BOTH(R_29_a_dropped_offer_is_a_rejected_call),
		BOTH(R_31_reject_is_release_complete_first_and_disconnect_after_an_answer),
		BOTH(R_37_a_disconnected_call_is_released_by_the_drop),
		BOTH(R_38_a_disconnected_call_that_nobody_drops_goes_idle),
		BOTH(R_41_a_conference_of_three_with_one_still_offering),
		BOTH(calls_that_a_link_takes_with_it_end_in_the_order_of_their_beginning),
		BOTH(R_53_parties_that_arrived_are_cleared_and_their_far_ends_told),
		cmocka_unit_test_setup_teardown(
			on_a_bad_line_calls_are_dropped_with_their_uui_all_the_same, setup_bad_line,
			wire_teardown),
		BOTH(R_76_ten_thousand_calls_on_the_wire_leave_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
