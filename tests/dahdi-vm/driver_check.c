/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The dahdi driver against the real DAHDI of the guest: run there, by
 * driver_check.sh. Its results are TAP lines; exit status 0 when all are good.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/env.h"
#include "drivers/dahdi_abi.h"
#include "drivers/fcs.h"
#include "drivers/table.h"
#include "tests/dahdi-vm/tap.h"

#define NEAR 16
#define FAR  47

static struct isdn_env env;

static int open_text(struct id_port **port, const char *address, struct isdn_error *error)
{
	struct id_args args = { .address = address };
	struct id_shared shared = { NULL };

	*port = NULL;
	error->text[0] = '\0';
	return id_dahdi.open(port, &args, &shared, &env, error);
}

static struct id_port *must_open(int channel)
{
	struct isdn_error error;
	struct id_port *p;
	char text[16];

	snprintf(text, sizeof(text), "%d", channel);
	if (open_text(&p, text, &error)) {
		printf("Bail out! %s\n", error.text);
		exit(1);
	}
	usleep(20000); /* the receivers have to see flags first */
	return p;
}

/* The refusal has this code and these words. */
static void refused(const char *address, int code, const char *words, const char *what)
{
	struct isdn_error error;
	struct id_port *p;
	int err = open_text(&p, address, &error);

	ok(err == code && strstr(error.text, words), "%s", what);
	printf("# %d %s\n", err, error.text);
	if (!err)
		id_dahdi.close(p);
}

static void shell(const char *command)
{
	int status = system(command);

	if (status)
		printf("# %s: status %d\n", command, WEXITSTATUS(status));
}

/* What a program does that waits for the driver: events first, then a frame. */
struct got {
	int octets; /* of a frame, or an error; 0: neither came in time */
	bool event;
	struct id_event ev;
};

static struct got wait_for(struct id_port *p, uint8_t *frame, int ms)
{
	struct got g = { 0 };
	long until = now_ms() + ms;

	do {
		struct pollfd pfd = { .fd = -1 };

		if (id_dahdi.event(p, &g.ev) == 1) {
			g.event = true;
			return g;
		}
		g.octets = id_dahdi.recv(p, frame, ID_FRAME_MAX, 0);
		if (g.octets)
			return g;
		if (id_dahdi.deadline(p) == 0)
			continue;
		pfd.fd = id_dahdi.fd(p, &pfd.events);
		poll(&pfd, 1, 50);
	} while (now_ms() < until);
	return g;
}

static bool event_comes(struct id_port *p, enum id_event_type type, int ms)
{
	uint8_t frame[ID_FRAME_MAX];
	struct got g = wait_for(p, frame, ms);

	if (g.event)
		printf("# event %d, alarms 0x%x\n", (int)g.ev.type, g.ev.alarms);
	else
		printf("# no event, recv %d\n", g.octets);
	return g.event && g.ev.type == type;
}

static size_t make(uint8_t *frame, unsigned i)
{
	size_t len = 3 + 13 * i;

	for (size_t k = 0; k < len; k++)
		frame[k] = (uint8_t)(i * 7 + k * (i & 1 ? 255 : 1)); /* runs of ones as well */
	return len;
}

/* How many of 20 frames arrive as they were sent. */
static int carried(struct id_port *from, struct id_port *to)
{
	uint8_t sent[ID_FRAME_MAX], frame[ID_FRAME_MAX];
	int good = 0;

	for (unsigned i = 0; i < 20; i++) {
		size_t len = make(sent, i);
		struct got g;

		for (int try = 0; try < 3; try++) { /* see drain */
			if (id_dahdi.send(from, sent, len, 0))
				continue;
			g = wait_for(to, frame, 1000);
			if (g.octets != (int)len || memcmp(sent, frame, len))
				continue;
			good++;
			break;
		}
	}
	return good;
}

static int raw_open(int channel)
{
	struct abi_bufferinfo b = { ABI_POLICY_IMMEDIATE, ABI_POLICY_IMMEDIATE, 32, 1024, 0, 0 };
	int fd = open("/dev/dahdi/channel", O_RDWR | O_NONBLOCK);

	if (fd < 0 || ioctl(fd, ABI_SPECIFY, &channel) < 0 || ioctl(fd, ABI_SET_BUFINFO, &b) < 0) {
		printf("Bail out! channel %d: %s\n", channel, strerror(errno));
		exit(1);
	}
	usleep(20000);
	return fd;
}

