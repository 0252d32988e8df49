/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * User-to-user signalling through an exchange, between two users: the tables of EN 300 286-1 as the
 * network has them, point to point and to a bus. Names: the section, as doc/conformance.md counts
 * them, 4 messages, 5 outcome, 6 services 2 and 3, 7 bus, 8 indications, 9 interactions, 10 relay.
 */
#include "tests/exchange.h"

static struct exchange *ptp(void)
{
	const struct isdn_span_config c = exchange_line(ISDN_E1, false);

	return exchange_new(&c, &c, 0);
}

static struct exchange *to_a_bus(void)
{
	const struct isdn_span_config a = exchange_line(ISDN_E1, false),
				      b = exchange_line(ISDN_BRI, true);

	return exchange_new(&a, &b, 2);
}

static void connected(struct exchange *x, const char *services)
{
	exchange_call_with(x, services, NULL);
	assert_int_equal(exchange_alerting(x, CALLED(x), NULL), 0);
	assert_int_equal(exchange_connect(x, CALLED(x), NULL), 0);
	assert_int_equal(exchange_q931_state(CALLER(x)), 10);
	assert_int_equal(exchange_q931_state(CALLED(x)), 10);
}

static void over(struct exchange *x)
{
	exchange_run(x, 10000);
	assert_int_equal(exchange_q931_state(CALLER(x)), 0);
	exchange_done(x);
}

static void finish(struct exchange *x)
{
	assert_int_not_equal(exchange_q931_state(CALLER(x)), 0);
	exchange_clear_all(x, NULL);
	over(x);
}

static void is(const struct user *u, enum isdn_uus_service s, enum isdn_uus_state want,
	       int want_answer)
{
	int answer;

	assert_int_equal(exchange_state(u, s, &answer), want);
	if (want == ISDN_UUS_REJECTED)
		assert_int_equal(answer, want_answer);
}

/* ---- point to point: service 1 ---- */

static void uus_4_implicit_in_every_message_both_ways(void **state)
{
	struct exchange *x = ptp();
	struct isdn_msg m;

	(void)state;
	exchange_call_with(x, "", "hello");
	exchange_has(CALLED(x), ISDN_SETUP_IND, "hello");
	assert_int_equal(exchange_alerting(x, CALLED(x), "ringing"), 0);
	exchange_has(CALLER(x), ISDN_ALERTING_IND, "ringing");
	isdn_msg_init(&m, 0, 0, 0, false);
	m.progress[0] = (struct isdn_progress){ .description = 8 };
	isdn_msg_set(&m, ISDN_IE_PROGRESS);
	m.uui = exchange_uui("going on");
	isdn_msg_set(&m, ISDN_IE_USER_USER);
	assert_int_equal(isdn_span_progress(CALLED(x)->span, CALLED(x)->call, &m, x->now), 0);
	exchange_run(x, 0);
	exchange_has(CALLER(x), ISDN_PROGRESS_IND, "going on");
	assert_int_equal(exchange_connect(x, CALLED(x), "here I am"), 0);
	exchange_has(CALLER(x), ISDN_SETUP_CONF, "here I am");
	assert_int_equal(exchange_clear(x, CALLER(x), 16, "bye"), 0);
	exchange_has(CALLED(x), ISDN_DISCONNECT_IND, "bye");
	assert_int_equal(exchange_clear(x, CALLED(x), 16, "too late"), 0);
	exchange_has(CALLER(x), ISDN_RELEASE_CONF, "");
	over(x);
}

static void uus_4_the_called_user_clears_with_uui(void **state)
{
	struct exchange *x = ptp();

	(void)state;
	exchange_call_with(x, "", "hello");
	assert_int_equal(exchange_connect(x, CALLED(x), NULL), 0);
	assert_int_equal(exchange_clear(x, CALLED(x), 16, "bye"), 0);
	exchange_has(CALLER(x), ISDN_DISCONNECT_IND, "bye");
	finish(x);
}

static void uus_4_release_complete_rejects_with_uui(void **state)
{
	struct exchange *x = ptp();

	(void)state;
	exchange_call_with(x, "", "hello");
	assert_int_equal(exchange_clear(x, CALLED(x), 21, "not now"), 0);
	exchange_has(CALLER(x), ISDN_DISCONNECT_IND, "not now");
	assert_int_equal(CALLER(x)->ev.cause, 21);
	finish(x);
}

/* What the called user sends as DISCONNECT arrives as RELEASE. */
static void make_release(struct exchange *x, unsigned line, unsigned user, bool to_user,
			 uint8_t *frame, size_t len)
{
	(void)x;
	(void)user;
	if (line == 1 && !to_user && len > 8 && !(frame[2] & 1) && frame[8] == ISDN_MT_DISCONNECT)
		frame[8] = ISDN_MT_RELEASE;
}

static void uus_4_release_as_the_first_clearing_message(void **state)
{
	struct exchange *x = ptp();

	(void)state;
	exchange_call_with(x, "", "hello");
	assert_int_equal(exchange_connect(x, CALLED(x), NULL), 0);
	x->on_frame = make_release;
	assert_int_equal(exchange_clear(x, CALLED(x), 16, "bye"), 0);
	exchange_has(CALLER(x), ISDN_DISCONNECT_IND, "bye");
	assert_int_equal(exchange_q931_state(CALLED(x)), 0);
	finish(x);
}

