/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The corpus, tests/vectors.txt: each message decodes as its line says and
 * encodes to the same octets; cut at each length, with each octet bent and with
 * each length altered, it is read within its bounds, and what is missing is told.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "q931/codec.h"
#include "tests/helper.h"
#include "tests/tshark_words.h"

#define VECTORS_MAX 200

static struct vector {
	char name[64];
	uint8_t octets[300];
	size_t len;
	char text[1200];
} vectors[VECTORS_MAX];
static unsigned n_vectors;

static struct isdn_msg msg;
static struct isdn_faults faults;

/* Direction by the name; the bodies are legal both ways but for what a direction demands. */
static enum isdn_dir dir_of(const char *name)
{
	return strstr(name, "n2u") || strstr(name, "ack") || strstr(name, "_rej")
		       ? ISDN_NETWORK_TO_USER
		       : ISDN_USER_TO_NETWORK;
}

static int load(void **state)
{
	const char *top = getenv("top_srcdir");
	char path[500], line[2000], hex[700];
	FILE *f;

	(void)state;
	snprintf(path, sizeof(path), "%s/tests/vectors.txt", top ? top : ".");
	f = fopen(path, "r");
	if (!f)
		return -1;
	while (fgets(line, sizeof(line), f) && n_vectors < VECTORS_MAX) {
		struct vector *v = &vectors[n_vectors];

		if (sscanf(line, "%63[^\t]\t%699[^\t]\t%1199[^\n]", v->name, hex, v->text) < 2 ||
		    !strncmp(v->name, "l2_", 3))
			continue; /* layer 2 has its own test */
		v->len = test_hex(hex, v->octets, sizeof(v->octets));
		n_vectors++;
	}
	fclose(f);
	return n_vectors > 100 ? 0 : -1;
}

/* Exact-size memory: the sanitizer sees a read behind the message. */
static int decode(enum isdn_variant variant, enum isdn_dir dir, const uint8_t *octets, size_t len)
{
	uint8_t *exact = malloc(len ? len : 1);
	int err;

	memcpy(exact, octets, len);
	err = isdn_msg_decode(variant, dir, exact, len, &msg, &faults);
	free(exact);
	return err;
}

static void encodes_to(enum isdn_variant variant, enum isdn_dir dir, const uint8_t *octets,
		       size_t len)
{
	uint8_t again[400];
	size_t n;

	assert_int_equal(isdn_msg_encode(variant, dir, &msg, again, sizeof(again), &n), 0);
	assert_int_equal(n, len);
	assert_memory_equal(again, octets, len);
	for (size_t cap = 0; cap < n; cap++)
		assert_int_equal(isdn_msg_encode(variant, dir, &msg, again, cap, &n),
				 ISDN_ERR_NOSPC);
}

/* What the list adds about tshark alone, and commas of the lists that it does not print. */
static void without_remarks(char *text)
{
	static const char remark[] = ", op unknown to tshark";
	char *at;

	while ((at = strstr(text, remark)) != NULL)
		memmove(at, at + sizeof(remark) - 1, strlen(at + sizeof(remark) - 1) + 1);
}

static void each_vector_decodes_as_its_line_says(void **state)
{
	static const struct {
		const char *name;
		int err;
	} ignored[] = { { "bad_pd", ISDN_ERR_DISCRIMINATOR },
			{ "bad_too_short", ISDN_ERR_TRUNCATED },
			{ "bad_crlen_spare", ISDN_ERR_CALLREF } };

	(void)state;
	for (unsigned i = 0; i < n_vectors; i++) {
		struct vector *v = &vectors[i];
		enum isdn_dir dir = dir_of(v->name);
		char text[1200];
		int want = 0;

		for (unsigned k = 0; k < 3; k++)
			if (!strcmp(v->name, ignored[k].name))
				want = ignored[k].err;
		assert_int_equal(decode(ISDN_VARIANT_Q931, dir, v->octets, v->len), want);
		if (want)
			continue;
		tshark_words(&msg, text, sizeof(text));
		without_remarks(v->text);
		if (strcmp(text, v->text) != 0)
			fail_msg("%s\n is   %s\n not  %s", v->name, text, v->text);
		if (strncmp(v->name, "bad_", 4) != 0 && faults.n)
			fail_msg("%s: %s, element %02x", v->name,
				 isdn_fault_name(faults.list[0].kind), faults.list[0].ie);
		encodes_to(ISDN_VARIANT_Q931, dir, v->octets, v->len);
	}
}

static bool told(unsigned id)
{
	for (unsigned i = 0; i < faults.n; i++) {
		const struct isdn_fault *f = &faults.list[i];

		if (f->codeset == 0 && f->ie == id &&
		    (f->kind == ISDN_FAULT_MANDATORY_MISSING ||
		     f->kind == ISDN_FAULT_MANDATORY_CONTENT ||
		     f->kind == ISDN_FAULT_MANDATORY_LENGTH))
			return true;
	}
	return faults.missed > 0; /* the list is full of such */
}

/* 5.8.6: an element that the message demands, and that is not there in good order, is in the list.
 */
