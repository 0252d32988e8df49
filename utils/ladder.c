/* SPDX-License-Identifier: BSD-2-Clause */
/* Messages from frames: as lines, and as a ladder. */
#include "ladder.h"
#include "uui.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define WIDTH 71 /* columns between the two uprights of a ladder of 80 */

/* Only I frames carry messages on a point-to-point link: control octet with bit 1 clear. */
static bool decode(const uint8_t *frame, size_t len, bool sender_net, struct isdn_msg *msg)
{
	struct isdn_faults faults;

	if (len < 5 || (frame[2] & 1))
		return false;
	return isdn_msg_decode(ISDN_VARIANT_ETSI,
			       sender_net ? ISDN_NETWORK_TO_USER : ISDN_USER_TO_NETWORK, frame + 4,
			       len - 4, msg, &faults) == 0;
}

static void add(char *text, size_t cap, const char *format, ...) ISDN_PRINTF(3, 4);
static void add(char *text, size_t cap, const char *format, ...)
{
	size_t n = strlen(text);
	va_list ap;

	va_start(ap, format);
	vsnprintf(text + n, cap - n, format, ap);
	va_end(ap);
}

/* The flag is set in what goes to the side that allocated the value (4.3). */
static const char *owner(const struct isdn_msg *m, enum ladder_sender sender)
{
	if (sender == LADDER_ANYBODY)
		return "";
	return m->cr_flag != (sender == LADDER_NETWORK) ? "net:" : "user:";
}

static void add_number(const char *front, const struct isdn_number *n, char *text, size_t cap)
{
	add(text, cap, "%s", front);
	for (unsigned i = 0; i < n->n_digits && i < ISDN_DIGITS_MAX; i++)
		add(text, cap, "%c",
		    n->digits[i] > 0x20 && n->digits[i] < 0x7f ? n->digits[i] : '.');
}

static void add_channel(const struct isdn_channel_id *c, char *text, size_t cap)
{
	static const char *const basic[] = { "none", "B1", "B2", "any" };

	if (!c->primary || !c->n_channels)
		add(text, cap, " channel=%s",
		    c->select == ISDN_CHANNEL_INDICATED && c->primary ? "?" : basic[c->select & 3]);
	else if (c->map)
		add(text, cap, " channel=map");
	for (unsigned i = 0; c->primary && !c->map && i < c->n_channels && i < ISDN_CHANNELS_MAX;
	     i++)
		add(text, cap, "%s%u", i ? "," : " channel=", c->channels[i]);
}

void ladder_label(const struct isdn_msg *m, enum ladder_sender sender, bool channel, char *text,
		  size_t cap)
{
	text[0] = '\0';
	add(text, cap, "%s", isdn_msg_title(m));
	if (m->cr_len)
		add(text, cap, " cr=%s%u", m->cr ? owner(m, sender) : "", m->cr);
	if (isdn_msg_has(m, ISDN_IE_CALLED))
		add_number(" called=", &m->called, text, cap);
	if (isdn_msg_has(m, ISDN_IE_CALLING))
		add_number(" calling=", &m->calling[0], text, cap);
	if (isdn_msg_has(m, ISDN_IE_CALL_STATE))
		add(text, cap, " state=%u", m->call_state.state);
	if (channel && isdn_msg_has(m, ISDN_IE_CHANNEL_ID))
		add_channel(&m->channel_id[0], text, cap);
}

/* The causes, each with what is to stand in front. */
void ladder_causes(const struct isdn_msg *m, const char *front, char *text, size_t cap)
{
	text[0] = '\0';
	for (unsigned i = 0; i < isdn_msg_count(m, ISDN_IE_CAUSE) && i < ISDN_CAUSES_MAX; i++)
		add(text, cap, "%s%s%u (%s)", i && *front != ' ' ? " " : "", front,
		    m->cause[i].value,
		    m->cause[i].coding > 1 ? "not of Q.850" : isdn_cause_name(m->cause[i].value));
}

