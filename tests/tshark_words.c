/* SPDX-License-Identifier: BSD-2-Clause */
#include "tests/tshark_words.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct out {
	char *text;
	size_t cap, len;
};

static void add(struct out *o, const char *format, ...) ISDN_PRINTF(2, 3);
static void add(struct out *o, const char *format, ...)
{
	va_list ap;
	int n;

	va_start(ap, format);
	n = vsnprintf(o->text + o->len, o->cap - o->len, format, ap);
	va_end(ap);
	o->len += (size_t)n < o->cap - o->len ? (size_t)n : 0;
}

static void add_hex(struct out *o, const uint8_t *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		add(o, "%02x", p[i]);
}

/* What is not ASCII as the list has it. */
static void add_text(struct out *o, const uint8_t *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		add(o, p[i] < 0x80 ? "%c" : "\\x%02x", p[i]);
}

struct word {
	unsigned value;
	const char *word;
};

static const char *word(const struct word *w, unsigned value)
{
	for (; w->word; w++)
		if (w->value == value)
			return w->word;
	return "?";
}

static const struct word capability[] = { { 0, "Speech" },
					  { 8, "Unrestricted digital information" },
					  { 0, NULL } };
static const struct word layer1[] = { { 1, "V.110/I.460/X.30 rate adaption" },
				      { 2, "Recommendation G.711 u-law" },
				      { 3, "Recommendation G.711 A-law" },
				      { 8, "V.120 rate adaption" },
				      { 0, NULL } };
static const struct word user_rate[] = { { 8, "9.6 kbit/s" }, { 15, "56 kbit/s" }, { 0, NULL } };
static const struct word location[] = { { 0, "User (U)" },
					{ 2, "Public network serving the local user (LN)" },
					{ 0, NULL } };
static const struct word type[] = { { 0, "Unknown" },
				    { 1, "International number" },
				    { 2, "National number" },
				    { 4, "Subscriber number" },
				    { 0, NULL } };
static const struct word screening[] = { { 0, "User-provided, not screened" },
					 { 3, "Network-provided" },
					 { 0, NULL } };
static const struct word presentation[] = { { 0, "Presentation allowed" },
					    { 1, "Presentation restricted" },
					    { 0, NULL } };
static const struct word progress[] = {
	{ 1, "Call is not end-to-end ISDN - progress information available in-band" },
	{ 3, "Origination address is non-ISDN" },
	{ 8, "In-band information or an appropriate pattern is now available" },
	{ 0, NULL }
};
static const struct word notification[] = {
	{ 0x00, "User suspended" },    { 0x42, "Conference established" },
	{ 0x44, "Other party added" }, { 0x45, "Isolated" },
	{ 0x46, "Reattached" },	       { 0x6a, "call transferred, answered" },
	{ 0x79, "Remote hold" },       { 0, NULL }
};
static const struct word state[] = {
	{ 1, "Call initiated" }, { 3, "Outgoing call proceeding" }, { 10, "Active" }, { 0, NULL }
};
static const struct word restart[] = {
	{ 0, "Indicated channels" }, { 6, "Single interface" }, { 7, "All interfaces" }, { 0, NULL }
};
static const struct word hlc[] = { { 0x01, "Telephony" },
				   { 0x60, "F.720/F.821 and F.731 Profile 1a videotelephony" },
				   { 0, NULL } };
static const struct word codeset[] = { { 5, "Information elements for national use" },
				       { 6, "Information elements specific to the local network" },
				       { 7, "User-specific information elements" },
				       { 0, NULL } };
static const struct word error[] = { { 0, "notSubscribed" },
				     { 1, "rejectedByTheNetwork" },
				     { 2, "rejectedByTheUser" },
				     { 0, NULL } };
static const struct word problem[] = { { 1, "unrecognizedOperation" },
				       { 2, "mistypedArgument" },
				       { 0, NULL } };

static void bearer(struct out *o, const struct isdn_bearer *b)
{
	if (b->coding)
		return;
	add(o, "(%s", word(capability, b->capability));
	if (b->layer1)
		add(o, ", L1=%s", word(layer1, b->layer1));
	if (b->n_layer1)
		add(o, ", %s", word(user_rate, b->user_rate));
	add(o, ")");
}

