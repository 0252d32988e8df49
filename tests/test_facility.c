/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Facility, Q.932 and EN 300 196-1: components, the header of the networking
 * extensions, what can not be read; values of BER at their limits; diagnostics.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "q931/ber.h"
#include "q931/codec.h"
#include "tests/helper.h"

static struct isdn_msg msg;
static struct isdn_faults faults;

/* A FACILITY message with one Facility element of these contents. */
static const struct isdn_facility *decode(const char *contents)
{
	uint8_t octets[300] = { 8, 1, 1, ISDN_MT_FACILITY, 0x1c }, *exact;
	size_t n = test_hex(contents, octets + 6, 255), len;
	uint8_t again[300];

	octets[5] = (uint8_t)n;
	exact = malloc(n + 6);
	memcpy(exact, octets, n + 6);
	assert_int_equal(isdn_msg_decode(ISDN_VARIANT_ETSI, ISDN_USER_TO_NETWORK, exact, n + 6,
					 &msg, &faults),
			 0);
	free(exact);
	assert_int_equal(isdn_msg_encode(ISDN_VARIANT_ETSI, ISDN_USER_TO_NETWORK, &msg, again,
					 sizeof(again), &len),
			 0);
	assert_int_equal(len, n + 6);
	assert_memory_equal(again, octets, len);
	return &msg.facility[0];
}

/* Composed from the structures alone the element is the same. */
static void composes_to(const char *contents)
{
	uint8_t want[300], again[300];
	size_t n = test_hex(contents, want, sizeof(want)), len;

	msg.decoded = false;
	assert_int_equal(isdn_msg_encode(ISDN_VARIANT_ETSI, ISDN_USER_TO_NETWORK, &msg, again,
					 sizeof(again), &len),
			 0);
	assert_int_equal(len, n + 6);
	assert_memory_equal(again + 6, want, n);
}

static void q932_8_2_3_components(void **state)
{
	const struct isdn_facility *f;
	const struct isdn_component *c = msg.component;

	(void)state;
	f = decode("91 a1 0e 02 01 01 02 01 01 30 06 81 01 01 82 01 01");
	assert_int_equal(f->profile, ISDN_PROFILE_ROSE);
	assert_int_equal(f->n_components, 1);
	assert_int_equal(c->type, ISDN_INVOKE);
	assert_int_equal(c->invoke_id, 1);
	assert_int_equal(c->form, ISDN_OPERATION_LOCAL);
	assert_int_equal(c->local, 1);
	assert_int_equal(c->argument.len, 8);
	composes_to("91 a1 0e 02 01 01 02 01 01 30 06 81 01 01 82 01 01");

	f = decode("91 a1 09 02 01 02 80 01 01 02 01 2b"); /* linked */
	assert_true(c->has_linked_id);
	assert_int_equal(c->linked_id, 1);
	assert_int_equal(c->local, 43);
	composes_to("91 a1 09 02 01 02 80 01 01 02 01 2b");

	f = decode("91 a2 03 02 01 01 a2 0a 02 01 07 30 05 02 01 01 05 00"); /* two results */
	assert_int_equal(f->n_components, 2);
	assert_int_equal(c[0].form, ISDN_OPERATION_NONE);
	assert_int_equal(c[1].local, 1);
	assert_int_equal(c[1].argument.len, 2);
	composes_to("91 a2 03 02 01 01 a2 0a 02 01 07 30 05 02 01 01 05 00");

	f = decode("91 a3 08 02 01 07 02 01 01 05 00");
	assert_int_equal(c->type, ISDN_RETURN_ERROR);
	assert_int_equal(c->local, 1);
	composes_to("91 a3 08 02 01 07 02 01 01 05 00");

	f = decode("91 a4 05 05 00 80 01 02"); /* Reject of nobody knows what */
	assert_false(c->has_invoke_id);
	assert_int_equal(c->problem_tag, 0);
	assert_int_equal(c->problem, 2);
	composes_to("91 a4 05 05 00 80 01 02");

	f = decode("91 a1 0e 02 01 02 06 06 04 00 82 71 01 01 02 01 07");
	assert_int_equal(c->form, ISDN_OPERATION_GLOBAL);
	assert_int_equal(c->global.n, 6);
	assert_int_equal(c->global.arc[3], 369);
	assert_int_equal(f->fault, ISDN_FACILITY_GOOD);
	composes_to("91 a1 0e 02 01 02 06 06 04 00 82 71 01 01 02 01 07");
}

