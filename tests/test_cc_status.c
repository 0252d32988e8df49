/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which reported states fit, Q.931 5.8.11, by a table of our own: for every state of a side what
 * happens when STATUS reports each of the 64 states.
 */
#include "tests/cc_states.h"

#define ANY_STATE 64

/* What came of a STATUS. */
enum outcome {
	ACCEPTED, /* told, nothing else */
	ASKED,	  /* told, and STATUS ENQUIRY sent */
	CLEARED,  /* DISCONNECT 101 */
	REPAIRED, /* told, and CONNECT sent again */
	RELEASED, /* the call is gone, no message */
	IGNORED,
	WRONG
};

/*
 * Messages of one link arrive in order: what the far end sent before its STATUS has arrived, what
 * we sent may not have. So it fits when the far end may not have heard of our last steps.
 */
static const struct {
	enum reach who;
	unsigned state;
	uint32_t fits;	  /* unasked */
	uint32_t answers; /* and in an answer to STATUS ENQUIRY, which followed all that we sent */
	uint32_t repairs; /* in an answer: CONNECT, or its ACKNOWLEDGE, was lost */
} rows[] = {
	/* The user: ALERTING is no step that the call needs, so U3 fits N4. On a bus others may be
	 * further than we are. */
	{ REACH_USER, 1, S(1), S(1), 0 },
	{ REACH_USER, 2, S(2), S(2), 0 },
	{ REACH_USER, 3, S(3) | S(4), S(3) | S(4), 0 },
	{ REACH_USER, 4, S(4), S(4), 0 },
	{ REACH_USER, 6, S(6) | S(7) | S(9), S(6) | S(7) | S(9), 0 },
	{ REACH_USER, 7, S(6) | S(7) | S(9) | S(25), S(6) | S(7) | S(9) | S(25), 0 },
	{ REACH_USER, 8, S(6) | S(7) | S(8) | S(9) | S(25), S(6) | S(7) | S(8) | S(9) | S(25), 0 },
	{ REACH_USER, 9, S(6) | S(7) | S(9) | S(25), S(6) | S(7) | S(9) | S(25), 0 },
	{ REACH_USER, 10, S(10), S(10), 0 },
	{ REACH_USER, 15, S(10) | S(15), S(10) | S(15), 0 },
	{ REACH_USER, 17, S(17), S(17), 0 },
	{ REACH_USER, 25, S(6) | S(25), S(6) | S(25), 0 },
	/* The network. */
	{ REACH_NETWORK, 1, S(1), S(1), 0 },
	{ REACH_NETWORK, 2, S(1) | S(2), S(1) | S(2), 0 },
	{ REACH_NETWORK, 3, S(1) | S(2) | S(3), S(1) | S(2) | S(3), 0 },
	{ REACH_NETWORK, 4, S(1) | S(2) | S(3) | S(4), S(1) | S(2) | S(3) | S(4), 0 },
	{ REACH_NETWORK, 6, S(6), S(6), 0 },
	{ REACH_NETWORK, 7, S(7), S(7), 0 },
	{ REACH_NETWORK, 8, S(8), S(8), 0 },
	{ REACH_NETWORK, 9, S(9), S(9), 0 },
	{ REACH_NETWORK, 10, S(1) | S(2) | S(3) | S(4) | S(10), S(10), S(1) | S(2) | S(3) | S(4) },
	{ REACH_NETWORK_CALLED, 10, S(8) | S(10), S(10), S(8) },
	{ REACH_NETWORK, 15, S(15), S(15), 0 },
	{ REACH_NETWORK, 17, S(17), S(17), 0 },
	{ REACH_NETWORK, 25, S(25), S(25), 0 },
	/* Both users, Annex D: the far end is in the other half of the call. */
	{ REACH_QSIG, 1, S(6), S(6), 0 },
	{ REACH_QSIG, 2, S(25), S(25), 0 },
	{ REACH_QSIG, 3, S(7) | S(9), S(7) | S(9), 0 },
	{ REACH_QSIG, 4, S(7), S(7), 0 },
	{ REACH_QSIG, 6, S(1), S(1), 0 },
	{ REACH_QSIG, 7, S(1) | S(2) | S(3) | S(4), S(1) | S(2) | S(3) | S(4), 0 },
	{ REACH_QSIG, 8, S(1) | S(2) | S(3) | S(4) | S(10), S(1) | S(2) | S(3) | S(4) | S(10), 0 },
	{ REACH_QSIG, 9, S(1) | S(2) | S(3), S(1) | S(2) | S(3), 0 },
	{ REACH_QSIG, 10, S(8) | S(10), S(8) | S(10), 0 },
	{ REACH_QSIG, 25, S(1) | S(2), S(1) | S(2), 0 },
};

/* Where nothing comes of it, 5.8.11: the call is on its way out, or is none. */
static const struct {
	enum reach who;
	unsigned state;
} deaf[] = {
	{ REACH_USER, 11 },    { REACH_USER, 12 },    { REACH_USER, 19 },    { REACH_USER, 31 },
	{ REACH_NETWORK, 11 }, { REACH_NETWORK, 12 }, { REACH_NETWORK, 19 }, { REACH_NETWORK, 31 },
	{ REACH_QSIG, 11 },    { REACH_QSIG, 12 },    { REACH_QSIG, 19 },    { REACH_QSIG, 31 },
};

