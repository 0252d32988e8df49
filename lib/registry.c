/* SPDX-License-Identifier: BSD-2-Clause */
/* The registry: its spans, its time, and the work that moves everything on. */
#define _POSIX_C_SOURCE 200809L
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "lib/registry.h"

#define ROUNDS_MAX 1000 /* of process: spans that feed each other come to rest long before */

void isdn_registry_config_init(struct isdn_registry_config *config)
{
	memset(config, 0, sizeof(*config));
	config->size = sizeof(*config);
	config->max_parties = 64;
	config->max_uui_blocks = 64;
}

static bool config_good(const struct isdn_registry_config *c)
{
	return c->size == sizeof(*c) && c->max_parties >= 1 && c->max_parties <= 0xffffff &&
	       c->max_uui_blocks >= 1 && c->max_uui_blocks <= 0xffff && c->drop_unowned <= 127;
}

/* Ri of TEI management must differ between terminals at one bus; a test that runs in virtual time
 * gets the same sequence each time. */
static uint32_t system_random(void *arg)
{
	uint32_t r = 0;

	(void)arg;
	return getrandom(&r, sizeof(r), GRND_NONBLOCK) == (ssize_t)sizeof(r) ? r
									     : (uint32_t)clock();
}

int isdn_registry_new(struct isdn_registry **registry, const struct isdn_registry_config *config,
		      const struct isdn_env *env)
{
	struct isdn_registry_config defaults;
	struct isdn_registry *r;
	struct isdn_env hooks;
	int err;

	if (!registry)
		return ISDN_ERR_INVALPOINTER;
	*registry = NULL;
	isdn_registry_config_init(&defaults);
	if (!config)
		config = &defaults;
	if (!config_good(config))
		return ISDN_ERR_INVAL;
	ib_env_init(&hooks, env);
	r = ib_alloc(&hooks, sizeof(*r));
	if (!r)
		return ISDN_ERR_NOMEM;
	r->env = hooks;
	if (!hooks.random && !hooks.clock)
		r->env.random = system_random;
	r->config = *config;
	r->armed = r->turn = ISDN_NEVER;
	r->last_call = &r->calls;
	ib_handles_init(&r->handles, &r->env);
	err = ir_poll_open(r);
	if (err) {
		isdn_registry_free(r);
		return err;
	}
	*registry = r;
	return 0;
}

/* Everything that somebody should have given back is named. */
static void report_leaks(struct isdn_registry *r)
{
	for (struct ir_call *c = r->calls; c; c = c->next)
		for (struct ir_handle *h = c->handles; h; h = h->next_of_call)
			ib_log(&r->env, ISDN_LOG_WARNING, ISDN_AREA_REGISTRY,
			       "client \"%s\" never deallocated its handle to call %llu (%s, %s)",
			       h->client->name, (unsigned long long)c->serial,
			       isdn_call_state_name(c->state), ir_leg_const(c)->called);
}

/* Hubs have no list of their own: with the last of its calls each one goes. */
static void unhub(struct ir_call *c)
{
	struct ir_hub *hub = c->hub;

	if (!hub)
		return;
	if (ir_is_parent(c))
		hub->parent = NULL;
	else
		ir_party_unlink(c);
	ir_hub_release(hub);
}

static void free_calls(struct isdn_registry *r)
{
	while (r->calls) {
		struct ir_call *c = r->calls;

		while (c->handles)
			ir_handle_free(c->handles);
		while (c->requests)
			ir_request_undo(c->requests);
		unhub(c);
		ir_call_free(c);
	}
}

static void free_lists(struct isdn_registry *r)
{
	while (r->free_nodes) {
		struct ir_event_node *n = r->free_nodes;

		r->free_nodes = n->next;
		ib_free(&r->env, n);
	}
	while (r->free_parts) {
		struct ir_uui_part *p = r->free_parts;

		r->free_parts = p->next;
		ib_free(&r->env, p);
	}
}

