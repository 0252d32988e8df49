/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Which reported states fit, Q.931 5.8.11, by a table of our own: for every state of a side what
 * happens when STATUS reports each of the 64 states.
 */
#include "tests/cc_ends.h"

#define ANY_STATE 64

enum kind { OF_USER, OF_NETWORK, OF_NETWORK_CALLED /* N10 of a call to the user */, OF_QSIG };

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
	enum kind kind;
	unsigned state;
	uint32_t fits;	  /* unasked */
	uint32_t answers; /* and in an answer to STATUS ENQUIRY, which followed all that we sent */
	uint32_t repairs; /* in an answer: CONNECT was lost */
} rows[] = {
	/* The user: ALERTING is no step that the call needs, so U3 fits N4. On a bus others may be
	 * further than we are. */
	{ OF_USER, 1, S(1), S(1), 0 },
	{ OF_USER, 2, S(2), S(2), 0 },
	{ OF_USER, 3, S(3) | S(4), S(3) | S(4), 0 },
	{ OF_USER, 4, S(4), S(4), 0 },
	{ OF_USER, 6, S(6) | S(7) | S(9), S(6) | S(7) | S(9), 0 },
	{ OF_USER, 7, S(6) | S(7) | S(9) | S(25), S(6) | S(7) | S(9) | S(25), 0 },
	{ OF_USER, 8, S(6) | S(7) | S(8) | S(9) | S(25), S(6) | S(7) | S(8) | S(9) | S(25), 0 },
	{ OF_USER, 9, S(6) | S(7) | S(9) | S(25), S(6) | S(7) | S(9) | S(25), 0 },
	{ OF_USER, 10, S(10), S(10), 0 },
	{ OF_USER, 15, S(10) | S(15), S(10) | S(15), 0 },
	{ OF_USER, 17, S(17), S(17), 0 },
	{ OF_USER, 25, S(6) | S(25), S(6) | S(25), 0 },
	/* The network. */
	{ OF_NETWORK, 1, S(1), S(1), 0 },
	{ OF_NETWORK, 2, S(1) | S(2), S(1) | S(2), 0 },
	{ OF_NETWORK, 3, S(1) | S(2) | S(3), S(1) | S(2) | S(3), 0 },
	{ OF_NETWORK, 4, S(1) | S(2) | S(3) | S(4), S(1) | S(2) | S(3) | S(4), 0 },
	{ OF_NETWORK, 6, S(6), S(6), 0 },
	{ OF_NETWORK, 7, S(7), S(7), 0 },
	{ OF_NETWORK, 8, S(8), S(8), 0 },
	{ OF_NETWORK, 9, S(9), S(9), 0 },
	{ OF_NETWORK, 10, S(1) | S(2) | S(3) | S(4) | S(10), S(10), S(1) | S(2) | S(3) | S(4) },
	{ OF_NETWORK_CALLED, 10, S(8) | S(10), S(8) | S(10), 0 },
	{ OF_NETWORK, 15, S(15), S(15), 0 },
	{ OF_NETWORK, 17, S(17), S(17), 0 },
	{ OF_NETWORK, 25, S(25), S(25), 0 },
	/* Both users, Annex D: the far end is in the other half of the call. */
	{ OF_QSIG, 1, S(6), S(6), 0 },
	{ OF_QSIG, 2, S(25), S(25), 0 },
	{ OF_QSIG, 3, S(7) | S(9), S(7) | S(9), 0 },
	{ OF_QSIG, 4, S(7), S(7), 0 },
	{ OF_QSIG, 6, S(1), S(1), 0 },
	{ OF_QSIG, 7, S(1) | S(2) | S(3) | S(4), S(1) | S(2) | S(3) | S(4), 0 },
	{ OF_QSIG, 8, S(1) | S(2) | S(3) | S(4) | S(10), S(1) | S(2) | S(3) | S(4) | S(10), 0 },
	{ OF_QSIG, 9, S(1) | S(2) | S(3), S(1) | S(2) | S(3), 0 },
	{ OF_QSIG, 10, S(8) | S(10), S(8) | S(10), 0 },
	{ OF_QSIG, 25, S(1) | S(2), S(1) | S(2), 0 },
};

