/* SPDX-License-Identifier: BSD-2-Clause */
/* The B-channels of an interface: which are there, which are taken (Q.931 5.1.2, 5.2.3). */
#ifndef I3_CHANNEL_H
#define I3_CHANNEL_H

#include <isdn/span.h>

struct i3_call;

struct i3_channels {
	enum isdn_interface interface;
	uint32_t there, blocked;      /* blocked: being restarted */
	uint32_t out_here, out_there; /* out of service, as we or the far end say */
	struct i3_call *owner[32];
};

void i3_channels_init(struct i3_channels *ch, enum isdn_interface interface);
bool i3_channel_exists(const struct i3_channels *ch, unsigned channel);
struct i3_call *i3_channel_owner(const struct i3_channels *ch, unsigned channel);
/* It is there and in service, no call has it, and it is not being restarted. */
bool i3_channel_free(const struct i3_channels *ch, unsigned channel);
/* The lowest or highest free one, 0: none. */
unsigned i3_channel_pick(const struct i3_channels *ch, bool highest);

/* What a Channel identification element asks for. */
#define I3_CHANNEL_ANY	(-1) /* any will do */
#define I3_CHANNEL_NONE 0    /* no B-channel */
/* The number, ANY, or NONE. */
int i3_channel_read(const struct i3_channels *ch, const struct isdn_channel_id *id);
void i3_channel_write(const struct i3_channels *ch, struct isdn_channel_id *id, unsigned channel,
		      bool exclusive);

#endif
