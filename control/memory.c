/* SPDX-License-Identifier: BSD-2-Clause */
/* What all stand on: memory, the log, and the wake-up for what no descriptor tells of. */
#include "control/internal.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void ic_log(struct isdn_control *c, const struct ic_peer *p, enum isdn_log_level level,
	    const char *format, ...)
{
	char line[400];
	va_list ap;
	int n = 0;

	if (!c->log.write || level > c->log.max_level)
		return;
	if (p)
		n = snprintf(line, sizeof(line), "control: user %u process %d: ", (unsigned)p->uid,
			     (int)p->pid);
	else
		n = snprintf(line, sizeof(line), "control: ");
	va_start(ap, format);
	vsnprintf(line + n, sizeof(line) - (size_t)n, format, ap);
	va_end(ap);
	c->log.write(c->log.arg, level, ISDN_AREA_REGISTRY, line, strlen(line));
}

static void *libc_alloc(void *arg, size_t size)
{
	(void)arg;
	return malloc(size);
}

static void libc_free(void *arg, void *memory)
{
	(void)arg;
	free(memory);
}

struct isdn_mem ic_mem_of(const struct isdn_control_config *config)
{
	return config->mem.alloc && config->mem.free
		       ? config->mem
		       : (struct isdn_mem){ libc_alloc, libc_free, NULL };
}

void *ic_zeroed(const struct isdn_mem *mem, size_t size)
{
	void *memory = mem->alloc(mem->arg, size);

	if (memory)
		memset(memory, 0, size);
	return memory;
}

void *ic_alloc(const struct isdn_control *c, size_t size)
{
	return ic_zeroed(&c->mem, size);
}

void ic_free(const struct isdn_control *c, void *memory)
{
	if (memory)
		c->mem.free(c->mem.arg, memory);
}

void *ic_grown(const struct isdn_control *c, void *old, size_t used, size_t size)
{
	void *grown = c->mem.alloc(c->mem.arg, size);

	if (!grown)
		return NULL;
	if (used)
		memcpy(grown, old, used);
	ic_free(c, old);
	return grown;
}

void ic_again(struct isdn_control *c)
{
	const uint64_t one = 1;
	ssize_t n = write(c->again_fd, &one, sizeof(one));

	(void)n; /* it can only be full, and then it is readable */
}
