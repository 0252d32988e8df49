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
	struct isdn_provider *p = call->provider;

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

void ir_uui_midcall(struct ir_call *call, const struct isdn_leg_event *ev)
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

static struct ir_uui_part *kept(const struct ir_call *call, enum isdn_uui_which which)
{
	struct ir_uui_part *p = call->phases;

	while (p && p->which != which)
		p = p->next;
	return p;
}

const struct isdn_uui *ir_uui_kept(const struct ir_call *call, enum isdn_uui_which which)
{
	const struct ir_uui_part *p = kept(call, which);

	return p ? &p->uui : NULL;
}

int ir_uui_keep(struct ir_call *call, enum isdn_uui_which which, const struct isdn_uui *uui)
{
	struct ir_uui_part *p;

	if (kept(call, which))
		return 0; /* the first of each counts */
	p = ir_uui_part_get(call->registry);
	if (!p)
		return ISDN_ERR_NOMEM;
	p->which = (uint8_t)which;
	p->uui = *uui;
	p->next = call->phases;
	call->phases = p;
	return 0;
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
		return !ir_is_parent(call);
	call->provider->ops->caps(call->provider, &caps);
	return caps.uui_make || caps.uui_accept || caps.uui_answer || caps.uui_drop ||
	       caps.uui_send;
}

int isdn_call_release_uui(struct isdn_client *client, isdn_handle call)
{
	struct ir_handle *h;
	struct ir_call *leg;
	int err = ir_handle_find(client, call, ISDN_OWNER, &h);
	bool more;

	if (err)
		return err;
	leg = ir_leg(h->call);
	if (!carries_uui(leg))
		return ISDN_ERR_OPERATIONUNAVAIL;
	if (!leg->uui_visible)
		return 0;
	do {
		more = leg->uui->more;
		pop(leg);
	} while (more);
	leg->uui_visible = leg->uui_lost = false;
	keep_back(leg);
	show(leg);
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

static void put_block(const struct ir_call *leg, uint8_t *buffer, size_t cap, size_t *len)
{
	const struct ir_uui_part *p = leg->uui_visible ? leg->uui : NULL;

	for (; p; p = p->more ? p->next : NULL)
		put_uui(buffer, cap, len, &p->uui);
}

int isdn_call_uui(const struct isdn_client *client, isdn_handle call, enum isdn_uui_which which,
		  void *buffer, size_t cap, size_t *len)
{
	const struct isdn_uui *uui;
	struct ir_handle *h;
	int err = ir_handle_find(client, call, 0, &h);

	if (err)
		return err;
	if (!len || (!buffer && cap))
		return ISDN_ERR_INVALPOINTER;
	if (which > ISDN_UUI_CONNECT)
		return ISDN_ERR_INVAL;
	*len = 0;
	uui = ir_uui_kept(ir_leg(h->call), which);
	if (which == ISDN_UUI_MIDCALL)
		put_block(ir_leg(h->call), buffer, cap, len);
	else if (uui)
		put_uui(buffer, cap, len, uui);
	return *len > cap ? ISDN_ERR_NOSPC : 0;
}
