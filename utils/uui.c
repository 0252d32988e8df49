/* SPDX-License-Identifier: BSD-2-Clause */
/* User-user information (Q.931 4.5.30) from a command line, and as a line of text. */
#include "uui.h"

#include <ctype.h>
#include <errno.h>
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

/* The discriminator and something behind it. */
static bool fits(size_t size, char *why, size_t cap)
{
	if (size >= 2 && size <= ISDN_UUI_MAX + 1)
		return true;
	snprintf(why, cap,
		 "%zu octet%s; it can be 2 to %d: the protocol discriminator (04 is "
		 "text), then the user information",
		 size, size == 1 ? "" : "s", ISDN_UUI_MAX + 1);
	return false;
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
	if (!fits(got.size, why, cap))
		return false;
	for (size_t i = 0; i < got.size; i++)
		got.octets[i] = (uint8_t)(digit(hex[2 * i]) << 4 | digit(hex[2 * i + 1]));
	*uui = got;
	return true;
}

static int sextet(char c)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *at = c ? strchr(digits, c) : NULL;

	return at ? (int)(at - digits) : -1;
}

/* RFC 4648 clause 4; the padding may be left away. */
bool uui_from_base64(const char *base64, struct uui *uui, char *why, size_t cap)
{
	struct uui got = { .size = 0 };
	unsigned bits = 0, word = 0;
	size_t n = strlen(base64), padding = 0;

	while (n && padding < 2 && base64[n - 1] == '=')
		n--, padding++;
	if (n % 4 == 1 || (padding && (n + padding) % 4)) {
		snprintf(why, cap, "%zu base64 characters make no whole octets", n + padding);
		return false;
	}
	if (n * 3 / 4 > sizeof(got.octets))
		return fits(n * 3 / 4, why, cap);
	for (size_t i = 0; i < n; i++) {
		int v = sextet(base64[i]);

		if (v < 0) {
			snprintf(why, cap, "\"%.1s\" at character %zu is no base64", base64 + i,
				 i + 1);
			return false;
		}
		word = (word << 6 | (unsigned)v) & 0xfff;
		bits += 6;
		if (bits < 8)
			continue;
		bits -= 8;
		got.octets[got.size++] = (uint8_t)(word >> bits);
	}
	if (!fits(got.size, why, cap))
		return false;
	*uui = got;
	return true;
}

bool uui_from_file(const char *path, struct uui *uui, char *why, size_t cap)
{
	bool standard = !strcmp(path, "-");
	FILE *f = standard ? stdin : fopen(path, "rb");
	uint8_t octets[ISDN_UUI_MAX + 2]; /* one more than can be */
	size_t size = f ? fread(octets, 1, sizeof(octets), f) : 0;

	if (!f || ferror(f)) {
		snprintf(why, cap, "%s: %s", path, strerror(errno));
		if (f && !standard)
			fclose(f);
		return false;
	}
	if (!standard)
		fclose(f);
	if (size == sizeof(octets)) {
		snprintf(why, cap,
			 "%s has more than %d octets: the protocol discriminator, then "
			 "1 to %d of user information",
			 path, ISDN_UUI_MAX + 1, ISDN_UUI_MAX);
		return false;
	}
	if (!fits(size, why, cap))
		return false;
	memcpy(uui->octets, octets, size);
	uui->size = size;
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
