/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Encoding. A composed message has its elements in the order of the table,
 * codeset by codeset (4.5.2). A decoded one has them as they came; what was
 * added to it goes where the table has it.
 */
#include "base/rare.h"
#include "q931/codec.h"

struct encoding {
	struct i3_writer out;
	uint64_t pending[8]; /* elements still to be written, by codeset */
	unsigned locked;     /* codeset, 4.5.3 */
	bool good;	     /* no field was out of range */
};

#define HEADER_MAX 6

static inline uint8_t *put_header(uint8_t *at, const struct isdn_msg *m)
{
	unsigned flag = m->cr_flag ? 0x80u : 0;

	*at++ = m->discriminator;
	*at++ = m->cr_len;
	if (m->cr_len == 2)
		*at++ = (uint8_t)(m->cr >> 8 | flag);
	if (m->cr_len)
		*at++ = (uint8_t)(m->cr | (m->cr_len == 1 ? flag : 0));
	*at++ = m->type;
	if (m->type == ISDN_MT_ESCAPE)
		*at++ = m->national_type;
	return at;
}

static void encode_header(struct ib_wr *w, const struct isdn_msg *m)
{
	uint8_t head[HEADER_MAX];

	if (w->end - w->at >= HEADER_MAX)
		w->at = put_header(w->at, m);
	else
		ib_wr_bytes(w, head, (size_t)(put_header(head, m) - head));
}

static bool header_good(const struct i3_variant *v, const struct isdn_msg *m)
{
	return (m->discriminator == ISDN_PD_Q931 ||
		(v->maintenance && m->discriminator == v->maintenance)) &&
	       m->cr_len <= 2 &&
	       m->cr <= (m->cr_len == 2 ? 0x7fff
			 : m->cr_len	? 0x7f
					: 0);
}

/* Type 1 and 2 elements: one octet, the value in its low bits. */
static bool write_single(struct i3_writer *out, const struct i3_ie *row, const void *value)
{
	uint8_t *at = out->w.at;

	if (row->max == 0)
		ib_wr_u8(&out->w, row->id);
	else if (!row->encode(out, value))
		return false;
	else if (!out->w.bad)
		*at |= row->id;
	return true;
}

static bool write_segment(struct i3_writer *out)
{
	return i3_octets_write(out, out->m->segmented.segment);
}

/* False: out of range. That there is no room is told at the end. */
static bool write_value(struct i3_writer *out, unsigned ie, unsigned n)
{
	const struct i3_ie *row = &i3_ies[ie];
	const void *value = i3_value(out->m, row, n);
	struct ib_wr *w = &out->w;
	uint8_t *length;
	size_t len;

	if (row->id & 0x80)
		return write_single(out, row, value);
	ib_wr_u8(w, row->id);
	length = w->at;
	ib_wr_u8(w, 0);
	if (!row->encode(out, value))
		return false;
	if (w->bad)
		return true;
	len = (size_t)(w->at - length) - 1;
	if (len < row->min || len > i3_longest(out->variant, ie))
		return false;
	*length = (uint8_t)len;
	if (ie == ISDN_IE_SEGMENTED && out->m->type == ISDN_MT_SEGMENT)
		return write_segment(out);
	return true;
}

static unsigned codeset_of(const struct isdn_msg *m, unsigned ie, unsigned n)
{
	const struct i3_ie *row = &i3_ies[ie];

	if (!(row->flags & I3_ALSO))
		return row->codeset;
	return *(const uint8_t *)i3_value(m, row, n);
}

/* All that is left of element ie in codeset c. */
static void write_pending(struct encoding *e, unsigned ie, unsigned c)
{
	const struct isdn_msg *m = e->out.m;
	unsigned n = isdn_msg_count(m, (enum isdn_ie)ie);

	e->pending[c] &= ~(UINT64_C(1) << ie);
	if (ie >= ISDN_IE_COUNT || n > i3_ies[ie].repeat) {
		e->good = false;
		return;
	}
	for (unsigned i = m->decoded ? i3_listed(m, ie) : 0; i < n; i++)
		if (codeset_of(m, ie, i) == c)
			e->good &= write_value(&e->out, ie, i);
}

/* What is pending in codeset c and comes before element number end. */
static void write_before(struct encoding *e, unsigned c, unsigned end)
{
	while (e->pending[c] && i3_lowest(e->pending[c]) < end)
		write_pending(e, i3_lowest(e->pending[c]), c);
}

/* The element with the lowest identifier: the order of the table is that of codeset 0. */
static unsigned first_of(uint64_t elements)
{
	unsigned first = ISDN_IE_COUNT;

	for (unsigned ie = 0; ie < ISDN_IE_COUNT; ie++)
		if ((elements >> ie) & 1 &&
		    (first == ISDN_IE_COUNT || i3_ies[ie].id < i3_ies[first].id))
			first = ie;
	return first;
}

