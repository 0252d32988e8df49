/* SPDX-License-Identifier: BSD-2-Clause */
/* Frames as a ladder on a terminal, by ladder.c. */
#include <stdlib.h>
#include <string.h>

#include "dump.h"
#include "ladder.h"
#include "uui.h"

static bool begin(struct out *o)
{
	struct ladder *l = calloc(1, sizeof(*l));

	o->state = l;
	if (!l)
		return false;
	l->to = o->to;
	l->term = &o->term;
	l->gutter = o->times == TIMES_ABSOLUTE ? 15 : 10;
	l->width = o->term.columns - l->gutter - 3;
	fprintf(o->to, "%*s  %-*s%*s\n", l->gutter, "time", l->width / 2, "user",
		l->width - l->width / 2, "network");
	return true;
}

static void fold(struct out *o)
{
	char text[200];

	dump_folded(o, text, sizeof(text));
	ladder_inside(o->state, 3, text, TERM_DIM);
}

/* Without the day: 10:11:12.345678 */
static const char *gutter(const struct out *o, const struct frame *f, char *text, size_t cap)
{
	const char *blank;

	dump_gutter(o, f, text, cap);
	blank = strchr(text, ' ');
	return blank ? blank + 1 : text;
}

static void details(const struct ladder *l, const struct frame *f)
{
	char text[512], uui[5 + UUI_TEXT(ISDN_UUI_MAX + 1)] = "UUI ";

	ladder_causes(f->msg, "cause ", text, sizeof(text));
	ladder_inside(l, 3, text, TERM_PLAIN);
	ladder_uui(f->msg, false, uui + 4, sizeof(uui) - 4);
	ladder_inside(l, 3, uui[4] ? uui : "", TERM_PLAIN);
}

static void frame(struct out *o, const struct frame *f)
{
	static const enum ladder_sender senders[] = { LADDER_ANYBODY, LADDER_USER, LADDER_NETWORK };
	const struct ladder *l = o->state;
	char time[80], text[600], name[160], label[512];

	fold(o);
	dump_link_name(o, f->link, name, sizeof(name));
	if (f->has_msg)
		ladder_label(f->msg, senders[f->sender], true, label, sizeof(label));
	else
		dump_layer2_text(f, label, sizeof(label));
	snprintf(text, sizeof(text), "%.150s%s%.400s", name, *name ? ": " : "",
		 *label ? label : "no message");
	ladder_arrow(l, gutter(o, f, time, sizeof(time)), senders[f->sender], text,
		     f->has_msg ? TERM_BOLD : TERM_DIM);
	if (f->has_msg)
		details(l, f);
	if (f->has_msg && o->layer2) {
		dump_layer2_text(f, text, sizeof(text));
		ladder_inside(l, 3, text, TERM_DIM);
	}
	for (unsigned i = 0; i < f->n_complaints; i++) {
		memcpy(text, "! ", 3);
		dump_complaint_text(&f->complaint[i], text + 2, sizeof(text) - 2);
		ladder_inside(l, 3, text, TERM_BAD);
	}
}

static void end(struct out *o)
{
	fold(o);
	free(o->state);
}

const struct output dump_ladder = { "ladder", begin, frame, end };
