/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Messages of Q.931 as structures: faults are sorted as clause 5.8 sorts them,
 * codesets, variants, segmentation, composing and changing, printing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "q931/codec.h"
#include "tests/helper.h"

static struct isdn_faults faults;
static struct isdn_msg msg;

static enum isdn_dir dir_of(char dir)
{
	return dir == 'u' ? ISDN_USER_TO_NETWORK : ISDN_NETWORK_TO_USER;
}

static int decode_as(enum isdn_variant variant, char dir, const char *hex)
{
	uint8_t octets[2100];
	size_t len = test_hex(hex, octets, sizeof(octets));
	uint8_t *exact = malloc(len ? len : 1);
	int err;

	memcpy(exact, octets, len);
	err = isdn_msg_decode(variant, dir_of(dir), exact, len, &msg, &faults);
	free(exact);
	return err;
}

static int decode(char dir, const char *hex)
{
	return decode_as(ISDN_VARIANT_ETSI, dir, hex);
}

static void encodes_as(enum isdn_variant variant, char dir, const struct isdn_msg *m,
		       const char *hex)
{
	uint8_t out[ISDN_MSG_MAX], want[ISDN_MSG_MAX];
	size_t len, n = test_hex(hex, want, sizeof(want));

	assert_int_equal(isdn_msg_encode(variant, dir_of(dir), m, out, sizeof(out), &len), 0);
	assert_int_equal(len, n);
	assert_memory_equal(out, want, n);
}

static int encode(const struct isdn_msg *m)
{
	uint8_t out[ISDN_MSG_MAX];
	size_t len;

	return isdn_msg_encode(ISDN_VARIANT_ETSI, ISDN_USER_TO_NETWORK, m, out, sizeof(out), &len);
}

static struct isdn_msg *compose(unsigned type)
{
	static struct isdn_msg m;

	memset(&m, 0xa5, sizeof(m)); /* what isdn_msg_init() does not touch counts for nothing */
	isdn_msg_init(&m, type, 1, 1, false);
	return &m;
}

static void add_cause(struct isdn_msg *m, uint8_t value)
{
	m->cause[isdn_msg_add(m, ISDN_IE_CAUSE)] = (struct isdn_cause_ie){ .value = value };
}

/* 4.5.30: all lengths, all octets. */
static void q931_4_5_30_user_user_of_each_length(void **state)
{
	struct isdn_msg *m = compose(ISDN_MT_DISCONNECT);

	(void)state;
	m->cr_len = 2;
	add_cause(m, 16);
	isdn_msg_set(m, ISDN_IE_USER_USER);
	for (unsigned n = 0; n <= ISDN_UUI_MAX; n++) {
		uint8_t out[ISDN_MSG_MAX];
		size_t len;

		m->uui.codeset = 0;
		m->uui.discriminator = (uint8_t)(n * 2);
		m->uui.len = (uint8_t)n;
		for (unsigned i = 0; i < n; i++)
			m->uui.data[i] = (uint8_t)(i % 3 ? i * 2 + 1 : i & 1 ? 0 : 0xff);
		assert_int_equal(isdn_msg_encode(ISDN_VARIANT_ETSI, ISDN_USER_TO_NETWORK, m, out,
						 sizeof(out), &len),
				 0);
		assert_int_equal(isdn_msg_decode(ISDN_VARIANT_ETSI, ISDN_USER_TO_NETWORK, out, len,
						 &msg, &faults),
				 0);
		assert_int_equal(msg.uui.len, n);
		assert_int_equal(msg.uui.discriminator, m->uui.discriminator);
		assert_memory_equal(msg.uui.data, m->uui.data, n);
	}
}

static void q931_5_8_7_2_user_user_too_long_is_discarded_alone(void **state)
{
	char hex[700] = "0802000745080280907e8204";

	(void)state;
	for (int i = 0; i < 129; i++)
		strcat(hex, "41");
	assert_int_equal(decode('u', hex), 0);
	assert_int_equal(faults.n, 1);
	assert_int_equal(faults.list[0].kind, ISDN_FAULT_OPTIONAL_LENGTH);
	assert_int_equal(faults.list[0].cause, ISDN_CAUSE_ACCESS_INFORMATION_DISCARDED);
	assert_int_equal(faults.list[0].element, 9);
	assert_int_equal(faults.list[0].offset, 10);
	assert_string_equal(faults.list[0].octet, "2");
	assert_true(isdn_msg_has(&msg, ISDN_IE_CAUSE));
	assert_false(isdn_msg_has(&msg, ISDN_IE_USER_USER));
	encodes_as(ISDN_VARIANT_ETSI, 'u', &msg, hex); /* and yet it is not lost */
}

