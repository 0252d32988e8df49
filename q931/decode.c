/* SPDX-License-Identifier: BSD-2-Clause */
/* Decoding a message, with the checks of Q.931 5.8.1 to 5.8.7. */
#include "base/rare.h"
#include "q931/codec.h"

/* What decoding carries along. */
struct decoding {
	const struct i3_variant *variant;
	const struct i3_msg_row *row; /* NULL: message type unknown */
	enum isdn_dir dir;
	const uint8_t *begin;
	struct isdn_msg *msg;
	struct isdn_faults *faults;
	struct ib_rd r;
	uint64_t expected;  /* elements of this message */
	uint64_t mandatory; /* of them */
	uint64_t seen;	    /* elements of which a value is held: count is valid */
	uint64_t faulty;    /* elements found in error */
	unsigned last;	    /* identifier of the last variable-length element, 5.8.5.1 */
	unsigned locked;    /* codeset, 4.5.3 */
	unsigned codeset;   /* of the next element, 4.5.4 */
	bool ignore;	    /* the next element */
};

static bool calls_for_action(enum isdn_fault_kind kind)
{
	return kind == ISDN_FAULT_MESSAGE_TYPE || kind == ISDN_FAULT_MANDATORY_MISSING ||
	       kind == ISDN_FAULT_MANDATORY_CONTENT || kind == ISDN_FAULT_MANDATORY_LENGTH ||
	       kind == ISDN_FAULT_COMPREHENSION;
}

/* Room for one more fault; when there is none, a lesser one gives way. */
static struct isdn_fault *fault_room(struct isdn_faults *f, enum isdn_fault_kind kind)
{
	if (f->n < ISDN_FAULTS_MAX)
		return &f->list[f->n++];
	f->missed += f->missed < UINT8_MAX;
	for (unsigned i = ISDN_FAULTS_MAX; calls_for_action(kind) && i-- > 0;)
		if (!calls_for_action(f->list[i].kind))
			return &f->list[i];
	return NULL;
}

/* The diagnostics of 5.8: a message type, or an identifier behind its shift (Q.850 2.2.6.4). */
static void diagnose(struct isdn_fault *e)
{
	e->n_diag = 0;
	if (e->cause == ISDN_CAUSE_NONE)
		return;
	if (e->codeset)
		e->diag[e->n_diag++] = (uint8_t)(0x90 | e->codeset);
	e->diag[e->n_diag++] = e->ie;
}

/* Enter a fault; NULL when there is no room for it. */
static IB_RARE struct isdn_fault *fault(struct decoding *d, enum isdn_fault_kind kind, unsigned ie,
					const uint8_t *at, unsigned cause)
{
	/* 5.8.4: of a message that is not known nothing else is told */
	bool told = d->row || kind <= ISDN_FAULT_MESSAGE_TYPE || kind == ISDN_FAULT_TOO_MANY;
	struct isdn_fault *e = told ? fault_room(d->faults, kind) : NULL;

	if (!e)
		return NULL;
	e->kind = kind;
	e->codeset = (uint8_t)d->codeset;
	e->ie = (uint8_t)ie;
	e->offset = e->element = (uint16_t)(at - d->begin);
	e->octet = "";
	e->cause = (enum isdn_cause)cause;
	diagnose(e);
	return e;
}

/* 4.3 */
static void call_reference(struct isdn_msg *m, const uint8_t *o)
{
	if (!m->cr_len)
		return;
	m->cr_flag = o[0] & 0x80;
	m->cr = o[0] & 0x7f;
	if (m->cr_len == 2)
		m->cr = (uint16_t)(m->cr << 8 | o[1]);
}

