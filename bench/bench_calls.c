/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Whole calls between the two ends of a D-channel in memory, layer 2 included:
 * a user and a network of this library, and two of libpri, by turns in one run.
 * make bench builds and runs it; doc/performance.md has a table.
 *
 * So many calls are up, one of them set up just now, and a random one of all is
 * cleared. Both do the same messages, which is checked, with the same loop
 * around them: read the clock, run the timers that are due, take what has
 * arrived, answer events, send. libpri is measured without the first two as well.
 *
 * Exit status 1: the engines did not do the same, or ours allocated.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <getopt.h>
#include <malloc.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/time.h>
#ifdef BENCH_LIBPRI
#include <libpri.h>
#endif

#include <isdn/span.h>

#include "bench/bench.h"

#define FRAME_MAX 264 /* N201 and the address and control octets */
#define WIRE	  64  /* frames under way, at most */
#define CHANNELS  30
#define ROUNDS	  11 /* at most */
#define BATCH	  16 /* calls between two looks at the clock */
#define TRACE	  16 /* messages of one call, at most */
#define UUI_TEXT  "hello-user-user-information------"

static const char called_digits[] = "5551234", calling_digits[] = "5559876";

static struct {
	int rounds;
	double slice, warm; /* ns */
	unsigned most;	    /* rows with more calls are left out */
	unsigned alone;	    /* 0, or the only row */
} plan = { ROUNDS, 100e6, 400e6, UINT32_MAX, 0 };

static void fail(const char *format, ...) ISDN_PRINTF(1, 2);
static void fail(const char *format, ...)
{
	va_list ap;

	fflush(stdout);
	fputs("bench_calls: ", stderr);
	va_start(ap, format);
	vfprintf(stderr, format, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(1);
}

/* ---- memory ---- */

/* What one end has of the heap, malloc's header of each piece included. */
struct heap {
	size_t octets;
	unsigned long allocations;
};

static void heap_add(struct heap *h, void *p)
{
	h->octets += malloc_usable_size(p) + sizeof(size_t);
	h->allocations++;
}

static void heap_remove(struct heap *h, void *p)
{
	h->octets -= malloc_usable_size(p) + sizeof(size_t);
}

/* Ours has a hook. */
static void *heap_alloc(void *arg, size_t size)
{
	void *p = malloc(size);

	if (p)
		heap_add(arg, p);
	return p;
}

static void heap_free(void *arg, void *p)
{
	if (p)
		heap_remove(arg, p);
	free(p);
}

/* libpri, which may be a shared library, has none: those of libc are replaced, where it sees them.
 */
#ifdef BENCH_LIBPRI
static struct heap *heap_in_hand; /* of the end that runs, or NULL */
#endif

#if defined(BENCH_LIBPRI) && defined(__GLIBC__)
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t size);
void __libc_free(void *p);

ISDN_API void *malloc(size_t size)
{
	void *p = __libc_malloc(size);

	if (p && heap_in_hand)
		heap_add(heap_in_hand, p);
	return p;
}

ISDN_API void *calloc(size_t n, size_t size)
{
	void *p = __libc_calloc(n, size);

	if (p && heap_in_hand)
		heap_add(heap_in_hand, p);
	return p;
}

ISDN_API void *realloc(void *old, size_t size)
{
	void *p;

	if (old && heap_in_hand)
		heap_remove(heap_in_hand, old);
	p = __libc_realloc(old, size);
	if (p && heap_in_hand)
		heap_add(heap_in_hand, p);
	return p;
}

ISDN_API void free(void *p)
{
	if (p && heap_in_hand)
		heap_remove(heap_in_hand, p);
	__libc_free(p);
}
#endif

/* ---- two ends and the wires between them ---- */

enum { NETWORK, USER }; /* the network calls, and clears */

struct wire {
	unsigned head, tail;
	struct {
		size_t len;
		uint8_t octets[FRAME_MAX];
	} frame[WIRE];
};

struct message {
	uint8_t to, type;
	size_t len;
};

struct pair;

