/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * libFuzzer: the first octets configure a span, both layers of it; the rest is
 * what happens to it: frames of the far end, raw or with a layer 2 that fits, so
 * that layer 3 is reached, requests on any call, time, layer 1, memory that
 * fails. Now and then the far end's layer 2 does what it is asked. A call has
 * exactly one last event and each channel at most one call. After the last step
 * every call is cleared, and nothing of it is left when its timers have run.
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz/script.h"
#include "lib/span_internal.h"

/* The two layers do not know each other, and each has its own of these. */
#define IN_COUNT I2_IN_COUNT
#include "q921/internal.h"
#undef IN_COUNT
#undef SAME
#undef S
#undef TASK
#undef WHEN
#include "q931/cc_internal.h"
#include "q931/codec.h"

#define CALLS_MAX   512
#define REPLIES_MAX 16

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct fuzz {
	struct isdn_env env;
	struct isdn_span *span;
	isdn_time now;
	bool active, busy;
	bool second;   /* the step is of the second D-channel */
	bool obliging; /* the far end's layer 2 answers */
	struct memory memory;
	isdn_call_id call[CALLS_MAX];
	bool over[CALLS_MAX];
	unsigned n_calls;
	uint8_t reply[REPLIES_MAX][8];
	size_t reply_len[REPLIES_MAX];
	unsigned n_replies;
};

/* ---- what has to hold ---- */

static int known(const struct fuzz *f, isdn_call_id id)
{
	for (unsigned i = 0; i < f->n_calls; i++)
		if (f->call[i] == id)
			return (int)i;
	return -1;
}

static void begins(struct fuzz *f, isdn_call_id id)
{
	check(id && known(f, id) < 0 && f->n_calls < CALLS_MAX);
	f->over[f->n_calls] = false;
	f->call[f->n_calls++] = id;
}

static void event(struct fuzz *f, const struct isdn_span_event *ev)
{
	static struct isdn_msg message;
	int i;

	isdn_msg_copy(&message, ev->msg);
	if (!ev->call)
		return;
	if (ev->prim == ISDN_SETUP_IND || ev->prim == ISDN_REGISTER_IND)
		begins(f, ev->call);
	i = known(f, ev->call);
	check(i >= 0 && !f->over[i]);
	f->over[i] = ev->prim == ISDN_RELEASE_IND || ev->prim == ISDN_RELEASE_CONF ||
		     ev->prim == ISDN_SUSPEND_CONF;
}

static void look(const struct fuzz *f)
{
	const struct i3_cc *cc = f->span->l3;
	const struct i3_channels *ch = &cc->channels;
	const struct i3_call *c;
	unsigned n = 0;
	uint32_t at = 0;

	while ((c = i3_call_next(cc, &at)) != NULL) {
		n++;
		check(!c->channel || ch->owner[c->channel] == c);
	}
	check(n == cc->n_calls);
	for (unsigned i = 0; i < ch->n * ISDN_INTERFACE_CHANNELS; i++)
		check(!ch->owner[i] || (ch->owner[i]->channel == i && i3_channel_exists(ch, i) &&
					!i3_channel_restarts(ch, i)));
}

/* ---- frames to the span ---- */

static const struct i2 *layer2(const struct fuzz *f)
{
	return f->span->d[f->second];
}

/* In memory of exactly its size. */
static void rx(struct fuzz *f, const uint8_t *octets, size_t n)
{
	uint8_t *exact = malloc(n ? n : 1);
	int err;

	check(exact != NULL);
	if (n)
		memcpy(exact, octets, n);
	err = (f->second ? isdn_span_backup_rx : isdn_span_rx)(f->span, exact, n, f->now);
	check(err == 0 || err == ISDN_ERR_NOMEM);
	free(exact);
}

static const struct i2_link *link_at(const struct fuzz *f, unsigned which)
{
	const struct i2_link *l = layer2(f)->links;

	for (unsigned i = which % 4; i && l && l->after; i--)
		l = l->after;
	return l;
}

/* The address of a frame from the far end. */
static uint8_t address(const struct fuzz *f, unsigned sapi, bool command)
{
	bool net = f->span->config.side == ISDN_NETWORK;

	return (uint8_t)(sapi << 2 | ((net ? !command : command) ? 2 : 0));
}

