/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Call control, Q.931 clause 5: the tables, calls between a user and a network
 * side, timers, storms. The rules of 5.8 are in test_cc_errors.c.
 */
#include "tests/cc_ends.h"
#include "tests/cc_ladder.h"

/* ---- the tables ---- */

static void q931_annex_a_tables_have_no_dead_row_and_reach_every_state(void **state)
{
	const struct i3_table *tables[] = { &i3_table_user, &i3_table_network };

	(void)state;
	for (int t = 0; t < 2; t++) {
		/* an arriving SETUP; what is left of an offer to all terminals */
		uint32_t seen = 1u | (t ? S(N1) | S(N22) : S(U6));

		assert_true(tables[t]->n < 256);
		for (unsigned i = 0; i < tables[t]->n; i++) {
			const struct i3_row *r = &tables[t]->rows[i];
			uint32_t open = r->states;

			assert_non_null(r->clause);
			if (r->next != SAME)
				seen |= S(r->next);
			for (unsigned k = 0; k < i; k++)
				if (tables[t]->rows[k].input == r->input &&
				    !tables[t]->rows[k].decision)
					open &= ~tables[t]->rows[k].states;
			if (!open)
				fail_msg("table %c row %u can never be taken", tables[t]->side, i);
		}
		for (unsigned i = 0; i < tables[t]->n; i++)
			if (tables[t]->rows[i].states & ~seen)
				fail_msg("table %c row %u: a state that nothing leads to",
					 tables[t]->side, i);
	}
}

static void q931_annex_a_guarded_rows_have_a_row_behind_them(void **state)
{
	const struct i3_table *tables[] = { &i3_table_user, &i3_table_network };

	(void)state;
	for (int t = 0; t < 2; t++)
		for (unsigned i = 0; i < tables[t]->n; i++) {
			const struct i3_row *r = &tables[t]->rows[i];
			uint32_t left = r->states;

			if (!r->decision || (r->input >= IN_SETUP_REQ && r->input < IN_CLEAR_REQ))
				continue; /* a request is refused */
			for (unsigned k = i + 1; k < tables[t]->n; k++)
				if (tables[t]->rows[k].input == r->input &&
				    !tables[t]->rows[k].decision)
					left &= ~tables[t]->rows[k].states;
			if (left)
				fail_msg("table %c row %u has no row behind it", tables[t]->side,
					 i);
		}
}

/* ---- calls ---- */

/* Side i takes what the other has sent, and nobody takes events. */
static void deliver(struct ends *e, int i)
{
	struct i3_out out;

	while (i3_cc_out(e->cc[!i], &out) == 1)
		assert_int_equal(i3_cc_rx(e->cc[i], e->tei[i], out.data, out.len, e->now), 0);
}

/* The message of an event is there until the next event is asked for, whatever is done meanwhile.
 */
static void the_message_of_an_event_stays_until_the_next(void **state)
{
	struct ends *e = ends_up();
	struct isdn_span_event ev;
	isdn_call_id placed, first;

	(void)state;
	placed = place(e, 0, "stays");
	deliver(e, 1);
	assert_int_equal(i3_cc_next(e->cc[1], &ev), 1);
	assert_int_equal(ev.prim, ISDN_SETUP_IND);
	first = ev.call;
	for (int n = 0; n < 10; n++) {
		place(e, 0, "another");
		deliver(e, 1);
	}
	assert_int_equal(ask(e, 1, first, I3_PROCEEDING_REQ, NULL), 0);
	assert_int_equal(clear_call(e, 1, first, 17, "bye"), 0);
	deliver(e, 0);
	assert_int_equal(clear_call(e, 0, placed, 17, NULL), 0);
	deliver(e, 1); /* RELEASE ends the call */
	assert_int_equal(state_of(e, 1, first), 0);
	assert_int_equal(ev.msg->type, ISDN_MT_SETUP);
	assert_int_equal(ev.msg->uui.len, 5);
	assert_memory_equal(ev.msg->uui.data, "stays", 5);
	assert_string_equal(ev.msg->called.digits, "123");
	assert_int_equal(i3_cc_next(e->cc[1], &ev), 1);
	assert_memory_equal(ev.msg->uui.data, "another", 7);
	ends_done(e);
}

/* ---- 5.6.6: a call between two users, each at a network of its own; the exchange is the test ----
 */

