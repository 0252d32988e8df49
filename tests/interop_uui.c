/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * User-user information and its services against libpri on one E1, in virtual time, as the network
 * and as the user. libpri carries text: what it shows ends before a NUL and is of discriminator 4
 * alone, what it sends has 35 octets at most; and it knows no service (doc/conformance.md).
 * Test code only, for libpri is under the GPL.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <libpri.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cmocka.h>

#include <isdn/isdn.h>

#include "tests/helper.h"

#define FRAMES 256
#define CALLS  30
#define SENT   35 /* octets that libpri sends at most */
#define EVENTS (PRI_EVENT_CONNECT_ACK + 1)

struct frame {
	size_t len;
	uint8_t octets[300];
};

/* A call, at both ends; its number is in the called number. */
struct call {
	isdn_call_id ours;
	unsigned got[ISDN_PRIM_COUNT];
	bool has_uui[ISDN_PRIM_COUNT];
	struct isdn_uui uui[ISDN_PRIM_COUNT];
	struct isdn_span_event uus; /* the last ISDN_UUS_IND */
	unsigned cause, state_told;
	const struct isdn_uui *last_word; /* ours, when the far end clears first */
	q931_call *theirs;
	int channel, their_cause;
	unsigned seen[EVENTS];
	char text[EVENTS][260];
	const char *their_word[EVENTS]; /* UUI of libpri for its answer to an event */
};

static isdn_time now;
static struct isdn_span *span;
static struct pri *pri;
static bool up; /* for libpri */
static struct call calls[CALLS];
static bool tagged;  /* UUI begins with the number of its call */
static bool stopped; /* nothing is carried for now */
static unsigned checked;
static struct frame to_us[FRAMES];
static unsigned n_to_us;
static const struct frame *in; /* that libpri is to read */

/* The same end with a registry above it. */
static struct isdn_registry *registry;
static struct isdn_client *client;
static int peer_fd;
static struct {
	isdn_handle call;
	enum isdn_call_state state;
	isdn_request reply;
	int result;
} app;

#define LIBPRI_NOW now
#include "tests/libpri_clock.h"

static void tag_is(unsigned i, const void *octets, size_t len)
{
	char want[4];

	if (!tagged || !len)
		return;
	snprintf(want, sizeof(want), "%02u ", i);
	assert_true(len > 3);
	assert_memory_equal(octets, want, 3);
	checked++;
}

/* ---- libpri ---- */

static int read_frame(struct pri *p, void *buf, int len)
{
	const struct frame *f = in;

	(void)p;
	in = NULL;
	if (!f || f->len + 2 > (size_t)len)
		return 0;
	memcpy(buf, f->octets, f->len);
	memset((uint8_t *)buf + f->len, 0, 2); /* FCS, which libpri does not look at */
	return (int)f->len + 2;
}

static int write_frame(struct pri *p, void *buf, int len)
{
	struct frame *f = &to_us[n_to_us++];

	(void)p;
	assert_true(n_to_us <= FRAMES && (size_t)len - 2 <= sizeof(f->octets));
	f->len = (size_t)len - 2;
	memcpy(f->octets, buf, f->len);
	return len;
}

static void quiet(struct pri *p, char *text)
{
	(void)p;
	if (getenv("UUI_DEBUG"))
		fputs(text, stderr);
}

static struct call *of_libpri(const q931_call *c)
{
	for (unsigned i = 0; i < CALLS; i++)
		if (c && calls[i].theirs == c)
			return &calls[i];
	fail_msg("libpri tells of a call that is none");
	return NULL;
}

static void show(struct call *c, int event, const char *text)
{
	c->seen[event]++;
	snprintf(c->text[event], sizeof(c->text[event]), "%s", text);
	tag_is((unsigned)(c - calls), text, strlen(text));
}

static void rings(const pri_event_ring *r)
{
	struct call *c = &calls[atoi(r->callednum)];

	c->theirs = r->call;
	c->channel = r->channel;
	show(c, PRI_EVENT_RING, r->useruserinfo);
}

static void hangs_up(const pri_event_hangup *h)
{
	struct call *c = of_libpri(h->call);

	show(c, h->e, h->useruserinfo);
	if (!c->their_cause)
		c->their_cause = h->cause;
	if (h->e != PRI_EVENT_HANGUP_ACK) {
		if (c->their_word[h->e])
			pri_call_set_useruser(h->call, c->their_word[h->e]);
		assert_int_equal(pri_hangup(pri, h->call, h->cause), 0);
	}
	if (h->e != PRI_EVENT_HANGUP_REQ)
		c->theirs = NULL;
}

static void theirs(const pri_event *from)
{
	pri_event e = *from; /* the next request overwrites it */

	switch (e.e) {
	case PRI_EVENT_DCHAN_UP:
	case PRI_EVENT_DCHAN_DOWN:
		up = e.e == PRI_EVENT_DCHAN_UP;
		break;
	case PRI_EVENT_RING:
		rings(&e.ring);
		break;
	case PRI_EVENT_RINGING:
		show(of_libpri(e.ringing.call), e.e, e.ringing.useruserinfo);
		break;
	case PRI_EVENT_ANSWER:
		show(of_libpri(e.answer.call), e.e, e.answer.useruserinfo);
		break;
	case PRI_EVENT_PROGRESS:
		show(of_libpri(e.proceeding.call), e.e, "");
		break;
	case PRI_EVENT_HANGUP_REQ:
	case PRI_EVENT_HANGUP:
	case PRI_EVENT_HANGUP_ACK:
		hangs_up(&e.hangup);
		break;
	default:
		break;
	}
}

