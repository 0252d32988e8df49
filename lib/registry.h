/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The registry's objects and the few functions by which its files work
 * together. Ownership: the registry owns providers, clients and calls; a call
 * owns its handles and requests; events on their way belong to the client's
 * queue. A call lives until it is IDLE and nobody holds it.
 */
#ifndef IR_REGISTRY_H
#define IR_REGISTRY_H

#include "base/env.h"
#include "base/handle.h"
#include "drivers/driver.h"
#include "lib/provider.h"

#define IR_SPANS_MAX 256

struct ir_event_node {
	struct ir_event_node *next;
	struct isdn_event ev;
};

/* One USER INFORMATION (or a UUI that came with another message) that waits to be read. */
struct ir_uui_part {
	struct ir_uui_part *next;
	bool more;	      /* the block goes on in the next part */
	uint8_t which;	      /* of what is kept by phase: enum isdn_uui_which */
	isdn_request request; /* of what is to be sent */
	struct isdn_uui uui;
};

struct ir_handle {
	uint64_t id;
	struct isdn_client *client;
	struct ir_call *call;
	enum isdn_privilege privilege;
	struct ir_handle *next_of_call;
	struct ir_handle *next_of_client, **prev_of_client;
	struct ir_event_node *idle; /* kept for E(IDLE), which must not be lost */
};

enum ir_request_kind { IR_MAKE, IR_ACCEPT, IR_ANSWER, IR_SEND_UUI, IR_DROP, IR_ADD };

struct ir_request {
	isdn_request id;
	enum ir_request_kind kind;
	struct ir_call *call;
	struct isdn_client *client; /* NULL: it was closed, no reply (D8) */
	uint64_t handle;
	struct ir_request *next_of_call;
	struct ir_event_node *reply; /* kept for the reply, which must not be lost */
	/* of a drop */
	enum isdn_outcome outcome;
	bool uui_sent;
	uint16_t changed, failed, with_uui;
};

struct ir_call {
	struct isdn_registry *registry;
	struct ir_call *next, **prev; /* all calls of the registry */
	uint64_t serial;	      /* for people */
	enum isdn_origin origin;
	struct ir_provider *provider; /* NULL: a conference, or the span was closed */
	unsigned span;
	uint64_t leg;

	enum isdn_call_state state;
	uint32_t mode;
	isdn_time since;
	enum isdn_source source;
	uint16_t channel;
	uint8_t cause, location, capability;
	char called[ISDN_DIGITS_MAX + 1], calling[ISDN_DIGITS_MAX + 1];

	struct ir_handle *handles; /* in the order in which they were given */
	uint16_t owners, monitors;
	struct ir_request *requests;
	bool dropping;		 /* clearing is under way at our request */
	bool cascade;		 /* at that of its conference */
	struct ir_request *drop; /* whose it is: its own or the conference's; NULL: nobody's */

	/* a party */
	struct ir_call *parent, *next_party;
	/* a conference: parties in join order */
	struct ir_call *parties;
	uint16_t n_parties;
	enum isdn_conference_policy policy;

	bool has_uui_setup, has_uui_clearing;
	struct isdn_uui uui_setup, uui_clearing;
	struct ir_uui_part *uui, **uui_tail; /* mid-call, oldest first */
	uint16_t uui_parts;
	bool uui_visible;	    /* the event for the oldest block was given */
	struct ir_uui_part *phases; /* of ALERTING, PROGRESS, CONNECT: kept to the end */
	bool uui_busy;		    /* the far end was told to wait */
	bool uui_skip;		    /* the rest of a block that found no room */
	bool uui_lost;		    /* that was told, and no room was made since */
	struct ir_uui_part *out;    /* to be sent */
	uint16_t out_parts;
	bool uui_sent; /* with its first clearing message */
};

struct isdn_client {
	struct isdn_registry *registry;
	struct isdn_client *next, **prev;
	char name[32];
	enum isdn_privilege privilege;
	unsigned span; /* 0: all */
	bool relaxed, keep_calls;
	bool lost; /* an event could not be queued: ISDN_EV_LOST is due */
	struct ir_handle *handles;
	struct ir_event_node *head, **tail;
};

struct isdn_registry {
	struct isdn_env env;
	struct isdn_registry_config config;
	struct id_shared shared;
	struct ir_provider *span[IR_SPANS_MAX]; /* by number - 1 */
	unsigned top;				/* the highest number there ever was */
	struct isdn_client *clients;
	struct ir_call *calls, **last_call; /* oldest first */
	struct ib_handles handles;
	struct ir_event_node *free_nodes;
	struct ir_uui_part *free_parts;
	size_t n_calls, n_handles, n_requests, n_events;
	uint64_t serial;
	isdn_request last_request;
	int epoll_fd, timer_fd;
	isdn_time armed; /* what the timer descriptor is set to */
};

/* Why a state changed: what the event says beside the state. */
struct ir_why {
	isdn_request request;
	enum isdn_source source;
	uint8_t cause, location;
};

