/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Most elements are filled by the table of their fields; those with octets
 * that depend on others have a function of their own.
 */
#include "tests/random_msg.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "q931/codec.h"

#define B(name) (UINT64_C(1) << ISDN_IE_##name)

struct making {
	struct random *r;
	struct isdn_msg *m;
	const struct i3_variant *v;
	enum isdn_dir dir;
	uint64_t repeat; /* elements that may be there several times */
};

/* splitmix64 */
uint32_t random_u32(struct random *r)
{
	uint64_t z = r->state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return (uint32_t)((z ^ (z >> 31)) >> 32);
}

void random_seed(struct random *r, uint64_t seed)
{
	r->state = seed * UINT64_C(0xd1342543de82ef95);
}

unsigned random_below(struct random *r, unsigned n)
{
	return (unsigned)((uint64_t)random_u32(r) * n >> 32);
}

bool random_chance(struct random *r, unsigned percent)
{
	return random_below(r, 100) < percent;
}

static void failed(const char *what)
{
	fprintf(stderr, "random_msg: %s\n", what);
	abort();
}

/* Few, now and then up to max. */
static unsigned some(struct random *r, unsigned least, unsigned max)
{
	unsigned few = random_chance(r, 90) && max > least + 12 ? least + 12 : max;

	return least + random_below(r, few - least + 1);
}

static void octets(struct random *r, uint8_t *o, size_t n)
{
	for (size_t i = 0; i < n; i++)
		o[i] = (uint8_t)random_u32(r);
}

/* The codeset, seldom and where the variant knows elements of it; else 0. */
static uint8_t perhaps_codeset(struct making *k, unsigned codeset)
{
	return (k->v->codesets >> codeset) & 1 && random_chance(k->r, 10) ? (uint8_t)codeset : 0;
}

static void keep(struct making *k, const uint8_t *o, size_t n, struct isdn_octets *to)
{
	if (isdn_msg_keep(k->m, o, n, to))
		failed("no room for octets");
}

static void some_octets(struct making *k, unsigned least, unsigned max, struct isdn_octets *to)
{
	uint8_t o[256];
	unsigned n = some(k->r, least, max);

	octets(k->r, o, n);
	keep(k, o, n, to);
}

static unsigned digits(struct random *r, char *to, unsigned n)
{
	static const char keys[] = "0123456789*#";
	bool wild = random_chance(r, 5);

	for (unsigned i = 0; i < n; i++) {
		unsigned any = r->for_tshark ? 0x20 + random_below(r, 0x5f)
					     : 1 + random_below(r, 127);

		to[i] = wild ? (char)any : keys[random_below(r, 12)];
	}
	to[n] = '\0';
	return n;
}

static void text(struct random *r, uint8_t *to, unsigned n)
{
	bool wild = !r->for_tshark && random_chance(r, 20);

	octets(r, to, n);
	for (unsigned i = 0; i < n && !wild; i++)
		to[i] = (uint8_t)(0x20 + to[i] % 0x5f);
}

/* Mostly a value with a name. */
static unsigned value_of(struct random *r, const struct i3_name *names, unsigned bits)
{
	unsigned n = 0;

	while (names && names[n].name)
		n++;
	if (n && random_chance(r, 85))
		return names[random_below(r, n)].value;
	return random_u32(r) & ((1u << bits) - 1);
}

static const struct i3_field *field(const struct i3_field *f, const char *key)
{
	while (f->key && strcmp(f->key, key) != 0)
		f++;
	if (!f->key)
		failed(key);
	return f;
}

/* A value of the field with this key. */
static uint8_t named(struct making *k, const struct i3_field *fields, const char *key)
{
	const struct i3_field *f = field(fields, key);

	return (uint8_t)value_of(k->r, f->names, f->bits);
}

/* 0 is the coding standard of the Recommendations. */
static uint8_t coding(struct making *k)
{
	return (uint8_t)(random_chance(k->r, 90) ? 0 : random_below(k->r, 4));
}

