/* SPDX-License-Identifier: BSD-2-Clause */
/* demo --serve: a PBX and an exchange in one program, and the control socket of the PBX. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* F_DUPFD_CLOEXEC and its friends */
#endif
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <isdn/control.h>

#include "capture.h"
#include "cli.h"
#include "demo.h"
#include "demo_pbx.h"
#include "session.h"

#define FIRST_FD 100 /* of the lines, so that spans have the same names each time */

static struct demo_pbx pbx;
static struct capture *capture;

static void on_frame(void *arg, unsigned tag, bool net, enum isdn_trace_dir dir,
		     const uint8_t *frame, size_t len, isdn_time now)
{
	bool out = dir == ISDN_TRACE_OUT;
	struct timespec t;

	(void)arg;
	(void)now;
	clock_gettime(CLOCK_REALTIME, &t);
	capture_frame(capture, tag, net == out, out, frame, len,
		      (uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_nsec / 1000);
}

/* A line: one end each. */
static bool line(int *ours, int *theirs, unsigned i)
{
	int ends[2];

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends))
		return false;
	*ours = fcntl(ends[0], F_DUPFD_CLOEXEC, FIRST_FD + (int)i);
	*theirs = fcntl(ends[1], F_DUPFD_CLOEXEC, FIRST_FD + 10 + (int)i);
	close(ends[0]);
	close(ends[1]);
	return *ours >= 0 && *theirs >= 0;
}

static bool open_lines(void)
{
	int ours[DEMO_SPANS], theirs[DEMO_SPANS];

	for (unsigned i = 0; i < DEMO_SPANS; i++)
		if (!line(&ours[i], &theirs[i], i)) {
			fprintf(stderr, "%s: no line: %s\n", PROGRAM, strerror(errno));
			return false;
		}
	if (!demo_far_open(&pbx.far, theirs))
		return false;
	for (unsigned i = 0; i < DEMO_SPANS; i++)
		if (!demo_open_span(pbx.registry, ours[i], "user,e1", &pbx.span[i]))
			return false;
	return true;
}

static bool open_pbx(const struct demo_options *opt)
{
	struct isdn_env env;

	memset(&env, 0, sizeof(env));
	if (capture)
		env.trace.frame = on_frame;
	if (isdn_registry_new(&pbx.registry, NULL, &env) || !open_lines())
		return false;
	pbx.client = demo_client(&pbx, "pbx", ISDN_OWNER);
	pbx.cdr = opt->leak ? demo_client(&pbx, "cdr", ISDN_MONITOR) : NULL;
	return pbx.client && (pbx.cdr || !opt->leak);
}

/* Where q931-drop will look, its folder made if there is none. */
static const char *socket_path(const struct demo_options *opt)
{
	static char path[108];
	const char *dir = getenv("XDG_RUNTIME_DIR");

	if (opt->socket)
		return opt->socket;
	if (getenv("ISDN_SOCKET"))
		return getenv("ISDN_SOCKET");
	snprintf(path, sizeof(path), "%.80s/isdn", dir && *dir ? dir : "/run");
	(void)mkdir(path, 0755);
	strcat(path, "/control");
	return path;
}

static struct isdn_control *open_control(const char *path)
{
	struct isdn_error error = { .text = "" };
	struct isdn_control_config config;
	struct isdn_control *control;

	isdn_control_config_init(&config);
	config.path = path;
	config.program = "demo";
	if (isdn_control_open(pbx.registry, &config, &control, &error) == 0)
		return control;
	fprintf(stderr, "%s: %s; another path can be given by --socket\n", PROGRAM, error.text);
	return NULL;
}

static unsigned long long id_of(struct isdn_client *client, isdn_handle call)
{
	struct isdn_call_info info = { .id = 0 };

	(void)isdn_call_info(client, call, &info);
	return info.id;
}

static void introduce(const struct demo_options *opt, const char *path)
{
	printf("A PBX with %u calls on %u spans in memory, the exchange at their other ends:\n"
	       "  1       a conference of 2, 3 and 4: a drop clears them all (drop_all)\n"
	       "  5       a conference of 6 to 10: a drop leaves them in it (leave_rest)\n"
	       "  11, 12  two linked calls: they end together\n"
	       "  13      a held call\n"
	       "  14      a call that rings at the far end\n"
	       "  15, 16  a transfer: 15 waits, 16 is the consultation call\n"
	       "  17      a call that is offered\n"
	       "  18-31   plain calls; the exchange sends back what uui sends it\n"
	       "  %llu-%llu   one call of a shared line, at three desks: the first two take part\n",
	       pbx.calls, DEMO_SPANS, id_of(pbx.desk[0], pbx.appearance[0]),
	       id_of(pbx.desk[2], pbx.appearance[2]));
	printf("Control socket: %s\nTry, in another terminal:\n", path);
	if (opt->socket)
		printf("  export ISDN_SOCKET=%s\n", path);
	printf("  q931-drop list\n"
	       "  q931-drop drop 1 --uui bye --dry-run\n"
	       "  q931-drop drop 1 --uui bye\n"
	       "  q931-drop watch\n"
	       "Ctrl-C ends it.\n");
	fflush(stdout);
}

static void serve(int signals)
{
	struct pollfd p[3] = { { .fd = isdn_registry_fd(pbx.registry), .events = POLLIN },
			       { .fd = isdn_registry_fd(pbx.far.registry), .events = POLLIN },
			       { .fd = signals, .events = POLLIN } };

	do {
		demo_pbx_run(&pbx);
		p[2].revents = 0;
		poll(p, 3, -1);
	} while (!p[2].revents);
}

int demo_serve(const struct demo_options *opt)
{
	const char *path = socket_path(opt);
	struct isdn_control *control = NULL;
	int signals = cli_signals();

	signal(SIGPIPE, SIG_IGN);
	if (opt->pcap && !(capture = capture_open(PROGRAM, opt->pcap, true)))
		return NO_DEVICE;
	if (open_pbx(opt) && demo_pbx_make(&pbx))
		control = open_control(path);
	if (control) {
		introduce(opt, path);
		serve(signals);
	}
	isdn_control_close(control);
	isdn_registry_free(pbx.registry);
	demo_far_close(&pbx.far);
	close(signals);
	if (capture && !capture_close(capture))
		return NO_DEVICE;
	return control ? OK : NO_DEVICE;
}
