/* SPDX-License-Identifier: BSD-2-Clause */
/* Information request, Q.932. */
#include "q931/codec.h"

static const struct i3_name types[] = { { 0, "undefined" },
					{ 1, "authorization code" },
					{ 2, "address digits" },
					{ 3, "terminal identification" },
					{ 0, NULL } };

bool i3_information_request_decode(struct i3_reader *in, void *value)
{
	struct isdn_information_request *q = value;
	unsigned o = i3_octet(in, "3");

	q->complete = o & 0x40;
	q->type = o & 0x3f;
	i3_group_ends(in, o);
	in->odd |= ib_rd_left(&in->r) != 0;
	return !in->r.bad;
}

bool i3_information_request_encode(struct i3_writer *out, const void *value)
{
	const struct isdn_information_request *q = value;

	if (q->type > 0x3f)
		return false;
	ib_wr_u8(&out->w, 0x80u | (q->complete ? 0x40u : 0) | q->type);
	return true;
}

const struct i3_field i3_information_request_fields[] = {
	I3_F(isdn_information_request, complete, I3_BOOL, 1, NULL),
	I3_F(isdn_information_request, type, I3_U8, 6, types), I3_F_END
};
