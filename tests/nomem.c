/* SPDX-License-Identifier: BSD-2-Clause */
/* Requests of a registry with each of their allocations failing in turn. */
#include "tests/nomem.h"

#include <stdio.h>

#include "lib/registry.h"

#define TEXT	8192
#define CLIENTS 4

/* What can be seen of a stage. */
struct view {
	char of[CLIENTS][TEXT];
	char wire[TEXT], counts[128];
};

static struct isdn_client *client(const struct stage *s, unsigned i)
{
	struct isdn_client *const all[CLIENTS] = { s->one, s->two, s->three, s->mon };

	return all[i];
}

static void put(char *text, const char *format, ...) ISDN_PRINTF(2, 3);
static void put(char *text, const char *format, ...)
{
	size_t n = strlen(text);
	va_list ap;

	va_start(ap, format);
	assert_true((size_t)vsnprintf(text + n, TEXT - n, format, ap) < TEXT - n);
	va_end(ap);
}

/* The place of a handle in the client's list, from 1; the numbers of calls and handles are others
 * when some were made in vain. */
static size_t place(const isdn_handle *h, size_t n, isdn_handle which)
{
	for (size_t i = 0; i < n; i++)
		if (h[i] == which)
			return i + 1;
	return 0;
}

static void view_call(struct isdn_client *c, const isdn_handle *h, size_t n, size_t at, char *text)
{
	struct isdn_call_status st;
	struct isdn_call_info i;

	assert_int_equal(isdn_call_status(c, h[at], &st), 0);
	assert_int_equal(isdn_call_info(c, h[at], &i), 0);
	put(text, "%zu: %s %x%s, privilege %d, features %x, cause %u, %u parties, ", at + 1,
	    isdn_call_state_name(st.state), st.mode, st.dropping ? " dropping" : "",
	    (int)st.privilege, st.features, i.cause, i.parties);
	put(text, "%s, in %zu, linked %zu, consult %zu of %zu\n", i.hub == i.id ? "own hub" : "hub",
	    place(h, n, i.conference_call), place(h, n, i.linked), place(h, n, i.consult),
	    place(h, n, i.consult_of));
}

static void view_client(struct isdn_client *c, char *text)
{
	isdn_handle h[64];
	size_t n = 0;

	text[0] = '\0';
	if (c)
		assert_int_equal(isdn_client_calls(c, h, 64, &n), 0);
	for (size_t i = 0; i < n; i++)
		view_call(c, h, n, i, text);
}

static void view_legs(const struct mock *m, char *text)
{
	for (unsigned i = 0; i < m->n_legs; i++)
		if (m->leg[i].phase != MOCK_GONE)
			put(text, "leg %u phase %d busy %d; ", i + 1, (int)m->leg[i].phase,
			    m->leg[i].busy);
}

static void view_lines(const struct stage *s, char *text)
{
	struct isdn_bridge_info i;

	for (isdn_bridge b = 1; isdn_bridge_info(s->registry, b, &i) == 0; b++)
		put(text, "line %s: %u stations, %u in use, %u calls; ", i.number, i.stations,
		    i.in_use, i.calls);
}

static void look(const struct stage *s, struct view *v)
{
	struct isdn_registry_counts n;

	for (unsigned i = 0; i < CLIENTS; i++)
		view_client(client(s, i), v->of[i]);
	v->wire[0] = '\0';
	view_legs(&s->mock, v->wire);
	put(v->wire, "| ");
	view_legs(&s->other, v->wire);
	view_lines(s, v->wire);
	isdn_registry_counts(s->registry, &n);
	snprintf(v->counts, sizeof(v->counts),
		 "%zu spans %zu clients %zu calls %zu handles %zu requests %zu events", n.spans,
		 n.clients, n.calls, n.handles, n.requests, n.events);
}

/* What the registry keeps for later would hide where it allocates. */
static void no_spares(struct isdn_registry *r)
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

static void start(void **state, nomem_set set)
{
	struct stage *s;

	stage_teardown(state);
	stage_setup(state);
	s = *state;
	set(s);
	stage_forget(s);
	no_spares(s->registry);
}

/* Events until now: replies of that id; in *lost a bit for each client that missed any. */
static unsigned replies(struct stage *s, int id, unsigned *lost)
{
	struct isdn_event ev;
	unsigned n = 0;

	for (unsigned i = 0; i < CLIENTS; i++)
		while (client(s, i) && isdn_client_next_event(client(s, i), &ev) == 1) {
			n += ev.type == ISDN_EV_REPLY && ev.request == id;
			if (ev.type == ISDN_EV_LOST)
				*lost |= 1u << i;
		}
	return n;
}

static void assert_nobody_was_told(struct stage *s, bool but_lost)
{
	for (unsigned i = 0; i < CLIENTS; i++) {
		const char *words = client(s, i) ? told(s, client(s, i)) : "";

		if (*words && !(but_lost && strcmp(words, "lost") == 0))
			fail_msg("%s", words);
	}
}

static void assert_as_before(struct stage *s, const struct view *before, bool but_lost)
{
	static struct view after;

	stage_run(s);
	assert_nobody_was_told(s, but_lost);
	look(s, &after);
	for (unsigned i = 0; i < CLIENTS; i++)
		assert_string_equal(after.of[i], before->of[i]);
	assert_string_equal(after.wire, before->wire);
	assert_string_equal(after.counts, before->counts);
}

