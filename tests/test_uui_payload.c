/* SPDX-License-Identifier: BSD-2-Clause */
/* What user-user information is made of: octets, text, items, call identifiers, functional numbers.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <isdn/isdn.h>

#include "tests/helper.h"
#include "tests/random_msg.h"

static struct isdn_error error;

static struct isdn_uui of_hex(const char *hex)
{
	struct isdn_uui u;
	uint8_t octets[1 + ISDN_UUI_MAX];

	assert_int_equal(
		isdn_uui_from_octets(&u, octets, test_hex(hex, octets, sizeof(octets)), &error), 0);
	return u;
}

/* The user information is these octets. */
static void is_hex(const struct isdn_uui *u, const char *hex)
{
	uint8_t octets[ISDN_UUI_MAX];

	assert_int_equal(test_hex(hex, octets, sizeof(octets)), u->len);
	assert_memory_equal(u->data, octets, u->len);
}

static struct isdn_uui random_uui(struct random *r, unsigned len)
{
	struct isdn_uui u = { .discriminator = (uint8_t)random_below(r, 256), .len = (uint8_t)len };

	for (unsigned i = 0; i < len; i++)
		u.data[i] = (uint8_t)random_below(r, 256);
	return u;
}

static void q931_4_5_30_octets_of_every_length(void **state)
{
	uint8_t octets[131];
	struct random r;
	size_t n;

	(void)state;
	random_seed(&r, 1);
	for (unsigned len = 0; len <= ISDN_UUI_MAX; len++) {
		struct isdn_uui u = random_uui(&r, len), again;

		octets[len + 1] = 0x5a;
		assert_int_equal(isdn_uui_octets(&u, octets, len, &n), ISDN_ERR_NOSPC);
		assert_int_equal(n, len + 1);
		assert_int_equal(isdn_uui_octets(&u, octets, len + 1, &n), 0);
		assert_int_equal(n, len + 1);
		assert_int_equal(octets[len + 1], 0x5a);
		assert_int_equal(octets[0], u.discriminator);
		assert_memory_equal(octets + 1, u.data, len);
		assert_int_equal(isdn_uui_from_octets(&again, octets, n, &error), 0);
		assert_memory_equal(&again, &u, sizeof(u));
	}
}

static void q931_4_5_30_octets_that_are_no_element(void **state)
{
	struct isdn_uui u = { .len = 7 }, bad = { .len = 129 };
	uint8_t octets[140] = { 0 };

	(void)state;
	assert_int_equal(isdn_uui_from_octets(&u, octets, 0, &error), ISDN_ERR_DISCRIMINATOR);
	assert_string_equal(error.text, "user-user information has no octet: the first one is the "
					"protocol discriminator");
	assert_int_equal(isdn_uui_from_octets(&u, octets, 130, &error),
			 ISDN_ERR_USERUSERINFOTOOBIG);
	assert_string_equal(error.text, "user-user information has 130 octets: an element carries "
					"129, the protocol discriminator and 128");
	assert_int_equal(isdn_uui_from_octets(&u, NULL, 1, NULL), ISDN_ERR_INVALPOINTER);
	assert_int_equal(isdn_uui_from_octets(NULL, octets, 1, NULL), ISDN_ERR_INVALPOINTER);
	assert_int_equal(u.len, 7);
	assert_int_equal(isdn_uui_octets(&bad, octets, 140, NULL), ISDN_ERR_INVAL);
	assert_int_equal(isdn_uui_octets(&u, NULL, 1, NULL), ISDN_ERR_INVALPOINTER);
	assert_int_equal(isdn_uui_octets(NULL, octets, 1, NULL), ISDN_ERR_INVALPOINTER);
	assert_int_equal(isdn_uui_octets(&u, NULL, 0, NULL), ISDN_ERR_NOSPC);
}

