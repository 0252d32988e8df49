/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One D-channel, sans I/O: layer 2 and layer 3 joined by DL primitives
 * (Q.921 4.1, Q.931 5.8.8 and 5.8.9). Neither layer knows the other.
 */
#include <string.h>

#include "base/env.h"
#include "base/rare.h"
#include "lib/span_internal.h"

#define RETRY_MS 100 /* when what one layer has for the other waits for memory */

static int layers_new(struct isdn_span *s)
{
	const struct isdn_span_config *c = &s->config;
	struct i2_config l2 = { .network = c->side == ISDN_NETWORK,
				.ptmp = c->ptmp,
				.wake = c->interface == ISDN_BRI,
				.keep_up = c->layer2 == ISDN_LAYER2_KEEP_UP,
				.tei = c->tei,
				.k = (uint8_t)c->k,
				.n201 = (uint16_t)c->n201,
				.n200 = (uint8_t)c->n200,
				.n202 = (uint8_t)c->n202,
				.t200 = c->t200,
				.t201 = c->t201,
				.t202 = c->t202,
				.t203 = c->t203 };
	struct i3_config l3 = { .side = c->side,
				.interface = c->interface,
				.variant = c->variant,
				.uui_max = c->uui_max,
				.uus = c->uus,
				.location = c->location,
				.busy_first = c->busy_first,
				.ptmp = c->ptmp,
				.connect_by_request = c->connect_by_request,
				.restart_lost = c->restart_lost,
				.n201 = (uint16_t)c->n201,
				.terminals = c->ptmp && c->side == ISDN_NETWORK };
	int err;

	memcpy(l3.timer, c->timer, sizeof(l3.timer));
	l3.n_interfaces = (uint8_t)c->n_interfaces;
	l3.d_channels = c->backup ? 2 : 1;
	memcpy(l3.interface_id, c->interface_id, sizeof(l3.interface_id));
	err = i2_new(&s->d[0], &l2, &s->env);
	s->l2 = s->d[0];
	if (!err && c->backup)
		err = i2_new(&s->d[1], &l2, &s->env);
	return err ? err : i3_cc_new(&s->l3, &l3, &s->env);
}

int isdn_span_new(struct isdn_span **span, const struct isdn_span_config *config,
		  const struct isdn_env *env)
{
	struct isdn_env hooks;
	struct isdn_span *s;
	int err;

	if (!span || !config)
		return ISDN_ERR_INVALPOINTER;
	*span = NULL;
	if (!ir_span_config_good(config))
		return ISDN_ERR_INVAL;
	ib_env_init(&hooks, env);
	s = ib_alloc(&hooks, sizeof(*s));
	if (!s)
		return ISDN_ERR_NOMEM;
	s->env = hooks;
	s->config = *config;
	s->active = true;
	s->idle_at = s->t321 = ISDN_NEVER;
	err = layers_new(s);
	if (err) {
		isdn_span_free(s);
		return err;
	}
	*span = s;
	return 0;
}

void isdn_span_free(struct isdn_span *span)
{
	struct isdn_env env;

	if (!span)
		return;
	env = span->env;
	i3_cc_free(span->l3);
	i2_free(span->d[0]);
	i2_free(span->d[1]);
	ib_free(&env, span);
}

static enum i3_dl dl_of(enum i2_prim_type type)
{
	switch (type) {
	case I2_DL_ESTABLISH_IND:
		return I3_DL_ESTABLISH_IND;
	case I2_DL_ESTABLISH_CONF:
		return I3_DL_ESTABLISH_CONF;
	case I2_DL_RELEASE_IND:
		return I3_DL_RELEASE_IND;
	case I2_MDL_RESET_IND:
		return I3_DL_RESET;
	case I2_DL_RELEASE_CONF:
	case I2_DL_ESTABLISH_REQ:
	case I2_DL_RELEASE_REQ:
	case I2_DL_DATA_REQ:
	case I2_DL_UNIT_DATA_REQ:
	case I2_DL_DATA_IND:
	case I2_DL_UNIT_DATA_IND:
	case I2_PRIM_COUNT:
		break;
	}
	return I3_DL_RELEASE_CONF;
}

static bool bus(const struct isdn_span *s)
{
	return s->config.ptmp && s->config.side == ISDN_NETWORK;
}

