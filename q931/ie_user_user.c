/* SPDX-License-Identifier: BSD-2-Clause */
/* User-user, Q.931 4.5.30. */
#include "q931/codec.h"

static const struct i3_name discriminators[] = { { 0, "user specific" },
						 { 1, "OSI high layer" },
						 { 2, "X.244" },
						 { 3, "system management convergence" },
						 { 4, "IA5 text" },
						 { 5, "X.208 and X.209" },
						 { 7, "V.120" },
						 { 8, "Q.931 user-network call control" },
						 { 0, NULL } };

bool i3_user_user_decode(struct i3_reader *in, void *value)
{
	struct isdn_uui *u = value;

	u->discriminator = (uint8_t)i3_octet(in, "3");
	in->octet = "4";
	return i3_rest(in, u->data, &u->len, sizeof(u->data));
}

bool i3_user_user_encode(struct i3_writer *out, const void *value)
{
	const struct isdn_uui *u = value;

	if (u->len > sizeof(u->data))
		return false;
	ib_wr_u8(&out->w, u->discriminator);
	ib_wr_bytes(&out->w, u->data, u->len);
	return true;
}

const struct i3_field i3_user_user_fields[] = {
	I3_F(isdn_uui, discriminator, I3_U8, 8, discriminators),
	I3_F_LEN(isdn_uui, data, I3_HEX, ISDN_UUI_MAX, len), I3_F_END
};
