/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * isdn/ie.h - the information elements of Q.931 clause 4.5 as structures.
 *
 * Names and values are those of the Recommendation; each field holds the bare
 * value, without extension bit or shift. Octet strings are counted, may hold
 * any octet, NUL included, and are not terminated.
 */
#ifndef ISDN_IE_H
#define ISDN_IE_H

#include <isdn/cause.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Limits of the structures below, in octets or digits. */
#define ISDN_DIGITS_MAX                                                                            \
	64 /* digits of a number; the wire could carry more, see doc/conformance.md */
#define ISDN_DISPLAY_MAX  80  /* 4.5.16: 82 octets in all */
#define ISDN_UUI_MAX	  128 /* 4.5.30: 131 octets in all, user information without discriminator */
#define ISDN_DIAG_MAX	  27  /* 4.5.12: 32 octets in all, with octet 3a absent */
#define ISDN_CHANNELS_MAX 31  /* channel numbers named by one element */

/* The elements, in the order of their identifiers. An element is bit (1 << enum) of
 * isdn_msg.present. */
enum isdn_ie {
	ISDN_IE_BEARER,		  /* 04 Bearer capability, 4.5.5 */
	ISDN_IE_CAUSE,		  /* 08 Cause, 4.5.12 */
	ISDN_IE_CALL_STATE,	  /* 14 Call state, 4.5.7 */
	ISDN_IE_CHANNEL_ID,	  /* 18 Channel identification, 4.5.13 */
	ISDN_IE_PROGRESS,	  /* 1E Progress indicator, 4.5.23 */
	ISDN_IE_DISPLAY,	  /* 28 Display, 4.5.16 */
	ISDN_IE_CALLING,	  /* 6C Calling party number, 4.5.10 */
	ISDN_IE_CALLED,		  /* 70 Called party number, 4.5.8 */
	ISDN_IE_USER_USER,	  /* 7E User-user, 4.5.30 */
	ISDN_IE_MORE_DATA,	  /* A0 More data, 4.5.20 */
	ISDN_IE_SENDING_COMPLETE, /* A1 Sending complete, 4.5.27 */
	ISDN_IE_COUNT
};

/* Bearer capability, 4.5.5. Octets 5a to 5d, 6 and 7 are kept as they came. */
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
	ISDN_L1_G711_ALAW = 3
};

struct isdn_bearer {
	uint8_t coding;	    /* octet 3, coding standard 0..3 */
	uint8_t capability; /* octet 3, enum isdn_capability */
	uint8_t mode;	    /* octet 4, transfer mode: 0 circuit, 2 packet */
	uint8_t rate;	    /* octet 4, transfer rate: 0x10 = 64 kbit/s */
	uint8_t multiplier; /* octet 4.1 when rate is 0x18, else 0 */
	uint8_t layer1;	    /* octet 5, enum isdn_layer1; 0: octet 5 absent */
	uint8_t n_rest;	    /* octets after octet 5 (5a.., 6, 7), as received */
	uint8_t rest[8];
};

/* Cause, 4.5.12 and Q.850. */
struct isdn_cause_ie {
	uint8_t coding;		/* octet 3: 0 ITU-T */
	uint8_t location;	/* octet 3, enum isdn_location */
	uint8_t recommendation; /* octet 3a; 0 (Q.931) when absent */
	bool has_recommendation;
	uint8_t value; /* octet 4, enum isdn_cause, 1..127 */
	uint8_t n_diag;
	uint8_t diag[ISDN_DIAG_MAX]; /* octets 5.. */
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

/* Display, 4.5.16. */
struct isdn_display {
	uint8_t len;
	uint8_t text[ISDN_DISPLAY_MAX];
};

/* Calling (4.5.10) and called (4.5.8) party number. */
struct isdn_number {
	uint8_t type; /* octet 3 bits 7-5: 0 unknown, 1 international, 2 national, 4 subscriber */
	uint8_t plan; /* octet 3 bits 4-1: 0 unknown, 1 E.164 */
	bool has_presentation; /* octet 3a present (calling number only) */
	uint8_t presentation;  /* 0 allowed, 1 restricted, 2 not available */
	uint8_t screening;     /* 0 user, not screened .. 3 network provided */
	uint8_t n_digits;
	char digits[ISDN_DIGITS_MAX + 1]; /* IA5, terminated for convenience */
};

/* User-user, 4.5.30. */
struct isdn_uui {
	uint8_t discriminator; /* octet 3: 0 user specific, 4 IA5 text, ... */
	uint8_t len;	       /* user information, 0..ISDN_UUI_MAX */
	uint8_t data[ISDN_UUI_MAX];
};

#ifdef __cplusplus
}
#endif
#endif