/* ---- ours ---- */

static struct call *of_ours(const struct isdn_span_event *ev)
{
	if (ev->prim == ISDN_SETUP_IND) {
		struct call *c = &calls[atoi(ev->msg->called.digits)];

		c->ours = ev->call;
		return c;
	}
	for (unsigned i = 0; i < CALLS; i++)
		if (ev->call && calls[i].ours == ev->call)
			return &calls[i];
	return NULL;
}

static void keep(struct call *c, const struct isdn_span_event *ev)
{
	c->got[ev->prim]++;
	c->cause = ev->cause;
	c->has_uui[ev->prim] = ev->msg->type && isdn_msg_has(ev->msg, ISDN_IE_USER_USER);
	if (ev->prim == ISDN_UUS_IND)
		c->uus = *ev;
	if (ev->prim == ISDN_STATUS_IND)
		c->state_told = ev->msg->call_state.state;
	if (!c->has_uui[ev->prim])
		return;
	c->uui[ev->prim] = ev->msg->uui;
	tag_is((unsigned)(c - calls), ev->msg->uui.data, ev->msg->uui.len);
}

static void ours(const struct isdn_span_event *ev)
{
	struct call *c = of_ours(ev);
	bool sent = false;

	if (!c)
		return;
	keep(c, ev);
	if (ev->prim == ISDN_DISCONNECT_IND && ev->source == ISDN_BY_REMOTE)
		assert_int_equal(isdn_span_clear(span, ev->call, 0, c->last_word, &sent, now), 0);
	assert_false(sent); /* UUI is of the first clearing message */
	if (ev->prim == ISDN_RELEASE_IND || ev->prim == ISDN_RELEASE_CONF)
		c->ours = 0;
}

static void app_event(const struct isdn_event *ev)
{
	if (ev->type == ISDN_EV_NEW_CALL)
		app.call = ev->call;
	if (ev->type == ISDN_EV_CALL_STATE)
		app.state = ev->state;
	if (ev->type != ISDN_EV_REPLY)
		return;
	app.reply = ev->request;
	app.result = ev->result;
}

/* ---- the line, and time ---- */

static bool take(struct frame *f)
{
	ssize_t n;

	if (!registry)
		return isdn_span_tx(span, f->octets, sizeof(f->octets), &f->len, now) == 1;
	n = recv(peer_fd, f->octets, sizeof(f->octets), MSG_DONTWAIT);
	f->len = n > 0 ? (size_t)n : 0;
	return n > 0;
}

static bool to_them(void)
{
	struct frame f;
	pri_event *e;

	if (!take(&f))
		return false;
	in = &f;
	e = pri_check_event(pri);
	if (e)
		theirs(e);
	return true;
}

static bool to_ours(void)
{
	struct frame f = to_us[0];

	if (!n_to_us)
		return false;
	memmove(to_us, to_us + 1, --n_to_us * sizeof(to_us[0]));
	if (registry)
		assert_int_equal(send(peer_fd, f.octets, f.len, 0), f.len);
	else
		assert_int_equal(isdn_span_rx(span, f.octets, f.len, now), 0);
	return true;
}

static bool events(void)
{
	struct isdn_span_event ev;
	struct isdn_event r;
	bool any = false;

	if (registry)
		isdn_registry_process(registry);
	while (!registry && isdn_span_next_event(span, &ev) == 1) {
		ours(&ev);
		any = true;
	}
	while (registry && isdn_client_next_event(client, &r) == 1) {
		app_event(&r);
		any = true;
	}
	return any;
}

static void exchange(void)
{
	bool any = !stopped;

	while (any) {
		any = events();
		any |= to_them();
		any |= to_ours();
	}
}

static void run_for(isdn_time ms)
{
	pri_event *e;

	for (isdn_time end = now + ms; now < end; now += 10) {
		if (!registry)
			isdn_span_handle_timeout(span, now);
		while ((e = pri_schedule_run(pri)) != NULL)
			theirs(e);
		exchange();
	}
}

static struct test_mem mem; /* ours */

static isdn_time clock_hook(void *arg)
{
	(void)arg;
	return now;
}

static struct isdn_env fresh(void)
{
	struct isdn_env env;

	memset(&env, 0, sizeof(env));
	env.clock = clock_hook;
	test_mem_init(&mem, &env.mem);
	memset(calls, 0, sizeof(calls));
	memset(&app, 0, sizeof(app));
	registry = NULL;
	n_to_us = 0;
	up = tagged = stopped = false;
	now = 1000;
	return env;
}

/* The registry's end is of a pair of sockets, what libpri writes goes into the other. */
static void begin_libpri(enum isdn_side side)
{
	srandom(1);
	pri_set_message(quiet);
	pri_set_error(quiet);
	pri = pri_new_cb(-1, side == ISDN_USER ? PRI_NETWORK : PRI_CPE, PRI_SWITCH_EUROISDN_E1,
			 read_frame, write_frame, NULL);
	assert_non_null(pri);
	pri_hangup_fix_enable(pri, 1);
	pri_facility_enable(pri);
	if (getenv("UUI_DEBUG"))
		pri_set_debug(pri, PRI_DEBUG_Q931_DUMP | PRI_DEBUG_APDU);
	run_for(5000);
	assert_true(up);
}