/* first: the element has no other octets, it must not be empty. */
static void make_field(struct making *k, const struct i3_field *f, uint8_t *value, bool first)
{
	unsigned n;
	uint16_t wide;

	switch ((enum i3_field_kind)f->kind) {
	case I3_U8:
	case I3_CAUSE:
		value[f->at] = f->names == i3_coding_names
				       ? coding(k)
				       : (uint8_t)value_of(k->r, f->names, f->bits);
		break;
	case I3_U16:
		wide = (uint16_t)value_of(k->r, f->names, f->bits);
		memcpy(value + f->at, &wide, sizeof(wide));
		break;
	case I3_BOOL:
		value[f->at] = random_chance(k->r, 50);
		break;
	case I3_DIGITS:
		n = some(k->r, first, f->bits);
		value[f->len] = (uint8_t)digits(k->r, (char *)value + f->at, n);
		break;
	case I3_TEXT:
	case I3_HEX:
		n = some(k->r, first, f->bits);
		value[f->len] = (uint8_t)n;
		if (f->kind == I3_TEXT)
			text(k->r, value + f->at, n);
		else
			octets(k->r, value + f->at, n);
		break;
	case I3_OCTETS:
		some_octets(k, first, 60, (struct isdn_octets *)(void *)(value + f->at));
		break;
	case I3_LIST:
	case I3_DIAG:
	case I3_COMPONENTS:
		failed(f->key);
	}
}

/* By the table. What a bool announces is there or not. */
static void make_by_fields(struct making *k, enum isdn_ie ie, uint8_t *value)
{
	const struct i3_field *fields = i3_ies[ie].fields;

	for (const struct i3_field *f = fields; f->key; f++) {
		if (f->when != I3_ALWAYS && f->when != f->at) {
			value[f->when] = random_chance(k->r, 50);
			if (!value[f->when])
				continue;
		}
		make_field(k, f, value, f == fields);
	}
}

static void make_rate(struct making *k, const struct i3_field *f, struct isdn_bearer *b)
{
	b->n_layer1 = (uint8_t)random_below(k->r, 5);
	if (b->n_layer1 >= 1) {
		b->asynchronous = random_chance(k->r, 50);
		b->inband = random_chance(k->r, 50);
		b->user_rate = named(k, f, "user_rate");
	}
	if (b->n_layer1 >= 2 && b->layer1 == ISDN_L1_V120) {
		b->header = random_chance(k->r, 50);
		b->multiframe = random_chance(k->r, 50);
		b->sensitive = random_chance(k->r, 50);
		b->lli_negotiation = random_chance(k->r, 50);
		b->assignor = random_chance(k->r, 50);
		b->inband_lli = random_chance(k->r, 50);
	} else if (b->n_layer1 >= 2) {
		b->intermediate_rate = named(k, f, "intermediate_rate");
		b->nic_tx = random_chance(k->r, 50);
		b->nic_rx = random_chance(k->r, 50);
		b->flow_tx = random_chance(k->r, 50);
		b->flow_rx = random_chance(k->r, 50);
	}
	if (b->n_layer1 >= 3) {
		b->stop_bits = named(k, f, "stop_bits");
		b->data_bits = named(k, f, "data_bits");
		b->parity = named(k, f, "parity");
	}
	if (b->n_layer1 >= 4) {
		b->duplex = random_chance(k->r, 50);
		b->modem = named(k, f, "modem");
	}
}

static uint8_t any_of(struct making *k, unsigned bits)
{
	return (uint8_t)(random_u32(k->r) & ((1u << bits) - 1));
}

/* Octets 6a to 7c, of low layer compatibility. */
static void make_parameters(struct making *k, struct isdn_bearer *b)
{
	if (b->layer2) {
		b->n_layer2 = (uint8_t)random_below(k->r, 3);
		if (b->n_layer2 && b->layer2 == 0x10) {
			b->layer2_user = any_of(k, 7);
		} else if (b->n_layer2) {
			b->layer2_mode = any_of(k, 2);
			b->layer2_q933 = (uint8_t)random_below(k->r, 4);
		}
		if (b->n_layer2 == 2)
			b->layer2_window = (uint8_t)random_below(k->r, 128);
	}
	if (b->layer3 == 0x0b) {
		b->n_layer3 = (uint8_t)(2 * random_below(k->r, 2));
		b->layer3_id = b->n_layer3 ? any_of(k, 8) : 0;
	} else if (b->layer3 == 0x10) {
		b->n_layer3 = (uint8_t)random_below(k->r, 2);
		b->layer3_user = b->n_layer3 ? any_of(k, 7) : 0;
	} else if (b->layer3) {
		b->n_layer3 = (uint8_t)random_below(k->r, 4);
		b->layer3_mode = b->n_layer3 >= 1 ? any_of(k, 2) : 0;
		b->packet_size = b->n_layer3 >= 2 ? any_of(k, 4) : 0;
		b->packet_window = (uint8_t)(b->n_layer3 >= 3 ? random_below(k->r, 128) : 0);
	}
}