/* 4.5.3: codesets rise. */
static void write_other_codesets(struct encoding *e)
{
	unsigned ie;

	for (unsigned c = 1; c < 8; c++) {
		if (!e->pending[c])
			continue;
		if (c < e->locked) {
			e->good = false; /* a decoded message that is beyond it already */
			return;
		}
		if (c != e->locked)
			ib_wr_u8(&e->out.w, 0x90 | c);
		e->locked = c;
		while ((ie = first_of(e->pending[c])) < ISDN_IE_COUNT)
			write_pending(e, ie, c);
	}
}

/* Sort what is to be written by codeset. */
static void sort_out(struct encoding *e, uint64_t elements)
{
	const struct isdn_msg *m = e->out.m;
	uint64_t others = elements & i3_not_of_0;

	e->pending[0] = elements & ~i3_not_of_0;
	for (; others; others &= others - 1) {
		unsigned ie = i3_lowest(others), n = isdn_msg_count(m, (enum isdn_ie)ie);

		for (unsigned i = i3_listed(m, ie); i < n && i < i3_ies[ie].repeat; i++) {
			unsigned c = codeset_of(m, ie, i);

			if (c > 7 || !((e->out.variant->codesets >> c) & 1) ||
			    isdn_ie_of(c, i3_ies[ie].id) != ie)
				e->good = false;
			else
				e->pending[c] |= UINT64_C(1) << ie;
		}
	}
}

/* The first element of the table with an identifier from id on: what is in front of it, and not in
 * the list, stands in front of id; one more of the same comes behind. */
static unsigned place_of(unsigned id)
{
	for (unsigned ie = 0; ie < ISDN_IE_TRANSIT_COUNTER; ie++)
		if (!(i3_ies[ie].id & 0x80) && i3_ies[ie].id >= id)
			return ie;
	return ISDN_IE_TRANSIT_COUNTER;
}

/* An element of a decoded message, as it came or as its value is now. */
static void write_listed(struct encoding *e, const struct isdn_element *l)
{
	const struct isdn_msg *m = e->out.m;
	struct isdn_octets o = { l->at, l->len };
	bool held = !(l->what & ISDN_ELEMENT_FAULTY) && (l->what & ISDN_ELEMENT_VALUE);

	if (held && l->n >= isdn_msg_count(m, (enum isdn_ie)l->ie))
		return;
	if (l->what & ISDN_ELEMENT_SHIFT) {
		ib_wr_u8(&e->out.w, l->id);
		if (!(l->id & 0x08) && (l->id & 7u) > e->locked)
			e->locked = l->id & 7;
	} else if (!(l->what & ISDN_ELEMENT_OCTETS)) {
		e->good &= write_value(&e->out, l->ie, l->n);
	} else {
		ib_wr_u8(&e->out.w, l->id);
		if (l->id & 0x80)
			return;
		ib_wr_u8(&e->out.w, l->len);
		e->good &= i3_octets_write(&e->out, o);
	}
}

/* What of the message stands in its list is not pending. */
static uint64_t added(const struct isdn_msg *m)
{
	uint64_t more = m->present;

	for (unsigned i = 0; i < m->n_elements && i < ISDN_ELEMENTS_MAX; i++) {
		const struct isdn_element *l = &m->element[i];

		if ((l->what & ISDN_ELEMENT_VALUE) && !(l->what & ISDN_ELEMENT_FAULTY) &&
		    l->ie < ISDN_IE_COUNT && m->count[l->ie] <= l->n + 1u)
			more &= ~(UINT64_C(1) << l->ie);
	}
	return more;
}

/* Annex H: the segment that stood behind the element. */
static bool has_segment(const struct isdn_msg *m, const struct isdn_element *l)
{
	return m->type == ISDN_MT_SEGMENT && (l->what & ISDN_ELEMENT_VALUE) &&
	       !(l->what & ISDN_ELEMENT_FAULTY) && isdn_msg_has(m, ISDN_IE_SEGMENTED);
}

/* Shifts that lead out of codeset 0, or at the end would swallow what is added. */
static bool leaves(const struct encoding *e, unsigned i)
{
	const struct isdn_msg *m = e->out.m;
	unsigned first = i;

	for (; i < m->n_elements && (m->element[i].what & ISDN_ELEMENT_SHIFT); i++)
		if (!(m->element[i].id & 0x08) && (m->element[i].id & 7u) > e->locked)
			return true;
	return i > first && i == m->n_elements;
}

/* The element that the shifts at i belong to, i itself where there is no shift; NULL at the end. */
static const struct isdn_element *shifted(const struct isdn_msg *m, unsigned i)
{
	while (i < m->n_elements && i < ISDN_ELEMENTS_MAX - 1 &&
	       (m->element[i].what & ISDN_ELEMENT_SHIFT))
		i++;
	return i < m->n_elements ? &m->element[i] : NULL;
}

