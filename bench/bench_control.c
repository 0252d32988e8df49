/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The control socket: what a call over two spans costs with nobody connected, with one who
 * watches, and with one who takes the frames too; and how long all calls wait while one
 * connects and lists many of them. The reader is a process of its own. make bench builds and
 * runs it; doc/performance.md has a table.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <isdn/control.h>

#include "bench/bench.h"
#include "bench/bench_desk.h"
#include "bench/bench_provider.h"

#define PATH  "/tmp/isdn-bench-control"
#define CALLS 3000
#define TIMES 5

static isdn_time now = 1000;
static struct isdn_client *far;
static unsigned far_span;

static isdn_time clock_of(void *arg)
{
	(void)arg;
	return now;
}

static struct isdn_client *client_of(unsigned of)
{
	struct isdn_client_config c;
	struct isdn_client *client;

	isdn_client_config_init(&c);
	c.span = of;
	if (isdn_client_open(registry, &c, &client))
		fail("isdn_client_open");
	return client;
}

static void open_line(void)
{
	struct isdn_env env = { .clock = clock_of };

	if (isdn_registry_new(&registry, NULL, &env) ||
	    isdn_registry_open_span(registry, "loop:b,user", &span, NULL) ||
	    isdn_registry_open_span(registry, "loop:b,net", &far_span, NULL))
		fail("a line");
	owner = client_of(span);
	far = client_of(far_span);
}

static void step(void)
{
	isdn_time next = isdn_registry_next_timeout(registry);

	now = next != ISDN_NEVER && next > now && next < now + 20 ? next : now + 1;
	isdn_registry_process(registry);
}

/* The far end answers, and releases. */
static void far_end(void)
{
	struct isdn_event ev;

	while (isdn_client_next_event(far, &ev) == 1) {
		if (ev.type != ISDN_EV_CALL_STATE)
			continue;
		if (ev.state == ISDN_CALL_OFFERING)
			(void)isdn_call_answer(far, ev.call, NULL, 0);
		else if (ev.state == ISDN_CALL_DISCONNECTED)
			(void)isdn_call_drop(far, ev.call, NULL);
		else if (ev.state == ISDN_CALL_IDLE)
			isdn_call_deallocate(far, ev.call);
	}
}

static void one_call(const struct isdn_call_params *p)
{
	static const struct isdn_drop how = { .uui = "\x04"
						     "bye",
					      .uui_size = 4 };
	struct isdn_event ev;
	isdn_handle call;
	bool idle = false;

	if (isdn_call_make(owner, p, &call) <= 0)
		fail("isdn_call_make");
	while (!idle) {
		step();
		far_end();
		while (isdn_client_next_event(owner, &ev) == 1) {
			if (ev.type != ISDN_EV_CALL_STATE)
				continue;
			if (ev.state == ISDN_CALL_CONNECTED)
				(void)isdn_call_drop(owner, call, &how);
			idle = idle || ev.state == ISDN_CALL_IDLE;
		}
	}
	deallocate(owner, call);
}

/* ns of a call. */
static double calls(void)
{
	struct isdn_call_params p;
	double begin;

	isdn_call_params_init(&p);
	p.span = span;
	p.called = "5551234";
	one_call(&p);
	begin = bench_now();
	for (int i = 0; i < CALLS; i++)
		one_call(&p);
	return (bench_now() - begin) / CALLS;
}

static struct isdn_control *open_control(void)
{
	struct isdn_control_config config;
	struct isdn_control *control;

	isdn_control_config_init(&config);
	config.path = PATH;
	config.max_output = 64 * 1024 * 1024;
	if (isdn_control_open(registry, &config, &control, NULL))
		fail("isdn_control_open");
	return control;
}

static int connected(void)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX, .sun_path = PATH };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);

	if (fd < 0 || connect(fd, (struct sockaddr *)&at, sizeof(at)))
		fail("connect");
	return fd;
}

/* Asks, and reads whatever comes, until it is ended. */
static pid_t reader(const char *ask)
{
	static char octets[1 << 16];
	pid_t pid = fork();
	int fd;

	if (pid)
		return pid;
	fd = connected();
	if (write(fd, ask, strlen(ask)) < 0)
		_exit(1);
	while (read(fd, octets, sizeof(octets)) > 0)
		;
	_exit(0);
}

