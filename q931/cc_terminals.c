/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A call that the network offered to all terminals of a point-to-multipoint
 * interface (Q.931 5.2.1, 5.2.5.3, 5.2.8): several may answer, the first that
 * connects gets it, and the others are released with cause 26. What is left to
 * be done with a terminal, or with an offer that is over (N22), is a silent call
 * beside, that nobody is told of.
 */
#include <string.h>

#include "q931/cc_internal.h"

/* A call without events, in state; NULL without memory. */
static struct i3_call *silent_call(const struct i3_call *of, uint8_t state, unsigned tei)
{
	struct i3_cc *cc = of->cc;
	struct i3_call *c;

	if (i3_call_new(cc, &c))
		return NULL;
	c->silent = true;
	cc->n_silent++;
	c->originated = true;
	c->state = state;
	c->tei = (uint8_t)tei;
	c->cr = of->cr;
	return c;
}

/* RELEASE to a terminal that the call does not belong to, and again after T308. */
static void release_with(const struct i3_call *c, unsigned tei, uint8_t cause,
			 const struct isdn_uui *uui)
{
	struct i3_call *part = silent_call(c, N19, tei);
	struct isdn_msg m;

	i3_compose_first(c, ISDN_MT_RELEASE, cause, uui, &m);
	i3_send(c->cc, tei, &m, part);
	if (part)
		i3_start(part, IN_T308);
}

static void release(const struct i3_call *c, unsigned tei, uint8_t cause)
{
	release_with(c, tei, cause, NULL);
}

static void forget(struct i3_call *c, unsigned tei)
{
	i3_tei_remove(c->answered, tei);
	i3_tei_remove(c->proceeding, tei);
	i3_tei_remove(c->alerting, tei);
}

uint8_t i3_terminal_state(const struct i3_call *c)
{
	if (i3_tei_in(c->alerting, c->cc->tei))
		return N7;
	return i3_tei_in(c->proceeding, c->cc->tei) ? N9 : N6;
}

static void release_all_but(struct i3_call *c, unsigned tei, uint8_t cause)
{
	i3_tei_remove(c->answered, tei);
	for (unsigned other = 0; other < I3_BROADCAST; other++)
		if (i3_tei_in(c->answered, other))
			release(c, other, cause);
	memset(c->answered, 0, sizeof(c->answered));
	memset(c->proceeding, 0, sizeof(c->proceeding));
	memset(c->alerting, 0, sizeof(c->alerting));
}

/* The part of a call that is being released at one terminal. */
struct i3_call *i3_terminal_part(const struct i3_cc *cc, uint16_t cr, unsigned tei)
{
	struct i3_call *c;
	uint32_t at = 0;

	if (!cc->n_silent)
		return NULL;
	do
		c = i3_call_next(cc, &at);
	while (c && !(c->silent && c->cr == cr && c->tei == tei));
	return c;
}

/* 5.3.2, N22: until T312 a terminal may still answer for the first time, and is released then. */
static void abort_call(struct i3_call *c, uint8_t cause)
{
	struct i3_call *rest;

	if (!ib_timer_running(&c->t312))
		return;
	rest = silent_call(c, N22, I3_BROADCAST);
	if (!rest)
		return;
	rest->cause = cause;
	rest->more_timers = true;
	ib_timer_start(&c->cc->timers, &rest->t312, c->t312.due);
	(void)i3_callref_enter(&c->cc->ours, rest, c->cr); /* there is an entry */
	c->cr = 0;
}

/* ---- causes of terminals, 5.2.5.3 ---- */

/* 21, 17, any other; 88 of a terminal that could not have taken the call counts least. */
static uint8_t rank(const struct i3_cc *cc, unsigned cause)
{
	switch (cause) {
	case ISDN_CAUSE_CALL_REJECTED:
		return cc->config.busy_first ? 3 : 4;
	case ISDN_CAUSE_USER_BUSY:
		return cc->config.busy_first ? 4 : 3;
	case ISDN_CAUSE_INCOMPATIBLE_DESTINATION:
		return 1;
	default:
		return 2;
	}
}

