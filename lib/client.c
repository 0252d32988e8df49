/* SPDX-License-Identifier: BSD-2-Clause */
/* Clients: an application's view of the registry. */
#include <string.h>

#include "lib/registry.h"

void isdn_client_config_init(struct isdn_client_config *config)
{
	memset(config, 0, sizeof(*config));
	config->size = sizeof(*config);
	config->name = "";
	config->privilege = ISDN_OWNER;
	config->auto_reconnect = true;
}

bool ir_client_sees(const struct isdn_client *c, unsigned span)
{
	return !c->span || c->span == span;
}

static bool hidden(const struct ir_call *call)
{
	return call->is_trunk;
}

/* What is there already: for a monitor every call, for an owner those that nobody owns (D6). */
static bool for_newcomer(const struct isdn_client *c, const struct ir_call *call)
{
	if (call->state == ISDN_CALL_IDLE || hidden(call) || !ir_client_sees(c, call->span))
		return false;
	return c->privilege == ISDN_MONITOR || (!call->owners && !call->detached);
}

static void adopt(struct isdn_client *c)
{
	for (struct ir_call *call = c->registry->calls; call; call = call->next)
		if (for_newcomer(c, call) && ir_handle_give(c, call, c->privilege, c))
			ir_event_lost(c);
}

int isdn_client_see_calls(struct isdn_client *client)
{
	int n = 0;

	if (!client)
		return ISDN_ERR_UNINITIALIZED;
	for (struct ir_call *call = client->registry->calls; call; call = call->next) {
		if (call->state == ISDN_CALL_IDLE || hidden(call) ||
		    !ir_client_sees(client, call->span) || ir_handle_of(client, call))
			continue;
		if (ir_handle_give(client, call, ISDN_MONITOR, client))
			return ISDN_ERR_NOMEM;
		n++;
	}
	return n;
}

int isdn_client_calls(const struct isdn_client *client, isdn_handle *handles, size_t cap, size_t *n)
{
	if (!client)
		return ISDN_ERR_UNINITIALIZED;
	if (!n || (!handles && cap))
		return ISDN_ERR_INVALPOINTER;
	*n = 0;
	for (const struct ir_handle *h = client->handles; h; h = h->next_of_client) {
		if (*n < cap)
			handles[*n] = h->id;
		(*n)++;
	}
	return *n > cap ? ISDN_ERR_NOSPC : 0;
}

static bool config_good(const struct isdn_client_config *c)
{
	return c->size == sizeof(*c) &&
	       (c->privilege == ISDN_OWNER || c->privilege == ISDN_MONITOR) &&
	       c->answer_mode <= ISDN_ANSWER_HOLD;
}

int isdn_client_open(struct isdn_registry *registry, const struct isdn_client_config *config,
		     struct isdn_client **client)
{
	struct isdn_client *c;

	if (!registry || !config || !client)
		return ISDN_ERR_INVALPOINTER;
	if (!config_good(config))
		return ISDN_ERR_INVAL;
	c = ib_alloc(&registry->env, sizeof(*c));
	if (!c)
		return ISDN_ERR_NOMEM;
	c->registry = registry;
	if (config->name)
		strncpy(c->name, config->name, sizeof(c->name) - 1);
	c->privilege = config->privilege;
	c->may_own = config->may_own;
	c->wake = config->wake;
	c->span = config->span;
	c->relaxed = config->relaxed;
	c->keep_calls = config->keep_calls;
	c->auto_reconnect = config->auto_reconnect;
	c->answer_mode = config->answer_mode;
	c->tail = &c->head;
	c->last_handle = &c->handles;
	c->prev = &registry->clients;
	while (*c->prev) /* told in the order of opening */
		c->prev = &(*c->prev)->next;
	*c->prev = c;
	adopt(c);
	*client = c;
	return 0;
}

/* Its requests go on, but nobody is told. */
static void orphan_requests(const struct isdn_client *c)
{
	for (struct ir_call *call = c->registry->calls; call; call = call->next)
		for (struct ir_request *req = call->requests; req; req = req->next_of_call)
			if (req->client == c)
				req->client = NULL;
}

/* One handle of a client that closes. */
static void give_up(struct isdn_client *client, struct ir_handle *h)
{
	struct ir_call *call = h->call;
	bool drops = h->privilege == ISDN_OWNER && call->owners == 1 && !client->keep_calls;
	uint32_t info = h->privilege == ISDN_OWNER ? ISDN_INFO_NUMOWNERS : ISDN_INFO_NUMMONITORS;

	ir_handle_free(h);
	ir_event_info(call, info, NULL);
	ir_owner_lost(call, drops);
}

void isdn_client_close(struct isdn_client *client)
{
	struct isdn_registry *r;

	if (!client)
		return;
	r = client->registry;
	orphan_requests(client);
	ir_stations_leave(client);
	while (client->handles)
		give_up(client, client->handles);
	ir_client_drain(client);
	*client->prev = client->next;
	if (client->next)
		client->next->prev = client->prev;
	ib_free(&r->env, client);
	ir_flush(r);
}
