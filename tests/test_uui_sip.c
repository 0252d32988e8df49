/* SPDX-License-Identifier: BSD-2-Clause */
/* The value of the SIP header field User-to-User, RFC 7433, and its package isdn-uui, RFC 7434. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <isdn/isdn.h>

#include "tests/random_msg.h"

static struct isdn_uui uui;
static struct isdn_error error;

/* Read in memory of exactly its size; what fails leaves uui and says why. */
static int read_n(const char *text, size_t len, size_t *next)
{
	char *exact = malloc(len ? len : 1);
	struct isdn_uui before;
	int got;

	memset(&uui, 0x5a, sizeof(uui));
	memset(&error, 0, sizeof(error));
	before = uui;
	assert_non_null(exact);
	memcpy(exact, text, len);
	got = isdn_uui_sip_read(exact, len, next, &uui, &error);
	free(exact);
	if (got < 1)
		assert_memory_equal(&uui, &before, sizeof(uui));
	assert_int_equal(error.code, got < 0 ? got : 0);
	assert_int_equal(error.text[0] != '\0', got < 0);
	return got;
}

static int read_one(const char *text, size_t *next)
{
	*next = 0;
	return read_n(text, strlen(text), next);
}

static void reads_as(const char *text, unsigned discriminator, const char *data, size_t len)
{
	size_t next;

	assert_int_equal(read_one(text, &next), 1);
	assert_int_equal(next, strlen(text));
	assert_int_equal(uui.codeset, 0);
	assert_int_equal(uui.discriminator, discriminator);
	assert_int_equal(uui.len, len);
	assert_memory_equal(uui.data, data, len);
	assert_int_equal(read_n(text, strlen(text), &next), 0);
}

static void rfc7434_the_discriminator_is_the_first_octet(void **state)
{
	(void)state;
	reads_as("04627965", 4, "bye", 3);
	reads_as("00", 0, "", 0);
	reads_as("00FA080019001038F725B3;encoding=hex", 0,
		 "\xfa\x08\x00\x19\x00\x10\x38\xf7\x25\xb3", 10);
	reads_as("fFFf", 0xff, "\xff", 1);
	reads_as("04627965;encoding=hex;purpose=isdn-uui;content=isdn-uui", 4, "bye", 3);
}

static void rfc7433_4_1_parameters_in_any_order_and_either_case(void **state)
{
	(void)state;
	reads_as("0461;CONTENT=ISDN-UUI;Purpose=Isdn-Uui;eNcOdInG=HEX", 4, "a", 1);
	reads_as("0461;x;purpose=isdn-uui;y=z;encoding=hex;q=\"a;b,c\\\"d\";h=[2001:db8::1]", 4,
		 "a", 1);
	reads_as("0461;x=1;x=2", 4, "a", 1); /* not known: not looked at */
	reads_as("0461;q=\"\"", 4, "a", 1);
	reads_as("0461;purpose=\"isdn-uui\"", 4, "a", 1);
	reads_as("0461;u=\"\xc3\xa9\"", 4, "a", 1);
}

static void rfc7433_4_1_quoted_data(void **state)
{
	(void)state;
	reads_as("\"0461\"", 4, "a", 1);
	reads_as("\"0\\46\\1\";encoding=hex", 4, "a", 1);
	reads_as(" \"0461\" ;encoding=hex", 4, "a", 1);
}

static void rfc3261_25_1_white_space_and_folded_lines(void **state)
{
	(void)state;
	reads_as(" \t0461 ; \tpurpose = isdn-uui\t; encoding= hex ", 4, "a", 1);
	reads_as("0461\r\n ;purpose\r\n\t=\r\n isdn-uui \r\n  ;\r\n encoding=hex \r\n ", 4, "a", 1);
	reads_as("0461;q=\"a\r\n b\"", 4, "a", 1);
}

static void usages_from_before_the_rfcs(void **state)
{
	(void)state;
	reads_as("0461;encoding=hex;purpose=isdn-interwork;content=isdn-uui", 4, "a", 1);
	reads_as("0461;pd=00;encoding=hex", 0,
		 "\x04"
		 "a",
		 2);
	reads_as("\"\";PD=\"4f\"", 0x4f, "", 0);
}

