/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Frames in hex: [time] [direction] [span=N] octets [# comment], a frame a
 * line; or lines with the offset in front, as text2pcap and od write them, of
 * which those that go on where the last one ended are one frame.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "dump.h"

struct hex {
	const struct reading *how;
	const struct sink *sink;
	uint8_t octets[DUMP_FRAME_MAX];
	size_t len, whole;
	bool open; /* a frame with offsets, which may go on */
	struct record r;
};

struct mark {
	const char *word;
	enum dump_side sender;
	enum dump_way way;
};

static const struct mark marks[] = {
	{ "->", DUMP_UNKNOWN, DUMP_SENT },
	{ ">", DUMP_UNKNOWN, DUMP_SENT },
	{ "-->", DUMP_UNKNOWN, DUMP_SENT },
	{ "tx", DUMP_UNKNOWN, DUMP_SENT },
	{ "O", DUMP_UNKNOWN, DUMP_SENT },
	{ "<-", DUMP_UNKNOWN, DUMP_RECEIVED },
	{ "<", DUMP_UNKNOWN, DUMP_RECEIVED },
	{ "<--", DUMP_UNKNOWN, DUMP_RECEIVED },
	{ "rx", DUMP_UNKNOWN, DUMP_RECEIVED },
	{ "I", DUMP_UNKNOWN, DUMP_RECEIVED },
	{ "user>", DUMP_USER, DUMP_ANY_WAY },
	{ "u>", DUMP_USER, DUMP_ANY_WAY },
	{ "user>net", DUMP_USER, DUMP_ANY_WAY },
	{ "user->net", DUMP_USER, DUMP_ANY_WAY },
	{ "user->network", DUMP_USER, DUMP_ANY_WAY },
	{ "net>", DUMP_NETWORK, DUMP_ANY_WAY },
	{ "n>", DUMP_NETWORK, DUMP_ANY_WAY },
	{ "net>user", DUMP_NETWORK, DUMP_ANY_WAY },
	{ "net->user", DUMP_NETWORK, DUMP_ANY_WAY },
	{ "network>", DUMP_NETWORK, DUMP_ANY_WAY },
	{ "network->user", DUMP_NETWORK, DUMP_ANY_WAY },
};

static size_t word_len(const char *text)
{
	return strcspn(text, " \t");
}

static const char *blanks(const char *text)
{
	return text + strspn(text, " \t");
}

static const struct mark *mark_of(const char *word, size_t n)
{
	if (n > 1 && word[n - 1] == ':')
		n--;
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (strlen(marks[i].word) == n && !strncmp(marks[i].word, word, n))
			return &marks[i];
	return NULL;
}

static int digit(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *at = c ? strchr(digits, tolower((unsigned char)c)) : NULL;

	return at ? (int)(at - digits) : -1;
}

static size_t hex_digits(const char *text)
{
	return strspn(text, "0123456789abcdefABCDEF");
}

/* What stands in front of the octets. */
static const char *front(struct hex *h, const char *text)
{
	const struct mark *m;
	size_t n;

	for (;;) {
		uint64_t us = 0;

		text = blanks(text);
		n = *text == '[' ? dump_time(text + 1, &us) : dump_time(text, &us);
		if (n) {
			h->r.us = us;
			h->r.has_time = true;
			text += *text == '[' ? n + 1 : n;
			text += *text == ']' || *text == ':';
			continue;
		}
		n = word_len(text);
		if (!strncmp(text, "span=", 5) && n > 5 && n < 12) {
			h->r.span = (unsigned)strtoul(text + 5, NULL, 10);
		} else if ((m = mark_of(text, n)) != NULL) {
			h->r.sender = m->sender;
			h->r.way = m->way;
		} else {
			return text;
		}
		text += n;
	}
}

static void deliver(struct hex *h)
{
	if (!h->whole)
		return;
	h->r.octets = h->octets;
	h->r.len = h->len;
	h->r.whole = h->whole;
	h->sink->record(h->sink->arg, &h->r);
	h->len = h->whole = 0;
	h->open = false;
}

static void add_octets(struct hex *h, const char *text, size_t n)
{
	for (size_t i = 0; i + 1 < n; i += 2, h->whole++)
		if (h->len < sizeof(h->octets))
			h->octets[h->len++] = (uint8_t)(digit(text[i]) << 4 | digit(text[i + 1]));
}

/* The octets to the end, or to the comment; false: something else is there. */
static bool octets(struct hex *h, const char *text)
{
	size_t n;

	for (text = blanks(text); *text && *text != '#'; text = blanks(text + n)) {
		n = hex_digits(text);
		if (!n || n % 2 || (text[n] && !strchr(" \t#", text[n])))
			return false;
		add_octets(h, text, n);
	}
	return h->whole > 0;
}

/* A line with an offset has 16 octets at most, and may have them as characters behind. */
static void offset_octets(struct hex *h, const char *text)
{
	for (unsigned i = 0; i < 16; i++) {
		size_t gap = strspn(text, " \t");

		if (gap > 2 && i)
			return;
		text += gap;
		if (hex_digits(text) != 2 || (text[2] && !strchr(" \t#", text[2])))
			return;
		add_octets(h, text, 2);
		text += 2;
	}
}

/* "0010 02 01 ...": three digits or more, and octets of two behind; -1: there is none. */
static long offset(const char **text)
{
	size_t n = hex_digits(*text);
	const char *next = blanks(*text + n);
	long v;

	if (n < 4 || n > 8 || next == *text + n || hex_digits(next) != 2 ||
	    (next[2] && !strchr(" \t#", next[2])))
		return -1;
	v = strtol(*text, NULL, 16);
	*text = next;
	return v;
}

/* False: it is no frame. */
static bool frame_line(struct hex *h, const char *line, uint64_t number)
{
	struct record kept = h->r;
	const char *text;
	long at;

	h->r = (struct record){ .source = h->how->source, .number = number, .bare = h->how->bare };
	text = front(h, line);
	at = offset(&text);
	if (at < 0 || !h->open || (size_t)at != h->whole) {
		struct record mine = h->r;

		h->r = kept;
		deliver(h);
		h->r = mine;
	} else {
		h->r = kept; /* it goes on */
	}
	if (at > 0 && !h->open)
		return false;
	if (at < 0) {
		if (!octets(h, text)) {
			h->len = h->whole = 0;
			return false;
		}
		deliver(h);
		return true;
	}
	h->open = true;
	offset_octets(h, text);
	return true;
}

static void line(void *state, const char *text, size_t len, uint64_t number)
{
	struct hex *h = state;
	const char *at = blanks(text);

	if (!*at && at == text + len) { /* an empty line ends a frame of several */
		deliver(h);
		return;
	}
	if (*at == '#')
		return;
	if (strlen(text) != len || !frame_line(h, text, number))
		h->sink->skipped(h->sink->arg, h->how->source, number, "no octets in hex");
}

static void drop_record(void *arg, const struct record *r)
{
	(void)r;
	*(bool *)arg = true;
}

static bool mine(const char *text, size_t len)
{
	static const struct reading how = { .program = "" };
	bool got = false;
	const struct sink sink = { .record = drop_record, .arg = &got };
	struct hex h = { .how = &how, .sink = &sink };
	const char *at = blanks(text);

	if (strlen(text) != len || !*at || *at == '#')
		return false;
	return frame_line(&h, text, 1) && h.whole + got > 0;
}

static void *begin(const struct reading *how, const struct sink *sink)
{
	struct hex *h = calloc(1, sizeof(*h));

	if (h) {
		h->how = how;
		h->sink = sink;
	}
	return h;
}

static void end(void *state)
{
	deliver(state);
	free(state);
}

const struct line_reader dump_hex = { "hex", mine, begin, line, end };
