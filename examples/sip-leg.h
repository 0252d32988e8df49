/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A provider whose legs are SIP dialogs with one far end, by one TCP connection that both use.
 * See isdn_provider(3).
 */
#ifndef EXAMPLES_SIP_LEG_H
#define EXAMPLES_SIP_LEG_H

#include <isdn/isdn.h>
#include <isdn/provider.h>

#define SIP_LEGS    32
#define SIP_EVENTS  (SIP_LEGS * 8) /* a leg has 4 at most */
#define SIP_MESSAGE 4096	   /* octets; one with more ends the connection */

struct sip_leg {
	enum sip_state {
		SIP_FREE,
		SIP_CALLING,   /* INVITE sent */
		SIP_RINGING,   /* a provisional response came: CANCEL may be sent */
		SIP_CANCELLED, /* CANCEL sent */
		SIP_OFFERED,   /* INVITE came */
		SIP_REJECTED,  /* a final response sent that is no 200; ACK is to come */
		SIP_ANSWERED,  /* 200 sent; ACK is to come */
		SIP_UP,
		SIP_BYE /* BYE sent */
	} state;
	uint64_t number;
	void *user;   /* the registry's */
	bool rings;   /* 180 was told */
	bool dropped; /* with cause and uui, which BYE carries as soon as it may be sent */
	uint8_t cause;
	bool has_uui;
	struct isdn_uui uui;
	char call_id[64], here[128], there[160], target[128], via[160]; /* as in header fields */
	unsigned cseq, cseq_there; /* of our requests; of their INVITE */
	isdn_time give_up;	   /* ISDN_NEVER */
};

struct sip {
	struct isdn_provider base; /* first, so that one is the other */
	int fd;			   /* -1: the connection is lost */
	char host[64], peer[64];   /* address:port of both ends */
	struct sip_leg legs[SIP_LEGS];
	uint64_t last; /* number of a leg */
	struct isdn_leg_event events[SIP_EVENTS];
	unsigned head, tail;
	char in[SIP_MESSAGE + 1]; /* the beginning of a message */
	size_t in_len;
};

/* sip-leg.c: what the registry asks, and messages to the far end; sip-receive.c: those from there.
 */
extern const struct isdn_provider_ops sip_ops;
struct sip_message;
struct isdn_leg_event *sip_report(struct sip *s, const struct sip_leg *l,
				  enum isdn_leg_event_type type);
/* The last event of a leg; m, where the far end's UUI is, may be NULL. */
void sip_gone(struct sip *s, struct sip_leg *l, enum isdn_source source, uint8_t cause,
	      const struct sip_message *m);
struct sip_leg *sip_new_leg(struct sip *s, enum sip_state state);
void sip_request(struct sip *s, struct sip_leg *l, const char *method, const char *extra);
void sip_respond(struct sip *s, const struct sip_message *to, unsigned status, const char *phrase,
		 const char *extra);
/* To their INVITE, which waits for us. */
void sip_answer(struct sip *s, const struct sip_leg *l, unsigned status, const char *phrase,
		uint8_t cause, const struct isdn_uui *uui);
/* End a leg that was dropped, now or when it may be. */
void sip_clear(struct sip *s, struct sip_leg *l);
/* Read what came, and end what waited too long; when it wants to be called again. */
void sip_process(struct isdn_provider *p, isdn_time now);
isdn_time sip_deadline(const struct isdn_provider *p);

/* Connect to the far end, by numbers. False: errno says why. */
bool sip_open(struct sip *s, const char *address, unsigned port);

#endif
