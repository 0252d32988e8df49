/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Components for user-to-user services in the messages of a call. A request is
 * an invoke component; its answer bears the same identifier, and comes in
 * whatever message is next.
 */
#include "base/rare.h"
#include "q931/cc_internal.h"
#include "q931/codec.h"
#include "q931/uus.h"

#define EACH_SERVICE(s) for (unsigned s = ISDN_UUS_1; s < ISDN_UUS_COUNT; s++)
#define DUPLICATE	0 /* invoke problems, X.229 */
#define MISTYPED	2
#define INVOKE_PROBLEM	1

/* ---- components that arrive ---- */

static void refuse(struct i3_call *c, const struct i3_uus_refusal *r)
{
	struct i3_uus *u = c->uus;

	if (u->n_refusals < I3_UUS_REFUSALS) /* more of them is nobody's honest request */
		u->refusal[u->n_refusals++] = *r;
}

static void reject(struct i3_call *c, int16_t id, uint8_t problem)
{
	refuse(c, &(struct i3_uus_refusal){ .id = id, .rejected = true, .problem = problem });
}

static void error(struct i3_call *c, int16_t id, int answer)
{
	refuse(c, &(struct i3_uus_refusal){ .id = id, .error = (int8_t)answer });
}

/* An active call knows service 3 alone (9.4), and once; but a terminal that resumed it asks anew.
 */
static int refusal(const struct i3_call *c, unsigned service, bool in_setup)
{
	const struct i3_uus_service *s = &c->uus->service[service];

	if (!in_setup && (service != ISDN_UUS_3 || c->state != U10))
		return ISDN_UUS_INVALID_CALL_STATE;
	if (s->theirs || (s->state == ISDN_UUS_ACTIVE && !(c->cc->network && c->uus->resumed)))
		return c->cc->network ? ISDN_UUS_REJECTED_BY_NETWORK : ISDN_UUS_INVALID_CALL_STATE;
	return ISDN_UUS_ACCEPT;
}

static void invoked(struct i3_call *c, const struct isdn_uus_component *u, bool in_setup)
{
	struct i3_uus_service *s = &c->uus->service[u->service];
	int no = refusal(c, u->service, in_setup);

	EACH_SERVICE(k)
	if (c->uus->service[k].theirs && c->uus->service[k].their_id == u->invoke_id) {
		reject(c, u->invoke_id, DUPLICATE);
		return;
	}
	if (no != ISDN_UUS_ACCEPT) {
		error(c, u->invoke_id, no);
		return;
	}
	s->theirs = true;
	s->their_id = u->invoke_id;
	s->decided = false;
	i3_uus_requested(c, u->service, false, u->preferred);
}

/* Of terminals that compete only what they accept is noted: the call may be theirs later. */
static bool response(struct i3_call *c, const struct isdn_uus_component *u)
{
	bool to_us = false;
	int answer = u->type == ISDN_RETURN_RESULT  ? ISDN_UUS_ACCEPT
		     : u->type == ISDN_RETURN_ERROR ? u->error
						    : ISDN_UUS_NOT_UNDERSTOOD;

	EACH_SERVICE(k)
	{
		struct i3_uus_service *s = &c->uus->service[k];

		if (!s->ours || s->our_id != u->invoke_id)
			continue;
		to_us = true;
		if (c->tei != I3_BROADCAST)
			i3_uus_answered(c, k, answer);
		else if (answer == ISDN_UUS_ACCEPT)
			i3_tei_add(s->accepted, c->cc->tei);
	}
	return to_us;
}

static void component(struct i3_call *c, const struct isdn_msg *m, unsigned n)
{
	struct isdn_uus_component u;
	bool in_setup = m->type == ISDN_MT_SETUP;
	int is = isdn_uus_read(m, n, &u);

	if (!c->cc->variant->uus || (u.type == ISDN_INVOKE && c->tei == I3_BROADCAST))
		is = 0; /* of one terminal among several: not of the call */
	if (is == 0 || (u.type != ISDN_INVOKE && (!c->uus || !response(c, &u)))) {
		c->cc->uus_others = true;
		return;
	}
	c->cc->uus_ours = true;
	if (u.type != ISDN_INVOKE || (!in_setup && m->type != ISDN_MT_FACILITY) || !i3_uus_of(c))
		return;
	if (is < 0)
		reject(c, u.invoke_id, MISTYPED);
	else
		invoked(c, &u, in_setup);
}

