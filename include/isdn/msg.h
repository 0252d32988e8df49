/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * isdn/msg.h - messages of Q.931 clause 3: decoding, encoding, names.
 *
 * A message is decoded whole, with bounds that can not be crossed, into
 * struct isdn_msg and a list of faults sorted as clause 5.8 sorts them.
 * Nothing here allocates, and nothing keeps a pointer to its arguments.
 */
#ifndef ISDN_MSG_H
#define ISDN_MSG_H

#include <isdn/ie.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Q.931 4.4. */
enum isdn_msg_type {
	ISDN_MT_ALERTING = 0x01,
	ISDN_MT_CALL_PROCEEDING = 0x02,
	ISDN_MT_PROGRESS = 0x03,
	ISDN_MT_SETUP = 0x05,
	ISDN_MT_CONNECT = 0x07,
	ISDN_MT_SETUP_ACKNOWLEDGE = 0x0d,
	ISDN_MT_CONNECT_ACKNOWLEDGE = 0x0f,
	ISDN_MT_USER_INFORMATION = 0x20,
	ISDN_MT_DISCONNECT = 0x45,
	ISDN_MT_RELEASE = 0x4d,
	ISDN_MT_RELEASE_COMPLETE = 0x5a,
	ISDN_MT_STATUS_ENQUIRY = 0x75,
	ISDN_MT_INFORMATION = 0x7b,
	ISDN_MT_STATUS = 0x7d
};

#define ISDN_PD_Q931 0x08 /* 4.2 protocol discriminator */
#define ISDN_MSG_MAX 260  /* Q.921 5.9.3 N201: octets of one message */

/* Which tables are used. More variants will follow. */
enum isdn_variant { ISDN_VARIANT_ETSI };

enum isdn_dir { ISDN_USER_TO_NETWORK, ISDN_NETWORK_TO_USER };

#define ISDN_CAUSES_MAX	  2 /* 3.1.9: RELEASE may carry two */
#define ISDN_PROGRESS_MAX 3

struct isdn_msg {
	uint8_t discriminator; /* ISDN_PD_Q931 */
	uint8_t type;	       /* enum isdn_msg_type, or a type unknown to us */
	uint8_t cr_len;	       /* 4.3: octets of the call reference value, 0 (dummy), 1 or 2 */
	bool cr_flag;	       /* 4.3: true when sent TO the side that allocated it */
	uint16_t cr;	       /* 0 (global) .. 32767 */
	uint64_t present;      /* elements that hold a value: bit (1 << enum isdn_ie) */

	struct isdn_bearer bearer;
	uint8_t n_causes; /* when present: 1..ISDN_CAUSES_MAX */
	struct isdn_cause_ie cause[ISDN_CAUSES_MAX];
	struct isdn_call_state_ie call_state;
	struct isdn_channel_id channel_id;
	uint8_t n_progress; /* when present: 1..ISDN_PROGRESS_MAX */
	struct isdn_progress progress[ISDN_PROGRESS_MAX];
	struct isdn_display display;
	struct isdn_number calling;
	struct isdn_number called;
	struct isdn_uui uui;
};

/* True when the message holds the element. */
static inline bool isdn_msg_has(const struct isdn_msg *m, enum isdn_ie ie)
{
	return (m->present >> (unsigned)ie) & 1u;
}
/* Mark an element as held, or as not held. */
static inline void isdn_msg_set(struct isdn_msg *m, enum isdn_ie ie)
{
	m->present |= UINT64_C(1) << (unsigned)ie;
}
static inline void isdn_msg_clear(struct isdn_msg *m, enum isdn_ie ie)
{
	m->present &= ~(UINT64_C(1) << (unsigned)ie);
}

/* What can be wrong with a message, in the order of clause 5.8. */
enum isdn_fault_kind {
	ISDN_FAULT_DISCRIMINATOR,      /* 5.8.1 ignore */
	ISDN_FAULT_TOO_SHORT,	       /* 5.8.2 ignore */
	ISDN_FAULT_CALLREF_FORMAT,     /* 5.8.3.1 ignore */
	ISDN_FAULT_MESSAGE_TYPE,       /* 5.8.4 unknown or not implemented: #97 */
	ISDN_FAULT_IE_OUT_OF_SEQUENCE, /* 5.8.5.1 */
	ISDN_FAULT_IE_DUPLICATED,      /* 5.8.5.2 the first counts */
	ISDN_FAULT_MANDATORY_MISSING,  /* 5.8.6.1 #96 */
	ISDN_FAULT_MANDATORY_CONTENT,  /* 5.8.6.2 #100 */
	ISDN_FAULT_COMPREHENSION,      /* 5.8.7.1 unrecognized, comprehension required: #96 */
	ISDN_FAULT_IE_UNRECOGNIZED,    /* 5.8.7.1 #99 */
	ISDN_FAULT_OPTIONAL_CONTENT,   /* 5.8.7.2 #100, or #43 for access elements */
	ISDN_FAULT_IE_UNEXPECTED       /* 5.8.7.3 recognized, not expected in this message: as
					  unrecognized, #99 */
};

struct isdn_fault {
	enum isdn_fault_kind kind;
	uint8_t codeset; /* of the element, 0..7 */
	uint8_t ie;	 /* identifier octet of the element, or the message type for 5.8.4 */
	uint16_t offset; /* octet of the message where it was found, from 0 */
	enum isdn_cause
		cause; /* what 5.8 would report, ISDN_CAUSE_NONE for the kinds that are ignored */
};

#define ISDN_FAULTS_MAX 12
struct isdn_faults {
	uint8_t n;	/* entries in list */
	uint8_t missed; /* further faults for which there was no room */
	struct isdn_fault list[ISDN_FAULTS_MAX];
};

/*
 * Decode the len octets of one message (layer 2's information field).
 * Elements in error are not set in msg->present; all else is. faults may not
 * be NULL; it is filled in the order of occurrence, missing elements last.
 *
 * 0		 msg is filled; look at faults
 * TRUNCATED	 5.8.2, nothing but the faults is filled
 * DISCRIMINATOR 5.8.1, likewise
 * CALLREF	 5.8.3.1, likewise
 * A message type that the variant does not know is no error here: msg holds
 * the header, and faults has ISDN_FAULT_MESSAGE_TYPE.
 */
ISDN_API int isdn_msg_decode(enum isdn_variant variant, enum isdn_dir dir, const uint8_t *octets,
			     size_t len, struct isdn_msg *msg, struct isdn_faults *faults);

/*
 * Encode msg in the order that the variant demands. *len receives the octets
 * written.
 *
 * INVAL  a field is out of range, or an element is present that the variant
 *	  does not allow in this message and direction, or the type is unknown
 * IE_MISSING  a mandatory element is absent
 * NOSPC  cap is too small; ISDN_MSG_MAX is always enough for what layer 2 carries
 */
ISDN_API int isdn_msg_encode(enum isdn_variant variant, enum isdn_dir dir,
			     const struct isdn_msg *msg, uint8_t *octets, size_t cap, size_t *len);

/* "DISCONNECT" for 0x45, "unknown message" for a type without a name. Static. */
ISDN_API const char *isdn_msg_name(unsigned type);

/* "Cause" for ISDN_IE_CAUSE. Static, never NULL. */
ISDN_API const char *isdn_ie_name(enum isdn_ie ie);

/* "mandatory information element missing", with its clause; static, never NULL. */
ISDN_API const char *isdn_fault_name(enum isdn_fault_kind kind);

#ifdef __cplusplus
}
#endif
#endif
