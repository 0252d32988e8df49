/* SPDX-License-Identifier: BSD-2-Clause */
/* The environment hooks as the engines use them: memory, log, random. */
#ifndef IB_ENV_H
#define IB_ENV_H

#include <isdn/base.h>

/* Copy *from (NULL: all zero) and put libc's memory where the hooks are NULL. */
void ib_env_init(struct isdn_env *env, const struct isdn_env *from);

/* Zeroed memory, or NULL. */
void *ib_alloc(const struct isdn_env *env, size_t size);
void ib_free(const struct isdn_env *env, void *ptr);

/* One line to the log hook; nothing is even called when the level is not wanted. */
#define ib_log(env, level, ...)                                                                    \
	(ib_log_wanted(env, level) ? ib_log_line(env, level, __VA_ARGS__) : (void)0)

static inline bool ib_log_wanted(const struct isdn_env *env, enum isdn_log_level level)
{
	return env->log.write && level <= env->log.max_level;
}

void ib_log_line(const struct isdn_env *env, enum isdn_log_level level, enum isdn_log_area area,
		 const char *format, ...) ISDN_PRINTF(4, 5);

/* Fill *e (may be NULL) and return code. */
int ib_error(struct isdn_error *e, int code, const char *format, ...) ISDN_PRINTF(3, 4);

#endif
