/* SPDX-License-Identifier: BSD-2-Clause */
/* spans: what they are and can do. stats: what there is of everything, and what was counted. */
#include <stdio.h>
#include <string.h>

#include "attach_commands.h"
#include "table.h"

#define NUMBER(object, name) (long long)json_number(object, name)

static void state_cell(struct table *t, unsigned column, const json_t *span)
{
	bool up = json_flag(span, "up"), alarm = json_flag(span, "alarm");

	table_cell(t, column, alarm || !up ? TERM_BAD : TERM_GOOD, "%s",
		   alarm ? "alarm"
		   : up	 ? "up"
			 : "down");
}

static void text_cell(struct table *t, const struct attach *a, unsigned column, const json_t *o,
		      const char *name)
{
	char text[256];

	attach_clean(&a->out, json_text(o, name), text, sizeof(text));
	table_cell(t, column, TERM_PLAIN, "%s", text);
}

static const struct table_column span_columns[] = {
	{ "SPAN", 0, 0, true },	 { "NAME", 12, 0, false }, { "SIDE", 0, 1, false },
	{ "LINK", 0, 0, false }, { "CALLS", 0, 0, true },  { "UUI OF DROP", 0, 2, true },
	{ "CAN", 10, 3, false },
};

/* What the span can do beyond calls. */
static void can(const json_t *caps, char *text, size_t cap)
{
	static const struct {
		const char *member, *word;
	} rows[] = {
		{ "uui_send", "uui" }, { "reject_offering", "reject" },
		{ "hold", "hold" },    { "transfer", "transfer" },
		{ "dial", "dial" },
	};

	text[0] = '\0';
	for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		size_t n = strlen(text);

		if (json_flag(caps, rows[i].member) || json_number(caps, rows[i].member) > 0)
			snprintf(text + n, cap - n, "%s%s", n ? " " : "", rows[i].word);
	}
}

int attach_spans(struct attach *a, char **names, int n)
{
	int status = OK;
	json_t *answer = attach_get(a, json_pack("{s:s}", "do", "spans"), "spans", &status), *s;
	struct table *t;
	char text[80];
	size_t i;

	(void)names;
	(void)n;
	if (!answer)
		return status;
	if (a->opt->json) {
		json_object_del(answer, "id");
		json_object_del(answer, "do");
		attach_print(answer);
		return OK;
	}
	t = table_new(span_columns, sizeof(span_columns) / sizeof(span_columns[0]));
	json_array_foreach((json_t *)json_part(answer, "spans"), i, s)
	{
		const json_t *caps = json_part(s, "caps");

		table_row(t);
		table_cell(t, 0, TERM_PLAIN, "%lld", NUMBER(s, "span"));
		text_cell(t, a, 1, s, "spec");
		text_cell(t, a, 2, s, "side");
		state_cell(t, 3, s);
		table_cell(t, 4, TERM_PLAIN, "%lld", NUMBER(s, "calls"));
		table_cell(t, 5, TERM_PLAIN, "%lld", NUMBER(caps, "uui_drop"));
		can(caps, text, sizeof(text));
		table_cell(t, 6, TERM_PLAIN, "%s", text);
	}
	table_print(t, &a->out, stdout);
	table_free(t);
	json_decref(answer);
	return OK;
}

static const struct table_column traffic_columns[] = {
	{ "SPAN", 0, 0, true },	     { "LINK", 0, 0, false }, { "CALLS", 0, 0, true },
	{ "FRAMES IN", 0, 0, true }, { "OUT", 0, 0, true },   { "MSGS IN", 0, 0, true },
	{ "OUT", 0, 0, true },	     { "AGAIN", 0, 2, true }, { "BAD FRAMES", 0, 1, true },
	{ "BAD MSGS", 0, 1, true },
};

static long long sum(const json_t *counters, const char *const *members)
{
	long long n = 0;

	for (; *members; members++)
		n += NUMBER(counters, *members);
	return n;
}

