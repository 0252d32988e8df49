/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The codec of Q.931: vectors decode as they say and encode to the same
 * octets; faults are sorted as clause 5.8 sorts them; no input, cut, bent or
 * random, reads out of bounds, and what was decoded encodes and decodes again.
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

/* dir: u user to network, n network to user. text: what describe() makes of it. */
static const struct vector {
	const char *name;
	char dir;
	const char *hex, *text;
} vectors[] = {
	{ "setup_pri_u2n_ch1_excl", 'u',
	  "080200010504038090a31803a983816c0c218032313235353530313030700ba134313535353530313031",
	  "SETUP 0001 bc=0/16/3 ch=1x from=2/1/0/0:2125550100 to=2/1:4155550101" },
	{ "setup_bri_udi_sending_complete", 'u', "08010a05a104028890180183700481323030",
	  "SETUP 0a sc bc=8/16/0 sel=3 to=0/1:200" },
	{ "setup_uui_implicit_uus1", 'u', "08010a05a104038090a31801837004813230307e060448656c6c6f",
	  "SETUP 0a sc bc=0/16/3 sel=3 to=0/1:200 uui=4:48656c6c6f" },
	{ "setup_pri_n2u_ch31_excl", 'n',
	  "0802010205a104038090a31803a9839f1e0282836c0e11833434313633323936303030317005c132303031",
	  "SETUP 0102 sc bc=0/16/3 ch=31x pi=2/3 from=1/1/0/3:441632960001 to=4/1:2001" },
	{ "setup_v110", 'u', "080105050404889021c8180183700481323030",
	  "SETUP 05 bc=8/16/0+21c8 sel=3 to=0/1:200" },
	{ "setup_multirate", 'u', "0801010504038898861801837000", "SETUP 01 bc=8/24*6/0 sel=3" },
	{ "setup_interface", 'u', "080200250504038090a31804e9818385",
	  "SETUP 0025 bc=0/16/3 if=1 ch=5x" },
	{ "clir", 'n', "08012305a104038090a31801896c0200a370058132303030",
	  "SETUP 23 sc bc=0/16/3 sel=1x from=0/0/1/3: to=0/1:2000" },
	{ "call_proceeding_n2u", 'n', "08018102180189", "CALL PROCEEDING 01f sel=1x" },
	{ "alerting_u2n_first", 'u', "08018301180189", "ALERTING 03f sel=1x" },
	{ "progress", 'n', "080181031e028281", "PROGRESS 01f pi=2/1" },
	{ "progress_n2u_cause_pi8", 'n', "08018103080282911e028288",
	  "PROGRESS 01f cause=2/17 pi=2/8" },
	{ "connect_u2n_uui", 'u', "08018a071801897e03046869", "CONNECT 0af sel=1x uui=4:6869" },
	{ "connect_ack_u2n", 'u', "0801010f", "CONNECT ACKNOWLEDGE 01" },
	{ "disconnect_u2n_16", 'u', "0801014508028090", "DISCONNECT 01 cause=0/16" },
	{ "disconnect_u2n_uui", 'u', "08010a45080280907e0404627965",
	  "DISCONNECT 0a cause=0/16 uui=4:627965" },
	{ "disconnect_n2u_17_pi8", 'n', "08018145080282911e028288",
	  "DISCONNECT 01f cause=2/17 pi=2/8" },
	{ "cause_3a", 'u', "080101450803008490", "DISCONNECT 01 cause=0r4/16" },
	{ "release_timer_102", 'u', "0801014d080580e6333035", "RELEASE 01 cause=0/102:333035" },
	{ "release_two_causes", 'u', "0801014d08028090080580e6333038",
	  "RELEASE 01 cause=0/16 cause=0/102:333038" },
	{ "release_complete_plain", 'n', "0801815a", "RELEASE COMPLETE 01f" },
	{ "release_complete_reject_uui", 'n', "08018a5a080280957e0f04627573792c20747279206d61696c",
	  "RELEASE COMPLETE 0af cause=0/21 uui=4:627573792c20747279206d61696c" },
	{ "status_30_u10", 'u', "0801017d0802809e14010a", "STATUS 01 cause=0/30 state=10" },
	{ "status_97", 'u', "0801017d080380e13f14010a", "STATUS 01 cause=0/97:3f state=10" },
	{ "status_enquiry", 'u', "08010175", "STATUS ENQUIRY 01" },
	{ "user_information", 'u', "080101207e0a04636861742074657874",
	  "USER INFORMATION 01 uui=4:636861742074657874" },
	{ "user_information_more", 'n', "08018120a07e0500deadbeef",
	  "USER INFORMATION 01f more uui=0:deadbeef" },
	{ "information_digits", 'u', "0801027b7003813132", "INFORMATION 02 to=0/1:12" },
	{ "setup_ack", 'n', "0801820d1801891e028288", "SETUP ACKNOWLEDGE 02f sel=1x pi=2/8" },
	{ "display", 'n',
	  "08018107"
	  "2803426f62",
	  "CONNECT 01f disp=426f62" },
};

