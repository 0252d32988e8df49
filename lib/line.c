/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A line: a driver's D-channel and the span that runs on it, as a provider.
 * Here the primitives of Q.931 become call states.
 */
#include <string.h>

#include "base/env.h"
#include "drivers/driver.h"
#include "lib/line.h"
#include "lib/span_spec.h"

#define START_AGAIN_MS 100

/* Notification descriptions, 4.5.22 and Q.733. */
enum { USER_SUSPENDED = 0x00, USER_RESUMED = 0x01, REMOTE_HOLD = 0x79, REMOTE_RETRIEVAL = 0x7a };

struct line {
	struct isdn_provider base;
	struct isdn_env env;
	const struct id_driver *driver;
	struct id_port *port; /* NULL: closed after ID_REMOVED */
	struct isdn_span *span;
	struct isdn_span_config config;
	char spec[IR_SPEC_MAX];
	bool alarm;
	bool hold_here; /* hold is a matter of ours: the far end is not asked, the channel stays */
	bool started;
	isdn_time start_at; /* again, when there was no memory */
	isdn_time now;	    /* as last told */
	/* A frame that the driver could not take yet. */
	size_t waiting;
	uint8_t frame[ID_FRAME_MAX];
};

#define LINE(p)	 ((struct line *)(p))
#define CLINE(p) ((const struct line *)(p))

static void caps(const struct isdn_provider *p, struct isdn_caps *caps)
{
	unsigned max = CLINE(p)->config.uui_max ? CLINE(p)->config.uui_max + 1 : 0;

	caps->uui_make = caps->uui_accept = caps->uui_answer = max;
	caps->uui_drop = caps->uui_send = max;
	caps->reject_offering = true;
	caps->hold = caps->dial = true;
	caps->transfer = false;
	caps->uus = CLINE(p)->config.uui_max ? CLINE(p)->config.uus.services : 0;
}

static void set_number(struct isdn_number *n, const char *digits, uint8_t type, uint8_t plan)
{
	memset(n, 0, sizeof(*n));
	n->type = type;
	n->plan = plan;
	n->n_digits = (uint8_t)strlen(digits);
	memcpy(n->digits, digits, n->n_digits);
}

static void set_bearer(struct isdn_bearer *b, enum isdn_capability capability, bool alaw)
{
	memset(b, 0, sizeof(*b));
	b->capability = (uint8_t)capability;
	b->rate = 0x10;
	if (capability == ISDN_SPEECH || capability == ISDN_AUDIO_3K1)
		b->layer1 = alaw ? ISDN_L1_G711_ALAW : ISDN_L1_G711_ULAW;
}

static void set_channel(const struct isdn_span_config *config, struct isdn_channel_id *c,
			unsigned channel)
{
	bool bri = config->interface == ISDN_BRI, exclusive = config->side == ISDN_NETWORK;
	unsigned interface = channel / ISDN_INTERFACE_CHANNELS;

	memset(c, 0, sizeof(*c));
	c->primary = !bri;
	c->exclusive = exclusive;
	c->select = bri ? (uint8_t)channel : ISDN_CHANNEL_INDICATED;
	if (!bri) {
		c->has_channels = true;
		c->type = 3;
		c->n_channels = 1;
		c->channels[0] = (uint8_t)(channel % ISDN_INTERFACE_CHANNELS);
		c->has_interface = config->n_interfaces > 1;
		if (interface < config->n_interfaces)
			c->interface_id = config->interface_id[interface];
	}
}

/* 0: any. Whether a number is that of a B-channel is for call control to say. */
static bool channel_good(const struct isdn_span_config *config, unsigned channel)
{
	unsigned interfaces = config->n_interfaces ? config->n_interfaces : 1;

	return config->interface == ISDN_BRI ? channel <= 2 : channel < ISDN_CHANNEL(interfaces, 0);
}

static void set_uui(struct isdn_msg *msg, const struct isdn_uui *uui)
{
	if (!uui)
		return;
	msg->uui = *uui;
	isdn_msg_set(msg, ISDN_IE_USER_USER);
}