/* registry.c: the time; what every request ends with: send, take events, arm the timer. */
isdn_time ir_now(const struct isdn_registry *r);
void ir_flush(struct isdn_registry *r);
struct ir_provider *ir_span(const struct isdn_registry *r, unsigned span);
/* Take over a provider as span p->number. INUSE when the number is taken. */
int ir_registry_add(struct isdn_registry *r, struct ir_provider *p);

/* poll.c: epoll and timerfd; nothing when the environment has its own clock. */
int ir_poll_open(struct isdn_registry *r);
void ir_poll_close(struct isdn_registry *r);
void ir_poll_watch(struct isdn_registry *r, struct ir_provider *p);
void ir_poll_forget(struct isdn_registry *r, struct ir_provider *p);
void ir_poll_arm(struct isdn_registry *r, isdn_time due, isdn_time now);

/* event.c: queues. */
struct ir_event_node *ir_node_get(struct isdn_registry *r);
void ir_node_put(struct isdn_registry *r, struct ir_event_node *n);
void ir_event_push(struct isdn_client *c, struct ir_event_node *n);
void ir_event_state_to(struct ir_handle *h, enum isdn_call_state old, const struct ir_why *why);
void ir_event_state(struct ir_call *call, enum isdn_call_state old, const struct ir_why *why);
void ir_event_info(struct ir_call *call, uint32_t info, const struct isdn_client *except);
void ir_event_new_call(struct ir_handle *h);
void ir_event_span(struct isdn_registry *r, unsigned span, bool up);
void ir_client_drain(struct isdn_client *c);

/* handle.c: handles. privilege 0: whatever. Errors as the public functions'. */
int ir_handle_find(const struct isdn_client *c, uint64_t id, enum isdn_privilege privilege,
		   struct ir_handle **h);
int ir_handle_new(struct isdn_client *c, struct ir_call *call, enum isdn_privilege privilege,
		  struct ir_handle **h);
void ir_handle_free(struct ir_handle *h);
struct ir_handle *ir_handle_of(const struct isdn_client *c, const struct ir_call *call);

/* request.c: requests and replies. */
int ir_request_new(struct ir_handle *h, enum ir_request_kind kind, struct ir_request **req);
void ir_request_undo(struct ir_request *req); /* before anything was told: as if it never was */
void ir_request_done(struct ir_request *req, int result);
void ir_requests_done(struct ir_call *call, enum ir_request_kind kind, int result);
void ir_requests_fail(struct ir_call *call, const struct ir_request *except);

/* call.c: life and state of a call. */
struct ir_call *ir_call_new(struct isdn_registry *r, enum isdn_origin origin);
void ir_call_free(struct ir_call *call);
void ir_call_release(struct ir_call *call); /* frees it when it is IDLE and nobody holds it */
void ir_call_set_state(struct ir_call *call, enum isdn_call_state state, uint32_t mode,
		       const struct ir_why *why);
/* Whether the client is to see calls of that span which are not its own. */
bool ir_client_sees(const struct isdn_client *c, unsigned span);
/* Give a handle, and NEW_CALL, to the clients that see calls which are not theirs. */
void ir_call_announce(struct ir_call *call, bool to_owners);
/* The last of a call: DISCONNECTED if nobody knew, replies, IDLE, leaving its conference. Frees it
 * perhaps. */
void ir_call_gone(struct ir_call *call, const struct ir_why *why);

/* uui.c. The caller's octets as an element: 0, INVALPOINTER, USERUSERINFOTOOBIG; *uui NULL: none.
 */
int ir_uui_take(const struct isdn_registry *r, const void *octets, size_t size, unsigned max,
		struct isdn_uui *store, const struct isdn_uui **uui);
void ir_uui_midcall(struct ir_call *call, const struct ir_leg_event *ev);
void ir_uui_free(struct ir_call *call);
void ir_uui_phase(struct ir_call *call, const struct ir_leg_event *ev);
struct ir_uui_part *ir_uui_part_get(struct isdn_registry *r);
void ir_uui_part_put(struct isdn_registry *r, struct ir_uui_part *p);

/* uui_send.c. What waits is sent, or forgotten. */
void ir_uui_flush(struct ir_call *call);
void ir_uui_unsend(struct ir_call *call);

/* dispatch.c: one provider's events become changes of calls. True when there was any. */
bool ir_dispatch(struct isdn_registry *r, struct ir_provider *p);

/* drop.c. 0, or why this call can not be dropped now. */
int ir_drop_possible(const struct ir_call *call);
/* Drop at nobody's request: its last owner closed. */
void ir_drop_unowned(struct ir_call *call);

/* conference.c */
void ir_conference_connected(struct ir_call *party); /* CONFERENCED, and the conference CONNECTED */
void ir_conference_unlink(struct ir_call *party);
void ir_conference_leave(struct ir_call *party); /* the last one takes the conference with it */

/* mode.c: Q.850 cause to disconnect mode, drop.md section 2. */
uint32_t ir_disconnect_mode(uint8_t cause, bool offered);

#endif
