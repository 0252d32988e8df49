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

static void give(struct ib_pool *pool, struct ib_buf *b)
{
	b->next = pool->free;
	pool->free = b;
	pool->n_free++;
}

int ib_pool_reserve(struct ib_pool *pool, uint32_t n)
{
	while (pool->n_free < n) {
		struct ib_buf *b = ib_alloc(pool->env, sizeof(*b));

		if (!b)
			return ISDN_ERR_NOMEM;
		give(pool, b);
	}
	return 0;
}

struct ib_buf *ib_buf_get(struct ib_pool *pool)
{
	struct ib_buf *b;

	if (!pool->free && ib_pool_reserve(pool, 1))
		return NULL;
	b = pool->free;
	pool->free = b->next;
	pool->n_free--;
	pool->in_use++;
	b->next = NULL;
	b->len = 0;
	return b;
}

void ib_buf_put(struct ib_pool *pool, struct ib_buf *b)
{
	if (!b)
		return;
	pool->in_use--;
	give(pool, b);
}

void ib_queue_init(struct ib_queue *q)
{
	q->head = NULL;
	q->tail = &q->head;
	q->n = 0;
}

void ib_queue_push(struct ib_queue *q, struct ib_buf *b)
{
	b->next = NULL;
	*q->tail = b;
	q->tail = &b->next;
	q->n++;
}

struct ib_buf *ib_queue_pop(struct ib_queue *q)
{
	struct ib_buf *b = q->head;

	if (!b)
		return NULL;
	q->head = b->next;
	if (!q->head)
		q->tail = &q->head;
	q->n--;
	b->next = NULL;
	return b;
}

void ib_queue_drain(struct ib_queue *q, struct ib_pool *pool)
{
	struct ib_buf *b;

	while ((b = ib_queue_pop(q)) != NULL)
		ib_buf_put(pool, b);
}
