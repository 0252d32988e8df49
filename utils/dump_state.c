/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The procedures of Q.931 clause 5 as far as a listener can hold the two sides
 * to them: rows of what must have been seen of a call before a message, and
 * what must not.
 */
#include <string.h>

#include "dump.h"

enum who { ANYBODY, ORIGIN, OTHER };

/* As the sender of the message sees them. */
#define OWN_DISC  SEEN_DISC_ORIGIN
#define PEER_DISC SEEN_DISC_OTHER
#define OWN_REL	  SEEN_REL_ORIGIN
#define PEER_REL  SEEN_REL_OTHER
#define ANSWERED  (SEEN_SETUP_ACK | SEEN_PROCEEDING | SEEN_ALERTING | SEEN_CONNECT)
#define CLEARED	  (OWN_DISC | OWN_REL)
#define NEVER	  (1u << 31)
#define TERMS_ANY (~0u)

struct rule {
	uint8_t type;
	enum who who;
	unsigned when; /* applies when any of these was seen */
	unsigned need; /* any of these must have been, or the call be older than the capture */
	unsigned not ; /* none of these may have been */
	const char *clause, *text;
};

/* clang-format off */
static const struct rule rules[] = {
	{ ISDN_MT_SETUP, ORIGIN, TERMS_ANY, 0, ANSWERED, "Q.931 5.8.3.2", "the call reference is that of a call that is there" },
	{ ISDN_MT_SETUP, ORIGIN, TERMS_ANY, 0, SEEN_SETUP, "Q.931 5.1.1", "SETUP again, as after T303" },

	{ ISDN_MT_SETUP_ACKNOWLEDGE, OTHER, TERMS_ANY, SEEN_SETUP, 0, "Q.931 5.8.3.2", "no SETUP was seen with this call reference" },
	{ ISDN_MT_SETUP_ACKNOWLEDGE, OTHER, TERMS_ANY, 0, ANSWERED, "Q.931 5.8.4", "the SETUP was answered already" },
	{ ISDN_MT_SETUP_ACKNOWLEDGE, OTHER, TERMS_ANY, 0, CLEARED, "Q.931 5.8.4", "its sender is clearing the call" },
	{ ISDN_MT_CALL_PROCEEDING, OTHER, TERMS_ANY, SEEN_SETUP, 0, "Q.931 5.8.3.2", "no SETUP was seen with this call reference" },
	{ ISDN_MT_CALL_PROCEEDING, OTHER, TERMS_ANY, 0, ANSWERED & ~SEEN_SETUP_ACK, "Q.931 5.8.4", "it comes too late, or for the second time" },
	{ ISDN_MT_CALL_PROCEEDING, OTHER, TERMS_ANY, 0, CLEARED, "Q.931 5.8.4", "its sender is clearing the call" },
	{ ISDN_MT_ALERTING, OTHER, TERMS_ANY, SEEN_SETUP, 0, "Q.931 5.8.3.2", "no SETUP was seen with this call reference" },
	{ ISDN_MT_ALERTING, OTHER, TERMS_ANY, 0, SEEN_ALERTING | SEEN_CONNECT, "Q.931 5.8.4", "it comes too late, or for the second time" },
	{ ISDN_MT_ALERTING, OTHER, TERMS_ANY, 0, CLEARED, "Q.931 5.8.4", "its sender is clearing the call" },
	{ ISDN_MT_CONNECT, OTHER, TERMS_ANY, SEEN_SETUP, 0, "Q.931 5.8.3.2", "no SETUP was seen with this call reference" },
	{ ISDN_MT_CONNECT, OTHER, TERMS_ANY, 0, SEEN_CONNECT, "Q.931 5.8.4", "second CONNECT" },
	{ ISDN_MT_CONNECT, OTHER, TERMS_ANY, 0, CLEARED, "Q.931 5.8.4", "its sender is clearing the call" },
	{ ISDN_MT_SETUP_ACKNOWLEDGE, ORIGIN, TERMS_ANY, NEVER, 0, "Q.931 5.1", "it is for the called side to send this" },
	{ ISDN_MT_CALL_PROCEEDING, ORIGIN, TERMS_ANY, NEVER, 0, "Q.931 5.1", "it is for the called side to send this" },
	{ ISDN_MT_ALERTING, ORIGIN, TERMS_ANY, NEVER, 0, "Q.931 5.1", "it is for the called side to send this" },
	{ ISDN_MT_CONNECT, ORIGIN, TERMS_ANY, NEVER, 0, "Q.931 5.1", "it is for the called side to send this" },

	{ ISDN_MT_CONNECT_ACKNOWLEDGE, OTHER, TERMS_ANY, NEVER, 0, "Q.931 5.2.8", "it is for the calling side to send this" },
	{ ISDN_MT_CONNECT_ACKNOWLEDGE, ORIGIN, TERMS_ANY, SEEN_CONNECT, 0, "Q.931 5.8.4", "no CONNECT was seen" },
	{ ISDN_MT_CONNECT_ACKNOWLEDGE, ORIGIN, TERMS_ANY, 0, SEEN_CONNECT_ACK, "Q.931 5.8.4", "second CONNECT ACKNOWLEDGE" },
	{ ISDN_MT_CONNECT_ACKNOWLEDGE, ORIGIN, TERMS_ANY, 0, CLEARED, "Q.931 5.8.4", "its sender is clearing the call" },

	{ ISDN_MT_DISCONNECT, ANYBODY, TERMS_ANY, SEEN_SETUP, 0, "Q.931 5.8.3.2", "no SETUP was seen with this call reference" },
	{ ISDN_MT_DISCONNECT, ANYBODY, TERMS_ANY, 0, OWN_DISC, "Q.931 5.8.4", "second DISCONNECT of the same side" },
	{ ISDN_MT_DISCONNECT, ANYBODY, TERMS_ANY, 0, OWN_REL, "Q.931 5.8.4", "its sender has sent RELEASE" },
	{ ISDN_MT_RELEASE, ANYBODY, TERMS_ANY, SEEN_SETUP, 0, "Q.931 5.8.3.2", "no SETUP was seen with this call reference" },
	{ ISDN_MT_RELEASE, ANYBODY, TERMS_ANY, 0, OWN_REL, "Q.931 5.3.3", "RELEASE again, as after T308" },
	{ ISDN_MT_RELEASE_COMPLETE, ANYBODY, ANSWERED, OWN_REL | PEER_REL, 0, "Q.931 5.3.3", "no RELEASE was seen, and the SETUP was answered" },

	{ ISDN_MT_INFORMATION, ANYBODY, TERMS_ANY, SEEN_SETUP, OWN_REL, "Q.931 5.8.4", "no call, or its sender has sent RELEASE" },
	{ ISDN_MT_PROGRESS, ANYBODY, TERMS_ANY, SEEN_SETUP, CLEARED, "Q.931 5.8.4", "no call, or its sender is clearing it" },
	{ ISDN_MT_NOTIFY, ANYBODY, TERMS_ANY, SEEN_SETUP, OWN_REL, "Q.931 5.8.4", "no call, or its sender has sent RELEASE" },
	{ ISDN_MT_USER_INFORMATION, ANYBODY, TERMS_ANY, SEEN_SETUP, CLEARED, "Q.931 5.8.4", "no call, or its sender is clearing it" },
	{ ISDN_MT_HOLD, ANYBODY, TERMS_ANY, SEEN_SETUP, CLEARED, "Q.932 6.2", "no call, or its sender is clearing it" },
	{ ISDN_MT_RETRIEVE, ANYBODY, TERMS_ANY, SEEN_SETUP, CLEARED, "Q.932 6.2", "no call, or its sender is clearing it" },
	{ ISDN_MT_SUSPEND, ANYBODY, TERMS_ANY, SEEN_CONNECT, CLEARED, "Q.931 5.6", "the call is not active" },
};
/* clang-format on */

