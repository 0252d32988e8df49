/* SPDX-License-Identifier: BSD-2-Clause */
/* A span with its driver as a provider. shared is drivers/driver.h's. */
#ifndef IR_LINE_H
#define IR_LINE_H

#include <isdn/provider.h>

struct id_shared;
int ir_line_open(struct isdn_provider **p, const char *spec, struct id_shared *shared,
		 const struct isdn_env *env, unsigned number, isdn_time now,
		 struct isdn_error *error);
/* What sees its frames from now on; a provider that is no line has none. */
void ir_line_trace(struct isdn_provider *p, const struct isdn_trace *trace);

#endif