static void cause(struct out *o, const struct isdn_cause_ie *c)
{
	char name[120];

	/* the same words but for capitals */
	snprintf(name, sizeof(name), "%s", isdn_cause_name(c->value));
	name[0] = (char)(name[0] >= 'a' && name[0] <= 'z' ? name[0] - 'a' + 'A' : name[0]);
	if (c->value == 96)
		strcpy(name, "Mandatory information element is missing");
	add(o, "(loc=%s (%u), cause=%s (%u)", word(location, c->location), c->location, name,
	    c->value);
	if (c->value == 102) {
		add(o, ", diag=");
		add_text(o, c->diag, c->n_diag);
	}
	add(o, ")");
}

static void channel(struct out *o, const struct isdn_channel_id *c)
{
	static const char *const basic[] = { "No channel", "B1 channel", "B2 channel",
					     "Any channel" };
	static const char *const other[] = { "No channel", "Channel indicated in following octets",
					     "Reserved", "Any channel" };

	add(o, "(%s, sel=%s", c->exclusive ? "Exclusive" : "preferred",
	    (c->primary ? other : basic)[c->select]);
	if (c->map)
		add(o, ", slot map %02x %02x %02x %02x", c->channels[0], c->channels[1],
		    c->channels[2], c->channels[3]);
	else if (c->has_channels)
		add(o, ", ch=%u", c->channels[0]);
	add(o, ")");
}

static void number(struct out *o, const struct isdn_number *n)
{
	if (n->n_digits)
		add(o, ": '%s'", n->digits);
	add(o, "(ton=%s", word(type, n->type));
	if (n->has_presentation)
		add(o, ", scr=%s, pres=%s", word(screening, n->screening),
		    word(presentation, n->presentation));
	if (n->has_reason)
		add(o, ", reason=%s",
		    n->reason == 15 ? "Call forwarding unconditional or systematic call redirection"
				    : "?");
	add(o, ")");
}

/* The last octet of the value number n within a, which are of one octet each. */
static unsigned argument(const struct isdn_msg *m, struct isdn_octets a, unsigned at)
{
	return at < a.len ? m->octets[a.at + at] : 0;
}

static void arguments(struct out *o, const struct isdn_msg *m, const struct isdn_component *c)
{
	struct isdn_octets a = c->argument;

	if (c->type == ISDN_INVOKE && c->local == 1)
		add(o, ", service%u (%u), preferred=%s", argument(m, a, 4), argument(m, a, 4),
		    argument(m, a, 7) ? "True" : "False");
	else if (c->type == ISDN_RETURN_RESULT && c->local == 40)
		add(o, ", confId=%u, partyId=%u", argument(m, a, 4), argument(m, a, 7));
	else if (c->type == ISDN_INVOKE && c->local > 40 && c->local < 46)
		add(o, ", arg=%u", argument(m, a, 2));
}

static void component(struct out *o, const struct isdn_msg *m, const struct isdn_component *c)
{
	static const char *const kinds[] = { "INV", "RES", "ERR", "REJ" };
	static const char *const names[] = { "invoke (1)", "returnResult (2)", "returnError (3)",
					     "reject (4)" };
	unsigned k = c->type - ISDN_INVOKE;
	bool known = c->local != 4 && c->local != 5 && c->local != 6 && c->local != 48;

	if (c->type == ISDN_RETURN_RESULT && c->form == ISDN_OPERATION_NONE) {
		add(o, " (%s)", names[k]);
		return;
	}
	add(o, " %s: ", kinds[k]);
	if (c->type == ISDN_REJECT) {
		add(o, "%s(%s)", word(problem, c->problem), names[k]);
		return;
	}
	if (c->type == ISDN_RETURN_ERROR) {
		const char *e = word(error, (unsigned)c->local);

		add(o, "%s(%s, err=%s (%d))", e, names[k], e, (int)c->local);
		return;
	}
	if (c->form == ISDN_OPERATION_GLOBAL) {
		for (unsigned i = 0; i < c->global.n; i++)
			add(o, "%s%u", i ? "." : "", (unsigned)c->global.arc[i]);
		add(o, "(%s)", names[k]);
		return;
	}
	if (!known) {
		add(o, "%d(%s)", (int)c->local, names[k]);
		return;
	}
	add(o, "%s(%s, %s (%d)", isdn_operation_name(ISDN_PROFILE_ROSE, c->local), names[k],
	    isdn_operation_name(ISDN_PROFILE_ROSE, c->local), (int)c->local);
	arguments(o, m, c);
	add(o, ")");
}