static void make_bearer(struct making *k, enum isdn_ie ie, void *value)
{
	static const uint8_t adaptions[] = { ISDN_L1_V110, ISDN_L1_NON_ITU, ISDN_L1_V120 };
	const struct i3_field *f = i3_ies[ie].fields;
	struct isdn_bearer *b = value;

	b->coding = coding(k);
	b->capability = named(k, f, "capability");
	b->has_negotiation = ie == ISDN_IE_LLC && random_chance(k->r, 30);
	b->negotiation = b->has_negotiation && random_chance(k->r, 50);
	b->mode = named(k, f, "mode");
	b->rate = named(k, f, "rate");
	if (b->coding)
		return;
	if (b->rate == 0x18)
		b->multiplier = any_of(k, 7);
	if (random_chance(k->r, 70))
		b->layer1 = random_chance(k->r, 40) ? adaptions[random_below(k->r, 3)]
						    : named(k, f, "layer1");
	if (b->layer1 == ISDN_L1_V110 || b->layer1 == ISDN_L1_NON_ITU || b->layer1 == ISDN_L1_V120)
		make_rate(k, f, b);
	if (random_chance(k->r, 30))
		b->layer2 = named(k, f, "layer2");
	if (random_chance(k->r, 30))
		b->layer3 = named(k, f, "layer3");
	if (ie == ISDN_IE_LLC)
		make_parameters(k, b);
}

/* The form that Q.850 gives the diagnostics of a cause. */
static unsigned diagnostics(struct making *k, unsigned cause, uint8_t *d)
{
	struct random *r = k->r;
	unsigned n = 1 + random_below(r, 4);

	switch (cause) {
	case 17:
	case 34:
		d[0] = (uint8_t)(0x81 + random_below(r, 2));
		return 1;
	case 21:
		d[0] = (uint8_t)(0x80 | random_below(r, 3) << 2);
		d[0] |= (uint8_t)random_below(r, 3);
		d[1] = i3_ies[random_below(r, ISDN_IE_COUNT)].id;
		return n < 2 ? 1 : 2;
	case 22:
		return digits(r, (char *)d, n);
	case 102:
		return (unsigned)snprintf((char *)d, ISDN_DIAG_MAX, "%u",
					  301 + random_below(r, 22));
	case 43:
	case 88:
	case 96:
	case 99:
	case 100:
		for (unsigned i = 0; i < n; i++)
			d[i] = i3_ies[random_below(r, ISDN_IE_COUNT)].id;
		if (n > 1 && random_chance(r, 30))
			d[n - 2] = (uint8_t)(0x91 + random_below(r, 7));
		return n;
	case 97:
	case 98:
	case 101:
		d[0] = (uint8_t)random_u32(r);
		return 1;
	default:
		d[0] = (uint8_t)(0x80 | random_below(r, 3));
		return 1;
	}
}

static void make_cause(struct making *k, enum isdn_ie ie, void *value)
{
	struct isdn_cause_ie *c = value;

	c->coding = coding(k);
	c->location = named(k, i3_ies[ie].fields, "location");
	c->has_recommendation = random_chance(k->r, 15);
	if (c->has_recommendation)
		c->recommendation = (uint8_t)random_below(k->r, 128);
	do
		c->value = (uint8_t)(1 + random_below(k->r, 127));
	while (!isdn_cause_name(c->value) && random_chance(k->r, 85));
	if (random_chance(k->r, 50))
		return;
	/* the digits of a timer are text to tshark */
	if (random_chance(k->r, 80) || (k->r->for_tshark && c->value == 102)) {
		c->n_diag = (uint8_t)diagnostics(k, c->value, c->diag);
		return;
	}
	/* octets 3 to 4 are three with a recommendation; 30 are the most */
	c->n_diag = (uint8_t)some(k->r, 1, ISDN_DIAG_MAX - c->has_recommendation);
	octets(k->r, c->diag, c->n_diag);
}

