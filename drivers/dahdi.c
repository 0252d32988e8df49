/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * dahdi:N - the D-channel number N of the kernel's DAHDI (E1, T1 or BRI card,
 * or a dynamic span). The kernel, or the card, does flags, bit stuffing and FCS.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* O_CLOEXEC */
#endif
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/env.h"
#include "drivers/dahdi_abi.h"
#include "drivers/table.h"

#define DEVICE "/dev/dahdi/channel"

#define BUFFERS	   32 /* the kernel's limit is 32 of 1024 */
#define BUFFER_LEN 1024
#define FCS_LEN	   2
#define FRAME_MIN  5 /* Q.921 2.9: address, control, FCS */
#define SEND_MAX                                                                                   \
	(BUFFER_LEN - 1 - FCS_LEN) /* the receiver takes one octet less than its buffer            \
				    */

struct id_port {
	struct isdn_env env;
	int fd;
	bool waiting; /* a frame waits for room */
	bool pending; /* the kernel has an event, and neither reads nor writes before it is taken */
	bool alarm, alarm_told; /* the state at opening, which no event tells */
	bool removed, removed_told;
	unsigned alarms;
	uint32_t overruns; /* frames that were too long for recv, not told yet */
};

static int no_device(unsigned n, struct isdn_error *error)
{
	switch (errno) {
	case EACCES:
	case EPERM:
		return ib_error(error, ISDN_ERR_ACCESS,
				"dahdi:%u: no permission for " DEVICE
				"; be a member of its group (see ls -l " DEVICE ")",
				n);
	case ENOENT:
	case ENOTDIR:
	case ENODEV:
	case ENXIO:
		return ib_error(error, ISDN_ERR_NODEV,
				"dahdi:%u: there is no " DEVICE "; load DAHDI (modprobe dahdi and "
				"the module of the card), then run dahdi_cfg",
				n);
	default:
		return ib_error(error, errno == ENOMEM ? ISDN_ERR_NOMEM : ISDN_ERR_IO,
				"dahdi:%u: " DEVICE ": %s", n, strerror(errno));
	}
}

static int no_channel(unsigned n, struct isdn_error *error)
{
	switch (errno) {
	case EBUSY:
		return ib_error(error, ISDN_ERR_BUSY,
				"dahdi:%u: another program has this channel open", n);
	case ENXIO:
		return ib_error(error, ISDN_ERR_NODEV,
				"dahdi:%u: this channel is not configured; put \"dchan=%u\" into "
				"/etc/dahdi/system.conf and run dahdi_cfg",
				n, n);
	case EINVAL:
	case ENODEV:
		return ib_error(error, ISDN_ERR_NODEV,
				"dahdi:%u: there is no such channel; lsdahdi lists those that "
				"there are",
				n);
	default:
		return ib_error(error, errno == ENOMEM ? ISDN_ERR_NOMEM : ISDN_ERR_IO,
				"dahdi:%u: opening the channel: %s", n, strerror(errno));
	}
}

static const char *signalling(int sig)
{
	switch (sig) {
	case ABI_SIG_CLEAR:
		return "a B-channel (bchan=)";
	case ABI_SIG_HDLCRAW:
		return "an HDLC channel without FCS (rawhdlc=)";
	case ABI_SIG_HDLCNET:
		return "a network device (nethdlc=)";
	case ABI_SIG_MTP2:
		return "an SS7 link (mtp2=)";
	default:
		return sig & ABI_SIG_CLEAR ? "another kind of data channel"
					   : "an analogue or CAS channel";
	}
}

/* The channel must be a D-channel: HDLC with FCS, done by the kernel or by the card. */
static int check(struct id_port *p, unsigned n, struct isdn_error *error)
{
	struct abi_params params;

	memset(&params, 0, sizeof(params));
	if (ioctl(p->fd, ABI_GET_PARAMS, &params) < 0)
		return ib_error(error, ISDN_ERR_IO, "dahdi:%u: parameters of the channel: %s", n,
				strerror(errno));
	if (params.sigtype == ABI_SIG_HDLCFCS || params.sigtype == ABI_SIG_HARDHDLC)
		return 0;
	params.name[sizeof(params.name) - 1] = '\0';
	return ib_error(error, ISDN_ERR_DEVTYPE,
			"dahdi:%u: channel %s is %s, not a D-channel; on E1 and T1 that is "
			"\"dchan=%u\" in /etc/dahdi/system.conf, on BRI cards \"hardhdlc=%u\"",
			n, params.name, signalling(params.sigtype), n, n);
}

