/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Services of user-to-user signalling in a call: who asked for which, and what
 * was answered (EN 300 286-1 clause 9, TS 23.087 5 for service 3 in an active
 * call); what the application asks for.
 */
#include <string.h>

#include "q931/cc_internal.h"
#include "q931/codec.h"
#include "q931/uus.h"

/* ---- the record ---- */

#define TIMERS 3

int i3_uus_room(struct i3_cc *cc)
{
	struct i3_uus *u;

	if (cc->free_uus)
		return 0;
	if (ib_timers_reserve(&cc->timers, TIMERS))
		return ISDN_ERR_NOMEM;
	u = ib_alloc(cc->env, sizeof(*u));
	if (!u) {
		ib_timers_unreserve(&cc->timers, TIMERS);
		return ISDN_ERR_NOMEM;
	}
	u->next = NULL;
	cc->free_uus = u;
	return 0;
}

/* There is room, see i3_reserve; NULL when one input needed two. */
struct i3_uus *i3_uus_of(struct i3_call *c)
{
	struct i3_cc *cc = c->cc;
	struct i3_uus *u = c->uus ? c->uus : cc->free_uus;

	if (c->uus || !u)
		return u;
	cc->free_uus = u->next;
	memset(u, 0, sizeof(*u));
	u->tx.credit = u->rx.credit = cc->config.uus.burst_x;
	ib_timer_init(&u->ours, c, cc->network ? IN_T1_UUS3 : IN_T3_UUS3);
	ib_timer_init(&u->theirs, c, cc->network ? IN_T4_UUS3 : IN_T1_UUS3);
	ib_timer_init(&u->t2, c, IN_T2_UUS3);
	c->uus = u;
	return u;
}

static void stop(struct i3_call *c)
{
	struct ib_timers *timers = &c->cc->timers;

	ib_timer_stop(timers, &c->uus->ours);
	ib_timer_stop(timers, &c->uus->theirs);
	ib_timer_stop(timers, &c->uus->t2);
}

void i3_uus_free(struct i3_call *c)
{
	stop(c);
	c->uus->next = c->cc->free_uus;
	c->cc->free_uus = c->uus;
	c->uus = NULL;
}

bool i3_uus_active(const struct i3_call *c, enum isdn_uus_service service)
{
	if (service == ISDN_UUS_IMPLICIT)
		return c->implicit;
	return c->uus && c->uus->service[service].state == ISDN_UUS_ACTIVE;
}

/* ---- what becomes of a service ---- */

static void changed(struct i3_call *c, unsigned service, int answer)
{
	struct i3_cc *cc = c->cc;

	if (cc->uus_call != c->id)
		cc->uus_changed = 0;
	cc->uus_call = c->id;
	if (!cc->uus_changed)
		memset(cc->uus_answer, ISDN_UUS_LATER, sizeof(cc->uus_answer));
	cc->uus_changed |= (uint8_t)ISDN_UUS_BIT(service);
	cc->uus_answer[service] = (int8_t)answer;
}

void i3_uus_become(struct i3_call *c, unsigned service, int answer)
{
	struct i3_uus_service *s = &c->uus->service[service];

	changed(c, service, answer);
	s->answer = (int8_t)answer;
	if (answer != ISDN_UUS_ACCEPT) {
		if (s->state != ISDN_UUS_ACTIVE) /* by the other's request, meanwhile */
			s->state = ISDN_UUS_REJECTED;
		return;
	}
	if (service == ISDN_UUS_3 && s->state != ISDN_UUS_ACTIVE)
		i3_flow_start(c);
	s->state = ISDN_UUS_ACTIVE;
}

void i3_uus_requested(struct i3_call *c, unsigned service, bool by_us, bool preferred)
{
	struct i3_uus_service *s = &c->uus->service[service];

	s->by_us = by_us;
	s->required = !preferred && c->state != U10; /* an active call goes on in any case */
	if (s->state != ISDN_UUS_ACTIVE)
		s->state = ISDN_UUS_REQUESTED;
	changed(c, service, ISDN_UUS_LATER);
}

/* A request of ours was answered. */
void i3_uus_answered(struct i3_call *c, unsigned service, int answer)
{
	struct i3_uus *u = c->uus;
	struct i3_uus_service *s = &u->service[service];

	s->ours = false;
	if (service == ISDN_UUS_3)
		ib_timer_stop(&c->cc->timers, &u->ours);
	i3_uus_become(c, service, answer);
	if (s->required && answer != ISDN_UUS_ACCEPT && !c->cc->config.uus.keep_refused &&
	    c->state != U10 && i3_live(c))
		u->lost_cause = i3_uus_cause(answer);
}

