/* SPDX-License-Identifier: BSD-2-Clause */
/* Conferences that are set up with a consultation call, and their next parties. */
#include "lib/registry.h"

static void setup_told(struct ir_handle *hp, struct ir_handle *hc, const struct ir_why *why)
{
	struct ir_hub *hub = hp->call->hub;

	ir_call_announce(hp->call, false);
	ir_call_set_state(hp->call, ISDN_CALL_ONHOLDPENDCONF, 0, why);
	hub->setup = true;
	ir_party_link(hub, hc->call);
	hub->began = !hub->config.no_hold;
	if (!hub->config.no_hold)
		ir_call_set_state(hc->call, ISDN_CALL_CONFERENCED, 0, why);
}

/* From a call: the parent, and the consultation call. */
static isdn_request setup_conference(struct ir_handle *h, const struct isdn_conference_config *c,
				     const struct isdn_call_params *params, isdn_handle *conference,
				     isdn_handle *consult)
{
	struct ir_why why = { .source = ISDN_BY_LOCAL };
	struct ir_request *req;
	struct ir_handle *hp;
	struct ir_made m;
	int err = ir_parent_new(h->client, c, &hp);

	if (err)
		return err;
	err = ir_request_new(h, h->call, IR_SETUP, &req);
	if (!err && params) {
		err = ir_make_consult(h->client, params, &m);
		if (err)
			ir_request_undo(req);
	}
	if (err) {
		ir_parent_undo(hp);
		return err;
	}
	why.request = req->id;
	*conference = hp->id;
	ir_request_done(req, 0);
	ir_consult_taken(h->call, &why);
	setup_told(hp, h, &why);
	if (params) {
		*consult = m.handle->id;
		ir_consult_set(hp->call, m.call);
		ir_made_tell(&m, why.request);
	}
	return why.request;
}

isdn_request isdn_conference_setup(struct isdn_client *client, isdn_handle call,
				   const struct isdn_conference_config *config,
				   const struct isdn_call_params *params, isdn_handle *conference,
				   isdn_handle *consult)
{
	struct isdn_conference_config c;
	struct ir_handle *h;
	isdn_request id = ir_handle_find(client, call, ISDN_OWNER, &h);

	if (!id && !conference)
		id = ISDN_ERR_INVALPOINTER;
	if (!id)
		id = ir_conference_config(client->registry, config, &c);
	if (!id && c.no_hold && !params)
		id = ISDN_ERR_INVAL;
	if (!id && params && c.max_parties < 2)
		id = ISDN_ERR_CONFERENCEFULL;
	if (!id)
		id = ir_consult_params(client, params, consult);
	if (!id)
		id = ir_consult_from(h->call);
	if (!id)
		id = setup_conference(h, &c, params, conference, consult);
	return ir_flushed(client, id);
}

static int prepare_check(const struct ir_call *parent)
{
	if (!ir_is_parent(parent))
		return ISDN_ERR_INVALCONFCALLHANDLE;
	if (parent->state != ISDN_CALL_CONNECTED || parent->dropping || parent->consult)
		return ISDN_ERR_INVALCALLSTATE;
	return parent->hub->n < parent->hub->config.max_parties ? 0 : ISDN_ERR_CONFERENCEFULL;
}

static isdn_request prepare_add(struct ir_handle *h, const struct isdn_call_params *params,
				isdn_handle *consult)
{
	struct ir_why why = { .source = ISDN_BY_LOCAL };
	struct ir_request *req;
	struct ir_made m;
	int err = ir_request_new(h, h->call, IR_SETUP, &req);

	if (err)
		return err;
	err = ir_make_consult(h->client, params, &m);
	if (err) {
		ir_request_undo(req);
		return err;
	}
	why.request = req->id;
	*consult = m.handle->id;
	ir_request_done(req, 0);
	ir_consult_set(h->call, m.call);
	ir_call_set_state(h->call, ISDN_CALL_ONHOLDPENDCONF, 0, &why);
	ir_made_tell(&m, why.request);
	return why.request;
}

isdn_request isdn_conference_prepare_add(struct isdn_client *client, isdn_handle conference,
					 const struct isdn_call_params *params,
					 isdn_handle *consult)
{
	struct ir_handle *h;
	isdn_request id = ir_handle_find(client, conference, ISDN_OWNER, &h);

	if (!id && !params)
		id = ISDN_ERR_INVALPOINTER;
	if (!id)
		id = ir_consult_params(client, params, consult);
	if (!id)
		id = prepare_check(h->call);
	if (!id)
		id = prepare_add(h, params, consult);
	return ir_flushed(client, id);
}