static void begin_with(enum isdn_side side, void (*change)(struct isdn_span_config *))
{
	struct isdn_env env = fresh();
	struct isdn_span_config c;

	isdn_span_config_init(&c, side, ISDN_E1);
	if (change)
		change(&c);
	assert_int_equal(isdn_span_new(&span, &c, &env), 0);
	assert_int_equal(isdn_span_start(span, now), 0);
	begin_libpri(side);
}

static void end(void)
{
	assert_int_equal(isdn_span_calls(span), 0);
	isdn_span_free(span);
	assert_int_equal(test_mem_live(&mem), 0);
}

#define FOR_BOTH_SIDES(side)                                                                       \
	for (enum isdn_side side = ISDN_USER; side <= ISDN_NETWORK;                                \
	     side = (enum isdn_side)(side + 1))

/* ---- calls ---- */

static unsigned channel_of(unsigned i)
{
	return i < 15 ? i + 1 : i + 2;
}

static void put(struct isdn_msg *m, const struct isdn_uui *uui)
{
	isdn_msg_init(m, 0, 0, 0, false);
	if (!uui)
		return;
	m->uui = *uui;
	isdn_msg_set(m, ISDN_IE_USER_USER);
}

static struct isdn_msg setup_msg(unsigned i, const struct isdn_uui *uui)
{
	struct isdn_msg m;

	put(&m, uui);
	m.bearer[0] = (struct isdn_bearer){ .rate = 0x10, .layer1 = 3 };
	isdn_msg_set(&m, ISDN_IE_BEARER);
	isdn_msg_set(&m, ISDN_IE_SENDING_COMPLETE);
	m.called = (struct isdn_number){ .plan = 1, .n_digits = 2 };
	snprintf(m.called.digits, sizeof(m.called.digits), "%02u", i);
	isdn_msg_set(&m, ISDN_IE_CALLED);
	m.channel_id[0] = (struct isdn_channel_id){ .primary = true,
						    .exclusive = true,
						    .select = 1,
						    .has_channels = true,
						    .type = 3,
						    .n_channels = 1,
						    .channels = { (uint8_t)channel_of(i) } };
	isdn_msg_set(&m, ISDN_IE_CHANNEL_ID);
	return m;
}

static struct call *we_call_with(unsigned i, const struct isdn_msg *m)
{
	struct call *c = &calls[i];

	memset(c, 0, sizeof(*c));
	assert_int_equal(isdn_span_setup(span, m, &c->ours, now), 0);
	exchange();
	return c;
}

static struct call *we_call(unsigned i, const struct isdn_uui *uui)
{
	struct isdn_msg m = setup_msg(i, uui);
	struct call *c = we_call_with(i, &m);

	assert_int_equal(c->seen[PRI_EVENT_RING], !stopped);
	return c;
}

/* libpri keeps the text of the SETUP where it is. */
static void they_set_up(unsigned i, q931_call *call, const char *text)
{
	static char called[4];
	struct pri_sr *sr = pri_sr_new();

	snprintf(called, sizeof(called), "%02u", i);
	pri_sr_set_channel(sr, (int)channel_of(i), 1, 0);
	pri_sr_set_bearer(sr, PRI_TRANS_CAP_SPEECH, PRI_LAYER_1_ALAW);
	pri_sr_set_called(sr, called, PRI_UNKNOWN, 1);
	if (text)
		pri_sr_set_useruser(sr, text);
	assert_int_equal(pri_setup(pri, call, sr), 0);
	pri_sr_free(sr);
}

static struct call *they_call(unsigned i, const char *text)
{
	struct call *c = &calls[i];

	memset(c, 0, sizeof(*c));
	c->theirs = pri_new_call(pri);
	assert_non_null(c->theirs);
	they_set_up(i, c->theirs, text);
	exchange();
	assert_int_equal(c->got[ISDN_SETUP_IND], !stopped);
	return c;
}

static void they_alert(const struct call *c, const char *text)
{
	if (text)
		pri_call_set_useruser(c->theirs, text);
	assert_int_equal(pri_acknowledge(pri, c->theirs, c->channel, 0), 0);
	exchange();
}

static void they_answer(const struct call *c)
{
	assert_int_equal(pri_answer(pri, c->theirs, c->channel, 0), 0);
	exchange();
}

static void they_hang_up(const struct call *c, int cause, const char *text)
{
	if (text)
		pri_call_set_useruser(c->theirs, text);
	assert_int_equal(pri_hangup(pri, c->theirs, cause), 0);
	exchange();
}

static unsigned state(const struct call *c)
{
	struct isdn_span_call out;

	return isdn_span_call_query(span, c->ours, &out) ? 0 : out.state;
}

static void we_alert(const struct call *c, const struct isdn_uui *uui)
{
	struct isdn_msg m;

	if (state(c) == 1) /* N1: CALL PROCEEDING is first there */
		assert_int_equal(isdn_span_proceeding(span, c->ours, NULL, now), 0);
	put(&m, uui);
	assert_int_equal(isdn_span_alerting(span, c->ours, &m, now), 0);
	exchange();
}

static void we_progress(const struct call *c, const struct isdn_uui *uui)
{
	struct isdn_msg m;

	put(&m, uui);
	m.progress[0] = (struct isdn_progress){ .description = 8, .location = 2 };
	isdn_msg_set(&m, ISDN_IE_PROGRESS);
	assert_int_equal(isdn_span_progress(span, c->ours, &m, now), 0);
	exchange();
}

static void we_connect(const struct call *c, const struct isdn_uui *uui)
{
	struct isdn_msg m;

	put(&m, uui);
	assert_int_equal(isdn_span_connect(span, c->ours, &m, now), 0);
	exchange();
}

