/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Interworking with libpri, in real time: this end is libisdn's public
 * interface, the far end a process of peer_libpri. Over a socket pair, or over
 * two D-channels of a DAHDI (in the guest of tests/dahdi-vm):
 *
 *	interop_libpri PEER_PROGRAM [OUR_CHANNEL PEER_CHANNEL [PULL PLUG]]
 *
 * PULL and PLUG are shell commands that take the far span away and bring it
 * back; with them only the scenario of that is run.
 *
 * Each scenario runs with us as the user and as the network. What libpri can
 * carry of UUI limits what can be seen: discriminator 4, no NUL, 35 octets of
 * its own; none in its CONNECT (doc/conformance.md).
 */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <isdn/isdn.h>

#define LINES_MAX 64
#define CALLS_MAX 8
#define PATIENCE  8000 /* ms; DAHDI runs at line rate under emulation */

static const char *peer_program, *our_channel, *peer_channel, *pull, *plug;

static const char *span_options = "";

struct call {
	isdn_handle handle;
	enum isdn_call_state state;
	uint32_t mode;
	uint8_t cause;
	bool told; /* UUI in the call became readable */
};

struct lab {
	bool net; /* our side */
	struct isdn_registry *registry;
	struct isdn_client *client;
	unsigned span;
	bool up;
	struct call call[CALLS_MAX];
	unsigned n_calls;
	struct isdn_event reply; /* the last one */
	pid_t pid;
	int pipe;
	char text[8192]; /* what the peer said, and its lines */
	size_t len;
	/* the last messages that we sent, from the trace */
	struct isdn_msg sent;
};

static long now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000L + t.tv_nsec / 1000000L;
}

static struct call *find(struct lab *l, isdn_handle h)
{
	for (unsigned i = 0; i < l->n_calls; i++)
		if (l->call[i].handle == h)
			return &l->call[i];
	assert_true(l->n_calls < CALLS_MAX);
	l->call[l->n_calls].handle = h;
	return &l->call[l->n_calls++];
}

static void take(struct lab *l, const struct isdn_event *ev)
{
	struct call *c = ev->call ? find(l, ev->call) : NULL;

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

/* One turn of the loop: our events, and what the peer says. */
static void turn(struct lab *l)
{
	struct pollfd p[2] = { { .fd = isdn_registry_fd(l->registry), .events = POLLIN },
			       { .fd = l->pipe, .events = POLLIN } };
	struct isdn_event ev;
	ssize_t n;

	poll(p, 2, 50);
	isdn_registry_process(l->registry);
	while (isdn_client_next_event(l->client, &ev) == 1)
		take(l, &ev);
	if (!(p[1].revents & (POLLIN | POLLHUP)))
		return;
	n = read(l->pipe, l->text + l->len, sizeof(l->text) - 1 - l->len);
	if (n > 0)
		l->len += (size_t)n;
	else
		l->pipe = -1;
	l->text[l->len] = '\0';
}

#define WAIT(l, condition)                                                                         \
	do {                                                                                       \
		long until_ = now_ms() + PATIENCE;                                                 \
		while (!(condition)) {                                                             \
			if (now_ms() > until_)                                                     \
				fail_msg("%s did not come; the peer said:\n%s", #condition,        \
					 (l)->text);                                               \
			turn(l);                                                                   \
		}                                                                                  \
	} while (0)

/* The peer is gone without a word, as when its machine fails. */
static void kill_peer(struct lab *l)
{
	kill(l->pid, SIGKILL);
	waitpid(l->pid, NULL, 0);
	close(l->pipe);
	l->pipe = -1;
	l->len = 0;
	l->text[0] = '\0';
}

static bool said(const struct lab *l, const char *line)
{
	const char *at = strstr(l->text, line);

	return at && (at == l->text || at[-1] == '\n') && at[strlen(line)] == '\n';
}

static unsigned count_said(const struct lab *l, const char *part)
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
	if (dir == ISDN_TRACE_OUT && len > 4 && !(frame[2] & 1))
		(void)isdn_msg_decode(ISDN_VARIANT_ETSI,
				      net ? ISDN_NETWORK_TO_USER : ISDN_USER_TO_NETWORK, frame + 4,
				      len - 4, &l->sent, &faults);
}

