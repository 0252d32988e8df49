/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Properties of the codec, over random messages: what was encoded is decoded
 * to the same values and encoded to the same octets, and so is what was
 * damaged on the way, whatever it says then.
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
#include "tests/random_msg.h"

#define VARIANTS (ISDN_VARIANT_5ESS + 1)
#define SEEDS	 (20000 * VARIANTS)
#define CAP	 (ISDN_MSG_MAX + 64)

struct trial {
	enum isdn_variant v;
	enum isdn_dir dir;
	uint8_t octets[CAP];
	size_t len;
};

static struct isdn_msg composed, decoded, copy;
static uint64_t elements_seen;
static bool types_seen[256][128];

static unsigned long seeds(void)
{
	return getenv("TEST_VALGRIND") ? SEEDS / 100 : SEEDS;
}

static void note_what_is_seen(const struct isdn_msg *m)
{
	elements_seen |= m->present;
	types_seen[m->discriminator][m->type] = true;
}

static bool same_octets(const struct trial *t, const struct isdn_msg *m)
{
	static uint8_t octets[ISDN_MSG_REASSEMBLED_MAX];
	size_t len;

	return !isdn_msg_encode(t->v, t->dir, m, octets, sizeof(octets), &len) && len == t->len &&
	       !memcmp(octets, t->octets, len);
}

/* On the wire codeset 0 comes first, whatever the order in the structure. */
static void sort_by_codeset(struct isdn_msg *m, enum isdn_ie ie)
{
	uint8_t *first = (uint8_t *)m + i3_ies[ie].at, moved[sizeof(struct isdn_display)];
	size_t size = i3_ies[ie].size;

	assert_true(size <= sizeof(moved));
	for (unsigned n = isdn_msg_count(m, ie); n > 1; n--)
		for (uint8_t *at = first; at < first + (n - 1) * size; at += size)
			if (at[0] > at[size]) {
				memcpy(moved, at, size);
				memcpy(at, at + size, size);
				memcpy(at + size, moved, size);
			}
}

/* What decoding keeps of a header of networking extensions that was composed of its two values. */
static void keep_nfe(struct isdn_msg *m, struct isdn_facility *f)
{
	uint8_t o[6];
	size_t n = 0;

	if (!f->has_nfe || f->nfe.len)
		return;
	if (f->has_source) {
		memcpy(o, (uint8_t[]){ 0x80, 1, f->source }, 3);
		n = 3;
	}
	if (f->has_destination) {
		memcpy(o + n, (uint8_t[]){ 0x82, 1, f->destination }, 3);
		n += 3;
	}
	assert_int_equal(isdn_msg_keep(m, o, n, &f->nfe), 0);
}

static void as_it_is_decoded(struct isdn_msg *m)
{
	for (unsigned i = 0; i < isdn_msg_count(m, ISDN_IE_FACILITY); i++)
		keep_nfe(m, &m->facility[i]);
	if (isdn_msg_has(m, ISDN_IE_EXTENDED_FACILITY))
		keep_nfe(m, &m->extended_facility);
	sort_by_codeset(m, ISDN_IE_FACILITY);
	sort_by_codeset(m, ISDN_IE_DISPLAY);
}

static bool same_values(void)
{
	static char was[32768], is[32768];

	isdn_msg_copy(&copy, &decoded);
	copy.decoded = false; /* both in the order of the table */
	as_it_is_decoded(&composed);
	return !isdn_msg_json(&composed, NULL, was, sizeof(was), NULL) &&
	       !isdn_msg_json(&copy, NULL, is, sizeof(is), NULL) && !strcmp(was, is);
}

/* NULL, or what is wrong. */
static const char *wrong_with(struct random *r, struct trial *t)
{
	struct isdn_faults faults;

	random_msg(r, t->v, t->dir, &composed);
	note_what_is_seen(&composed);
	if (isdn_msg_encode(t->v, t->dir, &composed, t->octets, ISDN_MSG_MAX, &t->len))
		return "it can not be encoded";
	if (isdn_msg_decode(t->v, t->dir, t->octets, t->len, &decoded, &faults))
		return "it can not be decoded";
	if (faults.n || decoded.cut)
		return "a fault is found in it";
	if (!same_octets(t, &decoded))
		return "it is encoded to other octets when it was decoded";
	if (!same_values())
		return "it is decoded to other values";
	if (!same_octets(t, &copy))
		return "it is encoded to other octets when it is composed of what was decoded";
	return NULL;
}