/* A terminal whose TEI was removed. */
static bool gone(const struct isdn_span *s, unsigned tei)
{
	return bus(s) && i2_state(s->l2, 0, tei) == 0;
}

static void backup(struct isdn_span *s, enum i2_prim_type type, isdn_time now)
{
	if (type != I2_DL_DATA_IND && type != I2_MDL_RESET_IND)
		s->failed = type == I2_DL_RELEASE_IND;
	if (type == I2_DL_RELEASE_IND)
		ir_backup_run(s, IR_CARRYING_DOWN, now);
	else if (type == I2_DL_DATA_IND)
		ir_backup_run(s, IR_HEARD, now);
}

/* What is no data. 0 or NOMEM. */
static IB_APART int up_link(struct isdn_span *s, isdn_time now)
{
	unsigned tei = s->up.dlci.tei;

	return i3_cc_dl(s->l3, tei, gone(s, tei) ? I3_DL_REMOVED : dl_of(s->up.type), now);
}

/*
 * Primitives of layer 2 to layer 3. False: layer 3 has no memory, the primitive waits, and the
 * peer is told to wait as well.
 */
static inline bool join_up(struct isdn_span *s, isdn_time now)
{
	while (s->has_up || i2_next(s->l2, &s->up) == 1) {
		const struct i2_prim *up = &s->up;

		s->has_up = true;
		if (up->type != I2_DL_DATA_IND && up->type != I2_DL_UNIT_DATA_IND) {
			if (up_link(s, now))
				return false;
		} else if (i3_cc_rx(s->l3, up->dlci.tei, up->data, up->len, now)) {
			i2_receiver_busy(s->l2, true, now);
			return false;
		}
		s->has_up = false;
		if (s->d[1])
			backup(s, s->up.type, now);
	}
	i2_receiver_busy(s->l2, s->busy, now);
	return true;
}

/* A request that was refused, or that may have had an answer. False: it waits. */
static IB_APART bool answered(struct isdn_span *s, int err, isdn_time now)
{
	if (err == ISDN_ERR_NOMEM)
		return false;
	return !err || s->down.type != I3_OUT_ESTABLISH || /* the terminal is gone */
	       !i3_cc_dl(s->l3, s->down.tei, I3_DL_REMOVED, now);
}

/* Requests of layer 3 to layer 2; true when layer 2 may have answered one. */
static inline bool join_down(struct isdn_span *s, isdn_time now)
{
	static const enum i2_prim_type types[] = {
		[I3_OUT_ESTABLISH] = I2_DL_ESTABLISH_REQ,
		[I3_OUT_DATA] = I2_DL_DATA_REQ,
		[I3_OUT_UNIT_DATA] = I2_DL_UNIT_DATA_REQ,
	};
	bool any = false;

	while (s->has_down || i3_cc_out(s->l3, &s->down) == 1) {
		struct i2_prim req = { .type = types[s->down.type],
				       .dlci.tei = s->down.tei,
				       .len = s->down.len,
				       .data = s->down.data };
		int err;

		s->has_down = true;
		err = i2_request(s->l2, &req, now);
		if (err || s->down.type != I3_OUT_DATA) { /* data that was taken has no answer */
			if (!answered(s, err, now))
				return false;
			any = true;
		}
		s->has_down = false;
	}
	return any;
}

/* TM01 runs while there is a link and no call, where the link is for calls only. */
static void watch_idle(struct isdn_span *s, isdn_time now)
{
	if (s->config.layer2 != ISDN_LAYER2_ON_DEMAND)
		return;
	if (i3_cc_calls(s->l3) || !i2_any_up(s->l2))
		s->idle_at = ISDN_NEVER;
	else if (s->idle_at == ISDN_NEVER)
		s->idle_at = now + s->config.tm01;
}

void ir_span_join(struct isdn_span *s, isdn_time now)
{
	s->now = now;
	if (s->started && bus(s))
		i3_cc_line(s->l3, s->active);
	do {
		if (!join_up(s, now) || (s->d[1] && !ir_backup_join(s, now)))
			return;
	} while (join_down(s, now) || s->has_up);
	watch_idle(s, now);
}

