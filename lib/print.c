/* SPDX-License-Identifier: BSD-2-Clause */
/* The state of a registry as text, for tools and bug reports; and the count of its objects. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "lib/registry.h"

struct out {
	void (*line)(void *arg, const char *text);
	void *arg;
};

static void line(const struct out *o, const char *format, ...) ISDN_PRINTF(2, 3);
static void line(const struct out *o, const char *format, ...)
{
	char text[512];
	va_list ap;

	va_start(ap, format);
	vsnprintf(text, sizeof(text), format, ap);
	va_end(ap);
	o->line(o->arg, text);
}

/* One line a link, and one of what it counted. */
static void print_link(const struct out *o, const struct isdn_link *l)
{
	const struct isdn_link_counters *c = &l->counters;
	char text[400];
	size_t n = 0;

	line(o,
	     "  link SAPI %u TEI %u: state %u%s%s, %u sent and %u waiting, established %llu times, "
	     "T200 expired %llu times, retransmitted %llu, last MDL-ERROR %c",
	     l->sapi, l->tei, l->state, l->peer_busy ? ", peer busy" : "",
	     l->own_busy ? ", own receiver busy" : "", l->unacknowledged, l->waiting,
	     (unsigned long long)c->established, (unsigned long long)c->t200_expiries,
	     (unsigned long long)c->retransmissions, c->last_error ? c->last_error : '-');
	for (unsigned t = 0; t < ISDN_FRAME_TYPES && n < sizeof(text); t++)
		if (c->in[t] || c->out[t])
			n += (size_t)snprintf(text + n, sizeof(text) - n, " %s %llu/%llu",
					      isdn_frame_name((enum isdn_frame_type)t),
					      (unsigned long long)c->in[t],
					      (unsigned long long)c->out[t]);
	if (n)
		line(o, "    frames in/out:%s", text);
}

static void print_links(const struct out *o, const struct isdn_provider *p)
{
	struct isdn_link links[16]; /* a bus has 8 terminals */
	size_t n = p->ops->links ? p->ops->links(p, links, 16) : 0;

	for (size_t i = 0; i < n && i < 16; i++)
		print_link(o, &links[i]);
	if (n > 16)
		line(o, "  and %zu links more", n - 16);
}

static void print_span(const struct out *o, const struct isdn_provider *p)
{
	struct isdn_span_info i = { .spec = "" };

	p->ops->info(p, &i);
	line(o, "span %u %s: link %s%s, %zu calls, frames in %llu out %llu, retransmitted %llu",
	     p->number, i.spec, i.up ? "up" : "down", i.alarm ? " (alarm)" : "", i.calls,
	     (unsigned long long)i.counters.frames_in, (unsigned long long)i.counters.frames_out,
	     (unsigned long long)i.counters.retransmissions);
	print_links(o, p);
}

static size_t queued(const struct isdn_client *c)
{
	size_t n = 0;

	for (const struct ir_event_node *e = c->head; e; e = e->next)
		n++;
	return n;
}

static void print_relations(const struct out *o, const struct ir_call *c)
{
	if (ir_is_party(c))
		line(o, "  party of call %llu", (unsigned long long)c->hub->serial);
	if (c->trunk)
		line(o, "  at a station of call %llu", (unsigned long long)c->trunk->serial);
	if (c->linked)
		line(o, "  linked to call %llu", (unsigned long long)c->linked->serial);
	if (c->consult_of)
		line(o, "  consultation call of call %llu",
		     (unsigned long long)c->consult_of->serial);
}

static void print_title(const struct out *o, const struct ir_call *c, isdn_time now)
{
	const char *state = isdn_call_state_name(c->state);
	const char *mode = c->state == ISDN_CALL_CONNECTED && !ir_call_active(c) ? " INACTIVE" : "";
	const struct ir_call *leg = ir_leg_const(c);

	if (ir_is_parent(c))
		line(o, "call %llu conference of %u: %s for %llu ms%s",
		     (unsigned long long)c->serial, c->hub->n, state,
		     (unsigned long long)(now - c->since), c->dropping ? ", dropping" : "");
	else
		line(o,
		     "call %llu %s span %u channel %u %s -> %s: %s%s for %llu ms%s, cause %u (%s)",
		     (unsigned long long)c->serial,
		     c->is_trunk			? "shared"
		     : c->origin == ISDN_ORIGIN_INBOUND ? "in"
							: "out",
		     leg->span, leg->channel, *leg->calling ? leg->calling : "-",
		     *leg->called ? leg->called : "-", state, mode,
		     (unsigned long long)(now - c->since), c->dropping ? ", dropping" : "",
		     c->cause, isdn_cause_name(c->cause));
}

