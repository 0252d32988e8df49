/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * libFuzzer: an exchange of public functions, two network spans with a relay per call
 * (isdn/relay.h), whose users the input plays: messages in frames with the layer 2 that
 * fits, time, links that fail, memory that fails, answers to suspension and hold.
 * The first octets configure it. Every UUI that a user sends is one of a kind: what leaves
 * came from the other half of the same call, unchanged, in its order, and once. Nothing is
 * lost without being counted, nothing waits for nobody, and after the last step every call
 * is cleared, and nothing of it is left when its timers have run.
 */
#include <stdlib.h>
#include <string.h>

#include <isdn/relay.h>

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

#define TRUNKS_MAX  64
#define TAGS_MAX    1024
#define CRS_MAX	    8
#define REPLIES_MAX 16
#define TERMINALS   2
#define MARK	    0x55

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct half_of_call {
	unsigned line;
	isdn_call_id call; /* 0: none, or it is gone */
	uint16_t cr[CRS_MAX];
	bool ours[CRS_MAX];
	unsigned n_cr;
	bool wants_suspend, wants_resume, wants_hold, wants_retrieve;
};

/* A call through the exchange; one is never used again. */
struct trunk {
	struct isdn_relay *relay;
	struct half_of_call half[2];
	uint64_t given; /* USER INFORMATION that the relay got */
};

/* UUI of a user. */
struct tag {
	int trunk; /* -1: no event had it */
	int half;
	uint8_t len;
	bool passed; /* the relay said that the other half's message has it */
	bool left;   /* as USER INFORMATION */
	unsigned epoch;
	uint8_t ns;
};

struct fuzz {
	struct isdn_env env;
	struct isdn_span *span[2];
	isdn_time now;
	struct isdn_relay_config relay;
	unsigned route; /* 0 to the other line, 1 back to the same, 2 by turns */
	uint8_t subscribed;
	bool deaf[2], active[2], busy[2];
	bool waits;  /* the exchange answers suspension and hold when it is told to */
	bool raw;    /* what came was not of our making: UUI is not looked at */
	bool faulty; /* memory failed */
	struct memory memory;
	struct trunk trunk[TRUNKS_MAX];
	unsigned n_trunks;
	struct tag tag[TAGS_MAX];
	unsigned n_tags;
	unsigned epoch[2][128];
	int last[TRUNKS_MAX][2]; /* tag that left last as USER INFORMATION, by half that sent it */
	unsigned last_epoch[TRUNKS_MAX][2];
	uint8_t reply[2][REPLIES_MAX][8];
	size_t reply_len[2][REPLIES_MAX];
	unsigned n_replies[2];
};

/* ---- UUI ---- */

static void fill(uint8_t *data, unsigned tag, unsigned len)
{
	data[0] = MARK;
	data[1] = (uint8_t)(tag >> 8);
	data[2] = (uint8_t)tag;
	for (unsigned i = 3; i < len; i++)
		data[i] = (uint8_t)(tag + i);
}

/* -1: none of ours. */
static int tag_of(const struct fuzz *f, const struct isdn_uui *uui)
{
	uint8_t want[ISDN_UUI_MAX];
	unsigned tag;

	if (uui->len < 3 || uui->data[0] != MARK)
		return -1;
	tag = (unsigned)(uui->data[1] << 8 | uui->data[2]);
	if (tag >= f->n_tags || f->tag[tag].len != uui->len || uui->discriminator != 4)
		return -1;
	fill(want, tag, uui->len);
	return memcmp(want, uui->data, uui->len) ? -1 : (int)tag;
}

/* A half was given it by its user. */
static void came(struct fuzz *f, const struct isdn_msg *m, int trunk, int half)
{
	int tag = isdn_msg_has(m, ISDN_IE_USER_USER) ? tag_of(f, &m->uui) : -1;

	if (tag < 0)
		return;
	check(f->raw || f->tag[tag].trunk < 0 || f->tag[tag].trunk == trunk);
	f->tag[tag].trunk = trunk;
	f->tag[tag].half = half;
}

static void passed(struct fuzz *f, const struct isdn_uui *uui)
{
	int tag = uui ? tag_of(f, uui) : -1;

	if (tag >= 0)
		f->tag[tag].passed = true;
}

static bool is_of(const struct half_of_call *h, unsigned line, const struct isdn_msg *m)
{
	for (unsigned i = 0; i < h->n_cr && i < CRS_MAX; i++)
		if (h->line == line && h->cr[i] == m->cr && h->ours[i] == !m->cr_flag)
			return true;
	return h->n_cr >= CRS_MAX;
}

/* In its order, and once; a frame may be sent again, and with another number on a new link. */
static void in_order(struct fuzz *f, int tag, unsigned epoch, uint8_t ns)
{
	struct tag *t = &f->tag[tag];
	int *last = &f->last[t->trunk][t->half];

	if (t->left) {
		check(t->epoch != epoch || t->ns == ns);
		return;
	}
	t->left = true;
	t->epoch = epoch;
	t->ns = ns;
	check(*last < tag || f->last_epoch[t->trunk][t->half] != epoch);
	*last = tag;
	f->last_epoch[t->trunk][t->half] = epoch;
}

