/* SPDX-License-Identifier: BSD-2-Clause */
/* Calls in each state of a side, for tests of all states. */
#ifndef TESTS_CC_STATES_H
#define TESTS_CC_STATES_H

#include "tests/cc_ends.h"

enum reach {
	REACH_USER,
	REACH_NETWORK,
	REACH_NETWORK_CALLED, /* N10 of a call to the user */
	REACH_QSIG	      /* the user's states, of a user of a user */
};

struct reached {
	struct ends *e;
	int at;		    /* the side whose state it is */
	isdn_call_id id[2]; /* by side */
};

/* A call in that state; no message is on its way, and those that are sent get lost. */
struct reached reach(enum reach who, unsigned state);
/* Four hex digits, as the other side would send it. */
void reached_call_reference(const struct reached *c, char cr[8]);

#endif
