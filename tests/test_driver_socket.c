/* SPDX-License-Identifier: BSD-2-Clause */
/* The socket driver: frames as packets of a Unix socket, peers that come and go, hostile peers. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* mkdtemp */
#endif
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
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

static int begin(void **state)
{
	(void)state;
	strcpy(directory, "/tmp/isdn-socket-XXXXXX");
	assert_non_null(mkdtemp(directory));
	help_env(&env, &mem);
	fds = help_fds();
	return 0;
}

/* Each test leaves no memory, no descriptor and no file behind. */
static int end(void **state)
{
	(void)state;
	assert_int_equal(mem.held, 0);
	assert_int_equal(help_fds(), fds);
	return rmdir(directory);
}

static const char *path(void)
{
	static char p[96];

	snprintf(p, sizeof(p), "%s/line", directory);
	return p;
}

static int open_text(struct id_port **port, const char *options, struct isdn_error *error)
{
	char text[256];

	snprintf(text, sizeof(text), "%s%s", path(), options);
	return help_open(&id_socket, port, text, NULL, &env, error);
}

static struct id_port *must_open(const char *options)
{
	struct id_port *p = NULL;

	assert_int_equal(open_text(&p, options, NULL), 0);
	return p;
}

/* A port over one end of a pair; *fd is the other end, raw. */
static struct id_port *over_pair(const char *options, int *fd)
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

static int raw(int type, bool listens)
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

static bool readable(struct id_port *p)
{
	struct pollfd pfd = { .fd = -1 };

	pfd.fd = id_socket.fd(p, &pfd.events);
	assert_true(pfd.fd >= 0);
	return poll(&pfd, 1, 0) == 1;
}

static void assert_carries(struct id_port *from, struct id_port *to)
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

static void a_listener_and_who_connects_carry_frames_both_ways(void **state)
{
	struct id_port *a = must_open(",listen"), *b;
	int fd;
	short ev;

	(void)state;
	assert_event(&id_socket, a, ID_ALARM);
	assert_no_event(&id_socket, a);
	assert_int_equal(id_socket.deadline(a), ISDN_NEVER);
	assert_int_equal(id_socket.send(a, (const uint8_t *)"x", 1, 0), 0); /* lost, as in alarm */
	fd = id_socket.fd(a, &ev);
	b = must_open("");
	assert_true(readable(a));
	assert_event(&id_socket, a, ID_ALARM_CLEAR);
	assert_no_event(&id_socket, a);
	assert_no_event(&id_socket, b);
	assert_carries(a, b);
	assert_carries(b, a);
	assert_int_equal(id_socket.fd(a, &ev), fd); /* whoever polls it keeps the same one */
	id_socket.close(b);
	id_socket.close(a);
	assert_int_equal(access(path(), F_OK), -1);
}

static void a_peer_that_closes_is_an_alarm_and_the_next_one_clears_it(void **state)
{
	struct id_port *a = must_open(",listen"), *b;
	uint8_t frame[8];

	(void)state;
	for (int i = 0; i < 3; i++) {
		b = must_open("");
		if (i)
			assert_event(&id_socket, a, ID_ALARM_CLEAR);
		assert_no_event(&id_socket, a);
		assert_carries(b, a);
		assert_int_equal(id_socket.send(b, (const uint8_t *)"last", 4, 0), 0);
		id_socket.close(b);
		assert_true(readable(a));
		assert_int_equal(id_socket.send(a, frame, 4, 0), 0);
		/* what was sent before the end is read before the end is told */
		assert_no_event(&id_socket, a);
		assert_int_equal(id_socket.recv(a, frame, sizeof(frame), 0), 4);
		assert_int_equal(id_socket.recv(a, frame, sizeof(frame), 0), 0);
		assert_int_equal(id_socket.deadline(a), 0);
		assert_event(&id_socket, a, ID_ALARM);
		assert_int_equal(id_socket.deadline(a), ISDN_NEVER);
		assert_int_equal(id_socket.recv(a, frame, sizeof(frame), 0), 0);
		assert_false(readable(a));
	}
	id_socket.close(a);
}

