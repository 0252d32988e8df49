/* SPDX-License-Identifier: BSD-2-Clause */
/* Sequences of operations: what a seed means. */
#include <string.h>

#include "tests/model_run.h"

static const uint8_t weights[OPS] = { [OP_MAKE] = 60,
				      [OP_OFFER] = 60,
				      [OP_ACCEPT] = 15,
				      [OP_ANSWER] = 90,
				      [OP_DIAL] = 8,
				      [OP_DROP] = 70,
				      [OP_LEAVE] = 20,
				      [OP_CLEAR] = 30,
				      [OP_HOLD] = 40,
				      [OP_UNHOLD] = 40,
				      [OP_SETUP_TRANSFER] = 25,
				      [OP_COMPLETE_TRANSFER] = 25,
				      [OP_LINK] = 25,
				      [OP_COMPLETE_CONFERENCE] = 15,
				      [OP_UNLINK] = 5,
				      [OP_CONFERENCE_NEW] = 30,
				      [OP_CONFERENCE_SETUP] = 30,
				      [OP_PREPARE_ADD] = 20,
				      [OP_ADD] = 90,
				      [OP_REMOVE] = 20,
				      [OP_CONFERENCE_CALLS] = 8,
				      [OP_SEE_CALLS] = 12,
				      [OP_PRIVILEGE] = 20,
				      [OP_HANDOFF] = 25,
				      [OP_DEALLOCATE] = 25,
				      [OP_TIDY] = 60,
				      [OP_REOPEN] = 12,
				      [OP_JOIN] = 15,
				      [OP_LEAVE_LINE] = 8,
				      [OP_PROGRESS] = 35,
				      [OP_CONNECT] = 90,
				      [OP_FAR_HOLD] = 25,
				      [OP_UUI] = 25,
				      [OP_RELEASE_UUI] = 15,
				      [OP_DISCONNECT] = 30,
				      [OP_RELEASE] = 30,
				      [OP_LATE] = 60,
				      [OP_TIME] = 15,
				      [OP_MANNER] = 40,
				      [OP_CLOSE_SPAN] = 4,
				      [OP_OPEN_SPAN] = 20 };

static uint32_t dice(uint64_t *seed)
{
	uint64_t z = *seed += 0x9e3779b97f4a7c15u;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return (uint32_t)((z ^ (z >> 31)) >> 16);
}

static uint8_t some_type(uint64_t *seed)
{
	unsigned all = 0, at;

	for (int i = 0; i < OPS; i++)
		all += weights[i];
	at = dice(seed) % all;
	for (uint8_t i = 0; i < OPS; i++) {
		if (at < weights[i])
			return i;
		at -= weights[i];
	}
	return 0;
}

static void some_caps(struct isdn_caps *caps, uint64_t *seed)
{
	static const unsigned drop_sizes[] = { 0, 33, 129, 129 };

	memset(caps, 0, sizeof(*caps));
	caps->uui_make = caps->uui_accept = caps->uui_answer = 129;
	caps->uui_drop = drop_sizes[dice(seed) % 4];
	caps->reject_offering = dice(seed) % 8 != 0;
	caps->hold = dice(seed) % 4 != 0;
	caps->transfer = dice(seed) % 2 != 0;
	caps->dial = dice(seed) % 4 != 0;
}

void plan_make(struct plan *p, uint64_t seed)
{
	static const enum isdn_sharing sharings[] = { ISDN_SHARING_EXCLUSIVE, ISDN_SHARING_NEW,
						      ISDN_SHARING_SHARED, ISDN_SHARING_SHARED };

	memset(p, 0, sizeof(*p));
	p->seed = seed;
	p->drop_unowned = dice(&seed) % 8 ? 0 : 31;
	p->max_parties = dice(&seed) % 4 ? 64 : 3;
	p->line = dice(&seed) % 2 != 0;
	p->sharing = sharings[dice(&seed) % 4];
	for (int i = 0; i < MODEL_PROVIDERS; i++)
		some_caps(&p->caps[i], &seed);
	for (int c = 0; c < MODEL_CLIENTS; c++)
		p->client[c] = (uint16_t)dice(&seed);
	p->n = RUN_OPS;
	for (unsigned i = 0; i < p->n; i++) {
		struct op *op = &p->op[i];

		op->type = some_type(&seed);
		op->client = (uint8_t)(dice(&seed) % MODEL_CLIENTS);
		op->a = (uint16_t)dice(&seed);
		op->b = (uint16_t)dice(&seed);
		op->c = (uint16_t)dice(&seed);
	}
}