static void sent_uui(struct fuzz *f, unsigned line, const struct isdn_msg *m, unsigned epoch,
		     uint8_t ns)
{
	int tag = tag_of(f, &m->uui);
	const struct tag *t;

	if (f->raw)
		return;
	check(tag >= 0);
	t = &f->tag[tag];
	check(t->trunk >= 0 && is_of(&f->trunk[t->trunk].half[!t->half], line, m));
	if (m->type == ISDN_MT_USER_INFORMATION)
		in_order(f, tag, epoch, ns);
	else
		check(t->passed);
}

/* ---- frames ---- */

/* In memory of exactly its size. */
static void rx(struct fuzz *f, unsigned line, const uint8_t *octets, size_t n)
{
	uint8_t *exact = malloc(n ? n : 1);
	int err;

	check(exact != NULL);
	if (n)
		memcpy(exact, octets, n);
	err = isdn_span_rx(f->span[line], exact, n, f->now);
	check(err == 0 || err == ISDN_ERR_NOMEM);
	free(exact);
}

/* The address of a frame from a user. */
static uint8_t address(bool command)
{
	return command ? 0 : 2;
}

static void oblige(struct fuzz *f, unsigned line, const uint8_t *o, size_t len)
{
	unsigned control = o[2] & ~U_PF;
	uint8_t *r = f->reply[line][f->n_replies[line]];

	if (f->n_replies[line] == REPLIES_MAX || o[0] >> 2 || o[1] == 0xff)
		return;
	r[0] = address(false);
	r[1] = o[1];
	if (control == U_SABME || control == U_DISC) {
		r[2] = U_UA | (o[2] & U_PF);
		f->reply_len[line][f->n_replies[line]++] = 3;
	} else if (!(o[2] & 1) && len >= 4) {
		r[2] = S_RR;
		r[3] = (uint8_t)(o[2] + 2);
		f->reply_len[line][f->n_replies[line]++] = 4;
	}
}

/* A message that leaves is one. */
static void sent(struct fuzz *f, unsigned line, const uint8_t *o, size_t len)
{
	const struct isdn_span_config *c = &f->span[line]->config;
	bool numbered = !(o[2] & 1);
	size_t head = numbered ? 4 : 3;
	unsigned tei = o[1] >> 1;
	struct isdn_faults faults;
	struct isdn_msg m;

	check(len >= 3 && len <= c->n201 + 4u);
	if (!f->deaf[line])
		oblige(f, line, o, len);
	if (o[0] >> 2)
		return;
	if (!numbered && ((o[2] & ~U_PF) == U_SABME || (o[2] & ~U_PF) == U_UA))
		f->epoch[line][tei]++;
	if (!numbered && (o[2] & ~U_PF) != U_UI)
		return;
	check(!isdn_msg_decode(c->variant, ISDN_NETWORK_TO_USER, o + head, len - head, &m,
			       &faults));
	check(!faults.n);
	if (isdn_msg_has(&m, ISDN_IE_USER_USER))
		sent_uui(f, line, &m, line << 24 | tei << 16 | f->epoch[line][tei], o[2]);
}

static bool frames(struct fuzz *f, unsigned line)
{
	size_t cap = f->span[line]->config.n201 + 4u, len;
	uint8_t *frame = malloc(cap);
	unsigned n = 0;

	check(frame != NULL);
	while (isdn_span_tx(f->span[line], frame, cap, &len, f->now) == 1) {
		check(++n < 4096);
		sent(f, line, frame, len);
	}
	free(frame);
	return n > 0;
}

/* ---- the exchange ---- */

static uint8_t subscribed(void *arg, const struct isdn_msg *setup)
{
	struct fuzz *f = arg;

	check(setup->type == ISDN_MT_SETUP);
	return f->subscribed;
}

static struct isdn_span *span_of(const struct fuzz *f, const struct half_of_call *h)
{
	return f->span[h->line];
}

/* Its call reference, by which what leaves is known. */
static void note_cr(struct fuzz *f, struct half_of_call *h)
{
	struct isdn_span_call c;

	if (isdn_span_call_query(span_of(f, h), h->call, &c) || !c.cr)
		return;
	for (unsigned i = 0; i < h->n_cr && i < CRS_MAX; i++)
		if (h->cr[i] == c.cr && h->ours[i] == c.originated)
			return;
	if (h->n_cr < CRS_MAX) {
		h->cr[h->n_cr] = c.cr;
		h->ours[h->n_cr] = c.originated;
	}
	h->n_cr++;
}

static bool find(struct fuzz *f, unsigned line, isdn_call_id call, int *trunk, int *half)
{
	for (unsigned i = 0; call && i < f->n_trunks; i++)
		for (int k = 0; k < 2; k++)
			if (f->trunk[i].half[k].line == line && f->trunk[i].half[k].call == call) {
				*trunk = (int)i;
				*half = k;
				return true;
			}
	return false;
}

