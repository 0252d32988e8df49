/* SPDX-License-Identifier: BSD-2-Clause */
/* Signal, Q.931 4.5.28. */
#include "q931/codec.h"

static const struct i3_name names[] = { { 0, "dial tone on" },
					{ 1, "ring back tone on" },
					{ 2, "intercept tone on" },
					{ 3, "network congestion tone on" },
					{ 4, "busy tone on" },
					{ 5, "confirm tone on" },
					{ 6, "answer tone on" },
					{ 7, "call waiting tone on" },
					{ 8, "off-hook warning tone on" },
					{ 9, "preemption tone on" },
					{ 0x3f, "tones off" },
					{ 0x40, "alerting on, pattern 0" },
					{ 0x41, "alerting on, pattern 1" },
					{ 0x42, "alerting on, pattern 2" },
					{ 0x43, "alerting on, pattern 3" },
					{ 0x44, "alerting on, pattern 4" },
					{ 0x45, "alerting on, pattern 5" },
					{ 0x46, "alerting on, pattern 6" },
					{ 0x47, "alerting on, pattern 7" },
					{ 0x4f, "alerting off" },
					{ 0, NULL } };

bool i3_signal_decode(struct i3_reader *in, void *value)
{
	return i3_code_decode(in, value, I3_OCTET, 0xff);
}

bool i3_signal_encode(struct i3_writer *out, const void *value)
{
	return i3_code_encode(out, value, I3_OCTET, 0xff);
}

const struct i3_field i3_signal_fields[] = { I3_F_VALUE(I3_U8, 8, names), I3_F_END };
