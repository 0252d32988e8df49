/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A far end for tests: libpri behind a socket or a DAHDI channel. Test code
 * only, for libpri is under the GPL; nothing that is installed links it. One
 * process is one end, since libpri has no destructor.
 *
 * Each event is one line on stdout, in the order in which it happens:
 *
 *	UP                                      DOWN
 *	RING call=1 channel=3 called=5551234 calling=100 uui=HEX
 *	PROCEEDING call=1                       PROGRESS call=1
 *	RINGING call=1 uui=HEX                  ANSWER call=1 uui=HEX
 *	HANGUP_REQ call=1 cause=16 uui=HEX      DISCONNECT received
 *	HANGUP call=1 cause=16 uui=HEX          RELEASE (or RELEASE COMPLETE) received
 *	HANGUP_ACK call=1 cause=16 uui=HEX      RELEASE COMPLETE received
 *	REJECT call=1 cause=21 message=45       SETUP answered by DISCONNECT (45), RELEASE COMPLETE
 *(5a) DONE hangups=1
 *
 * uui is what libpri shows: discriminator 4 only, cut at the first NUL. Exit
 * status 0 when as many calls were cleared as expected, 1 when not in time.
 *
 * With --commands it is stdin that says what happens, by lines, and its end is
 * the end, with success; --place and --expect-hangups do not matter then:
 *
 *	call NUMBER [CHANNEL]   answer CALL     hangup CALL [CAUSE]     restart CHANNEL
 *
 * A CALL that is gone is passed over in silence, for that may have crossed. The
 * channel of a call on BRI, when none is named, is the first one that no call of
 * ours has; a network says NOCHANNEL, and places no call, when there is none.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <libpri.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "drivers/dahdi_abi.h"

#define CALLS_MAX 16384 /* in all */
#define LINGER_MS 300	/* for what is still on its way when all is done */
#define B_BRI	  2	/* B-channels */

struct call {
	q931_call *libpri; /* NULL: cleared */
	long hangup_at;	   /* ms, 0: not */
	int channel;	   /* as libpri has it, 0: not known */
};

static struct {
	const char *path, *role, *place, *from;
	const char *uui_setup, *uui_alerting, *uui_disconnect, *uui_release, *uui_relcomp;
	int fd, dahdi, calls, hangup_after, cause, reject, expect, timeout;
	int settle, listens, answer, ring_only, hangup_ringing, debug, help;
	const char *timers;
	int bri, ptmp, leave_down, keep_up, commands;
} opt = { .role = "cpe",
	  .fd = -1,
	  .calls = 1,
	  .hangup_after = -1,
	  .cause = 16,
	  .expect = -1,
	  .settle = -1,
	  .timeout = 30 };

