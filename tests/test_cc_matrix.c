/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Each message and each request in each state of each side, held against matrices of our own: from
 * Annex A, 5.8.4 and Q.932, not from the tables of the library.
 */
#include "tests/cc_states.h"

#define SETTING_UP (S(1) | S(2) | S(3) | S(4) | S(6) | S(7) | S(8) | S(9) | S(25))
#define HEARD	   (SETTING_UP & ~(S(1) | S(6))) /* each side has heard of the other */
#define ENDING	   (S(11) | S(12) | S(19))
#define A_CALL	   (SETTING_UP | S(10) | S(15) | S(17))
#define EACH	   (A_CALL | ENDING | S(31))
#define NONE	   UINT32_C(0)
#define HOLDABLE   (S(3) | S(4) | S(7) | S(8) | S(9) | S(10))

static const unsigned states[] = { 1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 15, 17, 19, 25, 31 };

/* ---- messages ---- */

enum outcome {
	TAKEN,	  /* told, answered, or a new state */
	IGNORED,  /* nothing at all */
	REFUSED,  /* STATUS 101 (5.8.4), or HOLD, RETRIEVE REJECT 101 */
	SOMETHING /* else */
};

/* By side, user first: where it is taken, and where it is ignored; else it is refused. */
static const struct {
	const char *name, *rest;
	uint32_t taken[2], ignored[2];
} messages[] = {
	{ "ALERTING", "01", { S(1) | S(2) | S(3), S(6) | S(9) | S(25) }, { ENDING, ENDING } },
	{ "CALL PROCEEDING", "02", { S(1) | S(2), S(6) | S(25) }, { ENDING, ENDING } },
	{ "PROGRESS",
	  "031e028088",
	  { S(1) | S(2) | S(3) | S(4), S(6) | S(7) | S(9) | S(25) },
	  { ENDING, ENDING } },
	{ "SETUP", "0504038090a31803a98381", { NONE, NONE }, { EACH, EACH } },
	/* once more in 10: it is acknowledged once more */
	{ "CONNECT",
	  "07",
	  { S(1) | S(2) | S(3) | S(4) | S(10), S(6) | S(7) | S(9) | S(25) | S(10) },
	  { ENDING, ENDING | S(8) } },
	{ "SETUP ACKNOWLEDGE", "0d", { S(1), S(6) }, { ENDING, ENDING } },
	{ "CONNECT ACKNOWLEDGE", "0f", { S(8), NONE }, { ENDING | S(10), ENDING | S(10) } },
	{ "USER INFORMATION",
	  "207e020441",
	  { S(4) | S(7) | S(8) | S(10), S(4) | S(7) | S(8) | S(10) },
	  { ENDING, ENDING } },
	{ "CONGESTION CONTROL", "79bf080280ab", { A_CALL, A_CALL }, { ENDING, ENDING } },
	/* in 11 of the user and 12 of the network it is a collision */
	{ "DISCONNECT",
	  "4508028090",
	  { A_CALL | S(11), A_CALL | S(12) },
	  { S(12) | S(19), S(11) | S(19) } },
	{ "RELEASE", "4d08028090", { EACH, EACH }, { NONE, NONE } },
	{ "RELEASE COMPLETE", "5a08028090", { EACH, EACH }, { NONE, NONE } },
	{ "STATUS ENQUIRY", "75", { EACH, EACH }, { NONE, NONE } },
	{ "INFORMATION", "7b2c0131", { EACH & ~S(31), EACH & ~S(31) }, { NONE, NONE } },
	{ "NOTIFY", "6e270180", { EACH & ~S(31), EACH & ~S(31) }, { NONE, NONE } },
	{ "FACILITY", "621c0991a106020101020106", { EACH, EACH }, { NONE, NONE } },
	{ "REGISTER", "641c0991a106020101020106", { NONE, NONE }, { NONE, NONE } },
	{ "SUSPEND", "25", { NONE, S(10) }, { NONE, S(15) } },
	{ "SUSPEND ACKNOWLEDGE", "2d", { S(15), NONE }, { NONE, NONE } },
	{ "SUSPEND REJECT", "210802829d", { S(15), NONE }, { NONE, NONE } },
	{ "RESUME", "26", { NONE, NONE }, { NONE, S(17) } },
	{ "RESUME ACKNOWLEDGE", "2e1803a98382", { S(17), NONE }, { NONE, NONE } },
	{ "RESUME REJECT", "220802829d", { S(17), NONE }, { NONE, NONE } },
	{ "HOLD", "24", { HOLDABLE, HOLDABLE }, { NONE, NONE } },
	{ "HOLD ACKNOWLEDGE", "28", { NONE, NONE }, { HOLDABLE | S(12), HOLDABLE | S(12) } },
	{ "HOLD REJECT", "300802829d", { NONE, NONE }, { HOLDABLE | S(12), HOLDABLE | S(12) } },
	{ "RETRIEVE", "31", { NONE, NONE }, { NONE, NONE } },
	{ "RETRIEVE ACKNOWLEDGE",
	  "331803a98382",
	  { NONE, NONE },
	  { HOLDABLE | S(12), HOLDABLE | S(12) } },
	{ "RETRIEVE REJECT", "370802829d", { NONE, NONE }, { HOLDABLE | S(12), HOLDABLE | S(12) } },
};

