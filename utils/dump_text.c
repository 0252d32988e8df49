/* SPDX-License-Identifier: BSD-2-Clause */
/* Frames as text: a line of layer 2, the message as isdn_msg_print has it, complaints. */
#include <stdlib.h>
#include <string.h>

#include "dump.h"

#define TEXT_MAX 65536 /* of a message: each octet of 2048 may be six characters */

static bool begin(struct out *o)
{
	o->state = malloc(TEXT_MAX);
	return o->state != NULL;
}

static void fold(struct out *o)
{
	char text[200];

	dump_folded(o, text, sizeof(text));
	if (*text)
		fprintf(o->to, "%s      %s%s\n", term_on(&o->term, TERM_DIM), text,
			term_off(&o->term));
}

static void head(const struct out *o, const struct frame *f)
{
	static const char *const ways[] = { "?", "user -> network", "network -> user" };
	char time[80], layer2[160], name[160];

	dump_gutter(o, f, time, sizeof(time));
	dump_layer2_text(f, layer2, sizeof(layer2));
	dump_link_name(o, f->link, name, sizeof(name));
	fprintf(o->to, "%s%s%s%s%s%s", time, *time ? "  " : "", name, *name ? "  " : "",
		ways[f->sender], f->has_layer2 ? "  " : "");
	fprintf(o->to, "%s%s%s", term_on(&o->term, TERM_DIM), layer2, term_off(&o->term));
	if (f->call_id)
		fprintf(o->to, "  call %llu", (unsigned long long)f->call_id);
	if (f->owner)
		fprintf(o->to, " (%s:%u)", f->owner == DUMP_USER ? "user" : "net", f->msg->cr);
	if (f->segments)
		fprintf(o->to, "  of %u segments", f->segments);
	if (f->r.note)
		fprintf(o->to, "  %s", f->r.note);
	fputc('\n', o->to);
}

static void hex(FILE *to, const struct frame *f)
{
	size_t n = f->r.len < 64 ? f->r.len : 64;

	fprintf(to, "  octets");
	for (size_t i = 0; i < n; i++)
		fprintf(to, " %02x", f->r.octets[i]);
	fprintf(to, "%s\n", n < f->r.len ? " ..." : "");
}

/* The lines of the message, the first of them in bold, each two columns in. */
static void message(const struct out *o, const struct frame *f)
{
	char *text = o->state, *line = text, *next;

	if (!f->has_msg) {
		if (f->n_complaints)
			hex(o->to, f);
		return;
	}
	(void)isdn_msg_print(f->msg, NULL, text, TEXT_MAX, NULL); /* what is cut is at the end */
	for (; (next = strchr(line, '\n')) != NULL; line = next + 1) {
		bool first = line == text;

		fprintf(o->to, "  %s%.*s%s\n", first ? term_on(&o->term, TERM_BOLD) : "",
			(int)(next - line), line, first ? term_off(&o->term) : "");
	}
}

static void frame(struct out *o, const struct frame *f)
{
	char text[400];

	fold(o);
	head(o, f);
	message(o, f);
	for (unsigned i = 0; i < f->n_complaints; i++) {
		dump_complaint_text(&f->complaint[i], text, sizeof(text));
		fprintf(o->to, "  %s! %s%s\n", term_on(&o->term, TERM_BAD), text,
			term_off(&o->term));
	}
	if (f->missed)
		fprintf(o->to, "  ! and %u more\n", f->missed);
}

static void end(struct out *o)
{
	fold(o);
	free(o->state);
}

const struct output dump_text = { "text", begin, frame, end };
