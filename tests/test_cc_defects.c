/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Faults that other stacks have or had in call control, a test each, named by the stack: they are
 * listed in doc/conformance.md.
 */
#include "tests/cc_ends.h"

static struct ends *active(isdn_call_id id[2])
{
	struct ends *e = ends_up();

	call_in(e, 0, 10, &id[0], &id[1]);
	return e;
}

static void uui_is(const struct isdn_msg *m, const char *text)
{
	if (!text) {
		assert_false(isdn_msg_has(m, ISDN_IE_USER_USER));
		return;
	}
	assert_true(isdn_msg_has(m, ISDN_IE_USER_USER));
	assert_int_equal(m->uui.len, strlen(text));
	assert_memory_equal(m->uui.data, text, strlen(text));
}

/* ---- User-user ---- */

static void libpri_defect_uui_is_lost_when_setup_is_repeated(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++) {
		struct ends *e = ends_up();

		e->cut = true;
		place(e, i, "keep me");
		exchange(e);
		uui_is(&e->sent[i], "keep me");
		run_for(e, 4000);
		assert_int_equal(e->n_sent[i], 2);
		uui_is(&e->sent[i], "keep me");
		ends_done(e);
	}
}

static void libpri_defect_uui_for_connect_goes_out_in_disconnect(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++) {
		struct ends *e = ends_up();
		isdn_call_id id[2];

		call_in(e, i, 4, &id[i], &id[!i]);
		assert_int_equal(ask(e, !i, id[!i], I3_SETUP_RESP, "for CONNECT"), 0);
		exchange(e);
		uui_is(e->last[i].msg, "for CONNECT");
		assert_int_equal(e->last[i].prim, ISDN_SETUP_CONF);
		assert_int_equal(clear_call(e, !i, id[!i], 16, NULL), 0);
		exchange(e);
		assert_int_equal(e->last[i].prim, ISDN_DISCONNECT_IND);
		uui_is(e->last[i].msg, NULL);
		ends_done(e);
	}
}

/* What the far end sent in whatever message does not go back to it. */
static void libpri_defect_uui_of_the_far_end_is_echoed(void **state)
{
	static const char *const from_far[] = {
		"6e2701807e050450454552", /* NOTIFY, INFORMATION, FACILITY, PROGRESS: not expected
					   */
		"7b7e050450454552",	  "621c0991a1060201010201067e050450454552",
		"207e050450454552",	  "0f7e050450454552",
	};

	(void)state;
	for (int i = 0; i < 2; i++)
		for (size_t k = 0; k < sizeof(from_far) / sizeof(from_far[0]); k++) {
			isdn_call_id id[2];
			struct ends *e = active(id);

			feed(e, i, i ? "0001" : "8001", from_far[k]);
			assert_int_equal(clear_call(e, i, id[i], 16, NULL), 0);
			e->cut = true;
			exchange(e);
			assert_int_equal(e->sent[i].type, ISDN_MT_DISCONNECT);
			uui_is(&e->sent[i], NULL);
			run_for(e, 30000);
			assert_int_equal(e->sent[i].type, ISDN_MT_RELEASE);
			uui_is(&e->sent[i], NULL);
			ends_done(e);
		}
}

static void libpri_defect_own_uui_is_told_as_received(void **state)
{
	isdn_call_id id[2];
	struct ends *e = active(id);

	(void)state;
	e->cut = true;
	assert_int_equal(clear_call(e, 0, id[0], 16, "mine"), 0);
	exchange(e);
	feed(e, 0, "8001", "7d0802809e140100"); /* STATUS, null */
	assert_int_equal(e->last[0].prim, ISDN_RELEASE_CONF);
	uui_is(e->last[0].msg, NULL);
	ends_done(e);
}

/* Both hang up at once, each with UUI: each arrives, though messages arrive before they are sent.
 */
static void libpri_defect_a_message_that_arrives_wipes_uui_that_is_to_be_sent(void **state)
{
	isdn_call_id id[2];
	struct ends *e = active(id);
	struct isdn_span_event ev;

	(void)state;
	assert_int_equal(clear_call(e, 0, id[0], 16, "of the user"), 0);
	assert_int_equal(clear_call(e, 1, id[1], 17, "of the network"), 0);
	exchange(e);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(e->events[i][ISDN_RELEASE_CONF], 1);
		assert_int_equal(i3_cc_next(e->cc[i], &ev), 0);
	}
	ends_done(e);
	e = active(id);
	assert_int_equal(clear_call(e, 0, id[0], 16, "of the user"), 0);
	feed(e, 0, "8001", "6e270180"); /* before it was taken to the link */
	assert_int_equal(e->n_sent[0], 1);
	uui_is(&e->sent[0], "of the user");
	ends_done(e);
}

