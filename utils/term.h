/* SPDX-License-Identifier: BSD-2-Clause */
/* What the output goes to: a terminal of so many columns, in colour or not. */
#ifndef UTILS_TERM_H
#define UTILS_TERM_H

#include <stdbool.h>

enum term_colour { TERM_AUTO, TERM_ALWAYS, TERM_NEVER };

enum term_style { TERM_PLAIN, TERM_BOLD, TERM_DIM, TERM_GOOD, TERM_BAD, TERM_WARN, TERM_STYLES };

struct term {
	bool tty, colour, utf8;
	int columns; /* at least 40; of a file 80, or what COLUMNS says */
};

/* The words of --color. */
extern const char *const term_colour_words[];

/*
 * Look at a descriptor and the environment. TERM_AUTO: colour on a terminal,
 * unless NO_COLOR is set or TERM is "dumb".
 */
void term_look(struct term *t, int fd, enum term_colour colour);

/* What begins a style, and ends any; "" without colour. */
const char *term_on(const struct term *t, enum term_style style);
const char *term_off(const struct term *t);

/* Columns that UTF-8 text takes, an octet that is none of it counting one. */
int term_width(const char *text);

#endif
