/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The registry's objects and the few functions by which its files work
 * together. Ownership: the registry owns providers, clients, bridges and calls;
 * a call owns its handles and requests; events on their way belong to the
 * client's queue. A call lives until it is IDLE and nobody holds it; a hub until it has
 * neither parent nor parties.
 */
#ifndef IR_REGISTRY_H
#define IR_REGISTRY_H

#include <stdatomic.h>

#include "base/env.h"
#include "base/handle.h"
#include "drivers/driver.h"
#include "lib/line.h"

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

enum ir_request_kind {
	IR_MAKE,
	IR_ACCEPT,
	IR_ANSWER,
	IR_SEND_UUI,
	IR_DIAL,
	IR_DROP, /* leave and clear too */
	IR_HOLD,
	IR_UNHOLD,
	IR_SETUP, /* a conference, another party */
	IR_ADD,
	IR_REMOVE,
	IR_SETUP_TRANSFER
};

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
	bool partial; /* what failed does not make it a failure */
	bool counted; /* changed is known */
	uint32_t changed, failed, with_uui;
	uint32_t legs; /* of a clear of several calls: those that are not gone yet */
};

/*
 * A call. There are three that are not simply a leg of a provider: a conference (the parent), an
 * appearance of a shared line, and the trunk, which has the leg of the appearances, is held by
 * nobody and seen by nobody. ir_leg() answers who has the leg.
 */
struct ir_call {
	struct isdn_registry *registry;
	struct ir_call *next, **prev;	/* all calls of the registry */
	uint64_t serial;		/* isdn_call_info.id */
	struct isdn_provider *provider; /* NULL: it has no leg (any more) */
	uint64_t leg;

	isdn_time since;
	enum isdn_call_state state;
	uint32_t mode;
	uint16_t span, channel;
	uint8_t origin, capability; /* enum isdn_origin, isdn_capability */
	uint8_t cause, location;
	uint8_t source;	   /* enum isdn_source */
	bool dropping;	   /* clearing is under way at our request */
	bool cascade;	   /* because of another call, cascade_of */
	bool far_hold;	   /* the far end holds us */
	bool detached;	   /* left by a transfer: nobody is to own it */
	bool transferring; /* it is to be ONHOLDPENDTRANSFER when it is held */
	bool consult_over; /* the consultation call ended before that */
	bool reconnects;   /* its consultation call, when it ends, takes the transfer back */
	bool is_trunk;
	bool holding;		 /* hold or retrieval was asked for, and not answered */
	bool uui_sent;		 /* with its first clearing message */
	isdn_request drop_id;	 /* whose drop it is, 0: nobody's */
	struct ir_request *drop; /* that counts its legs */
	uint64_t cascade_of;
	char called[ISDN_DIGITS_MAX + 1], calling[ISDN_DIGITS_MAX + 1];

	struct ir_handle *handles; /* in the order in which they were given */
	uint32_t owners, monitors;
	struct ir_request *requests;

	struct ir_hub *hub; /* of a conference and its parties */
	struct ir_call *next_party, *prev_party;
	struct ir_call *linked;
	struct ir_call *consult, *consult_of; /* of a transfer, or of a conference's parent */
	struct ir_bridge *bridge;	      /* of a trunk that is not IDLE */
	isdn_bridge bridge_id;
	struct ir_call *trunk;	    /* of an appearance */
	struct ir_call *next_app;   /* of its trunk; of a trunk, the next of the bridge */
	struct ir_call *apps;	    /* of a trunk, in the order of stations */
	struct ir_station *station; /* of an appearance; NULL: that left */

	struct ir_uui_part *uui, **uui_tail; /* mid-call, oldest first */
	struct ir_uui_part
		*phases;	 /* of SETUP, ALERTING, PROGRESS, CONNECT, clearing: to the end */
	struct ir_uui_part *out; /* to be sent */
	uint16_t uui_parts, out_parts;
	bool uui_visible; /* the event for the oldest block was given */
	bool uui_busy;	  /* the far end was told to wait */
	bool uui_skip;	  /* the rest of a block that found no room */
	bool uui_lost;	  /* that was told, and no room was made since */
	int refused;	  /* why it could not be cleared with others, while that is tried */
};

