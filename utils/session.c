/* SPDX-License-Identifier: BSD-2-Clause */
/* The calls of one run of q931-drop: each event is shown, and answered by what the options say. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* clock_gettime */
#endif
#include "session.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "events.h"

int64_t session_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void session_fail(struct session *s, int status)
{
	if (s->status == OK)
		s->status = status;
}

static struct call *find(struct session *s, isdn_handle h)
{
	for (unsigned i = 0; h && i < s->n_calls; i++)
		if (s->calls[i].handle == h)
			return &s->calls[i];
	return NULL;
}

static struct call *add(struct session *s, isdn_handle h, bool is_conference)
{
	struct call *c;

	if (s->n_calls == CALLS_MAX)
		return NULL;
	c = &s->calls[s->n_calls++];
	memset(c, 0, sizeof(*c));
	c->handle = h;
	c->number = is_conference ? 0 : ++s->numbers;
	c->is_conference = is_conference;
	c->answer_at = c->drop_at = NEVER;
	return c;
}

static json_t *hex(const uint8_t *octets, size_t len)
{
	char text[2 * 4096 + 1] = "";

	for (size_t i = 0; i < len && i < 4096; i++)
		sprintf(text + 2 * i, "%02x", octets[i]);
	return json_string(text);
}

static void show_channel(const struct session *s, const struct call *c, unsigned channel)
{
	session_tell(s, "channel", c, json_pack("{s:i}", "channel", (int)channel), "channel %u",
		     channel);
}

static void show_received(const struct session *s, const struct call *c, enum isdn_uui_which which)
{
	uint8_t octets[4096];
	char text[UUI_TEXT(sizeof(octets))];
	size_t len;

	if (isdn_call_uui(s->client, c->handle, which, octets, sizeof(octets), &len) || !len)
		return;
	uui_print(octets, len, true, text, sizeof(text));
	session_tell(s, "uui", c, json_pack("{s:o}", "uui", hex(octets, len)), "UUI received: %s",
		     text);
}

/* A request that could not even begin. */
static void refused(struct session *s, const struct call *c, const char *what, int err)
{
	fprintf(stderr, "%s: %s can not be %s: %s\n", PROGRAM, session_name(c).text, what,
		isdn_strerror(err));
	session_fail(s, FAILED);
}

/* how NULL: a release, or a last try. INVALCALLSTATE is no failure: the call ended meanwhile. */
static void drop(struct session *s, struct call *c, const struct isdn_drop *how)
{
	isdn_request id = isdn_call_drop(s->client, c->handle, how);

	c->answer_at = c->drop_at = NEVER;
	if (id > 0)
		c->drop = id;
	if (id > 0 || id == ISDN_ERR_INVALCALLSTATE)
		return;
	refused(s, c, how ? "dropped as asked" : "dropped", id);
	if (how)
		drop(s, c, NULL);
}

/* The drop with the cause and the UUI of the command line. */
static void drop_as_asked(struct session *s, struct call *c)
{
	struct isdn_drop how = { .cause = (uint8_t)s->opt->cause,
				 .uui = s->opt->uui.octets,
				 .uui_size = s->opt->uui.size };

	c->drop_asked = true;
	if (c->is_conference)
		s->conferencing = false;
	drop(s, c, &how);
}

/* The conference is dropped some time after all its parties are in it. */
static void conference_complete(struct session *s)
{
	struct call *c = find(s, s->conference);
	int in = 0, after = s->opt->drop_after;

	if (!c || !s->conferencing || c->drop_at != NEVER)
		return;
	for (unsigned i = 0; i < s->n_calls; i++)
		in += s->calls[i].state == ISDN_CALL_CONFERENCED;
	if (in == s->parties)
		c->drop_at = session_now() + (in && after > 0 ? after : 0);
}

static void connected(struct session *s, struct call *c)
{
	int err = 0;

	if (c->is_conference)
		return;
	c->was_connected = true;
	if (s->conferencing)
		err = isdn_conference_add(s->client, s->conference, c->handle);
	else if (s->ending || s->parties) /* its conference is over, or could not clear it */
		drop_as_asked(s, c);
	else if (s->opt->drop_after >= 0)
		c->drop_at = session_now() + s->opt->drop_after;
	if (err < 0) {
		refused(s, c, "added to the conference", err);
		drop_as_asked(s, c);
	}
}

/* Calls that nobody waits for are refused: when we place calls, have enough, or are ending. */
static bool wanted(const struct session *s)
{
	return s->command == ANSWER && !s->ending && (!s->opt->count || s->taken < s->opt->count);
}

static void arrived(struct session *s, isdn_handle h)
{
	static const struct isdn_drop busy = { .cause = ISDN_CAUSE_USER_BUSY };
	bool take = wanted(s);
	struct call *c = add(s, h, false);

	if (c)
		c->refused = !take;
	if (c && take)
		s->taken++;
	else if (c)
		drop(s, c, &busy);
	else
		(void)isdn_call_drop(s->client, h, &busy);
}

