/* SPDX-License-Identifier: BSD-2-Clause */
/* User-user information as items: what, how long, value. */
#include <isdn/uui.h>
#include <string.h>

#include "base/cursor.h"
#include "base/env.h"

int isdn_uui_item_next(const struct isdn_uui *uui, size_t *next, struct isdn_uui_item *item,
		       struct isdn_error *error)
{
	struct isdn_uui_item i;
	struct ib_rd r;

	if (!uui || !next || !item)
		return ib_error(error, ISDN_ERR_INVALPOINTER,
				"user-user item: uui, next or item is NULL");
	if (uui->len > ISDN_UUI_MAX || *next > uui->len)
		return ib_error(error, ISDN_ERR_INVAL,
				"user-user item: offset %zu or length %u is out of range", *next,
				uui->len);
	if (*next == uui->len)
		return 0;
	r = ib_rd(uui->data + *next, uui->len - *next);
	i.at = (uint8_t)*next;
	i.id = ib_rd_u8(&r);
	i.len = ib_rd_u8(&r);
	i.value = ib_rd_bytes(&r, i.len);
	if (r.bad) {
		*next = uui->len;
		return ib_error(error, ISDN_ERR_TRUNCATED,
				"user-user item 0x%02x at offset %u goes beyond the end, which is "
				"at %u: read the octets themselves",
				i.id, i.at, uui->len);
	}
	*next += 2u + i.len;
	*item = i;
	return 1;
}

int isdn_uui_item_add(struct isdn_uui *uui, size_t max, unsigned id, const void *value, size_t len,
		      struct isdn_error *error)
{
	size_t room;

	if (!uui || (!value && len))
		return ib_error(error, ISDN_ERR_INVALPOINTER,
				"user-user item: uui or value is NULL");
	if (uui->len > ISDN_UUI_MAX || max > ISDN_UUI_MAX || id > 0xff)
		return ib_error(error, ISDN_ERR_INVAL,
				"user-user item 0x%02x: it, length %u or limit %zu is out of range",
				id, uui->len, max);
	room = max > uui->len ? max - uui->len : 0;
	if (room < 2 || len > room - 2)
		return ib_error(error, ISDN_ERR_USERUSERINFOTOOBIG,
				"user-user item 0x%02x with %zu octets behind %u does not fit: the "
				"limit is %zu, and two octets are its own",
				id, len, uui->len, max);
	uui->data[uui->len] = (uint8_t)id;
	uui->data[uui->len + 1u] = (uint8_t)len;
	if (len)
		memcpy(uui->data + uui->len + 2, value, len);
	uui->len = (uint8_t)(uui->len + 2u + len);
	return 0;
}
