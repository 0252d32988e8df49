/* SPDX-License-Identifier: BSD-2-Clause */
/* Rate and ramp. */
#include "load_pace.h"

#define SECOND	   1e6
#define LOOK_AGAIN 10000 /* us, during a ramp */
#define BEHIND	   0.05	 /* s of calls that are made up for: what a busy machine may be late */
#define CHANNELS   30	 /* what a ramp without a rate and a limit grows to */

void pace_begin(struct pace *p, int64_t now)
{
	p->begin = p->last = now;
	p->due = p->ramp ? 0 : 1;
}

static double part(const struct pace *p, int64_t now)
{
	int64_t since = now - p->begin;

	return since >= p->ramp ? 1 : (double)since / (double)p->ramp;
}

bool pace_is_due(struct pace *p, int64_t now, unsigned up, unsigned limit)
{
	double rate = p->rate * part(p, now), most = 1 + rate * BEHIND;

	if (limit && up >= limit)
		return false;
	if (!p->rate)
		return part(p, now) >= 1 || up < 1 + (limit ? limit : CHANNELS) * part(p, now);
	p->due += rate * (double)(now - p->last) / SECOND;
	p->due = p->due > most ? most : p->due;
	p->last = now;
	return p->due >= 1;
}

void pace_placed(struct pace *p)
{
	if (p->rate)
		p->due -= 1;
}

int64_t pace_next(const struct pace *p, int64_t now)
{
	double rate = p->rate * part(p, now);
	double wait = rate > 0 ? (1 - p->due) / rate * SECOND : LOOK_AGAIN;

	if (part(p, now) < 1 && wait > LOOK_AGAIN)
		wait = LOOK_AGAIN;
	return now + (wait > 0 ? (int64_t)wait + 1 : 1);
}
