/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Spans and their data links: when layer 2 is up, a bus with several terminals,
 * lines that fail during calls. A network and up to 8 users, in virtual time.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <isdn/isdn.h>

#include "tests/helper.h"

#define USERS_MAX 8
#define NET	  USERS_MAX
#define ENDS	  (USERS_MAX + 1)

struct line {
	struct test_mem mem;
	struct isdn_env env;
	isdn_time now;
	struct isdn_span *end[ENDS];
	bool cut;			     /* nothing arrives */
	unsigned got[ENDS][ISDN_PRIM_COUNT]; /* by primitive */
	struct isdn_span_event last[ENDS];
	struct isdn_msg last_msg[ENDS]; /* its message */
	unsigned frames;		/* on the line so far */
	uint32_t seed;
};

static uint32_t dice(void *arg)
{
	struct line *l = arg;

	l->seed = l->seed * 1664525u + 1013904223u;
	return l->seed >> 8;
}

static struct isdn_span_config config(enum isdn_side side, enum isdn_interface interface, bool ptmp)
{
	struct isdn_span_config c;

	isdn_span_config_init(&c, side, interface);
	if (ptmp)
		isdn_span_config_ptmp(&c);
	return c;
}

static struct line *line_new(void)
{
	struct line *l = calloc(1, sizeof(*l));

	assert_non_null(l);
	test_mem_init(&l->mem, &l->env.mem);
	l->env.random = dice;
	l->env.random_arg = l;
	l->now = 1000;
	return l;
}

static void add(struct line *l, unsigned i, const struct isdn_span_config *c)
{
	assert_int_equal(isdn_span_new(&l->end[i], c, &l->env), 0);
}

static void take(struct line *l, unsigned i)
{
	while (isdn_span_next_event(l->end[i], &l->last[i]) == 1) {
		l->got[i][l->last[i].prim]++;
		isdn_msg_copy(&l->last_msg[i], l->last[i].msg);
		l->last[i].msg = &l->last_msg[i];
	}
}

static void exchange(struct line *l)
{
	uint8_t frame[300];
	bool any = true;
	size_t len;

	while (any) {
		any = false;
		for (unsigned i = 0; i < ENDS; i++)
			while (l->end[i] &&
			       isdn_span_tx(l->end[i], frame, sizeof(frame), &len, l->now) == 1) {
				any = true;
				l->frames++;
				for (unsigned to = 0; to < ENDS; to++)
					if (l->end[to] && (to == NET) != (i == NET) && !l->cut)
						assert_int_equal(isdn_span_rx(l->end[to], frame,
									      len, l->now),
								 0);
			}
		for (unsigned i = 0; i < ENDS; i++)
			if (l->end[i])
				take(l, i);
	}
}

static void run_for(struct line *l, isdn_time ms)
{
	isdn_time end = l->now + ms;

	exchange(l);
	for (;;) {
		isdn_time next = ISDN_NEVER;

		for (unsigned i = 0; i < ENDS; i++)
			if (l->end[i] && isdn_span_next_timeout(l->end[i]) < next)
				next = isdn_span_next_timeout(l->end[i]);
		if (next > end)
			break;
		l->now = next > l->now ? next : l->now;
		for (unsigned i = 0; i < ENDS; i++)
			if (l->end[i])
				isdn_span_handle_timeout(l->end[i], l->now);
		exchange(l);
	}
	l->now = end;
}

static void physical(struct line *l, bool active)
{
	l->cut = !active;
	for (unsigned i = 0; i < ENDS; i++)
		if (l->end[i])
			isdn_span_physical(l->end[i], active, l->now);
}

static void line_free(struct line *l)
{
	for (unsigned i = 0; i < ENDS; i++)
		isdn_span_free(l->end[i]);
	assert_int_equal(test_mem_live(&l->mem), 0);
	free(l);
}

/* A network and one user, started. */
static struct line *pair(enum isdn_interface interface, bool ptmp, enum isdn_layer2 layer2)
{
	struct line *l = line_new();