static void suspended(struct ends *e, isdn_call_id user)
{
	isdn_call_id net;

	assert_int_equal(ask(e, 0, user, I3_SUSPEND_REQ, NULL), 0);
	exchange(e);
	assert_int_equal(e->last[1].prim, ISDN_SUSPEND_IND);
	net = e->last[1].call;
	assert_int_equal(ask(e, 1, net, I3_SUSPEND_RESP, NULL), 0);
	exchange(e);
	assert_int_equal(e->last[0].prim, ISDN_SUSPEND_CONF);
}

static isdn_call_id resumed(struct ends *e, isdn_call_id net)
{
	struct isdn_msg m;
	isdn_call_id user;

	isdn_msg_init(&m, 0, 0, 0, false);
	assert_int_equal(i3_cc_resume(e->cc[0], &m, &user, e->now), 0);
	exchange(e);
	assert_int_equal(e->last[1].prim, ISDN_RESUME_IND);
	assert_int_equal(e->last[1].call, net);
	assert_int_equal(ask(e, 1, net, I3_RESUME_RESP, NULL), 0);
	exchange(e);
	assert_int_equal(e->last[0].prim, ISDN_RESUME_CONF);
	assert_int_equal(state_of(e, 0, user), 10);
	assert_int_equal(state_of(e, 1, net), 10);
	return user;
}

static int notified(struct ends *e, isdn_call_id net, unsigned description)
{
	struct isdn_msg m;
	int err;

	isdn_msg_init(&m, 0, 0, 0, false);
	m.notification[isdn_msg_add(&m, ISDN_IE_NOTIFICATION)] =
		(struct isdn_notification){ .description = (uint8_t)description };
	err = i3_cc_request(e->cc[1], net, I3_NOTIFY_REQ, &m, e->now);
	if (err)
		return err;
	exchange(e);
	assert_int_equal(e->last[0].prim, ISDN_NOTIFY_IND);
	assert_int_equal(e->last[0].msg->notification[0].description, description);
	return 0;
}

/*
 * Each end suspends, and neither network knows of the other end. Who is suspended can not be told
 * of the other, and is when it is back; both resume, in either order.
 */
static void q931_5_6_6_both_ends_suspend(void **state)
{
	(void)state;
	for (unsigned first = 0; first < 2; first++) {
		struct ends *e[2] = { ends_up(), ends_up() };
		isdn_call_id user[2], net[2];

		for (int i = 0; i < 2; i++) /* A calls, B is called */
			call_in(e[i], i, 10, i ? &net[i] : &user[i], i ? &user[i] : &net[i]);
		suspended(e[0], user[0]);
		assert_int_equal(notified(e[1], net[1], 0), 0); /* user suspended */
		suspended(e[1], user[1]);
		assert_int_equal(notified(e[0], net[0], 0), ISDN_ERR_INVALCALLSTATE);
		run_for(e[0], 100000);
		run_for(e[1], 100000);
		user[first] = resumed(e[first], net[first]);
		assert_int_equal(notified(e[first], net[first], 0), 0); /* the other still is */
		user[!first] = resumed(e[!first], net[!first]);
		assert_int_equal(notified(e[first], net[first], 1), 0); /* user resumed */
		for (int i = 0; i < 2; i++) {
			assert_int_equal(clear_call(e[i], 0, user[i], 16, NULL), 0);
			exchange(e[i]);
			assert_int_equal(clear_call(e[i], 1, net[i], 16, NULL), 0);
			exchange(e[i]);
			assert_int_equal(state_of(e[i], 1, net[i]), 0);
			ends_done(e[i]);
		}
	}
}

/* Where no message was the reason there is an empty one. */
static void an_event_without_a_message_has_an_empty_one(void **state)
{
	struct ends *e = ends_make(&(struct i3_config){ .side = ISDN_USER });
	struct isdn_span_event ev;

	(void)state;
	i3_cc_dl(e->cc[0], 0, I3_DL_ESTABLISH_CONF, e->now);
	assert_int_equal(i3_cc_next(e->cc[0], &ev), 1);
	assert_int_equal(ev.prim, ISDN_LINK_UP);
	assert_int_equal(ev.msg->type, 0);
	assert_int_equal(ev.msg->present, 0);
	ends_done(e);
}

