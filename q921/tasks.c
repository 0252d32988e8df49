/* SPDX-License-Identifier: BSD-2-Clause */
/* The tasks and decisions of the table: straight-line, and none sets the state. */
#include <string.h>

#include "q921/internal.h"

static void start_t200(struct i2 *l)
{
	ib_timer_start(&l->timers, &l->t200, l->now + l->config.t200);
}

static void stop_t200(struct i2 *l)
{
	ib_timer_stop(&l->timers, &l->t200);
}

static void start_t203(struct i2 *l)
{
	if (l->config.t203)
		ib_timer_start(&l->timers, &l->t203, l->now + l->config.t203);
}

static void stop_t203(struct i2 *l)
{
	ib_timer_stop(&l->timers, &l->t203);
}

/* Primitives are reserved for by the entry points, so there is a buffer. */
static void up(struct i2 *l, enum i2_prim_type type, const uint8_t *info, size_t len)
{
	struct ib_buf *b = ib_buf_get(&l->pool);

	if (!b)
		return;
	b->data[0] = (uint8_t)type;
	if (len)
		memcpy(b->data + 1, info, len);
	b->len = (uint16_t)(1 + len);
	ib_queue_push(&l->up, b);
}

/* MDL-ERROR indication, Appendix II. */
static void mdl_error(struct i2 *l, char letter)
{
	l->counters.mdl_errors++;
	l->counters.mdl_last = letter;
	ib_log(l->env, ISDN_LOG_WARNING, ISDN_AREA_Q921, "MDL-ERROR %c in state %u (Q.921 App. II)",
	       letter, (unsigned)l->state);
}

static void clear_exceptions(struct i2 *l)
{
	l->peer_busy = l->reject_exception = l->ack_pending = false;
}

static void discard_i_queue(struct i2 *l)
{
	ib_queue_drain(&l->iq, &l->pool);
	l->next = NULL;
	l->va = l->vs;
	l->tried = 0;
}

static void reset_variables(struct i2 *l)
{
	l->va = l->vs = l->vr = 0;
	l->next = l->iq.head;
}

/* Frames up to nr are acknowledged: they leave the I queue, those too that were to be sent again.
 */
static void acknowledge(struct i2 *l, uint8_t nr)
{
	while (l->va != nr) {
		if (l->vs == l->va) {
			l->vs = (l->vs + 1) & 127;
			l->next = l->next->next;
		}
		ib_buf_put(&l->pool, ib_queue_pop(&l->iq));
		l->va = (l->va + 1) & 127;
		l->tried -= l->tried > 0;
	}
}

/* Send again from V(A). */
static void roll_back(struct i2 *l)
{
	l->counters.retransmissions += (l->vs - l->va) & 127;
	l->vs = l->va;
	l->next = l->iq.head;
}

static void send_sabme(struct i2 *l)
{
	i2_send_u(l, U_SABME, true, true, NULL, 0);
	start_t200(l);
	stop_t203(l);
}

static void establish(struct i2 *l, bool by_l3)
{
	clear_exceptions(l);
	l->rc = 0;
	l->l3_initiated = by_l3;
	l->release_pending = false;
	send_sabme(l);
}

/* 5.6.7: RR command with P; asks for the state of the peer. */
static void enquiry(struct i2 *l)
{
	i2_send_s(l, S_RR, true, true);
	start_t200(l);
}

static void down(struct i2 *l, enum i2_prim_type type)
{
	stop_t200(l);
	stop_t203(l);
	discard_i_queue(l);
	clear_exceptions(l);
	up(l, type, NULL, 0);
}

/* The link is down; when it is to be kept up, T200 spaces the attempts. */
static void down_retry(struct i2 *l)
{
	down(l, I2_DL_RELEASE_IND);
	if (i2_when_keep_up(l))
		start_t200(l);
}

TASK(establish_by_l3)
{
	discard_i_queue(l);
	establish(l, true);
}

TASK(establish_again)
{
	discard_i_queue(l);
	l->l3_initiated = true;
	l->release_pending = false;
}

