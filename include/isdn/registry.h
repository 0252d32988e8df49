/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * isdn/registry.h - calls as an application sees them: spans by name, clients,
 * handles, conferences, and the drop.
 *
 * A registry holds spans (each a D-channel with its driver) and clients (each
 * an application's view: a name, a privilege, a queue of events). A client
 * acts on calls through handles; several clients can hold handles to one call.
 *
 *	poll isdn_registry_fd(); isdn_registry_process();
 *	while (isdn_client_next_event(client, &ev) == 1) ...
 *
 * Rules that hold for every request (a function that answers a request id):
 *  - it never blocks and calls nothing back;
 *  - the answer is a request id > 0, or an error < 0, and after an error
 *    nothing was changed, sent or queued;
 *  - exactly one event ISDN_EV_REPLY with that id follows, after the return.
 * The words and the requirement numbers (R-nn) are those of doc/conformance.md.
 */
#ifndef ISDN_REGISTRY_H
#define ISDN_REGISTRY_H

#include <isdn/span.h>

#ifdef __cplusplus
extern "C" {
#endif

struct isdn_registry;
struct isdn_client;

/*
 * A client's handle to a call or a conference. It stays good after the call
 * ended, until isdn_call_deallocate; its number is never used again. 0 is none.
 */
typedef uint64_t isdn_handle;

/* Answer of a request: > 0 its id, < 0 an enum isdn_err. */
typedef int isdn_request;

/* Call states. IDLE is final: nothing follows it. */
enum isdn_call_state {
	ISDN_CALL_IDLE = 0x1,
	ISDN_CALL_OFFERING = 0x2, /* arrived, nobody took it yet; mode: isdn_connected_mode */
	ISDN_CALL_ACCEPTED = 0x4, /* arrived, alerting */
	ISDN_CALL_DIALTONE = 0x8,
	ISDN_CALL_DIALING = 0x10,     /* SETUP sent */
	ISDN_CALL_RINGBACK = 0x20,    /* the far end is alerting */
	ISDN_CALL_BUSY = 0x40,	      /* busy tone */
	ISDN_CALL_SPECIALINFO = 0x80, /* announcement */
	ISDN_CALL_CONNECTED = 0x100,  /* mode: isdn_connected_mode */
	ISDN_CALL_PROCEEDING = 0x200,
	ISDN_CALL_ONHOLD = 0x400,
	ISDN_CALL_CONFERENCED = 0x800,	   /* connected, as a party of a conference */
	ISDN_CALL_ONHOLDPENDCONF = 0x1000, /* a conference that waits for its first party */
	ISDN_CALL_ONHOLDPENDTRANSFER = 0x2000,
	ISDN_CALL_DISCONNECTED = 0x4000, /* by the far end; mode: isdn_disconnect_mode. Drop it. */
	ISDN_CALL_UNKNOWN = 0x8000
};

/* Mode of CONNECTED and of OFFERING. */
enum isdn_connected_mode { ISDN_MODE_ACTIVE = 0x1, ISDN_MODE_INACTIVE = 0x2 };

/* Mode of DISCONNECTED: why, from the cause of Q.850 (the cause itself is beside it). */
enum isdn_disconnect_mode {
	ISDN_DISCONNECT_NORMAL = 0x1,
	ISDN_DISCONNECT_UNKNOWN = 0x2,
	ISDN_DISCONNECT_REJECT = 0x4,
	ISDN_DISCONNECT_PICKUP = 0x8,
	ISDN_DISCONNECT_FORWARDED = 0x10,
	ISDN_DISCONNECT_BUSY = 0x20,
	ISDN_DISCONNECT_NOANSWER = 0x40,
	ISDN_DISCONNECT_BADADDRESS = 0x80,
	ISDN_DISCONNECT_UNREACHABLE = 0x100,
	ISDN_DISCONNECT_CONGESTION = 0x200,
	ISDN_DISCONNECT_INCOMPATIBLE = 0x400,
	ISDN_DISCONNECT_UNAVAIL = 0x800,
	ISDN_DISCONNECT_NODIALTONE = 0x1000,
	ISDN_DISCONNECT_NUMBERCHANGED = 0x2000,
	ISDN_DISCONNECT_OUTOFORDER = 0x4000,
	ISDN_DISCONNECT_TEMPFAILURE = 0x8000,
	ISDN_DISCONNECT_QOSUNAVAIL = 0x10000,
	ISDN_DISCONNECT_BLOCKED = 0x20000,
	ISDN_DISCONNECT_DONOTDISTURB = 0x40000,
	ISDN_DISCONNECT_CANCELLED = 0x80000
};

/* A monitor sees everything and changes nothing. */
enum isdn_privilege { ISDN_MONITOR = 1, ISDN_OWNER = 2 };

/* What a drop came to. */
enum isdn_outcome {
	ISDN_OUTCOME_NONE,     /* the reply is not that of a drop, or it failed */
	ISDN_OUTCOME_CLEARED,  /* the call, or the whole conference, is cleared */
	ISDN_OUTCOME_REJECTED, /* an offered call was refused */
	ISDN_OUTCOME_INACTIVE, /* the call goes on at other stations */
	ISDN_OUTCOME_COLLAPSED /* cleared, and with it a conference fell back to two parties */
};

enum isdn_event_type {
	ISDN_EV_NEW_CALL,   /* the client was given a handle; CALL_STATE follows */
	ISDN_EV_CALL_STATE, /* state or mode changed */
	ISDN_EV_CALL_INFO,  /* something else changed: info says what */
	ISDN_EV_REPLY,	    /* a request is complete */
	ISDN_EV_SPAN,	    /* a span's link came up or went down */
	ISDN_EV_LOST /* memory ran out and events are missing here (never REPLY nor IDLE): query the
			handles */
};

/* Bits of isdn_event.info. */
enum isdn_info {
	ISDN_INFO_UUI = 0x1,	  /* a block of user-user information became readable */
	ISDN_INFO_PROGRESS = 0x2, /* PROGRESS arrived */
	ISDN_INFO_CHANNEL = 0x4,  /* the B-channel is known or changed */
	ISDN_INFO_NUMOWNERS = 0x8,
	ISDN_INFO_NUMMONITORS = 0x10,
	ISDN_INFO_UUS = 0x20,		/* services of isdn_call_info.uus changed */
	ISDN_INFO_UUI_DISCARDED = 0x40, /* UUI that we sent went no further: sent again, it may */
	ISDN_INFO_UUI_LOST = 0x80	/* a block arrived for which max_uui_blocks left no room */
};

struct isdn_event {
	enum isdn_event_type type;
	isdn_time time;	  /* when it happened */
	isdn_handle call; /* this client's handle; 0 for SPAN and LOST */
	isdn_request
		request; /* REPLY: its id. CALL_STATE: the request that caused it, 0: none did */
	/* NEW_CALL, CALL_STATE */
	enum isdn_call_state state;
	enum isdn_call_state old_state; /* 0 for the first event of a call */
	uint32_t mode;			/* of state */
	enum isdn_privilege privilege;
	isdn_handle conference;	 /* of a party: this client's handle to the conference, 0: none */
	enum isdn_source source; /* who caused it; BY_CASCADE: the drop of the conference */
	uint8_t cause, location; /* Q.850, for DISCONNECTED and IDLE; 0: none */
	/* CALL_INFO: bits of isdn_info */
	uint32_t info;
	/* REPLY */
	int result; /* 0 or an enum isdn_err */
	enum isdn_outcome outcome;
	bool uui_sent; /* drop: in a clearing message of at least one call; CALL_STATE, IDLE: of
			  this one */
	uint16_t calls_changed;	 /* drop: calls that ended by it, the dropped one included */
	uint16_t calls_failed;	 /* drop: parties that could not be cleared, see the manual */
	uint16_t calls_with_uui; /* drop: calls whose first clearing message carries the UUI */
	/* SPAN */
	unsigned span;
	bool up;
};

struct isdn_registry_config {
	size_t size;		 /* set by isdn_registry_config_init */
	unsigned max_parties;	 /* of a conference, 64 */
	unsigned max_uui_blocks; /* per call, USER INFORMATION messages that wait to be read, 64 */
};
ISDN_API void isdn_registry_config_init(struct isdn_registry_config *config);

/* config and env may be NULL. INVAL, NOMEM, IO (no descriptor for polling left: raise the limit).
 */
ISDN_API int isdn_registry_new(struct isdn_registry **registry,
			       const struct isdn_registry_config *config,
			       const struct isdn_env *env);

/*
 * Free the registry with its spans, clients, calls and events. Nothing is sent:
 * drop the calls and wait for their IDLE first. What was never deallocated is
 * named in the log. NULL is allowed.
 */
ISDN_API void isdn_registry_free(struct isdn_registry *registry);

/* A descriptor that is readable when isdn_registry_process has work. The registry's: do not close
 * it. */
ISDN_API int isdn_registry_fd(const struct isdn_registry *registry);

/* When process wants to be called though the descriptor is silent; for loops in virtual time. */
ISDN_API isdn_time isdn_registry_next_timeout(const struct isdn_registry *registry);

/* Read and write what can be, run the timers that are due. 0, or INVALPOINTER. */
ISDN_API int isdn_registry_process(struct isdn_registry *registry);

/*
 * Open a span by a string, DRIVER:ADDRESS[,OPTION]...: "dahdi:16,net",
 * "loop:a,user", "socket:/path,user,fcs". isdn-span(7) lists the options.
 * *span receives its number (from 1). error may be NULL.
 * SPEC (error.text names the part and lists the choices), NODEV, BUSY, ACCESS,
 * DEVTYPE, IO, NOMEM, INVALPOINTER
 */
ISDN_API int isdn_registry_open_span(struct isdn_registry *registry, const char *spec,
				     unsigned *span, struct isdn_error *error);

/* Close a span; its calls end with cause 27, source ISDN_BY_LINK. INVAL: no such span. */
ISDN_API int isdn_registry_close_span(struct isdn_registry *registry, unsigned span);

/* What a span can do: octets of UUI (discriminator counted, 0: none) per request, and more. */
struct isdn_caps {
	unsigned uui_make, uui_accept, uui_answer, uui_drop, uui_send;
	bool reject_offering; /* an offered call can be refused */
	uint8_t uus;	      /* services of UUI that the span provides, ISDN_UUS_BIT() */
};

struct isdn_span_info {
	const char *spec; /* valid until the span is closed */
	enum isdn_side side;
	bool up;    /* layer 2 established; network of a bus: calls can be offered */
	bool alarm; /* layer 1 lost */
	size_t calls;
	struct isdn_caps caps;
	struct isdn_span_counters counters;
};
ISDN_API int isdn_registry_span_info(const struct isdn_registry *registry, unsigned span,
				     struct isdn_span_info *info);

/*
 * The data links of a span, with state and counters, as isdn_span_links(): how many there are (at
 * most cap were written to out), or INVAL: no such span, INVALPOINTER.
 */
ISDN_API int isdn_registry_span_links(const struct isdn_registry *registry, unsigned span,
				      struct isdn_link *out, size_t cap);

/* Objects alive, for leak checks. */
struct isdn_registry_counts {
	size_t spans, clients, calls, handles, requests, events;
};
ISDN_API void isdn_registry_counts(const struct isdn_registry *registry,
				   struct isdn_registry_counts *counts);

/*
 * The state of everything as text, a line at a time without line feed, for
 * tools and bug reports. The hook must not call back into the library.
 */
ISDN_API void isdn_registry_print(const struct isdn_registry *registry,
				  void (*line)(void *arg, const char *text), void *arg);

struct isdn_client_config {
	size_t size;	  /* set by isdn_client_config_init */
	const char *name; /* for prints and logs; copied, 31 characters kept */
	/*
	 * OWNER: is given an owner's handle to each arriving call. MONITOR: is
	 * given a monitor's handle to every call, arriving or made by others.
	 */
	enum isdn_privilege privilege;
	unsigned
		span; /* arriving calls, and events of links, of this span only; 0: of every span */
	bool relaxed; /* may deallocate a call that it alone owns before IDLE (D5) */
	bool keep_calls; /* closing the client does not drop the calls that it alone owns (D7) */
};
ISDN_API void isdn_client_config_init(struct isdn_client_config *config);

/* Open a client. Calls that nobody owns are given to it when it is an owner (D6). INVAL,
 * INVALPOINTER, NOMEM. */
ISDN_API int isdn_client_open(struct isdn_registry *registry,
			      const struct isdn_client_config *config, struct isdn_client **client);

/*
 * Close it: calls that it alone owns are dropped with cause 16 (unless
 * keep_calls), its handles are void, its requests end without reply. NULL is allowed.
 */
ISDN_API void isdn_client_close(struct isdn_client *client);

/* 1: *event is filled; 0: none waits; INVALPOINTER, UNINITIALIZED (client is NULL). */
ISDN_API int isdn_client_next_event(struct isdn_client *client, struct isdn_event *event);

/*
 * Calls. Each function below can answer UNINITIALIZED (client is NULL),
 * INVALCALLHANDLE (unknown, another client's, or deallocated, R-80), and those
 * that change something NOTOWNER and NOMEM. The checks are made in this order.
 */

struct isdn_call_params {
	size_t size; /* set by isdn_call_params_init */
	unsigned span;
	const char *called;		  /* digits 0-9 * # and A-D, at most ISDN_DIGITS_MAX */
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
 * OPERATIONUNAVAIL (the span provides no service that is required, or not to a bus)
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

/* Answer an OFFERING or ACCEPTED call: CONNECT is sent. The reply comes with CONNECTED. Errors as
 * accept. */
ISDN_API isdn_request isdn_call_answer(struct isdn_client *client, isdn_handle call,
				       const void *uui, size_t uui_size);

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

struct isdn_drop {
	uint8_t cause;	 /* Q.850 1..127; 0: 21 for an offered call, else 16 */
	const void *uui; /* first octet is the protocol discriminator; copied */
	size_t uui_size; /* octets, the discriminator counted; 0: none */
};

/*
 * Drop a call or a conference. how may be NULL: no cause of one's own, no UUI.
 *
 * A call that is OFFERING or ACCEPTED is rejected; one that the far end
 * cleared (DISCONNECTED) is released; any other is cleared. The UUI goes into
 * the first clearing message, if there is one to come and the provider carries
 * UUI; otherwise the call clears without it and the reply says uui_sent =
 * false (D1). A conference follows its policy: drop_all clears every party,
 * each with the cause and the UUI.
 *
 * The reply comes when clearing is complete, then IDLE to every holder.
 * Dropping a call whose drop is under way answers the id of that drop and does
 * nothing more: no second reply will come.
 *
 * INVALCALLSTATE	 IDLE already
 * INVAL		 cause above 127
 * USERUSERINFOTOOBIG	 uui_size is above the provider's uui_drop (and that is not 0)
 * OPERATIONUNAVAIL	 the provider can not refuse an offered call; or INACTIVE here
 */
ISDN_API isdn_request isdn_call_drop(struct isdn_client *client, isdn_handle call,
				     const struct isdn_drop *how);

/*
 * Give the handle back; it is void from here on. Answers 0. The call itself
 * is not touched. INVALCALLSTATE: this is the only owner of a call that is not
 * IDLE, and the client is not relaxed: drop it first.
 */
ISDN_API int isdn_call_deallocate(struct isdn_client *client, isdn_handle call);

/* Bits of isdn_call_status.features: what this client may ask for now. */
enum isdn_feature {
	ISDN_FEATURE_DROP = 0x1,
	ISDN_FEATURE_ACCEPT = 0x2,
	ISDN_FEATURE_ANSWER = 0x4,
	ISDN_FEATURE_SENDUSERUSER = 0x8,
	ISDN_FEATURE_ADDTOCONFERENCE = 0x10
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
	enum isdn_origin origin;
	unsigned span;	  /* 0 for a conference */
	unsigned channel; /* B-channel, ISDN_CHANNEL(), 0: none (yet, or no more) */
	char called[ISDN_DIGITS_MAX + 1], calling[ISDN_DIGITS_MAX + 1];
	uint8_t capability;	   /* enum isdn_capability */
	uint8_t cause, location;   /* of clearing, 0: not cleared yet or none given */
	enum isdn_source source;   /* of clearing */
	bool conference;	   /* it is a conference, or a party of one */
	uint16_t parties;	   /* of a conference: parties now */
	uint16_t owners, monitors; /* handles to it */
	uint8_t uus;		   /* services of UUI that are active, ISDN_UUS_BIT() */
};
/* Good in every state. INVALPOINTER. */
ISDN_API int isdn_call_info(const struct isdn_client *client, isdn_handle call,
			    struct isdn_call_info *info);

/* Which user-user information is meant. */
enum isdn_uui_which {
	ISDN_UUI_SETUP,	  /* of the SETUP that offered the call */
	ISDN_UUI_MIDCALL, /* the block that became readable first (ALERTING, CONNECT, PROGRESS, USER
			     INFORMATION) */
	ISDN_UUI_CLEARING, /* of the first clearing message that had any */
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

enum isdn_conference_policy {
	ISDN_CONFERENCE_DROP_ALL /* dropping the conference clears every party */
};

/*
 * A new conference without parties, ONHOLDPENDCONF. *conference receives an
 * owner's handle. The bridge itself, the mixing of B-channels, is the caller's.
 * INVAL: no such policy.
 */
ISDN_API int isdn_conference_new(struct isdn_client *client, enum isdn_conference_policy policy,
				 isdn_handle *conference);

/*
 * Add a call that is CONNECTED: it becomes CONFERENCED, at once. A call that is
 * OFFERING, ACCEPTED, DIALING, PROCEEDING or RINGBACK belongs to the conference from
 * now on and becomes CONFERENCED when it is connected. When its last party has
 * left, the conference is IDLE.
 * INVALCONFCALLHANDLE (conference is none), CONFERENCEFULL, INVALCALLHANDLE
 * (call is a conference, or in one already), INVALCALLSTATE
 */
ISDN_API isdn_request isdn_conference_add(struct isdn_client *client, isdn_handle conference,
					  isdn_handle call);

/*
 * The handles that this client holds of a conference and its parties: the
 * conference first, then the parties in the order they joined. call may be any
 * of them. *n receives how many there are, also when that is more than cap.
 * NOCONFERENCE, NOSPC
 */
ISDN_API int isdn_conference_calls(const struct isdn_client *client, isdn_handle call,
				   isdn_handle *handles, size_t cap, size_t *n);

/* "CONNECTED", "BUSY", "CLEARED", "remote". Static, never NULL. */
ISDN_API const char *isdn_call_state_name(enum isdn_call_state state);
ISDN_API const char *isdn_disconnect_mode_name(uint32_t mode);
ISDN_API const char *isdn_outcome_name(enum isdn_outcome outcome);
ISDN_API const char *isdn_source_name(enum isdn_source source);

#ifdef __cplusplus
}
#endif
#endif
