/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The demonstration: a PBX and an exchange on the two ends of an E1 in memory,
 * a conference of three calls at the PBX, one of them still offering, dropped
 * with user-user information by one request. In virtual time. It checks what
 * it shows, and its exit status says whether all came as it must.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <isdn/isdn.h>

#include "capture.h"
#include "demo.h"
#include "events.h"
#include "ladder.h"
#include "session.h"
#include "uui.h"

#define CALLS 3
#define BEGIN 1000 /* ms: where our clock starts */

static const char uui[] = "\x04"
			  "conference closed";
#define UUI_SIZE (sizeof(uui) - 1)

struct view { /* of one call, or of the conference */
	isdn_handle handle;
	char name[24];	  /* "pbx call 1" */
	unsigned column;  /* where "call 1" begins in it */
	char states[160]; /* all of them, in order */
};

struct party {
	const char *name;
	struct isdn_client *client;
	struct view view[8];		  /* in the order of their first event */
	unsigned n_views, calls[3], idle; /* calls: seen so far, by span */
	struct isdn_event reply;
};

static isdn_time now = BEGIN;
static struct isdn_registry *registry;
static struct capture *capture;
static unsigned pbx_span, exchange_span, faults;
static struct party pbx = { .name = "pbx" }, exchange = { .name = "exchange" },
		    console = { .name = "console" };
static isdn_handle conference;

static isdn_time demo_clock(void *arg)
{
	(void)arg;
	return now;
}

static void must(bool good, const char *what)
{
	if (good)
		return;
	printf("NOT AS IT MUST BE: %s\n", what);
	faults++;
}

static double seconds(isdn_time at)
{
	return (double)(at - BEGIN) / 1000;
}

/* Each frame is seen twice, at either end: it is shown as it is sent. */
static void on_frame(void *arg, unsigned tag, bool net, enum isdn_trace_dir dir,
		     const uint8_t *frame, size_t len, isdn_time at)
{
	(void)arg;
	(void)tag;
	if (dir != ISDN_TRACE_OUT)
		return;
	if (capture)
		capture_frame(capture, 1, net, !net, frame, len, at * 1000);
	ladder_step(frame, len, net, seconds(at));
}

/* The view of a handle; a new one is numbered within its span, so all call it the same. */
static struct view *view(struct party *p, isdn_handle h)
{
	struct isdn_call_info info;
	const char *side;
	struct view *v;

	for (unsigned i = 0; i < p->n_views; i++)
		if (p->view[i].handle == h)
			return &p->view[i];
	if (p->n_views == 8 || isdn_call_info(p->client, h, &info) || info.span > 2) {
		must(false, "nobody sees more calls than there are");
		return &p->view[0];
	}
	v = &p->view[p->n_views++];
	v->handle = h;
	if (info.origin == ISDN_ORIGIN_CONFERENCE) {
		snprintf(v->name, sizeof(v->name), "conference");
		return v;
	}
	side = info.span == pbx_span ? pbx.name : exchange.name;
	snprintf(v->name, sizeof(v->name), "%s call %u", side, ++p->calls[info.span]);
	v->column = (unsigned)strlen(side) + 1;
	return v;
}

static void show(struct party *p, const struct isdn_event *ev)
{
	char text[160], line[256];
	struct view *v;
	size_t n;

	if (ev->type == ISDN_EV_REPLY)
		p->reply = *ev;
	if (ev->type != ISDN_EV_CALL_STATE)
		return;
	v = view(p, ev->call);
	n = strlen(v->states);
	snprintf(v->states + n, sizeof(v->states) - n, "%s%s", n ? " " : "",
		 isdn_call_state_name(ev->state));
	p->idle += ev->state == ISDN_CALL_IDLE;
	event_state(ev, text, sizeof(text));
	snprintf(line, sizeof(line), "%s: %s", v->name + v->column, text);
	if (p != &console) /* the lines of what all three see would bury the ladder */
		ladder_note(p == &exchange, seconds(ev->time), line);
}

