/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of the command line share. */
#ifndef UTILS_CLI_INTERNAL_H
#define UTILS_CLI_INTERNAL_H

#include <isdn/base.h>

#include "cli.h"

#define CLI_ROWS_MAX 64

/* Row i of the options, the standard ones behind the program's own; NULL: there is none. */
const struct cli_option *cli_row(const struct cli *cli, unsigned i);
/* A line on stderr; -1. */
int cli_mistake(const struct cli *cli, const char *format, ...) ISDN_PRINTF(2, 3);
void cli_append(char *text, size_t cap, const char *front, const char *word);
/* The value of an option into *to; -1: a mistake, which was named. */
int cli_set(const struct cli *cli, const struct cli_option *o, void *to, const char *text);
/* On stdout: all commands, or the one that was named. */
void cli_help(const struct cli *cli);
void cli_completion(const struct cli *cli, bool zsh);

#endif
