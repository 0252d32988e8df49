/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * isdn_call_preview: on lines over the loop what it says is what the drop sends, octet for octet,
 * as a tap sees it; and where there is nothing to say.
 */
#include "tests/stage.h"
#include "tests/wire_helper.h"

static const char bye[] = "\x04"
			  "bye";

/* The layer 3 messages of I frames that a span sends. */
struct sent {
	struct isdn_tap tap; /* must be the first */
	unsigned span, n;
	uint8_t octets[ISDN_MSG_MAX];
	size_t len; /* of the last */
};

static void sends(struct isdn_tap *tap, unsigned span, bool net, enum isdn_trace_dir dir,
		  const uint8_t *octets, size_t len, isdn_time now)
{
	struct sent *s = (struct sent *)tap;

	(void)net;
	(void)now;
	if (span != s->span || dir != ISDN_TRACE_OUT || len < 5 || (octets[2] & 1))
		return;
	s->n++;
	s->len = len - 4;
	memcpy(s->octets, octets + 4, s->len);
}

struct shown {
	int err;
	size_t len;
	uint8_t octets[ISDN_MSG_MAX];
};

static struct shown show(struct isdn_client *c, isdn_handle h, const struct isdn_drop *how)
{
	struct shown p = { .len = 0 };

	p.err = isdn_call_preview(c, h, how, p.octets, sizeof(p.octets), &p.len);
	return p;
}

/* What is shown is sent when the call is cleared, and nothing else is before anybody answers. */
static void shown_is_sent(struct wire *w, struct isdn_client *c, isdn_handle h,
			  const struct isdn_drop *how)
{
	struct sent s = { .tap.frame = sends, .span = w->near_span };
	struct shown p = show(c, h, how);

	assert_int_equal(p.err, 0);
	assert_int_equal(isdn_registry_tap(w->registry, &s.tap), 0);
	assert_true(isdn_call_clear(c, h, how) > 0);
	isdn_registry_untap(w->registry, &s.tap);
	assert_int_equal(s.n, p.len != 0);
	assert_int_equal(s.len, p.len);
	assert_memory_equal(s.octets, p.octets, p.len);
	p = show(c, h, how);
	if (wire_status(c, h).state == ISDN_CALL_IDLE) {
		assert_int_equal(p.err, ISDN_ERR_INVALCALLSTATE);
	} else { /* under way: a second drop sends nothing */
		assert_int_equal(p.err, 0);
		assert_int_equal(p.len, 0);
	}
}

static const struct isdn_drop hows[] = {
	{ .cause = 0 },
	{ .cause = 34, .uui = bye, .uui_size = 4 },
	{ .reason = ISDN_DROP_NOANSWER },
	{ .reason = ISDN_DROP_REJECTED, .uui = bye, .uui_size = 1 },
};

/* ---- lines ---- */

enum moment { MADE, RINGBACK, OFFERING, ACCEPTED, CONNECTED, DISCONNECTED, MOMENTS };

static isdn_handle at_moment(struct wire *w, enum moment moment)
{
	bool out = moment == MADE || moment == RINGBACK;
	struct isdn_client *callee = out ? w->far : w->near;
	isdn_handle near, far, from, to;

	if (moment >= CONNECTED) {
		wire_connected(w, true, &near, &far);
		if (moment == DISCONNECTED)
			assert_true(isdn_call_drop(w->far, far, NULL) > 0);
		wire_run_for(w, 20);
		return near;
	}
	from = wire_make(w, out ? w->near : w->far, out ? w->near_span : w->far_span, NULL, 0);
	to = wire_arrived(callee);
	if (moment == RINGBACK || moment == ACCEPTED)
		assert_true(isdn_call_accept(callee, to, NULL, 0) > 0);
	wire_run_for(w, 20);
	return out ? from : to;
}

static void in_each_state_what_is_shown_is_sent(void **state)
{
	struct wire *w = *state;

	for (unsigned n = 0; n < 4 * MOMENTS; n++) {
		isdn_handle h = at_moment(w, (enum moment)(n / 4));

		shown_is_sent(w, w->near, h, &hows[n % 4]);
		wire_run_for(w, 200000); /* all of it is over */
		wire_drain(w);
	}
}

