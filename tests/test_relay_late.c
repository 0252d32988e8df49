/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Relayed user-to-user signalling where something comes late, crosses, or does not come at all:
 * names as in test_relay.c.
 */
#include "tests/exchange.h"

static struct exchange *lines(const struct isdn_span_config *a, const struct isdn_span_config *b)
{
	const struct isdn_span_config usual = exchange_line(ISDN_E1, false);

	return exchange_new(a ? a : &usual, b ? b : &usual, 0);
}

static void connected(struct exchange *x, const char *services)
{
	exchange_call_with(x, services, NULL);
	assert_int_equal(exchange_connect(x, CALLED(x), NULL), 0);
	assert_int_equal(exchange_q931_state(CALLER(x)), 10);
	assert_int_equal(exchange_q931_state(CALLED(x)), 10);
}

static void finish(struct exchange *x)
{
	exchange_clear_all(x, NULL);
	exchange_run(x, 10000);
	exchange_done(x);
}

static enum isdn_uus_state state3(const struct user *u)
{
	return exchange_state(u, ISDN_UUS_3, NULL);
}

static unsigned waiting(const struct exchange *x)
{
	struct isdn_relay_counters n;

	isdn_relay_counters(x->trunk[0].relay, &n);
	return n.waiting;
}

/* keep_refused on the calling line: the call goes on without the service that it required. */
static void uus_5_required_refused_and_kept(void **state)
{
	struct isdn_span_config a = exchange_line(ISDN_E1, false), b = a, user = exchange_user(&a);
	struct exchange *x;
	int answer;

	(void)state;
	a.uus.keep_refused = true;
	b.uus.services = ISDN_UUS_ALL & ~ISDN_UUS_BIT(ISDN_UUS_3);
	x = lines(&a, &b);
	user.uus.keep_refused = true; /* the user wants the call all the same, too */
	exchange_replace(x, CALLER(x), &user);
	exchange_call_with(x, "3r", NULL);
	assert_int_equal(exchange_connect(x, CALLED(x), NULL), 0);
	assert_int_equal(exchange_q931_state(CALLER(x)), 10);
	assert_int_equal(exchange_state(CALLER(x), ISDN_UUS_3, &answer), ISDN_UUS_REJECTED);
	assert_int_equal(answer, ISDN_UUS_REJECTED_BY_NETWORK);
	finish(x);
}

/* T4-UUS3 of one half refused what the other user accepted later: it is there when asked for. */
static void uus_10_accepted_after_t4(void **state)
{
	struct isdn_span_config a = exchange_line(ISDN_E1, false);
	struct exchange *x;

	(void)state;
	a.timer[ISDN_T4_UUS3] = 4000;
	x = lines(&a, NULL);
	connected(x, "");
	assert_int_equal(exchange_answer(x, CALLED(x), ISDN_UUS_3, ISDN_UUS_LATER), 0);
	assert_int_equal(exchange_request_3(x, CALLER(x)), 0);
	exchange_run(x, 5000);
	assert_int_equal(state3(CALLER(x)), ISDN_UUS_REJECTED);
	assert_int_equal(exchange_answer(x, CALLED(x), ISDN_UUS_3, ISDN_UUS_ACCEPT), 0);
	assert_int_equal(state3(CALLED(x)), ISDN_UUS_ACTIVE);
	assert_int_equal(exchange_request_3(x, CALLER(x)), 0);
	assert_int_equal(state3(CALLER(x)), ISDN_UUS_ACTIVE);
	assert_int_equal(exchange_send(x, CALLED(x), "hey", false), 0);
	exchange_has(CALLER(x), ISDN_USER_INFO_IND, "hey");
	assert_int_equal(CALLED(x)->told[ISDN_UUI_DISCARDED_IND], 0);
	finish(x);
}