struct end {
	struct pair *pair;
	unsigned which;
	struct heap heap;
	struct isdn_span *span;
	void *pri;
	bool up;
};

struct engine {
	const char *name;
	void (*open)(struct pair *p);
	void (*close)(struct pair *p);
	uint64_t (*call)(struct pair *p); /* 0: there is no room for one more */
	void (*clear)(struct pair *p, uint64_t call);
	void (*read_clock)(struct pair *p);
	void (*turn)(struct end *e, bool timers); /* of the loop: frames have arrived */
};

struct pair {
	const struct engine *engine;
	struct end end[2];
	struct wire wire[2]; /* to the end */
	bool channels;	     /* each call has a B-channel of its own */
	bool uui;
	isdn_time now;			/* ms */
	struct timeval tv;		/* the same for libpri */
	unsigned made;			/* calls, for their channels */
	unsigned long answered, gone;	/* as told by events: once, and once at each end */
	unsigned long with_uui;		/* events */
	unsigned long frames, messages; /* on the wires */
	struct message *trace;		/* NULL, or the messages of one call */
	unsigned n_trace;
	uint64_t *standing;
	unsigned n_standing;
	uint32_t seed;
};

static void send_frame(struct end *from, const uint8_t *octets, size_t len)
{
	struct pair *p = from->pair;
	struct wire *w = &p->wire[!from->which];
	unsigned at = w->head++ % WIRE;

	if (w->head - w->tail > WIRE || len > FRAME_MAX)
		fail("%s: too much on the wire", p->engine->name);
	memcpy(w->frame[at].octets, octets, len);
	w->frame[at].len = len;
	p->frames++;
	if (octets[2] & 1)
		return;
	p->messages++; /* an I frame: address, control, discriminator, call reference, type */
	if (p->trace && p->n_trace < TRACE)
		p->trace[p->n_trace++] = (struct message){ (uint8_t)!from->which, octets[8],
							   len - 4 };
}

/* 0: none. */
static size_t receive_frame(struct end *to, uint8_t *octets)
{
	struct wire *w = &to->pair->wire[to->which];
	unsigned at = w->tail % WIRE;

	if (w->head == w->tail)
		return 0;
	w->tail++;
	memcpy(octets, w->frame[at].octets, w->frame[at].len);
	return w->frame[at].len;
}

static bool has_arrived(const struct end *e)
{
	const struct wire *w = &e->pair->wire[e->which];

	return w->head != w->tail;
}

/* The loop: it sleeps until a frame arrives, for either end; until nothing is under way. */
static void run(struct pair *p, bool timers)
{
	while (has_arrived(&p->end[NETWORK]) || has_arrived(&p->end[USER])) {
		if (timers)
			p->engine->read_clock(p);
		for (unsigned i = 0; i < 2; i++)
			if (has_arrived(&p->end[i]))
				p->engine->turn(&p->end[i], timers);
	}
}

/* ---- this library ---- */

static struct isdn_msg ours_setup; /* composed once, as libpri's request is */

static void ours_compose(void)
{
	struct isdn_msg *m = &ours_setup;

	isdn_msg_init(m, 0, 0, 0, false);
	isdn_msg_set(m, ISDN_IE_SENDING_COMPLETE);
	m->bearer[0] = (struct isdn_bearer){ .capability = ISDN_SPEECH,
					     .rate = 0x10,
					     .layer1 = ISDN_L1_G711_ALAW };
	isdn_msg_set(m, ISDN_IE_BEARER);
	m->calling[0] = (struct isdn_number){ .type = 2,
					      .plan = 1,
					      .has_presentation = true,
					      .screening = 1,
					      .n_digits = sizeof(calling_digits) - 1 };
	memcpy(m->calling[0].digits, calling_digits, sizeof(calling_digits));
	isdn_msg_set(m, ISDN_IE_CALLING);
	m->called =
		(struct isdn_number){ .type = 2, .plan = 1, .n_digits = sizeof(called_digits) - 1 };
	memcpy(m->called.digits, called_digits, sizeof(called_digits));
	isdn_msg_set(m, ISDN_IE_CALLED);
	m->channel_id[0] = (struct isdn_channel_id){
		.primary = true, .exclusive = true, .d_channel = true, .select = ISDN_CHANNEL_NONE
	};
	m->uui = (struct isdn_uui){ .discriminator = 4, .len = sizeof(UUI_TEXT) - 1 };
	memcpy(m->uui.data, UUI_TEXT, sizeof(UUI_TEXT) - 1);
}