/* clang-format off */
static const struct {
	const char *name;
	const char **text;	/* where its value goes, */
	int *number;		/* or this, */
	int *flag;		/* or an option without one */
	const char *help;
} options[] = {
	{ "fd",		    NULL,		 &opt.fd,	    NULL, "an open SOCK_SEQPACKET socket" },
	{ "path",	    &opt.path,		 NULL,		    NULL, "the path of such a socket" },
	{ "listen",	    NULL, NULL,		 &opt.listens,		  "listen there, not connect" },
	{ "dahdi",	    NULL,		 &opt.dahdi,	    NULL, "a DAHDI D-channel" },
	{ "role",	    &opt.role,		 NULL,		    NULL, "net or cpe" },
	{ "place",	    &opt.place,		 NULL,		    NULL, "call this number" },
	{ "from",	    &opt.from,		 NULL,		    NULL, "calling number" },
	{ "calls",	    NULL,		 &opt.calls,	    NULL, "as many calls at once" },
	{ "settle",	    NULL,		 &opt.settle,	    NULL, "ms from UP to calls: 0, DAHDI 1200" },
	{ "uui-setup",	    &opt.uui_setup,	 NULL,		    NULL, "UUI of SETUP" },
	{ "uui-alerting",   &opt.uui_alerting,	 NULL,		    NULL, "of ALERTING" },
	{ "uui-disconnect", &opt.uui_disconnect, NULL,		    NULL, "of DISCONNECT" },
	{ "uui-release",    &opt.uui_release,	 NULL,		    NULL, "of RELEASE" },
	{ "uui-relcomp",    &opt.uui_relcomp,	 NULL,		    NULL, "of RELEASE COMPLETE" },
	{ "answer",	    NULL, NULL,		 &opt.answer,		  "answer calls (default)" },
	{ "ring-only",	    NULL, NULL,		 &opt.ring_only,	  "alert and never answer" },
	{ "reject",	    NULL,		 &opt.reject,	    NULL, "reject calls with this cause" },
	{ "hangup-after",   NULL,		 &opt.hangup_after, NULL, "ms after the answer" },
	{ "hangup-ringing", NULL, NULL,		 &opt.hangup_ringing,	  "... after alerting instead" },
	{ "cause",	    NULL,		 &opt.cause,	    NULL, "of that hangup, 16" },
	{ "expect-hangups", NULL,		 &opt.expect,	    NULL, "calls to be cleared; 0: wait for UP" },
	{ "timeout",	    NULL,		 &opt.timeout,	    NULL, "seconds, 30" },
	{ "bri",	    NULL, NULL,		 &opt.bri,		  "BRI, point to point" },
	{ "ptmp",	    NULL, NULL,		 &opt.ptmp,		  "BRI, point to multipoint" },
	{ "keep-up",	    NULL, NULL,		 &opt.keep_up,		  "layer 2 is always up" },
	{ "leave-down",	    NULL, NULL,		 &opt.leave_down,	  "layer 2 comes up with calls" },
	{ "timers",	    &opt.timers,	 NULL,		    NULL, "T200=100,N200=5,... as libpri names them" },
	{ "commands",	    NULL, NULL,		 &opt.commands,		  "do what stdin says, until it ends" },
	{ "debug",	    NULL, NULL,		 &opt.debug,		  "libpri's own trace on stderr" },
	{ "help",	    NULL, NULL,		 &opt.help,		  "this" },
};
/* clang-format on */

#define N_OPTIONS (sizeof(options) / sizeof(options[0]))

static struct pri *pri;
static struct call calls[CALLS_MAX];
static int n_calls, hangups;
static bool up, closed;
static long place_at = -1; /* ms, -1: no calls to place, or link down */
static unsigned sent;	   /* type of the last message that libpri sent */
static bool told;	   /* stdin ended */

static long now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * 1000L + ts.tv_nsec / 1000000L;
}

static void usage(FILE *to)
{
	fprintf(to, "usage: peer_libpri --fd N | --path SOCKET | --dahdi CHANNEL [OPTION]...\n");
	for (size_t i = 0; i < N_OPTIONS; i++)
		fprintf(to, "  --%s%s\t%s\n", options[i].name, options[i].flag ? "" : " X",
			options[i].help);
}

static void parse(int argc, char **argv)
{
	struct option longs[N_OPTIONS + 1];
	int i;

	memset(longs, 0, sizeof(longs));
	for (size_t k = 0; k < N_OPTIONS; k++) {
		longs[k].name = options[k].name;
		longs[k].has_arg = options[k].flag ? no_argument : required_argument;
		longs[k].val = (int)k + 1;
	}
	while ((i = getopt_long(argc, argv, "", longs, NULL)) != -1) {
		if (i == '?') {
			usage(stderr);
			exit(2);
		}
		i--;
		if (options[i].text)
			*options[i].text = optarg;
		else if (options[i].number)
			*options[i].number = atoi(optarg);
		else
			*options[i].flag = 1;
	}
	if (opt.help) {
		usage(stdout);
		exit(0);
	}
	if (optind < argc || (opt.fd >= 0) + (opt.path != NULL) + (opt.dahdi > 0) != 1 ||
	    (strcmp(opt.role, "net") && strcmp(opt.role, "cpe")) || opt.calls < 1 ||
	    opt.calls > 30) {
		usage(stderr);
		exit(2);
	}
	/* Two libpri that start at once may set up the link twice, and the first SETUP is lost. */
	if (opt.settle < 0)
		opt.settle = opt.dahdi ? 1200 : 0;
	if (opt.expect < 0)
		opt.expect = opt.place ? opt.calls : 1;
	opt.bri |= opt.ptmp;
}

