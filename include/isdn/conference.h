/* SPDX-License-Identifier: BSD-2-Clause */
/* isdn/conference.h - conferences: a call of its own, and its parties. isdn_conference(3). */
#ifndef ISDN_CONFERENCE_H
#define ISDN_CONFERENCE_H

#include <isdn/call.h>

#ifdef __cplusplus
extern "C" {
#endif

enum isdn_conference_policy {
	ISDN_CONFERENCE_DROP_ALL,   /* dropping the conference clears every party */
	ISDN_CONFERENCE_LEAVE_REST, /* the conference ends here; the parties go on (D3) */
	/* As drop_all, and leaving it, or the last owner's going away by any way, is a drop. */
	ISDN_CONFERENCE_END_WHEN_OWNER_LEAVES
};

/* Who can be taken out by isdn_conference_remove. */
enum isdn_conference_remove {
	ISDN_REMOVE_ANY,
	ISDN_REMOVE_LAST, /* only the one that joined last */
	ISDN_REMOVE_NONE
};

struct isdn_conference_config {
	size_t size; /* set by isdn_conference_config_init */
	enum isdn_conference_policy policy;
	/*
	 * When one party is left it becomes CONNECTED, a call of its own, and the conference
	 * IDLE. false, the default: it goes on until the last has left.
	 */
	bool collapse;
	unsigned max_parties; /* 0: the registry's */
	enum isdn_conference_remove remove;
	/* Of a removed call: CONNECTED, the default, or IDLE, which clears it. */
	enum isdn_call_state removed_state;
	/*
	 * isdn_conference_setup leaves the first call CONNECTED until the consultation call is
	 * connected, which then joins by itself; if it fails the conference is IDLE.
	 */
	bool no_hold;
};
ISDN_API void isdn_conference_config_init(struct isdn_conference_config *config);

/*
 * A new conference without parties, ONHOLDPENDCONF. config may be NULL. *conference receives an
 * owner's handle. The bridge itself, the mixing of B-channels, is the caller's.
 * INVAL: no such policy, remove or state; max_parties above the registry's.
 */
ISDN_API int isdn_conference_new(struct isdn_client *client,
				 const struct isdn_conference_config *config,
				 isdn_handle *conference);

/*
 * A new conference from a call that is CONNECTED and ACTIVE: the call is CONFERENCED, the
 * conference ONHOLDPENDCONF, and a consultation call is made, whose handle *consult receives;
 * isdn_conference_add adds it (or another). Drop the consultation call, or unhold the first one, to
 * cancel. params NULL: no consultation call. The reply comes at once.
 * Errors as isdn_conference_new, isdn_conference_add and isdn_call_make.
 */
ISDN_API isdn_request isdn_conference_setup(struct isdn_client *client, isdn_handle call,
					    const struct isdn_conference_config *config,
					    const struct isdn_call_params *params,
					    isdn_handle *conference, isdn_handle *consult);

/*
 * Another party: the conference, CONNECTED, becomes ONHOLDPENDCONF, and a consultation call is
 * made. isdn_conference_add adds it; dropping it, or unhold of the conference, takes that
 * back. Errors as isdn_call_make, INVALCONFCALLHANDLE, INVALCALLSTATE, CONFERENCEFULL
 */
ISDN_API isdn_request isdn_conference_prepare_add(struct isdn_client *client,
						  isdn_handle conference,
						  const struct isdn_call_params *params,
						  isdn_handle *consult);

/*
 * Add a call that is CONNECTED or ONHOLD: it becomes CONFERENCED, at once, and the conference
 * CONNECTED. A call that is OFFERING, ACCEPTED, DIALTONE, DIALING, PROCEEDING or RINGBACK belongs
 * to the conference from now on and becomes CONFERENCED when it is connected. When its last
 * party has left, the conference is IDLE.
 * INVALCONFCALLHANDLE (conference is none), CONFERENCEFULL, INVALCALLHANDLE
 * (call is a conference, or in one already, linked, or on a shared line), INVALCALLSTATE
 */
ISDN_API isdn_request isdn_conference_add(struct isdn_client *client, isdn_handle conference,
					  isdn_handle call);

/*
 * Take a party that is CONFERENCED out: it enters removed_state, the others stay.
 * The reply comes when it did. NOCONFERENCE, INVALCALLSTATE, OPERATIONUNAVAIL (remove)
 */
ISDN_API isdn_request isdn_conference_remove(struct isdn_client *client, isdn_handle party);

/*
 * Handles to a conference and its parties that are CONFERENCED: the conference first, then the
 * parties in the order they joined. call may be any of them. Where the client has no handle yet it
 * is given a monitor's, with NEW_CALL and CALL_STATE. A conference that is IDLE and
 * whose handle was given back is left out. *n receives how many there are, also when that is more
 * than cap; only the first cap are given new handles. NOCONFERENCE, NOSPC, NOMEM
 */
ISDN_API int isdn_conference_calls(struct isdn_client *client, isdn_handle call,
				   isdn_handle *handles, size_t cap, size_t *n);

#ifdef __cplusplus
}
#endif
#endif
