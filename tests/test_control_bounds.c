/* SPDX-License-Identifier: BSD-2-Clause */
/* The control socket: which call, which span, which reply, whose right, and where a bound is. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "tests/control_lab.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

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

static bool says_nothing(int fd)
{
	char c;

	return recv(fd, &c, 1, MSG_DONTWAIT | MSG_PEEK) == -1;
}

static void ask_about(struct lab *lab, int fd, const char *command, uint64_t call)
{
	char line[100];

	snprintf(line, sizeof(line), "{\"do\":\"%s\",\"id\":%llu,\"call\":%llu}\n", command,
		 (unsigned long long)call, (unsigned long long)call);
	lab_send(lab, fd, line);
}

/* What needs no calls leaves the application in peace. */
static void stats_alone_make_no_client(void **state)
{
	struct lab *lab = lab_open(true, 4);
	int fd = lab_opened(lab);
	json_t *o = lab_ask(lab, fd, "\"do\":\"stats\"");

	(void)state;
	assert_int_equal(lab_number(json_object_get(o, "counts"), "clients"), 3);
	json_decref(o);
	close(fd);
	lab_close(lab);
}

static void bounds_are_where_they_are_said_to_be(void **state)
{
	struct lab *lab = lab_open(true, 4);
	struct isdn_control_config config = lab->config;
	struct isdn_control *second;
	isdn_handle h;
	int fd = lab_opened(lab);
	char line[600];

	(void)state;
	for (int n = 64; n <= 65; n++) {
		json_t *o;

		snprintf(line, sizeof(line), "{\"do\":\"stats\",\"id\":\"%0*d\"}\n", n, 0);
		lab_send(lab, fd, line);
		o = lab_line(lab, fd);
		assert_int_equal(json_is_true(json_object_get(o, "ok")), n == 64);
		json_decref(o);
	}
	assert_int_equal(isdn_conference_new(lab->w->near, NULL, &h), 0);
	lab_good(lab_ask(lab, fd, "\"do\":\"dry-run\",\"call\":%llu,\"uui\":\"%0258d\"",
			 (unsigned long long)lab_id(lab->w->near, h), 0));
	lab_error(lab_ask(lab, fd, "\"do\":\"dry-run\",\"call\":%llu,\"uui\":\"%0260d\"",
			  (unsigned long long)lab_id(lab->w->near, h), 0),
		  "SYNTAX", "2 to 129 octets");
	assert_true(isdn_call_drop(lab->w->near, h, NULL) > 0);
	assert_int_equal(isdn_call_deallocate(lab->w->near, h), 0);
	config.mode = 01600;
	assert_int_equal(isdn_control_open(lab->w->registry, &config, &second, NULL),
			 ISDN_ERR_INVAL);
	close(fd);
	lab_close(lab);
}

static void root_may_act_whoever_runs_the_program(void **state)
{
	struct lab *lab;
	int fd;

	(void)state;
	if (getuid() != 0)
		skip();
	lab = lab_open(true, 4);
	fd = lab_connect(lab);
	assert_int_equal(seteuid(65534), 0);
	isdn_registry_process(lab->w->registry);
	assert_int_equal(seteuid(0), 0);
	json_decref(lab_greeting(lab, fd, "owner"));
	close(fd);
	lab_close(lab);
}

/* Who goes on in its second turn has no third one in it. */
static void a_burst_has_one_turn_at_a_time(void **state)
{
	struct lab *lab = lab_open(true, 4);
	struct isdn_control_counters n;
	int fd = lab_opened(lab);
	uint64_t before;
	char ask[400];

	(void)state;
	isdn_control_counters(lab->control, &n);
	before = n.requests;
	snprintf(ask, sizeof(ask), "{\"do\":\"stats\",\"padding\":\"%0200d\"}\n", 0);
	for (int i = 0; i < 150; i++) /* more than is read at once */
		assert_int_equal(send(fd, ask, strlen(ask), MSG_NOSIGNAL), strlen(ask));
	for (uint64_t turn = 1; turn <= 3; turn++) {
		isdn_registry_process(lab->w->registry);
		isdn_control_counters(lab->control, &n);
		assert_int_equal(n.requests, before + 32 * turn);
	}
	close(fd);
	lab_close(lab);
}