/* Each fault of 5.8 alone: the message, and the first entry that it gives. */
static const struct fault_row {
	char dir;
	const char *hex;
	int err;
	enum isdn_fault_kind kind;
	unsigned ie, element, offset;
	const char *octet;
	unsigned cause;
	const char *diag;
} fault_rows[] = {
	{ 'u', "0901010504038090a3", ISDN_ERR_DISCRIMINATOR, ISDN_FAULT_DISCRIMINATOR, 0, 0, 0, "",
	  0, "" },
	{ 'u', "0301010f0101c2", ISDN_ERR_DISCRIMINATOR, ISDN_FAULT_DISCRIMINATOR, 0, 0, 0, "", 0,
	  "" },
	{ 'u', "", ISDN_ERR_TRUNCATED, ISDN_FAULT_TOO_SHORT, 0, 0, 0, "", 0, "" },
	{ 'u', "08", ISDN_ERR_TRUNCATED, ISDN_FAULT_TOO_SHORT, 0, 1, 1, "", 0, "" },
	{ 'u', "0801", ISDN_ERR_TRUNCATED, ISDN_FAULT_TOO_SHORT, 0, 2, 2, "", 0, "" },
	{ 'u', "080101", ISDN_ERR_TRUNCATED, ISDN_FAULT_TOO_SHORT, 0, 3, 3, "", 0, "" },
	{ 'u', "0811010504038090a3", ISDN_ERR_CALLREF, ISDN_FAULT_CALLREF_FORMAT, 0, 1, 1, "", 0,
	  "" },
	{ 'u', "080301010105", ISDN_ERR_CALLREF, ISDN_FAULT_CALLREF_FORMAT, 0, 1, 1, "", 0, "" },
	{ 'u', "0801013f", 0, ISDN_FAULT_MESSAGE_TYPE, 0x3f, 3, 3, "", 97, "3f" },
	{ 'u', "080101002a", 0, ISDN_FAULT_MESSAGE_TYPE, 0x00, 3, 3, "", 97, "00" },
	{ 'u', "08010d05a118018970058132303030", 0, ISDN_FAULT_MANDATORY_MISSING, 0x04, 15, 15, "",
	  96, "04" },
	{ 'n', "0801010504038090a3", 0, ISDN_FAULT_MANDATORY_MISSING, 0x18, 9, 9, "", 96, "18" },
	{ 'u', "08010145", 0, ISDN_FAULT_MANDATORY_MISSING, 0x08, 4, 4, "", 96, "08" },
	{ 'u', "080101450800", 0, ISDN_FAULT_MANDATORY_MISSING, 0x08, 6, 6, "", 96, "08" },
	{ 'u', "08010162", 0, ISDN_FAULT_MANDATORY_MISSING, 0x1c, 4, 4, "", 96, "1c" },
	{ 'u', "08010145080180", 0, ISDN_FAULT_MANDATORY_LENGTH, 0x08, 4, 5, "2", 100, "08" },
	{ 'u', "08010145080280", 0, ISDN_FAULT_MANDATORY_LENGTH, 0x08, 4, 5, "2", 100, "08" },
	{ 'u', "0801014508028010", 0, ISDN_FAULT_MANDATORY_CONTENT, 0x08, 4, 7, "4", 100, "08" },
	{ 'u', "080101450803000490", 0, ISDN_FAULT_MANDATORY_CONTENT, 0x08, 4, 7, "3a", 100, "08" },
	{ 'u', "0801014508028090 1803a9", 0, ISDN_FAULT_IE_UNEXPECTED, 0x18, 8, 8, "", 99, "18" },
	{ 'u', "08010102 1802a983", 0, ISDN_FAULT_OPTIONAL_CONTENT, 0x18, 4, 8, "3.3", 100, "18" },
	{ 'u', "0801017b 700481310033", 0, ISDN_FAULT_OPTIONAL_CONTENT, 0x70, 4, 8, "4", 100,
	  "70" },
	{ 'u', "0801017b 70", 0, ISDN_FAULT_OPTIONAL_LENGTH, 0x70, 4, 5, "2", 100, "70" },
	{ 'u', "0801010504018018018370058132303030", 0, ISDN_FAULT_MANDATORY_LENGTH, 4, 4, 5, "2",
	  100, "04" },
	{ 'u', "080101050404889021c8a0", 0, ISDN_FAULT_IE_UNEXPECTED, 0xa0, 10, 10, "", 99, "a0" },
	{ 'u', "0801010504038890217003a13132", 0, ISDN_FAULT_MANDATORY_CONTENT, 4, 4, 9, "5a", 100,
	  "04" },
	{ 'u', "08010d0502010004038090a318018970058132303030", 0, ISDN_FAULT_COMPREHENSION, 2, 4, 4,
	  "", 96, "02" },
	{ 'u', "08010d0504038090a31801895f02010270058132303030", 0, ISDN_FAULT_IE_UNRECOGNIZED,
	  0x5f, 12, 12, "", 99, "5f" },
	{ 'u', "08010d0504038090a3955f020102", 0, ISDN_FAULT_IE_UNRECOGNIZED, 0x5f, 10, 10, "", 99,
	  "955f" },
	{ 'u', "08010d0504038090a31801897005813230303070058133303030", 0, ISDN_FAULT_IE_DUPLICATED,
	  0x70, 19, 19, "", 0, "" },
	{ 'u', "08010d0518018904038090a3", 0, ISDN_FAULT_IE_OUT_OF_SEQUENCE, 4, 7, 7, "", 0, "" },
	{ 'u', "08010145080280901e018014010a", 0, ISDN_FAULT_OPTIONAL_LENGTH, 0x1e, 8, 9, "2", 100,
	  "1e" },
	{ 'u', "08010145080280901e020280", 0, ISDN_FAULT_OPTIONAL_CONTENT, 0x1e, 8, 10, "3", 100,
	  "1e" },
	{ 'u', "0801010504038090a37c0208107d0291", 0, ISDN_FAULT_OPTIONAL_CONTENT, 0x7c, 9, 13, "4",
	  43, "7c" },
	{ 'u',
	  "08010102"
	  "7e03046869",
	  0, ISDN_FAULT_IE_UNEXPECTED, 0x7e, 4, 4, "", 99, "7e" },
	{ 'u', "0801010504038090a39590", 0, ISDN_FAULT_CODESET_ORDER, 0x90, 10, 10, "", 0, "" },
	{ 'u', "0801010504038090a39695", 0, ISDN_FAULT_CODESET_ORDER, 0x95, 10, 10, "", 0, "" },
};