/* The parties of a conference, which may outlive the parent (D3). */
struct ir_hub {
	struct isdn_registry *registry;
	struct ir_call *parent; /* NULL: it is gone */
	struct ir_call *first, *last;
	uint32_t n;
	uint64_t serial; /* the parent's */
	struct isdn_conference_config config;
	bool began; /* somebody has joined */
	bool setup; /* from one call, whose consultation call was not added yet */
};

/* A client at a shared line. */
struct ir_station {
	struct ir_station *next;
	struct isdn_client *client;
	bool monitored, silent, address_events;
	bool counted; /* while the line's use is counted */
};

struct ir_bridge {
	struct ir_bridge *next;
	isdn_bridge id;
	unsigned span;
	enum isdn_sharing sharing;
	char number[ISDN_DIGITS_MAX + 1];
	bool any; /* number: every one */
	struct ir_station *stations;
	uint32_t calls, in_use; /* as last told */
	struct ir_call *trunks;
};

struct isdn_client {
	struct isdn_registry *registry;
	struct isdn_client *next, **prev;
	char name[32];
	enum isdn_privilege privilege;
	unsigned span; /* 0: all */
	bool may_own, wake, relaxed, keep_calls, auto_reconnect;
	enum isdn_answer_mode answer_mode;
	bool lost; /* an event could not be queued: ISDN_EV_LOST is due */
	struct ir_handle *handles, **last_handle;
	struct ir_event_node *head, **tail;
};

struct isdn_registry {
	struct isdn_env env;
	struct isdn_registry_config config;
	struct id_shared shared;
	struct isdn_provider *span[IR_SPANS_MAX]; /* by number - 1 */
	unsigned top;				  /* the highest number there ever was */
	struct isdn_client *clients;
	struct ir_call *calls, **last_call; /* oldest first */
	struct ir_call *cursor;		    /* of a walk in which calls may go */
	struct ib_handles handles;
	struct ir_event_node *free_nodes;
	struct ir_uui_part *free_parts;
	size_t n_calls, n_handles, n_requests, n_events;
	uint64_t serial;
	isdn_request last_request;
	struct ir_bridge *bridges;
	isdn_bridge last_bridge;
	_Atomic(struct isdn_job *) jobs; /* posted by any thread, newest first */
	atomic_uint wakes;
	unsigned wakes_seen;
	struct isdn_watch *watches, *new_watches; /* new: added while others run */
	struct isdn_watch *next_watch;		  /* of the walk over them */
	struct isdn_tap *taps, *next_tap;
	bool processing; /* isdn_registry_process runs */
	bool watching;	 /* and is with the watches */
	bool woken;	 /* by ourselves, for a client with wake */
	int epoll_fd, timer_fd, job_fd;
	isdn_time armed; /* what the timer descriptor is set to */
	isdn_time turn;	 /* the time of all events that are taken of a provider at once, ISDN_NEVER:
			    they are not */
};

/* Why a state changed: what the event says beside the state. */
struct ir_why {
	isdn_request request;
	enum isdn_source source;
	uint64_t cascade_of;
	uint8_t cause, location;
};

/* Who has the leg: the call itself, or of an appearance its trunk. */
static inline struct ir_call *ir_leg(struct ir_call *c)
{
	return c->trunk ? c->trunk : c;
}

static inline const struct ir_call *ir_leg_const(const struct ir_call *c)
{
	return c->trunk ? c->trunk : c;
}

static inline bool ir_is_parent(const struct ir_call *c)
{
	return c->origin == ISDN_ORIGIN_CONFERENCE;
}

static inline bool ir_is_party(const struct ir_call *c)
{
	return c->hub && !ir_is_parent(c);
}

