/* SPDX-License-Identifier: BSD-2-Clause */
/* Blocks of pcapng in the machine's order of octets, which the magic of the file tells. */
#include "capture_ng.h"

#include <string.h>

enum { SECTION = 0x0a0d0d0a, INTERFACE = 1, ENHANCED = 6, MAGIC = 0x1a2b3c4d };
enum { IF_NAME = 2 };

struct block {
	size_t n;
	uint8_t body[2400];
};

static void add(struct block *b, const void *octets, size_t n)
{
	static const uint8_t zero[4];

	memcpy(b->body + b->n, octets, n);
	b->n += n;
	memcpy(b->body + b->n, zero, (4 - n % 4) % 4);
	b->n += (4 - n % 4) % 4;
}

static void add_two(struct block *b, unsigned first, unsigned second)
{
	const uint16_t both[2] = { (uint16_t)first, (uint16_t)second };

	add(b, both, sizeof(both));
}

static void add_four(struct block *b, uint32_t value)
{
	add(b, &value, sizeof(value));
}

static void put(FILE *f, uint32_t type, const struct block *b)
{
	const uint32_t head[2] = { type, (uint32_t)(12 + b->n) };

	(void)fwrite(head, sizeof(head), 1, f);
	(void)fwrite(b->body, b->n, 1, f);
	(void)fwrite(&head[1], sizeof(head[1]), 1, f);
}

void capture_ng_begin(struct capture_ng *ng, FILE *f, unsigned linktype)
{
	struct block b = { .n = 0 };

	memset(ng, 0, sizeof(*ng));
	ng->f = f;
	ng->linktype = linktype;
	add_four(&b, MAGIC);
	add_two(&b, 1, 0); /* the version */
	add_four(&b, 0xffffffff);
	add_four(&b, 0xffffffff); /* how long the section is: not known */
	put(f, SECTION, &b);
}

static unsigned interface_of(struct capture_ng *ng, unsigned span)
{
	struct block b = { .n = 0 };
	char name[24];
	unsigned i = 0;

	while (i < ng->n && ng->span[i] != span)
		i++;
	if (i < ng->n || i == CAPTURE_NG_SPANS)
		return i < ng->n ? i : 0;
	ng->span[ng->n++] = span;
	snprintf(name, sizeof(name), "span %u", span);
	add_two(&b, ng->linktype, 0);
	add_four(&b, 0); /* no limit of length */
	add_two(&b, IF_NAME, (unsigned)strlen(name));
	add(&b, name, strlen(name));
	add_two(&b, 0, 0);
	put(ng->f, INTERFACE, &b);
	return i;
}

void capture_ng_packet(struct capture_ng *ng, unsigned span, const uint8_t *packet, size_t len,
		       uint64_t us)
{
	struct block b = { .n = 0 };

	if (len > sizeof(b.body) - 32)
		return;
	add_four(&b, interface_of(ng, span));
	add_four(&b, (uint32_t)(us >> 32));
	add_four(&b, (uint32_t)us);
	add_four(&b, (uint32_t)len);
	add_four(&b, (uint32_t)len);
	add(&b, packet, len);
	put(ng->f, ENHANCED, &b);
}
