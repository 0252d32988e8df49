/* SPDX-License-Identifier: BSD-2-Clause */
/* The inside of call control: calls, the form of the SDL tables, and what its files share. */
#ifndef I3_CC_INTERNAL_H
#define I3_CC_INTERNAL_H

#include "base/buf.h"
#include "base/env.h"
#include "base/handle.h"
#include "base/rare.h"
#include "base/timer.h"
#include "q931/callref.h"
#include "q931/cc.h"
#include "q931/cc_uus.h"
#include "q931/channel.h"

/* Q.931 2.1 (user, U0..) and 2.2 (network, N0..): the numbers are those of the Call state element.
 */
enum {
	ST_NULL = 0,
	U0 = 0,
	U1 = 1,
	U2 = 2,
	U3 = 3,
	U4 = 4,
	U6 = 6,
	U7 = 7,
	U8 = 8,
	U9 = 9,
	U10 = 10,
	U11 = 11,
	U12 = 12,
	U15 = 15,
	U17 = 17,
	U19 = 19,
	U25 = 25,
	U31 = 31
};
enum {
	N0 = 0,
	N1 = 1,
	N2 = 2,
	N3 = 3,
	N4 = 4,
	N6 = 6,
	N7 = 7,
	N8 = 8,
	N9 = 9,
	N10 = 10,
	N11 = 11,
	N12 = 12,
	N15 = 15,
	N17 = 17,
	N19 = 19,
	N22 = 22,
	N25 = 25,
	N_SUSPENDED = 26, /* N0 with a call identity and T307, 5.6.2: no number of the element */
	N31 = 31
};
#define ST_COUNT 32
#define SAME	 255 /* next state of a row: no change */
#define S(state) (UINT32_C(1) << (state))

enum i3_input {
	/* messages */
	IN_ALERTING,
	IN_CALL_PROCEEDING,
	IN_PROGRESS,
	IN_SETUP,
	IN_CONNECT,
	IN_SETUP_ACKNOWLEDGE,
	IN_CONNECT_ACKNOWLEDGE,
	IN_USER_INFORMATION,
	IN_DISCONNECT,
	IN_RELEASE,
	IN_RELEASE_COMPLETE,
	IN_STATUS_ENQUIRY,
	IN_INFORMATION,
	IN_NOTIFY,
	IN_STATUS,
	IN_CONGESTION_CONTROL,
	IN_FACILITY,
	IN_REGISTER,
	IN_SUSPEND,
	IN_SUSPEND_ACKNOWLEDGE,
	IN_SUSPEND_REJECT,
	IN_RESUME,
	IN_RESUME_ACKNOWLEDGE,
	IN_RESUME_REJECT,
	IN_HOLD,
	IN_HOLD_ACKNOWLEDGE,
	IN_HOLD_REJECT,
	IN_RETRIEVE,
	IN_RETRIEVE_ACKNOWLEDGE,
	IN_RETRIEVE_REJECT,
	/* requests */
	IN_SETUP_REQ,
	IN_RESUME_REQ,
	IN_REGISTER_REQ,
	IN_MORE_INFO_REQ,
	IN_INFO_REQ,
	IN_NOTIFY_REQ,
	IN_PROCEEDING_REQ,
	IN_ALERTING_REQ,
	IN_PROGRESS_REQ,
	IN_SETUP_RESP,
	IN_SETUP_COMPLETE_REQ,
	IN_USER_INFO_REQ,
	IN_STATUS_ENQUIRY_REQ,
	IN_DISCONNECT_REQ,
	IN_FACILITY_REQ,
	IN_SUSPEND_REQ,
	IN_SUSPEND_RESP,
	IN_SUSPEND_REJECT_REQ,
	IN_RESUME_RESP,
	IN_RESUME_REJECT_REQ,
	IN_HOLD_REQ,
	IN_HOLD_RESP,
	IN_HOLD_REJECT_REQ,
	IN_RETRIEVE_REQ,
	IN_RETRIEVE_RESP,
	IN_RETRIEVE_REJECT_REQ,
	IN_CLEAR_REQ,
	/* timers, in the order of enum isdn_timer_id */
	IN_T301,
	IN_T302,
	IN_T303,
	IN_T304,
	IN_T305,
	IN_T306,
	IN_T307,
	IN_T308,
	IN_T309,
	IN_T310,
	IN_T312,
	IN_T313,
	IN_T314,
	IN_T316,
	IN_T318,
	IN_T319,
	IN_T321, /* the span's */
	IN_T322,
	IN_T_HOLD,
	IN_T_RETRIEVE,
	IN_T_SERVICE,
	IN_T1_UUS3,
	IN_T2_UUS3,
	IN_T3_UUS3,
	IN_T4_UUS3,
	/* data link, 5.8.8 and 5.8.9 */
	IN_DL_ESTABLISH_IND,
	IN_DL_ESTABLISH_CONF,
	IN_DL_RELEASE_IND,
	IN_DL_RESET,
	IN_DL_REMOVED,
	IN_RESTARTED,	    /* 5.5, by either side */
	IN_UUS_LOST,	    /* a service that was required is refused */
	IN_CHANNEL_REFUSED, /* the far end granted one that can not be */
	IN_COUNT
};