	for (int net = 0; net < 2; net++) {
		struct isdn_span_config c = config((enum isdn_side)net, interface, ptmp);

		if (!net || !ptmp)
			c.layer2 = layer2;
		add(l, net ? NET : 0, &c);
		assert_int_equal(isdn_span_start(l->end[net ? NET : 0], l->now), 0);
	}
	run_for(l, 10);
	return l;
}

static unsigned state_of(const struct line *l, unsigned i)
{
	struct isdn_link link;

	return isdn_span_links(l->end[i], &link, 1) ? link.state : 0;
}

static struct isdn_msg setup_msg(const char *uui)
{
	struct isdn_msg m;

	isdn_msg_init(&m, 0, 0, 0, false);
	memset(&m.bearer[0], 0, sizeof(m.bearer[0]));
	m.bearer[0].rate = 0x10;
	m.bearer[0].layer1 = ISDN_L1_G711_ALAW;
	isdn_msg_set(&m, ISDN_IE_BEARER);
	isdn_msg_set(&m, ISDN_IE_SENDING_COMPLETE);
	memset(&m.called, 0, sizeof(m.called));
	m.called.plan = 1;
	m.called.n_digits = 3;
	memcpy(m.called.digits, "123", 3);
	isdn_msg_set(&m, ISDN_IE_CALLED);
	if (uui) {
		m.uui = (struct isdn_uui){ .discriminator = 4, .len = (uint8_t)strlen(uui) };
		memcpy(m.uui.data, uui, m.uui.len);
		isdn_msg_set(&m, ISDN_IE_USER_USER);
	}
	return m;
}

static isdn_call_id call(struct line *l, unsigned from)
{
	struct isdn_msg m = setup_msg("hello");
	isdn_call_id id;

	assert_int_equal(isdn_span_setup(l->end[from], &m, &id, l->now), 0);
	run_for(l, 10);
	return id;
}

static void answer(struct line *l, unsigned at)
{
	assert_int_equal(l->last[at].prim, ISDN_SETUP_IND);
	assert_true(isdn_msg_has(l->last[at].msg, ISDN_IE_USER_USER));
	if (at == NET)
		assert_int_equal(isdn_span_proceeding(l->end[at], l->last[at].call, NULL, l->now),
				 0);
	assert_int_equal(isdn_span_connect(l->end[at], l->last[at].call, NULL, l->now), 0);
	run_for(l, 10);
}

static void clear(struct line *l, unsigned i, isdn_call_id id)
{
	assert_int_equal(isdn_span_clear(l->end[i], id, 16, NULL, NULL, l->now), 0);
	run_for(l, 10);
	for (unsigned k = 0; k < ENDS; k++) /* the other answers the DISCONNECT */
		if (l->end[k] && l->last[k].prim == ISDN_DISCONNECT_IND) {
			l->last[k].prim = ISDN_LINK_UP;
			(void)isdn_span_clear(l->end[k], l->last[k].call, 16, NULL, NULL, l->now);
		}
	run_for(l, 10);
}

/* A call in each direction works, and leaves nothing behind. */
static void calls_work(struct line *l)
{
	for (int net = 0; net < 2; net++) {
		unsigned from = net ? NET : 0, to = net ? 0 : NET,
			 before = l->got[from][ISDN_SETUP_CONF];
		isdn_call_id id = call(l, from);

		run_for(l, 5000); /* a link may have to come up first */
		answer(l, to);
		assert_int_equal(l->got[from][ISDN_SETUP_CONF], before + 1);
		clear(l, from, id);
		for (unsigned i = 0; i < ENDS; i++)
			if (l->end[i])
				assert_int_equal(isdn_span_calls(l->end[i]), 0);
	}
}

/* ---- when the link is up ---- */

static void layer_2_is_kept_up(void **state)
{
	(void)state;
	for (int ptmp = 0; ptmp < 2; ptmp++) {
		struct line *l = pair(ISDN_BRI, ptmp, ISDN_LAYER2_KEEP_UP);

		assert_int_equal(state_of(l, 0), 7);
		calls_work(l);
		l->cut = true;
		run_for(l, 60000);
		assert_false(isdn_span_is_up(l->end[0]));
		l->cut = false;
		run_for(l, 15000);
		assert_true(isdn_span_is_up(l->end[0]));
		physical(l, false);
		run_for(l, 3600000);
		assert_false(isdn_span_is_up(l->end[0]));
		assert_false(isdn_span_is_up(l->end[NET]));
		physical(l, true);
		run_for(l, 15000);
		assert_true(isdn_span_is_up(l->end[0]));
		assert_true(isdn_span_is_up(l->end[NET]));
		calls_work(l);
		line_free(l);
	}
}

