/* SPDX-License-Identifier: BSD-2-Clause */
/* Call control: every rule of Q.931 5.8, with messages fed by hand. */
#include "tests/cc_ends.h"

static void q931_5_8_1_to_5_8_3_1_what_is_no_message_is_ignored(void **state)
{
	static const char *const bad[] = { "",		 "08",
					   "0802",	 "080200",
					   "08020001",	 "0902000105",
					   "0812000105", "0803000000010504038090a3",
					   "080005",	 "430200010f" };
	struct ends *e = ends_up();

	(void)state;
	for (size_t k = 0; k < sizeof(bad) / sizeof(bad[0]); k++) {
		uint8_t octets[40];
		size_t len = test_hex(bad[k], octets, sizeof(octets));

		e->n_sent[1] = 0;
		assert_int_equal(i3_cc_rx(e->cc[1], 0, octets, len, e->now), 0);
		exchange(e);
		assert_int_equal(e->n_sent[1], 0);
		assert_int_equal(i3_cc_calls(e->cc[1]), 0);
	}
	ends_done(e);
}

static void q931_5_8_3_2_unknown_call_references(void **state)
{
	static const struct {
		const char *cr, *rest;
		uint8_t type; /* of the answer, 0: none */
		unsigned cause;
	} rows[] = {
		{ "8005", "0504038090a3", 0, 0 }, /* SETUP with the flag set */
		{ "0005", "4d08028090", ISDN_MT_RELEASE_COMPLETE, 81 },
		{ "8005", "4d", ISDN_MT_RELEASE_COMPLETE, 81 },
		{ "0005", "5a", 0, 0 },
		{ "0005", "7d0802809e140100", 0, 0 },
		{ "0005", "7d0802809e14010a", ISDN_MT_RELEASE_COMPLETE, 101 },
		{ "0005", "7d", 0, 0 },
		{ "0005", "75", ISDN_MT_STATUS, 30 },
		{ "0005", "01", ISDN_MT_RELEASE_COMPLETE, 81 },
		{ "8005", "07", ISDN_MT_RELEASE_COMPLETE, 81 },
		{ "0005", "4508028090", ISDN_MT_RELEASE_COMPLETE, 81 },
		{ "0005", "35", ISDN_MT_RELEASE_COMPLETE, 81 },
		{ "0000", "0504038090a3", ISDN_MT_STATUS, 81 }, /* the global one */
		{ "0000", "25", ISDN_MT_STATUS, 81 },
		{ "0000", "3f", ISDN_MT_STATUS, 81 },
		{ "0000", "7d0802809e140100", 0, 0 },
	};

	(void)state;
	for (size_t k = 0; k < sizeof(rows) / sizeof(rows[0]); k++) {
		struct ends *e = ends_up();

		feed(e, 1, rows[k].cr, rows[k].rest);
		if (rows[k].type) {
			assert_int_equal(e->n_sent[1], 1);
			assert_int_equal(e->sent[1].type, rows[k].type);
			assert_int_equal(e->sent[1].cause[0].value, rows[k].cause);
			assert_int_equal(e->sent[1].cr_flag, rows[k].cr[0] != '8');
			if (rows[k].type == ISDN_MT_STATUS)
				assert_int_equal(e->sent[1].call_state.state, 0);
		} else {
			assert_int_equal(e->n_sent[1], 0);
		}
		assert_int_equal(i3_cc_calls(e->cc[1]), 0);
		ends_done(e);
	}
}

