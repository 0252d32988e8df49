/* SPDX-License-Identifier: BSD-2-Clause */
/* Date/time, Q.931 4.5.15. */
#include "q931/codec.h"

bool i3_date_time_decode(struct i3_reader *in, void *value)
{
	struct isdn_date_time *d = value;
	uint8_t o[6] = { 0 };

	in->octet = "3";
	if (!i3_rest(in, o, &d->n, sizeof(o)) || d->n < 3)
		return false;
	d->year = o[0];
	d->month = o[1];
	d->day = o[2];
	d->hour = o[3];
	d->minute = o[4];
	d->second = o[5];
	return true;
}

bool i3_date_time_encode(struct i3_writer *out, const void *value)
{
	const struct isdn_date_time *d = value;
	const uint8_t o[6] = { d->year, d->month, d->day, d->hour, d->minute, d->second };

	if (d->n < 3 || d->n > sizeof(o))
		return false;
	ib_wr_bytes(&out->w, o, d->n);
	return true;
}

const struct i3_field i3_date_time_fields[] = {
	I3_F(isdn_date_time, year, I3_U8, 8, NULL),
	I3_F(isdn_date_time, month, I3_U8, 8, NULL),
	I3_F(isdn_date_time, day, I3_U8, 8, NULL),
	I3_F_IF(isdn_date_time, hour, I3_U8, 8, NULL, n, 4),
	I3_F_IF(isdn_date_time, minute, I3_U8, 8, NULL, n, 5),
	I3_F_IF(isdn_date_time, second, I3_U8, 8, NULL, n, 6),
	I3_F_END
};