static void uui(struct out *o, const struct isdn_uui *u)
{
	if (u->codeset) {
		add(o, "Unknown information element (0x7E) [codeset 7 UUI]");
		return;
	}
	add(o, "User-user(PD=%s, data=",
	    u->discriminator == 4 ? "IA5 characters" : "User-specific protocol");
	if (u->discriminator == 4)
		add_text(o, u->data, u->len < 30 ? u->len : 30);
	else
		add(o, "%u octets", u->len);
	add(o, ")");
}

static void display(struct out *o, const struct isdn_display *d)
{
	add(o, d->codeset ? "Avaya Display '" : "Display '");
	add_text(o, d->text, d->len);
	add(o, "'");
}

static void inner(struct out *o, const struct isdn_msg *m, const struct isdn_segmented *s);

static void value(struct out *o, const struct isdn_msg *m, enum isdn_ie ie, unsigned n)
{
	const struct isdn_date_time *t = &m->date_time;

	if (ie == ISDN_IE_BEARER || ie == ISDN_IE_LLC) {
		add(o, ie == ISDN_IE_LLC ? "Low-layer compatibility" : "Bearer capability");
		bearer(o, ie == ISDN_IE_LLC ? &m->llc[n] : &m->bearer[n]);
	} else if (ie == ISDN_IE_CAUSE) {
		add(o, "Cause");
		cause(o, &m->cause[n]);
	} else if (ie == ISDN_IE_CHANNEL_ID) {
		add(o, "Channel identification");
		channel(o, &m->channel_id[n]);
	} else if (ie == ISDN_IE_CALLING || ie == ISDN_IE_CONNECTED || ie == ISDN_IE_REDIRECTING ||
		   ie == ISDN_IE_CALLED) {
		add(o, "%s", isdn_ie_name(ie));
		number(o, ie == ISDN_IE_CALLING	    ? &m->calling[n]
			  : ie == ISDN_IE_CONNECTED ? &m->connected
			  : ie == ISDN_IE_CALLED    ? &m->called
						    : &m->redirecting);
	} else if (ie == ISDN_IE_FACILITY) {
		add(o, "Facility");
		for (unsigned i = 0; i < m->facility[n].n_components; i++)
			component(o, m, &m->component[m->facility[n].first + i]);
	} else if (ie == ISDN_IE_PROGRESS) {
		add(o, "Progress indicator(pd=%s)", word(progress, m->progress[n].description));
	} else if (ie == ISDN_IE_NOTIFICATION) {
		add(o, "Notification indicator(nd=%s)",
		    word(notification, m->notification[n].description));
	} else if (ie == ISDN_IE_USER_USER) {
		uui(o, &m->uui);
	} else if (ie == ISDN_IE_DISPLAY) {
		display(o, &m->display[n]);
	} else if (ie == ISDN_IE_KEYPAD) {
		add(o, "Keypad facility '");
		add_text(o, m->keypad.keys, m->keypad.len);
		add(o, "'");
	} else if (ie == ISDN_IE_DATE_TIME) {
		add(o, "Date/Time(%02u-%02u-%02u %02u:%02u:%02u)", t->year, t->month, t->day,
		    t->hour, t->minute, t->second);
	} else if (ie == ISDN_IE_CALL_STATE) {
		add(o, "Call state(state=%s)", word(state, m->call_state.state));
	} else if (ie == ISDN_IE_RESTART) {
		add(o, "Restart indicator(%s)", word(restart, m->restart));
	} else if (ie == ISDN_IE_SIGNAL) {
		add(o, "Signal(%s)", m->signal == 7 ? "Call waiting tone on" : "?");
	} else if (ie == ISDN_IE_HLC) {
		add(o, "High-layer compatibility(%s)", word(hlc, m->hlc[n].characteristics));
	} else if (ie == ISDN_IE_REPEAT_BEARER) {
		add(o, "Repeat indicator: Prioritized list (0x%x)", m->repeat_bearer);
	} else if (ie == ISDN_IE_CHANGE_STATUS) {
		add(o, "Change status(status=%s (%u))",
		    m->change_status.status == 2 ? "Out of Service" : "?", m->change_status.status);
	} else if (ie == ISDN_IE_CALL_IDENTITY) {
		add(o, "Call identity(id=");
		add_hex(o, m->call_identity.identity, m->call_identity.len);
		add(o, ")");
	} else if (ie == ISDN_IE_CALLING_SUB || ie == ISDN_IE_CALLED_SUB) {
		const struct isdn_subaddress *s = ie == ISDN_IE_CALLING_SUB ? &m->calling_sub
									    : &m->called_sub;

		add(o, "%s(sub=", isdn_ie_name(ie));
		add_hex(o, s->data, s->len);
		add(o, ")");
	} else if (ie == ISDN_IE_NETWORK_FACILITIES) {
		add(o, "Network specific facilities(spec=");
		add_hex(o, m->octets + m->network_facilities[n].facility.at,
			m->network_facilities[n].facility.len);
		add(o, ")");
	} else if (ie == ISDN_IE_INFORMATION_RATE) {
		add(o, "Information rate(in=%s)",
		    m->information_rate.incoming == 13 ? "64000 bit/s" : "?");
	} else if (ie == ISDN_IE_TRANSIT_DELAY) {
		add(o, "End-to-end transit delay(cum=%ums)", m->transit_delay.cumulative);
	} else if (ie == ISDN_IE_CUG) {
		add(o, "Closed user group(idx=%s)", m->cug.index);
	} else if (ie == ISDN_IE_REVERSE_CHARGING) {
		add(o, "Reverse charging indication(Reverse charging %s)",
		    m->reverse_charging == 1 ? "requested" : "?");
	} else if (ie == ISDN_IE_SEGMENTED) {
		inner(o, m, &m->segmented);
	} else if (ie == ISDN_IE_ESCAPE) {
		add(o, "Escape");
	} else if (ie == ISDN_IE_FEATURE_INDICATION) {
		add(o, "Feature Indication");
	} else if (ie == ISDN_IE_ORIGINATING_LINE) {
		add(o, "Unknown information element (0x01)"); /* tshark does not know it */
	} else {
		add(o, "%s", isdn_ie_name(ie));
	}
}

