/* SPDX-License-Identifier: BSD-2-Clause */
/* The life of user-user information in the registry, and what a drop does with it. */
#include "tests/registry_helper.h"

static isdn_request send_several(struct desk *d, isdn_handle h, unsigned octets)
{
	uint8_t uui[600];

	assert_true(octets <= sizeof(uui));
	uui[0] = 4;
	for (unsigned i = 1; i < octets; i++)
		uui[i] = (uint8_t)i;
	return isdn_call_send_uui(d->owner, h, uui, octets);
}

static struct isdn_event reply(struct desk *d, isdn_request id)
{
	struct isdn_event ev = desk_reply(d->owner);

	assert_int_equal(ev.request, id);
	return ev;
}

static void read_it(struct desk *d, isdn_handle h, enum isdn_uui_which which, const char *text)
{
	uint8_t buffer[200];
	size_t len;

	assert_int_equal(isdn_call_uui(d->owner, h, which, buffer, sizeof(buffer), &len), 0);
	if (!*text) {
		assert_int_equal(len, 0);
		return;
	}
	assert_int_equal(len, strlen(text) + 1);
	assert_int_equal(buffer[0], 4);
	assert_memory_equal(buffer + 1, text, strlen(text));
}

/* ---- sending ---- */

static void R_27_in_pieces_and_the_reply_when_the_last_has_left(void **state)
{
	struct desk *d = *state;
	isdn_request id;
	uint64_t leg;
	isdn_handle h = desk_connected(d, &leg);

	id = send_several(d, h, 300);
	assert_true(id > 0);
	assert_int_equal(reply(d, id).result, 0);
	assert_int_equal(d->fake.n_sent, 3);
	assert_true(d->fake.sent[0].more && d->fake.sent[1].more && !d->fake.sent[2].more);
	assert_int_equal(d->fake.sent[0].uui.len, 128);
	assert_int_equal(d->fake.sent[2].uui.len, 299 - 256);
	assert_int_equal(d->fake.sent[2].uui.data[0], 257 & 255);
}

static void R_27_the_provider_says_when(void **state)
{
	struct desk *d = *state;
	isdn_request first, second;
	uint64_t leg;
	isdn_handle h = desk_connected(d, &leg);

	d->fake.send_room = 1;
	first = send_several(d, h, 300);
	second = send_several(d, h, 2);
	assert_true(first > 0 && second > first);
	assert_int_equal(d->fake.n_sent, 1);
	desk_no_event_of(d->owner);
	fake_ready(&d->fake, leg, 1);
	isdn_registry_process(d->registry);
	assert_int_equal(d->fake.n_sent, 2);
	desk_no_event_of(d->owner);
	fake_ready(&d->fake, leg, 10);
	isdn_registry_process(d->registry);
	assert_int_equal(d->fake.n_sent, 4);
	assert_int_equal(reply(d, first).result, 0);
	assert_int_equal(reply(d, second).result, 0);
}

/* What waits when the far end refuses the service: each request is told why. */
static void R_27_refused_after_a_wait(void **state)
{
	struct desk *d = *state;
	isdn_request first, second;
	uint64_t leg;
	isdn_handle h = desk_connected(d, &leg);

	d->fake.send_room = 0;
	first = send_several(d, h, 300);
	second = send_several(d, h, 2);
	d->fake.send_err = ISDN_ERR_OPERATIONUNAVAIL;
	fake_ready(&d->fake, leg, 1);
	isdn_registry_process(d->registry);
	assert_int_equal(reply(d, first).result, ISDN_ERR_OPERATIONUNAVAIL);
	assert_int_equal(reply(d, second).result, ISDN_ERR_OPERATIONUNAVAIL);
	assert_int_equal(d->fake.n_sent, 0);
	assert_int_equal(send_several(d, h, 2), ISDN_ERR_OPERATIONUNAVAIL); /* at once now */
	desk_no_event_of(d->owner);
}

static void R_10_what_waits_to_be_sent_ends_with_a_drop(void **state)
{
	struct desk *d = *state;
	isdn_request id, drop;
	uint64_t leg;
	isdn_handle h = desk_connected(d, &leg);

	d->fake.send_room = 0;
	id = send_several(d, h, 300);
	drop = isdn_call_drop(d->owner, h, NULL);
	assert_int_equal(reply(d, id).result, ISDN_ERR_OPERATIONFAILED);
	isdn_registry_process(d->registry);
	assert_int_equal(reply(d, drop).result, 0);
	assert_int_equal(d->fake.n_sent, 0);
}

