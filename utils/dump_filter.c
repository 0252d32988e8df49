/* SPDX-License-Identifier: BSD-2-Clause */
/* Which frames, and which calls, are asked for. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "dump.h"
#include "uui.h"

enum part {
	PART_NUMBER = 1,
	PART_CAUSE = 1 << 1,
	PART_CALL = 1 << 2,
	PART_TYPE = 1 << 3,
	PART_CHANNEL = 1 << 4,
	PART_UUI = 1 << 5,
	PART_SPAN = 1 << 6
};

/* ---- from the command line ---- */

bool dump_filter_call(struct filter *f, const char *text, char *why, size_t cap)
{
	static const struct {
		const char *front;
		enum dump_side owner;
	} sides[] = { { "user:", DUMP_USER },
		      { "net:", DUMP_NETWORK },
		      { "network:", DUMP_NETWORK } };
	unsigned long v;
	char *end;

	f->call_owner = DUMP_UNKNOWN;
	for (size_t i = 0; i < sizeof(sides) / sizeof(sides[0]); i++)
		if (!strncmp(text, sides[i].front, strlen(sides[i].front))) {
			f->call_owner = sides[i].owner;
			text += strlen(sides[i].front);
			break;
		}
	v = strtoul(text, &end, 0);
	if (!isdigit((unsigned char)*text) || *end || v > 32767) {
		snprintf(why, cap,
			 "a call reference is 0 to 32767, with the side that allocated it in "
			 "front: 5, user:5, net:5");
		return false;
	}
	f->by_call = true;
	f->call_reference = (unsigned)v;
	return true;
}

/* Letters alone, small: "release-complete" is "RELEASE COMPLETE". */
static void plain(const char *text, size_t n, char *out, size_t cap)
{
	size_t at = 0;

	for (size_t i = 0; i < n && at + 1 < cap; i++)
		if (isalnum((unsigned char)text[i]))
			out[at++] = (char)tolower((unsigned char)text[i]);
	out[at] = '\0';
}

static bool one_type(struct filter *f, const char *text, size_t n)
{
	const char *unknown = isdn_msg_name(0xff);
	char wanted[40], name[40];
	bool found = false;

	plain(text, n, wanted, sizeof(wanted));
	for (unsigned type = 0; *wanted && type < 256; type++) {
		const char *full = isdn_msg_name(type);

		plain(full, strlen(full), name, sizeof(name));
		if (strcmp(full, unknown) != 0 && !strcmp(name, wanted))
			f->type[type] = found = true;
	}
	return found;
}

bool dump_filter_types(struct filter *f, const char *text, char *why, size_t cap)
{
	f->by_type = true;
	while (*text) {
		size_t n = strcspn(text, ",");

		if (!one_type(f, text, n)) {
			snprintf(why, cap,
				 "\"%.*s\" is no message of Q.931 or Q.932; names are as in "
				 "SETUP, RELEASE-COMPLETE, with commas between several",
				 n < 40 ? (int)n : 40, text);
			return false;
		}
		text += n + (text[n] == ',');
	}
	return true;
}

bool dump_filter_uui(struct filter *f, const char *text, char *why, size_t cap)
{
	struct uui hex;
	char padded[2 * (ISDN_UUI_MAX + 1) + 8];

	f->has_uui = true;
	if (strncmp(text, "hex:", 4) != 0) {
		f->uui_len = strlen(text);
		if (f->uui_len && f->uui_len <= sizeof(f->uui)) {
			memcpy(f->uui, text, f->uui_len);
			return true;
		}
		snprintf(why, cap, "1 to %d characters are needed, or hex:...", ISDN_UUI_MAX);
		return false;
	}
	if (strlen(text + 4) > 2 * sizeof(f->uui)) {
		snprintf(why, cap, "1 to %d octets are needed", ISDN_UUI_MAX);
		return false;
	}
	snprintf(padded, sizeof(padded), "04%s", text + 4); /* a discriminator, for the reader */
	if (!uui_from_hex(padded, &hex, why, cap))
		return false;
	f->uui_len = hex.size - 1;
	memcpy(f->uui, hex.octets + 1, f->uui_len);
	return true;
}

