/* SPDX-License-Identifier: BSD-2-Clause */
/* The control socket itself: where it is, and lines to and from it. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* MSG_NOSIGNAL */
#endif
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "attach.h"
#include "cli_internal.h"

#define LINE_MAX_OCTETS (4 << 20)
#define GREETING_MS	10000
#define SYSTEM_SOCKET	"/run/isdn/control"

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* A descriptor, or -errno. */
static int reach(const char *path)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	int fd, err;

	if (strlen(path) >= sizeof(to.sun_path))
		return -ENAMETOOLONG;
	memcpy(to.sun_path, path, strlen(path));
	fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return -errno;
	if (connect(fd, (const struct sockaddr *)&to, sizeof(to)) == 0)
		return fd;
	err = -errno;
	close(fd);
	return err;
}

/* Why nobody answered at path. */
static const char *why_not(const char *path, int err)
{
	struct stat what;

	if (err != ECONNREFUSED)
		return strerror(err);
	return !stat(path, &what) && !S_ISSOCK(what.st_mode) ? "it is no socket"
							     : "nobody listens any more";
}

/* Try one; what did not work is noted in tried. */
static int try(struct attach *a, const char *path, char *tried, size_t cap)
{
	char what[256];

	a->fd = reach(path);
	if (a->fd >= 0)
		return 0;
	snprintf(what, sizeof(what), "%s (%s)", path, why_not(path, -a->fd));
	cli_append(tried, cap, "", what);
	return a->fd;
}

static int find(struct attach *a)
{
	const char *named = a->opt->socket, *dir = getenv("XDG_RUNTIME_DIR"),
		   *usual = getenv("ISDN_SOCKET");
	char path[256], tried[600] = "";
	int err;

	if (!named && usual && *usual)
		named = usual;
	if (named) {
		err = try(a, named, tried, sizeof(tried));
	} else {
		err = -ENOENT;
		if (dir && *dir) {
			snprintf(path, sizeof(path), "%s/isdn/control", dir);
			err = try(a, path, tried, sizeof(tried));
		}
		if (err && err != -EACCES)
			err = try(a, SYSTEM_SOCKET, tried, sizeof(tried));
	}
	if (!err)
		return OK;
	if (err == -EACCES)
		return attach_fail(a, NOT_ALLOWED, "ACCESS",
				   "%s: be the user of the program, or of the socket's group",
				   tried);
	return attach_fail(a, NO_DEVICE, "NODEV",
			   "no program answers: tried %s; name its socket by --socket or "
			   "ISDN_SOCKET; a program opens one by isdn_control_open(3), and "
			   "\"q931-drop demo --serve\" is one",
			   tried);
}

/* Where the next LF is, or -1. */
static ssize_t line_end(struct attach *a)
{
	const char *lf = NULL;

	if (a->end > a->look)
		lf = memchr(a->buffer + a->look, '\n', a->end - a->look);
	a->look = a->end;
	return lf ? lf - a->buffer : -1;
}

/* Room for more octets behind those that are there. */
static bool room(struct attach *a)
{
	char *bigger;

	if (a->begin) {
		memmove(a->buffer, a->buffer + a->begin, a->end - a->begin);
		a->end -= a->begin;
		a->look -= a->begin;
		a->begin = 0;
	}
	if (a->end < a->cap)
		return true;
	if (a->cap >= LINE_MAX_OCTETS)
		return false;
	bigger = realloc(a->buffer, a->cap ? a->cap * 2 : 4096);
	if (!bigger)
		return false;
	a->buffer = bigger;
	a->cap = a->cap ? a->cap * 2 : 4096;
	return true;
}