static unsigned told(const struct ends *e, int i)
{
	unsigned n = 0;

	for (unsigned p = 0; p < ISDN_PRIM_COUNT; p++)
		n += e->events[i][p];
	return n;
}

static bool refuses(const struct isdn_msg *m)
{
	return (m->type == ISDN_MT_STATUS || m->type == ISDN_MT_HOLD_REJECT ||
		m->type == ISDN_MT_RETRIEVE_REJECT) &&
	       m->cause[0].value == ISDN_CAUSE_MESSAGE_NOT_COMPATIBLE_WITH_STATE;
}

static enum outcome outcome_of(enum reach who, unsigned state, const char *rest)
{
	struct reached c = reach(who, state);
	struct ends *e = c.e;
	unsigned before = told(e, c.at), now;
	enum outcome o = SOMETHING;
	char cr[8];

	reached_call_reference(&c, cr);
	feed(e, c.at, cr, rest);
	now = state_of(e, c.at, c.id[c.at]);
	if (e->n_sent[c.at] == 1 && refuses(&e->sent[c.at]) && now == state)
		o = told(e, c.at) == before ? REFUSED : SOMETHING;
	else if (told(e, c.at) != before || e->n_sent[c.at] || now != state)
		o = e->n_sent[c.at] <= 1 ? TAKEN : SOMETHING;
	else
		o = IGNORED;
	ends_done(e);
	return o;
}

static void q931_annex_a_each_message_in_each_state(void **state)
{
	static const char *const names[] = { "taken", "ignored", "refused", "something else" };

	(void)state;
	for (size_t i = 0; i < sizeof(messages) / sizeof(messages[0]); i++)
		for (int side = 0; side < 2; side++)
			for (size_t s = 0; s < sizeof(states) / sizeof(states[0]); s++) {
				uint32_t in = S(states[s]);
				enum outcome want = messages[i].taken[side] & in     ? TAKEN
						    : messages[i].ignored[side] & in ? IGNORED
										     : REFUSED;
				enum outcome is = outcome_of(side ? REACH_NETWORK : REACH_USER,
							     states[s], messages[i].rest);

				if (is != want)
					fail_msg("%s in %c%u is %s, not %s", messages[i].name,
						 "UN"[side], states[s], names[is], names[want]);
			}
}

/* Annex D: a user of a user is as one of a network, but for what QSIG has not (5.8.4: 97). */
static void q931_annex_d_each_message_in_each_state(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(messages) / sizeof(messages[0]); i++)
		for (size_t s = 0; s < sizeof(states) / sizeof(states[0]); s++) {
			bool known = strncmp(messages[i].name, "SUSPEND", 7) &&
				     strncmp(messages[i].name, "RESUME", 6) &&
				     strncmp(messages[i].name, "HOLD", 4) &&
				     strncmp(messages[i].name, "RETRIEVE", 8);
			enum outcome want = !known || messages[i].taken[0] & S(states[s]) ? TAKEN
					    : messages[i].ignored[0] & S(states[s])	  ? IGNORED
											  : REFUSED;

			if (states[s] == 15 || states[s] == 17)
				continue;
			if (outcome_of(REACH_QSIG, states[s], messages[i].rest) != want)
				fail_msg("%s in U%u", messages[i].name, states[s]);
		}
}

