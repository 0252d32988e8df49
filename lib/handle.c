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

uint64_t ir_handle_id(const struct isdn_client *c, const struct ir_call *call)
{
	const struct ir_handle *h = call ? ir_handle_of(c, call) : NULL;

	return h ? h->id : 0;
}

static void link_handle(struct ir_handle *h)
{
	struct ir_handle **at = &h->call->handles;

	while (*at)
		at = &(*at)->next_of_call;
	*at = h;
	h->prev_of_client = h->client->last_handle;
	*h->client->last_handle = h;
	h->client->last_handle = &h->next_of_client;
}

static uint32_t *holders(struct ir_call *call, enum isdn_privilege privilege)
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
	else
		h->client->last_handle = h->prev_of_client;
	(*holders(h->call, h->privilege))--;
	ib_handle_remove(&r->handles, h->id);
	ir_node_put(r, h->idle);
	ib_free(&r->env, h);
	r->n_handles--;
}

static uint32_t count_of(enum isdn_privilege privilege)
{
	return privilege == ISDN_OWNER ? ISDN_INFO_NUMOWNERS : ISDN_INFO_NUMMONITORS;
}

/* neither the one that is given it nor the one that gave it. */
static void told_others(const struct ir_call *call, uint32_t info, const struct isdn_client *taker,
			const struct isdn_client *giver)
{
	for (struct ir_handle *h = call->handles; h; h = h->next_of_call)
		if (call->state != ISDN_CALL_IDLE && h->client != taker && h->client != giver)
			ir_event_info_to(h, info);
}

int ir_handle_give(struct isdn_client *c, struct ir_call *call, enum isdn_privilege privilege,
		   const struct isdn_client *giver)
{
	const struct ir_why why = { .source = ISDN_BY_LOCAL };
	struct ir_handle *h;
	int err = ir_handle_new(c, call, privilege, &h);

	if (err)
		return err;
	ir_event_new_call(h);
	ir_event_state_to(h, 0, &why);
	told_others(call, count_of(privilege), c, giver);
	return 0;
}

/* Whether the call may not be without this owner. */
static bool tied(const struct ir_handle *h)
{
	return h->privilege == ISDN_OWNER && h->call->owners == 1 &&
	       h->call->state != ISDN_CALL_IDLE;
}

void ir_owner_lost(struct ir_call *call, bool drops)
{
	bool last = !call->owners && call->state != ISDN_CALL_IDLE && !call->dropping;
	uint8_t cause = call->registry->config.drop_unowned;
	const struct ir_hub *hub = ir_is_parent(call) ? call->hub : NULL;

	if (hub && hub->config.policy == ISDN_CONFERENCE_END_WHEN_OWNER_LEAVES)
		drops = true;
	if (last && (drops || (cause && !call->detached)) &&
	    !ir_drop_unowned(call, drops ? 0 : cause))
		return;
	if (!call->handles) { /* R-81; what waited was of use to the drop */
		ir_requests_fail(call);
		ir_drops_forsaken(call);
	}
	ir_call_release(call);
}

int isdn_call_deallocate(struct isdn_client *client, isdn_handle call)
{
	enum isdn_privilege privilege;
	struct ir_handle *h;
	struct ir_call *c;
	int err = ir_handle_find(client, call, 0, &h);

	if (err)
		return err;
	if (tied(h) && !client->relaxed)
		return ISDN_ERR_INVALCALLSTATE;
	c = h->call;
	privilege = h->privilege;
	ir_handle_free(h);
	ir_event_info(c, count_of(privilege), client);
	ir_owner_lost(c, false);
	ir_flush(client->registry);
	return 0;
}

static void change(struct ir_handle *h, enum isdn_privilege privilege,
		   const struct isdn_client *causer)
{
	(*holders(h->call, h->privilege))--;
	h->privilege = privilege;
	(*holders(h->call, privilege))++;
	told_others(h->call, ISDN_INFO_NUMOWNERS | ISDN_INFO_NUMMONITORS, h->client, causer);
}

int isdn_call_set_privilege(struct isdn_client *client, isdn_handle call,
			    enum isdn_privilege privilege)
{
	struct ir_handle *h;
	int err = ir_handle_find(client, call, 0, &h);
	bool alone;

	if (err)
		return err;
	if (privilege != ISDN_OWNER && privilege != ISDN_MONITOR)
		return ISDN_ERR_INVAL;
	if (privilege > client->privilege && !client->may_own)
		return ISDN_ERR_NOTOWNER;
	if (privilege == h->privilege)
		return 0;
	alone = tied(h);
	if (alone && !(client->may_own && client->keep_calls))
		return ISDN_ERR_INVALCALLSTATE; /* */
	change(h, privilege, client);
	if (alone) { /* of nobody again, as when that client closes */
		ir_owner_lost(h->call, false);
		ir_flush(client->registry);
	}
	return 0;
}

static struct isdn_client *named(const struct isdn_registry *r, const char *name)
{
	struct isdn_client *c = r->clients;

	while (c && strncmp(c->name, name, sizeof(c->name) - 1) != 0)
		c = c->next;
	return c;
}

int isdn_call_handoff(struct isdn_client *client, isdn_handle call, const char *to)
{
	struct isdn_client *other;
	struct ir_handle *h, *theirs;
	int err = ir_handle_find(client, call, ISDN_OWNER, &h);

	if (err)
		return err;
	if (!to)
		return ISDN_ERR_INVALPOINTER;
	other = *to ? named(client->registry, to) : NULL;
	if (!other)
		return ISDN_ERR_INVAL;
	theirs = ir_handle_of(other, h->call);
	if (other->privilege != ISDN_OWNER || (theirs && theirs->privilege == ISDN_OWNER))
		return ISDN_ERR_OPERATIONUNAVAIL;
	if (!theirs)
		return ir_handle_give(other, h->call, ISDN_OWNER, client);
	change(theirs, ISDN_OWNER, client);
	if (h->call->state != ISDN_CALL_IDLE)
		ir_event_info_to(theirs, ISDN_INFO_PRIVILEGE);
	return 0;
}
