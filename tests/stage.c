/* SPDX-License-Identifier: BSD-2-Clause */
/* A stage for tests of the registry. */
#include "tests/stage.h"

#include <stdio.h>
#include <stdlib.h>

static isdn_time stage_clock(void *arg)
{
	return ((struct stage *)arg)->now;
}

struct isdn_client *stage_open(struct stage *s, const struct isdn_client_config *config)
{
	struct isdn_client *c;

	assert_int_equal(isdn_client_open(s->registry, config, &c), 0);
	return c;
}

struct isdn_client *stage_client(struct stage *s, const char *name, enum isdn_privilege privilege)
{
	struct isdn_client_config config;

	isdn_client_config_init(&config);
	config.name = name;
	config.privilege = privilege;
	return stage_open(s, &config);
}

int stage_setup(void **state)
{
	struct stage *s = calloc(1, sizeof(*s));
	struct isdn_env env;
	unsigned span;

	assert_non_null(s);
	memset(&env, 0, sizeof(env));
	test_mem_init(&s->mem, &env.mem);
	env.clock = stage_clock;
	env.clock_arg = s;
	s->now = 1000;
	assert_int_equal(isdn_registry_new(&s->registry, NULL, &env), 0);
	mock_init(&s->mock);
	mock_init(&s->other);
	assert_int_equal(isdn_registry_add_provider(s->registry, &s->mock.base, &span), 0);
	assert_int_equal(isdn_registry_add_provider(s->registry, &s->other.base, &span), 0);
	s->one = stage_client(s, "one", ISDN_OWNER);
	s->mon = stage_client(s, "mon", ISDN_MONITOR);
	*state = s;
	return 0;
}

int stage_teardown(void **state)
{
	struct stage *s = *state;

	isdn_registry_free(s->registry);
	assert_int_equal(test_mem_live(&s->mem), 0);
	free(s);
	return 0;
}

static uint64_t id_of(struct isdn_client *c, isdn_handle h)
{
	struct isdn_call_info info;

	return isdn_call_info(c, h, &info) ? 0 : info.id;
}

isdn_handle stage_name(struct stage *s, struct isdn_client *c, isdn_handle h, const char *name)
{
	assert_true(s->n_names < STAGE_NAMES);
	s->name[s->n_names].id = id_of(c, h);
	assert_int_not_equal(s->name[s->n_names].id, 0);
	snprintf(s->name[s->n_names].name, sizeof(s->name[0].name), "%s", name);
	s->n_names++;
	return h;
}

static const char *name_of(const struct stage *s, struct isdn_client *c, isdn_handle h)
{
	uint64_t id = id_of(c, h);

	for (unsigned i = 0; i < s->n_names; i++)
		if (s->name[i].id == id)
			return s->name[i].name;
	return "?";
}

isdn_handle stage_handle(struct stage *s, struct isdn_client *c, const char *name)
{
	isdn_handle h[256];
	size_t n;

	assert_int_equal(isdn_client_calls(c, h, 256, &n), 0);
	for (size_t i = 0; i < n; i++)
		if (strcmp(name_of(s, c, h[i]), name) == 0)
			return h[i];
	return 0;
}

static void state_text(char *to, size_t cap, enum isdn_call_state state, uint32_t mode)
{
	const char *m = NULL;

	if (state == ISDN_CALL_DISCONNECTED)
		m = isdn_disconnect_mode_name(mode);
	else if (state == ISDN_CALL_CONNECTED || state == ISDN_CALL_OFFERING)
		m = mode == ISDN_MODE_ACTIVE ? NULL : isdn_connected_mode_name(mode);
	snprintf(to, cap, "%s%s%s", isdn_call_state_name(state), m ? "/" : "", m ? m : "");
}

/* Without what follows the name. */
static void error_text(char *to, size_t cap, int err)
{
	snprintf(to, cap, "%s", isdn_strerror(err));
	to[strcspn(to, ":")] = '\0';
}

