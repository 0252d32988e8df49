/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * ISDN and SIP as two spans of one registry: sip-provider SPAN ADDRESS PORT
 *
 * A call that arrives at one is placed at the other, and linked: however one ends, the other does,
 * with its cause (header field Reason, RFC 3326) and its user-user information (header field
 * User-to-User, RFC 7433). The SIP side is a provider of our own, sip-leg.c and sip-receive.c: one
 * far end at that address, by TCP. It is signalling alone: no body, no RTP. The program ends when
 * that connection does.
 */
#include <isdn/isdn.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sip-leg.h"

struct gateway {
	struct isdn_registry *registry;
	struct isdn_client *client;
	unsigned isdn, sip; /* spans */
	bool over;	    /* the far end has gone */
};

static size_t uui_of(const struct gateway *g, isdn_handle call, enum isdn_uui_which which,
		     uint8_t octets[1 + ISDN_UUI_MAX])
{
	size_t len;

	return isdn_call_uui(g->client, call, which, octets, 1 + ISDN_UUI_MAX, &len) ? 0 : len;
}

/* The call that was placed has ended before it could be linked: its cause and UUI are the other's.
 */
static void ended_at_once(const struct gateway *g, isdn_handle call, isdn_handle placed)
{
	uint8_t octets[1 + ISDN_UUI_MAX];
	struct isdn_call_info info = { 0 };
	struct isdn_drop how = { .uui = octets };

	(void)isdn_call_info(g->client, placed, &info);
	how.cause = info.cause;
	how.uui_size = uui_of(g, placed, ISDN_UUI_CLEARING, octets);
	if (isdn_call_drop(g->client, call, &how) == ISDN_ERR_USERUSERINFOTOOBIG) {
		how.uui_size = 0;
		(void)isdn_call_drop(g->client, call, &how);
	}
	(void)isdn_call_drop(g->client, placed, NULL);
}

static void connect_through(const struct gateway *g, isdn_handle call,
			    const struct isdn_call_info *info)
{
	struct isdn_drop why = { .cause = ISDN_CAUSE_NO_CHANNEL_AVAILABLE };
	uint8_t octets[1 + ISDN_UUI_MAX];
	struct isdn_call_params params;
	isdn_handle placed = 0;
	isdn_request id;

	isdn_call_params_init(&params);
	params.span = info->span == g->isdn ? g->sip : g->isdn;
	params.called = info->called;
	params.calling = *info->calling ? info->calling : NULL;
	params.uui = octets;
	params.uui_size = uui_of(g, call, ISDN_UUI_SETUP, octets);
	id = isdn_call_make(g->client, &params, &placed);
	if (id == ISDN_ERR_USERUSERINFOTOOBIG) { /* the call matters more */
		params.uui_size = 0;
		id = isdn_call_make(g->client, &params, &placed);
	}
	if (id == ISDN_ERR_INVAL)
		why.cause = ISDN_CAUSE_INVALID_NUMBER_FORMAT;
	if (id < 0)
		(void)isdn_call_drop(g->client, call, &why);
	else if (isdn_call_link(g->client, call, placed))
		ended_at_once(g, call, placed);
}

/* The call that was placed rings, or is answered: so does the other. */
static void pass_on(const struct gateway *g, const struct isdn_event *ev, isdn_handle other)
{
	uint8_t octets[1 + ISDN_UUI_MAX];
	bool rings = ev->state == ISDN_CALL_RINGBACK;
	size_t len = uui_of(g, ev->call, rings ? ISDN_UUI_ALERTING : ISDN_UUI_CONNECT, octets);
	isdn_request (*const request)(struct isdn_client *, isdn_handle, const void *,
				      size_t) = rings ? isdn_call_accept : isdn_call_answer;

	if (request(g->client, other, octets, len) == ISDN_ERR_USERUSERINFOTOOBIG)
		(void)request(g->client, other, NULL, 0);
}

static void event(struct gateway *g, const struct isdn_event *ev)
{
	struct isdn_call_info info;

	if (ev->type == ISDN_EV_SPAN && ev->span == g->sip)
		g->over = !ev->up;
	if (ev->type != ISDN_EV_CALL_STATE || isdn_call_info(g->client, ev->call, &info))
		return;
	printf("%s: %s", info.span == g->isdn ? "ISDN" : "SIP", isdn_call_state_name(ev->state));
	if (ev->cause)
		printf(", cause %u, %s", ev->cause, isdn_source_name(ev->source));
	printf("\n");
	if (ev->state == ISDN_CALL_OFFERING)
		connect_through(g, ev->call, &info);
	else if ((ev->state & (ISDN_CALL_RINGBACK | ISDN_CALL_CONNECTED)) && info.linked &&
		 info.origin == ISDN_ORIGIN_OUTBOUND)
		pass_on(g, ev, info.linked);
	else if (ev->state == ISDN_CALL_DISCONNECTED) /* linked, it is released without us */
		(void)isdn_call_drop(g->client, ev->call, NULL);
	else if (ev->state == ISDN_CALL_IDLE)
		(void)isdn_call_deallocate(g->client, ev->call);
}

static void run(struct gateway *g)
{
	struct pollfd p = { .fd = isdn_registry_fd(g->registry), .events = POLLIN };
	struct isdn_event ev;
	size_t calls = 0;

	while (!g->over || calls) { /* their other ends are to be released */
		isdn_registry_process(g->registry);
		while (isdn_client_next_event(g->client, &ev) == 1)
			event(g, &ev);
		fflush(stdout);
		(void)isdn_client_calls(g->client, NULL, 0, &calls);
		if ((!g->over || calls) && poll(&p, 1, -1) < 0)
			return;
	}
}

int main(int argc, char **argv)
{
	struct isdn_client_config config;
	struct isdn_error error;
	struct gateway g = { 0 };
	static struct sip sip;

	if (argc != 4 || atoi(argv[3]) < 1 || atoi(argv[3]) > 65535)
		return fprintf(stderr, "usage: sip-provider SPAN ADDRESS PORT\n"), 2;
	if (!sip_open(&sip, argv[2], (unsigned)atoi(argv[3])))
		return perror("sip-provider: the far end"), 1;
	isdn_client_config_init(&config);
	if (isdn_registry_new(&g.registry, NULL, NULL))
		return fprintf(stderr, "sip-provider: no memory, or no descriptor\n"), 1;
	if (isdn_client_open(g.registry, &config, &g.client) ||
	    isdn_registry_add_provider(g.registry, &sip.base, &g.sip))
		fprintf(stderr, "sip-provider: no memory\n");
	else if (isdn_registry_open_span(g.registry, argv[1], &g.isdn, &error))
		fprintf(stderr, "sip-provider: %s\n", error.text);
	else
		run(&g);
	isdn_registry_free(g.registry);
	return !g.over;
}
