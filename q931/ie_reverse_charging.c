/* SPDX-License-Identifier: BSD-2-Clause */
/* Reverse charging indication, Q.931 4.6.8. */
#include "q931/codec.h"

static const struct i3_name names[] = { { 1, "requested" }, { 0, NULL } };

bool i3_reverse_charging_decode(struct i3_reader *in, void *value)
{
	return i3_code_decode(in, value, I3_OCTET_EXT, 0x07);
}

bool i3_reverse_charging_encode(struct i3_writer *out, const void *value)
{
	return i3_code_encode(out, value, I3_OCTET_EXT, 0x07);
}

const struct i3_field i3_reverse_charging_fields[] = { I3_F_VALUE(I3_U8, 3, names), I3_F_END };
