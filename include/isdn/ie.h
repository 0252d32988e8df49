/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * isdn/ie.h - the information elements of Q.931 clause 4.5, Q.932 and Q.95x
 * as structures.
 *
 * Names and values are those of the Recommendations; each field holds the bare
 * value, without extension bit or shift. Octet strings are counted, may hold
 * any octet, NUL included, and are not terminated. A comment names the octet
 * that a field is coded in.
 */
#ifndef ISDN_IE_H
#define ISDN_IE_H

#include <isdn/cause.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Limits of the structures below, in octets or digits. */
#define ISDN_DIGITS_MAX	    64 /* of a number; the wire could carry 253, see doc/conformance.md */
#define ISDN_SUBADDRESS_MAX 20 /* 4.5.9: 23 octets in all */
#define ISDN_DISPLAY_MAX    80 /* 4.5.16: 82 octets in all */
#define ISDN_KEYPAD_MAX	    32 /* 4.5.18: 34 octets in all */
#define ISDN_UUI_MAX	    128 /* 4.5.30: 131 octets in all, user information without discriminator */
#define ISDN_DIAG_MAX	    28 /* 4.5.12: 32 octets in all */
#define ISDN_CHANNELS_MAX   31 /* channel numbers named by one element */
#define ISDN_NETWORK_ID_MAX 24 /* 4.5.21, 4.5.29: digits of a network's identification */
#define ISDN_SPID_MAX	    32 /* Q.932: service profile identification */
#define ISDN_OID_MAX	    12 /* arcs of an object identifier */

/*
 * The elements, in the order in which they are sent. An element is bit
 * (1 << enum) of isdn_msg.present. Codeset 0 where no other is named.
 */