static void a_monitor_is_shown_it_too_and_nothing_changes(void **state)
{
	struct wire *w = *state;
	isdn_handle near, far, mon[4];
	struct isdn_call_status before, after;
	size_t n;

	wire_connected(w, true, &near, &far);
	before = wire_status(w->near, near);
	assert_int_equal(isdn_client_calls(w->monitor, mon, 4, &n), 0);
	for (unsigned i = 0; i < 4; i++) {
		struct shown a = show(w->near, near, &hows[i]),
			     b = show(w->monitor, mon[0], &hows[i]);

		assert_int_equal(a.err, 0);
		assert_int_equal(a.len, b.len);
		assert_memory_equal(a.octets, b.octets, a.len);
	}
	wire_run_for(w, 1000);
	after = wire_status(w->near, near);
	assert_memory_equal(&before, &after, sizeof(before));
	assert_int_equal(w->n_seen, 0);
	desk_no_event_of(w->near);
	desk_no_event_of(w->monitor);
}

static void too_little_room_at_each_length(void **state)
{
	struct wire *w = *state;
	uint8_t octets[ISDN_MSG_MAX];
	isdn_handle near, far;
	struct shown p;
	size_t len;

	wire_connected(w, true, &near, &far);
	p = show(w->near, near, &hows[1]);
	for (size_t cap = 0; cap <= p.len; cap++) {
		memset(octets, 0xee, sizeof(octets));
		assert_int_equal(isdn_call_preview(w->near, near, &hows[1], octets, cap, &len),
				 cap < p.len ? ISDN_ERR_NOSPC : 0);
		assert_int_equal(len, cap < p.len ? 0 : p.len);
		assert_int_equal(octets[cap], 0xee);
	}
	assert_memory_equal(octets, p.octets, p.len);
}

static void what_a_drop_refuses_its_preview_refuses(void **state)
{
	static uint8_t much[200];
	static const struct {
		struct isdn_drop how;
		int err;
	} rows[] = {
		{ { .uui = much, .uui_size = 129 }, 0 },
		{ { .uui = much, .uui_size = 130 }, ISDN_ERR_USERUSERINFOTOOBIG },
		{ { .uui = much, .uui_size = SIZE_MAX }, ISDN_ERR_USERUSERINFOTOOBIG },
		{ { .cause = 127 }, 0 },
		{ { .cause = 128 }, ISDN_ERR_INVAL },
		{ { .reason = (enum isdn_drop_reason)3 }, ISDN_ERR_INVAL },
	};
	struct wire *w = *state;
	uint8_t octets[ISDN_MSG_MAX];
	isdn_handle near, far;
	size_t len;

	wire_connected(w, true, &near, &far);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(show(w->near, near, &rows[i].how).err, rows[i].err);
		if (rows[i].err)
			assert_int_equal(isdn_call_drop(w->near, near, &rows[i].how), rows[i].err);
	}
	assert_int_equal(show(NULL, near, NULL).err, ISDN_ERR_UNINITIALIZED);
	assert_int_equal(show(w->near, far, NULL).err, ISDN_ERR_INVALCALLHANDLE);
	assert_int_equal(isdn_call_preview(w->near, near, NULL, NULL, 0, &len),
			 ISDN_ERR_INVALPOINTER);
	assert_int_equal(isdn_call_preview(w->near, near, NULL, octets, 1, NULL),
			 ISDN_ERR_INVALPOINTER);
}

/* A line that carries no UUI clears without it (D1). */
static void without_uui_on_the_line_it_is_shown_without(void **state)
{
	struct wire *w = *state;
	isdn_handle near, far;
	struct shown with, without;

	wire_connected(w, true, &near, &far);
	without = show(w->near, near, NULL);
	with = show(w->near, near, &(struct isdn_drop){ .uui = bye, .uui_size = 4 });
	assert_int_equal(with.len, without.len);
	shown_is_sent(w, w->near, near, &hows[1]);
}

static void a_conference_has_no_message_but_its_parties_have(void **state)
{
	struct wire *w = *state;
	isdn_handle near[2], far[2], conf;

	assert_int_equal(isdn_conference_new(w->near, NULL, &conf), 0);
	assert_int_equal(show(w->near, conf, NULL).err, ISDN_ERR_OPERATIONUNAVAIL);
	for (int i = 0; i < 2; i++) {
		wire_connected(w, i, &near[i], &far[i]);
		assert_true(isdn_conference_add(w->near, conf, near[i]) > 0);
	}
	assert_int_equal(show(w->near, conf, NULL).err, ISDN_ERR_OPERATIONUNAVAIL);
	for (int i = 0; i < 2; i++) {
		struct sent s = { .tap.frame = sends, .span = w->near_span };
		struct shown p = show(w->near, near[i], &hows[1]);

		assert_int_equal(p.err, 0);
		assert_int_equal(isdn_registry_tap(w->registry, &s.tap), 0);
		assert_true(isdn_call_drop(w->near, near[i], &hows[1]) > 0);
		isdn_registry_untap(w->registry, &s.tap);
		assert_int_equal(s.len, p.len);
		assert_memory_equal(s.octets, p.octets, p.len);
	}
}