/* 4.2 to 4.4. 0 or why the message is to be ignored. */
static int header(struct decoding *d)
{
	const uint8_t *o = d->r.at;
	size_t n = ib_rd_left(&d->r), type;
	struct isdn_msg *m = d->msg;

	isdn_msg_init(m, 0, 0, 0, false);
	m->decoded = true;
	if (n && o[0] != ISDN_PD_Q931 &&
	    (!d->variant->maintenance || o[0] != d->variant->maintenance)) {
		(void)fault(d, ISDN_FAULT_DISCRIMINATOR, 0, o, ISDN_CAUSE_NONE);
		return ISDN_ERR_DISCRIMINATOR;
	}
	if (n > 1 && o[1] > 2) { /* bits 8-5 not 0000, or longer than any that there is */
		(void)fault(d, ISDN_FAULT_CALLREF_FORMAT, 0, o + 1, ISDN_CAUSE_NONE);
		return ISDN_ERR_CALLREF;
	}
	type = n > 1 ? 2u + o[1] : n;
	if (n <= type || (o[type] == ISDN_MT_ESCAPE && n == type + 1)) {
		(void)fault(d, ISDN_FAULT_TOO_SHORT, 0, n < type ? o + n : o + type,
			    ISDN_CAUSE_NONE);
		return ISDN_ERR_TRUNCATED;
	}
	m->discriminator = o[0];
	m->cr_len = o[1];
	call_reference(m, o + 2);
	m->type = o[type];
	d->r.at = o + type + 1;
	if (m->type == ISDN_MT_ESCAPE)
		m->national_type = *d->r.at++;
	return 0;
}

static IB_RARE void too_many(struct decoding *d, const uint8_t *at)
{
	if (d->msg->cut)
		return;
	d->msg->cut = true;
	(void)fault(d, ISDN_FAULT_TOO_MANY, 0, at, ISDN_CAUSE_NONE);
}

/* One element on its way into the message. */
struct arriving {
	const uint8_t *element; /* its first octet */
	unsigned id, ie;
	struct ib_rd contents;
	struct isdn_octets kept; /* its contents in isdn_msg.octets, when is_kept */
	bool is_kept;
};

/* Contents that go on as they came, or that structures point into. */
static IB_RARE bool keep(struct decoding *d, struct arriving *a)
{
	if (a->is_kept)
		return true;
	a->is_kept = !isdn_msg_keep(d->msg, a->contents.at, ib_rd_left(&a->contents), &a->kept);
	if (!a->is_kept)
		too_many(d, a->element);
	return a->is_kept;
}

/* Enter an element in the list. */
static IB_RARE void list(struct decoding *d, struct arriving *a, unsigned n, unsigned what)
{
	struct isdn_msg *m = d->msg;
	struct isdn_element *e = &m->element[m->n_elements];

	if ((what & ISDN_ELEMENT_OCTETS) && !keep(d, a))
		return;
	if (m->n_elements == ISDN_ELEMENTS_MAX) {
		too_many(d, a->element);
		return;
	}
	m->n_elements++;
	e->codeset = (uint8_t)d->codeset;
	e->id = (uint8_t)a->id;
	e->ie = (uint8_t)a->ie;
	e->n = (uint8_t)n;
	e->what = (uint8_t)what;
	e->len = (uint8_t)ib_rd_left(&a->contents);
	e->at = a->kept.at;
}

static IB_RARE void list_unread(struct decoding *d, struct arriving *a)
{
	list(d, a, 0, ISDN_ELEMENT_OCTETS | ISDN_ELEMENT_FAULTY);
}

/*
 * 5.8.6.2, 5.8.7.2. An element that the message has in good order already, or
 * that it is not expected to have (5.8.7.3), is mandatory no more.
 */
static IB_RARE void in_error(struct decoding *d, const struct arriving *a, bool length,
			     const uint8_t *at, const char *octet)
{
	uint64_t bit = UINT64_C(1) << a->ie;
	bool must = (d->mandatory & bit) && !(d->msg->present & bit);
	bool access = i3_ies[a->ie].flags & I3_ACCESS;
	enum isdn_fault_kind kind =
		must ? (length ? ISDN_FAULT_MANDATORY_LENGTH : ISDN_FAULT_MANDATORY_CONTENT)
		     : (length ? ISDN_FAULT_OPTIONAL_LENGTH : ISDN_FAULT_OPTIONAL_CONTENT);
	struct isdn_fault *e;

	d->faulty |= bit;
	if (!(d->expected & bit)) {
		(void)fault(d, ISDN_FAULT_IE_UNEXPECTED, a->id, a->element,
			    ISDN_CAUSE_IE_NOT_IMPLEMENTED);
		return;
	}
	e = fault(d, kind, a->id, at,
		  !must && access ? ISDN_CAUSE_ACCESS_INFORMATION_DISCARDED
				  : ISDN_CAUSE_INVALID_IE_CONTENTS);
	if (!e)
		return;
	e->element = (uint16_t)(a->element - d->begin);
	e->octet = octet;
}