static void print_call(const struct out *o, const struct ir_call *c, isdn_time now)
{
	print_title(o, c, now);
	print_relations(o, c);
	for (const struct ir_handle *h = c->handles; h; h = h->next_of_call)
		line(o, "  handle %llx %s \"%s\"", (unsigned long long)h->id,
		     h->privilege == ISDN_OWNER ? "owner" : "monitor", h->client->name);
	for (const struct ir_request *q = c->requests; q; q = q->next_of_call)
		line(o, "  request %d pending", q->id);
	if (!c->handles && !c->is_trunk)
		line(o, "  nobody holds it");
}

static void print_bridge(const struct out *o, const struct ir_bridge *b)
{
	line(o, "shared line %llu span %u number %s: %u stations use it, %u calls",
	     (unsigned long long)b->id, b->span, b->any ? "any" : b->number, b->in_use, b->calls);
	for (const struct ir_station *s = b->stations; s; s = s->next)
		line(o, "  station \"%s\"%s", s->client->name, s->monitored ? " monitored" : "");
}

void isdn_registry_print(const struct isdn_registry *registry,
			 void (*print)(void *arg, const char *text), void *arg)
{
	const struct out o = { print, arg };
	const struct ir_call *c;
	isdn_time now;

	if (!registry || !print)
		return;
	now = ir_now(registry);
	line(&o, "registry: %zu calls, %zu handles, %zu requests, %zu events", registry->n_calls,
	     registry->n_handles, registry->n_requests, registry->n_events);
	for (unsigned i = 0; i < registry->top; i++)
		if (registry->span[i])
			print_span(&o, registry->span[i]);
	for (const struct isdn_client *k = registry->clients; k; k = k->next)
		line(&o, "client \"%s\" %s: %zu events wait", k->name,
		     k->privilege == ISDN_OWNER ? "owner" : "monitor", queued(k));
	for (const struct ir_bridge *b = registry->bridges; b; b = b->next)
		print_bridge(&o, b);
	for (c = registry->calls; c; c = c->next)
		print_call(&o, c, now);
}

void isdn_registry_counts(const struct isdn_registry *registry, struct isdn_registry_counts *counts)
{
	if (!registry || !counts)
		return;
	*counts = (struct isdn_registry_counts){ .calls = registry->n_calls,
						 .handles = registry->n_handles,
						 .requests = registry->n_requests,
						 .events = registry->n_events };
	for (unsigned i = 0; i < registry->top; i++)
		counts->spans += registry->span[i] != NULL;
	for (const struct isdn_client *c = registry->clients; c; c = c->next)
		counts->clients++;
}

static void note_leak(struct isdn_leak *out, const struct ir_handle *h)
{
	const struct ir_call *call = h->call, *leg = ir_leg_const(call);

	*out = (struct isdn_leak){ .id = call->serial,
				   .client = h->client->name,
				   .privilege = h->privilege,
				   .span = call->span,
				   .since = call->since };
	memcpy(out->called, leg->called, sizeof(out->called));
	memcpy(out->calling, leg->calling, sizeof(out->calling));
}

size_t isdn_registry_leaks(const struct isdn_registry *registry, struct isdn_leak *out, size_t cap)
{
	size_t n = 0;

	for (const struct ir_call *c = registry ? registry->calls : NULL; c; c = c->next)
		for (const struct ir_handle *h = c->handles; h; h = h->next_of_call) {
			if (c->state != ISDN_CALL_IDLE)
				continue;
			if (out && n < cap)
				note_leak(&out[n], h);
			n++;
		}
	return n;
}
