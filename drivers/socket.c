/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * socket:/path and socket:fd=N - a D-channel over a Unix socket of type
 * SOCK_SEQPACKET, one frame a packet. With the option "listen" the port binds
 * the path and takes one peer after the other; without, it connects.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* accept4, POLLRDHUP */
#endif
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stddef.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/env.h"
#include "drivers/fcs.h"
#include "drivers/table.h"

#define FCS_LEN 2
#define BATCH	64 /* what one call takes at most, whatever the far end does */

struct id_port {
	struct isdn_env env;
	int listener, peer; /* descriptors, -1: none */
	/*
	 * A listener's peers come and go, but the descriptor to poll must stay the
	 * same one: this one, which holds those two. -1 without "listen".
	 */
	int epoll;
	bool fcs;		    /* two octets of FCS on each frame */
	bool waiting;		    /* a frame waits for room */
	bool alarm, cut;	    /* as in loop.c */
	bool gone, told;	    /* the far end closed a port that does not listen */
	uint32_t bad_fcs, overruns; /* events not told yet */
	struct sockaddr_un address;
	dev_t dev; /* of the path that this port made, to remove no other */
	ino_t ino;
};

static int fail(struct isdn_error *error, const char *address, const char *what)
{
	int code = errno == EACCES || errno == EPERM	 ? ISDN_ERR_ACCESS
		   : errno == ENOENT || errno == ENOTDIR ? ISDN_ERR_NODEV
		   : errno == ENOMEM			 ? ISDN_ERR_NOMEM
							 : ISDN_ERR_IO;

	return ib_error(error, code, "socket:%.120s: %s: %s", address, what, strerror(errno));
}