/* Where nothing comes of it, 5.8.11: the call is on its way out, or is none. */
static const struct {
	enum kind kind;
	unsigned state;
} deaf[] = {
	{ OF_USER, 11 },    { OF_USER, 12 },	{ OF_USER, 19 },    { OF_USER, 31 },
	{ OF_NETWORK, 11 }, { OF_NETWORK, 12 }, { OF_NETWORK, 19 }, { OF_NETWORK, 31 },
	{ OF_QSIG, 11 },    { OF_QSIG, 12 },	{ OF_QSIG, 19 },    { OF_QSIG, 31 },
};

/* ---- to the state ---- */

struct call {
	struct ends *e;
	int at;		    /* the side whose states they are */
	isdn_call_id id[2]; /* by side */
};

static void needs(struct call *c, int side, enum i3_req req)
{
	assert_int_equal(ask(c->e, side, c->id[side], req, NULL), 0);
}

static void clears(struct call *c, int side)
{
	assert_int_equal(clear_call(c->e, side, c->id[side], 0, NULL), 0);
}

static void connects(struct call *c, int from, unsigned state)
{
	isdn_call_id a, b;

	call_in(c->e, from, state, &a, &b);
	c->id[from] = a;
	c->id[!from] = b;
}

static void suspends(struct call *c)
{
	connects(c, 0, 10);
	needs(c, 0, I3_SUSPEND_REQ);
}

static void resumes(struct call *c)
{
	struct isdn_msg m;

	suspends(c);
	exchange(c->e);
	needs(c, 1, I3_SUSPEND_RESP);
	exchange(c->e);
	memset(&m, 0, sizeof(m));
	assert_int_equal(i3_cc_resume(c->e->cc[0], &m, &c->id[0], c->e->now), 0);
}

static void registers(struct call *c)
{
	struct isdn_msg m;

	memset(&m, 0, sizeof(m));
	m.facility[0].profile = ISDN_PROFILE_ROSE;
	isdn_msg_set(&m, ISDN_IE_FACILITY);
	assert_int_equal(i3_cc_register(c->e->cc[c->at], &m, &c->id[c->at], c->e->now), 0);
}

/* The side that calls is in states 1 to 4, the one that is called in 6 to 9 and 25: of a user. */
static void called(struct call *c, int from, unsigned state)
{
	connects(c, from, 1);
	if (state == 25)
		needs(c, !from, I3_MORE_INFO_REQ);
	if (state == 9)
		needs(c, !from, I3_PROCEEDING_REQ);
	if (state == 7)
		needs(c, !from, I3_ALERTING_REQ);
	if (state == 8)
		needs(c, !from, I3_SETUP_RESP);
}

/* State of a user (or of a network with the numbers of a user's) on side at. */
static void to_state(struct call *c, unsigned state)
{
	int other = !c->at;

	switch (state) {
	case 1:
	case 3:
	case 4:
	case 10:
		connects(c, c->at, state);
		break;
	case 2:
		called(c, c->at, 25);
		exchange(c->e);
		break;
	case 11:
	case 12:
	case 19:
		connects(c, c->at, 10);
		clears(c, state == 11 ? c->at : other);
		if (state != 11)
			exchange(c->e);
		if (state == 19)
			clears(c, c->at);
		break;
	case 15:
		suspends(c);
		break;
	case 17:
		resumes(c);
		break;
	case 31:
		registers(c);
		break;
	default:
		called(c, other, state);
		break;
	}
}

