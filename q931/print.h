/* SPDX-License-Identifier: BSD-2-Clause */
/* Text that is built up in a buffer which may be too small. */
#ifndef I3_PRINT_H
#define I3_PRINT_H

#include "q931/codec.h"

struct i3_text {
	char *buf;
	size_t cap, len; /* len counts what did not fit too */
};

void i3_put(struct i3_text *t, const char *s);
void i3_putf(struct i3_text *t, const char *format, ...) ISDN_PRINTF(2, 3);
void i3_put_hex(struct i3_text *t, const uint8_t *o, size_t n);
/* Between quotes; what is not printable ASCII is escaped as JSON wants it. */
void i3_put_quoted(struct i3_text *t, const void *s, size_t n);
/* Terminates; what isdn_msg_print() answers. */
int i3_text_end(struct i3_text *t, size_t *len);

/* One element that is to be printed. */
struct i3_shown {
	const struct i3_ie *row;	   /* NULL: not known */
	const void *value;		   /* NULL: contents were not read */
	const struct isdn_element *listed; /* NULL: composed */
	const uint8_t *octets;
	unsigned codeset, id, len;
};

/* Number *at and on; false at the end. */
bool i3_next_shown(const struct isdn_msg *m, unsigned *at, struct i3_shown *s);

/* The coding standard is another: what the Recommendation calls the values does not hold. */
bool i3_foreign(const struct i3_ie *row, const void *value);
/* A value of the field has no name here. */
static inline bool i3_unnamed(const struct i3_field *f, bool foreign)
{
	return foreign && f->names != i3_coding_names && f->names != i3_location_names;
}
/* Whether the field has something to show; and its value, when it is a number. */
bool i3_field_shown(const struct i3_field *f, const void *value);
unsigned i3_field_number(const struct i3_field *f, const void *value);
/* Octets of fields of kind I3_TEXT, I3_HEX, I3_LIST, I3_DIGITS and I3_OCTETS. */
const uint8_t *i3_field_octets(const struct isdn_msg *m, const struct i3_field *f,
			       const void *value, size_t *len);

const char *i3_component_name(unsigned type);
const char *i3_problem_name(unsigned tag);

#endif
