/* SPDX-License-Identifier: BSD-2-Clause */
/* Ids with a generation: the low half is the slot's number + 1, the high half its generation. */
#include "base/handle.h"

#include <string.h>

#include "base/env.h"

#define CAP_FIRST 16
#define NO_SLOT	  UINT32_MAX

void ib_handles_init(struct ib_handles *hs, const struct isdn_env *env)
{
	memset(hs, 0, sizeof(*hs));
	hs->env = env;
	hs->free_head = NO_SLOT;
}

void ib_handles_free(struct ib_handles *hs)
{
	ib_free(hs->env, hs->slot);
	hs->slot = NULL;
	hs->cap = hs->used = 0;
	hs->free_head = NO_SLOT;
}

static int grow(struct ib_handles *hs)
{
	uint32_t cap = hs->cap ? hs->cap * 2 : CAP_FIRST;
	struct ib_handle_slot *slot;

	if (hs->cap > UINT32_MAX / 4)
		return ISDN_ERR_NOMEM;
	slot = ib_alloc(hs->env, cap * sizeof(*slot));
	if (!slot)
		return ISDN_ERR_NOMEM;
	if (hs->cap)
		memcpy(slot, hs->slot, hs->cap * sizeof(*slot));
	for (uint32_t i = cap; i-- > hs->cap;) {
		slot[i].generation = 1;
		slot[i].next_free = hs->free_head;
		hs->free_head = i;
	}
	ib_free(hs->env, hs->slot);
	hs->slot = slot;
	hs->cap = cap;
	return 0;
}

int ib_handle_add(struct ib_handles *hs, void *object, uint64_t *id)
{
	uint32_t i;

	if (hs->free_head == NO_SLOT && grow(hs))
		return ISDN_ERR_NOMEM;
	i = hs->free_head;
	hs->free_head = hs->slot[i].next_free;
	hs->slot[i].object = object;
	hs->used++;
	*id = (uint64_t)hs->slot[i].generation << 32 | (i + 1);
	return 0;
}

static struct ib_handle_slot *slot_of(const struct ib_handles *hs, uint64_t id)
{
	uint32_t i = (uint32_t)id - 1;

	if ((uint32_t)id == 0 || i >= hs->cap || hs->slot[i].generation != id >> 32)
		return NULL;
	return &hs->slot[i];
}

void *ib_handle_remove(struct ib_handles *hs, uint64_t id)
{
	struct ib_handle_slot *s = slot_of(hs, id);
	void *object = s ? s->object : NULL;

	if (!object)
		return NULL;
	s->object = NULL;
	hs->used--;
	if (s->generation == UINT32_MAX)
		return object; /* used up: the slot is retired rather than an id repeated */
	s->generation++;
	s->next_free = hs->free_head;
	hs->free_head = (uint32_t)(s - hs->slot);
	return object;
}

void *ib_handle_next(const struct ib_handles *hs, uint32_t *at)
{
	while (*at < hs->cap) {
		void *object = hs->slot[(*at)++].object;

		if (object)
			return object;
	}
	return NULL;
}
