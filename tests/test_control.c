/* SPDX-License-Identifier: BSD-2-Clause */
/* The control socket (isdn-control(5)): what is shown, and what is done. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "tests/control_lab.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static const struct isdn_drop none;

static void end_call(struct lab *lab, isdn_handle near, isdn_handle far)
{
	struct isdn_call_status s;

	(void)isdn_call_drop(lab->w->near, near, &none);
	wire_run_for(lab->w, 50);
	if (isdn_call_status(lab->w->far, far, &s) == 0 && s.state == ISDN_CALL_DISCONNECTED)
		(void)isdn_call_drop(lab->w->far, far, &none);
	wire_run_for(lab->w, 50);
	assert_int_equal(isdn_call_deallocate(lab->w->near, near), 0);
	assert_int_equal(isdn_call_deallocate(lab->w->far, far), 0);
	wire_drain(lab->w);
}

/* The far end releases what we dropped, as call control of another program would. */
static void far_releases(struct lab *lab, isdn_handle far)
{
	wire_run_for(lab->w, 20);
	if (wire_status(lab->w->far, far).state == ISDN_CALL_DISCONNECTED)
		assert_true(isdn_call_drop(lab->w->far, far, &none) > 0);
}

static void give_back(struct lab *lab, isdn_handle near, isdn_handle far)
{
	assert_int_equal(isdn_call_deallocate(lab->w->near, near), 0);
	assert_int_equal(isdn_call_deallocate(lab->w->far, far), 0);
	wire_drain(lab->w);
}

static void control_greets_with_version_privilege_and_time(void **state)
{
	struct lab *lab = lab_open(false, 4);
	int fd = lab_connect(lab);
	json_t *o;

	(void)state;
	isdn_registry_process(lab->w->registry);
	o = lab_greeting(lab, fd, "owner");
	assert_string_equal(lab_text(o, "program"), "lab");
	assert_string_equal(lab_text(o, "version"), isdn_version());
	assert_int_equal(lab_number(o, "pid"), getpid());
	assert_true(lab_number(o, "epoch") > 1700000000000);
	json_decref(o);
	assert_non_null(strstr(lab->logged, "connected as owner"));
	close(fd);
	lab_close(lab);
}

static void control_lists_calls_a_page_at_a_time(void **state)
{
	struct lab *lab = lab_open(true, 4);
	isdn_handle near[5], far[5];
	int fd = lab_opened(lab), n = 0;
	int64_t after = 0;
	bool more = true;

	(void)state;
	for (int i = 0; i < 5; i++)
		wire_connected(lab->w, i % 2, &near[i], &far[i]);
	while (more) {
		json_t *a = lab_ask(lab, fd,
				    "\"do\":\"list\",\"span\":%u,\"limit\":2,\"after\":%lld",
				    lab->w->near_span, (long long)after);
		json_t *calls = json_object_get(a, "calls"), *c;
		size_t i;

		assert_true(json_array_size(calls) <= 2);
		json_array_foreach(calls, i, c)
		{
			assert_true(lab_number(c, "id") > after);
			after = lab_number(c, "id");
			assert_int_equal(after, lab_id(lab->w->near, near[n]));
			assert_string_equal(lab_text(c, "state"), "CONNECTED");
			assert_string_equal(lab_text(c, "mode"), "ACTIVE");
			assert_string_equal(lab_text(c, "holder"), "near");
			assert_string_equal(lab_text(c, "q931_state"), "N10");
			assert_string_equal(lab_text(c, "called"), "5551234");
			assert_string_equal(lab_text(c, "origin"), n % 2 ? "outbound" : "inbound");
			assert_int_equal(strncmp(lab_text(c, "callref"),
						 n % 2 ? "net:" : "user:", n % 2 ? 4 : 5),
					 0);
			n++;
		}
		more = json_is_true(json_object_get(a, "more"));
		json_decref(a);
	}
	assert_int_equal(n, 5);
	for (int i = 0; i < 5; i++)
		end_call(lab, near[i], far[i]);
	close(fd);
	lab_close(lab);
}

