/* SPDX-License-Identifier: BSD-2-Clause */
/* High layer compatibility, Q.931 4.5.17. */
#include "q931/codec.h"

static const struct i3_name characteristics[] = {
	{ 0x01, "telephony" },
	{ 0x04, "facsimile group 2/3" },
	{ 0x21, "facsimile group 4 class I" },
	{ 0x24, "teletex, facsimile group 4 classes II and III" },
	{ 0x28, "teletex, mixed and processable mode" },
	{ 0x31, "teletex, basic mode" },
	{ 0x32, "videotex" },
	{ 0x33, "videotex, international" },
	{ 0x35, "telex" },
	{ 0x38, "message handling systems" },
	{ 0x41, "OSI application" },
	{ 0x42, "FTAM application" },
	{ 0x5e, "maintenance" },
	{ 0x5f, "management" },
	{ 0x60, "videotelephony" },
	{ 0x61, "videoconferencing" },
	{ 0x62, "audiographic conferencing" },
	{ 0x68, "multimedia services" },
	{ 0, NULL }
};

static const struct i3_name extensions[] = {
	{ 0x01, "capability set of initial channel of H.221" },
	{ 0x02, "capability set of subsequent channel of H.221" },
	{ 0x21, "capability set of initial channel of an active 3.1 kHz audio or speech call" },
	{ 0, NULL }
};

bool i3_hlc_decode(struct i3_reader *in, void *value)
{
	struct isdn_hlc *h = value;
	unsigned o = i3_octet(in, "3");

	h->coding = (o >> 5) & 3;
	h->interpretation = (o >> 2) & 7;
	h->presentation = o & 3;
	h->has_extended = false;
	h->extended = 0;
	in->odd |= !(o & 0x80);
	o = i3_octet(in, "4");
	h->characteristics = o & 0x7f;
	if (!(o & 0x80)) {
		o = i3_octet(in, "4a");
		h->has_extended = true;
		h->extended = o & 0x7f;
		i3_group_ends(in, o);
	}
	in->odd |= ib_rd_left(&in->r) != 0;
	return !in->r.bad;
}

bool i3_hlc_encode(struct i3_writer *out, const void *value)
{
	const struct isdn_hlc *h = value;

	if (h->coding > 3 || h->interpretation > 7 || h->presentation > 3 ||
	    h->characteristics > 0x7f || h->extended > 0x7f)
		return false;
	ib_wr_u8(&out->w, 0x80u | (unsigned)h->coding << 5 | (unsigned)h->interpretation << 2 |
				  h->presentation);
	ib_wr_u8(&out->w, (h->has_extended ? 0u : 0x80u) | h->characteristics);
	if (h->has_extended)
		ib_wr_u8(&out->w, 0x80u | h->extended);
	return true;
}

const struct i3_field i3_hlc_fields[] = {
	I3_F(isdn_hlc, coding, I3_U8, 2, i3_coding_names),
	I3_F(isdn_hlc, interpretation, I3_U8, 3, NULL),
	I3_F(isdn_hlc, presentation, I3_U8, 2, NULL),
	I3_F(isdn_hlc, characteristics, I3_U8, 7, characteristics),
	I3_F_IF(isdn_hlc, extended, I3_U8, 7, extensions, has_extended, 1),
	I3_F_END
};
