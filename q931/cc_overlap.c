/* SPDX-License-Identifier: BSD-2-Clause */
/* Tasks of overlap sending and receiving (Q.931 5.1.3, 5.2.4), INFORMATION and NOTIFY (5.9). */
#include "q931/cc_internal.h"
#include "q931/codec.h"

/* ---- we send the number in parts ---- */

/* Where there is overlap, a peer may want more digits than Sending complete allows: T304, or its
 * own T302, decides (5.1.3, 5.2.4). */
WHEN(no_overlap)
{
	return !c->cc->variant->overlap;
}

TASK(more_info_ind)
{
	i3_take_channel(c);
	i3_start(c, IN_T304);
	i3_indicate(c, ISDN_MORE_INFO_IND);
}

/* The user's T304 may have been stopped by PROGRESS. */
TASK(info_req_overlap)
{
	i3_send_prepared(c, false);
	if (c->cc->network || ib_timer_running(&c->timer))
		i3_start(c, IN_T304);
}

/* ---- the number comes in parts ---- */

TASK(more_info_req)
{
	i3_send_prepared(c, false);
	c->responded = true;
	i3_start(c, IN_T302);
}

/* T302 runs until the number is complete: the peer may say so, else we wait for a request. */
TASK(digits_ind)
{
	if (isdn_msg_has(c->cc->msg, ISDN_IE_SENDING_COMPLETE)) {
		i3_stop(c);
	} else {
		c->again = false;
		i3_start(c, IN_T302);
	}
	i3_indicate(c, ISDN_INFO_IND);
}

/* 5.2.6: tones, or an announcement, instead of digits. */
TASK(progress_overlap)
{
	i3_send_prepared(c, false);
	i3_stop(c);
}

/* Whether the number is complete is not for us to know. */
TASK(digits_timeout)
{
	c->again = true;
	i3_start(c, IN_T302);
	c->timer_id = ISDN_T302 + 1;
	i3_event(c, ISDN_INFO_TIMEOUT, ISDN_BY_TIMER, ISDN_CAUSE_NONE, 0);
	c->timer_id = 0;
}

TASK(digits_failed)
{
	c->timer_id = ISDN_T302 + 1;
	i3_disconnect(c, ISDN_BY_TIMER, ISDN_CAUSE_INVALID_NUMBER_FORMAT);
}

/* 5.8.8: digits may have been lost with the link. */
TASK(overlap_reset)
{
	i3_disconnect(c, ISDN_BY_LINK, ISDN_CAUSE_TEMPORARY_FAILURE);
}

/* ---- 5.9 ---- */

TASK(notify_ind)
{
	i3_indicate(c, ISDN_NOTIFY_IND);
}