static void q931_5_8_4_to_5_8_7_in_an_active_call(void **state)
{
	static const struct {
		const char *rest;
		uint8_t type; /* of the answer, 0: none */
		unsigned cause;
		const char *diag;
		unsigned state; /* then */
	} rows[] = {
		{ "3f", ISDN_MT_STATUS, 97, "3f", 10 },
		{ "79bf080280ab", 0, 0, "", 10 },
		{ "79b0", ISDN_MT_STATUS, 96, "08", 10 },
		{ "01", ISDN_MT_STATUS, 101, "01", 10 },
		{ "02", ISDN_MT_STATUS, 101, "02", 10 },
		{ "0d", ISDN_MT_STATUS, 101, "0d", 10 },
		{ "031e028088", ISDN_MT_STATUS, 101, "03", 10 },
		{ "03", ISDN_MT_STATUS, 96, "1e", 10 },
		{ "031e0180", ISDN_MT_STATUS, 100, "1e", 10 },
		{ "20", ISDN_MT_STATUS, 96, "7e", 10 },
		{ "75", ISDN_MT_STATUS, 30, "", 10 },
		{ "7d0802809e", 0, 0, "", 10 }, /* STATUS never answers STATUS */
		{ "7b5f0102", ISDN_MT_STATUS, 99, "5f", 10 },
		{ "7b5f01025d0100", ISDN_MT_STATUS, 99, "5f5d", 10 },
		{ "7b020100", ISDN_MT_STATUS, 96, "02", 10 },
		{ "7b70020000", ISDN_MT_STATUS, 100, "70", 10 },
		{ "0504038090a3", 0, 0, "", 10 }, /* SETUP of a call that there is */
		{ "0f", 0, 0, "", 10 },
		{ "07", ISDN_MT_CONNECT_ACKNOWLEDGE, 0, "", 10 },
		{ "207e020441", 0, 0, "", 10 },
		{ "7b7003813132", 0, 0, "", 10 },
		{ "7d0802809e14010a", 0, 0, "", 10 },
		{ "7d080280e1140108", ISDN_MT_STATUS_ENQUIRY, 0, "", 10 },
		{ "7d080280e1140107", ISDN_MT_STATUS_ENQUIRY, 0, "", 10 },
		{ "7d080280e1140100", 0, 0, "", 0 },
		{ "4d08028090", ISDN_MT_RELEASE_COMPLETE, 0, "", 0 },
		{ "4d080180", ISDN_MT_RELEASE_COMPLETE, 100, "08", 0 },
		{ "4d5f0102", ISDN_MT_RELEASE_COMPLETE, 99, "5f", 0 },
		{ "5a08028090", 0, 0, "", 0 },
		{ "45", 0, 0, "", 11 },
		{ "4508028090", 0, 0, "", 11 },
	};

	(void)state;
	for (int i = 0; i < 2; i++)
		for (size_t k = 0; k < sizeof(rows) / sizeof(rows[0]); k++) {
			/* what is state 11 to one side is 12 to the other */
			unsigned want = i || rows[k].state < 11 ? rows[k].state
								: 23 - rows[k].state;
			struct ends *e = ends_up();
			isdn_call_id id[2];

			call_in(e, 0, 10, &id[0], &id[1]);
			feed(e, i, i ? "0001" : "8001", rows[k].rest);
			if (rows[k].type) {
				if (e->n_sent[i] != 1 || e->sent[i].type != rows[k].type)
					fail_msg("row %zu: %u answers, %s", k, e->n_sent[i],
						 isdn_msg_name(e->sent[i].type));
				assert_answer(e, i, rows[k].type, rows[k].cause, rows[k].diag);
				if (rows[k].type == ISDN_MT_STATUS)
					assert_int_equal(e->sent[i].call_state.state, 10);
			} else if (e->n_sent[i]) {
				fail_msg("row %zu is answered by %s", k,
					 isdn_msg_name(e->sent[i].type));
			}
			assert_int_equal(state_of(e, i, id[i]), want);
			if (!rows[k].state) {
				assert_int_equal(e->last[i].prim, ISDN_RELEASE_IND);
				assert_int_equal(i3_cc_calls(e->cc[i]), 0);
			}
			ends_done(e);
		}
}

static void q931_5_3_5_messages_that_cross_a_clearing_one_are_ignored(void **state)
{
	static const char *const late[] = {
		"01", "02",	    "031e028088", "07",		"0d",
		"0f", "207e020441", "7b",	  "4508028090", "7d0802809e14010a"
	};

	(void)state;
	for (int i = 0; i < 2; i++)
		for (size_t k = 0; k < sizeof(late) / sizeof(late[0]); k++) {
			struct ends *e = ends_up();
			isdn_call_id id[2];

			call_in(e, 0, 10, &id[0], &id[1]);
			e->cut = true;
			clear_call(e, i, id[i], 16, NULL);
			exchange(e);
			feed(e, i, i ? "0001" : "8001", late[k]);
			if (!strncmp(late[k], "45", 2)) /* a collision */
				assert_answer(e, i, ISDN_MT_RELEASE, 16, "");
			else
				assert_int_equal(e->n_sent[i], 0);
			feed(e, i, i ? "0001" : "8001", late[k]);
			assert_int_equal(e->n_sent[i], 0);
			ends_done(e);
		}
}