/* registry.c: the time; what every request ends with: send, take events, arm the timer. */
isdn_time ir_now(const struct isdn_registry *r);
void ir_flush(struct isdn_registry *r);
isdn_request ir_flushed(const struct isdn_client *c, isdn_request id); /* id, after a request */
struct isdn_provider *ir_span(const struct isdn_registry *r, unsigned span);

/* poll.c: epoll, timerfd, and the eventfd of jobs; no timer when the environment has its own
 * clock. */
int ir_poll_open(struct isdn_registry *r);
void ir_poll_close(struct isdn_registry *r);
void ir_poll_watch(struct isdn_registry *r, struct isdn_provider *p);
void ir_poll_forget(struct isdn_registry *r, struct isdn_provider *p);
void ir_poll_arm(struct isdn_registry *r, isdn_time due, isdn_time now);
void ir_poll_wake(const struct isdn_registry *r); /* from any thread */
void ir_poll_woken(const struct isdn_registry *r);

/* watch.c */
void ir_watches_run(struct isdn_registry *r);
/* The trace hook of its spans: the application's, or, with taps, one that has theirs too. */
struct isdn_trace ir_trace(struct isdn_registry *r);

/* mailbox.c. True when there was a job. registry NULL: the jobs are given back. */
bool ir_jobs_run(struct isdn_registry *r, struct isdn_registry *with);

/* event.c: queues. */
struct ir_event_node *ir_node_get(struct isdn_registry *r);
void ir_node_put(struct isdn_registry *r, struct ir_event_node *n);
void ir_event_push(struct isdn_client *c, struct ir_event_node *n);
void ir_event_lost(struct isdn_client *c); /* there was no memory for one: ISDN_EV_LOST is due */
void ir_event_state_to(struct ir_handle *h, enum isdn_call_state old, const struct ir_why *why);
void ir_event_state(struct ir_call *call, enum isdn_call_state old, const struct ir_why *why);
/* Of a trunk: to the appearances that are not INACTIVE. */
void ir_event_info(struct ir_call *call, uint32_t info, const struct isdn_client *except);
void ir_event_info_to(struct ir_handle *h, uint32_t info);
void ir_event_new_call(struct ir_handle *h);
void ir_event_not_cleared(struct isdn_client *c, const struct ir_call *call, isdn_request request,
			  int result);
void ir_event_address(struct isdn_client *c, const struct ir_bridge *b, uint32_t info);
void ir_event_span(struct isdn_registry *r, unsigned span, bool up);
void ir_client_drain(struct isdn_client *c);

/* handle.c: handles. privilege 0: whatever. Errors as the public functions'. */
int ir_handle_find(const struct isdn_client *c, uint64_t id, enum isdn_privilege privilege,
		   struct ir_handle **h);
int ir_handle_new(struct isdn_client *c, struct ir_call *call, enum isdn_privilege privilege,
		  struct ir_handle **h);
void ir_handle_free(struct ir_handle *h);
struct ir_handle *ir_handle_of(const struct isdn_client *c, const struct ir_call *call);
uint64_t ir_handle_id(const struct isdn_client *c, const struct ir_call *call); /* 0: none */
/* A new handle, with NEW_CALL, CALL_STATE, and the others told. 0 or NOMEM. */
int ir_handle_give(struct isdn_client *c, struct ir_call *call, enum isdn_privilege privilege,
		   const struct isdn_client *giver);
/* The call has lost an owner: what follows when that was the last; with drops it is dropped (D7).
 * It may be gone after this. */
void ir_owner_lost(struct ir_call *call, bool drops);

/* request.c: requests and replies. */
int ir_request_new(struct ir_handle *h, struct ir_call *of, enum ir_request_kind kind,
		   struct ir_request **req);
void ir_request_undo(struct ir_request *req); /* before anything was told: as if it never was */
void ir_request_done(struct ir_request *req, int result);
struct ir_request *ir_request_find(const struct ir_call *call, isdn_request id);
bool ir_request_waits(const struct ir_call *call, enum ir_request_kind kind);
/* Of a trunk: those of its appearances. */
void ir_requests_done(struct ir_call *call, enum ir_request_kind kind, int result);
void ir_requests_fail(struct ir_call *call); /* all but drops */
void ir_drops_forsaken(
	struct ir_call *call); /* nobody holds it: they are answered, and go on */
