/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Consultation calls: what waits for them, a call (transfer) or a conference,
 * and what becomes of it when they end, are connected, or are not wanted any more.
 */
#include "lib/registry.h"

bool ir_call_plain(const struct ir_call *c)
{
	return !ir_is_parent(c) && !c->hub && !c->trunk && !c->linked;
}

/* A call that a consultation call can be made from. */
int ir_consult_from(const struct ir_call *c)
{
	if (!ir_call_plain(c))
		return ISDN_ERR_INVALCALLHANDLE;
	return ir_call_active(c) && !c->dropping && !c->holding && !c->consult && c->provider
		       ? 0
		       : ISDN_ERR_INVALCALLSTATE;
}

int ir_consult_params(const struct isdn_client *client, const struct isdn_call_params *params,
		      const isdn_handle *consult)
{
	if (!params)
		return 0;
	if (params->size == sizeof(*params) && params->bridge)
		return ISDN_ERR_INVAL;
	return ir_make_check(client, params, consult);
}

void ir_consult_set(struct ir_call *held, struct ir_call *consult)
{
	held->consult = consult;
	consult->consult_of = held;
}

void ir_consult_unset(struct ir_call *consult)
{
	consult->consult_of->consult = NULL;
	consult->consult_of = NULL;
}

void ir_consult_free(struct ir_call *held)
{
	if (held->consult)
		ir_consult_unset(held->consult); /* it goes on as an ordinary call */
}

void ir_consult_clear(struct ir_call *consult, uint64_t because, isdn_request id)
{
	static const struct isdn_drop plain;
	const struct ir_drop d = { .how = &plain, .id = id, .cascade_of = because };

	if (!consult->dropping && consult->provider)
		(void)ir_clear_leg(consult, &d);
}

bool ir_consult_reconnects(const struct ir_call *held)
{
	return held->state == ISDN_CALL_ONHOLDPENDTRANSFER && !held->dropping && held->reconnects;
}

/* The retrieval of a held leg ends in CONNECTED when it is answered. */
void ir_reconnect(struct ir_call *held, const struct ir_why *why)
{
	bool done = true;

	if (ir_consult_reconnects(held) && !held->holding && ir_hold(held, false, &done) == 0 &&
	    done)
		ir_call_connect(held, why);
}

/* the call that a conference without hold would begin with. */
bool ir_begins_without_hold(const struct ir_hub *hub)
{
	return hub->setup && hub->config.no_hold && hub->n == 1 &&
	       hub->first->state != ISDN_CALL_CONFERENCED;
}

bool ir_consult_ends_conference(const struct ir_call *parent)
{
	const struct ir_hub *hub = parent->hub;

	return !parent->dropping && (hub->n == 0 || (hub->n == 1 && hub->config.collapse) ||
				     ir_begins_without_hold(hub));
}

/* a conference that waited for it. */
static void waits_no_more(struct ir_call *parent, const struct ir_why *why)
{
	struct ir_hub *hub = parent->hub;
	struct ir_call *only = hub->first;
	bool ends = ir_consult_ends_conference(parent);

	if (parent->dropping) {
		if (!hub->n)
			ir_call_gone(parent, why);
		return;
	}
	if (!ends) {
		hub->setup = false;
		ir_call_set_state(parent, ISDN_CALL_CONNECTED, ISDN_MODE_ACTIVE, why);
		return;
	}
	if (only && !only->dropping) {
		ir_party_set_free(only, why);
	}
	if (!hub->n)
		ir_call_gone(parent, why);
}

void ir_consult_taken(struct ir_call *consult, const struct ir_why *why)
{
	struct ir_call *held = consult->consult_of;

	if (!held)
		return;
	ir_consult_unset(consult);
	if (ir_is_parent(held))
		waits_no_more(held, why);
}

void ir_consult_gone(struct ir_call *consult, const struct ir_why *why)
{
	struct ir_call *held = consult->consult_of;

	ir_consult_unset(consult);
	if (ir_is_parent(held))
		waits_no_more(held, why);
	else if (held->transferring)
		held->consult_over = true;
	else
		ir_reconnect(held, why);
}

void ir_consult_connected(struct ir_call *consult)
{
	const struct ir_why why = { .source = ISDN_BY_CASCADE, .cascade_of = consult->serial };
	const struct ir_why own = { .source = ISDN_BY_REMOTE };
	struct ir_call *parent = consult->consult_of;
	struct ir_hub *hub = parent && ir_is_parent(parent) ? parent->hub : NULL;

	if (!hub || !hub->config.no_hold || !hub->setup || parent->dropping || !hub->first)
		return;
	if (!ir_call_active(hub->first) || hub->first->dropping ||
	    ir_party_possible(hub, consult)) {
		ir_consult_taken(consult, &why); /* the first call is ending */
		return;
	}
	hub->setup = false;
	ir_consult_unset(consult);
	ir_party_link(hub, consult);
	ir_call_set_state(hub->first, ISDN_CALL_CONFERENCED, 0, &why);
	ir_party_connected(consult, &own);
}