/* The provider takes the idle line down, layer 2 and layer 1; the next call brings it up. */
static void libpri_defect_calls_fail_on_a_line_that_the_provider_took_down(void **state)
{
	(void)state;
	for (int ptmp = 0; ptmp < 2; ptmp++)
		for (int deactivate = 0; deactivate < 2; deactivate++) {
			struct line *l = line_new();
			struct isdn_span_config u = config(ISDN_USER, ISDN_BRI, ptmp);
			struct isdn_span_config n = config(ISDN_NETWORK, ISDN_BRI, ptmp);
			unsigned frames;

			u.layer2 = ISDN_LAYER2_LEAVE_DOWN;
			n.layer2 = ISDN_LAYER2_ON_DEMAND;
			add(l, 0, &u);
			add(l, NET, &n);
			isdn_span_start(l->end[0], l->now);
			isdn_span_start(l->end[NET], l->now);
			run_for(l, 100);
			assert_int_equal(state_of(l, 0), 7); /* once, at the start */
			run_for(l, 10000);		     /* TM01 of the network */
			assert_int_equal(state_of(l, 0), 4);
			if (deactivate)
				physical(l, false);
			frames = l->frames;
			run_for(l, 3600000);
			assert_int_equal(l->frames, frames); /* and nothing since */
			if (deactivate)
				physical(l, true);
			for (int n_calls = 0; n_calls < 3; n_calls++)
				calls_work(l);
			run_for(l, 20000);
			assert_int_equal(state_of(l, 0), 4);
			calls_work(l);
			line_free(l);
		}
}

static void layer_2_is_up_on_demand(void **state)
{
	(void)state;
	for (int ptmp = 0; ptmp < 2; ptmp++) {
		struct line *l = pair(ISDN_BRI, ptmp, ISDN_LAYER2_ON_DEMAND);
		unsigned frames = l->frames;
		isdn_call_id id;

		run_for(l, 3600000);
		assert_int_equal(l->frames, frames);
		assert_int_equal(l->got[0][ISDN_LINK_UP], 0);
		id = call(l, 0);
		answer(l, NET);
		assert_int_equal(state_of(l, 0), 7);
		run_for(l, 3600000); /* a call keeps it */
		assert_int_equal(state_of(l, 0), 7);
		clear(l, 0, id);
		run_for(l, 9900); /* TM01 */
		assert_int_equal(state_of(l, 0), 7);
		run_for(l, 200);
		assert_int_equal(state_of(l, 0), 4);
		calls_work(l);
		/* the peer's link is not taken from it at once */
		run_for(l, 60000);
		id = call(l, NET);
		assert_int_equal(l->last[0].prim, ISDN_SETUP_IND);
		answer(l, 0);
		clear(l, NET, id);
		line_free(l);
	}
}

/* A call that begins while the idle link is being released waits for that, and gets the link again.
 */
static void a_call_meets_the_release_of_the_idle_link(void **state)
{
	(void)state;
	for (int ptmp = 0; ptmp < 2; ptmp++)
		for (int lost = 0; lost < 2; lost++) {
			struct line *l = pair(ISDN_BRI, ptmp, ISDN_LAYER2_ON_DEMAND);
			isdn_call_id id;

			calls_work(l);
			run_for(l, 20000);
			id = call(l, 0);
			answer(l, NET);
			clear(l, 0, id);
			l->cut = true;
			run_for(l, 10010); /* TM01: DISC, and nobody hears it */
			assert_int_equal(state_of(l, 0), 6);
			id = call(l, 0);
			if (lost)
				run_for(l, 4100); /* N200: the release ends without an answer */
			l->cut = false;
			run_for(l, 2500); /* within T303 */
			assert_int_equal(l->last[NET].prim, ISDN_SETUP_IND);
			answer(l, NET);
			assert_int_equal(isdn_span_calls(l->end[0]), 1);
			clear(l, 0, id);
			assert_int_equal(isdn_span_calls(l->end[NET]), 0);
			line_free(l);
		}
}

