/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Conferences: a call of its own, the parent, and a hub of its parties in the
 * order they joined, which may outlive the parent (R-41 to R-57, D3).
 */
#include <string.h>

#include "lib/registry.h"

void isdn_conference_config_init(struct isdn_conference_config *config)
{
	memset(config, 0, sizeof(*config));
	config->size = sizeof(*config);
	config->removed_state = ISDN_CALL_CONNECTED;
}

int ir_conference_config(const struct isdn_registry *r, const struct isdn_conference_config *config,
			 struct isdn_conference_config *out)
{
	isdn_conference_config_init(out);
	if (config && config->size != sizeof(*out))
		return ISDN_ERR_INVAL;
	if (config)
		*out = *config;
	if (out->policy > ISDN_CONFERENCE_END_WHEN_OWNER_LEAVES || out->remove > ISDN_REMOVE_NONE ||
	    out->max_parties > r->config.max_parties ||
	    (out->removed_state != ISDN_CALL_CONNECTED && out->removed_state != ISDN_CALL_IDLE))
		return ISDN_ERR_INVAL;
	if (!out->max_parties)
		out->max_parties = r->config.max_parties;
	return 0;
}

int ir_parent_new(struct isdn_client *client, const struct isdn_conference_config *config,
		  struct ir_handle **h)
{
	struct isdn_registry *r = client->registry;
	struct ir_hub *hub = ib_alloc(&r->env, sizeof(*hub));
	struct ir_call *parent = hub ? ir_call_new(r, ISDN_ORIGIN_CONFERENCE) : NULL;

	if (!parent || ir_handle_new(client, parent, ISDN_OWNER, h)) {
		if (parent)
			ir_call_free(parent);
		ib_free(&r->env, hub);
		return ISDN_ERR_NOMEM;
	}
	hub->registry = r;
	hub->parent = parent;
	hub->serial = parent->serial;
	hub->config = *config;
	parent->hub = hub;
	return 0;
}

void ir_parent_undo(struct ir_handle *h)
{
	struct ir_call *parent = h->call;

	ib_free(&parent->registry->env, parent->hub);
	ir_handle_free(h);
	ir_call_free(parent);
}

int isdn_conference_new(struct isdn_client *client, const struct isdn_conference_config *config,
			isdn_handle *conference)
{
	const struct ir_why why = { .source = ISDN_BY_LOCAL };
	struct isdn_conference_config c;
	struct ir_handle *h;
	int err;

	if (!client)
		return ISDN_ERR_UNINITIALIZED;
	if (!conference)
		return ISDN_ERR_INVALPOINTER;
	if (client->privilege != ISDN_OWNER)
		return ISDN_ERR_NOTOWNER;
	err = ir_conference_config(client->registry, config, &c);
	if (!err)
		err = ir_parent_new(client, &c, &h);
	if (err)
		return err;
	*conference = h->id;
	ir_call_announce(h->call, false);
	ir_call_set_state(h->call, ISDN_CALL_ONHOLDPENDCONF, 0, &why);
	return 0;
}

void ir_hub_release(struct ir_hub *hub)
{
	if (hub->parent || hub->n)
		return;
	ib_free(&hub->registry->env, hub);
}

int ir_party_possible(const struct ir_hub *hub, const struct ir_call *call)
{
	if (ir_is_parent(call) || call->hub || call->trunk || call->linked)
		return ISDN_ERR_INVALCALLHANDLE;
	if (hub && hub->n >= hub->config.max_parties)
		return ISDN_ERR_CONFERENCEFULL;
	if (call->dropping || call->holding || !call->provider)
		return ISDN_ERR_INVALCALLSTATE;
	return ir_call_active(call) || call->state == ISDN_CALL_ONHOLD ||
			       call->state == ISDN_CALL_OFFERING ||
			       call->state == ISDN_CALL_ACCEPTED ||
			       call->state == ISDN_CALL_DIALTONE ||
			       call->state == ISDN_CALL_DIALING ||
			       call->state == ISDN_CALL_PROCEEDING ||
			       call->state == ISDN_CALL_RINGBACK
		       ? 0
		       : ISDN_ERR_INVALCALLSTATE;
}

void ir_party_link(struct ir_hub *hub, struct ir_call *call)
{
	call->hub = hub;
	call->prev_party = hub->last;
	call->next_party = NULL;
	if (hub->last)
		hub->last->next_party = call;
	else
		hub->first = call;
	hub->last = call;
	hub->n++;
}

void ir_party_unlink(struct ir_call *party)
{
	struct ir_hub *hub = party->hub;

	if (hub->first == party)
		hub->setup = false; /* with it went what was to be */
	if (party->prev_party)
		party->prev_party->next_party = party->next_party;
	else
		hub->first = party->next_party;
	if (party->next_party)
		party->next_party->prev_party = party->prev_party;
	else
		hub->last = party->prev_party;
	party->next_party = party->prev_party = NULL;
	party->hub = NULL;
	hub->n--;
	ir_requests_done(party, IR_ADD, ISDN_ERR_OPERATIONFAILED); /* it has not joined */
}

