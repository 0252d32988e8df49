/* SPDX-License-Identifier: BSD-2-Clause */
/* Requests of call control's user: their messages are encoded before anything changes. */
#include "base/rare.h"
#include "q931/cc_internal.h"
#include "q931/codec.h"

uint8_t i3_uui_codeset(const struct i3_cc *cc)
{
	enum isdn_uui_codeset codeset = cc->config.uus.codeset;

	if (codeset == ISDN_UUI_CODESET_OF_VARIANT)
		return cc->variant->uui_codeset;
	return codeset == ISDN_UUI_CODESET_7 ? 7 : 0;
}

static IB_RARE int too_big(const struct i3_cc *cc, unsigned len)
{
	ib_log(cc->env, ISDN_LOG_INFO, ISDN_AREA_Q931,
	       "UUI of %u octets is refused: the line carries %u (uui_max)", len,
	       cc->config.uui_max);
	return ISDN_ERR_USERUSERINFOTOOBIG;
}

/* UUI of a message that is to go out: none when the network carries none, an error when it is too
 * long. */
static int limit_uui(const struct i3_call *c, struct isdn_msg *m)
{
	const struct i3_cc *cc = c->cc;

	if (!isdn_msg_has(m, ISDN_IE_USER_USER))
		return 0;
	if (!cc->config.uui_max)
		isdn_msg_clear(m, ISDN_IE_USER_USER);
	else if (m->uui.len > cc->config.uui_max)
		return too_big(cc, m->uui.len);
	else if (!i3_uui_allowed(c, m->type))
		return ISDN_ERR_OPERATIONUNAVAIL;
	return 0;
}

/* What the application wants to send, as a message of our own composing. msg may be NULL. */
static void take(const struct i3_cc *cc, struct isdn_msg *m, const struct isdn_msg *msg)
{
	isdn_msg_init(m, 0, 0, 0, false);
	if (!msg)
		return;
	isdn_msg_copy(m, msg);
	m->n_elements = 0;
	m->decoded = m->cut = false;
	m->uui.codeset = i3_uui_codeset(cc);
}

static void head(const struct i3_call *c, struct isdn_msg *m, uint8_t type)
{
	m->discriminator = ISDN_PD_Q931;
	m->type = type;
	m->cr_len = c->cc->cr_len;
	m->cr = c->cr;
	m->cr_flag = !c->originated;
}

/* The length of UUI, and whether the variant has the message at all. */
static int encode(const struct i3_call *c, struct isdn_msg *m)
{
	struct i3_cc *cc = c->cc;
	enum isdn_dir dir = cc->config.side == ISDN_NETWORK ? ISDN_NETWORK_TO_USER
							    : ISDN_USER_TO_NETWORK;
	int err = limit_uui(c, m);

	if (!err)
		err = i3_uus_check(c, m);

	if (!err && !i3_msg_row(cc->config.variant, dir, m))
		err = ISDN_ERR_OPERATIONUNAVAIL;
	return err ? err : i3_encode(cc, m, &cc->prepared);
}

/* ---- requests that make a call ---- */

/* 5.1.2: the channel of a call of ours. 0: *channel, 0 when the call is to have none. */
static int choose_channel(struct i3_cc *cc, const struct isdn_msg *m, unsigned *channel,
			  bool *exclusive)
{
	const struct i3_channels *ch = &cc->channels;
	bool net = cc->config.side == ISDN_NETWORK;
	int wanted = I3_CHANNEL_ANY;

	*exclusive = cc->network;
	*channel = 0;
	if (isdn_msg_has(m, ISDN_IE_CHANNEL_ID)) {
		wanted = i3_channel_read(ch, &m->channel_id[0]);
		*exclusive = m->channel_id[0].exclusive;
	}
	if (wanted == I3_CHANNEL_NONE)
		return 0;
	if (wanted == I3_CHANNEL_ANY)
		wanted = (int)i3_channel_pick(ch,
					      !net); /* from opposite ends: collisions are rare */
	if (wanted && !i3_channel_exists(ch, (unsigned)wanted))
		return ISDN_ERR_INVAL;
	if (!wanted || !i3_channel_free(ch, (unsigned)wanted))
		return ISDN_ERR_RESOURCEUNAVAIL;
	*channel = (unsigned)wanted;
	return 0;
}

