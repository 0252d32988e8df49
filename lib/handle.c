/* SPDX-License-Identifier: BSD-2-Clause */
/* Handles: a client's hold on a call. */
#include <string.h>

#include "lib/registry.h"

int ir_handle_find(const struct isdn_client *c, uint64_t id, enum isdn_privilege privilege,
		   struct ir_handle **h)
{
	if (!c)
		return ISDN_ERR_UNINITIALIZED;
	*h = ib_handle_get(&c->registry->handles, id);
	if (!*h || (*h)->client != c)
		return ISDN_ERR_INVALCALLHANDLE;
	return (*h)->privilege >= privilege ? 0 : ISDN_ERR_NOTOWNER;
}

struct ir_handle *ir_handle_of(const struct isdn_client *c, const struct ir_call *call)
{
	for (struct ir_handle *h = call->handles; h; h = h->next_of_call)
		if (h->client == c)
			return h;
	return NULL;
}

static void link_handle(struct ir_handle *h)
{
	struct ir_handle **at = &h->call->handles;

	while (*at)
		at = &(*at)->next_of_call;
	*at = h;
	h->next_of_client = h->client->handles;
	h->prev_of_client = &h->client->handles;
	if (h->next_of_client)
		h->next_of_client->prev_of_client = &h->next_of_client;
	h->client->handles = h;
}

static uint16_t *holders(struct ir_call *call, enum isdn_privilege privilege)
{
	return privilege == ISDN_OWNER ? &call->owners : &call->monitors;
}

int ir_handle_new(struct isdn_client *c, struct ir_call *call, enum isdn_privilege privilege,
		  struct ir_handle **out)
{
	struct isdn_registry *r = c->registry;
	struct ir_handle *h = ib_alloc(&r->env, sizeof(*h));

	if (!h)
		return ISDN_ERR_NOMEM;
	h->idle = ir_node_get(r);
	if (!h->idle || ib_handle_add(&r->handles, h, &h->id)) {
		ir_node_put(r, h->idle);
		ib_free(&r->env, h);
		return ISDN_ERR_NOMEM;
	}
	h->client = c;
	h->call = call;
	h->privilege = privilege;
	link_handle(h);
	(*holders(call, privilege))++;
	r->n_handles++;
	*out = h;
	return 0;
}

void ir_handle_free(struct ir_handle *h)
{
	struct isdn_registry *r = h->client->registry;
	struct ir_handle **at = &h->call->handles;

	while (*at != h)
		at = &(*at)->next_of_call;
	*at = h->next_of_call;
	*h->prev_of_client = h->next_of_client;
	if (h->next_of_client)
		h->next_of_client->prev_of_client = h->prev_of_client;
	(*holders(h->call, h->privilege))--;
	ib_handle_remove(&r->handles, h->id);
	ir_node_put(r, h->idle);
	ib_free(&r->env, h);
	r->n_handles--;
}

int isdn_call_deallocate(struct isdn_client *client, isdn_handle call)
{
	struct ir_handle *h;
	struct ir_call *c;
	uint32_t info;
	int err = ir_handle_find(client, call, 0, &h);

	if (err)
		return err;
	c = h->call;
	if (h->privilege == ISDN_OWNER && c->owners == 1 && c->state != ISDN_CALL_IDLE &&
	    !client->relaxed)
		return ISDN_ERR_INVALCALLSTATE;
	info = h->privilege == ISDN_OWNER ? ISDN_INFO_NUMOWNERS : ISDN_INFO_NUMMONITORS;
	ir_handle_free(h);
	ir_event_info(c, info, client);
	ir_call_release(c);
	return 0;
}
