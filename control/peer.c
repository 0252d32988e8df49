/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One connection. What it sends is bounded by a line, what waits for it by max_output; while much
 * waits, nothing more is read, so one that asks much and reads little stops itself.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* MSG_NOSIGNAL */
#endif
#include "control/internal.h"

#include <errno.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#define OUT_FIRST 4096
#define OUT_MUCH  (32 * 1024) /* waits: no further request is taken */

int ic_peer_new(struct isdn_control *c, int fd)
{
	struct epoll_event ev = { .events = EPOLLIN | EPOLLRDHUP };
	struct ic_peer *p = ic_alloc(c, sizeof(*p));

	if (!p)
		return ISDN_ERR_NOMEM;
	p->control = c;
	p->fd = fd;
	p->polled = ev.events;
	ev.data.ptr = p;
	if (epoll_ctl(c->watch.fd, EPOLL_CTL_ADD, fd, &ev) < 0) {
		ic_free(c, p);
		return ISDN_ERR_IO;
	}
	p->next = c->peers;
	c->peers = p;
	c->counters.clients++;
	return 0;
}

void ic_peer_free(struct ic_peer *p)
{
	struct isdn_control *c = p->control;
	struct ic_peer **at = &c->peers;

	while (*at != p)
		at = &(*at)->next;
	*at = p->next;
	c->counters.clients--;
	ic_tap_needed(c);
	ic_pending_free(p);
	isdn_client_close(p->client);
	/* A child of the program may have the descriptor too, and then close alone does neither. */
	(void)epoll_ctl(c->watch.fd, EPOLL_CTL_DEL, p->fd, NULL);
	(void)shutdown(p->fd, SHUT_RDWR);
	close(p->fd);
	ic_free(c, p->known);
	ic_free(c, p->out);
	ic_free(c, p);
}

static void cut(struct ic_peer *p, const char *why)
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
		cut(p, "it does not read, or memory ran out");
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
		cut(p, "memory ran out");
	else
		ic_put(p, "\n", 1);
	json_decref(object);
}

static size_t waits(const struct ic_peer *p)
{
	return p->n_out - p->out_at;
}

static void poll_for(struct ic_peer *p)
{
	struct epoll_event ev = { .data.ptr = p };

	if (!p->ended && waits(p) < OUT_MUCH)
		ev.events |= EPOLLIN | EPOLLRDHUP;
	if (waits(p))
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
static void deafen(struct ic_peer *p)
{
	p->deaf = true;
	release_buffer(p);
}

static bool has_line(const struct ic_peer *p)
{
	return memchr(p->in, '\n', p->n_in) != NULL;
}

/* Everything was answered, or nobody is there to be. */
static bool is_done(const struct ic_peer *p)
{
	return p->ended && !p->n_in && (p->deaf || (!p->pending && !waits(p)));
}

void ic_peer_flush(struct ic_peer *p)
{
	while (!p->cut && waits(p)) {
		ssize_t n = send(p->fd, p->out + p->out_at, waits(p), MSG_NOSIGNAL | MSG_DONTWAIT);

		if (n > 0)
			p->out_at += (size_t)n;
		else if (n < 0 && errno == EINTR)
			continue;
		else if (n < 0 && errno != EAGAIN)
			deafen(p);
		else
			break;
	}
	if (!waits(p))
		release_buffer(p);
	p->cut = p->cut || is_done(p);
	if (waits(p) < OUT_MUCH && has_line(p))
		p->more = true; /* it waited for room, and no descriptor tells that there is now */
	if (p->cut)
		ic_again(p->control);
	else
		poll_for(p);
}

/* False: nothing more to be had now. */
static bool receive(struct ic_peer *p)
{
	ssize_t n = recv(p->fd, p->in + p->n_in, sizeof(p->in) - p->n_in, MSG_DONTWAIT);

	if (n > 0)
		p->n_in += (size_t)n;
	else if (n == 0)
		p->ended = true;
	else if (errno != EAGAIN && errno != EINTR)
		p->ended = true; /* it closed, and what we sent was not read */
	return n > 0;
}

/* Requests that are there whole, while there is room for their answers. */
static int take_lines(struct ic_peer *p, int turn)
{
	size_t at = 0;
	char *end = NULL;

	while (turn > 0 && !p->cut && waits(p) < OUT_MUCH &&
	       (end = memchr(p->in + at, '\n', p->n_in - at)) != NULL) {
		ic_request(p, p->in + at, (size_t)(end - p->in) - at);
		at = (size_t)(end - p->in) + 1;
		turn--;
	}
	p->n_in -= at;
	memmove(p->in, p->in + at, p->n_in);
	if (!end && turn > 0 && p->n_in == sizeof(p->in) && !has_line(p)) {
		ic_answer(p, NULL, NULL, C_SYNTAX, "a request line has at most 8192 octets",
			  json_object());
		ic_peer_flush(p);
		cut(p, "a line too long");
	}
	if (p->ended && !has_line(p))
		p->n_in = 0; /* what stands behind the last line is no request */
	return turn;
}

void ic_peer_serve(struct ic_peer *p, uint32_t events)
{
	int turn = C_TURN;

	if (p->cut)
		return;
	if (events & (EPOLLERR | EPOLLHUP))
		deafen(p); /* which would be told for ever */
	else if (events & EPOLLOUT)
		ic_peer_flush(p);
	turn = take_lines(p, turn);
	while (turn > 0 && !p->cut && !p->ended && waits(p) < OUT_MUCH && p->n_in < sizeof(p->in) &&
	       receive(p))
		turn = take_lines(p, turn);
	if (p->ended)
		turn = take_lines(p, turn);
	p->more = turn <= 0 && !p->cut; /* what was received is not all done */
}
