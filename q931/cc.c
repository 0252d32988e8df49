/* SPDX-License-Identifier: BSD-2-Clause */
/* Call control: the interpreter of the SDL tables, requests, timers, the data link. */
#include "q931/cc_internal.h"
#include "q931/codec.h"

#include <string.h>

static bool config_good(const struct i3_config *c)
{
	return (c->side == ISDN_USER || c->side == ISDN_NETWORK) && c->interface <= ISDN_BRI &&
	       c->uui_max <= ISDN_UUI_MAX && c->location < 16 && c->timer[ISDN_T303] &&
	       c->timer[ISDN_T305] && c->timer[ISDN_T308] && c->timer[ISDN_T316];
}

int i3_cc_new(struct i3_cc **out, const struct i3_config *config, const struct isdn_env *env)
{
	struct i3_cc *cc;
	const struct i3_variant *v = i3_variant(config->variant);

	*out = NULL;
	if (!v || !config_good(config))
		return ISDN_ERR_INVAL;
	cc = ib_alloc(env, sizeof(*cc));
	if (!cc)
		return ISDN_ERR_NOMEM;
	cc->env = env;
	cc->config = *config;
	cc->cr_len = v->cr_len[config->interface != ISDN_BRI];
	ib_pool_init(&cc->pool, env);
	ib_timers_init(&cc->timers, env);
	ib_handles_init(&cc->calls, env);
	i3_callrefs_init(&cc->ours, env, cc->cr_len == 1 ? 0x7f : 0x7fff);
	i3_callrefs_init(&cc->theirs, env, 0x7fff);
	i3_channels_init(&cc->channels, config->interface);
	ib_queue_init(&cc->out);
	cc->tail = &cc->head;
	cc->last = &cc->active;
	ib_timer_init(&cc->restart.t316, cc, IN_T316);
	if (ib_timers_reserve(&cc->timers, 1) || i3_reserve(cc)) {
		i3_cc_free(cc);
		return ISDN_ERR_NOMEM;
	}
	*out = cc;
	return 0;
}

static void free_nodes(struct i3_cc *cc, struct i3_node *n)
{
	while (n) {
		struct i3_node *next = n->next;

		i3_msg_node_put(cc, n->msg);
		ib_free(cc->env, n);
		n = next;
	}
}

void i3_cc_free(struct i3_cc *cc)
{
	struct i3_call *c;
	uint32_t at = 0;

	if (!cc)
		return;
	while (cc->active)
		i3_call_dissolve(cc->active);
	ib_timer_stop(&cc->timers, &cc->restart.t316);
	while ((c = ib_handle_next(&cc->calls, &at)) != NULL) {
		ib_free(cc->env, c->final);
		ib_free(cc->env, c);
	}
	while (cc->free_calls) {
		c = cc->free_calls;
		cc->free_calls = c->next;
		ib_free(cc->env, c);
	}
	free_nodes(cc, cc->free_nodes);
	free_nodes(cc, cc->head);
	while (cc->free_msgs) {
		struct i3_msg_node *next = cc->free_msgs->next;

		ib_free(cc->env, cc->free_msgs);
		cc->free_msgs = next;
	}
	ib_queue_drain(&cc->out, &cc->pool);
	ib_pool_free(&cc->pool);
	ib_timers_free(&cc->timers);
	ib_handles_free(&cc->calls);
	i3_callrefs_free(&cc->ours);
	i3_callrefs_free(&cc->theirs);
	ib_free(cc->env, cc);
}

const struct i3_table *i3_table_of(const struct i3_cc *cc)
{
	return cc->config.side == ISDN_NETWORK ? &i3_table_network : &i3_table_user;
}

const struct i3_row *i3_find_row(const struct i3_call *c, enum i3_input input)
{
	const struct i3_table *t = i3_table_of(c->cc);

	for (unsigned i = 0; i < t->n; i++) {
		const struct i3_row *r = &t->rows[i];

		if (r->input == input && (r->states & S(c->state)) &&
		    (!r->decision || r->decision(c)))
			return r;
	}
	return NULL;
}

/* What every change of state brings: timers of the state left behind end (9.1, 9.2). */
static void leave_state(struct i3_call *c, uint8_t next)
{
	struct i3_cc *cc = c->cc;

	if (!c->timer_set)
		ib_timer_stop(&cc->timers, &c->timer);
	if (c->state == U10 || next > U10) {
		ib_timer_stop(&cc->timers, &c->t309);
		ib_timer_stop(&cc->timers, &c->t322);
	}
	c->state = next;
	if (next != ST_NULL)
		return;
	i3_call_dissolve(c);
	if (c->silent) {
		i3_node_put(c->cc, c->final);
		i3_call_recycle(c);
	}
}