static void check_fault(const struct fault_row *r)
{
	const struct isdn_fault *f = &faults.list[0];
	uint8_t diag[8];
	size_t n = test_hex(r->diag, diag, sizeof(diag));

	if (f->ie != r->ie || f->element != r->element || f->offset != r->offset ||
	    strcmp(f->octet, r->octet) != 0 || f->cause != r->cause || f->n_diag != n ||
	    memcmp(f->diag, diag, n) != 0)
		fail_msg("%s: %s ie %02x element %u offset %u octet '%s' cause %u, %u diagnostics",
			 r->hex, isdn_fault_name(f->kind), f->ie, f->element, f->offset, f->octet,
			 f->cause, f->n_diag);
}

static void q931_5_8_faults_are_sorted_as_the_clause_sorts_them(void **state)
{
	uint32_t seen = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(fault_rows) / sizeof(fault_rows[0]); i++) {
		const struct fault_row *r = &fault_rows[i];
		int err = decode(r->dir, r->hex);

		if (err != r->err || faults.n < 1 || faults.list[0].kind != r->kind)
			fail_msg("%s: err %d, %u faults, %s", r->hex, err, faults.n,
				 isdn_fault_name(faults.list[0].kind));
		check_fault(r);
		seen |= 1u << r->kind;
	}
	assert_int_equal(seen | 1u << ISDN_FAULT_TOO_MANY, (2u << ISDN_FAULT_TOO_MANY) - 1);
	assert_int_equal(decode('u', "08010d0504038090a31801897005813230303070058133303030"), 0);
	assert_string_equal(msg.called.digits, "2000"); /* 5.8.5.2: the first counts */
}

/* What 5.8.5 to 5.8.7 say of several elements of a kind, some in error. */
static void q931_5_8_5_2_to_5_8_7_a_good_element_counts_though_another_is_bad(void **state)
{
	(void)state;
	/* a Progress indicator in error is as if absent: the next one counts */
	assert_int_equal(decode('n', "08010103 1e020288 1e028288"), 0);
	assert_int_equal(faults.n, 1);
	assert_int_equal(isdn_msg_count(&msg, ISDN_IE_PROGRESS), 1);
	/* a good Cause stays good, whatever follows */
	assert_int_equal(decode('u', "08010145 08028090 080580"), 0);
	assert_int_equal(faults.list[0].kind, ISDN_FAULT_OPTIONAL_LENGTH);
	assert_int_equal(decode('u', "08010105 04038090a3 040180"), 0);
	assert_int_equal(faults.list[0].kind, ISDN_FAULT_OPTIONAL_LENGTH);
	/* only RELEASE and RELEASE COMPLETE may have two, 3.1.9 and 3.1.10 */
	assert_int_equal(decode('u', "0801014d 08028090 080280e6"), 0);
	assert_int_equal(faults.n, 0);
	assert_int_equal(decode('u', "08010145 08028090 080280e6"), 0);
	assert_int_equal(faults.list[0].kind, ISDN_FAULT_IE_DUPLICATED);
	assert_int_equal(decode('n', "08010103 1e028288 1e028281 1e028282 1e028283"), 0);
	assert_int_equal(faults.list[0].kind, ISDN_FAULT_IE_DUPLICATED);
	/* of a message that is not known, that alone is told, 5.8.4 */
	assert_int_equal(decode('u', "0801013f 0200 5f00 080180"), 0);
	assert_int_equal(faults.n, 1);
	/* what a variant passes over is no fault */
	assert_int_equal(decode_as(ISDN_VARIANT_5ESS, 'u', "08010105 04038090a3 98 04038090a3"), 0);
	assert_int_equal(faults.n, 0);
	/* messages of one direction */
	assert_int_equal(decode('n', "08010125"), 0);
	assert_int_equal(faults.list[0].kind, ISDN_FAULT_MESSAGE_TYPE);
	assert_int_equal(decode('u', "08010125"), 0);
	assert_int_equal(faults.n, 0);
	/* an extended facility stands for a Facility */
	assert_int_equal(decode('u', "08010162 0d0991a106020101020104"), 0);
	assert_int_equal(faults.n, 0);
	msg.decoded = false;
	assert_int_equal(encode(&msg), 0);
}