/* What a gateway does: the first that is for it, whatever stands around. */
static void rfc7433_4_1_several_values(void **state)
{
	static const char text[] = "aabb;purpose=x, 0461 ,0462;encoding=ascii , 046, \"0463\"";
	size_t next;

	(void)state;
	assert_int_equal(read_one(text, &next), ISDN_ERR_UUI_PACKAGE);
	assert_int_equal(text[next], ',');
	assert_int_equal(read_n(text, strlen(text), &next), 1);
	assert_memory_equal(uui.data, "a", 1);
	assert_int_equal(read_n(text, strlen(text), &next), ISDN_ERR_UUI_ENCODING);
	assert_int_equal(read_n(text, strlen(text), &next), ISDN_ERR_UUI_CONTENT);
	assert_int_equal(read_n(text, strlen(text), &next), 1);
	assert_memory_equal(uui.data, "c", 1);
	assert_int_equal(next, strlen(text));
	assert_int_equal(read_n(text, strlen(text), &next), 0);
	assert_int_equal(read_one("", &next), 0);
	assert_int_equal(read_one(" \t\r\n ", &next), 0);
	assert_int_equal(next, 5);
	next = 77; /* beyond the end */
	assert_int_equal(read_n("0461", 4, &next), 0);
}

#define U "User-to-User: "
static const struct fault {
	const char *text;
	int code;
	const char *says;
	bool goes_on; /* the grammar is kept: *next is the comma or the end */
} faults[] = {
	{ "046", ISDN_ERR_UUI_CONTENT,
	  U "there are 3 hex digits from offset 0, an odd number: two are needed for each octet",
	  true },
	{ "\"0\"", ISDN_ERR_UUI_CONTENT,
	  U "there are 1 hex digits from offset 1, an odd number: two are needed for each octet",
	  true },
	{ "04 , 04g1", ISDN_ERR_UUI_CONTENT, NULL, true },
	{ "0461g1;x", ISDN_ERR_UUI_CONTENT, U "\"g\" at offset 4 is no hex digit", true },
	{ "\"04 61\"", ISDN_ERR_UUI_CONTENT, U "\" \" at offset 3 is no hex digit", true },
	{ "\"04\\x1\"", ISDN_ERR_UUI_CONTENT, U "\"x\" at offset 4 is no hex digit", true },
	{ "\"04\xc3\xa9\"", ISDN_ERR_UUI_CONTENT, U "0xc3 at offset 3 is no hex digit", true },
	{ "\"\"", ISDN_ERR_DISCRIMINATOR,
	  U "the data at offset 1 has no octet: the first one is the protocol discriminator, as 04 "
	    "for text",
	  true },
	{ ",04", ISDN_ERR_UUI_CONTENT,
	  U "the data is missing: hex digits are needed, not \",\" at offset 0", false },
	{ "04,", ISDN_ERR_UUI_CONTENT, NULL, false },
	{ ";purpose=isdn-uui", ISDN_ERR_UUI_CONTENT,
	  U "the data is missing: hex digits are needed, not \";\" at offset 0", false },
	{ " @", ISDN_ERR_UUI_CONTENT,
	  U "the data is missing: hex digits are needed, not \"@\" at offset 1", false },
	{ "\r\n04", ISDN_ERR_UUI_CONTENT,
	  U "the data is missing: hex digits are needed, not 0x0d at offset 0", false },
	{ "\"04", ISDN_ERR_UUI_CONTENT,
	  U "the quoted string from offset 0 has no end: a quotation mark is needed", false },
	{ "04;a=\"04\\\"", ISDN_ERR_UUI_CONTENT,
	  U "the quoted string from offset 5 has no end: a quotation mark is needed", false },
	{ "\"04\n\"", ISDN_ERR_UUI_CONTENT, U "0x0a at offset 3 may not be in a quoted string",
	  false },
	{ "\"04\r\n\"", ISDN_ERR_UUI_CONTENT, U "0x0d at offset 3 may not be in a quoted string",
	  false },
	{ "\"04\\\n\"", ISDN_ERR_UUI_CONTENT, U "\"\\\" at offset 3 may not be in a quoted string",
	  false },
	{ "04=61", ISDN_ERR_UUI_CONTENT,
	  U "\"=\" at offset 2 can not be there: \";\" and a parameter, \",\" and a value, or the "
	    "end is needed",
	  false },
	{ "04 61", ISDN_ERR_UUI_CONTENT,
	  U "\"6\" at offset 3 can not be there: \";\" and a parameter, \",\" and a value, or the "
	    "end is needed",
	  false },
	{ "04\r\n", ISDN_ERR_UUI_CONTENT,
	  U "0x0d at offset 2 can not be there: \";\" and a parameter, \",\" and a value, or the "
	    "end is needed",
	  false },
	{ "04;;x", ISDN_ERR_UUI_CONTENT,
	  U "the name of a parameter is needed behind \";\", not \";\" at offset 3", false },
	{ "04; ", ISDN_ERR_UUI_CONTENT,
	  U "the name of a parameter is needed behind \";\", not the end at offset 4", false },
	{ "04;purpose", ISDN_ERR_UUI_CONTENT,
	  U "parameter \"purpose\" at offset 3 has no value: \"=\" is needed, as in "
	    "purpose=isdn-uui",
	  false },
	{ "04;Encoding hex", ISDN_ERR_UUI_CONTENT,
	  U "parameter \"encoding\" at offset 3 has no value: \"=\" is needed, as in encoding=hex",
	  false },
	{ "04;content=;x", ISDN_ERR_UUI_CONTENT,
	  U "parameter \"content\" has \";\" at offset 11: a value is needed behind \"=\"", false },
	{ "04;other=", ISDN_ERR_UUI_CONTENT,
	  U "parameter \"other\" has the end at offset 9: a value is needed behind \"=\"", false },
	{ "04;a=[::1", ISDN_ERR_UUI_CONTENT,
	  U "the address from offset 5 has the end at offset 9: \"]\" is needed behind it", false },
	{ "04;a=[]", ISDN_ERR_UUI_CONTENT,
	  U "the address from offset 5 has \"]\" at offset 6: \"]\" is needed behind it", false },
	{ "04;encoding=hex;purpose=isdn-uui;Encoding=hex", ISDN_ERR_UUI_CONTENT,
	  U "parameter \"encoding\" is there twice, again at offset 33: leave one of them away",
	  false },
	{ "04;encoding=ascii", ISDN_ERR_UUI_ENCODING,
	  U "encoding \"ascii\" at offset 12 is not known: hex is what isdn-uui has", true },
	{ "zz;purpose=other", ISDN_ERR_UUI_PACKAGE,
	  U "purpose \"other\" at offset 11 is another package's: isdn-uui is read here", true },
	{ "zz;purpose=isdn-uui2;encoding=x", ISDN_ERR_UUI_PACKAGE,
	  U "purpose \"isdn-uui2\" at offset 11 is another package's: isdn-uui is read here",
	  true },
	{ "04;content=\"b\xc3r\"", ISDN_ERR_UUI_PACKAGE,
	  U "content \"b\" at offset 12 is not known: isdn-uui is read here", true },
	{ "04;pd=0004", ISDN_ERR_UUI_CONTENT,
	  U "pd at offset 6 has 2 octets: it is one, the protocol discriminator", true },
	{ "04;pd=\"\"", ISDN_ERR_UUI_CONTENT,
	  U "pd at offset 7 has 0 octets: it is one, the protocol discriminator", true },
	{ "04;pd=0x", ISDN_ERR_UUI_CONTENT, U "\"x\" at offset 7 is no hex digit", true },
};

