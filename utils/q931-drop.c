/* SPDX-License-Identifier: BSD-2-Clause */
/* q931-drop(1): place and answer calls on a D-channel, show what happens, and drop them. */
#define _GNU_SOURCE
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

#include <isdn/isdn.h>

#include "capture.h"
#include "cli.h"
#include "show.h"

#define PROGRAM	  "q931-drop"
#define CALLS_MAX 64

enum { OK, FAILED, USAGE, NO_LINE, TIMED_OUT, INTERRUPTED = 128 };

static struct {
	struct cli_uui uui, setup_uui, accept_uui, answer_uui;
	const char *from, *pcap;
	int drop_after, answer_after, cause, timeout, count, conference;
	bool ring, reject, ladder, verbose, help, version;
} opt = { .drop_after = -1, .timeout = 60000, .count = 1 };

/* clang-format off */
static const struct cli_option options[] = {
	{ "uui",	  CLI_UUI,     &opt.uui,	  0, 0, "TEXT", "UUI of the drop: discriminator 4 and TEXT" },
	{ "uui-hex",	  CLI_UUI_HEX, &opt.uui,	  0, 0, "HEX",  "UUI of the drop as octets, discriminator first" },
	{ "drop-after",	  CLI_SECONDS, &opt.drop_after,   0, 86400, "S", "drop S seconds after the answer (call, conference: 1)" },
	{ "cause",	  CLI_NUMBER,  &opt.cause,	  1, 127, "N", "cause of the drop (16; 21 to reject)" },
	{ "from",	  CLI_TEXT,    &opt.from,	  0, 0, "NUMBER", "calling party number" },
	{ "setup-uui",	  CLI_UUI,     &opt.setup_uui,    0, 0, "TEXT", "call: UUI of SETUP" },
	{ "ring",	  CLI_FLAG,    &opt.ring,	  0, 0, NULL,   "answer: alert, never answer" },
	{ "reject",	  CLI_FLAG,    &opt.reject,	  0, 0, NULL,   "answer: drop the call while it is offered" },
	{ "answer-after", CLI_SECONDS, &opt.answer_after, 0, 86400, "S", "answer: S seconds after alerting (0)" },
	{ "accept-uui",	  CLI_UUI,     &opt.accept_uui,   0, 0, "TEXT", "answer: UUI of ALERTING" },
	{ "answer-uui",	  CLI_UUI,     &opt.answer_uui,   0, 0, "TEXT", "answer: UUI of CONNECT" },
	{ "count",	  CLI_NUMBER,  &opt.count,	  0, 1000000, "N", "answer: end after N calls (1; 0: never)" },
	{ "conference",	  CLI_NUMBER,  &opt.conference,   1, CALLS_MAX - 1, "N", "answer: put N calls into a conference and drop that" },
	{ "timeout",	  CLI_SECONDS, &opt.timeout,	  0, 86400, "S", "give up after S seconds (60; 0: never)" },
	{ "pcap",	  CLI_TEXT,    &opt.pcap,	  0, 0, "FILE", "write the frames to FILE" },
	{ "ladder",	  CLI_FLAG,    &opt.ladder,	  0, 0, NULL,   "show the messages too" },
	{ "verbose",	  CLI_FLAG,    &opt.verbose,	  0, 0, NULL,   "show what the library logs" },
	{ "version",	  CLI_FLAG,    &opt.version,	  0, 0, NULL,   "print the version" },
	{ "help",	  CLI_FLAG,    &opt.help,	  0, 0, NULL,   "print this" },
};
/* clang-format on */

#define N_OPTIONS (sizeof(options) / sizeof(options[0]))
#define NEVER	  INT64_MAX

struct call {
	isdn_handle handle;
	int number; /* in our lines */
	enum isdn_call_state state;
	bool is_conference, was_connected, shown; /* shown: the UUI of clearing */
	int64_t answer_at, drop_at;
};

static struct isdn_registry *registry;
static struct isdn_client *client;
static unsigned span;
static struct capture *capture;
static struct call calls[CALLS_MAX];
static unsigned n_calls, ended;
static int numbers;
static isdn_handle conference;
static int wanted_parties, status = OK;
static bool up, dropping_all, answering;
static int64_t began;

static int64_t now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void say(const char *format, ...) ISDN_PRINTF(1, 2);
static void say(const char *format, ...)
{
	va_list ap;

	printf("%8.3f  ", (double)(now_ms() - began) / 1000);
	va_start(ap, format);
	vprintf(format, ap);
	va_end(ap);
	putchar('\n');
}

static void fail(int code)
{
	if (status == OK)
		status = code;
}