static void clear(struct fuzz *f, struct half_of_call *h, uint8_t cause, const struct isdn_uui *uui)
{
	int err;

	if (!h->call)
		return;
	err = isdn_span_clear(span_of(f, h), h->call, cause, uui, NULL, f->now);
	documented(err);
	check(f->faulty || err == 0 || err == ISDN_ERR_INVALCALLHANDLE ||
	      err == ISDN_ERR_USERUSERINFOTOOBIG);
}

static bool is_live(const struct fuzz *f, const struct half_of_call *h)
{
	struct isdn_span_call c;

	return h->call && !isdn_span_call_query(span_of(f, h), h->call, &c) && c.state &&
	       c.state <= 10;
}

static int forward_setup(struct fuzz *f, struct trunk *t, const struct isdn_span_event *ev)
{
	struct half_of_call *from = &t->half[0], *to = &t->half[1];
	struct isdn_msg setup;
	int err;

	isdn_msg_init(&setup, 0, 0, 0, false);
	setup.bearer[0] = ev->msg->bearer[0];
	isdn_msg_set(&setup, ISDN_IE_BEARER);
	isdn_msg_set(&setup, ISDN_IE_SENDING_COMPLETE);
	err = isdn_relay_setup(t->relay, ev, span_of(f, to), &setup, f->now);
	documented(err);
	if (err == ISDN_ERR_OPERATIONUNAVAIL) {
		if (!f->span[from->line]->config.uus.keep_refused)
			check(!is_live(f, from));
		clear(f, from, ISDN_CAUSE_FACILITY_NOT_IMPLEMENTED, NULL);
		return 0;
	}
	if (isdn_msg_has(&setup, ISDN_IE_USER_USER))
		passed(f, &setup.uui);
	if (!err)
		err = isdn_span_proceeding(span_of(f, from), from->call, NULL, f->now);
	documented(err);
	if (!err)
		err = isdn_span_setup(span_of(f, to), &setup, &to->call, f->now);
	documented(err);
	if (err)
		return err;
	note_cr(f, to);
	err = isdn_relay_called(t->relay, to->call, f->now);
	check(err == 0 || err == ISDN_ERR_NOMEM || err == ISDN_ERR_INVALCALLHANDLE);
	return err; /* the link may have refused it already */
}

static void arrived(struct fuzz *f, unsigned line, const struct isdn_span_event *ev)
{
	struct trunk *t = &f->trunk[f->n_trunks];
	int err;

	check(f->n_trunks < TRUNKS_MAX);
	f->last[f->n_trunks][0] = f->last[f->n_trunks][1] = -1;
	t->half[0].line = line;
	t->half[0].call = ev->call;
	t->half[1].line = f->route == 0 || (f->route == 2 && f->n_trunks % 2) ? !line : line;
	f->n_trunks++;
	note_cr(f, &t->half[0]);
	came(f, ev->msg, (int)f->n_trunks - 1, 0);
	err = isdn_relay_new(&t->relay, &f->relay, f->span[line], ev->call, &f->env);
	check(err == 0 || err == ISDN_ERR_NOMEM);
	if (!err)
		err = forward_setup(f, t, ev);
	for (int half = 0; err && half < 2; half++)
		clear(f, &t->half[half], ISDN_CAUSE_RESOURCE_UNAVAILABLE, NULL);
}

static void respond(struct fuzz *f, const struct trunk *t, enum isdn_prim prim,
		    const struct isdn_uui *uui)
{
	const struct half_of_call *to = &t->half[0];
	struct isdn_msg m;

	isdn_msg_init(&m, 0, 0, 0, false);
	if (uui) {
		m.uui = *uui;
		isdn_msg_set(&m, ISDN_IE_USER_USER);
	}
	if (!to->call)
		return;
	if (prim == ISDN_ALERTING_IND)
		documented(isdn_span_alerting(span_of(f, to), to->call, &m, f->now));
	if (prim == ISDN_SETUP_CONF)
		documented(isdn_span_connect(span_of(f, to), to->call, &m, f->now));
	if (prim != ISDN_PROGRESS_IND)
		return;
	m.progress[0] = (struct isdn_progress){ .description = 8, .location = 2 };
	isdn_msg_set(&m, ISDN_IE_PROGRESS);
	documented(isdn_span_progress(span_of(f, to), to->call, &m, f->now));
}

static void counted(const struct fuzz *f, const struct trunk *t, bool at_the_end)
{
	struct isdn_relay_counters n;

	if (!t->relay)
		return;
	isdn_relay_counters(t->relay, &n);
	check(n.waiting <= 2 * f->relay.queue);
	check(n.relayed + n.discarded + n.waiting == t->given);
	check(!at_the_end || !n.waiting);
}

static void ended(struct fuzz *f, struct trunk *t, int half, const struct isdn_span_event *ev,
		  const struct isdn_uui *uui)
{
	struct half_of_call *h = &t->half[half], *other = &t->half[!half];

	clear(f, other, ev->cause, uui);
	if (ev->prim == ISDN_DISCONNECT_IND) {
		clear(f, h, 0, NULL);
		return;
	}
	h->call = 0;
	if (other->call)
		return;
	counted(f, t, true);
	isdn_relay_free(t->relay);
	t->relay = NULL;
}

