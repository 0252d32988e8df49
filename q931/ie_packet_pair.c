/* SPDX-License-Identifier: BSD-2-Clause */
/* Packet layer window size, Q.931 4.6.5, and packet size, 4.6.6. */
#include "q931/codec.h"

/* Octet 3 forward, octet 4 backward: each ends with bit 8. */
static bool pair(struct i3_reader *in, struct isdn_packet_pair *p, unsigned mask)
{
	unsigned o = i3_octet(in, "3");

	p->forward = (uint8_t)(o & mask);
	p->backward = 0;
	i3_spare(in, o & 0x7f & ~mask);
	in->odd |= !(o & 0x80);
	p->has_backward = ib_rd_left(&in->r);
	if (p->has_backward) {
		o = i3_octet(in, "4");
		p->backward = (uint8_t)(o & mask);
		i3_spare(in, o & 0x7f & ~mask);
		i3_group_ends(in, o);
	}
	return !in->r.bad;
}

static bool pair_write(struct i3_writer *out, const struct isdn_packet_pair *p, unsigned mask)
{
	if (p->forward > mask || p->backward > mask)
		return false;
	ib_wr_u8(&out->w, 0x80u | p->forward);
	if (p->has_backward)
		ib_wr_u8(&out->w, 0x80u | p->backward);
	return true;
}

bool i3_packet_window_decode(struct i3_reader *in, void *value)
{
	return pair(in, value, 0x7f);
}

bool i3_packet_window_encode(struct i3_writer *out, const void *value)
{
	return pair_write(out, value, 0x7f);
}

bool i3_packet_size_decode(struct i3_reader *in, void *value)
{
	return pair(in, value, 0x0f);
}

bool i3_packet_size_encode(struct i3_writer *out, const void *value)
{
	return pair_write(out, value, 0x0f);
}

const struct i3_field i3_packet_window_fields[] = {
	I3_F(isdn_packet_pair, forward, I3_U8, 7, NULL),
	I3_F_IF(isdn_packet_pair, backward, I3_U8, 7, NULL, has_backward, 1), I3_F_END
};

const struct i3_field i3_packet_size_fields[] = {
	I3_F(isdn_packet_pair, forward, I3_U8, 4, NULL),
	I3_F_IF(isdn_packet_pair, backward, I3_U8, 4, NULL, has_backward, 1), I3_F_END
};
