/* SPDX-License-Identifier: BSD-2-Clause */
/* Call primitives on their way to the user of layer 3. */
#include <string.h>

#include "q931/cc_internal.h"

void i3_node_put(struct i3_cc *cc, struct i3_node *n)
{
	if (!n)
		return;
	n->next = cc->free_nodes;
	cc->free_nodes = n;
	cc->n_free_nodes++;
}

struct i3_node *i3_node_get(struct i3_cc *cc)
{
	struct i3_node *n = cc->free_nodes;

	if (!n)
		return ib_alloc(cc->env, sizeof(*n));
	cc->free_nodes = n->next;
	cc->n_free_nodes--;
	return n;
}

static void queue(struct i3_cc *cc, struct i3_node *n)
{
	n->next = NULL;
	*cc->tail = n;
	cc->tail = &n->next;
}

static void fill(struct i3_node *n, struct i3_call *c, enum isdn_prim prim, enum isdn_source source,
		 uint8_t cause, uint8_t location)
{
	const struct isdn_msg *msg = c ? c->cc->msg : NULL;

	n->call = c;
	n->final = false;
	n->ev.prim = prim;
	n->ev.call = c ? c->id : 0;
	n->ev.user = NULL;
	n->ev.source = source;
	n->ev.cause = cause;
	n->ev.location = location;
	n->ev.timer = source == ISDN_BY_TIMER && c ? c->timer_id : 0;
	n->ev.channel = c ? c->channel : 0;
	isdn_msg_init(&n->ev.msg, 0, 0, 0, false);
	if (msg)
		isdn_msg_copy(&n->ev.msg, msg);
}

void i3_event(struct i3_call *c, enum isdn_prim prim, enum isdn_source source, uint8_t cause,
	      uint8_t location)
{
	struct i3_node *n = i3_node_get(c->cc);

	if (!n)
		return; /* reserved before each input, see i3_reserve */
	fill(n, c, prim, source, cause, location);
	queue(c->cc, n);
}

void i3_event_link(struct i3_cc *cc, bool up)
{
	struct i3_node *n = i3_node_get(cc);

	if (!n)
		return;
	fill(n, NULL, up ? ISDN_LINK_UP : ISDN_LINK_DOWN, ISDN_BY_LINK, 0, 0);
	queue(cc, n);
}

/* RELEASE confirm to those who asked for clearing, RELEASE indication to others. */
void i3_event_final(struct i3_call *c, enum isdn_source source, uint8_t cause, uint8_t location)
{
	struct i3_node *n = c->final;

	c->final = NULL;
	fill(n, c, c->by_request ? ISDN_RELEASE_CONF : ISDN_RELEASE_IND, source, cause, location);
	n->final = true;
	queue(c->cc, n);
}

int i3_cc_next(struct i3_cc *cc, struct isdn_span_event *ev)
{
	struct i3_node *n = cc->head;

	if (!n)
		return 0;
	cc->head = n->next;
	if (!cc->head)
		cc->tail = &cc->head;
	memcpy(ev, &n->ev, offsetof(struct isdn_span_event, msg));
	isdn_msg_copy(&ev->msg, &n->ev.msg);
	if (n->call)
		ev->user = n->call->user;
	if (n->final)
		i3_call_recycle(n->call);
	i3_node_put(cc, n);
	return 1;
}
