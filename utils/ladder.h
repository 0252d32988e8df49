/* SPDX-License-Identifier: BSD-2-Clause */
/* The messages on a D-channel as people read them: one line each, or a ladder. */
#ifndef UTILS_LADDER_H
#define UTILS_LADDER_H

#include <isdn/isdn.h>

/*
 * The message of a frame as a line: DISCONNECT cr=user:1 cause=16 (normal call
 * clearing) uui=04 "bye" 627965. The side in front of the call reference value
 * is the one that allocated it. sender_net: the network side sent the frame.
 * False: the frame carries no message.
 */
bool ladder_line(const uint8_t *frame, size_t len, bool sender_net, char *text, size_t cap);

/*
 * The frame as a step of a ladder on stdout, the user side left and the
 * network side right, with the time in front. False: it carries no message.
 */
bool ladder_step(const uint8_t *frame, size_t len, bool sender_net, double seconds);

/* The names of the two sides above the ladder. */
void ladder_head(const char *user, const char *network);

/* What happened at one of the two sides, between two steps. */
void ladder_note(bool net, double seconds, const char *text);

#endif