static void control_drops_with_cause_and_uui_and_answers_when_it_is_cleared(void **state)
{
	struct lab *lab = lab_open(false, 4);
	const struct isdn_msg *m;
	isdn_handle near, far;
	uint8_t uui[200];
	uint64_t id;
	size_t len;
	json_t *a;
	int fd = lab_opened(lab), other = lab_opened(lab);

	(void)state;
	wire_connected(lab->w, true, &near, &far);
	id = lab_id(lab->w->near, near);
	lab_good(lab_ask(lab, other, "\"do\":\"watch\""));
	lab->w->n_seen = 0;
	{
		char line[200];

		snprintf(line, sizeof(line),
			 "{\"do\":\"drop\",\"id\":\"x\",\"call\":%llu,\"cause\":31,\"uui\":"
			 "\"04627965\"}\n",
			 (unsigned long long)id);
		lab_send(lab, fd, line);
	}
	wire_run_for(lab->w, 100);
	assert_int_equal(wire_status(lab->w->far, far).state, ISDN_CALL_DISCONNECTED);
	{
		char c;

		assert_int_equal(recv(fd, &c, 1, 0), -1); /* no answer before it is cleared */
	}
	far_releases(lab, far);
	a = lab_line(lab, fd);
	assert_string_equal(lab_text(a, "id"), "x");
	assert_string_equal(lab_text(a, "do"), "drop");
	assert_string_equal(lab_text(a, "outcome"), "CLEARED");
	assert_true(json_is_true(json_object_get(a, "uui_sent")));
	assert_int_equal(lab_number(a, "changed"), 1);
	assert_int_equal(lab_number(a, "with_uui"), 1);
	json_decref(a);
	m = wire_sent(lab->w, lab->w->near_span, ISDN_MT_DISCONNECT, 0);
	assert_non_null(m);
	assert_int_equal(m->cause[0].value, 31);
	assert_int_equal(isdn_call_uui(lab->w->far, far, ISDN_UUI_CLEARING, uui, sizeof(uui), &len),
			 0);
	assert_int_equal(len, 4);
	assert_memory_equal(uui,
			    "\x04"
			    "bye",
			    4);
	a = lab_event(lab, other, "state", id);
	assert_string_equal(lab_text(a, "state"), "IDLE");
	assert_string_equal(lab_text(a, "old"), "CONNECTED");
	assert_int_equal(lab_number(a, "cause"), 31);
	json_decref(a);
	lab_error(lab_ask(lab, fd, "\"do\":\"drop\",\"call\":%llu", (unsigned long long)id),
		  "INVALCALLHANDLE", "not there");
	assert_non_null(strstr(lab->logged, "drop of call"));
	give_back(lab, near, far);
	close(fd);
	close(other);
	lab_close(lab);
}

/* The octets of the dry run are those that the drop then sends. */
static void control_dry_run_shows_the_octets_that_a_drop_sends(void **state)
{
	struct lab *lab = lab_open(true, 4);
	char expected[600], frame[700];
	isdn_handle near, far;
	uint64_t id;
	json_t *a, *b, *e;
	int fd = lab_opened(lab), tap = lab_opened(lab);

	(void)state;
	wire_connected(lab->w, false, &near, &far);
	id = lab_id(lab->w->near, near);
	a = lab_ask(lab, fd,
		    "\"do\":\"dry-run\",\"verb\":\"drop\",\"call\":%llu,\"uui\":\"00ff00\"",
		    (unsigned long long)id);
	e = json_array_get(json_object_get(a, "effects"), 0);
	assert_int_equal(json_array_size(json_object_get(a, "effects")), 1);
	assert_string_equal(lab_text(e, "message"), "DISCONNECT");
	assert_string_equal(lab_text(e, "state"), "IDLE");
	assert_string_equal(lab_text(e, "was"), "CONNECTED");
	assert_int_equal(lab_number(e, "cause"), 16);
	snprintf(expected, sizeof(expected), "%s", lab_text(e, "octets"));
	assert_int_equal(wire_status(lab->w->near, near).state, ISDN_CALL_CONNECTED);
	lab_good(lab_ask(lab, tap, "\"do\":\"trace\",\"span\":%u", lab->w->near_span));
	b = lab_ask(lab, fd, "\"do\":\"stats\"");
	json_decref(b);
	assert_true(isdn_call_drop(lab->w->near, near,
				   &(struct isdn_drop){ .uui = "\0\xff\0", .uui_size = 3 }) > 0);
	b = lab_event(lab, tap, "frame", 0);
	while (strlen(lab_text(b, "frame")) < 20) { /* RR */
		json_decref(b);
		b = lab_event(lab, tap, "frame", 0);
	}
	snprintf(frame, sizeof(frame), "%s", lab_text(b, "frame"));
	assert_string_equal(lab_text(b, "from"), "network");
	assert_string_equal(lab_text(b, "direction"), "out");
	assert_string_equal(frame + 8, expected);
	json_decref(a);
	json_decref(b);
	far_releases(lab, far);
	wire_run_for(lab->w, 100);
	give_back(lab, near, far);
	close(fd);
	close(tap);
	lab_close(lab);
}

