/* SPDX-License-Identifier: BSD-2-Clause */
/* --dry-run: what would go, as a tree, and the octets that would be sent. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "attach_commands.h"
#include "attach_tree.h"

#define TEXT_MAX 256

static json_t *one_preview(struct attach *a, const char *verb, int64_t id, int *status)
{
	json_t *request = json_pack("{s:s, s:s, s:I}", "do", "dry-run", "verb", verb, "call",
				    (json_int_t)id);
	char what[64];

	attach_how(a->opt, request);
	snprintf(what, sizeof(what), "%s of call %lld", verb, (long long)id);
	return attach_get(a, request, what, status);
}

static bool has(const json_t *effects, int64_t id)
{
	size_t i;
	json_t *e;

	json_array_foreach((json_t *)effects, i, e) if (json_number(e, "call") == id) return true;
	return false;
}

json_t *attach_preview(struct attach *a, const char *verb, const struct call_ids *ids, int *status)
{
	json_t *all = json_array(), *answer, *e;
	size_t j;

	for (size_t i = 0; i < ids->n; i++) {
		answer = one_preview(a, verb, ids->id[i], status);
		if (!answer) {
			json_decref(all);
			return NULL;
		}
		json_array_foreach((json_t *)json_part(answer, "effects"), j, e)
		{
			if (!json_is_object(e) || has(all, json_number(e, "call")))
				continue; /* one that goes with an earlier one too */
			json_object_set_new(e, "of", json_integer(ids->id[i]));
			json_array_append(all, e);
		}
		json_decref(answer);
	}
	return all;
}

enum { COL_CALL, COL_WAS, COL_STATE, COL_CAUSE, COL_UUI, COL_MESSAGE, COL_PARTIES, COL_ERROR };

static const struct table_column columns[] = {
	[COL_CALL] = { "CALL", 0, 0, false },	    [COL_WAS] = { "STATE", 8, 1, false },
	[COL_STATE] = { "BECOMES", 8, 0, false },   [COL_CAUSE] = { "CAUSE", 0, 0, true },
	[COL_UUI] = { "UUI", 0, 0, false },	    [COL_MESSAGE] = { "MESSAGE", 10, 0, false },
	[COL_PARTIES] = { "NUMBERS", 8, 2, false }, [COL_ERROR] = { "NOT CLEARED", 11, 0, false },
};

struct preview {
	const struct attach *attach;
	const struct term *term;
	const json_t *effects;
	struct table *table;
};

static const json_t *effect_of(const json_t *effects, int64_t id)
{
	size_t i;
	json_t *e;

	json_array_foreach((json_t *)effects, i, e) if (json_number(e, "call") == id) return e;
	return NULL;
}

static void cells(const struct preview *p, const json_t *e, const json_t *call)
{
	char text[TEXT_MAX];
	bool uui = p->attach->opt->uui.size && *json_text(e, "message");

	tree_state(p->term, call, text, sizeof(text));
	table_cell(p->table, COL_WAS, TERM_PLAIN, "%s", text);
	tree_state(p->term, e, text, sizeof(text));
	table_cell(p->table, COL_STATE, strcmp(text, "IDLE") ? tree_style(text) : TERM_BAD, "%s",
		   text);
	if (json_number(e, "cause"))
		table_cell(p->table, COL_CAUSE, TERM_PLAIN, "%lld",
			   (long long)json_number(e, "cause"));
	table_cell(p->table, COL_UUI, TERM_PLAIN, "%s",
		   json_flag(e, "uui_sent") ? "yes"
		   : uui		    ? "no"
					    : "");
	attach_clean(p->term, json_text(e, "message"), text, sizeof(text));
	table_cell(p->table, COL_MESSAGE, TERM_PLAIN, "%s", text);
	tree_parties(p->term, call, text, sizeof(text));
	table_cell(p->table, COL_PARTIES, TERM_PLAIN, "%s", text);
	attach_clean(p->term, json_text(e, "error"), text, sizeof(text));
	table_cell(p->table, COL_ERROR, TERM_BAD, "%s", text);
}

static void row(void *arg, const char *front, const json_t *call, const char *title)
{
	const struct preview *p = arg;
	int64_t id = json_number(call, "id");
	const json_t *e = effect_of(p->effects, id);

	if (!call) {
		table_line(p->table, TERM_BOLD, "%s", title ? title : "");
		return;
	}
	table_row(p->table);
	table_cell(p->table, COL_CALL, TERM_PLAIN, "%s%lld", front, (long long)id);
	cells(p, e, call);
}

/* The octets of a message, broken between two of them. */
static void octets(const struct term *term, const json_t *e, FILE *f)
{
	const char *hex = json_text(e, "octets");
	char head[64], message[40];
	size_t per_line, n = strlen(hex) & ~(size_t)1;

	if (!n)
		return;
	attach_clean(term, json_text(e, "message"), message, sizeof(message));
	snprintf(head, sizeof(head), "  %lld %s ", (long long)json_number(e, "call"), message);
	per_line = strlen(head) + 2 < (size_t)term->columns
			   ? ((size_t)term->columns - strlen(head)) / 2 * 2
			   : 2; /* an id and a message that are no real ones */
	for (size_t at = 0; at < n; at += per_line)
		fprintf(f, "%*s%.*s\n", (int)strlen(head), at ? "" : head, (int)per_line, hex + at);
}

/* The calls of the effects, of which the list knows the relations. */
static json_t *their_calls(struct attach *a, const json_t *effects)
{
	int status = OK;
	json_t *all = attach_calls(a, &status), *some = json_array(), *call;
	size_t i;

	json_array_foreach(all, i, call)
	{
		if (has(effects, json_number(call, "id")))
			json_array_append(some, call);
	}
	json_decref(all);
	return some;
}

void attach_preview_print(struct attach *a, const char *verb, const json_t *effects,
			  const struct term *term, FILE *f)
{
	struct preview p = { a, term, effects,
			     table_new(columns, sizeof(columns) / sizeof(columns[0])) };
	int status = OK;
	json_t *calls = their_calls(a, effects), *bridges = attach_bridges(a, &status), *e;
	struct tree *t = tree_new(calls, bridges);
	size_t i, n = json_array_size(effects);
	bool any = false;

	if (t && p.table)
		tree_walk(t, term, row, &p);
	fprintf(f, "%s would change %zu call%s:\n", verb, n, n == 1 ? "" : "s");
	table_print(p.table, term, f);
	json_array_foreach((json_t *)effects, i, e) any = any || *json_text(e, "octets");
	fprintf(f, "%s\n", any ? "octets that would be sent:" : "nothing would be sent");
	json_array_foreach((json_t *)effects, i, e) octets(term, e, f);
	tree_free(t);
	table_free(p.table);
	json_decref(bridges);
	json_decref(calls);
}
