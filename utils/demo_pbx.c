/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The PBX of "demo --serve": thirty calls, one after the other, so that their ids are the same each
 * time: conferences, a shared line, linked calls, a transfer, a held, a ringing and an offered one.
 */
#include "demo_pbx.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>

#include "session.h"
#include "uui.h"

#define STEP_MS 5000 /* at most, until a call has the state that it is to have */

static void state(struct isdn_client *client, const struct isdn_event *ev)
{
	if (ev->state == ISDN_CALL_DISCONNECTED)
		(void)isdn_call_drop(client, ev->call, NULL);
	else if (ev->state == ISDN_CALL_IDLE)
		(void)isdn_call_deallocate(client, ev->call);
}

static void take(struct isdn_client *client, isdn_handle *arrived)
{
	struct isdn_event ev;

	while (isdn_client_next_event(client, &ev) == 1)
		if (ev.type == ISDN_EV_NEW_CALL)
			*arrived = ev.call;
		else if (ev.type == ISDN_EV_CALL_STATE)
			state(client, &ev);
}

void demo_pbx_run(struct demo_pbx *pbx)
{
	struct isdn_event ev;

	isdn_registry_process(pbx->registry);
	take(pbx->client, &pbx->arrived);
	for (unsigned i = 0; i < DEMO_DESKS && pbx->desk[i]; i++)
		take(pbx->desk[i], &pbx->appearance[i]);
	while (pbx->cdr && isdn_client_next_event(pbx->cdr, &ev) == 1)
		; /* it keeps its handles: that is a leak */
	demo_far_run(&pbx->far);
}

struct isdn_client *demo_client(struct demo_pbx *pbx, const char *name,
				enum isdn_privilege privilege)
{
	struct isdn_client_config config;
	struct isdn_client *client = NULL;

	isdn_client_config_init(&config);
	config.name = name;
	config.privilege = privilege;
	(void)isdn_client_open(pbx->registry, &config, &client);
	return client;
}

/* Both ends go on until there is something, or for too long. */
static void step(struct demo_pbx *pbx)
{
	struct pollfd p[2] = { { .fd = isdn_registry_fd(pbx->registry), .events = POLLIN },
			       { .fd = isdn_registry_fd(pbx->far.registry), .events = POLLIN } };

	poll(p, 2, 50);
	demo_pbx_run(pbx);
}

static bool reaches(struct demo_pbx *pbx, struct isdn_client *client, const isdn_handle *call,
		    enum isdn_call_state wanted)
{
	int64_t end = session_now() + STEP_MS;
	struct isdn_call_status s = { .state = ISDN_CALL_UNKNOWN };

	for (;;) {
		if (*call && isdn_call_status(client, *call, &s) == 0 && s.state == wanted)
			return true;
		if (session_now() >= end)
			return false;
		step(pbx);
	}
}

static bool place(struct demo_pbx *pbx, unsigned span, const char *from, const char *to,
		  const char *uui, enum isdn_call_state until, isdn_handle *call)
{
	struct uui octets = { .size = 0 };
	struct isdn_call_params p;
	char why[300];

	isdn_call_params_init(&p);
	p.span = pbx->span[span];
	p.called = to;
	p.calling = from;
	if (uui && uui_from_text(uui, &octets, why, sizeof(why))) {
		p.uui = octets.octets;
		p.uui_size = octets.size;
	}
	pbx->calls++;
	return isdn_call_make(pbx->client, &p, call) > 0 && reaches(pbx, pbx->client, call, until);
}

static bool conference(struct demo_pbx *pbx, unsigned span, unsigned parties, unsigned number,
		       enum isdn_conference_policy policy)
{
	struct isdn_conference_config config;
	isdn_handle all, party;
	char from[8], to[16];

	isdn_conference_config_init(&config);
	config.policy = policy;
	if (isdn_conference_new(pbx->client, &config, &all))
		return false;
	for (unsigned i = 0; i < parties; i++) {
		snprintf(from, sizeof(from), "2%02u", number % 100 + i);
		snprintf(to, sizeof(to), "555%04u", number + i);
		if (!place(pbx, span, from, to, i ? NULL : "account 4711", ISDN_CALL_CONNECTED,
			   &party) ||
		    isdn_conference_add(pbx->client, all, party) < 0)
			return false;
	}
	return true;
}

static bool conferences(struct demo_pbx *pbx)
{
	return conference(pbx, 0, 3, 1, ISDN_CONFERENCE_DROP_ALL) &&
	       conference(pbx, 1, 5, 11, ISDN_CONFERENCE_LEAVE_REST);
}