/* When there is no room for all, those that call for an answer stay. */
static void the_fault_list_keeps_what_matters(void **state)
{
	char hex[400] = "08010145";

	(void)state;
	for (int i = 0; i < 20; i++)
		strcat(hex, "5f00");
	assert_int_equal(decode('u', hex), 0);
	assert_int_equal(faults.n, ISDN_FAULTS_MAX);
	assert_int_equal(faults.missed, 20 + 1 - ISDN_FAULTS_MAX);
	assert_int_equal(faults.list[ISDN_FAULTS_MAX - 1].kind, ISDN_FAULT_MANDATORY_MISSING);
}

static void more_elements_than_are_kept_are_told(void **state)
{
	char hex[800] = "08010105"
			"04038090a3";

	(void)state;
	for (int i = 0; i < 70; i++)
		strcat(hex, "5f0131");
	strcat(hex, "70028131");
	assert_int_equal(decode('u', hex), 0);
	assert_true(msg.cut);
	assert_int_equal(encode(&msg), ISDN_ERR_INVAL);
	assert_string_equal(msg.called.digits, "1"); /* what is known is read all the same */
}

static void q931_4_5_2_codesets(void **state)
{
	(void)state;
	assert_int_equal(decode('u', "0801010504038090a395320181"), 0);
	assert_int_equal(faults.n, 0);
	assert_int_equal(msg.party_category.codeset, 5);
	assert_int_equal(decode_as(ISDN_VARIANT_Q931, 'n', "080181079e280341424328024869"), 0);
	assert_int_equal(faults.n, 0);
	assert_int_equal(isdn_msg_count(&msg, ISDN_IE_DISPLAY), 2);
	assert_int_equal(msg.display[0].codeset, 6);
	assert_int_equal(msg.display[1].codeset, 0);
	assert_int_equal(decode('u', "080200300504038090a21803a983817005a132303030977e0404414243"),
			 0);
	assert_true(isdn_msg_has(&msg, ISDN_IE_USER_USER));
	assert_int_equal(msg.uui.codeset, 7);
	assert_int_equal(decode('u', "08010105970402ffff9004038090a3"), 0); /* no way back, 4.5.3 */
	assert_false(isdn_msg_has(&msg, ISDN_IE_BEARER));
	assert_int_equal(decode('u', "080101459f7e03044141"
				     "08028090"),
			 0);
	assert_int_equal(msg.uui.codeset, 7);
	assert_true(isdn_msg_has(&msg, ISDN_IE_CAUSE)); /* 4.5.4: one element only */
	/* EN 300 403-1 has no codeset 6 */
	assert_int_equal(decode('n', "080181079e280341424328024869"), 0);
	assert_int_equal(faults.list[0].kind, ISDN_FAULT_IE_UNRECOGNIZED);
	assert_int_equal(isdn_msg_count(&msg, ISDN_IE_DISPLAY), 1);
	/* within a codeset the order is that of the identifiers, 4.5.1 */
	assert_int_equal(decode_as(ISDN_VARIANT_NI2, 'u', "0801010504038090a3963702043101010 0"),
			 0);
	assert_int_equal(faults.list[0].kind, ISDN_FAULT_IE_OUT_OF_SEQUENCE);
}

static void variants_differ_as_their_table_says(void **state)
{
	static const char setup_nsf[] = "08010105"
					"04038090a3"
					"200200e3";

	(void)state;
	assert_int_equal(decode_as(ISDN_VARIANT_4ESS, 'u', setup_nsf), 0);
	assert_int_equal(faults.n, 0);
	assert_int_equal(decode_as(ISDN_VARIANT_ETSI, 'u', setup_nsf), 0);
	assert_int_equal(faults.list[0].kind, ISDN_FAULT_IE_UNRECOGNIZED);
	/* non-locking shifts: read by most, passed over by 4ESS and 5ESS */
	assert_int_equal(decode_as(ISDN_VARIANT_NI2, 'n', "080181079e2803414243"), 0);
	assert_int_equal(isdn_msg_count(&msg, ISDN_IE_DISPLAY), 1);
	assert_int_equal(decode_as(ISDN_VARIANT_5ESS, 'n', "080181079e2803414243"), 0);
	assert_int_equal(isdn_msg_count(&msg, ISDN_IE_DISPLAY), 0);
	encodes_as(ISDN_VARIANT_5ESS, 'n', &msg, "080181079e2803414243");
	/* octet 3a behind an octet 3 that ends, and a character set in front of Display */
	assert_int_equal(decode_as(ISDN_VARIANT_NI2, 'n',
				   "08018107"
				   "2804b1426f62"
				   "4c05a1833132"
				   "33"),
			 0);
	assert_int_equal(msg.display[0].charset, 0xb1);
	assert_int_equal(msg.display[0].len, 3);
	assert_int_equal(msg.connected.screening, 3);
	assert_string_equal(msg.connected.digits, "123");
	encodes_as(ISDN_VARIANT_NI2, 'n', &msg, "080181072804b1426f624c05a183313233");
	/* QSIG: either side may send what the other may */
	assert_int_equal(decode_as(ISDN_VARIANT_QSIG, 'n', "0801010504038090a3"), 0);
	assert_int_equal(faults.n, 0);
	assert_int_equal(decode_as(ISDN_VARIANT_QSIG, 'u', "08010124"), 0);
	assert_int_equal(faults.list[0].kind, ISDN_FAULT_MESSAGE_TYPE); /* it has no HOLD */
	for (unsigned v = ISDN_VARIANT_ETSI; v <= ISDN_VARIANT_5ESS; v++)
		assert_non_null(isdn_variant_name((enum isdn_variant)v));
	assert_null(isdn_variant_name((enum isdn_variant)99));
}

