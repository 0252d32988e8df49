/* SPDX-License-Identifier: BSD-2-Clause */
/* Transit counter of QSIG, codeset 4. */
#include "q931/codec.h"

bool i3_transit_counter_decode(struct i3_reader *in, void *value)
{
	return i3_code_decode(in, value, I3_OCTET_EXT, 0x1f);
}

bool i3_transit_counter_encode(struct i3_writer *out, const void *value)
{
	return i3_code_encode(out, value, I3_OCTET_EXT, 0x1f);
}

const struct i3_field i3_transit_counter_fields[] = { I3_F_VALUE(I3_U8, 5, NULL), I3_F_END };
