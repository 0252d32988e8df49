/* SPDX-License-Identifier: BSD-2-Clause */
/* Cause, Q.931 4.5.12 and Q.850. */
#include "q931/codec.h"

bool i3_cause_decode(struct ib_rd *r, struct isdn_msg *m, unsigned n)
{
	struct isdn_cause_ie *c = &m->cause[n];
	unsigned o = ib_rd_u8(r);
	const uint8_t *diag;

	memset(c, 0, sizeof(*c));
	c->coding = (o >> 5) & 3;
	c->location = o & 0x0f;
	if (!(o & 0x80)) {
		c->has_recommendation = true;
		o = ib_rd_u8(r);
		c->recommendation = o & 0x7f;
		if (!(o & 0x80))
			return false;
	}
	o = ib_rd_u8(r);
	c->value = o & 0x7f;
	c->n_diag = (uint8_t)ib_rd_left(r);
	if (c->n_diag > sizeof(c->diag))
		return false;
	diag = ib_rd_bytes(r, c->n_diag);
	if (diag && c->n_diag)
		memcpy(c->diag, diag, c->n_diag);
	m->n_causes = (uint8_t)(n + 1);
	return !r->bad && (o & 0x80) && c->value;
}

bool i3_cause_encode(struct ib_wr *w, const struct isdn_msg *m, unsigned n)
{
	const struct isdn_cause_ie *c = &m->cause[n];

	if (c->coding > 3 || c->location > 15 || c->value < 1 || c->value > 127 ||
	    c->recommendation > 0x7f || c->n_diag > sizeof(c->diag))
		return false;
	ib_wr_u8(w, (c->has_recommendation ? 0u : 0x80u) | (unsigned)c->coding << 5 | c->location);
	if (c->has_recommendation)
		ib_wr_u8(w, 0x80u | c->recommendation);
	ib_wr_u8(w, 0x80u | c->value);
	ib_wr_bytes(w, c->diag, c->n_diag);
	return true;
}