static void reply(struct fuzz *f, const uint8_t *octets, size_t n)
{
	if (f->n_replies == REPLIES_MAX)
		return;
	memcpy(f->reply[f->n_replies], octets, n);
	f->reply_len[f->n_replies++] = n;
}

static void oblige(struct fuzz *f, const uint8_t *o, size_t len)
{
	unsigned control = o[2] & ~U_PF;
	uint8_t ua[3] = { address(f, 0, false), o[1], U_UA | (o[2] & U_PF) };
	uint8_t rr[4] = { address(f, 0, false), o[1], S_RR, 0 };
	uint8_t tei[8] = { 0xfe, 0xff, U_UI, 0x0f, 0, 0, ID_ASSIGNED, 64 << 1 | 1 };

	if (control == U_SABME || control == U_DISC) {
		reply(f, ua, sizeof(ua));
	} else if (!(o[2] & 1) && len >= 4) {
		rr[3] = (uint8_t)(o[2] + 2);
		reply(f, rr, sizeof(rr));
	} else if (len == 8 && o[0] >> 2 == I2_SAPI_MGMT && o[6] == ID_REQUEST) {
		tei[4] = o[4];
		tei[5] = o[5];
		reply(f, tei, sizeof(tei));
	}
}

/* A message that the span sends is one. */
static void sent(struct fuzz *f, const uint8_t *o, size_t len)
{
	const struct isdn_span_config *c = &f->span->config;
	bool numbered = !(o[2] & 1);
	size_t head = numbered ? 4 : 3;
	struct isdn_faults faults;
	struct isdn_msg m;

	check(len >= 3 && len <= c->n201 + 4u);
	if (f->obliging)
		oblige(f, o, len);
	if (o[0] >> 2 || (!numbered && (o[2] & ~U_PF) != U_UI))
		return;
	check(!isdn_msg_decode(
		c->variant, c->side == ISDN_NETWORK ? ISDN_NETWORK_TO_USER : ISDN_USER_TO_NETWORK,
		o + head, len - head, &m, &faults));
	check(!faults.n);
}

static void drain(struct fuzz *f)
{
	size_t cap = f->span->config.n201 + 4u, len;
	uint8_t *frame = malloc(cap);
	struct isdn_span_event ev;
	unsigned n = 0;

	check(frame != NULL);
	while ((f->second ? isdn_span_backup_tx : isdn_span_tx)(f->span, frame, cap, &len,
								f->now) == 1) {
		check(++n < 4096);
		sent(f, frame, len);
	}
	free(frame);
	while (isdn_span_next_event(f->span, &ev) == 1)
		event(f, &ev);
}

/* What there is to send and to tell on a D-channel, and what the far end says to that. */
static void settle_one(struct fuzz *f)
{
	for (unsigned i = 0; i < 64; i++) {
		drain(f);
		if (!f->n_replies)
			break;
		f->n_replies--;
		rx(f, f->reply[f->n_replies], f->reply_len[f->n_replies]);
	}
	f->n_replies = 0;
	drain(f);
	look(f);
}

static void settle(struct fuzz *f)
{
	for (unsigned i = 0; i < (f->span->d[1] ? 2u : 1u); i++) {
		settle_one(f);
		f->second = f->span->d[1] && !f->second;
	}
}

/* ---- messages of the far end ---- */

static const uint8_t types[] = {
	ISDN_MT_ALERTING,
	ISDN_MT_CALL_PROCEEDING,
	ISDN_MT_PROGRESS,
	ISDN_MT_SETUP,
	ISDN_MT_CONNECT,
	ISDN_MT_SETUP_ACKNOWLEDGE,
	ISDN_MT_CONNECT_ACKNOWLEDGE,
	ISDN_MT_USER_INFORMATION,
	ISDN_MT_SUSPEND_REJECT,
	ISDN_MT_RESUME_REJECT,
	ISDN_MT_HOLD,
	ISDN_MT_SUSPEND,
	ISDN_MT_RESUME,
	ISDN_MT_HOLD_ACKNOWLEDGE,
	ISDN_MT_SUSPEND_ACKNOWLEDGE,
	ISDN_MT_RESUME_ACKNOWLEDGE,
	ISDN_MT_HOLD_REJECT,
	ISDN_MT_RETRIEVE,
	ISDN_MT_RETRIEVE_ACKNOWLEDGE,
	ISDN_MT_RETRIEVE_REJECT,
	ISDN_MT_DISCONNECT,
	ISDN_MT_RESTART,
	ISDN_MT_RELEASE,
	ISDN_MT_RESTART_ACKNOWLEDGE,
	ISDN_MT_RELEASE_COMPLETE,
	ISDN_MT_SEGMENT,
	ISDN_MT_FACILITY,
	ISDN_MT_REGISTER,
	ISDN_MT_NOTIFY,
	ISDN_MT_STATUS_ENQUIRY,
	ISDN_MT_CONGESTION_CONTROL,
	ISDN_MT_INFORMATION,
	ISDN_MT_STATUS,
};

