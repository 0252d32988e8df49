/* SPDX-License-Identifier: BSD-2-Clause */
/* Causes of Q.850 as disconnect modes: a row a mode, other values by their class. */
#include "lib/registry.h"

#define M(mode) ISDN_DISCONNECT_##mode

/* clang-format off */
static const struct {
	uint32_t mode;
	uint8_t causes[12]; /* ended by 0 */
} rows[] = {
	{ M(NORMAL),	    { 16, 31 } },
	{ M(REJECT),	    { 21 } },
	{ M(PICKUP),	    { 26 } },
	{ M(FORWARDED),	    { 23 } },
	{ M(BUSY),	    { 17 } },
	{ M(NOANSWER),	    { 18, 19 } },
	{ M(BADADDRESS),    { 1, 5, 28 } },
	{ M(UNREACHABLE),   { 2, 3, 4, 20, 25, 91 } },
	{ M(CONGESTION),    { 34, 42, 44, 46, 47 } },
	{ M(INCOMPATIBLE),  { 29, 50, 58, 63, 65, 66, 69, 70, 79, 88 } },
	{ M(NUMBERCHANGED), { 22 } },
	{ M(OUTOFORDER),    { 27 } },
	{ M(TEMPFAILURE),   { 6, 8, 9, 38, 41, 43, 102 } },
	{ M(QOSUNAVAIL),    { 49 } },
	{ M(BLOCKED),	    { 24, 52, 53, 54, 55, 57, 62, 87, 90 } },
};

/* By class, bits 7 to 5 of the cause (Q.850 2.2.5). */
static const uint32_t by_class[8] = {
	M(UNAVAIL),	 /* 000 normal event */
	M(UNAVAIL),	 /* 001 normal event */
	M(CONGESTION),	 /* 010 resource unavailable */
	M(INCOMPATIBLE), /* 011 service not available */
	M(INCOMPATIBLE), /* 100 service not implemented */
	M(UNAVAIL),	 /* 101 invalid message */
	M(UNAVAIL),	 /* 110 protocol error */
	M(UNAVAIL),	 /* 111 interworking */
};
/* clang-format on */

uint32_t ir_disconnect_mode(uint8_t cause, bool offered)
{
	if (cause == ISDN_CAUSE_NORMAL_CALL_CLEARING && offered)
		return M(CANCELLED); /* the originator gave up before the answer */
	for (size_t i = 0; cause && i < sizeof(rows) / sizeof(rows[0]); i++)
		for (const uint8_t *c = rows[i].causes; *c; c++)
			if (*c == cause)
				return rows[i].mode;
	return by_class[(cause >> 4) & 7];
}