/* A type that nobody knows is answered by STATUS 97 in each, 5.8.4. */
static void q931_5_8_4_an_unknown_type_in_each_state(void **state)
{
	(void)state;
	for (int side = 0; side < 2; side++)
		for (size_t s = 0; s < sizeof(states) / sizeof(states[0]); s++) {
			struct reached c = reach(side ? REACH_NETWORK : REACH_USER, states[s]);
			char cr[8];

			reached_call_reference(&c, cr);
			feed(c.e, side, cr, "3f");
			assert_answer(c.e, side, ISDN_MT_STATUS, 97, "3f");
			assert_int_equal(c.e->sent[side].call_state.state, states[s]);
			assert_int_equal(state_of(c.e, side, c.id[side]), states[s]);
			ends_done(c.e);
		}
}

/* ---- requests ---- */

static const struct {
	const char *name;
	enum i3_req req;
	uint32_t taken[2];
} requests[] = {
	{ "SETUP ACKNOWLEDGE", I3_MORE_INFO_REQ, { S(6), S(1) } },
	{ "INFORMATION",
	  I3_INFO_REQ,
	  { HEARD | S(10) | S(11) | S(12), HEARD | S(10) | S(11) | S(12) } },
	{ "NOTIFY", I3_NOTIFY_REQ, { HEARD | S(10), HEARD | S(10) } },
	{ "CALL PROCEEDING", I3_PROCEEDING_REQ, { S(6) | S(25), S(1) | S(2) } },
	{ "ALERTING", I3_ALERTING_REQ, { S(6) | S(9) | S(25), S(1) | S(2) | S(3) } },
	{ "PROGRESS", I3_PROGRESS_REQ, { S(7) | S(9) | S(25), S(2) | S(3) | S(4) } },
	{ "CONNECT", I3_SETUP_RESP, { S(6) | S(7) | S(9) | S(25), S(1) | S(2) | S(3) | S(4) } },
	{ "CONNECT ACKNOWLEDGE", I3_SETUP_COMPLETE_REQ, { NONE, S(8) } },
	{ "USER INFORMATION", I3_USER_INFO_REQ, { S(4) | S(7) | S(10), S(4) | S(7) | S(10) } },
	{ "STATUS ENQUIRY", I3_STATUS_ENQUIRY_REQ, { A_CALL, A_CALL } },
	/* RELEASE COMPLETE is for a SETUP that nobody answered; the network may play tones */
	{ "DISCONNECT", I3_DISCONNECT_REQ, { A_CALL & ~S(6), A_CALL } },
	{ "FACILITY",
	  I3_FACILITY_REQ,
	  { HEARD | S(1) | S(10) | S(31), HEARD | S(1) | S(10) | S(31) } },
	{ "SUSPEND", I3_SUSPEND_REQ, { S(10), NONE } },
	{ "SUSPEND ACKNOWLEDGE", I3_SUSPEND_RESP, { NONE, S(15) } },
	{ "SUSPEND REJECT", I3_SUSPEND_REJECT_REQ, { NONE, S(15) } },
	{ "RESUME ACKNOWLEDGE", I3_RESUME_RESP, { NONE, S(17) } },
	{ "RESUME REJECT", I3_RESUME_REJECT_REQ, { NONE, S(17) } },
	{ "HOLD", I3_HOLD_REQ, { HOLDABLE, HOLDABLE } },
	{ "HOLD ACKNOWLEDGE", I3_HOLD_RESP, { NONE, NONE } },
	{ "HOLD REJECT", I3_HOLD_REJECT_REQ, { NONE, NONE } },
	{ "RETRIEVE", I3_RETRIEVE_REQ, { NONE, NONE } },
	{ "RETRIEVE ACKNOWLEDGE", I3_RETRIEVE_RESP, { NONE, NONE } },
	{ "RETRIEVE REJECT", I3_RETRIEVE_REJECT_REQ, { NONE, NONE } },
};

/* With what is mandatory in some message. */
static struct isdn_msg elements_for(enum i3_req req)
{
	struct isdn_msg m;

