/* SPDX-License-Identifier: BSD-2-Clause */
/* Our end and libpri's, in real time, see libpri_lab.h. */
#define _GNU_SOURCE
#include "tests/libpri_lab.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

const char *peer_program, *our_channel, *peer_channel;
const char *span_options = "";

long lab_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000L + t.tv_nsec / 1000000L;
}

struct call *lab_find(struct lab *l, isdn_handle h)
{
	for (unsigned i = 0; i < l->n_calls; i++)
		if (l->call[i].handle == h)
			return &l->call[i];
	assert_true(l->n_calls < CALLS_MAX);
	l->call[l->n_calls].handle = h;
	return &l->call[l->n_calls++];
}

static void record(struct heard *h, const struct isdn_event *ev)
{
	if (h->n < HEARD_MAX)
		h->ev[h->n++] = *ev;
}

static void take(struct lab *l, const struct isdn_event *ev)
{
	struct call *c = ev->call ? lab_find(l, ev->call) : NULL;

	record(&l->first_heard, ev);
	if (ev->type == ISDN_EV_SPAN)
		l->up = ev->up;
	else if (ev->type == ISDN_EV_REPLY)
		l->reply = *ev;
	else if (ev->type == ISDN_EV_CALL_STATE) {
		c->state = ev->state;
		if (ev->state == ISDN_CALL_DISCONNECTED) {
			c->mode = ev->mode;
			c->cause = ev->cause;
		}
	} else if (ev->type == ISDN_EV_CALL_INFO && (ev->info & ISDN_INFO_UUI))
		c->told = true;
}

void lab_turn(struct lab *l)
{
	struct pollfd p[2] = { { .fd = isdn_registry_fd(l->registry), .events = POLLIN },
			       { .fd = l->pipe, .events = POLLIN } };
	struct isdn_event ev;
	ssize_t n;

	poll(p, 2, 50);
	isdn_registry_process(l->registry);
	while (isdn_client_next_event(l->client, &ev) == 1)
		take(l, &ev);
	while (l->second && isdn_client_next_event(l->second, &ev) == 1)
		record(&l->second_heard, &ev);
	if (!(p[1].revents & (POLLIN | POLLHUP)))
		return;
	n = read(l->pipe, l->text + l->len, sizeof(l->text) - 1 - l->len);
	if (n > 0)
		l->len += (size_t)n;
	else
		l->pipe = -1;
	l->text[l->len] = '\0';
}

void lab_kill_peer(struct lab *l)
{
	kill(l->pid, SIGKILL);
	waitpid(l->pid, NULL, 0);
	close(l->pipe);
	l->pipe = -1;
	l->len = 0;
	l->text[0] = '\0';
}

bool lab_said(const struct lab *l, const char *line)
{
	const char *at = strstr(l->text, line);

	return at && (at == l->text || at[-1] == '\n') && at[strlen(line)] == '\n';
}

unsigned lab_count(const struct lab *l, const char *part)
{
	unsigned n = 0;

	for (const char *at = l->text; (at = strstr(at, part)) != NULL; at++)
		n++;
	return n;
}

static void trace(void *arg, unsigned tag, bool net, enum isdn_trace_dir dir, const uint8_t *frame,
		  size_t len, isdn_time now)
{
	struct lab *l = arg;
	struct isdn_faults faults;

	(void)tag;
	(void)now;
	if (dir != ISDN_TRACE_OUT || len <= 4 || (frame[2] & 1))
		return;
	l->n_sent++;
	(void)isdn_msg_decode(ISDN_VARIANT_ETSI, net ? ISDN_NETWORK_TO_USER : ISDN_USER_TO_NETWORK,
			      frame + 4, len - 4, &l->sent, &faults);
}

void lab_start_peer(struct lab *l, int fd, const char *const *args)
{
	char number[16];
	const char *argv[40] = { peer_program, our_channel ? "--dahdi" : "--fd" };
	int out[2], n = 2;

	snprintf(number, sizeof(number), "%d", fd);
	argv[n++] = our_channel ? peer_channel : number;
	argv[n++] = "--role";
	argv[n++] = l->net ? "cpe" : "net";
	if (our_channel) { /* one link set-up is enough of a pause, see peer_libpri */
		argv[n++] = "--settle";
		argv[n++] = "400";
	}
	while (*args)
		argv[n++] = *args++;
	argv[n] = NULL;
	assert_int_equal(pipe2(out, O_CLOEXEC), 0);
	l->pid = fork();
	assert_true(l->pid >= 0);
	if (l->pid == 0) {
		dup2(out[1], 1);
		execv(peer_program, (char *const *)(uintptr_t)argv);
		_exit(127);
	}
	close(out[1]);
	l->pipe = out[0];
}