/* 5.8.7.1. What the variant passes over (4.5.4) is no fault. */
static IB_RARE void unrecognized(struct decoding *d, const struct arriving *a)
{
	bool must = d->codeset == 0 && (a->id & 0xf0) == 0;

	if (!d->ignore)
		(void)fault(d, must ? ISDN_FAULT_COMPREHENSION : ISDN_FAULT_IE_UNRECOGNIZED, a->id,
			    a->element,
			    must ? ISDN_CAUSE_MANDATORY_IE_MISSING : ISDN_CAUSE_IE_NOT_IMPLEMENTED);
}

/* How many of the element this message may have. */
static unsigned limit(const struct decoding *d, unsigned ie)
{
	bool once = d->row && !((d->row->repeat >> ie) & 1);

	return once ? 1 : i3_ies[ie].repeat;
}

/* The value, into place number n. false: its fault is told. */
static bool read_value(struct decoding *d, struct arriving *a, unsigned n, unsigned *what)
{
	const struct i3_ie *row = &i3_ies[a->ie];
	uint8_t *value = (uint8_t *)d->msg + row->at + (size_t)n * row->size;
	struct i3_reader in = { a->contents, "2", false, d->msg, d->variant, a->contents.at, 0 };
	size_t len = ib_rd_left(&a->contents);

	if (len < row->min || len > i3_longest(d->variant, a->ie)) {
		in_error(d, a, true, a->element + 1, "2");
		return false;
	}
	if (row->flags & I3_KEEPS) {
		if (!keep(d, a))
			return false;
		in.kept = a->kept.at;
	}
	if (row->flags & I3_ALSO)
		*value = (uint8_t)d->codeset;
	if (!row->decode(&in, value) || in.r.bad) {
		in_error(d, a, false, in.r.bad || in.r.at == in.begin ? in.r.at : in.r.at - 1,
			 in.octet);
		return false;
	}
	if (in.odd || ib_rd_left(&in.r))
		*what |= ISDN_ELEMENT_OCTETS;
	return true;
}

/* An element that is known. */
static IB_RARE void known(struct decoding *d, struct arriving *a)
{
	uint64_t bit = UINT64_C(1) << a->ie;
	unsigned n = d->seen & bit ? d->msg->count[a->ie] : 0, most = limit(d, a->ie);
	unsigned what = ISDN_ELEMENT_VALUE;

	if (n >= most || (most == 1 && (d->faulty & bit))) { /* 5.8.5.2: the first counts */
		(void)fault(d, ISDN_FAULT_IE_DUPLICATED, a->id, a->element, ISDN_CAUSE_NONE);
		list_unread(d, a);
		return;
	}
	if (!read_value(d, a, n, &what)) {
		list_unread(d, a);
		return;
	}
	d->seen |= bit;
	d->msg->count[a->ie] = (uint8_t)(n + 1);
	if (d->expected & bit) {
		d->msg->present |= bit;
	} else {
		what |= ISDN_ELEMENT_OCTETS | ISDN_ELEMENT_FAULTY;
		(void)fault(d, ISDN_FAULT_IE_UNEXPECTED, a->id, a->element,
			    ISDN_CAUSE_IE_NOT_IMPLEMENTED);
	}
	list(d, a, n, what);
}

/*
 * The short way of what is in good order: expected, the first of its kind, of a length that it may
 * have, and held by its structure to the last bit. False: nothing was done, known() has to look.
 */