static unsigned span_alarms(const struct id_port *p)
{
	struct abi_spaninfo info;

	memset(&info, 0, sizeof(info));
	if (ioctl(p->fd, ABI_SPANSTAT, &info) < 0)
		return 0;
	return (unsigned)info.alarms;
}

static int prepare(struct id_port *p, unsigned n, struct isdn_error *error)
{
	struct abi_bufferinfo buffers;
	int on = 1;

	memset(&buffers, 0, sizeof(buffers));
	buffers.txbufpolicy = buffers.rxbufpolicy = ABI_POLICY_IMMEDIATE;
	buffers.numbufs = BUFFERS;
	buffers.bufsize = BUFFER_LEN;
	if (ioctl(p->fd, ABI_SET_BUFINFO, &buffers) < 0)
		return ib_error(error, errno == ENOMEM ? ISDN_ERR_NOMEM : ISDN_ERR_IO,
				"dahdi:%u: %d buffers of %d octets: %s", n, BUFFERS, BUFFER_LEN,
				strerror(errno));
	/* An event when frames are lost for want of buffers; older kernels have none: no harm. */
	(void)ioctl(p->fd, ABI_BUFFER_EVENTS, &on);
	p->alarms = span_alarms(p);
	p->alarm = p->alarms != 0;
	return 0;
}

static void dahdi_close(struct id_port *p)
{
	struct isdn_env env = p->env;

	if (p->fd >= 0)
		close(p->fd);
	ib_free(&env, p);
}

static int dahdi_open(struct id_port **port, const struct id_args *args, struct id_shared *shared,
		      const struct isdn_env *env, struct isdn_error *error)
{
	struct id_port *p;
	unsigned n;
	int channel, err = 0;

	(void)shared;
	if (!id_number(args->address, INT32_MAX, &n) || n == 0)
		return ib_error(error, ISDN_ERR_SPEC,
				"dahdi:%.40s: the number of a channel is needed, as lsdahdi lists "
				"them",
				args->address);
	p = ib_alloc(env, sizeof(*p));
	if (!p)
		return ib_error(error, ISDN_ERR_NOMEM, "dahdi:%u: no memory", n);
	p->env = *env;
	p->fd = open(DEVICE, O_RDWR | O_NONBLOCK | O_CLOEXEC);
	if (p->fd < 0)
		err = no_device(n, error);
	channel = (int)n;
	if (!err && ioctl(p->fd, ABI_SPECIFY, &channel) < 0)
		err = no_channel(n, error);
	if (!err)
		err = check(p, n, error);
	if (!err)
		err = prepare(p, n, error);
	if (err) {
		dahdi_close(p);
		return err;
	}
	*port = p;
	return 0;
}

static int dahdi_fd(struct id_port *p, short *events)
{
	*events = p->waiting ? POLLIN | POLLPRI | POLLOUT : POLLIN | POLLPRI;
	return p->fd;
}

static isdn_time dahdi_deadline(struct id_port *p)
{
	bool waits = p->pending || p->overruns || p->alarm != p->alarm_told ||
		     p->removed != p->removed_told;

	return waits ? 0 : ISDN_NEVER;
}

/* What errno of a read or write means; 0: nothing but "not now". */
static int trouble(struct id_port *p)
{
	switch (errno) {
	case EAGAIN:
	case EINTR:
		return 0;
	case ABI_ELAST:
		p->pending = true;
		return 0;
	case ENODEV:
	case ENXIO:
		p->removed = true;
		return ISDN_ERR_REMOVED;
	default:
		return ISDN_ERR_IO;
	}
}