static void ours_read_clock(struct pair *p)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	p->now = (isdn_time)ts.tv_sec * 1000 + (isdn_time)ts.tv_nsec / 1000000;
}

static void ours_send(struct end *e)
{
	uint8_t frame[FRAME_MAX];
	size_t len;

	while (isdn_span_tx(e->span, frame, sizeof(frame), &len, e->pair->now) == 1)
		send_frame(e, frame, len);
}

static void ours_open(struct pair *p)
{
	struct isdn_span_config config;

	ours_read_clock(p);
	for (unsigned i = 0; i < 2; i++) {
		struct isdn_env env = { .mem = { heap_alloc, heap_free, &p->end[i].heap } };

		isdn_span_config_init(&config, i == USER ? ISDN_USER : ISDN_NETWORK, ISDN_E1);
		if (isdn_span_new(&p->end[i].span, &config, &env) ||
		    isdn_span_start(p->end[i].span, p->now))
			fail("no span");
		ours_send(&p->end[i]);
	}
}

static void ours_close(struct pair *p)
{
	for (unsigned i = 0; i < 2; i++) {
		isdn_span_free(p->end[i].span);
		if (p->end[i].heap.octets)
			fail("%zu octets of the heap were not freed", p->end[i].heap.octets);
	}
}

static uint64_t ours_call(struct pair *p)
{
	struct end *e = &p->end[NETWORK];
	struct isdn_msg *m = &ours_setup;
	isdn_call_id call;

	ours_read_clock(p);
	m->present &= ~(UINT64_C(1) << ISDN_IE_CHANNEL_ID | UINT64_C(1) << ISDN_IE_USER_USER);
	if (!p->channels)
		isdn_msg_set(m, ISDN_IE_CHANNEL_ID); /* none; else the network takes any */
	if (p->uui)
		isdn_msg_set(m, ISDN_IE_USER_USER);
	if (isdn_span_setup(e->span, m, &call, p->now))
		return 0;
	ours_send(e);
	return call;
}

static void ours_clear(struct pair *p, uint64_t call)
{
	struct end *e = &p->end[NETWORK];

	ours_read_clock(p);
	if (isdn_span_clear(e->span, call, ISDN_CAUSE_NORMAL_CALL_CLEARING,
			    p->uui ? &ours_setup.uui : NULL, NULL, p->now))
		fail("a call can not be cleared");
	ours_send(e);
}

static void ours_event(struct end *e, const struct isdn_span_event *ev)
{
	isdn_time now = e->pair->now;
	int err = 0;

	e->pair->with_uui += ev->msg->type && isdn_msg_has(ev->msg, ISDN_IE_USER_USER);
	switch ((int)ev->prim) {
	case ISDN_SETUP_IND:
		err = isdn_span_proceeding(e->span, ev->call, NULL, now);
		err |= isdn_span_alerting(e->span, ev->call, NULL, now);
		err |= isdn_span_connect(e->span, ev->call, NULL, now);
		break;
	case ISDN_SETUP_CONF:
		e->pair->answered++;
		break;
	case ISDN_DISCONNECT_IND:
		err = isdn_span_clear(e->span, ev->call, ev->cause, NULL, NULL, now);
		break;
	case ISDN_RELEASE_IND:
	case ISDN_RELEASE_CONF:
		e->pair->gone++;
		break;
	case ISDN_LINK_UP:
		e->up = true;
		break;
	default:
		break;
	}
	if (err)
		fail("a request was refused");
}