static IB_APART bool simple(struct decoding *d, const struct arriving *a)
{
	const struct i3_ie *row = &i3_ies[a->ie];
	struct isdn_msg *m = d->msg;
	uint8_t *value = (uint8_t *)m + row->at;
	struct i3_reader in = { a->contents, "2", false, m, d->variant, a->contents.at, 0 };
	uint64_t bit = UINT64_C(1) << a->ie;
	size_t len = ib_rd_left(&a->contents);

	if (((d->seen | d->faulty | ~d->expected) & bit) || (row->flags & I3_KEEPS) ||
	    m->n_elements == ISDN_ELEMENTS_MAX || len < row->min ||
	    len > i3_longest(d->variant, a->ie))
		return false;
	if (row->flags & I3_ALSO)
		*value = (uint8_t)d->codeset;
	if (!row->decode(&in, value) || in.r.bad || in.odd || ib_rd_left(&in.r))
		return false;
	d->seen |= bit;
	m->present |= bit;
	m->count[a->ie] = 1;
	m->element[m->n_elements++] = (struct isdn_element){ .codeset = (uint8_t)d->codeset,
							     .id = (uint8_t)a->id,
							     .ie = (uint8_t)a->ie,
							     .what = ISDN_ELEMENT_VALUE,
							     .len = (uint8_t)len };
	return true;
}

static inline unsigned element_of(const struct decoding *d, unsigned id)
{
	unsigned ie;

	if (d->ignore || !((d->variant->codesets >> d->codeset) & 1))
		return ISDN_IE_COUNT;
	ie = d->codeset || id > 0x7f ? isdn_ie_of(d->codeset, id) : i3_of_id(id);
	return ie < ISDN_IE_COUNT && (d->variant->without >> ie) & 1 ? ISDN_IE_COUNT : ie;
}

/* 4.5.2 to 4.5.4: a shift holds in any codeset. */
static IB_RARE void shift(struct decoding *d, unsigned id, const uint8_t *at)
{
	struct arriving a = { .element = at, .id = id, .ie = ISDN_IE_COUNT };
	unsigned to = id & 7;

	d->codeset = d->locked; /* a non-locking shift in front of another counts for nothing */
	list(d, &a, 0, ISDN_ELEMENT_SHIFT);
	d->ignore = (id & 0x08) && d->variant->ignore_non_locking;
	if (!(id & 0x08) && to <= d->locked) {
		(void)fault(d, ISDN_FAULT_CODESET_ORDER, id, at, ISDN_CAUSE_NONE);
		return;
	}
	d->codeset = to;
	if (!(id & 0x08)) {
		d->locked = to;
		d->last = 0;
	}
}

/* 5.8.5.1 allows to process what is out of sequence all the same. */
static void sequence(struct decoding *d, unsigned id, const uint8_t *at)
{
	if (d->codeset != d->locked)
		return;
	if (id < d->last)
		(void)fault(d, ISDN_FAULT_IE_OUT_OF_SEQUENCE, id, at, ISDN_CAUSE_NONE);
	d->last = id;
}

/* The length is more than there is: what follows can not be told apart any more. */
static IB_RARE void overrun(struct decoding *d, const struct arriving *a)
{
	if (a->ie < ISDN_IE_COUNT)
		in_error(d, a, true, a->element + 1, "2");
	else
		unrecognized(d, a);
	d->msg->cut = true;
	d->r.at = d->r.end;
}

/* Annex H: the segment is all that follows. */
static IB_RARE void segment(struct decoding *d)
{
	size_t n = ib_rd_left(&d->r);

	if (isdn_msg_keep(d->msg, d->r.at, n, &d->msg->segmented.segment))
		too_many(d, d->r.at);
	d->r.at = d->r.end;
}

/* 4.5.1: type 1 and 2, one octet. The value of type 1 is in its low bits. */
static void single(struct decoding *d, struct arriving *a)
{
	if (a->ie == ISDN_IE_REPEAT_BEARER && ib_rd_peek(&d->r) == i3_ies[ISDN_IE_LLC].id)
		a->ie = ISDN_IE_REPEAT_LLC;
	if (a->ie < ISDN_IE_COUNT)
		a->contents = ib_rd(a->element, i3_ies[a->ie].max);
}