static void a_peer_that_comes_back_at_once_is_taken(void **state)
{
	struct id_port *a = must_open(",listen"), *b = must_open("");
	uint8_t frame[8];

	(void)state;
	assert_no_event(&id_socket, a);
	id_socket.close(b);
	b = must_open("");
	assert_no_event(&id_socket, a);
	assert_int_equal(id_socket.recv(a, frame, sizeof(frame), 0), 0);
	assert_event(&id_socket, a, ID_ALARM);
	assert_event(&id_socket, a, ID_ALARM_CLEAR);
	assert_carries(a, b);
	id_socket.close(b);
	id_socket.close(a);
}

static void a_second_peer_at_a_line_that_is_taken_is_closed(void **state)
{
	struct id_port *a = must_open(",listen"), *b = must_open(""), *c;
	uint8_t frame[8];

	(void)state;
	assert_no_event(&id_socket, a);
	c = must_open("");
	assert_true(readable(a));
	assert_int_equal(id_socket.recv(a, frame, sizeof(frame), 0), 0);
	assert_false(readable(a));
	assert_int_equal(id_socket.recv(c, frame, sizeof(frame), 0), ISDN_ERR_REMOVED);
	assert_event(&id_socket, c, ID_REMOVED);
	assert_no_event(&id_socket, c);
	assert_carries(a, b);
	id_socket.close(c);
	id_socket.close(b);
	id_socket.close(a);
}

static void the_end_of_a_line_that_was_connected_or_given_is_removed(void **state)
{
	uint8_t frame[8];
	struct id_port *p;
	int fd;

	(void)state;
	p = over_pair("", &fd);
	assert_int_equal(send(fd, "ab", 2, 0), 2);
	close(fd);
	/* a write to nobody neither kills us nor hides what is still to be read */
	assert_int_equal(id_socket.send(p, (const uint8_t *)"x", 1, 0), 0);
	assert_int_equal(id_socket.recv(p, frame, sizeof(frame), 0), 2);
	assert_int_equal(id_socket.recv(p, frame, sizeof(frame), 0), ISDN_ERR_REMOVED);
	assert_int_equal(id_socket.deadline(p), 0);
	assert_event(&id_socket, p, ID_REMOVED);
	assert_no_event(&id_socket, p);
	assert_int_equal(id_socket.deadline(p), ISDN_NEVER);
	assert_int_equal(id_socket.send(p, frame, 1, 0), ISDN_ERR_REMOVED);
	assert_int_equal(id_socket.recv(p, frame, sizeof(frame), 0), ISDN_ERR_REMOVED);
	id_socket.close(p);
}

static void a_reset_does_not_hide_what_was_sent_before_it(void **state)
{
	uint8_t frame[8];
	struct id_port *p;
	int fd;

	(void)state;
	p = over_pair("", &fd);
	assert_int_equal(id_socket.send(p, (const uint8_t *)"x", 1, 0), 0);
	assert_int_equal(send(fd, "abc", 3, 0), 3);
	close(fd); /* with an octet unread: ECONNRESET */
	assert_int_equal(id_socket.recv(p, frame, sizeof(frame), 0), 3);
	assert_int_equal(id_socket.recv(p, frame, sizeof(frame), 0), ISDN_ERR_REMOVED);
	id_socket.close(p);
}

