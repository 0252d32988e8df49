/* SPDX-License-Identifier: BSD-2-Clause */
/* The primitives of Q.931 become call states. */
#include <string.h>

#include "lib/line_internal.h"

/* Notification descriptions, 4.5.22 and Q.733. */
enum { USER_SUSPENDED = 0x00, USER_RESUMED = 0x01, REMOTE_HOLD = 0x79, REMOTE_RETRIEVAL = 0x7a };

/* What each primitive is to the registry. state 0: no state of its own. */
static const struct {
	enum isdn_leg_event_type type;
	enum isdn_call_state state;
	uint32_t info;
} meaning[] = {
	/* clang-format off */
	[ISDN_SETUP_IND]	  = { ISDN_LEG_OFFERED, ISDN_CALL_OFFERING,     0 },
	[ISDN_SETUP_CONF]	  = { ISDN_LEG_STATE,   ISDN_CALL_CONNECTED,    0 },
	[ISDN_SETUP_COMPLETE_IND] = { ISDN_LEG_STATE,   ISDN_CALL_CONNECTED,    0 },
	[ISDN_MORE_INFO_IND]	  = { ISDN_LEG_STATE,   ISDN_CALL_DIALTONE,     0 },
	[ISDN_PROCEEDING_IND]	  = { ISDN_LEG_STATE,   ISDN_CALL_PROCEEDING,   0 },
	[ISDN_ALERTING_IND]	  = { ISDN_LEG_STATE,   ISDN_CALL_RINGBACK,     0 },
	[ISDN_PROGRESS_IND]	  = { ISDN_LEG_INFO,    ISDN_CALL_IDLE,	      ISDN_INFO_PROGRESS },
	[ISDN_INFO_IND]		  = { ISDN_LEG_INFO,    ISDN_CALL_IDLE,	      0 },
	[ISDN_INFO_TIMEOUT]	  = { ISDN_LEG_INFO,    ISDN_CALL_IDLE,	      0 },
	[ISDN_NOTIFY_IND]	  = { ISDN_LEG_INFO,    ISDN_CALL_IDLE,	      0 },
	[ISDN_USER_INFO_IND]	  = { ISDN_LEG_INFO,    ISDN_CALL_IDLE,	      0 },
	[ISDN_STATUS_IND]	  = { ISDN_LEG_INFO,    ISDN_CALL_IDLE,	      0 },
	[ISDN_DISCONNECT_IND]	  = { ISDN_LEG_STATE,   ISDN_CALL_DISCONNECTED, 0 },
	[ISDN_RELEASE_IND]	  = { ISDN_LEG_GONE,    ISDN_CALL_IDLE,	      0 },
	[ISDN_RELEASE_CONF]	  = { ISDN_LEG_GONE,    ISDN_CALL_IDLE,	      0 },
	[ISDN_RESTART_IND]	  = { ISDN_LEG_INFO,    ISDN_CALL_IDLE,	      0 },
	[ISDN_RESTART_CONF]	  = { ISDN_LEG_INFO,    ISDN_CALL_IDLE,	      0 },
	[ISDN_RESTART_FAILED]	  = { ISDN_LEG_INFO,    ISDN_CALL_IDLE,	      0 },
	[ISDN_FACILITY_IND]	  = { ISDN_LEG_INFO,    ISDN_CALL_IDLE,	      0 },
	[ISDN_REGISTER_IND]	  = { ISDN_LEG_INFO,    ISDN_CALL_IDLE,	      0 },
	[ISDN_HOLD_IND]		  = { ISDN_LEG_INFO,    ISDN_CALL_IDLE,	      0 },
	[ISDN_HOLD_CONF]	  = { ISDN_LEG_STATE,   ISDN_CALL_ONHOLD,	      ISDN_INFO_CHANNEL },
	[ISDN_HOLD_REJECT_IND]	  = { ISDN_LEG_REFUSED,    ISDN_CALL_IDLE,	      0 },
	[ISDN_RETRIEVE_IND]	  = { ISDN_LEG_INFO,    ISDN_CALL_IDLE,	      0 },
	[ISDN_RETRIEVE_CONF]	  = { ISDN_LEG_STATE,   ISDN_CALL_CONNECTED,    ISDN_INFO_CHANNEL },
	[ISDN_RETRIEVE_REJECT_IND] = { ISDN_LEG_REFUSED,   ISDN_CALL_IDLE,	      0 },
	[ISDN_SUSPEND_IND]	  = { ISDN_LEG_INFO,    ISDN_CALL_IDLE,	      0 },
	[ISDN_SUSPEND_CONF]	  = { ISDN_LEG_GONE,    ISDN_CALL_IDLE,	      0 },
	[ISDN_SUSPEND_REJECT_IND] = { ISDN_LEG_INFO,    ISDN_CALL_IDLE,	      0 },
	[ISDN_RESUME_IND]	  = { ISDN_LEG_INFO,    ISDN_CALL_IDLE,	      0 },
	[ISDN_RESUME_CONF]	  = { ISDN_LEG_STATE,   ISDN_CALL_CONNECTED,    0 },
	[ISDN_SERVICE_IND]	  = { ISDN_LEG_INFO,    ISDN_CALL_IDLE,	      0 },
	[ISDN_SERVICE_CONF]	  = { ISDN_LEG_INFO,    ISDN_CALL_IDLE,	      0 },
	[ISDN_SERVICE_FAILED]	  = { ISDN_LEG_INFO,    ISDN_CALL_IDLE,	      0 },
	[ISDN_UUS_IND]		  = { ISDN_LEG_READY,   ISDN_CALL_IDLE,	      0 },
	[ISDN_UUI_DISCARDED_IND]  = { ISDN_LEG_INFO,    ISDN_CALL_IDLE,	      ISDN_INFO_UUI_DISCARDED },
	[ISDN_UUI_STOP_IND]	  = { ISDN_LEG_INFO,    ISDN_CALL_IDLE,	      0 },
	[ISDN_UUI_READY_IND]	  = { ISDN_LEG_READY,   ISDN_CALL_IDLE,	      0 },
	[ISDN_SWITCHOVER]	  = { ISDN_LEG_INFO,    ISDN_CALL_IDLE,	      0 },
	[ISDN_LINK_UP]		  = { ISDN_LEG_LINK,	      ISDN_CALL_IDLE,	      0 },
	[ISDN_LINK_DOWN]	  = { ISDN_LEG_LINK,	      ISDN_CALL_IDLE,	      0 },
	/* clang-format on */
};

