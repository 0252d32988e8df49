/* SPDX-License-Identifier: BSD-2-Clause */
/* Tasks and decisions of Annex B: information transfer, acknowledgement, flow control and recovery
 * (5.6, 5.8). Straight-line, and none sets the state. */
#include <string.h>

#include "q921/internal.h"

/* Frames up to nr are acknowledged: they leave the I queue, those too that were to be sent again.
 */
static void acknowledge(struct i2_link *l, uint8_t nr)
{
	while (l->va != nr) {
		if (l->vs == l->va) {
			l->vs = (l->vs + 1) & 127;
			l->next = l->next->next;
		}
		ib_buf_put(&l->l2->pool, ib_queue_pop(&l->iq));
		l->va = (l->va + 1) & 127;
		l->tried -= l->tried > 0;
	}
}

/* Send again from V(A). */
static void roll_back(struct i2_link *l)
{
	unsigned again = (l->vs - l->va) & 127;

	l->counters.retransmissions += again;
	l->l2->total.links.retransmissions += again;
	l->vs = l->va;
	l->next = l->iq.head;
}

/* 5.6.7: RR or RNR command with P; asks for the state of the peer. */
static void enquiry(struct i2_link *l)
{
	i2_send_ready(l, true, true);
	i2_start_t200(l);
}

TASK(nr_error)
{
	i2_mdl_error(l, 'J');
	i2_establish(l, false);
}

TASK(queue_data)
{
	struct ib_buf *b = ib_buf_get(&l->l2->pool);

	if (!b)
		return; /* reserved before */
	if (l->l2->prim->len)
		memcpy(b->data, l->l2->prim->data, l->l2->prim->len);
	b->len = l->l2->prim->len;
	ib_queue_push(&l->iq, b);
	if (!l->next)
		l->next = b;
}

/* 5.6.2: the information part of a received I frame. */
static void take_information(struct i2_link *l)
{
	const struct i2_frame *f = l->l2->frame;

	if (l->own_busy) {
		if (f->pf)
			i2_send_ready(l, false, true);
	} else if (f->ns == l->vr) {
		l->vr = (l->vr + 1) & 127;
		l->reject_exception = false;
		i2_up_link(l, I2_DL_DATA_IND, f->info, f->len);
		l->ack_pending = true;
		if (f->pf)
			i2_send_ready(l, false, true);
	} else if (!l->reject_exception) {
		l->reject_exception = true;
		i2_send_s(l, S_REJ, false, f->pf);
	} else if (f->pf) {
		i2_send_ready(l, false, true);
	}
}

/* 5.6.3: N(R) of a frame in state 7, when the peer is not busy. */
static void take_ack(struct i2_link *l)
{
	uint8_t nr = l->l2->frame->nr;
	bool news = nr != l->va;

	acknowledge(l, nr);
	if (nr == l->vs) {
		i2_stop_t200(l);
		i2_start_t203(l);
	} else if (news) {
		i2_start_t200(l);
	}
}

TASK(i_received)
{
	take_information(l);
	if (l->peer_busy)
		acknowledge(l, l->l2->frame->nr);
	else
		take_ack(l);
}

TASK(i_received_recover)
{
	take_information(l);
	i2_task_nr_error(l);
}

TASK(recovery_i)
{
	take_information(l);
	acknowledge(l, l->l2->frame->nr);
}

/* What RR, RNR and REJ have in common: busy, the answer to P, an F that nobody asked for. */
static void supervisory(struct i2_link *l, bool busy)
{
	l->peer_busy = busy;
	if (l->l2->frame->command && l->l2->frame->pf)
		i2_send_ready(l, false, true);
	if (!l->l2->frame->command && l->l2->frame->pf)
		i2_mdl_error(l, 'A');
}

TASK(rr)
{
	supervisory(l, false);
	take_ack(l);
}

TASK(rnr)
{
	supervisory(l, true);
	acknowledge(l, l->l2->frame->nr);
	i2_stop_t203(l);
	i2_start_t200(l);
}

TASK(rej)
{
	supervisory(l, false);
	acknowledge(l, l->l2->frame->nr);
	i2_stop_t200(l);
	i2_start_t203(l);
	roll_back(l);
}

TASK(recovery_rr)
{
	supervisory(l, false);
	acknowledge(l, l->l2->frame->nr);
}

TASK(recovery_rnr)
{
	supervisory(l, true);
	acknowledge(l, l->l2->frame->nr);
}

TASK(recovered)
{
	l->peer_busy = false;
	acknowledge(l, l->l2->frame->nr);
	i2_stop_t200(l);
	i2_start_t203(l);
	roll_back(l);
}

TASK(recovered_busy)
{
	l->peer_busy = true;
	acknowledge(l, l->l2->frame->nr);
	i2_start_t200(l);
	roll_back(l);
}

TASK(enquire)
{
	l->rc = 1;
	i2_stop_t203(l);
	enquiry(l);
}

TASK(enquire_idle)
{
	l->rc = 0;
	enquiry(l);
}

TASK(enquire_again)
{
	l->rc++;
	enquiry(l);
}

TASK(enquiry_failed)
{
	i2_mdl_error(l, 'I');
	i2_establish(l, false);
}

/* 5.6.5: said at once, whatever else is to be sent. */
TASK(busy_set)
{
	l->own_busy = true;
	i2_send_s(l, S_RNR, false, false);
}

TASK(busy_clear)
{
	l->own_busy = false;
	i2_send_s(l, S_RR, false, false);
}

/*
 * 3.5.2.3: N(R) is valid from V(A) to V(S), where V(S) is what it was before a REJ set it back: the
 * peer may have got the frames that are to be sent again, and acknowledges them.
 */
WHEN(nr_bad)
{
	return ((l->l2->frame->nr - l->va) & 127) > l->tried;
}

WHEN(response_final)
{
	return !l->l2->frame->command && l->l2->frame->pf;
}
