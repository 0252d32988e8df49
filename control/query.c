/* SPDX-License-Identifier: BSD-2-Clause */
/* What there is: calls, spans, shared lines, counts, leaks. */
#include "control/internal.h"

#include <string.h>

static json_t *array_in(json_t *answer, const char *name)
{
	json_t *a = json_array();

	json_object_set_new(answer, name, a);
	return json_object_get(answer, name) == a ? a : NULL;
}

static bool on_span(struct ic_peer *p, isdn_handle call, int64_t span)
{
	struct isdn_call_info info;

	return !span || (isdn_call_info(p->client, call, &info) == 0 && info.span == span);
}

int ic_list(struct ic_peer *p, const struct ic_command *command, const json_t *request,
	    json_t *answer, struct isdn_error *error)
{
	int64_t after = 0, limit = 100, span = 0;
	json_t *calls = array_in(answer, "calls");
	int err = ic_integer(request, "after", 0, INT64_MAX, &after, error);

	(void)command;
	if (!err)
		err = ic_integer(request, "limit", 1, C_OBJECTS_MAX, &limit, error);
	if (!err)
		err = ic_span(p, request, &span, error);
	if (err)
		return err;
	if (limit > (int64_t)ic_objects_max(p))
		limit = (int64_t)ic_objects_max(p);
	for (size_t i = ic_place(p, (uint64_t)after + 1); i < p->n_known; i++) {
		if (!on_span(p, p->known[i].handle, span))
			continue;
		if ((int64_t)json_array_size(calls) == limit) {
			ic_set_true(answer, "more", true);
			break;
		}
		json_array_append_new(calls, ic_object_of_call(p, p->known[i].handle));
	}
	return 0;
}

static void set_holders(struct ic_peer *p, isdn_handle call, json_t *answer)
{
	json_t *list = array_in(answer, "holders");
	struct isdn_holder h[64];
	int n = isdn_call_holders(p->client, call, h, 64);

	for (int i = 0; i < n && i < 64; i++)
		json_array_append_new(
			list, json_pack("{s:o, s:s}", "client", ic_text(h[i].client), "privilege",
					h[i].privilege == ISDN_OWNER ? "owner" : "monitor"));
}

static void set_all_uui(struct ic_peer *p, isdn_handle call, json_t *answer)
{
	static const struct {
		const char *name;
		enum isdn_uui_which which;
	} phases[] = {
		{ "setup", ISDN_UUI_SETUP },	   { "alerting", ISDN_UUI_ALERTING },
		{ "progress", ISDN_UUI_PROGRESS }, { "connect", ISDN_UUI_CONNECT },
		{ "midcall", ISDN_UUI_MIDCALL },   { "clearing", ISDN_UUI_CLEARING },
	};
	json_t *uui = json_object();

	for (size_t i = 0; i < sizeof(phases) / sizeof(phases[0]); i++)
		ic_set_uui(p, uui, phases[i].name, call, phases[i].which);
	json_object_set_new(answer, "uui", uui);
}

static void append(struct ic_peer *p, json_t *list, isdn_handle call)
{
	if (call && json_array_size(list) < ic_objects_max(p))
		json_array_append_new(list, ic_object_of_call(p, call));
}

/* The conference first, then its parties as they joined. True: there is one. */
static bool append_conference(struct ic_peer *p, json_t *list, isdn_handle call)
{
	isdn_handle member[C_OBJECTS_MAX];
	size_t n;
	int err = isdn_conference_calls(p->client, call, member, C_OBJECTS_MAX, &n);

	if (err && err != ISDN_ERR_NOSPC)
		return false;
	for (size_t i = 0; i < n && i < C_OBJECTS_MAX; i++)
		append(p, list, member[i]);
	return true;
}

/* The same call at the other stations of a shared line. */
static void append_appearances(struct ic_peer *p, json_t *list, isdn_handle call,
			       const struct isdn_call_info *of)
{
	struct isdn_call_info info;

	for (size_t i = 0; i < p->n_known; i++)
		if (p->known[i].handle != call &&
		    isdn_call_info(p->client, p->known[i].handle, &info) == 0 &&
		    info.bridge == of->bridge && info.hub == of->hub)
			append(p, list, p->known[i].handle);
}

