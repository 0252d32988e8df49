/* SPDX-License-Identifier: BSD-2-Clause */
/* hold, retrieve, uui: one request for each call that is named. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "attach_commands.h"

struct act {
	const char *request, *done;
	bool uui;
};

static int act_on(struct attach *a, const struct act *act, int64_t id)
{
	json_t *request = attach_request(act->request, id), *answer;
	int status = OK;
	char what[64];

	if (act->uui)
		attach_how(a->opt, request);
	snprintf(what, sizeof(what), "%s of call %lld", act->request, (long long)id);
	answer = attach_get(a, request, what, &status);
	if (answer && !a->opt->json)
		printf("call %lld: %s\n", (long long)id, act->done);
	json_decref(answer);
	return status;
}

static int act(struct attach *a, const struct act *act, char **names, int n)
{
	struct call_ids ids;
	int status = name_find(a, names, n, &ids);
	json_t *calls = json_array();

	for (size_t i = 0; status == OK && i < ids.n; i++) {
		status = act_on(a, act, ids.id[i]);
		json_array_append_new(calls, json_integer(ids.id[i]));
	}
	if (status == OK && a->opt->json)
		attach_print(json_pack("{s:b, s:s, s:O}", "ok", 1, "verb", act->request, "calls",
				       calls));
	json_decref(calls);
	free(ids.id);
	return status;
}

int attach_hold(struct attach *a, char **names, int n)
{
	static const struct act hold = { "hold", "held", false };

	return act(a, &hold, names, n);
}

int attach_retrieve(struct attach *a, char **names, int n)
{
	static const struct act retrieve = { "retrieve", "retrieved", false };

	return act(a, &retrieve, names, n);
}

int attach_send_uui(struct attach *a, char **names, int n)
{
	static const struct act uui = { "uui", "UUI sent", true };

	if (!a->opt->uui.size)
		return attach_fail(a, USAGE, "SYNTAX",
				   "uui needs what to send: --uui TEXT, --uui-hex, --uui-base64 "
				   "or --uui-file");
	return act(a, &uui, names, n);
}
