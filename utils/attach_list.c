/* SPDX-License-Identifier: BSD-2-Clause */
/* list: the calls there are. leaks: the handles that keep ended ones. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* clock_gettime */
#endif
#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#include "attach_commands.h"
#include "attach_tree.h"
#include "cli_internal.h"

/* A state as the library names it, in letters of any size; NULL: there is none. */
static const char *state_named(const char *text)
{
	for (unsigned bit = 0; bit < 15; bit++) {
		const char *name = isdn_call_state_name((enum isdn_call_state)(1u << bit));

		if (!strcasecmp(name, text))
			return name;
	}
	return NULL;
}

static int no_state(const struct attach *a)
{
	char choices[400] = "";

	for (unsigned bit = 0; bit < 15; bit++)
		cli_append(choices, sizeof(choices), "",
			   isdn_call_state_name((enum isdn_call_state)(1u << bit)));
	return attach_fail(a, USAGE, "SYNTAX", "--state %s: choose among %s", a->opt->state,
			   choices);
}

/* On that span; a conference whose party is. */
static bool on_span(const json_t *calls, const json_t *call, int span)
{
	json_t *other;
	size_t i;

	if (json_number(call, "span") == span)
		return true;
	if (strcmp(json_text(call, "origin"), "conference") != 0)
		return false;
	json_array_foreach((json_t *)calls, i, other)
	{
		if (json_number(other, "span") == span &&
		    json_number(other, "conference") == json_number(call, "id"))
			return true;
	}
	return false;
}

/* It has been so for so long. */
static bool is_old(const struct attach *a, const json_t *call)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * 1000 - a->epoch - json_number(call, "since") >=
	       (int64_t)a->opt->older;
}

/* Those that --state, --older and --span leave. */
static json_t *chosen(const struct attach *a, json_t *calls, const char *state, int span)
{
	json_t *some = json_array(), *call;
	size_t i;

	json_array_foreach(calls, i, call)
	{
		if ((!state || !strcmp(json_text(call, "state"), state)) &&
		    (!a->opt->older || is_old(a, call)) && (!span || on_span(calls, call, span)))
			json_array_append(some, call);
	}
	json_decref(calls);
	return some;
}

/* The program says whether the span is there. */
static bool has_span(struct attach *a, int *status)
{
	json_t *answer = attach_get(
		a, json_pack("{s:s, s:i, s:i}", "do", "list", "limit", 1, "span", a->opt->span),
		"calls", status);

	json_decref(answer);
	return answer != NULL;
}

static void count(const struct attach *a, const json_t *calls)
{
	size_t i, conferences = 0, n = json_array_size(calls);
	json_t *call;

	json_array_foreach((json_t *)calls, i, call)
		conferences += !strcmp(json_text(call, "origin"), "conference");
	printf("%s: %zu call%s", attach_program(a), n - conferences,
	       n - conferences == 1 ? "" : "s");
	if (conferences)
		printf(", %zu conference%s", conferences, conferences == 1 ? "" : "s");
	putchar('\n');
}

int attach_list(struct attach *a, char **names, int n)
{
	const char *state = NULL;
	json_t *calls, *bridges = NULL;
	int status = OK;

	(void)names;
	(void)n;
	if (a->opt->state && !(state = state_named(a->opt->state)))
		return no_state(a);
	if (a->opt->span && !has_span(a, &status))
		return status;
	calls = attach_calls(a, &status);
	if (calls && (state || a->opt->span || a->opt->older))
		calls = chosen(a, calls, state, a->opt->span);
	if (calls && !a->opt->json)
		bridges = attach_bridges(a, &status);
	if (calls && a->opt->json) {
		attach_print(json_pack("{s:b, s:O}", "ok", 1, "calls", calls));
	} else if (bridges) {
		tree_table(a, calls, bridges, &a->out, stdout);
		count(a, calls);
	}
	json_decref(bridges);
	json_decref(calls);
	return status;
}

static const struct table_column leak_columns[] = {
	{ "CALL", 0, 0, false }, { "CLIENT", 6, 0, false },   { "HANDLE", 0, 2, false },
	{ "SPAN", 0, 1, true },	 { "NUMBERS", 12, 3, false }, { "ENDED", 0, 0, true },
};

static void leak_row(struct table *t, const struct attach *a, const json_t *leak)
{
	char text[256];

	table_row(t);
	table_cell(t, 0, TERM_PLAIN, "%lld", (long long)json_number(leak, "call"));
	attach_clean(&a->out, json_text(leak, "client"), text, sizeof(text));
	table_cell(t, 1, TERM_BAD, "%s", text);
	attach_clean(&a->out, json_text(leak, "privilege"), text, sizeof(text));
	table_cell(t, 2, TERM_PLAIN, "%s", text);
	tree_place(leak, text, sizeof(text));
	table_cell(t, 3, TERM_PLAIN, "%s", text);
	tree_parties(&a->out, leak, text, sizeof(text));
	table_cell(t, 4, TERM_PLAIN, "%s", text);
	attach_age(attach_ms_ago(a, json_number(leak, "since")), text, sizeof(text));
	table_cell(t, 5, TERM_PLAIN, "%s ago", text);
}

int attach_leaks(struct attach *a, char **names, int n)
{
	int status = OK;
	json_t *answer = attach_get(a, json_pack("{s:s}", "do", "leaks"), "leaks", &status);
	const json_t *leaks = json_part(answer, "leaks");
	int64_t total = json_number(answer, "total");
	struct table *t;
	json_t *leak;
	size_t i;

	(void)names;
	(void)n;
	if (!answer)
		return status;
	if (a->opt->json) {
		attach_print(json_pack("{s:b, s:o, s:I}", "ok", 1, "leaks",
				       leaks ? json_incref((json_t *)leaks) : json_array(), "total",
				       (json_int_t)total));
	} else {
		t = table_new(leak_columns, sizeof(leak_columns) / sizeof(leak_columns[0]));
		json_array_foreach((json_t *)leaks, i, leak) leak_row(t, a, leak);
		table_print(t, &a->out, stdout);
		table_free(t);
		printf("%lld handle%s to ended calls\n", (long long)total, total == 1 ? "" : "s");
	}
	json_decref(answer);
	return total > 0 ? FAILED : OK;
}
