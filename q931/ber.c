/* SPDX-License-Identifier: BSD-2-Clause */
/* Reading and writing values of X.690, without recursion. */
#include "q931/ber.h"

/* Octets of tag and length. -1: not well formed, -2: indefinite; else the length. */
static long head(struct ib_rd *r, uint8_t *tag)
{
	unsigned o, n, len = 0;

	*tag = ib_rd_u8(r);
	if ((*tag & 0x1f) == 0x1f)
		return -1; /* tags of several octets occur in no component */
	o = ib_rd_u8(r);
	if (r->bad)
		return -1;
	if (o < 0x80)
		return (long)o;
	if (o == 0x80)
		return *tag & I3_BER_CONSTRUCTED ? -2 : -1;
	n = o & 0x7f;
	if (n > 2)
		return -1; /* an element holds no more than 255 octets */
	while (n--)
		len = len << 8 | ib_rd_u8(r);
	return r->bad ? -1 : (long)len;
}

/* Where the contents of indefinite length end: at their own end-of-contents octets. */
static bool find_end(struct ib_rd *r, const uint8_t **end)
{
	unsigned depth = 1;
	uint8_t tag;

	while (depth && ib_rd_left(r)) {
		long len;

		*end = r->at;
		len = head(r, &tag);
		if (len == -1)
			return false;
		if (tag == 0 && len == 0)
			depth--;
		else if (len == -2 && ++depth > I3_BER_DEPTH)
			return false;
		else if (len > 0)
			(void)ib_rd_bytes(r, (size_t)len);
		if (r->bad)
			return false;
	}
	return depth == 0;
}

bool i3_ber_next(struct ib_rd *r, struct i3_ber *b)
{
	long len = head(r, &b->tag);
	const uint8_t *begin = r->at, *end;

	b->indefinite = len == -2;
	if (len == -1)
		return false;
	if (len >= 0) {
		b->value = ib_rd_sub(r, (size_t)len);
		return !r->bad;
	}
	if (!find_end(r, &end))
		return false;
	b->value = ib_rd(begin, (size_t)(end - begin));
	return true;
}

bool i3_ber_integer(const struct i3_ber *b, int32_t *value)
{
	struct ib_rd r = b->value;
	size_t n = ib_rd_left(&r);
	uint32_t v;

	if (n < 1 || n > 4)
		return false;
	v = ib_rd_peek(&r) & 0x80 ? UINT32_MAX : 0;
	while (n--)
		v = v << 8 | ib_rd_u8(&r);
	memcpy(value, &v, sizeof(v));
	return true;
}

/* X.690 8.19: seven bits an octet; the first number holds two arcs. */
bool i3_ber_oid(const struct i3_ber *b, struct isdn_oid *oid)
{
	struct ib_rd r = b->value;

	oid->n = 0;
	while (ib_rd_left(&r)) {
		uint32_t v = 0;
		unsigned o;

		do {
			o = ib_rd_u8(&r);
			if (r.bad || v > UINT32_MAX >> 7)
				return false;
			v = v << 7 | (o & 0x7f);
		} while (o & 0x80);
		if (oid->n + (oid->n ? 1u : 2u) > ISDN_OID_MAX)
			return false;
		if (oid->n == 0) {
			oid->arc[oid->n++] = v < 80 ? v / 40 : 2;
			v -= oid->arc[0] * 40;
		}
		oid->arc[oid->n++] = v;
	}
	return oid->n > 0;
}

uint8_t *i3_ber_begin(struct ib_wr *w, unsigned tag)
{
	ib_wr_u8(w, tag);
	ib_wr_u8(w, 0);
	return w->bad ? NULL : w->at;
}

/* The length in its shortest form: the contents move up when it takes two octets. */
bool i3_ber_end(struct ib_wr *w, uint8_t *begun)
{
	size_t len;

	if (w->bad || !begun)
		return true; /* the end is told at the end */
	len = (size_t)(w->at - begun);
	if (len < 0x80) {
		begun[-1] = (uint8_t)len;
		return true;
	}
	if (len > 0xff)
		return false;
	ib_wr_u8(w, 0);
	if (w->bad)
		return true;
	memmove(begun + 1, begun, len);
	begun[-1] = 0x81;
	begun[0] = (uint8_t)len;
	return true;
}

void i3_ber_write_integer(struct ib_wr *w, unsigned tag, int32_t value)
{
	unsigned n = 4;

	/* the first nine bits are not all the same, X.690 8.3.2 */
	while (n > 1 && value >= -(INT32_C(1) << (8 * n - 9)) && value < INT32_C(1) << (8 * n - 9))
		n--;
	ib_wr_u8(w, tag);
	ib_wr_u8(w, n);
	while (n--)
		ib_wr_u8(w, ((uint32_t)value >> (8 * n)) & 0xff);
}

static void write_arc(struct ib_wr *w, uint32_t v)
{
	unsigned n = 1;

	while (n < 5 && v >> (7 * n))
		n++;
	while (n--)
		ib_wr_u8(w, ((v >> (7 * n)) & 0x7f) | (n ? 0x80u : 0));
}

bool i3_ber_write_oid(struct ib_wr *w, const struct isdn_oid *oid)
{
	uint8_t *begun;

	if (oid->n < 2 || oid->n > ISDN_OID_MAX || oid->arc[0] > 2 ||
	    (oid->arc[0] < 2 && oid->arc[1] > 39) || oid->arc[1] > UINT32_MAX - 80)
		return false;
	begun = i3_ber_begin(w, I3_BER_OID);
	write_arc(w, oid->arc[0] * 40 + oid->arc[1]);
	for (unsigned i = 2; i < oid->n; i++)
		write_arc(w, oid->arc[i]);
	return i3_ber_end(w, begun);
}
