/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * isdn/bridge.h - shared lines: one call seen at several stations. isdn_bridge(3).
 *
 * A bridge is an address, a number on a span. Clients are its stations. A call that
 * arrives for it is offered at each of them, as a call of its own there (an appearance)
 * with a state of its own; the leg on the wire is one. Who governs it: the stations that
 * take part, CONNECTED and ACTIVE, or ONHOLD.
 */
#ifndef ISDN_BRIDGE_H
#define ISDN_BRIDGE_H

#include <isdn/client.h>

#ifdef __cplusplus
extern "C" {
#endif

enum isdn_sharing {
	/* One station has the line and its calls; the others see them INACTIVE and can not join. */
	ISDN_SHARING_EXCLUSIVE = 0x2,
	/* One station has a call, the others lose it; they can have calls of their own. */
	ISDN_SHARING_NEW = 0x4,
	/* A call that one station has is INACTIVE at the others, which can join it. */
	ISDN_SHARING_SHARED = 0x8
};

struct isdn_bridge_config {
	size_t size; /* set by isdn_bridge_config_init */
	unsigned span;
	const char *number; /* called number of calls that arrive for it; NULL: every call */
	enum isdn_sharing sharing;
};
ISDN_API void isdn_bridge_config_init(struct isdn_bridge_config *config);

/*
 * A new shared line. Of two that fit an arriving call, the one that was made first has it.
 * INVALPOINTER, INVAL (number, sharing), RESOURCEUNAVAIL (no such span), NOMEM
 */
ISDN_API int isdn_bridge_new(struct isdn_registry *registry,
			     const struct isdn_bridge_config *config, isdn_bridge *bridge);

/* INVAL: no such bridge. INUSE: there are calls on it: drop them first. */
ISDN_API int isdn_bridge_free(struct isdn_registry *registry, isdn_bridge bridge);

struct isdn_station_config {
	size_t size;	     /* set by isdn_station_config_init */
	bool monitored;	     /* only told of the line's use: no handles, no calls */
	bool silent;	     /* calls are offered with mode INACTIVE: shown, not rung */
	bool address_events; /* ISDN_EV_ADDRESS, please; a monitored station gets them always */
};
ISDN_API void isdn_station_config_init(struct isdn_station_config *config);

/*
 * Make the client a station of the line; config may be NULL. A call that is there already is
 * shown to it as it is to the others. A client that was opened as a monitor can be a monitored
 * station only.
 * INVAL (no such bridge), INUSE (it is one already), NOTOWNER, NOMEM
 */
ISDN_API int isdn_bridge_join(struct isdn_client *client, isdn_bridge bridge,
			      const struct isdn_station_config *config);

/*
 * No longer a station. Calls that it takes part in go on without it while others do, and are
 * cleared otherwise; offered ones are rejected here. Closing the client does the same.
 * INVAL: no such bridge, or no station of it.
 */
ISDN_API int isdn_bridge_leave(struct isdn_client *client, isdn_bridge bridge);

struct isdn_bridge_info {
	unsigned span;
	enum isdn_sharing sharing;
	char number[ISDN_DIGITS_MAX + 1];
	uint32_t stations; /* monitored ones not counted */
	uint32_t in_use;   /* stations that take part in a call, or make one */
	uint32_t calls;
};
/* INVAL: no such bridge. INVALPOINTER */
ISDN_API int isdn_bridge_info(const struct isdn_registry *registry, isdn_bridge bridge,
			      struct isdn_bridge_info *info);

/* The shared lines there are, in the order of making: how many; at most cap are written to out. */
ISDN_API size_t isdn_bridge_list(const struct isdn_registry *registry, isdn_bridge *out,
				 size_t cap);

#ifdef __cplusplus
}
#endif
#endif
