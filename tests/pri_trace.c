/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A call between two libpri in one process: what one of them traces, on stdout,
 * and the frames that it sent and received, as hex, into a file. Test code only,
 * for libpri is under the GPL.
 * usage: pri_trace MASK pri|bri net|cpe HEXFILE   MASK: the bits of pri_set_debug
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <libpri.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define PATIENCE 20 /* seconds */

struct end {
	int fd;
	bool traced, up, done;
	struct pri *pri;
};

static struct end ends[2]; /* network, CPE */
static FILE *frames;

static void record(struct end *e, char mark, const unsigned char *octets, int n)
{
	if (!e->traced || n < 3)
		return;
	fprintf(frames, "%c ", mark);
	for (int i = 0; i < n - 2; i++) /* two octets of FCS are behind the frame */
		fprintf(frames, "%02x", octets[i]);
	fputc('\n', frames);
}

static int read_frame(struct pri *p, void *buf, int len)
{
	struct end *e = pri_get_userdata(p);
	ssize_t n = recv(e->fd, buf, (size_t)len, MSG_DONTWAIT);

	if (n > 0)
		record(e, '<', buf, (int)n);
	return n < 0 ? 0 : (int)n;
}

static int write_frame(struct pri *p, void *buf, int len)
{
	struct end *e = pri_get_userdata(p);
	ssize_t n = send(e->fd, buf, (size_t)len, MSG_DONTWAIT);

	record(e, '>', buf, len);
	return n < 0 ? 0 : (int)n;
}

/* As Asterisk shows it. */
static void message(struct pri *p, char *text)
{
	struct end *e = p ? pri_get_userdata(p) : NULL;

	if (e && e->traced)
		printf("PRI Span: 1 %s", text);
}

static void place(struct end *e)
{
	static char called[] = "5551234", calling[] = "5559876", name[] = "Alice", uui[] = "set-up";
	struct pri_sr *sr = pri_sr_new();
	q931_call *c = pri_new_call(e->pri);

	pri_sr_set_channel(sr, 1, 1, 0);
	pri_sr_set_bearer(sr, PRI_TRANS_CAP_SPEECH, PRI_LAYER_1_ALAW);
	pri_sr_set_called(sr, called, PRI_NATIONAL_ISDN, 1);
	pri_sr_set_caller(sr, calling, name, PRI_NATIONAL_ISDN,
			  PRES_ALLOWED_USER_NUMBER_PASSED_SCREEN);
	pri_sr_set_useruser(sr, uui);
	if (pri_setup(e->pri, c, sr))
		exit(1);
	pri_sr_free(sr);
}

static void handle(struct end *e, const pri_event *from)
{
	pri_event ev = *from; /* the next request overwrites it */

	if (ev.e == PRI_EVENT_DCHAN_UP) {
		e->up = true;
	} else if (ev.e == PRI_EVENT_RING) {
		pri_proceeding(e->pri, ev.ring.call, 1, 0);
		pri_acknowledge(e->pri, ev.ring.call, 1, 0);
		pri_answer(e->pri, ev.ring.call, 1, 0);
	} else if (ev.e == PRI_EVENT_ANSWER) {
		pri_call_set_useruser(ev.answer.call, "bye");
		pri_hangup(e->pri, ev.answer.call, PRI_CAUSE_NORMAL_CLEARING);
	} else if (ev.e == PRI_EVENT_HANGUP_REQ) {
		pri_hangup(e->pri, ev.hangup.call, ev.hangup.cause);
	} else if (ev.e == PRI_EVENT_HANGUP) {
		pri_hangup(e->pri, ev.hangup.call, ev.hangup.cause);
		e->done = true;
	} else if (ev.e == PRI_EVENT_HANGUP_ACK) {
		e->done = true;
	}
}

static void turn(void)
{
	struct pollfd p[2] = { { .fd = ends[0].fd, .events = POLLIN },
			       { .fd = ends[1].fd, .events = POLLIN } };
	pri_event *ev;

	for (int i = 0; i < 2; i++)
		while ((ev = pri_schedule_run(ends[i].pri)) != NULL)
			handle(&ends[i], ev);
	poll(p, 2, 10);
	for (int i = 0; i < 2; i++)
		if (p[i].revents && (ev = pri_check_event(ends[i].pri)) != NULL)
			handle(&ends[i], ev);
}

static void open_end(struct end *e, bool bri, int node, int mask, bool traced)
{
	if (bri)
		e->pri = pri_new_bri_cb(e->fd, 0, node, PRI_SWITCH_EUROISDN_E1, read_frame,
					write_frame, e);
	else
		e->pri = pri_new_cb(e->fd, node, PRI_SWITCH_EUROISDN_E1, read_frame, write_frame,
				    e);
	if (!e->pri)
		exit(1);
	pri_set_debug(e->pri, mask);
	e->traced = traced; /* what was sent before is in no trace */
}

int main(int argc, char **argv)
{
	int fd[2];
	bool placed = false, bri;
	time_t end = time(NULL) + PATIENCE;

	if (argc != 5 || !(frames = fopen(argv[4], "w")) ||
	    socketpair(AF_UNIX, SOCK_SEQPACKET, 0, fd)) {
		fprintf(stderr, "usage: pri_trace MASK pri|bri net|cpe HEXFILE\n");
		return 2;
	}
	bri = !strcmp(argv[2], "bri");
	pri_set_message(message);
	pri_set_error(message);
	ends[0].fd = fd[0];
	ends[1].fd = fd[1];
	for (int i = 0; i < 2; i++)
		open_end(&ends[i], bri, i ? PRI_CPE : PRI_NETWORK, atoi(argv[1]),
			 !strcmp(argv[3], i ? "cpe" : "net"));
	while (!(ends[0].done && ends[1].done) && time(NULL) < end) {
		turn();
		if (!placed && ends[0].up && ends[1].up) {
			placed = true;
			place(&ends[0]);
		}
	}
	return fclose(frames) || !(ends[0].done && ends[1].done);
}