void lab_start(struct lab *l, bool net, const char *const *args)
{
	struct isdn_client_config config;
	struct isdn_error error = { .text = "" };
	struct isdn_env env;
	char spec[128];
	int fd[2] = { -1, -1 };

	memset(l, 0, sizeof(*l));
	l->net = net;
	memset(&env, 0, sizeof(env));
	env.trace.frame = trace;
	env.trace.arg = l;
	assert_int_equal(isdn_registry_new(&l->registry, NULL, &env), 0);
	isdn_client_config_init(&config);
	config.name = "interop";
	assert_int_equal(isdn_client_open(l->registry, &config, &l->client), 0);
	if (our_channel) {
		snprintf(spec, sizeof(spec), "dahdi:%s,%s,t200=400%s", our_channel,
			 net ? "net" : "user", span_options);
	} else {
		assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, fd), 0);
		snprintf(spec, sizeof(spec), "socket:fd=%d,%s,fcs%s", fd[0], net ? "net" : "user",
			 span_options);
	}
	lab_start_peer(l, fd[1], args);
	if (fd[1] >= 0)
		close(fd[1]);
	if (isdn_registry_open_span(l->registry, spec, &l->span, &error))
		fail_msg("%s", error.text);
	WAIT(l, l->up);
}

void lab_stop(struct lab *l)
{
	struct isdn_registry_counts counts;
	int status;

	WAIT(l, l->pipe < 0);
	waitpid(l->pid, &status, 0);
	if (!WIFEXITED(status) || WEXITSTATUS(status))
		fail_msg("the peer ended with %x; it said:\n%s", (unsigned)status, l->text);
	for (unsigned i = 0; i < l->n_calls; i++)
		assert_int_equal(isdn_call_deallocate(l->client, l->call[i].handle), 0);
	isdn_registry_counts(l->registry, &counts);
	assert_int_equal(counts.calls, 0);
	assert_int_equal(counts.handles, 0);
	isdn_registry_free(l->registry);
}

struct call *lab_place(struct lab *l, const char *number, const char *uui)
{
	struct isdn_call_params p;
	isdn_handle h;
	char octets[200];

	isdn_call_params_init(&p);
	p.span = l->span;
	p.called = number;
	p.calling = "5559876";
	octets[0] = 4;
	if (uui) {
		strcpy(octets + 1, uui);
		p.uui = octets;
		p.uui_size = strlen(uui) + 1;
	}
	assert_true(isdn_call_make(l->client, &p, &h) > 0);
	return lab_find(l, h);
}

isdn_request lab_drop(struct lab *l, isdn_handle h, uint8_t cause, const char *uui)
{
	char octets[200];
	struct isdn_drop how = { .cause = cause };
	isdn_request id;

	octets[0] = 4;
	if (uui) {
		strcpy(octets + 1, uui);
		how.uui = octets;
		how.uui_size = strlen(uui) + 1;
	}
	memset(&l->reply, 0, sizeof(l->reply));
	id = isdn_call_drop(l->client, h, &how);
	assert_true(id > 0);
	return id;
}

void lab_uui(struct lab *l, isdn_handle h, enum isdn_uui_which which, const char *text)
{
	uint8_t got[512];
	size_t len;

	assert_int_equal(isdn_call_uui(l->client, h, which, got, sizeof(got), &len), 0);
	assert_int_equal(len, strlen(text) + 1);
	assert_int_equal(got[0], 4);
	assert_memory_equal(got + 1, text, len - 1);
}

const char *lab_hex(const char *text)
{
	static char out[600];

	out[0] = '\0';
	for (size_t i = 0; text[i]; i++)
		sprintf(out + 2 * i, "%02x", (unsigned char)text[i]);
	return out;
}

bool lab_said_call(struct lab *l, const char *what, int call, int cause, const char *uui)
{
	char line[700];

	snprintf(line, sizeof(line), "%s call=%d cause=%d uui=%s", what, call, cause, lab_hex(uui));
	return lab_said(l, line);
}

struct call *lab_arrived(struct lab *l)
{
	WAIT(l, l->n_calls && l->call[l->n_calls - 1].state == ISDN_CALL_OFFERING);
	return &l->call[l->n_calls - 1];
}
