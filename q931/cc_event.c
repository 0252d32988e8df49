/* SPDX-License-Identifier: BSD-2-Clause */
/* Call primitives on their way to the user of layer 3. */
#include <string.h>

#include "q931/cc_internal.h"

/*
 * The message in hand: the first who asks has the node that it was decoded into, others a copy;
 * there is room, see i3_reserve. One that was given back meanwhile still holds the message.
 */
struct i3_msg_node *i3_msg_node(struct i3_cc *cc)
{
	struct i3_msg_node *n = cc->held;

	if (!cc->msg)
		return NULL;
	cc->held = NULL;
	if (n)
		return n;
	n = i3_msg_node_get(cc);
	if (n && &n->msg != cc->msg)
		isdn_msg_copy(&n->msg, cc->msg);
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
	n->call = c;
	n->final = false;
	n->prim = prim;
	n->source = source;
	n->cause = cause;
	n->location = location;
	n->id = c ? c->id : 0;
	n->timer = source == ISDN_BY_TIMER && c ? c->timer_id : 0;
	n->channel = c ? c->channel : 0;
	n->uus = 0;
	if (c && c->cc->uus_changed && c->cc->uus_call == c->id) {
		n->uus = c->cc->uus_changed;
		memcpy(n->uus_answer, c->cc->uus_answer, sizeof(n->uus_answer));
		c->cc->uus_changed = 0;
	}
	n->msg = c ? i3_msg_node(c->cc) : NULL;
}

void i3_event(struct i3_call *c, enum isdn_prim prim, enum isdn_source source, uint8_t cause,
	      uint8_t location)
{
	struct i3_node *n = c->silent ? NULL : i3_node_get(c->cc);

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

/* An event of a channel or of the interface, not of a call. */
void i3_event_interface(struct i3_cc *cc, struct i3_node *n, enum isdn_prim prim,
			enum isdn_source source, unsigned channel)
{
	fill(n, NULL, prim, source, 0, 0);
	if (source == ISDN_BY_TIMER)
		n->timer = (prim == ISDN_SERVICE_FAILED ? ISDN_T_SERVICE : ISDN_T316) + 1;
	n->channel = (uint16_t)channel;
	n->msg = i3_msg_node(cc);
	queue(cc, n);
}

void i3_event_last(struct i3_call *c, enum isdn_prim prim, enum isdn_source source, uint8_t cause,
		   uint8_t location)
{
	struct i3_node *n = &c->final;

	if (c->silent)
		return;
	fill(n, c, prim, source, cause, location);
	if (!n->msg) {
		n->msg = c->kept_msg; /* of the terminal whose cause it is */
		c->kept_msg = NULL;
	}
	n->final = true;
	queue(c->cc, n);
}

/* RELEASE confirm to those who asked for clearing, RELEASE indication to others. */
void i3_event_final(struct i3_call *c, enum isdn_source source, uint8_t cause, uint8_t location)
{
	i3_event_last(c, c->by_request ? ISDN_RELEASE_CONF : ISDN_RELEASE_IND, source, cause,
		      location);
}

static const struct isdn_msg no_message = { .discriminator = ISDN_PD_Q931 };

static void to_event(const struct i3_node *n, struct isdn_span_event *ev)
{
	ev->prim = n->prim;
	ev->call = n->id;
	ev->user = n->call ? n->call->user : NULL;
	ev->source = n->source;
	ev->cause = n->cause;
	ev->location = n->location;
	ev->timer = n->timer;
	ev->channel = n->channel;
	ev->uus = n->uus;
	for (int s = 0; s < ISDN_UUS_COUNT; s++)
		ev->uus_answer[s] = n->uus ? n->uus_answer[s] : ISDN_UUS_LATER;
	ev->msg = n->msg ? &n->msg->msg : &no_message;
}

int i3_cc_next(struct i3_cc *cc, struct isdn_span_event *ev)
{
	struct i3_node *n = cc->head;

	i3_msg_node_put(cc, cc->given);
	cc->given = NULL;
	if (!n)
		return 0;
	cc->head = n->next;
	if (!cc->head)
		cc->tail = &cc->head;
	to_event(n, ev);
	cc->given = n->msg;
	if (n->final)
		i3_call_recycle(n->call);
	else
		i3_node_put(cc, n);
	return 1;
}
