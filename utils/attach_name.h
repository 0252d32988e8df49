/* SPDX-License-Identifier: BSD-2-Clause */
/* How a call is named on the command line. */
#ifndef UTILS_ATTACH_NAME_H
#define UTILS_ATTACH_NAME_H

#include "attach.h"

struct call_name {
	enum { NAME_ID, NAME_CALLREF, NAME_CHANNEL, NAME_NUMBER } kind;
	int64_t id;	    /* NAME_ID */
	unsigned span;	    /* of CALLREF, CHANNEL */
	char callref[16];   /* "user:5", or "5" of either side */
	unsigned channel;   /* of CHANNEL */
	const char *digits; /* of NUMBER: the end of a party's number */
};

/* False: why receives the reason. text is kept. */
bool name_read(const char *text, struct call_name *name, char *why, size_t cap);

bool name_fits(const struct call_name *name, const json_t *call);

struct call_ids {
	int64_t *id;
	size_t n;
};

/*
 * The calls that the names fit, each once, in that order. Not OK: it was told: a name is none (2),
 * or nothing or, without --all, more than one fits (1).
 */
int name_find(struct attach *a, char **names, int n, struct call_ids *ids);

/* Whether text can be one; mistakes are told before anything is connected. A status. */
int name_check(const struct attach_options *opt, char **names, int n);

#endif
