/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * isdn/provider.h - the interface through which something serves the registry with
 * calls, as a span does: one's own SIP stack, a console, a simulator. isdn_provider(3).
 *
 * A provider has capabilities, legs (calls of its own kind, named by a number that it
 * chooses, never 0), requests and events. The registry asks, the provider answers 0 or
 * why not at once, and reports by events, which the registry takes by next: after every
 * request of an application, and in isdn_registry_process, which a provider's own thread
 * of work has to call when something happened (or isdn_registry_post a job, from another
 * thread). No function of the provider may call a function of the registry.
 */
#ifndef ISDN_PROVIDER_H
#define ISDN_PROVIDER_H

#include <isdn/registry.h>

#ifdef __cplusplus
extern "C" {
#endif

struct isdn_provider;

enum isdn_leg_event_type {
	ISDN_LEG_OFFERED, /* a new leg: numbers, capability, perhaps uui are filled */
	/*
	 * state and mode are filled, perhaps uui; cause for DISCONNECTED. CONNECTED answers make,
	 * answer and a retrieval, ONHOLD a hold.
	 */
	ISDN_LEG_STATE,
	ISDN_LEG_INFO,	  /* info is filled, perhaps uui */
	ISDN_LEG_READY,	  /* send_uui, which answered AGAIN, may be tried again; info is filled */
	ISDN_LEG_REFUSED, /* the hold or the retrieval that was asked for last did not work; cause
			   */
	ISDN_LEG_GONE,	  /* the last event of a leg; cause, location, source, perhaps uui */
	ISDN_LEG_LINK	  /* the provider came up or went down; no leg */
};

struct isdn_leg_event {
	enum isdn_leg_event_type type;
	uint64_t leg;
	void *user; /* what bind gave for the leg, NULL before */
	enum isdn_call_state state;
	uint32_t mode; /* of CONNECTED; 0 is ACTIVE. ACTIVEHELD: the far end holds us; INACTIVE: at
			  another station of the provider's own, and answer joins it */
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

/*
 * Each request answers 0 or an error that means that nothing happened. The registry asks for
 * none that the capabilities exclude (but the drop of a leg for which it has no memory), and for
 * none after drop. uui is NULL or within the
 * capability. A function that may be NULL says so; the others must be there.
 */
struct isdn_provider_ops {
	size_t size; /* sizeof(struct isdn_provider_ops) */
	void (*caps)(const struct isdn_provider *p, struct isdn_caps *caps);
	/* A new leg; user is what its events carry. NULL: no calls can be made. */
	int (*make)(struct isdn_provider *p, const struct isdn_call_params *params,
		    const struct isdn_uui *uui, void *user, uint64_t *leg, isdn_time now);
	int (*accept)(struct isdn_provider *p, uint64_t leg, const struct isdn_uui *uui,
		      isdn_time now);
	/* ISDN_LEG_STATE CONNECTED follows. */
	int (*answer)(struct isdn_provider *p, uint64_t leg, const struct isdn_uui *uui,
		      isdn_time now);
	/* End the leg; ISDN_LEG_GONE follows. *uui_sent: it went into a message. Must not fail for
	 * want of anything but memory. */
	int (*drop)(struct isdn_provider *p, uint64_t leg, uint8_t cause,
		    const struct isdn_uui *uui, bool *uui_sent, isdn_time now);
	/* The message that drop would send now, *len 0: none. NOSPC. NULL: there are no messages.
	 */
	int (*preview)(const struct isdn_provider *p, uint64_t leg, uint8_t cause,
		       const struct isdn_uui *uui, uint8_t *octets, size_t cap, size_t *len);
	/* Set what the events of a leg carry as user from now on; NULL: nobody wants them. */
	void (*bind)(struct isdn_provider *p, uint64_t leg, void *user);
	/* 1: *ev is filled; 0: none. */
	int (*next)(struct isdn_provider *p, struct isdn_leg_event *ev);
	/* AGAIN: not yet, and ISDN_LEG_READY says when. NULL: there is no UUI within calls. */
	int (*send_uui)(struct isdn_provider *p, uint64_t leg, const struct isdn_uui *uui,
			bool more, isdn_time now);
	/* No more UUI, or again; NULL: it can not keep the far end back. */
	int (*uui_busy)(struct isdn_provider *p, uint64_t leg, bool busy, isdn_time now);
	/* Services of UUI that are active, ISDN_UUS_BIT(); NULL: there are none. */
	uint8_t (*services)(const struct isdn_provider *p, uint64_t leg);
	/* Fill has_callref and what goes with it; NULL: legs have no call references. */
	void (*callref)(const struct isdn_provider *p, uint64_t leg, struct isdn_call_info *info);
	/*
	 * Hold, or retrieve. 0: asked for, ISDN_LEG_STATE or ISDN_LEG_REFUSED follows; 1: done,
	 * nobody had to be asked. NULL: done always (where the capability says that it can).
	 */
	int (*hold)(struct isdn_provider *p, uint64_t leg, bool hold, isdn_time now);
	/* Digits of the called number, or keypad when the leg is connected. NULL: it can not. */
	int (*dial)(struct isdn_provider *p, uint64_t leg, const char *digits, isdn_time now);
	/* Join the far ends of two legs of this provider; ISDN_LEG_GONE of both follows. NULL: it
	 * can not. */
	int (*transfer)(struct isdn_provider *p, uint64_t leg, uint64_t other, isdn_time now);
	/* Move data both ways and run timers; NULL: nothing to do. */
	void (*process)(struct isdn_provider *p, isdn_time now);
	/* When process wants to be called, ISDN_NEVER; NULL: never. */
	isdn_time (*deadline)(const struct isdn_provider *p);
	/* Descriptor to poll or -1, and the poll(2) events that matter; NULL: none. */
	int (*fd)(const struct isdn_provider *p, short *events);
	/* Fill what it has of *info, which is zero; spec must not be NULL. */
	void (*info)(const struct isdn_provider *p, struct isdn_span_info *info);
	/* Data links, as isdn_span_links; NULL: the provider has none. */
	size_t (*links)(const struct isdn_provider *p, struct isdn_link *out, size_t cap);
	/* The registry has done with it; its legs are gone. NULL: nothing to do. */
	void (*close)(struct isdn_provider *p);
};

/* The beginning of every provider's own struct. Set ops; the rest is the registry's. */
struct isdn_provider {
	const struct isdn_provider_ops *ops;
	unsigned number; /* of the span in its registry, from 1 */
	bool up;	 /* as last told by ISDN_LEG_LINK */
	bool touched;	 /* has been asked for something since the last flush */
	int polled_fd;	 /* what the registry's epoll watches, -1: nothing */
};

/*
 * Make the provider a span of the registry, which calls ops->close when it is closed
 * (isdn_registry_close_span) or freed. *span receives its number. INVALPOINTER (also a
 * function that must be there), INVAL (size), RESOURCEUNAVAIL (no number is free)
 */
ISDN_API int isdn_registry_add_provider(struct isdn_registry *registry,
					struct isdn_provider *provider, unsigned *span);

#ifdef __cplusplus
}
#endif
#endif
