/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Bounded cursors over octets. An access beyond the end sets bad, answers 0
 * (or NULL) and moves nothing; test bad once, at the end.
 */
#ifndef IB_CURSOR_H
#define IB_CURSOR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct ib_rd {
	const uint8_t *at, *end;
	bool bad;
};

static inline struct ib_rd ib_rd(const uint8_t *octets, size_t len)
{
	struct ib_rd r = { octets, len ? octets + len : octets, false };
	return r;
}

static inline size_t ib_rd_left(const struct ib_rd *r)
{
	return (size_t)(r->end - r->at);
}

static inline const uint8_t *ib_rd_bytes(struct ib_rd *r, size_t n)
{
	const uint8_t *p = r->at;

	if (r->bad || ib_rd_left(r) < n) {
		r->bad = true;
		return NULL;
	}
	r->at += n;
	return p;
}

static inline uint8_t ib_rd_u8(struct ib_rd *r)
{
	const uint8_t *p = ib_rd_bytes(r, 1);

	return p ? *p : 0;
}

/* The next octet without taking it; 0 at the end, and then not bad. */
static inline uint8_t ib_rd_peek(const struct ib_rd *r)
{
	return r->bad || r->at == r->end ? 0 : *r->at;
}

/* A cursor over the next n octets, which this one passes. */
static inline struct ib_rd ib_rd_sub(struct ib_rd *r, size_t n)
{
	const uint8_t *p = ib_rd_bytes(r, n);
	struct ib_rd sub = { p, p ? p + n : p, p == NULL };

	return sub;
}

struct ib_wr {
	uint8_t *base, *at, *end;
	bool bad;
};

static inline struct ib_wr ib_wr(uint8_t *octets, size_t cap)
{
	struct ib_wr w = { octets, octets, octets + cap, false };
	return w;
}

static inline size_t ib_wr_len(const struct ib_wr *w)
{
	return (size_t)(w->at - w->base);
}

static inline void ib_wr_u8(struct ib_wr *w, unsigned v)
{
	if (w->bad || w->at == w->end)
		w->bad = true;
	else
		*w->at++ = (uint8_t)v;
}

static inline void ib_wr_bytes(struct ib_wr *w, const void *p, size_t n)
{
	if (w->bad || (size_t)(w->end - w->at) < n) {
		w->bad = true;
	} else if (n) {
		memcpy(w->at, p, n);
		w->at += n;
	}
}

#endif
