/* SPDX-License-Identifier: BSD-2-Clause */
/* q931-load: what is asked of its calls, what becomes of them, and what is counted. */
#ifndef UTILS_LOAD_H
#define UTILS_LOAD_H

#include <isdn/isdn.h>

#include "cli.h"
#include "load_hist.h"
#include "load_pace.h"
#include "load_wire.h"
#include "uui.h"

#define PROGRAM	     "q931-load"
#define ENDS_MAX     4096 /* ends of calls, and conferences, at one time */
#define LIMIT_MAX    1024 /* calls at once */
#define FAILURES_MAX 64	  /* kinds of failures that are told apart */
#define NEVER	     INT64_MAX
#define MS	     1000 /* us */
#define S_US	     1000000

/* Exit statuses; q931-load(1) tells what they mean. */
enum { OK, FAILED, USAGE, NO_DEVICE, NO_LINK, SIGNALLED = 128 };

enum command { GENERATE, SINK, BOTH, N_COMMANDS };

/* Who drops, seen from the end that places calls; and while a call is what. */
enum who { NEAR, FAR, AT_ONCE, RANDOM_WHO };
enum phase { OFFERING, ALERTING, ANSWERED, ANY_PHASE };

struct options {
	struct uui setup_uui, uui;
	const char *rate_text, *hold_text, *number, *from;
	int uui_random, concurrency, calls, conference, reject_every, cause, seed;
	int duration, answer_after, ramp, timeout, progress; /* ms; -1: not given */
	int drop, drop_while;				     /* enum who, enum phase */
	bool echo_uui, json, quiet, verbose;
	/* of the texts */
	double rate;		    /* calls/s, 0: as fast as it goes */
	int64_t hold_min, hold_max; /* us */
};

/* The texts into numbers, and what does not go together. False: told on stderr. */
bool options_check(struct options *o, const struct cli *cli, enum command command);
bool number_check(const char *number);

/* The number of a call, as the template "5550000+" says: it counts the digits before "+" up. */
void number_of(const char *number, uint64_t index, char text[ISDN_DIGITS_MAX + 1]);

/* How many numbers there are until they begin again; 1: it is always the same. */
uint64_t number_modulus(const char *number);

/* The other way, modulo that. False: called is none of them. */
bool number_index(const char *number, const char *called, uint64_t *index);

/*
 * What is to become of a call: made of the options, the seed, and which call it is, so that two
 * programs that have these have the same plan.
 */
struct plan {
	enum who who;
	enum phase phase;
	int64_t hold; /* us */
};
struct plan plan_of(const struct options *o, uint64_t index);
uint8_t cause_of_drop(const struct options *o, const struct plan *plan, bool far);

/* The user-user information of a call's SETUP, and of the drop by an end. size 0: none. */
void uui_of_setup(const struct options *o, uint64_t index, struct uui *uui);
void uui_of_drop(const struct options *o, uint64_t index, bool far, struct uui *uui);

/* Why a call failed. */
enum reason {
	ENDED,	     /* by another, at another time, or with another cause than asked */
	WENT_ON,     /* the far end alerted or answered before the drop that was to come first */
	SILENT,	     /* nothing happened within --timeout */
	REFUSED,     /* the library refused a request */
	UUI_DAMAGED, /* it arrived, and was not what was sent */
	UUI_MISSING, /* it was sent, and did not arrive */
	UUI_NOT_SENT /* there was no message that could carry it */
};
const char *reason_name(enum reason reason);

struct failure {
	enum reason reason;
	enum isdn_source source;
	uint8_t cause;		    /* Q.850, 0: none */
	int error;		    /* enum isdn_err of REFUSED */
	enum isdn_call_state state; /* in which it happened */
	uint64_t calls;
};

enum action { NOTHING, ANSWER, DROP };

/* One end of a call, or a conference. */
struct end {
	struct end *next_of_hash, *next, *prev; /* next, prev: of all that are alive */
	isdn_handle handle;
	uint64_t index;
	struct plan plan;
	struct end *peer;	/* the other end, when both are ours */
	struct end *conference; /* that it is a party of */
	enum isdn_call_state state;
	bool far, is_conference, refused; /* refused: nobody wanted it */
	bool pairable;			  /* the other end has not been seen yet */
	bool dropped, cut;		  /* by us; because the run ends */
	bool cleared;			  /* by the far end, before we dropped it */
	bool gone, answered, failed;
	bool sent_setup_uui, sent_drop_uui, asked_drop_uui, has_setup_uui, has_clearing_uui;
	unsigned parties; /* of a conference: that joined */
	enum action action;
	int64_t action_at, give_up_at;		 /* us, NEVER */
	int64_t made_at, alerted_at, dropped_at; /* us */
	isdn_request drop_request;
	struct failure failure;
	int64_t failed_at;
	struct uui setup_uui; /* that arrived, for the echo */
};