static void info_text(char *to, size_t cap, uint32_t info)
{
	static const char *const names[] = { "UUI",	      "PROGRESS",    "CHANNEL",
					     "NUMOWNERS",     "NUMMONITORS", "UUS",
					     "UUI_DISCARDED", "UUI_LOST",    "PRIVILEGE",
					     "LINK" };

	*to = '\0';
	for (unsigned i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (info >> i & 1) {
			size_t n = strlen(to);

			snprintf(to + n, cap - n, "%s%s", n ? "+" : "", names[i]);
		}
}

static void address_text(char *to, size_t cap, const struct isdn_event *ev)
{
	const char *use = ev->info & ISDN_ADDRESS_INUSEZERO   ? "INUSEZERO"
			  : ev->info & ISDN_ADDRESS_INUSEONE  ? "INUSEONE"
			  : ev->info & ISDN_ADDRESS_INUSEMANY ? "INUSEMANY"
							      : "";
	bool calls = ev->info & ISDN_ADDRESS_NUMCALLS;

	snprintf(to, cap, "line:%s(%u)%s%.0u", use, ev->in_use, calls ? "calls=" : "",
		 calls ? ev->calls : 0);
	if (calls && !ev->calls)
		strncat(to, "0", cap - strlen(to) - 1);
}

static void event_text(struct stage *s, struct isdn_client *c, const struct isdn_event *ev,
		       char *to, size_t cap)
{
	char text[128] = "";

	switch (ev->type) {
	case ISDN_EV_NEW_CALL:
		snprintf(to, cap, "new:%s", name_of(s, c, ev->call));
		break;
	case ISDN_EV_CALL_STATE:
		state_text(text, sizeof(text), ev->state, ev->mode);
		snprintf(to, cap, "%s:%s", name_of(s, c, ev->call), text);
		break;
	case ISDN_EV_CALL_INFO:
		info_text(text, sizeof(text), ev->info);
		snprintf(to, cap, "%s:info=%s", name_of(s, c, ev->call), text);
		break;
	case ISDN_EV_REPLY:
		error_text(text, sizeof(text), ev->result);
		snprintf(to, cap, "reply:%s",
			 ev->result    ? text
			 : ev->outcome ? isdn_outcome_name(ev->outcome)
				       : "OK");
		break;
	case ISDN_EV_NOT_CLEARED:
		error_text(text, sizeof(text), ev->result);
		snprintf(to, cap, "not:%s=%s", ev->call ? name_of(s, c, ev->call) : "-", text);
		break;
	case ISDN_EV_ADDRESS:
		address_text(to, cap, ev);
		break;
	case ISDN_EV_SPAN:
		snprintf(to, cap, "span:%s", ev->up ? "up" : "down");
		break;
	case ISDN_EV_LOST:
		snprintf(to, cap, "lost");
		break;
	}
}

const char *told(struct stage *s, struct isdn_client *c)
{
	struct isdn_event ev;
	size_t n = 0;

	s->text[0] = '\0';
	while (isdn_client_next_event(c, &ev) == 1) {
		if (n && n < sizeof(s->text) - 1)
			s->text[n++] = ' ';
		event_text(s, c, &ev, s->text + n, sizeof(s->text) - n);
		n = strlen(s->text);
		if (ev.type == ISDN_EV_CALL_STATE || ev.type == ISDN_EV_REPLY)
			s->last = ev;
		if (ev.type == ISDN_EV_REPLY)
			s->last_reply = ev;
	}
	return s->text;
}

void stage_forget(struct stage *s)
{
	struct isdn_client *all[] = { s->one, s->two, s->three, s->mon };

	for (unsigned i = 0; i < 4; i++)
		if (all[i])
			(void)told(s, all[i]);
}

void stage_run(struct stage *s)
{
	assert_int_equal(isdn_registry_process(s->registry), 0);
}

void stage_wait(struct stage *s, isdn_time ms)
{
	s->now += ms;
	stage_run(s);
}

const char *stage_state(struct stage *s, struct isdn_client *c, const char *name)
{
	struct isdn_call_status st;

	assert_int_equal(isdn_call_status(c, stage_handle(s, c, name), &st), 0);
	state_text(s->text, sizeof(s->text), st.state, st.mode);
	return s->text;
}

uint32_t stage_features(struct stage *s, struct isdn_client *c, const char *name)
{
	struct isdn_call_status st;

	assert_int_equal(isdn_call_status(c, stage_handle(s, c, name), &st), 0);
	return st.features;
}

struct isdn_call_info stage_info(struct stage *s, struct isdn_client *c, const char *name)
{
	struct isdn_call_info info;

	assert_int_equal(isdn_call_info(c, stage_handle(s, c, name), &info), 0);
	return info;
}

/* The handle that the client got last. */
static isdn_handle newest(struct isdn_client *c)
{
	isdn_handle h[256];
	size_t n;

	assert_int_equal(isdn_client_calls(c, h, 256, &n), 0);
	assert_true(n > 0);
	return h[n - 1];
}

uint64_t stage_offer(struct stage *s, struct mock *m, const char *called, const char *name)
{
	uint64_t leg = mock_offer(m, called);

	assert_int_not_equal(leg, 0);
	stage_run(s);
	stage_name(s, s->one, newest(s->one), name);
	stage_forget(s);
	return leg;
}

uint64_t stage_connected(struct stage *s, struct mock *m, const char *name)
{
	uint64_t leg = stage_offer(s, m, "123", name);

	assert_true(isdn_call_answer(s->one, stage_handle(s, s->one, name), NULL, 0) > 0);
	assert_string_equal(stage_state(s, s->one, name), "CONNECTED");
	stage_forget(s);
	return leg;
}

isdn_handle stage_make(struct stage *s, const char *called, const char *name)
{
	struct isdn_call_params p;
	isdn_handle h;

	isdn_call_params_init(&p);
	p.span = 1;
	p.called = called;
	assert_true(isdn_call_make(s->one, &p, &h) > 0);
	return stage_name(s, s->one, h, name);
}

void stage_conference(struct stage *s, const struct isdn_conference_config *config, unsigned n,
		      uint64_t *leg)
{
	isdn_handle conf;

	assert_int_equal(isdn_conference_new(s->one, config, &conf), 0);
	stage_name(s, s->one, conf, "conf");
	for (unsigned i = 0; i < n; i++) {
		const char name[2] = { (char)('a' + i), 0 };

		leg[i] = stage_connected(s, i % 2 ? &s->other : &s->mock, name);
		assert_true(isdn_conference_add(s->one, conf, stage_handle(s, s->one, name)) > 0);
	}
	stage_forget(s);
}

unsigned stage_asked(const struct mock *m, uint64_t leg, enum mock_op op)
{
	unsigned n = 0;

	for (unsigned i = 0; i < m->n_log; i++)
		n += m->log[i].leg == leg && m->log[i].op == op;
	return n;
}

const struct mock_asked *stage_last(const struct mock *m, uint64_t leg, enum mock_op op)
{
	const struct mock_asked *last = NULL;

	for (unsigned i = 0; i < m->n_log; i++)
		if (m->log[i].leg == leg && m->log[i].op == op)
			last = &m->log[i];
	assert_non_null(last);
	return last;
}

static void give_back(struct isdn_client *c, bool drop)
{
	isdn_handle h[256];
	size_t n;

	assert_int_equal(isdn_client_calls(c, h, 256, &n), 0);
	for (size_t i = 0; i < n; i++)
		if (drop)
			(void)isdn_call_clear(c, h[i], NULL);
		else
			assert_int_equal(isdn_call_deallocate(c, h[i]), 0);
}

void stage_clean(struct stage *s)
{
	struct isdn_client *all[] = { s->one, s->two, s->three, s->mon };
	struct isdn_registry_counts counts;

	for (unsigned i = 0; i < 4; i++)
		if (all[i])
			give_back(all[i], true);
	stage_wait(s, MOCK_TIMEOUT + 1);
	for (unsigned i = 0; i < 4; i++)
		if (all[i])
			give_back(all[i], false);
	stage_forget(s);
	isdn_registry_counts(s->registry, &counts);
	assert_int_equal(counts.calls, 0);
	assert_int_equal(counts.handles, 0);
	assert_int_equal(counts.requests, 0);
	assert_int_equal(counts.events, 0);
}
