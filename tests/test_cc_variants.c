/* SPDX-License-Identifier: BSD-2-Clause */
/* What variants have of their own, octet by octet: SETUP, User-user, call references. */
#include "tests/cc_ends.h"

static struct ends *ends_of(enum isdn_variant variant, enum isdn_interface interface)
{
	struct ends *e = ends_up_as(
		&(struct i3_config){ .interface = interface, .variant = variant, .uui_max = 128 });

	e->cut = true;
	return e;
}

/* Side i has sent exactly these octets, and nothing else since the last look. */
static void sent_is(struct ends *e, int i, const char *hex)
{
	uint8_t want[200];
	size_t n = test_hex(hex, want, sizeof(want));
	char is[500] = "";

	e->n_sent[i] = 0;
	exchange(e);
	for (size_t k = 0; k < e->len[i] && k < 200; k++)
		sprintf(is + 2 * k, "%02x", e->octets[i][k]);
	if (e->n_sent[i] != 1 || e->len[i] != n || memcmp(e->octets[i], want, n))
		fail_msg("%s of side %d: %s", isdn_variant_name(e->cc[i]->config.variant), i, is);
}

/* A SETUP with a complete number, a calling number that may be shown, and UUI. */
static struct isdn_msg full_setup(void)
{
	struct isdn_msg m = setup_msg();

	m.calling[0].type = 2;
	m.calling[0].plan = 1;
	m.calling[0].has_presentation = true;
	m.calling[0].n_digits = 2;
	strcpy(m.calling[0].digits, "45");
	isdn_msg_set(&m, ISDN_IE_CALLING);
	set_uui(&m, "hey");
	return m;
}