static void control_holds_retrieves_and_sends_uui(void **state)
{
	struct lab *lab = lab_open(true, 4);
	isdn_handle near, far;
	unsigned long long id;
	struct isdn_call_info info;
	uint8_t uui[200];
	size_t len;
	int fd = lab_opened(lab);

	(void)state;
	wire_connected(lab->w, true, &near, &far);
	id = lab_id(lab->w->near, near);
	lab_good(lab_ask(lab, fd, "\"do\":\"hold\",\"call\":%llu", id));
	assert_int_equal(wire_status(lab->w->near, near).state, ISDN_CALL_ONHOLD);
	lab_error(lab_ask(lab, fd, "\"do\":\"hold\",\"call\":%llu", id), "INVALCALLSTATE",
		  "not possible");
	lab_good(lab_ask(lab, fd, "\"do\":\"retrieve\",\"call\":%llu", id));
	assert_int_equal(wire_status(lab->w->near, near).state, ISDN_CALL_CONNECTED);
	/* It is owner for the request only. */
	assert_int_equal(isdn_call_info(lab->w->near, near, &info), 0);
	assert_int_equal(info.owners, 1);
	lab_error(lab_ask(lab, fd, "\"do\":\"uui\",\"call\":%llu", id), "SYNTAX", "\"uui\"");
	lab_good(lab_ask(lab, fd, "\"do\":\"uui\",\"call\":%llu,\"uui\":\"0461\"", id));
	wire_run_for(lab->w, 50);
	assert_int_equal(isdn_call_uui(lab->w->far, far, ISDN_UUI_MIDCALL, uui, sizeof(uui), &len),
			 0);
	assert_int_equal(len, 2);
	assert_memory_equal(uui, "\x04\x61", 2);
	end_call(lab, near, far);
	close(fd);
	lab_close(lab);
}

static void control_clears_a_conference_by_any_party(void **state)
{
	struct lab *lab = lab_open(true, 4);
	isdn_handle conference, near[3], far[3];
	json_t *a, *related;
	int fd = lab_opened(lab);

	(void)state;
	assert_int_equal(isdn_conference_new(lab->w->near, NULL, &conference), 0);
	for (int i = 0; i < 3; i++) {
		wire_connected(lab->w, true, &near[i], &far[i]);
		assert_true(isdn_conference_add(lab->w->near, conference, near[i]) > 0);
	}
	a = lab_ask(lab, fd, "\"do\":\"show\",\"call\":%llu",
		    (unsigned long long)lab_id(lab->w->near, near[1]));
	related = json_object_get(a, "related");
	assert_int_equal(json_array_size(related), 4);
	assert_string_equal(lab_text(json_array_get(related, 0), "origin"), "conference");
	assert_int_equal(lab_number(json_array_get(related, 0), "parties"), 3);
	for (int i = 0; i < 3; i++)
		assert_int_equal(lab_number(json_array_get(related, (size_t)i + 1), "id"),
				 lab_id(lab->w->near, near[i]));
	json_decref(a);
	a = lab_ask(lab, fd, "\"do\":\"dry-run\",\"verb\":\"clear\",\"call\":%llu",
		    (unsigned long long)lab_id(lab->w->near, near[1]));
	assert_int_equal(json_array_size(json_object_get(a, "effects")), 4);
	json_decref(a);
	{
		char line[100];

		snprintf(line, sizeof(line), "{\"do\":\"clear\",\"call\":%llu}\n",
			 (unsigned long long)lab_id(lab->w->near, near[1]));
		lab_send(lab, fd, line);
	}
	for (int i = 0; i < 3; i++)
		far_releases(lab, far[i]);
	a = lab_line(lab, fd);
	assert_int_equal(lab_number(a, "changed"), 4);
	assert_string_equal(lab_text(a, "outcome"), "CLEARED");
	json_decref(a);
	for (int i = 0; i < 3; i++)
		give_back(lab, near[i], far[i]);
	assert_int_equal(isdn_call_deallocate(lab->w->near, conference), 0);
	close(fd);
	lab_close(lab);
}

