/* SPDX-License-Identifier: BSD-2-Clause */
/* Endpoint identifier, Q.932. */
#include "q931/codec.h"

bool i3_endpoint_id_decode(struct i3_reader *in, void *value)
{
	struct isdn_endpoint_id *e = value;
	unsigned o = i3_octet(in, "3");

	e->usid = o & 0x7f;
	in->odd |= !(o & 0x80);
	o = i3_octet(in, "4");
	e->interpretation = o & 0x40;
	e->tid = o & 0x3f;
	i3_group_ends(in, o);
	return !in->r.bad;
}

bool i3_endpoint_id_encode(struct i3_writer *out, const void *value)
{
	const struct isdn_endpoint_id *e = value;

	if (e->usid > 0x7f || e->tid > 0x3f)
		return false;
	ib_wr_u8(&out->w, 0x80u | e->usid);
	ib_wr_u8(&out->w, 0x80u | (e->interpretation ? 0x40u : 0) | e->tid);
	return true;
}

const struct i3_field i3_endpoint_id_fields[] = {
	I3_F(isdn_endpoint_id, usid, I3_U8, 7, NULL),
	I3_F(isdn_endpoint_id, interpretation, I3_BOOL, 1, NULL),
	I3_F(isdn_endpoint_id, tid, I3_U8, 6, NULL), I3_F_END
};
