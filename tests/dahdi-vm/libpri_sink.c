/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * libpri answers every call on a DAHDI D-channel and releases what is cleared, for as many calls
 * as there are. Test code only, for libpri is under the GPL; nothing that is installed links it.
 * usage: libpri_sink CHANNEL net|cpe
 * SIGTERM ends it; it prints what it had, and its status is 1 when a call is left or anything came
 * that was not expected.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <fcntl.h>
#include <libpri.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/time.h>
#include <unistd.h>

#include "drivers/dahdi_abi.h"

static struct pri *pri;
static unsigned long rings, cleared, downs, others;
static volatile sig_atomic_t stopped;

static void stop(int sig)
{
	(void)sig;
	stopped = 1;
}

/* While an event waits nothing can be read or written; what is written then would be lost. */
static void take_dahdi_events(int fd)
{
	int event;

	while (ioctl(fd, ABI_GETEVENT, &event) == 0 && event)
		;
}

/* Frames have two octets of FCS, whose value libpri neither sets nor looks at. */
static int read_frame(struct pri *p, void *buf, int len)
{
	ssize_t n = read(pri_fd(p), buf, (size_t)len);

	if (n < 0 && errno == ABI_ELAST)
		take_dahdi_events(pri_fd(p));
	return n < 0 ? 0 : (int)n;
}

static int write_frame(struct pri *p, void *buf, int len)
{
	ssize_t n = write(pri_fd(p), buf, (size_t)len);

	if (n < 0 && errno == ABI_ELAST) {
		take_dahdi_events(pri_fd(p));
		n = write(pri_fd(p), buf, (size_t)len);
	}
	return n < 0 ? 0 : (int)n;
}

static void message(struct pri *p, char *text)
{
	(void)p;
	fputs(text, stderr);
}

static void handle(pri_event *from)
{
	pri_event e = *from; /* the next request overwrites it */

	switch (e.e) {
	case PRI_EVENT_RING:
		rings++;
		pri_proceeding(pri, e.ring.call, e.ring.channel, 0);
		pri_acknowledge(pri, e.ring.call, e.ring.channel, 0);
		pri_answer(pri, e.ring.call, e.ring.channel, 0);
		break;
	case PRI_EVENT_HANGUP_REQ:
		pri_hangup(pri, e.hangup.call, e.hangup.cause);
		break;
	case PRI_EVENT_HANGUP:
		pri_hangup(pri, e.hangup.call, e.hangup.cause);
		cleared++;
		break;
	case PRI_EVENT_HANGUP_ACK:
		cleared++;
		break;
	case PRI_EVENT_DCHAN_DOWN:
		downs++;
		break;
	case PRI_EVENT_DCHAN_UP:
	case PRI_EVENT_RESTART:
		break;
	default:
		printf("libpri: %s\n", pri_event2str(e.e));
		others++;
		break;
	}
}

static int wait_ms(void)
{
	struct timeval now, *next = pri_schedule_next(pri);
	long ms;

	if (!next)
		return 1000;
	gettimeofday(&now, NULL);
	ms = (next->tv_sec - now.tv_sec) * 1000 + (next->tv_usec - now.tv_usec) / 1000;
	return ms < 0 ? 0 : ms > 1000 ? 1000 : (int)ms;
}

static void run(void)
{
	while (!stopped) {
		struct pollfd p = { .fd = pri_fd(pri), .events = POLLIN | POLLPRI };
		pri_event *e;

		while ((e = pri_schedule_run(pri)) != NULL)
			handle(e);
		if (poll(&p, 1, wait_ms()) <= 0)
			continue;
		e = pri_check_event(pri);
		if (e)
			handle(e);
	}
}

static int open_channel(int channel)
{
	struct abi_bufferinfo b = { ABI_POLICY_IMMEDIATE, ABI_POLICY_IMMEDIATE, 32, 1024, 0, 0 };
	int fd = open("/dev/dahdi/channel", O_RDWR | O_NONBLOCK);

	if (fd < 0 || ioctl(fd, ABI_SPECIFY, &channel) < 0 || ioctl(fd, ABI_SET_BUFINFO, &b) < 0)
		return -1;
	return fd;
}

int main(int argc, char **argv)
{
	int fd;

	if (argc != 3) {
		fprintf(stderr, "usage: libpri_sink CHANNEL net|cpe\n");
		return 2;
	}
	signal(SIGTERM, stop);
	fd = open_channel(atoi(argv[1]));
	if (fd < 0) {
		perror("libpri_sink: opening the channel");
		return 1;
	}
	pri_set_message(message);
	pri_set_error(message);
	pri = pri_new_cb(fd, strcmp(argv[2], "net") ? PRI_CPE : PRI_NETWORK, PRI_SWITCH_EUROISDN_E1,
			 read_frame, write_frame, NULL);
	if (!pri)
		return 1;
	pri_hangup_fix_enable(pri, 1);
	run();
	printf("libpri: %lu calls arrived, %lu cleared, link lost %lu times, %lu other events\n",
	       rings, cleared, downs, others);
	return rings != cleared || downs || others;
}
