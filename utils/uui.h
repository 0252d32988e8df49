/* SPDX-License-Identifier: BSD-2-Clause */
/* User-user information as people write it and read it. */
#ifndef UTILS_UUI_H
#define UTILS_UUI_H

#include <isdn/isdn.h>

/* As it goes to the library: the protocol discriminator first. size 0: none. */
struct uui {
	size_t size;
	uint8_t octets[ISDN_UUI_MAX + 1];
};

/* Room for what uui_print writes of so many octets. */
#define UUI_TEXT(octets) (3 * (octets) + 16)

/*
 * Text gets discriminator 4 (IA5 characters); hex, base64 and the octets of a file
 * ("-": of standard input) are taken as they are, the discriminator first. False:
 * why receives the reason, and *uui is unchanged.
 */
bool uui_from_text(const char *text, struct uui *uui, char *why, size_t cap);
bool uui_from_hex(const char *hex, struct uui *uui, char *why, size_t cap);
bool uui_from_base64(const char *base64, struct uui *uui, char *why, size_t cap);
bool uui_from_file(const char *path, struct uui *uui, char *why, size_t cap);

/*
 * 04 "bye" 627965, or 00 0102ff where it is no printable text: discriminator,
 * text, octets. Without both: octets only where there is no text. No octets
 * give an empty text.
 */
void uui_print(const uint8_t *octets, size_t size, bool both, char *text, size_t cap);

#endif
