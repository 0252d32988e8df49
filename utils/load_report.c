/* SPDX-License-Identifier: BSD-2-Clause */
/* The summary as text. */
#include "load.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define D_PRIMARY 64000 /* bit/s of a D-channel */
#define D_BASIC	  16000

static const char *const reasons[] = {
	[ENDED] = "ended",
	[WENT_ON] = "went on",
	[SILENT] = "silent",
	[REFUSED] = "refused",
	[UUI_DAMAGED] = "UUI damaged",
	[UUI_MISSING] = "UUI missing",
	[UUI_NOT_SENT] = "UUI not sent",
};

const char *reason_name(enum reason reason)
{
	return reasons[reason];
}

const char *source_word(const struct failure *f)
{
	return isdn_source_name(f->source);
}

double load_seconds(const struct load *l)
{
	return (double)(l->now - l->began) / S_US;
}

static double placing_seconds(const struct load *l)
{
	bool one_turn = l->placing_ended == l->placing_began; /* so fast that no time went by */
	int64_t end = l->placing_ended && !one_turn ? l->placing_ended : l->now;

	return l->begun ? (double)(end - l->placing_began) / S_US : 0;
}

double load_rate(const struct load *l)
{
	/* Between so many calls there is one time less, where the last of them was the end. */
	bool fence = l->command != SINK && l->totals.placed == (uint64_t)l->opt->calls;
	uint64_t n = l->totals.placed - (fence && l->totals.placed > 1);
	double s = placing_seconds(l);

	return s > 0 ? (double)n / s : 0;
}

double load_mean(const struct load *l)
{
	int64_t since = l->counted_at - l->placing_began;

	return l->begun && since > 0 ? l->totals.up_time / (double)since : 0;
}

unsigned span_rate(const struct span *s)
{
	return strstr(s->spec, ",bri") ? D_BASIC : D_PRIMARY;
}

/* What the fuller way of the D-channel could carry, if there were no frames but the messages. */
double load_possible(const struct load *l)
{
	const struct wire *w = &l->span[0].wire;
	uint64_t bits = w->messages_out > w->messages_in ? w->messages_out : w->messages_in;

	return bits ? (double)l->totals.placed * span_rate(&l->span[0]) / (double)bits : 0;
}

/* ---- text ---- */

static void row(const char *name, const char *format, ...) ISDN_PRINTF(2, 3);
static void row(const char *name, const char *format, ...)
{
	va_list ap;

	printf("%-13s", name);
	va_start(ap, format);
	vprintf(format, ap);
	va_end(ap);
	putchar('\n');
}

static const char *style(const struct term *term, bool bad)
{
	return term_on(term, bad ? TERM_BAD : TERM_GOOD);
}

static void calls(const struct load *l, const struct term *term)
{
	const struct totals *t = &l->totals;

	row("calls", "%llu %s, %llu answered, %llu dropped as asked, %s%llu failed%s",
	    (unsigned long long)t->placed, l->command == SINK ? "arrived" : "placed",
	    (unsigned long long)t->answered, (unsigned long long)t->dropped,
	    style(term, t->failed > 0), (unsigned long long)t->failed, term_off(term));
	if (t->cut)
		row("", "%llu cut short by the end of the run", (unsigned long long)t->cut);
	if (t->strays)
		row("", "%llu arrived that nobody asked for, refused",
		    (unsigned long long)t->strays);
	if (t->conferences)
		row("conferences", "%llu dropped, with %llu calls",
		    (unsigned long long)t->conferences, (unsigned long long)t->parties);
}

static void rates(const struct load *l)
{
	char asked[32] = "";

	if (l->opt->rate > 0 && l->command != SINK)
		snprintf(asked, sizeof(asked), ", %.6g asked", l->opt->rate);
	row("rate", "%.1f calls/s%s", load_rate(l), asked);
	row("at once", "%u at most, %.1f on average", l->totals.peak, load_mean(l));
}

static void percentiles(const char *name, const struct hist *h)
{
	static const unsigned percent[] = { 50, 90, 99, 100 };

	if (!h->count)
		return;
	printf("%-17s", name);
	for (unsigned i = 0; i < sizeof(percent) / sizeof(percent[0]); i++)
		printf(" %9.3f", (double)hist_percentile(h, percent[i]) / 1000);
	putchar('\n');
}

