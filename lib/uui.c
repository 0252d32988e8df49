/* SPDX-License-Identifier: BSD-2-Clause */
/* User-user information of a call: what is sent, what came and waits to be read. */
#include <string.h>

#include "lib/registry.h"

int ir_uui_take(const struct isdn_registry *r, const void *octets, size_t size, unsigned max,
		struct isdn_uui *store, const struct isdn_uui **uui)
{
	const uint8_t *o = octets;

	*uui = NULL;
	if (!octets || !size || !max)
		return 0; /* none, or a provider that carries none (D1) */
	if (size > max || size > sizeof(store->data) + 1) {
		ib_log(&r->env, ISDN_LOG_INFO, ISDN_AREA_REGISTRY,
		       "UUI of %zu octets is refused: the span carries %u, discriminator included",
		       size, max);
		return ISDN_ERR_USERUSERINFOTOOBIG;
	}
	store->discriminator = o[0];
	store->len = (uint8_t)(size - 1);
	memcpy(store->data, o + 1, size - 1);
	*uui = store;
	return 0;
}

struct ir_uui_part *ir_uui_part_get(struct isdn_registry *r)
{
	struct ir_uui_part *p = r->free_parts;

	if (!p)
		return ib_alloc(&r->env, sizeof(*p));
	r->free_parts = p->next;
	return p;
}

void ir_uui_part_put(struct isdn_registry *r, struct ir_uui_part *p)
{
	p->next = r->free_parts;
	r->free_parts = p;
}

/* The last part of the oldest block, NULL while it is not complete. */
static struct ir_uui_part *block_end(const struct ir_call *call)
{
	struct ir_uui_part *p = call->uui;

	while (p && p->more)
		p = p->next;
	return p;
}

static void show(struct ir_call *call)
{
	if (call->uui_visible || !block_end(call))
		return;
	call->uui_visible = true;
	ir_event_info(call, ISDN_INFO_UUI, NULL);
}

/*
 * The provider is told to keep the far end back before there is no more room, since what is on its
 * way still comes, and that it can go on when half of it is free. Not within the oldest block: it
 * has to come to its end before the application can read and release it.
 */
static void keep_back(struct ir_call *call)
{
	unsigned max = call->registry->config.max_uui_blocks, margin = max < 32 ? max / 2 : 16;
	unsigned enough = call->uui_busy ? (max + 1) / 2 : max - margin;
	bool busy = call->uui_parts >= enough && block_end(call);
	struct ir_provider *p = call->provider;

	if (busy == call->uui_busy || !p || !p->ops->uui_busy || call->dropping)
		return;
	if (p->ops->uui_busy(p, call->leg, busy, ir_now(call->registry)))
		return;
	p->touched = true;
	call->uui_busy = busy;
}

/* A block that was not stored whole is not shown in part: what there is of it goes, and the rest.
 */
static void lose_block(struct ir_call *call, bool more)
{
	struct ir_uui_part **at = &call->uui, **begin = at, *p;

	for (p = call->uui; p; p = p->next) {
		at = &p->next;
		if (!p->more)
			begin = at;
	}
	while ((p = *begin) != NULL) {
		*begin = p->next;
		call->uui_parts--;
		ir_uui_part_put(call->registry, p);
	}
	call->uui_tail = begin;
	call->uui_skip = more;
	ib_log(&call->registry->env, ISDN_LOG_WARNING, ISDN_AREA_REGISTRY,
	       "call %llu: user-user information discarded, %u messages wait to be read",
	       (unsigned long long)call->serial, call->uui_parts);
	if (!call->uui_lost)
		ir_event_info(call, ISDN_INFO_UUI_LOST, NULL);
	call->uui_lost = true;
	keep_back(call);
}

static bool block_is_open(const struct ir_call *call)
{
	const struct ir_uui_part *p = call->uui;

	while (p && p->next)
		p = p->next;
	return p && p->more;
}

void ir_uui_midcall(struct ir_call *call, const struct ir_leg_event *ev)
{
	struct isdn_registry *r = call->registry;
	bool whole = ev->uui_of >= ISDN_UUI_ALERTING, more = ev->uui_more && !whole;
	struct ir_uui_part *p = NULL;

	if (whole && block_is_open(call)) /* it will not be ended any more */
		lose_block(call, false);
	if (whole)
		call->uui_skip = false;
	if (call->uui_skip) {
		call->uui_skip = more;
		return;
	}
	if (call->uui_parts < r->config.max_uui_blocks)
		p = ir_uui_part_get(r);
	if (!p) {
		lose_block(call, more);
		return;
	}
	p->next = NULL;
	p->more = more;
	p->uui = ev->uui;
	if (!call->uui)
		call->uui_tail = &call->uui;
	*call->uui_tail = p;
	call->uui_tail = &p->next;
	call->uui_parts++;
	keep_back(call);
	show(call);
}