static void control_tells_spans_bridges_stats_and_leaks(void **state)
{
	struct lab *lab = lab_open(false, 4);
	struct isdn_bridge_config config;
	isdn_handle near, far;
	isdn_bridge bridge;
	json_t *a, *s;
	int fd = lab_opened(lab);

	(void)state;
	isdn_bridge_config_init(&config);
	config.span = lab->w->near_span;
	config.number = "300";
	config.sharing = ISDN_SHARING_SHARED;
	assert_int_equal(isdn_bridge_new(lab->w->registry, &config, &bridge), 0);
	a = lab_ask(lab, fd, "\"do\":\"bridges\"");
	s = json_array_get(json_object_get(a, "bridges"), 0);
	assert_string_equal(lab_text(s, "number"), "300");
	assert_string_equal(lab_text(s, "sharing"), "shared");
	json_decref(a);
	a = lab_ask(lab, fd, "\"do\":\"spans\"");
	assert_int_equal(json_array_size(json_object_get(a, "spans")), 2);
	s = json_array_get(json_object_get(a, "spans"), 0);
	assert_string_equal(lab_text(s, "spec"), "loop:w,user");
	assert_string_equal(lab_text(s, "side"), "user");
	assert_true(json_is_true(json_object_get(s, "up")));
	assert_int_equal(lab_number(json_object_get(s, "caps"), "uui_drop"), 129);
	assert_true(lab_number(json_object_get(s, "counters"), "frames_out") > 0);
	assert_int_equal(lab_number(json_array_get(json_object_get(s, "links"), 0), "state"), 7);
	json_decref(a);
	wire_connected(lab->w, true, &near, &far);
	assert_true(isdn_call_drop(lab->w->near, near, NULL) > 0);
	far_releases(lab, far);
	wire_run_for(lab->w, 100);
	a = lab_ask(lab, fd, "\"do\":\"leaks\"");
	assert_int_equal(lab_number(a, "total"), json_array_size(json_object_get(a, "leaks")));
	assert_true(lab_number(a, "total") >= 2); /* near, far, and the monitor */
	s = json_array_get(json_object_get(a, "leaks"), 0);
	assert_string_equal(lab_text(s, "client"), "near");
	assert_string_equal(lab_text(s, "privilege"), "owner");
	assert_string_equal(lab_text(s, "called"), "5551234");
	json_decref(a);
	give_back(lab, near, far);
	wire_drain(lab->w);
	a = lab_ask(lab, fd, "\"do\":\"stats\"");
	assert_int_equal(lab_number(json_object_get(a, "counts"), "spans"), 2);
	assert_int_equal(lab_number(json_object_get(a, "control"), "clients"), 1);
	json_decref(a);
	close(fd);
	lab_close(lab);
}

