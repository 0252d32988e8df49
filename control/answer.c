/* SPDX-License-Identifier: BSD-2-Clause */
/* Members of requests, checked, and answers. */
#include "control/internal.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int ic_wrong(struct isdn_error *error, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vsnprintf(error->text, sizeof(error->text), format, ap);
	va_end(ap);
	return C_SYNTAX;
}

size_t ic_objects_max(const struct ic_peer *p)
{
	size_t n = p->control->max_output / C_OBJECT;

	return n < C_OBJECTS_MAX ? n : C_OBJECTS_MAX;
}

int ic_integer(const json_t *request, const char *name, int64_t min, int64_t max, int64_t *value,
	       struct isdn_error *error)
{
	const json_t *v = json_object_get(request, name);

	if (!v)
		return 0;
	if (!json_is_integer(v) || json_integer_value(v) < min || json_integer_value(v) > max)
		return ic_wrong(error,
				"\"%s\": a whole number from %" PRId64 " to %" PRId64 " is needed",
				name, min, max);
	*value = json_integer_value(v);
	return 0;
}

int ic_boolean(const json_t *request, const char *name, bool *value, struct isdn_error *error)
{
	const json_t *v = json_object_get(request, name);

	if (!v)
		return 0;
	if (!json_is_boolean(v))
		return ic_wrong(error, "\"%s\": true or false is needed", name);
	*value = json_is_true(v);
	return 0;
}

int ic_span(const struct ic_peer *p, const json_t *request, int64_t *span, struct isdn_error *error)
{
	struct isdn_span_info info;
	int err = ic_integer(request, "span", 0, 0xffff, span, error);

	if (err || !*span || !isdn_registry_span_info(p->control->registry, (unsigned)*span, &info))
		return err;
	(void)ic_wrong(error, "there is no span %" PRId64 ": spans tells which there are", *span);
	return ISDN_ERR_INVAL;
}

int ic_call(struct ic_peer *p, const json_t *request, isdn_handle *call, struct isdn_error *error)
{
	const struct ic_known *k;
	int64_t id = 0;
	int err = ic_integer(request, "call", 1, INT64_MAX, &id, error);

	if (err)
		return err;
	if (!id)
		return ic_wrong(error, "\"call\", the id of a call, is missing");
	k = ic_known(p, (uint64_t)id);
	if (!k) {
		(void)ic_wrong(error, "call %" PRId64 " is not there, or no more: list tells", id);
		return ISDN_ERR_INVALCALLHANDLE;
	}
	*call = k->handle;
	return 0;
}

void ic_answer(struct ic_peer *p, const struct ic_command *command, json_t *tag, int err,
	       const char *why, json_t *answer)
{
	json_t *line = json_object();
	json_t *rest = answer;

	if (tag)
		json_object_set(line, "id", tag);
	if (command)
		json_object_set_new(line, "do", json_string(command->name));
	json_object_set_new(line, "ok", json_boolean(!err));
	if (err)
		ic_set_error(line, err, why);
	else if (!rest || json_object_update(line, rest)) {
		json_decref(line);
		line = NULL;
	}
	json_decref(rest);
	ic_put_object(p, line);
	p->control->counters.requests++;
}

void ic_wrong_state(struct ic_peer *p, isdn_handle call, struct isdn_error *error)
{
	struct isdn_call_status s;
	const char *mode;

	if (isdn_call_status(p->client, call, &s))
		return;
	mode = ic_mode_name(s.state, s.mode);
	(void)ic_wrong(error, "not possible while the call is %s%s%s%s",
		       isdn_call_state_name(s.state), mode ? " (" : "", mode ? mode : "",
		       mode ? ")" : "");
}