/* Both at once: each UUI is discarded at the far exchange, since that has sent DISCONNECT. */
static void uus_4_both_clear_at_once(void **state)
{
	struct exchange *x = ptp();
	struct isdn_uui a = exchange_uui("from a"), b = exchange_uui("from b");

	(void)state;
	exchange_call_with(x, "", "hello");
	assert_int_equal(exchange_connect(x, CALLED(x), NULL), 0);
	isdn_span_clear(CALLER(x)->span, CALLER(x)->call, 16, &a, NULL, x->now);
	isdn_span_clear(CALLED(x)->span, CALLED(x)->call, 16, &b, NULL, x->now);
	exchange_run(x, 0);
	exchange_has(CALLER(x), ISDN_RELEASE_CONF, "");
	exchange_has(CALLED(x), ISDN_RELEASE_CONF, "");
	over(x);
}

/* Without service 1: discarded, and each is told. */
static void uus_4_without_service_1_uui_goes_no_further(void **state)
{
	struct exchange *x = ptp();

	(void)state;
	exchange_call_with(x, "", NULL);
	assert_int_equal(exchange_alerting(x, CALLED(x), "ringing"), 0);
	exchange_has(CALLER(x), ISDN_ALERTING_IND, "");
	assert_int_equal(CALLED(x)->told[ISDN_UUI_DISCARDED_IND], 1);
	assert_int_equal(exchange_connect(x, CALLED(x), "here"), 0);
	exchange_has(CALLER(x), ISDN_SETUP_CONF, "");
	assert_int_equal(CALLED(x)->told[ISDN_UUI_DISCARDED_IND], 2);
	assert_int_equal(exchange_q931_state(CALLED(x)), 10);
	assert_int_equal(exchange_clear(x, CALLER(x), 16, "bye"), 0);
	exchange_has(CALLED(x), ISDN_DISCONNECT_IND, "");
	assert_int_equal(exchange_clear(x, CALLED(x), 0, NULL), 0);
	over(x);
}

static void every_octet(struct isdn_uui *uui, unsigned len)
{
	uui->codeset = 0;
	uui->len = (uint8_t)len;
	for (unsigned i = 0; i < len; i++)
		uui->data[i] = (uint8_t)(i * 37 + len);
}

/* 10: the relay never changes UUI: every discriminator, every length, NUL and all. */
static void uus_10_every_discriminator_and_length(void **state)
{
	struct exchange *x = ptp();
	struct isdn_msg setup = exchange_setup(NULL);

	(void)state;
	isdn_msg_set(&setup, ISDN_IE_USER_USER);
	for (unsigned i = 0; i < 256; i++) {
		setup.uui.discriminator = (uint8_t)i;
		every_octet(&setup.uui, i % (ISDN_UUI_MAX + 1));
		exchange_call(x, 0, &setup);
		assert_true(CALLED(x)->has_uui[ISDN_SETUP_IND]);
		assert_memory_equal(&CALLED(x)->uui[ISDN_SETUP_IND], &setup.uui, 3 + setup.uui.len);
		assert_int_equal(isdn_span_clear(CALLED(x)->span, CALLED(x)->call, 21, &setup.uui,
						 NULL, x->now),
				 0);
		exchange_run(x, 0);
		assert_true(CALLER(x)->has_uui[ISDN_DISCONNECT_IND]);
		assert_memory_equal(&CALLER(x)->uui[ISDN_DISCONNECT_IND], &setup.uui,
				    3 + setup.uui.len);
		assert_int_equal(exchange_clear(x, CALLER(x), 0, NULL), 0);
	}
	over(x);
}

/* 8: longer than the other network carries: discarded, not cut, and the user is told. */
static void uus_8_longer_than_the_other_line_carries(void **state)
{
	struct isdn_span_config a = exchange_line(ISDN_E1, false), b = a;
	char text[34];
	struct exchange *x;

	(void)state;
	memset(text, 'x', 33);
	text[33] = '\0';
	b.uui_max = 32;
	x = exchange_new(&a, &b, 0);
	exchange_call_with(x, "", text);
	exchange_has(CALLED(x), ISDN_SETUP_IND, "");
	assert_int_equal(CALLER(x)->told[ISDN_UUI_DISCARDED_IND], 1);
	assert_int_equal(exchange_alerting(x, CALLED(x), "short"), 0);
	exchange_has(CALLER(x), ISDN_ALERTING_IND, "short");
	finish(x);
	x = exchange_new(&b, &a, 0);
	exchange_call_with(x, "", "short");
	exchange_has(CALLED(x), ISDN_SETUP_IND, "short");
	assert_int_equal(exchange_connect(x, CALLED(x), text), 0);
	exchange_has(CALLER(x), ISDN_SETUP_CONF, "");
	assert_int_equal(CALLED(x)->told[ISDN_UUI_DISCARDED_IND], 1);
	assert_int_equal(exchange_clear(x, CALLED(x), 0, text), 0);
	exchange_has(CALLER(x), ISDN_DISCONNECT_IND, "");
	finish(x);
}

/* ---- point to point: what is asked for ---- */

static void uus_5_explicit_accepted_by_the_called_user(void **state)
{
	struct exchange *x = ptp();

	(void)state;
	exchange_call_with(x, "1p2p3r", "hello");
	exchange_has(CALLED(x), ISDN_SETUP_IND, "hello");
	is(CALLED(x), ISDN_UUS_1, ISDN_UUS_REQUESTED, 0);
	is(CALLER(x), ISDN_UUS_1, ISDN_UUS_REQUESTED, 0);
	assert_int_equal(exchange_alerting(x, CALLED(x), "ringing"), 0);
	exchange_has(CALLER(x), ISDN_ALERTING_IND, "ringing");
	for (int s = ISDN_UUS_1; s <= ISDN_UUS_3; s++) {
		is(CALLER(x), (enum isdn_uus_service)s, ISDN_UUS_ACTIVE, 0);
		is(CALLED(x), (enum isdn_uus_service)s, ISDN_UUS_ACTIVE, 0);
	}
	assert_int_equal(exchange_connect(x, CALLED(x), NULL), 0);
	finish(x);
}