/* What variants have of their own in SETUP. */
static void setup_of_variant(const struct i3_variant *v, struct isdn_msg *m)
{
	struct isdn_number *n = &m->calling[0];

	if (!v->sending_complete)
		isdn_msg_clear(m, ISDN_IE_SENDING_COMPLETE);
	if (!v->network_provided || !isdn_msg_has(m, ISDN_IE_CALLING))
		return;
	if (!n->has_presentation || n->presentation == 0) {
		n->has_presentation = true;
		n->presentation = 0;
		n->screening = 3;
	}
}

static int setup(struct i3_cc *cc, struct i3_call *c, struct isdn_msg *m)
{
	bool d_channel = isdn_msg_has(m, ISDN_IE_CHANNEL_ID) && m->channel_id[0].d_channel;
	unsigned channel;
	bool exclusive;
	int err = choose_channel(cc, m, &channel, &exclusive);

	if (!err)
		err = i3_callref_take(&cc->ours, c, &c->cr);
	if (err)
		return err;
	c->originated = true;
	c->exclusive = exclusive;
	c->tei = cc->config.terminals ? I3_BROADCAST : 0;
	setup_of_variant(cc->variant, m);
	head(c, m, ISDN_MT_SETUP);
	i3_channel_write(&cc->channels, &m->channel_id[0], channel, exclusive);
	m->channel_id[0].d_channel = d_channel && !channel;
	isdn_msg_set(m, ISDN_IE_CHANNEL_ID);
	err = encode(c, m);
	if (err)
		return err;
	i3_set_channel(c, channel);
	c->implicit = isdn_msg_has(m, ISDN_IE_USER_USER);
	if (isdn_msg_has(m, ISDN_IE_FACILITY))
		i3_uus_sent(c, m);
	if (c->uus && c->uus->service[ISDN_UUS_1].ours)
		c->implicit = false;
	return 0;
}

/* A message that names no channel begins it: RESUME (5.6.3: it is the network's to name), REGISTER.
 */
static int begin(struct i3_cc *cc, struct i3_call *c, struct isdn_msg *m, uint8_t type)
{
	int err = i3_callref_take(&cc->ours, c, &c->cr);

	if (err)
		return err;
	c->originated = true;
	head(c, m, type);
	return encode(c, m);
}

static int resume(struct i3_cc *cc, struct i3_call *c, struct isdn_msg *m)
{
	return begin(cc, c, m, ISDN_MT_RESUME);
}

static int register_(struct i3_cc *cc, struct i3_call *c, struct isdn_msg *m)
{
	return begin(cc, c, m, ISDN_MT_REGISTER);
}

static int make(struct i3_cc *cc, const struct isdn_msg *msg, isdn_call_id *call, isdn_time now,
		int (*how)(struct i3_cc *, struct i3_call *, struct isdn_msg *),
		enum i3_input input)
{
	struct isdn_msg m;
	struct i3_call *c;
	int err = i3_call_new(cc, &c);

	if (err)
		return err;
	cc->now = now;
	take(cc, &m, msg);
	err = how(cc, c, &m);
	if (err) {
		i3_call_undo(c);
		return err;
	}
	*call = c->id;
	(void)i3_run(c, input);
	return 0;
}

int i3_cc_setup(struct i3_cc *cc, const struct isdn_msg *msg, isdn_call_id *call, isdn_time now)
{
	return make(cc, msg, call, now, setup, IN_SETUP_REQ);
}

int i3_cc_resume(struct i3_cc *cc, const struct isdn_msg *msg, isdn_call_id *call, isdn_time now)
{
	if (cc->config.side == ISDN_NETWORK)
		return ISDN_ERR_OPERATIONUNAVAIL;
	return make(cc, msg, call, now, resume, IN_RESUME_REQ);
}

int i3_cc_register(struct i3_cc *cc, const struct isdn_msg *msg, isdn_call_id *call, isdn_time now)
{
	if (cc->config.terminals)
		return ISDN_ERR_OPERATIONUNAVAIL; /* which of them? */
	return make(cc, msg, call, now, register_, IN_REGISTER_REQ);
}

/* FACILITY of no call, with the dummy call reference (4.3). */
int i3_cc_facility(struct i3_cc *cc, const struct isdn_msg *msg, isdn_time now)
{
	struct isdn_msg m;
	struct ib_buf *b;
	int err;

	if (i3_reserve(cc))
		return ISDN_ERR_NOMEM;
	cc->now = now;
	take(cc, &m, msg);
	m.discriminator = ISDN_PD_Q931;
	m.type = ISDN_MT_FACILITY;
	m.cr_len = 0;
	m.cr = 0;
	m.cr_flag = false;
	err = i3_encode(cc, &m, &b);
	if (!err)
		i3_queue(cc, cc->config.terminals ? I3_BROADCAST : 0, b);
	return err;
}

