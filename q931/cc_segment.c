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
	cc->segments_anew = m->segmented.first;
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
	cc->segments_anew = false;
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

struct i3_segments_mark i3_segments_mark(const struct i3_cc *cc)
{
	return (struct i3_segments_mark){ .expected = cc->segments.expected,
					  .n = cc->segments.n,
					  .len = cc->segments.len,
					  .waits = ib_timer_running(&cc->t314),
					  .due = cc->t314.due };
}

/* A first segment needs nothing of what was before. */
void i3_segments_back(struct i3_cc *cc, const struct i3_segments_mark *mark)
{
	if (cc->segments_anew)
		return;
	cc->segments.expected = mark->expected;
	cc->segments.n = mark->n;
	cc->segments.len = mark->len;
	if (mark->waits)
		ib_timer_start(&cc->timers, &cc->t314, mark->due);
}
