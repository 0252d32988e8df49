/* SPDX-License-Identifier: BSD-2-Clause */
/* What libpri says of a frame in words, line by line, back into octets. */
#include <stdlib.h>
#include <string.h>

#include "dump_pri.h"

static int nibble(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

size_t pri_octets(const char *text, uint8_t *to, size_t cap)
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

/* No field has more than 16 bits; what is negative is as good as none. */
static int number(const char *text)
{
	long v = strtol(text, NULL, 10);

	return v < 0 ? -1 : v > 0xffff ? 0xffff : (int)v;
}

static int number_behind(const char *text, const char *word)
{
	const char *at = strstr(text, word);

	return at ? number(at + strlen(word)) : -1;
}

static void put(struct pri_span *s, unsigned octet)
{
	if (s->len < DUMP_FRAME_MAX)
		s->frame[4 + s->len++] = (uint8_t)octet;
}

static bool address_line(struct pri_span *s, const char *text)
{
	int v;

	if (!strncmp(text, "SAPI:", 5)) {
		s->address[0] = (uint8_t)((unsigned)number(text + 5) << 2);
		s->address[0] |= (uint8_t)(number_behind(text, "C/R:") > 0 ? 2 : 0);
	} else if (!strncmp(text, " TEI:", 5) && (v = number(text + 5)) >= 0) {
		s->address[1] = (uint8_t)(v << 1 | 1);
		s->parts |= PART_ADDRESS;
	} else {
		return false;
	}
	return true;
}

static void u_control(struct pri_span *s, const char *text)
{
	int m3 = number_behind(text, "M3:"), pf = number_behind(text, "P/F:"),
	    m2 = number_behind(text, "M2:");

	s->control[0] = (uint8_t)((m3 & 7) << 5 | (pf & 1) << 4 | (m2 & 3) << 2 | 3);
}

static bool control_line(struct pri_span *s, const char *text)
{
	unsigned v = (unsigned)number_behind(text, ":");
	int pf;

	if (!strncmp(text, "  M3:", 5)) {
		u_control(s, text);
	} else if (!strncmp(text, "N(S):", 5)) {
		s->control[0] = (uint8_t)(v << 1);
	} else if (!strncmp(text, "N(R):", 5)) {
		pf = number_behind(text, s->parts & PART_I ? "P:" : "P/F:");
		s->control[1] = (uint8_t)(v << 1 | (pf > 0 ? 1u : 0u));
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
	unsigned v = (unsigned)number_behind(text, ":");

	if (!strncmp(text, "MDL Message:", 12)) {
		s->len = 0;
		put(s, 0x0f);
		put(s, 0);
		put(s, 0);
		put(s, v);
	} else if (!strncmp(text, "Ri:", 3) && s->len == 4) {
		s->frame[5] = (uint8_t)(v >> 8);
		s->frame[6] = (uint8_t)v;
	} else if (!strncmp(text, "Ai:", 3) && s->len == 4) {
		put(s, v << 1 | (number_behind(text, "E:") != 0));
	} else {
		return false;
	}
	return true;
}

/* "TEI=0 Call Ref: len= 2 (reference 1/0x1) (Sent to originator)" */
static void call_reference(struct pri_span *s, const char *text)
{
	int len = number_behind(text, "len="), v = number_behind(text, "reference ");
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
		   (n = pri_octets(text + 1, element, sizeof(element))) > 0) {
		for (size_t i = 0; i < n; i++)
			put(s, element[i]);
	} else {
		return false;
	}
	return true;
}

void pri_words(struct pri_span *s, const char *text)
{
	unsigned long n;

	if (address_line(s, text) || control_line(s, text) || management_line(s, text) ||
	    message_line(s, text) || !strstr(text, "bytes of data"))
		return;
	n = strtoul(text, NULL, 10);
	s->size = n < DUMP_FRAME_MAX ? (unsigned)n : DUMP_FRAME_MAX;
	s->parts |= PART_SIZE;
}