void isdn_registry_free(struct isdn_registry *registry)
{
	struct isdn_registry *r = registry;
	struct isdn_env env;

	if (!r)
		return;
	env = r->env;
	(void)ir_jobs_run(r, NULL);
	report_leaks(r);
	free_calls(r);
	ir_bridges_free(r);
	while (r->clients) {
		struct isdn_client *c = r->clients;

		ir_client_drain(c);
		r->clients = c->next;
		ib_free(&env, c);
	}
	for (unsigned i = 0; i < r->top; i++)
		if (r->span[i] && r->span[i]->ops->close)
			r->span[i]->ops->close(r->span[i]);
	free_lists(r);
	ib_handles_free(&r->handles);
	ir_poll_close(r);
	ib_free(&env, r);
}

isdn_time ir_now(const struct isdn_registry *r)
{
	struct timespec t;

	if (r->turn != ISDN_NEVER)
		return r->turn;
	if (r->env.clock)
		return r->env.clock(r->env.clock_arg);
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (isdn_time)t.tv_sec * 1000 + (isdn_time)t.tv_nsec / 1000000;
}

isdn_time isdn_registry_now(const struct isdn_registry *registry)
{
	return registry ? ir_now(registry) : 0;
}

struct isdn_provider *ir_span(const struct isdn_registry *r, unsigned span)
{
	return span >= 1 && span <= IR_SPANS_MAX ? r->span[span - 1] : NULL;
}

static unsigned free_number(const struct isdn_registry *r)
{
	unsigned number = 1;

	while (number <= IR_SPANS_MAX && r->span[number - 1])
		number++;
	return number <= IR_SPANS_MAX ? number : 0;
}

static void add(struct isdn_registry *r, struct isdn_provider *p, unsigned number)
{
	p->number = number;
	p->polled_fd = -1;
	p->touched = true;
	r->span[number - 1] = p;
	if (number > r->top)
		r->top = number;
}

static bool complete(const struct isdn_provider_ops *ops)
{
	return ops->caps && ops->accept && ops->answer && ops->drop && ops->bind && ops->next &&
	       ops->info;
}

int isdn_registry_add_provider(struct isdn_registry *registry, struct isdn_provider *provider,
			       unsigned *span)
{
	unsigned number;

	if (!registry || !provider || !provider->ops || !span)
		return ISDN_ERR_INVALPOINTER;
	if (provider->ops->size != sizeof(*provider->ops))
		return ISDN_ERR_INVAL;
	if (!complete(provider->ops))
		return ISDN_ERR_INVALPOINTER;
	number = free_number(registry);
	if (!number)
		return ISDN_ERR_RESOURCEUNAVAIL;
	provider->up = false;
	add(registry, provider, number);
	*span = number;
	ir_flush(registry);
	return 0;
}

int isdn_registry_fd(const struct isdn_registry *registry)
{
	return registry ? registry->epoll_fd : ISDN_ERR_INVALPOINTER;
}

isdn_time isdn_registry_next_timeout(const struct isdn_registry *registry)
{
	isdn_time due = ISDN_NEVER;

	for (unsigned i = 0; registry && i < registry->top; i++) {
		const struct isdn_provider *p = registry->span[i];
		isdn_time d = p && p->ops->deadline ? p->ops->deadline(p) : ISDN_NEVER;

		if (d < due)
			due = d;
	}
	return due;
}

static bool run(struct isdn_registry *r, struct isdn_provider *p, isdn_time now)
{
	bool any;

	p->touched = false;
	if (p->ops->process)
		p->ops->process(p, now);
	r->turn = now;
	any = ir_dispatch(r, p);
	r->turn = ISDN_NEVER;
	return any;
}

static void rest(struct isdn_registry *r, isdn_time now)
{
	for (unsigned i = 0; i < r->top; i++)
		if (r->span[i])
			ir_poll_watch(r, r->span[i]);
	ir_poll_arm(r, isdn_registry_next_timeout(r), now);
}

void ir_flush(struct isdn_registry *r)
{
	isdn_time now = ir_now(r);
	bool any = true;

	for (int round = 0; any && round < ROUNDS_MAX; round++) {
		any = false; /* what one tells may have another asked for something */
		for (unsigned i = 0; i < r->top; i++) {
			struct isdn_provider *p = r->span[i];

			for (; p && p->touched; any = true)
				run(r, p, now);
		}
	}
	rest(r, now);
}

