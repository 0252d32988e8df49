/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The matrix: the end that is libpri. Test code only, for libpri is under the GPL. What an
 * application has to do so that a call ends is done here: each HANGUP is answered, and a call whose
 * channel is restarted is destroyed.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <libpri.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>

#include "tests/matrix.h"

#define B_BRI 2 /* B-channels */

static struct pri *pri;
static const struct mx_cell *cell;
static struct {
	q931_call *libpri; /* NULL: over */
	unsigned channel;
} calls[MX_CALLS];
static unsigned n_calls;
static bool link_up;
static const uint8_t *in; /* the frame that libpri is to read */
static size_t in_len;

#define LIBPRI_NOW mx_now
#include "tests/libpri_clock.h"

static bool is_net(void)
{
	return cell->setup->side == ISDN_USER;
}

/* libpri reads and writes frames with two octets of FCS, whose value it neither sets nor looks at.
 */
static int read_frame(struct pri *p, void *buf, int len)
{
	size_t n = in_len + 2;

	(void)p;
	if (!in || n > (size_t)len)
		return 0;
	memcpy(buf, in, in_len);
	memset((uint8_t *)buf + in_len, 0, 2);
	in = NULL;
	return (int)n;
}

static int write_frame(struct pri *p, void *buf, int len)
{
	(void)p;
	mx_send(&mx_theirs, buf, (size_t)len - 2);
	return len;
}

static void message(struct pri *p, char *text)
{
	(void)p;
	mx_note("libpri: %s", text);
}

static uint64_t theirs_next(void)
{
	struct timeval *tv = pri_schedule_next(pri);

	if (!tv)
		return ISDN_NEVER;
	return (uint64_t)(tv->tv_sec - EPOCH) * 1000 + ((uint64_t)tv->tv_usec + 999) / 1000;
}

static bool muted;	/* it does not answer RELEASE */
static bool destroying; /* libpri complains of what it is asked to do then */

static void error(struct pri *p, char *text)
{
	message(p, text);
	if (!destroying)
		mx_complain("libpri: %s", text);
}

static void theirs_open(const struct mx_cell *of)
{
	int node, type = of->variant->libpri;

	cell = of;
	node = is_net() ? PRI_NETWORK : PRI_CPE;
	srandom(1);
	pri_set_message(message);
	pri_set_error(error);
	if (of->setup->bri)
		pri = pri_new_bri_cb(-1, !of->setup->ptmp, node, type, read_frame, write_frame,
				     NULL);
	else
		pri = pri_new_cb(-1, node, type, read_frame, write_frame, NULL);
	if (!pri)
		abort();
	if (theirs_next() != ISDN_NEVER && theirs_next() > 100000)
		mx_fail("libpri does not take the time from this program");
	pri_hangup_fix_enable(pri, 1);
	pri_hold_enable(pri, 1);
	pri_set_service_message_support(pri, 1);
	pri_set_inbanddisconnect(pri, 1);
	pri_set_overlapdial(pri, of->outcome->overlap);
	pri_set_timer(pri, PRI_TIMER_T309, 60000); /* its own is 6 s */
	if (mx_loses) {
		pri_set_timer(pri, PRI_TIMER_T200, 100);
		pri_set_timer(pri, PRI_TIMER_N200, 20);
	}
	if (getenv("MATRIX_DEBUG"))
		pri_set_debug(pri, PRI_DEBUG_Q931_STATE | PRI_DEBUG_Q921_STATE);
}

static unsigned number(q931_call *c)
{
	for (unsigned i = n_calls; i-- > 0;)
		if (calls[i].libpri == c)
			return i;
	if (n_calls == MX_CALLS)
		abort();
	calls[n_calls].libpri = c;
	return n_calls++;
}

/* libpri's channels: the number, the interface, whether that is named; those of a held call have
 * more. */
static unsigned of_libpri(int channel)
{
	return ISDN_CHANNEL((unsigned)channel >> 8 & 0xff, (unsigned)channel & 0xff);
}

static int to_libpri(unsigned channel)
{
	unsigned named = cell->setup->nfas ? 1u << 16 : 0;

	return (int)(channel % 32 | channel / 32 << 8 | named);
}

/* ---- what is seen ---- */