int ic_show(struct ic_peer *p, const struct ic_command *command, const json_t *request,
	    json_t *answer, struct isdn_error *error)
{
	struct isdn_call_info info;
	json_t *related;
	isdn_handle call;
	int err = ic_call(p, request, &call, error);

	(void)command;
	if (!err)
		err = isdn_call_info(p->client, call, &info);
	if (err)
		return err;
	json_object_set_new(answer, "call", ic_object_of_call(p, call));
	set_holders(p, call, answer);
	set_all_uui(p, call, answer);
	related = array_in(answer, "related");
	if (info.conference)
		(void)append_conference(p, related, call);
	if (info.bridge)
		append_appearances(p, related, call, &info);
	append(p, related, info.linked);
	append(p, related, info.consult);
	append(p, related, info.consult_of);
	return 0;
}

static json_t *object_of_caps(const struct isdn_caps *c)
{
	return json_pack("{s:i, s:i, s:i, s:i, s:i, s:b, s:b, s:b, s:b}", "uui_make",
			 (int)c->uui_make, "uui_accept", (int)c->uui_accept, "uui_answer",
			 (int)c->uui_answer, "uui_drop", (int)c->uui_drop, "uui_send",
			 (int)c->uui_send, "reject_offering", c->reject_offering, "hold", c->hold,
			 "transfer", c->transfer, "dial", c->dial);
}

static json_t *object_of_counters(const struct isdn_span_counters *c)
{
	const struct {
		const char *name;
		uint64_t value;
	} rows[] = {
		{ "frames_in", c->frames_in },
		{ "frames_out", c->frames_out },
		{ "frames_invalid", c->frames_invalid },
		{ "retransmissions", c->retransmissions },
		{ "rej_in", c->rej_in },
		{ "rej_out", c->rej_out },
		{ "t200_expiries", c->t200_expiries },
		{ "mdl_errors", c->mdl_errors },
		{ "fcs_errors", c->fcs_errors },
		{ "aborts", c->aborts },
		{ "overruns", c->overruns },
		{ "messages_in", c->messages_in },
		{ "messages_out", c->messages_out },
		{ "messages_faulty", c->messages_faulty },
	};
	json_t *o = json_object();

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		json_object_set_new(o, rows[i].name, json_integer((json_int_t)rows[i].value));
	return o;
}

static json_t *array_of_links(const struct isdn_registry *registry, unsigned span)
{
	struct isdn_link links[128];
	json_t *list = json_array();
	int n = isdn_registry_span_links(registry, span, links, 128);

	for (int i = 0; i < n && i < 128; i++) {
		const struct isdn_link *l = &links[i];

		json_array_append_new(
			list, json_pack("{s:i, s:i, s:i, s:I, s:I, s:I, s:b, s:b}", "sapi",
					(int)l->sapi, "tei", (int)l->tei, "state", (int)l->state,
					"established", (json_int_t)l->counters.established,
					"t200_expiries", (json_int_t)l->counters.t200_expiries,
					"retransmissions", (json_int_t)l->counters.retransmissions,
					"peer_busy", l->peer_busy, "own_busy", l->own_busy));
	}
	return list;
}

int ic_spans(struct ic_peer *p, const struct ic_command *command, const json_t *request,
	     json_t *answer, struct isdn_error *error)
{
	const struct isdn_registry *registry = p->control->registry;
	json_t *list = array_in(answer, "spans");
	struct isdn_registry_counts counts = { .spans = 0 };
	struct isdn_span_info info;
	size_t found = 0;

	(void)command;
	(void)request;
	(void)error;
	isdn_registry_counts(registry, &counts);
	for (unsigned i = 1; found < counts.spans && i <= 0xffff; i++) {
		if (isdn_registry_span_info(registry, i, &info))
			continue;
		found++;
		json_array_append_new(
			list, json_pack("{s:i, s:o, s:s, s:b, s:b, s:I, s:o, s:o, s:o}", "span",
					(int)i, "spec", ic_text(info.spec ? info.spec : ""), "side",
					info.side == ISDN_NETWORK ? "network" : "user", "up",
					info.up, "alarm", info.alarm, "calls",
					(json_int_t)info.calls, "caps", object_of_caps(&info.caps),
					"counters", object_of_counters(&info.counters), "links",
					array_of_links(registry, i)));
	}
	return 0;
}