static struct ir_uui_part *phase(const struct ir_call *call, enum isdn_uui_which which)
{
	struct ir_uui_part *p = call->phases;

	while (p && p->which != which)
		p = p->next;
	return p;
}

/* That of ALERTING, PROGRESS or CONNECT stays to the end; the first of each. */
void ir_uui_phase(struct ir_call *call, const struct ir_leg_event *ev)
{
	struct ir_uui_part *p;

	if (!ev->has_uui || ev->uui_of < ISDN_UUI_ALERTING || phase(call, ev->uui_of))
		return;
	p = ir_uui_part_get(call->registry);
	if (!p)
		return; /* it is a block of its own all the same */
	p->which = (uint8_t)ev->uui_of;
	p->uui = ev->uui;
	p->next = call->phases;
	call->phases = p;
}

static void pop(struct ir_call *call)
{
	struct isdn_registry *r = call->registry;
	struct ir_uui_part *p = call->uui;

	call->uui = p->next;
	call->uui_parts--;
	ir_uui_part_put(r, p);
}

void ir_uui_free(struct ir_call *call)
{
	while (call->uui)
		pop(call);
	while (call->phases) {
		struct ir_uui_part *p = call->phases;

		call->phases = p->next;
		ir_uui_part_put(call->registry, p);
	}
}

static bool carries_uui(const struct ir_call *call)
{
	struct isdn_caps caps;

	if (!call->provider) /* its span was closed, or it is a conference */
		return call->origin != ISDN_ORIGIN_CONFERENCE;
	call->provider->ops->caps(call->provider, &caps);
	return caps.uui_make || caps.uui_accept || caps.uui_answer || caps.uui_drop ||
	       caps.uui_send;
}

int isdn_call_release_uui(struct isdn_client *client, isdn_handle call)
{
	struct ir_handle *h;
	int err = ir_handle_find(client, call, ISDN_OWNER, &h);
	bool more;

	if (err)
		return err;
	if (!carries_uui(h->call))
		return ISDN_ERR_OPERATIONUNAVAIL;
	if (!h->call->uui_visible)
		return 0;
	do {
		more = h->call->uui->more;
		pop(h->call);
	} while (more);
	h->call->uui_visible = h->call->uui_lost = false;
	keep_back(h->call);
	show(h->call);
	ir_flush(client->registry);
	return 0;
}

/* Append what fits; the whole length is counted in any case. */
static void put(uint8_t *buffer, size_t cap, size_t *len, const void *octets, size_t n)
{
	if (*len + n <= cap)
		memcpy(buffer + *len, octets, n);
	*len += n;
}

static void put_uui(uint8_t *buffer, size_t cap, size_t *len, const struct isdn_uui *uui)
{
	if (*len == 0) /* a chained block has one discriminator, the first */
		put(buffer, cap, len, &uui->discriminator, 1);
	put(buffer, cap, len, uui->data, uui->len);
}

int isdn_call_uui(const struct isdn_client *client, isdn_handle call, enum isdn_uui_which which,
		  void *buffer, size_t cap, size_t *len)
{
	struct ir_handle *h;
	const struct ir_uui_part *p;
	int err = ir_handle_find(client, call, 0, &h);

	if (err)
		return err;
	if (!len || (!buffer && cap))
		return ISDN_ERR_INVALPOINTER;
	*len = 0;
	switch (which) {
	case ISDN_UUI_SETUP:
		if (h->call->has_uui_setup)
			put_uui(buffer, cap, len, &h->call->uui_setup);
		break;
	case ISDN_UUI_CLEARING:
		if (h->call->has_uui_clearing)
			put_uui(buffer, cap, len, &h->call->uui_clearing);
		break;
	case ISDN_UUI_MIDCALL:
		for (p = h->call->uui_visible ? h->call->uui : NULL; p;
		     p = p->more ? p->next : NULL)
			put_uui(buffer, cap, len, &p->uui);
		break;
	case ISDN_UUI_ALERTING:
	case ISDN_UUI_PROGRESS:
	case ISDN_UUI_CONNECT:
		p = phase(h->call, which);
		if (p)
			put_uui(buffer, cap, len, &p->uui);
		break;
	default:
		return ISDN_ERR_INVAL;
	}
	return *len > cap ? ISDN_ERR_NOSPC : 0;
}