/* What the registry has no state for: refused in its name. */
static void refuse(struct line *l, const struct isdn_span_event *s)
{
	uint8_t cause = ISDN_CAUSE_FACILITY_NOT_IMPLEMENTED;

	if (s->prim == ISDN_SUSPEND_IND)
		(void)isdn_span_suspend_reject(l->span, s->call, cause, l->now);
	else if (s->prim == ISDN_REGISTER_IND)
		(void)isdn_span_clear(l->span, s->call, cause, NULL, NULL, l->now);
}

static bool is_active(const struct line *l, uint64_t leg)
{
	struct isdn_span_call c;

	return !isdn_span_call_query(l->span, leg, &c) && c.state == 10;
}

/* The far end holds an active call, or wants it back (Q.932 6.2); others it may not hold. */
static bool far_end_holds(struct line *l, const struct isdn_span_event *s, uint32_t *mode)
{
	if (s->prim == ISDN_HOLD_IND) {
		*mode = ISDN_MODE_ACTIVEHELD;
		if (is_active(l, s->call) && !isdn_span_hold_ack(l->span, s->call, NULL, l->now))
			return true;
		(void)isdn_span_hold_reject(l->span, s->call, ISDN_CAUSE_FACILITY_REJECTED, l->now);
	} else if (s->prim == ISDN_RETRIEVE_IND) {
		*mode = ISDN_MODE_ACTIVE;
		if (!isdn_span_retrieve_ack(l->span, s->call, NULL, l->now))
			return true;
		(void)isdn_span_retrieve_reject(l->span, s->call,
						ISDN_CAUSE_REQUESTED_CHANNEL_NOT_AVAILABLE, l->now);
	}
	return false;
}

/* Notifications that say the same (4.5.22, Q.733). */
static bool far_end_is_away(const struct line *l, const struct isdn_span_event *s, uint32_t *mode)
{
	uint8_t what;

	if (s->prim != ISDN_NOTIFY_IND || !isdn_msg_has(s->msg, ISDN_IE_NOTIFICATION) ||
	    !is_active(l, s->call))
		return false;
	what = s->msg->notification[0].description;
	if (what != USER_SUSPENDED && what != USER_RESUMED && what != REMOTE_HOLD &&
	    what != REMOTE_RETRIEVAL)
		return false;
	*mode = what == USER_SUSPENDED || what == REMOTE_HOLD ? ISDN_MODE_ACTIVEHELD
							      : ISDN_MODE_ACTIVE;
	return true;
}

static enum isdn_uui_which phase(enum isdn_prim prim)
{
	switch ((int)prim) {
	case ISDN_ALERTING_IND:
		return ISDN_UUI_ALERTING;
	case ISDN_PROGRESS_IND:
		return ISDN_UUI_PROGRESS;
	case ISDN_SETUP_CONF:
		return ISDN_UUI_CONNECT;
	default:
		return ISDN_UUI_MIDCALL;
	}
}

int ir_line_next(struct isdn_provider *p, struct isdn_leg_event *ev)
{
	struct isdn_span_event s;

	if (isdn_span_next_event(LINE(p)->span, &s) != 1)
		return 0;
	refuse(LINE(p), &s);
	memset(ev, 0, offsetof(struct isdn_leg_event, uui));
	ev->type = meaning[s.prim].type;
	ev->leg = s.call;
	ev->user = s.user;
	ev->state = meaning[s.prim].state;
	ev->mode = ISDN_MODE_ACTIVE;
	ev->source = s.source;
	ev->cause = s.cause;
	ev->location = s.location;
	ev->channel = s.channel;
	ev->info = meaning[s.prim].info;
	if (far_end_holds(LINE(p), &s, &ev->mode) || far_end_is_away(LINE(p), &s, &ev->mode)) {
		ev->type = ISDN_LEG_STATE;
		ev->state = ISDN_CALL_CONNECTED;
		if (s.prim == ISDN_HOLD_IND) { /* the B-channel is given back */
			ev->channel = 0;
			ev->info |= ISDN_INFO_CHANNEL;
		}
	}
	ev->up = s.prim == ISDN_LINK_UP;
	if (s.uus)
		ev->info |= ISDN_INFO_UUS;
	ev->uui_of = phase(s.prim);
	ev->called.n_digits = ev->calling.n_digits = 0;
	if (s.msg->type && isdn_msg_has(s.msg, ISDN_IE_USER_USER)) {
		ev->has_uui = true;
		ev->uui = s.msg->uui;
		ev->uui_more = isdn_msg_has(s.msg, ISDN_IE_MORE_DATA);
	}
	if (s.prim == ISDN_SETUP_IND) {
		ev->capability = s.msg->bearer[0].capability;
		if (isdn_msg_has(s.msg, ISDN_IE_CALLED))
			ev->called = s.msg->called;
		if (isdn_msg_has(s.msg, ISDN_IE_CALLING))
			ev->calling = s.msg->calling[0];
	}
	return 1;
}
