/* SPDX-License-Identifier: BSD-2-Clause */
/* Messages: decoding with the checks of Q.931 5.8.1 to 5.8.7, and encoding. */
#include "q931/codec.h"

/* What decoding carries along. */
struct decoding {
	const struct i3_tables *tables;
	const struct i3_msg_row *row; /* NULL: message type unknown */
	enum isdn_dir dir;
	const uint8_t *begin;
	struct isdn_msg *msg;
	struct isdn_faults *faults;
	unsigned last;	    /* identifier of the last variable-length element, 5.8.5.1 */
	unsigned codeset;   /* 4.5.2 to 4.5.4: locked */
	unsigned next_only; /* codeset of the next element alone, or the locked one */
	uint64_t faulty;    /* elements found in error */
};

static void fault(struct decoding *d, enum isdn_fault_kind kind, unsigned ie, const uint8_t *at,
		  unsigned cause)
{
	struct isdn_faults *f = d->faults;
	struct isdn_fault *e;

	if (f->n == ISDN_FAULTS_MAX) {
		f->missed += f->missed < UINT8_MAX;
		return;
	}
	e = &f->list[f->n++];
	e->kind = kind;
	e->codeset = (uint8_t)d->next_only;
	e->ie = (uint8_t)ie;
	e->offset = (uint16_t)(at - d->begin);
	e->cause = (enum isdn_cause)cause;
}

/* 4.2 to 4.4. 0 or why the message is to be ignored. */
static int header(struct decoding *d, struct ib_rd *r)
{
	struct isdn_msg *m = d->msg;
	const uint8_t *at = r->at;
	unsigned length;

	m->present = 0;
	m->n_causes = m->n_progress = 0;
	m->discriminator = ib_rd_u8(r);
	if (!r->bad && m->discriminator != ISDN_PD_Q931) {
		fault(d, ISDN_FAULT_DISCRIMINATOR, 0, at, ISDN_CAUSE_NONE);
		return ISDN_ERR_DISCRIMINATOR;
	}
	at = r->at;
	length = ib_rd_u8(r);
	if (!r->bad && length > 2) { /* bits 8-5 not 0000, or longer than any that there is */
		fault(d, ISDN_FAULT_CALLREF_FORMAT, 0, at, ISDN_CAUSE_NONE);
		return ISDN_ERR_CALLREF;
	}
	m->cr_len = (uint8_t)length;
	m->cr = 0;
	for (unsigned i = 0; i < length; i++)
		m->cr = (uint16_t)(m->cr << 8 | ib_rd_u8(r));
	m->cr_flag = length && (m->cr & (length == 2 ? 0x8000u : 0x80u));
	m->cr &= length == 2 ? 0x7fff : 0x7f;
	at = r->at;
	m->type = ib_rd_u8(r);
	if (r->bad) {
		fault(d, ISDN_FAULT_TOO_SHORT, 0, at, ISDN_CAUSE_NONE);
		return ISDN_ERR_TRUNCATED;
	}
	return 0;
}

static bool mandatory(const struct decoding *d, int ie)
{
	return d->row && (d->row->mandatory[d->dir] >> ie) & 1;
}

static bool expected(const struct decoding *d, int ie)
{
	return !d->row || ((d->row->mandatory[d->dir] | d->row->optional[d->dir]) >> ie) & 1;
}

/* 5.8.6.2, 5.8.7.2. */
static void content_error(struct decoding *d, const struct i3_ie_row *row, const uint8_t *at)
{
	if (row->ie == I3_SKIPPED)
		return;
	d->faulty |= UINT64_C(1) << row->ie;
	if (mandatory(d, row->ie))
		fault(d, ISDN_FAULT_MANDATORY_CONTENT, row->id, at, ISDN_CAUSE_INVALID_IE_CONTENTS);
	else
		fault(d, ISDN_FAULT_OPTIONAL_CONTENT, row->id, at,
		      row->access ? ISDN_CAUSE_ACCESS_INFORMATION_DISCARDED
				  : ISDN_CAUSE_INVALID_IE_CONTENTS);
}

unsigned i3_ie_count(const struct isdn_msg *m, int ie)
{
	if (ie < 0 || !isdn_msg_has(m, (enum isdn_ie)ie))
		return 0;
	if (ie == ISDN_IE_CAUSE)
		return m->n_causes;
	if (ie == ISDN_IE_PROGRESS)
		return m->n_progress;
	return 1;
}

