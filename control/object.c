/* SPDX-License-Identifier: BSD-2-Clause */
/* The library's structures as JSON. What has nothing to say is left out. */
#include "control/internal.h"

#include <stdio.h>
#include <string.h>

/* The control characters, those behind 0xc2 in UTF-8 too. */
static bool is_plain(const char *text)
{
	const unsigned char *t = (const unsigned char *)text;

	for (; *t; t++)
		if (*t < 0x20 || *t == 0x7f || (*t == 0xc2 && t[1] < 0xa0))
			return false;
	return true;
}

/* Numbers and names come from outside: a control character could play tricks with a terminal. */
json_t *ic_text(const char *text)
{
	size_t n = strlen(text);
	json_t *t = json_stringn(text, n);
	char clean[256];

	if (t && is_plain(text))
		return t;
	json_decref(t);
	n = n < sizeof(clean) ? n : sizeof(clean);
	for (size_t i = 0; i < n; i++)
		clean[i] = text[i] >= 0x20 && text[i] < 0x7f ? text[i] : '?';
	return json_stringn(clean, n);
}

json_t *ic_hex(const uint8_t *octets, size_t len)
{
	static const char digits[] = "0123456789abcdef";
	char text[2 * C_UUI_MAX];

	len = len < C_UUI_MAX ? len : C_UUI_MAX;
	for (size_t i = 0; i < len; i++) {
		text[2 * i] = digits[octets[i] >> 4];
		text[2 * i + 1] = digits[octets[i] & 15];
	}
	return json_stringn_nocheck(text, 2 * len);
}

void ic_set_number(json_t *o, const char *name, uint64_t value)
{
	if (value)
		json_object_set_new(o, name, json_integer((json_int_t)value));
}

void ic_set_text(json_t *o, const char *name, const char *value)
{
	if (value && *value)
		json_object_set_new(o, name, ic_text(value));
}

void ic_set_true(json_t *o, const char *name, bool value)
{
	if (value)
		json_object_set_new(o, name, json_true());
}

void ic_set_error(json_t *o, int err, const char *why)
{
	const char *text = err == C_SYNTAX ? "SYNTAX: the request is wrong" : isdn_strerror(err);
	size_t n = strcspn(text, ":");

	json_object_set_new(o, "error", json_stringn(text, n));
	json_object_set_new(o, "text",
			    why && *why ? ic_text(why) : ic_text(text + n + (text[n] ? 2 : 0)));
}

void ic_set_uui(struct ic_peer *p, json_t *o, const char *name, isdn_handle call,
		enum isdn_uui_which which)
{
	uint8_t octets[C_UUI_MAX];
	size_t len;

	if (isdn_call_uui(p->client, call, which, octets, sizeof(octets), &len) == 0 && len)
		json_object_set_new(o, name, ic_hex(octets, len));
}

uint64_t ic_id_of(struct ic_peer *p, isdn_handle call)
{
	struct isdn_call_info info;

	return call && isdn_call_info(p->client, call, &info) == 0 ? info.id : 0;
}

const char *ic_mode_name(enum isdn_call_state state, uint32_t mode)
{
	if (!mode)
		return NULL;
	if (state == ISDN_CALL_CONNECTED || state == ISDN_CALL_OFFERING)
		return isdn_connected_mode_name(mode);
	return state == ISDN_CALL_DISCONNECTED ? isdn_disconnect_mode_name(mode) : NULL;
}

static const char *origin_name(enum isdn_origin origin)
{
	switch (origin) {
	case ISDN_ORIGIN_OUTBOUND:
		return "outbound";
	case ISDN_ORIGIN_INBOUND:
		return "inbound";
	case ISDN_ORIGIN_CONFERENCE:
		return "conference";
	}
	return NULL;
}

/* The side that allocated the call reference, 4.3. */
static void set_callref(const struct ic_peer *p, const struct isdn_call_info *info, json_t *o)
{
	struct isdn_span_info span;
	bool net;
	char text[24];

	if (!info->has_callref || isdn_registry_span_info(p->control->registry, info->span, &span))
		return;
	net = (span.side == ISDN_NETWORK) == info->originated;
	snprintf(text, sizeof(text), "%s:%u", net ? "net" : "user", info->callref);
	ic_set_text(o, "callref", text);
	snprintf(text, sizeof(text), "%c%u", span.side == ISDN_NETWORK ? 'N' : 'U',
		 info->q931_state);
	ic_set_text(o, "q931_state", text);
}

static void set_relations(struct ic_peer *p, isdn_handle call, const struct isdn_call_info *info,
			  json_t *o)
{
	if (info->conference_call != call)
		ic_set_number(o, "conference", ic_id_of(p, info->conference_call));
	ic_set_number(o, "parties", info->parties);
	ic_set_number(o, "linked", ic_id_of(p, info->linked));
	ic_set_number(o, "consult", ic_id_of(p, info->consult));
	ic_set_number(o, "consult_of", ic_id_of(p, info->consult_of));
	ic_set_number(o, "bridge", info->bridge);
}

static void set_state(struct ic_peer *p, isdn_handle call, const struct isdn_call_info *info,
		      json_t *o)
{
	struct isdn_call_status s;

	if (isdn_call_status(p->client, call, &s))
		return;
	ic_set_text(o, "state", isdn_call_state_name(s.state));
	ic_set_text(o, "mode", ic_mode_name(s.state, s.mode));
	ic_set_number(o, "since", s.since);
	ic_set_true(o, "dropping", s.dropping);
	if (!info->cause)
		return;
	ic_set_number(o, "cause", info->cause);
	ic_set_number(o, "location", info->location);
	ic_set_text(o, "source", isdn_source_name(info->source));
	ic_set_number(o, "cascade_of", info->cascade_of);
}

static void set_holder(struct ic_peer *p, isdn_handle call, json_t *o)
{
	struct isdn_holder h[16];
	int n = isdn_call_holders(p->client, call, h, 16);

	for (int i = 0; i < n && i < 16; i++)
		if (h[i].privilege == ISDN_OWNER) {
			ic_set_text(o, "holder", h[i].client);
			return;
		}
}

json_t *ic_object_of_call(struct ic_peer *p, isdn_handle call)
{
	struct isdn_call_info info;
	json_t *o = json_object();

	if (!o || isdn_call_info(p->client, call, &info))
		return o;
	ic_set_number(o, "id", info.id);
	ic_set_number(o, "hub", info.hub);
	ic_set_text(o, "origin", origin_name(info.origin));
	ic_set_number(o, "span", info.span);
	ic_set_number(o, "interface", info.channel / ISDN_INTERFACE_CHANNELS);
	ic_set_number(o, "channel", info.channel % ISDN_INTERFACE_CHANNELS);
	ic_set_text(o, "called", info.called);
	ic_set_text(o, "calling", info.calling);
	set_state(p, call, &info, o);
	set_relations(p, call, &info, o);
	set_callref(p, &info, o);
	ic_set_number(o, "owners", info.owners);
	ic_set_number(o, "monitors", info.monitors);
	set_holder(p, call, o);
	return o;
}
