/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Interworking with libpri where frames get lost, and on BRI: point to point,
 * and several terminals at a bus. This end is libisdn's public interface, the
 * far ends are processes of peer_libpri, and between them is bus_relay, which
 * loses frames, goes dark and takes links down when told so.
 *
 *	interop_libpri_bri PEER RELAY [GROUP]
 *
 * GROUP is one of pri, ptp, user, network, lost, line, release; all without it. With
 * INTEROP_TRACE in the environment the relay shows each frame, libpri its own
 * trace; INTEROP_SEED=N loses other frames.
 *
 * Timers are short, and n200 is large where frames get lost, so that only a
 * blackout takes a link down.
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
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <isdn/isdn.h>

#define ENDS_MAX  5 /* the network's is 0 */
#define CALLS_MAX 24
#define PATIENCE  15000 /* ms */

#define OUR_TIMERS                                                                                 \
	"t200=120,t201=300,t202=300,t203=700,n200=8,t303=2000,t305=2500,t308=1000,t309=8000"
#define LIBPRI_TIMERS                                                                              \
	"T200=120,T201=300,T202=300,T203=700,N200=8,T303=2000,T305=2500,T308=1000,T309=8000,"      \
	"T312=2500"

struct call {
	isdn_handle handle;
	enum isdn_call_state state;
	uint8_t cause;
};

/* An end of ours: a span and a client that has nothing else. */
struct us {
	struct isdn_client *client;
	unsigned span;
	struct call call[CALLS_MAX];
	unsigned n_calls;
	unsigned downs; /* times that the link went down */
};

/* A process of libpri. */
struct peer {
	pid_t pid;
	int in, out; /* its stdin, and stdout; -1: ended */
	size_t len, mark;
	char text[16384]; /* what it said */
};

/* A network of ours without the registry, for what only a span can do. */
struct hand {
	struct isdn_span *span;
	int fd;
	isdn_call_id call;
	enum isdn_prim last; /* of the call */
	uint8_t cause;
};

static struct lab {
	struct isdn_registry *registry;
	struct us us[ENDS_MAX];
	unsigned n_us;
	struct peer peer[ENDS_MAX];
	unsigned n_peers;
	struct hand hand;
	int line[ENDS_MAX]; /* our side of the sockets of the bus, until an end takes it */
	pid_t relay;
	int relay_in, relay_out;
	char path[60];
	bool loses; /* the bus loses frames */
} lab;

static const char *peer_program, *relay_program;

static long now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000L + t.tv_nsec / 1000000L;
}

/* ---- the loop ---- */

static struct call *find(struct us *u, isdn_handle h)
{
	for (unsigned i = 0; i < u->n_calls; i++)
		if (u->call[i].handle == h)
			return &u->call[i];
	assert_true(u->n_calls < CALLS_MAX);
	u->call[u->n_calls].handle = h;
	return &u->call[u->n_calls++];
}

static void take(struct us *u, const struct isdn_event *ev)
{
	struct call *c;

	if (ev->type == ISDN_EV_SPAN && !ev->up)
		u->downs++;
	if (ev->type != ISDN_EV_CALL_STATE)
		return;
	c = find(u, ev->call);
	c->state = ev->state;
	if (ev->cause)
		c->cause = ev->cause;
}

static void hear(struct peer *p)
{
	ssize_t n = read(p->out, p->text + p->len, sizeof(p->text) - 1 - p->len);

	if (n > 0) {
		p->len += (size_t)n;
		return;
	}
	close(p->out);
	p->out = -1;
}

static void hand_events(struct hand *h)
{
	struct isdn_span_event ev;

	while (isdn_span_next_event(h->span, &ev) == 1) {
		if (ev.prim == ISDN_LINK_UP || ev.prim == ISDN_LINK_DOWN)
			continue;
		if (ev.call)
			h->call = ev.call;
		h->last = ev.prim;
		h->cause = ev.cause;
	}
}

static void hand_turn(struct hand *h)
{
	uint8_t frame[300];
	size_t len;
	ssize_t n;

	if (!h->span)
		return;
	while ((n = recv(h->fd, frame, sizeof(frame), MSG_DONTWAIT)) > 0)
		assert_int_equal(isdn_span_rx(h->span, frame, (size_t)n, (isdn_time)now_ms()), 0);
	isdn_span_handle_timeout(h->span, (isdn_time)now_ms());
	while (isdn_span_tx(h->span, frame, sizeof(frame), &len, (isdn_time)now_ms()) == 1)
		assert_int_equal(send(h->fd, frame, len, MSG_NOSIGNAL), (ssize_t)len);
	hand_events(h);
}

/* ms to wait for something: the registry's descriptor knows its timers, the span by hand not. */
static int patience(void)
{
	isdn_time next = lab.hand.span ? isdn_span_next_timeout(lab.hand.span) : ISDN_NEVER;
	isdn_time now = (isdn_time)now_ms();

	return next <= now ? 0 : next - now < 50 ? (int)(next - now) : 50;
}

static void turn(void)
{
	struct pollfd p[ENDS_MAX + 2];
	struct isdn_event ev;
	unsigned n = 0;

	p[n++] = (struct pollfd){ .fd = isdn_registry_fd(lab.registry), .events = POLLIN };
	p[n++] = (struct pollfd){ .fd = lab.hand.span ? lab.hand.fd : -1, .events = POLLIN };
	for (unsigned i = 0; i < lab.n_peers; i++)
		p[n++] = (struct pollfd){ .fd = lab.peer[i].out, .events = POLLIN };
	poll(p, n, patience());
	isdn_registry_process(lab.registry);
	for (unsigned i = 0; i < lab.n_us; i++)
		while (isdn_client_next_event(lab.us[i].client, &ev) == 1)
			take(&lab.us[i], &ev);
	hand_turn(&lab.hand);
	for (unsigned i = 0; i < lab.n_peers; i++)
		if (p[i + 2].revents)
			hear(&lab.peer[i]);
}

static void print_line(void *arg, const char *text)
{
	(void)arg;
	puts(text);
}

static void explain(void)
{
	for (unsigned i = 0; i < lab.n_peers; i++)
		printf("libpri %u said:\n%s", i, lab.peer[i].text);
	isdn_registry_print(lab.registry, print_line, NULL);
}

#define WAIT(condition)                                                                            \
	do {                                                                                       \
		long until_ = now_ms() + PATIENCE;                                                 \
		while (!(condition)) {                                                             \
			if (now_ms() > until_) {                                                   \
				explain();                                                         \
				fail_msg("%s did not come", #condition);                           \
			}                                                                          \
			turn();                                                                    \
		}                                                                                  \
	} while (0)

static void pause_ms(long ms)
{
	long until = now_ms() + ms;

	while (now_ms() < until)
		turn();
}

/* ---- processes ---- */

static pid_t start_process(const char *const *argv, int *in, int *out)
{
	int to[2], from[2];
	pid_t pid;

	assert_int_equal(pipe2(to, O_CLOEXEC), 0);
	assert_int_equal(pipe2(from, O_CLOEXEC), 0);
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		dup2(to[0], 0);
		dup2(from[1], 1);
		execv(argv[0], (char *const *)(uintptr_t)argv);
		_exit(127);
	}
	close(to[0]);
	close(from[1]);
	*in = to[1];
	*out = from[0];
	return pid;
}

