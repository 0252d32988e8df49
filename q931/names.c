/* SPDX-License-Identifier: BSD-2-Clause */
/* Names of elements and faults. No default in the switches: the compiler reports a missing row. */
#include <isdn/msg.h>

const char *isdn_ie_name(enum isdn_ie ie)
{
	switch (ie) {
	case ISDN_IE_BEARER:
		return "Bearer capability";
	case ISDN_IE_CAUSE:
		return "Cause";
	case ISDN_IE_CALL_STATE:
		return "Call state";
	case ISDN_IE_CHANNEL_ID:
		return "Channel identification";
	case ISDN_IE_PROGRESS:
		return "Progress indicator";
	case ISDN_IE_DISPLAY:
		return "Display";
	case ISDN_IE_CALLING:
		return "Calling party number";
	case ISDN_IE_CALLED:
		return "Called party number";
	case ISDN_IE_USER_USER:
		return "User-user";
	case ISDN_IE_MORE_DATA:
		return "More data";
	case ISDN_IE_SENDING_COMPLETE:
		return "Sending complete";
	case ISDN_IE_COUNT:
		break;
	}
	return "unknown element";
}

const char *isdn_fault_name(enum isdn_fault_kind kind)
{
	switch (kind) {
	case ISDN_FAULT_DISCRIMINATOR:
		return "protocol discriminator (5.8.1)";
	case ISDN_FAULT_TOO_SHORT:
		return "message too short (5.8.2)";
	case ISDN_FAULT_CALLREF_FORMAT:
		return "call reference format (5.8.3.1)";
	case ISDN_FAULT_MESSAGE_TYPE:
		return "message type unknown (5.8.4)";
	case ISDN_FAULT_IE_OUT_OF_SEQUENCE:
		return "information element out of sequence (5.8.5.1)";
	case ISDN_FAULT_IE_DUPLICATED:
		return "information element duplicated (5.8.5.2)";
	case ISDN_FAULT_MANDATORY_MISSING:
		return "mandatory information element missing (5.8.6.1)";
	case ISDN_FAULT_MANDATORY_CONTENT:
		return "mandatory information element content error (5.8.6.2)";
	case ISDN_FAULT_COMPREHENSION:
		return "unrecognized information element, comprehension required (5.8.7.1)";
	case ISDN_FAULT_IE_UNRECOGNIZED:
		return "unrecognized information element (5.8.7.1)";
	case ISDN_FAULT_OPTIONAL_CONTENT:
		return "information element content error (5.8.7.2)";
	case ISDN_FAULT_IE_UNEXPECTED:
		return "unexpected information element (5.8.7.3)";
	}
	return "unknown fault";
}
