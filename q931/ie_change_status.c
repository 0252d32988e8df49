/* SPDX-License-Identifier: BSD-2-Clause */
/* Change status, of the maintenance messages of North American switches. */
#include "q931/codec.h"

static const struct i3_name statuses[] = { { 0, "in service" },	    { 1, "maintenance" },
					   { 2, "out of service" }, { 3, "continuity check" },
					   { 4, "shutdown" },	    { 0, NULL } };

bool i3_change_status_decode(struct i3_reader *in, void *value)
{
	struct isdn_change_status *c = value;
	unsigned o = i3_octet(in, "3");

	c->channel = o & 0x40;
	c->status = o & 0x07;
	i3_spare(in, o & 0x38);
	i3_group_ends(in, o);
	return !in->r.bad;
}

bool i3_change_status_encode(struct i3_writer *out, const void *value)
{
	const struct isdn_change_status *c = value;

	if (c->status > 7)
		return false;
	ib_wr_u8(&out->w, 0x80u | (c->channel ? 0x40u : 0) | c->status);
	return true;
}

const struct i3_field i3_change_status_fields[] = {
	I3_F(isdn_change_status, channel, I3_BOOL, 1, NULL),
	I3_F(isdn_change_status, status, I3_U8, 3, statuses), I3_F_END
};
