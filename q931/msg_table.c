/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The messages, a row each: Q.931 clause 3, Q.932 clause 7, the maintenance
 * messages of North American switches. Elements that the Recommendations give
 * to one direction, and that peers send in the other without harm (Display,
 * Facility), are optional in both.
 */
#include "q931/codec.h"

#define B(name) (UINT64_C(1) << ISDN_IE_##name)
#define NONE	UINT64_C(0)

#define ALL  0xffff
#define V(x) (1u << ISDN_VARIANT_##x)
/* suspension and resumption, hold and retrieval: not of QSIG and the custom North American ones */
#define SUSP (V(ETSI) | V(Q931))
#define HLD  (V(ETSI) | V(Q931) | V(NI2) | V(DMS100) | V(5ESS))

/* clang-format off */
/* What may be in any message of a call. */
#define ANY	  (B(DISPLAY) | B(FACILITY) | B(EXTENDED_FACILITY) | B(ESCAPE))
/* ... and from the network, by stimulus procedures (Q.932). */
#define STIMULUS  (B(SIGNAL) | B(CALL_STATUS) | B(FEATURE_INDICATION) | B(INFORMATION_REQUEST))
#define PACKET	  (B(INFORMATION_RATE) | B(TRANSIT_DELAY) | B(TRANSIT_DELAY_SELECTION) | B(PACKET_BINARY) | \
		   B(PACKET_WINDOW) | B(PACKET_SIZE))
#define CONNECTED (B(CONNECTED) | B(CONNECTED_SUB) | B(CONNECTED_ADDRESS))
#define REDIRECT  (B(REDIRECTION) | B(REDIRECTION_SUB))

#define SETUP	 (ANY | B(SENDING_COMPLETE) | B(OLD_ENDPOINT_ID) | B(USER_USER_FACILITY) | B(REPEAT_BEARER) | B(CHANNEL_ID) | B(PROGRESS) | \
		  B(NETWORK_FACILITIES) | B(NOTIFICATION) | B(KEYPAD) | B(SPID) | B(ENDPOINT_ID) | PACKET | B(CUG) | \
		  B(REVERSE_CHARGING) | B(CALLING) | B(CALLING_SUB) | B(CALLED) | B(CALLED_SUB) | \
		  B(ORIGINAL_CALLED) | B(REDIRECTING) | B(REDIRECTING_SUB) | B(REPEAT_LLC) | B(LLC) | B(HLC) | \
		  B(USER_USER) | B(TRANSIT_COUNTER) | B(PARTY_CATEGORY) | B(ORIGINATING_LINE) | B(GENERIC_DIGITS))
#define RESPONSE (ANY | B(BEARER) | B(CHANNEL_ID) | B(PROGRESS) | B(HLC) | B(NOTIFICATION))
#define ALERTING (RESPONSE | B(USER_USER) | REDIRECT | CONNECTED | B(PARTY_CATEGORY))
#define CONNECT	 (ALERTING | B(REPEAT_LLC) | B(LLC) | B(PACKET_BINARY) | B(PACKET_WINDOW) | B(PACKET_SIZE) | \
		  B(INFORMATION_RATE) | B(TRANSIT_DELAY))
#define CLEARING (ANY | B(USER_USER) | B(NOTIFICATION) | REDIRECT)
#define SERVICE	 (B(CHANGE_STATUS) | B(CHANNEL_ID))

/* Which may be there several times: what any message may repeat, and with what else. */
#define SEVERAL	 (B(FACILITY) | B(DISPLAY) | B(NOTIFICATION) | B(PROGRESS))
#define U	 (1u << ISDN_USER_TO_NETWORK)
#define N	 (1u << ISDN_NETWORK_TO_USER)
#define UN	 (U | N)