static void hostile_packets_are_dropped_and_counted(void **state)
{
	static const uint8_t big[5000];
	uint8_t frame[ID_FRAME_MAX];
	struct id_port *p;
	int fd;

	(void)state;
	p = over_pair("", &fd);
	assert_int_equal(send(fd, "", 0, 0), 0);
	assert_int_equal(send(fd, big, sizeof(big), 0), sizeof(big));
	assert_int_equal(send(fd, big, ID_FRAME_MAX + 1, 0), ID_FRAME_MAX + 1);
	assert_int_equal(send(fd, big, 11, 0), 11);
	assert_int_equal(send(fd, "a", 1, 0), 1);
	assert_int_equal(id_socket.recv(p, frame, 10, 0), 1);
	assert_int_equal(frame[0], 'a');
	assert_event(&id_socket, p, ID_BAD_FCS);
	assert_event(&id_socket, p, ID_OVERRUN);
	assert_event(&id_socket, p, ID_OVERRUN);
	assert_event(&id_socket, p, ID_OVERRUN);
	assert_no_event(&id_socket, p);
	close(fd);
	id_socket.close(p);
}

static void rubbish_without_end_does_not_hold_the_reader(void **state)
{
	uint8_t frame[8];
	struct id_port *p;
	int fd;

	(void)state;
	p = over_pair("", &fd);
	for (int i = 0; i < 70; i++)
		assert_int_equal(send(fd, "", 0, 0), 0);
	assert_int_equal(send(fd, "a", 1, 0), 1);
	assert_int_equal(id_socket.recv(p, frame, sizeof(frame), 0), 0);
	assert_true(readable(p));
	assert_int_equal(id_socket.recv(p, frame, sizeof(frame), 0), 1);
	close(fd);
	id_socket.close(p);
}

/* The check value of CRC-16/X.25 for "123456789" is 906E. */
static void q921_2_7_fcs_is_sent_and_what_comes_is_cut_off(void **state)
{
	uint8_t frame[ID_FRAME_MAX];
	uint8_t big[ID_FRAME_MAX + 3] = { 0 };
	struct id_port *p;
	int fd;

	(void)state;
	p = over_pair(",fcs", &fd);
	assert_int_equal(id_socket.send(p, (const uint8_t *)"123456789", 9, 0), 0);
	assert_int_equal(recv(fd, frame, sizeof(frame), 0), 11);
	assert_memory_equal(frame, "123456789\x6e\x90", 11);
	/* what comes is not checked: libpri fills in nothing */
	assert_int_equal(send(fd, "abc??", 5, 0), 5);
	assert_int_equal(id_socket.recv(p, frame, sizeof(frame), 0), 3);
	assert_memory_equal(frame, "abc", 3);
	assert_int_equal(send(fd, big, ID_FRAME_MAX + 2, 0), ID_FRAME_MAX + 2);
	assert_int_equal(id_socket.recv(p, frame, sizeof(frame), 0), ID_FRAME_MAX);
	assert_no_event(&id_socket, p);
	assert_int_equal(send(fd, big, ID_FRAME_MAX + 3, 0), ID_FRAME_MAX + 3);
	assert_int_equal(send(fd, "ab", 2, 0), 2);
	assert_int_equal(send(fd, "a", 1, 0), 1);
	assert_int_equal(id_socket.recv(p, frame, sizeof(frame), 0), 0);
	assert_event(&id_socket, p, ID_BAD_FCS);
	assert_event(&id_socket, p, ID_BAD_FCS);
	assert_event(&id_socket, p, ID_OVERRUN);
	assert_no_event(&id_socket, p);
	close(fd);
	id_socket.close(p);
}

static void frames_no_line_carries_are_not_sent(void **state)
{
	static const uint8_t big[5000];
	struct id_port *p;
	uint8_t octet;
	int fd;

	(void)state;
	p = over_pair("", &fd);
	assert_int_equal(id_socket.send(p, big, 0, 0), ISDN_ERR_INVAL);
	assert_int_equal(id_socket.send(p, big, ID_FRAME_MAX + 1, 0), ISDN_ERR_INVAL);
	assert_int_equal(id_socket.send(p, big, sizeof(big), 0), ISDN_ERR_INVAL);
	assert_int_equal(recv(fd, &octet, 1, 0), -1);
	close(fd);
	id_socket.close(p);
}

