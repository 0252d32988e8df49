/* SPDX-License-Identifier: BSD-2-Clause */
/* What fuzz targets share: what has to hold, an input that is read as a script, memory that fails
 * when the script says so. */
#ifndef FUZZ_SCRIPT_H
#define FUZZ_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <isdn/base.h>

static inline void check(int good)
{
	if (!good)
		abort();
}

/* ---- the input ---- */

struct input {
	const uint8_t *at;
	size_t left;
};

/* The next; 0 behind the end. */
static inline unsigned octet(struct input *in)
{
	if (!in->left)
		return 0;
	in->left--;
	return *in->at++;
}

/* The next *n, or what is left of them. */
static inline const uint8_t *some(struct input *in, size_t *n)
{
	const uint8_t *at = in->at;

	if (*n > in->left)
		*n = in->left;
	in->at += *n;
	in->left -= *n;
	return at;
}

/* ---- memory ---- */

struct memory {
	size_t blocks;
	unsigned skip, fail; /* so many allocations on, so many fail */
};

static inline void *memory_take(void *arg, size_t size)
{
	struct memory *m = arg;
	void *p;

	if (m->fail && m->skip) {
		m->skip--;
	} else if (m->fail) {
		m->fail--;
		return NULL;
	}
	p = malloc(size);
	check(p != NULL);
	m->blocks++;
	return p;
}

static inline void memory_give(void *arg, void *ptr)
{
	struct memory *m = arg;

	m->blocks -= ptr != NULL;
	free(ptr);
}

static inline struct isdn_mem memory_hooks(struct memory *m)
{
	return (struct isdn_mem){ .alloc = memory_take, .free = memory_give, .arg = m };
}

/* The script says what fails; true: something will. */
static inline bool memory_fails(struct memory *m, struct input *in)
{
	unsigned how = octet(in);

	m->skip = how & 7;
	m->fail = how >> 3 & 7;
	return m->fail != 0;
}

/* ---- answers of a span ---- */

static inline void documented(int err)
{
	check(err == 0 || err == ISDN_ERR_INVALCALLHANDLE || err == ISDN_ERR_INVALCALLSTATE ||
	      err == ISDN_ERR_INVAL || err == ISDN_ERR_IE_MISSING || err == ISDN_ERR_MSGTOOLONG ||
	      err == ISDN_ERR_USERUSERINFOTOOBIG || err == ISDN_ERR_RESOURCEUNAVAIL ||
	      err == ISDN_ERR_OPERATIONUNAVAIL || err == ISDN_ERR_AGAIN || err == ISDN_ERR_NOMEM);
}

#endif
