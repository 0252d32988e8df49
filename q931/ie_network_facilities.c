/* SPDX-License-Identifier: BSD-2-Clause */
/* Network-specific facilities, Q.931 4.5.21. */
#include "q931/codec.h"

static bool network(struct i3_reader *in, struct isdn_network_facilities *f, unsigned n)
{
	unsigned o = i3_octet(in, "3.1");
	struct ib_rd all = in->r;
	bool good;

	f->id_type = (o >> 4) & 7;
	f->id_plan = o & 0x0f;
	if (!(o & 0x80))
		return false;
	in->octet = "3.2";
	in->r = ib_rd_sub(&all, n - 1);
	good = i3_digits(in, f->id, &f->n_id, ISDN_NETWORK_ID_MAX);
	in->r = all;
	return good;
}

bool i3_network_facilities_decode(struct i3_reader *in, void *value)
{
	struct isdn_network_facilities *f = value;
	unsigned n = i3_octet(in, "3"); /* octets 3.1 and 3.2 */

	f->n_id = f->id_type = f->id_plan = 0;
	f->id[0] = '\0';
	if (n > ib_rd_left(&in->r))
		return false;
	if (n && !network(in, f, n))
		return false;
	in->odd |= n == 1; /* a type and plan of no digits */
	in->octet = "4";
	return i3_rest_kept(in, &f->facility);
}

bool i3_network_facilities_encode(struct i3_writer *out, const void *value)
{
	const struct isdn_network_facilities *f = value;

	if (f->id_type > 7 || f->id_plan > 15)
		return false;
	ib_wr_u8(&out->w, f->n_id ? f->n_id + 1u : 0);
	if (f->n_id)
		ib_wr_u8(&out->w, 0x80u | (unsigned)f->id_type << 4 | f->id_plan);
	return i3_digits_write(out, f->id, f->n_id, ISDN_NETWORK_ID_MAX) &&
	       i3_octets_write(out, f->facility);
}

const struct i3_field i3_network_facilities_fields[] = {
	I3_F_IF(isdn_network_facilities, id_type, I3_U8, 3, i3_network_types, n_id, 1),
	I3_F_IF(isdn_network_facilities, id_plan, I3_U8, 4, i3_network_plans, n_id, 1),
	I3_F_LEN(isdn_network_facilities, id, I3_DIGITS, ISDN_NETWORK_ID_MAX, n_id),
	I3_F(isdn_network_facilities, facility, I3_OCTETS, 0, NULL), I3_F_END
};
