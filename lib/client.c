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
}

bool ir_client_sees(const struct isdn_client *c, unsigned span)
{
	return !c->span || c->span == span;
}

/* What is there already: for a monitor every call, for an owner those that nobody owns (D6). */
static void adopt(struct isdn_client *c)
{
	struct ir_call *call;

	for (call = c->registry->calls; call; call = call->next) {
		const struct ir_why why = { .source = ISDN_BY_LOCAL };
		struct ir_handle *h;

		if (call->state == ISDN_CALL_IDLE || !ir_client_sees(c, call->span) ||
		    (c->privilege == ISDN_OWNER && call->owners))
			continue;
		if (ir_handle_new(c, call, c->privilege, &h)) {
			c->lost = true;
			continue;
		}
		ir_event_new_call(h);
		ir_event_state_to(h, 0, &why);
		ir_event_info(call,
			      c->privilege == ISDN_OWNER ? ISDN_INFO_NUMOWNERS
							 : ISDN_INFO_NUMMONITORS,
			      c);
	}
}

int isdn_client_open(struct isdn_registry *registry, const struct isdn_client_config *config,
		     struct isdn_client **client)
{
	struct isdn_client *c;

	if (!registry || !config || !client)
		return ISDN_ERR_INVALPOINTER;
	if (config->size != sizeof(*config) ||
	    (config->privilege != ISDN_OWNER && config->privilege != ISDN_MONITOR))
		return ISDN_ERR_INVAL;
	c = ib_alloc(&registry->env, sizeof(*c));
	if (!c)
		return ISDN_ERR_NOMEM;
	c->registry = registry;
	if (config->name)
		strncpy(c->name, config->name, sizeof(c->name) - 1);
	c->privilege = config->privilege;
	c->span = config->span;
	c->relaxed = config->relaxed;
	c->keep_calls = config->keep_calls;
	c->tail = &c->head;
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

void isdn_client_close(struct isdn_client *client)
{
	struct isdn_registry *r;

	if (!client)
		return;
	r = client->registry;
	orphan_requests(client);
	while (client->handles) {
		struct ir_call *call = client->handles->call;
		bool sole = client->handles->privilege == ISDN_OWNER && call->owners == 1;
		uint32_t info = client->handles->privilege == ISDN_OWNER ? ISDN_INFO_NUMOWNERS
									 : ISDN_INFO_NUMMONITORS;

		ir_handle_free(client->handles);
		ir_event_info(call, info, NULL);
		if (sole && !client->keep_calls && call->state != ISDN_CALL_IDLE)
			ir_drop_unowned(call); /* D7; it may be gone after this */
		else
			ir_call_release(call);
	}
	ir_client_drain(client);
	*client->prev = client->next;
	if (client->next)
		client->next->prev = client->prev;
	ib_free(&r->env, client);
	ir_flush(r);
}
