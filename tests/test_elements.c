/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Each information element: octets, and what they say as text, by the clause
 * that codes them. They encode to the same octets again; cut at each length
 * they are read within their bounds and kept as they are.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "q931/codec.h"
#include "tests/helper.h"

/* A message type that nobody has: no element is unexpected in it. */
#define HEADER 5
static const uint8_t header[HEADER] = { 8, 2, 0, 1, 0x3e };

/* clang-format off */
static const struct row {
	enum isdn_ie ie;
	const char *hex, *text;
} rows[] = {
	{ ISDN_IE_SEGMENTED, "00 02 81 05",
	  "Segmented message: first, remaining 1, type 5" },
	{ ISDN_IE_CHANGE_STATUS, "01 01 c2",
	  "Change status: channel, status out of service (2)" },
	{ ISDN_IE_SENDING_COMPLETE, "a1",
	  "Sending complete" },
	{ ISDN_IE_CONGESTION_LEVEL, "bf",
	  "Congestion level: receiver not ready (15)" },
	{ ISDN_IE_REPEAT_BEARER, "d2",
	  "Repeat indicator: prioritized list (2)" },
	{ ISDN_IE_BEARER, "04 03 80 90 a3",
	  "Bearer capability: capability speech (0), mode circuit (0), rate 64 kbit/s (16), layer 1 G.711 A-law (3)" },
	{ ISDN_IE_BEARER, "04 02 88 90",
	  "Bearer capability: capability unrestricted digital information (8), mode circuit (0), rate 64 kbit/s (16)" },
	{ ISDN_IE_BEARER, "04 03 88 98 86",
	  "Bearer capability: capability unrestricted digital information (8), mode circuit (0), rate multirate (24), multiplier 6" },
	{ ISDN_IE_BEARER, "04 04 88 90 21 8f",
	  "Bearer capability: capability unrestricted digital information (8), mode circuit (0), rate 64 kbit/s (16), layer 1 V.110, I.460 and X.30 (1), user rate 56 kbit/s (15)" },
	{ ISDN_IE_BEARER, "04 07 88 90 21 48 50 5b d1",
	  "Bearer capability: capability unrestricted digital information (8), mode circuit (0), rate 64 kbit/s (16), layer 1 V.110, I.460 and X.30 (1), asynchronous, user rate 9.6 kbit/s (8), intermediate rate 16 kbit/s (2), nic tx, stop bits 1.5 (2), data bits 8 (3), parity none (3), duplex, modem V.21 (17)" },
	{ ISDN_IE_BEARER, "04 07 88 90 28 48 7e 5b 91",
	  "Bearer capability: capability unrestricted digital information (8), mode circuit (0), rate 64 kbit/s (16), layer 1 V.120 (8), asynchronous, user rate 9.6 kbit/s (8), header, multiframe, sensitive, lli negotiation, assignor, inband lli, stop bits 1.5 (2), data bits 8 (3), parity none (3), modem V.21 (17)" },
	{ ISDN_IE_BEARER, "04 04 88 c0 c6 e6",
	  "Bearer capability: capability unrestricted digital information (8), mode packet (2), rate packet mode (0), layer 2 X.25, link layer (6), layer 3 X.25, packet layer (6)" },
	{ ISDN_IE_BEARER, "04 02 a8 80",
	  "Bearer capability: coding ISO/IEC (1), capability unrestricted digital information (8), mode circuit (0), rate packet mode (0)" },
	{ ISDN_IE_BEARER, "04 04 88 10 80 a3",
	  "Bearer capability: capability unrestricted digital information (8), mode circuit (0), rate 64 kbit/s (16), layer 1 G.711 A-law (3)" },
	{ ISDN_IE_CAUSE, "08 02 80 90",
	  "Cause: location user (0), normal call clearing (16)" },
	{ ISDN_IE_CAUSE, "08 03 00 84 90",
	  "Cause: location user (0), recommendation 4, normal call clearing (16)" },
	{ ISDN_IE_CAUSE, "08 02 aa ff",
	  "Cause: coding ISO/IEC (1), location network beyond interworking point (10), interworking, unspecified (127)" },
	{ ISDN_IE_CAUSE, "08 03 82 81 81",
	  "Cause: location public network serving the local user (2), unallocated number (1), diagnostic permanent" },
	{ ISDN_IE_CAUSE, "08 03 82 91 81",
	  "Cause: location public network serving the local user (2), user busy (17), diagnostic CCBS possible" },
	{ ISDN_IE_CAUSE, "08 04 80 95 85 6c",
	  "Cause: location user (0), call rejected (21), diagnostic element missing, permanent, Calling party number" },
	{ ISDN_IE_CAUSE, "08 05 82 96 31 32 33",
	  "Cause: location public network serving the local user (2), number changed (22), diagnostic new destination 123" },
	{ ISDN_IE_CAUSE, "08 07 82 96 70 03 81 31 32",
	  "Cause: location public network serving the local user (2), number changed (22), diagnostic new destination 12" },
	{ ISDN_IE_CAUSE, "08 05 80 e3 5f 95 32",
	  "Cause: location user (0), information element non-existent or not implemented (99), diagnostic element 5f and codeset 5 Party category" },
	{ ISDN_IE_CAUSE, "08 03 80 e1 3f",
	  "Cause: location user (0), message type non-existent or not implemented (97), diagnostic unknown message (3f)" },
	{ ISDN_IE_CAUSE, "08 05 80 e6 33 30 38",
	  "Cause: location user (0), recovery on timer expiry (102), diagnostic T308" },
	{ ISDN_IE_CAUSE, "08 03 80 e4 18",
	  "Cause: location user (0), invalid information element contents (100), diagnostic Channel identification" },
	{ ISDN_IE_CAUSE, "08 03 80 b2 88",
	  "Cause: location user (0), requested facility not subscribed (50), diagnostic 88" },
	{ ISDN_IE_CONNECTED_ADDRESS, "0c 04 a1 31 32 33",
	  "Connected address: type national (2), plan E.164 (1), \"123\"" },
	{ ISDN_IE_OLD_ENDPOINT_ID, "26 02 85 81",
	  "Endpoint identifier (old): 8581" },
	{ ISDN_IE_CALL_STATUS, "2d 01 81",
	  "Call status (old): 81" },
	{ ISDN_IE_USER_USER_FACILITY, "7a 02 01 02",
	  "User-user facility (old): 0102" },
	{ ISDN_IE_EXTENDED_FACILITY, "0d 09 91 a1 06 02 01 01 02 01 04",
	  "Extended facility: profile remote operations (17), invoke 1 begin3PTY (4)" },
	{ ISDN_IE_CALL_IDENTITY, "10 02 31 32",
	  "Call identity: identity 3132 \"12\"" },
	{ ISDN_IE_CALL_STATE, "14 01 0a",
	  "Call state: state active (10)" },
	{ ISDN_IE_CALL_STATE, "14 01 3d",
	  "Call state: state restart request (61)" },
	{ ISDN_IE_CHANNEL_ID, "18 01 89",
	  "Channel identification: exclusive, select B1 (1)" },
	{ ISDN_IE_CHANNEL_ID, "18 01 83",
	  "Channel identification: select any channel (3)" },
	{ ISDN_IE_CHANNEL_ID, "18 01 ac",
	  "Channel identification: primary, exclusive, d channel, select no channel (0)" },
	{ ISDN_IE_CHANNEL_ID, "18 03 a9 83 85",
	  "Channel identification: primary, exclusive, select as indicated (1), type B-channel (3), channels 5" },
	{ ISDN_IE_CHANNEL_ID, "18 04 e9 81 83 85",
	  "Channel identification: primary, exclusive, select as indicated (1), interface id 1, type B-channel (3), channels 5" },
	{ ISDN_IE_CHANNEL_ID, "18 05 a9 83 01 02 83",
	  "Channel identification: primary, exclusive, select as indicated (1), type B-channel (3), channels 1 2 3" },
	{ ISDN_IE_CHANNEL_ID, "18 06 a9 93 00 00 00 02",
	  "Channel identification: primary, exclusive, select as indicated (1), map, type B-channel (3), channels 0 0 0 2" },
	{ ISDN_IE_FACILITY, "1c 09 91 a1 06 02 01 01 02 01 04",
	  "Facility: profile remote operations (17), invoke 1 begin3PTY (4)" },
	{ ISDN_IE_FACILITY, "1c 11 91 a1 0e 02 01 01 02 01 01 30 06 81 01 01 82 01 01",
	  "Facility: profile remote operations (17), invoke 1 userUserService (1) 3006810101820101" },
	{ ISDN_IE_FACILITY, "1c 0d 91 a2 0a 02 01 07 30 05 02 01 01 05 00",
	  "Facility: profile remote operations (17), return result 7 userUserService (1) 0500" },
	{ ISDN_IE_FACILITY, "1c 09 91 a3 06 02 01 07 02 01 01",
	  "Facility: profile remote operations (17), return error 7 rejectedByNetwork (1)" },
	{ ISDN_IE_FACILITY, "1c 09 91 a4 06 02 01 07 81 01 01",
	  "Facility: profile remote operations (17), reject 7 invoke problem 1" },
	{ ISDN_IE_FACILITY, "1c 14 9f aa 06 80 01 00 82 01 00 8b 01 00 a1 06 02 01 01 02 01 00",
	  "Facility: profile networking extensions (31), source endPINX (0), destination endPINX (0), nfe 800100820100, interpretation discard any unrecognized invoke (0), invoke 1 callingName (0)" },
	{ ISDN_IE_FACILITY, "1c 11 91 a1 0e 02 01 02 06 06 04 00 82 71 01 01 02 01 07",
	  "Facility: profile remote operations (17), invoke 2 0.4.0.369.1.1 020107" },
	{ ISDN_IE_PROGRESS, "1e 02 82 88",
	  "Progress indicator: location public network serving the local user (2), description in-band information or pattern available (8)" },
	{ ISDN_IE_NETWORK_FACILITIES, "20 02 00 e3",
	  "Network-specific facilities: \"\", facility e3" },
	{ ISDN_IE_NETWORK_FACILITIES, "20 06 04 a1 32 38 38 e3",
	  "Network-specific facilities: id type national network (2), id plan carrier identification code (1), \"288\", facility e3" },
	{ ISDN_IE_NOTIFICATION, "27 01 f9",
	  "Notification indicator: description remote hold (121)" },
	{ ISDN_IE_NOTIFICATION, "27 04 83 30 01 00",
	  "Notification indicator: description discriminator for extension (3), data 300100" },
	{ ISDN_IE_DISPLAY, "28 03 42 6f 62",
	  "Display: \"Bob\"" },
	{ ISDN_IE_DATE_TIME, "29 05 19 06 01 0c 1e",
	  "Date/time: year 25, month 6, day 1, hour 12, minute 30" },
	{ ISDN_IE_KEYPAD, "2c 04 2a 32 31 23",
	  "Keypad facility: \"*21#\"" },
	{ ISDN_IE_INFORMATION_REQUEST, "32 01 81",
	  "Information request: type authorization code (1)" },
	{ ISDN_IE_SIGNAL, "34 01 07",
	  "Signal: call waiting tone on (7)" },
	{ ISDN_IE_SWITCHHOOK, "36 01 81",
	  "Switchhook: off-hook (1)" },
	{ ISDN_IE_FEATURE_ACTIVATION, "38 01 85",
	  "Feature activation: id 5" },
	{ ISDN_IE_FEATURE_ACTIVATION, "38 02 01 85",
	  "Feature activation: extended, id 133" },
	{ ISDN_IE_FEATURE_INDICATION, "39 02 85 81",
	  "Feature indication: id 5, status activated (1)" },
	{ ISDN_IE_SPID, "3a 03 30 31 32",
	  "Service profile identification: \"012\"" },
	{ ISDN_IE_ENDPOINT_ID, "3b 02 85 81",
	  "Endpoint identifier: usid 5, tid 1" },
	{ ISDN_IE_INFORMATION_RATE, "40 04 0d 0d 0b 8b",
	  "Information rate: incoming 64000 bit/s (13), outgoing 64000 bit/s (13), minimum incoming 19200 bit/s (11), minimum outgoing 19200 bit/s (11)" },
	{ ISDN_IE_TRANSIT_DELAY, "42 03 00 00 e4",
	  "End-to-end transit delay: cumulative 100" },
	{ ISDN_IE_TRANSIT_DELAY, "42 09 00 00 e4 01 00 80 03 7f ff",
	  "End-to-end transit delay: cumulative 100, requested 16384, maximum 65535" },
	{ ISDN_IE_TRANSIT_DELAY_SELECTION, "43 03 00 01 80",
	  "Transit delay selection and indication: 128" },
	{ ISDN_IE_PACKET_BINARY, "44 01 97",
	  "Packet layer binary parameters: fast select requested, no restriction of response (2), expedited, confirmation, modulus 128" },
	{ ISDN_IE_PACKET_WINDOW, "45 02 82 87",
	  "Packet layer window size: forward 2, backward 7" },
	{ ISDN_IE_PACKET_SIZE, "46 02 87 88",
	  "Packet size: forward 7, backward 8" },
	{ ISDN_IE_CUG, "47 03 81 31 32",
	  "Closed user group: indication closed user group selection (1), \"12\"" },
	{ ISDN_IE_REVERSE_CHARGING, "4a 01 81",
	  "Reverse charging indication: requested (1)" },
	{ ISDN_IE_CONNECTED, "4c 05 21 83 31 32 33",
	  "Connected number: type national (2), plan E.164 (1), presentation allowed (0), screening network provided (3), \"123\"" },
	{ ISDN_IE_CONNECTED_SUB, "4d 05 80 50 31 32 33",
	  "Connected subaddress: type NSAP (0), data 50313233 \"P123\"" },
	{ ISDN_IE_CALLING, "6c 05 21 81 31 32 33",
	  "Calling party number: type national (2), plan E.164 (1), presentation allowed (0), screening user-provided, verified and passed (1), \"123\"" },
	{ ISDN_IE_CALLING, "6c 02 00 a3",
	  "Calling party number: type unknown (0), plan unknown (0), presentation restricted (1), screening network provided (3), \"\"" },
	{ ISDN_IE_CALLING_SUB, "6d 04 a8 12 34 50",
	  "Calling party subaddress: type user specified (2), odd, data 123450" },
	{ ISDN_IE_CALLED, "70 04 a1 31 32 33",
	  "Called party number: type national (2), plan E.164 (1), \"123\"" },
	{ ISDN_IE_CALLED_SUB, "71 05 80 50 31 32 33",
	  "Called party subaddress: type NSAP (0), data 50313233 \"P123\"" },
	{ ISDN_IE_ORIGINAL_CALLED, "73 05 21 00 8f 31 32",
	  "Original called number: type national (2), plan E.164 (1), presentation allowed (0), screening user-provided, not screened (0), reason call forwarding unconditional (15), \"12\"" },
	{ ISDN_IE_REDIRECTING, "74 05 21 00 8f 31 32",
	  "Redirecting number: type national (2), plan E.164 (1), presentation allowed (0), screening user-provided, not screened (0), reason call forwarding unconditional (15), \"12\"" },
	{ ISDN_IE_REDIRECTING_SUB, "75 03 80 50 31",
	  "Redirecting subaddress: type NSAP (0), data 5031 \"P1\"" },
	{ ISDN_IE_REDIRECTION, "76 04 21 80 33 30",
	  "Redirection number: type national (2), plan E.164 (1), presentation allowed (0), screening user-provided, not screened (0), \"30\"" },
	{ ISDN_IE_REDIRECTION_SUB, "77 03 80 50 31",
	  "Redirection subaddress: type NSAP (0), data 5031 \"P1\"" },
	{ ISDN_IE_TRANSIT_NETWORK, "78 04 a1 32 38 38",
	  "Transit network selection: type national network (2), plan carrier identification code (1), \"288\"" },
	{ ISDN_IE_RESTART, "79 01 87",
	  "Restart indicator: all interfaces (7)" },
	{ ISDN_IE_REPEAT_LLC, "d2 7c 02 88 90",
	  "Repeat indicator: prioritized list (2)\nLow layer compatibility: capability unrestricted digital information (8), mode circuit (0), rate 64 kbit/s (16)" },
	{ ISDN_IE_LLC, "7c 03 08 c0 90",
	  "Low layer compatibility: capability unrestricted digital information (8), negotiation, mode circuit (0), rate 64 kbit/s (16)" },
	{ ISDN_IE_LLC, "7c 05 88 90 28 6f 80",
	  "Low layer compatibility: capability unrestricted digital information (8), mode circuit (0), rate 64 kbit/s (16), layer 1 V.120 (8), asynchronous, inband, user rate 56 kbit/s (15)" },
	{ ISDN_IE_LLC, "7c 09 88 c0 46 40 87 66 40 07 82",
	  "Low layer compatibility: capability unrestricted digital information (8), mode packet (2), rate packet mode (0), layer 2 X.25, link layer (6), layer 2 mode extended (2), layer 2 q933 0, layer 2 window 7, layer 3 X.25, packet layer (6), layer 3 mode extended (2), packet size 7, packet window 2" },
	{ ISDN_IE_LLC, "7c 07 88 90 a3 6b 0c 8c cb",
	  "Low layer compatibility: capability unrestricted digital information (8), mode circuit (0), rate 64 kbit/s (16), layer 1 G.711 A-law (3), layer 3 ISO TR 9577 (11), layer 3 id 204" },
	{ ISDN_IE_HLC, "7d 02 91 81",
	  "High layer compatibility: interpretation 4, presentation 1, characteristics telephony (1)" },
	{ ISDN_IE_HLC, "7d 03 91 60 81",
	  "High layer compatibility: interpretation 4, presentation 1, characteristics videotelephony (96), extended capability set of initial channel of H.221 (1)" },
	{ ISDN_IE_MORE_DATA, "a0",
	  "More data" },
	{ ISDN_IE_USER_USER, "7e 06 04 48 65 6c 6c 6f",
	  "User-user: discriminator IA5 text (4), data 48656c6c6f \"Hello\"" },
	{ ISDN_IE_USER_USER, "97 7e 04 04 41 42 43",
	  "codeset 7 User-user: discriminator IA5 text (4), data 414243 \"ABC\"" },
	{ ISDN_IE_ESCAPE, "7f 03 05 01 02",
	  "Escape for extension: 050102" },
	{ ISDN_IE_TRANSIT_COUNTER, "9c 31 01 85",
	  "codeset 4 Transit counter: 5" },
	{ ISDN_IE_PARTY_CATEGORY, "95 32 01 02",
	  "codeset 5 Party category: category operator (2)" },
	{ ISDN_IE_PARTY_CATEGORY, "9c 32 01 01",
	  "codeset 4 Party category: category extension (1)" },
	{ ISDN_IE_ORIGINATING_LINE, "96 01 01 00",
	  "codeset 6 Originating line information: plain old telephone service (0)" },
	{ ISDN_IE_GENERIC_DIGITS, "96 37 03 04 30 31",
	  "codeset 6 Generic digits: encoding 0, type 4, digits 3031 \"01\"" },
	{ ISDN_IE_DISPLAY, "9e 28 03 41 42 43",
	  "codeset 6 Display: \"ABC\"" },
};
/* clang-format on */

