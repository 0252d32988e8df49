/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One call at several stations: the trunk has the leg, each station an
 * appearance with a state of its own. Those that take part govern.
 */
#include <string.h>

#include "lib/registry.h"

static bool answers(const struct ir_call *app)
{
	return ir_request_waits(app, IR_ANSWER);
}

static bool takes_part(const struct ir_call *app)
{
	return ir_call_active(app) || app->state == ISDN_CALL_ONHOLD;
}

bool ir_appearance_uses(const struct ir_call *app)
{
	return takes_part(app) || app->state == ISDN_CALL_DIALTONE ||
	       app->state == ISDN_CALL_DIALING || app->state == ISDN_CALL_PROCEEDING ||
	       app->state == ISDN_CALL_RINGBACK || app->state == ISDN_CALL_BUSY ||
	       app->state == ISDN_CALL_SPECIALINFO;
}

bool ir_others_take_part(const struct ir_call *app)
{
	for (const struct ir_call *o = app->trunk->apps; o; o = o->next_app)
		if (o != app && takes_part(o))
			return true;
	return false;
}

bool ir_others_ring(const struct ir_call *app)
{
	bool needs_answer = answers(app); /* the far end was told so: somebody has to be there */

	for (const struct ir_call *o = app->trunk->apps; o; o = o->next_app)
		if (o != app && ir_call_rings(o) && (!needs_answer || answers(o)))
			return true;
	return false;
}

void ir_trunk_add(struct ir_bridge *b, struct ir_call *trunk)
{
	struct ir_call **at = &b->trunks;

	while (*at)
		at = &(*at)->next_app;
	*at = trunk;
	trunk->bridge = b;
	trunk->bridge_id = b->id;
}

static void trunk_remove(struct ir_call *trunk)
{
	struct ir_call **at = &trunk->bridge->trunks;

	while (*at != trunk)
		at = &(*at)->next_app;
	*at = trunk->next_app;
	trunk->next_app = NULL;
	trunk->bridge = NULL;
}

void ir_trunk_release(struct ir_call *trunk)
{
	if (trunk->state == ISDN_CALL_IDLE && !trunk->apps)
		ir_call_free(trunk);
}

/* Owned by the client of the station. NULL: no memory; the station was told so. */
static struct ir_call *new_appearance(struct ir_call *trunk, struct ir_station *s)
{
	struct ir_call *app = ir_call_new(trunk->registry, (enum isdn_origin)trunk->origin), **at;
	struct ir_handle *h;

	if (app && ir_handle_new(s->client, app, ISDN_OWNER, &h)) {
		ir_call_free(app);
		app = NULL;
	}
	if (!app) {
		ir_event_lost(s->client);
		return NULL;
	}
	app->trunk = trunk;
	app->station = s;
	app->span = trunk->span;
	for (at = &trunk->apps; *at; at = &(*at)->next_app)
		;
	*at = app;
	ir_event_new_call(h);
	ir_call_announce(app, false);
	return app;
}

static void offer(struct ir_call *trunk, struct ir_station *s, const struct ir_why *why)
{
	struct ir_call *app = new_appearance(trunk, s);

	if (app)
		ir_call_set_state(app, ISDN_CALL_OFFERING,
				  s->silent ? ISDN_MODE_INACTIVE : ISDN_MODE_ACTIVE, why);
}

void ir_trunk_offered(struct ir_call *trunk, const struct ir_why *why)
{
	static const struct isdn_drop no_memory = { .cause = ISDN_CAUSE_RESOURCE_UNAVAILABLE };
	const struct ir_drop refusal = { .how = &no_memory };

	ir_call_set_state(trunk, ISDN_CALL_OFFERING, ISDN_MODE_ACTIVE, why);
	for (struct ir_station *s = trunk->bridge->stations; s; s = s->next)
		if (ir_bridge_offers(trunk->bridge, s))
			offer(trunk, s, why);
	if (!trunk->apps) /* there was memory for none of them */
		(void)ir_clear_leg(trunk, &refusal);
	ir_bridge_changed(trunk->bridge);
}

static uint32_t inactive_mode(const struct ir_call *trunk)
{
	return trunk->far_hold ? ISDN_MODE_INACTIVEHELD : ISDN_MODE_INACTIVE;
}

