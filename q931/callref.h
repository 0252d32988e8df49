/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Call references of one side, Q.931 4.3: 1 to 127 or 1 to 32767. Finding,
 * taking and giving back are O(1); pages are made when first used.
 */
#ifndef I3_CALLREF_H
#define I3_CALLREF_H

#include <isdn/base.h>

#include "base/rare.h"

struct i3_call;

#define I3_CR_PAGE  256
#define I3_CR_PAGES 128

struct i3_callref_entry {
	struct i3_call *call;
	uint16_t next_free;
};

struct i3_callrefs {
	const struct isdn_env *env;
	uint16_t max;
	uint16_t fresh;		       /* the next that was never used */
	uint16_t free_head, free_tail; /* given back, longest ago first; 0: none */
	uint16_t n_free;
	struct i3_callref_entry *page[I3_CR_PAGES];
};

void i3_callrefs_init(struct i3_callrefs *r, const struct isdn_env *env, uint16_t max);
void i3_callrefs_free(struct i3_callrefs *r);

static inline struct i3_call *i3_callref_find(const struct i3_callrefs *r, uint16_t cr)
{
	const struct i3_callref_entry *page = cr <= r->max ? r->page[cr / I3_CR_PAGE] : NULL;

	return page ? page[cr % I3_CR_PAGE].call : NULL;
}

/* Its entry may be far away, and will be wanted. */
static inline void i3_callref_fetch(const struct i3_callrefs *r, uint16_t cr)
{
	const struct i3_callref_entry *page = cr <= r->max ? r->page[cr / I3_CR_PAGE] : NULL;

	if (page)
		IB_FETCH(&page[cr % I3_CR_PAGE]);
}

/* Take a free one for call. 0; RESOURCEUNAVAIL: all are in use; NOMEM. */
int i3_callref_take(struct i3_callrefs *r, struct i3_call *call, uint16_t *cr);
/* Enter one that the far end chose. 0 or NOMEM. */
int i3_callref_enter(struct i3_callrefs *r, struct i3_call *call, uint16_t cr);
/* Give back one that was taken, or forget one that was entered. */
void i3_callref_give(struct i3_callrefs *r, uint16_t cr);
void i3_callref_forget(struct i3_callrefs *r, uint16_t cr);

#endif
