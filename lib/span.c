/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One D-channel, sans I/O: layer 2 and layer 3 joined by DL primitives
 * (Q.921 4.1, Q.931 5.8.8 and 5.8.9). Neither layer knows the other.
 */
#include <isdn/span.h>

#include <string.h>

#include "base/env.h"
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
	bool started;
	isdn_time idle_at; /* TM01 */
	uint64_t fcs_errors, aborts, overruns;
};

/* Q.931 9.1 (network) and 9.2 (user), Q.921 5.9; the values that ETSI leaves as they are. */
static const uint32_t defaults[ISDN_TIMER_COUNT][2] = {
	/* clang-format off */
	/*		user	network */
	[ISDN_T301] = { 0,	180000 },
	[ISDN_T303] = { 4000,	4000 },
	[ISDN_T305] = { 30000,	30000 },
	[ISDN_T308] = { 4000,	4000 },
	[ISDN_T309] = { 90000,	90000 },
	[ISDN_T310] = { 60000,	10000 },
	[ISDN_T313] = { 4000,	0 },
	[ISDN_T322] = { 4000,	4000 },
	/* clang-format on */
};

void isdn_span_config_init(struct isdn_span_config *config, enum isdn_side side,
			   enum isdn_interface interface)
{
	memset(config, 0, sizeof(*config));
	config->size = sizeof(*config);
	config->side = side;
	config->interface = interface;
	config->variant = ISDN_VARIANT_ETSI;
	config->layer2 = ISDN_LAYER2_KEEP_UP;
	config->t200 = 1000;
	config->t201 = 1000;
	config->t202 = 2000;
	config->t203 = 10000;
	config->tm01 = 10000;
	config->n200 = 3;
	config->n202 = 3;
	config->k = interface == ISDN_BRI ? 1 : 7;
	config->n201 = 260;
	for (unsigned i = 0; i < ISDN_TIMER_COUNT; i++)
		config->timer[i] = defaults[i][side == ISDN_NETWORK];
	config->uui_max = ISDN_UUI_MAX;
	config->location = side == ISDN_NETWORK ? ISDN_LOC_PUBLIC_LOCAL : ISDN_LOC_USER;
	config->alaw = interface != ISDN_T1;
}

void isdn_span_config_ptmp(struct isdn_span_config *config)
{
	config->ptmp = true;
	config->tei = ISDN_TEI_BROADCAST;
	config->layer2 = ISDN_LAYER2_LEAVE_DOWN;
}

static bool layer2_good(const struct isdn_span_config *c)
{
	if (c->layer2 > ISDN_LAYER2_ON_DEMAND || (c->layer2 == ISDN_LAYER2_ON_DEMAND && !c->tm01))
		return false;
	if (!c->ptmp)
		return c->tei < ISDN_TEI_BROADCAST;
	return c->interface == ISDN_BRI && c->t201 > 0 && c->t202 > 0 && c->n202 > 0 &&
	       c->n202 < 256 && (c->tei < 64 || c->tei == ISDN_TEI_BROADCAST) &&
	       (c->side == ISDN_USER || c->layer2 != ISDN_LAYER2_KEEP_UP);
}

static bool config_good(const struct isdn_span_config *c)
{
	return c->size == sizeof(*c) && (c->side == ISDN_USER || c->side == ISDN_NETWORK) &&
	       c->interface <= ISDN_BRI && c->t200 > 0 && c->n200 > 0 && c->n200 < 256 &&
	       c->k > 0 && c->k < 128 && c->n201 > 0 && c->n201 <= I2_N201_MAX &&
	       c->uui_max <= ISDN_UUI_MAX && c->location < 16 && layer2_good(c) &&
	       (!c->uui_max || c->n201 >= c->uui_max + ISDN_UUI_ROOM);
}

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
				.location = c->location,
				.n201 = (uint16_t)c->n201,
				.terminals = c->ptmp && c->side == ISDN_NETWORK };
	int err;

	memcpy(l3.timer, c->timer, sizeof(l3.timer));
	err = i2_new(&s->l2, &l2, &s->env);
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
	if (!config_good(config))
		return ISDN_ERR_INVAL;
	ib_env_init(&hooks, env);
	s = ib_alloc(&hooks, sizeof(*s));
	if (!s)
		return ISDN_ERR_NOMEM;
	s->env = hooks;
	s->config = *config;
	s->active = true;
	s->idle_at = ISDN_NEVER;
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
	i2_free(span->l2);
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
	case I2_DL_RELEASE_CONF:
	case I2_DL_ESTABLISH_REQ:
	case I2_DL_RELEASE_REQ:
	case I2_DL_DATA_REQ:
	case I2_DL_UNIT_DATA_REQ:
	case I2_DL_DATA_IND:
	case I2_DL_UNIT_DATA_IND:
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

/*
 * Primitives of layer 2 to layer 3. False: layer 3 has no memory, the primitive waits, and the
 * peer is told to wait as well.
 */