/* A call from outside that goes out again. */
static bool linked(struct demo_pbx *pbx)
{
	isdn_handle out, in;

	pbx->arrived = 0;
	pbx->calls++;
	if (!demo_far_call(&pbx->far, 0, "5551000", "300", "from the exchange") ||
	    !reaches(pbx, pbx->client, &pbx->arrived, ISDN_CALL_OFFERING))
		return false;
	in = pbx->arrived;
	return isdn_call_answer(pbx->client, in, NULL, 0) > 0 &&
	       reaches(pbx, pbx->client, &in, ISDN_CALL_CONNECTED) &&
	       place(pbx, 1, "5551000", "5552000", NULL, ISDN_CALL_CONNECTED, &out) &&
	       isdn_call_link(pbx->client, in, out) == 0;
}

static bool held(struct demo_pbx *pbx)
{
	isdn_handle call;

	return place(pbx, 0, "213", "5550013", NULL, ISDN_CALL_CONNECTED, &call) &&
	       isdn_call_hold(pbx->client, call) > 0 &&
	       reaches(pbx, pbx->client, &call, ISDN_CALL_ONHOLD);
}

static bool rings(struct demo_pbx *pbx)
{
	isdn_handle call;

	return place(pbx, 0, "214", DEMO_RINGS, NULL, ISDN_CALL_RINGBACK, &call);
}

static bool transfer(struct demo_pbx *pbx)
{
	struct isdn_call_params p;
	isdn_handle call, consult;

	isdn_call_params_init(&p);
	p.span = pbx->span[1];
	p.called = "5550016";
	p.calling = "215";
	pbx->calls++;
	return place(pbx, 1, "215", "5550015", NULL, ISDN_CALL_CONNECTED, &call) &&
	       isdn_call_setup_transfer(pbx->client, call, &p, &consult) > 0 &&
	       reaches(pbx, pbx->client, &call, ISDN_CALL_ONHOLDPENDTRANSFER) &&
	       reaches(pbx, pbx->client, &consult, ISDN_CALL_CONNECTED);
}

static bool offered(struct demo_pbx *pbx)
{
	pbx->arrived = 0;
	pbx->calls++;
	return demo_far_call(&pbx->far, 0, "5551017", "200", "customer 88") &&
	       reaches(pbx, pbx->client, &pbx->arrived, ISDN_CALL_OFFERING);
}

static bool plain(struct demo_pbx *pbx)
{
	isdn_handle call;
	char from[8], to[16];

	for (unsigned i = 18; i < 32; i++) {
		snprintf(from, sizeof(from), "2%02u", i);
		snprintf(to, sizeof(to), "55530%02u", i);
		if (!place(pbx, i % 2, from, to, NULL, ISDN_CALL_CONNECTED, &call))
			return false;
	}
	return true;
}

/* Three desks share number 100; two of them are in the call. */
static bool shared(struct demo_pbx *pbx)
{
	static const char *const names[DEMO_DESKS] = { "desk 1", "desk 2", "desk 3" };
	struct isdn_bridge_config config;
	isdn_bridge line;

	isdn_bridge_config_init(&config);
	config.span = pbx->span[0];
	config.number = "100";
	if (isdn_bridge_new(pbx->registry, &config, &line))
		return false;
	for (unsigned i = 0; i < DEMO_DESKS; i++) {
		pbx->desk[i] = demo_client(pbx, names[i], ISDN_OWNER);
		if (!pbx->desk[i] || isdn_bridge_join(pbx->desk[i], line, NULL))
			return false;
	}
	pbx->calls++;
	if (!demo_far_call(&pbx->far, 0, "5551100", "100", NULL))
		return false;
	for (unsigned i = 0; i < 2; i++)
		if (!reaches(pbx, pbx->desk[i], &pbx->appearance[i],
			     i ? ISDN_CALL_CONNECTED : ISDN_CALL_OFFERING) ||
		    isdn_call_answer(pbx->desk[i], pbx->appearance[i], NULL, 0) < 0)
			return false;
	return reaches(pbx, pbx->desk[0], &pbx->appearance[0], ISDN_CALL_CONNECTED);
}

bool demo_pbx_make(struct demo_pbx *pbx)
{
	static const struct {
		const char *name;
		bool (*make)(struct demo_pbx *pbx);
	} steps[] = {
		{ "conferences", conferences },
		{ "linked calls", linked },
		{ "a held call", held },
		{ "a ringing call", rings },
		{ "a transfer", transfer },
		{ "an offered call", offered },
		{ "calls", plain },
		{ "a shared line", shared },
	};

	for (unsigned i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		if (steps[i].make(pbx))
			continue;
		fprintf(stderr, "%s: the demonstration can not make %s\n", PROGRAM, steps[i].name);
		return false;
	}
	return true;
}
