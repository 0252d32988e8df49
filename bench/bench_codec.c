/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * How long the codec takes for a message, and libpri for the same octets, in
 * one run; make bench builds and runs it. doc/performance.md has a table.
 *
 * Ours is called as it is. libpri has no parser that can be called: it is given
 * frames, and what a frame without a message takes is measured beside it. Its
 * call is in a state where each frame is parsed in full and nothing is sent.
 *
 * Exit status 1: a message did not decode or encode as it should, the codec
 * allocated, or libpri did something else than to parse.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef BENCH_LIBPRI
#include <libpri.h>
#endif

#include <isdn/msg.h>

#include "bench/bench.h"

#define VARIANT	  ISDN_VARIANT_ETSI
#define DIRECTION ISDN_NETWORK_TO_USER

#define ROUNDS	 9	   /* that count; one more before them warms up */
#define ROUND_NS 200e6	   /* of one series */
#define BATCH	 1000	   /* messages between two looks at the clock */
#define UI_MAX	 (3 + 260) /* address, control, N201 */

struct sample {
	const char *name;
	const uint8_t *octets;
	size_t len;
	struct isdn_msg decoded;  /* encodes in the order of arrival */
	struct isdn_msg composed; /* the same elements, in the order of the table */
	uint8_t frame[UI_MAX];	  /* what libpri gets */
	size_t frame_len;
};

struct series {
	double ns[ROUNDS]; /* of one message */
	double median;
};

/* What is done BATCH times; the sum depends on all that was done. */
typedef unsigned long batch_fn(const struct sample *s);

static volatile unsigned long sink; /* so that no work can be left out */

/* Both SETUPs and the DISCONNECT are of one call: libpri then keeps a single record. */
/* clang-format off */
#define CALL 0x08, 0x02, 0x00, 0x09
#define UUI  0x7e, 34, 4, 'h', 'e', 'l', 'l', 'o', '-', 'u', 's', 'e', 'r', '-', 'u', 's', 'e', \
	     'r', '-', 'i', 'n', 'f', 'o', 'r', 'm', 'a', 't', 'i', 'o', 'n', '-', '-', '-', '-', \
	     '-', '-'
#define UUI_TEXT "hello-user-user-information------"

static const uint8_t setup_5[] = {
	CALL, 0x05,
	0x04, 3, 0x80, 0x90, 0xa3,				/* Bearer capability */
	0x18, 3, 0xa9, 0x83, 0x81,				/* Channel identification */
	0x6c, 9, 0x21, 0x81, '5', '5', '5', '9', '8', '7', '6', /* Calling party number */
	0x70, 8, 0xa1, '5', '5', '5', '1', '2', '3', '4',	/* Called party number */
	0xa1,							/* Sending complete */
};
static const uint8_t setup_12[] = {
	CALL, 0x05,
	0x04, 3, 0x80, 0x90, 0xa3,
	0x18, 3, 0xa9, 0x83, 0x81,
	0x1e, 2, 0x83, 0x83,					/* Progress indicator */
	0x28, 5, 'A', 'l', 'i', 'c', 'e',			/* Display */
	0x6c, 9, 0x21, 0x81, '5', '5', '5', '9', '8', '7', '6',
	0x6d, 5, 0x80, '1', '2', '3', '4',			/* Calling party subaddress */
	0x70, 8, 0xa1, '5', '5', '5', '1', '2', '3', '4',
	0x71, 5, 0x80, '4', '3', '2', '1',			/* Called party subaddress */
	0x7c, 3, 0x80, 0x90, 0xa3,				/* Low layer compatibility */
	0x7d, 2, 0x91, 0x81,					/* High layer compatibility */
	UUI, 0xa1,
};
static const uint8_t disconnect[] = {
	CALL, 0x45,
	0x08, 2, 0x80, 0x90,					/* Cause */
	UUI,
};
static const uint8_t discriminator[] = { 0x08 };