enum isdn_ie {
	ISDN_IE_SEGMENTED,		 /* 00 Segmented message, 4.5.26 */
	ISDN_IE_CHANGE_STATUS,		 /* 01 Change status, of maintenance messages */
	ISDN_IE_SENDING_COMPLETE,	 /* A1 Sending complete, 4.5.27 */
	ISDN_IE_CONGESTION_LEVEL,	 /* B. Congestion level, 4.5.14 */
	ISDN_IE_REPEAT_BEARER,		 /* D. Repeat indicator before 04, 4.5.24 */
	ISDN_IE_BEARER,			 /* 04 Bearer capability, 4.5.5 */
	ISDN_IE_CAUSE,			 /* 08 Cause, 4.5.12 */
	ISDN_IE_CONNECTED_ADDRESS,	 /* 0C Connected address, Q.931 of 1988 */
	ISDN_IE_EXTENDED_FACILITY,	 /* 0D Extended facility, Q.932 8.2.4 */
	ISDN_IE_CALL_IDENTITY,		 /* 10 Call identity, 4.5.6 */
	ISDN_IE_CALL_STATE,		 /* 14 Call state, 4.5.7 */
	ISDN_IE_CHANNEL_ID,		 /* 18 Channel identification, 4.5.13 */
	ISDN_IE_FACILITY,		 /* 1C Facility, Q.932 8.2.3 */
	ISDN_IE_PROGRESS,		 /* 1E Progress indicator, 4.5.23 */
	ISDN_IE_NETWORK_FACILITIES,	 /* 20 Network-specific facilities, 4.5.21 */
	ISDN_IE_OLD_ENDPOINT_ID,	 /* 26 Endpoint identifier, before Q.932 */
	ISDN_IE_NOTIFICATION,		 /* 27 Notification indicator, 4.5.22 */
	ISDN_IE_DISPLAY,		 /* 28 Display, 4.5.16 */
	ISDN_IE_DATE_TIME,		 /* 29 Date/time, 4.5.15 */
	ISDN_IE_KEYPAD,			 /* 2C Keypad facility, 4.5.18 */
	ISDN_IE_CALL_STATUS,		 /* 2D Call status, before Q.932 */
	ISDN_IE_INFORMATION_REQUEST,	 /* 32 Information request, Q.932 */
	ISDN_IE_SIGNAL,			 /* 34 Signal, 4.5.28 */
	ISDN_IE_SWITCHHOOK,		 /* 36 Switchhook, Q.932 */
	ISDN_IE_FEATURE_ACTIVATION,	 /* 38 Feature activation, Q.932 */
	ISDN_IE_FEATURE_INDICATION,	 /* 39 Feature indication, Q.932 */
	ISDN_IE_SPID,			 /* 3A Service profile identification, Q.932 */
	ISDN_IE_ENDPOINT_ID,		 /* 3B Endpoint identifier, Q.932 */
	ISDN_IE_INFORMATION_RATE,	 /* 40 Information rate, 4.6.3 */
	ISDN_IE_TRANSIT_DELAY,		 /* 42 End-to-end transit delay, 4.6.2 */
	ISDN_IE_TRANSIT_DELAY_SELECTION, /* 43 Transit delay selection and indication, 4.6.9 */
	ISDN_IE_PACKET_BINARY,		 /* 44 Packet layer binary parameters, 4.6.4 */
	ISDN_IE_PACKET_WINDOW,		 /* 45 Packet layer window size, 4.6.5 */
	ISDN_IE_PACKET_SIZE,		 /* 46 Packet size, 4.6.6 */
	ISDN_IE_CUG,			 /* 47 Closed user group, 4.6.1 */
	ISDN_IE_REVERSE_CHARGING,	 /* 4A Reverse charging indication, 4.6.8 */
	ISDN_IE_CONNECTED,		 /* 4C Connected number, Q.951 */
	ISDN_IE_CONNECTED_SUB,		 /* 4D Connected subaddress, Q.951 */
	ISDN_IE_CALLING,		 /* 6C Calling party number, 4.5.10 */
	ISDN_IE_CALLING_SUB,		 /* 6D Calling party subaddress, 4.5.11 */
	ISDN_IE_CALLED,			 /* 70 Called party number, 4.5.8 */
	ISDN_IE_CALLED_SUB,		 /* 71 Called party subaddress, 4.5.9 */
	ISDN_IE_ORIGINAL_CALLED,	 /* 73 Original called number, national */
	ISDN_IE_REDIRECTING,		 /* 74 Redirecting number, Q.952 */
	ISDN_IE_REDIRECTING_SUB,	 /* 75 Redirecting subaddress */
	ISDN_IE_REDIRECTION,		 /* 76 Redirection number, Q.952 */
	ISDN_IE_REDIRECTION_SUB,	 /* 77 Redirection subaddress */
	ISDN_IE_TRANSIT_NETWORK,	 /* 78 Transit network selection, 4.5.29 */
	ISDN_IE_RESTART,		 /* 79 Restart indicator, 4.5.25 */
	ISDN_IE_USER_USER_FACILITY,	 /* 7A User-user facility, old, of AT&T */
	ISDN_IE_REPEAT_LLC,		 /* D. Repeat indicator before 7C, 4.5.24 */
	ISDN_IE_LLC,			 /* 7C Low layer compatibility, 4.5.19 */
	ISDN_IE_HLC,			 /* 7D High layer compatibility, 4.5.17 */
	ISDN_IE_MORE_DATA,		 /* A0 More data, 4.5.20 */
	ISDN_IE_USER_USER,		 /* 7E User-user, 4.5.30; codeset 7 too */
	ISDN_IE_ESCAPE,			 /* 7F Escape for extension, 4.5.1 */
	ISDN_IE_TRANSIT_COUNTER,	 /* codeset 4, 31 Transit counter, QSIG */
	ISDN_IE_PARTY_CATEGORY,		 /* codesets 4 and 5, 32 Party category */
	ISDN_IE_ORIGINATING_LINE,	 /* codeset 6, 01 Originating line information */
	ISDN_IE_GENERIC_DIGITS,		 /* codeset 6, 37 Generic digits */
	ISDN_IE_COUNT
};