static void ours_turn(struct end *e, bool timers)
{
	static struct isdn_span_event ev;
	isdn_time now = e->pair->now;
	uint8_t frame[FRAME_MAX];
	size_t len;

	(void)timers;
	if (isdn_span_next_timeout(e->span) <= now)
		isdn_span_handle_timeout(e->span, now);
	while ((len = receive_frame(e, frame)) != 0)
		if (isdn_span_rx(e->span, frame, len, now))
			fail("no memory");
	while (isdn_span_next_event(e->span, &ev) == 1)
		ours_event(e, &ev);
	ours_send(e);
}

static const struct engine ours = { "libisdn",	ours_open,	 ours_close, ours_call,
				    ours_clear, ours_read_clock, ours_turn };

/* ---- libpri ---- */

#ifdef BENCH_LIBPRI
#define HAS_LIBPRI true

static unsigned long theirs_lines; /* of its log */
static struct pri_sr *theirs_setup;

static int theirs_read(struct pri *pri, void *buf, int size)
{
	struct end *e = pri_get_userdata(pri);
	size_t len = size < FRAME_MAX + 2 ? 0 : receive_frame(e, buf);

	return len ? (int)len + 2 : 0; /* as if the check sequence were behind it */
}

static int theirs_write(struct pri *pri, void *buf, int size)
{
	send_frame(pri_get_userdata(pri), buf, (size_t)size - 2);
	return size;
}

static void theirs_line(struct pri *pri, char *line)
{
	(void)pri;
	(void)line;
	theirs_lines++;
}

static void theirs_compose(void)
{
	char called[sizeof(called_digits)], calling[sizeof(calling_digits)];

	pri_set_message(theirs_line);
	pri_set_error(theirs_line);
	memcpy(called, called_digits, sizeof(called));
	memcpy(calling, calling_digits, sizeof(calling));
	theirs_setup = pri_sr_new();
	if (!theirs_setup)
		fail("no memory");
	pri_sr_set_bearer(theirs_setup, PRI_TRANS_CAP_SPEECH, PRI_LAYER_1_ALAW);
	pri_sr_set_called(theirs_setup, called, PRI_NATIONAL_ISDN, 1);
	pri_sr_set_caller(theirs_setup, calling, NULL, PRI_NATIONAL_ISDN,
			  PRES_ALLOWED_USER_NUMBER_PASSED_SCREEN);
}

static void theirs_open(struct pair *p)
{
	for (unsigned i = 0; i < 2; i++) {
		heap_in_hand = &p->end[i].heap;
		p->end[i].pri = pri_new_cb(-1, i == USER ? PRI_CPE : PRI_NETWORK,
					   PRI_SWITCH_EUROISDN_E1, theirs_read, theirs_write,
					   &p->end[i]);
		heap_in_hand = NULL;
		if (!p->end[i].pri)
			fail("no memory");
	}
}

/* libpri has no function that frees an instance. */
static void theirs_close(struct pair *p)
{
	(void)p;
}

/* libpri does not mind how many calls have one channel. */
static uint64_t theirs_call(struct pair *p)
{
	struct pri *pri = p->end[NETWORK].pri;
	int channel = (int)(p->made % CHANNELS) + 1;
	q931_call *call;

	heap_in_hand = &p->end[NETWORK].heap;
	call = pri_new_call(pri);
	if (call) {
		pri_sr_set_channel(theirs_setup, channel + (channel > 15), 1, 0);
		pri_sr_set_useruser(theirs_setup, p->uui ? UUI_TEXT : "");
		if (pri_setup(pri, call, theirs_setup))
			call = NULL;
	}
	heap_in_hand = NULL;
	return (uintptr_t)call;
}

static void theirs_clear(struct pair *p, uint64_t call)
{
	q931_call *c = (void *)(uintptr_t)call; /* NOLINT */

	heap_in_hand = &p->end[NETWORK].heap;
	if (p->uui)
		pri_call_set_useruser(c, UUI_TEXT);
	pri_hangup(p->end[NETWORK].pri, c, PRI_CAUSE_NORMAL_CLEARING);
	heap_in_hand = NULL;
}

