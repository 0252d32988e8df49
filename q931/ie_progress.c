/* SPDX-License-Identifier: BSD-2-Clause */
/* Progress indicator, Q.931 4.5.23. */
#include "q931/codec.h"

static const struct i3_name descriptions[] = { { 1, "call is not end-to-end ISDN" },
					       { 2, "destination address is non-ISDN" },
					       { 3, "origination address is non-ISDN" },
					       { 4, "call has returned to the ISDN" },
					       { 5,
						 "interworking has resulted in a service change" },
					       { 8, "in-band information or pattern available" },
					       { 10, "delay in response at the called interface" },
					       { 0, NULL } };

bool i3_progress_decode(struct i3_reader *in, void *value)
{
	struct isdn_progress *p = value;
	unsigned o = i3_octet(in, "3");

	p->coding = (o >> 5) & 3;
	p->location = o & 0x0f;
	i3_spare(in, o & 0x10);
	if (!(o & 0x80))
		return false;
	o = i3_octet(in, "4");
	p->description = o & 0x7f;
	return !in->r.bad && (o & 0x80);
}

bool i3_progress_encode(struct i3_writer *out, const void *value)
{
	const struct isdn_progress *p = value;

	if (p->coding > 3 || p->location > 15 || p->description > 0x7f)
		return false;
	ib_wr_u8(&out->w, 0x80u | (unsigned)p->coding << 5 | p->location);
	ib_wr_u8(&out->w, 0x80u | p->description);
	return true;
}

const struct i3_field i3_progress_fields[] = {
	I3_F(isdn_progress, coding, I3_U8, 2, i3_coding_names),
	I3_F(isdn_progress, location, I3_U8, 4, i3_location_names),
	I3_F(isdn_progress, description, I3_U8, 7, descriptions), I3_F_END
};