static void service_messages(void **state)
{
	static const char service[] = "0302000"
				      "00f0101c21803a98381";
	static const char ni2[] = "4302000"
				  "0070101c21803a98381";

	(void)state;
	assert_int_equal(decode_as(ISDN_VARIANT_5ESS, 'u', service), 0);
	assert_int_equal(faults.n, 0);
	assert_true(isdn_msg_is_service(&msg));
	assert_string_equal(isdn_msg_title(&msg), "SERVICE");
	encodes_as(ISDN_VARIANT_5ESS, 'u', &msg, service);
	assert_int_equal(decode_as(ISDN_VARIANT_NI2, 'u', service), ISDN_ERR_DISCRIMINATOR);
	assert_int_equal(decode_as(ISDN_VARIANT_NI2, 'u', ni2), 0);
	assert_true(isdn_msg_is_service(&msg)); /* the flag tells, whatever the type */
	assert_int_equal(decode_as(ISDN_VARIANT_NI2, 'u',
				   "43028000"
				   "070101c21803a98381"),
			 0);
	assert_string_equal(isdn_msg_title(&msg), "SERVICE ACKNOWLEDGE");
	assert_int_equal(decode_as(ISDN_VARIANT_5ESS, 'u', "030280000f"), 0);
	assert_int_equal(faults.n, 2); /* both elements are mandatory */
}

/* A composed message: the order is that of the table, codeset by codeset. */
static void a_composed_message_has_the_order_of_the_table(void **state)
{
	struct isdn_msg *m = compose(ISDN_MT_SETUP);

	(void)state;
	m->uui = (struct isdn_uui){ .codeset = 7, .discriminator = 4, .len = 1, .data = "A" };
	isdn_msg_set(m, ISDN_IE_USER_USER);
	m->called = (struct isdn_number){ .plan = 1, .n_digits = 1, .digits = "1" };
	isdn_msg_set(m, ISDN_IE_CALLED);
	m->originating_line = 7;
	isdn_msg_set(m, ISDN_IE_ORIGINATING_LINE);
	m->bearer[isdn_msg_add(m, ISDN_IE_BEARER)] = (struct isdn_bearer){ .rate = 16,
									   .layer1 = 3 };
	m->bearer[isdn_msg_add(m, ISDN_IE_BEARER)] = (struct isdn_bearer){ .capability = 8,
									   .rate = 16 };
	m->repeat_bearer = 2;
	isdn_msg_set(m, ISDN_IE_REPEAT_BEARER);
	isdn_msg_set(m, ISDN_IE_SENDING_COMPLETE);
	encodes_as(ISDN_VARIANT_NI2, 'u', m,
		   "08010105 a1 d2 04038090a3 04028890 70028131 96 010107 97 7e020441");
	m->uui.codeset = 5;
	assert_int_equal(encode(m), ISDN_ERR_INVAL);
}

/* A decoded message is changed: what is put in goes where the table has it, all else stays. */
static void a_decoded_message_is_changed_and_keeps_the_rest(void **state)
{
	char text[2000];
	static const char was[] =
		"08010d05 a1 04038090a3 5f020102 700581 32303030 9e 280141 95 320181";

	(void)state;
	assert_int_equal(decode_as(ISDN_VARIANT_Q931, 'u', was), 0);
	encodes_as(ISDN_VARIANT_Q931, 'u', &msg, was);
	msg.channel_id[0] = (struct isdn_channel_id){ .select = 3 };
	isdn_msg_set(&msg, ISDN_IE_CHANNEL_ID);
	encodes_as(ISDN_VARIANT_Q931, 'u', &msg,
		   "08010d05 a1 04038090a3 180183 5f020102 700581 32303030 9e 280141 95 320181");
	isdn_msg_clear(&msg, ISDN_IE_DISPLAY); /* its shift goes with it */
	isdn_msg_clear(&msg, ISDN_IE_SENDING_COMPLETE);
	isdn_msg_clear(&msg, ISDN_IE_CALLED);
	msg.uui = (struct isdn_uui){ .discriminator = 4 };
	isdn_msg_set(&msg, ISDN_IE_USER_USER);
	encodes_as(ISDN_VARIANT_Q931, 'u', &msg,
		   "08010d05 04038090a3 180183 5f020102 7e0104 95 320181");
	isdn_msg_set(&msg, ISDN_IE_CALL_STATE);
	assert_int_equal(encode(&msg), ISDN_ERR_INVAL); /* STATUS alone has it */

	/* one more of the same comes behind those that came */
	assert_int_equal(decode('u', "0801014d 08028090"), 0);
	msg.cause[isdn_msg_add(&msg, ISDN_IE_CAUSE)] = (struct isdn_cause_ie){ .value = 102 };
	encodes_as(ISDN_VARIANT_ETSI, 'u', &msg, "0801014d 08028090 080280e6");
	assert_int_equal(isdn_msg_print(&msg, NULL, text, sizeof(text), NULL), 0);
	assert_non_null(strstr(text, "recovery on timer expiry"));
	/* a shift at the end does not swallow what is added */
	assert_int_equal(decode('u', "08010145 08028090 9e"), 0);
	msg.uui = (struct isdn_uui){ .discriminator = 4, .len = 1, .data = "A" };
	isdn_msg_set(&msg, ISDN_IE_USER_USER);
	encodes_as(ISDN_VARIANT_ETSI, 'u', &msg, "08010145 08028090 7e020441 9e");
	/* nor does one, of no effect, in front of an element */
	assert_int_equal(decode('u', "08010145 08028090 98 7f0100"), 0);
	msg.uui = (struct isdn_uui){ .discriminator = 4, .len = 1, .data = "A" };
	isdn_msg_set(&msg, ISDN_IE_USER_USER);
	encodes_as(ISDN_VARIANT_ETSI, 'u', &msg, "08010145 08028090 7e020441 98 7f0100");
	/* an element that the message can not have is refused, though one came */
	assert_int_equal(decode('u', "08010101 08028090"), 0);
	assert_false(isdn_msg_has(&msg, ISDN_IE_CAUSE));
	isdn_msg_set(&msg, ISDN_IE_CAUSE);
	assert_int_equal(encode(&msg), ISDN_ERR_INVAL);
	isdn_msg_clear(&msg, isdn_ie_of(0, 0x55)); /* of what is not known nothing is cleared */
}