static void see_call(enum mx_what what, q931_call *c, int channel, int cause, const char *uui)
{
	unsigned n = number(c);
	struct mx_seen *s = mx_see(&mx_theirs, what, n);

	if (channel > 0 && (channel & 0xff) != 0xff)
		calls[n].channel = of_libpri(channel);
	s->channel = calls[n].channel;
	s->cause = cause < 0 ? 0 : (unsigned)cause; /* RELEASE COMPLETE need not have one */
	snprintf(s->uui, sizeof(s->uui), "%s", uui);
}

static bool taken(unsigned channel, unsigned but)
{
	for (unsigned i = 0; i < n_calls; i++)
		if (i != but && calls[i].libpri && calls[i].channel == channel)
			return true;
	return false;
}

static unsigned free_channel(void)
{
	unsigned channel = cell->setup->nfas ? ISDN_CHANNEL(1, 1) : 1;

	while (taken(channel, MX_CALLS))
		channel++;
	return channel;
}

/* The channel that is asked for if it can be: the network of a BRI may give another. */
static void choose(unsigned call, int asked)
{
	unsigned channel = asked > 0 && (asked & 0xff) != 0xff ? of_libpri(asked) : 0;

	calls[call].channel = 0;
	if (!(channel % 32) || (is_net() && taken(channel, call)))
		channel = free_channel();
	calls[call].channel = channel;
}

static void ring(const pri_event_ring *r)
{
	unsigned n = number(r->call);
	struct mx_seen *s = mx_see(&mx_theirs, SETUP, n);

	choose(n, r->channel);
	s->channel = calls[n].channel;
	snprintf(s->digits, sizeof(s->digits), "%s", r->callednum);
	snprintf(s->uui, sizeof(s->uui), "%s", r->useruserinfo);
}

static void over(q931_call *c)
{
	calls[number(c)].libpri = NULL;
}

static void digits(const pri_event_ring *r)
{
	struct mx_seen *s = mx_see(&mx_theirs, DIGITS, number(r->call));

	snprintf(s->digits, sizeof(s->digits), "%s", r->callednum);
}

static void link_is(bool up)
{
	mx_theirs.downs += link_up && !up;
	link_up = up;
}

/* The application's calls on the channel end with it. */
static void restarted(int channel)
{
	destroying = true;
	for (unsigned i = 0; i < n_calls; i++)
		if (calls[i].libpri && (channel < 0 || calls[i].channel == of_libpri(channel))) {
			pri_destroycall(pri, calls[i].libpri);
			calls[i].libpri = NULL;
		}
	destroying = false;
}

static void handle(pri_event *from)
{
	pri_event e = *from; /* the next request overwrites it */

	mx_note("libpri: event %s", pri_event2str(e.e));
	switch (e.e) {
	case PRI_EVENT_DCHAN_UP:
	case PRI_EVENT_DCHAN_DOWN:
		link_is(e.e == PRI_EVENT_DCHAN_UP);
		break;
	case PRI_EVENT_RING:
		ring(&e.ring);
		break;
	case PRI_EVENT_SETUP_ACK:
		see_call(MORE_INFO, e.setup_ack.call, e.setup_ack.channel, 0, "");
		break;
	case PRI_EVENT_INFO_RECEIVED:
		digits(&e.ring);
		break;
	case PRI_EVENT_PROCEEDING:
		see_call(PROCEEDING, e.proceeding.call, e.proceeding.channel, 0, "");
		break;
	case PRI_EVENT_PROGRESS:
		see_call(PROGRESS, e.proceeding.call, e.proceeding.channel, 0, "");
		break;
	case PRI_EVENT_RINGING:
		see_call(ALERTING, e.ringing.call, e.ringing.channel, 0, e.ringing.useruserinfo);
		break;
	case PRI_EVENT_ANSWER:
		see_call(CONNECT, e.answer.call, e.answer.channel, 0, e.answer.useruserinfo);
		break;
	case PRI_EVENT_HANGUP_REQ:
		see_call(DISCONNECT, e.hangup.call, 0, e.hangup.cause, e.hangup.useruserinfo);
		break;
	case PRI_EVENT_HANGUP:
		if (muted)
			break;
		see_call(GONE, e.hangup.call, 0, e.hangup.cause, e.hangup.useruserinfo);
		pri_hangup(pri, e.hangup.call, e.hangup.cause);
		over(e.hangup.call);
		break;
	case PRI_EVENT_HANGUP_ACK: /* the call is no more: only its address is compared */
		see_call(GONE, e.hangup.call, 0, e.hangup.cause, e.hangup.useruserinfo);
		over(e.hangup.call);
		break;
	case PRI_EVENT_HOLD:
		see_call(HOLD, e.hold.call, 0, 0, "");
		break;
	case PRI_EVENT_HOLD_ACK:
		see_call(HOLD_ACK, e.hold_ack.call, 0, 0, "");
		calls[number(e.hold_ack.call)].channel = 0;
		break;
	case PRI_EVENT_HOLD_REJ:
		see_call(HOLD_REJECT, e.hold_rej.call, 0, e.hold_rej.cause, "");
		break;
	case PRI_EVENT_RETRIEVE:
		see_call(RETRIEVE, e.retrieve.call, 0, 0, "");
		choose(number(e.retrieve.call), e.retrieve.channel);
		break;
	case PRI_EVENT_RETRIEVE_ACK:
		see_call(RETRIEVE_ACK, e.retrieve_ack.call, e.retrieve_ack.channel, 0, "");
		break;
	case PRI_EVENT_RETRIEVE_REJ:
		see_call(RETRIEVE_REJECT, e.retrieve_rej.call, 0, e.retrieve_rej.cause, "");
		break;
	case PRI_EVENT_SERVICE:
		mx_see(&mx_theirs, SERVICE, 0)->channel = of_libpri(e.service.channel);
		break;
	case PRI_EVENT_SERVICE_ACK:
		mx_see(&mx_theirs, SERVICE_ACK, 0)->channel = of_libpri(e.service_ack.channel);
		break;
	case PRI_EVENT_RESTART:
		mx_see(&mx_theirs, RESTART, 0)->channel = of_libpri(e.restart.channel);
		restarted(e.restart.channel);
		break;
	case PRI_EVENT_RESTART_ACK:
		mx_see(&mx_theirs, RESTART_ACK, 0)->channel = of_libpri(e.restartack.channel);
		break;
	default:
		mx_see(&mx_theirs, NOTHING, 0); /* what nobody expects */
		break;
	}
}