/* Octets kept in isdn_msg.octets: len octets from index at. */
struct isdn_octets {
	uint16_t at, len;
};

/* Segmented message, 4.5.26. The segment itself follows the element. */
struct isdn_segmented {
	bool first;		    /* octet 3 bit 8 */
	uint8_t remaining;	    /* octet 3 bits 7-1: segments still to come */
	uint8_t type;		    /* octet 4: message type of the whole */
	struct isdn_octets segment; /* what follows the element */
};

/* Change status, of SERVICE and SERVICE ACKNOWLEDGE. */
struct isdn_change_status {
	bool channel;	/* octet 3 bit 7, preference: a channel (1), else reserved */
	uint8_t status; /* bits 3-1: 0 in service, 1 maintenance, 2 out of service, 3 continuity */
};

/* Bearer capability, 4.5.5, and low layer compatibility, 4.5.19. */
enum isdn_capability {
	ISDN_SPEECH = 0x00,
	ISDN_UNRESTRICTED_DIGITAL = 0x08,
	ISDN_RESTRICTED_DIGITAL = 0x09,
	ISDN_AUDIO_3K1 = 0x10,
	ISDN_UNRESTRICTED_WITH_TONES = 0x11,
	ISDN_VIDEO = 0x18
};
enum isdn_layer1 {
	ISDN_L1_NONE = 0,
	ISDN_L1_V110 = 1,
	ISDN_L1_G711_ULAW = 2,
	ISDN_L1_G711_ALAW = 3,
	ISDN_L1_G721 = 4,
	ISDN_L1_H221 = 5,
	ISDN_L1_H223 = 6,
	ISDN_L1_NON_ITU = 7,
	ISDN_L1_V120 = 8,
	ISDN_L1_X31 = 9
};

struct isdn_bearer {
	uint8_t coding;	      /* octet 3, coding standard 0..3 */
	uint8_t capability;   /* octet 3, enum isdn_capability */
	bool has_negotiation; /* octet 3a present (LLC only) */
	bool negotiation;     /* octet 3a: out-band negotiation possible */
	uint8_t mode;	      /* octet 4, transfer mode: 0 circuit, 2 packet */
	uint8_t rate;	      /* octet 4, transfer rate: 0x10 = 64 kbit/s, 0x18 multirate */
	uint8_t multiplier;   /* octet 4.1 when rate is 0x18, else 0 */
	uint8_t layer1;	      /* octet 5, enum isdn_layer1; 0: octet 5 absent */
	uint8_t n_layer1;     /* how many of octets 5a to 5d follow, 0..4 */
	bool asynchronous;    /* 5a */
	bool inband;	      /* 5a: in-band negotiation possible */
	uint8_t user_rate;    /* 5a */
	/* 5b for V.110, I.460, X.30 (and non-ITU rate adaption) */
	uint8_t intermediate_rate;
	bool nic_tx, nic_rx, flow_tx, flow_rx;
	/* 5b for V.120 */
	bool header, multiframe, sensitive, lli_negotiation, assignor, inband_lli;
	uint8_t stop_bits, data_bits, parity; /* 5c */
	bool duplex;			      /* 5d: full duplex */
	uint8_t modem;			      /* 5d */
	uint8_t layer2;	       /* octet 6, user information layer 2 protocol; 0: absent */
	uint8_t n_layer2;      /* how many of octets 6a, 6b follow (LLC) */
	uint8_t layer2_mode;   /* 6a: 1 normal, 2 extended */
	uint8_t layer2_q933;   /* 6a bits 2-1 */
	uint8_t layer2_user;   /* 6a when layer2 is 0x10: user specified, 7 bits */
	uint8_t layer2_window; /* 6b */
	uint8_t layer3;	       /* octet 7, user information layer 3 protocol; 0: absent */
	uint8_t n_layer3;      /* how many of octets 7a to 7c follow (LLC) */
	uint8_t layer3_mode;   /* 7a: 1 normal, 2 extended */
	uint8_t layer3_user;   /* 7a when layer3 is 0x10: user specified, 7 bits */
	uint8_t packet_size;   /* 7b: log2 of the default packet size */
	uint8_t packet_window; /* 7c */
	uint8_t layer3_id;     /* 7a and 7b for TR 9577: 0xcc Internet Protocol, 0xcf PPP */
};