static void uus_5_the_called_line_is_not_subscribed(void **state)
{
	struct isdn_span_config b = exchange_line(ISDN_E1, false);
	struct exchange *x;
	int answer;

	(void)state;
	b.uus.services = ISDN_UUS_BIT(ISDN_UUS_IMPLICIT) | ISDN_UUS_BIT(ISDN_UUS_1);
	x = lines(NULL, &b);
	connected(x, "");
	assert_int_equal(exchange_request_3(x, CALLED(x)), 0);
	assert_int_equal(exchange_state(CALLED(x), ISDN_UUS_3, &answer), ISDN_UUS_REJECTED);
	assert_int_equal(answer, ISDN_UUS_NOT_SUBSCRIBED);
	assert_int_equal(state3(CALLER(x)), ISDN_UUS_IDLE);
	finish(x);
}

/* What a SETUP that was refused asked for is nothing to the call beside it. */
static void uus_5_a_refused_call_asks_nothing_of_another(void **state)
{
	struct isdn_span_config a = exchange_line(ISDN_E1, false);
	struct exchange *x;
	isdn_call_id first;

	(void)state;
	a.uus.services = ISDN_UUS_ALL & ~ISDN_UUS_BIT(ISDN_UUS_2);
	x = lines(&a, NULL);
	exchange_call_with(x, "", NULL);
	assert_int_equal(exchange_alerting(x, CALLED(x), NULL), 0);
	first = CALLER(x)->call;
	exchange_call_with(x, "2r3p", NULL);
	assert_int_equal(CALLER(x)->ev.prim, ISDN_RELEASE_IND);
	assert_int_equal(CALLER(x)->ev.cause, ISDN_CAUSE_FACILITY_NOT_SUBSCRIBED);
	CALLER(x)->call = first;
	assert_int_equal(exchange_connect(x, CALLED(x), NULL), 0);
	assert_int_equal(state3(CALLED(x)), ISDN_UUS_IDLE);
	assert_int_equal(CALLED(x)->told[ISDN_UUS_IND], 0);
	finish(x);
}

/* UUI of an ALERTING is none of the DISCONNECT that its refusal of a required service causes. */
static void uus_4_uui_of_the_message_that_refuses(void **state)
{
	struct exchange *x = lines(NULL, NULL);
	const struct isdn_uus_component refusal = { .type = ISDN_RETURN_ERROR,
						    .invoke_id = 3,
						    .error = ISDN_UUS_REJECTED_BY_USER };
	struct isdn_msg m;

	(void)state;
	exchange_call_with(x, "1p3r", "hello");
	isdn_msg_init(&m, 0, 0, 0, false);
	m.uui = exchange_uui("ringing");
	isdn_msg_set(&m, ISDN_IE_USER_USER);
	assert_int_equal(isdn_uus_add(&m, &refusal), 0);
	assert_int_equal(isdn_span_alerting(CALLED(x)->span, CALLED(x)->call, &m, x->now), 0);
	exchange_run(x, 0);
	assert_int_equal(CALLER(x)->ev.prim, ISDN_DISCONNECT_IND);
	assert_int_equal(CALLER(x)->ev.cause, ISDN_CAUSE_FACILITY_REJECTED);
	exchange_has(CALLER(x), ISDN_DISCONNECT_IND, "");
	finish(x);
}

/* Nobody answers the SUSPEND, T319: what waits goes on all the same. */
static void uus_9_suspension_that_does_not_happen(void **state)
{
	struct exchange *x = lines(NULL, NULL);
	struct user *u = CALLED(x);
	const struct isdn_uui *uui;
	struct isdn_span_event ev;
	uint8_t frame[300];
	struct isdn_msg m;
	size_t len;

	(void)state;
	connected(x, "3p");
	isdn_msg_init(&m, 0, 0, 0, false);
	assert_int_equal(isdn_span_suspend(u->span, u->call, &m, x->now), 0);
	while (isdn_span_tx(u->span, frame, sizeof(frame), &len, x->now) == 1)
		assert_int_equal(isdn_span_rx(x->net[1], frame, len, x->now), 0);
	while (isdn_span_next_event(x->net[1], &ev) == 1) /* but the exchange does not look at it */
		assert_int_equal(isdn_relay_event(x->trunk[0].relay, x->net[1], &ev, &uui, x->now),
				 0);
	assert_int_equal(exchange_send(x, CALLER(x), "one", false), 0);
	assert_int_equal(waiting(x), 1);
	assert_int_equal(CALLER(x)->told[ISDN_UUI_STOP_IND], 1);
	exchange_run(x, 20000);
	assert_int_equal(exchange_q931_state(u), 10);
	assert_int_equal(waiting(x), 0);
	exchange_has(u, ISDN_USER_INFO_IND, "one");
	assert_int_equal(CALLER(x)->told[ISDN_UUI_READY_IND], 1);
	assert_int_equal(exchange_send(x, CALLER(x), "two", false), 0);
	exchange_has(u, ISDN_USER_INFO_IND, "two");
	finish(x);
}