static void q931_5_1_5_2_a_call_each_way_with_uui_in_every_message(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++) {
		struct ends *e = ends_up();
		isdn_call_id from = place(e, i, "setup"), to = arrived(e, !i);

		assert_memory_equal(e->last[!i].msg->uui.data, "setup", 5);
		assert_int_not_equal(e->last[!i].channel, 0);
		assert_int_equal(ask(e, !i, to, I3_PROCEEDING_REQ, NULL), 0);
		assert_int_equal(ask(e, !i, to, I3_PROGRESS_REQ, "progress"), 0);
		exchange(e);
		assert_int_equal(e->last[i].prim, ISDN_PROGRESS_IND);
		assert_memory_equal(e->last[i].msg->uui.data, "progress", 8);
		assert_int_equal(ask(e, !i, to, I3_ALERTING_REQ, "alerting"), 0);
		assert_int_equal(ask(e, !i, to, I3_PROGRESS_REQ, NULL), 0);
		exchange(e);
		assert_int_equal(e->events[i][ISDN_ALERTING_IND], 1);
		assert_int_equal(ask(e, i, from, I3_USER_INFO_REQ, "early"), 0);
		exchange(e);
		assert_int_equal(e->last[!i].prim, ISDN_USER_INFO_IND);
		assert_int_equal(ask(e, !i, to, I3_SETUP_RESP, "connect"), 0);
		exchange(e);
		assert_int_equal(e->last[i].prim, ISDN_SETUP_CONF);
		assert_memory_equal(e->last[i].msg->uui.data, "connect", 7);
		assert_int_equal(e->last[!i].prim, ISDN_SETUP_COMPLETE_IND);
		assert_int_equal(state_of(e, i, from), 10);
		assert_int_equal(state_of(e, !i, to), 10);
		assert_int_equal(clear_call(e, i, from, 31, "disconnect"), 0);
		exchange(e);
		assert_int_equal(e->last[!i].prim, ISDN_DISCONNECT_IND);
		assert_int_equal(e->last[!i].cause, 31);
		assert_memory_equal(e->last[!i].msg->uui.data, "disconnect", 10);
		assert_int_equal(clear_call(e, !i, to, 0, "never"), 0);
		exchange(e);
		assert_false(isdn_msg_has(&e->sent[!i], ISDN_IE_USER_USER));
		assert_int_equal(e->last[i].prim, ISDN_RELEASE_CONF);
		assert_int_equal(e->last[!i].prim, ISDN_RELEASE_CONF);
		assert_int_equal(i3_cc_calls(e->cc[0]) + i3_cc_calls(e->cc[1]), 0);
		assert_int_equal(clear_call(e, i, from, 0, NULL), ISDN_ERR_INVALCALLHANDLE);
		ends_done(e);
	}
}

static void q931_5_3_each_side_clears_in_each_state(void **state)
{
	static const unsigned states[] = { 1, 3, 4, 10 };

	(void)state;
	for (int i = 0; i < 2; i++)
		for (unsigned s = 0; s < 4; s++)
			for (int who = 0; who < 2; who++) {
				struct ends *e = ends_up();
				isdn_call_id id[2];

				call_in(e, i, states[s], &id[i], &id[!i]);
				assert_int_equal(clear_call(e, who, id[who], 0, "bye"), 0);
				assert_int_equal(clear_call(e, who, id[who], 0, "bye"),
						 s == 0 && who != i ? ISDN_ERR_INVALCALLHANDLE : 0);
				exchange(e);
				assert_memory_equal(e->last[!who].msg->uui.data, "bye", 3);
				if (e->last[!who].prim == ISDN_DISCONNECT_IND)
					assert_int_equal(clear_call(e, !who, id[!who], 0, NULL), 0);
				else
					assert_true(s == 0 && who != i); /* rejected */
				exchange(e);
				assert_int_equal(e->events[who][ISDN_RELEASE_CONF], 1);
				assert_int_equal(e->events[!who][ISDN_RELEASE_CONF] +
							 e->events[!who][ISDN_RELEASE_IND],
						 1);
				assert_int_equal(i3_cc_calls(e->cc[0]), 0);
				assert_int_equal(i3_cc_calls(e->cc[1]), 0);
				ends_done(e);
			}
}

static void q931_5_3_5_disconnect_crosses_disconnect(void **state)
{
	struct ends *e = ends_up();
	isdn_call_id a, b;

	(void)state;
	call_in(e, 0, 10, &a, &b);
	clear_call(e, 0, a, 16, "a");
	clear_call(e, 1, b, 17, "b");
	exchange(e);
	assert_int_equal(e->sent[0].type, ISDN_MT_RELEASE);
	assert_int_equal(e->sent[1].type, ISDN_MT_RELEASE);
	assert_int_equal(e->events[0][ISDN_RELEASE_CONF], 1);
	assert_int_equal(e->events[1][ISDN_RELEASE_CONF], 1);
	ends_done(e);
}

