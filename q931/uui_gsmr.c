/* SPDX-License-Identifier: BSD-2-Clause */
/* User-user information of GSM-R, ETSI TS 102 610 5.1: the functional number. */
#include <isdn/uui.h>
#include <string.h>

#include "base/env.h"

#define FILLER 0xf

/* The digit that comes first is in the low half. */
static unsigned half(const struct isdn_uui_item *item, unsigned n)
{
	return n & 1 ? item->value[n / 2] >> 4 : item->value[n / 2] & 0xfu;
}

/* How many digits there are before the fillers. */
static int count(const struct isdn_uui_item *item, size_t *n, struct isdn_error *error)
{
	unsigned end = 2u * item->len;

	while (end && half(item, end - 1) == FILLER)
		end--;
	for (unsigned i = 0; i < end; i++)
		if (half(item, i) > 9)
			return ib_error(
				error, ISDN_ERR_UUI_CONTENT,
				"functional number at offset %u: half octet %u is 0x%x, and "
				"no digit",
				item->at, i, half(item, i));
	*n = end;
	return 0;
}

int isdn_uui_gsmr_number(const struct isdn_uui_item *item, char *digits, size_t cap, size_t *len,
			 struct isdn_error *error)
{
	size_t n = 0;
	int err;

	if (!item || (!item->value && item->len) || (!digits && cap))
		return ib_error(error, ISDN_ERR_INVALPOINTER,
				"functional number: item, its value or digits is NULL");
	if (item->id != ISDN_UUI_GSMR_NUMBER)
		return ib_error(
			error, ISDN_ERR_INVAL,
			"user-user item %u at offset %u is no functional number: that is %d",
			item->id, item->at, ISDN_UUI_GSMR_NUMBER);
	err = count(item, &n, error);
	if (err)
		return err;
	if (len)
		*len = n;
	if (cap <= n)
		return ib_error(error, ISDN_ERR_NOSPC,
				"functional number: %zu digits and a NUL need %zu octets, not %zu",
				n, n + 1, cap);
	for (unsigned i = 0; i < n; i++)
		digits[i] = (char)('0' + half(item, i));
	digits[n] = '\0';
	return 0;
}

int isdn_uui_gsmr_number_add(struct isdn_uui *uui, size_t max, const char *digits, size_t len,
			     struct isdn_error *error)
{
	uint8_t octets[ISDN_UUI_MAX];

	if (!digits && len)
		return ib_error(error, ISDN_ERR_INVALPOINTER, "functional number: digits is NULL");
	for (size_t i = 0; i < len; i++)
		if (digits[i] < '0' || digits[i] > '9')
			return ib_error(error, ISDN_ERR_INVAL,
					"functional number: 0x%02x at offset %zu is no digit",
					(unsigned char)digits[i], i);
	if (len >= ISDN_UUI_GSMR_NUMBER_SIZE)
		return ib_error(error, ISDN_ERR_USERUSERINFOTOOBIG,
				"functional number has %zu digits: an element carries %d", len,
				ISDN_UUI_GSMR_NUMBER_SIZE - 1);
	memset(octets, FILLER << 4 | FILLER, sizeof(octets));
	for (size_t i = 0; i < len; i++) {
		unsigned d = (unsigned)(digits[i] - '0');

		octets[i / 2] = (uint8_t)(i & 1 ? (octets[i / 2] & 0xfu) | d << 4 : 0xf0u | d);
	}
	return isdn_uui_item_add(uui, max, ISDN_UUI_GSMR_NUMBER, octets, (len + 1) / 2, error);
}
