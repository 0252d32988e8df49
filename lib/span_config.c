/* SPDX-License-Identifier: BSD-2-Clause */
/* The configuration of a span: values of the Recommendations, and their limits. */
#include <string.h>

#include "lib/span_internal.h"

/* Q.931 9.1 (network) and 9.2 (user), Q.921 5.9; the values that ETSI leaves as they are. */
static const uint32_t defaults[ISDN_TIMER_COUNT][2] = {
	/* clang-format off */
	/*		user	network */
	[ISDN_T301] = { 0,	180000 },
	[ISDN_T302] = { 15000,	15000 },
	[ISDN_T303] = { 4000,	4000 },
	[ISDN_T304] = { 30000,	20000 },
	[ISDN_T305] = { 30000,	30000 },
	[ISDN_T308] = { 4000,	4000 },
	[ISDN_T309] = { 90000,	90000 },
	[ISDN_T310] = { 60000,	10000 },
	[ISDN_T312] = { 0,	6000 },
	[ISDN_T313] = { 4000,	0 },
	[ISDN_T316] = { 120000, 120000 },
	[ISDN_T322] = { 4000,	4000 },
	/* clang-format on */
};

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
		config->timer[i] = defaults[i][side == ISDN_NETWORK];
	config->uui_max = ISDN_UUI_MAX;
	config->location = side == ISDN_NETWORK ? ISDN_LOC_PUBLIC_LOCAL : ISDN_LOC_USER;
	config->alaw = interface != ISDN_T1;
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

bool ir_span_config_good(const struct isdn_span_config *c)
{
	return c->size == sizeof(*c) && (c->side == ISDN_USER || c->side == ISDN_NETWORK) &&
	       c->interface <= ISDN_BRI && c->t200 > 0 && c->n200 > 0 && c->n200 < 256 &&
	       c->k > 0 && c->k < 128 && c->n201 > 0 && c->n201 <= I2_N201_MAX &&
	       c->uui_max <= ISDN_UUI_MAX && c->location < 16 && layer2_good(c) &&
	       (!c->uui_max || c->n201 >= c->uui_max + ISDN_UUI_ROOM);
}
