/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Command lines from tables: a row an option or a command. Parsing, errors,
 * help and the completion of shells come from it.
 */
#ifndef UTILS_CLI_H
#define UTILS_CLI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "term.h"

enum cli_kind {
	CLI_FLAG,    /* bool */
	CLI_TEXT,    /* const char * */
	CLI_FILE,    /* const char *, a path */
	CLI_NUMBER,  /* int */
	CLI_SECONDS, /* int, ms; decimals are taken */
	CLI_WORD,    /* int, index into words */
	CLI_CAUSE,   /* int, 1..127: a number or a name of Q.850 */
	CLI_UUI,     /* struct uui, from text */
	CLI_UUI_HEX, /* struct uui, the discriminator first, as the two below */
	CLI_UUI_BASE64,
	CLI_UUI_FILE /* octets of a file, "-": of standard input */
};

struct cli_option {
	unsigned commands; /* that take it: bit (1 << row); 0: all, and without a command too */
	const char *name;  /* without the dashes */
	char letter;	   /* short form, 0: none */
	enum cli_kind kind;
	void *value;
	int min, max; /* of a number */
	const char *argument, *help;
	const char *const *words; /* of CLI_WORD, ended by NULL */
};

struct cli_command {
	const char *name, *arguments, *help;
	int min, max; /* arguments that it takes */
};

struct cli {
	const char *program, *summary;
	/* A program without commands: n_commands 0, and arguments, min and max here. */
	const struct cli_command *commands;
	unsigned n_commands;
	const struct cli_option *options;
	unsigned n_options; /* at most 60 */
	struct cli_command self;
	/* Lines that end the help of a command; -1: of the program. NULL, or answers NULL: none. */
	const char *(*note)(int command);
	/* filled by cli_begin */
	uint64_t given; /* rows of options that were seen */
	int command;	/* row, -1: none */
	int colour;	/* enum term_colour, of --color */
};

#define CLI_USAGE 2  /* exit status of a mistake */
#define CLI_GO	  -1 /* there is work to do */

/*
 * Read the command line. What is left without the options is in argv[1..*argc], the command in
 * argv[1] where there are commands. CLI_GO; or an exit status: --help, --version and --completion
 * were answered on stdout (0), or a mistake was named on stderr (CLI_USAGE). Each program has
 * these three, and --color, without a row.
 */
int cli_begin(struct cli *cli, int *argc, char **argv);

/* Whether the option of that name was given. */
bool cli_given(const struct cli *cli, const char *name);

/*
 * A cause by number or by name, "17", "user busy", "User-Busy", or any part of it that
 * no other has. 0: it is none, and why says what to choose among.
 */
unsigned cli_cause(const char *text, char *why, size_t cap);

/*
 * From here on a reader that goes away ends the program quietly, as it does others (SIGPIPE), and
 * output goes line by line.
 */
void cli_output(void);

/*
 * A descriptor that tells of the signals that end a program, which do not end it by themselves from
 * here on: SIGINT, SIGTERM, and SIGHUP (a terminal that goes away), but not after nohup. It does
 * not block; -1: none is left.
 */
int cli_signals(void);

/* The exit status, at the end: unwritten, and a line on stderr, if stdout could not be written. */
int cli_end(const struct cli *cli, int status, int unwritten);

#endif