static void tell(int fd, const char *line)
{
	assert_int_equal(write(fd, line, strlen(line)), (ssize_t)strlen(line));
}

/* One command to the relay, done when this returns: how many frames were lost so far. */
static int bus(const char *format, ...)
{
	char line[200];
	ssize_t n;
	va_list ap;

	va_start(ap, format);
	vsnprintf(line, sizeof(line), format, ap);
	va_end(ap);
	tell(lab.relay_in, line);
	n = read(lab.relay_out, line, sizeof(line) - 1);
	assert_true(n > 1 && line[n - 1] == '\n');
	line[n] = '\0';
	return atoi(line);
}

/*
 * A bus with an end for each character, the network's first: 'o' for one of
 * ours, 'l' for libpri, 'p' for libpri at a path, where it can begin anew. So
 * many frames in 1000 get lost either way.
 */
static void start_bus(const char *kinds, unsigned loss)
{
	static char text[ENDS_MAX][80];
	const char *argv[ENDS_MAX * 2 + 12] = { relay_program, "--control", "--loss" };
	int theirs[ENDS_MAX], n = 3;
	char losses[32];

	lab.loses = loss > 0;
	snprintf(losses, sizeof(losses), "%u,%u", loss, loss);
	argv[n++] = losses;
	for (unsigned i = 0; kinds[i]; i++) {
		int fd[2] = { -1, -1 };

		argv[n++] = i ? "--te" : "--net";
		argv[n++] = text[i];
		if (kinds[i] == 'p') {
			snprintf(text[i], sizeof(text[i]), "%s,listen,fcs", lab.path);
		} else {
			assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, fd),
					 0);
			fcntl(fd[1], F_SETFD, 0);
			snprintf(text[i], sizeof(text[i]), "fd=%d%s", fd[1],
				 kinds[i] == 'l' ? ",fcs" : "");
		}
		lab.line[i] = fd[0];
		theirs[i] = fd[1];
	}
	if (getenv("INTEROP_SEED")) {
		argv[n++] = "--seed";
		argv[n++] = getenv("INTEROP_SEED");
	}
	if (getenv("INTEROP_TRACE"))
		argv[n++] = "--trace";
	lab.relay = start_process(argv, &lab.relay_in, &lab.relay_out);
	for (unsigned i = 0; kinds[i]; i++)
		if (theirs[i] >= 0)
			close(theirs[i]);
}

/* libpri at an end of the bus, with the arguments that follow up to NULL. */
static struct peer *libpri(unsigned end, ...)
{
	struct peer *p = &lab.peer[lab.n_peers++];
	const char *argv[40] = { peer_program, "--commands",	    "--timeout", "100",
				 "--role",     end ? "cpe" : "net", "--timers",	 LIBPRI_TIMERS };
	char number[16];
	int n = 8;
	va_list ap;

	if (lab.line[end] >= 0) {
		snprintf(number, sizeof(number), "%d", lab.line[end]);
		fcntl(lab.line[end], F_SETFD, 0);
		argv[n++] = "--fd";
		argv[n++] = number;
	} else {
		argv[n++] = "--path";
		argv[n++] = lab.path;
	}
	if (getenv("INTEROP_TRACE"))
		argv[n++] = "--debug";
	va_start(ap, end);
	while ((argv[n] = va_arg(ap, const char *)) != NULL)
		n++;
	va_end(ap);
	p->pid = start_process(argv, &p->in, &p->out);
	if (lab.line[end] >= 0)
		close(lab.line[end]);
	lab.line[end] = -1;
	return p;
}

/* One of ours at an end of the bus. */
static struct us *ours(unsigned end, const char *options)
{
	struct us *u = &lab.us[lab.n_us];
	struct isdn_client_config config;
	struct isdn_error error = { .text = "" };
	char spec[300];

	snprintf(spec, sizeof(spec), "socket:fd=%d,%s,%s%s%s", lab.line[end], end ? "user" : "net",
		 OUR_TIMERS, *options ? "," : "", options);
	if (isdn_registry_open_span(lab.registry, spec, &u->span, &error))
		fail_msg("%s: %s", spec, error.text);
	lab.line[end] = -1;
	isdn_client_config_init(&config);
	config.name = end ? "terminal" : "network";
	config.span = u->span;
	assert_int_equal(isdn_client_open(lab.registry, &config, &u->client), 0);
	lab.n_us++;
	return u;
}

/* ---- what an end says and does ---- */

static void say(struct peer *p, const char *format, ...)
{
	char line[100];
	va_list ap;

	va_start(ap, format);
	vsnprintf(line, sizeof(line), format, ap);
	va_end(ap);
	tell(p->in, line);
}

/* Lines that begin so since mark(). */
static unsigned count(const struct peer *p, const char *begin)
{
	unsigned n = 0;

	for (const char *at = p->text + p->mark; at && *at; at = strchr(at, '\n')) {
		at += *at == '\n';
		n += !strncmp(at, begin, strlen(begin));
	}
	return n;
}

static bool said(const struct peer *p, const char *begin)
{
	return count(p, begin) > 0;
}

static void mark(struct peer *p)
{
	p->mark = p->len;
}

/* The number that libpri's end gave to its last call that began so. */
static int last_call(const struct peer *p, const char *what)
{
	char begin[40];
	int n = 0;

	snprintf(begin, sizeof(begin), "%s call=", what);
	for (const char *at = p->text; (at = strstr(at, begin)) != NULL; at += strlen(begin))
		n = atoi(at + strlen(begin));
	return n;
}

static bool up(const struct us *u)
{
	struct isdn_span_info info;

	assert_int_equal(isdn_registry_span_info(lab.registry, u->span, &info), 0);
	return info.up;
}

static struct isdn_span_counters counters(const struct us *u)
{
	struct isdn_span_info info;

	assert_int_equal(isdn_registry_span_info(lab.registry, u->span, &info), 0);
	return info.counters;
}

/* The links of SAPI 0 with an assigned TEI that are established. */
static unsigned links_up(const struct us *u, struct isdn_link *links)
{
	struct isdn_link all[16];
	int n = isdn_registry_span_links(lab.registry, u->span, all, 16);
	unsigned found = 0;

	assert_true(n >= 0);
	for (int i = 0; i < n && i < 16; i++)
		if (all[i].sapi == 0 && all[i].tei < ISDN_TEI_BROADCAST && all[i].state >= 7) {
			if (links)
				links[found] = all[i];
			found++;
		}
	return found;
}

/* A link with that state is there. */
static bool in_link_state(const struct us *u, unsigned state)
{
	struct isdn_link all[16];
	int n = isdn_registry_span_links(lab.registry, u->span, all, 16);

	for (int i = 0; i < n && i < 16; i++)
		if (all[i].tei < ISDN_TEI_BROADCAST && all[i].state == state)
			return true;
	return false;
}