bool i3_run(struct i3_call *c, enum i3_input input)
{
	const struct i3_row *r = i3_find_row(c, input);
	struct i3_cc *cc = c->cc;
	char side = i3_table_of(cc)->side;

	if (!r)
		return false;
	cc->row = (unsigned)(r - i3_table_of(cc)->rows);
	c->timer_set = false;
	if (r->task)
		r->task(c);
	if (r->next == SAME)
		return true;
	ib_log(cc->env, ISDN_LOG_DEBUG, ISDN_AREA_Q931, "call reference %u: %c%u -> %c%u (%s)",
	       c->cr, side, c->state, side, r->next, r->clause);
	leave_state(c, r->next);
	return true;
}

/* UUI of a message that is to go out: none when the network carries none, an error when it is too
 * long. */
static int limit_uui(const struct i3_cc *cc, struct isdn_msg *m)
{
	if (!isdn_msg_has(m, ISDN_IE_USER_USER))
		return 0;
	if (!cc->config.uui_max)
		isdn_msg_clear(m, ISDN_IE_USER_USER);
	else if (m->uui.len > cc->config.uui_max)
		return ISDN_ERR_USERUSERINFOTOOBIG;
	return 0;
}

uint8_t i3_uui_codeset(const struct i3_cc *cc)
{
	return i3_variant(cc->config.variant)->uui_codeset;
}

/* What the application wants to send, as a message of our own composing. msg may be NULL. */
static void take(const struct i3_cc *cc, struct isdn_msg *m, const struct isdn_msg *msg)
{
	isdn_msg_init(m, 0, 0, 0, false);
	if (!msg)
		return;
	isdn_msg_copy(m, msg);
	m->n_elements = 0;
	m->decoded = m->cut = false;
	m->uui.codeset = i3_uui_codeset(cc);
}

static void head(const struct i3_call *c, struct isdn_msg *m, uint8_t type)
{
	m->discriminator = ISDN_PD_Q931;
	m->type = type;
	m->cr_len = c->cc->cr_len;
	m->cr = c->cr;
	m->cr_flag = !c->originated;
}

/* 5.1.2: the channel of a call of ours. 0: *channel, perhaps none for a user who takes any. */
static int choose_channel(struct i3_cc *cc, struct isdn_msg *m, unsigned *channel, bool *exclusive)
{
	const struct i3_channels *ch = &cc->channels;
	bool net = cc->config.side == ISDN_NETWORK;
	int wanted = I3_CHANNEL_ANY;

	*exclusive = net;
	if (isdn_msg_has(m, ISDN_IE_CHANNEL_ID)) {
		wanted = i3_channel_read(ch, &m->channel_id[0]);
		*exclusive = m->channel_id[0].exclusive;
	}
	if (wanted == I3_CHANNEL_NONE)
		return ISDN_ERR_INVAL;
	if (wanted == I3_CHANNEL_ANY)
		wanted = (int)i3_channel_pick(ch,
					      !net); /* from opposite ends: collisions are rare */
	if (wanted && !i3_channel_exists(ch, (unsigned)wanted))
		return ISDN_ERR_INVAL;
	if (!wanted || !i3_channel_free(ch, (unsigned)wanted))
		return ISDN_ERR_RESOURCEUNAVAIL;
	*channel = (unsigned)wanted;
	return 0;
}

static int setup(struct i3_cc *cc, struct i3_call *c, struct isdn_msg *m)
{
	unsigned channel;
	bool exclusive;
	int err = choose_channel(cc, m, &channel, &exclusive);

	if (!err)
		err = limit_uui(cc, m);
	if (!err)
		err = i3_callref_take(&cc->ours, c, &c->cr);
	if (err)
		return err;
	c->originated = true;
	c->tei = cc->config.terminals ? I3_BROADCAST : 0;
	c->en_bloc = isdn_msg_has(m, ISDN_IE_SENDING_COMPLETE);
	head(c, m, ISDN_MT_SETUP);
	i3_channel_write(&cc->channels, &m->channel_id[0], channel, exclusive);
	isdn_msg_set(m, ISDN_IE_CHANNEL_ID);
	err = i3_encode(cc, m, &cc->prepared);
	if (err)
		return err;
	c->channel = (uint8_t)channel;
	cc->channels.owner[channel] = c;
	return 0;
}

int i3_cc_setup(struct i3_cc *cc, const struct isdn_msg *msg, isdn_call_id *call, isdn_time now)
{
	struct isdn_msg m;
	struct i3_call *c;
	int err = i3_call_new(cc, &c);

	if (err)
		return err;
	cc->now = now;
	take(cc, &m, msg);
	err = setup(cc, c, &m);
	if (err) {
		i3_call_undo(c);
		return err;
	}
	*call = c->id;
	(void)i3_run(c, IN_SETUP_REQ);
	return 0;
}

