/* SPDX-License-Identifier: BSD-2-Clause */
/* The codec's tables: one row a message, one row an element; each element's pair of functions. */
#ifndef I3_CODEC_H
#define I3_CODEC_H

#include <isdn/msg.h>

#include "base/cursor.h"
#include "q931/field.h"

struct i3_variant;

/* The contents of one element on their way into its structure. */
struct i3_reader {
	struct ib_rd r;
	const char *octet; /* being read, as the clause numbers it */
	bool odd;	   /* something that the structure can not hold: the octets are kept too */
	struct isdn_msg *m;
	const struct i3_variant *variant;
	const uint8_t *begin; /* of the contents, */
	uint16_t kept;	      /* which are in isdn_msg.octets from here on: I3_KEEPS */
};

/* And out of it. */
struct i3_writer {
	struct ib_wr w;
	const struct isdn_msg *m;
	const struct i3_variant *variant;
};

/*
 * One information element. decode sees the contents alone; false: content
 * error, in octet. encode writes the contents; false: a field is out of range.
 * The order of the rows is that of enum isdn_ie, and of encoding.
 */
struct i3_ie {
	uint8_t codeset;
	uint8_t id;	  /* type 1 elements: the first of sixteen */
	uint8_t min, max; /* octets of contents */
	uint8_t repeat;	  /* how many are kept */
	uint8_t flags;
	uint16_t at, size; /* of the values in struct isdn_msg */
	const char *name, *key, *clause;
	bool (*decode)(struct i3_reader *in, void *value);
	bool (*encode)(struct i3_writer *out, const void *value);
	const struct i3_field *fields;
};

#define I3_ACCESS 0x01 /* 5.8.7.2: access information, an error is #43 */
#define I3_KEEPS  0x04 /* its structure points into isdn_msg.octets */
#define I3_ALSO	  0x02 /* is in other codesets too: the structure begins with its codeset */

extern const struct i3_ie i3_ies[ISDN_IE_COUNT];
/* Elements of codeset 0 and variable length by identifier, plus one: 0 is none. */
extern const uint8_t i3_by_id[0x80 + ISDN_IE_COUNT];

static inline unsigned i3_of_id(unsigned id) /* .. 0x7f */
{
	return i3_by_id[id] ? i3_by_id[id] - 1u : ISDN_IE_COUNT;
}
/* Elements that are, or can be, in another codeset than 0. */
extern const uint64_t i3_not_of_0;

/* One message: elements by direction (enum isdn_dir), as bits of enum isdn_ie. */
struct i3_msg_row {
	uint16_t variants; /* bits of enum isdn_variant */
	const char *name, *clause;
	uint64_t mandatory[2], optional[2];
	uint64_t repeat; /* elements that may be there several times */
	uint8_t dirs;	 /* bits of enum isdn_dir */
};

/* What a variant has of its own. */
struct i3_variant {
	const char *name;
	uint64_t without;	 /* elements that it does not know */
	uint8_t maintenance;	 /* protocol discriminator of SERVICE, 0: none */
	uint8_t uui_codeset;	 /* in which User-user is sent */
	uint8_t uui_max;	 /* octets of user information */
	uint8_t display_max;	 /* octets of Display */
	uint8_t cr_len[2];	 /* of the call reference: basic, primary rate */
	uint8_t codesets;	 /* of which elements are known, bit (1 << codeset) */
	bool uus;		 /* components of userUserService */
	bool symmetrical;	 /* both are users of each other, Annex D: no network */
	bool overlap;		 /* 5.1.3, 5.2.4 */
	bool sending_complete;	 /* sent with a number that is complete */
	bool network_provided;	 /* a calling number that may be shown must say so */
	bool ulaw;		 /* on every interface */
	uint8_t location;	 /* in causes of a user */
	bool charset;		 /* Display begins with an octet that names the character set */
	bool lax_3a;		 /* octet 3a of a number may follow though octet 3 says it ends */
	bool ignore_non_locking; /* elements behind a non-locking shift */
};

#define I3_VARIANTS (ISDN_VARIANT_5ESS + 1)
extern const struct i3_variant i3_variants[I3_VARIANTS];

/* NULL for a variant that there is not. */
static inline const struct i3_variant *i3_variant(enum isdn_variant variant)
{
	return (unsigned)variant < I3_VARIANTS ? &i3_variants[variant] : NULL;
}

#define I3_MSGS 0x80
extern const struct i3_msg_row
	i3_msgs[I3_MSGS]; /* by type; one that there is not has no variants */
const struct i3_msg_row *i3_service_row(const struct isdn_msg *m); /* of another discriminator */

/* NULL when the variant has no such message; m's header is set. */
static inline const struct i3_msg_row *i3_msg_row(enum isdn_variant variant, enum isdn_dir dir,
						  const struct isdn_msg *m)
{
	const struct i3_msg_row *row = m->discriminator != ISDN_PD_Q931 ? i3_service_row(m)
				       : m->type < I3_MSGS		? &i3_msgs[m->type]
									: NULL;

	return row && (row->variants >> variant) & 1 && (row->dirs >> dir) & 1 ? row : NULL;
}

