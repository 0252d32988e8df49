/* SPDX-License-Identifier: BSD-2-Clause */
/* A provider for the benchmark of the registry, see bench_provider.h. */
#include "bench/bench_provider.h"

#include <stdlib.h>
#include <string.h>

#include "bench/bench_desk.h"

struct news {
	uint32_t leg;
	uint8_t type, state, cause;
};

/* A leg is known by its place in legs, from 1. News wait in a ring. */
static struct exchange {
	struct isdn_provider base;
	void **legs;
	uint32_t *free, n_free;
	struct news *news;
	uint32_t head, tail, mask;
} exchange;

static void report(uint64_t leg, enum isdn_leg_event_type type, enum isdn_call_state state,
		   uint8_t cause)
{
	struct exchange *x = &exchange;

	x->news[x->head++ & x->mask] = (struct news){ (uint32_t)leg, (uint8_t)type,
						      (uint8_t)(state >> 8), cause };
}

static void x_caps(const struct isdn_provider *p, struct isdn_caps *caps)
{
	(void)p;
	*caps = (struct isdn_caps){
		129, 129, 129, 129, 129, .reject_offering = true, .hold = true
	};
}

static uint64_t new_leg(void *user)
{
	uint32_t leg;

	if (!exchange.n_free)
		fail("too many calls");
	leg = exchange.free[--exchange.n_free];
	exchange.legs[leg] = user;
	return leg;
}

static int x_make(struct isdn_provider *p, const struct isdn_call_params *params,
		  const struct isdn_uui *uui, void *user, uint64_t *leg, isdn_time now)
{
	(void)p;
	(void)params;
	(void)uui;
	(void)now;
	*leg = new_leg(user);
	report(*leg, ISDN_LEG_STATE, ISDN_CALL_CONNECTED, 0);
	return 0;
}

static int x_accept(struct isdn_provider *p, uint64_t leg, const struct isdn_uui *uui,
		    isdn_time now)
{
	(void)p;
	(void)leg;
	(void)uui;
	(void)now;
	return 0;
}

static int x_answer(struct isdn_provider *p, uint64_t leg, const struct isdn_uui *uui,
		    isdn_time now)
{
	(void)p;
	(void)uui;
	(void)now;
	report(leg, ISDN_LEG_STATE, ISDN_CALL_CONNECTED, 0);
	return 0;
}

static int x_drop(struct isdn_provider *p, uint64_t leg, uint8_t cause, const struct isdn_uui *uui,
		  bool *uui_sent, isdn_time now)
{
	(void)p;
	(void)now;
	*uui_sent = uui != NULL;
	report(leg, ISDN_LEG_GONE, ISDN_CALL_IDLE, cause);
	return 0;
}

static void x_bind(struct isdn_provider *p, uint64_t leg, void *user)
{
	(void)p;
	exchange.legs[leg] = user;
}

static int x_next(struct isdn_provider *p, struct isdn_leg_event *ev)
{
	struct exchange *x = &exchange;
	struct news n;

	(void)p;
	if (x->head == x->tail)
		return 0;
	n = x->news[x->tail++ & x->mask];
	memset(ev, 0, sizeof(*ev));
	ev->type = (enum isdn_leg_event_type)n.type;
	ev->state = (enum isdn_call_state)(n.state << 8);
	ev->leg = n.leg;
	ev->user = x->legs[n.leg];
	ev->cause = n.cause;
	if (ev->type == ISDN_LEG_GONE)
		x->free[x->n_free++] = n.leg;
	return 1;
}

static void x_info(const struct isdn_provider *p, struct isdn_span_info *info)
{
	(void)p;
	info->spec = "bench";
}

static const struct isdn_provider_ops exchange_ops = {
	.size = sizeof(exchange_ops),
	.caps = x_caps,
	.make = x_make,
	.accept = x_accept,
	.answer = x_answer,
	.drop = x_drop,
	.bind = x_bind,
	.next = x_next,
	.info = x_info,
};

void exchange_open(unsigned legs)
{
	struct exchange *x = &exchange;
	uint32_t room = 1024;

	while (room < 2 * legs)
		room *= 2;
	x->base.ops = &exchange_ops;
	x->mask = room - 1;
	x->news = need(malloc(room * sizeof(*x->news)));
	x->legs = need(malloc((legs + 1) * sizeof(*x->legs)));
	x->free = need(malloc(legs * sizeof(*x->free)));
	memset(x->news, 1, room * sizeof(*x->news));
	memset(x->legs, 0, (legs + 1) * sizeof(*x->legs));
	for (uint32_t leg = legs; leg; leg--) /* the first is given first */
		x->free[x->n_free++] = leg;
}

struct isdn_provider *exchange_provider(void)
{
	return &exchange.base;
}

void exchange_offer(void)
{
	report(new_leg(NULL), ISDN_LEG_OFFERED, ISDN_CALL_OFFERING, 0);
}

void exchange_close(void)
{
	free(exchange.news);
	free(exchange.legs);
	free(exchange.free);
	memset(&exchange, 0, sizeof(exchange));
}