static void we_clear(const struct call *c, uint8_t cause, const struct isdn_uui *uui)
{
	bool sent = false;

	assert_int_equal(isdn_span_clear(span, c->ours, cause, uui, &sent, now), 0);
	assert_int_equal(sent, uui != NULL);
	exchange();
}

static void over(const struct call *c)
{
	assert_null(c->theirs);
	assert_int_equal(c->ours, 0);
	assert_int_equal(c->got[ISDN_RELEASE_IND] + c->got[ISDN_RELEASE_CONF], 1);
}

/* An active call; ours: we made it. */
static struct call *active(unsigned i, bool by_us)
{
	struct call *c = by_us ? we_call(i, NULL) : they_call(i, NULL);

	if (by_us) {
		they_alert(c, NULL);
		they_answer(c);
	} else {
		we_alert(c, NULL);
		we_connect(c, NULL);
	}
	assert_int_equal(state(c), 10);
	return c;
}

/* ---- what is shown and what arrives ---- */

/* libpri shows of UUI what is text to it. */
static void shown(const struct call *c, int event, const struct isdn_uui *uui)
{
	size_t n = uui->discriminator == 4 ? strnlen((const char *)uui->data, uui->len) : 0;

	assert_int_equal(c->seen[event], 1);
	assert_int_equal(strlen(c->text[event]), n);
	assert_memory_equal(c->text[event], uui->data, n);
	checked++;
}

/* Of libpri's text we get what it sends. */
static void arrived(const struct call *c, enum isdn_prim prim, const char *text)
{
	size_t n = strlen(text) < SENT ? strlen(text) : SENT;
	const struct isdn_uui *uui = &c->uui[prim];

	assert_int_equal(c->got[prim], 1);
	assert_int_equal(c->has_uui[prim], n > 0);
	checked++;
	if (!n)
		return;
	assert_int_equal(uui->codeset, 0);
	assert_int_equal(uui->discriminator, 4);
	assert_int_equal(uui->len, n);
	assert_memory_equal(uui->data, text, n);
}

/* ---- ours to libpri ---- */

/* UUI n of message k, of its own in each. */
typedef struct isdn_uui (*maker)(unsigned n, unsigned k);

static struct isdn_uui octets(unsigned first, unsigned len)
{
	struct isdn_uui u = { .discriminator = 4, .len = (uint8_t)len };

	for (unsigned i = 0; i < len; i++)
		u.data[i] = (uint8_t)(1 + (first + i) % 255);
	return u;
}

static struct isdn_uui of_length(unsigned n, unsigned k)
{
	return octets(3 * n + 40 * k, n);
}

static struct isdn_uui of_discriminator(unsigned n, unsigned k)
{
	struct isdn_uui u = octets(n + 40 * k, 20 + k);

	u.discriminator = (uint8_t)n;
	return u;
}

static struct isdn_uui with_nul(unsigned n, unsigned k)
{
	struct isdn_uui u = octets(n + 40 * k, 128);

	u.data[n] = 0;
	return u;
}

enum { M_SETUP, M_DISCONNECT, M_ALERTING, M_PROGRESS, M_CONNECT, M_RELEASE_COMPLETE, MESSAGES };

/* Three calls with UUI in every message of ours that may have it. */
static void carry(maker make, unsigned n)
{
	struct isdn_uui u[MESSAGES];
	struct call *c;

	for (unsigned k = 0; k < MESSAGES; k++)
		u[k] = make(n, k);
	c = we_call(0, &u[M_SETUP]);
	shown(c, PRI_EVENT_RING, &u[M_SETUP]);
	they_alert(c, NULL);
	they_answer(c);
	we_clear(c, 16, &u[M_DISCONNECT]);
	shown(c, PRI_EVENT_HANGUP_REQ, &u[M_DISCONNECT]);
	assert_string_equal(c->text[PRI_EVENT_HANGUP_ACK], "");
	over(c);

	c = they_call(1, NULL);
	c->last_word = &u[M_DISCONNECT];
	we_alert(c, &u[M_ALERTING]);
	shown(c, PRI_EVENT_RINGING, &u[M_ALERTING]);
	we_progress(c, &u[M_PROGRESS]);
	assert_int_equal(c->seen[PRI_EVENT_PROGRESS], 1);
	we_connect(c, &u[M_CONNECT]);
	shown(c, PRI_EVENT_ANSWER, &u[M_CONNECT]);
	they_hang_up(c, 16, NULL);
	arrived(c, ISDN_DISCONNECT_IND, "");
	assert_string_equal(c->text[PRI_EVENT_HANGUP], ""); /* our RELEASE has none */
	over(c);

	c = they_call(2, NULL);
	we_clear(c, 17, &u[M_RELEASE_COMPLETE]);
	shown(c, PRI_EVENT_HANGUP, &u[M_RELEASE_COMPLETE]);
	assert_int_equal(c->their_cause, 17);
	over(c);
}

static void carry_all(const char *what, maker make, unsigned count)
{
	checked = 0;
	FOR_BOTH_SIDES(side)
	{
		begin_with(side, NULL);
		for (unsigned n = 0; n < count; n++)
			carry(make, n);
		end();
	}
	assert_int_equal(checked, 2 * count * MESSAGES);
	print_message("%s: %u, shown as they have to be %u\n", what, count, checked);
}