/* A call that requests can still be made of. */
static struct i3_call *live(const struct i3_cc *cc, isdn_call_id id)
{
	struct i3_call *c = ib_handle_get(&cc->calls, id);

	return c && c->state != ST_NULL ? c : NULL;
}

static const struct {
	uint8_t type; /* 0: the task makes the message */
	enum i3_input input;
	bool response; /* carries the channel when it is the first */
} requests[] = {
	[I3_MORE_INFO_REQ] = { ISDN_MT_SETUP_ACKNOWLEDGE, IN_MORE_INFO_REQ, true },
	[I3_INFO_REQ] = { ISDN_MT_INFORMATION, IN_INFO_REQ, false },
	[I3_NOTIFY_REQ] = { ISDN_MT_NOTIFY, IN_NOTIFY_REQ, false },
	[I3_PROCEEDING_REQ] = { ISDN_MT_CALL_PROCEEDING, IN_PROCEEDING_REQ, true },
	[I3_ALERTING_REQ] = { ISDN_MT_ALERTING, IN_ALERTING_REQ, true },
	[I3_PROGRESS_REQ] = { ISDN_MT_PROGRESS, IN_PROGRESS_REQ, false },
	[I3_SETUP_RESP] = { ISDN_MT_CONNECT, IN_SETUP_RESP, true },
	[I3_USER_INFO_REQ] = { ISDN_MT_USER_INFORMATION, IN_USER_INFO_REQ, false },
	[I3_STATUS_ENQUIRY_REQ] = { 0, IN_STATUS_ENQUIRY_REQ, false },
};

/* The request's message, encoded before anything changes. */
static int prepare(struct i3_cc *cc, struct i3_call *c, enum i3_req req, const struct isdn_msg *msg)
{
	struct isdn_msg m;
	int err;

	if (!requests[req].type)
		return 0;
	take(cc, &m, msg);
	head(c, &m, requests[req].type);
	if (requests[req].response && !c->responded && c->channel) {
		i3_channel_write(&cc->channels, &m.channel_id[0], c->channel, true);
		isdn_msg_set(&m, ISDN_IE_CHANNEL_ID);
	}
	err = limit_uui(cc, &m);
	return err ? err : i3_encode(cc, &m, &cc->prepared);
}

int i3_cc_request(struct i3_cc *cc, isdn_call_id call, enum i3_req req, const struct isdn_msg *msg,
		  isdn_time now)
{
	struct i3_call *c = live(cc, call);
	int err;

	if (!c)
		return ISDN_ERR_INVALCALLHANDLE;
	cc->now = now;
	if (c->tei == I3_BROADCAST || !i3_find_row(c, requests[req].input))
		return ISDN_ERR_INVALCALLSTATE; /* offered to all: nobody is there to hear it */
	if (i3_reserve(cc))
		return ISDN_ERR_NOMEM;
	err = prepare(cc, c, req, msg);
	if (err)
		return err;
	(void)i3_run(c, requests[req].input);
	return 0;
}

/* A called side that never answered rejects (21), others clear normally (16). */
static uint8_t default_cause(const struct i3_call *c)
{
	return !c->originated && c->state < U10 && c->state != U8 ? ISDN_CAUSE_CALL_REJECTED
								  : ISDN_CAUSE_NORMAL_CALL_CLEARING;
}

int i3_cc_clear(struct i3_cc *cc, isdn_call_id call, uint8_t cause, const struct isdn_uui *uui,
		bool *uui_sent, isdn_time now)
{
	struct i3_call *c = live(cc, call);

	if (!c)
		return ISDN_ERR_INVALCALLHANDLE;
	if (cause > 127)
		return ISDN_ERR_INVAL;
	if (uui &&
	    (uui->len > ISDN_UUI_MAX || (cc->config.uui_max && uui->len > cc->config.uui_max)))
		return ISDN_ERR_USERUSERINFOTOOBIG;
	if (i3_reserve(cc))
		return ISDN_ERR_NOMEM;
	cc->now = now;
	cc->req_cause = cause ? cause : default_cause(c);
	cc->req_uui = cc->config.uui_max ? uui : NULL;
	cc->uui_sent = false;
	(void)i3_run(c, IN_CLEAR_REQ);
	cc->req_uui = NULL;
	if (uui_sent)
		*uui_sent = cc->uui_sent;
	return 0;
}

isdn_time i3_cc_deadline(const struct i3_cc *cc)
{
	return ib_timers_next(&cc->timers);
}

void i3_cc_timeout(struct i3_cc *cc, isdn_time now)
{
	struct ib_timer *t;

	cc->now = now;
	while ((t = ib_timers_expire(&cc->timers, now)) != NULL) {
		(void)i3_reserve(
			cc); /* without memory a message is lost, and the timer comes again */
		if (t->owner == cc)
			i3_restart_timeout(cc);
		else
			(void)i3_run(t->owner, (enum i3_input)t->what);
	}
}