static void what_leaves_in_setup(void **state)
{
	static const struct {
		enum isdn_variant variant;
		const char *user; /* behind the header, on an E1, which has channel 31 to offer */
	} rows[] = {
		{ ISDN_VARIANT_ETSI,
		  "a1 04038090a3 1803a1839f 6c0421803435 700481313233 7e0404686579" },
		{ ISDN_VARIANT_Q931,
		  "a1 04038090a3 1803a1839f 6c0421803435 700481313233 7e0404686579" },
		/* overlap is there, so Sending complete is */
		{ ISDN_VARIANT_QSIG,
		  "a1 04038090a3 1803a1839f 6c0421803435 700481313233 7e0404686579" },
		{ ISDN_VARIANT_NI2,
		  "04038090a3 1803a1839f 6c0421803435 700481313233 7e0404686579" },
		/* a number that may be shown is network provided */
		{ ISDN_VARIANT_DMS100,
		  "04038090a3 1803a1839f 6c0421833435 700481313233 7e0404686579" },
		/* and User-user behind a locking shift to codeset 7, the last element */
		{ ISDN_VARIANT_4ESS,
		  "04038090a3 1803a1839f 6c0421833435 700481313233 977e0404686579" },
		{ ISDN_VARIANT_5ESS,
		  "04038090a3 1803a1839f 6c0421803435 700481313233 977e0404686579" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct ends *e = ends_of(rows[i].variant, ISDN_E1);
		struct isdn_msg m = full_setup();
		isdn_call_id id;
		char hex[200];

		snprintf(hex, sizeof(hex), "0802000105 %s", rows[i].user);
		assert_int_equal(i3_cc_setup(e->cc[0], &m, &id, e->now), 0);
		sent_is(e, 0, hex);
		run_for(e, 4000); /* T303: once more as it was */
		assert_int_equal(i3_cc_setup(e->cc[1], &m, &id, e->now), 0);
		exchange(e);
		/* the network insists on its channel; a user of a user does not */
		assert_int_equal(e->sent[1].channel_id[0].exclusive,
				 rows[i].variant != ISDN_VARIANT_QSIG);
		assert_int_equal(e->sent[1].calling[0].screening,
				 rows[i].user[strlen("04038090a3 1803a1839f 6c04218")] == '3' ? 3
											      : 0);
		ends_done(e);
	}
}

/* DMS-100 and 4ESS: only what may be shown is changed. */
static void the_presentation_of_the_calling_number(void **state)
{
	static const struct {
		bool has;
		unsigned presentation, screening;
		const char *as_given, *network_provided; /* octets 3 and 3a */
	} rows[] = {
		{ false, 0, 0, "a1", "2183" },	{ true, 0, 0, "2180", "2183" },
		{ true, 0, 1, "2181", "2183" }, { true, 0, 3, "2183", "2183" },
		{ true, 1, 0, "21a0", "21a0" }, { true, 1, 1, "21a1", "21a1" },
		{ true, 2, 3, "21c3", "21c3" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		for (unsigned v = 0; v <= ISDN_VARIANT_5ESS; v++) {
			bool provided = v == ISDN_VARIANT_DMS100 || v == ISDN_VARIANT_4ESS;
			const char *octets = provided ? rows[i].network_provided : rows[i].as_given;
			struct ends *e = ends_of((enum isdn_variant)v, ISDN_E1);
			struct isdn_msg m = full_setup();
			uint8_t want[20], *at = NULL;
			isdn_call_id id;
			char hex[40];
			size_t n;

			m.calling[0].has_presentation = rows[i].has;
			m.calling[0].presentation = (uint8_t)rows[i].presentation;
			m.calling[0].screening = (uint8_t)rows[i].screening;
			snprintf(hex, sizeof(hex), "6c%02zx%s3435", strlen(octets) / 2 + 2, octets);
			n = test_hex(hex, want, sizeof(want));
			assert_int_equal(i3_cc_setup(e->cc[0], &m, &id, e->now), 0);
			exchange(e);
			for (size_t k = 0; k + n <= e->len[0] && !at; k++)
				at = memcmp(e->octets[0] + k, want, n) ? NULL : e->octets[0] + k;
			if (!at)
				fail_msg("%s, row %zu: not %s",
					 isdn_variant_name((enum isdn_variant)v), i, hex);
			ends_done(e);
		}
}

/* 4.5.30 in each message: behind all else, in the codeset of the variant, or that of the option. */
static void the_codeset_of_user_user_in_each_message(void **state)
{
	(void)state;
	for (unsigned n = 0; n < 3 * (ISDN_VARIANT_5ESS + 1); n++) {
		unsigned v = n / 3, option = n % 3;
		bool usual = v == ISDN_VARIANT_4ESS || v == ISDN_VARIANT_5ESS;
		bool seven = option == ISDN_UUI_CODESET_OF_VARIANT ? usual
								   : option == ISDN_UUI_CODESET_7;
		const char *uui = seven ? "977e020478" : "7e020478";
		struct ends *e = ends_of((enum isdn_variant)v, ISDN_E1);
		isdn_call_id id;
		char hex[60];

		e->cc[1]->config.uus.codeset = (enum isdn_uui_codeset)option;
		feed(e, 1, "0005", "0504038090a31803a98381");
		id = e->last[1].call;
		e->cut = true;
		assert_int_equal(ask(e, 1, id, I3_ALERTING_REQ, "x"), 0);
		snprintf(hex, sizeof(hex), "0802800501 1803a98381 %s", uui);
		sent_is(e, 1, hex);
		assert_int_equal(ask(e, 1, id, I3_SETUP_RESP, "x"), 0);
		snprintf(hex, sizeof(hex), "0802800507 %s", uui);
		sent_is(e, 1, hex);
		feed(e, 1, "0005", "0f");
		e->cut = true;
		assert_int_equal(ask(e, 1, id, I3_USER_INFO_REQ, "x"), 0);
		snprintf(hex, sizeof(hex), "0802800520 %s", uui);
		sent_is(e, 1, hex);
		assert_int_equal(clear_call(e, 1, id, 16, "x"), 0);
		snprintf(hex, sizeof(hex), "0802800545 08028290 %s", uui);
		sent_is(e, 1, hex);
		ends_done(e);
	}
}

/* Whatever codeset the far end has it in, but that 4ESS and 5ESS pass over non-locking shifts. */
static void user_user_is_read_in_either_codeset(void **state)
{
	static const struct {
		const char *uui;
		bool non_locking;
	} rows[] = {
		{ "7e020478", false },
		{ "977e020478", false },
		{ "9f7e020478", true },
	};

	(void)state;
	for (unsigned v = 0; v <= ISDN_VARIANT_5ESS; v++)
		for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
			bool passed_over = rows[i].non_locking &&
					   (v == ISDN_VARIANT_4ESS || v == ISDN_VARIANT_5ESS);
			struct ends *e = ends_of((enum isdn_variant)v, ISDN_E1);
			char hex[80];

			snprintf(hex, sizeof(hex), "0504038090a31803a98381%s", rows[i].uui);
			feed(e, 1, "0005", hex);
			assert_int_equal(e->last[1].prim, ISDN_SETUP_IND);
			if (isdn_msg_has(e->last[1].msg, ISDN_IE_USER_USER) == passed_over)
				fail_msg("%s: %s", isdn_variant_name((enum isdn_variant)v),
					 rows[i].uui);
			assert_int_equal(e->n_sent[1], 0);
			ends_done(e);
		}
}

/* An element that the variant does not know is answered by STATUS 99 (5.8.7.1), and not sent. */
static void elements_of_others(void **state)
{
	struct ends *e = ends_of(ISDN_VARIANT_ETSI, ISDN_E1);
	struct isdn_msg m = setup_msg();
	isdn_call_id id;

	(void)state;
	isdn_msg_set(&m, ISDN_IE_ORIGINATING_LINE);
	assert_int_equal(i3_cc_setup(e->cc[0], &m, &id, e->now), ISDN_ERR_INVAL);
	assert_int_equal(i3_cc_calls(e->cc[0]), 0);
	ends_done(e);
	e = ends_of(ISDN_VARIANT_NI2, ISDN_E1);
	assert_int_equal(i3_cc_setup(e->cc[0], &m, &id, e->now), 0);
	ends_done(e);
}

static void call_references_are_as_long_as_the_interface_wants(void **state)
{
	static const enum isdn_interface interfaces[] = { ISDN_E1, ISDN_T1, ISDN_BRI };

	(void)state;
	for (unsigned v = 0; v <= ISDN_VARIANT_5ESS; v++)
		for (unsigned i = 0; i < 3; i++) {
			struct ends *e = ends_of((enum isdn_variant)v, interfaces[i]);

			place(e, 0, NULL);
			exchange(e);
			assert_int_equal(e->octets[0][1], interfaces[i] == ISDN_BRI ? 1 : 2);
			ends_done(e);
		}
}

/* What a span takes from its variant. */
static void profiles_of_variants(void **state)
{
	static const struct {
		enum isdn_variant variant;
		const char *name;
		bool symmetrical, ulaw;
		unsigned location;
	} rows[] = {
		{ ISDN_VARIANT_ETSI, "etsi", false, false, 0 },
		{ ISDN_VARIANT_Q931, "q931", false, false, 0 },
		{ ISDN_VARIANT_QSIG, "qsig", true, false, 1 },
		{ ISDN_VARIANT_NI2, "ni2", false, true, 1 },
		{ ISDN_VARIANT_DMS100, "dms100", false, true, 1 },
		{ ISDN_VARIANT_4ESS, "4ess", false, true, 1 },
		{ ISDN_VARIANT_5ESS, "5ess", false, true, 1 },
	};
	struct i3_profile p;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_true(i3_profile(rows[i].variant, &p));
		assert_string_equal(isdn_variant_name(rows[i].variant), rows[i].name);
		assert_int_equal(p.symmetrical, rows[i].symmetrical);
		assert_int_equal(p.ulaw, rows[i].ulaw);
		assert_int_equal(p.location, rows[i].location);
	}
	assert_false(i3_profile((enum isdn_variant)99, &p));
	assert_null(isdn_variant_name((enum isdn_variant)99));
}

const struct CMUnitTest cc_variant_tests[] = {
	cmocka_unit_test(what_leaves_in_setup),
	cmocka_unit_test(the_presentation_of_the_calling_number),
	cmocka_unit_test(the_codeset_of_user_user_in_each_message),
	cmocka_unit_test(user_user_is_read_in_either_codeset),
	cmocka_unit_test(elements_of_others),
	cmocka_unit_test(call_references_are_as_long_as_the_interface_wants),
	cmocka_unit_test(profiles_of_variants),
};
const size_t cc_n_variant_tests = sizeof(cc_variant_tests) / sizeof(cc_variant_tests[0]);
