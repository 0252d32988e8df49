/* SPDX-License-Identifier: BSD-2-Clause */
/* Shared lines and their stations. What becomes of a call on one: appearance.c. */
#include <string.h>

#include "lib/registry.h"

void isdn_bridge_config_init(struct isdn_bridge_config *config)
{
	memset(config, 0, sizeof(*config));
	config->size = sizeof(*config);
	config->sharing = ISDN_SHARING_SHARED;
}

void isdn_station_config_init(struct isdn_station_config *config)
{
	memset(config, 0, sizeof(*config));
	config->size = sizeof(*config);
}

struct ir_bridge *ir_bridge_find(const struct isdn_registry *r, isdn_bridge id)
{
	struct ir_bridge *b = r->bridges;

	while (b && b->id != id)
		b = b->next;
	return b;
}

struct ir_station *ir_station_of(const struct ir_bridge *b, const struct isdn_client *c)
{
	struct ir_station *s = b->stations;

	while (s && s->client != c)
		s = s->next;
	return s;
}

/* A call to an exclusive line in use is for those who have it. */
bool ir_bridge_offers(const struct ir_bridge *b, const struct ir_station *s)
{
	return !s->monitored && (b->sharing != ISDN_SHARING_EXCLUSIVE || !ir_bridge_in_use(b, s));
}

struct ir_bridge *ir_bridge_of_offer(const struct isdn_registry *r, unsigned span,
				     const char *called)
{
	for (struct ir_bridge *b = r->bridges; b; b = b->next) {
		if (b->span != span || (!b->any && strcmp(b->number, called) != 0))
			continue;
		for (const struct ir_station *s = b->stations; s; s = s->next)
			if (ir_bridge_offers(b, s))
				return b;
	}
	return NULL;
}

static bool config_good(const struct isdn_bridge_config *c)
{
	size_t n;

	if (c->size != sizeof(*c))
		return false;
	n = c->number ? strspn(c->number, "0123456789*#ABCDabcd") : 0;
	return n <= ISDN_DIGITS_MAX && (!c->number || !c->number[n]) &&
	       (c->sharing == ISDN_SHARING_EXCLUSIVE || c->sharing == ISDN_SHARING_NEW ||
		c->sharing == ISDN_SHARING_SHARED);
}

int isdn_bridge_new(struct isdn_registry *registry, const struct isdn_bridge_config *config,
		    isdn_bridge *bridge)
{
	struct ir_bridge *b, **at;

	if (!registry || !config || !bridge)
		return ISDN_ERR_INVALPOINTER;
	if (!config_good(config))
		return ISDN_ERR_INVAL;
	if (!ir_span(registry, config->span))
		return ISDN_ERR_RESOURCEUNAVAIL;
	b = ib_alloc(&registry->env, sizeof(*b));
	if (!b)
		return ISDN_ERR_NOMEM;
	b->id = ++registry->last_bridge;
	b->span = config->span;
	b->sharing = config->sharing;
	b->any = !config->number;
	strcpy(b->number, config->number ? config->number : "");
	for (at = &registry->bridges; *at; at = &(*at)->next)
		;
	*at = b;
	*bridge = b->id;
	return 0;
}

static void free_bridge(struct isdn_registry *r, struct ir_bridge *b)
{
	while (b->stations) {
		struct ir_station *s = b->stations;

		b->stations = s->next;
		ib_free(&r->env, s);
	}
	ib_free(&r->env, b);
}

void ir_bridges_free(struct isdn_registry *r)
{
	while (r->bridges) {
		struct ir_bridge *b = r->bridges;

		r->bridges = b->next;
		free_bridge(r, b);
	}
}

int isdn_bridge_free(struct isdn_registry *registry, isdn_bridge bridge)
{
	struct ir_bridge *b, **at;

	if (!registry)
		return ISDN_ERR_INVALPOINTER;
	b = ir_bridge_find(registry, bridge);
	if (!b)
		return ISDN_ERR_INVAL;
	if (b->trunks)
		return ISDN_ERR_INUSE;
	for (at = &registry->bridges; *at != b; at = &(*at)->next)
		;
	*at = b->next;
	free_bridge(registry, b);
	return 0;
}

static bool station_uses(const struct ir_bridge *b, const struct ir_station *s)
{
	for (const struct ir_call *t = b->trunks; t; t = t->next_app)
		for (const struct ir_call *app = t->apps; app; app = app->next_app)
			if (app->station == s && ir_appearance_uses(app))
				return true;
	return false;
}

bool ir_bridge_in_use(const struct ir_bridge *b, const struct ir_station *except)
{
	if (except && station_uses(b, except))
		return false;
	for (const struct ir_call *t = b->trunks; t; t = t->next_app)
		for (const struct ir_call *app = t->apps; app; app = app->next_app)
			if (ir_appearance_uses(app))
				return true;
	return false;
}

/* The appearance as one more use of the line, if its station does not use it already; of a station
 * that has left each counts. */
static bool count_use(const struct ir_call *app)
{
	if (!ir_appearance_uses(app) || (app->station && app->station->counted))
		return false;
	if (app->station)
		app->station->counted = true;
	return true;
}

/* Stations that use it. */
static uint32_t count_in_use(const struct ir_bridge *b)
{
	uint32_t n = 0;

	for (struct ir_station *s = b->stations; s; s = s->next)
		s->counted = false;
	for (const struct ir_call *t = b->trunks; t; t = t->next_app)
		for (const struct ir_call *app = t->apps; app; app = app->next_app)
			n += count_use(app);
	return n;
}

