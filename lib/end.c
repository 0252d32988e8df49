/* SPDX-License-Identifier: BSD-2-Clause */
/* The end of a call, and what hangs on it. */
#include "lib/registry.h"

/* The request that the last events of the call name, and who is given as their source. */
struct ir_why ir_why_ended(const struct ir_call *call, const struct ir_why *why)
{
	struct ir_why w = *why;

	if (!call->dropping)
		return w;
	w.request = call->drop_id;
	w.cascade_of = call->cascade_of;
	if (call->cascade)
		w.source = ISDN_BY_CASCADE;
	else if (call->state == ISDN_CALL_DISCONNECTED && !call->drop_id)
		w.source = (enum isdn_source)call->source; /* released as a matter of course */
	else if (why->source != ISDN_BY_TIMER && why->source != ISDN_BY_LINK)
		w.source = ISDN_BY_LOCAL;
	w.cause = call->cause;
	w.location = call->location;
	return w;
}

static void disconnected(struct ir_call *call, const struct ir_why *why)
{
	bool offered = ir_call_rings(call);

	if (call->dropping || ir_is_parent(call) || call->state == ISDN_CALL_DISCONNECTED)
		return;
	ir_call_set_state(call, ISDN_CALL_DISCONNECTED, ir_disconnect_mode(why->cause, offered),
			  why);
}

/* The drop of a party with which its conference ends too. */
static void collapses(struct ir_request *req)
{
	if (req->kind == IR_DROP && req->outcome == ISDN_OUTCOME_CLEARED)
		req->outcome = ISDN_OUTCOME_COLLAPSED;
}

static void note_collapse(const struct ir_call *call)
{
	struct ir_call *survivor;

	if (!ir_is_party(call) || !ir_hub_collapses(call->hub, call, &survivor))
		return;
	for (struct ir_request *req = call->requests; req; req = req->next_of_call)
		collapses(req);
	if (call->drop)
		collapses(call->drop);
}

static void finish(struct ir_call *call, const struct ir_why *w)
{
	ir_call_note(call, w);
	ir_requests_fail(call);
	disconnected(call, w);
	note_collapse(call);
	ir_drop_counted_down(call);
	ir_drops_done(call, w);
	call->provider = NULL;
	call->channel = 0;
	call->holding = false;
	ir_call_set_state(call, ISDN_CALL_IDLE, 0, w);
}

/* What was tied to it, one kind after the other; each call has one at most that can end by it. */
static void untie(struct ir_call *call, const struct ir_why *w)
{
	const struct ir_why rest = { .source = ISDN_BY_CASCADE,
				     .cascade_of = call->serial,
				     .request = w->request,
				     .cause = w->cause,
				     .location = w->location };
	struct ir_hub *hub = ir_is_party(call) ? call->hub : NULL;

	ir_link_ended(call);
	ir_link_undo(call);
	ir_consult_free(call);
	if (hub)
		ir_party_unlink(call);
	if (call->consult_of)
		ir_consult_gone(call, &rest);
	if (hub)
		ir_hub_left(hub, &rest);
}

void ir_call_gone(struct ir_call *call, const struct ir_why *why)
{
	const struct ir_why w = ir_why_ended(call, why);

	if (call->is_trunk) {
		ir_trunk_gone(call, &w);
		return;
	}
	finish(call, &w);
	untie(call, &w);
	ir_call_release(call);
}
