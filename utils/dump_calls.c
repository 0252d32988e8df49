/* SPDX-License-Identifier: BSD-2-Clause */
/* The calls that are followed: found by link, side and call reference; the oldest is forgotten. */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "dump.h"

#define BUCKETS	      4096
#define SETUP_PHASE   240000000 /* us: longer than T310 and T301, 9.2 */
#define TEI_NO_MATTER 127

struct held {
	struct held *next;
	uint8_t *octets;
	struct frame frame; /* complaints: as many as there are */
};

struct calls {
	struct dump_call *bucket[BUCKETS];
	struct dump_call *oldest, *newest; /* by last use */
	unsigned n;
	uint64_t ids, forgotten, lost;
	size_t held;
	struct frame shown; /* a held frame, as outputs want it */
};

struct calls *dump_calls_new(void)
{
	return calloc(1, sizeof(struct calls));
}

static void drop_held(struct calls *c, struct dump_call *call)
{
	while (call->held) {
		struct held *h = call->held;

		call->held = h->next;
		free(h);
	}
	call->held_end = &call->held;
	c->held -= call->held_octets;
	call->held_octets = 0;
}

static void forget(struct calls *c, struct dump_call *call);

void dump_calls_free(struct calls *c)
{
	while (c && c->oldest)
		forget(c, c->oldest);
	free(c);
}

uint64_t dump_calls_count(const struct calls *c)
{
	return c->ids;
}

uint64_t dump_calls_forgotten(const struct calls *c)
{
	return c->forgotten;
}

uint64_t dump_held_lost(const struct calls *c)
{
	return c->lost;
}

/* ---- the table ---- */

static struct dump_call **bucket_of(struct calls *c, const struct link *l, enum dump_side owner,
				    unsigned cr, unsigned tei)
{
	unsigned h = l->number * 2654435761u ^ cr * 40503u ^ (unsigned)owner << 7 ^ tei << 9;

	return &c->bucket[(h ^ h >> 15) % BUCKETS];
}

static void unlist(struct calls *c, struct dump_call *call)
{
	*(call->older ? &call->older->newer : &c->oldest) = call->newer;
	*(call->newer ? &call->newer->older : &c->newest) = call->older;
}

static void list_newest(struct calls *c, struct dump_call *call)
{
	call->older = c->newest;
	call->newer = NULL;
	*(c->newest ? &c->newest->newer : &c->oldest) = call;
	c->newest = call;
}

static void forget(struct calls *c, struct dump_call *call)
{
	struct dump_call **at = bucket_of(c, call->link, call->owner, call->cr, call->tei);

	while (*at != call)
		at = &(*at)->chain;
	*at = call->chain;
	unlist(c, call);
	drop_held(c, call);
	free(call);
	c->n--;
}

static struct dump_call *find(struct calls *c, struct link *l, enum dump_side owner, unsigned cr,
			      unsigned tei)
{
	struct dump_call **bucket = bucket_of(c, l, owner, cr, tei), *call = *bucket;

	while (call &&
	       (call->link != l || call->owner != owner || call->cr != cr || call->tei != tei))
		call = call->chain;
	if (call) {
		unlist(c, call);
		list_newest(c, call);
		return call;
	}
	if (c->n == DUMP_CALLS_MAX) {
		c->forgotten += !(c->oldest->seen & SEEN_END);
		forget(c, c->oldest);
	}
	call = calloc(1, sizeof(*call));
	if (!call)
		return NULL;
	call->link = l;
	call->owner = owner;
	call->cr = (uint16_t)cr;
	call->tei = (uint8_t)tei;
	call->held_end = &call->held;
	call->chain = *bucket;
	*bucket = call;
	list_newest(c, call);
	c->n++;
	return call;
}

/* ---- a call begins ---- */

static bool sets_up(unsigned type)
{
	return type == ISDN_MT_SETUP || type == ISDN_MT_REGISTER || type == ISDN_MT_RESUME;
}

static bool in_setup_phase(unsigned type)
{
	return type == ISDN_MT_SETUP_ACKNOWLEDGE || type == ISDN_MT_CALL_PROCEEDING ||
	       type == ISDN_MT_ALERTING || type == ISDN_MT_CONNECT ||
	       type == ISDN_MT_CONNECT_ACKNOWLEDGE;
}

/* Whether a call that begins with this message may be older than the capture. */
static bool may_be_old(const struct frame *f)
{
	if (sets_up(f->msg->type))
		return false;
	if (f->msg->type == ISDN_MT_RELEASE_COMPLETE || f->msg->type == ISDN_MT_STATUS ||
	    f->msg->type == ISDN_MT_STATUS_ENQUIRY)
		return true; /* they are right for a call that is not there */
	if (f->link->fresh)
		return false;
	return !(in_setup_phase(f->msg->type) && f->r.has_time &&
		 f->r.us > f->link->first_us + SETUP_PHASE);
}