static void rfc7433_every_mistake_names_the_place_and_the_remedy(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		const struct fault *f = &faults[i];
		size_t next;
		int got = read_one(f->text, &next);

		if (got == 1) /* it is in the second value */
			got = read_n(f->text, strlen(f->text), &next);
		if (got != f->code || (f->says && strcmp(error.text, f->says)))
			fail_msg("%s: %d \"%s\"", f->text, got, error.text);
		assert_int_equal(next, strlen(f->text));
		for (size_t k = 0; k < i; k++) /* each has a text of its own */
			assert_true(!f->says || !faults[k].says || strcmp(f->says, faults[k].says));
	}
}

static void rfc7433_the_value_behind_a_fault(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		char text[128];
		size_t next;
		int n = snprintf(text, sizeof(text), "%s,0477", faults[i].text), got;

		if (!faults[i].says)
			continue;
		got = read_one(text, &next);
		assert_true(got < 0);
		assert_int_equal(next, faults[i].goes_on ? (size_t)n - 5 : (size_t)n);
		assert_int_equal(read_n(text, (size_t)n, &next), faults[i].goes_on ? 1 : 0);
	}
}

static void rfc7434_what_an_element_carries_and_an_octet_more(void **state)
{
	char text[600] = "";
	size_t next;

	(void)state;
	memset(text, 'a', 258);
	assert_int_equal(read_one(text, &next), 1);
	assert_int_equal(uui.len, 128);
	memset(text, 'a', 260);
	assert_int_equal(read_one(text, &next), ISDN_ERR_USERUSERINFOTOOBIG);
	assert_string_equal(error.text,
			    U "the data at offset 0 has 130 octets: an element carries 129, 128 of "
			      "them behind the protocol discriminator");
	strcat(text, ";pd=00");
	assert_int_equal(read_one(text, &next), ISDN_ERR_USERUSERINFOTOOBIG);
	strcpy(text + 256, ";pd=00");
	assert_int_equal(read_one(text, &next), 1);
	assert_int_equal(uui.len, 128);
}

