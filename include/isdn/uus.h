/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * isdn/uus.h - user-to-user signalling, Q.957.1 and EN 300 286-1: the three
 * services, their configuration, and the components by which they are asked for.
 *
 * Service 1 carries user-user information (UUI) in the messages that set up and
 * clear a call, service 2 in USER INFORMATION while it rings, service 3 in USER
 * INFORMATION while it is active. isdn_uui(3) has the table of which message
 * carries what; the requests that belong to a call are in isdn/span.h.
 */
#ifndef ISDN_UUS_H
#define ISDN_UUS_H

#include <isdn/msg.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The services. Sets of them are masks of ISDN_UUS_BIT(). */
enum isdn_uus_service {
	ISDN_UUS_IMPLICIT, /* service 1 by UUI in SETUP, without a request */
	ISDN_UUS_1,
	ISDN_UUS_2,
	ISDN_UUS_3,
	ISDN_UUS_COUNT
};
#define ISDN_UUS_BIT(service) (1u << (service))
#define ISDN_UUS_ALL	      0x0fu

enum isdn_uus_state {
	ISDN_UUS_IDLE,	    /* nobody asked for it */
	ISDN_UUS_REQUESTED, /* asked for, not answered yet */
	ISDN_UUS_ACTIVE,
	ISDN_UUS_REJECTED
};

/*
 * The answer to a request. Those from 0 on are the errors of the component, EN 300 196-1 and EN
 * 300 286-1.
 */
enum isdn_uus_answer {
	ISDN_UUS_LATER = -4, /* isdn_span_uus_answer: the application will say, do not answer yet */
	ISDN_UUS_NO_ANSWER = -3,      /* the far end connected without one, or was too late */
	ISDN_UUS_NOT_UNDERSTOOD = -2, /* Reject component, or STATUS 97: the peer can not */
	ISDN_UUS_ACCEPT = -1,
	ISDN_UUS_NOT_SUBSCRIBED = 0,
	ISDN_UUS_REJECTED_BY_NETWORK = 1,
	ISDN_UUS_REJECTED_BY_USER = 2,
	ISDN_UUS_NOT_AVAILABLE = 3,
	ISDN_UUS_NOT_IMPLEMENTED = 4,
	ISDN_UUS_INVALID_CALL_STATE = 7,
	ISDN_UUS_INTERACTION = 10, /* supplementaryServiceInteractionNotAllowed */
	ISDN_UUS_RESOURCE_UNAVAILABLE = 11
};

/* Received it is read in either codeset. */
enum isdn_uui_codeset {
	ISDN_UUI_CODESET_OF_VARIANT, /* 7 with 4ESS and 5ESS, else 0 */
	ISDN_UUI_CODESET_0,
	ISDN_UUI_CODESET_7
};

/*
 * What a span does about services. All 0: UUI is carried wherever the table allows, USER
 * INFORMATION in states 4, 7 and 10, and every request for a service is refused. Set by
 * isdn_span_config_init and _variant: with ETSI and Q.931 all services, else the implicit one
 * alone, since no other variant has components for them.
 */
struct isdn_uus_config {
	/*
	 * The services that are provided (network: subscribed to): a request of the far end is
	 * accepted by itself when the application says nothing, isdn_span_uus_answer; for any other
	 * a required service ends the call (29, network 50).
	 */
	uint8_t services;
	/* USER INFORMATION needs service 2 or 3 active; false: as before they were. */
	bool negotiated;
	/*
	 * UUI in ALERTING, PROGRESS, CONNECT and clearing messages needs service 1 active: false,
	 * since networks that have it for every call do not say so.
	 */
	bool strict;
	/*
	 * A required service that was refused by the far end or isdn_span_uus_answer, or not
	 * answered, does not end the call by itself. A SETUP that requires what is not in services
	 * is refused in any case.
	 */
	bool keep_refused;
	/*
	 * Flow control of service 3 (Q.931 7.4): a burst of x messages, y more every T2-UUS3. The
	 * user keeps to it; the network discards what is more. 16 and 8; x 0: not counted.
	 */
	uint8_t burst_x, burst_y;
	/* Messages of service 2 in each direction: 2; 0: not counted. */
	uint8_t service2_max;
	/*
	 * How many messages are still taken after CONGESTION CONTROL said receiver not ready, since
	 * the far end may have sent them before it heard of it: 16. 0: they are discarded at once,
	 * as 7.4 has it.
	 */
	uint8_t grace;
	/* In which codeset User-user is sent. */
	enum isdn_uui_codeset codeset;
	/* Cause of the STATUS to USER INFORMATION out of place: 43; 101; 0: no STATUS. */
	uint8_t refusal;
};

/* One service in a call, isdn_span_uus_query(). */
struct isdn_uus {
	enum isdn_uus_state state;
	bool required; /* the call is not wanted without it */
	bool by_us;    /* we asked for it */
	int answer;    /* enum isdn_uus_answer: of ACTIVE and REJECTED, who and why */
};

/* A component of userUserService, or an answer to one. */
struct isdn_uus_component {
	uint8_t type; /* enum isdn_component_type */
	int16_t invoke_id;
	enum isdn_uus_service service; /* of an invoke: 1 to 3 */
	bool preferred;		       /* of an invoke; false: required */
	int error;		       /* of a return error: enum isdn_uus_answer from 0 on */
	uint8_t problem_tag, problem;  /* of a reject, as in struct isdn_component */
};

/*
 * Add a component to a message that is composed, in a Facility element of its own.
 *
 * INVALPOINTER  an argument is NULL
 * INVAL	 it is no component, the service is none of 1 to 3, or the error not 0 to 127
 * NOSPC	 the message holds ISDN_FACILITIES_MAX elements or ISDN_COMPONENTS_MAX components
 *		 already, or no more octets
 */
ISDN_API int isdn_uus_add(struct isdn_msg *msg, const struct isdn_uus_component *component);

/*
 * A request for a service in SETUP: isdn_uus_add of an invoke whose identifier is the service's
 * number. required: the call is to be cleared when it is refused. Errors as isdn_uus_add.
 */
ISDN_API int isdn_uus_request(struct isdn_msg *msg, enum isdn_uus_service service, bool required);

/*
 * Component n of msg, n from 0, as one of user-to-user signalling.
 *
 * 1		 *component is filled. Answers name no operation, or userUserService: whose answer
 *		 they are the identifier alone tells
 * 0		 it is of another operation, or the element is not of remote operations
 * INVAL	 msg has no such component
 * IE_CONTENT	 an invoke of userUserService whose argument can not be read; type and invoke_id
 *		 are filled
 * INVALPOINTER	 an argument is NULL
 */
ISDN_API int isdn_uus_read(const struct isdn_msg *msg, unsigned n,
			   struct isdn_uus_component *component);

/* "accepted", "rejected by the user", "no answer". Static, never NULL. */
ISDN_API const char *isdn_uus_answer_name(int answer);

#ifdef __cplusplus
}
#endif
#endif