enum { SETUP_5, SETUP_12, DISCONNECT, N_MESSAGES };
static struct sample messages[N_MESSAGES] = {
	{ .name = "SETUP, 5 elements",		.octets = setup_5,    .len = sizeof(setup_5) },
	{ .name = "SETUP, 12 elements with UUI", .octets = setup_12,   .len = sizeof(setup_12) },
	{ .name = "DISCONNECT with UUI",	.octets = disconnect, .len = sizeof(disconnect) },
};
/* clang-format on */

/* Too short for libpri's layer 3, which drops it without a word. */
static struct sample no_message = { .octets = discriminator, .len = sizeof(discriminator) };

enum kind { DECODE, ENCODE, COMPOSED, LIBPRI, N_KINDS };
static struct series result[N_MESSAGES][N_KINDS], layer_2;

static void fail(const char *what, const char *of)
{
	fprintf(stderr, "bench_codec: %s: %s\n", of, what);
	exit(1);
}

/* The calls to the allocator of all objects that are linked in; see bench/local.mk. */
static unsigned long allocations;

void *__real_malloc(size_t size);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *p, size_t size);
void *__wrap_malloc(size_t size);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *p, size_t size);

void *__wrap_malloc(size_t size)
{
	allocations++;
	return __real_malloc(size);
}

void *__wrap_calloc(size_t n, size_t size)
{
	allocations++;
	return __real_calloc(n, size);
}

void *__wrap_realloc(void *p, size_t size)
{
	allocations++;
	return __real_realloc(p, size);
}

/* A count of 0 says something only when the counter counts. */
static void check_counter(void)
{
	void *volatile p = malloc(1);

	p = realloc(p, 2);
	free(p);
	p = calloc(1, 1);
	free(p);
	if (allocations != 3)
		fail("the allocations are not counted", "linker");
}

/* Ours. */

static unsigned long decode(const struct sample *s)
{
	static struct isdn_msg m;
	struct isdn_faults faults;
	unsigned long sum = 0;

	for (int i = 0; i < BATCH; i++) {
		sum += (unsigned long)isdn_msg_decode(VARIANT, DIRECTION, s->octets, s->len, &m,
						      &faults);
		sum += faults.n + m.n_elements;
	}
	return sum;
}

static unsigned long encode_msg(const struct isdn_msg *m)
{
	uint8_t octets[ISDN_MSG_MAX];
	unsigned long sum = 0;
	size_t len = 0;

	for (int i = 0; i < BATCH; i++) {
		sum += (unsigned long)isdn_msg_encode(VARIANT, DIRECTION, m, octets, sizeof(octets),
						      &len);
		sum += len + octets[len - 1];
	}
	return sum;
}

static unsigned long encode(const struct sample *s)
{
	return encode_msg(&s->decoded);
}

static unsigned long encode_composed(const struct sample *s)
{
	return encode_msg(&s->composed);
}

/* Decode and encode once, and see that nothing is lost or found fault with. */
static void prepare(struct sample *s)
{
	static struct isdn_msg again;
	struct isdn_faults faults;
	uint8_t octets[ISDN_MSG_MAX];
	size_t len;

	if (isdn_msg_decode(VARIANT, DIRECTION, s->octets, s->len, &s->decoded, &faults) ||
	    faults.n)
		fail("does not decode", s->name);
	if (isdn_msg_encode(VARIANT, DIRECTION, &s->decoded, octets, sizeof(octets), &len) ||
	    len != s->len || memcmp(octets, s->octets, len) != 0)
		fail("does not encode to what it was", s->name);
	s->composed = s->decoded;
	s->composed.decoded = false;
	s->composed.n_elements = 0;
	/* Sending complete comes first now: the same elements, not the same octets. */
	if (isdn_msg_encode(VARIANT, DIRECTION, &s->composed, octets, sizeof(octets), &len) ||
	    len != s->len || isdn_msg_decode(VARIANT, DIRECTION, octets, len, &again, &faults) ||
	    faults.n || again.present != s->decoded.present)
		fail("does not encode when it is composed", s->name);
}

/* libpri. */

#ifdef BENCH_LIBPRI
#define HAS_LIBPRI true

static struct {
	struct pri *pri;
	const uint8_t *frame; /* for it to read */
	size_t len;
	unsigned long sent, events, lines;
} far;