/* Services that the line has not are not asked for, unless the call needs them. */
static int ask(const struct line *l, const struct isdn_call_params *params, struct isdn_msg *msg)
{
	uint8_t there = l->config.uui_max ? l->config.uus.services : 0;
	int err = params->uus_required & ~there & ~1u ? ISDN_ERR_OPERATIONUNAVAIL : 0;

	for (int s = ISDN_UUS_1; !err && s < ISDN_UUS_COUNT; s++)
		if ((params->uus_preferred | params->uus_required) & there & ISDN_UUS_BIT(s))
			err = isdn_uus_request(msg, (enum isdn_uus_service)s,
					       params->uus_required & ISDN_UUS_BIT(s));
	return err;
}

static int make(struct isdn_provider *p, const struct isdn_call_params *params,
		const struct isdn_uui *uui, void *user, uint64_t *leg, isdn_time now)
{
	struct line *l = LINE(p);
	struct isdn_msg msg;
	int err = 0;

	if (!channel_good(&l->config, params->channel))
		return ISDN_ERR_INVAL;
	isdn_msg_init(&msg, 0, 0, 0, false);
	if (!params->overlap)
		isdn_msg_set(&msg, ISDN_IE_SENDING_COMPLETE); /* en bloc, 5.1.1 */
	set_bearer(&msg.bearer[0], params->capability, l->config.alaw);
	isdn_msg_set(&msg, ISDN_IE_BEARER);
	if (params->channel) {
		set_channel(&l->config, &msg.channel_id[0], params->channel);
		isdn_msg_set(&msg, ISDN_IE_CHANNEL_ID);
	}
	if (params->calling && *params->calling) {
		set_number(&msg.calling[0], params->calling, params->calling_type,
			   params->calling_plan);
		isdn_msg_set(&msg, ISDN_IE_CALLING);
	}
	if (*params->called) {
		set_number(&msg.called, params->called, params->called_type, params->called_plan);
		isdn_msg_set(&msg, ISDN_IE_CALLED);
	}
	set_uui(&msg, uui);
	err = ask(l, params, &msg);
	if (err)
		return err;
	err = isdn_span_setup(l->span, &msg, leg, now);
	if (!err)
		isdn_span_call_set_user(l->span, *leg, user);
	return err;
}

/* The network answers a SETUP with CALL PROCEEDING before anything else (5.1.5.1). */
static int proceed(struct line *l, uint64_t leg, isdn_time now)
{
	struct isdn_span_call c;
	int err = isdn_span_call_query(l->span, leg, &c);

	if (err || l->config.side != ISDN_NETWORK || c.state != 1)
		return err;
	return isdn_span_proceeding(l->span, leg, NULL, now);
}

/* Where UUI in a response needs service 1 (uui-strict). */
static bool service1(const struct line *l, uint64_t leg)
{
	struct isdn_uus implicit, asked;

	if (!l->config.uus.strict ||
	    isdn_span_uus_query(l->span, leg, ISDN_UUS_IMPLICIT, &implicit) ||
	    isdn_span_uus_query(l->span, leg, ISDN_UUS_1, &asked))
		return true;
	return implicit.state == ISDN_UUS_ACTIVE || asked.state == ISDN_UUS_ACTIVE ||
	       (asked.state == ISDN_UUS_REQUESTED && !asked.by_us);
}

static int respond(struct line *l, uint64_t leg, const struct isdn_uui *uui, isdn_time now,
		   int (*request)(struct isdn_span *, isdn_call_id, const struct isdn_msg *,
				  isdn_time))
{
	struct isdn_msg msg;
	int err = uui && !service1(l, leg) ? ISDN_ERR_OPERATIONUNAVAIL : proceed(l, leg, now);

	if (err)
		return err;
	isdn_msg_init(&msg, 0, 0, 0, false);
	set_uui(&msg, uui);
	return request(l->span, leg, &msg, now);
}

static int accept(struct isdn_provider *p, uint64_t leg, const struct isdn_uui *uui, isdn_time now)
{
	return respond(LINE(p), leg, uui, now, isdn_span_alerting);
}

static int answer(struct isdn_provider *p, uint64_t leg, const struct isdn_uui *uui, isdn_time now)
{
	return respond(LINE(p), leg, uui, now, isdn_span_connect);
}

