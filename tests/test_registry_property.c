/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * R-42 as a property: whatever is done, the calls whose (state, mode) changed
 * are those with events, every holder gets each change once, in order, and
 * nothing follows IDLE. Seeded random operations of four clients; then the
 * same with an allocator that fails at random.
 */
#include <stdlib.h>

#include "tests/registry_helper.h"

#define CLIENTS 4
#define HANDLES 256

struct view { /* a client's handle, as its events tell it */
	uint64_t handle;
	const struct ir_call *call;
	enum isdn_call_state state;
	uint32_t mode;
};

struct world {
	struct desk *d;
	struct isdn_client *client[CLIENTS];
	struct view view[CLIENTS][HANDLES];
	unsigned n[CLIENTS];
	uint32_t seed;
	unsigned changes, idles; /* seen in all, so that the run is known to do something */
	bool lossy;		 /* memory fails: events other than REPLY and IDLE may be missing */
	unsigned replies[1 << 16];
};

static unsigned dice(struct world *w, unsigned n)
{
	w->seed = w->seed * 1103515245u + 12345u;
	return (w->seed >> 16) % n;
}

static struct view *find(struct world *w, int c, uint64_t handle)
{
	for (unsigned i = 0; i < w->n[c]; i++)
		if (w->view[c][i].handle == handle)
			return &w->view[c][i];
	return NULL;
}

static struct view *learn(struct world *w, int c, uint64_t handle)
{
	struct view *v = find(w, c, handle);
	struct ir_handle *h = ib_handle_get(&w->d->registry->handles, handle);

	if (v || !h)
		return v;
	assert_true(w->n[c] < HANDLES);
	v = &w->view[c][w->n[c]++];
	memset(v, 0, sizeof(*v));
	v->handle = handle;
	v->call = h->call;
	return v;
}

static void take_events(struct world *w, int c)
{
	struct isdn_event ev;

	while (isdn_client_next_event(w->client[c], &ev) == 1) {
		struct view *v;

		if (ev.type == ISDN_EV_REPLY) {
			assert_true(ev.request > 0);
			assert_int_equal(w->replies[ev.request & 0xffff]++, 0);
			continue;
		}
		if (ev.type == ISDN_EV_LOST)
			assert_true(w->lossy);
		if (!ev.call)
			continue;
		v = learn(w, c, ev.call);
		assert_non_null(v);
		assert_int_not_equal(v->state, ISDN_CALL_IDLE); /* nothing follows IDLE */
		if (ev.type != ISDN_EV_CALL_STATE)
			continue;
		if (!w->lossy)
			assert_int_equal(ev.old_state, v->state);
		assert_true(ev.state != v->state || ev.mode != v->mode);
		v->state = ev.state;
		v->mode = ev.mode;
		w->changes++;
		w->idles += ev.state == ISDN_CALL_IDLE;
	}
}

/* What the events said is what is; and all who hold a call were told as often. */
static void check(struct world *w)
{
	for (int c = 0; c < CLIENTS; c++)
		take_events(w, c);
	for (int c = 0; c < CLIENTS; c++)
		for (unsigned i = 0; i < w->n[c]; i++) {
			struct view *v = &w->view[c][i], *o;
			struct isdn_call_status s;

			assert_int_equal(isdn_call_status(w->client[c], v->handle, &s), 0);
			if (w->lossy && s.state != ISDN_CALL_IDLE)
				continue;
			assert_int_equal(s.state, v->state);
			assert_int_equal(s.mode, v->mode);
			if (w->lossy)
				continue;
			for (struct ir_handle *h = v->call->handles; h; h = h->next_of_call) {
				int k = 0;

				while (w->client[k] != h->client)
					k++;
				o = find(w, k, h->id);
				assert_non_null(o);
				assert_int_equal(o->state, v->state);
			}
		}
}

static struct view *pick(struct world *w, int c)
{
	return w->n[c] ? &w->view[c][dice(w, w->n[c])] : NULL;
}

static void forget(struct world *w, int c, struct view *v)
{
	*v = w->view[c][--w->n[c]];
}

static uint64_t live_leg(struct world *w)
{
	struct fake *f = &w->d->fake;

	for (int tries = 0; tries < 20 && f->n_legs; tries++) {
		unsigned i = dice(w, f->n_legs);

		if (f->leg[i].alive)
			return i + 1;
	}
	return 0;
}