static bool join_up(struct isdn_span *s, isdn_time now)
{
	while (s->has_up || i2_next(s->l2, &s->up) == 1) {
		unsigned tei = s->up.dlci.tei;

		s->has_up = true;
		if (s->up.type == I2_DL_DATA_IND || s->up.type == I2_DL_UNIT_DATA_IND) {
			if (i3_cc_rx(s->l3, tei, s->up.data, s->up.len, now) == ISDN_ERR_NOMEM) {
				i2_receiver_busy(s->l2, true, now);
				return false;
			}
		} else if (gone(s, tei)) {
			i3_cc_dl(s->l3, tei, I3_DL_REMOVED, now);
		} else {
			i3_cc_dl(s->l3, tei, dl_of(s->up.type), now);
		}
		s->has_up = false;
	}
	i2_receiver_busy(s->l2, s->busy, now);
	return true;
}

/* Requests of layer 3 to layer 2; true when there was any. */
static bool join_down(struct isdn_span *s, isdn_time now)
{
	static const enum i2_prim_type types[] = {
		[I3_OUT_ESTABLISH] = I2_DL_ESTABLISH_REQ,
		[I3_OUT_DATA] = I2_DL_DATA_REQ,
		[I3_OUT_UNIT_DATA] = I2_DL_UNIT_DATA_REQ,
	};
	bool any = false;

	while (s->has_down || i3_cc_out(s->l3, &s->down) == 1) {
		struct i2_prim req = { .type = types[s->down.type], .dlci.tei = s->down.tei };
		int err;

		s->has_down = true;
		req.len = s->down.len;
		memcpy(req.data, s->down.data, req.len);
		err = i2_request(s->l2, &req, now);
		if (err == ISDN_ERR_NOMEM)
			return false;
		s->has_down = false;
		if (err && s->down.type == I3_OUT_ESTABLISH) /* the terminal is gone */
			i3_cc_dl(s->l3, s->down.tei, I3_DL_REMOVED, now);
		any = true;
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

static void join(struct isdn_span *s, isdn_time now)
{
	if (s->started)
		i3_cc_line(s->l3, s->active);
	do {
		if (!join_up(s, now))
			return;
	} while (join_down(s, now));
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
	span->started = !err;
	join(span, now);
	return err;
}

bool isdn_span_is_up(const struct isdn_span *span)
{
	return bus(span) ? span->active : i2_own_state(span->l2) >= 7;
}

void isdn_span_physical(struct isdn_span *span, bool active, isdn_time now)
{
	span->active = active;
	i2_physical(span->l2, active, now);
	join(span, now);
}

int isdn_span_rx(struct isdn_span *span, const uint8_t *frame, size_t len, isdn_time now)
{
	int err;

	if (!span || (!frame && len))
		return ISDN_ERR_INVALPOINTER;
	if (span->env.trace.frame)
		span->env.trace.frame(span->env.trace.arg, span->config.tag,
				      span->config.side == ISDN_NETWORK, ISDN_TRACE_IN, frame, len,
				      now);
	err = i2_rx(span->l2, frame, len, now);
	join(span, now);
	return err;
}

int isdn_span_tx(struct isdn_span *span, uint8_t *frame, size_t cap, size_t *len, isdn_time now)
{
	int got;

	if (!span || !frame || !len)
		return ISDN_ERR_INVALPOINTER;
	join(span, now);
	got = i2_tx(span->l2, frame, cap, len, now);
	if (got == 1 && span->env.trace.frame)
		span->env.trace.frame(span->env.trace.arg, span->config.tag,
				      span->config.side == ISDN_NETWORK, ISDN_TRACE_OUT, frame,
				      *len, now);
	return got;
}

isdn_time isdn_span_next_timeout(const struct isdn_span *span)
{
	isdn_time l2 = i2_deadline(span->l2), l3 = i3_cc_deadline(span->l3), idle = span->idle_at;
	isdn_time next = l2 < l3 ? l2 : l3;

	return idle < next ? idle : next;
}

void isdn_span_handle_timeout(struct isdn_span *span, isdn_time now)
{
	i2_timeout(span->l2, now);
	join(span, now);
	i3_cc_timeout(span->l3, now);
	join(span, now);
	if (span->idle_at <= now) {
		span->idle_at = ISDN_NEVER;
		i2_release_all(span->l2, now);
		join(span, now);
	}
}

int isdn_span_next_event(struct isdn_span *span, struct isdn_span_event *ev)
{
	if (!span || !ev)
		return ISDN_ERR_INVALPOINTER;
	return i3_cc_next(span->l3, ev);
}

int isdn_span_setup(struct isdn_span *span, const struct isdn_msg *msg, isdn_call_id *call,
		    isdn_time now)
{
	int err;

	if (!span || !msg || !call)
		return ISDN_ERR_INVALPOINTER;
	err = i3_cc_setup(span->l3, msg, call, now);
	join(span, now);
	return err;
}

static int request(struct isdn_span *span, isdn_call_id call, enum i3_req req,
		   const struct isdn_msg *msg, isdn_time now)
{
	int err;

	if (!span)
		return ISDN_ERR_INVALPOINTER;
	err = i3_cc_request(span->l3, call, req, msg, now);
	join(span, now);
	return err;
}

int isdn_span_proceeding(struct isdn_span *span, isdn_call_id call, const struct isdn_msg *msg,
			 isdn_time now)
{
	return request(span, call, I3_PROCEEDING_REQ, msg, now);
}

int isdn_span_alerting(struct isdn_span *span, isdn_call_id call, const struct isdn_msg *msg,
		       isdn_time now)
{
	return request(span, call, I3_ALERTING_REQ, msg, now);
}

int isdn_span_progress(struct isdn_span *span, isdn_call_id call, const struct isdn_msg *msg,
		       isdn_time now)
{
	return request(span, call, I3_PROGRESS_REQ, msg, now);
}

int isdn_span_connect(struct isdn_span *span, isdn_call_id call, const struct isdn_msg *msg,
		      isdn_time now)
{
	return request(span, call, I3_SETUP_RESP, msg, now);
}

int isdn_span_user_info(struct isdn_span *span, isdn_call_id call, const struct isdn_msg *msg,
			isdn_time now)
{
	return request(span, call, I3_USER_INFO_REQ, msg, now);
}

int isdn_span_status_enquiry(struct isdn_span *span, isdn_call_id call, isdn_time now)
{
	return request(span, call, I3_STATUS_ENQUIRY_REQ, NULL, now);
}

int isdn_span_clear(struct isdn_span *span, isdn_call_id call, uint8_t cause,
		    const struct isdn_uui *uui, bool *uui_sent, isdn_time now)
{
	int err;

	if (!span)
		return ISDN_ERR_INVALPOINTER;
	err = i3_cc_clear(span->l3, call, cause, uui, uui_sent, now);
	join(span, now);
	return err;
}

int isdn_span_call_query(const struct isdn_span *span, isdn_call_id call,
			 struct isdn_span_call *out)
{
	if (!span || !out)
		return ISDN_ERR_INVALPOINTER;
	return i3_cc_query(span->l3, call, out);
}

int isdn_span_call_set_user(struct isdn_span *span, isdn_call_id call, void *user)
{
	if (!span)
		return ISDN_ERR_INVALPOINTER;
	return i3_cc_set_user(span->l3, call, user);
}

size_t isdn_span_calls(const struct isdn_span *span)
{
	return i3_cc_calls(span->l3);
}

void isdn_span_counters(const struct isdn_span *span, struct isdn_span_counters *out)
{
	struct i2_totals l2;

	memset(out, 0, sizeof(*out));
	i3_cc_counters(span->l3, out);
	i2_totals(span->l2, &l2);
	out->frames_in = l2.frames_in;
	out->frames_out = l2.frames_out;
	out->frames_invalid = l2.frames_invalid;
	out->frames_foreign = l2.frames_foreign;
	out->retransmissions = l2.links.retransmissions;
	out->rej_in = l2.links.in[ISDN_FRAME_REJ];
	out->rej_out = l2.links.out[ISDN_FRAME_REJ];
	out->t200_expiries = l2.links.t200_expiries;
	for (unsigned i = 0; i < ISDN_MDL_ERRORS; i++)
		out->mdl_errors += l2.links.mdl_error[i];
	out->mdl_last = l2.links.last_error;
	out->mdl_last_at = l2.links.last_error_at;
	out->fcs_errors = span->fcs_errors;
	out->aborts = span->aborts;
	out->overruns = span->overruns;
	out->tei_assigned = l2.tei_assigned;
	out->tei_denied = l2.tei_denied;
	out->tei_removed = l2.tei_removed;
	out->tei_checks = l2.tei_checks;
	out->links = l2.links;
}

size_t isdn_span_links(const struct isdn_span *span, struct isdn_link *out, size_t cap)
{
	return i2_links(span->l2, out, cap);
}

void isdn_span_line_error(struct isdn_span *span, enum isdn_line_error what)
{
	switch (what) {
	case ISDN_LINE_FCS:
		span->fcs_errors++;
		break;
	case ISDN_LINE_ABORT:
		span->aborts++;
		break;
	case ISDN_LINE_OVERRUN:
		span->overruns++;
		break;
	}
}

void isdn_span_receiver_busy(struct isdn_span *span, bool busy, isdn_time now)
{
	span->busy = busy;
	i2_receiver_busy(span->l2, busy || span->has_up, now);
	join(span, now);
}

int isdn_span_tei_check(struct isdn_span *span, unsigned tei, isdn_time now)
{
	int err;

	if (!span)
		return ISDN_ERR_INVALPOINTER;
	err = i2_tei_check(span->l2, tei, now);
	join(span, now);
	return err;
}

int isdn_span_tei_remove(struct isdn_span *span, unsigned tei, isdn_time now)
{
	int err;

	if (!span)
		return ISDN_ERR_INVALPOINTER;
	err = i2_tei_remove(span->l2, tei, now);
	join(span, now);
	return err;
}