static void traffic(const struct attach *a, const json_t *spans)
{
	static const char *const bad[] = { "frames_invalid", "fcs_errors", "aborts", "overruns",
					   NULL };
	static const char *const members[] = { "frames_in", "frames_out", "messages_in",
					       "messages_out", "retransmissions" };
	struct table *t = table_new(traffic_columns,
				    sizeof(traffic_columns) / sizeof(traffic_columns[0]));
	json_t *s;
	size_t i;

	json_array_foreach((json_t *)spans, i, s)
	{
		const json_t *c = json_part(s, "counters");

		table_row(t);
		table_cell(t, 0, TERM_PLAIN, "%lld", NUMBER(s, "span"));
		state_cell(t, 1, s);
		table_cell(t, 2, TERM_PLAIN, "%lld", NUMBER(s, "calls"));
		for (unsigned m = 0; m < sizeof(members) / sizeof(members[0]); m++)
			table_cell(t, 3 + m, TERM_PLAIN, "%lld", NUMBER(c, members[m]));
		table_cell(t, 8, TERM_PLAIN, "%lld", sum(c, bad));
		table_cell(t, 9, TERM_PLAIN, "%lld", NUMBER(c, "messages_faulty"));
	}
	if (table_rows(t))
		putchar('\n');
	table_print(t, &a->out, stdout);
	table_free(t);
}

static const struct table_column link_columns[] = {
	{ "SPAN", 0, 0, true },		{ "SAPI", 0, 0, true },	 { "TEI", 0, 0, true },
	{ "STATE", 0, 0, true },	{ "LINK", 0, 0, false }, { "ESTABLISHED", 0, 1, true },
	{ "T200 EXPIRED", 0, 0, true }, { "AGAIN", 0, 1, true }, { "RECEIVER BUSY", 0, 2, false },
};

static void link_row(struct table *t, const json_t *span, const json_t *link)
{
	bool peer = json_flag(link, "peer_busy"), own = json_flag(link, "own_busy");
	bool up = NUMBER(link, "state") >= 7; /* of Q.921: 7, or 8, timer recovery */

	table_row(t);
	table_cell(t, 0, TERM_PLAIN, "%lld", NUMBER(span, "span"));
	table_cell(t, 1, TERM_PLAIN, "%lld", NUMBER(link, "sapi"));
	table_cell(t, 2, TERM_PLAIN, "%lld", NUMBER(link, "tei"));
	table_cell(t, 3, TERM_PLAIN, "%lld", NUMBER(link, "state"));
	table_cell(t, 4, up ? TERM_GOOD : TERM_BAD, "%s", up ? "up" : "down");
	table_cell(t, 5, TERM_PLAIN, "%lld", NUMBER(link, "established"));
	table_cell(t, 6, TERM_PLAIN, "%lld", NUMBER(link, "t200_expiries"));
	table_cell(t, 7, TERM_PLAIN, "%lld", NUMBER(link, "retransmissions"));
	table_cell(t, 8, TERM_WARN, "%s%s%s", peer ? "peer" : "", peer && own ? ", " : "",
		   own ? "own" : "");
}

static void links(const struct attach *a, const json_t *spans)
{
	struct table *t = table_new(link_columns, sizeof(link_columns) / sizeof(link_columns[0]));
	json_t *s, *l;
	size_t i, j;

	json_array_foreach((json_t *)spans, i, s)
		json_array_foreach((json_t *)json_part(s, "links"), j, l) link_row(t, s, l);
	if (table_rows(t))
		putchar('\n');
	table_print(t, &a->out, stdout);
	table_free(t);
}

static void counts(const json_t *stats)
{
	const json_t *n = json_part(stats, "counts"), *c = json_part(stats, "control");

	printf("%lld calls, %lld handles, %lld requests and %lld events wait, %lld clients\n",
	       NUMBER(n, "calls"), NUMBER(n, "handles"), NUMBER(n, "requests"), NUMBER(n, "events"),
	       NUMBER(n, "clients"));
	printf("control socket: %lld connected, %lld refused, %lld cut off, %lld requests\n",
	       NUMBER(c, "clients"), NUMBER(c, "refused"), NUMBER(c, "cut"), NUMBER(c, "requests"));
}

int attach_stats(struct attach *a, char **names, int n)
{
	int status = OK;
	json_t *stats = attach_get(a, json_pack("{s:s}", "do", "stats"), "stats", &status), *spans;

	(void)names;
	(void)n;
	spans = stats ? attach_get(a, json_pack("{s:s}", "do", "spans"), "spans", &status) : NULL;
	if (spans && a->opt->json) {
		json_object_del(stats, "id");
		json_object_del(stats, "do");
		json_object_set(stats, "spans", json_object_get(spans, "spans"));
		attach_print(json_incref(stats));
	} else if (spans) {
		counts(stats);
		traffic(a, json_part(spans, "spans"));
		links(a, json_part(spans, "spans"));
	}
	json_decref(stats);
	json_decref(spans);
	return status;
}