/* One element whose row is known; contents are a cursor of their own. */
static void element(struct decoding *d, const struct i3_ie_row *row, struct ib_rd *contents,
		    const uint8_t *at)
{
	unsigned n = i3_ie_count(d->msg, row->ie);
	size_t len = ib_rd_left(contents);

	if (row->ie == I3_SKIPPED)
		return;
	if (!expected(d, row->ie)) {
		fault(d, ISDN_FAULT_IE_UNEXPECTED, row->id, at, ISDN_CAUSE_IE_NOT_IMPLEMENTED);
		return;
	}
	if (n >= row->repeat || (d->faulty >> row->ie) & 1) {
		fault(d, ISDN_FAULT_IE_DUPLICATED, row->id, at, ISDN_CAUSE_NONE);
		return; /* 5.8.5.2: the first counts */
	}
	if (len < row->min || len > row->max ||
	    (row->decode && !row->decode(contents, d->msg, n))) {
		content_error(d, row, at);
		if (n && row->ie == ISDN_IE_CAUSE)
			d->msg->n_causes = (uint8_t)n;
		if (n && row->ie == ISDN_IE_PROGRESS)
			d->msg->n_progress = (uint8_t)n;
		return;
	}
	isdn_msg_set(d->msg, (enum isdn_ie)row->ie);
}

/* 4.5.1: type 1 and 2, one octet. */
static void single(struct decoding *d, unsigned id, const uint8_t *at)
{
	const struct i3_ie_row *row;
	struct ib_rd empty = ib_rd(NULL, 0);

	if ((id & 0xf0) == 0x90) { /* 4.5.2: shift; it holds in any codeset */
		if (id & 0x08)
			d->next_only = id & 7;
		else if ((id & 7) > d->codeset) /* 4.5.3: only to a higher one */
			d->codeset = d->next_only = id & 7;
		return;
	}
	row = d->next_only ? NULL : i3_ie_row(d->tables, id);
	if (row)
		element(d, row, &empty, at);
	d->next_only = d->codeset;
}

/* Type 4: identifier, length, contents. */
static void variable(struct decoding *d, unsigned id, struct ib_rd *r, const uint8_t *at)
{
	unsigned len = ib_rd_u8(r);
	bool overrun = len > ib_rd_left(r);
	struct ib_rd contents;
	const struct i3_ie_row *row = d->next_only ? NULL : i3_ie_row(d->tables, id);

	if (overrun) { /* what follows can not be told apart any more */
		if (row)
			content_error(d, row, at);
		r->bad = true;
		return;
	}
	contents = ib_rd_sub(r, len);
	if (d->next_only == 0) {
		if (id < d->last) /* 5.8.5.1 allows to process it all the same */
			fault(d, ISDN_FAULT_IE_OUT_OF_SEQUENCE, id, at, ISDN_CAUSE_NONE);
		d->last = id;
		if (!row && (id & 0xf0) == 0)
			fault(d, ISDN_FAULT_COMPREHENSION, id, at, ISDN_CAUSE_MANDATORY_IE_MISSING);
		else if (!row)
			fault(d, ISDN_FAULT_IE_UNRECOGNIZED, id, at, ISDN_CAUSE_IE_NOT_IMPLEMENTED);
		else if (len) /* an empty element counts as absent */
			element(d, row, &contents, at);
	}
	d->next_only = d->codeset;
}

static void elements(struct decoding *d, struct ib_rd *r)
{
	while (!r->bad && ib_rd_left(r)) {
		const uint8_t *at = r->at;
		unsigned id = ib_rd_u8(r);

		if (id & 0x80)
			single(d, id, at);
		else
			variable(d, id, r, at);
	}
}

/* 5.8.6.1. */
static void missing(struct decoding *d, const uint8_t *end)
{
	uint64_t absent = d->row->mandatory[d->dir] & ~d->msg->present & ~d->faulty;

	d->next_only = 0;
	for (unsigned i = 0; i < d->tables->n_ies && absent; i++) {
		const struct i3_ie_row *row = &d->tables->ies[i];

		if (row->ie == I3_SKIPPED || !((absent >> row->ie) & 1))
			continue;
		fault(d, ISDN_FAULT_MANDATORY_MISSING, row->id, end,
		      ISDN_CAUSE_MANDATORY_IE_MISSING);
		absent &= ~(UINT64_C(1) << row->ie);
	}
}

