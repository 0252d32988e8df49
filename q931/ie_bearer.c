/* SPDX-License-Identifier: BSD-2-Clause */
/* Bearer capability, Q.931 4.5.5. */
#include "q931/codec.h"

#define RATE_MULTIRATE 0x18

bool i3_bearer_decode(struct ib_rd *r, struct isdn_msg *m, unsigned n)
{
	struct isdn_bearer *b = &m->bearer;
	unsigned o3 = ib_rd_u8(r), o4 = ib_rd_u8(r);
	const uint8_t *rest;

	(void)n;
	memset(b, 0, sizeof(*b));
	b->coding = (o3 >> 5) & 3;
	b->capability = o3 & 0x1f;
	b->mode = (o4 >> 5) & 3;
	b->rate = o4 & 0x1f;
	if (b->rate == RATE_MULTIRATE && b->coding == 0)
		b->multiplier = ib_rd_u8(r) & 0x7f;
	/* octet 5 that stands alone; with 5a and further it is kept as it came */
	if (ib_rd_left(r) == 1 && (ib_rd_peek(r) & 0xe0) == 0xa0)
		b->layer1 = ib_rd_u8(r) & 0x1f;
	b->n_rest = (uint8_t)ib_rd_left(r);
	if (b->n_rest > sizeof(b->rest))
		return false;
	rest = ib_rd_bytes(r, b->n_rest);
	if (rest && b->n_rest)
		memcpy(b->rest, rest, b->n_rest);
	return !r->bad && (o3 & 0x80) && (o4 & 0x80);
}

bool i3_bearer_encode(struct ib_wr *w, const struct isdn_msg *m, unsigned n)
{
	const struct isdn_bearer *b = &m->bearer;

	(void)n;
	if (b->coding > 3 || b->capability > 0x1f || b->mode > 3 || b->rate > 0x1f ||
	    b->multiplier > 0x7f || b->layer1 > 0x1f || b->n_rest > sizeof(b->rest) ||
	    (b->layer1 && b->n_rest))
		return false;
	ib_wr_u8(w, 0x80u | (unsigned)b->coding << 5 | b->capability);
	ib_wr_u8(w, 0x80u | (unsigned)b->mode << 5 | b->rate);
	if (b->rate == RATE_MULTIRATE && b->coding == 0)
		ib_wr_u8(w, 0x80u | b->multiplier);
	if (b->layer1)
		ib_wr_u8(w, 0xa0u | b->layer1);
	ib_wr_bytes(w, b->rest, b->n_rest);
	return true;
}