/* A received message on its way up with its event: large, so not every node has one. */
struct i3_msg_node {
	struct i3_msg_node *next;
	struct isdn_msg msg;
};

/* An event that waits: struct isdn_span_event, its message apart. */
struct i3_node {
	struct i3_node *next;
	struct i3_call *call; /* NULL: of the link */
	bool final;	      /* it is part of its call */
	enum isdn_prim prim;
	enum isdn_source source;
	uint8_t cause, location, timer;
	uint8_t uus;			   /* services that changed, */
	int8_t uus_answer[ISDN_UUS_COUNT]; /* and to what */
	uint16_t channel;
	isdn_call_id id;
	struct i3_msg_node *msg; /* NULL: no message caused it */
};

/* What every call needs is in front: there may be more calls than the processor's cache can hold.
 */
struct i3_call {
	isdn_call_id id;
	struct i3_cc *cc;
	struct i3_call *next; /* of the free list */
	void *user;
	struct ib_buf *kept;	      /* octets of SETUP or RELEASE, sent again as they were */
	struct i3_msg_node *kept_msg; /* the message with c->cause, of a terminal */
	struct i3_uus *uus;	      /* services of user-to-user signalling, NULL: none yet */
	struct ib_timer timer;	      /* the one that belongs to the state */
	struct i3_node final;	      /* for the last event, which must not be lost */
	bool more_timers;	      /* another of them was started */
	uint8_t state;
	uint16_t cr;
	uint8_t tei;	     /* its link; I3_BROADCAST: offered to all, nobody has it yet */
	bool originated;     /* we sent the SETUP: our call reference */
	bool silent;	     /* what is left of an offer: nobody is told of it */
	bool exclusive;	     /* the SETUP allowed no other channel */
	bool signalling;     /* ... and wanted none: it is for signalling alone */
	bool given_back;     /* we acknowledged RETRIEVE, and HOLD did not come since */
	bool responded;	     /* the first response, with its channel, was sent or received */
	bool by_request;     /* clearing was asked for: RELEASE confirm ends it */
	bool again;	     /* the timer expired once */
	bool enquired_again; /* T322 did */
	bool repeated;	     /* CONNECT, or its ACKNOWLEDGE, was sent again for a STATUS, 5.8.11 */
	uint8_t hold;	     /* auxiliary state, cc_hold.c */
	bool implicit;	     /* service 1: UUI was in SETUP, and no request */
	bool timer_set;	     /* by the task in hand */
	bool resumed;	     /* by RESUME of ours: which services it has nobody said */
	uint16_t channel;    /* 0: none */
	uint8_t cause, location; /* of clearing */
	enum isdn_source source;
	uint8_t timer_id;    /* enum isdn_timer_id + 1 that started clearing, or 0 */
	uint8_t error_cause; /* of a fault in the clearing message: goes into our answer
				(5.8.6, 5.8.7) */
	uint8_t n_error_diag, error_diag[ISDN_FAULTS_MAX]; /* the elements that it names */
	/*
	 * What few calls need is behind this, and is not looked at for others: the timers rest
	 * while the record is free, and what follows is set before it is used.
	 */
	struct ib_timer t309, t322;
	struct ib_timer t312;
	struct ib_timer t_aux;		    /* of the auxiliary state; T307 while suspended */
	struct isdn_call_identity identity; /* N15, N17, suspended */
	/* with several terminals. Offered to all: the TEIs that answered and are not gone, and of
	 * these who is in N9, N7 */
	uint64_t answered[2], proceeding[2], alerting[2];
	bool refused, t312_over; /* a terminal did; no terminal can answer for the first time */
	uint8_t kept_rank;	 /* of c->cause among the causes of terminals */
};
#define I3_CALL_FRONT offsetof(struct i3_call, t309)
#define I3_CALL_OFFER offsetof(struct i3_call, answered)

