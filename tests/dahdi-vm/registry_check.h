/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What programs of the guest share that check a registry: giving up, and waiting. The file that
 * includes it says in PATIENCE how long, in ms, and has turn().
 */
#ifndef TESTS_DAHDI_VM_REGISTRY_CHECK_H
#define TESTS_DAHDI_VM_REGISTRY_CHECK_H

#include <stdlib.h>

#include <isdn/isdn.h>

#include "tests/dahdi-vm/tap.h"

static struct isdn_registry *registry;

/* What comes within so many ms is taken. */
static void turn(int ms);

static void line(void *arg, const char *text)
{
	(void)arg;
	printf("# %s\n", text);
}

static void bail(const char *what)
{
	printf("Bail out! %s\n", what);
	if (registry)
		isdn_registry_print(registry, line, NULL);
	exit(1);
}

#define AWAIT(condition)                                                                           \
	for (long until_ = now_ms() + PATIENCE; !(condition) && now_ms() < until_;)                \
	turn(20)

#define MUST(condition)                                                                            \
	do {                                                                                       \
		AWAIT(condition);                                                                  \
		if (!(condition))                                                                  \
			bail(#condition);                                                          \
	} while (0)

/* It comes, and in time. */
#define CHECK(condition, ...)                                                                      \
	do {                                                                                       \
		AWAIT(condition);                                                                  \
		ok(condition, __VA_ARGS__);                                                        \
	} while (0)

#endif