static void settle(void)
{
	struct pollfd p = { .fd = isdn_registry_fd(registry), .events = POLLIN };

	while (poll(&p, 1, 200) == 1)
		isdn_registry_process(registry);
}

/* ask NULL: nobody is connected; "": the socket is not even there. */
static double with(const char *ask)
{
	struct isdn_control *control = NULL;
	pid_t pid = 0;
	double ns;

	open_line();
	if (!ask || *ask)
		control = open_control();
	if (ask && *ask) {
		pid = reader(ask);
		settle();
	}
	ns = calls();
	isdn_control_close(control);
	if (pid)
		waitpid(pid, NULL, 0);
	isdn_registry_free(registry);
	return ns;
}

static void watched_calls(void)
{
	static const char watch[] = "{\"do\":\"watch\"}\n";
	static const char trace[] = "{\"do\":\"watch\"}\n{\"do\":\"trace\"}\n";
	static const struct {
		const char *label, *ask;
	} rows[] = {
		{ "no control socket", "" },
		{ "open, nobody connected", NULL },
		{ "one who watches", watch },
		{ "one who watches, and takes frames", trace },
	};
	double ns[4][TIMES], spread, first = 0;

	printf("A call over two spans, both ends in this process\n");
	for (int t = 0; t < TIMES; t++)
		for (int i = 0; i < 4; i++)
			ns[i][t] = with(rows[i].ask);
	for (int i = 0; i < 4; i++) {
		double median = bench_median(ns[i], TIMES, &spread);

		first = first > 0 ? first : median;
		printf("  %-34s %8.1f us   %.2f\n", rows[i].label, median / 1000, median / first);
	}
}

/* ---- how long calls wait for one who lists them ---- */

static double turn(void) /* the longest isdn_registry_process until nothing is to be done */
{
	struct pollfd p = { .fd = isdn_registry_fd(registry), .events = POLLIN };
	double longest = 0;

	while (poll(&p, 1, 100) == 1) {
		double begin = bench_now(), took;

		isdn_registry_process(registry);
		took = bench_now() - begin;
		longest = took > longest ? took : longest;
	}
	return longest;
}

static void discard(int fd)
{
	static char octets[1 << 16];

	while (recv(fd, octets, sizeof(octets), MSG_DONTWAIT) > 0)
		isdn_registry_process(registry);
}

static void many_calls(unsigned n)
{
	static const char one[] = "{\"do\":\"list\",\"limit\":1}\n";
	static const char page[] = "{\"do\":\"list\",\"limit\":100}\n";
	isdn_handle *handle = need(malloc(n * sizeof(*handle)));
	struct isdn_control *control;
	struct isdn_call_params p;
	struct taken t = { 0 };
	double attach, list;
	int fd;

	exchange_open(n);
	open_registry(100);
	isdn_call_params_init(&p);
	p.span = span;
	p.called = "5551234";
	for (unsigned i = 0; i < n; i++) {
		if (isdn_call_make(owner, &p, &handle[i]) <= 0)
			fail("isdn_call_make");
		take(owner, &t);
	}
	control = open_control();
	fd = connected();
	(void)turn();
	if (write(fd, one, sizeof(one) - 1) < 0)
		fail("write");
	attach = turn();
	discard(fd);
	if (write(fd, page, sizeof(page) - 1) < 0)
		fail("write");
	list = turn();
	discard(fd);
	printf("  %7u   %10.2f ms   %8.2f ms\n", n, attach / 1e6, list / 1e6);
	close(fd);
	(void)turn();
	isdn_control_close(control);
	for (unsigned i = 0; i < n; i++)
		(void)isdn_call_drop(owner, handle[i], NULL);
	take(owner, &t);
	for (unsigned i = 0; i < n; i++)
		deallocate(owner, handle[i]);
	close_registry();
	exchange_close();
	free(handle);
}

int main(void)
{
	static const unsigned sizes[] = { 30, 1000, 10000, 100000 };

	signal(SIGPIPE, SIG_IGN);
	watched_calls();
	printf("Calls, and how long all of them wait when somebody asks for them first, and for a "
	       "hundred of them\n");
	for (unsigned i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
		many_calls(sizes[i]);
	return 0;
}
