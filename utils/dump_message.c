/* SPDX-License-Identifier: BSD-2-Clause */
/* Layer 3 of a frame: the message, whole ones out of segments (Annex H), and its faults. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "dump.h"

#define STORES 16 /* messages that arrive in segments at a time */

const char *const dump_complaint_words[] = { "message", "state",	  "call-reference",
					     "uui",	"retransmission", "layer2",
					     "cut",	"segment",	  NULL };

struct store {
	const struct link *link; /* NULL: free */
	enum dump_side sender;
	uint8_t tei;
	uint64_t used;
	struct isdn_reassembly message;
};

struct segments {
	uint64_t uses;
	struct store store[STORES];
};

struct segments *dump_segments_new(void)
{
	return calloc(1, sizeof(struct segments));
}

void dump_segments_free(struct segments *s)
{
	free(s);
}

void dump_add(char *text, size_t cap, const char *format, ...)
{
	size_t n = strlen(text);
	va_list ap;

	va_start(ap, format);
	vsnprintf(text + n, cap - n, format, ap);
	va_end(ap);
}

void dump_complain(struct frame *f, enum complaint_kind kind, const char *clause, unsigned octet,
		   const char *format, ...)
{
	struct complaint *c;
	va_list ap;

	if (f->n_complaints == DUMP_COMPLAINTS_MAX) {
		f->missed++;
		return;
	}
	c = &f->complaint[f->n_complaints++];
	c->kind = kind;
	c->clause = clause;
	c->octet = (uint16_t)octet;
	va_start(ap, format);
	vsnprintf(c->text, sizeof(c->text), format, ap);
	va_end(ap);
}

/* ---- faults of the codec ---- */

static const char *clause_of(enum isdn_fault_kind kind)
{
	switch (kind) {
	case ISDN_FAULT_DISCRIMINATOR:
		return "Q.931 5.8.1";
	case ISDN_FAULT_TOO_SHORT:
		return "Q.931 5.8.2";
	case ISDN_FAULT_CALLREF_FORMAT:
		return "Q.931 5.8.3.1";
	case ISDN_FAULT_MESSAGE_TYPE:
		return "Q.931 5.8.4";
	case ISDN_FAULT_CODESET_ORDER:
		return "Q.931 4.5.3";
	case ISDN_FAULT_IE_OUT_OF_SEQUENCE:
		return "Q.931 5.8.5.1";
	case ISDN_FAULT_IE_DUPLICATED:
		return "Q.931 5.8.5.2";
	case ISDN_FAULT_MANDATORY_MISSING:
		return "Q.931 5.8.6.1";
	case ISDN_FAULT_MANDATORY_CONTENT:
	case ISDN_FAULT_MANDATORY_LENGTH:
		return "Q.931 5.8.6.2";
	case ISDN_FAULT_COMPREHENSION:
	case ISDN_FAULT_IE_UNRECOGNIZED:
		return "Q.931 5.8.7.1";
	case ISDN_FAULT_OPTIONAL_CONTENT:
	case ISDN_FAULT_OPTIONAL_LENGTH:
		return "Q.931 5.8.7.2";
	case ISDN_FAULT_IE_UNEXPECTED:
		return "Q.931 5.8.7.3";
	case ISDN_FAULT_TOO_MANY:
		return "Q.931 4.5.1";
	}
	return "Q.931 5.8";
}

static bool has_element(enum isdn_fault_kind kind)
{
	return kind > ISDN_FAULT_MESSAGE_TYPE && kind != ISDN_FAULT_TOO_MANY;
}

static bool is_uui(const struct isdn_fault *fault)
{
	return has_element(fault->kind) &&
	       isdn_ie_of(fault->codeset, fault->ie) == ISDN_IE_USER_USER;
}

/* The name of the fault without the clause behind it, and of the element. */
static void fault_text(const struct isdn_fault *fault, char *text, size_t cap)
{
	const char *name = isdn_fault_name(fault->kind), *end = strrchr(name, '(');
	enum isdn_ie ie;

	*text = '\0';
	dump_add(text, cap, "%.*s", end ? (int)(end - name) - 1 : (int)strlen(name), name);
	if (fault->kind == ISDN_FAULT_MESSAGE_TYPE)
		dump_add(text, cap, ": %02x", fault->ie);
	if (!has_element(fault->kind))
		return;
	ie = isdn_ie_of(fault->codeset, fault->ie);
	if (ie == ISDN_IE_COUNT)
		dump_add(text, cap, ": element %02x", fault->ie);
	else
		dump_add(text, cap, ": %s", isdn_ie_name(ie));
	if (fault->codeset)
		dump_add(text, cap, " of codeset %u", fault->codeset);
	if (*fault->octet)
		dump_add(text, cap, ", octet %s", fault->octet);
}

static void blame(struct frame *f, const struct isdn_faults *faults, bool too_long_uui)
{
	char text[160];

	for (unsigned i = 0; i < faults->n; i++) {
		const struct isdn_fault *fault = &faults->list[i];
		bool length = fault->kind == ISDN_FAULT_OPTIONAL_LENGTH ||
			      fault->kind == ISDN_FAULT_MANDATORY_LENGTH;

		if (is_uui(fault) && length && too_long_uui)
			continue; /* said already */
		fault_text(fault, text, sizeof(text));
		if (is_uui(fault) && fault->kind == ISDN_FAULT_IE_UNEXPECTED)
			dump_complain(f, COMPLAINT_UUI, "Q.931 5.8.7.3", fault->offset + 1u,
				      "User-user in a message that does not carry it");
		else
			dump_complain(f, COMPLAINT_MESSAGE, clause_of(fault->kind),
				      fault->offset + 1u, "%s", text);
	}
	f->missed += faults->missed;
}