/* ---- lines that fail during calls ---- */

/*
 * libpri's issue 5: the link is lost during a call, which is hung up meanwhile;
 * its B-channel stays blocked for ever. Here each end hangs up, or both, with the
 * frames lost or layer 1, for longer or shorter than T309, on every interface.
 */
static void libpri_defect_a_link_that_was_lost_leaves_no_channel_blocked(void **state)
{
	static const struct {
		enum isdn_interface interface;
		bool ptmp;
	} lines[] = { { ISDN_E1, false }, { ISDN_BRI, false }, { ISDN_BRI, true } };

	(void)state;
	for (unsigned n = 0; n < 3 * 2 * 2 * 4 * 2; n++) {
		unsigned kind = n % 3, net = n / 3 % 2, layer1 = n / 6 % 2, who = n / 12 % 4;
		isdn_time lost = n / 48 ? 200000 : 20000;
		struct line *l = pair(lines[kind].interface, lines[kind].ptmp,
				      kind == 2 ? ISDN_LAYER2_LEAVE_DOWN : ISDN_LAYER2_KEEP_UP);
		unsigned channels = lines[kind].interface == ISDN_E1 ? 30 : 2;
		isdn_call_id ids[2][30];

		for (unsigned i = 0; i < channels; i++) {
			ids[net][i] = call(l, net ? NET : 0);
			ids[!net][i] = l->last[net ? 0 : NET].call;
			answer(l, net ? 0 : NET);
		}
		assert_int_equal(isdn_span_calls(l->end[0]), channels);
		if (layer1)
			physical(l, false);
		l->cut = true;
		run_for(l, lost / 2);
		for (unsigned i = 0; i < channels; i++) {
			if (who & 1)
				(void)isdn_span_clear(l->end[0], ids[0][i], 16, NULL, NULL, l->now);
			if (who & 2)
				(void)isdn_span_clear(l->end[NET], ids[1][i], 16, NULL, NULL,
						      l->now);
		}
		run_for(l, lost / 2);
		l->cut = false;
		if (layer1)
			physical(l, true);
		run_for(l, 15000);
		for (unsigned k = 0; k < 2; k++) /* who did not hang up does so now */
			for (unsigned i = 0; i < channels; i++)
				(void)isdn_span_clear(l->end[k ? NET : 0], ids[k][i], 16, NULL,
						      NULL, l->now);
		run_for(l, 100000);
		assert_int_equal(isdn_span_calls(l->end[0]), 0);
		assert_int_equal(isdn_span_calls(l->end[NET]), 0);
		for (unsigned i = 0; i < channels; i++) { /* every channel serves again */
			ids[net][i] = call(l, net ? NET : 0);
			run_for(l, 5000);
			answer(l, net ? 0 : NET);
		}
		assert_int_equal(isdn_span_calls(l->end[0]), channels);
		assert_int_equal(isdn_span_calls(l->end[NET]), channels);
		line_free(l);
	}
}

/* A call outlives the loss of layer 1, on each interface, at either end of what T309 allows. */
static void q931_5_8_9_an_active_call_outlives_layer_1(void **state)
{
	(void)state;
	for (unsigned n = 0; n < 12; n++) {
		enum isdn_interface interface = n % 3 ? ISDN_BRI : ISDN_E1;
		struct line *l = pair(interface, n % 3 == 2,
				      n % 3 == 2 ? ISDN_LAYER2_LEAVE_DOWN : ISDN_LAYER2_KEEP_UP);
		isdn_call_id id = call(l, 0);

		run_for(l, 5000);
		answer(l, NET);
		physical(l, false);
		run_for(l, n < 3 ? 300 : n < 6 ? 5000 : n < 9 ? 10000 : 80000);
		physical(l, true);
		run_for(l, 20000);
		assert_int_equal(isdn_span_calls(l->end[0]), 1);
		assert_int_equal(isdn_span_calls(l->end[NET]), 1);
		run_for(l, 100000); /* T309 was stopped */
		assert_int_equal(isdn_span_calls(l->end[0]), 1);
		clear(l, 0, id);
		calls_work(l);
		line_free(l);
	}
}

