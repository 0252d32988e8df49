/* SPDX-License-Identifier: BSD-2-Clause */
/* Bearer capability, Q.931 4.5.5, and low layer compatibility, 4.5.19: the same octet groups. */
#include "base/rare.h"
#include "q931/codec.h"

#define RATE_MULTIRATE 0x18
#define LAYER2_USER    0x10
#define LAYER3_USER    0x10
#define LAYER3_TR9577  0x0b
#define IDENTITY(o)    (((o) >> 5) & 3) /* of a layer's octet: 1, 2, 3 */
#define ENDS(o)	       ((o)&0x80)

/* Octets 5a to 5d belong to rate adaption. */
static bool rate_adaption(unsigned layer1)
{
	return layer1 == ISDN_L1_V110 || layer1 == ISDN_L1_NON_ITU || layer1 == ISDN_L1_V120;
}

static unsigned octet_5b(struct i3_reader *in, struct isdn_bearer *b)
{
	unsigned o = i3_octet(in, "5b");

	i3_spare(in, o & 0x01);
	if (b->layer1 == ISDN_L1_V120) {
		b->header = o & 0x40;
		b->multiframe = o & 0x20;
		b->sensitive = o & 0x10;
		b->lli_negotiation = o & 0x08;
		b->assignor = o & 0x04;
		b->inband_lli = o & 0x02;
		return o;
	}
	b->intermediate_rate = (o >> 5) & 3;
	b->nic_tx = o & 0x10;
	b->nic_rx = o & 0x08;
	b->flow_tx = o & 0x04;
	b->flow_rx = o & 0x02;
	return o;
}

/* Octets 5a to 5d, as far as the extension bits go. */
static IB_RARE void rate(struct i3_reader *in, struct isdn_bearer *b)
{
	unsigned o = i3_octet(in, "5a");

	b->n_layer1 = 1;
	b->asynchronous = o & 0x40;
	b->inband = o & 0x20;
	b->user_rate = o & 0x1f;
	if (ENDS(o))
		return;
	o = octet_5b(in, b);
	b->n_layer1 = 2;
	if (ENDS(o))
		return;
	o = i3_octet(in, "5c");
	b->n_layer1 = 3;
	b->stop_bits = (o >> 5) & 3;
	b->data_bits = (o >> 3) & 3;
	b->parity = o & 7;
	if (ENDS(o))
		return;
	o = i3_octet(in, "5d");
	b->n_layer1 = 4;
	b->duplex = o & 0x40;
	b->modem = o & 0x3f;
	i3_group_ends(in, o);
}

/* Protocol 0 is none: the structure says that the octet is absent, and the octets say more. */
static void nothing(struct i3_reader *in, unsigned o, bool none)
{
	in->odd |= none;
	i3_group_ends(in, o);
}

static void layer1(struct i3_reader *in, struct isdn_bearer *b)
{
	unsigned o = i3_octet(in, "5");

	b->layer1 = o & 0x1f;
	if (ENDS(o) || !b->layer1) {
		nothing(in, o, !b->layer1);
		return;
	}
	if (rate_adaption(b->layer1))
		rate(in, b);
	else
		i3_group_ends(in, o);
}

static IB_RARE void layer2(struct i3_reader *in, struct isdn_bearer *b)
{
	unsigned o = i3_octet(in, "6");

	b->layer2 = o & 0x1f;
	if (ENDS(o) || !b->layer2) {
		nothing(in, o, !b->layer2);
		return;
	}
	o = i3_octet(in, "6a");
	b->n_layer2 = 1;
	if (b->layer2 == LAYER2_USER) {
		b->layer2_user = o & 0x7f;
	} else {
		b->layer2_mode = (o >> 5) & 3;
		b->layer2_q933 = o & 3;
		i3_spare(in, o & 0x1c);
	}
	if (ENDS(o))
		return;
	o = i3_octet(in, "6b");
	b->n_layer2 = 2;
	b->layer2_window = o & 0x7f;
	i3_group_ends(in, o);
}