static void suspension(struct fuzz *f, struct half_of_call *h, bool yes)
{
	struct isdn_span *s = span_of(f, h);

	if (h->wants_suspend)
		documented(yes ? isdn_span_suspend_ack(s, h->call, NULL, f->now)
			       : isdn_span_suspend_reject(s, h->call, 0, f->now));
	else if (h->wants_resume && yes)
		documented(isdn_span_resume_ack(s, h->call, NULL, f->now));
	else if (h->wants_resume)
		documented(isdn_span_resume_reject(s, h->call, 0, f->now));
	h->wants_suspend = h->wants_resume = false;
	note_cr(f, h);
}

static void holding(struct fuzz *f, struct half_of_call *h, bool yes)
{
	struct isdn_span *s = span_of(f, h);

	if (h->wants_hold)
		documented(yes ? isdn_span_hold_ack(s, h->call, NULL, f->now)
			       : isdn_span_hold_reject(s, h->call, 0, f->now));
	else if (h->wants_retrieve)
		documented(yes ? isdn_span_retrieve_ack(s, h->call, NULL, f->now)
			       : isdn_span_retrieve_reject(s, h->call, 0, f->now));
	h->wants_hold = h->wants_retrieve = false;
}

static void basic_call(struct fuzz *f, struct trunk *t, int half, const struct isdn_span_event *ev,
		       const struct isdn_uui *uui)
{
	struct half_of_call *h = &t->half[half];

	switch ((int)ev->prim) {
	case ISDN_ALERTING_IND:
	case ISDN_PROGRESS_IND:
	case ISDN_SETUP_CONF:
		respond(f, t, ev->prim, uui);
		break;
	case ISDN_DISCONNECT_IND:
	case ISDN_RELEASE_IND:
	case ISDN_RELEASE_CONF:
		ended(f, t, half, ev, uui);
		break;
	case ISDN_HOLD_IND:
	case ISDN_RETRIEVE_IND:
		*(ev->prim == ISDN_HOLD_IND ? &h->wants_hold : &h->wants_retrieve) = true;
		if (!f->waits)
			holding(f, h, true);
		break;
	case ISDN_SUSPEND_IND:
	case ISDN_RESUME_IND:
		*(ev->prim == ISDN_SUSPEND_IND ? &h->wants_suspend : &h->wants_resume) = true;
		note_cr(f, h);
		if (!f->waits)
			suspension(f, h, true);
		break;
	default:
		break;
	}
}

static void event(struct fuzz *f, unsigned line, const struct isdn_span_event *ev)
{
	const struct isdn_uui *uui = NULL;
	struct trunk *t;
	int own = 0, n, half;

	if (ev->prim == ISDN_SETUP_IND) {
		arrived(f, line, ev);
		return;
	}
	if (ev->prim == ISDN_REGISTER_IND) {
		documented(isdn_span_clear(f->span[line], ev->call, 0, NULL, NULL, f->now));
		return;
	}
	if (!find(f, line, ev->call, &n, &half))
		return;
	t = &f->trunk[n];
	came(f, ev->msg, n, half);
	if (t->relay) {
		t->given += ev->prim == ISDN_USER_INFO_IND;
		own = isdn_relay_event(t->relay, f->span[line], ev, &uui, f->now);
		check(own == 0 || own == 1);
		check(!uui || (uui == &ev->msg->uui && !own));
		counted(f, t, false);
	}
	passed(f, uui);
	if (!own)
		basic_call(f, t, half, ev, uui);
}

/* ---- what has to hold when all is quiet ---- */

static const struct i3_call *record(const struct fuzz *f, const struct half_of_call *h)
{
	return h->call ? ib_handle_get(&f->span[h->line]->l3->calls, h->call) : NULL;
}

/* Who was told to wait will be told to go on. */
static void not_forgotten(const struct fuzz *f, const struct trunk *t)
{
	struct isdn_relay_counters n = { 0 };
	bool somebody = false;

	isdn_relay_counters(t->relay, &n);
	for (int k = 0; k < 2; k++) {
		const struct i3_call *c = record(f, &t->half[k]);

		if (!c)
			return;
		somebody |= c->state != N10 || (c->uus && c->uus->tx.stopped);
		if (c->state != N10 || !c->uus || f->faulty)
			continue;
		check(n.waiting || !c->uus->busy);
		check(!c->uus->rx.stopped || c->uus->busy || ib_timer_running(&c->uus->t2));
	}
	check(f->faulty || !n.waiting || somebody);
}

static void look(const struct fuzz *f)
{
	for (unsigned line = 0; line < 2; line++) {
		const struct i3_cc *cc = f->span[line]->l3;

		check(f->faulty || !cc->uus_changed);
	}
	for (unsigned i = 0; i < f->n_trunks; i++)
		if (f->trunk[i].relay) {
			counted(f, &f->trunk[i], false);
			not_forgotten(f, &f->trunk[i]);
		}
}

static bool events(struct fuzz *f, unsigned line)
{
	struct isdn_span_event ev;
	bool any = false;

	while (isdn_span_next_event(f->span[line], &ev) == 1) {
		any = true;
		event(f, line, &ev);
	}
	return any;
}

