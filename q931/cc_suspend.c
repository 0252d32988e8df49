/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Suspension and resumption, Q.931 5.6. The network keeps a suspended call: its
 * call reference is given up, its channel and its call identity are kept until
 * T307, and RESUME goes on with it under another call reference.
 */
#include <string.h>

#include "q931/cc_internal.h"

static const struct isdn_call_identity none = { 0, { 0 } };

static const struct isdn_call_identity *identity_of(const struct isdn_msg *m)
{
	return isdn_msg_has(m, ISDN_IE_CALL_IDENTITY) ? &m->call_identity : &none;
}

static bool same(const struct isdn_call_identity *a, const struct isdn_call_identity *b)
{
	return a->len == b->len && !memcmp(a->identity, b->identity, a->len);
}

/* ---- user ---- */

TASK(suspend_req)
{
	i3_send_prepared(c, false);
	i3_start(c, IN_T319);
}

TASK(suspend_conf)
{
	i3_event_last(c, ISDN_SUSPEND_CONF, ISDN_BY_REMOTE, ISDN_CAUSE_NONE, 0);
}

TASK(suspend_refused)
{
	i3_indicate(c, ISDN_SUSPEND_REJECT_IND);
}

TASK(t319)
{
	c->timer_id = ISDN_T319 + 1;
	i3_event(c, ISDN_SUSPEND_REJECT_IND, ISDN_BY_TIMER, ISDN_CAUSE_RECOVERY_ON_TIMER_EXPIRY,
		 c->cc->config.location);
	c->timer_id = 0;
}

TASK(resume_req)
{
	i3_send_prepared(c, true);
	i3_start(c, IN_T318);
}

TASK(resume_conf)
{
	c->resumed = true;
	i3_take_channel(c);
	i3_indicate(c, ISDN_RESUME_CONF);
}

TASK(t318)
{
	i3_clear_because(c, ISDN_BY_TIMER, ISDN_CAUSE_RECOVERY_ON_TIMER_EXPIRY);
	c->timer_id = ISDN_T318 + 1;
	i3_send_cause(c, ISDN_MT_RELEASE, ISDN_CAUSE_RECOVERY_ON_TIMER_EXPIRY, "318");
	i3_start(c, IN_T308);
}

/* The network has not heard of the RESUME, and keeps the call. */
TASK(resume_unsent)
{
	i3_unsend(c);
	c->timer_id = ISDN_T318 + 1;
	i3_event_final(c, ISDN_BY_TIMER, ISDN_CAUSE_RECOVERY_ON_TIMER_EXPIRY,
		       c->cc->config.location);
}

/* A call that is not held, and that T309 does not keep: SUSPEND would not get out. */
WHEN(can_suspend)
{
	return i3_when_not_held(c) && i3_tei_in(c->cc->up, c->tei);
}

/* ---- network ---- */

static bool keeps_identity(const struct i3_call *c)
{
	return c->state == N15 || c->state == N17 || c->state == N_SUSPENDED;
}

static struct i3_call *find(const struct i3_cc *cc, const struct isdn_call_identity *identity)
{
	struct i3_call *c;
	uint32_t at = 0;

	do
		c = i3_call_next(cc, &at);
	while (c && !(keeps_identity(c) && same(&c->identity, identity)));
	return c;
}

WHEN(identity_used)
{
	return find(c->cc, identity_of(c->cc->msg)) != NULL;
}

TASK(suspend_ind)
{
	c->identity = *identity_of(c->cc->msg);
	c->timer_set = true;
	i3_guard(c, &c->timer, IN_T319); /* the user's */
	i3_indicate(c, ISDN_SUSPEND_IND);
}

TASK(identity_refused)
{
	i3_send_cause(c, ISDN_MT_SUSPEND_REJECT, ISDN_CAUSE_CALL_IDENTITY_IN_USE, NULL);
}

/* A held call is not to be suspended. */
TASK(suspend_held)
{
	i3_send_cause(c, ISDN_MT_SUSPEND_REJECT, ISDN_CAUSE_FACILITY_REJECTED, NULL);
}

/* The call reference is the terminal's to use again; nothing of a link concerns the call now. */
static void leave_link(struct i3_call *c)
{
	if (c->originated)
		i3_callref_give(&c->cc->ours, c->cr);
	else
		i3_callref_forget(&c->cc->theirs, i3_their_key(c->cc, c->tei, c->cr));
	c->cr = 0;
	c->tei = I3_NO_LINK;
}

