/* SPDX-License-Identifier: BSD-2-Clause */
/* --live: the frames of a running program, by its control socket. */
#include <string.h>

#include "attach.h"
#include "dump.h"

#define PATIENCE 10000 /* ms for an answer */

static int digit(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *at = c ? strchr(digits, c) : NULL;

	return at ? (int)(at - digits) : -1;
}

/* How many octets; 0: it is no hex, or too much of it. */
static size_t octets_of(const char *hex, uint8_t *octets, size_t cap)
{
	size_t n = strlen(hex) / 2;

	if (strlen(hex) % 2 || n > cap)
		return 0;
	for (size_t i = 0; i < n; i++) {
		int high = digit(hex[2 * i]), low = digit(hex[2 * i + 1]);

		if (high < 0 || low < 0)
			return 0;
		octets[i] = (uint8_t)(high << 4 | low);
	}
	return n;
}

static enum dump_side side_of(const char *name)
{
	return !strcmp(name, "user")	  ? DUMP_USER
	       : !strcmp(name, "network") ? DUMP_NETWORK
					  : DUMP_UNKNOWN;
}

static enum dump_side other(enum dump_side side)
{
	return side == DUMP_USER ? DUMP_NETWORK : side == DUMP_NETWORK ? DUMP_USER : DUMP_UNKNOWN;
}

static void frame(const struct attach *a, const json_t *event, uint64_t number,
		  const struct reading *how, const struct sink *sink)
{
	uint8_t octets[DUMP_FRAME_MAX];
	bool out = !strcmp(json_text(event, "direction"), "out");
	int64_t span = json_number(event, "span"), ms = a->epoch + json_number(event, "time");
	struct record r = { .source = how->source, .number = number, .octets = octets };

	r.len = r.whole = octets_of(json_text(event, "frame"), octets, sizeof(octets));
	if (!r.len) {
		sink->skipped(sink->arg, how->source, number, "a frame that is not in hex");
		return;
	}
	r.has_time = ms > 0;
	r.us = ms > 0 ? (uint64_t)ms * 1000 : 0;
	r.span = span > 0 && span < 1000000 ? (unsigned)span : 0;
	r.named = r.span != 0;
	r.sender = side_of(json_text(event, "from"));
	r.way = out ? DUMP_SENT : DUMP_RECEIVED;
	r.our = out ? r.sender : other(r.sender);
	sink->record(sink->arg, &r);
}

static int follow(struct attach *a, const struct reading *how, const struct sink *sink)
{
	uint64_t number = 0;
	int status = OK;
	json_t *event;

	while ((event = attach_line(a, -1, &status)) != NULL) {
		const char *what = json_text(event, "event");

		if (!strcmp(what, "frame"))
			frame(a, event, ++number, how, sink);
		else if (!strcmp(what, "lost"))
			sink->skipped(sink->arg, how->source, number,
				      "the program had no memory for what happened");
		json_decref(event);
		sink->pause(sink->arg);
	}
	return status;
}

bool dump_control(const char *socket, int span, const struct reading *how, const struct sink *sink)
{
	const struct attach_options opt = { .program = how->program,
					    .socket = socket,
					    .timeout = PATIENCE,
					    .stop = &dump_stopped };
	json_t *request = json_pack("{s:s, s:b}", "do", "trace", "on", 1), *answer = NULL;
	struct attach a;
	int status = attach_open(&a, &opt);

	if (span > 0)
		json_object_set_new(request, "span", json_integer(span));
	if (status == OK)
		answer = attach_get(&a, json_incref(request), "trace", &status);
	if (answer) {
		fprintf(stderr, "%s: listening to %s; Ctrl-C ends\n", how->program,
			attach_program(&a));
		status = follow(&a, how, sink);
	}
	json_decref(answer);
	json_decref(request);
	attach_close(&a);
	return status == OK;
}
