/* SPDX-License-Identifier: BSD-2-Clause */
/* SIP messages as far as examples/sip-provider.c needs them: what a call is made of, and its end.
 */
#ifndef EXAMPLES_SIP_MESSAGE_H
#define EXAMPLES_SIP_MESSAGE_H

#include <isdn/isdn.h>

/* Strings are within the text that was read; "" is what the message does not have. */
struct sip_message {
	const char *method, *uri; /* "": a response */
	unsigned status;	  /* of a response */
	unsigned cseq;
	const char *cseq_method;
	const char *via, *from, *to, *call_id, *contact, *user_to_user, *reason, *content_length;
};

/* Take a terminated message apart, which is written to. False: it is none. */
bool sip_read(char *text, struct sip_message *m);

/* The URI of From, To or Contact, or such a URI itself; out is terminated. */
void sip_uri(const char *value, char *out, size_t cap);

/* The digits of a URI's user, as a number; none, if it has others. */
void sip_number(const char *uri, struct isdn_number *number);

/* The first value of User-to-User that is for an ISDN (RFC 7433). */
bool sip_uui(const struct sip_message *m, struct isdn_uui *uui);

/* The header fields that say why: Reason (RFC 3326), and User-to-User. Either may be left out. */
void sip_why(uint8_t cause, const struct isdn_uui *uui, char *out, size_t cap);

/* What Reason says, else what the status means (RFC 3398); 16 if neither says anything. */
uint8_t sip_cause(const struct sip_message *m);
unsigned sip_status(uint8_t cause, const char **phrase);

#endif
