/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Those who connect to a control socket and mean no good, or know no better: calls go on, memory is
 * bounded, and who behaves is answered.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "tests/control_lab.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

/* A whole call, from SETUP to the end. */
static void calls_go_on(struct lab *lab)
{
	isdn_handle near, far;

	wire_connected(lab->w, true, &near, &far);
	assert_true(isdn_call_drop(lab->w->near, near, NULL) > 0);
	wire_run_for(lab->w, 20);
	assert_true(isdn_call_drop(lab->w->far, far, NULL) > 0);
	wire_run_for(lab->w, 20);
	assert_int_equal(isdn_call_deallocate(lab->w->near, near), 0);
	assert_int_equal(isdn_call_deallocate(lab->w->far, far), 0);
	wire_drain(lab->w);
}

static bool is_closed(struct lab *lab, int fd)
{
	char octets[4096];
	ssize_t n;

	wire_run_for(lab->w, 10);
	do
		n = recv(fd, octets, sizeof(octets), MSG_DONTWAIT);
	while (n > 0);
	return n == 0 || errno == ECONNRESET;
}

static void garbage_is_answered_by_what_is_wrong_with_it(void **state)
{
	struct lab *lab = lab_open(true, 8);
	int good = lab_opened(lab);

	(void)state;
	srand(931);
	for (int round = 0; round < 200; round++) {
		int fd = lab_connect(lab);
		char octets[3000];
		size_t n = (size_t)rand() % sizeof(octets);

		for (size_t i = 0; i < n; i++)
			octets[i] = (char)(rand() % 8 ? rand() : '\n');
		(void)!send(fd, octets, n, MSG_NOSIGNAL | MSG_DONTWAIT);
		wire_run_for(lab->w, 5);
		if (round % 20 == 0)
			calls_go_on(lab);
		close(fd);
	}
	lab_good(lab_ask(lab, good, "\"do\":\"stats\""));
	for (int turn = 0; turn < 100; turn++) /* what the last of them sent is many lines */
		isdn_registry_process(lab->w->registry);
	assert_int_equal(lab_counted(lab).clients, 1);
	close(good);
	lab_close(lab);
}

static void a_line_too_long_is_told_so_and_ends_the_connection(void **state)
{
	struct lab *lab = lab_open(true, 8);
	int fd = lab_opened(lab);
	char much[8192];

	(void)state;
	memset(much, 'a', sizeof(much));
	for (int i = 0; i < 12; i++)
		(void)!send(fd, much, sizeof(much), MSG_NOSIGNAL | MSG_DONTWAIT);
	isdn_registry_process(lab->w->registry);
	lab_error(lab_line(lab, fd), "SYNTAX", "8192");
	assert_true(is_closed(lab, fd));
	assert_int_equal(lab_counted(lab).cut, 1);
	calls_go_on(lab);
	close(fd);
	/* The longest there can be is taken, in pieces. */
	fd = lab_opened(lab);
	memset(much, ' ', sizeof(much));
	memcpy(much, "{\"do\":\"stats\"}", 14);
	much[sizeof(much) - 1] = '\n';
	for (size_t at = 0; at < sizeof(much); at += 512) {
		assert_int_equal(send(fd, much + at, 512, MSG_NOSIGNAL), 512);
		isdn_registry_process(lab->w->registry);
	}
	lab_good(lab_line(lab, fd));
	close(fd);
	lab_close(lab);
}

static void a_thousand_connections_are_refused_kindly(void **state)
{
	struct lab *lab = lab_open(true, 32);
	int *fd = calloc(1000, sizeof(*fd));
	unsigned refused = 0;

	(void)state;
	for (int i = 0; i < 1000; i++) {
		fd[i] = lab_connect(lab);
		isdn_registry_process(lab->w->registry);
		if (i % 100 == 0)
			calls_go_on(lab);
	}
	assert_int_equal(lab_counted(lab).clients, 32);
	for (int i = 0; i < 1000; i++) {
		json_t *o = lab_line(lab, fd[i]);

		if (json_is_false(json_object_get(o, "ok"))) {
			assert_string_equal(lab_text(o, "error"), "INUSE");
			assert_true(is_closed(lab, fd[i]));
			refused++;
		}
		json_decref(o);
		close(fd[i]);
	}
	assert_int_equal(refused, 968);
	wire_run_for(lab->w, 10);
	assert_int_equal(lab_counted(lab).clients, 0);
	close(lab_opened(lab)); /* there is room again */
	free(fd);
	lab_close(lab);
}

