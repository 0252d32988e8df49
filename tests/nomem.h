/* SPDX-License-Identifier: BSD-2-Clause */
/* Requests of a registry with each of their allocations failing in turn, on a stage. */
#ifndef TESTS_NOMEM_H
#define TESTS_NOMEM_H

#include "tests/stage.h"

/* What is there before, and what is asked: 0, a request id, or an error. */
typedef void (*nomem_set)(struct stage *s);
typedef int (*nomem_ask)(struct stage *s);

/*
 * Asked without a failure, and then once for each allocation of that, which fails, each time on a
 * stage of its own. NOMEM: everything is as before, nobody was told anything, and asked again it is
 * done. Else: it was answered once, and each client sees what it sees without a failure, or was
 * told LOST. Then all can be dropped. How often it was refused.
 */
unsigned nomem_walk(void **state, nomem_set set, nomem_ask ask);
/* It does without memory. */
void nomem_never(void **state, nomem_set set, nomem_ask ask);
/* As nomem_walk, but what was done before the failure stays: asked again, the rest is. */
void nomem_in_part(void **state, nomem_set set, nomem_ask ask);

/*
 * Something arrives at the mock. It is refused there (a drop of its last leg) and nobody was told
 * anything, or who misses it is told LOST; it is not there without anybody to end it.
 */
void nomem_arrives(void **state, nomem_set set, nomem_ask ask);

#define NOMEM_TEST(name, set, ask)                                                                 \
	static void R_15_##name(void **state)                                                      \
	{                                                                                          \
		assert_true(nomem_walk(state, set, ask) > 0);                                      \
	}

#endif
