/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * isdn/msg.h - messages of Q.931 clause 3, Q.932 and the maintenance
 * protocols: decoding, encoding, segmentation, printing, names.
 *
 * A message is decoded whole, with bounds that can not be crossed, into
 * struct isdn_msg and a list of faults sorted as clause 5.8 sorts them.
 * Nothing here allocates, and nothing keeps a pointer to its arguments; a
 * struct isdn_msg holds no pointer, and can be copied.
 */
#ifndef ISDN_MSG_H
#define ISDN_MSG_H

#include <isdn/ie.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Protocol discriminators, Q.931 4.2. */
#define ISDN_PD_Q931	       0x08 /* call control, supplementary services */
#define ISDN_PD_MAINTENANCE    0x03 /* SERVICE of 4ESS, 5ESS, DMS-100 */
#define ISDN_PD_MAINTENANCE_NI 0x43 /* SERVICE of NI-2 */

/* Q.931 4.4, Q.932 7.1. */
enum isdn_msg_type {
	ISDN_MT_ESCAPE = 0x00, /* the next octet is a national type, isdn_msg.national_type */
	ISDN_MT_ALERTING = 0x01,
	ISDN_MT_CALL_PROCEEDING = 0x02,
	ISDN_MT_PROGRESS = 0x03,
	ISDN_MT_SETUP = 0x05,
	ISDN_MT_CONNECT = 0x07,
	ISDN_MT_SETUP_ACKNOWLEDGE = 0x0d,
	ISDN_MT_CONNECT_ACKNOWLEDGE = 0x0f,
	ISDN_MT_USER_INFORMATION = 0x20,
	ISDN_MT_SUSPEND_REJECT = 0x21,
	ISDN_MT_RESUME_REJECT = 0x22,
	ISDN_MT_HOLD = 0x24,
	ISDN_MT_SUSPEND = 0x25,
	ISDN_MT_RESUME = 0x26,
	ISDN_MT_HOLD_ACKNOWLEDGE = 0x28,
	ISDN_MT_SUSPEND_ACKNOWLEDGE = 0x2d,
	ISDN_MT_RESUME_ACKNOWLEDGE = 0x2e,
	ISDN_MT_HOLD_REJECT = 0x30,
	ISDN_MT_RETRIEVE = 0x31,
	ISDN_MT_RETRIEVE_ACKNOWLEDGE = 0x33,
	ISDN_MT_RETRIEVE_REJECT = 0x37,
	ISDN_MT_DISCONNECT = 0x45,
	ISDN_MT_RESTART = 0x46,
	ISDN_MT_RELEASE = 0x4d,
	ISDN_MT_RESTART_ACKNOWLEDGE = 0x4e,
	ISDN_MT_RELEASE_COMPLETE = 0x5a,
	ISDN_MT_SEGMENT = 0x60,
	ISDN_MT_FACILITY = 0x62,
	ISDN_MT_REGISTER = 0x64,
	ISDN_MT_NOTIFY = 0x6e,
	ISDN_MT_STATUS_ENQUIRY = 0x75,
	ISDN_MT_CONGESTION_CONTROL = 0x79,
	ISDN_MT_INFORMATION = 0x7b,
	ISDN_MT_STATUS = 0x7d
};

/*
 * The two maintenance messages, with ISDN_PD_MAINTENANCE. With
 * ISDN_PD_MAINTENANCE_NI the values are the other way round, and the flag of
 * the call reference tells which is meant; isdn_msg_is_service() does.
 */
#define ISDN_MT_SERVICE		    0x0f
#define ISDN_MT_SERVICE_ACKNOWLEDGE 0x07

#define ISDN_MSG_MAX 260 /* Q.921 5.9.3 N201: octets of one message */
#define ISDN_MSG_REASSEMBLED_MAX                                                                   \
	2048		    /* Annex H: 8 segments of N201 octets, without their headers */
#define ISDN_SEGMENTS_MAX 8 /* Annex H */

/*
 * Which tables are used: the elements and messages that there are, the
 * maintenance protocol, what is read leniently. User-user goes in the codeset
 * that isdn_uui.codeset names; a span puts in that of its variant.
 */
enum isdn_variant {
	ISDN_VARIANT_ETSI,   /* EN 300 403-1, EuroISDN */
	ISDN_VARIANT_Q931,   /* ITU-T Q.931 (05/98), with all that it has */
	ISDN_VARIANT_QSIG,   /* ECMA-143, symmetrical */
	ISDN_VARIANT_NI2,    /* North America, National ISDN 2 */
	ISDN_VARIANT_DMS100, /* Nortel */
	ISDN_VARIANT_4ESS,   /* AT&T */
	ISDN_VARIANT_5ESS    /* Lucent */
};

