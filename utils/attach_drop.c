/* SPDX-License-Identifier: BSD-2-Clause */
/* drop, leave, clear: asked for, answered, and what came of them. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "attach_commands.h"
#include "session.h"

#define UNDER_WAY 32 /* requests at a time */

json_t *attach_request(const char *what, int64_t call)
{
	return json_pack("{s:s, s:I}", "do", what, "call", (json_int_t)call);
}

static void hex_of(const struct uui *uui, char *hex)
{
	for (size_t i = 0; i < uui->size; i++)
		sprintf(hex + 2 * i, "%02x", uui->octets[i]);
}

void attach_how(const struct attach_options *opt, json_t *request)
{
	char hex[2 * sizeof(opt->uui.octets) + 1] = "";

	if (opt->cause)
		json_object_set_new(request, "cause", json_integer(opt->cause));
	if (opt->reason)
		json_object_set_new(request, "reason", json_string(attach_reasons[opt->reason]));
	hex_of(&opt->uui, hex);
	if (*hex)
		json_object_set_new(request, "uui", json_string(hex));
}

/* How many calls would end. */
static size_t ends(const json_t *effects)
{
	size_t i, n = 0;
	json_t *e;

	json_array_foreach((json_t *)effects, i, e) n += !strcmp(json_text(e, "state"), "IDLE");
	return n;
}

static bool yes(void)
{
	char line[16] = "";

	return fgets(line, sizeof(line), stdin) && (!strcmp(line, "y\n") || !strcmp(line, "y"));
}

/* More than one call is not dropped unasked. OK: go on. */
static int ask(struct attach *a, const char *verb, const struct call_ids *ids)
{
	int status = OK;
	json_t *effects = attach_preview(a, verb, ids, &status);
	size_t n = ends(effects);
	struct term err;

	if (effects && n > 1 && !(isatty(STDIN_FILENO) && isatty(STDERR_FILENO))) {
		status = attach_fail(a, FAILED, "CONFIRM",
				     "%s would end %zu calls: give --yes, or look first with "
				     "--dry-run",
				     verb, n);
	} else if (effects && n > 1) {
		term_look(&err, STDERR_FILENO, (enum term_colour)a->opt->colour);
		attach_preview_print(a, verb, effects, &err, stderr);
		fprintf(stderr, "%s: end these %zu calls? [y/N] ", PROGRAM, n);
		if (!yes())
			status = attach_fail(a, FAILED, "CONFIRM", "nothing was done");
	}
	json_decref(effects);
	return status;
}

static void not_cleared(const struct attach *a, const json_t *list)
{
	char error[64], text[256];
	json_t *one;
	size_t i;

	json_array_foreach((json_t *)list, i, one)
	{
		attach_clean(&a->out, json_text(one, "error"), error, sizeof(error));
		attach_clean(&a->out, json_text(one, "text"), text, sizeof(text));
		printf("  call %lld is not cleared: %s%s%s\n", (long long)json_number(one, "call"),
		       error, *text ? ": " : "", text);
	}
}

/* The UUI went into the clearing messages of none, or not of all. */
static bool uui_left(const struct attach *a, const json_t *answer)
{
	return a->opt->uui.size && !json_flag(answer, "uui_sent") &&
	       strcmp(json_text(answer, "outcome"), "INACTIVE") != 0 &&
	       strcmp(json_text(answer, "outcome"), "LEFT") != 0;
}

static void tell(const struct attach *a, int64_t id, const json_t *answer)
{
	long long changed = json_number(answer, "changed"), failed = json_number(answer, "failed");
	char outcome[64];

	attach_clean(&a->out, json_text(answer, "outcome"), outcome, sizeof(outcome));
	printf("call %lld: %s", (long long)id, outcome);
	if (changed > 1)
		printf(", %lld calls changed", changed);
	if (failed)
		printf(", %lld could not be cleared", failed);
	if (a->opt->uui.size)
		printf(", UUI %s", json_flag(answer, "uui_sent") ? "sent" : "not sent");
	if (json_number(answer, "with_uui") > 1)
		printf(" in %lld", (long long)json_number(answer, "with_uui"));
	putchar('\n');
	not_cleared(a, json_part(answer, "not_cleared"));
}