/* The network's numbers: 1 to 4 of a call from the user, 6 to 9 and 25 of one to it. */
static void to_state_of_network(struct call *c, enum kind kind, unsigned state)
{
	switch (state) {
	case 1:
	case 2:
	case 3:
	case 4:
		connects(c, 0, 1);
		if (state > 1)
			needs(c, 1,
			      state == 2   ? I3_MORE_INFO_REQ
			      : state == 3 ? I3_PROCEEDING_REQ
					   : I3_ALERTING_REQ);
		break;
	case 6:
		c->id[1] = place(c->e, 1, NULL);
		break;
	case 7:
	case 8:
	case 9:
	case 25:
		called(c, 1, state);
		exchange(c->e);
		break;
	case 10:
		if (kind == OF_NETWORK) {
			connects(c, 0, 10);
			break;
		}
		called(c, 1, 8);
		exchange(c->e);
		needs(c, 1, I3_SETUP_COMPLETE_REQ);
		break;
	case 11:
	case 12:
	case 19:
		connects(c, 0, 10);
		clears(c, state == 12);
		exchange(c->e);
		if (state == 19)
			clears(c, 1);
		break;
	case 15:
		suspends(c);
		exchange(c->e);
		break;
	case 17:
		resumes(c);
		exchange(c->e);
		c->id[1] = c->e->last[1].call;
		break;
	default:
		registers(c);
		break;
	}
}

static struct call begin(enum kind kind, unsigned state)
{
	struct i3_config as = { .interface = ISDN_E1,
				.uui_max = 128,
				.connect_by_request = true,
				.variant = kind == OF_QSIG ? ISDN_VARIANT_QSIG
							   : ISDN_VARIANT_ETSI };
	struct call c = { .e = ends_up_as(&as), .at = kind != OF_USER && kind != OF_QSIG };

	if (c.at)
		to_state_of_network(&c, kind, state);
	else
		to_state(&c, state);
	c.e->cut = true;
	exchange(c.e);
	if (state_of(c.e, c.at, c.id[c.at]) != state)
		fail_msg("%s%u is not reached", c.at ? "N" : "U", state);
	return c;
}

/* ---- STATUS ---- */

static enum outcome outcome_of(struct call *c, unsigned own, const unsigned before[2])
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
	return type == ISDN_MT_STATUS_ENQUIRY ? ASKED : type == ISDN_MT_CONNECT ? REPAIRED : WRONG;
}

static enum outcome report(enum kind kind, unsigned own, unsigned reported, bool answer)
{
	struct call c = begin(kind, own);
	struct isdn_span_call q;
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
	assert_int_equal(i3_cc_query(c.e->cc[at], c.id[at], &q), 0);
	snprintf(cr, sizeof(cr), "%04x", q.cr | (q.originated ? 0x8000u : 0u));
	snprintf(rest, sizeof(rest), "7d080280%s1401%02x", answer ? "9e" : "e5", reported);
	feed(c.e, at, cr, rest);
	o = outcome_of(&c, own, before);
	ends_done(c.e);
	return o;
}

static void expect(enum kind kind, unsigned own, unsigned reported, bool answer, enum outcome want)
{
	static const char *const names[] = { "accepted", "asked",   "cleared", "repaired",
					     "released", "ignored", "wrong" };
	static const char *const kinds[] = { "U", "N", "called N", "QSIG U" };
	enum outcome is = report(kind, own, reported, answer);

	if (is != want)
		fail_msg("%s%u, %s state %u: %s, not %s", kinds[kind], own,
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

			expect(rows[i].kind, rows[i].state, s, false, s ? unasked : RELEASED);
			expect(rows[i].kind, rows[i].state, s, true, s ? answer : RELEASED);
		}
}

static void q931_5_8_11_while_a_call_ends(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(deaf) / sizeof(deaf[0]); i++)
		for (unsigned s = 0; s < ANY_STATE; s++)
			expect(deaf[i].kind, deaf[i].state, s, false, s ? IGNORED : RELEASED);
}

/* 5.8.10: the state is told in every state, and STATUS with 30 changes nothing. */
static void q931_5_8_10_each_state_is_told(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct call c = begin(rows[i].kind, rows[i].state);
		struct isdn_span_call q;
		char cr[8];

		assert_int_equal(i3_cc_query(c.e->cc[c.at], c.id[c.at], &q), 0);
		snprintf(cr, sizeof(cr), "%04x", q.cr | (q.originated ? 0x8000u : 0u));
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
