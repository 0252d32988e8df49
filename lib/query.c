/* SPDX-License-Identifier: BSD-2-Clause */
/* Queries of a call, good until the handle is given back. */
#include <string.h>

#include "lib/registry.h"

static uint8_t services(const struct ir_call *c)
{
	bool ask = c->provider && c->provider->ops->services && c->state != ISDN_CALL_IDLE;

	return ask ? c->provider->ops->services(c->provider, c->leg) : 0;
}

static bool ringing_with_service2(const struct ir_call *c)
{
	return (c->state == ISDN_CALL_RINGBACK || c->state == ISDN_CALL_ACCEPTED) &&
	       (services(c) & ISDN_UUS_BIT(ISDN_UUS_2));
}

/* What this client may ask for now. */
static uint32_t features(const struct ir_handle *h)
{
	const struct ir_call *c = h->call;
	bool conference = c->origin == ISDN_ORIGIN_CONFERENCE;
	bool offering = c->state == ISDN_CALL_OFFERING;
	struct isdn_caps caps;
	uint32_t f = 0;

	if (h->privilege != ISDN_OWNER || c->dropping)
		return 0;
	if (ir_drop_possible(c) == 0)
		f |= ISDN_FEATURE_DROP;
	if (conference || !c->provider)
		return f;
	c->provider->ops->caps(c->provider, &caps);
	if (offering)
		f |= ISDN_FEATURE_ACCEPT;
	if (offering || c->state == ISDN_CALL_ACCEPTED)
		f |= ISDN_FEATURE_ANSWER;
	if (caps.uui_send && (c->state == ISDN_CALL_CONNECTED ||
			      c->state == ISDN_CALL_CONFERENCED || ringing_with_service2(c)))
		f |= ISDN_FEATURE_SENDUSERUSER;
	if (!c->parent && c->state == ISDN_CALL_CONNECTED && c->mode == ISDN_MODE_ACTIVE)
		f |= ISDN_FEATURE_ADDTOCONFERENCE;
	return f;
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
	info->origin = c->origin;
	info->span = c->span;
	info->channel = c->channel;
	memcpy(info->called, c->called, sizeof(info->called));
	memcpy(info->calling, c->calling, sizeof(info->calling));
	info->capability = c->capability;
	info->cause = c->cause;
	info->location = c->location;
	info->source = c->source;
	info->conference = c->origin == ISDN_ORIGIN_CONFERENCE || c->parent;
	info->parties = c->n_parties;
	info->owners = c->owners;
	info->monitors = c->monitors;
	info->uus = services(c);
	return 0;
}
