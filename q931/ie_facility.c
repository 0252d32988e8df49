/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Facility and extended facility, Q.932 8.2.3 and EN 300 196-1: the profile,
 * the header of the networking extensions (QSIG), and components. What can not
 * be read is kept, and its fault is told as a Reject component would tell it.
 */
#include "q931/ber.h"
#include "q931/codec.h"

#define TAG_NFE		   0xaa
#define TAG_NPP		   0x92
#define TAG_INTERPRETATION 0x8b
#define TAG_SOURCE	   0x80
#define TAG_DESTINATION	   0x82
#define TAG_LINKED	   0x80

/* INTEGER of the invoke identifier, -32768..32767. */
static bool identifier(const struct i3_ber *b, int16_t *id)
{
	int32_t v;

	if (!i3_ber_integer(b, &v) || v < INT16_MIN || v > INT16_MAX)
		return false;
	*id = (int16_t)v;
	return true;
}

/* Operation or error: INTEGER or OBJECT IDENTIFIER. */
static bool operation(struct ib_rd *r, struct isdn_component *c)
{
	struct i3_ber b;

	if (!i3_ber_next(r, &b))
		return false;
	c->form = b.tag == I3_BER_INTEGER ? ISDN_OPERATION_LOCAL : ISDN_OPERATION_GLOBAL;
	if (b.tag == I3_BER_INTEGER)
		return i3_ber_integer(&b, &c->local);
	return b.tag == I3_BER_OID && i3_ber_oid(&b, &c->global);
}

static bool rest(struct i3_reader *in, struct ib_rd *r, struct isdn_component *c)
{
	c->argument = i3_kept(in, r);
	return true;
}

static bool invoke(struct i3_reader *in, struct ib_rd *r, struct isdn_component *c)
{
	struct i3_ber b;

	if (i3_ber_peek(r) == TAG_LINKED) {
		c->has_linked_id = true;
		if (!i3_ber_next(r, &b) || !identifier(&b, &c->linked_id))
			return false;
	}
	return operation(r, c) && rest(in, r, c);
}

/* The operation and its result come in a SEQUENCE, or not at all. */
static bool return_result(struct i3_reader *in, struct ib_rd *r, struct isdn_component *c)
{
	struct i3_ber b;

	if (!ib_rd_left(r))
		return true;
	if (!i3_ber_next(r, &b) || b.tag != I3_BER_SEQUENCE)
		return false;
	return operation(&b.value, c) && rest(in, &b.value, c);
}

static bool return_error(struct i3_reader *in, struct ib_rd *r, struct isdn_component *c)
{
	return operation(r, c) && rest(in, r, c);
}

static bool reject(struct i3_reader *in, struct ib_rd *r, struct isdn_component *c)
{
	struct i3_ber b;
	int32_t v;

	(void)in;
	if (!i3_ber_next(r, &b) || (b.tag & 0xfc) != 0x80 || !i3_ber_integer(&b, &v) || v < 0 ||
	    v > 127)
		return false;
	c->problem_tag = b.tag & 3;
	c->problem = (uint8_t)v;
	return true;
}

/* The invoke identifier that every component begins with. */
static bool invoke_id(struct ib_rd *r, struct isdn_component *c)
{
	struct i3_ber b;

	if (!i3_ber_next(r, &b))
		return false;
	if (b.tag == I3_BER_NULL)
		return c->type == ISDN_REJECT && !ib_rd_left(&b.value);
	c->has_invoke_id = b.tag == I3_BER_INTEGER;
	return c->has_invoke_id && identifier(&b, &c->invoke_id);
}

static enum isdn_facility_fault component(struct i3_reader *in, const struct i3_ber *b,
					  struct isdn_component *c)
{
	static bool (*const bodies[])(struct i3_reader *, struct ib_rd *,
				      struct isdn_component *) = { invoke, return_result,
								   return_error, reject };
	struct ib_rd r = b->value;

	if (b->tag < ISDN_INVOKE || b->tag > ISDN_REJECT)
		return ISDN_FACILITY_UNRECOGNIZED_COMPONENT;
	memset(c, 0, sizeof(*c));
	c->type = b->tag;
	if (!invoke_id(&r, c) || !bodies[b->tag - ISDN_INVOKE](in, &r, c))
		return ISDN_FACILITY_MISTYPED_COMPONENT;
	return ISDN_FACILITY_GOOD;
}

/* ETSI EN 300 196-1 11.2.2, ECMA-165: entities; addresses stay as they are. */
static bool nfe(struct i3_reader *in, const struct i3_ber *b, struct isdn_facility *f)
{
	struct ib_rd r = b->value;
	struct i3_ber v;
	int32_t n;

	f->has_nfe = true;
	f->nfe = i3_kept(in, &r);
	while (ib_rd_left(&r)) {
		if (!i3_ber_next(&r, &v))
			return false;
		if (v.tag == TAG_SOURCE && i3_ber_integer(&v, &n)) {
			f->has_source = true;
			f->source = (uint8_t)n;
		} else if (v.tag == TAG_DESTINATION && i3_ber_integer(&v, &n)) {
			f->has_destination = true;
			f->destination = (uint8_t)n;
		}
	}
	return true;
}

