/* SPDX-License-Identifier: BSD-2-Clause */
/* The life of a call record: made with all it will need, so that nothing later fails for memory. */
#include <string.h>

#include "base/rare.h"
#include "q931/cc_internal.h"

#define TIMERS_PER_CALL 5

int i3_make_room(struct i3_cc *cc)
{
	while (cc->n_free_nodes < I3_NODES_PER_INPUT) {
		struct i3_node *n = ib_alloc(cc->env, sizeof(*n));

		if (!n)
			return ISDN_ERR_NOMEM;
		i3_node_put(cc, n);
	}
	while (cc->n_free_msgs < I3_MSGS_PER_INPUT) {
		struct i3_msg_node *n = ib_alloc(cc->env, sizeof(*n));

		if (!n)
			return ISDN_ERR_NOMEM;
		i3_msg_node_put(cc, n);
	}
	return i3_uus_room(cc) ? ISDN_ERR_NOMEM : ib_pool_reserve(&cc->pool, I3_BUFS_PER_INPUT);
}

static struct i3_call *record_new(struct i3_cc *cc)
{
	struct i3_call *c = cc->free_calls;

	if (c) {
		cc->free_calls = c->next;
		return c;
	}
	if (ib_timers_reserve(&cc->timers, TIMERS_PER_CALL))
		return NULL;
	c = ib_alloc(cc->env, sizeof(*c));
	if (!c) {
		ib_timers_unreserve(&cc->timers, TIMERS_PER_CALL);
		return NULL;
	}
	ib_timer_init(&c->t309, c, IN_T309);
	ib_timer_init(&c->t322, c, IN_T322);
	ib_timer_init(&c->t312, c, IN_T312);
	ib_timer_init(&c->t_aux, c, IN_T_HOLD);
	return c;
}

static void record_put(struct i3_cc *cc, struct i3_call *c)
{
	c->next = cc->free_calls; /* its room for timers stays reserved */
	cc->free_calls = c;
	for (size_t at = 0; at < I3_CALL_FRONT; at += 64) /* the next call is made of it */
		IB_FETCH((uint8_t *)c + at);
}

int i3_call_new(struct i3_cc *cc, struct i3_call **call)
{
	struct i3_call *c = record_new(cc);

	if (!c)
		return ISDN_ERR_NOMEM;
	memset(c, 0, I3_CALL_FRONT);
	if (cc->config.terminals)
		memset((uint8_t *)c + I3_CALL_OFFER, 0, sizeof(*c) - I3_CALL_OFFER);
	if (i3_reserve(cc) || ib_handle_add(&cc->calls, c, &c->id)) {
		record_put(cc, c);
		return ISDN_ERR_NOMEM;
	}
	c->cc = cc;
	ib_timer_init(&c->timer, c, 0);
	cc->n_calls++;
	*call = c;
	return 0;
}

int i3_call_arrives(struct i3_cc *cc, const struct isdn_msg *m, struct i3_call **call)
{
	struct i3_call *c;

	if (i3_call_new(cc, &c))
		return ISDN_ERR_NOMEM;
	if (i3_callref_enter(&cc->theirs, c, i3_their_key(cc, cc->tei, m->cr))) {
		i3_call_undo(c);
		return ISDN_ERR_NOMEM;
	}
	c->cr = m->cr;
	c->tei = cc->tei;
	*call = c;
	return 0;
}

static IB_RARE void stop_others(struct i3_call *c)
{
	struct ib_timers *timers = &c->cc->timers;

	ib_timer_stop(timers, &c->t309);
	ib_timer_stop(timers, &c->t322);
	ib_timer_stop(timers, &c->t312);
	ib_timer_stop(timers, &c->t_aux);
}

/* Give back what a call in state null has not. */
void i3_call_dissolve(struct i3_call *c)
{
	struct i3_cc *cc = c->cc;

	ib_timer_stop(&cc->timers, &c->timer);
	if (c->more_timers)
		stop_others(c);
	ib_buf_put(&cc->pool, c->kept);
	c->kept = NULL;
	i3_msg_node_put(cc, c->kept_msg);
	c->kept_msg = NULL;
	if (c->uus)
		i3_uus_free(c);
	i3_set_channel(c, 0);
	if (c->cr && c->silent && c->tei != I3_BROADCAST)
		; /* a part of a call that has the call reference */
	else if (c->cr && c->originated)
		i3_callref_give(&cc->ours, c->cr);
	else if (c->cr)
		i3_callref_forget(&cc->theirs, i3_their_key(cc, c->tei, c->cr));
	c->cr = 0;
	cc->n_calls--;
	cc->n_silent -= c->silent;
}

void i3_call_recycle(struct i3_call *c)
{
	ib_handle_remove(&c->cc->calls, c->id);
	record_put(c->cc, c);
}

void i3_call_undo(struct i3_call *c)
{
	i3_call_dissolve(c);
	i3_call_recycle(c);
}
