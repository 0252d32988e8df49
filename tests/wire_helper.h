/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A wire for tests of the registry: two spans, user and network, over the loop driver, in
 * virtual time, with every message recorded. The near side is the one under test.
 */
#ifndef TESTS_WIRE_HELPER_H
#define TESTS_WIRE_HELPER_H

#include "tests/registry_helper.h"

struct seen {
	unsigned tag; /* span that sent it */
	struct isdn_msg msg;
};

struct wire {
	struct test_mem mem;
	isdn_time now;
	bool net; /* the near side is the network */
	struct isdn_registry *registry;
	unsigned near_span, far_span;
	struct isdn_client *near, *far, *monitor;
	isdn_handle far_call; /* see peek */
	struct seen seen[256];
	unsigned n_seen;
};

/* net: the near side is the network. Options of both spans (",bri"), and of the far one. */
int wire_setup(void **state, bool net, const char *options, const char *far_options);
int wire_setup_user(void **state);
int wire_setup_net(void **state);
int wire_teardown(void **state);

/* Run until nothing is due before the given time passes. */
void wire_run_for(struct wire *w, isdn_time ms);

struct isdn_client *wire_client(struct wire *w, const char *name, unsigned span,
				enum isdn_privilege privilege);

/* The n-th message from now on (0: the first) that the span sent, of the type. NULL: none. */
const struct isdn_msg *wire_sent(const struct wire *w, unsigned span, uint8_t type, unsigned n);
/* Messages of that type, of both. */
unsigned wire_count(const struct wire *w, uint8_t type);

isdn_handle wire_make(struct wire *w, struct isdn_client *c, unsigned span, const void *uui,
		      size_t size);
/* The handle of the NEW_CALL that waits at c; all its events are taken. */
isdn_handle wire_arrived(struct isdn_client *c);
void wire_drain(struct wire *w);
struct isdn_call_status wire_status(struct isdn_client *c, isdn_handle h);
/* A call between both, connected; out: placed by the near side. */
void wire_connected(struct wire *w, bool out, isdn_handle *near, isdn_handle *far);

#endif