static void settle(struct fuzz *f)
{
	bool any = true;

	for (unsigned i = 0; any; i++) {
		check(i < 4096);
		any = false;
		for (unsigned line = 0; line < 2; line++) {
			any |= frames(f, line);
			any |= events(f, line);
			while (f->n_replies[line]) {
				any = true;
				f->n_replies[line]--;
				rx(f, line, f->reply[line][f->n_replies[line]],
				   f->reply_len[line][f->n_replies[line]]);
			}
		}
	}
	look(f);
}

/* ---- what users say ---- */

static const struct i2_link *link_of(const struct fuzz *f, unsigned line, unsigned tei)
{
	const struct i2_link *l = f->span[line]->l2->links;

	while (l && (l->sapi || l->tei->tei != tei))
		l = l->after;
	return l;
}

/* The next I frame of a terminal. */
static void say(struct fuzz *f, unsigned line, unsigned tei, const uint8_t *message, size_t len)
{
	const struct i2_link *l = link_of(f, line, tei);
	uint8_t o[300];

	if (!l)
		return;
	o[0] = address(true);
	o[1] = (uint8_t)(tei << 1 | 1);
	o[2] = (uint8_t)(l->vr << 1);
	o[3] = (uint8_t)(l->vs << 1);
	memcpy(o + 4, message, len);
	rx(f, line, o, len + 4);
}

static size_t put_uui(struct fuzz *f, uint8_t *o, unsigned len)
{
	if (f->n_tags == TAGS_MAX)
		return 0;
	f->tag[f->n_tags] = (struct tag){ .trunk = -1, .len = (uint8_t)len };
	o[0] = 0x7e;
	o[1] = (uint8_t)(len + 1);
	o[2] = 4;
	fill(o + 3, f->n_tags++, len);
	return len + 3;
}

/* A component: an answer to what is open, when there is something, else the script's. */
static size_t put_component(const struct i3_call *c, unsigned what, uint8_t *o)
{
	unsigned service = what & 3, id = what >> 4;
	const struct i3_uus_service *s = c && c->uus && service ? &c->uus->service[service] : NULL;
	const uint8_t invoke[] = { 0x1c,
				   17,
				   0x91,
				   0xa1,
				   14,
				   2,
				   1,
				   (uint8_t)id,
				   2,
				   1,
				   1,
				   0x30,
				   6,
				   0x81,
				   1,
				   (uint8_t)service,
				   0x82,
				   1,
				   what & 4 ? 0xff : 0 };
	uint8_t result[] = { 0x1c, 6, 0x91, 0xa2, 3, 2, 1, (uint8_t)id };
	uint8_t error[] = { 0x1c, 9, 0x91, 0xa3, 6, 2, 1, (uint8_t)id, 2, 1, 2 };

	if (!(what & 8)) {
		memcpy(o, invoke, sizeof(invoke));
		return sizeof(invoke);
	}
	if (s && s->ours)
		result[7] = error[7] = (uint8_t)s->our_id;
	if (what & 4) {
		memcpy(o, result, sizeof(result));
		return sizeof(result);
	}
	memcpy(o, error, sizeof(error));
	return sizeof(error);
}

/* Every service that the network asked for is accepted. */
static size_t accept_all(const struct i3_call *c, uint8_t *o)
{
	size_t len = 0;

	for (unsigned s = ISDN_UUS_1; c->uus && s < ISDN_UUS_COUNT; s++)
		if (c->uus->service[s].ours)
			len += put_component(c, s | 12, o + len);
	return len;
}

static const uint8_t types[] = {
	ISDN_MT_SETUP,
	ISDN_MT_SETUP,
	ISDN_MT_CALL_PROCEEDING,
	ISDN_MT_ALERTING,
	ISDN_MT_PROGRESS,
	ISDN_MT_CONNECT,
	ISDN_MT_CONNECT,
	ISDN_MT_CONNECT_ACKNOWLEDGE,
	ISDN_MT_USER_INFORMATION,
	ISDN_MT_USER_INFORMATION,
	ISDN_MT_USER_INFORMATION,
	ISDN_MT_FACILITY,
	ISDN_MT_FACILITY,
	ISDN_MT_CONGESTION_CONTROL,
	ISDN_MT_CONGESTION_CONTROL,
	ISDN_MT_STATUS,
	ISDN_MT_STATUS_ENQUIRY,
	ISDN_MT_SUSPEND,
	ISDN_MT_RESUME,
	ISDN_MT_HOLD,
	ISDN_MT_RETRIEVE,
	ISDN_MT_DISCONNECT,
	ISDN_MT_RELEASE,
	ISDN_MT_RELEASE_COMPLETE,
	ISDN_MT_NOTIFY,
	ISDN_MT_INFORMATION,
	ISDN_MT_SETUP_ACKNOWLEDGE,
	ISDN_MT_REGISTER,
};

static bool has_cause(unsigned type)
{
	return type == ISDN_MT_DISCONNECT || type == ISDN_MT_RELEASE ||
	       type == ISDN_MT_RELEASE_COMPLETE || type == ISDN_MT_STATUS ||
	       type == ISDN_MT_CONGESTION_CONTROL;
}