/* ---- STATUS ---- */

static enum outcome outcome_of(struct reached *c, unsigned own, const unsigned before[2])
{
	struct ends *e = c->e;
	int at = c->at;
	unsigned now = state_of(e, at, c->id[at]);
	bool told = e->events[at][ISDN_STATUS_IND] != before[0];
	bool gone = e->events[at][ISDN_RELEASE_IND] + e->events[at][ISDN_RELEASE_CONF] != before[1];
	unsigned type = e->n_sent[at] == 1 ? e->sent[at].type : 0;
	bool disconnect = type == ISDN_MT_DISCONNECT &&
			  e->sent[at].cause[0].value ==
				  ISDN_CAUSE_MESSAGE_NOT_COMPATIBLE_WITH_STATE;

	if (e->n_sent[at] > 1)
		return WRONG;
	if (disconnect && !gone)
		return now == (e->cc[at]->network ? 12u : 11u) ? CLEARED : WRONG;
	if (gone)
		return !now && !type ? RELEASED : WRONG;
	if (now != own)
		return WRONG;
	if (!type)
		return told ? ACCEPTED : IGNORED;
	if (!told)
		return WRONG;
	if (type == ISDN_MT_STATUS_ENQUIRY)
		return ASKED;
	return type == ISDN_MT_CONNECT || type == ISDN_MT_CONNECT_ACKNOWLEDGE ? REPAIRED : WRONG;
}

static enum outcome report(enum reach who, unsigned own, unsigned reported, bool answer)
{
	struct reached c = reach(who, own);
	unsigned before[2];
	enum outcome o;
	char cr[8], rest[30];
	int at = c.at;

	if (answer) {
		assert_int_equal(ask(c.e, at, c.id[at], I3_STATUS_ENQUIRY_REQ, NULL), 0);
		exchange(c.e);
	}
	before[0] = c.e->events[at][ISDN_STATUS_IND];
	before[1] = c.e->events[at][ISDN_RELEASE_IND] + c.e->events[at][ISDN_RELEASE_CONF];
	reached_call_reference(&c, cr);
	snprintf(rest, sizeof(rest), "7d080280%s1401%02x", answer ? "9e" : "e5", reported);
	feed(c.e, at, cr, rest);
	o = outcome_of(&c, own, before);
	ends_done(c.e);
	return o;
}

static void expect(enum reach who, unsigned own, unsigned reported, bool answer, enum outcome want)
{
	static const char *const names[] = { "accepted", "asked",   "cleared", "repaired",
					     "released", "ignored", "wrong" };
	static const char *const kinds[] = { "U", "N", "called N", "QSIG U" };
	enum outcome is = report(who, own, reported, answer);

	if (is != want)
		fail_msg("%s%u, %s state %u: %s, not %s", kinds[who], own,
			 answer ? "answered" : "reported", reported, names[is], names[want]);
}

static bool in(uint32_t set, unsigned state)
{
	return state < 32 && (set >> state) & 1;
}

static void q931_5_8_11_each_state_that_is_reported_in_each_state(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		for (unsigned s = 0; s < ANY_STATE; s++) {
			enum outcome unasked = in(rows[i].fits, s) ? ACCEPTED : ASKED;
			enum outcome answer = in(rows[i].answers, s)   ? ACCEPTED
					      : in(rows[i].repairs, s) ? REPAIRED
								       : CLEARED;

			expect(rows[i].who, rows[i].state, s, false, s ? unasked : RELEASED);
			expect(rows[i].who, rows[i].state, s, true, s ? answer : RELEASED);
		}
}

static void q931_5_8_11_while_a_call_ends(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(deaf) / sizeof(deaf[0]); i++)
		for (unsigned s = 0; s < ANY_STATE; s++)
			expect(deaf[i].who, deaf[i].state, s, false, s ? IGNORED : RELEASED);
}

/* 5.8.10: the state is told in every state, and STATUS with 30 changes nothing. */
static void q931_5_8_10_each_state_is_told(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct reached c = reach(rows[i].who, rows[i].state);
		char cr[8];

		reached_call_reference(&c, cr);
		feed(c.e, c.at, cr, "75");
		assert_answer(c.e, c.at, ISDN_MT_STATUS, 30, "");
		assert_int_equal(c.e->sent[c.at].call_state.state, rows[i].state);
		assert_int_equal(state_of(c.e, c.at, c.id[c.at]), rows[i].state);
		ends_done(c.e);
	}
}

const struct CMUnitTest cc_status_tests[] = {
	cmocka_unit_test(q931_5_8_11_each_state_that_is_reported_in_each_state),
	cmocka_unit_test(q931_5_8_11_while_a_call_ends),
	cmocka_unit_test(q931_5_8_10_each_state_is_told),
};
const size_t cc_n_status_tests = sizeof(cc_status_tests) / sizeof(cc_status_tests[0]);
