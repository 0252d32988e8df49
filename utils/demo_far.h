/* SPDX-License-Identifier: BSD-2-Clause */
/* The exchange of "demo --serve": the far end of two spans, which answers by itself. */
#ifndef UTILS_DEMO_FAR_H
#define UTILS_DEMO_FAR_H

#include <isdn/isdn.h>

#define DEMO_SPANS  2
#define DEMO_RINGS  "5559999" /* the number that is not answered */
#define DEMO_SPEAKS "5550001" /* the one that answers with UUI */

struct demo_far {
	struct isdn_registry *registry;
	struct isdn_client *client;
	unsigned span[DEMO_SPANS];
};

/* fds: its ends of the lines, which it takes over. False: why is on stderr. */
bool demo_far_open(struct demo_far *far, const int *fds);
/* Answer what came. */
void demo_far_run(struct demo_far *far);
/* Call the PBX, with UUI (text) or NULL. */
bool demo_far_call(struct demo_far *far, unsigned span, const char *from, const char *to,
		   const char *uui);
void demo_far_close(struct demo_far *far);

/* A span on an end of a socket pair. */
bool demo_open_span(struct isdn_registry *registry, int fd, const char *options, unsigned *span);

#endif
