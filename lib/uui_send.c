/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * User-user information within a call on its way out: chained messages that
 * wait for the provider, whose flow control, or whose question to the far end,
 * they wait for (isdn/uus.h). The reply comes when the last one has left.
 */
#include <string.h>

#include "lib/registry.h"

#define SEND_UUI_STATES                                                                            \
	(ISDN_CALL_OFFERING | ISDN_CALL_ACCEPTED | ISDN_CALL_RINGBACK | ISDN_CALL_CONNECTED |      \
	 ISDN_CALL_CONFERENCED)

static void pop(struct ir_call *call)
{
	struct ir_uui_part *p = call->out;

	call->out = p->next;
	call->out_parts--;
	ir_uui_part_put(call->registry, p);
}

static void unqueue(struct ir_call *call, isdn_request id);

void ir_uui_unsend(struct ir_call *call)
{
	for (const struct ir_request *req = call->requests; call->trunk && req;
	     req = req->next_of_call)
		if (req->kind == IR_SEND_UUI)
			unqueue(call->trunk, req->id); /* of a station's, there */
	while (call->out)
		pop(call);
}

/* Parts of a request from its first one on. */
static void drop_request(struct ir_call *call, isdn_request id)
{
	while (call->out && call->out->request == id)
		pop(call);
}

/* What can go, goes. 0, AGAIN, or what the provider says of the first part. */
static int transmit(struct ir_call *call)
{
	struct ir_uui_part *part = call->out;
	struct isdn_provider *p = call->provider;
	int err = p->ops->send_uui(p, call->leg, &part->uui, part->more, ir_now(call->registry));

	p->touched = true;
	return err;
}

static void done(struct ir_call *call, isdn_request id, int result)
{
	struct ir_request *req = ir_request_find(call, id);

	if (req)
		ir_request_done(req, result);
}

void ir_uui_flush(struct ir_call *call)
{
	while (call->out && call->provider) {
		isdn_request id = call->out->request;
		int err = transmit(call);
		bool last = !call->out->more;

		if (err == ISDN_ERR_AGAIN)
			return;
		if (err) {
			drop_request(call, id);
			done(call, id, err);
			continue;
		}
		pop(call);
		if (last)
			done(call, id, 0);
	}
}

/* Chained messages of at most max octets, discriminator counted in each (Q.931 3.1.23, More data).
 */
static int enqueue(struct ir_call *call, const uint8_t *octets, size_t size, unsigned max,
		   isdn_request id)
{
	struct ir_uui_part **tail = &call->out, *p;
	size_t at = 1;

	while (*tail)
		tail = &(*tail)->next;
	do {
		size_t n = size - at < max - 1 ? size - at : max - 1;

		p = ir_uui_part_get(call->registry);
		if (!p)
			return ISDN_ERR_NOMEM;
		*p = (struct ir_uui_part){ .request = id, .uui.discriminator = octets[0] };
		memcpy(p->uui.data, octets + at, n);
		p->uui.len = (uint8_t)n;
		at += n;
		p->more = at < size;
		*tail = p;
		tail = &p->next;
		call->out_parts++;
	} while (at < size);
	return 0;
}

/* The parts of the last request, which was refused. */
static void unqueue(struct ir_call *call, isdn_request id)
{
	struct ir_uui_part **at = &call->out;

	while (*at && (*at)->request != id)
		at = &(*at)->next;
	while (*at) {
		struct ir_uui_part *p = *at;

		*at = p->next;
		call->out_parts--;
		ir_uui_part_put(call->registry, p);
	}
}

static int check(const struct ir_call *c, const void *uui, size_t size, unsigned max)
{
	unsigned blocks = c->registry->config.max_uui_blocks;

	if (!uui || !size)
		return ISDN_ERR_INVALPOINTER;
	if (max < 2)
		return ISDN_ERR_OPERATIONUNAVAIL;
	if (size > (size_t)blocks * (max - 1) + 1)
		return ISDN_ERR_USERUSERINFOTOOBIG;
	return c->out_parts + (size == 1 ? 1 : (size + max - 3) / (max - 1)) > blocks
		       ? ISDN_ERR_AGAIN
		       : 0;
}

/* Parts go at once where nothing waits before them; an error of the first is told at once. */
static int begin(struct ir_call *c, isdn_request id)
{
	int err = c->out->request == id ? transmit(c) : ISDN_ERR_AGAIN;
	bool last = !c->out->more;

	if (err == ISDN_ERR_AGAIN)
		return 0;
	if (err)
		return err;
	pop(c);
	if (last)
		done(c, id, 0);
	else
		ir_uui_flush(c);
	return 0;
}

/* At a station only where it takes part. */
static bool state_good(const struct ir_call *c)
{
	const struct ir_call *leg = ir_leg_const(c);

	return !c->dropping && (c->state & SEND_UUI_STATES) && leg->provider &&
	       (c->state != ISDN_CALL_CONNECTED || ir_call_active(c));
}

isdn_request isdn_call_send_uui(struct isdn_client *client, isdn_handle call, const void *uui,
				size_t uui_size)
{
	struct isdn_caps caps;
	struct ir_request *req;
	struct ir_handle *h;
	struct ir_call *leg;
	isdn_request id;
	int err = ir_handle_find(client, call, ISDN_OWNER, &h);

	if (err)
		return err;
	if (!state_good(h->call))
		return ISDN_ERR_INVALCALLSTATE;
	leg = ir_leg(h->call);
	leg->provider->ops->caps(leg->provider, &caps);
	if (!leg->provider->ops->send_uui)
		caps.uui_send = 0;
	err = check(leg, uui, uui_size, caps.uui_send);
	if (!err)
		err = ir_request_new(h, h->call, IR_SEND_UUI, &req);
	if (err)
		return err;
	id = req->id;
	err = enqueue(leg, uui, uui_size, caps.uui_send, id);
	if (!err)
		err = begin(leg, id);
	if (err) {
		unqueue(leg, id);
		ir_request_undo(req);
		return err;
	}
	ir_flush(client->registry);
	return id;
}