/* A RESUME with the identity of one that is gone is told so. */
static void remember(struct i3_call *c)
{
	struct i3_cc *cc = c->cc;

	memmove(&cc->cleared[1], &cc->cleared[0], (I3_CLEARED_MAX - 1) * sizeof(cc->cleared[0]));
	cc->cleared[0] = c->identity;
	if (cc->n_cleared < I3_CLEARED_MAX)
		cc->n_cleared++;
}

/* The identity is that of another call now. */
static void forget(struct i3_call *c)
{
	struct i3_cc *cc = c->cc;
	unsigned n = 0;

	for (unsigned i = 0; i < cc->n_cleared; i++)
		if (!same(&cc->cleared[i], &c->identity))
			cc->cleared[n++] = cc->cleared[i];
	cc->n_cleared = n;
}

TASK(suspend_resp)
{
	i3_send_prepared(c, false);
	forget(c);
	leave_link(c);
	c->t_aux.what = IN_T307;
	i3_arm(c, &c->t_aux, IN_T307);
}

TASK(suspend_late)
{
	i3_send_cause(c, ISDN_MT_SUSPEND_REJECT, ISDN_CAUSE_RECOVERY_ON_TIMER_EXPIRY, "319");
}

TASK(suspended_clear)
{
	c->by_request = true;
	remember(c);
	i3_event_final(c, ISDN_BY_LOCAL, c->cc->req_cause, c->cc->config.location);
}

TASK(suspended_restarted)
{
	remember(c);
	i3_task_restarted(c);
}

TASK(t307)
{
	c->timer_id = ISDN_T307 + 1;
	remember(c);
	i3_event_final(c, ISDN_BY_TIMER, ISDN_CAUSE_RECOVERY_ON_TIMER_EXPIRY,
		       c->cc->config.location);
}

TASK(resume_ind)
{
	c->timer_set = true;
	i3_guard(c, &c->timer, IN_T318); /* the user's */
	i3_indicate(c, ISDN_RESUME_IND);
}

TASK(resume_resp)
{
	ib_timer_stop(&c->cc->timers, &c->t_aux);
	i3_send_prepared(c, false);
}

TASK(resume_reject_req)
{
	i3_send_prepared(c, false);
	leave_link(c);
}

TASK(resume_late)
{
	i3_send_cause(c, ISDN_MT_RESUME_REJECT, ISDN_CAUSE_RECOVERY_ON_TIMER_EXPIRY, "318");
	leave_link(c);
}

/* T307 while a RESUME waits for its answer. */
TASK(resume_too_late)
{
	i3_send_cause(c, ISDN_MT_RESUME_REJECT, ISDN_CAUSE_SUSPENDED_CALL_CLEARED, NULL);
	i3_task_t307(c);
}

/* The terminal is gone before it was answered: the call waits for another RESUME. */
TASK(resume_lost)
{
	leave_link(c);
}

static uint8_t refusal(const struct i3_cc *cc, const struct isdn_call_identity *identity)
{
	const struct i3_call *c;
	uint32_t at = 0;

	for (unsigned i = 0; i < cc->n_cleared; i++)
		if (same(&cc->cleared[i], identity))
			return ISDN_CAUSE_SUSPENDED_CALL_CLEARED;
	while ((c = i3_call_next(cc, &at)) != NULL)
		if (c->state == N_SUSPENDED)
			return ISDN_CAUSE_SUSPENDED_CALL_OTHER_IDENTITY;
	return ISDN_CAUSE_NO_CALL_SUSPENDED;
}

int i3_resume_rx(struct i3_cc *cc, const struct isdn_msg *m)
{
	struct i3_call *c = find(cc, identity_of(m));

	if (!c || c->state != N_SUSPENDED) {
		i3_answer_cause(cc, m, ISDN_MT_RESUME_REJECT, refusal(cc, identity_of(m)), NULL, 0);
		return 0;
	}
	if (i3_callref_enter(&cc->theirs, c, i3_their_key(cc, cc->tei, m->cr)))
		return ISDN_ERR_NOMEM;
	c->originated = false;
	c->cr = m->cr;
	c->tei = cc->tei;
	(void)i3_run(c, IN_RESUME);
	return 0;
}