static void set_inactive(struct ir_call *app, const struct ir_why *why)
{
	ir_call_set_state(app, ISDN_CALL_CONNECTED, inactive_mode(app->trunk), why);
}

/* Takes part: with what the far end does to all of them. */
static void set_active(struct ir_call *app, const struct ir_why *why)
{
	app->far_hold = app->trunk->far_hold;
	ir_call_connect(app, why);
	if (app->trunk->uui_visible)
		for (struct ir_handle *h = app->handles; h; h = h->next_of_call)
			ir_event_info_to(h, ISDN_INFO_UUI); /* it was not told while INACTIVE */
}

void ir_trunk_show(struct ir_call *trunk, struct ir_station *s)
{
	const struct ir_why why = { .source = ISDN_BY_LOCAL };
	bool up = trunk->state == ISDN_CALL_CONNECTED || trunk->state == ISDN_CALL_ONHOLD;
	struct ir_call *app;

	if (trunk->dropping)
		return;
	if (ir_call_rings(trunk) && ir_bridge_offers(trunk->bridge, s))
		offer(trunk, s, &why);
	if (!up || trunk->bridge->sharing == ISDN_SHARING_NEW)
		return;
	app = new_appearance(trunk, s);
	if (app)
		set_inactive(app, &why);
}

void ir_appearance_inactive(struct ir_call *app, const struct ir_why *why)
{
	ir_requests_fail(app);
	set_inactive(app, why);
	ir_bridge_changed(app->trunk->bridge);
}

/* IDLE here, while the call goes on elsewhere. */
static void end_here(struct ir_call *app, const struct ir_why *why)
{
	ir_call_note(app, why);
	ir_requests_fail(app);
	ir_drops_done(app, why);
	ir_call_set_state(app, ISDN_CALL_IDLE, 0, why);
	ir_call_release(app);
}

/* Nobody is left who could drop it. */
static void release_if_alone(struct ir_call *trunk)
{
	static const struct isdn_drop plain;
	const struct ir_drop d = { .how = &plain };
	const struct ir_call *app = trunk->apps;

	while (app && app->state == ISDN_CALL_IDLE)
		app = app->next_app;
	if (!app && !trunk->dropping)
		(void)ir_clear_leg(trunk, &d);
}

void ir_appearance_end(struct ir_call *app, const struct ir_why *why)
{
	struct ir_call *trunk = app->trunk;
	struct ir_bridge *b = trunk->bridge;

	end_here(app, why);
	release_if_alone(trunk);
	ir_bridge_changed(b);
}

/* Somebody else has it (Q.931 5.2.5.3: non-selected user clearing). */
static void lose(struct ir_call *app, uint64_t to)
{
	const struct ir_why why = { .source = ISDN_BY_CASCADE,
				    .cascade_of = to,
				    .cause = ISDN_CAUSE_NON_SELECTED_USER_CLEARING,
				    .location = ISDN_LOC_USER };

	ir_requests_fail(app);
	ir_call_set_state(app, ISDN_CALL_DISCONNECTED, ISDN_DISCONNECT_PICKUP, &why);
	end_here(app, &why);
}

/* Who has the call when it is connected: they that answered; or made it; or the first. */
static bool wins(const struct ir_call *app, bool any_answer)
{
	if (any_answer || !ir_call_rings(app))
		return any_answer ? answers(app) : true;
	for (const struct ir_call *o = app->trunk->apps; o != app; o = o->next_app)
		if (o->state != ISDN_CALL_IDLE)
			return false;
	return true;
}

/* The stations of a line whose call another one made. */
static void show_others(struct ir_call *trunk, uint64_t maker)
{
	const struct ir_why why = { .source = ISDN_BY_CASCADE, .cascade_of = maker };
	const struct ir_bridge *b = trunk->bridge;

	for (struct ir_station *s = b->stations; s; s = s->next) {
		const struct ir_call *app = trunk->apps;

		while (app && app->station != s)
			app = app->next_app;
		if (app || s->monitored || b->sharing == ISDN_SHARING_NEW)
			continue;
		if ((app = new_appearance(trunk, s)) != NULL)
			set_inactive((struct ir_call *)app, &why);
	}
}

