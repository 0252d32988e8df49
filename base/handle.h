/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A map from 64-bit ids to objects. An id is an index and the generation of
 * its slot, so an id once removed never becomes valid again; 0 is no id.
 * Adding, finding and removing are O(1).
 */
#ifndef IB_HANDLE_H
#define IB_HANDLE_H

#include <isdn/base.h>

struct ib_handle_slot {
	void *object;	     /* NULL: free */
	uint32_t generation; /* 1.. ; a slot whose generation is used up is retired */
	uint32_t next_free;
};

struct ib_handles {
	const struct isdn_env *env;
	struct ib_handle_slot *slot;
	uint32_t cap, used, free_head; /* used: objects held */
};

void ib_handles_init(struct ib_handles *hs, const struct isdn_env *env);
/* Frees the map, not the objects. */
void ib_handles_free(struct ib_handles *hs);

/* 0 and *id, or NOMEM. object is not NULL. */
int ib_handle_add(struct ib_handles *hs, void *object, uint64_t *id);
/* The object, or NULL for an id that is stale or was never given. */
static inline void *ib_handle_get(const struct ib_handles *hs, uint64_t id)
{
	uint32_t i = (uint32_t)id - 1; /* no slot for 0 */

	return i < hs->cap && hs->slot[i].generation == id >> 32 ? hs->slot[i].object : NULL;
}

/* The object that the id had, or NULL; the id is void from here on. */
void *ib_handle_remove(struct ib_handles *hs, uint64_t id);

/* Walk: *at starts at 0; NULL at the end. Removing the object just answered is allowed. */
void *ib_handle_next(const struct ib_handles *hs, uint32_t *at);

#endif
