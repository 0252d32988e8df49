/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A model of the registry: what each request and each act of a far end does to calls, and
 * what each client is told of it. Written from the public headers and the requirements, to be
 * read beside them; it knows nothing of the library. tests/test_registry_model.c makes both
 * do the same and compares.
 *
 * Calls, legs and requests are numbers, places in arrays that only grow; NONE is none of them.
 * A request answers its number, from 1, or an error, as the library does.
 */
#ifndef TESTS_MODEL_H
#define TESTS_MODEL_H

#include <isdn/registry.h>

#include "tests/mock_provider.h"

#define MODEL_CLIENTS	4
#define MODEL_PROVIDERS 2
#define MODEL_CALLS	768
#define MODEL_LEGS	512
#define MODEL_REQUESTS	1024
#define MODEL_EVENTS	4096
#define MODEL_NUMBER	"100" /* called number of the shared line */
#define NONE		(-1)

struct model_handle {
	uint64_t number; /* the library's */
	bool held;
	enum isdn_privilege privilege;
	unsigned order; /* in which the client got them */
};

/* Why a state changes. */
struct model_why {
	int request; /* that caused it, 0: none did */
	enum isdn_source source;
	int of;	       /* cascade: of that call */
	uint8_t cause; /* Q.850 */
	bool any;      /* the contract does not say */
};

struct model_call {
	uint64_t id; /* the library's, 0: no client has seen it yet */
	enum isdn_call_state state;
	uint32_t mode;
	int leg; /* NONE: a conference */
	struct model_handle handle[MODEL_CLIENTS];
	bool far_held;
	bool detached; /* a leg of a transfer that nobody owns */

	bool dropping;
	int drop;	       /* the request of that, 0: none */
	struct model_why why;  /* of its IDLE */
	bool refused_offer;    /* the drop was a rejection */
	bool uui_sent;	       /* the UUI of it left */
	uint8_t cleared_cause; /* of the first clearing message, from either side */

	int linked;
	int station; /* appearance at this client's station, NONE: not of a shared line */
	bool left;   /* that is no station any more */

	int consult, consult_of; /* of a transfer or a conference */
	bool reconnect;		 /* the consultation call's end takes the transfer back */
	bool transferring;	 /* it is to be ONHOLDPENDTRANSFER when it is held */
	bool held_here;		 /* ONHOLDPENDTRANSFER, but the provider was not asked */

	bool is_conference;
	struct isdn_conference_config config;
	int first;	 /* the call that the conference was set up from, while it can be undone */
	int conference;	 /* as a party of it, also when that is IDLE */
	unsigned joined; /* order of joining */
	int adding;	 /* request that is answered when it has joined, 0: none */
	bool with_another; /* no_hold: it is a party as soon as another is */

	int clearing; /* request that waits for it with others, 0: none */
	bool began;   /* a conference: a call has joined */
	int moving;   /* request of a transfer by the provider, 0: none */
	bool moved;   /* and its leg is gone */
	bool fresh;   /* made in this step */
};

/* A leg as its provider knows it: what tests/mock_provider.c does, once more. */
struct model_leg {
	int provider;
	uint64_t number;
	enum mock_phase phase;
	bool busy;
	enum mock_op op;
	isdn_time due;
	int other;
	uint8_t cause;
	bool line;    /* of the shared line: several calls have it */
	int call;     /* else the one that has it */
	bool alerted; /* line: it was accepted at a station */
	int asker;    /* line: the call for which a hold or a retrieval is under way */
};

struct model_leg_event {
	enum isdn_leg_event_type type;
	int leg;
	enum isdn_call_state state;
	uint32_t mode;
	uint8_t cause;
	enum isdn_source source;
	size_t uui_size;
};

/* What answers a request, when not it itself. */
enum model_kind {
	MODEL_AT_ONCE,
	MODEL_MAKING,	 /* the first answer of the far end */
	MODEL_ANSWERING, /* CONNECTED */
	MODEL_HOLDING,	 /* the hold or the retrieval */
	MODEL_ADDING,	 /* CONFERENCED */
	MODEL_MOVING,	 /* the end of both legs */
	MODEL_DROPPING,	 /* the end of the call, or of the conference */
	MODEL_CLEARING	 /* the end of several */
};

struct model_request {
	isdn_request id; /* the library's, 0: not known yet */
	int client;
	int call; /* that its reply is about */
	int of;	  /* whose end answers a drop: that call, or the conference of it */
	enum model_kind kind;
	bool over;
	bool silent;		   /* its client was closed: nobody is answered */
	unsigned with_uui, failed; /* of a drop: calls */
	int left;		   /* MODEL_CLEARING: so many are still to go */
	bool refused;		   /* the call that was named was offered */
};