static void uus_libpri_shows_ours_of_every_length(void **state_)
{
	(void)state_;
	for (unsigned k = 0; k < MESSAGES; k++) { /* every octet but NUL is in each message */
		bool used[256] = { false };

		for (unsigned n = 0; n <= ISDN_UUI_MAX; n++)
			for (unsigned i = 0; i < n; i++)
				used[of_length(n, k).data[i]] = true;
		for (unsigned octet = 0; octet < 256; octet++)
			assert_int_equal(used[octet], octet != 0);
	}
	carry_all("lengths", of_length, ISDN_UUI_MAX + 1);
}

static void uus_libpri_shows_ours_up_to_a_nul(void **state_)
{
	(void)state_;
	carry_all("places of a NUL", with_nul, ISDN_UUI_MAX);
}

static void uus_libpri_shows_ours_of_discriminator_4_alone(void **state_)
{
	(void)state_;
	carry_all("discriminators", of_discriminator, 256);
}

/*
 * UUI of PROGRESS is nowhere to be seen, and harms nothing; libpri may send it back in its next
 * message, as far as it sends any.
 */
static void uus_libpri_does_not_show_that_of_progress(void **state_)
{
	(void)state_;
	FOR_BOTH_SIDES(side)
	{
		const struct isdn_uui u = octets(0, 100);
		char back[SENT + 1] = "";
		struct call *c;

		begin_with(side, NULL);
		c = they_call(0, NULL);
		we_alert(c, NULL);
		we_progress(c, &u);
		assert_int_equal(c->seen[PRI_EVENT_PROGRESS], 1);
		they_hang_up(c, 16, NULL);
		if (c->has_uui[ISDN_DISCONNECT_IND])
			memcpy(back, u.data, SENT);
		arrived(c, ISDN_DISCONNECT_IND, back);
		over(c);
		end();
	}
}

/* ---- libpri to ours ---- */

#define TEXTS 8

static char text[TEXTS][ISDN_UUI_MAX + 1];

/* Texts of n octets, of their own for each message. */
static void make_texts(unsigned n)
{
	for (unsigned k = 0; k < TEXTS; k++) {
		struct isdn_uui u = octets(3 * n + 30 * k, n);

		memcpy(text[k], u.data, n);
		text[k][n] = '\0';
	}
}

/* Calls that end in each way, with text wherever libpri's application can have it. */
static void carry_theirs(void)
{
	struct call *c = they_call(0, text[0]);

	arrived(c, ISDN_SETUP_IND, text[0]);
	we_alert(c, NULL);
	we_connect(c, NULL);
	c->their_word[PRI_EVENT_HANGUP] = text[1];
	they_hang_up(c, 16, text[2]);
	arrived(c, ISDN_DISCONNECT_IND, text[2]);
	arrived(c, ISDN_RELEASE_CONF, text[1]); /* RELEASE COMPLETE */
	over(c);

	c = we_call(1, NULL);
	they_alert(c, text[3]);
	arrived(c, ISDN_ALERTING_IND, text[3]);
	they_answer(c);
	c->their_word[PRI_EVENT_HANGUP_REQ] = text[4];
	we_clear(c, 16, NULL);
	arrived(c, ISDN_RELEASE_CONF, text[4]); /* RELEASE */
	over(c);

	c = we_call(2, NULL);
	they_hang_up(c, PRI_CAUSE_INCOMPATIBLE_DESTINATION, text[5]);
	c->theirs = NULL;		       /* libpri has done with it, and tells nothing */
	arrived(c, ISDN_RELEASE_IND, text[5]); /* RELEASE COMPLETE to the SETUP */
	assert_int_equal(c->cause, PRI_CAUSE_INCOMPATIBLE_DESTINATION);
	over(c);

	c = we_call(3, NULL);
	they_alert(c, NULL);
	they_hang_up(c, 17, text[6]);
	arrived(c, ISDN_DISCONNECT_IND, text[6]);
	over(c);
}

static void uus_we_get_what_libpri_sends_of_every_length(void **state_)
{
	(void)state_;
	checked = 0;
	FOR_BOTH_SIDES(side)
	{
		begin_with(side, NULL);
		for (unsigned n = 0; n <= ISDN_UUI_MAX; n++) {
			make_texts(n);
			carry_theirs();
		}
		end();
	}
	assert_int_equal(checked, 2 * (ISDN_UUI_MAX + 1) * 7); /* of carry_theirs */
	print_message("lengths: %d, arrived as they have to %u\n", ISDN_UUI_MAX + 1, checked);
}

/* Text for CONNECT goes elsewhere: that is libpri's. */
static void uus_libpri_has_none_in_connect(void **state_)
{
	(void)state_;
	FOR_BOTH_SIDES(side)
	{
		struct call *c;

		begin_with(side, NULL);
		c = we_call(0, NULL);
		they_alert(c, NULL);
		pri_call_set_useruser(c->theirs, "for the CONNECT");
		they_answer(c);
		arrived(c, ISDN_SETUP_CONF, "");
		they_hang_up(c, 16, NULL);
		arrived(c, ISDN_DISCONNECT_IND, "for the CONNECT");
		over(c);
		end();
	}
}

/* ---- USER INFORMATION, and services, which libpri does not know ---- */

static void without_request(struct isdn_span_config *config)
{
	config->uus.negotiated = false;
}

static int send_info(const struct call *c)
{
	const struct isdn_uui u = octets(7, 50);
	struct isdn_msg m;
	int err;

	put(&m, &u);
	err = isdn_span_user_info(span, c->ours, &m, now);
	exchange();
	return err;
}

static struct isdn_uus service(const struct call *c, enum isdn_uus_service s)
{
	struct isdn_uus u;

