/* SPDX-License-Identifier: BSD-2-Clause */
/* What a drop, a leave or a clear comes to: its way, and, run dry, its effects. */
#include <string.h>

#include "lib/registry.h"

static bool owns(const struct isdn_client *c, const struct ir_call *call)
{
	const struct ir_handle *h = call ? ir_handle_of(c, call) : NULL;

	return h && h->privilege == ISDN_OWNER;
}

static enum ir_way way_of_parent(const struct ir_call *parent, enum isdn_verb verb)
{
	enum isdn_conference_policy policy = parent->hub->config.policy;

	if (verb == ISDN_CLEAR || policy == ISDN_CONFERENCE_END_WHEN_OWNER_LEAVES)
		return IR_WAY_ALL;
	return verb == ISDN_LEAVE || policy == ISDN_CONFERENCE_LEAVE_REST ? IR_WAY_LEAVE
									  : IR_WAY_ALL;
}

static enum ir_way way_of_appearance(const struct ir_call *app, enum isdn_verb verb)
{
	if (verb == ISDN_CLEAR)
		return IR_WAY_TRUNK;
	if (app->state == ISDN_CALL_OFFERING || app->state == ISDN_CALL_ACCEPTED)
		return ir_others_ring(app) ? IR_WAY_REJECT : IR_WAY_TRUNK;
	return ir_call_active(app) && ir_others_take_part(app) ? IR_WAY_INACTIVE : IR_WAY_TRUNK;
}

enum ir_way ir_way_of(const struct ir_handle *h, enum isdn_verb verb)
{
	const struct ir_call *c = h->call;

	if (ir_is_parent(c))
		return way_of_parent(c, verb);
	if (c->trunk)
		return way_of_appearance(c, verb);
	if (c->hub && verb == ISDN_CLEAR)
		return owns(h->client, c->hub->parent) && c->hub->parent->state != ISDN_CALL_IDLE
			       ? IR_WAY_ALL
			       : IR_WAY_OWN;
	return IR_WAY_LEG;
}

/* A run without a change: effects are noted in the order in which events would come. */
struct run {
	const struct isdn_client *client;
	const struct ir_call *named; /* which the client is taken to own */
	const struct isdn_drop *how;
	struct isdn_effect *out;
	size_t cap, n;
	size_t stay; /* of them, those that would not change */
};

static void note(struct run *r, const struct isdn_effect *e)
{
	if (r->n < r->cap)
		r->out[r->n] = *e;
	r->n++;
}

static struct isdn_effect effect(const struct run *r, const struct ir_call *c,
				 enum isdn_call_state state, uint32_t mode)
{
	return (struct isdn_effect){
		.call = ir_handle_id(r->client, c), .id = c->serial, .state = state, .mode = mode
	};
}

static void becomes(struct run *r, const struct ir_call *c, enum isdn_call_state state)
{
	uint32_t active = c->far_hold ? ISDN_MODE_ACTIVEHELD : ISDN_MODE_ACTIVE;
	struct isdn_effect e = effect(r, c, state, state == ISDN_CALL_CONNECTED ? active : 0);

	note(r, &e);
}

static bool uui_goes(const struct run *r, const struct ir_call *leg)
{
	struct isdn_caps caps;

	if (!r->how->uui || !r->how->uui_size || leg->state == ISDN_CALL_DISCONNECTED)
		return false; /* the first clearing message has been */
	leg->provider->ops->caps(leg->provider, &caps);
	return caps.uui_drop != 0;
}

/* A leg that would be cleared, as the call c shows it. */
static void cleared(struct run *r, const struct ir_call *c)
{
	const struct ir_call *leg = ir_leg_const(c);
	struct isdn_effect e = effect(r, c, ISDN_CALL_IDLE, 0);

	if (leg->provider) {
		e.cause = ir_drop_cause(leg, r->how);
		e.uui_sent = uui_goes(r, leg);
	}
	note(r, &e);
}

/* A party whose provider would not clear it. */
static bool stays(struct run *r, const struct ir_call *party)
{
	int err = ir_drop_possible(party);
	struct isdn_effect e;

	if (!err)
		return false;
	e = effect(r, party, party->state, party->mode);
	if (party->state == ISDN_CALL_CONFERENCED) {
		e.state = ISDN_CALL_CONNECTED;
		e.mode = party->far_hold ? ISDN_MODE_ACTIVEHELD : ISDN_MODE_ACTIVE;
	} else
		r->stay++;
	e.result = err;
	note(r, &e);
	return true;
}

static void parent_ends(struct run *r, const struct ir_call *parent)
{
	if (parent && parent->state != ISDN_CALL_IDLE && !parent->dropping)
		becomes(r, parent, ISDN_CALL_IDLE);
}

static void all(struct run *r, const struct ir_hub *hub)
{
	for (const struct ir_call *p = hub->first; p; p = p->next_party)
		if (!p->dropping)
			(void)stays(r, p);
	for (const struct ir_call *p = hub->first; p; p = p->next_party)
		if (!p->dropping && !ir_drop_possible(p))
			cleared(r, p);
	if (hub->parent->consult && !hub->parent->consult->dropping)
		cleared(r, hub->parent->consult);
	parent_ends(r, hub->parent);
}

