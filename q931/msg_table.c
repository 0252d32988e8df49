/* SPDX-License-Identifier: BSD-2-Clause */
/* The tables of the ETSI variant: messages of Q.931 clause 3, elements of clause 4.5. */
#include "q931/codec.h"

#define B(name) (UINT64_C(1) << ISDN_IE_##name)
#define NONE	UINT64_C(0)

/* clang-format off */
#define RESPONSE (B(BEARER) | B(CHANNEL_ID) | B(PROGRESS) | B(DISPLAY))

static const struct i3_msg_row msgs[] = {
	/* type, name, clause	{ mandatory u->n, n->u }	{ optional u->n, n->u } */
	{ ISDN_MT_ALERTING, "ALERTING", "3.1.1",
	  { NONE, NONE },
	  { RESPONSE | B(USER_USER), RESPONSE | B(USER_USER) } },
	{ ISDN_MT_CALL_PROCEEDING, "CALL PROCEEDING", "3.1.2",
	  { NONE, NONE },
	  { RESPONSE, RESPONSE } },
	{ ISDN_MT_PROGRESS, "PROGRESS", "3.1.8",
	  { B(PROGRESS), B(PROGRESS) },
	  { B(BEARER) | B(CAUSE) | B(DISPLAY) | B(USER_USER),
	    B(BEARER) | B(CAUSE) | B(DISPLAY) | B(USER_USER) } },
	{ ISDN_MT_SETUP, "SETUP", "3.1.14",
	  { B(BEARER), B(BEARER) | B(CHANNEL_ID) },
	  { B(SENDING_COMPLETE) | B(CHANNEL_ID) | B(PROGRESS) | B(DISPLAY) | B(CALLING) | B(CALLED) | B(USER_USER),
	    B(SENDING_COMPLETE) | B(PROGRESS) | B(DISPLAY) | B(CALLING) | B(CALLED) | B(USER_USER) } },
	{ ISDN_MT_CONNECT, "CONNECT", "3.1.3",
	  { NONE, NONE },
	  { RESPONSE | B(USER_USER), RESPONSE | B(USER_USER) } },
	{ ISDN_MT_SETUP_ACKNOWLEDGE, "SETUP ACKNOWLEDGE", "3.1.15",
	  { NONE, NONE },
	  { B(CHANNEL_ID) | B(PROGRESS) | B(DISPLAY), B(CHANNEL_ID) | B(PROGRESS) | B(DISPLAY) } },
	{ ISDN_MT_CONNECT_ACKNOWLEDGE, "CONNECT ACKNOWLEDGE", "3.1.4",
	  { NONE, NONE },
	  { B(CHANNEL_ID) | B(DISPLAY), B(CHANNEL_ID) | B(DISPLAY) } },
	{ ISDN_MT_USER_INFORMATION, "USER INFORMATION", "3.1.23",
	  { B(USER_USER), B(USER_USER) },
	  { B(MORE_DATA), B(MORE_DATA) } },
	{ ISDN_MT_DISCONNECT, "DISCONNECT", "3.1.5",
	  { B(CAUSE), B(CAUSE) },
	  { B(PROGRESS) | B(DISPLAY) | B(USER_USER), B(PROGRESS) | B(DISPLAY) | B(USER_USER) } },
	{ ISDN_MT_RELEASE, "RELEASE", "3.1.9",
	  { NONE, NONE },
	  { B(CAUSE) | B(DISPLAY) | B(USER_USER), B(CAUSE) | B(DISPLAY) | B(USER_USER) } },
	{ ISDN_MT_RELEASE_COMPLETE, "RELEASE COMPLETE", "3.1.10",
	  { NONE, NONE },
	  { B(CAUSE) | B(DISPLAY) | B(USER_USER), B(CAUSE) | B(DISPLAY) | B(USER_USER) } },
	{ ISDN_MT_STATUS_ENQUIRY, "STATUS ENQUIRY", "3.1.17",
	  { NONE, NONE },
	  { B(DISPLAY), B(DISPLAY) } },
	{ ISDN_MT_INFORMATION, "INFORMATION", "3.1.7",
	  { NONE, NONE },
	  { B(SENDING_COMPLETE) | B(CAUSE) | B(DISPLAY) | B(CALLED),
	    B(SENDING_COMPLETE) | B(CAUSE) | B(DISPLAY) | B(CALLED) } },
	{ ISDN_MT_STATUS, "STATUS", "3.1.16",
	  { B(CAUSE) | B(CALL_STATE), B(CAUSE) | B(CALL_STATE) },
	  { B(DISPLAY), B(DISPLAY) } },
};