static bool has_uui(unsigned type)
{
	return type != ISDN_MT_FACILITY && type != ISDN_MT_CONGESTION_CONTROL &&
	       type != ISDN_MT_STATUS && type != ISDN_MT_SUSPEND && type != ISDN_MT_RESUME;
}

static size_t put_cause(unsigned value, uint8_t *o)
{
	static const uint8_t some[] = { 16, 17, 21, 43, 97, 101, 30, 98 };
	uint8_t cause = some[value & 7];
	bool names = cause == 43 || cause == 97 || cause == 101;
	const uint8_t ie[] = { 0x08, names ? 3 : 2, 0x80, 0x80 | cause,
			       cause == 43 ? 0x7e : ISDN_MT_USER_INFORMATION };

	memcpy(o, ie, names ? 5 : 4);
	return names ? 5 : 4;
}

#define WITH_UUI   1
#define WITH_MORE  2
#define WITH_LONG  4
#define WITH_FIRST 8
#define WITH_NEXT  16

/* The elements of a message, in their order; components of the script, or all that is open. */
static size_t elements(struct fuzz *f, struct input *in, unsigned line, const struct i3_call *c,
		       unsigned type, unsigned with, uint8_t *o)
{
	static const uint8_t bearer[] = { 0x04, 3, 0x90, 0x90, 0xa3 };
	static const uint8_t lengths[] = { 3, 20, 32, 33, 100, 128, 31, 4 };
	bool bri = f->span[line]->config.interface == ISDN_BRI;
	unsigned value = octet(in), state = c ? c->state : 10;
	size_t len = 0;

	if (type == ISDN_MT_CONGESTION_CONTROL)
		o[len++] = value & 0x80 ? 0xbf : 0xb0;
	if ((with & WITH_MORE) && type == ISDN_MT_USER_INFORMATION)
		o[len++] = 0xa0;
	if (type == ISDN_MT_SETUP) {
		memcpy(o + len, bearer, sizeof(bearer));
		len += sizeof(bearer);
	}
	if (has_cause(type))
		len += put_cause(value, o + len);
	if (type == ISDN_MT_SUSPEND || type == ISDN_MT_RESUME) {
		memcpy(o + len, "\x10\x01", 2);
		o[len + 2] = value & 1;
		len += 3;
	}
	if (type == ISDN_MT_STATUS) {
		memcpy(o + len, "\x14\x01", 2);
		o[len + 2] = value & 0x40 ? (value >> 3 & 7) : (uint8_t)(state & 0x3f);
		len += 3;
	}
	if (type == ISDN_MT_SETUP && bri) {
		memcpy(o + len, "\x18\x01\x83", 3);
		len += 3;
	} else if (type == ISDN_MT_SETUP) {
		memcpy(o + len, "\x18\x03\xa1\x83", 4);
		o[len + 4] = (uint8_t)(0x80 | (1 + value % 15));
		len += 5;
	}
	if (with & WITH_FIRST)
		len += put_component(c, octet(in), o + len);
	if (with & WITH_NEXT)
		len += put_component(c, octet(in), o + len);
	if ((with & 0x20) && c)
		len += accept_all(c, o + len);
	if (type == ISDN_MT_PROGRESS) {
		memcpy(o + len, "\x1e\x02\x80\x88", 4);
		len += 4;
	}
	if (type == ISDN_MT_NOTIFY) {
		memcpy(o + len, "\x27\x01\xf1", 3);
		len += 3;
	}
	if (has_uui(type) && ((with & WITH_UUI) || type == ISDN_MT_USER_INFORMATION))
		len += put_uui(f, o + len, lengths[with & WITH_LONG ? value & 7 : 0]);
	return len;
}

static const struct i3_call *nth(const struct i3_cc *cc, unsigned n)
{
	uint32_t at = 0;
	const struct i3_call *c = i3_call_next(cc, &at), *other;

	while (c && n-- && (other = i3_call_next(cc, &at)) != NULL)
		c = other;
	return c;
}

static size_t header(const struct i3_cc *cc, unsigned cr, bool flag, uint8_t type, uint8_t *o)
{
	size_t len = 0;

	o[len++] = ISDN_PD_Q931;
	o[len++] = cc->cr_len;
	if (cc->cr_len == 2)
		o[len++] = (uint8_t)(cr >> 8);
	o[len++] = (uint8_t)cr;
	o[2] |= flag ? 0x80 : 0;
	o[len++] = type;
	return len;
}