#define N_VECTORS (sizeof(vectors) / sizeof(vectors[0]))

static void add(char *s, const char *format, ...) __attribute__((format(printf, 2, 3)));
static void add(char *s, const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vsprintf(s + strlen(s), format, ap);
	va_end(ap);
}

static void add_hex(char *s, const uint8_t *o, size_t n)
{
	for (size_t i = 0; i < n; i++)
		add(s, "%02x", o[i]);
}

static void describe_channel(const struct isdn_channel_id *c, char *s)
{
	if (c->has_interface)
		add(s, " if=%u", c->interface_id);
	if (c->has_channels)
		add(s, " ch=%u%s", c->channels[0], c->exclusive ? "x" : "");
	else
		add(s, " sel=%u%s", c->select, c->exclusive ? "x" : "");
}

static void describe_number(const char *what, const struct isdn_number *n, char *s)
{
	add(s, " %s=%u/%u", what, n->type, n->plan);
	if (n->has_presentation)
		add(s, "/%u/%u", n->presentation, n->screening);
	add(s, ":%s", n->digits);
}

static void describe(const struct isdn_msg *m, char *s)
{
	s[0] = '\0';
	add(s, "%s %0*x%s", isdn_msg_name(m->type), 2 * m->cr_len, m->cr, m->cr_flag ? "f" : "");
	if (isdn_msg_has(m, ISDN_IE_SENDING_COMPLETE))
		add(s, " sc");
	if (isdn_msg_has(m, ISDN_IE_BEARER)) {
		add(s, " bc=%u/%u", m->bearer.capability, m->bearer.rate);
		if (m->bearer.multiplier)
			add(s, "*%u", m->bearer.multiplier);
		add(s, "/%u", m->bearer.layer1);
		if (m->bearer.n_rest)
			add(s, "+");
		add_hex(s, m->bearer.rest, m->bearer.n_rest);
	}
	for (unsigned i = 0; isdn_msg_has(m, ISDN_IE_CAUSE) && i < m->n_causes; i++) {
		add(s, " cause=%u", m->cause[i].location);
		if (m->cause[i].has_recommendation)
			add(s, "r%u", m->cause[i].recommendation);
		add(s, "/%u%s", m->cause[i].value, m->cause[i].n_diag ? ":" : "");
		add_hex(s, m->cause[i].diag, m->cause[i].n_diag);
	}
	if (isdn_msg_has(m, ISDN_IE_CALL_STATE))
		add(s, " state=%u", m->call_state.state);
	if (isdn_msg_has(m, ISDN_IE_CHANNEL_ID))
		describe_channel(&m->channel_id, s);
	for (unsigned i = 0; isdn_msg_has(m, ISDN_IE_PROGRESS) && i < m->n_progress; i++)
		add(s, " pi=%u/%u", m->progress[i].location, m->progress[i].description);
	if (isdn_msg_has(m, ISDN_IE_DISPLAY)) {
		add(s, " disp=");
		add_hex(s, m->display.text, m->display.len);
	}
	if (isdn_msg_has(m, ISDN_IE_CALLING))
		describe_number("from", &m->calling, s);
	if (isdn_msg_has(m, ISDN_IE_CALLED))
		describe_number("to", &m->called, s);
	if (isdn_msg_has(m, ISDN_IE_MORE_DATA))
		add(s, " more");
	if (isdn_msg_has(m, ISDN_IE_USER_USER)) {
		add(s, " uui=%u:", m->uui.discriminator);
		add_hex(s, m->uui.data, m->uui.len);
	}
}

