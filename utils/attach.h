/* SPDX-License-Identifier: BSD-2-Clause */
/* A running program by its control socket: requests, answers, and what is said of them. */
#ifndef UTILS_ATTACH_H
#define UTILS_ATTACH_H

#include <isdn/isdn.h>
#include <jansson.h>
#include <signal.h>

#include "status.h"
#include "term.h"
#include "uui.h"

/* What the command line says of it. */
struct attach_options {
	const char *program; /* who speaks on stderr */
	const char *socket, *state;
	int timeout; /* ms, of a request; 0: for ever */
	bool json, yes, dry_run, all;
	int colour;		 /* enum term_colour */
	int older;		 /* ms; 0: any age */
	int span, cause, reason; /* reason: a row of attach_reasons */
	struct uui uui;
	const volatile sig_atomic_t *stop; /* not 0: nothing more is waited for. Or NULL */
};

extern const char *const attach_reasons[];

struct attach {
	const struct attach_options *opt;
	struct term out;
	int fd;
	int64_t epoch; /* ms since 1970 at 0 of the program's clock */
	json_t *greeting;
	char name[64]; /* of the program, clean */
	char *buffer;  /* octets [begin, end) are not used yet, none before look is an LF */
	size_t begin, end, look, cap;
	json_int_t last; /* id of the last request */
	json_t *answers; /* that came before they were asked for, by id */
};

/*
 * A failure: a line on stderr, and with --json an object on stdout. Answers status. error is a name
 * as the protocol has it.
 */
int attach_fail(const struct attach *a, int status, const char *error, const char *format, ...)
	ISDN_PRINTF(4, 5);
/* The same of an answer that is not ok. */
int attach_refused(const struct attach *a, const char *what, const json_t *answer);
/* The exit status that an error of the protocol is. */
int attach_status(const json_t *answer);

/* An exit status. Not 0: it was told. */
int attach_open(struct attach *a, const struct attach_options *opt);
void attach_close(struct attach *a);

/*
 * The next line of the program, a new reference; NULL with *status, which was told, or is OK when
 * it was stopped. limit: ms to wait, -1: for ever.
 */
json_t *attach_line(struct attach *a, int limit, int *status);

/* Send a request, which is taken over. Its id, or 0 with *status. */
json_int_t attach_send(struct attach *a, json_t *request, int *status);
/* The answer to it, a new reference, ok or not; NULL with *status. */
json_t *attach_answer(struct attach *a, json_int_t id, int *status);
/* Both. */
json_t *attach_ask(struct attach *a, json_t *request, int *status);
/* Both; an answer that is not ok was told, and is NULL with *status. */
json_t *attach_get(struct attach *a, json_t *request, const char *what, int *status);

/* All calls, asked for by and by, and all shared lines. NULL with *status. */
json_t *attach_calls(struct attach *a, int *status);
json_t *attach_bridges(struct attach *a, int *status);

/* The name of the program, for people. */
const char *attach_program(const struct attach *a);

/* Members of any object, of any type: what is missing, or not of the type, is "", 0, false. */
const char *json_text(const json_t *object, const char *name);
int64_t json_number(const json_t *object, const char *name);
bool json_flag(const json_t *object, const char *name);
/* The object or array, which may be NULL, of that name. */
const json_t *json_part(const json_t *object, const char *name);

/* On stdout: --json. The object is taken over; "ok" is set when it has none. */
void attach_print(json_t *object);

/* Text from elsewhere as it may go to a terminal: no control characters, ASCII where it must be. */
void attach_clean(const struct term *t, const char *from, char *to, size_t cap);

/* UUI in hex as text and octets, as uui_print writes it; "" if there is none. */
#define ATTACH_UUI_MAX 1024 /* octets of it that are shown */
void attach_uui(const char *hex, char *text, size_t cap);

/* "12s", "3m05", "2h07", "5d"; ms. */
void attach_age(int64_t ms, char *text, size_t cap);
/* Since when: ms of the program's clock. */
int64_t attach_ms_ago(const struct attach *a, int64_t since);

#endif
