/* SPDX-License-Identifier: BSD-2-Clause */
/* Display, Q.931 4.5.16. */
#include "q931/codec.h"

bool i3_display_decode(struct i3_reader *in, void *value)
{
	struct isdn_display *d = value;

	d->charset = 0;
	in->octet = "3";
	if (in->variant->charset && (ib_rd_peek(&in->r) & 0x80))
		d->charset = ib_rd_u8(&in->r);
	return i3_rest(in, d->text, &d->len, sizeof(d->text));
}

bool i3_display_encode(struct i3_writer *out, const void *value)
{
	const struct isdn_display *d = value;

	if (d->len > sizeof(d->text) || (d->charset && !(d->charset & 0x80)))
		return false;
	if (d->charset)
		ib_wr_u8(&out->w, d->charset);
	ib_wr_bytes(&out->w, d->text, d->len);
	return true;
}

const struct i3_field i3_display_fields[] = {
	I3_F_IF(isdn_display, charset, I3_U8, 8, NULL, charset, 1),
	I3_F_LEN(isdn_display, text, I3_TEXT, ISDN_DISPLAY_MAX, len), I3_F_END
};
