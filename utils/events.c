/* SPDX-License-Identifier: BSD-2-Clause */
/* Events as lines of text: state, mode, cause in number and words, who was the reason. */
#include "events.h"

#include <stdio.h>
#include <string.h>

static const char *mode_name(const struct isdn_event *ev)
{
	if (ev->state == ISDN_CALL_DISCONNECTED)
		return isdn_disconnect_mode_name(ev->mode);
	if (ev->state == ISDN_CALL_CONNECTED)
		return ev->mode == ISDN_MODE_INACTIVE ? "INACTIVE" : "ACTIVE";
	return NULL;
}

void event_state(const struct isdn_event *ev, char *text, size_t cap)
{
	bool end = ev->state == ISDN_CALL_DISCONNECTED || ev->state == ISDN_CALL_IDLE;
	const char *mode = mode_name(ev);
	char cause[80] = "";

	if (ev->cause)
		snprintf(cause, sizeof(cause), ", cause %u (%s)", ev->cause,
			 isdn_cause_name(ev->cause));
	snprintf(text, cap, "%s%s%s%s%s%s%s", isdn_call_state_name(ev->state), mode ? " (" : "",
		 mode ? mode : "", mode ? ")" : "", cause, end ? ", " : "",
		 end ? isdn_source_name(ev->source) : "");
}

void event_outcome(const struct isdn_event *ev, bool uui, char *text, size_t cap)
{
	const char *sent = !uui ? "" : ev->uui_sent ? ", UUI sent" : ", UUI not sent";

	snprintf(text, cap, "%s%s", isdn_outcome_name(ev->outcome), sent);
}

json_t *event_members(const struct isdn_event *ev)
{
	bool end = ev->state == ISDN_CALL_DISCONNECTED || ev->state == ISDN_CALL_IDLE;
	json_t *o = json_pack("{s:s}", "state", isdn_call_state_name(ev->state));

	if (mode_name(ev))
		json_object_set_new(o, "mode", json_string(mode_name(ev)));
	if (ev->cause)
		json_object_set_new(o, "cause", json_integer(ev->cause));
	if (end)
		json_object_set_new(o, "source", json_string(isdn_source_name(ev->source)));
	return o;
}
