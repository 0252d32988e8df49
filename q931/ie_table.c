/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The information elements, a row each: codeset, identifier, octets of
 * contents, how many are kept, where they are in struct isdn_msg. An element
 * that is in several codesets has further rows in also[]. max is that of the
 * Recommendation; what stands there as "network dependent" is 255.
 */
#include "q931/codec.h"

#define ONE(m)	offsetof(struct isdn_msg, m), sizeof(((struct isdn_msg *)0)->m)
#define MANY(m) offsetof(struct isdn_msg, m), sizeof(((struct isdn_msg *)0)->m[0])
#define NOWHERE 0, 0

/* clang-format off */
/* X(element, codeset, id, min, max, repeat, flags, member, functions, key, name, clause) */
#define ELEMENTS(X) \
X(SEGMENTED,		0, 0x00, 2,   2, 1, 0, ONE(segmented), segmented, "segmented_message", "Segmented message", "4.5.26") \
X(CHANGE_STATUS,	0, 0x01, 1,   1, 1, 0, ONE(change_status), change_status, "change_status", "Change status", "TR 41459") \
X(SENDING_COMPLETE,	0, 0xa1, 0,   0, 1, 0, NOWHERE, nothing, "sending_complete", "Sending complete", "4.5.27") \
X(CONGESTION_LEVEL,	0, 0xb0, 1,   1, 1, 0, ONE(congestion_level), congestion_level, "congestion_level", "Congestion level", "4.5.14") \
X(REPEAT_BEARER,	0, 0xd0, 1,   1, 1, 0, ONE(repeat_bearer), repeat, "repeat_indicator", "Repeat indicator", "4.5.24") \
X(BEARER,		0, 0x04, 2,  10, ISDN_BEARERS_MAX, 0, MANY(bearer), bearer, "bearer_capability", "Bearer capability", "4.5.5") \
X(CAUSE,		0, 0x08, 2,  30, ISDN_CAUSES_MAX, 0, MANY(cause), cause, "cause", "Cause", "4.5.12") \
X(CONNECTED_ADDRESS,	0, 0x0c, 1, 255, 1, 0, ONE(connected_address), calling, "connected_address", "Connected address", "Q.931 (1988)") \
X(EXTENDED_FACILITY,	0, 0x0d, 1, 255, 1, I3_ALSO | I3_KEEPS, ONE(extended_facility), facility, "extended_facility", "Extended facility", "Q.932 8.2.4") \
X(CALL_IDENTITY,	0, 0x10, 1,   8, 1, 0, ONE(call_identity), call_identity, "call_identity", "Call identity", "4.5.6") \
X(CALL_STATE,		0, 0x14, 1,   1, 1, 0, ONE(call_state), call_state, "call_state", "Call state", "4.5.7") \
X(CHANNEL_ID,		0, 0x18, 1,  34, ISDN_CHANNEL_IDS_MAX, 0, MANY(channel_id), channel_id, "channel_identification", "Channel identification", "4.5.13") \
X(FACILITY,		0, 0x1c, 1, 255, ISDN_FACILITIES_MAX, I3_ACCESS | I3_ALSO | I3_KEEPS, MANY(facility), facility, "facility", "Facility", "Q.932 8.2.3") \
X(PROGRESS,		0, 0x1e, 2,   2, ISDN_PROGRESS_MAX, 0, MANY(progress), progress, "progress_indicator", "Progress indicator", "4.5.23") \
X(NETWORK_FACILITIES,	0, 0x20, 1, 255, ISDN_NETWORK_FACILITIES_MAX, I3_KEEPS, MANY(network_facilities), network_facilities, "network_specific_facilities", "Network-specific facilities", "4.5.21") \
X(OLD_ENDPOINT_ID,	0, 0x26, 1, 255, 1, I3_KEEPS, ONE(old_endpoint_id), octets, "old_endpoint_identifier", "Endpoint identifier (old)", "before Q.932") \
X(NOTIFICATION,		0, 0x27, 1, 255, ISDN_NOTIFICATIONS_MAX, I3_KEEPS, MANY(notification), notification, "notification_indicator", "Notification indicator", "4.5.22") \
X(DISPLAY,		0, 0x28, 1,  80, ISDN_DISPLAYS_MAX, I3_ALSO, MANY(display), display, "display", "Display", "4.5.16") \
X(DATE_TIME,		0, 0x29, 3,   6, 1, 0, ONE(date_time), date_time, "date_time", "Date/time", "4.5.15") \
X(KEYPAD,		0, 0x2c, 1,  32, 1, 0, ONE(keypad), keypad, "keypad_facility", "Keypad facility", "4.5.18") \
X(CALL_STATUS,		0, 0x2d, 1, 255, 1, I3_KEEPS, ONE(call_status), octets, "call_status", "Call status (old)", "before Q.932") \
X(INFORMATION_REQUEST,	0, 0x32, 1, 255, 1, 0, ONE(information_request), information_request, "information_request", "Information request", "Q.932 8.2") \
X(SIGNAL,		0, 0x34, 1,   1, 1, 0, ONE(signal), signal, "signal", "Signal", "4.5.28") \
X(SWITCHHOOK,		0, 0x36, 1,   1, 1, 0, ONE(switchhook), switchhook, "switchhook", "Switchhook", "Q.932 8.2") \
X(FEATURE_ACTIVATION,	0, 0x38, 1,   2, 1, 0, ONE(feature_activation), feature_activation, "feature_activation", "Feature activation", "Q.932 8.2") \
X(FEATURE_INDICATION,	0, 0x39, 2,   3, 1, 0, ONE(feature_indication), feature_indication, "feature_indication", "Feature indication", "Q.932 8.2") \
X(SPID,			0, 0x3a, 1,  32, 1, 0, ONE(spid), spid, "service_profile_identification", "Service profile identification", "Q.932 8.2") \
X(ENDPOINT_ID,		0, 0x3b, 2,   2, 1, 0, ONE(endpoint_id), endpoint_id, "endpoint_identifier", "Endpoint identifier", "Q.932 8.2") \
X(INFORMATION_RATE,	0, 0x40, 4,   4, 1, 0, ONE(information_rate), information_rate, "information_rate", "Information rate", "4.6.3") \
X(TRANSIT_DELAY,	0, 0x42, 3,   9, 1, 0, ONE(transit_delay), transit_delay, "end_to_end_transit_delay", "End-to-end transit delay", "4.6.2") \
X(TRANSIT_DELAY_SELECTION, 0, 0x43, 3, 3, 1, 0, ONE(transit_delay_selection), transit_delay_selection, "transit_delay_selection", "Transit delay selection and indication", "4.6.9") \
X(PACKET_BINARY,	0, 0x44, 1,   1, 1, 0, ONE(packet_binary), packet_binary, "packet_layer_binary_parameters", "Packet layer binary parameters", "4.6.4") \
X(PACKET_WINDOW,	0, 0x45, 1,   2, 1, 0, ONE(packet_window), packet_window, "packet_layer_window_size", "Packet layer window size", "4.6.5") \
X(PACKET_SIZE,		0, 0x46, 1,   2, 1, 0, ONE(packet_size), packet_size, "packet_size", "Packet size", "4.6.6") \
X(CUG,			0, 0x47, 1,   5, 1, 0, ONE(cug), cug, "closed_user_group", "Closed user group", "4.6.1") \
X(REVERSE_CHARGING,	0, 0x4a, 1,   1, 1, 0, ONE(reverse_charging), reverse_charging, "reverse_charging", "Reverse charging indication", "4.6.8") \
X(CONNECTED,		0, 0x4c, 1, 255, 1, I3_ACCESS, ONE(connected), calling, "connected_number", "Connected number", "Q.951") \
X(CONNECTED_SUB,	0, 0x4d, 1,  21, 1, I3_ACCESS, ONE(connected_sub), subaddress, "connected_subaddress", "Connected subaddress", "Q.951") \
X(CALLING,		0, 0x6c, 1, 255, ISDN_CALLING_MAX, 0, MANY(calling), calling, "calling_party_number", "Calling party number", "4.5.10") \
X(CALLING_SUB,		0, 0x6d, 1,  21, 1, I3_ACCESS, ONE(calling_sub), subaddress, "calling_party_subaddress", "Calling party subaddress", "4.5.11") \
X(CALLED,		0, 0x70, 1, 255, 1, 0, ONE(called), called, "called_party_number", "Called party number", "4.5.8") \
X(CALLED_SUB,		0, 0x71, 1,  21, 1, I3_ACCESS, ONE(called_sub), subaddress, "called_party_subaddress", "Called party subaddress", "4.5.9") \
X(ORIGINAL_CALLED,	0, 0x73, 1, 255, 1, 0, ONE(original_called), redirecting, "original_called_number", "Original called number", "national") \
X(REDIRECTING,		0, 0x74, 1, 255, 1, 0, ONE(redirecting), redirecting, "redirecting_number", "Redirecting number", "Q.952") \
X(REDIRECTING_SUB,	0, 0x75, 1,  21, 1, I3_ACCESS, ONE(redirecting_sub), subaddress, "redirecting_subaddress", "Redirecting subaddress", "Q.952") \
X(REDIRECTION,		0, 0x76, 1, 255, 1, 0, ONE(redirection), calling, "redirection_number", "Redirection number", "Q.952") \
X(REDIRECTION_SUB,	0, 0x77, 1,  21, 1, I3_ACCESS, ONE(redirection_sub), subaddress, "redirection_subaddress", "Redirection subaddress", "Q.952") \
X(TRANSIT_NETWORK,	0, 0x78, 1, 255, ISDN_TRANSIT_NETWORKS_MAX, 0, MANY(transit_network), transit_network, "transit_network_selection", "Transit network selection", "4.5.29") \
X(RESTART,		0, 0x79, 1,   1, 1, 0, ONE(restart), restart, "restart_indicator", "Restart indicator", "4.5.25") \
X(USER_USER_FACILITY,	0, 0x7a, 1, 255, 1, I3_KEEPS, ONE(user_user_facility), octets, "user_user_facility", "User-user facility (old)", "AT&T") \
X(REPEAT_LLC,		0, 0xd0, 1,   1, 1, 0, ONE(repeat_llc), repeat, "repeat_indicator_llc", "Repeat indicator", "4.5.24") \
X(LLC,			0, 0x7c, 2,  16, ISDN_LLC_MAX, I3_ACCESS, MANY(llc), llc, "low_layer_compatibility", "Low layer compatibility", "4.5.19") \
X(HLC,			0, 0x7d, 2,   3, ISDN_HLC_MAX, I3_ACCESS, MANY(hlc), hlc, "high_layer_compatibility", "High layer compatibility", "4.5.17") \
X(MORE_DATA,		0, 0xa0, 0,   0, 1, 0, NOWHERE, nothing, "more_data", "More data", "4.5.20") \
X(USER_USER,		0, 0x7e, 1, ISDN_UUI_MAX + 1, 1, I3_ACCESS | I3_ALSO, ONE(uui), user_user, "user_user", "User-user", "4.5.30") \
X(ESCAPE,		0, 0x7f, 1, 255, 1, I3_KEEPS, ONE(escape), octets, "escape", "Escape for extension", "4.5.1") \
X(TRANSIT_COUNTER,	4, 0x31, 1,   1, 1, 0, ONE(transit_counter), transit_counter, "transit_counter", "Transit counter", "ECMA-225") \
X(PARTY_CATEGORY,	4, 0x32, 1,   1, 1, I3_ALSO, ONE(party_category), party_category, "party_category", "Party category", "ECMA-143") \
X(ORIGINATING_LINE,	6, 0x01, 1,   1, 1, 0, ONE(originating_line), originating_line, "originating_line_information", "Originating line information", "TR 41459") \
X(GENERIC_DIGITS,	6, 0x37, 1, 255, 1, I3_KEEPS, ONE(generic_digits), generic_digits, "generic_digits", "Generic digits", "national")

