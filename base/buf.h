/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Frames and messages on their way: buffers of one size from a free list, and
 * queues of them. Once the list is warm nothing allocates.
 */
#ifndef IB_BUF_H
#define IB_BUF_H

#include <isdn/base.h>

#define IB_BUF_SIZE 272 /* N201 (260) and the address and control octets of layer 2 */

struct ib_buf {
	struct ib_buf *next;
	uint16_t len;
	uint8_t tag; /* the owner's */
	uint8_t data[IB_BUF_SIZE];
};

struct ib_pool {
	const struct isdn_env *env;
	struct ib_buf *free;
	uint32_t n_free, in_use;
};

struct ib_queue {
	struct ib_buf *head, **tail;
	uint32_t n;
};

void ib_pool_init(struct ib_pool *pool, const struct isdn_env *env);
void ib_pool_free(struct ib_pool *pool);

int ib_pool_grow(struct ib_pool *pool, uint32_t n);

/* Have at least n buffers on the free list: what follows can not fail for want of n buffers. 0 or
 * NOMEM. */
static inline int ib_pool_reserve(struct ib_pool *pool, uint32_t n)
{
	return pool->n_free < n ? ib_pool_grow(pool, n) : 0;
}

/* A buffer with len 0, or NULL. */
static inline struct ib_buf *ib_buf_get(struct ib_pool *pool)
{
	struct ib_buf *b;

	if (!pool->free && ib_pool_grow(pool, 1))
		return NULL;
	b = pool->free;
	pool->free = b->next;
	pool->n_free--;
	pool->in_use++;
	b->next = NULL;
	b->len = 0;
	return b;
}

/* NULL is allowed. */
static inline void ib_buf_put(struct ib_pool *pool, struct ib_buf *b)
{
	if (!b)
		return;
	pool->in_use--;
	b->next = pool->free;
	pool->free = b;
	pool->n_free++;
}

static inline void ib_queue_init(struct ib_queue *q)
{
	q->head = NULL;
	q->tail = &q->head;
	q->n = 0;
}

static inline void ib_queue_push(struct ib_queue *q, struct ib_buf *b)
{
	b->next = NULL;
	*q->tail = b;
	q->tail = &b->next;
	q->n++;
}

/* NULL when empty. */
static inline struct ib_buf *ib_queue_pop(struct ib_queue *q)
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

void ib_queue_drain(struct ib_queue *q, struct ib_pool *pool);

#endif