void ir_drops_done(struct ir_call *call, const struct ir_why *why);
void ir_drop_counted_down(struct ir_call *call); /* one of several that a clear waits for */

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
/* It arrived and was not answered. */
bool ir_call_rings(const struct ir_call *call);
/* What queries say of its end. */
void ir_call_note(struct ir_call *call, const struct ir_why *why);
/* It takes part: CONNECTED in any mode but the INACTIVE ones. */
bool ir_call_active(const struct ir_call *call);
/* CONNECTED, ACTIVE or as the far end left it. */
void ir_call_connect(struct ir_call *call, const struct ir_why *why);

/* make.c. A call, its handle and its request of that kind, asked of the provider; nobody was told
 * yet. ir_made tells; ir_unmake takes it back before that. */
struct ir_made {
	struct ir_call *call; /* an appearance, on a shared line */
	struct ir_handle *handle;
	struct ir_request *request;
};
int ir_make(struct isdn_client *client, const struct isdn_call_params *params, struct ir_made *m);
void ir_made_tell(const struct ir_made *m, isdn_request id);
/* A consultation call: what is answered is the request for which it is made. */
int ir_make_consult(struct isdn_client *client, const struct isdn_call_params *params,
		    struct ir_made *m);
/* The client as a maker of calls that it can name: errors of the arguments. */
int ir_make_check(const struct isdn_client *client, const struct isdn_call_params *params,
		  const isdn_handle *call);

/* respond.c. Whether it can be asked for now: 0, or the error. */
int ir_respond_check(const struct ir_call *c, bool answering);
int ir_dial_check(const struct ir_call *c);

/* end.c. The last of a call: DISCONNECTED if nobody knew, replies, IDLE, and what hangs on it: its
 * conference, the linked call, the transfer. It may be freed by it. */
void ir_call_gone(struct ir_call *call, const struct ir_why *why);
/* What its last events say, with what is known of a drop. */
struct ir_why ir_why_ended(const struct ir_call *call, const struct ir_why *why);

/* uui.c. The caller's octets as an element: 0, INVALPOINTER, USERUSERINFOTOOBIG; *uui NULL: none.
 */
int ir_uui_take(const struct isdn_registry *r, const void *octets, size_t size, unsigned max,
		struct isdn_uui *store, const struct isdn_uui **uui);
void ir_uui_midcall(struct ir_call *call, const struct isdn_leg_event *ev);
void ir_uui_free(struct ir_call *call);
/* Keep the first of its phase to the end. NOMEM */
int ir_uui_keep(struct ir_call *call, enum isdn_uui_which which, const struct isdn_uui *uui);
const struct isdn_uui *ir_uui_kept(const struct ir_call *call, enum isdn_uui_which which);
struct ir_uui_part *ir_uui_part_get(struct isdn_registry *r);
void ir_uui_part_put(struct isdn_registry *r, struct ir_uui_part *p);

/* uui_send.c. What waits is sent, or forgotten. */
void ir_uui_flush(struct ir_call *call);
void ir_uui_unsend(struct ir_call *call);

/* dispatch.c: one provider's events become changes of calls. True when there was any. */
bool ir_dispatch(struct isdn_registry *r, struct isdn_provider *p);

/* drop.c. What its replies and events say. */
struct ir_drop {
	bool counts_legs;
	const struct isdn_drop *how;
	struct ir_request *request; /* counts; NULL: nobody asked */
	isdn_request id;
	uint64_t cascade_of; /* 0: it is the one that was asked for */
};
/* 0, or why this call can not be dropped now. */
int ir_drop_possible(const struct ir_call *call);
uint8_t ir_drop_cause(const struct ir_call *call, const struct isdn_drop *how);
/* Ask the provider to end one leg (of a call or a trunk). 0, and then the call is dropping. */
int ir_clear_leg(struct ir_call *leg, const struct ir_drop *d);
/* The call, or all of a conference, at nobody's request. It may be gone after this, unless an error
 * says that it goes on. */
