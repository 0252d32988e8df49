/* SPDX-License-Identifier: BSD-2-Clause */
/* watch: what happens, as it happens, a line an event. */
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

static void clock_of(const struct attach *a, const json_t *event, char *text, size_t cap)
{
	int64_t ms = event ? a->epoch + json_number(event, "time") : attach_ms_ago(a, 0) + a->epoch;
	time_t s = (time_t)(ms / 1000);
	struct tm tm;
	char hms[16] = "--:--:--";

	if (ms >= 0 && localtime_r(&s, &tm))
		strftime(hms, sizeof(hms), "%H:%M:%S", &tm);
	snprintf(text, cap, "%s.%03d", hms, (int)(ms >= 0 ? ms % 1000 : 0));
}

static void say_new(const struct attach *a, const json_t *event)
{
	char text[TEXT_MAX];

	tree_call_line(&a->out, json_part(event, "call"), text, sizeof(text));
	printf("new %s\n", text);
}

/* What is said of the end of a call, or of the far end's part in it. */
static void say_cause(const struct attach *a, const json_t *event)
{
	long long cause = json_number(event, "cause"), of = json_number(event, "cascade_of");
	char source[40];

	attach_clean(&a->out, json_text(event, "source"), source, sizeof(source));
	if (cause > 0)
		printf(", cause %lld (%s)", cause, isdn_cause_name((unsigned)(cause & 0xff)));
	if (*source && of)
		printf(", with call %lld", of);
	else if (*source)
		printf(", %s", source);
	if (json_flag(event, "uui_sent"))
		printf(", UUI sent");
}

static void say_uui(const struct attach *a, const json_t *event)
{
	char text[UUI_TEXT(ATTACH_UUI_MAX)];

	(void)a;
	attach_uui(json_text(event, "uui"), text, sizeof(text));
	if (*text)
		printf(", UUI received: %s", text);
}

static void say_state(const struct attach *a, const json_t *event)
{
	char state[TEXT_MAX], old[40], parties[TEXT_MAX];

	tree_state(&a->out, event, state, sizeof(state));
	attach_clean(&a->out, json_text(event, "old"), old, sizeof(old));
	printf("call %lld %s%s%s%s%s", (long long)json_number(event, "call"), old,
	       *old ? " > " : "", term_on(&a->out, tree_style(state)), state, term_off(&a->out));
	say_cause(a, event);
	say_uui(a, event);
	tree_parties(&a->out, event, parties, sizeof(parties));
	printf("%s%s\n", strcmp(parties, "- > -") ? "  " : "",
	       strcmp(parties, "- > -") ? parties : "");
}

static void say_info(const struct attach *a, const json_t *event)
{
	char word[40];
	json_t *what;
	size_t i;

	printf("call %lld", (long long)json_number(event, "call"));
	json_array_foreach((json_t *)json_part(event, "what"), i, what)
	{
		attach_clean(&a->out, json_string_value(what) ? json_string_value(what) : "", word,
			     sizeof(word));
		printf("%s %s", i ? "," : "", word);
	}
	say_uui(a, event);
	putchar('\n');
}

static void say_span(const struct attach *a, const json_t *event)
{
	bool up = json_flag(event, "up");

	printf("span %lld %s%s%s\n", (long long)json_number(event, "span"),
	       term_on(&a->out, up ? TERM_GOOD : TERM_BAD), up ? "up" : "down", term_off(&a->out));
}

static void say_lost(const struct attach *a, const json_t *event)
{
	(void)a;
	(void)event;
	printf("lost: memory ran out there and events are missing; list shows what there is\n");
}

static const struct {
	const char *event;
	void (*say)(const struct attach *a, const json_t *event);
} rows[] = {
	{ "new", say_new },   { "state", say_state }, { "info", say_info },
	{ "span", say_span }, { "lost", say_lost },
};

/* That somebody else looks at a call is not what happens to it. */
static bool only_holders(const json_t *event)
{
	const json_t *what = json_part(event, "what");
	json_t *word;
	size_t i;

	json_array_foreach((json_t *)what, i, word)
	{
		const char *text = json_string_value(word);

		if (!text || (strcmp(text, "NUMOWNERS") && strcmp(text, "NUMMONITORS") &&
			      strcmp(text, "PRIVILEGE")))
			return false;
	}
	return what != NULL;
}

/* Of the calls that are watched: all, or those that were named, and what concerns all. */
static bool wanted(const struct call_ids *ids, const json_t *event)
{
	const json_t *call = json_part(event, "call");
	int64_t id = call ? json_number(call, "id") : json_number(event, "call");

	if (!ids->n || !id)
		return true;
	for (size_t i = 0; i < ids->n; i++)
		if (ids->id[i] == id)
			return true;
	return false;
}

static void show(const struct attach *a, json_t *event)
{
	const char *name = json_text(event, "event");
	char when[40];

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (strcmp(rows[i].event, name) != 0)
			continue;
		clock_of(a, event, when, sizeof(when));
		printf("%s  ", when);
		rows[i].say(a, event);
	}
	fflush(stdout);
}

static int watch(struct attach *a, const struct call_ids *ids)
{
	int status = OK;
	json_t *line;

	while ((line = attach_line(a, -1, &status)) != NULL) {
		bool good = *json_text(line, "event") && wanted(ids, line) && !only_holders(line);

		if (good && a->opt->json) {
			json_dumpf(line, stdout, JSON_COMPACT | JSON_PRESERVE_ORDER);
			putchar('\n');
			fflush(stdout);
		} else if (good) {
			show(a, line);
		}
		json_decref(line);
	}
	return status;
}

/* The first line: what is watched from here on. */
static void begin(const struct attach *a)
{
	char when[40];

	if (a->opt->json) {
		json_t *first = json_deep_copy(a->greeting);

		json_object_set_new(first, "event", json_string("watching"));
		json_dumpf(first, stdout, JSON_COMPACT | JSON_PRESERVE_ORDER);
		putchar('\n');
		json_decref(first);
		return;
	}
	clock_of(a, NULL, when, sizeof(when));
	printf("%s  watching %s, process %lld\n", when, attach_program(a),
	       (long long)json_number(a->greeting, "pid"));
}

int attach_watch(struct attach *a, char **names, int n)
{
	struct call_ids ids = { NULL, 0 };
	int status = n ? name_find(a, names, n, &ids) : OK;
	json_t *answer;

	if (status == OK) {
		answer = attach_get(a, json_pack("{s:s, s:b}", "do", "watch", "on", 1), "watch",
				    &status);
		json_decref(answer);
		if (answer) {
			begin(a);
			status = watch(a, &ids);
		}
	}
	free(ids.id);
	return status;
}
