/* SPDX-License-Identifier: BSD-2-Clause */
/* What all tests share: memory that counts and fails on request, and octets from hex. */
#ifndef TESTS_HELPER_H
#define TESTS_HELPER_H

#include <isdn/base.h>

struct test_mem {
	size_t live;	    /* blocks alive */
	size_t allocations; /* asked for so far */
	size_t fail_at;	    /* the allocation with this number (from 1) fails; 0: none */
	size_t fail_every;  /* every n-th fails; 0: none */
};

/* Hook m into *mem. */
void test_mem_init(struct test_mem *m, struct isdn_mem *mem);
size_t test_mem_live(const struct test_mem *m);
/* Count from here; the n-th allocation from now on fails, once. 0: none. */
void test_mem_fail_at(struct test_mem *m, size_t n);
void test_mem_fail_every(struct test_mem *m, size_t n);

/* Octets of a hex string (blanks allowed); the number written, at most cap. */
size_t test_hex(const char *hex, uint8_t *octets, size_t cap);

#endif
