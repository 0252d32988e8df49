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

/* Have at least n buffers on the free list: what follows can not fail for want of n buffers. 0 or
 * NOMEM. */
int ib_pool_reserve(struct ib_pool *pool, uint32_t n);
/* A buffer with len 0, or NULL. */
struct ib_buf *ib_buf_get(struct ib_pool *pool);
void ib_buf_put(struct ib_pool *pool, struct ib_buf *b);

void ib_queue_init(struct ib_queue *q);
void ib_queue_push(struct ib_queue *q, struct ib_buf *b);
struct ib_buf *ib_queue_pop(struct ib_queue *q); /* NULL when empty */
void ib_queue_drain(struct ib_queue *q, struct ib_pool *pool);

#endif
