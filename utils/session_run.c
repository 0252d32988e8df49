/* SPDX-License-Identifier: BSD-2-Clause */
/* call, answer, conference: a D-channel of one's own, its session, and the signals that end it. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* signalfd and its friends */
#endif
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#include <isdn/isdn.h>

#include "capture.h"
#include "cli.h"
#include "ladder.h"
#include "session.h"

#define PATIENCE 60000 /* ms without an event while calls are being released */
#define LINGER	 1000  /* ms at most for the last frame to be acknowledged */

static struct session session;
static struct options opt;
static struct capture *capture;

/* V(S) and V(A) of layer 2, as its frames show them (Q.921 3.5.2). */
static unsigned sent, acknowledged;

static void count(bool out, const uint8_t *frame, size_t len)
{
	if (len >= 3 && (frame[2] & 3) == 3) /* U frame: SABME begins at 0 */
		sent = acknowledged = 0;
	else if (len >= 4 && out && !(frame[2] & 1))
		sent = ((frame[2] >> 1) + 1u) % 128;
	else if (len >= 4 && !out)
		acknowledged = frame[3] >> 1;
}

static void on_frame(void *arg, unsigned tag, bool net, enum isdn_trace_dir dir,
		     const uint8_t *frame, size_t len, isdn_time now)
{
	bool out = dir == ISDN_TRACE_OUT;
	struct timespec t;
	char text[1024];

	(void)arg;
	(void)now;
	count(out, frame, len);
	clock_gettime(CLOCK_REALTIME, &t);
	if (capture)
		capture_frame(capture, tag, net == out, out, frame, len,
			      (uint64_t)t.tv_sec * 1000000 + (uint64_t)t.tv_nsec / 1000);
	if (opt.ladder && ladder_line(frame, len, net == out, text, sizeof(text)))
		session_tell(&session, "message", NULL,
			     json_pack("{s:s, s:s}", "direction", out ? "out" : "in", "text", text),
			     "%s %s", out ? "->" : "<-", text);
}

static void on_log(void *arg, enum isdn_log_level level, enum isdn_log_area area, const char *line,
		   size_t len)
{
	static const char *const areas[] = { "q921", "q931", "registry", "driver" };

	(void)arg;
	(void)level;
	(void)len;
	fprintf(stderr, "%s: %s\n", areas[area], line);
}

/* False: end at once. */
static bool interrupted(int fd)
{
	struct signalfd_siginfo info;

	if (read(fd, &info, sizeof(info)) != sizeof(info))
		return true;
	session.status = SIGNALLED + (int)info.ssi_signo;
	if (session.ending)
		return false; /* the second one, or no more patience */
	session_end(&session, "interrupted");
	return true;
}

/* Nothing came for too long. False: end at once. */
static bool out_of_time(void)
{
	if (session.ending) {
		fprintf(stderr, "%s: the far end does not release the calls\n", PROGRAM);
		session_fail(&session, TIMED_OUT);
		return false;
	}
	session_fail(&session, session.up ? TIMED_OUT : NO_LINK);
	session_end(&session, session.up ? "timeout" : "the link does not come up");
	session.last_event = session_now();
	return true;
}

static int wait_ms(int64_t next, int64_t now)
{
	int64_t ms = next - now;

	return next == NEVER ? -1 : ms < 0 ? 0 : ms > INT_MAX ? INT_MAX : (int)ms;
}

static void run(int signals)
{
	struct pollfd p[2] = { { .fd = isdn_registry_fd(session.registry), .events = POLLIN },
			       { .fd = signals, .events = POLLIN } };

	for (;;) {
		int64_t now, next, silence = session.ending ? PATIENCE : opt.timeout;

		isdn_registry_process(session.registry);
		session_events(&session);
		if (session_finished(&session))
			return;
		now = session_now();
		next = session_due(&session, now);
		if (next == NEVER && silence) { /* we wait for others only */
			next = session.last_event + silence;
			if (next <= now && !out_of_time())
				return;
		}
		p[0].revents = p[1].revents = 0;
		if (poll(p, 2, wait_ms(next, now)) > 0 && p[1].revents && !interrupted(signals))
			return;
	}
}

/*
 * A call is IDLE when its last message was given to layer 2, which may have to
 * wait for room in its window: stay until the far end has it.
 */
