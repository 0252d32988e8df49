/* SPDX-License-Identifier: BSD-2-Clause */
/* Packet layer binary parameters, Q.931 4.6.4. */
#include "q931/codec.h"

static const struct i3_name fast_selects[] = { { 0, "not requested" },
					       { 1, "not requested" },
					       { 2, "requested, no restriction of response" },
					       { 3, "requested, with restriction of response" },
					       { 0, NULL } };

bool i3_packet_binary_decode(struct i3_reader *in, void *value)
{
	struct isdn_packet_binary *p = value;
	unsigned o = i3_octet(in, "3");

	p->fast_select = (o >> 3) & 3;
	p->expedited = o & 0x04;
	p->confirmation = o & 0x02;
	p->modulus_128 = o & 0x01;
	i3_spare(in, o & 0x60);
	i3_group_ends(in, o);
	return !in->r.bad;
}

bool i3_packet_binary_encode(struct i3_writer *out, const void *value)
{
	const struct isdn_packet_binary *p = value;

	if (p->fast_select > 3)
		return false;
	ib_wr_u8(&out->w, 0x80u | (unsigned)p->fast_select << 3 | (p->expedited ? 4u : 0) |
				  (p->confirmation ? 2u : 0) | (p->modulus_128 ? 1u : 0));
	return true;
}

const struct i3_field i3_packet_binary_fields[] = {
	I3_F(isdn_packet_binary, fast_select, I3_U8, 2, fast_selects),
	I3_F(isdn_packet_binary, expedited, I3_BOOL, 1, NULL),
	I3_F(isdn_packet_binary, confirmation, I3_BOOL, 1, NULL),
	I3_F(isdn_packet_binary, modulus_128, I3_BOOL, 1, NULL), I3_F_END
};