#define PAIR(name)	i3_##name##_decode, i3_##name##_encode
#define SKIP(id)	{ id, I3_SKIPPED, 0, 255, 255, false, "4.5", NULL, NULL }

/*
 * In the order of encoding. max is the longest content; for access elements
 * (5.8.7.2) a content error is reported as #43. SKIP: the element is known to
 * the Recommendations and not decoded here, so it is not unrecognized.
 */
static const struct i3_ie_row ies[] = {
	/* id, element, min, max, repeat, access, clause, pair */
	{ 0xa1, ISDN_IE_SENDING_COMPLETE, 0, 0, 1, false, "4.5.27", NULL, NULL },
	{ 0x04, ISDN_IE_BEARER,	    2,  10, 1, false, "4.5.5",  PAIR(bearer) },
	{ 0x08, ISDN_IE_CAUSE,	    2,  30, ISDN_CAUSES_MAX, false, "4.5.12", PAIR(cause) },
	{ 0x14, ISDN_IE_CALL_STATE, 1,   1, 1, false, "4.5.7",  PAIR(call_state) },
	{ 0x18, ISDN_IE_CHANNEL_ID, 1,  34, 1, false, "4.5.13", PAIR(channel_id) },
	{ 0x1e, ISDN_IE_PROGRESS,   2,   2, ISDN_PROGRESS_MAX, false, "4.5.23", PAIR(progress) },
	{ 0x28, ISDN_IE_DISPLAY,    1,  ISDN_DISPLAY_MAX, 1, false, "4.5.16", PAIR(display) },
	{ 0x6c, ISDN_IE_CALLING,    1,  255, 1, false, "4.5.10", PAIR(calling) },
	{ 0x70, ISDN_IE_CALLED,	    1,  255, 1, false, "4.5.8",  PAIR(called) },
	{ 0xa0, ISDN_IE_MORE_DATA,  0,   0, 1, false, "4.5.20", NULL, NULL },
	{ 0x7e, ISDN_IE_USER_USER,  1, ISDN_UUI_MAX + 1, 1, true, "4.5.30", PAIR(user_user) },

	SKIP(0x0d), SKIP(0x10), SKIP(0x1c), SKIP(0x20), SKIP(0x27), SKIP(0x29), SKIP(0x2c),
	SKIP(0x32), SKIP(0x34), SKIP(0x38), SKIP(0x39), SKIP(0x3a), SKIP(0x3b), SKIP(0x40),
	SKIP(0x42), SKIP(0x43), SKIP(0x44), SKIP(0x45), SKIP(0x46), SKIP(0x47), SKIP(0x4a),
	SKIP(0x4c), SKIP(0x4d), SKIP(0x6d), SKIP(0x71), SKIP(0x73), SKIP(0x74), SKIP(0x75),
	SKIP(0x76), SKIP(0x77), SKIP(0x78), SKIP(0x79), SKIP(0x7c), SKIP(0x7d), SKIP(0x7f),
};
/* clang-format on */

static const struct i3_tables etsi = { msgs, sizeof(msgs) / sizeof(msgs[0]), ies,
				       sizeof(ies) / sizeof(ies[0]) };

const struct i3_tables *i3_tables(enum isdn_variant variant)
{
	switch (variant) {
	case ISDN_VARIANT_ETSI:
		return &etsi;
	}
	return NULL;
}

const struct i3_msg_row *i3_msg_row(const struct i3_tables *t, unsigned type)
{
	for (unsigned i = 0; i < t->n_msgs; i++)
		if (t->msgs[i].type == type)
			return &t->msgs[i];
	return NULL;
}

const struct i3_ie_row *i3_ie_row(const struct i3_tables *t, unsigned id)
{
	for (unsigned i = 0; i < t->n_ies; i++)
		if (t->ies[i].id == id)
			return &t->ies[i];
	return NULL;
}

const char *isdn_msg_name(unsigned type)
{
	const struct i3_msg_row *row = i3_msg_row(&etsi, type);

	return row ? row->name : "unknown message";
}
