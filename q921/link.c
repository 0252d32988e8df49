/* SPDX-License-Identifier: BSD-2-Clause */
/* The interpreter of the table, the only place where a link changes its state, and the entry
 * points. */
#include <string.h>

#include "q921/internal.h"

/* The most buffers that one input can take: two primitives, two frames, one I frame. */
#define BUFS_PER_INPUT 6

static void index_rows(struct i2 *l)
{
	for (unsigned i = i2_rows; i-- > 0;)
		l->first[i2_table[i].state] = (uint8_t)i;
}

int i2_new(struct i2 **l2, const struct i2_config *config, const struct isdn_env *env)
{
	struct i2 *l;

	*l2 = NULL;
	if (config->k < 1 || config->k > 127 || config->n201 < 1 || config->n201 > I2_N201_MAX ||
	    !config->t200 || !config->n200 || config->tei > 127 || config->sapi > 63)
		return ISDN_ERR_INVAL;
	l = ib_alloc(env, sizeof(*l));
	if (!l)
		return ISDN_ERR_NOMEM;
	l->env = env;
	l->config = *config;
	l->state = TEI_ASSIGNED;
	l->active = true;
	ib_pool_init(&l->pool, env);
	ib_timers_init(&l->timers, env);
	ib_timer_init(&l->t200, l, IN_T200);
	ib_timer_init(&l->t203, l, IN_T203);
	ib_queue_init(&l->iq);
	ib_queue_init(&l->out);
	ib_queue_init(&l->up);
	index_rows(l);
	if (ib_timers_reserve(&l->timers, 2) || ib_pool_reserve(&l->pool, BUFS_PER_INPUT)) {
		i2_free(l);
		return ISDN_ERR_NOMEM;
	}
	*l2 = l;
	return 0;
}

void i2_free(struct i2 *l2)
{
	if (!l2)
		return;
	ib_queue_drain(&l2->iq, &l2->pool);
	ib_queue_drain(&l2->out, &l2->pool);
	ib_queue_drain(&l2->up, &l2->pool);
	ib_pool_free(&l2->pool);
	ib_timers_free(&l2->timers);
	ib_free(l2->env, l2);
}

static const struct i2_row *find_row(const struct i2 *l, enum i2_input input)
{
	const struct i2_row *r = &i2_table[l->first[l->state]];

	while (r->input != input || (r->decision && !r->decision(l)))
		r++; /* each state has a row for each input, which a test of the table checks */
	return r;
}

static void run(struct i2 *l, enum i2_input input)
{
	const struct i2_row *r = find_row(l, input);

	l->row = (unsigned)(r - i2_table);
	if (r->task)
		r->task(l);
	if (r->next == SAME || r->next == l->state)
		return;
	ib_log(l->env, ISDN_LOG_DEBUG, ISDN_AREA_Q921, "state %u -> %u (Q.921 %s)",
	       (unsigned)l->state, r->next, r->clause);
	l->state = (enum i2_state)r->next;
}

/* DL-DATA is for a link that is, or is being re-, established. */
static bool takes_data(const struct i2 *l)
{
	return l->state >= MULTIPLE_FRAME ||
	       (l->state == AWAITING_ESTABLISHMENT && !l->l3_initiated);
}

int i2_request(struct i2 *l2, const struct i2_prim *prim, isdn_time now)
{
	enum i2_input input;

	if (prim->type == I2_DL_ESTABLISH_REQ)
		input = IN_ESTABLISH_REQ;
	else if (prim->type == I2_DL_RELEASE_REQ)
		input = IN_RELEASE_REQ;
	else if (prim->type == I2_DL_DATA_REQ)
		input = IN_DATA_REQ;
	else if (prim->type == I2_DL_UNIT_DATA_REQ)
		input = IN_UNIT_DATA_REQ;
	else
		return ISDN_ERR_INVAL;
	if (prim->len > l2->config.n201)
		return ISDN_ERR_INVAL;
	if (input == IN_DATA_REQ && !takes_data(l2))
		return ISDN_ERR_INVALCALLSTATE;
	if (ib_pool_reserve(&l2->pool, BUFS_PER_INPUT))
		return ISDN_ERR_NOMEM;
	l2->now = now;
	l2->prim = prim;
	run(l2, input);
	l2->prim = NULL;
	return 0;
}

