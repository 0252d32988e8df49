/* SPDX-License-Identifier: BSD-2-Clause */
/* The socket: opened, watched beside the registry, and who may connect. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* accept4 */
#endif
#include "control/internal.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#define CLIENTS_MAX 1024
#define OUTPUT_MIN  (64 * 1024)
#define EVENTS	    64 /* descriptors looked at in one turn */

void isdn_control_config_init(struct isdn_control_config *config)
{
	memset(config, 0, sizeof(*config));
	config->size = sizeof(*config);
	config->mode = 0600;
	config->max_clients = 32;
	config->max_output = 1024 * 1024;
}

static int fail(struct isdn_error *error, int code, const char *format, ...) ISDN_PRINTF(3, 4);
static int fail(struct isdn_error *error, int code, const char *format, ...)
{
	va_list ap;

	if (!error)
		return code;
	error->code = code;
	va_start(ap, format);
	vsnprintf(error->text, sizeof(error->text), format, ap);
	va_end(ap);
	return code;
}

static void awake(struct isdn_control *c)
{
	uint64_t count;
	ssize_t n = read(c->again_fd, &count, sizeof(count));

	(void)n;
}

static void sweep(struct isdn_control *c)
{
	for (struct ic_peer *p = c->peers, *next; p; p = next) {
		next = p->next;
		if (p->cut)
			ic_peer_free(p);
	}
}

/* Each has one turn: those that were stopped in their last one first. */
static void serve_rest(struct isdn_control *c)
{
	for (struct ic_peer *p = c->peers; p; p = p->next) {
		p->served = p->more;
		if (p->more)
			ic_peer_serve(p, 0);
	}
}

/* True: somebody wants to connect. */
static bool serve_ready(struct isdn_control *c, const struct epoll_event *ready, int n)
{
	bool knocks = false;

	for (int i = 0; i < n; i++) {
		struct ic_peer *p = ready[i].data.ptr;

		if (p == (void *)c)
			awake(c);
		else if (!p)
			knocks = true;
		else if (!p->served)
			ic_peer_serve(p, ready[i].events);
	}
	return knocks;
}

static void run(struct isdn_registry *registry, struct isdn_watch *watch)
{
	struct isdn_control *c = (struct isdn_control *)watch;
	struct epoll_event ready[EVENTS];
	int n = epoll_wait(watch->fd, ready, EVENTS, 0);
	bool knocks;

	(void)registry;
	serve_rest(c);
	knocks = serve_ready(c, ready, n);
	for (struct ic_peer *p = c->peers; p; p = p->next) {
		ic_events(p);
		ic_peer_flush(p);
		if (p->more)
			ic_again(c);
	}
	sweep(c);
	if (knocks) /* last: a peer that goes to make room may have been ready above */
		ic_accept(c);
	if (n == EVENTS)
		ic_again(c);
}

static int group_of(struct isdn_control *c, const char *group, struct isdn_error *error)
{
	size_t digits = group ? strspn(group, "0123456789") : 0;
	struct group entry, *found = NULL;
	char buffer[4096];

	if (!group)
		return 0;
	c->has_group = true;
	if (digits && digits < 10 && !group[digits]) {
		c->group = (gid_t)strtoul(group, NULL, 10);
		return 0;
	}
	if (getgrnam_r(group, &entry, buffer, sizeof(buffer), &found) || !found)
		return fail(error, ISDN_ERR_INVAL,
			    "control socket: there is no group \"%.64s\": make it, or name another",
			    group);
	c->group = entry.gr_gid;
	return 0;
}

static int of_errno(int e)
{
	return e == EACCES || e == EPERM || e == EROFS ? ISDN_ERR_ACCESS
	       : e == ENOENT || e == ENOTDIR	       ? ISDN_ERR_NODEV
						       : ISDN_ERR_IO;
}

/* True where nobody listens at a socket that is there: it was left behind. */
static bool is_left(const struct sockaddr_un *at)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	bool left = fd >= 0 && connect(fd, (const struct sockaddr *)at, sizeof(*at)) < 0 &&
		    errno == ECONNREFUSED;

	if (fd >= 0)
		close(fd);
	return left;
}

static int remove_left(const struct sockaddr_un *at, struct isdn_error *error)
{
	struct stat st;

	if (lstat(at->sun_path, &st) < 0)
		return 0;
	if (!S_ISSOCK(st.st_mode))
		return fail(error, ISDN_ERR_INUSE,
			    "control socket %s: a file that is no socket has that name: remove it, "
			    "or choose another",
			    at->sun_path);
	if (!is_left(at))
		return fail(error, ISDN_ERR_INUSE,
			    "control socket %s: another program serves it: choose another path",
			    at->sun_path);
	(void)unlink(at->sun_path);
	return 0;
}