static void q931_4_5_30_text_of_every_length(void **state)
{
	char text[ISDN_UUI_TEXT_SIZE + 1], back[ISDN_UUI_TEXT_SIZE];
	struct random r;
	size_t n;

	(void)state;
	random_seed(&r, 2);
	for (unsigned len = 0; len <= ISDN_UUI_MAX; len++) {
		struct isdn_uui u;

		for (unsigned i = 0; i < len; i++)
			text[i] = (char)(0x20 + random_below(&r, 0x5f));
		text[len] = '\0';
		assert_int_equal(isdn_uui_from_text(&u, text, len, &error), 0);
		assert_int_equal(u.codeset, 0);
		assert_int_equal(u.discriminator, 4);
		assert_int_equal(isdn_uui_text(&u, back, len, &n, &error), ISDN_ERR_NOSPC);
		assert_int_equal(n, len);
		assert_int_equal(isdn_uui_text(&u, back, len + 1, &n, &error), 0);
		assert_int_equal(n, len);
		assert_string_equal(back, text);
	}
	text[128] = 'x';
	assert_int_equal(isdn_uui_from_text(&(struct isdn_uui){ 0 }, text, 129, &error),
			 ISDN_ERR_USERUSERINFOTOOBIG);
	assert_string_equal(error.text,
			    "user-user text has 129 characters: an element carries 128");
}

static void t50_every_octet_as_text(void **state)
{
	(void)state;
	for (unsigned c = 0; c < 256; c++) {
		bool sent = (c >= 0x20 && c < 0x7f) || c == 9 || c == 10 || c == 13;
		struct isdn_uui u = { .len = 99 };
		char text[] = { 'a', (char)c, 'b' }, back[ISDN_UUI_TEXT_SIZE] = "!";
		int err = isdn_uui_from_text(&u, text, 3, &error);

		assert_int_equal(err, sent ? 0 : ISDN_ERR_INVAL);
		assert_int_equal(u.len, sent ? 3 : 99);
		u = (struct isdn_uui){ .discriminator = 4,
				       .len = 3,
				       .data = { 'a', (uint8_t)c, 'b' } };
		err = isdn_uui_text(&u, back, sizeof(back), NULL, &error);
		assert_int_equal(err, c && c < 0x80 ? 0 : ISDN_ERR_UUI_CONTENT);
		assert_memory_equal(back, err ? "!" : text, err ? 2 : 3);
	}
}

static void text_is_never_cut_or_guessed(void **state)
{
	struct isdn_uui u = of_hex("04 62 79 00"), bad = { .discriminator = 4, .len = 129 };
	char text[ISDN_UUI_TEXT_SIZE];
	size_t n;

	(void)state;
	assert_int_equal(isdn_uui_text(&u, text, sizeof(text), &n, &error), ISDN_ERR_UUI_CONTENT);
	assert_string_equal(error.text, "user-user text: NUL at offset 2 of 3 would hide what is "
					"behind it: read the octets themselves");
	u.data[1] = 0xe9;
	assert_int_equal(isdn_uui_text(&u, text, sizeof(text), &n, &error), ISDN_ERR_UUI_CONTENT);
	assert_string_equal(error.text, "user-user text: octet 0xe9 at offset 1 is no IA5 "
					"character: read the octets themselves");
	u = of_hex("00 62 79");
	assert_int_equal(isdn_uui_text(&u, text, sizeof(text), &n, &error), ISDN_ERR_DISCRIMINATOR);
	assert_string_equal(error.text,
			    "user-user information has protocol discriminator 0x00, text has "
			    "0x04: read the octets themselves");
	u = of_hex("04 62 79");
	assert_int_equal(isdn_uui_text(&u, text, 2, &n, &error), ISDN_ERR_NOSPC);
	assert_string_equal(error.text,
			    "user-user text: 2 characters and a NUL need 3 octets, not 2");
	assert_int_equal(n, 2);
	assert_int_equal(isdn_uui_text(&u, NULL, 0, &n, NULL), ISDN_ERR_NOSPC);
	assert_int_equal(isdn_uui_text(&u, NULL, 1, &n, NULL), ISDN_ERR_INVALPOINTER);
	assert_int_equal(isdn_uui_text(NULL, text, 1, &n, NULL), ISDN_ERR_INVALPOINTER);
	assert_int_equal(isdn_uui_text(&bad, text, sizeof(text), &n, NULL), ISDN_ERR_INVAL);
	assert_int_equal(isdn_uui_from_text(NULL, "", 0, NULL), ISDN_ERR_INVALPOINTER);
	assert_int_equal(isdn_uui_from_text(&u, NULL, 1, NULL), ISDN_ERR_INVALPOINTER);
	assert_int_equal(isdn_uui_from_text(&u, "a\x1b[m", 4, &error), ISDN_ERR_INVAL);
	assert_string_equal(error.text, "user-user text: 0x1b at offset 1 is not sent: 0x20 to "
					"0x7e, TAB, LF and CR are");
}

