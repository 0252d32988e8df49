/* SPDX-License-Identifier: BSD-2-Clause */
/* Events as lines of text. */
#ifndef UTILS_EVENTS_H
#define UTILS_EVENTS_H

#include <isdn/isdn.h>
#include <jansson.h>

/* "CONNECTED (ACTIVE)", "DISCONNECTED (BUSY), cause 17 (user busy), remote". */
void event_state(const struct isdn_event *ev, char *text, size_t cap);

/* The same as members of an object: state, mode, cause, source. NULL: no memory. */
json_t *event_members(const struct isdn_event *ev);

/* What the reply to a drop says: "CLEARED", "REJECTED, UUI sent". uui: there was some to send. */
void event_outcome(const struct isdn_event *ev, bool uui, char *text, size_t cap);

#endif