static void take(struct party *p)
{
	struct isdn_event ev;

	while (isdn_client_next_event(p->client, &ev) == 1)
		show(p, &ev);
}

/* Let the given time pass; the events of all are shown as they come. */
static void run(isdn_time ms)
{
	isdn_time end = now + ms, next;

	do {
		isdn_registry_process(registry);
		take(&pbx);
		take(&exchange);
		take(&console);
		next = isdn_registry_next_timeout(registry);
		now = next > now && next < end ? next : next <= now ? now : end;
	} while (now < end);
}

static void place(struct party *from, unsigned span, const char *number)
{
	struct isdn_call_params p;
	isdn_handle h;

	isdn_call_params_init(&p);
	p.span = span;
	p.called = number;
	must(isdn_call_make(from->client, &p, &h) > 0, "a call can be placed");
	run(100);
}

static void open_party(struct party *p, enum isdn_privilege privilege, unsigned span)
{
	struct isdn_client_config c;

	isdn_client_config_init(&c);
	c.name = p->name;
	c.privilege = privilege;
	c.span = span;
	must(isdn_client_open(registry, &c, &p->client) == 0, "a client can be opened");
}

static bool open_all(void)
{
	struct isdn_error error = { .text = "" };
	struct isdn_env env;

	memset(&env, 0, sizeof(env));
	env.clock = demo_clock;
	env.trace.frame = on_frame;
	if (isdn_registry_new(&registry, NULL, &env) ||
	    isdn_registry_open_span(registry, "loop:demo,user,e1,delay=5", &pbx_span, &error) ||
	    isdn_registry_open_span(registry, "loop:demo,net,e1,delay=5", &exchange_span, &error)) {
		fprintf(stderr, "%s: %s\n", PROGRAM, error.text);
		return false;
	}
	open_party(&pbx, ISDN_OWNER, pbx_span);
	open_party(&exchange, ISDN_OWNER, exchange_span);
	open_party(&console, ISDN_MONITOR, 0);
	run(100);
	return true;
}

static void establish(void)
{
	printf("\n== Two calls of the PBX, answered, and one of the exchange that is still "
	       "offering\n");
	for (unsigned i = 0; i < 2; i++) {
		place(&pbx, pbx_span, i ? "5550002" : "5550001");
		must(isdn_call_accept(exchange.client, exchange.view[i].handle, NULL, 0) > 0,
		     "alerting");
		run(100);
		must(isdn_call_answer(exchange.client, exchange.view[i].handle, NULL, 0) > 0,
		     "answer");
		run(100);
	}
	place(&exchange, exchange_span, "200");
}

static void confer(void)
{
	printf("\n== All three in a conference at the PBX\n");
	must(isdn_conference_new(pbx.client, NULL, &conference) == 0, "a conference can be made");
	for (unsigned i = 0; i < CALLS; i++)
		must(isdn_conference_add(pbx.client, conference, pbx.view[i].handle) > 0,
		     "a call can be added");
	run(100);
}

static void drop(void)
{
	struct isdn_drop how = { .uui = uui, .uui_size = UUI_SIZE };
	isdn_request id;

	printf("\n== One request drops the conference, with UUI\n");
	id = isdn_call_drop(pbx.client, conference, &how);
	must(id > 0, "the drop is accepted");
	run(100);
	for (unsigned i = 0; i < CALLS; i++) { /* the exchange releases what was disconnected */
		struct isdn_call_status s;

		if (isdn_call_status(exchange.client, exchange.view[i].handle, &s) == 0 &&
		    s.state == ISDN_CALL_DISCONNECTED)
			(void)isdn_call_drop(exchange.client, exchange.view[i].handle, NULL);
	}
	run(100);
	printf("\n== The outcome: request %d %s: %s, %u calls ended, %u failed, UUI %s\n", id,
	       pbx.reply.result ? isdn_strerror(pbx.reply.result) : "succeeded",
	       isdn_outcome_name(pbx.reply.outcome), pbx.reply.calls_changed,
	       pbx.reply.calls_failed, pbx.reply.uui_sent ? "sent" : "not sent");
	must(pbx.reply.request == id && pbx.reply.result == 0 &&
		     pbx.reply.outcome == ISDN_OUTCOME_CLEARED && pbx.reply.calls_changed == 4 &&
		     pbx.reply.uui_sent,
	     "the reply says that four calls ended, with UUI");
	must(pbx.idle == 4 && exchange.idle == 3 && console.idle == 7,
	     "everybody is told of every call that ended, once");
}