static const char *sharing_name(enum isdn_sharing sharing)
{
	switch (sharing) {
	case ISDN_SHARING_EXCLUSIVE:
		return "exclusive";
	case ISDN_SHARING_NEW:
		return "new-call";
	case ISDN_SHARING_SHARED:
		return "shared";
	}
	return "";
}

int ic_bridges(struct ic_peer *p, const struct ic_command *command, const json_t *request,
	       json_t *answer, struct isdn_error *error)
{
	isdn_bridge bridge[C_OBJECTS_MAX];
	json_t *list = array_in(answer, "bridges");
	size_t n = isdn_bridge_list(p->control->registry, bridge, C_OBJECTS_MAX);
	struct isdn_bridge_info info;

	(void)command;
	(void)request;
	(void)error;
	for (size_t i = 0; i < n && i < ic_objects_max(p); i++)
		if (isdn_bridge_info(p->control->registry, bridge[i], &info) == 0)
			json_array_append_new(
				list, json_pack("{s:I, s:i, s:o, s:s, s:i, s:i, s:i}", "bridge",
						(json_int_t)bridge[i], "span", (int)info.span,
						"number", ic_text(info.number), "sharing",
						sharing_name(info.sharing), "stations",
						(int)info.stations, "in_use", (int)info.in_use,
						"calls", (int)info.calls));
	if (n > ic_objects_max(p))
		ic_set_true(answer, "more", true);
	return 0;
}

static void set_now(const struct ic_peer *p, json_t *answer)
{
	json_object_set_new(answer, "now",
			    json_integer((json_int_t)isdn_registry_now(p->control->registry)));
}

int ic_stats(struct ic_peer *p, const struct ic_command *command, const json_t *request,
	     json_t *answer, struct isdn_error *error)
{
	const struct isdn_control_counters *c = &p->control->counters;
	struct isdn_registry_counts n = { .spans = 0 };

	(void)command;
	(void)request;
	(void)error;
	isdn_registry_counts(p->control->registry, &n);
	json_object_set_new(answer, "counts",
			    json_pack("{s:I, s:I, s:I, s:I, s:I, s:I}", "spans",
				      (json_int_t)n.spans, "clients", (json_int_t)n.clients,
				      "calls", (json_int_t)n.calls, "handles",
				      (json_int_t)n.handles, "requests", (json_int_t)n.requests,
				      "events", (json_int_t)n.events));
	json_object_set_new(answer, "control",
			    json_pack("{s:i, s:I, s:I, s:I, s:I}", "clients", (int)c->clients,
				      "accepted", (json_int_t)c->accepted, "refused",
				      (json_int_t)c->refused, "cut", (json_int_t)c->cut, "requests",
				      (json_int_t)c->requests));
	set_now(p, answer);
	return 0;
}

int ic_leaks(struct ic_peer *p, const struct ic_command *command, const json_t *request,
	     json_t *answer, struct isdn_error *error)
{
	json_t *list = array_in(answer, "leaks");
	size_t n = isdn_registry_leaks(p->control->registry, NULL, 0);
	size_t cap = n < ic_objects_max(p) ? n : ic_objects_max(p);
	struct isdn_leak *leak = ic_alloc(p->control, (cap + 1) * sizeof(*leak));

	(void)command;
	(void)request;
	(void)error;
	if (!leak)
		return ISDN_ERR_NOMEM;
	(void)isdn_registry_leaks(p->control->registry, leak, cap);
	for (size_t i = 0; i < cap; i++) {
		json_t *o = json_object();

		ic_set_number(o, "call", leak[i].id);
		ic_set_text(o, "client", leak[i].client);
		ic_set_text(o, "privilege", leak[i].privilege == ISDN_OWNER ? "owner" : "monitor");
		ic_set_number(o, "span", leak[i].span);
		ic_set_text(o, "called", leak[i].called);
		ic_set_text(o, "calling", leak[i].calling);
		ic_set_number(o, "since", leak[i].since);
		json_array_append_new(list, o);
	}
	ic_free(p->control, leak);
	json_object_set_new(answer, "total", json_integer((json_int_t)n));
	set_now(p, answer);
	return 0;
}