/* Wait for octets and take them. A status, which was told. */
static int fill(struct attach *a, int64_t end)
{
	struct pollfd p[2] = { { .fd = a->fd, .events = POLLIN },
			       { .fd = end == INT64_MAX ? STDOUT_FILENO : -1 } };
	int64_t left = end == INT64_MAX ? -1 : end - now_ms();
	ssize_t n;
	int ready;

	if (!room(a))
		return attach_fail(a, NO_DEVICE, "SYNTAX", "a line of more than %d octets from %s",
				   LINE_MAX_OCTETS, attach_program(a));
	ready = end != INT64_MAX && left <= 0 ? 0 : poll(p, 2, (int)left);
	if (ready == 0)
		return attach_fail(a, TIMED_OUT, "TIMEOUT",
				   "%s does not answer; --timeout gives it more time",
				   attach_program(a));
	if (ready > 0 && !p[0].revents && p[1].revents)
		raise(SIGPIPE); /* nobody reads what we would say: a watch ends there */
	if (ready < 0 || !p[0].revents)
		return OK;
	n = read(a->fd, a->buffer + a->end, a->cap - a->end);
	if (n < 0 && errno == EINTR)
		return OK;
	if (n <= 0)
		return attach_fail(a, NO_DEVICE, "REMOVED", "%s has gone, or cut us off",
				   attach_program(a));
	a->end += (size_t)n;
	return OK;
}

json_t *attach_line(struct attach *a, int limit, int *status)
{
	int64_t end = limit < 0 ? INT64_MAX : now_ms() + limit;
	json_error_t why;
	json_t *line;
	ssize_t lf;

	while ((lf = line_end(a)) < 0) {
		*status = a->opt->stop && *a->opt->stop ? OK : fill(a, end);
		if (*status != OK || (a->opt->stop && *a->opt->stop))
			return NULL;
	}
	line = json_loadb(a->buffer + a->begin, (size_t)lf - a->begin, 0, &why);
	a->begin = a->look = (size_t)lf + 1;
	if (json_is_object(line))
		return line;
	json_decref(line);
	*status = attach_fail(a, NO_DEVICE, "SYNTAX", "%s sends a line that is no JSON object",
			      attach_program(a));
	return NULL;
}

static bool write_all(int fd, const char *text, size_t len)
{
	while (len) {
		ssize_t n = send(fd, text, len, MSG_NOSIGNAL);

		if (n < 0 && errno != EINTR)
			return false;
		text += n > 0 ? n : 0;
		len -= n > 0 ? (size_t)n : 0;
	}
	return true;
}

json_int_t attach_send(struct attach *a, json_t *request, int *status)
{
	char *text;
	size_t len;
	bool sent;

	json_object_set_new(request, "id", json_integer(++a->last));
	text = json_dumps(request, JSON_COMPACT);
	json_decref(request);
	len = text ? strlen(text) : 0;
	if (text)
		text[len] = '\n'; /* where the NUL was */
	sent = text && write_all(a->fd, text, len + 1);
	free(text);
	if (sent)
		return a->last;
	*status = attach_fail(a, NO_DEVICE, "REMOVED", "%s has gone, or cut us off",
			      attach_program(a));
	return 0;
}

static int greeted(struct attach *a)
{
	int status = OK, ms = a->opt->timeout;

	a->greeting = attach_line(a, ms && ms < GREETING_MS ? ms : GREETING_MS, &status);
	if (!a->greeting)
		return status;
	if (json_object_get(a->greeting, "error"))
		return attach_refused(a, "the program takes nobody more", a->greeting);
	if (json_number(a->greeting, "isdn_control") != 1)
		return attach_fail(a, NO_DEVICE, "SYNTAX",
				   "that is no control socket of libisdn, or of a later version");
	a->epoch = json_number(a->greeting, "epoch");
	attach_clean(&a->out, json_text(a->greeting, "program"), a->name, sizeof(a->name));
	return OK;
}

int attach_open(struct attach *a, const struct attach_options *opt)
{
	int status;

	memset(a, 0, sizeof(*a));
	a->opt = opt;
	a->fd = -1;
	term_look(&a->out, STDOUT_FILENO, (enum term_colour)opt->colour);
	a->answers = json_object();
	status = find(a);
	return status == OK ? greeted(a) : status;
}

void attach_close(struct attach *a)
{
	if (a->fd >= 0)
		close(a->fd);
	json_decref(a->greeting);
	json_decref(a->answers);
	free(a->buffer);
}
