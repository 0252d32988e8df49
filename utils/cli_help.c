/* SPDX-License-Identifier: BSD-2-Clause */
/* What the tables say to people, and to their shells. */
#include "cli_internal.h"

#include <stdio.h>
#include <string.h>

#define HEAD	20 /* columns of what an option or a command is called */
#define COLUMNS 79
#define LINES	23 /* of a screen, the shell's own left */
#define ALSO	4  /* for options that find no line of their own */

static void option_head(const struct cli_option *o, char *head, size_t cap)
{
	snprintf(head, cap, "--%s%s%s%s%s", o->name, o->letter ? ", -" : "",
		 o->letter ? (const char[]){ o->letter, '\0' } : "", o->argument ? " " : "",
		 o->argument ? o->argument : "");
}

/* The options that a command takes; -1: those that all take. How many. */
static unsigned gather(const struct cli *cli, int command, const struct cli_option **rows)
{
	const struct cli_option *o;
	unsigned n = 0;

	for (unsigned i = 0; (o = cli_row(cli, i)) != NULL; i++)
		if (o->help && (!o->commands || (command >= 0 && o->commands >> command & 1)))
			rows[n++] = o;
	return n;
}

/* What there is no line for, by name alone. */
static void help_also(const struct cli *cli, const struct cli_option *const *rows, unsigned n)
{
	int column = printf("  also");
	char head[64];

	for (unsigned i = 0; i < n; i++) {
		int width;

		snprintf(head, sizeof(head), "--%s%s%s%s", rows[i]->name,
			 rows[i]->argument ? " " : "", rows[i]->argument ? rows[i]->argument : "",
			 i + 1 < n ? "," : ":");
		width = (int)strlen(head) + 1;
		if (column + width > COLUMNS)
			column = printf("\n      ") - 1;
		column += printf(" %s", head);
	}
	printf("%ssee %s(1)\n",
	       column + 12 + (int)strlen(cli->program) > COLUMNS ? "\n       " : " ", cli->program);
}

static void help_options(const struct cli *cli, int command, int lines)
{
	const struct cli_option *rows[CLI_ROWS_MAX];
	unsigned n = gather(cli, command, rows), shown = n;
	char head[64];

	if ((int)n > lines)
		shown = (unsigned)(lines - ALSO);
	for (unsigned i = 0; i < shown; i++) {
		option_head(rows[i], head, sizeof(head));
		printf("  %-*s %s\n", HEAD, head, rows[i]->help);
	}
	if (shown < n)
		help_also(cli, rows + shown, n - shown);
}

static void help_commands(const struct cli *cli)
{
	char head[80];
	int width = HEAD;

	printf("%s - %s\nusage: %s COMMAND [ARGUMENT]... [OPTION]...\n\n", cli->program,
	       cli->summary, cli->program);
	for (unsigned i = 0; i < cli->n_commands; i++) {
		int n = (int)(strlen(cli->commands[i].name) + strlen(cli->commands[i].arguments));

		width = n + 1 > width ? n + 1 : width;
	}
	for (unsigned i = 0; i < cli->n_commands; i++) {
		const struct cli_command *c = &cli->commands[i];

		snprintf(head, sizeof(head), "%s %s", c->name, c->arguments);
		printf("  %-*s %s\n", width, head, c->help);
	}
}

void cli_help(const struct cli *cli)
{
	const struct cli_command *c = cli->command < 0 ? &cli->self : &cli->commands[cli->command];
	const char *said = cli->note ? cli->note(cli->command) : NULL, *note = said ? said : "";
	int lines = LINES;

	if (cli->n_commands && cli->command < 0)
		help_commands(cli);
	else
		printf("%s%s%s - %s\nusage: %s%s%s%s%s [OPTION]...\n", cli->program,
		       c->name ? " " : "", c->name ? c->name : "", c->help ? c->help : cli->summary,
		       cli->program, c->name ? " " : "", c->name ? c->name : "",
		       *c->arguments ? " " : "", c->arguments);
	printf("\n");
	for (const char *at = note; (at = strchr(at, '\n')) != NULL; at++)
		lines--;
	lines -= *note ? 4 : 3;
	if (cli->n_commands && cli->command < 0)
		lines = LINES; /* few options, behind the commands */
	help_options(cli, cli->command, lines);
	if (*note)
		printf("\n%s", note);
}

/* Whether what is left on the command line can be files. */
static bool takes_files(const struct cli *cli, int command)
{
	return strstr(command < 0 ? cli->self.arguments : cli->commands[command].arguments,
		      "FILE") != NULL;
}

/* Words for the shell, each behind the front, by blanks. */
static void words(const char *const *list)
{
	for (; *list; list++)
		printf(" %s", *list);
}

static bool takes_file(const struct cli_option *o)
{
	return o->kind == CLI_FILE || o->kind == CLI_UUI_FILE;
}

