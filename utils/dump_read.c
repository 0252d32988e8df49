/* SPDX-License-Identifier: BSD-2-Clause */
/* Which reader an input is for; its lines, or its stream. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* fopencookie */
#endif
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "dump.h"

volatile sig_atomic_t dump_stopped;

const char *const dump_input_words[] = { "auto", "hex", "pcap", "pri", NULL };

bool dump_trouble(const struct reading *how, const char *format, ...)
{
	va_list ap;

	if (how->quiet || dump_stopped)
		return false;
	fprintf(stderr, "%s: %s: ", how->program, how->name);
	va_start(ap, format);
	vfprintf(stderr, format, ap);
	va_end(ap);
	fputc('\n', stderr);
	return false;
}

#define UNDECIDED_MAX DUMP_LINE_MAX /* octets of lines that do not tell what they are */

/* A descriptor, and what was read of it to see what it is. */
struct peeked {
	int fd;
	uint8_t octets[4];
	size_t n, at;
	int error;
};

static ssize_t read_some(struct peeked *p, void *to, size_t cap)
{
	ssize_t n;

	if (p->at < p->n && cap) {
		*(uint8_t *)to = p->octets[p->at++];
		return 1;
	}
	do
		n = dump_stopped ? 0 : read(p->fd, to, cap);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		p->error = errno;
	return n;
}

static void peek(struct peeked *p)
{
	size_t n = 0;

	while (n < sizeof(p->octets)) {
		ssize_t got = read_some(p, p->octets + n, sizeof(p->octets) - n);

		if (got <= 0)
			break;
		n += (size_t)got;
		if (memchr(p->octets, '\n', n) && p->octets[0] != '\n')
			break; /* a short line: it may be all for now */
	}
	p->n = n;
}

/* ---- captures ---- */

static ssize_t cookie_read(void *cookie, char *to, size_t cap)
{
	return read_some(cookie, to, cap);
}

static FILE *stream(struct peeked *p)
{
	return fopencookie(p, "r", (cookie_io_functions_t){ .read = cookie_read });
}

typedef bool (*capture_reader)(FILE *, const struct reading *, const struct sink *);

