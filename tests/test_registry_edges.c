/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Where calls, conferences, lines and clients meet: what ends while something else is under way,
 * providers that refuse or say odd things, arguments of another size. Each test names its rule.
 */
#include <stdlib.h>

#include "tests/stage.h"
#include "tests/wire_helper.h"

static isdn_handle h(struct stage *s, const char *name)
{
	return stage_handle(s, s->one, name);
}

static isdn_request drop(struct stage *s, const char *name)
{
	return isdn_call_drop(s->one, h(s, name), NULL);
}

/* What a provider of one's own reports, whatever the mock thinks of it. */
static struct isdn_leg_event *report(struct mock *m, enum isdn_leg_event_type type, uint64_t leg)
{
	struct isdn_leg_event *ev = &m->queue[m->tail++ % MOCK_EVENTS];

	memset(ev, 0, sizeof(*ev));
	ev->type = type;
	ev->leg = leg;
	ev->source = ISDN_BY_REMOTE;
	return ev;
}

static void report_state(struct mock *m, uint64_t leg, enum isdn_call_state state, uint32_t mode)
{
	struct isdn_leg_event *ev = report(m, ISDN_LEG_STATE, leg);

	ev->state = state;
	ev->mode = mode;
}

static struct isdn_call_params params(unsigned span)
{
	struct isdn_call_params p;

	isdn_call_params_init(&p);
	p.span = span;
	p.called = "5";
	return p;
}

/* A call of one's that is connected, CONNECTED, by a make. */
static uint64_t call_out(struct stage *s, struct mock *m, const char *name)
{
	struct isdn_call_params p = params(m == &s->mock ? 1 : 2);
	isdn_handle k;

	assert_true(isdn_call_make(s->one, &p, &k) > 0);
	stage_name(s, s->one, k, name);
	return m->n_legs;
}

/* "a" is to begin a conference "conf" without hold, "k" is its consultation call, DIALING. */
static uint64_t set_up(struct stage *s, bool no_hold, bool collapse)
{
	uint64_t leg = stage_connected(s, &s->mock, "a");
	struct isdn_conference_config c;
	struct isdn_call_params p = params(2);
	isdn_handle conf, k;

	isdn_conference_config_init(&c);
	c.no_hold = no_hold;
	c.collapse = collapse;
	s->other.manner[MOCK_MAKE] = MOCK_LATE;
	assert_true(isdn_conference_setup(s->one, h(s, "a"), &c, &p, &conf, &k) > 0);
	stage_name(s, s->one, conf, "conf");
	stage_name(s, s->one, k, "k");
	stage_forget(s);
	return leg;
}

static void transfer(struct stage *s)
{
	struct isdn_call_params p = params(2);
	isdn_handle k;

	stage_connected(s, &s->mock, "a");
	s->other.manner[MOCK_MAKE] = MOCK_DONE;
	assert_true(isdn_call_setup_transfer(s->one, h(s, "a"), &p, &k) > 0);
	stage_name(s, s->one, k, "k");
	stage_forget(s);
}

/* ---- conferences ---- */

/* The first call of a conference without hold ends while the consultation call is dialled: there is
 * no conference. */
static void no_hold_the_first_call_ends_and_there_is_no_conference(void **state)
{
	struct stage *s = *state;
	uint64_t leg = set_up(s, true, false);

	assert_true(mock_release(&s->mock, leg, 16));
	stage_run(s);
	assert_string_equal(stage_state(s, s->one, "conf"), "IDLE");
	assert_int_equal(isdn_conference_add(s->one, h(s, "conf"), h(s, "k")),
			 ISDN_ERR_INVALCALLSTATE);
	stage_clean(s);
}

/* event.h, 5.3.4: after DISCONNECTED comes IDLE. */
static void no_hold_a_disconnected_call_does_not_become_a_party(void **state)
{
	struct stage *s = *state;
	uint64_t leg = set_up(s, true, false);

	assert_true(mock_disconnect(&s->mock, leg, 16, NULL));
	stage_run(s);
	assert_true(mock_connect(&s->other, s->other.n_legs, ISDN_MODE_ACTIVE));
	stage_run(s);
	assert_string_equal(stage_state(s, s->one, "a"), "DISCONNECTED/NORMAL");
	stage_clean(s);
}

/* call.h: no event but IDLE for a call whose drop is under way. */
static void no_hold_a_call_that_is_dropped_does_not_become_a_party(void **state)
{
	struct stage *s = *state;

	set_up(s, true, false);
	s->mock.manner[MOCK_DROP] = MOCK_LATE;
	assert_true(drop(s, "a") > 0);
	assert_true(mock_connect(&s->other, s->other.n_legs, ISDN_MODE_ACTIVE));
	stage_run(s);
	assert_null(strstr(told(s, s->one), "a:CONFERENCED"));
}

/* A call is party or linked, not both (isdn_conference_add: INVALCALLHANDLE). */
static void no_hold_a_linked_consultation_call_does_not_join(void **state)
{
	struct isdn_call_info info;
	struct stage *s = *state;

	set_up(s, true, false);
	stage_connected(s, &s->mock, "x");
	if (isdn_call_link(s->one, h(s, "k"), h(s, "x")))
		return; /* refused: as good */
	assert_true(mock_connect(&s->other, s->other.n_legs, ISDN_MODE_ACTIVE));
	stage_run(s);
	info = stage_info(s, s->one, "k");
	assert_false(info.conference && info.linked);
}