static void control_watches_a_call_from_the_beginning_to_the_end(void **state)
{
	struct lab *lab = lab_open(true, 4);
	isdn_handle near, far;
	json_t *e;
	uint64_t id;
	int fd = lab_opened(lab);

	(void)state;
	lab_good(lab_ask(lab, fd, "\"do\":\"watch\",\"on\":true"));
	near = wire_make(lab->w, lab->w->near, lab->w->near_span, NULL, 0);
	id = lab_id(lab->w->near, near);
	e = lab_event(lab, fd, "new", 0);
	assert_int_equal(lab_number(json_object_get(e, "call"), "id"), id);
	json_decref(e);
	e = lab_event(lab, fd, "state", id);
	assert_string_equal(lab_text(e, "state"), "DIALING");
	json_decref(e);
	wire_run_for(lab->w, 50);
	far = wire_arrived(lab->w->far);
	assert_true(isdn_call_drop(lab->w->far, far,
				   &(struct isdn_drop){
					   .cause = 17, .uui = "\x04no", .uui_size = 3 }) > 0);
	do {
		e = lab_event(lab, fd, "state", id);
		if (!strcmp(lab_text(e, "state"), "IDLE"))
			break;
		json_decref(e);
	} while (true);
	assert_int_equal(lab_number(e, "cause"), 17);
	assert_string_equal(lab_text(e, "source"), "remote");
	assert_string_equal(lab_text(e, "uui"), "046e6f");
	json_decref(e);
	lab_good(lab_ask(lab, fd, "\"do\":\"watch\",\"on\":false"));
	give_back(lab, near, far);
	close(fd);
	lab_close(lab);
}

/* What the application does between two turns of its loop is told without waiting for a frame. */
static void control_is_woken_by_requests_of_the_application(void **state)
{
	struct lab *lab = lab_open(true, 4);
	isdn_handle conference;
	struct pollfd p;
	json_t *e;
	int fd = lab_opened(lab);

	(void)state;
	lab_good(lab_ask(lab, fd, "\"do\":\"watch\""));
	p = (struct pollfd){ .fd = isdn_registry_fd(lab->w->registry), .events = POLLIN };
	while (poll(&p, 1, 0) == 1)
		isdn_registry_process(lab->w->registry);
	assert_int_equal(isdn_conference_new(lab->w->near, NULL, &conference), 0);
	assert_int_equal(poll(&p, 1, 0), 1);
	e = lab_event(lab, fd, "new", 0);
	json_decref(e);
	assert_true(isdn_call_drop(lab->w->near, conference, NULL) > 0);
	assert_int_equal(isdn_call_deallocate(lab->w->near, conference), 0);
	close(fd);
	lab_close(lab);
}

static void control_says_what_is_wrong_with_a_request(void **state)
{
	static const struct {
		const char *line, *error, *text;
	} rows[] = {
		{ "nonsense", "SYNTAX", "no JSON object" },
		{ "[1]", "SYNTAX", "no JSON object" },
		{ "{}", "SYNTAX", "\"do\"" },
		{ "{\"do\":7}", "SYNTAX", "\"do\"" },
		{ "{\"do\":\"fly\"}", "SYNTAX", "choose among list, show" },
		{ "{\"do\":\"list\",\"do\":\"list\"}", "SYNTAX", "duplicate" },
		{ "{\"do\":\"list\",\"limit\":0}", "SYNTAX", "\"limit\": a whole number from 1" },
		{ "{\"do\":\"list\",\"limit\":\"9\"}", "SYNTAX", "\"limit\"" },
		{ "{\"do\":\"list\",\"id\":{}}", "SYNTAX", "\"id\"" },
		{ "{\"do\":\"show\"}", "SYNTAX", "\"call\", the id of a call, is missing" },
		{ "{\"do\":\"show\",\"call\":999}", "INVALCALLHANDLE", "call 999" },
		{ "{\"do\":\"drop\",\"call\":-1}", "SYNTAX", "\"call\"" },
		{ "{\"do\":\"watch\",\"on\":1}", "SYNTAX", "true or false" },
		{ "{\"do\":\"trace\",\"span\":99999999}", "SYNTAX", "\"span\"" },
		{ "{\"do\":\"trace\",\"span\":99}", "INVAL", "no span 99" },
		{ "{\"do\":\"list\",\"span\":3}", "INVAL", "no span 3" },
		{ "{\"do\":\"dry-run\",\"verb\":\"shoot\"}", "SYNTAX", "drop, leave, clear" },
		{ "\xff\xfe", "SYNTAX", "no JSON object" },
	};
	struct lab *lab = lab_open(false, 4);
	isdn_handle near, far;
	unsigned long long id;
	int fd = lab_opened(lab);

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		lab_send(lab, fd, rows[i].line);
		lab_send(lab, fd, "\r\n");
		lab_error(lab_line(lab, fd), rows[i].error, rows[i].text);
	}
	wire_connected(lab->w, true, &near, &far);
	id = lab_id(lab->w->near, near);
	lab_error(lab_ask(lab, fd, "\"do\":\"drop\",\"call\":%llu,\"cause\":128", id), "SYNTAX",
		  "from 1 to 127");
	lab_error(lab_ask(lab, fd, "\"do\":\"drop\",\"call\":%llu,\"uui\":\"04\"", id), "SYNTAX",
		  "2 to 129 octets");
	lab_error(lab_ask(lab, fd, "\"do\":\"drop\",\"call\":%llu,\"uui\":\"04zz\"", id), "SYNTAX",
		  "no hex digit at character 3");
	lab_error(lab_ask(lab, fd, "\"do\":\"drop\",\"call\":%llu,\"reason\":\"fun\"", id),
		  "SYNTAX", "noanswer");
	assert_int_equal(wire_status(lab->w->near, near).state, ISDN_CALL_CONNECTED);
	end_call(lab, near, far);
	close(fd);
	lab_close(lab);
}