static void on_frame(void *arg, unsigned tag, bool net, enum isdn_trace_dir dir,
		     const uint8_t *frame, size_t len, isdn_time now)
{
	bool out = dir == ISDN_TRACE_OUT;
	struct timespec t;
	struct isdn_msg m;
	char text[1024];

	(void)arg;
	(void)tag;
	(void)now;
	clock_gettime(CLOCK_REALTIME, &t);
	if (capture)
		capture_frame(capture, net == out, out, frame, len,
			      (uint64_t)t.tv_sec * 1000 + (uint64_t)t.tv_nsec / 1000000);
	if (!opt.ladder || !show_decode(frame, len, net == out, &m))
		return;
	show_message(&m, text, sizeof(text));
	say("%s %s", out ? "->" : "<-", text);
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

static struct call *find(isdn_handle h)
{
	for (unsigned i = 0; i < n_calls; i++)
		if (calls[i].handle == h)
			return &calls[i];
	return NULL;
}

static struct call *add(isdn_handle h, bool is_conference)
{
	struct call *c;

	if (n_calls == CALLS_MAX)
		return NULL;
	c = &calls[n_calls++];
	memset(c, 0, sizeof(*c));
	c->handle = h;
	c->number = is_conference ? 0 : ++numbers;
	c->is_conference = is_conference;
	c->answer_at = c->drop_at = NEVER;
	return c;
}

static const char *name(const struct call *c)
{
	static char text[32];

	if (c->is_conference)
		return "conference";
	snprintf(text, sizeof(text), "call %d", c->number);
	return text;
}

static void show_received(const struct call *c, enum isdn_uui_which which)
{
	uint8_t octets[1024];
	char text[2 * sizeof(octets) + 8];
	size_t len;

	if (isdn_call_uui(client, c->handle, which, octets, sizeof(octets), &len) || !len)
		return;
	show_uui(octets, len, text, sizeof(text));
	say("%s: UUI received: %s", name(c), text);
}

static void drop(const struct call *c)
{
	struct isdn_drop how = { .cause = (uint8_t)opt.cause,
				 .uui = opt.uui.octets,
				 .uui_size = opt.uui.size };
	isdn_request id = isdn_call_drop(client, c->handle, &how);

	if (id == ISDN_ERR_INVALCALLSTATE)
		return; /* it ended in this moment */
	if (id < 0) {
		fprintf(stderr, "%s: %s can not be dropped: %s\n", PROGRAM, name(c),
			isdn_strerror(id));
		fail(FAILED);
	}
}

static bool drops_by_itself(void)
{
	return opt.drop_after >= 0 && !opt.conference && !conference;
}

static void connected(struct call *c)
{
	if (c->is_conference)
		return;
	c->was_connected = true;
	if (conference && c->state == ISDN_CALL_CONNECTED)
		(void)isdn_conference_add(client, conference, c->handle);
	else if (drops_by_itself())
		c->drop_at = now_ms() + opt.drop_after;
}

/* The conference is dropped when all its parties are in it. */
static void party_joined(void)
{
	int in = 0;

	for (unsigned i = 0; i < n_calls; i++)
		in += calls[i].state == ISDN_CALL_CONFERENCED;
	if (in == wanted_parties && wanted_parties)
		find(conference)->drop_at = now_ms() + (opt.drop_after < 0 ? 1000 : opt.drop_after);
}

static void offered(struct call *c)
{
	struct isdn_call_info info;

	if (isdn_call_info(client, c->handle, &info) == 0)
		say("%s: from %s to %s, channel %u", name(c), *info.calling ? info.calling : "-",
		    *info.called ? info.called : "-", info.channel);
	show_received(c, ISDN_UUI_SETUP);
	if (opt.reject) {
		drop(c);
		return;
	}
	(void)isdn_call_accept(client, c->handle, opt.accept_uui.octets, opt.accept_uui.size);
	if (!opt.ring)
		c->answer_at = now_ms() + opt.answer_after;
}

static void idle(struct call *c)
{
	isdn_call_deallocate(client, c->handle);
	if (!c->is_conference) {
		ended++;
		if (!answering && !c->was_connected && !dropping_all)
			fail(FAILED); /* it never came to a call */
	}
	if (c->handle == conference)
		conference = 0;
	*c = calls[--n_calls];
}

static void call_state(const struct isdn_event *ev)
{
	struct call *c = find(ev->call);
	char text[256];

	if (!c)
		return;
	c->state = ev->state;
	show_state(ev, text, sizeof(text));
	say("%s: %s", name(c), text);
	if (ev->state == ISDN_CALL_OFFERING) {
		offered(c);
	} else if (ev->state == ISDN_CALL_CONNECTED) {
		connected(c);
	} else if (ev->state == ISDN_CALL_CONFERENCED) {
		c->was_connected = true;
		party_joined();
	} else if (ev->state == ISDN_CALL_DISCONNECTED) {
		show_received(c, ISDN_UUI_CLEARING);
		c->shown = true;
		drop(c);
	} else if (ev->state == ISDN_CALL_IDLE) {
		if (!c->shown)
			show_received(c, ISDN_UUI_CLEARING);
		idle(c);
	}
}

static void reply(const struct isdn_event *ev)
{
	const struct call *c = find(ev->call);

	if (ev->result && ev->result != ISDN_ERR_OPERATIONFAILED)
		say("request failed: %s", isdn_strerror(ev->result));
	if (ev->outcome == ISDN_OUTCOME_NONE || !c)
		return;
	say("%s: dropped: %s, UUI %s", name(c), isdn_outcome_name(ev->outcome),
	    ev->uui_sent ? "sent" : "not sent");
	if (c->is_conference)
		say("conference: %u calls ended, %u could not be cleared", ev->calls_changed,
		    ev->calls_failed);
}

static void event(const struct isdn_event *ev)
{
	struct call *c;

	switch (ev->type) {
	case ISDN_EV_SPAN:
		up = ev->up;
		say("span: %s", up ? "up" : "down");
		break;
	case ISDN_EV_NEW_CALL:
		if (!add(ev->call, false))
			(void)isdn_call_drop(client, ev->call, NULL);
		break;
	case ISDN_EV_CALL_STATE:
		call_state(ev);
		break;
	case ISDN_EV_CALL_INFO:
		c = find(ev->call);
		if (c && (ev->info & ISDN_INFO_UUI)) {
			show_received(c, ISDN_UUI_MIDCALL);
			(void)isdn_call_release_uui(client, c->handle);
		}
		break;
	case ISDN_EV_REPLY:
		reply(ev);
		break;
	case ISDN_EV_LOST:
		fprintf(stderr, "%s: memory ran out, events are missing\n", PROGRAM);
		break;
	}
}

/* What is due by our own timers; the time of the next one. */
static int64_t due(int64_t now)
{
	int64_t next = opt.timeout ? began + opt.timeout : NEVER;

	for (unsigned i = 0; i < n_calls; i++) {
		struct call *c = &calls[i];

		if (c->answer_at <= now) {
			c->answer_at = NEVER;
			(void)isdn_call_answer(client, c->handle, opt.answer_uui.octets,
					       opt.answer_uui.size);
		}
		if (c->drop_at <= now) {
			c->drop_at = NEVER;
			drop(c);
		}
		next = c->answer_at < next ? c->answer_at : next;
		next = c->drop_at < next ? c->drop_at : next;
	}
	return next;
}

/* The conference first: its drop takes the parties with it. */
static void drop_all(const char *why)
{
	unsigned n = 0;

	for (unsigned i = 0; i < n_calls; i++)
		n += !calls[i].is_conference;
	say("%s: dropping %u call%s", why, n, n == 1 ? "" : "s");
	dropping_all = true;
	for (unsigned i = 0; i < n_calls; i++)
		if (calls[i].is_conference)
			drop(&calls[i]);
	for (unsigned i = 0; i < n_calls; i++)
		if (!calls[i].is_conference)
			drop(&calls[i]);
}

/* False: end at once. */
static bool interrupted(int fd)
{
	struct signalfd_siginfo s;

	if (read(fd, &s, sizeof(s)) != sizeof(s))
		return true;
	status = INTERRUPTED + (int)s.ssi_signo;
	if (dropping_all)
		return false; /* the second time */
	drop_all("interrupted");
	return true;
}

static bool finished(void)
{
	if (dropping_all)
		return n_calls == 0;
	if (n_calls)
		return false;
	return answering ? opt.count && ended >= (unsigned)opt.count : ended > 0;
}

static void take_events(void)
{
	struct isdn_event ev;

	while (isdn_client_next_event(client, &ev) == 1)
		event(&ev);
}

static void run(int signals)
{
	while (!finished()) {
		struct pollfd p[2] = { { .fd = isdn_registry_fd(registry), .events = POLLIN },
				       { .fd = signals, .events = POLLIN } };
		int64_t now = now_ms(), next = due(now);
		int wait = next == NEVER ? -1 : next > now ? (int)(next - now) : 0;

		take_events(); /* of what was due */
		if (finished())
			break;
		if (opt.timeout && now >= began + opt.timeout && !dropping_all) {
			fail(up ? TIMED_OUT : NO_LINE);
			opt.timeout = 0;
			drop_all(up ? "timeout" : "the link does not come up");
			continue;
		}
		poll(p, 2, wait);
		if (p[1].revents && !interrupted(signals))
			return;
		isdn_registry_process(registry);
		take_events();
	}
	if (dropping_all)
		say("%u call%s released", ended, ended == 1 ? "" : "s");
}

static bool place(const char *number)
{
	struct isdn_call_params p;
	struct call *c;
	isdn_handle h;
	int id;

	isdn_call_params_init(&p);
	p.span = span;
	p.called = number;
	p.calling = opt.from;
	p.uui = opt.setup_uui.octets;
	p.uui_size = opt.setup_uui.size;
	id = isdn_call_make(client, &p, &h);
	if (id < 0) {
		fprintf(stderr, "%s: %s can not be called: %s\n", PROGRAM, number,
			isdn_strerror(id));
		return false;
	}
	c = add(h, false);
	say("%s: to %s", name(c), number);
	take_events();
	return true;
}

static bool open_conference(int parties)
{
	if (isdn_conference_new(client, ISDN_CONFERENCE_DROP_ALL, &conference))
		return false;
	wanted_parties = parties;
	return add(conference, true) != NULL;
}

static int open_line(const char *spec)
{
	struct isdn_client_config config;
	struct isdn_error error = { .text = "" };
	struct isdn_env env;

	memset(&env, 0, sizeof(env));
	env.trace.frame = on_frame;
	if (opt.verbose) {
		env.log.write = on_log;
		env.log.max_level = ISDN_LOG_DEBUG;
	}
	if (opt.pcap && !(capture = capture_open(PROGRAM, opt.pcap)))
		return NO_LINE;
	isdn_client_config_init(&config);
	config.name = PROGRAM;
	if (isdn_registry_new(&registry, NULL, &env) ||
	    isdn_client_open(registry, &config, &client)) {
		fprintf(stderr, "%s: no memory, or no descriptor left\n", PROGRAM);
		return NO_LINE;
	}
	if (isdn_registry_open_span(registry, spec, &span, &error)) {
		fprintf(stderr, "%s: %s\n", PROGRAM, error.text);
		return error.code == ISDN_ERR_SPEC ? USAGE : NO_LINE;
	}
	return OK;
}

static void begin(int argc, char **argv)
{
	if (opt.conference)
		opt.count = opt.conference;
	if (answering) {
		if (opt.conference && !open_conference(opt.conference))
			fail(FAILED);
		return;
	}
	if (!strcmp(argv[1], "conference") && !open_conference(argc - 2))
		fail(FAILED);
	if (opt.drop_after < 0)
		opt.drop_after = 1000;
	for (int i = 3; i <= argc; i++)
		if (!place(argv[i])) {
			fail(FAILED);
			drop_all("a call failed");
			return;
		}
}

static int usage(const char *text)
{
	fprintf(stderr, "%s: %s\n", PROGRAM, text);
	fprintf(stderr,
		"usage: %s call SPAN NUMBER [OPTION]...\n"
		"       %s answer SPAN [OPTION]...\n"
		"       %s conference SPAN NUMBER NUMBER... [OPTION]...\n"
		"%s --help lists the options, isdn-span(7) describes SPAN.\n",
		PROGRAM, PROGRAM, PROGRAM, PROGRAM);
	return USAGE;
}

static int check(int argc, char **argv)
{
	if (argc < 1)
		return usage("a command is needed: call, answer or conference");
	answering = !strcmp(argv[1], "answer");
	if (!answering && strcmp(argv[1], "call") && strcmp(argv[1], "conference")) {
		fprintf(stderr, "%s: \"%s\" is not a command; ", PROGRAM, argv[1]);
		return usage("choose among call, answer, conference");
	}
	if (argc < 2)
		return usage("a SPAN is needed, for example dahdi:16,user");
	if (answering && argc > 2)
		return usage("answer takes a SPAN and nothing more");
	if (!strcmp(argv[1], "call") && argc != 3)
		return usage("call takes a SPAN and one NUMBER");
	if (!strcmp(argv[1], "conference") && (argc < 3 || argc > CALLS_MAX))
		return usage("conference takes a SPAN and the NUMBERs of its parties, at most 62");
	return OK;
}

static void help(void)
{
	printf("usage: %s call|answer|conference SPAN [NUMBER]... [OPTION]...\n", PROGRAM);
	cli_help(options, N_OPTIONS);
}

int main(int argc, char **argv)
{
	sigset_t set;
	int signals, err, left = cli_parse(PROGRAM, options, N_OPTIONS, argc, argv);

	if (left < 0)
		return USAGE;
	if (opt.help || opt.version) {
		if (opt.help)
			help();
		else
			printf("%s %s\n", PROGRAM, isdn_version());
		return OK;
	}
	err = check(left, argv);
	if (err)
		return err;
	setvbuf(stdout, NULL, _IOLBF, 0);
	sigemptyset(&set);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGTERM);
	sigprocmask(SIG_BLOCK, &set, NULL);
	signals = signalfd(-1, &set, SFD_CLOEXEC);
	began = now_ms();
	status = open_line(argv[2]);
	if (status == OK) {
		begin(left, argv);
		run(signals);
	}
	isdn_registry_free(registry);
	if (capture && !capture_close(capture))
		fail(FAILED);
	return status;
}