static void all_calls(struct i3_cc *cc, unsigned tei, enum i3_input input)
{
	struct i3_call *c, *next;

	for (c = cc->active; c; c = next) {
		next = c->next;
		if (c->tei != tei)
			continue;
		(void)i3_reserve(cc);
		(void)i3_run(c, input);
	}
}

/* What waits for the link is of calls that end with it, or that ask again. */
static void drop_waiting(struct i3_cc *cc, unsigned tei)
{
	struct ib_queue others;
	struct ib_buf *b;

	ib_queue_init(&others);
	while ((b = ib_queue_pop(&cc->out)) != NULL) {
		if (b->tag == tei)
			ib_buf_put(&cc->pool, b);
		else
			ib_queue_push(&others, b);
	}
	while ((b = ib_queue_pop(&others)) != NULL)
		ib_queue_push(&cc->out, b);
}

static void link_is_up(struct i3_cc *cc, unsigned tei, enum i3_input input)
{
	bool was_up = i3_tei_in(cc->up, tei);

	i3_tei_add(cc->up, tei);
	i3_tei_remove(cc->establish, tei);
	if (!was_up && !cc->config.terminals)
		i3_event_link(cc, true);
	all_calls(cc, tei, input);
}

static void link_is_down(struct i3_cc *cc, unsigned tei, enum i3_input input)
{
	bool was_up = i3_tei_in(cc->up, tei);

	i3_tei_remove(cc->up, tei);
	drop_waiting(cc, tei);
	if (was_up && !cc->config.terminals)
		i3_event_link(cc, false);
	i3_terminal_gone(cc, tei);
	all_calls(cc, tei, input);
}

/* Released by our own wish, which is no failure (5.8.9): what came up meanwhile wants it again. */
static void link_is_released(struct i3_cc *cc, unsigned tei)
{
	const struct ib_buf *b;

	i3_tei_remove(cc->up, tei);
	for (b = cc->out.head; b; b = b->next)
		if (b->tag == tei)
			i3_tei_add(cc->establish, tei);
}

/* From now on messages wait. */
static void releasing(struct i3_cc *cc)
{
	bool was_up = cc->up[0] || cc->up[1];

	cc->up[0] = cc->up[1] = 0;
	if (was_up && !cc->config.terminals)
		i3_event_link(cc, false);
}

int i3_cc_dl(struct i3_cc *cc, unsigned tei, enum i3_dl what, isdn_time now)
{
	if (!cc->config.terminals)
		tei = 0;
	if (i3_reserve(cc))
		return ISDN_ERR_NOMEM;
	cc->now = now;
	switch (what) {
	case I3_DL_ESTABLISH_IND:
		link_is_up(cc, tei, IN_DL_ESTABLISH_IND);
		break;
	case I3_DL_ESTABLISH_CONF:
		link_is_up(cc, tei, IN_DL_ESTABLISH_CONF);
		break;
	case I3_DL_RELEASE_IND:
		link_is_down(cc, tei, IN_DL_RELEASE_IND);
		break;
	case I3_DL_RELEASE_CONF:
		link_is_released(cc, tei);
		break;
	case I3_DL_RELEASING:
		releasing(cc);
		break;
	case I3_DL_REMOVED:
		i3_tei_remove(cc->establish, tei);
		link_is_down(cc, tei, IN_DL_REMOVED);
		break;
	}
	return 0;
}

void i3_cc_line(struct i3_cc *cc, bool up)
{
	if (!cc->config.terminals || cc->line == up || i3_reserve(cc))
		return;
	cc->line = up;
	i3_event_link(cc, up);
}

int i3_cc_query(const struct i3_cc *cc, isdn_call_id call, struct isdn_span_call *out)
{
	const struct i3_call *c = ib_handle_get(&cc->calls, call);

	if (!c)
		return ISDN_ERR_INVALCALLHANDLE;
	out->state = c->state;
	out->channel = c->channel;
	out->cr = c->cr;
	out->originated = c->originated;
	return 0;
}

int i3_cc_set_user(struct i3_cc *cc, isdn_call_id call, void *user)
{
	struct i3_call *c = ib_handle_get(&cc->calls, call);

	if (!c)
		return ISDN_ERR_INVALCALLHANDLE;
	c->user = user;
	return 0;
}

size_t i3_cc_calls(const struct i3_cc *cc)
{
	return cc->n_calls - cc->n_silent;
}

void i3_cc_counters(const struct i3_cc *cc, struct isdn_span_counters *out)
{
	out->messages_in = cc->counters.messages_in;
	out->messages_out = cc->counters.messages_out;
	out->messages_faulty = cc->counters.messages_faulty;
}