/* The peer takes the link down as soon as it is up, again and again: no storm. */
static void q921_a_peer_that_never_keeps_the_link_is_asked_now_and_then(void **state)
{
	struct line *l = pair(ISDN_E1, false, ISDN_LAYER2_KEEP_UP);
	isdn_time end;
	unsigned before;

	(void)state;
	(void)call(l, 0);
	answer(l, NET);
	isdn_span_free(l->end[NET]);
	l->end[NET] = NULL;
	before = l->frames;
	for (end = l->now + 10000; l->now < end; l->now += 10) {
		isdn_span_rx(l->end[0], (const uint8_t *)"\x00\x01\x73", 3, l->now); /* UA */
		isdn_span_rx(l->end[0], (const uint8_t *)"\x02\x01\x53", 3, l->now); /* DISC */
		isdn_span_handle_timeout(l->end[0], l->now);
		exchange(l);
	}
	assert_in_range(l->frames - before, 10, 1100); /* an answer to each, an attempt a T200 */
	assert_in_range(isdn_span_calls(l->end[0]), 0, 1);
	line_free(l);
}

/* T303 expired twice before there was a link: nobody hears of a call that is over. */
static void q931_5_1_1_a_setup_that_never_left_is_not_sent_late(void **state)
{
	struct line *l = pair(ISDN_E1, false, ISDN_LAYER2_KEEP_UP);
	struct isdn_msg m = setup_msg("hello");
	isdn_call_id id;

	(void)state;
	physical(l, false);
	exchange(l);
	assert_int_equal(isdn_span_setup(l->end[0], &m, &id, l->now), 0);
	run_for(l, 20000);
	assert_int_equal(isdn_span_calls(l->end[0]), 0);
	physical(l, true);
	run_for(l, 10000);
	assert_int_equal(l->got[NET][ISDN_SETUP_IND], 0);
	calls_work(l);
	line_free(l);
}

/* A line that sends everything back is no link. */
static void q921_3_3_2_a_looped_line_does_not_come_up(void **state)
{
	(void)state;
	for (int side = 0; side < 2; side++) {
		struct line *l = line_new();
		struct isdn_span_config c = config((enum isdn_side)side, ISDN_E1, false);
		uint8_t frame[300];
		size_t len;

		add(l, 0, &c);
		isdn_span_start(l->end[0], l->now);
		for (int n = 0; n < 100; n++) {
			while (isdn_span_tx(l->end[0], frame, sizeof(frame), &len, l->now) == 1)
				isdn_span_rx(l->end[0], frame, len, l->now);
			l->now += 500;
			isdn_span_handle_timeout(l->end[0], l->now);
			assert_false(isdn_span_is_up(l->end[0]));
		}
		line_free(l);
	}
}

/* libpri's da0b057 and 517e5ac: a terminal that got no TEI, or lost its line, tries again. */
static void libpri_defect_a_terminal_without_tei_is_not_stuck(void **state)
{
	struct line *l = line_new();
	struct isdn_span_config u = config(ISDN_USER, ISDN_BRI, true);
	struct isdn_span_config n = config(ISDN_NETWORK, ISDN_BRI, true);

	(void)state;
	add(l, 0, &u);
	isdn_span_start(l->end[0], l->now); /* nobody there */
	run_for(l, 600000);
	add(l, NET, &n);
	isdn_span_start(l->end[NET], l->now);
	run_for(l, 10);
	calls_work(l);
	/* the network is replaced by another, which knows of no TEI */
	isdn_span_free(l->end[NET]);
	add(l, NET, &n);
	isdn_span_start(l->end[NET], l->now);
	run_for(l, 10);
	calls_work(l);
	/* and one that does not say so at its start */
	isdn_span_free(l->end[NET]);
	add(l, NET, &n);
	run_for(l, 30000);
	isdn_span_start(l->end[NET], l->now);
	run_for(l, 1000);
	calls_work(l);
	line_free(l);
}

