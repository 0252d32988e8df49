/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * libFuzzer: the first octet chooses direction (bit 1), variant (bits 2-4) and
 * what is done beside (bit 5 printing, 6 changing, 7 composing), the rest is a
 * message. What was decoded whole encodes to the same octets.
 */
#include <stdlib.h>
#include <string.h>

#include <isdn/msg.h>

#include "fuzz/script.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define VARIANTS (ISDN_VARIANT_5ESS + 1)

/* Both printers, into buffers that are cut too. */
static void print(const struct isdn_msg *m, const struct isdn_faults *f, size_t cap)
{
	static char text[65536];
	size_t len;

	check(isdn_msg_print(m, f, text, sizeof(text), &len) == 0 && strlen(text) == len);
	check(isdn_msg_json(m, f, text, sizeof(text), &len) == 0 && strlen(text) == len);
	(void)isdn_msg_print(m, f, text, cap, &len);
}

/* What the structures hold, as text in the order of the table. */
static void values(struct isdn_msg *m, char *text, size_t cap)
{
	m->decoded = m->cut = false;
	check(isdn_msg_json(m, NULL, text, cap, NULL) == 0);
}

/* Several of an element in several codesets: composing sorts them. */
static int mixed(const struct isdn_msg *m)
{
	for (unsigned i = 1; i < isdn_msg_count(m, ISDN_IE_DISPLAY); i++)
		if (m->display[i].codeset < m->display[i - 1].codeset)
			return 1;
	for (unsigned i = 1; i < isdn_msg_count(m, ISDN_IE_FACILITY); i++)
		if (m->facility[i].codeset < m->facility[i - 1].codeset)
			return 1;
	return 0;
}

/* As if it had been composed: what can be encoded decodes to the same without a fault. */
static void compose(enum isdn_variant variant, enum isdn_dir dir, struct isdn_msg *m)
{
	static uint8_t octets[4096];
	static struct isdn_msg again;
	static char text[2][65536];
	struct isdn_faults faults;
	size_t len;

	values(m, text[0], sizeof(text[0]));
	if (isdn_msg_encode(variant, dir, m, octets, sizeof(octets), &len))
		return;
	check(isdn_msg_decode(variant, dir, octets, len, &again, &faults) == 0);
	check(faults.n == 0 && again.present == m->present);
	if (mixed(m))
		return;
	values(&again, text[1], sizeof(text[1]));
	check(strcmp(text[0], text[1]) == 0);
}

/* A User-user element is put into what was decoded, and is there. */
static void add(enum isdn_variant variant, enum isdn_dir dir, struct isdn_msg *m)
{
	static uint8_t octets[65536];
	static struct isdn_msg again;
	struct isdn_faults faults;
	size_t len;

	isdn_msg_clear(m, ISDN_IE_USER_USER);
	m->uui = (struct isdn_uui){ .discriminator = 4, .len = 3, .data = { 'a', 'd', 'd' } };
	isdn_msg_set(m, ISDN_IE_USER_USER);
	if (isdn_msg_encode(variant, dir, m, octets, sizeof(octets), &len))
		return;
	check(isdn_msg_decode(variant, dir, octets, len, &again, &faults) == 0);
	if (!again.cut &&
	    again.type != ISDN_MT_SEGMENT) /* an octet more than are kept: 64 elements */
		check(isdn_msg_has(&again, ISDN_IE_USER_USER));
}

/* Copying, reassembling and changing what was decoded. */
static void use(enum isdn_variant variant, enum isdn_dir dir, struct isdn_msg *m,
		const uint8_t *data, size_t size)
{
	static struct isdn_msg copy;
	static struct isdn_reassembly store;
	static uint8_t octets[65536];
	size_t len;

	isdn_msg_copy(&copy, m);
	if (!m->cut) {
		check(isdn_msg_encode(variant, dir, &copy, octets, sizeof(octets), &len) == 0);
		check(len == size && memcmp(octets, data, size) == 0);
	}
	(void)isdn_reassemble(&store, m);
	isdn_msg_clear(m, (enum isdn_ie)(size % ISDN_IE_COUNT));
	(void)isdn_msg_encode(variant, dir, m, octets, sizeof(octets), &len);
	if (!copy.cut)
		add(variant, dir, m);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct isdn_msg m, copy;
	static uint8_t octets[65536];
	struct isdn_faults faults;
	enum isdn_variant variant;
	enum isdn_dir dir;
	unsigned choice;
	size_t len;

	if (!size)
		return 0;
	choice = *data++;
	size--;
	variant = (enum isdn_variant)((choice >> 1 & 7) % VARIANTS);
	dir = choice & 1 ? ISDN_NETWORK_TO_USER : ISDN_USER_TO_NETWORK;
	if (isdn_msg_decode(variant, dir, data, size, &m, &faults)) {
		check(faults.n == 1);
		return 0;
	}
	if (!m.cut) {
		check(isdn_msg_encode(variant, dir, &m, octets, sizeof(octets), &len) == 0);
		check(len == size && memcmp(octets, data, size) == 0);
	}
	if (choice & 0x10)
		print(&m, &faults, size);
	isdn_msg_copy(&copy, &m);
	if (choice & 0x20)
		use(variant, dir, &m, data, size);
	if (choice & 0x40)
		compose(variant, dir, &copy);
	return 0;
}