/* conference.h: errors as isdn_conference_add, CONFERENCEFULL. */
static void no_hold_max_parties_holds_for_the_consultation_call(void **state)
{
	struct stage *s = *state;
	struct isdn_conference_config c;
	struct isdn_call_params p = params(2);
	isdn_handle conf, k;

	stage_connected(s, &s->mock, "a");
	isdn_conference_config_init(&c);
	c.no_hold = true;
	c.max_parties = 1;
	s->other.manner[MOCK_MAKE] = MOCK_DONE;
	if (isdn_conference_setup(s->one, h(s, "a"), &c, &p, &conf, &k) < 0)
		return;
	stage_name(s, s->one, conf, "conf");
	assert_true(stage_info(s, s->one, "conf").parties <= 1);
}

/* one reply. The conference ends while a held call that was added is being retrieved. */
static void add_is_answered_when_the_conference_has_ended(void **state)
{
	struct isdn_conference_config c;
	struct stage *s = *state;
	uint64_t leg[1], b;

	isdn_conference_config_init(&c);
	c.collapse = true;
	stage_conference(s, &c, 1, leg);
	b = stage_connected(s, &s->other, "b");
	assert_true(isdn_call_hold(s->one, h(s, "b")) > 0);
	s->other.manner[MOCK_RETRIEVE] = MOCK_LATE;
	stage_forget(s);
	assert_true(isdn_conference_add(s->one, h(s, "conf"), h(s, "b")) > 0);
	assert_true(drop(s, "a") > 0);
	assert_string_equal(told(s, s->one),
			    "reply:COLLAPSED a:IDLE reply:OPERATIONFAILED conf:IDLE");
	assert_true(mock_answer(&s->other, b, true));
	stage_run(s);
	assert_string_equal(told(s, s->one), "b:CONNECTED");
}

/* A conference that has parties and waits for nobody is CONNECTED: prepare_add can be tried again.
 */
static void a_conference_does_not_wait_for_a_call_that_could_not_be_added(void **state)
{
	struct isdn_call_params p = params(2);
	struct stage *s = *state;
	isdn_handle k;
	uint64_t leg[2];

	stage_conference(s, NULL, 2, leg);
	stage_connected(s, &s->other, "x");
	assert_true(isdn_call_hold(s->one, h(s, "x")) > 0);
	assert_true(isdn_conference_prepare_add(s->one, h(s, "conf"), &p, &k) > 0);
	stage_name(s, s->one, k, "k");
	s->other.manner[MOCK_RETRIEVE] = MOCK_REFUSED;
	assert_true(isdn_conference_add(s->one, h(s, "conf"), h(s, "x")) > 0);
	stage_run(s);
	assert_string_equal(stage_state(s, s->one, "x"), "ONHOLD");
	assert_string_equal(stage_state(s, s->one, "conf"), "CONNECTED");
}

/* The same, the call's far end goes while it is retrieved. */
static void a_conference_does_not_wait_for_a_call_that_has_gone(void **state)
{
	struct isdn_call_params p = params(2);
	struct stage *s = *state;
	isdn_handle k;
	uint64_t leg[2], x;

	stage_conference(s, NULL, 2, leg);
	x = stage_connected(s, &s->other, "x");
	assert_true(isdn_call_hold(s->one, h(s, "x")) > 0);
	assert_true(isdn_conference_prepare_add(s->one, h(s, "conf"), &p, &k) > 0);
	stage_name(s, s->one, k, "k");
	s->other.manner[MOCK_RETRIEVE] = MOCK_LATE;
	assert_true(isdn_conference_add(s->one, h(s, "conf"), h(s, "x")) > 0);
	assert_true(mock_release(&s->other, x, 16));
	stage_run(s);
	assert_string_equal(stage_state(s, s->one, "conf"), "CONNECTED");
}

/* The first and only add fails: the conference is as it was before (semantics: add changes nothing
 * until the call is retrieved). */
static void a_new_conference_survives_an_add_that_was_refused(void **state)
{
	struct stage *s = *state;
	isdn_handle conf;

	assert_int_equal(isdn_conference_new(s->one, NULL, &conf), 0);
	stage_name(s, s->one, conf, "conf");
	stage_connected(s, &s->other, "x");
	assert_true(isdn_call_hold(s->one, h(s, "x")) > 0);
	s->other.manner[MOCK_RETRIEVE] = MOCK_REFUSED;
	stage_forget(s);
	assert_true(isdn_conference_add(s->one, conf, h(s, "x")) > 0);
	assert_string_equal(told(s, s->one), "reply:OPERATIONFAILED");
	assert_string_equal(stage_state(s, s->one, "conf"), "ONHOLDPENDCONF");
}

/* a party whose retrieval is refused after its drop is a party until it is gone. */
static void a_late_refusal_does_not_take_a_party_out_that_is_dropped(void **state)
{
	struct stage *s = *state;
	isdn_handle conf;
	uint64_t x;

	assert_int_equal(isdn_conference_new(s->one, NULL, &conf), 0);
	stage_name(s, s->one, conf, "conf");
	x = stage_connected(s, &s->other, "x");
	assert_true(isdn_call_hold(s->one, h(s, "x")) > 0);
	s->other.manner[MOCK_RETRIEVE] = MOCK_LATE;
	s->other.manner[MOCK_DROP] = MOCK_LATE;
	assert_true(isdn_conference_add(s->one, conf, h(s, "x")) > 0);
	stage_forget(s);
	assert_true(drop(s, "conf") > 0);
	stage_forget(s);
	report(&s->other, ISDN_LEG_REFUSED, x); /* was on its way */
	stage_run(s);
	assert_string_equal(told(s, s->one), ""); /* not reply:CLEARED conf:IDLE */
}