/* The winner of a call that was offered to all terminals gets it. */
static void libpri_defect_uui_of_hang_up_on_a_bus_goes_to_nobody(void **state)
{
	struct ends *e = ends_up_as(
		&(struct i3_config){ .interface = ISDN_BRI, .uui_max = 128, .ptmp = true });
	isdn_call_id id[2];

	(void)state;
	call_in(e, 1, 10, &id[1], &id[0]);
	assert_int_equal(clear_call(e, 1, id[1], 16, "good bye"), 0);
	exchange(e);
	assert_int_equal(e->last[0].prim, ISDN_DISCONNECT_IND);
	uui_is(e->last[0].msg, "good bye");
	ends_done(e);
}

/* Any discriminator, any octet, any length up to 128. */
static void libpri_defect_uui_is_text_of_35_characters(void **state)
{
	(void)state;
	for (unsigned pd = 0; pd < 256; pd += 5)
		for (unsigned len = 0; len <= 128; len += 32) {
			struct ends *e = ends_up();
			struct isdn_msg m = setup_msg();
			isdn_call_id id;

			m.uui.discriminator = (uint8_t)pd;
			m.uui.len = (uint8_t)len;
			for (unsigned i = 0; i < len; i++)
				m.uui.data[i] = (uint8_t)(i * 7); /* begins with 0 */
			isdn_msg_set(&m, ISDN_IE_USER_USER);
			assert_int_equal(i3_cc_setup(e->cc[0], &m, &id, e->now), 0);
			exchange(e);
			assert_int_equal(e->last[1].msg->uui.discriminator, pd);
			assert_int_equal(e->last[1].msg->uui.len, len);
			assert_memory_equal(e->last[1].msg->uui.data, m.uui.data, len);
			ends_done(e);
		}
}

static void misdn_defect_user_information_is_only_the_network_s(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++) {
		isdn_call_id id[2];
		struct ends *e = active(id);

		assert_int_equal(ask(e, i, id[i], I3_USER_INFO_REQ, "hello"), 0);
		exchange(e);
		assert_int_equal(e->last[!i].prim, ISDN_USER_INFO_IND);
		uui_is(e->last[!i].msg, "hello");
		ends_done(e);
	}
}

/* ---- timers ---- */

static void libpri_defect_t303_ends_without_a_word(void **state)
{
	struct ends *e = ends_up();

	(void)state;
	e->cut = true;
	place(e, 0, NULL);
	run_for(e, 8000);
	e->n_sent[0] = 1;
	assert_answer(e, 0, ISDN_MT_RELEASE_COMPLETE, 102, "333033");
	ends_done(e);
}

static void libpri_defect_t305_forgets_the_cause(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++) {
		isdn_call_id id[2];
		struct ends *e = active(id);

		e->cut = true;
		assert_int_equal(clear_call(e, i, id[i], 17, NULL), 0);
		run_for(e, 30000);
		assert_int_equal(e->sent[i].type, ISDN_MT_RELEASE);
		assert_int_equal(e->sent[i].cause[0].value, 17);
		ends_done(e);
	}
}

static void libpri_defect_t313_has_cause_16(void **state)
{
	struct ends *e = ends_up();
	isdn_call_id a, b;

	(void)state;
	call_in(e, 1, 4, &a, &b);
	e->cut = true;
	assert_int_equal(ask(e, 0, b, I3_SETUP_RESP, NULL), 0);
	run_for(e, 4000);
	e->n_sent[0] = 1;
	assert_answer(e, 0, ISDN_MT_DISCONNECT, 102, "333133");
	ends_done(e);
}

/* More calls than a table of 8192 timers has room for, each with its T303. */
static void libpri_defect_t303_is_absent_in_the_8192nd_call(void **state)
{
	struct ends *e = ends_up();
	struct isdn_msg m = setup_msg();
	isdn_call_id id;

	(void)state;
	i3_channel_write(&e->cc[0]->channels, &m.channel_id[0], 0, false);
	isdn_msg_set(&m, ISDN_IE_CHANNEL_ID);
	e->cut = true;
	for (unsigned n = 0; n < 9000; n++)
		assert_int_equal(i3_cc_setup(e->cc[0], &m, &id, e->now), 0);
	run_for(e, 8000);
	assert_int_equal(e->events[0][ISDN_RELEASE_IND], 9000);
	assert_int_equal(i3_cc_calls(e->cc[0]), 0);
	ends_done(e);
}