/* The global call reference, 5.5. */
struct i3_restart {
	bool outstanding; /* REST 1 */
	uint16_t channel; /* of the RESTART that is */
	uint8_t tries;
	bool all;			      /* waits: all interfaces */
	uint32_t wanted[ISDN_INTERFACES_MAX]; /* those that wait; bit 0: the interface */
	struct ib_timer t316;
};

/* SERVICE, one at a time. */
struct i3_service {
	bool outstanding;
	uint16_t channel; /* of that one */
	uint8_t tries;
	uint32_t wanted[ISDN_INTERFACES_MAX]; /* those that wait; bit 0: the interface */
	uint8_t status[ISDN_INTERFACES_MAX * ISDN_INTERFACE_CHANNELS]; /* what each is to be */
	struct ib_timer timer;
};

struct i3_variant;

/* Call identities of suspended calls that were cleared: RESUME is told so (5.6.4, cause 86). */
#define I3_CLEARED_MAX 4

struct i3_cc {
	const struct isdn_env *env;
	struct i3_config config;
	const struct i3_variant *variant;
	bool network; /* the table of the network; symmetrical operation has none, Annex D */
	uint8_t cr_len;
	struct ib_pool pool;
	struct ib_timers timers;
	struct ib_handles calls;
	struct i3_call *free_calls;
	size_t n_calls, n_silent;
	struct i3_callrefs ours, theirs;
	struct i3_channels channels;
	struct i3_node *free_nodes, *head, **tail;
	struct i3_msg_node *given; /* of the event that was taken last */
	unsigned n_free_nodes;
	struct i3_msg_node *free_msgs;
	unsigned n_free_msgs;
	struct i3_uus *free_uus;
	struct ib_queue out;
	struct ib_buf *taken;	      /* of out, the last that was */
	uint64_t up[2], establish[2]; /* by TEI; establish: DL-ESTABLISH request is to be given */
	struct i3_restart restart;
	struct i3_service service;
	struct isdn_reassembly segments;
	uint8_t segments_tei;
	bool segments_anew; /* the message in hand was a first one */
	struct ib_timer t314;
	struct isdn_call_identity cleared[I3_CLEARED_MAX];
	unsigned n_cleared;
	unsigned restart_row, hold_row; /* used last, for tests */
	bool line;			/* with several terminals */
	struct isdn_span_counters counters;
	uint8_t first[ST_COUNT][IN_COUNT]; /* where the rows of a state and input begin, plus one */
	unsigned row;			   /* the row used last, for tests of the tables */
	/* the input in hand */
	isdn_time now;
	const struct isdn_msg *msg;	   /* received message, or NULL */
	struct i3_msg_node *held;	   /* which it is in, until an event takes that */
	uint8_t tei;			   /* where it came from */
	isdn_call_id uus_call;		   /* in that call */
	uint8_t uus_changed;		   /* services, by it, */
	int8_t uus_answer[ISDN_UUS_COUNT]; /* and to what */
	bool uus_ours, uus_others;	   /* components of its Facility elements */
	struct ib_buf *prepared;	   /* a request's message, encoded */
	const struct isdn_msg *req_msg;	   /* that message */
	uint16_t claim;			   /* the channel that it names, 0: none */
	uint8_t req_cause;
	const struct isdn_uui *req_uui;
	bool uui_sent;
};

