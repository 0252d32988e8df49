/* SPDX-License-Identifier: BSD-2-Clause */
/* Values of options. */
#include "cli_internal.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <isdn/cause.h>

#include "uui.h"

#define CAUSE_MAX 127

static int number(const struct cli *cli, const struct cli_option *o, void *to, const char *text)
{
	bool seconds = o->kind == CLI_SECONDS;
	size_t plain = strspn(text, seconds ? "0123456789." : "0123456789");
	char *end;
	double v = strtod(text, &end);

	if (!*text || text[plain] || *end || v < o->min || v > o->max)
		return cli_mistake(cli, "--%s %s: a %s from %d to %d is needed", o->name, text,
				   seconds ? "time in seconds" : "whole number", o->min, o->max);
	*(int *)to = (int)(seconds ? v * 1000 + 0.5 : v);
	return 0;
}

static int word(const struct cli *cli, const struct cli_option *o, int *to, const char *text)
{
	char choices[256] = "";

	for (int i = 0; o->words[i]; i++) {
		if (!strcmp(o->words[i], text)) {
			*to = i;
			return 0;
		}
		cli_append(choices, sizeof(choices), "", o->words[i]);
	}
	return cli_mistake(cli, "--%s %s: choose among %s", o->name, text, choices);
}

/* Letters and digits alone, small: "User-Busy" is "user busy". */
static void plain(const char *text, char *out, size_t cap)
{
	size_t n = 0;

	for (; *text && n + 1 < cap; text++)
		if (isalnum((unsigned char)*text))
			out[n++] = (char)tolower((unsigned char)*text);
	out[n] = '\0';
}

static bool has_name(unsigned cause)
{
	const char *name = isdn_cause_name((uint8_t)cause);

	return strcmp(name, isdn_cause_name(15)) != 0; /* 15 has none */
}

static unsigned by_name(const char *text, char *why, size_t cap)
{
	char wanted[80], name[80], choices[400] = "", one[100];
	unsigned found = 0, n = 0;

	plain(text, wanted, sizeof(wanted));
	for (unsigned v = 1; *wanted && v <= CAUSE_MAX; v++) {
		plain(isdn_cause_name((uint8_t)v), name, sizeof(name));
		if (!has_name(v) || !strstr(name, wanted))
			continue;
		if (!strcmp(name, wanted))
			return v;
		found = v;
		n++;
		snprintf(one, sizeof(one), "%u (%s)", v, isdn_cause_name((uint8_t)v));
		cli_append(choices, sizeof(choices), "", one);
	}
	if (n > 1)
		snprintf(why, cap, "%u causes have that in their name: %s", n, choices);
	else if (!n)
		snprintf(why, cap,
			 "no cause has that name: a number from 1 to 127, or a part of a "
			 "name of Q.850, as in \"busy\"");
	return n == 1 ? found : 0;
}

unsigned cli_cause(const char *text, char *why, size_t cap)
{
	size_t digits = strspn(text, "0123456789");
	unsigned long v = strtoul(text, NULL, 10);

	if (!digits || text[digits])
		return by_name(text, why, cap);
	if (digits < 4 && v >= 1 && v <= CAUSE_MAX)
		return (unsigned)v;
	snprintf(why, cap, "a cause is 1 to %d", CAUSE_MAX);
	return 0;
}

static int cause(const struct cli *cli, const struct cli_option *o, int *to, const char *text)
{
	char why[500] = "";

	*to = (int)cli_cause(text, why, sizeof(why));
	return *to ? 0 : cli_mistake(cli, "--%s %s: %s", o->name, text, why);
}

static int uui(const struct cli *cli, const struct cli_option *o, struct uui *to, const char *text)
{
	static bool (*const read[])(const char *, struct uui *, char *, size_t) = {
		[CLI_UUI] = uui_from_text,
		[CLI_UUI_HEX] = uui_from_hex,
		[CLI_UUI_BASE64] = uui_from_base64,
		[CLI_UUI_FILE] = uui_from_file,
	};
	char why[300];

	return read[o->kind](text, to, why, sizeof(why))
		       ? 0
		       : cli_mistake(cli, "--%s: %s", o->name, why);
}

int cli_set(const struct cli *cli, const struct cli_option *o, void *to, const char *text)
{
	switch (o->kind) {
	case CLI_FLAG:
		*(bool *)to = true;
		break;
	case CLI_TEXT:
	case CLI_FILE:
		*(const char **)to = text;
		break;
	case CLI_NUMBER:
	case CLI_SECONDS:
		return number(cli, o, to, text);
	case CLI_WORD:
		return word(cli, o, to, text);
	case CLI_CAUSE:
		return cause(cli, o, to, text);
	case CLI_UUI:
	case CLI_UUI_HEX:
	case CLI_UUI_BASE64:
	case CLI_UUI_FILE:
		return uui(cli, o, to, text);
	}
	return 0;
}
