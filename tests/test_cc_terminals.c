/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The network side of a bus: a call is offered to all terminals (Q.931 5.2.1),
 * which are played by hand. Frames are hex, call references have one octet.
 */
#include "tests/cc_ends.h"

#define ALL I3_BROADCAST

/* The network alone; terminals 64 and 65 have their links. */
static struct ends *bus(void)
{
	struct ends *e = ends_make(
		&(struct i3_config){ .interface = ISDN_BRI, .uui_max = 128, .ptmp = true });

	i3_cc_line(e->cc[1], true);
	for (unsigned tei = 64; tei < 66; tei++)
		i3_cc_dl(e->cc[1], tei, I3_DL_ESTABLISH_IND, e->now);
	ends_take(e, 1);
	assert_int_equal(e->last[1].prim, ISDN_LINK_UP);
	assert_int_equal(e->events[1][ISDN_LINK_UP], 1); /* of the interface, not of each */
	return e;
}

static void from(struct ends *e, unsigned tei, const char *hex)
{
	uint8_t octets[300];

	assert_int_equal(
		i3_cc_rx(e->cc[1], tei, octets, test_hex(hex, octets, sizeof(octets)), e->now), 0);
	ends_note(e);
	ends_take(e, 1);
}

/* The next thing that is sent goes to tei and begins so. */
static void to(struct ends *e, unsigned tei, const char *hex)
{
	uint8_t want[300];
	size_t n = test_hex(hex, want, sizeof(want));
	struct i3_out out;

	assert_int_equal(i3_cc_out(e->cc[1], &out), 1);
	assert_int_equal(out.type, tei == ALL ? I3_OUT_UNIT_DATA : I3_OUT_DATA);
	assert_int_equal(out.tei, tei);
	assert_true(out.len >= n);
	assert_memory_equal(out.data, want, n);
}

static void to_nobody(struct ends *e)
{
	struct i3_out out;

	assert_int_equal(i3_cc_out(e->cc[1], &out), 0);
	ends_take(e, 1);
}

static void wait(struct ends *e, isdn_time ms)
{
	e->now += ms;
	while (i3_cc_deadline(e->cc[1]) <= e->now) {
		i3_cc_timeout(e->cc[1], e->now);
		ends_note(e);
	}
	ends_take(e, 1);
}

static isdn_call_id offer(struct ends *e)
{
	isdn_call_id id = place(e, 1, NULL);

	to(e, ALL, "080101 05 a1 0403");
	to_nobody(e);
	return id;
}

static void gone(struct ends *e, isdn_call_id id, unsigned cause)
{
	assert_int_equal(state_of(e, 1, id), 0);
	assert_true(e->last[1].prim == ISDN_RELEASE_IND || e->last[1].prim == ISDN_RELEASE_CONF);
	assert_int_equal(e->last[1].cause, cause);
	assert_int_equal(i3_cc_calls(e->cc[1]), 0);
	assert_null(e->cc[1]->channels.owner[1]);
	assert_null(e->cc[1]->channels.owner[2]);
	ends_done(e);
}

static void q931_5_2_8_the_first_that_connects_gets_the_call(void **state)
{
	struct ends *e = bus();
	isdn_call_id id = offer(e);

	(void)state;
	from(e, 64, "080181 01");
	from(e, 65, "080181 01"); /* alerting already: nothing new */
	assert_int_equal(e->events[1][ISDN_ALERTING_IND], 1);
	assert_int_equal(state_of(e, 1, id), 7);
	to_nobody(e);
	from(e, 65, "080181 07");
	to(e, 64, "080101 4d 0802829a"); /* cause 26 */
	to(e, 65, "080101 0f");
	to_nobody(e);
	assert_int_equal(state_of(e, 1, id), 10);
	from(e, 64, "080181 5a"); /* its RELEASE COMPLETE ends its part */
	assert_int_equal(state_of(e, 1, id), 10);
	/* who comes late, and how the others may leave */
	from(e, 66, "080181 07");
	i3_cc_dl(e->cc[1], 66, I3_DL_ESTABLISH_IND, e->now);
	to(e, 66, "080101 4d 0802829a");
	from(e, 66, "080181 5a");
	from(e, 64, "080181 4d 0802809a");
	to(e, 64, "080101 5a 08028290");
	from(e, 64, "080181 45 08028090");
	to(e, 64, "080101 4d 08028290");
	from(e, 64, "080181 7d 080280e5 14010a");
	from(e, 64, "080181 5a");
	to_nobody(e);
	/* the winner alone clears, and T312 ends meanwhile */
	from(e, 65, "080181 45 08028090");
	assert_int_equal(clear_call(e, 1, id, 16, NULL), 0);
	to(e, 65, "080101 4d 08028290");
	wait(e, 3999);
	e->now += 2001;
	i3_cc_timeout(e->cc[1], e->now);
	ends_note(e);
	to(e, 65, "080101 4d 08028290"); /* T308 */
	from(e, 65, "080181 5a");
	gone(e, id, 16);
}