static void of_a_linked_call_its_own_leg_is_shown(void **state)
{
	struct wire *w = *state;
	isdn_handle near[2], far[2];

	for (int i = 0; i < 2; i++)
		wire_connected(w, i, &near[i], &far[i]);
	assert_int_equal(isdn_call_link(w->near, near[0], near[1]), 0);
	assert_int_not_equal(show(w->near, near[0], NULL).octets[2],
			     show(w->near, near[1], NULL).octets[2]); /* call reference */
	assert_int_equal(show(w->near, near[0], NULL).octets[4], ISDN_MT_DISCONNECT);
}

static void at_each_station_of_a_shared_line_the_clear_is_shown(void **state)
{
	struct wire *w = *state;
	struct isdn_client *other = wire_client(w, "other", w->near_span, ISDN_OWNER);
	struct isdn_bridge_config c;
	isdn_handle near, at_other;
	isdn_bridge bridge;
	struct shown p;

	isdn_bridge_config_init(&c);
	c.span = w->near_span;
	assert_int_equal(isdn_bridge_new(w->registry, &c, &bridge), 0);
	assert_int_equal(isdn_bridge_join(w->near, bridge, NULL), 0);
	assert_int_equal(isdn_bridge_join(other, bridge, NULL), 0);
	wire_make(w, w->far, w->far_span, NULL, 0);
	near = wire_arrived(w->near);
	at_other = wire_arrived(other);
	p = show(w->near, near, NULL);
	assert_int_equal(p.err, 0);
	assert_int_equal(p.octets[4], ISDN_MT_RELEASE_COMPLETE);
	assert_true(isdn_call_answer(w->near, near, NULL, 0) > 0);
	wire_run_for(w, 20);
	assert_int_equal(wire_status(other, at_other).mode, ISDN_MODE_INACTIVE);
	assert_true(isdn_call_drop(other, at_other, NULL) < 0); /* D13: it can be cleared */
	assert_memory_equal(show(w->near, near, &hows[1]).octets,
			    show(other, at_other, &hows[1]).octets, ISDN_MSG_MAX);
	shown_is_sent(w, other, at_other, &hows[1]);
}

/* ---- providers without messages ---- */

static void a_provider_without_messages_shows_none(void **state)
{
	struct stage *s = *state;
	isdn_handle a;

	stage_connected(s, &s->mock, "a");
	a = stage_handle(s, s->one, "a");
	assert_int_equal(show(s->one, a, NULL).err, ISDN_ERR_OPERATIONUNAVAIL);
	assert_int_equal(show(s->one, a, &(struct isdn_drop){ .cause = 200 }).err, ISDN_ERR_INVAL);
	assert_true(isdn_call_drop(s->one, a, NULL) > 0);
	assert_int_equal(show(s->one, a, NULL).err, ISDN_ERR_INVALCALLSTATE);
}

/* One that has: what it is asked, and what it answers. */
static struct {
	unsigned asked;
	uint64_t leg;
	uint8_t cause;
	bool uui;
	int answer;
} provider;

static int preview_of(const struct isdn_provider *p, uint64_t leg, uint8_t cause,
		      const struct isdn_uui *uui, uint8_t *octets, size_t cap, size_t *len)
{
	(void)p;
	provider.asked++;
	provider.leg = leg;
	provider.cause = cause;
	provider.uui = uui != NULL;
	if (provider.answer || cap < 3)
		return provider.answer ? provider.answer : ISDN_ERR_NOSPC;
	memcpy(octets, "BYE", 3);
	*len = 3;
	return 0;
}

static void with_preview(struct mock *m)
{
	static struct isdn_provider_ops ops; /* used until the stage is gone */

	memset(&provider, 0, sizeof(provider));
	ops = *m->base.ops;
	ops.preview = preview_of;
	m->base.ops = &ops;
}