const struct i3_msg_row i3_msgs[I3_MSGS] = {
	/* variants, name, clause	{ mandatory u->n, n->u }	{ optional u->n, n->u }	several, directions */
	[ISDN_MT_ALERTING] = { ALL, "ALERTING", "3.1.1",
	  { NONE, NONE }, { ALERTING, ALERTING | STIMULUS }, SEVERAL | B(HLC), UN },
	[ISDN_MT_CALL_PROCEEDING] = { ALL, "CALL PROCEEDING", "3.1.2",
	  { NONE, NONE }, { RESPONSE, RESPONSE | STIMULUS }, SEVERAL | B(HLC), UN },
	[ISDN_MT_CONNECT] = { ALL, "CONNECT", "3.1.3",
	  { NONE, NONE }, { CONNECT, CONNECT | B(DATE_TIME) | STIMULUS }, SEVERAL | B(HLC), UN },
	[ISDN_MT_CONNECT_ACKNOWLEDGE] = { ALL, "CONNECT ACKNOWLEDGE", "3.1.4",
	  { NONE, NONE }, { ANY | B(CHANNEL_ID), ANY | B(CHANNEL_ID) | STIMULUS }, SEVERAL, UN },
	[ISDN_MT_DISCONNECT] = { ALL, "DISCONNECT", "3.1.5",
	  { B(CAUSE), B(CAUSE) }, { CLEARING | B(PROGRESS), CLEARING | B(PROGRESS) | STIMULUS }, SEVERAL, UN },
	[ISDN_MT_INFORMATION] = { ALL, "INFORMATION", "3.1.6",
	  { NONE, NONE },
	  { ANY | B(SENDING_COMPLETE) | B(CAUSE) | B(KEYPAD) | B(CALLED) | B(SPID) | B(ENDPOINT_ID) |
	    B(SWITCHHOOK) | B(FEATURE_ACTIVATION) | B(DATE_TIME),
	    ANY | B(SENDING_COMPLETE) | B(CAUSE) | B(KEYPAD) | B(CALLED) | B(SPID) | B(ENDPOINT_ID) |
	    B(DATE_TIME) | STIMULUS }, SEVERAL, UN },
	[ISDN_MT_NOTIFY] = { ALL, "NOTIFY", "3.1.7",
	  { B(NOTIFICATION), B(NOTIFICATION) },
	  { ANY | B(BEARER) | REDIRECT | CONNECTED, ANY | B(BEARER) | REDIRECT | CONNECTED }, SEVERAL, UN },
	[ISDN_MT_PROGRESS] = { ALL, "PROGRESS", "3.1.8",
	  { B(PROGRESS), B(PROGRESS) },
	  { ANY | B(BEARER) | B(CAUSE) | B(HLC) | B(USER_USER) | B(NOTIFICATION) | B(CHANNEL_ID) | REDIRECT,
	    ANY | B(BEARER) | B(CAUSE) | B(HLC) | B(USER_USER) | B(NOTIFICATION) | B(CHANNEL_ID) | REDIRECT | STIMULUS }, SEVERAL | B(HLC), UN },
	[ISDN_MT_RELEASE] = { ALL, "RELEASE", "3.1.9",
	  { NONE, NONE }, { CLEARING | B(CAUSE), CLEARING | B(CAUSE) | STIMULUS }, SEVERAL | B(CAUSE), UN },
	[ISDN_MT_RELEASE_COMPLETE] = { ALL, "RELEASE COMPLETE", "3.1.10",
	  { NONE, NONE }, { CLEARING | B(CAUSE), CLEARING | B(CAUSE) | STIMULUS }, SEVERAL | B(CAUSE), UN },
	[ISDN_MT_RESUME] = { SUSP, "RESUME", "3.1.11",
	  { NONE, NONE }, { ANY | B(CALL_IDENTITY), ANY | B(CALL_IDENTITY) }, SEVERAL, U },
	[ISDN_MT_RESUME_ACKNOWLEDGE] = { SUSP, "RESUME ACKNOWLEDGE", "3.1.12",
	  { B(CHANNEL_ID), B(CHANNEL_ID) }, { ANY, ANY }, SEVERAL, N },
	[ISDN_MT_RESUME_REJECT] = { SUSP, "RESUME REJECT", "3.1.13",
	  { B(CAUSE), B(CAUSE) }, { ANY, ANY }, SEVERAL, N },
	[ISDN_MT_SETUP] = { ALL, "SETUP", "3.1.14",
	  { B(BEARER), B(BEARER) | B(CHANNEL_ID) },
	  { SETUP | B(TRANSIT_NETWORK) | B(FEATURE_ACTIVATION) | B(DISPLAY), SETUP | STIMULUS }, SEVERAL | B(BEARER) | B(NETWORK_FACILITIES) | B(CALLING) | B(TRANSIT_NETWORK) | B(LLC) | B(HLC), UN },
	[ISDN_MT_SETUP_ACKNOWLEDGE] = { ALL, "SETUP ACKNOWLEDGE", "3.1.15",
	  { NONE, NONE },
	  { ANY | B(CHANNEL_ID) | B(PROGRESS), ANY | B(CHANNEL_ID) | B(PROGRESS) | STIMULUS }, SEVERAL, UN },
	[ISDN_MT_STATUS] = { ALL, "STATUS", "3.1.16",
	  { B(CAUSE) | B(CALL_STATE), B(CAUSE) | B(CALL_STATE) }, { ANY, ANY }, SEVERAL, UN },
	[ISDN_MT_STATUS_ENQUIRY] = { ALL, "STATUS ENQUIRY", "3.1.17",
	  { NONE, NONE }, { ANY, ANY }, SEVERAL, UN },
	[ISDN_MT_SUSPEND] = { SUSP, "SUSPEND", "3.1.18",
	  { NONE, NONE }, { ANY | B(CALL_IDENTITY), ANY | B(CALL_IDENTITY) }, SEVERAL, U },
	[ISDN_MT_SUSPEND_ACKNOWLEDGE] = { SUSP, "SUSPEND ACKNOWLEDGE", "3.1.19",
	  { NONE, NONE }, { ANY, ANY }, SEVERAL, N },
	[ISDN_MT_SUSPEND_REJECT] = { SUSP, "SUSPEND REJECT", "3.1.20",
	  { B(CAUSE), B(CAUSE) }, { ANY, ANY }, SEVERAL, N },
	[ISDN_MT_CONGESTION_CONTROL] = { ALL, "CONGESTION CONTROL", "3.3.3",
	  { B(CONGESTION_LEVEL) | B(CAUSE), B(CONGESTION_LEVEL) | B(CAUSE) }, { ANY, ANY }, SEVERAL, UN },
	[ISDN_MT_USER_INFORMATION] = { ALL, "USER INFORMATION", "3.3.13",
	  { B(USER_USER), B(USER_USER) }, { B(MORE_DATA), B(MORE_DATA) }, NONE, UN },
	[ISDN_MT_RESTART] = { ALL, "RESTART", "3.4.1",
	  { B(RESTART), B(RESTART) }, { B(CHANNEL_ID) | B(DISPLAY), B(CHANNEL_ID) | B(DISPLAY) }, SEVERAL, UN },
	[ISDN_MT_RESTART_ACKNOWLEDGE] = { ALL, "RESTART ACKNOWLEDGE", "3.4.2",
	  { B(RESTART), B(RESTART) }, { B(CHANNEL_ID) | B(DISPLAY), B(CHANNEL_ID) | B(DISPLAY) }, B(CHANNEL_ID), UN },
	[ISDN_MT_SEGMENT] = { ALL, "SEGMENT", "3.5.1",
	  { B(SEGMENTED), B(SEGMENTED) }, { NONE, NONE }, NONE, UN },
	[ISDN_MT_FACILITY] = { ALL, "FACILITY", "Q.932 7.1.1",
	  { B(FACILITY), B(FACILITY) },
	  { ANY | B(NOTIFICATION) | B(CALLING) | B(CALLED) | REDIRECT | CONNECTED | B(REDIRECTING) | B(USER_USER),
	    ANY | B(NOTIFICATION) | B(CALLING) | B(CALLED) | REDIRECT | CONNECTED | B(REDIRECTING) | B(USER_USER) }, SEVERAL, UN },
	[ISDN_MT_HOLD] = { HLD, "HOLD", "Q.932 7.1.2",
	  { NONE, NONE }, { ANY, ANY }, SEVERAL, UN },
	[ISDN_MT_HOLD_ACKNOWLEDGE] = { HLD, "HOLD ACKNOWLEDGE", "Q.932 7.1.3",
	  { NONE, NONE }, { ANY, ANY }, SEVERAL, UN },
	[ISDN_MT_HOLD_REJECT] = { HLD, "HOLD REJECT", "Q.932 7.1.4",
	  { B(CAUSE), B(CAUSE) }, { ANY, ANY }, SEVERAL, UN },
	[ISDN_MT_REGISTER] = { ALL, "REGISTER", "Q.932 7.1.5",
	  { B(FACILITY), B(FACILITY) }, { ANY | B(CALLING) | B(CALLED), ANY | B(CALLING) | B(CALLED) }, SEVERAL, UN },
	[ISDN_MT_RETRIEVE] = { HLD, "RETRIEVE", "Q.932 7.1.6",
	  { NONE, NONE }, { ANY | B(CHANNEL_ID), ANY | B(CHANNEL_ID) }, SEVERAL, UN },
	[ISDN_MT_RETRIEVE_ACKNOWLEDGE] = { HLD, "RETRIEVE ACKNOWLEDGE", "Q.932 7.1.7",
	  { NONE, NONE }, { ANY | B(CHANNEL_ID), ANY | B(CHANNEL_ID) }, SEVERAL, UN },
	[ISDN_MT_RETRIEVE_REJECT] = { HLD, "RETRIEVE REJECT", "Q.932 7.1.8",
	  { B(CAUSE), B(CAUSE) }, { ANY, ANY }, SEVERAL, UN },
};

