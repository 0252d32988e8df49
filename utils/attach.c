/* SPDX-License-Identifier: BSD-2-Clause */
/* A running program by its control socket: requests and their answers. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* clock_gettime */
#endif
#include "attach.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define CALLS_AT_MOST 1000000 /* that a program may have */
#define PAGE	      1000

const char *const attach_reasons[] = { "normal", "noanswer", "rejected", NULL };

void attach_print(json_t *object)
{
	if (!json_object_get(object, "ok"))
		json_object_set_new(object, "ok", json_true());
	json_dumpf(object, stdout, JSON_COMPACT | JSON_PRESERVE_ORDER);
	putchar('\n');
	json_decref(object);
}

int attach_fail(const struct attach *a, int status, const char *error, const char *format, ...)
{
	char raw[1024], text[1024];
	json_t *said;
	va_list ap;

	va_start(ap, format);
	vsnprintf(raw, sizeof(raw), format, ap);
	va_end(ap);
	attach_clean(&a->out, raw, text, sizeof(text));
	fprintf(stderr, "%s: %s\n", a->opt->program, text);
	said = json_string(text); /* NULL: a name on the command line is no UTF-8 */
	if (a->opt->json)
		attach_print(json_pack("{s:b, s:s, s:o}", "ok", 0, "error", error, "text",
				       said ? said : json_string("see standard error")));
	else
		json_decref(said);
	return status;
}

int attach_status(const json_t *answer)
{
	return strcmp(json_text(answer, "error"), "NOTOWNER") ? FAILED : NOT_ALLOWED;
}

int attach_refused(const struct attach *a, const char *what, const json_t *answer)
{
	const char *error = json_text(answer, "error");
	char text[400], name[64];

	attach_clean(&a->out, json_text(answer, "text"), text, sizeof(text));
	attach_clean(&a->out, *error ? error : "REFUSED", name, sizeof(name));
	if (attach_status(answer) == NOT_ALLOWED)
		return attach_fail(a, NOT_ALLOWED, name,
				   "%s: not allowed, you are a monitor there: be its user, root, "
				   "or of its owner group",
				   what);
	return attach_fail(a, FAILED, name, "%s: %s%s%s", what, name, *text ? ": " : "", text);
}

json_t *attach_answer(struct attach *a, json_int_t id, int *status)
{
	char key[24];
	json_t *line;

	snprintf(key, sizeof(key), "%" JSON_INTEGER_FORMAT, id);
	line = json_incref(json_object_get(a->answers, key));
	json_object_del(a->answers, key);
	while (!line) {
		int64_t got;

		line = attach_line(a, a->opt->timeout ? a->opt->timeout : -1, status);
		if (!line)
			return NULL;
		got = json_number(line, "id");
		if (got == id && json_object_get(line, "do"))
			return line;
		if (got > 0 && got <= a->last && json_object_get(line, "do")) {
			snprintf(key, sizeof(key), "%" JSON_INTEGER_FORMAT, (json_int_t)got);
			json_object_set(a->answers, key, line);
		}
		json_decref(line); /* an event, or nothing that we know */
		line = NULL;
	}
	return line;
}

json_t *attach_ask(struct attach *a, json_t *request, int *status)
{
	json_int_t id = attach_send(a, request, status);

	return id ? attach_answer(a, id, status) : NULL;
}

json_t *attach_get(struct attach *a, json_t *request, const char *what, int *status)
{
	json_t *answer = attach_ask(a, request, status);

	if (!answer || json_flag(answer, "ok"))
		return answer;
	*status = attach_refused(a, what, answer);
	json_decref(answer);
	return NULL;
}

/* The calls of a page behind the others, while their ids grow. The last id. */
static int64_t append(json_t *all, const json_t *page, int64_t after)
{
	size_t i;
	json_t *call;

	json_array_foreach((json_t *)page, i, call)
	{
		int64_t id = json_number(call, "id");

		if (id <= after || json_array_size(all) >= CALLS_AT_MOST)
			return after;
		json_array_append(all, call);
		after = id;
	}
	return after;
}

json_t *attach_calls(struct attach *a, int *status)
{
	json_t *all = json_array(), *answer;
	int64_t after = 0, before;
	bool more = true;

	while (more) {
		json_t *request = json_pack("{s:s, s:I, s:i}", "do", "list", "after",
					    (json_int_t)after, "limit", PAGE);

		answer = attach_get(a, request, "list", status);
		if (!answer) {
			json_decref(all);
			return NULL;
		}
		before = after;
		after = append(all, json_part(answer, "calls"), after);
		more = json_flag(answer, "more") && after > before;
		json_decref(answer);
	}
	return all;
}

json_t *attach_bridges(struct attach *a, int *status)
{
	json_t *answer = attach_get(a, json_pack("{s:s}", "do", "bridges"), "bridges", status);
	const json_t *bridges = json_part(answer, "bridges");
	json_t *all = !answer ? NULL : bridges ? json_incref((json_t *)bridges) : json_array();

	json_decref(answer);
	return all;
}

const char *attach_program(const struct attach *a)
{
	return *a->name ? a->name : "the program";
}

const char *json_text(const json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));

	return text ? text : "";
}

int64_t json_number(const json_t *object, const char *name)
{
	return json_integer_value(json_object_get(object, name));
}

bool json_flag(const json_t *object, const char *name)
{
	return json_is_true(json_object_get(object, name));
}

const json_t *json_part(const json_t *object, const char *name)
{
	const json_t *part = json_object_get(object, name);

	return json_is_object(part) || json_is_array(part) ? part : NULL;
}

/* Octets of the UTF-8 character there, whose text is well formed (jansson has seen to it). */
static size_t character(const unsigned char *at)
{
	size_t n = 1;

	while ((at[n] & 0xc0) == 0x80)
		n++;
	return n;
}

void attach_clean(const struct term *t, const char *from, char *to, size_t cap)
{
	const unsigned char *at = (const unsigned char *)from;
	size_t used = 0;

	while (*at) {
		size_t n = character(at);
		bool plain = *at >= 0x20 && *at < 0x7f;
		bool wide = *at > 0xc2 || (*at == 0xc2 && at[1] >= 0xa0); /* not 80-9f, C1 */

		if (used + n >= cap)
			break;
		if (plain || (wide && t->utf8)) {
			memcpy(to + used, at, n);
			used += n;
		} else {
			to[used++] = '?';
		}
		at += n;
	}
	to[used] = '\0';
}

static int digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

void attach_uui(const char *hex, char *text, size_t cap)
{
	uint8_t octets[ATTACH_UUI_MAX];
	size_t n = 0;

	for (; n < sizeof(octets) && digit(hex[0]) >= 0 && digit(hex[1]) >= 0; hex += 2)
		octets[n++] = (uint8_t)(digit(hex[0]) << 4 | digit(hex[1]));
	uui_print(octets, n, true, text, cap);
}

void attach_age(int64_t ms, char *text, size_t cap)
{
	long s = ms > 0 ? (long)(ms / 1000) : 0;

	if (s < 60)
		snprintf(text, cap, "%lds", s);
	else if (s < 3600)
		snprintf(text, cap, "%ldm%02ld", s / 60, s % 60);
	else if (s < 86400)
		snprintf(text, cap, "%ldh%02ld", s / 3600, s / 60 % 60);
	else
		snprintf(text, cap, "%ldd", s / 86400);
}

int64_t attach_ms_ago(const struct attach *a, int64_t since)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000 - a->epoch - since;
}
