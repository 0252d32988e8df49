/* SPDX-License-Identifier: BSD-2-Clause */
/* Times as people and programs write them in front of a line. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* timegm */
#endif
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "dump.h"

/* So many digits, exactly; -1: they are not there. */
static long digits(const char *text, size_t n)
{
	long v = 0;

	for (size_t i = 0; i < n; i++) {
		if (text[i] < '0' || text[i] > '9')
			return -1;
		v = v * 10 + (text[i] - '0');
	}
	return v;
}

/* ".123456" and as many digits as there are; how many characters. */
static size_t fraction(const char *text, uint64_t *us)
{
	uint64_t scale = 100000;
	size_t n = 1;

	if ((text[0] != '.' && text[0] != ',') || text[1] < '0' || text[1] > '9')
		return 0;
	for (; text[n] >= '0' && text[n] <= '9'; n++, scale /= 10)
		*us += (uint64_t)(text[n] - '0') * scale;
	return n;
}

/* "10:11:12.345" */
static size_t of_day(const char *text, uint64_t *us)
{
	long h = digits(text, 2), m, s;

	if (h < 0 || h > 23 || text[2] != ':' || (m = digits(text + 3, 2)) < 0 || m > 59 ||
	    text[5] != ':' || (s = digits(text + 6, 2)) < 0 || s > 60)
		return 0;
	*us = (uint64_t)(h * 3600 + m * 60 + s) * 1000000;
	return 8 + fraction(text + 8, us);
}

/* A zone behind a time: "Z" or nothing is UTC, "+0100"; how many characters. */
static size_t zone(const char *text, uint64_t *us)
{
	long h, m;
	uint64_t off;
	size_t colon;

	if (*text == 'Z')
		return 1;
	if ((*text != '+' && *text != '-') || (h = digits(text + 1, 2)) < 0)
		return 0;
	colon = text[3] == ':';
	m = digits(text + 3 + colon, 2);
	if (m < 0)
		return 0;
	off = (uint64_t)(h * 3600 + m * 60) * 1000000;
	if (*text == '-')
		*us += off;
	else
		*us -= off < *us ? off : *us;
	return 5 + colon;
}

/* The day in seconds since the epoch. */
static size_t day(const char *text, uint64_t *seconds)
{
	static const char months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
	struct tm tm = { .tm_year = 70, .tm_mday = 1 };
	size_t n = 0;
	long v;

	if ((v = digits(text, 4)) >= 1970 && text[4] == '-' && digits(text + 5, 2) > 0 &&
	    text[7] == '-' && digits(text + 8, 2) > 0) {
		tm.tm_year = (int)v - 1900;
		tm.tm_mon = (int)digits(text + 5, 2) - 1;
		tm.tm_mday = (int)digits(text + 8, 2);
		n = 10;
	} else if (text[0] && text[1] && text[2] && text[3] == ' ') {
		char name[4] = { text[0], text[1], text[2], 0 };
		const char *at = strstr(months, name);

		v = text[4] == ' ' ? digits(text + 5, 1) : digits(text + 4, 2);
		if (!at || (at - months) % 3 || v < 1)
			return 0;
		tm.tm_mon = (int)(at - months) / 3; /* of a year that is not told */
		tm.tm_mday = (int)v;
		n = 6;
	}
	if (!n || (text[n] != ' ' && text[n] != 'T'))
		return 0;
	*seconds = (uint64_t)timegm(&tm);
	return n + 1;
}

static size_t plain_seconds(const char *text, uint64_t *us)
{
	size_t n = strspn(text, "0123456789"), more;

	if (!n || n > 12)
		return 0;
	*us = (uint64_t)strtoull(text, NULL, 10) * 1000000;
	more = fraction(text + n, us);
	return more ? n + more : 0;
}

size_t dump_time(const char *text, uint64_t *us)
{
	uint64_t seconds = 0;
	size_t n, at = day(text, &seconds);

	n = of_day(text + at, us);
	if (n) {
		*us += seconds * 1000000;
		at += n;
		return at + zone(text + at, us);
	}
	return at ? 0 : plain_seconds(text, us);
}