/* Of the maintenance protocols. */
static const struct i3_msg_row services[] = {
	{ ALL, "SERVICE", "TR 41459",
	  { SERVICE, SERVICE }, { NONE, NONE }, NONE, UN },
	{ ALL, "SERVICE ACKNOWLEDGE", "TR 41459",
	  { SERVICE, SERVICE }, { NONE, NONE }, NONE, UN },
};
/* clang-format on */

static const struct i3_msg_row *of_type(unsigned type)
{
	return type < I3_MSGS && i3_msgs[type].name ? &i3_msgs[type] : NULL;
}

/* NI-2 has the two the other way round, as one source has it; the flag tells in any case. */
const struct i3_msg_row *i3_service_row(const struct isdn_msg *m)
{
	if (m->type != ISDN_MT_SERVICE && m->type != ISDN_MT_SERVICE_ACKNOWLEDGE)
		return NULL;
	if (m->discriminator == ISDN_PD_MAINTENANCE_NI)
		return &services[m->cr_flag];
	return &services[m->type == ISDN_MT_SERVICE_ACKNOWLEDGE];
}

static const struct i3_msg_row *row_of(const struct isdn_msg *m)
{
	return m->discriminator == ISDN_PD_Q931 ? of_type(m->type) : i3_service_row(m);
}

bool isdn_msg_is_service(const struct isdn_msg *m)
{
	return m->discriminator != ISDN_PD_Q931 && i3_service_row(m) == &services[0];
}

const char *isdn_msg_name(unsigned type)
{
	const struct i3_msg_row *row = of_type(type);

	return row ? row->name : "unknown message";
}

const char *isdn_msg_title(const struct isdn_msg *msg)
{
	const struct i3_msg_row *row = row_of(msg);

	return row ? row->name : "unknown message";
}