static void q931_5_7_the_user_gives_way_when_both_want_a_channel(void **state)
{
	struct ends *e = ends_up();
	struct isdn_msg m = setup_msg();
	isdn_call_id id;

	(void)state;
	i3_channel_write(&e->cc[0]->channels, &m.channel_id[0], 1, false);
	isdn_msg_set(&m, ISDN_IE_CHANNEL_ID);
	assert_int_equal(i3_cc_setup(e->cc[0], &m, &id, e->now), 0);
	place(e, 1, NULL); /* the network takes the lowest, 1 */
	exchange(e);
	assert_int_equal(e->events[0][ISDN_SETUP_IND], 1);
	assert_int_equal(e->last[0].channel, 1);
	assert_int_equal(e->events[1][ISDN_SETUP_IND], 1);
	assert_int_equal(e->last[1].channel, 2); /* and gives the user's call another */
	assert_int_equal(ask(e, 1, e->last[1].call, I3_PROCEEDING_REQ, NULL), 0);
	exchange(e);
	assert_int_equal(e->last[0].prim, ISDN_PROCEEDING_IND);
	assert_int_equal(e->last[0].channel, 2);
	ends_done(e);
}

static void q931_5_1_2_channels(void **state)
{
	static const struct {
		int side;
		const char *channel; /* element in a SETUP to that side, channel 5 being taken */
		unsigned cause, got; /* refused with, or the channel */
	} rows[] = {
		{ 1, "1803a98385", 44, 0 },
		{ 1, "1803a18385", 0, 1 },
		{ 1, "1801a3", 0, 1 },
		{ 1, "1803a98390", 82, 0 },
		{ 1, "", 0, 1 },
		{ 1, "1801a0", 34, 0 },
		{ 1, "1803a98386", 0, 6 },
		{ 0, "1803a98385", 44, 0 },
		{ 0, "1803a983a0", 82, 0 },
		{ 0, "1801a0", 0, 0 },
		{ 0, "1806a99300000040", 0, 6 },
		{ 0, "1803a98386", 0, 6 },
		{ 0, "1801a3", 0, 31 },
	};

	(void)state;
	for (size_t k = 0; k < sizeof(rows) / sizeof(rows[0]); k++) {
		struct ends *e = ends_up();
		char rest[100];

		feed(e, rows[k].side, "0001", "0504038090a31803a98385");
		assert_int_equal(e->last[rows[k].side].channel, 5);
		if (rows[k].side == 0)
			ask(e, 0, e->last[0].call, I3_SETUP_RESP, NULL);
		snprintf(rest, sizeof(rest), "0504038090a3%s", rows[k].channel);
		feed(e, rows[k].side, "0002", rest);
		if (rows[k].cause) {
			assert_int_equal(e->sent[rows[k].side].cause[0].value, rows[k].cause);
			assert_int_equal(i3_cc_calls(e->cc[rows[k].side]), 1);
		} else {
			assert_int_equal(e->last[rows[k].side].channel, rows[k].got);
		}
		ends_done(e);
	}
}

static void q931_5_1_2_a_first_response_with_a_bad_channel_is_released(void **state)
{
	static const char *const responses[] = { "021803a98390", "011803a98390", "071803a98390" };

	(void)state;
	for (int i = 0; i < 2; i++)
		for (int k = 0; k < 3; k++) {
			struct ends *e = ends_up();

			e->cut = true;
			place(e, i, NULL);
			exchange(e);
			feed(e, i, "8001", responses[k]);
			assert_answer(e, i, ISDN_MT_RELEASE, 6, "");
			feed(e, i, "8001", "5a");
			assert_int_equal(e->last[i].prim, ISDN_RELEASE_IND);
			assert_int_equal(e->last[i].cause, 6);
			ends_done(e);
		}
}

static void q931_5_1_all_channels_and_call_references_used(void **state)
{
	struct ends *e = ends_new(ISDN_BRI, 128);
	struct isdn_msg m = setup_msg();
	isdn_call_id id[3];

	(void)state;
	i3_cc_dl(e->cc[0], 0, I3_DL_ESTABLISH_CONF, e->now);
	i3_cc_dl(e->cc[1], 0, I3_DL_ESTABLISH_CONF, e->now);
	id[0] = place(e, 0, NULL);
	id[1] = place(e, 0, NULL);
	assert_int_equal(i3_cc_setup(e->cc[0], &m, &id[2], e->now), ISDN_ERR_RESOURCEUNAVAIL);
	exchange(e);
	assert_int_equal(e->octets[0][1], 1); /* one octet of call reference */
	assert_int_equal(e->events[1][ISDN_SETUP_IND], 2);
	clear_call(e, 0, id[0], 0, NULL);
	exchange(e);
	assert_int_equal(clear_call(e, 1, e->last[1].call, 0, NULL), 0);
	exchange(e);
	place(e, 0, NULL);
	ends_done(e);
}

