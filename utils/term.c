/* SPDX-License-Identifier: BSD-2-Clause */
/* Terminals: colour, width, character set. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* struct winsize */
#endif
#include "term.h"

#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define COLUMNS_MIN 40
#define COLUMNS_MAX 1000

const char *const term_colour_words[] = { "auto", "always", "never", NULL };

static int columns(int fd)
{
	const char *env = getenv("COLUMNS");
	long n = env ? strtol(env, NULL, 10) : 0;
	struct winsize w;

	if (n <= 0)
		n = isatty(fd) && ioctl(fd, TIOCGWINSZ, &w) == 0 && w.ws_col ? w.ws_col : 80;
	return n < COLUMNS_MIN ? COLUMNS_MIN : n > COLUMNS_MAX ? COLUMNS_MAX : (int)n;
}

static bool wants_colour(bool tty)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

	return tty && (!no || !*no) && term && strcmp(term, "dumb") != 0;
}

void term_look(struct term *t, int fd, enum term_colour colour)
{
	setlocale(LC_CTYPE, "");
	t->tty = isatty(fd);
	t->colour = colour == TERM_AUTO ? wants_colour(t->tty) : colour == TERM_ALWAYS;
	t->utf8 = strcmp(nl_langinfo(CODESET), "UTF-8") == 0;
	t->columns = columns(fd);
}

const char *term_on(const struct term *t, enum term_style style)
{
	static const char *const begin[TERM_STYLES] = {
		[TERM_PLAIN] = "",	  [TERM_BOLD] = "\033[1m", [TERM_DIM] = "\033[2m",
		[TERM_GOOD] = "\033[32m", [TERM_BAD] = "\033[31m", [TERM_WARN] = "\033[33m",
	};

	return t->colour ? begin[style] : "";
}

const char *term_off(const struct term *t)
{
	return t->colour ? "\033[0m" : "";
}

int term_width(const char *text)
{
	int n = 0;

	for (; *text; text++)
		n += ((unsigned char)*text & 0xc0) != 0x80;
	return n;
}