static int new_socket(void)
{
	return socket(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
}

static int connect_to(int fd, const struct sockaddr_un *address)
{
	return connect(fd, (const struct sockaddr *)address, sizeof(*address));
}

/* socket:fd=N: the descriptor is the port's from here on, but only when all is well. */
static int open_fd(struct id_port *p, const char *address, struct isdn_error *error)
{
	unsigned fd;
	int type = 0, listening = 0;
	const char *wrong = NULL;
	struct sockaddr_storage peer;
	socklen_t len = sizeof(type);

	if (!id_number(address + strlen("fd="), INT32_MAX, &fd))
		return ib_error(error, ISDN_ERR_SPEC,
				"socket:%.40s: the number of an open descriptor is needed",
				address);
	if (getsockopt((int)fd, SOL_SOCKET, SO_TYPE, &type, &len) < 0)
		return ib_error(error, ISDN_ERR_NODEV, "socket:%.40s: %s", address,
				errno == EBADF ? "this descriptor is not open"
					       : "this descriptor is not a socket");
	len = sizeof(listening);
	getsockopt((int)fd, SOL_SOCKET, SO_ACCEPTCONN, &listening, &len);
	len = sizeof(peer);
	if (type != SOCK_SEQPACKET)
		wrong = "has another type";
	else if (listening)
		wrong = "listens";
	else if (getpeername((int)fd, (struct sockaddr *)&peer, &len) < 0)
		wrong = "is not connected";
	if (wrong)
		return ib_error(error, ISDN_ERR_DEVTYPE,
				"socket:%.40s: a connected socket of type SOCK_SEQPACKET is "
				"needed, this one %s",
				address, wrong);
	fcntl((int)fd, F_SETFD, FD_CLOEXEC);
	p->peer = (int)fd;
	return 0;
}

static int open_connect(struct id_port *p, const char *address, struct isdn_error *error)
{
	p->peer = new_socket();
	if (p->peer < 0)
		return fail(error, address, "socket");
	if (connect_to(p->peer, &p->address) == 0)
		return 0;
	switch (errno) {
	case ENOENT:
	case ECONNREFUSED:
		return ib_error(error, ISDN_ERR_NODEV,
				"socket:%.120s: nobody listens there; start the other end first, "
				"with the option \"listen\"",
				address);
	case EPROTOTYPE:
		return ib_error(error, ISDN_ERR_DEVTYPE,
				"socket:%.120s: this socket is not of type SOCK_SEQPACKET",
				address);
	case EAGAIN:
		return ib_error(error, ISDN_ERR_BUSY, "socket:%.120s: the listener is busy",
				address);
	default:
		return fail(error, address, "connect");
	}
}

/* A listener that died leaves its socket behind: nobody answers there. Only such a one goes. */
static bool remove_stale(const struct sockaddr_un *address)
{
	struct stat st;
	bool stale;
	int fd;

	if (lstat(address->sun_path, &st) < 0 || !S_ISSOCK(st.st_mode))
		return false;
	fd = new_socket();
	if (fd < 0)
		return false;
	stale = connect_to(fd, address) < 0 && errno == ECONNREFUSED;
	close(fd);
	return stale && unlink(address->sun_path) == 0;
}

static int watch(const struct id_port *p, int op, int fd, uint32_t events)
{
	struct epoll_event ev = { .events = events, .data = { .fd = fd } };

	return epoll_ctl(p->epoll, op, fd, &ev);
}

static int open_listen(struct id_port *p, const char *address, struct isdn_error *error)
{
	const struct sockaddr *sa = (const struct sockaddr *)&p->address;
	struct stat st;
	int r;

	p->listener = new_socket();
	if (p->listener < 0)
		return fail(error, address, "socket");
	r = bind(p->listener, sa, sizeof(p->address));
	if (r < 0 && errno == EADDRINUSE && remove_stale(&p->address))
		r = bind(p->listener, sa, sizeof(p->address));
	if (r < 0 && errno == EADDRINUSE)
		return ib_error(error, ISDN_ERR_BUSY,
				"socket:%.120s: another program listens there, or this is not a "
				"socket",
				address);
	if (r < 0)
		return fail(error, address, "bind");
	if (stat(p->address.sun_path, &st) == 0) {
		p->dev = st.st_dev;
		p->ino = st.st_ino;
	}
	if (listen(p->listener, 4) < 0)
		return fail(error, address, "listen");
	p->epoll = epoll_create1(EPOLL_CLOEXEC);
	if (p->epoll < 0 || watch(p, EPOLL_CTL_ADD, p->listener, EPOLLIN) < 0)
		return fail(error, address, "epoll");
	return 0;
}

static void socket_close(struct id_port *p)
{
	struct isdn_env env = p->env;
	struct stat st;

	if (p->peer >= 0)
		close(p->peer);
	if (p->listener >= 0)
		close(p->listener);
	if (p->epoll >= 0)
		close(p->epoll);
	if (p->ino && stat(p->address.sun_path, &st) == 0 && st.st_dev == p->dev &&
	    st.st_ino == p->ino)
		unlink(p->address.sun_path);
	ib_free(&env, p);
}

static int open_path(struct id_port *p, const char *address, bool listens, struct isdn_error *error)
{
	if (!*address)
		return ib_error(error, ISDN_ERR_SPEC, "socket: a path or fd=N is needed");
	if (strlen(address) >= sizeof(p->address.sun_path))
		return ib_error(error, ISDN_ERR_SPEC,
				"socket:%.80s...: the path is longer than %d octets", address,
				(int)sizeof(p->address.sun_path) - 1);
	p->address.sun_family = AF_UNIX;
	strcpy(p->address.sun_path, address);
	return listens ? open_listen(p, address, error) : open_connect(p, address, error);
}

static int socket_open(struct id_port **port, const struct id_args *args, struct id_shared *shared,
		       const struct isdn_env *env, struct isdn_error *error)
{
	bool listens = false, fcs = false;
	bool given = !strncmp(args->address, "fd=", 3);
	struct id_port *p;
	int err = id_option_flag(args, "listen", &listens, error);

	(void)shared;
	if (!err)
		err = id_option_flag(args, "fcs", &fcs, error);
	if (!err && given && listens)
		err = ib_error(error, ISDN_ERR_SPEC,
			       "socket:%.40s: \"listen\" goes with a path only", args->address);
	if (err)
		return err;
	p = ib_alloc(env, sizeof(*p));
	if (!p)
		return ib_error(error, ISDN_ERR_NOMEM, "socket:%.120s: no memory", args->address);
	p->env = *env;
	p->listener = p->peer = p->epoll = -1;
	p->fcs = fcs;
	err = given ? open_fd(p, args->address, error)
		    : open_path(p, args->address, listens, error);
	if (err) {
		socket_close(p);
		return err;
	}
	*port = p;
	return 0;
}

/* The peer closed. A listener waits for the next one, any other port is at its end. */
static void lost(struct id_port *p)
{
	if (p->listener < 0) {
		p->gone = true;
		return;
	}
	close(p->peer); /* which takes it out of the epoll set */
	p->peer = -1;
	p->cut = true;
	p->waiting = false;
}

/* Nothing to read with success: a packet of no octets, or the end? */
static bool at_end(int fd)
{
	struct pollfd pfd = { .fd = fd, .events = POLLRDHUP };

	return poll(&pfd, 1, 0) > 0 && pfd.revents & (POLLRDHUP | POLLHUP | POLLERR);
}

/*
 * Take who waits: as the peer when there is none, else close at once, which
 * tells it that the line is taken. A peer that closed before the new one came
 * does not count.
 */
static void take_peers(struct id_port *p)
{
	for (int i = 0; i < BATCH; i++) {
		int fd = accept4(p->listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);

		if (fd < 0)
			return;
		if (p->peer >= 0 && at_end(p->peer))
			lost(p);
		if (p->peer < 0 && watch(p, EPOLL_CTL_ADD, fd, EPOLLIN) == 0)
			p->peer = fd;
		else
			close(fd);
	}
}

static int socket_fd(struct id_port *p, short *events)
{
	if (p->epoll >= 0) {
		*events = POLLIN;
		return p->epoll;
	}
	*events = p->waiting ? POLLIN | POLLOUT : POLLIN;
	return p->peer;
}

static bool alarm_waits(const struct id_port *p)
{
	if (p->listener < 0)
		return false;
	return p->alarm ? p->peer >= 0 : p->cut || p->peer < 0;
}

static isdn_time socket_deadline(struct id_port *p)
{
	bool waits = alarm_waits(p) || (p->gone && !p->told) || p->bad_fcs || p->overruns;

	return waits ? 0 : ISDN_NEVER;
}

/* One packet, FCS cut off: octets, 0: one that counted as an event, or errno negated. */
static int packet(struct id_port *p, uint8_t *frame, size_t cap)
{
	uint8_t octets[ID_FRAME_MAX + FCS_LEN];
	struct iovec iov = { octets, sizeof(octets) };
	struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1 };
	size_t fcs = p->fcs ? FCS_LEN : 0;
	ssize_t n;

	do
		n = recvmsg(p->peer, &msg, MSG_DONTWAIT);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return -errno;
	if (n == 0 && at_end(p->peer))
		return -EPIPE;
	if ((size_t)n <= fcs) {
		p->bad_fcs++;
		return 0;
	}
	n -= (ssize_t)fcs;
	if (msg.msg_flags & MSG_TRUNC || (size_t)n > cap) {
		p->overruns++;
		return 0;
	}
	memcpy(frame, octets, (size_t)n);
	return (int)n;
}

