/* SPDX-License-Identifier: BSD-2-Clause */
/* Call identity, Q.931 4.5.6. */
#include "q931/codec.h"

bool i3_call_identity_decode(struct i3_reader *in, void *value)
{
	struct isdn_call_identity *c = value;

	in->octet = "3";
	return i3_rest(in, c->identity, &c->len, sizeof(c->identity));
}

bool i3_call_identity_encode(struct i3_writer *out, const void *value)
{
	const struct isdn_call_identity *c = value;

	if (c->len > sizeof(c->identity))
		return false;
	ib_wr_bytes(&out->w, c->identity, c->len);
	return true;
}

const struct i3_field i3_call_identity_fields[] = {
	I3_F_LEN(isdn_call_identity, identity, I3_HEX, 8, len), I3_F_END
};