static void make_channel_id(struct making *k, enum isdn_ie ie, void *value)
{
	const struct i3_field *f = i3_ies[ie].fields;
	struct isdn_channel_id *c = value;

	c->primary = random_chance(k->r, 60);
	c->exclusive = random_chance(k->r, 50);
	c->d_channel = random_chance(k->r, 10);
	c->select = (uint8_t)random_below(k->r, 4);
	c->has_interface = random_chance(k->r, 20);
	if (c->has_interface)
		c->interface_id = (uint8_t)random_below(k->r, 128);
	c->has_channels = random_chance(k->r, c->primary ? 80 : 5);
	if (!c->has_channels)
		return;
	c->coding = coding(k);
	c->map = random_chance(k->r, 20);
	c->type = named(k, f, "type");
	c->n_channels = (uint8_t)(c->map		    ? 3 + random_below(k->r, 2)
				  : random_chance(k->r, 80) ? 1
							    : some(k->r, 1, ISDN_CHANNELS_MAX));
	for (unsigned i = 0; i < c->n_channels; i++)
		c->channels[i] = (uint8_t)random_below(k->r, c->map ? 256 : 128);
}

static void make_number(struct making *k, enum isdn_ie ie, void *value)
{
	const struct i3_field *f = i3_ies[ie].fields;
	struct isdn_number *n = value;

	n->type = named(k, f, "type");
	n->plan = named(k, f, "plan");
	n->has_presentation = f != i3_called_fields && random_chance(k->r, 70);
	if (n->has_presentation) {
		n->presentation = named(k, f, "presentation");
		n->screening = named(k, f, "screening");
	}
	n->has_reason = f == i3_redirecting_fields && n->has_presentation &&
			random_chance(k->r, 70);
	if (n->has_reason)
		n->reason = named(k, f, "reason");
	n->n_digits = (uint8_t)digits(k->r, n->digits, some(k->r, 0, ISDN_DIGITS_MAX));
}

static void make_network_facilities(struct making *k, enum isdn_ie ie, void *value)
{
	const struct i3_field *f = i3_ies[ie].fields;
	struct isdn_network_facilities *n = value;

	if (random_chance(k->r, 50)) {
		n->n_id = (uint8_t)digits(k->r, n->id, some(k->r, 1, ISDN_NETWORK_ID_MAX));
		n->id_type = named(k, f, "id_type");
		n->id_plan = named(k, f, "id_plan");
	}
	some_octets(k, 0, 40, &n->facility);
}

/* Descriptions 3 and 0x40 have more behind them. */
static void make_notification(struct making *k, enum isdn_ie ie, void *value)
{
	struct isdn_notification *n = value;

	n->description = named(k, i3_ies[ie].fields, "description");
	if (n->description == 3 || n->description == 0x40)
		some_octets(k, 0, 40, &n->data);
}

static void make_display(struct making *k, enum isdn_ie ie, void *value)
{
	struct isdn_display *d = value;

	(void)ie;
	d->codeset = perhaps_codeset(k, 6);
	if (k->v->charset && random_chance(k->r, 60))
		d->charset = (uint8_t)(0x80 | (random_chance(k->r, 90) ? 0x31 : random_u32(k->r)));
	d->len = (uint8_t)some(k->r, !d->charset, ISDN_DISPLAY_MAX - (d->charset != 0));
	text(k->r, d->text, d->len);
	if (k->v->charset && !d->charset)
		d->text[0] &= 0x7f; /* it would be read as the character set */
}

static void make_date_time(struct making *k, enum isdn_ie ie, void *value)
{
	struct isdn_date_time *d = value;
	uint8_t *o[] = { &d->year, &d->month, &d->day, &d->hour, &d->minute, &d->second };
	static const uint8_t end[] = { 100, 13, 32, 24, 60, 60 };

	(void)ie;
	d->n = (uint8_t)(k->r->for_tshark ? 5 + random_below(k->r, 2) : 3 + random_below(k->r, 4));
	for (unsigned i = 0; i < d->n; i++)
		*o[i] = (uint8_t)random_below(k->r, random_chance(k->r, 95) ? end[i] : 256);
}

static void make_feature(struct making *k, enum isdn_ie ie, void *value)
{
	struct isdn_feature_ie *f = value;

	f->extended = random_chance(k->r, 30);
	f->id = (uint16_t)random_below(k->r, f->extended ? 0x4000 : 0x80);
	if (ie == ISDN_IE_FEATURE_INDICATION)
		f->status = named(k, i3_ies[ie].fields, "status");
}

