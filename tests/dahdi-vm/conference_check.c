/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One drop for thirty calls on the real DAHDI of the guest: the registry on one E1, libpri, which
 *is a process of peer_libpri, on the other, all B-channels in use, all calls parties of one
 * conference. libpri has thirty hang-ups, each with the cause and the UUI; and the time that
 * it takes is held against what the D-channel needs for the frames. Run by interop.sh. Its results
 * are TAP lines; exit status 0 when all are good.
 *
 *	conference_check PEER_PROGRAM OUR_CHANNEL PEER_CHANNEL
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/dahdi-vm/registry_check.h"

#define PATIENCE 20000 /* ms */
#define CALLS	 30
#define CAUSE	 31
#define RATE	 64.0  /* bit/s of a D-channel, for ms */
#define TYPES	 0x100 /* of messages */

static const char *peer_program, *our_channel, *peer_channel;

/* The far end, and what it said. */
static struct {
	pid_t pid;
	int pipe; /* -1: it has closed it */
	size_t len;
	unsigned hangups; /* HANGUP_REQ lines */
	long last;	  /* ms, when the last of these was read */
	char text[1 << 17];
} peer;

static struct isdn_client *client;
static unsigned span;
static bool up;
static isdn_handle call[CALLS], conference;
static enum isdn_call_state state[CALLS], parent_state;
static struct isdn_event reply; /* of the drop */
static isdn_request drop_id;
static isdn_time last_idle;

/* Of the frames since the drop, both ways: messages by type, and what they take on the line. */
static struct way {
	unsigned messages[TYPES], others;
	double ms[TYPES], others_ms;
} sent, received;

/* ---- frames ---- */

/* CRC-16 of Q.921 2.7, low octet first. */
static unsigned check_sequence(const uint8_t *frame, size_t len)
{
	unsigned crc = 0xffff;

	for (size_t i = 0; i < len; i++) {
		crc ^= frame[i];
		for (int bit = 0; bit < 8; bit++)
			crc = crc & 1 ? crc >> 1 ^ 0x8408 : crc >> 1;
	}
	return crc ^ 0xffff;
}

/* With its check sequence, the zeros that are put in after five ones, and one flag. */
static double time_of(const uint8_t *frame, size_t len)
{
	unsigned fcs = check_sequence(frame, len), bits = 8, ones = 0;

	for (size_t i = 0; i < len + 2; i++) {
		unsigned octet = i < len ? frame[i] : fcs >> 8 * (i - len) & 0xff;

		for (int bit = 0; bit < 8; bit++) {
			ones = octet >> bit & 1 ? ones + 1 : 0;
			bits += ones == 5 ? 2 : 1;
			ones = ones == 5 ? 0 : ones;
		}
	}
	return bits / RATE;
}

static void trace(void *arg, unsigned tag, bool network, enum isdn_trace_dir dir,
		  const uint8_t *frame, size_t len, isdn_time now)
{
	struct way *w = dir == ISDN_TRACE_OUT ? &sent : &received;

	(void)arg;
	(void)tag;
	(void)network;
	(void)now;
	if (len < 9 || (frame[2] & 1)) {
		w->others++;
		w->others_ms += time_of(frame, len);
		return;
	}
	w->messages[frame[8]]++;
	w->ms[frame[8]] += time_of(frame, len);
}

static void print_way(const char *name, const struct way *w)
{
	double ms = w->others_ms;

	printf("# %s:", name);
	for (unsigned type = 0; type < TYPES; type++) {
		if (w->messages[type])
			printf(" %u %s %.1f ms,", w->messages[type], isdn_msg_name((uint8_t)type),
			       w->ms[type]);
		ms += w->ms[type];
	}
	printf(" %u RR and others %.1f ms; %.1f ms in all\n", w->others, w->others_ms, ms);
}

/* ---- the far end ---- */

static void start_peer(bool network)
{
	const char *argv[] = {
		peer_program, "--dahdi", peer_channel, "--role",	   network ? "cpe" : "net",
		"--settle",   "400",	 "--answer",   "--expect-hangups", "30",
		"--timeout",  "60",	 NULL
	};
	int out[2];

	memset(&peer, 0, sizeof(peer));
	if (pipe2(out, O_CLOEXEC) || (peer.pid = fork()) < 0)
		bail("a process for the peer");
	if (peer.pid == 0) {
		dup2(out[1], 1);
		execv(peer_program, (char *const *)(uintptr_t)argv);
		_exit(127);
	}
	close(out[1]);
	peer.pipe = out[0];
}

