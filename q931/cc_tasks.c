/* SPDX-License-Identifier: BSD-2-Clause */
/* The tasks and decisions of the SDL tables: straight-line, and none sets the state. */
#include <string.h>

#include "q931/cc_internal.h"

void i3_arm(struct i3_call *c, struct ib_timer *t, enum i3_input which)
{
	uint32_t ms = c->cc->config.timer[which - IN_T301];

	if (!ms)
		return;
	c->more_timers |= t != &c->timer;
	ib_timer_start(&c->cc->timers, t, c->cc->now + ms);
}

void i3_guard(struct i3_call *c, struct ib_timer *t, enum i3_input which)
{
	uint32_t ms = c->cc->config.timer[which - IN_T301];

	t->what = which;
	c->more_timers |= t != &c->timer;
	ib_timer_start(&c->cc->timers, t, c->cc->now + (ms - ms / 4));
}

/* Start the timer that belongs to the state; any other of that kind ends. */
void i3_start(struct i3_call *c, enum i3_input which)
{
	ib_timer_stop(&c->cc->timers, &c->timer);
	if (c->timer.what != which)
		c->again = false;
	c->timer.what = which;
	c->timer_set = true;
	i3_arm(c, &c->timer, which);
}

void i3_stop(struct i3_call *c)
{
	ib_timer_stop(&c->cc->timers, &c->timer);
}

void i3_indicate(struct i3_call *c, enum isdn_prim prim)
{
	uint8_t location, cause = i3_received_cause(c, ISDN_CAUSE_NONE, &location);

	i3_event(c, prim, ISDN_BY_REMOTE, cause, location);
}

void i3_set_channel(struct i3_call *c, unsigned channel)
{
	struct i3_channels *ch = &c->cc->channels;

	if (c->channel && ch->owner[c->channel] == c)
		ch->owner[c->channel] = NULL;
	c->channel = (uint16_t)channel;
	if (channel)
		ch->owner[channel] = c;
}

/* The channel is no longer open: a later response has no say in it, and a call that is held gets
 * one by RETRIEVE alone. */
bool i3_channel_settled(const struct i3_call *c)
{
	return c->responded && (c->channel || i3_hold_told(c) != ISDN_NOT_HELD);
}

/* The first response to a SETUP of ours names the channel, or accepts the one that we named
 * (5.1.2). */
void i3_take_channel(struct i3_call *c)
{
	struct i3_channels *ch = &c->cc->channels;
	const struct isdn_msg *m = c->cc->msg;
	bool late = i3_channel_settled(c);
	int wanted;

	c->responded = true;
	if (late || !isdn_msg_has(m, ISDN_IE_CHANNEL_ID))
		return;
	wanted = i3_channel_read(ch, &m->channel_id[0]);
	if (wanted > 0 && i3_channel_exists(ch, (unsigned)wanted) &&
	    !i3_channel_owner(ch, (unsigned)wanted) && !i3_channel_restarts(ch, (unsigned)wanted))
		i3_set_channel(c, (unsigned)wanted);
}

WHEN(first_expiry)
{
	return !c->again;
}

/* As we have it. */
static bool out_of_service(const struct i3_channels *ch, unsigned channel)
{
	unsigned interface = channel / ISDN_INTERFACE_CHANNELS;

	return (ch->out_here[interface] >> channel % ISDN_INTERFACE_CHANNELS) & 1;
}

/* 5.1.2: the response names a channel that is not there, not free, out of service here, or not the
 * only one allowed. */
WHEN(channel_bad)
{
	const struct i3_channels *ch = &c->cc->channels;
	const struct isdn_msg *m = c->cc->msg;
	const struct i3_call *owner;
	int wanted;

	if (i3_channel_settled(c) || !isdn_msg_has(m, ISDN_IE_CHANNEL_ID))
		return false;
	wanted = i3_channel_read(ch, &m->channel_id[0]);
	if (wanted <= 0)
		return false;
	owner = i3_channel_owner(ch, (unsigned)wanted);
	return !i3_channel_exists(ch, (unsigned)wanted) || (owner && owner != c) ||
	       i3_channel_restarts(ch, (unsigned)wanted) ||
	       (!owner && out_of_service(ch, (unsigned)wanted)) ||
	       (c->exclusive && c->channel && wanted != c->channel);
}

/* A call that a link takes with it is gone, so with the link down its SETUP was never sent. */
WHEN(never_sent)
{
	return c->tei != I3_BROADCAST && !i3_tei_in(c->cc->up, c->tei);
}

WHEN(t309_used)
{
	return c->cc->config.timer[ISDN_T309] != 0;
}

/* ---- establishment ---- */

/* T312 runs with it when several terminals can answer. */
static void await_answer(struct i3_call *c)
{
	i3_start(c, IN_T303);
	if (c->tei == I3_BROADCAST)
		i3_arm(c, &c->t312, IN_T312);
}

/* A request that is its message, and nothing more. */
TASK(send_req)
{
	i3_send_prepared(c, false);
}

TASK(setup_req)
{
	i3_send_prepared(c, true);
	await_answer(c);
}

TASK(setup_again)
{
	c->again = true;
	i3_send_kept(c);
	await_answer(c);
}

void i3_send_cause(struct i3_call *c, uint8_t type, uint8_t cause, const char *diag)
{
	struct isdn_msg m;

	i3_msg_init(c, &m, type);
	i3_msg_cause(&m, cause, c->cc->config.location, diag, diag ? strlen(diag) : 0);
	i3_send(c->cc, c->tei, &m, type == ISDN_MT_RELEASE ? c : NULL);
}

