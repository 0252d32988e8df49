/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The matrix against libpri: what its parts share. matrix_table.c has the rows,
 * matrix_ours.c and matrix_libpri.c are the two ends, interop_matrix.c is the
 * line between them, the time, and the table that is printed.
 *
 * Both ends are in one process and time is virtual, so a cell takes as long as
 * its work, whatever its timers are; libpri reads the time with gettimeofday,
 * which this program has of its own. A cell is a process, since libpri has no
 * destructor.
 */
#ifndef TESTS_MATRIX_H
#define TESTS_MATRIX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <isdn/isdn.h>

/* What an end does, and what the other, or itself, sees of it. */
enum mx_what {
	NOTHING,
	SETUP,
	MORE_INFO, /* SETUP ACKNOWLEDGE */
	DIGITS,	   /* INFORMATION with one */
	PROCEEDING,
	PROGRESS,
	ALERTING,
	CONNECT,
	CLEAR,	     /* done: the message that the state asks for */
	DISCONNECT,  /* seen */
	GONE,	     /* seen: the call is over, at this end */
	RESTART,     /* of the channel of call 0; arg 1: of the interface */
	RESTART_ACK, /* seen */
	HOLD,
	HOLD_ACK,
	HOLD_REJECT, /* with a cause */
	RETRIEVE,
	RETRIEVE_ACK,
	RETRIEVE_REJECT,
	SERVICE,     /* of channel 1, the status in arg */
	SERVICE_ACK, /* seen */
	TONES,	     /* DISCONNECT with tones in the channel */
	FILL,	     /* calls on all channels, cleared by the other end */
	DARK,	     /* the line: frames get lost, from now on */
	LIGHT,	     /* they do not any more */
	PASS,	     /* time, s in arg */
	IS_DOWN,     /* both ends have noticed; on a bus they do not say */
	GLARE,	     /* both call on one channel at the same time, and all four clear */
	MUTE,	     /* they do not answer RELEASE, or do again */
	BOTH_HOLD,   /* at the same time */
	BOTH_CLEAR,  /* at the same time, each before it has heard of the other's */
	MX_WHATS
};

enum mx_who { CALLER, CALLED, US, THEM };

/* Of a cell, for steps that some cells have. */
enum mx_when {
	WE_CALL = 1,
	THEY_CALL = 2,
	WE_NETWORK = 4,
	WE_USER = 8,
	BROADCAST = 16, /* the network of a bus calls: it is no terminal's call at first */
	SINGLE = 32,	/* any other */
	IS_PRI = 64,
	IS_BRI = 128,
};

/* Steps of an outcome. */
struct mx_step {
	enum mx_who who;
	enum mx_what does; /* NOTHING: to wait for what is seen */
	unsigned arg;	   /* a cause, a digit, s, a status */
	enum mx_what far;  /* what the other end sees */
	enum mx_what near; /* what this end sees */
	unsigned when;	   /* all of these, 0: always */
};

#define MX_STEPS 24
struct mx_outcome {
	const char *name;
	const char *title;
	bool uui;		   /* each message that may have it, has it */
	bool overlap;		   /* the number comes in digits */
	unsigned setups, variants; /* sets of their numbers, where it is something; 0: everywhere */
	struct mx_step step[MX_STEPS];
};

struct mx_setup {
	const char *name;
	enum isdn_side side; /* ours */
	bool bri, ptmp;
	bool nfas; /* two interfaces, 0 and 1; the D-channel is on 0, the calls of the steps on 1 */
};

struct mx_variant {
	const char *name;
	enum isdn_variant variant;
	int libpri;		       /* PRI_SWITCH_... */
	enum isdn_interface interface; /* of a PRI */
	bool uui_shown;		       /* libpri looks for UUI where we put it */
	unsigned setups;	       /* where it is: a set of their numbers */
};

/*
 * Why a cell can not be: libpri's fault, or ours, with the line. It is run all the same, by what
 * does happen if there are steps; else it must fail, for what passes has no excuse.
 */
struct mx_excuse {
	unsigned setups, callers, variants; /* sets of their numbers */
	uint64_t outcomes;
	const char *why;
	struct mx_step step[MX_STEPS];
};

extern const struct mx_setup mx_setups[];
extern const unsigned mx_n_setups;
extern const struct mx_variant mx_variants[];
extern const unsigned mx_n_variants;
extern const struct mx_outcome mx_outcomes[];
extern const unsigned mx_n_outcomes;
extern const struct mx_excuse mx_excuses[];
extern const unsigned mx_n_excuses;

/* What is asked of an end. Calls are numbered in the order of their beginning, at both ends
 * alike.
 */
struct mx_ask {
	enum mx_what what;
	unsigned call;
	unsigned channel; /* SETUP, RETRIEVE: 0, any; as everywhere here: ISDN_CHANNEL() */
	unsigned cause;	  /* or a status */
	const char *digits;
	bool complete;	 /* the number is */
	bool preferred;	 /* SETUP: the channel may be another */
	const char *uui; /* NULL: none */
};

struct mx_seen {
	enum mx_what what;
	unsigned call;
	unsigned cause, channel;
	char digits[256];
	char uui[260];
};

#define MX_SEEN	 256
#define MX_CALLS 256 /* of one cell */

struct mx_cell {
	const struct mx_setup *setup;
	const struct mx_variant *variant;
	const struct mx_outcome *outcome;
	bool we_call;
	const struct mx_excuse *excuse;
};

/* One end of the line. */
struct mx_end {
	const char *name;
	void (*open)(const struct mx_cell *cell);
	const char *(*act)(const struct mx_ask *ask); /* NULL, or why it can not be done */
	void (*rx)(const uint8_t *frame, size_t len);
	bool (*run)(void);	/* timers, and what there is to send; true: there was something */
	uint64_t (*next)(void); /* the next timer */
	void (*mute)(void);
	bool (*up)(void);
	unsigned (*calls)(void);	    /* that it has, by its own count */
	unsigned (*channel)(unsigned call); /* of a call */
	size_t (*close)(void);		    /* blocks of memory that are left */
	unsigned (*state)(unsigned call);   /* 10: active; NULL: it does not say */
	struct mx_seen seen[MX_SEEN];
	unsigned n_seen, n_taken;
	unsigned downs; /* times that the link went down */
};

extern struct mx_end mx_ours, mx_theirs;
extern uint64_t mx_now; /* ms */
extern bool mx_loses;	/* frames get lost: timers of layer 2 are short, and many */

/* An end has a frame for the line, without FCS. */
void mx_send(const struct mx_end *from, const uint8_t *frame, size_t len);
/* An end saw something. */
struct mx_seen *mx_see(struct mx_end *end, enum mx_what what, unsigned call);
/* The cell failed: its process ends. */
void mx_fail(const char *format, ...) __attribute__((noreturn, format(printf, 1, 2)));
/* Something that should not be, though the calls came to their ends. */
void mx_complain(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* For the trace that a failure shows. */
void mx_note(const char *format, ...) __attribute__((format(printf, 1, 2)));

const char *mx_name(enum mx_what what);

#endif