/* libpri stops the timer of the call, whichever it is (prepare_to_handle_q931_message). */
static void libpri_defect_connect_acknowledge_stops_t305(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++) {
		struct ends *e = ends_up();
		isdn_call_id id[2];

		call_in(e, 0, 10, &id[0], &id[1]);
		e->cut = true;
		clear_call(e, i, id[i], 16, NULL);
		exchange(e);
		feed(e, i, i ? "0001" : "8001", "0f");
		assert_int_equal(e->n_sent[i], 0);
		run_for(e, 30000);
		assert_int_equal(e->sent[i].type, ISDN_MT_RELEASE);
		feed(e, i, i ? "0001" : "8001", "0f");
		run_for(e, 8000); /* T308, twice */
		assert_int_equal(state_of(e, i, id[i]), 0);
		ends_done(e);
	}
}

static void q931_5_8_6_setup_with_a_fault_is_refused_or_served(void **state)
{
	static const struct {
		const char *rest;
		unsigned cause; /* of RELEASE COMPLETE; 0: the call is offered */
		const char *diag;
		unsigned status; /* cause of the STATUS that follows */
	} rows[] = {
		{ "05a118018970058132303030", 96, "04", 0 },
		{ "0504018070028130", 100, "04", 0 },
		{ "0502010004038090a3", 96, "02", 0 },
		{ "0504038090a35f0102", 0, "5f", 99 },
		{ "0504038090a31e0180", 0, "1e", 100 },
		{ "0504038090a370058132303030"
		  "70058133303030",
		  0, "", 0 },
		{ "0504038090a37c028890", 0, "", 0 },
	};

	(void)state;
	for (size_t k = 0; k < sizeof(rows) / sizeof(rows[0]); k++) {
		struct ends *e = ends_up();

		feed(e, 1, "0005", rows[k].rest);
		if (rows[k].cause) {
			assert_answer(e, 1, ISDN_MT_RELEASE_COMPLETE, rows[k].cause, rows[k].diag);
			assert_int_equal(e->events[1][ISDN_SETUP_IND], 0);
		} else {
			assert_int_equal(e->events[1][ISDN_SETUP_IND], 1);
			if (rows[k].status)
				assert_answer(e, 1, ISDN_MT_STATUS, rows[k].status, rows[k].diag);
			else
				assert_int_equal(e->n_sent[1], 0);
		}
		ends_done(e);
	}
	{ /* the user side needs a channel */
		struct ends *e = ends_up();

		feed(e, 0, "0005", "0504038090a3");
		assert_answer(e, 0, ISDN_MT_RELEASE_COMPLETE, 96, "18");
		ends_done(e);
	}
}

static void q931_5_8_6_1_disconnect_without_cause_counts_as_31(void **state)
{
	struct ends *e = ends_up();
	isdn_call_id a, b;

	(void)state;
	call_in(e, 0, 10, &a, &b);
	feed(e, 1, "0001", "45");
	assert_int_equal(e->last[1].prim, ISDN_DISCONNECT_IND);
	assert_int_equal(e->last[1].cause, 31);
	clear_call(e, 1, b, 16, NULL);
	e->cut = true;
	e->n_sent[1] = 0;
	exchange(e);
	assert_answer(e, 1, ISDN_MT_RELEASE, 96, "08");
	ends_done(e);
}

static void q931_5_8_7_1_the_answer_to_clearing_names_every_element(void **state)
{
	struct ends *e = ends_up();
	isdn_call_id a, b;

	(void)state;
	call_in(e, 0, 10, &a, &b);
	feed(e, 1, "0001", "45080280905e005f00");
	assert_int_equal(e->last[1].cause, 16);
	clear_call(e, 1, b, 16, NULL);
	e->cut = true;
	e->n_sent[1] = 0;
	exchange(e);
	assert_answer(e, 1, ISDN_MT_RELEASE, 99, "5e5f");
	ends_done(e);
}

static void q931_5_8_10_status_enquiry(void **state)
{
	struct ends *e = ends_up();
	isdn_call_id a, b;

	(void)state;
	call_in(e, 0, 10, &a, &b);
	assert_int_equal(ask(e, 0, a, I3_STATUS_ENQUIRY_REQ, NULL), 0);
	assert_int_equal(ask(e, 0, a, I3_STATUS_ENQUIRY_REQ, NULL), 0); /* one at a time */
	exchange(e);
	assert_int_equal(e->last[0].prim, ISDN_STATUS_IND);
	assert_int_equal(e->last[0].msg->call_state.state, 10);
	run_for(e, 20000);
	assert_int_equal(state_of(e, 0, a), 10);
	e->cut = true;
	for (int i = 0; i < 2; i++)
		assert_int_equal(ask(e, i, i ? b : a, I3_STATUS_ENQUIRY_REQ, NULL), 0);
	run_for(e, 8000);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(e->sent[i].type, ISDN_MT_DISCONNECT);
		assert_int_equal(e->sent[i].cause[0].value, 41);
	}
	ends_done(e);
}

