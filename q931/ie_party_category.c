/* SPDX-License-Identifier: BSD-2-Clause */
/* Party category: codeset 4 (QSIG) and codeset 5. */
#include "q931/codec.h"

static const struct i3_name categories[] = { { 0, "unknown" },
					     { 1, "extension" },
					     { 2, "operator" },
					     { 3, "emergency extension" },
					     { 0, NULL } };

bool i3_party_category_decode(struct i3_reader *in, void *value)
{
	struct isdn_party_category *p = value;

	p->category = (uint8_t)i3_octet(in, "3");
	return !in->r.bad;
}

bool i3_party_category_encode(struct i3_writer *out, const void *value)
{
	const struct isdn_party_category *p = value;

	ib_wr_u8(&out->w, p->category);
	return true;
}

const struct i3_field i3_party_category_fields[] = {
	I3_F(isdn_party_category, category, I3_U8, 8, categories), I3_F_END
};
