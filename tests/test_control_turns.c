/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The control socket between its turns: nothing that was asked is forgotten, nothing spins, and the
 * application finds its calls as if nobody had connected.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "tests/control_lab.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static int opened(struct lab *lab)
{
	int fd = lab_connect(lab);

	assert_true(fd >= 0);
	json_decref(lab_greeting(lab, fd, "owner"));
	return fd;
}

static struct isdn_control_counters counted(const struct lab *lab)
{
	struct isdn_control_counters n;

	assert_int_equal(isdn_control_counters(lab->control, &n), 0);
	return n;
}

/* Whether a loop that polls would come at once. */
static bool is_woken(const struct lab *lab)
{
	struct pollfd p = { .fd = isdn_registry_fd(lab->w->registry), .events = POLLIN };

	return poll(&p, 1, 0) == 1;
}

static void come_to_rest(struct lab *lab)
{
	for (int i = 0; i < 10; i++)
		isdn_registry_process(lab->w->registry);
	assert_false(is_woken(lab));
}

/* A child of the program has all descriptors until it executes something else. */
static void a_child_of_the_program_keeps_no_connection_alive(void **state)
{
	struct lab *lab = lab_open(true, 4);
	int fd = opened(lab), ready[2], end[2];
	char c = 0;
	pid_t child;

	(void)state;
	assert_int_equal(pipe(ready), 0);
	assert_int_equal(pipe(end), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		close(fd); /* our end: the child of a real program has the other one alone */
		close(end[1]);
		(void)!write(ready[1], &c, 1);
		(void)!read(end[0], &c, 1);
		_exit(0);
	}
	assert_int_equal(read(ready[0], &c, 1), 1);
	close(fd);
	come_to_rest(lab);
	assert_int_equal(counted(lab).clients, 0);
	close(opened(lab));
	come_to_rest(lab);
	close(end[1]);
	assert_int_equal(waitpid(child, NULL, 0), child);
	close(end[0]);
	close(ready[0]);
	close(ready[1]);
	lab_close(lab);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_child_of_the_program_keeps_no_connection_alive),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
