/* SPDX-License-Identifier: BSD-2-Clause */
/* Channel identification, Q.931 4.5.13. */
#include "q931/codec.h"

static const struct i3_name types[] = { { 3, "B-channel" },
					{ 6, "H0-channel" },
					{ 8, "H11-channel" },
					{ 9, "H12-channel" },
					{ 0, NULL } };

static bool numbers(struct i3_reader *in, struct isdn_channel_id *c)
{
	unsigned o;

	do {
		o = i3_octet(in, "3.3");
		c->channels[c->n_channels++] = o & 0x7f;
		/* Numbers that follow one with the extension bit, and a last one without it
		 * (some switches do), are read and kept. */
		in->odd |= ib_rd_left(&in->r) ? (o & 0x80) != 0 : !(o & 0x80);
	} while (ib_rd_left(&in->r));
	return true;
}

/* Octets 3.2 and 3.3: numbers, or a slot map. */
static bool channels(struct i3_reader *in, struct isdn_channel_id *c)
{
	unsigned o = i3_octet(in, "3.2");

	c->has_channels = true;
	c->coding = (o >> 5) & 3;
	c->map = o & 0x10;
	c->type = o & 0x0f;
	if (!(o & 0x80))
		return false;
	in->octet = "3.3";
	in->r.bad |= !ib_rd_left(&in->r);
	if (in->r.bad || ib_rd_left(&in->r) > sizeof(c->channels))
		return false;
	return c->map ? i3_rest(in, c->channels, &c->n_channels, sizeof(c->channels))
		      : numbers(in, c);
}

bool i3_channel_id_decode(struct i3_reader *in, void *value)
{
	struct isdn_channel_id *c = value;
	unsigned o = i3_octet(in, "3");

	c->has_interface = o & 0x40;
	c->primary = o & 0x20;
	c->exclusive = o & 0x08;
	c->d_channel = o & 0x04;
	c->select = o & 0x03;
	c->interface_id = c->coding = c->type = c->n_channels = 0;
	c->has_channels = c->map = false;
	i3_spare(in, o & 0x10);
	if (!(o & 0x80))
		return false;
	if (c->has_interface) {
		o = i3_octet(in, "3.1");
		c->interface_id = o & 0x7f;
		if (!(o & 0x80))
			return false;
	}
	if (ib_rd_left(&in->r) && !channels(in, c))
		return false;
	return !in->r.bad;
}

bool i3_channel_id_encode(struct i3_writer *out, const void *value)
{
	const struct isdn_channel_id *c = value;

	if (c->select > 3 || c->interface_id > 0x7f || c->coding > 3 || c->type > 15 ||
	    c->n_channels > sizeof(c->channels) || (c->has_channels && !c->n_channels))
		return false;
	ib_wr_u8(&out->w, 0x80u | (c->has_interface ? 0x40u : 0) | (c->primary ? 0x20u : 0) |
				  (c->exclusive ? 0x08u : 0) | (c->d_channel ? 0x04u : 0) |
				  c->select);
	if (c->has_interface)
		ib_wr_u8(&out->w, 0x80u | c->interface_id);
	if (!c->has_channels)
		return true;
	ib_wr_u8(&out->w, 0x80u | (unsigned)c->coding << 5 | (c->map ? 0x10u : 0) | c->type);
	for (unsigned i = 0; i < c->n_channels; i++) {
		if (!c->map && c->channels[i] > 0x7f)
			return false;
		ib_wr_u8(&out->w,
			 c->channels[i] | (!c->map && i + 1u == c->n_channels ? 0x80u : 0));
	}
	return true;
}

static const struct i3_name basic[] = {
	{ 0, "no channel" }, { 1, "B1" }, { 2, "B2" }, { 3, "any channel" }, { 0, NULL }
};

static const struct i3_name other[] = {
	{ 0, "no channel" }, { 1, "as indicated" }, { 3, "any channel" }, { 0, NULL }
};

const struct i3_field i3_channel_id_fields[] = {
	I3_F(isdn_channel_id, primary, I3_BOOL, 1, NULL),
	I3_F(isdn_channel_id, exclusive, I3_BOOL, 1, NULL),
	I3_F(isdn_channel_id, d_channel, I3_BOOL, 1, NULL),
	I3_F_ONLY(isdn_channel_id, select, I3_U8, 2, basic, select, 0, primary, false, I3_EQUAL),
	I3_F_ONLY(isdn_channel_id, select, I3_U8, 2, other, select, 0, primary, true, I3_EQUAL),
	I3_F_IF(isdn_channel_id, interface_id, I3_U8, 7, NULL, has_interface, 1),
	I3_F_IF(isdn_channel_id, coding, I3_U8, 2, i3_coding_names, has_channels, 1),
	I3_F_IF(isdn_channel_id, map, I3_BOOL, 1, NULL, has_channels, 1),
	I3_F_IF(isdn_channel_id, type, I3_U8, 4, types, has_channels, 1),
	I3_F_LEN(isdn_channel_id, channels, I3_LIST, ISDN_CHANNELS_MAX, n_channels),
	I3_F_END
};