static void a_provider_is_asked_as_for_a_drop(void **state)
{
	struct stage *s = *state;
	uint64_t leg;
	struct shown p;

	with_preview(&s->mock);
	leg = stage_offer(s, &s->mock, "1", "a");
	p = show(s->one, stage_handle(s, s->one, "a"), &hows[0]);
	assert_int_equal(p.err, 0);
	assert_memory_equal(p.octets, "BYE", 3);
	assert_int_equal(provider.leg, leg);
	assert_int_equal(provider.cause, 21);
	assert_false(provider.uui);
	(void)show(s->one, stage_handle(s, s->one, "a"), &hows[1]);
	assert_int_equal(provider.cause, 34);
	assert_true(provider.uui);
	s->mock.caps.uui_drop = 0;
	(void)show(s->one, stage_handle(s, s->one, "a"), &hows[1]);
	assert_false(provider.uui);
	provider.answer = ISDN_ERR_INVALCALLSTATE;
	assert_int_equal(show(s->one, stage_handle(s, s->one, "a"), NULL).err,
			 ISDN_ERR_INVALCALLSTATE);
	s->mock.caps.reject_offering = false;
	provider.asked = 0;
	assert_int_equal(show(s->one, stage_handle(s, s->one, "a"), NULL).err,
			 ISDN_ERR_OPERATIONUNAVAIL);
	assert_int_equal(provider.asked, 0);
}

/* provider.h: nothing is asked of a leg after drop. */
static void a_provider_is_not_asked_after_the_drop(void **state)
{
	struct stage *s = *state;
	struct shown p;

	with_preview(&s->mock);
	s->mock.manner[MOCK_DROP] = MOCK_LATE;
	stage_connected(s, &s->mock, "a");
	assert_true(isdn_call_drop(s->one, stage_handle(s, s->one, "a"), NULL) > 0);
	p = show(s->one, stage_handle(s, s->one, "a"), NULL);
	assert_int_equal(p.err, 0);
	assert_int_equal(p.len, 0);
	assert_int_equal(provider.asked, 0);
}

/* One party's UUI is its own affair: a drop of it would go, and so it is shown. */
static void a_party_is_shown_whatever_fits_the_others(void **state)
{
	static uint8_t much[100];
	const struct isdn_drop how = { .uui = much, .uui_size = 100 };
	struct stage *s = *state;
	isdn_handle conf;

	with_preview(&s->mock);
	s->other.caps.uui_drop = 33;
	assert_int_equal(isdn_conference_new(s->one, NULL, &conf), 0);
	stage_connected(s, &s->mock, "a");
	assert_true(isdn_conference_add(s->one, conf, stage_handle(s, s->one, "a")) > 0);
	stage_connected(s, &s->other, "b");
	assert_true(isdn_conference_add(s->one, conf, stage_handle(s, s->one, "b")) > 0);
	assert_int_equal(show(s->one, stage_handle(s, s->one, "a"), &how).err, 0);
	assert_int_equal(show(s->one, stage_handle(s, s->one, "b"), &how).err,
			 ISDN_ERR_USERUSERINFOTOOBIG);
}

static int bri_user(void **state)
{
	return wire_setup(state, false, ",bri", "");
}

static int bri_net(void **state)
{
	return wire_setup(state, true, ",bri", "");
}

static int no_uui(void **state)
{
	return wire_setup(state, false, ",uui=0", "");
}

#define S(test)	      cmocka_unit_test_setup_teardown(test, stage_setup, stage_teardown)
#define W(test, with) cmocka_unit_test_setup_teardown(test, with, wire_teardown)
#define BOTH(test)    W(test, wire_setup_user), W(test, wire_setup_net)

int main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH(in_each_state_what_is_shown_is_sent),
		W(in_each_state_what_is_shown_is_sent, bri_user),
		W(in_each_state_what_is_shown_is_sent, bri_net),
		BOTH(a_monitor_is_shown_it_too_and_nothing_changes),
		BOTH(too_little_room_at_each_length),
		BOTH(what_a_drop_refuses_its_preview_refuses),
		W(without_uui_on_the_line_it_is_shown_without, no_uui),
		BOTH(a_conference_has_no_message_but_its_parties_have),
		BOTH(of_a_linked_call_its_own_leg_is_shown),
		BOTH(at_each_station_of_a_shared_line_the_clear_is_shown),
		S(a_provider_without_messages_shows_none),
		S(a_provider_is_asked_as_for_a_drop),
		S(a_provider_is_not_asked_after_the_drop),
		S(a_party_is_shown_whatever_fits_the_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
