/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * User-user information on the real DAHDI of the guest, by the public interface: the network on one
 * E1, the user on the other, service 3 active, USER INFORMATION both ways at once, and in the midst
 * of it a drop with UUI. Run by interop.sh. Its results are TAP lines; exit status 0 when all are
 * good.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/dahdi-vm/registry_check.h"

#define NEAR	 16 /* the network's D-channel */
#define FAR	 47
#define PATIENCE 10000 /* ms */
#define BLOCK	 (1 + ISDN_UUI_MAX)
#define ENOUGH	 48 /* blocks that arrived at each end when the call is dropped */
#define AHEAD	 24 /* blocks that are sent, or wait for the burst, and did not arrive yet */
#define BURST	 16
#define REFILL	 8
#define T2	 300 /* ms, instead of 10 s */

/* One end, with one call at most. */
struct end {
	const char *name;
	unsigned span;
	struct isdn_client *client;
	bool up;
	isdn_handle call;
	enum isdn_call_state state;
	enum isdn_source source;
	uint8_t cause;
	isdn_request drop;
	bool dropped, uui_sent;
	unsigned sent, left, failed; /* blocks: asked for, replies */
	unsigned got, wrong;
};

static struct end net = { .name = "network" }, user = { .name = "user" };

/* Of the frames. */
static struct {
	unsigned infos, congestions, beyond;
	isdn_time first;
	int ns; /* N(S) of the user's last message */
} wire;

/* The user keeps to the burst: a message more than that at its time is counted. */
static void info_of_user(int ns, isdn_time now)
{
	if (ns == wire.ns)
		return; /* sent again */
	wire.ns = ns;
	if (!wire.infos++)
		wire.first = now;
	if (wire.infos > BURST + REFILL * ((unsigned)(now - wire.first) / T2))
		wire.beyond++;
}

static void trace(void *arg, unsigned tag, bool network, enum isdn_trace_dir dir,
		  const uint8_t *frame, size_t len, isdn_time now)
{
	(void)arg;
	(void)tag;
	if (dir != ISDN_TRACE_OUT || len < 9 || (frame[2] & 1))
		return; /* address and control, protocol discriminator, call reference of two octets
			 */
	if (frame[8] == ISDN_MT_CONGESTION_CONTROL)
		wire.congestions++;
	if (frame[8] == ISDN_MT_USER_INFORMATION && !network)
		info_of_user(frame[2] >> 1, now);
}

/* ---- events ---- */

/* The i-th block of an end: its number, then octets that are others in each. */
static void make(uint8_t *octets, const struct end *from, unsigned i)
{
	octets[0] = 4;
	octets[1] = (uint8_t)(from == &net);
	octets[2] = (uint8_t)i;
	for (size_t k = 3; k < BLOCK; k++)
		octets[k] = (uint8_t)(i * 37 + k * (i & 1 ? 255 : 5));
}

static struct end *other(const struct end *e)
{
	return e == &net ? &user : &net;
}

static void read_blocks(struct end *e)
{
	uint8_t got[300], want[BLOCK];
	size_t len;

	while (isdn_call_uui(e->client, e->call, ISDN_UUI_MIDCALL, got, sizeof(got), &len) == 0 &&
	       len) {
		make(want, other(e), e->got);
		if (len == BLOCK && !memcmp(got, want, BLOCK))
			e->got++;
		else
			e->wrong++;
		isdn_call_release_uui(e->client, e->call);
	}
}

static void reply(struct end *e, const struct isdn_event *ev)
{
	if (ev->request == e->drop) {
		e->dropped = ev->result == 0;
		e->uui_sent = ev->uui_sent;
	} else if (e->sent) { /* not that of the call itself */
		e->left += ev->result == 0;
		e->failed += ev->result != 0;
	}
}

