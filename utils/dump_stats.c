/* SPDX-License-Identifier: BSD-2-Clause */
/* The summary of --stats. */
#include <stdlib.h>
#include <string.h>

#include <jansson.h>

#include "dump.h"

#define SAMPLES_MAX (1u << 20)

/* Times from SETUP to something, in ms. */
struct samples {
	uint32_t *ms;
	size_t n, cap;
};

struct statistics {
	uint64_t frames, messages[256], other_messages, causes[128], complaints[COMPLAINTS];
	struct samples alerting, connect;
};

struct statistics *dump_statistics_new(void)
{
	return calloc(1, sizeof(struct statistics));
}

void dump_statistics_free(struct statistics *s)
{
	if (!s)
		return;
	free(s->alerting.ms);
	free(s->connect.ms);
	free(s);
}

/* Beyond SAMPLES_MAX, or without memory, they are the first ones. */
static void sample(struct samples *s, uint64_t us)
{
	if (s->n == s->cap) {
		size_t cap = s->cap ? 2 * s->cap : 256;
		uint32_t *more = cap > SAMPLES_MAX ? NULL : realloc(s->ms, cap * sizeof(*more));

		if (!more)
			return;
		s->ms = more;
		s->cap = cap;
	}
	s->ms[s->n++] = (uint32_t)(us / 1000);
}

static void times(struct statistics *s, const struct frame *f)
{
	struct dump_call *c = f->call;

	if (!c || !c->has_setup_us || !f->r.has_time || f->r.us < c->setup_us || f->again ||
	    c->id != f->call_id)
		return;
	if (f->msg->type == ISDN_MT_ALERTING && !c->told_alerting) {
		c->told_alerting = true;
		sample(&s->alerting, f->r.us - c->setup_us);
	} else if (f->msg->type == ISDN_MT_CONNECT && !c->told_connect) {
		c->told_connect = true;
		sample(&s->connect, f->r.us - c->setup_us);
	}
}

void dump_statistics_frame(struct statistics *s, const struct frame *f)
{
	s->frames++;
	for (unsigned i = 0; i < f->n_complaints; i++)
		s->complaints[f->complaint[i].kind]++;
	if (!f->has_msg || f->again)
		return;
	if (f->msg->discriminator != ISDN_PD_Q931)
		s->other_messages++;
	else
		s->messages[f->msg->type]++;
	for (unsigned i = 0; i < isdn_msg_count(f->msg, ISDN_IE_CAUSE) && i < ISDN_CAUSES_MAX; i++)
		s->causes[f->msg->cause[i].value & 127]++;
	times(s, f);
}

static int by_size(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return x < y ? -1 : x > y;
}

static unsigned percentile(const struct samples *s, unsigned percent)
{
	return s->ms[(s->n - 1) * percent / 100];
}

static void print_samples(const char *name, const struct samples *s, FILE *to)
{
	if (!s->n)
		return;
	qsort(s->ms, s->n, sizeof(*s->ms), by_size);
	fprintf(to,
		"  SETUP to %s: %zu calls, ms: least %u, 50 %% %u, 95 %% %u, 99 %% %u, most %u\n",
		name, s->n, percentile(s, 0), percentile(s, 50), percentile(s, 95),
		percentile(s, 99), percentile(s, 100));
}

static void print_text(const struct statistics *s, const struct calls *c, FILE *to)
{
	fprintf(to, "\n%llu frames, %llu calls in the input\n", (unsigned long long)s->frames,
		(unsigned long long)dump_calls_count(c));
	for (unsigned i = 0; i < 256; i++)
		if (s->messages[i])
			fprintf(to, "  %8llu %s\n", (unsigned long long)s->messages[i],
				isdn_msg_name(i));
	if (s->other_messages)
		fprintf(to, "  %8llu of maintenance protocols\n",
			(unsigned long long)s->other_messages);
	for (unsigned i = 0; i < 128; i++)
		if (s->causes[i])
			fprintf(to, "  %8llu cause %u (%s)\n", (unsigned long long)s->causes[i], i,
				isdn_cause_name(i));
	for (unsigned i = 0; i < COMPLAINTS; i++)
		if (s->complaints[i])
			fprintf(to, "  %8llu complaint%s: %s\n",
				(unsigned long long)s->complaints[i],
				s->complaints[i] == 1 ? "" : "s", dump_complaint_words[i]);
	print_samples("ALERTING", &s->alerting, to);
	print_samples("CONNECT", &s->connect, to);
}

static void put(json_t *object, const char *key, uint64_t n)
{
	json_t *before = json_object_get(object, key);

	json_object_set_new(
		object, key,
		json_integer((json_int_t)n + (before ? json_integer_value(before) : 0)));
}

static json_t *json_samples(const struct samples *s)
{
	if (!s->n)
		return json_null();
	qsort(s->ms, s->n, sizeof(*s->ms), by_size);
	return json_pack("{s:I, s:i, s:i, s:i, s:i, s:i}", "calls", (json_int_t)s->n, "least",
			 percentile(s, 0), "p50", percentile(s, 50), "p95", percentile(s, 95),
			 "p99", percentile(s, 99), "most", percentile(s, 100));
}

static void print_json(const struct statistics *s, const struct calls *c, FILE *to)
{
	json_t *messages = json_object(), *causes = json_object(), *complaints = json_object(),
	       *all;
	char key[16];

	for (unsigned i = 0; i < 256; i++)
		if (s->messages[i])
			put(messages, isdn_msg_name(i), s->messages[i]);
	for (unsigned i = 0; i < 128; i++) {
		snprintf(key, sizeof(key), "%u", i);
		if (s->causes[i])
			put(causes, key, s->causes[i]);
	}
	for (unsigned i = 0; i < COMPLAINTS; i++)
		if (s->complaints[i])
			put(complaints, dump_complaint_words[i], s->complaints[i]);
	all = json_pack("{s:{s:I, s:I, s:o, s:o, s:o, s:o, s:o}}", "statistics", "frames",
			(json_int_t)s->frames, "calls", (json_int_t)dump_calls_count(c), "messages",
			messages, "causes", causes, "complaints", complaints, "setup_to_alerting",
			json_samples(&s->alerting), "setup_to_connect", json_samples(&s->connect));
	json_dumpf(all, to, JSON_COMPACT | JSON_ENSURE_ASCII);
	fputc('\n', to);
	json_decref(all);
}

void dump_statistics_print(const struct statistics *s, const struct calls *c, FILE *to, bool json)
{
	if (json)
		print_json(s, c, to);
	else
		print_text(s, c, to);
}
