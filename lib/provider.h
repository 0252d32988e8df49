/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A provider: what the registry knows of a span. It has capabilities, legs
 * (calls of its own kind, named by a number), requests and events. The
 * registry knows no protocol, so that tests and later drivers can put any
 * other provider in a span's place.
 */
#ifndef IR_PROVIDER_H
#define IR_PROVIDER_H

#include <isdn/registry.h>

struct ir_provider;

enum ir_leg_event_type {
	IR_LEG_OFFERED, /* a new leg: numbers, capability, perhaps uui are filled */
	IR_LEG_STATE,	/* state and mode are filled, perhaps uui; cause for DISCONNECTED */
	IR_LEG_INFO,	/* info is filled, perhaps uui */
	IR_LEG_READY,	/* send_uui, which answered AGAIN, may be tried again; info is filled */
	IR_LEG_GONE,	/* the last event of a leg; cause, location, source */
	IR_LINK		/* the span came up or went down; no leg */
};

struct ir_leg_event {
	enum ir_leg_event_type type;
	uint64_t leg;
	void *user; /* what bind gave for the leg, NULL before */
	enum isdn_call_state state;
	uint32_t mode;
	enum isdn_source source;
	uint8_t cause, location;
	uint16_t channel; /* 0: unknown */
	uint8_t capability;
	uint32_t info;		    /* enum isdn_info */
	bool has_uui, uui_more;	    /* more: the block goes on in another event */
	enum isdn_uui_which uui_of; /* ALERTING, PROGRESS, CONNECT; else MIDCALL */
	struct isdn_uui uui;
	struct isdn_number called, calling;
	bool up;
};

struct ir_provider_ops {
	void (*caps)(const struct ir_provider *p, struct isdn_caps *caps);
	/*
	 * Each of these answers 0 or an error that means that nothing happened.
	 * uui is NULL or within the capability, which the registry checks.
	 */
	int (*make)(struct ir_provider *p, const struct isdn_call_params *params,
		    const struct isdn_uui *uui, void *user, uint64_t *leg, isdn_time now);
	int (*accept)(struct ir_provider *p, uint64_t leg, const struct isdn_uui *uui,
		      isdn_time now);
	int (*answer)(struct ir_provider *p, uint64_t leg, const struct isdn_uui *uui,
		      isdn_time now);
	/* AGAIN: not yet, and IR_LEG_READY says when. */
	int (*send_uui)(struct ir_provider *p, uint64_t leg, const struct isdn_uui *uui, bool more,
			isdn_time now);
	/* No more UUI, or again; NULL: it can not keep the far end back. */
	int (*uui_busy)(struct ir_provider *p, uint64_t leg, bool busy, isdn_time now);
	/* Services of UUI that are active, ISDN_UUS_BIT(); NULL: there are none. */
	uint8_t (*services)(const struct ir_provider *p, uint64_t leg);
	/* End the leg; IR_LEG_GONE follows. *uui_sent: it went into a message. */
	int (*drop)(struct ir_provider *p, uint64_t leg, uint8_t cause, const struct isdn_uui *uui,
		    bool *uui_sent, isdn_time now);
	/* Set what the events of an offered leg carry as user. */
	void (*bind)(struct ir_provider *p, uint64_t leg, void *user);
	/* 1: *ev is filled; 0: none. */
	int (*next)(struct ir_provider *p, struct ir_leg_event *ev);
	/* Move frames both ways and run timers. */
	void (*process)(struct ir_provider *p, isdn_time now);
	isdn_time (*deadline)(const struct ir_provider *p);
	/* Descriptor to poll or -1, and the poll events that matter. */
	int (*fd)(const struct ir_provider *p, short *events);
	void (*info)(const struct ir_provider *p, struct isdn_span_info *info);
	/* Data links, as isdn_span_links; NULL: the provider has none. */
	size_t (*links)(const struct ir_provider *p, struct isdn_link *out, size_t cap);
	void (*close)(struct ir_provider *p);
};

/* The beginning of every provider's own struct. */
struct ir_provider {
	const struct ir_provider_ops *ops;
	unsigned number; /* of the span in its registry, from 1 */
	bool up;	 /* as last told by IR_LINK */
	bool touched;	 /* has been asked for something since the last flush */
	int polled_fd;	 /* what the registry's epoll watches, -1: nothing */
};

/* A span with its driver as a provider (line.c). shared is drivers/driver.h's. */
struct id_shared;
int ir_line_open(struct ir_provider **p, const char *spec, unsigned number,
		 struct id_shared *shared, const struct isdn_env *env, isdn_time now,
		 struct isdn_error *error);

#endif