struct i3_row {
	uint32_t states; /* S(state) | ... */
	uint8_t input;
	bool (*decision)(const struct i3_call *c); /* NULL: always */
	void (*task)(struct i3_call *c);	   /* NULL: the input is ignored */
	uint8_t next;
	const char *clause;
};

struct i3_table {
	const struct i3_row *rows;
	unsigned n;
	char side; /* 'U' or 'N' */
};

/* table_user.c, table_network.c */
extern const struct i3_table i3_table_user, i3_table_network;

/* cc.c: the interpreter; false: no row covers the input. */
bool i3_run(struct i3_call *c, enum i3_input input);
/* i3_run, and the auxiliary states. */
bool i3_input(struct i3_call *c, enum i3_input input);
const struct i3_row *i3_find_row(const struct i3_call *c, enum i3_input input);
static inline const struct i3_table *i3_table_of(const struct i3_cc *cc)
{
	return cc->network ? &i3_table_network : &i3_table_user;
}

/* A call that is set up or active: neither cleared, nor suspended, nor state 31. */
static inline bool i3_live(const struct i3_call *c)
{
	return c->state != ST_NULL &&
	       (c->state <= U10 || c->state == U15 || c->state == U17 || c->state == U25);
}

/* Sets of TEIs. */
static inline bool i3_tei_in(const uint64_t set[2], unsigned tei)
{
	return set[tei >> 6 & 1] >> (tei & 63) & 1;
}
static inline void i3_tei_add(uint64_t set[2], unsigned tei)
{
	set[tei >> 6 & 1] |= UINT64_C(1) << (tei & 63);
}
static inline void i3_tei_remove(uint64_t set[2], unsigned tei)
{
	set[tei >> 6 & 1] &= ~(UINT64_C(1) << (tei & 63));
}

/* A call that was found may be far away, where there are many: what is needed of it comes at once.
 */
static inline void i3_fetch(const struct i3_call *c)
{
	IB_FETCH((const uint8_t *)c + 64);
	IB_FETCH((const uint8_t *)c + 128);
}

/* Every call, in no order: *at starts at 0; NULL at the end. It may end, and others begin,
 * meanwhile. */
static inline struct i3_call *i3_call_next(const struct i3_cc *cc, uint32_t *at)
{
	struct i3_call *c;

	do
		c = ib_handle_next(&cc->calls, at);
	while (c && c->state == ST_NULL); /* its last event was not taken yet */
	return c;
}

/* Call references of two terminals may be alike. Those above 255 are no terminal's: BRI has 1
 * octet. */
static inline uint16_t i3_their_key(const struct i3_cc *cc, unsigned tei, unsigned cr)
{
	return (uint16_t)(cc->config.terminals ? (tei & 127) << 8 | (cr & 255) : cr);
}

/* cc_hold.c: the auxiliary states of Q.932 6.2. */
bool i3_hold_run(struct i3_call *c, enum i3_input input);
bool i3_hold_has(const struct i3_call *c, enum i3_input input);
void i3_hold_clearing(struct i3_call *c); /* the main state changed */
enum isdn_hold i3_hold_told(const struct i3_call *c);
unsigned i3_hold_rows(void);

/* cc_suspend.c: RESUME of a call reference that nobody has. 0 or NOMEM. */
int i3_resume_rx(struct i3_cc *cc, const struct isdn_msg *m);

/* cc_facility.c */
int i3_register_rx(struct i3_cc *cc, const struct isdn_msg *m);
void i3_dummy_rx(struct i3_cc *cc, const struct isdn_msg *m);

/* cc_segment.c: m is a message, or a segment that makes one whole, then in *octets; false: no
 * message. */
