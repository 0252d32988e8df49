/* SPDX-License-Identifier: BSD-2-Clause */
/* What the tests of drivers share: span strings taken apart, memory that runs out, descriptors
 * counted. */
#ifndef TEST_DRIVER_HELP_H
#define TEST_DRIVER_HELP_H

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/env.h"
#include "drivers/table.h"

#define HELP_ARGS 8

/* The part of a span string after "DRIVER:", cut at its separators as lib/ does. */
struct help_spec {
	char text[512];
	struct id_args args;
	struct id_arg arg[HELP_ARGS];
};

static inline void help_spec(struct help_spec *s, const char *text)
{
	char *at;

	memset(s, 0, sizeof(*s));
	assert_true(strlen(text) < sizeof(s->text));
	strcpy(s->text, text);
	s->args.address = s->text;
	s->args.arg = s->arg;
	for (at = strchr(s->text, ','); at; at = strchr(at, ',')) {
		struct id_arg *arg = &s->arg[s->args.n_args++];
		char *value;

		assert_true(s->args.n_args <= HELP_ARGS);
		*at++ = '\0';
		arg->name = at;
		value = strpbrk(at, "=,");
		if (value && *value == '=') {
			*value = '\0';
			arg->value = at = value + 1;
		}
	}
}

static inline int help_open(const struct id_driver *d, struct id_port **port, const char *text,
			    struct id_shared *shared, const struct isdn_env *env,
			    struct isdn_error *error)
{
	struct help_spec s;

	help_spec(&s, text);
	return d->open(port, &s.args, shared, env, error);
}

/* Memory that answers NULL from the left-th call on (left < 0: never), and counts what is held. */
struct help_mem {
	long left, held;
};

static inline void *help_alloc(void *arg, size_t size)
{
	struct help_mem *m = arg;
	void *p;

	if (m->left == 0)
		return NULL;
	if (m->left > 0)
		m->left--;
	p = malloc(size);
	assert_non_null(p);
	m->held++;
	return p;
}

static inline void help_free(void *arg, void *ptr)
{
	struct help_mem *m = arg;

	if (ptr)
		m->held--;
	free(ptr);
}

static inline void help_env(struct isdn_env *env, struct help_mem *m)
{
	struct isdn_env from = { .mem = { help_alloc, help_free, m } };

	m->left = -1;
	m->held = 0;
	ib_env_init(env, &from);
}

static inline int help_fds(void)
{
	DIR *d = opendir("/proc/self/fd");
	int n = 0;

	assert_non_null(d);
	while (readdir(d))
		n++;
	closedir(d);
	return n;
}

#define assert_event(driver, port, what)                                                           \
	do {                                                                                       \
		struct id_event ev_;                                                               \
		assert_int_equal((driver)->event((port), &ev_), 1);                                \
		assert_int_equal(ev_.type, (what));                                                \
	} while (0)

#define assert_no_event(driver, port)                                                              \
	do {                                                                                       \
		struct id_event ev_;                                                               \
		assert_int_equal((driver)->event((port), &ev_), 0);                                \
	} while (0)

#endif
