/* SPDX-License-Identifier: BSD-2-Clause */
/* What happens: events of the connection's client, and frames. */
#include "control/internal.h"

#include <stdio.h>
#include <string.h>

#define FRAME_MAX 1024

/* ---- events as lines ---- */

static json_t *event(const char *name, const struct isdn_event *ev)
{
	return json_pack("{s:s, s:I}", "event", name, "time", (json_int_t)ev->time);
}

static void tell_state(struct ic_peer *p, const struct isdn_event *ev,
		       const struct isdn_call_info *info)
{
	json_t *o = event("state", ev);
	bool over = ev->state == ISDN_CALL_IDLE || ev->state == ISDN_CALL_DISCONNECTED;

	ic_set_number(o, "call", info->id);
	ic_set_text(o, "state", isdn_call_state_name(ev->state));
	ic_set_text(o, "mode", ic_mode_name(ev->state, ev->mode));
	ic_set_text(o, "old", ev->old_state ? isdn_call_state_name(ev->old_state) : NULL);
	ic_set_number(o, "cause", ev->cause);
	ic_set_text(o, "source", isdn_source_name(ev->source));
	ic_set_number(o, "cascade_of", ev->cascade_of);
	ic_set_true(o, "uui_sent", ev->uui_sent);
	if (over)
		ic_set_uui(p, o, "uui", ev->call, ISDN_UUI_CLEARING);
	ic_set_number(o, "span", info->span);
	ic_set_number(o, "interface", info->channel / ISDN_INTERFACE_CHANNELS);
	ic_set_number(o, "channel", info->channel % ISDN_INTERFACE_CHANNELS);
	ic_set_text(o, "called", info->called);
	ic_set_text(o, "calling", info->calling);
	ic_put_object(p, o);
}

static void tell_info(struct ic_peer *p, const struct isdn_event *ev, uint64_t id)
{
	static const struct {
		uint32_t bit;
		const char *name;
	} names[] = {
		{ ISDN_INFO_UUI, "UUI" },
		{ ISDN_INFO_PROGRESS, "PROGRESS" },
		{ ISDN_INFO_CHANNEL, "CHANNEL" },
		{ ISDN_INFO_NUMOWNERS, "NUMOWNERS" },
		{ ISDN_INFO_NUMMONITORS, "NUMMONITORS" },
		{ ISDN_INFO_UUS, "UUS" },
		{ ISDN_INFO_UUI_DISCARDED, "UUI_DISCARDED" },
		{ ISDN_INFO_UUI_LOST, "UUI_LOST" },
		{ ISDN_INFO_PRIVILEGE, "PRIVILEGE" },
		{ ISDN_INFO_LINK, "LINK" },
	};
	json_t *o = event("info", ev), *what = json_array();

	ic_set_number(o, "call", id);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (ev->info & names[i].bit)
			json_array_append_new(what, json_string(names[i].name));
	json_object_set_new(o, "what", what);
	if (ev->info & ISDN_INFO_UUI)
		ic_set_uui(p, o, "uui", ev->call, ISDN_UUI_MIDCALL);
	ic_put_object(p, o);
}

static void new_call(struct ic_peer *p, const struct isdn_event *ev)
{
	uint64_t id = ic_id_of(p, ev->call);
	json_t *o;

	if (id && !ic_learn(p, id, ev->call))
		p->cut = true;
	if (!p->watching)
		return;
	o = event("new", ev);
	json_object_set_new(o, "call", ic_object_of_call(p, ev->call));
	ic_put_object(p, o);
}

static void call_state(struct ic_peer *p, const struct isdn_event *ev)
{
	struct isdn_call_info info;

	if (isdn_call_info(p->client, ev->call, &info))
		return;
	if (p->watching)
		tell_state(p, ev, &info);
	if (ev->state != ISDN_CALL_IDLE)
		return;
	ic_forget(p, info.id);
	isdn_call_deallocate(p->client, ev->call);
}

/* What the client holds, learned anew; what has ended meanwhile is given back. */
static bool learn_all(struct ic_peer *p)
{
	size_t n = 0;
	isdn_handle *all;
	bool good = true;

	(void)isdn_client_calls(p->client, NULL, 0, &n);
	all = ic_alloc(p->control, (n + 1) * sizeof(*all));
	if (!all || isdn_client_calls(p->client, all, n, &n)) {
		ic_free(p->control, all);
		return false;
	}
	p->n_known = 0;
	for (size_t i = 0; i < n; i++) {
		struct isdn_call_status s;

		if (isdn_call_status(p->client, all[i], &s) == 0 && s.state == ISDN_CALL_IDLE)
			isdn_call_deallocate(p->client, all[i]);
		else
			good = good && ic_learn(p, ic_id_of(p, all[i]), all[i]);
	}
	ic_free(p->control, all);
	return good;
}

/* Events are missing. */
static void look_again(struct ic_peer *p, const struct isdn_event *ev)
{
	if (p->watching)
		ic_put_object(p, event("lost", ev));
	if (isdn_client_see_calls(p->client) < 0 || !learn_all(p))
		p->cut = true;
}