bool i3_segment_rx(struct i3_cc *cc, const struct isdn_msg *m, const uint8_t **octets, size_t *len);
void i3_segments_discard(struct i3_cc *cc); /* T314 */
/* What there was before a segment that can not be taken for want of memory, and is to come again.
 */
struct i3_segments_mark {
	uint8_t expected, n;
	uint16_t len;
	bool waits;
	isdn_time due;
};
struct i3_segments_mark i3_segments_mark(const struct i3_cc *cc);
void i3_segments_back(struct i3_cc *cc, const struct i3_segments_mark *mark);

/* cc_service.c */
void i3_service_rx(struct i3_cc *cc, const struct isdn_msg *m);
void i3_service_timeout(struct i3_cc *cc);

/* cc_restart.c: a channel whose call did not end as it should. */
void i3_restart_lost(struct i3_cc *cc, unsigned channel);

/* Call state, 4.5.7: a suspended call has none. */
static inline uint8_t i3_state_told(const struct i3_call *c)
{
	return c->state == N_SUSPENDED ? ST_NULL : c->state;
}

/* cc_rx.c: the input that a message type is, -1 for a type without a row. */
int i3_input_of(unsigned type);

/* cc_call.c: life of a call. */
int i3_call_new(struct i3_cc *cc, struct i3_call **call);
/* ... that message m begins: with its call reference, from the link in hand. 0 or NOMEM. */
int i3_call_arrives(struct i3_cc *cc, const struct isdn_msg *m, struct i3_call **call);
void i3_call_undo(struct i3_call *c);	  /* before anything was told */
void i3_call_dissolve(struct i3_call *c); /* in state null: call reference, channel and timers go */
void i3_call_recycle(struct i3_call *c);  /* after its last event */
int i3_make_room(struct i3_cc *cc);	  /* see i3_reserve */

#define I3_BUFS_PER_INPUT  4 /* two messages, and their copies that are kept */
#define I3_NODES_PER_INPUT 3
#define I3_MSGS_PER_INPUT  4 /* of each node, and of the last event of a call */

/* Room for what one input can cause. 0 or NOMEM. */
static inline int i3_reserve(struct i3_cc *cc)
{
	bool there = cc->free_uus && cc->n_free_nodes >= I3_NODES_PER_INPUT &&
		     cc->n_free_msgs >= I3_MSGS_PER_INPUT && cc->pool.n_free >= I3_BUFS_PER_INPUT;

	return there ? 0 : i3_make_room(cc);
}

/* cc_send.c: messages out. */
/* In which codeset the variant carries User-user. */
uint8_t i3_uui_codeset(const struct i3_cc *cc);
void i3_msg_init(const struct i3_call *c, struct isdn_msg *m, uint8_t type);
/* 0, or what the codec answers; MSGTOOLONG: more than N201. */
int i3_encode_to(const struct i3_cc *cc, const struct isdn_msg *m, uint8_t octets[ISDN_MSG_MAX],
		 size_t *len);
int i3_encode(struct i3_cc *cc, const struct isdn_msg *m, struct ib_buf **b);
/* To the link tei. keep_for: the call that may have to repeat it, or NULL. */
void i3_send(struct i3_cc *cc, unsigned tei, const struct isdn_msg *m, struct i3_call *keep_for);
void i3_send_prepared(struct i3_call *c, bool keep);
void i3_send_kept(struct i3_call *c);
void i3_queue(struct i3_cc *cc, unsigned tei, struct ib_buf *b);
void i3_answer_cause(struct i3_cc *cc, const struct isdn_msg *to, uint8_t type, uint8_t cause,
		     const void *diag, size_t n);
void i3_answer_status(struct i3_cc *cc, const struct isdn_msg *to, uint8_t cause, const void *diag,
		      size_t n);
void i3_unsend(struct i3_call *c);
void i3_send_status(struct i3_call *c, uint8_t cause, const void *diag, size_t n);

