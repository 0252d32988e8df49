/* SPDX-License-Identifier: BSD-2-Clause */
/* Keypad facility, Q.931 4.5.18. */
#include "q931/codec.h"

bool i3_keypad_decode(struct i3_reader *in, void *value)
{
	struct isdn_keypad *v = value;

	in->octet = "3";
	return i3_rest(in, v->keys, &v->len, sizeof(v->keys));
}

bool i3_keypad_encode(struct i3_writer *out, const void *value)
{
	const struct isdn_keypad *v = value;

	if (v->len > sizeof(v->keys))
		return false;
	ib_wr_bytes(&out->w, v->keys, v->len);
	return true;
}

const struct i3_field i3_keypad_fields[] = {
	I3_F_LEN(isdn_keypad, keys, I3_TEXT, ISDN_KEYPAD_MAX, len), I3_F_END
};