/* Nobody answered. The far end may have the call all the same: it is told in one message, without
 * the wait for an answer that 5.2.5.4 has. */
static void setup_failed(struct i3_call *c, uint8_t cause)
{
	c->timer_id = ISDN_T303 + 1;
	if (i3_when_never_sent(c))
		i3_unsend(c); /* the far end has not heard of the call, and will not */
	else if (c->tei != I3_BROADCAST)
		i3_send_cause(c, ISDN_MT_RELEASE_COMPLETE, ISDN_CAUSE_RECOVERY_ON_TIMER_EXPIRY,
			      "303");
	i3_event_final(c, ISDN_BY_TIMER, cause, c->cc->config.location);
}

TASK(setup_failed_user)
{
	setup_failed(c, ISDN_CAUSE_RECOVERY_ON_TIMER_EXPIRY);
}

TASK(setup_failed_network)
{
	setup_failed(c, ISDN_CAUSE_NO_USER_RESPONDING);
}

/* The far end wants more digits, which the variant has no means to send. */
TASK(overlap_refused)
{
	i3_take_channel(c); /* which is the call's until it is cleared */
	i3_disconnect(c, ISDN_BY_ERROR, ISDN_CAUSE_INVALID_NUMBER_FORMAT);
}

TASK(channel_refused)
{
	i3_clear_because(c, ISDN_BY_ERROR, ISDN_CAUSE_CHANNEL_UNACCEPTABLE);
	i3_send_cause(c, ISDN_MT_RELEASE, ISDN_CAUSE_CHANNEL_UNACCEPTABLE, NULL);
	i3_start(c, IN_T308);
}

/* A channel that the far end gave us without asking. */
TASK(channel_disconnect)
{
	i3_disconnect(c, ISDN_BY_ERROR, ISDN_CAUSE_CHANNEL_UNACCEPTABLE);
}

TASK(proceeding_ind)
{
	i3_take_channel(c);
	i3_start(c, IN_T310);
	i3_indicate(c, ISDN_PROCEEDING_IND);
}

TASK(alerting_ind)
{
	i3_take_channel(c);
	i3_start(c, IN_T301);
	i3_indicate(c, ISDN_ALERTING_IND);
}

/* PROGRESS before CALL PROCEEDING: the SETUP arrived, so T303 gives way to T310. */
TASK(progress_first)
{
	i3_start(c, IN_T310);
	i3_indicate(c, ISDN_PROGRESS_IND);
}

TASK(progress_ind)
{
	i3_stop(c);
	i3_indicate(c, ISDN_PROGRESS_IND);
}

TASK(progress_late)
{
	i3_indicate(c, ISDN_PROGRESS_IND);
}

void i3_send_plain(struct i3_call *c, uint8_t type)
{
	struct isdn_msg m;

	i3_msg_init(c, &m, type);
	i3_send(c->cc, c->tei, &m, NULL);
}

TASK(connect_ind)
{
	i3_take_channel(c);
	i3_send_plain(c, ISDN_MT_CONNECT_ACKNOWLEDGE);
	i3_indicate(c, ISDN_SETUP_CONF);
}

/* N8: whether the call is awarded is not for us to say. */
WHEN(award_by_request)
{
	return c->cc->config.connect_by_request;
}

TASK(connect_waits)
{
	i3_take_channel(c);
	i3_indicate(c, ISDN_SETUP_CONF);
}

TASK(connect_again)
{
	i3_send_plain(c, ISDN_MT_CONNECT_ACKNOWLEDGE);
}

TASK(info_ind)
{
	i3_indicate(c, ISDN_INFO_IND);
}

TASK(respond)
{
	i3_send_prepared(c, false);
	c->responded = true;
}

TASK(connect_req_user)
{
	i3_task_respond(c);
	i3_start(c, IN_T313);
}

/* The network does not wait for an acknowledgement of the calling user (5.1.8). */
TASK(connect_req_network)
{
	i3_task_respond(c);
	i3_event(c, ISDN_SETUP_COMPLETE_IND, ISDN_BY_LOCAL, ISDN_CAUSE_NONE, 0);
}

TASK(connect_ack_ind)
{
	i3_take_channel(c);
	i3_indicate(c, ISDN_SETUP_COMPLETE_IND);
}

/* ---- data link, 5.8.8 and 5.8.9 ---- */

TASK(link_lost)
{
	if (!c->cause)
		i3_clear_because(c, ISDN_BY_LINK, ISDN_CAUSE_DESTINATION_OUT_OF_ORDER);
	i3_event_final(c, ISDN_BY_LINK, c->cause, c->location);
}

/* An active call waits for the link, T309; a second loss does not start it anew. */
TASK(link_lost_active)
{
	ib_timer_stop(&c->cc->timers, &c->t322);
	if (!ib_timer_running(&c->t309))
		i3_arm(c, &c->t309, IN_T309);
	i3_tei_add(c->cc->establish, c->tei);
}

TASK(link_back)
{
	ib_timer_stop(&c->cc->timers, &c->t309);
	i3_task_enquire(c);
}

TASK(t309)
{
	i3_clear_because(c, ISDN_BY_LINK, ISDN_CAUSE_DESTINATION_OUT_OF_ORDER);
	i3_event_final(c, ISDN_BY_LINK, c->cause, c->location);
}

/* 5.5: the channel is restarted, and the call ends without a message. */
TASK(restarted)
{
	i3_clear_because(c, c->cc->msg ? ISDN_BY_REMOTE : ISDN_BY_LOCAL,
			 ISDN_CAUSE_TEMPORARY_FAILURE);
	i3_event_final(c, c->source, c->cause, c->location);
}
