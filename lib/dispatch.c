/* SPDX-License-Identifier: BSD-2-Clause */
/* What a provider reports becomes changes of calls, and events to all who hold them. */
#include <string.h>

#include "lib/registry.h"

static struct ir_why why_of(const struct ir_leg_event *ev)
{
	struct ir_why why = { .source = ev->source, .cause = ev->cause, .location = ev->location };

	return why;
}

static void copy_digits(char *to, const struct isdn_number *from)
{
	memcpy(to, from->digits, from->n_digits);
	to[from->n_digits] = '\0';
}

/* A call arrived: everybody who is to see it gets a handle; nobody there: it waits (D6). */
static void offered(struct isdn_registry *r, struct ir_provider *p, const struct ir_leg_event *ev)
{
	struct ir_why why = why_of(ev);
	struct ir_call *call = ir_call_new(r, ISDN_ORIGIN_INBOUND);

	if (!call) {
		bool sent;

		p->ops->drop(p, ev->leg, ISDN_CAUSE_RESOURCE_UNAVAILABLE, NULL, &sent, ir_now(r));
		p->touched = true;
		return;
	}
	call->provider = p;
	call->span = p->number;
	call->leg = ev->leg;
	call->channel = ev->channel;
	call->capability = ev->capability;
	copy_digits(call->called, &ev->called);
	copy_digits(call->calling, &ev->calling);
	call->has_uui_setup = ev->has_uui;
	if (ev->has_uui)
		call->uui_setup = ev->uui;
	p->ops->bind(p, ev->leg, call);
	ir_call_announce(call, true);
	ir_call_set_state(call, ISDN_CALL_OFFERING, ISDN_MODE_ACTIVE, &why);
}

static void keep_clearing_uui(struct ir_call *call, const struct ir_leg_event *ev)
{
	if (!ev->has_uui || call->has_uui_clearing)
		return;
	call->has_uui_clearing = true;
	call->uui_clearing = ev->uui;
}

static void midcall(struct ir_call *call, const struct ir_leg_event *ev)
{
	ir_uui_phase(call, ev);
	ir_uui_midcall(call, ev);
}

static void state(struct ir_call *call, const struct ir_leg_event *ev)
{
	struct ir_why why = why_of(ev);
	bool offered = call->state == ISDN_CALL_OFFERING || call->state == ISDN_CALL_ACCEPTED;
	bool moved = ev->channel && ev->channel != call->channel;

	if (call->dropping)
		return; /* the drop decides from here on; IR_LEG_GONE follows */
	if (moved)
		call->channel = ev->channel;
	if (ev->state == ISDN_CALL_DISCONNECTED) {
		keep_clearing_uui(call, ev);
		call->cause = ev->cause;
		call->location = ev->location;
		call->source = ev->source;
		ir_requests_fail(call, NULL);
		ir_call_set_state(call, ev->state, ir_disconnect_mode(ev->cause, offered), &why);
		return;
	}
	ir_requests_done(call, IR_MAKE, 0);
	if (ev->state == ISDN_CALL_CONNECTED) {
		ir_requests_done(call, IR_ANSWER, 0);
		if (call->parent)
			ir_conference_connected(call);
		else
			ir_call_set_state(call, ev->state, ev->mode, &why);
	} else {
		ir_call_set_state(call, ev->state, 0, &why);
	}
	if (moved)
		ir_event_info(call, ISDN_INFO_CHANNEL, NULL);
	if (ev->info & ISDN_INFO_UUS)
		ir_event_info(call, ISDN_INFO_UUS, NULL);
	ir_uui_flush(call); /* UUI may have waited for the call to be active */
	if (ev->has_uui)
		midcall(call, ev);
}

static void info(struct ir_call *call, const struct ir_leg_event *ev)
{
	if (ev->info)
		ir_event_info(call, ev->info, NULL);
	if (ev->has_uui)
		midcall(call, ev);
}

static void gone(struct ir_call *call, const struct ir_leg_event *ev)
{
	struct ir_why why = why_of(ev);

	keep_clearing_uui(call, ev);
	if (call->state == ISDN_CALL_DISCONNECTED) { /* the first cause is the one that counts */
		why.cause = call->cause;
		why.location = call->location;
		why.source = call->source;
	}
	ir_call_gone(call, &why);
}

static void link_changed(struct isdn_registry *r, struct ir_provider *p, bool up)
{
	if (p->up == up)
		return;
	p->up = up;
	ir_event_span(r, p->number, up);
}

bool ir_dispatch(struct isdn_registry *r, struct ir_provider *p)
{
	struct ir_leg_event ev;
	bool any = false;

	while (p->ops->next(p, &ev) == 1) {
		any = true;
		if (ev.type == IR_LINK) {
			link_changed(r, p, ev.up);
			continue;
		}
		if (ev.type == IR_LEG_OFFERED) {
			offered(r, p, &ev);
			continue;
		}
		if (!ev.user)
			continue; /* a leg that was refused for want of memory */
		switch (ev.type) {
		case IR_LEG_STATE:
			state(ev.user, &ev);
			break;
		case IR_LEG_INFO:
			info(ev.user, &ev);
			break;
		case IR_LEG_READY:
			info(ev.user, &ev);
			ir_uui_flush(ev.user);
			break;
		case IR_LEG_GONE:
			gone(ev.user, &ev);
			break;
		case IR_LEG_OFFERED:
		case IR_LINK:
			break;
		}
	}
	return any;
}
