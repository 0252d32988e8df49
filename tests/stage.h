/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A stage for tests of the registry: two mock providers, three owners and a monitor, in virtual
 * time. What a client is told is compared as text, a word an event:
 *
 *	new:a			 NEW_CALL		a:CONNECTED/INACTIVE   CALL_STATE
 *	reply:CLEARED		 REPLY, 0		reply:INVALCALLSTATE   and an error
 *	not:a=NOTOWNER		 NOT_CLEARED		a:info=UUI	       CALL_INFO
 *	line:INUSEONE(1)	 ADDRESS		lost		       LOST
 *
 * Calls have the names that the test gave them.
 */
#ifndef TESTS_STAGE_H
#define TESTS_STAGE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/helper.h"
#include "tests/mock_provider.h"

#define STAGE_NAMES 64

struct stage {
	struct test_mem mem;
	isdn_time now;
	struct isdn_registry *registry;
	struct mock mock, other;	       /* spans 1 and 2 */
	struct isdn_client *one, *two, *three; /* owners */
	struct isdn_client *mon;
	struct {
		uint64_t id;
		char name[8];
	} name[STAGE_NAMES];
	unsigned n_names;
	struct isdn_event last;	      /* the last CALL_STATE or REPLY that told() went through */
	struct isdn_event last_reply; /* and the last REPLY */
	char text[2048];
};

int stage_setup(void **state);
int stage_teardown(void **state); /* whatever is left is freed; no memory may be */

struct isdn_client *stage_client(struct stage *s, const char *name, enum isdn_privilege privilege);
/* With the configuration that the test makes. */
struct isdn_client *stage_open(struct stage *s, const struct isdn_client_config *config);

/* The call of that handle is called so from now on. */
isdn_handle stage_name(struct stage *s, struct isdn_client *c, isdn_handle h, const char *name);
/* The client's handle to the call of that name, 0: none. */
isdn_handle stage_handle(struct stage *s, struct isdn_client *c, const char *name);

/* Everything that the client was told since, in words; and nothing remains. */
const char *told(struct stage *s, struct isdn_client *c);
void stage_forget(struct stage *s); /* what all were told */
void stage_run(struct stage *s);    /* process */
void stage_wait(struct stage *s, isdn_time ms);

/* "CONNECTED/INACTIVE" of the call, as that client sees it. */
const char *stage_state(struct stage *s, struct isdn_client *c, const char *name);
uint32_t stage_features(struct stage *s, struct isdn_client *c, const char *name);
struct isdn_call_info stage_info(struct stage *s, struct isdn_client *c, const char *name);

/* A call that arrives at one (or, on a shared line, at its stations), OFFERING; and one that
 * one answered. All events of it are forgotten. The leg's number. */
uint64_t stage_offer(struct stage *s, struct mock *m, const char *called, const char *name);
uint64_t stage_connected(struct stage *s, struct mock *m, const char *name);
/* one calls; what the mock does with it is as its manner says. */
isdn_handle stage_make(struct stage *s, const char *called, const char *name);
/* A conference of one's, "conf", with so many connected calls "a", "b", ... Their legs. */
void stage_conference(struct stage *s, const struct isdn_conference_config *config, unsigned n,
		      uint64_t *leg);

/* What the mock was asked of that leg: how often, and the last time. */
unsigned stage_asked(const struct mock *m, uint64_t leg, enum mock_op op);
const struct mock_asked *stage_last(const struct mock *m, uint64_t leg, enum mock_op op);

/* Everything is dropped and given back; nothing is alive. */
void stage_clean(struct stage *s);

#endif
