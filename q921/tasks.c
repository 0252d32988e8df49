/* SPDX-License-Identifier: BSD-2-Clause */
/* Tasks and decisions of Annex B: TEI, establishment and release (5.3, 5.5). Straight-line, and
 * none sets the state. Those of information transfer are in tasks_info.c. */
#include <string.h>

#include "q921/internal.h"

/* How many T200 a link waits that is to be kept up while layer 1 is down. */
#define T200S_WITHOUT_LAYER_1 10

static void restore_later(struct i2_link *l)
{
	struct i2 *l2 = l->l2;
	isdn_time wait = (isdn_time)l2->config.t200 * (l2->active ? 1 : T200S_WITHOUT_LAYER_1);

	if (i2_when_keep_up(l) || l->refused)
		ib_timer_start(&l2->timers, &l->restore, l2->now + wait);
}

static void halt(struct i2_link *l)
{
	i2_stop_t200(l);
	i2_stop_t203(l);
	i2_discard_i_queue(l);
	i2_clear_exceptions(l);
	l->wanted = false;
}

static void down(struct i2_link *l, enum i2_prim_type type)
{
	halt(l);
	i2_up_link(l, type, NULL, 0);
}

/* The link is down; when it is to be kept up, T200 spaces the attempts. */
static void down_retry(struct i2_link *l)
{
	down(l, I2_DL_RELEASE_IND);
	restore_later(l);
}

/* ---- 5.3: the link and its TEI ---- */

TASK(assign_ind)
{
	i2_mgmt_run(l->tei, MI_ASSIGN_IND);
}

TASK(queue_ui)
{
	struct ib_buf *b = ib_buf_get(&l->l2->pool);

	if (!b)
		return; /* reserved before */
	if (l->l2->prim->len)
		memcpy(b->data, l->l2->prim->data, l->l2->prim->len);
	b->len = l->l2->prim->len;
	ib_queue_push(&l->uiq, b);
	if (l->state == TEI_UNASSIGNED)
		i2_mgmt_run(l->tei, MI_ASSIGN_IND);
}

TASK(tei_given)
{
	struct ib_buf *b;

	while ((b = ib_queue_pop(&l->uiq)) != NULL) {
		if (i2_send_ui(l->l2, l->sapi, l->tei->tei, b->data, b->len))
			I2_COUNT(l, out[ISDN_FRAME_UI]);
		ib_buf_put(&l->l2->pool, b);
	}
}

TASK(tei_given_establish)
{
	i2_task_tei_given(l);
	i2_establish(l, true);
}

TASK(no_tei)
{
	ib_queue_drain(&l->uiq, &l->l2->pool);
	restore_later(l);
}

TASK(no_tei_release)
{
	ib_queue_drain(&l->uiq, &l->l2->pool);
	l->refused = true;
	down_retry(l);
}

TASK(release_waiting)
{
	i2_up_link(l, I2_DL_RELEASE_CONF, NULL, 0);
}

TASK(tei_lost)
{
	bool asked = l->wanted;

	halt(l);
	if (asked)
		i2_up_link(l, I2_DL_RELEASE_IND, NULL, 0);
	restore_later(l);
}

TASK(tei_lost_conf)
{
	down(l, I2_DL_RELEASE_CONF);
}

TASK(tei_lost_ind)
{
	l->refused = true;
	down_retry(l);
}

/* ---- 5.5: establishment and release ---- */

TASK(establish_by_l3)
{
	i2_discard_i_queue(l);
	i2_establish(l, true);
}

TASK(establish_again)
{
	i2_discard_i_queue(l);
	l->l3_initiated = true;
	l->release_pending = false;
}

TASK(establish_keep_up)
{
	i2_establish(l, true);
}

TASK(release_conf)
{
	down(l, I2_DL_RELEASE_CONF);
}

TASK(release_ind_retry)
{
	l->refused = true;
	down_retry(l);
}

/*
 * The peer, or the network that is asked for a TEI, has just refused: an active
 * call makes layer 3 ask again at once, and again. So it has to wait.
 */
TASK(establish_postponed)
{
	struct i2 *l2 = l->l2;

	l->wanted = true;
	if (l->restore.due > l2->now + l2->config.t200)
		ib_timer_start(&l2->timers, &l->restore, l2->now + l2->config.t200);
}

TASK(release_later)
{
	l->release_pending = true;
}

TASK(send_ui)
{
	const struct i2_prim *prim = l->l2->prim;

	if (i2_send_ui(l->l2, l->sapi, l->tei->tei, prim->data, prim->len))
		I2_COUNT(l, out[ISDN_FRAME_UI]);
}

TASK(unit_data_ind)
{
	i2_up_link(l, I2_DL_UNIT_DATA_IND, l->l2->frame->info, l->l2->frame->len);
}

TASK(send_ua)
{
	i2_send_u(l, U_UA, false, l->l2->frame->pf);
}

TASK(send_dm)
{
	i2_send_u(l, U_DM, false, l->l2->frame->pf);
}