/*
 * Who was not told LOST sees what there is with memory. The monitor, the last one, does not see
 * what is not there because a station misses it.
 */
static void assert_sees(const struct view *v, const struct view *ref, unsigned lost)
{
	for (unsigned i = 0; i < CLIENTS; i++)
		if (!(lost & 1u << i) && !(lost && i == CLIENTS - 1))
			assert_string_equal(v->of[i], ref->of[i]);
}

/* Done, as it is with memory; ref is of that. */
static void assert_done(struct stage *s, int id, const struct view *ref)
{
	static struct view after;
	unsigned lost = 0;

	stage_run(s);
	assert_int_equal(replies(s, id, &lost), id > 0);
	look(s, &after);
	assert_sees(&after, ref, lost);
	assert_string_equal(after.wire, ref->wire);
}

static void drop_all_of(struct stage *s, struct isdn_client *c)
{
	isdn_handle h[64];
	size_t n;

	assert_int_equal(isdn_client_calls(c, h, 64, &n), 0);
	for (size_t i = 0; i < n; i++) {
		struct isdn_call_status st;

		assert_int_equal(isdn_call_status(c, h[i], &st), 0);
		if (st.state == ISDN_CALL_IDLE)
			continue;
		assert_int_equal(isdn_call_set_privilege(c, h[i], ISDN_OWNER), 0);
		assert_true(isdn_call_clear(c, h[i], NULL) > 0);
		stage_run(s);
	}
}

/* One finds what it was not told of, and ends everything. */
static void assert_droppable(struct stage *s)
{
	static struct view after;

	drop_all_of(s, s->one);
	assert_true(isdn_client_see_calls(s->one) >= 0);
	drop_all_of(s, s->one);
	look(s, &after);
	after.wire[strcspn(after.wire, "|")] = '\0';
	assert_string_equal(after.wire, "");
	stage_clean(s);
}

static unsigned walk(void **state, nomem_set set, nomem_ask ask, bool in_part)
{
	static struct view before, ref;
	struct stage *s;
	unsigned refused = 0;
	size_t n, all;
	int err;

	start(state, set);
	s = *state;
	test_mem_fail_at(&s->mem, 0);
	err = ask(s);
	all = s->mem.allocations;
	assert_true(err >= 0);
	stage_run(s);
	(void)replies(s, err, &(unsigned){ 0 });
	look(s, &ref);
	assert_droppable(s);
	for (n = 1; n <= all; n++) {
		start(state, set);
		s = *state;
		look(s, &before);
		test_mem_fail_at(&s->mem, n);
		err = ask(s);
		assert_true(s->mem.allocations >= n);
		test_mem_fail_at(&s->mem, 0);
		if (err == ISDN_ERR_NOMEM) {
			refused++;
			if (in_part)
				stage_forget(s);
			else
				assert_as_before(s, &before, false);
			err = ask(s);
		}
		assert_true(err >= 0);
		assert_done(s, err, &ref);
		assert_droppable(s);
	}
	return refused;
}

unsigned nomem_walk(void **state, nomem_set set, nomem_ask ask)
{
	return walk(state, set, ask, false);
}

void nomem_in_part(void **state, nomem_set set, nomem_ask ask)
{
	assert_true(walk(state, set, ask, true) > 0);
}

void nomem_never(void **state, nomem_set set, nomem_ask ask)
{
	struct stage *s;

	start(state, set);
	s = *state;
	test_mem_fail_every(&s->mem, 1);
	assert_true(ask(s) >= 0);
	test_mem_fail_every(&s->mem, 0);
	assert_int_equal(s->mem.allocations, 0);
	assert_droppable(s);
}

static unsigned lost_by(struct stage *s)
{
	unsigned lost = 0;

	(void)replies(s, 0, &lost);
	return lost;
}

/* With a failure at its n-th allocation: whether it was refused. */
static bool arrives(void **state, nomem_set set, nomem_ask ask, size_t n, const struct view *ref)
{
	static struct view before, after;
	struct stage *s;
	unsigned lost;

	start(state, set);
	s = *state;
	look(s, &before);
	test_mem_fail_at(&s->mem, n);
	assert_int_equal(ask(s), 0);
	assert_true(s->mem.allocations >= n);
	test_mem_fail_at(&s->mem, 0);
	if (stage_asked(&s->mock, s->mock.n_legs, MOCK_DROP)) {
		assert_as_before(s, &before, true);
		return true;
	}
	lost = lost_by(s);
	assert_int_not_equal(lost, 0);
	look(s, &after);
	assert_sees(&after, ref, lost);
	assert_droppable(s);
	return false;
}

void nomem_arrives(void **state, nomem_set set, nomem_ask ask)
{
	static struct view ref;
	unsigned refused = 0;
	struct stage *s;
	size_t all;

	start(state, set);
	s = *state;
	test_mem_fail_at(&s->mem, 0);
	assert_int_equal(ask(s), 0);
	all = s->mem.allocations;
	stage_forget(s);
	look(s, &ref);
	assert_droppable(s);
	for (size_t n = 1; n <= all; n++)
		refused += arrives(state, set, ask, n, &ref);
	assert_int_not_equal(refused, 0);
	assert_int_not_equal(refused, all);
}