	memset(&m, 0, sizeof(m));
	if (req == I3_NOTIFY_REQ)
		isdn_msg_set(&m, ISDN_IE_NOTIFICATION);
	if (req == I3_PROGRESS_REQ) {
		m.progress[0].description = 8;
		isdn_msg_set(&m, ISDN_IE_PROGRESS);
	}
	if (req == I3_USER_INFO_REQ)
		set_uui(&m, "x");
	if (req == I3_FACILITY_REQ) {
		m.facility[0].profile = ISDN_PROFILE_ROSE;
		isdn_msg_set(&m, ISDN_IE_FACILITY);
	}
	return m;
}

/* What is not taken is refused, sends nothing, and changes nothing. */
static void q931_annex_a_each_request_in_each_state(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(requests) / sizeof(requests[0]); i++)
		for (int side = 0; side < 2; side++)
			for (size_t s = 0; s < sizeof(states) / sizeof(states[0]); s++) {
				struct reached c = reach(side ? REACH_NETWORK : REACH_USER,
							 states[s]);
				struct isdn_msg m = elements_for(requests[i].req);
				bool want = requests[i].taken[side] & S(states[s]);
				bool later = requests[i].req == I3_USER_INFO_REQ &&
					     (S(states[s]) & (S(15) | S(17)));
				int err = i3_cc_request(c.e->cc[side], c.id[side], requests[i].req,
							&m, c.e->now);

				c.e->n_sent[side] = 0;
				exchange(c.e);
				if (err != (want    ? 0
					    : later ? ISDN_ERR_AGAIN
						    : ISDN_ERR_INVALCALLSTATE))
					fail_msg("%s in %c%u: %s", requests[i].name, "UN"[side],
						 states[s], isdn_strerror(err));
				assert_int_equal(c.e->n_sent[side], want);
				if (!want)
					assert_int_equal(state_of(c.e, side, c.id[side]),
							 states[s]);
				ends_done(c.e);
			}
}

/* A call can be cleared in each state, and it ends though nobody answers. */
static void q931_5_3_cleared_in_each_state_and_nobody_answers(void **state)
{
	(void)state;
	for (int side = 0; side < 2; side++)
		for (size_t s = 0; s < sizeof(states) / sizeof(states[0]); s++) {
			struct reached c = reach(side ? REACH_NETWORK : REACH_USER, states[s]);
			unsigned before = c.e->events[side][ISDN_RELEASE_CONF];

			assert_int_equal(clear_call(c.e, side, c.id[side], 0, NULL), 0);
			run_for(c.e, 60000);
			if (c.e->events[side][ISDN_RELEASE_CONF] != before + 1)
				fail_msg("%c%u", "UN"[side], states[s]);
			assert_int_equal(i3_cc_calls(c.e->cc[side]), 0);
			assert_true(i3_channels_idle(&c.e->cc[side]->channels));
			assert_true(i3_cc_deadline(c.e->cc[side]) == ISDN_NEVER);
			ends_done(c.e);
		}
}

/* And with the link, but for an active call, which waits for it (T309). */
static void q931_5_8_9_each_state_without_the_link(void **state)
{
	(void)state;
	for (int side = 0; side < 2; side++)
		for (size_t s = 0; s < sizeof(states) / sizeof(states[0]); s++) {
			struct reached c = reach(side ? REACH_NETWORK : REACH_USER, states[s]);
			bool kept = side && states[s] == 17; /* it is suspended again */

			i3_cc_dl(c.e->cc[side], 0, I3_DL_RELEASE_IND, c.e->now);
			exchange(c.e);
			if (states[s] == 10) {
				assert_int_equal(state_of(c.e, side, c.id[side]), 10);
				run_for(c.e, 90000);
			}
			if (i3_cc_calls(c.e->cc[side]) != kept)
				fail_msg("%c%u", "UN"[side], states[s]);
			if (!kept)
				assert_true(i3_cc_deadline(c.e->cc[side]) == ISDN_NEVER);
			ends_done(c.e);
		}
}

/* ---- hold, Q.932 6.2 ---- */

