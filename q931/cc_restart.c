/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Restart, Q.931 5.5: the states REST 0 and REST 1 of the global call reference
 * as rows {states, input, decision, task, next state, clause}. REST 2 is passed
 * through at once: calls are cleared here without waiting for anything, so T317
 * does not run.
 */
#include <string.h>

#include "q931/cc_internal.h"

enum input { REQ, RESTART, ACK, T316 };

#define N316  2 /* transmissions of RESTART, 5.5.1 */
#define REST0 1u
#define REST1 2u

/* ---- channels ---- */

/* Those that the element names; all without it. */
static uint32_t named(const struct i3_channels *ch, const struct isdn_msg *m)
{
	const struct isdn_channel_id *id = &m->channel_id[0];
	uint32_t mask = 0;

	if (ch->interface == ISDN_BRI || !id->primary)
		return id->select && id->select < 3 ? 1u << id->select : 0;
	for (unsigned i = 0; id->has_channels && !id->map && i < id->n_channels; i++)
		if (id->channels[i] < 32)
			mask |= 1u << id->channels[i];
	for (unsigned i = 0; id->has_channels && id->map && i < id->n_channels && i < 4; i++)
		mask |= (uint32_t)id->channels[id->n_channels - 1 - i]
			<< (i * 8 + (id->n_channels == 3 ? 1 : 0));
	return mask;
}

static bool of_channels(const struct isdn_msg *m)
{
	return m->restart == 0;
}

/* Calls on the channels end here, without a message (5.5.2); all of them for the interface. */
static void end_calls(struct i3_cc *cc, uint32_t mask, bool all)
{
	struct i3_call *c, *next;

	for (c = cc->active; c; c = next) {
		next = c->next;
		if (!all && !(c->channel && (mask >> c->channel) & 1))
			continue;
		(void)i3_reserve(cc);
		(void)i3_run(c, IN_RESTARTED);
	}
}

static void event(struct i3_cc *cc, enum isdn_prim prim, enum isdn_source source, unsigned channel)
{
	struct i3_node *n = i3_node_get(cc);

	if (n)
		i3_event_interface(cc, n, prim, source, channel);
}

/* ---- tasks ---- */

static void send(struct i3_cc *cc)
{
	struct i3_restart *r = &cc->restart;
	struct isdn_msg m;

	isdn_msg_init(&m, ISDN_MT_RESTART, cc->cr_len, 0, false);
	if (r->channel) {
		i3_channel_write(&cc->channels, &m.channel_id[0], r->channel, true);
		isdn_msg_set(&m, ISDN_IE_CHANNEL_ID);
	}
	m.restart = r->channel ? 0 : 6;
	isdn_msg_set(&m, ISDN_IE_RESTART);
	r->tries++;
	i3_send(cc, 0, &m, NULL);
	ib_timer_start(&cc->timers, &r->t316, cc->now + cc->config.timer[ISDN_T316]);
}

/* The next that was asked for: the interface before its channels. */
static void begin(struct i3_cc *cc)
{
	struct i3_restart *r = &cc->restart;

	for (r->channel = 0; !((r->wanted >> r->channel) & 1); r->channel++)
		;
	r->wanted = r->channel ? r->wanted & ~(1u << r->channel) : 0;
	r->tries = 0;
	send(cc);
}

static void restart(struct i3_cc *cc)
{
	const struct isdn_msg *m = cc->msg;
	uint32_t mask = of_channels(m) ? named(&cc->channels, m) : ~0u;
	unsigned first = 0;
	struct isdn_msg ack;

	end_calls(cc, mask, !of_channels(m));
	isdn_msg_init(&ack, ISDN_MT_RESTART_ACKNOWLEDGE, cc->cr_len, 0, !m->cr_flag);
	if (of_channels(m)) {
		ack.channel_id[0] = m->channel_id[0];
		isdn_msg_set(&ack, ISDN_IE_CHANNEL_ID);
		while (!((mask >> first) & 1))
			first++;
	}
	ack.restart = m->restart;
	isdn_msg_set(&ack, ISDN_IE_RESTART);
	i3_send(cc, cc->tei, &ack, NULL);
	event(cc, ISDN_RESTART_IND, ISDN_BY_REMOTE, first);
}

static void over(struct i3_cc *cc, enum isdn_prim prim, enum isdn_source source)
{
	struct i3_restart *r = &cc->restart;

	ib_timer_stop(&cc->timers, &r->t316);
	cc->channels.blocked &= r->channel ? ~(1u << r->channel) : 0;
	event(cc, prim, source, r->channel);
}