/* ---- requests of a call ---- */

/* A call that requests can still be made of. */
static struct i3_call *live(const struct i3_cc *cc, isdn_call_id id)
{
	struct i3_call *c = ib_handle_get(&cc->calls, id);

	if (!c)
		return NULL;
	i3_fetch(c);
	return c->state != ST_NULL ? c : NULL;
}

/* What a request has to do with the channel. */
enum channel_use {
	NO_CHANNEL,
	FIRST_RESPONSE, /* carries it when it is the first, or when the call had none, 5.2.3 */
	WISH,		/* RETRIEVE: any that is free */
	GRANT		/* RETRIEVE ACKNOWLEDGE, RESUME ACKNOWLEDGE: the one that the call has */
};

static const struct {
	uint8_t type; /* 0: the task makes the message */
	enum i3_input input;
	enum channel_use channel;
} requests[I3_REQ_COUNT] = {
	[I3_MORE_INFO_REQ] = { ISDN_MT_SETUP_ACKNOWLEDGE, IN_MORE_INFO_REQ, FIRST_RESPONSE },
	[I3_INFO_REQ] = { ISDN_MT_INFORMATION, IN_INFO_REQ, NO_CHANNEL },
	[I3_NOTIFY_REQ] = { ISDN_MT_NOTIFY, IN_NOTIFY_REQ, NO_CHANNEL },
	[I3_PROCEEDING_REQ] = { ISDN_MT_CALL_PROCEEDING, IN_PROCEEDING_REQ, FIRST_RESPONSE },
	[I3_ALERTING_REQ] = { ISDN_MT_ALERTING, IN_ALERTING_REQ, FIRST_RESPONSE },
	[I3_PROGRESS_REQ] = { ISDN_MT_PROGRESS, IN_PROGRESS_REQ, NO_CHANNEL },
	[I3_SETUP_RESP] = { ISDN_MT_CONNECT, IN_SETUP_RESP, FIRST_RESPONSE },
	[I3_SETUP_COMPLETE_REQ] = { ISDN_MT_CONNECT_ACKNOWLEDGE, IN_SETUP_COMPLETE_REQ,
				    FIRST_RESPONSE },
	[I3_USER_INFO_REQ] = { ISDN_MT_USER_INFORMATION, IN_USER_INFO_REQ, NO_CHANNEL },
	[I3_STATUS_ENQUIRY_REQ] = { 0, IN_STATUS_ENQUIRY_REQ, NO_CHANNEL },
	[I3_DISCONNECT_REQ] = { ISDN_MT_DISCONNECT, IN_DISCONNECT_REQ, NO_CHANNEL },
	[I3_FACILITY_REQ] = { ISDN_MT_FACILITY, IN_FACILITY_REQ, NO_CHANNEL },
	[I3_SUSPEND_REQ] = { ISDN_MT_SUSPEND, IN_SUSPEND_REQ, NO_CHANNEL },
	[I3_SUSPEND_RESP] = { ISDN_MT_SUSPEND_ACKNOWLEDGE, IN_SUSPEND_RESP, NO_CHANNEL },
	[I3_SUSPEND_REJECT_REQ] = { ISDN_MT_SUSPEND_REJECT, IN_SUSPEND_REJECT_REQ, NO_CHANNEL },
	[I3_RESUME_RESP] = { ISDN_MT_RESUME_ACKNOWLEDGE, IN_RESUME_RESP, GRANT },
	[I3_RESUME_REJECT_REQ] = { ISDN_MT_RESUME_REJECT, IN_RESUME_REJECT_REQ, NO_CHANNEL },
	[I3_HOLD_REQ] = { ISDN_MT_HOLD, IN_HOLD_REQ, NO_CHANNEL },
	[I3_HOLD_RESP] = { ISDN_MT_HOLD_ACKNOWLEDGE, IN_HOLD_RESP, NO_CHANNEL },
	[I3_HOLD_REJECT_REQ] = { ISDN_MT_HOLD_REJECT, IN_HOLD_REJECT_REQ, NO_CHANNEL },
	[I3_RETRIEVE_REQ] = { ISDN_MT_RETRIEVE, IN_RETRIEVE_REQ, WISH },
	[I3_RETRIEVE_RESP] = { ISDN_MT_RETRIEVE_ACKNOWLEDGE, IN_RETRIEVE_RESP, GRANT },
	[I3_RETRIEVE_REJECT_REQ] = { ISDN_MT_RETRIEVE_REJECT, IN_RETRIEVE_REJECT_REQ, NO_CHANNEL },
};