static void theirs_event(struct end *e, const pri_event *ev)
{
	struct pri *pri = e->pri;

	switch (ev->e) {
	case PRI_EVENT_DCHAN_UP:
		e->up = true;
		break;
	case PRI_EVENT_RING:
		e->pair->with_uui += ev->ring.useruserinfo[0] != 0;
		pri_proceeding(pri, ev->ring.call, ev->ring.channel, 0);
		pri_acknowledge(pri, ev->ring.call, ev->ring.channel, 0);
		pri_answer(pri, ev->ring.call, ev->ring.channel, 0);
		break;
	case PRI_EVENT_ANSWER:
		e->pair->answered++;
		break;
	case PRI_EVENT_HANGUP_REQ:
		e->pair->with_uui += ev->hangup.useruserinfo[0] != 0;
		pri_hangup(pri, ev->hangup.call, ev->hangup.cause);
		break;
	case PRI_EVENT_HANGUP:
		pri_hangup(pri, ev->hangup.call, ev->hangup.cause);
		e->pair->gone++;
		break;
	case PRI_EVENT_HANGUP_ACK:
		e->pair->gone++;
		break;
	default:
		break;
	}
}

static void theirs_read_clock(struct pair *p)
{
	gettimeofday(&p->tv, NULL);
}

static void theirs_timers(struct end *e)
{
	const struct timeval *next = pri_schedule_next(e->pri), *now = &e->pair->tv;
	const pri_event *ev;

	if (!next || timercmp(next, now, >))
		return;
	ev = pri_schedule_run(e->pri);
	if (ev)
		theirs_event(e, ev);
}

static void theirs_turn(struct end *e, bool timers)
{
	const pri_event *ev;

	heap_in_hand = &e->heap;
	if (timers)
		theirs_timers(e);
	while (has_arrived(e)) {
		ev = pri_check_event(e->pri);
		if (ev)
			theirs_event(e, ev);
	}
	heap_in_hand = NULL;
}

static const char *libpri_version(void)
{
	return pri_get_version();
}
#else
#define HAS_LIBPRI	  false

static unsigned long theirs_lines;

static void theirs_compose(void)
{
}
static void theirs_open(struct pair *p)
{
	(void)p;
}
static uint64_t theirs_call(struct pair *p)
{
	(void)p;
	return 0;
}
static void theirs_clear(struct pair *p, uint64_t call)
{
	(void)p;
	(void)call;
}
#define theirs_read_clock theirs_open
static void theirs_turn(struct end *e, bool timers)
{
	(void)e;
	(void)timers;
}
#define theirs_close	  theirs_open

static const char *libpri_version(void)
{
	return "was not found";
}
#endif

static const struct engine theirs = { "libpri",	    theirs_open,       theirs_close, theirs_call,
				      theirs_clear, theirs_read_clock, theirs_turn };

/* ---- calls ---- */

static void pair_open(struct pair *p, const struct engine *engine, bool channels)
{
	double begin = bench_now();

	memset(p, 0, sizeof(*p));
	p->engine = engine;
	p->channels = channels;
	p->seed = 12345;
	for (unsigned i = 0; i < 2; i++) {
		p->end[i].pair = p;
		p->end[i].which = i;
	}
	engine->open(p);
	while (!p->end[0].up || !p->end[1].up) {
		engine->read_clock(p);
		for (unsigned i = 0; i < 2; i++)
			engine->turn(&p->end[i], true); /* libpri begins by a timer */
		if (bench_now() - begin > 10e9)
			fail("%s: the link does not come up", engine->name);
	}
}

static void pair_close(struct pair *p)
{
	p->engine->close(p);
	free(p->standing);
}

/* One more call, until it is answered. */
static uint64_t set_up(struct pair *p, bool timers)
{
	unsigned long answered = p->answered;
	uint64_t call = p->engine->call(p);

	if (!call)
		fail("%s: no room for one more call", p->engine->name);
	p->made++;
	run(p, timers);
	if (p->answered != answered + 1)
		fail("%s: a call is not answered", p->engine->name);
	return call;
}