/* Elements that are likely to be wanted, in their order; more comes from the script. */
static size_t elements(const struct fuzz *f, struct input *in, uint8_t *o)
{
	unsigned which = octet(in), also = octet(in), value = octet(in);
	bool bri = f->span->config.interface == ISDN_BRI;
	uint8_t state = value & 0x3f, channel = value & 0x1f;
	const uint8_t pri[] = { 5, 0x18, 3, value & 0x20 ? 0xa9 : 0xa1, 0x83, 0x80 | channel };
	const uint8_t basic[] = { 3, 0x18, 1, 0x80 | (value & 0x0b) };
	const uint8_t call_state[] = { 3, 0x14, 1, state };
	const uint8_t restart[] = { 3, 0x79, 1, 0x80 | (value & 7) };
	const uint8_t cause[] = { 4, 0x08, 2, 0x80, 0x80 | (value & 0x7f) };
	const uint8_t *const row[] = {
		(const uint8_t *)"\x01\xa1",
		(const uint8_t *)"\x05\x04\x03\x80\x90\xa3",
		cause,
		(const uint8_t *)"\x02\x10\x00",
		call_state,
		bri ? basic : pri,
		(const uint8_t *)"\x04\x1e\x02\x80\x88",
		(const uint8_t *)"\x03\x27\x01\x80",
		(const uint8_t *)"\x03\x2c\x01\x35",
		(const uint8_t *)"\x05\x70\x03\x80\x31\x32",
		restart,
		(const uint8_t *)"\x05\x7e\x03\x04\x61\x62",
	};
	unsigned mask = which | (also & 0x0f) << 8;
	size_t len = 0, n;
	const uint8_t *more;

	for (unsigned i = 0; i < sizeof(row) / sizeof(row[0]); i++)
		if ((mask >> i) & 1) {
			memcpy(o + len, row[i] + 1, row[i][0]);
			len += row[i][0];
		}
	n = also >> 4;
	more = some(in, &n);
	if (n)
		memcpy(o + len, more, n);
	return len + n;
}

/* For a call that there is, a new one, none, the global one or the dummy. */
static size_t message(struct fuzz *f, struct input *in, uint8_t *o, uint8_t *tei)
{
	const struct i3_cc *cc = f->span->l3;
	uint32_t at = 0;
	const struct i3_call *c = i3_call_next(cc, &at), *other;
	unsigned which = octet(in), type = octet(in), cr = which & 0x3f;
	bool flag = which & 0x40;
	size_t len = 0;

	for (unsigned i = which & 7; i && (other = i3_call_next(cc, &at)) != NULL; i--)
		c = other;
	if ((which & 0x80) && c) {
		cr = c->cr;
		flag = c->originated;
		if (c->tei < 127)
			*tei = c->tei;
	}
	o[len++] = which == 0x3e ? cc->variant->maintenance : ISDN_PD_Q931;
	if (which == 0x3e)
		cr = 0;
	if (which == 0x3f) {
		o[len++] = 0;
	} else {
		o[len++] = cc->cr_len;
		if (cc->cr_len == 2)
			o[len++] = (uint8_t)(cr >> 8);
		o[len++] = (uint8_t)cr;
		o[2] |= flag ? 0x80 : 0;
	}
	o[len++] = type & 0x80 ? type & 0x7f : types[type % sizeof(types)];
	return len + elements(f, in, o + len);
}