static void take(struct end *e, const struct isdn_event *ev)
{
	switch (ev->type) {
	case ISDN_EV_SPAN:
		e->up = ev->up;
		break;
	case ISDN_EV_NEW_CALL:
		e->call = ev->call;
		break;
	case ISDN_EV_CALL_STATE:
		e->state = ev->state;
		if (ev->cause) {
			e->cause = ev->cause;
			e->source = ev->source;
		}
		break;
	case ISDN_EV_CALL_INFO:
		if (ev->info & ISDN_INFO_UUI)
			read_blocks(e);
		break;
	case ISDN_EV_REPLY:
		reply(e, ev);
		break;
	case ISDN_EV_NOT_CLEARED:
	case ISDN_EV_ADDRESS:
	case ISDN_EV_LOST:
		bail("events were lost");
	}
}

static void turn(int ms)
{
	struct pollfd p = { .fd = isdn_registry_fd(registry), .events = POLLIN };
	struct isdn_event ev;

	poll(&p, 1, ms);
	isdn_registry_process(registry);
	while (isdn_client_next_event(net.client, &ev) == 1)
		take(&net, &ev);
	while (isdn_client_next_event(user.client, &ev) == 1)
		take(&user, &ev);
}

/* ---- spans and calls ---- */

static void open_end(struct end *e, int channel, const char *side)
{
	struct isdn_client_config config;
	struct isdn_error error = { .text = "" };
	char spec[80];

	snprintf(spec, sizeof(spec), "dahdi:%d,%s,t2uus3=%d,burst=%d,refill=%d", channel, side, T2,
		 BURST, REFILL);
	if (isdn_registry_open_span(registry, spec, &e->span, &error))
		bail(error.text);
	isdn_client_config_init(&config);
	config.name = e->name;
	config.span = e->span;
	if (isdn_client_open(registry, &config, &e->client))
		bail("isdn_client_open");
}

static bool service_3(const struct end *e)
{
	struct isdn_call_info info;

	return isdn_call_info(e->client, e->call, &info) == 0 &&
	       (info.uus & ISDN_UUS_BIT(ISDN_UUS_3));
}

static void forget(struct end *e)
{
	if (e->call && isdn_call_deallocate(e->client, e->call))
		bail("a call is not at its end");
	e->call = 0;
	e->drop = 0;
	e->state = ISDN_CALL_UNKNOWN;
	e->cause = 0;
	e->dropped = e->uui_sent = false;
	e->sent = e->left = e->failed = e->got = e->wrong = 0;
}

/* asked: service 3 is asked for in the SETUP; else by what is sent first, of both ends at once. */
static void set_up(struct end *from, struct end *to, bool asked)
{
	struct isdn_call_params p;

	forget(from);
	forget(to);
	memset(&wire, 0, sizeof(wire));
	wire.ns = -1;
	isdn_call_params_init(&p);
	p.span = from->span;
	p.called = "5551234";
	p.uus_preferred = asked ? ISDN_UUS_BIT(ISDN_UUS_3) : 0;
	if (isdn_call_make(from->client, &p, &from->call) <= 0)
		bail("isdn_call_make");
	MUST(to->state == ISDN_CALL_OFFERING);
	if (isdn_call_answer(to->client, to->call, NULL, 0) <= 0)
		bail("isdn_call_answer");
	MUST(from->state == ISDN_CALL_CONNECTED && to->state == ISDN_CALL_CONNECTED);
	if (asked)
		ok(service_3(from) && service_3(to), "service 3 is active at both ends");
}

/* ---- the exchange of blocks ---- */

static void send_block(struct end *e)
{
	uint8_t octets[BLOCK];

	make(octets, e, e->sent);
	if (isdn_call_send_uui(e->client, e->call, octets, BLOCK) <= 0)
		bail("isdn_call_send_uui");
	e->sent++;
}

static void exchange_blocks(void)
{
	long since = now_ms(), until = since + PATIENCE;

	while ((net.got < ENOUGH || user.got < ENOUGH) && now_ms() < until) {
		while (net.sent < user.got + AHEAD)
			send_block(&net);
		while (user.sent < net.got + AHEAD)
			send_block(&user);
		turn(20);
	}
	ok(net.got >= ENOUGH && user.got >= ENOUGH && !net.wrong && !user.wrong,
	   "%u blocks from the user, %u from the network, whole and in order", net.got, user.got);
	ok(service_3(&net) && service_3(&user), "service 3 is active");
	printf("# %ld ms; sent %u and %u\n", now_ms() - since, user.sent, net.sent);
}