static bool small(const struct i3_ber *b, bool *has, uint8_t *value)
{
	int32_t n;

	*has = true;
	if (!i3_ber_integer(b, &n) || n < 0 || n > 127)
		return false;
	*value = (uint8_t)n;
	return true;
}

/* What stands in front of the components. */
static bool extensions(struct i3_reader *in, struct isdn_facility *f)
{
	struct i3_ber b;

	if (i3_ber_peek(&in->r) == TAG_NFE && (!i3_ber_next(&in->r, &b) || !nfe(in, &b, f)))
		return false;
	if (i3_ber_peek(&in->r) == TAG_NPP &&
	    (!i3_ber_next(&in->r, &b) || !small(&b, &f->has_npp, &f->npp)))
		return false;
	return i3_ber_peek(&in->r) != TAG_INTERPRETATION ||
	       (i3_ber_next(&in->r, &b) && small(&b, &f->has_interpretation, &f->interpretation));
}

static enum isdn_facility_fault components(struct i3_reader *in, struct isdn_facility *f)
{
	struct isdn_msg *m = in->m;

	while (ib_rd_left(&in->r)) {
		struct ib_rd r = in->r;
		enum isdn_facility_fault fault;
		struct i3_ber b;

		if (!i3_ber_next(&r, &b))
			return ISDN_FACILITY_BADLY_STRUCTURED;
		if (m->n_components == ISDN_COMPONENTS_MAX)
			return ISDN_FACILITY_TOO_MANY;
		fault = component(in, &b, &m->component[m->n_components]);
		if (fault != ISDN_FACILITY_GOOD)
			return fault;
		m->n_components++;
		f->n_components++;
		in->r = r;
	}
	return ISDN_FACILITY_GOOD;
}

static bool decode(struct i3_reader *in, struct isdn_facility *f)
{
	uint8_t codeset = f->codeset;
	unsigned o = i3_octet(in, "3");
	struct ib_rd before;

	memset(f, 0, sizeof(*f));
	f->codeset = codeset;
	f->first = in->m->n_components;
	f->profile = o & 0x1f;
	f->has_service = !(o & 0x80);
	if (f->has_service) {
		o = i3_octet(in, "3a");
		f->service = o & 0x7f;
	}
	if (in->r.bad)
		return false;
	in->octet = "4";
	before = in->r;
	if (f->profile != ISDN_PROFILE_ROSE && f->profile != ISDN_PROFILE_NETWORKING_EXTENSIONS) {
		f->fault = ISDN_FACILITY_PROFILE;
	} else if (!extensions(in, f)) {
		f->fault = ISDN_FACILITY_BADLY_STRUCTURED;
		in->r = before;
	} else {
		f->fault = (uint8_t)components(in, f);
	}
	in->r.bad = false; /* what can not be read is no content error (5.8.7.2): it is kept */
	return i3_rest_kept(in, &f->rest);
}

static bool write_operation(struct ib_wr *w, const struct isdn_component *c)
{
	if (c->form == ISDN_OPERATION_GLOBAL)
		return i3_ber_write_oid(w, &c->global);
	i3_ber_write_integer(w, I3_BER_INTEGER, c->local);
	return c->form == ISDN_OPERATION_LOCAL;
}

static bool write_component(struct i3_writer *out, const struct isdn_component *c)
{
	struct ib_wr *w = &out->w;
	uint8_t *begun = i3_ber_begin(w, c->type), *inner = NULL;
	bool good = true;

	if (c->has_invoke_id)
		i3_ber_write_integer(w, I3_BER_INTEGER, c->invoke_id);
	else
		ib_wr_bytes(w, "\5", 2);
	if (c->type == ISDN_REJECT) {
		i3_ber_write_integer(w, 0x80u | (c->problem_tag & 3u), c->problem);
		return i3_ber_end(w, begun) && c->problem_tag <= 3 && c->problem <= 127;
	}
	if (c->has_linked_id)
		i3_ber_write_integer(w, TAG_LINKED, c->linked_id);
	if (c->type == ISDN_RETURN_RESULT && c->form != ISDN_OPERATION_NONE)
		inner = i3_ber_begin(w, I3_BER_SEQUENCE);
	if (c->type != ISDN_RETURN_RESULT || c->form != ISDN_OPERATION_NONE)
		good = write_operation(w, c) && i3_octets_write(out, c->argument);
	if (inner && !i3_ber_end(w, inner))
		return false;
	return i3_ber_end(w, begun) && good && c->has_invoke_id && c->type >= ISDN_INVOKE &&
	       c->type < ISDN_REJECT && (!c->has_linked_id || c->type == ISDN_INVOKE);
}

