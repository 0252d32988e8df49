/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * FACILITY, and connections without a call (Q.932 6.3.2, EN 300 196-1 8.3.2):
 * REGISTER begins one in state 31, RELEASE COMPLETE ends it.
 */
#include "q931/cc_internal.h"

TASK(facility_ind)
{
	i3_indicate(c, ISDN_FACILITY_IND);
}

int i3_register_rx(struct i3_cc *cc, const struct isdn_msg *m)
{
	struct i3_call *c;

	if (i3_call_arrives(cc, m, &c))
		return ISDN_ERR_NOMEM;
	c->state = U31;
	i3_event(c, ISDN_REGISTER_IND, ISDN_BY_REMOTE, ISDN_CAUSE_NONE, 0);
	return 0;
}

/* With the dummy call reference: of no call. */
void i3_dummy_rx(struct i3_cc *cc, const struct isdn_msg *m)
{
	bool facility = m->type == ISDN_MT_FACILITY && isdn_msg_has(m, ISDN_IE_FACILITY);
	struct i3_node *n = facility ? i3_node_get(cc) : NULL;

	if (n)
		i3_event_interface(cc, n, ISDN_FACILITY_IND, ISDN_BY_REMOTE, 0);
}