static void uus_5_each_service_has_its_own_answer(void **state)
{
	struct exchange *x = ptp();

	(void)state;
	exchange_call_with(x, "1p2p3p", "hello");
	assert_int_equal(exchange_answer(x, CALLED(x), ISDN_UUS_1, ISDN_UUS_REJECTED_BY_USER), 0);
	assert_int_equal(exchange_answer(x, CALLED(x), ISDN_UUS_3, ISDN_UUS_NOT_AVAILABLE), 0);
	assert_int_equal(exchange_alerting(x, CALLED(x), "ringing"), 0);
	exchange_has(CALLER(x), ISDN_ALERTING_IND, ""); /* service 1 was refused */
	is(CALLER(x), ISDN_UUS_1, ISDN_UUS_REJECTED, ISDN_UUS_REJECTED_BY_USER);
	is(CALLER(x), ISDN_UUS_2, ISDN_UUS_ACTIVE, 0);
	is(CALLER(x), ISDN_UUS_3, ISDN_UUS_REJECTED, ISDN_UUS_NOT_AVAILABLE);
	assert_int_equal(exchange_connect(x, CALLED(x), NULL), 0);
	finish(x);
}

static void uus_5_required_and_refused_ends_the_call(void **state)
{
	struct exchange *x = ptp();

	(void)state;
	exchange_call_with(x, "1r", "hello");
	assert_int_equal(exchange_answer(x, CALLED(x), ISDN_UUS_1, ISDN_UUS_REJECTED_BY_USER), 0);
	assert_int_equal(CALLER(x)->ev.prim, ISDN_DISCONNECT_IND);
	assert_int_equal(CALLER(x)->ev.cause, ISDN_CAUSE_FACILITY_REJECTED);
	assert_int_equal(CALLER(x)->ev.uus, ISDN_UUS_BIT(ISDN_UUS_1));
	is(CALLER(x), ISDN_UUS_1, ISDN_UUS_REJECTED, ISDN_UUS_REJECTED_BY_USER);
	finish(x);
}

/* ... while it rings, with UUI in the clearing message. */
static void uus_5_required_and_refused_while_it_rings(void **state)
{
	struct exchange *x = ptp();

	(void)state;
	exchange_call_with(x, "3r", NULL);
	assert_int_equal(exchange_answer(x, CALLED(x), ISDN_UUS_3, ISDN_UUS_LATER), 0);
	assert_int_equal(exchange_alerting(x, CALLED(x), NULL), 0);
	is(CALLER(x), ISDN_UUS_3, ISDN_UUS_REQUESTED, 0);
	assert_int_equal(exchange_answer(x, CALLED(x), ISDN_UUS_3, ISDN_UUS_REJECTED_BY_USER), 0);
	assert_int_equal(CALLER(x)->ev.prim, ISDN_DISCONNECT_IND);
	assert_int_equal(CALLER(x)->ev.cause, ISDN_CAUSE_FACILITY_REJECTED);
	finish(x);
}

/* A peer that knows no services: a user of a variant without them. */
static struct exchange *with_a_simple_user(void)
{
	const struct isdn_span_config line = exchange_line(ISDN_E1, false);
	struct isdn_span_config simple = exchange_user(&line);
	struct exchange *x = exchange_new(&line, &line, 0);

	isdn_span_config_variant(&simple, ISDN_VARIANT_QSIG);
	exchange_replace(x, CALLED(x), &simple);
	return x;
}

static void uus_5_preferred_and_not_understood(void **state)
{
	struct exchange *x = with_a_simple_user();

	(void)state;
	exchange_call_with(x, "1p", NULL);
	assert_int_equal(exchange_alerting(x, CALLED(x), NULL), 0);
	is(CALLER(x), ISDN_UUS_1, ISDN_UUS_REQUESTED, 0);
	assert_int_equal(exchange_connect(x, CALLED(x), NULL), 0);
	is(CALLER(x), ISDN_UUS_1, ISDN_UUS_REJECTED, ISDN_UUS_REJECTED_BY_USER);
	assert_int_equal(exchange_q931_state(CALLER(x)), 10);
	finish(x);
}

static void uus_5_required_and_not_understood(void **state)
{
	struct exchange *x = with_a_simple_user();

	(void)state;
	exchange_call_with(x, "1p3r", NULL);
	assert_int_equal(exchange_connect(x, CALLED(x), NULL), 0);
	for (int i = 0; i < 2; i++) {
		const struct user *u = i ? CALLED(x) : CALLER(x);

		assert_int_equal(u->told[ISDN_DISCONNECT_IND], 1);
		assert_int_equal(u->ev.cause, ISDN_CAUSE_FACILITY_NOT_IMPLEMENTED);
	}
	is(CALLER(x), ISDN_UUS_3, ISDN_UUS_REJECTED, ISDN_UUS_REJECTED_BY_USER);
	assert_int_equal(exchange_clear(x, CALLED(x), 0, NULL), 0);
	finish(x);
}

/* Subscription per line, here by the number that is called. */
static uint8_t subscribed(void *arg, const struct isdn_msg *setup)
{
	assert_int_equal(setup->called.n_digits, 3);
	return *(uint8_t *)arg;
}

static struct exchange *subscribed_to(uint8_t *services)
{
	struct exchange *x = ptp();

	x->relay.subscribed = subscribed;
	x->relay.arg = services;
	return x;
}

