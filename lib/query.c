/* SPDX-License-Identifier: BSD-2-Clause */
/* Queries of a call, good until the handle is given back. */
#include <string.h>

#include "lib/registry.h"

static uint8_t services(const struct ir_call *leg)
{
	bool ask = leg->provider && leg->provider->ops->services && leg->state != ISDN_CALL_IDLE;

	return ask ? leg->provider->ops->services(leg->provider, leg->leg) : 0;
}

static bool ringing_with_service2(const struct ir_call *c)
{
	return (c->state == ISDN_CALL_RINGBACK || c->state == ISDN_CALL_ACCEPTED) &&
	       (services(ir_leg_const(c)) & ISDN_UUS_BIT(ISDN_UUS_2));
}

static uint32_t ends(const struct ir_handle *h)
{
	static const struct isdn_drop plain;
	uint32_t f = 0;

	if (!ir_drop_check(h, ISDN_DROP, &plain))
		f |= ISDN_FEATURE_DROP;
	if (!ir_drop_check(h, ISDN_LEAVE, &plain))
		f |= ISDN_FEATURE_LEAVE;
	if (!ir_drop_check(h, ISDN_CLEAR, &plain))
		f |= ISDN_FEATURE_CLEAR;
	return f;
}

static uint32_t bit(int err, uint32_t feature)
{
	return err ? 0 : feature;
}

static uint32_t of_conference(const struct ir_call *c)
{
	return c->state == ISDN_CALL_CONNECTED && !c->consult ? ISDN_FEATURE_PREPAREADD : 0;
}

static uint32_t responses(const struct ir_call *c)
{
	int answer = c->trunk && !ir_call_rings(c) ? ir_join_check(c) : ir_respond_check(c, true);

	return bit(answer, ISDN_FEATURE_ANSWER) |
	       bit(ir_respond_check(c, false), ISDN_FEATURE_ACCEPT);
}

static uint32_t of_party(const struct ir_call *c)
{
	const struct ir_hub *hub = c->hub;
	bool can = hub && c->state == ISDN_CALL_CONFERENCED &&
		   (hub->config.remove == ISDN_REMOVE_ANY ||
		    (hub->config.remove == ISDN_REMOVE_LAST && hub->last == c));

	return can ? ISDN_FEATURE_REMOVE : 0;
}

static uint32_t send_uui(const struct ir_call *c)
{
	bool talks = ir_call_active(c) || c->state == ISDN_CALL_CONFERENCED;
	struct isdn_caps caps;

	ir_leg_const(c)->provider->ops->caps(ir_leg_const(c)->provider, &caps);
	return caps.uui_send && (talks || ringing_with_service2(c)) ? ISDN_FEATURE_SENDUSERUSER : 0;
}

static uint32_t of_leg_calls(const struct ir_call *c)
{
	bool held = c->state == ISDN_CALL_ONHOLD || c->state == ISDN_CALL_ONHOLDPENDTRANSFER;
	bool plain = ir_call_plain(c) && !c->holding;

	return send_uui(c) | of_party(c) | responses(c) | bit(ir_dial_check(c), ISDN_FEATURE_DIAL) |
	       bit(ir_hold_check(c), ISDN_FEATURE_HOLD) |
	       bit(ir_consult_from(c), ISDN_FEATURE_SETUPTRANSFER | ISDN_FEATURE_SETUPCONFERENCE) |
	       bit(ir_party_possible(NULL, c), ISDN_FEATURE_ADDTOCONFERENCE) |
	       bit(ir_link_check(c), ISDN_FEATURE_LINK) |
	       (held && plain ? ISDN_FEATURE_COMPLETETRANSFER : 0);
}

/* What this client may ask for now. */
static uint32_t features(const struct ir_handle *h)
{
	const struct ir_call *c = h->call;
	uint32_t f;

	if (h->privilege != ISDN_OWNER || c->dropping || c->state == ISDN_CALL_IDLE)
		return 0;
	f = ends(h) | bit(ir_unhold_check(c), ISDN_FEATURE_UNHOLD);
	if (ir_is_parent(c))
		return f | of_conference(c);
	return ir_leg_const(c)->provider ? f | of_leg_calls(c) : f;
}

int isdn_call_status(const struct isdn_client *client, isdn_handle call,
		     struct isdn_call_status *status)
{
	struct ir_handle *h;
	int err = ir_handle_find(client, call, 0, &h);

	if (err)
		return err;
	if (!status)
		return ISDN_ERR_INVALPOINTER;
	memset(status, 0, sizeof(*status));
	status->state = h->call->state;
	status->mode = h->call->mode;
	status->since = h->call->since;
	status->privilege = h->privilege;
	status->features = features(h);
	status->dropping = h->call->dropping && h->call->state != ISDN_CALL_IDLE;
	return 0;
}

static uint64_t hub_of(const struct ir_call *c)
{
	if (c->hub)
		return c->hub->serial;
	if (c->trunk)
		return c->trunk->serial;
	return c->linked && c->linked->serial < c->serial ? c->linked->serial : c->serial;
}

/* What the leg knows: of an appearance, that of its trunk. */
static void of_leg(const struct ir_call *leg, struct isdn_call_info *info)
{
	info->span = leg->span;
	info->channel = leg->channel;
	memcpy(info->called, leg->called, sizeof(info->called));
	memcpy(info->calling, leg->calling, sizeof(info->calling));
	info->capability = leg->capability;
	info->bridge = leg->bridge_id;
	info->uus = services(leg);
	if (leg->provider && leg->provider->ops->callref && leg->state != ISDN_CALL_IDLE)
		leg->provider->ops->callref(leg->provider, leg->leg, info);
}

static void relations(const struct isdn_client *client, const struct ir_call *c,
		      struct isdn_call_info *info)
{
	info->conference = c->hub != NULL || ir_is_parent(c);
	info->parties = ir_is_parent(c) && c->hub ? c->hub->n : 0;
	info->conference_call = c->hub ? ir_handle_id(client, c->hub->parent) : 0;
	info->linked = ir_handle_id(client, c->linked);
	info->consult = ir_handle_id(client, c->consult);
	info->consult_of = ir_handle_id(client, c->consult_of);
}

int isdn_call_info(const struct isdn_client *client, isdn_handle call, struct isdn_call_info *info)
{
	const struct ir_call *c;
	struct ir_handle *h;
	int err = ir_handle_find(client, call, 0, &h);

	if (err)
		return err;
	if (!info)
		return ISDN_ERR_INVALPOINTER;
	c = h->call;
	memset(info, 0, sizeof(*info));
	info->id = c->serial;
	info->hub = hub_of(c);
	info->origin = (enum isdn_origin)c->origin;
	info->cause = c->cause;
	info->location = c->location;
	info->source = (enum isdn_source)c->source;
	info->cascade_of = info->source == ISDN_BY_CASCADE ? c->cascade_of : 0;
	info->owners = c->owners;
	info->monitors = c->monitors;
	of_leg(ir_leg_const(c), info);
	relations(client, c, info);
	return 0;
}

int isdn_call_holders(const struct isdn_client *client, isdn_handle call, struct isdn_holder *out,
		      size_t cap)
{
	struct ir_handle *h;
	size_t n = 0;
	int err = ir_handle_find(client, call, 0, &h);

	if (err)
		return err;
	for (h = h->call->handles; h; h = h->next_of_call, n++)
		if (out && n < cap)
			out[n] = (struct isdn_holder){ h->client->name, h->privilege };
	return (int)n;
}
