/* SPDX-License-Identifier: BSD-2-Clause */
/* The picture: title, life lines, rows, legend. Plain SVG 1.1, with nothing from elsewhere. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* localtime_r */
#endif
#include <string.h>
#include <time.h>

#include <jansson.h>

#include "dump_svg.h"

#define GUTTER	   160 /* left of the first life line */
#define TOP	   104 /* of the first row */
#define MARGIN	   60  /* right of a life line */
#define LINE	   15  /* of text below an arrow */
#define CHARACTER  6.0 /* average width of text below an arrow */
#define BOLD	   6.8 /* of a complaint */
#define LEGEND_ROW 18
#define A_YEAR	   31536000 /* a time since the epoch is not below that */

static int span_width(const struct svg *s)
{
	return s->lanes > 1 ? 440 : 560;
}

static int user_x(const struct svg *s, unsigned lane)
{
	return GUTTER + (int)lane * (span_width(s) + 2 * MARGIN);
}

static int network_x(const struct svg *s, unsigned lane)
{
	return user_x(s, lane) + span_width(s);
}

const char *svg_colour(uint64_t call)
{
	static const char *const colours[] = { "#1b6ca8", "#b3541e", "#2e7d32", "#7b3fa0",
					       "#8a6d00", "#b0245f", "#00796b", "#4e5d94" };

	return call ? colours[(call - 1) % (sizeof(colours) / sizeof(colours[0]))] : "#777777";
}

/* XML takes UTF-8 without control characters; what is none of it becomes question marks. */
static void xml(FILE *to, const char *text, size_t n)
{
	json_t *utf8 = json_stringn(text, n);

	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c == '&')
			fputs("&amp;", to);
		else if (c == '<')
			fputs("&lt;", to);
		else if (c == '>')
			fputs("&gt;", to);
		else if (c == '"')
			fputs("&quot;", to);
		else
			fputc(c < 0x20 || c == 0x7f || (c >= 0x80 && !utf8) ? '?' : c, to);
	}
	json_decref(utf8);
}

static void begin_text(FILE *to, double x, double y, const char *class, const char *more)
{
	fprintf(to, "<text x=\"%.0f\" y=\"%.0f\" class=\"%s\"%s>", x, y, class, more);
}

static void text(FILE *to, double x, double y, const char *class, const char *what, size_t n)
{
	begin_text(to, x, y, class, "");
	xml(to, what, n);
	fputs("</text>\n", to);
}

/* ---- lines of text, wrapped ---- */

/* How much of a line fits, broken at a blank where there is one. */
static size_t fitting(const char *line, size_t n, size_t room)
{
	size_t at = room;

	if (n <= room)
		return n;
	while (at > room / 2 && line[at] != ' ')
		at--;
	return line[at] == ' ' && at > room / 2 ? at + 1 : room;
}

/* Draw the lines from y on, or only count them (to NULL). */
static int lines(FILE *to, const char *text_lines, double x, double y, double width,
		 const char *class)
{
	size_t room = (size_t)(width / (*class == 'c' ? BOLD : CHARACTER));
	int n = 0;

	for (const char *at = text_lines; at && *at;) {
		size_t len = strcspn(at, "\n"), part = fitting(at, len, room);

		if (to)
			text(to, x, y + LINE * n, class, at, part);
		n++;
		at += part;
		at += *at == '\n';
	}
	return n;
}

/* ---- rows ---- */

static int row_height(const struct svg *s, const struct svg_row *r)
{
	double width = span_width(s) - 20;
	int n = lines(NULL, r->details, 0, 0, width, "i") +
		lines(NULL, r->complaints, 0, 0, width, "c");

	if (r->kind == SVG_FOLDED)
		return 17;
	return (r->kind == SVG_MESSAGE ? 31 : 25) + LINE * n;
}

static void gutter(const struct out *o, const struct svg_row *r, double y)
{
	const char *blank = strchr(r->when, ' '), *when = blank ? blank + 1 : r->when;

	text(o->to, GUTTER - 64, y, "t", when, strlen(when)); /* without the day */
	if (r->has_delta && r->delta && o->times != TIMES_DELTA) {
		char delta[40];

		if (r->delta < 1000)
			snprintf(delta, sizeof(delta), "+%u us", (unsigned)r->delta);
		else
			snprintf(delta, sizeof(delta), "+%.3f", (double)r->delta / 1e6);
		text(o->to, GUTTER - 18, y, "d", delta, strlen(delta));
	}
}

