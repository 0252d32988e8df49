/* SPDX-License-Identifier: BSD-2-Clause */
/* Segmentation and reassembly of messages, Q.931 Annex H. */
#include "q931/codec.h"

#define SEGMENTED_OCTETS 4 /* the Segmented message element */

/* Octets in front of the message type. */
static size_t header_len(const uint8_t *message, size_t len)
{
	if (len < 3 || message[1] > 2 || len < 3u + message[1])
		return 0;
	return 2u + message[1];
}

int isdn_segment(const uint8_t *message, size_t len, size_t n201, unsigned n, uint8_t *octets,
		 size_t cap, size_t *out)
{
	size_t header, body, each, count, from;
	struct ib_wr w;

	if (!message || !octets || !out)
		return ISDN_ERR_INVALPOINTER;
	header = header_len(message, len);
	if (!header || n201 <= header + 1 + SEGMENTED_OCTETS)
		return ISDN_ERR_INVAL;
	if (cap < n201)
		return ISDN_ERR_NOSPC;
	body = len - header - 1;
	each = n201 - header - 1 - SEGMENTED_OCTETS;
	count = body ? (body + each - 1) / each : 1;
	if (count > ISDN_SEGMENTS_MAX)
		return ISDN_ERR_INVAL;
	if (n >= count)
		return 0;
	from = n * each;
	w = ib_wr(octets, cap);
	ib_wr_bytes(&w, message, header);
	ib_wr_u8(&w, ISDN_MT_SEGMENT);
	ib_wr_u8(&w, i3_ies[ISDN_IE_SEGMENTED].id);
	ib_wr_u8(&w, 2);
	ib_wr_u8(&w, (n ? 0u : 0x80u) | (unsigned)(count - n - 1));
	ib_wr_u8(&w, message[header]);
	ib_wr_bytes(&w, message + header + 1 + from, body - from < each ? body - from : each);
	*out = ib_wr_len(&w);
	return 1;
}

static bool fits(const struct isdn_reassembly *s, const struct isdn_msg *m)
{
	const struct isdn_segmented *g = &m->segmented;

	if (g->type == ISDN_MT_SEGMENT)
		return false;
	if (g->first)
		return g->remaining < ISDN_SEGMENTS_MAX;
	return s->expected && m->discriminator == s->discriminator &&
	       g->remaining == s->expected - 1 && g->type == s->type && m->cr == s->cr &&
	       m->cr_flag == s->cr_flag && m->cr_len == s->cr_len;
}

/* The header of the whole message. */
static void begin(struct isdn_reassembly *s, const struct isdn_msg *m)
{
	struct ib_wr w = ib_wr(s->octets, sizeof(s->octets));
	unsigned cr = m->cr | (m->cr_flag ? (m->cr_len == 2 ? 0x8000u : 0x80u) : 0);

	s->n = 0;
	s->discriminator = m->discriminator;
	s->cr_len = m->cr_len;
	s->cr_flag = m->cr_flag;
	s->cr = m->cr;
	s->type = m->segmented.type;
	ib_wr_u8(&w, m->discriminator);
	ib_wr_u8(&w, m->cr_len);
	if (m->cr_len == 2)
		ib_wr_u8(&w, cr >> 8);
	if (m->cr_len)
		ib_wr_u8(&w, cr & 0xff);
	ib_wr_u8(&w, s->type);
	s->len = (uint16_t)ib_wr_len(&w);
}

int isdn_reassemble(struct isdn_reassembly *store, const struct isdn_msg *segment)
{
	struct isdn_octets o;

	if (!store || !segment)
		return ISDN_ERR_INVALPOINTER;
	if (segment->type != ISDN_MT_SEGMENT || !isdn_msg_has(segment, ISDN_IE_SEGMENTED) ||
	    !fits(store, segment)) {
		store->expected = 0;
		return ISDN_ERR_INVAL;
	}
	o = segment->segmented.segment;
	if (segment->segmented.first)
		begin(store, segment);
	if ((size_t)o.at + o.len > segment->n_octets ||
	    o.len > sizeof(store->octets) - store->len) {
		store->expected = 0;
		return ISDN_ERR_NOSPC;
	}
	memcpy(store->octets + store->len, segment->octets + o.at, o.len);
	store->len = (uint16_t)(store->len + o.len);
	store->n++;
	store->expected = segment->segmented.remaining;
	return store->expected == 0;
}
