/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * libFuzzer: the first octet chooses direction (bit 1), variant (bits 2-4) and
 * what is done beside (bit 5 printing, bit 6 copying and composing), the rest is
 * a message. What was decoded whole encodes to the same octets.
 */
#include <stdlib.h>
#include <string.h>

#include <isdn/msg.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define VARIANTS (ISDN_VARIANT_5ESS + 1)

static void check(int good)
{
	if (!good)
		abort();
}

/* Both printers, into buffers that are cut too. */
static void print(const struct isdn_msg *m, const struct isdn_faults *f, size_t cap)
{
	static char text[65536];
	size_t len;

	check(isdn_msg_print(m, f, text, sizeof(text), &len) == 0 && strlen(text) == len);
	check(isdn_msg_json(m, f, text, sizeof(text), &len) == 0 && strlen(text) == len);
	(void)isdn_msg_print(m, f, text, cap, &len);
}

/* As if it had been composed: what can be encoded decodes without a fault that was not there. */
static void compose(enum isdn_variant variant, enum isdn_dir dir, struct isdn_msg *m)
{
	static uint8_t octets[4096];
	static struct isdn_msg again;
	struct isdn_faults faults;
	size_t len;

	m->decoded = m->cut = false;
	m->n_elements = 0;
	if (isdn_msg_encode(variant, dir, m, octets, sizeof(octets), &len))
		return;
	check(isdn_msg_decode(variant, dir, octets, len, &again, &faults) == 0);
	check(faults.n == 0 && again.present == m->present);
}

/* Copying, reassembling, changing, composing what was decoded. */
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
	compose(variant, dir, &copy);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct isdn_msg m;
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
	if (choice & 0x20)
		use(variant, dir, &m, data, size);
	return 0;
}
