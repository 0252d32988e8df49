/* SPDX-License-Identifier: BSD-2-Clause */
/* show: all of one call. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* localtime_r */
#endif
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "attach_commands.h"
#include "attach_tree.h"

#define TEXT_MAX 256

static void line(const struct attach *a, const char *head, const char *text)
{
	char clean[4 * ATTACH_UUI_MAX];

	attach_clean(&a->out, text, clean, sizeof(clean));
	if (*clean)
		printf("%s%-12s%s%s\n", term_on(&a->out, TERM_BOLD), head, term_off(&a->out),
		       clean);
}

static void show_state(const struct attach *a, const json_t *call)
{
	int64_t ms = a->epoch + json_number(call, "since");
	time_t s = (time_t)(ms / 1000);
	char state[TEXT_MAX], age[24], when[40] = "";
	struct tm tm;

	tree_state(&a->out, call, state, sizeof(state));
	attach_age(attach_ms_ago(a, json_number(call, "since")), age, sizeof(age));
	if (localtime_r(&s, &tm))
		strftime(when, sizeof(when), "%Y-%m-%d %H:%M:%S", &tm);
	printf("%scall %lld%s  %s%s%s for %s, since %s%s\n", term_on(&a->out, TERM_BOLD),
	       (long long)json_number(call, "id"), term_off(&a->out),
	       term_on(&a->out, tree_style(state)), state, term_off(&a->out), age, when,
	       json_flag(call, "dropping") ? "; a drop is under way" : "");
}

static void show_place(const struct attach *a, const json_t *call)
{
	char text[TEXT_MAX];

	if (!json_number(call, "span"))
		return;
	snprintf(text, sizeof(text), "%lld%s%.64s", (long long)json_number(call, "span"),
		 *json_text(call, "interface") ? ", interface " : "", json_text(call, "interface"));
	line(a, "span", text);
	if (json_number(call, "channel")) {
		snprintf(text, sizeof(text), "%lld", (long long)json_number(call, "channel"));
		line(a, "channel", text);
	}
	snprintf(text, sizeof(text), "%.32s%s%.32s", json_text(call, "callref"),
		 *json_text(call, "q931_state") ? ", state " : "", json_text(call, "q931_state"));
	line(a, "reference", text);
}

static void show_cause(const struct attach *a, const json_t *call)
{
	int64_t cause = json_number(call, "cause"), of = json_number(call, "cascade_of");
	char text[TEXT_MAX], from[40] = "";

	if (cause <= 0)
		return;
	if (of)
		snprintf(from, sizeof(from), " of call %lld", (long long)of);
	snprintf(text, sizeof(text), "%lld (%s), %.32s%s", (long long)cause,
		 isdn_cause_name((unsigned)(cause & 0xff)), json_text(call, "source"), from);
	line(a, "cause", text);
}

static void show_relations(const struct attach *a, const json_t *call)
{
	static const char *const rows[][2] = {
		{ "conference", "conference" }, { "linked", "linked to" },
		{ "consult", "consulted by" },	{ "consult_of", "consults for" },
		{ "bridge", "shared line" },
	};
	char text[32];

	for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int64_t id = json_number(call, rows[i][0]);

		snprintf(text, sizeof(text), "%lld", (long long)id);
		line(a, rows[i][1], id ? text : "");
	}
}

static void show_holders(const struct attach *a, const json_t *holders)
{
	char text[TEXT_MAX];
	json_t *h;
	size_t i;

	json_array_foreach((json_t *)holders, i, h)
	{
		snprintf(text, sizeof(text), "%.64s (%.16s)", json_text(h, "client"),
			 json_text(h, "privilege"));
		line(a, i ? "" : "held by", text);
	}
}

static void show_uui(const struct attach *a, const json_t *uui)
{
	static const char *const phases[] = { "setup",	 "alerting", "progress",
					      "connect", "midcall",  "clearing" };
	char text[UUI_TEXT(ATTACH_UUI_MAX)], head[24];

	for (unsigned i = 0; i < sizeof(phases) / sizeof(phases[0]); i++) {
		attach_uui(json_text(uui, phases[i]), text, sizeof(text));
		snprintf(head, sizeof(head), "UUI %s", phases[i]);
		line(a, head, text);
	}
}

/* The call among its relatives. */
static void show_related(struct attach *a, const json_t *call, const json_t *related)
{
	json_t *all = json_array(), *bridges = NULL, *other;
	int status = OK;
	size_t i;

	json_array_append(all, (json_t *)call);
	json_array_foreach((json_t *)related, i, other)
	{
		if (json_number(other, "id") != json_number(call, "id"))
			json_array_append(all, other);
	}
	if (json_array_size(all) > 1) {
		bridges = attach_bridges(a, &status);
		putchar('\n');
		tree_table(a, all, bridges, &a->out, stdout);
	}
	json_decref(bridges);
	json_decref(all);
}

static void print(struct attach *a, const json_t *answer)
{
	const json_t *call = json_part(answer, "call");
	char parties[TEXT_MAX];

	show_state(a, call);
	tree_parties(&a->out, call, parties, sizeof(parties));
	line(a, json_text(call, "origin"), parties);
	show_place(a, call);
	show_cause(a, call);
	show_relations(a, call);
	show_holders(a, json_part(answer, "holders"));
	show_uui(a, json_part(answer, "uui"));
	show_related(a, call, json_part(answer, "related"));
}

int attach_show(struct attach *a, char **names, int n)
{
	struct call_ids ids;
	int status = name_find(a, names, n, &ids);
	json_t *answer;

	if (status != OK)
		return status;
	answer = attach_get(a, attach_request("show", ids.id[0]), names[0], &status);
	free(ids.id);
	if (answer && a->opt->json) {
		json_object_del(answer, "id");
		json_object_del(answer, "do");
		attach_print(answer);
		return OK;
	}
	if (answer)
		print(a, answer);
	json_decref(answer);
	return status;
}
