/* SPDX-License-Identifier: BSD-2-Clause */
/* Switchhook, Q.932. */
#include "q931/codec.h"

static const struct i3_name names[] = { { 0, "on-hook" }, { 1, "off-hook" }, { 0, NULL } };

bool i3_switchhook_decode(struct i3_reader *in, void *value)
{
	return i3_code_decode(in, value, I3_OCTET_EXT, 0x7f);
}

bool i3_switchhook_encode(struct i3_writer *out, const void *value)
{
	return i3_code_encode(out, value, I3_OCTET_EXT, 0x7f);
}

const struct i3_field i3_switchhook_fields[] = { I3_F_VALUE(I3_U8, 7, names), I3_F_END };