/* The connection that finds no descriptor is ended, so that it does not wake us for ever. */
static void no_descriptor_left_is_no_busy_loop(void **state)
{
	struct lab *lab = lab_open(true, 1000);
	struct rlimit was, now;
	struct pollfd p = { .fd = isdn_registry_fd(lab->w->registry), .events = POLLIN };
	int fd[30], spare;

	(void)state;
	for (int i = 0; i < 30; i++)
		fd[i] = lab_connect(lab);
	spare = dup(0);
	close(spare);
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &was), 0);
	now = was;
	now.rlim_cur = (rlim_t)spare + 5;
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &now), 0);
	for (int i = 0; i < 10; i++)
		isdn_registry_process(lab->w->registry);
	assert_int_equal(poll(&p, 1, 0), 0);
	calls_go_on(lab);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &was), 0);
	assert_true(lab_counted(lab).refused > 0);
	if (!getenv("TEST_VALGRIND")) { /* which keeps descriptors of its own */
		assert_int_equal(lab_counted(lab).clients,
				 5); /* no more than there were descriptors */
		assert_int_equal(lab_counted(lab).refused, 25);
	}
	for (int i = 0; i < 30; i++)
		close(fd[i]);
	lab_close(lab);
}

static void a_half_closed_peer_gets_its_answers_and_is_closed(void **state)
{
	struct lab *lab = lab_open(true, 8);
	isdn_handle near, far;
	json_t *o;
	char line[200];
	int fd = lab_opened(lab);

	(void)state;
	wire_connected(lab->w, true, &near, &far);
	snprintf(line, sizeof(line),
		 "{\"do\":\"drop\",\"call\":%llu}\n{\"do\":\"stats\"}\n{\"do\":",
		 (unsigned long long)lab_id(lab->w->near, near));
	lab_send(lab, fd, line);
	assert_int_equal(shutdown(fd, SHUT_WR), 0);
	wire_run_for(lab->w, 20);
	o = lab_line(lab, fd);
	assert_string_equal(lab_text(o, "do"), "stats");
	json_decref(o);
	assert_int_equal(lab_counted(lab).clients, 1); /* the drop is not done yet */
	assert_true(isdn_call_drop(lab->w->far, far, NULL) > 0);
	wire_run_for(lab->w, 20);
	o = lab_line(lab, fd);
	assert_string_equal(lab_text(o, "do"), "drop");
	json_decref(o);
	assert_true(is_closed(lab, fd));
	assert_int_equal(lab_counted(lab).clients, 0);
	assert_int_equal(isdn_call_deallocate(lab->w->near, near), 0);
	assert_int_equal(isdn_call_deallocate(lab->w->far, far), 0);
	close(fd);
	lab_close(lab);
}

/* ---- memory ---- */

struct budget {
	size_t live, peak, count, fail_at; /* fail_at: the n-th allocation, 0: none */
};

static void *counted_alloc(void *arg, size_t size)
{
	struct budget *b = arg;
	size_t *block;

	if (++b->count == b->fail_at)
		return NULL;
	block = malloc(size + 16);
	*block = size;
	b->live += size;
	b->peak = b->live > b->peak ? b->live : b->peak;
	return block + 2;
}

static void counted_free(void *arg, void *memory)
{
	struct budget *b = arg;
	size_t *block = (size_t *)memory - 2;

	b->live -= *block;
	free(block);
}

static void with_budget(struct lab *lab, struct budget *b)
{
	isdn_control_close(lab->control);
	lab->config.mem = (struct isdn_mem){ counted_alloc, counted_free, b };
	assert_int_equal(isdn_control_open(lab->w->registry, &lab->config, &lab->control, NULL), 0);
}

static void a_reader_that_never_reads_is_cut_off_and_stalls_nobody(void **state)
{
	struct lab *lab = lab_open(true, 8);
	struct budget b = { 0 };
	size_t calls = 0;
	int idle, good;

	(void)state;
	with_budget(lab, &b);
	idle = lab_opened(lab);
	good = lab_opened(lab);
	lab_good(lab_ask(lab, idle, "\"do\":\"watch\""));
	lab_good(lab_ask(lab, idle, "\"do\":\"trace\""));
	while (lab_counted(lab).cut == 0 && calls < 5000) {
		calls_go_on(lab);
		calls++;
	}
	assert_int_equal(lab_counted(lab).cut, 1);
	assert_true(calls > 10 && calls < 5000);
	assert_true(b.peak < 4 * 64 * 1024);
	assert_non_null(strstr(lab->logged, "cut off: it does not read"));
	lab_good(lab_ask(lab, good, "\"do\":\"stats\""));
	calls_go_on(lab);
	close(idle);
	close(good);
	lab_close(lab);
	assert_int_equal(b.live, 0);
}