/* D1, call.h: USERUSERINFOTOOBIG is told, also for the consultation call that is cleared with it.
 */
static void uui_too_big_for_the_consultation_call(void **state)
{
	struct isdn_drop how = { .uui = "0123456789", .uui_size = 10 };
	struct stage *s = *state;

	s->other.caps.uui_drop = 5;
	set_up(s, false, false);
	assert_int_equal(isdn_call_drop(s->one, h(s, "conf"), &how), ISDN_ERR_USERUSERINFOTOOBIG);
}

/* semantics: add takes CONNECTED ACTIVE, ACTIVEHELD, CONFIRMED. */
static void an_inactive_call_is_not_added(void **state)
{
	struct stage *s = *state;
	isdn_handle conf;
	uint64_t leg = call_out(s, &s->mock, "x");

	assert_true(mock_connect(&s->mock, leg, ISDN_MODE_INACTIVE));
	stage_run(s);
	assert_int_equal(isdn_conference_new(s->one, NULL, &conf), 0);
	assert_string_equal(stage_state(s, s->one, "x"), "CONNECTED/INACTIVE");
	assert_int_equal(isdn_conference_add(s->one, conf, h(s, "x")), ISDN_ERR_INVALCALLSTATE);
}

/* A consultation call that begins a conference of its own is no consultation call any more, as
 * with isdn_conference_add: unhold of the first call does not clear a party. */
static void a_consultation_call_that_begins_a_conference_is_taken(void **state)
{
	struct stage *s = *state;
	isdn_handle conf;

	transfer(s);
	assert_true(isdn_conference_setup(s->one, h(s, "k"), NULL, NULL, &conf, NULL) > 0);
	stage_forget(s);
	assert_true(isdn_call_unhold(s->one, h(s, "a")) > 0);
	stage_run(s);
	assert_string_equal(stage_state(s, s->one, "k"), "CONFERENCED");
}

/* The same, by isdn_call_link. */
static void a_consultation_call_that_is_linked_is_taken(void **state)
{
	struct stage *s = *state;

	transfer(s);
	stage_connected(s, &s->mock, "x");
	if (isdn_call_link(s->one, h(s, "k"), h(s, "x")))
		return;
	assert_true(isdn_call_unhold(s->one, h(s, "a")) > 0);
	stage_run(s);
	assert_string_equal(stage_state(s, s->one, "x"), "CONNECTED");
}

/* clear of what one owns of a conference is complete when all of it is gone. */
static void clear_of_own_parties_is_answered_when_all_are_gone(void **state)
{
	struct stage *s = *state;
	uint64_t leg[3];

	stage_conference(s, NULL, 3, leg);
	assert_true(isdn_call_leave(s->one, h(s, "conf"), NULL) > 0); /* a, c: mock; b: other */
	stage_forget(s);
	s->other.manner[MOCK_DROP] = MOCK_LATE;
	assert_true(isdn_call_clear(s->one, h(s, "a"), NULL) > 0);
	assert_null(strstr(told(s, s->one), "reply:"));
	assert_true(mock_answer(&s->other, leg[1], true));
	stage_run(s);
	assert_non_null(strstr(told(s, s->one), "reply:CLEARED"));
}

/* in join order, whichever party the clear names; the dry run says so too. */
static void clear_of_own_parties_goes_in_join_order(void **state)
{
	struct isdn_effect e[3];
	struct stage *s = *state;
	uint64_t leg[3];
	size_t n;

	stage_conference(s, NULL, 3, leg);
	assert_true(isdn_call_leave(s->one, h(s, "conf"), NULL) > 0);
	stage_forget(s);
	assert_int_equal(isdn_call_dry_run(s->one, h(s, "c"), ISDN_CLEAR, NULL, e, 3, &n), 0);
	assert_int_equal(n, 3);
	assert_true(isdn_call_clear(s->one, h(s, "c"), NULL) > 0);
	assert_int_equal(e[0].id, stage_info(s, s->one, "a").id);
	assert_true(s->mock.log[s->mock.n_log - 1].op == MOCK_DROP);
	assert_int_equal(s->mock.log[s->mock.n_log - 1].leg, leg[2]); /* c was asked after a */
}

/* ---- hold ---- */

/* event.h: held is what the far end did; our own hold is ONHOLD. */
static void our_hold_stays_when_the_far_end_holds_us_too(void **state)
{
	struct stage *s = *state;
	uint64_t leg = stage_connected(s, &s->mock, "a");

	assert_true(isdn_call_hold(s->one, h(s, "a")) > 0);
	report_state(&s->mock, leg, ISDN_CALL_CONNECTED, ISDN_MODE_ACTIVEHELD);
	stage_run(s);
	assert_string_equal(stage_state(s, s->one, "a"), "ONHOLD");
	assert_true(isdn_call_unhold(s->one, h(s, "a")) > 0);
}

/* The same while it waits for a transfer, which can still be completed. */
static void a_transfer_waits_though_the_far_end_holds_us(void **state)
{
	struct stage *s = *state;

	transfer(s);
	report_state(&s->mock, 1, ISDN_CALL_CONNECTED, ISDN_MODE_ACTIVEHELD);
	stage_run(s);
	assert_true(isdn_call_complete_transfer(s->one, h(s, "a"), h(s, "k"), NULL, NULL) > 0);
}