static int socket_recv(struct id_port *p, uint8_t *frame, size_t cap, isdn_time now)
{
	int n;

	(void)now;
	if (p->gone)
		return ISDN_ERR_REMOVED;
	if (p->peer < 0)
		return 0;
	for (int i = 0; i < BATCH; i++) {
		n = packet(p, frame, cap);
		if (n > 0)
			return n;
		if (n == -EAGAIN || n == -EWOULDBLOCK) {
			if (p->listener >= 0)
				take_peers(p);
			return 0;
		}
		/* A reset is told before what still waits to be read. */
		if (n < 0 && n != -ECONNRESET) {
			lost(p);
			return p->gone ? ISDN_ERR_REMOVED : 0;
		}
	}
	return 0;
}

static void wait_for_room(struct id_port *p, bool waiting)
{
	if (p->waiting == waiting)
		return;
	p->waiting = waiting;
	if (p->epoll >= 0)
		watch(p, EPOLL_CTL_MOD, p->peer, waiting ? EPOLLIN | EPOLLOUT : EPOLLIN);
}

static int socket_send(struct id_port *p, const uint8_t *frame, size_t len, isdn_time now)
{
	uint16_t crc = p->fcs ? id_fcs(frame, len) : 0;
	uint8_t fcs[FCS_LEN] = { (uint8_t)crc, (uint8_t)(crc >> 8) };
	/* sendmsg only reads what the vector points to */
	struct iovec iov[2] = { { (void *)(uintptr_t)frame, len }, { fcs, sizeof(fcs) } };
	struct msghdr msg = { .msg_iov = iov, .msg_iovlen = p->fcs ? 2 : 1 };
	ssize_t n;

	(void)now;
	if (len == 0 || len > ID_FRAME_MAX)
		return ISDN_ERR_INVAL;
	if (p->gone)
		return ISDN_ERR_REMOVED;
	if (p->peer < 0)
		return 0; /* lost, as on a line in alarm */
	do
		n = sendmsg(p->peer, &msg, MSG_DONTWAIT | MSG_NOSIGNAL);
	while (n < 0 && errno == EINTR);
	if (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
		wait_for_room(p, true);
		return ISDN_ERR_AGAIN;
	}
	wait_for_room(p, false);
	/* A peer that closed may have sent something before: recv reads that, then tells the end.
	 */
	if (n < 0 && errno != EPIPE && errno != ECONNRESET)
		return ISDN_ERR_IO;
	return 0;
}

static int socket_event(struct id_port *p, struct id_event *ev)
{
	ev->alarms = 0;
	if (p->listener >= 0 && p->peer < 0)
		take_peers(p);
	if (p->gone && !p->told) {
		p->told = true;
		ev->type = ID_REMOVED;
	} else if (alarm_waits(p)) {
		p->alarm = !p->alarm;
		p->cut = false;
		ev->type = p->alarm ? ID_ALARM : ID_ALARM_CLEAR;
	} else if (p->bad_fcs) {
		p->bad_fcs--;
		ev->type = ID_BAD_FCS;
	} else if (p->overruns) {
		p->overruns--;
		ev->type = ID_OVERRUN;
	} else {
		return 0;
	}
	return 1;
}

const struct id_driver id_socket = {
	.name = "socket",
	.address = "path or fd=N",
	.options = "listen, fcs",
	.open = socket_open,
	.close = socket_close,
	.fd = socket_fd,
	.deadline = socket_deadline,
	.recv = socket_recv,
	.send = socket_send,
	.event = socket_event,
};
