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

/* Restart indicator, 4.5.25: what is restarted. */
enum class { CHANNELS = 0, ONE_INTERFACE = 6, ALL_INTERFACES = 7 };

#define NUMBER(channel) ((channel) % ISDN_INTERFACE_CHANNELS)
#define OF(channel)	((channel) / ISDN_INTERFACE_CHANNELS)

/* ---- what is meant ---- */

/* Channels of all interfaces, by bits. */
struct set {
	uint32_t bits[ISDN_INTERFACES_MAX];
};

static struct set every(void)
{
	struct set s;

	memset(&s, 0xff, sizeof(s));
	return s;
}

static struct set one(const struct i3_channels *ch, unsigned channel)
{
	struct set s = { { 0 } };

	if (channel == ISDN_ALL_INTERFACES)
		return every();
	i3_channel_mark(ch, s.bits, channel, true);
	return s;
}

/* Those of a message. A single interface is that of the D-channel unless it is named. */
static struct set named(const struct i3_channels *ch, const struct isdn_msg *m)
{
	bool there = isdn_msg_has(m, ISDN_IE_CHANNEL_ID);
	unsigned interface = there ? i3_channel_interface(ch, &m->channel_id[0]) : 0;
	struct set s = { { 0 } };

	if (m->restart == ALL_INTERFACES)
		return every();
	if (interface >= ch->n)
		return s;
	s.bits[interface] = m->restart == ONE_INTERFACE
				    ? ~UINT32_C(0)
				    : i3_channel_bits(ch, &m->channel_id[0]) & ch->there[interface];
	return s;
}

static bool has(const struct set *s, unsigned channel)
{
	return (s->bits[OF(channel)] >> NUMBER(channel)) & 1;
}

static enum class class_of(unsigned channel) {
	if (channel == ISDN_ALL_INTERFACES) return ALL_INTERFACES;
	return NUMBER(channel) ? CHANNELS : ONE_INTERFACE;
}

/* Calls on the channels end here, without a message (5.5.2); with the D-channel's interface those
 * that have no channel, too. */
static void end_calls(struct i3_cc *cc, const struct set *s)
{
	struct i3_call *c;
	uint32_t at = 0;

	while ((c = i3_call_next(cc, &at)) != NULL) {
		if (!has(s, c->channel))
			continue;
		(void)i3_reserve(cc);
		(void)i3_run(c, IN_RESTARTED);
	}
}

static void block(struct i3_cc *cc, unsigned channel, bool on)
{
	for (unsigned i = 0; i < cc->channels.n; i++)
		if (channel == ISDN_ALL_INTERFACES || i == OF(channel))
			i3_channel_mark(&cc->channels, cc->channels.blocked,
					channel == ISDN_ALL_INTERFACES ? i * ISDN_INTERFACE_CHANNELS
								       : channel,
					on);
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
	enum class class = class_of(r->channel);
	struct isdn_msg m;

	isdn_msg_init(&m, ISDN_MT_RESTART, cc->cr_len, 0, false);
	if (class == CHANNELS)
		i3_channel_write(&cc->channels, &m.channel_id[0], r->channel, true);
	else if (class == ONE_INTERFACE)
		i3_channel_write_interface(&cc->channels, &m.channel_id[0], r->channel);
	if (class == CHANNELS || (class == ONE_INTERFACE && cc->channels.n > 1))
		isdn_msg_set(&m, ISDN_IE_CHANNEL_ID);
	m.restart = class;
	isdn_msg_set(&m, ISDN_IE_RESTART);
	r->tries++;
	i3_send(cc, 0, &m, NULL);
	ib_timer_start(&cc->timers, &r->t316, cc->now + cc->config.timer[ISDN_T316]);
}

static bool wanted(const struct i3_restart *r)
{
	bool any = r->all;

	for (unsigned i = 0; i < ISDN_INTERFACES_MAX; i++)
		any |= r->wanted[i] != 0;
	return any;
}

/* The next that was asked for: all interfaces, then each interface before its channels. */
static void begin(struct i3_cc *cc)
{
	struct i3_restart *r = &cc->restart;

	r->channel = ISDN_ALL_INTERFACES;
	if (!r->all) {
		r->channel = 0;
		while (!((r->wanted[OF(r->channel)] >> NUMBER(r->channel)) & 1))
			r->channel++;
	}
	if (r->all)
		memset(r->wanted, 0, sizeof(r->wanted));
	else
		i3_channel_mark(&cc->channels, r->wanted, r->channel, false);
	r->all = false;
	r->tries = 0;
	send(cc);
}

