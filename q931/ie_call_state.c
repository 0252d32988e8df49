/* SPDX-License-Identifier: BSD-2-Clause */
/* Call state, Q.931 4.5.7. */
#include "q931/codec.h"

bool i3_call_state_decode(struct ib_rd *r, struct isdn_msg *m, unsigned n)
{
	unsigned o = ib_rd_u8(r);

	(void)n;
	m->call_state.coding = (uint8_t)(o >> 6);
	m->call_state.state = o & 0x3f;
	return !r->bad;
}

bool i3_call_state_encode(struct ib_wr *w, const struct isdn_msg *m, unsigned n)
{
	(void)n;
	if (m->call_state.coding > 3 || m->call_state.state > 0x3f)
		return false;
	ib_wr_u8(w, (unsigned)m->call_state.coding << 6 | m->call_state.state);
	return true;
}