/* Everything of ours is acknowledged: it is no message that a blackout takes. */
static bool quiet(const struct us *u)
{
	struct isdn_link all[16];
	int n = isdn_registry_span_links(lab.registry, u->span, all, 16);

	for (int i = 0; i < n && i < 16; i++)
		if (all[i].unacknowledged || all[i].waiting)
			return false;
	return true;
}

static unsigned tei(const struct us *u)
{
	struct isdn_link links[16];

	return links_up(u, links) ? links[0].tei : ISDN_TEI_BROADCAST;
}

static struct call *place_on(struct us *u, unsigned channel, const char *uui)
{
	struct isdn_call_params p;
	char octets[200] = { 4 };
	isdn_handle h;

	isdn_call_params_init(&p);
	p.span = u->span;
	p.called = "5551234";
	p.calling = "100";
	p.channel = channel;
	if (uui) {
		strcpy(octets + 1, uui);
		p.uui = octets;
		p.uui_size = strlen(uui) + 1;
	}
	assert_true(isdn_call_make(u->client, &p, &h) > 0);
	return find(u, h);
}

static struct call *place(struct us *u)
{
	return place_on(u, 0, NULL);
}

static void answer(struct us *u, const struct call *c)
{
	assert_true(isdn_call_answer(u->client, c->handle, NULL, 0) > 0);
}

static void drop(struct us *u, const struct call *c, uint8_t cause, const char *uui)
{
	char octets[200] = { 4 };
	struct isdn_drop how = { .cause = cause };

	if (uui) {
		strcpy(octets + 1, uui);
		how.uui = octets;
		how.uui_size = strlen(uui) + 1;
	}
	assert_true(isdn_call_drop(u->client, c->handle, &how) > 0);
}

static unsigned in_state(const struct us *u, enum isdn_call_state state)
{
	unsigned n = 0;

	for (unsigned i = 0; i < u->n_calls; i++)
		n += u->call[i].state == state;
	return n;
}

/* The call that is in a state, which one must be. */
static struct call *the(struct us *u, enum isdn_call_state state)
{
	WAIT(in_state(u, state) > 0);
	for (unsigned i = 0; i < u->n_calls; i++)
		if (u->call[i].state == state)
			return &u->call[i];
	return NULL;
}

/* ---- calls from end to end ---- */

/* A broadcast SETUP is repeated once, by T303: where frames get lost, that may not be enough. */
#define TRIES (lab.loses ? 4 : 1)

/* libpri answers by itself. */
static struct call *we_call(struct us *u, struct peer *p)
{
	struct call *c = NULL;

	for (int i = 0; i < TRIES && (!c || c->state == ISDN_CALL_IDLE); i++) {
		mark(p);
		c = place(u);
		WAIT(c->state == ISDN_CALL_CONNECTED || c->state == ISDN_CALL_IDLE);
	}
	assert_int_equal(c->state, ISDN_CALL_CONNECTED);
	return c;
}

static struct call *libpri_calls(struct us *u, struct peer *p)
{
	for (int i = 0; i < TRIES && !in_state(u, ISDN_CALL_OFFERING); i++) {
		mark(p);
		say(p, "call 5551234\n");
		/* 18: nobody reacted */
		WAIT(in_state(u, ISDN_CALL_OFFERING) || strstr(p->text + p->mark, "cause=18"));
	}
	return the(u, ISDN_CALL_OFFERING);
}

static void we_call_we_clear(struct us *u, struct peer *p)
{
	struct call *c = we_call(u, p);

	drop(u, c, 31, NULL);
	WAIT(c->state == ISDN_CALL_IDLE);
	WAIT(said(p, "HANGUP_REQ"));
	WAIT(said(p, "HANGUP_ACK"));
}

static void we_call_libpri_clears(struct us *u, struct peer *p)
{
	struct call *c = we_call(u, p);

	WAIT(said(p, "RING"));
	say(p, "hangup %d 29\n", last_call(p, "RING"));
	WAIT(c->state == ISDN_CALL_DISCONNECTED);
	assert_int_equal(c->cause, 29);
	drop(u, c, 0, NULL);
	WAIT(c->state == ISDN_CALL_IDLE);
}

static void libpri_calls_we_clear(struct us *u, struct peer *p)
{
	struct call *c = libpri_calls(u, p);

	answer(u, c);
	WAIT(c->state == ISDN_CALL_CONNECTED);
	WAIT(said(p, "ANSWER"));
	drop(u, c, 31, NULL);
	WAIT(c->state == ISDN_CALL_IDLE);
	WAIT(said(p, "HANGUP_REQ"));
	WAIT(said(p, "HANGUP_ACK"));
}

static void libpri_calls_libpri_clears(struct us *u, struct peer *p)
{
	struct call *c = libpri_calls(u, p);

	answer(u, c);
	WAIT(c->state == ISDN_CALL_CONNECTED);
	WAIT(said(p, "ANSWER"));
	say(p, "hangup %d 29\n", last_call(p, "ANSWER"));
	WAIT(c->state == ISDN_CALL_DISCONNECTED);
	assert_int_equal(c->cause, 29);
	drop(u, c, 0, NULL);
	WAIT(c->state == ISDN_CALL_IDLE);
	WAIT(said(p, "HANGUP call"));
}

static void a_call_each_way_cleared_by_each(struct us *u, struct peer *p)
{
	we_call_we_clear(u, p);
	libpri_calls_libpri_clears(u, p);
	we_call_libpri_clears(u, p);
	libpri_calls_we_clear(u, p);
}

/* ---- set-up and end of a test ---- */

static int setup(void **state)
{
	(void)state;
	memset(&lab, 0, sizeof(lab));
	for (unsigned i = 0; i < ENDS_MAX; i++)
		lab.line[i] = -1;
	lab.relay_in = lab.relay_out = lab.hand.fd = -1;
	snprintf(lab.path, sizeof(lab.path), "/tmp/isdn-bus-%ld", (long)getpid());
	return isdn_registry_new(&lab.registry, NULL, NULL);
}

