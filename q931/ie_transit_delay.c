/* SPDX-License-Identifier: BSD-2-Clause */
/* End-to-end transit delay, Q.931 4.6.2, and transit delay selection and indication, 4.6.9. */
#include "q931/codec.h"

/* Sixteen bits in three octets: 2, 7 and 7. */
static uint16_t delay(struct i3_reader *in, const char *a, const char *b, const char *c)
{
	unsigned o1 = i3_octet(in, a), o2 = i3_octet(in, b), o3 = i3_octet(in, c);

	i3_spare(in, (o1 & 0xfc) | (o2 & 0x80));
	in->odd |= !(o3 & 0x80);
	return (uint16_t)((o1 & 3) << 14 | (o2 & 0x7f) << 7 | (o3 & 0x7f));
}

static void delay_write(struct i3_writer *out, unsigned ms)
{
	ib_wr_u8(&out->w, ms >> 14);
	ib_wr_u8(&out->w, (ms >> 7) & 0x7f);
	ib_wr_u8(&out->w, 0x80u | (ms & 0x7f));
}

bool i3_transit_delay_decode(struct i3_reader *in, void *value)
{
	struct isdn_transit_delay *d = value;

	d->requested = d->maximum = 0;
	d->cumulative = delay(in, "3", "3a", "3b");
	d->has_requested = ib_rd_left(&in->r);
	if (d->has_requested)
		d->requested = delay(in, "4", "4a", "4b");
	d->has_maximum = ib_rd_left(&in->r);
	if (d->has_maximum)
		d->maximum = delay(in, "5", "5a", "5b");
	return !in->r.bad;
}

bool i3_transit_delay_encode(struct i3_writer *out, const void *value)
{
	const struct isdn_transit_delay *d = value;

	if (d->has_maximum && !d->has_requested)
		return false;
	delay_write(out, d->cumulative);
	if (d->has_requested)
		delay_write(out, d->requested);
	if (d->has_maximum)
		delay_write(out, d->maximum);
	return true;
}

bool i3_transit_delay_selection_decode(struct i3_reader *in, void *value)
{
	*(uint16_t *)value = delay(in, "3", "3a", "3b");
	return !in->r.bad;
}

bool i3_transit_delay_selection_encode(struct i3_writer *out, const void *value)
{
	delay_write(out, *(const uint16_t *)value);
	return true;
}

const struct i3_field i3_transit_delay_fields[] = {
	I3_F(isdn_transit_delay, cumulative, I3_U16, 16, NULL),
	I3_F_IF(isdn_transit_delay, requested, I3_U16, 16, NULL, has_requested, 1),
	I3_F_IF(isdn_transit_delay, maximum, I3_U16, 16, NULL, has_maximum, 1), I3_F_END
};

const struct i3_field i3_transit_delay_selection_fields[] = { I3_F_VALUE(I3_U16, 16, NULL),
							      I3_F_END };
