/* SPDX-License-Identifier: BSD-2-Clause */
/* Calls in each state. */
#include "tests/cc_states.h"

static void needs(struct reached *c, int side, enum i3_req req)
{
	assert_int_equal(ask(c->e, side, c->id[side], req, NULL), 0);
}

static void clears(struct reached *c, int side)
{
	assert_int_equal(clear_call(c->e, side, c->id[side], 0, NULL), 0);
}

static void connects(struct reached *c, int from, unsigned state)
{
	isdn_call_id a, b;

	call_in(c->e, from, state, &a, &b);
	c->id[from] = a;
	c->id[!from] = b;
}

static void suspends(struct reached *c)
{
	connects(c, 0, 10);
	needs(c, 0, I3_SUSPEND_REQ);
}

static void resumes(struct reached *c)
{
	struct isdn_msg m;

	suspends(c);
	exchange(c->e);
	needs(c, 1, I3_SUSPEND_RESP);
	exchange(c->e);
	memset(&m, 0, sizeof(m));
	assert_int_equal(i3_cc_resume(c->e->cc[0], &m, &c->id[0], c->e->now), 0);
}

static void registers(struct reached *c)
{
	struct isdn_msg m;

	memset(&m, 0, sizeof(m));
	m.facility[0].profile = ISDN_PROFILE_ROSE;
	isdn_msg_set(&m, ISDN_IE_FACILITY);
	assert_int_equal(i3_cc_register(c->e->cc[c->at], &m, &c->id[c->at], c->e->now), 0);
}

/* The side that calls is in states 1 to 4, the one that is called in 6 to 9 and 25: of a user. */
static void called(struct reached *c, int from, unsigned state)
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
static void to_state(struct reached *c, unsigned state)
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
static void to_state_of_network(struct reached *c, enum reach who, unsigned state)
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
		if (who == REACH_NETWORK) {
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

struct reached reach(enum reach who, unsigned state)
{
	struct i3_config as = { .interface = ISDN_E1,
				.uui_max = 128,
				.connect_by_request = true,
				.variant = who == REACH_QSIG ? ISDN_VARIANT_QSIG
							     : ISDN_VARIANT_ETSI };
	struct reached c = { .e = ends_up_as(&as), .at = who != REACH_USER && who != REACH_QSIG };

	if (c.at)
		to_state_of_network(&c, who, state);
	else
		to_state(&c, state);
	c.e->cut = true;
	exchange(c.e);
	if (state_of(c.e, c.at, c.id[c.at]) != state)
		fail_msg("%s%u is not reached", c.at ? "N" : "U", state);
	return c;
}

void reached_call_reference(const struct reached *c, char cr[8])
{
	struct isdn_span_call q;

	assert_int_equal(i3_cc_query(c->e->cc[c->at], c->id[c->at], &q), 0);
	snprintf(cr, 8, "%04x", q.cr | (q.originated ? 0x8000u : 0u));
}
