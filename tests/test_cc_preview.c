/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The preview of a clear: octet for octet what ends_clear then finds sent, in every state of both
 * sides. test_cc_walk has the same of random calls.
 */
#include <isdn/isdn.h>

#include "tests/cc_states.h"

#define ALL I3_BROADCAST

static const unsigned states[] = { 1, 2, 3, 4, 6, 7, 8, 9, 10, 11, 12, 15, 17, 19, 25, 31 };
#define N_STATES (sizeof(states) / sizeof(states[0]))

static struct isdn_uui text(const char *t)
{
	struct isdn_uui uui = { .discriminator = 4, .len = (uint8_t)strlen(t) };

	memcpy(uui.data, t, uui.len);
	return uui;
}

static size_t preview(struct ends *e, int i, isdn_call_id id, uint8_t cause,
		      const struct isdn_uui *uui, uint8_t octets[ISDN_MSG_MAX])
{
	size_t len;

	assert_int_equal(i3_cc_clear_preview(e->cc[i], id, cause, uui, octets, ISDN_MSG_MAX, &len),
			 0);
	return len;
}

static void with_each_cause_and_uui(enum reach who, unsigned state)
{
	static const uint8_t causes[] = { 0, 17, 127 };
	const struct isdn_uui uui = text("good bye");

	for (unsigned n = 0; n < 6; n++) {
		struct reached c = reach(who, state);

		assert_int_equal(
			ends_clear(c.e, c.at, c.id[c.at], causes[n / 2], n & 1 ? &uui : NULL, NULL),
			0);
		ends_done(c.e);
	}
}

static void in_each_state_the_preview_is_what_is_sent(void **state)
{
	(void)state;
	for (size_t s = 0; s < N_STATES; s++) {
		with_each_cause_and_uui(REACH_USER, states[s]);
		with_each_cause_and_uui(REACH_NETWORK, states[s]);
		with_each_cause_and_uui(REACH_QSIG, states[s] == 15 || states[s] == 17
							    ? 10
							    : states[s]); /* it suspends none */
	}
	with_each_cause_and_uui(REACH_NETWORK_CALLED, 10);
}

