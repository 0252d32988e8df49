/* SPDX-License-Identifier: BSD-2-Clause */
/* Call references, Q.931 4.3. */
#include "q931/callref.h"

#include <string.h>

#include "base/env.h"

void i3_callrefs_init(struct i3_callrefs *r, const struct isdn_env *env, uint16_t max)
{
	memset(r, 0, sizeof(*r));
	r->env = env;
	r->max = max;
	r->fresh = 1;
}

void i3_callrefs_free(struct i3_callrefs *r)
{
	for (unsigned i = 0; i < I3_CR_PAGES; i++)
		ib_free(r->env, r->page[i]);
}

static struct i3_callref_entry *entry(const struct i3_callrefs *r, uint16_t cr)
{
	struct i3_callref_entry *page = r->page[cr / I3_CR_PAGE];

	return page ? &page[cr % I3_CR_PAGE] : NULL;
}

static struct i3_callref_entry *make_entry(struct i3_callrefs *r, uint16_t cr)
{
	struct i3_callref_entry **page = &r->page[cr / I3_CR_PAGE];

	if (!*page)
		*page = ib_alloc(r->env, I3_CR_PAGE * sizeof(**page));
	return entry(r, cr);
}

int i3_callref_take(struct i3_callrefs *r, struct i3_call *call, uint16_t *cr)
{
	struct i3_callref_entry *e;
	/* A value rests before it is used again, but pages are not made without need. */
	bool fresh = r->fresh <= r->max && r->n_free < I3_CR_PAGE / 2;
	uint16_t take = fresh ? r->fresh : r->free_head;

	if (!take)
		return ISDN_ERR_RESOURCEUNAVAIL;
	e = make_entry(r, take);
	if (!e)
		return ISDN_ERR_NOMEM;
	if (fresh) {
		r->fresh++;
	} else {
		r->free_head = e->next_free;
		r->n_free--;
		if (!r->free_head)
			r->free_tail = 0;
	}
	e->call = call;
	*cr = take;
	return 0;
}

int i3_callref_enter(struct i3_callrefs *r, struct i3_call *call, uint16_t cr)
{
	struct i3_callref_entry *e = make_entry(r, cr);

	if (!e)
		return ISDN_ERR_NOMEM;
	e->call = call;
	return 0;
}

void i3_callref_forget(struct i3_callrefs *r, uint16_t cr)
{
	entry(r, cr)->call = NULL;
}

void i3_callref_give(struct i3_callrefs *r, uint16_t cr)
{
	i3_callref_forget(r, cr);
	entry(r, cr)->next_free = 0;
	if (r->free_tail)
		entry(r, r->free_tail)->next_free = cr;
	else
		r->free_head = cr;
	r->free_tail = cr;
	r->n_free++;
}