static void write_list(struct encoding *e)
{
	const struct isdn_msg *m = e->out.m;

	for (unsigned i = 0; i < m->n_elements && i < ISDN_ELEMENTS_MAX && e->good; i++) {
		const struct isdn_element *l = &m->element[i], *next = shifted(m, i);

		if (e->pending[0] && leaves(e, i))
			write_before(e, 0, ISDN_IE_COUNT);
		else if (e->pending[0] && next && !next->codeset && !(next->id & 0x80))
			write_before(e, 0, place_of(next->id)); /* not behind its shift */
		write_listed(e, l);
		if (l->ie == ISDN_IE_SEGMENTED && (l->what & ISDN_ELEMENT_OCTETS) &&
		    has_segment(m, l))
			e->good &= write_segment(&e->out);
	}
}

static uint64_t allowed(const struct i3_msg_row *row, const struct i3_variant *v, enum isdn_dir dir)
{
	uint64_t all = row->mandatory[dir] | row->optional[dir];

	return v->symmetrical ? all | row->mandatory[!dir] | row->optional[!dir] : all;
}

static uint64_t needed(const struct i3_msg_row *row, const struct i3_variant *v, enum isdn_dir dir)
{
	return v->symmetrical ? row->mandatory[0] & row->mandatory[1] : row->mandatory[dir];
}

/* An extended facility stands for a Facility. */
static uint64_t held(const struct isdn_msg *m)
{
	bool extended = isdn_msg_has(m, ISDN_IE_EXTENDED_FACILITY);

	return m->present | (extended ? UINT64_C(1) << ISDN_IE_FACILITY : 0);
}

/* Of what is to be written, all that is there several times may be. */
static bool repeats_good(const struct i3_msg_row *row, const struct isdn_msg *m, uint64_t own)
{
	for (own &= ~row->repeat; own; own &= own - 1)
		if (isdn_msg_count(m, (enum isdn_ie)i3_lowest(own)) > 1)
			return false;
	return true;
}

/* 4.5.24: a Repeat indicator stands in front of what is repeated. */
static bool stray_repeat(const struct isdn_msg *m, uint64_t own)
{
	uint64_t bearer = UINT64_C(1) << ISDN_IE_REPEAT_BEARER, llc = UINT64_C(1)
								      << ISDN_IE_REPEAT_LLC;

	return ((own & bearer) && !isdn_msg_has(m, ISDN_IE_BEARER)) ||
	       ((own & llc) && !isdn_msg_has(m, ISDN_IE_LLC));
}

/* Nothing of another codeset: the elements stand in the order of the table. */
static bool plain(const struct isdn_msg *m, uint64_t own)
{
	for (own &= i3_not_of_0; own; own &= own - 1)
		for (unsigned ie = i3_lowest(own), i = 0; i < m->count[ie]; i++)
			if (i >= i3_ies[ie].repeat || codeset_of(m, ie, i))
				return false;
	return true;
}

static bool write_plain(struct i3_writer *out, uint64_t own)
{
	const struct isdn_msg *m = out->m;

	encode_header(&out->w, m);
	for (; own; own &= own - 1) {
		unsigned ie = i3_lowest(own), n = m->count[ie];

		if (n > i3_ies[ie].repeat)
			return false;
		for (unsigned i = 0; i < n; i++)
			if (!write_value(out, ie, i))
				return false;
	}
	return true;
}

static IB_APART bool write_sorted(struct i3_writer *out, uint64_t own)
{
	struct encoding e = { .out = *out, .good = true };

	encode_header(&e.out.w, out->m);
	sort_out(&e, own);
	if (out->m->decoded)
		write_list(&e);
	write_before(&e, 0, ISDN_IE_COUNT);
	write_other_codesets(&e);
	out->w = e.out.w;
	return e.good;
}

int isdn_msg_encode(enum isdn_variant variant, enum isdn_dir dir, const struct isdn_msg *msg,
		    uint8_t *octets, size_t cap, size_t *len)
{
	const struct i3_variant *v = i3_variant(variant);
	const struct i3_msg_row *row;
	struct i3_writer out;
	uint64_t own;
	bool good;

	if (!msg || !octets || !len)
		return ISDN_ERR_INVALPOINTER;
	if (!v || (dir != ISDN_USER_TO_NETWORK && dir != ISDN_NETWORK_TO_USER) ||
	    !header_good(v, msg) || msg->cut)
		return ISDN_ERR_INVAL;
	row = i3_msg_row(variant, dir, msg);
	if (!row && !msg->decoded)
		return ISDN_ERR_INVAL;
	own = (msg->decoded ? added(msg) : msg->present) & ((UINT64_C(1) << ISDN_IE_COUNT) - 1);
	if (row && ((own & (~allowed(row, v, dir) | v->without)) || !repeats_good(row, msg, own)))
		return ISDN_ERR_INVAL;
	if (stray_repeat(msg, own))
		return ISDN_ERR_INVAL;
	if (row && !msg->decoded && (needed(row, v, dir) & ~held(msg)))
		return ISDN_ERR_IE_MISSING;
	out.w = ib_wr(octets, cap);
	out.m = msg;
	out.variant = v;
	good = msg->decoded || !plain(msg, own) ? write_sorted(&out, own) : write_plain(&out, own);
	if (!good)
		return ISDN_ERR_INVAL;
	*len = ib_wr_len(&out.w);
	return out.w.bad ? ISDN_ERR_NOSPC : 0;
}
