/* SPDX-License-Identifier: BSD-2-Clause */
/* What several elements share. */
#include "q931/codec.h"

bool i3_nothing_decode(struct i3_reader *in, void *value)
{
	(void)in;
	(void)value;
	return true;
}

bool i3_nothing_encode(struct i3_writer *out, const void *value)
{
	(void)out;
	(void)value;
	return true;
}

const struct i3_field i3_nothing_fields[] = { I3_F_END };

bool i3_rest_kept(struct i3_reader *in, struct isdn_octets *to)
{
	*to = i3_kept(in, &in->r);
	in->r.at = in->r.end;
	return !in->r.bad;
}

bool i3_octets_write(struct i3_writer *out, struct isdn_octets o)
{
	if ((size_t)o.at + o.len > out->m->n_octets)
		return false;
	ib_wr_bytes(&out->w, out->m->octets + o.at, o.len);
	return true;
}

bool i3_digits(struct i3_reader *in, char *to, uint8_t *n, size_t max)
{
	size_t len = ib_rd_left(&in->r);
	const uint8_t *p = ib_rd_bytes(&in->r, len);

	if (in->r.bad || len > max)
		return false;
	for (size_t i = 0; i < len; i++) {
		i3_spare(in, p[i] & 0x80);
		to[i] = (char)(p[i] & 0x7f);
		if (!to[i]) {
			in->r.at = p + i + 1;
			return false;
		}
	}
	to[len] = '\0';
	*n = (uint8_t)len;
	return true;
}

bool i3_digits_write(struct i3_writer *out, const char *digits, unsigned n, size_t max)
{
	if (n > max)
		return false;
	for (unsigned i = 0; i < n; i++) {
		if (!digits[i] || (digits[i] & 0x80)) /* IA5: 1 to 127 */
			return false;
		ib_wr_u8(&out->w, (unsigned)digits[i]);
	}
	return true;
}

bool i3_code_decode(struct i3_reader *in, void *value, enum i3_code form, unsigned mask)
{
	unsigned o = i3_octet(in, form == I3_NIBBLE ? "1" : "3");

	*(uint8_t *)value = (uint8_t)(o & mask);
	if (form != I3_NIBBLE)
		i3_spare(in, o & ~mask & (form == I3_OCTET_EXT ? 0x7fu : 0xffu));
	if (form == I3_OCTET_EXT)
		i3_group_ends(in, o);
	return !in->r.bad;
}

bool i3_code_encode(struct i3_writer *out, const void *value, enum i3_code form, unsigned mask)
{
	unsigned v = *(const uint8_t *)value;

	if (v & ~mask)
		return false;
	ib_wr_u8(&out->w, (form == I3_OCTET_EXT ? 0x80u : 0) | v);
	return true;
}