/* A line from one life line to the other, with a head where the sender is known. */
static void arrow(FILE *to, double from, double end, double y, const char *colour, bool thin,
		  bool head)
{
	int way = end > from ? 1 : -1;

	fprintf(to,
		"<path d=\"M%.0f %.1fH%.0f\" stroke=\"%s\" stroke-width=\"%s\" fill=\"none\"/>\n",
		from, y, end - (head ? 8 * way : 0), colour, thin ? "0.8" : "1.6");
	if (head)
		fprintf(to, "<path d=\"M%.0f %.1fl%d -4.5v9z\" fill=\"%s\"/>\n", end, y, -10 * way,
			colour);
}

static void label(FILE *to, const struct svg_row *r, double x, double y)
{
	char fill[40];

	snprintf(fill, sizeof(fill), " style=\"fill:%s\"", svg_colour(r->call));
	begin_text(to, x, y, r->kind == SVG_MESSAGE ? "m" : "l",
		   r->kind == SVG_MESSAGE ? fill : "");
	if (r->bold) {
		fputs("<tspan class=\"b\">", to);
		xml(to, r->label, r->bold);
		fputs("</tspan>", to);
	}
	if (r->label)
		xml(to, r->label + r->bold, strlen(r->label) - r->bold);
	fputs("</text>\n", to);
}

static void draw_row(const struct out *o, const struct svg *s, const struct svg_row *r, double y)
{
	double user = user_x(s, r->lane), network = network_x(s, r->lane),
	       middle = (user + network) / 2, width = span_width(s) - 20;
	bool back = r->sender == DUMP_NETWORK;
	int n;

	if (r->kind == SVG_FOLDED) {
		unsigned last = r->across && s->lanes ? s->lanes - 1 : r->lane;

		text(o->to, (user_x(s, r->lane) + network_x(s, last)) / 2.0, y + 11, "f", r->label,
		     r->label ? strlen(r->label) : 0);
		return;
	}
	gutter(o, r, y + 24);
	label(o->to, r, middle, y + 15);
	arrow(o->to, back ? network : user, back ? user : network, y + 20,
	      r->kind == SVG_MESSAGE ? svg_colour(r->call) : "#999999", r->kind != SVG_MESSAGE,
	      r->sender != DUMP_UNKNOWN);
	n = lines(o->to, r->details, middle, y + 33, width, "i");
	if (r->complaints)
		fprintf(o->to, "<circle cx=\"%.0f\" cy=\"%.0f\" r=\"4\" fill=\"#c62828\"/>\n",
			back ? network : user, y + 20);
	lines(o->to, r->complaints, middle, y + 33 + LINE * n, width, "c");
}

/* ---- around them ---- */

static void style(FILE *to)
{
	fputs("<style>\n"
	      "text { font-family: Helvetica, Arial, \"Liberation Sans\", sans-serif; "
	      "font-size: 12px; fill: #222 }\n"
	      ".h { font-size: 18px; font-weight: bold }\n"
	      ".s { fill: #555 }\n"
	      ".n { font-weight: bold; text-anchor: middle }\n"
	      ".t { font-size: 11px; text-anchor: end; font-family: monospace }\n"
	      ".d { font-size: 10px; text-anchor: end; font-family: monospace; fill: #777 }\n"
	      ".m { text-anchor: middle; font-size: 12.5px; }\n"
	      ".b { font-weight: bold }\n"
	      ".l { text-anchor: middle; font-size: 10.5px; fill: #666 }\n"
	      ".f { text-anchor: middle; font-size: 10px; fill: #888 }\n"
	      ".i { text-anchor: middle; font-size: 11px; fill: #444 }\n"
	      ".c { text-anchor: middle; font-size: 11px; fill: #c62828; font-weight: bold }\n"
	      "</style>\n",
	      to);
}

