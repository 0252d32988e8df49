/* SPDX-License-Identifier: BSD-2-Clause */
/* The inside of a span: layer 2 and layer 3 of one D-channel, and what joins them. */
#ifndef IR_SPAN_INTERNAL_H
#define IR_SPAN_INTERNAL_H

#include <isdn/span.h>

#include "q921/q921.h"
#include "q931/cc.h"

struct isdn_span {
	struct isdn_env env;
	struct isdn_span_config config;
	struct i2 *l2;
	struct i3_cc *l3;
	/* What one layer gave and the other had no memory for yet: kept, never lost. */
	struct i2_prim up;
	struct i3_out down;
	bool has_up, has_down;
	bool active, busy; /* layer 1; the caller's own receiver busy */
	isdn_time now;	   /* of the last input */
	bool started;
	isdn_time idle_at; /* TM01 */
	uint64_t fcs_errors, aborts, overruns;
};

/* span_config.c: every field is in its range, and they agree. */
bool ir_span_config_good(const struct isdn_span_config *c);

/* span.c: what one layer has for the other, until neither has anything; after each input. */
void ir_span_join(struct isdn_span *s, isdn_time now);

#endif