/* How an auxiliary state is reached: letters are requests, hex is what the far end sends. */
static const struct {
	const char *name;
	const char *steps[3];
	enum isdn_hold hold;
	bool has_channel;
	/* HOLD, its ACKNOWLEDGE and REJECT, RETRIEVE likewise: T taken, I ignored, R refused,
	 * A acknowledged again */
	const char *messages;
	const char *requests; /* T taken, . refused */
} auxiliary[] = {
	{ "idle", { NULL }, ISDN_NOT_HELD, true, "TIIRII", "T....." },
	{ "hold request", { "hold" }, ISDN_NOT_HELD, true, "RTTRII", "......" },
	{ "held", { "hold", "28" }, ISDN_HELD_HERE, false, "RIIRII", "...T.." },
	{ "retrieve request",
	  { "hold", "28", "retrieve" },
	  ISDN_HELD_HERE,
	  true,
	  "RIIRTT",
	  "......" },
	{ "hold indication", { "24" }, ISDN_NOT_HELD, true, "IIIRII", ".TT..." },
	{ "held there", { "24", "acknowledge" }, ISDN_HELD_THERE, false, "AIITII", "......" },
	{ "retrieve indication",
	  { "24", "acknowledge", "31" },
	  ISDN_HELD_THERE,
	  true,
	  "RIIIII",
	  "....TT" },
};
static const char *const hold_messages[] = { "24", "28", "300802829d", "31", "33", "370802829d" };
static const enum i3_req hold_requests[] = { I3_HOLD_REQ,	 I3_HOLD_RESP,
					     I3_HOLD_REJECT_REQ, I3_RETRIEVE_REQ,
					     I3_RETRIEVE_RESP,	 I3_RETRIEVE_REJECT_REQ };

static void hold_step(struct reached *c, const char *step)
{
	enum i3_req req = *step == 'h'	 ? I3_HOLD_REQ
			  : *step == 'r' ? I3_RETRIEVE_REQ
					 : I3_HOLD_RESP;
	char cr[8];

	if (*step >= '0' && *step <= '9') {
		reached_call_reference(c, cr);
		feed(c->e, c->at, cr, step);
		c->e->cut = true;
		return;
	}
	assert_int_equal(ask(c->e, c->at, c->id[c->at], req, NULL), 0);
	exchange(c->e);
}

static struct reached reach_auxiliary(enum reach who, size_t aux, unsigned state)
{
	struct reached c = reach(who, state);
	struct isdn_span_call q;

	for (unsigned i = 0; i < 3 && auxiliary[aux].steps[i]; i++)
		hold_step(&c, auxiliary[aux].steps[i]);
	assert_int_equal(i3_cc_query(c.e->cc[c.at], c.id[c.at], &q), 0);
	assert_int_equal(q.hold, auxiliary[aux].hold);
	assert_int_equal(q.channel != 0, auxiliary[aux].has_channel);
	assert_int_equal(q.state, state);
	return c;
}

static char hold_outcome(struct reached *c, const char *rest)
{
	struct ends *e = c->e;
	unsigned before = told(e, c->at);
	char cr[8];

	reached_call_reference(c, cr);
	feed(e, c->at, cr, rest);
	if (e->n_sent[c->at] == 1 && refuses(&e->sent[c->at]) && told(e, c->at) == before)
		return 'R';
	if (e->n_sent[c->at] == 1 && e->sent[c->at].type == ISDN_MT_HOLD_ACKNOWLEDGE &&
	    told(e, c->at) == before)
		return 'A';
	if (e->n_sent[c->at])
		return '?';
	return told(e, c->at) == before ? 'I' : 'T';
}

static void q932_6_2_each_message_in_each_auxiliary_state(void **state)
{
	static const unsigned calls[] = { 3, 4, 7, 8, 9, 10 };

	(void)state;
	for (size_t a = 0; a < sizeof(auxiliary) / sizeof(auxiliary[0]); a++)
		for (unsigned k = 0; k < 6; k++)
			for (unsigned s = 0; s < 12; s++) {
				struct reached c = reach_auxiliary(
					s & 1 ? REACH_NETWORK : REACH_USER, a, calls[s / 2]);
				char is = hold_outcome(&c, hold_messages[k]);

				if (is != auxiliary[a].messages[k])
					fail_msg("%s, %c%u, %s: %c", auxiliary[a].name, "UN"[s & 1],
						 calls[s / 2], hold_messages[k], is);
				assert_int_equal(state_of(c.e, c.at, c.id[c.at]), calls[s / 2]);
				ends_done(c.e);
			}
}

