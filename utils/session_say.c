/* SPDX-License-Identifier: BSD-2-Clause */
/* What a run of q931-drop says: a line for people, or a JSON object in a line. */
#include "session.h"

#include <stdarg.h>
#include <stdio.h>

struct session_label session_name(const struct call *c)
{
	struct session_label n;

	if (c->is_conference)
		snprintf(n.text, sizeof(n.text), "conference");
	else
		snprintf(n.text, sizeof(n.text), "call %d", c->number);
	return n;
}

static double seconds(const struct session *s)
{
	return (double)(session_now() - s->began) / 1000;
}

static void say_json(const struct session *s, const char *event, const struct call *c,
		     json_t *members)
{
	json_t *o = json_pack("{s:s, s:I}", "event", event, "time",
			      (json_int_t)(session_now() - s->began));

	if (c && c->is_conference)
		json_object_set_new(o, "conference", json_true());
	else if (c)
		json_object_set_new(o, "call", json_integer(c->number));
	if (members)
		json_object_update(o, members);
	if (o)
		json_dumpf(o, stdout, JSON_COMPACT);
	putchar('\n');
	json_decref(o);
}

void session_tell(const struct session *s, const char *event, const struct call *c, json_t *members,
		  const char *format, ...)
{
	va_list ap;

	if (s->opt->json) {
		say_json(s, event, c, members);
	} else {
		printf("%8.3f  ", seconds(s));
		if (c)
			printf("%s: ", session_name(c).text);
		va_start(ap, format);
		vprintf(format, ap);
		va_end(ap);
		putchar('\n');
	}
	json_decref(members);
}