/* Cause, 4.5.12 and Q.850. */
struct isdn_cause_ie {
	uint8_t coding;		/* octet 3: 0 ITU-T */
	uint8_t location;	/* octet 3, enum isdn_location */
	uint8_t recommendation; /* octet 3a; 0 (Q.931) when absent */
	bool has_recommendation;
	uint8_t value; /* octet 4, enum isdn_cause, 1..127 */
	uint8_t n_diag;
	uint8_t diag[ISDN_DIAG_MAX]; /* octets 5.., see isdn_cause_diagnostic() */
};

/* Call identity, 4.5.6. */
struct isdn_call_identity {
	uint8_t len;
	uint8_t identity[8];
};

/* Call state, 4.5.7. */
struct isdn_call_state_ie {
	uint8_t coding;
	uint8_t state; /* 0..63, the number in U10 or N10 */
};

/* Channel identification, 4.5.13. */
enum isdn_channel_select {
	ISDN_CHANNEL_NONE = 0,
	ISDN_CHANNEL_B1 = 1,
	ISDN_CHANNEL_INDICATED = 1,
	ISDN_CHANNEL_B2 = 2,
	ISDN_CHANNEL_ANY = 3
};

struct isdn_channel_id {
	bool primary;	/* octet 3 bit 6: interface other than basic */
	bool exclusive; /* octet 3 bit 4 */
	bool d_channel; /* octet 3 bit 3 */
	uint8_t select; /* octet 3 bits 2-1, enum isdn_channel_select */
	bool has_interface;
	uint8_t interface_id; /* octet 3.1, 0..127 */
	bool has_channels;    /* octets 3.2 and 3.3 present */
	uint8_t coding;	      /* octet 3.2 */
	bool map;	      /* octet 3.2 bit 5: slot map, not numbers */
	uint8_t type;	      /* octet 3.2 bits 4-1: 3 = B-channel units */
	uint8_t n_channels;   /* numbers, or octets of the map */
	uint8_t channels[ISDN_CHANNELS_MAX];
};

/* Progress indicator, 4.5.23. */
struct isdn_progress {
	uint8_t coding;
	uint8_t location;
	uint8_t description; /* 1, 2, 3, 4, 5, 8 */
};

/* Network-specific facilities, 4.5.21. */
struct isdn_network_facilities {
	uint8_t n_id;	 /* digits of the network identification, 0: the default network */
	uint8_t id_type; /* octet 3.1 when n_id: 0 user specified, 2 national, 3 international */
	uint8_t id_plan; /* octet 3.1: 0 unknown, 1 carrier identification code, 3 data network */
	char id[ISDN_NETWORK_ID_MAX + 1];
	struct isdn_octets facility; /* octets 4.. */
};

/* Notification indicator, 4.5.22. */
struct isdn_notification {
	uint8_t description;	 /* 0 suspended, 1 resumed, 2 bearer change, Q.95x: more */
	struct isdn_octets data; /* after description 3 and 0x40: data, as BER */
};

/* Display, 4.5.16. */
struct isdn_display {
	uint8_t codeset; /* 0, or 6 */
	uint8_t charset; /* first octet of North American variants (0xb1); 0: none */
	uint8_t len;
	uint8_t text[ISDN_DISPLAY_MAX];
};

/* Date/time, 4.5.15; binary. */
struct isdn_date_time {
	uint8_t n; /* octets present, 3..6: the day, the hour, the minute, the second come last */
	uint8_t year, month, day, hour, minute, second;
};