/* Requests wait in the socket while their answers are not read; none is lost. */
static void who_asks_much_and_reads_little_stops_itself(void **state)
{
	struct lab *lab = lab_open(true, 8);
	static const char ask[] = "{\"do\":\"stats\"}\n";
	struct budget b = { 0 };
	size_t sent = 0, answers = 0;
	json_t *o;
	int fd;

	(void)state;
	with_budget(lab, &b);
	fd = lab_opened(lab);
	for (int i = 0; i < 20000; i++) {
		ssize_t n = send(fd, ask + sent % 15, 15 - sent % 15, MSG_NOSIGNAL | MSG_DONTWAIT);

		sent += n > 0 ? (size_t)n : 0;
		isdn_registry_process(lab->w->registry);
	}
	assert_true(sent > 15 * 100 && sent < 15 * 10000);
	assert_true(b.peak < 3 * 64 * 1024);
	calls_go_on(lab);
	while (answers < sent / 15 && (o = lab_line(lab, fd)) != NULL) {
		lab_good(o);
		answers++;
	}
	assert_int_equal(answers, sent / 15);
	assert_int_equal(lab_counted(lab).cut, 0);
	close(fd);
	lab_close(lab);
}

/* A burst of one has an end, and the descriptor says that there is more to do. */
static void a_burst_of_requests_is_done_by_turns(void **state)
{
	struct lab *lab = lab_open(true, 8);
	struct pollfd p = { .fd = isdn_registry_fd(lab->w->registry), .events = POLLIN };
	static const char ask[] = "{\"do\":\"stats\"}\n";
	uint64_t before;
	int fd = lab_opened(lab);

	(void)state;
	for (int i = 0; i < 100; i++)
		assert_int_equal(send(fd, ask, 15, MSG_NOSIGNAL), 15);
	before = lab_counted(lab).requests;
	isdn_registry_process(lab->w->registry);
	assert_int_equal(lab_counted(lab).requests, before + 32);
	assert_int_equal(poll(&p, 1, 0), 1);
	for (int i = 0; i < 5; i++)
		isdn_registry_process(lab->w->registry);
	assert_int_equal(lab_counted(lab).requests, before + 100);
	close(fd);
	lab_close(lab);
}

/* Who may act finds room where all of it is taken by those who may look. Needs root to be tried. */
static void one_who_may_act_takes_the_place_of_one_who_may_look(void **state)
{
	struct lab *lab;
	int look[3], act, more;

	(void)state;
	if (getuid() != 0)
		skip();
	lab = lab_open(true, 3);
	assert_int_equal(seteuid(65534), -0);
	assert_int_equal(seteuid(0), 0);
	(void)!chown(lab->dir, 65534, 65534);
	(void)!chown(lab->path, 65534, 65534);
	for (int i = 0; i < 3; i++) {
		assert_int_equal(seteuid(65534), 0);
		look[i] = lab_connect(lab);
		assert_int_equal(seteuid(0), 0);
		json_decref(lab_greeting(lab, look[i], "monitor"));
	}
	act = lab_connect(lab);
	json_decref(lab_greeting(lab, act, "owner"));
	assert_true(is_closed(lab, look[0]));
	assert_false(is_closed(lab, look[1]));
	assert_int_equal(seteuid(65534), 0);
	more = lab_connect(lab);
	assert_int_equal(seteuid(0), 0);
	wire_run_for(lab->w, 5);
	lab_error(lab_line(lab, more), "INUSE", "3 clients");
	for (int i = 0; i < 3; i++)
		close(look[i]);
	close(act);
	close(more);
	lab_close(lab);
}