/* Of the parties left when some are gone. */
static void rest_of_hub(struct run *r, const struct ir_hub *hub, const struct ir_call *survivor,
			uint32_t left)
{
	bool waits = hub->parent && hub->parent->consult;
	bool ending = hub->parent && hub->parent->dropping;

	bool began = !hub->setup || !hub->config.no_hold || survivor != hub->first;

	if (left > 1 || (left == 1 && ((began && !hub->config.collapse) || waits)) || ending)
		return;
	if (left == 1 && began && survivor->dropping)
		return;
	if (left == 1 && survivor->state == ISDN_CALL_CONFERENCED)
		becomes(r, survivor, ISDN_CALL_CONNECTED);
	parent_ends(r, hub->parent);
}

static bool run_owns(const struct run *r, const struct ir_call *party)
{
	return party == r->named || owns(r->client, party);
}

static void own(struct run *r, const struct ir_hub *hub)
{
	const struct ir_call *survivor = NULL;
	uint32_t left = 0;

	for (const struct ir_call *p = hub->first; p; p = p->next_party)
		if (p->dropping || !run_owns(r, p) || ir_drop_possible(p)) {
			left++;
			survivor = p;
		} else {
			cleared(r, p);
		}
	rest_of_hub(r, hub, survivor, left);
}

/* What waited for a consultation call that ends. */
static void held(struct run *r, const struct ir_call *consult)
{
	const struct ir_call *h = consult->consult_of;

	if (!ir_is_parent(h)) {
		if (ir_consult_reconnects(h))
			becomes(r, h, ISDN_CALL_CONNECTED);
	} else if (ir_consult_ends_conference(h)) {
		if (h->hub->first && h->hub->first->dropping)
			return; /* it ends with that one */
		if (h->hub->first && h->hub->first->state == ISDN_CALL_CONFERENCED)
			becomes(r, h->hub->first, ISDN_CALL_CONNECTED);
		parent_ends(r, h);
	} else if (!h->dropping) {
		becomes(r, h, ISDN_CALL_CONNECTED);
	}
}

/* The call ends, and with it what waits for it, unless that is the other end of the link. */
static void ends(struct run *r, const struct ir_call *c, const struct ir_call *linked)
{
	cleared(r, c);
	if (c->consult_of && c->consult_of != linked)
		held(r, c);
	if (c->hub)
		rest_of_hub(r, c->hub, c->hub->first == c ? c->next_party : c->hub->first,
			    c->hub->n - 1);
}

static void leg(struct run *r, const struct ir_call *c)
{
	const struct ir_call *linked = c->linked && !c->linked->dropping ? c->linked : NULL;
	struct isdn_drop how = *r->how; /* the same cause goes to the other end */

	ends(r, c, linked);
	if (!linked || stays(r, linked))
		return;
	how.cause = ir_drop_cause(c, r->how);
	r->how = &how;
	ends(r, linked, c);
}

static void leave(struct run *r, const struct ir_hub *hub)
{
	if (hub->n == 1 && hub->config.collapse && !hub->first->dropping &&
	    hub->first->state == ISDN_CALL_CONFERENCED)
		becomes(r, hub->first, ISDN_CALL_CONNECTED);
	becomes(r, hub->parent, ISDN_CALL_IDLE);
}

static void inactive(struct run *r, const struct ir_call *app)
{
	struct isdn_effect e = effect(r, app, ISDN_CALL_CONNECTED,
				      ir_leg_const(app)->far_hold ? ISDN_MODE_INACTIVEHELD
								  : ISDN_MODE_INACTIVE);

	note(r, &e);
}

static void go(struct run *r, const struct ir_handle *h, enum isdn_verb verb)
{
	const struct ir_call *c = h->call;

	switch (ir_way_of(h, verb)) {
	case IR_WAY_LEG:
		leg(r, c);
		break;
	case IR_WAY_REJECT:
		becomes(r, c, ISDN_CALL_IDLE);
		break;
	case IR_WAY_INACTIVE:
		inactive(r, c);
		break;
	case IR_WAY_TRUNK:
		for (const struct ir_call *app = c->trunk->apps; app; app = app->next_app)
			if (app->state != ISDN_CALL_IDLE)
				cleared(r, app);
		break;
	case IR_WAY_LEAVE:
		leave(r, c->hub);
		break;
	case IR_WAY_ALL:
		all(r, c->hub);
		break;
	case IR_WAY_OWN:
		own(r, c->hub);
		break;
	}
}

uint32_t ir_drop_scope(const struct ir_handle *h, enum isdn_verb verb, const struct isdn_drop *how)
{
	struct run r = { .client = h->client, .named = h->call, .how = how };

	go(&r, h, verb);
	return (uint32_t)(r.n - r.stay);
}

int isdn_call_dry_run(const struct isdn_client *client, isdn_handle call, enum isdn_verb verb,
		      const struct isdn_drop *how, struct isdn_effect *effects, size_t cap,
		      size_t *n)
{
	static const struct isdn_drop plain;
	struct run r = { .client = client, .how = how ? how : &plain, .out = effects, .cap = cap };
	struct ir_handle *h;
	bool any = client && client->may_own; /* it could be the owner by the next request */
	int err = ir_handle_find(client, call, any ? 0 : ISDN_OWNER, &h);

	if (err)
		return err;
	if (!n || (!effects && cap))
		return ISDN_ERR_INVALPOINTER;
	*n = 0;
	r.named = h->call;
	if (verb > ISDN_CLEAR)
		return ISDN_ERR_INVAL;
	if (ir_drop_under_way(h, verb)) /* it is answered by that one, whatever how says */
		return 0;
	err = ir_drop_check(h, verb, r.how);
	if (err)
		return err;
	if (!h->call->dropping)
		go(&r, h, verb);
	*n = r.n;
	return r.n > cap ? ISDN_ERR_NOSPC : 0;
}