static void bash_values(const struct cli *cli)
{
	const struct cli_option *o;

	printf("\tcase $prev in\n");
	for (unsigned i = 0; (o = cli_row(cli, i)) != NULL; i++) {
		if (o->kind == CLI_FLAG)
			continue;
		printf("\t--%s", o->name);
		if (o->letter)
			printf("|-%c", o->letter);
		putchar(')');
		if (o->kind == CLI_WORD) {
			printf(" COMPREPLY=($(compgen -W \"");
			words(o->words);
			printf("\" -- \"$cur\"));");
		} else if (takes_file(o)) {
			printf(" COMPREPLY=($(compgen -f -- \"$cur\"));");
		}
		printf(" return ;;\n");
	}
	printf("\tesac\n");
}

static void option_words(const struct cli *cli, int command)
{
	const struct cli_option *o;

	for (unsigned i = 0; (o = cli_row(cli, i)) != NULL; i++)
		if (o->help && (!o->commands || (command >= 0 && o->commands >> command & 1)))
			printf(" --%s", o->name);
}

/* Files, where an argument can be one. */
static void bash_arguments(const struct cli *cli)
{
	static const char files[] = "COMPREPLY=($(compgen -f -- \"$cur\"))";
	bool any = false;

	if (!cli->n_commands && takes_files(cli, -1))
		printf("\telse\n\t\t%s\n", files);
	for (unsigned i = 0; i < cli->n_commands; i++)
		if (takes_files(cli, (int)i)) {
			printf("%s%s", any ? "|" : "\telif [[ $command == @(",
			       cli->commands[i].name);
			any = true;
		}
	if (any)
		printf(") ]]; then\n\t\t%s\n", files);
}

static void bash(const struct cli *cli)
{
	char name[64];

	snprintf(name, sizeof(name), "_%s", cli->program);
	for (char *at = name; (at = strchr(at, '-')) != NULL;)
		*at = '_';
	printf("# bash completion of %s, made by %s --completion bash\n%s() {\n", cli->program,
	       cli->program, name);
	printf("\tlocal cur=$2 prev=$3 command=${COMP_WORDS[1]} options\n\tCOMPREPLY=()\n");
	bash_values(cli);
	printf("\tcase $command in\n");
	for (unsigned i = 0; i < cli->n_commands; i++) {
		printf("\t%s) options=\"", cli->commands[i].name);
		option_words(cli, (int)i);
		printf("\" ;;\n");
	}
	printf("\t*) options=\"");
	option_words(cli, -1);
	printf("\" ;;\n\tesac\n");
	printf("\tif [[ $cur == -* ]]; then\n\t\tCOMPREPLY=($(compgen -W \"$options\" -- "
	       "\"$cur\"))\n");
	if (cli->n_commands) {
		printf("\telif [[ $COMP_CWORD == 1 ]]; then\n\t\tCOMPREPLY=($(compgen -W \"");
		for (unsigned i = 0; i < cli->n_commands; i++)
			printf(" %s", cli->commands[i].name);
		printf("\" -- \"$cur\"))\n");
	}
	bash_arguments(cli);
	printf("\tfi\n}\n");
	printf("complete -F %s %s\n", name, cli->program);
}

/* In zsh's quotes, where brackets, colons and quotes mean something. */
static void zsh_text(const char *text)
{
	for (; *text; text++) {
		if (strchr("[]:\\", *text))
			putchar('\\');
		if (*text == '\'')
			printf("'\\'");
		putchar(*text);
	}
}

static void zsh_option(const struct cli_option *o)
{
	if (!o->help)
		return;
	printf(" \\\n\t\t'--%s%s[", o->name, o->kind == CLI_FLAG ? "" : "=");
	zsh_text(o->help);
	putchar(']');
	if (o->kind != CLI_FLAG) {
		putchar(':');
		zsh_text(o->argument);
		putchar(':');
	}
	if (o->kind == CLI_WORD) {
		putchar('(');
		words(o->words);
		putchar(')');
	} else if (takes_file(o)) {
		printf("_files");
	}
	putchar('\'');
}

static void zsh_options(const struct cli *cli, int command)
{
	const struct cli_option *o;

	printf("_arguments -s");
	for (unsigned i = 0; (o = cli_row(cli, i)) != NULL; i++)
		if (!o->commands || (command >= 0 && o->commands >> command & 1))
			zsh_option(o);
	printf(" \\\n\t\t'*:argument:%s'\n", takes_files(cli, command) ? "_files" : " ");
}

static void zsh(const struct cli *cli)
{
	printf("#compdef %s\n# zsh completion of %s, made by %s --completion zsh\n", cli->program,
	       cli->program, cli->program);
	if (!cli->n_commands) {
		zsh_options(cli, -1);
		return;
	}
	printf("local -a commands=(");
	for (unsigned i = 0; i < cli->n_commands; i++) {
		printf("\n\t'%s:", cli->commands[i].name);
		zsh_text(cli->commands[i].help);
		putchar('\'');
	}
	printf(")\nif (( CURRENT == 2 )); then\n\t_describe command commands\n\treturn\nfi\n");
	printf("case $words[2] in\n");
	for (unsigned i = 0; i < cli->n_commands; i++) {
		printf("%s)\n\t", cli->commands[i].name);
		zsh_options(cli, (int)i);
		printf("\t;;\n");
	}
	printf("esac\n");
}

void cli_completion(const struct cli *cli, bool for_zsh)
{
	if (for_zsh)
		zsh(cli);
	else
		bash(cli);
}
