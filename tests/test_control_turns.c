/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The control socket between its turns: nothing that was asked is forgotten, nothing spins, and the
 * application finds its calls as if nobody had connected.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "tests/control_lab.h"
#include "tests/mock_provider.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

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

static void ask_about(struct lab *lab, int fd, const char *command, uint64_t call)
{
	char line[100];

	snprintf(line, sizeof(line), "{\"do\":\"%s\",\"call\":%llu}\n", command,
		 (unsigned long long)call);
	lab_send(lab, fd, line);
}

static isdn_handle *conferences(struct lab *lab, size_t n)
{
	isdn_handle *h = calloc(n, sizeof(*h));

	for (size_t i = 0; i < n; i++)
		assert_int_equal(isdn_conference_new(lab->w->near, NULL, &h[i]), 0);
	return h;
}

static void end_conferences(struct lab *lab, isdn_handle *h, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		assert_true(isdn_call_drop(lab->w->near, h[i], NULL) > 0);
		assert_int_equal(isdn_call_deallocate(lab->w->near, h[i]), 0);
	}
	wire_drain(lab->w);
	free(h);
}

/* All arrive at once, and each answer is long: what stands behind is not forgotten. */
static void requests_behind_long_answers_are_done(void **state)
{
	static const char ask[] = "{\"do\":\"list\",\"limit\":60}\n";
	struct lab *lab = lab_open(true, 4);
	isdn_handle *h = conferences(lab, 60);
	char all[10 * sizeof(ask)] = "";

	(void)state;
	for (int i = 0; i < 10; i++)
		strcat(all, ask);
	for (int half_closed = 0; half_closed < 2; half_closed++) {
		int fd = lab_opened(lab);

		lab_send(lab, fd, all);
		if (half_closed)
			assert_int_equal(shutdown(fd, SHUT_WR), 0);
		for (int i = 0; i < 10; i++) {
			json_t *o = lab_line(lab, fd);

			assert_non_null(o);
			assert_int_equal(json_array_size(json_object_get(o, "calls")), 60);
			json_decref(o);
		}
		close(fd);
		come_to_rest(lab);
		assert_int_equal(lab_counted(lab).clients, 0);
	}
	end_conferences(lab, h, 60);
	lab_close(lab);
}

/* Who does not read is not asked again and again whether it does now. */
static void requests_behind_answers_that_nobody_reads_wait_in_peace(void **state)
{
	static const char ask[] = "{\"do\":\"list\",\"limit\":60}\n";
	struct lab *lab = lab_open(true, 4);
	isdn_handle *h = conferences(lab, 60);
	int fd = lab_opened(lab), small = 4096, answers = 0;
	json_t *o;

	(void)state;
	assert_int_equal(setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &small, sizeof(small)), 0);
	for (int i = 0; i < 100; i++)
		assert_int_equal(send(fd, ask, sizeof(ask) - 1, MSG_NOSIGNAL), sizeof(ask) - 1);
	come_to_rest(lab);
	while (answers < 100 && (o = lab_line(lab, fd)) != NULL) {
		lab_good(o);
		answers++;
	}
	assert_int_equal(answers, 100);
	assert_int_equal(lab_counted(lab).cut, 0);
	close(fd);
	end_conferences(lab, h, 60);
	lab_close(lab);
}

