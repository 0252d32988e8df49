/* SPDX-License-Identifier: BSD-2-Clause */
/* What the tests of the socket driver share. Define _GNU_SOURCE before. */
#ifndef TEST_DRIVER_SOCKET_H
#define TEST_DRIVER_SOCKET_H

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "tests/test_driver_help.h"

static char directory[64];
static struct isdn_env env;
static struct help_mem mem;
static int fds;

static inline int begin(void **state)
{
	(void)state;
	strcpy(directory, "/tmp/isdn-socket-XXXXXX");
	assert_non_null(mkdtemp(directory));
	help_env(&env, &mem);
	signal(SIGPIPE, SIG_DFL); /* a write to a closed peer must not raise it */
	fds = help_fds();
	return 0;
}

/* Each test leaves no memory, no descriptor and no file behind. */
static inline int end(void **state)
{
	(void)state;
	assert_int_equal(mem.held, 0);
	assert_int_equal(help_fds(), fds);
	return rmdir(directory);
}

static inline const char *path(void)
{
	static char p[96];

	snprintf(p, sizeof(p), "%s/line", directory);
	return p;
}

static inline int open_text(struct id_port **port, const char *options, struct isdn_error *error)
{
	char text[256];

	snprintf(text, sizeof(text), "%s%s", path(), options);
	return help_open(&id_socket, port, text, NULL, &env, error);
}

static inline struct id_port *must_open(const char *options)
{
	struct id_port *p = NULL;

	assert_int_equal(open_text(&p, options, NULL), 0);
	return p;
}

/* A port over one end of a pair; *fd is the other end, raw. */
static inline struct id_port *over_pair(const char *options, int *fd)
{
	struct id_port *p = NULL;
	char text[64];
	int sv[2];

	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK, 0, sv), 0);
	snprintf(text, sizeof(text), "fd=%d%s", sv[0], options);
	assert_int_equal(help_open(&id_socket, &p, text, NULL, &env, NULL), 0);
	*fd = sv[1];
	return p;
}

static inline int raw(int type, bool listens)
{
	struct sockaddr_un sa = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, type, 0);

	assert_true(fd >= 0);
	strcpy(sa.sun_path, path());
	assert_int_equal(listens ? bind(fd, (struct sockaddr *)&sa, sizeof(sa))
				 : connect(fd, (struct sockaddr *)&sa, sizeof(sa)),
			 0);
	if (listens && type != SOCK_DGRAM)
		assert_int_equal(listen(fd, 1), 0);
	return fd;
}

static inline bool readable(struct id_port *p)
{
	struct pollfd pfd = { .fd = -1 };

	pfd.fd = id_socket.fd(p, &pfd.events);
	assert_true(pfd.fd >= 0);
	return poll(&pfd, 1, 0) == 1;
}

static inline void assert_carries(struct id_port *from, struct id_port *to)
{
	uint8_t sent[ID_FRAME_MAX], got[ID_FRAME_MAX];

	for (size_t len = 1; len <= sizeof(sent); len = len < 9 ? len + 1 : 2 * len) {
		memset(sent, (int)len, len);
		assert_int_equal(id_socket.send(from, sent, len, 0), 0);
		assert_true(readable(to));
		assert_no_event(&id_socket, to);
		assert_int_equal(id_socket.recv(to, got, sizeof(got), 0), len);
		assert_memory_equal(got, sent, len);
	}
	assert_int_equal(id_socket.recv(to, got, sizeof(got), 0), 0);
}

#define T(f) cmocka_unit_test_setup_teardown(f, begin, end)

#endif
