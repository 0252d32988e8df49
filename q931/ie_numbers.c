/* SPDX-License-Identifier: BSD-2-Clause */
/* Called, calling, connected, redirecting and redirection number: Q.931 4.5.8, 4.5.10, Q.951,
 * Q.952. */
#include "q931/codec.h"

static const struct i3_name types[] = { { 0, "unknown" },    { 1, "international" },
					{ 2, "national" },   { 3, "network specific" },
					{ 4, "subscriber" }, { 6, "abbreviated" },
					{ 0, NULL } };

static const struct i3_name plans[] = {
	{ 0, "unknown" },	    { 1, "E.164" },   { 3, "X.121" }, { 4, "F.69" },
	{ 8, "national standard" }, { 9, "private" }, { 0, NULL }
};

static const struct i3_name presentations[] = {
	{ 0, "allowed" }, { 1, "restricted" }, { 2, "not available" }, { 0, NULL }
};

static const struct i3_name screenings[] = { { 0, "user-provided, not screened" },
					     { 1, "user-provided, verified and passed" },
					     { 2, "user-provided, verified and failed" },
					     { 3, "network provided" },
					     { 0, NULL } };

static const struct i3_name reasons[] = { { 0, "unknown" },
					  { 1, "call forwarding busy" },
					  { 2, "call forwarding no reply" },
					  { 4, "call deflection" },
					  { 9, "called DTE out of order" },
					  { 10, "call forwarding by the called DTE" },
					  { 15, "call forwarding unconditional" },
					  { 0, NULL } };

/* Octets 3a and, when allowed, 3b. */
static bool presentation(struct i3_reader *in, struct isdn_number *n, bool reason)
{
	unsigned o = i3_octet(in, "3a");

	n->has_presentation = true;
	n->presentation = (o >> 5) & 3;
	n->screening = o & 3;
	i3_spare(in, o & 0x1c);
	if (o & 0x80)
		return true;
	if (!reason)
		return false;
	o = i3_octet(in, "3b");
	n->has_reason = true;
	n->reason = o & 0x0f;
	i3_spare(in, o & 0x70);
	return o & 0x80;
}

enum follows { NOTHING, OCTET_3A, OCTET_3B };

static bool number(struct i3_reader *in, struct isdn_number *n, enum follows most)
{
	unsigned o = i3_octet(in, "3");

	n->type = (o >> 4) & 7;
	n->plan = o & 0x0f;
	n->has_presentation = n->has_reason = false;
	n->presentation = n->screening = n->reason = 0;
	if (!(o & 0x80)) {
		if (most == NOTHING || !presentation(in, n, most == OCTET_3B))
			return false;
	} else if (most != NOTHING && in->variant->lax_3a && (ib_rd_peek(&in->r) & 0x80)) {
		in->odd = true;
		(void)presentation(in, n, false);
	}
	in->octet = "4";
	return i3_digits(in, n->digits, &n->n_digits, ISDN_DIGITS_MAX);
}

static bool number_write(struct i3_writer *out, const struct isdn_number *n, enum follows most)
{
	if (n->type > 7 || n->plan > 15 || n->presentation > 3 || n->screening > 3 ||
	    n->reason > 15 || (n->has_presentation && most == NOTHING) ||
	    (n->has_reason && (most != OCTET_3B || !n->has_presentation)))
		return false;
	ib_wr_u8(&out->w, (n->has_presentation ? 0u : 0x80u) | (unsigned)n->type << 4 | n->plan);
	if (n->has_presentation)
		ib_wr_u8(&out->w, (n->has_reason ? 0u : 0x80u) | (unsigned)n->presentation << 5 |
					  n->screening);
	if (n->has_reason)
		ib_wr_u8(&out->w, 0x80u | n->reason);
	return i3_digits_write(out, n->digits, n->n_digits, ISDN_DIGITS_MAX);
}

bool i3_called_decode(struct i3_reader *in, void *value)
{
	return number(in, value, NOTHING);
}

bool i3_called_encode(struct i3_writer *out, const void *value)
{
	return number_write(out, value, NOTHING);
}

bool i3_calling_decode(struct i3_reader *in, void *value)
{
	return number(in, value, OCTET_3A);
}

bool i3_calling_encode(struct i3_writer *out, const void *value)
{
	return number_write(out, value, OCTET_3A);
}

bool i3_redirecting_decode(struct i3_reader *in, void *value)
{
	return number(in, value, OCTET_3B);
}

bool i3_redirecting_encode(struct i3_writer *out, const void *value)
{
	return number_write(out, value, OCTET_3B);
}

#define TYPE_AND_PLAN                                                                              \
	I3_F(isdn_number, type, I3_U8, 3, types), I3_F(isdn_number, plan, I3_U8, 4, plans)
#define PRESENTATION                                                                               \
	I3_F_IF(isdn_number, presentation, I3_U8, 2, presentations, has_presentation, 1),          \
		I3_F_IF(isdn_number, screening, I3_U8, 2, screenings, has_presentation, 1)
#define DIGITS I3_F_LEN(isdn_number, digits, I3_DIGITS, ISDN_DIGITS_MAX, n_digits)

const struct i3_field i3_called_fields[] = { TYPE_AND_PLAN, DIGITS, I3_F_END };
const struct i3_field i3_calling_fields[] = { TYPE_AND_PLAN, PRESENTATION, DIGITS, I3_F_END };
const struct i3_field i3_redirecting_fields[] = {
	TYPE_AND_PLAN, PRESENTATION, I3_F_IF(isdn_number, reason, I3_U8, 4, reasons, has_reason, 1),
	DIGITS, I3_F_END
};
