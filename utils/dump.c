/* SPDX-License-Identifier: BSD-2-Clause */
/* From a record to what is shown: layer 2, layer 3, its call, the filter, the output. */
#include "dump.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "capture.h"

#define CAPTURE_FRAME_MAX 2000 /* of capture.c */

static const struct output *const outputs[FORMATS] = { &dump_text, &dump_json, &dump_ladder,
						       &dump_svg };

bool dump_begin(struct dump *d)
{
	dump_calls_free(d->calls);
	dump_links_free(d->links);
	dump_segments_free(d->segments);
	d->links = NULL;
	d->n = d->too_many_links = 0;
	d->calls = dump_calls_new();
	d->segments = dump_segments_new();
	d->no_memory = !d->calls || !d->segments;
	if (d->no_memory || d->first_pass)
		return !d->no_memory;
	return outputs[d->format]->begin(&d->out);
}

void dump_end(struct dump *d)
{
	if (!d->first_pass && !d->no_memory) {
		outputs[d->format]->end(&d->out);
		if (d->statistics)
			dump_statistics_print(d->statistics, d->calls,
					      d->format == FORMAT_SVG ? stderr : d->out.to,
					      d->format == FORMAT_JSON);
		fflush(d->out.to);
	}
}

void dump_free(struct dump *d)
{
	dump_calls_free(d->calls);
	dump_links_free(d->links);
	dump_segments_free(d->segments);
	dump_statistics_free(d->statistics);
	free(d->selected);
}

/* ---- what is written and counted of a frame that is selected ---- */

static void write_frame(struct dump *d, const struct frame *f)
{
	bool net = f->sender == DUMP_NETWORK, out = !net;

	if (f->r.way && f->sender)
		out = f->r.way == DUMP_SENT;
	if (f->r.bare || f->r.len > CAPTURE_FRAME_MAX)
		d->not_written++;
	else
		capture_frame(d->capture, f->r.span, net, out, f->r.octets, f->r.len, f->r.us);
}

/* S frames, XID and UI without anything to say: shown only when asked for. */
static bool is_thin(const struct frame *f)
{
	if (!f->has_layer2 || !f->valid || f->n_complaints || f->tei_message.name)
		return false;
	switch (f->type) {
	case ISDN_FRAME_RR:
	case ISDN_FRAME_RNR:
	case ISDN_FRAME_REJ:
	case ISDN_FRAME_XID:
		return true;
	case ISDN_FRAME_I:
	case ISDN_FRAME_UI:
		return !f->info_len;
	case ISDN_FRAME_SABME:
	case ISDN_FRAME_DISC:
	case ISDN_FRAME_UA:
	case ISDN_FRAME_DM:
	case ISDN_FRAME_FRMR:
	case ISDN_FRAME_TYPES:
	default:
		return false;
	}
}

static void show(struct dump *d, const struct frame *f)
{
	struct out *o = &d->out;

	if (d->capture)
		write_frame(d, f);
	if (d->statistics)
		dump_statistics_frame(d->statistics, f);
	o->complaints += f->n_complaints + f->missed;
	o->shown++;
	if (!o->layer2 && is_thin(f)) {
		o->folded_of = !o->n_folded || o->folded_of == f->link ? f->link : NULL;
		o->n_folded++;
		o->folded[f->type]++;
		return;
	}
	outputs[d->format]->frame(o, f);
	if (f->r.has_time) {
		o->last_us = f->r.us;
		o->has_last = true;
	}
}

static void show_held(void *arg, struct frame *f)
{
	struct dump *d = arg;

	dump_decode_again(f, d->variant, &d->held_msg);
	show(d, f);
}

/* ---- selection ---- */

static bool is_selected(const struct dump *d, uint64_t id)
{
	return id / 8 < d->selected_size && d->selected[id / 8] >> (id % 8) & 1;
}

static void select_call(struct dump *d, uint64_t id)
{
	if (id / 8 >= d->selected_size) {
		size_t size = (size_t)(id / 8 + 1) * 2;
		uint8_t *more = realloc(d->selected, size);

		if (!more) {
			d->no_memory = true;
			return;
		}
		memset(more + d->selected_size, 0, size - d->selected_size);
		d->selected = more;
		d->selected_size = size;
	}
	d->selected[id / 8] |= (uint8_t)(1u << (id % 8));
}

/* Whole calls: what all messages of a call satisfy together counts. */
static void select_by_call(struct dump *d, const struct frame *f, unsigned parts)
{
	struct dump_call *call = f->call;

	call->satisfied |= parts;
	if (call->satisfied == FILTER_ALL && !call->selected) {
		call->selected = true;
		if (d->first_pass)
			select_call(d, call->id);
		else if (d->streams)
			dump_release(d->calls, call, show_held, d);
	}
	if (d->first_pass)
		return;
	if (call->selected || is_selected(d, call->id))
		show(d, f);
	else if (d->streams)
		dump_hold(d->calls, f);
}

static void choose(struct dump *d, const struct frame *f)
{
	unsigned parts = dump_filter_parts(&d->filter, f);

	if (dump_filter_active(&d->filter) && !d->filter.only_messages && f->call)
		select_by_call(d, f, parts);
	else if (parts == FILTER_ALL && !d->first_pass)
		show(d, f);
}

void dump_take(struct dump *d, const struct record *r)
{
	struct frame *f = &d->frame;

	if (d->no_memory)
		return;
	memset(f, 0, offsetof(struct frame, complaint));
	f->r = *r;
	f->n = ++d->n;
	f->link = dump_link_of(&d->links, r);
	if (!f->link) {
		d->too_many_links++;
		return;
	}
	dump_layer2(f);
	if (!d->out.has_first && r->has_time) {
		d->out.has_first = true;
		d->out.first_us = r->us;
	}
	d->out.several |= f->link->number > 1 || r->named;
	dump_link_frame(f);
	dump_layer3(f, d->segments, d->variant, d->uui_limit, &d->msg);
	if (!dump_calls_frame(d->calls, f)) {
		d->no_memory = true;
		return;
	}
	choose(d, f);
}
