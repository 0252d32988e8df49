/* SPDX-License-Identifier: BSD-2-Clause */
/* User-to-user signalling of a call: what its files share, and what the rest of call control asks.
 */
#ifndef I3_CC_UUS_H
#define I3_CC_UUS_H

#include <isdn/span.h>

#include "base/timer.h"

struct i3_call;
struct i3_cc;

/* A service in a call: the request that is open, and what came of it. */
struct i3_uus_service {
	uint8_t state; /* enum isdn_uus_state */
	bool ours;     /* our request is open */
	bool theirs;   /* the far end's is */
	bool required; /* of the one that was last */
	bool by_us;    /* likewise */
	bool later;    /* the application answers */
	bool decided;  /* it did: by answer */
	int8_t answer; /* enum isdn_uus_answer */
	int16_t our_id, their_id;
	uint64_t accepted[2]; /* by terminals, while none has the call */
};

/* One direction of USER INFORMATION. */
struct i3_flow {
	uint16_t credit;
	isdn_time since;  /* of the credit, in steps of T2-UUS3 */
	uint8_t service2; /* messages */
	bool stopped;	  /* receiver not ready was sent (received: of what we send) */
};

/* Answers that belong to no service: to requests that can not be. */
struct i3_uus_refusal {
	int16_t id;
	int8_t error;  /* enum isdn_uus_answer, or */
	bool rejected; /* by Reject, invoke problem: */
	uint8_t problem;
};
#define I3_UUS_REFUSALS 3

/* What a call has of it when it has more than service 1 by UUI in SETUP. */
struct i3_uus {
	struct i3_uus *next;
	struct i3_uus_service service[ISDN_UUS_COUNT]; /* from 1 */
	struct i3_uus_refusal refusal[I3_UUS_REFUSALS];
	uint8_t n_refusals;
	uint8_t lost_cause; /* a required service of ours will not be: that clears the call */
	int16_t last_id;
	struct i3_flow tx, rx;
	bool sent;     /* USER INFORMATION */
	bool waiting;  /* the application was told to come again */
	bool busy;     /* it takes no more */
	uint8_t grace; /* and so many all the same */
	bool unknown;  /* the peer knows no USER INFORMATION */
	bool resumed;  /* the terminal that has the call now may know of no service */
	struct ib_timer ours, theirs, t2;
};

/* cc_uus.c: the record of a call, what becomes of services, what the application asks for. */
int i3_uus_room(struct i3_cc *cc);
struct i3_uus *i3_uus_of(struct i3_call *c);
void i3_uus_free(struct i3_call *c);
void i3_uus_moved(struct i3_call *c, uint8_t was); /* to c->state from that */
bool i3_uus_active(const struct i3_call *c, enum isdn_uus_service service);
/* It is, or the next response accepts it. */
bool i3_uus_granted(const struct i3_call *c, enum isdn_uus_service service);
/* What the far end's request would be answered now. */
int i3_uus_answer_of(const struct i3_call *c, unsigned service);
/* It was asked for, by either; answered, by either; a request of ours was answered. */
void i3_uus_requested(struct i3_call *c, unsigned service, bool by_us, bool preferred);
void i3_uus_become(struct i3_call *c, unsigned service, int answer);
void i3_uus_answered(struct i3_call *c, unsigned service, int answer);
void i3_uus_give_up(struct i3_call *c); /* the peer knows no USER INFORMATION */

/*
 * cc_uus_msg.c: components of messages.
 * A message with Facility elements, of a call or that begins one: what its components say.
 */
void i3_uus_rx(struct i3_call *c, const struct isdn_msg *m);
/* A SETUP that arrived requires what is not provided: it is refused with a cause. */
uint8_t i3_uus_missing(const struct i3_call *c, struct isdn_msg *answer);
/* The answers that m, which is to go out, can carry; 0, INVALCALLSTATE: a required service has
 * none. */
int i3_uus_fill(const struct i3_call *c, struct isdn_msg *m);
/* What m asks for can be; 0, INVAL, OPERATIONUNAVAIL. */
int i3_uus_check(const struct i3_call *c, const struct isdn_msg *m);
/* m goes out: what it asks for and answers. */
void i3_uus_sent(struct i3_call *c, const struct isdn_msg *m);

/* cc_uui.c: USER INFORMATION and its flow control, Q.931 7.4. */
/* config.uus.strict: service 1 is active, or a message of that type needs none. */
bool i3_uui_allowed(const struct i3_call *c, unsigned type);
void i3_flow_start(struct i3_call *c); /* service 3 is active */
/* The call is active, or is so again; resumed: perhaps by another terminal. */
void i3_flow_active(struct i3_call *c, bool resumed);
/* 0; INVALCALLSTATE, OPERATIONUNAVAIL, RESOURCEUNAVAIL, AGAIN; there is room, see i3_reserve. */
int i3_uui_may_send(struct i3_call *c);
/* lost: what was on its way may be. */
void i3_uui_link_back(struct i3_call *c, bool lost);
/* What STATUS says of UUI. */
enum isdn_prim i3_uui_status(struct i3_call *c);

#endif