static void a_copy_is_the_same(void **state)
{
	static struct isdn_msg copy;
	static char a[4000], b[4000];

	(void)state;
	assert_int_equal(
		decode('u',
		       "08010d05 a1 04038090a3 1c0991a106020101020104 5f020102 700581 32303030"),
		0);
	memset(&copy, 0x5a, sizeof(copy));
	isdn_msg_copy(&copy, &msg);
	assert_int_equal(isdn_msg_json(&msg, NULL, a, sizeof(a), NULL), 0);
	assert_int_equal(isdn_msg_json(&copy, NULL, b, sizeof(b), NULL), 0);
	assert_string_equal(a, b);
	/* counts that can not be are no reason to read beyond */
	memset(&msg, 0xff, sizeof(msg));
	isdn_msg_copy(&copy, &msg);
	assert_true(copy.n_elements <= ISDN_ELEMENTS_MAX);
}

static void the_encoder_refuses_what_is_out_of_range(void **state)
{
	uint8_t out[ISDN_MSG_MAX];
	size_t len;

	(void)state;
#define BAD(change, code)                                                                          \
	do {                                                                                       \
		assert_int_equal(decode('u', "080200010504038090a31803a983816c0c2180323132353535"  \
					     "30313030700ba134313535353530313031"),                \
				 0);                                                               \
		msg.decoded = false;                                                               \
		change;                                                                            \
		assert_int_equal(encode(&msg), code);                                              \
	} while (0)
	BAD(msg.type = 0x3f, ISDN_ERR_INVAL);
	BAD(msg.discriminator = 3, ISDN_ERR_INVAL);
	BAD(msg.cr_len = 3, ISDN_ERR_INVAL);
	BAD(msg.cr = 0x8000, ISDN_ERR_INVAL);
	BAD(msg.cr_len = 1; msg.cr = 0x80, ISDN_ERR_INVAL);
	BAD(msg.bearer[0].capability = 0x20, ISDN_ERR_INVAL);
	BAD(msg.bearer[0].n_layer1 = 1, ISDN_ERR_INVAL); /* G.711 has no octet 5a */
	BAD(msg.bearer[0].has_negotiation = true, ISDN_ERR_INVAL);
	BAD(msg.channel_id[0].select = 4, ISDN_ERR_INVAL);
	BAD(msg.channel_id[0].n_channels = 0, ISDN_ERR_INVAL);
	BAD(msg.channel_id[0].channels[0] = 128, ISDN_ERR_INVAL);
	BAD(msg.called.type = 8, ISDN_ERR_INVAL);
	BAD(msg.called.n_digits = ISDN_DIGITS_MAX + 1, ISDN_ERR_INVAL);
	BAD(msg.called.digits[0] = '\0', ISDN_ERR_INVAL);
	BAD(msg.called.has_presentation = true, ISDN_ERR_INVAL);
	BAD(msg.calling[0].has_reason = true, ISDN_ERR_INVAL);
	BAD(isdn_msg_set(&msg, ISDN_IE_CALL_STATE), ISDN_ERR_INVAL);
	BAD(isdn_msg_set(&msg, ISDN_IE_PROGRESS); msg.count[ISDN_IE_PROGRESS] = 5, ISDN_ERR_INVAL);
	BAD(isdn_msg_set(&msg, ISDN_IE_USER_USER); msg.uui.len = 129, ISDN_ERR_INVAL);
	BAD(isdn_msg_set(&msg, ISDN_IE_DISPLAY); msg.display[0].len = 0;
	    msg.display[0].codeset = msg.display[0].charset = 0, ISDN_ERR_INVAL);
	BAD(isdn_msg_clear(&msg, ISDN_IE_BEARER), ISDN_ERR_IE_MISSING);
#undef BAD
	assert_int_equal(
		isdn_msg_encode((enum isdn_variant)9, ISDN_USER_TO_NETWORK, &msg, out, 9, &len),
		ISDN_ERR_INVAL);
	assert_int_equal(
		isdn_msg_decode((enum isdn_variant)9, ISDN_USER_TO_NETWORK, out, 9, &msg, &faults),
		ISDN_ERR_INVAL);
	assert_int_equal(
		isdn_msg_decode(ISDN_VARIANT_ETSI, ISDN_USER_TO_NETWORK, NULL, 9, &msg, &faults),
		ISDN_ERR_INVALPOINTER);
}