/* By the magic of the file, in either order of octets; NULL: it is no capture. */
static capture_reader capture_kind(const uint8_t m[4])
{
	static const struct {
		uint8_t magic[4];
		capture_reader read;
	} kinds[] = {
		{ { 0xd4, 0xc3, 0xb2, 0xa1 }, dump_pcap },
		{ { 0xa1, 0xb2, 0xc3, 0xd4 }, dump_pcap },
		{ { 0x4d, 0x3c, 0xb2, 0xa1 }, dump_pcap },
		{ { 0xa1, 0xb2, 0x3c, 0x4d }, dump_pcap },
		{ { 0x34, 0xcd, 0xb2, 0xa1 }, dump_pcap },
		{ { 0xa1, 0xb2, 0xcd, 0x34 }, dump_pcap },
		{ { 0x0a, 0x0d, 0x0d, 0x0a }, dump_pcapng },
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (!memcmp(kinds[i].magic, m, 4))
			return kinds[i].read;
	return NULL;
}

static bool no_memory(const struct reading *how)
{
	return dump_trouble(how, "no memory");
}

static bool read_capture(struct peeked *p, capture_reader read, const struct reading *how,
			 const struct sink *sink)
{
	FILE *f = stream(p);

	return f ? read(f, how, sink) : no_memory(how);
}

/* ---- lines ---- */

struct lines {
	const struct reading *how;
	const struct sink *sink;
	const struct line_reader *reader; /* NULL: not known yet */
	void *state;
	bool failed;	 /* no memory, or nobody knows what the text is */
	uint64_t number; /* of the last line */
	size_t len;
	bool too_long;
	size_t undecided_len;
	char line[DUMP_LINE_MAX + 1];
	char undecided[UNDECIDED_MAX]; /* the lines up to now, each with its NUL */
};

/* The reader gets the lines that were there before it was chosen. */
static void choose(struct lines *l, const struct line_reader *reader)
{
	uint64_t number = 0;

	l->reader = reader;
	l->state = reader->begin(l->how, l->sink);
	if (!l->state) {
		l->failed = true;
		no_memory(l->how);
		return;
	}
	for (size_t at = 0; at < l->undecided_len;) {
		size_t n = strlen(l->undecided + at);

		reader->line(l->state, l->undecided + at, n, ++number);
		at += n + 1;
	}
}

static void unknown_text(struct lines *l)
{
	l->failed = true;
	dump_trouble(l->how, "this is neither a capture, nor frames in hex, nor a trace of "
			     "Asterisk's \"pri set debug\"; --input says what it is");
}

static void decide(struct lines *l)
{
	size_t n = strlen(l->line);

	if (dump_pri.mine(l->line, l->len))
		choose(l, &dump_pri);
	else if (dump_hex.mine(l->line, l->len))
		choose(l, &dump_hex);
	else if (n + 1 > sizeof(l->undecided) - l->undecided_len)
		unknown_text(l);
	else {
		memcpy(l->undecided + l->undecided_len, l->line, n + 1);
		l->undecided_len += n + 1;
	}
}

static void whole_line(struct lines *l)
{
	l->number++;
	while (l->len && l->line[l->len - 1] == '\r')
		l->len--;
	if (l->too_long) {
		l->sink->skipped(l->sink->arg, l->how->source, l->number,
				 "a line of more than 65536 characters");
		l->len = 0;
	}
	l->line[l->len] = '\0';
	if (!l->reader)
		decide(l);
	if (l->reader && !l->failed)
		l->reader->line(l->state, l->line, l->len, l->number);
	l->len = 0;
	l->too_long = false;
}

static void gather(struct lines *l, const char *text, size_t n)
{
	while (n && !l->failed) {
		const char *end = memchr(text, '\n', n);
		size_t part = end ? (size_t)(end - text) : n;

		if (part > DUMP_LINE_MAX - l->len)
			l->too_long = true;
		if (!l->too_long) {
			memcpy(l->line + l->len, text, part);
			l->len += part;
		}
		if (end)
			whole_line(l);
		part += end != NULL;
		text += part;
		n -= part;
	}
}

/* Lines that are blank, or comments, and nothing else. */
static bool nothing(const struct lines *l)
{
	for (size_t at = 0; at < l->undecided_len; at += strlen(l->undecided + at) + 1) {
		const char *text = l->undecided + at + strspn(l->undecided + at, " \t");

		if (*text && *text != '#')
			return false;
	}
	return true;
}

static bool read_lines(struct peeked *p, const struct line_reader *reader,
		       const struct reading *how, const struct sink *sink)
{
	struct lines *l = calloc(1, sizeof(*l));
	char chunk[16384];
	ssize_t n;
	bool good;

	if (!l)
		return no_memory(how);
	l->how = how;
	l->sink = sink;
	if (reader)
		choose(l, reader);
	while (!l->failed && (n = read_some(p, chunk, sizeof(chunk))) > 0) {
		gather(l, chunk, (size_t)n);
		if (p->at == p->n)
			sink->pause(sink->arg);
	}
	if (!l->failed && (l->len || l->too_long))
		whole_line(l);
	if (!l->reader && !l->failed && !nothing(l))
		unknown_text(l);
	if (l->reader && l->state)
		l->reader->end(l->state);
	good = !l->failed;
	free(l);
	return good;
}

bool dump_read(int fd, enum dump_input input, const struct reading *how, const struct sink *sink)
{
	static const struct line_reader *const readers[INPUTS] = {
		[INPUT_HEX] = &dump_hex,
		[INPUT_PRI] = &dump_pri,
	};
	struct peeked p = { .fd = fd };
	capture_reader capture;
	bool good;

	peek(&p);
	capture = p.n == sizeof(p.octets) ? capture_kind(p.octets) : NULL;
	if (capture && (input == INPUT_AUTO || input == INPUT_PCAP)) {
		good = read_capture(&p, capture, how, sink);
	} else if (input == INPUT_PCAP) {
		return dump_trouble(how, "no pcap or pcapng file begins like this");
	} else {
		good = read_lines(&p, readers[input], how, sink);
	}
	if (p.error)
		dump_trouble(how, "%s", strerror(p.error));
	return good && !p.error;
}
