/* SPDX-License-Identifier: BSD-2-Clause */
/* Information rate, Q.931 4.6.3. */
#include "q931/codec.h"

static const struct i3_name classes[] = {
	{ 3, "75 bit/s" },     { 4, "150 bit/s" },    { 5, "300 bit/s" },    { 6, "600 bit/s" },
	{ 7, "1200 bit/s" },   { 8, "2400 bit/s" },   { 9, "4800 bit/s" },   { 10, "9600 bit/s" },
	{ 11, "19200 bit/s" }, { 12, "48000 bit/s" }, { 13, "64000 bit/s" }, { 0, NULL }
};

static uint8_t class(struct i3_reader *in, const char *octet, bool last)
{
	unsigned o = i3_octet(in, octet);

	i3_spare(in, o & 0x60);
	in->odd |= last != ((o & 0x80) != 0);
	return o & 0x1f;
}

bool i3_information_rate_decode(struct i3_reader *in, void *value)
{
	struct isdn_information_rate *r = value;

	r->incoming = class(in, "3", false);
	r->outgoing = class(in, "3a", false);
	r->minimum_incoming = class(in, "3b", false);
	r->minimum_outgoing = class(in, "3c", true);
	return !in->r.bad;
}

bool i3_information_rate_encode(struct i3_writer *out, const void *value)
{
	const struct isdn_information_rate *r = value;

	if ((r->incoming | r->outgoing | r->minimum_incoming | r->minimum_outgoing) > 0x1f)
		return false;
	ib_wr_u8(&out->w, r->incoming);
	ib_wr_u8(&out->w, r->outgoing);
	ib_wr_u8(&out->w, r->minimum_incoming);
	ib_wr_u8(&out->w, 0x80u | r->minimum_outgoing);
	return true;
}

const struct i3_field i3_information_rate_fields[] = {
	I3_F(isdn_information_rate, incoming, I3_U8, 5, classes),
	I3_F(isdn_information_rate, outgoing, I3_U8, 5, classes),
	I3_F(isdn_information_rate, minimum_incoming, I3_U8, 5, classes),
	I3_F(isdn_information_rate, minimum_outgoing, I3_U8, 5, classes), I3_F_END
};
