/* SPDX-License-Identifier: BSD-2-Clause */
/* Service profile identification, Q.932. */
#include "q931/codec.h"

bool i3_spid_decode(struct i3_reader *in, void *value)
{
	struct isdn_spid *v = value;

	in->octet = "3";
	return i3_rest(in, v->text, &v->len, sizeof(v->text));
}

bool i3_spid_encode(struct i3_writer *out, const void *value)
{
	const struct isdn_spid *v = value;

	if (v->len > sizeof(v->text))
		return false;
	ib_wr_bytes(&out->w, v->text, v->len);
	return true;
}

const struct i3_field i3_spid_fields[] = { I3_F_LEN(isdn_spid, text, I3_TEXT, ISDN_SPID_MAX, len),
					   I3_F_END };