static void tell_span(struct ic_peer *p, const struct isdn_event *ev)
{
	json_t *o = event("span", ev);

	ic_set_number(o, "span", ev->span);
	json_object_set_new(o, "up", json_boolean(ev->up));
	ic_put_object(p, o);
}

static void take(struct ic_peer *p, const struct isdn_event *ev)
{
	switch (ev->type) {
	case ISDN_EV_NEW_CALL:
		new_call(p, ev);
		break;
	case ISDN_EV_CALL_STATE:
		call_state(p, ev);
		break;
	case ISDN_EV_CALL_INFO:
		if (p->watching)
			tell_info(p, ev, ic_id_of(p, ev->call));
		break;
	case ISDN_EV_REPLY:
		ic_reply(p, ev);
		break;
	case ISDN_EV_NOT_CLEARED:
		ic_not_cleared(p, ev);
		break;
	case ISDN_EV_SPAN:
		if (p->watching)
			tell_span(p, ev);
		break;
	case ISDN_EV_LOST:
		look_again(p, ev);
		break;
	case ISDN_EV_ADDRESS:
		break;
	}
}

void ic_events(struct ic_peer *p)
{
	struct isdn_event ev;

	while (p->client && !p->cut && isdn_client_next_event(p->client, &ev) == 1)
		take(p, &ev);
}

int ic_attach(struct ic_peer *p)
{
	struct isdn_client_config config;
	char name[32];
	int err;

	if (p->client) {
		ic_events(p); /* what has happened up to now */
		return 0;
	}
	snprintf(name, sizeof(name), "control:%d", (int)p->pid);
	isdn_client_config_init(&config);
	config.name = name;
	config.privilege = ISDN_MONITOR;
	config.may_own = p->owner;
	config.wake = true;
	config.keep_calls = true;
	err = isdn_client_open(p->control->registry, &config, &p->client);
	if (!err)
		ic_events(p); /* the calls that are there */
	return err;
}

int ic_watch(struct ic_peer *p, const struct ic_command *command, const json_t *request,
	     json_t *answer, struct isdn_error *error)
{
	bool on = true;
	int err = ic_boolean(request, "on", &on, error);

	(void)command;
	(void)answer;
	if (err)
		return err;
	p->watching = on; /* what was before is not told: ic_attach has taken it */
	return 0;
}

/* ---- frames ---- */

static void frame_to(struct ic_peer *p, unsigned span, bool from_net, bool out,
		     const uint8_t *frame, size_t len, isdn_time now)
{
	static const char digits[] = "0123456789abcdef";
	char line[2 * FRAME_MAX + 160];
	size_t n;

	n = (size_t)snprintf(line, sizeof(line),
			     "{\"event\":\"frame\",\"time\":%llu,\"span\":%u,\"from\":\"%s\","
			     "\"direction\":\"%s\",\"frame\":\"",
			     (unsigned long long)now, span, from_net ? "network" : "user",
			     out ? "out" : "in");
	for (size_t i = 0; i < len; i++) {
		line[n++] = digits[frame[i] >> 4];
		line[n++] = digits[frame[i] & 15];
	}
	memcpy(line + n, "\"}\n", 3);
	ic_put(p, line, n + 3);
}

/* Nothing is sent from here: a hook that may not call back should not do much either. */
static void on_frame(struct isdn_tap *tap, unsigned span, bool net, enum isdn_trace_dir dir,
		     const uint8_t *octets, size_t len, isdn_time now)
{
	struct isdn_control *c = (struct isdn_control *)((char *)tap -
							 offsetof(struct isdn_control, tap));
	bool out = dir == ISDN_TRACE_OUT, any = false;

	for (struct ic_peer *p = c->peers; p; p = p->next) {
		if (!p->tracing || p->cut || (p->trace_span && p->trace_span != span) ||
		    len > FRAME_MAX)
			continue;
		frame_to(p, span, net == out, out, octets, len, now);
		any = true;
	}
	if (any)
		ic_again(c);
}

/* The tap is there while somebody wants frames. */
void ic_tap_needed(struct isdn_control *c)
{
	bool needed = false;

	for (const struct ic_peer *p = c->peers; p; p = p->next)
		needed = needed || p->tracing;
	if (needed == c->tapped)
		return;
	c->tapped = needed;
	c->tap.frame = on_frame;
	if (needed)
		(void)isdn_registry_tap(c->registry, &c->tap);
	else
		isdn_registry_untap(c->registry, &c->tap);
}

int ic_trace(struct ic_peer *p, const struct ic_command *command, const json_t *request,
	     json_t *answer, struct isdn_error *error)
{
	int64_t span = 0;
	bool on = true;
	int err = ic_boolean(request, "on", &on, error);

	(void)command;
	(void)answer;
	if (!err)
		err = ic_span(p, request, &span, error);
	if (err)
		return err;
	p->tracing = on;
	p->trace_span = (unsigned)span;
	ic_tap_needed(p->control);
	return 0;
}
