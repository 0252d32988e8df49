/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * STATUS and STATUS ENQUIRY, Q.931 5.8.10 and 5.8.11. A state that does not fit
 * is asked about once more, since STATUS may have crossed a message; when the
 * answer does not fit either, what was lost is sent again, or the call cleared.
 */
#include "q931/cc_internal.h"
#include "q931/codec.h"

#define EVERY UINT32_MAX

/* The states in which the far end can be while we are in one, messages on their way allowed for. */
static const uint32_t fits_user[32] = {
	[U1] = S(N1),
	[U2] = S(N2),
	[U3] = S(N3) | S(N4), /* ALERTING may be on its way, and CONNECT does without it */
	[U4] = S(N4),
	[U6] = S(N6) | S(N7) | S(N9), /* other terminals may be further */
	[U7] = S(N6) | S(N7) | S(N9) | S(N25),
	[U8] = S(N6) | S(N7) | S(N8) | S(N9) | S(N25),
	[U9] = S(N6) | S(N7) | S(N9) | S(N25),
	[U10] = S(N10),
	[U12] = EVERY,
	[U15] = S(N10) | S(N15),
	[U17] = S(N17),
	[U25] = S(N6) | S(N25),
	[U31] = S(N31),
};
static const uint32_t fits_network[32] = {
	[N1] = S(U1),
	[N2] = S(U1) | S(U2),
	[N3] = S(U1) | S(U2) | S(U3),
	[N4] = S(U1) | S(U2) | S(U3) | S(U4),
	[N6] = S(U6),
	[N7] = S(U7),
	[N8] = S(U8),
	[N9] = S(U9),
	[N10] = S(U10),
	[N15] = S(U15),
	[N17] = S(U17),
	[N25] = S(U25),
	[N31] = S(U31),
};
/* Both users, Annex D: the far end's states are those of the other half of the call. */
static const uint32_t fits_symmetrical[32] = {
	[U1] = S(U6),
	[U2] = S(U25),
	[U3] = S(U9) | S(U7),
	[U4] = S(U7),
	[U6] = S(U1),
	[U7] = S(U1) | S(U2) | S(U3) | S(U4),
	[U8] = S(U1) | S(U2) | S(U3) | S(U4) | S(U10),
	[U9] = S(U1) | S(U2) | S(U3),
	[U10] = S(U10) | S(U8),
	[U12] = EVERY,
	[U25] = S(U1) | S(U2),
	[U31] = S(U31),
};

static unsigned reported(const struct i3_call *c)
{
	return c->cc->msg->call_state.state;
}

/* 5.8.10: an answer to STATUS ENQUIRY has cause 30, or 97 from those who do not know it. */
static bool answers(const struct i3_call *c)
{
	uint8_t cause = c->cc->msg->cause[0].value;

	return ib_timer_running(&c->t322) && (cause == ISDN_CAUSE_RESPONSE_TO_STATUS_ENQUIRY ||
					      cause == ISDN_CAUSE_MESSAGE_TYPE_NOT_IMPLEMENTED);
}

/* To the network a caller may not have heard of CONNECT yet, unless it was asked. */
static bool fits(const struct i3_call *c)
{
	const uint32_t *table = c->cc->variant->symmetrical ? fits_symmetrical
				: c->cc->network	    ? fits_network
							    : fits_user;
	unsigned s = reported(c);

	if (c->cc->network && c->state == N10)
		return s == 10 || (c->originated ? s == 8 : s >= 1 && s <= 4 && !answers(c));
	return s < 32 && ((table[c->state] >> s) & 1);
}

WHEN(status_null)
{
	return reported(c) == ST_NULL;
}

WHEN(first_enquiry)
{
	return !c->enquired_again;
}

/* It does not fit, and is not the answer to the question whether it does. */
WHEN(status_doubtful)
{
	return !fits(c) && !answers(c);
}

/* CONNECT, or its acknowledgement, was lost with the link. */
WHEN(status_connect_lost)
{
	return !fits(c) && !c->originated && reported(c) >= 1 && reported(c) <= 4 && !c->repeated;
}

/* The called user waits for the acknowledgement of its CONNECT, T313. */
WHEN(status_ack_lost)
{
	return c->originated && reported(c) == U8 && answers(c) && !c->repeated;
}

WHEN(status_incompatible)
{
	return !fits(c);
}

TASK(status_enquiry_rx)
{
	i3_send_status(c, ISDN_CAUSE_RESPONSE_TO_STATUS_ENQUIRY, NULL, 0);
}

/* The far end does not know the call: released without a message. */
TASK(status_null)
{
	if (!c->cause)
		i3_clear_because(c, ISDN_BY_ERROR, ISDN_CAUSE_TEMPORARY_FAILURE);
	i3_event_final(c, c->source, c->cause, c->location);
}

static void tell(struct i3_call *c)
{
	i3_indicate(c, i3_uui_status(c));
}

TASK(status_doubt)
{
	tell(c);
	i3_task_enquire(c); /* unless one is under way: it is asked once more, then cleared */
}

TASK(status_connect_again)
{
	ib_timer_stop(&c->cc->timers, &c->t322);
	c->repeated = true;
	i3_send_plain(c, ISDN_MT_CONNECT);
	tell(c);
}

TASK(status_ack_again)
{
	ib_timer_stop(&c->cc->timers, &c->t322);
	c->repeated = true;
	i3_send_plain(c, ISDN_MT_CONNECT_ACKNOWLEDGE);
	tell(c);
}

TASK(status_incompatible)
{
	i3_disconnect(c, ISDN_BY_ERROR, ISDN_CAUSE_MESSAGE_NOT_COMPATIBLE_WITH_STATE);
}

TASK(status_ind)
{
	tell(c); /* which asks whether it is the answer that T322 waits for */
	if (answers(c))
		ib_timer_stop(&c->cc->timers, &c->t322);
}

static void enquire(struct i3_call *c)
{
	i3_send_plain(c, ISDN_MT_STATUS_ENQUIRY);
	i3_arm(c, &c->t322, IN_T322);
}

TASK(enquire)
{
	if (ib_timer_running(&c->t322))
		return; /* one at a time, 5.8.10 */
	c->enquired_again = false;
	enquire(c);
}

TASK(enquire_again)
{
	c->enquired_again = true;
	enquire(c);
}

TASK(enquiry_failed)
{
	c->timer_id = ISDN_T322 + 1;
	i3_disconnect(c, ISDN_BY_TIMER, ISDN_CAUSE_TEMPORARY_FAILURE);
}