/* UUI in an active call needs service 3, which the far end is asked for when that is needed. */
static int ask_for_service(struct line *l, uint64_t leg, isdn_time now)
{
	struct isdn_uus u;
	int err = isdn_span_uus_query(l->span, leg, ISDN_UUS_3, &u);

	if (!err && u.state == ISDN_UUS_IDLE)
		err = isdn_span_uus_request(l->span, leg, ISDN_UUS_3, now);
	if (err)
		return err == ISDN_ERR_NOMEM ? err : ISDN_ERR_OPERATIONUNAVAIL;
	return u.state == ISDN_UUS_REJECTED ? ISDN_ERR_OPERATIONUNAVAIL : ISDN_ERR_AGAIN;
}

static int send_uui(struct isdn_provider *p, uint64_t leg, const struct isdn_uui *uui, bool more,
		    isdn_time now)
{
	struct line *l = LINE(p);
	struct isdn_msg msg;
	int err;

	isdn_msg_init(&msg, 0, 0, 0, false);
	set_uui(&msg, uui);
	if (more)
		isdn_msg_set(&msg, ISDN_IE_MORE_DATA);
	err = isdn_span_user_info(l->span, leg, &msg, now);
	if (err != ISDN_ERR_OPERATIONUNAVAIL)
		return err;
	return ask_for_service(l, leg, now);
}

static int uui_busy(struct isdn_provider *p, uint64_t leg, bool busy, isdn_time now)
{
	return isdn_span_uui_busy(LINE(p)->span, leg, busy, now);
}

static int drop(struct isdn_provider *p, uint64_t leg, uint8_t cause, const struct isdn_uui *uui,
		bool *uui_sent, isdn_time now)
{
	return isdn_span_clear(LINE(p)->span, leg, cause, uui, uui_sent, now);
}

/* INFORMATION: of the number while it is dialled (5.1.3), else keypad facility. */
static int dial(struct isdn_provider *p, uint64_t leg, const char *digits, isdn_time now)
{
	struct line *l = LINE(p);
	struct isdn_span_call c;
	struct isdn_msg msg;
	int err = isdn_span_call_query(l->span, leg, &c);

	if (err)
		return err;
	isdn_msg_init(&msg, 0, 0, 0, false);
	if (c.state == 10) {
		msg.keypad.len = (uint8_t)strlen(digits);
		memcpy(msg.keypad.keys, digits, strlen(digits));
		isdn_msg_set(&msg, ISDN_IE_KEYPAD);
	} else {
		set_number(&msg.called, digits, 0, 1);
		isdn_msg_set(&msg, ISDN_IE_CALLED);
	}
	return isdn_span_info(l->span, leg, &msg, now);
}

/* Q.932 6.2, or among ourselves. */
static int hold(struct isdn_provider *p, uint64_t leg, bool hold, isdn_time now)
{
	struct line *l = LINE(p);
	struct isdn_span_call c;
	int err = isdn_span_call_query(l->span, leg, &c);

	if (err)
		return err;
	if (hold ? l->hold_here : c.hold != ISDN_HELD_HERE)
		return 1;
	return (hold ? isdn_span_hold : isdn_span_retrieve)(l->span, leg, NULL, now);
}

static void bind(struct isdn_provider *p, uint64_t leg, void *user)
{
	isdn_span_call_set_user(LINE(p)->span, leg, user);
}

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
	[ISDN_MORE_INFO_IND]	  = { ISDN_LEG_INFO,    ISDN_CALL_IDLE,	      0 },
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