/* ---- Annex H ---- */

/* A message of len octets goes through segments of n201 and comes out the same. */
static void through_segments(size_t len, size_t n201, unsigned expected)
{
	static uint8_t message[ISDN_MSG_REASSEMBLED_MAX], segment[ISDN_MSG_MAX];
	static struct isdn_reassembly store;
	size_t n;
	unsigned i;

	memcpy(message, "\x08\x02\x81\x05\x05", 5);
	for (size_t k = 5; k < len; k++)
		message[k] = (uint8_t)(k * 7);
	memset(&store, 0, sizeof(store));
	for (i = 0; isdn_segment(message, len, n201, i, segment, sizeof(segment), &n) == 1; i++) {
		assert_true(n <= n201);
		assert_int_equal(isdn_msg_decode(ISDN_VARIANT_ETSI, ISDN_USER_TO_NETWORK, segment,
						 n, &msg, &faults),
				 0);
		assert_int_equal(faults.n, 0);
		assert_int_equal(isdn_reassemble(&store, &msg), i + 1 == expected);
	}
	assert_int_equal(i, expected);
	assert_int_equal(store.len, len);
	assert_memory_equal(store.octets, message, len);
}

static void q931_annex_h_segments_and_reassembly(void **state)
{
	uint8_t out[ISDN_MSG_MAX], big[2100] = { 8, 1, 1, 5 };
	size_t n;

	(void)state;
	through_segments(5, 260, 1);
	through_segments(250, 260, 1);
	through_segments(5 + 251, 260, 1);
	through_segments(5 + 252, 260, 2);
	through_segments(5 + 8 * 251, 260, 8);
	through_segments(100, 32, 5);
	assert_int_equal(isdn_segment(big, 4 + 8 * 252 + 1, 260, 0, out, sizeof(out), &n),
			 ISDN_ERR_INVAL);
	assert_int_equal(isdn_segment(big, 3, 260, 0, out, sizeof(out), &n), ISDN_ERR_INVAL);
	assert_int_equal(isdn_segment(big, 300, 260, 0, out, 259, &n), ISDN_ERR_NOSPC);
	assert_int_equal(isdn_segment(big, 300, 8, 0, out, sizeof(out), &n), ISDN_ERR_INVAL);
}

static int reassemble(struct isdn_reassembly *store, const char *hex)
{
	assert_int_equal(decode('u', hex), 0);
	return isdn_reassemble(store, &msg);
}

static void q931_annex_h_what_is_out_of_sequence_is_discarded(void **state)
{
	static struct isdn_reassembly s;

	(void)state;
	assert_int_equal(reassemble(&s, "08010160"
					"00020005"
					"04"),
			 ISDN_ERR_INVAL); /* no first */
	assert_int_equal(reassemble(&s, "08010160"
					"00028205"
					"0403"),
			 0);
	assert_int_equal(reassemble(&s, "08010160"
					"00020005"
					"80"),
			 ISDN_ERR_INVAL); /* 1 is due */
	assert_int_equal(reassemble(&s, "08010160"
					"00020105"
					"80"),
			 ISDN_ERR_INVAL); /* discarded */
	assert_int_equal(reassemble(&s, "08010160"
					"00028205"
					"0403"),
			 0);
	assert_int_equal(reassemble(&s, "08010260"
					"00020105"
					"80"),
			 ISDN_ERR_INVAL); /* whose? */
	assert_int_equal(reassemble(&s, "08010160"
					"00028205"
					"0403"),
			 0);
	assert_int_equal(reassemble(&s, "08010160"
					"00020107"
					"80"),
			 ISDN_ERR_INVAL); /* what? */
	assert_int_equal(reassemble(&s, "08010160"
					"00028805"
					"0403"),
			 ISDN_ERR_INVAL); /* 9 */
	assert_int_equal(reassemble(&s, "08010105"
					"04038090a3"),
			 ISDN_ERR_INVAL);
	assert_int_equal(reassemble(&s, "08010160"
					"00028105"
					"0403"),
			 0);
	assert_int_equal(reassemble(&s, "08010160"
					"00020005"
					"8090a3"),
			 1);
	assert_int_equal(isdn_msg_decode(ISDN_VARIANT_ETSI, ISDN_USER_TO_NETWORK, s.octets, s.len,
					 &msg, &faults),
			 0);
	assert_int_equal(faults.n, 0);
	assert_int_equal(msg.bearer[0].layer1, 3);
}