static void clear(struct pair *p, uint64_t call, bool timers)
{
	unsigned long gone = p->gone;

	p->engine->clear(p, call);
	run(p, timers);
	if (p->gone != gone + 2)
		fail("%s: a call is not cleared", p->engine->name);
}

/* A call is set up, and one of those that are up, that one included, is cleared. */
static void churn(struct pair *p, bool timers)
{
	uint64_t call = set_up(p, timers), victim;
	unsigned at;

	p->seed = p->seed * 1103515245u + 12345u;
	at = (unsigned)((uint64_t)p->seed * (p->n_standing + 1) >> 32);
	victim = call;
	if (at < p->n_standing) {
		victim = p->standing[at];
		p->standing[at] = call;
	}
	clear(p, victim, timers);
}

static void fill(struct pair *p, unsigned standing)
{
	p->standing = calloc(standing + 1, sizeof(p->standing[0]));
	if (!p->standing)
		fail("no memory");
	for (p->n_standing = 0; p->n_standing < standing; p->n_standing++)
		p->standing[p->n_standing] = set_up(p, true);
}

/* ns a call. */
static double measure(struct pair *p, double ns, bool timers)
{
	double begin = bench_now(), took;
	unsigned long n = 0;

	do {
		for (unsigned i = 0; i < BATCH; i++)
			churn(p, timers);
		n += BATCH;
		took = bench_now() - begin;
	} while (took < ns);
	return took / (double)n;
}

/* ---- the same messages ---- */

static void trace(struct pair *p, bool uui, struct message *messages)
{
	p->trace = messages;
	p->n_trace = 0;
	p->uui = uui;
	p->with_uui = 0;
	clear(p, set_up(p, true), true);
	p->trace = NULL;
	if (p->with_uui != (uui ? 2 : 0))
		fail("%s: UUI was told %lu times", p->engine->name, p->with_uui);
}

static void print_trace(const struct pair *a, const struct message *ours_m,
			const struct message *theirs_m)
{
	printf("%-22s%-14s%10s%10s\n", "message", "from", "libisdn", HAS_LIBPRI ? "libpri" : "");
	for (unsigned i = 0; i < a->n_trace; i++) {
		printf("%-22s%-14s%10zu", isdn_msg_name(ours_m[i].type),
		       ours_m[i].to == USER ? "network" : "user", ours_m[i].len);
		if (HAS_LIBPRI)
			printf("%10zu", theirs_m[i].len);
		printf("\n");
	}
	printf("\n");
}

/* One call of each: the same messages in the same order, and UUI where it is asked for. */
static void compare(bool uui)
{
	static struct pair a, b;
	struct message ours_m[TRACE], theirs_m[TRACE] = { { 0, 0, 0 } };

	pair_open(&a, &ours, true);
	trace(&a, uui, ours_m);
	if (HAS_LIBPRI) {
		pair_open(&b, &theirs, true);
		trace(&b, uui, theirs_m);
		if (a.n_trace != b.n_trace)
			fail("%u messages of libisdn, %u of libpri", a.n_trace, b.n_trace);
		for (unsigned i = 0; i < a.n_trace; i++)
			if (ours_m[i].type != theirs_m[i].type || ours_m[i].to != theirs_m[i].to)
				fail("message %u is not the same", i);
		pair_close(&b);
	}
	if (uui) {
		printf("octets of the messages of a call, with UUI:\n\n");
		print_trace(&a, ours_m, theirs_m);
	}
	pair_close(&a);
}

/* ---- rows ---- */

enum series { OURS, OURS_30, THEIRS, THEIRS_NO_TIMERS, SERIES }; /* OURS_30: with 30 calls up */