/* libpri's 05158ec and issue 5 again: the calls of a terminal that is removed end, in all states.
 */
static void a_terminal_that_is_removed_takes_its_calls_with_it(void **state)
{
	(void)state;
	for (int how = 0; how < 2; how++) {
		struct line *l = pair(ISDN_BRI, true, ISDN_LAYER2_LEAVE_DOWN);
		struct isdn_span_config c = config(ISDN_USER, ISDN_BRI, true);
		struct isdn_link links[4];
		isdn_call_id other;

		add(l, 1, &c);
		isdn_span_start(l->end[1], l->now);
		run_for(l, 10);
		assert_int_equal(isdn_span_links(l->end[NET], links, 4), 2);
		(void)call(l, 0);
		answer(l, NET);
		other = call(l, 1);
		answer(l, NET);
		assert_int_equal(isdn_span_calls(l->end[NET]), 2);
		if (how == 0) {
			assert_int_equal(isdn_span_tei_remove(l->end[NET], links[0].tei, l->now),
					 0);
			run_for(l, 1100); /* it asks again after the pause */
		} else {		  /* pulled out: enquiries, SABME, the check find nobody */
			isdn_span_free(l->end[0]);
			l->end[0] = NULL;
			run_for(l, 60000);
		}
		assert_int_equal(isdn_span_calls(l->end[NET]), 1);
		assert_int_equal(isdn_span_links(l->end[NET], links, 4),
				 how ? 1 : 2); /* another TEI */
		assert_int_equal(isdn_span_tei_check(l->end[NET], ISDN_TEI_BROADCAST, l->now), 0);
		run_for(l, 3000);
		clear(l, 1, other);
		isdn_span_free(l->end[1]); /* it would hear the calls, and say nothing */
		l->end[1] = NULL;
		if (!l->end[0])
			add(l, 0, &c);
		run_for(l, 100000);
		calls_work(l);
		line_free(l);
	}
}

/* ---- a bus ---- */

static void q931_5_2_eight_terminals_one_call(void **state)
{
	struct line *l = line_new();
	struct isdn_span_config n = config(ISDN_NETWORK, ISDN_BRI, true);
	struct isdn_span_config u = config(ISDN_USER, ISDN_BRI, true);
	struct isdn_link links[USERS_MAX];
	isdn_call_id id;

	(void)state;
	add(l, NET, &n);
	isdn_span_start(l->end[NET], l->now);
	for (unsigned i = 0; i < USERS_MAX; i++) {
		add(l, i, &u);
		isdn_span_start(l->end[i], l->now);
	}
	run_for(l, 10);
	assert_int_equal(isdn_span_links(l->end[NET], links, USERS_MAX), USERS_MAX);
	id = call(l, NET);
	for (unsigned i = 0; i < USERS_MAX; i++) {
		assert_int_equal(l->last[i].prim, ISDN_SETUP_IND);
		assert_int_equal(l->last[i].msg->uui.len, 5);
		if (i < 6)
			isdn_span_alerting(l->end[i], l->last[i].call, NULL, l->now);
	}
	isdn_span_clear(l->end[6], l->last[6].call, 17, NULL, NULL, l->now); /* busy */
	run_for(l, 10);
	assert_int_equal(l->got[NET][ISDN_ALERTING_IND], 1);
	isdn_span_connect(l->end[3], l->last[3].call, NULL, l->now);
	isdn_span_connect(l->end[5], l->last[5].call, NULL, l->now); /* a moment later */
	run_for(l, 10);
	assert_int_equal(l->got[NET][ISDN_SETUP_CONF], 1);
	for (unsigned i = 0; i < USERS_MAX; i++) {
		if (i == 3) {
			assert_int_equal(l->last[i].prim, ISDN_SETUP_COMPLETE_IND);
		} else if (i < 6) {
			assert_int_equal(l->last[i].prim, ISDN_RELEASE_IND);
			assert_int_equal(l->last[i].cause, 26);
		}
		if (i != 3 && i != 7) /* 7 has not answered yet */
			assert_int_equal(isdn_span_calls(l->end[i]), 0);
	}
	isdn_span_alerting(l->end[7], l->last[7].call, NULL, l->now);
	run_for(l, 10);
	assert_int_equal(isdn_span_calls(l->end[7]), 0);
	clear(l, 3, l->last[3].call);
	(void)id;
	for (unsigned i = 0; i < ENDS; i++)
		assert_int_equal(isdn_span_calls(l->end[i]), 0);
	line_free(l);
}