static void profiles_are_told_apart(void **state)
{
	const struct isdn_facility *f;

	(void)state;
	f = decode("9f aa 06 80 01 00 82 01 01 92 01 05 8b 01 02 a1 06 02 01 01 02 01 00");
	assert_int_equal(f->profile, ISDN_PROFILE_NETWORKING_EXTENSIONS);
	assert_true(f->has_nfe && f->has_source && f->has_destination && f->has_npp);
	assert_int_equal(f->destination, 1);
	assert_int_equal(f->npp, 5);
	assert_int_equal(f->interpretation, 2);
	assert_string_equal(isdn_operation_name(f->profile, msg.component[0].local), "callingName");
	composes_to("9f aa 06 80 01 00 82 01 01 92 01 05 8b 01 02 a1 06 02 01 01 02 01 00");
	f = decode("92 01 02 03"); /* CMIP: kept, not looked into */
	assert_int_equal(f->fault, ISDN_FACILITY_PROFILE);
	assert_int_equal(f->rest.len, 3);
	composes_to("92 01 02 03");
	f = decode("11 be a1 06 02 01 01 02 01 04"); /* DMS-100: octet 3a */
	assert_int_equal(f->service, 0x3e);
	assert_int_equal(f->n_components, 1);
	composes_to("11 be a1 06 02 01 01 02 01 04");
	decode("91"); /* no component at all */
	assert_int_equal(msg.facility[0].n_components, 0);
}

/* What is not well formed is kept, told as a Reject would tell it, and no content error (5.8.7.2).
 */