/* What a message adds to what was seen, sent by the origin or the other side. */
static unsigned adds(unsigned type, bool origin)
{
	static const struct {
		uint8_t type;
		unsigned origin, other;
	} marks[] = {
		{ ISDN_MT_SETUP, SEEN_SETUP, 0 },
		{ ISDN_MT_REGISTER, SEEN_SETUP | SEEN_OLD, 0 }, /* Q.932 6.3: other procedures */
		{ ISDN_MT_RESUME, SEEN_SETUP | SEEN_OLD, 0 },
		{ ISDN_MT_SETUP_ACKNOWLEDGE, 0, SEEN_SETUP_ACK },
		{ ISDN_MT_CALL_PROCEEDING, 0, SEEN_PROCEEDING },
		{ ISDN_MT_ALERTING, 0, SEEN_ALERTING },
		{ ISDN_MT_CONNECT, 0, SEEN_CONNECT },
		{ ISDN_MT_CONNECT_ACKNOWLEDGE, SEEN_CONNECT_ACK, 0 },
		{ ISDN_MT_DISCONNECT, SEEN_DISC_ORIGIN, SEEN_DISC_OTHER },
		{ ISDN_MT_RELEASE, SEEN_REL_ORIGIN, SEEN_REL_OTHER },
		{ ISDN_MT_RELEASE_COMPLETE, SEEN_END, SEEN_END },
		{ ISDN_MT_SUSPEND_ACKNOWLEDGE, SEEN_END, SEEN_END },
		{ ISDN_MT_RESUME_REJECT, SEEN_END, SEEN_END },
	};

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (marks[i].type == type)
			return origin ? marks[i].origin : marks[i].other;
	return 0;
}

