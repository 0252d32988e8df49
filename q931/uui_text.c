/* SPDX-License-Identifier: BSD-2-Clause */
/* User-user information that is IA5 characters, Q.931 4.5.30 octet 3. */
#include <isdn/uui.h>
#include <string.h>

#include "base/env.h"

/* Any that is no IA5 character, or would end a C string. */
static int look_at(const struct isdn_uui *uui, struct isdn_error *error)
{
	for (unsigned i = 0; i < uui->len; i++) {
		if (uui->data[i] > 0x7f)
			return ib_error(error, ISDN_ERR_UUI_CONTENT,
					"user-user text: octet 0x%02x at offset %u is no IA5 "
					"character: read the octets themselves",
					uui->data[i], i);
		if (!uui->data[i])
			return ib_error(error, ISDN_ERR_UUI_CONTENT,
					"user-user text: NUL at offset %u of %u would hide what is "
					"behind it: read the octets themselves",
					i, uui->len);
	}
	return 0;
}

int isdn_uui_text(const struct isdn_uui *uui, char *text, size_t cap, size_t *len,
		  struct isdn_error *error)
{
	int err;

	if (!uui || (!text && cap))
		return ib_error(error, ISDN_ERR_INVALPOINTER,
				"user-user text: uui or text is NULL");
	if (uui->len > ISDN_UUI_MAX)
		return ib_error(error, ISDN_ERR_INVAL, "user-user text: length %u is above %d",
				uui->len, ISDN_UUI_MAX);
	if (uui->discriminator != ISDN_UUI_IA5)
		return ib_error(error, ISDN_ERR_DISCRIMINATOR,
				"user-user information has protocol discriminator 0x%02x, text has "
				"0x%02x: read the octets themselves",
				uui->discriminator, ISDN_UUI_IA5);
	err = look_at(uui, error);
	if (err)
		return err;
	if (len)
		*len = uui->len;
	if (cap <= uui->len)
		return ib_error(error, ISDN_ERR_NOSPC,
				"user-user text: %u characters and a NUL need %u octets, not %zu",
				uui->len, uui->len + 1u, cap);
	memcpy(text, uui->data, uui->len);
	text[uui->len] = '\0';
	return 0;
}

static bool may_be_sent(unsigned char c)
{
	return (c >= 0x20 && c <= 0x7e) || c == '\t' || c == '\n' || c == '\r';
}

int isdn_uui_from_text(struct isdn_uui *uui, const char *text, size_t len, struct isdn_error *error)
{
	struct isdn_uui u = { .discriminator = ISDN_UUI_IA5 };

	if (!uui || (!text && len))
		return ib_error(error, ISDN_ERR_INVALPOINTER,
				"user-user text: uui or text is NULL");
	if (len > ISDN_UUI_MAX)
		return ib_error(error, ISDN_ERR_USERUSERINFOTOOBIG,
				"user-user text has %zu characters: an element carries %d", len,
				ISDN_UUI_MAX);
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];

		if (!may_be_sent(c))
			return ib_error(error, ISDN_ERR_INVAL,
					"user-user text: 0x%02x at offset %zu is not sent: 0x20 to "
					"0x7e, TAB, LF and CR are",
					c, i);
		u.data[i] = c;
	}
	u.len = (uint8_t)len;
	*uui = u;
	return 0;
}
