/* SPDX-License-Identifier: BSD-2-Clause */
/* Transfer. */
#include <string.h>

#include "lib/registry.h"

/* Without its consultation call, which is made, and is an ordinary one. */
static isdn_request not_held(struct ir_request *req, const struct ir_made *m)
{
	isdn_request id = req->id;

	ir_request_done(req, ISDN_ERR_OPERATIONFAILED);
	ir_made_tell(m, id);
	return id;
}

static isdn_request setup_transfer(struct ir_handle *h, const struct isdn_call_params *params,
				   isdn_handle *consult)
{
	struct ir_why why = { .source = ISDN_BY_LOCAL };
	struct ir_call *c = h->call;
	struct ir_request *req;
	struct ir_made m;
	bool done = true;
	int err = ir_request_new(h, c, IR_SETUP_TRANSFER, &req);

	if (err)
		return err;
	why.request = req->id;
	if (params)
		err = ir_make_consult(h->client, params, &m);
	if (!err && params)
		*consult = m.handle->id;
	if (!err && ir_can_hold(c)) {
		err = ir_hold(c, true, &done);
		if (err && params)
			return not_held(req, &m);
	}
	if (err) {
		ir_request_undo(req);
		return err;
	}
	if (params)
		ir_consult_set(c, m.call);
	c->reconnects = h->client->auto_reconnect;
	c->transferring = true;
	if (done)
		ir_held(c, &why);
	if (params)
		ir_made_tell(&m, why.request);
	return why.request;
}

isdn_request isdn_call_setup_transfer(struct isdn_client *client, isdn_handle call,
				      const struct isdn_call_params *params, isdn_handle *consult)
{
	struct ir_handle *h;
	isdn_request id = ir_handle_find(client, call, ISDN_OWNER, &h);

	if (!id)
		id = ir_consult_params(client, params, consult);
	if (!id)
		id = ir_consult_from(h->call);
	if (!id)
		id = setup_transfer(h, params, consult);
	return ir_flushed(client, id);
}

/* A record for a leg whose call ends here, while the leg goes on. */
static void hand_over(struct ir_call *from, struct ir_call *to)
{
	to->provider = from->provider;
	to->leg = from->leg;
	to->span = from->span;
	to->channel = from->channel;
	to->capability = from->capability;
	to->far_hold = from->far_hold;
	to->holding = from->holding;
	to->detached = true;
	if (from->uui_busy) /* nobody is to read it any more */
		(void)to->provider->ops->uui_busy(to->provider, to->leg, false,
						  ir_now(to->registry));
	memcpy(to->called, from->called, sizeof(to->called));
	memcpy(to->calling, from->calling, sizeof(to->calling));
	to->provider->ops->bind(to->provider, to->leg, to);
	from->provider = NULL;
}

static void appear(struct ir_call *from, struct ir_call *to, isdn_request id)
{
	const struct ir_why why = { .source = ISDN_BY_LOCAL, .request = id };
	bool held = from->state == ISDN_CALL_ONHOLD || from->state == ISDN_CALL_ONHOLDPENDTRANSFER;

	hand_over(from, to);
	ir_call_announce(to, false);
	ir_call_set_state(to, held ? ISDN_CALL_ONHOLD : from->state, held ? 0 : from->mode, &why);
	if (held && !to->holding)
		ir_call_connect(to, &why);
}

static void ended(struct ir_call *c, isdn_request id)
{
	const struct ir_why why = { .source = ISDN_BY_LOCAL };

	c->dropping = true;
	c->drop_id = id;
	c->cause = ISDN_CAUSE_NORMAL_CALL_CLEARING;
	c->location = ISDN_LOC_USER;
	ir_call_gone(c, &why);
}

/* R-73 without help of the provider: the registry keeps the legs together. */
static int join(struct ir_call *call, struct ir_call *consult, const struct ir_request *req)
{
	struct isdn_registry *r = call->registry;
	struct ir_call *a = ir_call_new(r, (enum isdn_origin)call->origin);
	struct ir_call *b = a ? ir_call_new(r, (enum isdn_origin)consult->origin) : NULL;
	const struct ir_why why = { .source = ISDN_BY_LOCAL, .request = req->id };
	isdn_request id = req->id;
	bool done;
	int err = b ? ir_hold(call, false, &done) : ISDN_ERR_NOMEM;

	if (err) {
		if (b)
			ir_call_free(b);
		if (a)
			ir_call_free(a);
		return err;
	}
	ir_consult_taken(consult, &why);
	ir_consult_free(call);
	appear(call, a, id);
	appear(consult, b, id);
	a->linked = b;
	b->linked = a;
	ended(call, id);
	ended(consult, id);
	return 0;
}