static void what_can_not_be_read_is_told_as_a_reject_would(void **state)
{
	static const struct {
		const char *contents;
		enum isdn_facility_fault fault;
		unsigned n, rest;
	} rows[] = {
		{ "91 a1", ISDN_FACILITY_BADLY_STRUCTURED, 0, 1 },
		{ "91 a1 06 02 01 01 02 01", ISDN_FACILITY_BADLY_STRUCTURED, 0, 7 },
		{ "91 a1 85 00 00 00 00 01", ISDN_FACILITY_BADLY_STRUCTURED, 0, 7 },
		{ "91 a1 80 02 01 01 02 01 04", ISDN_FACILITY_BADLY_STRUCTURED, 0, 8 },
		{ "91 bf 21 00", ISDN_FACILITY_BADLY_STRUCTURED, 0, 3 },
		{ "91 a5 03 02 01 01", ISDN_FACILITY_UNRECOGNIZED_COMPONENT, 0, 5 },
		{ "91 a1 00", ISDN_FACILITY_MISTYPED_COMPONENT, 0, 2 },
		{ "91 a1 03 02 01 01", ISDN_FACILITY_MISTYPED_COMPONENT, 0, 5 },
		{ "91 a1 06 04 01 01 02 01 04", ISDN_FACILITY_MISTYPED_COMPONENT, 0, 8 },
		{ "91 a1 05 05 00 02 01 04", ISDN_FACILITY_MISTYPED_COMPONENT, 0, 7 },
		{ "91 a1 08 02 03 01 00 00 02 01 04", ISDN_FACILITY_MISTYPED_COMPONENT, 0, 10 },
		{ "91 a2 06 02 01 01 02 01 04", ISDN_FACILITY_MISTYPED_COMPONENT, 0, 8 },
		{ "91 a4 06 02 01 01 84 01 01", ISDN_FACILITY_MISTYPED_COMPONENT, 0, 8 },
		{ "91 a1 05 02 01 01 06 00", ISDN_FACILITY_MISTYPED_COMPONENT, 0, 7 },
		{ "91 a1 06 02 01 01 06 01 80", ISDN_FACILITY_MISTYPED_COMPONENT, 0, 8 },
		{ "91 a1 06 02 01 01 02 01 04 a1 00", ISDN_FACILITY_MISTYPED_COMPONENT, 1, 2 },
		{ "9f aa 06 80 01", ISDN_FACILITY_BADLY_STRUCTURED, 0, 4 },
		{ "9f 8b 01 ff", ISDN_FACILITY_BADLY_STRUCTURED, 0, 3 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct isdn_facility *f = decode(rows[i].contents);

		if (f->fault != rows[i].fault || f->n_components != rows[i].n ||
		    f->rest.len != rows[i].rest)
			fail_msg("%s: fault %u, %u components, %u octets left", rows[i].contents,
				 f->fault, f->n_components, f->rest.len);
		assert_int_equal(faults.n, 0);
	}
}

static void lengths_of_each_form(void **state)
{
	const struct isdn_facility *f;

	(void)state;
	f = decode("91 a1 81 06 02 01 01 02 01 04"); /* longer than need be */
	assert_int_equal(f->n_components, 1);
	composes_to("91 a1 06 02 01 01 02 01 04");
	f = decode("91 a1 82 00 06 02 01 01 02 01 04");
	assert_int_equal(f->n_components, 1);
	f = decode("91 a1 80 02 01 01 02 01 04 00 00"); /* indefinite */
	assert_int_equal(f->n_components, 1);
	assert_int_equal(msg.component[0].local, 4);
	f = decode("91 a1 80 02 01 01 02 01 04 30 80 30 80 00 00 00 00 00 00"); /* and nested */
	assert_int_equal(f->fault, ISDN_FACILITY_GOOD);
	assert_int_equal(msg.component[0].argument.len, 8);
	f = decode("91 a1 07 02 02 00 01 02 01 04"); /* an INTEGER of more octets than it needs */
	assert_int_equal(msg.component[0].invoke_id, 1);
	composes_to("91 a1 06 02 01 01 02 01 04");
}

static void nesting_is_bounded(void **state)
{
	char hex[700] = "91 a1 80 02 01 01 02 01 04";

	(void)state;
	for (int i = 0; i < 100; i++)
		strcat(hex, "3080");
	assert_int_equal(decode(hex)->fault, ISDN_FACILITY_BADLY_STRUCTURED);
}

static void more_components_than_are_kept(void **state)
{
	char hex[700] = "91";
	const struct isdn_facility *f;

	(void)state;
	for (int i = 0; i < ISDN_COMPONENTS_MAX + 2; i++)
		strcat(hex, "a103020101");
	f = decode("91 a2 03 02 01 01");
	for (int i = 0; i < ISDN_COMPONENTS_MAX + 2; i++)
		memcpy(hex + 2 + i * 10, "a203020101", 10);
	f = decode(hex);
	assert_int_equal(f->n_components, ISDN_COMPONENTS_MAX);
	assert_int_equal(f->fault, ISDN_FACILITY_TOO_MANY);
	assert_int_equal(f->rest.len, 10);
}

/* INTEGER and OBJECT IDENTIFIER written and read again, at the limits of their lengths. */
static void x690_integers_and_object_identifiers(void **state)
{
	static const int32_t values[] = { 0,	   1,	     -1,       127,	  128,	    -128,
					  -129,	   32767,    32768,    -32768,	  -32769,   8388607,
					  8388608, -8388608, -8388609, INT32_MAX, INT32_MIN };
	static const struct isdn_oid oids[] = { { 2, { 0, 4 } },
						{ 2, { 1, 39 } },
						{ 2, { 2, 47 } },
						{ 3, { 2, 100000, UINT32_MAX } },
						{ 6, { 0, 4, 0, 369, 1, 5 } } };

	(void)state;
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		uint8_t octets[8];
		struct ib_wr w = ib_wr(octets, sizeof(octets));
		struct ib_rd r;
		struct i3_ber b;
		int32_t v = 0;

		i3_ber_write_integer(&w, I3_BER_INTEGER, values[i]);
		r = ib_rd(octets, ib_wr_len(&w));
		assert_true(i3_ber_next(&r, &b) && i3_ber_integer(&b, &v));
		assert_int_equal(v, values[i]);
		if (octets[1] > 1) /* the shortest form, X.690 8.3.2 */
			assert_false((octets[2] == 0 && octets[3] < 0x80) ||
				     (octets[2] == 0xff && octets[3] >= 0x80));
	}
	for (size_t i = 0; i < sizeof(oids) / sizeof(oids[0]); i++) {
		uint8_t octets[40];
		struct ib_wr w = ib_wr(octets, sizeof(octets));
		struct isdn_oid oid;
		struct ib_rd r;
		struct i3_ber b;

		assert_true(i3_ber_write_oid(&w, &oids[i]));
		r = ib_rd(octets, ib_wr_len(&w));
		assert_true(i3_ber_next(&r, &b) && i3_ber_oid(&b, &oid));
		assert_int_equal(oid.n, oids[i].n);
		assert_memory_equal(oid.arc, oids[i].arc, oid.n * sizeof(oid.arc[0]));
	}
	assert_false(i3_ber_write_oid(&(struct ib_wr){ 0 }, &(struct isdn_oid){ 2, { 3, 1 } }));
	assert_false(i3_ber_write_oid(&(struct ib_wr){ 0 }, &(struct isdn_oid){ 2, { 1, 40 } }));
}

