/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * pcapng files. libpcap reads them too, but does not tell of which interface a
 * packet is, and refuses interfaces of different link types: what mergecap
 * makes of two spans has both.
 */
#include <stdlib.h>
#include <string.h>

#include "dump.h"

#define BLOCK_MAX      (1u << 20) /* what is longer is taken for damage */
#define INTERFACES_MAX 256

enum block {
	BLOCK_SECTION = 0x0a0d0d0a,
	BLOCK_INTERFACE = 1,
	BLOCK_PACKET = 2, /* obsolete */
	BLOCK_SIMPLE = 3,
	BLOCK_ENHANCED = 6
};

enum option {
	OPTION_END = 0,
	OPTION_FLAGS = 2,
	OPTION_NAME = 2,
	OPTION_RESOLUTION = 9,
	OPTION_OFFSET = 14
};

struct interface {
	unsigned linktype, snaplen;
	uint8_t resolution; /* if_tsresol: 6 is microseconds; bit 8: power of 2 */
	int64_t offset;	    /* seconds */
	unsigned span;	    /* of its name, "span 2"; 0: it has no such name */
};

struct pcapng {
	const struct reading *how;
	const struct sink *sink;
	FILE *f;
	bool swapped;
	unsigned first, n; /* interfaces of earlier sections, and of this one */
	uint64_t number;
	struct interface interface[INTERFACES_MAX];
	uint8_t body[BLOCK_MAX];
	size_t len;
};

