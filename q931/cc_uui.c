/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * USER INFORMATION, Q.931 7.1, and its flow control, 7.4: a burst of x messages,
 * y more every T2-UUS3 up to x, in each direction. The user who sends keeps to
 * it, the network discards what is beyond and says so by CONGESTION CONTROL;
 * either may say at any time that it takes no more.
 */
#include "q931/cc_internal.h"

#define READY	  0
#define NOT_READY 15

/* ---- what is allowed ---- */

bool i3_uui_allowed(const struct i3_call *c, unsigned type)
{
	return !c->cc->config.uus.strict || type == ISDN_MT_SETUP ||
	       type == ISDN_MT_USER_INFORMATION || c->implicit || i3_uus_granted(c, ISDN_UUS_1);
}

/* States in which USER INFORMATION belongs to a service; one may cross CONNECT. */
static bool ringing(const struct i3_call *c)
{
	return c->state == U4 || c->state == U7;
}

static bool open_state(const struct i3_call *c)
{
	return ringing(c) || c->state == U10;
}

static bool by_service2(const struct i3_call *c)
{
	return i3_uus_active(c, ISDN_UUS_2) && !(c->state == U10 && i3_uus_active(c, ISDN_UUS_3));
}

/* Of a message received: the service may have ended while it was on its way. */
WHEN(uui_open)
{
	if (!c->cc->config.uus.negotiated)
		return open_state(c);
	if (c->state == U10)
		return c->resumed || i3_uus_active(c, ISDN_UUS_3) || i3_uus_active(c, ISDN_UUS_2);
	return (ringing(c) || c->state == U8) && i3_uus_active(c, ISDN_UUS_2);
}

/* ---- the burst, and what fills it again ---- */

static isdn_time interval(const struct i3_call *c)
{
	return (isdn_time)c->cc->config.timer[ISDN_T2_UUS3];
}

static void refill(const struct i3_call *c, struct i3_flow *f)
{
	const struct isdn_uus_config *u = &c->cc->config.uus;
	isdn_time t = interval(c), now = c->cc->now;
	isdn_time steps = now > f->since ? (now - f->since) / t : 0;

	f->since += steps * t;
	f->credit = steps > u->burst_x || f->credit + (unsigned)steps * u->burst_y > u->burst_x
			    ? u->burst_x
			    : (uint16_t)(f->credit + (unsigned)steps * u->burst_y);
}

/* The user keeps to the burst, the network holds him to it. */
static bool counted(const struct i3_call *c, bool sending)
{
	return c->cc->config.uus.burst_x && c->cc->network != sending &&
	       i3_uus_active(c, ISDN_UUS_3) && c->state == U10;
}

static bool used_up(const struct i3_call *c, bool sending)
{
	return counted(c, sending) && !(sending ? &c->uus->tx : &c->uus->rx)->credit;
}

/* T2-UUS3 for whichever direction waits for it, in an active call. */
static void flow_arm(struct i3_call *c)
{
	struct i3_uus *u = c->uus;
	isdn_time due = ISDN_NEVER, t = interval(c);

	if (c->state != U10)
		return;
	refill(c, &u->rx);
	refill(c, &u->tx);
	if (u->waiting && !u->tx.stopped)
		due = u->tx.since + t;
	if (u->rx.stopped && !u->busy && u->rx.since + t < due)
		due = u->rx.since + t;
	ib_timer_stop(&c->cc->timers, &u->t2);
	if (due == ISDN_NEVER)
		return;
	c->more_timers = true;
	ib_timer_start(&c->cc->timers, &u->t2, due);
}

/*
 * What we send is counted half an interval late: the far end may have heard of the service later
 * than we, and messages are delayed by faults of the line.
 */
void i3_flow_start(struct i3_call *c)
{
	struct i3_uus *u = c->uus;

	u->rx.since = c->cc->now;
	u->tx.since = c->cc->now + interval(c) / 2;
	u->tx.credit = u->rx.credit = c->cc->config.uus.burst_x;
	flow_arm(c);
}

/* ---- CONGESTION CONTROL ---- */

static void congestion(struct i3_call *c, uint8_t level)
{
	struct isdn_msg m;

	i3_msg_init(c, &m, ISDN_MT_CONGESTION_CONTROL);
	m.congestion_level = level;
	isdn_msg_set(&m, ISDN_IE_CONGESTION_LEVEL);
	i3_msg_cause(&m, ISDN_CAUSE_ACCESS_INFORMATION_DISCARDED, c->cc->config.location, NULL, 0);
	i3_send(c->cc, c->tei, &m, NULL);
}

static void ready(struct i3_call *c, enum isdn_source by)
{
	c->uus->waiting = false;
	i3_event(c, ISDN_UUI_READY_IND, by, ISDN_CAUSE_NONE, 0);
}