struct totals {
	uint64_t placed, answered, dropped, failed, cut, strays; /* placed: or arrived, at a sink */
	uint64_t conferences, parties;				 /* dropped by one request */
	uint64_t uui_sent, uui_arrived, uui_damaged, uui_missing, uui_not_sent;
	struct hist alerting, connect, idle;
	unsigned peak;
	double up_time; /* us times calls */
};

struct span {
	const char *spec;
	unsigned number;
	bool up, was_up;
	int64_t down_since;
	uint64_t downs;
	struct wire wire;
	struct isdn_span_info info; /* of the end */
};

struct load {
	struct options *opt;
	enum command command;
	struct isdn_registry *registry;
	struct isdn_client *client;
	struct span span[2];
	unsigned n_spans;
	struct end *live; /* newest first */
	struct end *open_conference;
	struct pace pace;
	uint64_t arrived;
	unsigned up, on_the_way, n_live; /* calls (of a sink: that arrived); not answered yet */
	bool begun, placing, ending;	 /* ending: everything was dropped */
	bool closed;			 /* the spans are */
	bool blocked;			 /* no channel is free */
	bool acted;			 /* something was asked for, of which there can be events */
	int64_t now, began, placing_began, placing_ended, counted_at, blocked_until, last_event;
	struct totals totals;
	struct failure failures[FAILURES_MAX];
	unsigned n_failures;
	struct isdn_registry_counts left;
	int status;
};

int64_t load_clock(void);

/* load_ends.c: the ends that are alive, and their table. NULL: there is no room. */
struct end *end_new(struct load *l, isdn_handle handle, bool far);
struct end *end_find(isdn_handle handle);
void end_forget(struct end *e); /* its handle is void */
void end_free(struct load *l, struct end *e);

/* load_place.c */
bool call_place(struct load *l); /* false: not now */
void call_arrived(struct load *l, isdn_handle handle);

/* load_calls.c: what happens to calls, and what is done about it. */
bool call_is_counted(const struct load *l, const struct end *e); /* near; of a sink, far */
void call_count(struct load *l, int step);			 /* one more is up, or less */
void call_schedule(struct end *e, enum action action, int64_t at);
void call_await(const struct load *l, struct end *e, int64_t within); /* the far end's turn */
int64_t call_answer_after(const struct load *l);
void call_event(struct load *l, const struct isdn_event *ev);
void call_due(struct load *l, struct end *e);
void call_drop(struct load *l, struct end *e, bool cut);

/* load_conference.c */
void conference_join(struct load *l, struct end *e);
void conference_event(struct load *l, struct end *e, const struct isdn_event *ev);
void conference_drop(struct load *l, struct end *e);
/* Drop what is incomplete and can not be completed. */
void conference_flush(struct load *l);

/* load_judge.c: whether a call was what the plan asked for. */
void judge_fail(struct end *e, enum reason reason, int error);
void judge_uui(struct load *l, struct end *e, enum isdn_uui_which which);
void judge_cleared(struct load *l, struct end *e, const struct isdn_event *ev);
/* It is IDLE: count it, with its other end. */
void judge_idle(struct load *l, struct end *e, const struct isdn_event *ev);
bool is_ours(const struct end *e); /* to drop */

/* load_run.c: until all is over, and what was sent is acknowledged. */
void run(struct load *l, int signals);
/* A status that is worse than what there was. */
void load_fail(struct load *l, int status);

/* load_report.c, load_json.c, load_progress.c */
const char *source_word(const struct failure *f);
double load_seconds(const struct load *l);
double load_rate(const struct load *l);
double load_mean(const struct load *l);
double load_possible(const struct load *l); /* calls per second, 0: not known */
unsigned span_rate(const struct span *s);   /* bit/s of its D-channel */
void report_text(const struct load *l, const struct term *term);
bool report_json(const struct load *l);
void progress(struct load *l);
void progress_end(void);
int64_t progress_next(const struct load *l);

#endif
