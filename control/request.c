/* SPDX-License-Identifier: BSD-2-Clause */
/* What can be asked: a row a command; and members of requests, checked. */
#include "control/internal.h"

#include <stdio.h>
#include <string.h>

static const struct ic_command commands[] = {
	/* name, acts, calls */
	{ "list", false, true, ic_list },    { "show", false, true, ic_show },
	{ "spans", false, false, ic_spans }, { "bridges", false, false, ic_bridges },
	{ "stats", false, false, ic_stats }, { "leaks", false, false, ic_leaks },
	{ "watch", false, true, ic_watch },  { "trace", false, false, ic_trace },
	{ "drop", true, true, ic_drop },     { "leave", true, true, ic_drop },
	{ "clear", true, true, ic_drop },    { "dry-run", false, true, ic_dry_run },
	{ "hold", true, true, ic_hold },     { "retrieve", true, true, ic_hold },
	{ "uui", true, true, ic_uui },
};
#define N_COMMANDS (sizeof(commands) / sizeof(commands[0]))

static const struct ic_command *find(const char *name)
{
	for (size_t i = 0; i < N_COMMANDS; i++)
		if (!strcmp(commands[i].name, name))
			return &commands[i];
	return NULL;
}

static int unknown(const char *name, struct isdn_error *error)
{
	char names[200] = "";

	for (size_t i = 0; i < N_COMMANDS; i++) {
		size_t n = strlen(names);

		snprintf(names + n, sizeof(names) - n, "%s%s", n ? ", " : "", commands[i].name);
	}
	return ic_wrong(error, "there is no command \"%.40s\": choose among %s", name, names);
}

static int perform(struct ic_peer *p, const struct ic_command *k, const json_t *request,
		   json_t *answer, struct isdn_error *error)
{
	int err;

	if (k->acts && !p->owner) {
		(void)ic_wrong(error,
			       "%s: this user may look, but not act: be the user that the "
			       "program runs as, root, or of its group",
			       k->name);
		return ISDN_ERR_NOTOWNER;
	}
	err = k->calls ? ic_attach(p) : 0;
	return err ? err : k->run(p, k, request, answer, error);
}

/* "id" is the asker's own: anything that is short and has no members. */
static int tag_of(const json_t *request, json_t **tag, struct isdn_error *error)
{
	*tag = json_object_get(request, "id");
	if (!*tag || json_is_integer(*tag) ||
	    (json_is_string(*tag) && json_string_length(*tag) <= 64))
		return 0;
	*tag = NULL;
	return ic_wrong(error,
			"\"id\": a whole number, or a string of at most 64 octets is needed");
}

static void do_request(struct ic_peer *p, const json_t *request)
{
	struct isdn_error error = { .text = "" };
	const json_t *name = json_object_get(request, "do");
	const struct ic_command *k = NULL;
	json_t *tag = NULL, *answer = json_object();
	int err = tag_of(request, &tag, &error);

	if (!err && !json_is_string(name))
		err = ic_wrong(&error, "\"do\", the name of a command, is missing");
	if (!err) {
		k = find(json_string_value(name));
		err = k ? perform(p, k, request, answer, &error)
			: unknown(json_string_value(name), &error);
	}
	if (err == C_LATER)
		json_decref(answer);
	else
		ic_answer(p, k, tag, err, error.text, answer);
}

void ic_request(struct ic_peer *p, const char *line, size_t len)
{
	struct isdn_error error = { .text = "" };
	json_error_t why;
	json_t *request;

	if (len && line[len - 1] == '\r')
		len--;
	if (!len)
		return;
	request = json_loadb(line, len, JSON_REJECT_DUPLICATES, &why);
	if (json_is_object(request)) {
		do_request(p, request);
	} else {
		(void)ic_wrong(&error, "that line is no JSON object%s%s", request ? "" : ": ",
			       request ? "" : why.text);
		ic_answer(p, NULL, NULL, C_SYNTAX, error.text, json_object());
	}
	json_decref(request);
}
