/* SPDX-License-Identifier: BSD-2-Clause */
/* Names of faults, coding standards, locations and networks. No default in the switch: the compiler
 * reports a missing row. */
#include "q931/codec.h"

const struct i3_name i3_coding_names[] = {
	{ 0, "ITU-T" }, { 1, "ISO/IEC" }, { 2, "national" }, { 3, "network" }, { 0, NULL }
};

const struct i3_name i3_location_names[] = {
	{ ISDN_LOC_USER, "user" },
	{ ISDN_LOC_PRIVATE_LOCAL, "private network serving the local user" },
	{ ISDN_LOC_PUBLIC_LOCAL, "public network serving the local user" },
	{ ISDN_LOC_TRANSIT, "transit network" },
	{ ISDN_LOC_PUBLIC_REMOTE, "public network serving the remote user" },
	{ ISDN_LOC_PRIVATE_REMOTE, "private network serving the remote user" },
	{ ISDN_LOC_INTERNATIONAL, "international network" },
	{ ISDN_LOC_BEYOND_INTERWORKING, "network beyond interworking point" },
	{ 0, NULL }
};

const struct i3_name i3_network_types[] = { { 0, "user specified" },
					    { 2, "national network" },
					    { 3, "international network" },
					    { 0, NULL } };

const struct i3_name i3_network_plans[] = { { 0, "unknown" },
					    { 1, "carrier identification code" },
					    { 3, "data network identification code" },
					    { 0, NULL } };

const char *isdn_location_name(unsigned location)
{
	const char *name = i3_name(i3_location_names, location);

	return name ? name : "reserved";
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
	case ISDN_FAULT_CODESET_ORDER:
		return "locking shift to a codeset that is not higher (4.5.3)";
	case ISDN_FAULT_IE_OUT_OF_SEQUENCE:
		return "information element out of sequence (5.8.5.1)";
	case ISDN_FAULT_IE_DUPLICATED:
		return "information element duplicated (5.8.5.2)";
	case ISDN_FAULT_MANDATORY_MISSING:
		return "mandatory information element missing (5.8.6.1)";
	case ISDN_FAULT_MANDATORY_CONTENT:
		return "mandatory information element content error (5.8.6.2)";
	case ISDN_FAULT_MANDATORY_LENGTH:
		return "mandatory information element length error (5.8.6.2)";
	case ISDN_FAULT_COMPREHENSION:
		return "unrecognized information element, comprehension required (5.8.7.1)";
	case ISDN_FAULT_IE_UNRECOGNIZED:
		return "unrecognized information element (5.8.7.1)";
	case ISDN_FAULT_OPTIONAL_CONTENT:
		return "information element content error (5.8.7.2)";
	case ISDN_FAULT_OPTIONAL_LENGTH:
		return "information element length error (5.8.7.2)";
	case ISDN_FAULT_IE_UNEXPECTED:
		return "unexpected information element (5.8.7.3)";
	case ISDN_FAULT_TOO_MANY:
		return "more elements than are kept";
	}
	return "unknown fault";
}
