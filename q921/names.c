/* SPDX-License-Identifier: BSD-2-Clause */
/* Frames (Q.921 3.6) and MDL-ERROR indications (Appendix II) in words. */
#include <isdn/link.h>

const char *isdn_frame_name(enum isdn_frame_type type)
{
	static const char *const names[ISDN_FRAME_TYPES] = {
		"I", "RR", "RNR", "REJ", "SABME", "DISC", "UA", "DM", "UI", "FRMR", "XID",
	};

	return (unsigned)type < ISDN_FRAME_TYPES ? names[type] : "?";
}

const char *isdn_mdl_error_name(char letter)
{
	static const char *const names[ISDN_MDL_ERRORS] = {
		"supervisory response with F that was not asked for",
		"DM with F that was not asked for",
		"UA with F that was not asked for",
		"UA without F",
		"DM without F: the peer asks for a new start",
		"SABME: the peer starts anew",
		"SABME not answered, N200 times",
		"DISC not answered, N200 times",
		"enquiry not answered, N200 times",
		"N(R) in error",
		"FRMR received",
		"control field not known",
		"information field not permitted",
		"frame of wrong length",
		"information field longer than N201",
	};

	return letter >= 'A' && letter < 'A' + ISDN_MDL_ERRORS ? names[letter - 'A'] : "?";
}