	assert_int_equal(isdn_span_uus_query(span, c->ours, s, &u), 0);
	return u;
}

/* Both ends have the call in state 10, and libpri says so. */
static void still_active(struct call *c)
{
	unsigned told = c->got[ISDN_STATUS_IND];

	assert_int_equal(state(c), 10);
	assert_int_equal(isdn_span_status_enquiry(span, c->ours, now), 0);
	exchange();
	assert_int_equal(c->got[ISDN_STATUS_IND], told + 1);
	assert_int_equal(c->cause, 30);
	assert_int_equal(c->state_told, 10);
	assert_int_equal(state(c), 10);
	assert_non_null(c->theirs);
	assert_int_equal(c->got[ISDN_DISCONNECT_IND] + c->seen[PRI_EVENT_HANGUP_REQ], 0);
}

/* It ends as any other, with UUI. */
static void clears(struct call *c, bool by_us)
{
	const struct isdn_uui u = octets(50, 30);

	if (by_us) {
		we_clear(c, 31, &u);
		shown(c, PRI_EVENT_HANGUP_REQ, &u);
		assert_int_equal(c->their_cause, 31);
	} else {
		they_hang_up(c, 17, "good bye");
		arrived(c, ISDN_DISCONNECT_IND, "good bye");
	}
	over(c);
}

static void refuses_user_information(struct call *c)
{
	assert_int_equal(send_info(c), 0);
	assert_int_equal(c->got[ISDN_UUS_IND], 1);
	assert_int_equal(c->uus.source, ISDN_BY_REMOTE);
	assert_int_equal(c->uus.cause, 97);
	assert_int_equal(c->uus.uus, ISDN_UUS_BIT(ISDN_UUS_2) | ISDN_UUS_BIT(ISDN_UUS_3));
	for (enum isdn_uus_service s = ISDN_UUS_2; s <= ISDN_UUS_3; s++) {
		assert_int_equal(c->uus.uus_answer[s], ISDN_UUS_NOT_UNDERSTOOD);
		assert_int_equal(service(c, s).state, ISDN_UUS_REJECTED);
		assert_int_equal(service(c, s).answer, ISDN_UUS_NOT_UNDERSTOOD);
	}
	assert_int_equal(send_info(c), ISDN_ERR_OPERATIONUNAVAIL);
	assert_int_equal(c->got[ISDN_UUS_IND], 1);
	still_active(c);
	run_for(200000);
	still_active(c);
}

static void uus_libpri_answers_user_information_with_status_97(void **state_)
{
	(void)state_;
	FOR_BOTH_SIDES(side)
	{
		begin_with(side, without_request);
		for (int way = 0; way < 4; way++) {
			struct call *c = active((unsigned)way, way & 1);

			refuses_user_information(c);
			clears(c, way & 2);
		}
		end();
	}
}

/* Whatever libpri makes of the FACILITY, the answer is no and the call goes on. */
static int refuses_service_3(struct call *c, enum isdn_timer_id timer)
{
	struct isdn_uus u;

	assert_int_equal(send_info(c), ISDN_ERR_OPERATIONUNAVAIL);
	assert_int_equal(isdn_span_uus_request(span, c->ours, ISDN_UUS_3, now), 0);
	assert_int_equal(service(c, ISDN_UUS_3).state, ISDN_UUS_REQUESTED);
	run_for(30000);
	u = service(c, ISDN_UUS_3);
	assert_int_equal(u.state, ISDN_UUS_REJECTED);
	assert_true(u.by_us && !u.required);
	assert_true(u.answer == ISDN_UUS_NOT_UNDERSTOOD || u.answer == ISDN_UUS_NO_ANSWER);
	assert_int_equal(c->got[ISDN_UUS_IND], 1);
	assert_int_equal(c->uus.uus, ISDN_UUS_BIT(ISDN_UUS_3));
	assert_int_equal(c->uus.uus_answer[ISDN_UUS_3], u.answer);
	assert_int_equal(c->uus.timer, u.answer == ISDN_UUS_NO_ANSWER ? timer + 1 : 0);
	assert_int_equal(send_info(c), ISDN_ERR_OPERATIONUNAVAIL);
	still_active(c);
	return u.answer;
}

static void uus_libpri_does_not_know_service_3(void **state_)
{
	int answer = ISDN_UUS_LATER;

	(void)state_;
	FOR_BOTH_SIDES(side)
	{
		begin_with(side, NULL);
		for (int way = 0; way < 4; way++) {
			struct call *c = active((unsigned)way, way & 1);

			answer = refuses_service_3(c,
						   side == ISDN_USER ? ISDN_T3_UUS3 : ISDN_T1_UUS3);
			clears(c, way & 2);
		}
		end();
	}
	print_message("service 3 of libpri: %s\n", isdn_uus_answer_name(answer));
}

/* A SETUP with UUI that asks for service 1 to 3. */
static struct call *ask_in_setup(enum isdn_uus_service s, bool required)
{
	const struct isdn_uui u = octets(20, 60);
	struct isdn_msg m = setup_msg(0, &u);
	struct call *c;

	assert_int_equal(isdn_uus_request(&m, s, required), 0);
	c = we_call_with(0, &m);
	shown(c, PRI_EVENT_RING, &u);
	they_alert(c, NULL);
	assert_int_equal(service(c, s).state, ISDN_UUS_REQUESTED);
	they_answer(c);
	return c;
}

