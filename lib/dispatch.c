/* SPDX-License-Identifier: BSD-2-Clause */
/* What a provider reports becomes changes of calls, and events to all who hold them. */
#include <string.h>

#include "lib/registry.h"

static struct ir_why why_of(const struct isdn_leg_event *ev)
{
	struct ir_why why = { .source = ev->source, .cause = ev->cause, .location = ev->location };

	return why;
}

static void copy_digits(char *to, const struct isdn_number *from)
{
	memcpy(to, from->digits, from->n_digits);
	to[from->n_digits] = '\0';
}

static void refuse(struct isdn_registry *r, struct isdn_provider *p,
		   const struct isdn_leg_event *ev)
{
	bool sent;

	(void)p->ops->drop(p, ev->leg, ISDN_CAUSE_RESOURCE_UNAVAILABLE, NULL, &sent, ir_now(r));
	p->touched = true;
}

/* A call of nobody: it waits (D6), or is cleared. */
static void unowned(struct ir_call *call)
{
	uint8_t cause = call->registry->config.drop_unowned;

	if (!call->owners && cause)
		(void)ir_drop_unowned(call, cause);
}

static void fill(struct ir_call *call, struct isdn_provider *p, const struct isdn_leg_event *ev)
{
	call->provider = p;
	call->span = (uint16_t)p->number;
	call->leg = ev->leg;
	call->channel = ev->channel;
	call->capability = ev->capability;
	copy_digits(call->called, &ev->called);
	copy_digits(call->calling, &ev->calling);
	p->ops->bind(p, ev->leg, call);
}

/* A call arrived: for the stations of its line, or for everybody who is to see it. */
static void offered(struct isdn_registry *r, struct isdn_provider *p,
		    const struct isdn_leg_event *ev)
{
	struct ir_why why = why_of(ev);
	struct ir_call *call = ir_call_new(r, ISDN_ORIGIN_INBOUND);
	struct ir_bridge *b;

	if (!call || (ev->has_uui && ir_uui_keep(call, ISDN_UUI_SETUP, &ev->uui))) {
		if (call)
			ir_call_free(call);
		refuse(r, p, ev);
		return;
	}
	fill(call, p, ev);
	b = ir_bridge_of_offer(r, p->number, call->called);
	if (b) {
		call->is_trunk = true;
		ir_trunk_add(b, call);
		ir_trunk_offered(call, &why);
		return;
	}
	ir_call_announce(call, true);
	ir_call_set_state(call, ISDN_CALL_OFFERING, ISDN_MODE_ACTIVE, &why);
	unowned(call);
}

static void keep_clearing_uui(struct ir_call *call, const struct isdn_leg_event *ev)
{
	if (ev->has_uui && ir_uui_keep(call, ISDN_UUI_CLEARING, &ev->uui))
		ir_event_info(call, ISDN_INFO_UUI_LOST, NULL);
}

static void midcall(struct ir_call *call, const struct isdn_leg_event *ev)
{
	if (ev->uui_of >= ISDN_UUI_ALERTING)
		(void)ir_uui_keep(call, ev->uui_of, &ev->uui); /* else it is a block all the same */
	ir_uui_midcall(call, ev);
}

/* Linked to another, it is released as a matter of course. */
static void release_linked(struct ir_call *call)
{
	static const struct isdn_drop plain;
	const struct ir_drop d = { .how = &plain };

	if (!call->linked)
		return;
	ir_link_ended(call);
	(void)ir_clear_leg(call, &d);
}

static void disconnected(struct ir_call *call, const struct isdn_leg_event *ev)
{
	struct ir_why why = why_of(ev);
	bool offered = ir_call_rings(call);

	keep_clearing_uui(call, ev);
	call->cause = ev->cause;
	call->location = ev->location;
	call->source = (uint8_t)ev->source;
	if (call->is_trunk) {
		ir_trunk_disconnected(call, &why);
		return;
	}
	ir_requests_fail(call);
	ir_call_set_state(call, ev->state, ir_disconnect_mode(ev->cause, offered), &why);
	release_linked(call);
}