/* A message in a frame that layer 2 takes: the next I frame of a link, or a broadcast. */
static void talk(struct fuzz *f, struct input *in)
{
	unsigned how = octet(in);
	const struct i2_link *l = link_at(f, how);
	uint8_t o[300] = { 0 }, tei = 127;
	size_t len;

	len = message(f, in, o + 4, &tei);
	if (how & 0x10) {
		uint8_t ui[300] = { address(f, 0, true), 0xff, U_UI };

		memcpy(ui + 3, o + 4, len);
		rx(f, ui, len + 3);
		return;
	}
	for (const struct i2_link *at = layer2(f)->links; at && !(how & 0x20); at = at->after)
		if (at->tei->tei == tei && f->span->l3->config.terminals)
			l = at;
	if (!l)
		return;
	o[0] = address(f, l->sapi, true);
	o[1] = (uint8_t)(l->tei->tei << 1 | 1);
	o[2] = (uint8_t)(l->vr << 1);
	o[3] = (uint8_t)((how & 0x40 ? l->va : l->vs) << 1);
	rx(f, o, len + 4);
}

/* ---- frames of layer 2 alone ---- */

static void raw(struct fuzz *f, struct input *in)
{
	size_t n = octet(in);
	const uint8_t *body = some(in, &n);

	rx(f, body, n);
}

static void control(struct fuzz *f, struct input *in)
{
	static const uint8_t controls[] = {
		U_SABME, U_DISC, U_UA, U_DM, U_FRMR, S_RR, S_RNR, S_REJ
	};
	unsigned what = octet(in), more = octet(in);
	const struct i2_link *l = link_at(f, more);
	uint8_t o[4] = { address(f, 0, what & 0x40) };
	size_t n = 3;

	if (!l)
		return;
	o[1] = (uint8_t)(l->tei->tei << 1 | 1);
	o[2] = controls[what % 8];
	if (o[2] & 2) {
		o[2] |= what & 0x80 ? U_PF : 0;
	} else {
		o[3] = (uint8_t)((l->va + (more >> 2 & 7)) << 1 | what >> 7);
		n = 4;
	}
	rx(f, o, n);
}

/* A terminal with a TEI of its own choice comes. */
static void appear(struct fuzz *f, struct input *in)
{
	unsigned tei = octet(in);
	uint8_t o[3] = { address(f, 0, true), (uint8_t)((tei & 3) << 1 | 1), U_SABME | U_PF };

	if (f->span->config.side == ISDN_NETWORK && f->span->config.ptmp)
		rx(f, o, sizeof(o));
	else
		f->obliging = tei & 1;
}

static void identity(struct fuzz *f, struct input *in)
{
	unsigned type = octet(in), ai = octet(in), ri = octet(in);
	bool net = f->span->config.side == ISDN_NETWORK;
	uint8_t o[8] = { net ? 0xfc : 0xfe, 0xff, U_UI,	       0x0f,
			 (uint8_t)ri,	    0x55, type & 0x0f, (uint8_t)ai };

	rx(f, o, sizeof(o));
}

/* ---- requests ---- */

static int status_enquiry(struct isdn_span *span, isdn_call_id call, const struct isdn_msg *msg,
			  isdn_time now)
{
	(void)msg;
	return isdn_span_status_enquiry(span, call, now);
}

static int hold_reject(struct isdn_span *span, isdn_call_id call, const struct isdn_msg *msg,
		       isdn_time now)
{
	return isdn_span_hold_reject(span, call, msg->cause[0].value, now);
}

static int retrieve_reject(struct isdn_span *span, isdn_call_id call, const struct isdn_msg *msg,
			   isdn_time now)
{
	return isdn_span_retrieve_reject(span, call, msg->cause[0].value, now);
}

static int suspend_reject(struct isdn_span *span, isdn_call_id call, const struct isdn_msg *msg,
			  isdn_time now)
{
	return isdn_span_suspend_reject(span, call, msg->cause[0].value, now);
}

static int resume_reject(struct isdn_span *span, isdn_call_id call, const struct isdn_msg *msg,
			 isdn_time now)
{
	return isdn_span_resume_reject(span, call, msg->cause[0].value, now);
}

static int facility_alone(struct isdn_span *span, isdn_call_id call, const struct isdn_msg *msg,
			  isdn_time now)
{
	(void)call;
	return isdn_span_facility(span, 0, msg, now);
}