static void make_transit_delay(struct making *k, enum isdn_ie ie, void *value)
{
	struct isdn_transit_delay *d = value;

	(void)ie;
	d->cumulative = (uint16_t)random_u32(k->r);
	d->has_requested = random_chance(k->r, 60);
	if (d->has_requested)
		d->requested = (uint16_t)random_u32(k->r);
	d->has_maximum = d->has_requested && random_chance(k->r, 60);
	if (d->has_maximum)
		d->maximum = (uint16_t)random_u32(k->r);
}

static void make_hlc(struct making *k, enum isdn_ie ie, void *value)
{
	struct isdn_hlc *h = value;

	make_by_fields(k, ie, value);
	if (random_chance(k->r, 80)) {
		h->interpretation = 4;
		h->presentation = 1;
	}
}

static void make_user_user(struct making *k, enum isdn_ie ie, void *value)
{
	struct isdn_uui *u = value;

	u->codeset = (uint8_t)(random_chance(k->r, 10) ? 7 - k->v->uui_codeset : k->v->uui_codeset);
	u->discriminator = named(k, i3_ies[ie].fields, "discriminator");
	u->len = (uint8_t)some(k->r, 0, ISDN_UUI_MAX);
	if (u->discriminator == 4)
		text(k->r, u->data, u->len);
	else
		octets(k->r, u->data, u->len);
}

static void make_party_category(struct making *k, enum isdn_ie ie, void *value)
{
	struct isdn_party_category *p = value;

	p->codeset = perhaps_codeset(k, 4) ? 4 : 5;
	p->category = named(k, i3_ies[ie].fields, "category");
	if (k->r->for_tshark && p->codeset == 5)
		p->category &= 7; /* bits 8 to 4 are not shown */
}

/* Whole elements, which is how tshark reads a first segment; else any octets. */
static void make_segmented(struct making *k, enum isdn_ie ie, void *value)
{
	struct isdn_segmented *s = value;
	uint8_t o[240];
	size_t n = 0;

	(void)ie;
	s->first = random_chance(k->r, 40);
	s->remaining = (uint8_t)random_below(k->r, random_chance(k->r, 90) ? 8 : 128);
	s->type = ISDN_MT_SETUP;
	if (random_chance(k->r, 50))
		s->type = (uint8_t)random_below(k->r, 128);
	octets(k->r, o, sizeof(o));
	if (!k->r->for_tshark || !s->first) {
		n = some(k->r, k->r->for_tshark, sizeof(o));
	} else {
		for (unsigned i = 1 + random_below(k->r, 10); i; i--) {
			o[n] = i3_ies[ISDN_IE_CALL_IDENTITY].id;
			o[n + 1] = (uint8_t)(1 + random_below(k->r, 8));
			n += 2u + o[n + 1];
		}
	}
	keep(k, o, n, &s->segment);
}

/* One BER value: a number, a string, or a sequence of a few. */
static unsigned ber_value(struct making *k, uint8_t *o, unsigned depth)
{
	unsigned n = random_below(k->r, 6), len = 0;

	if (depth && random_chance(k->r, 40)) {
		for (unsigned i = random_below(k->r, 4); i; i--)
			len += ber_value(k, o + 2 + len, depth - 1);
		o[0] = 0x30;
	} else {
		static const uint8_t tags[] = { 0x02, 0x04, 0x0a, 0x80, 0x81, 0x16 };

		o[0] = tags[random_below(k->r, sizeof(tags))];
		len = 1 + n;
		octets(k->r, o + 2, len);
	}
	o[1] = (uint8_t)len;
	return len + 2;
}

static void make_argument(struct making *k, struct isdn_component *c)
{
	uint8_t o[600];
	unsigned n;

	if (random_chance(k->r, 30))
		return;
	n = ber_value(k, o, 2);
	if (n <= 120)
		keep(k, o, n, &c->argument);
}

/* As likely small as large; the upper bits, at least so many, are 0. */
static uint32_t any_size(struct random *r, unsigned least)
{
	unsigned zeros = least + random_below(r, 32 - least);

	return random_u32(r) >> zeros;
}