/* Type 4: identifier, length, contents. False: the message ends before they do. */
static bool variable(struct decoding *d, struct arriving *a)
{
	unsigned len = ib_rd_u8(&d->r);

	if (d->r.bad || len > ib_rd_left(&d->r))
		return false;
	a->contents = ib_rd_sub(&d->r, len);
	sequence(d, a->id, a->element);
	return true;
}

static void element(struct decoding *d, unsigned id, const uint8_t *at)
{
	struct arriving a = { .element = at, .id = id, .ie = element_of(d, id) };

	if (id & 0x80) {
		single(d, &a);
	} else if (!variable(d, &a)) {
		overrun(d, &a);
		return;
	}
	if (a.ie == ISDN_IE_COUNT) {
		unrecognized(d, &a);
		list_unread(d, &a);
	} else if (!(id & 0x80) && !ib_rd_left(&a.contents)) { /* empty: counts as absent */
		list(d, &a, 0, ISDN_ELEMENT_OCTETS);
	} else if (!simple(d, &a)) {
		known(d, &a);
	}
	if (a.ie == ISDN_IE_SEGMENTED && d->msg->type == ISDN_MT_SEGMENT &&
	    isdn_msg_has(d->msg, ISDN_IE_SEGMENTED))
		segment(d);
	d->codeset = d->locked;
	d->ignore = false;
}

static void elements(struct decoding *d)
{
	while (ib_rd_left(&d->r)) {
		const uint8_t *at = d->r.at;
		unsigned id = ib_rd_u8(&d->r);

		if ((id & 0xf0) == 0x90)
			shift(d, id, at);
		else
			element(d, id, at);
	}
}

/* 5.8.6.1. An extended facility stands for a Facility. */
static void missing(struct decoding *d, const uint8_t *end)
{
	uint64_t absent = d->mandatory & ~d->msg->present & ~d->faulty;

	if (isdn_msg_has(d->msg, ISDN_IE_EXTENDED_FACILITY))
		absent &= ~(UINT64_C(1) << ISDN_IE_FACILITY);
	d->codeset = 0;
	for (unsigned ie = 0; absent; ie++, absent >>= 1)
		if (absent & 1)
			(void)fault(d, ISDN_FAULT_MANDATORY_MISSING, i3_ies[ie].id, end,
				    ISDN_CAUSE_MANDATORY_IE_MISSING);
}

static void what_is_expected(struct decoding *d)
{
	const struct i3_msg_row *row = d->row;

	d->expected = UINT64_MAX; /* 5.8.4: of a type that is not known nothing is expected */
	if (!row)
		return;
	d->mandatory = row->mandatory[d->dir];
	d->expected = d->mandatory | row->optional[d->dir];
	if (d->variant->symmetrical) {
		d->mandatory &= row->mandatory[!d->dir];
		d->expected |= row->mandatory[!d->dir] | row->optional[!d->dir];
	}
}

int isdn_msg_decode(enum isdn_variant variant, enum isdn_dir dir, const uint8_t *octets, size_t len,
		    struct isdn_msg *msg, struct isdn_faults *faults)
{
	struct decoding d = { .variant = i3_variant(variant),
			      .dir = dir,
			      .begin = octets,
			      .msg = msg,
			      .faults = faults };
	int err;

	if (!msg || !faults || (!octets && len))
		return ISDN_ERR_INVALPOINTER;
	if (!d.variant || (dir != ISDN_USER_TO_NETWORK && dir != ISDN_NETWORK_TO_USER))
		return ISDN_ERR_INVAL;
	if (len > UINT16_MAX)
		len = UINT16_MAX;
	d.r = ib_rd(octets, len);
	faults->n = faults->missed = 0;
	err = header(&d);
	if (err)
		return err;
	d.row = i3_msg_row(variant, dir, msg);
	what_is_expected(&d);
	if (!d.row)
		(void)fault(&d, ISDN_FAULT_MESSAGE_TYPE, msg->type, octets + 2 + msg->cr_len,
			    ISDN_CAUSE_MESSAGE_TYPE_NOT_IMPLEMENTED);
	elements(&d);
	missing(&d, octets + len);
	return 0;
}