/* A party that was waiting to join, and one that a conference without hold begins with. */
static bool joins(const struct ir_call *call)
{
	const struct ir_hub *hub = call->hub;

	return ir_is_party(call) && !(hub->setup && hub->config.no_hold && hub->first == call);
}

/* A call that waits for a transfer without hold: its provider does not know. */
static bool held_here(const struct ir_call *call)
{
	return call->state == ISDN_CALL_ONHOLDPENDTRANSFER && !ir_can_hold(call);
}

static bool held(const struct ir_call *call)
{
	return call->state == ISDN_CALL_ONHOLD || call->state == ISDN_CALL_ONHOLDPENDTRANSFER;
}

static bool far_mode(uint32_t mode)
{
	return mode == ISDN_MODE_ACTIVEHELD || mode == ISDN_MODE_INACTIVEHELD;
}

/*
 * CONNECTED of a call that we hold, or asked to hold, is what the far end does to us, held or no
 * more, unless it answers our retrieval.
 */
static bool of_far_end(const struct ir_call *call, const struct isdn_leg_event *ev)
{
	if (!held(call))
		return call->holding && call->state == ISDN_CALL_CONNECTED;
	if (call->holding)
		return far_mode(ev->mode);
	return far_mode(ev->mode) || call->far_hold || held_here(call);
}

static void connected(struct ir_call *call, const struct isdn_leg_event *ev,
		      const struct ir_why *why)
{
	call->holding = false;
	ir_requests_done(call, IR_ANSWER, 0);
	ir_requests_done(call, IR_UNHOLD, 0);
	if (call->state == ISDN_CALL_CONFERENCED)
		return; /* the far end holds, or no more */
	if (joins(call)) {
		ir_party_connected(call, why);
		return;
	}
	if (call->state == ISDN_CALL_ONHOLDPENDTRANSFER)
		ir_transfer_off(call, 0);
	ir_call_set_state(call, ev->state, ev->mode, why);
	if (call->consult_of)
		ir_consult_connected(call);
}

/* A hold of ours is not touched by it. */
static void far_end(struct ir_call *call, const struct isdn_leg_event *ev, const struct ir_why *why)
{
	call->far_hold = far_mode(ev->mode);
	if (held(call))
		return;
	if (call->is_trunk)
		ir_trunk_far_hold(call, why);
	else if (call->state == ISDN_CALL_CONNECTED)
		ir_call_connect(call, why);
}

static isdn_request first_of(const struct ir_call *call, unsigned kinds)
{
	for (const struct ir_request *req = call->requests; req; req = req->next_of_call)
		if (kinds >> req->kind & 1)
			return req->id;
	return 0;
}

/* The request that the event is the answer of, at whatever station it was made, 0: none. */
static isdn_request asked_for(const struct ir_call *call, enum isdn_call_state state)
{
	static const unsigned connect = 1u << IR_ANSWER | 1u << IR_UNHOLD | 1u << IR_ADD;
	static const unsigned held = 1u << IR_HOLD | 1u << IR_SETUP_TRANSFER;
	unsigned kinds = state == ISDN_CALL_CONNECTED ? connect
			 : state == ISDN_CALL_ONHOLD  ? held
						      : 0;

	isdn_request id = first_of(call, kinds);

	for (const struct ir_call *app = call->apps; app && !id; app = app->next_app)
		id = first_of(app, kinds);
	return id;
}

/* Digits were sent with SETUP: it is not the first one that is waited for. */
static enum isdn_call_state dialling(const struct ir_call *call, enum isdn_call_state state)
{
	bool ours = call->origin == ISDN_ORIGIN_OUTBOUND;

	return ours && state == ISDN_CALL_DIALTONE && *call->called ? ISDN_CALL_DIALING : state;
}