/* ---- text ---- */

static void text_is_cut_as_snprintf_cuts_it(void **state)
{
	char whole[2000], part[2000];
	size_t len, n;

	(void)state;
	assert_int_equal(decode('u', "08010d0504038090a31801895f02010270058132303030"), 0);
	for (int json = 0; json < 2; json++) {
		int (*print)(const struct isdn_msg *, const struct isdn_faults *, char *, size_t,
			     size_t *) = json ? isdn_msg_json : isdn_msg_print;

		assert_int_equal(print(&msg, &faults, whole, sizeof(whole), &len), 0);
		assert_int_equal(strlen(whole), len);
		for (size_t cap = 0; cap <= len; cap++) {
			memset(part, 'x', sizeof(part));
			assert_int_equal(print(&msg, &faults, part, cap, &n), ISDN_ERR_NOSPC);
			assert_int_equal(n, len);
			assert_int_equal(part[cap], 'x');
			if (cap)
				assert_int_equal(strlen(part), cap - 1);
		}
		assert_int_equal(print(&msg, &faults, part, len + 1, &n), 0);
	}
	assert_int_equal(isdn_msg_print(&msg, NULL, NULL, 0, &n), ISDN_ERR_NOSPC);
	assert_int_equal(isdn_msg_print(NULL, NULL, whole, 9, &n), ISDN_ERR_INVALPOINTER);
}

static void a_fault_names_the_octet_of_its_clause(void **state)
{
	char text[2000];

	(void)state;
	assert_int_equal(decode('u', "080101450803000490"), 0);
	assert_int_equal(isdn_msg_print(&msg, &faults, text, sizeof(text), NULL), 0);
	assert_non_null(strstr(text, "! mandatory information element content error (5.8.6.2): "
				     "Cause, octet 3a, at octet 8 of the message: cause 100"));
}

static void everything_has_a_name(void **state)
{
	(void)state;
	for (int i = 0; i < ISDN_IE_COUNT; i++)
		assert_string_not_equal(isdn_ie_name((enum isdn_ie)i), "unknown element");
	for (int i = 0; i <= ISDN_FAULT_TOO_MANY; i++)
		assert_string_not_equal(isdn_fault_name((enum isdn_fault_kind)i), "unknown fault");
	assert_string_equal(isdn_cause_name(16), "normal call clearing");
	assert_string_equal(isdn_cause_name(0), "no cause");
	assert_string_equal(isdn_cause_name(33), isdn_cause_name(47)); /* by its class */
	assert_string_equal(isdn_cause_name(128), "invalid cause");
	for (unsigned i = 0; i < 128; i++)
		assert_non_null(isdn_cause_name(i));
	assert_string_equal(isdn_location_name(2), "public network serving the local user");
	assert_string_equal(isdn_location_name(6), "reserved");
	assert_string_equal(isdn_location_name(99), "reserved");
	assert_string_equal(isdn_msg_name(0x45), "DISCONNECT");
	assert_string_equal(isdn_msg_name(0x99), "unknown message");
	assert_string_equal(isdn_operation_name(ISDN_PROFILE_ROSE, 1), "userUserService");
	assert_string_equal(isdn_operation_name(ISDN_PROFILE_NETWORKING_EXTENSIONS, 1),
			    "calledName");
	assert_null(isdn_operation_name(ISDN_PROFILE_ROSE, -1));
	assert_null(isdn_operation_name(ISDN_PROFILE_ACSE, 1));
	assert_string_equal(isdn_error_name(ISDN_PROFILE_ROSE, 0), "notSubscribed");
	assert_null(isdn_error_name(ISDN_PROFILE_ROSE, 1000));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(q931_4_5_30_user_user_of_each_length),
		cmocka_unit_test(q931_5_8_7_2_user_user_too_long_is_discarded_alone),
		cmocka_unit_test(q931_5_8_faults_are_sorted_as_the_clause_sorts_them),
		cmocka_unit_test(q931_5_8_5_2_to_5_8_7_a_good_element_counts_though_another_is_bad),
		cmocka_unit_test(the_fault_list_keeps_what_matters),
		cmocka_unit_test(more_elements_than_are_kept_are_told),
		cmocka_unit_test(q931_4_5_2_codesets),
		cmocka_unit_test(variants_differ_as_their_table_says),
		cmocka_unit_test(service_messages),
		cmocka_unit_test(a_composed_message_has_the_order_of_the_table),
		cmocka_unit_test(a_decoded_message_is_changed_and_keeps_the_rest),
		cmocka_unit_test(a_copy_is_the_same),
		cmocka_unit_test(the_encoder_refuses_what_is_out_of_range),
		cmocka_unit_test(q931_annex_h_segments_and_reassembly),
		cmocka_unit_test(q931_annex_h_what_is_out_of_sequence_is_discarded),
		cmocka_unit_test(text_is_cut_as_snprintf_cuts_it),
		cmocka_unit_test(a_fault_names_the_octet_of_its_clause),
		cmocka_unit_test(everything_has_a_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