static void R_27_more_than_may_wait(void **state)
{
	struct desk *d = *state;
	isdn_request id;
	uint64_t leg;
	isdn_handle h = desk_connected(d, &leg);
	unsigned n = 0;

	d->fake.send_room = 0;
	for (;;) {
		id = send_several(d, h, 257);
		if (id < 0)
			break;
		n++;
	}
	assert_int_equal(id, ISDN_ERR_AGAIN);
	assert_int_equal(n, 32); /* 64 messages */
	fake_ready(&d->fake, leg, 1000);
	isdn_registry_process(d->registry);
	while (n--)
		assert_int_equal(desk_reply(d->owner).result, 0);
	assert_true(send_several(d, h, 257) > 0);
}

static void R_27_states_limits_and_memory(void **state)
{
	struct desk *d = *state;
	uint8_t big[2] = { 4, 'x' };
	uint64_t leg = fake_offer(&d->fake, NULL);
	isdn_handle h = desk_new_call(d);
	static uint8_t huge[64 * 128 + 2];

	assert_true(isdn_call_send_uui(d->owner, h, big, 2) > 0); /* OFFERING */
	assert_true(isdn_call_accept(d->owner, h, NULL, 0) > 0);
	assert_true(isdn_call_send_uui(d->owner, h, big, 2) > 0); /* ACCEPTED */
	assert_true(isdn_call_answer(d->owner, h, NULL, 0) > 0);
	isdn_registry_process(d->registry);
	assert_true(isdn_call_send_uui(d->owner, h, big, 2) > 0); /* CONNECTED */
	desk_drain(d);
	assert_int_equal(isdn_call_send_uui(d->owner, h, NULL, 2), ISDN_ERR_INVALPOINTER);
	assert_int_equal(isdn_call_send_uui(d->owner, h, big, 0), ISDN_ERR_INVALPOINTER);
	assert_int_equal(isdn_call_send_uui(d->owner, h, huge, sizeof(huge)),
			 ISDN_ERR_USERUSERINFOTOOBIG);
	for (size_t n = 1; n < 20; n++) {
		isdn_request id;

		test_mem_fail_at(&d->mem, n);
		id = send_several(d, h, 400);
		test_mem_fail_at(&d->mem, 0);
		assert_true(id > 0 || id == ISDN_ERR_NOMEM);
		if (id > 0)
			assert_int_equal(reply(d, id).result, 0);
		desk_no_event_of(d->owner);
	}
	fake_state(&d->fake, leg, ISDN_CALL_DISCONNECTED, 16, NULL);
	isdn_registry_process(d->registry);
	assert_int_equal(isdn_call_send_uui(d->owner, h, big, 2), ISDN_ERR_INVALCALLSTATE);
}

/* ---- receiving ---- */

static void R_23_each_phase_stays_readable_to_the_end(void **state)
{
	struct desk *d = *state;
	struct isdn_uui ringing = fake_text("ringing"), here = fake_text("here"),
			bye = fake_text("bye"), progress = fake_text("going on");
	struct isdn_call_params params;
	isdn_handle h;

	isdn_call_params_init(&params);
	params.span = 1;
	params.called = "123";
	assert_true(isdn_call_make(d->owner, &params, &h) > 0);
	fake_phase(&d->fake, 1, ISDN_CALL_RINGBACK, ISDN_UUI_ALERTING, &ringing);
	fake_phase(&d->fake, 1, ISDN_CALL_RINGBACK, ISDN_UUI_PROGRESS, &progress);
	fake_phase(&d->fake, 1, ISDN_CALL_CONNECTED, ISDN_UUI_CONNECT, &here);
	isdn_registry_process(d->registry);
	for (int i = 0; i < 3; i++) /* the blocks are released, the phases stay */
		assert_int_equal(isdn_call_release_uui(d->owner, h), 0);
	fake_state(&d->fake, 1, ISDN_CALL_DISCONNECTED, 16, &bye);
	isdn_registry_process(d->registry);
	assert_true(isdn_call_drop(d->owner, h, NULL) > 0);
	isdn_registry_process(d->registry);
	assert_int_equal(desk_status(d, h).state, ISDN_CALL_IDLE);
	read_it(d, h, ISDN_UUI_SETUP, "");
	read_it(d, h, ISDN_UUI_ALERTING, "ringing");
	read_it(d, h, ISDN_UUI_PROGRESS, "going on");
	read_it(d, h, ISDN_UUI_CONNECT, "here");
	read_it(d, h, ISDN_UUI_CLEARING, "bye");
	read_it(d, h, ISDN_UUI_MIDCALL, "");
}