/* Write, read, compare; with every capacity that is near. */
static void round_trip(const struct isdn_uui *u, unsigned flags)
{
	char text[ISDN_UUI_SIP_SIZE], small[ISDN_UUI_SIP_SIZE];
	size_t len, needed, next = 0;

	assert_int_equal(isdn_uui_sip_write(u, flags, text, sizeof(text), &len), 0);
	assert_int_equal(strlen(text), len);
	memset(small, '!', sizeof(small));
	assert_int_equal(isdn_uui_sip_write(u, flags, small, len, &needed), ISDN_ERR_NOSPC);
	assert_int_equal(needed, len);
	assert_int_equal(small[0], '!');
	assert_int_equal(isdn_uui_sip_write(u, flags, small, len + 1, NULL), 0);
	assert_int_equal(small[len + 1], '!');
	assert_int_equal(read_n(text, len, &next), 1);
	assert_int_equal(next, len);
	assert_int_equal(uui.discriminator, u->discriminator);
	assert_int_equal(uui.len, u->len);
	assert_memory_equal(uui.data, u->data, u->len);
}

static void rfc7434_round_trips_of_every_length_and_octet(void **state)
{
	struct random r;
	struct isdn_uui u = { 0 };

	(void)state;
	random_seed(&r, 7434);
	for (unsigned len = 0; len <= ISDN_UUI_MAX; len++)
		for (unsigned flags = 0; flags < 16; flags++) {
			u.len = (uint8_t)len;
			u.discriminator = (uint8_t)random_below(&r, 256);
			for (unsigned i = 0; i < len; i++)
				u.data[i] = (uint8_t)random_below(&r, 256);
			round_trip(&u, flags);
		}
	u.len = 1;
	for (unsigned octet = 0; octet < 256; octet++) {
		u.discriminator = u.data[0] = (uint8_t)octet;
		round_trip(&u, 0);
	}
}

static void rfc7434_what_is_written(void **state)
{
	const struct isdn_uui u = {
		.codeset = 7, .discriminator = 4, .len = 2, .data = { 0xab, 0 }
	};
	struct isdn_uui longest = { .len = ISDN_UUI_MAX }, bad = { .len = ISDN_UUI_MAX + 1 };
	char text[ISDN_UUI_SIP_SIZE];
	size_t len;

	(void)state;
	assert_int_equal(isdn_uui_sip_write(&u, 0, text, sizeof(text), &len), 0);
	assert_string_equal(text, "04ab00");
	assert_int_equal(isdn_uui_sip_write(&u, ISDN_UUI_SIP_UPPER, text, sizeof(text), NULL), 0);
	assert_string_equal(text, "04AB00");
	assert_int_equal(isdn_uui_sip_write(&u, ISDN_UUI_SIP_ALL, text, sizeof(text), NULL), 0);
	assert_string_equal(text, "04ab00;purpose=isdn-uui;content=isdn-uui;encoding=hex");
	assert_int_equal(isdn_uui_sip_write(&u, ISDN_UUI_SIP_ENCODING, text, sizeof(text), NULL),
			 0);
	assert_string_equal(text, "04ab00;encoding=hex");
	assert_int_equal(isdn_uui_sip_write(&longest, 15, text, sizeof(text), NULL), 0);
	assert_int_equal(isdn_uui_sip_write(&u, 16, text, sizeof(text), NULL), ISDN_ERR_INVAL);
	assert_int_equal(isdn_uui_sip_write(&bad, 0, text, sizeof(text), NULL), ISDN_ERR_INVAL);
	assert_int_equal(isdn_uui_sip_write(&u, 0, NULL, 0, &len), ISDN_ERR_NOSPC);
	assert_int_equal(len, 6);
	assert_int_equal(isdn_uui_sip_write(&u, 0, NULL, 1, &len), ISDN_ERR_INVALPOINTER);
	assert_int_equal(isdn_uui_sip_write(NULL, 0, text, 1, &len), ISDN_ERR_INVALPOINTER);
	len = 0;
	assert_int_equal(isdn_uui_sip_read(NULL, 1, &len, &bad, &error), ISDN_ERR_INVALPOINTER);
	assert_int_equal(isdn_uui_sip_read("04", 2, NULL, &bad, NULL), ISDN_ERR_INVALPOINTER);
	assert_int_equal(isdn_uui_sip_read("04", 2, &len, NULL, NULL), ISDN_ERR_INVALPOINTER);
	assert_int_equal(isdn_uui_sip_read("0", 1, &len, &bad, NULL), ISDN_ERR_UUI_CONTENT);
	assert_int_equal(isdn_uui_sip_read(NULL, 0, &len, &bad, NULL), 0);
}