/* CONNECT: what was accepted before by the terminal that has it; what was not answered will not be.
 */
static void connected(struct i3_call *c)
{
	EACH_SERVICE(k)
	{
		struct i3_uus_service *s = &c->uus->service[k];

		if (s->ours)
			i3_uus_answered(c, k,
					i3_tei_in(s->accepted, c->tei) ? ISDN_UUS_ACCEPT
								       : ISDN_UUS_NO_ANSWER);
	}
}

IB_RARE void i3_uus_rx(struct i3_call *c, const struct isdn_msg *m)
{
	for (unsigned n = 0; n < m->n_components; n++)
		component(c, m, n);
	if (!c->uus)
		return;
	if (m->type == ISDN_MT_SETUP && c->uus->service[ISDN_UUS_1].theirs)
		c->implicit = false;
	if (m->type == ISDN_MT_CONNECT && c->originated && c->state != U10)
		connected(c);
}

/* ---- answers that go out ---- */

static int add_answer(struct isdn_msg *m, int16_t id, int answer)
{
	const struct isdn_uus_component u = {
		.type = answer == ISDN_UUS_ACCEPT ? ISDN_RETURN_RESULT : ISDN_RETURN_ERROR,
		.invoke_id = id,
		.error = answer,
	};

	return isdn_uus_add(m, &u);
}

static int add_refusals(const struct i3_uus *u, struct isdn_msg *m)
{
	int err = 0;

	for (unsigned i = 0; !err && i < u->n_refusals; i++) {
		const struct i3_uus_refusal *r = &u->refusal[i];
		const struct isdn_uus_component reject_ = { .type = ISDN_REJECT,
							    .invoke_id = r->id,
							    .problem_tag = INVOKE_PROBLEM,
							    .problem = r->problem };

		err = r->rejected ? isdn_uus_add(m, &reject_) : add_answer(m, r->id, r->error);
	}
	return err;
}

uint8_t i3_uus_missing(const struct i3_call *c, struct isdn_msg *m)
{
	uint8_t cause = 0;

	EACH_SERVICE(k)
	{
		const struct i3_uus_service *s = c->uus ? &c->uus->service[k] : NULL;

		if (!s || !s->theirs || !s->required || i3_uus_answer_of(c, k) == ISDN_UUS_ACCEPT)
			continue;
		cause = i3_uus_cause(i3_uus_answer_of(c, k));
		(void)add_answer(m, s->their_id,
				 i3_uus_answer_of(c, k)); /* there is room: it is empty */
	}
	return cause;
}

/*
 * Results wait for ALERTING or CONNECT: a terminal of a bus may not get the call, so there for
 * CONNECT. A refusal by the network goes with CALL PROCEEDING already, that of a request that
 * required it with the clearing message.
 */
static bool carries(const struct i3_call *c, unsigned type, int answer)
{
	bool bus = c->cc->config.ptmp && !c->cc->network;

	switch (type) {
	case ISDN_MT_ALERTING:
		return !bus;
	case ISDN_MT_CONNECT:
		return true;
	case ISDN_MT_FACILITY:
		return c->state == U10;
	case ISDN_MT_CALL_PROCEEDING:
		return c->cc->network && answer != ISDN_UUS_ACCEPT;
	case ISDN_MT_DISCONNECT:
	case ISDN_MT_RELEASE:
	case ISDN_MT_RELEASE_COMPLETE:
		return answer != ISDN_UUS_ACCEPT;
	default:
		return false;
	}
}

/* Whether m, of the application's making, answers it already. */
static bool has_answer(const struct isdn_msg *m, int16_t id)
{
	struct isdn_uus_component u;

	for (unsigned n = 0; n < m->n_components; n++)
		if (isdn_uus_read(m, n, &u) == 1 && u.type != ISDN_INVOKE && u.invoke_id == id)
			return true;
	return false;
}