/* doc/conformance.md, UUS 7: USER INFORMATION of one that has not got the call. */
static void uus_7_user_information_before_the_award(void **state)
{
	struct ends *e = bus();
	isdn_call_id id = offer(e);

	(void)state;
	from(e, 64, "080181 01");
	from(e, 64, "080181 20 7e020441");
	to(e, 64, "080101 7d 080382e520 140107");
	/* nor does a request of one of them belong to the call */
	from(e, 64, "080181 62 1c1191a10e02010502010130068101038201ff");
	assert_int_equal(e->events[1][ISDN_FACILITY_IND], 1);
	to_nobody(e);
	assert_int_equal(e->events[1][ISDN_USER_INFO_IND], 0);
	from(e, 65, "080181 07");
	to(e, 64, "080101 4d 0802829a");
	to(e, 65, "080101 0f");
	from(e, 64, "080181 20 7e020441");
	to_nobody(e);
	assert_int_equal(e->events[1][ISDN_USER_INFO_IND], 0);
	from(e, 65, "080181 20 7e020441");
	assert_int_equal(e->events[1][ISDN_USER_INFO_IND], 1);
	from(e, 64, "080181 5a");
	assert_int_equal(clear_call(e, 1, id, 16, NULL), 0);
	to(e, 65, "080101 45 08028290");
	from(e, 65, "080181 4d");
	to(e, 65, "080101 5a");
	gone(e, id, 16);
}

/* Which services a call of two terminals has: those that the one that gets it accepts, also before.
 */
static void uus_7_accepted_in_alerting(void **state)
{
	static const char result[] = "1c0691a203020103"; /* of service 3 */

	(void)state;
	for (unsigned i = 0; i < 4; i++) {
		const unsigned winner = 64 + i % 2;
		const bool last = i / 2; /* the one that accepts alerts behind the other */
		struct ends *e = bus();
		struct isdn_msg m = setup_msg();
		isdn_call_id id;
		struct isdn_uus u;
		char hex[60];

		assert_int_equal(isdn_uus_request(&m, ISDN_UUS_3, false), 0);
		assert_int_equal(i3_cc_setup(e->cc[1], &m, &id, e->now), 0);
		to(e, ALL, "080101 05 a1 0403");
		snprintf(hex, sizeof(hex), "080181 01 %s", result);
		if (!last)
			from(e, 64, hex);
		from(e, 65, "080181 01 1c0991a306020103020102"); /* refused: nothing is noted */
		if (last)
			from(e, 64, hex);
		assert_int_equal(i3_cc_uus_query(e->cc[1], id, ISDN_UUS_3, &u), 0);
		assert_int_equal(u.state, ISDN_UUS_REQUESTED);
		assert_true(u.by_us);
		from(e, winner, "080181 07");
		assert_int_equal(i3_cc_uus_query(e->cc[1], id, ISDN_UUS_3, &u), 0);
		assert_int_equal(u.state, winner == 64 ? ISDN_UUS_ACTIVE : ISDN_UUS_REJECTED);
		assert_int_equal(u.answer, winner == 64 ? ISDN_UUS_ACCEPT : ISDN_UUS_NO_ANSWER);
		assert_int_equal(e->last[1].uus, ISDN_UUS_BIT(ISDN_UUS_3));
		ends_done(e);
	}
}

