/* SPDX-License-Identifier: BSD-2-Clause */
/* Span strings: DRIVER:ADDRESS[,OPTION[=VALUE]]... (isdn-span(7)). */
#ifndef IR_SPAN_SPEC_H
#define IR_SPAN_SPEC_H

#include <isdn/span.h>

#include "drivers/driver.h"

#define IR_SPEC_MAX  512
#define IR_SPEC_ARGS 32

struct ir_span_spec {
	char text[IR_SPEC_MAX]; /* the string, cut at its separators */
	const struct id_driver *driver;
	struct id_args args; /* what is left for the driver has used = false */
	struct id_arg arg[IR_SPEC_ARGS];
	struct isdn_span_config config;
};

/* Take the string apart and apply the options that all spans have. 0, or SPEC with *error filled.
 */
int ir_span_spec_parse(struct ir_span_spec *spec, const char *text, struct isdn_error *error);

/* An option without a value that is not of the span's configuration. */
int ir_span_spec_flag(struct ir_span_spec *spec, const char *name, bool *value,
		      struct isdn_error *error);

/* After the driver was opened: SPEC when an option is one that nobody knows. */
int ir_span_spec_finish(const struct ir_span_spec *spec, struct isdn_error *error);

#endif
