/* SPDX-License-Identifier: BSD-2-Clause */
/* Command lines from tables. */
#include "cli.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define UUI_MAX 128 /* Q.931 4.5.30: octets of user information */

bool cli_uui_text(const char *program, const char *text, struct cli_uui *uui)
{
	size_t n = strlen(text);

	if (n > UUI_MAX) {
		fprintf(stderr,
			"%s: user-user information of %zu octets: at most %d are possible\n",
			program, n, UUI_MAX);
		return false;
	}
	uui->octets[0] = 4; /* IA5 characters */
	memcpy(uui->octets + 1, text, n);
	uui->size = n + 1;
	return true;
}

static int nibble(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *at = c ? strchr(digits, tolower((unsigned char)c)) : NULL;

	return at ? (int)(at - digits) : -1;
}

bool cli_uui_hex(const char *program, const char *hex, struct cli_uui *uui)
{
	size_t n = strlen(hex);

	if (n == 0 || n % 2 || n / 2 > sizeof(uui->octets)) {
		fprintf(stderr,
			"%s: \"%.40s\": 1 to %d octets of two hex digits each are needed, the "
			"protocol discriminator first (04 is text)\n",
			program, hex, UUI_MAX + 1);
		return false;
	}
	for (size_t i = 0; i < n; i += 2) {
		int high = nibble(hex[i]), low = nibble(hex[i + 1]);

		if (high < 0 || low < 0) {
			fprintf(stderr, "%s: \"%.2s\" is not a hex octet\n", program, hex + i);
			return false;
		}
		uui->octets[i / 2] = (uint8_t)(high << 4 | low);
	}
	uui->size = n / 2;
	return true;
}

static bool number(const char *program, const struct cli_option *o, const char *text)
{
	char *end;
	double v = strtod(text, &end);

	if (end == text || *end || !(v >= o->min && v <= o->max) ||
	    (o->kind == CLI_NUMBER && v != (int)v)) {
		fprintf(stderr, "%s: --%s %s: a %s from %d to %d is needed\n", program, o->name,
			text, o->kind == CLI_SECONDS ? "time in seconds" : "whole number", o->min,
			o->max);
		return false;
	}
	*(int *)o->value = o->kind == CLI_SECONDS ? (int)(v * 1000 + 0.5) : (int)v;
	return true;
}

static bool set(const char *program, const struct cli_option *o, const char *text)
{
	switch (o->kind) {
	case CLI_FLAG:
		*(bool *)o->value = true;
		return true;
	case CLI_TEXT:
		*(const char **)o->value = text;
		return true;
	case CLI_NUMBER:
	case CLI_SECONDS:
		return number(program, o, text);
	case CLI_UUI:
		return cli_uui_text(program, text, o->value);
	case CLI_UUI_HEX:
		return cli_uui_hex(program, text, o->value);
	}
	return false;
}

static const struct cli_option *find(const struct cli_option *options, size_t n, const char *name,
				     size_t len)
{
	for (size_t i = 0; i < n; i++)
		if (strlen(options[i].name) == len && !strncmp(options[i].name, name, len))
			return &options[i];
	return NULL;
}

static void unknown(const char *program, const struct cli_option *options, size_t n,
		    const char *text)
{
	fprintf(stderr, "%s: there is no option \"%s\"; choose among", program, text);
	for (size_t i = 0; i < n; i++)
		fprintf(stderr, "%s --%s", i ? "," : "", options[i].name);
	fputc('\n', stderr);
}

int cli_parse(const char *program, const struct cli_option *options, size_t n, int argc,
	      char **argv)
{
	int left = 0;

	for (int i = 1; i < argc; i++) {
		const char *name = argv[i] + 2, *equals = strchr(argv[i], '=');
		const struct cli_option *o;
		const char *value = NULL;

		if (argv[i][0] != '-' || !argv[i][1]) {
			argv[++left] = argv[i];
			continue;
		}
		o = argv[i][1] == '-' ? find(options, n, name,
					     equals ? (size_t)(equals - name) : strlen(name))
				      : NULL;
		if (!o) {
			unknown(program, options, n, argv[i]);
			return -1;
		}
		if (o->kind != CLI_FLAG) {
			value = equals ? equals + 1 : i + 1 < argc ? argv[++i] : NULL;
			if (!value) {
				fprintf(stderr, "%s: --%s needs a value: %s\n", program, o->name,
					o->argument);
				return -1;
			}
		}
		if (!set(program, o, value))
			return -1;
	}
	return left;
}

void cli_help(const struct cli_option *options, size_t n)
{
	for (size_t i = 0; i < n; i++)
		printf("  --%-14s %-8s %s\n", options[i].name,
		       options[i].argument ? options[i].argument : "", options[i].help);
}