#define N_ROWS (sizeof(rows) / sizeof(rows[0]))

static struct isdn_msg msg;
static struct isdn_faults faults;

static int decode(const uint8_t *octets, size_t len)
{
	uint8_t *exact = malloc(len);
	int err;

	memcpy(exact, octets, len);
	err = isdn_msg_decode(ISDN_VARIANT_Q931, ISDN_USER_TO_NETWORK, exact, len, &msg, &faults);
	free(exact);
	return err;
}

/* What was decoded encodes to the same, unless the message was broken off. */
static void same_again(const uint8_t *octets, size_t len)
{
	uint8_t again[400];
	size_t n;

	if (msg.cut)
		return;
	assert_int_equal(isdn_msg_encode(ISDN_VARIANT_Q931, ISDN_USER_TO_NETWORK, &msg, again,
					 sizeof(again), &n),
			 0);
	assert_int_equal(n, len);
	assert_memory_equal(again, octets, len);
}

static size_t whole(const struct row *r, uint8_t *octets)
{
	memcpy(octets, header, HEADER);
	return HEADER + test_hex(r->hex, octets + HEADER, 300);
}

static void check_row(const struct row *r)
{
	uint8_t octets[400];
	size_t len = whole(r, octets);
	char text[2000], want[2000], *at = text;

	assert_int_equal(decode(octets, len), 0);
	assert_true(isdn_msg_has(&msg, r->ie));
	assert_int_equal(faults.n, 1); /* the message type */
	assert_int_equal(isdn_msg_print(&msg, NULL, text, sizeof(text), NULL), 0);
	at = strchr(text, '\n') + 1;
	snprintf(want, sizeof(want), "  %s\n", r->text);
	for (char *nl = strstr(want, "\n"); nl && nl[1]; nl = strstr(nl + 1, "\n"))
		if (nl[1] != '\0' && nl[1] != ' ') { /* a second element */
			memmove(nl + 3, nl + 1, strlen(nl + 1) + 1);
			nl[1] = nl[2] = ' ';
		}
	assert_string_equal(at, want);
	same_again(octets, len);
	assert_int_equal(isdn_msg_json(&msg, &faults, text, sizeof(text), NULL), 0);
}