static enum isdn_uus_service service_of(const struct isdn_msg *msg)
{
	return (enum isdn_uus_service)(msg->cause[0].value & 3);
}

static int uus_request(struct isdn_span *span, isdn_call_id call, const struct isdn_msg *msg,
		       isdn_time now)
{
	return isdn_span_uus_request(span, call, service_of(msg), now);
}

static int uus_answer(struct isdn_span *span, isdn_call_id call, const struct isdn_msg *msg,
		      isdn_time now)
{
	return isdn_span_uus_answer(span, call, service_of(msg),
				    (msg->cause[0].value >> 2 & 15) - 4, now);
}

static int uui_busy(struct isdn_span *span, isdn_call_id call, const struct isdn_msg *msg,
		    isdn_time now)
{
	return isdn_span_uui_busy(span, call, msg->cause[0].value & 1, now);
}

static int uui_refuse(struct isdn_span *span, isdn_call_id call, const struct isdn_msg *msg,
		      isdn_time now)
{
	(void)msg;
	return isdn_span_uui_refuse(span, call, now);
}

/* Of a call. New ones at the end: a script names them by number. */
static int (*const requests[])(struct isdn_span *span, isdn_call_id call,
			       const struct isdn_msg *msg, isdn_time now) = {
	isdn_span_more_info,
	isdn_span_info,
	isdn_span_notify,
	isdn_span_proceeding,
	isdn_span_alerting,
	isdn_span_progress,
	isdn_span_connect,
	isdn_span_user_info,
	status_enquiry,
	isdn_span_disconnect,
	isdn_span_setup_complete,
	isdn_span_hold,
	isdn_span_hold_ack,
	hold_reject,
	isdn_span_retrieve,
	isdn_span_retrieve_ack,
	retrieve_reject,
	isdn_span_suspend,
	isdn_span_suspend_ack,
	suspend_reject,
	isdn_span_resume_ack,
	resume_reject,
	isdn_span_facility,
	facility_alone,
	uus_request,
	uus_answer,
	uui_busy,
	uui_refuse,
};

/* Those that make a call. */
static int (*const makers[])(struct isdn_span *span, const struct isdn_msg *msg, isdn_call_id *call,
			     isdn_time now) = {
	isdn_span_setup,
	isdn_span_resume,
	isdn_span_register,
};

/* Elements of a request: a bit each, the values from two octets. */
static void compose(struct fuzz *f, struct input *in, struct isdn_msg *m)
{
	unsigned which = octet(in), also = octet(in), value = octet(in);
	unsigned mask = which | also << 8;

	memset(m, 0, sizeof(*m));
	m->bearer[0] = (struct isdn_bearer){ .rate = 0x10, .layer1 = 3 };
	m->called = (struct isdn_number){ .plan = 1, .n_digits = 2, .digits = "12" };
	m->keypad = (struct isdn_keypad){ .len = 1, .keys = "5" };
	m->progress[0].description = (uint8_t)(value & 0x7f);
	m->notification[0].description = (uint8_t)(value & 0x7f);
	m->cause[0].value = (uint8_t)(value & 0x7f);
	m->uui.discriminator = 4;
	m->uui.len = (uint8_t)(value & 0x80 ? 131 - (value & 3) : value & 15);
	i3_channel_write(&f->span->l3->channels, &m->channel_id[0], value & 31, value & 32);
	if (value & 64)
		m->channel_id[0].select = ISDN_CHANNEL_ANY;
	m->call_identity.len = value & 1;
	m->facility[0].profile = 0x11;
	for (unsigned i = 0; i < 12; i++) {
		static const enum isdn_ie ies[] = {
			ISDN_IE_SENDING_COMPLETE, ISDN_IE_BEARER,	 ISDN_IE_CAUSE,
			ISDN_IE_CHANNEL_ID,	  ISDN_IE_PROGRESS,	 ISDN_IE_NOTIFICATION,
			ISDN_IE_KEYPAD,		  ISDN_IE_CALLED,	 ISDN_IE_USER_USER,
			ISDN_IE_RESTART,	  ISDN_IE_CALL_IDENTITY, ISDN_IE_FACILITY,
		};

		if ((mask >> i) & 1)
			isdn_msg_set(m, ies[i]);
	}
	for (int s = ISDN_UUS_1; s < ISDN_UUS_COUNT; s++)
		if ((mask >> (11 + s)) & 1)
			(void)isdn_uus_request(m, (enum isdn_uus_service)s, mask & 0x8000);
}

