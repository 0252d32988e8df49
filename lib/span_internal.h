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
	struct i2 *d[2]; /* the D-channels; the second one or NULL */
	struct i2 *l2;	 /* the one that carries layer 3 */
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
	/* Annex F */
	isdn_time t321;
	struct i2_prim standby; /* from the one that stands by, waits for memory */
	struct i2 *standby_from;
	uint8_t standby_data[I2_N201_MAX]; /* of that */
	bool has_standby, standby_up;
	bool failed; /* the one that carries layer 3 went down, and is not up again */
};

/* span_backup.c: what concerns which D-channel carries layer 3. */
enum ir_backup_input {
	IR_CARRYING_DOWN,
	IR_STANDBY_UP,
	IR_STANDBY_DATA, /* a message of layer 3 on it */
	IR_HEARD,	 /* ... on the one that carries */
	IR_T321
};
void ir_backup_run(struct isdn_span *s, enum ir_backup_input input, isdn_time now);
/* Primitives of the one that stands by. False: layer 3 has no memory. */
bool ir_backup_join(struct isdn_span *s, isdn_time now);

/* span.c: frames of D-channel n. */
int ir_span_rx(struct isdn_span *s, unsigned n, const uint8_t *frame, size_t len, isdn_time now);
int ir_span_tx(struct isdn_span *s, unsigned n, uint8_t *frame, size_t cap, size_t *len,
	       isdn_time now);

/* span.c: what sees its frames from now on. */
void ir_span_trace(struct isdn_span *s, const struct isdn_trace *trace);

/* span_config.c: every field is in its range, and they agree. */
bool ir_span_config_good(const struct isdn_span_config *c);

/* span.c: what one layer has for the other, until neither has anything; after each input. */
void ir_span_join(struct isdn_span *s, isdn_time now);

#endif