static bool is_clearing(unsigned type)
{
	return type == ISDN_MT_DISCONNECT || type == ISDN_MT_RELEASE ||
	       type == ISDN_MT_RELEASE_COMPLETE;
}

int i3_uus_fill(const struct i3_call *c, struct isdn_msg *m)
{
	const struct i3_uus *u = c->uus;
	int err = 0;

	if (!u)
		return 0;
	EACH_SERVICE(k)
	{
		const struct i3_uus_service *s = &u->service[k];
		int answer = i3_uus_answer_of(c, k);

		if (!s->theirs || has_answer(m, s->their_id) ||
		    (is_clearing(m->type) && !s->decided))
			continue;
		if (answer == ISDN_UUS_LATER && m->type == ISDN_MT_CONNECT) {
			if (s->required)
				return ISDN_ERR_INVALCALLSTATE;
			answer = c->cc->network ? ISDN_UUS_REJECTED_BY_NETWORK
						: ISDN_UUS_REJECTED_BY_USER;
		}
		if (!err && answer != ISDN_UUS_LATER && carries(c, m->type, answer))
			err = add_answer(m, s->their_id, answer);
	}
	if (!err && (m->type == ISDN_MT_FACILITY || carries(c, m->type, ISDN_UUS_REJECTED_BY_USER)))
		err = add_refusals(u, m);
	return err == ISDN_ERR_NOSPC ? ISDN_ERR_MSGTOOLONG : err;
}

/* ---- what goes out ---- */

int i3_uus_check(const struct i3_call *c, const struct isdn_msg *m)
{
	struct isdn_uus_component u;
	unsigned asked = 0;

	for (unsigned n = 0; n < m->n_components; n++) {
		if (isdn_uus_read(m, n, &u) != 1 || u.type != ISDN_INVOKE)
			continue;
		if (asked & ISDN_UUS_BIT(u.service))
			return ISDN_ERR_INVAL;
		asked |= ISDN_UUS_BIT(u.service);
		if (!c->cc->variant->uus)
			return ISDN_ERR_OPERATIONUNAVAIL;
		if (u.service == ISDN_UUS_2 && c->tei == I3_BROADCAST)
			return ISDN_ERR_OPERATIONUNAVAIL; /* which of the terminals? */
		if (m->type == ISDN_MT_FACILITY && u.service != ISDN_UUS_3)
			return ISDN_ERR_OPERATIONUNAVAIL;
	}
	return 0;
}

static void asked_for(struct i3_call *c, const struct isdn_uus_component *u)
{
	struct i3_uus_service *s = &c->uus->service[u->service];

	s->ours = true;
	s->our_id = u->invoke_id;
	if (c->uus->last_id < u->invoke_id)
		c->uus->last_id = u->invoke_id;
	i3_uus_requested(c, u->service, true, u->preferred);
	if (u->service == ISDN_UUS_3 && c->state == U10)
		i3_arm(c, &c->uus->ours, (enum i3_input)c->uus->ours.what);
}

static void answers(struct i3_call *c, const struct isdn_uus_component *u)
{
	EACH_SERVICE(k)
	{
		struct i3_uus_service *s = &c->uus->service[k];

		if (!s->theirs || s->their_id != u->invoke_id)
			continue;
		s->theirs = s->decided = false;
		if (k == ISDN_UUS_3)
			ib_timer_stop(&c->cc->timers, &c->uus->theirs);
		i3_uus_become(c, k, u->type == ISDN_RETURN_RESULT ? ISDN_UUS_ACCEPT : u->error);
	}
}

void i3_uus_sent(struct i3_call *c, const struct isdn_msg *m)
{
	struct isdn_uus_component u;

	if (!c->cc->variant->uus)
		return;
	for (unsigned n = 0; n < m->n_components; n++) {
		if (isdn_uus_read(m, n, &u) != 1)
			continue;
		if (u.type == ISDN_INVOKE && i3_uus_of(c))
			asked_for(c, &u);
		else if (u.type != ISDN_INVOKE && c->uus)
			answers(c, &u);
	}
	if (c->uus && c->uus->n_refusals && has_answer(m, c->uus->refusal[0].id))
		c->uus->n_refusals = 0;
	c->cc->uus_changed = 0; /* by us: it is told to nobody */
}
