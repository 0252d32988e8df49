/* SPDX-License-Identifier: BSD-2-Clause */
/* Tasks and decisions of clearing, Q.931 5.3 and 5.4. */
#include <string.h>

#include "q931/cc_internal.h"

/* Cause and location of the message in hand; by default what 5.8 puts in its place. */
uint8_t i3_received_cause(const struct i3_call *c, uint8_t missing, uint8_t *location)
{
	const struct isdn_msg *m = c->cc->msg;

	*location = 0;
	if (!m || !isdn_msg_has(m, ISDN_IE_CAUSE))
		return missing;
	*location = m->cause[0].location;
	return m->cause[0].value;
}

/* What clearing that nobody asked for will be told as, when it is complete. */
void i3_clear_because(struct i3_call *c, enum isdn_source source, uint8_t cause)
{
	c->source = source;
	c->cause = cause;
	c->location = c->cc->config.location;
}

/* Clearing that nobody asked for begins: both sides are told, the application at once. */
void i3_disconnect(struct i3_call *c, enum isdn_source source, uint8_t cause)
{
	bool timer = source == ISDN_BY_TIMER;

	i3_clear_because(c, source, cause);
	if (timer && c->timer_id != ISDN_T302 + 1 && c->timer_id != ISDN_T322 + 1)
		i3_send_cause(c, ISDN_MT_DISCONNECT, ISDN_CAUSE_RECOVERY_ON_TIMER_EXPIRY,
			      i3_timers[c->timer_id - 1].name + 1);
	else
		i3_send_cause(c, ISDN_MT_DISCONNECT, cause, NULL);
	i3_start(c, IN_T305);
	i3_event(c, ISDN_DISCONNECT_IND, source, cause, c->location);
}

/* What is still to be answered of services. */
static void fill(struct i3_call *c, struct isdn_msg *m)
{
	if (c->uus && !i3_uus_fill(c, m))
		i3_uus_sent(c, m);
}

/* The first clearing message: cause and, once in a call, the user's UUI. */
void i3_compose_first(const struct i3_call *c, uint8_t type, uint8_t cause,
		      const struct isdn_uui *uui, struct isdn_msg *m)
{
	i3_msg_init(c, m, type);
	i3_msg_cause(m, cause, c->cc->config.location, NULL, 0);
	if (!uui)
		return;
	m->uui = *uui;
	m->uui.codeset = i3_uui_codeset(c->cc);
	isdn_msg_set(m, ISDN_IE_USER_USER);
}