/* A connection that goes takes nothing with it: the call stays, and so does what it asked for. */
static void control_that_is_left_alone_drops_nothing(void **state)
{
	struct lab *lab = lab_open(false, 4);
	isdn_handle near, far;
	struct isdn_registry_counts n;
	char line[100];
	int fd = lab_opened(lab);

	(void)state;
	wire_connected(lab->w, true, &near, &far);
	json_decref(lab_ask(lab, fd, "\"do\":\"list\""));
	close(fd);
	wire_run_for(lab->w, 50);
	isdn_registry_counts(lab->w->registry, &n);
	assert_int_equal(n.clients, 3);
	assert_int_equal(wire_status(lab->w->near, near).state, ISDN_CALL_CONNECTED);
	fd = lab_opened(lab);
	snprintf(line, sizeof(line), "{\"do\":\"drop\",\"call\":%llu}\n",
		 (unsigned long long)lab_id(lab->w->near, near));
	lab_send(lab, fd, line);
	close(fd);
	far_releases(lab, far);
	wire_run_for(lab->w, 100);
	assert_int_equal(wire_status(lab->w->near, near).state, ISDN_CALL_IDLE);
	give_back(lab, near, far);
	lab_close(lab);
}

static int open_at(struct lab *lab, const char *path, const char *group, struct isdn_error *error)
{
	struct isdn_control *second = NULL;
	struct isdn_control_config config = lab->config;
	int err;

	config.path = path;
	config.group = group;
	err = isdn_control_open(lab->w->registry, &config, &second, error);
	if (!err)
		isdn_control_close(second);
	else
		assert_null(second);
	return err;
}

