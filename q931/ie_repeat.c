/* SPDX-License-Identifier: BSD-2-Clause */
/* Repeat indicator, Q.931 4.5.24. */
#include "q931/codec.h"

static const struct i3_name names[] = { { 2, "prioritized list" }, { 0, NULL } };

bool i3_repeat_decode(struct i3_reader *in, void *value)
{
	return i3_code_decode(in, value, I3_NIBBLE, 0x0f);
}

bool i3_repeat_encode(struct i3_writer *out, const void *value)
{
	return i3_code_encode(out, value, I3_NIBBLE, 0x0f);
}

const struct i3_field i3_repeat_fields[] = { I3_F_VALUE(I3_U8, 4, names), I3_F_END };
