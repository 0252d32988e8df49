/* SPDX-License-Identifier: BSD-2-Clause */
/* User-user information as octets, the discriminator first: octets 3 and on of Q.931 4.5.30. */
#include <isdn/uui.h>
#include <string.h>

#include "base/env.h"

int isdn_uui_from_octets(struct isdn_uui *uui, const void *octets, size_t size,
			 struct isdn_error *error)
{
	const uint8_t *o = octets;
	struct isdn_uui u = { .len = 0 };

	if (!uui || (!octets && size))
		return ib_error(error, ISDN_ERR_INVALPOINTER,
				"user-user information: uui or octets is NULL");
	if (!size)
		return ib_error(error, ISDN_ERR_DISCRIMINATOR,
				"user-user information has no octet: the first one is the protocol "
				"discriminator");
	if (size > 1 + ISDN_UUI_MAX)
		return ib_error(error, ISDN_ERR_USERUSERINFOTOOBIG,
				"user-user information has %zu octets: an element carries %d, the "
				"protocol discriminator and %d",
				size, 1 + ISDN_UUI_MAX, ISDN_UUI_MAX);
	u.discriminator = o[0];
	u.len = (uint8_t)(size - 1);
	memcpy(u.data, o + 1, u.len);
	*uui = u;
	return 0;
}

int isdn_uui_octets(const struct isdn_uui *uui, uint8_t *octets, size_t cap, size_t *len)
{
	if (!uui || (!octets && cap))
		return ISDN_ERR_INVALPOINTER;
	if (uui->len > ISDN_UUI_MAX)
		return ISDN_ERR_INVAL;
	if (len)
		*len = 1u + uui->len;
	if (cap < 1u + uui->len)
		return ISDN_ERR_NOSPC;
	octets[0] = uui->discriminator;
	memcpy(octets + 1, uui->data, uui->len);
	return 0;
}
