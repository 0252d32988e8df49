/* SPDX-License-Identifier: BSD-2-Clause */
/* Display, Q.931 4.5.16. */
#include "q931/codec.h"

bool i3_display_decode(struct ib_rd *r, struct isdn_msg *m, unsigned n)
{
	size_t len = ib_rd_left(r);
	const uint8_t *text = ib_rd_bytes(r, len);

	(void)n;
	if (!text || len > sizeof(m->display.text))
		return false;
	m->display.len = (uint8_t)len;
	memcpy(m->display.text, text, len);
	return true;
}

bool i3_display_encode(struct ib_wr *w, const struct isdn_msg *m, unsigned n)
{
	(void)n;
	if (m->display.len < 1 || m->display.len > sizeof(m->display.text))
		return false;
	ib_wr_bytes(w, m->display.text, m->display.len);
	return true;
}