static enum isdn_dir dir_of(char c)
{
	return c == 'u' ? ISDN_USER_TO_NETWORK : ISDN_NETWORK_TO_USER;
}

static struct isdn_faults faults;
static struct isdn_msg msg;

static int decode(char dir, const char *hex)
{
	uint8_t octets[600];
	size_t len = test_hex(hex, octets, sizeof(octets));
	uint8_t *exact = malloc(len ? len : 1);
	int err;

	memcpy(exact, octets, len);
	err = isdn_msg_decode(ISDN_VARIANT_ETSI, dir_of(dir), exact, len, &msg, &faults);
	free(exact);
	return err;
}

static void vectors_decode_as_they_say_and_encode_to_the_same(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_VECTORS; i++) {
		const struct vector *v = &vectors[i];
		uint8_t octets[300], out[300];
		size_t n = test_hex(v->hex, octets, sizeof(octets)), len;
		char text[1200];

		if (decode(v->dir, v->hex) || faults.n)
			fail_msg("%s: fault %s", v->name, isdn_fault_name(faults.list[0].kind));
		describe(&msg, text);
		assert_string_equal(text, v->text);
		assert_int_equal(isdn_msg_encode(ISDN_VARIANT_ETSI, dir_of(v->dir), &msg, out,
						 sizeof(out), &len),
				 0);
		if (!strcmp(v->name, "setup_multirate"))
			continue; /* its empty called number counts as absent */
		assert_int_equal(len, n);
		assert_memory_equal(out, octets, n);
		for (size_t cap = 0; cap < n; cap++)
			assert_int_equal(isdn_msg_encode(ISDN_VARIANT_ETSI, dir_of(v->dir), &msg,
							 out, cap, &len),
					 ISDN_ERR_NOSPC);
	}
}

