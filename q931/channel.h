/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The B-channels of the interfaces that a D-channel controls: which are there,
 * which are taken (Q.931 5.1.2, 5.2.3). A channel is ISDN_CHANNEL(interface,
 * number): 32 numbers an interface, 0 for the interface itself.
 */
#ifndef I3_CHANNEL_H
#define I3_CHANNEL_H

#include <isdn/span.h>

struct i3_call;

struct i3_channels {
	enum isdn_interface interface;
	unsigned n; /* interfaces */
	uint8_t id[ISDN_INTERFACES_MAX];
	uint32_t there[ISDN_INTERFACES_MAX];
	uint32_t blocked[ISDN_INTERFACES_MAX];	 /* being restarted */
	uint32_t out_here[ISDN_INTERFACES_MAX];	 /* out of service, as we say */
	uint32_t out_there[ISDN_INTERFACES_MAX]; /* ... as the far end says */
	struct i3_call **owner;			 /* n * 32 of them, the caller's */
};

/* ids: of n interfaces; n 0: one, without an identifier. d_channels of them have no channel 24
 * (16). */
void i3_channels_init(struct i3_channels *ch, enum isdn_interface interface, const uint8_t *ids,
		      unsigned n, unsigned d_channels);
bool i3_channel_exists(const struct i3_channels *ch, unsigned channel);
struct i3_call *i3_channel_owner(const struct i3_channels *ch, unsigned channel);
/* It is being restarted, or will be. */
bool i3_channel_restarts(const struct i3_channels *ch, unsigned channel);
/* It is there and in service, no call has it, and it is not being restarted. */
bool i3_channel_free(const struct i3_channels *ch, unsigned channel);
/* The lowest or highest free one, 0: none. */
unsigned i3_channel_pick(const struct i3_channels *ch, bool highest);
/* No call has one, and none is being restarted: so it must be when there is no call. */
bool i3_channels_idle(const struct i3_channels *ch);

/* Set or clear the bit of a channel, or all of its interface. */
void i3_channel_mark(const struct i3_channels *ch, uint32_t mask[ISDN_INTERFACES_MAX],
		     unsigned channel, bool on);

/* What a Channel identification element asks for. */
#define I3_CHANNEL_ANY	   (-1)	  /* any will do */
#define I3_CHANNEL_NONE	   0	  /* no B-channel */
#define I3_CHANNEL_UNKNOWN 0xffff /* of an interface that is not there: does not exist */
/* The number, ANY, or NONE. */
int i3_channel_read(const struct i3_channels *ch, const struct isdn_channel_id *id);
/* The interface that it names, I3_CHANNEL_UNKNOWN: one that is not there. */
unsigned i3_channel_interface(const struct i3_channels *ch, const struct isdn_channel_id *id);
/* Channels of that interface that it names: bits. */
uint32_t i3_channel_bits(const struct i3_channels *ch, const struct isdn_channel_id *id);
/* channel 0: no channel. */
void i3_channel_write(const struct i3_channels *ch, struct isdn_channel_id *id, unsigned channel,
		      bool exclusive);
/* The interface of channel as a whole. */
void i3_channel_write_interface(const struct i3_channels *ch, struct isdn_channel_id *id,
				unsigned channel);

#endif
