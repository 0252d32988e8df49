/* SPDX-License-Identifier: BSD-2-Clause */
/* What is known of the data links. */
#include "q921/internal.h"

unsigned i2_state(const struct i2 *l2, unsigned sapi, unsigned tei)
{
	int s = i2_sapi_index(l2, sapi);
	const struct i2_tei *t = i2_tei_of(l2, tei);

	return s >= 0 && t && t->link[s] ? t->link[s]->state : 0;
}

unsigned i2_own_state(const struct i2 *l2)
{
	int s = i2_sapi_index(l2, 0);

	return l2->n_teis == 1 && s >= 0 ? l2->teis[0].link[s]->state : 0;
}

bool i2_any_up(const struct i2 *l2)
{
	const struct i2_link *l = l2->links;

	while (l && l->state < MULTIPLE_FRAME)
		l = l->after;
	return l != NULL;
}

static void describe(const struct i2_link *l, struct isdn_link *out)
{
	unsigned sent = (l->vs - l->va) & 127;

	out->sapi = l->sapi;
	out->tei = l->tei->tei;
	out->state = (uint8_t)l->state;
	out->peer_busy = l->peer_busy;
	out->own_busy = l->own_busy;
	out->unacknowledged = sent;
	out->waiting = l->iq.n - sent;
	out->counters = l->counters;
}

size_t i2_links(const struct i2 *l2, struct isdn_link *out, size_t cap)
{
	size_t n = 0;

	for (unsigned s = 0; s < l2->config.n_sapis; s++)
		for (unsigned i = 0; i < l2->n_teis; i++) {
			const struct i2_link *l = l2->teis[i].link[s];

			if (l && n < cap)
				describe(l, &out[n]);
			n += l != NULL;
		}
	return n;
}

void i2_totals(const struct i2 *l2, struct i2_totals *out)
{
	*out = l2->total;
}