static void tr9577(struct i3_reader *in, struct isdn_bearer *b)
{
	unsigned high = i3_octet(in, "7a"), low;

	i3_spare(in, high & 0xf0);
	low = i3_octet(in, "7b");
	i3_spare(in, low & 0x70);
	b->n_layer3 = 2;
	b->layer3_id = (uint8_t)((high & 0x0f) << 4 | (low & 0x0f));
	i3_group_ends(in, low);
}

static IB_RARE void layer3(struct i3_reader *in, struct isdn_bearer *b)
{
	unsigned o = i3_octet(in, "7");

	b->layer3 = o & 0x1f;
	if (ENDS(o) || !b->layer3) {
		nothing(in, o, !b->layer3);
		return;
	}
	if (b->layer3 == LAYER3_TR9577) {
		tr9577(in, b);
		return;
	}
	o = i3_octet(in, "7a");
	b->n_layer3 = 1;
	if (b->layer3 == LAYER3_USER) {
		b->layer3_user = o & 0x7f;
		i3_group_ends(in, o);
		return;
	}
	b->layer3_mode = (o >> 5) & 3;
	i3_spare(in, o & 0x1f);
	if (ENDS(o))
		return;
	o = i3_octet(in, "7b");
	b->n_layer3 = 2;
	b->packet_size = o & 0x0f;
	i3_spare(in, o & 0x70);
	if (ENDS(o))
		return;
	o = i3_octet(in, "7c");
	b->n_layer3 = 3;
	b->packet_window = o & 0x7f;
	i3_group_ends(in, o);
}

/* Octets 5, 6 and 7, each of which may be absent. What comes in another order is kept, not read. */
static void layers(struct i3_reader *in, struct isdn_bearer *b)
{
	if (ib_rd_left(&in->r) && IDENTITY(ib_rd_peek(&in->r)) == 1)
		layer1(in, b);
	if (ib_rd_left(&in->r) && IDENTITY(ib_rd_peek(&in->r)) == 2)
		layer2(in, b);
	if (ib_rd_left(&in->r) && IDENTITY(ib_rd_peek(&in->r)) == 3)
		layer3(in, b);
}

static bool decode(struct i3_reader *in, struct isdn_bearer *b, bool llc)
{
	unsigned o = i3_octet(in, "3");

	memset(b, 0, sizeof(*b));
	b->coding = (o >> 5) & 3;
	b->capability = o & 0x1f;
	if (!ENDS(o)) {
		if (!llc)
			return false;
		o = i3_octet(in, "3a");
		b->has_negotiation = true;
		b->negotiation = o & 0x40;
		i3_spare(in, o & 0x3f);
		i3_group_ends(in, o);
	}
	o = i3_octet(in, "4");
	b->mode = (o >> 5) & 3;
	b->rate = o & 0x1f;
	i3_group_ends(in, o); /* octets 4a and 4b of 1988 */
	if (b->coding)
		return !in->r.bad; /* what follows is not the Recommendation's */
	if (b->rate == RATE_MULTIRATE) {
		o = i3_octet(in, "4.1");
		b->multiplier = o & 0x7f;
		i3_group_ends(in, o);
	}
	layers(in, b);
	return !in->r.bad;
}

bool i3_bearer_decode(struct i3_reader *in, void *value)
{
	return decode(in, value, false);
}

bool i3_llc_decode(struct i3_reader *in, void *value)
{
	return decode(in, value, true);
}

static bool good(const struct isdn_bearer *b)
{
	return b->coding <= 3 && b->capability <= 0x1f && b->mode <= 3 && b->rate <= 0x1f &&
	       b->multiplier <= 0x7f && b->layer1 <= 0x1f && b->layer2 <= 0x1f &&
	       b->layer3 <= 0x1f && b->user_rate <= 0x1f && b->intermediate_rate <= 3 &&
	       b->stop_bits <= 3 && b->data_bits <= 3 && b->parity <= 7 && b->modem <= 0x3f &&
	       b->layer2_mode <= 3 && b->layer2_q933 <= 3 && b->layer2_user <= 0x7f &&
	       b->layer2_window <= 0x7f && b->layer3_mode <= 3 && b->layer3_user <= 0x7f &&
	       b->packet_size <= 0x0f && b->packet_window <= 0x7f;
}

/* An octet of a group: bit 8 when it is the last. */
static void put(struct i3_writer *out, unsigned o, bool last)
{
	ib_wr_u8(&out->w, (last ? 0x80u : 0) | o);
}