/* Fill until AGAIN; read all at the far end; then it goes on, and POLLOUT is wanted no more. */
static void full_and_again(struct id_port *p, int far)
{
	uint8_t frame[200] = { 0 };
	struct pollfd pfd;
	unsigned sent = 0, got = 0;
	int err;

	while ((err = id_socket.send(p, frame, sizeof(frame), 0)) == 0)
		sent++;
	assert_int_equal(err, ISDN_ERR_AGAIN);
	assert_true(sent > 10);
	assert_false(readable(p));
	while (recv(far, frame, sizeof(frame), MSG_DONTWAIT) > 0)
		got++;
	assert_int_equal(got, sent);
	pfd.fd = id_socket.fd(p, &pfd.events);
	assert_int_equal(poll(&pfd, 1, 0), 1); /* there is room */
	assert_int_equal(id_socket.send(p, frame, sizeof(frame), 0), 0);
	assert_false(readable(p));
}

static void a_full_socket_is_again_until_there_is_room(void **state)
{
	struct id_port *p;
	int fd;

	(void)state;
	p = over_pair("", &fd);
	full_and_again(p, fd);
	close(fd);
	id_socket.close(p);
	p = must_open(",listen");
	fd = raw(SOCK_SEQPACKET, false);
	assert_no_event(&id_socket, p);
	full_and_again(p, fd);
	close(fd);
	id_socket.close(p);
}

static void a_socket_file_that_a_dead_listener_left_is_replaced(void **state)
{
	struct id_port *a, *b;

	(void)state;
	close(raw(SOCK_SEQPACKET, true));
	assert_int_equal(access(path(), F_OK), 0);
	a = must_open(",listen");
	b = must_open("");
	assert_no_event(&id_socket, a);
	assert_carries(b, a);
	id_socket.close(b);
	id_socket.close(a);
}

static void what_a_living_listener_or_another_file_has_is_left_alone(void **state)
{
	struct isdn_error error;
	struct id_port *p = NULL;
	struct stat st;
	int fd = raw(SOCK_SEQPACKET, true);

	(void)state;
	assert_int_equal(open_text(&p, ",listen", &error), ISDN_ERR_BUSY);
	assert_non_null(strstr(error.text, path()));
	assert_int_equal(stat(path(), &st), 0);
	close(fd);
	unlink(path());
	fd = open(path(), O_CREAT | O_WRONLY, 0600);
	assert_int_equal(open_text(&p, ",listen", &error), ISDN_ERR_BUSY);
	assert_int_equal(open_text(&p, "", &error), ISDN_ERR_NODEV);
	assert_int_equal(stat(path(), &st), 0);
	assert_true(S_ISREG(st.st_mode));
	close(fd);
	unlink(path());
	assert_null(p);
}

static void closing_removes_the_path_only_if_it_is_still_ours(void **state)
{
	struct id_port *a = must_open(",listen");
	int fd;

	(void)state;
	unlink(path());
	fd = raw(SOCK_SEQPACKET, true); /* another program's now */
	id_socket.close(a);
	assert_int_equal(access(path(), F_OK), 0);
	close(fd);
	unlink(path());
}

static void nobody_there_and_the_wrong_kind_of_socket_are_told_apart(void **state)
{
	struct isdn_error error;
	struct id_port *p = NULL;
	int fd;

	(void)state;
	assert_int_equal(open_text(&p, "", &error), ISDN_ERR_NODEV);
	assert_non_null(strstr(error.text, "\"listen\""));
	fd = raw(SOCK_STREAM, true);
	assert_int_equal(open_text(&p, "", &error), ISDN_ERR_DEVTYPE);
	assert_non_null(strstr(error.text, "SOCK_SEQPACKET"));
	close(fd);
	unlink(path());
	assert_int_equal(help_open(&id_socket, &p, "/nonexistent/dir/x,listen", NULL, &env, &error),
			 ISDN_ERR_NODEV);
	assert_null(p);
}