/* A called side that never answered rejects (21), others clear normally (16). */
static uint8_t default_cause(const struct i3_call *c)
{
	return !c->originated && c->state < U10 && c->state != U8 ? ISDN_CAUSE_CALL_REJECTED
								  : ISDN_CAUSE_NORMAL_CALL_CLEARING;
}

/* The channel that msg asks for, if the call can have it: into cc->claim. */
static IB_RARE int claim(struct i3_cc *cc, const struct i3_call *c, const struct isdn_msg *m)
{
	const struct i3_channels *ch = &cc->channels;
	int wanted = i3_channel_read(ch, &m->channel_id[0]);

	if (wanted == I3_CHANNEL_ANY)
		wanted = c->channel ? c->channel : (int)i3_channel_pick(ch, !cc->network);
	if (wanted == c->channel)
		return 0;
	if (!i3_channel_exists(ch, (unsigned)wanted) || (c->channel && c->exclusive))
		return ISDN_ERR_INVAL;
	if (!i3_channel_free(ch, (unsigned)wanted))
		return ISDN_ERR_RESOURCEUNAVAIL;
	cc->claim = (uint16_t)wanted;
	return 0;
}

/* 5.2.3: the first response names the channel; a call without one gets it by any of them. */
static int channel_of_response(struct i3_cc *cc, const struct i3_call *c, struct isdn_msg *m)
{
	bool named = isdn_msg_has(m, ISDN_IE_CHANNEL_ID), open = !i3_channel_settled(c);
	int err = named && open ? claim(cc, c, m) : 0;
	unsigned channel = cc->claim ? cc->claim : c->channel;

	if (!err && !channel && m->type == ISDN_MT_CONNECT && open && !c->signalling) {
		/* a call that waited for a channel is not to be connected without */
		channel = cc->claim = (uint16_t)i3_channel_pick(&cc->channels, !cc->network);
		err = channel ? 0 : ISDN_ERR_RESOURCEUNAVAIL;
	}
	if (channel && (open || named)) {
		i3_channel_write(&cc->channels, &m->channel_id[0], channel, true);
		isdn_msg_set(m, ISDN_IE_CHANNEL_ID);
	}
	return err;
}

/* Q.932 6.2: the user proposes a channel; without one the network may still have it. */
static IB_RARE int channel_of_retrieve(struct i3_cc *cc, const struct i3_call *c,
				       struct isdn_msg *m)
{
	bool exclusive = cc->network;
	int err = 0;

	if (isdn_msg_has(m, ISDN_IE_CHANNEL_ID)) {
		exclusive = m->channel_id[0].exclusive;
		err = claim(cc, c, m);
	} else {
		cc->claim = (uint16_t)i3_channel_pick(&cc->channels, !cc->network);
	}
	if (cc->claim) {
		i3_channel_write(&cc->channels, &m->channel_id[0], cc->claim, exclusive);
		isdn_msg_set(m, ISDN_IE_CHANNEL_ID);
	}
	return err;
}

static int channel_of(struct i3_cc *cc, const struct i3_call *c, enum channel_use use,
		      struct isdn_msg *m)
{
	switch (use) {
	case FIRST_RESPONSE:
		return channel_of_response(cc, c, m);
	case WISH:
		return channel_of_retrieve(cc, c, m);
	case GRANT:
		i3_channel_write(&cc->channels, &m->channel_id[0], c->channel, true);
		isdn_msg_set(m, ISDN_IE_CHANNEL_ID);
		break;
	case NO_CHANNEL:
		break;
	}
	return 0;
}

/* A request that refuses, or clears, has a cause. */
static void cause_of(const struct i3_call *c, enum i3_req req, struct isdn_msg *m)
{
	uint8_t cause = req == I3_DISCONNECT_REQ ? default_cause(c) : ISDN_CAUSE_FACILITY_REJECTED;
	bool needed = req == I3_DISCONNECT_REQ || req == I3_HOLD_REJECT_REQ ||
		      req == I3_RETRIEVE_REJECT_REQ || req == I3_SUSPEND_REJECT_REQ ||
		      req == I3_RESUME_REJECT_REQ;

	if (needed && !isdn_msg_has(m, ISDN_IE_CAUSE))
		i3_msg_cause(m, cause, c->cc->config.location, NULL, 0);
}