static void preferred(enum isdn_uus_service s)
{
	struct call *c = ask_in_setup(s, false);

	assert_int_equal(state(c), 10);
	assert_int_equal(c->got[ISDN_SETUP_CONF], 1);
	assert_int_equal(service(c, s).state, ISDN_UUS_REJECTED);
	assert_int_equal(service(c, s).answer, ISDN_UUS_NO_ANSWER);
	still_active(c);
	clears(c, s & 1);
}

static void required(enum isdn_uus_service s)
{
	struct call *c = ask_in_setup(s, true);

	assert_int_equal(c->got[ISDN_SETUP_CONF], 0);
	assert_int_equal(c->got[ISDN_DISCONNECT_IND], 1);
	assert_int_equal(c->seen[PRI_EVENT_HANGUP_REQ], 1);
	assert_int_equal(c->their_cause, ISDN_CAUSE_FACILITY_NOT_IMPLEMENTED);
	over(c);
}

static void uus_services_in_setup_are_preferred_or_required(void **state_)
{
	(void)state_;
	FOR_BOTH_SIDES(side)
	{
		begin_with(side, NULL);
		for (enum isdn_uus_service s = ISDN_UUS_1; s <= ISDN_UUS_3; s++) {
			preferred(s);
			required(s);
		}
		end();
	}
}

/* ---- with a registry ---- */

static void begin_registry(enum isdn_side side, const char *options)
{
	struct isdn_env env = fresh();
	struct isdn_client_config config;
	struct isdn_error error = { .text = "" };
	unsigned number;
	char spec[80];
	int fd[2];

	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, fd), 0);
	peer_fd = fd[1];
	assert_int_equal(isdn_registry_new(&registry, NULL, &env), 0);
	snprintf(spec, sizeof(spec), "socket:fd=%d,%s%s", fd[0], side == ISDN_USER ? "user" : "net",
		 options);
	assert_int_equal(isdn_registry_open_span(registry, spec, &number, &error), 0);
	isdn_client_config_init(&config);
	assert_int_equal(isdn_client_open(registry, &config, &client), 0);
	begin_libpri(side);
}

static void end_registry(void)
{
	isdn_registry_free(registry);
	registry = NULL;
	close(peer_fd);
	assert_int_equal(test_mem_live(&mem), 0);
}

static struct call *app_calls(void)
{
	struct isdn_call_params p;
	struct call *c = &calls[0];

	isdn_call_params_init(&p);
	p.span = 1;
	p.called = "00";
	memset(c, 0, sizeof(*c));
	assert_true(isdn_call_make(client, &p, &app.call) > 0);
	exchange();
	they_alert(c, NULL);
	they_answer(c);
	assert_int_equal(app.state, ISDN_CALL_CONNECTED);
	return c;
}

static isdn_request app_sends(void)
{
	isdn_request id = isdn_call_send_uui(client, app.call, "\4octets", 7);

	exchange();
	return id;
}

static void app_drops(struct call *c)
{
	const struct isdn_uui u = octets(9, 33);
	uint8_t uui[34] = { 4 };
	const struct isdn_drop how = { .cause = 17, .uui = uui, .uui_size = sizeof(uui) };
	isdn_request id;

	memcpy(uui + 1, u.data, 33);
	id = isdn_call_drop(client, app.call, &how);
	assert_true(id > 0);
	exchange();
	assert_int_equal(app.reply, id);
	assert_int_equal(app.result, 0);
	assert_int_equal(app.state, ISDN_CALL_IDLE);
	shown(c, PRI_EVENT_HANGUP_REQ, &u);
	assert_int_equal(isdn_call_deallocate(client, app.call), 0);
}

/* An application that sends is told that it can not, and has its call. */
static void uus_a_registry_is_told_that_libpri_can_not(void **state_)
{
	(void)state_;
	FOR_BOTH_SIDES(side)
	{
		struct call *c;
		isdn_request id;

		begin_registry(side, "");
		c = app_calls();
		id = app_sends();
		assert_true(id > 0);
		run_for(30000);
		assert_int_equal(app.reply, id);
		assert_int_equal(app.result, ISDN_ERR_OPERATIONUNAVAIL);
		assert_int_equal(app.state, ISDN_CALL_CONNECTED);
		assert_int_equal(app_sends(), ISDN_ERR_OPERATIONUNAVAIL);
		run_for(100000);
		assert_int_equal(app.state, ISDN_CALL_CONNECTED);
		app_drops(c);
		end_registry();
	}
}

/* The first message has left before libpri says so. */
static void uus_a_registry_that_does_not_ask_hears_of_status_97(void **state_)
{
	(void)state_;
	FOR_BOTH_SIDES(side)
	{
		struct call *c;
		isdn_request id;

		begin_registry(side, ",uus-free");
		c = app_calls();
		id = app_sends();
		assert_true(id > 0);
		assert_int_equal(app.reply, id);
		assert_int_equal(app.result, 0);
		assert_int_equal(app_sends(), ISDN_ERR_OPERATIONUNAVAIL);
		run_for(100000);
		assert_int_equal(app.state, ISDN_CALL_CONNECTED);
		app_drops(c);
		end_registry();
	}
}

/* ---- many calls at once ---- */

enum { W_SETUP, W_ALERTING, W_CONNECT, W_CLEAR, W_LAST, WORDS };
#define EACH 20 /* calls of each of those that there are at a time */

static char word[CALLS][WORDS][ISDN_UUI_MAX + 1];
static unsigned seed;

static unsigned dice(unsigned sides)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 16) % sides;
}

