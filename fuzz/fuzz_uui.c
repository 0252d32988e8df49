/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * libFuzzer: the first octet chooses what the rest is: a SIP header value, user
 * information, or digits. What is read is written, and read again as it was.
 */
#include <stdlib.h>
#include <string.h>

#include <isdn/uui.h>

#include "fuzz/script.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void same(const struct isdn_uui *a, const struct isdn_uui *b)
{
	check(a->discriminator == b->discriminator && a->len == b->len);
	check(memcmp(a->data, b->data, a->len) == 0);
}

static void sip(const char *text, size_t len, unsigned flags)
{
	char again[ISDN_UUI_SIP_SIZE];
	struct isdn_error error;
	struct isdn_uui uui, back;
	size_t next = 0, before = 0, n;
	int got;

	while ((got = isdn_uui_sip_read(text, len, &next, &uui, &error)) != 0) {
		size_t zero = 0;

		check(next > before && next <= len);
		before = next;
		if (got < 0) {
			check(error.code == got && strlen(error.text) < sizeof(error.text) - 1);
			continue;
		}
		check(got == 1);
		check(isdn_uui_sip_write(&uui, flags & 15, again, sizeof(again), &n) == 0);
		check(isdn_uui_sip_read(again, n, &zero, &back, &error) == 1 && zero == n);
		same(&uui, &back);
	}
	check(next == len);
}

static void number(const struct isdn_uui_item *item)
{
	char digits[ISDN_UUI_GSMR_NUMBER_SIZE], again[ISDN_UUI_GSMR_NUMBER_SIZE];
	struct isdn_uui u = { .len = 0 };
	struct isdn_uui_item back;
	size_t n, m, next = 0;

	if (isdn_uui_gsmr_number(item, digits, sizeof(digits), &n, NULL))
		return;
	check(isdn_uui_gsmr_number_add(&u, ISDN_UUI_MAX, digits, n, NULL) == 0);
	check(isdn_uui_item_next(&u, &next, &back, NULL) == 1);
	check(isdn_uui_gsmr_number(&back, again, sizeof(again), &m, NULL) == 0);
	check(n == m && memcmp(digits, again, n + 1) == 0);
}

static void identifier(const struct isdn_uui_item *item)
{
	struct isdn_uui u = { .len = 0 };
	struct isdn_uui_ucid ucid, back;
	char text[ISDN_UUI_UCID_SIZE];

	if (isdn_uui_ucid_read(item, &ucid, NULL))
		return;
	check(isdn_uui_ucid_text(&ucid, text, sizeof(text)) == 0);
	check(isdn_uui_ucid_from_text(&back, text, strlen(text), NULL) == 0);
	check(isdn_uui_ucid_add(&u, ISDN_UUI_MAX, &back, NULL) == 0);
	check(memcmp(u.data + 2, item->value, item->len) == 0);
}

static void items(const struct isdn_uui *uui)
{
	struct isdn_uui again = { .discriminator = uui->discriminator };
	struct isdn_uui_item item;
	size_t next = 0;
	int got;

	while ((got = isdn_uui_item_next(uui, &next, &item, NULL)) == 1) {
		check(isdn_uui_item_add(&again, next, item.id, item.value, item.len, NULL) == 0);
		number(&item);
		identifier(&item);
	}
	check(memcmp(again.data, uui->data, again.len) == 0);
	check((got == 0) == (again.len == uui->len));
}

static void information(const uint8_t *data, size_t size)
{
	char text[ISDN_UUI_TEXT_SIZE];
	uint8_t octets[1 + ISDN_UUI_MAX];
	struct isdn_uui uui, back;
	size_t n;

	if (isdn_uui_from_octets(&uui, data, size, NULL))
		return;
	check(isdn_uui_octets(&uui, octets, sizeof(octets), &n) == 0);
	check(n == size && memcmp(octets, data, n) == 0);
	items(&uui);
	if (isdn_uui_text(&uui, text, sizeof(text), &n, NULL))
		return;
	check(strlen(text) == n);
	if (isdn_uui_from_text(&back, text, n, NULL) == 0)
		same(&uui, &back);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct isdn_uui_ucid ucid;
	struct isdn_uui uui;
	unsigned choice;

	if (!size)
		return 0;
	choice = *data++;
	size--;
	if (choice & 0x80) {
		information(data, size);
		return 0;
	}
	sip((const char *)data, size, choice);
	(void)isdn_uui_from_text(&uui, (const char *)data, size, NULL);
	(void)isdn_uui_ucid_from_text(&ucid, (const char *)data, size, NULL);
	return 0;
}