/* The cause that counts most is kept; true: it is this one. */
static bool refused(struct i3_call *c, uint8_t cause, uint8_t location)
{
	c->refused = true;
	if (rank(c->cc, cause) <= c->kept_rank)
		return false;
	c->kept_rank = rank(c->cc, cause);
	c->cause = cause;
	c->location = location;
	i3_msg_node_put(c->cc, c->kept_msg);
	c->kept_msg = NULL;
	return true;
}

/* A terminal's, with its message: that has the UUI. */
static void keep_cause(struct i3_call *c, const struct isdn_msg *m)
{
	bool there = isdn_msg_has(m, ISDN_IE_CAUSE);

	if (refused(c, there ? m->cause[0].value : ISDN_CAUSE_NORMAL_UNSPECIFIED,
		    there ? m->cause[0].location : 0))
		c->kept_msg = i3_msg_node(c->cc);
}

/* A terminal answered what it can not have the call for: as if it had refused, it is not asked
 * again. */
static void refuse(struct i3_call *c, uint8_t cause)
{
	struct i3_cc *cc = c->cc;

	forget(c, cc->tei);
	(void)refused(c, cause, cc->config.location);
	release(c, cc->tei, cause);
}

/* ---- messages ---- */

/* A terminal gives up, or lost: its clearing is completed, the call goes on without it. */
static void gives_up(struct i3_call *c, const struct isdn_msg *m)
{
	struct i3_cc *cc = c->cc;

	forget(c, cc->tei);
	if (i3_input_of(m->type) == IN_RELEASE)
		i3_answer_cause(cc, m, ISDN_MT_RELEASE_COMPLETE, ISDN_CAUSE_NORMAL_CALL_CLEARING,
				NULL, 0);
	else if (i3_input_of(m->type) == IN_DISCONNECT)
		release(c, cc->tei, ISDN_CAUSE_NORMAL_CALL_CLEARING);
}

/* The channel of the SETUP is the only one: who names another can not have the call. */
static bool wrong_channel(const struct i3_call *c)
{
	const struct isdn_msg *m = c->cc->msg;
	int wanted;

	if (!isdn_msg_has(m, ISDN_IE_CHANNEL_ID))
		return false;
	wanted = i3_channel_read(&c->cc->channels, &m->channel_id[0]);
	return wanted > 0 && wanted != c->channel;
}

static void unexpected(struct i3_call *c, const struct isdn_msg *m)
{
	i3_send_status(c, ISDN_CAUSE_MESSAGE_NOT_COMPATIBLE_WITH_STATE, &m->type, 1);
}

/* One less competes. */
static void leaves(struct i3_call *c)
{
	forget(c, c->cc->tei);
	if (c->t312_over)
		(void)i3_run(c, IN_T312); /* perhaps it was the last */
}

/* A response of a terminal that is not beyond last; the first of its kind is for the tables. */
static bool advances(struct i3_call *c, const struct isdn_msg *m, uint8_t last, uint64_t who[2])
{
	uint8_t state = i3_terminal_state(c);

	if (state != N6 && state != last) {
		unexpected(c, m);
		return false;
	}
	i3_tei_add(c->answered, c->cc->tei);
	i3_tei_add(who, c->cc->tei);
	if (i3_find_row(c, (enum i3_input)i3_input_of(m->type)))
		return true;
	i3_uus_rx(c, m); /* what it accepts counts if the call will be its own */
	return false;
}

/* One that is as far as any speaks for the call. */
static bool foremost(struct i3_call *c, const struct isdn_msg *m)
{
	if (!i3_tei_in(c->answered, c->cc->tei))
		return false;
	if (i3_terminal_state(c) == c->state)
		return true;
	i3_uus_rx(c, m);
	return false;
}