static void begin(struct calls *c, struct dump_call *call, const struct frame *f)
{
	drop_held(c, call);
	call->id = ++c->ids;
	call->seen = may_be_old(f) ? SEEN_OLD : 0;
	if (f->has_layer2 && f->tei == TEI_NO_MATTER && f->msg->type == ISDN_MT_SETUP)
		call->seen |= SEEN_BROADCAST;
	call->first_us = f->r.us;
	call->has_setup_us = call->told_alerting = call->told_connect = false;
	call->cause = 0;
	call->satisfied = 0;
	call->selected = false;
}

/* The call reference of a call that is over, or of which the end was not seen, is used again. */
static bool begins_anew(const struct dump_call *call, const struct frame *f)
{
	unsigned over = SEEN_END | SEEN_OLD | SEEN_BROADCAST | SEEN_REL_ORIGIN | SEEN_REL_OTHER |
			SEEN_DISC_ORIGIN | SEEN_DISC_OTHER;

	if (!call->id)
		return true;
	return sets_up(f->msg->type) && !f->msg->cr_flag && call->seen & over;
}

static bool clearing(unsigned type)
{
	return type == ISDN_MT_DISCONNECT || type == ISDN_MT_RELEASE ||
	       type == ISDN_MT_RELEASE_COMPLETE;
}

static void note_times(struct dump_call *call, const struct frame *f)
{
	call->last_us = f->r.us;
	if (f->msg->type == ISDN_MT_SETUP && f->r.has_time && !call->has_setup_us) {
		call->has_setup_us = true;
		call->setup_us = f->r.us;
	}
	if (!call->cause && clearing(f->msg->type) && isdn_msg_has(f->msg, ISDN_IE_CAUSE))
		call->cause = f->msg->cause[0].value;
}

static enum dump_side owner_of(const struct frame *f)
{
	if (!f->sender)
		return DUMP_UNKNOWN;
	return (f->sender == DUMP_NETWORK) != f->msg->cr_flag ? DUMP_NETWORK : DUMP_USER;
}

bool dump_calls_frame(struct calls *c, struct frame *f)
{
	unsigned tei;
	struct dump_call *call;

	if (!f->has_msg || !f->msg->cr_len || !f->msg->cr || f->msg->discriminator != ISDN_PD_Q931)
		return true;
	f->owner = owner_of(f);
	tei = f->owner == DUMP_USER && f->has_layer2 ? f->tei : TEI_NO_MATTER;
	call = find(c, f->link, f->owner, f->msg->cr, tei);
	if (!call)
		return false;
	f->call = call;
	if (begins_anew(call, f))
		begin(c, call, f);
	if (!f->again && f->msg->type != ISDN_MT_SEGMENT) {
		unsigned n = f->n_complaints;

		dump_state(f);
		if (!f->owner) /* calls of both sides are one here: nobody is blamed */
			f->n_complaints = n;
		note_times(call, f);
	}
	f->call_id = call->id;
	return true;
}

/* ---- frames that wait ---- */

bool dump_hold(struct calls *c, const struct frame *f)
{
	size_t kept = offsetof(struct frame, complaint) + f->n_complaints * sizeof(f->complaint[0]),
	       head = offsetof(struct held, frame) + kept, size = head + f->r.len + f->message_len;
	struct held *h = c->held + size > DUMP_HELD_MAX ? NULL : malloc(size);

	if (!h) {
		c->lost++;
		return false;
	}
	memcpy(&h->frame, f, kept);
	h->octets = (uint8_t *)h + head;
	memcpy(h->octets, f->r.octets, f->r.len);
	memcpy(h->octets + f->r.len, f->message, f->message_len);
	h->next = NULL;
	*f->call->held_end = h;
	f->call->held_end = &h->next;
	f->call->held_octets += size;
	c->held += size;
	return true;
}

void dump_release(struct calls *c, struct dump_call *call, void (*show)(void *arg, struct frame *f),
		  void *arg)
{
	for (struct held *h = call->held; h; h = h->next) {
		struct frame *f = &c->shown;

		memcpy(f, &h->frame,
		       offsetof(struct frame, complaint) +
			       h->frame.n_complaints * sizeof(f->complaint[0]));
		f->info = h->octets + (f->info - f->r.octets);
		f->r.octets = h->octets;
		f->message = h->octets + f->r.len;
		show(arg, f);
	}
	drop_held(c, call);
}