static void missing_is_told(enum isdn_variant variant, enum isdn_dir dir)
{
	const struct i3_msg_row *row = i3_msg_row(variant, dir, &msg);
	uint64_t absent = row ? row->mandatory[dir] & ~msg.present : 0;

	if (row && variant == ISDN_VARIANT_QSIG)
		absent &= row->mandatory[!dir];
	if (isdn_msg_has(&msg, ISDN_IE_EXTENDED_FACILITY))
		absent &= ~(UINT64_C(1) << ISDN_IE_FACILITY);
	for (unsigned ie = 0; ie < ISDN_IE_COUNT; ie++)
		if ((absent >> ie) & 1 && !told(i3_ies[ie].id))
			fail_msg("%s is not there, and nothing says so", i3_ies[ie].name);
}

static void hostile_as(enum isdn_variant variant, enum isdn_dir dir, const uint8_t *octets,
		       size_t len)
{
	static char text[65536];

	if (decode(variant, dir, octets, len)) {
		assert_int_equal(faults.n, 1);
		return;
	}
	missing_is_told(variant, dir);
	if (!msg.cut)
		encodes_to(variant, dir, octets, len);
	assert_int_equal(isdn_msg_print(&msg, &faults, text, sizeof(text), NULL), 0);
	assert_int_equal(isdn_msg_json(&msg, &faults, text, sizeof(text), NULL), 0);
}

/* With the tables of Q.931, and with those of another variant each time. */
static void hostile(const uint8_t *octets, size_t len)
{
	static unsigned turn;

	for (int dir = 0; dir < 2; dir++) {
		hostile_as(ISDN_VARIANT_Q931, (enum isdn_dir)dir, octets, len);
		hostile_as((enum isdn_variant)(turn++ % (ISDN_VARIANT_5ESS + 1)),
			   (enum isdn_dir)dir, octets, len);
	}
}

static void each_vector_cut_at_each_length(void **state)
{
	(void)state;
	for (unsigned i = 0; i < n_vectors; i++)
		for (size_t len = 0; len <= vectors[i].len; len++)
			hostile(vectors[i].octets, len);
}

static void each_vector_with_each_octet_set(void **state)
{
	static const uint8_t values[] = { 0x00, 0x7f, 0x80, 0xff };

	(void)state;
	for (unsigned i = 0; i < n_vectors; i++)
		for (size_t at = 0; at < vectors[i].len; at++) {
			uint8_t was = vectors[i].octets[at];

			for (unsigned v = 0; v < sizeof(values); v++) {
				vectors[i].octets[at] = values[v];
				hostile(vectors[i].octets, vectors[i].len);
			}
			vectors[i].octets[at] = was;
		}
}

/* Where the elements of a message have their length octets. */
static unsigned lengths_of(const struct vector *v, size_t at[100])
{
	size_t i = 2u + v->octets[1] + 1;
	unsigned n = 0;

	while (i + 1 < v->len) {
		if (v->octets[i] & 0x80) {
			i++;
			continue;
		}
		at[n++] = i + 1;
		i += 2u + v->octets[i + 1];
	}
	return n;
}

static void each_vector_with_each_length_altered(void **state)
{
	unsigned step = getenv("TEST_VALGRIND") ? 17 : 1; /* it sees less than a sanitizer */

	(void)state;
	for (unsigned i = 0; i < n_vectors; i++) {
		struct vector *v = &vectors[i];
		size_t at[100];
		unsigned n = v->len > 4 && v->octets[1] <= 2 ? lengths_of(v, at) : 0;

		for (unsigned k = 0; k < n; k++) {
			uint8_t was = v->octets[at[k]];

			for (unsigned len = 0; len < 256; len += step) {
				v->octets[at[k]] = (uint8_t)len;
				hostile(v->octets, v->len);
			}
			v->octets[at[k]] = was;
		}
	}
}

/* Twice the octets, twice the time: the worst that can be sent for its length. */
static void the_time_is_linear_in_the_length(void **state)
{
	static const uint8_t fill[][4] = { { 0xa1, 0xa1, 0xa1, 0xa1 }, { 0x7e, 0, 0x7e, 0 },
					   { 0x1c, 2, 0x91, 0xa1 },    { 0x98, 0x98, 0x98, 0x98 },
					   { 0x5f, 0, 0x5f, 0 },       { 4, 2, 0x80, 0x90 } };

	(void)state;
	for (unsigned f = 0; f < sizeof(fill) / sizeof(fill[0]); f++) {
		clock_t took[2];

		for (int big = 0; big < 2; big++) {
			static uint8_t octets[16384] = { 8, 1, 1, 5 };
			size_t len = big ? 16384 : 4096;
			clock_t best = 1000000000;

			for (size_t i = 4; i < sizeof(octets); i++)
				octets[i] = fill[f][i % 4];
			for (int round = 0; round < 5; round++) {
				clock_t begin = clock();

				for (int k = 0; k < 40; k++)
					(void)isdn_msg_decode(ISDN_VARIANT_Q931,
							      ISDN_USER_TO_NETWORK, octets, len,
							      &msg, &faults);
				if (clock() - begin < best)
					best = clock() - begin;
			}
			took[big] = best;
		}
		assert_true(took[1] < 12 * (took[0] + 200)); /* 4 times, and what a machine adds */
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_vector_decodes_as_its_line_says),
		cmocka_unit_test(each_vector_cut_at_each_length),
		cmocka_unit_test(each_vector_with_each_octet_set),
		cmocka_unit_test(each_vector_with_each_length_altered),
		cmocka_unit_test(the_time_is_linear_in_the_length),
	};

	return cmocka_run_group_tests(tests, load, NULL);
}