static void items_are_found_and_appended(void **state)
{
	struct isdn_uui u = of_hex("00 fa 08 0019 0010 38f725b3 c8 03 616263 01 00"), again = { 0 };
	struct isdn_uui_item item;
	size_t next = 0;

	(void)state;
	while (isdn_uui_item_next(&u, &next, &item, &error) == 1) {
		assert_int_equal(u.data[item.at], item.id);
		assert_ptr_equal(item.value, u.data + item.at + 2);
		assert_int_equal(next, item.at + 2u + item.len);
		assert_int_equal(isdn_uui_item_add(&again, ISDN_UUI_MAX, item.id, item.value,
						   item.len, &error),
				 0);
	}
	assert_int_equal(next, u.len);
	assert_int_equal(item.id, 1);
	assert_int_equal(item.len, 0);
	assert_memory_equal(&again, &u, sizeof(u));
	assert_int_equal(isdn_uui_item_next(&u, &next, &item, &error), 0);
	u.len = 0;
	next = 0;
	assert_int_equal(isdn_uui_item_next(&u, &next, &item, &error), 0);
}

/* Cut at each length the items before the cut are as they were, and the cut is told. */
static void items_cut_at_each_length(void **state)
{
	const struct isdn_uui whole = of_hex("00 fa 08 0019 0010 38f725b3 c8 03 616263");

	(void)state;
	for (unsigned len = 0; len <= whole.len; len++) {
		struct isdn_uui u = whole;
		struct isdn_uui_item item;
		size_t next = 0;
		unsigned n = 0;
		int got;

		u.len = (uint8_t)len;
		while ((got = isdn_uui_item_next(&u, &next, &item, &error)) == 1)
			n++;
		assert_int_equal(n, len < 10 ? 0 : len < 15 ? 1 : 2);
		assert_int_equal(got, len == 0 || len == 10 || len == 15 ? 0 : ISDN_ERR_TRUNCATED);
		assert_int_equal(next, len);
		if (len == 12)
			assert_string_equal(error.text,
					    "user-user item 0xc8 at offset 10 goes beyond the end, "
					    "which is at 12: read the octets themselves");
	}
}

static void items_out_of_range(void **state)
{
	struct isdn_uui u = of_hex("00 c8 00"), bad = { .len = 129 };
	struct isdn_uui_item item;
	size_t next = 3;

	(void)state;
	assert_int_equal(isdn_uui_item_next(&u, &next, &item, NULL), ISDN_ERR_INVAL);
	next = 0;
	assert_int_equal(isdn_uui_item_next(&bad, &next, &item, NULL), ISDN_ERR_INVAL);
	assert_int_equal(isdn_uui_item_next(NULL, &next, &item, NULL), ISDN_ERR_INVALPOINTER);
	assert_int_equal(isdn_uui_item_next(&u, NULL, &item, NULL), ISDN_ERR_INVALPOINTER);
	assert_int_equal(isdn_uui_item_next(&u, &next, NULL, NULL), ISDN_ERR_INVALPOINTER);
	assert_int_equal(isdn_uui_item_add(NULL, 128, 1, "", 0, NULL), ISDN_ERR_INVALPOINTER);
	assert_int_equal(isdn_uui_item_add(&u, 128, 1, NULL, 1, NULL), ISDN_ERR_INVALPOINTER);
	assert_int_equal(isdn_uui_item_add(&u, 129, 1, "", 0, NULL), ISDN_ERR_INVAL);
	assert_int_equal(isdn_uui_item_add(&u, 128, 256, "", 0, NULL), ISDN_ERR_INVAL);
	assert_int_equal(isdn_uui_item_add(&bad, 128, 1, "", 0, NULL), ISDN_ERR_INVAL);
	assert_int_equal(isdn_uui_item_add(&u, 1, 1, "", 0, NULL), ISDN_ERR_USERUSERINFOTOOBIG);
	is_hex(&u, "c8 00");
}