/* A page is no longer than what may wait: who reads well is not cut off for having asked. */
static void a_long_list_comes_in_pages_that_fit(void **state)
{
	struct lab *lab = lab_open(true, 4);
	isdn_handle *h = conferences(lab, 1000);
	int fd = lab_opened(lab);
	int64_t after = 0;
	size_t n = 0;
	bool more = true;

	(void)state;
	while (more) {
		json_t *o = lab_ask(lab, fd, "\"do\":\"list\",\"limit\":1000,\"after\":%lld",
				    (long long)after);
		json_t *calls = json_object_get(o, "calls");
		size_t got = json_array_size(calls);

		assert_true(got > 0);
		after = lab_number(json_array_get(calls, got - 1), "id");
		more = json_is_true(json_object_get(o, "more"));
		n += got;
		json_decref(o);
	}
	assert_int_equal(n, 1000);
	for (size_t i = 0; i < 1000; i++)
		assert_true(isdn_call_drop(lab->w->near, h[i], NULL) > 0);
	isdn_registry_process(lab->w->registry);
	{
		json_t *o = lab_ask(lab, fd, "\"do\":\"leaks\"");

		assert_true(lab_number(o, "total") >= 1000);
		lab_good(o);
	}
	assert_int_equal(lab_counted(lab).cut, 0);
	for (size_t i = 0; i < 1000; i++)
		assert_int_equal(isdn_call_deallocate(lab->w->near, h[i]), 0);
	free(h);
	close(fd);
	lab_close(lab);
}

/* Half closed or gone while its drop is not done: there is nothing to come for until it is. */
static void a_drop_of_one_who_left_is_waited_for_in_peace(void **state)
{
	struct lab *lab = lab_open(true, 4);

	(void)state;
	for (int gone = 0; gone < 2; gone++) {
		isdn_handle near, far;
		int fd = lab_opened(lab);

		wire_connected(lab->w, true, &near, &far);
		ask_about(lab, fd, "drop", lab_id(lab->w->near, near));
		wire_run_for(lab->w, 20);
		if (gone)
			close(fd);
		else
			assert_int_equal(shutdown(fd, SHUT_WR), 0);
		come_to_rest(lab);
		assert_int_equal(wire_status(lab->w->far, far).state, ISDN_CALL_DISCONNECTED);
		assert_true(isdn_call_drop(lab->w->far, far, NULL) > 0);
		wire_run_for(lab->w, 20);
		assert_int_equal(wire_status(lab->w->near, near).state, ISDN_CALL_IDLE);
		assert_int_equal(lab_counted(lab).clients, 0);
		assert_int_equal(isdn_call_deallocate(lab->w->near, near), 0);
		assert_int_equal(isdn_call_deallocate(lab->w->far, far), 0);
		if (!gone)
			close(fd);
		wire_drain(lab->w);
	}
	lab_close(lab);
}

/* Requests that one sent before it went are done, as many as there are. */
static void what_was_asked_before_the_end_is_done(void **state)
{
	struct lab *lab = lab_open(true, 4);
	isdn_handle *h = conferences(lab, 100);
	char line[100];
	int fd = lab_opened(lab);

	(void)state;
	for (size_t i = 0; i < 100; i++) {
		snprintf(line, sizeof(line), "{\"do\":\"drop\",\"call\":%llu}\n",
			 (unsigned long long)lab_id(lab->w->near, h[i]));
		assert_int_equal(send(fd, line, strlen(line), MSG_NOSIGNAL), strlen(line));
	}
	close(fd);
	come_to_rest(lab);
	for (size_t i = 0; i < 100; i++) {
		assert_int_equal(wire_status(lab->w->near, h[i]).state, ISDN_CALL_IDLE);
		assert_int_equal(isdn_call_deallocate(lab->w->near, h[i]), 0);
	}
	assert_int_equal(lab_counted(lab).clients, 0);
	free(h);
	lab_close(lab);
}

static void one_that_watches_and_sends_no_more_is_closed(void **state)
{
	struct lab *lab = lab_open(true, 4);
	int fd = lab_opened(lab);

	(void)state;
	lab_good(lab_ask(lab, fd, "\"do\":\"watch\""));
	assert_int_equal(shutdown(fd, SHUT_WR), 0);
	come_to_rest(lab);
	assert_int_equal(lab_counted(lab).clients, 0);
	close(fd);
	lab_close(lab);
}