static void start_peer(struct lab *l, int fd, const char *const *args)
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

/* Both ends, connected and up. */
static void start(struct lab *l, bool net, const char *const *args)
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
		snprintf(spec, sizeof(spec), "socket:fd=%d,%s,fcs", fd[0], net ? "net" : "user");
	}
	start_peer(l, fd[1], args);
	if (fd[1] >= 0)
		close(fd[1]);
	if (isdn_registry_open_span(l->registry, spec, &l->span, &error))
		fail_msg("%s", error.text);
	WAIT(l, l->up);
}

/* The peer ends by itself, satisfied; nothing is left here. */
static void stop(struct lab *l)
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

static struct call *place(struct lab *l, const char *number, const char *uui)
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
	return find(l, h);
}

static isdn_request drop(struct lab *l, isdn_handle h, uint8_t cause, const char *uui)
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

static void assert_uui(struct lab *l, isdn_handle h, enum isdn_uui_which which, const char *text)
{
	uint8_t got[512];
	size_t len;

	assert_int_equal(isdn_call_uui(l->client, h, which, got, sizeof(got), &len), 0);
	assert_int_equal(len, strlen(text) + 1);
	assert_int_equal(got[0], 4);
	assert_memory_equal(got + 1, text, len - 1);
}

static const char *hex(const char *text)
{
	static char out[600];

	out[0] = '\0';
	for (size_t i = 0; text[i]; i++)
		sprintf(out + 2 * i, "%02x", (unsigned char)text[i]);
	return out;
}

static bool said_call(struct lab *l, const char *what, int call, int cause, const char *uui)
{
	char line[700];

	snprintf(line, sizeof(line), "%s call=%d cause=%d uui=%s", what, call, cause, hex(uui));
	return said(l, line);
}

/* 128 octets that libpri can show: IA5 without NUL. */
static const char long_text[] = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ!#"
				"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ%&";

#define ARGS(...) ((const char *const[]){ __VA_ARGS__, NULL })

static void we_call_and_we_clear(bool net)
{
	struct lab l;
	struct call *c;
	char line[400];

	start(&l, net, ARGS("--uui-alerting", "alerting-uui", "--uui-release", "release-uui"));
	c = place(&l, "5551234", long_text);
	WAIT(&l, c->state == ISDN_CALL_CONNECTED);
	snprintf(line, sizeof(line), "called=5551234 calling=5559876 uui=%s\n", hex(long_text));
	assert_int_equal(count_said(&l, line), 1);
	assert_true(c->told);
	assert_uui(&l, c->handle, ISDN_UUI_MIDCALL, "alerting-uui");
	drop(&l, c->handle, 17, long_text);
	WAIT(&l, c->state == ISDN_CALL_IDLE);
	assert_int_equal(l.reply.result, 0);
	assert_int_equal(l.reply.outcome, ISDN_OUTCOME_CLEARED);
	assert_true(l.reply.uui_sent);
	WAIT(&l, said_call(&l, "HANGUP_REQ", 1, 17, long_text));
	assert_uui(&l, c->handle, ISDN_UUI_CLEARING, "release-uui");
	stop(&l);
}

static void we_call_and_libpri_clears(bool net)
{
	struct lab l;
	struct call *c;

	start(&l, net,
	      ARGS("--hangup-after", "50", "--cause", "31", "--uui-disconnect", "disconnect-uui",
		   "--uui-relcomp", "complete-uui"));
	c = place(&l, "1", NULL);
	WAIT(&l, c->state == ISDN_CALL_DISCONNECTED);
	assert_int_equal(c->cause, 31);
	assert_uui(&l, c->handle, ISDN_UUI_CLEARING, "disconnect-uui");
	drop(&l, c->handle, 0, NULL);
	WAIT(&l, c->state == ISDN_CALL_IDLE);
	assert_int_equal(l.reply.result, 0);
	assert_uui(&l, c->handle, ISDN_UUI_CLEARING, "disconnect-uui");
	stop(&l);
}