/* ---- states and call references ---- */

static void answers(const char *cr, const char *rest, unsigned type, unsigned cause)
{
	for (int i = 0; i < 2; i++) {
		struct ends *e = ends_up();

		feed(e, i, cr, rest);
		if (type)
			assert_answer(e, i, (uint8_t)type, cause, "");
		else
			assert_int_equal(e->n_sent[i], 0);
		assert_int_equal(i3_cc_calls(e->cc[i]), 0);
		assert_int_equal(e->events[i][ISDN_SETUP_IND], 0);
		ends_done(e);
	}
}

static void libpri_defect_status_enquiry_of_an_unknown_call_reference(void **state)
{
	(void)state;
	answers("0005", "75", ISDN_MT_STATUS, 30);
	answers("8005", "75", ISDN_MT_STATUS, 30);
}

static void libpri_defect_setup_with_the_flag_set_rings(void **state)
{
	(void)state;
	answers("8005", "0504038090a31803a98381", 0, 0);
}

static void libpri_defect_an_unknown_type_for_an_unknown_call_reference(void **state)
{
	(void)state;
	answers("0005", "3f", ISDN_MT_RELEASE_COMPLETE, 81);
}

/* NOTIFY, HOLD, RETRIEVE ACKNOWLEDGE, RESTART ACKNOWLEDGE and so on. */
static void libpri_defect_unknown_call_references_leave_a_record(void **state)
{
	static const char *const types[] = { "6e270180", "24",		 "28",	       "300802809d",
					     "31",	 "331803a98381", "370802809d", "4e790180" };

	(void)state;
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		answers(i & 1 ? "0005" : "8005", types[i], ISDN_MT_RELEASE_COMPLETE, 81);
}

static void libpri_defect_status_of_another_state_is_ignored(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++) {
		isdn_call_id id[2];
		struct ends *e = active(id);
		const char *cr = i ? "0001" : "8001";

		feed(e, i, cr, "7d080280e5140107");
		assert_answer(e, i, ISDN_MT_STATUS_ENQUIRY, 0, "");
		feed(e, i, cr, "7d0802809e140107");
		assert_answer(e, i, ISDN_MT_DISCONNECT, 101, "");
		ends_done(e);
	}
}

static void misdn_defect_status_enquiry_to_the_network_is_not_answered(void **state)
{
	isdn_call_id id[2];
	struct ends *e = active(id);

	(void)state;
	feed(e, 1, "0001", "75");
	assert_answer(e, 1, ISDN_MT_STATUS, 30, "");
	assert_int_equal(e->sent[1].call_state.state, 10);
	ends_done(e);
}

/* Whoever hangs up in whatever state, the call ends, with one last event, and is gone. */
static void libpri_defect_hang_up_in_a_wrong_state_does_nothing(void **state)
{
	static const unsigned states[] = { 1, 3, 4, 10 };

	(void)state;
	for (int i = 0; i < 2; i++)
		for (unsigned s = 0; s < 4; s++)
			for (int again = 0; again < 2; again++) {
				struct ends *e = ends_up();
				isdn_call_id from, to;

				call_in(e, i, states[s], &from, &to);
				e->cut = true; /* nobody answers */
				assert_int_equal(clear_call(e, i, from, 16, NULL), 0);
				if (again)
					assert_int_equal(clear_call(e, i, from, 16, NULL), 0);
				run_for(e, 60000);
				assert_int_equal(e->events[i][ISDN_RELEASE_CONF], 1);
				assert_int_equal(clear_call(e, i, from, 16, NULL),
						 ISDN_ERR_INVALCALLHANDLE);
				assert_int_equal(i3_cc_calls(e->cc[i]), 0);
				ends_done(e);
			}
}

