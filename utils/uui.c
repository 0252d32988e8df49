/* SPDX-License-Identifier: BSD-2-Clause */
/* User-user information (Q.931 4.5.30) from a command line, and as a line of text. */
#include "uui.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define IA5 4 /* protocol discriminator: IA5 characters */

bool uui_from_text(const char *text, struct uui *uui, char *why, size_t cap)
{
	size_t n = strlen(text);

	if (n < 1 || n > ISDN_UUI_MAX) {
		snprintf(why, cap, "%zu octets of user information; it can be 1 to %d", n,
			 ISDN_UUI_MAX);
		return false;
	}
	uui->octets[0] = IA5;
	memcpy(uui->octets + 1, text, n);
	uui->size = n + 1;
	return true;
}

static int digit(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *at = c ? strchr(digits, tolower((unsigned char)c)) : NULL;

	return at ? (int)(at - digits) : -1;
}

bool uui_from_hex(const char *hex, struct uui *uui, char *why, size_t cap)
{
	size_t n = strlen(hex);
	struct uui got = { .size = n / 2 };

	for (size_t i = 0; i < n; i++)
		if (digit(hex[i]) < 0) {
			snprintf(why, cap, "\"%.1s\" at character %zu is no hex digit", hex + i,
				 i + 1);
			return false;
		}
	if (n % 2) {
		snprintf(why, cap, "%zu hex digits; an octet takes two", n);
		return false;
	}
	if (got.size < 2 || got.size > sizeof(got.octets)) {
		snprintf(why, cap,
			 "%zu octet%s; it can be 2 to %zu: the protocol discriminator (04 is "
			 "text), then the user information",
			 got.size, got.size == 1 ? "" : "s", sizeof(got.octets));
		return false;
	}
	for (size_t i = 0; i < got.size; i++)
		got.octets[i] = (uint8_t)(digit(hex[2 * i]) << 4 | digit(hex[2 * i + 1]));
	*uui = got;
	return true;
}

void uui_print(const uint8_t *octets, size_t size, bool both, char *text, size_t cap)
{
	bool printable = size > 1;
	size_t at;

	text[0] = '\0';
	if (!size || cap < UUI_TEXT(size))
		return;
	for (size_t i = 1; i < size; i++)
		printable = printable && octets[i] >= 0x20 && octets[i] < 0x7f;
	at = (size_t)sprintf(text, "%02x%s", octets[0], size > 1 ? " " : "");
	if (printable)
		at += (size_t)sprintf(text + at, "\"%.*s\"%s", (int)(size - 1),
				      (const char *)octets + 1, both ? " " : "");
	for (size_t i = 1; i < size && (both || !printable); i++)
		at += (size_t)sprintf(text + at, "%02x", octets[i]);
}