/* Octets 5a to 5d. */
static IB_RARE void write_rate(struct i3_writer *out, const struct isdn_bearer *b)
{
	unsigned n = b->n_layer1;

	put(out, (b->asynchronous ? 0x40u : 0) | (b->inband ? 0x20u : 0) | b->user_rate, n == 1);
	if (n >= 2 && b->layer1 == ISDN_L1_V120)
		put(out,
		    (b->header ? 0x40u : 0) | (b->multiframe ? 0x20u : 0) |
			    (b->sensitive ? 0x10u : 0) | (b->lli_negotiation ? 0x08u : 0) |
			    (b->assignor ? 0x04u : 0) | (b->inband_lli ? 0x02u : 0),
		    n == 2);
	else if (n >= 2)
		put(out,
		    (unsigned)b->intermediate_rate << 5 | (b->nic_tx ? 0x10u : 0) |
			    (b->nic_rx ? 0x08u : 0) | (b->flow_tx ? 0x04u : 0) |
			    (b->flow_rx ? 0x02u : 0),
		    n == 2);
	if (n >= 3)
		put(out, (unsigned)b->stop_bits << 5 | (unsigned)b->data_bits << 3 | b->parity,
		    n == 3);
	if (n >= 4)
		put(out, (b->duplex ? 0x40u : 0) | b->modem, true);
}

static bool write_layer1(struct i3_writer *out, const struct isdn_bearer *b)
{
	unsigned n = b->n_layer1;

	if (n > 4 || (n && !rate_adaption(b->layer1)))
		return false;
	put(out, 0x20u | b->layer1, n == 0);
	if (n)
		write_rate(out, b);
	return true;
}

static IB_RARE bool write_layer2(struct i3_writer *out, const struct isdn_bearer *b)
{
	unsigned n = b->n_layer2;

	if (n > 2)
		return false;
	put(out, 0x40u | b->layer2, n == 0);
	if (n >= 1 && b->layer2 == LAYER2_USER)
		put(out, b->layer2_user, n == 1);
	else if (n >= 1)
		put(out, (unsigned)b->layer2_mode << 5 | b->layer2_q933, n == 1);
	if (n >= 2)
		put(out, b->layer2_window, true);
	return true;
}

static IB_RARE bool write_layer3(struct i3_writer *out, const struct isdn_bearer *b)
{
	unsigned n = b->n_layer3;

	if (n > 3 || (b->layer3 == LAYER3_USER && n > 1) ||
	    (b->layer3 == LAYER3_TR9577 && n != 0 && n != 2))
		return false;
	put(out, 0x60u | b->layer3, n == 0);
	if (b->layer3 == LAYER3_TR9577 && n) {
		put(out, b->layer3_id >> 4, false);
		put(out, b->layer3_id & 0x0fu, true);
		return true;
	}
	if (n >= 1)
		put(out, b->layer3 == LAYER3_USER ? b->layer3_user : (unsigned)b->layer3_mode << 5,
		    n == 1);
	if (n >= 2)
		put(out, b->packet_size, n == 2);
	if (n >= 3)
		put(out, b->packet_window, true);
	return true;
}

static bool encode(struct i3_writer *out, const struct isdn_bearer *b, bool llc)
{
	if (!good(b) || (b->has_negotiation && !llc) ||
	    (b->coding && (b->layer1 || b->layer2 || b->layer3)))
		return false;
	put(out, (unsigned)b->coding << 5 | b->capability, !b->has_negotiation);
	if (b->has_negotiation)
		put(out, b->negotiation ? 0x40u : 0, true);
	put(out, (unsigned)b->mode << 5 | b->rate, true);
	if (b->rate == RATE_MULTIRATE && !b->coding)
		put(out, b->multiplier, true);
	return (!b->layer1 || write_layer1(out, b)) && (!b->layer2 || write_layer2(out, b)) &&
	       (!b->layer3 || write_layer3(out, b));
}

bool i3_bearer_encode(struct i3_writer *out, const void *value)
{
	return encode(out, value, false);
}

bool i3_llc_encode(struct i3_writer *out, const void *value)
{
	return encode(out, value, true);
}