/* R-73 by the provider; the ends of both legs are the completion. */
static int by_provider(struct ir_call *call, struct ir_call *consult, const struct ir_request *req)
{
	struct isdn_provider *p = call->provider;
	int err = p->ops->transfer(p, call->leg, consult->leg, ir_now(call->registry));
	struct ir_call *both[] = { call, consult };

	if (err)
		return err;
	p->touched = true;
	for (int i = 0; i < 2; i++) {
		both[i]->dropping = true;
		both[i]->drop_id = req->id;
		both[i]->cause = ISDN_CAUSE_NORMAL_CALL_CLEARING;
		both[i]->location = ISDN_LOC_USER;
		ir_requests_fail(both[i]);
	}
	return 0;
}

static bool provider_can(const struct ir_call *call, const struct ir_call *consult)
{
	struct isdn_caps caps;

	if (call->provider != consult->provider || !call->provider->ops->transfer)
		return false;
	call->provider->ops->caps(call->provider, &caps);
	return caps.transfer;
}

static isdn_request transfer(struct ir_handle *h, struct ir_call *consult)
{
	struct ir_call *call = h->call;
	struct ir_request *req;
	isdn_request id;
	int err = ir_request_new(h, call, IR_DROP, &req);

	if (err)
		return err;
	id = req->id;
	req->outcome = ISDN_OUTCOME_TRANSFERRED;
	req->changed = 2;
	err = provider_can(call, consult) ? by_provider(call, consult, req) : 0;
	if (!err && !call->dropping)
		err = join(call, consult, req);
	if (err) {
		ir_request_undo(req);
		return err;
	}
	return id;
}

/* Into a new conference. A held leg is retrieved first. */
static isdn_request confer(struct ir_handle *h, struct ir_call *consult,
			   const struct isdn_conference_config *config, isdn_handle *conference)
{
	struct ir_why why = { .source = ISDN_BY_LOCAL };
	struct isdn_conference_config c;
	struct ir_call *call = h->call;
	struct ir_request *req;
	struct ir_handle *hp;
	bool done;
	int err = ir_conference_config(call->registry, config, &c);

	if (!err && c.max_parties < 2)
		err = ISDN_ERR_CONFERENCEFULL;
	if (!err)
		err = ir_parent_new(h->client, &c, &hp);
	if (err)
		return err;
	err = ir_request_new(h, call, IR_ADD, &req);
	if (!err) {
		err = ir_hold(call, false, &done);
		if (err)
			ir_request_undo(req);
	}
	if (err) {
		ir_parent_undo(hp);
		return err;
	}
	*conference = hp->id;
	why.request = req->id;
	ir_consult_taken(call, &why);
	ir_consult_taken(consult, &why);
	ir_consult_free(call);
	ir_call_announce(hp->call, false);
	ir_call_set_state(hp->call, ISDN_CALL_ONHOLDPENDCONF, 0, &why);
	ir_party_link(hp->call->hub, call);
	ir_party_link(hp->call->hub, consult);
	if (done)
		ir_party_connected(call, &why);
	if (ir_call_active(consult))
		ir_party_connected(consult, &why);
	return why.request;
}

static int complete_check(const struct ir_call *call, const struct ir_call *consult)
{
	bool up = ir_call_active(consult) || consult->state == ISDN_CALL_RINGBACK ||
		  consult->state == ISDN_CALL_PROCEEDING || consult->state == ISDN_CALL_BUSY;
	bool held = call->state == ISDN_CALL_ONHOLD || call->state == ISDN_CALL_ONHOLDPENDTRANSFER;

	if (call == consult || !ir_call_plain(call) || !ir_call_plain(consult))
		return ISDN_ERR_INVALCALLHANDLE;
	if (!up || !held || call->dropping || consult->dropping || call->holding ||
	    consult->holding || !call->provider || !consult->provider)
		return ISDN_ERR_INVALCALLSTATE;
	return 0;
}

isdn_request isdn_call_complete_transfer(struct isdn_client *client, isdn_handle call,
					 isdn_handle consult,
					 const struct isdn_conference_config *config,
					 isdn_handle *conference)
{
	struct ir_handle *h, *hc;
	isdn_request id = ir_handle_find(client, call, ISDN_OWNER, &h);

	if (!id)
		id = ir_handle_find(client, consult, ISDN_OWNER, &hc);
	if (!id)
		id = complete_check(h->call, hc->call);
	if (!id)
		id = conference ? confer(h, hc->call, config, conference) : transfer(h, hc->call);
	return ir_flushed(client, id);
}
