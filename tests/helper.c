/* SPDX-License-Identifier: BSD-2-Clause */
/* What all tests share. */
#include "tests/helper.h"

#include <stdlib.h>
#include <string.h>

static void *mem_alloc(void *arg, size_t size)
{
	struct test_mem *m = arg;
	void *p;

	m->allocations++;
	if ((m->fail_at && m->allocations == m->fail_at) ||
	    (m->fail_every && m->allocations % m->fail_every == 0))
		return NULL;
	p = malloc(size);
	m->live += p != NULL;
	return p;
}

static void mem_free(void *arg, void *ptr)
{
	struct test_mem *m = arg;

	m->live -= ptr != NULL;
	free(ptr);
}

void test_mem_init(struct test_mem *m, struct isdn_mem *mem)
{
	memset(m, 0, sizeof(*m));
	mem->alloc = mem_alloc;
	mem->free = mem_free;
	mem->arg = m;
}

size_t test_mem_live(const struct test_mem *m)
{
	return m->live;
}

void test_mem_fail_at(struct test_mem *m, size_t n)
{
	m->allocations = 0;
	m->fail_at = n;
}

void test_mem_fail_every(struct test_mem *m, size_t n)
{
	m->allocations = 0;
	m->fail_every = n;
}

size_t test_hex(const char *hex, uint8_t *octets, size_t cap)
{
	size_t n = 0;

	while (*hex && n < cap) {
		char pair[3] = { 0 };

		if (*hex == ' ') {
			hex++;
			continue;
		}
		pair[0] = hex[0];
		pair[1] = hex[1];
		octets[n++] = (uint8_t)strtoul(pair, NULL, 16);
		hex += hex[1] ? 2 : 1;
	}
	return n;
}