static void talk(struct fuzz *f, struct input *in)
{
	unsigned how = octet(in), type = types[octet(in) % sizeof(types)], with = octet(in);
	unsigned line = how & 1, tei = f->span[line]->config.ptmp ? 1 + (how >> 1 & 1) : 0;
	const struct i3_cc *cc = f->span[line]->l3;
	const struct i3_call *c = nth(cc, how >> 2 & 7);
	unsigned times = type == ISDN_MT_USER_INFORMATION && (with & 0x80) ? 1 + (with >> 3 & 15)
									   : 1;
	uint8_t o[300];
	size_t len;

	if (type == ISDN_MT_SETUP || type == ISDN_MT_RESUME || type == ISDN_MT_REGISTER)
		c = NULL;
	else if (!c)
		return;
	if (c && c->tei != I3_BROADCAST && c->tei < 127)
		tei = c->tei;
	while (times--) {
		if (type == ISDN_MT_USER_INFORMATION)
			with &= ~0x78u; /* how many */
		len = header(cc, c ? c->cr : 1 + (how >> 2), c ? c->originated : false,
			     (uint8_t)type, o);
		len += elements(f, in, line, c, type, with, o + len);
		say(f, line, tei, o, len);
		settle(f);
		c = nth(cc, how >> 2 & 7);
		if (times && (!c || !c->cr))
			return;
	}
}

/* Octets of the script's alone, behind the header of a call. */
static void raw(struct fuzz *f, struct input *in)
{
	unsigned how = octet(in), n = octet(in) & 63, line = how & 1;
	const struct i3_cc *cc = f->span[line]->l3;
	const struct i3_call *c = nth(cc, how >> 2 & 7);
	uint8_t o[80];
	size_t len = 0;

	f->raw = true;
	if (c && !(how & 0x80))
		len = header(cc, c->cr, c->originated, (uint8_t)octet(in), o);
	while (n-- && in->left)
		o[len++] = (uint8_t)octet(in);
	say(f, line, f->span[line]->config.ptmp ? 1 + (how >> 1 & 1) : 0, o, len);
}

/* Every call that waits for an answer gets it, and every service. */
static void connect(struct fuzz *f, struct input *in)
{
	unsigned how = octet(in);

	for (unsigned line = 0; line < 2; line++) {
		const struct i3_cc *cc = f->span[line]->l3;
		unsigned tei = f->span[line]->config.ptmp ? 1 + (how & 1) : 0;

		for (unsigned i = 0; i < 8; i++) {
			const struct i3_call *c = nth(cc, i);
			uint8_t o[300];
			size_t len;

			if (!c || !c->originated || c->silent ||
			    (c->state != N6 && c->state != N7 && c->state != N9))
				continue;
			len = header(cc, c->cr, true, how & 2 ? ISDN_MT_ALERTING : ISDN_MT_CONNECT,
				     o);
			len += accept_all(c, o + len);
			say(f, line, tei, o, len);
			settle(f);
		}
	}
}

static void link_frame(struct fuzz *f, struct input *in)
{
	unsigned what = octet(in), line = what & 1;
	unsigned tei = f->span[line]->config.ptmp ? 1 + (what >> 1 & 1) : 0;
	uint8_t o[3] = { address(true), (uint8_t)(tei << 1 | 1), U_SABME | U_PF };

	switch (what >> 2 & 7) {
	case 0:
	case 1:
		f->epoch[line][tei]++;
		rx(f, line, o, sizeof(o));
		break;
	case 2:
		o[2] = U_DISC | U_PF;
		rx(f, line, o, sizeof(o));
		break;
	case 3:
		o[0] = address(false);
		o[2] = U_DM;
		rx(f, line, o, sizeof(o));
		break;
	case 4:
		f->deaf[line] = !f->deaf[line];
		break;
	case 5:
		f->active[line] = !f->active[line];
		isdn_span_physical(f->span[line], f->active[line], f->now);
		break;
	case 6:
		f->busy[line] = !f->busy[line];
		isdn_span_receiver_busy(f->span[line], f->busy[line], f->now);
		break;
	default:
		(void)isdn_span_tei_remove(f->span[line], tei, f->now);
		break;
	}
}

/* ---- what the exchange does by itself ---- */

static void order(struct fuzz *f, struct input *in)
{
	unsigned what = octet(in), which = octet(in);
	struct half_of_call *h;
	struct trunk *t;

	if (!f->n_trunks)
		return;
	t = &f->trunk[f->n_trunks - 1 - (which >> 1) % f->n_trunks];
	h = &t->half[which & 1];
	if (!h->call)
		return;
	switch (what & 7) {
	case 0:
	case 1:
		suspension(f, h, what & 8);
		break;
	case 2:
		holding(f, h, what & 8);
		break;
	case 4:
		clear(f, h, (uint8_t)(what >> 3), NULL);
		break;
	case 5:
		f->waits = !f->waits;
		break;
	case 6:
		documented(isdn_span_status_enquiry(span_of(f, h), h->call, f->now));
		break;
	default:
		documented(isdn_span_retrieve(span_of(f, h), h->call, NULL, f->now));
		break;
	}
}

static void pass(struct fuzz *f, isdn_time ms)
{
	f->now += ms;
	for (unsigned line = 0; line < 2; line++)
		isdn_span_handle_timeout(f->span[line], f->now);
}

static isdn_time next_timeout(const struct fuzz *f)
{
	isdn_time a = isdn_span_next_timeout(f->span[0]), b = isdn_span_next_timeout(f->span[1]);

	return a < b ? a : b;
}

