/* SPDX-License-Identifier: BSD-2-Clause */
/* The socket driver's opening and closing: paths, descriptors, and what is wrong with them. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* mkdtemp */
#endif
#include "tests/test_driver_socket.h"

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
	int fd[5], sv[2];

	(void)state;
	fd[0] = open("/dev/null", O_RDONLY);
	fd[1] = socket(AF_UNIX, SOCK_STREAM, 0);
	fd[2] = raw(SOCK_SEQPACKET, true);
	fd[3] = socket(AF_UNIX, SOCK_DGRAM, 0);
	fd[4] = socket(AF_UNIX, SOCK_SEQPACKET, 0);
	for (int i = 0; i < 5; i++) {
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

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_socket_file_that_a_dead_listener_left_is_replaced),
		T(what_a_living_listener_or_another_file_has_is_left_alone),
		T(closing_removes_the_path_only_if_it_is_still_ours),
		T(nobody_there_and_the_wrong_kind_of_socket_are_told_apart),
		T(mistakes_in_the_address_or_the_options_are_refused),
		T(a_descriptor_that_is_no_seqpacket_socket_is_refused_and_left_open),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