/* ---- limits, counters, arguments ---- */

static void q921_5_9_3_a_message_longer_than_n201_is_refused(void **state)
{
	struct line *l = line_new();
	struct isdn_span_config c = config(ISDN_USER, ISDN_E1, false);
	struct isdn_msg m = setup_msg("12345678901234567890");
	isdn_call_id id;

	(void)state;
	c.n201 = 41;
	assert_int_equal(isdn_span_new(&l->end[0], &c, &l->env),
			 ISDN_ERR_INVAL); /* no room for UUI */
	c.uui_max = 0;
	c.n201 = 20;
	add(l, 0, &c);
	assert_int_equal(isdn_span_setup(l->end[0], &m, &id, l->now), ISDN_ERR_MSGTOOLONG);
	assert_int_equal(isdn_span_calls(l->end[0]), 0);
	isdn_msg_clear(&m, ISDN_IE_CALLED);
	assert_int_equal(isdn_span_setup(l->end[0], &m, &id, l->now), 0); /* UUI is not carried */
	isdn_span_free(l->end[0]);
	/* with all of N201: what no frame carries */
	c = config(ISDN_NETWORK, ISDN_E1, false);
	add(l, 0, &c);
	m = setup_msg("12345678901234567890");
	m.uui.len = 128;
	m.called.n_digits = 60;
	memset(m.called.digits, '1', 60);
	m.calling[0] = m.called;
	isdn_msg_set(&m, ISDN_IE_CALLING);
	assert_int_equal(isdn_span_setup(l->end[0], &m, &id, l->now), ISDN_ERR_MSGTOOLONG);
	m.calling[0].n_digits = 10;
	assert_int_equal(isdn_span_setup(l->end[0], &m, &id, l->now), 0);
	assert_int_equal(isdn_span_clear(l->end[0], id, 16, &m.uui, NULL, l->now), 0);
	line_free(l);
}

static void q921_5_6_5_a_busy_receiver_holds_the_peer_back(void **state)
{
	struct line *l = pair(ISDN_E1, false, ISDN_LAYER2_KEEP_UP);
	struct isdn_link link;
	isdn_call_id id;

	(void)state;
	isdn_span_receiver_busy(l->end[NET], true, l->now);
	run_for(l, 10);
	id = call(l, 0);
	assert_int_equal(l->got[NET][ISDN_SETUP_IND], 0);
	isdn_span_links(l->end[0], &link, 1);
	assert_true(link.peer_busy);
	assert_int_equal(link.counters.in[ISDN_FRAME_RNR], 1);
	isdn_span_receiver_busy(l->end[NET], false, l->now);
	run_for(l, 2000);
	assert_int_equal(l->got[NET][ISDN_SETUP_IND], 1);
	answer(l, NET);
	clear(l, 0, id);
	line_free(l);
}

