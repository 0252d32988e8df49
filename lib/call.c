/* SPDX-License-Identifier: BSD-2-Clause */
/* Calls: their life and their state. */
#include <string.h>

#include "lib/registry.h"

struct ir_call *ir_call_new(struct isdn_registry *r, enum isdn_origin origin)
{
	struct ir_call *call = ib_alloc(&r->env, sizeof(*call));

	if (!call)
		return NULL;
	call->registry = r;
	call->serial = ++r->serial;
	call->origin = (uint8_t)origin;
	call->since = ir_now(r);
	call->prev = r->last_call;
	*r->last_call = call;
	r->last_call = &call->next;
	r->n_calls++;
	return call;
}

void ir_call_free(struct ir_call *call)
{
	struct isdn_registry *r = call->registry;

	ir_uui_free(call);
	ir_uui_unsend(call);
	if (r->cursor == call)
		r->cursor = call->next;
	*call->prev = call->next;
	if (call->next)
		call->next->prev = call->prev;
	else
		r->last_call = call->prev;
	ib_free(&r->env, call);
	r->n_calls--;
}

static void unlink_appearance(struct ir_call *app)
{
	struct ir_call **at = &app->trunk->apps;

	while (*at != app)
		at = &(*at)->next_app;
	*at = app->next_app;
}

void ir_call_release(struct ir_call *call)
{
	struct ir_call *trunk = call->trunk;

	if (call->state != ISDN_CALL_IDLE || call->handles || call->requests)
		return;
	if (trunk)
		unlink_appearance(call);
	if (ir_is_parent(call) && call->hub) {
		call->hub->parent = NULL;
		ir_hub_release(call->hub);
	}
	ir_call_free(call);
	if (trunk)
		ir_trunk_release(trunk);
}

void ir_call_set_state(struct ir_call *call, enum isdn_call_state state, uint32_t mode,
		       const struct ir_why *why)
{
	enum isdn_call_state old = call->state;

	if (state == ISDN_CALL_CONNECTED && !mode)
		mode = ISDN_MODE_ACTIVE; /* */
	if (old == ISDN_CALL_IDLE || (old == state && call->mode == mode))
		return; /* IDLE is final */
	call->state = state;
	call->mode = mode;
	call->since = ir_now(call->registry);
	ib_log(&call->registry->env, ISDN_LOG_INFO, ISDN_AREA_REGISTRY, "call %llu: %s -> %s",
	       (unsigned long long)call->serial, old ? isdn_call_state_name(old) : "new",
	       isdn_call_state_name(state));
	ir_event_state(call, old, why);
}

bool ir_call_rings(const struct ir_call *call)
{
	return call->state == ISDN_CALL_OFFERING || call->state == ISDN_CALL_ACCEPTED;
}

void ir_call_note(struct ir_call *call, const struct ir_why *why)
{
	call->cause = why->cause;
	call->location = why->location;
	call->source = (uint8_t)why->source;
	call->cascade_of = why->cascade_of;
}

bool ir_call_active(const struct ir_call *call)
{
	return call->state == ISDN_CALL_CONNECTED &&
	       !(call->mode & (ISDN_MODE_INACTIVE | ISDN_MODE_INACTIVEHELD));
}

void ir_call_connect(struct ir_call *call, const struct ir_why *why)
{
	ir_call_set_state(call, ISDN_CALL_CONNECTED,
			  call->far_hold ? ISDN_MODE_ACTIVEHELD : ISDN_MODE_ACTIVE, why);
}

void ir_call_announce(struct ir_call *call, bool to_owners)
{
	for (struct isdn_client *c = call->registry->clients; c; c = c->next) {
		struct ir_handle *h;

		if ((c->privilege == ISDN_OWNER && !to_owners) || !ir_client_sees(c, call->span) ||
		    ir_handle_of(c, call))
			continue;
		if (ir_handle_new(c, call, c->privilege, &h))
			ir_event_lost(c);
		else
			ir_event_new_call(h);
	}
}
