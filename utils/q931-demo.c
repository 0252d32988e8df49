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
#include "cli.h"
#include "show.h"

#define PROGRAM "q931-demo"
#define CALLS	3

static const char uui[] = "\x04"
			  "conference closed";
#define UUI_SIZE (sizeof(uui) - 1)

struct party {
	const char *name;
	struct isdn_client *client;
	isdn_handle call[8]; /* in the order of their first event */
	unsigned n_calls, idle;
	struct isdn_event reply;
};

static isdn_time now = 1000;
static struct isdn_registry *registry;
static struct capture *capture;
static unsigned pbx_span, exchange_span, faults;
static struct party pbx = { .name = "pbx" }, exchange = { .name = "exchange" },
		    console = { .name = "console" };
static isdn_handle conference, console_conference;

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

/* Each message once, as it is sent: the PBX's from the left, the exchange's from the right. */
static void on_frame(void *arg, unsigned tag, bool net, enum isdn_trace_dir dir,
		     const uint8_t *frame, size_t len, isdn_time at)
{
	struct isdn_msg m;
	char text[512];

	(void)arg;
	(void)tag;
	if (dir != ISDN_TRACE_OUT)
		return;
	if (capture)
		capture_frame(capture, net, !net, frame, len, at);
	if (!show_decode(frame, len, net, &m))
		return;
	show_message(&m, text, sizeof(text));
	printf("%7.3f  %s  %s\n", (double)(at - 1000) / 1000, net ? "        <-" : "->        ",
	       text);
}

static const char *call_name(const struct party *p, isdn_handle h)
{
	static char name[32];

	if (h == conference || h == console_conference)
		return "conference";
	for (unsigned i = 0; i < p->n_calls; i++)
		if (p->call[i] == h) {
			snprintf(name, sizeof(name), "call %u", i + 1);
			return name;
		}
	return "call";
}

static void learn(struct party *p, isdn_handle h)
{
	for (unsigned i = 0; i < p->n_calls; i++)
		if (p->call[i] == h)
			return;
	if (h != conference && h != console_conference && p->n_calls < 8)
		p->call[p->n_calls++] = h;
}

static void show(struct party *p, const struct isdn_event *ev)
{
	char text[256];

	if (ev->type == ISDN_EV_NEW_CALL && p == &console && conference && !console_conference)
		console_conference = ev->call;
	if (ev->type == ISDN_EV_REPLY) {
		p->reply = *ev;
		return;
	}
	if (ev->type != ISDN_EV_CALL_STATE)
		return;
	learn(p, ev->call);
	show_state(ev, text, sizeof(text));
	printf("%7.3f    %-9s %s: %s\n", (double)(ev->time - 1000) / 1000, p->name,
	       call_name(p, ev->call), text);
	p->idle += ev->state == ISDN_CALL_IDLE;
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
		must(isdn_call_accept(exchange.client, exchange.call[i], NULL, 0) > 0, "alerting");
		run(100);
		must(isdn_call_answer(exchange.client, exchange.call[i], NULL, 0) > 0, "answer");
		run(100);
	}
	place(&exchange, exchange_span, "200");
}

static void confer(void)
{
	printf("\n== All three in a conference at the PBX\n");
	must(isdn_conference_new(pbx.client, ISDN_CONFERENCE_DROP_ALL, &conference) == 0,
	     "a conference can be made");
	for (unsigned i = 0; i < CALLS; i++)
		must(isdn_conference_add(pbx.client, conference, pbx.call[i]) > 0,
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

		if (isdn_call_status(exchange.client, exchange.call[i], &s) == 0 &&
		    s.state == ISDN_CALL_DISCONNECTED)
			(void)isdn_call_drop(exchange.client, exchange.call[i], NULL);
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
		char text[300];
		size_t len = 0;
		uint8_t cause = i < 2 ? 16 : 21;

		must(isdn_call_uui(exchange.client, exchange.call[i], ISDN_UUI_CLEARING, got,
				   sizeof(got), &len) == 0 &&
			     len == UUI_SIZE && !memcmp(got, uui, len),
		     "the UUI arrives octet for octet");
		must(isdn_call_info(exchange.client, exchange.call[i], &info) == 0 &&
			     info.cause == cause,
		     "the cause is 16 for a call, 21 for a rejected offer");
		show_uui(got, len, text, sizeof(text));
		printf("call %u: cause %u (%s), UUI %s\n", i + 1, info.cause,
		       isdn_cause_name(info.cause), text);
	}
}

static void give_back(struct party *p)
{
	for (unsigned i = 0; i < p->n_calls; i++)
		must(isdn_call_deallocate(p->client, p->call[i]) == 0, "a handle is given back");
	p->n_calls = 0;
}

static void finish(void)
{
	struct isdn_registry_counts n;

	give_back(&pbx);
	give_back(&exchange);
	must(isdn_call_deallocate(pbx.client, conference) == 0, "so is the conference's");
	isdn_client_close(console.client);
	isdn_registry_counts(registry, &n);
	printf("\n== Given back: %zu calls, %zu handles, %zu requests, %zu events are left\n",
	       n.calls, n.handles, n.requests, n.events);
	must(!n.calls && !n.handles && !n.requests && !n.events, "nothing is left");
	isdn_registry_free(registry);
}

int main(int argc, char **argv)
{
	const char *file = "libisdn-demo.pcap";
	const struct cli_option options[] = {
		{ "pcap", CLI_TEXT, &file, 0, 0, "FILE", "the capture to write" },
	};

	if (cli_parse(PROGRAM, options, 1, argc, argv) != 0)
		return 2;
	capture = capture_open(PROGRAM, file);
	if (!capture || !open_all())
		return 1;
	printf("  time   PBX  exchange\n");
	establish();
	confer();
	drop();
	check_exchange();
	finish();
	must(capture_close(capture), "the capture is complete");
	printf("capture: %s\n%s\n", file, faults ? "FAILED" : "All as it must be.");
	return faults != 0;
}
