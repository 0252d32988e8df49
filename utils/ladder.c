/* SPDX-License-Identifier: BSD-2-Clause */
/* Messages from frames: as lines, and as a ladder of 80 columns. */
#include "ladder.h"
#include "uui.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define WIDTH 71 /* columns between the two uprights */

static const char dashes[] =
	"-----------------------------------------------------------------------";

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
static const char *owner(const struct isdn_msg *m, bool sender_net)
{
	return m->cr_flag != sender_net ? "net" : "user";
}

static void add_head(const struct isdn_msg *m, bool sender_net, char *text, size_t cap)
{
	add(text, cap, "%s cr=%s:%u", isdn_msg_name(m->type), owner(m, sender_net), m->cr);
	if (isdn_msg_has(m, ISDN_IE_CALLED))
		add(text, cap, " called=%s", m->called.digits);
	if (isdn_msg_has(m, ISDN_IE_CALLING))
		add(text, cap, " calling=%s", m->calling[0].digits);
	if (isdn_msg_has(m, ISDN_IE_CALL_STATE))
		add(text, cap, " state=%u", m->call_state.state);
}

/* The causes, each with what is to stand in front. */
static void add_causes(const struct isdn_msg *m, const char *front, char *text, size_t cap)
{
	for (unsigned i = 0; i < isdn_msg_count(m, ISDN_IE_CAUSE); i++)
		add(text, cap, "%s%u (%s)", front, m->cause[i].value,
		    isdn_cause_name(m->cause[i].value));
}

static void uui_text(const struct isdn_msg *m, bool both, char *text, size_t cap)
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
	char uui[UUI_TEXT(ISDN_UUI_MAX + 1)];
	struct isdn_msg m;

	if (!decode(frame, len, sender_net, &m))
		return false;
	text[0] = '\0';
	add_head(&m, sender_net, text, cap);
	add_causes(&m, " cause=", text, cap);
	uui_text(&m, true, uui, sizeof(uui));
	if (*uui)
		add(text, cap, " uui=%s", uui);
	return true;
}

/* Long text goes on in further lines. */
static void detail(const char *text)
{
	for (size_t n = strlen(text), at = 0; at < n; at += WIDTH - 6)
		printf("       |   %-*.*s |\n", WIDTH - 4, WIDTH - 6, text + at);
}

bool ladder_step(const uint8_t *frame, size_t len, bool sender_net, double seconds)
{
	char text[512] = "", uui[5 + UUI_TEXT(ISDN_UUI_MAX + 1)] = "UUI ";
	struct isdn_msg m;
	int n;

	if (!decode(frame, len, sender_net, &m))
		return false;
	add_head(&m, sender_net, text, sizeof(text));
	n = (int)strlen(text) < WIDTH - 6 ? (int)strlen(text) : WIDTH - 6;
	printf("%6.3f |%s %.*s %.*s%s|\n", seconds, sender_net ? "<--" : "---", n, text,
	       WIDTH - 6 - n, dashes, sender_net ? "-" : ">");
	text[0] = '\0';
	add_causes(&m, "cause ", text, sizeof(text));
	detail(text);
	uui_text(&m, false, uui + 4, sizeof(uui) - 4);
	detail(uui[4] ? uui : "");
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
