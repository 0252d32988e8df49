/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What acts on calls. The connection's client is owner while it asks, and monitor again before
 * the application has its turn, which so finds its calls owned as ever; the answer waits for the
 * reply.
 */
#include "control/internal.h"

#include <stdio.h>
#include <string.h>

#define UUI_MAX (1 + ISDN_UUI_MAX) /* of a clearing message */

static struct ic_pending *pending_new(struct ic_peer *p, const struct ic_command *command,
				      const json_t *request)
{
	struct ic_pending *w = ic_alloc(p->control, sizeof(*w));

	if (!w)
		return NULL;
	w->command = command;
	w->tag = json_incref(json_object_get(request, "id"));
	w->next = p->pending;
	p->pending = w;
	return w;
}

static void pending_drop(struct ic_peer *p, struct ic_pending *w)
{
	struct ic_pending **at = &p->pending;

	while (*at != w)
		at = &(*at)->next;
	*at = w->next;
	json_decref(w->tag);
	json_decref(w->not_cleared);
	ic_free(p->control, w);
}

void ic_pending_free(struct ic_peer *p)
{
	while (p->pending)
		pending_drop(p, p->pending);
}

/* What to ask for, once the client owns the call. */
struct order {
	isdn_request (*drop)(struct isdn_client *, isdn_handle, const struct isdn_drop *);
	isdn_request (*plain)(struct isdn_client *, isdn_handle);
	const struct isdn_drop *how;
	const void *uui;
	size_t uui_size;
};

static isdn_request ask(struct ic_peer *p, isdn_handle call, const struct order *o)
{
	if (o->drop)
		return o->drop(p->client, call, o->how);
	if (o->plain)
		return o->plain(p->client, call);
	return isdn_call_send_uui(p->client, call, o->uui, o->uui_size);
}

static int request_of(struct ic_peer *p, const struct ic_command *command, const json_t *request,
		      isdn_handle call, const struct order *o, struct isdn_error *error)
{
	struct ic_pending *w = pending_new(p, command, request);
	isdn_request id;

	if (!w)
		return ISDN_ERR_NOMEM;
	id = isdn_call_set_privilege(p->client, call, ISDN_OWNER);
	if (!id)
		id = ask(p, call, o);
	(void)isdn_call_set_privilege(p->client, call, ISDN_MONITOR);
	w->request = id;
	if (id > 0) {
		ic_log(p->control, p, ISDN_LOG_INFO, "%s of call %llu", command->name,
		       (unsigned long long)ic_id_of(p, call));
		return C_LATER;
	}
	pending_drop(p, w);
	if (id == ISDN_ERR_INVALCALLSTATE)
		ic_wrong_state(p, call, error);
	return id;
}

static int digit(char c)
{
	static const char digits[] = "0123456789abcdef0123456789ABCDEF";
	const char *at = c ? strchr(digits, c) : NULL;

	return at ? (int)(at - digits) % 16 : -1;
}

static int uui_of(const json_t *request, uint8_t *octets, size_t cap, size_t *size,
		  struct isdn_error *error)
{
	const json_t *v = json_object_get(request, "uui");
	const char *hex = json_string_value(v);
	size_t n = json_string_length(v);

	*size = 0;
	if (!v)
		return 0;
	if (!hex || n % 2 || n < 4 || n / 2 > cap)
		return ic_wrong(error,
				"\"uui\": 2 to %zu octets as hex digits are needed, the protocol "
				"discriminator first",
				cap);
	for (size_t i = 0; i < n; i += 2) {
		int high = digit(hex[i]), low = digit(hex[i + 1]);

		if (high < 0 || low < 0)
			return ic_wrong(error, "\"uui\": no hex digit at character %zu", i + 1);
		octets[i / 2] = (uint8_t)(high << 4 | low);
	}
	*size = n / 2;
	return 0;
}

static int reason_of(const json_t *request, enum isdn_drop_reason *reason, struct isdn_error *error)
{
	const json_t *v = json_object_get(request, "reason");
	const char *text = json_string_value(v);

	*reason = ISDN_DROP_NORMAL;
	if (!v || (text && !strcmp(text, "normal")))
		return 0;
	if (text && !strcmp(text, "noanswer"))
		*reason = ISDN_DROP_NOANSWER;
	else if (text && !strcmp(text, "rejected"))
		*reason = ISDN_DROP_REJECTED;
	else
		return ic_wrong(error, "\"reason\": choose among normal, noanswer, rejected");
	return 0;
}

/* octets has room for UUI_MAX. */
static int how_of(const json_t *request, struct isdn_drop *how, uint8_t *octets,
		  struct isdn_error *error)
{
	int64_t cause = 0;
	int err = ic_integer(request, "cause", 1, 127, &cause, error);