/* Mode and group are set before listen: until then nobody can connect. */
static int bind_to(struct isdn_control *c, unsigned mode, struct isdn_error *error)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	struct stat st;
	int err;

	strcpy(at.sun_path, c->path);
	err = remove_left(&at, error);
	if (err)
		return err;
	c->listen_fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (c->listen_fd < 0)
		return fail(error, ISDN_ERR_IO, "control socket %s: %s", c->path, strerror(errno));
	if (bind(c->listen_fd, (struct sockaddr *)&at, sizeof(at)) < 0) {
		err = errno;
		close(c->listen_fd);
		c->listen_fd = -1; /* the path is not ours to remove */
		return fail(error, of_errno(err), "control socket %s: %s%s", c->path, strerror(err),
			    err == ENOENT ? ": make the directory" : "");
	}
	if (lstat(c->path, &st) == 0) {
		c->device = st.st_dev;
		c->inode = st.st_ino;
	}
	if ((c->has_group && chown(c->path, (uid_t)-1, c->group) < 0) || chmod(c->path, mode) < 0 ||
	    listen(c->listen_fd, 64) < 0)
		return fail(error, of_errno(errno), "control socket %s: %s", c->path,
			    strerror(errno));
	return 0;
}

static int poll_all(struct isdn_control *c, struct isdn_error *error)
{
	struct epoll_event listening = { .events = EPOLLIN };
	struct epoll_event again = { .events = EPOLLIN, .data.ptr = c };

	c->watch.fd = epoll_create1(EPOLL_CLOEXEC);
	c->again_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	c->spare_fd = open("/dev/null", O_RDONLY | O_CLOEXEC);
	if (c->watch.fd < 0 || c->again_fd < 0 || c->spare_fd < 0 ||
	    epoll_ctl(c->watch.fd, EPOLL_CTL_ADD, c->listen_fd, &listening) < 0 ||
	    epoll_ctl(c->watch.fd, EPOLL_CTL_ADD, c->again_fd, &again) < 0 ||
	    isdn_registry_watch(c->registry, &c->watch))
		return fail(error, ISDN_ERR_IO, "control socket %s: %s: raise the limit", c->path,
			    strerror(errno));
	return 0;
}

static int check(const struct isdn_registry *registry, const struct isdn_control_config *config,
		 struct isdn_control **control, struct isdn_error *error)
{
	if (!registry || !config || !control || !config->path)
		return fail(error, ISDN_ERR_INVALPOINTER, "%s",
			    isdn_strerror(ISDN_ERR_INVALPOINTER));
	if (strlen(config->path) >= sizeof((*control)->path) || !*config->path)
		return fail(error, ISDN_ERR_INVAL,
			    "control socket \"%.64s\": a path has 1 to %zu octets", config->path,
			    sizeof((*control)->path) - 1);
	if (config->size != sizeof(*config) || config->mode > 0777 || !config->max_clients ||
	    config->max_clients > CLIENTS_MAX || config->max_output < OUTPUT_MIN)
		return fail(error, ISDN_ERR_INVAL,
			    "control socket %s: size, mode, max_clients (1 to %d) or max_output "
			    "(%d at least) is out of range",
			    config->path, CLIENTS_MAX, OUTPUT_MIN);
	return 0;
}

int isdn_control_open(struct isdn_registry *registry, const struct isdn_control_config *config,
		      struct isdn_control **control, struct isdn_error *error)
{
	struct isdn_control *c;
	struct isdn_mem mem;
	int err = check(registry, config, control, error);

	if (err)
		return err;
	*control = NULL;
	mem = ic_mem_of(config);
	c = ic_zeroed(&mem, sizeof(*c));
	if (!c)
		return fail(error, ISDN_ERR_NOMEM, "control socket %s: no memory", config->path);
	c->mem = mem;
	c->registry = registry;
	c->watch.run = run;
	c->watch.fd = c->listen_fd = c->again_fd = c->spare_fd = -1;
	c->log = config->log;
	c->max_clients = config->max_clients;
	c->max_output = config->max_output;
	strcpy(c->path, config->path);
	snprintf(c->program, sizeof(c->program), "%s", config->program ? config->program : "");
	err = group_of(c, config->group, error);
	if (!err)
		err = bind_to(c, config->mode, error);
	if (!err)
		err = poll_all(c, error);
	if (err) {
		isdn_control_close(c);
		return err;
	}
	*control = c;
	return 0;
}

static void close_fd(int fd)
{
	if (fd >= 0)
		close(fd);
}

/* Another may have put its own in that place. */
static bool is_ours(const struct isdn_control *c)
{
	struct stat st;

	return lstat(c->path, &st) == 0 && st.st_dev == c->device && st.st_ino == c->inode;
}

void isdn_control_close(struct isdn_control *control)
{
	struct isdn_control *c = control;
	struct isdn_mem mem;

	if (!c)
		return;
	while (c->peers)
		ic_peer_free(c->peers);
	ic_tap_needed(c);
	if (c->listen_fd >= 0 && is_ours(c))
		(void)unlink(c->path);
	isdn_registry_unwatch(c->registry, &c->watch);
	close_fd(c->listen_fd);
	close_fd(c->again_fd);
	close_fd(c->spare_fd);
	close_fd(c->watch.fd);
	mem = c->mem;
	mem.free(mem.arg, c);
}

int isdn_control_counters(const struct isdn_control *control,
			  struct isdn_control_counters *counters)
{
	if (!control || !counters)
		return ISDN_ERR_INVALPOINTER;
	*counters = control->counters;
	return 0;
}