static void change(struct ir_call *call, struct isdn_leg_event *ev)
{
	struct ir_why why = why_of(ev);

	why.request = asked_for(call, ev->state);
	ev->state = dialling(call, ev->state);
	ir_requests_done(call, IR_MAKE, 0);
	if (ev->state == ISDN_CALL_CONNECTED && of_far_end(call, ev)) {
		far_end(call, ev, &why);
		return;
	}
	if (ev->state == ISDN_CALL_CONNECTED && held(call))
		ev->mode = call->far_hold ? ISDN_MODE_ACTIVEHELD : ev->mode;
	else if (ev->state == ISDN_CALL_CONNECTED)
		call->far_hold = far_mode(ev->mode);
	if (call->is_trunk)
		ir_trunk_state(call, ev, &why);
	else if (ev->state == ISDN_CALL_CONNECTED)
		connected(call, ev, &why);
	else if (ev->state == ISDN_CALL_ONHOLD)
		ir_held(call, &why);
	else
		ir_call_set_state(call, ev->state, 0, &why);
}

static void state(struct ir_call *call, struct isdn_leg_event *ev)
{
	bool moved = ev->channel != call->channel &&
		     (ev->channel || (ev->info & ISDN_INFO_CHANNEL));

	if (call->dropping || ev->state == ISDN_CALL_IDLE)
		return; /* the drop decides from here on; ISDN_LEG_GONE follows, and that is IDLE */
	if (call->state == ISDN_CALL_DISCONNECTED) {
		keep_clearing_uui(call, ev);
		return; /* nothing but IDLE */
	}
	if (moved)
		call->channel = ev->channel;
	if (ev->state == ISDN_CALL_DISCONNECTED) {
		disconnected(call, ev);
		return;
	}
	change(call, ev);
	if (moved)
		ir_event_info(call, ISDN_INFO_CHANNEL, NULL);
	if (ev->info & ISDN_INFO_UUS)
		ir_event_info(call, ISDN_INFO_UUS, NULL);
	ir_uui_flush(call); /* UUI may have waited for the call to be active */
	if (ev->has_uui)
		midcall(call, ev);
}

static void info(struct ir_call *call, const struct isdn_leg_event *ev)
{
	if (ev->info)
		ir_event_info(call, ev->info, NULL);
	if (ev->has_uui)
		midcall(call, ev);
}

static void gone(struct ir_call *call, const struct isdn_leg_event *ev)
{
	struct ir_why why = why_of(ev);

	keep_clearing_uui(call, ev);
	if (call->state == ISDN_CALL_DISCONNECTED) { /* the first cause is the one that counts */
		why.cause = call->cause;
		why.location = call->location;
		why.source = (enum isdn_source)call->source;
	}
	ir_call_gone(call, &why);
}

static void link_changed(struct isdn_registry *r, struct isdn_provider *p, bool up)
{
	if (p->up == up)
		return;
	p->up = up;
	ir_event_span(r, p->number, up);
}

bool ir_dispatch(struct isdn_registry *r, struct isdn_provider *p)
{
	struct isdn_leg_event ev;
	bool any = false;

	while (p->ops->next(p, &ev) == 1) {
		any = true;
		if (ev.type == ISDN_LEG_LINK) {
			link_changed(r, p, ev.up);
			continue;
		}
		if (ev.type == ISDN_LEG_OFFERED) {
			offered(r, p, &ev);
			continue;
		}
		if (!ev.user)
			continue; /* a leg that was refused for want of memory */
		switch (ev.type) {
		case ISDN_LEG_STATE:
			state(ev.user, &ev);
			break;
		case ISDN_LEG_INFO:
			info(ev.user, &ev);
			break;
		case ISDN_LEG_READY:
			info(ev.user, &ev);
			ir_uui_flush(ev.user);
			break;
		case ISDN_LEG_REFUSED:
			ir_hold_refused(ev.user);
			break;
		case ISDN_LEG_GONE:
			gone(ev.user, &ev);
			break;
		case ISDN_LEG_OFFERED:
		case ISDN_LEG_LINK:
			break;
		}
	}
	return any;
}