/* Every octet value is in the UUI of a drop or of the next one. */
static void drop(struct end *e, unsigned round, uint8_t *uui)
{
	struct isdn_drop how = { .cause = 31, .uui = uui, .uui_size = BLOCK };

	uui[0] = (uint8_t)(round & 1 ? 4 : 0);
	for (unsigned k = 1; k < BLOCK; k++)
		uui[k] = (uint8_t)(k - 1 + (round & 1) * 128);
	e->drop = isdn_call_drop(e->client, e->call, &how);
	if (e->drop <= 0)
		bail("isdn_call_drop");
}

static bool same_uui(const struct end *e, const uint8_t *want)
{
	uint8_t got[300];
	size_t len;

	return isdn_call_uui(e->client, e->call, ISDN_UUI_CLEARING, got, sizeof(got), &len) == 0 &&
	       len == BLOCK && !memcmp(got, want, BLOCK);
}

static void check_drop(struct end *drops, struct end *hears, unsigned round)
{
	uint8_t uui[BLOCK];
	unsigned before = user.left;

	ok(user.sent > user.left + user.failed, "blocks of the user wait for the burst, %u",
	   user.sent - user.left - user.failed);
	drop(drops, round, uui);
	MUST(hears->state == ISDN_CALL_DISCONNECTED);
	ok(hears->cause == 31 && hears->source == ISDN_BY_REMOTE && same_uui(hears, uui),
	   "the %s drops the call: the %s has the UUI of the DISCONNECT, %d octets", drops->name,
	   hears->name, BLOCK - 1);
	hears->drop = isdn_call_drop(hears->client, hears->call, NULL);
	if (hears->drop <= 0)
		bail("isdn_call_drop");
	MUST(drops->state == ISDN_CALL_IDLE && hears->state == ISDN_CALL_IDLE);
	MUST(hears->dropped);
	ok(drops->dropped && drops->uui_sent, "the drop is told as done, with UUI");
	ok(hears->got == drops->left && !hears->wrong,
	   "all of %u blocks that had left before the DISCONNECT arrived before it", drops->left);
	ok(drops->got <= hears->left && !drops->wrong, "the other way %u of %u, whole and in order",
	   drops->got, hears->left);
	ok(net.left + net.failed == net.sent && user.left + user.failed == user.sent && user.failed,
	   "each request has its reply: %u and %u were not sent", user.failed, net.failed);
	ok(wire.infos >= before && !wire.beyond && !wire.congestions,
	   "the user kept to the burst in %u messages, and nothing was discarded", wire.infos);
}

static void check(struct end *from, struct end *drops, bool asked, unsigned round)
{
	printf("# a call of the %s, %s, the %s drops it\n", from->name,
	       asked ? "service 3 by SETUP" : "service 3 when both send", drops->name);
	set_up(from, other(from), asked);
	exchange_blocks();
	check_drop(drops, other(drops), round);
	forget(&net);
	forget(&user);
}

int main(void)
{
	const struct isdn_env env = { .trace.frame = trace };
	struct isdn_registry_counts counts;

	setvbuf(stdout, NULL, _IOLBF, 0);
	if (isdn_registry_new(&registry, NULL, &env))
		bail("isdn_registry_new");
	open_end(&net, NEAR, "net");
	open_end(&user, FAR, "user");
	MUST(net.up && user.up);
	check(&user, &user, true, 0);
	check(&user, &net, false, 1);
	check(&net, &user, false, 2);
	check(&net, &net, true, 3);
	isdn_registry_counts(registry, &counts);
	ok(!counts.calls && !counts.handles && !counts.requests, "no call is left, no request");
	isdn_registry_free(registry);
	return tap_end();
}