/* How many values of element ie a decoded message has from its decoding; 0 for a composed one. */
unsigned i3_listed(const struct isdn_msg *m, unsigned ie);

/* The number of the lowest bit that is set, of some that is. */
static inline unsigned i3_lowest(uint64_t bits)
{
#if defined(__GNUC__)
	return (unsigned)__builtin_ctzll(bits);
#else
	unsigned n = 0;

	while (!((bits >> n) & 1))
		n++;
	return n;
#endif
}

/* Octets of contents that an element may have. */
static inline size_t i3_longest(const struct i3_variant *v, unsigned ie)
{
	if (ie == ISDN_IE_USER_USER)
		return 1u + v->uui_max;
	return ie == ISDN_IE_DISPLAY ? v->display_max : i3_ies[ie].max;
}

static inline const void *i3_value(const struct isdn_msg *m, const struct i3_ie *row, unsigned n)
{
	return (const uint8_t *)m + row->at + (size_t)n * row->size;
}

static inline unsigned i3_octet(struct i3_reader *in, const char *name)
{
	if (!in->r.bad) /* of several that are not there the first counts */
		in->octet = name;
	return ib_rd_u8(&in->r);
}

/* Bits that should be 0 and are not are no error; they are sent on as they came. */
static inline void i3_spare(struct i3_reader *in, unsigned bits)
{
	in->odd |= bits != 0;
}

/* o should end its octet group; what follows in the group is skipped, and kept. */
static inline void i3_group_ends(struct i3_reader *in, unsigned o)
{
	while (!(o & 0x80) && ib_rd_left(&in->r)) {
		in->odd = true;
		o = ib_rd_u8(&in->r);
	}
	in->odd |= !(o & 0x80);
}

/* The rest of the contents, up to max octets. */
static inline bool i3_rest(struct i3_reader *in, uint8_t *to, uint8_t *len, size_t max)
{
	size_t n = ib_rd_left(&in->r);
	const uint8_t *p;

	if (n > max)
		return false;
	p = ib_rd_bytes(&in->r, n);
	*len = (uint8_t)n;
	if (p && n)
		memcpy(to, p, n);
	return !in->r.bad;
}

/* What is between at and the end of the contents, as octets kept. */
static inline struct isdn_octets i3_kept(const struct i3_reader *in, const struct ib_rd *r)
{
	struct isdn_octets o = { 0, 0 };

	if (ib_rd_left(r)) {
		o.at = (uint16_t)(in->kept + (r->at - in->begin));
		o.len = (uint16_t)ib_rd_left(r);
	}
	return o;
}

/* The rest of the contents, likewise (I3_KEEPS). */
bool i3_rest_kept(struct i3_reader *in, struct isdn_octets *to);
bool i3_octets_write(struct i3_writer *out, struct isdn_octets o);
/* The rest of the contents as IA5 digits, terminated. */
bool i3_digits(struct i3_reader *in, char *to, uint8_t *n, size_t max);
bool i3_digits_write(struct i3_writer *out, const char *digits, unsigned n, size_t max);

/* An element that is one number: in the identifier octet, in an octet 3, in one with extension bit.
 */
enum i3_code { I3_NIBBLE, I3_OCTET, I3_OCTET_EXT };
bool i3_code_decode(struct i3_reader *in, void *value, enum i3_code form, unsigned mask);
bool i3_code_encode(struct i3_writer *out, const void *value, enum i3_code form, unsigned mask);

#define I3_PAIR(name)                                                                              \
	bool i3_##name##_decode(struct i3_reader *in, void *value);                                \
	bool i3_##name##_encode(struct i3_writer *out, const void *value);                         \
	extern const struct i3_field i3_##name##_fields[]

I3_PAIR(nothing);
I3_PAIR(segmented);
I3_PAIR(change_status);
I3_PAIR(congestion_level);
I3_PAIR(repeat);
I3_PAIR(bearer);
I3_PAIR(llc);
I3_PAIR(cause);
I3_PAIR(facility);
I3_PAIR(call_identity);
I3_PAIR(call_state);
I3_PAIR(channel_id);
I3_PAIR(progress);
I3_PAIR(network_facilities);
I3_PAIR(notification);
I3_PAIR(display);
I3_PAIR(date_time);
I3_PAIR(keypad);
I3_PAIR(information_request);
I3_PAIR(signal);
I3_PAIR(switchhook);
I3_PAIR(feature_activation);
I3_PAIR(feature_indication);
I3_PAIR(spid);
I3_PAIR(endpoint_id);
I3_PAIR(information_rate);
I3_PAIR(transit_delay);
I3_PAIR(transit_delay_selection);
I3_PAIR(packet_binary);
I3_PAIR(packet_window);
I3_PAIR(packet_size);
I3_PAIR(cug);
I3_PAIR(reverse_charging);
I3_PAIR(calling);
I3_PAIR(called);
I3_PAIR(redirecting);
I3_PAIR(subaddress);
I3_PAIR(transit_network);
I3_PAIR(restart);
I3_PAIR(hlc);
I3_PAIR(user_user);
I3_PAIR(octets);
I3_PAIR(transit_counter);
I3_PAIR(party_category);
I3_PAIR(originating_line);
I3_PAIR(generic_digits);

#endif