static void q932_6_2_each_request_in_each_auxiliary_state(void **state)
{
	(void)state;
	for (size_t a = 0; a < sizeof(auxiliary) / sizeof(auxiliary[0]); a++)
		for (unsigned k = 0; k < 6; k++)
			for (unsigned s = 0; s < 2; s++) {
				struct reached c = reach_auxiliary(s ? REACH_NETWORK : REACH_USER,
								   a, 10);
				int err = ask(c.e, c.at, c.id[c.at], hold_requests[k], NULL);

				if (err !=
				    (auxiliary[a].requests[k] == 'T' ? 0 : ISDN_ERR_INVALCALLSTATE))
					fail_msg("%s, request %u: %s", auxiliary[a].name, k,
						 isdn_strerror(err));
				ends_done(c.e);
			}
}

/* However it is held: suspension is refused, clearing is not, and nothing is left. */
static void q932_6_2_suspension_and_clearing_in_each_auxiliary_state(void **state)
{
	(void)state;
	for (size_t a = 0; a < sizeof(auxiliary) / sizeof(auxiliary[0]); a++)
		for (int s = 0; s < 2; s++) {
			struct reached c = reach_auxiliary(s ? REACH_NETWORK : REACH_USER, a, 10);
			char cr[8];

			reached_call_reference(&c, cr);
			if (s) {
				feed(c.e, 1, cr, "25");
				assert_int_equal(c.e->n_sent[1], a != 0);
				assert_true(!a || c.e->sent[1].cause[0].value == 29);
			} else {
				assert_int_equal(ask(c.e, 0, c.id[0], I3_SUSPEND_REQ, NULL),
						 a ? ISDN_ERR_INVALCALLSTATE : 0);
			}
			c.e->cut = true;
			assert_int_equal(clear_call(c.e, c.at, c.id[c.at], 0, NULL), 0);
			run_for(c.e, 60000);
			assert_int_equal(i3_cc_calls(c.e->cc[c.at]), 0);
			assert_true(i3_channels_idle(&c.e->cc[c.at]->channels));
			assert_true(i3_cc_deadline(c.e->cc[c.at]) == ISDN_NEVER);
			ends_done(c.e);
		}
}

/* DISCONNECT of the far end: who is held stays so, and can be retrieved to hear tones. */
static void q932_6_2_disconnect_in_each_auxiliary_state(void **state)
{
	(void)state;
	for (size_t a = 0; a < sizeof(auxiliary) / sizeof(auxiliary[0]); a++) {
		struct reached c = reach_auxiliary(REACH_USER, a, 10);
		struct isdn_span_call q;
		char cr[8];

		reached_call_reference(&c, cr);
		feed(c.e, 0, cr, "45080282901e028288");
		assert_int_equal(i3_cc_query(c.e->cc[0], c.id[0], &q), 0);
		assert_int_equal(q.state, 12);
		assert_int_equal(q.hold, a == 1 || a == 4 ? ISDN_NOT_HELD : auxiliary[a].hold);
		c.e->cut = true;
		run_for(c.e, 4000); /* not T_HOLD */
		assert_int_equal(c.e->events[0][ISDN_HOLD_REJECT_IND], 0);
		assert_int_equal(c.e->events[0][ISDN_RETRIEVE_REJECT_IND], a == 3);
		ends_done(c.e);
	}
}

const struct CMUnitTest cc_matrix_tests[] = {
	cmocka_unit_test(q932_6_2_each_message_in_each_auxiliary_state),
	cmocka_unit_test(q932_6_2_each_request_in_each_auxiliary_state),
	cmocka_unit_test(q932_6_2_suspension_and_clearing_in_each_auxiliary_state),
	cmocka_unit_test(q932_6_2_disconnect_in_each_auxiliary_state),
	cmocka_unit_test(q931_annex_a_each_message_in_each_state),
	cmocka_unit_test(q931_annex_d_each_message_in_each_state),
	cmocka_unit_test(q931_5_8_4_an_unknown_type_in_each_state),
	cmocka_unit_test(q931_annex_a_each_request_in_each_state),
	cmocka_unit_test(q931_5_3_cleared_in_each_state_and_nobody_answers),
	cmocka_unit_test(q931_5_8_9_each_state_without_the_link),
};
const size_t cc_n_matrix_tests = sizeof(cc_matrix_tests) / sizeof(cc_matrix_tests[0]);
