/* SPDX-License-Identifier: BSD-2-Clause */
/* Ends of calls: a fixed number of records, a list of those in use, and a table by handle. */
#include "load.h"

#include <string.h>

#define BUCKETS 1024 /* a power of 2 */

static struct end pool[ENDS_MAX];
static struct end *free_ends, *bucket[BUCKETS];
static unsigned used; /* of the pool, ever */

static struct end **bucket_of(isdn_handle h)
{
	return &bucket[(h * UINT64_C(0x9e3779b97f4a7c15)) >> 32 & (BUCKETS - 1)];
}

static struct end *take(void)
{
	struct end *e = free_ends;

	if (e)
		free_ends = e->next;
	else if (used < ENDS_MAX)
		e = &pool[used++];
	return e;
}

struct end *end_new(struct load *l, isdn_handle handle, bool far)
{
	struct end *e = take(), **b = bucket_of(handle);

	if (!e)
		return NULL;
	memset(e, 0, sizeof(*e));
	e->handle = handle;
	e->far = far;
	e->action_at = e->give_up_at = NEVER;
	e->next_of_hash = *b;
	*b = e;
	e->next = l->live;
	if (l->live)
		l->live->prev = e;
	l->live = e;
	l->n_live++;
	return e;
}

struct end *end_find(isdn_handle handle)
{
	struct end *e = *bucket_of(handle);

	while (e && e->handle != handle)
		e = e->next_of_hash;
	return e;
}

void end_forget(struct end *e)
{
	struct end **at = bucket_of(e->handle);

	while (*at && *at != e)
		at = &(*at)->next_of_hash;
	if (*at)
		*at = e->next_of_hash;
	e->handle = 0;
}

void end_free(struct load *l, struct end *e)
{
	if (e->handle)
		end_forget(e);
	if (e->prev)
		e->prev->next = e->next;
	else
		l->live = e->next;
	if (e->next)
		e->next->prev = e->prev;
	l->n_live--;
	e->next = free_ends;
	free_ends = e;
}
