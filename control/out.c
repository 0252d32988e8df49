/* SPDX-License-Identifier: BSD-2-Clause */
/* What goes to a connection: lines that wait until they can be sent, within max_output. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* MSG_NOSIGNAL */
#endif
#include "control/internal.h"

#include <errno.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#define OUT_FIRST 4096

void ic_cut(struct ic_peer *p, const char *why)
{
	if (p->cut)
		return;
	p->cut = true;
	p->control->counters.cut++;
	ic_log(p->control, p, ISDN_LOG_WARNING, "cut off: %s", why);
	ic_again(p->control);
}

static bool room_for(struct ic_peer *p, size_t len)
{
	size_t cap = p->cap_out ? p->cap_out : OUT_FIRST;
	char *grown;

	if (p->out_at && p->n_out + len > cap) {
		memmove(p->out, p->out + p->out_at, p->n_out - p->out_at);
		p->n_out -= p->out_at;
		p->out_at = 0;
	}
	if (p->n_out + len > p->control->max_output)
		return false;
	while (cap < p->n_out + len)
		cap *= 2;
	if (cap == p->cap_out)
		return true;
	grown = ic_grown(p->control, p->out, p->n_out, cap);
	if (!grown)
		return false;
	p->out = grown;
	p->cap_out = cap;
	return true;
}

void ic_put(struct ic_peer *p, const char *text, size_t len)
{
	if (p->cut || p->deaf)
		return;
	if (!room_for(p, len)) {
		ic_cut(p, "it does not read, or memory ran out");
		return;
	}
	memcpy(p->out + p->n_out, text, len);
	p->n_out += len;
}

static int put(const char *text, size_t len, void *peer)
{
	ic_put(peer, text, len);
	return 0;
}

void ic_put_object(struct ic_peer *p, json_t *object)
{
	if (!object || json_dump_callback(object, put, p, JSON_COMPACT))
		ic_cut(p, "memory ran out");
	else
		ic_put(p, "\n", 1);
	json_decref(object);
}

size_t ic_waits(const struct ic_peer *p)
{
	return p->n_out - p->out_at;
}

static void poll_for(struct ic_peer *p)
{
	struct epoll_event ev = { .data.ptr = p };

	if (!p->ended && ic_waits(p) < C_OUT_MUCH)
		ev.events |= EPOLLIN | EPOLLRDHUP;
	if (ic_waits(p))
		ev.events |= EPOLLOUT;
	if (ev.events == p->polled)
		return;
	p->polled = ev.events;
	(void)epoll_ctl(p->control->watch.fd, EPOLL_CTL_MOD, p->fd, &ev);
}

static void release_buffer(struct ic_peer *p)
{
	p->out_at = p->n_out = 0;
	if (p->cap_out <= OUT_FIRST)
		return;
	ic_free(p->control, p->out); /* a thousand answers ago it may have been large */
	p->out = NULL;
	p->cap_out = 0;
}

/* It will read no more; what it asked before is done all the same. */
void ic_deafen(struct ic_peer *p)
{
	p->deaf = true;
	release_buffer(p);
}

bool ic_has_line(const struct ic_peer *p)
{
	return memchr(p->in, '\n', p->n_in) != NULL;
}

/* Everything was answered, or nobody is there to be. */
static bool is_done(const struct ic_peer *p)
{
	return p->ended && !p->n_in && (p->deaf || (!p->pending && !ic_waits(p)));
}

void ic_peer_flush(struct ic_peer *p)
{
	while (!p->cut && ic_waits(p)) {
		ssize_t n = send(p->fd, p->out + p->out_at, ic_waits(p),
				 MSG_NOSIGNAL | MSG_DONTWAIT);

		if (n > 0)
			p->out_at += (size_t)n;
		else if (n < 0 && errno == EINTR)
			continue;
		else if (n < 0 && errno != EAGAIN)
			ic_deafen(p);
		else
			break;
	}
	if (!ic_waits(p))
		release_buffer(p);
	p->cut = p->cut || is_done(p);
	if (ic_waits(p) < C_OUT_MUCH && ic_has_line(p))
		p->more = true; /* it waited for room, and no descriptor tells that there is now */
	if (p->cut)
		ic_again(p->control);
	else
		poll_for(p);
}
