/* SPDX-License-Identifier: BSD-2-Clause */
/* The codec's tables: one row a message, one row an element; each element's pair of functions. */
#ifndef I3_CODEC_H
#define I3_CODEC_H

#include <isdn/msg.h>

#include "base/cursor.h"

#define I3_SKIPPED (-1) /* an element that is known and not decoded */

/*
 * One information element. decode sees the contents alone, n is how many came
 * before it; false: content error. encode writes the contents; false: a field
 * is out of range.
 */
struct i3_ie_row {
	uint8_t id;	  /* single-octet elements: the whole octet of A0, A1 */
	int8_t ie;	  /* enum isdn_ie, or I3_SKIPPED */
	uint8_t min, max; /* octets of contents */
	uint8_t repeat;	  /* how many are kept */
	bool access;	  /* 5.8.7.2: access information, content error is #43 */
	const char *clause;
	bool (*decode)(struct ib_rd *r, struct isdn_msg *m, unsigned n);
	bool (*encode)(struct ib_wr *w, const struct isdn_msg *m, unsigned n);
};

/* One message: elements by direction (enum isdn_dir), as bits of enum isdn_ie. */
struct i3_msg_row {
	uint8_t type;
	const char *name, *clause;
	uint64_t mandatory[2], optional[2];
};

struct i3_tables {
	const struct i3_msg_row *msgs;
	unsigned n_msgs;
	const struct i3_ie_row *ies; /* in the order of encoding */
	unsigned n_ies;
};

/* NULL for a variant that there is not. */
const struct i3_tables *i3_tables(enum isdn_variant variant);
const struct i3_msg_row *i3_msg_row(const struct i3_tables *t, unsigned type);
const struct i3_ie_row *i3_ie_row(const struct i3_tables *t, unsigned id);
/* How many of an element the message holds. */
unsigned i3_ie_count(const struct isdn_msg *m, int ie);

#define IE_PAIR(name)                                                                              \
	bool i3_##name##_decode(struct ib_rd *r, struct isdn_msg *m, unsigned n);                  \
	bool i3_##name##_encode(struct ib_wr *w, const struct isdn_msg *m, unsigned n)

IE_PAIR(bearer);
IE_PAIR(cause);
IE_PAIR(call_state);
IE_PAIR(channel_id);
IE_PAIR(progress);
IE_PAIR(display);
IE_PAIR(calling);
IE_PAIR(called);
IE_PAIR(user_user);

#endif
