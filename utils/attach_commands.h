/* SPDX-License-Identifier: BSD-2-Clause */
/* The commands on a running program. Each answers an exit status; what went wrong was told. */
#ifndef UTILS_ATTACH_COMMANDS_H
#define UTILS_ATTACH_COMMANDS_H

#include "attach_name.h"

/* names, n: what stands behind the command. */
typedef int attach_command(struct attach *a, char **names, int n);

attach_command attach_list;
attach_command attach_show;
attach_command attach_watch;
attach_command attach_spans;
attach_command attach_stats;
attach_command attach_leaks;
attach_command attach_drop, attach_leave, attach_clear;
attach_command attach_hold, attach_retrieve, attach_send_uui;

/* Of a request that names one call: drop, hold, ... */
json_t *attach_request(const char *what, int64_t call);

/* The cause, reason and UUI of the command line into a request. */
void attach_how(const struct attach_options *opt, json_t *request);

/*
 * What the calls of these ids would become, in the order of the ids: an array of effects, each with
 * "of", the id that it follows from. NULL with *status, which was told.
 */
json_t *attach_preview(struct attach *a, const char *verb, const struct call_ids *ids, int *status);
/* The tree of it. */
void attach_preview_print(struct attach *a, const char *verb, const json_t *effects,
			  const struct term *term, FILE *f);

#endif