/* A child of the program has all descriptors until it executes something else. */
static void a_child_of_the_program_keeps_no_connection_alive(void **state)
{
	struct lab *lab = lab_open(true, 4);
	int fd = lab_opened(lab), bad = lab_opened(lab), ready[2], end[2];
	char c = 0, much[9000];
	pid_t child;

	(void)state;
	assert_int_equal(pipe(ready), 0);
	assert_int_equal(pipe(end), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		close(fd); /* our ends: the child of a real program has the others alone */
		close(bad);
		close(end[1]);
		(void)!write(ready[1], &c, 1);
		(void)!read(end[0], &c, 1);
		_exit(0);
	}
	assert_int_equal(read(ready[0], &c, 1), 1);
	close(fd);
	come_to_rest(lab);
	assert_int_equal(lab_counted(lab).clients, 1);
	memset(much, 'a', sizeof(much));
	assert_int_equal(send(bad, much, sizeof(much), MSG_NOSIGNAL), sizeof(much));
	come_to_rest(lab);
	while (recv(bad, &c, 1, MSG_DONTWAIT) == 1) /* what is wrong with that line */
		;
	assert_int_equal(recv(bad, &c, 1, MSG_DONTWAIT), 0); /* and the end */
	close(bad);
	close(lab_opened(lab));
	come_to_rest(lab);
	close(end[1]);
	assert_int_equal(waitpid(child, NULL, 0), child);
	close(end[0]);
	close(ready[0]);
	close(ready[1]);
	lab_close(lab);
}

/* What ended since the last turn is no call any more, and what began is one. */
static void a_list_has_what_is_there_now(void **state)
{
	struct lab *lab = lab_open(true, 4);
	isdn_handle old, new;
	json_t *o, *calls;
	int fd = lab_opened(lab);

	(void)state;
	assert_int_equal(isdn_conference_new(lab->w->near, NULL, &old), 0);
	json_decref(lab_ask(lab, fd, "\"do\":\"list\""));
	assert_true(isdn_call_drop(lab->w->near, old, NULL) > 0);
	assert_int_equal(isdn_conference_new(lab->w->near, NULL, &new), 0);
	o = lab_ask(lab, fd, "\"do\":\"list\"");
	calls = json_object_get(o, "calls");
	assert_int_equal(json_array_size(calls), 1);
	assert_int_equal(lab_number(json_array_get(calls, 0), "id"), lab_id(lab->w->near, new));
	json_decref(o);
	assert_int_equal(isdn_call_deallocate(lab->w->near, old), 0);
	assert_true(isdn_call_drop(lab->w->near, new, NULL) > 0);
	assert_int_equal(isdn_call_deallocate(lab->w->near, new), 0);
	close(fd);
	lab_close(lab);
}

/* The clock of the wall is set, the registry's is not: each connection is told anew. */
static void the_epoch_is_that_of_the_moment(void **state)
{
	struct lab *lab = lab_open(true, 4);
	int64_t epoch[2];

	(void)state;
	for (int i = 0; i < 2; i++) {
		int fd = lab_connect(lab);
		json_t *o = lab_greeting(lab, fd, "owner");

		epoch[i] = lab_number(o, "epoch");
		json_decref(o);
		close(fd);
		lab->w->now += 3600 * 1000;
	}
	assert_true(epoch[0] - epoch[1] > 3500 * 1000);
	lab_close(lab);
}

/* ---- the application ---- */

/* A call of the application's, connected, on a span whose far end agrees to nothing by itself. */
static isdn_handle placed(struct lab *lab, struct mock *m, struct isdn_client *app)
{
	struct isdn_call_params params;
	isdn_handle call;

	mock_init(m);
	m->manner[MOCK_HOLD] = m->manner[MOCK_RETRIEVE] = MOCK_LATE;
	isdn_call_params_init(&params);
	assert_int_equal(isdn_registry_add_provider(lab->w->registry, &m->base, &params.span), 0);
	params.called = "7";
	assert_true(isdn_call_make(app, &params, &call) > 0);
	assert_true(mock_connect(m, 1, ISDN_MODE_ACTIVE));
	isdn_registry_process(lab->w->registry);
	assert_int_equal(wire_status(app, call).state, ISDN_CALL_CONNECTED);
	return call;
}

