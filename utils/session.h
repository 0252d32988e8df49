/* SPDX-License-Identifier: BSD-2-Clause */
/* The calls of one run of q931-drop: what is asked of them, and what becomes of them. */
#ifndef UTILS_SESSION_H
#define UTILS_SESSION_H

#include <isdn/isdn.h>
#include <jansson.h>

#include "status.h"
#include "uui.h"

#define PROGRAM	  "q931-drop"
#define CALLS_MAX 64
#define NEVER	  INT64_MAX

enum command { CALL, ANSWER, CONFERENCE };

struct options {
	struct uui uui, setup_uui, accept_uui, answer_uui;
	const char *from, *pcap;
	int drop_after, answer_after, timeout; /* ms; -1: not given */
	int cause, count, conference;
	bool accept_only, reject, ladder, verbose, json;
};

struct call {
	isdn_handle handle;
	int number; /* in our lines */
	enum isdn_call_state state;
	bool is_conference, was_connected, refused;
	bool drop_asked, shown;	    /* by the command line; the UUI of clearing */
	isdn_request drop;	    /* 0: none yet */
	int64_t answer_at, drop_at; /* ms, NEVER */
};

struct session {
	const struct options *opt;
	enum command command;
	struct isdn_registry *registry;
	struct isdn_client *client;
	unsigned span;
	struct call calls[CALLS_MAX];
	unsigned n_calls;
	int numbers, taken, ended; /* calls so far: named, arrived and taken, ended of these */
	int parties;		   /* that the conference is to have, or has had */
	isdn_handle conference;
	bool conferencing; /* calls go into the conference until it is dropped */
	bool up, ending;   /* ending: everything was dropped, and we wait */
	int to_release, released;
	int64_t began, last_event; /* ms */
	int status;
};

int64_t session_now(void);

struct session_label {
	char text[24];
};
struct session_label session_name(const struct call *c);

/*
 * A line on stdout with the time since the start: of the call c, unless that is NULL, the text; or,
 * with --json, an object with the event, the call and members, whose reference is taken and which
 * may be NULL.
 */
void session_tell(const struct session *s, const char *event, const struct call *c, json_t *members,
		  const char *format, ...) ISDN_PRINTF(5, 6);

/* The first failure is the one that counts. */
void session_fail(struct session *s, int status);

/* A status. Not OK, false: nothing was begun, and the reason is on stderr. */
int session_place(struct session *s, const char *number);
bool session_confer(struct session *s, int parties);

/* Take every event that waits. */
void session_events(struct session *s);

/*
 * Do what is due by our own times. The time of the next, NEVER: none; now when
 * something was done, of which there can be events, and no descriptor tells.
 */
int64_t session_due(struct session *s, int64_t now);

/* Drop everything, the conference first, and take nothing new. */
void session_end(struct session *s, const char *why);

bool session_finished(const struct session *s);

/* All of it: argv[2] is the span, numbers follow. The exit status. */
int session_run(const struct options *given, enum command command, int argc, char **argv);

#endif
