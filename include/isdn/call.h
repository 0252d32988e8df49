/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * isdn/call.h - calls of a registry: requests, the drop, queries. isdn_call(3);
 * what a drop is, isdn-drop(7).
 */
#ifndef ISDN_CALL_H
#define ISDN_CALL_H

#include <isdn/client.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * Calls. Each function below can answer UNINITIALIZED (client is NULL),
 * INVALCALLHANDLE (unknown, another client's, or deallocated, R-80), and those
 * that change something NOTOWNER and NOMEM. The checks are made in this order.
 */

struct isdn_call_params {
	size_t size; /* set by isdn_call_params_init */
	unsigned span;
	/* A station's call on a shared line (isdn/bridge.h), whose span it is; 0: none. */
	isdn_bridge bridge;
	/*
	 * Digits 0-9 * # and A-D, at most ISDN_DIGITS_MAX. More of them can follow by
	 * isdn_call_dial when overlap is set; "" is DIALTONE, and needs overlap.
	 */
	const char *called;
	bool overlap;
	const char *calling;		  /* NULL: none */
	uint8_t called_type, called_plan; /* as in struct isdn_number; default 0 and 1 */
	uint8_t calling_type, calling_plan;
	enum isdn_capability capability; /* default ISDN_SPEECH */
	unsigned channel;		 /* B-channel to ask for, ISDN_CHANNEL(), 0: any */
	const void *uui;		 /* first octet is the protocol discriminator */
	size_t uui_size;		 /* octets, the discriminator counted; 0: none */
	/* Services of UUI to ask for, ISDN_UUS_BIT(); without the required ones the call is
	 * cleared. */
	uint8_t uus_preferred, uus_required;
};
ISDN_API void isdn_call_params_init(struct isdn_call_params *params);

/*
 * Place a call. *call receives an owner's handle, good at once. The reply
 * comes with the first answer of the far end: 0, or OPERATIONFAILED when the
 * call ended before.
 * INVAL (number, capability or channel), INVALPOINTER, RESOURCEUNAVAIL (no
 * channel or call reference free, or no such span), USERUSERINFOTOOBIG,
 * OPERATIONUNAVAIL (the span provides no service that is required, or not to a bus; or
 * overlap), INUSE (the shared line is), INVALCALLHANDLE (the client is no station of the bridge)
 */
ISDN_API isdn_request isdn_call_make(struct isdn_client *client,
				     const struct isdn_call_params *params, isdn_handle *call);

/*
 * Accept an OFFERING call: ALERTING is sent, with UUI (NULL or 0: none).
 * INVALCALLSTATE, USERUSERINFOTOOBIG, OPERATIONUNAVAIL (a span with uui-strict, and service 1 is
 * not active)
 */
ISDN_API isdn_request isdn_call_accept(struct isdn_client *client, isdn_handle call,
				       const void *uui, size_t uui_size);

/*
 * Answer an OFFERING or ACCEPTED call: CONNECT is sent. The reply comes with CONNECTED.
 * At a station where the call is CONNECTED, INACTIVE: join it again; UUI is not sent.
 * A call that another station holds is retrieved. Errors as accept, and
 * INUSE (another station has it: exclusive or new-call sharing)
 */
ISDN_API isdn_request isdn_call_answer(struct isdn_client *client, isdn_handle call,
				       const void *uui, size_t uui_size);

/*
 * Send digits: of the called number in DIALTONE and DIALING (INFORMATION, overlap sending), keypad
 * facility in a call that is CONNECTED or CONFERENCED. The reply comes at once.
 * INVAL (digits), INVALCALLSTATE (also INACTIVE, R-61), OPERATIONUNAVAIL
 */
ISDN_API isdn_request isdn_call_dial(struct isdn_client *client, isdn_handle call,
				     const char *digits);

/*
 * Send user-user information in the call: USER INFORMATION, in as many chained
 * messages as it takes. OFFERING (not of a span), ACCEPTED, RINGBACK, CONNECTED, CONFERENCED. The
 * far end is asked for service 3 when that is not active; before CONNECTED service 2 must have been
 * asked for when the call was made, or service 3: then it waits for CONNECTED. The reply comes when
 * the last message has left, in the pace that flow control allows: 0, OPERATIONUNAVAIL (the far end
 * does not want it), RESOURCEUNAVAIL (service 2 has no more messages), OPERATIONFAILED (the call
 * was cleared before); a block may be sent in part then.
 * INVALCALLSTATE, INVALPOINTER, USERUSERINFOTOOBIG, OPERATIONUNAVAIL, RESOURCEUNAVAIL
 * AGAIN  max_uui_blocks messages wait already: wait for a reply
 */
ISDN_API isdn_request isdn_call_send_uui(struct isdn_client *client, isdn_handle call,
					 const void *uui, size_t uui_size);

/* Why a drop: where no cause is given, it says which. */
enum isdn_drop_reason {
	ISDN_DROP_NORMAL,   /* 16; of an offered call 21 */
	ISDN_DROP_NOANSWER, /* gave up waiting: 19 when it was alerting, else 18 */
	ISDN_DROP_REJECTED  /* 21 */
};

struct isdn_drop {
	uint8_t cause;	 /* Q.850 1..127; 0: that of reason */
	const void *uui; /* first octet is the protocol discriminator; copied */
	size_t uui_size; /* octets, the discriminator counted; 0: none */
	enum isdn_drop_reason reason;
};

/*
 * Drop a call or a conference. how may be NULL: no cause of one's own, no UUI.
 *
 * A call that is OFFERING or ACCEPTED is rejected; one that the far end
 * cleared (DISCONNECTED) is released; any other is cleared. The UUI goes into
 * the first clearing message, if there is one to come and the provider carries
 * UUI; otherwise the call clears without it and the reply says uui_sent =
 * false (D1). A conference follows its policy: drop_all and end_when_owner_leaves clear
 * every party, each with the cause and the UUI; leave_rest ends the conference here and
 * the parties go on. At a station of a shared line where others take part the call goes on
 * there and is INACTIVE here. A linked call goes with it.
 *
 * The reply comes when clearing is complete, then IDLE to every holder.
 * Dropping a call whose drop is under way answers the id of that drop and does
 * nothing more: no second reply will come.
 *
 * INVALCALLSTATE	 IDLE already
 * INVAL		 cause above 127, no such reason
 * USERUSERINFOTOOBIG	 uui_size is above the provider's uui_drop (and that is not 0)
 * OPERATIONUNAVAIL	 the provider can not refuse an offered call; or INACTIVE here
 */
ISDN_API isdn_request isdn_call_drop(struct isdn_client *client, isdn_handle call,
				     const struct isdn_drop *how);

/*
 * End my connection and nothing else, whatever the policy says: as a drop, but a conference
 * is left and its parties go on, unless its policy is end_when_owner_leaves. Errors as drop.
 */
ISDN_API isdn_request isdn_call_leave(struct isdn_client *client, isdn_handle call,
				      const struct isdn_drop *how);

/*
 * End the whole call, at every station and with every party: of a shared line also where
 * it is INACTIVE here; of a conference every party, named by the conference or by any
 * party. Who owns the conference clears all of it; who does not, the parties that it owns;
 * each of the others is
 * told by NOT_CLEARED with NOTOWNER. Errors as drop.
 */
ISDN_API isdn_request isdn_call_clear(struct isdn_client *client, isdn_handle call,
				      const struct isdn_drop *how);

enum isdn_verb { ISDN_DROP, ISDN_LEAVE, ISDN_CLEAR };

/* What would become of one call. */
struct isdn_effect {
	isdn_handle call;	    /* this client's handle, 0: it holds none */
	uint64_t id;		    /* isdn_call_info.id */
	enum isdn_call_state state; /* that it would have */
	uint32_t mode;
	int result; /* 0, or why it can not be cleared; state is then what it would be all the same
		     */
	uint8_t cause; /* that would be sent, 0: none */
	bool uui_sent; /* the UUI would go with it */
};

/*
 * What the request would change, without changing anything: each call whose state or mode would
 * be another in the end, in the order of their events. *n receives how many there are, also
 * when that is more than cap. A client with may_own is told what it could do as owner of this
 * call. Errors as those of the verb, INVALPOINTER, NOSPC.
 */
ISDN_API int isdn_call_dry_run(const struct isdn_client *client, isdn_handle call,
			       enum isdn_verb verb, const struct isdn_drop *how,
			       struct isdn_effect *effects, size_t cap, size_t *n);

/*
 * The message that would go to the far end if the call's leg were cleared now, with that cause and
 * UUI: DISCONNECT, RELEASE or RELEASE COMPLETE, from protocol discriminator on. *len 0: none, or
 * a drop is under way. For monitors too. Errors as drop, INVALPOINTER, NOSPC (ISDN_MSG_MAX is
 * enough), OPERATIONUNAVAIL (the provider has no messages, or call is a conference).
 */
ISDN_API int isdn_call_preview(const struct isdn_client *client, isdn_handle call,
			       const struct isdn_drop *how, uint8_t *octets, size_t cap,
			       size_t *len);

/*
 * Hold a call that is CONNECTED and ACTIVE: ONHOLD, with the reply, when the far end agreed.
 * At a station of a shared line where others take part: INACTIVE here, and nothing is sent
 * (R-68).
 * INVALCALLSTATE, OPERATIONUNAVAIL (the provider can not hold). The reply may be
 * OPERATIONFAILED: it was refused.
 */
ISDN_API isdn_request isdn_call_hold(struct isdn_client *client, isdn_handle call);

/*
 * Retrieve: ONHOLD becomes CONNECTED. Of a call that waits for a transfer, the transfer is
 * taken back. Of the call that a conference is being set up from, or of a conference that
 * waits for another party: that is cancelled, and the consultation call cleared (R-49, D12).
 * INVALCALLSTATE; the reply may be OPERATIONFAILED: no channel.
 */
ISDN_API isdn_request isdn_call_unhold(struct isdn_client *client, isdn_handle call);

/*
 * Begin a transfer: a call that is CONNECTED and ACTIVE becomes ONHOLDPENDTRANSFER (held,
 * where the provider can), and a consultation call is made; *consult receives its handle. Each of
 * the two can be dropped. consult NULL: any other call of the client's will do.
 * The reply comes when the call is held. Errors as isdn_call_make, and INVALCALLSTATE,
 * INVALCALLHANDLE (a party, linked, or on a shared line).
 */
ISDN_API isdn_request isdn_call_setup_transfer(struct isdn_client *client, isdn_handle call,
					       const struct isdn_call_params *params,
					       isdn_handle *consult);

/*
 * Complete it: call is ONHOLDPENDTRANSFER or ONHOLD, consult CONNECTED, RINGBACK, PROCEEDING or
 * BUSY. Both become IDLE, their far ends go on with each other: through the provider
 * where it can, otherwise through the registry, which keeps the two legs as linked calls that
 * nobody owns, seen by monitors. With conference, not NULL: both become CONFERENCED
 * instead, with a new conference of that configuration (config NULL: its defaults), CONNECTED.
 * INVALCALLSTATE, INVALCALLHANDLE (not two different calls with legs), NOMEM
 */
struct isdn_conference_config;
ISDN_API isdn_request isdn_call_complete_transfer(struct isdn_client *client, isdn_handle call,
						  isdn_handle consult,
						  const struct isdn_conference_config *config,
						  isdn_handle *conference);

/*
 * Make two calls the two ends of one: they have the same isdn_call_info.hub from now on, and
 * when either ends, by whom and however, the other is cleared with its cause and its UUI, on
 * whatever span or provider that is; one that the far end cleared is released. Both ends of it
 * through one's own switch, or an ISDN call and one's own SIP leg.
 * INVALCALLHANDLE (the same call, a conference, a party, on a shared line, or linked already),
 * INVALCALLSTATE (IDLE, DISCONNECTED, or being dropped)
 */
ISDN_API int isdn_call_link(struct isdn_client *client, isdn_handle a, isdn_handle b);

/* Each for itself again. Owner of it. INVALCALLSTATE: it is not linked. */
ISDN_API int isdn_call_unlink(struct isdn_client *client, isdn_handle call);

/*
 * Give the handle back; it is void from here on. Answers 0. The call itself
 * is not touched. INVALCALLSTATE: this is the only owner of a call that is not
 * IDLE, and the client is not relaxed: drop it first.
 */
ISDN_API int isdn_call_deallocate(struct isdn_client *client, isdn_handle call);

/*
 * Become owner of the call, or monitor. The other holders are told. INVAL; NOTOWNER:
 * the client was opened as a monitor; INVALCALLSTATE: it is the only owner of a call that is
 * not IDLE, unless it may_own and keep_calls, which leaves the call to nobody.
 */
ISDN_API int isdn_call_set_privilege(struct isdn_client *client, isdn_handle call,
				     enum isdn_privilege privilege);

/*
 * Make the client of that name an owner too: it gets a handle with NEW_CALL and CALL_STATE, or
 * CALL_INFO with PRIVILEGE when it was monitor. The giver stays an owner until it gives its handle
 * back. INVALPOINTER; INVAL: no client has that name; OPERATIONUNAVAIL: it is a monitor by its
 * configuration, or owner already.
 */
ISDN_API int isdn_call_handoff(struct isdn_client *client, isdn_handle call, const char *to);

/* Bits of isdn_call_status.features: what this client may ask for now. */
enum isdn_feature {
	ISDN_FEATURE_DROP = 0x1,
	ISDN_FEATURE_ACCEPT = 0x2,
	ISDN_FEATURE_ANSWER = 0x4,
	ISDN_FEATURE_SENDUSERUSER = 0x8,
	ISDN_FEATURE_ADDTOCONFERENCE = 0x10,
	ISDN_FEATURE_HOLD = 0x20,
	ISDN_FEATURE_UNHOLD = 0x40,
	ISDN_FEATURE_SETUPTRANSFER = 0x80,
	ISDN_FEATURE_COMPLETETRANSFER = 0x100,
	ISDN_FEATURE_SETUPCONFERENCE = 0x200,
	ISDN_FEATURE_PREPAREADD = 0x400,
	ISDN_FEATURE_REMOVE = 0x800,
	ISDN_FEATURE_DIAL = 0x1000,
	ISDN_FEATURE_LEAVE = 0x2000,
	ISDN_FEATURE_CLEAR = 0x4000,
	ISDN_FEATURE_LINK = 0x8000
};

struct isdn_call_status {
	enum isdn_call_state state;
	uint32_t mode;
	isdn_time since; /* when the state was entered */
	enum isdn_privilege privilege;
	uint32_t features;
	bool dropping; /* a drop is under way */
};
/* Good in every state, for owner and monitor. INVALPOINTER. */
ISDN_API int isdn_call_status(const struct isdn_client *client, isdn_handle call,
			      struct isdn_call_status *status);

enum isdn_origin { ISDN_ORIGIN_OUTBOUND, ISDN_ORIGIN_INBOUND, ISDN_ORIGIN_CONFERENCE };

struct isdn_call_info {
	uint64_t id;  /* of the call, the same for every client; never used again */
	uint64_t hub; /* of what it belongs to: the conference's, the linked or shared call's id;
			 else its own */
	enum isdn_origin origin;
	unsigned span;	  /* 0 for a conference */
	unsigned channel; /* B-channel, ISDN_CHANNEL(), 0: none (yet, or no more) */
	char called[ISDN_DIGITS_MAX + 1], calling[ISDN_DIGITS_MAX + 1];
	uint8_t capability;	   /* enum isdn_capability */
	uint8_t cause, location;   /* of clearing, 0: not cleared yet or none given */
	enum isdn_source source;   /* of clearing */
	uint64_t cascade_of;	   /* source ISDN_BY_CASCADE: id of that call */
	bool conference;	   /* it is a conference, or a party of one */
	uint32_t parties;	   /* of a conference: parties now */
	uint32_t owners, monitors; /* handles to it */
	isdn_bridge bridge;	   /* shared line, 0: none */
	/* this client's handles to related calls, 0: there is none, or it holds none */
	isdn_handle conference_call, linked, consult, consult_of;
	uint8_t uus; /* services of UUI that are active, ISDN_UUS_BIT() */
	/* Of a span's call that is not IDLE: call reference, whose, and the number in U10, N10 */
	bool has_callref, originated; /* originated: this side allocated it */
	uint16_t callref;
	uint8_t q931_state;
};
/* Good in every state. INVALPOINTER. */
ISDN_API int isdn_call_info(const struct isdn_client *client, isdn_handle call,
			    struct isdn_call_info *info);

struct isdn_holder {
	const char *client; /* its name; valid until that client is closed */
	enum isdn_privilege privilege;
};
/*
 * Who holds the call, in the order in which they got it: how many, or UNINITIALIZED,
 * INVALCALLHANDLE; at most cap are written to out.
 */
ISDN_API int isdn_call_holders(const struct isdn_client *client, isdn_handle call,
			       struct isdn_holder *out, size_t cap);

/* Which user-user information is meant. */
enum isdn_uui_which {
	ISDN_UUI_SETUP,	  /* of the SETUP that offered the call */
	ISDN_UUI_MIDCALL, /* the block that became readable first (ALERTING, CONNECT, PROGRESS, USER
			     INFORMATION) */
	ISDN_UUI_CLEARING, /* of the first clearing message that had any; not when both ends
			      cleared at once */
	ISDN_UUI_ALERTING, /* of the first ALERTING, PROGRESS, CONNECT that had any; it is a MIDCALL
			      block too, but stays when that is released */
	ISDN_UUI_PROGRESS,
	ISDN_UUI_CONNECT
};

/*
 * Copy received UUI, discriminator first, into buffer; *len receives its octets,
 * 0 when there is none. Good in every state, also after IDLE.
 * NOSPC: cap is too small; *len says how much is needed.
 */
ISDN_API int isdn_call_uui(const struct isdn_client *client, isdn_handle call,
			   enum isdn_uui_which which, void *buffer, size_t cap, size_t *len);

/*
 * Done with the readable MIDCALL block: the next one, if any, becomes readable with an event
 * . Owner. OPERATIONUNAVAIL: the span carries no UUI, or call is a conference.
 */
ISDN_API int isdn_call_release_uui(struct isdn_client *client, isdn_handle call);

#ifdef __cplusplus
}
#endif
#endif