static void check_refusals(void)
{
	struct id_port *p;
	pid_t pid;
	int status = -1;

	refused("999", ISDN_ERR_NODEV, "lsdahdi", "a channel that there is not: NODEV");
	refused("1", ISDN_ERR_DEVTYPE, "B-channel", "a B-channel: DEVTYPE");
	p = must_open(NEAR);
	refused("16", ISDN_ERR_BUSY, "another program", "a channel that is open: BUSY");
	id_dahdi.close(p);
	p = must_open(NEAR);
	ok(p != NULL, "once closed it can be opened again");
	id_dahdi.close(p);
	chmod("/dev/dahdi/channel", 0600);
	fflush(stdout);
	pid = fork();
	if (pid == 0) {
		struct isdn_error error;

		if (setuid(65534))
			_exit(100);
		_exit(-open_text(&p, "16", &error) & 0xff);
	}
	waitpid(pid, &status, 0);
	ok(WIFEXITED(status) && WEXITSTATUS(status) == (-ISDN_ERR_ACCESS & 0xff),
	   "a user without permission: ACCESS");
	rename("/dev/dahdi", "/dev/dahdi-off");
	refused("16", ISDN_ERR_NODEV, "modprobe dahdi", "no DAHDI at all: NODEV");
	rename("/dev/dahdi-off", "/dev/dahdi");
}

/* Nothing is on its way any more. An emulated machine that stands still for a moment loses octets.
 */
static void drain(struct id_port *p, int raw)
{
	uint8_t octets[1100];
	struct got g;
	int event;

	do {
		while (ioctl(raw, ABI_GETEVENT, &event) == 0 && event)
			;
		g = wait_for(p, octets, 100);
	} while (g.event || g.octets);
	while (read(raw, octets, sizeof(octets)) > 0)
		;
}

#define TRIES 3

/* One frame to the far end, which sees it with the FCS. */
static bool fcs_is_right(struct id_port *p, int raw, unsigned i)
{
	uint8_t sent[ID_FRAME_MAX], octets[1100] = { 0 };
	struct pollfd pfd = { .fd = raw, .events = POLLIN };
	size_t len = make(sent, i);
	uint16_t fcs = id_fcs(sent, len);

	for (int try = 0; try < TRIES; try++) {
		ssize_t r;

		id_dahdi.send(p, sent, len, 0);
		poll(&pfd, 1, 1000);
		r = read(raw, octets, sizeof(octets));
		if (r == (ssize_t)len + 2 && !memcmp(octets, sent, len) &&
		    octets[len] == (fcs & 0xff) && octets[len + 1] == fcs >> 8)
			return true;
		drain(p, raw);
	}
	return false;
}

/* What the far end writes is an event here. */
static bool event_of(struct id_port *p, int raw, const uint8_t *octets, size_t len,
		     enum id_event_type type)
{
	for (int try = 0; try < TRIES; try++) {
		drain(p, raw);
		if (write(raw, octets, len) == (ssize_t)len && event_comes(p, type, 1000))
			return true;
	}
	return false;
}

static bool short_ones_are_passed_over(struct id_port *p, int raw)
{
	uint8_t octets[1100];

	for (int try = 0; try < TRIES; try++) {
		drain(p, raw);
		if (write(raw, "\x01\x02", 2) == 2 && write(raw, "\x01\x02\x03\x04", 4) == 4 &&
		    write(raw, "\x01\x02\x03\x04\x05", 5) == 5 &&
		    wait_for(p, octets, 1000).octets == 3)
			return true;
	}
	return false;
}

static void check_fcs(void)
{
	struct id_port *p = must_open(NEAR);
	uint8_t octets[1024];
	int raw = raw_open(FAR), good = 0;

	for (unsigned i = 0; i < 20; i++)
		good += fcs_is_right(p, raw, i);
	ok(good == 20, "what is on the line has the FCS that we compute");
	ok(event_of(p, raw, (const uint8_t *)"\x01", 1, ID_BAD_FCS),
	   "a frame with a wrong FCS is an event");
	ok(short_ones_are_passed_over(p, raw), "frames too short to be one are passed over");
	memset(octets, 0x55, sizeof(octets));
	ok(event_of(p, raw, octets, sizeof(octets), ID_OVERRUN), "a frame too long is an overrun");
	id_dahdi.close(p);
	close(raw);
}