/* call.h: the reply of hold comes when the far end agreed, and no second is asked for before. */
static void a_hold_that_is_asked_for_is_not_forgotten_when_the_far_end_holds_us(void **state)
{
	struct stage *s = *state;
	uint64_t leg = stage_connected(s, &s->mock, "a");

	s->mock.manner[MOCK_HOLD] = MOCK_LATE;
	assert_true(isdn_call_hold(s->one, h(s, "a")) > 0);
	report_state(&s->mock, leg, ISDN_CALL_CONNECTED, ISDN_MODE_ACTIVEHELD);
	stage_run(s);
	assert_false(stage_features(s, s->one, "a") & ISDN_FEATURE_HOLD);
}

/* mode CONNECTED: as the far end left it. */
static void what_the_far_end_holds_is_remembered_over_our_own_hold(void **state)
{
	struct stage *s = *state;
	uint64_t leg = stage_connected(s, &s->mock, "a");

	assert_true(mock_far_hold(&s->mock, leg, true));
	stage_run(s);
	assert_string_equal(stage_state(s, s->one, "a"), "CONNECTED/ACTIVEHELD");
	assert_true(isdn_call_hold(s->one, h(s, "a")) > 0);
	assert_true(isdn_call_unhold(s->one, h(s, "a")) > 0);
	assert_string_equal(stage_state(s, s->one, "a"), "CONNECTED/ACTIVEHELD");
}

/* event.h: DISCONNECTED, drop it. The far end's RETRIEVE ACKNOWLEDGE may come after its
 * DISCONNECT (q931/cc_hold.c, RETRIEVABLE has state 12). */
static void a_retrieval_does_not_revive_a_call_that_the_far_end_cleared(void **state)
{
	struct stage *s = *state;
	uint64_t leg = stage_connected(s, &s->mock, "a");

	assert_true(isdn_call_hold(s->one, h(s, "a")) > 0);
	s->mock.manner[MOCK_RETRIEVE] = MOCK_LATE;
	assert_true(isdn_call_unhold(s->one, h(s, "a")) > 0);
	assert_true(mock_disconnect(&s->mock, leg, 16, NULL));
	report_state(&s->mock, leg, ISDN_CALL_CONNECTED, ISDN_MODE_ACTIVE);
	stage_run(s);
	assert_string_equal(stage_state(s, s->one, "a"), "DISCONNECTED/NORMAL");
}

/* IDLE comes by GONE. A provider that reports IDLE as a state ends nothing, or all of it. */
static void a_provider_that_reports_idle_as_a_state(void **state)
{
	struct stage *s = *state;
	uint64_t leg = stage_connected(s, &s->mock, "a");
	isdn_handle a = h(s, "a");

	report_state(&s->mock, leg, ISDN_CALL_IDLE, 0);
	stage_run(s);
	(void)isdn_call_deallocate(s->one, a);
	stage_forget(s);
	isdn_call_deallocate(s->mon, stage_handle(s, s->mon, "a"));
	assert_true(mock_release(&s->mock, leg, 16));
	stage_run(s);
}

/* ---- transfer ---- */

/* R-72, auto_reconnect: the consultation call ends before the hold is agreed to. */
static void R_72_the_consultation_call_ends_before_the_other_is_held(void **state)
{
	struct isdn_call_params p = params(2);
	struct stage *s = *state;
	uint64_t leg = stage_connected(s, &s->mock, "a");
	isdn_handle k;

	s->mock.manner[MOCK_HOLD] = MOCK_LATE;
	assert_true(isdn_call_setup_transfer(s->one, h(s, "a"), &p, &k) > 0);
	stage_name(s, s->one, k, "k");
	assert_true(drop(s, "k") > 0);
	assert_true(mock_answer(&s->mock, leg, true));
	stage_run(s);
	assert_string_equal(stage_state(s, s->one, "a"), "CONNECTED");
}

/* a transfer that leaves a far end on hold is not TRANSFERRED. */
static void R_73_the_held_leg_can_not_be_retrieved(void **state)
{
	struct stage *s = *state;
	int id;

	transfer(s);
	s->mock.manner[MOCK_RETRIEVE] = MOCK_ERROR;
	id = isdn_call_complete_transfer(s->one, h(s, "a"), h(s, "k"), NULL, NULL);
	if (id > 0)
		assert_null(strstr(told(s, s->one), "reply:TRANSFERRED"));
	assert_string_equal(stage_state(s, s->one, "a"), "ONHOLDPENDTRANSFER");
}

/* The provider's own transfer is not one when the span is closed before it was done. */
static void R_73_a_transfer_that_a_closed_span_ends_is_not_done(void **state)
{
	struct isdn_call_params p = params(1);
	struct stage *s = *state;
	isdn_handle k;

	stage_connected(s, &s->mock, "a");
	s->mock.manner[MOCK_MAKE] = MOCK_DONE;
	assert_true(isdn_call_setup_transfer(s->one, h(s, "a"), &p, &k) > 0);
	stage_name(s, s->one, k, "k");
	s->mock.manner[MOCK_TRANSFER] = MOCK_LATE;
	assert_true(isdn_call_complete_transfer(s->one, h(s, "a"), k, NULL, NULL) > 0);
	stage_forget(s);
	assert_int_equal(isdn_registry_close_span(s->registry, 1), 0);
	assert_null(strstr(told(s, s->one), "reply:TRANSFERRED"));
}