/* ---- diagnostics, Q.850 2.2.6 ---- */

static struct isdn_diagnostic diagnostic(unsigned cause, const char *hex)
{
	struct isdn_cause_ie c = { .value = (uint8_t)cause };
	struct isdn_diagnostic d;

	c.n_diag = (uint8_t)test_hex(hex, c.diag, sizeof(c.diag));
	isdn_cause_diagnostic(&c, &d);
	return d;
}

static void q850_2_2_6_diagnostics(void **state)
{
	struct isdn_diagnostic d;

	(void)state;
	assert_int_equal(diagnostic(16, "").kind, ISDN_DIAGNOSTIC_NONE);
	d = diagnostic(1, "81");
	assert_int_equal(d.kind, ISDN_DIAGNOSTIC_CONDITION);
	assert_int_equal(d.condition, 1);
	assert_int_equal(diagnostic(1, "83").kind, ISDN_DIAGNOSTIC_OCTETS);
	assert_int_equal(diagnostic(17, "82").number, 2);
	assert_int_equal(diagnostic(17, "85").kind, ISDN_DIAGNOSTIC_OCTETS);
	d = diagnostic(21, "856c");
	assert_int_equal(d.reason, 1);
	assert_int_equal(d.id[0], 0x6c);
	assert_int_equal(diagnostic(21, "80").n, 0);
	assert_int_equal(diagnostic(21, "90").kind, ISDN_DIAGNOSTIC_OCTETS);
	assert_string_equal(diagnostic(22, "7004a1313233").digits, "123");
	assert_string_equal(diagnostic(22, "a1313233").digits, "123");
	assert_string_equal(diagnostic(22, "313233").digits, "123");
	assert_int_equal(diagnostic(22, "7005a1313233").kind, ISDN_DIAGNOSTIC_OCTETS);
	d = diagnostic(99, "5f9532");
	assert_int_equal(d.n, 2);
	assert_int_equal(d.codeset[1], 5);
	assert_int_equal(d.id[1], 0x32);
	assert_int_equal(diagnostic(99, "95").kind, ISDN_DIAGNOSTIC_OCTETS);
	assert_int_equal(diagnostic(97, "3f").number, 0x3f);
	assert_string_equal(diagnostic(102, "333038").digits, "308");
	assert_int_equal(diagnostic(102, "0102").kind, ISDN_DIAGNOSTIC_OCTETS);
	assert_int_equal(diagnostic(82, "a98385").kind, ISDN_DIAGNOSTIC_CHANNEL);
	assert_int_equal(diagnostic(34, "81").number, 1);
	assert_int_equal(diagnostic(127, "81").kind, ISDN_DIAGNOSTIC_OCTETS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(q932_8_2_3_components),
		cmocka_unit_test(profiles_are_told_apart),
		cmocka_unit_test(what_can_not_be_read_is_told_as_a_reject_would),
		cmocka_unit_test(lengths_of_each_form),
		cmocka_unit_test(nesting_is_bounded),
		cmocka_unit_test(more_components_than_are_kept),
		cmocka_unit_test(x690_integers_and_object_identifiers),
		cmocka_unit_test(q850_2_2_6_diagnostics),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
