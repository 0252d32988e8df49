/* SPDX-License-Identifier: BSD-2-Clause */
/* The exchange of "demo --serve": alerts, answers, sends UUI back, and releases. */
#include "demo_far.h"

#include <stdio.h>
#include <string.h>

#include "session.h"
#include "uui.h"

/* A call may ring as long as somebody looks at it, and be offered for two minutes. */
#define EXCHANGE "net,e1,t301=0,t303=60000,t310=0"

bool demo_open_span(struct isdn_registry *registry, int fd, const char *options, unsigned *span)
{
	struct isdn_error error = { .text = "" };
	char spec[128];

	snprintf(spec, sizeof(spec), "socket:fd=%d,%s", fd, options);
	if (isdn_registry_open_span(registry, spec, span, &error) == 0)
		return true;
	fprintf(stderr, "%s: %s\n", PROGRAM, error.text);
	return false;
}

bool demo_far_open(struct demo_far *far, const int *fds)
{
	struct isdn_client_config config;

	isdn_client_config_init(&config);
	config.name = "exchange";
	config.privilege = ISDN_OWNER;
	if (isdn_registry_new(&far->registry, NULL, NULL) ||
	    isdn_client_open(far->registry, &config, &far->client)) {
		fprintf(stderr, "%s: no memory, or no descriptor left\n", PROGRAM);
		return false;
	}
	for (unsigned i = 0; i < DEMO_SPANS; i++)
		if (!demo_open_span(far->registry, fds[i], EXCHANGE, &far->span[i]))
			return false;
	return true;
}

static void answer(struct demo_far *far, isdn_handle call)
{
	static const char hello[] = "\004welcome";
	struct isdn_call_info info;
	bool speaks;

	if (isdn_call_info(far->client, call, &info))
		return;
	speaks = !strcmp(info.called, DEMO_SPEAKS);
	(void)isdn_call_accept(far->client, call, NULL, 0);
	if (strcmp(info.called, DEMO_RINGS) != 0)
		(void)isdn_call_answer(far->client, call, speaks ? hello : NULL,
				       speaks ? sizeof(hello) - 1 : 0);
}

/* What was said in the call is said again. */
static void echo(struct demo_far *far, isdn_handle call)
{
	uint8_t octets[2048];
	size_t len = 0;

	if (isdn_call_uui(far->client, call, ISDN_UUI_MIDCALL, octets, sizeof(octets), &len) == 0 &&
	    len)
		(void)isdn_call_send_uui(far->client, call, octets, len);
	(void)isdn_call_release_uui(far->client, call);
}

/* A call that nobody took in that time is offered again. */
static void again(struct demo_far *far, const struct isdn_event *ev)
{
	struct isdn_call_info info;

	if (ev->source == ISDN_BY_TIMER && isdn_call_info(far->client, ev->call, &info) == 0 &&
	    info.origin == ISDN_ORIGIN_OUTBOUND)
		(void)demo_far_call(far, info.span == far->span[1], info.calling, info.called,
				    NULL);
}

static void state(struct demo_far *far, const struct isdn_event *ev)
{
	if (ev->state == ISDN_CALL_OFFERING)
		answer(far, ev->call);
	else if (ev->state == ISDN_CALL_DISCONNECTED)
		(void)isdn_call_drop(far->client, ev->call, NULL);
	if (ev->state != ISDN_CALL_IDLE)
		return;
	again(far, ev);
	(void)isdn_call_deallocate(far->client, ev->call);
}

void demo_far_run(struct demo_far *far)
{
	struct isdn_event ev;

	isdn_registry_process(far->registry);
	while (isdn_client_next_event(far->client, &ev) == 1)
		if (ev.type == ISDN_EV_CALL_STATE)
			state(far, &ev);
		else if (ev.type == ISDN_EV_CALL_INFO && (ev.info & ISDN_INFO_UUI))
			echo(far, ev.call);
}

bool demo_far_call(struct demo_far *far, unsigned span, const char *from, const char *to,
		   const char *uui)
{
	struct isdn_call_params p;
	struct uui octets = { .size = 0 };
	isdn_handle call;
	char why[300];

	isdn_call_params_init(&p);
	p.span = far->span[span];
	p.called = to;
	p.calling = from;
	if (uui && uui_from_text(uui, &octets, why, sizeof(why))) {
		p.uui = octets.octets;
		p.uui_size = octets.size;
	}
	return isdn_call_make(far->client, &p, &call) > 0;
}

void demo_far_close(struct demo_far *far)
{
	isdn_registry_free(far->registry);
}