static void counters_of_the_line_and_of_the_links(void **state)
{
	struct line *l = pair(ISDN_BRI, true, ISDN_LAYER2_LEAVE_DOWN);
	struct isdn_span_counters c;
	struct isdn_link link;

	(void)state;
	isdn_span_line_error(l->end[0], ISDN_LINE_FCS);
	isdn_span_line_error(l->end[0], ISDN_LINE_FCS);
	isdn_span_line_error(l->end[0], ISDN_LINE_ABORT);
	isdn_span_line_error(l->end[0], ISDN_LINE_OVERRUN);
	calls_work(l);
	isdn_span_counters(l->end[0], &c);
	assert_int_equal(c.fcs_errors, 2);
	assert_int_equal(c.aborts, 1);
	assert_int_equal(c.overruns, 1);
	assert_int_equal(c.tei_assigned, 1);
	isdn_span_links(l->end[0], &link, 1);
	assert_int_equal(link.tei, 64);
	assert_int_equal(link.counters.out[ISDN_FRAME_SABME], 1);
	assert_int_equal(link.counters.established, 1);
	assert_true(link.counters.out[ISDN_FRAME_I] >= 5 && link.counters.in[ISDN_FRAME_I] >= 5);
	assert_memory_equal(link.counters.in, c.links.in, ISDN_FRAME_UI * sizeof(c.links.in[0]));
	assert_int_equal(c.links.in[ISDN_FRAME_UI], 2); /* the SETUP to all, and T303 */
	isdn_span_counters(l->end[NET], &c);
	assert_int_equal(c.links.out[ISDN_FRAME_UI], 2);
	assert_int_equal(isdn_span_tei_check(l->end[0], 64, l->now), ISDN_ERR_INVAL);
	assert_int_equal(isdn_span_tei_remove(l->end[NET], 99, l->now), ISDN_ERR_INVALCALLSTATE);
	assert_int_equal(isdn_span_tei_check(NULL, 64, l->now), ISDN_ERR_INVALPOINTER);
	assert_int_equal(isdn_span_tei_remove(NULL, 64, l->now), ISDN_ERR_INVALPOINTER);
	line_free(l);
}

static void a_config_that_can_not_be_is_refused(void **state)
{
	(void)state;
	for (int n = 0; n < 14; n++) {
		struct isdn_span_config c = config(ISDN_USER, ISDN_BRI, n < 10);
		struct isdn_span *span;

		switch (n) {
		case 0:
			c.interface = ISDN_E1;
			break;
		case 1:
			c.tei = 64;
			break;
		case 2:
			c.t201 = 0;
			break;
		case 3:
			c.t202 = 0;
			break;
		case 4:
			c.n202 = 0;
			break;
		case 5:
			c.n202 = 256;
			break;
		case 6:
			c.layer2 = (enum isdn_layer2)3;
			break;
		case 7:
			c.layer2 = ISDN_LAYER2_ON_DEMAND;
			c.tm01 = 0;
			break;
		case 8:
			c.side = ISDN_NETWORK;
			c.layer2 = ISDN_LAYER2_KEEP_UP;
			break;
		case 9:
			c.n201 = 261;
			break;
		case 10:
			c.tei = 127;
			break;
		case 11:
			c.t200 = 0;
			break;
		case 12:
			c.k = 128;
			break;
		case 13:
			c.n200 = 0;
			break;
		default:
			break;
		}
		assert_int_equal(isdn_span_new(&span, &c, NULL), ISDN_ERR_INVAL);
		assert_null(span);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(layer_2_is_kept_up),
		cmocka_unit_test(libpri_defect_calls_fail_on_a_line_that_the_provider_took_down),
		cmocka_unit_test(layer_2_is_up_on_demand),
		cmocka_unit_test(a_call_meets_the_release_of_the_idle_link),
		cmocka_unit_test(libpri_defect_a_link_that_was_lost_leaves_no_channel_blocked),
		cmocka_unit_test(q931_5_8_9_an_active_call_outlives_layer_1),
		cmocka_unit_test(q921_a_peer_that_never_keeps_the_link_is_asked_now_and_then),
		cmocka_unit_test(q931_5_1_1_a_setup_that_never_left_is_not_sent_late),
		cmocka_unit_test(q921_3_3_2_a_looped_line_does_not_come_up),
		cmocka_unit_test(libpri_defect_a_terminal_without_tei_is_not_stuck),
		cmocka_unit_test(a_terminal_that_is_removed_takes_its_calls_with_it),
		cmocka_unit_test(q931_5_2_eight_terminals_one_call),
		cmocka_unit_test(q921_5_9_3_a_message_longer_than_n201_is_refused),
		cmocka_unit_test(q921_5_6_5_a_busy_receiver_holds_the_peer_back),
		cmocka_unit_test(counters_of_the_line_and_of_the_links),
		cmocka_unit_test(a_config_that_can_not_be_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