enum isdn_dir { ISDN_USER_TO_NETWORK, ISDN_NETWORK_TO_USER };

/* How many of an element that may be repeated are kept as structures. */
#define ISDN_BEARERS_MAX	    2 /* 5.11 */
#define ISDN_CAUSES_MAX		    2 /* 3.1.9: RELEASE may carry two */
#define ISDN_CHANNEL_IDS_MAX	    2
#define ISDN_FACILITIES_MAX	    8
#define ISDN_COMPONENTS_MAX	    16 /* of all Facility elements together */
#define ISDN_PROGRESS_MAX	    3
#define ISDN_NETWORK_FACILITIES_MAX 4
#define ISDN_NOTIFICATIONS_MAX	    4
#define ISDN_DISPLAYS_MAX	    2
#define ISDN_CALLING_MAX	    2 /* two numbers, network provided and user provided */
#define ISDN_TRANSIT_NETWORKS_MAX   4
#define ISDN_LLC_MAX		    4 /* Annex J */
#define ISDN_HLC_MAX		    2
#define ISDN_ELEMENTS_MAX	    64 /* of one message, in all */

/* What an entry of isdn_msg.element stands for. */
#define ISDN_ELEMENT_VALUE  0x01 /* number n of member ie holds its value */
#define ISDN_ELEMENT_OCTETS 0x02 /* its contents are kept in octets, and are what is encoded */
#define ISDN_ELEMENT_FAULTY 0x04 /* not in present: in error, not expected, or one too many */
#define ISDN_ELEMENT_SHIFT  0x08 /* id is a shift, 4.5.3 and 4.5.4 */

/* One element of a decoded message, in the order of arrival. */
struct isdn_element {
	uint8_t codeset, id; /* id: identifier octet; the whole octet of a single-octet element */
	uint8_t ie;	     /* enum isdn_ie, ISDN_IE_COUNT: not known */
	uint8_t n;	     /* which of the values of ie */
	uint8_t what;	     /* ISDN_ELEMENT_... */
	uint8_t len;	     /* of the contents */
	uint16_t at;	     /* of the contents in octets, with ISDN_ELEMENT_OCTETS */
};

/*
 * A message. To compose one: isdn_msg_init(), fill members, isdn_msg_set() or
 * isdn_msg_add() for each. A decoded message encodes to the octets that it was
 * decoded from, those of elements that are not known or in error included; to
 * change an element of it, isdn_msg_clear() it first; isdn_msg_add() adds one
 * more behind those that came.
 */
struct isdn_msg {
	uint8_t discriminator; /* ISDN_PD_... */
	uint8_t type;	       /* enum isdn_msg_type, or a type unknown to us */
	uint8_t cr_len;	       /* 4.3: octets of the call reference value, 0 (dummy), 1 or 2 */
	bool cr_flag;	       /* 4.3: true when sent TO the side that allocated it */
	uint8_t national_type; /* when type is ISDN_MT_ESCAPE */
	uint16_t cr;	       /* 0 (global) .. 32767 */
	uint64_t present;      /* elements that hold a value: bit (1 << enum isdn_ie) */
	bool decoded;	       /* element lists what was received, in its order */
	bool cut;	       /* not all that was received is here: it can not be encoded */
	uint8_t count[ISDN_IE_COUNT]; /* how many, for elements that are present */
	uint8_t n_components;	      /* in component */
	uint8_t n_elements;	      /* in element */
	uint16_t n_octets;	      /* in octets */