static void make_oid(struct making *k, struct isdn_oid *oid)
{
	static const uint32_t etsi[] = { 0, 4, 0, 369, 1 };

	oid->n = 5;
	memcpy(oid->arc, etsi, sizeof(etsi));
	if (random_chance(k->r, 60)) {
		oid->arc[oid->n++] = random_below(k->r, 8);
		return;
	}
	oid->n = (uint8_t)(2 + random_below(k->r, ISDN_OID_MAX - 1));
	oid->arc[0] = random_below(k->r, 3);
	oid->arc[1] = random_below(k->r, oid->arc[0] < 2 ? 40 : 1000);
	for (unsigned i = 2; i < oid->n; i++)
		oid->arc[i] = any_size(k->r, 0);
}

/* Operations that tshark reads the argument of, with one that it may have. */
static const struct known {
	uint8_t operation, type, len;
	uint8_t argument[20];
} knowns[] = {
	{ 1, ISDN_INVOKE, 8, { 0x30, 0x06, 0x81, 0x01, 0x01, 0x82, 0x01, 0xff } },
	{ 1, ISDN_INVOKE, 8, { 0x30, 0x06, 0x81, 0x01, 0x03, 0x82, 0x01, 0x00 } },
	{ 41, ISDN_INVOKE, 3, { 0x02, 0x01, 0x05 } },
	{ 43, ISDN_INVOKE, 3, { 0x02, 0x01, 0x02 } },
	{ 44, ISDN_INVOKE, 3, { 0x02, 0x01, 0x07 } },
	{ 40, ISDN_RETURN_RESULT, 8, { 0x30, 0x06, 0x02, 0x01, 0x05, 0x02, 0x01, 0x01 } },
};

/* Numbers that mean nothing to tshark, whose arguments it leaves alone. */
static int32_t unknown_operation(struct making *k)
{
	static const uint8_t dss1[] = { 4, 5, 6, 48 };

	if (random_chance(k->r, 50))
		return dss1[random_below(k->r, sizeof(dss1))];
	return (int32_t)(200 + any_size(k->r, 4));
}

static void make_operation(struct making *k, struct isdn_component *c)
{
	const struct known *known = &knowns[random_below(k->r, sizeof(knowns) / sizeof(knowns[0]))];

	if (random_chance(k->r, 20)) {
		c->form = ISDN_OPERATION_GLOBAL;
		make_oid(k, &c->global);
		make_argument(k, c);
		return;
	}
	c->form = ISDN_OPERATION_LOCAL;
	if (c->type == known->type && random_chance(k->r, 60)) {
		c->local = known->operation;
		keep(k, known->argument, known->len, &c->argument);
		return;
	}
	if (c->type == ISDN_RETURN_ERROR && random_chance(k->r, 60)) {
		c->local = (int32_t)random_below(k->r, 5);
		return;
	}
	if (k->r->for_tshark)
		c->local = unknown_operation(k);
	else
		c->local = (int32_t)(random_chance(k->r, 80) ? random_below(k->r, 70)
							     : random_u32(k->r));
	make_argument(k, c);
}

static void make_component(struct making *k, struct isdn_component *c)
{
	memset(c, 0, sizeof(*c));
	c->type = (uint8_t)(ISDN_INVOKE + random_below(k->r, 4));
	c->has_invoke_id = c->type != ISDN_REJECT || random_chance(k->r, 70);
	if (c->has_invoke_id)
		c->invoke_id = (int16_t)(random_chance(k->r, 70)
						 ? (int)random_below(k->r, 128)
						 : (int)random_below(k->r, 0x10000) - 0x8000);
	if (c->type == ISDN_REJECT) {
		c->problem_tag = (uint8_t)random_below(k->r, 4);
		c->problem = (uint8_t)random_below(k->r, random_chance(k->r, 90) ? 8 : 128);
		return;
	}
	c->has_linked_id = c->type == ISDN_INVOKE && random_chance(k->r, 20);
	if (c->has_linked_id)
		c->linked_id = (int16_t)((int)random_below(k->r, 0x10000) - 0x8000);
	if (c->type != ISDN_RETURN_RESULT || random_chance(k->r, 70))
		make_operation(k, c);
}