static void mistakes_in_the_address_or_the_options_are_refused(void **state)
{
	static const char *const bad[] = {
		"",
		"fd=",
		"fd=x",
		"fd=-1",
		"fd=99999999999",
		"fd=0,listen",
		"/tmp/x,fcs=2",
		"/tmp/x,listen=1",
	};
	struct isdn_error error;
	struct id_port *p = NULL;
	char text[200] = "/";

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		assert_int_equal(help_open(&id_socket, &p, bad[i], NULL, &env, &error),
				 ISDN_ERR_SPEC);
		assert_true(strlen(error.text) > 20);
	}
	memset(text + 1, 'x', 107);
	assert_int_equal(help_open(&id_socket, &p, text, NULL, &env, &error), ISDN_ERR_SPEC);
	assert_non_null(strstr(error.text, "longer than 107"));
	text[107] = '\0'; /* fits, with its terminating octet */
	assert_int_equal(help_open(&id_socket, &p, text, NULL, &env, &error), ISDN_ERR_NODEV);
	assert_null(p);
}

static void a_descriptor_that_is_no_seqpacket_socket_is_refused_and_left_open(void **state)
{
	struct isdn_error error;
	struct id_port *p = NULL;
	char text[32];
	int fd[4], sv[2];

	(void)state;
	fd[0] = open("/dev/null", O_RDONLY);
	fd[1] = socket(AF_UNIX, SOCK_STREAM, 0);
	fd[2] = raw(SOCK_SEQPACKET, true);
	fd[3] = socket(AF_UNIX, SOCK_DGRAM, 0);
	for (int i = 0; i < 4; i++) {
		snprintf(text, sizeof(text), "fd=%d", fd[i]);
		assert_int_equal(help_open(&id_socket, &p, text, NULL, &env, &error),
				 i ? ISDN_ERR_DEVTYPE : ISDN_ERR_NODEV);
		assert_int_equal(close(fd[i]), 0);
	}
	assert_int_equal(help_open(&id_socket, &p, "fd=999", NULL, &env, &error), ISDN_ERR_NODEV);
	assert_non_null(strstr(error.text, "not open"));
	unlink(path());
	/* nor is it closed when there is no memory */
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, sv), 0);
	snprintf(text, sizeof(text), "fd=%d", sv[0]);
	mem.left = 0;
	assert_int_equal(help_open(&id_socket, &p, text, NULL, &env, &error), ISDN_ERR_NOMEM);
	assert_int_equal(close(sv[0]), 0);
	close(sv[1]);
	assert_int_equal(open_text(&p, ",listen", &error), ISDN_ERR_NOMEM);
	assert_null(p);
}

#define T(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_listener_and_who_connects_carry_frames_both_ways),
		T(a_peer_that_closes_is_an_alarm_and_the_next_one_clears_it),
		T(a_peer_that_comes_back_at_once_is_taken),
		T(a_second_peer_at_a_line_that_is_taken_is_closed),
		T(the_end_of_a_line_that_was_connected_or_given_is_removed),
		T(a_reset_does_not_hide_what_was_sent_before_it),
		T(hostile_packets_are_dropped_and_counted),
		T(rubbish_without_end_does_not_hold_the_reader),
		T(q921_2_7_fcs_is_sent_and_what_comes_is_cut_off),
		T(frames_no_line_carries_are_not_sent),
		T(a_full_socket_is_again_until_there_is_room),
		T(a_socket_file_that_a_dead_listener_left_is_replaced),
		T(what_a_living_listener_or_another_file_has_is_left_alone),
		T(closing_removes_the_path_only_if_it_is_still_ours),
		T(nobody_there_and_the_wrong_kind_of_socket_are_told_apart),
		T(mistakes_in_the_address_or_the_options_are_refused),
		T(a_descriptor_that_is_no_seqpacket_socket_is_refused_and_left_open),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