/* Who resumes a call was told nothing, and has said nothing, of what is ready. */
void i3_flow_active(struct i3_call *c, bool resumed)
{
	struct i3_uus *u = c->uus;

	if (resumed) {
		u->tx.stopped = u->rx.stopped = false;
		u->grace = c->cc->config.uus.grace;
	}
	refill(c, &u->tx);
	if (u->waiting && !u->tx.stopped && !used_up(c, true))
		ready(c, ISDN_BY_REMOTE);
	flow_arm(c);
}

/* Where a burst was used up, the far end has y again, and no more. */
TASK(congestion_ind)
{
	struct i3_uus *u = i3_uus_of(c);
	const struct isdn_uus_config *config = &c->cc->config.uus;

	if (!u)
		return;
	if (c->cc->msg->congestion_level == NOT_READY) {
		u->tx.stopped = true;
		i3_indicate(c, ISDN_UUI_STOP_IND);
	} else if (c->cc->msg->congestion_level == READY && u->tx.stopped) {
		u->tx.stopped = false;
		refill(c, &u->tx);
		if (u->tx.credit > config->burst_y)
			u->tx.credit = config->burst_y;
		u->waiting = used_up(c, true);
		if (!u->waiting)
			ready(c, ISDN_BY_REMOTE);
	}
	flow_arm(c);
}

TASK(t2_uus3)
{
	struct i3_uus *u = c->uus;

	if (i3_reserve(c->cc)) { /* no memory: later */
		ib_timer_start(&c->cc->timers, &u->t2, c->cc->now + interval(c));
		return;
	}
	refill(c, &u->rx);
	refill(c, &u->tx);
	if (u->rx.stopped && !u->busy && !used_up(c, false)) {
		u->rx.stopped = false;
		congestion(c, READY);
	}
	if (u->waiting && !u->tx.stopped && !used_up(c, true)) {
		u->waiting = false;
		c->timer_id = ISDN_T2_UUS3 + 1;
		i3_event(c, ISDN_UUI_READY_IND, ISDN_BY_TIMER, ISDN_CAUSE_NONE, 0);
		c->timer_id = 0;
	}
	flow_arm(c);
}

/* Receiver ready may have been lost with the link: who is not ready will say so again. */
void i3_uui_link_back(struct i3_call *c, bool lost)
{
	struct i3_uus *u = c->uus;

	if (!i3_live(c))
		return;
	if (lost && u->sent) {
		i3_event(c, ISDN_UUI_DISCARDED_IND, ISDN_BY_LINK, ISDN_CAUSE_NONE, 0);
		u->sent = false;
	}
	if (!u->tx.stopped)
		return;
	u->tx.stopped = false;
	u->waiting = true;
	if (open_state(c))
		ready(c, ISDN_BY_LINK);
}

/* ---- sending ---- */

/* It will be active again, as far as one can know. */
static bool away(const struct i3_call *c)
{
	return c->state == U15 || c->state == U17 || c->state == N_SUSPENDED;
}

int i3_uui_may_send(struct i3_call *c)
{
	const struct isdn_uus_config *config = &c->cc->config.uus;
	struct i3_uus *u = c->uus;

	if (!open_state(c) && !away(c))
		return ISDN_ERR_INVALCALLSTATE;
	if (!c->cc->config.uui_max || (u && u->unknown))
		return ISDN_ERR_OPERATIONUNAVAIL;
	if (config->negotiated && !i3_uus_active(c, ringing(c) ? ISDN_UUS_2 : ISDN_UUS_3))
		return ISDN_ERR_OPERATIONUNAVAIL;
	if (away(c)) {
		i3_uus_of(c)->waiting = true;
		return ISDN_ERR_AGAIN;
	}
	if (!u)
		return 0;
	if (by_service2(c) && ringing(c) && config->service2_max &&
	    u->tx.service2 >= config->service2_max)
		return ISDN_ERR_RESOURCEUNAVAIL;
	if (counted(c, true))
		refill(c, &u->tx);
	if (!u->tx.stopped && !used_up(c, true))
		return 0;
	u->waiting = true;
	flow_arm(c);
	return ISDN_ERR_AGAIN;
}

TASK(user_info_req)
{
	struct i3_uus *u = i3_uus_of(c);

	i3_send_prepared(c, false);
	if (!u)
		return;
	u->sent = true;
	u->tx.service2 += by_service2(c);
	if (counted(c, true))
		u->tx.credit--;
}

/* ---- receiving ---- */

/* More than the service, the burst, or the application allows. */
static bool too_many(struct i3_call *c)
{
	const struct isdn_uus_config *config = &c->cc->config.uus;
	struct i3_uus *u = c->uus;

	if (by_service2(c) && config->service2_max && u->rx.service2 >= config->service2_max)
		return true;
	if (counted(c, false))
		refill(c, &u->rx);
	return used_up(c, false) || (u->busy && !u->grace);
}