/* ---- timers, clause 9; and what libpri gets wrong ---- */

static void q931_9_t303_setup_is_repeated_with_its_uui(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++) {
		struct ends *e = ends_up();
		uint8_t first[ISDN_MSG_MAX];
		size_t len;

		e->cut = true;
		place(e, i, "keep me");
		exchange(e);
		len = e->len[i];
		memcpy(first, e->octets[i], len);
		run_for(e, 4000);
		assert_int_equal(e->n_sent[i], 2);
		assert_int_equal(e->len[i], len);
		assert_memory_equal(e->octets[i], first, len);
		run_for(e, 4000);
		assert_int_equal(e->last[i].prim, ISDN_RELEASE_IND);
		assert_int_equal(e->last[i].source, ISDN_BY_TIMER);
		assert_int_equal(e->last[i].timer, ISDN_T303 + 1);
		assert_int_equal(e->last[i].cause, i ? 18 : 102);
		if (i == 0) {
			e->n_sent[0] = 1; /* the third message */
			assert_answer(e, 0, ISDN_MT_RELEASE_COMPLETE, 102, "333033");
		}
		assert_int_equal(i3_cc_calls(e->cc[i]), 0);
		ends_done(e);
	}
}

static void q931_5_3_3_t305_keeps_the_cause_and_t308_ends_the_call(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++) {
		struct ends *e = ends_up();
		isdn_call_id id[2];
		size_t len;

		call_in(e, 0, 10, &id[0], &id[1]);
		e->cut = true;
		clear_call(e, i, id[i], 17, "bye");
		run_for(e, 30000);
		assert_int_equal(e->sent[i].type, ISDN_MT_RELEASE);
		assert_int_equal(isdn_msg_count(&e->sent[i], ISDN_IE_CAUSE), 2);
		assert_int_equal(e->sent[i].cause[0].value, 17);
		assert_int_equal(e->sent[i].cause[1].value, 102);
		assert_memory_equal(e->sent[i].cause[1].diag, "305", 3);
		assert_false(isdn_msg_has(&e->sent[i], ISDN_IE_USER_USER));
		len = e->len[i];
		run_for(e, 4000);
		assert_int_equal(e->sent[i].type, ISDN_MT_RELEASE);
		assert_int_equal(e->len[i], len);
		run_for(e, 4000);
		assert_int_equal(e->last[i].prim, ISDN_RELEASE_CONF);
		assert_int_equal(e->last[i].source, ISDN_BY_TIMER);
		assert_int_equal(e->last[i].cause, 17);
		assert_int_equal(i3_cc_calls(e->cc[i]), 0);
		ends_done(e);
	}
}

static void q931_9_t310_t301_t313_disconnect_with_102(void **state)
{
	static const struct {
		int placed_by; /* the other side answers up to the state, then is silent */
		unsigned state;
		isdn_time after;
		const char *diag;
		unsigned told;
	} rows[] = {
		{ 0, 3, 10000, "333130", 102 },
		{ 1, 3, 10000, "333130", 18 },
		{ 1, 4, 180000, "333031", 19 },
	};

	(void)state;
	for (int k = 0; k < 3; k++) {
		struct ends *e = ends_up();
		int i = rows[k].placed_by;
		isdn_call_id from, to;

		call_in(e, i, rows[k].state, &from, &to);
		e->cut = true;
		run_for(e, rows[k].after);
		e->n_sent[i] = 1;
		assert_answer(e, i, ISDN_MT_DISCONNECT, 102, rows[k].diag);
		feed(e, i, "8001", "4d");
		assert_int_equal(e->last[i].prim, ISDN_RELEASE_IND);
		assert_int_equal(e->last[i].cause, rows[k].told);
		ends_done(e);
	}
	{
		struct ends *e = ends_up();
		isdn_call_id from, to;

		call_in(e, 1, 4, &from, &to);
		e->cut = true;
		assert_int_equal(ask(e, 0, to, I3_SETUP_RESP, NULL), 0);
		run_for(e, 4000);
		e->n_sent[0] = 1;
		assert_answer(e, 0, ISDN_MT_DISCONNECT, 102, "333133");
		ends_done(e);
	}
}

