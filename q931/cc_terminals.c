/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A call that the network offered to all terminals of a point-to-multipoint
 * interface (Q.931 5.2.1, 5.2.8): several may answer, the first that connects
 * gets it, and the others are released with cause 26.
 */
#include "q931/cc_internal.h"

/* RELEASE to a terminal that the call does not belong to. */
static void release(const struct i3_call *c, unsigned tei, uint8_t cause)
{
	struct isdn_msg m;

	i3_msg_init(c, &m, ISDN_MT_RELEASE);
	i3_msg_cause(&m, cause, c->cc->config.location, NULL, 0);
	i3_send(c->cc, tei, &m, NULL);
}

static void release_all_but(struct i3_call *c, unsigned tei, uint8_t cause)
{
	i3_tei_remove(c->answered, tei);
	for (unsigned other = 0; other < I3_BROADCAST; other++)
		if (i3_tei_in(c->answered, other))
			release(c, other, cause);
	c->answered[0] = c->answered[1] = 0;
}

/* A terminal that lost, or gave up: its clearing is completed, the call goes on without it. */
static void loser(struct i3_call *c, const struct isdn_msg *m)
{
	struct i3_cc *cc = c->cc;

	i3_tei_remove(c->answered, cc->tei);
	switch (i3_input_of(m->type)) {
	case IN_RELEASE_COMPLETE:
	case IN_STATUS:
		break;
	case IN_RELEASE:
		i3_answer_cause(cc, m, ISDN_MT_RELEASE_COMPLETE, ISDN_CAUSE_NORMAL_CALL_CLEARING,
				NULL, 0);
		break;
	case IN_DISCONNECT:
		release(c, cc->tei, ISDN_CAUSE_NORMAL_CALL_CLEARING);
		break;
	default:
		release(c, cc->tei, ISDN_CAUSE_NON_SELECTED_USER_CLEARING);
		break;
	}
}

/* False: the message is not for the tables. */
static bool answer(struct i3_call *c, const struct isdn_msg *m)
{
	struct i3_cc *cc = c->cc;
	int input = i3_input_of(m->type);

	if ((input == IN_CALL_PROCEEDING || input == IN_ALERTING || input == IN_CONNECT) &&
	    i3_when_channel_bad(c)) {
		i3_tei_remove(c->answered, cc->tei);
		release(c, cc->tei, ISDN_CAUSE_CHANNEL_UNACCEPTABLE);
		return false;
	}
	switch (input) {
	case IN_CONNECT:
		c->tei = cc->tei;
		release_all_but(c, cc->tei, ISDN_CAUSE_NON_SELECTED_USER_CLEARING);
		return true;
	case IN_CALL_PROCEEDING:
	case IN_ALERTING:
	case IN_PROGRESS:
		i3_tei_add(c->answered, cc->tei);
		return i3_find_row(c, (enum i3_input)input) != NULL; /* the first of its kind */
	case IN_STATUS_ENQUIRY:
		i3_send_status(c, ISDN_CAUSE_RESPONSE_TO_STATUS_ENQUIRY, NULL, 0);
		return false;
	case IN_RELEASE:
	case IN_RELEASE_COMPLETE:
	case IN_DISCONNECT:
	case IN_SETUP_ACKNOWLEDGE: /* it wants more digits, and there are none */
		loser(c, m);
		return false;
	default:
		return false;
	}
}

bool i3_from_terminal(struct i3_call *c, const struct isdn_msg *m)
{
	if (c->tei == c->cc->tei)
		return true;
	if (c->tei == I3_BROADCAST)
		return answer(c, m);
	loser(c, m);
	return false;
}

/* A terminal whose link is gone answers no longer. */
void i3_terminal_gone(struct i3_cc *cc, unsigned tei)
{
	for (struct i3_call *c = cc->active; c; c = c->next)
		i3_tei_remove(c->answered, tei);
}

/* 5.3.2: nobody has the call yet. */
WHEN(offered)
{
	return c->tei == I3_BROADCAST;
}

TASK(withdraw)
{
	release_all_but(c, I3_BROADCAST, c->cc->req_cause);
	c->by_request = true;
	i3_event_final(c, ISDN_BY_LOCAL, c->cc->req_cause, c->cc->config.location);
}

TASK(withdraw_t303)
{
	release_all_but(c, I3_BROADCAST, ISDN_CAUSE_RECOVERY_ON_TIMER_EXPIRY);
	i3_task_setup_failed_network(c);
}

/* 5.2.5.3: T301 or T310, and nobody connected. */
TASK(withdraw_timer)
{
	bool alerted = c->timer.what == IN_T301;

	c->timer_id = (uint8_t)((alerted ? ISDN_T301 : ISDN_T310) + 1);
	release_all_but(c, I3_BROADCAST, ISDN_CAUSE_RECOVERY_ON_TIMER_EXPIRY);
	i3_event_final(c, ISDN_BY_TIMER,
		       alerted ? ISDN_CAUSE_NO_ANSWER : ISDN_CAUSE_NO_USER_RESPONDING,
		       c->cc->config.location);
}