static isdn_call_id call_at(const struct fuzz *f, unsigned which)
{
	return f->n_calls ? f->call[f->n_calls - 1 - which % f->n_calls] : 0;
}

static void request(struct fuzz *f, struct input *in)
{
	unsigned what = octet(in), which = octet(in);
	isdn_call_id id = call_at(f, which);
	struct isdn_msg m;

	compose(f, in, &m);
	if (what & 0x40) {
		int err = makers[(what & 0x3f) % (sizeof(makers) / sizeof(makers[0]))](f->span, &m,
										       &id, f->now);

		documented(err);
		if (!err)
			begins(f, id);
	} else {
		documented(requests[(what & 0x3f) % (sizeof(requests) / sizeof(requests[0]))](
			f->span, id, &m, f->now));
	}
}

static void order(struct fuzz *f, struct input *in)
{
	unsigned what = octet(in), which = octet(in);
	struct isdn_uui uui = { .discriminator = 4, .len = which & 15 };
	isdn_call_id id = call_at(f, which);
	struct isdn_span_call query;
	bool uui_sent;

	switch (what & 3) {
	case 0:
		if (what & 4)
			documented(isdn_span_service(f->span, which,
						     (enum isdn_service)(what >> 3 & 3), f->now));
		else
			documented(isdn_span_restart(
				f->span, which == 255 ? ISDN_ALL_INTERFACES : which, f->now));
		break;
	case 1:
		(void)isdn_span_tei_check(f->span, which, f->now);
		break;
	case 2:
		(void)isdn_span_tei_remove(f->span, which, f->now);
		break;
	default:
		documented(isdn_span_clear(f->span, id, (uint8_t)(what >> 2),
					   which & 0x80 ? &uui : NULL, &uui_sent, f->now));
		(void)isdn_span_call_query(f->span, id, &query);
		(void)isdn_span_call_set_user(f->span, id, f);
		break;
	}
}

/* ---- steps ---- */

static void pass(struct fuzz *f, isdn_time ms)
{
	f->now += ms;
	isdn_span_handle_timeout(f->span, f->now);
}

static void pass_to_timeout(struct fuzz *f)
{
	isdn_time next = isdn_span_next_timeout(f->span);

	if (next != ISDN_NEVER)
		pass(f, next > f->now ? next - f->now : 0);
}

static void line(struct fuzz *f, struct input *in)
{
	if (octet(in) & 1) {
		f->active = !f->active;
		(f->second ? isdn_span_backup_physical : isdn_span_physical)(f->span, f->active,
									     f->now);
	} else {
		f->busy = !f->busy;
		isdn_span_receiver_busy(f->span, f->busy, f->now);
	}
}

static void step(struct fuzz *f, struct input *in)
{
	unsigned what = octet(in);

	f->second = (what & 0x40) && f->span->d[1];
	switch (what % 13) {
	case 0:
		raw(f, in);
		break;
	case 1:
	case 2:
	case 3:
		talk(f, in);
		break;
	case 4:
		control(f, in);
		break;
	case 5:
		appear(f, in);
		break;
	case 6:
		identity(f, in);
		break;
	case 7:
	case 8:
		request(f, in);
		break;
	case 9:
		order(f, in);
		break;
	case 10:
		if (what & 0x80)
			pass(f, octet(in) * 20u);
		else
			pass_to_timeout(f);
		break;
	case 11:
		line(f, in);
		break;
	case 12:
		(void)memory_fails(&f->memory, in);
		break;
	}
	settle(f);
}

/* ---- the end ---- */

static void no_references(const struct i3_callrefs *r)
{
	for (unsigned cr = 1; cr <= r->max; cr++) {
		if (!r->page[cr / I3_CR_PAGE])
			cr |= I3_CR_PAGE - 1;
		else
			check(!i3_callref_find(r, (uint16_t)cr));
	}
}

static unsigned bits(const uint32_t wanted[ISDN_INTERFACES_MAX])
{
	unsigned n = 0;

	for (unsigned i = 0; i < ISDN_INTERFACES_MAX; i++)
		for (uint32_t left = wanted[i]; left; left &= left - 1)
			n++;
	return n;
}