static unsigned count(const char *part)
{
	unsigned n = 0;

	for (const char *at = peer.text; (at = strstr(at, part)) != NULL; at++)
		n++;
	return n;
}

static void hear_peer(void)
{
	ssize_t n = read(peer.pipe, peer.text + peer.len, sizeof(peer.text) - 1 - peer.len);
	unsigned hangups;

	if (n <= 0) {
		close(peer.pipe);
		peer.pipe = -1;
		return;
	}
	peer.len += (size_t)n;
	peer.text[peer.len] = '\0';
	hangups = count("HANGUP_REQ");
	if (hangups != peer.hangups)
		peer.last = now_ms();
	peer.hangups = hangups;
}

/* ---- events ---- */

static void take_state(const struct isdn_event *ev)
{
	if (ev->state == ISDN_CALL_IDLE)
		last_idle = ev->time;
	if (ev->call == conference)
		parent_state = ev->state;
	for (unsigned i = 0; i < CALLS; i++)
		if (ev->call == call[i])
			state[i] = ev->state;
}

static void take(const struct isdn_event *ev)
{
	if (ev->type == ISDN_EV_SPAN)
		up = ev->up;
	else if (ev->type == ISDN_EV_CALL_STATE)
		take_state(ev);
	else if (ev->type == ISDN_EV_REPLY && drop_id && ev->request == drop_id)
		reply = *ev;
	else if (ev->type == ISDN_EV_LOST || (ev->type == ISDN_EV_REPLY && ev->result))
		bail("an event was lost, or a request was not carried out");
}

static void turn(int ms)
{
	struct pollfd p[2] = { { .fd = isdn_registry_fd(registry), .events = POLLIN },
			       { .fd = peer.pipe, .events = POLLIN } };
	struct isdn_event ev;

	poll(p, 2, ms);
	isdn_registry_process(registry);
	while (isdn_client_next_event(client, &ev) == 1)
		take(&ev);
	if (p[1].revents)
		hear_peer();
}

static bool all(enum isdn_call_state s)
{
	for (unsigned i = 0; i < CALLS; i++)
		if (state[i] != s)
			return false;
	return true;
}

/* ---- the conference ---- */

static void open_registry(bool network)
{
	const struct isdn_env env = { .trace.frame = trace };
	struct isdn_error error = { .text = "" };
	struct isdn_client_config config;
	char spec[80];

	isdn_client_config_init(&config);
	if (isdn_registry_new(&registry, NULL, &env) ||
	    isdn_client_open(registry, &config, &client))
		bail("no registry");
	snprintf(spec, sizeof(spec), "dahdi:%s,%s,t200=400", our_channel, network ? "net" : "user");
	up = false;
	if (isdn_registry_open_span(registry, spec, &span, &error))
		bail(error.text);
}

static void set_up(void)
{
	struct isdn_call_params p;

	isdn_call_params_init(&p);
	p.span = span;
	p.called = "5551234";
	for (unsigned i = 0; i < CALLS; i++)
		if (isdn_call_make(client, &p, &call[i]) <= 0)
			bail("isdn_call_make");
	MUST(all(ISDN_CALL_CONNECTED));
	if (isdn_conference_new(client, NULL, &conference))
		bail("isdn_conference_new");
	for (unsigned i = 0; i < CALLS; i++)
		if (isdn_conference_add(client, conference, call[i]) <= 0)
			bail("isdn_conference_add");
	MUST(all(ISDN_CALL_CONFERENCED) && parent_state == ISDN_CALL_CONNECTED);
	for (long quiet = now_ms() + 200; now_ms() < quiet;)
		turn(20); /* the last acknowledgements */
}

static void drop(const uint8_t *uui, size_t len)
{
	const struct isdn_drop how = { .cause = CAUSE, .uui = uui, .uui_size = len };

	memset(&reply, 0, sizeof(reply));
	memset(&sent, 0, sizeof(sent));
	memset(&received, 0, sizeof(received));
	drop_id = isdn_call_drop(client, conference, &how);
	if (drop_id <= 0)
		bail("isdn_call_drop");
}