static void uus_5_not_subscribed(void **state)
{
	uint8_t none = 0;
	struct exchange *x = subscribed_to(&none);

	(void)state;
	exchange_call_with(x, "1p2p", "hello");
	exchange_has(CALLED(x), ISDN_SETUP_IND, "");
	is(CALLER(x), ISDN_UUS_1, ISDN_UUS_REJECTED, ISDN_UUS_NOT_SUBSCRIBED);
	is(CALLER(x), ISDN_UUS_2, ISDN_UUS_REJECTED, ISDN_UUS_NOT_SUBSCRIBED);
	is(CALLED(x), ISDN_UUS_1, ISDN_UUS_IDLE, 0);
	assert_int_equal(exchange_connect(x, CALLED(x), NULL), 0);
	assert_int_equal(exchange_request_3(x, CALLER(x)), 0);
	is(CALLER(x), ISDN_UUS_3, ISDN_UUS_REJECTED, ISDN_UUS_NOT_SUBSCRIBED);
	finish(x);
	x = subscribed_to(&none);
	exchange_call_with(x, "3r", NULL);
	assert_int_equal(CALLER(x)->ev.prim, ISDN_RELEASE_IND);
	assert_int_equal(CALLER(x)->ev.cause, ISDN_CAUSE_FACILITY_NOT_SUBSCRIBED);
	assert_int_equal(CALLED(x)->told[ISDN_SETUP_IND], 0);
	over(x);
}

/* 8: implicit service 1 that is not subscribed to: nobody is told, or STATUS 43 by option. */
static void uus_8_implicit_and_not_subscribed(void **state)
{
	uint8_t none = 0;

	(void)state;
	for (unsigned tell = 0; tell < 2; tell++) {
		struct exchange *x = subscribed_to(&none);

		x->relay.tell_implicit = tell;
		exchange_call_with(x, "", "hello");
		exchange_has(CALLED(x), ISDN_SETUP_IND, "");
		assert_int_equal(CALLER(x)->told[ISDN_UUI_DISCARDED_IND], tell);
		finish(x);
	}
}

/* The other line can not carry it. */
static void uus_5_the_network_can_not_carry_it(void **state)
{
	struct isdn_span_config a = exchange_line(ISDN_E1, false), b = a;
	struct exchange *x;

	(void)state;
	b.uus.services = 0;
	x = exchange_new(&a, &b, 0);
	exchange_call_with(x, "1p", "hello");
	is(CALLER(x), ISDN_UUS_1, ISDN_UUS_REJECTED, ISDN_UUS_REJECTED_BY_NETWORK);
	exchange_has(CALLED(x), ISDN_SETUP_IND, "");
	finish(x);
	x = exchange_new(&a, &b, 0);
	exchange_call_with(x, "2r", NULL);
	assert_int_equal(CALLER(x)->ev.prim, ISDN_RELEASE_IND);
	assert_int_equal(CALLER(x)->ev.cause, ISDN_CAUSE_FACILITY_NOT_IMPLEMENTED);
	over(x);
}

/* ---- point to point: services 2 and 3 ---- */

static void uus_6_service_2_through_the_network(void **state)
{
	struct exchange *x = ptp();

	(void)state;
	exchange_call_with(x, "2p", NULL);
	assert_int_equal(exchange_alerting(x, CALLED(x), NULL), 0);
	assert_int_equal(exchange_send(x, CALLER(x), "one", true), 0);
	exchange_has(CALLED(x), ISDN_USER_INFO_IND, "one");
	assert_true(isdn_msg_has(CALLED(x)->ev.msg, ISDN_IE_MORE_DATA));
	assert_int_equal(exchange_send(x, CALLER(x), "two", false), 0);
	exchange_has(CALLED(x), ISDN_USER_INFO_IND, "two");
	assert_false(isdn_msg_has(CALLED(x)->ev.msg, ISDN_IE_MORE_DATA));
	assert_int_equal(exchange_send(x, CALLER(x), "three", false), ISDN_ERR_RESOURCEUNAVAIL);
	assert_int_equal(exchange_send(x, CALLED(x), "back", false), 0);
	exchange_has(CALLER(x), ISDN_USER_INFO_IND, "back");
	assert_int_equal(exchange_connect(x, CALLED(x), NULL), 0);
	assert_int_equal(exchange_send(x, CALLED(x), "more", false), ISDN_ERR_OPERATIONUNAVAIL);
	finish(x);
}

static void uus_6_service_3_asked_for_by_either_party(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++) {
		struct exchange *x = ptp();
		struct user *from = i ? CALLED(x) : CALLER(x), *to = i ? CALLER(x) : CALLED(x);

		connected(x, "");
		assert_int_equal(exchange_request_3(x, from), 0);
		is(from, ISDN_UUS_3, ISDN_UUS_ACTIVE, 0);
		is(to, ISDN_UUS_3, ISDN_UUS_ACTIVE, 0);
		assert_int_equal(exchange_send(x, from, "hello", false), 0);
		exchange_has(to, ISDN_USER_INFO_IND, "hello");
		assert_int_equal(exchange_send(x, to, "back", false), 0);
		exchange_has(from, ISDN_USER_INFO_IND, "back");
		finish(x);
	}
}

