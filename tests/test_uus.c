/* SPDX-License-Identifier: BSD-2-Clause */
/* Components of userUserService, EN 300 286-1 clause 6, octet by octet. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <isdn/uus.h>

#include "tests/helper.h"

#define INVOKE(i, s, p)                                                                            \
	{                                                                                          \
		.type = ISDN_INVOKE, .invoke_id = (i), .service = (s), .preferred = (p)            \
	}
#define RESULT(i)                                                                                  \
	{                                                                                          \
		.type = ISDN_RETURN_RESULT, .invoke_id = (i)                                       \
	}
#define ERROR(i, e)                                                                                \
	{                                                                                          \
		.type = ISDN_RETURN_ERROR, .invoke_id = (i), .error = (e)                          \
	}
#define REJECT(i, tag, p)                                                                          \
	{                                                                                          \
		.type = ISDN_REJECT, .invoke_id = (i), .problem_tag = (tag), .problem = (p)        \
	}

static const struct {
	struct isdn_uus_component component;
	const char *hex;
} rows[] = {
	{ INVOKE(1, ISDN_UUS_1, true), "1c1191a10e02010102010130068101018201ff" },
	{ INVOKE(2, ISDN_UUS_2, false), "1c1191a10e020102020101300681010282 0100" },
	{ INVOKE(3, ISDN_UUS_3, true), "1c1191a10e02010302010130068101038201ff" },
	{ RESULT(1), "1c0691a203020101" },
	{ ERROR(1, ISDN_UUS_REJECTED_BY_USER), "1c0991a306020101020102" },
	{ ERROR(1, ISDN_UUS_REJECTED_BY_NETWORK), "1c0991a306020101020101" },
	{ ERROR(1, ISDN_UUS_NOT_SUBSCRIBED), "1c0991a306020101020100" },
	{ REJECT(1, 1, 1), "1c0991a406020101810101" },
	{ REJECT(1, 1, 2), "1c0991a406020101810102" },
};

static size_t encode(const struct isdn_msg *m, uint8_t *octets)
{
	size_t len;

	assert_int_equal(isdn_msg_encode(ISDN_VARIANT_ETSI, ISDN_USER_TO_NETWORK, m, octets,
					 ISDN_MSG_MAX, &len),
			 0);
	return len;
}

static void decode(const uint8_t *octets, size_t len, struct isdn_msg *m)
{
	struct isdn_faults faults;

	assert_int_equal(
		isdn_msg_decode(ISDN_VARIANT_ETSI, ISDN_USER_TO_NETWORK, octets, len, m, &faults),
		0);
}

static void same(const struct isdn_uus_component *a, const struct isdn_uus_component *b)
{
	assert_int_equal(a->type, b->type);
	assert_int_equal(a->invoke_id, b->invoke_id);
	assert_int_equal(a->service, b->service);
	assert_int_equal(a->preferred, b->preferred);
	assert_int_equal(a->error, b->error);
	assert_int_equal(a->problem_tag, b->problem_tag);
	assert_int_equal(a->problem, b->problem);
}

static void uus_3_components_octet_by_octet(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		uint8_t want[40] = { 0x08, 0x01, 0x05, 0x62 }, is[ISDN_MSG_MAX];
		size_t n = 4 + test_hex(rows[i].hex, want + 4, sizeof(want) - 4);
		struct isdn_uus_component u;
		struct isdn_msg m;

		isdn_msg_init(&m, ISDN_MT_FACILITY, 1, 5, false);
		assert_int_equal(isdn_uus_add(&m, &rows[i].component), 0);
		assert_int_equal(encode(&m, is), n);
		assert_memory_equal(is, want, n);
		decode(want, n, &m);
		assert_int_equal(isdn_uus_read(&m, 0, &u), 1);
		same(&u, &rows[i].component);
		assert_int_equal(isdn_uus_read(&m, 1, &u), ISDN_ERR_INVAL);
	}
}

/* As others may write them. */
static void uus_3_components_in_other_forms(void **state)
{
	static const struct {
		const char *hex;
		int is;
	} forms[] = {
		{ "08010562 1c1191a10e02010102010130068101018201 01", 1 }, /* TRUE is any but 0 */
		{ "08010562 1c0d91a20a020101300502010105 00", 1 }, /* the operation, and NULL */
		{ "08010562 1c1391a110020101020101308081010182 01ff0000",
		  1 }, /* indefinite length */
		{ "08010562 1c0b91a108020101020101 3000", ISDN_ERR_IE_CONTENT },
		{ "08010562 1c0991a106020101020101", ISDN_ERR_IE_CONTENT }, /* no argument */
		{ "08010562 1c1191a10e02010102010130068101008201ff", ISDN_ERR_IE_CONTENT },
		{ "08010562 1c1191a10e02010102010130068101048201ff", ISDN_ERR_IE_CONTENT },
		{ "08010562 1c0e91a10b02010102010130038101 01", ISDN_ERR_IE_CONTENT },
		{ "08010562 1c0e91a10b02010102010130038201ff", ISDN_ERR_IE_CONTENT },
		{ "08010562 1c1191a10e02010102010131068101018201ff", ISDN_ERR_IE_CONTENT },
		{ "08010562 1c1091a10d020101020101300581010182 00", ISDN_ERR_IE_CONTENT },
		{ "08010562 1c1191a10e02010102010230068101018201ff", 0 }, /* another operation */
		{ "08010562 1c119fa10e02010102010130068101018201ff", 0 }, /* of QSIG: callingName */
		{ "08010562 1c0a91a20702010130020201", 0 },		  /* can not be read */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]); i++) {
		uint8_t octets[60];
		size_t n = test_hex(forms[i].hex, octets, sizeof(octets));
		struct isdn_uus_component u;
		struct isdn_msg m;
		int is;

		decode(octets, n, &m);
		is = m.n_components ? isdn_uus_read(&m, 0, &u) : 0;
		if (is != forms[i].is)
			fail_msg("%s: %d", forms[i].hex, is);
	}
}