/* It goes, and what it alone owns with it, whatever somebody else has just asked for. */
static void an_application_that_closes_drops_its_calls(void **state)
{
	struct lab *lab = lab_open(true, 4);
	struct isdn_client *app = wire_client(lab->w, "app", lab->w->near_span, ISDN_OWNER);
	static struct mock mock;
	isdn_handle call = placed(lab, &mock, app);
	int fd = lab_opened(lab);

	(void)state;
	ask_about(lab, fd, "hold", lab_id(app, call));
	assert_true(mock.leg[0].busy);
	isdn_client_close(app);
	isdn_registry_process(lab->w->registry);
	assert_int_equal(mock.leg[0].phase, MOCK_GONE);
	lab_error(lab_line(lab, fd), "OPERATIONFAILED", "");
	close(fd);
	lab_close(lab);
}

/* A call of nobody stays one: the next application is given it (D6). */
static void a_call_of_nobody_is_not_taken(void **state)
{
	struct lab *lab = lab_open(true, 4);
	struct isdn_client_config config;
	struct isdn_client *app;
	struct isdn_call_info info;
	static struct mock mock;
	isdn_handle call;
	uint64_t id;
	int fd = lab_opened(lab);

	(void)state;
	isdn_client_config_init(&config);
	config.name = "app";
	config.keep_calls = true;
	config.span = 3; /* the mock's */
	assert_int_equal(isdn_client_open(lab->w->registry, &config, &app), 0);
	id = lab_id(app, placed(lab, &mock, app));
	isdn_client_close(app);
	ask_about(lab, fd, "hold", id);
	assert_true(mock.leg[0].busy);
	assert_int_equal(isdn_client_open(lab->w->registry, &config, &app), 0);
	call = wire_arrived(app);
	assert_int_equal(isdn_call_info(app, call, &info), 0);
	assert_int_equal(info.id, id);
	assert_int_equal(info.owners, 1);
	assert_true(mock_answer(&mock, 1, true));
	isdn_registry_process(lab->w->registry);
	lab_good(lab_line(lab, fd));
	assert_int_equal(wire_status(app, call).state, ISDN_CALL_ONHOLD);
	assert_true(isdn_call_drop(app, call, NULL) > 0);
	isdn_registry_process(lab->w->registry);
	assert_int_equal(isdn_call_deallocate(app, call), 0);
	isdn_client_close(app);
	close(fd);
	lab_close(lab);
}

/* Who closes removes its own socket, and none that another has put in its place. */
static void the_socket_of_another_is_left_alone(void **state)
{
	struct lab *lab = lab_open(true, 4);
	struct isdn_control *second;
	int fd;

	(void)state;
	assert_int_equal(unlink(lab->path), 0);
	assert_int_equal(isdn_control_open(lab->w->registry, &lab->config, &second, NULL), 0);
	isdn_control_close(lab->control);
	lab->control = second;
	fd = lab_opened(lab);
	close(fd);
	lab_close(lab);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(requests_behind_long_answers_are_done),
		cmocka_unit_test(requests_behind_answers_that_nobody_reads_wait_in_peace),
		cmocka_unit_test(a_long_list_comes_in_pages_that_fit),
		cmocka_unit_test(a_drop_of_one_who_left_is_waited_for_in_peace),
		cmocka_unit_test(what_was_asked_before_the_end_is_done),
		cmocka_unit_test(one_that_watches_and_sends_no_more_is_closed),
		cmocka_unit_test(a_child_of_the_program_keeps_no_connection_alive),
		cmocka_unit_test(a_list_has_what_is_there_now),
		cmocka_unit_test(the_epoch_is_that_of_the_moment),
		cmocka_unit_test(an_application_that_closes_drops_its_calls),
		cmocka_unit_test(a_call_of_nobody_is_not_taken),
		cmocka_unit_test(the_socket_of_another_is_left_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
