/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * isdn/link.h - what can be known of a data link: Q.921 states and counters.
 */
#ifndef ISDN_LINK_H
#define ISDN_LINK_H

#include <isdn/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Frames of Q.921 3.6, by their control field. */
enum isdn_frame_type {
	ISDN_FRAME_I,
	ISDN_FRAME_RR,
	ISDN_FRAME_RNR,
	ISDN_FRAME_REJ,
	ISDN_FRAME_SABME,
	ISDN_FRAME_DISC,
	ISDN_FRAME_UA,
	ISDN_FRAME_DM,
	ISDN_FRAME_UI,
	ISDN_FRAME_FRMR,
	ISDN_FRAME_XID,
	ISDN_FRAME_TYPES
};

/* "SABME", "RR", ...; "?" for another number. Static. */
ISDN_API const char *isdn_frame_name(enum isdn_frame_type type);

/* MDL-ERROR indications are the letters A to O of Q.921 Appendix II. */
#define ISDN_MDL_ERRORS 15

/*
 * What an MDL-ERROR letter means: "N(R) in error", "SABME not answered, N200
 * times", ...; "?" for what is no letter A to O. Static.
 */
ISDN_API const char *isdn_mdl_error_name(char letter);

/* Counters of one data link, from the time it was made. */
struct isdn_link_counters {
	uint64_t in[ISDN_FRAME_TYPES];	     /* valid frames received */
	uint64_t out[ISDN_FRAME_TYPES];	     /* frames sent, sent again included */
	uint64_t frame_errors;		     /* received with a letter L, M, N or O */
	uint64_t retransmissions;	     /* I frames sent again, or due to be */
	uint64_t t200_expiries;		     /* 5.9.1 */
	uint64_t established;		     /* times that state 7 was entered from 4 or 5 */
	uint64_t released;		     /* times that it went down (4 or 1) after that */
	uint64_t mdl_error[ISDN_MDL_ERRORS]; /* [0]: A */
	isdn_time last_error_at;	     /* of the last MDL-ERROR */
	char last_error;		     /* its letter, 0: none yet */
};

#define ISDN_TEI_BROADCAST 127 /* group TEI, Q.921 3.3.4.1; also: no TEI yet */

/* One data link connection. */
struct isdn_link {
	uint8_t sapi, tei;	 /* tei ISDN_TEI_BROADCAST: none assigned */
	uint8_t state;		 /* Q.921 Annex B: 1 TEI unassigned ... 7 multiple frame
				    established, 8 timer recovery */
	bool peer_busy;		 /* the peer sent RNR */
	bool own_busy;		 /* we did */
	unsigned unacknowledged; /* I frames sent and not acknowledged, 0 to k */
	unsigned waiting;	 /* messages that wait to be sent, or sent again after a REJ */
	struct isdn_link_counters counters;
};

#ifdef __cplusplus
}
#endif
#endif
