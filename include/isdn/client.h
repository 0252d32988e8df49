/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * isdn/client.h - clients of a registry: an application's view, its privilege,
 * its queue of events. isdn_client(3).
 */
#ifndef ISDN_CLIENT_H
#define ISDN_CLIENT_H

#include <isdn/event.h>

#ifdef __cplusplus
extern "C" {
#endif

struct isdn_registry;
struct isdn_client;

/* What becomes of the client's active call when it answers another. */
enum isdn_answer_mode { ISDN_ANSWER_KEEP, ISDN_ANSWER_DROP, ISDN_ANSWER_HOLD };

struct isdn_client_config {
	size_t size;	  /* set by isdn_client_config_init */
	const char *name; /* for prints and logs; copied, 31 characters kept */
	/*
	 * OWNER: is given an owner's handle to each arriving call. MONITOR: is
	 * given a monitor's handle to every call, arriving or made by others.
	 */
	enum isdn_privilege privilege;
	bool may_own; /* MONITOR: may become owner of a call, by isdn_call_set_privilege */
	/*
	 * isdn_registry_fd becomes readable when an event comes for it while
	 * isdn_registry_process does not run, or in a watch's run: for a client with
	 * code of its own, which else would not know what requests of others caused.
	 */
	bool wake;
	unsigned
		span; /* arriving calls, and events of links, of this span only; 0: of every span */
	bool relaxed; /* may deallocate a call that it alone owns before IDLE (D5) */
	bool keep_calls; /* closing the client does not drop the calls that it alone owns (D7) */
	enum isdn_answer_mode answer_mode;
	/* A consultation call that ends takes the transfer back: the other call is CONNECTED
	 * again. Default true. */
	bool auto_reconnect;
};
ISDN_API void isdn_client_config_init(struct isdn_client_config *config);

/* Open a client. Calls that nobody owns are given to it when it is an owner (D6). INVAL,
 * INVALPOINTER, NOMEM. */
ISDN_API int isdn_client_open(struct isdn_registry *registry,
			      const struct isdn_client_config *config, struct isdn_client **client);

/*
 * Close it: calls that it alone owns are dropped with cause 16 (unless
 * keep_calls), its handles are void, its requests end without reply. NULL is allowed.
 */
ISDN_API void isdn_client_close(struct isdn_client *client);

/* 1: *event is filled; 0: none waits; INVALPOINTER, UNINITIALIZED (client is NULL). */
ISDN_API int isdn_client_next_event(struct isdn_client *client, struct isdn_event *event);

/*
 * Handles that the client holds, in the order in which it got them; *n receives how many
 * there are, also when that is more than cap. INVALPOINTER, UNINITIALIZED, NOSPC
 */
ISDN_API int isdn_client_calls(const struct isdn_client *client, isdn_handle *handles, size_t cap,
			       size_t *n);

/*
 * Give the client a monitor's handle, with NEW_CALL and CALL_STATE, to each call that it
 * does not hold yet and that is not IDLE (of its span, when it has one). Promote with
 * isdn_call_set_privilege. Answers how many; NOMEM: some are missing.
 */
ISDN_API int isdn_client_see_calls(struct isdn_client *client);

#ifdef __cplusplus
}
#endif
#endif