void i3_uus_give_up(struct i3_call *c)
{
	struct i3_uus *u = i3_uus_of(c);

	if (!u)
		return;
	u->unknown = true;
	for (unsigned s = ISDN_UUS_2; s < ISDN_UUS_COUNT; s++) {
		u->service[s].state = ISDN_UUS_REJECTED;
		u->service[s].answer = ISDN_UUS_NOT_UNDERSTOOD;
		changed(c, s, ISDN_UUS_NOT_UNDERSTOOD);
	}
}

/* ---- answers ---- */

/* By itself when the application has not said, or does not want to. */
int i3_uus_answer_of(const struct i3_call *c, unsigned service)
{
	const struct i3_uus_service *s = &c->uus->service[service];

	if (s->decided)
		return s->answer;
	if (s->later)
		return ISDN_UUS_LATER;
	if (c->cc->config.uus.services & ISDN_UUS_BIT(service))
		return ISDN_UUS_ACCEPT;
	return c->cc->network ? ISDN_UUS_NOT_SUBSCRIBED : ISDN_UUS_REJECTED_BY_USER;
}

bool i3_uus_granted(const struct i3_call *c, enum isdn_uus_service service)
{
	return i3_uus_active(c, service) || (c->uus && c->uus->service[service].theirs &&
					     i3_uus_answer_of(c, service) == ISDN_UUS_ACCEPT);
}

/* ---- requests of the application ---- */

static struct i3_call *active(const struct i3_cc *cc, isdn_call_id id)
{
	struct i3_call *c = ib_handle_get(&cc->calls, id);

	return c && c->state != ST_NULL ? c : NULL;
}

int i3_cc_uus_query(const struct i3_cc *cc, isdn_call_id call, enum isdn_uus_service service,
		    struct isdn_uus *out)
{
	const struct i3_call *c = ib_handle_get(&cc->calls, call);
	const struct i3_uus_service *s;

	if (!c)
		return ISDN_ERR_INVALCALLHANDLE;
	if ((unsigned)service >= ISDN_UUS_COUNT)
		return ISDN_ERR_INVAL;
	memset(out, 0, sizeof(*out));
	out->answer = ISDN_UUS_LATER;
	if (service == ISDN_UUS_IMPLICIT && c->implicit) {
		out->state = ISDN_UUS_ACTIVE;
		out->by_us = c->originated;
		out->answer = ISDN_UUS_ACCEPT;
	}
	if (service == ISDN_UUS_IMPLICIT || !c->uus)
		return 0;
	s = &c->uus->service[service];
	out->state = (enum isdn_uus_state)s->state;
	out->required = s->required;
	out->by_us = s->by_us;
	if (s->state == ISDN_UUS_ACTIVE || s->state == ISDN_UUS_REJECTED)
		out->answer = s->answer;
	return 0;
}

int i3_cc_uus_request(struct i3_cc *cc, isdn_call_id call, enum isdn_uus_service service,
		      isdn_time now)
{
	struct i3_call *c = active(cc, call);
	const struct i3_uus_service *s;
	struct isdn_uus_component u = { .type = ISDN_INVOKE,
					.service = service,
					.preferred = true };
	struct isdn_msg m;
	int err;

	if (!c)
		return ISDN_ERR_INVALCALLHANDLE;
	if (service < ISDN_UUS_1 || service > ISDN_UUS_3)
		return ISDN_ERR_INVAL;
	if (service != ISDN_UUS_3 || !cc->variant->uus)
		return ISDN_ERR_OPERATIONUNAVAIL;
	s = c->uus ? &c->uus->service[service] : NULL;
	if (c->state != U10 || (s && (s->ours || s->theirs || s->state == ISDN_UUS_ACTIVE)))
		return ISDN_ERR_INVALCALLSTATE;
	u.invoke_id = (int16_t)(c->uus ? c->uus->last_id % 127 + 1 : 1);
	isdn_msg_init(&m, 0, 0, 0, false);
	err = isdn_uus_add(&m, &u);
	return err ? err : i3_cc_request(cc, call, I3_FACILITY_REQ, &m, now);
}

/* A service that the far end required will not be: that ends the call. */
static int refuse_call(struct i3_cc *cc, const struct i3_call *c, int answer, isdn_time now)
{
	return i3_cc_clear(cc, c->id, i3_uus_cause(answer), NULL, NULL, now);
}