static void uus_3_arguments(void **state)
{
	struct isdn_uus_component u = INVOKE(1, ISDN_UUS_1, true);
	struct isdn_msg m;

	(void)state;
	isdn_msg_init(&m, ISDN_MT_FACILITY, 1, 5, false);
	assert_int_equal(isdn_uus_add(NULL, &u), ISDN_ERR_INVALPOINTER);
	assert_int_equal(isdn_uus_add(&m, NULL), ISDN_ERR_INVALPOINTER);
	assert_int_equal(isdn_uus_read(&m, 0, NULL), ISDN_ERR_INVALPOINTER);
	assert_int_equal(isdn_uus_read(NULL, 0, &u), ISDN_ERR_INVALPOINTER);
	assert_int_equal(isdn_uus_read(&m, 0, &u), ISDN_ERR_INVAL);
	assert_int_equal(isdn_uus_request(&m, ISDN_UUS_IMPLICIT, true), ISDN_ERR_INVAL);
	assert_int_equal(isdn_uus_request(&m, ISDN_UUS_COUNT, true), ISDN_ERR_INVAL);
	u.type = 0xa5;
	assert_int_equal(isdn_uus_add(&m, &u), ISDN_ERR_INVAL);
	assert_int_equal(m.n_components, 0);
	for (int i = 0; i < ISDN_FACILITIES_MAX; i++)
		assert_int_equal(isdn_uus_request(&m, ISDN_UUS_3, false), 0);
	assert_int_equal(isdn_uus_request(&m, ISDN_UUS_3, false), ISDN_ERR_NOSPC);
	assert_string_equal(isdn_uus_answer_name(ISDN_UUS_ACCEPT), "accepted");
	assert_string_equal(isdn_uus_answer_name(ISDN_UUS_NO_ANSWER), "no answer");
	assert_string_equal(isdn_uus_answer_name(99), "unknown answer");
}

/* 2: User-user with no octets of user information, and one that is empty altogether. */
static void uus_2_user_user_without_octets(void **state)
{
	uint8_t octets[40], again[ISDN_MSG_MAX];
	size_t n = test_hex("08010520 7e0104", octets, sizeof(octets));
	struct isdn_faults faults;
	struct isdn_msg m;

	(void)state;
	decode(octets, n, &m);
	assert_true(isdn_msg_has(&m, ISDN_IE_USER_USER));
	assert_int_equal(m.uui.discriminator, 4);
	assert_int_equal(m.uui.len, 0);
	assert_int_equal(encode(&m, again), n);
	assert_memory_equal(again, octets, n);
	n = test_hex("08010545 08028090 7e00", octets, sizeof(octets));
	assert_int_equal(
		isdn_msg_decode(ISDN_VARIANT_ETSI, ISDN_USER_TO_NETWORK, octets, n, &m, &faults),
		0);
	assert_false(isdn_msg_has(&m, ISDN_IE_USER_USER));
	assert_true(isdn_msg_has(&m, ISDN_IE_CAUSE));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(uus_3_components_octet_by_octet),
		cmocka_unit_test(uus_3_components_in_other_forms),
		cmocka_unit_test(uus_3_arguments),
		cmocka_unit_test(uus_2_user_user_without_octets),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
