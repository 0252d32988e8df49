/* SPDX-License-Identifier: BSD-2-Clause */
/* B-channels, and the two codings of Channel identification (Q.931 4.5.13). */
#include "q931/channel.h"

#include <string.h>

void i3_channels_init(struct i3_channels *ch, enum isdn_interface interface)
{
	static const uint32_t there[] = {
		[ISDN_E1] = 0xfffefffe, /* 1-15, 17-31 */
		[ISDN_T1] = 0x00fffffe, /* 1-23 */
		[ISDN_BRI] = 0x00000006,
	};

	memset(ch, 0, sizeof(*ch));
	ch->interface = interface;
	ch->there = there[interface];
}

bool i3_channel_exists(const struct i3_channels *ch, unsigned channel)
{
	return channel < 32 && (ch->there >> channel) & 1;
}

struct i3_call *i3_channel_owner(const struct i3_channels *ch, unsigned channel)
{
	return channel < 32 ? ch->owner[channel] : NULL;
}

bool i3_channel_free(const struct i3_channels *ch, unsigned channel)
{
	return i3_channel_exists(ch, channel) && !ch->owner[channel] &&
	       !(((ch->blocked | ch->out_here | ch->out_there) >> channel) & 1);
}

unsigned i3_channel_pick(const struct i3_channels *ch, bool highest)
{
	unsigned found = 0;

	for (unsigned i = 1; i < 32; i++)
		if (i3_channel_free(ch, i)) {
			found = i;
			if (!highest)
				break;
		}
	return found;
}

/* A slot map names channels by bits, the last octet has the lowest. */
static int from_map(const struct isdn_channel_id *id)
{
	for (unsigned i = 0; i < id->n_channels; i++) {
		unsigned octet = id->channels[id->n_channels - 1 - i];

		for (unsigned bit = 0; bit < 8; bit++)
			if ((octet >> bit) & 1)
				return (int)(i * 8 + bit + (id->n_channels == 3 ? 1 : 0));
	}
	return I3_CHANNEL_ANY;
}

int i3_channel_read(const struct i3_channels *ch, const struct isdn_channel_id *id)
{
	if (id->select == ISDN_CHANNEL_ANY)
		return I3_CHANNEL_ANY;
	if (id->select == ISDN_CHANNEL_NONE)
		return I3_CHANNEL_NONE;
	if (ch->interface == ISDN_BRI || !id->primary)
		return id->select;
	if (!id->has_channels)
		return I3_CHANNEL_ANY;
	return id->map ? from_map(id) : id->channels[0];
}

void i3_channel_write(const struct i3_channels *ch, struct isdn_channel_id *id, unsigned channel,
		      bool exclusive)
{
	memset(id, 0, sizeof(*id));
	id->exclusive = exclusive;
	if (!channel) { /* no B-channel */
		id->primary = ch->interface != ISDN_BRI;
		return;
	}
	if (ch->interface == ISDN_BRI) {
		id->select = (uint8_t)channel;
		return;
	}
	id->primary = true;
	id->select = ISDN_CHANNEL_INDICATED;
	id->has_channels = true;
	id->type = 3;
	id->n_channels = 1;
	id->channels[0] = (uint8_t)channel;
}
