/* SPDX-License-Identifier: BSD-2-Clause */
/* Names of causes and locations, Q.850 2.2.3 and 2.2.5. */
#include <isdn/cause.h>

static const char *const causes[128] = {
	[ISDN_CAUSE_NONE] = "no cause",
	[1] = "unallocated number",
	[2] = "no route to specified transit network",
	[3] = "no route to destination",
	[4] = "send special information tone",
	[5] = "misdialled trunk prefix",
	[6] = "channel unacceptable",
	[7] = "call awarded and being delivered in an established channel",
	[8] = "preemption",
	[9] = "preemption, circuit reserved for reuse",
	[14] = "ported number",
	[16] = "normal call clearing",
	[17] = "user busy",
	[18] = "no user responding",
	[19] = "no answer from user (user alerted)",
	[20] = "subscriber absent",
	[21] = "call rejected",
	[22] = "number changed",
	[23] = "redirection to new destination",
	[25] = "exchange routing error",
	[26] = "non-selected user clearing",
	[27] = "destination out of order",
	[28] = "invalid number format (address incomplete)",
	[29] = "facility rejected",
	[30] = "response to STATUS ENQUIRY",
	[31] = "normal, unspecified",
	[34] = "no circuit/channel available",
	[38] = "network out of order",
	[39] = "permanent frame mode connection out of service",
	[40] = "permanent frame mode connection operational",
	[41] = "temporary failure",
	[42] = "switching equipment congestion",
	[43] = "access information discarded",
	[44] = "requested circuit/channel not available",
	[46] = "precedence call blocked",
	[47] = "resource unavailable, unspecified",
	[49] = "quality of service not available",
	[50] = "requested facility not subscribed",
	[53] = "outgoing calls barred within CUG",
	[55] = "incoming calls barred within CUG",
	[57] = "bearer capability not authorized",
	[58] = "bearer capability not presently available",
	[62] = "inconsistency in outgoing access information and subscriber class",
	[63] = "service or option not available, unspecified",
	[65] = "bearer capability not implemented",
	[66] = "channel type not implemented",
	[69] = "requested facility not implemented",
	[70] = "only restricted digital information bearer capability is available",
	[79] = "service or option not implemented, unspecified",
	[81] = "invalid call reference value",
	[82] = "identified channel does not exist",
	[83] = "a suspended call exists, but this call identity does not",
	[84] = "call identity in use",
	[85] = "no call suspended",
	[86] = "call having the requested call identity has been cleared",
	[87] = "user not member of CUG",
	[88] = "incompatible destination",
	[90] = "non-existent CUG",
	[91] = "invalid transit network selection",
	[95] = "invalid message, unspecified",
	[96] = "mandatory information element is missing",
	[97] = "message type non-existent or not implemented",
	[98] = "message not compatible with call state or not implemented",
	[99] = "information element non-existent or not implemented",
	[100] = "invalid information element contents",
	[101] = "message not compatible with call state",
	[102] = "recovery on timer expiry",
	[103] = "parameter non-existent or not implemented, passed on",
	[110] = "message with unrecognized parameter, discarded",
	[111] = "protocol error, unspecified",
	[127] = "interworking, unspecified",
};

/* The unspecified cause of each class, for values that are not assigned (Q.850 2.2.5). */
static const unsigned char unspecified[8] = { 31, 31, 47, 63, 79, 95, 111, 127 };

const char *isdn_cause_name(unsigned cause)
{
	if (cause > 127)
		return "invalid cause";
	return causes[cause] ? causes[cause] : causes[unspecified[cause >> 4]];
}

const char *isdn_location_name(unsigned location)
{
	static const char *const names[] = {
		[ISDN_LOC_USER] = "user",
		[ISDN_LOC_PRIVATE_LOCAL] = "private network serving the local user",
		[ISDN_LOC_PUBLIC_LOCAL] = "public network serving the local user",
		[ISDN_LOC_TRANSIT] = "transit network",
		[ISDN_LOC_PUBLIC_REMOTE] = "public network serving the remote user",
		[ISDN_LOC_PRIVATE_REMOTE] = "private network serving the remote user",
		[ISDN_LOC_INTERNATIONAL] = "international network",
		[ISDN_LOC_BEYOND_INTERWORKING] = "network beyond interworking point",
	};

	if (location >= sizeof(names) / sizeof(names[0]) || !names[location])
		return "reserved";
	return names[location];
}
