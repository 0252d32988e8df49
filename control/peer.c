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

	while (turn > 0 && !p->cut && ic_waits(p) < C_OUT_MUCH &&
	       (end = memchr(p->in + at, '\n', p->n_in - at)) != NULL) {
		ic_request(p, p->in + at, (size_t)(end - p->in) - at);
		at = (size_t)(end - p->in) + 1;
		turn--;
	}
	p->n_in -= at;
	memmove(p->in, p->in + at, p->n_in);
	if (!end && turn > 0 && p->n_in == sizeof(p->in) && !ic_has_line(p)) {
		ic_answer(p, NULL, NULL, C_SYNTAX, "a request line has at most 8192 octets",
			  json_object());
		ic_peer_flush(p);
		ic_cut(p, "a line too long");
	}
	if (p->ended && !ic_has_line(p))
		p->n_in = 0; /* what stands behind the last line is no request */
	return turn;
}

void ic_peer_serve(struct ic_peer *p, uint32_t events)
{
	int turn = C_TURN;

	if (p->cut)
		return;
	if (events & (EPOLLERR | EPOLLHUP))
		ic_deafen(p); /* which would be told for ever */
	else if (events & EPOLLOUT)
		ic_peer_flush(p);
	turn = take_lines(p, turn);
	while (turn > 0 && !p->cut && !p->ended && ic_waits(p) < C_OUT_MUCH &&
	       p->n_in < sizeof(p->in) && receive(p))
		turn = take_lines(p, turn);
	if (p->ended)
		turn = take_lines(p, turn);
	p->more = turn <= 0 && !p->cut; /* what was received is not all done */
}