/* Every value with every limit, behind something: in whole, or not at all. */
static void items_are_never_cut(void **state)
{
	uint8_t value[300];

	(void)state;
	memset(value, 0x77, sizeof(value));
	for (unsigned max = 0; max <= ISDN_UUI_MAX; max++)
		for (unsigned len = 0; len < 140; len++) {
			struct isdn_uui u = of_hex("00 c8 01 41"), before = u;
			int err = isdn_uui_item_add(&u, max, 0xe5, value, len, &error);

			if (3 + 2 + len > max) {
				assert_int_equal(err, ISDN_ERR_USERUSERINFOTOOBIG);
				assert_memory_equal(&u, &before, sizeof(u));
				continue;
			}
			assert_int_equal(err, 0);
			assert_int_equal(u.len, 5 + len);
			assert_int_equal(u.data[3], 0xe5);
			assert_int_equal(u.data[4], len);
			assert_memory_equal(u.data + 5, value, len);
		}
	assert_int_equal(
		isdn_uui_item_add(&(struct isdn_uui){ .len = 30 }, 32, 0xc8, value, 1, &error),
		ISDN_ERR_USERUSERINFOTOOBIG);
	assert_string_equal(
		error.text,
		"user-user item 0xc8 with 1 octets behind 30 does not fit: the limit is "
		"32, and two octets are its own");
	assert_int_equal(isdn_uui_item_add(&(struct isdn_uui){ 0 }, 128, 1, value, SIZE_MAX, NULL),
			 ISDN_ERR_USERUSERINFOTOOBIG);
}

static void random_items_are_read_as_they_were_written(void **state)
{
	struct random r;

	(void)state;
	random_seed(&r, 3);
	for (unsigned round = 0; round < 20000; round++) {
		struct isdn_uui u = random_uui(&r, random_below(&r, 129)), again = { 0 };
		struct isdn_uui_item item;
		size_t next = 0, end = 0;
		int got;

		again.discriminator = u.discriminator;
		while ((got = isdn_uui_item_next(&u, &next, &item, &error)) == 1) {
			assert_true(next > end);
			end = next;
			assert_int_equal(isdn_uui_item_add(&again, end, item.id, item.value,
							   item.len, &error),
					 0);
		}
		assert_int_equal(again.len, end);
		assert_memory_equal(again.data, u.data, end);
		assert_int_equal(got, end == u.len ? 0 : ISDN_ERR_TRUNCATED);
	}
}

static void call_identifier_as_item_and_as_20_digits(void **state)
{
	struct isdn_uui u = of_hex("00 fa 08 0019 0010 38f725b3"), again = { 0 };
	struct isdn_uui_item item;
	struct isdn_uui_ucid ucid, back;
	char text[ISDN_UUI_UCID_SIZE];
	size_t next = 0;

	(void)state;
	assert_int_equal(isdn_uui_item_next(&u, &next, &item, &error), 1);
	assert_int_equal(isdn_uui_ucid_read(&item, &ucid, &error), 0);
	assert_int_equal(ucid.node, 25);
	assert_int_equal(ucid.sequence, 16);
	assert_int_equal(ucid.time, 955721139);
	assert_int_equal(isdn_uui_ucid_text(&ucid, text, sizeof(text)), 0);
	assert_string_equal(text, "00025000160955721139");
	assert_int_equal(isdn_uui_ucid_from_text(&back, text, 20, &error), 0);
	assert_memory_equal(&back, &ucid, sizeof(back));
	assert_int_equal(isdn_uui_ucid_add(&again, 9, &back, &error), ISDN_ERR_USERUSERINFOTOOBIG);
	assert_int_equal(again.len, 0);
	assert_int_equal(isdn_uui_ucid_add(&again, 10, &back, &error), 0);
	assert_memory_equal(&again, &u, sizeof(u));
	assert_int_equal(isdn_uui_ucid_from_text(&ucid, "65535655354294967295", 20, &error), 0);
	assert_int_equal(isdn_uui_ucid_text(&ucid, text, sizeof(text)), 0);
	assert_string_equal(text, "65535655354294967295");
}