/* An event that a client is to get in this step. */
struct model_event {
	enum isdn_event_type type;
	int client, call;
	bool seen;
	enum isdn_call_state state, old_state;
	uint32_t mode;
	enum isdn_privilege privilege;
	int conference; /* CONFERENCED */
	struct model_why why;
	bool uui_sent;
	uint32_t info; /* CALL_INFO */
	/* REPLY, NOT_CLEARED */
	int request;
	int result;
	enum isdn_outcome outcome;
	unsigned with_uui, failed; /* of a drop */
	bool reply_of_drop;
	int before; /* REPLY: the call whose IDLE is later, NONE */
	int party;  /* IDLE of a party: of that conference, whose own is later, NONE */
};

struct model_client {
	bool open;
	struct isdn_client_config config;
	bool station, monitored; /* of the shared line */
	bool silent;
	unsigned joined;
};

struct model_provider {
	bool open;
	unsigned span;
	struct isdn_caps caps;
	enum mock_manner manner[MOCK_OPS];
	uint64_t legs; /* so many have been */
	struct model_leg_event queue[MODEL_LEGS];
	unsigned head, tail;
	struct mock_asked log[MOCK_LOG]; /* what it is asked for in this step */
	unsigned n_log;
};

struct model {
	isdn_time now;
	unsigned max_parties;
	uint8_t drop_unowned;
	bool has_line; /* a shared line on the first provider */
	enum isdn_sharing sharing;
	struct model_client client[MODEL_CLIENTS];
	struct model_provider provider[MODEL_PROVIDERS];
	struct model_call call[MODEL_CALLS];
	struct model_leg leg[MODEL_LEGS];
	struct model_request request[MODEL_REQUESTS];
	struct model_event event[MODEL_EVENTS];
	int n_calls, n_legs, n_requests, n_events; /* requests from 1 */
	unsigned order;
};

/* ---- for tests ---- */

/* Forget what was: no client, no provider. */
void model_init(struct model *m);

/* Requests of a client. They answer as those of the library; handles are calls here. */
int model_make(struct model *m, int client, int provider, bool line, const char *called,
	       bool overlap, int *call);
int model_accept(struct model *m, int client, int call);
int model_answer(struct model *m, int client, int call);
int model_dial(struct model *m, int client, int call);
int model_hold(struct model *m, int client, int call);
int model_unhold(struct model *m, int client, int call);
int model_drop(struct model *m, int client, int call, enum isdn_verb verb,
	       const struct isdn_drop *how);
/* What model_drop would answer, without doing it: 0 or an error. */
int model_may_drop(const struct model *m, int client, int call, enum isdn_verb verb,
		   const struct isdn_drop *how);
int model_link(struct model *m, int client, int a, int b);
int model_unlink(struct model *m, int client, int call);
int model_setup_transfer(struct model *m, int client, int call, int provider, int *consult);
int model_complete_transfer(struct model *m, int client, int call, int consult,
			    const struct isdn_conference_config *config, int *conference);
int model_conference_new(struct model *m, int client, const struct isdn_conference_config *config,
			 int *conference);
/* provider NONE: no consultation call. */
int model_conference_setup(struct model *m, int client, int call,
			   const struct isdn_conference_config *config, int provider,
			   int *conference, int *consult);
int model_prepare_add(struct model *m, int client, int conference, int provider, int *consult);
int model_add(struct model *m, int client, int conference, int call);
int model_remove(struct model *m, int client, int call);
int model_conference_calls(struct model *m, int client, int call, int *calls, size_t *n);
int model_see_calls(struct model *m, int client);
int model_set_privilege(struct model *m, int client, int call, enum isdn_privilege privilege);
int model_handoff(struct model *m, int client, int call, int to);
int model_deallocate(struct model *m, int client, int call);
void model_open(struct model *m, int client, const struct isdn_client_config *config);
void model_close(struct model *m, int client);
int model_join(struct model *m, int client, const struct isdn_station_config *config);
int model_leave(struct model *m, int client);

/* Acts of the far end, as those of the mock, which has done them already. */
void model_offer(struct model *m, int provider, const char *called);
void model_progress(struct model *m, int leg, enum isdn_call_state state);
void model_connect(struct model *m, int leg, uint32_t mode);
void model_far_hold(struct model *m, int leg, bool hold);
void model_disconnect(struct model *m, int leg, uint8_t cause, size_t uui_size);
void model_release(struct model *m, int leg, uint8_t cause);
void model_late(struct model *m, int leg, bool agree);
void model_time(struct model *m); /* it is m->now */
void model_close_span(struct model *m, int provider);
void model_open_span(struct model *m, int provider, unsigned span, const struct isdn_caps *caps);

/* Of the shared line: stations that use it, calls on it. */
unsigned model_in_use(const struct model *m);
unsigned model_line_calls(const struct model *m);
int model_parties(const struct model *m, int conference);
bool model_owns(const struct model *m, int client, int call);
int model_holders(const struct model *m, int call, enum isdn_privilege privilege);
int model_leg_of(const struct model *m, int provider, uint64_t number);
bool model_is_idle(const struct model *m, int call);

#endif
