/* SPDX-License-Identifier: BSD-2-Clause */
/* Call state, Q.931 4.5.7. */
#include "q931/codec.h"

static const struct i3_name states[] = { { 0, "null" },
					 { 1, "call initiated" },
					 { 2, "overlap sending" },
					 { 3, "outgoing call proceeding" },
					 { 4, "call delivered" },
					 { 6, "call present" },
					 { 7, "call received" },
					 { 8, "connect request" },
					 { 9, "incoming call proceeding" },
					 { 10, "active" },
					 { 11, "disconnect request" },
					 { 12, "disconnect indication" },
					 { 15, "suspend request" },
					 { 17, "resume request" },
					 { 19, "release request" },
					 { 22, "call abort" },
					 { 25, "overlap receiving" },
					 { 31, "call independent service" },
					 { 61, "restart request" },
					 { 62, "restart" },
					 { 0, NULL } };

bool i3_call_state_decode(struct i3_reader *in, void *value)
{
	struct isdn_call_state_ie *c = value;
	unsigned o = i3_octet(in, "3");

	c->coding = (uint8_t)(o >> 6);
	c->state = o & 0x3f;
	return !in->r.bad;
}

bool i3_call_state_encode(struct i3_writer *out, const void *value)
{
	const struct isdn_call_state_ie *c = value;

	if (c->coding > 3 || c->state > 0x3f)
		return false;
	ib_wr_u8(&out->w, (unsigned)c->coding << 6 | c->state);
	return true;
}

const struct i3_field i3_call_state_fields[] = {
	I3_F(isdn_call_state_ie, coding, I3_U8, 2, i3_coding_names),
	I3_F(isdn_call_state_ie, state, I3_U8, 6, states), I3_F_END
};
