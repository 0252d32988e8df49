/* SPDX-License-Identifier: BSD-2-Clause */
/* The tasks and decisions of the SDL tables: straight-line, and none sets the state. */
#include <string.h>

#include "q931/cc_internal.h"

static const struct {
	enum isdn_timer_id id;
	const char *name; /* the diagnostic of cause 102 */
} timers[] = {
	[IN_T301 - IN_T301] = { ISDN_T301, "301" }, [IN_T302 - IN_T301] = { ISDN_T302, "302" },
	[IN_T304 - IN_T301] = { ISDN_T304, "304" }, [IN_T303 - IN_T301] = { ISDN_T303, "303" },
	[IN_T305 - IN_T301] = { ISDN_T305, "305" }, [IN_T308 - IN_T301] = { ISDN_T308, "308" },
	[IN_T309 - IN_T301] = { ISDN_T309, "309" }, [IN_T310 - IN_T301] = { ISDN_T310, "310" },
	[IN_T312 - IN_T301] = { ISDN_T312, "312" }, [IN_T313 - IN_T301] = { ISDN_T313, "313" },
	[IN_T316 - IN_T301] = { ISDN_T316, "316" }, [IN_T322 - IN_T301] = { ISDN_T322, "322" },
};

void i3_arm(struct i3_call *c, struct ib_timer *t, enum i3_input which)
{
	uint32_t ms = c->cc->config.timer[timers[which - IN_T301].id];

	if (ms)
		ib_timer_start(&c->cc->timers, t, c->cc->now + ms);
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

/* Cause and location of the message in hand; by default what 5.8 puts in its place. */
static uint8_t msg_cause(const struct i3_call *c, uint8_t missing, uint8_t *location)
{
	const struct isdn_msg *m = c->cc->msg;

	*location = 0;
	if (!m || !isdn_msg_has(m, ISDN_IE_CAUSE))
		return missing;
	*location = m->cause[0].location;
	return m->cause[0].value;
}

void i3_indicate(struct i3_call *c, enum isdn_prim prim)
{
	uint8_t location, cause = msg_cause(c, ISDN_CAUSE_NONE, &location);

	i3_event(c, prim, ISDN_BY_REMOTE, cause, location);
}

/* The first response to a SETUP of ours names the channel, or accepts the one that we named
 * (5.1.2). */
void i3_take_channel(struct i3_call *c)
{
	struct i3_channels *ch = &c->cc->channels;
	const struct isdn_msg *m = c->cc->msg;
	bool late = c->responded && c->channel;
	int wanted;

	c->responded = true;
	if (late || !isdn_msg_has(m, ISDN_IE_CHANNEL_ID))
		return; /* a later response has no say in it */
	wanted = i3_channel_read(ch, &m->channel_id[0]);
	if (wanted <= 0 || !i3_channel_exists(ch, (unsigned)wanted) || ch->owner[wanted])
		return;
	if (c->channel && ch->owner[c->channel] == c)
		ch->owner[c->channel] = NULL;
	c->channel = (uint8_t)wanted;
	ch->owner[wanted] = c;
}

WHEN(first_expiry)
{
	return !c->again;
}

WHEN(first_enquiry)
{
	return !c->enquired_again;
}

/* 5.1.2: the response names a channel that is not there, or not free. */
WHEN(channel_bad)
{
	const struct i3_channels *ch = &c->cc->channels;
	const struct isdn_msg *m = c->cc->msg;
	int wanted;

	if (c->responded || !isdn_msg_has(m, ISDN_IE_CHANNEL_ID))
		return false;
	wanted = i3_channel_read(ch, &m->channel_id[0]);
	if (wanted <= 0)
		return false;
	return !i3_channel_exists(ch, (unsigned)wanted) ||
	       (ch->owner[wanted] && ch->owner[wanted] != c);
}

/* A call that a link takes with it is gone, so with the link down its SETUP was never sent. */
WHEN(never_sent)
{
	return c->tei != I3_BROADCAST && !i3_tei_in(c->cc->up, c->tei);
}

WHEN(status_null)
{
	return c->cc->msg->call_state.state == ST_NULL;
}

/* 5.8.11: states that an active call's far end can not be in, messages in transit allowed for. */
WHEN(status_incompatible)
{
	unsigned s = c->cc->msg->call_state.state;

	return s < 32 && (S(s) & (S(1) | S(2) | S(3) | S(4) | S(6) | S(7) | S(9) | S(22) | S(25)));
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

TASK(setup_failed_user)
{
	c->timer_id = ISDN_T303 + 1;
	if (i3_when_never_sent(c))
		i3_unsend(c); /* the far end has not heard of the call, and will not */
	else
		i3_send_cause(c, ISDN_MT_RELEASE_COMPLETE, ISDN_CAUSE_RECOVERY_ON_TIMER_EXPIRY,
			      "303");
	i3_event_final(c, ISDN_BY_TIMER, ISDN_CAUSE_RECOVERY_ON_TIMER_EXPIRY,
		       c->cc->config.location);
}

TASK(setup_failed_network)
{
	c->timer_id = ISDN_T303 + 1;
	i3_event_final(c, ISDN_BY_TIMER, ISDN_CAUSE_NO_USER_RESPONDING, c->cc->config.location);
}

/* What clearing that nobody asked for will be told as, when it is complete. */
void i3_clear_because(struct i3_call *c, enum isdn_source source, uint8_t cause)
{
	c->source = source;
	c->cause = cause;
	c->location = c->cc->config.location;
}

/* The far end wants more digits, and en bloc there are none: 5.1.3, the number is incomplete. */
TASK(overlap_refused)
{
	i3_clear_because(c, ISDN_BY_ERROR, ISDN_CAUSE_INVALID_NUMBER_FORMAT);
	i3_send_cause(c, ISDN_MT_DISCONNECT, ISDN_CAUSE_INVALID_NUMBER_FORMAT, NULL);
	i3_start(c, IN_T305);
}

TASK(channel_refused)
{
	i3_clear_because(c, ISDN_BY_ERROR, ISDN_CAUSE_CHANNEL_UNACCEPTABLE);
	i3_send_cause(c, ISDN_MT_RELEASE, ISDN_CAUSE_CHANNEL_UNACCEPTABLE, NULL);
	i3_start(c, IN_T308);
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

static void send_plain(struct i3_call *c, uint8_t type)
{
	struct isdn_msg m;

	i3_msg_init(c, &m, type);
	i3_send(c->cc, c->tei, &m, NULL);
}

TASK(connect_ind)
{
	i3_take_channel(c);
	send_plain(c, ISDN_MT_CONNECT_ACKNOWLEDGE);
	i3_indicate(c, ISDN_SETUP_CONF);
}

TASK(connect_again)
{
	send_plain(c, ISDN_MT_CONNECT_ACKNOWLEDGE);
}

TASK(info_ind)
{
	i3_indicate(c, ISDN_INFO_IND);
}

TASK(user_info_ind)
{
	i3_indicate(c, ISDN_USER_INFO_IND);
}

static void respond(struct i3_call *c)
{
	i3_send_prepared(c, false);
	c->responded = true;
}

TASK(proceeding_req)
{
	respond(c);
}

TASK(alerting_req)
{
	respond(c);
}

TASK(progress_req)
{
	i3_send_prepared(c, false);
}

TASK(connect_req_user)
{
	respond(c);
	i3_start(c, IN_T313);
}

/* The network does not wait for an acknowledgement of the calling user (5.1.8). */
TASK(connect_req_network)
{
	respond(c);
	i3_event(c, ISDN_SETUP_COMPLETE_IND, ISDN_BY_LOCAL, ISDN_CAUSE_NONE, 0);
}

TASK(user_info_req)
{
	i3_send_prepared(c, false);
}

TASK(connect_ack_ind)
{
	i3_take_channel(c);
	i3_indicate(c, ISDN_SETUP_COMPLETE_IND);
}

/* ---- clearing, 5.3 ---- */

/* The first clearing message: cause and, once in a call, the user's UUI. */
static void first_clearing(struct i3_call *c, uint8_t type)
{
	struct i3_cc *cc = c->cc;
	struct isdn_msg m;

	i3_msg_init(c, &m, type);
	i3_msg_cause(&m, cc->req_cause, cc->config.location, NULL, 0);
	if (cc->req_uui) {
		m.uui = *cc->req_uui;
		m.uui.codeset = i3_uui_codeset(cc);
		isdn_msg_set(&m, ISDN_IE_USER_USER);
		cc->uui_sent = true;
	}
	c->by_request = true;
	c->source = ISDN_BY_LOCAL;
	c->cause = cc->req_cause;
	c->location = cc->config.location;
	i3_send(cc, c->tei, &m, NULL);
}

TASK(reject)
{
	first_clearing(c, ISDN_MT_RELEASE_COMPLETE);
	i3_event_final(c, ISDN_BY_LOCAL, c->cause, c->location);
}

/* The SETUP still waits for the link: the far end has not heard of the call. */
TASK(abandon)
{
	i3_unsend(c);
	c->by_request = true;
	i3_event_final(c, ISDN_BY_LOCAL, c->cc->req_cause, c->cc->config.location);
}

TASK(disconnect_req)
{
	first_clearing(c, ISDN_MT_DISCONNECT);
	i3_start(c, IN_T305);
}

/* The answer to the far end's DISCONNECT; a fault in that is named here (5.8.6). No UUI: not the
 * first. */
TASK(release_req)
{
	struct isdn_msg m;

	i3_msg_init(c, &m, ISDN_MT_RELEASE);
	if (c->error_cause)
		i3_msg_cause(&m, c->error_cause, c->cc->config.location, c->error_diag,
			     c->n_error_diag);
	else
		i3_msg_cause(&m, c->cc->req_cause, c->cc->config.location, NULL, 0);
	c->by_request = true;
	i3_send(c->cc, c->tei, &m, c);
	i3_start(c, IN_T308);
}

TASK(clearing_already)
{
	c->by_request = true;
}

TASK(disconnect_ind)
{
	c->source = ISDN_BY_REMOTE;
	c->cause = msg_cause(c, ISDN_CAUSE_NORMAL_UNSPECIFIED, &c->location);
	i3_event(c, ISDN_DISCONNECT_IND, ISDN_BY_REMOTE, c->cause, c->location);
}

/* 5.3.5: both sides sent DISCONNECT. */
TASK(disconnect_collision)
{
	i3_send_cause(c, ISDN_MT_RELEASE, c->cause, NULL);
	i3_start(c, IN_T308);
}

static void send_release_complete(struct i3_call *c)
{
	struct isdn_msg m;

	i3_msg_init(c, &m, ISDN_MT_RELEASE_COMPLETE);
	if (c->error_cause)
		i3_msg_cause(&m, c->error_cause, c->cc->config.location, c->error_diag,
			     c->n_error_diag);
	i3_send(c->cc, c->tei, &m, NULL);
}

/* The last event: the far end's reason, unless clearing began with one of ours. */
static void ended(struct i3_call *c, uint8_t missing)
{
	if (!c->cause) {
		c->source = ISDN_BY_REMOTE;
		c->cause = msg_cause(c, missing, &c->location);
	}
	i3_event_final(c, c->source, c->cause, c->location);
}

TASK(release_rx)
{
	send_release_complete(c);
	ended(c, ISDN_CAUSE_NORMAL_UNSPECIFIED);
}

TASK(release_complete_rx)
{
	ended(c, ISDN_CAUSE_PROTOCOL_ERROR);
}

TASK(release_done)
{
	ended(c, ISDN_CAUSE_NORMAL_UNSPECIFIED);
}

/* 5.3.3: RELEASE with the cause of our DISCONNECT, and 102 beside it. */
TASK(t305)
{
	struct isdn_msg m;

	i3_msg_init(c, &m, ISDN_MT_RELEASE);
	i3_msg_cause(&m, c->cause, c->location, NULL, 0);
	i3_msg_cause(&m, ISDN_CAUSE_RECOVERY_ON_TIMER_EXPIRY, c->cc->config.location, "305", 3);
	i3_send(c->cc, c->tei, &m, c);
	i3_start(c, IN_T308);
}

TASK(t308_first)
{
	c->again = true;
	i3_send_kept(c);
	i3_start(c, IN_T308);
}

/* 5.3.3: nobody answers; the call is released here. */
TASK(t308_second)
{
	c->timer_id = ISDN_T308 + 1;
	i3_event_final(c, ISDN_BY_TIMER, c->cause ? c->cause : ISDN_CAUSE_RECOVERY_ON_TIMER_EXPIRY,
		       c->location);
}

/* T301, T310, T313: DISCONNECT 102; to our own user a cause that says what it was (9.1). */
TASK(timer_disconnect)
{
	uint8_t cause = ISDN_CAUSE_RECOVERY_ON_TIMER_EXPIRY;

	if (c->cc->config.side == ISDN_NETWORK && c->timer.what == IN_T301)
		cause = ISDN_CAUSE_NO_ANSWER;
	if (c->cc->config.side == ISDN_NETWORK && c->timer.what == IN_T310)
		cause = ISDN_CAUSE_NO_USER_RESPONDING;
	if (c->cc->config.side == ISDN_NETWORK && c->timer.what == IN_T304)
		cause = ISDN_CAUSE_INVALID_NUMBER_FORMAT;
	i3_clear_because(c, ISDN_BY_TIMER, cause);
	c->timer_id = (uint8_t)(timers[c->timer.what - IN_T301].id + 1);
	i3_send_cause(c, ISDN_MT_DISCONNECT, ISDN_CAUSE_RECOVERY_ON_TIMER_EXPIRY,
		      timers[c->timer.what - IN_T301].name);
	i3_start(c, IN_T305);
}

/* ---- status, 5.8.10 and 5.8.11 ---- */

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

TASK(status_incompatible)
{
	i3_clear_because(c, ISDN_BY_ERROR, ISDN_CAUSE_MESSAGE_NOT_COMPATIBLE_WITH_STATE);
	i3_send_cause(c, ISDN_MT_DISCONNECT, ISDN_CAUSE_MESSAGE_NOT_COMPATIBLE_WITH_STATE, NULL);
	i3_start(c, IN_T305);
}

TASK(status_ind)
{
	ib_timer_stop(&c->cc->timers, &c->t322);
	i3_indicate(c, ISDN_STATUS_IND);
}

TASK(enquire)
{
	if (ib_timer_running(&c->t322))
		return; /* one at a time, 5.8.10 */
	c->enquired_again = false;
	send_plain(c, ISDN_MT_STATUS_ENQUIRY);
	i3_arm(c, &c->t322, IN_T322);
}

TASK(enquire_again)
{
	c->enquired_again = true;
	send_plain(c, ISDN_MT_STATUS_ENQUIRY);
	i3_arm(c, &c->t322, IN_T322);
}

TASK(enquiry_failed)
{
	i3_clear_because(c, ISDN_BY_TIMER, ISDN_CAUSE_TEMPORARY_FAILURE);
	c->timer_id = ISDN_T322 + 1;
	i3_send_cause(c, ISDN_MT_DISCONNECT, ISDN_CAUSE_TEMPORARY_FAILURE, NULL);
	i3_start(c, IN_T305);
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
