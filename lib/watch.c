/* SPDX-License-Identifier: BSD-2-Clause */
/* What others add to a registry: descriptors with their work, and taps of its frames. */
#include <string.h>
#include <sys/epoll.h>

#include "lib/registry.h"

int isdn_registry_watch(struct isdn_registry *registry, struct isdn_watch *watch)
{
	struct epoll_event ev;

	if (!registry || !watch || !watch->run)
		return ISDN_ERR_INVALPOINTER;
	memset(&ev, 0, sizeof(ev));
	ev.events = EPOLLIN;
	if (watch->fd >= 0 && epoll_ctl(registry->epoll_fd, EPOLL_CTL_ADD, watch->fd, &ev) < 0)
		return ISDN_ERR_IO;
	watch->next = registry->watches;
	registry->watches = watch;
	return 0;
}

void isdn_registry_unwatch(struct isdn_registry *registry, struct isdn_watch *watch)
{
	struct isdn_watch **at = registry ? &registry->watches : NULL;

	while (at && *at && *at != watch)
		at = &(*at)->next;
	if (!at || !*at)
		return;
	if (registry->next_watch == watch)
		registry->next_watch = watch->next;
	*at = watch->next;
	if (watch->fd >= 0)
		epoll_ctl(registry->epoll_fd, EPOLL_CTL_DEL, watch->fd, NULL);
}

void ir_watches_run(struct isdn_registry *r)
{
	for (struct isdn_watch *w = r->watches; w; w = r->next_watch) {
		r->next_watch = w->next; /* moves on when that one goes */
		w->run(r, w);
	}
}

static void frame(void *arg, unsigned tag, bool net, enum isdn_trace_dir dir, const uint8_t *octets,
		  size_t len, isdn_time now)
{
	struct isdn_registry *r = arg;

	if (r->env.trace.frame)
		r->env.trace.frame(r->env.trace.arg, tag, net, dir, octets, len, now);
	for (struct isdn_tap *t = r->taps; t; t = t->next)
		t->frame(t, tag, net, dir, octets, len, now);
}

struct isdn_env ir_tapped_env(struct isdn_registry *r)
{
	struct isdn_env env = r->env;

	env.trace.frame = frame;
	env.trace.arg = r;
	return env;
}

int isdn_registry_tap(struct isdn_registry *registry, struct isdn_tap *tap)
{
	if (!registry || !tap || !tap->frame)
		return ISDN_ERR_INVALPOINTER;
	tap->next = registry->taps;
	registry->taps = tap;
	return 0;
}

void isdn_registry_untap(struct isdn_registry *registry, struct isdn_tap *tap)
{
	struct isdn_tap **at = registry ? &registry->taps : NULL;

	while (at && *at && *at != tap)
		at = &(*at)->next;
	if (at && *at)
		*at = tap->next;
}