/* Both hang up: each side has one last event, and then nothing of the call can be touched. */
static void libpri_defect_hang_up_collision(void **state)
{
	isdn_call_id id[2];
	struct ends *e = active(id);

	(void)state;
	for (int i = 0; i < 2; i++)
		assert_int_equal(clear_call(e, i, id[i], 16, NULL), 0);
	exchange(e);
	for (int i = 0; i < 2; i++) {
		assert_int_equal(e->events[i][ISDN_RELEASE_CONF], 1);
		assert_int_equal(clear_call(e, i, id[i], 16, NULL), ISDN_ERR_INVALCALLHANDLE);
		assert_int_equal(ask(e, i, id[i], I3_NOTIFY_REQ, NULL), ISDN_ERR_INVALCALLHANDLE);
	}
	run_for(e, 100000);
	ends_done(e);
}

/* A request that the state has not is refused, and nothing is sent. */
static void libpri_defect_a_call_is_answered_in_any_state(void **state)
{
	isdn_call_id id[2];
	struct ends *e = active(id);

	(void)state;
	for (int i = 0; i < 2; i++) {
		e->n_sent[i] = 0;
		assert_int_equal(ask(e, i, id[i], I3_SETUP_RESP, NULL), ISDN_ERR_INVALCALLSTATE);
		assert_int_equal(ask(e, i, id[i], I3_ALERTING_REQ, NULL), ISDN_ERR_INVALCALLSTATE);
		exchange(e);
		assert_int_equal(e->n_sent[i], 0);
	}
	ends_done(e);
}

/* CONNECT of the called user in Call present arrives at a user: not a message for that state. */
static void libpri_defect_connect_to_the_called_side_is_accepted(void **state)
{
	struct ends *e = ends_up();
	isdn_call_id a, b;

	(void)state;
	call_in(e, 1, 1, &a, &b);
	feed(e, 0, "0001", "07");
	assert_answer(e, 0, ISDN_MT_STATUS, 101, "07");
	assert_int_equal(state_of(e, 0, b), 6);
	ends_done(e);
}

/* ---- restart ---- */

/* A RESTART of several channels: their calls end, it is acknowledged once, as it was. */
static void libpri_defect_restart_of_several_channels(void **state)
{
	struct ends *e = ends_up();

	(void)state;
	feed(e, 0, "0001", "0504038090a31803a98381");
	feed(e, 0, "0002", "0504038090a31803a98382");
	feed(e, 0, "0003", "0504038090a31803a98383");
	feed(e, 0, "0000", "461804a9830182790180");
	assert_int_equal(e->n_sent[0], 1);
	assert_int_equal(e->sent[0].type, ISDN_MT_RESTART_ACKNOWLEDGE);
	assert_int_equal(e->sent[0].channel_id[0].n_channels, 2);
	assert_int_equal(e->events[0][ISDN_RELEASE_IND], 2);
	assert_int_equal(e->events[0][ISDN_RESTART_IND], 1);
	assert_int_equal(i3_cc_calls(e->cc[0]), 1);
	ends_done(e);
}

/* The channel is of use again, whether RESTART is acknowledged or not. */
static void libpri_defect_a_restart_that_is_never_acknowledged(void **state)
{
	struct ends *e = ends_up();
	struct isdn_msg m = setup_msg();
	isdn_call_id id;

	(void)state;
	e->cut = true;
	i3_channel_write(&e->cc[0]->channels, &m.channel_id[0], 7, true);
	isdn_msg_set(&m, ISDN_IE_CHANNEL_ID);
	assert_int_equal(i3_cc_restart(e->cc[0], 7, e->now), 0);
	assert_int_equal(i3_cc_setup(e->cc[0], &m, &id, e->now), ISDN_ERR_RESOURCEUNAVAIL);
	run_for(e, 240000);
	assert_int_equal(e->events[0][ISDN_RESTART_FAILED], 1);
	assert_int_equal(i3_cc_setup(e->cc[0], &m, &id, e->now), 0);
	ends_done(e);
}

/* ---- elements ---- */

static void libpri_defect_unknown_elements_get_no_status(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++) {
		isdn_call_id id[2];
		struct ends *e = active(id);
		const char *cr = i ? "0001" : "8001";

		feed(e, i, cr, "7b5f0102"); /* 5.8.7.1 */
		assert_answer(e, i, ISDN_MT_STATUS, 99, "5f");
		feed(e, i, cr, "7b70020000"); /* 5.8.7.2 */
		assert_answer(e, i, ISDN_MT_STATUS, 100, "70");
		ends_done(e);
	}
}

static void libpri_defect_the_last_of_several_elements_counts(void **state)
{
	struct ends *e = ends_up();

	(void)state;
	feed(e, 1, "0005",
	     "0504038090a3700481313131700481323232"
	     "7e0404414141"
	     "7e0404424242");
	assert_int_equal(e->last[1].prim, ISDN_SETUP_IND);
	assert_string_equal(e->last[1].msg->called.digits, "111");
	uui_is(e->last[1].msg, "AAA");
	ends_done(e);
}