static struct row {
	unsigned calls;
	bool channels;
	bool done;
	double ns[2][SERIES][ROUNDS], median[2][SERIES]; /* without and with UUI */
	/* of each to OURS, OURS to OURS_30: medians of what they were in each round */
	double ratio[2][SERIES];
	double memory[2][2], allocations[2]; /* of ours, of theirs; a call */
	double frames[2];
} rows[] = {
	{ .calls = 1, .channels = true },
	{ .calls = 30, .channels = true },
	{ .calls = 30 },
	{ .calls = 1000 },
	{ .calls = 8000 },
	{ .calls = 32000 },
};

/* The heap with so many calls more, and what has to be warm before that is measured. */
static void prepare(struct pair *p, struct row *r, unsigned which)
{
	size_t before[2];
	double begin;

	clear(p, set_up(p, true), true);
	for (unsigned i = 0; i < 2; i++)
		before[i] = p->end[i].heap.octets;
	fill(p, r->calls - 1);
	for (unsigned i = 0; i < 2 && r->calls > 1; i++)
		r->memory[which][i] = (double)(p->end[i].heap.octets - before[i]) / (r->calls - 1);
	/* Each place was changed twice, where there is the time for it. */
	begin = bench_now();
	for (unsigned i = 0; i < 2 * r->calls + 2000 && bench_now() - begin < plan.warm; i++) {
		p->uui = i & 1;
		churn(p, true);
	}
}

/* One slice of one series; what it did is added up. */
static void slice(struct pair *p, struct row *r, enum series s, bool uui, int round)
{
	unsigned which = s >= THEIRS;
	unsigned long allocations = 0, frames, messages, gone;
	double n;

	p->uui = uui;
	/* The caches hold what the other series had. */
	(void)measure(p, plan.slice / 2, s != THEIRS_NO_TIMERS);
	frames = p->frames, messages = p->messages, gone = p->gone;
	for (unsigned i = 0; i < 2; i++)
		allocations -= p->end[i].heap.allocations;
	r->ns[uui][s][round] = measure(p, plan.slice, s != THEIRS_NO_TIMERS);
	for (unsigned i = 0; i < 2; i++)
		allocations += p->end[i].heap.allocations;
	n = (double)(p->gone - gone) / 2;
	r->allocations[which] += (double)allocations / n / 2 / plan.rounds / 2;
	r->frames[which] = (double)(p->frames - frames) / n;
	if (p->messages - messages != 8 * (unsigned long)n)
		fail("%s: %lu messages for %.0f calls", p->engine->name, p->messages - messages, n);
}

static void find_medians(struct row *r, bool uui)
{
	double ratio[ROUNDS], spread;

	for (enum series s = OURS; s < SERIES; s++) {
		const double *over = r->ns[uui][s], *under = r->ns[uui][s == OURS ? OURS_30 : OURS];

		for (int i = 0; i < plan.rounds; i++)
			ratio[i] = over[i] / under[i];
		r->ratio[uui][s] = bench_median(ratio, plan.rounds, &spread);
	}
	for (enum series s = OURS; s < SERIES; s++)
		r->median[uui][s] = bench_median(r->ns[uui][s], plan.rounds, &spread);
}

static void measure_row(struct row *r)
{
	static struct pair a, b, c;
	struct pair *const of[SERIES] = { &a, &c, &b, &b };
	struct row few = { .calls = 30 };

	if (HAS_LIBPRI) { /* which takes long to fill: T203 of the others would expire meanwhile */
		pair_open(&b, &theirs, r->channels);
		prepare(&b, r, 1);
	}
	pair_open(&a, &ours, r->channels);
	prepare(&a, r, 0);
	pair_open(&c, &ours, false);
	prepare(&c, &few, 0);
	for (int round = 0; round < plan.rounds; round++)
		for (unsigned uui = 0; uui < 2; uui++)
			for (enum series s = OURS; s < (HAS_LIBPRI ? SERIES : THEIRS); s++)
				slice(of[s], r, s, uui, round);
	find_medians(r, false);
	find_medians(r, true);
	r->done = true;
	pair_close(&a);
	pair_close(&c);
	if (HAS_LIBPRI)
		pair_close(&b);
}