static void libpri_defect_uui_of_a_message_is_never_echoed(void **state)
{
	struct ends *e = ends_up();
	isdn_call_id a, b;

	(void)state;
	call_in(e, 0, 10, &a, &b);
	feed(e, 1, "0001", "207e050450454552");
	clear_call(e, 1, b, 16, NULL);
	exchange(e);
	assert_false(isdn_msg_has(&e->sent[1], ISDN_IE_USER_USER));
	ends_done(e);
}

static void libpri_defect_unknown_call_references_leave_no_record(void **state)
{
	static const uint8_t types[] = { 0x6e, 0x24, 0x28, 0x33, 0x4e, 0x35, 0x7b, 0x5a, 0x01,
					 0x02, 0x03, 0x07, 0x0d, 0x0f, 0x20, 0x45, 0x4d, 0x7d };
	struct ends *e = ends_up();
	size_t live = 0;

	(void)state;
	for (unsigned n = 0; n < 10000; n++) {
		char cr[8], rest[4];

		snprintf(cr, sizeof(cr), "%04x", (n % 0x7fff + 1) | (n & 1 ? 0x8000 : 0));
		snprintf(rest, sizeof(rest), "%02x", types[n % sizeof(types)]);
		feed(e, 1, cr, rest);
		if (n == 100)
			live = test_mem_live(&e->mem);
	}
	assert_int_equal(i3_cc_calls(e->cc[1]), 0);
	assert_int_equal(test_mem_live(&e->mem), live);
	ends_done(e);
}

/* ---- storms ---- */

static void check_invariants(struct ends *e, int i)
{
	const struct i3_cc *cc = e->cc[i];
	const struct i3_call *c;
	uint32_t at = 0;
	size_t n = 0;

	while ((c = i3_call_next(cc, &at)) != NULL) {
		assert_ptr_equal(ib_handle_get(&cc->calls, c->id), c);
		assert_ptr_equal(i3_callref_find(c->originated ? &cc->ours : &cc->theirs, c->cr),
				 c);
		if (c->channel)
			assert_ptr_equal(cc->channels.owner[c->channel], c);
		n++;
	}
	assert_int_equal(n, cc->n_calls);
	for (int k = 1; k < 32; k++)
		if (cc->channels.owner[k])
			assert_int_equal(cc->channels.owner[k]->channel, k);
}

static void storm(struct ends *e, uint32_t seed, int steps)
{
	static const char *const bodies[] = {
		"0504038090a31803a98381",
		"0504038090a31801a3",
		"02",
		"01",
		"07",
		"0f",
		"0d",
		"4508028090",
		"4d08028090",
		"5a",
		"75",
		"7d0802809e14010a",
		"7d0802809e140100",
		"031e028088",
		"207e020441",
		"7b",
		"3f",
		"45",
		"071803a98383",
		"7d080280e1140103",
	};
	isdn_call_id ids[2][8] = { { 0 } };

	for (int n = 0; n < steps; n++) {
		int i;
		uint32_t r;

		seed = seed * 1664525u + 1013904223u;
		r = seed >> 8;
		i = (int)(r & 1);
		if (e->last[i].prim == ISDN_SETUP_IND)
			ids[i][(r >> 1) % 8] = e->last[i].call;
		switch ((r >> 4) % 8) {
		case 0: {
			struct isdn_msg m = setup_msg();

			(void)i3_cc_setup(e->cc[i], &m, &ids[i][(r >> 7) % 8], e->now);
			break;
		}
		case 1:
			(void)ask(e, i, ids[i][(r >> 7) % 8], (enum i3_req)((r >> 10) % 6), "x");
			break;
		case 2:
			(void)clear_call(e, i, ids[i][(r >> 7) % 8], (uint8_t)(r >> 12) & 127,
					 "bye");
			break;
		case 3: {
			uint8_t octets[64];
			char hex[120];

			snprintf(hex, sizeof(hex), "0802%04x%s",
				 ((r >> 7) % 12 + 1) | ((r >> 11) & 1) << 15,
				 bodies[(r >> 12) % (sizeof(bodies) / sizeof(bodies[0]))]);
			(void)i3_cc_rx(e->cc[i], 0, octets, test_hex(hex, octets, sizeof(octets)),
				       e->now);
			ends_note(e);
			break;
		}
		case 4:
			e->now += (r >> 7) % 20000;
			i3_cc_timeout(e->cc[i], e->now);
			ends_note(e);
			break;
		case 5:
			if ((r >> 7) % 8 == 0)
				i3_cc_dl(e->cc[i], 0, (enum i3_dl)((r >> 12) % 3), e->now);
			ends_note(e);
			break;
		default: {
			struct i3_out out;

			while (i3_cc_out(e->cc[i], &out) == 1)
				if (out.type == I3_OUT_DATA && (r >> 9) % 8)
					(void)i3_cc_rx(e->cc[!i], 0, out.data, out.len, e->now);
			ends_note(e);
		}
		}
		ends_take(e, 0);
		ends_take(e, 1);
		check_invariants(e, 0);
		check_invariants(e, 1);
	}
	for (int i = 0; i < 2; i++) { /* each call that ever was ended once, or is there */
		unsigned ended = e->events[i][ISDN_RELEASE_IND] + e->events[i][ISDN_RELEASE_CONF];

		assert_true(ended >= e->events[i][ISDN_SETUP_IND] - i3_cc_calls(e->cc[i]));
	}
}