/* The element with its contents cut, and the length octet made to fit. */
static void check_cut(const struct row *r)
{
	uint8_t octets[400];
	size_t len = whole(r, octets), shift = octets[HEADER] & 0x80;

	if (len < HEADER + 3 || (shift && (octets[HEADER] & 0xf0) != 0x90))
		return;
	for (size_t n = 0; n < len - HEADER - (shift ? 3 : 2); n++) {
		octets[HEADER + (shift ? 2 : 1)] = (uint8_t)n;
		assert_int_equal(decode(octets, HEADER + (shift ? 3 : 2) + n), 0);
		same_again(octets, HEADER + (shift ? 3 : 2) + n);
	}
}

/* Each octet of the contents as each of 256 values. */
static void check_bent(const struct row *r)
{
	uint8_t octets[400];
	size_t len = whole(r, octets);
	unsigned step = getenv("TEST_VALGRIND") ? 17 : 1;
	char text[4000];

	for (size_t i = HEADER; i < len; i++) {
		uint8_t was = octets[i];

		for (unsigned v = 0; v < 256; v += step) {
			octets[i] = (uint8_t)v;
			assert_int_equal(decode(octets, len), 0);
			same_again(octets, len);
			assert_int_equal(isdn_msg_print(&msg, &faults, text, sizeof(text), NULL),
					 0);
			assert_int_equal(isdn_msg_json(&msg, &faults, text, sizeof(text), NULL), 0);
		}
		octets[i] = was;
	}
}