static void call_identifiers_that_are_none(void **state)
{
	static const struct {
		const char *text, *says;
	} rows[] = {
		{ "0002500016095572113", "call identifier has 19 digits: 20 are needed, 5 of the "
					 "node, 5 of the sequence, 10 of the time" },
		{ "", "call identifier has 0 digits: 20 are needed, 5 of the node, 5 of the "
		      "sequence, 10 of the time" },
		{ "000250001609557211390", "call identifier has 21 digits: 20 are needed, 5 of the "
					   "node, 5 of the sequence, 10 of the time" },
		{ "0002500016095572113x", "call identifier: 0x78 at offset 19 is no digit" },
		{ "-0025000160955721139", "call identifier: 0x2d at offset 0 is no digit" },
		{ "65536000000000000000",
		  "call identifier: 65536 at offset 0 is above 65535, which "
		  "is what its octets hold" },
		{ "00000655360000000000",
		  "call identifier: 65536 at offset 5 is above 65535, which "
		  "is what its octets hold" },
		{ "00000000004294967296", "call identifier: 4294967296 at offset 10 is above "
					  "4294967295, which is what its octets hold" },
	};
	struct isdn_uui_item item = { 0xc8, 8, 0, (const uint8_t *)"12345678" };
	struct isdn_uui_ucid ucid = { 1, 2, 3 };
	char text[ISDN_UUI_UCID_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(
			isdn_uui_ucid_from_text(&ucid, rows[i].text, strlen(rows[i].text), &error),
			ISDN_ERR_INVAL);
		assert_string_equal(error.text, rows[i].says);
	}
	assert_int_equal(isdn_uui_ucid_read(&item, &ucid, &error), ISDN_ERR_INVAL);
	assert_string_equal(error.text,
			    "user-user item 0xc8 at offset 0 is no call identifier: that "
			    "is 0xfa");
	item.id = 0xfa;
	item.len = 7;
	assert_int_equal(isdn_uui_ucid_read(&item, &ucid, &error), ISDN_ERR_UUI_CONTENT);
	assert_string_equal(error.text, "call identifier at offset 0 has 7 octets: 8 are needed");
	assert_int_equal(ucid.node + ucid.sequence + ucid.time, 6);
	item.value = NULL;
	assert_int_equal(isdn_uui_ucid_read(&item, &ucid, NULL), ISDN_ERR_INVALPOINTER);
	assert_int_equal(isdn_uui_ucid_read(NULL, &ucid, NULL), ISDN_ERR_INVALPOINTER);
	assert_int_equal(isdn_uui_ucid_add(&(struct isdn_uui){ 0 }, 128, NULL, NULL),
			 ISDN_ERR_INVALPOINTER);
	assert_int_equal(isdn_uui_ucid_from_text(NULL, "", 0, NULL), ISDN_ERR_INVALPOINTER);
	assert_int_equal(isdn_uui_ucid_from_text(&ucid, NULL, 20, NULL), ISDN_ERR_INVALPOINTER);
	assert_int_equal(isdn_uui_ucid_text(NULL, text, 21), ISDN_ERR_INVALPOINTER);
	assert_int_equal(isdn_uui_ucid_text(&ucid, NULL, 21), ISDN_ERR_INVALPOINTER);
	assert_int_equal(isdn_uui_ucid_text(&ucid, text, 20), ISDN_ERR_NOSPC);
}