static void storms_leave_calls_channels_and_references_consistent(void **state)
{
	(void)state;
	for (uint32_t seed = 1; seed <= 20; seed++) {
		struct ends *e = ends_up();

		storm(e, seed, 3000);
		ends_done(e);
	}
}

static void storms_without_memory_lose_nothing(void **state)
{
	(void)state;
	for (uint32_t seed = 1; seed <= 20; seed++) {
		struct ends *e = ends_up();

		test_mem_fail_every(&e->mem, 2 + seed % 4);
		storm(e, seed * 31, 2000);
		test_mem_fail_every(&e->mem, 0);
		ends_done(e);
	}
}

static void q931_4_3_call_references_rest_before_they_are_used_again(void **state)
{
	struct isdn_env env;
	struct i3_callrefs refs;
	struct i3_call *one = (struct i3_call *)(uintptr_t)&refs;
	uint16_t cr = 0, last;

	(void)state;
	ib_env_init(&env, NULL);
	i3_callrefs_init(&refs, &env, 0x7fff);
	for (unsigned n = 1; n <= 32767; n++) {
		assert_int_equal(i3_callref_take(&refs, one, &cr), 0);
		assert_int_equal(cr, n);
	}
	assert_int_equal(i3_callref_take(&refs, one, &cr), ISDN_ERR_RESOURCEUNAVAIL);
	assert_ptr_equal(i3_callref_find(&refs, 12345), one);
	i3_callref_give(&refs, 7);
	i3_callref_give(&refs, 3);
	assert_null(i3_callref_find(&refs, 7));
	assert_int_equal(i3_callref_take(&refs, one, &cr), 0);
	assert_int_equal(cr, 7);
	assert_int_equal(i3_callref_take(&refs, one, &cr), 0);
	assert_int_equal(cr, 3);
	i3_callrefs_free(&refs);
	i3_callrefs_init(&refs, &env, 0x7f);
	i3_callref_take(&refs, one, &last);
	for (unsigned n = 0; n < 100; n++) {
		i3_callref_give(&refs, last);
		i3_callref_take(&refs, one, &cr);
		assert_int_not_equal(cr, last);
		last = cr;
	}
	i3_callrefs_free(&refs);
}

/* The ladders of a file; its name is the state of the test. */
static void ladders(void **state)
{
	const char *top = getenv("top_srcdir");
	char path[500];

	snprintf(path, sizeof(path), "%s/tests/ladders/%s.ladder", top ? top : ".",
		 (const char *)*state);
	print_message("%u ladders\n", ladder_file(path));
}

#define LADDERS(file)                                                                              \
	{                                                                                          \
		"ladders of " file, ladders, NULL, NULL, (void *)(uintptr_t)file                   \
	}

/* Rows of a table that a side took; how many it did not. */
static unsigned coverage(const char *table, const bool *reached, unsigned rows)
{
	unsigned taken = 0;

	for (unsigned i = 0; i < rows; i++)
		taken += reached[i];
	print_message("%s: %u of %u rows\n", table, taken, rows);
	for (unsigned i = 0; i < rows; i++)
		if (!reached[i])
			print_message("%s: row %u was not reached\n", table, i);
	return rows - taken;
}

static void q931_annex_a_every_row_of_both_tables_was_reached(void **state)
{
	const struct i3_table *tables[] = { &i3_table_user, &i3_table_network };
	unsigned missing = 0;

	(void)state;
	for (int t = 0; t < 2; t++) {
		missing += coverage(t ? "Q.931 Annex A, network" : "Q.931 Annex A, user",
				    ends_reached[t], tables[t]->n);
		for (unsigned i = 0; i < tables[t]->n; i++)
			if (!ends_reached[t][i])
				print_message("table %c row %u: input %u, %s\n", tables[t]->side, i,
					      tables[t]->rows[i].input, tables[t]->rows[i].clause);
	}
	assert_int_equal(missing, 0);
}