/* ---- tables ---- */

static void print_label(const struct row *r)
{
	printf("%9u %-11s |", r->calls, r->channels ? "" : "no channel");
}

static void print_times(bool uui)
{
	printf("%s UUI in SETUP and DISCONNECT\n\n", uui ? "with" : "without");
	printf("%9s %-11s |%26s |", "", "", "libisdn");
	if (HAS_LIBPRI)
		printf("%29s |%18s", "libpri", "libpri / libisdn");
	printf("\n%9s %-11s |%8s%10s%8s |", "calls up", "", "ns", "calls/s", "to 30");
	if (HAS_LIBPRI)
		printf("%8s%10s%11s |%7s%11s", "ns", "calls/s", "no timers", "", "no timers");
	printf("\n");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const double *m = rows[i].median[uui], *q = rows[i].ratio[uui];

		if (!rows[i].done)
			continue;
		print_label(&rows[i]);
		printf("%8.0f%10.0f%8.2f |", m[OURS], 1e9 / m[OURS], q[OURS]);
		if (HAS_LIBPRI)
			printf("%8.0f%10.0f%11.0f |%7.2f%11.2f", m[THEIRS], 1e9 / m[THEIRS],
			       m[THEIRS_NO_TIMERS], q[THEIRS], q[THEIRS_NO_TIMERS]);
		printf("\n");
	}
	printf("\n");
}

static void print_memory(void)
{
	printf("octets of the heap for each call that is up, allocations and frames of a call\n\n");
	printf("%9s %-11s |%33s |", "", "", "libisdn");
	if (HAS_LIBPRI)
		printf("%33s", "libpri");
	printf("\n%9s %-11s |", "calls up", "");
	for (unsigned e = 0; e < 1u + HAS_LIBPRI; e++)
		printf("%8s%6s%12s%7s%s", "network", "user", "allocations", "frames",
		       e ? "" : " |");
	printf("\n");
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct row *r = &rows[i];

		if (!r->done)
			continue;
		print_label(r);
		for (unsigned e = 0; e < 1u + HAS_LIBPRI; e++)
			printf("%8.0f%6.0f%12.2f%7.2f%s", r->memory[e][NETWORK], r->memory[e][USER],
			       r->allocations[e], r->frames[e], e ? "" : " |");
		printf("\n");
	}
	printf("\n");
}

static void options(int argc, char **argv)
{
	static const struct option list[] = { { "quick", no_argument, NULL, 'q' },
					      { "calls", required_argument, NULL, 'c' },
					      { NULL, 0, NULL, 0 } };
	int c;

	while ((c = getopt_long(argc, argv, "qc:", list, NULL)) != -1) {
		switch (c) {
		case 'q':
			plan.rounds = 3;
			plan.slice = plan.warm = 30e6;
			plan.most = 8000;
			break;
		case 'c':
			plan.alone = (unsigned)strtoul(optarg, NULL, 10);
			break;
		default:
			fputs("usage: bench_calls [--quick] [--calls=UP]\n", stderr);
			exit(2);
		}
	}
}

int main(int argc, char **argv)
{
	bool allocated = false;

	options(argc, argv);
	ours_compose();
	theirs_compose();
	printf("%s, CFLAGS %s; libpri %s\n", COMPILER, BENCH_CFLAGS, libpri_version());
	printf("medians of %d interleaved rounds of %.2f s each; ratios are medians of those of "
	       "each "
	       "round\n\n",
	       plan.rounds, plan.slice / 1e9);
	fflush(stdout); /* the rounds take a while */
	compare(false);
	compare(true);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct row *r = &rows[i];

		if (r->calls <= plan.most && (!plan.alone || r->calls == plan.alone))
			measure_row(r);
		allocated |= r->done && r->allocations[0] > 0;
	}
	print_times(false);
	print_times(true);
	print_memory();
	if (HAS_LIBPRI)
		printf("lines of log of libpri: %lu\n", theirs_lines);
	if (allocated)
		fail("libisdn allocates");
	return 0;
}
