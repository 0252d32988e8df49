/* SPDX-License-Identifier: BSD-2-Clause */
/* Restart indicator, Q.931 4.5.25. */
#include "q931/codec.h"

static const struct i3_name names[] = {
	{ 0, "indicated channels" }, { 6, "single interface" }, { 7, "all interfaces" }, { 0, NULL }
};

bool i3_restart_decode(struct i3_reader *in, void *value)
{
	return i3_code_decode(in, value, I3_OCTET_EXT, 0x07);
}

bool i3_restart_encode(struct i3_writer *out, const void *value)
{
	return i3_code_encode(out, value, I3_OCTET_EXT, 0x07);
}

const struct i3_field i3_restart_fields[] = { I3_F_VALUE(I3_U8, 3, names), I3_F_END };