static uint32_t four(const struct pcapng *p, const uint8_t *at)
{
	return p->swapped ? (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 |
				    at[3]
			  : (uint32_t)at[3] << 24 | (uint32_t)at[2] << 16 | (uint32_t)at[1] << 8 |
				    at[0];
}

static unsigned two(const struct pcapng *p, const uint8_t *at)
{
	return p->swapped ? (unsigned)at[0] << 8 | at[1] : (unsigned)at[1] << 8 | at[0];
}

/* The value of an option in the body from at on, of len octets at least; NULL: there is none. */
static const uint8_t *option(const struct pcapng *p, size_t at, enum option code, size_t len)
{
	while (at + 4 <= p->len) {
		unsigned id = two(p, p->body + at), n = two(p, p->body + at + 2);

		if (id == OPTION_END || n > p->len - at - 4)
			return NULL;
		if (id == (unsigned)code && n >= len)
			return p->body + at + 4;
		at += 4 + (n + 3u) / 4 * 4;
	}
	return NULL;
}

/* The number in the name of an interface that capture_ng.c wrote. */
static unsigned span_of(const struct pcapng *p, const uint8_t *name)
{
	const uint8_t *end = p->body + p->len;
	unsigned span = 0;

	if (!name || memcmp(name, "span ", 5) != 0)
		return 0;
	for (name += 5; name < end && *name >= '0' && *name <= '9' && span < 1000; name++)
		span = 10 * span + (unsigned)(*name - '0');
	return span;
}

static void interface(struct pcapng *p)
{
	struct interface *i;
	const uint8_t *v;

	if (p->len < 8 || p->n == INTERFACES_MAX)
		return;
	i = &p->interface[p->n++];
	i->linktype = two(p, p->body);
	i->snaplen = four(p, p->body + 4);
	v = option(p, 8, OPTION_RESOLUTION, 1);
	i->resolution = v ? *v : 6;
	i->span = span_of(p, option(p, 8, OPTION_NAME, 6));
	v = option(p, 8, OPTION_OFFSET, 8);
	i->offset = v ? (int64_t)((uint64_t)four(p, v + (p->swapped ? 0 : 4)) << 32 |
				  four(p, v + (p->swapped ? 4 : 0)))
		      : 0;
}

/* Ticks of the interface's clock as microseconds since the epoch. */
static uint64_t microseconds(const struct interface *i, uint64_t ticks)
{
	uint8_t power = i->resolution & 0x7f;
	uint64_t us = ticks;

	if (i->resolution & 0x80) {
		us = power < 64 ? (ticks >> power) * 1000000 : 0;
		if (power && power < 44)
			us += ((ticks & ((UINT64_C(1) << power) - 1)) * 1000000) >> power;
	} else {
		for (; power > 6; power--)
			us /= 10;
		for (; power < 6; power++)
			us *= 10;
	}
	return us + (uint64_t)i->offset * 1000000;
}

static void packet(struct pcapng *p, unsigned id, const uint8_t *at, size_t len, size_t whole,
		   const uint8_t *time, const uint8_t *flags)
{
	const struct interface *i = &p->interface[id];
	struct record r = { .source = p->how->source, .number = p->number };
	const char *why;

	if (time) {
		r.has_time = true;
		r.us = microseconds(i, (uint64_t)four(p, time) << 32 | four(p, time + 4));
	}
	if (flags && four(p, flags) & 3)
		r.way = (four(p, flags) & 3) == 2 ? DUMP_SENT : DUMP_RECEIVED;
	why = dump_unwrap(i->linktype, at, len, whole, &r);
	if (why) {
		p->sink->skipped(p->sink->arg, p->how->source, p->number, why);
		return;
	}
	id += p->first;
	r.named = i->span != 0;
	if (r.named)
		r.span = i->span;
	else if (id) /* the interface, and the time slot of GSMTAP */
		r.span = r.span ? id << 8 | r.span : id;
	p->sink->record(p->sink->arg, &r);
}

static void damaged(struct pcapng *p, const char *why)
{
	p->sink->skipped(p->sink->arg, p->how->source, p->number, why);
}

/* Interface, time, length here, length on the line, octets, options. */
static void enhanced(struct pcapng *p, bool obsolete)
{
	uint32_t id, len;

	p->number++;
	if (p->len < 20) {
		damaged(p, "a packet block that is too short");
		return;
	}
	id = obsolete ? two(p, p->body) : four(p, p->body);
	len = four(p, p->body + 12);
	if (id >= p->n)
		damaged(p, "a packet of an interface that is not described");
	else if (len > p->len - 20)
		damaged(p, "a packet that is longer than its block");
	else
		packet(p, id, p->body + 20, len, four(p, p->body + 16), p->body + 4,
		       option(p, 20 + ((size_t)len + 3) / 4 * 4, OPTION_FLAGS, 4));
}

static void simple(struct pcapng *p)
{
	size_t whole, len;

	p->number++;
	if (p->len < 4 || !p->n) {
		damaged(p, "a packet of an interface that is not described");
		return;
	}
	whole = four(p, p->body);
	len = whole < p->len - 4 ? whole : p->len - 4;
	if (p->interface[0].snaplen && len > p->interface[0].snaplen)
		len = p->interface[0].snaplen;
	packet(p, 0, p->body + 4, len, whole, NULL, NULL);
}

/* A section has its own order of octets, which its first field tells. */
static bool section(struct pcapng *p, const uint8_t order[4])
{
	static const uint8_t little[4] = { 0x4d, 0x3c, 0x2b, 0x1a },
			     big[4] = { 0x1a, 0x2b, 0x3c, 0x4d };

	p->swapped = memcmp(order, big, 4) == 0;
	p->first += p->n;
	p->n = 0;
	return p->swapped || memcmp(order, little, 4) == 0;
}

/* One block into body. 1; 0: the end; -1: damage, which why names. */
static int next_block(struct pcapng *p, uint32_t *type, const char **why)
{
	uint8_t head[12], tail[4];
	size_t got = fread(head, 1, 8, p->f), have = 0;
	uint32_t size;

	*why = "a block is not whole";
	if (got != 8)
		return got || ferror(p->f) ? -1 : 0;
	*type = four(p, head); /* that of a section is the same in either order */
	if (*type == BLOCK_SECTION) {
		if (fread(head + 8, 1, 4, p->f) != 4)
			return -1;
		have = 4;
		*why = "the order of octets is none";
		if (!section(p, head + 8))
			return -1;
	}
	size = four(p, head + 4);
	*why = "the length of a block is none";
	if (size < 12 + have || size % 4 || size - 12 > BLOCK_MAX)
		return -1;
	p->len = size - 12 - have;
	*why = "a block is not whole";
	return fread(p->body, 1, p->len, p->f) == p->len && fread(tail, 1, 4, p->f) == 4 ? 1 : -1;
}

static int blocks(struct pcapng *p, const char **why)
{
	uint32_t type;
	int got;

	while ((got = next_block(p, &type, why)) == 1) {
		if (type == BLOCK_INTERFACE)
			interface(p);
		else if (type == BLOCK_ENHANCED || type == BLOCK_PACKET)
			enhanced(p, type == BLOCK_PACKET);
		else if (type == BLOCK_SIMPLE)
			simple(p);
		p->sink->pause(p->sink->arg);
	}
	return got;
}

bool dump_pcapng(FILE *f, const struct reading *how, const struct sink *sink)
{
	struct pcapng *p = calloc(1, sizeof(*p));
	const char *why = "no memory";
	int got = -1;

	if (p) {
		p->how = how;
		p->sink = sink;
		p->f = f;
		got = blocks(p, &why);
	}
	if (got < 0)
		dump_trouble(how, "behind frame %llu: %s", p ? (unsigned long long)p->number : 0,
			     why);
	fclose(f);
	free(p);
	return got == 0;
}