	/* The members in the order of enum isdn_ie; Sending complete, More data have none. */
	struct isdn_segmented segmented;
	struct isdn_change_status change_status;
	uint8_t congestion_level; /* 0 receiver ready, 15 receiver not ready */
	uint8_t repeat_bearer;	  /* 2: prioritized list */
	struct isdn_bearer bearer[ISDN_BEARERS_MAX];
	struct isdn_cause_ie cause[ISDN_CAUSES_MAX];
	struct isdn_number connected_address;
	struct isdn_facility extended_facility;
	struct isdn_call_identity call_identity;
	struct isdn_call_state_ie call_state;
	struct isdn_channel_id channel_id[ISDN_CHANNEL_IDS_MAX];
	struct isdn_facility facility[ISDN_FACILITIES_MAX];
	struct isdn_progress progress[ISDN_PROGRESS_MAX];
	struct isdn_network_facilities network_facilities[ISDN_NETWORK_FACILITIES_MAX];
	struct isdn_octets old_endpoint_id;
	struct isdn_notification notification[ISDN_NOTIFICATIONS_MAX];
	struct isdn_display display[ISDN_DISPLAYS_MAX];
	struct isdn_date_time date_time;
	struct isdn_keypad keypad;
	struct isdn_octets call_status;
	struct isdn_information_request information_request;
	uint8_t signal; /* 4.5.28: 0 dial tone on, 1 ring back tone on, ... */
	uint8_t switchhook;
	struct isdn_feature_ie feature_activation, feature_indication;
	struct isdn_spid spid;
	struct isdn_endpoint_id endpoint_id;
	struct isdn_information_rate information_rate;
	struct isdn_transit_delay transit_delay;
	uint16_t transit_delay_selection; /* milliseconds */
	struct isdn_packet_binary packet_binary;
	struct isdn_packet_pair packet_window, packet_size;
	struct isdn_cug cug;
	uint8_t reverse_charging; /* 1: requested */
	struct isdn_number connected;
	struct isdn_subaddress connected_sub;
	struct isdn_number calling[ISDN_CALLING_MAX];
	struct isdn_subaddress calling_sub;
	struct isdn_number called;
	struct isdn_subaddress called_sub;
	struct isdn_number original_called, redirecting;
	struct isdn_subaddress redirecting_sub;
	struct isdn_number redirection;
	struct isdn_subaddress redirection_sub;
	struct isdn_transit_network transit_network[ISDN_TRANSIT_NETWORKS_MAX];
	uint8_t restart; /* class: 0 indicated channels, 6 single interface, 7 all interfaces */
	struct isdn_octets user_user_facility;
	uint8_t repeat_llc; /* 2: prioritized list */
	struct isdn_bearer llc[ISDN_LLC_MAX];
	struct isdn_hlc hlc[ISDN_HLC_MAX];
	struct isdn_uui uui;
	struct isdn_octets escape;
	uint8_t transit_counter; /* 0..31 */
	struct isdn_party_category party_category;
	uint8_t originating_line; /* ANI II digits */
	struct isdn_generic_digits generic_digits;

	struct isdn_component component[ISDN_COMPONENTS_MAX];
	struct isdn_element element[ISDN_ELEMENTS_MAX];
	uint8_t octets[ISDN_MSG_REASSEMBLED_MAX];
};

/*
 * Begin a message: nothing is present. The members are left as they are, so give each that is used
 * a whole new value, ".called = { .plan = 1, ... }": a field that is not meant is 0.
 */
static inline void isdn_msg_init(struct isdn_msg *m, unsigned type, unsigned cr_len, unsigned cr,
				 bool cr_flag)
{
	m->discriminator = ISDN_PD_Q931;
	m->type = (uint8_t)type;
	m->cr_len = (uint8_t)cr_len;
	m->cr = (uint16_t)cr;
	m->cr_flag = cr_flag;
	m->national_type = 0;
	m->present = 0;
	m->decoded = m->cut = false;
	m->n_components = m->n_elements = 0;
	m->n_octets = 0;
}
/* True when the message holds the element. */
static inline bool isdn_msg_has(const struct isdn_msg *m, enum isdn_ie ie)
{
	return (unsigned)ie < ISDN_IE_COUNT && ((m->present >> (unsigned)ie) & 1u);
}
/* How many of the element the message holds. */
static inline unsigned isdn_msg_count(const struct isdn_msg *m, enum isdn_ie ie)
{
	return isdn_msg_has(m, ie) ? m->count[ie] : 0;
}
/* Mark an element as held, once. */
static inline void isdn_msg_set(struct isdn_msg *m, enum isdn_ie ie)
{
	if ((unsigned)ie >= ISDN_IE_COUNT)
		return;
	m->present |= UINT64_C(1) << (unsigned)ie;
	m->count[ie] = 1;
}
/* Mark one more of an element that may be repeated as held; its index. */
static inline unsigned isdn_msg_add(struct isdn_msg *m, enum isdn_ie ie)
{
	unsigned n = isdn_msg_count(m, ie);

	if ((unsigned)ie >= ISDN_IE_COUNT)
		return 0;
	m->present |= UINT64_C(1) << (unsigned)ie;
	m->count[ie] = (uint8_t)(n + 1);
	return n;
}
/* Take an element out, every one of it, and what was kept of it when the message was decoded. */
ISDN_API void isdn_msg_clear(struct isdn_msg *m, enum isdn_ie ie);