bool dump_filter_active(const struct filter *f)
{
	return f->number || f->cause || f->channel || f->by_call || f->has_uui || f->by_type;
}

/* ---- a message ---- */

static bool ends_with(const struct isdn_number *n, const char *suffix)
{
	size_t len = strlen(suffix);

	return len <= n->n_digits && !memcmp(n->digits + n->n_digits - len, suffix, len);
}

static bool has_number(const struct isdn_msg *m, const char *suffix)
{
	const struct {
		enum isdn_ie ie;
		const struct isdn_number *number;
	} numbers[] = {
		{ ISDN_IE_CALLED, &m->called },
		{ ISDN_IE_CONNECTED, &m->connected },
		{ ISDN_IE_CONNECTED_ADDRESS, &m->connected_address },
		{ ISDN_IE_REDIRECTING, &m->redirecting },
		{ ISDN_IE_REDIRECTION, &m->redirection },
		{ ISDN_IE_ORIGINAL_CALLED, &m->original_called },
	};

	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		if (isdn_msg_has(m, numbers[i].ie) && ends_with(numbers[i].number, suffix))
			return true;
	for (unsigned i = 0; i < isdn_msg_count(m, ISDN_IE_CALLING) && i < ISDN_CALLING_MAX; i++)
		if (ends_with(&m->calling[i], suffix))
			return true;
	return false;
}

static bool has_cause(const struct isdn_msg *m, int cause)
{
	for (unsigned i = 0; i < isdn_msg_count(m, ISDN_IE_CAUSE) && i < ISDN_CAUSES_MAX; i++)
		if (m->cause[i].value == cause)
			return true;
	return false;
}

/* A number of the list, a bit of the map, or B1 and B2 of a basic interface. */
static bool names_channel(const struct isdn_channel_id *c, int channel)
{
	if (!c->primary)
		return c->select == channel;
	for (unsigned i = 0; i < c->n_channels && i < ISDN_CHANNELS_MAX; i++) {
		int first = 8 * (c->n_channels - 1 - (int)i) + 1;

		if (!c->map && c->channels[i] == channel)
			return true;
		if (c->map && channel >= first && channel < first + 8 &&
		    c->channels[i] >> (channel - first) & 1)
			return true;
	}
	return false;
}

static bool has_channel(const struct isdn_msg *m, int channel)
{
	for (unsigned i = 0; i < isdn_msg_count(m, ISDN_IE_CHANNEL_ID) && i < ISDN_CHANNEL_IDS_MAX;
	     i++)
		if (names_channel(&m->channel_id[i], channel))
			return true;
	return false;
}

static bool has_uui(const struct isdn_msg *m, const struct filter *f)
{
	if (!isdn_msg_has(m, ISDN_IE_USER_USER))
		return false;
	for (size_t at = 0; at + f->uui_len <= m->uui.len; at++)
		if (!memcmp(m->uui.data + at, f->uui, f->uui_len))
			return true;
	return false;
}

static unsigned part(bool asked, bool has, enum part bit)
{
	return !asked || has ? (unsigned)bit : 0;
}

unsigned dump_filter_parts(const struct filter *f, const struct frame *frame)
{
	const struct isdn_msg *m = frame->msg;
	bool has = frame->has_msg;

	return part(f->span >= 0, frame->r.span == (unsigned)f->span, PART_SPAN) |
	       part(f->number, has && f->number && has_number(m, f->number), PART_NUMBER) |
	       part(f->cause, has && has_cause(m, f->cause), PART_CAUSE) |
	       part(f->by_call,
		    has && m->cr_len && m->cr == f->call_reference &&
			    (!f->call_owner || f->call_owner == frame->owner),
		    PART_CALL) |
	       part(f->by_type, has && m->discriminator == ISDN_PD_Q931 && f->type[m->type],
		    PART_TYPE) |
	       part(f->channel, has && has_channel(m, f->channel), PART_CHANNEL) |
	       part(f->has_uui, has && has_uui(m, f), PART_UUI);
}