/* The far end may be started after us. */
static int open_path(long until)
{
	struct sockaddr_un sa = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_SEQPACKET, 0), peer;

	strncpy(sa.sun_path, opt.path, sizeof(sa.sun_path) - 1);
	if (opt.listens) {
		struct pollfd pfd = { .fd = fd, .events = POLLIN };

		if (bind(fd, (struct sockaddr *)&sa, sizeof(sa)) || listen(fd, 1) ||
		    poll(&pfd, 1, opt.timeout * 1000) != 1)
			return -1;
		peer = accept(fd, NULL, NULL);
		close(fd);
		unlink(opt.path);
		return peer;
	}
	while (connect(fd, (struct sockaddr *)&sa, sizeof(sa)) < 0)
		if (now_ms() > until || poll(NULL, 0, 20) < 0)
			return -1;
	return fd;
}

static int open_dahdi(void)
{
	struct abi_bufferinfo b = { ABI_POLICY_IMMEDIATE, ABI_POLICY_IMMEDIATE, 32, 1024, 0, 0 };
	int fd = open("/dev/dahdi/channel", O_RDWR);

	if (fd < 0 || ioctl(fd, ABI_SPECIFY, &opt.dahdi) < 0 || ioctl(fd, ABI_SET_BUFINFO, &b) < 0)
		return -1;
	return fd;
}

/* libpri reads and writes frames with two octets of FCS, whose value it neither sets nor looks at.
 */
static int read_frame(struct pri *p, void *buf, int len)
{
	ssize_t n = read(opt.fd, buf, (size_t)len);
	int event;

	(void)p;
	if (n < 0 && errno == ABI_ELAST)
		while (ioctl(opt.fd, ABI_GETEVENT, &event) == 0 && event)
			fprintf(stderr, "DAHDI event %d\n", event);
	if ((n == 0 && !opt.dahdi) || (n < 0 && (errno == ECONNRESET || errno == ENODEV)))
		closed = true;
	return n < 0 ? 0 : (int)n;
}

static int write_frame(struct pri *p, void *buf, int len)
{
	const unsigned char *f = buf;
	ssize_t n = opt.dahdi ? write(opt.fd, buf, (size_t)len)
			      : send(opt.fd, buf, (size_t)len, MSG_NOSIGNAL);

	(void)p;
	if (len > 8 && !(f[2] & 1) && f[4] == 8 && len > 6 + f[5])
		sent = f[6 + f[5]];
	return n < 0 ? 0 : (int)n;
}

static void message(struct pri *p, char *text)
{
	(void)p;
	fputs(text, stderr);
}

static void print_uui(const char *uui)
{
	printf(" uui=");
	for (; *uui; uui++)
		printf("%02x", (unsigned char)*uui);
	putchar('\n');
}

/* The number of a call in our lines: 1, 2, ... in the order of their beginning. */
static int number(q931_call *c)
{
	for (int i = n_calls - 1; i >= 0; i--)
		if (calls[i].libpri == c)
			return i + 1;
	if (n_calls == CALLS_MAX) {
		fprintf(stderr, "peer_libpri: more than %d calls\n", CALLS_MAX);
		exit(1);
	}
	calls[n_calls].libpri = c;
	return ++n_calls;
}

static bool is_net(void)
{
	return !strcmp(opt.role, "net");
}

/* A B-channel of the BRI that none of our calls has, 0: there is none. */
static int free_channel(void)
{
	for (int channel = 1; channel <= B_BRI; channel++) {
		bool used = false;

		for (int i = 0; i < n_calls; i++)
			used |= calls[i].libpri && (calls[i].channel & 0xff) == channel;
		if (!used)
			return channel;
	}
	return 0;
}

static void set_uui(q931_call *c, const char *uui)
{
	if (uui)
		pri_call_set_useruser(c, uui);
}

static void hangup(q931_call *c, int cause, const char *uui)
{
	set_uui(c, uui);
	calls[number(c) - 1].hangup_at = 0;
	pri_hangup(pri, c, cause);
}

