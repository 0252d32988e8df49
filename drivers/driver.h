/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The interface of a D-channel driver. A driver carries whole frames, address
 * to information; flags and FCS are its own business. It never blocks.
 */
#ifndef ID_DRIVER_H
#define ID_DRIVER_H

#include <isdn/base.h>

/* One option of a span string, split at '='; value is NULL when there was no '='. */
struct id_arg {
	const char *name, *value;
	bool used; /* set by the driver that knows the name */
};

struct id_args {
	const char *address; /* what stands between ':' and the first ',' */
	struct id_arg *arg;
	unsigned n_args;
};

/* What drivers of one registry share instead of globals: the loops that wait for their other end.
 */
struct id_shared {
	void *loops;
};

enum id_event_type {
	ID_ALARM,	/* layer 1 lost */
	ID_ALARM_CLEAR, /* layer 1 back */
	ID_ABORT,	/* HDLC abort received */
	ID_OVERRUN,	/* frame too long, or lost for want of buffers */
	ID_BAD_FCS,
	ID_REMOVED /* the device or the far end is gone for good: close the port */
};

/* alarms: the device's own bits for ID_ALARM, for the log. */
struct id_event {
	enum id_event_type type;
	unsigned alarms;
};

#define ID_FRAME_MAX 1024 /* octets recv may need; longer frames are an ID_OVERRUN */

struct id_port; /* each driver's own */

struct id_driver {
	const char *name;
	const char *address; /* what the address is, for error texts: "channel number" */
	const char *options; /* the names it takes, for error texts: "loss, delay"; "" for none */
	/* 0; SPEC NODEV BUSY ACCESS DEVTYPE IO NOMEM with *error filled. */
	int (*open)(struct id_port **port, const struct id_args *args, struct id_shared *shared,
		    const struct isdn_env *env, struct isdn_error *error);
	void (*close)(struct id_port *port);
	/* The descriptor to poll, -1 when there is none; *events: POLLIN and such that matter now.
	 */
	int (*fd)(struct id_port *port, short *events);
	/* A time at which recv or event may have something without the descriptor saying so;
	 * ISDN_NEVER. */
	isdn_time (*deadline)(struct id_port *port);
	/* Octets of a frame (> 0), 0: none, negative: IO, REMOVED. Frames above cap are dropped as
	 * ID_OVERRUN. */
	int (*recv)(struct id_port *port, uint8_t *frame, size_t cap, isdn_time now);
	/*
	 * 0 sent; AGAIN: keep it and try when the descriptor says POLLOUT; INVAL: no octets,
	 * or more than the device carries (which is at least ID_FRAME_MAX - 3); IO, REMOVED.
	 */
	int (*send)(struct id_port *port, const uint8_t *frame, size_t len, isdn_time now);
	/* 1: *ev is filled, 0: none. To be asked before recv. */
	int (*event)(struct id_port *port, struct id_event *ev);
};

/* All drivers of this build, ended by NULL. */
extern const struct id_driver *const id_drivers[];

/* The row with that name, or NULL. */
const struct id_driver *id_driver_find(const char *name, size_t len);
/* The names, "loop, socket, dahdi", for error texts. */
const char *id_driver_names(void);

#endif