/*
 * Keep len octets in m, for a member of type struct isdn_octets.
 *
 * NOSPC  there is no room left in m->octets
 */
ISDN_API int isdn_msg_keep(struct isdn_msg *m, const void *octets, size_t len,
			   struct isdn_octets *kept);

/* Copy the parts of from that hold something; cheaper than an assignment. */
ISDN_API void isdn_msg_copy(struct isdn_msg *to, const struct isdn_msg *from);

/* True for SERVICE, false for SERVICE ACKNOWLEDGE and every other message. */
ISDN_API bool isdn_msg_is_service(const struct isdn_msg *m);

/* What can be wrong with a message, in the order of clause 5.8. */
enum isdn_fault_kind {
	ISDN_FAULT_DISCRIMINATOR,      /* 5.8.1 ignore */
	ISDN_FAULT_TOO_SHORT,	       /* 5.8.2 ignore */
	ISDN_FAULT_CALLREF_FORMAT,     /* 5.8.3.1 ignore */
	ISDN_FAULT_MESSAGE_TYPE,       /* 5.8.4 unknown or not implemented: #97 */
	ISDN_FAULT_CODESET_ORDER,      /* 4.5.3 a locking shift to a codeset that is not higher */
	ISDN_FAULT_IE_OUT_OF_SEQUENCE, /* 5.8.5.1; it is processed all the same */
	ISDN_FAULT_IE_DUPLICATED,      /* 5.8.5.2 the first counts */
	ISDN_FAULT_MANDATORY_MISSING,  /* 5.8.6.1 #96 */
	ISDN_FAULT_MANDATORY_CONTENT,  /* 5.8.6.2 #100 */
	ISDN_FAULT_MANDATORY_LENGTH,   /* 5.8.6.2 too long or too short, #100 */
	ISDN_FAULT_COMPREHENSION,      /* 5.8.7.1 unrecognized, comprehension required: #96 */
	ISDN_FAULT_IE_UNRECOGNIZED,    /* 5.8.7.1 #99 */
	ISDN_FAULT_OPTIONAL_CONTENT,   /* 5.8.7.2 #100, or #43 for access elements */
	ISDN_FAULT_OPTIONAL_LENGTH,    /* 5.8.7.2 too long or too short, likewise */
	ISDN_FAULT_IE_UNEXPECTED,      /* 5.8.7.3 recognized, not expected in this message: as
					  unrecognized, #99 */
	ISDN_FAULT_TOO_MANY	       /* more than ISDN_ELEMENTS_MAX, or more octets than are kept:
					  the message can not be encoded again */
};

struct isdn_fault {
	enum isdn_fault_kind kind;
	uint8_t codeset;  /* of the element, 0..7 */
	uint8_t ie;	  /* identifier octet of the element, or the message type for 5.8.4 */
	uint16_t offset;  /* where it was found: octet of the message, from 0 */
	uint16_t element; /* where the element begins, likewise; offset when it has none */
	const char
		*octet; /* the octet as its clause numbers it, "3a"; "" when it has none. Static */
	enum isdn_cause
		cause;	 /* what 5.8 would report, ISDN_CAUSE_NONE for kinds that are ignored */
	uint8_t n_diag;	 /* the diagnostics of that cause */
	uint8_t diag[2]; /* identifier, behind its locking shift in codesets 1 to 7; message type */
};

#define ISDN_FAULTS_MAX 12
struct isdn_faults {
	uint8_t n;	/* entries in list */
	uint8_t missed; /* further faults for which there was no room */
	struct isdn_fault list[ISDN_FAULTS_MAX];
};

/*
 * Decode the len octets of one message (layer 2's information field).
 * Elements in error are not set in msg->present; all else is. faults is filled
 * in the order of occurrence, missing elements last; when there is no room for
 * all, those that 5.8.6 and 5.8.7.1 answer (MANDATORY_..., COMPREHENSION) take
 * the place of others.
 *
 * 0		 msg is filled; look at faults
 * TRUNCATED	 5.8.2, nothing but the faults is filled
 * DISCRIMINATOR 5.8.1, likewise
 * CALLREF	 5.8.3.1, likewise
 * INVAL, INVALPOINTER  an argument is out of range, or NULL
 * A message type that the variant does not know is no error here: faults has
 * ISDN_FAULT_MESSAGE_TYPE, no element is missing and none is unexpected.
 */