static void make_words(unsigned i)
{
	for (unsigned w = 0; w < WORDS; w++) {
		unsigned len = 4 + dice(ISDN_UUI_MAX - 3);

		memset(word[i][w], 0, sizeof(word[i][w]));
		snprintf(word[i][w], sizeof(word[i][w]), "%02u ", i);
		for (unsigned k = 3; k < len; k++)
			word[i][w][k] = (char)('A' + dice(26));
	}
}

static struct isdn_uui as_uui(const char *words)
{
	struct isdn_uui u = { .discriminator = 4, .len = (uint8_t)strlen(words) };

	memcpy(u.data, words, u.len);
	return u;
}

/* Of slot i: a call by us or by them, and who clears it. */
struct slot {
	unsigned phase, done;
	bool by_us, we_clear;
};

static void begin_call(unsigned i, struct slot *s)
{
	const struct isdn_uui u = as_uui(word[i][W_SETUP]);

	s->by_us = dice(2);
	s->we_clear = dice(2);
	if (s->by_us)
		we_call(i, &u);
	else
		they_call(i, word[i][W_SETUP]);
	calls[i].their_word[PRI_EVENT_HANGUP_REQ] = word[i][W_LAST];
	calls[i].their_word[PRI_EVENT_HANGUP] = word[i][W_LAST];
}

static void go_on(unsigned i, const struct slot *s)
{
	const struct isdn_uui u = as_uui(word[i][s->phase]);
	struct call *c = &calls[i];

	if (s->phase == W_CLEAR) {
		if (s->we_clear)
			we_clear(c, 16, &u);
		else
			they_hang_up(c, 16, word[i][W_CLEAR]);
	} else if (s->phase == W_ALERTING) {
		if (s->by_us)
			they_alert(c, word[i][W_ALERTING]);
		else
			we_alert(c, &u);
	} else if (s->by_us) {
		they_answer(c);
	} else {
		we_connect(c, &u);
	}
}

/* All that the call had is its own, and all is there. */
static void check_call(unsigned i, const struct slot *s)
{
	const struct call *c = &calls[i];
	struct isdn_uui u[WORDS];

	for (unsigned w = 0; w < WORDS; w++)
		u[w] = as_uui(word[i][w]);
	if (s->by_us) {
		shown(c, PRI_EVENT_RING, &u[W_SETUP]);
		arrived(c, ISDN_ALERTING_IND, word[i][W_ALERTING]);
		arrived(c, ISDN_SETUP_CONF, "");
	} else {
		arrived(c, ISDN_SETUP_IND, word[i][W_SETUP]);
		shown(c, PRI_EVENT_RINGING, &u[W_ALERTING]);
		shown(c, PRI_EVENT_ANSWER, &u[W_CONNECT]);
	}
	if (s->we_clear)
		shown(c, PRI_EVENT_HANGUP_REQ, &u[W_CLEAR]);
	else
		arrived(c, ISDN_DISCONNECT_IND, word[i][W_CLEAR]);
	arrived(c, ISDN_RELEASE_CONF, word[i][W_LAST]);
	over(c);
}

static void step(unsigned i, struct slot *s)
{
	if (s->phase > W_CLEAR) {
		check_call(i, s);
		s->done++;
		s->phase = W_SETUP;
	}
	if (s->done == EACH || dice(3) == 0)
		return;
	if (s->phase == W_SETUP) {
		make_words(i);
		begin_call(i, s);
	} else {
		go_on(i, s);
	}
	s->phase++;
}

/* Steps of many calls are made before anything is carried. */
static unsigned all_done(struct slot *slots)
{
	unsigned left = CALLS, most = 0;

	while (left) {
		left = 0;
		stopped = true;
		for (unsigned i = 0; i < CALLS; i++) {
			step(i, &slots[i]);
			left += slots[i].done < EACH;
		}
		stopped = false;
		exchange();
		if (isdn_span_calls(span) > most)
			most = (unsigned)isdn_span_calls(span);
		run_for(10);
	}
	return most;
}

static void uus_many_calls_have_each_its_own(void **state_)
{
	(void)state_;
	FOR_BOTH_SIDES(side)
	{
		struct slot slots[CALLS];
		unsigned most;

		memset(slots, 0, sizeof(slots));
		begin_with(side, NULL);
		tagged = true;
		seed = 1;
		checked = 0;
		most = all_done(slots);
		assert_true(most > CALLS / 2);
		print_message("%d calls, %u at once: %u times UUI or none as it has to be\n",
			      EACH * CALLS, most, checked);
		end();
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(uus_libpri_shows_ours_of_every_length),
		cmocka_unit_test(uus_libpri_shows_ours_up_to_a_nul),
		cmocka_unit_test(uus_libpri_shows_ours_of_discriminator_4_alone),
		cmocka_unit_test(uus_libpri_does_not_show_that_of_progress),
		cmocka_unit_test(uus_we_get_what_libpri_sends_of_every_length),
		cmocka_unit_test(uus_libpri_has_none_in_connect),
		cmocka_unit_test(uus_libpri_answers_user_information_with_status_97),
		cmocka_unit_test(uus_libpri_does_not_know_service_3),
		cmocka_unit_test(uus_services_in_setup_are_preferred_or_required),
		cmocka_unit_test(uus_a_registry_is_told_that_libpri_can_not),
		cmocka_unit_test(uus_a_registry_that_does_not_ask_hears_of_status_97),
		cmocka_unit_test(uus_many_calls_have_each_its_own),
	};

	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	fflush(NULL);
	_exit(failed); /* libpri has no destructor: what it has is no leak of ours */
}
