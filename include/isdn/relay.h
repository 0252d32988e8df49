/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * isdn/relay.h - user-to-user signalling through a network: what a call that
 * comes in by one span and leaves by another, or by the same, carries of user-user
 * information and services from half to half (EN 300 286-1, network side).
 *
 * The exchange that relays basic calls stays the caller's; the relay looks at
 * the events of both halves, answers and asks for services, forwards USER
 * INFORMATION with its flow control, and says what UUI the next message of the
 * other half carries:
 *
 *	ISDN_SETUP_IND at A:	isdn_relay_new, isdn_relay_setup; isdn_span_setup at B;
 *				isdn_relay_called
 *	any other event:	isdn_relay_event; unless that answers 1, the message that
 *				it means goes to the other half, with the UUI it gave
 *	the last event of both:	isdn_relay_free
 */
#ifndef ISDN_RELAY_H
#define ISDN_RELAY_H

#include <isdn/span.h>

#ifdef __cplusplus
extern "C" {
#endif

struct isdn_relay;

struct isdn_relay_config {
	size_t size; /* set by isdn_relay_config_init */
	/*
	 * The services that the calling line subscribes to, ISDN_UUS_BIT(), by its SETUP (the
	 * number, say); what its span does not provide is refused before. NULL: all of them.
	 */
	uint8_t (*subscribed)(void *arg, const struct isdn_msg *setup);
	void *arg;
	/* STATUS 43 for UUI in SETUP without a subscription to implicit service 1; false */
	bool tell_implicit;
	/* UUI in ALERTING and PROGRESS of a terminal of a bus that may not get the call; false */
	bool unawarded;
	unsigned queue; /* USER INFORMATION messages that wait for a half that is not ready: 32 */
};
ISDN_API void isdn_relay_config_init(struct isdn_relay_config *config);

/*
 * A relay for the call that arrived at span calling. config and env may be NULL; both are copied.
 * The spans outlive it. It belongs to the thread that has them.
 * INVALPOINTER, INVAL (config.size, a queue of 0), NOMEM
 */
ISDN_API int isdn_relay_new(struct isdn_relay **relay, const struct isdn_relay_config *config,
			    struct isdn_span *calling, isdn_call_id call,
			    const struct isdn_env *env);
/* Without a message. NULL is allowed. */
ISDN_API void isdn_relay_free(struct isdn_relay *relay);

/*
 * Before anything answers the SETUP: add to setup, the SETUP for span called, what it carries of
 * UUI and services. What can not go on is refused at the calling half: UUI that is longer than the
 * span called carries by STATUS 43, services with their own errors.
 * OPERATIONUNAVAIL  the call required a service that is not to be had, and is being cleared: make
 *		     no other half
 * NOSPC	     setup has no room for the components
 * INVALCALLSTATE    it was done before
 * INVALCALLHANDLE, INVALPOINTER, NOMEM
 */
ISDN_API int isdn_relay_setup(struct isdn_relay *relay, const struct isdn_span_event *arrived,
			      struct isdn_span *called, struct isdn_msg *setup, isdn_time now);
/*
 * isdn_span_setup made that call of it.
 * INVALCALLHANDLE  there was no isdn_relay_setup; or the call has ended within isdn_span_setup, its
 *		    last event follows
 * INVALPOINTER, NOMEM
 */
ISDN_API int isdn_relay_called(struct isdn_relay *relay, isdn_call_id call, isdn_time now);

/*
 * An event of one of the halves, which is at span. *uui receives the UUI for the message that the
 * other half gets because of it, NULL: none; it is the event's, and lives as long.
 * 1	  the event is the relay's alone: nothing else is to be done
 * 0	  it is the caller's: message, clearing, or nothing
 * INVAL  it is of neither half
 * INVALPOINTER
 */
ISDN_API int isdn_relay_event(struct isdn_relay *relay, struct isdn_span *span,
			      const struct isdn_span_event *ev, const struct isdn_uui **uui,
			      isdn_time now);

/* USER INFORMATION messages that went on, that wait, and that were discarded. */
struct isdn_relay_counters {
	uint64_t relayed, discarded;
	unsigned waiting;
};
ISDN_API void isdn_relay_counters(const struct isdn_relay *relay, struct isdn_relay_counters *out);

#ifdef __cplusplus
}
#endif
#endif