/*
 * A call that ends before the application has answered it in any way, or that nothing answers, ends
 * without an event (pri_internal_clear and RELEASE COMPLETE in q931.c, "alive"): libpri's own count
 * tells. There is one call at a time then.
 */
static void gone_in_silence(void)
{
	unsigned n_open = 0, open = 0;

	for (unsigned i = 0; i < n_calls; i++)
		if (calls[i].libpri) {
			open = i;
			n_open++;
		}
	if (n_open != 1 || mx_theirs.calls())
		return;
	mx_note("libpri: the call is gone, and no event said so");
	calls[open].libpri = NULL;
	mx_see(&mx_theirs, GONE, open);
}

/* ---- what is done ---- */

/* A terminal at a bus does not know what channels others have: it asks, the network says. */
static int setup(const struct mx_ask *a)
{
	static char name[] = "Alice", caller[] = "100";
	bool alaw = cell->setup->bri || cell->variant->interface == ISDN_E1;
	unsigned channel = a->channel ? a->channel : free_channel();
	struct pri_sr *sr = pri_sr_new();
	q931_call *c = pri_new_call(pri);
	int err;

	pri_sr_set_channel(sr, to_libpri(channel), !a->preferred && (!cell->setup->bri || is_net()),
			   0);
	pri_sr_set_bearer(sr, PRI_TRANS_CAP_SPEECH, alaw ? PRI_LAYER_1_ALAW : PRI_LAYER_1_ULAW);
	pri_sr_set_called(sr, (char *)(uintptr_t)a->digits, PRI_UNKNOWN, a->complete);
	pri_sr_set_caller(sr, caller, name, PRI_UNKNOWN, PRES_ALLOWED_USER_NUMBER_PASSED_SCREEN);
	if (a->uui)
		pri_sr_set_useruser(sr, a->uui);
	calls[number(c)].channel = channel;
	err = pri_setup(pri, c, sr);
	pri_sr_free(sr);
	return err;
}

static int restart(const struct mx_ask *a)
{
	restarted(to_libpri(a->channel));
	return pri_reset(pri, to_libpri(a->channel));
}

/* A held call has no channel. */
static int hold_ack(q931_call *c, const struct mx_ask *a)
{
	(void)a;
	calls[number(c)].channel = 0;
	return pri_hold_ack(pri, c);
}

static int retrieve(q931_call *c, const struct mx_ask *a)
{
	unsigned channel = free_channel();

	(void)a;
	calls[number(c)].channel = channel;
	return pri_retrieve(pri, c, to_libpri(channel));
}

