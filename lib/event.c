/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Events to clients. Replies and E(IDLE) have nodes of their own, kept since
 * the request or handle was made; for other events memory may be missing, and
 * then the client gets ISDN_EV_LOST in their place.
 */
#include <string.h>

#include "lib/registry.h"

struct ir_event_node *ir_node_get(struct isdn_registry *r)
{
	struct ir_event_node *n = r->free_nodes;

	if (n)
		r->free_nodes = n->next;
	else
		n = ib_alloc(&r->env, sizeof(*n));
	if (n)
		memset(n, 0, sizeof(*n));
	return n;
}

void ir_node_put(struct isdn_registry *r, struct ir_event_node *n)
{
	if (!n)
		return;
	n->next = r->free_nodes;
	r->free_nodes = n;
}

/* What comes while the spans are at work is found by who called isdn_registry_process, or by the
 * watches, whose turn is then; what one watch brings for another is not. */
static void wake(const struct isdn_client *c)
{
	struct isdn_registry *r = c->registry;

	if (!c->wake || r->woken || (r->processing && !r->watching))
		return;
	r->woken = true;
	ir_poll_wake(r);
}

void ir_event_lost(struct isdn_client *c)
{
	c->lost = true;
	wake(c);
}

void ir_event_push(struct isdn_client *c, struct ir_event_node *n)
{
	n->next = NULL;
	n->ev.time = ir_now(c->registry);
	*c->tail = n;
	c->tail = &n->next;
	c->registry->n_events++;
	wake(c);
}

/* A node for an event that may be missed, or NULL with the client's mark set. */
static struct ir_event_node *node_for(struct isdn_client *c, enum isdn_event_type type)
{
	struct ir_event_node *n = ir_node_get(c->registry);

	if (n)
		n->ev.type = type;
	else
		ir_event_lost(c);
	return n;
}

static void fill_state(struct isdn_event *ev, const struct ir_handle *h, enum isdn_call_state old)
{
	const struct ir_call *call = h->call;

	ev->call = h->id;
	ev->state = call->state;
	ev->old_state = old;
	ev->mode = call->mode;
	ev->privilege = h->privilege;
	ev->conference = call->hub ? ir_handle_id(h->client, call->hub->parent) : 0;
}

void ir_event_state_to(struct ir_handle *h, enum isdn_call_state old, const struct ir_why *why)
{
	struct ir_event_node *n = h->idle;

	if (h->call->state == ISDN_CALL_IDLE)
		h->idle = NULL;
	else
		n = node_for(h->client, ISDN_EV_CALL_STATE);
	if (!n)
		return;
	n->ev.type = ISDN_EV_CALL_STATE;
	fill_state(&n->ev, h, old);
	n->ev.request = why->request;
	n->ev.source = why->source;
	n->ev.cascade_of = why->source == ISDN_BY_CASCADE ? why->cascade_of : 0;
	if (h->call->state == ISDN_CALL_DISCONNECTED || h->call->state == ISDN_CALL_IDLE) {
		n->ev.cause = why->cause;
		n->ev.location = why->location;
	}
	n->ev.uui_sent = h->call->state == ISDN_CALL_IDLE && h->call->uui_sent;
	ir_event_push(h->client, n);
}

void ir_event_state(struct ir_call *call, enum isdn_call_state old, const struct ir_why *why)
{
	for (struct ir_handle *h = call->handles; h; h = h->next_of_call)
		ir_event_state_to(h, old, why);
}

void ir_event_info_to(struct ir_handle *h, uint32_t info)
{
	struct ir_event_node *n = node_for(h->client, ISDN_EV_CALL_INFO);

	if (!n)
		return;
	n->ev.call = h->id;
	n->ev.info = info;
	ir_event_push(h->client, n);
}

static void info_to_all(struct ir_call *call, uint32_t info, const struct isdn_client *except)
{
	if (call->state == ISDN_CALL_IDLE)
		return; /* nothing follows IDLE */
	for (struct ir_handle *h = call->handles; h; h = h->next_of_call)
		if (h->client != except)
			ir_event_info_to(h, info);
}

void ir_event_info(struct ir_call *call, uint32_t info, const struct isdn_client *except)
{
	info_to_all(call, info, except);
	for (struct ir_call *app = call->apps; app; app = app->next_app)
		if (app->state != ISDN_CALL_CONNECTED || ir_call_active(app)) /* */
			info_to_all(app, info, except);
}

void ir_event_new_call(struct ir_handle *h)
{
	struct ir_event_node *n = node_for(h->client, ISDN_EV_NEW_CALL);

	if (!n)
		return;
	n->ev.call = h->id;
	n->ev.privilege = h->privilege;
	ir_event_push(h->client, n);
}

void ir_event_not_cleared(struct isdn_client *c, const struct ir_call *call, isdn_request request,
			  int result)
{
	struct ir_event_node *n = c ? node_for(c, ISDN_EV_NOT_CLEARED) : NULL;

	if (!n)
		return;
	n->ev.call = ir_handle_id(c, call);
	n->ev.cascade_of = call->serial;
	n->ev.request = request;
	n->ev.result = result;
	ir_event_push(c, n);
}

void ir_event_address(struct isdn_client *c, const struct ir_bridge *b, uint32_t info)
{
	struct ir_event_node *n = node_for(c, ISDN_EV_ADDRESS);

	if (!n)
		return;
	n->ev.bridge = b->id;
	n->ev.info = info;
	n->ev.in_use = b->in_use;
	n->ev.calls = b->calls;
	ir_event_push(c, n);
}

void ir_event_span(struct isdn_registry *r, unsigned span, bool up)
{
	for (struct isdn_client *c = r->clients; c; c = c->next) {
		struct ir_event_node *n;

		if (!ir_client_sees(c, span))
			continue;
		n = node_for(c, ISDN_EV_SPAN);
		if (!n)
			continue;
		n->ev.span = span;
		n->ev.up = up;
		ir_event_push(c, n);
	}
}

static struct ir_event_node *pop(struct isdn_client *c)
{
	struct ir_event_node *n = c->head;

	if (!n)
		return NULL;
	c->head = n->next;
	if (!c->head)
		c->tail = &c->head;
	c->registry->n_events--;
	return n;
}

void ir_client_drain(struct isdn_client *c)
{
	struct ir_event_node *n;

	while ((n = pop(c)) != NULL)
		ir_node_put(c->registry, n);
}

/* Events of a handle that was given back are not for anybody; replies always are (D8). */
static bool stale(const struct isdn_client *c, const struct isdn_event *ev)
{
	return ev->type != ISDN_EV_REPLY && ev->call &&
	       !ib_handle_get(&c->registry->handles, ev->call);
}

int isdn_client_next_event(struct isdn_client *client, struct isdn_event *event)
{
	struct ir_event_node *n;

	if (!client)
		return ISDN_ERR_UNINITIALIZED;
	if (!event)
		return ISDN_ERR_INVALPOINTER;
	while ((n = pop(client)) != NULL) {
		bool take = !stale(client, &n->ev);

		*event = n->ev;
		ir_node_put(client->registry, n);
		if (take)
			return 1;
	}
	if (!client->lost)
		return 0;
	client->lost = false;
	memset(event, 0, sizeof(*event));
	event->type = ISDN_EV_LOST;
	event->time = ir_now(client->registry);
	return 1;
}