	if (!err)
		err = uui_of(request, octets, UUI_MAX, &how->uui_size, error);
	if (!err)
		err = reason_of(request, &how->reason, error);
	how->cause = (uint8_t)cause;
	how->uui = how->uui_size ? octets : NULL;
	return err;
}

/* Whoever clears a party means the conference: here nobody owns the one and not the other. */
static isdn_handle meant(struct ic_peer *p, isdn_handle call, enum isdn_verb verb)
{
	struct isdn_call_info info;
	struct isdn_call_status s;

	if (verb != ISDN_CLEAR || isdn_call_info(p->client, call, &info) || !info.conference_call ||
	    isdn_call_status(p->client, info.conference_call, &s) || s.state == ISDN_CALL_IDLE)
		return call;
	return info.conference_call;
}

static const struct {
	const char *name;
	isdn_request (*run)(struct isdn_client *, isdn_handle, const struct isdn_drop *);
} verbs[] = {
	[ISDN_DROP] = { "drop", isdn_call_drop },
	[ISDN_LEAVE] = { "leave", isdn_call_leave },
	[ISDN_CLEAR] = { "clear", isdn_call_clear },
};

static int verb_of(const char *name, enum isdn_verb *verb, struct isdn_error *error)
{
	for (unsigned v = ISDN_DROP; name && v <= ISDN_CLEAR; v++)
		if (!strcmp(verbs[v].name, name)) {
			*verb = (enum isdn_verb)v;
			return 0;
		}
	return ic_wrong(error, "\"verb\": choose among drop, leave, clear");
}

int ic_drop(struct ic_peer *p, const struct ic_command *command, const json_t *request,
	    json_t *answer, struct isdn_error *error)
{
	struct isdn_drop how = { .cause = 0 };
	struct order o = { .how = &how };
	uint8_t octets[UUI_MAX];
	enum isdn_verb verb = ISDN_DROP;
	isdn_handle call;
	int err = verb_of(command->name, &verb, error);

	(void)answer;
	if (!err)
		err = ic_call(p, request, &call, error);
	if (!err)
		err = how_of(request, &how, octets, error);
	if (err)
		return err;
	o.drop = verbs[verb].run;
	return request_of(p, command, request, meant(p, call, verb), &o, error);
}

int ic_hold(struct ic_peer *p, const struct ic_command *command, const json_t *request,
	    json_t *answer, struct isdn_error *error)
{
	struct order o = { .plain = !strcmp(command->name, "hold") ? isdn_call_hold
								   : isdn_call_unhold };
	isdn_handle call;
	int err = ic_call(p, request, &call, error);

	(void)answer;
	return err ? err : request_of(p, command, request, call, &o, error);
}

int ic_uui(struct ic_peer *p, const struct ic_command *command, const json_t *request,
	   json_t *answer, struct isdn_error *error)
{
	uint8_t octets[C_LINE_MAX / 2]; /* in as many messages as it takes */
	struct order o = { .uui = octets };
	isdn_handle call;
	int err = ic_call(p, request, &call, error);

	(void)answer;
	if (!err)
		err = uui_of(request, octets, sizeof(octets), &o.uui_size, error);
	if (!err && !o.uui_size)
		err = ic_wrong(error, "\"uui\", octets as hex digits, is missing");
	return err ? err : request_of(p, command, request, call, &o, error);
}

/* ---- replies ---- */

static void set_outcome(json_t *o, const struct isdn_event *ev)
{
	if (ev->outcome == ISDN_OUTCOME_NONE)
		return;
	ic_set_text(o, "outcome", isdn_outcome_name(ev->outcome));
	json_object_set_new(o, "uui_sent", json_boolean(ev->uui_sent));
	json_object_set_new(o, "changed", json_integer(ev->calls_changed));
	json_object_set_new(o, "failed", json_integer(ev->calls_failed));
	json_object_set_new(o, "with_uui", json_integer(ev->calls_with_uui));
}

/* One that was asked for twice has one reply, and both are answered. */
void ic_reply(struct ic_peer *p, const struct isdn_event *ev)
{
	for (struct ic_pending *w = p->pending, *next; w; w = next) {
		json_t *answer;

		next = w->next;
		if (w->request != ev->request)
			continue;
		answer = json_object();
		set_outcome(answer, ev);
		if (w->not_cleared)
			json_object_set(answer, "not_cleared", w->not_cleared);
		ic_answer(p, w->command, w->tag, ev->result, NULL, answer);
		pending_drop(p, w);
	}
}

