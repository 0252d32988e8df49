/* SPDX-License-Identifier: BSD-2-Clause */
/* Generic digits, codeset 6. */
#include "q931/codec.h"

bool i3_generic_digits_decode(struct i3_reader *in, void *value)
{
	struct isdn_generic_digits *g = value;
	unsigned o = i3_octet(in, "3");

	g->encoding = (uint8_t)(o >> 5);
	g->type = o & 0x1f;
	in->octet = "4";
	return i3_rest_kept(in, &g->digits);
}

bool i3_generic_digits_encode(struct i3_writer *out, const void *value)
{
	const struct isdn_generic_digits *g = value;

	if (g->encoding > 7 || g->type > 0x1f)
		return false;
	ib_wr_u8(&out->w, (unsigned)g->encoding << 5 | g->type);
	return i3_octets_write(out, g->digits);
}

const struct i3_field i3_generic_digits_fields[] = {
	I3_F(isdn_generic_digits, encoding, I3_U8, 3, NULL),
	I3_F(isdn_generic_digits, type, I3_U8, 5, NULL),
	I3_F(isdn_generic_digits, digits, I3_OCTETS, 0, NULL), I3_F_END
};
