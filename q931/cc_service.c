/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * SERVICE and SERVICE ACKNOWLEDGE of North American switches: B-channels are
 * taken out of service and put back. Each side has a say; a channel is used
 * while both have it in service. A call on it is left alone.
 */
#include "q931/cc_internal.h"
#include "q931/codec.h"

#define TRIES 2 /* transmissions of SERVICE: not known, as those of RESTART */

#define CONTINUITY_CHECK 3 /* a Change status that changes none */

#define NUMBER(channel) ((channel) % ISDN_INTERFACE_CHANNELS)
#define OF(channel)	((channel) / ISDN_INTERFACE_CHANNELS)

static void event(struct i3_cc *cc, enum isdn_prim prim, enum isdn_source source, unsigned channel)
{
	struct i3_node *n = i3_node_get(cc);

	if (n)
		i3_event_interface(cc, n, prim, source, channel);
}

/* NI-2 has the types of the two the other way round, q931/msg_table.c. */
static void head(const struct i3_cc *cc, struct isdn_msg *m, bool ack)
{
	bool swapped = cc->variant->maintenance == ISDN_PD_MAINTENANCE_NI;

	isdn_msg_init(m, ack != swapped ? ISDN_MT_SERVICE_ACKNOWLEDGE : ISDN_MT_SERVICE, 2, 0, ack);
	m->discriminator = cc->variant->maintenance;
}

static void send(struct i3_cc *cc)
{
	struct i3_service *s = &cc->service;
	struct isdn_msg m;

	head(cc, &m, false);
	m.change_status.channel = true;
	m.change_status.status = s->status[s->channel];
	isdn_msg_set(&m, ISDN_IE_CHANGE_STATUS);
	if (NUMBER(s->channel))
		i3_channel_write(&cc->channels, &m.channel_id[0], s->channel, true);
	else
		i3_channel_write_interface(&cc->channels, &m.channel_id[0], s->channel);
	isdn_msg_set(&m, ISDN_IE_CHANNEL_ID);
	s->tries++;
	i3_send(cc, 0, &m, NULL);
	ib_timer_start(&cc->timers, &s->timer, cc->now + cc->config.timer[ISDN_T_SERVICE]);
}

static void next(struct i3_cc *cc)
{
	struct i3_service *s = &cc->service;
	unsigned end = cc->channels.n * ISDN_INTERFACE_CHANNELS;

	for (s->channel = 0; s->channel < end; s->channel++)
		if ((s->wanted[OF(s->channel)] >> NUMBER(s->channel)) & 1)
			break;
	s->outstanding = s->channel < end;
	if (!s->outstanding)
		return;
	s->wanted[OF(s->channel)] &= ~(UINT32_C(1) << NUMBER(s->channel));
	s->tries = 0;
	send(cc);
}

static void over(struct i3_cc *cc, enum isdn_prim prim, enum isdn_source source)
{
	ib_timer_stop(&cc->timers, &cc->service.timer);
	event(cc, prim, source, cc->service.channel);
	next(cc);
}

void i3_service_timeout(struct i3_cc *cc)
{
	if (cc->service.tries < TRIES)
		send(cc);
	else
		over(cc, ISDN_SERVICE_FAILED, ISDN_BY_TIMER);
}

/* The one that the message names, -1: one that is not there. */
static int named(const struct i3_cc *cc, const struct isdn_msg *m)
{
	const struct isdn_channel_id *id = &m->channel_id[0];
	unsigned interface = i3_channel_interface(&cc->channels, id);
	int channel;

	if (interface == I3_CHANNEL_UNKNOWN)
		return -1;
	if (!id->has_channels)
		return (int)ISDN_CHANNEL(interface, 0);
	channel = i3_channel_read(&cc->channels, id);
	return channel > 0 && i3_channel_exists(&cc->channels, (unsigned)channel) ? channel : -1;
}

static void acknowledge(struct i3_cc *cc, const struct isdn_msg *m)
{
	struct isdn_msg ack;

	head(cc, &ack, true);
	ack.change_status = m->change_status;
	isdn_msg_set(&ack, ISDN_IE_CHANGE_STATUS);
	ack.channel_id[0] = m->channel_id[0];
	isdn_msg_set(&ack, ISDN_IE_CHANNEL_ID);
	i3_send(cc, cc->tei, &ack, NULL);
}

/* All that are named; channel is the first, or the interface. */
static void mark(struct i3_cc *cc, const struct isdn_msg *m, unsigned channel)
{
	bool out = m->change_status.status != ISDN_IN_SERVICE;
	unsigned i = OF(channel);
	uint32_t bits = NUMBER(channel) ? i3_channel_bits(&cc->channels, &m->channel_id[0]) &
						  cc->channels.there[i]
					: ~UINT32_C(0);

	if (m->change_status.status == CONTINUITY_CHECK)
		return;
	if (out)
		cc->channels.out_there[i] |= bits;
	else
		cc->channels.out_there[i] &= ~bits;
}

void i3_service_rx(struct i3_cc *cc, const struct isdn_msg *m)
{
	int channel;

	if (!cc->variant->maintenance || m->discriminator != cc->variant->maintenance || m->cr ||
	    !isdn_msg_has(m, ISDN_IE_CHANGE_STATUS) || !isdn_msg_has(m, ISDN_IE_CHANNEL_ID))
		return; /* 5.8.1 */
	channel = named(cc, m);
	if (channel < 0)
		return;
	if (m->cr_flag) {
		if (cc->service.outstanding && cc->service.channel == channel)
			over(cc, ISDN_SERVICE_CONF, ISDN_BY_REMOTE);
		return;
	}
	mark(cc, m, (unsigned)channel);
	acknowledge(cc, m);
	event(cc, ISDN_SERVICE_IND, ISDN_BY_REMOTE, (unsigned)channel);
}

int i3_cc_service(struct i3_cc *cc, unsigned channel, enum isdn_service status, isdn_time now)
{
	if (!cc->variant->maintenance || cc->config.interface == ISDN_BRI)
		return ISDN_ERR_OPERATIONUNAVAIL;
	if (OF(channel) >= cc->channels.n ||
	    (NUMBER(channel) && !i3_channel_exists(&cc->channels, channel)) ||
	    (status != ISDN_IN_SERVICE && status != ISDN_MAINTENANCE &&
	     status != ISDN_OUT_OF_SERVICE))
		return ISDN_ERR_INVAL;
	if (i3_reserve(cc))
		return ISDN_ERR_NOMEM;
	cc->now = now;
	i3_channel_mark(&cc->channels, cc->channels.out_here, channel, status != ISDN_IN_SERVICE);
	cc->service.status[channel] = (uint8_t)status;
	if (!NUMBER(channel)) /* what waits for one of its channels is out of date */
		cc->service.wanted[OF(channel)] = 0;
	cc->service.wanted[OF(channel)] |= UINT32_C(1) << NUMBER(channel);
	if (!cc->service.outstanding)
		next(cc);
	return 0;
}
