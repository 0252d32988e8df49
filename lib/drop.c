/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The drop, the leave and the clear (R-01 to to
 * what a way of scope.c does. Party by party in join order, without recursion; a leg
 * that can not be cleared is named to the requester and does not stop the others.
 */
#include "lib/registry.h"

int ir_drop_possible(const struct ir_call *call)
{
	const struct ir_call *leg = ir_leg_const(call);
	struct isdn_caps caps;

	if (call->state == ISDN_CALL_IDLE)
		return ISDN_ERR_INVALCALLSTATE;
	if (leg->provider && ir_call_rings(leg)) {
		leg->provider->ops->caps(leg->provider, &caps);
		if (!caps.reject_offering)
			return ISDN_ERR_OPERATIONUNAVAIL;
	}
	return 0;
}

/* The state is that of the call, as the one who drops it sees it. */
uint8_t ir_drop_cause(const struct ir_call *call, const struct isdn_drop *how)
{
	if (how->cause)
		return how->cause;
	switch (how->reason) {
	case ISDN_DROP_NOANSWER:
		return call->state == ISDN_CALL_RINGBACK || call->state == ISDN_CALL_ACCEPTED
			       ? ISDN_CAUSE_NO_ANSWER
			       : ISDN_CAUSE_NO_USER_RESPONDING;
	case ISDN_DROP_REJECTED:
		return ISDN_CAUSE_CALL_REJECTED;
	case ISDN_DROP_NORMAL:
		break;
	}
	return ir_call_rings(call) ? ISDN_CAUSE_CALL_REJECTED : ISDN_CAUSE_NORMAL_CALL_CLEARING;
}

static bool fits(const struct ir_call *leg, const struct isdn_drop *how)
{
	const struct isdn_uui *uui;
	struct isdn_uui store;
	struct isdn_caps caps;

	if (!leg || !leg->provider)
		return true;
	leg->provider->ops->caps(leg->provider, &caps);
	return ir_uui_take(leg->registry, how->uui, how->uui_size, caps.uui_drop, &store, &uui) ==
	       0;
}

static bool fits_all(const struct ir_hub *hub, const struct isdn_drop *how)
{
	const struct ir_call *p = how->uui && how->uui_size ? hub->first : NULL;

	if (hub->parent && !fits(hub->parent->consult, how))
		return false;
	while (p && fits(p, how))
		p = p->next_party;
	return !p;
}

int ir_drop_check(const struct ir_handle *h, enum isdn_verb verb, const struct isdn_drop *how)
{
	const struct ir_call *call = h->call;
	enum ir_way way;

	if (call->state == ISDN_CALL_IDLE)
		return ISDN_ERR_INVALCALLSTATE;
	if (how->cause > 127 || how->reason > ISDN_DROP_REJECTED)
		return ISDN_ERR_INVAL;
	way = ir_way_of(h, verb);
	if (!fits(ir_leg_const(call), how) || !fits(call->linked, how) ||
	    ((way == IR_WAY_ALL || way == IR_WAY_OWN) && !fits_all(call->hub, how)))
		return ISDN_ERR_USERUSERINFOTOOBIG;
	if (call->state == ISDN_CALL_CONNECTED && !ir_call_active(call) && verb != ISDN_CLEAR)
		return ISDN_ERR_OPERATIONUNAVAIL; /* D13 */
	return way == IR_WAY_LEG || way == IR_WAY_TRUNK || way == IR_WAY_OWN
		       ? ir_drop_possible(call)
		       : 0;
}

/* What the requests' counts and the events will say. */
static void note_clearing(struct ir_call *leg, const struct ir_drop *d, uint8_t cause, bool sent)
{
	if (leg->state != ISDN_CALL_DISCONNECTED) { /* else the far end's cause stays */
		leg->cause = cause;
		leg->location = ISDN_LOC_USER;
	}
	leg->dropping = true;
	leg->cascade = d->cascade_of != 0;
	leg->cascade_of = d->cascade_of;
	leg->drop_id = d->id;
	leg->uui_sent = sent;
	if (!d->request)
		return;
	d->request->changed += !d->request->counted;
	if (d->counts_legs) {
		leg->drop = d->request;
		d->request->legs++;
	}
	d->request->uui_sent |= sent;
	d->request->with_uui += sent;
}

int ir_clear_leg(struct ir_call *leg, const struct ir_drop *d)
{
	uint8_t cause = ir_drop_cause(leg, d->how);
	struct isdn_provider *p = leg->provider;
	const struct isdn_uui *uui;
	struct isdn_uui store;
	struct isdn_caps caps;
	bool sent = false;
	int err = ir_drop_possible(leg);

	if (err)
		return err;
	p->ops->caps(p, &caps);
	if (ir_uui_take(leg->registry, d->how->uui, d->how->uui_size, caps.uui_drop, &store, &uui))
		uui = NULL; /* of another call, where it fitted */
	err = p->ops->drop(p, leg->leg, cause, uui, &sent, ir_now(leg->registry));
	if (err)
		return err;
	p->touched = true;
	note_clearing(leg, d, cause, sent);
	ir_requests_fail(leg); /* */
	return 0;
}

static void not_cleared(const struct ir_drop *d, const struct ir_call *call, int err)
{
	if (!d->request)
		return;
	d->request->failed++;
	ir_event_not_cleared(d->request->client, call, d->id, err);
}

/* A party that could not be cleared goes on as a call of its own. */
static void set_free(struct ir_call *party, const struct ir_drop *d)
{
	const struct ir_why why = { .source = ISDN_BY_CASCADE,
				    .cascade_of = party->hub->serial,
				    .request = d->id };

	if (d->request)
		d->request->changed += party->state == ISDN_CALL_CONFERENCED;
	ir_party_set_free(party, &why);
}

static void clear_parties(struct ir_hub *hub, const struct ir_drop *d)
{
	struct ir_call *party, *next;

	for (party = hub->first; party; party = next) {
		int err = party->dropping ? 0 : ir_clear_leg(party, d);

		next = party->next_party;
		if (!err)
			continue; /* on its way out, perhaps from before */
		not_cleared(d, party, err);
		set_free(party, d);
	}
}

void ir_conference_clear(struct ir_call *parent, const struct ir_drop *d)
{
	const struct ir_why why = { .source = ISDN_BY_LOCAL };
	struct ir_drop rest = *d;

	rest.cascade_of = parent->serial;
	parent->dropping = true;
	parent->drop_id = d->id;
	parent->cause = d->how->cause ? d->how->cause : ISDN_CAUSE_NORMAL_CALL_CLEARING;
	parent->location = ISDN_LOC_USER;
	if (d->request)
		d->request->changed++;
	ir_requests_fail(parent);
	clear_parties(parent->hub, &rest);
	if (parent->consult && !parent->consult->dropping) {
		int err = ir_clear_leg(parent->consult, &rest);

		if (err) {
			not_cleared(&rest, parent->consult, err);
			ir_consult_unset(parent->consult);
		}
	}
	if (!parent->hub->n && !parent->consult)
		ir_call_gone(parent, &why);
}

void ir_conference_end(struct ir_call *parent, const struct ir_why *why)
{
	const struct ir_why rest = { .source = ISDN_BY_CASCADE,
				     .cascade_of = parent->serial,
				     .request = why->request };
	struct ir_hub *hub = parent->hub;
	struct ir_call *only = hub->first;

	ir_consult_free(parent);
	if (only && ((hub->config.no_hold && hub->setup) /* it never joined */ ||
		     (hub->n == 1 && hub->config.collapse && !only->dropping)))
		ir_party_set_free(only, &rest);
	hub->setup = false;
	ir_call_gone(parent, why);
}

/* no more than a station's part in it ends. */
static int end_at_station(struct ir_call *app, const struct ir_drop *d, enum ir_way way)
{
	const struct ir_why why = { .source = ISDN_BY_LOCAL,
				    .request = d->id,
				    .cause = way == IR_WAY_REJECT ? ir_drop_cause(app, d->how)
								  : ISDN_CAUSE_NONE };

	if (way == IR_WAY_REJECT) {
		ir_appearance_end(app, &why);
		return 0;
	}
	d->request->outcome = ISDN_OUTCOME_INACTIVE;
	ir_request_done(d->request, 0);
	ir_appearance_inactive(app, &why);
	return 0;
}

static int clear_trunk(struct ir_call *app, const struct ir_drop *d)
{
	int err = ir_clear_leg(app->trunk, d);

	if (err)
		return err;
	ir_trunk_dropping(app->trunk, app);
	return 0;
}

static int clear_one(struct ir_call *call, const struct ir_drop *d)
{
	int err = ir_clear_leg(call, d);

	if (!err)
		ir_link_cascade(call, d);
	return err;
}

static int clear_if_owned(struct ir_call *party, const struct ir_drop *d)
{
	const struct ir_handle *h = ir_handle_of(d->request->client, party);

	return h && h->privilege == ISDN_OWNER ? ir_clear_leg(party, d) : ISDN_ERR_NOTOWNER;
}

/*
 * of the parties those that the client owns. The reply waits for all of them. When it
 * can be none of them nothing has happened, and nobody is told.
 */
static int clear_own(struct ir_call *named, const struct ir_drop *d)
{
	struct ir_drop own = *d, rest;

	own.counts_legs = true;
	rest = own;
	rest.cascade_of = named->serial;
	for (struct ir_call *p = named->hub->first; p; p = p->next_party)
		p->refused = p->dropping ? 0 : clear_if_owned(p, p == named ? &own : &rest);
	if (!d->request->legs)
		return named->refused;
	d->request->partial = true;
	for (struct ir_call *p = named->hub->first; p; p = p->next_party)
		if (p->refused)
			not_cleared(&rest, p, p->refused);
	return 0;
}

static int leave(struct ir_call *parent, const struct ir_drop *d)
{
	const struct ir_why why = { .source = ISDN_BY_LOCAL, .request = d->id };

	d->request->outcome = ISDN_OUTCOME_LEFT;
	ir_conference_end(parent, &why);
	return 0;
}

static int start(struct ir_call *call, const struct ir_drop *d, enum ir_way way)
{
	d->request->outcome = ir_call_rings(call) ? ISDN_OUTCOME_REJECTED : ISDN_OUTCOME_CLEARED;
	switch (way) {
	case IR_WAY_LEG:
		return clear_one(call, d);
	case IR_WAY_REJECT:
	case IR_WAY_INACTIVE:
		return end_at_station(call, d, way);
	case IR_WAY_TRUNK:
		return clear_trunk(call, d);
	case IR_WAY_LEAVE:
		return leave(call, d);
	case IR_WAY_OWN:
		return clear_own(call, d);
	case IR_WAY_ALL:
		break;
	}
	d->request->outcome = ISDN_OUTCOME_CLEARED;
	ir_conference_clear(call->hub->parent, d);
	return 0;
}

static isdn_request under_way(const struct isdn_client *client, const struct ir_call *call)
{
	const struct ir_request *req = call->requests;

	if (!call->dropping)
		return 0;
	while (req && (req->kind != IR_DROP || req->client != client))
		req = req->next_of_call;
	if (req)
		return req->id;
	if (ir_is_party(call) && call->hub->parent)
		return under_way(client, call->hub->parent);
	return 0;
}

/* What the end of the call comes to, that way. */
static struct ir_call *target(const struct ir_handle *h, enum ir_way way)
{
	return way == IR_WAY_ALL ? h->call->hub->parent : h->call;
}

isdn_request ir_drop_under_way(const struct ir_handle *h, enum isdn_verb verb)
{
	return under_way(h->client, target(h, ir_way_of(h, verb)));
}

static isdn_request end_call(struct isdn_client *client, isdn_handle call,
			     const struct isdn_drop *how, enum isdn_verb verb)
{
	static const struct isdn_drop plain;
	struct ir_drop d = { .how = how ? how : &plain };
	struct ir_handle *h;
	struct ir_call *of;
	enum ir_way way;
	int err = ir_handle_find(client, call, ISDN_OWNER, &h);

	if (err)
		return err;
	d.id = ir_drop_under_way(h, verb);
	if (d.id)
		return d.id;
	way = ir_way_of(h, verb);
	of = target(h, way);
	err = ir_drop_check(h, verb, d.how);
	if (!err)
		err = ir_request_new(h, of, IR_DROP, &d.request);
	if (err)
		return err;
	d.id = d.request->id;
	if (of->dropping) { /* by another, or nobody: this one is told too */
		d.request->outcome = ISDN_OUTCOME_CLEARED;
		return d.id;
	}
	d.request->counted = way != IR_WAY_ALL;
	if (d.request->counted)
		d.request->changed = ir_drop_scope(h, verb, d.how);
	err = start(h->call, &d, way);
	if (err) {
		ir_request_undo(d.request);
		return err;
	}
	ir_flush(client->registry);
	return d.id;
}

isdn_request isdn_call_drop(struct isdn_client *client, isdn_handle call,
			    const struct isdn_drop *how)
{
	return end_call(client, call, how, ISDN_DROP);
}

isdn_request isdn_call_leave(struct isdn_client *client, isdn_handle call,
			     const struct isdn_drop *how)
{
	return end_call(client, call, how, ISDN_LEAVE);
}

isdn_request isdn_call_clear(struct isdn_client *client, isdn_handle call,
			     const struct isdn_drop *how)
{
	return end_call(client, call, how, ISDN_CLEAR);
}

static void parent_unowned(struct ir_call *parent, const struct ir_drop *d)
{
	const struct ir_why why = { .source = ISDN_BY_LOCAL };

	if (parent->hub->config.policy == ISDN_CONFERENCE_LEAVE_REST)
		ir_conference_end(parent, &why);
	else
		ir_conference_clear(parent, d);
}

int ir_appearance_unowned(struct ir_call *app, const struct ir_drop *d)
{
	const struct ir_why why = { .source = ISDN_BY_LOCAL };
	bool last = ir_call_rings(app) ? !ir_others_ring(app)
				       : !ir_others_take_part(app) && ir_appearance_uses(app);

	if (app->dropping)
		return 0;
	if (last || app->state == ISDN_CALL_DISCONNECTED)
		return clear_trunk(app, d);
	ir_appearance_end(app, &why);
	return 0;
}

/* cause 0: as a drop without one. */
int ir_drop_unowned(struct ir_call *call, uint8_t cause)
{
	const struct isdn_drop how = { .cause = cause };
	const struct ir_drop d = { .how = &how };

	if (call->dropping || call->state == ISDN_CALL_IDLE)
		return 0;
	if (call->trunk)
		return ir_appearance_unowned(call, &d);
	if (!ir_is_parent(call))
		return clear_one(call, &d);
	parent_unowned(call, &d);
	return 0;
}