/* What was seen with the two sides exchanged, unless the sender is the origin. */
static unsigned as_sender(unsigned seen, bool origin)
{
	unsigned swapped = seen & ~(OWN_DISC | PEER_DISC | OWN_REL | PEER_REL);

	if (origin)
		return seen;
	swapped |= seen & OWN_DISC ? PEER_DISC : 0;
	swapped |= seen & PEER_DISC ? OWN_DISC : 0;
	swapped |= seen & OWN_REL ? PEER_REL : 0;
	swapped |= seen & PEER_REL ? OWN_REL : 0;
	return swapped;
}

/* Errors are answered by RELEASE COMPLETE in any state (5.8.3.2, 5.8.6.1, 5.8.10, 5.8.11). */
static bool clears_for_error(const struct isdn_msg *m)
{
	return m->type == ISDN_MT_RELEASE_COMPLETE && isdn_msg_has(m, ISDN_IE_CAUSE) &&
	       m->cause[0].value >= ISDN_CAUSE_INVALID_CALL_REFERENCE;
}

/* These may come for a call that is over: they answer what came too late. */
static bool late_is_right(unsigned type)
{
	return type == ISDN_MT_RELEASE_COMPLETE || type == ISDN_MT_STATUS ||
	       type == ISDN_MT_STATUS_ENQUIRY;
}

static void hold_to(const struct rule *r, struct frame *f, unsigned seen)
{
	bool lacks = r->need && !(seen & r->need) && (r->need == NEVER || !(seen & SEEN_OLD));

	if (!(r->when == TERMS_ANY || seen & r->when) || !(lacks || seen & r->not ))
		return;
	dump_complain(f,
		      lacks && r->need == SEEN_SETUP ? COMPLAINT_CALL_REFERENCE : COMPLAINT_STATE,
		      r->clause, 0, "%s: %s", isdn_msg_title(f->msg), r->text);
}

void dump_state(struct frame *f)
{
	const struct isdn_msg *m = f->msg;
	struct dump_call *c = f->call;
	bool origin = !m->cr_flag;
	unsigned seen = as_sender(c->seen, origin), n = f->n_complaints;

	if (c->seen & SEEN_END && !late_is_right(m->type))
		dump_complain(f, COMPLAINT_CALL_REFERENCE, "Q.931 5.8.3.2", 0,
			      "%s after the call was released", isdn_msg_title(m));
	else if (m->type == ISDN_MT_SETUP && !origin)
		dump_complain(f, COMPLAINT_CALL_REFERENCE, "Q.931 5.8.3.2", 0,
			      "SETUP with the call reference flag of the side that answers");
	else if (!(c->seen & SEEN_BROADCAST) && !clears_for_error(m))
		for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]) && f->n_complaints == n;
		     i++)
			if (rules[i].type == m->type && rules[i].who != (origin ? OTHER : ORIGIN))
				hold_to(&rules[i], f, seen);
	c->seen |= adds(m->type, origin);
	if (c->seen & SEEN_BROADCAST)
		c->seen &= ~(unsigned)SEEN_END; /* one terminal has gone, others may be left */
	if (!(c->seen & (SEEN_SETUP | SEEN_END)))
		c->seen |= SEEN_OLD; /* it was said once */
}
