/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Random walks over call control. A seed is a configuration and a list of
 * steps; each step has a seed of its own, so a list with some of its steps left
 * out is a walk as well, and a walk that fails can be made short.
 */
#ifndef TESTS_CC_WALK_H
#define TESTS_CC_WALK_H

#include <setjmp.h>

#include "q931/cc_internal.h"
#include "tests/helper.h"
#include "tests/random_msg.h"

#define WALK_STEPS     120 /* at most */
#define WALK_CALLS     200
#define WALK_WIRE      40
#define WALK_WAITS     1000
#define WALK_TERMINALS 5

enum walk_kind {
	WALK_CLEAN, /* a user and a network side of ours, and a line without a fault */
	WALK_PAIR,  /* the same, and all that can go wrong */
	WALK_USER,  /* our user side, and a peer that says anything */
	WALK_NETWORK,
	WALK_BUS, /* our network side, and terminals that say anything */
	WALK_KINDS
};

struct walk_step {
	uint8_t op;
	bool off;
	uint64_t seed;
};

struct walk_plan {
	uint64_t seed;
	enum walk_kind kind;
	unsigned n;
	struct walk_step step[WALK_STEPS];
};

/* A call that was told of. */
struct walk_call {
	isdn_call_id id;
	bool over;
	bool asked; /* clearing was asked for */
};

struct walk_msg {
	uint8_t tei;
	uint16_t len;
	uint8_t octets[ISDN_MSG_MAX];
};

/* Our user or network side. */
struct walk_end {
	struct i3_cc *cc; /* NULL: it is not ours */
	enum isdn_dir sends, hears;
	struct walk_call call[WALK_CALLS];
	unsigned n_calls;
	const struct ib_buf *waits[WALK_WAITS]; /* messages that were looked at already */
	unsigned n_waits;
	uint64_t asked[2];		 /* links that it asked for, by TEI */
	unsigned told[ISDN_PRIM_COUNT];	 /* events by primitive */
	struct walk_msg wire[WALK_WIRE]; /* on their way to the other side */
	unsigned n_wire;
};

/* What the walks have seen. */
struct walk_counts {
	bool reached[2][256]; /* rows of the tables */
	uint64_t calls, messages, faulty, refused, events;
	uint64_t previews[32], silent; /* of clears, by the last five bits of the type */
};

struct walk {
	const struct walk_plan *plan;
	struct random random; /* of the step */
	struct test_mem mem;
	struct isdn_env env;
	isdn_time now;
	struct walk_end end[2]; /* user, network */
	bool prompt;		/* messages arrive at once */
	bool clean;		/* nothing has gone wrong so far */
	bool restarted;
	unsigned starve;     /* in the next step every so manieth allocation fails */
	bool answers;	     /* calls are cleared as soon as they come, at the end */
	char complaint[120]; /* an error that the engine logged */
	bool show;
	struct walk_counts *counts;
	jmp_buf failed;
	const char *property; /* that does not hold */
	char why[200];
};

void walk_plan(struct walk_plan *plan, enum walk_kind kind, uint64_t seed);
/* NULL, or the property that did not hold, with w->why. show: told on stdout step by step. */
const char *walk_run(struct walk *w, const struct walk_plan *plan, struct walk_counts *counts,
		     bool show);

/* ---- between cc_walk.c and cc_walk_look.c ---- */

/* The walk has failed: does not return. */
_Noreturn void walk_fail(struct walk *w, const char *property, const char *more,
			 unsigned long long n);
void walk_tell(const struct walk *w, const char *format, ...) ISDN_PRINTF(2, 3);

/* All that has to hold between two steps; and when everything is over. */
void walk_look(struct walk *w, struct walk_end *e);
void walk_look_empty(struct walk *w, struct walk_end *e);
/* The messages that were queued since the last look. */
void walk_look_sent(struct walk *w, struct walk_end *e);
/* Both sides know the same calls in the same states. */
void walk_look_pair(struct walk *w);
/* An event that was pulled. */
void walk_look_event(struct walk *w, struct walk_end *e, const struct isdn_span_event *ev);
/* The first event of a call. */
bool walk_begins(enum isdn_prim prim);
/* A call of ours begins. */
struct walk_call *walk_call_begins(struct walk *w, struct walk_end *e, isdn_call_id id);
/* Everything that a refused input may not change. */
uint64_t walk_digest(const struct i3_cc *cc);
/* A message was received: whoever is in a new state was told why. */
struct walk_states {
	unsigned n;
	isdn_call_id id[WALK_CALLS];
	uint8_t state[WALK_CALLS];
};
void walk_note_states(const struct walk_end *e, struct walk_states *s);
void walk_look_told(struct walk *w, const struct walk_end *e, const struct walk_states *before);

/* ---- cc_walk_preview.c: around a clear ---- */

struct walk_preview {
	int err;
	size_t len;
	uint8_t octets[ISDN_MSG_MAX];
	uint64_t sent; /* messages, before */
};
void walk_preview(struct walk *w, const struct walk_end *e, isdn_call_id id, uint8_t cause,
		  const struct isdn_uui *uui, struct walk_preview *p);
void walk_previewed(struct walk *w, const struct walk_end *e, const struct walk_preview *p,
		    int err);

#endif
