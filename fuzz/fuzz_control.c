/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * libFuzzer: a control socket on two spans with calls, and two that connect to it; the input is
 * what they send, in pieces, with time, memory that fails, reading and not reading, and ends of
 * connections between. Every line that comes back is one JSON object with "ok", "event" or
 * "isdn_control" in it; what is sent as no request is never done. In the end every call can be
 * cleared, and nothing is left.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <isdn/control.h>

#include "fuzz/script.h"

#define PEERS 2

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct fuzz {
	isdn_time now;
	struct memory memory;
	struct isdn_registry *registry;
	struct isdn_control *control;
	struct isdn_client *near, *far;
	isdn_handle conference;
	char path[64];
	int fd[PEERS];
	char line[PEERS][1 << 16];
	size_t n[PEERS];
};

static isdn_time now_of(void *arg)
{
	return ((struct fuzz *)arg)->now;
}

static void run_for(struct fuzz *f, isdn_time ms)
{
	isdn_time end = f->now + ms, next;

	isdn_registry_process(f->registry);
	while ((next = isdn_registry_next_timeout(f->registry)) <= end) {
		f->now = next > f->now ? next : f->now;
		isdn_registry_process(f->registry);
	}
	f->now = end;
	isdn_registry_process(f->registry);
}

/* The far end takes every call, and releases what is cleared. */
static void far_end(struct fuzz *f)
{
	struct isdn_event ev;

	while (isdn_client_next_event(f->far, &ev) == 1) {
		if (ev.type != ISDN_EV_CALL_STATE)
			continue;
		if (ev.state == ISDN_CALL_OFFERING)
			(void)isdn_call_answer(f->far, ev.call, NULL, 0);
		else if (ev.state == ISDN_CALL_DISCONNECTED)
			(void)isdn_call_drop(f->far, ev.call, NULL);
		else if (ev.state == ISDN_CALL_IDLE)
			isdn_call_deallocate(f->far, ev.call);
	}
	while (isdn_client_next_event(f->near, &ev) == 1)
		if (ev.type == ISDN_EV_CALL_STATE && ev.state == ISDN_CALL_IDLE)
			isdn_call_deallocate(f->near, ev.call);
}

static void settle(struct fuzz *f)
{
	for (int i = 0; i < 4; i++) {
		run_for(f, 10);
		far_end(f);
	}
}

static struct isdn_client *client(struct fuzz *f, unsigned span)
{
	struct isdn_client_config config;
	struct isdn_client *c;

	isdn_client_config_init(&config);
	config.span = span;
	check(isdn_client_open(f->registry, &config, &c) == 0);
	return c;
}

static void make_calls(struct fuzz *f, unsigned span)
{
	struct isdn_call_params p;
	isdn_handle h[3];

	isdn_call_params_init(&p);
	p.span = span;
	p.called = "5551234";
	for (int i = 0; i < 3; i++)
		check(isdn_call_make(f->near, &p, &h[i]) > 0);
	settle(f);
	check(isdn_conference_new(f->near, NULL, &f->conference) == 0);
	for (int i = 0; i < 2; i++)
		check(isdn_conference_add(f->near, f->conference, h[i]) > 0);
	settle(f);
}

static void connect_peer(struct fuzz *f, int i)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };

	f->n[i] = 0;
	f->fd[i] = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	strcpy(at.sun_path, f->path);
	check(f->fd[i] >= 0);
	if (connect(f->fd[i], (struct sockaddr *)&at, sizeof(at)) < 0) {
		close(f->fd[i]);
		f->fd[i] = -1;
	}
}

static void good_line(const char *line, size_t len)
{
	json_t *o = json_loadb(line, len, JSON_REJECT_DUPLICATES, NULL);

	check(json_is_object(o));
	check(json_object_get(o, "ok") || json_object_get(o, "event") ||
	      json_object_get(o, "isdn_control"));
	json_decref(o);
}

static void read_peer(struct fuzz *f, int i)
{
	for (;;) {
		char *line = f->line[i], *end;
		ssize_t got = recv(f->fd[i], line + f->n[i], sizeof(f->line[i]) - f->n[i], 0);

		if (got <= 0)
			return;
		f->n[i] += (size_t)got;
		while ((end = memchr(line, '\n', f->n[i])) != NULL) {
			good_line(line, (size_t)(end - line));
			f->n[i] -= (size_t)(end + 1 - line);
			memmove(line, end + 1, f->n[i]);
		}
		check(f->n[i] < sizeof(f->line[i]));
	}
}

static void step(struct fuzz *f, struct input *in)
{
	unsigned what = octet(in);
	int i = (int)(what >> 7);
	size_t n = 1 + (what & 0x3f) * 4;
	const uint8_t *octets;

	if (f->fd[i] < 0)
		connect_peer(f, i);
	switch ((what & 0x3f)) {
	case 0:
		read_peer(f, i);
		return;
	case 1:
		settle(f);
		return;
	case 2:
		shutdown(f->fd[i], SHUT_WR);
		return;
	case 3:
		close(f->fd[i]);
		f->fd[i] = -1;
		return;
	case 4:
		f->memory.skip = octet(in);
		f->memory.fail = octet(in) & 3;
		return;
	case 5:
		run_for(f, octet(in) * 50u);
		return;
	default:
		octets = some(in, &n);
		(void)!send(f->fd[i], octets, n, MSG_NOSIGNAL);
		if (what & 0x40)
			(void)!send(f->fd[i], "\n", 1, MSG_NOSIGNAL);
		isdn_registry_process(f->registry);
	}
}

static void begin(struct fuzz *f)
{
	struct isdn_control_config config;
	struct isdn_env env;
	unsigned near, far;

	memset(&env, 0, sizeof(env));
	memset(f, 0, sizeof(*f));
	f->now = 1000;
	f->fd[0] = f->fd[1] = -1;
	env.clock = now_of;
	env.clock_arg = f;
	check(isdn_registry_new(&f->registry, NULL, &env) == 0);
	check(isdn_registry_open_span(f->registry, "loop:f,user", &near, NULL) == 0);
	check(isdn_registry_open_span(f->registry, "loop:f,net", &far, NULL) == 0);
	f->near = client(f, near);
	f->far = client(f, far);
	make_calls(f, near);
	snprintf(f->path, sizeof(f->path), "/tmp/isdn-fuzz-%d", (int)getpid());
	isdn_control_config_init(&config);
	config.path = f->path;
	config.max_output = 64 * 1024;
	config.mem = (struct isdn_mem){ memory_take, memory_give, &f->memory };
	check(isdn_control_open(f->registry, &config, &f->control, NULL) == 0);
}

static void finish(struct fuzz *f)
{
	struct isdn_registry_counts n;

	f->memory.fail = 0;
	for (int i = 0; i < PEERS; i++)
		if (f->fd[i] >= 0) {
			read_peer(f, i);
			close(f->fd[i]);
		}
	settle(f);
	isdn_control_close(f->control);
	check(f->memory.blocks == 0);
	isdn_client_close(f->near); /* which drops what is left */
	f->near = NULL;
	settle(f);
	run_for(f, 120000);
	far_end(f);
	isdn_client_close(f->far);
	run_for(f, 120000);
	isdn_registry_counts(f->registry, &n);
	check(n.calls == 0 && n.handles == 0 && n.requests == 0);
	isdn_registry_free(f->registry);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct fuzz f;
	struct input in = { data, size };

	begin(&f);
	while (in.left)
		step(&f, &in);
	finish(&f);
	return 0;
}
