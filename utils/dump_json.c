/* SPDX-License-Identifier: BSD-2-Clause */
/* Frames as JSON, an object a line; what each has is in q931-dump(1). */
#include <stdlib.h>
#include <string.h>

#include <isdn/link.h>
#include <jansson.h>

#include "dump.h"

#define JSON_MAX (1u << 18) /* of a message */
#define FLAGS	 (JSON_COMPACT | JSON_ENSURE_ASCII | JSON_REAL_PRECISION(16))

static bool begin(struct out *o)
{
	o->state = malloc(JSON_MAX);
	return o->state != NULL;
}

static json_t *side(enum dump_side s)
{
	return s ? json_string(dump_side_name(s)) : json_null();
}

static json_t *seconds(uint64_t us)
{
	return json_real((double)(us / 1000000) + (double)(us % 1000000) / 1e6);
}

/* A name of a file need not be UTF-8. */
static json_t *file(const struct out *o, unsigned source)
{
	json_t *name = source < o->n_names ? json_string(o->names[source]) : NULL;

	return name ? name : json_null();
}

static json_t *layer2(const struct frame *f)
{
	json_t *l;

	if (!f->has_layer2)
		return NULL;
	if (!f->valid)
		return json_pack("{s:n}", "type");
	l = json_pack("{s:s, s:i, s:i, s:b, s:b}", "type", isdn_frame_name(f->type), "sapi",
		      f->sapi, "tei", f->tei, "cr", f->cr_bit, "pf", f->pf);
	if (f->type == ISDN_FRAME_I)
		json_object_set_new(l, "ns", json_integer(f->ns));
	if (f->type <= ISDN_FRAME_REJ)
		json_object_set_new(l, "nr", json_integer(f->nr));
	if (f->type == ISDN_FRAME_I)
		json_object_set_new(l, "retransmission", json_boolean(f->again));
	if (f->tei_message.name)
		json_object_set_new(l, "management",
				    json_pack("{s:s, s:i, s:i, s:i}", "message",
					      f->tei_message.name, "type", f->tei_message.type,
					      "ri", f->tei_message.ri, "ai", f->tei_message.ai));
	return l;
}

static json_t *call(const struct frame *f)
{
	if (!f->call_id)
		return NULL;
	return json_pack("{s:I, s:o, s:i}", "id", (json_int_t)f->call_id, "side", side(f->owner),
			 "reference", f->msg->cr);
}

static json_t *complaints(const struct frame *f)
{
	json_t *all = json_array();

	for (unsigned i = 0; i < f->n_complaints; i++) {
		const struct complaint *c = &f->complaint[i];
		json_t *one = json_pack("{s:s, s:s, s:s?}", "kind", dump_complaint_words[c->kind],
					"text", c->text, "clause", c->clause);

		if (c->octet)
			json_object_set_new(one, "octet", json_integer(c->octet));
		json_array_append_new(all, one);
	}
	return all;
}

static json_t *octets(const struct frame *f)
{
	static const char digits[] = "0123456789abcdef";
	char text[2 * DUMP_FRAME_MAX];
	size_t n = f->r.len < DUMP_FRAME_MAX ? f->r.len : DUMP_FRAME_MAX;

	for (size_t i = 0; i < n; i++) {
		text[2 * i] = digits[f->r.octets[i] >> 4];
		text[2 * i + 1] = digits[f->r.octets[i] & 15];
	}
	return json_stringn(text, 2 * n);
}

static unsigned take_folded(struct out *o)
{
	char text[200];
	unsigned n = o->n_folded;

	dump_folded(o, text, sizeof(text));
	return n;
}

static void set(json_t *object, const char *key, json_t *value)
{
	if (value)
		json_object_set_new(object, key, value);
}

static json_t *object(struct out *o, const struct frame *f)
{
	json_t *all = json_object();
	unsigned folded = take_folded(o);

	set(all, "frame", json_integer((json_int_t)f->n));
	set(all, "file", file(o, f->r.source));
	set(all, "number", json_integer((json_int_t)f->r.number));
	set(all, "span", json_integer(f->r.span));
	set(all, "time", f->r.has_time ? seconds(f->r.us) : json_null());
	set(all, "delta",
	    f->r.has_time && o->has_last && f->r.us >= o->last_us ? seconds(f->r.us - o->last_us)
								  : NULL);
	set(all, "from", side(f->sender));
	set(all, "layer2", layer2(f));
	set(all, "call", call(f));
	set(all, "segments", f->segments ? json_integer(f->segments) : NULL);
	set(all, "note", f->r.note ? json_string(f->r.note) : NULL);
	set(all, "folded", folded ? json_integer(folded) : NULL);
	set(all, "octets", octets(f));
	set(all, "complaints", complaints(f));
	set(all, "complaints_missed", f->missed ? json_integer(f->missed) : NULL);
	return all;
}

/* The message is JSON already, and goes in behind the rest. */
static void frame(struct out *o, const struct frame *f)
{
	char *text = o->state;
	json_t *all = object(o, f);

	fputc('{', o->to);
	json_dumpf(all, o->to, FLAGS | JSON_EMBED);
	json_decref(all);
	if (f->has_msg && isdn_msg_json(f->msg, &f->faults, text, JSON_MAX, NULL) == 0)
		fprintf(o->to, ",\"message\":%s", text);
	fputs("}\n", o->to);
}

static void end(struct out *o)
{
	free(o->state);
}

const struct output dump_json = { "json", begin, frame, end };