static void check_element(void **state)
{
	const struct i3_ie *element = *state;
	unsigned n = 0;

	for (size_t i = 0; i < N_ROWS; i++)
		if (&i3_ies[rows[i].ie] == element) {
			check_row(&rows[i]);
			check_cut(&rows[i]);
			check_bent(&rows[i]);
			n++;
		}
	assert_true(n > 0); /* every element has a row */
}

/* The table: identifiers are found again, and no two elements have the same place. */
static void the_table_of_elements_is_sound(void **state)
{
	(void)state;
	for (unsigned ie = 0; ie < ISDN_IE_COUNT; ie++) {
		const struct i3_ie *row = &i3_ies[ie];

		assert_non_null(row->name);
		assert_non_null(row->decode);
		assert_true(row->min <= row->max && row->repeat >= 1);
		if (ie != ISDN_IE_REPEAT_LLC)
			assert_int_equal(isdn_ie_of(row->codeset, row->id), ie);
		for (unsigned k = 0; k < ie; k++)
			assert_true(!row->size || i3_ies[k].size == 0 || i3_ies[k].at != row->at);
	}
	assert_int_equal(isdn_ie_of(0, 0x5f), ISDN_IE_COUNT);
	assert_int_equal(isdn_ie_of(8, 4), ISDN_IE_COUNT);
	assert_int_equal(isdn_ie_of(0, 256), ISDN_IE_COUNT);
	assert_int_equal(isdn_ie_of(5, 4), ISDN_IE_COUNT);
	assert_string_equal(isdn_ie_name(ISDN_IE_CAUSE), "Cause");
	assert_string_equal(isdn_ie_name(ISDN_IE_COUNT), "unknown element");
}

int main(void)
{
	static char names[ISDN_IE_COUNT][80];
	static struct CMUnitTest tests[ISDN_IE_COUNT + 1];

	for (unsigned ie = 0; ie < ISDN_IE_COUNT; ie++) {
		const struct i3_ie *row = &i3_ies[ie];

		snprintf(names[ie], sizeof(names[ie]), "q931_%s_%s", row->clause, row->key);
		for (char *c = names[ie]; *c; c++)
			if (*c == '.' || *c == ' ' || *c == '-')
				*c = '_';
		tests[ie] = (struct CMUnitTest){ names[ie], check_element, NULL, NULL,
						 (void *)(uintptr_t)row };
	}
	tests[ISDN_IE_COUNT] = (struct CMUnitTest)cmocka_unit_test(the_table_of_elements_is_sound);
	return _cmocka_run_group_tests("elements", tests, ISDN_IE_COUNT + 1, NULL, NULL);
}
