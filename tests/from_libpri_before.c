/* SPDX-License-Identifier: BSD-2-Clause */
/* With libpri: answer each call, and clear it with UUI "bye". before SOCKET */
#include <libpri.h>
#include <poll.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>

static int line;

/* With two octets more than the frame, where the FCS was or will be. */
static int read_frame(struct pri *pri, void *buf, int len)
{
	ssize_t n = recv(line, buf, (size_t)len, MSG_DONTWAIT);

	(void)pri;
	return n < 0 ? 0 : (int)n;
}

static int write_frame(struct pri *pri, void *buf, int len)
{
	(void)pri;
	return (int)send(line, buf, (size_t)len, MSG_DONTWAIT | MSG_NOSIGNAL);
}

static void event(struct pri *pri, pri_event *ev)
{
	if (ev->e == PRI_EVENT_RING) {
		pri_proceeding(pri, ev->ring.call, ev->ring.channel, 0);
		pri_acknowledge(pri, ev->ring.call, ev->ring.channel, 0);
		pri_answer(pri, ev->ring.call, ev->ring.channel, 0);
		pri_call_set_useruser(ev->ring.call, "bye");
		pri_hangup(pri, ev->ring.call, PRI_CAUSE_NORMAL_CLEARING);
	} else if (ev->e == PRI_EVENT_HANGUP_REQ || ev->e == PRI_EVENT_HANGUP) {
		pri_hangup(pri, ev->hangup.call, ev->hangup.cause);
	}
}

static int milliseconds(const struct timeval *due)
{
	struct timeval now;
	long ms;

	if (!due)
		return -1;
	gettimeofday(&now, NULL);
	ms = (due->tv_sec - now.tv_sec) * 1000 + (due->tv_usec - now.tv_usec) / 1000;
	return ms < 0 ? 0 : (int)ms;
}

int main(int argc, char **argv)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	struct pri *pri;
	pri_event *ev;

	if (argc != 2)
		return 2;
	snprintf(to.sun_path, sizeof(to.sun_path), "%s", argv[1]);
	line = socket(AF_UNIX, SOCK_SEQPACKET, 0);
	if (connect(line, (struct sockaddr *)&to, sizeof(to)))
		return perror(argv[1]), 1;
	pri = pri_new_cb(line, PRI_CPE, PRI_SWITCH_EUROISDN_E1, read_frame, write_frame, NULL);
	if (!pri)
		return 1;
	for (;;) {
		struct pollfd p = { .fd = line, .events = POLLIN };
		int n = poll(&p, 1, milliseconds(pri_schedule_next(pri)));

		if (p.revents & POLLHUP)
			return 0; /* there is no destructor */
		ev = n > 0 ? pri_check_event(pri) : pri_schedule_run(pri);
		if (ev)
			event(pri, ev);
	}
}