/* Whatever it is: it ends, goes on, and what is taken is written and taken again as it was. */
static unsigned judge(const char *text, size_t len)
{
	size_t next = 0, before = 0;
	struct isdn_uui one;
	unsigned taken = 0;
	int got;

	while ((got = read_n(text, len, &next)) != 0) {
		assert_true(next > before && next <= len);
		before = next;
		if (got < 0) {
			assert_true(got == ISDN_ERR_UUI_CONTENT || got == ISDN_ERR_UUI_PACKAGE ||
				    got == ISDN_ERR_UUI_ENCODING || got == ISDN_ERR_DISCRIMINATOR ||
				    got == ISDN_ERR_USERUSERINFOTOOBIG);
			assert_memory_equal(error.text, U, strlen(U));
			continue;
		}
		taken++;
		one = uui;
		round_trip(&one, 0);
	}
	assert_int_equal(next, len);
	return taken;
}

static const char *const seeds[] = {
	"04627965;purpose=isdn-uui;content=isdn-uui;encoding=hex",
	"00FA080019001038F725B3;encoding=hex",
	"aabb;purpose=foo;content=bar, \"0461\" ;q=\"a\\\"b\" ,0462;pd=00;h=[2001:db8::1]",
	"\"0\\462\"\r\n ;Encoding = HEX ;x ;purpose=\"isdn-interwork\"",
};

static void rfc7433_cut_at_each_length(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(seeds) / sizeof(seeds[0]); i++)
		for (size_t len = 0; len <= strlen(seeds[i]); len++)
			judge(seeds[i], len);
}

static size_t mutate(struct random *r, char *text, size_t len, size_t cap)
{
	static const char likely[] = "0aF,;=\"\\ \t\r\n[]:-g\xff\x7f";
	size_t at = random_below(r, (unsigned)len + 1);
	char c = random_chance(r, 70) ? likely[random_below(r, sizeof(likely))]
				      : (char)random_below(r, 256);

	switch (random_below(r, 4)) {
	case 0:
		if (len == cap)
			return len;
		memmove(text + at + 1, text + at, len - at);
		text[at] = c;
		return len + 1;
	case 1:
		if (at == len)
			return len;
		memmove(text + at, text + at + 1, len - at - 1);
		return len - 1;
	case 2:
		return random_chance(r, 20) ? at : len;
	default:
		if (at < len)
			text[at] = c;
		return len;
	}
}

static void rfc7433_mutations(void **state)
{
	unsigned rounds = getenv("TEST_VALGRIND") ? 5000 : 200000, taken = 0;
	struct random r;

	(void)state;
	random_seed(&r, 7433);
	for (unsigned i = 0; i < rounds; i++) {
		const char *seed = seeds[random_below(&r, sizeof(seeds) / sizeof(seeds[0]))];
		char text[128];
		size_t len = strlen(seed);

		memcpy(text, seed, len);
		for (unsigned n = 1 + random_below(&r, 5); n; n--)
			len = mutate(&r, text, len, sizeof(text));
		taken += judge(text, len);
	}
	assert_true(taken > rounds / 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rfc7434_the_discriminator_is_the_first_octet),
		cmocka_unit_test(rfc7433_4_1_parameters_in_any_order_and_either_case),
		cmocka_unit_test(rfc7433_4_1_quoted_data),
		cmocka_unit_test(rfc3261_25_1_white_space_and_folded_lines),
		cmocka_unit_test(usages_from_before_the_rfcs),
		cmocka_unit_test(rfc7433_4_1_several_values),
		cmocka_unit_test(rfc7433_every_mistake_names_the_place_and_the_remedy),
		cmocka_unit_test(rfc7433_the_value_behind_a_fault),
		cmocka_unit_test(rfc7434_what_an_element_carries_and_an_octet_more),
		cmocka_unit_test(rfc7434_round_trips_of_every_length_and_octet),
		cmocka_unit_test(rfc7434_what_is_written),
		cmocka_unit_test(rfc7433_cut_at_each_length),
		cmocka_unit_test(rfc7433_mutations),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