/* Services of a call that are active. */
static uint8_t services(const struct isdn_provider *p, uint64_t leg)
{
	struct isdn_uus u;
	uint8_t active = 0;

	for (int s = 0; s < ISDN_UUS_COUNT; s++)
		if (!isdn_span_uus_query(CLINE(p)->span, leg, (enum isdn_uus_service)s, &u) &&
		    u.state == ISDN_UUS_ACTIVE)
			active |= (uint8_t)ISDN_UUS_BIT(s);
	return active;
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

static int next(struct isdn_provider *p, struct isdn_leg_event *ev)
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
	if (far_end_holds(LINE(p), &s, &ev->mode) || far_end_is_away(LINE(p), &s, &ev->mode)) {
		ev->type = ISDN_LEG_STATE;
		ev->state = ISDN_CALL_CONNECTED;
	}
	ev->source = s.source;
	ev->cause = s.cause;
	ev->location = s.location;
	ev->channel = s.channel;
	ev->info = meaning[s.prim].info;
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

static void removed(struct line *l, isdn_time now)
{
	ib_log(&l->env, ISDN_LOG_ERROR, ISDN_AREA_DRIVER, "span %u (%s): the device is gone",
	       l->base.number, l->spec);
	l->driver->close(l->port);
	l->port = NULL;
	l->alarm = true;
	isdn_span_physical(l->span, false, now);
}

static void driver_event(struct line *l, const struct id_event *ev, isdn_time now)
{
	static const char *const names[] = {
		[ID_ALARM] = "alarm",	  [ID_ALARM_CLEAR] = "alarm cleared",
		[ID_ABORT] = "abort",	  [ID_OVERRUN] = "overrun",
		[ID_BAD_FCS] = "bad FCS", [ID_REMOVED] = "removed",
	};
	bool rare = ev->type == ID_ALARM || ev->type == ID_ALARM_CLEAR || ev->type == ID_REMOVED;

	ib_log(&l->env, rare ? ISDN_LOG_WARNING : ISDN_LOG_DEBUG, ISDN_AREA_DRIVER,
	       "span %u (%s): %s (0x%x)", l->base.number, l->spec, names[ev->type], ev->alarms);
	switch (ev->type) {
	case ID_ALARM:
	case ID_ALARM_CLEAR:
		l->alarm = ev->type == ID_ALARM;
		isdn_span_physical(l->span, !l->alarm, now);
		break;
	case ID_REMOVED:
		removed(l, now);
		break;
	case ID_ABORT:
		isdn_span_line_error(l->span, ISDN_LINE_ABORT);
		break;
	case ID_OVERRUN:
		isdn_span_line_error(l->span, ISDN_LINE_OVERRUN);
		break;
	case ID_BAD_FCS:
		isdn_span_line_error(l->span, ISDN_LINE_FCS);
		break;
	}
}

/* Send what there is; false when the driver can take no more now. */
static bool transmit(struct line *l, isdn_time now)
{
	while (!l->port && isdn_span_tx(l->span, l->frame, sizeof(l->frame), &l->waiting, now) == 1)
		l->waiting = 0; /* nobody to send it to */
	while (l->port) {
		int err;

		if (!l->waiting &&
		    isdn_span_tx(l->span, l->frame, sizeof(l->frame), &l->waiting, now) != 1) {
			l->waiting = 0;
			return true;
		}
		err = l->driver->send(l->port, l->frame, l->waiting, now);
		if (err == ISDN_ERR_AGAIN)
			return false;
		l->waiting = 0;
		if (err == ISDN_ERR_REMOVED)
			removed(l, now);
		else if (err)
			ib_log(&l->env, ISDN_LOG_WARNING, ISDN_AREA_DRIVER,
			       "span %u (%s): a frame was not sent: %s", l->base.number, l->spec,
			       isdn_strerror(err));
	}
	return true;
}

/* A bounded number of frames, so that one busy line does not starve the others. */
static void receive(struct line *l, isdn_time now)
{
	uint8_t frame[ID_FRAME_MAX];
	struct id_event ev;

	for (int i = 0; i < 64 && l->port; i++) {
		int n;

		while (l->port && l->driver->event(l->port, &ev) == 1)
			driver_event(l, &ev, now);
		n = l->port ? l->driver->recv(l->port, frame, sizeof(frame), now) : 0;
		if (n == ISDN_ERR_REMOVED)
			removed(l, now);
		if (n <= 0)
			return;
		isdn_span_rx(l->span, frame, (size_t)n, now);
		transmit(l, now);
	}
}

static void start(struct line *l, isdn_time now)
{
	if (l->started || now < l->start_at)
		return;
	l->started = isdn_span_start(l->span, now) == 0;
	l->start_at = now + START_AGAIN_MS;
}

static void process(struct isdn_provider *p, isdn_time now)
{
	struct line *l = LINE(p);

	l->now = now;
	receive(l, now);
	start(l, now);
	if (isdn_span_next_timeout(l->span) <= now)
		isdn_span_handle_timeout(l->span, now);
	transmit(l, now);
}

static isdn_time deadline(const struct isdn_provider *p)
{
	const struct line *l = CLINE(p);
	isdn_time span = isdn_span_next_timeout(l->span);
	isdn_time port = l->port ? l->driver->deadline(l->port) : ISDN_NEVER;

	if (port < span)
		span = port;
	return !l->started && l->start_at < span ? l->start_at : span;
}

static int fd(const struct isdn_provider *p, short *events)
{
	const struct line *l = CLINE(p);

	*events = 0;
	return l->port ? l->driver->fd(l->port, events) : -1;
}

static void info(const struct isdn_provider *p, struct isdn_span_info *info)
{
	const struct line *l = CLINE(p);

	info->spec = l->spec;
	info->side = l->config.side;
	info->up = isdn_span_is_up(l->span);
	info->alarm = l->alarm;
	info->calls = isdn_span_calls(l->span);
	isdn_span_counters(l->span, &info->counters);
}

static size_t links(const struct isdn_provider *p, struct isdn_link *out, size_t cap)
{
	return isdn_span_links(CLINE(p)->span, out, cap);
}

static void line_close(struct isdn_provider *p)
{
	struct line *l = LINE(p);
	struct isdn_env env = l->env;

	if (l->port)
		l->driver->close(l->port);
	isdn_span_free(l->span);
	ib_free(&env, l);
}

static const struct isdn_provider_ops line_ops = {
	.size = sizeof(line_ops),
	.caps = caps,
	.make = make,
	.accept = accept,
	.answer = answer,
	.send_uui = send_uui,
	.uui_busy = uui_busy,
	.services = services,
	.hold = hold,
	.dial = dial,
	.drop = drop,
	.bind = bind,
	.next = next,
	.process = process,
	.deadline = deadline,
	.fd = fd,
	.info = info,
	.links = links,
	.close = line_close,
};

/* A BRI asks the far end to hold, since it has two channels only. */
static int hold_options(struct line *l, struct ir_span_spec *spec, struct isdn_error *error)
{
	bool here = false, wire = false;
	int err = ir_span_spec_flag(spec, "hold-here", &here, error);

	if (!err)
		err = ir_span_spec_flag(spec, "hold-wire", &wire, error);
	l->hold_here = here || (!wire && l->config.interface != ISDN_BRI);
	return err;
}

int ir_line_open(struct isdn_provider **p, const char *text, struct id_shared *shared,
		 const struct isdn_env *env, unsigned number, isdn_time now,
		 struct isdn_error *error)
{
	struct ir_span_spec spec;
	struct line *l;
	int err = ir_span_spec_parse(&spec, text, error);

	if (err)
		return err;
	l = ib_alloc(env, sizeof(*l));
	if (!l)
		return ib_error(error, ISDN_ERR_NOMEM, "span \"%.64s\": no memory", text);
	l->base.ops = &line_ops;
	l->base.number = number;
	l->env = *env;
	l->config = spec.config;
	l->config.tag = number;
	l->driver = spec.driver;
	strcpy(l->spec, text); /* split checked the length */
	err = hold_options(l, &spec, error);
	if (err) {
		ib_free(env, l);
		return err;
	}
	err = isdn_span_new(&l->span, &l->config, env);
	if (err)
		ib_error(error, err, "span \"%.64s\": %s", text, isdn_strerror(err));
	else
		err = l->driver->open(&l->port, &spec.args, shared, env, error);
	if (!err)
		err = ir_span_spec_finish(&spec, error);
	if (err) {
		line_close(&l->base);
		return err;
	}
	l->start_at = ISDN_NEVER;
	process(&l->base, now); /* a driver that starts in alarm says so at once */
	l->start_at = now;
	start(l, now);
	transmit(l, now);
	*p = &l->base;
	return 0;
}