static void cleared(q931_call *c)
{
	struct call *call = &calls[number(c) - 1];

	call->libpri = NULL;
	call->hangup_at = 0;
	hangups++;
}

static void hangup_later(q931_call *c)
{
	if (opt.hangup_after >= 0)
		calls[number(c) - 1].hangup_at = now_ms() + opt.hangup_after;
}

/* A terminal at a bus does not know what channels others have: it asks, the network says. */
static void place(const char *called, int channel)
{
	static char nobody[] = "";
	struct pri_sr *sr = pri_sr_new();
	q931_call *c = pri_new_call(pri);

	pri_sr_set_channel(sr, channel, !opt.bri || is_net(), 0);
	pri_sr_set_bearer(sr, PRI_TRANS_CAP_SPEECH, PRI_LAYER_1_ALAW);
	pri_sr_set_called(sr, (char *)(uintptr_t)called, PRI_UNKNOWN, 1);
	if (opt.from)
		pri_sr_set_caller(sr, (char *)(uintptr_t)opt.from, nobody, PRI_UNKNOWN,
				  PRES_ALLOWED_USER_NUMBER_PASSED_SCREEN);
	if (opt.uui_setup)
		pri_sr_set_useruser(sr, opt.uui_setup);
	calls[number(c) - 1].channel = channel;
	if (pri_setup(pri, c, sr)) {
		fprintf(stderr, "peer_libpri: libpri does not send the SETUP\n");
		exit(1);
	}
	pri_sr_free(sr);
}

/*
 * libpri answers a SETUP by RELEASE COMPLETE for a few causes only, and then
 * has no event for it. For the others it sends DISCONNECT, but nothing at all
 * unless it sent CALL PROCEEDING before.
 */
static void refuse(q931_call *c, int channel)
{
	bool at_once = opt.reject == 1 || opt.reject == 34 || opt.reject == 44 || opt.reject == 88;

	if (!at_once)
		pri_proceeding(pri, c, channel, 0);
	sent = 0;
	hangup(c, opt.reject, at_once ? opt.uui_relcomp : opt.uui_disconnect);
	printf("REJECT call=%d cause=%d message=%02x\n", number(c), opt.reject, sent);
	if (sent == 0x5a)
		cleared(c);
}

/* The network of a BRI gives the channel that was asked for if it can. */
static int channel_for(const pri_event_ring *r)
{
	int asked = r->channel & 0xff;

	if (!opt.bri || !is_net())
		return r->channel;
	for (int i = 0; i < n_calls; i++)
		if (calls[i].libpri && calls[i].libpri != r->call &&
		    (calls[i].channel & 0xff) == asked)
			asked = 0;
	return asked == 1 || asked == 2 ? r->channel : free_channel();
}

static void ring(const pri_event_ring *r)
{
	int channel = channel_for(r);

	printf("RING call=%d channel=%d called=%s calling=%s", number(r->call), channel & 0xff,
	       r->callednum, r->callingnum);
	print_uui(r->useruserinfo);
	calls[number(r->call) - 1].channel = channel;
	if (opt.reject) {
		refuse(r->call, r->channel);
		return;
	}
	pri_proceeding(pri, r->call, channel, 0);
	set_uui(r->call, opt.uui_alerting);
	pri_acknowledge(pri, r->call, channel, 0);
	if (!opt.ring_only)
		pri_answer(pri, r->call, channel, 0);
	hangup_later(r->call);
}

static void clearing(const char *name, const pri_event_hangup *h)
{
	printf("%s call=%d cause=%d", name, number(h->call), h->cause);
	print_uui(h->useruserinfo);
}

