/* SPDX-License-Identifier: BSD-2-Clause */
/* Tables of text that fit the width. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* strdup */
#endif
#include "table.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#define CELL_MAX 256 /* octets */
#define GAP	 2   /* between columns */

struct cell {
	char *text; /* NULL: nothing */
	enum term_style style;
};

struct row {
	struct cell cells[TABLE_COLUMNS];
	bool line; /* cell 0 is all of it */
};

struct table {
	struct table_column columns[TABLE_COLUMNS];
	unsigned n;
	struct row *rows;
	size_t n_rows, cap_rows;
};

/* What the columns came to; 0: it is left out. */
struct layout {
	int width[TABLE_COLUMNS];
};

struct table *table_new(const struct table_column *columns, unsigned n)
{
	struct table *t = calloc(1, sizeof(*t));

	if (!t)
		return NULL;
	memcpy(t->columns, columns, n * sizeof(*columns));
	t->n = n;
	return t;
}

void table_free(struct table *t)
{
	for (size_t i = 0; t && i < t->n_rows; i++)
		for (unsigned c = 0; c < TABLE_COLUMNS; c++)
			free(t->rows[i].cells[c].text);
	if (t)
		free(t->rows);
	free(t);
}

void table_row(struct table *t)
{
	struct row *rows;

	if (!t)
		return;
	if (t->n_rows == t->cap_rows) {
		rows = realloc(t->rows, (t->cap_rows * 2 + 16) * sizeof(*rows));
		if (!rows)
			return;
		t->rows = rows;
		t->cap_rows = t->cap_rows * 2 + 16;
	}
	memset(&t->rows[t->n_rows++], 0, sizeof(*rows));
}

static void set(struct cell *cell, enum term_style style, const char *format, va_list ap)
{
	char text[CELL_MAX];

	vsnprintf(text, sizeof(text), format, ap);
	free(cell->text);
	cell->text = *text ? strdup(text) : NULL;
	cell->style = style;
}

void table_cell(struct table *t, unsigned column, enum term_style style, const char *format, ...)
{
	va_list ap;

	if (!t || !t->n_rows)
		return;
	va_start(ap, format);
	set(&t->rows[t->n_rows - 1].cells[column], style, format, ap);
	va_end(ap);
}

void table_line(struct table *t, enum term_style style, const char *format, ...)
{
	va_list ap;

	table_row(t);
	if (!t || !t->n_rows)
		return;
	va_start(ap, format);
	set(&t->rows[t->n_rows - 1].cells[0], style, format, ap);
	va_end(ap);
	t->rows[t->n_rows - 1].line = true;
}

size_t table_rows(const struct table *t)
{
	return t ? t->n_rows : 0;
}

void table_cut(const struct term *term, const char *text, int width, char *out, size_t cap)
{
	const char *dots = term->utf8 ? "\xe2\x80\xa6" : "~";
	size_t n = 0;
	int used = 0;

	if (term_width(text) <= width) {
		snprintf(out, cap, "%s", text);
		return;
	}
	while (text[n] && n + 4 < cap) {
		size_t next = n + 1;

		while (((unsigned char)text[next] & 0xc0) == 0x80)
			next++;
		if (++used >= width || next + 4 >= cap)
			break;
		n = next;
	}
	snprintf(out, cap, "%.*s%s", (int)n, text, dots);
}

/* As wide as what is in them; a column with nothing in it takes none. */
static void natural(const struct table *t, struct layout *l)
{
	memset(l, 0, sizeof(*l));
	for (size_t i = 0; i < t->n_rows; i++)
		for (unsigned c = 0; c < t->n && !t->rows[i].line; c++) {
			const char *text = t->rows[i].cells[c].text;
			int w = text ? term_width(text) : 0;

			l->width[c] = w > l->width[c] ? w : l->width[c];
		}
	for (unsigned c = 0; c < t->n; c++) {
		int title = term_width(t->columns[c].title);

		if (l->width[c] && l->width[c] < title)
			l->width[c] = title;
	}
}

static int total(const struct table *t, const struct layout *l)
{
	int sum = 0;

	for (unsigned c = 0; c < t->n; c++)
		sum += l->width[c] ? l->width[c] + GAP : 0;
	return sum - GAP;
}

/* The next column to be left out, -1: none. */
static int to_hide(const struct table *t, const struct layout *l)
{
	int best = -1;

	for (unsigned c = 0; c < t->n; c++)
		if (l->width[c] && t->columns[c].hide &&
		    (best < 0 || t->columns[c].hide < t->columns[best].hide))
			best = (int)c;
	return best;
}

/* The one that can still be cut most, -1: none. */
static int to_cut(const struct table *t, const struct layout *l)
{
	int best = -1, most = 0;

	for (unsigned c = 0; c < t->n; c++) {
		int more = t->columns[c].min ? l->width[c] - t->columns[c].min : 0;

		if (more > most) {
			most = more;
			best = (int)c;
		}
	}
	return best;
}

static void fit(const struct table *t, struct layout *l, int columns)
{
	int c;

	while (total(t, l) > columns) {
		if ((c = to_cut(t, l)) >= 0)
			l->width[c]--;
		else if ((c = to_hide(t, l)) >= 0)
			l->width[c] = 0;
		else
			break;
	}
}

static void pad(FILE *f, int n)
{
	fprintf(f, "%*s", n > 0 ? n : 0, "");
}

static void print_row(const struct table *t, const struct layout *l, const struct row *r,
		      const struct term *term, FILE *f)
{
	char text[CELL_MAX];
	int behind = 0; /* blanks that are due when something follows */
	bool first = true;

	for (unsigned c = 0; c < t->n; c++) {
		const struct cell *cell = &r->cells[c];
		int w;

		if (!l->width[c])
			continue;
		table_cut(term, cell->text ? cell->text : "", l->width[c], text, sizeof(text));
		w = l->width[c] - term_width(text);
		behind += first ? 0 : GAP;
		first = false;
		if (!*text) {
			behind += w;
			continue;
		}
		pad(f, behind + (t->columns[c].right ? w : 0));
		fprintf(f, "%s%s%s", cell->style ? term_on(term, cell->style) : "", text,
			cell->style ? term_off(term) : "");
		behind = t->columns[c].right ? 0 : w;
	}
	putc('\n', f);
}

static void print_titles(const struct table *t, const struct layout *l, const struct term *term,
			 FILE *f)
{
	struct row titles = { .line = false };

	for (unsigned c = 0; c < t->n; c++)
		titles.cells[c] = (struct cell){ .text = (char *)t->columns[c].title,
						 .style = TERM_BOLD };
	print_row(t, l, &titles, term, f);
}

void table_print(const struct table *t, const struct term *term, FILE *f)
{
	char text[CELL_MAX];
	struct layout l;

	if (!t || !t->n_rows)
		return;
	natural(t, &l);
	fit(t, &l, term->columns);
	print_titles(t, &l, term, f);
	for (size_t i = 0; i < t->n_rows; i++) {
		const struct row *r = &t->rows[i];

		if (!r->line) {
			print_row(t, &l, r, term, f);
			continue;
		}
		table_cut(term, r->cells[0].text ? r->cells[0].text : "", term->columns, text,
			  sizeof(text));
		fprintf(f, "%s%s%s\n", term_on(term, r->cells[0].style), text, term_off(term));
	}
}
