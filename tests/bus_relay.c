/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A passive bus for tests: one network end and up to 8 terminal ends, each a
 * SOCK_SEQPACKET socket as drivers/socket.c has it. A frame of the network goes
 * to all terminals, a frame of a terminal to the network. Frames get lost on
 * the way when told so, in a sequence that the seed decides.
 *
 *	bus_relay --net END --te END [--te END]... [OPTION]...
 *
 * END is fd=N, PATH (connected to) or PATH,listen, each with ",fcs" when frames
 * there have two octets of FCS. Of a listening end one peer after the other is
 * taken. The relay ends when all ends have closed and none listens.
 *
 * With --control, lines on stdin change it while it runs; each is answered by a
 * line on stdout, how many frames were lost until then, and the end of stdin ends
 * the relay:
 *
 *	loss DOWN UP	frames in 1000 that are lost, of the network's and the terminals'
 *	dark 1|0	nothing gets through (blackout), until 0
 *	disc TEI	both ends are told by a DISC that the other releases the link; their
 *			answers go nowhere
 *	send END HEX	that end (0: the network, 1: the first terminal...) gets this frame
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <errno.h>
#include <getopt.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#define ENDS_MAX  9
#define FRAME_MAX 1100
#define FCS_LEN	  2
#define DISC_P	  0x53
#define UA_F	  0x73
#define DM_F	  0x1f

struct end {
	int fd, listener; /* -1: none */
	bool fcs;
	int tei; /* an answer to our DISC is waited for from this TEI, -1: from none */
};

static struct end ends[ENDS_MAX]; /* the first is the network's */
static unsigned n_ends = 1;
static bool have_net, trace, control, dark;
static unsigned loss_down, loss_up;
static long dark_from = -1, dark_to = -1, began;
static uint32_t seed = 1;
static unsigned n_lost;

static long now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * 1000L + t.tv_nsec / 1000000L;
}

static void die(const char *what)
{
	fprintf(stderr, "bus_relay: %s: %s\n", what, strerror(errno));
	exit(1);
}

static void usage(void)
{
	fputs("usage: bus_relay --net END --te END [--te END]... [--loss DOWN,UP] [--seed N]\n"
	      "                 [--blackout FROM_MS,TO_MS] [--control] [--trace]\n"
	      "END: fd=N, PATH or PATH,listen, with \",fcs\" after it where frames have an FCS\n",
	      stderr);
	exit(2);
}

static void open_path(struct end *e, const char *path, bool listens)
{
	struct sockaddr_un sa = { .sun_family = AF_UNIX };
	const struct sockaddr *address = (const struct sockaddr *)&sa;
	int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	long until = now_ms() + 5000;

	if (fd < 0 || strlen(path) >= sizeof(sa.sun_path))
		die(path);
	strcpy(sa.sun_path, path);
	if (listens) {
		if (bind(fd, address, sizeof(sa)) || listen(fd, 4))
			die(path);
		e->listener = fd;
		return;
	}
	while (connect(fd, address, sizeof(sa)) < 0) /* it may be started after us */
		if (now_ms() > until || poll(NULL, 0, 20) < 0)
			die(path);
	e->fd = fd;
}

static void open_end(struct end *e, char *text)
{
	const char *place = strtok(text, ","), *word;
	bool listens = false;

	e->fd = e->listener = e->tei = -1;
	while ((word = strtok(NULL, ",")) != NULL) {
		if (!strcmp(word, "fcs"))
			e->fcs = true;
		else if (!strcmp(word, "listen"))
			listens = true;
		else
			usage();
	}
	if (!place)
		usage();
	if (!strncmp(place, "fd=", 3))
		e->fd = atoi(place + 3);
	else
		open_path(e, place, listens);
}

static void parse(int argc, char **argv)
{
	static const struct option longs[] = {
		{ "net", required_argument, NULL, 'n' },
		{ "te", required_argument, NULL, 't' },
		{ "loss", required_argument, NULL, 'l' },
		{ "seed", required_argument, NULL, 's' },
		{ "control", no_argument, NULL, 'c' },
		{ "blackout", required_argument, NULL, 'b' },
		{ "trace", no_argument, NULL, 'v' },
		{ NULL, 0, NULL, 0 },
	};
	int c;

	while ((c = getopt_long(argc, argv, "", longs, NULL)) != -1) {
		if (c == 'n' && !have_net) {
			have_net = true;
			open_end(&ends[0], optarg);
		} else if (c == 't' && n_ends < ENDS_MAX) {
			open_end(&ends[n_ends++], optarg);
		} else if (c == 'l' && sscanf(optarg, "%u,%u", &loss_down, &loss_up) == 2) {
			continue;
		} else if (c == 'b' && sscanf(optarg, "%ld,%ld", &dark_from, &dark_to) == 2) {
			continue;
		} else if (c == 's') {
			seed = (uint32_t)strtoul(optarg, NULL, 10);
		} else if (c == 'c') {
			control = true;
		} else if (c == 'v') {
			trace = true;
		} else {
			usage();
		}
	}
	if (optind < argc || !have_net || n_ends < 2)
		usage();
}

static bool is_dark(void)
{
	long t = now_ms() - began;

	return dark || (t >= dark_from && t < dark_to);
}

/* Each frame takes one number, lost or not, so that a sequence is the same for every loss. */
static bool lost(bool from_net)
{
	seed = seed * 1664525u + 1013904223u;
	return is_dark() || (seed >> 8) % 1000 < (from_net ? loss_down : loss_up);
}

