/* SPDX-License-Identifier: BSD-2-Clause */
/* Channel identification, Q.931 4.5.13. */
#include "q931/codec.h"

/* Octets 3.2 and 3.3: numbers, or a slot map. */
static bool channels_decode(struct ib_rd *r, struct isdn_channel_id *c)
{
	unsigned o = ib_rd_u8(r);

	c->has_channels = true;
	c->coding = (o >> 5) & 3;
	c->map = o & 0x10;
	c->type = o & 0x0f;
	if (!(o & 0x80) || !ib_rd_left(r) || ib_rd_left(r) > sizeof(c->channels))
		return false;
	while (ib_rd_left(r)) {
		o = ib_rd_u8(r);
		/* Some peers leave the extension bit of a single number 0: accepted. */
		c->channels[c->n_channels++] = (uint8_t)(c->map ? o : o & 0x7f);
	}
	return true;
}

bool i3_channel_id_decode(struct ib_rd *r, struct isdn_msg *m, unsigned n)
{
	struct isdn_channel_id *c = &m->channel_id;
	unsigned o = ib_rd_u8(r);

	(void)n;
	memset(c, 0, sizeof(*c));
	c->has_interface = o & 0x40;
	c->primary = o & 0x20;
	c->exclusive = o & 0x08;
	c->d_channel = o & 0x04;
	c->select = o & 0x03;
	if (!(o & 0x80))
		return false;
	if (c->has_interface) {
		o = ib_rd_u8(r);
		c->interface_id = o & 0x7f;
		if (!(o & 0x80))
			return false;
	}
	if (ib_rd_left(r) && !channels_decode(r, c))
		return false;
	return !r->bad;
}

bool i3_channel_id_encode(struct ib_wr *w, const struct isdn_msg *m, unsigned n)
{
	const struct isdn_channel_id *c = &m->channel_id;

	(void)n;
	if (c->select > 3 || c->interface_id > 0x7f || c->coding > 3 || c->type > 15 ||
	    c->n_channels > sizeof(c->channels) || (c->has_channels && !c->n_channels))
		return false;
	ib_wr_u8(w, 0x80u | (c->has_interface ? 0x40u : 0) | (c->primary ? 0x20u : 0) |
			    (c->exclusive ? 0x08u : 0) | (c->d_channel ? 0x04u : 0) | c->select);
	if (c->has_interface)
		ib_wr_u8(w, 0x80u | c->interface_id);
	if (!c->has_channels)
		return true;
	ib_wr_u8(w, 0x80u | (unsigned)c->coding << 5 | (c->map ? 0x10u : 0) | c->type);
	for (unsigned i = 0; i < c->n_channels; i++) {
		if (!c->map && c->channels[i] > 0x7f)
			return false;
		ib_wr_u8(w, c->channels[i] | (!c->map && i + 1u == c->n_channels ? 0x80u : 0));
	}
	return true;
}