static void R_26_releasing_what_is_not_there(void **state)
{
	struct desk *d = *state;
	uint64_t leg;
	isdn_handle h = desk_connected(d, &leg), m = desk_monitor_handle(d), conference;

	assert_int_equal(isdn_call_release_uui(d->owner, h), 0);
	assert_int_equal(isdn_call_release_uui(d->monitor, m), ISDN_ERR_NOTOWNER);
	assert_int_equal(isdn_conference_new(d->owner, NULL, &conference), 0);
	assert_int_equal(isdn_call_release_uui(d->owner, conference), ISDN_ERR_OPERATIONUNAVAIL);
	d->fake.caps = (struct isdn_caps){ .reject_offering = true };
	assert_int_equal(isdn_call_release_uui(d->owner, h), ISDN_ERR_OPERATIONUNAVAIL);
	d->fake.caps.uui_drop = 129;
	assert_true(isdn_call_drop(d->owner, h, NULL) > 0);
	isdn_registry_process(d->registry);
	assert_int_equal(isdn_call_release_uui(d->owner, h), 0); /* IDLE */
}

/* A block that finds no room is lost whole, and told; the far end was told to wait before. */
static void R_28_what_finds_no_room_is_told(void **state)
{
	struct desk *d = *state;
	struct isdn_uui part = fake_text("part"), last = fake_text("last");
	unsigned blocks = 0, lost = 0;
	struct isdn_event ev;
	uint64_t leg;
	isdn_handle h = desk_connected(d, &leg);

	desk_drain(d);
	for (int i = 0; i < 40; i++) {
		fake_uui(&d->fake, leg, &part, true);
		fake_uui(&d->fake, leg, &last, false);
		isdn_registry_process(d->registry);
		assert_int_equal(d->fake.busy, (i + 1) * 2 >= 48);
	}
	while (isdn_client_next_event(d->owner, &ev) == 1) {
		if (ev.type == ISDN_EV_CALL_INFO && (ev.info & ISDN_INFO_UUI_LOST))
			lost++;
	}
	assert_int_equal(lost, 1); /* 32 blocks of two fit; it is told once */
	for (uint8_t buffer[20];; blocks++) {
		size_t len;

		assert_int_equal(isdn_call_uui(d->owner, h, ISDN_UUI_MIDCALL, buffer, 20, &len), 0);
		if (!len)
			break;
		assert_int_equal(len, 9);
		assert_memory_equal(buffer, "\x04partlast", 9);
		assert_int_equal(isdn_call_release_uui(d->owner, h), 0);
		assert_int_equal(d->fake.busy, 64 - 2 * (blocks + 1) >= 32);
	}
	assert_int_equal(blocks, 32);
}

/* A block of which the end finds no room does not run into the next. */
static void R_28_half_a_block_is_no_block(void **state)
{
	struct desk *d = *state;
	struct isdn_uui part = fake_text("part");
	uint64_t leg;
	isdn_handle h = desk_connected(d, &leg);

	for (int i = 0; i < 70; i++)
		fake_uui(&d->fake, leg, &part, i < 69);
	part = fake_text("whole");
	fake_uui(&d->fake, leg, &part, false);
	isdn_registry_process(d->registry);
	read_it(d, h, ISDN_UUI_MIDCALL, "whole");
}

/*
 * Receiver not ready is for what the application can release: a block that is not at its end is not
 * held up, and one that does not fit holds nothing up behind it.
 */
