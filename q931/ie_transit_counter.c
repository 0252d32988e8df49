/* SPDX-License-Identifier: BSD-2-Clause */
/* Transit counter of QSIG, codeset 4. */
#include "q931/codec.h"

bool i3_transit_counter_decode(struct i3_reader *in, void *value)
{
	uint8_t *v = value;
	unsigned o = i3_octet(in, "3");

	*v = o & 0x1f;
	i3_spare(in, o & 0x60);
	i3_group_ends(in, o);
	return !in->r.bad;
}

bool i3_transit_counter_encode(struct i3_writer *out, const void *value)
{
	const uint8_t *v = value;

	if (*v > 0x1f)
		return false;
	ib_wr_u8(&out->w, 0x80u | *v);
	return true;
}

const struct i3_field i3_transit_counter_fields[] = { I3_F_VALUE(I3_U8, 5, NULL), I3_F_END };