static void make_extensions(struct making *k, struct isdn_facility *f)
{
	uint8_t o[6];
	unsigned n = 0;

	f->has_nfe = random_chance(k->r, 80);
	if (f->has_nfe) {
		f->has_source = f->has_destination = true;
		if (!k->r->for_tshark) {
			f->has_source = random_chance(k->r, 90);
			f->has_destination = random_chance(k->r, 90);
		}
	}
	if (f->has_source) {
		f->source = (uint8_t)random_below(k->r, 2);
		memcpy(o, (uint8_t[]){ 0x80, 1, f->source }, 3);
		n = 3;
	}
	if (f->has_destination) {
		f->destination = (uint8_t)random_below(k->r, 2);
		memcpy(o + n, (uint8_t[]){ 0x82, 1, f->destination }, 3);
		n += 3;
	}
	if (n && random_chance(k->r, 80)) /* else they are written from the two values */
		keep(k, o, n, &f->nfe);
	f->has_npp = random_chance(k->r, 20);
	if (f->has_npp)
		f->npp = (uint8_t)random_below(k->r, 128);
	f->has_interpretation = random_chance(k->r, 60);
	if (f->has_interpretation)
		f->interpretation = (uint8_t)random_below(k->r, 3);
}

/* Octets of the contents, or too many to tell. */
static size_t facility_len(struct making *k, const struct isdn_facility *f)
{
	uint8_t o[512];
	struct i3_writer out = { ib_wr(o, sizeof(o)), k->m, k->v };

	if (!i3_facility_encode(&out, f) || out.w.bad)
		return sizeof(o);
	return ib_wr_len(&out.w);
}

static void make_facility(struct making *k, enum isdn_ie ie, void *value)
{
	struct isdn_facility *f = value;
	struct isdn_msg *m = k->m;
	unsigned n = 1 + random_below(k->r, random_chance(k->r, 80) ? 1 : 4);

	f->codeset = ie == ISDN_IE_FACILITY ? perhaps_codeset(k, 6) : 0;
	f->profile = random_chance(k->r, 70) ? ISDN_PROFILE_ROSE
					     : ISDN_PROFILE_NETWORKING_EXTENSIONS;
	f->first = m->n_components;
	if (!k->r->for_tshark) {
		f->has_service = random_chance(k->r, 10);
		f->service = (uint8_t)(f->has_service ? random_below(k->r, 128) : 0);
		if (random_chance(k->r, 10)) {
			f->profile = ISDN_PROFILE_CMIP + random_chance(k->r, 50);
			f->fault = ISDN_FACILITY_PROFILE;
			some_octets(k, 0, 60, &f->rest);
			return;
		}
	}
	if (f->profile == ISDN_PROFILE_NETWORKING_EXTENSIONS)
		make_extensions(k, f);
	while (n-- && m->n_components < ISDN_COMPONENTS_MAX) {
		make_component(k, &m->component[m->n_components++]);
		f->n_components++;
	}
	while (facility_len(k, f) > 240) {
		f->n_components--;
		m->n_components--;
	}
}

typedef void maker(struct making *k, enum isdn_ie ie, void *value);

static maker *const makers[ISDN_IE_COUNT] = {
	[ISDN_IE_SEGMENTED] = make_segmented,
	[ISDN_IE_BEARER] = make_bearer,
	[ISDN_IE_LLC] = make_bearer,
	[ISDN_IE_CAUSE] = make_cause,
	[ISDN_IE_EXTENDED_FACILITY] = make_facility,
	[ISDN_IE_FACILITY] = make_facility,
	[ISDN_IE_CHANNEL_ID] = make_channel_id,
	[ISDN_IE_NETWORK_FACILITIES] = make_network_facilities,
	[ISDN_IE_NOTIFICATION] = make_notification,
	[ISDN_IE_DISPLAY] = make_display,
	[ISDN_IE_DATE_TIME] = make_date_time,
	[ISDN_IE_FEATURE_ACTIVATION] = make_feature,
	[ISDN_IE_FEATURE_INDICATION] = make_feature,
	[ISDN_IE_TRANSIT_DELAY] = make_transit_delay,
	[ISDN_IE_CONNECTED] = make_number,
	[ISDN_IE_CONNECTED_ADDRESS] = make_number,
	[ISDN_IE_CALLING] = make_number,
	[ISDN_IE_CALLED] = make_number,
	[ISDN_IE_ORIGINAL_CALLED] = make_number,
	[ISDN_IE_REDIRECTING] = make_number,
	[ISDN_IE_REDIRECTION] = make_number,
	[ISDN_IE_HLC] = make_hlc,
	[ISDN_IE_USER_USER] = make_user_user,
	[ISDN_IE_PARTY_CATEGORY] = make_party_category,
};