int isdn_span_start(struct isdn_span *span, isdn_time now)
{
	const struct i2_prim req = { .type = I2_DL_ESTABLISH_REQ };
	int err;

	if (!span)
		return ISDN_ERR_INVALPOINTER;
	if (bus(span))
		err = span->started ? 0 : i2_start(span->l2, now);
	else if (span->config.layer2 == ISDN_LAYER2_ON_DEMAND || isdn_span_is_up(span))
		err = 0;
	else
		err = i2_request(span->l2, &req, now);
	if (!err && span->d[1] && !span->started)
		err = i2_request(span->d[1], &req, now);
	span->started = !err;
	ir_span_join(span, now);
	return err;
}

bool isdn_span_is_up(const struct isdn_span *span)
{
	return bus(span) ? span->active : i2_own_state(span->l2) >= 7;
}

void isdn_span_physical(struct isdn_span *span, bool active, isdn_time now)
{
	span->active = active;
	i2_physical(span->d[0], active, now);
	ir_span_join(span, now);
}

void ir_span_trace(struct isdn_span *span, const struct isdn_trace *trace)
{
	span->env.trace = *trace;
}

static IB_RARE void trace(const struct isdn_span *s, enum isdn_trace_dir dir, const uint8_t *frame,
			  size_t len, isdn_time now)
{
	s->env.trace.frame(s->env.trace.arg, s->config.tag, s->config.side == ISDN_NETWORK, dir,
			   frame, len, now);
}

int ir_span_rx(struct isdn_span *span, unsigned n, const uint8_t *frame, size_t len, isdn_time now)
{
	int err;

	if (span->env.trace.frame)
		trace(span, ISDN_TRACE_IN, frame, len, now);
	err = i2_rx(span->d[n], frame, len, now);
	ir_span_join(span, now);
	return err;
}

int isdn_span_rx(struct isdn_span *span, const uint8_t *frame, size_t len, isdn_time now)
{
	if (!span || (!frame && len))
		return ISDN_ERR_INVALPOINTER;
	return ir_span_rx(span, 0, frame, len, now);
}

IB_APART int ir_span_tx(struct isdn_span *span, unsigned n, uint8_t *frame, size_t cap, size_t *len,
			isdn_time now)
{
	int got;

	ir_span_join(span, now);
	got = i2_tx(span->d[n], frame, cap, len, now);
	if (got == 1 && span->env.trace.frame)
		trace(span, ISDN_TRACE_OUT, frame, *len, now);
	return got;
}

/* The layers were joined at the end of the last input: where nothing waits for memory, and nobody
 * else has to be looked at, there are but the frames. */
int isdn_span_tx(struct isdn_span *span, uint8_t *frame, size_t cap, size_t *len, isdn_time now)
{
	if (!span || !frame || !len)
		return ISDN_ERR_INVALPOINTER;
	if (span->has_up || span->has_down || span->d[1] || bus(span) || span->env.trace.frame)
		return ir_span_tx(span, 0, frame, cap, len, now);
	return i2_tx(span->l2, frame, cap, len, now);
}

isdn_time isdn_span_next_timeout(const struct isdn_span *span)
{
	isdn_time l2 = i2_deadline(span->d[0]), l3 = i3_cc_deadline(span->l3), idle = span->idle_at;
	isdn_time next = l2 < l3 ? l2 : l3, again = span->now + RETRY_MS;

	if (idle < next)
		next = idle;
	if (span->d[1] && i2_deadline(span->d[1]) < next)
		next = i2_deadline(span->d[1]);
	if (span->t321 < next)
		next = span->t321;
	return (span->has_up || span->has_down || span->has_standby) && again < next ? again : next;
}

void isdn_span_handle_timeout(struct isdn_span *span, isdn_time now)
{
	i2_timeout(span->d[0], now);
	if (span->d[1])
		i2_timeout(span->d[1], now);
	ir_span_join(span, now);
	if (span->t321 <= now) {
		ir_backup_run(span, IR_T321, now);
		ir_span_join(span, now);
	}
	i3_cc_timeout(span->l3, now);
	ir_span_join(span, now);
	if (span->idle_at <= now) {
		span->idle_at = ISDN_NEVER;
		if (!i2_release_all(span->l2, now))
			(void)i3_cc_dl(span->l3, 0, I3_DL_RELEASING, now);
		ir_span_join(span, now);
	}
}

int isdn_span_next_event(struct isdn_span *span, struct isdn_span_event *ev)
{
	if (!span || !ev)
		return ISDN_ERR_INVALPOINTER;
	return i3_cc_next(span->l3, ev);
}
