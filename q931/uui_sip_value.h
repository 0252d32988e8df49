/* SPDX-License-Identifier: BSD-2-Clause */
/* The grammar of the SIP header field User-to-User, RFC 7433 4.1: where the parts of a value are.
 */
#ifndef I3_UUI_SIP_VALUE_H
#define I3_UUI_SIP_VALUE_H

#include <isdn/base.h>

enum i3_uui_param { I3_UUI_PURPOSE, I3_UUI_CONTENT, I3_UUI_ENCODING, I3_UUI_PD, I3_UUI_PARAMS };

/* Of a quoted string: what is between the marks. */
struct i3_uui_part {
	size_t at, len;
	bool there, quoted;
};

struct i3_uui_sip_value {
	struct i3_uui_part data;
	struct i3_uui_part param[I3_UUI_PARAMS];
	size_t end; /* where its comma is, or len */
};

/* The value that begins at offset at of text, which has len characters. */
int i3_uui_sip_value(const char *text, size_t len, size_t at, struct i3_uui_sip_value *value,
		     struct isdn_error *error);

/* How far it is over white space from at, RFC 3261 25.1 LWS. */
size_t i3_uui_sip_space(const char *text, size_t len, size_t at);

/* Whether len characters are the word, which is in small letters, in either case. */
bool i3_uui_sip_is(const char *text, size_t len, const char *word);

/* A character in an error: itself, its number, or the end. */
struct i3_uui_sip_shown {
	char text[8];
};
struct i3_uui_sip_shown i3_uui_sip_shown(const char *text, size_t len, size_t at);

#endif