static void show(unsigned from, unsigned to, const uint8_t *f, size_t len, const char *note)
{
	if (!trace)
		return;
	fprintf(stderr, "%6ld %s%u>%s%u%s", now_ms() - began, from ? "te" : "net", from,
		to ? "te" : "net", to, note);
	for (size_t i = 0; i < len; i++)
		fprintf(stderr, " %02x", f[i]);
	fputc('\n', stderr);
}

/* frame has room for an FCS, whose value no end looks at. A full socket is a line that loses. */
static void give(struct end *e, uint8_t *frame, size_t len)
{
	memset(frame + len, 0, FCS_LEN);
	if (e->fd >= 0)
		(void)!send(e->fd, frame, len + (e->fcs ? FCS_LEN : 0),
			    MSG_DONTWAIT | MSG_NOSIGNAL);
}

static void carry(unsigned from, unsigned to, uint8_t *frame, size_t len)
{
	bool gone = lost(from == 0);

	n_lost += gone;
	show(from, to, frame, len, gone ? " LOST" : "");
	if (!gone)
		give(&ends[to], frame, len);
}

static bool is_our_answer(struct end *e, const uint8_t *f, size_t len)
{
	if (e->tei < 0 || len != 3 || f[1] >> 1 != e->tei || (f[2] != UA_F && f[2] != DM_F))
		return false;
	e->tei = -1;
	return true;
}

static void from_end(unsigned i)
{
	struct end *e = &ends[i];
	uint8_t frame[FRAME_MAX + FCS_LEN];
	ssize_t n = recv(e->fd, frame, FRAME_MAX, MSG_DONTWAIT);

	if (n < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (n <= 0) {
		close(e->fd);
		e->fd = -1;
		return;
	}
	n -= e->fcs ? FCS_LEN : 0;
	if (n <= 0)
		return;
	if (is_our_answer(e, frame, (size_t)n))
		return;
	if (i) {
		carry(i, 0, frame, (size_t)n);
		return;
	}
	for (unsigned to = 1; to < n_ends; to++)
		carry(0, to, frame, (size_t)n);
}

static void disc(unsigned tei)
{
	for (unsigned i = 0; i < n_ends; i++) {
		uint8_t frame[3 + FCS_LEN] = { i ? 0x02 : 0x00, (uint8_t)(tei << 1 | 1), DISC_P };

		ends[i].tei = i < 2 ? (int)tei : -1;
		show(i ? 0 : 1, i, frame, 3, " ours");
		give(&ends[i], frame, 3);
	}
}

static void send_hex(struct end *e, const char *hex)
{
	uint8_t frame[FRAME_MAX + FCS_LEN];
	size_t len = 0;
	unsigned octet;

	for (; len < FRAME_MAX && sscanf(hex, "%2x", &octet) == 1; hex += 2)
		frame[len++] = (uint8_t)octet;
	show(n_ends, (unsigned)(e - ends), frame, len, " ours");
	give(e, frame, len);
}

static bool command(const char *line)
{
	unsigned a, b;
	char hex[200];

	if (sscanf(line, "loss %u %u", &a, &b) == 2) {
		loss_down = a;
		loss_up = b;
	} else if (sscanf(line, "dark %u", &a) == 1) {
		dark = a;
	} else if (sscanf(line, "disc %u", &a) == 1) {
		disc(a);
	} else if (sscanf(line, "send %u %199s", &a, hex) == 2 && a < n_ends) {
		send_hex(&ends[a], hex);
	} else {
		return false;
	}
	return printf("%u\n", n_lost) > 0;
}

/* Whole lines only; false: stdin ended, or a line is none of ours. */
static bool from_control(void)
{
	static char text[256];
	static size_t len;
	ssize_t n = read(0, text + len, sizeof(text) - 1 - len);
	char *end;

	if (n <= 0)
		return false;
	len += (size_t)n;
	text[len] = '\0';
	while ((end = strchr(text, '\n')) != NULL) {
		*end++ = '\0';
		if (!command(text))
			return false;
		len -= (size_t)(end - text);
		memmove(text, end, len + 1);
	}
	return true;
}

static bool anybody(void)
{
	for (unsigned i = 0; i < n_ends; i++)
		if (ends[i].fd >= 0 || ends[i].listener >= 0)
			return true;
	return false;
}

int main(int argc, char **argv)
{
	began = now_ms();
	setvbuf(stdout, NULL, _IOLBF, 0);
	parse(argc, argv);
	while (anybody()) {
		struct pollfd p[ENDS_MAX + 1] = { { 0 } };

		for (unsigned i = 0; i < n_ends; i++) {
			p[i].fd = ends[i].fd >= 0 ? ends[i].fd : ends[i].listener;
			p[i].events = POLLIN;
		}
		p[n_ends].fd = control ? 0 : -1;
		p[n_ends].events = POLLIN;
		if (poll(p, n_ends + 1, -1) < 0 && errno != EINTR)
			die("poll");
		if (p[n_ends].revents && !from_control())
			break;
		for (unsigned i = 0; i < n_ends; i++) {
			if (!p[i].revents)
				continue;
			if (ends[i].fd >= 0)
				from_end(i);
			else
				ends[i].fd = accept4(ends[i].listener, NULL, NULL, SOCK_CLOEXEC);
		}
	}
	return 0;
}
