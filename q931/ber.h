/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Basic encoding rules (X.690) as far as components of Q.932 need them: tags of
 * one octet, lengths of any form, bounded by the cursor that they are read from.
 */
#ifndef I3_BER_H
#define I3_BER_H

#include <isdn/ie.h>

#include "base/cursor.h"

#define I3_BER_CONSTRUCTED 0x20
#define I3_BER_INTEGER	   0x02
#define I3_BER_NULL	   0x05
#define I3_BER_OID	   0x06
#define I3_BER_SEQUENCE	   0x30
#define I3_BER_DEPTH	   12 /* nested values of indefinite length */

/* One value: tag, and a cursor over its contents. */
struct i3_ber {
	uint8_t tag;
	bool indefinite;
	struct ib_rd value;
};

/* The next value of r, which is passed. false: it is not well formed. */
bool i3_ber_next(struct ib_rd *r, struct i3_ber *b);
/* The tag that comes next, 0 at the end. */
static inline unsigned i3_ber_peek(const struct ib_rd *r)
{
	return ib_rd_peek(r);
}
/* Contents of an INTEGER of 1 to 4 octets. */
bool i3_ber_integer(const struct i3_ber *b, int32_t *value);
bool i3_ber_oid(const struct i3_ber *b, struct isdn_oid *oid);

/* Writing. A constructed value begins with begin, whose answer goes to end. */
uint8_t *i3_ber_begin(struct ib_wr *w, unsigned tag);
bool i3_ber_end(struct ib_wr *w, uint8_t *begun);
void i3_ber_write_integer(struct ib_wr *w, unsigned tag, int32_t value);
bool i3_ber_write_oid(struct ib_wr *w, const struct isdn_oid *oid);

#endif