/* Each call at libpri has a line with that cause and that UUI, and no call has two. */
static bool each_has(const uint8_t *uui, size_t len)
{
	char line[400];

	for (unsigned i = 1; i <= CALLS; i++) {
		int n = snprintf(line, sizeof(line), "HANGUP_REQ call=%u cause=%d uui=", i, CAUSE);

		for (size_t k = 1; k < len; k++) /* without the discriminator */
			n += snprintf(line + n, sizeof(line) - (size_t)n, "%02x", uui[k]);
		strcat(line, "\n");
		if (count(line) != 1)
			return false;
	}
	return count("HANGUP_REQ") == CALLS;
}

/*
 * What the line needs at least, in one direction after the other where that is the order: for
 * the last call to be heard of there all DISCONNECTs, and to end here a RELEASE more.
 */
static void print_times(long begin)
{
	double disconnects = sent.ms[ISDN_MT_DISCONNECT];
	double release = received.ms[ISDN_MT_RELEASE] / CALLS, back = received.ms[ISDN_MT_RELEASE];
	double first = disconnects / CALLS + back, out = disconnects + release;
	double hangup = (double)(peer.last - begin), idle = (double)((long)last_idle - begin);
	double least = first > out ? first : out;

	print_way("sent", &sent);
	print_way("received", &received);
	printf("# last hang-up at libpri %.0f ms, at least %.0f: %.2f times\n", hangup, disconnects,
	       hangup / disconnects);
	printf("# last IDLE here %.0f ms, at least %.0f: %.2f times\n", idle, least, idle / least);
}

static void check_reply(void)
{
	ok(reply.result == 0 && reply.outcome == ISDN_OUTCOME_CLEARED, "the drop is told as done");
	ok(reply.calls_changed == CALLS + 1 && reply.calls_with_uui == CALLS &&
		   !reply.calls_failed && reply.uui_sent,
	   "%u calls changed by it, %u with UUI, %u failed", reply.calls_changed,
	   reply.calls_with_uui, reply.calls_failed);
}

static void close_all(void)
{
	struct isdn_registry_counts counts;
	int status;

	MUST(peer.pipe < 0);
	waitpid(peer.pid, &status, 0);
	ok(WIFEXITED(status) && WEXITSTATUS(status) == 0, "libpri has all its calls cleared");
	for (unsigned i = 0; i < CALLS; i++)
		isdn_call_deallocate(client, call[i]);
	isdn_call_deallocate(client, conference);
	isdn_registry_counts(registry, &counts);
	ok(!counts.calls && !counts.handles && !counts.requests, "no call is left, no request");
	isdn_registry_free(registry);
	registry = NULL;
	drop_id = 0;
}

/* No octet is 0, at which libpri would end. */
static void check(bool network, size_t octets)
{
	uint8_t uui[1 + ISDN_UUI_MAX] = { 4 };
	long begin;

	for (size_t k = 1; k <= octets; k++)
		uui[k] = (uint8_t)(1 + k * 37 % 255);
	printf("# we are the %s, UUI of %zu octets\n", network ? "network" : "user", octets);
	open_registry(network);
	start_peer(network);
	MUST(up);
	set_up();
	begin = now_ms();
	drop(uui, octets + 1);
	MUST(parent_state == ISDN_CALL_IDLE);
	ok(all(ISDN_CALL_IDLE), "all %d calls are IDLE, and the conference", CALLS);
	check_reply();
	CHECK(peer.hangups == CALLS, "libpri has %u hang-ups", peer.hangups);
	ok(each_has(uui, octets + 1), "each with cause %d and the UUI, %zu octets", CAUSE, octets);
	print_times(begin);
	close_all();
}

int main(int argc, char **argv)
{
	if (argc != 4) {
		fprintf(stderr, "usage: conference_check PEER_PROGRAM OUR_CHANNEL PEER_CHANNEL\n");
		return 2;
	}
	peer_program = argv[1];
	our_channel = argv[2];
	peer_channel = argv[3];
	setvbuf(stdout, NULL, _IOLBF, 0);
	check(true, 32);
	check(false, 32);
	check(true, ISDN_UUI_MAX);
	check(false, ISDN_UUI_MAX);
	return tap_end();
}
