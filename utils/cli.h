/* SPDX-License-Identifier: BSD-2-Clause */
/* Command lines from tables: a row an option or a command; parsing, errors and help come from it.
 */
#ifndef UTILS_CLI_H
#define UTILS_CLI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum cli_kind { CLI_FLAG, CLI_TEXT, CLI_NUMBER, CLI_SECONDS, CLI_UUI, CLI_UUI_HEX };

struct cli_option {
	unsigned commands; /* that take it: bit (1 << row); 0: all, and without a command too */
	const char *name;  /* without the dashes */
	char letter;	   /* short form, 0: none */
	enum cli_kind kind;
	void *value;  /* bool, const char *, int, int (ms), struct uui, struct uui */
	int min, max; /* of a number */
	const char *argument, *help;
};

struct cli_command {
	const char *name, *arguments, *help;
	int min, max; /* arguments that it takes */
};

struct cli {
	const char *program, *summary;
	const struct cli_command *commands;
	unsigned n_commands;
	const struct cli_option *options;
	unsigned n_options; /* at most 64 */
	uint64_t given;	    /* rows of options that were seen; set by cli_options */
};

/*
 * Both name a mistake on stderr, in one line, and answer -1.
 * cli_options takes the options out of argv; what is left is in argv[1..], the
 * answer says how many. cli_command looks at these: the row of the command.
 */
int cli_options(struct cli *cli, int argc, char **argv);
int cli_command(const struct cli *cli, int argc, char **argv);

void cli_help(const struct cli *cli);

#endif
