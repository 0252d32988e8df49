/* SPDX-License-Identifier: BSD-2-Clause */
/* Tables of text that fit the width: columns are cut or left out, lines never wrapped. */
#ifndef UTILS_TABLE_H
#define UTILS_TABLE_H

#include <isdn/base.h>
#include <stdio.h>

#include "term.h"

#define TABLE_COLUMNS 12

struct table_column {
	const char *title;
	int min;  /* columns of the screen that it may be cut to; 0: it is not cut */
	int hide; /* 1 is the first to be left out where there is no room; 0: never */
	bool right;
};

struct table;

/* NULL: no memory. So are rows left out for which there is none. */
struct table *table_new(const struct table_column *columns, unsigned n);
void table_free(struct table *t);

/* A new last row, and a cell of it. */
void table_row(struct table *t);
void table_cell(struct table *t, unsigned column, enum term_style style, const char *format, ...)
	ISDN_PRINTF(4, 5);
/* The whole row is this text instead. */
void table_line(struct table *t, enum term_style style, const char *format, ...) ISDN_PRINTF(3, 4);

size_t table_rows(const struct table *t);
/* With the titles above; a column that has nothing is left out. */
void table_print(const struct table *t, const struct term *term, FILE *f);

/* The text in so many columns, with an ellipsis where it is longer. */
void table_cut(const struct term *term, const char *text, int width, char *out, size_t cap);

#endif
