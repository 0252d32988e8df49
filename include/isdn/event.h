/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * isdn/event.h - what clients are told: states of calls, replies, and what an
 * event says of its cause. isdn_event(3).
 */
#ifndef ISDN_EVENT_H
#define ISDN_EVENT_H

#include <isdn/span.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * A client's handle to a call or a conference. It stays good after the call
 * ended, until isdn_call_deallocate; its number is never used again. 0 is none.
 */
typedef uint64_t isdn_handle;

/* A line that several stations share (isdn/bridge.h). 0 is none. */
typedef uint64_t isdn_bridge;

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

/*
 * Mode of CONNECTED and of OFFERING. CONNECTED has always one; a provider that says 0 means ACTIVE.
 * Held is what the far end did: our own hold is the state ONHOLD.
 */
enum isdn_connected_mode {
	ISDN_MODE_ACTIVE = 0x1,	      /* we take part; OFFERING: it rings here */
	ISDN_MODE_INACTIVE = 0x2,     /* the call goes on at other stations; answer it to join.
					 OFFERING:     it rings elsewhere, and may be answered here */
	ISDN_MODE_ACTIVEHELD = 0x4,   /* we take part, and the far end holds us */
	ISDN_MODE_INACTIVEHELD = 0x8, /* other stations do, and the far end holds them */
	ISDN_MODE_CONFIRMED = 0x10    /* as ACTIVE; the far end is known to have answered */
};

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

/* What a request that ends something came to. */
enum isdn_outcome {
	ISDN_OUTCOME_NONE,	 /* the reply is not that of a drop, or it failed */
	ISDN_OUTCOME_CLEARED,	 /* the call, or the whole conference, is cleared */
	ISDN_OUTCOME_REJECTED,	 /* an offered call was refused, here or on the wire */
	ISDN_OUTCOME_INACTIVE,	 /* the call goes on at other stations */
	ISDN_OUTCOME_COLLAPSED,	 /* cleared, and its conference ended: one party was left */
	ISDN_OUTCOME_LEFT,	 /* the conference is left, its parties go on */
	ISDN_OUTCOME_TRANSFERRED /* both far ends go on without us */
};

enum isdn_event_type {
	ISDN_EV_NEW_CALL,    /* the client was given a handle; CALL_STATE follows */
	ISDN_EV_CALL_STATE,  /* state or mode changed */
	ISDN_EV_CALL_INFO,   /* something else changed: info says what */
	ISDN_EV_REPLY,	     /* a request is complete */
	ISDN_EV_NOT_CLEARED, /* before the reply: a call that the request could not clear, result */
	ISDN_EV_ADDRESS,     /* a shared line's use changed: info says how; for those who asked */
	ISDN_EV_SPAN,	     /* a span's link came up or went down */
	ISDN_EV_LOST /* memory ran out and events before it are missing (never REPLY nor IDLE), or
			a handle: query the handles, isdn_client_see_calls */
};

/* Bits of isdn_event.info of CALL_INFO. */
enum isdn_info {
	ISDN_INFO_UUI = 0x1,	  /* a block of user-user information became readable */
	ISDN_INFO_PROGRESS = 0x2, /* PROGRESS arrived */
	ISDN_INFO_CHANNEL = 0x4,  /* the B-channel is known or changed */
	ISDN_INFO_NUMOWNERS = 0x8,
	ISDN_INFO_NUMMONITORS = 0x10,
	ISDN_INFO_UUS = 0x20,		/* services of isdn_call_info.uus changed */
	ISDN_INFO_UUI_DISCARDED = 0x40, /* UUI that we sent went no further: sent again, it may */
	ISDN_INFO_UUI_LOST = 0x80,	/* a block arrived for which max_uui_blocks left no room */
	ISDN_INFO_PRIVILEGE = 0x100,	/* this handle's privilege was changed by another client */
	ISDN_INFO_LINK = 0x200		/* the call was linked to another, or is no more */
};

/* Bits of isdn_event.info of ADDRESS. */
enum isdn_address_info {
	ISDN_ADDRESS_INUSEZERO = 0x1, /* no station uses the line any more */
	ISDN_ADDRESS_INUSEONE = 0x2,
	ISDN_ADDRESS_INUSEMANY = 0x4,
	ISDN_ADDRESS_NUMCALLS = 0x8
};

struct isdn_event {
	enum isdn_event_type type;
	isdn_time time;	  /* when it happened */
	isdn_handle call; /* this client's handle; 0 for SPAN, ADDRESS and LOST */
	/*
	 * REPLY, NOT_CLEARED: its id. CALL_STATE: the request that caused it, whoever's it
	 * is, 0: none did
	 */
	isdn_request request;
	/* CALL_STATE; NEW_CALL: privilege alone */
	enum isdn_call_state state;
	enum isdn_call_state old_state; /* 0 for the first event of a call */
	uint32_t mode;			/* of state */
	enum isdn_privilege privilege;
	isdn_handle conference;	 /* of a party: this client's handle to the conference, 0: none */
	enum isdn_source source; /* who caused it; BY_CASCADE: another call, cascade_of */
	uint64_t cascade_of; /* isdn_call_info.id of that call, 0: none; NOT_CLEARED: of the call */
	uint8_t cause, location; /* Q.850, for DISCONNECTED and IDLE; 0: none */
	/* CALL_INFO: bits of isdn_info. ADDRESS: of isdn_address_info */
	uint32_t info;
	/* REPLY; NOT_CLEARED: why not */
	int result; /* 0 or an enum isdn_err */
	enum isdn_outcome outcome;
	bool uui_sent; /* drop: in a clearing message of at least one call; CALL_STATE, IDLE: of
			  this one */
	uint32_t calls_changed;	 /* drop: calls that changed by it, the dropped one included */
	uint32_t calls_failed;	 /* drop: calls that could not be cleared, see the manual */
	uint32_t calls_with_uui; /* drop: calls whose first clearing message carries the UUI */
	/* SPAN */
	unsigned span;
	bool up;
	/* ADDRESS */
	isdn_bridge bridge;
	uint32_t in_use, calls; /* stations that use it; calls on it */
};

/* "CONNECTED", "BUSY", "ACTIVE", "CLEARED", "remote". Static, never NULL. */
ISDN_API const char *isdn_call_state_name(enum isdn_call_state state);
ISDN_API const char *isdn_disconnect_mode_name(uint32_t mode);
ISDN_API const char *isdn_connected_mode_name(uint32_t mode);
ISDN_API const char *isdn_outcome_name(enum isdn_outcome outcome);
ISDN_API const char *isdn_source_name(enum isdn_source source);

#ifdef __cplusplus
}
#endif
#endif
