/* SPDX-License-Identifier: BSD-2-Clause */
/* The summary as JSON; q931-load(1) lists the names, which stay. */
#include "load.h"

#include <jansson.h>
#include <stdio.h>

static json_t *number(uint64_t n)
{
	return json_integer((json_int_t)n);
}

/* Microseconds become milliseconds, by three decimals. */
static json_t *times(const struct hist *h)
{
	return json_pack("{s:o, s:f, s:f, s:f, s:f}", "count", number(h->count), "p50",
			 (double)hist_percentile(h, 50) / 1000, "p90",
			 (double)hist_percentile(h, 90) / 1000, "p99",
			 (double)hist_percentile(h, 99) / 1000, "max", (double)h->max / 1000);
}

static json_t *calls(const struct totals *t)
{
	return json_pack("{s:o, s:o, s:o, s:o, s:o, s:o}", "placed", number(t->placed), "answered",
			 number(t->answered), "dropped", number(t->dropped), "failed",
			 number(t->failed), "cut_short", number(t->cut), "refused",
			 number(t->strays));
}

static json_t *uui(const struct totals *t)
{
	return json_pack("{s:o, s:o, s:o, s:o, s:o}", "sent", number(t->uui_sent), "arrived",
			 number(t->uui_arrived), "damaged", number(t->uui_damaged), "missing",
			 number(t->uui_missing), "not_sent", number(t->uui_not_sent));
}

static json_t *span(const struct span *s)
{
	const struct isdn_span_counters *c = &s->info.counters;

	return json_pack(
		"{s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
		"span", s->spec, "frames_out", number(c->frames_out), "frames_in",
		number(c->frames_in), "retransmissions", number(c->retransmissions),
		"t200_expiries", number(c->t200_expiries), "rej_out", number(c->rej_out), "rej_in",
		number(c->rej_in), "frames_invalid", number(c->frames_invalid), "mdl_errors",
		number(c->mdl_errors), "links_lost", number(s->downs), "bits_out",
		number(s->wire.bits_out), "bits_in", number(s->wire.bits_in), "message_bits_out",
		number(s->wire.messages_out), "message_bits_in", number(s->wire.messages_in),
		"bit_rate", number(span_rate(s)));
}

static json_t *failure(const struct failure *f)
{
	return json_pack("{s:s, s:s, s:i, s:s?, s:s?, s:s, s:o}", "reason", reason_name(f->reason),
			 "source", source_word(f), "cause", (int)f->cause, "cause_name",
			 f->cause ? isdn_cause_name(f->cause) : NULL, "error",
			 f->error ? isdn_strerror(f->error) : NULL, "state",
			 isdn_call_state_name(f->state), "calls", number(f->calls));
}

static json_t *left(const struct isdn_registry_counts *n)
{
	return json_pack("{s:o, s:o, s:o, s:o}", "calls", number(n->calls), "handles",
			 number(n->handles), "requests", number(n->requests), "events",
			 number(n->events));
}

static json_t *summary(const struct load *l)
{
	static const char *const commands[] = { "generate", "sink", "both" };
	const struct totals *t = &l->totals;
	json_t *spans = json_array(), *failures = json_array();

	for (unsigned i = 0; i < l->n_spans; i++)
		json_array_append_new(spans, span(&l->span[i]));
	for (unsigned i = 0; i < l->n_failures; i++)
		json_array_append_new(failures, failure(&l->failures[i]));
	return json_pack(
		"{s:i, s:s, s:i, s:f, s:o, s:{s:f, s:f, s:f}, s:{s:i, s:i, s:f}, s:{s:o, s:o}, "
		"s:{s:o, s:o, s:o}, s:o, s:o, s:o, s:o, s:i}",
		"version", 1, "command", commands[l->command], "seed", l->opt->seed, "seconds",
		load_seconds(l), "calls", calls(t), "rate", "asked", l->opt->rate, "achieved",
		load_rate(l), "possible", load_possible(l), "at_once", "limit", l->opt->concurrency,
		"most", (int)t->peak, "mean", load_mean(l), "conferences", "dropped",
		number(t->conferences), "parties", number(t->parties), "milliseconds",
		"setup_alerting", times(&t->alerting), "setup_connect", times(&t->connect),
		"drop_idle", times(&t->idle), "uui", uui(t), "spans", spans, "failures", failures,
		"left", left(&l->left), "status", l->status);
}

bool report_json(const struct load *l)
{
	json_t *root = summary(l);
	bool good = root &&
		    !json_dumpf(root, stdout,
				JSON_INDENT(2) | JSON_REAL_PRECISION(6) | JSON_ENSURE_ASCII);

	json_decref(root);
	if (good)
		putchar('\n');
	else
		fprintf(stderr, "%s: the summary could not be written\n", PROGRAM);
	return good;
}
