/* SPDX-License-Identifier: BSD-2-Clause */
/* What call control needs to know of answers to a request for a service. */
#ifndef I3_UUS_H
#define I3_UUS_H

#include <isdn/uus.h>

/* That a call is cleared with when a service that it required was answered so. */
uint8_t i3_uus_cause(int answer);
/* It can be put in a component. */
bool i3_uus_can_say(int answer);

#endif
