/* SPDX-License-Identifier: BSD-2-Clause */
/* User-user, Q.931 4.5.30. */
#include "q931/codec.h"

bool i3_user_user_decode(struct ib_rd *r, struct isdn_msg *m, unsigned n)
{
	const uint8_t *data;
	size_t len;

	(void)n;
	m->uui.discriminator = ib_rd_u8(r);
	len = ib_rd_left(r);
	data = ib_rd_bytes(r, len);
	if (r->bad || len > sizeof(m->uui.data))
		return false;
	m->uui.len = (uint8_t)len;
	if (len)
		memcpy(m->uui.data, data, len);
	return true;
}

bool i3_user_user_encode(struct ib_wr *w, const struct isdn_msg *m, unsigned n)
{
	(void)n;
	if (m->uui.len > sizeof(m->uui.data))
		return false;
	ib_wr_u8(w, m->uui.discriminator);
	ib_wr_bytes(w, m->uui.data, m->uui.len);
	return true;
}