static int dahdi_recv(struct id_port *p, uint8_t *frame, size_t cap, isdn_time now)
{
	uint8_t octets[BUFFER_LEN];

	(void)now;
	if (p->removed)
		return ISDN_ERR_REMOVED;
	for (int i = 0; i < BUFFERS; i++) {
		ssize_t n = read(p->fd, octets, sizeof(octets));

		if (n < 0)
			return trouble(p);
		if (n < FRAME_MIN)
			continue;
		n -= FCS_LEN;
		if ((size_t)n <= cap) {
			memcpy(frame, octets, (size_t)n);
			return (int)n;
		}
		p->overruns++;
	}
	return 0;
}

/* The kernel puts the FCS where the last two octets of a write are. */
static int dahdi_send(struct id_port *p, const uint8_t *frame, size_t len, isdn_time now)
{
	uint8_t octets[BUFFER_LEN];
	ssize_t n;

	(void)now;
	if (len == 0 || len > SEND_MAX)
		return ISDN_ERR_INVAL;
	if (p->removed)
		return ISDN_ERR_REMOVED;
	memcpy(octets, frame, len);
	memset(octets + len, 0, FCS_LEN);
	n = write(p->fd, octets, len + FCS_LEN);
	p->waiting = false;
	if (n < 0) {
		int err = trouble(p);

		p->waiting = err == 0;
		return err ? err : ISDN_ERR_AGAIN;
	}
	return (size_t)n == len + FCS_LEN ? 0 : ISDN_ERR_IO;
}

/* 1: *ev is filled; 0: an event of no interest to a D-channel. */
static int translate(struct id_port *p, int kernel, struct id_event *ev)
{
	switch (kernel) {
	case ABI_EVENT_ALARM:
	case ABI_EVENT_NOALARM:
		p->alarm = kernel == ABI_EVENT_ALARM;
		if (p->alarm == p->alarm_told)
			return 0; /* what the state at opening said already */
		p->alarm_told = p->alarm;
		p->alarms = p->alarm ? span_alarms(p) : 0;
		ev->alarms = p->alarms;
		ev->type = p->alarm ? ID_ALARM : ID_ALARM_CLEAR;
		return 1;
	case ABI_EVENT_ABORT:
		ev->type = ID_ABORT;
		return 1;
	case ABI_EVENT_OVERRUN:
	case ABI_EVENT_READ_OVERRUN:
		ev->type = ID_OVERRUN;
		return 1;
	case ABI_EVENT_BADFCS:
		ev->type = ID_BAD_FCS;
		return 1;
	case ABI_EVENT_REMOVED:
		p->removed = p->removed_told = true;
		ev->type = ID_REMOVED;
		return 1;
	default:
		return 0;
	}
}

static int dahdi_event(struct id_port *p, struct id_event *ev)
{
	int kernel;

	ev->alarms = 0;
	if (p->removed) {
		ev->type = ID_REMOVED;
		if (p->removed_told)
			return 0;
		p->removed_told = true;
		return 1;
	}
	if (p->alarm != p->alarm_told) {
		p->alarm_told = p->alarm;
		ev->alarms = p->alarms;
		ev->type = p->alarm ? ID_ALARM : ID_ALARM_CLEAR;
		return 1;
	}
	if (p->overruns) {
		p->overruns--;
		ev->type = ID_OVERRUN;
		return 1;
	}
	do {
		kernel = ABI_EVENT_NONE;
		if (ioctl(p->fd, ABI_GETEVENT, &kernel) < 0) {
			p->removed = p->removed_told = errno == ENODEV || errno == ENXIO;
			ev->type = ID_REMOVED;
			return p->removed;
		}
		if (translate(p, kernel, ev))
			return 1;
	} while (kernel != ABI_EVENT_NONE);
	p->pending = false;
	return 0;
}

const struct id_driver id_dahdi = {
	.name = "dahdi",
	.address = "channel number",
	.options = "",
	.open = dahdi_open,
	.close = dahdi_close,
	.fd = dahdi_fd,
	.deadline = dahdi_deadline,
	.recv = dahdi_recv,
	.send = dahdi_send,
	.event = dahdi_event,
};
