/* SPDX-License-Identifier: BSD-2-Clause */
/* The PBX of "demo --serve": what it makes, and how it goes on. */
#ifndef UTILS_DEMO_PBX_H
#define UTILS_DEMO_PBX_H

#include "demo_far.h"

#define DEMO_DESKS 3

struct demo_pbx {
	struct isdn_registry *registry;
	struct isdn_client *client, *desk[DEMO_DESKS], *cdr;
	struct demo_far far;
	unsigned span[DEMO_SPANS];
	isdn_handle arrived;		    /* the last one, at client */
	isdn_handle appearance[DEMO_DESKS]; /* of the shared line */
	unsigned calls;			    /* on the wire */
};

/* A client that is not told on stderr why it could not be: NULL. */
struct isdn_client *demo_client(struct demo_pbx *pbx, const char *name,
				enum isdn_privilege privilege);

/* Events of all, at both ends. */
void demo_pbx_run(struct demo_pbx *pbx);

/* Everything that the page tells of. False: which step failed is on stderr. */
bool demo_pbx_make(struct demo_pbx *pbx);

#endif