/* Keypad facility, 4.5.18. */
struct isdn_keypad {
	uint8_t len;
	uint8_t keys[ISDN_KEYPAD_MAX]; /* IA5 */
};

/* Information request, Q.932. */
struct isdn_information_request {
	bool complete; /* octet 3 bit 7: prompting is complete */
	uint8_t type;  /* bits 6-1 */
};

/* Feature activation and feature indication, Q.932. */
struct isdn_feature_ie {
	bool extended;	/* octet 3a present: identifiers above 127 */
	uint16_t id;	/* 14 bits, or 7 */
	uint8_t status; /* of an indication: 0 deactivated, 1 activated, 2 prompt, 3 pending */
};

/* Service profile identification, Q.932. */
struct isdn_spid {
	uint8_t len;
	uint8_t text[ISDN_SPID_MAX];
};

/* Endpoint identifier, Q.932. */
struct isdn_endpoint_id {
	uint8_t usid;	     /* octet 3 */
	bool interpretation; /* octet 4 bit 7 */
	uint8_t tid;	     /* octet 4 bits 6-1 */
};

/* Information rate, 4.6.3: throughput classes, 3 = 75 bit/s .. 13 = 64 kbit/s. */
struct isdn_information_rate {
	uint8_t incoming, outgoing, minimum_incoming, minimum_outgoing;
};

/* End-to-end transit delay, 4.6.2, in milliseconds, 0..65535. */
struct isdn_transit_delay {
	uint16_t cumulative;
	bool has_requested, has_maximum;
	uint16_t requested, maximum;
};

/* Packet layer binary parameters, 4.6.4. */
struct isdn_packet_binary {
	uint8_t fast_select; /* 0, 1 not requested; 2 no restriction of response; 3 restricted */
	bool expedited;	     /* data */
	bool confirmation;   /* of delivery: end-to-end */
	bool modulus_128;
};

/* Packet layer window size, 4.6.5 (1..127), and packet size, 4.6.6 (log2, 4..12). */
struct isdn_packet_pair {
	uint8_t forward;
	bool has_backward;
	uint8_t backward;
};

/* Closed user group, 4.6.1. */
struct isdn_cug {
	uint8_t indication; /* 1 selection, 2 selection with outgoing access */
	uint8_t n_digits;
	char index[5]; /* IA5, up to 4 digits, terminated for convenience */
};

/* Numbers: called 4.5.8, calling 4.5.10, connected Q.951, redirecting and redirection Q.952. */
struct isdn_number {
	uint8_t type; /* octet 3 bits 7-5: 0 unknown, 1 international, 2 national, 4 subscriber */
	uint8_t plan; /* octet 3 bits 4-1: 0 unknown, 1 E.164 */
	bool has_presentation; /* octet 3a present (not in a called number) */
	uint8_t presentation;  /* 0 allowed, 1 restricted, 2 not available */
	uint8_t screening;     /* 0 user, not screened .. 3 network provided */
	bool has_reason;       /* octet 3b present (redirecting and original called number) */
	uint8_t reason;	       /* 1 busy, 2 no reply, 4 deflection, 15 unconditional */
	uint8_t n_digits;
	char digits[ISDN_DIGITS_MAX + 1]; /* IA5, terminated for convenience */
};

/* Subaddresses: 4.5.9, 4.5.11, Q.951. */
struct isdn_subaddress {
	uint8_t type; /* 0 NSAP, 2 user specified */
	bool odd;     /* number of address signals, when user specified and BCD */
	uint8_t len;
	uint8_t data[ISDN_SUBADDRESS_MAX];
};

/* Transit network selection, 4.5.29. */
struct isdn_transit_network {
	uint8_t type; /* 0 user specified, 2 national, 3 international */
	uint8_t plan; /* 0 unknown, 1 carrier identification code, 3 data network */
	uint8_t n_id;
	char id[ISDN_NETWORK_ID_MAX + 1];
};

