/* SPDX-License-Identifier: BSD-2-Clause */
/* Buffers from a free list, and queues of them. */
#include "base/buf.h"

#include <string.h>

#include "base/env.h"

void ib_pool_init(struct ib_pool *pool, const struct isdn_env *env)
{
	memset(pool, 0, sizeof(*pool));
	pool->env = env;
}

void ib_pool_free(struct ib_pool *pool)
{
	while (pool->free) {
		struct ib_buf *b = pool->free;

		pool->free = b->next;
		ib_free(pool->env, b);
	}
	pool->n_free = 0;
}

int ib_pool_grow(struct ib_pool *pool, uint32_t n)
{
	while (pool->n_free < n) {
		struct ib_buf *b = ib_alloc(pool->env, sizeof(*b));

		if (!b)
			return ISDN_ERR_NOMEM;
		b->next = pool->free;
		pool->free = b;
		pool->n_free++;
	}
	return 0;
}

void ib_queue_drain(struct ib_queue *q, struct ib_pool *pool)
{
	struct ib_buf *b;

	while ((b = ib_queue_pop(q)) != NULL)
		ib_buf_put(pool, b);
}