static void first_clearing(struct i3_call *c, uint8_t type)
{
	struct i3_cc *cc = c->cc;
	struct isdn_msg m;

	i3_compose_first(c, type, cc->req_cause, cc->req_uui, &m);
	cc->uui_sent |= cc->req_uui != NULL;
	fill(c, &m);
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

WHEN(heard)
{
	return !i3_when_never_sent(c);
}

#define IN_BAND 8 /* progress description of tones and announcements, 4.5.23 */

/* DISCONNECT as the application composed it; with tones the network plays them for T306. */
TASK(disconnect_with)
{
	const struct isdn_msg *m = c->cc->req_msg;
	bool tones = false;

	for (unsigned i = 0; i < isdn_msg_count(m, ISDN_IE_PROGRESS); i++)
		tones |= m->progress[i].description == IN_BAND;
	c->by_request = true;
	c->source = ISDN_BY_LOCAL;
	c->cause = m->cause[0].value;
	c->location = m->cause[0].location;
	i3_send_prepared(c, false);
	i3_start(c, tones && c->cc->network ? IN_T306 : IN_T305);
}

WHEN(tones)
{
	return c->timer.what == IN_T306;
}

static void compose_tones_over(const struct i3_call *c, struct isdn_msg *m)
{
	i3_msg_init(c, m, ISDN_MT_RELEASE);
	i3_msg_cause(m, c->cause, c->cc->config.location, NULL, 0);
}

/* The tones have been heard, 5.3.4.1. */
TASK(t306)
{
	struct isdn_msg m;

	compose_tones_over(c, &m);
	i3_send(c->cc, c->tei, &m, c);
	i3_start(c, IN_T308);
}

/* The answer to the far end's DISCONNECT; a fault in that is named here (5.8.6). No UUI: not the
 * first. */
static void compose_release(const struct i3_call *c, uint8_t cause, struct isdn_msg *m)
{
	i3_msg_init(c, m, ISDN_MT_RELEASE);
	if (c->error_cause)
		i3_msg_cause(m, c->error_cause, c->cc->config.location, c->error_diag,
			     c->n_error_diag);
	else
		i3_msg_cause(m, cause, c->cc->config.location, NULL, 0);
}

TASK(release_req)
{
	struct isdn_msg m;

	compose_release(c, c->cc->req_cause, &m);
	c->by_request = true;
	i3_send(c->cc, c->tei, &m, c);
	i3_start(c, IN_T308);
}

TASK(clearing_already)
{
	c->by_request = true;
}

/* The message that each task of IN_CLEAR_REQ sends; the others send none. */
bool i3_compose_clearing(const struct i3_call *c, uint8_t cause, const struct isdn_uui *uui,
			 struct isdn_msg *m)
{
	const struct i3_row *row = i3_find_row(c, IN_CLEAR_REQ);
	bool first = row && (row->task == i3_task_disconnect_req || row->task == i3_task_reject);

	if (first) {
		i3_compose_first(c,
				 row->task == i3_task_reject ? ISDN_MT_RELEASE_COMPLETE
							     : ISDN_MT_DISCONNECT,
				 cause, uui, m);
		(void)i3_uus_fill(c, m);
	} else if (row && row->task == i3_task_release_req) {
		compose_release(c, cause, m);
	} else if (row && row->task == i3_task_t306) {
		compose_tones_over(c, m);
	} else if (row && row->task == i3_task_withdraw && (c->answered[0] | c->answered[1])) {
		i3_compose_first(c, ISDN_MT_RELEASE, cause, uui, m);
	} else {
		return false;
	}
	return true;
}

TASK(disconnect_ind)
{
	c->source = ISDN_BY_REMOTE;
	c->cause = i3_received_cause(c, ISDN_CAUSE_NORMAL_UNSPECIFIED, &c->location);
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
		c->cause = i3_received_cause(c, missing, &c->location);
	}
	i3_event_final(c, c->source, c->cause, c->location);
}

TASK(release_rx)
{
	send_release_complete(c);
	ended(c, ISDN_CAUSE_NORMAL_UNSPECIFIED);
}

/* 5.8.4; and 5.8.6.1 where it answers SETUP. */
TASK(release_complete_rx)
{
	bool first = c->originated && (c->state == U1 || c->state == N6);

	ended(c, first ? ISDN_CAUSE_NORMAL_UNSPECIFIED : ISDN_CAUSE_PROTOCOL_ERROR);
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
	if (c->cc->config.restart_lost && c->channel)
		i3_restart_lost(c->cc, c->channel);
}

/* T301, T310, T313: DISCONNECT 102; to our own user a cause that says what it was (9.1). */
TASK(timer_disconnect)
{
	uint8_t cause = ISDN_CAUSE_RECOVERY_ON_TIMER_EXPIRY;

	if (c->cc->network && c->timer.what == IN_T301)
		cause = ISDN_CAUSE_NO_ANSWER;
	if (c->cc->network && c->timer.what == IN_T310)
		cause = ISDN_CAUSE_NO_USER_RESPONDING;
	if (c->cc->network && c->timer.what == IN_T304)
		cause = ISDN_CAUSE_INVALID_NUMBER_FORMAT;
	c->timer_id = (uint8_t)(c->timer.what - IN_T301 + 1);
	i3_disconnect(c, ISDN_BY_TIMER, cause);
}