/* Each half has identifiers of its own. */
static void uus_10_invoke_identifiers_are_mapped(void **state)
{
	const struct isdn_uus_component u = {
		.type = ISDN_INVOKE, .invoke_id = 77, .service = ISDN_UUS_3, .preferred = true
	};
	struct exchange *x = ptp();
	struct isdn_uus_component got;
	struct isdn_msg m;

	(void)state;
	connected(x, "");
	isdn_msg_init(&m, 0, 0, 0, false);
	assert_int_equal(isdn_uus_add(&m, &u), 0);
	assert_int_equal(isdn_span_facility(CALLER(x)->span, CALLER(x)->call, &m, x->now), 0);
	exchange_run(x, 0);
	assert_int_equal(isdn_uus_read(CALLED(x)->ev.msg, 0, &got), 1);
	assert_int_equal(got.type, ISDN_INVOKE);
	assert_int_equal(got.invoke_id, 1);
	assert_int_equal(isdn_uus_read(CALLER(x)->ev.msg, 0, &got), 1);
	assert_int_equal(got.type, ISDN_RETURN_RESULT);
	assert_int_equal(got.invoke_id, 77);
	is(CALLER(x), ISDN_UUS_3, ISDN_UUS_ACTIVE, 0);
	finish(x);
}

static void uus_6_service_3_refused_by_the_other_user(void **state)
{
	struct exchange *x = ptp();

	(void)state;
	connected(x, "");
	assert_int_equal(exchange_answer(x, CALLED(x), ISDN_UUS_3, ISDN_UUS_LATER), 0);
	assert_int_equal(exchange_request_3(x, CALLER(x)), 0);
	is(CALLED(x), ISDN_UUS_3, ISDN_UUS_REQUESTED, 0);
	assert_int_equal(exchange_answer(x, CALLED(x), ISDN_UUS_3, ISDN_UUS_REJECTED_BY_USER), 0);
	is(CALLER(x), ISDN_UUS_3, ISDN_UUS_REJECTED, ISDN_UUS_REJECTED_BY_USER);
	/* and once more, without an answer: T4-UUS3 of the network ends first */
	assert_int_equal(exchange_request_3(x, CALLER(x)), 0);
	exchange_run(x, 9000);
	is(CALLER(x), ISDN_UUS_3, ISDN_UUS_REJECTED, ISDN_UUS_REJECTED_BY_NETWORK);
	finish(x);
}

static void uus_6_service_3_asked_for_by_both_at_once(void **state)
{
	struct exchange *x = ptp();

	(void)state;
	connected(x, "");
	isdn_span_uus_request(CALLER(x)->span, CALLER(x)->call, ISDN_UUS_3, x->now);
	isdn_span_uus_request(CALLED(x)->span, CALLED(x)->call, ISDN_UUS_3, x->now);
	exchange_run(x, 12000);
	is(CALLER(x), ISDN_UUS_3, ISDN_UUS_ACTIVE, 0);
	is(CALLED(x), ISDN_UUS_3, ISDN_UUS_ACTIVE, 0);
	assert_int_equal(exchange_send(x, CALLER(x), "hello", false), 0);
	exchange_has(CALLED(x), ISDN_USER_INFO_IND, "hello");
	assert_int_equal(exchange_send(x, CALLED(x), "back", false), 0);
	exchange_has(CALLER(x), ISDN_USER_INFO_IND, "back");
	finish(x);
}

/* 6: the other user is not ready: what comes waits in the network, in order, and the sender is
 * told. */
static void uus_6_a_user_who_is_not_ready(void **state)
{
	struct exchange *x = ptp();

	(void)state;
	connected(x, "3p");
	assert_int_equal(exchange_busy(x, CALLED(x), true), 0);
	assert_int_equal(CALLER(x)->told[ISDN_UUI_STOP_IND], 0);
	assert_int_equal(exchange_send(x, CALLER(x), "a", false), 0);
	assert_int_equal(CALLER(x)->told[ISDN_UUI_STOP_IND], 1);
	assert_int_equal(CALLED(x)->told[ISDN_USER_INFO_IND], 0);
	assert_int_equal(exchange_send(x, CALLER(x), "b", false), ISDN_ERR_AGAIN);
	assert_int_equal(exchange_busy(x, CALLED(x), false), 0);
	exchange_has(CALLED(x), ISDN_USER_INFO_IND, "a");
	assert_int_equal(CALLER(x)->told[ISDN_UUI_READY_IND], 1);
	assert_int_equal(exchange_send(x, CALLER(x), "b", false), 0);
	exchange_has(CALLED(x), ISDN_USER_INFO_IND, "b");
	finish(x);
}

/* ... for whom more comes than can wait: it is discarded, and the sender is told of each. */
static void uus_6_more_than_can_wait(void **state)
{
	struct exchange *x = ptp();
	struct isdn_relay_counters n;
	struct isdn_uus u;

	(void)state;
	x->relay.queue = 3;
	connected(x, "3p");
	assert_int_equal(isdn_span_uus_query(CALLED(x)->span, CALLED(x)->call, ISDN_UUS_3, &u), 0);
	assert_false(u.by_us);
	assert_int_equal(exchange_busy(x, CALLED(x), true), 0);
	for (int i = 0; i < 5; i++) { /* before STOP can arrive */
		struct isdn_msg m;

		isdn_msg_init(&m, 0, 0, 0, false);
		m.uui = (struct isdn_uui){ .len = 1, .data = { (uint8_t)('a' + i) } };
		isdn_msg_set(&m, ISDN_IE_USER_USER);
		assert_int_equal(isdn_span_user_info(CALLER(x)->span, CALLER(x)->call, &m, x->now),
				 0);
	}
	exchange_run(x, 0);
	assert_int_equal(CALLER(x)->told[ISDN_UUI_STOP_IND], 1);
	assert_int_equal(CALLER(x)->told[ISDN_UUI_DISCARDED_IND], 2);
	assert_int_equal(exchange_busy(x, CALLED(x), false), 0);
	assert_int_equal(CALLED(x)->told[ISDN_USER_INFO_IND], 3);
	exchange_has(CALLED(x), ISDN_USER_INFO_IND, "c");
	isdn_relay_counters(x->trunk[0].relay, &n);
	assert_int_equal(n.relayed, 3);
	assert_int_equal(n.discarded, 2);
	assert_int_equal(n.waiting, 0);
	finish(x);
}

