/* SPDX-License-Identifier: BSD-2-Clause */
/* What the outputs have in common: times, names, complaints in words. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* localtime_r */
#endif
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <isdn/link.h>

#include "dump.h"

const char *const dump_times_words[] = { "relative", "absolute", "delta", NULL };
const char *const dump_format_words[] = { "text", "json", "ladder", "svg", NULL };

const char *dump_side_name(enum dump_side side)
{
	static const char *const names[] = { "unknown", "user", "network" };

	return names[side];
}

static void difference(uint64_t from, uint64_t to, char *text, size_t cap)
{
	uint64_t us = to >= from ? to - from : from - to;

	snprintf(text, cap, "%s%llu.%06u", to >= from ? "" : "-",
		 (unsigned long long)(us / 1000000), (unsigned)(us % 1000000));
}

void dump_gutter(const struct out *o, const struct frame *f, char *text, size_t cap)
{
	time_t seconds = (time_t)(f->r.us / 1000000);
	struct tm tm;
	char day[64];

	*text = '\0';
	if (!f->r.has_time)
		return;
	if (o->times == TIMES_RELATIVE) {
		difference(o->first_us, f->r.us, text, cap);
	} else if (o->times == TIMES_DELTA) {
		difference(o->has_last ? o->last_us : f->r.us, f->r.us, text, cap);
	} else if (localtime_r(&seconds, &tm) &&
		   strftime(day, sizeof(day), "%Y-%m-%d %H:%M:%S", &tm)) {
		snprintf(text, cap, "%s.%06u", day, (unsigned)(f->r.us % 1000000));
	}
}

void dump_folded(struct out *o, char *text, size_t cap)
{
	unsigned n = o->n_folded;

	*text = '\0';
	if (!n)
		return;
	dump_add(text, cap, "%u layer 2 frame%s:", n, n == 1 ? "" : "s");
	for (unsigned t = 0; t < ISDN_FRAME_TYPES; t++) {
		const char *name = isdn_frame_name((enum isdn_frame_type)t);

		for (unsigned i = 0; n <= 8 && i < o->folded[t]; i++)
			dump_add(text, cap, " %s", name);
		if (n > 8 && o->folded[t])
			dump_add(text, cap, " %u %s", o->folded[t], name);
		o->folded[t] = 0;
	}
	o->n_folded = 0;
}

/* The last part of a path. */
static const char *file_name(const struct out *o, unsigned source)
{
	const char *path = source < o->n_names ? o->names[source] : "?",
		   *slash = strrchr(path, '/');

	return slash && slash[1] ? slash + 1 : path;
}

void dump_link_name(const struct out *o, const struct link *l, char *text, size_t cap)
{
	*text = '\0';
	if (!o->several)
		return;
	if (o->n_names > 1)
		dump_add(text, cap, "%s%s", file_name(o, l->source), l->span ? " " : "");
	if (l->span || o->n_names <= 1)
		dump_add(text, cap, "span %u", l->span);
	for (; *text; text++) /* the name of a file can be anything */
		if ((unsigned char)*text < 0x20 || *text == 0x7f)
			*text = '?';
}

void dump_complaint_text(const struct complaint *c, char *text, size_t cap)
{
	*text = '\0';
	dump_add(text, cap, "%s", c->text);
	if (c->octet)
		dump_add(text, cap, ", at octet %u of the message", c->octet);
	if (c->clause)
		dump_add(text, cap, " (%s)", c->clause);
}