int ir_drop_unowned(struct ir_call *call, uint8_t cause);
/* By policy: parties in join order, the consultation call, the conference. */
void ir_conference_clear(struct ir_call *parent, const struct ir_drop *d);
/* The parent is IDLE, its parties go on (D3). */
void ir_conference_end(struct ir_call *parent, const struct ir_why *why);

/* scope.c: what a verb comes to. */
enum ir_way {
	IR_WAY_LEG,	 /* the leg is cleared, a linked one with it */
	IR_WAY_REJECT,	 /* rejected at this station only */
	IR_WAY_INACTIVE, /* the call goes on at other stations */
	IR_WAY_TRUNK,	 /* the leg that stations share is cleared */
	IR_WAY_LEAVE,	 /* the conference ends, its parties go on */
	IR_WAY_ALL,	 /* every party is cleared */
	IR_WAY_OWN	 /* every party that the client owns is */
};
/* The client's drop that will end the call, 0: there is none. */
isdn_request ir_drop_under_way(const struct ir_handle *h, enum isdn_verb verb);
/* Everything that must be known before anything is changed. */
int ir_drop_check(const struct ir_handle *h, enum isdn_verb verb, const struct isdn_drop *how);
/* How many calls it would change. */
uint32_t ir_drop_scope(const struct ir_handle *h, enum isdn_verb verb, const struct isdn_drop *how);
enum ir_way ir_way_of(const struct ir_handle *h, enum isdn_verb verb);

/* conference.c */
int ir_conference_config(const struct isdn_registry *r, const struct isdn_conference_config *config,
			 struct isdn_conference_config *out);
/* A parent with a handle, in no state yet. */
int ir_parent_new(struct isdn_client *client, const struct isdn_conference_config *config,
		  struct ir_handle **h);
void ir_parent_undo(struct ir_handle *h);
int ir_party_possible(const struct ir_hub *hub, const struct ir_call *call);
void ir_party_link(struct ir_hub *hub, struct ir_call *call);
void ir_party_unlink(struct ir_call *party);
void ir_party_set_free(struct ir_call *party,
		       const struct ir_why *why); /* CONNECTED, if it had joined */
/* A party is connected: CONFERENCED, and the conference CONNECTED. */
void ir_party_connected(struct ir_call *party, const struct ir_why *why);
void ir_hub_release(struct ir_hub *hub); /* frees it when it has nobody */
/* Whether it will end when this party leaves; and the survivor, NULL: none. */
bool ir_hub_collapses(const struct ir_hub *hub, const struct ir_call *leaver,
		      struct ir_call **survivor);
/* A party has left: the rest of it. */
void ir_hub_left(struct ir_hub *hub, const struct ir_why *why);

/* consult.c: consultation calls. A call by itself: no conference, party, appearance, nor linked. */
bool ir_call_plain(const struct ir_call *c);
/* Whether one can be made from the call, and with these params, which may be NULL. */
int ir_consult_from(const struct ir_call *c);
int ir_consult_params(const struct isdn_client *client, const struct isdn_call_params *params,
		      const isdn_handle *consult);
void ir_consult_set(struct ir_call *held, struct ir_call *consult);
void ir_consult_unset(struct ir_call *consult);
void ir_consult_gone(struct ir_call *consult, const struct ir_why *why); /* it ended */
void ir_consult_free(struct ir_call *held);
/* The call is retrieved, and the transfer that it waited for taken back. */
void ir_transfer_off(struct ir_call *held, isdn_request id);
/* nobody is left for the call that a conference without hold was to begin with. */
bool ir_hub_never_began(const struct ir_hub *hub);
bool ir_begins_without_hold(const struct ir_hub *hub);
void ir_reconnect(struct ir_call *held, const struct ir_why *why);
bool ir_consult_reconnects(const struct ir_call *held);
bool ir_consult_ends_conference(const struct ir_call *parent);
/* It is used for something else. */
void ir_consult_taken(struct ir_call *consult, const struct ir_why *why);
void ir_consult_connected(struct ir_call *consult); /* of a conference without hold */
/* Clear it because of another call. */
void ir_consult_clear(struct ir_call *consult, uint64_t because, isdn_request id);