static int far_read(struct pri *pri, void *buf, int size)
{
	size_t len = far.len;

	(void)pri;
	if (!len || len + 2 > (size_t)size)
		return 0;
	memcpy(buf, far.frame, len);
	far.len = 0;
	return (int)len + 2; /* as if the check sequence were behind it; nobody looks */
}

static int far_write(struct pri *pri, void *buf, int size)
{
	(void)pri;
	(void)buf;
	far.sent++;
	return size;
}

static void far_line(struct pri *pri, char *line)
{
	(void)pri;
	(void)line;
	far.lines++;
}

static pri_event *far_receive(const uint8_t *frame, size_t len)
{
	far.frame = frame;
	far.len = len;
	return pri_check_event(far.pri);
}

static unsigned long libpri(const struct sample *s)
{
	unsigned long events = 0;

	for (int i = 0; i < BATCH; i++)
		events += far_receive(s->frame, s->frame_len) != NULL;
	far.events += events;
	return events;
}

/* UI frames of the network: no sequence numbers, so no RR for each of them. */
static void frame(struct sample *s)
{
	static const uint8_t head[] = { 0x02, 0x01, 0x03 };

	memcpy(s->frame, head, sizeof(head));
	memcpy(s->frame + sizeof(head), s->octets, s->len);
	s->frame_len = sizeof(head) + s->len;
}

/*
 * A user side with its link up and one call, answered and then disconnected.
 * There it stays: a SETUP is parsed, and ignored as its call is there already;
 * a DISCONNECT is parsed and told by an event, and nothing is sent because
 * the answer to it is left to the program. No timer ever runs.
 */
static void prepare_libpri(void)
{
	static const uint8_t sabme[] = { 0x02, 0x01, 0x7f }, ua[] = { 0x00, 0x01, 0x73 };
	const struct sample *setup = &messages[SETUP_12], *end = &messages[DISCONNECT];
	pri_event *e;

	for (int i = 0; i < N_MESSAGES; i++)
		frame(&messages[i]);
	frame(&no_message);
	pri_set_message(far_line);
	pri_set_error(far_line);
	far.pri = pri_new_cb(-1, PRI_CPE, PRI_SWITCH_EUROISDN_E1, far_read, far_write, NULL);
	if (!far.pri)
		fail("no memory", "libpri");
	far_receive(sabme, sizeof(sabme));
	e = far_receive(ua, sizeof(ua));
	if (!e || e->e != PRI_EVENT_DCHAN_UP)
		fail("the link does not come up", "libpri");
	e = far_receive(setup->frame, setup->frame_len);
	if (!e || e->e != PRI_EVENT_RING || strcmp(e->ring.callednum, "5551234") != 0 ||
	    strcmp(e->ring.useruserinfo, UUI_TEXT) != 0)
		fail("does not get the call", "libpri");
	pri_answer(far.pri, e->ring.call, e->ring.channel, 0);
	e = far_receive(end->frame, end->frame_len);
	if (!e || e->e != PRI_EVENT_HANGUP_REQ || strcmp(e->hangup.useruserinfo, UUI_TEXT) != 0)
		fail("does not get the end of the call", "libpri");
	far.sent = far.events = far.lines = 0;
}

static void check_libpri(void)
{
	printf("libpri in all its rounds: %lu frames sent, %lu lines of log. Its time for "
	       "DISCONNECT\nincludes an event for the program; SETUP makes none\n",
	       far.sent, far.lines);
	if (far.sent || far.lines || !far.events)
		fail("did something else than to parse", "libpri");
}

static const char *libpri_version(void)
{
	return pri_get_version();
}
#else
#define HAS_LIBPRI false

static unsigned long libpri(const struct sample *s)
{
	(void)s;
	return 0;
}

static void prepare_libpri(void)
{
}

static void check_libpri(void)
{
}

static const char *libpri_version(void)
{
	return "was not found";
}
#endif

/* The method. */