static void confirmed(struct i3_cc *cc)
{
	over(cc, ISDN_RESTART_CONF, ISDN_BY_REMOTE);
}

/* Nobody answers: the channels are of use again, for what stays blocked stays so for ever. */
static void failed(struct i3_cc *cc)
{
	over(cc, ISDN_RESTART_FAILED, ISDN_BY_TIMER);
}

/* ---- decisions ---- */

static bool ours(const struct i3_cc *cc)
{
	const struct i3_restart *r = &cc->restart;

	if (!r->channel)
		return !of_channels(cc->msg);
	return of_channels(cc->msg) && isdn_msg_has(cc->msg, ISDN_IE_CHANNEL_ID) &&
	       named(&cc->channels, cc->msg) == 1u << r->channel;
}

static bool retry(const struct i3_cc *cc)
{
	return cc->restart.tries < N316;
}

/* clang-format off */
static const struct {
	uint8_t states, input;
	bool (*decision)(const struct i3_cc *cc);
	void (*task)(struct i3_cc *cc);
	uint8_t next; /* 0: the same */
	const char *clause;
} rows[] = {
	{ REST0,	 REQ,	  NULL,	 begin,	    REST1, "5.5.1" },
	{ REST1,	 REQ,	  NULL,	 NULL,	    0,	   "5.5.1" },
	{ REST0 | REST1, RESTART, NULL,	 restart,   0,	   "5.5.2" },
	{ REST1,	 ACK,	  ours,	 confirmed, REST0, "5.5.1" },
	{ REST0 | REST1, ACK,	  NULL,	 NULL,	    0,	   "5.5.1" },
	{ REST1,	 T316,	  retry, send,	    0,	   "5.5.1" },
	{ REST0 | REST1, T316,	  NULL,	 failed,    REST0, "5.5.1" },
};
/* clang-format on */

static void run(struct i3_cc *cc, enum input input)
{
	struct i3_restart *r = &cc->restart;
	unsigned i = 0;

	while (rows[i].input != input || !(rows[i].states & (r->outstanding ? REST1 : REST0)) ||
	       (rows[i].decision && !rows[i].decision(cc)))
		i++;
	cc->restart_row = i;
	if (rows[i].task)
		rows[i].task(cc);
	if (rows[i].next)
		r->outstanding = rows[i].next == REST1;
	if (!r->outstanding && r->wanted)
		run(cc, REQ);
}

unsigned i3_restart_rows(void)
{
	return sizeof(rows) / sizeof(rows[0]);
}

void i3_restart_lost(struct i3_cc *cc, unsigned channel)
{
	if (cc->config.terminals)
		return;
	cc->channels.blocked |= 1u << channel;
	cc->restart.wanted |= 1u << channel;
	run(cc, REQ);
}

int i3_cc_restart(struct i3_cc *cc, unsigned channel, isdn_time now)
{
	uint32_t mask = channel ? 1u << (channel & 31) : ~0u;

	if (cc->config.terminals)
		return ISDN_ERR_OPERATIONUNAVAIL;
	if (channel && !i3_channel_exists(&cc->channels, channel))
		return ISDN_ERR_INVAL;
	if (i3_reserve(cc))
		return ISDN_ERR_NOMEM;
	cc->now = now;
	cc->channels.blocked |= mask;
	cc->restart.wanted |= channel ? mask : 1;
	end_calls(cc, mask, !channel);
	run(cc, REQ);
	return 0;
}

/* 5.5.2 and 5.8.6: the indicator is there, the decoder saw to that. 0, or the cause and diagnostic.
 */
uint8_t i3_restart_rx(struct i3_cc *cc, const struct isdn_msg *m, uint8_t *diag)
{
	*diag = 0;
	if (m->restart != 0 && m->restart != 6 && m->restart != 7) {
		*diag = 0x79;
		return ISDN_CAUSE_INVALID_IE_CONTENTS;
	}
	if (of_channels(m) && !isdn_msg_has(m, ISDN_IE_CHANNEL_ID)) {
		*diag = 0x18;
		return ISDN_CAUSE_MANDATORY_IE_MISSING;
	}
	if (of_channels(m) && m->type == ISDN_MT_RESTART &&
	    !(named(&cc->channels, m) & cc->channels.there))
		return ISDN_CAUSE_CHANNEL_DOES_NOT_EXIST;
	run(cc, m->type == ISDN_MT_RESTART ? RESTART : ACK);
	return 0;
}

void i3_restart_timeout(struct i3_cc *cc)
{
	run(cc, T316);
}