/* ---- user-user information ---- */

/* The length of the first User-user element of the octets, right or wrong; -1: none. */
static int uui_length(const struct frame *f, const struct isdn_faults *faults)
{
	if (f->has_msg && isdn_msg_has(f->msg, ISDN_IE_USER_USER))
		return f->msg->uui.len + 1;
	for (unsigned i = 0; i < faults->n; i++) {
		size_t at = faults->list[i].element;

		if (is_uui(&faults->list[i]) && at + 1 < f->message_len)
			return f->message[at + 1];
	}
	return -1;
}

static bool uui_too_long(struct frame *f, const struct isdn_faults *faults, unsigned limit)
{
	int len = uui_length(f, faults);

	if (len <= (int)limit + 1)
		return false;
	dump_complain(f, COMPLAINT_UUI, "Q.931 4.5.30", 0,
		      "%d octets of user-user information; %u and the discriminator can be carried",
		      len - 1, limit);
	return true;
}

/* ---- decoding ---- */

static bool decode(enum isdn_variant variant, enum dump_side sender, const uint8_t *octets,
		   size_t len, struct isdn_msg *msg, struct isdn_faults *faults)
{
	struct isdn_faults back;
	bool good = isdn_msg_decode(variant,
				    sender == DUMP_NETWORK ? ISDN_NETWORK_TO_USER
							   : ISDN_USER_TO_NETWORK,
				    octets, len, msg, faults) == 0;

	if (sender || !good || !faults->n)
		return good;
	/* the way is not known: the one that has less to say against the message */
	if (isdn_msg_decode(variant, ISDN_NETWORK_TO_USER, octets, len, msg, &back) == 0 &&
	    back.n < faults->n) {
		*faults = back;
		return true;
	}
	return isdn_msg_decode(variant, ISDN_USER_TO_NETWORK, octets, len, msg, faults) == 0;
}

void dump_decode_again(struct frame *f, enum isdn_variant variant, struct isdn_msg *msg)
{
	struct isdn_faults faults;

	f->msg = msg;
	f->has_msg = f->has_msg &&
		     decode(variant, f->sender, f->message, f->message_len, msg, &faults);
}

/* The store of the same way, or the one that was not used for longest. */
static struct store *store_of(struct segments *s, struct frame *f)
{
	struct store *best = &s->store[0];

	for (unsigned i = 0; i < STORES; i++) {
		struct store *t = &s->store[i];

		if (t->link == f->link && t->sender == f->sender && t->tei == f->tei &&
		    t->message.cr == f->msg->cr && t->message.cr_flag == f->msg->cr_flag)
			return t;
		if (t->used < best->used)
			best = t;
	}
	memset(best, 0, sizeof(*best));
	best->link = f->link;
	best->sender = f->sender;
	best->tei = f->tei;
	return best;
}

/* True: the message is whole, and is in the frame now. */
static bool reassemble(struct segments *s, struct frame *f, enum isdn_variant variant,
		       struct isdn_msg *msg, struct isdn_faults *faults)
{
	struct store *t = store_of(s, f);
	int got = isdn_reassemble(&t->message, f->msg);

	t->used = ++s->uses;
	if (got == 1) {
		f->segments = t->message.n;
		f->message = t->message.octets;
		f->message_len = t->message.len;
		f->has_msg = decode(variant, f->sender, f->message, f->message_len, msg, faults);
		return true;
	}
	if (got < 0)
		dump_complain(f, COMPLAINT_SEGMENT, "Q.931 Annex H", 0,
			      got == ISDN_ERR_NOSPC
				      ? "more than the segments of one message can be"
				      : "a segment out of sequence; those before it are of no use");
	return false;
}

static bool carries_message(const struct frame *f)
{
	if (f->r.bare)
		return true;
	return f->valid && f->sapi == 0 && f->info_len &&
	       (f->type == ISDN_FRAME_I || f->type == ISDN_FRAME_UI);
}

void dump_layer3(struct frame *f, struct segments *s, enum isdn_variant variant, unsigned uui_limit,
		 struct isdn_msg *msg)
{
	struct isdn_faults *faults = &f->faults;
	bool cut = f->r.whole > f->r.len;

	if (cut)
		dump_complain(f, COMPLAINT_CUT, NULL, 0, "cut: %zu of %zu octets are here",
			      f->r.len, f->r.whole);
	f->msg = msg;
	f->message = f->info;
	if (!carries_message(f))
		return;
	f->message_len = f->info_len;
	f->has_msg = decode(variant, f->sender, f->message, f->message_len, msg, faults);
	if (f->has_msg && msg->type == ISDN_MT_SEGMENT && !f->again && !cut &&
	    reassemble(s, f, variant, msg, faults) && !f->has_msg)
		return;
	if (cut) /* what is missing is missing here only */
		faults->n = faults->missed = 0;
	blame(f, faults, uui_too_long(f, faults, uui_limit));
}
