/* SPDX-License-Identifier: BSD-2-Clause */
/* Calling party number, Q.931 4.5.10, and called party number, 4.5.8. */
#include "q931/codec.h"

static bool digits_decode(struct ib_rd *r, struct isdn_number *num)
{
	size_t len = ib_rd_left(r);
	const uint8_t *digits = ib_rd_bytes(r, len);

	if (r->bad || len > ISDN_DIGITS_MAX)
		return false;
	for (size_t i = 0; i < len; i++) {
		num->digits[i] = (char)(digits[i] & 0x7f); /* bit 8 is spare */
		if (!num->digits[i])
			return false;
	}
	num->digits[len] = '\0';
	num->n_digits = (uint8_t)len;
	return true;
}

static bool number_decode(struct ib_rd *r, struct isdn_number *num, bool calling)
{
	unsigned o = ib_rd_u8(r);

	memset(num, 0, offsetof(struct isdn_number, digits) + 1);
	num->type = (o >> 4) & 7;
	num->plan = o & 0x0f;
	if (!(o & 0x80)) {
		if (!calling)
			return false;
		o = ib_rd_u8(r);
		num->has_presentation = true;
		num->presentation = (o >> 5) & 3;
		num->screening = o & 3;
		if (!(o & 0x80))
			return false;
	}
	return digits_decode(r, num);
}

static bool number_encode(struct ib_wr *w, const struct isdn_number *num)
{
	if (num->type > 7 || num->plan > 15 || num->presentation > 3 || num->screening > 3 ||
	    num->n_digits > ISDN_DIGITS_MAX)
		return false;
	ib_wr_u8(w, (num->has_presentation ? 0u : 0x80u) | (unsigned)num->type << 4 | num->plan);
	if (num->has_presentation)
		ib_wr_u8(w, 0x80u | (unsigned)num->presentation << 5 | num->screening);
	for (unsigned i = 0; i < num->n_digits; i++) {
		if (num->digits[i] < 1) /* IA5: 1 to 127 */
			return false;
		ib_wr_u8(w, (unsigned)num->digits[i]);
	}
	return true;
}

bool i3_calling_decode(struct ib_rd *r, struct isdn_msg *m, unsigned n)
{
	(void)n;
	return number_decode(r, &m->calling, true);
}

bool i3_calling_encode(struct ib_wr *w, const struct isdn_msg *m, unsigned n)
{
	(void)n;
	return number_encode(w, &m->calling);
}

bool i3_called_decode(struct ib_rd *r, struct isdn_msg *m, unsigned n)
{
	(void)n;
	return number_decode(r, &m->called, false);
}

bool i3_called_encode(struct ib_wr *w, const struct isdn_msg *m, unsigned n)
{
	(void)n;
	return !m->called.has_presentation && number_encode(w, &m->called);
}
