/* SPDX-License-Identifier: BSD-2-Clause */
/* What the parts of the model share; tests see model.h. */
#ifndef TESTS_MODEL_PARTS_H
#define TESTS_MODEL_PARTS_H

#include "tests/model.h"

/* ---- model.c: calls, handles, events ---- */

struct model_why model_local(int request, uint8_t cause);
struct model_why model_any(int request); /* the contract does not say by whom */
struct model_why model_cascade(int request, int of, uint8_t cause);
bool model_is(const struct model *m, int call, unsigned states);
/* The client is one for the call's span. */
bool model_sees(const struct model *m, int client, int call);
/* CONNECTED, and taking part: ACTIVE, ACTIVEHELD, CONFIRMED. */
bool model_is_active(const struct model *m, int call);
const struct isdn_caps *model_caps(const struct model *m, int call);
struct model_leg *model_leg(struct model *m, int call);
/* A hold, a retrieval or a transfer of it is under way. */
bool model_busy(const struct model *m, int call);
/* A call of that leg (NONE: a conference), in that state; nobody has been told yet. */
int model_new_call(struct model *m, int leg, enum isdn_call_state state, uint32_t mode);
/* A handle, with the events for it; asked: the client has it from a function. */
void model_give(struct model *m, int client, int call, enum isdn_privilege privilege, bool asked);
/* Monitors are given a handle to it. */
void model_show(struct model *m, int call);
/* The holders but one client (NONE: all) are told what changed. */
void model_info(struct model *m, int call, uint32_t info, int but);
void model_enter(struct model *m, int call, enum isdn_call_state state, uint32_t mode,
		 struct model_why why);
/* CONNECTED as a call of its own: ACTIVEHELD when the far end holds. */
void model_enter_connected(struct model *m, int call, struct model_why why);
/* IDLE, and what follows from that for the calls that it has to do with. */
void model_end(struct model *m, int call, struct model_why why);

int model_request(struct model *m, int client, int call, enum model_kind kind);
void model_reply(struct model *m, int request, int result, enum isdn_outcome outcome);
int model_reply_now(struct model *m, int client, int call);
/* Requests of that kind that wait for the call are answered. */
void model_answer_all(struct model *m, int call, enum model_kind kind, int result);
/* The call was made by that request: so say its first events. */
void model_made(struct model *m, int call, int request);
/* The first that waits so, 0: none. */
int model_pending(const struct model *m, int call, enum model_kind kind);
void model_answer_end(struct model *m, int call, int result, enum isdn_outcome outcome);
/* What still waits for the call, but for its end, fails. */
void model_fail(struct model *m, int call);
void model_not_cleared(struct model *m, int request, int call, int result);

/* ---- model_leg.c: the providers ---- */

int model_new_leg(struct model *m, int provider, enum mock_phase phase);
int model_ask_make(struct model *m, int provider, int *leg);
int model_ask(struct model *m, int leg, enum mock_op op);
int model_ask_drop(struct model *m, int leg, uint8_t cause, size_t uui_size, bool *uui_sent);
int model_ask_transfer(struct model *m, int leg, int other);
/* What the providers have to tell is taken, until there is no more. */
void model_flush(struct model *m);

/* ---- model_call.c: a call and its leg ---- */

int model_place(struct model *m, int client, int provider, bool line, const char *called,
		bool overlap, int *call);
void model_leg_state(struct model *m, const struct model_leg_event *ev);
void model_leg_gone(struct model *m, const struct model_leg_event *ev);
void model_leg_refused(struct model *m, int call);
void model_offered(struct model *m, int leg);
void model_held(struct model *m, int call);
void model_retrieved(struct model *m, int call);
uint32_t model_disconnect_mode(uint8_t cause, bool unanswered);
/* DISCONNECTED; requests that wait fail. */
void model_disconnected(struct model *m, int call, uint8_t cause, enum isdn_source source);

/* ---- model_drop.c ---- */

/*
 * Clear one call: its leg is asked. 0 also when that is under way already. An error: it
 * goes on.
 */
