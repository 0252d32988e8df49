/* SPDX-License-Identifier: BSD-2-Clause */
/* What belongs to which call, and the order that follows from it. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* strdup */
#endif
#include "attach_tree.h"

#include <stdlib.h>
#include <string.h>

#define DEPTH_MAX 8
#define FRONT_MAX 64
#define HEADS_MAX 1000 /* headings; what is under more of them stands at the top */
#define NONE	  SIZE_MAX

struct node {
	const json_t *call; /* NULL: a heading */
	int64_t id;	    /* of the call; of a heading: of its line, or of a hub */
	enum { CALL_NODE, LINE_NODE, HUB_NODE } kind;
	size_t parent, first, last, next; /* places in the array, NONE: there is none */
	bool shown;
	char *title;
};

struct tree {
	struct node *node; /* calls by id, then headings */
	size_t n, calls;
};

static int by_id(const void *a, const void *b)
{
	const struct node *x = a, *y = b;

	return x->id < y->id ? -1 : x->id > y->id;
}

static size_t find_call(const struct tree *t, int64_t id)
{
	struct node key = { .id = id };
	const struct node *at = id > 0 && t->calls
					? bsearch(&key, t->node, t->calls, sizeof(key), by_id)
					: NULL;

	return at ? (size_t)(at - t->node) : NONE;
}

static size_t heading(struct tree *t, int kind, int64_t id)
{
	for (size_t i = t->calls; i < t->n; i++)
		if ((int)t->node[i].kind == kind && t->node[i].id == id)
			return i;
	return NONE;
}

static const json_t *bridge_of(const json_t *bridges, int64_t id)
{
	size_t i;
	json_t *b;

	json_array_foreach((json_t *)bridges, i, b) if (json_number(b, "bridge") == id) return b;
	return NULL;
}

static void line_title(char *text, size_t cap, const json_t *bridge)
{
	const char *number = json_text(bridge, "number"), *sharing = json_text(bridge, "sharing");

	snprintf(text, cap, "shared line %s%s%s%s, %d of %d stations in use",
		 *number ? "" : "of every number", number, *sharing ? ", " : "", sharing,
		 (int)json_number(bridge, "in_use"), (int)json_number(bridge, "stations"));
}

/* A heading, which is made when it is the first time. There is room: one a call. NONE: too many. */
static size_t under(struct tree *t, int kind, int64_t id, const json_t *bridges)
{
	size_t at = heading(t, kind, id);
	const json_t *bridge;
	char text[160];
	struct node *h;

	if (at != NONE || t->n - t->calls >= HEADS_MAX)
		return at;
	h = &t->node[t->n];
	*h = (struct node){ .id = id, .parent = NONE, .first = NONE, .last = NONE, .next = NONE };
	h->kind = kind == LINE_NODE ? LINE_NODE : HUB_NODE;
	bridge = kind == LINE_NODE ? bridge_of(bridges, id) : NULL;
	if (bridge)
		line_title(text, sizeof(text), bridge);
	else
		snprintf(text, sizeof(text), "%s",
			 kind == LINE_NODE ? "shared line" : "parties without their conference");
	h->title = strdup(text);
	return t->n++;
}

/* Where a call stands; NONE: at the top. */
static size_t parent_of(struct tree *t, const struct node *n, const json_t *bridges)
{
	static const char *const up[] = { "conference", "consult_of", "linked" };
	const json_t *c = n->call;
	int64_t bridge = json_number(c, "bridge");

	if (bridge > 0)
		return under(t, LINE_NODE, bridge, bridges);
	for (unsigned i = 0; i < sizeof(up) / sizeof(up[0]); i++) {
		int64_t id = json_number(c, up[i]);
		size_t at = find_call(t, id);

		if (at != NONE && &t->node[at] != n && (strcmp(up[i], "linked") || id < n->id))
			return at;
	}
	if (!strcmp(json_text(c, "state"), "CONFERENCED") && !json_number(c, "conference"))
		return under(t, HUB_NODE, json_number(c, "hub"), bridges);
	return NONE;
}

static void hang(struct tree *t, size_t child, size_t parent)
{
	struct node *p = &t->node[parent];

	t->node[child].parent = parent;
	if (p->last == NONE)
		p->first = child;
	else
		t->node[p->last].next = child;
	p->last = child;
}

struct tree *tree_new(const json_t *calls, const json_t *bridges)
{
	struct tree *t = calloc(1, sizeof(*t));
	size_t i, n = json_array_size(calls);
	json_t *call;

	if (t)
		t->node = calloc(n * 2 + 1, sizeof(*t->node));
	if (!t || !t->node) {
		free(t);
		return NULL;
	}
	json_array_foreach((json_t *)calls, i, call)
		t->node[t->n++] = (struct node){ .call = call,
						 .id = json_number(call, "id"),
						 .parent = NONE,
						 .first = NONE,
						 .last = NONE,
						 .next = NONE };
	t->calls = t->n;
	qsort(t->node, t->n, sizeof(*t->node), by_id);
	for (i = 0; i < t->calls; i++) {
		size_t parent = parent_of(t, &t->node[i], bridges);

		if (parent != NONE)
			hang(t, i, parent);
	}
	return t;
}

void tree_free(struct tree *t)
{
	for (size_t i = 0; t && i < t->n; i++)
		free(t->node[i].title);
	if (t)
		free(t->node);
	free(t);
}

struct walk {
	const struct tree *tree;
	const struct term *term;
	tree_row *row;
	void *arg;
	const char *const *lines; /* what stands before a child, the last, and below each */
};

static void walk(const struct walk *w, size_t at, const char *front, const char *below, int depth)
{
	struct node *n = &w->tree->node[at];
	char head[FRONT_MAX], rest[FRONT_MAX];

	if (n->shown)
		return;
	n->shown = true;
	w->row(w->arg, front, n->call, n->title);
	if (depth == DEPTH_MAX)
		return;
	for (size_t c = n->first; c != NONE; c = w->tree->node[c].next) {
		bool last = w->tree->node[c].next == NONE;

		snprintf(head, sizeof(head), "%s%s", below, w->lines[last]);
		snprintf(rest, sizeof(rest), "%s%s", below, w->lines[2 + last]);
		walk(w, c, head, rest, depth + 1);
	}
}

/* The first call under a heading, which says where it stands among the others. */
static size_t top_of(const struct tree *t, size_t at)
{
	size_t parent = t->node[at].parent;

	return parent != NONE && !t->node[parent].call ? parent : at;
}

void tree_walk(const struct tree *t, const struct term *term, tree_row *row, void *arg)
{
	static const char *const ascii[] = { "|- ", "`- ", "|  ", "   " };
	static const char *const utf8[] = { "\xe2\x94\x9c\xe2\x94\x80 ",
					    "\xe2\x94\x94\xe2\x94\x80 ", "\xe2\x94\x82  ", "   " };
	struct walk w = { t, term, row, arg, term->utf8 ? utf8 : ascii };

	for (size_t i = 0; i < t->n; i++)
		t->node[i].shown = false;
	for (size_t i = 0; i < t->calls; i++) {
		size_t top = top_of(t, i);

		if (t->node[top].parent == NONE)
			walk(&w, top, "", "", 0);
	}
	for (size_t i = 0; i < t->calls; i++) /* what a program tells that makes no sense */
		walk(&w, i, "", "", 0);
}
