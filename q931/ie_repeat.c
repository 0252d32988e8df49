/* SPDX-License-Identifier: BSD-2-Clause */
/* Repeat indicator, Q.931 4.5.24. */
#include "q931/codec.h"

static const struct i3_name names[] = { { 2, "prioritized list" }, { 0, NULL } };

/* The contents are bits 4-1 of the identifier octet. */
bool i3_repeat_decode(struct i3_reader *in, void *value)
{
	uint8_t *v = value;

	*v = i3_octet(in, "1") & 0x0f;
	return !in->r.bad;
}

bool i3_repeat_encode(struct i3_writer *out, const void *value)
{
	const uint8_t *v = value;

	if (*v > 0x0f)
		return false;
	ib_wr_u8(&out->w, *v);
	return true;
}

const struct i3_field i3_repeat_fields[] = { I3_F_VALUE(I3_U8, 4, names), I3_F_END };