/* The element, once or as often as it may be. */
static void make_element(struct making *k, enum isdn_ie ie)
{
	const struct i3_ie *row = &i3_ies[ie];
	unsigned n = 1;

	if (row->repeat > 1 && (k->repeat >> ie) & 1 && random_chance(k->r, 25))
		n = 1 + random_below(k->r, row->repeat);
	while (n--) {
		uint8_t *value = (uint8_t *)k->m + row->at + isdn_msg_add(k->m, ie) * row->size;

		memset(value, 0, row->size);
		if (makers[ie])
			makers[ie](k, ie, value);
		else
			make_by_fields(k, ie, value);
	}
}

static const struct i3_msg_row *make_header(struct making *k, enum isdn_variant v)
{
	const struct i3_msg_row *row;
	struct isdn_msg *m = k->m;
	static const unsigned references[] = { 0, 0x7f, 0x7fff };
	unsigned len = random_below(k->r, 3), cr = random_u32(k->r) & references[len];

	isdn_msg_init(m, 0, len, cr, len && random_chance(k->r, 50));
	if (k->v->maintenance && random_chance(k->r, 5)) {
		m->discriminator = k->v->maintenance;
		m->cr_len = (uint8_t)(1 + random_below(k->r, 2));
		m->cr = 0;
	}
	do {
		m->type = (uint8_t)random_below(k->r, 128);
		row = i3_msg_row(v, k->dir, m);
	} while (!row);
	return row;
}

/* A repeat indicator stands in front of the element that it is for. */
static uint64_t sensible(uint64_t elements)
{
	return elements & B(LLC) ? elements : elements & ~B(REPEAT_LLC);
}

static uint64_t choose(struct random *r, uint64_t from)
{
	unsigned percent = random_chance(r, 75) ? 12 : random_chance(r, 80) ? 40 : 95;
	uint64_t chosen = 0;

	for (; from; from &= from - 1)
		if (random_chance(r, percent))
			chosen |= from & ~(from - 1);
	return sensible(chosen);
}

/* Take out one of these elements. */
static uint64_t drop_one(struct making *k, uint64_t optional)
{
	uint64_t held = k->m->present & optional;

	for (unsigned n = random_below(k->r, 64); n; n--)
		if (held & (held - 1))
			held &= held - 1;
	held &= ~(held - 1);
	if (held & B(LLC))
		held |= B(REPEAT_LLC);
	k->m->present &= ~held;
	return held;
}

/* True when it fits, at last. */
static bool shorten(struct making *k, enum isdn_variant v, enum isdn_dir dir, uint64_t optional)
{
	uint8_t o[ISDN_MSG_REASSEMBLED_MAX + 2048];
	size_t len;

	do {
		if (isdn_msg_encode(v, dir, k->m, o, sizeof(o), &len))
			failed("a message can not be encoded");
		if (len <= ISDN_MSG_MAX)
			return true;
	} while (drop_one(k, optional));
	return false;
}

/* The elements of a message of the row; those that are not mandatory are chosen. */
static bool fill(struct making *k, enum isdn_variant v, const struct i3_msg_row *row, bool few)
{
	uint64_t mandatory = row->mandatory[k->dir], optional = row->optional[k->dir], all;

	k->repeat = row->repeat;
	if (k->v->symmetrical) {
		mandatory &= row->mandatory[!k->dir];
		optional |= row->optional[!k->dir] | row->mandatory[0] | row->mandatory[1];
	}
	optional &= ~(mandatory | k->v->without);
	all = mandatory | (few ? 0 : choose(k->r, optional));
	for (unsigned ie = 0; ie < ISDN_IE_COUNT; ie++)
		if ((all >> ie) & 1)
			make_element(k, (enum isdn_ie)ie);
	return shorten(k, v, k->dir, optional);
}

void random_msg(struct random *r, enum isdn_variant v, enum isdn_dir dir, struct isdn_msg *m)
{
	struct making k = { r, m, i3_variant(v), dir, 0 };
	const struct i3_msg_row *row;

	do
		row = make_header(&k, v);
	while (!fill(&k, v, row, false));
}

bool random_msg_of(struct random *r, enum isdn_variant v, enum isdn_dir dir, unsigned type,
		   bool few, struct isdn_msg *m)
{
	struct making k = { r, m, i3_variant(v), dir, 0 };
	const struct i3_msg_row *row;

	do {
		isdn_msg_init(m, type, 2, 0, false);
		row = i3_msg_row(v, dir, m);
		if (!row)
			return false;
	} while (!fill(&k, v, row, few));
	return true;
}
