/* SPDX-License-Identifier: BSD-2-Clause */
/* Events and messages as lines of text. */
#include "show.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

static void add(char *text, size_t cap, const char *format, ...) ISDN_PRINTF(3, 4);
static void add(char *text, size_t cap, const char *format, ...)
{
	size_t n = strlen(text);
	va_list ap;

	va_start(ap, format);
	vsnprintf(text + n, cap - n, format, ap);
	va_end(ap);
}

void show_uui(const uint8_t *octets, size_t size, char *text, size_t cap)
{
	bool printable = size > 1;

	text[0] = '\0';
	if (!size)
		return;
	for (size_t i = 1; i < size; i++)
		printable = printable && octets[i] >= 0x20 && octets[i] < 0x7f;
	add(text, cap, "%02x ", octets[0]);
	if (printable)
		add(text, cap, "\"%.*s\"", (int)(size - 1), (const char *)octets + 1);
	for (size_t i = 1; i < size && !printable; i++)
		add(text, cap, "%02x", octets[i]);
}

void show_message(const struct isdn_msg *msg, char *text, size_t cap)
{
	uint8_t octets[ISDN_UUI_MAX + 1];
	char uui[2 * sizeof(octets) + 8];

	text[0] = '\0';
	add(text, cap, "%s cr=%u", isdn_msg_name(msg->type), msg->cr);
	if (isdn_msg_has(msg, ISDN_IE_CALLED))
		add(text, cap, " called=%s", msg->called.digits);
	for (unsigned i = 0; isdn_msg_has(msg, ISDN_IE_CAUSE) && i < msg->n_causes; i++)
		add(text, cap, " cause=%u (%s)", msg->cause[i].value,
		    isdn_cause_name(msg->cause[i].value));
	if (isdn_msg_has(msg, ISDN_IE_CALL_STATE))
		add(text, cap, " state=%u", msg->call_state.state);
	if (!isdn_msg_has(msg, ISDN_IE_USER_USER))
		return;
	octets[0] = msg->uui.discriminator;
	memcpy(octets + 1, msg->uui.data, msg->uui.len);
	show_uui(octets, msg->uui.len + 1u, uui, sizeof(uui));
	add(text, cap, " uui=%s", uui);
}

int show_decode(const uint8_t *frame, size_t len, bool sender_net, struct isdn_msg *msg)
{
	struct isdn_faults faults;

	if (len < 5 || (frame[2] & 1)) /* only I frames carry messages here */
		return 0;
	return isdn_msg_decode(ISDN_VARIANT_ETSI,
			       sender_net ? ISDN_NETWORK_TO_USER : ISDN_USER_TO_NETWORK, frame + 4,
			       len - 4, msg, &faults) == 0;
}

void show_state(const struct isdn_event *ev, char *text, size_t cap)
{
	text[0] = '\0';
	add(text, cap, "%s", isdn_call_state_name(ev->state));
	if (ev->state == ISDN_CALL_DISCONNECTED)
		add(text, cap, " (%s)", isdn_disconnect_mode_name(ev->mode));
	if (ev->cause)
		add(text, cap, " cause %u (%s)", ev->cause, isdn_cause_name(ev->cause));
	if (ev->state == ISDN_CALL_DISCONNECTED || ev->state == ISDN_CALL_IDLE)
		add(text, cap, ", %s", isdn_source_name(ev->source));
}