/* False: the message is not for the tables. */
static bool answer(struct i3_call *c, const struct isdn_msg *m)
{
	struct i3_cc *cc = c->cc;
	int input = i3_input_of(m->type);

	if ((input == IN_CALL_PROCEEDING || input == IN_ALERTING || input == IN_CONNECT) &&
	    wrong_channel(c)) {
		refuse(c, ISDN_CAUSE_CHANNEL_UNACCEPTABLE);
		return false;
	}
	switch (input) {
	case IN_CONNECT:
		c->tei = cc->tei;
		c->cause = 0; /* of those that refused: forgotten */
		i3_msg_node_put(cc, c->kept_msg);
		c->kept_msg = NULL;
		release_all_but(c, cc->tei, ISDN_CAUSE_NON_SELECTED_USER_CLEARING);
		return true;
	case IN_CALL_PROCEEDING:
		return advances(c, m, N6, c->proceeding);
	case IN_ALERTING:
		return advances(c, m, N9, c->alerting);
	case IN_PROGRESS:
		i3_tei_add(c->answered, cc->tei);
		return i3_terminal_state(c) == c->state;
	case IN_NOTIFY:
	case IN_INFORMATION:
	case IN_FACILITY:
		return foremost(c, m);
	case IN_STATUS_ENQUIRY:
		i3_send_status(c, ISDN_CAUSE_RESPONSE_TO_STATUS_ENQUIRY, NULL, 0);
		return false;
	case IN_STATUS:
		if (m->call_state.state == ST_NULL)
			leaves(c);
		return false;
	case IN_SETUP:
		return false;
	case IN_RELEASE:
	case IN_RELEASE_COMPLETE:
	case IN_DISCONNECT:
		keep_cause(c, m);
		gives_up(c, m);
		leaves(c);
		return false;
	case IN_SETUP_ACKNOWLEDGE: /* it wants more digits, and there are none */
		refuse(c, ISDN_CAUSE_INVALID_NUMBER_FORMAT);
		return false;
	default:
		if (input < 0)
			return true; /* 5.8.4 */
		unexpected(c, m);
		return false;
	}
}

/* The call is another terminal's, or is over: N22. */
static void not_selected(struct i3_call *c, const struct isdn_msg *m)
{
	uint8_t cause = c->state == N22 ? c->cause : ISDN_CAUSE_NON_SELECTED_USER_CLEARING;

	switch (i3_input_of(m->type)) {
	case IN_CALL_PROCEEDING:
	case IN_ALERTING:
	case IN_CONNECT:
	case IN_SETUP_ACKNOWLEDGE:
	case IN_PROGRESS:
		release(c, c->cc->tei, cause);
		break;
	case IN_STATUS_ENQUIRY: /* 5.8.10: it has no call */
		i3_answer_status(c->cc, m, ISDN_CAUSE_RESPONSE_TO_STATUS_ENQUIRY, NULL, 0);
		break;
	case IN_STATUS: /* 5.8.11 a */
		if (isdn_msg_has(m, ISDN_IE_CALL_STATE) && m->call_state.state != ST_NULL)
			i3_answer_cause(c->cc, m, ISDN_MT_RELEASE_COMPLETE,
					ISDN_CAUSE_MESSAGE_NOT_COMPATIBLE_WITH_STATE, NULL, 0);
		break;
	default:
		gives_up(c, m);
		break;
	}
}

/* 5.2.5.4: after T312 a first response has an invalid call reference. */
static bool too_late(const struct i3_call *c, const struct isdn_msg *m)
{
	switch (i3_input_of(m->type)) {
	case IN_CALL_PROCEEDING:
	case IN_ALERTING:
	case IN_CONNECT:
	case IN_SETUP_ACKNOWLEDGE:
	case IN_PROGRESS:
		return !ib_timer_running(&c->t312) && c->cc->config.timer[ISDN_T312] &&
		       !i3_tei_in(c->answered, c->cc->tei);
	default:
		return false;
	}
}

