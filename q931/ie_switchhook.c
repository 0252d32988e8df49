/* SPDX-License-Identifier: BSD-2-Clause */
/* Switchhook, Q.932. */
#include "q931/codec.h"

static const struct i3_name names[] = { { 0, "on-hook" }, { 1, "off-hook" }, { 0, NULL } };

bool i3_switchhook_decode(struct i3_reader *in, void *value)
{
	uint8_t *v = value;
	unsigned o = i3_octet(in, "3");

	*v = o & 0x7f;
	i3_group_ends(in, o);
	return !in->r.bad;
}

bool i3_switchhook_encode(struct i3_writer *out, const void *value)
{
	const uint8_t *v = value;

	if (*v > 0x7f)
		return false;
	ib_wr_u8(&out->w, 0x80u | *v);
	return true;
}

const struct i3_field i3_switchhook_fields[] = { I3_F_VALUE(I3_U8, 7, names), I3_F_END };