void ir_party_set_free(struct ir_call *party, const struct ir_why *why)
{
	bool joined = party->state == ISDN_CALL_CONFERENCED;

	ir_party_unlink(party);
	if (joined)
		ir_call_connect(party, why);
}

static void parent_connected(struct ir_call *parent, const struct ir_why *why)
{
	if (parent && parent->state == ISDN_CALL_ONHOLDPENDCONF && !parent->consult)
		ir_call_set_state(parent, ISDN_CALL_CONNECTED, ISDN_MODE_ACTIVE, why);
}

/* The first call of a conference without hold has waited for that. */
static void first_joins(struct ir_hub *hub, const struct ir_why *why)
{
	if (!hub->setup || !hub->config.no_hold)
		return;
	hub->setup = false;
	if (hub->first->state == ISDN_CALL_CONNECTED && !hub->first->dropping)
		ir_call_set_state(hub->first, ISDN_CALL_CONFERENCED, 0, why);
}

void ir_party_connected(struct ir_call *party, const struct ir_why *why)
{
	first_joins(party->hub, why);
	party->hub->began = true;
	ir_requests_done(party, IR_ADD, 0);
	ir_call_set_state(party, ISDN_CALL_CONFERENCED, 0, why);
	parent_connected(party->hub->parent, why);
}

static int add_check(const struct ir_call *parent, const struct ir_call *call)
{
	if (!ir_is_parent(parent))
		return ISDN_ERR_INVALCONFCALLHANDLE;
	if (parent->state == ISDN_CALL_IDLE || parent->dropping)
		return ISDN_ERR_INVALCALLSTATE;
	return ir_party_possible(parent->hub, call);
}

/* The call that was waited for has come, or another in its place. True when one was. */
static bool no_longer_waits(struct ir_hub *hub)
{
	bool waited = hub->setup || hub->parent->consult;

	if (hub->parent->consult)
		ir_consult_unset(hub->parent->consult);
	if (!hub->config.no_hold)
		hub->setup = false;
	return waited;
}

/* A held call is retrieved first. 0, and *later when that takes time. */
static int retrieve(struct ir_call *call, bool *later)
{
	bool done = true;
	int err = call->state == ISDN_CALL_ONHOLD ? ir_hold(call, false, &done) : 0;

	*later = !done;
	return err;
}

/* A party that is there, and stays. */
static bool has_conferenced(const struct ir_hub *hub)
{
	const struct ir_call *c = hub->first;

	while (c && (c->state != ISDN_CALL_CONFERENCED || c->dropping))
		c = c->next_party;
	return c != NULL;
}

static isdn_request add(struct ir_handle *hc, struct ir_hub *hub)
{
	struct ir_why why = { .source = ISDN_BY_LOCAL };
	struct ir_call *call = hc->call;
	struct ir_request *req;
	bool later, waited;
	int err = ir_request_new(hc, call, IR_ADD, &req);

	if (err)
		return err;
	err = retrieve(call, &later);
	if (err) {
		ir_request_undo(req);
		return err;
	}
	why.request = req->id;
	waited = no_longer_waits(hub);
	ir_consult_taken(call, &why);
	ir_party_link(hub, call);
	if (later)
		return why.request;
	ir_request_done(req, 0);
	if (call->state == ISDN_CALL_CONNECTED || call->state == ISDN_CALL_ONHOLD)
		ir_party_connected(call, &why);
	else if (waited && has_conferenced(hub))
		parent_connected(hub->parent, &why);
	return why.request;
}

isdn_request isdn_conference_add(struct isdn_client *client, isdn_handle conference,
				 isdn_handle call)
{
	struct ir_handle *hp, *hc;
	isdn_request id = ir_handle_find(client, conference, ISDN_OWNER, &hp);

	if (!id)
		id = ir_handle_find(client, call, ISDN_OWNER, &hc);
	if (!id)
		id = add_check(hp->call, hc->call);
	if (!id)
		id = add(hc, hp->call->hub);
	return ir_flushed(client, id);
}

bool ir_hub_collapses(const struct ir_hub *hub, const struct ir_call *leaver,
		      struct ir_call **survivor)
{
	const struct ir_call *parent = hub->parent;

	*survivor = NULL;
	if (!hub->config.collapse || hub->n != (leaver ? 2 : 1) ||
	    (parent && (parent->dropping || parent->consult)))
		return false;
	*survivor = hub->first == leaver ? hub->first->next_party : hub->first;
	if ((*survivor)->dropping)
		*survivor = NULL;
	return *survivor != NULL;
}