/* The request's message, encoded before anything changes. */
static int prepare(struct i3_cc *cc, struct i3_call *c, enum i3_req req, struct isdn_msg *m)
{
	int err;

	cc->claim = 0;
	if (!requests[req].type)
		return 0;
	if (req == I3_MORE_INFO_REQ && !cc->variant->overlap)
		return ISDN_ERR_OPERATIONUNAVAIL; /* the far end would clear */
	head(c, m, requests[req].type);
	err = channel_of(cc, c, requests[req].channel, m);
	cause_of(c, req, m);
	if (!err && c->uus)
		err = i3_uus_fill(c, m);
	return err ? err : encode(c, m);
}

int i3_cc_request(struct i3_cc *cc, isdn_call_id call, enum i3_req req, const struct isdn_msg *msg,
		  isdn_time now)
{
	struct i3_call *c = live(cc, call);
	enum i3_input input = requests[req].input;
	struct isdn_msg m;
	int err;

	if (!c)
		return ISDN_ERR_INVALCALLHANDLE;
	cc->now = now;
	if (c->tei == I3_BROADCAST ||
	    (req != I3_USER_INFO_REQ && !i3_find_row(c, input) && !i3_hold_has(c, input)))
		return ISDN_ERR_INVALCALLSTATE; /* offered to all: nobody is there to hear it */
	if (i3_reserve(cc))
		return ISDN_ERR_NOMEM;
	err = req == I3_USER_INFO_REQ ? i3_uui_may_send(c) : 0;
	if (err)
		return err;
	take(cc, &m, msg);
	err = prepare(cc, c, req, &m);
	if (err)
		return err;
	if (cc->claim)
		i3_set_channel(c, cc->claim);
	cc->req_msg = &m;
	(void)i3_input(c, input);
	cc->req_msg = NULL;
	if (requests[req].type && isdn_msg_has(&m, ISDN_IE_FACILITY) && c->state != ST_NULL)
		i3_uus_sent(c, &m);
	return 0;
}

static int clear_check(const struct i3_cc *cc, uint8_t cause, const struct isdn_uui *uui)
{
	if (cause > 127)
		return ISDN_ERR_INVAL;
	if (uui &&
	    (uui->len > ISDN_UUI_MAX || (cc->config.uui_max && uui->len > cc->config.uui_max)))
		return too_big(cc, uui->len);
	return 0;
}

static const struct isdn_uui *clearing_uui(const struct i3_call *c, const struct isdn_uui *uui)
{
	return c->cc->config.uui_max && i3_uui_allowed(c, ISDN_MT_DISCONNECT) ? uui : NULL;
}

int i3_cc_clear(struct i3_cc *cc, isdn_call_id call, uint8_t cause, const struct isdn_uui *uui,
		bool *uui_sent, isdn_time now)
{
	struct i3_call *c = live(cc, call);
	int err;

	if (!c)
		return ISDN_ERR_INVALCALLHANDLE;
	err = clear_check(cc, cause, uui);
	if (!err && i3_reserve(cc))
		err = ISDN_ERR_NOMEM;
	if (err)
		return err;
	cc->now = now;
	cc->req_cause = cause ? cause : default_cause(c);
	cc->req_uui = clearing_uui(c, uui);
	cc->uui_sent = false;
	(void)i3_run(c, IN_CLEAR_REQ);
	cc->req_uui = NULL;
	if (uui_sent)
		*uui_sent = cc->uui_sent;
	return 0;
}

int i3_cc_clear_preview(const struct i3_cc *cc, isdn_call_id call, uint8_t cause,
			const struct isdn_uui *uui, uint8_t *octets, size_t cap, size_t *len)
{
	const struct i3_call *c = live(cc, call);
	uint8_t all[ISDN_MSG_MAX];
	struct isdn_msg m;
	size_t n = 0;
	int err;

	*len = 0;
	if (!c)
		return ISDN_ERR_INVALCALLHANDLE;
	err = clear_check(cc, cause, uui);
	if (err ||
	    !i3_compose_clearing(c, cause ? cause : default_cause(c), clearing_uui(c, uui), &m) ||
	    i3_encode_to(cc, &m, all, &n))
		return err; /* what can not be encoded is not sent */
	if (n > cap)
		return ISDN_ERR_NOSPC;
	memcpy(octets, all, n);
	*len = n;
	return 0;
}