static void check_frames(void)
{
	struct id_port *a = must_open(NEAR), *b = must_open(FAR);
	uint8_t frame[1100] = { 0 };
	struct pollfd pfd;
	int sent = 0, got = 0, err;

	ok(carried(a, b) == 20, "20 frames one way");
	ok(carried(b, a) == 20, "20 frames the other way");
	ok(id_dahdi.send(a, frame, 0, 0) == ISDN_ERR_INVAL &&
		   id_dahdi.send(a, frame, 1022, 0) == ISDN_ERR_INVAL,
	   "frames that do not fit are refused");
	ok(id_dahdi.send(a, frame, 1021, 0) == 0 && wait_for(b, frame, 1000).octets == 1021,
	   "the longest that fits arrives");
	while ((err = id_dahdi.send(a, frame, 40, 0)) == 0 && sent < 100)
		sent++;
	pfd.fd = id_dahdi.fd(a, &pfd.events);
	ok(err == ISDN_ERR_AGAIN && sent >= 30 && pfd.events & POLLOUT, "a full queue is AGAIN");
	ok(poll(&pfd, 1, 1000) == 1 && id_dahdi.send(a, frame, 40, 0) == 0,
	   "and goes on when the descriptor says so");
	while (got <= sent && wait_for(b, frame, 200).octets == 40)
		got++;
	ok(got == sent + 1, "nothing of it was lost");
	id_dahdi.close(a);
	id_dahdi.close(b);
}

static void check_alarm(void)
{
	struct id_port *a = must_open(NEAR), *b;
	uint8_t frame[ID_FRAME_MAX] = { 0 };

	ok(wait_for(a, frame, 100).event == false, "no alarm while the far span is there");
	shell("spanctl destroy loc,1:1");
	ok(event_comes(a, ID_ALARM, 4000), "the cable is pulled: ALARM");
	ok(id_dahdi.send(a, frame, 10, 0) == 0, "a frame can be sent into nothing");
	id_dahdi.close(a);
	a = must_open(NEAR);
	ok(id_dahdi.deadline(a) == 0 && event_comes(a, ID_ALARM, 0),
	   "opened while in alarm: ALARM at once");
	refused("47", ISDN_ERR_NODEV, "no such channel", "the far channel is gone: NODEV");
	shell("spanctl create loc,1:1 31 0");
	refused("47", ISDN_ERR_NODEV, "dchan=47", "it is back without configuration: NODEV");
	shell("dahdi_cfg -c far.conf");
	ok(event_comes(a, ID_ALARM_CLEAR, 4000), "the cable is plugged in: ALARM_CLEAR");
	b = must_open(FAR);
	while (wait_for(a, frame, 100).event)
		; /* what the line did meanwhile */
	ok(carried(a, b) == 20 && carried(b, a) == 20, "and frames pass both ways again");
	id_dahdi.close(b);
	id_dahdi.close(a);
}

static void check_removal(void)
{
	struct id_port *b = must_open(FAR);
	uint8_t frame[ID_FRAME_MAX] = { 0 };
	bool removed = false;
	long until = now_ms() + 3000;

	shell("echo 1 >$(readlink -f /sys/bus/dahdi_spans/devices/span-2)/../unassign_span");
	while (!removed && now_ms() < until) {
		struct got g = wait_for(b, frame, 100);

		removed = g.event && g.ev.type == ID_REMOVED;
	}
	ok(removed, "a span that is taken away is REMOVED");
	ok(id_dahdi.recv(b, frame, sizeof(frame), 0) == ISDN_ERR_REMOVED &&
		   id_dahdi.send(b, frame, 10, 0) == ISDN_ERR_REMOVED,
	   "and stays so");
	id_dahdi.close(b);
}

int main(void)
{
	setvbuf(stdout, NULL, _IOLBF, 0);
	ib_env_init(&env, NULL);
	check_refusals();
	check_fcs();
	check_frames();
	check_alarm();
	check_removal();
	return tap_end();
}