static void handle(pri_event *from)
{
	pri_event e = *from; /* the next request overwrites it */

	switch (e.e) {
	case PRI_EVENT_DCHAN_UP:
		if (!up)
			puts("UP");
		if (opt.place && !opt.commands && !n_calls)
			place_at = now_ms() + opt.settle;
		up = true;
		break;
	case PRI_EVENT_DCHAN_DOWN:
		puts("DOWN");
		place_at = -1;
		up = false;
		break;
	case PRI_EVENT_RING:
		ring(&e.ring);
		break;
	case PRI_EVENT_PROCEEDING:
		printf("PROCEEDING call=%d\n", number(e.proceeding.call));
		if (e.proceeding.channel > 0)
			calls[number(e.proceeding.call) - 1].channel = e.proceeding.channel;
		break;
	case PRI_EVENT_PROGRESS:
		printf("PROGRESS call=%d\n", number(e.proceeding.call));
		break;
	case PRI_EVENT_RINGING:
		printf("RINGING call=%d", number(e.ringing.call));
		print_uui(e.ringing.useruserinfo);
		if (opt.hangup_ringing)
			hangup_later(e.ringing.call);
		break;
	case PRI_EVENT_ANSWER:
		printf("ANSWER call=%d", number(e.answer.call));
		print_uui(e.answer.useruserinfo);
		hangup_later(e.answer.call);
		break;
	case PRI_EVENT_HANGUP_REQ:
		clearing("HANGUP_REQ", &e.hangup);
		hangup(e.hangup.call, e.hangup.cause, opt.uui_release);
		break;
	case PRI_EVENT_HANGUP:
		clearing("HANGUP", &e.hangup);
		hangup(e.hangup.call, e.hangup.cause, opt.uui_relcomp);
		cleared(e.hangup.call);
		break;
	case PRI_EVENT_HANGUP_ACK: /* the call is no more: only its address is compared */
		clearing("HANGUP_ACK", &e.hangup);
		cleared(e.hangup.call);
		break;
	case PRI_EVENT_RESTART:
		printf("RESTART %d\n", e.restart.channel);
		break;
	case PRI_EVENT_RESTART_ACK:
		printf("RESTART_ACK %d\n", e.restartack.channel);
		break;
	default:
		printf("OTHER %s\n", pri_event2str(e.e));
		break;
	}
}

static void do_what_is_due(void)
{
	long now = now_ms();

	if (place_at >= 0 && place_at <= now) {
		place_at = -1;
		for (int i = 1; i <= opt.calls; i++)
			place(opt.place, i < 16 ? i : i + 1); /* 16 is the D-channel */
	}
	for (int i = 0; i < n_calls; i++)
		if (calls[i].libpri && calls[i].hangup_at && calls[i].hangup_at <= now)
			hangup(calls[i].libpri, opt.cause, opt.uui_disconnect);
}

/* ms until libpri, or a hangup, wants its turn. libpri's times are gettimeofday's. */
static int patience(void)
{
	struct timeval *next = pri_schedule_next(pri), now;
	long ms = 100;

	if (next) {
		gettimeofday(&now, NULL);
		ms = (next->tv_sec - now.tv_sec) * 1000L + (next->tv_usec - now.tv_usec) / 1000;
	}
	for (int i = 0; i < n_calls; i++)
		if (calls[i].libpri && calls[i].hangup_at && calls[i].hangup_at - now_ms() < ms)
			ms = calls[i].hangup_at - now_ms();
	return ms < 0 ? 0 : ms > 20 ? 20 : (int)ms;
}

static void obey(const char *line)
{
	char called[40];
	int n = 0, value = 0, words;

	words = sscanf(line, "call %39s %d", called, &value);
	if (words >= 1) {
		if (!value && opt.bri)
			value = free_channel();
		if (!value && is_net())
			puts("NOCHANNEL");
		else
			place(called, value ? value : 1);
	} else if (sscanf(line, "answer %d", &n) == 1 && n >= 1 && n <= n_calls) {
		if (calls[n - 1].libpri)
			pri_answer(pri, calls[n - 1].libpri, calls[n - 1].channel, 0);
	} else if ((words = sscanf(line, "hangup %d %d", &n, &value)) >= 1 && n >= 1 &&
		   n <= n_calls) {
		if (calls[n - 1].libpri)
			hangup(calls[n - 1].libpri, words == 2 ? value : opt.cause,
			       opt.uui_disconnect);
	} else if (sscanf(line, "restart %d", &value) == 1) {
		pri_reset(pri, value);
	} else {
		fprintf(stderr, "peer_libpri: command not known: %s\n", line);
		exit(2);
	}
}

