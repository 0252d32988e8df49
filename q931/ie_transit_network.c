/* SPDX-License-Identifier: BSD-2-Clause */
/* Transit network selection, Q.931 4.5.29. */
#include "q931/codec.h"

bool i3_transit_network_decode(struct i3_reader *in, void *value)
{
	struct isdn_transit_network *t = value;
	unsigned o = i3_octet(in, "3");

	t->type = (o >> 4) & 7;
	t->plan = o & 0x0f;
	if (!(o & 0x80))
		return false;
	in->octet = "4";
	return i3_digits(in, t->id, &t->n_id, ISDN_NETWORK_ID_MAX);
}

bool i3_transit_network_encode(struct i3_writer *out, const void *value)
{
	const struct isdn_transit_network *t = value;

	if (t->type > 7 || t->plan > 15)
		return false;
	ib_wr_u8(&out->w, 0x80u | (unsigned)t->type << 4 | t->plan);
	return i3_digits_write(out, t->id, t->n_id, ISDN_NETWORK_ID_MAX);
}

const struct i3_field i3_transit_network_fields[] = {
	I3_F(isdn_transit_network, type, I3_U8, 3, i3_network_types),
	I3_F(isdn_transit_network, plan, I3_U8, 4, i3_network_plans),
	I3_F_LEN(isdn_transit_network, id, I3_DIGITS, ISDN_NETWORK_ID_MAX, n_id), I3_F_END
};