int model_clear(struct model *m, int call, const struct isdn_drop *how, struct model_why why);
/* Because of another call; it stays when it can not be. */
void model_clear_by(struct model *m, int call, int of, int request, uint8_t cause);
/* Drop without a request: the client goes, nobody owns it, another call was answered. */
void model_drop_quietly(struct model *m, int call, uint8_t cause, int request);

/* ---- model_conference.c ---- */

/* The call that waits for another to be connected, of a conference without hold; or NONE. */
int model_unheld_first(const struct model *m, int conference);
/* The one party that is left, and is not ending; or NONE. */
int model_only_party(const struct model *m, int conference);
/* No consultation call is waited for any more: it goes on with the parties that it has. */
void model_settle(struct model *m, int conference, int request);
/* The party that is left is a call of its own, and the conference is over. */
void model_collapse(struct model *m, int conference, struct model_why why);
void model_end_conference(struct model *m, int conference, struct model_why why);
/* When all are gone its drop is complete: the reply, then IDLE. */
void model_finish(struct model *m, int conference);

/* Members in the order in which they joined; next after call, NONE: the first. */
int model_next_party(const struct model *m, int conference, int call);
void model_joined(struct model *m, int call);
/* The call, which is IDLE or was taken out, is no more in the conference. */
void model_left(struct model *m, int conference, int call, int request);
/* It goes on as a call of its own. */
void model_set_free(struct model *m, int call, struct model_why why);
int model_drop_conference(struct model *m, int conference, int request,
			  const struct isdn_drop *how);
int model_leave_conference(struct model *m, int conference, int request);
/* Whether the end of the party ends its conference but for one: the survivor, else NONE. */
int model_survivor(const struct model *m, int call);
int model_conference_check(const struct model *m, const struct isdn_conference_config *config);
int model_new_conference(struct model *m, int client, const struct isdn_conference_config *config);
void model_join_party(struct model *m, int conference, int call);

/* ---- model_consult.c ---- */

/* It is used for something else: what waited for it waits no more. */
void model_consult_taken(struct model *m, int consult);
void model_consult_over(struct model *m, int consult);
void model_consult_connected(struct model *m, int consult);
/* The consultation call is an ordinary one from here on. */
void model_forget_consult(struct model *m, int call);
int model_undo_setup(struct model *m, int client, int call);
int model_undo_prepare(struct model *m, int client, int conference);

/* ---- model_line.c: the shared line ---- */

enum model_line_drop {
	MODEL_WIRE,	/* the leg is cleared */
	MODEL_HERE,	/* the offer ends here alone */
	MODEL_INACTIVE, /* the others go on */
	MODEL_UNAVAIL
};
enum model_line_drop model_line_drop(const struct model *m, int call, enum isdn_verb verb);
bool model_line_offered(struct model *m, int leg);
int model_line_may_make(const struct model *m, int client);
int model_line_accept(struct model *m, int client, int call);
int model_line_answer(struct model *m, int client, int call);
bool model_others_active(const struct model *m, int call);
uint32_t model_inactive_mode(const struct model *m, int call);
void model_line_state(struct model *m, const struct model_leg_event *ev);
void model_line_unowned(struct model *m, int call, uint8_t cause);
void model_leave_line(struct model *m, int client, bool closes);
void model_line_gone(struct model *m, const struct model_leg_event *ev);

/* ---- model_transfer.c ---- */

/* The consultation call of a transfer has ended: the other is retrieved. */
void model_reconnect(struct model *m, int call);
void model_link_over(struct model *m, int call, size_t uui_size);
void model_moved(struct model *m, int call, enum isdn_source source);

/* ---- model_client.c ---- */

/* The client's calls in the order in which it got the handles; the next after that, 0: the first.
 */
int model_next_handle(const struct model *m, int client, unsigned after);
/* What the going of an owner means for the call (drop_unowned, end_when_owner_leaves). */
void model_owner_left(struct model *m, int call);

#endif
