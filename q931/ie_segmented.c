/* SPDX-License-Identifier: BSD-2-Clause */
/* Segmented message, Q.931 4.5.26. The segment behind it is taken by decode.c. */
#include "q931/codec.h"

bool i3_segmented_decode(struct i3_reader *in, void *value)
{
	struct isdn_segmented *s = value;
	unsigned o = i3_octet(in, "3");

	s->first = o & 0x80;
	s->remaining = o & 0x7f;
	o = i3_octet(in, "4");
	s->type = o & 0x7f;
	i3_spare(in, o & 0x80);
	s->segment.at = s->segment.len = 0;
	return !in->r.bad;
}

bool i3_segmented_encode(struct i3_writer *out, const void *value)
{
	const struct isdn_segmented *s = value;

	if (s->remaining > 0x7f || s->type > 0x7f)
		return false;
	ib_wr_u8(&out->w, (s->first ? 0x80u : 0) | s->remaining);
	ib_wr_u8(&out->w, s->type);
	return true;
}

const struct i3_field i3_segmented_fields[] = { I3_F(isdn_segmented, first, I3_BOOL, 1, NULL),
						I3_F(isdn_segmented, remaining, I3_U8, 7, NULL),
						I3_F(isdn_segmented, type, I3_U8, 7, NULL),
						I3_F(isdn_segmented, segment, I3_OCTETS, 0, NULL),
						I3_F_END };