static void q931_5_8_9_the_link_fails(void **state)
{
	static const unsigned states[] = { 1, 3, 4, 10 };

	(void)state;
	for (int i = 0; i < 2; i++)
		for (int s = 0; s < 4; s++) {
			struct ends *e = ends_up();
			isdn_call_id a, b;

			call_in(e, i, states[s], &a, &b);
			for (int k = 0; k < 2; k++)
				i3_cc_dl(e->cc[k], 0, I3_DL_RELEASE_IND, e->now);
			ends_note(e);
			exchange(e);
			if (s == 3) {
				assert_int_equal(state_of(e, i, a), 10);
				run_for(e, 89999);
				i3_cc_dl(e->cc[0], 0, I3_DL_RELEASE_IND, e->now); /* T309 goes on */
				assert_int_equal(state_of(e, i, a), 10);
				run_for(e, 1);
			}
			for (int k = 0; k < 2; k++) {
				assert_int_equal(e->events[k][ISDN_RELEASE_IND], 1);
				assert_int_equal(e->last[k].source, ISDN_BY_LINK);
				assert_int_equal(e->last[k].cause, 27);
				assert_int_equal(i3_cc_calls(e->cc[k]), 0);
			}
			ends_done(e);
		}
}

static void q931_5_8_9_the_link_comes_back_in_time(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++) { /* who establishes it */
		struct ends *e = ends_up();
		isdn_call_id a, b;

		call_in(e, 0, 10, &a, &b);
		for (int k = 0; k < 2; k++)
			i3_cc_dl(e->cc[k], 0, I3_DL_RELEASE_IND, e->now);
		run_for(e, 60000);
		i3_cc_dl(e->cc[i], 0, I3_DL_ESTABLISH_CONF, e->now);
		i3_cc_dl(e->cc[!i], 0, I3_DL_ESTABLISH_IND, e->now);
		ends_note(e);
		run_for(e, 200000);
		assert_int_equal(e->events[0][ISDN_STATUS_IND], 1); /* both asked for the state */
		assert_int_equal(e->events[1][ISDN_STATUS_IND], 1);
		assert_int_equal(state_of(e, 0, a), 10);
		assert_int_equal(state_of(e, 1, b), 10);
		ends_done(e);
	}
}

static void q931_5_8_8_a_reset_leaves_calls_that_are_not_active_alone(void **state)
{
	static const unsigned states[] = { 1, 3, 4 };

	(void)state;
	for (int i = 0; i < 2; i++)
		for (int s = 0; s < 3; s++) {
			struct ends *e = ends_up();
			isdn_call_id a, b;
			unsigned before[2];

			call_in(e, i, states[s], &a, &b);
			before[0] = state_of(e, i, a);
			before[1] = state_of(e, !i, b);
			for (int k = 0; k < 2; k++) {
				i3_cc_dl(e->cc[k], 0, I3_DL_ESTABLISH_IND, e->now);
				ends_note(e);
				i3_cc_dl(e->cc[k], 0, I3_DL_ESTABLISH_CONF, e->now);
				ends_note(e);
			}
			exchange(e);
			assert_int_equal(state_of(e, i, a), before[0]);
			assert_int_equal(state_of(e, !i, b), before[1]);
			ends_done(e);
		}
}

static void q931_5_8_9_messages_wait_while_the_link_comes_up(void **state)
{
	struct ends *e = ends_new(ISDN_E1, 128);
	struct i3_out out;

	(void)state;
	place(e, 0, NULL);
	assert_int_equal(i3_cc_out(e->cc[0], &out), 1);
	assert_int_equal(out.type, I3_OUT_ESTABLISH);
	assert_int_equal(i3_cc_out(e->cc[0], &out), 0);
	i3_cc_dl(e->cc[0], 0, I3_DL_ESTABLISH_CONF, e->now);
	assert_int_equal(i3_cc_out(e->cc[0], &out), 1);
	assert_int_equal(out.type, I3_OUT_DATA);
	ends_done(e);
}