#define ROW(element, codeset, id, min, max, repeat, flags, member, fn, key, name, clause) \
	[ISDN_IE_##element] = { codeset, id, min, max, repeat, flags, member, name, key, clause, \
				i3_##fn##_decode, i3_##fn##_encode, i3_##fn##_fields },

const struct i3_ie i3_ies[ISDN_IE_COUNT] = { ELEMENTS(ROW) };

#define OTHER(element, codeset, id, min, max, repeat, flags, ...) \
	| ((codeset) || ((flags)&I3_ALSO) ? UINT64_C(1) << ISDN_IE_##element : 0)

const uint64_t i3_not_of_0 = 0 ELEMENTS(OTHER);
/* clang-format on */

static const struct {
	uint8_t codeset, id, ie;
} also[] = {
	{ 5, 0x32, ISDN_IE_PARTY_CATEGORY },
	{ 6, 0x1c, ISDN_IE_FACILITY },
	{ 6, 0x28, ISDN_IE_DISPLAY },
	{ 7, 0x7e, ISDN_IE_USER_USER },
};

/* Element by identifier and codeset, plus one; of codeset 0 those of variable length. */
#define OF_ID(element, codeset, id, ...)                                                           \
	[(codeset) == 0 && (id) < 0x80 ? (id) : 0x80 + ISDN_IE_##element] = ISDN_IE_##element + 1,
const uint8_t i3_by_id[0x80 + ISDN_IE_COUNT] = { ELEMENTS(OF_ID) };

static enum isdn_ie single(unsigned id)
{
	switch (id & 0xf0) {
	case 0xa0:
		return id == 0xa1   ? ISDN_IE_SENDING_COMPLETE
		       : id == 0xa0 ? ISDN_IE_MORE_DATA
				    : ISDN_IE_COUNT;
	case 0xb0:
		return ISDN_IE_CONGESTION_LEVEL;
	case 0xd0:
		return ISDN_IE_REPEAT_BEARER;
	default:
		return ISDN_IE_COUNT;
	}
}

enum isdn_ie isdn_ie_of(unsigned codeset, unsigned id)
{
	if (codeset > 7 || id > 0xff)
		return ISDN_IE_COUNT;
	if (codeset == 0)
		return id & 0x80 ? single(id) : (enum isdn_ie)i3_of_id(id);
	for (unsigned i = 0; i < sizeof(also) / sizeof(also[0]); i++)
		if (also[i].codeset == codeset && also[i].id == id)
			return (enum isdn_ie)also[i].ie;
	for (unsigned i = ISDN_IE_TRANSIT_COUNTER; i < ISDN_IE_COUNT; i++)
		if (i3_ies[i].codeset == codeset && i3_ies[i].id == id)
			return (enum isdn_ie)i;
	return ISDN_IE_COUNT;
}

const char *isdn_ie_name(enum isdn_ie ie)
{
	return (unsigned)ie < ISDN_IE_COUNT ? i3_ies[ie].name : "unknown element";
}