static void libpri_rejects_by_release_complete(bool net)
{
	struct lab l;
	struct call *c;

	start(&l, net, ARGS("--reject", "34", "--uui-relcomp", "complete-uui"));
	c = place(&l, "1", NULL);
	WAIT(&l, c->state == ISDN_CALL_IDLE);
	assert_int_equal(c->mode, ISDN_DISCONNECT_CONGESTION);
	assert_int_equal(c->cause, 34);
	assert_uui(&l, c->handle, ISDN_UUI_CLEARING, "complete-uui");
	stop(&l);
}

static void libpri_rejects_by_disconnect(bool net)
{
	struct lab l;
	struct call *c;

	start(&l, net, ARGS("--reject", "21", "--uui-disconnect", "no"));
	c = place(&l, "1", NULL);
	WAIT(&l, c->state == ISDN_CALL_DISCONNECTED);
	assert_int_equal(c->mode, ISDN_DISCONNECT_REJECT);
	assert_uui(&l, c->handle, ISDN_UUI_CLEARING, "no");
	drop(&l, c->handle, 0, NULL);
	WAIT(&l, c->state == ISDN_CALL_IDLE);
	stop(&l);
}

/* A call of the peer arrived. */
static struct call *arrived(struct lab *l)
{
	WAIT(l, l->n_calls && l->call[l->n_calls - 1].state == ISDN_CALL_OFFERING);
	return &l->call[l->n_calls - 1];
}

static void libpri_calls_and_libpri_clears(bool net)
{
	struct lab l;
	struct call *c;

	start(&l, net,
	      ARGS("--place", "5551234", "--from", "100", "--uui-setup", "setup-uui",
		   "--hangup-after", "50", "--uui-disconnect", "disconnect-uui"));
	c = arrived(&l);
	assert_uui(&l, c->handle, ISDN_UUI_SETUP, "setup-uui");
	assert_true(isdn_call_accept(l.client, c->handle,
				     "\x04"
				     "ringing",
				     8) > 0);
	assert_true(isdn_call_answer(l.client, c->handle,
				     "\x04"
				     "hello",
				     6) > 0);
	WAIT(&l, c->state == ISDN_CALL_DISCONNECTED);
	assert_true(said(&l, "RINGING call=1 uui=72696e67696e67"));
	assert_true(said(&l, "ANSWER call=1 uui=68656c6c6f"));
	assert_uui(&l, c->handle, ISDN_UUI_CLEARING, "disconnect-uui");
	drop(&l, c->handle, 0, NULL);
	WAIT(&l, c->state == ISDN_CALL_IDLE);
	stop(&l);
}

static void libpri_calls_and_we_clear(bool net)
{
	struct lab l;
	struct call *c;

	start(&l, net, ARGS("--place", "1", "--uui-release", "release-uui"));
	c = arrived(&l);
	assert_true(isdn_call_answer(l.client, c->handle, NULL, 0) > 0);
	WAIT(&l, c->state == ISDN_CALL_CONNECTED);
	drop(&l, c->handle, 31, "bye");
	WAIT(&l, c->state == ISDN_CALL_IDLE);
	WAIT(&l, said_call(&l, "HANGUP_REQ", 1, 31, "bye"));
	assert_uui(&l, c->handle, ISDN_UUI_CLEARING, "release-uui");
	stop(&l);
}

static void libpri_calls_and_we_reject(bool net)
{
	struct lab l;
	struct call *c;

	start(&l, net, ARGS("--place", "1"));
	c = arrived(&l);
	drop(&l, c->handle, 0, long_text);
	WAIT(&l, c->state == ISDN_CALL_IDLE);
	assert_int_equal(l.sent.type, ISDN_MT_RELEASE_COMPLETE);
	assert_int_equal(l.reply.outcome, ISDN_OUTCOME_REJECTED);
	WAIT(&l, count_said(&l, "cause=21 uui="));
	assert_int_equal(count_said(&l, hex(long_text)), 1);
	stop(&l);
}

/* 128 octets with NUL and 0xff: libpri shows what stands before the NUL, and the call clears as
 * any. */