TASK(establish_keep_up)
{
	establish(l, true);
}

TASK(release_conf)
{
	down(l, I2_DL_RELEASE_CONF);
}

TASK(release_ind_retry)
{
	down_retry(l);
}

TASK(release_later)
{
	l->release_pending = true;
}

TASK(send_ui)
{
	i2_send_u(l, U_UI, true, false, l->prim->data, l->prim->len);
}

TASK(unit_data_ind)
{
	up(l, I2_DL_UNIT_DATA_IND, l->frame->info, l->frame->len);
}

TASK(send_ua)
{
	i2_send_u(l, U_UA, false, l->frame->pf, NULL, 0);
}

TASK(send_dm)
{
	i2_send_u(l, U_DM, false, l->frame->pf, NULL, 0);
}

TASK(accept_sabme)
{
	i2_task_send_ua(l);
	clear_exceptions(l);
	reset_variables(l);
	stop_t200(l);
	start_t203(l);
	up(l, I2_DL_ESTABLISH_IND, NULL, 0);
}

/* The peer started anew: what it did not acknowledge is lost, and layer 3 is told so. */
TASK(sabme_again)
{
	i2_task_send_ua(l);
	mdl_error(l, 'F');
	if (l->tried) {
		discard_i_queue(l);
		up(l, I2_DL_ESTABLISH_IND, NULL, 0);
	}
	clear_exceptions(l);
	reset_variables(l);
	stop_t200(l);
	start_t203(l);
}

TASK(error_ua)
{
	mdl_error(l, l->frame->pf ? 'C' : 'D');
}

TASK(error_dm)
{
	mdl_error(l, 'B');
}

TASK(dm_recover)
{
	mdl_error(l, l->frame->pf ? 'B' : 'E');
	establish(l, false);
}

TASK(frmr_recover)
{
	mdl_error(l, 'K');
	establish(l, false);
}

TASK(nr_error)
{
	mdl_error(l, 'J');
	establish(l, false);
}

TASK(frame_error)
{
	mdl_error(l, l->frame->error);
}

TASK(frame_error_recover)
{
	mdl_error(l, l->frame->error);
	establish(l, false);
}

static void established(struct i2 *l)
{
	stop_t200(l);
	start_t203(l);
	reset_variables(l);
}

TASK(established_conf)
{
	established(l);
	up(l, I2_DL_ESTABLISH_CONF, NULL, 0);
}

TASK(established_ind)
{
	discard_i_queue(l);
	established(l);
	up(l, I2_DL_ESTABLISH_IND, NULL, 0);
}

TASK(established_quiet)
{
	established(l);
}

TASK(disconnect)
{
	discard_i_queue(l);
	clear_exceptions(l);
	l->rc = 0;
	i2_send_u(l, U_DISC, true, true, NULL, 0);
	stop_t203(l);
	start_t200(l);
}

TASK(disconnected)
{
	i2_task_send_ua(l);
	down_retry(l);
}

TASK(sabme_retry)
{
	l->rc++;
	send_sabme(l);
}

/* The line is back: what was sent before is lost. */
TASK(sabme_anew)
{
	l->rc = 0;
	send_sabme(l);
}

TASK(establish_failed)
{
	mdl_error(l, 'G');
	down_retry(l);
}

TASK(disc_retry)
{
	l->rc++;
	i2_send_u(l, U_DISC, true, true, NULL, 0);
	start_t200(l);
}

TASK(release_failed)
{
	mdl_error(l, 'H');
	down(l, I2_DL_RELEASE_CONF);
}

TASK(queue_data)
{
	struct ib_buf *b = ib_buf_get(&l->pool);

	if (!b)
		return; /* reserved before */
	memcpy(b->data, l->prim->data, l->prim->len);
	b->len = l->prim->len;
	ib_queue_push(&l->iq, b);
	if (!l->next)
		l->next = b;
}

