/* SPDX-License-Identifier: BSD-2-Clause */
/* A call as people read it: its state, place and numbers, and the table of calls. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "attach_tree.h"

#define TEXT_MAX 128

void tree_state(const struct term *term, const json_t *call, char *text, size_t cap)
{
	const char *state = json_text(call, "state"), *mode = json_text(call, "mode");
	bool active = !strcmp(mode, "ACTIVE") || !strcmp(mode, "CONFIRMED");
	char both[TEXT_MAX];

	if (!*mode || active)
		snprintf(both, sizeof(both), "%s", state);
	else if (!strcmp(state, "CONNECTED"))
		snprintf(both, sizeof(both), "%s", mode);
	else
		snprintf(both, sizeof(both), "%s %s", state, mode);
	attach_clean(term, both, text, cap);
}

enum term_style tree_style(const char *state)
{
	static const struct {
		const char *state;
		enum term_style style;
	} rows[] = {
		{ "CONNECTED", TERM_GOOD },	{ "CONFERENCED", TERM_GOOD },
		{ "INACTIVE", TERM_DIM },	{ "INACTIVEHELD", TERM_DIM },
		{ "ACTIVEHELD", TERM_DIM },	{ "ONHOLD", TERM_DIM },
		{ "ONHOLDPENDCONF", TERM_DIM }, { "ONHOLDPENDTRANSFER", TERM_DIM },
		{ "OFFERING", TERM_WARN },	{ "ACCEPTED", TERM_WARN },
		{ "DIALTONE", TERM_WARN },	{ "DIALING", TERM_WARN },
		{ "PROCEEDING", TERM_WARN },	{ "RINGBACK", TERM_WARN },
	};

	for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (!strcmp(rows[i].state, state))
			return rows[i].style;
	return !strncmp(state, "DISCONNECTED", 12) || !strcmp(state, "BUSY") ? TERM_BAD
									     : TERM_PLAIN;
}

void tree_place(const json_t *call, char *text, size_t cap)
{
	int64_t span = json_number(call, "span"), channel = json_number(call, "channel");

	text[0] = '\0';
	if (span > 0 && channel > 0)
		snprintf(text, cap, "%lld/b%lld", (long long)span, (long long)channel);
	else if (span > 0)
		snprintf(text, cap, "%lld", (long long)span);
}

void tree_parties(const struct term *term, const json_t *call, char *text, size_t cap)
{
	const char *called = json_text(call, "called"), *calling = json_text(call, "calling");
	int64_t parties = json_number(call, "parties");
	char plain[2 * TEXT_MAX];

	if (!strcmp(json_text(call, "origin"), "conference"))
		snprintf(plain, sizeof(plain), "%lld part%s", (long long)parties,
			 parties == 1 ? "y" : "ies");
	else
		snprintf(plain, sizeof(plain), "%.100s > %.100s", *calling ? calling : "-",
			 *called ? called : "-");
	attach_clean(term, plain, text, cap);
}

void tree_call_line(const struct term *term, const json_t *call, char *text, size_t cap)
{
	char state[TEXT_MAX], place[TEXT_MAX], parties[TEXT_MAX], ref[TEXT_MAX];

	tree_state(term, call, state, sizeof(state));
	tree_place(call, place, sizeof(place));
	tree_parties(term, call, parties, sizeof(parties));
	attach_clean(term, json_text(call, "callref"), ref, sizeof(ref));
	snprintf(text, cap, "%lld  %s%s%s%s%s  %s", (long long)json_number(call, "id"), state,
		 *place ? "  " : "", place, *ref ? "  " : "", ref, parties);
}

enum { COL_CALL, COL_STATE, COL_PLACE, COL_REF, COL_KIND, COL_PARTIES, COL_AGE, COL_HOLDER };

static const struct table_column columns[] = {
	[COL_CALL] = { "CALL", 0, 0, false },	[COL_STATE] = { "STATE", 11, 0, false },
	[COL_PLACE] = { "PLACE", 0, 4, false }, [COL_REF] = { "CALLREF", 0, 2, false },
	[COL_KIND] = { "KIND", 0, 1, false },	[COL_PARTIES] = { "NUMBERS", 17, 0, false },
	[COL_AGE] = { "AGE", 0, 3, true },	[COL_HOLDER] = { "HOLDER", 6, 2, false },
};

struct calls_table {
	const struct attach *attach;
	const struct term *term;
	struct table *table;
};

/* Which way it began, and what it is to the one above it. */
static void kind(const json_t *call, char *text, size_t cap)
{
	const char *origin = json_text(call, "origin");
	bool consults = json_number(call, "consult_of") > 0,
	     linked = json_number(call, "linked") > 0;

	snprintf(text, cap, "%s%s",
		 !strcmp(origin, "inbound")	 ? "in"
		 : !strcmp(origin, "outbound")	 ? "out"
		 : !strcmp(origin, "conference") ? "conf"
						 : "",
		 consults ? " consult"
		 : linked ? " linked"
			  : "");
}

static void row(void *arg, const char *front, const json_t *call, const char *title)
{
	const struct calls_table *c = arg;
	char text[2 * TEXT_MAX], age[24];

	if (!call) {
		attach_clean(c->term, title ? title : "", text, sizeof(text));
		table_line(c->table, TERM_BOLD, "%s", text);
		return;
	}
	table_row(c->table);
	table_cell(c->table, COL_CALL, TERM_PLAIN, "%s%lld", front,
		   (long long)json_number(call, "id"));
	tree_state(c->term, call, text, sizeof(text));
	table_cell(c->table, COL_STATE, tree_style(text), "%s", text);
	tree_place(call, text, sizeof(text));
	table_cell(c->table, COL_PLACE, TERM_PLAIN, "%s", text);
	attach_clean(c->term, json_text(call, "callref"), text, sizeof(text));
	table_cell(c->table, COL_REF, TERM_PLAIN, "%s", text);
	kind(call, text, sizeof(text));
	table_cell(c->table, COL_KIND, TERM_PLAIN, "%s", text);
	tree_parties(c->term, call, text, sizeof(text));
	table_cell(c->table, COL_PARTIES, TERM_PLAIN, "%s", text);
	attach_age(attach_ms_ago(c->attach, json_number(call, "since")), age, sizeof(age));
	table_cell(c->table, COL_AGE, TERM_PLAIN, "%s", age);
	attach_clean(c->term, json_text(call, "holder"), text, sizeof(text));
	table_cell(c->table, COL_HOLDER, TERM_PLAIN, "%s", text);
}

void tree_table(const struct attach *a, const json_t *calls, const json_t *bridges,
		const struct term *term, FILE *f)
{
	struct calls_table c = { a, term,
				 table_new(columns, sizeof(columns) / sizeof(columns[0])) };
	struct tree *t = tree_new(calls, bridges);

	if (t && c.table)
		tree_walk(t, term, row, &c);
	table_print(c.table, term, f);
	tree_free(t);
	table_free(c.table);
}