static uint32_t count_calls(const struct ir_bridge *b)
{
	uint32_t n = 0;

	for (const struct ir_call *t = b->trunks; t; t = t->next_app)
		n++;
	return n;
}

void ir_bridge_changed(struct ir_bridge *b)
{
	static const uint32_t use[] = { ISDN_ADDRESS_INUSEZERO, ISDN_ADDRESS_INUSEONE,
					ISDN_ADDRESS_INUSEMANY };
	uint32_t in_use = count_in_use(b), calls = count_calls(b), info = 0;

	if (in_use != b->in_use)
		info |= use[in_use < 2 ? in_use : 2];
	if (calls != b->calls)
		info |= ISDN_ADDRESS_NUMCALLS;
	b->in_use = in_use;
	b->calls = calls;
	for (struct ir_station *s = info ? b->stations : NULL; s; s = s->next)
		if (s->address_events)
			ir_event_address(s->client, b, info);
}

/* What is there already, as the other stations have it. */
static void show_calls(struct ir_bridge *b, struct ir_station *s)
{
	for (struct ir_call *t = b->trunks; t && !s->monitored; t = t->next_app)
		ir_trunk_show(t, s);
}

int isdn_bridge_join(struct isdn_client *client, isdn_bridge bridge,
		     const struct isdn_station_config *config)
{
	struct isdn_station_config defaults;
	struct ir_station *s, **at;
	struct ir_bridge *b;

	if (!client)
		return ISDN_ERR_UNINITIALIZED;
	isdn_station_config_init(&defaults);
	if (!config)
		config = &defaults;
	b = ir_bridge_find(client->registry, bridge);
	if (!b || config->size != sizeof(*config))
		return ISDN_ERR_INVAL;
	if (client->privilege != ISDN_OWNER && !config->monitored)
		return ISDN_ERR_NOTOWNER;
	if (ir_station_of(b, client))
		return ISDN_ERR_INUSE;
	s = ib_alloc(&client->registry->env, sizeof(*s));
	if (!s)
		return ISDN_ERR_NOMEM;
	s->client = client;
	s->monitored = config->monitored;
	s->silent = config->silent;
	s->address_events = config->address_events || config->monitored;
	for (at = &b->stations; *at; at = &(*at)->next)
		;
	*at = s;
	show_calls(b, s);
	return 0;
}

static void remove_station(struct ir_bridge *b, struct ir_station *s)
{
	struct ir_station **at = &b->stations;

	for (struct ir_call *t = b->trunks; t; t = t->next_app)
		for (struct ir_call *app = t->apps; app; app = app->next_app)
			if (app->station == s)
				app->station = NULL;
	while (*at != s)
		at = &(*at)->next;
	*at = s->next;
	ib_free(&s->client->registry->env, s);
}

/* The next of its appearances that is to end. */
static struct ir_call *appearance_at(const struct ir_bridge *b, const struct ir_station *s,
				     bool owned)
{
	for (struct ir_call *t = b->trunks; t; t = t->next_app)
		for (struct ir_call *app = t->apps; app; app = app->next_app)
			if (app->station == s && app->state != ISDN_CALL_IDLE &&
			    (owned || !app->owners))
				return app;
	return NULL;
}

/* With those that the client owns, or with those alone that nobody does. */
static void end_appearances(const struct ir_bridge *b, const struct ir_station *s, bool owned)
{
	static const struct isdn_drop plain;
	const struct ir_drop d = { .how = &plain };
	struct ir_call *app;

	while ((app = appearance_at(b, s, owned)) != NULL) {
		app->station = NULL;
		(void)ir_appearance_unowned(app, &d);
	}
}

int isdn_bridge_leave(struct isdn_client *client, isdn_bridge bridge)
{
	struct ir_station *s = NULL;
	struct ir_bridge *b;

	if (!client)
		return ISDN_ERR_UNINITIALIZED;
	b = ir_bridge_find(client->registry, bridge);
	if (b)
		s = ir_station_of(b, client);
	if (!s)
		return ISDN_ERR_INVAL;
	end_appearances(b, s, true);
	remove_station(b, s);
	ir_bridge_changed(b);
	ir_flush(client->registry);
	return 0;
}

void ir_stations_leave(struct isdn_client *client)
{
	for (struct ir_bridge *b = client->registry->bridges; b; b = b->next) {
		struct ir_station *s = ir_station_of(b, client);

		if (!s)
			continue;
		if (!client->keep_calls) /* the others go with the handles */
			end_appearances(b, s, false);
		remove_station(b, s);
		ir_bridge_changed(b);
	}
}

int isdn_bridge_info(const struct isdn_registry *registry, isdn_bridge bridge,
		     struct isdn_bridge_info *info)
{
	const struct ir_bridge *b;

	if (!registry || !info)
		return ISDN_ERR_INVALPOINTER;
	b = ir_bridge_find(registry, bridge);
	if (!b)
		return ISDN_ERR_INVAL;
	*info = (struct isdn_bridge_info){ .span = b->span, .sharing = b->sharing };
	strcpy(info->number, b->number);
	for (const struct ir_station *s = b->stations; s; s = s->next)
		info->stations += !s->monitored;
	info->in_use = count_in_use(b);
	info->calls = count_calls(b);
	return 0;
}

size_t isdn_bridge_list(const struct isdn_registry *registry, isdn_bridge *out, size_t cap)
{
	size_t n = 0;

	for (const struct ir_bridge *b = registry ? registry->bridges : NULL; b; b = b->next, n++)
		if (out && n < cap)
			out[n] = b->id;
	return n;
}