static void control_names_what_keeps_it_from_opening(void **state)
{
	struct lab *lab = lab_open(false, 4);
	struct isdn_error error = { .text = "" };
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	struct stat st;
	char path[200], longer[300];
	int fd;

	(void)state;
	assert_int_equal(open_at(lab, lab->path, NULL, &error), ISDN_ERR_INUSE);
	assert_non_null(strstr(error.text, "another program serves it"));
	memset(longer, 'x', sizeof(longer));
	longer[299] = '\0';
	assert_int_equal(open_at(lab, longer, NULL, &error), ISDN_ERR_INVAL);
	assert_int_equal(open_at(lab, "", NULL, &error), ISDN_ERR_INVAL);
	assert_int_equal(open_at(lab, NULL, NULL, &error), ISDN_ERR_INVALPOINTER);
	snprintf(path, sizeof(path), "%s/none/control", lab->dir);
	assert_int_equal(open_at(lab, path, NULL, &error), ISDN_ERR_NODEV);
	assert_non_null(strstr(error.text, "make the directory"));
	snprintf(path, sizeof(path), "%s/second", lab->dir);
	assert_int_equal(open_at(lab, path, "no-such-group", &error), ISDN_ERR_INVAL);
	assert_non_null(strstr(error.text, "no-such-group"));
	/* A file is not touched. */
	fclose(fopen(path, "w"));
	assert_int_equal(open_at(lab, path, NULL, &error), ISDN_ERR_INUSE);
	assert_non_null(strstr(error.text, "no socket"));
	assert_int_equal(unlink(path), 0);
	/* What a program that was killed left is replaced. */
	fd = socket(AF_UNIX, SOCK_STREAM, 0);
	strcpy(at.sun_path, path);
	assert_int_equal(bind(fd, (struct sockaddr *)&at, sizeof(at)), 0);
	close(fd);
	assert_int_equal(open_at(lab, path, NULL, &error), 0);
	assert_int_equal(access(path, F_OK), -1);
	assert_int_equal(stat(lab->path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	lab_close(lab);
}

/* Another user may look where the mode lets it connect, and not act. Needs root to be tried. */
static void control_lets_another_user_look_and_not_act(void **state)
{
	struct lab *lab;
	isdn_handle near, far;
	unsigned long long id;
	json_t *a;
	int fd;

	(void)state;
	if (getuid() != 0)
		skip();
	lab = lab_open(false, 4);
	wire_connected(lab->w, true, &near, &far);
	id = lab_id(lab->w->near, near);
	assert_int_equal(chmod(lab->dir, 0755), 0);
	assert_int_equal(seteuid(65534), 0);
	assert_int_equal(lab_connect(lab), -1); /* 0600 */
	assert_int_equal(seteuid(0), 0);
	assert_int_equal(chmod(lab->path, 0666), 0);
	assert_int_equal(seteuid(65534), 0);
	fd = lab_connect(lab);
	assert_int_equal(seteuid(0), 0);
	json_decref(lab_greeting(lab, fd, "monitor"));
	a = lab_ask(lab, fd, "\"do\":\"show\",\"call\":%llu", id);
	assert_string_equal(lab_text(json_object_get(a, "call"), "state"), "CONNECTED");
	json_decref(a);
	lab_error(lab_ask(lab, fd, "\"do\":\"drop\",\"call\":%llu", id), "NOTOWNER", "may look");
	lab_error(lab_ask(lab, fd, "\"do\":\"dry-run\",\"call\":%llu", id), "NOTOWNER", "");
	assert_int_equal(wire_status(lab->w->near, near).state, ISDN_CALL_CONNECTED);
	end_call(lab, near, far);
	close(fd);
	lab_close(lab);
}

/* A member of the group may act: the group of nobody else, by number. */
static void control_lets_the_group_act(void **state)
{
	struct lab *lab;
	struct stat st;
	int fd;

	(void)state;
	if (getuid() != 0)
		skip();
	lab = lab_open(false, 4);
	isdn_control_close(lab->control);
	lab->config.group = "65533";
	lab->config.mode = 0660;
	assert_int_equal(isdn_control_open(lab->w->registry, &lab->config, &lab->control, NULL), 0);
	assert_int_equal(stat(lab->path, &st), 0);
	assert_int_equal(st.st_gid, 65533);
	assert_int_equal(chmod(lab->dir, 0755), 0);
	assert_int_equal(setegid(65533), 0);
	assert_int_equal(seteuid(65534), 0);
	fd = lab_connect(lab);
	assert_int_equal(seteuid(0), 0);
	assert_int_equal(setegid(0), 0);
	json_decref(lab_greeting(lab, fd, "owner"));
	close(fd);
	lab_close(lab);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(control_greets_with_version_privilege_and_time),
		cmocka_unit_test(control_lists_calls_a_page_at_a_time),
		cmocka_unit_test(control_drops_with_cause_and_uui_and_answers_when_it_is_cleared),
		cmocka_unit_test(control_dry_run_shows_the_octets_that_a_drop_sends),
		cmocka_unit_test(control_holds_retrieves_and_sends_uui),
		cmocka_unit_test(control_clears_a_conference_by_any_party),
		cmocka_unit_test(control_tells_spans_bridges_stats_and_leaks),
		cmocka_unit_test(control_watches_a_call_from_the_beginning_to_the_end),
		cmocka_unit_test(control_is_woken_by_requests_of_the_application),
		cmocka_unit_test(control_says_what_is_wrong_with_a_request),
		cmocka_unit_test(control_that_is_left_alone_drops_nothing),
		cmocka_unit_test(control_names_what_keeps_it_from_opening),
		cmocka_unit_test(control_lets_another_user_look_and_not_act),
		cmocka_unit_test(control_lets_the_group_act),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