int i3_cc_uus_decide(struct i3_cc *cc, isdn_call_id call, enum isdn_uus_service service, int answer,
		     isdn_time now)
{
	struct i3_call *c = active(cc, call);
	struct i3_uus_service *s;
	int err;

	if (!c)
		return ISDN_ERR_INVALCALLHANDLE;
	if (service < ISDN_UUS_1 || service > ISDN_UUS_3 ||
	    (answer != ISDN_UUS_LATER && !i3_uus_can_say(answer)))
		return ISDN_ERR_INVAL;
	if (i3_reserve(cc))
		return ISDN_ERR_NOMEM;
	if (answer == ISDN_UUS_LATER) {
		i3_uus_of(c)->service[service].later = true;
		return 0;
	}
	s = c->uus ? &c->uus->service[service] : NULL;
	if (!s || !s->theirs || !(i3_live(c) || c->state == N_SUSPENDED))
		return ISDN_ERR_INVALCALLSTATE;
	s->decided = true;
	s->answer = (int8_t)answer;
	if (c->state != U10)
		return 0; /* with the next message that can, or when it is active again */
	err = i3_cc_request(cc, call, I3_FACILITY_REQ, NULL, now);
	if (err)
		s->decided = false;
	return err;
}

int i3_cc_uus_answer(struct i3_cc *cc, isdn_call_id call, enum isdn_uus_service service, int answer,
		     isdn_time now)
{
	int err = i3_cc_uus_decide(cc, call, service, answer, now);
	const struct i3_call *c = active(cc, call);

	if (err || answer < 0 || !c->uus->service[service].required || c->state == U10 ||
	    cc->config.uus.keep_refused)
		return err;
	return refuse_call(cc, c, answer, now);
}

/* ---- tasks and decisions ---- */

static void facility(struct i3_call *c)
{
	struct isdn_msg m;

	i3_msg_init(c, &m, ISDN_MT_FACILITY);
	if (i3_uus_fill(c, &m) || !m.n_components)
		return;
	i3_send(c->cc, c->tei, &m, NULL);
	i3_uus_sent(c, &m);
}

/* Requests rested with their timers while the call was suspended, or was to be. */
static void requests_go_on(struct i3_call *c)
{
	struct i3_uus *u = c->uus;
	const struct i3_uus_service *s = &u->service[ISDN_UUS_3];

	if (s->ours)
		i3_arm(c, &u->ours, (enum i3_input)u->ours.what);
	if (s->theirs && s->decided)
		facility(c);
	else if (s->theirs)
		i3_guard(c, &u->theirs, (enum i3_input)u->theirs.what);
}

void i3_uus_moved(struct i3_call *c, uint8_t was)
{
	if (c->state != U10) {
		stop(c);
		return;
	}
	if (was == U15 || was == U17)
		requests_go_on(c);
	c->uus->resumed |= was == U17;
	i3_flow_active(c, was == U17);
}

/* At least one component of the FACILITY in hand is of these services. */
WHEN(uus_facility)
{
	return c->cc->uus_ours && c->tei != I3_BROADCAST;
}

TASK(uus_facility)
{
	struct i3_cc *cc = c->cc;
	struct i3_uus_service *s = c->uus ? &c->uus->service[ISDN_UUS_3] : NULL;
	const uint8_t told = cc->uus_changed;
	int8_t answer = cc->uus_answer[ISDN_UUS_3];

	if (s && s->theirs && s->later && c->state == U10)
		i3_guard(c, &c->uus->theirs, (enum i3_input)c->uus->theirs.what);
	if (c->state == U10 || (c->uus && c->uus->n_refusals))
		facility(c);
	cc->uus_changed = 0;
	if (told) {
		if (answer == ISDN_UUS_LATER && s && !s->theirs)
			answer = s->answer; /* by ourselves, just now */
		cc->uus_answer[ISDN_UUS_3] = (int8_t)answer;
		cc->uus_changed = told;
		i3_indicate(c, ISDN_UUS_IND);
	}
	if (cc->uus_others)
		i3_indicate(c, ISDN_FACILITY_IND);
}

/* The call was not wanted without it. */
TASK(uus_lost)
{
	const uint8_t cause = c->uus->lost_cause;

	c->uus->lost_cause = 0;
	i3_take_channel(c);
	i3_disconnect(c, ISDN_BY_ERROR, cause);
}

static void timer_ind(struct i3_call *c, enum isdn_timer_id timer)
{
	c->timer_id = (uint8_t)(timer + 1);
	i3_event(c, ISDN_UUS_IND, ISDN_BY_TIMER, ISDN_CAUSE_NONE, 0);
	c->timer_id = 0;
}

TASK(uus_request_late)
{
	i3_uus_answered(c, ISDN_UUS_3, ISDN_UUS_NO_ANSWER);
	timer_ind(c, c->cc->network ? ISDN_T1_UUS3 : ISDN_T3_UUS3);
}

/* The far end will not wait longer. */
TASK(uus_answer_late)
{
	struct i3_uus_service *s = &c->uus->service[ISDN_UUS_3];

	s->decided = true;
	s->answer = c->cc->network ? ISDN_UUS_REJECTED_BY_NETWORK : ISDN_UUS_REJECTED_BY_USER;
	facility(c);
	changed(c, ISDN_UUS_3, s->answer);
	timer_ind(c, c->cc->network ? ISDN_T4_UUS3 : ISDN_T1_UUS3);
}