/* after an error nothing was sent. */
static void R_05_setup_transfer_that_can_not_hold_makes_no_call(void **state)
{
	struct isdn_call_params p = params(2);
	struct stage *s = *state;
	isdn_handle k;

	stage_connected(s, &s->mock, "a");
	s->mock.manner[MOCK_HOLD] = MOCK_ERROR;
	if (isdn_call_setup_transfer(s->one, h(s, "a"), &p, &k) < 0)
		assert_int_equal(s->other.n_log, 0);
}

/* ---- shared lines ---- */

static isdn_bridge line(struct stage *s, enum isdn_sharing sharing)
{
	struct isdn_bridge_config c;
	isdn_bridge b;

	isdn_bridge_config_init(&c);
	c.span = 1;
	c.number = "77";
	c.sharing = sharing;
	assert_int_equal(isdn_bridge_new(s->registry, &c, &b), 0);
	s->two = stage_client(s, "two", ISDN_OWNER);
	assert_int_equal(isdn_bridge_join(s->one, b, NULL), 0);
	assert_int_equal(isdn_bridge_join(s->two, b, NULL), 0);
	return b;
}

static isdn_handle newest(struct isdn_client *c)
{
	isdn_handle all[64];
	size_t n;

	assert_int_equal(isdn_client_calls(c, all, 64, &n), 0);
	assert_true(n > 0);
	return all[n - 1];
}

static uint64_t offer(struct stage *s, const char *one, const char *two)
{
	uint64_t leg = mock_offer(&s->mock, "77");

	stage_run(s);
	stage_name(s, s->one, newest(s->one), one);
	stage_name(s, s->two, newest(s->two), two);
	stage_forget(s);
	return leg;
}

/* Two calls ring; one answers the first and has the line: two may not answer the second. */
static void R_64_another_call_of_an_exclusive_line_in_use_is_not_answered(void **state)
{
	struct stage *s = *state;

	line(s, ISDN_SHARING_EXCLUSIVE);
	offer(s, "a1", "b1");
	offer(s, "a2", "b2");
	assert_true(isdn_call_answer(s->one, h(s, "a1"), NULL, 0) > 0);
	assert_int_equal(isdn_call_answer(s->two, stage_handle(s, s->two, "b2"), NULL, 0),
			 ISDN_ERR_INUSE);
}

/* call.h, features: what this client may ask for now. */
static void R_64_no_answer_bit_where_the_line_is_in_use(void **state)
{
	struct stage *s = *state;
	isdn_handle b;

	line(s, ISDN_SHARING_EXCLUSIVE);
	offer(s, "a", "b");
	assert_true(isdn_call_answer(s->one, h(s, "a"), NULL, 0) > 0);
	b = stage_handle(s, s->two, "b");
	assert_string_equal(stage_state(s, s->two, "b"), "CONNECTED/INACTIVE");
	assert_int_equal(isdn_call_answer(s->two, b, NULL, 0), ISDN_ERR_INUSE);
	assert_false(stage_features(s, s->two, "b") & ISDN_FEATURE_ANSWER);
}

/* Far end's hold of a line that a station holds: it is still held here. */
static void a_station_holds_though_the_far_end_holds_too(void **state)
{
	struct stage *s = *state;
	uint64_t leg;

	line(s, ISDN_SHARING_SHARED);
	leg = offer(s, "a", "b");
	assert_true(isdn_call_answer(s->one, h(s, "a"), NULL, 0) > 0);
	assert_true(isdn_call_hold(s->one, h(s, "a")) > 0);
	report_state(&s->mock, leg, ISDN_CALL_CONNECTED, ISDN_MODE_ACTIVEHELD);
	stage_run(s);
	assert_string_equal(stage_state(s, s->one, "a"), "ONHOLD");
}

/* The dry run's cause is that which is sent: a station accepted and left, the last gives up. */
static void dry_run_says_the_cause_of_the_trunk(void **state)
{
	struct isdn_drop how = { .reason = ISDN_DROP_NOANSWER };
	struct isdn_effect e[2];
	struct stage *s = *state;
	uint64_t leg;
	size_t n;

	line(s, ISDN_SHARING_SHARED);
	leg = offer(s, "a", "b");
	assert_true(isdn_call_accept(s->one, h(s, "a"), NULL, 0) > 0);
	assert_true(drop(s, "a") > 0);
	assert_int_equal(
		isdn_call_dry_run(s->two, stage_handle(s, s->two, "b"), ISDN_DROP, &how, e, 2, &n),
		0);
	assert_true(isdn_call_drop(s->two, stage_handle(s, s->two, "b"), &how) > 0);
	assert_int_equal(e[0].cause, stage_last(&s->mock, leg, MOCK_DROP)->cause);
}

/* two calls that a station left to nobody count as two; the others are told. */
static void R_67_the_use_of_a_line_is_told_when_a_client_closes(void **state)
{
	struct isdn_station_config watch;
	struct isdn_client_config c;
	struct isdn_bridge_info info;
	struct stage *s = *state;
	isdn_bridge b = line(s, ISDN_SHARING_NEW);
	struct isdn_client *keeper;

	isdn_station_config_init(&watch);
	watch.monitored = true;
	assert_int_equal(isdn_bridge_join(s->mon, b, &watch), 0);
	isdn_client_config_init(&c);
	c.keep_calls = true;
	keeper = stage_open(s, &c);
	assert_int_equal(isdn_bridge_join(keeper, b, NULL), 0);
	for (int i = 0; i < 2; i++) {
		assert_int_not_equal(mock_offer(&s->mock, "77"), 0);
		stage_run(s);
		assert_true(isdn_call_answer(keeper, newest(keeper), NULL, 0) > 0);
	}
	stage_forget(s);
	isdn_client_close(keeper);
	assert_int_equal(isdn_bridge_info(s->registry, b, &info), 0);
	if (info.in_use != 1)
		assert_non_null(strstr(told(s, s->mon), "line:INUSEMANY(2)"));
}