/* Everything that can be asked, once. Answers may be missing: memory was. */
static void ask_everything(struct lab *lab, int fd, unsigned long long id)
{
	char line[600];

	snprintf(
		line, sizeof(line),
		"{\"do\":\"list\"}\n{\"do\":\"show\",\"call\":%llu}\n{\"do\":\"watch\"}\n"
		"{\"do\":\"trace\"}\n{\"do\":\"spans\"}\n{\"do\":\"leaks\"}\n{\"do\":\"bridges\"}\n"
		"{\"do\":\"dry-run\",\"call\":%llu,\"uui\":\"0461\"}\n{\"do\":\"stats\"}\n"
		"{\"do\":\"hold\",\"call\":%llu}\n{\"do\":\"retrieve\",\"call\":%llu}\n"
		"{\"do\":\"drop\",\"call\":%llu}\n",
		id, id, id, id, id);
	(void)!send(fd, line, strlen(line), MSG_NOSIGNAL);
	wire_run_for(lab->w, 50);
}

/* Until the call is gone, by whom it may; nothing of it is left. */
static void end_it(struct lab *lab, isdn_handle near, isdn_handle far)
{
	if (wire_status(lab->w->near, near).state != ISDN_CALL_IDLE)
		(void)isdn_call_drop(lab->w->near, near, NULL);
	wire_run_for(lab->w, 20);
	if (wire_status(lab->w->far, far).state == ISDN_CALL_DISCONNECTED)
		(void)isdn_call_drop(lab->w->far, far, NULL);
	wire_run_for(lab->w, 20);
	assert_int_equal(isdn_call_deallocate(lab->w->near, near), 0);
	assert_int_equal(isdn_call_deallocate(lab->w->far, far), 0);
	wire_drain(lab->w);
}

static void each_allocation_of_a_connection_can_fail(void **state)
{
	struct lab *lab = lab_open(true, 8);
	struct budget b = { 0 };
	size_t n = 1;

	(void)state;
	with_budget(lab, &b);
	for (bool failed = true; failed; n++) {
		isdn_handle near, far;
		int fd;

		wire_connected(lab->w, true, &near, &far);
		b.count = 0;
		b.fail_at = n;
		fd = lab_connect(lab);
		wire_run_for(lab->w, 5);
		ask_everything(lab, fd, lab_id(lab->w->near, near));
		failed = b.count >= n;
		b.fail_at = 0;
		end_it(lab, near, far);
		close(fd);
		wire_run_for(lab->w, 5);
		assert_int_equal(lab_counted(lab).clients, 0);
	}
	assert_true(n > 5);
	lab_close(lab);
	assert_int_equal(b.live, 0);
}

static struct budget json_budget;

static void *json_alloc(size_t size)
{
	return counted_alloc(&json_budget, size);
}

static void json_free(void *memory)
{
	if (memory)
		counted_free(&json_budget, memory);
}

static void each_allocation_of_the_json_can_fail(void **state)
{
	struct lab *lab;
	size_t n = 1;

	(void)state;
	json_set_alloc_funcs(json_alloc, json_free);
	lab = lab_open(true, 8);
	for (bool failed = true; failed; n += 1 + n / 40) {
		isdn_handle near, far;
		int fd;

		wire_connected(lab->w, true, &near, &far);
		json_budget.count = 0;
		json_budget.fail_at = n;
		fd = lab_connect(lab);
		wire_run_for(lab->w, 5);
		ask_everything(lab, fd, lab_id(lab->w->near, near));
		failed = json_budget.count >= n;
		json_budget.fail_at = 0;
		end_it(lab, near, far);
		close(fd);
		wire_run_for(lab->w, 5);
		assert_int_equal(lab_counted(lab).clients, 0);
		assert_int_equal(json_budget.live, 0);
	}
	assert_true(n > 100);
	lab_close(lab);
	json_set_alloc_funcs(malloc, free);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(garbage_is_answered_by_what_is_wrong_with_it),
		cmocka_unit_test(a_line_too_long_is_told_so_and_ends_the_connection),
		cmocka_unit_test(a_thousand_connections_are_refused_kindly),
		cmocka_unit_test(no_descriptor_left_is_no_busy_loop),
		cmocka_unit_test(a_half_closed_peer_gets_its_answers_and_is_closed),
		cmocka_unit_test(a_reader_that_never_reads_is_cut_off_and_stalls_nobody),
		cmocka_unit_test(who_asks_much_and_reads_little_stops_itself),
		cmocka_unit_test(a_burst_of_requests_is_done_by_turns),
		cmocka_unit_test(one_who_may_act_takes_the_place_of_one_who_may_look),
		cmocka_unit_test(each_allocation_of_a_connection_can_fail),
		cmocka_unit_test(each_allocation_of_the_json_can_fail),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