int isdn_msg_decode(enum isdn_variant variant, enum isdn_dir dir, const uint8_t *octets, size_t len,
		    struct isdn_msg *msg, struct isdn_faults *faults)
{
	struct decoding d = {
		.tables = i3_tables(variant), .dir = dir, .msg = msg, .faults = faults
	};
	struct ib_rd r;
	int err;

	if (!msg || !faults || (!octets && len))
		return ISDN_ERR_INVALPOINTER;
	if (!d.tables || (dir != ISDN_USER_TO_NETWORK && dir != ISDN_NETWORK_TO_USER))
		return ISDN_ERR_INVAL;
	if (len > UINT16_MAX)
		len = UINT16_MAX;
	r = ib_rd(octets, len);
	d.begin = octets;
	faults->n = faults->missed = 0;
	err = header(&d, &r);
	if (err)
		return err;
	d.row = i3_msg_row(d.tables, msg->type);
	if (!d.row) {
		fault(&d, ISDN_FAULT_MESSAGE_TYPE, msg->type, r.at - 1,
		      ISDN_CAUSE_MESSAGE_TYPE_NOT_IMPLEMENTED);
		return 0; /* its elements mean nothing to us */
	}
	elements(&d, &r);
	missing(&d, octets + len);
	return 0;
}

static void encode_header(struct ib_wr *w, const struct isdn_msg *m)
{
	unsigned flag = m->cr_flag ? (m->cr_len == 2 ? 0x8000u : 0x80u) : 0;
	unsigned cr = m->cr | flag;

	ib_wr_u8(w, m->discriminator);
	ib_wr_u8(w, m->cr_len);
	if (m->cr_len == 2)
		ib_wr_u8(w, cr >> 8);
	if (m->cr_len)
		ib_wr_u8(w, cr & 0xff);
	ib_wr_u8(w, m->type);
}

static bool encode_element(struct ib_wr *w, const struct i3_ie_row *row, const struct isdn_msg *m,
			   unsigned n)
{
	uint8_t *length;

	ib_wr_u8(w, row->id);
	if (row->id & 0x80)
		return true;
	length = w->at;
	ib_wr_u8(w, 0);
	if (!row->encode(w, m, n))
		return false;
	if (w->bad)
		return true; /* the end is told at the end */
	if (w->at - length - 1 < row->min || w->at - length - 1 > row->max)
		return false;
	*length = (uint8_t)(w->at - length - 1);
	return true;
}

static bool header_good(const struct isdn_msg *m)
{
	return m->discriminator == ISDN_PD_Q931 && m->cr_len <= 2 &&
	       m->cr <= (m->cr_len == 2 ? 0x7fff
			 : m->cr_len	? 0x7f
					: 0);
}

int isdn_msg_encode(enum isdn_variant variant, enum isdn_dir dir, const struct isdn_msg *msg,
		    uint8_t *octets, size_t cap, size_t *len)
{
	const struct i3_tables *t = i3_tables(variant);
	const struct i3_msg_row *row;
	struct ib_wr w;

	if (!msg || !octets || !len)
		return ISDN_ERR_INVALPOINTER;
	row = t ? i3_msg_row(t, msg->type) : NULL;
	if (!row || (dir != ISDN_USER_TO_NETWORK && dir != ISDN_NETWORK_TO_USER) ||
	    !header_good(msg) || (msg->present & ~(row->mandatory[dir] | row->optional[dir])))
		return ISDN_ERR_INVAL;
	if (row->mandatory[dir] & ~msg->present)
		return ISDN_ERR_IE_MISSING;
	w = ib_wr(octets, cap);
	encode_header(&w, msg);
	for (unsigned i = 0; i < t->n_ies; i++) {
		const struct i3_ie_row *ie = &t->ies[i];
		unsigned n;

		if (ie->ie == I3_SKIPPED || !isdn_msg_has(msg, (enum isdn_ie)ie->ie))
			continue;
		n = i3_ie_count(msg, ie->ie);
		if (n < 1 || n > ie->repeat)
			return ISDN_ERR_INVAL;
		for (unsigned k = 0; k < n; k++)
			if (!encode_element(&w, ie, msg, k))
				return ISDN_ERR_INVAL;
	}
	*len = ib_wr_len(&w);
	return w.bad ? ISDN_ERR_NOSPC : 0;
}