static void report(const struct trial *t, unsigned long seed, const char *what)
{
	char hex[2 * CAP + 1] = "";

	for (size_t i = 0; i < t->len; i++)
		snprintf(hex + 2 * i, 3, "%02x", t->octets[i]);
	fail_msg("seed %lu, %s, %s: %s: %s", seed, isdn_variant_name(t->v),
		 t->dir == ISDN_USER_TO_NETWORK ? "user to network" : "network to user", what, hex);
}

static struct random begin(struct trial *t, unsigned long seed)
{
	struct random r = { 0, false };

	random_seed(&r, seed);
	t->v = (enum isdn_variant)(seed % VARIANTS);
	t->dir = random_chance(&r, 50) ? ISDN_NETWORK_TO_USER : ISDN_USER_TO_NETWORK;
	return r;
}

static void what_is_encoded_is_decoded(void **state)
{
	static struct trial t;

	(void)state;
	for (unsigned long seed = 0; seed < seeds(); seed++) {
		struct random r = begin(&t, seed);
		const char *what = wrong_with(&r, &t);

		if (what)
			report(&t, seed, what);
	}
}

static void every_element_and_message_was_among_them(void **state)
{
	struct isdn_msg *m = &composed;

	(void)state;
	assert_int_equal(elements_seen, (UINT64_C(1) << ISDN_IE_COUNT) - 1);
	for (unsigned v = 0; v < VARIANTS; v++) {
		const uint8_t discriminators[] = { ISDN_PD_Q931,
						   i3_variant((enum isdn_variant)v)->maintenance };

		for (unsigned d = 0; d < 2 && discriminators[d]; d++)
			for (unsigned type = 0; type < 128; type++) {
				isdn_msg_init(m, type, 0, 0, false);
				m->discriminator = discriminators[d];
				if (i3_msg_row((enum isdn_variant)v, ISDN_USER_TO_NETWORK, m) ||
				    i3_msg_row((enum isdn_variant)v, ISDN_NETWORK_TO_USER, m))
					assert_true(types_seen[m->discriminator][type]);
			}
	}
}

/* Change, insert or take out an octet, or all from there on. */
static void damage(struct random *r, struct trial *t)
{
	size_t at = random_below(r, (unsigned)t->len);

	switch (random_below(r, 8)) {
	case 0:
		memmove(t->octets + at + 1, t->octets + at, t->len++ - at);
		t->octets[at] = (uint8_t)random_u32(r);
		break;
	case 1:
		memmove(t->octets + at, t->octets + at + 1, --t->len - at);
		break;
	case 2:
		if (random_chance(r, 30))
			t->len = at;
		break;
	case 3:
	case 4:
		t->octets[at] = (uint8_t)random_u32(r);
		break;
	default:
		t->octets[at] ^= (uint8_t)(1u << random_below(r, 8));
	}
}

/* Of a block of their very size, beyond which a sanitizer or valgrind sees each access. */
static int decode_exactly(const struct trial *t, struct isdn_faults *faults)
{
	uint8_t *octets = malloc(t->len ? t->len : 1);
	int err;

	assert_non_null(octets);
	memcpy(octets, t->octets, t->len);
	err = isdn_msg_decode(t->v, t->dir, octets, t->len, &decoded, faults);
	free(octets);
	return err;
}

static void print_it(const struct isdn_faults *faults)
{
	static char text[65536];

	assert_int_equal(isdn_msg_print(&decoded, faults, text, sizeof(text), NULL), 0);
	assert_int_equal(isdn_msg_json(&decoded, faults, text, sizeof(text), NULL), 0);
}

static void damaged_messages_are_encoded_as_they_were(void **state)
{
	static struct trial t;
	struct isdn_faults faults;

	(void)state;
	for (unsigned long seed = 0; seed < seeds(); seed++) {
		struct random r = begin(&t, seed);

		random_msg(&r, t.v, t.dir, &composed);
		assert_int_equal(
			isdn_msg_encode(t.v, t.dir, &composed, t.octets, ISDN_MSG_MAX, &t.len), 0);
		for (unsigned n = 1 + random_below(&r, 5); n && t.len; n--) {
			damage(&r, &t);
			if (decode_exactly(&t, &faults))
				continue;
			if (!decoded.cut && !same_octets(&t, &decoded))
				report(&t, seed, "it is encoded to other octets");
			if (seed % 8 == 0)
				print_it(&faults);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_encoded_is_decoded),
		cmocka_unit_test(every_element_and_message_was_among_them),
		cmocka_unit_test(damaged_messages_are_encoded_as_they_were),
	};

	return cmocka_run_group_tests_name("roundtrip", tests, NULL, NULL);
}
