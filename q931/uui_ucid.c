/* SPDX-License-Identifier: BSD-2-Clause */
/* The universal call identifier among the items of user-user information. */
#include <isdn/uui.h>
#include <stdio.h>

#include "base/cursor.h"
#include "base/env.h"

#define OCTETS 8
#define DIGITS (ISDN_UUI_UCID_SIZE - 1)

static uint32_t number(struct ib_rd *r, unsigned octets)
{
	uint32_t n = 0;

	while (octets--)
		n = n << 8 | ib_rd_u8(r);
	return n;
}

int isdn_uui_ucid_read(const struct isdn_uui_item *item, struct isdn_uui_ucid *ucid,
		       struct isdn_error *error)
{
	struct ib_rd r;

	if (!item || !ucid || (!item->value && item->len))
		return ib_error(error, ISDN_ERR_INVALPOINTER,
				"call identifier: item, its value or ucid is NULL");
	if (item->id != ISDN_UUI_APP_UCID)
		return ib_error(error, ISDN_ERR_INVAL,
				"user-user item 0x%02x at offset %u is no call identifier: that is "
				"0x%02x",
				item->id, item->at, ISDN_UUI_APP_UCID);
	if (item->len != OCTETS)
		return ib_error(error, ISDN_ERR_UUI_CONTENT,
				"call identifier at offset %u has %u octets: %d are needed",
				item->at, item->len, OCTETS);
	r = ib_rd(item->value, item->len);
	ucid->node = (uint16_t)number(&r, 2);
	ucid->sequence = (uint16_t)number(&r, 2);
	ucid->time = number(&r, 4);
	return 0;
}

int isdn_uui_ucid_add(struct isdn_uui *uui, size_t max, const struct isdn_uui_ucid *ucid,
		      struct isdn_error *error)
{
	uint8_t octets[OCTETS];
	struct ib_wr w = ib_wr(octets, sizeof(octets));

	if (!ucid)
		return ib_error(error, ISDN_ERR_INVALPOINTER, "call identifier: ucid is NULL");
	ib_wr_u8(&w, ucid->node >> 8);
	ib_wr_u8(&w, ucid->node & 0xffu);
	ib_wr_u8(&w, ucid->sequence >> 8);
	ib_wr_u8(&w, ucid->sequence & 0xffu);
	for (unsigned shift = 32; shift; shift -= 8)
		ib_wr_u8(&w, ucid->time >> (shift - 8) & 0xffu);
	return isdn_uui_item_add(uui, max, ISDN_UUI_APP_UCID, octets, sizeof(octets), error);
}

int isdn_uui_ucid_text(const struct isdn_uui_ucid *ucid, char *text, size_t cap)
{
	if (!ucid || (!text && cap))
		return ISDN_ERR_INVALPOINTER;
	if (cap < ISDN_UUI_UCID_SIZE)
		return ISDN_ERR_NOSPC;
	snprintf(text, ISDN_UUI_UCID_SIZE, "%05u%05u%010lu", ucid->node, ucid->sequence,
		 (unsigned long)ucid->time);
	return 0;
}

/* digits of text from *at, which are all digits, to a number of at most max. */
static int part(const char *text, unsigned *at, unsigned digits, uint32_t max, uint32_t *value,
		struct isdn_error *error)
{
	unsigned from = *at;
	uint64_t v = 0;

	for (; *at < from + digits; ++*at)
		v = v * 10 + (uint64_t)(text[*at] - '0');
	*value = (uint32_t)v;
	if (v <= max)
		return 0;
	return ib_error(error, ISDN_ERR_INVAL,
			"call identifier: %.*s at offset %u is above %lu, which is what its octets "
			"hold",
			(int)digits, text + from, from, (unsigned long)max);
}

int isdn_uui_ucid_from_text(struct isdn_uui_ucid *ucid, const char *text, size_t len,
			    struct isdn_error *error)
{
	uint32_t v[3] = { 0 };
	unsigned at = 0;
	int err;

	if (!ucid || (!text && len))
		return ib_error(error, ISDN_ERR_INVALPOINTER,
				"call identifier: ucid or text is NULL");
	for (size_t i = 0; i < len; i++)
		if (text[i] < '0' || text[i] > '9')
			return ib_error(error, ISDN_ERR_INVAL,
					"call identifier: 0x%02x at offset %zu is no digit",
					(unsigned char)text[i], i);
	if (len != DIGITS)
		return ib_error(
			error, ISDN_ERR_INVAL,
			"call identifier has %zu digits: %d are needed, 5 of the node, 5 of "
			"the sequence, 10 of the time",
			len, DIGITS);
	err = part(text, &at, 5, UINT16_MAX, &v[0], error);
	if (!err)
		err = part(text, &at, 5, UINT16_MAX, &v[1], error);
	if (!err)
		err = part(text, &at, 10, UINT32_MAX, &v[2], error);
	if (err)
		return err;
	ucid->node = (uint16_t)v[0];
	ucid->sequence = (uint16_t)v[1];
	ucid->time = v[2];
	return 0;
}
