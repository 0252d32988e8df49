/* SPDX-License-Identifier: BSD-2-Clause */
/* Events and messages as lines of text. */
#ifndef UTILS_SHOW_H
#define UTILS_SHOW_H

#include <isdn/isdn.h>

/* "04 \"bye\"" or "00 0102ff": discriminator, then text where it is printable, else hex. */
void show_uui(const uint8_t *octets, size_t size, char *text, size_t cap);

/* "DISCONNECT cr=1 cause=16 (normal call clearing) uui=04 \"bye\"" */
void show_message(const struct isdn_msg *msg, char *text, size_t cap);

/* A frame that carries a message: decoded, 1; any other: 0. sender_net: the network side sent it.
 */
int show_decode(const uint8_t *frame, size_t len, bool sender_net, struct isdn_msg *msg);

/* "CONNECTED", "DISCONNECTED (BUSY) cause 17 (user busy), remote". */
void show_state(const struct isdn_event *ev, char *text, size_t cap);

#endif
