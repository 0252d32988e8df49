/* SPDX-License-Identifier: BSD-2-Clause */
/* Congestion level, Q.931 4.5.14. */
#include "q931/codec.h"

static const struct i3_name names[] = { { 0, "receiver ready" },
					{ 15, "receiver not ready" },
					{ 0, NULL } };

bool i3_congestion_level_decode(struct i3_reader *in, void *value)
{
	return i3_code_decode(in, value, I3_NIBBLE, 0x0f);
}

bool i3_congestion_level_encode(struct i3_writer *out, const void *value)
{
	return i3_code_encode(out, value, I3_NIBBLE, 0x0f);
}

const struct i3_field i3_congestion_level_fields[] = { I3_F_VALUE(I3_U8, 4, names), I3_F_END };
