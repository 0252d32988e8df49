/* SPDX-License-Identifier: BSD-2-Clause */
/* Cause, Q.931 4.5.12 and Q.850. */
#include "q931/codec.h"

bool i3_cause_decode(struct i3_reader *in, void *value)
{
	struct isdn_cause_ie *c = value;
	unsigned o = i3_octet(in, "3");

	c->coding = (o >> 5) & 3;
	c->location = o & 0x0f;
	i3_spare(in, o & 0x10);
	c->has_recommendation = !(o & 0x80);
	c->recommendation = 0;
	if (c->has_recommendation) {
		o = i3_octet(in, "3a");
		c->recommendation = o & 0x7f;
		if (!(o & 0x80))
			return false;
	}
	o = i3_octet(in, "4");
	c->value = o & 0x7f;
	if (!(o & 0x80) || !c->value)
		return false;
	in->octet = "5";
	return i3_rest(in, c->diag, &c->n_diag, sizeof(c->diag));
}

bool i3_cause_encode(struct i3_writer *out, const void *value)
{
	const struct isdn_cause_ie *c = value;

	if (c->coding > 3 || c->location > 15 || c->value < 1 || c->value > 127 ||
	    c->recommendation > 0x7f || c->n_diag > sizeof(c->diag))
		return false;
	ib_wr_u8(&out->w,
		 (c->has_recommendation ? 0u : 0x80u) | (unsigned)c->coding << 5 | c->location);
	if (c->has_recommendation)
		ib_wr_u8(&out->w, 0x80u | c->recommendation);
	ib_wr_u8(&out->w, 0x80u | c->value);
	ib_wr_bytes(&out->w, c->diag, c->n_diag);
	return true;
}

const struct i3_field i3_cause_fields[] = {
	I3_F(isdn_cause_ie, coding, I3_U8, 2, i3_coding_names),
	I3_F(isdn_cause_ie, location, I3_U8, 4, i3_location_names),
	I3_F_IF(isdn_cause_ie, recommendation, I3_U8, 7, NULL, has_recommendation, 1),
	I3_F(isdn_cause_ie, value, I3_CAUSE, 7, NULL),
	I3_F_IF(isdn_cause_ie, diag, I3_DIAG, ISDN_DIAG_MAX, NULL, n_diag, 1),
	I3_F_END
};