/* 10: a half that releases takes what waits for it with it. */
static void uus_10_what_waits_ends_with_the_call(void **state)
{
	struct exchange *x = ptp();

	(void)state;
	connected(x, "3p");
	assert_int_equal(exchange_busy(x, CALLED(x), true), 0);
	assert_int_equal(exchange_send(x, CALLER(x), "a", false), 0);
	assert_int_equal(exchange_clear(x, CALLED(x), 16, NULL), 0);
	finish(x);
}

static void uus_9_hold(void **state)
{
	struct exchange *x = ptp();

	(void)state;
	connected(x, "3p");
	assert_int_equal(isdn_span_hold(CALLER(x)->span, CALLER(x)->call, NULL, x->now), 0);
	exchange_run(x, 0);
	assert_int_equal(CALLER(x)->told[ISDN_HOLD_CONF], 1);
	assert_int_equal(exchange_send(x, CALLER(x), "held", false), 0);
	exchange_has(CALLED(x), ISDN_USER_INFO_IND, "held");
	assert_int_equal(exchange_send(x, CALLED(x), "still there", false), 0);
	exchange_has(CALLER(x), ISDN_USER_INFO_IND, "still there");
	finish(x);
}

/* 9: while a half is suspended, the other is told to wait. */
static void uus_9_suspension(void **state)
{
	struct exchange *x = ptp();
	struct isdn_msg m;
	isdn_call_id id;

	(void)state;
	connected(x, "3p");
	assert_int_equal(isdn_span_suspend(CALLED(x)->span, CALLED(x)->call, NULL, x->now), 0);
	exchange_run(x, 0);
	assert_int_equal(exchange_send(x, CALLER(x), "where are you", false), 0);
	assert_int_equal(CALLER(x)->told[ISDN_UUI_STOP_IND], 1);
	assert_int_equal(exchange_send(x, CALLER(x), "x", false), ISDN_ERR_AGAIN);
	isdn_msg_init(&m, 0, 0, 0, false);
	assert_int_equal(isdn_span_resume(CALLED(x)->span, &m, &id, x->now), 0);
	exchange_run(x, 0);
	assert_int_equal(CALLED(x)->told[ISDN_RESUME_CONF], 1);
	assert_int_equal(CALLER(x)->told[ISDN_UUI_READY_IND], 1);
	finish(x);
}

/* ---- to a bus ---- */

#define TERMINAL(x, n) (&(x)->user[1][n])

static void uus_7_setup_uui_goes_to_all_terminals(void **state)
{
	struct exchange *x = to_a_bus();

	(void)state;
	exchange_call_with(x, "1p", "hello");
	for (int i = 0; i < 2; i++) {
		exchange_has(TERMINAL(x, i), ISDN_SETUP_IND, "hello");
		is(TERMINAL(x, i), ISDN_UUS_1, ISDN_UUS_REQUESTED, 0);
	}
	finish(x);
}

static void uus_7_alerting_uui_is_dropped_before_the_award(void **state)
{
	(void)state;
	for (int forward = 0; forward < 2; forward++) {
		struct exchange *x = to_a_bus();

		x->relay.unawarded = forward;
		exchange_call_with(x, "", "hello");
		assert_int_equal(exchange_alerting(x, TERMINAL(x, 0), "first"), 0);
		exchange_has(CALLER(x), ISDN_ALERTING_IND, forward ? "first" : "");
		assert_int_equal(exchange_alerting(x, TERMINAL(x, 1), "second"), 0);
		assert_int_equal(CALLER(x)->told[ISDN_ALERTING_IND], 1);
		assert_int_equal(exchange_connect(x, TERMINAL(x, 1), "mine"), 0);
		exchange_has(CALLER(x), ISDN_SETUP_CONF, "mine");
		/* the loser's RELEASE never has the caller's UUI */
		exchange_has(TERMINAL(x, 0), ISDN_RELEASE_IND, "");
		assert_int_equal(TERMINAL(x, 0)->ev.cause, ISDN_CAUSE_NON_SELECTED_USER_CLEARING);
		assert_int_equal(exchange_clear(x, CALLER(x), 16, "bye"), 0);
		exchange_has(TERMINAL(x, 1), ISDN_DISCONNECT_IND, "bye");
		assert_int_equal(TERMINAL(x, 0)->told[ISDN_DISCONNECT_IND], 0);
		assert_int_equal(exchange_clear(x, TERMINAL(x, 1), 0, NULL), 0);
		over(x);
	}
}

static void uus_7_the_answer_is_that_of_the_terminal_that_gets_the_call(void **state)
{
	struct exchange *x = to_a_bus();

	(void)state;
	exchange_call_with(x, "1p3p", "hello");
	assert_int_equal(exchange_answer(x, TERMINAL(x, 0), ISDN_UUS_3, ISDN_UUS_REJECTED_BY_USER),
			 0);
	assert_int_equal(exchange_alerting(x, TERMINAL(x, 0), NULL), 0);
	assert_int_equal(exchange_alerting(x, TERMINAL(x, 1), NULL), 0);
	is(CALLER(x), ISDN_UUS_3, ISDN_UUS_REQUESTED, 0);
	assert_int_equal(exchange_connect(x, TERMINAL(x, 1), NULL), 0);
	is(CALLER(x), ISDN_UUS_1, ISDN_UUS_ACTIVE, 0);
	is(CALLER(x), ISDN_UUS_3, ISDN_UUS_ACTIVE, 0);
	assert_int_equal(exchange_send(x, CALLER(x), "to the second", false), 0);
	exchange_has(TERMINAL(x, 1), ISDN_USER_INFO_IND, "to the second");
	assert_int_equal(TERMINAL(x, 0)->told[ISDN_USER_INFO_IND], 0);
	finish(x);
}

