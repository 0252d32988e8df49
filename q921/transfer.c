/* SPDX-License-Identifier: BSD-2-Clause */
/* Frames received, and the link that each is for; frames sent, and the link whose turn it is. */
#include <string.h>

#include "base/rare.h"
#include "q921/internal.h"

/* TEI 127: UI frames only, of layer 3 or of TEI management. */
static IB_APART void group(struct i2 *l2, const struct i2_frame *f)
{
	bool managed = l2->config.ptmp || (l2->config.wake && !l2->config.network);

	if (f->type != IN_UI || f->error) {
		l2->total.frames_invalid++;
	} else if (f->sapi == I2_SAPI_MGMT && managed) {
		i2_mgmt_rx(l2, f->info, f->len);
	} else if (i2_sapi_index(l2, f->sapi) >= 0 && l2->config.ptmp && !l2->config.network) {
		l2->total.links.in[ISDN_FRAME_UI]++;
		i2_up(l2, I2_DL_UNIT_DATA_IND, f->sapi, f->tei, f->info, f->len);
	} else {
		l2->total.frames_foreign++;
	}
}

static struct i2_link *addressed(struct i2 *l2, const struct i2_frame *f)
{
	int s = i2_sapi_index(l2, f->sapi);
	struct i2_tei *t = i2_tei_of(l2, f->tei);

	if (s < 0 || !t)
		return NULL;
	if (t->state == M_FREE)
		i2_mgmt_run(t, MI_FRAME);
	return t->state == M_FREE ? NULL : t->link[s];
}

static void to_link(struct i2 *l2, const struct i2_frame *f)
{
	struct i2_link *l = addressed(l2, f);

	if (!l) {
		l2->total.frames_foreign++;
		return;
	}
	if (f->error)
		I2_COUNT(l, frame_errors);
	else
		I2_COUNT(l, in[f->type]);
	i2_link_run(l, f->error ? IN_FRAME_ERROR : f->type);
}

int i2_rx(struct i2 *l2, const uint8_t *frame, size_t len, isdn_time now)
{
	struct i2_frame f;

	if (i2_begin(l2, now))
		return ISDN_ERR_NOMEM;
	l2->total.frames_in++;
	if (!i2_frame_parse(l2, frame, len, &f)) {
		l2->total.frames_invalid++;
		ib_log(l2->env, ISDN_LOG_DEBUG, ISDN_AREA_Q921,
		       "frame of %zu octets discarded (Q.921 2.9)", len);
		return 0;
	}
	l2->frame = &f;
	if (f.tei == ISDN_TEI_BROADCAST)
		group(l2, &f);
	else
		to_link(l2, &f);
	l2->frame = NULL;
	i2_sweep(l2);
	return 0;
}

/* ---- frames sent ---- */

static bool window_open(const struct i2_link *l)
{
	return l->next && l->state == MULTIPLE_FRAME && !l->peer_busy &&
	       ((l->vs - l->va) & 127) < l->l2->config.k;
}

/* 5.6.1: the next I frame; it carries the acknowledgement that is due. */
static size_t send_i(struct i2_link *l, uint8_t *frame, isdn_time now)
{
	struct i2 *l2 = l->l2;
	size_t len = i2_build_i(l, l->next, frame);

	l->next = l->next->next;
	l->vs = (l->vs + 1) & 127;
	if (((l->vs - l->va) & 127) > l->tried)
		l->tried++;
	l->ack_pending = false;
	if (!ib_timer_running(&l->t200)) {
		ib_timer_stop(&l2->timers, &l->t203);
		ib_timer_start(&l2->timers, &l->t200, now + l2->config.t200);
	}
	I2_COUNT(l, out[ISDN_FRAME_I]);
	return len;
}

/* The link comes behind the others, so that each has its turn. */
static IB_APART void to_back(struct i2 *l2, struct i2_link **at)
{
	struct i2_link *l = *at;

	if (!l->after)
		return;
	*at = l->after;
	l->after = NULL;
	*l2->last = l;
	l2->last = &l->after;
}

/* 0: no link has anything to send. */
static size_t from_links(struct i2 *l2, uint8_t *frame, isdn_time now)
{
	for (struct i2_link **at = &l2->links; *at; at = &(*at)->after) {
		struct i2_link *l = *at;

		if (window_open(l)) {
			to_back(l2, at);
			return send_i(l, frame, now);
		}
		if (l->ack_pending) {
			l->ack_pending = false;
			I2_COUNT(l, out[ISDN_FRAME_RR]);
			return i2_build_rr(l, frame);
		}
	}
	return 0;
}

static IB_APART size_t from_queue(struct i2 *l2, uint8_t *frame)
{
	struct ib_buf *b = ib_queue_pop(&l2->out);
	size_t len = b->len;

	memcpy(frame, b->data, len);
	ib_buf_put(&l2->pool, b);
	return len;
}

static bool idle(const struct i2 *l2)
{
	const struct i2_link *l = l2->links;

	while (l && !l->next && !l->ack_pending)
		l = l->after;
	return !l && !l2->out.head;
}

static IB_APART int send(struct i2 *l2, uint8_t *frame, size_t *len, isdn_time now)
{
	*len = l2->out.head ? from_queue(l2, frame) : from_links(l2, frame, now);
	l2->total.frames_out += *len != 0;
	return *len != 0;
}

int i2_tx(struct i2 *l2, uint8_t *frame, size_t cap, size_t *len, isdn_time now)
{
	if (cap < l2->config.n201 + 4u)
		return ISDN_ERR_NOSPC;
	if (!idle(l2))
		return send(l2, frame, len, now);
	*len = 0;
	return 0;
}

int i2_next(struct i2 *l2, struct i2_prim *prim)
{
	struct ib_buf *b = ib_queue_pop(&l2->up);

	if (!b)
		return 0;
	prim->type = (enum i2_prim_type)b->data[0];
	prim->dlci.sapi = b->data[1];
	prim->dlci.tei = b->data[2];
	prim->len = b->len - 3;
	prim->data = b->data + 3;
	ib_buf_put(&l2->pool, l2->taken);
	l2->taken = b;
	return 1;
}