static void R_28_a_long_block_comes_to_its_end(void **state)
{
	struct desk *d = *state;
	struct isdn_uui part = fake_text("part");
	uint64_t leg;
	isdn_handle h = desk_connected(d, &leg);

	for (unsigned parts = 60; parts <= 64; parts += 4) {
		size_t len;

		for (unsigned i = 1; i < parts; i++)
			fake_uui(&d->fake, leg, &part, true);
		isdn_registry_process(d->registry);
		assert_false(d->fake.busy);
		fake_uui(&d->fake, leg, &part, false);
		isdn_registry_process(d->registry);
		assert_true(d->fake.busy);
		assert_int_equal(isdn_call_uui(d->owner, h, ISDN_UUI_MIDCALL, NULL, 0, &len),
				 ISDN_ERR_NOSPC);
		assert_int_equal(len, 1 + 4 * parts);
		assert_int_equal(isdn_call_release_uui(d->owner, h), 0);
		assert_false(d->fake.busy);
	}
	for (unsigned i = 1; i < 4; i++)
		fake_uui(&d->fake, leg, &part, false);
	for (unsigned i = 0; i < 61; i++)
		fake_uui(&d->fake, leg, &part, true);
	isdn_registry_process(d->registry);
	assert_true(d->fake.busy);
	fake_uui(&d->fake, leg, &part, true);
	isdn_registry_process(d->registry);
	assert_false(d->fake.busy);
}

/* One block at a time: the far end waits for each. */
static void R_28_max_uui_blocks_1(void **state)
{
	struct desk *d = *state;
	struct isdn_uui text = fake_text("text");
	uint64_t leg;
	isdn_handle h;

	d->registry->config.max_uui_blocks = 1;
	h = desk_connected(d, &leg);
	for (int i = 0; i < 3; i++) {
		fake_uui(&d->fake, leg, &text, false);
		isdn_registry_process(d->registry);
		assert_true(d->fake.busy);
		read_it(d, h, ISDN_UUI_MIDCALL, "text");
		assert_int_equal(isdn_call_release_uui(d->owner, h), 0);
		assert_false(d->fake.busy);
	}
}

/* ---- the drop ---- */

/* Each party's first clearing message carries it; the reply counts, and each IDLE says. */
static void R_41_uui_at_the_drop_of_a_conference(void **state)
{
	const struct isdn_drop how = { .cause = 16, .uui = "\x04over", .uui_size = 5 };
	struct desk *d = *state;
	isdn_handle party[3], conference;
	unsigned with = 0, without = 0;
	struct isdn_event ev;
	uint64_t leg[3];
	isdn_request id;

	assert_int_equal(isdn_conference_new(d->owner, NULL, &conference), 0);
	for (int i = 0; i < 3; i++) {
		party[i] = desk_connected(d, &leg[i]);
		assert_true(isdn_conference_add(d->owner, conference, party[i]) > 0);
	}
	desk_drain(d);
	d->fake.no_uui_leg = leg[1]; /* the far end had cleared that one, say */
	id = isdn_call_drop(d->owner, conference, &how);
	assert_true(id > 0);
	isdn_registry_process(d->registry);
	for (int i = 0; i < 3; i++)
		assert_int_equal(d->fake.leg[leg[i] - 1].uui_given, true);
	while (isdn_client_next_event(d->owner, &ev) == 1) {
		if (ev.type == ISDN_EV_REPLY && ev.request == id) {
			assert_true(ev.uui_sent);
			assert_int_equal(ev.calls_with_uui, 2);
			assert_int_equal(ev.calls_changed, 4);
		}
		if (ev.type != ISDN_EV_CALL_STATE || ev.state != ISDN_CALL_IDLE ||
		    ev.call == conference)
			continue;
		with += ev.uui_sent;
		without += !ev.uui_sent;
		assert_int_equal(ev.uui_sent, ev.call != party[1]);
	}
	assert_int_equal(with, 2);
	assert_int_equal(without, 1);
}

#define T(name) cmocka_unit_test_setup_teardown(name, desk_setup, desk_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(R_27_in_pieces_and_the_reply_when_the_last_has_left),
		T(R_27_the_provider_says_when),
		T(R_27_refused_after_a_wait),
		T(R_10_what_waits_to_be_sent_ends_with_a_drop),
		T(R_27_more_than_may_wait),
		T(R_27_states_limits_and_memory),
		T(R_23_each_phase_stays_readable_to_the_end),
		T(R_26_releasing_what_is_not_there),
		T(R_28_what_finds_no_room_is_told),
		T(R_28_half_a_block_is_no_block),
		T(R_28_a_long_block_comes_to_its_end),
		T(R_28_max_uui_blocks_1),
		T(R_41_uui_at_the_drop_of_a_conference),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