/* 23 octets at most: an element in error, in a call that goes on; nothing is written behind it. */
static void libpri_defect_a_subaddress_of_100_octets(void **state)
{
	static const unsigned lengths[] = { 24, 32, 33, 100, 250 };

	(void)state;
	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++)
		for (unsigned which = 0; which < 2; which++) { /* calling, called */
			struct ends *e = ends_up();
			char hex[700] = "0504038090a3";

			sprintf(hex + strlen(hex), "%s%02x80", which ? "71" : "6d", lengths[i]);
			for (unsigned k = 1; k < lengths[i]; k++)
				strcat(hex, "41");
			feed(e, 1, "0005", hex);
			assert_int_equal(e->last[1].prim, ISDN_SETUP_IND);
			assert_false(isdn_msg_has(e->last[1].msg, which ? ISDN_IE_CALLED_SUB
									: ISDN_IE_CALLING_SUB));
			assert_answer(e, 1, ISDN_MT_STATUS, e->sent[1].cause[0].value,
				      which ? "71" : "6d");
			assert_true(e->sent[1].cause[0].value == 43 ||
				    e->sent[1].cause[0].value == 100);
			ends_done(e);
		}
}

/* Octets that say that another follows, to the end of the element, and nothing behind it. */
static void libpri_defect_octets_that_never_end(void **state)
{
	static const char *const elements[] = { "6c020121", "6c0101", "74020121", "740121",
						"4c020121", "6d0100", "710100",	  "0802007f",
						"1e0101",   "700101", "7d0111",	  "04020010" };

	(void)state;
	for (size_t i = 0; i < sizeof(elements) / sizeof(elements[0]); i++)
		for (int side = 0; side < 2; side++) {
			struct ends *e = ends_up();
			char hex[100];

			snprintf(hex, sizeof(hex), "0504038090a31803a98381%s", elements[i]);
			feed(e, side, "0005", hex);
			assert_true(e->events[side][ISDN_SETUP_IND] == 1 || e->n_sent[side] == 1);
			ends_done(e);
		}
}

/* NUL octets of carriers do not cut an element. */
static void libpri_defect_nul_octets_cut_elements(void **state)
{
	struct ends *e = ends_up();

	(void)state;
	feed(e, 0, "0005", "0504038090a31803a983812803410042");
	assert_int_equal(e->last[0].prim, ISDN_SETUP_IND);
	assert_int_equal(e->last[0].msg->display[0].len, 3);
	assert_memory_equal(e->last[0].msg->display[0].text, "A\0B", 3);
	ends_done(e);
}

/* Unrestricted data, video, n x 64 kbit/s, packets: the application has the say. */
static void libpri_defect_bearers_other_than_64_kbit_are_refused(void **state)
{
	static const char *const bearers[] = { "04028890", "04038890a5", "04028993", "04029190" };

	(void)state;
	for (size_t i = 0; i < sizeof(bearers) / sizeof(bearers[0]); i++) {
		struct ends *e = ends_up();
		char hex[60];

		snprintf(hex, sizeof(hex), "05%s1803a98381", bearers[i]);
		feed(e, 1, "0005", hex);
		assert_int_equal(e->events[1][ISDN_SETUP_IND], 1);
		ends_done(e);
	}
}

/* User-user of no octets is read as that, and what follows it is read, too. */
static void freetdm_defect_uui_without_octets(void **state)
{
	struct ends *e = ends_up();

	(void)state;
	feed(e, 1, "0005", "0504038090a37e00");
	assert_int_equal(e->events[1][ISDN_SETUP_IND], 1);
	uui_is(e->last[1].msg, NULL);
	feed(e, 1, "0006", "0504038090a37e0104");
	assert_int_equal(e->events[1][ISDN_SETUP_IND], 2);
	uui_is(e->last[1].msg, "");
	ends_done(e);
}

/* An element that the message is not known to have does not make the message be lost. */
static void freetdm_defect_an_unexpected_element_loses_the_message(void **state)
{
	struct ends *e = ends_up();

	(void)state;
	feed(e, 1, "0005", "0504038090a31803a983812901017901807e020441");
	assert_int_equal(e->events[1][ISDN_SETUP_IND], 1);
	uui_is(e->last[1].msg, "A");
	ends_done(e);
}