/* Nanoseconds of one message. */
static double measure(batch_fn *f, const struct sample *s)
{
	double begin = bench_now(), took;
	unsigned long sum = 0, n = 0;

	do {
		sum += f(s);
		n += BATCH;
		took = bench_now() - begin;
	} while (took < ROUND_NS);
	sink += sum;
	return took / (double)n;
}

/*
 * Ours and theirs by turns, so that what else the machine does meets both. The
 * return value is the number of allocations that ours made.
 */
static unsigned long measure_all(void)
{
	static batch_fn *const work[N_KINDS] = { [DECODE] = decode,
						 [ENCODE] = encode,
						 [COMPOSED] = encode_composed,
						 [LIBPRI] = libpri };
	static const enum kind turns[] = { DECODE, LIBPRI, ENCODE, COMPOSED };
	unsigned long ours = 0;

	for (int round = -1; round < ROUNDS; round++) {
		int at = round < 0 ? 0 : round; /* the warming up is overwritten */

		for (int i = 0; i < N_MESSAGES; i++) {
			for (int t = 0; t < N_KINDS; t++) {
				enum kind k = turns[t];
				unsigned long before = allocations;

				if (k == LIBPRI && !HAS_LIBPRI)
					continue;
				result[i][k].ns[at] = measure(work[k], &messages[i]);
				if (k != LIBPRI)
					ours += allocations - before;
			}
		}
		if (HAS_LIBPRI)
			layer_2.ns[at] = measure(libpri, &no_message);
	}
	return ours;
}

static double find_median(struct series *s)
{
	double spread;

	s->median = bench_median(s->ns, ROUNDS, &spread);
	return spread;
}

static void find_medians(void)
{
	double spread = find_median(&layer_2);

	for (int i = 0; i < N_MESSAGES; i++) {
		for (int k = 0; k < N_KINDS; k++) {
			double of = find_median(&result[i][k]);

			if (of > spread)
				spread = of;
		}
	}
	printf("ns per message: medians of %d interleaved rounds of %.1f s each;\n"
	       "the middle half of the rounds of each lies within %.0f %% or less\n\n",
	       ROUNDS, ROUND_NS / 1e9, spread * 100);
}

static void print_table(void)
{
	printf("%-28s %6s |%28s |", "", "", "libisdn");
	if (HAS_LIBPRI)
		printf("%17s |%18s", "libpri", "libpri / decode");
	printf("\n%-28s %6s |%8s%9s%11s |", "message", "octets", "decode", "encode", "composed");
	if (HAS_LIBPRI)
		printf("%8s%9s |%8s%10s", "frame", "layer 3", "frame", "layer 3");
	printf("\n");
	for (int i = 0; i < N_MESSAGES; i++) {
		const struct series *r = result[i];
		double layer_3 = r[LIBPRI].median - layer_2.median;

		printf("%-28s %6zu |%8.1f%9.1f%11.1f |", messages[i].name, messages[i].len,
		       r[DECODE].median, r[ENCODE].median, r[COMPOSED].median);
		if (HAS_LIBPRI)
			printf("%8.1f%9.1f |%8.2f%10.2f", r[LIBPRI].median, layer_3,
			       r[LIBPRI].median / r[DECODE].median, layer_3 / r[DECODE].median);
		printf("\n");
	}
	printf("\nencode: of a decoded message, in the order of arrival; composed: in that of the "
	       "table\n");
	if (HAS_LIBPRI)
		printf("libpri, frame: UI frame with the message; layer 3 alone: that less a UI "
		       "frame with one\noctet, %.1f ns\n",
		       layer_2.median);
}

int main(void)
{
	unsigned long ours;

	check_counter();
	for (int i = 0; i < N_MESSAGES; i++)
		prepare(&messages[i]);
	prepare_libpri();
	printf("%s, CFLAGS %s; libpri %s\n", COMPILER, BENCH_CFLAGS, libpri_version());
	fflush(stdout); /* the rounds take a while */
	ours = measure_all();
	find_medians();
	print_table();
	check_libpri();
	printf("allocations of libisdn in all its rounds: %lu\n", ours);
	if (ours)
		fail("allocates", "libisdn");
	return 0;
}