/* The table of isdn_call_drop(3). */
static void the_message_is_that_of_the_state(void **state)
{
	static const struct {
		unsigned state;
		uint8_t user, network;
	} rows[] = {
		{ 1, ISDN_MT_DISCONNECT, ISDN_MT_RELEASE_COMPLETE },
		{ 3, ISDN_MT_DISCONNECT, ISDN_MT_DISCONNECT },
		{ 6, ISDN_MT_RELEASE_COMPLETE, ISDN_MT_DISCONNECT },
		{ 7, ISDN_MT_DISCONNECT, ISDN_MT_DISCONNECT },
		{ 10, ISDN_MT_DISCONNECT, ISDN_MT_DISCONNECT },
		{ 11, 0, ISDN_MT_RELEASE },
		{ 12, ISDN_MT_RELEASE, 0 },
		{ 19, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < 2 * sizeof(rows) / sizeof(rows[0]); i++) {
		struct reached c = reach(i & 1 ? REACH_NETWORK : REACH_USER, rows[i / 2].state);
		uint8_t want = i & 1 ? rows[i / 2].network : rows[i / 2].user;
		uint8_t octets[ISDN_MSG_MAX];
		size_t len = preview(c.e, c.at, c.id[c.at], 0, NULL, octets);

		assert_int_equal(len != 0, want != 0);
		if (want)
			assert_int_equal(octets[4], want);
		ends_done(c.e);
	}
}

static void of_each_variant_and_interface(void **state)
{
	const struct isdn_uui uui = text("bye");
	unsigned codeset7 = 0;

	(void)state;
	for (unsigned n = 0; n < 2 * 2 * 3 * (ISDN_VARIANT_5ESS + 1); n++) {
		struct i3_config as = { .interface = (enum isdn_interface)(n / 4 % 3),
					.variant = (enum isdn_variant)(n / 12),
					.uui_max = 128 };
		struct ends *e = ends_up_as(&as);
		uint8_t octets[ISDN_MSG_MAX];
		isdn_call_id id[2];
		int side = n & 1;
		size_t len;

		call_in(e, 0, n & 2 ? 10 : 4, &id[0], &id[1]);
		len = preview(e, side, id[side], 0, &uui, octets);
		codeset7 += len > 7 && octets[len - 7] == 0x97; /* locking shift */
		assert_int_equal(ends_clear(e, side, id[side], 0, &uui, NULL), 0);
		exchange(e);
		if (state_of(e, !side, id[!side]))
			assert_int_equal(ends_clear(e, !side, id[!side], 0, &uui, NULL), 0);
		ends_done(e);
	}
	assert_int_equal(codeset7, 2 * 2 * 2 * 3); /* of 4ESS and 5ESS */
}

static void a_preview_changes_nothing_however_often_it_is_asked_for(void **state)
{
	const struct isdn_uui uui = text("x");

	(void)state;
	for (size_t s = 0; s < 2 * N_STATES; s++) {
		struct reached c = reach(s & 1 ? REACH_NETWORK : REACH_USER, states[s / 2]);
		struct i3_cc *cc = c.e->cc[c.at];
		isdn_time deadline = i3_cc_deadline(cc);
		uint64_t sent = cc->counters.messages_out;
		uint8_t octets[ISDN_MSG_MAX], again[ISDN_MSG_MAX];
		struct isdn_span_event ev;
		size_t len = preview(c.e, c.at, c.id[c.at], 31, &uui, octets);

		for (int i = 0; i < 100; i++)
			assert_int_equal(preview(c.e, c.at, c.id[c.at], 31, &uui, again), len);
		assert_memory_equal(octets, again, len);
		assert_int_equal(state_of(c.e, c.at, c.id[c.at]), states[s / 2]);
		assert_int_equal(i3_cc_deadline(cc), deadline);
		assert_int_equal(cc->counters.messages_out, sent);
		assert_int_equal(i3_cc_next(cc, &ev), 0);
		ends_done(c.e);
	}
}

static void too_little_room_at_each_length(void **state)
{
	const struct isdn_uui uui = text("as much as there is");
	struct reached c = reach(REACH_USER, 10);
	uint8_t octets[ISDN_MSG_MAX], less[ISDN_MSG_MAX];
	size_t len = preview(c.e, 0, c.id[0], 0, &uui, octets), n;

	(void)state;
	for (size_t cap = 0; cap <= len; cap++) {
		memset(less, 0xee, sizeof(less));
		assert_int_equal(i3_cc_clear_preview(c.e->cc[0], c.id[0], 0, &uui, less, cap, &n),
				 cap < len ? ISDN_ERR_NOSPC : 0);
		assert_int_equal(n, cap < len ? 0 : len);
		assert_int_equal(less[cap], 0xee);
		assert_int_equal(less[0] == 0xee, cap < len);
	}
	ends_done(c.e);
}

static void what_a_clear_refuses_its_preview_refuses(void **state)
{
	struct ends *e = ends_up_as(&(struct i3_config){ .interface = ISDN_BRI, .uui_max = 32 });
	struct isdn_uui uui = { .discriminator = 4, .len = 32 };
	isdn_call_id a, b;

	(void)state;
	call_in(e, 0, 10, &a, &b);
	for (uui.len = 31; uui.len < 35; uui.len++)
		if (uui.len > 32)
			assert_int_equal(ends_clear(e, 0, a, 0, &uui, NULL),
					 ISDN_ERR_USERUSERINFOTOOBIG);
		else
			assert_int_not_equal(
				preview(e, 0, a, 0, &uui, (uint8_t[ISDN_MSG_MAX]){ 0 }), 0);
	uui.len = 255;
	assert_int_equal(ends_clear(e, 0, a, 0, &uui, NULL), ISDN_ERR_USERUSERINFOTOOBIG);
	assert_int_equal(ends_clear(e, 0, a, 128, NULL, NULL), ISDN_ERR_INVAL);
	assert_int_equal(ends_clear(e, 0, a + 1000, 0, NULL, NULL), ISDN_ERR_INVALCALLHANDLE);
	assert_int_equal(ends_clear(e, 1, 0, 0, NULL, NULL), ISDN_ERR_INVALCALLHANDLE);
	ends_done(e);
}

static void without_uui_on_the_line_the_message_goes_without(void **state)
{
	struct ends *e = ends_up_as(&(struct i3_config){ .interface = ISDN_E1 });
	const struct isdn_uui uui = text("lost");
	uint8_t with[ISDN_MSG_MAX], without[ISDN_MSG_MAX];
	isdn_call_id a, b;
	size_t len;

	(void)state;
	call_in(e, 0, 10, &a, &b);
	len = preview(e, 0, a, 0, NULL, without);
	assert_int_equal(preview(e, 0, a, 0, &uui, with), len);
	assert_memory_equal(with, without, len);
	assert_int_equal(ends_clear(e, 0, a, 0, &uui, NULL), 0);
	ends_done(e);
}

/* Service 1, required, refused but not told yet; then UUI that needs it is not sent. */
static void services_that_are_to_be_answered(void **state)
{
	struct i3_config as = { .interface = ISDN_E1,
				.uui_max = 128,
				.uus = { .services = ISDN_UUS_BIT(ISDN_UUS_1) |
						     ISDN_UUS_BIT(ISDN_UUS_2) |
						     ISDN_UUS_BIT(ISDN_UUS_3),
					 .keep_refused = true,
					 .strict = true } };
	const struct isdn_uui uui = text("bye");

	(void)state;
	for (unsigned n = 0; n < 16; n++) {
		struct ends *e = ends_up_as(&as);
		uint8_t octets[ISDN_MSG_MAX], after[ISDN_MSG_MAX];
		struct isdn_msg m = setup_msg();
		int side = n & 1;
		isdn_call_id id;
		size_t before;

		assert_int_equal(isdn_uus_request(&m, ISDN_UUS_1, n & 2), 0);
		assert_int_equal(isdn_uus_request(&m, ISDN_UUS_3, n & 4), 0);
		assert_int_equal(i3_cc_setup(e->cc[!side], &m, &id, e->now), 0);
		id = arrived(e, side);
		if (n & 8)
			assert_int_equal(ask(e, side, id, I3_PROCEEDING_REQ, NULL), 0);
		before = preview(e, side, id, 0, &uui, octets);
		assert_int_equal(i3_cc_uus_decide(e->cc[side], id, ISDN_UUS_1,
						  ISDN_UUS_REJECTED_BY_USER, e->now),
				 0);
		assert_true(preview(e, side, id, 0, &uui, after) > before); /* and its answer */
		assert_int_equal(ends_clear(e, side, id, 0, &uui, NULL), 0);
		ends_done(e);
	}
}

/* ---- the network's own ---- */

static void tones_end_with_release_and_the_cause_of_the_disconnect(void **state)
{
	struct ends *e = ends_up();
	const struct isdn_uui uui = text("too late");
	uint8_t octets[ISDN_MSG_MAX];
	isdn_call_id a, b;
	struct isdn_msg m;

	(void)state;
	call_in(e, 0, 1, &a, &b);
	memset(&m, 0, sizeof(m));
	m.cause[isdn_msg_add(&m, ISDN_IE_CAUSE)] = (struct isdn_cause_ie){ .location = 2,
									   .value = 17 };
	m.progress[isdn_msg_add(&m, ISDN_IE_PROGRESS)].description = 8;
	assert_int_equal(i3_cc_request(e->cc[1], b, I3_DISCONNECT_REQ, &m, e->now), 0);
	assert_true(preview(e, 1, b, 31, &uui, octets) > 0);
	assert_int_equal(octets[4], ISDN_MT_RELEASE);
	assert_int_equal(octets[8], 0x80 | 17);
	assert_int_equal(ends_clear(e, 1, b, 31, &uui, NULL), 0);
	ends_done(e);
}

static void from(struct ends *e, unsigned tei, const char *hex)
{
	uint8_t octets[100];

	assert_int_equal(
		i3_cc_rx(e->cc[1], tei, octets, test_hex(hex, octets, sizeof(octets)), e->now), 0);
	ends_take(e, 1);
}

/* A message to each terminal that answered, none while nobody did. */
static void an_offer_to_a_bus_is_withdrawn_from_those_that_answered(void **state)
{
	const struct isdn_uui uui = text("taken back");

	(void)state;
	for (unsigned n = 0; n < 6; n++) {
		struct ends *e = ends_make(
			&(struct i3_config){ .interface = ISDN_BRI, .uui_max = 128, .ptmp = true });
		uint8_t octets[ISDN_MSG_MAX];
		struct i3_out out;
		isdn_call_id id;

		i3_cc_line(e->cc[1], true);
		for (unsigned tei = 64; tei < 66; tei++)
			i3_cc_dl(e->cc[1], tei, I3_DL_ESTABLISH_IND, e->now);
		id = place(e, 1, NULL);
		while (i3_cc_out(e->cc[1], &out) == 1)
			;
		if (n >= 2)
			from(e, 64, "080181 02");
		if (n >= 4)
			from(e, 65, "080181 01");
		assert_int_equal(preview(e, 1, id, 0, &uui, octets) != 0, n >= 2);
		assert_int_equal(ends_clear(e, 1, id, 0, n & 1 ? &uui : NULL, NULL), 0);
		assert_int_equal(e->cc[1]->out.n, n / 2);
		ends_done(e);
	}
}

static void a_setup_that_waits_for_its_link_goes_without_a_message(void **state)
{
	struct ends *e = ends_new(ISDN_E1, 128);
	isdn_call_id id[2] = { place(e, 0, NULL), place(e, 1, NULL) };
	uint8_t octets[ISDN_MSG_MAX];

	(void)state;
	for (int i = 0; i < 2; i++) {
		assert_int_equal(preview(e, i, id[i], 0, NULL, octets), 0);
		assert_int_equal(ends_clear(e, i, id[i], 0, NULL, NULL), 0);
	}
	ends_done(e);
}

/* What is longer than N201 is not sent; so it is not shown. */
static void a_message_longer_than_n201_is_none(void **state)
{
	struct ends *e = ends_up();
	uint8_t octets[ISDN_MSG_MAX];
	isdn_call_id a, b;
	size_t len;

	(void)state;
	call_in(e, 0, 10, &a, &b);
	len = preview(e, 0, a, 0, NULL, octets);
	e->cc[0]->config.n201 = (uint16_t)len;
	assert_int_equal(preview(e, 0, a, 0, NULL, octets), len);
	e->cc[0]->config.n201 = (uint16_t)(len - 1);
	assert_int_equal(preview(e, 0, a, 0, NULL, octets), 0);
	assert_int_equal(ends_clear(e, 0, a, 0, NULL, NULL), 0);
	ends_done(e);
}

static void of_a_span(void **state)
{
	struct isdn_span_config config;
	uint8_t octets[ISDN_MSG_MAX];
	struct isdn_span *span;
	size_t len = 1;

	(void)state;
	isdn_span_config_init(&config, ISDN_USER, ISDN_E1);
	assert_int_equal(isdn_span_new(&span, &config, NULL), 0);
	assert_int_equal(isdn_span_clear_preview(NULL, 1, 0, NULL, octets, 1, &len),
			 ISDN_ERR_INVALPOINTER);
	assert_int_equal(isdn_span_clear_preview(span, 1, 0, NULL, NULL, 0, &len),
			 ISDN_ERR_INVALPOINTER);
	assert_int_equal(isdn_span_clear_preview(span, 1, 0, NULL, octets, 1, NULL),
			 ISDN_ERR_INVALPOINTER);
	assert_int_equal(isdn_span_clear_preview(span, 1, 0, NULL, octets, 1, &len),
			 ISDN_ERR_INVALCALLHANDLE);
	assert_int_equal(len, 0);
	isdn_span_free(span);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(in_each_state_the_preview_is_what_is_sent),
		cmocka_unit_test(the_message_is_that_of_the_state),
		cmocka_unit_test(of_each_variant_and_interface),
		cmocka_unit_test(a_preview_changes_nothing_however_often_it_is_asked_for),
		cmocka_unit_test(too_little_room_at_each_length),
		cmocka_unit_test(what_a_clear_refuses_its_preview_refuses),
		cmocka_unit_test(without_uui_on_the_line_the_message_goes_without),
		cmocka_unit_test(services_that_are_to_be_answered),
		cmocka_unit_test(tones_end_with_release_and_the_cause_of_the_disconnect),
		cmocka_unit_test(an_offer_to_a_bus_is_withdrawn_from_those_that_answered),
		cmocka_unit_test(a_setup_that_waits_for_its_link_goes_without_a_message),
		cmocka_unit_test(a_message_longer_than_n201_is_none),
		cmocka_unit_test(of_a_span),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