static void first_connected(struct ir_call *trunk, const struct ir_why *why)
{
	bool any_answer = ir_request_waits(trunk, IR_ANSWER), made;
	struct ir_call *app, *next;
	struct ir_why others = *why;

	made = trunk->origin == ISDN_ORIGIN_OUTBOUND;
	others.source = ISDN_BY_CASCADE;
	for (app = trunk->apps; app; app = app->next_app)
		if (app->state != ISDN_CALL_IDLE && wins(app, any_answer)) {
			others.cascade_of = app->serial;
			break;
		}
	for (app = trunk->apps; app; app = next) {
		next = app->next_app;
		if (app->state == ISDN_CALL_IDLE)
			continue;
		if (wins(app, any_answer)) {
			ir_requests_done(app, IR_ANSWER, 0);
			set_active(app, why);
		} else if (trunk->bridge->sharing == ISDN_SHARING_NEW) {
			lose(app, others.cascade_of);
		} else {
			ir_requests_fail(app);
			set_inactive(app, &others);
		}
	}
	if (made)
		show_others(trunk, others.cascade_of);
}

/* The leg is no longer held: whoever wanted that has it, and who held it has not. */
static void retrieved(struct ir_call *trunk, const struct ir_why *why)
{
	bool joins = ir_request_waits(trunk, IR_ANSWER);

	for (struct ir_call *app = trunk->apps; app; app = app->next_app) {
		if (joins && answers(app)) {
			ir_requests_done(app, IR_ANSWER, 0);
			set_active(app, why);
		} else if (app->state == ISDN_CALL_ONHOLD) {
			ir_requests_done(app, IR_UNHOLD, joins ? ISDN_ERR_OPERATIONFAILED : 0);
			if (joins)
				set_inactive(app, why);
			else
				set_active(app, why);
		}
	}
}

/* The far end held all of them, or retrieved them. */
void ir_trunk_far_hold(struct ir_call *trunk, const struct ir_why *why)
{
	ir_call_connect(trunk, why);
	for (struct ir_call *app = trunk->apps; app; app = app->next_app) {
		if (app->state != ISDN_CALL_CONNECTED)
			continue;
		app->far_hold = trunk->far_hold;
		if (ir_call_active(app))
			ir_call_connect(app, why);
		else
			set_inactive(app, why);
	}
}

void ir_trunk_connected(struct ir_call *trunk, const struct ir_why *why)
{
	enum isdn_call_state was = trunk->state;

	trunk->holding = false;
	ir_call_connect(trunk, why);
	if (was == ISDN_CALL_CONNECTED)
		ir_trunk_far_hold(trunk, why);
	else if (was == ISDN_CALL_ONHOLD)
		retrieved(trunk, why);
	else
		first_connected(trunk, why);
}

void ir_trunk_held(struct ir_call *trunk, const struct ir_why *why)
{
	trunk->holding = false;
	ir_call_set_state(trunk, ISDN_CALL_ONHOLD, 0, why);
	for (struct ir_call *app = trunk->apps; app; app = app->next_app) {
		ir_requests_done(app, IR_HOLD, 0);
		if (ir_call_active(app))
			ir_call_set_state(app, ISDN_CALL_ONHOLD, 0, why);
	}
	ir_bridge_changed(trunk->bridge);
}

/* */
static void disconnected(struct ir_call *trunk, const struct ir_why *why)
{
	struct ir_call *app, *next;

	for (app = trunk->apps; app; app = next) {
		bool inactive = app->state == ISDN_CALL_CONNECTED && !ir_call_active(app);

		next = app->next_app;
		if (app->state == ISDN_CALL_IDLE)
			continue;
		if (inactive) {
			end_here(app, why);
			continue;
		}
		ir_requests_fail(app);
		ir_call_set_state(app, ISDN_CALL_DISCONNECTED,
				  ir_disconnect_mode(why->cause, ir_call_rings(app)), why);
		ir_call_note(app, why);
	}
}

void ir_trunk_state(struct ir_call *trunk, const struct isdn_leg_event *ev,
		    const struct ir_why *why)
{
	ir_requests_done(trunk, IR_MAKE, 0);
	if (ev->state == ISDN_CALL_CONNECTED) {
		ir_trunk_connected(trunk, why);
	} else if (ev->state == ISDN_CALL_ONHOLD) {
		ir_trunk_held(trunk, why);
	} else {
		ir_call_set_state(trunk, ev->state, 0, why);
		for (struct ir_call *app = trunk->apps; app; app = app->next_app)
			if (app->state != ISDN_CALL_CONNECTED)
				ir_call_set_state(app, ev->state, 0, why);
	}
	ir_bridge_changed(trunk->bridge);
}