static void elements(struct out *o, const struct isdn_msg *m, const char *separator)
{
	for (unsigned i = 0; i < m->n_elements; i++) {
		const struct isdn_element *e = &m->element[i];

		add(o, "%s", separator);
		separator = "; ";
		if (e->what & ISDN_ELEMENT_SHIFT)
			add(o, "%s shift to codeset %u: %s", e->id & 8 ? "Non-locking" : "Locking",
			    e->id & 7u, word(codeset, e->id & 7u));
		else if (e->what & ISDN_ELEMENT_VALUE)
			value(o, m, (enum isdn_ie)e->ie, e->n);
		else if (e->ie == ISDN_IE_CALLED) /* a second one, which is not read */
			add(o, "%s: '%.*s'(ton=%s)", isdn_ie_name(ISDN_IE_CALLED), e->len - 1,
			    (const char *)m->octets + e->at + 1,
			    word(type, (m->octets[e->at] >> 4) & 7u));
		else
			add(o, "Unknown information element (0x%02X)", e->id);
	}
}

/* Annex H: the segment of a first SEGMENT as the beginning of the message that it is. */
static void inner(struct out *o, const struct isdn_msg *m, const struct isdn_segmented *s)
{
	uint8_t octets[300] = { 8, 1, 1, s->type };
	struct isdn_faults f;
	static struct isdn_msg part;

	add(o, "Segmented message(%s, %u remaining, type %s)", s->first ? "first" : "not first",
	    s->remaining, isdn_msg_name(s->type));
	memcpy(octets + 4, m->octets + s->segment.at, s->segment.len);
	(void)isdn_msg_decode(ISDN_VARIANT_Q931, ISDN_USER_TO_NETWORK, octets, 4u + s->segment.len,
			      &part, &f);
	elements(o, &part, "; ");
}

void tshark_words(const struct isdn_msg *m, char *text, size_t cap)
{
	struct out o = { text, cap, 0 };
	const char *title = isdn_msg_title(m);

	if (m->type == ISDN_MT_SEGMENT && m->discriminator == ISDN_PD_Q931)
		add(&o, "SEGMENT of %s", isdn_msg_name(m->segmented.type));
	else if (m->type == ISDN_MT_HOLD_ACKNOWLEDGE || m->type == ISDN_MT_HOLD_REJECT)
		add(&o, m->type == ISDN_MT_HOLD_REJECT ? "HOLD_REJECT" : "HOLD_ACKNOWLEDGE");
	else if (!strncmp(title, "unknown", 7))
		add(&o, "Unknown (0x%02X)", m->type);
	else
		add(&o, "%s", title);
	if (m->discriminator == ISDN_PD_MAINTENANCE)
		add(&o, " PD=Maintenance messages");
	if (m->cr_len)
		add(&o, " cr=%0*x%s", 2 * m->cr_len, m->cr, m->cr_flag ? "/flag1" : "");
	else
		add(&o, " cr=dummy");
	elements(&o, m, ": ");
}
