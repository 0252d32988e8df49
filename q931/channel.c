/* SPDX-License-Identifier: BSD-2-Clause */
/* B-channels, and the two codings of Channel identification (Q.931 4.5.13). */
#include "q931/channel.h"

#include <string.h>

#define OF(channel)  ((channel) / ISDN_INTERFACE_CHANNELS)
#define BIT(channel) (UINT32_C(1) << ((channel) % ISDN_INTERFACE_CHANNELS))

void i3_channels_init(struct i3_channels *ch, enum isdn_interface interface, const uint8_t *ids,
		      unsigned n, unsigned d_channels)
{
	static const struct {
		uint32_t b,
			d; /* d: where the D-channel would be, a B-channel on other interfaces */
	} there[] = {
		[ISDN_E1] = { 0xfffefffe, 0x00010000 }, /* 1-15, 17-31 */
		[ISDN_T1] = { 0x00fffffe, 0x01000000 }, /* 1-23 */
		[ISDN_BRI] = { 0x00000006, 0 },
	};

	memset(ch, 0, sizeof(*ch));
	ch->interface = interface;
	ch->n = n ? n : 1;
	for (unsigned i = 0; i < ch->n; i++) {
		ch->id[i] = n ? ids[i] : 0;
		ch->there[i] = there[interface].b | (!i || i < d_channels ? 0 : there[interface].d);
	}
}

static bool in(const struct i3_channels *ch, const uint32_t mask[ISDN_INTERFACES_MAX],
	       unsigned channel)
{
	return OF(channel) < ch->n && (mask[OF(channel)] & BIT(channel));
}

bool i3_channel_exists(const struct i3_channels *ch, unsigned channel)
{
	return in(ch, ch->there, channel);
}

struct i3_call *i3_channel_owner(const struct i3_channels *ch, unsigned channel)
{
	return OF(channel) < ch->n ? ch->owner[channel] : NULL;
}

bool i3_channel_restarts(const struct i3_channels *ch, unsigned channel)
{
	return in(ch, ch->blocked, channel);
}

bool i3_channel_free(const struct i3_channels *ch, unsigned channel)
{
	return i3_channel_exists(ch, channel) && !ch->owner[channel] &&
	       !in(ch, ch->blocked, channel) && !in(ch, ch->out_here, channel) &&
	       !in(ch, ch->out_there, channel);
}

unsigned i3_channel_pick(const struct i3_channels *ch, bool highest)
{
	unsigned end = ch->n * ISDN_INTERFACE_CHANNELS;

	for (unsigned i = 1; i < end; i++) {
		unsigned channel = highest ? end - i : i;

		if (i3_channel_free(ch, channel))
			return channel;
	}
	return 0;
}

bool i3_channels_idle(const struct i3_channels *ch)
{
	for (unsigned i = 0; i < ch->n * ISDN_INTERFACE_CHANNELS; i++)
		if (ch->owner[i] || in(ch, ch->blocked, i))
			return false;
	return true;
}

void i3_channel_mark(const struct i3_channels *ch, uint32_t mask[ISDN_INTERFACES_MAX],
		     unsigned channel, bool on)
{
	uint32_t bits = channel % ISDN_INTERFACE_CHANNELS ? BIT(channel) : ~UINT32_C(0);

	if (OF(channel) >= ch->n)
		return;
	if (on)
		mask[OF(channel)] |= bits;
	else
		mask[OF(channel)] &= ~bits;
}

unsigned i3_channel_interface(const struct i3_channels *ch, const struct isdn_channel_id *id)
{
	if (!id->has_interface)
		return 0; /* that of the D-channel */
	for (unsigned i = 0; i < ch->n; i++)
		if (ch->id[i] == id->interface_id)
			return i;
	return I3_CHANNEL_UNKNOWN;
}

/* A slot map names channels by bits, the last octet has the lowest; 3 octets are of T1, from 1. */
uint32_t i3_channel_bits(const struct i3_channels *ch, const struct isdn_channel_id *id)
{
	uint32_t bits = 0;

	if (ch->interface == ISDN_BRI || !id->primary)
		return id->select && id->select < 3 ? UINT32_C(1) << id->select : 0;
	for (unsigned i = 0; id->has_channels && i < id->n_channels; i++) {
		unsigned number = id->channels[i], octet = id->channels[id->n_channels - 1 - i];

		if (!id->map && number < 32)
			bits |= UINT32_C(1) << number;
		if (id->map && i < 4)
			bits |= (uint32_t)octet << (i * 8 + (id->n_channels == 3 ? 1 : 0));
	}
	return bits;
}

int i3_channel_read(const struct i3_channels *ch, const struct isdn_channel_id *id)
{
	unsigned interface = i3_channel_interface(ch, id), number = 1;
	uint32_t bits;

	if (id->select == ISDN_CHANNEL_ANY)
		return I3_CHANNEL_ANY;
	if (id->select == ISDN_CHANNEL_NONE)
		return I3_CHANNEL_NONE;
	if (interface == I3_CHANNEL_UNKNOWN)
		return I3_CHANNEL_UNKNOWN;
	if (ch->interface == ISDN_BRI || !id->primary)
		return id->select;
	if (!id->has_channels)
		return I3_CHANNEL_ANY;
	if (!id->map)
		return id->channels[0] < ISDN_INTERFACE_CHANNELS && id->channels[0]
			       ? (int)ISDN_CHANNEL(interface, id->channels[0])
			       : I3_CHANNEL_UNKNOWN;
	bits = i3_channel_bits(ch, id) & ~UINT32_C(1);
	if (!bits)
		return I3_CHANNEL_ANY;
	while (!((bits >> number) & 1))
		number++;
	return (int)ISDN_CHANNEL(interface, number);
}

static void interface_id(const struct i3_channels *ch, struct isdn_channel_id *id, unsigned channel)
{
	id->has_interface = ch->n > 1;
	if (id->has_interface && OF(channel) < ch->n)
		id->interface_id = ch->id[OF(channel)];
}

void i3_channel_write(const struct i3_channels *ch, struct isdn_channel_id *id, unsigned channel,
		      bool exclusive)
{
	memset(id, 0, sizeof(*id));
	id->exclusive = exclusive;
	id->primary = ch->interface != ISDN_BRI;
	if (!channel) /* no B-channel */
		return;
	if (ch->interface == ISDN_BRI) {
		id->select = (uint8_t)channel;
		return;
	}
	interface_id(ch, id, channel);
	id->select = ISDN_CHANNEL_INDICATED;
	id->has_channels = true;
	id->type = 3;
	id->n_channels = 1;
	id->channels[0] = (uint8_t)(channel % ISDN_INTERFACE_CHANNELS);
}

void i3_channel_write_interface(const struct i3_channels *ch, struct isdn_channel_id *id,
				unsigned channel)
{
	memset(id, 0, sizeof(*id));
	id->exclusive = true;
	id->primary = ch->interface != ISDN_BRI;
	id->select = ISDN_CHANNEL_INDICATED;
	interface_id(ch, id, channel);
}