void ir_trunk_disconnected(struct ir_call *trunk, const struct ir_why *why)
{
	ir_uui_unsend(trunk);
	ir_call_set_state(trunk, ISDN_CALL_DISCONNECTED, 0, why);
	disconnected(trunk, why);
	release_if_alone(trunk);
	ir_bridge_changed(trunk->bridge);
}

void ir_trunk_dropping(struct ir_call *trunk, const struct ir_call *by)
{
	for (struct ir_call *app = trunk->apps; app; app = app->next_app) {
		if (app->state == ISDN_CALL_IDLE)
			continue;
		app->dropping = true;
		app->drop_id = trunk->drop_id;
		app->cascade = trunk->cascade || app != by;
		app->cascade_of = app != by ? by->serial : trunk->cascade_of;
		app->uui_sent = trunk->uui_sent;
		if (app->state != ISDN_CALL_DISCONNECTED) {
			app->cause = trunk->cause;
			app->location = trunk->location;
		}
		ir_requests_fail(app);
	}
}

static void app_gone(struct ir_call *app, const struct ir_why *why)
{
	const struct ir_why w = ir_why_ended(app, why);

	if (app->state == ISDN_CALL_IDLE)
		return;
	ir_call_note(app, &w);
	ir_requests_fail(app);
	if (!app->dropping && !(app->state == ISDN_CALL_CONNECTED && !ir_call_active(app)) &&
	    app->state != ISDN_CALL_DISCONNECTED)
		ir_call_set_state(app, ISDN_CALL_DISCONNECTED,
				  ir_disconnect_mode(w.cause, ir_call_rings(app)), &w);
	ir_call_set_state(app, ISDN_CALL_IDLE, 0, &w);
}

void ir_trunk_gone(struct ir_call *trunk, const struct ir_why *why)
{
	struct ir_bridge *b = trunk->bridge;
	struct ir_call *app, *next;

	for (app = trunk->apps; app; app = app->next_app)
		ir_drops_done(app, why);
	trunk->provider = NULL;
	trunk->channel = 0;
	for (app = trunk->apps; app; app = app->next_app)
		app_gone(app, why);
	trunk_remove(trunk);
	for (app = trunk->apps; app; app = next) {
		next = app->next_app;
		ir_call_release(app); /* not the trunk, while that is not IDLE */
	}
	ir_call_set_state(trunk, ISDN_CALL_IDLE, 0, why);
	ir_trunk_release(trunk);
	ir_bridge_changed(b);
}

int ir_join_check(const struct ir_call *app)
{
	const struct ir_call *trunk = app->trunk;

	if (app->state != ISDN_CALL_CONNECTED || ir_call_active(app) || app->dropping ||
	    trunk->holding || answers(app))
		return ISDN_ERR_INVALCALLSTATE;
	return trunk->state == ISDN_CALL_CONNECTED && ir_others_take_part(app) &&
			       trunk->bridge->sharing != ISDN_SHARING_SHARED
		       ? ISDN_ERR_INUSE
		       : 0;
}

isdn_request ir_appearance_join(struct ir_handle *h)
{
	struct ir_why why = { .source = ISDN_BY_LOCAL };
	struct ir_call *app = h->call, *trunk = app->trunk;
	struct ir_request *req;
	bool done = true;
	int err = ir_join_check(app);

	if (!err)
		err = ir_request_new(h, app, IR_ANSWER, &req);
	if (err)
		return err;
	if (trunk->state == ISDN_CALL_ONHOLD)
		err = ir_hold(trunk, false, &done);
	if (err) {
		ir_request_undo(req);
		return err;
	}
	why.request = req->id;
	if (done && trunk->state == ISDN_CALL_ONHOLD) {
		ir_trunk_connected(trunk, &why);
	} else if (done) {
		ir_request_done(req, 0);
		set_active(app, &why);
	}
	ir_answer_mode(h->client, app, why.request);
	ir_bridge_changed(trunk->bridge);
	return why.request;
}
