/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * FACILITY, and connections without a call (Q.932 6.3.2, EN 300 196-1 8.3.2):
 * REGISTER begins one in state 31, RELEASE COMPLETE ends it.
 */
#include "q931/cc_internal.h"

TASK(facility_req)
{
	i3_send_prepared(c, false);
}

TASK(facility_ind)
{
	i3_indicate(c, ISDN_FACILITY_IND);
}

TASK(register_req)
{
	i3_send_prepared(c, false);
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

int i3_cc_facility(struct i3_cc *cc, const struct isdn_msg *msg, isdn_time now)
{
	struct isdn_msg m;
	struct ib_buf *b;
	int err;

	if (i3_reserve(cc))
		return ISDN_ERR_NOMEM;
	cc->now = now;
	isdn_msg_init(&m, 0, 0, 0, false);
	isdn_msg_copy(&m, msg);
	m.n_elements = 0;
	m.decoded = m.cut = false;
	m.discriminator = ISDN_PD_Q931;
	m.type = ISDN_MT_FACILITY;
	m.cr_len = 0;
	m.cr = 0;
	m.cr_flag = false;
	err = i3_encode(cc, &m, &b);
	if (!err)
		i3_queue(cc, cc->config.terminals ? I3_BROADCAST : 0, b);
	return err;
}