/* Service 2 has no flow control: nobody is told (8). */
static void discard(struct i3_call *c)
{
	if (by_service2(c) && !i3_uus_active(c, ISDN_UUS_3))
		return;
	c->uus->rx.stopped = true;
	congestion(c, NOT_READY);
	flow_arm(c);
}

TASK(user_info_ind)
{
	struct i3_uus *u = c->uus;

	if (u && too_many(c)) {
		discard(c);
		return;
	}
	i3_indicate(c, ISDN_USER_INFO_IND);
	if (!u)
		return;
	u->rx.service2 += by_service2(c);
	if (counted(c, false))
		u->rx.credit--;
	if (u->busy)
		u->grace--;
}

/* No service is active that it could be of. */
TASK(user_info_refused)
{
	static const uint8_t user_user = 0x7e;
	uint8_t cause = c->cc->config.uus.refusal;

	if (cause == ISDN_CAUSE_ACCESS_INFORMATION_DISCARDED)
		i3_send_status(c, cause, &user_user, 1);
	else if (cause)
		i3_send_status(c, cause, &c->cc->msg->type, 1);
}

/* The diagnostics name it; they may be left out, and are by some. */
static bool names(const struct isdn_cause_ie *cause, uint8_t octet)
{
	for (unsigned i = 0; i < cause->n_diag; i++)
		if (cause->diag[i] == octet)
			return true;
	return false;
}

/* 97 without diagnostics, which is no answer to STATUS ENQUIRY either (5.8.10). */
static bool unnamed_info(const struct i3_call *c)
{
	return !c->cc->msg->cause[0].n_diag && c->uus && c->uus->sent &&
	       !ib_timer_running(&c->t322);
}

/* What STATUS says of UUI that we sent: discarded, or that the peer knows no USER INFORMATION. */
enum isdn_prim i3_uui_status(struct i3_call *c)
{
	const struct isdn_cause_ie *cause = &c->cc->msg->cause[0];

	switch (cause->value) {
	case ISDN_CAUSE_ACCESS_INFORMATION_DISCARDED:
		return names(cause, 0x7e) || !cause->n_diag ? ISDN_UUI_DISCARDED_IND
							    : ISDN_STATUS_IND;
	case ISDN_CAUSE_MESSAGE_TYPE_NOT_IMPLEMENTED:
		if (!names(cause, ISDN_MT_USER_INFORMATION) && !unnamed_info(c))
			return ISDN_STATUS_IND;
		i3_uus_give_up(c);
		return ISDN_UUS_IND;
	case ISDN_CAUSE_MESSAGE_NOT_COMPATIBLE:
	case ISDN_CAUSE_MESSAGE_NOT_COMPATIBLE_WITH_STATE:
		return names(cause, ISDN_MT_USER_INFORMATION) ? ISDN_UUI_DISCARDED_IND
							      : ISDN_STATUS_IND;
	default:
		return ISDN_STATUS_IND;
	}
}

/* ---- requests of the application ---- */

/* There is no memory for the message now: T2-UUS3 says it, since nobody else would. */
static int ready_later(struct i3_call *c)
{
	c->uus->busy = false;
	flow_arm(c);
	return 0;
}

int i3_cc_uui_busy(struct i3_cc *cc, isdn_call_id call, bool busy, isdn_time now)
{
	struct i3_call *c = ib_handle_get(&cc->calls, call);
	struct i3_uus *u;

	if (!c || c->state == ST_NULL)
		return ISDN_ERR_INVALCALLHANDLE;
	if ((!open_state(c) && c->state != U8) || c->tei == I3_BROADCAST)
		return ISDN_ERR_INVALCALLSTATE;
	cc->now = now;
	if (i3_reserve(cc))
		return busy || !c->uus ? ISDN_ERR_NOMEM : ready_later(c);
	u = i3_uus_of(c);
	if (u->busy == busy)
		return 0;
	u->busy = busy;
	u->grace = cc->config.uus.grace;
	refill(c, &u->rx);
	if (busy) {
		u->rx.stopped = true;
		congestion(c, NOT_READY);
	} else if (!used_up(c, false)) {
		u->rx.stopped = false;
		congestion(c, READY);
	}
	flow_arm(c);
	return 0;
}

int i3_cc_uui_refuse(struct i3_cc *cc, isdn_call_id call, isdn_time now)
{
	static const uint8_t user_user = 0x7e;
	struct i3_call *c = ib_handle_get(&cc->calls, call);

	if (!c || c->state == ST_NULL)
		return ISDN_ERR_INVALCALLHANDLE;
	if (!i3_live(c) || c->tei == I3_BROADCAST)
		return ISDN_ERR_INVALCALLSTATE;
	if (i3_reserve(cc))
		return ISDN_ERR_NOMEM;
	cc->now = now;
	i3_send_status(c, ISDN_CAUSE_ACCESS_INFORMATION_DISCARDED, &user_user, 1);
	return 0;
}