/* 4.5.30: all lengths, all octets. */
static void q931_4_5_30_user_user_of_each_length(void **state)
{
	struct isdn_msg m = {
		.discriminator = 8, .type = ISDN_MT_DISCONNECT, .cr_len = 2, .cr = 7
	};

	(void)state;
	m.n_causes = 1;
	m.cause[0].value = 16;
	isdn_msg_set(&m, ISDN_IE_CAUSE);
	isdn_msg_set(&m, ISDN_IE_USER_USER);
	for (unsigned n = 0; n <= ISDN_UUI_MAX; n++) {
		uint8_t out[ISDN_MSG_MAX];
		size_t len;

		m.uui.discriminator = (uint8_t)(n * 2);
		m.uui.len = (uint8_t)n;
		for (unsigned i = 0; i < n; i++)
			m.uui.data[i] = (uint8_t)(i % 3 ? i * 2 + 1 : i & 1 ? 0 : 0xff);
		assert_int_equal(isdn_msg_encode(ISDN_VARIANT_ETSI, ISDN_USER_TO_NETWORK, &m, out,
						 sizeof(out), &len),
				 0);
		assert_int_equal(isdn_msg_decode(ISDN_VARIANT_ETSI, ISDN_USER_TO_NETWORK, out, len,
						 &msg, &faults),
				 0);
		assert_int_equal(msg.uui.len, n);
		assert_int_equal(msg.uui.discriminator, m.uui.discriminator);
		assert_memory_equal(msg.uui.data, m.uui.data, n);
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
	assert_int_equal(faults.list[0].kind, ISDN_FAULT_OPTIONAL_CONTENT);
	assert_int_equal(faults.list[0].cause, ISDN_CAUSE_ACCESS_INFORMATION_DISCARDED);
	assert_int_equal(faults.list[0].offset, 9);
	assert_true(isdn_msg_has(&msg, ISDN_IE_CAUSE));
	assert_false(isdn_msg_has(&msg, ISDN_IE_USER_USER));
}

/* Each fault of 5.8 alone: the message, and the one entry that it gives. */
static void q931_5_8_faults_are_sorted_as_the_clause_sorts_them(void **state)
{
	static const struct {
		char dir;
		const char *hex;
		int err;
		enum isdn_fault_kind kind;
		unsigned ie, offset, cause;
	} rows[] = {
		{ 'u', "0901010504038090a3", ISDN_ERR_DISCRIMINATOR, ISDN_FAULT_DISCRIMINATOR, 0, 0,
		  0 },
		{ 'u', "", ISDN_ERR_TRUNCATED, ISDN_FAULT_TOO_SHORT, 0, 0, 0 },
		{ 'u', "08", ISDN_ERR_TRUNCATED, ISDN_FAULT_TOO_SHORT, 0, 1, 0 },
		{ 'u', "0801", ISDN_ERR_TRUNCATED, ISDN_FAULT_TOO_SHORT, 0, 2, 0 },
		{ 'u', "080101", ISDN_ERR_TRUNCATED, ISDN_FAULT_TOO_SHORT, 0, 3, 0 },
		{ 'u', "0811010504038090a3", ISDN_ERR_CALLREF, ISDN_FAULT_CALLREF_FORMAT, 0, 1, 0 },
		{ 'u', "080301010105", ISDN_ERR_CALLREF, ISDN_FAULT_CALLREF_FORMAT, 0, 1, 0 },
		{ 'u', "0801013f", 0, ISDN_FAULT_MESSAGE_TYPE, 0x3f, 3, 97 },
		{ 'u', "08010d05a118018970058132303030", 0, ISDN_FAULT_MANDATORY_MISSING, 0x04, 15,
		  96 },
		{ 'n', "0801010504038090a3", 0, ISDN_FAULT_MANDATORY_MISSING, 0x18, 9, 96 },
		{ 'u', "08010145", 0, ISDN_FAULT_MANDATORY_MISSING, 0x08, 4, 96 },
		{ 'u', "080101450800", 0, ISDN_FAULT_MANDATORY_MISSING, 0x08, 6, 96 },
		{ 'u', "08010145080180", 0, ISDN_FAULT_MANDATORY_CONTENT, 0x08, 4, 100 },
		{ 'u', "08010145080280", 0, ISDN_FAULT_MANDATORY_CONTENT, 0x08, 4, 100 },
		{ 'u', "0801010504018018018370058132303030", 0, ISDN_FAULT_MANDATORY_CONTENT, 4, 4,
		  100 },
		{ 'u', "08010d0502010004038090a318018970058132303030", 0, ISDN_FAULT_COMPREHENSION,
		  2, 4, 96 },
		{ 'u', "08010d0504038090a31801895f02010270058132303030", 0,
		  ISDN_FAULT_IE_UNRECOGNIZED, 0x5f, 12, 99 },
		{ 'u', "08010d0504038090a31801897005813230303070058133303030", 0,
		  ISDN_FAULT_IE_DUPLICATED, 0x70, 19, 0 },
		{ 'u', "08010d0518018904038090a3", 0, ISDN_FAULT_IE_OUT_OF_SEQUENCE, 4, 7, 0 },
		{ 'u', "08010145080280901e018014010a", 0, ISDN_FAULT_OPTIONAL_CONTENT, 0x1e, 8,
		  100 },
		{ 'u',
		  "08010102"
		  "7e03046869",
		  0, ISDN_FAULT_IE_UNEXPECTED, 0x7e, 4, 99 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		int err = decode(rows[i].dir, rows[i].hex);

		if (err != rows[i].err || faults.n < 1 || faults.list[0].kind != rows[i].kind)
			fail_msg("row %zu: err %d, %u faults, %s", i, err, faults.n,
				 isdn_fault_name(faults.list[0].kind));
		assert_int_equal(faults.list[0].ie, rows[i].ie);
		assert_int_equal(faults.list[0].offset, rows[i].offset);
		assert_int_equal(faults.list[0].cause, rows[i].cause);
	}
	assert_int_equal(decode('u', "08010d0504038090a31801897005813230303070058133303030"), 0);
	assert_string_equal(msg.called.digits, "2000"); /* 5.8.5.2: the first counts */
}

static void q931_4_5_2_elements_of_other_codesets_are_passed_over(void **state)
{
	(void)state;
	assert_int_equal(decode('u', "0801010504038090a395320181"), 0);
	assert_int_equal(faults.n, 0);
	assert_int_equal(decode('n', "080181079e280341424328024869"), 0);
	assert_int_equal(faults.n, 0);
	assert_int_equal(msg.display.len, 2); /* the one of codeset 0 */
	assert_int_equal(decode('u', "080200300504038090a21803a983817005a132303030977e0404414243"),
			 0);
	assert_false(isdn_msg_has(&msg, ISDN_IE_USER_USER));
	assert_int_equal(decode('u', "08010105970402ffff9004038090a3"), 0); /* no way back, 4.5.3 */
	assert_false(isdn_msg_has(&msg, ISDN_IE_BEARER));
}

static void elements_that_others_know_are_no_fault(void **state)
{
	(void)state;
	assert_int_equal(decode('u', "08020003050402889018"
				     "03a983826c0501803130306d068050313233347004813"
				     "23030710680503536373"
				     "87c028890"),
			 0);
	assert_int_equal(faults.n, 0);
}

/* Decode, encode, decode: what was understood stays what it is. */
static void round_trip(const uint8_t *octets, size_t len, enum isdn_dir dir)
{
	static struct isdn_msg a, b;
	struct isdn_faults f;
	uint8_t *exact = malloc(len ? len : 1), out[600];
	char text[2][2400];
	size_t n;

	memcpy(exact, octets, len);
	if (isdn_msg_decode(ISDN_VARIANT_ETSI, dir, exact, len, &a, &f) == 0 &&
	    isdn_msg_encode(ISDN_VARIANT_ETSI, dir, &a, out, sizeof(out), &n) == 0) {
		assert_int_equal(isdn_msg_decode(ISDN_VARIANT_ETSI, dir, out, n, &b, &f), 0);
		describe(&a, text[0]);
		describe(&b, text[1]);
		assert_string_equal(text[0], text[1]);
	}
	free(exact);
}

static void messages_cut_at_each_length_and_bent_at_each_bit(void **state)
{
	(void)state;
	for (size_t i = 0; i < N_VECTORS; i++) {
		uint8_t octets[300];
		size_t n = test_hex(vectors[i].hex, octets, sizeof(octets));

		for (size_t len = 0; len <= n; len++)
			round_trip(octets, len, dir_of(vectors[i].dir));
		for (size_t bit = 0; bit < n * 8; bit++) {
			octets[bit / 8] ^= (uint8_t)(1u << bit % 8);
			round_trip(octets, n, ISDN_USER_TO_NETWORK);
			round_trip(octets, n, ISDN_NETWORK_TO_USER);
			octets[bit / 8] ^= (uint8_t)(1u << bit % 8);
		}
	}
}

static void random_messages_200000(void **state)
{
	static const uint8_t types[] = { 1,    2,    3,	   5,	 7,    13,   15,
					 0x20, 0x45, 0x4d, 0x5a, 0x75, 0x7b, 0x7d };
	static const uint8_t ids[] = { 4,    8,	   0x14, 0x18, 0x1e, 0x28, 0x6c,
				       0x70, 0x7e, 0xa0, 0xa1, 0x95, 0x9e };
	uint32_t seed = 42;

	(void)state;
	for (int i = 0; i < 200000; i++) {
		uint8_t o[300] = { 8, 1, 1 };
		size_t n = 4;

		seed = seed * 1664525u + 1013904223u;
		o[3] = types[(seed >> 8) % sizeof(types)];
		while (n < 40 + (seed >> 20) % 200) {
			unsigned len;

			seed = seed * 1664525u + 1013904223u;
			o[n++] = (seed >> 28) ? ids[(seed >> 8) % sizeof(ids)]
					      : (uint8_t)(seed >> 16);
			len = (seed >> 24) & 7;
			o[n++] = (uint8_t)len;
			for (; len && n < sizeof(o); len--) {
				seed = seed * 1664525u + 1013904223u;
				o[n++] = (uint8_t)(seed >> 13);
			}
		}
		round_trip(o, n, (enum isdn_dir)(i & 1));
	}
}

static void the_encoder_refuses_what_is_out_of_range(void **state)
{
	uint8_t out[ISDN_MSG_MAX];
	size_t len;

	(void)state;
#define BAD(change, code)                                                                          \
	do {                                                                                       \
		assert_int_equal(decode('u', vectors[0].hex), 0);                                  \
		change;                                                                            \
		assert_int_equal(isdn_msg_encode(ISDN_VARIANT_ETSI, ISDN_USER_TO_NETWORK, &msg,    \
						 out, sizeof(out), &len),                          \
				 code);                                                            \
	} while (0)
	BAD(msg.type = 0x3f, ISDN_ERR_INVAL);
	BAD(msg.discriminator = 3, ISDN_ERR_INVAL);
	BAD(msg.cr_len = 3, ISDN_ERR_INVAL);
	BAD(msg.cr = 0x8000, ISDN_ERR_INVAL);
	BAD(msg.cr_len = 1; msg.cr = 0x80, ISDN_ERR_INVAL);
	BAD(msg.bearer.capability = 0x20, ISDN_ERR_INVAL);
	BAD(msg.bearer.n_rest = 9; msg.bearer.layer1 = 0, ISDN_ERR_INVAL);
	BAD(msg.channel_id.select = 4, ISDN_ERR_INVAL);
	BAD(msg.channel_id.n_channels = 0, ISDN_ERR_INVAL);
	BAD(msg.channel_id.channels[0] = 128, ISDN_ERR_INVAL);
	BAD(msg.called.type = 8, ISDN_ERR_INVAL);
	BAD(msg.called.n_digits = ISDN_DIGITS_MAX + 1, ISDN_ERR_INVAL);
	BAD(msg.called.digits[0] = '\0', ISDN_ERR_INVAL);
	BAD(msg.called.has_presentation = true, ISDN_ERR_INVAL);
	BAD(isdn_msg_set(&msg, ISDN_IE_CALL_STATE), ISDN_ERR_INVAL);
	BAD(isdn_msg_set(&msg, ISDN_IE_PROGRESS); msg.n_progress = 0, ISDN_ERR_INVAL);
	BAD(isdn_msg_set(&msg, ISDN_IE_PROGRESS); msg.n_progress = 4, ISDN_ERR_INVAL);
	BAD(isdn_msg_set(&msg, ISDN_IE_USER_USER); msg.uui.len = 129, ISDN_ERR_INVAL);
	BAD(isdn_msg_set(&msg, ISDN_IE_DISPLAY); msg.display.len = 0, ISDN_ERR_INVAL);
	BAD(isdn_msg_clear(&msg, ISDN_IE_BEARER), ISDN_ERR_IE_MISSING);
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

static void the_tables_name_each_thing_once(void **state)
{
	const struct i3_tables *t = i3_tables(ISDN_VARIANT_ETSI);
	uint64_t seen = 0;

	(void)state;
	for (unsigned i = 0; i < t->n_msgs; i++)
		for (unsigned k = 0; k < i; k++)
			assert_int_not_equal(t->msgs[i].type, t->msgs[k].type);
	for (unsigned i = 0; i < t->n_ies; i++) {
		for (unsigned k = 0; k < i; k++)
			assert_int_not_equal(t->ies[i].id, t->ies[k].id);
		if (t->ies[i].ie != I3_SKIPPED)
			seen |= UINT64_C(1) << t->ies[i].ie;
	}
	assert_int_equal(seen, (UINT64_C(1) << ISDN_IE_COUNT) - 1);
	for (unsigned i = 0; i < t->n_msgs; i++)
		for (int d = 0; d < 2; d++)
			assert_int_equal(t->msgs[i].mandatory[d] & t->msgs[i].optional[d] &
						 ~(UINT64_C(1) << ISDN_IE_CHANNEL_ID),
					 0);
}

static void everything_has_a_name(void **state)
{
	(void)state;
	for (int i = 0; i < ISDN_IE_COUNT; i++)
		assert_string_not_equal(isdn_ie_name((enum isdn_ie)i), "unknown element");
	for (int i = 0; i <= ISDN_FAULT_IE_UNEXPECTED; i++)
		assert_non_null(strstr(isdn_fault_name((enum isdn_fault_kind)i), "5.8"));
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
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(vectors_decode_as_they_say_and_encode_to_the_same),
		cmocka_unit_test(q931_4_5_30_user_user_of_each_length),
		cmocka_unit_test(q931_5_8_7_2_user_user_too_long_is_discarded_alone),
		cmocka_unit_test(q931_5_8_faults_are_sorted_as_the_clause_sorts_them),
		cmocka_unit_test(q931_4_5_2_elements_of_other_codesets_are_passed_over),
		cmocka_unit_test(elements_that_others_know_are_no_fault),
		cmocka_unit_test(messages_cut_at_each_length_and_bent_at_each_bit),
		cmocka_unit_test(random_messages_200000),
		cmocka_unit_test(the_encoder_refuses_what_is_out_of_range),
		cmocka_unit_test(the_tables_name_each_thing_once),
		cmocka_unit_test(everything_has_a_name),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
