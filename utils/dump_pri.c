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

#include "dump.h"

#define SPANS_MAX 512 /* as many as DAHDI has */
#define LAYER2	  (PART_I | PART_S | PART_U)

/* What is known of the frame that the text is telling of. */
enum part {
	PART_STATE = 1,	 /* "TEI: 0 State 7(...)" */
	PART_I = 1 << 1, /* "Informational frame:", and so on */
	PART_S = 1 << 2,
	PART_U = 1 << 3,
	PART_ADDRESS = 1 << 4,
	PART_SIZE = 1 << 5,    /* "59 bytes of data" */
	PART_MESSAGE = 1 << 6, /* a protocol discriminator */
	PART_CALLREF = 1 << 7,
	PART_TYPE = 1 << 8,
	PART_REQUEST = 1 << 9, /* "DL-DATA request": it is told once more when it is sent */
	PART_RAW = 1 << 10,    /* "[ 02 01 ... ]": the text that follows is of this frame */
	PART_DONE = 1 << 11    /* delivered */
};

struct pri_span {
	unsigned parts;
	char mark; /* '<', '>' */
	uint64_t number, us;
	bool has_time;
	uint8_t address[2], control[2];
	unsigned size, message_size;
	uint8_t frame[4 + DUMP_FRAME_MAX]; /* the message from octet 4 */
	size_t len;			   /* of the message */
	enum dump_side our;
};

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

/* ---- octets in brackets ---- */

static int nibble(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* "02 01 7f" up to "]" behind it; how many, 0: it is something else. */
static size_t bracket(const char *text, uint8_t *to, size_t cap)
{
	size_t n = 0;

	for (text += *text == ' '; n < cap; text += *text == ' ') {
		int high = nibble(text[0]), low = high < 0 ? -1 : nibble(text[1]);

		if (low < 0)
			return 0;
		to[n++] = (uint8_t)(high << 4 | low);
		text += 2;
		if (!strcmp(text, "]") || !strcmp(text, " ]"))
			return n;
		if (*text != ' ')
			return 0;
	}
	return 0;
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

/* ---- the lines of a frame ---- */

static long number_behind(const char *text, const char *word)
{
	const char *at = strstr(text, word);

	return at ? strtol(at + strlen(word), NULL, 10) : -1;
}

static void put(struct pri_span *s, unsigned octet)
{
	if (s->len < DUMP_FRAME_MAX)
		s->frame[4 + s->len++] = (uint8_t)octet;
}

static bool address_line(struct pri_span *s, const char *text)
{
	long v;

	if (!strncmp(text, "SAPI:", 5)) {
		s->address[0] = (uint8_t)(strtol(text + 5, NULL, 10) << 2);
		s->address[0] |= (uint8_t)(number_behind(text, "C/R:") > 0 ? 2 : 0);
	} else if (!strncmp(text, " TEI:", 5) && (v = strtol(text + 5, NULL, 10)) >= 0) {
		s->address[1] = (uint8_t)(v << 1 | 1);
		s->parts |= PART_ADDRESS;
	} else {
		return false;
	}
	return true;
}

static void u_control(struct pri_span *s, const char *text)
{
	long m3 = number_behind(text, "M3:"), pf = number_behind(text, "P/F:"),
	     m2 = number_behind(text, "M2:");

	s->control[0] = (uint8_t)((m3 & 7) << 5 | (pf & 1) << 4 | (m2 & 3) << 2 | 3);
}

static bool control_line(struct pri_span *s, const char *text)
{
	long v = number_behind(text, ":"), pf;

	if (!strncmp(text, "  M3:", 5)) {
		u_control(s, text);
	} else if (!strncmp(text, "N(S):", 5)) {
		s->control[0] = (uint8_t)(v << 1);
	} else if (!strncmp(text, "N(R):", 5)) {
		pf = number_behind(text, s->parts & PART_I ? "P:" : "P/F:");
		s->control[1] = (uint8_t)(v << 1 | (pf > 0));
	} else if (!strncmp(text, "Zero:", 5)) {
		s->control[0] = (uint8_t)((number_behind(text, " S:") & 3) << 2 | 1);
	} else {
		return false;
	}
	return true;
}

/* TEI management is told in words alone. */
static bool management_line(struct pri_span *s, const char *text)
{
	long v = number_behind(text, ":");

	if (!strncmp(text, "MDL Message:", 12)) {
		s->len = 0;
		put(s, 0x0f);
		put(s, 0);
		put(s, 0);
		put(s, (unsigned)v);
	} else if (!strncmp(text, "Ri:", 3) && s->len == 4) {
		s->frame[5] = (uint8_t)(v >> 8);
		s->frame[6] = (uint8_t)v;
	} else if (!strncmp(text, "Ai:", 3) && s->len == 4) {
		put(s, (unsigned)v << 1 | (number_behind(text, "E:") != 0));
	} else {
		return false;
	}
	return true;
}

/* "TEI=0 Call Ref: len= 2 (reference 1/0x1) (Sent to originator)" */
static void call_reference(struct pri_span *s, const char *text)
{
	long len = number_behind(text, "len="), v = number_behind(text, "reference ");
	unsigned flag = strstr(text, "(Sent to originator") || strstr(text, "(Terminator") ? 0x80
											   : 0;

	if (len < 0 || len > 2)
		len = 2;
	put(s, (unsigned)len);
	if (len == 2) {
		put(s, ((unsigned)v >> 8 & 0x7f) | flag);
		put(s, (unsigned)v & 0xff);
	} else if (len == 1) {
		put(s, ((unsigned)v & 0x7f) | flag);
	}
	s->parts |= PART_CALLREF;
}

/* The last "(5)" of the text. */
static unsigned in_parentheses(const char *text)
{
	const char *at = strrchr(text, '(');

	return at ? (unsigned)strtoul(at + 1, NULL, 10) : 0;
}

static bool message_line(struct pri_span *s, const char *text)
{
	uint8_t element[260];
	size_t n;

	if (!strncmp(text, "Protocol Discriminator:", 23)) {
		s->len = 0;
		s->message_size = (unsigned)number_behind(text, "len=");
		if (s->message_size > DUMP_FRAME_MAX)
			s->message_size = 0;
		put(s, in_parentheses(text));
		s->parts |= PART_MESSAGE;
	} else if ((s->parts & (PART_MESSAGE | PART_CALLREF)) == PART_MESSAGE &&
		   strstr(text, "Call Ref: len=")) {
		call_reference(s, text);
	} else if ((s->parts & (PART_CALLREF | PART_TYPE)) == PART_CALLREF &&
		   strstr(text, "Message Type:")) {
		put(s, in_parentheses(text));
		s->parts |= PART_TYPE;
	} else if (s->parts & PART_TYPE && *text == '[' &&
		   (n = bracket(text + 1, element, sizeof(element))) > 0) {
		for (size_t i = 0; i < n; i++)
			put(s, element[i]);
	} else {
		return false;
	}
	return true;
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
	size_t n = bracket(text + 1, s->frame, sizeof(s->frame));

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
	else if (!address_line(s, text) && !control_line(s, text) && !management_line(s, text) &&
		 !message_line(s, text) && strstr(text, "bytes of data")) {
		unsigned long n = strtoul(text, NULL, 10);

		s->size = n < DUMP_FRAME_MAX ? (unsigned)n : DUMP_FRAME_MAX;
		s->parts |= PART_SIZE;
	}
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
	return head && (head != PART_RAW || bracket(piece.text + 1, octets, sizeof(octets)));
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
