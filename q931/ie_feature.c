/* SPDX-License-Identifier: BSD-2-Clause */
/* Feature activation and feature indication, Q.932. */
#include "q931/codec.h"

static const struct i3_name statuses[] = {
	{ 0, "deactivated" }, { 1, "activated" }, { 2, "prompt" }, { 3, "pending" }, { 0, NULL }
};

/* Octets 3 and 3a. */
static bool identifier(struct i3_reader *in, struct isdn_feature_ie *f)
{
	unsigned o = i3_octet(in, "3");

	f->id = o & 0x7f;
	f->status = 0;
	f->extended = !(o & 0x80);
	if (!f->extended)
		return !in->r.bad;
	o = i3_octet(in, "3a");
	f->id = (uint16_t)(f->id << 7 | (o & 0x7f));
	return !in->r.bad && (o & 0x80);
}

static bool identifier_write(struct i3_writer *out, const struct isdn_feature_ie *f)
{
	if (f->id > (f->extended ? 0x3fff : 0x7f))
		return false;
	if (f->extended)
		ib_wr_u8(&out->w, f->id >> 7);
	ib_wr_u8(&out->w, 0x80u | (f->id & 0x7fu));
	return true;
}

bool i3_feature_activation_decode(struct i3_reader *in, void *value)
{
	return identifier(in, value);
}

bool i3_feature_activation_encode(struct i3_writer *out, const void *value)
{
	return identifier_write(out, value);
}

bool i3_feature_indication_decode(struct i3_reader *in, void *value)
{
	struct isdn_feature_ie *f = value;
	unsigned o;

	if (!identifier(in, f))
		return false;
	o = i3_octet(in, "4");
	f->status = o & 0x0f;
	i3_spare(in, o & 0x70);
	i3_group_ends(in, o);
	return !in->r.bad;
}

bool i3_feature_indication_encode(struct i3_writer *out, const void *value)
{
	const struct isdn_feature_ie *f = value;

	if (f->status > 15 || !identifier_write(out, f))
		return false;
	ib_wr_u8(&out->w, 0x80u | f->status);
	return true;
}

const struct i3_field i3_feature_activation_fields[] = {
	I3_F(isdn_feature_ie, extended, I3_BOOL, 1, NULL),
	I3_F(isdn_feature_ie, id, I3_U16, 7, NULL), I3_F_END
};

const struct i3_field i3_feature_indication_fields[] = {
	I3_F(isdn_feature_ie, extended, I3_BOOL, 1, NULL),
	I3_F(isdn_feature_ie, id, I3_U16, 7, NULL),
	I3_F(isdn_feature_ie, status, I3_U8, 4, statuses), I3_F_END
};