static void linger(void)
{
	struct pollfd p = { .fd = isdn_registry_fd(session.registry), .events = POLLIN };
	int64_t end = session_now() + LINGER, now;

	while (session.up && sent != acknowledged && (now = session_now()) < end) {
		poll(&p, 1, wait_ms(end, now));
		isdn_registry_process(session.registry);
		session_events(&session);
	}
}

/* UUI that the span can not carry is a mistake of the command line, not of the call. */
static bool fits(const char *option, const struct uui *uui, unsigned carries)
{
	if (!carries || uui->size <= carries)
		return true;
	fprintf(stderr, "%s: %s: %zu octets with the discriminator; this span carries at most %u\n",
		PROGRAM, option, uui->size, carries);
	return false;
}

static bool all_fit(void)
{
	struct isdn_span_info info;

	if (isdn_registry_span_info(session.registry, session.span, &info))
		return true;
	return fits("--uui", &opt.uui, info.caps.uui_drop) &&
	       fits("--setup-uui", &opt.setup_uui, info.caps.uui_make) &&
	       fits("--accept-uui", &opt.accept_uui, info.caps.uui_accept) &&
	       fits("--answer-uui", &opt.answer_uui, info.caps.uui_answer);
}

static int open_span(const char *spec)
{
	struct isdn_error error = { .text = "" };
	struct isdn_client_config config;
	struct isdn_env env;

	memset(&env, 0, sizeof(env));
	env.trace.frame = on_frame;
	if (opt.verbose) {
		env.log.write = on_log;
		env.log.max_level = ISDN_LOG_DEBUG;
	}
	isdn_client_config_init(&config);
	config.name = PROGRAM;
	config.privilege = ISDN_OWNER;
	if (isdn_registry_new(&session.registry, NULL, &env) ||
	    isdn_client_open(session.registry, &config, &session.client)) {
		fprintf(stderr, "%s: no memory, or no descriptor left\n", PROGRAM);
		return NO_DEVICE;
	}
	if (isdn_registry_open_span(session.registry, spec, &session.span, &error)) {
		fprintf(stderr, "%s: %s\n", PROGRAM, error.text);
		return error.code == ISDN_ERR_SPEC ? USAGE : NO_DEVICE;
	}
	return all_fit() ? OK : USAGE;
}

/* The options that were not given, by the command. */
static void defaults(void)
{
	bool answers = session.command == ANSWER;

	if (opt.drop_after < 0 && (!answers || opt.conference))
		opt.drop_after = 1000;
	if (opt.timeout < 0)
		opt.timeout = answers ? 0 : 60000;
	if (opt.conference)
		opt.count = opt.conference;
}

static void begin(int argc, char **argv)
{
	int err, parties = session.command == CONFERENCE ? argc - 2 : opt.conference;

	session.last_event = session_now();
	if (parties && !session_confer(&session, parties)) {
		session_fail(&session, FAILED);
		session_end(&session, "no conference");
		return;
	}
	for (int i = 3; session.command != ANSWER && i <= argc; i++) {
		err = session_place(&session, argv[i]);
		if (!err)
			continue;
		session_fail(&session, err);
		session_end(&session, "a call could not be placed");
		return;
	}
}

/* What became of what session_end dropped. */
static void tell(void)
{
	int n = session.released, all = session.to_release;

	json_t *members = all ? json_pack("{s:i, s:i}", "released", n, "of", all) : NULL;

	if (n == all && all)
		session_tell(&session, "released", NULL, members, "%d call%s released", n,
			     n == 1 ? "" : "s");
	else if (all)
		session_tell(&session, "released", NULL, members, "%d of %d calls released", n,
			     all);
}

static void work(int argc, char **argv)
{
	int signals = cli_signals();

	signal(SIGPIPE, SIG_IGN); /* a reader that goes away does not end calls */
	session.began = session_now();
	if (opt.pcap && !(capture = capture_open(PROGRAM, opt.pcap, true)))
		session.status = NO_DEVICE;
	if (session.status == OK)
		session.status = open_span(argv[2]);
	if (session.status == OK) {
		begin(argc, argv);
		run(signals);
		if (session_finished(&session))
			linger();
		tell();
	}
	isdn_registry_free(session.registry);
	if (capture && !capture_close(capture))
		session_fail(&session, NO_DEVICE);
	close(signals);
}

int session_run(const struct options *given, enum command command, int argc, char **argv)
{
	opt = *given;
	session.opt = &opt;
	session.command = command;
	setvbuf(stdout, NULL, _IOLBF, 0);
	defaults();
	work(argc, argv);
	return session.status;
}