static void offered(struct session *s, struct call *c)
{
	const struct options *o = s->opt;
	struct isdn_call_info info;
	int err;

	if (isdn_call_info(s->client, c->handle, &info) == 0)
		session_tell(
			s, "offered", c,
			json_pack("{s:s, s:s}", "calling", info.calling, "called", info.called),
			"from %s to %s", *info.calling ? info.calling : "-",
			*info.called ? info.called : "-");
	if (c->refused)
		return;
	show_channel(s, c, info.channel);
	show_received(s, c, ISDN_UUI_SETUP);
	if (c->refused)
		return;
	if (o->reject) {
		drop_as_asked(s, c);
		return;
	}
	err = isdn_call_accept(s->client, c->handle, o->accept_uui.octets, o->accept_uui.size);
	if (err < 0 && err != ISDN_ERR_INVALCALLSTATE) {
		refused(s, c, "accepted", err);
		drop_as_asked(s, c);
	} else if (!o->accept_only) {
		c->answer_at = session_now() + o->answer_after;
	}
}

static void answer(struct session *s, struct call *c)
{
	const struct uui *uui = &s->opt->answer_uui;
	int err = isdn_call_answer(s->client, c->handle, uui->octets, uui->size);

	c->answer_at = NEVER;
	if (err < 0 && err != ISDN_ERR_INVALCALLSTATE) {
		refused(s, c, "answered", err);
		drop_as_asked(s, c);
	}
}

/* What the end of a call says about the run. */
static int judge(const struct session *s, const struct call *c, enum isdn_source source)
{
	if (c->refused || s->ending)
		return OK;
	if (source == ISDN_BY_LINK)
		return NO_LINK;
	if (source == ISDN_BY_TIMER || source == ISDN_BY_ERROR)
		return FAILED;
	return s->command == ANSWER || c->was_connected ? OK : FAILED;
}

static void idle(struct session *s, struct call *c, enum isdn_source source)
{
	isdn_call_deallocate(s->client, c->handle);
	if (c->is_conference) {
		s->conference = 0;
		s->conferencing = false;
	} else {
		session_fail(s, judge(s, c, source));
		s->released += s->ending;
		s->ended += !c->refused;
		s->parties -= s->conferencing && !c->refused;
	}
	s->n_calls--;
	memmove(c, c + 1, (size_t)(&s->calls[s->n_calls] - c) * sizeof(*c)); /* the order stays */
	conference_complete(s);
}

/* What is to be done in a state, beyond showing it. */
static void act(struct session *s, struct call *c, const struct isdn_event *ev)
{
	if (c->state == ISDN_CALL_OFFERING) {
		offered(s, c);
	} else if (c->state == ISDN_CALL_CONNECTED) {
		connected(s, c);
	} else if (c->state == ISDN_CALL_CONFERENCED) {
		c->was_connected = true;
		conference_complete(s);
	} else if (c->state == ISDN_CALL_DISCONNECTED) {
		show_received(s, c, ISDN_UUI_CLEARING);
		c->shown = true;
		drop(s, c, NULL);
	} else if (c->state == ISDN_CALL_IDLE) {
		if (!c->shown)
			show_received(s, c, ISDN_UUI_CLEARING);
		idle(s, c, ev->source);
	}
}

static void call_state(struct session *s, const struct isdn_event *ev)
{
	struct call *c = find(s, ev->call);
	char text[256];

	if (!c) { /* there was no room for it */
		if (ev->state == ISDN_CALL_IDLE)
			isdn_call_deallocate(s->client, ev->call);
		return;
	}
	c->state = ev->state;
	event_state(ev, text, sizeof(text));
	session_tell(s, "state", c, event_members(ev), "%s", text);
	act(s, c, ev);
}

static void call_info(struct session *s, const struct isdn_event *ev)
{
	const struct call *c = find(s, ev->call);
	struct isdn_call_info info;

	if (!c)
		return;
	if (ev->info & ISDN_INFO_UUI) {
		show_received(s, c, ISDN_UUI_MIDCALL);
		(void)isdn_call_release_uui(s->client, c->handle);
	}
	if (ev->info & ISDN_INFO_PROGRESS)
		session_tell(s, "progress", c, NULL, "progress");
	if ((ev->info & ISDN_INFO_CHANNEL) && isdn_call_info(s->client, c->handle, &info) == 0 &&
	    info.channel)
		show_channel(s, c, info.channel);
}