isdn_request ir_flushed(const struct isdn_client *c, isdn_request id)
{
	if (id > 0)
		ir_flush(c->registry);
	return id;
}

int isdn_registry_process(struct isdn_registry *registry)
{
	struct isdn_registry *r = registry;
	isdn_time now;
	bool any = true;

	if (!r)
		return ISDN_ERR_INVALPOINTER;
	if (r->processing)
		return ISDN_ERR_OPERATIONUNAVAIL;
	now = ir_now(r);
	r->processing = true;
	if (r->woken)
		ir_poll_woken(r);
	r->woken = false;
	for (int round = 0; any && round < ROUNDS_MAX; round++) {
		any = ir_jobs_run(r, r);
		for (unsigned i = 0; i < r->top; i++)
			if (r->span[i])
				any |= run(r, r->span[i], now);
		any |= isdn_registry_next_timeout(r) <= now;
	}
	ir_watches_run(r);
	r->processing = false;
	rest(r, now);
	return 0;
}

int isdn_registry_open_span(struct isdn_registry *registry, const char *spec, unsigned *span,
			    struct isdn_error *error)
{
	struct isdn_registry *r = registry;
	struct isdn_provider *p;
	struct isdn_env env;
	unsigned number;
	int err;

	if (!r || !spec || !span)
		return ib_error(error, ISDN_ERR_INVALPOINTER, "%s",
				isdn_strerror(ISDN_ERR_INVALPOINTER));
	number = free_number(r);
	if (!number)
		return ib_error(error, ISDN_ERR_RESOURCEUNAVAIL,
				"a registry has room for %d spans: use a second one", IR_SPANS_MAX);
	env = r->env;
	env.trace = ir_trace(r);
	err = ir_line_open(&p, spec, &r->shared, &env, number, ir_now(r), error);
	if (err)
		return err;
	add(r, p, number);
	ir_flush(r);
	*span = number;
	return 0;
}

/* The calls of a span end with it (Q.931 5.8.9, as for a data link that is gone). */
static void end_calls(struct isdn_registry *r, const struct isdn_provider *p)
{
	const struct ir_why why = { .source = ISDN_BY_LINK,
				    .cause = ISDN_CAUSE_DESTINATION_OUT_OF_ORDER,
				    .location = ISDN_LOC_USER };
	for (struct ir_call *c = r->calls; c; c = r->cursor) {
		r->cursor = c->next; /* moves on when that goes with this one */
		if (c->provider == p)
			ir_call_gone(c, &why);
	}
}

int isdn_registry_close_span(struct isdn_registry *registry, unsigned span)
{
	struct isdn_provider *p;

	if (!registry)
		return ISDN_ERR_INVALPOINTER;
	p = ir_span(registry, span);
	if (!p)
		return ISDN_ERR_INVAL;
	end_calls(registry, p);
	ir_poll_forget(registry, p);
	registry->span[span - 1] = NULL;
	if (p->ops->close)
		p->ops->close(p);
	ir_flush(registry);
	return 0;
}

int isdn_registry_span_links(const struct isdn_registry *registry, unsigned span,
			     struct isdn_link *out, size_t cap)
{
	struct isdn_provider *p;

	if (!registry || (!out && cap))
		return ISDN_ERR_INVALPOINTER;
	p = ir_span(registry, span);
	if (!p)
		return ISDN_ERR_INVAL;
	return p->ops->links ? (int)p->ops->links(p, out, cap) : 0;
}

int isdn_registry_span_info(const struct isdn_registry *registry, unsigned span,
			    struct isdn_span_info *info)
{
	struct isdn_provider *p;

	if (!registry || !info)
		return ISDN_ERR_INVALPOINTER;
	p = ir_span(registry, span);
	if (!p)
		return ISDN_ERR_INVAL;
	memset(info, 0, sizeof(*info));
	p->ops->info(p, info);
	p->ops->caps(p, &info->caps);
	return 0;
}