TASK(accept_sabme)
{
	i2_task_send_ua(l);
	i2_clear_exceptions(l);
	i2_reset_variables(l);
	i2_stop_t200(l);
	ib_timer_stop(&l->l2->timers, &l->restore);
	l->refused = l->wanted = false;
	i2_start_t203(l);
	i2_up_link(l, I2_DL_ESTABLISH_IND, NULL, 0);
}

/* The peer started anew: what it did not acknowledge is lost, and layer 3 is told so. */
TASK(sabme_again)
{
	i2_task_send_ua(l);
	i2_mdl_error(l, 'F');
	if (l->tried) {
		i2_discard_i_queue(l);
		i2_up_link(l, I2_DL_ESTABLISH_IND, NULL, 0);
	} else {
		i2_up_link(l, I2_MDL_RESET_IND, NULL, 0);
	}
	i2_clear_exceptions(l);
	i2_reset_variables(l);
	i2_stop_t200(l);
	i2_start_t203(l);
}

TASK(error_ua)
{
	i2_mdl_error(l, l->l2->frame->pf ? 'C' : 'D');
}

TASK(error_dm)
{
	i2_mdl_error(l, 'B');
}

TASK(dm_recover)
{
	i2_mdl_error(l, l->l2->frame->pf ? 'B' : 'E');
	i2_establish(l, false);
}

TASK(frmr_recover)
{
	i2_mdl_error(l, 'K');
	i2_establish(l, false);
}

TASK(frame_error)
{
	i2_mdl_error(l, l->l2->frame->error);
}

TASK(frame_error_recover)
{
	i2_mdl_error(l, l->l2->frame->error);
	i2_establish(l, false);
}

static void established(struct i2_link *l)
{
	i2_stop_t200(l);
	i2_start_t203(l);
	i2_reset_variables(l);
}

TASK(established_conf)
{
	established(l);
	i2_up_link(l, I2_DL_ESTABLISH_CONF, NULL, 0);
}

TASK(established_ind)
{
	i2_discard_i_queue(l);
	established(l);
	i2_up_link(l, I2_DL_ESTABLISH_IND, NULL, 0);
}

TASK(established_quiet)
{
	established(l);
}

TASK(disconnect)
{
	i2_discard_i_queue(l);
	i2_clear_exceptions(l);
	l->rc = 0;
	i2_send_u(l, U_DISC, true, true);
	i2_stop_t203(l);
	i2_start_t200(l);
}

TASK(disconnected)
{
	i2_task_send_ua(l);
	l->refused = true;
	down_retry(l);
}

TASK(sabme_retry)
{
	l->rc++;
	i2_send_u(l, U_SABME, true, true);
	i2_start_t200(l);
}

/* The line is back: what was sent before is lost. */
TASK(sabme_anew)
{
	l->rc = 0;
	i2_send_u(l, U_SABME, true, true);
	i2_start_t200(l);
}

TASK(establish_failed)
{
	bool asked = l->release_pending;

	i2_mdl_error(l, 'G');
	l->refused = true;
	if (asked)
		down(l, I2_DL_RELEASE_CONF);
	else
		down_retry(l);
}

TASK(disc_retry)
{
	l->rc++;
	i2_send_u(l, U_DISC, true, true);
	i2_start_t200(l);
}

TASK(release_failed)
{
	i2_mdl_error(l, 'H');
	down(l, I2_DL_RELEASE_CONF);
}

/* ---- layer 1 ---- */

TASK(physical_lost)
{
	i2_stop_t200(l);
	if (ib_timer_running(&l->restore)) {
		ib_timer_stop(&l->l2->timers, &l->restore);
		restore_later(l);
	}
}

TASK(physical_back)
{
	l->refused = false;
	ib_timer_stop(&l->l2->timers, &l->restore);
}

TASK(physical_lost_up)
{
	down_retry(l);
}

TASK(physical_lost_release)
{
	down(l, I2_DL_RELEASE_CONF);
}

TASK(xid)
{
	ib_log(l->l2->env, ISDN_LOG_DEBUG, ISDN_AREA_Q921,
	       "SAPI %u TEI %u: XID of %zu octets discarded (App. IV)", l->sapi, l->tei->tei,
	       l->l2->frame->len);
}

/* ---- decisions ---- */

WHEN(final)
{
	return l->l2->frame->pf;
}

WHEN(release_pending)
{
	return l->l2->frame->pf && l->release_pending;
}

WHEN(release_asked)
{
	return l->release_pending;
}

WHEN(by_l3)
{
	return l->l2->frame->pf && l->l3_initiated;
}

WHEN(unacknowledged)
{
	return l->l2->frame->pf && l->tried; /* they may have arrived, or not */
}

WHEN(retry)
{
	return l->rc < l->l2->config.n200;
}

WHEN(keep_up)
{
	if (l->l2->held)
		return false;
	return l->wanted || (l->l2->config.keep_up && (l->l2->active || l->l2->config.wake));
}

WHEN(held)
{
	return l->l2->held;
}

WHEN(refused)
{
	return l->refused && ib_timer_running(&l->restore);
}