static void q931_5_8_9_a_call_that_waits_for_the_link_is_abandoned_at_once(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++) {
		struct ends *e = ends_new(ISDN_E1, 128);
		isdn_call_id first = place(e, i, NULL), second = place(e, i, NULL);

		assert_int_equal(clear_call(e, i, first, 17, "never heard"), 0);
		ends_take(e, i);
		assert_int_equal(e->last[i].prim, ISDN_RELEASE_CONF);
		assert_int_equal(e->last[i].call, first);
		assert_int_equal(e->last[i].cause, 17);
		for (int k = 0; k < 2; k++)
			i3_cc_dl(e->cc[k], 0, I3_DL_ESTABLISH_CONF, e->now);
		exchange(e);
		assert_int_equal(e->n_sent[i], 1); /* the other SETUP alone */
		assert_int_equal(e->events[!i][ISDN_SETUP_IND], 1);
		assert_int_equal(state_of(e, i, second), i ? 6 : 1);
		ends_done(e);
	}
}

/* A message that call control knows, and the variant does not have. */
static void q931_5_8_4_messages_of_other_variants(void **state)
{
	static const struct {
		enum isdn_variant variant;
		const char *rest, *diag;
	} rows[] = {
		{ ISDN_VARIANT_4ESS, "24", "24" }, /* HOLD */
		{ ISDN_VARIANT_4ESS, "31", "31" }, /* RETRIEVE */
		{ ISDN_VARIANT_QSIG, "24", "24" },
		{ ISDN_VARIANT_QSIG, "25", "25" }, /* SUSPEND */
	};
	isdn_call_id id, to;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct ends *e = ends_up();

		call_in(e, 0, 10, &id, &to);
		e->cc[1]->config.variant = rows[i].variant;
		e->n_sent[1] = 0;
		feed(e, 1, "0001", rows[i].rest);
		assert_answer(e, 1, ISDN_MT_STATUS, 97, rows[i].diag);
		assert_int_equal(state_of(e, 1, to), 10);
		assert_int_equal(e->events[1][ISDN_HOLD_IND], 0);
		assert_int_equal(e->events[1][ISDN_SUSPEND_IND], 0);
		feed(e, 1, "0077", rows[i].rest); /* of no call */
		assert_answer(e, 1, ISDN_MT_RELEASE_COMPLETE, 81, "");
		ends_done(e);
	}
}

/* A SETUP in two segments; what comes in between, T314, and what is missing lose it. */
static void q931_annex_h_a_message_in_segments(void **state)
{
	static const struct {
		const char *order; /* segment 1 or 2, E: another message, N: a segment of nothing,
				      W: T314 nearly, T: over */
		unsigned calls;
	} rows[] = { { "12", 1 },   { "1W2", 1 }, { "1E2", 0 },	 { "1T2", 0 },
		     { "2", 0 },    { "1", 0 },	  { "1112", 1 }, { "122", 1 },
		     { "1T12", 1 }, { "21", 0 },  { "1N2", 0 },	 { "N12", 1 } };
	uint8_t whole[260], segment[2][260];
	struct isdn_msg m = setup_msg();
	size_t len, at[2];

	(void)state;
	isdn_msg_init(&m, ISDN_MT_SETUP, 2, 9, false);
	m.present = setup_msg().present;
	set_uui(&m, "a text that does not fit the first of the two, and begins in it");
	assert_int_equal(isdn_msg_encode(ISDN_VARIANT_ETSI, ISDN_USER_TO_NETWORK, &m, whole,
					 sizeof(whole), &len),
			 0);
	for (unsigned n = 0; n < 2; n++)
		assert_int_equal(isdn_segment(whole, len, 60, n, segment[n], 260, &at[n]), 1);
	assert_int_equal(isdn_segment(whole, len, 60, 2, segment[0], 260, &at[0]), 0);
	for (size_t k = 0; k < sizeof(rows) / sizeof(rows[0]); k++) {
		struct ends *e = ends_up();

		for (const char *o = rows[k].order; *o; o++)
			if (*o == 'W' || *o == 'T')
				run_for(e, *o == 'W' ? 3999 : 4000);
			else if (*o == 'E' || *o == 'N')
				feed(e, 1, *o == 'E' ? "0077" : "0009", *o == 'E' ? "75" : "60");
			else
				assert_int_equal(i3_cc_rx(e->cc[1], 0, segment[*o - '1'],
							  at[*o - '1'], e->now),
						 0);
		ends_take(e, 1);
		assert_int_equal(e->events[1][ISDN_SETUP_IND], rows[k].calls);
		if (rows[k].calls)
			assert_memory_equal(e->last[1].msg->uui.data, m.uui.data, m.uui.len);
		run_for(e, 5000);
		assert_int_equal(i3_cc_deadline(e->cc[1]), ISDN_NEVER);
		ends_done(e);
	}
}

