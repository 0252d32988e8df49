/* SPDX-License-Identifier: BSD-2-Clause */
/* Restart indicator, Q.931 4.5.25. */
#include "q931/codec.h"

static const struct i3_name names[] = {
	{ 0, "indicated channels" }, { 6, "single interface" }, { 7, "all interfaces" }, { 0, NULL }
};

bool i3_restart_decode(struct i3_reader *in, void *value)
{
	uint8_t *v = value;
	unsigned o = i3_octet(in, "3");

	*v = o & 0x07;
	i3_spare(in, o & 0x78);
	i3_group_ends(in, o);
	return !in->r.bad;
}

bool i3_restart_encode(struct i3_writer *out, const void *value)
{
	const uint8_t *v = value;

	if (*v > 0x07)
		return false;
	ib_wr_u8(&out->w, 0x80u | *v);
	return true;
}

const struct i3_field i3_restart_fields[] = { I3_F_VALUE(I3_U8, 3, names), I3_F_END };
