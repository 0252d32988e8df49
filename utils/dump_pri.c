/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The trace of "pri set debug" in an Asterisk, as libpri writes it. "hex" and
 * "intense" have the octets of each frame; without those a frame is rebuilt
 * from what the text has of it: the fields of layer 2, the call reference, the
 * message type, and the octets of each element. What a line is of tells the
 * span in front of it, and "<" or ">".
 */
#include <stdlib.h>
#include <string.h>

#include "dump_pri.h"

#define SPANS_MAX 512 /* as many as DAHDI has */

struct pri {
	const struct reading *how;
	const struct sink *sink;
	struct pri_span *span[SPANS_MAX];
};

/* ---- a line: what is in front, the mark, and the rest ---- */

struct piece {
	unsigned span;
	char mark; /* 0: the line has none */
	const char *text;
	uint64_t us;
	bool has_time;
};

/* The span that "PRI Span: 1 " names; 0: none does. */
static unsigned span_of(const char *line, size_t front)
{
	const char *at = strstr(line, "Span");
	unsigned long n;

	if (!at || (size_t)(at - line) >= front)
		return 0;
	at += 4;
	at += strspn(at, ": ");
	n = strtoul(at, NULL, 10);
	return n < SPANS_MAX ? (unsigned)n : SPANS_MAX - 1;
}

/* A mark that begins the line, or follows a blank. */
static const char *find_mark(const char *line)
{
	for (const char *at = line; (at = strpbrk(at, "<>")) != NULL; at++)
		if (at[1] == ' ' && (at == line || at[-1] == ' ' || at[-1] == '\t'))
			return at;
	return NULL;
}

static void split(const char *line, struct piece *p)
{
	const char *at = find_mark(line);

	memset(p, 0, sizeof(*p));
	p->has_time = dump_time(line + (*line == '['), &p->us) > 0;
	p->span = span_of(line, at ? (size_t)(at - line) : strlen(line));
	p->mark = at ? *at : 0;
	p->text = at ? at + 2 : line;
}

/* ---- frames out ---- */

static void give(struct pri *p, struct pri_span *s, unsigned span, const uint8_t *octets,
		 size_t len, size_t whole, bool bare, const char *note)
{
	struct record r = {
		.source = p->how->source,
		.span = span,
		.number = s->number,
		.us = s->us,
		.has_time = s->has_time,
		.way = s->mark == '>' ? DUMP_SENT : DUMP_RECEIVED,
		.our = s->our ? s->our : p->how->side,
		.octets = octets,
		.len = len,
		.whole = whole,
		.bare = bare,
		.note = note,
	};

	p->sink->record(p->sink->arg, &r);
}

static bool enough(const struct pri_span *s)
{
	if (s->parts & (PART_DONE | PART_REQUEST | PART_RAW))
		return false;
	return s->parts & LAYER2 ? s->parts & PART_ADDRESS : s->parts & PART_TYPE;
}

/* The head of layer 2 goes in front of the message; how long it is. */
static size_t layer2_head(struct pri_span *s)
{
	size_t n = s->parts & PART_U ? 3 : 4;

	if (!(s->parts & LAYER2))
		return 0;
	memcpy(s->frame + 4 - n, s->address, 2);
	memcpy(s->frame + 6 - n, s->control, n - 2);
	return n;
}

/* What the text told of is given as far as it went. */
static void finish(struct pri *p, struct pri_span *s, unsigned span)
{
	size_t head, whole;

	if (enough(s)) {
		head = layer2_head(s);
		whole = s->parts & PART_MESSAGE ? s->message_size : s->size;
		if (whole < s->len)
			whole = s->len;
		give(p, s, span, s->frame + 4 - head, head + s->len, head + whole, !head,
		     whole > s->len ? "rebuilt from the text of the trace, which lacks octets"
				    : "rebuilt from the text of the trace");
	}
	s->parts = PART_DONE;
}

/* What a line begins: the part that it is, 0: nothing. */
static unsigned head_of(const char *text)
{
	static const struct {
		const char *text;
		unsigned part;
	} heads[] = {
		{ "TEI: ", PART_STATE },
		{ "Informational frame:", PART_I },
		{ "Supervisory frame:", PART_S },
		{ "Unnumbered frame:", PART_U },
		{ "DL-DATA request", PART_REQUEST },
		{ "DL-UNIT DATA request", PART_REQUEST },
		{ "Protocol Discriminator:", PART_MESSAGE },
		{ "[ ", PART_RAW },
	};

	for (size_t i = 0; i < sizeof(heads) / sizeof(heads[0]); i++)
		if (!strncmp(text, heads[i].text, strlen(heads[i].text)))
			return heads[i].part;
	return 0;
}

