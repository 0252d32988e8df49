/* SPDX-License-Identifier: BSD-2-Clause */
/* A sequence of operations: its beginning, its steps, its end. */
#include "tests/model_run.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void run_fail(struct run *r, const char *property, const char *format, ...)
{
	va_list args;

	if (r->property)
		return;
	r->property = property;
	va_start(args, format);
	vsnprintf(r->why, sizeof(r->why), format, args);
	va_end(args);
}

void run_say(const struct run *r, const char *format, ...)
{
	va_list args;

	if (!r->show)
		return;
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\n');
}

static isdn_time run_clock(void *arg)
{
	return ((struct run *)arg)->now;
}

/* ---- clients and providers ---- */

void run_open_client(struct run *r, int client, uint16_t options)
{
	static const char *const names[MODEL_CLIENTS] = { "owner", "second owner", "monitor",
							  "relaxed" };
	static const enum isdn_answer_mode modes[] = { ISDN_ANSWER_KEEP, ISDN_ANSWER_KEEP,
						       ISDN_ANSWER_DROP, ISDN_ANSWER_HOLD };
	struct isdn_client_config config;

	isdn_client_config_init(&config);
	config.name = names[client];
	config.privilege = client == 2 ? ISDN_MONITOR : ISDN_OWNER;
	config.relaxed = client == 3;
	config.keep_calls = options % 8 == 0;
	config.answer_mode = modes[options / 8 % 4];
	config.auto_reconnect = options / 32 % 4 != 0;
	if (options / 128 % 8 == 0)
		config.span = r->span[options / 1024 % 2];
	run_say(r, "  %s opens%s, answer mode %d%s, span %u", names[client],
		config.keep_calls ? ", keeps calls" : "", config.answer_mode,
		config.auto_reconnect ? "" : ", no reconnection", config.span);
	if (isdn_client_open(r->registry, &config, &r->client[client]))
		run_fail(r, "a client can be opened", "client %d", client);
	if (r->model)
		model_open(r->model, client, &config);
}

void run_open_span(struct run *r, int provider, const struct isdn_caps *caps)
{
	mock_init(&r->mock[provider]);
	r->mock[provider].caps = *caps;
	if (isdn_registry_add_provider(r->registry, &r->mock[provider].base, &r->span[provider]))
		run_fail(r, "a provider can be added", "provider %d", provider);
	if (r->model)
		model_open_span(r->model, provider, r->span[provider], caps);
	run_say(r, "  provider %d: uui_drop %u,%s%s%s%s", provider, caps->uui_drop,
		caps->reject_offering ? " reject" : "", caps->hold ? " hold" : "",
		caps->transfer ? " transfer" : "", caps->dial ? " dial" : "");
}

void run_manner(struct run *r, unsigned provider, enum mock_op op, enum mock_manner manner)
{
	r->mock[provider].manner[op] = manner;
	if (r->model)
		r->model->provider[provider].manner[op] = manner;
}

static void open_line(struct run *r, const struct plan *p)
{
	struct isdn_bridge_config config;

	isdn_bridge_config_init(&config);
	config.span = r->span[0];
	config.number = MODEL_NUMBER;
	config.sharing = p->sharing;
	if (isdn_bridge_new(r->registry, &config, &r->line))
		run_fail(r, "a shared line can be made", "sharing %d", p->sharing);
	if (r->model) {
		r->model->has_line = true;
		r->model->sharing = p->sharing;
	}
	run_say(r, "  shared line %s on provider 0, sharing %d", MODEL_NUMBER, p->sharing);
}

/* ---- the beginning ---- */

static void begin(struct run *r, const struct plan *p)
{
	struct isdn_registry_config config;
	struct isdn_env env;

	memset(&env, 0, sizeof(env));
	test_mem_init(&r->mem, &env.mem);
	env.clock = run_clock;
	env.clock_arg = r;
	r->now = 1000;
	isdn_registry_config_init(&config);
	config.max_parties = p->max_parties;
	config.drop_unowned = p->drop_unowned;
	if (isdn_registry_new(&r->registry, &config, &env)) {
		run_fail(r, "a registry can be made", "max_parties %u", p->max_parties);
		return;
	}
	if (r->model) {
		model_init(r->model);
		r->model->now = r->now;
		r->model->max_parties = p->max_parties;
		r->model->drop_unowned = p->drop_unowned;
	}
	run_say(r, "registry: max_parties %u, drop_unowned %u", p->max_parties, p->drop_unowned);
	for (int i = 0; i < MODEL_PROVIDERS; i++)
		run_open_span(r, i, &p->caps[i]);
	if (p->line)
		open_line(r, p);
	for (int c = 0; c < MODEL_CLIENTS; c++)
		run_open_client(r, c, p->client[c]);
	for (uint8_t c = 0; c < 2 && p->line; c++)
		run_op(r, &(struct op){ .type = OP_JOIN, .client = c, .a = 1 });
}

