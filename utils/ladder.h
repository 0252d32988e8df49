/* SPDX-License-Identifier: BSD-2-Clause */
/* The messages on a D-channel as people read them: one line each, or a ladder. */
#ifndef UTILS_LADDER_H
#define UTILS_LADDER_H

#include <stdio.h>

#include <isdn/isdn.h>

#include "term.h"

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

/* ---- what such lines are made of ---- */

/* What the sender of a message is. */
enum ladder_sender { LADDER_USER, LADDER_NETWORK, LADDER_ANYBODY };

/*
 * SETUP cr=user:1 called=5551234 calling=100 channel=3, without what is not there. Octets that
 * can not be printed are dots. The texts are ended, and cut where there is no room.
 */
void ladder_label(const struct isdn_msg *m, enum ladder_sender sender, bool channel, char *text,
		  size_t cap);
/* cause 16 (normal call clearing); "" without one. */
void ladder_causes(const struct isdn_msg *m, const char *front, char *text, size_t cap);
/* User-user information as uui_print has it; "" without. */
void ladder_uui(const struct isdn_msg *m, bool both, char *text, size_t cap);

/* A ladder of a width: the gutter, an upright, so many columns, an upright. */
struct ladder {
	FILE *to;
	const struct term *term; /* NULL: no colour */
	int gutter, width;
};

/* An arrow with its label; of a sender that is not known a line without a head. */
void ladder_arrow(const struct ladder *l, const char *gutter, enum ladder_sender sender,
		  const char *label, enum term_style style);
/* Text between the uprights, indented; what is too long goes on in further lines. */
void ladder_inside(const struct ladder *l, int indent, const char *text, enum term_style style);

#endif
