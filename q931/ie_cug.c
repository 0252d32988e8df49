/* SPDX-License-Identifier: BSD-2-Clause */
/* Closed user group, Q.931 4.6.1. */
#include "q931/codec.h"

static const struct i3_name indications[] = {
	{ 1, "closed user group selection" },
	{ 2, "closed user group with outgoing access selection" },
	{ 0, NULL }
};

bool i3_cug_decode(struct i3_reader *in, void *value)
{
	struct isdn_cug *c = value;
	unsigned o = i3_octet(in, "3");

	c->indication = o & 0x07;
	i3_spare(in, o & 0x78);
	in->odd |= !(o & 0x80);
	in->octet = "4";
	return i3_digits(in, c->index, &c->n_digits, sizeof(c->index) - 1);
}

bool i3_cug_encode(struct i3_writer *out, const void *value)
{
	const struct isdn_cug *c = value;

	if (c->indication > 7)
		return false;
	ib_wr_u8(&out->w, 0x80u | c->indication);
	return i3_digits_write(out, c->index, c->n_digits, sizeof(c->index) - 1);
}

const struct i3_field i3_cug_fields[] = { I3_F(isdn_cug, indication, I3_U8, 3, indications),
					  I3_F_LEN(isdn_cug, index, I3_DIGITS, 4, n_digits),
					  I3_F_END };