/* It was going to look for somebody, and did not find them: T310. */
static void q931_5_2_5_3_it_is_proceeding_for_too_long(void **state)
{
	struct ends *e = bus();
	isdn_call_id id = offer(e);

	(void)state;
	from(e, 64, "080181 02");
	wait(e, 6000);
	wait(e, 4000); /* T310 */
	to(e, 64, "080101 4d 080282e6");
	from(e, 64, "080181 5a");
	to_nobody(e);
	gone(e, id, ISDN_CAUSE_NO_USER_RESPONDING);
}

static void q931_5_2_5_3_a_terminal_that_refuses_does_not_end_the_call(void **state)
{
	struct ends *e = bus();
	isdn_call_id id = offer(e);

	(void)state;
	from(e, 64, "080181 5a 08028091"); /* busy */
	from(e, 65, "080181 02");
	assert_int_equal(state_of(e, 1, id), 9);
	from(e, 65, "080181 45 08028095 7e0304 6e6f"); /* rejected by hand, with UUI */
	to(e, 65, "080101 4d 08028290");
	assert_int_equal(state_of(e, 1, id), 9);
	wait(e, 4000); /* T308: it is told once more */
	to(e, 65, "080101 4d 08028290");
	from(e, 65, "080181 5a");
	wait(e, 1999);
	assert_int_equal(state_of(e, 1, id), 9); /* others might still answer */
	wait(e, 1);				 /* T312 */
	to_nobody(e);
	assert_int_equal(e->last[1].source, ISDN_BY_REMOTE);
	assert_int_equal(e->last[1].location, 0);
	assert_int_equal(e->last[1].msg->uui.len, 2); /* that of the cause that counts */
	gone(e, id, ISDN_CAUSE_CALL_REJECTED);
}