bool ir_hub_never_began(const struct ir_hub *hub)
{
	return ir_begins_without_hold(hub) && !hub->parent->consult && !hub->parent->dropping;
}

/* It goes on, and waits for nobody who is not there any more; or it was the last of it. */
static void rest_of_hub(struct ir_hub *hub, const struct ir_why *why)
{
	if (hub->n && hub->parent && hub->parent->state == ISDN_CALL_ONHOLDPENDCONF &&
	    !hub->parent->dropping && has_conferenced(hub))
		parent_connected(hub->parent, why);
	ir_hub_release(hub);
}

void ir_hub_left(struct ir_hub *hub, const struct ir_why *why)
{
	struct ir_call *survivor, *parent = hub->parent;
	bool ends = ir_hub_collapses(hub, NULL, &survivor);

	if (ends)
		ir_party_set_free(survivor, why);
	if (parent && ir_hub_never_began(hub))
		ir_party_unlink(hub->first);
	if (hub->n == 0 && parent && parent->state != ISDN_CALL_IDLE &&
	    !(parent->dropping && parent->consult))
		ir_call_gone(parent, why);
	else
		rest_of_hub(hub, why);
}

static int remove_check(const struct ir_call *party)
{
	const struct ir_hub *hub = party->hub;

	if (!hub || ir_is_parent(party))
		return ISDN_ERR_NOCONFERENCE;
	if (party->state != ISDN_CALL_CONFERENCED || party->dropping)
		return ISDN_ERR_INVALCALLSTATE;
	if (hub->config.remove == ISDN_REMOVE_NONE ||
	    (hub->config.remove == ISDN_REMOVE_LAST && hub->last != party))
		return ISDN_ERR_OPERATIONUNAVAIL;
	return 0;
}

/* It becomes a call of its own again. */
static isdn_request take_out(struct ir_handle *h)
{
	struct ir_why why = { .source = ISDN_BY_LOCAL }, rest;
	struct ir_hub *hub = h->call->hub;
	struct ir_call *survivor;
	struct ir_request *req;
	int err = ir_request_new(h, h->call, IR_REMOVE, &req);

	if (err)
		return err;
	why.request = req->id;
	rest = why;
	rest.source = ISDN_BY_CASCADE;
	rest.cascade_of = h->call->serial;
	if (ir_hub_collapses(hub, h->call, &survivor))
		req->outcome = ISDN_OUTCOME_COLLAPSED;
	ir_request_done(req, 0);
	ir_party_unlink(h->call);
	ir_call_connect(h->call, &why);
	ir_hub_left(hub, &rest);
	return why.request;
}

isdn_request isdn_conference_remove(struct isdn_client *client, isdn_handle party)
{
	struct ir_handle *h;
	isdn_request id = ir_handle_find(client, party, ISDN_OWNER, &h);

	if (!id)
		id = remove_check(h->call);
	if (id)
		return id;
	if (h->call->hub->config.removed_state == ISDN_CALL_IDLE)
		return isdn_call_drop(client, party, NULL);
	id = take_out(h);
	return ir_flushed(client, id);
}

/* One of the list; where there is room for it, with a handle. */
static int name_one(struct isdn_client *client, struct ir_call *c, isdn_handle *handles, size_t cap,
		    size_t *n)
{
	if (*n < cap) {
		if (!ir_handle_of(client, c) && ir_handle_give(client, c, ISDN_MONITOR, client))
			return ISDN_ERR_NOMEM;
		handles[*n] = ir_handle_id(client, c);
	}
	(*n)++;
	return 0;
}

static bool named(const struct isdn_client *client, const struct ir_call *parent)
{
	return parent && (parent->state != ISDN_CALL_IDLE || ir_handle_of(client, parent));
}

int isdn_conference_calls(struct isdn_client *client, isdn_handle call, isdn_handle *handles,
			  size_t cap, size_t *n)
{
	const struct ir_hub *hub;
	struct ir_handle *h;
	int err = ir_handle_find(client, call, 0, &h);

	if (err)
		return err;
	if (!n || (!handles && cap))
		return ISDN_ERR_INVALPOINTER;
	*n = 0;
	hub = h->call->hub;
	if (!hub || (!ir_is_parent(h->call) && h->call->state != ISDN_CALL_CONFERENCED))
		return ISDN_ERR_NOCONFERENCE;
	if (named(client, hub->parent))
		err = name_one(client, hub->parent, handles, cap, n);
	for (struct ir_call *c = hub->first; !err && c; c = c->next_party)
		if (c->state == ISDN_CALL_CONFERENCED)
			err = name_one(client, c, handles, cap, n);
	if (err)
		return err;
	return *n > cap ? ISDN_ERR_NOSPC : 0;
}
