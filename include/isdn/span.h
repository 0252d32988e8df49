/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * isdn/span.h - one D-channel without input or output: Q.921 and Q.931 joined.
 *
 * For programs that have a transport and a loop of their own. Frames go in,
 * frames come out, the caller says what time it is, events are pulled:
 *
 *	isdn_span_rx(span, frame, len, now);          what arrived
 *	while (isdn_span_tx(span, buf, sizeof buf, &len, now) == 1) send it
 *	while (isdn_span_next_event(span, &ev) == 1) look at it
 *	sleep until isdn_span_next_timeout(span)
 *	isdn_span_handle_timeout(span, now);
 *
 * Programs that want clients, conferences and drivers use isdn/registry.h,
 * which does all this inside.
 */
#ifndef ISDN_SPAN_H
#define ISDN_SPAN_H

#include <isdn/link.h>
#include <isdn/uus.h>

#ifdef __cplusplus
extern "C" {
#endif

struct isdn_span;

enum isdn_side { ISDN_USER, ISDN_NETWORK };

enum isdn_interface {
	ISDN_E1, /* 30 B-channels, 1-15 and 17-31; call references of 2 octets */
	ISDN_T1, /* 23 B-channels, 1-23 */
	ISDN_BRI /* 2 B-channels; call references of 1 octet, k = 1 */
};

/*
 * A B-channel: its number, 1..31, and its interface, where one D-channel controls several (NFAS).
 * Number 0 is the interface itself. Of the first interface it is the number alone.
 */
#define ISDN_INTERFACES_MAX		20
#define ISDN_INTERFACE_CHANNELS		32
#define ISDN_CHANNEL(interface, number) ((interface)*ISDN_INTERFACE_CHANNELS + (number))
#define ISDN_ALL_INTERFACES		0xffffu /* isdn_span_restart: all of them */

/* When the data link is up. */
enum isdn_layer2 {
	ISDN_LAYER2_KEEP_UP, /* from the start on; whenever it goes down it is established again */
	ISDN_LAYER2_LEAVE_DOWN, /* from the start on; when the peer takes it down, at the next call
				 */
	ISDN_LAYER2_ON_DEMAND	/* for calls only: released when there was none for TM01 */
};

/*
 * Timers of Q.931 clause 9 and Q.932, in ms; 0 means that the timer is not used (T301, T304, T309,
 * T310, T312 and T313 may be left out so).
 */
enum isdn_timer_id {
	ISDN_T301,
	ISDN_T302, /* overlap receiving: for the next digits */
	ISDN_T303,
	ISDN_T304, /* overlap sending: for our next digits, or an answer */
	ISDN_T305,
	ISDN_T306, /* network: how long tones are played after DISCONNECT */
	ISDN_T307, /* network: how long a call stays suspended */
	ISDN_T308,
	ISDN_T309,
	ISDN_T310,
	ISDN_T312, /* network of a bus: late answers to a broadcast SETUP */
	ISDN_T313,
	ISDN_T314, /* for the segments of a message (Annex H) */
	ISDN_T316, /* RESTART, for its acknowledgement */
	ISDN_T318, /* RESUME */
	ISDN_T319, /* SUSPEND */
	ISDN_T321, /* D-channel backup: until the far end is heard on the other one */
	ISDN_T322, /* STATUS ENQUIRY */
	ISDN_T_HOLD,
	ISDN_T_RETRIEVE,
	ISDN_T_SERVICE, /* SERVICE, for its acknowledgement */
	ISDN_T1_UUS3,	/* network: request of service 3 to the other user, for its answer */
	ISDN_T2_UUS3,	/* flow control of service 3: for the next messages */
	ISDN_T3_UUS3,	/* user: request of service 3, for its answer */
	ISDN_T4_UUS3,	/* network: user's request of service 3, for the other side's answer */
	ISDN_TIMER_COUNT
};

/* "t303", as in span strings; NULL for none. */
ISDN_API const char *isdn_timer_name(enum isdn_timer_id timer);

/* What a message with UUI has besides it: n201 is at least uui_max and so many octets more. */
#define ISDN_UUI_ROOM 40

struct isdn_span_config {
	size_t size;  /* set by isdn_span_config_init, so that the struct can grow */
	unsigned tag; /* given to the trace hook; the caller's to choose */
	enum isdn_side side;
	enum isdn_interface interface;
	enum isdn_variant variant;
	/* BRI: several terminals at one bus, TEI management, calls to us by broadcast */
	bool ptmp;
	/*
	 * Point to point: of both ends, 0 (0..126). A terminal at a bus: a fixed one, 0..63, or
	 * ISDN_TEI_BROADCAST, the default, to ask the network for one.
	 */
	uint8_t tei;
	enum isdn_layer2 layer2; /* point to point: keep up; else leave down */
	/* Q.921 clause 5.9, times in ms */
	uint32_t t200; /* 1000; 1.. */
	uint32_t t201; /* TEI check, network, 1000; 1.. */
	uint32_t t202; /* TEI request, user, 2000; 1.. */
	uint32_t t203; /* 10000; 0: an idle link is not watched */
	uint32_t tm01; /* ISDN_LAYER2_ON_DEMAND: how long a link without calls stays, 10000; 1.. */
	unsigned n200; /* retransmissions, 3; 1..255 */
	unsigned n201; /* octets of an information field, 260; 1..260 */
	unsigned n202; /* TEI requests, 3; 1..255 */
	unsigned k;    /* window 1..127; 7 on E1 and T1, 1 on BRI */
	/* Q.931 clause 9 */
	uint32_t timer[ISDN_TIMER_COUNT];
	/* Octets of user information per User-user element: 128, 32, or 0 = the network carries
	 * none. */
	unsigned uui_max;
	struct isdn_uus_config uus;
	/*
	 * Network of a bus: of the causes with which terminals refuse a call, 21 call rejected
	 * counts more than 17 user busy; true: the other way round.
	 */
	bool busy_first;
	/*
	 * Network: CONNECT of the called user waits in N8 until isdn_span_setup_complete
	 * acknowledges it; false: it is acknowledged at once.
	 */
	bool connect_by_request;
	/*
	 * E1, T1: interfaces whose B-channels this D-channel controls (NFAS, 4.5.13), the one that
	 * has it first; 0: that one alone, and no identifiers are sent. The others have a B-channel
	 * more, 24 (16 of E1).
	 */
	unsigned n_interfaces;			   /* 0..ISDN_INTERFACES_MAX */
	uint8_t interface_id[ISDN_INTERFACES_MAX]; /* 0..127, all different */
	/* The second of them has a D-channel too, which stands by (Annex F): isdn_span_backup_*. */
	bool backup;
	/*
	 * After the second expiry of T308 the channel is restarted before it is used again (5.3.3,
	 * 5.5); not on a bus. E1 and T1: true.
	 */
	bool restart_lost;
	uint8_t location; /* enum isdn_location that we put in causes: user 0, private network 1,
			     public 2 */
	bool alaw;	  /* law of speech: A-law (true) on E1 and BRI */
};

/*
 * Fill *config with the values of the Recommendations for a side and an
 * interface (spec: Q.931 clause 9, Q.921 clause 5.9, ETSI).
 */
ISDN_API void isdn_span_config_init(struct isdn_span_config *config, enum isdn_side side,
				    enum isdn_interface interface);

/*
 * Change *config to a variant: what is usual there of the law of speech, the location in causes
 * and, where both ends are users of each other (QSIG), the timers. To be called before any of these
 * are changed by hand; an unknown variant is refused by isdn_span_new.
 */
ISDN_API void isdn_span_config_variant(struct isdn_span_config *config, enum isdn_variant variant);

/*
 * Change *config to a bus (BRI, point to multipoint): a TEI from the network, and the link left
 * down when the peer takes it down.
 */
ISDN_API void isdn_span_config_ptmp(struct isdn_span_config *config);

/*
 * A span, down, with no frame sent. env may be NULL; both are copied.
 * The caller frees *span with isdn_span_free.
 * INVAL   a field of config is out of range
 * NOMEM
 */
ISDN_API int isdn_span_new(struct isdn_span **span, const struct isdn_span_config *config,
			   const struct isdn_env *env);

/* Free the span and all its calls without sending anything. NULL is allowed. */
ISDN_API void isdn_span_free(struct isdn_span *span);

/*
 * The second D-channel, where config.backup is set (Annex F): as isdn_span_rx, isdn_span_tx and
 * isdn_span_physical for the first. Its link is kept up, and it carries nothing; when the one that
 * does fails, or the far end turns to it, it takes over: active calls are kept and asked about
 * (5.8.9), others end, and ISDN_SWITCHOVER says so. The other stands by from then on.
 * OPERATIONUNAVAIL  there is none
 */
ISDN_API int isdn_span_backup_rx(struct isdn_span *span, const uint8_t *frame, size_t len,
				 isdn_time now);
ISDN_API int isdn_span_backup_tx(struct isdn_span *span, uint8_t *frame, size_t cap, size_t *len,
				 isdn_time now);
ISDN_API void isdn_span_backup_physical(struct isdn_span *span, bool active, isdn_time now);
/* Which carries layer 3: 0 the first, 1 the second. */
ISDN_API unsigned isdn_span_d_channel(const struct isdn_span *span);

/*
 * Begin: bring layer 2 up as config.layer2 says (DL-ESTABLISH request), or, as the
 * network of a bus, take back the TEIs that terminals may have from before.
 */
ISDN_API int isdn_span_start(struct isdn_span *span, isdn_time now);

/*
 * True while the data link is in the multiple frame operation (Q.921 states 7.x,
 * 8.x); for the network of a bus, where each terminal has a link: while layer 1 is
 * there, since calls can then be offered.
 */
ISDN_API bool isdn_span_is_up(const struct isdn_span *span);

/*
 * Physical layer lost (alarm) or back: PH-DEACTIVATE, PH-ACTIVATE indication. A new
 * span has it. On BRI a frame that isdn_span_tx gives while it is lost is the
 * request to activate it (PH-ACTIVATE request); a transport that has no use for
 * that discards it.
 */
ISDN_API void isdn_span_physical(struct isdn_span *span, bool active, isdn_time now);

/*
 * One received frame, address to information, without flags and FCS.
 * 0	  taken (a frame in error is counted, logged, and answered as Q.921 says)
 * NOMEM  there is no memory for what it would have caused; nothing was changed. The far
 *	  end will repeat it.
 */
ISDN_API int isdn_span_rx(struct isdn_span *span, const uint8_t *frame, size_t len, isdn_time now);

/*
 * The next frame to send. 1: frame and *len are filled; 0: nothing to send now;
 * NOSPC: cap is below config.n201 + 4.
 */
ISDN_API int isdn_span_tx(struct isdn_span *span, uint8_t *frame, size_t cap, size_t *len,
			  isdn_time now);

/* When isdn_span_handle_timeout wants to be called: a time, or ISDN_NEVER. */
ISDN_API isdn_time isdn_span_next_timeout(const struct isdn_span *span);

/* Run every timer that is due at now. Calling it early does nothing. */
ISDN_API void isdn_span_handle_timeout(struct isdn_span *span, isdn_time now);

/*
 * A call of one span: a number with a generation, never reused for another
 * call. It is void once its last event (the ones marked * below) was pulled.
 */
typedef uint64_t isdn_call_id;

/* The primitives of Q.931 Annex A, network and user side alike. */
enum isdn_prim {
	ISDN_SETUP_IND,		 /* a call arrived; msg is its SETUP */
	ISDN_SETUP_CONF,	 /* our call was answered (CONNECT) */
	ISDN_SETUP_COMPLETE_IND, /* our answer was acknowledged (CONNECT ACKNOWLEDGE) */
	ISDN_MORE_INFO_IND,	 /* SETUP ACKNOWLEDGE: more digits are wanted, isdn_span_info */
	ISDN_PROCEEDING_IND,
	ISDN_ALERTING_IND,
	ISDN_PROGRESS_IND,
	ISDN_INFO_IND,		  /* INFORMATION */
	ISDN_INFO_TIMEOUT,	  /* T302: no more digits come; proceed, or clear */
	ISDN_NOTIFY_IND,	  /* NOTIFY */
	ISDN_USER_INFO_IND,	  /* USER INFORMATION */
	ISDN_STATUS_IND,	  /* STATUS that changed nothing */
	ISDN_FACILITY_IND,	  /* FACILITY; of no call when call is 0 */
	ISDN_REGISTER_IND,	  /* REGISTER: a connection without a call; msg is it */
	ISDN_HOLD_IND,		  /* HOLD: isdn_span_hold_ack, or _reject, in time */
	ISDN_HOLD_CONF,		  /* the call is held, and has no channel */
	ISDN_HOLD_REJECT_IND,	  /* it is not: refused with cause, or no answer (T_HOLD) */
	ISDN_RETRIEVE_IND,	  /* RETRIEVE, to channel: isdn_span_retrieve_ack, or _reject */
	ISDN_RETRIEVE_CONF,	  /* the call is no longer held, and has channel */
	ISDN_RETRIEVE_REJECT_IND, /* it is still held: refused, or no answer (T_RETRIEVE) */
	ISDN_SUSPEND_IND,	  /* SUSPEND, network: isdn_span_suspend_ack, or _reject */
	ISDN_SUSPEND_CONF,	  /* * the network keeps the call; isdn_span_resume gets it back */
	ISDN_SUSPEND_REJECT_IND,  /* it does not: the call goes on; or no answer (T319) */
	ISDN_RESUME_IND,	  /* RESUME of a suspended call: isdn_span_resume_ack, or _reject */
	ISDN_RESUME_CONF,	  /* the call that we resumed is active; channel is the network's */
	/*
	 * The call is being cleared. source ISDN_BY_REMOTE: the far end sent DISCONNECT, clear with
	 * isdn_span_clear. Else we sent it, because of a timer, an error or the link, and
	 * nothing needs to be done.
	 */
	ISDN_DISCONNECT_IND,
	ISDN_RELEASE_IND,  /* * the call is gone: RELEASE, or RELEASE COMPLETE, or STATUS with state
			      0, or a failure here */
	ISDN_RELEASE_CONF, /* * the clearing that we asked for is complete */
	ISDN_RESTART_IND,  /* the far end restarted channel, 0: the interface; no call */
	ISDN_RESTART_CONF, /* it acknowledged our restart of channel; no call */
	ISDN_RESTART_FAILED, /* it did not, twice T316; no call */
	ISDN_SERVICE_IND,    /* the far end set channel, 0: the interface, to msg->change_status */
	ISDN_SERVICE_CONF,   /* it acknowledged ours; no call */
	ISDN_SERVICE_FAILED, /* it did not, twice T_SERVICE; no call */
	ISDN_UUS_IND, /* services of a call changed, by FACILITY, a timer, or STATUS 97: uus */
	ISDN_UUI_DISCARDED_IND, /* UUI of ours did not go on: STATUS, msg has its cause; or, by
				   ISDN_BY_LINK, USER INFORMATION may have been lost with the link
				 */
	ISDN_UUI_STOP_IND,	/* CONGESTION CONTROL, receiver not ready: USER INFORMATION that was
				   sent before may have been discarded */
	ISDN_UUI_READY_IND,	/* isdn_span_user_info may be tried again */
	ISDN_SWITCHOVER, /* the D-channel of the interface channel carries layer 3 now; no call */
	ISDN_LINK_UP,	 /* DL-ESTABLISH; no call */
	ISDN_LINK_DOWN,	 /* DL-RELEASE; no call */
	ISDN_PRIM_COUNT
};

/* Who was the reason for an event. */
enum isdn_source {
	ISDN_BY_LOCAL,
	ISDN_BY_REMOTE,
	ISDN_BY_TIMER,
	ISDN_BY_LINK,
	ISDN_BY_ERROR,
	ISDN_BY_CASCADE
};

struct isdn_span_event {
	enum isdn_prim prim;
	isdn_call_id call; /* 0: of no call */
	void *user;	   /* what isdn_span_call_set_user gave for the call, NULL before */
	enum isdn_source source;
	uint8_t cause;	  /* of clearing, as received or as generated here; ISDN_CAUSE_NONE */
	uint8_t location; /* of that cause */
	uint8_t timer;	  /* of a call, by ISDN_BY_TIMER: enum isdn_timer_id + 1, else 0 */
	uint16_t channel; /* B-channel of the call, ISDN_CHANNEL(), 0: none yet */
	uint8_t uus;	  /* services whose state changed with this, ISDN_UUS_BIT() */
	/* what became of each of these: enum isdn_uus_answer; ISDN_UUS_LATER: it was asked for */
	int8_t uus_answer[ISDN_UUS_COUNT];
	/*
	 * What was received, never NULL; type 0: no message caused this. It is the span's, and
	 * stays until isdn_span_next_event is called again, or the span freed; isdn_msg_copy keeps
	 * it.
	 */
	const struct isdn_msg *msg;
};

/* 1: *ev is filled; 0: none. */
ISDN_API int isdn_span_next_event(struct isdn_span *span, struct isdn_span_event *ev);

/*
 * Requests. msg holds the elements to send; it was begun by isdn_msg_init(),
 * its header is filled in here, and what it would keep of an earlier decoding is
 * left out. NULL means: no elements beyond those that the procedure needs. Every one can
 * answer INVALCALLHANDLE (the call is unknown or gone), INVALCALLSTATE (the
 * SDL has no such input in the state), INVAL (msg can not be encoded), IE_MISSING (it lacks an
 * element), MSGTOOLONG (it is longer than config.n201), OPERATIONUNAVAIL (the variant has no such
 * message) and NOMEM, and in these cases nothing was changed or sent.
 */

/*
 * SETUP request: a new call. msg needs a bearer; channel_id may be absent (any
 * channel). The message waits while the link comes up.
 * RESOURCEUNAVAIL  no channel or no call reference is free
 */
ISDN_API int isdn_span_setup(struct isdn_span *span, const struct isdn_msg *msg, isdn_call_id *call,
			     isdn_time now);
/*
 * MORE INFO request, SETUP ACKNOWLEDGE: the number of an arriving call is not
 * complete (overlap, 5.1.3, 5.2.4). Digits come as ISDN_INFO_IND; proceed, alert or
 * connect when they suffice. When none came for T302, ISDN_INFO_TIMEOUT asks for a
 * decision, and after another T302 without one the call is cleared with cause 28.
 * OPERATIONUNAVAIL  the variant has no overlap
 */
ISDN_API int isdn_span_more_info(struct isdn_span *span, isdn_call_id call,
				 const struct isdn_msg *msg, isdn_time now);
/*
 * INFORMATION: more digits of our call's number after ISDN_MORE_INFO_IND (called, or
 * keypad; Sending complete with the last ones), or keypad and display in a call.
 */
ISDN_API int isdn_span_info(struct isdn_span *span, isdn_call_id call, const struct isdn_msg *msg,
			    isdn_time now);
/* NOTIFY (5.9); msg needs a notification indicator. */
ISDN_API int isdn_span_notify(struct isdn_span *span, isdn_call_id call, const struct isdn_msg *msg,
			      isdn_time now);
/* CALL PROCEEDING; from the called user or the originating network. */
ISDN_API int isdn_span_proceeding(struct isdn_span *span, isdn_call_id call,
				  const struct isdn_msg *msg, isdn_time now);
/* ALERTING. */
ISDN_API int isdn_span_alerting(struct isdn_span *span, isdn_call_id call,
				const struct isdn_msg *msg, isdn_time now);
/* PROGRESS; msg needs a progress indicator. */
ISDN_API int isdn_span_progress(struct isdn_span *span, isdn_call_id call,
				const struct isdn_msg *msg, isdn_time now);
/*
 * CONNECT: answer. A call that was offered without a channel (call waiting) needs one: that of msg,
 * or any that is free.
 * RESOURCEUNAVAIL  no channel, or not that one, is free: hold or clear another call first
 */
ISDN_API int isdn_span_connect(struct isdn_span *span, isdn_call_id call,
			       const struct isdn_msg *msg, isdn_time now);
/*
 * USER INFORMATION; msg needs a User-user element, More data says that the block goes on in the
 * next message. Service 2 while it rings (states 4 and 7), service 3 in state 10.
 * OPERATIONUNAVAIL  the service is not active; or the peer said that it can not, STATUS 97; or
 *		     config.uui_max is 0
 * AGAIN	     not now: the far end is not ready, the burst is used up, or the call is
 *		     suspended. ISDN_UUI_READY_IND says when
 * RESOURCEUNAVAIL   service 2: config.uus.service2_max messages were sent
 * USERUSERINFOTOOBIG  more than config.uui_max octets
 */
ISDN_API int isdn_span_user_info(struct isdn_span *span, isdn_call_id call,
				 const struct isdn_msg *msg, isdn_time now);

/*
 * User-to-user signalling (isdn/uus.h). In SETUP services are asked for by isdn_uus_request() on
 * its message. This asks for service 3 in state 10, preferred always; ISDN_UUS_IND tells the
 * answer, which T3-UUS3 (network T1-UUS3) waits for.
 * INVALCALLSTATE    not in state 10, or it is active or asked for already
 * INVAL	     no such service
 * OPERATIONUNAVAIL  any but service 3, or the variant has no components for it
 */
ISDN_API int isdn_span_uus_request(struct isdn_span *span, isdn_call_id call,
				   enum isdn_uus_service service, isdn_time now);
/*
 * How the far end's request is answered: enum isdn_uus_answer, ISDN_UUS_ACCEPT or an error. One in
 * SETUP is answered in ALERTING or CONNECT, whichever is next (as a terminal of a bus in CONNECT),
 * a later one in FACILITY, at once. Without this, services of config.uus.services are accepted,
 * others refused. A required service that is refused clears the call, ISDN_RELEASE_CONF follows.
 * ISDN_UUS_LATER keeps a request open, also one that is still to come, until it is answered,
 * CONNECT is sent (which is INVALCALLSTATE when the service is required), or three quarters of
 * T1-UUS3 (network T4-UUS3) are over.
 * INVALCALLSTATE    there is no such request
 * INVAL	     no such service, or answer
 */
ISDN_API int isdn_span_uus_answer(struct isdn_span *span, isdn_call_id call,
				  enum isdn_uus_service service, int answer, isdn_time now);
/* INVAL: no such service. */
ISDN_API int isdn_span_uus_query(const struct isdn_span *span, isdn_call_id call,
				 enum isdn_uus_service service, struct isdn_uus *out);

/*
 * We can, or can not, take more USER INFORMATION: CONGESTION CONTROL with receiver not ready, or
 * ready, when that changes. What arrives all the same is delivered for config.uus.grace messages,
 * and discarded then, each with CONGESTION CONTROL (but of service 2). In states 4, 7, 8 and 10.
 */
ISDN_API int isdn_span_uui_busy(struct isdn_span *span, isdn_call_id call, bool busy,
				isdn_time now);

/*
 * STATUS with cause 43 and User-user as its diagnostic: UUI that the far end sent went no further.
 * For a network that relays it (isdn/relay.h). Not while the call is cleared: INVALCALLSTATE.
 */
ISDN_API int isdn_span_uui_refuse(struct isdn_span *span, isdn_call_id call, isdn_time now);

/* STATUS ENQUIRY (5.8.10). */
ISDN_API int isdn_span_status_enquiry(struct isdn_span *span, isdn_call_id call, isdn_time now);

/*
 * End the call by the message that its state asks for (Q.931 5.3): RELEASE
 * COMPLETE for a SETUP that nothing answered, RELEASE when the far end sent
 * DISCONNECT, DISCONNECT else. Where clearing is under way already, success
 * without a message. cause 1..127, 0: 16 normal call clearing (21 call
 * rejected for an unanswered call). uui may be NULL; it goes out in the first
 * clearing message only, *uui_sent (may be NULL) says whether it did.
 * ISDN_RELEASE_CONF or _IND follows in every case.
 */
ISDN_API int isdn_span_clear(struct isdn_span *span, isdn_call_id call, uint8_t cause,
			     const struct isdn_uui *uui, bool *uui_sent, isdn_time now);

/*
 * The message that isdn_span_clear would send now (at a bus: to each terminal that has answered),
 * *len octets of it, without sending it; 0 where it would send none. Errors as isdn_span_clear,
 * and NOSPC; ISDN_MSG_MAX octets are enough.
 */
ISDN_API int isdn_span_clear_preview(const struct isdn_span *span, isdn_call_id call, uint8_t cause,
				     const struct isdn_uui *uui, uint8_t *octets, size_t cap,
				     size_t *len);

/*
 * DISCONNECT with elements of the application's: cause (else as isdn_span_clear), UUI, and, from
 * the network, Progress indicator 8 with tones or an announcement in the channel, which ends after
 * T306, by isdn_span_clear, or by the user's RELEASE (5.3.4.1, 5.4). INVALCALLSTATE as the user for
 * an arrived call that was not responded to, for a SETUP that waits for the link or that no
 * terminal of a bus has, and in state 31.
 */
ISDN_API int isdn_span_disconnect(struct isdn_span *span, isdn_call_id call,
				  const struct isdn_msg *msg, isdn_time now);

/*
 * CONNECT ACKNOWLEDGE: awards the call after ISDN_SETUP_CONF, where config.connect_by_request is
 * set (5.2.8).
 */
ISDN_API int isdn_span_setup_complete(struct isdn_span *span, isdn_call_id call,
				      const struct isdn_msg *msg, isdn_time now);

/*
 * Hold and retrieve (Q.932 6.2, EN 300 141). HOLD of our call in states 3, 4, 7, 8, 9 and 10 (on a
 * bus 3, 4 and 10); ISDN_HOLD_CONF, or ISDN_HOLD_REJECT_IND, follows. While it is held a call has
 * no B-channel. RETRIEVE proposes that of msg, or any that is free, or none if there is none free.
 * The far end's ISDN_HOLD_IND and ISDN_RETRIEVE_IND are answered by _ack, or by _reject with
 * a cause (0: 29 facility rejected) within three quarters of T_HOLD, T_RETRIEVE; they are refused
 * with 102 then, before the far end gives up. Too late: INVALCALLSTATE.
 * OPERATIONUNAVAIL  the variant has no such messages
 * INVAL	     the channel that msg asks for does not exist
 * RESOURCEUNAVAIL   it is not free
 */
ISDN_API int isdn_span_hold(struct isdn_span *span, isdn_call_id call, const struct isdn_msg *msg,
			    isdn_time now);
ISDN_API int isdn_span_hold_ack(struct isdn_span *span, isdn_call_id call,
				const struct isdn_msg *msg, isdn_time now);
ISDN_API int isdn_span_hold_reject(struct isdn_span *span, isdn_call_id call, uint8_t cause,
				   isdn_time now);
ISDN_API int isdn_span_retrieve(struct isdn_span *span, isdn_call_id call,
				const struct isdn_msg *msg, isdn_time now);
ISDN_API int isdn_span_retrieve_ack(struct isdn_span *span, isdn_call_id call,
				    const struct isdn_msg *msg, isdn_time now);
ISDN_API int isdn_span_retrieve_reject(struct isdn_span *span, isdn_call_id call, uint8_t cause,
				       isdn_time now);

/*
 * Suspension (5.6), as the user: an active call that is not held is given to the network to keep,
 * under the call identity of msg (0 to 8 octets, none if it is absent). ISDN_SUSPEND_CONF is
 * its last event, or ISDN_SUSPEND_REJECT_IND says that it goes on. isdn_span_resume makes a
 * new call of it: ISDN_RESUME_CONF, or ISDN_RELEASE_IND with the network's cause; msg is not NULL.
 * As the network: ISDN_SUSPEND_IND is answered, within three quarters of T319, by _ack, after which
 * the call has no call reference but keeps its channel for T307, or until isdn_span_clear;
 * ISDN_RESUME_IND by _ack, or _reject (0: cause 29), after which it is suspended as before. An
 * identity that is in use, or not known, is refused without an event (83 to 86).
 * INVALCALLSTATE    besides: not of this side; isdn_span_suspend while the link is down
 * OPERATIONUNAVAIL  the variant has no such messages, or isdn_span_resume as the network
 */
ISDN_API int isdn_span_suspend(struct isdn_span *span, isdn_call_id call,
			       const struct isdn_msg *msg, isdn_time now);
ISDN_API int isdn_span_suspend_ack(struct isdn_span *span, isdn_call_id call,
				   const struct isdn_msg *msg, isdn_time now);
ISDN_API int isdn_span_suspend_reject(struct isdn_span *span, isdn_call_id call, uint8_t cause,
				      isdn_time now);
ISDN_API int isdn_span_resume(struct isdn_span *span, const struct isdn_msg *msg,
			      isdn_call_id *call, isdn_time now);
ISDN_API int isdn_span_resume_ack(struct isdn_span *span, isdn_call_id call,
				  const struct isdn_msg *msg, isdn_time now);
ISDN_API int isdn_span_resume_reject(struct isdn_span *span, isdn_call_id call, uint8_t cause,
				     isdn_time now);

/*
 * FACILITY (Q.932 6.3.1) in a call, or, with call 0, by the dummy call reference in no call (from
 * the network of a bus to all terminals). msg needs a Facility element. Not in state 6, nor while
 * the call is cleared, suspended or resumed.
 */
ISDN_API int isdn_span_facility(struct isdn_span *span, isdn_call_id call,
				const struct isdn_msg *msg, isdn_time now);
/*
 * REGISTER (Q.932 6.3.2): a connection for FACILITY without a call, state 31, until
 * isdn_span_clear, or the far end, ends it. Not as the network of a bus: OPERATIONUNAVAIL.
 */
ISDN_API int isdn_span_register(struct isdn_span *span, const struct isdn_msg *msg,
				isdn_call_id *call, isdn_time now);

/*
 * SERVICE of NI-2, DMS-100, 4ESS, 5ESS and q931: a channel, or all of an interface (number 0 of
 * ISDN_CHANNEL(), so 0 for the first), is taken out of service, or put back. It is used while both
 * ends have it in service; a call on it goes on. ISDN_SERVICE_CONF, or ISDN_SERVICE_FAILED,
 * follows; the status is as asked in both cases. What is asked for an interface takes the place
 * of what waits for its channels. Of the far end's SERVICE for several channels all are set, and
 * ISDN_SERVICE_IND has the first of them; its msg names all.
 * INVAL	       there is no such channel, or status
 * OPERATIONUNAVAIL  the variant has no such messages, or the interface is BRI
 */
enum isdn_service { ISDN_IN_SERVICE, ISDN_MAINTENANCE, ISDN_OUT_OF_SERVICE };
ISDN_API int isdn_span_service(struct isdn_span *span, unsigned channel, enum isdn_service status,
			       isdn_time now);

/*
 * Restart (5.5) of a channel, of an interface (number 0 of ISDN_CHANNEL(), so 0 for the first), or
 * of all of them (ISDN_ALL_INTERFACES): calls there end at once with ISDN_RELEASE_IND, cause 41,
 * and it is not used until the far end acknowledged (ISDN_RESTART_CONF) or did not for twice T316
 * (ISDN_RESTART_FAILED). One restart is under way at a time, the others wait.
 * INVAL	       there is no such channel
 * OPERATIONUNAVAIL  the network of a bus
 */
ISDN_API int isdn_span_restart(struct isdn_span *span, unsigned channel, isdn_time now);

/* Whether a call is held, Q.932 6.2. */
enum isdn_hold { ISDN_NOT_HELD, ISDN_HELD_HERE /* by us */, ISDN_HELD_THERE /* by the far end */ };

/* What is known of a call. */
struct isdn_span_call {
	uint8_t state;	  /* the number in U10 or N10 */
	uint16_t channel; /* ISDN_CHANNEL(), 0: none */
	uint16_t cr;
	bool originated; /* we sent the SETUP */
	bool suspended;	 /* N0 with a call identity, until T307 */
	enum isdn_hold hold;
};
ISDN_API int isdn_span_call_query(const struct isdn_span *span, isdn_call_id call,
				  struct isdn_span_call *out);

/*
 * Give the call a pointer of the caller's; each event of the call that is
 * pulled from now on carries it, those already waiting included. INVALCALLHANDLE.
 */
ISDN_API int isdn_span_call_set_user(struct isdn_span *span, isdn_call_id call, void *user);

/* Calls that the span holds. */
ISDN_API size_t isdn_span_calls(const struct isdn_span *span);

/* Counters since the span was made. */
struct isdn_span_counters {
	uint64_t frames_in, frames_out; /* all frames */
	uint64_t frames_invalid;	/* Q.921 2.9 */
	uint64_t retransmissions;	/* I frames sent again, or due to be */
	uint64_t rej_in, rej_out;	/* REJ frames */
	uint64_t t200_expiries;
	uint64_t mdl_errors;		       /* all letters */
	char mdl_last;			       /* letter of the last MDL-ERROR, 0: none */
	isdn_time mdl_last_at;		       /* when that was */
	uint64_t frames_foreign;	       /* for a SAPI or a TEI that is not ours */
	uint64_t fcs_errors, aborts, overruns; /* isdn_span_line_error */
	uint64_t tei_assigned, tei_denied, tei_removed, tei_checks; /* TEI management */
	struct isdn_link_counters links;    /* sums over all links, those that are gone included */
	uint64_t messages_in, messages_out; /* layer 3 */
	uint64_t messages_faulty;	    /* with at least one fault */
};
ISDN_API void isdn_span_counters(const struct isdn_span *span, struct isdn_span_counters *out);

/*
 * The data links of the span, by SAPI and TEI: one, or that of each terminal. At most cap are
 * written to out (which may be NULL when cap is 0); the answer is how many there are.
 */
ISDN_API size_t isdn_span_links(const struct isdn_span *span, struct isdn_link *out, size_t cap);

/* What the receiver saw and the span can not: each is counted. */
enum isdn_line_error { ISDN_LINE_FCS, ISDN_LINE_ABORT, ISDN_LINE_OVERRUN };
ISDN_API void isdn_span_line_error(struct isdn_span *span, enum isdn_line_error what);

/*
 * Own receiver busy (Q.921 5.6.5): while it is set, the peer is told not to send, and what it
 * sends all the same is discarded, to be repeated later. Clearing messages wait as well, so
 * this is for a program that is behind with its events, and only while it is.
 */
ISDN_API void isdn_span_receiver_busy(struct isdn_span *span, bool busy, isdn_time now);

/*
 * The network of a bus: look who has a TEI (Q.921 5.3.3), or take it from the terminal
 * (5.3.4), whose calls end. tei is 0..126, or ISDN_TEI_BROADCAST for all.
 * INVAL	     this span has no TEI management of the network, or tei is out of range
 * INVALCALLSTATE  no terminal has it
 * NOMEM
 */
ISDN_API int isdn_span_tei_check(struct isdn_span *span, unsigned tei, isdn_time now);
ISDN_API int isdn_span_tei_remove(struct isdn_span *span, unsigned tei, isdn_time now);

#ifdef __cplusplus
}
#endif
#endif
