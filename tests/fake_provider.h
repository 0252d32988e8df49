/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A provider for tests of the registry: it carries out nothing, remembers what
 * it was asked, and reports what the test tells it to. With it every call
 * state can be had, and every capability taken away.
 */
#ifndef TESTS_FAKE_PROVIDER_H
#define TESTS_FAKE_PROVIDER_H

#include "lib/registry.h"

#define FAKE_LEGS   512
#define FAKE_EVENTS 4096

struct fake_leg {
	bool alive;
	void *user;
	unsigned drops;
	uint8_t cause;	/* of the last drop */
	bool uui_given; /* with the last drop */
	struct isdn_uui uui;
};

struct fake {
	struct isdn_provider base;
	struct isdn_caps caps;
	bool instant;	     /* a drop ends the leg at once; else fake_gone does */
	int fail_drop;	     /* answer of the next drops: 0 or an error */
	uint64_t fail_leg;   /* only for this leg; 0: for all */
	uint64_t no_uui_leg; /* a drop of this one carries no UUI */
	int send_err;	     /* answer of send_uui; 0: it sends while there is room, then AGAIN */
	unsigned send_room;
	struct fake_sent {
		struct isdn_uui uui;
		bool more;
	} sent[128];
	unsigned n_sent;
	bool busy; /* as told by the registry */
	struct fake_leg leg[FAKE_LEGS];
	unsigned n_legs; /* leg numbers are 1.. */
	struct isdn_leg_event queue[FAKE_EVENTS];
	unsigned head, tail;
};

/* All capabilities on, 129 octets of UUI, drops end at once. */
void fake_init(struct fake *f, unsigned number);

/* A call arrives: its leg number. uui may be NULL. */
uint64_t fake_offer(struct fake *f, const struct isdn_uui *uui);
/* The leg enters a state; cause counts for DISCONNECTED; uui may be NULL. */
void fake_state(struct fake *f, uint64_t leg, enum isdn_call_state state, uint8_t cause,
		const struct isdn_uui *uui);
/* The leg ends. */
void fake_gone(struct fake *f, uint64_t leg, uint8_t cause, enum isdn_source source,
	       const struct isdn_uui *uui);
/* UUI within the call; more: the block goes on. */
void fake_uui(struct fake *f, uint64_t leg, const struct isdn_uui *uui, bool more);

/* The leg enters a state by a message of that phase. */
void fake_phase(struct fake *f, uint64_t leg, enum isdn_call_state state, enum isdn_uui_which phase,
		const struct isdn_uui *uui);
/* So many messages of UUI can go now. */
void fake_ready(struct fake *f, uint64_t leg, unsigned room);

/* uui = discriminator and text. */
struct isdn_uui fake_text(const char *text);

#endif