void ladder_uui(const struct isdn_msg *m, bool both, char *text, size_t cap)
{
	uint8_t octets[ISDN_UUI_MAX + 1];

	text[0] = '\0';
	if (!isdn_msg_has(m, ISDN_IE_USER_USER))
		return;
	octets[0] = m->uui.discriminator;
	memcpy(octets + 1, m->uui.data, m->uui.len);
	uui_print(octets, m->uui.len + 1u, both, text, cap);
}

bool ladder_line(const uint8_t *frame, size_t len, bool sender_net, char *text, size_t cap)
{
	char uui[UUI_TEXT(ISDN_UUI_MAX + 1)], causes[200];
	struct isdn_msg m;

	if (!decode(frame, len, sender_net, &m))
		return false;
	ladder_label(&m, sender_net ? LADDER_NETWORK : LADDER_USER, false, text, cap);
	ladder_causes(&m, " cause=", causes, sizeof(causes));
	ladder_uui(&m, true, uui, sizeof(uui));
	add(text, cap, "%s%s%s", causes, *uui ? " uui=" : "", uui);
	return true;
}

/* ---- a ladder of any width ---- */

static const char *on(const struct ladder *l, enum term_style style)
{
	return l->term ? term_on(l->term, style) : "";
}

static const char *off(const struct ladder *l)
{
	return l->term ? term_off(l->term) : "";
}

static void dashes(FILE *to, int n)
{
	while (n-- > 0)
		fputc('-', to);
}

void ladder_inside(const struct ladder *l, int indent, const char *text, enum term_style style)
{
	int room = l->width - indent - 2, n = (int)strlen(text);

	for (int at = 0; at < n; at += room)
		fprintf(l->to, "%*s|%*s%s%-*.*s%s |\n", l->gutter + 1, "", indent + 1, "",
			on(l, style), room, room, text + at, off(l));
}

void ladder_arrow(const struct ladder *l, const char *gutter, enum ladder_sender sender,
		  const char *label, enum term_style style)
{
	int room = l->width - 6, n = (int)strlen(label), shown = n < room ? n : room;

	fprintf(l->to, "%*s |%s ", l->gutter, gutter, sender == LADDER_NETWORK ? "<--" : "---");
	fprintf(l->to, "%s%.*s%s ", on(l, style), shown, label, off(l));
	dashes(l->to, room - shown);
	fprintf(l->to, "%s|\n", sender == LADDER_USER ? ">" : "-");
	if (n > shown)
		ladder_inside(l, 3, label + shown, style);
}

/* ---- that of 80 columns, on stdout ---- */

static struct ladder standard(void)
{
	return (struct ladder){ .to = stdout, .gutter = 6, .width = WIDTH };
}

bool ladder_step(const uint8_t *frame, size_t len, bool sender_net, double seconds)
{
	char text[512], gutter[32], uui[5 + UUI_TEXT(ISDN_UUI_MAX + 1)] = "UUI ";
	enum ladder_sender sender = sender_net ? LADDER_NETWORK : LADDER_USER;
	struct ladder l = standard();
	struct isdn_msg m;

	if (!decode(frame, len, sender_net, &m))
		return false;
	ladder_label(&m, sender, false, text, sizeof(text));
	snprintf(gutter, sizeof(gutter), "%6.3f", seconds);
	ladder_arrow(&l, gutter, sender, text, TERM_PLAIN);
	ladder_causes(&m, "cause ", text, sizeof(text));
	ladder_inside(&l, 2, text, TERM_PLAIN);
	ladder_uui(&m, false, uui + 4, sizeof(uui) - 4);
	ladder_inside(&l, 2, uui[4] ? uui : "", TERM_PLAIN);
	return true;
}

void ladder_head(const char *user, const char *network)
{
	printf("  time  %-*s%*s\n", WIDTH / 2 + 1, user, WIDTH / 2 + 1, network);
}

void ladder_note(bool net, double seconds, const char *text)
{
	printf("%6.3f |%s%*s%s|\n", seconds, net ? "" : " ", net ? WIDTH - 1 : 1 - WIDTH, text,
	       net ? " " : "");
}
