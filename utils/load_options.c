/* SPDX-License-Identifier: BSD-2-Clause */
/* Options that take more than a table to read: rate, holding time, number; and what goes together.
 */
#include "load.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RATE_MAX 100000
#define HOLD_MAX 864000 /* s: ten days */
#define COUNTER	 18	/* digits at most that count */

static bool mistake(const char *format, ...) ISDN_PRINTF(1, 2);
static bool mistake(const char *format, ...)
{
	va_list ap;

	fprintf(stderr, "%s: ", PROGRAM);
	va_start(ap, format);
	vfprintf(stderr, format, ap);
	va_end(ap);
	fputc('\n', stderr);
	return false;
}

/* A plain decimal number at the front; what follows it, NULL: there is none. */
static const char *decimal(const char *text, double max, double *value)
{
	size_t n = strspn(text, "0123456789.");
	char copy[32], *end;

	if (!n || n >= sizeof(copy))
		return NULL;
	memcpy(copy, text, n);
	copy[n] = '\0';
	*value = strtod(copy, &end);
	return *end || *value > max ? NULL : text + n;
}

static bool read_rate(struct options *o)
{
	const char *end;

	if (!o->rate_text || !strcmp(o->rate_text, "max"))
		return true;
	end = decimal(o->rate_text, RATE_MAX, &o->rate);
	return (end && !*end) ||
	       mistake("--rate %s: calls per second from 0 to %d are needed, or max", o->rate_text,
		       RATE_MAX);
}

static bool read_hold(struct options *o)
{
	double min = 1, max = 1;
	const char *end = o->hold_text ? decimal(o->hold_text, HOLD_MAX, &min) : "";

	if (o->hold_text)
		max = min;
	if (end && *end == '-')
		end = decimal(end + 1, HOLD_MAX, &max);
	if (!end || *end || max < min)
		return mistake("--hold %s: seconds from 0 to %d are needed, or two of them, 0.5-3, "
			       "the smaller one first",
			       o->hold_text, HOLD_MAX);
	o->hold_min = (int64_t)(min * S_US + 0.5);
	o->hold_max = (int64_t)(max * S_US + 0.5);
	return true;
}

/* How many digits before "+" count; 0: the number is always the same. */
static size_t counter(const char *number, size_t *len)
{
	size_t n = strlen(number), digits = 0;

	*len = n;
	if (!n || number[n - 1] != '+')
		return 0;
	*len = --n;
	while (digits < n && digits < COUNTER && strchr("0123456789", number[n - 1 - digits]))
		digits++;
	return digits;
}

bool number_check(const char *number)
{
	size_t len, digits = counter(number, &len);

	if (len >= 1 && len <= ISDN_DIGITS_MAX && strspn(number, "0123456789*#ABCD") >= len &&
	    (digits || !number[len]))
		return true;
	return mistake(
		"--number %s: a number has 1 to %d of 0-9 * # A-D, and a \"+\" behind digits "
		"that are to count up",
		number, ISDN_DIGITS_MAX);
}

static uint64_t power(size_t digits)
{
	uint64_t p = 1;

	while (digits--)
		p *= 10;
	return p;
}

void number_of(const char *number, uint64_t index, char text[ISDN_DIGITS_MAX + 1])
{
	size_t len, digits = counter(number, &len);
	uint64_t value;

	snprintf(text, ISDN_DIGITS_MAX + 1, "%.*s", (int)len, number);
	if (!digits)
		return;
	value = strtoull(text + len - digits, NULL, 10) + index % power(digits);
	for (size_t i = len; i-- > len - digits; value /= 10)
		text[i] = (char)('0' + value % 10);
}

uint64_t number_modulus(const char *number)
{
	size_t len;

	return number ? power(counter(number, &len)) : 1;
}

bool number_index(const char *number, const char *called, uint64_t *index)
{
	size_t len, digits = number ? counter(number, &len) : 0, n = strlen(called);
	char first[COUNTER + 1];

	*index = 0;
	if (!digits)
		return true;
	if (n < digits || strspn(called + n - digits, "0123456789") != digits)
		return false;
	memcpy(first, number + len - digits, digits);
	first[digits] = '\0';
	*index = strtoull(called + n - digits, NULL, 10) + power(digits);
	*index = (*index - strtoull(first, NULL, 10)) % power(digits);
	return true;
}

/* Where two ends share the work, and a plan is for one of them alone. */
static bool goes_together(const struct options *o)
{
	if (!o->conference)
		return true;
	if (o->drop != NEAR || o->drop_while != ANSWERED)
		return mistake("--conference: conferences are dropped by the end that places the "
			       "calls, when they are answered: leave --drop and --drop-while out");
	if (o->concurrency && o->concurrency < o->conference)
		return mistake("--conference %d: more than --concurrency %d", o->conference,
			       o->concurrency);
	if (o->reject_every == 1)
		return mistake("--conference: with --reject-every 1 no call is answered");
	return true;
}

bool options_check(struct options *o, const struct cli *cli, enum command command)
{
	if (!o->number && command != SINK)
		o->number = "5550000+";
	if (o->timeout < 0)
		o->timeout = command == SINK ? 0 : 60 * MS;
	if (o->uui_random && (cli_given(cli, "uui") || cli_given(cli, "uui-hex")) &&
	    cli_given(cli, "setup-uui"))
		return mistake("--uui-random: there is no UUI left to it beside --uui and "
			       "--setup-uui");
	return read_rate(o) && read_hold(o) && (!o->number || number_check(o->number)) &&
	       goes_together(o);
}