/* cc_terminals.c: a call that was offered to all terminals. */
struct i3_call *i3_terminal_part(const struct i3_cc *cc, uint16_t cr, unsigned tei);
/* Call state at the terminal that the message in hand came from, while all compete. */
uint8_t i3_terminal_state(const struct i3_call *c);
bool i3_from_terminal(struct i3_call *c, const struct isdn_msg *m);
void i3_terminal_gone(struct i3_cc *cc, unsigned tei);

/* cc_restart.c: RESTART and its acknowledgement, 0 or the cause that refuses it; T316. */
uint8_t i3_restart_rx(struct i3_cc *cc, const struct isdn_msg *m, uint8_t *diag);
void i3_restart_timeout(struct i3_cc *cc);
unsigned i3_restart_rows(void);

/* cc_event.c: events up. */
void i3_event(struct i3_call *c, enum isdn_prim prim, enum isdn_source source, uint8_t cause,
	      uint8_t location);
void i3_event_link(struct i3_cc *cc, bool up);
void i3_event_interface(struct i3_cc *cc, struct i3_node *n, enum isdn_prim prim,
			enum isdn_source source, unsigned channel);
void i3_event_final(struct i3_call *c, enum isdn_source source, uint8_t cause, uint8_t location);
/* The last event is prim. */
void i3_event_last(struct i3_call *c, enum isdn_prim prim, enum isdn_source source, uint8_t cause,
		   uint8_t location);

/* NULL is allowed. */
static inline void i3_node_put(struct i3_cc *cc, struct i3_node *n)
{
	if (!n)
		return;
	n->msg = NULL;
	n->next = cc->free_nodes;
	cc->free_nodes = n;
	cc->n_free_nodes++;
}

static inline struct i3_node *i3_node_get(struct i3_cc *cc)
{
	struct i3_node *n = cc->free_nodes;

	if (!n)
		return ib_alloc(cc->env, sizeof(*n));
	cc->free_nodes = n->next;
	cc->n_free_nodes--;
	return n;
}

/* NULL is allowed. */
static inline void i3_msg_node_put(struct i3_cc *cc, struct i3_msg_node *n)
{
	if (!n)
		return;
	n->next = cc->free_msgs;
	cc->free_msgs = n;
	cc->n_free_msgs++;
}

/* There is one, see i3_reserve. */
static inline struct i3_msg_node *i3_msg_node_get(struct i3_cc *cc)
{
	struct i3_msg_node *n = cc->free_msgs;

	if (!n)
		return NULL;
	cc->free_msgs = n->next;
	cc->n_free_msgs--;
	return n;
}

/* cc_tasks.c: what tasks share. Start the timer that belongs to the state, any other ends; stop it;
 * the channel of a first response; an event with the message in hand; why clearing that nobody
 * asked for began; a message with a cause, kept when it is RELEASE. */
void i3_start(struct i3_call *c, enum i3_input which);
void i3_arm(struct i3_call *c, struct ib_timer *t, enum i3_input which);
/* The far end runs the timer, for our answer: it is to be refused in time, after three quarters. */
void i3_guard(struct i3_call *c, struct ib_timer *t, enum i3_input which);
struct i3_msg_node *i3_msg_node(struct i3_cc *cc);
void i3_stop(struct i3_call *c);
void i3_take_channel(struct i3_call *c);
bool i3_channel_settled(const struct i3_call *c);
void i3_set_channel(struct i3_call *c, unsigned channel); /* 0: none; the old one is free */
void i3_indicate(struct i3_call *c, enum isdn_prim prim);
/* A first clearing message, without answers of services. */
void i3_compose_first(const struct i3_call *c, uint8_t type, uint8_t cause,
		      const struct isdn_uui *uui, struct isdn_msg *m);
/* What IN_CLEAR_REQ would send now, to one or to all that it goes to; false: nothing. */
bool i3_compose_clearing(const struct i3_call *c, uint8_t cause, const struct isdn_uui *uui,
			 struct isdn_msg *m);
