/* SPDX-License-Identifier: BSD-2-Clause */
/* Environment hooks: memory, log, error texts. */
#include "base/env.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *libc_alloc(void *arg, size_t size)
{
	(void)arg;
	return malloc(size);
}

static void libc_free(void *arg, void *ptr)
{
	(void)arg;
	free(ptr);
}

void ib_env_init(struct isdn_env *env, const struct isdn_env *from)
{
	if (from)
		*env = *from;
	else
		memset(env, 0, sizeof(*env));
	if (!env->mem.alloc || !env->mem.free) {
		env->mem.alloc = libc_alloc;
		env->mem.free = libc_free;
	}
}

void *ib_alloc(const struct isdn_env *env, size_t size)
{
	void *p = env->mem.alloc(env->mem.arg, size);

	if (p)
		memset(p, 0, size);
	return p;
}

void ib_free(const struct isdn_env *env, void *ptr)
{
	if (ptr)
		env->mem.free(env->mem.arg, ptr);
}

void ib_log_line(const struct isdn_env *env, enum isdn_log_level level, enum isdn_log_area area,
		 const char *format, ...)
{
	char line[512];
	va_list ap;
	int n;

	va_start(ap, format);
	n = vsnprintf(line, sizeof(line), format, ap);
	va_end(ap);
	if (n < 0)
		return;
	if ((size_t)n >= sizeof(line))
		n = (int)sizeof(line) - 1;
	env->log.write(env->log.arg, level, area, line, (size_t)n);
}

int ib_error(struct isdn_error *e, int code, const char *format, ...)
{
	va_list ap;

	if (!e)
		return code;
	e->code = code;
	va_start(ap, format);
	vsnprintf(e->text, sizeof(e->text), format, ap);
	va_end(ap);
	return code;
}