static void q932_6_2_every_row_of_hold_was_reached_by_both_sides(void **state)
{
	(void)state;
	assert_int_equal(
		coverage("Q.932 6.2, user", ends_hold_reached[0], i3_hold_rows()) +
			coverage("Q.932 6.2, network", ends_hold_reached[1], i3_hold_rows()),
		0);
}

static void q931_5_5_every_row_of_restart_was_reached_by_both_sides(void **state)
{
	(void)state;
	assert_int_equal(
		coverage("Q.931 5.5, user", ends_restart_reached[0], i3_restart_rows()) +
			coverage("Q.931 5.5, network", ends_restart_reached[1], i3_restart_rows()),
		0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(q931_annex_a_tables_have_no_dead_row_and_reach_every_state),
		cmocka_unit_test(q931_annex_a_guarded_rows_have_a_row_behind_them),
		cmocka_unit_test(the_message_of_an_event_stays_until_the_next),
		cmocka_unit_test(an_event_without_a_message_has_an_empty_one),
		cmocka_unit_test(q931_5_1_5_2_a_call_each_way_with_uui_in_every_message),
		cmocka_unit_test(q931_5_3_each_side_clears_in_each_state),
		cmocka_unit_test(q931_5_3_5_disconnect_crosses_disconnect),
		cmocka_unit_test(q931_5_7_the_user_gives_way_when_both_want_a_channel),
		cmocka_unit_test(q931_5_1_2_channels),
		cmocka_unit_test(q931_5_1_2_a_first_response_with_a_bad_channel_is_released),
		cmocka_unit_test(q931_5_1_all_channels_and_call_references_used),
		cmocka_unit_test(q931_9_t303_setup_is_repeated_with_its_uui),
		cmocka_unit_test(q931_5_3_3_t305_keeps_the_cause_and_t308_ends_the_call),
		cmocka_unit_test(q931_9_t310_t301_t313_disconnect_with_102),
		cmocka_unit_test(libpri_defect_uui_of_a_message_is_never_echoed),
		cmocka_unit_test(libpri_defect_unknown_call_references_leave_no_record),
		cmocka_unit_test(storms_leave_calls_channels_and_references_consistent),
		cmocka_unit_test(storms_without_memory_lose_nothing),
		cmocka_unit_test(q931_5_6_6_both_ends_suspend),
		LADDERS("overlap"),
		LADDERS("channels"),
		LADDERS("answers"),
		LADDERS("notify"),
		LADDERS("restart"),
		LADDERS("timers"),
		LADDERS("progress"),
		LADDERS("hold"),
		LADDERS("suspend"),
		LADDERS("tones"),
		LADDERS("connect"),
		LADDERS("register"),
		LADDERS("status"),
		LADDERS("service"),
		LADDERS("nochannel"),
		LADDERS("qsig"),
		LADDERS("variants"),
		LADDERS("uus1"),
		LADDERS("uus3"),
		cmocka_unit_test(q931_4_3_call_references_rest_before_they_are_used_again),
	};
	const struct CMUnitTest reached[] = {
		cmocka_unit_test(q931_annex_a_every_row_of_both_tables_was_reached),
		cmocka_unit_test(q932_6_2_every_row_of_hold_was_reached_by_both_sides),
		cmocka_unit_test(q931_5_5_every_row_of_restart_was_reached_by_both_sides),
	};

	return cmocka_run_group_tests(tests, NULL, NULL) +
	       _cmocka_run_group_tests("errors", cc_error_tests, cc_n_error_tests, NULL, NULL) +
	       _cmocka_run_group_tests("terminals", cc_terminal_tests, cc_n_terminal_tests, NULL,
				       NULL) +
	       _cmocka_run_group_tests("matrix", cc_matrix_tests, cc_n_matrix_tests, NULL, NULL) +
	       _cmocka_run_group_tests("status", cc_status_tests, cc_n_status_tests, NULL, NULL) +
	       _cmocka_run_group_tests("variants", cc_variant_tests, cc_n_variant_tests, NULL,
				       NULL) +
	       _cmocka_run_group_tests("defects", cc_defect_tests, cc_n_defect_tests, NULL, NULL) +
	       cmocka_run_group_tests(reached, NULL, NULL);
}