/* UNKNOWN is a state of isdn/event.h: a call in it ends when its only station leaves. */
static void a_line_is_not_left_with_a_call_that_nobody_can_drop(void **state)
{
	struct isdn_call_params p = params(1);
	struct stage *s = *state;
	isdn_handle k;

	p.bridge = line(s, ISDN_SHARING_SHARED);
	assert_true(isdn_call_make(s->one, &p, &k) > 0);
	report_state(&s->mock, 1, ISDN_CALL_UNKNOWN, 0);
	stage_run(s);
	assert_int_equal(isdn_bridge_leave(s->one, p.bridge), 0);
	stage_run(s);
	assert_int_equal(stage_asked(&s->mock, 1, MOCK_DROP), 1);
	assert_int_equal(isdn_bridge_free(s->registry, p.bridge), 0); /* INUSE for ever */
}

static unsigned blocks_sent;

static int send_later(struct isdn_provider *p, uint64_t leg, const struct isdn_uui *uui, bool more,
		      isdn_time now)
{
	(void)leg;
	(void)uui;
	(void)more;
	(void)now;
	if (p->number == 1 && blocks_sent == 0) {
		blocks_sent = 1;
		return ISDN_ERR_AGAIN;
	}
	blocks_sent++;
	return 0;
}

/* call.h: the reply said OPERATIONFAILED; the block does not leave afterwards, whole. */
static void a_block_of_a_station_that_left_is_not_sent_after_its_reply(void **state)
{
	struct stage *s = *state;
	struct isdn_provider_ops ops = *s->mock.base.ops;
	uint64_t leg;

	blocks_sent = 0;
	ops.send_uui = send_later;
	s->mock.base.ops = &ops;
	s->mock.caps.uui_send = 129;
	line(s, ISDN_SHARING_SHARED);
	leg = offer(s, "a", "b");
	assert_true(isdn_call_answer(s->one, h(s, "a"), NULL, 0) > 0);
	assert_true(isdn_call_answer(s->two, stage_handle(s, s->two, "b"), NULL, 0) > 0);
	stage_forget(s);
	assert_true(isdn_call_send_uui(s->one, h(s, "a"), "\4hi", 3) > 0);
	assert_true(drop(s, "a") > 0);
	assert_string_equal(told(s, s->one),
			    "reply:INACTIVE reply:OPERATIONFAILED a:CONNECTED/INACTIVE");
	report(&s->mock, ISDN_LEG_READY, leg);
	stage_run(s);
	s->mock.base.ops = s->other.base.ops;
	assert_int_equal(blocks_sent, 1); /* that which was told to come again */
}

/* ---- features ---- */

/* call.h: what this client may ask for now. */
static void features_unhold_of_the_call_that_begins_a_conference(void **state)
{
	struct stage *s = *state;
	uint32_t f;

	set_up(s, false, false);
	f = stage_features(s, s->one, "a");
	assert_true(isdn_call_unhold(s->one, h(s, "a")) > 0);
	assert_true(f & ISDN_FEATURE_UNHOLD);
}

static void features_answer_is_asked_for_once(void **state)
{
	struct stage *s = *state;
	uint32_t f;

	stage_offer(s, &s->mock, "1", "a");
	s->mock.manner[MOCK_ANSWER] = MOCK_LATE;
	assert_true(isdn_call_answer(s->one, h(s, "a"), NULL, 0) > 0);
	f = stage_features(s, s->one, "a");
	assert_int_equal(isdn_call_answer(s->one, h(s, "a"), NULL, 0), ISDN_ERR_INVALCALLSTATE);
	assert_false(f & ISDN_FEATURE_ANSWER);
}

static void features_a_call_that_is_dialled_can_be_added(void **state)
{
	struct stage *s = *state;
	isdn_handle conf;
	uint32_t f;

	s->mock.manner[MOCK_MAKE] = MOCK_LATE;
	stage_make(s, "5", "a");
	f = stage_features(s, s->one, "a");
	assert_int_equal(isdn_conference_new(s->one, NULL, &conf), 0);
	assert_true(isdn_conference_add(s->one, conf, h(s, "a")) > 0);
	assert_true(f & ISDN_FEATURE_ADDTOCONFERENCE);
}

/* ---- dry run and the counts of the reply ---- */

/* event.h: calls that changed by it, the dropped one included; as the dry run says. */
static void changed_and_dry_run_agree_when_a_conference_is_left(void **state)
{
	struct isdn_conference_config c;
	struct isdn_effect e[4];
	struct stage *s = *state;
	uint64_t leg[1];
	size_t n;

	isdn_conference_config_init(&c);
	c.collapse = true;
	stage_conference(s, &c, 1, leg);
	assert_int_equal(isdn_call_dry_run(s->one, h(s, "conf"), ISDN_LEAVE, NULL, e, 4, &n), 0);
	assert_true(isdn_call_leave(s->one, h(s, "conf"), NULL) > 0);
	(void)told(s, s->one);
	assert_int_equal(s->last_reply.calls_changed, n);
}

