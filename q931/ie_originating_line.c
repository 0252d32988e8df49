/* SPDX-License-Identifier: BSD-2-Clause */
/* Originating line information (ANI II digits), codeset 6. */
#include "q931/codec.h"

static const struct i3_name names[] = { { 0, "plain old telephone service" },
					{ 1, "multiparty line" },
					{ 2, "automatic number identification failure" },
					{ 6, "hotel or motel" },
					{ 7, "special operator handling" },
					{ 20, "automatic identified outward dialling" },
					{ 23, "coin or non-coin" },
					{ 24, "toll free service" },
					{ 25, "toll free service, pay station" },
					{ 27, "coin call" },
					{ 29, "prison or inmate service" },
					{ 61, "cellular, type 1" },
					{ 62, "cellular, type 2" },
					{ 63, "cellular, roaming" },
					{ 70, "private pay station" },
					{ 0, NULL } };

bool i3_originating_line_decode(struct i3_reader *in, void *value)
{
	return i3_code_decode(in, value, I3_OCTET, 0xff);
}

bool i3_originating_line_encode(struct i3_writer *out, const void *value)
{
	return i3_code_encode(out, value, I3_OCTET, 0xff);
}

const struct i3_field i3_originating_line_fields[] = { I3_F_VALUE(I3_U8, 8, names), I3_F_END };