static void uui_of_all_octets_leaves_us_whole(bool net)
{
	struct lab l;
	struct call *c;
	uint8_t octets[129] = { 4, 'a', 'b', 0, 0xff };
	struct isdn_drop how = { .cause = 16, .uui = octets, .uui_size = 129 };

	for (int i = 5; i < 129; i++)
		octets[i] = (uint8_t)(i * 2);
	start(&l, net, ARGS("--answer"));
	c = place(&l, "1", NULL);
	WAIT(&l, c->state == ISDN_CALL_CONNECTED);
	assert_true(isdn_call_drop(l.client, c->handle, &how) > 0);
	assert_int_equal(l.sent.type, ISDN_MT_DISCONNECT);
	assert_int_equal(l.sent.uui.len, 128);
	assert_memory_equal(l.sent.uui.data, octets + 1, 128);
	WAIT(&l, c->state == ISDN_CALL_IDLE);
	WAIT(&l, said_call(&l, "HANGUP_REQ", 1, 16, "ab"));
	stop(&l);
}

static void conference(struct lab *l, isdn_handle *parent, unsigned n)
{
	assert_int_equal(isdn_conference_new(l->client, NULL, parent), 0);
	for (unsigned i = 0; i < n; i++)
		assert_true(isdn_conference_add(l->client, *parent, l->call[i].handle) > 0);
	find(l, *parent);
}

static bool all(const struct lab *l, unsigned n, enum isdn_call_state state)
{
	for (unsigned i = 0; i < n; i++)
		if (l->call[i].state != state)
			return false;
	return true;
}

/* One request, three hang-ups with our cause and our UUI. */
static void drop_conference(struct lab *l)
{
	isdn_handle parent;
	isdn_request id;

	conference(l, &parent, 3);
	WAIT(l, all(l, 3, ISDN_CALL_CONFERENCED));
	id = drop(l, parent, 31, "conference closed");
	WAIT(l, find(l, parent)->state == ISDN_CALL_IDLE);
	assert_true(all(l, 4, ISDN_CALL_IDLE));
	assert_int_equal(l->reply.request, id);
	assert_int_equal(l->reply.outcome, ISDN_OUTCOME_CLEARED);
	assert_int_equal(l->reply.calls_changed, 4);
	assert_true(l->reply.uui_sent);
	for (int i = 1; i <= 3; i++)
		WAIT(l, said_call(l, "HANGUP_REQ", i, 31, "conference closed"));
	WAIT(l, said(l, "DONE hangups=3"));
}

static void a_conference_of_three_calls_of_ours_is_dropped(bool net)
{
	struct lab l;

	start(&l, net, ARGS("--answer", "--expect-hangups", "3"));
	for (int i = 0; i < 3; i++)
		place(&l, "1", NULL);
	WAIT(&l, all(&l, 3, ISDN_CALL_CONNECTED));
	drop_conference(&l);
	stop(&l);
}

static void a_conference_of_three_calls_of_libpri_is_dropped(bool net)
{
	struct lab l;

	start(&l, net, ARGS("--place", "1", "--calls", "3"));
	WAIT(&l, l.n_calls == 3 && all(&l, 3, ISDN_CALL_OFFERING));
	for (int i = 0; i < 3; i++)
		assert_true(isdn_call_answer(l.client, l.call[i].handle, NULL, 0) > 0);
	WAIT(&l, all(&l, 3, ISDN_CALL_CONNECTED));
	drop_conference(&l);
	stop(&l);
}

static bool alarmed(const struct lab *l)
{
	struct isdn_span_info info;

	assert_int_equal(isdn_registry_span_info(l->registry, l->span, &info), 0);
	return info.alarm;
}

/*
 * The far span goes during a call: alarm, link failure, and the call waits for
 * T309. It comes back with a far end that knows no call: the enquiry finds
 * that out and the call is released; and the line is as good as before.
 */
static void the_far_span_goes_and_comes_back(void **state)
{
	struct isdn_call_info info;
	struct call *c;
	struct lab l;

	(void)state;
	start(&l, true, ARGS("--answer", "--timeout", "60"));
	c = place(&l, "1", NULL);
	WAIT(&l, c->state == ISDN_CALL_CONNECTED);
	kill_peer(&l);
	assert_int_equal(system(pull), 0);
	WAIT(&l, alarmed(&l));
	WAIT(&l, !l.up);
	assert_int_equal(c->state, ISDN_CALL_CONNECTED); /* T309 runs */
	assert_int_equal(system(plug), 0);
	WAIT(&l, !alarmed(&l));
	start_peer(&l, -1, ARGS("--answer", "--uui-release", "again"));
	WAIT(&l, l.up);
	WAIT(&l, c->state == ISDN_CALL_IDLE);
	assert_int_equal(isdn_call_info(l.client, c->handle, &info), 0);
	printf("the call ended with cause %u (%s), %s\n", info.cause, isdn_cause_name(info.cause),
	       isdn_source_name(info.source));
	c = place(&l, "2", NULL);
	WAIT(&l, c->state == ISDN_CALL_CONNECTED);
	drop(&l, c->handle, 16, "back again");
	WAIT(&l, c->state == ISDN_CALL_IDLE);
	WAIT(&l, said_call(&l, "HANGUP_REQ", 1, 16, "back again"));
	stop(&l);
}