/* The reply to a drop. Another request that fails is told by the state of its call. */
static void reply(struct session *s, const struct isdn_event *ev)
{
	const struct call *c = find(s, ev->call);
	const char *what;
	char text[64];
	bool uui;

	if (!c || ev->request != c->drop)
		return;
	if (ev->result) {
		session_tell(
			s, "reply", c,
			json_pack("{s:b, s:s}", "ok", false, "text", isdn_strerror(ev->result)),
			"drop failed: %s", isdn_strerror(ev->result));
		session_fail(s, FAILED);
		return;
	}
	uui = c->drop_asked && s->opt->uui.size && ev->calls_changed > c->is_conference;
	event_outcome(ev, uui, text, sizeof(text));
	what = c->refused ? "refused" : c->drop_asked ? "dropped" : "released";
	session_tell(s, "reply", c,
		     json_pack("{s:b, s:s, s:s, s:b, s:i, s:i}", "ok", true, "what", what,
			       "outcome", isdn_outcome_name(ev->outcome), "uui_sent", ev->uui_sent,
			       "changed", (int)ev->calls_changed, "failed", (int)ev->calls_failed),
		     "%s: %s", what, text);
	if (c->is_conference && !s->opt->json)
		session_tell(s, "reply", c, NULL, "%u calls ended, %u could not be cleared",
			     ev->calls_changed, ev->calls_failed);
	if ((uui && !ev->uui_sent) || ev->calls_failed)
		session_fail(s, FAILED);
}

static void event(struct session *s, const struct isdn_event *ev)
{
	s->last_event = session_now();
	switch (ev->type) {
	case ISDN_EV_SPAN:
		s->up = ev->up;
		session_tell(s, "span", NULL, json_pack("{s:b}", "up", ev->up), "span: %s",
			     ev->up ? "up" : "down");
		break;
	case ISDN_EV_NEW_CALL:
		arrived(s, ev->call);
		break;
	case ISDN_EV_CALL_STATE:
		call_state(s, ev);
		break;
	case ISDN_EV_CALL_INFO:
		call_info(s, ev);
		break;
	case ISDN_EV_REPLY:
		reply(s, ev);
		break;
	case ISDN_EV_NOT_CLEARED:
	case ISDN_EV_ADDRESS:
	case ISDN_EV_LOST:
		fprintf(stderr, "%s: memory ran out, events are missing\n", PROGRAM);
		session_fail(s, FAILED);
		break;
	}
}

void session_events(struct session *s)
{
	struct isdn_event ev;

	while (isdn_client_next_event(s->client, &ev) == 1)
		event(s, &ev);
}

int64_t session_due(struct session *s, int64_t now)
{
	int64_t next = NEVER;

	for (unsigned i = 0; i < s->n_calls; i++) {
		struct call *c = &s->calls[i];

		if (c->answer_at <= now || c->drop_at <= now)
			next = s->last_event = now; /* from here on we wait for the far end */
		if (c->answer_at <= now)
			answer(s, c);
		if (c->drop_at <= now)
			drop_as_asked(s, c);
		next = c->answer_at < next ? c->answer_at : next;
		next = c->drop_at < next ? c->drop_at : next;
	}
	return next;
}

int session_place(struct session *s, const char *number)
{
	struct isdn_call_params p;
	struct call *c;
	isdn_handle h;
	int id;

	isdn_call_params_init(&p);
	p.span = s->span;
	p.called = number;
	p.calling = s->opt->from;
	p.uui = s->opt->setup_uui.octets;
	p.uui_size = s->opt->setup_uui.size;
	id = isdn_call_make(s->client, &p, &h);
	if (id < 0) {
		fprintf(stderr, "%s: %s can not be called%s%s: %s\n", PROGRAM, number,
			p.calling ? " from " : "", p.calling ? p.calling : "",
			id == ISDN_ERR_INVAL ? "a number has 1 to 64 of 0-9 * # A-D"
					     : isdn_strerror(id));
		return id == ISDN_ERR_INVAL ? USAGE : FAILED;
	}
	c = add(s, h, false); /* there is room: the command line has no more numbers */
	session_tell(s, "placed", c, json_pack("{s:s}", "called", number), "to %s", number);
	return OK;
}

bool session_confer(struct session *s, int parties)
{
	int err = isdn_conference_new(s->client, NULL, &s->conference);

	if (err) {
		fprintf(stderr, "%s: no conference: %s\n", PROGRAM, isdn_strerror(err));
		return false;
	}
	s->parties = parties;
	s->conferencing = true;
	add(s, s->conference, true);
	return true;
}

void session_end(struct session *s, const char *why)
{
	for (unsigned i = 0; i < s->n_calls; i++)
		s->to_release += !s->calls[i].is_conference;
	if (s->to_release)
		session_tell(s, "ending", NULL,
			     json_pack("{s:s, s:i}", "why", why, "calls", s->to_release),
			     "%s: dropping %d call%s", why, s->to_release,
			     s->to_release == 1 ? "" : "s");
	else
		session_tell(s, "ending", NULL, json_pack("{s:s, s:i}", "why", why, "calls", 0),
			     "%s", why);
	s->ending = true;
	for (unsigned i = 0; i < s->n_calls; i++) /* its drop takes the parties with it */
		if (s->calls[i].is_conference)
			drop_as_asked(s, &s->calls[i]);
	for (unsigned i = 0; i < s->n_calls; i++)
		if (!s->calls[i].is_conference)
			drop_as_asked(s, &s->calls[i]);
}

bool session_finished(const struct session *s)
{
	if (s->n_calls)
		return false;
	if (s->ending || s->command != ANSWER)
		return true;
	return s->opt->count && s->ended >= s->opt->count;
}