static void check_exchange(void)
{
	printf("\n== What the exchange has of each call, after it ended\n");
	for (unsigned i = 0; i < CALLS; i++) {
		struct isdn_call_info info;
		uint8_t got[129];
		char text[UUI_TEXT(sizeof(got))];
		size_t len = 0;
		uint8_t cause = i < 2 ? 16 : 21;

		must(isdn_call_uui(exchange.client, exchange.view[i].handle, ISDN_UUI_CLEARING, got,
				   sizeof(got), &len) == 0 &&
			     len == UUI_SIZE && !memcmp(got, uui, len),
		     "the UUI arrives octet for octet");
		must(isdn_call_info(exchange.client, exchange.view[i].handle, &info) == 0 &&
			     info.cause == cause,
		     "the cause is 16 for a call, 21 for a rejected offer");
		uui_print(got, len, true, text, sizeof(text));
		printf("call %u: cause %u (%s), UUI %s\n", i + 1, info.cause,
		       isdn_cause_name(info.cause), text);
	}
}

/* A monitor sees each call of either side through all its states. */
static void check_console(void)
{
	static const struct {
		const char *name, *states;
	} seen[] = {
		{ "pbx call 1", "DIALING PROCEEDING RINGBACK CONNECTED CONFERENCED IDLE" },
		{ "exchange call 1", "OFFERING ACCEPTED CONNECTED DISCONNECTED IDLE" },
		{ "pbx call 2", "DIALING PROCEEDING RINGBACK CONNECTED CONFERENCED IDLE" },
		{ "exchange call 2", "OFFERING ACCEPTED CONNECTED DISCONNECTED IDLE" },
		{ "exchange call 3", "DIALING DISCONNECTED IDLE" },
		{ "pbx call 3", "OFFERING IDLE" },
		{ "conference", "ONHOLDPENDCONF CONNECTED IDLE" },
	};
	const unsigned n = sizeof(seen) / sizeof(seen[0]);

	printf("\n== What the console, a monitor, saw of each call\n");
	must(console.n_views == n, "the monitor sees all calls");
	for (unsigned i = 0; i < console.n_views; i++) {
		const struct view *v = &console.view[i];

		printf("%-16s %s\n", v->name, v->states);
		must(i < n && !strcmp(v->name, seen[i].name) && !strcmp(v->states, seen[i].states),
		     "the monitor sees each state, once");
	}
}

static void give_back(struct party *p)
{
	for (unsigned i = 0; i < p->n_views; i++)
		must(isdn_call_deallocate(p->client, p->view[i].handle) == 0,
		     "a handle is given back");
}

static void finish(void)
{
	struct isdn_registry_counts n;

	give_back(&pbx);
	give_back(&exchange);
	give_back(&console);
	isdn_registry_counts(registry, &n);
	printf("\n== Given back: %zu calls, %zu handles, %zu requests, %zu events are left\n",
	       n.calls, n.handles, n.requests, n.events);
	must(!n.calls && !n.handles && !n.requests && !n.events, "nothing is left");
	isdn_registry_free(registry);
}

int demo_run(const struct demo_options *opt)
{
	capture = capture_open(PROGRAM, opt->pcap, false);
	if (!capture || !open_all())
		return NO_DEVICE;
	ladder_head("pbx (user side)", "exchange (network side)");
	establish();
	confer();
	drop();
	check_exchange();
	check_console();
	finish();
	must(capture_close(capture), "the capture is complete");
	printf("== Capture: %s\n\n%s\n", opt->pcap, faults ? "FAILED" : "All as it must be.");
	return faults ? FAILED : OK;
}