static void network(struct world *w)
{
	static const enum isdn_call_state states[] = { ISDN_CALL_PROCEEDING, ISDN_CALL_RINGBACK,
						       ISDN_CALL_CONNECTED, ISDN_CALL_ONHOLD,
						       ISDN_CALL_DISCONNECTED };
	struct fake *f = &w->d->fake;
	struct isdn_uui uui = fake_text("uui");
	uint64_t leg = live_leg(w);

	switch (dice(w, 6)) {
	case 0:
	case 1:
		if (f->n_legs < FAKE_LEGS)
			fake_offer(f, dice(w, 2) ? &uui : NULL);
		break;
	case 2:
		if (leg)
			fake_gone(f, leg, (uint8_t)(dice(w, 127) + 1), ISDN_BY_REMOTE, NULL);
		break;
	case 3:
		if (leg)
			fake_uui(f, leg, &uui, dice(w, 2));
		break;
	default:
		if (leg)
			fake_state(f, leg, states[dice(w, 5)], 17, NULL);
	}
	isdn_registry_process(w->d->registry);
}

static void application(struct world *w)
{
	int c = (int)dice(w, CLIENTS);
	struct view *v = pick(w, c), *o = pick(w, c);
	struct isdn_call_params p;
	isdn_handle h;

	switch (dice(w, 8)) {
	case 0:
		isdn_call_params_init(&p);
		p.span = 1;
		p.called = "1";
		if (isdn_call_make(w->client[c], &p, &h) > 0)
			learn(w, c, h);
		break;
	case 1:
		if (isdn_conference_new(w->client[c], NULL, &h) == 0)
			learn(w, c, h);
		break;
	case 2:
	case 3:
		if (v && o)
			isdn_conference_add(w->client[c], v->handle, o->handle);
		break;
	case 4:
		if (v)
			isdn_call_answer(w->client[c], v->handle, "\x04x", 2);
		break;
	case 5:
		if (v)
			isdn_call_drop(w->client[c], v->handle, NULL);
		break;
	default:
		take_events(w, c); /* those that wait for a handle end with it */
		v = pick(w, c);
		if (v && isdn_call_deallocate(w->client[c], v->handle) == 0)
			forget(w, c, v);
	}
}

/* A client goes, with all it alone owns, and another comes in its place. */
static void replace_client(struct world *w)
{
	int c = 2 + (int)dice(w, 2);

	test_mem_fail_every(&w->d->mem, 0);
	isdn_client_close(w->client[c]);
	w->n[c] = 0;
	w->client[c] = desk_client(w->d, "another", c == 2 ? ISDN_OWNER : ISDN_MONITOR);
	if (w->lossy)
		test_mem_fail_every(&w->d->mem, 5);
}

static void world_start(struct world *w, void **state, uint32_t seed)
{
	memset(w, 0, sizeof(*w));
	w->d = *state;
	w->seed = seed;
	w->client[0] = w->d->owner;
	w->client[1] = w->d->monitor;
	w->client[2] = desk_client(w->d, "second owner", ISDN_OWNER);
	w->client[3] = desk_client(w->d, "second monitor", ISDN_MONITOR);
}

static void play(struct world *w, int steps)
{
	for (int i = 0; i < steps; i++) {
		if (w->d->fake.n_legs == FAKE_LEGS)
			return;
		w->d->fake.instant = dice(w, 3) != 0;
		w->d->fake.fail_drop = dice(w, 20) ? 0 : ISDN_ERR_NOMEM;
		if (dice(w, 50) == 0)
			replace_client(w);
		else if (dice(w, 2))
			network(w);
		else
			application(w);
		check(w);
	}
}

static void R_42_every_change_is_told_once_to_every_holder(void **state)
{
	for (uint32_t seed = 1; seed <= 40; seed++) {
		struct world *w = malloc(sizeof(*w));

		assert_non_null(w);
		if (seed > 1) {
			desk_teardown(state);
			desk_setup(state);
		}
		world_start(w, state, seed * 7919);
		play(w, 400);
		assert_true(w->changes > 200);
		assert_true(w->idles > 50);
		free(w);
	}
}

static void R_15_without_memory_nothing_is_lost_but_what_is_marked_lost(void **state)
{
	for (uint32_t seed = 1; seed <= 40; seed++) {
		struct world *w = malloc(sizeof(*w));

		assert_non_null(w);
		desk_teardown(state);
		desk_setup(state);
		world_start(w, state, seed * 104729);
		w->lossy = true;
		test_mem_fail_every(&w->d->mem, 3 + seed % 5);
		play(w, 400);
		test_mem_fail_every(&w->d->mem, 0);
		free(w);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(R_42_every_change_is_told_once_to_every_holder,
						desk_setup, desk_teardown),
		cmocka_unit_test_setup_teardown(
			R_15_without_memory_nothing_is_lost_but_what_is_marked_lost, desk_setup,
			desk_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