/* A terminal was not ready, suspended the call, and resumed it: what waits reaches it. */
static void uus_9_resumed_by_one_who_was_not_ready(void **state)
{
	struct exchange *x = lines(NULL, NULL);
	struct user *u = CALLED(x);
	struct isdn_msg m;
	isdn_call_id id;

	(void)state;
	connected(x, "3p");
	assert_int_equal(exchange_busy(x, u, true), 0);
	isdn_msg_init(&m, 0, 0, 0, false);
	assert_int_equal(isdn_span_suspend(u->span, u->call, &m, x->now), 0);
	exchange_run(x, 1000);
	assert_int_equal(exchange_send(x, CALLER(x), "one", false), 0);
	assert_int_equal(waiting(x), 1);
	assert_int_equal(isdn_span_resume(u->span, &m, &id, x->now), 0);
	exchange_run(x, 1000);
	u->call = id;
	assert_int_equal(exchange_q931_state(u), 10);
	assert_int_equal(waiting(x), 0);
	exchange_has(u, ISDN_USER_INFO_IND, "one");
	assert_int_equal(CALLER(x)->told[ISDN_UUI_READY_IND], 1);
	assert_int_equal(exchange_request_3(x, u), 0); /* to send, it has to ask */
	assert_int_equal(state3(u), ISDN_UUS_ACTIVE);
	assert_int_equal(exchange_send(x, u, "back", false), 0);
	exchange_has(CALLER(x), ISDN_USER_INFO_IND, "back");
	finish(x);
}

/* Not ready while it rings, service 3 since CONNECT: ready is told, and what waits is sent. */
static void uus_8_not_ready_before_service_3(void **state)
{
	struct exchange *x = lines(NULL, NULL);

	(void)state;
	exchange_call_with(x, "2p3p", NULL);
	assert_int_equal(exchange_answer(x, CALLED(x), ISDN_UUS_3, ISDN_UUS_LATER), 0);
	assert_int_equal(exchange_alerting(x, CALLED(x), NULL), 0);
	assert_int_equal(exchange_busy(x, CALLED(x), true), 0);
	assert_int_equal(exchange_send(x, CALLER(x), "one", false), 0);
	assert_int_equal(waiting(x), 1);
	assert_int_equal(exchange_answer(x, CALLED(x), ISDN_UUS_3, ISDN_UUS_ACCEPT), 0);
	assert_int_equal(exchange_connect(x, CALLED(x), NULL), 0);
	assert_int_equal(exchange_busy(x, CALLED(x), false), 0);
	exchange_run(x, 1000);
	assert_int_equal(waiting(x), 0);
	exchange_has(CALLED(x), ISDN_USER_INFO_IND, "one");
	assert_int_equal(CALLER(x)->told[ISDN_UUI_STOP_IND], 1);
	assert_int_equal(CALLER(x)->told[ISDN_UUI_READY_IND], 1);
	assert_int_equal(exchange_send(x, CALLER(x), "two", false), 0);
	finish(x);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(uus_5_required_refused_and_kept),
		cmocka_unit_test(uus_10_accepted_after_t4),
		cmocka_unit_test(uus_5_the_called_line_is_not_subscribed),
		cmocka_unit_test(uus_5_a_refused_call_asks_nothing_of_another),
		cmocka_unit_test(uus_4_uui_of_the_message_that_refuses),
		cmocka_unit_test(uus_9_suspension_that_does_not_happen),
		cmocka_unit_test(uus_9_resumed_by_one_who_was_not_ready),
		cmocka_unit_test(uus_8_not_ready_before_service_3),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