/* One that refuses what was required does not end the call for the other. */
static void uus_7_a_terminal_that_refuses_what_was_required(void **state)
{
	struct exchange *x = to_a_bus();

	(void)state;
	exchange_call_with(x, "1r", "hello");
	assert_int_equal(exchange_answer(x, TERMINAL(x, 0), ISDN_UUS_1, ISDN_UUS_REJECTED_BY_USER),
			 0);
	assert_int_equal(CALLER(x)->told[ISDN_DISCONNECT_IND], 0);
	assert_int_equal(exchange_connect(x, TERMINAL(x, 1), "mine"), 0);
	is(CALLER(x), ISDN_UUS_1, ISDN_UUS_ACTIVE, 0);
	exchange_has(CALLER(x), ISDN_SETUP_CONF, "mine");
	finish(x);
}

/* Both do: the caller hears it with the cause that counts. */
static void uus_7_all_terminals_refuse_what_was_required(void **state)
{
	struct exchange *x = to_a_bus();

	(void)state;
	exchange_call_with(x, "1r3p", "hello");
	for (int i = 0; i < 2; i++)
		assert_int_equal(
			exchange_answer(x, TERMINAL(x, i), ISDN_UUS_1, ISDN_UUS_INTERACTION), 0);
	exchange_run(x, 7000);
	assert_int_equal(CALLER(x)->ev.prim, ISDN_DISCONNECT_IND);
	assert_int_equal(CALLER(x)->ev.cause, ISDN_CAUSE_FACILITY_REJECTED);
	is(CALLER(x), ISDN_UUS_1, ISDN_UUS_REJECTED, ISDN_UUS_INTERACTION);
	finish(x);
}

static void uus_6_no_service_2_to_a_bus(void **state)
{
	struct exchange *x = to_a_bus();

	(void)state;
	exchange_call_with(x, "1p2p", NULL);
	is(TERMINAL(x, 0), ISDN_UUS_2, ISDN_UUS_IDLE, 0);
	is(CALLER(x), ISDN_UUS_2, ISDN_UUS_REJECTED, ISDN_UUS_REJECTED_BY_NETWORK);
	finish(x);
	x = to_a_bus();
	exchange_call_with(x, "2r", NULL);
	assert_int_equal(CALLER(x)->ev.prim, ISDN_RELEASE_IND);
	assert_int_equal(CALLER(x)->ev.cause, ISDN_CAUSE_FACILITY_NOT_IMPLEMENTED);
	assert_int_equal(TERMINAL(x, 0)->told[ISDN_SETUP_IND], 0);
	over(x);
}

/* UUI of refusals is kept with the cause that counts most, and sent when nobody takes the call. */
static void uus_7_uui_of_the_cause_that_counts(void **state)
{
	struct exchange *x = to_a_bus();

	(void)state;
	exchange_call_with(x, "", "hello");
	assert_int_equal(exchange_alerting(x, TERMINAL(x, 0), NULL), 0);
	assert_int_equal(exchange_clear(x, TERMINAL(x, 1), ISDN_CAUSE_USER_BUSY, "busy"), 0);
	assert_int_equal(CALLER(x)->told[ISDN_DISCONNECT_IND], 0);
	assert_int_equal(exchange_clear(x, TERMINAL(x, 0), ISDN_CAUSE_CALL_REJECTED, "rejected"),
			 0);
	exchange_run(x, 7000);
	exchange_has(CALLER(x), ISDN_DISCONNECT_IND, "rejected");
	assert_int_equal(CALLER(x)->ev.cause, ISDN_CAUSE_CALL_REJECTED);
	finish(x);
}

/* The caller gives up: those who had answered get the UUI with their RELEASE. */
static void uus_7_the_caller_clears_before_the_award(void **state)
{
	struct exchange *x = to_a_bus();

	(void)state;
	exchange_call_with(x, "", "hello");
	assert_int_equal(exchange_alerting(x, TERMINAL(x, 0), NULL), 0);
	assert_int_equal(exchange_clear(x, CALLER(x), 16, "never mind"), 0);
	exchange_has(TERMINAL(x, 0), ISDN_RELEASE_IND, "never mind");
	exchange_run(x, 10000);
	/* who had not answered has the call still; when it answers, it is released without UUI */
	assert_int_equal(exchange_q931_state(TERMINAL(x, 1)), 6);
	assert_int_equal(exchange_alerting(x, TERMINAL(x, 1), NULL), 0);
	exchange_has(TERMINAL(x, 1), ISDN_RELEASE_IND, "");
	over(x);
}

/* ---- without memory, wrong arguments ---- */

/* A call with all of it, in which the n-th allocation fails. True: there were so many. */
static bool without_memory(size_t n)
{
	struct exchange *x = ptp();
	struct isdn_msg setup = exchange_setup("hello");
	bool reached;

	for (int s = ISDN_UUS_1; s < ISDN_UUS_COUNT; s++)
		(void)isdn_uus_request(&setup, (enum isdn_uus_service)s, false);
	test_mem_fail_at(&x->mem, n);
	(void)isdn_span_setup(CALLER(x)->span, &setup, &CALLER(x)->call, x->now);
	exchange_run(x, 0);
	(void)exchange_alerting(x, CALLED(x), "ringing");
	(void)exchange_send(x, CALLER(x), "while it rings", false);
	(void)exchange_connect(x, CALLED(x), "here");
	(void)exchange_busy(x, CALLED(x), true);
	exchange_run(x, 100);
	for (int i = 0; i < 3; i++)
		(void)exchange_send(x, CALLER(x), "waits", false);
	(void)exchange_busy(x, CALLED(x), false);
	exchange_run(x, 15000);
	reached = x->mem.allocations >= n;
	test_mem_fail_at(&x->mem, 0);
	exchange_clear_all(x, "bye");
	exchange_run(x, 60000);
	exchange_clear_all(x, NULL); /* the other end may have been cleared meanwhile */
	exchange_run(x, 200000);
	exchange_done(x);
	return reached;
}

