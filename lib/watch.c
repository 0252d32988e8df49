/* SPDX-License-Identifier: BSD-2-Clause */
/* What others add to a registry: descriptors with their work, and taps of its frames. */
#include <string.h>
#include <sys/epoll.h>

#include "lib/registry.h"

/* Where the watch is in the list, or its end. */
static struct isdn_watch **place(struct isdn_watch **at, const struct isdn_watch *watch)
{
	while (*at && *at != watch)
		at = &(*at)->next;
	return at;
}

int isdn_registry_watch(struct isdn_registry *registry, struct isdn_watch *watch)
{
	struct isdn_registry *r = registry;
	struct epoll_event ev;

	if (!r || !watch || !watch->run)
		return ISDN_ERR_INVALPOINTER;
	if (*place(&r->watches, watch) || *place(&r->new_watches, watch))
		return ISDN_ERR_INVAL;
	memset(&ev, 0, sizeof(ev));
	ev.events = EPOLLIN;
	if (watch->fd >= 0 && epoll_ctl(r->epoll_fd, EPOLL_CTL_ADD, watch->fd, &ev) < 0)
		return ISDN_ERR_IO;
	watch->next = NULL;
	*place(r->watching ? &r->new_watches : &r->watches, NULL) = watch;
	return 0;
}

void isdn_registry_unwatch(struct isdn_registry *registry, struct isdn_watch *watch)
{
	struct isdn_registry *r = registry;
	struct isdn_watch **at;

	if (!r || !watch)
		return;
	at = place(&r->watches, watch);
	if (!*at)
		at = place(&r->new_watches, watch);
	if (!*at)
		return;
	if (r->next_watch == watch)
		r->next_watch = watch->next;
	*at = watch->next;
	if (watch->fd >= 0)
		epoll_ctl(r->epoll_fd, EPOLL_CTL_DEL, watch->fd, NULL);
}

/* Those that are added meanwhile wait: one that leaves and comes back has its turn once. */
void ir_watches_run(struct isdn_registry *r)
{
	r->watching = true;
	for (struct isdn_watch *w = r->watches; w; w = r->next_watch) {
		r->next_watch = w->next; /* moves on when that one goes */
		w->run(r, w);
	}
	r->watching = false;
	*place(&r->watches, NULL) = r->new_watches;
	r->new_watches = NULL;
}

static void frame(void *arg, unsigned tag, bool net, enum isdn_trace_dir dir, const uint8_t *octets,
		  size_t len, isdn_time now)
{
	struct isdn_registry *r = arg;

	if (r->env.trace.frame)
		r->env.trace.frame(r->env.trace.arg, tag, net, dir, octets, len, now);
	for (struct isdn_tap *t = r->taps; t; t = r->next_tap) {
		r->next_tap = t->next; /* moves on when that one goes */
		t->frame(t, tag, net, dir, octets, len, now);
	}
}

struct isdn_trace ir_trace(struct isdn_registry *r)
{
	return r->taps ? (struct isdn_trace){ frame, r } : r->env.trace;
}

static void trace_spans(struct isdn_registry *r)
{
	const struct isdn_trace trace = ir_trace(r);

	for (unsigned i = 0; i < r->top; i++)
		if (r->span[i])
			ir_line_trace(r->span[i], &trace);
}

static struct isdn_tap **tap_place(struct isdn_registry *r, const struct isdn_tap *tap)
{
	struct isdn_tap **at = &r->taps;

	while (*at && *at != tap)
		at = &(*at)->next;
	return at;
}

int isdn_registry_tap(struct isdn_registry *registry, struct isdn_tap *tap)
{
	if (!registry || !tap || !tap->frame)
		return ISDN_ERR_INVALPOINTER;
	if (*tap_place(registry, tap))
		return ISDN_ERR_INVAL;
	tap->next = NULL;
	*tap_place(registry, NULL) = tap;
	trace_spans(registry);
	return 0;
}

void isdn_registry_untap(struct isdn_registry *registry, struct isdn_tap *tap)
{
	struct isdn_tap **at = registry && tap ? tap_place(registry, tap) : NULL;

	if (!at || !*at)
		return;
	if (registry->next_tap == tap)
		registry->next_tap = tap->next;
	*at = tap->next;
	trace_spans(registry);
}