static void times(const struct totals *t)
{
	if (!t->alerting.count && !t->connect.count && !t->idle.count)
		return;
	printf("\n%-17s %9s %9s %9s %9s\n", "milliseconds", "p50", "p90", "p99", "max");
	percentiles("SETUP-ALERTING", &t->alerting);
	percentiles("SETUP-CONNECT", &t->connect);
	percentiles("drop-IDLE", &t->idle);
}

static void uui(const struct totals *t)
{
	if (t->uui_sent || t->uui_arrived || t->uui_not_sent)
		row("UUI", "%llu sent, %llu arrived, %llu damaged, %llu missing, %llu not sent",
		    (unsigned long long)t->uui_sent, (unsigned long long)t->uui_arrived,
		    (unsigned long long)t->uui_damaged, (unsigned long long)t->uui_missing,
		    (unsigned long long)t->uui_not_sent);
}

/* Of the others there is no limit to be near to. */
static bool is_line(const struct span *s)
{
	return strncmp(s->spec, "dahdi:", 6) == 0;
}

static void span(const struct load *l, const struct span *s)
{
	const struct isdn_span_counters *c = &s->info.counters;
	double per = 8.0 * (l->totals.placed ? (double)l->totals.placed : 1);
	double t = placing_seconds(l);
	const struct wire *w = &s->wire;

	printf("\n%s\n", s->spec);
	row("  layer 2", "%llu frames sent, %llu received", (unsigned long long)c->frames_out,
	    (unsigned long long)c->frames_in);
	row("", "%llu sent again, T200 expired %llu times, REJ %llu sent, %llu received",
	    (unsigned long long)c->retransmissions, (unsigned long long)c->t200_expiries,
	    (unsigned long long)c->rej_out, (unsigned long long)c->rej_in);
	if (s->downs || c->frames_invalid || c->fcs_errors || c->aborts || c->overruns)
		row("",
		    "link lost %llu times; frames: %llu invalid, %llu FCS, %llu aborts, "
		    "%llu overruns",
		    (unsigned long long)s->downs, (unsigned long long)c->frames_invalid,
		    (unsigned long long)c->fcs_errors, (unsigned long long)c->aborts,
		    (unsigned long long)c->overruns);
	if (c->mdl_errors)
		row("", "MDL-ERROR %llu times, at last %c: %s", (unsigned long long)c->mdl_errors,
		    c->mdl_last, isdn_mdl_error_name(c->mdl_last));
	row("  D-channel", "%.1f octets a call sent, %.1f of them messages",
	    (double)w->bits_out / per, (double)w->messages_out / per);
	row("", "%.1f received, %.1f of them messages", (double)w->bits_in / per,
	    (double)w->messages_in / per);
	if (t > 0 && is_line(s))
		row("", "%.1f and %.1f kbit/s of %u", (double)w->bits_out / t / 1000,
		    (double)w->bits_in / t / 1000, span_rate(s) / 1000);
}

static void room(const struct load *l)
{
	double possible = load_possible(l);

	if (!(possible > 0))
		return;
	row("", "room for %.1f such calls/s on %u kbit/s", possible, span_rate(&l->span[0]) / 1000);
	if (is_line(&l->span[0]))
		row("", "%.1f of these are %.0f %%", load_rate(l), 100 * load_rate(l) / possible);
}

static void failures(const struct load *l, const struct term *term)
{
	for (unsigned i = 0; i < l->n_failures; i++) {
		const struct failure *f = &l->failures[i];

		printf("%s%s%6llu %s%s, %s", i ? "" : "\nfailures\n", term_on(term, TERM_BAD),
		       (unsigned long long)f->calls, reasons[f->reason], term_off(term),
		       source_word(f));
		if (f->cause)
			printf(", cause %u (%s)", f->cause, isdn_cause_name(f->cause));
		if (f->error)
			printf(", %s", isdn_strerror(f->error));
		printf(", in %s\n", isdn_call_state_name(f->state));
	}
}

static void left(const struct load *l, const struct term *term)
{
	const struct isdn_registry_counts *n = &l->left;
	bool any = n->calls || n->handles || n->requests || n->events;

	row("left", "%s%zu calls, %zu handles, %zu requests, %zu events%s", style(term, any),
	    n->calls, n->handles, n->requests, n->events, term_off(term));
}

void report_text(const struct load *l, const struct term *term)
{
	calls(l, term);
	rates(l);
	uui(&l->totals);
	left(l, term);
	times(&l->totals);
	for (unsigned i = 0; i < l->n_spans; i++)
		span(l, &l->span[i]);
	room(l);
	failures(l, term);
}
