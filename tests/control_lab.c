/* SPDX-License-Identifier: BSD-2-Clause */
/* A control socket, and those who connect to it. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "tests/control_lab.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static void note(void *arg, enum isdn_log_level level, enum isdn_log_area area, const char *line,
		 size_t len)
{
	struct lab *lab = arg;
	size_t n = strlen(lab->logged);

	(void)level;
	assert_int_equal(area, ISDN_AREA_REGISTRY);
	assert_int_equal(strlen(line), len);
	if (n + len + 2 < sizeof(lab->logged))
		sprintf(lab->logged + n, "%s\n", line);
}

struct lab *lab_open(bool net, unsigned max_clients)
{
	struct lab *lab = calloc(1, sizeof(*lab));
	struct isdn_error error = { .text = "" };
	void *wire;

	assert_non_null(lab);
	wire_setup(&wire, net, "", "");
	lab->w = wire;
	strcpy(lab->dir, "/tmp/isdn-control-XXXXXX");
	assert_non_null(mkdtemp(lab->dir));
	snprintf(lab->path, sizeof(lab->path), "%s/control", lab->dir);
	isdn_control_config_init(&lab->config);
	lab->config.path = lab->path;
	lab->config.program = "lab";
	lab->config.max_clients = max_clients;
	lab->config.max_output = 64 * 1024;
	lab->config.log =
		(struct isdn_log){ .write = note, .max_level = ISDN_LOG_DEBUG, .arg = lab };
	assert_int_equal(isdn_control_open(lab->w->registry, &lab->config, &lab->control, &error),
			 0);
	return lab;
}

void lab_close(struct lab *lab)
{
	void *wire = lab->w;

	isdn_control_close(lab->control);
	assert_int_equal(access(lab->path, F_OK), -1);
	rmdir(lab->dir);
	wire_drain(lab->w);
	wire_teardown(&wire);
	free(lab);
}

int lab_connect(const struct lab *lab)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	assert_true(fd >= 0);
	strcpy(at.sun_path, lab->path);
	if (connect(fd, (struct sockaddr *)&at, sizeof(at)) == 0)
		return fd;
	close(fd);
	return -1;
}

void lab_send(struct lab *lab, int fd, const char *text)
{
	size_t n = strlen(text);

	assert_int_equal(send(fd, text, n, MSG_NOSIGNAL), n);
	isdn_registry_process(lab->w->registry);
}

/* Octet for octet: what follows stays in the socket. */
json_t *lab_line(struct lab *lab, int fd)
{
	static char line[1 << 17];
	size_t n = 0;
	int idle = 0;

	while (n < sizeof(line) && idle < 50) {
		ssize_t got = recv(fd, line + n, 1, 0);

		if (got == 0 || (got < 0 && errno != EAGAIN))
			return NULL;
		if (got < 0) {
			idle++;
			wire_run_for(lab->w, 10);
			continue;
		}
		if (line[n++] == '\n') {
			json_t *o = json_loadb(line, n, JSON_REJECT_DUPLICATES, NULL);

			assert_true(json_is_object(o));
			return o;
		}
	}
	assert_int_equal(n, 0);
	return NULL;
}

json_t *lab_greeting(struct lab *lab, int fd, const char *privilege)
{
	json_t *o = lab_line(lab, fd);

	assert_non_null(o);
	assert_int_equal(lab_number(o, "isdn_control"), 1);
	assert_string_equal(lab_text(o, "privilege"), privilege);
	return o;
}

int lab_opened(struct lab *lab)
{
	int fd = lab_connect(lab);

	assert_true(fd >= 0);
	json_decref(lab_greeting(lab, fd, "owner"));
	return fd;
}

struct isdn_control_counters lab_counted(const struct lab *lab)
{
	struct isdn_control_counters n;

	assert_int_equal(isdn_control_counters(lab->control, &n), 0);
	return n;
}

json_t *lab_ask(struct lab *lab, int fd, const char *format, ...)
{
	static int64_t id = 1000;
	char request[C_LAB_LINE], line[C_LAB_LINE + 32];
	va_list ap;
	json_t *o;

	va_start(ap, format);
	vsnprintf(request, sizeof(request), format, ap);
	va_end(ap);
	snprintf(line, sizeof(line), "{\"id\":%lld,%s}\n", (long long)++id, request);
	lab_send(lab, fd, line);
	while ((o = lab_line(lab, fd)) != NULL) {
		if (lab_number(o, "id") == id)
			return o;
		assert_non_null(json_object_get(o, "event"));
		json_decref(o);
	}
	fail_msg("%s: no answer", line);
	return NULL;
}

json_t *lab_event(struct lab *lab, int fd, const char *name, uint64_t call)
{
	json_t *o;

	while ((o = lab_line(lab, fd)) != NULL) {
		if (!strcmp(lab_text(o, "event"), name) &&
		    (!call || (uint64_t)lab_number(o, "call") == call))
			return o;
		json_decref(o);
	}
	fail_msg("no event %s", name);
	return NULL;
}

const char *lab_text(const json_t *o, const char *member)
{
	const char *text = json_string_value(json_object_get(o, member));

	return text ? text : "";
}

int64_t lab_number(const json_t *o, const char *member)
{
	return json_integer_value(json_object_get(o, member));
}

void lab_error(json_t *answer, const char *error, const char *text)
{
	assert_true(json_is_false(json_object_get(answer, "ok")));
	assert_string_equal(lab_text(answer, "error"), error);
	assert_non_null(strstr(lab_text(answer, "text"), text));
	json_decref(answer);
}

void lab_good(json_t *answer)
{
	if (!json_is_true(json_object_get(answer, "ok")))
		fail_msg("%s: %s", lab_text(answer, "error"), lab_text(answer, "text"));
	json_decref(answer);
}

uint64_t lab_id(struct isdn_client *c, isdn_handle h)
{
	struct isdn_call_info info;

	assert_int_equal(isdn_call_info(c, h, &info), 0);
	return info.id;
}