/* Of several, one that went with another is no failure. */
static bool gone_with_another(const json_t *answer, size_t i)
{
	const char *error = json_text(answer, "error");

	return i && (!strcmp(error, "INVALCALLHANDLE") || !strcmp(error, "INVALCALLSTATE"));
}

/* What --json tells of one call. */
static json_t *done(int64_t id, const json_t *answer)
{
	json_t *o = json_pack("{s:I}", "call", (json_int_t)id);

	json_object_update(o, (json_t *)answer);
	json_object_del(o, "id");
	json_object_del(o, "do");
	json_object_set_new(o, "call", json_integer(id));
	return o;
}

/* An answer as text, or into list. A status. */
static int outcome(struct attach *a, const char *verb, const struct call_ids *ids, size_t i,
		   json_t *answer, json_t *list)
{
	bool good = json_flag(answer, "ok");
	char what[64];

	if (list)
		json_array_append_new(list, done(ids->id[i], answer));
	if (!good && gone_with_another(answer, i)) {
		if (!list)
			printf("call %lld: ended with another\n", (long long)ids->id[i]);
		return OK;
	}
	if (!good && list && ids->n > 1)
		return attach_status(answer);
	snprintf(what, sizeof(what), "%s of call %lld", verb, (long long)ids->id[i]);
	if (!good)
		return attach_refused(a, what, answer);
	if (!list)
		tell(a, ids->id[i], answer);
	return json_number(answer, "failed") || uui_left(a, answer) ? FAILED : OK;
}

/* All at once, so many at a time, and the answers in the order of the calls. */
static int drop_all(struct attach *a, const char *verb, const struct call_ids *ids, json_t *list)
{
	json_int_t *sent = calloc(ids->n, sizeof(*sent));
	size_t ahead = 0;
	int status = OK, one = OK;

	for (size_t i = 0; sent && i < ids->n; i++) {
		json_t *answer;

		for (; ahead < ids->n && ahead < i + UNDER_WAY; ahead++) {
			json_t *request = attach_request(verb, ids->id[ahead]);

			attach_how(a->opt, request);
			sent[ahead] = attach_send(a, request, &one);
			if (!sent[ahead])
				break;
		}
		answer = sent[i] ? attach_answer(a, sent[i], &one) : NULL;
		if (!answer) { /* the program has gone, or says nothing: that was told */
			free(sent);
			return one;
		}
		one = outcome(a, verb, ids, i, answer, list);
		status = status == OK ? one : status;
		json_decref(answer);
	}
	free(sent);
	return status;
}

static int perform(struct attach *a, const char *verb, const struct call_ids *ids)
{
	json_t *list = a->opt->json ? json_array() : NULL;
	int status = drop_all(a, verb, ids, list);

	if (list && json_array_size(list) == ids->n &&
	    (ids->n > 1 || json_flag(json_array_get(list, 0), "ok")))
		attach_print(json_pack("{s:b, s:s, s:O}", "ok", status == OK, "verb", verb, "done",
				       list));
	json_decref(list);
	return status;
}

static int dry_run(struct attach *a, const char *verb, const struct call_ids *ids)
{
	int status = OK;
	json_t *effects = attach_preview(a, verb, ids, &status);

	if (effects && a->opt->json)
		attach_print(json_pack("{s:b, s:s, s:b, s:O}", "ok", 1, "verb", verb, "dry_run", 1,
				       "effects", effects));
	else if (effects)
		attach_preview_print(a, verb, effects, &a->out, stdout);
	json_decref(effects);
	return status;
}

static int verb_of(struct attach *a, const char *verb, char **names, int n)
{
	struct call_ids ids;
	int status = name_find(a, names, n, &ids);

	if (status == OK && a->opt->dry_run)
		status = dry_run(a, verb, &ids);
	else if (status == OK && (a->opt->yes || (status = ask(a, verb, &ids)) == OK))
		status = perform(a, verb, &ids);
	free(ids.id);
	return status;
}

int attach_drop(struct attach *a, char **names, int n)
{
	return verb_of(a, "drop", names, n);
}

int attach_leave(struct attach *a, char **names, int n)
{
	return verb_of(a, "leave", names, n);
}

int attach_clear(struct attach *a, char **names, int n)
{
	return verb_of(a, "clear", names, n);
}