/* Whole lines only. */
static void read_commands(void)
{
	static char text[512];
	static size_t len;
	ssize_t n = read(0, text + len, sizeof(text) - 1 - len);
	char *end;

	if (n <= 0) {
		told = true;
		return;
	}
	len += (size_t)n;
	text[len] = '\0';
	while ((end = strchr(text, '\n')) != NULL) {
		*end++ = '\0';
		obey(text);
		len -= (size_t)(end - text);
		memmove(text, end, len + 1);
	}
}

static bool done(void)
{
	if (opt.commands)
		return told;
	return opt.expect ? hangups >= opt.expect : up;
}

static int run(long until)
{
	long linger = 0;

	while (!linger || now_ms() < linger) {
		struct pollfd pfd[2] = { { .fd = opt.fd, .events = POLLIN | POLLPRI },
					 { .fd = opt.commands && !told ? 0 : -1,
					   .events = POLLIN } };
		pri_event *e;

		while ((e = pri_schedule_run(pri)) != NULL)
			handle(e);
		do_what_is_due();
		if (!linger && done())
			linger = now_ms() + LINGER_MS;
		if (closed)
			break;
		if (!linger && now_ms() > until)
			break;
		if (poll(pfd, 2, patience()) <= 0)
			continue;
		if (pfd[1].revents)
			read_commands();
		e = pfd[0].revents ? pri_check_event(pri) : NULL;
		if (e)
			handle(e);
	}
	if (!done()) {
		fprintf(stderr, "peer_libpri: %s; link %s, %d of %d calls cleared\n",
			closed ? "the far end closed" : "out of time", up ? "up" : "down", hangups,
			opt.expect);
		return 1;
	}
	printf("DONE hangups=%d\n", hangups);
	return 0;
}

static void set_timers(void)
{
	char name[16];
	int value, used;

	for (const char *at = opt.timers; at && *at; at += used) {
		used = 0;
		if (sscanf(at, "%15[A-Z0-9-]=%d%n", name, &value, &used) != 2 ||
		    pri_set_timer(pri, pri_timer2idx(name), value)) {
			fprintf(stderr, "peer_libpri: libpri has no timer as in %s\n", at);
			exit(2);
		}
		used += at[used] == ',';
	}
}

static struct pri *new_pri(void)
{
	int node = is_net() ? PRI_NETWORK : PRI_CPE;

	if (opt.bri)
		return pri_new_bri_cb(opt.fd, !opt.ptmp, node, PRI_SWITCH_EUROISDN_E1, read_frame,
				      write_frame, NULL);
	return pri_new_cb(opt.fd, node, PRI_SWITCH_EUROISDN_E1, read_frame, write_frame, NULL);
}

int main(int argc, char **argv)
{
	long until;

	setvbuf(stdout, NULL, _IOLBF, 0);
	parse(argc, argv);
	until = now_ms() + opt.timeout * 1000L;
	if (opt.path)
		opt.fd = open_path(until);
	else if (opt.dahdi)
		opt.fd = open_dahdi();
	if (opt.fd < 0 || fcntl(opt.fd, F_SETFL, O_NONBLOCK) < 0) {
		fprintf(stderr, "peer_libpri: opening the channel: %s\n", strerror(errno));
		return 1;
	}
	/* libpri takes Ri from random() unseeded: two at a bus would ask with the same ones for
	 * ever
	 */
	srandom((unsigned)getpid());
	pri_set_message(message);
	pri_set_error(message);
	pri = new_pri();
	if (!pri)
		return 1;
	set_timers();
	if (opt.keep_up || opt.leave_down)
		pri_persistent_layer2_option(pri, opt.keep_up ? PRI_L2_PERSISTENCE_KEEP_UP
							      : PRI_L2_PERSISTENCE_LEAVE_DOWN);
	pri_hangup_fix_enable(pri, 1);
	if (opt.debug)
		pri_set_debug(pri,
			      PRI_DEBUG_Q931_DUMP | PRI_DEBUG_Q931_STATE | PRI_DEBUG_Q921_DUMP);
	return run(until);
}
