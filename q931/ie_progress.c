/* SPDX-License-Identifier: BSD-2-Clause */
/* Progress indicator, Q.931 4.5.23. */
#include "q931/codec.h"

bool i3_progress_decode(struct ib_rd *r, struct isdn_msg *m, unsigned n)
{
	struct isdn_progress *p = &m->progress[n];
	unsigned o3 = ib_rd_u8(r), o4 = ib_rd_u8(r);

	p->coding = (o3 >> 5) & 3;
	p->location = o3 & 0x0f;
	p->description = o4 & 0x7f;
	m->n_progress = (uint8_t)(n + 1);
	return !r->bad && (o3 & 0x80) && (o4 & 0x80);
}

bool i3_progress_encode(struct ib_wr *w, const struct isdn_msg *m, unsigned n)
{
	const struct isdn_progress *p = &m->progress[n];

	if (p->coding > 3 || p->location > 15 || p->description > 0x7f)
		return false;
	ib_wr_u8(w, 0x80u | (unsigned)p->coding << 5 | p->location);
	ib_wr_u8(w, 0x80u | p->description);
	return true;
}