static bool write_extensions(struct i3_writer *out, const struct isdn_facility *f)
{
	struct ib_wr *w = &out->w;
	uint8_t *begun;
	bool good = true;

	if (f->has_nfe) {
		begun = i3_ber_begin(w, TAG_NFE);
		if (f->nfe.len) {
			good = i3_octets_write(out, f->nfe);
		} else {
			if (f->has_source)
				i3_ber_write_integer(w, TAG_SOURCE, f->source);
			if (f->has_destination)
				i3_ber_write_integer(w, TAG_DESTINATION, f->destination);
		}
		good = i3_ber_end(w, begun) && good;
	}
	if (f->has_npp)
		i3_ber_write_integer(w, TAG_NPP, f->npp);
	if (f->has_interpretation)
		i3_ber_write_integer(w, TAG_INTERPRETATION, f->interpretation);
	return good && f->npp <= 127 && f->interpretation <= 127;
}

bool i3_facility_encode(struct i3_writer *out, const void *value)
{
	const struct isdn_facility *f = value;

	/* what could not be read goes again as it came, or not at all */
	if ((f->fault != ISDN_FACILITY_GOOD && f->fault != ISDN_FACILITY_PROFILE) ||
	    f->profile > 0x1f || f->service > 0x7f ||
	    (unsigned)f->first + f->n_components > ISDN_COMPONENTS_MAX)
		return false;
	ib_wr_u8(&out->w, (f->has_service ? 0u : 0x80u) | f->profile);
	if (f->has_service)
		ib_wr_u8(&out->w, 0x80u | f->service);
	if (!write_extensions(out, f))
		return false;
	for (unsigned i = 0; i < f->n_components; i++)
		if (!write_component(out, &out->m->component[f->first + i]))
			return false;
	return i3_octets_write(out, f->rest);
}

/*
 * BER says most things in several ways: what would not be written as it was
 * read is kept as it was.
 */
bool i3_facility_decode(struct i3_reader *in, void *value)
{
	struct ib_rd contents = in->r;
	uint8_t again[256];
	struct i3_writer out = { ib_wr(again, sizeof(again)), in->m, in->variant };

	if (!decode(in, value))
		return false;
	in->odd = !i3_facility_encode(&out, value) || out.w.bad ||
		  ib_wr_len(&out.w) != ib_rd_left(&contents) ||
		  memcmp(again, contents.at, ib_wr_len(&out.w)) != 0;
	return true;
}

static const struct i3_name profiles[] = { { ISDN_PROFILE_ROSE, "remote operations" },
					   { ISDN_PROFILE_CMIP, "CMIP" },
					   { ISDN_PROFILE_ACSE, "ACSE" },
					   { ISDN_PROFILE_NETWORKING_EXTENSIONS,
					     "networking extensions" },
					   { 0, NULL } };

static const struct i3_name entities[] = { { 0, "endPINX" }, { 1, "anyTypeOfPINX" }, { 0, NULL } };

static const struct i3_name interpretations[] = {
	{ 0, "discard any unrecognized invoke" },
	{ 1, "clear the call if any invoke is not recognized" },
	{ 2, "reject any unrecognized invoke" },
	{ 0, NULL }
};

static const struct i3_name faults[] = {
	{ ISDN_FACILITY_UNRECOGNIZED_COMPONENT, "unrecognized component" },
	{ ISDN_FACILITY_MISTYPED_COMPONENT, "mistyped component" },
	{ ISDN_FACILITY_BADLY_STRUCTURED, "badly structured component" },
	{ ISDN_FACILITY_PROFILE, "profile not read" },
	{ ISDN_FACILITY_TOO_MANY, "too many components" },
	{ 0, NULL }
};

const struct i3_field i3_facility_fields[] = {
	I3_F(isdn_facility, profile, I3_U8, 5, profiles),
	I3_F_IF(isdn_facility, service, I3_U8, 7, NULL, has_service, 1),
	I3_F_IF(isdn_facility, source, I3_U8, 7, entities, has_source, 1),
	I3_F_IF(isdn_facility, destination, I3_U8, 7, entities, has_destination, 1),
	I3_F_IF(isdn_facility, nfe, I3_OCTETS, 0, NULL, has_nfe, 1),
	I3_F_IF(isdn_facility, npp, I3_U8, 7, NULL, has_npp, 1),
	I3_F_IF(isdn_facility, interpretation, I3_U8, 7, interpretations, has_interpretation, 1),
	I3_F(isdn_facility, n_components, I3_COMPONENTS, 0, NULL),
	I3_F_IF(isdn_facility, fault, I3_U8, 3, faults, fault, 1),
	I3_F(isdn_facility, rest, I3_OCTETS, 0, NULL),
	I3_F_END
};