/* How long it can take until nothing is left, all calls having been cleared. */
static isdn_time bound(const struct i3_cc *cc)
{
	const uint32_t *timer = cc->config.timer;
	isdn_time restarts = cc->restart.outstanding + cc->restart.all + bits(cc->restart.wanted);
	isdn_time services = cc->service.outstanding + bits(cc->service.wanted);

	restarts += cc->config.restart_lost ? cc->n_calls : 0;
	return timer[ISDN_T305] + 2 * timer[ISDN_T308] + timer[ISDN_T312] + 1000 +
	       restarts * 2 * timer[ISDN_T316] + services * 2 * timer[ISDN_T_SERVICE];
}

/* Nobody says anything more. */
static void rest(struct fuzz *f)
{
	const struct i3_cc *cc = f->span->l3;
	isdn_time end;

	f->memory.fail = 0;
	f->obliging = false;
	pass(f, 0); /* what waited for memory */
	settle(f);
	for (unsigned i = 0; i < f->n_calls; i++)
		if (!f->over[i])
			check(!isdn_span_clear(f->span, f->call[i], 0, NULL, NULL, f->now));
	end = f->now + bound(cc);
	settle(f);
	for (unsigned i = 0; isdn_span_next_timeout(f->span) <= end; i++) {
		check(i < 20000);
		pass_to_timeout(f);
		settle(f);
	}
	for (unsigned i = 0; i < f->n_calls; i++)
		check(f->over[i]);
	check(!isdn_span_calls(f->span) && !cc->n_calls && !cc->calls.used);
	check(!cc->timers.n && !cc->restart.outstanding && !cc->service.outstanding);
	check(i3_channels_idle(&cc->channels));
	no_references(&cc->ours);
	no_references(&cc->theirs);
	check(cc->pool.in_use == cc->out.n);
}

static bool configure(struct isdn_span_config *c, struct input *in)
{
	unsigned what = octet(in), also = octet(in), more = octet(in);

	isdn_span_config_init(c, what & 1 ? ISDN_NETWORK : ISDN_USER,
			      (enum isdn_interface)((what >> 1 & 3) % 3));
	if ((what & 8) && c->interface == ISDN_BRI)
		isdn_span_config_ptmp(c);
	if (what & 16)
		c->layer2 = (enum isdn_layer2)((what >> 5) % 3);
	isdn_span_config_variant(c, (enum isdn_variant)((also & 7) % 7));
	c->uui_max = also & 8 ? 128 : also & 16 ? 32 : 0;
	c->n201 = also & 32 ? 260 : c->uui_max + ISDN_UUI_ROOM;
	c->busy_first = also & 64;
	if (also & 128)
		c->tei = 5;
	c->k = more & 1 ? 7 : 1;
	c->t203 = more & 2 ? 0 : 10000;
	for (unsigned i = 0; i < ISDN_TIMER_COUNT; i++)
		c->timer[i] /= 10;
	c->timer[ISDN_T316] = 2000;
	if (more & 4)
		c->timer[ISDN_T309] = 0;
	if (more & 8)
		c->timer[ISDN_T301] = 5000;
	c->connect_by_request = more & 16;
	c->restart_lost = more & 32;
	c->n_interfaces = c->interface == ISDN_BRI ? 0 : more >> 6;
	for (unsigned i = 0; i < c->n_interfaces; i++)
		c->interface_id[i] = (uint8_t)i;
	c->backup = c->n_interfaces > 1 && (also & 64);
	c->uus.negotiated &= (more & 1) != 0;
	c->uus.strict = (more & 3) == 3;
	c->uus.burst_x = c->uus.burst_y = 2;
	return ir_span_config_good(c);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	struct isdn_span_config c;
	struct fuzz f = { .now = 1, .active = true };

	f.env.mem = memory_hooks(&f.memory);
	if (!configure(&c, &in))
		return 0;
	check(!isdn_span_new(&f.span, &c, &f.env));
	f.obliging = size && data[0] & 128;
	(void)isdn_span_start(f.span, f.now);
	settle(&f);
	while (in.left && f.n_calls < CALLS_MAX - 64)
		step(&f, &in);
	rest(&f);
	isdn_span_free(f.span);
	check(!f.memory.blocks);
	return 0;
}