/* Cause and location of the message in hand; missing: what 5.8 puts in its place. */
uint8_t i3_received_cause(const struct i3_call *c, uint8_t missing, uint8_t *location);
void i3_clear_because(struct i3_call *c, enum isdn_source source, uint8_t cause);
/* DISCONNECT with that cause, or 102 when c->timer_id says which timer it was, and the event. */
void i3_disconnect(struct i3_call *c, enum isdn_source source, uint8_t cause);
void i3_send_plain(struct i3_call *c, uint8_t type);
void i3_send_cause(struct i3_call *c, uint8_t type, uint8_t cause, const char *diag);

/* cc_tasks.c, cc_overlap.c, cc_terminals.c: the tasks and decisions that the tables name. */
#define TASK(name) void i3_task_##name(struct i3_call *c)
#define WHEN(name) bool i3_when_##name(const struct i3_call *c)
TASK(send_req);
TASK(respond);
TASK(setup_req);
TASK(setup_again);
TASK(setup_failed_user);
TASK(setup_failed_network);
TASK(more_info_req);
TASK(more_info_ind);
TASK(info_req_overlap);
TASK(digits_ind);
TASK(digits_timeout);
TASK(digits_failed);
TASK(overlap_reset);
TASK(notify_ind);
TASK(overlap_refused);
TASK(channel_refused);
TASK(proceeding_ind);
TASK(alerting_ind);
TASK(progress_first);
TASK(progress_ind);
TASK(progress_late);
TASK(connect_ind);
TASK(connect_again);
TASK(info_ind);
TASK(user_info_ind);
TASK(user_info_req);
TASK(user_info_refused);
TASK(congestion_ind);
TASK(t2_uus3);
TASK(uus_facility);
TASK(uus_lost);
TASK(uus_request_late);
TASK(uus_answer_late);
TASK(progress_overlap);
TASK(connect_req_user);
TASK(connect_req_network);
TASK(connect_ack_ind);
TASK(reject);
TASK(abandon);
TASK(disconnect_req);
TASK(release_req);
TASK(clearing_already);
TASK(disconnect_ind);
TASK(disconnect_collision);
TASK(release_rx);
TASK(release_complete_rx);
TASK(release_done);
TASK(t305);
TASK(t308_first);
TASK(t308_second);
TASK(timer_disconnect);
TASK(status_enquiry_rx);
TASK(status_null);
TASK(status_incompatible);
TASK(status_ind);
TASK(enquire);
TASK(enquire_again);
TASK(enquiry_failed);
TASK(link_lost);
TASK(link_lost_active);
TASK(restarted);
TASK(link_back);
TASK(t309);
TASK(connect_waits);
TASK(disconnect_with);
TASK(t306);
TASK(status_doubt);
TASK(status_connect_again);
TASK(status_ack_again);
TASK(suspend_req);
TASK(suspend_conf);
TASK(suspend_refused);
TASK(suspend_ind);
TASK(suspend_resp);
TASK(identity_refused);
TASK(suspend_held);
TASK(suspended_clear);
TASK(suspended_restarted);
TASK(t307);
TASK(t319);
TASK(resume_req);
TASK(resume_conf);
TASK(t318);
TASK(resume_unsent);
TASK(resume_ind);
TASK(resume_resp);
TASK(resume_reject_req);
TASK(resume_too_late);
TASK(resume_lost);
TASK(suspend_late);
TASK(resume_late);
TASK(channel_disconnect);
TASK(facility_ind);
TASK(withdraw);
TASK(withdraw_t303);
TASK(withdraw_timer);
TASK(offer_failed);
TASK(offer_last);
WHEN(no_overlap);
WHEN(award_by_request);
WHEN(heard);
WHEN(tones);
WHEN(not_held);
WHEN(can_suspend);
WHEN(identity_used);
WHEN(status_doubtful);
WHEN(status_connect_lost);
WHEN(status_ack_lost);
WHEN(first_expiry);
WHEN(first_enquiry);
WHEN(channel_bad);
WHEN(never_sent);
WHEN(status_null);
WHEN(status_incompatible);
WHEN(t309_used);
WHEN(offered);
WHEN(offer_refused);
WHEN(nobody_left);
WHEN(uui_open);
WHEN(uus_facility);

#endif