ISDN_API int isdn_msg_decode(enum isdn_variant variant, enum isdn_dir dir, const uint8_t *octets,
			     size_t len, struct isdn_msg *msg, struct isdn_faults *faults);

/*
 * Encode msg: what was decoded in the order of its arrival, else in the order
 * that the variant demands. *len receives the octets written.
 *
 * INVAL  a field is out of range; an element was set that the variant does not
 *	  allow in this message and direction; the type is unknown; or msg->cut
 *	  is set. A decoded message is held to what was set since.
 * IE_MISSING  a mandatory element is absent (from a message that was composed)
 * NOSPC  cap is too small; ISDN_MSG_MAX is always enough for what layer 2
 *	  carries, more needs segmentation
 * INVALPOINTER  an argument is NULL
 */
ISDN_API int isdn_msg_encode(enum isdn_variant variant, enum isdn_dir dir,
			     const struct isdn_msg *msg, uint8_t *octets, size_t cap, size_t *len);

/*
 * Segmentation, Annex H. Segment number n, from 0, of the message of len
 * octets; n201 is what layer 2 carries, ISDN_MSG_MAX.
 *
 * 1	  a SEGMENT message is in octets, *out of them (also when one is enough)
 * 0	  there is no segment n: all were made
 * INVAL  the message needs more than ISDN_SEGMENTS_MAX segments, or is none, or
 *	  n201 leaves no room for a segment
 * NOSPC  cap is below n201
 * INVALPOINTER  an argument is NULL
 */
ISDN_API int isdn_segment(const uint8_t *message, size_t len, size_t n201, unsigned n,
			  uint8_t *octets, size_t cap, size_t *out);

/*
 * Reassembly, Annex H: one for each call reference that is being received in
 * segments. All zero is empty. The caller runs T314 (4 s) from the first
 * segment to the last and empties the store when it expires.
 */
struct isdn_reassembly {
	uint8_t expected; /* segments still to come, 0: empty */
	uint8_t n;	  /* segments received */
	uint8_t discriminator, cr_len;
	bool cr_flag;
	uint16_t cr;
	uint8_t type;
	uint16_t len;
	uint8_t octets[ISDN_MSG_REASSEMBLED_MAX]; /* the message, with its header */
};

/*
 * Take a decoded SEGMENT.
 *
 * 1	  the message is whole: decode store->len octets of store->octets
 * 0	  more segments are to come
 * INVAL  segment is no SEGMENT, not of this call reference or message type,
 *	  out of sequence, or announces more than ISDN_SEGMENTS_MAX; what was
 *	  received is discarded (Annex H)
 * NOSPC  more than is stored; likewise discarded
 * INVALPOINTER  an argument is NULL
 * A first segment begins anew, whatever was in the store.
 */
ISDN_API int isdn_reassemble(struct isdn_reassembly *store, const struct isdn_msg *segment);

/*
 * Print a message as lines of text, or as one JSON object, with the faults of
 * its decoding (faults may be NULL). Like snprintf: at most cap octets are
 * written, the last a NUL, and *len, unless NULL, receives how many there would
 * have been without it. buf may be NULL when cap is 0.
 *
 * NOSPC  the text was cut at cap; always the answer to cap 0
 * INVALPOINTER  msg is NULL, or buf is with a cap
 */
ISDN_API int isdn_msg_print(const struct isdn_msg *msg, const struct isdn_faults *faults, char *buf,
			    size_t cap, size_t *len);
ISDN_API int isdn_msg_json(const struct isdn_msg *msg, const struct isdn_faults *faults, char *buf,
			   size_t cap, size_t *len);

/* "DISCONNECT" for 0x45, "unknown message" for a type without a name. Static. */
ISDN_API const char *isdn_msg_name(unsigned type);

/* The name of a message of any protocol discriminator, "SERVICE" among them. Static. */
ISDN_API const char *isdn_msg_title(const struct isdn_msg *msg);

/* "mandatory information element missing", with its clause; static, never NULL. */
ISDN_API const char *isdn_fault_name(enum isdn_fault_kind kind);

/* "etsi", "q931", "qsig", "ni2", "dms100", "4ess", "5ess"; NULL for what is none. Static. */
ISDN_API const char *isdn_variant_name(enum isdn_variant variant);

#ifdef __cplusplus
}
#endif
#endif