/* It reads a little at a time, never all that waits, and is not taken for one that does not. */
static void one_that_reads_slowly_is_answered(void **state)
{
	static const char ask[] = "{\"do\":\"stats\"}\n";
	struct lab *lab = lab_open(true, 4);
	struct isdn_control_counters n;
	int fd = lab_opened(lab), answers = 0;
	char some[1500];

	(void)state;
	for (int i = 0; answers < 4000 && i < 100000; i++) {
		ssize_t got;

		if (i < 6000)
			(void)!send(fd, ask, 15, MSG_NOSIGNAL | MSG_DONTWAIT);
		isdn_registry_process(lab->w->registry);
		if (i < 1500)
			continue;
		got = recv(fd, some, sizeof(some), MSG_DONTWAIT);
		for (ssize_t at = 0; at < got; at++)
			answers += some[at] == '\n';
	}
	isdn_control_counters(lab->control, &n);
	assert_int_equal(n.cut, 0);
	assert_true(answers >= 4000);
	close(fd);
	lab_close(lab);
}

/* Of two that wait each has its own answer, when it is its turn. */
static void each_drop_has_its_own_answer(void **state)
{
	struct lab *lab = lab_open(true, 4);
	isdn_handle near[2], far[2];
	uint64_t id[2];
	json_t *o;
	int fd = lab_opened(lab);

	(void)state;
	for (int i = 0; i < 2; i++) {
		wire_connected(lab->w, true, &near[i], &far[i]);
		id[i] = lab_id(lab->w->near, near[i]);
		ask_about(lab, fd, "drop", id[i]);
	}
	wire_run_for(lab->w, 20);
	assert_true(says_nothing(fd));
	for (int i = 1; i >= 0; i--) {
		assert_true(isdn_call_drop(lab->w->far, far[i], NULL) > 0);
		wire_run_for(lab->w, 20);
		o = lab_line(lab, fd);
		assert_int_equal(lab_number(o, "id"), id[i]);
		json_decref(o);
		assert_true(says_nothing(fd));
	}
	for (int i = 0; i < 2; i++) {
		assert_int_equal(isdn_call_deallocate(lab->w->near, near[i]), 0);
		assert_int_equal(isdn_call_deallocate(lab->w->far, far[i]), 0);
	}
	close(fd);
	lab_close(lab);
}

/* A frame that the application's request sends is told at once, without anybody else's event. */
static void frames_of_the_span_that_was_named_come_at_once(void **state)
{
	struct lab *lab = lab_open(true, 4);
	isdn_handle near, far;
	json_t *o;
	int fd = lab_opened(lab), other = lab_opened(lab);

	(void)state;
	wire_connected(lab->w, true, &near, &far);
	lab_good(lab_ask(lab, fd, "\"do\":\"trace\",\"span\":%u", lab->w->near_span));
	lab_error(lab_ask(lab, other, "\"do\":\"trace\",\"span\":77"), "INVAL", "no span 77");
	come_to_rest(lab);
	assert_true(isdn_call_drop(lab->w->near, near, NULL) > 0);
	assert_true(is_woken(lab));
	o = lab_event(lab, fd, "frame", 0);
	assert_int_equal(lab_number(o, "span"), lab->w->near_span);
	json_decref(o);
	wire_run_for(lab->w, 20);
	assert_true(isdn_call_drop(lab->w->far, far, NULL) > 0);
	while ((o = lab_line(lab, fd)) != NULL) {
		assert_int_equal(lab_number(o, "span"), lab->w->near_span);
		json_decref(o);
	}
	assert_true(says_nothing(other));
	assert_int_equal(isdn_call_deallocate(lab->w->near, near), 0);
	assert_int_equal(isdn_call_deallocate(lab->w->far, far), 0);
	close(fd);
	close(other);
	lab_close(lab);
}

/* What ended is given back: a connection that stays is no leak. */
static void a_connection_keeps_no_call_that_ended(void **state)
{
	struct lab *lab = lab_open(true, 4);
	struct isdn_registry_counts n;
	isdn_handle h;
	json_t *o;
	int fd = lab_opened(lab);

	(void)state;
	assert_int_equal(isdn_conference_new(lab->w->near, NULL, &h), 0);
	o = lab_ask(lab, fd, "\"do\":\"list\"");
	assert_null(json_object_get(json_array_get(json_object_get(o, "calls"), 0), "conference"));
	json_decref(o);
	assert_true(isdn_call_drop(lab->w->near, h, NULL) > 0);
	assert_int_equal(isdn_call_deallocate(lab->w->near, h), 0);
	come_to_rest(lab);
	isdn_registry_counts(lab->w->registry, &n);
	assert_int_equal(n.calls, 0);
	assert_int_equal(n.handles, 0);
	close(fd);
	lab_close(lab);
}

