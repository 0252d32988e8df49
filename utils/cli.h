/* SPDX-License-Identifier: BSD-2-Clause */
/* Command lines from tables: a row an option, from which parsing, errors and the help come. */
#ifndef UTILS_CLI_H
#define UTILS_CLI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* User-user information as it goes to the library: discriminator first. size 0: none. */
struct cli_uui {
	size_t size;
	uint8_t octets[129];
};

enum cli_kind { CLI_FLAG, CLI_TEXT, CLI_NUMBER, CLI_SECONDS, CLI_UUI, CLI_UUI_HEX };

struct cli_option {
	const char *name; /* without the dashes */
	enum cli_kind kind;
	void *value;  /* bool, const char *, int, int (ms), struct cli_uui */
	int min, max; /* of a number */
	const char *argument, *help;
};

/*
 * Take the options out of argv; what is left is in argv[1..], the answer says
 * how many. -1: a mistake, which was named on stderr.
 */
int cli_parse(const char *program, const struct cli_option *options, size_t n, int argc,
	      char **argv);
void cli_help(const struct cli_option *options, size_t n);

/* Text becomes discriminator 4 (IA5) and the text. Both: false and a line on stderr when it can not
 * be. */
bool cli_uui_text(const char *program, const char *text, struct cli_uui *uui);
bool cli_uui_hex(const char *program, const char *hex, struct cli_uui *uui);

#endif
