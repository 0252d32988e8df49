/* SPDX-License-Identifier: BSD-2-Clause */
/* Who may connect, and act. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* accept4 */
#endif
#include "control/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static int refuse(struct isdn_control *c, int fd)
{
	char line[200];
	int n = snprintf(line, sizeof(line),
			 "{\"isdn_control\":%d,\"ok\":false,\"error\":\"INUSE\",\"text\":\"%u "
			 "clients are connected, which is the most: end one of them\"}\n",
			 C_VERSION, c->max_clients);

	c->counters.refused++;
	(void)send(fd, line, (size_t)n, MSG_NOSIGNAL | MSG_DONTWAIT);
	close(fd);
	return 0;
}

/* Room for one who may act is made by one who may only look. */
static bool make_room(struct isdn_control *c, bool owner)
{
	struct ic_peer *victim = NULL;

	if (c->counters.clients < c->max_clients)
		return true;
	for (struct ic_peer *p = c->peers; owner && p; p = p->next)
		if (!p->owner)
			victim = p; /* the list has the newest first: the oldest of them */
	if (!victim)
		return false;
	ic_log(c, victim, ISDN_LOG_INFO, "gives way to one who may act");
	c->counters.cut++;
	ic_peer_free(victim);
	return true;
}

static bool in_group(int fd, gid_t first, gid_t wanted)
{
	gid_t groups[256]; /* of more than these the first is what counts */
	socklen_t size = sizeof(groups);

	if (first == wanted)
		return true;
	if (getsockopt(fd, SOL_SOCKET, SO_PEERGROUPS, groups, &size) < 0)
		return false;
	for (size_t i = 0; i < size / sizeof(groups[0]); i++)
		if (groups[i] == wanted)
			return true;
	return false;
}

/* Asked for each time: the clock of the wall may have been set. */
static uint64_t epoch_of(const struct isdn_registry *registry)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000 -
	       isdn_registry_now(registry);
}

static void admit(struct isdn_control *c, int fd)
{
	struct ucred who = { .pid = -1, .uid = (uid_t)-1, .gid = (gid_t)-1 };
	socklen_t size = sizeof(who);
	struct ic_peer *p;
	bool owner;

	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &who, &size) < 0) {
		close(fd);
		return;
	}
	owner = who.uid == geteuid() || who.uid == 0 ||
		(c->has_group && in_group(fd, who.gid, c->group));
	if (!make_room(c, owner) || ic_peer_new(c, fd) < 0) {
		refuse(c, fd);
		return;
	}
	p = c->peers;
	p->uid = who.uid;
	p->pid = who.pid;
	p->owner = owner;
	c->counters.accepted++;
	ic_log(c, p, ISDN_LOG_INFO, "connected as %s", owner ? "owner" : "monitor");
	ic_put_object(p, json_pack("{s:i, s:o, s:s, s:s, s:i, s:I}", "isdn_control", C_VERSION,
				   "program", ic_text(c->program), "version", isdn_version(),
				   "privilege", owner ? "owner" : "monitor", "pid", (int)getpid(),
				   "epoch", (json_int_t)epoch_of(c->registry)));
	ic_peer_flush(p);
}

/* Without a descriptor left the connection would wait for ever, and wake us for ever. */
static bool out_of_descriptors(struct isdn_control *c)
{
	int fd;

	if ((errno != EMFILE && errno != ENFILE) || c->spare_fd < 0)
		return false;
	close(c->spare_fd);
	fd = accept4(c->listen_fd, NULL, NULL, SOCK_CLOEXEC);
	if (fd >= 0)
		close(fd);
	c->counters.refused += fd >= 0;
	c->spare_fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
	return fd >= 0;
}

void ic_accept(struct isdn_control *c)
{
	for (int i = 0; i < C_TURN; i++) {
		int fd = accept4(c->listen_fd, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);

		if (fd >= 0)
			admit(c, fd);
		else if (errno != EINTR && errno != ECONNABORTED && !out_of_descriptors(c))
			return;
	}
}