/* High layer compatibility, 4.5.17. */
struct isdn_hlc {
	uint8_t coding;
	uint8_t interpretation;	 /* 4: first characteristics to be used in the call */
	uint8_t presentation;	 /* 1: high layer protocol profile */
	uint8_t characteristics; /* octet 4: 1 telephony, 4 facsimile group 2/3, ... */
	bool has_extended;
	uint8_t extended; /* octet 4a */
};

/* User-user, 4.5.30. */
struct isdn_uui {
	uint8_t codeset;       /* 0, or 7 as North American switches carry it */
	uint8_t discriminator; /* octet 3: 0 user specific, 4 IA5 text, ... */
	uint8_t len;	       /* user information, 0..ISDN_UUI_MAX */
	uint8_t data[ISDN_UUI_MAX];
};

/* Party category: codeset 4 (QSIG) or 5. */
struct isdn_party_category {
	uint8_t codeset;  /* 4 or 5 */
	uint8_t category; /* 0 unknown, 1 extension, 2 operator, 3 emergency extension */
};

/* Generic digits, codeset 6. */
struct isdn_generic_digits {
	uint8_t encoding; /* octet 3 bits 8-6 */
	uint8_t type;	  /* octet 3 bits 5-1 */
	struct isdn_octets digits;
};

/* Facility and extended facility, Q.932 8.2.3, EN 300 196-1. */
enum isdn_facility_profile {
	ISDN_PROFILE_ROSE = 0x11, /* DSS1: remote operations */
	ISDN_PROFILE_CMIP = 0x12,
	ISDN_PROFILE_ACSE = 0x13,
	ISDN_PROFILE_NETWORKING_EXTENSIONS = 0x1f /* QSIG */
};

/* What is wrong with the components, as a Reject component would say it (X.229, general problem).
 */
enum isdn_facility_fault {
	ISDN_FACILITY_GOOD,
	ISDN_FACILITY_UNRECOGNIZED_COMPONENT,
	ISDN_FACILITY_MISTYPED_COMPONENT,
	ISDN_FACILITY_BADLY_STRUCTURED,
	ISDN_FACILITY_PROFILE, /* not ROSE: kept, not looked into */
	ISDN_FACILITY_TOO_MANY /* more components than isdn_msg.component holds */
};

struct isdn_facility {
	uint8_t codeset;  /* 0, or 6 */
	uint8_t profile;  /* octet 3, enum isdn_facility_profile */
	bool has_service; /* octet 3a (DMS-100) */
	uint8_t service;
	bool has_nfe; /* network facility extension, tag AA */
	bool has_source, has_destination;
	uint8_t source, destination; /* entity: 0 endPINX, 1 anyTypeOfPINX */
	struct isdn_octets nfe;	     /* all of its contents, addresses too */
	bool has_npp;		     /* network protocol profile, tag 92 */
	uint8_t npp;
	bool has_interpretation; /* interpretation APDU, tag 8B */
	uint8_t interpretation;	 /* 0 discard, 1 clear the call, 2 reject any unrecognized invoke */
	uint8_t first, n_components; /* isdn_msg.component[first ..] */
	uint8_t fault;		     /* enum isdn_facility_fault: what made the reading end */
	struct isdn_octets rest;     /* what was not read: from the faulty component on */
};

/* Remote operations, X.229 and Q.932: one component. */
enum isdn_component_type {
	ISDN_INVOKE = 0xa1,
	ISDN_RETURN_RESULT = 0xa2,
	ISDN_RETURN_ERROR = 0xa3,
	ISDN_REJECT = 0xa4
};
enum isdn_operation_form { ISDN_OPERATION_NONE, ISDN_OPERATION_LOCAL, ISDN_OPERATION_GLOBAL };

struct isdn_oid {
	uint8_t n;
	uint32_t arc[ISDN_OID_MAX];
};