static void pass_to_timeout(struct fuzz *f)
{
	isdn_time next = next_timeout(f);

	if (next != ISDN_NEVER)
		pass(f, next > f->now ? next - f->now : 0);
}

static void step(struct fuzz *f, struct input *in)
{
	unsigned what = octet(in);

	switch (what & 15) {
	case 0:
	case 1:
	case 2:
	case 3:
	case 4:
	case 5:
	case 6:
		talk(f, in);
		break;
	case 7:
		if (what & 0x80)
			raw(f, in);
		else
			talk(f, in);
		break;
	case 8:
	case 9:
		connect(f, in);
		break;
	case 10:
	case 15:
		order(f, in);
		break;
	case 11:
		link_frame(f, in);
		break;
	case 12:
	case 13:
		if (what & 0x80)
			pass(f, octet(in) * (what & 0x40 ? 1000u : 20u));
		else
			pass_to_timeout(f);
		break;
	case 14:
		f->faulty |= memory_fails(&f->memory, in);
		break;
	}
	settle(f);
}

/* ---- the end ---- */

static void rest(struct fuzz *f)
{
	isdn_time end;

	f->memory.fail = 0;
	f->deaf[0] = f->deaf[1] = true;
	pass(f, 0); /* what waited for memory */
	settle(f);
	for (unsigned line = 0; line < 2; line++) {
		struct i3_cc *cc = f->span[line]->l3;
		struct i3_call *c;
		uint32_t at = 0;

		while ((c = i3_call_next(cc, &at)) != NULL)
			if (!c->silent)
				check(!isdn_span_clear(f->span[line], c->id, 0, NULL, NULL,
						       f->now));
	}
	settle(f);
	end = f->now + 200000;
	for (unsigned i = 0; next_timeout(f) <= end; i++) {
		check(i < 20000);
		pass_to_timeout(f);
		settle(f);
	}
	for (unsigned i = 0; i < f->n_trunks; i++)
		check(!f->trunk[i].half[0].call && !f->trunk[i].half[1].call && !f->trunk[i].relay);
	for (unsigned line = 0; line < 2; line++) {
		const struct i3_cc *cc = f->span[line]->l3;

		check(!isdn_span_calls(f->span[line]) && !cc->n_calls && !cc->calls.used);
		check(!cc->timers.n && cc->pool.in_use == cc->out.n);
	}
}

static void line_config(struct isdn_span_config *c, unsigned what, unsigned more)
{
	static const unsigned maxima[] = { 128, 32, 128, 0 };

	isdn_span_config_init(c, ISDN_NETWORK, what & 1 ? ISDN_BRI : ISDN_E1);
	if (what & 2 && c->interface == ISDN_BRI)
		isdn_span_config_ptmp(c);
	c->uui_max = maxima[what >> 2 & 3];
	c->t203 = 0;
	c->uus.strict = what & 16;
	c->uus.negotiated = !(what & 32);
	c->uus.keep_refused = what & 64;
	c->uus.services = what & 128 ? (uint8_t)(more & 15) : ISDN_UUS_ALL;
	c->uus.grace = more & 16 ? 0 : 16;
	c->uus.burst_x = more & 32 ? 2 : 16;
	c->uus.burst_y = more & 32 ? 1 : 8;
	c->restart_lost = false;
	c->connect_by_request = false;
	if (more & 64)
		c->timer[ISDN_T2_UUS3] = 10;
	if (more & 128)
		c->timer[ISDN_T309] = 0;
}

static void start(struct fuzz *f, unsigned line)
{
	check(!isdn_span_start(f->span[line], f->now));
	settle(f);
	for (unsigned tei = 1; f->span[line]->config.ptmp && tei <= TERMINALS; tei++) {
		uint8_t o[3] = { address(true), (uint8_t)(tei << 1 | 1), U_SABME | U_PF };

		rx(f, line, o, sizeof(o));
		settle(f);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	struct isdn_span_config c;
	struct fuzz *f = calloc(1, sizeof(*f));
	unsigned how;

	check(f != NULL);
	f->now = 1;
	f->env.mem = memory_hooks(&f->memory);
	f->active[0] = f->active[1] = true;
	isdn_relay_config_init(&f->relay);
	how = octet(&in);
	f->route = (how & 3) % 3;
	f->relay.tell_implicit = how & 4;
	f->relay.unawarded = how & 8;
	f->relay.queue = how & 16 ? 2 : 32;
	f->waits = how & 32;
	f->subscribed = how & 128 ? (uint8_t)(octet(&in) & 15) : ISDN_UUS_ALL;
	f->relay.subscribed = how & 64 ? subscribed : NULL;
	f->relay.arg = f;
	for (unsigned line = 0; line < 2; line++) {
		unsigned what = octet(&in);

		line_config(&c, what, octet(&in));
		check(!isdn_span_new(&f->span[line], &c, &f->env));
	}
	for (unsigned line = 0; line < 2; line++)
		start(f, line);
	while (in.left && f->n_trunks < TRUNKS_MAX - 8)
		step(f, &in);
	rest(f);
	isdn_span_free(f->span[0]);
	isdn_span_free(f->span[1]);
	check(!f->memory.blocks);
	free(f);
	return 0;
}
