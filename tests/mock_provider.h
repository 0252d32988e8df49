/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A provider of calls without a line, by isdn/provider.h alone: an example of one, and the
 * far end of tests. What it is asked it does at once, later, never, or not at all, as it
 * was told for each operation; never ends by a timer, in the time that the registry gives.
 */
#ifndef TESTS_MOCK_PROVIDER_H
#define TESTS_MOCK_PROVIDER_H

#include <isdn/provider.h>

#define MOCK_LEGS    1024
#define MOCK_EVENTS  1024 /* that wait for the registry */
#define MOCK_LOG     256
#define MOCK_TIMEOUT 30000 /* ms, of whatever is never answered */

/* What can be asked for. */
enum mock_op {
	MOCK_MAKE,
	MOCK_ACCEPT,
	MOCK_ANSWER,
	MOCK_DROP,
	MOCK_HOLD,
	MOCK_RETRIEVE,
	MOCK_TRANSFER,
	MOCK_DIAL,
	MOCK_OPS
};

/* What becomes of it. Accept and dial, which nobody answers: AT_ONCE or ERROR. */
enum mock_manner {
	MOCK_AT_ONCE, /* the far end agrees before the registry looks again; make: PROCEEDING */
	MOCK_DONE,  /* hold, retrieve: nobody has to be asked; make: answered; others as AT_ONCE */
	MOCK_LATE,  /* when mock_answer says so */
	MOCK_NEVER, /* a timer runs out */
	MOCK_REFUSED, /* hold, retrieve: the far end refuses; others as ERROR */
	MOCK_ERROR,   /* the request itself fails, and nothing happens */
	MOCK_MANNERS
};

enum mock_phase {
	MOCK_GONE,    /* no more, or not yet */
	MOCK_OFFERED, /* here, not answered */
	MOCK_CALLING, /* there, not answered */
	MOCK_TALKING,
	MOCK_HELD,   /* by us */
	MOCK_CLEARED /* by the far end, which waits for our drop */
};

struct mock_leg {
	enum mock_phase phase;
	void *user;
	bool busy; /* with op, which is not answered yet */
	enum mock_op op;
	isdn_time due;	/* when it is given up, ISDN_NEVER: not */
	uint64_t other; /* transfer: the other leg */
	uint8_t cause;	/* drop */
};

struct mock_asked {
	uint64_t leg;
	enum mock_op op;
	uint8_t cause; /* drop */
	bool has_uui;  /* drop: that goes into a message */
	struct isdn_uui uui;
};

struct mock {
	struct isdn_provider base; /* must be the first */
	struct isdn_caps caps;
	enum mock_manner manner[MOCK_OPS];
	struct mock_leg leg[MOCK_LEGS]; /* leg n is the (n-1)th */
	unsigned n_legs;
	struct isdn_leg_event queue[MOCK_EVENTS];
	unsigned head, tail;
	struct mock_asked log[MOCK_LOG]; /* what was asked for and not refused by ERROR */
	unsigned n_log;
	bool closed;
};

/* Everything can be done, and is done at once. Then isdn_registry_add_provider(&m->base). */
void mock_init(struct mock *m);

/*
 * The far end acts; isdn_registry_process carries it on. Each answers whether it could: a
 * leg that is gone does nothing, nor does one act that its phase does not know.
 */
uint64_t mock_offer(struct mock *m, const char *called); /* its number, 0: no leg left */
/* PROCEEDING, RINGBACK, BUSY, SPECIALINFO of a call that we made. */
bool mock_progress(struct mock *m, uint64_t leg, enum isdn_call_state state);
bool mock_connect(struct mock *m, uint64_t leg, uint32_t mode);
/* The far end holds us, or no more. */
bool mock_far_hold(struct mock *m, uint64_t leg, bool hold);
/* UUI within the call; more: the block goes on. */
bool mock_uui(struct mock *m, uint64_t leg, const struct isdn_uui *uui, bool more);
/* It clears, with UUI or NULL, and waits for our release; or releases. */
bool mock_disconnect(struct mock *m, uint64_t leg, uint8_t cause, const struct isdn_uui *uui);
bool mock_release(struct mock *m, uint64_t leg, uint8_t cause);
/* What waits for an answer (MOCK_LATE, MOCK_NEVER) gets it; hold and retrieve: yes or no. */
bool mock_answer(struct mock *m, uint64_t leg, bool agree);

#endif