void ic_not_cleared(struct ic_peer *p, const struct isdn_event *ev)
{
	for (struct ic_pending *w = p->pending; w; w = w->next) {
		json_t *o;

		if (w->request != ev->request)
			continue;
		if (!w->not_cleared)
			w->not_cleared = json_array();
		if (json_array_size(w->not_cleared) >= ic_objects_max(p))
			continue;
		o = json_object();
		ic_set_number(o, "call", ev->cascade_of);
		ic_set_error(o, ev->result, NULL);
		json_array_append_new(w->not_cleared, o);
	}
}

/* ---- what would be ---- */

static void set_octets(struct ic_peer *p, const struct isdn_effect *e, const struct isdn_drop *how,
		       json_t *o)
{
	struct isdn_drop one = { .cause = e->cause };
	uint8_t octets[ISDN_MSG_MAX];
	size_t len;

	if (e->uui_sent) {
		one.uui = how->uui;
		one.uui_size = how->uui_size;
	}
	if (!e->cause ||
	    isdn_call_preview(p->client, e->call, &one, octets, sizeof(octets), &len) ||
	    len < 3u + (octets[1] & 15))
		return;
	ic_set_text(o, "message", isdn_msg_name(octets[2 + (octets[1] & 15)]));
	json_object_set_new(o, "octets", ic_hex(octets, len));
}

static json_t *object_of_effect(struct ic_peer *p, const struct isdn_effect *e,
				const struct isdn_drop *how, bool octets)
{
	json_t *o = json_object();
	struct isdn_call_info info;
	struct isdn_call_status s;

	ic_set_number(o, "call", e->id);
	if (e->call && isdn_call_info(p->client, e->call, &info) == 0 &&
	    isdn_call_status(p->client, e->call, &s) == 0) {
		ic_set_number(o, "span", info.span);
		ic_set_number(o, "interface", info.channel / ISDN_INTERFACE_CHANNELS);
		ic_set_number(o, "channel", info.channel % ISDN_INTERFACE_CHANNELS);
		ic_set_text(o, "called", info.called);
		ic_set_text(o, "calling", info.calling);
		ic_set_text(o, "was", isdn_call_state_name(s.state));
	}
	ic_set_text(o, "state", isdn_call_state_name(e->state));
	ic_set_text(o, "mode", ic_mode_name(e->state, e->mode));
	ic_set_number(o, "cause", e->cause);
	json_object_set_new(o, "uui_sent", json_boolean(e->uui_sent));
	if (e->result)
		ic_set_error(o, e->result, NULL);
	else if (octets)
		set_octets(p, e, how, o);
	return o;
}

/* Appearances of one shared call have one leg, and one message. */
static bool first_of_leg(struct ic_peer *p, const struct isdn_effect *effects, size_t at)
{
	struct isdn_call_info mine, other;

	if (isdn_call_info(p->client, effects[at].call, &mine) || !mine.bridge)
		return true;
	for (size_t i = 0; i < at; i++)
		if (isdn_call_info(p->client, effects[i].call, &other) == 0 &&
		    other.bridge == mine.bridge && other.hub == mine.hub)
			return false;
	return true;
}

static int dry_run(struct ic_peer *p, isdn_handle call, enum isdn_verb verb,
		   const struct isdn_drop *how, json_t *answer)
{
	size_t cap = ic_objects_max(p), n = 0;
	struct isdn_effect *effects = ic_alloc(p->control, cap * sizeof(*effects));
	json_t *list = json_array();
	int err = ISDN_ERR_NOMEM;

	if (effects)
		err = isdn_call_dry_run(p->client, call, verb, how, effects, cap, &n);
	if (err == ISDN_ERR_NOSPC) {
		ic_set_true(answer, "more", true);
		n = cap;
		err = 0;
	}
	for (size_t i = 0; !err && i < n; i++)
		json_array_append_new(
			list, object_of_effect(p, &effects[i], how, first_of_leg(p, effects, i)));
	json_object_set_new(answer, "effects", list);
	ic_free(p->control, effects);
	return err;
}

int ic_dry_run(struct ic_peer *p, const struct ic_command *command, const json_t *request,
	       json_t *answer, struct isdn_error *error)
{
	struct isdn_drop how = { .cause = 0 };
	const json_t *name = json_object_get(request, "verb");
	enum isdn_verb verb = ISDN_DROP;
	uint8_t octets[UUI_MAX];
	isdn_handle call;
	int err = name ? verb_of(json_string_value(name), &verb, error) : 0;

	(void)command;
	if (!err)
		err = ic_call(p, request, &call, error);
	if (!err)
		err = how_of(request, &how, octets, error);
	return err ? err : dry_run(p, meant(p, call, verb), verb, &how, answer);
}
