/* SPDX-License-Identifier: BSD-2-Clause */
/* Command lines from tables: which option, which command, and what is wrong with them. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* signalfd */
#endif
#include "cli_internal.h"

#include <errno.h>
#include <isdn/isdn.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>

static struct {
	bool help, version;
	int shell;
} standard;

static const char *const shells[] = { "bash", "zsh", NULL };

/* The rows that every program has. */
static const struct cli_option standard_options[] = {
	{ 0, "color", 0, CLI_WORD, NULL, 0, 0, "WHEN", "colour: auto, always, never",
	  term_colour_words },
	{ 0, "help", 'h', CLI_FLAG, &standard.help, 0, 0, NULL,
	  "print this; after a command its options", NULL },
	{ 0, "version", 'V', CLI_FLAG, &standard.version, 0, 0, NULL, "print the version", NULL },
	{ 0, "completion", 0, CLI_WORD, &standard.shell, 0, 0, "SHELL", NULL, shells },
};
#define N_STANDARD (sizeof(standard_options) / sizeof(standard_options[0]))

const struct cli_option *cli_row(const struct cli *cli, unsigned i)
{
	if (i < cli->n_options)
		return &cli->options[i];
	i -= cli->n_options;
	return i < N_STANDARD ? &standard_options[i] : NULL;
}

int cli_mistake(const struct cli *cli, const char *format, ...)
{
	va_list ap;

	fprintf(stderr, "%s: ", cli->program);
	va_start(ap, format);
	vfprintf(stderr, format, ap);
	va_end(ap);
	fputc('\n', stderr);
	return -1;
}

void cli_append(char *text, size_t cap, const char *front, const char *word)
{
	size_t n = strlen(text);

	snprintf(text + n, cap - n, "%s%s%s", n ? ", " : "", front, word);
}

/* The row that arg names, -1: none. *value is what follows "=", NULL: nothing. */
static int find(const struct cli *cli, const char *arg, const char **value)
{
	const char *equals = strchr(arg, '=');
	size_t n = arg[1] != '-' ? 0 : equals ? (size_t)(equals - arg) - 2 : strlen(arg) - 2;
	const struct cli_option *o;

	*value = n && equals ? equals + 1 : NULL;
	for (unsigned i = 0; (o = cli_row(cli, i)) != NULL; i++) {
		if (n && strlen(o->name) == n && !strncmp(o->name, arg + 2, n))
			return (int)i;
		if (!n && o->letter && arg[1] == o->letter && !arg[2])
			return (int)i;
	}
	return -1;
}

static int unknown(const struct cli *cli, const char *arg)
{
	const struct cli_option *o;
	char choices[1024] = "";

	for (unsigned i = 0; (o = cli_row(cli, i)) != NULL; i++)
		if (o->help &&
		    (cli->command < 0 || !o->commands || o->commands >> cli->command & 1))
			cli_append(choices, sizeof(choices), "--", o->name);
	return cli_mistake(cli, "there is no option \"%s\"; choose among %s", arg, choices);
}

/* One option, and its value, which may be the next of argv. How many of argv it took. */
static int take(struct cli *cli, int left, char **argv)
{
	const char *value;
	int took = 1, i = find(cli, argv[0], &value);
	const struct cli_option *o;

	if (i < 0)
		return unknown(cli, argv[0]);
	o = cli_row(cli, (unsigned)i);
	if (o->kind == CLI_FLAG && value)
		return cli_mistake(cli, "--%s takes no value", o->name);
	if (o->kind != CLI_FLAG && !value) {
		if (left < 2)
			return cli_mistake(cli, "--%s needs a value: %s", o->name, o->argument);
		value = argv[1];
		took = 2;
	}
	if (cli_set(cli, o, o->value ? o->value : &cli->colour, value))
		return -1;
	cli->given |= UINT64_C(1) << i;
	return took;
}

static int command_named(const struct cli *cli, const char *name)
{
	for (unsigned i = 0; i < cli->n_commands; i++)
		if (!strcmp(cli->commands[i].name, name))
			return (int)i;
	return -1;
}

/* Take the options out of argv: what is left is in argv[1..]. -1: a mistake. */
static int options(struct cli *cli, int argc, char **argv)
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
		if (left == 1)
			cli->command = command_named(cli, argv[1]);
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
				cli_append(choices, sizeof(choices), "", cli->commands[c].name);
		return cli_mistake(cli, "%s takes no option --%s; it belongs to %s",
				   cli->commands[command].name, o->name, choices);
	}
	return 0;
}

static int command(const struct cli *cli, int argc, char **argv)
{
	char choices[256] = "";
	int named = argc ? command_named(cli, argv[1]) : -1;

	if (named >= 0)
		return named;
	for (unsigned i = 0; i < cli->n_commands; i++)
		cli_append(choices, sizeof(choices), "", cli->commands[i].name);
	if (!argc)
		return cli_mistake(cli, "a command is needed; choose among %s; --help tells more",
				   choices);
	return cli_mistake(cli, "there is no command \"%s\"; choose among %s", argv[1], choices);
}

static int counted(const struct cli *cli, int argc)
{
	const struct cli_command *c = cli->command < 0 ? &cli->self : &cli->commands[cli->command];
	int n = argc - (cli->command >= 0);

	if (n >= c->min && n <= c->max)
		return 0;
	return cli_mistake(cli, "%d argument%s%s%s; it takes %s", n, n == 1 ? "" : "s",
			   cli->command < 0 ? "" : " to ", cli->command < 0 ? "" : c->name,
			   *c->arguments ? c->arguments : "none");
}

static int answer_standard(const struct cli *cli)
{
	if (standard.help)
		cli_help(cli);
	else if (standard.version)
		printf("%s %s\n", cli->program, isdn_version());
	else if (standard.shell >= 0)
		cli_completion(cli, standard.shell == 1);
	else
		return CLI_GO;
	return 0;
}

int cli_begin(struct cli *cli, int *argc, char **argv)
{
	int status;

	standard.help = standard.version = false;
	standard.shell = cli->command = -1;
	cli->colour = TERM_AUTO;
	cli->given = 0;
	*argc = options(cli, *argc, argv);
	if (*argc < 0)
		return CLI_USAGE;
	if (cli->n_commands &&
	    (*argc || !(standard.help || standard.version || standard.shell >= 0)))
		cli->command = command(cli, *argc, argv);
	if (cli->n_commands && *argc && cli->command < 0)
		return CLI_USAGE;
	status = answer_standard(cli);
	if (status != CLI_GO)
		return status;
	if ((cli->n_commands && cli->command < 0) || counted(cli, *argc) ||
	    (cli->command >= 0 && allowed(cli, cli->command)))
		return CLI_USAGE;
	return CLI_GO;
}

bool cli_given(const struct cli *cli, const char *name)
{
	for (unsigned i = 0; i < cli->n_options; i++)
		if (cli->given >> i & 1 && !strcmp(cli->options[i].name, name))
			return true;
	return false;
}

void cli_output(void)
{
	signal(SIGPIPE, SIG_DFL);
	setvbuf(stdout, NULL, _IOLBF, 0);
}

int cli_end(const struct cli *cli, int status, int unwritten)
{
	if (!fflush(stdout) && !ferror(stdout))
		return status;
	cli_mistake(cli, "the output could not be written: %s", strerror(errno));
	return unwritten;
}

int cli_signals(void)
{
	struct sigaction hup;
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	if (sigaction(SIGHUP, NULL, &hup) == 0 && hup.sa_handler != SIG_IGN)
		sigaddset(&set, SIGHUP);
	sigprocmask(SIG_BLOCK, &set, NULL);
	return signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
}
