/* SPDX-License-Identifier: BSD-2-Clause */
/* Subaddresses: Q.931 4.5.9, 4.5.11, Q.951. */
#include "q931/codec.h"

static const struct i3_name types[] = { { 0, "NSAP" }, { 2, "user specified" }, { 0, NULL } };

bool i3_subaddress_decode(struct i3_reader *in, void *value)
{
	struct isdn_subaddress *s = value;
	unsigned o = i3_octet(in, "3");

	s->type = (o >> 4) & 7;
	s->odd = o & 0x08;
	i3_spare(in, o & 0x07);
	in->odd |= !(o & 0x80);
	in->octet = "4";
	return i3_rest(in, s->data, &s->len, sizeof(s->data));
}

bool i3_subaddress_encode(struct i3_writer *out, const void *value)
{
	const struct isdn_subaddress *s = value;

	if (s->type > 7 || s->len > sizeof(s->data))
		return false;
	ib_wr_u8(&out->w, 0x80u | (unsigned)s->type << 4 | (s->odd ? 0x08u : 0));
	ib_wr_bytes(&out->w, s->data, s->len);
	return true;
}

const struct i3_field i3_subaddress_fields[] = {
	I3_F(isdn_subaddress, type, I3_U8, 3, types), I3_F(isdn_subaddress, odd, I3_BOOL, 1, NULL),
	I3_F_LEN(isdn_subaddress, data, I3_HEX, ISDN_SUBADDRESS_MAX, len), I3_F_END
};