static void changed_and_dry_run_agree_when_the_last_party_is_dropped(void **state)
{
	struct isdn_effect e[4];
	struct stage *s = *state;
	uint64_t leg[1];
	size_t n;

	stage_conference(s, NULL, 1, leg);
	assert_int_equal(isdn_call_dry_run(s->one, h(s, "a"), ISDN_DROP, NULL, e, 4, &n), 0);
	assert_true(drop(s, "a") > 0);
	assert_string_equal(told(s, s->one), "reply:CLEARED a:IDLE conf:IDLE");
	assert_int_equal(s->last_reply.calls_changed, n);
}

static void changed_and_dry_run_agree_when_a_consultation_call_is_dropped(void **state)
{
	struct isdn_effect e[4];
	struct stage *s = *state;
	size_t n;

	transfer(s);
	assert_int_equal(isdn_call_dry_run(s->one, h(s, "k"), ISDN_DROP, NULL, e, 4, &n), 0);
	assert_int_equal(n, 2);
	assert_true(drop(s, "k") > 0);
	stage_run(s);
	assert_string_equal(told(s, s->one), "reply:CLEARED k:IDLE a:CONNECTED");
	assert_int_equal(s->last_reply.calls_changed, n);
}

/* A consultation call that is linked is one no more: the call that waited for it stays as it is. */
static void dry_run_of_a_link_names_both_ends(void **state)
{
	struct isdn_effect e[4];
	struct stage *s = *state;
	size_t n;

	transfer(s);
	stage_connected(s, &s->mock, "x");
	assert_int_equal(isdn_call_link(s->one, h(s, "x"), h(s, "k")), 0);
	assert_int_equal(isdn_call_dry_run(s->one, h(s, "x"), ISDN_DROP, NULL, e, 4, &n), 0);
	assert_true(drop(s, "x") > 0);
	stage_run(s);
	assert_string_equal(stage_state(s, s->one, "a"), "ONHOLDPENDTRANSFER");
	assert_int_equal(n, 2);
}

/* ---- the registry ---- */

/* registry.h: after a request, everything that it caused was sent; nothing would wake the loop. */
static void what_a_span_causes_at_another_is_sent_at_once(void **state)
{
	struct stage *s = *state;
	uint64_t b;

	stage_connected(s, &s->mock, "a");
	b = stage_connected(s, &s->other, "b");
	assert_int_equal(isdn_call_link(s->one, h(s, "a"), h(s, "b")), 0);
	stage_connected(s, &s->other, "c");
	assert_true(mock_disconnect(&s->other, b, 16, NULL)); /* arrives with the next request */
	assert_true(isdn_call_dial(s->one, h(s, "c"), "1") > 0);
	assert_false(s->mock.base.touched); /* span 1 was asked to drop, and is not run */
}

/* The same as an application sees it: the held call is on span 1, the other on span 2. */
static void what_a_request_causes_is_told_without_process(void **state)
{
	struct stage *s = *state;

	transfer(s);
	assert_true(drop(s, "k") > 0);
	assert_string_equal(told(s, s->one), "reply:CLEARED k:IDLE a:CONNECTED");
}

/* registry.h: a reply has the id that a function answered. That of the consultation call's make
 * nobody ever saw. */
static void every_reply_is_that_of_a_request(void **state)
{
	struct isdn_call_params p = params(2);
	struct stage *s = *state;
	struct isdn_event ev;
	isdn_request id;
	isdn_handle k;

	stage_connected(s, &s->mock, "a");
	id = isdn_call_setup_transfer(s->one, h(s, "a"), &p, &k);
	assert_true(id > 0);
	stage_run(s);
	while (isdn_client_next_event(s->one, &ev) == 1)
		if (ev.type == ISDN_EV_REPLY)
			assert_int_equal(ev.request, id);
}

/* client.h: 31 characters of a name are kept. */
static void a_client_of_a_long_name_is_found_by_it(void **state)
{
	static const char name[] = "a client whose name is longer than that";
	struct stage *s = *state;

	s->two = stage_client(s, name, ISDN_OWNER);
	s->three = stage_client(s, "another", ISDN_OWNER);
	s->mock.manner[MOCK_MAKE] = MOCK_LATE;
	stage_make(s, "5", "a");
	assert_int_equal(isdn_call_handoff(s->one, h(s, "a"), name), 0);
}

/* A config of another version is told by its size: what is behind it is not read. */
static void a_config_is_not_read_beyond_its_size(void **state)
{
	size_t *small = malloc(sizeof(*small));
	struct stage *s = *state;
	isdn_handle conf;

	*small = sizeof(*small);
	assert_int_equal(isdn_conference_new(s->one, (void *)small, &conf), ISDN_ERR_INVAL);
	free(small);
}

static void a_config_of_a_line_is_not_read_beyond_its_size(void **state)
{
	size_t *small = malloc(sizeof(*small));
	struct stage *s = *state;
	isdn_bridge b;

	*small = sizeof(*small);
	assert_int_equal(isdn_bridge_new(s->registry, (void *)small, &b), ISDN_ERR_INVAL);
	free(small);
}

static void ops_are_not_read_beyond_their_size(void **state)
{
	size_t *small = malloc(sizeof(*small));
	struct stage *s = *state;
	struct isdn_provider p = { .ops = (void *)small };
	unsigned span;

	*small = sizeof(*small);
	assert_int_equal(isdn_registry_add_provider(s->registry, &p, &span), ISDN_ERR_INVAL);
	free(small);
}

