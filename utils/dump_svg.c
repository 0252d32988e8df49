/* SPDX-License-Identifier: BSD-2-Clause */
/* Frames as an SVG ladder: what each row says. dump_svg_draw.c draws them. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* strdup */
#endif
#include <stdlib.h>
#include <string.h>

#include "dump_svg.h"
#include "ladder.h"
#include "uui.h"

static bool begin(struct out *o)
{
	o->state = calloc(1, sizeof(struct svg));
	return o->state != NULL;
}

/* A new row, NULL: the picture is full. */
static struct svg_row *new_row(struct out *o, enum svg_kind kind)
{
	struct svg *s = o->state;
	struct svg_row *r;

	if (s->n == s->cap) {
		unsigned cap = s->cap ? 2 * s->cap : 64;

		if (cap > SVG_ROWS_MAX)
			cap = SVG_ROWS_MAX;
		r = s->n == SVG_ROWS_MAX ? NULL : realloc(s->row, cap * sizeof(*r));
		if (!r) {
			o->no_room = true;
			return NULL;
		}
		s->row = r;
		s->cap = cap;
	}
	r = &s->row[s->n++];
	memset(r, 0, sizeof(*r));
	r->kind = kind;
	return r;
}

static unsigned lane_of(struct out *o, const struct link *l)
{
	struct svg *s = o->state;
	unsigned lane = l->number - 1 < SVG_LINKS_MAX ? l->number - 1 : SVG_LINKS_MAX - 1;

	dump_link_name(o, l, s->lane_name[lane], sizeof(s->lane_name[lane]));
	if (lane >= s->lanes)
		s->lanes = lane + 1;
	return lane;
}

static void fold(struct out *o)
{
	const struct link *of = o->folded_of;
	struct svg_row *r;
	char text[200];

	dump_folded(o, text, sizeof(text));
	if (!*text || !(r = new_row(o, SVG_FOLDED)))
		return;
	r->lane = of ? lane_of(o, of) : 0;
	r->across = !of;
	r->label = strdup(text);
}

/* The legend has what the SETUP, or else the first message, says of a call. */
static void note_call(struct svg *s, const struct frame *f)
{
	struct svg_call *c = NULL;
	char label[512];

	for (unsigned i = 0; i < s->n_calls && !c; i++)
		if (s->call[i].id == f->call_id)
			c = &s->call[i];
	if (!c) {
		if (s->n_calls == SVG_CALLS_MAX)
			return;
		c = &s->call[s->n_calls++];
		c->id = f->call_id;
		c->has_time = f->r.has_time;
		c->first_us = f->r.us;
	}
	if (!*c->name || f->msg->type == ISDN_MT_SETUP) {
		ladder_label(f->msg, f->sender == DUMP_NETWORK ? LADDER_NETWORK : LADDER_USER, true,
			     label, sizeof(label));
		snprintf(c->name, sizeof(c->name), "%.150s",
			 strstr(label, "cr=") ? strstr(label, "cr=") + 3 : label);
	}
	c->last_us = f->r.us;
	if (!c->cause && isdn_msg_has(f->msg, ISDN_IE_CAUSE))
		c->cause = f->msg->cause[0].value;
}

static char *details_of(const struct frame *f)
{
	char text[512], uui[UUI_TEXT(ISDN_UUI_MAX + 1)], all[1200] = "";

	ladder_causes(f->msg, "cause ", text, sizeof(text));
	ladder_uui(f->msg, false, uui, sizeof(uui));
	dump_add(all, sizeof(all), "%s%s", text, *text ? "\n" : "");
	if (*uui)
		dump_add(all, sizeof(all), "UUI %s\n", uui);
	if (f->r.note)
		dump_add(all, sizeof(all), "%s\n", f->r.note);
	return *all ? strdup(all) : NULL;
}

static char *complaints_of(const struct frame *f)
{
	char text[400], all[4096] = "";

	for (unsigned i = 0; i < f->n_complaints; i++) {
		dump_complaint_text(&f->complaint[i], text, sizeof(text));
		dump_add(all, sizeof(all), "%s\n", text);
	}
	return *all ? strdup(all) : NULL;
}

static void frame(struct out *o, const struct frame *f)
{
	static const enum ladder_sender senders[] = { LADDER_ANYBODY, LADDER_USER, LADDER_NETWORK };
	struct svg *s = o->state;
	struct svg_row *r;
	char label[512];

	fold(o);
	r = new_row(o, f->has_msg ? SVG_MESSAGE : SVG_LAYER2);
	if (!r)
		return;
	r->has_time = f->r.has_time;
	r->us = f->r.us;
	r->has_delta = f->r.has_time && o->has_last && f->r.us >= o->last_us;
	r->delta = r->has_delta ? f->r.us - o->last_us : 0;
	dump_gutter(o, f, r->when, sizeof(r->when));
	r->lane = lane_of(o, f->link);
	r->sender = f->sender;
	r->call = f->call_id;
	if (f->has_msg) {
		ladder_label(f->msg, senders[f->sender], true, label, sizeof(label));
		r->bold = strlen(isdn_msg_title(f->msg));
		r->details = details_of(f);
	} else {
		dump_layer2_text(f, label, sizeof(label));
	}
	r->label = strdup(label);
	r->complaints = complaints_of(f);
	if (f->call_id)
		note_call(s, f);
}

static void end(struct out *o)
{
	struct svg *s = o->state;

	fold(o);
	svg_draw(o, s);
	for (unsigned i = 0; i < s->n; i++) {
		free(s->row[i].label);
		free(s->row[i].details);
		free(s->row[i].complaints);
	}
	free(s->row);
	free(s);
}

const struct output dump_svg = { "svg", begin, frame, end };
