/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The one descriptor of a registry: an epoll set of the drivers' descriptors,
 * the wake-up of posted jobs, and a timer for the next deadline. With a clock of the caller's there
 * is no timer; isdn_registry_next_timeout says when to come.
 */
#define _POSIX_C_SOURCE 200809L
#include <errno.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include "lib/registry.h"

int ir_poll_open(struct isdn_registry *r)
{
	struct epoll_event ev = { .events = EPOLLIN };

	r->timer_fd = r->job_fd = -1;
	r->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	if (r->epoll_fd < 0)
		return ISDN_ERR_IO;
	r->job_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (r->job_fd < 0 || epoll_ctl(r->epoll_fd, EPOLL_CTL_ADD, r->job_fd, &ev) < 0)
		return ISDN_ERR_IO;
	if (r->env.clock)
		return 0;
	r->timer_fd = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
	if (r->timer_fd < 0 || epoll_ctl(r->epoll_fd, EPOLL_CTL_ADD, r->timer_fd, &ev) < 0)
		return ISDN_ERR_IO;
	return 0;
}

void ir_poll_close(struct isdn_registry *r)
{
	if (r->timer_fd >= 0)
		close(r->timer_fd);
	if (r->job_fd >= 0)
		close(r->job_fd);
	if (r->epoll_fd >= 0)
		close(r->epoll_fd);
}

void ir_poll_wake(const struct isdn_registry *r)
{
	const uint64_t one = 1;
	ssize_t n = write(r->job_fd, &one, sizeof(one));

	(void)n; /* it can only be full, and then it is readable */
}

void ir_poll_woken(const struct isdn_registry *r)
{
	uint64_t count;
	ssize_t n = read(r->job_fd, &count, sizeof(count));

	(void)n; /* somebody else's wake-up was read with it before */
}

void ir_poll_forget(struct isdn_registry *r, struct isdn_provider *p)
{
	if (p->polled_fd >= 0)
		epoll_ctl(r->epoll_fd, EPOLL_CTL_DEL, p->polled_fd, NULL);
	p->polled_fd = -1;
}

void ir_poll_watch(struct isdn_registry *r, struct isdn_provider *p)
{
	struct epoll_event ev;
	short events;
	int fd = p->ops->fd ? p->ops->fd(p, &events) : -1;

	if (p->polled_fd >= 0 && p->polled_fd != fd)
		ir_poll_forget(r, p);
	if (fd < 0)
		return;
	memset(&ev, 0, sizeof(ev));
	ev.events = (uint32_t)(unsigned short)events; /* POLLx and EPOLLx are the same bits */
	/* Always told anew: a driver may have closed the number and opened it again. */
	if (epoll_ctl(r->epoll_fd, EPOLL_CTL_MOD, fd, &ev) < 0 && errno == ENOENT)
		(void)epoll_ctl(r->epoll_fd, EPOLL_CTL_ADD, fd, &ev);
	p->polled_fd = fd;
}

void ir_poll_arm(struct isdn_registry *r, isdn_time due, isdn_time now)
{
	struct itimerspec at;

	if (r->timer_fd < 0 || (due == r->armed && due > now))
		return;
	memset(&at, 0, sizeof(at)); /* all zero disarms */
	if (due != ISDN_NEVER) {
		at.it_value.tv_sec = (time_t)(due / 1000);
		at.it_value.tv_nsec = (long)(due % 1000) * 1000000;
		if (!at.it_value.tv_sec && !at.it_value.tv_nsec)
			at.it_value.tv_nsec = 1;
	}
	(void)timerfd_settime(r->timer_fd, TFD_TIMER_ABSTIME, &at, NULL);
	r->armed = due;
}