/* The first channel that a message names, its interface, or all. */
static unsigned first(const struct isdn_msg *m, const struct set *s)
{
	unsigned channel = 0;

	if (m->restart == ALL_INTERFACES)
		return ISDN_ALL_INTERFACES;
	while (!has(s, channel))
		channel++;
	return channel;
}

static void restart(struct i3_cc *cc)
{
	const struct isdn_msg *m = cc->msg;
	struct set s = named(&cc->channels, m);
	struct isdn_msg ack;

	end_calls(cc, &s);
	isdn_msg_init(&ack, ISDN_MT_RESTART_ACKNOWLEDGE, cc->cr_len, 0, !m->cr_flag);
	if (isdn_msg_has(m, ISDN_IE_CHANNEL_ID) && m->restart != ALL_INTERFACES) {
		ack.channel_id[0] = m->channel_id[0];
		isdn_msg_set(&ack, ISDN_IE_CHANNEL_ID);
	}
	ack.restart = m->restart;
	isdn_msg_set(&ack, ISDN_IE_RESTART);
	i3_send(cc, cc->tei, &ack, NULL);
	event(cc, ISDN_RESTART_IND, ISDN_BY_REMOTE, first(m, &s));
}

/* Channels whose restart is yet to come stay blocked. */
static void block_waiting(struct i3_cc *cc)
{
	const struct i3_restart *r = &cc->restart;

	if (r->all)
		block(cc, ISDN_ALL_INTERFACES, true);
	for (unsigned i = 0; i < cc->channels.n; i++)
		cc->channels.blocked[i] |= r->wanted[i] & 1 ? ~UINT32_C(0) : r->wanted[i];
}

static void over(struct i3_cc *cc, enum isdn_prim prim, enum isdn_source source)
{
	struct i3_restart *r = &cc->restart;

	ib_timer_stop(&cc->timers, &r->t316);
	block(cc, r->channel, false);
	block_waiting(cc);
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
	struct set asked = one(&cc->channels, r->channel), acked = named(&cc->channels, cc->msg);

	return cc->msg->restart == class_of(r->channel) && !memcmp(&asked, &acked, sizeof(asked));
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
	if (!r->outstanding && wanted(r))
		run(cc, REQ);
}

unsigned i3_restart_rows(void)
{
	return sizeof(rows) / sizeof(rows[0]);
}

static void want(struct i3_cc *cc, unsigned channel)
{
	struct i3_restart *r = &cc->restart;

	block(cc, channel, true);
	if (channel == ISDN_ALL_INTERFACES)
		r->all = true;
	else
		r->wanted[OF(channel)] |= UINT32_C(1) << NUMBER(channel);
}

void i3_restart_lost(struct i3_cc *cc, unsigned channel)
{
	if (cc->config.ptmp)
		return;
	want(cc, channel);
	run(cc, REQ);
}

int i3_cc_restart(struct i3_cc *cc, unsigned channel, isdn_time now)
{
	const struct i3_channels *ch = &cc->channels;
	struct set s;

	if (cc->config.terminals)
		return ISDN_ERR_OPERATIONUNAVAIL;
	if (channel != ISDN_ALL_INTERFACES &&
	    (OF(channel) >= ch->n || (NUMBER(channel) && !i3_channel_exists(ch, channel))))
		return ISDN_ERR_INVAL;
	if (i3_reserve(cc))
		return ISDN_ERR_NOMEM;
	cc->now = now;
	s = one(ch, channel);
	want(cc, channel);
	end_calls(cc, &s);
	run(cc, REQ);
	return 0;
}

/* 5.5.2 and 5.8.6: the indicator is there, the decoder saw to that. 0, or the cause and diagnostic.
 */
uint8_t i3_restart_rx(struct i3_cc *cc, const struct isdn_msg *m, uint8_t *diag)
{
	const struct i3_channels *ch = &cc->channels;
	struct set s;
	bool any = false;

	*diag = 0;
	if (m->restart != CHANNELS && m->restart != ONE_INTERFACE && m->restart != ALL_INTERFACES) {
		*diag = 0x79;
		return ISDN_CAUSE_INVALID_IE_CONTENTS;
	}
	if (m->restart == CHANNELS && !isdn_msg_has(m, ISDN_IE_CHANNEL_ID)) {
		*diag = 0x18;
		return ISDN_CAUSE_MANDATORY_IE_MISSING;
	}
	s = named(ch, m);
	for (unsigned i = 0; i < ch->n; i++)
		any |= (s.bits[i] & ch->there[i]) != 0;
	if (m->type == ISDN_MT_RESTART && !any)
		return ISDN_CAUSE_CHANNEL_DOES_NOT_EXIST;
	run(cc, m->type == ISDN_MT_RESTART ? RESTART : ACK);
	return 0;
}

void i3_restart_timeout(struct i3_cc *cc)
{
	run(cc, T316);
}