/* ---- procedures that others have not ---- */

static void libpri_defect_suspend_is_unknown(void **state)
{
	isdn_call_id id[2];
	struct ends *e = active(id);

	(void)state;
	assert_int_equal(ask(e, 0, id[0], I3_SUSPEND_REQ, NULL), 0);
	exchange(e);
	assert_int_equal(e->last[1].prim, ISDN_SUSPEND_IND);
	assert_int_equal(ask(e, 1, id[1], I3_SUSPEND_REJECT_REQ, NULL), 0);
	exchange(e);
	assert_int_equal(e->sent[1].type, ISDN_MT_SUSPEND_REJECT);
	ends_done(e);
}

/* SERVICE of a protocol that we do not have is ignored, not echoed. */
static void libpri_defect_service_is_echoed(void **state)
{
	struct ends *e = ends_up();
	uint8_t octets[30];
	size_t n = test_hex("030200000f0101c21803a98383", octets, sizeof(octets));

	(void)state;
	for (int i = 0; i < 2; i++) {
		assert_int_equal(i3_cc_rx(e->cc[i], 0, octets, n, e->now), 0);
		exchange(e);
		assert_int_equal(e->n_sent[i], 0);
	}
	ends_done(e);
}

const struct CMUnitTest cc_defect_tests[] = {
	cmocka_unit_test(libpri_defect_uui_is_lost_when_setup_is_repeated),
	cmocka_unit_test(libpri_defect_uui_for_connect_goes_out_in_disconnect),
	cmocka_unit_test(libpri_defect_uui_of_the_far_end_is_echoed),
	cmocka_unit_test(libpri_defect_own_uui_is_told_as_received),
	cmocka_unit_test(libpri_defect_a_message_that_arrives_wipes_uui_that_is_to_be_sent),
	cmocka_unit_test(libpri_defect_uui_of_hang_up_on_a_bus_goes_to_nobody),
	cmocka_unit_test(libpri_defect_uui_is_text_of_35_characters),
	cmocka_unit_test(misdn_defect_user_information_is_only_the_network_s),
	cmocka_unit_test(libpri_defect_t303_ends_without_a_word),
	cmocka_unit_test(libpri_defect_t305_forgets_the_cause),
	cmocka_unit_test(libpri_defect_t313_has_cause_16),
	cmocka_unit_test(libpri_defect_t303_is_absent_in_the_8192nd_call),
	cmocka_unit_test(libpri_defect_status_enquiry_of_an_unknown_call_reference),
	cmocka_unit_test(libpri_defect_setup_with_the_flag_set_rings),
	cmocka_unit_test(libpri_defect_an_unknown_type_for_an_unknown_call_reference),
	cmocka_unit_test(libpri_defect_unknown_call_references_leave_a_record),
	cmocka_unit_test(libpri_defect_status_of_another_state_is_ignored),
	cmocka_unit_test(misdn_defect_status_enquiry_to_the_network_is_not_answered),
	cmocka_unit_test(libpri_defect_hang_up_in_a_wrong_state_does_nothing),
	cmocka_unit_test(libpri_defect_hang_up_collision),
	cmocka_unit_test(libpri_defect_a_call_is_answered_in_any_state),
	cmocka_unit_test(libpri_defect_connect_to_the_called_side_is_accepted),
	cmocka_unit_test(libpri_defect_restart_of_several_channels),
	cmocka_unit_test(libpri_defect_a_restart_that_is_never_acknowledged),
	cmocka_unit_test(libpri_defect_unknown_elements_get_no_status),
	cmocka_unit_test(libpri_defect_the_last_of_several_elements_counts),
	cmocka_unit_test(libpri_defect_a_subaddress_of_100_octets),
	cmocka_unit_test(libpri_defect_octets_that_never_end),
	cmocka_unit_test(libpri_defect_nul_octets_cut_elements),
	cmocka_unit_test(libpri_defect_bearers_other_than_64_kbit_are_refused),
	cmocka_unit_test(freetdm_defect_uui_without_octets),
	cmocka_unit_test(freetdm_defect_an_unexpected_element_loses_the_message),
	cmocka_unit_test(libpri_defect_suspend_is_unknown),
	cmocka_unit_test(libpri_defect_service_is_echoed),
};
const size_t cc_n_defect_tests = sizeof(cc_defect_tests) / sizeof(cc_defect_tests[0]);
