/* SPDX-License-Identifier: BSD-2-Clause */
/* Which calls are meant: by id, span and call reference, span and channel, or number. */
#include "attach_name.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "attach_tree.h"
#include "session.h"

#define LISTED_MAX 10 /* of those that a name is not clear among */

/* Digits up to the end or the character that ends them; -1: none, or too large. */
static int64_t whole(const char *text, size_t n)
{
	int64_t v = 0;

	if (!n || n > 18)
		return -1;
	for (size_t i = 0; i < n; i++) {
		if (text[i] < '0' || text[i] > '9')
			return -1;
		v = v * 10 + (text[i] - '0');
	}
	return v;
}

static bool number(const char *digits, struct call_name *name)
{
	name->kind = NAME_NUMBER;
	name->digits = digits;
	return *digits && strlen(digits) <= ISDN_DIGITS_MAX &&
	       !digits[strspn(digits, "0123456789*#ABCD")];
}

/* What stands behind "SPAN/". */
static bool within(const char *text, struct call_name *name)
{
	const char *ref = text;

	name->kind = NAME_CHANNEL;
	if (*text == 'b') {
		int64_t v = whole(text + 1, strlen(text + 1));

		name->channel = (unsigned)v;
		return v > 0 && v < 1000000;
	}
	name->kind = NAME_CALLREF;
	if (!strncmp(text, "user:", 5))
		ref = text + 5;
	else if (!strncmp(text, "net:", 4))
		ref = text + 4;
	snprintf(name->callref, sizeof(name->callref), "%s", text);
	return strlen(text) < sizeof(name->callref) && whole(ref, strlen(ref)) >= 0;
}

bool name_read(const char *text, struct call_name *name, char *why, size_t cap)
{
	const char *slash = strchr(text, '/');
	bool good;

	memset(name, 0, sizeof(*name));
	if (*text == '+') {
		good = number(text + 1, name);
	} else if (!strncmp(text, "number:", 7)) {
		good = number(text + 7, name);
	} else if (slash) {
		int64_t span = whole(text, (size_t)(slash - text));

		name->span = (unsigned)span;
		good = span > 0 && span < 1000000 && within(slash + 1, name);
	} else {
		name->id = whole(text, strlen(text));
		good = name->id > 0;
	}
	if (!good)
		snprintf(why, cap,
			 "\"%s\" names no call: give its id (7), SPAN/REFERENCE (1/user:5, "
			 "1/net:5), SPAN/bCHANNEL (1/b17), or the end of a number (+5551234)",
			 text);
	return good;
}

static bool ends_with(const char *text, const char *end)
{
	size_t n = strlen(text), m = strlen(end);

	return n >= m && !strcmp(text + n - m, end);
}

bool name_fits(const struct call_name *name, const json_t *call)
{
	const char *ref = json_text(call, "callref"), *colon = strchr(ref, ':');

	switch (name->kind) {
	case NAME_ID:
		return json_number(call, "id") == name->id;
	case NAME_CALLREF:
		return json_number(call, "span") == name->span && *ref &&
		       (!strcmp(ref, name->callref) ||
			(colon && !strcmp(colon + 1, name->callref)));
	case NAME_CHANNEL:
		return json_number(call, "span") == name->span &&
		       json_number(call, "channel") == name->channel;
	case NAME_NUMBER:
		break;
	}
	return ends_with(json_text(call, "called"), name->digits) ||
	       ends_with(json_text(call, "calling"), name->digits);
}

int name_check(const struct attach_options *opt, char **names, int n)
{
	struct attach none = { .opt = opt };
	struct call_name name;
	char why[400];

	for (int i = 0; i < n; i++)
		if (!name_read(names[i], &name, why, sizeof(why)))
			return attach_fail(&none, USAGE, "SYNTAX", "%s", why);
	return OK;
}

static int add(const struct attach *a, struct call_ids *ids, int64_t id)
{
	int64_t *bigger;

	for (size_t i = 0; i < ids->n; i++)
		if (ids->id[i] == id)
			return OK;
	bigger = realloc(ids->id, (ids->n + 1) * sizeof(*bigger));
	if (!bigger)
		return attach_fail(a, FAILED, "NOMEM", "no memory left");
	ids->id = bigger;
	ids->id[ids->n++] = id;
	return OK;
}

/* Several fit: each in a line, a few of them. */
static int unclear(struct attach *a, const char *text, const struct call_name *name,
		   const json_t *calls, size_t fits)
{
	struct term err;
	char line[160];
	size_t i, told = 0;
	json_t *call;
	int status = attach_fail(a, FAILED, "INVAL",
				 "%s fits %zu calls; name one by its id, or give --all:", text,
				 fits);

	term_look(&err, STDERR_FILENO, (enum term_colour)a->opt->colour);
	json_array_foreach((json_t *)calls, i, call)
	{
		if (!name_fits(name, call) || told++ >= LISTED_MAX)
			continue;
		tree_call_line(&err, call, line, sizeof(line));
		fprintf(stderr, "  %s\n", line);
	}
	if (fits > LISTED_MAX)
		fprintf(stderr, "  and %zu more\n", fits - LISTED_MAX);
	return status;
}

static int find_one(struct attach *a, const char *text, const json_t *calls, struct call_ids *ids)
{
	struct call_name name;
	size_t i, fits = 0;
	int status = OK;
	json_t *call;

	if (!name_read(text, &name, (char[400]){ 0 }, 400))
		return USAGE; /* name_check has told */
	if (name.kind == NAME_ID)
		return add(a, ids, name.id);
	json_array_foreach((json_t *)calls, i, call) fits += name_fits(&name, call);
	if (!fits)
		return attach_fail(a, FAILED, "INVALCALLHANDLE",
				   "%s fits no call; \"%s list\" shows those there are", text,
				   PROGRAM);
	if (fits > 1 && !a->opt->all)
		return unclear(a, text, &name, calls, fits);
	json_array_foreach((json_t *)calls, i, call)
	{
		if (status == OK && name_fits(&name, call))
			status = add(a, ids, json_number(call, "id"));
	}
	return status;
}

/* Ids need no list: the program knows them. */
static bool ids_alone(char **names, int n)
{
	for (int i = 0; i < n; i++)
		if (whole(names[i], strlen(names[i])) <= 0)
			return false;
	return true;
}

int name_find(struct attach *a, char **names, int n, struct call_ids *ids)
{
	json_t *calls = NULL;
	int status = OK;

	memset(ids, 0, sizeof(*ids));
	if (!ids_alone(names, n)) {
		calls = attach_calls(a, &status);
		if (!calls)
			return status;
	}
	for (int i = 0; status == OK && i < n; i++)
		status = find_one(a, names[i], calls, ids);
	json_decref(calls);
	if (status != OK) {
		free(ids->id);
		ids->id = NULL;
	}
	return status;
}