/* hold.c. Ask the provider: 0, and *done when there is nothing to wait for. */
int ir_hold(struct ir_call *leg, bool hold, bool *done);
void ir_held(struct ir_call *call, const struct ir_why *why); /* the leg is held */
void ir_hold_refused(struct ir_call *call);
bool ir_can_hold(const struct ir_call *leg);
/* Whether it can be asked for now: 0, or the error. */
int ir_hold_check(const struct ir_call *c);
int ir_unhold_check(const struct ir_call *c);
/* The active calls of a client that answers another one. */
void ir_answer_mode(struct isdn_client *client, const struct ir_call *answered, isdn_request id);

/* bridge.c: lines and stations. */
struct ir_bridge *ir_bridge_find(const struct isdn_registry *r, isdn_bridge id);
struct ir_bridge *ir_bridge_of_offer(const struct isdn_registry *r, unsigned span,
				     const char *called);
bool ir_bridge_offers(const struct ir_bridge *b, const struct ir_station *s);
struct ir_station *ir_station_of(const struct ir_bridge *b, const struct isdn_client *c);
void ir_stations_leave(struct isdn_client *client); /* all of a client that closes */
void ir_bridges_free(struct isdn_registry *r);
/* Use of the line has perhaps changed: its stations are told. */
void ir_bridge_changed(struct ir_bridge *b);

/* appearance.c: one call at several stations. */
bool ir_appearance_uses(const struct ir_call *app); /* counts as use of the line */
bool ir_others_take_part(const struct ir_call *app);
bool ir_others_ring(const struct ir_call *app);
bool ir_bridge_in_use(const struct ir_bridge *b, const struct ir_station *except);
void ir_trunk_offered(struct ir_call *trunk, const struct ir_why *why);
void ir_trunk_state(struct ir_call *trunk, const struct isdn_leg_event *ev,
		    const struct ir_why *why);
void ir_trunk_connected(struct ir_call *trunk, const struct ir_why *why);
void ir_trunk_far_hold(struct ir_call *trunk, const struct ir_why *why);
void ir_trunk_held(struct ir_call *trunk, const struct ir_why *why);
void ir_trunk_disconnected(struct ir_call *trunk, const struct ir_why *why);
void ir_trunk_gone(struct ir_call *trunk, const struct ir_why *why);
void ir_trunk_show(struct ir_call *trunk, struct ir_station *s); /* to a station that came */
void ir_trunk_dropping(struct ir_call *trunk, const struct ir_call *by);
/* What is left of it here. */
void ir_appearance_inactive(struct ir_call *app, const struct ir_why *why);
void ir_appearance_end(struct ir_call *app, const struct ir_why *why);
int ir_join_check(const struct ir_call *app);
isdn_request ir_appearance_join(struct ir_handle *h);
/* Its client, or its owner, has gone. As ir_drop_unowned. */
int ir_appearance_unowned(struct ir_call *app, const struct ir_drop *d);
void ir_trunk_add(struct ir_bridge *b, struct ir_call *trunk);
void ir_trunk_release(struct ir_call *trunk);

/* link.c */
void ir_link_undo(struct ir_call *call);
int ir_link_check(const struct ir_call *c);
/* The far end of it cleared, or it is gone: so does the other. */
void ir_link_ended(struct ir_call *call);
/* Its other end ended, or is ending: clear this one. */
void ir_link_cascade(struct ir_call *from, const struct ir_drop *d);

/* mode.c: Q.850 cause to disconnect mode, drop.md section 2. */
uint32_t ir_disconnect_mode(uint8_t cause, bool offered);

#endif