/*
 * The order is: state, octets, layer 2, message; each of them may be missing, and octets stand for
 * all that is behind them. What comes again, or comes late, is of the next frame.
 */
static bool goes_on(const struct pri_span *s, unsigned head)
{
	const unsigned later[] = { PART_STATE, PART_RAW, LAYER2, PART_MESSAGE };
	unsigned seen = 0;

	if (head == PART_REQUEST || (s->parts & PART_DONE && !(s->parts & PART_RAW)))
		return false;
	for (size_t i = sizeof(later) / sizeof(later[0]); i-- > 0;) {
		seen |= later[i];
		if (later[i] & head)
			return s->parts && !(s->parts & seen);
	}
	return false;
}

static void begin_frame(struct pri *p, struct pri_span *s, const struct piece *piece,
			uint64_t number)
{
	finish(p, s, piece->span);
	s->parts = 0;
	s->len = s->size = s->message_size = 0;
	s->control[0] = s->control[1] = 0;
	s->mark = piece->mark;
	s->number = number;
	s->us = piece->us;
	s->has_time = piece->has_time;
}

static void raw_frame(struct pri *p, struct pri_span *s, unsigned span, const char *text)
{
	size_t n = pri_octets(text + 1, s->frame, sizeof(s->frame));

	if (!n)
		return;
	give(p, s, span, s->frame, n, n, false, NULL);
	s->parts |= PART_DONE;
}

static bool complete(const struct pri_span *s)
{
	if (s->parts & PART_TYPE)
		return s->message_size && s->len >= s->message_size;
	return s->parts & PART_SIZE && s->len >= s->size;
}

static void marked(struct pri *p, struct pri_span *s, const struct piece *piece, uint64_t number)
{
	const char *text = piece->text;
	unsigned head = head_of(text);

	if (head && (piece->mark != s->mark || !goes_on(s, head)))
		begin_frame(p, s, piece, number);
	s->parts |= head;
	if (strstr(text, "Type: NET]") || strstr(text, "Type: CPE]"))
		s->our = strstr(text, "Type: NET]") ? DUMP_NETWORK : DUMP_USER;
	if (piece->mark != s->mark || s->parts & PART_DONE)
		return;
	if (head == PART_RAW)
		raw_frame(p, s, piece->span, text);
	else
		pri_words(s, text);
	if (enough(s) && complete(s))
		finish(p, s, piece->span);
}

/* What libpri says of the two ends elsewhere. */
static void unmarked(struct pri_span *s, const char *text)
{
	if (strstr(text, "from cpe peer"))
		s->our = DUMP_NETWORK;
	else if (strstr(text, "from network peer"))
		s->our = DUMP_USER;
}

static void line(void *state, const char *text, size_t len, uint64_t number)
{
	struct pri *p = state;
	struct pri_span *s;
	struct piece piece;

	(void)len; /* what is behind a NUL is no trace */
	split(text, &piece);
	s = p->span[piece.span];
	if (!s && piece.mark)
		s = p->span[piece.span] = calloc(1, sizeof(*s));
	if (s && piece.mark)
		marked(p, s, &piece, number);
	else if (s)
		unmarked(s, text);
	else if (piece.mark)
		p->sink->skipped(p->sink->arg, p->how->source, number, "no memory");
}

static bool mine(const char *text, size_t len)
{
	uint8_t octets[DUMP_FRAME_MAX];
	struct piece piece;
	unsigned head;

	if (strlen(text) != len)
		return false;
	split(text, &piece);
	head = piece.mark ? head_of(piece.text) : 0;
	return head && (head != PART_RAW || pri_octets(piece.text + 1, octets, sizeof(octets)));
}

static void *begin(const struct reading *how, const struct sink *sink)
{
	struct pri *p = calloc(1, sizeof(*p));

	if (p) {
		p->how = how;
		p->sink = sink;
	}
	return p;
}

static void end(void *state)
{
	struct pri *p = state;

	for (unsigned i = 0; i < SPANS_MAX; i++)
		if (p->span[i]) {
			finish(p, p->span[i], i);
			free(p->span[i]);
		}
	free(p);
}

const struct line_reader dump_pri = { "pri", mine, begin, line, end };
