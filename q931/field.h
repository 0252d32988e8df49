/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The fields of an element's structure as a table: what printing, JSON and the
 * tests' random messages go by. A list ends with a row without key.
 */
#ifndef I3_FIELD_H
#define I3_FIELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A value and what it means; a list ends with a NULL name. */
struct i3_name {
	uint8_t value;
	const char *name;
};

enum i3_field_kind {
	I3_U8,
	I3_U16,
	I3_BOOL,
	I3_DIGITS,    /* char[], terminated */
	I3_TEXT,      /* octets that are text, counted by the u8 at len */
	I3_HEX,	      /* octets, likewise */
	I3_LIST,      /* numbers of one octet, likewise */
	I3_OCTETS,    /* struct isdn_octets */
	I3_CAUSE,     /* u8, a cause value */
	I3_DIAG,      /* of a struct isdn_cause_ie */
	I3_COMPONENTS /* of a struct isdn_facility */
};

struct i3_field {
	const char *key;
	uint8_t kind;
	uint8_t bits;  /* width on the wire, for random values */
	uint8_t least; /* printed when the u8 at when is at least this */
	uint16_t at, when, len;
	const struct i3_name *names;
	/* 0, or printed only when the u8 (or bool) at only - 1 compares so with value */
	uint16_t only;
	uint8_t value;
	uint8_t compare;
};

enum { I3_EQUAL, I3_OTHER, I3_BELOW };

#define I3_ALWAYS UINT16_MAX

/* clang-format off */
#define I3_ROW(key, kind, bits, least, at, when, len, names) \
	key, kind, bits, least, at, when, len, names
/* Field m of struct s, of so many bits; names may be NULL. */
#define I3_F(s, m, kind, bits, names) \
	{ I3_ROW(#m, kind, bits, 0, offsetof(struct s, m), I3_ALWAYS, 0, names), 0, 0, 0 }
/* ... printed when field w is at least n. */
#define I3_F_IF(s, m, kind, bits, names, w, n) \
	{ I3_ROW(#m, kind, bits, n, offsetof(struct s, m), offsetof(struct s, w), 0, names), 0, 0, 0 }
/* ... and only when field o is v (I3_EQUAL), is not, or is below v. */
#define I3_F_ONLY(s, m, kind, bits, names, w, n, o, v, how) \
	{ I3_ROW(#m, kind, bits, n, offsetof(struct s, m), offsetof(struct s, w), 0, names), \
	  offsetof(struct s, o) + 1, v, how }
/* ... counted by field l. */
#define I3_F_LEN(s, m, kind, max, l) \
	{ I3_ROW(#m, kind, max, 0, offsetof(struct s, m), I3_ALWAYS, offsetof(struct s, l), NULL), 0, 0, 0 }
/* A structure that is one number, or one string of octets. */
#define I3_F_VALUE(kind, bits, names) { I3_ROW("value", kind, bits, 0, 0, I3_ALWAYS, 0, names), 0, 0, 0 }
#define I3_F_END { I3_ROW(NULL, 0, 0, 0, 0, 0, 0, NULL), 0, 0, 0 }
/* clang-format on */

/* 4.5.5, 4.5.12: coding standard; Q.850 2.2.3: location. */
extern const struct i3_name i3_coding_names[], i3_location_names[];
/* 4.5.21, 4.5.29: type and plan of a network identification. */
extern const struct i3_name i3_network_types[], i3_network_plans[];

/* The name of value, or NULL. */
const char *i3_name(const struct i3_name *names, unsigned value);

#endif