/* 5.6.2: the information part of a received I frame. */
static void take_information(struct i2 *l)
{
	const struct i2_frame *f = l->frame;

	if (f->ns == l->vr) {
		l->vr = (l->vr + 1) & 127;
		l->reject_exception = false;
		up(l, I2_DL_DATA_IND, f->info, f->len);
		l->ack_pending = true;
		if (f->pf)
			i2_send_s(l, S_RR, false, true);
	} else if (!l->reject_exception) {
		l->reject_exception = true;
		l->counters.rej_out++;
		i2_send_s(l, S_REJ, false, f->pf);
	} else if (f->pf) {
		i2_send_s(l, S_RR, false, true);
	}
}

/* 5.6.3: N(R) of a frame in state 7, when the peer is not busy. */
static void take_ack(struct i2 *l)
{
	uint8_t nr = l->frame->nr;
	bool news = nr != l->va;

	acknowledge(l, nr);
	if (nr == l->vs) {
		stop_t200(l);
		start_t203(l);
	} else if (news) {
		start_t200(l);
	}
}

TASK(i_received)
{
	take_information(l);
	if (l->peer_busy)
		acknowledge(l, l->frame->nr);
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
	acknowledge(l, l->frame->nr);
}

/* What RR, RNR and REJ have in common: busy, the answer to P, an F that nobody asked for. */
static void supervisory(struct i2 *l, bool busy)
{
	l->peer_busy = busy;
	if (l->frame->command && l->frame->pf)
		i2_send_s(l, S_RR, false, true);
	if (!l->frame->command && l->frame->pf)
		mdl_error(l, 'A');
}

TASK(rr)
{
	supervisory(l, false);
	take_ack(l);
}

TASK(rnr)
{
	supervisory(l, true);
	acknowledge(l, l->frame->nr);
	stop_t203(l);
	start_t200(l);
}

TASK(rej)
{
	supervisory(l, false);
	l->counters.rej_in++;
	acknowledge(l, l->frame->nr);
	stop_t200(l);
	start_t203(l);
	roll_back(l);
}

TASK(recovery_rr)
{
	supervisory(l, false);
	acknowledge(l, l->frame->nr);
}

TASK(recovery_rnr)
{
	supervisory(l, true);
	acknowledge(l, l->frame->nr);
}

TASK(recovered)
{
	l->peer_busy = false;
	acknowledge(l, l->frame->nr);
	stop_t200(l);
	start_t203(l);
	roll_back(l);
}

TASK(recovered_busy)
{
	l->peer_busy = true;
	acknowledge(l, l->frame->nr);
	start_t200(l);
	roll_back(l);
}

TASK(enquire)
{
	l->rc = 1;
	stop_t203(l);
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
	mdl_error(l, 'I');
	establish(l, false);
}

TASK(xid)
{
	ib_log(l->env, ISDN_LOG_DEBUG, ISDN_AREA_Q921, "XID of %zu octets discarded (App. IV)",
	       l->frame->len);
}

TASK(physical_lost)
{
	stop_t200(l);
}

TASK(physical_lost_up)
{
	down(l, I2_DL_RELEASE_IND);
}

TASK(physical_lost_release)
{
	down(l, I2_DL_RELEASE_CONF);
}

WHEN(final)
{
	return l->frame->pf;
}

WHEN(release_pending)
{
	return l->frame->pf && l->release_pending;
}

WHEN(by_l3)
{
	return l->frame->pf && l->l3_initiated;
}

WHEN(unacknowledged)
{
	return l->frame->pf && l->tried; /* they may have arrived, or not */
}

/*
 * 3.5.2.3: N(R) is valid from V(A) to V(S), where V(S) is what it was before a REJ set it back: the
 * peer may have got the frames that are to be sent again, and acknowledges them.
 */
WHEN(nr_bad)
{
	return ((l->frame->nr - l->va) & 127) > l->tried;
}

WHEN(response_final)
{
	return !l->frame->command && l->frame->pf;
}

WHEN(retry)
{
	return l->rc < l->config.n200;
}

WHEN(keep_up)
{
	return l->config.keep_up && l->active;
}
