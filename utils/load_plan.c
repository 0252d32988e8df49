/* SPDX-License-Identifier: BSD-2-Clause */
/* What is to become of a call, by a row for each of its choices, and by numbers that look random.
 */
#include "load.h"

/* What the random numbers of a call are for. */
enum stream { FOR_WHO, FOR_PHASE, FOR_HOLD, FOR_SETUP, FOR_NEAR, FOR_FAR };

/* splitmix64, in the public domain. */
static uint64_t mix(uint64_t x)
{
	x += UINT64_C(0x9e3779b97f4a7c15);
	x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
	return x ^ x >> 31;
}

static uint64_t number(const struct options *o, uint64_t index, enum stream stream, unsigned n)
{
	uint64_t of_call = mix(mix((uint64_t)o->seed) + index);

	return mix(of_call + ((uint64_t)stream << 32) + n);
}

uint8_t cause_of_drop(const struct options *o, const struct plan *plan, bool far)
{
	if (o->cause)
		return (uint8_t)o->cause;
	return far && plan->phase != ANSWERED ? ISDN_CAUSE_CALL_REJECTED
					      : ISDN_CAUSE_NORMAL_CALL_CLEARING;
}

struct plan plan_of(const struct options *o, uint64_t index)
{
	static const enum who whos[] = { NEAR, FAR, AT_ONCE };
	static const enum phase phases[] = { OFFERING, ALERTING, ANSWERED };
	struct plan p = { .who = (enum who)o->drop, .phase = (enum phase)o->drop_while };
	uint64_t more = (uint64_t)(o->hold_max - o->hold_min) + 1;

	if (p.who == RANDOM_WHO)
		p.who = whos[number(o, index, FOR_WHO, 0) % 3];
	if (p.phase == ANY_PHASE)
		p.phase = phases[number(o, index, FOR_PHASE, 0) % 3];
	if (o->reject_every && index % (uint64_t)o->reject_every == (uint64_t)o->reject_every - 1) {
		p.who = FAR;
		p.phase = OFFERING;
	}
	p.hold = o->hold_min + (int64_t)(number(o, index, FOR_HOLD, 0) % more);
	return p;
}

static void random_uui(const struct options *o, uint64_t index, enum stream stream, struct uui *uui)
{
	uui->size = (size_t)o->uui_random + 1;
	uui->octets[0] = 0; /* user-specific */
	for (unsigned i = 1; i < uui->size; i++)
		uui->octets[i] = (uint8_t)number(o, index, stream, i);
}

void uui_of_setup(const struct options *o, uint64_t index, struct uui *uui)
{
	uui->size = 0;
	if (o->setup_uui.size)
		*uui = o->setup_uui;
	else if (o->uui_random)
		random_uui(o, index, FOR_SETUP, uui);
}

void uui_of_drop(const struct options *o, uint64_t index, bool far, struct uui *uui)
{
	uui->size = 0;
	if (o->conference && !far)
		index = 0; /* of one request, and so the same to all its parties */
	if (far && o->echo_uui)
		uui_of_setup(o, index, uui);
	else if (o->uui.size)
		*uui = o->uui;
	else if (o->uui_random)
		random_uui(o, index, far ? FOR_FAR : FOR_NEAR, uui);
}
