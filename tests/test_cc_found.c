/* SPDX-License-Identifier: BSD-2-Clause */
/* What random walks over call control (tests/test_cc_walk.c) have found, in short. */
#include "tests/cc_states.h"

static void asks(struct ends *e, int i, isdn_call_id id, enum i3_req req, int want)
{
	assert_int_equal(ask(e, i, id, req, NULL), want);
	exchange(e);
}

static unsigned channel_of(struct ends *e, int i, isdn_call_id id)
{
	struct isdn_span_call c;

	assert_int_equal(i3_cc_query(e->cc[i], id, &c), 0);
	return c.channel;
}

/* The far end may name a channel in each of its responses; a held call has none all the same. */
static void q932_6_2_a_held_call_gets_no_channel_by_a_later_response(void **state)
{
	struct ends *e = ends_up();
	isdn_call_id from, to;

	(void)state;
	call_in(e, 0, 4, &from, &to);
	asks(e, 0, from, I3_HOLD_REQ, 0);
	asks(e, 1, to, I3_HOLD_RESP, 0);
	assert_int_equal(e->last[0].prim, ISDN_HOLD_CONF);
	feed(e, 0, "8001", "07 1803a98384"); /* CONNECT, 4 */
	assert_int_equal(state_of(e, 0, from), 10);
	assert_int_equal(channel_of(e, 0, from), 0);
	asks(e, 1, to, I3_SETUP_RESP, 0); /* which names none of ours either */
	assert_int_equal(channel_of(e, 1, to), 0);
	assert_false(isdn_msg_has(&e->sent[1], ISDN_IE_CHANNEL_ID));
	ends_done(e);
}

/* The channel that SETUP ACKNOWLEDGE names is the call's, which a variant without overlap clears.
 */
static void q931_5_1_3_a_refusal_of_overlap_has_the_channel_of_the_response(void **state)
{
	struct ends *e = ends_up_as(
		&(struct i3_config){ .interface = ISDN_T1, .variant = ISDN_VARIANT_NI2 });
	isdn_call_id from = place(e, 0, NULL);

	(void)state;
	e->cut = true;
	exchange(e);
	feed(e, 0, "8001", "0d 1803a98384");
	assert_answer(e, 0, ISDN_MT_DISCONNECT, 28, "");
	assert_int_equal(channel_of(e, 0, from), 4);
	ends_done(e);
}

/* On a basic access they have one octet: a call with more could be sent nothing. */
static void q931_5_8_3_1_a_call_reference_that_is_too_long_is_ignored(void **state)
{
	struct ends *e = ends_up_as(&(struct i3_config){ .interface = ISDN_BRI });

	(void)state;
	feed(e, 1, "0104", "05 04038090a3"); /* SETUP, 260 */
	assert_int_equal(e->n_sent[1], 0);
	assert_int_equal(i3_cc_calls(e->cc[1]), 0);
	feed(e, 1, "0004", "05 04038090a3"); /* 4, in two octets */
	assert_int_equal(e->last[1].prim, ISDN_SETUP_IND);
	assert_int_equal(i3_cc_calls(e->cc[1]), 1);
	ends_done(e);
}

/* Without memory for the last segment, or for another message, they wait for it within T314. */
static void annex_h_t314_runs_on_when_there_is_no_memory(void **state)
{
	static const uint8_t setup[] = { 8, 2, 0, 7, 5, 4, 3, 0x80, 0x90, 0xa3 };
	static const uint8_t last[] = { 8, 2, 0, 6, 0x60, 0, 2, 0, 5, 0x90, 0xa3 };
	struct ends *e = ends_up();
	struct i3_cc *cc = e->cc[1];

	(void)state;
	feed(e, 1, "0006", "60 000281 05 040380"); /* the first of two segments of a SETUP */
	assert_int_equal(i3_cc_deadline(cc), e->now + cc->config.timer[ISDN_T314]);
	test_mem_fail_every(&e->mem, 1);
	assert_int_equal(i3_cc_rx(cc, 0, setup, sizeof(setup), e->now), ISDN_ERR_NOMEM);
	assert_int_equal(i3_cc_deadline(cc), e->now + cc->config.timer[ISDN_T314]);
	assert_int_equal(i3_cc_rx(cc, 0, last, sizeof(last), e->now), ISDN_ERR_NOMEM);
	assert_int_equal(i3_cc_deadline(cc), e->now + cc->config.timer[ISDN_T314]);
	test_mem_fail_every(&e->mem, 0);
	assert_int_equal(i3_cc_rx(cc, 0, last, sizeof(last), e->now), 0);
	assert_int_equal(i3_cc_calls(cc), 1);
	assert_int_equal(i3_cc_deadline(cc), ISDN_NEVER);
	ends_done(e);
}

/* Receiver ready that finds no memory is not forgotten, since the far end waits for it. */
static void uus_8_ready_is_said_when_there_is_memory(void **state)
{
	struct reached c = reach(REACH_USER, 10);
	struct ends *e = c.e;
	struct i3_cc *cc = e->cc[0];

	(void)state;
	assert_int_equal(i3_cc_uui_busy(cc, c.id[0], true, e->now), 0); /* it waits for the link */
	test_mem_fail_every(&e->mem, 1);
	assert_int_equal(i3_cc_uui_busy(cc, c.id[0], false, e->now), 0);
	e->now += 15000;
	i3_cc_timeout(cc, e->now);
	test_mem_fail_every(&e->mem, 0);
	e->n_sent[0] = 0;
	exchange(e);
	assert_int_equal(e->n_sent[0], 1);
	assert_int_equal(e->sent[0].congestion_level, 15);
	e->now += 15000;
	i3_cc_timeout(cc, e->now);
	exchange(e);
	assert_int_equal(e->n_sent[0], 2);
	assert_int_equal(e->sent[0].congestion_level, 0);
	assert_int_equal(i3_cc_deadline(cc), ISDN_NEVER);
	ends_done(e);
}

/* Ready that the link makes up for in a call that is not active yet starts no timer of the past. */
static void uus_8_not_ready_before_the_call_is_active(void **state)
{
	struct reached c = reach(REACH_USER, 3);
	struct ends *e = c.e;
	struct i3_cc *cc = e->cc[0];
	isdn_time due;
	char cr[8];

	(void)state;
	reached_call_reference(&c, cr);
	e->now += 20000;		  /* more than T2-UUS3 since 0 */
	feed(e, 0, cr, "79 bf 080281ab"); /* CONGESTION CONTROL, receiver not ready */
	assert_int_equal(e->events[0][ISDN_UUI_STOP_IND], 1);
	i3_cc_dl(cc, 0, I3_DL_ESTABLISH_IND, e->now);
	due = i3_cc_deadline(cc);
	feed(e, 0, cr, "79 b7 080281ab"); /* neither */
	assert_int_equal(i3_cc_deadline(cc), due);
	ends_done(e);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(q932_6_2_a_held_call_gets_no_channel_by_a_later_response),
		cmocka_unit_test(q931_5_1_3_a_refusal_of_overlap_has_the_channel_of_the_response),
		cmocka_unit_test(q931_5_8_3_1_a_call_reference_that_is_too_long_is_ignored),
		cmocka_unit_test(annex_h_t314_runs_on_when_there_is_no_memory),
		cmocka_unit_test(uus_8_ready_is_said_when_there_is_memory),
		cmocka_unit_test(uus_8_not_ready_before_the_call_is_active),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
