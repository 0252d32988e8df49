/* SPDX-License-Identifier: BSD-2-Clause */
/* Messages that arrive in segments, Annex H: one at a time a link, in order, within T314. */
#include "q931/cc_internal.h"

void i3_segments_discard(struct i3_cc *cc)
{
	cc->segments.expected = 0;
	ib_timer_stop(&cc->timers, &cc->t314);
}

/* True: the message is whole, in cc->segments. */
static bool add(struct i3_cc *cc, const struct isdn_msg *m)
{
	bool whole;

	if (!isdn_msg_has(m, ISDN_IE_SEGMENTED)) {
		i3_segments_discard(cc);
		return false;
	}
	if (m->segmented.first)
		cc->segments_tei = cc->tei;
	else if (cc->tei != cc->segments_tei)
		return false;
	whole = isdn_reassemble(&cc->segments, m) == 1;
	if (m->segmented.first && cc->segments.expected)
		ib_timer_start(&cc->timers, &cc->t314, cc->now + cc->config.timer[ISDN_T314]);
	if (!cc->segments.expected)
		ib_timer_stop(&cc->timers, &cc->t314);
	return whole;
}

bool i3_segment_rx(struct i3_cc *cc, const struct isdn_msg *m, const uint8_t **octets, size_t *len)
{
	if (m->type != ISDN_MT_SEGMENT || m->discriminator != ISDN_PD_Q931) {
		if (cc->segments.expected && cc->tei == cc->segments_tei)
			i3_segments_discard(cc); /* nothing comes in between */
		return true;
	}
	if (!add(cc, m))
		return false;
	*octets = cc->segments.octets;
	*len = cc->segments.len;
	return true;
}