static void params_are_not_read_beyond_their_size(void **state)
{
	size_t *small = malloc(sizeof(*small));
	struct stage *s = *state;
	isdn_handle call;

	*small = sizeof(*small);
	assert_int_equal(isdn_call_make(s->one, (void *)small, &call), ISDN_ERR_INVAL);
	free(small);
}

/* ---- on the wire ---- */

/* event.h: our own hold is ONHOLD. Here it is a matter of ours, the far end's HOLD is on the wire.
 */
static void our_hold_on_e1_stays_when_the_far_end_holds(void **state)
{
	struct wire *w = *state;
	isdn_handle near, far;

	wire_connected(w, true, &near, &far);
	assert_true(isdn_call_hold(w->near, near) > 0);
	assert_int_equal(wire_status(w->near, near).state, ISDN_CALL_ONHOLD);
	assert_true(isdn_call_hold(w->far, far) > 0);
	wire_run_for(w, 20);
	assert_int_equal(wire_status(w->near, near).state, ISDN_CALL_ONHOLD);
}

/* call.h, isdn_call_info.channel: 0 none (yet, or no more); a held call has none (Q.932 6.2). */
static void a_call_that_the_far_end_holds_has_no_channel(void **state)
{
	struct isdn_call_info info;
	struct wire *w = *state;
	isdn_handle near, far;

	wire_connected(w, true, &near, &far);
	assert_true(isdn_call_hold(w->far, far) > 0);
	wire_run_for(w, 20);
	assert_int_equal(wire_status(w->near, near).mode, ISDN_MODE_ACTIVEHELD);
	assert_int_equal(isdn_call_info(w->near, near, &info), 0);
	assert_int_equal(info.channel, 0);
}

static int e1_hold_wire(void **state)
{
	return wire_setup(state, false, "", ",hold-wire");
}

static int bri(void **state)
{
	return wire_setup(state, false, ",bri", "");
}

#define W(f, setup) cmocka_unit_test_setup_teardown(f, setup, wire_teardown)
#define T(f)	    cmocka_unit_test_setup_teardown(f, stage_setup, stage_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(no_hold_a_disconnected_call_does_not_become_a_party),
		T(no_hold_a_call_that_is_dropped_does_not_become_a_party),
		T(no_hold_a_linked_consultation_call_does_not_join),
		T(no_hold_max_parties_holds_for_the_consultation_call),
		T(add_is_answered_when_the_conference_has_ended),
		T(a_conference_does_not_wait_for_a_call_that_could_not_be_added),
		T(a_conference_does_not_wait_for_a_call_that_has_gone),
		T(a_new_conference_survives_an_add_that_was_refused),
		T(a_late_refusal_does_not_take_a_party_out_that_is_dropped),
		T(uui_too_big_for_the_consultation_call),
		T(an_inactive_call_is_not_added),
		T(a_consultation_call_that_begins_a_conference_is_taken),
		T(a_consultation_call_that_is_linked_is_taken),
		T(clear_of_own_parties_is_answered_when_all_are_gone),
		T(clear_of_own_parties_goes_in_join_order),
		T(our_hold_stays_when_the_far_end_holds_us_too),
		T(a_transfer_waits_though_the_far_end_holds_us),
		T(a_hold_that_is_asked_for_is_not_forgotten_when_the_far_end_holds_us),
		T(what_the_far_end_holds_is_remembered_over_our_own_hold),
		T(a_retrieval_does_not_revive_a_call_that_the_far_end_cleared),
		T(R_72_the_consultation_call_ends_before_the_other_is_held),
		T(R_73_the_held_leg_can_not_be_retrieved),
		T(R_73_a_transfer_that_a_closed_span_ends_is_not_done),
		T(R_05_setup_transfer_that_can_not_hold_makes_no_call),
		T(R_64_another_call_of_an_exclusive_line_in_use_is_not_answered),
		T(R_64_no_answer_bit_where_the_line_is_in_use),
		T(a_station_holds_though_the_far_end_holds_too),
		T(dry_run_says_the_cause_of_the_trunk),
		T(R_67_the_use_of_a_line_is_told_when_a_client_closes),
		T(a_line_is_not_left_with_a_call_that_nobody_can_drop),
		T(a_block_of_a_station_that_left_is_not_sent_after_its_reply),
		T(every_reply_is_that_of_a_request),
		T(a_client_of_a_long_name_is_found_by_it),
		T(features_unhold_of_the_call_that_begins_a_conference),
		T(features_answer_is_asked_for_once),
		T(features_a_call_that_is_dialled_can_be_added),
		T(changed_and_dry_run_agree_when_a_conference_is_left),
		T(changed_and_dry_run_agree_when_the_last_party_is_dropped),
		T(changed_and_dry_run_agree_when_a_consultation_call_is_dropped),
		T(dry_run_of_a_link_names_both_ends),
		T(what_a_span_causes_at_another_is_sent_at_once),
		T(what_a_request_causes_is_told_without_process),
		W(our_hold_on_e1_stays_when_the_far_end_holds, e1_hold_wire),
		W(a_call_that_the_far_end_holds_has_no_channel, bri),
		T(no_hold_the_first_call_ends_and_there_is_no_conference),
		T(a_provider_that_reports_idle_as_a_state),
		T(a_config_is_not_read_beyond_its_size),
		T(a_config_of_a_line_is_not_read_beyond_its_size),
		T(ops_are_not_read_beyond_their_size),
		T(params_are_not_read_beyond_their_size),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
