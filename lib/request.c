/* SPDX-License-Identifier: BSD-2-Clause */
/* Requests: an id at once, exactly one reply later. */
#include <limits.h>
#include <string.h>

#include "lib/registry.h"

int ir_request_new(struct ir_handle *h, struct ir_call *of, enum ir_request_kind kind,
		   struct ir_request **out)
{
	struct isdn_registry *r = h->client->registry;
	struct ir_request *req = ib_alloc(&r->env, sizeof(*req));
	struct ir_event_node *n = req ? ir_node_get(r) : NULL;
	struct ir_request **at;

	if (!n) {
		ib_free(&r->env, req);
		return ISDN_ERR_NOMEM;
	}
	r->last_request = r->last_request == INT_MAX ? 1 : r->last_request + 1;
	req->id = r->last_request;
	req->kind = kind;
	req->call = of;
	req->client = h->client;
	req->handle = h->id;
	req->reply = n;
	for (at = &of->requests; *at; at = &(*at)->next_of_call)
		;
	*at = req; /* replies come in the order of the requests */
	r->n_requests++;
	*out = req;
	return 0;
}

/* Take the request from its call and free it; answers the node for the reply. */
static struct ir_event_node *detach(struct ir_request *req)
{
	struct isdn_registry *r = req->call->registry;
	struct ir_request **at = &req->call->requests;
	struct ir_event_node *n = req->reply;

	while (*at != req)
		at = &(*at)->next_of_call;
	*at = req->next_of_call;
	ib_free(&r->env, req);
	r->n_requests--;
	return n;
}

void ir_request_undo(struct ir_request *req)
{
	struct isdn_registry *r = req->call->registry;

	r->last_request = req->id == 1 ? 0 : req->id - 1;
	ir_node_put(r, detach(req));
}

/* The reply, to the client that asked, if it is still there. */
static void reply(struct ir_request *req, struct ir_event_node *n, int result)
{
	struct isdn_event ev = { .type = ISDN_EV_REPLY,
				 .call = req->handle,
				 .request = req->id,
				 .result = result,
				 .outcome = result ? ISDN_OUTCOME_NONE : req->outcome,
				 .uui_sent = req->uui_sent,
				 .calls_changed = req->changed,
				 .calls_failed = req->failed,
				 .calls_with_uui = req->with_uui };

	if (!req->client) {
		ir_node_put(req->call->registry, n);
		return;
	}
	n->ev = ev;
	ir_event_push(req->client, n);
}

void ir_request_done(struct ir_request *req, int result)
{
	reply(req, req->reply, result);
	(void)detach(req);
}

void ir_drops_forsaken(struct ir_call *call)
{
	for (struct ir_request *req = call->requests; req; req = req->next_of_call) {
		reply(req, req->reply, ISDN_ERR_OPERATIONFAILED);
		req->reply = NULL;
		req->client = NULL;
	}
}

struct ir_request *ir_request_find(const struct ir_call *call, isdn_request id)
{
	struct ir_request *req = call->requests;

	while (req && req->id != id)
		req = req->next_of_call;
	for (const struct ir_call *app = call->apps; !req && app; app = app->next_app)
		req = ir_request_find(app, id);
	return req;
}

static bool waits(const struct ir_call *call, enum ir_request_kind kind)
{
	for (const struct ir_request *req = call->requests; req; req = req->next_of_call)
		if (req->kind == kind)
			return true;
	return false;
}

bool ir_request_waits(const struct ir_call *call, enum ir_request_kind kind)
{
	for (const struct ir_call *app = call->apps; app; app = app->next_app)
		if (waits(app, kind))
			return true;
	return waits(call, kind);
}

static void done(struct ir_call *call, enum ir_request_kind kind, int result)
{
	struct ir_request *req = call->requests, *next;

	for (; req; req = next) {
		next = req->next_of_call;
		if (req->kind == kind)
			ir_request_done(req, result);
	}
}

void ir_requests_done(struct ir_call *call, enum ir_request_kind kind, int result)
{
	done(call, kind, result);
	for (struct ir_call *app = call->apps; app; app = app->next_app)
		done(app, kind, result);
}

void ir_requests_fail(struct ir_call *call)
{
	struct ir_request *req = call->requests, *next;

	ir_uui_unsend(call);
	for (; req; req = next) {
		next = req->next_of_call;
		if (req->kind != IR_DROP)
			ir_request_done(req, ISDN_ERR_OPERATIONFAILED);
	}
}

/* Also a transfer that the provider had begun and that something else ended. */
static bool failed(const struct ir_request *req, const struct ir_why *why)
{
	bool cut_off = req->outcome == ISDN_OUTCOME_TRANSFERRED && why->source != ISDN_BY_LOCAL;

	return cut_off || (req->failed && !req->partial);
}

void ir_drop_counted_down(struct ir_call *call)
{
	struct ir_request *req = call->drop;

	call->drop = NULL;
	if (req && --req->legs == 0)
		ir_request_done(req, 0);
}

void ir_drops_done(struct ir_call *call, const struct ir_why *why)
{
	struct ir_request *req = call->requests, *next;

	for (; req; req = next) {
		next = req->next_of_call;
		if (req->kind == IR_DROP && !req->legs)
			ir_request_done(req, failed(req, why) ? ISDN_ERR_OPERATIONFAILED : 0);
	}
}