static int wait_for(pid_t pid)
{
	int status = 0;

	waitpid(pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static void close_if_open(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

/* What a test that failed has left is ended here. */
static int teardown(void **state)
{
	(void)state;
	for (unsigned i = 0; i < lab.n_peers; i++) {
		struct peer *p = &lab.peer[i];

		if (p->pid) {
			kill(p->pid, SIGKILL);
			wait_for(p->pid);
		}
		close_if_open(&p->in);
		close_if_open(&p->out);
	}
	if (lab.relay) {
		kill(lab.relay, SIGKILL);
		wait_for(lab.relay);
	}
	close_if_open(&lab.relay_in);
	close_if_open(&lab.relay_out);
	for (unsigned i = 0; i < ENDS_MAX; i++)
		close_if_open(&lab.line[i]);
	isdn_span_free(lab.hand.span);
	close_if_open(&lab.hand.fd);
	isdn_registry_free(lab.registry);
	unlink(lab.path);
	return 0;
}

/* All calls are over at both ends, and the processes end well. */
static void finish(void)
{
	struct isdn_registry_counts counts;

	for (unsigned i = 0; i < lab.n_us; i++)
		for (unsigned k = 0; k < lab.us[i].n_calls; k++) {
			struct call *c = &lab.us[i].call[k];

			WAIT(c->state == ISDN_CALL_IDLE);
			assert_int_equal(isdn_call_deallocate(lab.us[i].client, c->handle), 0);
		}
	isdn_registry_counts(lab.registry, &counts);
	assert_int_equal(counts.calls, 0);
	assert_int_equal(counts.handles, 0);
	for (unsigned i = 0; i < lab.n_peers; i++) {
		struct peer *p = &lab.peer[i];

		if (!p->pid)
			continue;
		close_if_open(&p->in);
		WAIT(p->out < 0);
		assert_int_equal(wait_for(p->pid), 0);
		p->pid = 0;
	}
	close_if_open(&lab.relay_in);
	assert_int_equal(wait_for(lab.relay), 0);
	lab.relay = 0;
}

/* ---- pri: E1, frames get lost ---- */

#define N_CALLS 4 /* each way at a time */

static void clear_all(struct us *u, struct peer *p)
{
	for (unsigned i = 0; i < u->n_calls; i++) {
		if (u->call[i].state == ISDN_CALL_CONNECTED)
			drop(u, &u->call[i], 16, "disconnect-uui");
	}
	WAIT(in_state(u, ISDN_CALL_IDLE) == u->n_calls);
	WAIT(count(p, "HANGUP_REQ") == 2 * N_CALLS);
	WAIT(count(p, "HANGUP_ACK") == 2 * N_CALLS);
}

static void calls_both_ways_at_once(struct us *u, struct peer *p)
{
	uint8_t got[64];
	size_t len;

	for (unsigned i = 0; i < N_CALLS; i++) {
		place_on(u, 20 + i, "setup-uui");
		say(p, "call 5551234 %u\n", 1 + i);
	}
	WAIT(in_state(u, ISDN_CALL_OFFERING) == N_CALLS);
	for (unsigned i = 0; i < u->n_calls; i++) {
		if (u->call[i].state != ISDN_CALL_OFFERING)
			continue;
		assert_int_equal(isdn_call_uui(u->client, u->call[i].handle, ISDN_UUI_SETUP, got,
					       sizeof(got), &len),
				 0);
		assert_int_equal(len, 1 + strlen("of libpri"));
		assert_memory_equal(got + 1, "of libpri", len - 1);
		answer(u, &u->call[i]);
	}
	WAIT(in_state(u, ISDN_CALL_CONNECTED) == 2 * N_CALLS);
	WAIT(count(p, "ANSWER") == N_CALLS);
	/* the hex of what we sent */
	assert_non_null(strstr(p->text + p->mark, "uui=73657475702d757569"));
	clear_all(u, p);
	assert_non_null(strstr(p->text + p->mark, "uui=646973636f6e6e6563742d757569"));
}

/* Both ends see the link go; it comes back by itself, and the call is still there. */
static void blackout(struct us *u, struct peer *p)
{
	struct call *c = place(u);
	unsigned downs;

	WAIT(c->state == ISDN_CALL_CONNECTED && quiet(u));
	downs = u->downs;
	mark(p);
	bus("dark 1\n");
	WAIT(u->downs > downs);
	WAIT(said(p, "DOWN"));
	assert_int_equal(c->state, ISDN_CALL_CONNECTED); /* T309 runs */
	bus("dark 0\n");
	WAIT(up(u));
	WAIT(said(p, "UP"));
	assert_int_equal(c->state, ISDN_CALL_CONNECTED);
	drop(u, c, 16, NULL);
	WAIT(c->state == ISDN_CALL_IDLE);
	WAIT(said(p, "HANGUP_ACK"));
}

static void pri_loses_frames(bool net)
{
	struct us *u;
	struct peer *p;

	start_bus(net ? "ol" : "lo", 100);
	p = libpri(net, "--uui-setup", "of libpri", NULL);
	u = ours(!net, "");
	WAIT(up(u) && said(p, "UP"));
	mark(p);
	calls_both_ways_at_once(u, p);
	assert_true(bus("loss 100 100\n") > 0);
	blackout(u, p);
	mark(p);
	calls_both_ways_at_once(u, p);
	finish();
}

static void e1_user_loses_frames_and_goes_dark(void **state)
{
	(void)state;
	pri_loses_frames(false);
}

static void e1_network_loses_frames_and_goes_dark(void **state)
{
	(void)state;
	pri_loses_frames(true);
}

/* ---- ptp: BRI, point to point ---- */

static void ptp(bool net, unsigned loss)
{
	struct us *u;
	struct peer *p;

	start_bus(net ? "ol" : "lo", loss);
	p = libpri(net, "--bri", NULL);
	u = ours(!net, "bri");
	WAIT(up(u) && said(p, "UP"));
	assert_int_equal(tei(u), 0);
	a_call_each_way_cleared_by_each(u, p);
	assert_true(!loss || bus("loss 0 0\n") > 0);
	finish();
}

static void bri_ptp_user(void **state)
{
	(void)state;
	ptp(false, 0);
}

static void bri_ptp_network(void **state)
{
	(void)state;
	ptp(true, 0);
}

static void bri_ptp_user_loses_frames(void **state)
{
	(void)state;
	ptp(false, 100);
}

static void bri_ptp_network_loses_frames(void **state)
{
	(void)state;
	ptp(true, 100);
}

/* ---- user: our terminal, and others, at a bus of libpri ---- */

static void bri_terminal(unsigned loss)
{
	struct us *u;
	struct peer *p;

	start_bus("lo", loss);
	p = libpri(0, "--ptmp", NULL);
	u = ours(1, "bri,ptmp");
	WAIT(up(u) && said(p, "UP"));
	assert_in_range(tei(u), 64, 126);
	a_call_each_way_cleared_by_each(u, p);
	assert_true(!loss || bus("loss 0 0\n") > 0);
	finish();
}

static void bri_terminal_gets_a_tei_and_calls_each_way(void **state)
{
	(void)state;
	bri_terminal(0);
}

static void bri_terminal_loses_frames(void **state)
{
	(void)state;
	bri_terminal(100);
}

static void two_terminals_of_ours_ring_and_the_second_answers(void **state)
{
	struct us *first, *second;
	struct call *c, *loser;
	struct peer *net;

	(void)state;
	start_bus("loo", 0);
	net = libpri(0, "--ptmp", NULL);
	first = ours(1, "bri,ptmp");
	second = ours(2, "bri,ptmp");
	WAIT(up(first) && up(second));
	assert_int_not_equal(tei(first), tei(second));
	say(net, "call 5551234\n");
	loser = the(first, ISDN_CALL_OFFERING);
	c = the(second, ISDN_CALL_OFFERING);
	assert_true(isdn_call_accept(first->client, loser->handle, NULL, 0) > 0);
	answer(second, c);
	WAIT(c->state == ISDN_CALL_CONNECTED);
	WAIT(loser->state == ISDN_CALL_IDLE);
	assert_int_equal(loser->cause, ISDN_CAUSE_NON_SELECTED_USER_CLEARING);
	/* The other B-channel, while that call stands. */
	c = place(first);
	WAIT(c->state == ISDN_CALL_CONNECTED);
	drop(first, c, 0, NULL);
	drop(second, the(second, ISDN_CALL_CONNECTED), 0, NULL);
	WAIT(in_state(second, ISDN_CALL_IDLE) == 1);
	finish();
}

static void our_terminal_rings_beside_one_of_libpri(void **state)
{
	struct peer *net, *other;
	struct us *u;
	struct call *c;

	(void)state;
	start_bus("lol", 0);
	net = libpri(0, "--ptmp", NULL);
	u = ours(1, "bri,ptmp");
	other = libpri(2, "--ptmp", "--ring-only", NULL);
	WAIT(up(u) && said(other, "UP"));
	/* We answer. */
	say(net, "call 5551234\n");
	c = the(u, ISDN_CALL_OFFERING);
	WAIT(said(other, "RING") && said(net, "RINGING"));
	answer(u, c);
	WAIT(c->state == ISDN_CALL_CONNECTED);
	WAIT(said(other, "HANGUP call=1 cause=26"));
	drop(u, c, 0, NULL);
	WAIT(c->state == ISDN_CALL_IDLE);
	WAIT(said(net, "HANGUP_ACK"));
	/* The other one answers. */
	mark(other);
	say(net, "call 5551234\n");
	c = the(u, ISDN_CALL_OFFERING);
	/* A terminal that did not react is not told of the end (5.2.8). */
	assert_true(isdn_call_accept(u->client, c->handle, NULL, 0) > 0);
	WAIT(said(other, "RING"));
	say(other, "answer %d\n", last_call(other, "RING"));
	WAIT(c->state == ISDN_CALL_IDLE);
	assert_int_equal(c->cause, ISDN_CAUSE_NON_SELECTED_USER_CLEARING);
	/* Meanwhile a call of ours. */
	mark(net);
	we_call_we_clear(u, net);
	say(other, "hangup %d\n", last_call(other, "RING"));
	WAIT(said(other, "HANGUP call"));
	finish();
}

/*
 * An answer to nothing makes libpri take the TEI back at once (measured: MDL-ERROR C and D); it is
 * the next call that asks for another.
 */
static void libpri_removes_our_tei_and_the_next_call_gets_another(void **state)
{
	struct us *u;
	struct peer *net;

	(void)state;
	start_bus("lo", 0);
	net = libpri(0, "--ptmp", NULL);
	u = ours(1, "bri,ptmp");
	WAIT(up(u));
	bus("send 0 00%02x73\n", tei(u) << 1 | 1);
	WAIT(counters(u).tei_removed == 1 && !up(u));
	we_call_we_clear(u, net);
	assert_int_equal(counters(u).tei_assigned, 2);
	libpri_calls_libpri_clears(u, net);
	finish();
}

/* TEIs are asked for until there is none: libpri refuses, and looks who is there. */
static void libpri_runs_out_of_teis_and_we_keep_ours(void **state)
{
	struct us *u;
	struct peer *net;
	unsigned had;

	(void)state;
	start_bus("lo", 0);
	net = libpri(0, "--ptmp", NULL);
	u = ours(1, "bri,ptmp");
	WAIT(up(u));
	had = tei(u);
	for (unsigned ri = 0; ri < 70; ri++)
		bus("send 0 fcff030f77%02x01ff\n", ri);
	pause_ms(1000); /* the two checks of T201 each, and the removal of those that are silent */
	assert_int_equal(tei(u), had);
	assert_int_equal(counters(u).tei_removed, 0);
	we_call_we_clear(u, net);
	libpri_calls_libpri_clears(u, net);
	assert_int_equal(tei(u), had);
	finish();
}

/* The network begins anew: it takes back all TEIs, and does not know our link. */
static void libpri_takes_our_tei_and_we_get_another(void **state)
{
	struct us *u;
	struct peer *net;

	(void)state;
	start_bus("po", 0);
	net = libpri(0, "--ptmp", NULL);
	u = ours(1, "bri,ptmp");
	WAIT(up(u));
	we_call_we_clear(u, net);
	kill(net->pid, SIGKILL);
	wait_for(net->pid);
	net->pid = 0;
	WAIT(net->out < 0);
	net = libpri(0, "--ptmp", NULL);
	WAIT(counters(u).tei_removed == 1);
	we_call_we_clear(u, net);
	assert_int_equal(counters(u).tei_assigned, 2);
	libpri_calls_libpri_clears(u, net);
	finish();
}

/* ---- network: a bus of ours with terminals of libpri and of ours ---- */

static void three_terminals_ring_and_one_gets_the_call(void **state)
{
	struct peer *one, *two;
	struct us *net, *third;
	struct call *c, *rings;
	struct isdn_link links[16];

	(void)state;
	start_bus("ollo", 0);
	net = ours(0, "bri,ptmp");
	one = libpri(1, "--ptmp", "--ring-only", NULL);
	two = libpri(2, "--ptmp", "--ring-only", NULL);
	third = ours(3, "bri,ptmp");
	WAIT(said(one, "UP") && said(two, "UP") && up(third));
	WAIT(links_up(net, links) == 3);
	assert_int_not_equal(links[0].tei, links[1].tei);
	assert_int_not_equal(links[1].tei, links[2].tei);
	assert_int_equal(counters(net).tei_assigned, 3);
	/* libpri's second terminal answers. */
	c = place(net);
	rings = the(third, ISDN_CALL_OFFERING);
	assert_true(isdn_call_accept(third->client, rings->handle, NULL, 0) > 0);
	WAIT(said(one, "RING") && said(two, "RING"));
	WAIT(c->state == ISDN_CALL_RINGBACK);
	say(two, "answer 1\n");
	WAIT(c->state == ISDN_CALL_CONNECTED);
	WAIT(rings->state == ISDN_CALL_IDLE);
	assert_int_equal(rings->cause, ISDN_CAUSE_NON_SELECTED_USER_CLEARING);
	WAIT(said(one, "HANGUP call=1 cause=26"));
	say(two, "hangup 1 16\n");
	WAIT(c->state == ISDN_CALL_DISCONNECTED);
	drop(net, c, 0, NULL);
	WAIT(said(two, "HANGUP call=1"));
	/* Our terminal answers. */
	mark(one);
	mark(two);
	c = place(net);
	rings = the(third, ISDN_CALL_OFFERING);
	WAIT(said(one, "RING") && said(two, "RING"));
	answer(third, rings);
	WAIT(c->state == ISDN_CALL_CONNECTED && rings->state == ISDN_CALL_CONNECTED);
	WAIT(said(one, "HANGUP call=2 cause=26") && said(two, "HANGUP call=2 cause=26"));
	drop(net, c, 0, NULL);
	WAIT(rings->state == ISDN_CALL_DISCONNECTED);
	drop(third, rings, 0, NULL);
	/* Nobody answers, and we give up. */
	mark(one);
	mark(two);
	c = place(net);
	rings = the(third, ISDN_CALL_OFFERING);
	assert_true(isdn_call_accept(third->client, rings->handle, NULL, 0) > 0);
	WAIT(said(one, "RING") && said(two, "RING") && rings->state == ISDN_CALL_ACCEPTED);
	pause_ms(100); /* each has told us that it rings */
	drop(net, c, 0, NULL);
	WAIT(said(one, "HANGUP call=3") && said(two, "HANGUP call=3"));
	WAIT(rings->state == ISDN_CALL_IDLE || rings->state == ISDN_CALL_DISCONNECTED);
	assert_int_equal(rings->cause, ISDN_CAUSE_NORMAL_CALL_CLEARING);
	if (rings->state == ISDN_CALL_DISCONNECTED)
		drop(third, rings, 0, NULL);
	finish();
}

static void terminals_call_at_the_same_time(void **state)
{
	struct peer *one, *two;
	struct us *net, *third;
	struct call *c;

	(void)state;
	start_bus("ollo", 0);
	net = ours(0, "bri,ptmp");
	one = libpri(1, "--ptmp", NULL);
	two = libpri(2, "--ptmp", NULL);
	third = ours(3, "bri,ptmp");
	WAIT(said(one, "UP") && said(two, "UP") && up(third));
	say(one, "call 1\n"); /* both with the call reference that is libpri's first */
	say(two, "call 2\n");
	WAIT(in_state(net, ISDN_CALL_OFFERING) == 2);
	for (unsigned i = 0; i < 2; i++)
		answer(net, &net->call[i]);
	WAIT(said(one, "ANSWER") && said(two, "ANSWER"));
	WAIT(in_state(net, ISDN_CALL_CONNECTED) == 2);
	/* There is no third B-channel: neither the one that it would rather have, nor any. */
	c = place(third);
	WAIT(c->state == ISDN_CALL_IDLE || c->state == ISDN_CALL_DISCONNECTED);
	assert_int_equal(c->cause, ISDN_CAUSE_NO_CHANNEL_AVAILABLE);
	if (c->state == ISDN_CALL_DISCONNECTED)
		drop(third, c, 0, NULL);
	WAIT(c->state == ISDN_CALL_IDLE);
	/* Each is cleared from the other side. */
	say(one, "hangup 1\n");
	drop(net, the(net, ISDN_CALL_DISCONNECTED), 0, NULL);
	WAIT(said(one, "HANGUP call=1"));
	drop(net, the(net, ISDN_CALL_CONNECTED), 17, NULL);
	WAIT(said(two, "HANGUP_REQ call=1 cause=17"));
	WAIT(in_state(net, ISDN_CALL_IDLE) == net->n_calls);
	c = place(third);
	answer(net, the(net, ISDN_CALL_OFFERING));
	WAIT(c->state == ISDN_CALL_CONNECTED);
	drop(third, c, 0, NULL);
	drop(net, the(net, ISDN_CALL_DISCONNECTED), 0, NULL);
	finish();
}

static void bri_network(unsigned loss)
{
	struct us *net;
	struct peer *p;

	start_bus("ol", loss);
	net = ours(0, "bri,ptmp");
	p = libpri(1, "--ptmp", NULL);
	WAIT(said(p, "UP"));
	a_call_each_way_cleared_by_each(net, p);
	assert_true(!loss || bus("loss 0 0\n") > 0);
	finish();
}

static void bri_network_calls_each_way(void **state)
{
	(void)state;
	bri_network(0);
}

static void bri_network_loses_frames(void **state)
{
	(void)state;
	bri_network(100);
}

/* Of the network that is a span by hand. */
static void start_hand(void)
{
	struct isdn_span_config config;

	isdn_span_config_init(&config, ISDN_NETWORK, ISDN_BRI);
	isdn_span_config_ptmp(&config);
	config.t200 = 120;
	config.t201 = 300;
	config.n200 = 8;
	config.timer[ISDN_T305] = 2500;
	lab.hand.fd = lab.line[0];
	lab.line[0] = -1;
	assert_int_equal(isdn_span_new(&lab.hand.span, &config, NULL), 0);
	assert_int_equal(isdn_span_start(lab.hand.span, (isdn_time)now_ms()), 0);
}

/* Either side of an E1 that is a span by hand. */
static void start_hand_e1(bool net)
{
	struct isdn_span_config config;

	isdn_span_config_init(&config, net ? ISDN_NETWORK : ISDN_USER, ISDN_E1);
	config.t200 = 120;
	config.n200 = 8;
	config.timer[ISDN_T316] = 1000;
	lab.hand.fd = lab.line[!net];
	lab.line[!net] = -1;
	assert_int_equal(isdn_span_new(&lab.hand.span, &config, NULL), 0);
	assert_int_equal(isdn_span_start(lab.hand.span, (isdn_time)now_ms()), 0);
}

static unsigned hand_links(unsigned *tei_of_last)
{
	struct isdn_link all[16];
	size_t n = isdn_span_links(lab.hand.span, all, 16);
	unsigned found = 0;

	for (size_t i = 0; i < n && i < 16; i++)
		if (all[i].tei >= 64 && all[i].tei < ISDN_TEI_BROADCAST && all[i].state >= 7) {
			*tei_of_last = all[i].tei;
			found++;
		}
	return found;
}

static struct isdn_span_counters hand_counters(void)
{
	struct isdn_span_counters c;

	isdn_span_counters(lab.hand.span, &c);
	return c;
}

/* libpri calls the span by hand, which answers, and libpri clears. */
static void libpri_calls_the_span(struct peer *p)
{
	struct hand *h = &lab.hand;

	mark(p);
	h->last = ISDN_LINK_DOWN;
	say(p, "call 7\n");
	WAIT(h->last == ISDN_SETUP_IND);
	assert_int_equal(isdn_span_connect(h->span, h->call, NULL, (isdn_time)now_ms()), 0);
	WAIT(said(p, "ANSWER"));
	say(p, "hangup %d\n", last_call(p, "ANSWER"));
	WAIT(h->last == ISDN_DISCONNECT_IND);
	assert_int_equal(isdn_span_clear(h->span, h->call, 0, NULL, NULL, (isdn_time)now_ms()), 0);
	WAIT(h->last == ISDN_RELEASE_CONF);
	WAIT(said(p, "HANGUP call"));
}

static void we_check_and_remove_the_tei_of_libpri(void **state)
{
	unsigned first = 0, second = 0;
	struct peer *p;

	(void)state;
	start_bus("ol", 0);
	start_hand();
	p = libpri(1, "--ptmp", NULL);
	WAIT(said(p, "UP"));
	WAIT(hand_links(&first) == 1);
	/* The check is answered, so the TEI stays. */
	assert_int_equal(isdn_span_tei_check(lab.hand.span, first, (isdn_time)now_ms()), 0);
	pause_ms(900); /* three T201 */
	assert_int_equal(hand_counters().tei_checks, 1);
	assert_int_equal(hand_counters().tei_removed, 0);
	assert_int_equal(
		isdn_span_tei_check(lab.hand.span, ISDN_TEI_BROADCAST, (isdn_time)now_ms()), 0);
	pause_ms(900);
	assert_int_equal(hand_counters().tei_removed, 0);
	assert_int_equal(hand_links(&second), 1);
	assert_int_equal(second, first);
	libpri_calls_the_span(p);
	/* It is taken away: libpri asks for another, and calls again. */
	assert_int_equal(isdn_span_tei_remove(lab.hand.span, first, (isdn_time)now_ms()), 0);
	WAIT(hand_counters().tei_assigned == 2);
	WAIT(hand_links(&second) == 1);
	libpri_calls_the_span(p);
	finish();
}

/* Nobody answers the check twice: the TEI is free again, and the terminal gets a new one. */
static void we_check_a_tei_and_nobody_answers(void **state)
{
	unsigned first = 0, second = 0;
	struct peer *p;

	(void)state;
	start_bus("ol", 0);
	start_hand();
	p = libpri(1, "--ptmp", NULL);
	WAIT(hand_links(&first) == 1);
	bus("dark 1\n");
	assert_int_equal(isdn_span_tei_check(lab.hand.span, first, (isdn_time)now_ms()), 0);
	WAIT(hand_counters().tei_removed == 1);
	bus("dark 0\n");
	/* Its frames with the old TEI are answered by a removal. */
	WAIT(hand_counters().tei_assigned == 2);
	WAIT(hand_links(&second) == 1);
	libpri_calls_the_span(p);
	finish();
}

/* ---- restart ---- */

/* A channel with a call, from our end and from libpri's; then it serves again. */
static void restarts(bool net)
{
	struct hand *h = &lab.hand;
	struct peer *p;

	start_bus(net ? "ol" : "lo", 0);
	start_hand_e1(net);
	p = libpri(net, NULL);
	WAIT(said(p, "UP"));
	for (int ours = 0; ours < 2; ours++) {
		mark(p);
		h->last = ISDN_LINK_DOWN;
		say(p, "call 7 3\n");
		WAIT(h->last == ISDN_SETUP_IND);
		if (net)
			assert_int_equal(
				isdn_span_proceeding(h->span, h->call, NULL, (isdn_time)now_ms()),
				0);
		assert_int_equal(isdn_span_connect(h->span, h->call, NULL, (isdn_time)now_ms()), 0);
		WAIT(said(p, "ANSWER"));
		if (ours) {
			assert_int_equal(isdn_span_restart(h->span, 3, (isdn_time)now_ms()), 0);
			WAIT(said(p, "RESTART 3"));
			WAIT(h->last == ISDN_RESTART_CONF);
		} else {
			say(p, "restart 3\n");
			WAIT(said(p, "RESTART_ACK"));
			WAIT(h->last == ISDN_RESTART_IND);
		}
		assert_int_equal(isdn_span_calls(h->span), 0);
	}
	/* the whole interface */
	h->last = ISDN_LINK_DOWN;
	assert_int_equal(isdn_span_restart(h->span, 0, (isdn_time)now_ms()), 0);
	WAIT(h->last == ISDN_RESTART_CONF);
	finish();
}

static void we_are_the_user_of_an_e1_and_channels_are_restarted(void **state)
{
	(void)state;
	restarts(false);
}

static void we_are_the_network_of_an_e1_and_channels_are_restarted(void **state)
{
	(void)state;
	restarts(true);
}

/* ---- line: what takes a link down, and what is free again then ---- */

/* Both B-channels at once, of calls of ours. */
static void both_channels_of_ours(struct us *u, struct peer *p)
{
	struct call *c[2] = { place(u) };

	WAIT(c[0]->state == ISDN_CALL_CONNECTED);
	c[1] = place(u);
	WAIT(c[1]->state == ISDN_CALL_CONNECTED);
	mark(p);
	for (int i = 0; i < 2; i++)
		drop(u, c[i], 0, NULL);
	WAIT(c[0]->state == ISDN_CALL_IDLE && c[1]->state == ISDN_CALL_IDLE);
	WAIT(count(p, "HANGUP_ACK") == 2);
}

static void both_channels_of_libpri(struct us *u, struct peer *p)
{
	mark(p);
	for (unsigned i = 1; i <= 2; i++) {
		say(p, "call 5551234\n");
		answer(u, the(u, ISDN_CALL_OFFERING));
		WAIT(in_state(u, ISDN_CALL_CONNECTED) == i);
		WAIT(count(p, "ANSWER") == i);
	}
	for (unsigned i = 0; i < u->n_calls; i++)
		if (u->call[i].state == ISDN_CALL_CONNECTED)
			drop(u, &u->call[i], 0, NULL);
	WAIT(count(p, "HANGUP_ACK") == 2);
	WAIT(in_state(u, ISDN_CALL_IDLE) == u->n_calls);
}

/*
 * The link goes during a call, and one end, or both, hang up before it is
 * back. Then all B-channels are free, for calls of each end.
 */
static void the_link_is_lost(const char *kinds, const char *options, const char *mode,
			     bool we_hang_up, bool libpri_hangs_up)
{
	bool net = kinds[0] == 'o';
	struct us *u;
	struct peer *p;
	struct call *c;

	start_bus(kinds, 0);
	if (net) {
		u = ours(0, options);
		p = libpri(1, mode, NULL);
	} else {
		p = libpri(0, mode, NULL);
		u = ours(1, options);
	}
	WAIT(said(p, "UP") && up(u));
	c = place(u);
	WAIT(c->state == ISDN_CALL_CONNECTED && quiet(u));
	mark(p);
	bus("dark 1\n");
	if (libpri_hangs_up)
		say(p, "hangup 1\n");
	if (we_hang_up)
		drop(u, c, 0, NULL);
	if (we_hang_up)
		WAIT(c->state == ISDN_CALL_IDLE);
	pause_ms(2600); /* T200 and n200, twice */
	bus("dark 0\n");
	if (c->state != ISDN_CALL_IDLE && we_hang_up == libpri_hangs_up)
		fail_msg("the call is in state %d", c->state);
	if (!we_hang_up) {
		WAIT(c->state == ISDN_CALL_DISCONNECTED || c->state == ISDN_CALL_IDLE);
		if (c->state == ISDN_CALL_DISCONNECTED)
			drop(u, c, 0, NULL);
		WAIT(c->state == ISDN_CALL_IDLE);
	}
	WAIT(said(p, "HANGUP"));
	both_channels_of_ours(u, p);
	both_channels_of_libpri(u, p);
	finish();
}

static void our_bus_is_lost_in_a_call_and_we_hang_up(void **state)
{
	(void)state;
	the_link_is_lost("ol", "bri,ptmp", "--ptmp", true, false);
}

static void our_bus_is_lost_in_a_call_and_libpri_hangs_up(void **state)
{
	(void)state;
	the_link_is_lost("ol", "bri,ptmp", "--ptmp", false, true);
}

static void our_bus_is_lost_in_a_call_and_both_hang_up(void **state)
{
	(void)state;
	the_link_is_lost("ol", "bri,ptmp", "--ptmp", true, true);
}

static void the_bus_of_libpri_is_lost_in_a_call_and_we_hang_up(void **state)
{
	(void)state;
	the_link_is_lost("lo", "bri,ptmp", "--ptmp", true, false);
}

static void a_bri_is_lost_in_a_call_and_we_hang_up(void **state)
{
	(void)state;
	the_link_is_lost("lo", "bri", "--bri", true, false);
}

/* The network takes the idle line down; the next call of each end brings it up. */
static void libpri_took_the_idle_line_down(void **state)
{
	struct us *u;
	struct peer *p;

	(void)state;
	start_bus("lo", 0);
	p = libpri(0, "--ptmp", NULL);
	u = ours(1, "bri,ptmp");
	WAIT(up(u));
	we_call_we_clear(u, p);
	bus("disc %u\n", tei(u));
	WAIT(!up(u));
	we_call_we_clear(u, p);
	bus("disc %u\n", tei(u));
	WAIT(!up(u));
	libpri_calls_libpri_clears(u, p);
	finish();
}

#define RELEASED	 4
#define AWAITING_RELEASE 6

static void our_network_takes_the_idle_line_down(void **state)
{
	struct us *net;
	struct peer *p;

	(void)state;
	start_bus("ol", 0);
	net = ours(0, "bri,ptmp,on-demand,tm01=300");
	p = libpri(1, "--ptmp", "--leave-down", NULL);
	for (int i = 0; i < 2; i++) {
		we_call_we_clear(net, p);
		WAIT(in_link_state(net, RELEASED));
		libpri_calls_we_clear(net, p);
		WAIT(in_link_state(net, RELEASED));
	}
	finish();
}

/* libpri as the network brings it up again each time, so it is never down for long. */
static void our_terminal_takes_the_idle_line_down(void **state)
{
	struct us *u;
	struct peer *net;

	(void)state;
	start_bus("lo", 0);
	net = libpri(0, "--ptmp", "--leave-down", NULL);
	u = ours(1, "bri,ptmp,on-demand,tm01=300");
	for (int i = 0; i < 2; i++) {
		we_call_we_clear(u, net);
		WAIT(in_link_state(u, RELEASED));
		libpri_calls_we_clear(u, net);
		WAIT(in_link_state(u, RELEASED));
	}
	finish();
}

/* The answer to our DISC is lost; meanwhile there is a call. It has to wait, not to fail. */
static void a_call_while_the_idle_line_is_taken_down(bool ours_calls)
{
	struct us *u;
	struct peer *net;
	struct call *c;

	start_bus("lo", 0);
	net = libpri(0, "--ptmp", "--leave-down", NULL);
	u = ours(1, "bri,ptmp,on-demand,tm01=300");
	we_call_we_clear(u, net);
	bus("loss 0 1000\n"); /* what we send does not arrive */
	WAIT(in_link_state(u, AWAITING_RELEASE));
	if (ours_calls) {
		c = place(u);
	} else {
		say(net, "call 5551234\n");
		c = the(u, ISDN_CALL_OFFERING);
		answer(u, c);
	}
	pause_ms(200);
	bus("loss 0 0\n");
	WAIT(c->state == ISDN_CALL_CONNECTED);
	drop(u, c, 0, NULL);
	finish();
}

static void we_call_while_our_terminal_takes_the_idle_line_down(void **state)
{
	(void)state;
	a_call_while_the_idle_line_is_taken_down(true);
}

static void a_call_comes_while_our_terminal_takes_the_idle_line_down(void **state)
{
	(void)state;
	a_call_while_the_idle_line_is_taken_down(false);
}

int main(int argc, char **argv)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, setup, teardown)
	const struct CMUnitTest pri[] = {
		TEST(e1_user_loses_frames_and_goes_dark),
		TEST(e1_network_loses_frames_and_goes_dark),
	};
	const struct CMUnitTest ptps[] = {
		TEST(bri_ptp_user),
		TEST(bri_ptp_network),
		TEST(bri_ptp_user_loses_frames),
		TEST(bri_ptp_network_loses_frames),
	};
	const struct CMUnitTest user[] = {
		TEST(bri_terminal_gets_a_tei_and_calls_each_way),
		TEST(bri_terminal_loses_frames),
		TEST(two_terminals_of_ours_ring_and_the_second_answers),
		TEST(our_terminal_rings_beside_one_of_libpri),
		TEST(libpri_removes_our_tei_and_the_next_call_gets_another),
		TEST(libpri_runs_out_of_teis_and_we_keep_ours),
		TEST(libpri_takes_our_tei_and_we_get_another),
	};
	const struct CMUnitTest network[] = {
		TEST(three_terminals_ring_and_one_gets_the_call),
		TEST(terminals_call_at_the_same_time),
		TEST(bri_network_calls_each_way),
		TEST(bri_network_loses_frames),
		TEST(we_check_and_remove_the_tei_of_libpri),
		TEST(we_check_a_tei_and_nobody_answers),
	};
	const struct CMUnitTest lost[] = {
		TEST(our_bus_is_lost_in_a_call_and_we_hang_up),
		TEST(our_bus_is_lost_in_a_call_and_libpri_hangs_up),
		TEST(our_bus_is_lost_in_a_call_and_both_hang_up),
	};
	const struct CMUnitTest line[] = {
		TEST(the_bus_of_libpri_is_lost_in_a_call_and_we_hang_up),
		TEST(a_bri_is_lost_in_a_call_and_we_hang_up),
		TEST(libpri_took_the_idle_line_down),
		TEST(our_network_takes_the_idle_line_down),
		TEST(our_terminal_takes_the_idle_line_down),
	};
	const struct CMUnitTest release[] = {
		TEST(we_call_while_our_terminal_takes_the_idle_line_down),
		TEST(a_call_comes_while_our_terminal_takes_the_idle_line_down),
	};
	const struct CMUnitTest restarting[] = {
		TEST(we_are_the_user_of_an_e1_and_channels_are_restarted),
		TEST(we_are_the_network_of_an_e1_and_channels_are_restarted),
	};
#define RUN(name, tests)                                                                           \
	if (!group || !strcmp(group, name))                                                        \
	failed += cmocka_run_group_tests_name("interop_libpri_bri " name, tests, NULL, NULL)
	const char *group = argc == 4 ? argv[3] : NULL;
	int failed = 0;

	if (argc != 3 && argc != 4) {
		fprintf(stderr, "usage: interop_libpri_bri PEER RELAY [GROUP]\n");
		return 2;
	}
	peer_program = argv[1];
	relay_program = argv[2];
	signal(SIGPIPE, SIG_IGN);
	RUN("pri", pri);
	RUN("ptp", ptps);
	RUN("user", user);
	RUN("network", network);
	RUN("lost", lost);
	RUN("line", line);
	RUN("release", release);
	RUN("restart", restarting);
	return failed != 0;
}