static void random_call_identifiers_and_text(void **state)
{
	struct random r;

	(void)state;
	random_seed(&r, 4);
	for (unsigned i = 0; i < 20000; i++) {
		struct isdn_uui_ucid a = { (uint16_t)random_u32(&r), (uint16_t)random_u32(&r),
					   random_u32(&r) },
				     b, c;
		struct isdn_uui u = { 0 };
		struct isdn_uui_item item;
		char text[ISDN_UUI_UCID_SIZE];
		size_t next = 0;

		assert_int_equal(isdn_uui_ucid_add(&u, 32, &a, &error), 0);
		assert_int_equal(isdn_uui_item_next(&u, &next, &item, &error), 1);
		assert_int_equal(isdn_uui_ucid_read(&item, &b, &error), 0);
		assert_int_equal(isdn_uui_ucid_text(&b, text, sizeof(text)), 0);
		assert_int_equal(isdn_uui_ucid_from_text(&c, text, strlen(text), &error), 0);
		assert_true(a.node == c.node && a.sequence == c.sequence && a.time == c.time);
	}
}

static void ts102610_5_1_functional_number(void **state)
{
	static const struct {
		const char *octets, *digits;
	} rows[] = {
		{ "05 00", "" },
		{ "05 01 f7", "7" },
		{ "05 04 21 43 65 f7", "1234567" },
		{ "05 03 21 43 65", "123456" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char whole[40], digits[ISDN_UUI_GSMR_NUMBER_SIZE];
		struct isdn_uui u, again = { 0 };
		struct isdn_uui_item item;
		size_t next = 0, n = strlen(rows[i].digits), len;

		snprintf(whole, sizeof(whole), "00 %s", rows[i].octets);
		u = of_hex(whole);
		assert_int_equal(isdn_uui_item_next(&u, &next, &item, &error), 1);
		assert_int_equal(isdn_uui_gsmr_number(&item, digits, n, &len, &error),
				 ISDN_ERR_NOSPC);
		assert_int_equal(len, n);
		assert_int_equal(isdn_uui_gsmr_number(&item, digits, n + 1, &len, &error), 0);
		assert_string_equal(digits, rows[i].digits);
		assert_int_equal(len, n);
		assert_int_equal(isdn_uui_gsmr_number_add(&again, 32, digits, n, &error), 0);
		assert_memory_equal(&again, &u, sizeof(u));
	}
}

static void ts102610_5_1_numbers_of_every_length(void **state)
{
	char digits[300], back[ISDN_UUI_GSMR_NUMBER_SIZE];
	struct random r;

	(void)state;
	random_seed(&r, 102610);
	for (unsigned n = 0; n < sizeof(digits); n++) {
		struct isdn_uui u = { 0 };
		struct isdn_uui_item item;
		size_t next = 0, len;
		int err;

		for (unsigned i = 0; i < n; i++)
			digits[i] = (char)('0' + random_below(&r, 10));
		err = isdn_uui_gsmr_number_add(&u, ISDN_UUI_MAX, digits, n, &error);
		assert_int_equal(err, n <= 252 ? 0 : ISDN_ERR_USERUSERINFOTOOBIG);
		assert_int_equal(u.len, n <= 252 ? 2 + (n + 1) / 2 : 0);
		if (err)
			continue;
		assert_int_equal(isdn_uui_item_next(&u, &next, &item, &error), 1);
		assert_int_equal(isdn_uui_gsmr_number(&item, back, sizeof(back), &len, &error), 0);
		assert_int_equal(len, n);
		assert_memory_equal(back, digits, n);
	}
}

static void ts102610_5_1_every_octet(void **state)
{
	(void)state;
	for (unsigned first = 0; first < 256; first++)
		for (unsigned last = 0; last < 256; last++) {
			const uint8_t value[] = { (uint8_t)first, (uint8_t)last };
			struct isdn_uui_item item = { 5, 2, 0, value };
			unsigned h[] = { first & 15, first >> 4, last & 15, last >> 4 }, n = 4;
			char digits[8];
			bool good = true;
			size_t len;

			while (n && h[n - 1] == 15)
				n--;
			for (unsigned i = 0; i < n; i++)
				good = good && h[i] < 10;
			assert_int_equal(
				isdn_uui_gsmr_number(&item, digits, sizeof(digits), &len, &error),
				good ? 0 : ISDN_ERR_UUI_CONTENT);
			for (unsigned i = 0; good && i < n; i++)
				assert_int_equal(digits[i], '0' + h[i]);
			assert_true(!good || len == n);
		}
}

static void ts102610_5_1_what_is_no_number(void **state)
{
	struct isdn_uui_item item = { 5, 2, 9, (const uint8_t *)"\x21\xa3" };
	struct isdn_uui u = { 0 };
	char digits[8];

	(void)state;
	assert_int_equal(isdn_uui_gsmr_number(&item, digits, 8, NULL, &error),
			 ISDN_ERR_UUI_CONTENT);
	assert_string_equal(error.text,
			    "functional number at offset 9: half octet 3 is 0xa, and no digit");
	item.value = (const uint8_t *)"\xf1\x21";
	assert_int_equal(isdn_uui_gsmr_number(&item, digits, 8, NULL, &error),
			 ISDN_ERR_UUI_CONTENT);
	assert_string_equal(error.text,
			    "functional number at offset 9: half octet 1 is 0xf, and no digit");
	item.value = (const uint8_t *)"\x21\x43";
	assert_int_equal(isdn_uui_gsmr_number(&item, digits, 4, NULL, &error), ISDN_ERR_NOSPC);
	assert_string_equal(error.text,
			    "functional number: 4 digits and a NUL need 5 octets, not 4");
	item.id = 11;
	assert_int_equal(isdn_uui_gsmr_number(&item, digits, 8, NULL, &error), ISDN_ERR_INVAL);
	assert_string_equal(error.text,
			    "user-user item 11 at offset 9 is no functional number: that is 5");
	assert_int_equal(isdn_uui_gsmr_number(NULL, digits, 8, NULL, NULL), ISDN_ERR_INVALPOINTER);
	assert_int_equal(isdn_uui_gsmr_number(&item, NULL, 8, NULL, NULL), ISDN_ERR_INVALPOINTER);
	assert_int_equal(isdn_uui_gsmr_number_add(&u, 128, "12 4", 4, &error), ISDN_ERR_INVAL);
	assert_string_equal(error.text, "functional number: 0x20 at offset 2 is no digit");
	assert_int_equal(isdn_uui_gsmr_number_add(&u, 128, NULL, 4, NULL), ISDN_ERR_INVALPOINTER);
	assert_int_equal(isdn_uui_gsmr_number_add(NULL, 128, "1", 1, NULL), ISDN_ERR_INVALPOINTER);
	assert_int_equal(isdn_uui_gsmr_number_add(&u, 3, "123", 3, &error),
			 ISDN_ERR_USERUSERINFOTOOBIG);
	assert_int_equal(u.len, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(q931_4_5_30_octets_of_every_length),
		cmocka_unit_test(q931_4_5_30_octets_that_are_no_element),
		cmocka_unit_test(q931_4_5_30_text_of_every_length),
		cmocka_unit_test(t50_every_octet_as_text),
		cmocka_unit_test(text_is_never_cut_or_guessed),
		cmocka_unit_test(items_are_found_and_appended),
		cmocka_unit_test(items_cut_at_each_length),
		cmocka_unit_test(items_out_of_range),
		cmocka_unit_test(items_are_never_cut),
		cmocka_unit_test(random_items_are_read_as_they_were_written),
		cmocka_unit_test(call_identifier_as_item_and_as_20_digits),
		cmocka_unit_test(call_identifiers_that_are_none),
		cmocka_unit_test(random_call_identifiers_and_text),
		cmocka_unit_test(ts102610_5_1_functional_number),
		cmocka_unit_test(ts102610_5_1_numbers_of_every_length),
		cmocka_unit_test(ts102610_5_1_every_octet),
		cmocka_unit_test(ts102610_5_1_what_is_no_number),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