/* ---- the end ---- */

static void answer_everything(struct run *r)
{
	for (unsigned i = 0; i < MODEL_PROVIDERS; i++) {
		struct mock *m = &r->mock[i];

		for (int op = 0; op < MOCK_OPS; op++)
			m->manner[op] = MOCK_AT_ONCE;
		m->caps.reject_offering = true;
		for (uint64_t leg = 1; leg <= m->n_legs; leg++)
			mock_answer(m, leg, true);
	}
	isdn_registry_process(r->registry);
}

/* A new client is given what nobody owns (D6), so that somebody can. */
static void drop_everything(struct run *r)
{
	isdn_handle all[RUN_HANDLES];
	size_t n;

	isdn_client_close(r->client[0]);
	r->model = NULL;
	run_open_client(r, 0, 1 + 128);
	for (int c = 0; c < MODEL_CLIENTS; c++) {
		if (isdn_client_calls(r->client[c], all, RUN_HANDLES, &n))
			continue;
		for (size_t i = 0; i < n; i++)
			isdn_call_clear(r->client[c], all[i], NULL);
	}
}

/* Calls that nobody can own are left to their far ends. */
static void far_ends_go(struct run *r)
{
	for (unsigned i = 0; i < MODEL_PROVIDERS; i++)
		for (uint64_t leg = 1; leg <= r->mock[i].n_legs; leg++)
			if (r->span[i])
				mock_release(&r->mock[i], leg, 16);
	isdn_registry_process(r->registry);
}

static void give_everything_back(struct run *r)
{
	isdn_handle all[RUN_HANDLES];
	struct isdn_event ev;
	size_t n;

	for (int c = 0; c < MODEL_CLIENTS; c++) {
		while (isdn_client_next_event(r->client[c], &ev) == 1)
			;
		if (isdn_client_calls(r->client[c], all, RUN_HANDLES, &n))
			continue;
		for (size_t i = 0; i < n; i++)
			if (isdn_call_deallocate(r->client[c], all[i]))
				run_fail(r, "a call that is over can be given back (R-75)",
					 "client %d, handle %llu", c, (unsigned long long)all[i]);
		while (isdn_client_next_event(r->client[c], &ev) == 1)
			;
	}
}

static void wind_up(struct run *r)
{
	struct isdn_registry_counts n;

	test_mem_fail_every(&r->mem, 0);
	answer_everything(r);
	drop_everything(r);
	far_ends_go(r);
	give_everything_back(r);
	isdn_registry_counts(r->registry, &n);
	if (n.calls || n.handles || n.requests || n.events)
		run_fail(r, "nothing is left at the end (R-76)",
			 "%zu calls, %zu handles, %zu requests, %zu events", n.calls, n.handles,
			 n.requests, n.events);
	for (int c = 0; c < MODEL_CLIENTS; c++)
		isdn_client_close(r->client[c]);
	if (r->line && isdn_bridge_free(r->registry, r->line))
		run_fail(r, "a shared line without calls can be freed", "in use");
}

/* ---- all of it ---- */

static void step(struct run *r, const struct op *op)
{
	for (int i = 0; i < MODEL_PROVIDERS; i++)
		r->mock[i].n_log = 0;
	run_op(r, op);
	if (r->model)
		run_compare(r);
	else
		run_look(r);
	r->counts->operations++;
	r->counts->types[op->type]++;
}

const char *run_plan(struct run *r, const struct plan *p, struct model *model,
		     struct run_counts *counts, bool show)
{
	memset(r, 0, sizeof(*r));
	r->model = model;
	r->counts = counts;
	r->show = show;
	begin(r, p);
	if (!r->registry)
		return r->property;
	if (!r->property && r->model)
		run_compare(r);
	if (!model)
		test_mem_fail_every(&r->mem, 3 + p->seed % 61);
	for (unsigned i = 0; i < p->n && !r->property; i++)
		step(r, &p->op[i]);
	if (!r->property)
		wind_up(r);
	isdn_registry_free(r->registry);
	if (test_mem_live(&r->mem))
		run_fail(r, "the registry leaves no memory (R-76)", "%zu blocks",
			 test_mem_live(&r->mem));
	return r->property;
}
