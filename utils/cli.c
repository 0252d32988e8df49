/* SPDX-License-Identifier: BSD-2-Clause */
/* Command lines from tables. */
#include "cli.h"
#include "uui.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int mistake(const struct cli *cli, const char *format, ...) ISDN_PRINTF(2, 3);
static int mistake(const struct cli *cli, const char *format, ...)
{
	va_list ap;

	fprintf(stderr, "%s: ", cli->program);
	va_start(ap, format);
	vfprintf(stderr, format, ap);
	va_end(ap);
	fputc('\n', stderr);
	return -1;
}

static void append(char *text, size_t cap, const char *front, const char *word)
{
	size_t n = strlen(text);

	snprintf(text + n, cap - n, "%s%s%s", n ? ", " : "", front, word);
}

static int number(const struct cli *cli, const struct cli_option *o, const char *text)
{
	bool seconds = o->kind == CLI_SECONDS;
	size_t plain = strspn(text, seconds ? "0123456789." : "0123456789");
	char *end;
	double v = strtod(text, &end);

	if (!*text || text[plain] || *end || v < o->min || v > o->max)
		return mistake(cli, "--%s %s: a %s from %d to %d is needed", o->name, text,
			       seconds ? "time in seconds" : "whole number", o->min, o->max);
	*(int *)o->value = (int)(seconds ? v * 1000 + 0.5 : v);
	return 0;
}

static int set(const struct cli *cli, const struct cli_option *o, const char *text)
{
	bool (*uui)(const char *, struct uui *, char *, size_t) = uui_from_hex;
	char why[160];

	switch (o->kind) {
	case CLI_FLAG:
		*(bool *)o->value = true;
		return 0;
	case CLI_TEXT:
		*(const char **)o->value = text;
		return 0;
	case CLI_NUMBER:
	case CLI_SECONDS:
		return number(cli, o, text);
	case CLI_UUI:
		uui = uui_from_text;
		break;
	case CLI_UUI_HEX:
		break;
	}
	return uui(text, o->value, why, sizeof(why)) ? 0 : mistake(cli, "--%s: %s", o->name, why);
}

/* The row that argv names, -1: none. *value is what follows "=", NULL: nothing. */
static int find(const struct cli *cli, const char *arg, const char **value)
{
	const char *equals = strchr(arg, '=');
	size_t n = arg[1] != '-' ? 0 : equals ? (size_t)(equals - arg) - 2 : strlen(arg) - 2;

	*value = equals ? equals + 1 : NULL;
	for (unsigned i = 0; i < cli->n_options; i++) {
		const struct cli_option *o = &cli->options[i];

		if (n && strlen(o->name) == n && !strncmp(o->name, arg + 2, n))
			return (int)i;
		if (!n && o->letter && arg[1] == o->letter && !arg[2])
			return (int)i;
	}
	return -1;
}

static int unknown(const struct cli *cli, const char *arg)
{
	char choices[512] = "";

	for (unsigned i = 0; i < cli->n_options; i++)
		append(choices, sizeof(choices), "--", cli->options[i].name);
	return mistake(cli, "there is no option \"%s\"; choose among %s", arg, choices);
}

/* One option, and its value, which may be the next of argv. How many of argv it took. */
static int take(struct cli *cli, int left, char **argv)
{
	const char *value;
	int took = 1, i = find(cli, argv[0], &value);
	const struct cli_option *o;

	if (i < 0)
		return unknown(cli, argv[0]);
	o = &cli->options[i];
	if (o->kind == CLI_FLAG && value)
		return mistake(cli, "--%s takes no value", o->name);
	if (o->kind != CLI_FLAG && !value) {
		if (left < 2)
			return mistake(cli, "--%s needs a value: %s", o->name, o->argument);
		value = argv[1];
		took = 2;
	}
	if (set(cli, o, value))
		return -1;
	cli->given |= UINT64_C(1) << i;
	return took;
}

int cli_options(struct cli *cli, int argc, char **argv)
{
	int left = 0, i = 1;

	while (i < argc) {
		int took = 1;

		if (!strcmp(argv[i], "--"))
			break;
		if (argv[i][0] != '-' || !argv[i][1])
			argv[++left] = argv[i];
		else
			took = take(cli, argc - i, argv + i);
		if (took < 0)
			return -1;
		i += took;
	}
	while (++i < argc) /* what follows "--" */
		argv[++left] = argv[i];
	return left;
}

/* Each option that was given is one that the command takes. */
static int allowed(const struct cli *cli, int command)
{
	for (unsigned i = 0; i < cli->n_options; i++) {
		const struct cli_option *o = &cli->options[i];
		char choices[256] = "";

		if (!(cli->given >> i & 1) || !o->commands || o->commands >> command & 1)
			continue;
		for (unsigned c = 0; c < cli->n_commands; c++)
			if (o->commands >> c & 1)
				append(choices, sizeof(choices), "", cli->commands[c].name);
		return mistake(cli, "%s takes no option --%s; it belongs to %s",
			       cli->commands[command].name, o->name, choices);
	}
	return command;
}

int cli_command(const struct cli *cli, int argc, char **argv)
{
	char choices[256] = "";

	for (unsigned i = 0; argc && i < cli->n_commands; i++) {
		const struct cli_command *c = &cli->commands[i];

		if (strcmp(c->name, argv[1]))
			continue;
		if (argc - 1 < c->min || argc - 1 > c->max)
			return mistake(cli, "%d argument%s to %s; it takes %s", argc - 1,
				       argc == 2 ? "" : "s", c->name, c->arguments);
		return allowed(cli, (int)i);
	}
	for (unsigned i = 0; i < cli->n_commands; i++)
		append(choices, sizeof(choices), "", cli->commands[i].name);
	if (!argc)
		return mistake(cli, "a command is needed; choose among %s", choices);
	return mistake(cli, "there is no command \"%s\"; choose among %s", argv[1], choices);
}

/* The options that exactly these commands take, under a heading that names them. */
static void help_group(const struct cli *cli, unsigned commands)
{
	char names[256] = "";

	for (unsigned c = 0; c < cli->n_commands; c++)
		if (commands >> c & 1)
			append(names, sizeof(names), "", cli->commands[c].name);
	printf("\nOptions%s%s:\n", *names ? " of " : "", names);
	for (unsigned i = 0; i < cli->n_options; i++) {
		const struct cli_option *o = &cli->options[i];
		char head[64];

		if (o->commands != commands)
			continue;
		snprintf(head, sizeof(head), "--%s%s%s%s%s", o->name, o->letter ? ", -" : "",
			 o->letter ? (const char[]){ o->letter, '\0' } : "", o->argument ? " " : "",
			 o->argument ? o->argument : "");
		printf("  %-20s %s\n", head, o->help);
	}
}

void cli_help(const struct cli *cli)
{
	printf("%s - %s\n\n", cli->program, cli->summary);
	for (unsigned i = 0; i < cli->n_commands; i++) {
		const struct cli_command *c = &cli->commands[i];

		printf("  %s %s %s [OPTION]...\n      %s\n", cli->program, c->name, c->arguments,
		       c->help);
	}
	for (unsigned i = 0; i < cli->n_options; i++) {
		bool first = true;

		for (unsigned k = 0; k < i; k++)
			first = first && cli->options[k].commands != cli->options[i].commands;
		if (first)
			help_group(cli, cli->options[i].commands);
	}
}