/* The same, but the far span stays away: T309 ends the call. */
static void the_far_span_stays_away_and_t309_ends_the_call(void **state)
{
	struct isdn_call_info info;
	struct call *c;
	struct lab l;

	(void)state;
	span_options = ",t309=3000";
	start(&l, true, ARGS("--answer", "--timeout", "60"));
	c = place(&l, "1", NULL);
	WAIT(&l, c->state == ISDN_CALL_CONNECTED);
	kill_peer(&l);
	assert_int_equal(system(pull), 0);
	WAIT(&l, !l.up);
	assert_int_equal(c->state, ISDN_CALL_CONNECTED);
	WAIT(&l, c->state == ISDN_CALL_IDLE);
	assert_int_equal(isdn_call_info(l.client, c->handle, &info), 0);
	assert_int_equal(info.cause, ISDN_CAUSE_DESTINATION_OUT_OF_ORDER);
	assert_int_equal(info.source, ISDN_BY_LINK);
	assert_int_equal(isdn_call_deallocate(l.client, c->handle), 0);
	isdn_registry_free(l.registry);
	assert_int_equal(system(plug), 0);
}

#define AS(f)                                                                                      \
	static void f##_as_user(void **state)                                                      \
	{                                                                                          \
		(void)state;                                                                       \
		f(false);                                                                          \
	}                                                                                          \
	static void f##_as_network(void **state)                                                   \
	{                                                                                          \
		(void)state;                                                                       \
		f(true);                                                                           \
	}
AS(we_call_and_we_clear)
AS(we_call_and_libpri_clears)
AS(libpri_rejects_by_release_complete)
AS(libpri_rejects_by_disconnect)
AS(libpri_calls_and_libpri_clears)
AS(libpri_calls_and_we_clear)
AS(libpri_calls_and_we_reject)
AS(uui_of_all_octets_leaves_us_whole)
AS(a_conference_of_three_calls_of_ours_is_dropped)
AS(a_conference_of_three_calls_of_libpri_is_dropped)

#define BOTH(f) cmocka_unit_test(f##_as_user), cmocka_unit_test(f##_as_network)

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		BOTH(we_call_and_we_clear),
		BOTH(we_call_and_libpri_clears),
		BOTH(libpri_rejects_by_release_complete),
		BOTH(libpri_rejects_by_disconnect),
		BOTH(libpri_calls_and_libpri_clears),
		BOTH(libpri_calls_and_we_clear),
		BOTH(libpri_calls_and_we_reject),
		BOTH(uui_of_all_octets_leaves_us_whole),
		BOTH(a_conference_of_three_calls_of_ours_is_dropped),
		BOTH(a_conference_of_three_calls_of_libpri_is_dropped),
	};

	const struct CMUnitTest cable[] = {
		cmocka_unit_test(the_far_span_goes_and_comes_back),
		cmocka_unit_test(the_far_span_stays_away_and_t309_ends_the_call),
	};

	if (argc != 2 && argc != 4 && argc != 6) {
		fprintf(stderr, "usage: interop_libpri PEER_PROGRAM [OUR_CHANNEL PEER_CHANNEL "
				"[PULL PLUG]]\n");
		return 2;
	}
	peer_program = argv[1];
	if (argc >= 4) {
		our_channel = argv[2];
		peer_channel = argv[3];
	}
	signal(SIGPIPE, SIG_IGN);
	if (argc == 6) {
		pull = argv[4];
		plug = argv[5];
		return cmocka_run_group_tests(cable, NULL, NULL);
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
