/* SPDX-License-Identifier: BSD-2-Clause */
/* A desk for tests of the registry. */
#include "tests/registry_helper.h"

#include <stdlib.h>

static isdn_time desk_clock(void *arg)
{
	return ((struct desk *)arg)->now;
}

struct isdn_client *desk_client(struct desk *d, const char *name, enum isdn_privilege privilege)
{
	struct isdn_client_config config;
	struct isdn_client *c;

	isdn_client_config_init(&config);
	config.name = name;
	config.privilege = privilege;
	assert_int_equal(isdn_client_open(d->registry, &config, &c), 0);
	return c;
}

int desk_setup(void **state)
{
	struct desk *d = calloc(1, sizeof(*d));
	struct isdn_env env;
	unsigned span;

	assert_non_null(d);
	memset(&env, 0, sizeof(env));
	test_mem_init(&d->mem, &env.mem);
	env.clock = desk_clock;
	env.clock_arg = d;
	d->now = 1000;
	assert_int_equal(isdn_registry_new(&d->registry, NULL, &env), 0);
	fake_init(&d->fake, 1);
	assert_int_equal(isdn_registry_add_provider(d->registry, &d->fake.base, &span), 0);
	d->owner = desk_client(d, "owner", ISDN_OWNER);
	d->monitor = desk_client(d, "monitor", ISDN_MONITOR);
	*state = d;
	return 0;
}

int desk_teardown(void **state)
{
	struct desk *d = *state;

	isdn_registry_free(d->registry);
	assert_int_equal(test_mem_live(&d->mem), 0);
	free(d);
	return 0;
}

static void note(struct desk *d, struct isdn_client *c, const struct isdn_event *ev)
{
	if (c == d->monitor && ev->type == ISDN_EV_NEW_CALL)
		d->last_monitor = ev->call;
}

struct isdn_event desk_event(struct isdn_client *c, enum isdn_event_type type)
{
	struct isdn_event ev;

	assert_int_equal(isdn_client_next_event(c, &ev), 1);
	assert_int_equal(ev.type, type);
	return ev;
}

struct isdn_event desk_reply(struct isdn_client *c)
{
	struct isdn_event ev;

	do
		assert_int_equal(isdn_client_next_event(c, &ev), 1);
	while (ev.type != ISDN_EV_REPLY);
	return ev;
}

void desk_no_event_of(struct isdn_client *c)
{
	struct isdn_event ev;

	assert_int_equal(isdn_client_next_event(c, &ev), 0);
}

void desk_no_event(struct desk *d)
{
	desk_no_event_of(d->owner);
	desk_no_event_of(d->monitor);
}

void desk_drain(struct desk *d)
{
	struct isdn_event ev;

	while (isdn_client_next_event(d->owner, &ev) == 1)
		;
	while (isdn_client_next_event(d->monitor, &ev) == 1)
		note(d, d->monitor, &ev);
}

isdn_handle desk_new_call(struct desk *d)
{
	struct isdn_event ev;
	isdn_handle h;

	desk_drain(d);
	isdn_registry_process(d->registry);
	h = desk_event(d->owner, ISDN_EV_NEW_CALL).call;
	ev = desk_event(d->owner, ISDN_EV_CALL_STATE);
	assert_int_equal(ev.state, ISDN_CALL_OFFERING);
	assert_int_equal(ev.call, h);
	desk_drain(d);
	return h;
}

isdn_handle desk_connected(struct desk *d, uint64_t *leg)
{
	isdn_handle h;

	*leg = fake_offer(&d->fake, NULL);
	h = desk_new_call(d);
	assert_true(isdn_call_answer(d->owner, h, NULL, 0) > 0);
	assert_int_equal(desk_status(d, h).state, ISDN_CALL_CONNECTED);
	desk_drain(d);
	return h;
}

isdn_handle desk_monitor_handle(struct desk *d)
{
	return d->last_monitor;
}

void desk_give_back(struct desk *d, isdn_handle h)
{
	if (desk_status(d, h).state != ISDN_CALL_IDLE)
		assert_true(isdn_call_drop(d->owner, h, NULL) > 0);
	desk_drain(d);
	assert_int_equal(isdn_call_deallocate(d->owner, h), 0);
	assert_int_equal(isdn_call_deallocate(d->monitor, d->last_monitor), 0);
	desk_drain(d);
}

struct isdn_call_status desk_status(struct desk *d, isdn_handle h)
{
	struct isdn_call_status s;

	assert_int_equal(isdn_call_status(d->owner, h, &s), 0);
	return s;
}

void desk_conference(struct desk *d, struct conference *c, int n)
{
	assert_int_equal(isdn_conference_new(d->owner, NULL, &c->parent), 0);
	for (int i = 0; i < n; i++) {
		c->party[i] = desk_connected(d, &c->leg[i]);
		assert_true(isdn_conference_add(d->owner, c->parent, c->party[i]) > 0);
		assert_int_equal(desk_status(d, c->party[i]).state, ISDN_CALL_CONFERENCED);
	}
	desk_drain(d);
}

void lines_add(void *arg, const char *text)
{
	struct lines *l = arg;

	assert_true(l->n < 64);
	strncpy(l->line[l->n++], text, 255);
}

bool lines_have(const struct lines *l, const char *part)
{
	for (unsigned i = 0; i < l->n; i++)
		if (strstr(l->line[i], part))
			return true;
	return false;
}