int i2_rx(struct i2 *l2, const uint8_t *frame, size_t len, isdn_time now)
{
	struct i2_frame f;

	if (ib_pool_reserve(&l2->pool, BUFS_PER_INPUT))
		return ISDN_ERR_NOMEM;
	l2->counters.frames_in++;
	if (!i2_frame_parse(l2, frame, len, &f)) {
		l2->counters.frames_invalid++;
		ib_log(l2->env, ISDN_LOG_DEBUG, ISDN_AREA_Q921,
		       "frame of %zu octets discarded (Q.921 2.9)", len);
		return 0;
	}
	l2->now = now;
	l2->frame = &f;
	run(l2, f.error ? IN_FRAME_ERROR : f.type);
	l2->frame = NULL;
	return 0;
}

static bool window_open(const struct i2 *l)
{
	return l->state == MULTIPLE_FRAME && !l->peer_busy && l->next &&
	       ((l->vs - l->va) & 127) < l->config.k;
}

/* 5.6.1: the next I frame; it carries the acknowledgement that is due. */
static size_t send_i(struct i2 *l, uint8_t *frame, isdn_time now)
{
	size_t len = i2_build_i(l, l->next, frame);

	l->next = l->next->next;
	l->vs = (l->vs + 1) & 127;
	if (((l->vs - l->va) & 127) > l->tried)
		l->tried++;
	l->ack_pending = false;
	if (!ib_timer_running(&l->t200)) {
		ib_timer_stop(&l->timers, &l->t203);
		ib_timer_start(&l->timers, &l->t200, now + l->config.t200);
	}
	return len;
}

int i2_tx(struct i2 *l2, uint8_t *frame, size_t cap, size_t *len, isdn_time now)
{
	struct ib_buf *b;

	if (cap < l2->config.n201 + 4u)
		return ISDN_ERR_NOSPC;
	b = ib_queue_pop(&l2->out);
	if (b) {
		memcpy(frame, b->data, b->len);
		*len = b->len;
		ib_buf_put(&l2->pool, b);
	} else if (window_open(l2)) {
		*len = send_i(l2, frame, now);
	} else if (l2->ack_pending) {
		l2->ack_pending = false;
		*len = i2_build_rr(l2, frame);
	} else {
		return 0;
	}
	l2->counters.frames_out++;
	return 1;
}

int i2_next(struct i2 *l2, struct i2_prim *prim)
{
	struct ib_buf *b = ib_queue_pop(&l2->up);

	if (!b)
		return 0;
	prim->type = (enum i2_prim_type)b->data[0];
	prim->dlci.sapi = l2->config.sapi;
	prim->dlci.tei = l2->config.tei;
	prim->len = b->len - 1;
	memcpy(prim->data, b->data + 1, prim->len);
	ib_buf_put(&l2->pool, b);
	return 1;
}

void i2_physical(struct i2 *l2, bool active, isdn_time now)
{
	(void)ib_pool_reserve(&l2->pool, BUFS_PER_INPUT);
	l2->now = now;
	l2->active = active;
	run(l2, active ? IN_PH_ACTIVATE : IN_PH_DEACTIVATE);
}

isdn_time i2_deadline(const struct i2 *l2)
{
	return ib_timers_next(&l2->timers);
}

void i2_timeout(struct i2 *l2, isdn_time now)
{
	struct ib_timer *t;

	l2->now = now;
	while ((t = ib_timers_expire(&l2->timers, now)) != NULL) {
		(void)ib_pool_reserve(&l2->pool, BUFS_PER_INPUT);
		if (t->what == IN_T200)
			l2->counters.t200_expiries++;
		run(l2, (enum i2_input)t->what);
	}
}

unsigned i2_state(const struct i2 *l2)
{
	return l2->state;
}

void i2_counters(const struct i2 *l2, struct i2_counters *out)
{
	*out = l2->counters;
}