static void title(const struct out *o, const struct svg *s)
{
	char line[512] = "";
	time_t start = (time_t)(o->first_us / 1000000);
	struct tm tm;

	if (o->title)
		dump_add(line, sizeof(line), "%s", o->title);
	else
		dump_add(line, sizeof(line), "D-channel of %.300s%s",
			 o->n_names ? o->names[0] : "?", o->n_names > 1 ? " and others" : "");
	text(o->to, 20, 30, "h", line, strlen(line));
	snprintf(line, sizeof(line), "%llu frames, %u calls%s, %llu complaint%s",
		 (unsigned long long)o->shown, s->n_calls,
		 s->n_calls == SVG_CALLS_MAX ? " or more" : "", (unsigned long long)o->complaints,
		 o->complaints == 1 ? "" : "s");
	if (o->has_first && start > A_YEAR && localtime_r(&start, &tm)) {
		char when[80];

		strftime(when, sizeof(when), "; time 0 is %Y-%m-%d %H:%M:%S %Z", &tm);
		dump_add(line, sizeof(line), "%s", when);
	}
	text(o->to, 20, 50, "s", line, strlen(line));
}

static void life_line(FILE *to, int x, int bottom, const char *name)
{
	fprintf(to, "<path d=\"M%d %dV%d\" stroke=\"#333\" stroke-width=\"1\"/>\n", x, TOP - 8,
		bottom);
	fprintf(to,
		"<rect x=\"%d\" y=\"%d\" width=\"84\" height=\"22\" rx=\"3\" fill=\"#eef1f5\" "
		"stroke=\"#333\"/>\n",
		x - 42, TOP - 30);
	text(to, x, TOP - 15, "n", name, strlen(name));
}

static void life_lines(const struct out *o, const struct svg *s, int bottom)
{
	for (unsigned i = 0; i < (s->lanes ? s->lanes : 1); i++) {
		life_line(o->to, user_x(s, i), bottom, "User");
		life_line(o->to, network_x(s, i), bottom, "Network");
		text(o->to, (user_x(s, i) + network_x(s, i)) / 2.0, TOP - 15, "n", s->lane_name[i],
		     strlen(s->lane_name[i]));
	}
}

static void legend(const struct out *o, const struct svg *s, int y)
{
	static const char key[] = "Red: a complaint, with its clause. Grey: layer 2. Left: the "
				  "time, and how long after the row before.";

	text(o->to, 20, y, "s", "Calls", 5);
	for (unsigned i = 0; i < s->n_calls; i++) {
		const struct svg_call *c = &s->call[i];
		char line[400];

		y += LEGEND_ROW;
		fprintf(o->to, "<rect x=\"20\" y=\"%d\" width=\"12\" height=\"12\" fill=\"%s\"/>\n",
			y - 10, svg_colour(c->id));
		snprintf(line, sizeof(line), "%llu: %s", (unsigned long long)c->id, c->name);
		if (c->cause)
			dump_add(line, sizeof(line), ", cause %u (%s)", c->cause,
				 isdn_cause_name(c->cause));
		if (c->has_time && c->last_us >= c->first_us)
			dump_add(line, sizeof(line), ", %.3f s",
				 (double)(c->last_us - c->first_us) / 1e6);
		begin_text(o->to, 40, y, "", "");
		xml(o->to, line, strlen(line));
		fputs("</text>\n", o->to);
	}
	y += LEGEND_ROW + 4;
	text(o->to, 20, y, "s", key, sizeof(key) - 1);
}

void svg_draw(const struct out *o, const struct svg *s)
{
	unsigned lanes = s->lanes ? s->lanes : 1;
	int width = network_x(s, lanes - 1) + MARGIN, y = TOP + 4, height;

	for (unsigned i = 0; i < s->n; i++)
		y += row_height(s, &s->row[i]);
	height = y + 40 + LEGEND_ROW * ((int)s->n_calls + 2);
	fprintf(o->to,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
		"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" "
		"viewBox=\"0 0 %d %d\">\n",
		width, height, width, height);
	style(o->to);
	fprintf(o->to, "<rect width=\"%d\" height=\"%d\" fill=\"white\"/>\n", width, height);
	title(o, s);
	life_lines(o, s, y + 6);
	y = TOP + 4;
	for (unsigned i = 0; i < s->n; i++) {
		draw_row(o, s, &s->row[i], y);
		y += row_height(s, &s->row[i]);
	}
	legend(o, s, y + 34);
	fputs("</svg>\n", o->to);
}