static void uus_10_every_allocation_that_fails(void **state)
{
	size_t n = 1;

	(void)state;
	while (without_memory(n))
		n++;
	print_message("%zu allocations\n", n - 1);
	assert_true(n > 10);
}

static void the_arguments_of_a_relay(void **state)
{
	struct isdn_relay_config config;
	struct exchange *x = ptp();
	struct isdn_span_event ev = { .prim = ISDN_ALERTING_IND };
	const struct isdn_uui *uui;
	struct isdn_relay *r;

	(void)state;
	isdn_relay_config_init(&config);
	assert_int_equal(isdn_relay_new(NULL, NULL, x->net[0], 1, NULL), ISDN_ERR_INVALPOINTER);
	assert_int_equal(isdn_relay_new(&r, NULL, NULL, 1, NULL), ISDN_ERR_INVALPOINTER);
	config.queue = 0;
	assert_int_equal(isdn_relay_new(&r, &config, x->net[0], 1, NULL), ISDN_ERR_INVAL);
	assert_null(r);
	config.queue = 1;
	config.size--;
	assert_int_equal(isdn_relay_new(&r, &config, x->net[0], 1, NULL), ISDN_ERR_INVAL);
	test_mem_fail_at(&x->mem, 1);
	assert_int_equal(isdn_relay_new(&r, NULL, x->net[0], 1, &x->env), ISDN_ERR_NOMEM);
	test_mem_fail_at(&x->mem, 0);
	assert_int_equal(isdn_relay_new(&r, NULL, x->net[0], 1, NULL), 0);
	assert_int_equal(isdn_relay_called(r, 1, x->now), ISDN_ERR_INVALCALLHANDLE);
	assert_int_equal(isdn_relay_called(NULL, 1, x->now), ISDN_ERR_INVALPOINTER);
	ev.call = 5;
	assert_int_equal(isdn_relay_event(r, x->net[0], &ev, &uui, x->now), ISDN_ERR_INVAL);
	assert_int_equal(isdn_relay_event(r, x->net[0], &ev, NULL, x->now), ISDN_ERR_INVALPOINTER);
	isdn_relay_free(r);
	isdn_relay_free(NULL);
	exchange_done(x);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(uus_4_implicit_in_every_message_both_ways),
		cmocka_unit_test(uus_4_the_called_user_clears_with_uui),
		cmocka_unit_test(uus_4_release_complete_rejects_with_uui),
		cmocka_unit_test(uus_4_release_as_the_first_clearing_message),
		cmocka_unit_test(uus_4_both_clear_at_once),
		cmocka_unit_test(uus_4_without_service_1_uui_goes_no_further),
		cmocka_unit_test(uus_10_every_discriminator_and_length),
		cmocka_unit_test(uus_8_longer_than_the_other_line_carries),
		cmocka_unit_test(uus_5_explicit_accepted_by_the_called_user),
		cmocka_unit_test(uus_5_each_service_has_its_own_answer),
		cmocka_unit_test(uus_5_required_and_refused_ends_the_call),
		cmocka_unit_test(uus_5_required_and_refused_while_it_rings),
		cmocka_unit_test(uus_5_preferred_and_not_understood),
		cmocka_unit_test(uus_5_required_and_not_understood),
		cmocka_unit_test(uus_5_not_subscribed),
		cmocka_unit_test(uus_8_implicit_and_not_subscribed),
		cmocka_unit_test(uus_5_the_network_can_not_carry_it),
		cmocka_unit_test(uus_6_service_2_through_the_network),
		cmocka_unit_test(uus_6_service_3_asked_for_by_either_party),
		cmocka_unit_test(uus_10_invoke_identifiers_are_mapped),
		cmocka_unit_test(uus_6_service_3_refused_by_the_other_user),
		cmocka_unit_test(uus_6_service_3_asked_for_by_both_at_once),
		cmocka_unit_test(uus_6_a_user_who_is_not_ready),
		cmocka_unit_test(uus_6_more_than_can_wait),
		cmocka_unit_test(uus_10_what_waits_ends_with_the_call),
		cmocka_unit_test(uus_9_hold),
		cmocka_unit_test(uus_9_suspension),
		cmocka_unit_test(uus_7_setup_uui_goes_to_all_terminals),
		cmocka_unit_test(uus_7_alerting_uui_is_dropped_before_the_award),
		cmocka_unit_test(uus_7_the_answer_is_that_of_the_terminal_that_gets_the_call),
		cmocka_unit_test(uus_7_a_terminal_that_refuses_what_was_required),
		cmocka_unit_test(uus_7_all_terminals_refuse_what_was_required),
		cmocka_unit_test(uus_6_no_service_2_to_a_bus),
		cmocka_unit_test(uus_7_uui_of_the_cause_that_counts),
		cmocka_unit_test(uus_7_the_caller_clears_before_the_award),
		cmocka_unit_test(uus_10_every_allocation_that_fails),
		cmocka_unit_test(the_arguments_of_a_relay),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
