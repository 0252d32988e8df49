/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A desk for tests of the registry: a registry in virtual time, one fake span,
 * an owner and a monitor, and short words for what tests ask of them.
 */
#ifndef TESTS_REGISTRY_HELPER_H
#define TESTS_REGISTRY_HELPER_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tests/fake_provider.h"
#include "tests/helper.h"

struct desk {
	struct test_mem mem;
	isdn_time now;
	struct isdn_registry *registry;
	struct fake fake;
	struct isdn_client *owner, *monitor;
	isdn_handle last_monitor; /* the monitor's handle to the newest call */
};

int desk_setup(void **state);
int desk_teardown(void **state);

struct isdn_client *desk_client(struct desk *d, const char *name, enum isdn_privilege privilege);

/* The next event must be of that type; CALL_STATE of NEW_CALL and so on are not skipped. */
struct isdn_event desk_event(struct isdn_client *c, enum isdn_event_type type);
/* The next reply, whatever waits before it. */
struct isdn_event desk_reply(struct isdn_client *c);
void desk_no_event_of(struct isdn_client *c);
void desk_no_event(struct desk *d); /* neither owner nor monitor */
void desk_drain(struct desk *d);

/* After fake_offer: the owner's new handle, OFFERING; events before and after are taken. */
isdn_handle desk_new_call(struct desk *d);
/* An incoming call that is connected, no event left. */
isdn_handle desk_connected(struct desk *d, uint64_t *leg);
/* The monitor's handle to the newest call. */
isdn_handle desk_monitor_handle(struct desk *d);
/* Drop if need be, and deallocate, for both. */
void desk_give_back(struct desk *d, isdn_handle h);
struct isdn_call_status desk_status(struct desk *d, isdn_handle h);

struct conference {
	isdn_handle parent, party[8];
	uint64_t leg[8];
};
/* A conference of n connected calls, no event left. */
void desk_conference(struct desk *d, struct conference *c, int n);

struct lines {
	unsigned n;
	char line[64][256];
};
void lines_add(void *arg, const char *text);
bool lines_have(const struct lines *l, const char *part);

#endif