/* Memory ran out for the news of a call: it is there all the same. */
static void a_call_that_was_not_told_is_found(void **state)
{
	struct lab *lab = lab_open(true, 4);
	int fd = lab_opened(lab), made = 0;

	(void)state;
	json_decref(lab_ask(lab, fd, "\"do\":\"list\""));
	for (size_t n = 1; n < 30; n++) {
		isdn_handle h;
		json_t *o;
		int err;

		test_mem_fail_at(&lab->w->mem, n);
		err = isdn_conference_new(lab->w->near, NULL, &h);
		test_mem_fail_at(&lab->w->mem, 0);
		if (err)
			continue;
		made++;
		o = lab_ask(lab, fd, "\"do\":\"list\"");
		assert_int_equal(json_array_size(json_object_get(o, "calls")), 1);
		json_decref(o);
		assert_true(isdn_call_drop(lab->w->near, h, NULL) > 0);
		assert_int_equal(isdn_call_deallocate(lab->w->near, h), 0);
	}
	assert_true(made > 0);
	close(fd);
	lab_close(lab);
}

/* Two calls of a line with two stations: the other appearance is that of the same call, and a
 * clear of it is one message. */
static void a_shared_call_is_one_call(void **state)
{
	struct lab *lab = lab_open(false, 4);
	struct isdn_client *two = wire_client(lab->w, "two", lab->w->near_span, ISDN_OWNER);
	struct isdn_bridge_config config;
	isdn_handle far[2], mine;
	isdn_bridge bridge;
	json_t *o, *effects, *e;
	int fd = lab_opened(lab), messages = 0;
	size_t i;

	(void)state;
	isdn_bridge_config_init(&config);
	config.span = lab->w->near_span;
	config.sharing = ISDN_SHARING_SHARED;
	assert_int_equal(isdn_bridge_new(lab->w->registry, &config, &bridge), 0);
	assert_int_equal(isdn_bridge_join(lab->w->near, bridge, NULL), 0);
	assert_int_equal(isdn_bridge_join(two, bridge, NULL), 0);
	for (i = 0; i < 2; i++) {
		far[i] = wire_make(lab->w, lab->w->far, lab->w->far_span, NULL, 0);
		wire_run_for(lab->w, 50);
	}
	mine = wire_arrived(lab->w->near);
	o = lab_ask(lab, fd, "\"do\":\"show\",\"call\":%llu",
		    (unsigned long long)lab_id(lab->w->near, mine));
	assert_int_equal(json_array_size(json_object_get(o, "related")), 1);
	json_decref(o);
	o = lab_ask(lab, fd, "\"do\":\"dry-run\",\"verb\":\"clear\",\"call\":%llu",
		    (unsigned long long)lab_id(lab->w->near, mine));
	effects = json_object_get(o, "effects");
	assert_int_equal(json_array_size(effects), 2);
	json_array_foreach(effects, i, e) messages += *lab_text(e, "message") != '\0';
	assert_int_equal(messages, 1);
	json_decref(o);
	o = lab_ask(lab, fd, "\"do\":\"list\"");
	assert_true(json_array_size(json_object_get(o, "calls")) >= 4);
	json_decref(o);
	for (i = 0; i < 2; i++)
		(void)isdn_call_drop(lab->w->far, far[i], NULL);
	wire_run_for(lab->w, 100);
	close(fd);
	lab_close(lab);
}

static void names_play_no_tricks(void **state)
{
	struct lab *lab = lab_open(true, 4);
	struct isdn_client *app = wire_client(lab->w, "a\x7f\x1b\xc2\x9b\xff", 0, ISDN_OWNER);
	isdn_handle h;
	json_t *o;
	int fd = lab_opened(lab);

	(void)state;
	assert_int_equal(isdn_conference_new(app, NULL, &h), 0);
	o = lab_ask(lab, fd, "\"do\":\"list\"");
	assert_string_equal(lab_text(json_array_get(json_object_get(o, "calls"), 0), "holder"),
			    "a?????");
	json_decref(o);
	isdn_client_close(app);
	app = wire_client(lab->w, "a\x7f", 0, ISDN_OWNER);
	assert_int_equal(isdn_conference_new(app, NULL, &h), 0);
	o = lab_ask(lab, fd, "\"do\":\"list\"");
	assert_string_equal(lab_text(json_array_get(json_object_get(o, "calls"), 0), "holder"),
			    "a?");
	json_decref(o);
	close(fd);
	lab_close(lab);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stats_alone_make_no_client),
		cmocka_unit_test(bounds_are_where_they_are_said_to_be),
		cmocka_unit_test(root_may_act_whoever_runs_the_program),
		cmocka_unit_test(a_burst_has_one_turn_at_a_time),
		cmocka_unit_test(one_that_reads_slowly_is_answered),
		cmocka_unit_test(each_drop_has_its_own_answer),
		cmocka_unit_test(frames_of_the_span_that_was_named_come_at_once),
		cmocka_unit_test(a_connection_keeps_no_call_that_ended),
		cmocka_unit_test(a_call_that_was_not_told_is_found),
		cmocka_unit_test(a_shared_call_is_one_call),
		cmocka_unit_test(names_play_no_tricks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