static void uui_limits_of_the_line(void **state)
{
	struct ends *e = ends_new(ISDN_E1, 32);
	struct isdn_msg m = setup_msg();
	isdn_call_id id;
	char text[40];

	(void)state;
	memset(text, 'x', 33);
	text[33] = '\0';
	set_uui(&m, text);
	assert_int_equal(i3_cc_setup(e->cc[0], &m, &id, e->now), ISDN_ERR_USERUSERINFOTOOBIG);
	assert_int_equal(i3_cc_calls(e->cc[0]), 0);
	text[32] = '\0';
	id = place(e, 0, text);
	text[32] = 'x';
	assert_int_equal(clear_call(e, 0, id, 16, text), ISDN_ERR_USERUSERINFOTOOBIG);
	assert_int_equal(state_of(e, 0, id), 1);
	assert_int_equal(clear_call(e, 0, id, 200, NULL), ISDN_ERR_INVAL);
	ends_done(e);
	e = ends_new(ISDN_E1, 0);
	place(e, 0, "never sent");
	i3_cc_dl(e->cc[0], 0, I3_DL_ESTABLISH_CONF, e->now);
	e->cut = true;
	exchange(e);
	assert_false(isdn_msg_has(&e->sent[0], ISDN_IE_USER_USER));
	ends_done(e);
}

/* doc/conformance.md, UUS 8: UUI that is too long: STATUS 43, which names it; the call goes on. */
static void uus_8_user_user_too_long(void **state)
{
	struct ends *e = ends_up();
	isdn_call_id id = place(e, 0, "hi");
	char rest[400] = "011803a983817e8204";

	(void)state;
	(void)arrived(e, 1);
	for (int i = 0; i < 129; i++)
		strcat(rest, "41");
	feed(e, 0, "8001", rest);
	assert_answer(e, 0, ISDN_MT_STATUS, ISDN_CAUSE_ACCESS_INFORMATION_DISCARDED, "7e");
	assert_int_equal(e->sent[0].call_state.state, 4);
	assert_int_equal(state_of(e, 0, id), 4);
	assert_int_equal(e->last[0].prim, ISDN_ALERTING_IND);
	assert_false(isdn_msg_has(e->last[0].msg, ISDN_IE_USER_USER));
	ends_done(e);
}

const struct CMUnitTest cc_error_tests[] = {
	cmocka_unit_test(uus_8_user_user_too_long),
	cmocka_unit_test(q931_5_8_1_to_5_8_3_1_what_is_no_message_is_ignored),
	cmocka_unit_test(q931_5_8_3_2_unknown_call_references),
	cmocka_unit_test(q931_5_8_4_to_5_8_7_in_an_active_call),
	cmocka_unit_test(q931_5_3_5_messages_that_cross_a_clearing_one_are_ignored),
	cmocka_unit_test(libpri_defect_connect_acknowledge_stops_t305),
	cmocka_unit_test(q931_5_8_6_setup_with_a_fault_is_refused_or_served),
	cmocka_unit_test(q931_5_8_6_1_disconnect_without_cause_counts_as_31),
	cmocka_unit_test(q931_5_8_7_1_the_answer_to_clearing_names_every_element),
	cmocka_unit_test(q931_5_8_10_status_enquiry),
	cmocka_unit_test(q931_5_8_9_the_link_fails),
	cmocka_unit_test(q931_5_8_9_the_link_comes_back_in_time),
	cmocka_unit_test(q931_5_8_8_a_reset_leaves_calls_that_are_not_active_alone),
	cmocka_unit_test(q931_5_8_9_messages_wait_while_the_link_comes_up),
	cmocka_unit_test(q931_5_8_9_a_call_that_waits_for_the_link_is_abandoned_at_once),
	cmocka_unit_test(q931_5_8_4_messages_of_other_variants),
	cmocka_unit_test(q931_annex_h_a_message_in_segments),
	cmocka_unit_test(uui_limits_of_the_line),
};
const size_t cc_n_error_tests = sizeof(cc_error_tests) / sizeof(cc_error_tests[0]);
