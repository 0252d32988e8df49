/* SPDX-License-Identifier: BSD-2-Clause */
/* Calls in the order in which people want them: what belongs to a call stands under it. */
#ifndef UTILS_ATTACH_TREE_H
#define UTILS_ATTACH_TREE_H

#include "attach.h"
#include "table.h"

struct tree;

/*
 * Parties under their conference, stations under their shared line, the second of two linked
 * calls and a consultation call under the first. bridges may be NULL. NULL: no memory.
 */
struct tree *tree_new(const json_t *calls, const json_t *bridges);
void tree_free(struct tree *t);

/*
 * Each call in that order. front: what is to stand before its id. call NULL: a heading, title.
 */
typedef void tree_row(void *arg, const char *front, const json_t *call, const char *title);
void tree_walk(const struct tree *t, const struct term *term, tree_row *row, void *arg);

/* Words for a call: "CONNECTED", "INACTIVE", "DISCONNECTED BUSY"; how it looks. */
void tree_state(const struct term *term, const json_t *call, char *text, size_t cap);
enum term_style tree_style(const char *state);
/* "1/b17", "1", "" */
void tree_place(const json_t *call, char *text, size_t cap);
/* "200 > 5551234", "3 parties" */
void tree_parties(const struct term *term, const json_t *call, char *text, size_t cap);
/* All of these: "7 CONNECTED 1/b17 user:5 200 > 5551234" */
void tree_call_line(const struct term *term, const json_t *call, char *text, size_t cap);

/* The table of list and show. */
void tree_table(const struct attach *a, const json_t *calls, const json_t *bridges,
		const struct term *term, FILE *f);

#endif
