/* SPDX-License-Identifier: BSD-2-Clause */
/* Call control: the interpreter of the SDL tables, timers, the data link. */
#include "base/rare.h"
#include "q931/cc_internal.h"
#include "q931/codec.h"

#include <string.h>

static bool config_good(const struct i3_config *c)
{
	return (c->side == ISDN_USER || c->side == ISDN_NETWORK) && c->interface <= ISDN_BRI &&
	       c->n_interfaces <= ISDN_INTERFACES_MAX && c->uui_max <= ISDN_UUI_MAX &&
	       c->location < 16 && i3_timers_good(c->timer);
}

/* So that a row is found without a search. */
static void index_rows(struct i3_cc *cc)
{
	const struct i3_table *t = i3_table_of(cc);

	for (unsigned i = t->n; i-- > 0;)
		for (unsigned s = 0; s < ST_COUNT; s++)
			if (t->rows[i].states & S(s))
				cc->first[s][t->rows[i].input] = (uint8_t)(i + 1);
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
	cc->variant = v;
	cc->network = config->side == ISDN_NETWORK && !v->symmetrical;
	cc->cr_len = v->cr_len[config->interface != ISDN_BRI];
	ib_pool_init(&cc->pool, env);
	ib_timers_init(&cc->timers, env);
	ib_handles_init(&cc->calls, env);
	i3_callrefs_init(&cc->ours, env, cc->cr_len == 1 ? 0x7f : 0x7fff);
	i3_callrefs_init(&cc->theirs, env, 0x7fff);
	i3_channels_init(&cc->channels, config->interface, config->interface_id,
			 config->n_interfaces, config->d_channels);
	ib_queue_init(&cc->out);
	cc->tail = &cc->head;
	index_rows(cc);
	ib_timer_init(&cc->restart.t316, cc, IN_T316);
	ib_timer_init(&cc->service.timer, cc, IN_T_SERVICE);
	ib_timer_init(&cc->t314, cc, IN_T314);
	cc->channels.owner = ib_alloc(env, (size_t)cc->channels.n * ISDN_INTERFACE_CHANNELS *
						   sizeof(*cc->channels.owner));
	if (!cc->channels.owner || ib_timers_reserve(&cc->timers, 3) || i3_reserve(cc)) {
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
		if (!n->final)
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
	while ((c = i3_call_next(cc, &at)) != NULL)
		i3_call_dissolve(c);
	ib_timer_stop(&cc->timers, &cc->restart.t316);
	ib_timer_stop(&cc->timers, &cc->service.timer);
	ib_timer_stop(&cc->timers, &cc->t314);
	free_nodes(cc, cc->head); /* some are in calls */
	at = 0;
	while ((c = ib_handle_next(&cc->calls, &at)) != NULL)
		ib_free(cc->env, c);
	while (cc->free_calls) {
		c = cc->free_calls;
		cc->free_calls = c->next;
		ib_free(cc->env, c);
	}
	free_nodes(cc, cc->free_nodes);
	i3_msg_node_put(cc, cc->given);
	while (cc->free_uus) {
		struct i3_uus *next = cc->free_uus->next;

		ib_free(cc->env, cc->free_uus);
		cc->free_uus = next;
	}
	while (cc->free_msgs) {
		struct i3_msg_node *next = cc->free_msgs->next;

		ib_free(cc->env, cc->free_msgs);
		cc->free_msgs = next;
	}
	ib_queue_drain(&cc->out, &cc->pool);
	ib_buf_put(&cc->pool, cc->taken);
	ib_pool_free(&cc->pool);
	ib_timers_free(&cc->timers);
	ib_handles_free(&cc->calls);
	i3_callrefs_free(&cc->ours);
	i3_callrefs_free(&cc->theirs);
	ib_free(cc->env, cc->channels.owner);
	ib_free(cc->env, cc);
}

static IB_APART const struct i3_row *decide(const struct i3_call *c, const struct i3_row *r,
					    enum i3_input input)
{
	const struct i3_table *t = i3_table_of(c->cc);

	for (; r < t->rows + t->n; r++)
		if (r->input == input && (r->states & S(c->state)) &&
		    (!r->decision || r->decision(c)))
			return r;
	return NULL;
}

const struct i3_row *i3_find_row(const struct i3_call *c, enum i3_input input)
{
	unsigned first = c->cc->first[c->state][input];
	const struct i3_row *r = i3_table_of(c->cc)->rows + first - 1;

	if (!first)
		return NULL;
	if (!r->decision || r->decision(c))
		return r;
	return decide(c, r + 1, input);
}

/* What every change of state brings: timers of the state left behind end (9.1, 9.2). */
static void leave_state(struct i3_call *c, uint8_t next)
{
	struct i3_cc *cc = c->cc;
	uint8_t was;

	if (!c->timer_set)
		ib_timer_stop(&cc->timers, &c->timer);
	if (c->more_timers && (c->state == U10 || next > U10)) {
		ib_timer_stop(&cc->timers, &c->t309);
		ib_timer_stop(&cc->timers, &c->t322);
	}
	was = c->state;
	c->state = next;
	if (c->uus)
		i3_uus_moved(c, was);
	if (c->hold)
		i3_hold_clearing(c);
	if (next == U10) { /* no message of an active call is sent again */
		ib_buf_put(&cc->pool, c->kept);
		c->kept = NULL;
	}
	if (next != ST_NULL)
		return;
	i3_call_dissolve(c);
	if (c->silent)
		i3_call_recycle(c);
}

static IB_RARE void log_change(const struct i3_call *c, const struct i3_table *t,
			       const struct i3_row *r)
{
	ib_log(c->cc->env, ISDN_LOG_DEBUG, ISDN_AREA_Q931, "call reference %u: %c%u -> %c%u (%s)",
	       c->cr, t->side, c->state, t->side, r->next, r->clause);
}

bool i3_run(struct i3_call *c, enum i3_input input)
{
	const struct i3_row *r = i3_find_row(c, input);
	const struct i3_table *t = i3_table_of(c->cc);
	struct i3_cc *cc = c->cc;

	if (!r)
		return false;
	cc->row = (unsigned)(r - t->rows);
	c->timer_set = false;
	if (r->task)
		r->task(c);
	if (r->next == SAME)
		return true;
	if (ib_log_wanted(cc->env, ISDN_LOG_DEBUG))
		log_change(c, t, r);
	leave_state(c, r->next);
	return true;
}

bool i3_input(struct i3_call *c, enum i3_input input)
{
	return i3_run(c, input) || i3_hold_run(c, input);
}

isdn_time i3_cc_deadline(const struct i3_cc *cc)
{
	return ib_timers_next(&cc->timers);
}

void i3_cc_timeout(struct i3_cc *cc, isdn_time now)
{
	struct ib_timer *t;

	cc->now = now;
	cc->uus_changed = 0;
	while ((t = ib_timers_expire(&cc->timers, now)) != NULL) {
		(void)i3_reserve(
			cc); /* without memory a message is lost, and the timer comes again */
		if (t->owner != cc)
			(void)i3_input(t->owner, (enum i3_input)t->what);
		else if (t->what == IN_T316)
			i3_restart_timeout(cc);
		else if (t->what == IN_T314)
			i3_segments_discard(cc);
		else
			i3_service_timeout(cc);
	}
}

static void all_calls(struct i3_cc *cc, unsigned tei, enum i3_input input)
{
	struct i3_call *c;
	uint32_t at = 0;

	while ((c = i3_call_next(cc, &at)) != NULL) {
		if (c->tei != tei)
			continue;
		(void)i3_reserve(cc);
		(void)i3_run(c, input);
		if (c->uus && (input == IN_DL_ESTABLISH_IND || input == IN_DL_ESTABLISH_CONF ||
			       input == IN_DL_RESET))
			i3_uui_link_back(c, input != IN_DL_RESET);
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
	case I3_DL_RESET:
		all_calls(cc, tei, IN_DL_RESET);
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

void i3_cc_switched(struct i3_cc *cc, unsigned interface)
{
	struct i3_node *n = i3_node_get(cc);

	if (n)
		i3_event_interface(cc, n, ISDN_SWITCHOVER, ISDN_BY_LINK, interface);
}

int i3_cc_query(const struct i3_cc *cc, isdn_call_id call, struct isdn_span_call *out)
{
	const struct i3_call *c = ib_handle_get(&cc->calls, call);

	if (!c)
		return ISDN_ERR_INVALCALLHANDLE;
	out->state = i3_state_told(c);
	out->channel = c->channel;
	out->cr = c->cr;
	out->originated = c->originated;
	out->suspended = c->state == N_SUSPENDED;
	out->hold = i3_hold_told(c);
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
