/* SPDX-License-Identifier: BSD-2-Clause */
/* Elements that are known by name alone: escape for extension (Q.931 4.5.1), and old ones. */
#include "q931/codec.h"

bool i3_octets_decode(struct i3_reader *in, void *value)
{
	in->octet = "3";
	return i3_rest_kept(in, value);
}

bool i3_octets_encode(struct i3_writer *out, const void *value)
{
	return i3_octets_write(out, *(const struct isdn_octets *)value);
}

const struct i3_field i3_octets_fields[] = { I3_F_VALUE(I3_OCTETS, 0, NULL), I3_F_END };