static int digit(q931_call *c, const struct mx_ask *a)
{
	return pri_information(pri, c, a->digits[0]);
}

static int hold(q931_call *c, const struct mx_ask *a)
{
	(void)a;
	return pri_hold(pri, c);
}

/* One of these is what libpri has for it. */
static const struct {
	enum mx_what what;
	int (*other)(q931_call *c, const struct mx_ask *a);
	int (*response)(struct pri *, q931_call *, int channel, int info);
	int (*with_channel)(struct pri *, q931_call *, int channel);
	int (*with_cause)(struct pri *, q931_call *, int cause);
} deeds[] = {
	{ MORE_INFO, NULL, pri_need_more_info, NULL, NULL },
	{ PROGRESS, NULL, pri_progress, NULL, NULL },
	{ PROCEEDING, NULL, pri_proceeding, NULL, NULL },
	{ ALERTING, NULL, pri_acknowledge, NULL, NULL },
	{ CONNECT, NULL, pri_answer, NULL, NULL },
	{ DIGITS, digit, NULL, NULL, NULL },
	{ CLEAR, NULL, NULL, NULL, pri_hangup },
	{ HOLD, hold, NULL, NULL, NULL },
	{ HOLD_ACK, hold_ack, NULL, NULL, NULL },
	{ HOLD_REJECT, NULL, NULL, NULL, pri_hold_rej },
	{ RETRIEVE, retrieve, NULL, NULL, NULL },
	{ RETRIEVE_ACK, NULL, NULL, pri_retrieve_ack, NULL },
	{ RETRIEVE_REJECT, NULL, NULL, NULL, pri_retrieve_rej },
};

static int of_call(const struct mx_ask *a, q931_call *c, int channel)
{
	for (unsigned i = 0; i < sizeof(deeds) / sizeof(deeds[0]); i++) {
		if (deeds[i].what != a->what)
			continue;
		if (deeds[i].response)
			return deeds[i].response(pri, c, channel, a->what == PROGRESS);
		if (deeds[i].with_channel)
			return deeds[i].with_channel(pri, c, channel);
		if (deeds[i].with_cause)
			return deeds[i].with_cause(pri, c, (int)a->cause);
		return deeds[i].other(c, a);
	}
	return -1;
}

static const char *theirs_act(const struct mx_ask *a)
{
	q931_call *c = a->call < n_calls ? calls[a->call].libpri : NULL;
	int channel = a->call < n_calls ? to_libpri(calls[a->call].channel) : 0;
	int err;

	if (c && a->uui)
		pri_call_set_useruser(c, a->uui);
	if (a->what == SETUP)
		err = setup(a);
	else if (a->what == RESTART)
		err = restart(a);
	else if (a->what == SERVICE)
		err = pri_maintenance_service(pri, (int)a->channel / 32, (int)a->channel % 32,
					      (int)a->cause);
	else if (!c)
		return "libpri has no such call";
	else
		err = of_call(a, c, channel);
	gone_in_silence();
	return err ? "libpri answers -1" : NULL;
}

/* ---- frames, time ---- */

static void theirs_rx(const uint8_t *frame, size_t len)
{
	pri_event *e;

	in = frame;
	in_len = len;
	e = pri_check_event(pri);
	if (e)
		handle(e);
	gone_in_silence();
}

static bool theirs_run(void)
{
	bool busy = theirs_next() <= mx_now;
	pri_event *e;

	while ((e = pri_schedule_run(pri)) != NULL)
		handle(e);
	if (busy)
		gone_in_silence();
	return busy;
}

static void theirs_mute(void)
{
	muted = !muted;
}

static bool theirs_up(void)
{
	return link_up;
}

static unsigned theirs_calls(void)
{
	char *info = pri_dump_info_str(pri), *at = strstr(info, "active-calls:");
	unsigned n = at ? (unsigned)atoi(at + strlen("active-calls:")) : ~0u;

	free(info);
	return n;
}

static unsigned theirs_channel(unsigned call)
{
	return calls[call].channel;
}

struct mx_end mx_theirs = {
	.name = "libpri",
	.open = theirs_open,
	.act = theirs_act,
	.rx = theirs_rx,
	.run = theirs_run,
	.next = theirs_next,
	.mute = theirs_mute,
	.up = theirs_up,
	.calls = theirs_calls,
	.channel = theirs_channel,
};