struct isdn_component {
	uint8_t type;	    /* enum isdn_component_type */
	bool has_invoke_id; /* false: NULL, in a Reject */
	int16_t invoke_id;
	bool has_linked_id; /* of an Invoke */
	int16_t linked_id;
	uint8_t form;  /* enum isdn_operation_form: of the operation, or of the error */
	int32_t local; /* operation or error value */
	struct isdn_oid global;
	uint8_t problem_tag; /* of a Reject: 0 general, 1 invoke, 2 return result, 3 return error */
	uint8_t problem;
	struct isdn_octets argument; /* argument, result or parameter, as BER */
};

/*
 * What the diagnostics of a cause say (Q.850 2.2.6), by the cause value.
 */
enum isdn_diagnostic_kind {
	ISDN_DIAGNOSTIC_NONE,
	ISDN_DIAGNOSTIC_OCTETS,	    /* not known further */
	ISDN_DIAGNOSTIC_CONDITION,  /* 1, 2, 3, 16...: condition */
	ISDN_DIAGNOSTIC_REJECTION,  /* 21: reason, condition, element */
	ISDN_DIAGNOSTIC_CCBS,	    /* 17, 34: number is 1 possible, 2 not possible */
	ISDN_DIAGNOSTIC_NUMBER,	    /* 22: digits */
	ISDN_DIAGNOSTIC_ELEMENTS,   /* 43, 88, 96, 99, 100: identifiers */
	ISDN_DIAGNOSTIC_MESSAGE,    /* 97, 98, 101: message type */
	ISDN_DIAGNOSTIC_TIMER,	    /* 102: digits */
	ISDN_DIAGNOSTIC_CHANNEL,    /* 82: octets of a channel identification */
	ISDN_DIAGNOSTIC_ATTRIBUTES, /* 57, 58, 65 */
	ISDN_DIAGNOSTIC_FACILITY    /* 29, 50, 69: facility identification */
};

struct isdn_diagnostic {
	enum isdn_diagnostic_kind kind;
	uint8_t condition; /* 0 unknown, 1 permanent, 2 transient */
	uint8_t reason;	   /* 0 user specific, 1 element missing, 2 contents insufficient */
	uint8_t number;	   /* message type, CCBS indicator */
	uint8_t n;	   /* elements, or digits */
	uint8_t codeset[ISDN_DIAG_MAX]; /* of each element */
	uint8_t id[ISDN_DIAG_MAX];
	char digits[ISDN_DIAG_MAX + 1];
};

/*
 * What the diagnostics of cause mean, by its value and whatever its coding standard.
 * diagnostic->kind is ISDN_DIAGNOSTIC_NONE when there are none and ISDN_DIAGNOSTIC_OCTETS when they
 * do not have the form that Q.850 gives them. Neither pointer may be NULL.
 */
ISDN_API void isdn_cause_diagnostic(const struct isdn_cause_ie *cause,
				    struct isdn_diagnostic *diagnostic);

/* "Cause" for ISDN_IE_CAUSE, "unknown element" for what is none. Static, never NULL. */
ISDN_API const char *isdn_ie_name(enum isdn_ie ie);

/*
 * The element with an identifier octet in a codeset, 0..7; ISDN_IE_COUNT when none is known. A
 * Repeat indicator is ISDN_IE_REPEAT_BEARER: what it stands in front of is not asked.
 */
ISDN_API enum isdn_ie isdn_ie_of(unsigned codeset, unsigned id);

/*
 * "userUserService" for 1 in the ROSE profile, "callingName" for 0 with networking extensions; NULL
 * when the operation is not known. isdn_error_name likewise for the errors of DSS1. Static.
 */
ISDN_API const char *isdn_operation_name(unsigned profile, int32_t operation);
ISDN_API const char *isdn_error_name(unsigned profile, int32_t error);

#ifdef __cplusplus
}
#endif
#endif