bool i3_from_terminal(struct i3_call *c, const struct isdn_msg *m)
{
	if (c->tei == c->cc->tei)
		return true;
	if (too_late(c, m)) {
		i3_answer_cause(c->cc, m, ISDN_MT_RELEASE_COMPLETE,
				ISDN_CAUSE_INVALID_CALL_REFERENCE, NULL, 0);
		return false;
	}
	if (c->tei == I3_BROADCAST && c->state != N22)
		return answer(c, m);
	not_selected(c, m);
	return false;
}

/* A terminal whose link is gone answers no longer. */
void i3_terminal_gone(struct i3_cc *cc, unsigned tei)
{
	struct i3_call *c;
	uint32_t at = 0;

	while ((c = i3_call_next(cc, &at)) != NULL) {
		forget(c, tei);
		if (c->tei != I3_BROADCAST || !c->t312_over)
			continue;
		(void)i3_reserve(cc);
		(void)i3_run(c, IN_T312); /* perhaps it was the last */
	}
}

/* ---- tasks and decisions ---- */

/* 5.3.2: nobody has the call yet. */
WHEN(offered)
{
	return c->tei == I3_BROADCAST;
}

/* T303, and all that was heard was that it is not wanted. */
WHEN(offer_refused)
{
	return c->refused && !c->answered[0] && !c->answered[1];
}

/* T312, and those that had answered are gone. In N6 T303 has the say. */
WHEN(nobody_left)
{
	return c->tei == I3_BROADCAST && !c->answered[0] && !c->answered[1];
}

/* The caller's UUI goes to those who had the call in hand, not to those who lose it to another. */
TASK(withdraw)
{
	struct i3_cc *cc = c->cc;

	for (unsigned tei = 0; cc->req_uui && tei < I3_BROADCAST; tei++) {
		if (!i3_tei_in(c->answered, tei))
			continue;
		release_with(c, tei, cc->req_cause, cc->req_uui);
		i3_tei_remove(c->answered, tei);
		cc->uui_sent = true;
	}
	release_all_but(c, I3_BROADCAST, cc->req_cause);
	c->by_request = true;
	abort_call(c, c->cc->req_cause);
	i3_msg_node_put(c->cc, c->kept_msg);
	c->kept_msg = NULL;
	i3_event_final(c, ISDN_BY_LOCAL, c->cc->req_cause, c->cc->config.location);
}

TASK(withdraw_t303)
{
	abort_call(c, ISDN_CAUSE_RECOVERY_ON_TIMER_EXPIRY);
	i3_task_setup_failed_network(c);
}

TASK(offer_failed)
{
	uint8_t cause = c->refused ? c->cause : ISDN_CAUSE_NO_USER_RESPONDING;

	abort_call(c, ISDN_CAUSE_RECOVERY_ON_TIMER_EXPIRY);
	i3_event_final(c, c->refused ? ISDN_BY_REMOTE : ISDN_BY_TIMER, cause,
		       c->refused ? c->location : c->cc->config.location);
}

/* T312: from now on nobody answers for the first time. */
TASK(offer_last)
{
	c->t312_over = true;
}

/* 5.2.5.3: T301 or T310, and nobody connected. */
TASK(withdraw_timer)
{
	bool alerted = c->timer.what == IN_T301;

	c->timer_id = (uint8_t)((alerted ? ISDN_T301 : ISDN_T310) + 1);
	release_all_but(c, I3_BROADCAST, ISDN_CAUSE_RECOVERY_ON_TIMER_EXPIRY);
	abort_call(c, ISDN_CAUSE_RECOVERY_ON_TIMER_EXPIRY);
	i3_event_final(c, ISDN_BY_TIMER,
		       alerted ? ISDN_CAUSE_NO_ANSWER : ISDN_CAUSE_NO_USER_RESPONDING,
		       c->cc->config.location);
}
