/* SPDX-License-Identifier: BSD-2-Clause */
/* The configuration of a span: values of the Recommendations, and their limits. */
#include <string.h>

#include "lib/span_internal.h"

/* Of EN 300 286-1, as far as it is known; and of variants that have no components for services. */
static struct isdn_uus_config uus_defaults(bool components)
{
	return (struct isdn_uus_config){
		.services = components ? ISDN_UUS_ALL : ISDN_UUS_BIT(ISDN_UUS_IMPLICIT),
		.negotiated = components,
		.burst_x = 16,
		.burst_y = 8,
		.service2_max = 2,
		.grace = 16,
		.refusal = ISDN_CAUSE_ACCESS_INFORMATION_DISCARDED,
	};
}

void isdn_span_config_init(struct isdn_span_config *config, enum isdn_side side,
			   enum isdn_interface interface)
{
	memset(config, 0, sizeof(*config));
	config->size = sizeof(*config);
	config->side = side;
	config->interface = interface;
	config->variant = ISDN_VARIANT_ETSI;
	config->layer2 = ISDN_LAYER2_KEEP_UP;
	config->t200 = 1000;
	config->t201 = 1000;
	config->t202 = 2000;
	config->t203 = 10000;
	config->tm01 = 10000;
	config->n200 = 3;
	config->n202 = 3;
	config->k = interface == ISDN_BRI ? 1 : 7;
	config->n201 = 260;
	for (unsigned i = 0; i < ISDN_TIMER_COUNT; i++)
		config->timer[i] = i3_timers[i].value[side == ISDN_NETWORK];
	config->restart_lost = interface != ISDN_BRI;
	config->uui_max = ISDN_UUI_MAX;
	config->uus = uus_defaults(true);
	config->location = side == ISDN_NETWORK ? ISDN_LOC_PUBLIC_LOCAL : ISDN_LOC_USER;
	config->alaw = interface != ISDN_T1;
}

void isdn_span_config_variant(struct isdn_span_config *config, enum isdn_variant variant)
{
	struct i3_profile p;

	config->variant = variant;
	if (!i3_profile(variant, &p))
		return; /* isdn_span_new will say so */
	config->alaw = config->interface != ISDN_T1 && !p.ulaw;
	config->location = config->side == ISDN_USER || p.symmetrical ? p.location
								      : ISDN_LOC_PUBLIC_LOCAL;
	config->uus = uus_defaults(p.uus);
	for (unsigned i = 0; i < ISDN_TIMER_COUNT; i++) /* of Annex D, where both are users */
		config->timer[i] = i3_timers[i].value[p.symmetrical ? i == ISDN_T301
								    : config->side == ISDN_NETWORK];
}

void isdn_span_config_ptmp(struct isdn_span_config *config)
{
	config->ptmp = true;
	config->tei = ISDN_TEI_BROADCAST;
	config->layer2 = ISDN_LAYER2_LEAVE_DOWN;
}

static bool layer2_good(const struct isdn_span_config *c)
{
	if (c->layer2 > ISDN_LAYER2_ON_DEMAND || (c->layer2 == ISDN_LAYER2_ON_DEMAND && !c->tm01))
		return false;
	if (!c->ptmp)
		return c->tei < ISDN_TEI_BROADCAST;
	return c->interface == ISDN_BRI && c->t201 > 0 && c->t202 > 0 && c->n202 > 0 &&
	       c->n202 < 256 && (c->tei < 64 || c->tei == ISDN_TEI_BROADCAST) &&
	       (c->side == ISDN_USER || c->layer2 != ISDN_LAYER2_KEEP_UP);
}

/* Identifiers of one D-channel's interfaces (NFAS) differ. */
static bool interfaces_good(const struct isdn_span_config *c)
{
	if (c->n_interfaces > ISDN_INTERFACES_MAX || (c->n_interfaces && c->interface == ISDN_BRI))
		return false;
	if (c->backup && (c->n_interfaces < 2 || c->layer2 != ISDN_LAYER2_KEEP_UP))
		return false;
	for (unsigned i = 0; i < c->n_interfaces; i++)
		for (unsigned k = 0; k <= i; k++)
			if (c->interface_id[i] > 127 ||
			    (k < i && c->interface_id[i] == c->interface_id[k]))
				return false;
	return true;
}

static bool uus_good(const struct isdn_uus_config *u)
{
	return u->services <= ISDN_UUS_ALL && u->codeset <= ISDN_UUI_CODESET_7 &&
	       u->refusal < 128 && (!u->burst_x || u->burst_y) && u->burst_y <= u->burst_x;
}

bool ir_span_config_good(const struct isdn_span_config *c)
{
	struct i3_profile p;

	return c->size == sizeof(*c) && (c->side == ISDN_USER || c->side == ISDN_NETWORK) &&
	       c->interface <= ISDN_BRI && c->t200 > 0 && c->n200 > 0 && c->n200 < 256 &&
	       c->k > 0 && c->k < 128 && c->n201 > 0 && c->n201 <= I2_N201_MAX &&
	       c->uui_max <= ISDN_UUI_MAX && c->location < 16 && layer2_good(c) &&
	       i3_profile(c->variant, &p) && !(c->ptmp && p.symmetrical) &&
	       i3_timers_good(c->timer) && uus_good(&c->uus) && interfaces_good(c) &&
	       (!c->uui_max || c->n201 >= c->uui_max + ISDN_UUI_ROOM);
}