/* Which cause counts when several refuse: 21 more than 17 or the other way, 88 least. */
static void q931_5_2_5_3_the_cause_that_counts(void **state)
{
	static const struct {
		bool busy_first;
		const char *first, *second; /* cause octets */
		unsigned counts;
	} rows[] = {
		{ false, "91", "95", 21 }, { false, "95", "91", 21 }, { true, "91", "95", 17 },
		{ true, "95", "91", 17 },  { false, "d8", "9f", 31 }, { false, "9f", "d8", 31 },
		{ false, "d8", "d8", 88 }, { false, "9b", "9f", 27 }, { false, "91", "9b", 17 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct ends *e = bus();
		isdn_call_id id;
		char hex[40];

		e->cc[1]->config.busy_first = rows[i].busy_first;
		id = offer(e);
		snprintf(hex, sizeof(hex), "080181 5a 080280%s", rows[i].first);
		from(e, 64, hex);
		snprintf(hex, sizeof(hex), "080181 5a 080280%s", rows[i].second);
		from(e, 65, hex);
		assert_int_equal(state_of(e, 1, id), 6);
		wait(e, 4000); /* T303: it is not offered again */
		to_nobody(e);
		assert_int_equal(e->last[1].prim, ISDN_RELEASE_IND);
		assert_int_equal(e->last[1].cause, rows[i].counts);
		wait(e, 2000); /* T312 */
		gone(e, id, rows[i].counts);
	}
}

/* Who was told 28, or 6, is not offered the call again: it would be told the same. */
static void q931_5_2_5_3_a_terminal_that_we_refuse_has_answered(void **state)
{
	static const struct {
		const char *answer, *release;
		unsigned cause;
	} rows[] = {
		{ "080181 0d 180189", "080101 4d 0802829c", 28 },
		{ "080181 01 18018a", "080101 4d 08028286", 6 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct ends *e = bus();
		isdn_call_id id = offer(e);

		from(e, 64, rows[i].answer);
		to(e, 64, rows[i].release);
		from(e, 64, "080181 5a");
		assert_int_equal(state_of(e, 1, id), 6);
		wait(e, 4000); /* T303 */
		to_nobody(e);
		assert_int_equal(e->last[1].prim, ISDN_RELEASE_IND);
		assert_int_equal(e->last[1].cause, rows[i].cause);
		assert_int_equal(e->last[1].location, 2); /* ours */
		wait(e, 2000);				  /* T312 */
		gone(e, id, rows[i].cause);
	}
}

/* The last that rings gives up after T312: there is nobody to wait for. */
static void q931_5_2_5_3_the_last_terminal_gives_up(void **state)
{
	struct ends *e = bus();
	isdn_call_id id = offer(e);

	(void)state;
	from(e, 64, "080181 01");
	from(e, 65, "080181 01");
	wait(e, 10000);
	from(e, 64, "080181 4d 08028091");
	to(e, 64, "080101 5a");
	assert_int_equal(state_of(e, 1, id), 7);
	from(e, 65, "080181 45 0802809f");
	to(e, 65, "080101 4d");
	from(e, 65, "080181 5a");
	to_nobody(e);
	ends_take(e, 1);
	gone(e, id, ISDN_CAUSE_USER_BUSY);
}

/* N22: who answers a withdrawn offer for the first time is released, until T312. */
static void q931_5_3_2_late_answers_to_an_offer_that_is_over(void **state)
{
	struct ends *e = bus();
	isdn_call_id id = offer(e), next;

	(void)state;
	from(e, 64, "080181 01");
	assert_int_equal(clear_call(e, 1, id, 17, NULL), 0);
	to(e, 64, "080101 4d 08028291");
	assert_int_equal(i3_cc_calls(e->cc[1]), 0);
	ends_take(e, 1);
	assert_int_equal(e->last[1].prim, ISDN_RELEASE_CONF);
	next = place(e, 1, NULL); /* another call, which has another call reference */
	to(e, ALL, "080102 05");
	wait(e, 1000);
	from(e, 65, "080181 07");
	to(e, 65, "080101 4d 08028291");
	from(e, 65, "080181 07"); /* it said so twice */
	from(e, 65, "080181 5a");
	from(e, 64, "080181 4d"); /* crosses our RELEASE */
	from(e, 66, "080181 5a 080280d8");
	to_nobody(e);
	from(e, 66, "080181 75");
	i3_cc_dl(e->cc[1], 66, I3_DL_ESTABLISH_IND, e->now);
	to(e, 66, "080101 7d 0802829e 140100");
	wait(e, 3000);
	to(e, ALL, "080102 05"); /* T303 of the other */
	wait(e, 2000);		 /* T312 of the first */
	from(e, 66, "080181 07");
	to(e, 66, "080101 5a 080282d1"); /* nobody knows it any more */
	assert_int_equal(clear_call(e, 1, next, 16, NULL), 0);
	to_nobody(e);
	wait(e, 10000);
	assert_int_equal(e->cc[1]->n_calls, 0);
	ends_take(e, 1);
	gone(e, next, 16);
}

static void q931_5_2_5_3_nobody_answers(void **state)
{
	struct ends *e = bus();
	isdn_call_id id = offer(e);

	(void)state;
	wait(e, 4000);
	to(e, ALL, "080101 05 a1 0403"); /* T303: once more to all */
	wait(e, 4000);
	to_nobody(e);
	gone(e, id, ISDN_CAUSE_NO_USER_RESPONDING);
}

static void q931_5_2_5_3_it_rings_and_nobody_connects(void **state)
{
	struct ends *e = bus();
	isdn_call_id id = offer(e);

	(void)state;
	from(e, 64, "080181 01");
	wait(e, 180000); /* T301 */
	to(e, 64, "080101 4d 080282e6");
	to_nobody(e);
	gone(e, id, ISDN_CAUSE_NO_ANSWER);
}

static void q931_5_3_2_an_offer_is_withdrawn(void **state)
{
	static const char *const answers[] = { NULL, "080181 02", "080181 01" };

	(void)state;
	for (int i = 0; i < 3; i++) {
		struct ends *e = bus();
		isdn_call_id id = offer(e);

		if (answers[i])
			from(e, 65, answers[i]);
		assert_int_equal(clear_call(e, 1, id, 17, NULL), 0);
		if (answers[i])
			to(e, 65, "080101 4d 08028291");
		to_nobody(e);
		wait(e, 4000);
		if (answers[i])
			to(e, 65, "080101 4d 08028291"); /* T308 */
		wait(e, 4000);
		to_nobody(e);
		assert_int_equal(e->cc[1]->n_calls, 0);
		gone(e, id, 17);
	}
}

/* Each terminal counts its own call references. */
static void q931_4_3_two_terminals_use_one_call_reference(void **state)
{
	struct ends *e = bus();
	isdn_call_id id[2];

	(void)state;
	for (unsigned i = 0; i < 2; i++) {
		from(e, 64 + i, "080101 05 a1 04038090a3 7003c13132");
		assert_int_equal(e->last[1].prim, ISDN_SETUP_IND);
		id[i] = e->last[1].call;
	}
	assert_int_equal(i3_cc_calls(e->cc[1]), 2);
	assert_int_equal(ask(e, 1, id[1], I3_PROCEEDING_REQ, NULL), 0);
	to(e, 65, "080181 02 18018a");
	from(e, 64, "080101 5a");
	assert_int_equal(state_of(e, 1, id[0]), 0);
	assert_int_equal(state_of(e, 1, id[1]), 3);
	i3_cc_dl(e->cc[1], 64, I3_DL_RELEASE_IND, e->now); /* of the other terminal */
	assert_int_equal(state_of(e, 1, id[1]), 3);
	i3_cc_dl(e->cc[1], 65, I3_DL_RELEASE_IND, e->now);
	ends_note(e);
	ends_take(e, 1);
	to_nobody(e);
	gone(e, id[1], ISDN_CAUSE_DESTINATION_OUT_OF_ORDER);
}

/* A message for a terminal waits for the link of that terminal, and holds up no other. */
static void q931_5_8_9_messages_wait_for_their_own_link(void **state)
{
	struct ends *e = bus();
	isdn_call_id id = offer(e);
	struct i3_out out;

	(void)state;
	from(e, 70, "080181 07");
	from(e, 64, "080105 4d 08028090"); /* of no call: answered at once */
	assert_int_equal(i3_cc_out(e->cc[1], &out), 1);
	assert_int_equal(out.type, I3_OUT_ESTABLISH);
	assert_int_equal(out.tei, 70);
	to(e, 64, "080185 5a");
	to_nobody(e);
	i3_cc_dl(e->cc[1], 70, I3_DL_ESTABLISH_CONF, e->now);
	to(e, 70, "080101 0f");
	to(e, 70, "080101 75"); /* an active call asks after a new start, 5.8.8 */
	i3_cc_dl(e->cc[1], 64, I3_DL_RELEASE_IND, e->now);
	assert_int_equal(state_of(e, 1, id), 10);
	assert_int_equal(clear_call(e, 1, id, 16, NULL), 0);
	to(e, 70, "080101 45 08028290");
	from(e, 70, "080181 4d");
	to(e, 70, "080101 5a");
	gone(e, id, 16);
}

/* What a terminal does wrong is between it and us; the call is still offered to the others. */
static void q931_5_8_a_terminal_in_error_does_not_end_the_offer(void **state)
{
	struct ends *e = bus();
	isdn_call_id id = offer(e), other;

	(void)state;
	from(e, 65, "080103 05 a1 04038090a3 18018a 7003c13132"); /* channel 2 is 65's */
	other = e->last[1].call;
	from(e, 64, "080181 01 18018a"); /* and 64 wants it */
	to(e, 64, "080101 4d 08028286");
	from(e, 64, "080181 5a");
	from(e, 64, "080181 07 18018a");
	to(e, 64, "080101 4d 08028286");
	from(e, 64, "080181 5a");
	assert_int_equal(state_of(e, 1, id), 6);
	from(e, 64, "080181 01 550100"); /* an element that nobody knows */
	to(e, 64, "080101 7d 080382e355 140107");
	from(e, 65, "080181 75");
	to(e, 65, "080101 7d 0802829e 140106");
	from(e, 65, "080181 6e 270181"); /* NOTIFY */
	from(e, 65, "080181 7d 080280e1 140107");
	from(e, 65, "080181 0d 18018a"); /* more digits */
	to(e, 65, "080101 4d 0802829c");
	from(e, 65, "080181 5a");
	to_nobody(e);
	assert_int_equal(state_of(e, 1, id), 7);
	/* nobody is there yet to be asked or told */
	assert_int_equal(i3_cc_request(e->cc[1], id, I3_STATUS_ENQUIRY_REQ, NULL, e->now),
			 ISDN_ERR_INVALCALLSTATE);
	assert_int_equal(ask(e, 1, id, I3_USER_INFO_REQ, "x"), ISDN_ERR_INVALCALLSTATE);
	from(e, 65, "080103 5a");
	assert_int_equal(state_of(e, 1, other), 0);
	assert_int_equal(clear_call(e, 1, id, 16, NULL), 0);
	to(e, 64, "080101 4d 08028290");
	ends_take(e, 1);
	gone(e, id, 16);
}

/* 5.8.6: a CONNECT with a fault gets nobody the call, and takes it from nobody. */
/* While terminals compete each has its own state: what it says again, or out of turn, is 5.8.4. */
static void q931_5_2_5_2_each_terminal_has_its_state(void **state)
{
	struct ends *e = bus();
	isdn_call_id id = offer(e);

	(void)state;
	i3_cc_dl(e->cc[1], 66, I3_DL_ESTABLISH_IND, e->now);
	from(e, 64, "080181 02");
	assert_int_equal(e->last[1].prim, ISDN_PROCEEDING_IND);
	from(e, 65, "080181 01");
	assert_int_equal(e->last[1].prim, ISDN_ALERTING_IND);
	from(e, 64, "080181 75");
	to(e, 64, "080101 7d 0802829e 140109");
	from(e, 65, "080181 75");
	to(e, 65, "080101 7d 0802829e 140107");
	from(e, 66, "080181 75");
	to(e, 66, "080101 7d 0802829e 140106");
	from(e, 64, "080181 02");
	to(e, 64, "080101 7d 080382e502 140109");
	from(e, 65, "080181 01");
	to(e, 65, "080101 7d 080382e501 140107");
	from(e, 65, "080181 02");
	to(e, 65, "080101 7d 080382e502 140107");
	from(e, 66, "080181 20 7e020441"); /* USER INFORMATION */
	to(e, 66, "080101 7d 080382e520 140106");
	from(e, 65, "080181 3f");
	to(e, 65, "080101 7d 080382e13f 140107");
	/* told of those that are as far as any */
	e->events[1][ISDN_NOTIFY_IND] = e->events[1][ISDN_PROGRESS_IND] = 0;
	from(e, 64, "080181 6e 270181");
	from(e, 66, "080181 7b 7003c13132");
	from(e, 64, "080181 03 1e028088");
	to_nobody(e);
	assert_int_equal(e->events[1][ISDN_NOTIFY_IND], 0);
	assert_int_equal(e->events[1][ISDN_PROGRESS_IND], 0);
	from(e, 65, "080181 6e 270181");
	from(e, 65, "080181 03 1e028088");
	assert_int_equal(e->events[1][ISDN_NOTIFY_IND], 1);
	assert_int_equal(e->events[1][ISDN_PROGRESS_IND], 1);
	from(e, 64, "080181 01"); /* not the first that rings */
	assert_int_equal(e->events[1][ISDN_ALERTING_IND], 1);
	/* the call of 65 is gone, it says; T312 is over, and 64 was the last */
	from(e, 65, "080181 7d 0802809f 140100");
	wait(e, 6000);
	assert_int_equal(state_of(e, 1, id), 7);
	from(e, 64, "080181 5a 08028091");
	to_nobody(e);
	gone(e, id, 17);
}

static void q931_5_8_6_a_faulty_connect_wins_nothing(void **state)
{
	struct ends *e = bus();
	isdn_call_id id = offer(e);

	(void)state;
	from(e, 65, "080181 01");
	from(e, 64, "080181 07 0f0100"); /* comprehension of 0f is required */
	to(e, 64, "080101 7d 080382e00f 140106");
	to_nobody(e);
	assert_int_equal(state_of(e, 1, id), 7);
	from(e, 64, "080181 07 18018a"); /* the other channel */
	to(e, 64, "080101 4d 08028286");
	from(e, 64, "080181 5a");
	from(e, 65, "080181 07 180189");
	to(e, 65, "080101 0f");
	assert_int_equal(state_of(e, 1, id), 10);
	assert_int_equal(clear_call(e, 1, id, 16, NULL), 0);
	to(e, 65, "080101 45 08028290");
	from(e, 65, "080181 4d");
	to(e, 65, "080101 5a");
	ends_take(e, 1);
	gone(e, id, 16);
}

/* Its TEI was removed, so that no link will come back in the time of T309. */
static void q921_5_3_4_a_removed_terminal_takes_its_calls_with_it(void **state)
{
	struct ends *e = bus();
	isdn_call_id id = offer(e);

	(void)state;
	from(e, 65, "080181 07");
	to(e, 65, "080101 0f");
	assert_int_equal(state_of(e, 1, id), 10);
	i3_cc_dl(e->cc[1], 65, I3_DL_REMOVED, e->now);
	ends_note(e);
	ends_take(e, 1);
	to_nobody(e);
	gone(e, id, ISDN_CAUSE_DESTINATION_OUT_OF_ORDER);
}

static void the_interface_goes_and_comes(void **state)
{
	struct ends *e = bus();

	(void)state;
	i3_cc_line(e->cc[1], false);
	i3_cc_line(e->cc[1], false);
	ends_take(e, 1);
	assert_int_equal(e->events[1][ISDN_LINK_DOWN], 1);
	i3_cc_line(e->cc[0], true); /* no bus: nothing */
	ends_take(e, 0);
	assert_int_equal(e->events[0][ISDN_LINK_UP], 0);
	ends_done(e);
}

const struct CMUnitTest cc_terminal_tests[] = {
	cmocka_unit_test(q931_5_2_8_the_first_that_connects_gets_the_call),
	cmocka_unit_test(q931_5_2_5_3_a_terminal_that_refuses_does_not_end_the_call),
	cmocka_unit_test(uus_7_user_information_before_the_award),
	cmocka_unit_test(uus_7_accepted_in_alerting),
	cmocka_unit_test(q931_5_2_5_3_it_is_proceeding_for_too_long),
	cmocka_unit_test(q931_5_2_5_3_the_cause_that_counts),
	cmocka_unit_test(q931_5_2_5_3_a_terminal_that_we_refuse_has_answered),
	cmocka_unit_test(q931_5_2_5_3_the_last_terminal_gives_up),
	cmocka_unit_test(q931_5_3_2_late_answers_to_an_offer_that_is_over),
	cmocka_unit_test(q931_5_2_5_3_nobody_answers),
	cmocka_unit_test(q931_5_2_5_3_it_rings_and_nobody_connects),
	cmocka_unit_test(q931_5_3_2_an_offer_is_withdrawn),
	cmocka_unit_test(q931_4_3_two_terminals_use_one_call_reference),
	cmocka_unit_test(q931_5_8_9_messages_wait_for_their_own_link),
	cmocka_unit_test(q931_5_8_a_terminal_in_error_does_not_end_the_offer),
	cmocka_unit_test(q931_5_2_5_2_each_terminal_has_its_state),
	cmocka_unit_test(q931_5_8_6_a_faulty_connect_wins_nothing),
	cmocka_unit_test(q921_5_3_4_a_removed_terminal_takes_its_calls_with_it),
	cmocka_unit_test(the_interface_goes_and_comes),
};
const size_t cc_n_terminal_tests = sizeof(cc_terminal_tests) / sizeof(cc_terminal_tests[0]);
