/* SPDX-License-Identifier: BSD-2-Clause */
/* What the registry asks of a line becomes requests of its span. */
#include <string.h>

#include "lib/line_internal.h"

void ir_line_caps(const struct isdn_provider *p, struct isdn_caps *caps)
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

int ir_line_make(struct isdn_provider *p, const struct isdn_call_params *params,
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

int ir_line_accept(struct isdn_provider *p, uint64_t leg, const struct isdn_uui *uui, isdn_time now)
{
	return respond(LINE(p), leg, uui, now, isdn_span_alerting);
}

int ir_line_answer(struct isdn_provider *p, uint64_t leg, const struct isdn_uui *uui, isdn_time now)
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

int ir_line_send_uui(struct isdn_provider *p, uint64_t leg, const struct isdn_uui *uui, bool more,
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

int ir_line_uui_busy(struct isdn_provider *p, uint64_t leg, bool busy, isdn_time now)
{
	return isdn_span_uui_busy(LINE(p)->span, leg, busy, now);
}

int ir_line_drop(struct isdn_provider *p, uint64_t leg, uint8_t cause, const struct isdn_uui *uui,
		 bool *uui_sent, isdn_time now)
{
	return isdn_span_clear(LINE(p)->span, leg, cause, uui, uui_sent, now);
}

int ir_line_preview(const struct isdn_provider *p, uint64_t leg, uint8_t cause,
		    const struct isdn_uui *uui, uint8_t *octets, size_t cap, size_t *len)
{
	return isdn_span_clear_preview(CLINE(p)->span, leg, cause, uui, octets, cap, len);
}

void ir_line_callref(const struct isdn_provider *p, uint64_t leg, struct isdn_call_info *info)
{
	struct isdn_span_call c;

	info->has_callref = isdn_span_call_query(CLINE(p)->span, leg, &c) == 0;
	if (!info->has_callref)
		return;
	info->callref = c.cr;
	info->originated = c.originated;
	info->q931_state = c.state;
}

/* INFORMATION: of the number while it is dialled (5.1.3), else keypad facility. */
int ir_line_dial(struct isdn_provider *p, uint64_t leg, const char *digits, isdn_time now)
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
int ir_line_hold(struct isdn_provider *p, uint64_t leg, bool hold, isdn_time now)
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

void ir_line_bind(struct isdn_provider *p, uint64_t leg, void *user)
{
	isdn_span_call_set_user(LINE(p)->span, leg, user);
}

/* Services of a call that are active. */
uint8_t ir_line_services(const struct isdn_provider *p, uint64_t leg)
{
	struct isdn_uus u;
	uint8_t active = 0;

	for (int s = 0; s < ISDN_UUS_COUNT; s++)
		if (!isdn_span_uus_query(CLINE(p)->span, leg, (enum isdn_uus_service)s, &u) &&
		    u.state == ISDN_UUS_ACTIVE)
			active |= (uint8_t)ISDN_UUS_BIT(s);
	return active;
}
