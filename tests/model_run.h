/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Sequences of operations on a registry with two mock providers, beside the model; or, where
 * memory fails, without it. A sequence is a list of records: numbers, which are read as
 * handles, legs and choices when it is run, so that any part of a list is a list too.
 */
#ifndef TESTS_MODEL_RUN_H
#define TESTS_MODEL_RUN_H

#include "tests/helper.h"
#include "tests/model.h"

#define RUN_OPS	    60
#define RUN_HANDLES 512 /* of a client, at a time */
#define RUN_EFFECTS 256 /* of a dry run */

enum op_type {
	OP_MAKE,
	OP_OFFER,
	OP_ACCEPT,
	OP_ANSWER,
	OP_DIAL,
	OP_DROP,
	OP_LEAVE,
	OP_CLEAR,
	OP_HOLD,
	OP_UNHOLD,
	OP_SETUP_TRANSFER,
	OP_COMPLETE_TRANSFER,
	OP_COMPLETE_CONFERENCE,
	OP_LINK,
	OP_UNLINK,
	OP_CONFERENCE_NEW,
	OP_CONFERENCE_SETUP,
	OP_PREPARE_ADD,
	OP_ADD,
	OP_REMOVE,
	OP_CONFERENCE_CALLS,
	OP_SEE_CALLS,
	OP_PRIVILEGE,
	OP_HANDOFF,
	OP_DEALLOCATE,
	OP_TIDY,
	OP_REOPEN,
	OP_JOIN,
	OP_LEAVE_LINE,
	OP_PROGRESS,
	OP_CONNECT,
	OP_FAR_HOLD,
	OP_UUI,
	OP_RELEASE_UUI,
	OP_DISCONNECT,
	OP_RELEASE,
	OP_LATE,
	OP_TIME,
	OP_MANNER,
	OP_CLOSE_SPAN,
	OP_OPEN_SPAN,
	OPS
};

struct op {
	uint8_t type, client;
	uint16_t a, b, c;
};

/* What a sequence begins with, and its operations. */
struct plan {
	uint64_t seed;
	uint8_t drop_unowned;
	unsigned max_parties;
	bool line;
	enum isdn_sharing sharing;
	struct isdn_caps caps[MODEL_PROVIDERS];
	uint16_t client[MODEL_CLIENTS]; /* options, as those of OP_REOPEN */
	unsigned n;
	struct op op[RUN_OPS];
};

/* A handle of a client, as its events tell it. */
struct run_view {
	isdn_handle handle;
	enum isdn_call_state state;
};

struct run_counts {
	uint64_t operations, refused, events, changes, dry_runs;
	uint64_t types[OPS];
};

struct run {
	struct model *model; /* NULL: memory fails, nothing can be foretold */
	bool show;
	const char *property; /* that was hurt first, NULL: none */
	char why[400];
	struct run_counts *counts;

	struct test_mem mem;
	isdn_time now;
	struct isdn_registry *registry;
	struct mock mock[MODEL_PROVIDERS];
	unsigned span[MODEL_PROVIDERS]; /* 0: closed */
	struct isdn_client *client[MODEL_CLIENTS];
	isdn_bridge line;
	bool any_order;	       /* what is asked for in this step is of several calls */
	isdn_request foretold; /* of this request a dry run told how many calls change, 0: none */
	size_t foretold_changes;
	isdn_request last_id; /* the highest that was answered */

	/* What a request answered with handles, to be compared when all are known. */
	isdn_handle listed[RUN_HANDLES];
	int expected[RUN_HANDLES];
	size_t n_listed;
	uint32_t told[MODEL_CLIENTS][MODEL_CALLS]; /* bits of CALL_INFO */
	bool ended[MODEL_CLIENTS][MODEL_CALLS];	   /* IDLE was told */
	unsigned address_events[MODEL_CLIENTS];
	uint32_t in_use, line_calls; /* of the shared line, after the step before */

	/* Without the model. */
	struct run_view view[MODEL_CLIENTS][RUN_HANDLES];
	unsigned n_views[MODEL_CLIENTS];
	uint8_t replies[1 << 12];
};

/* The plan of a seed. */
void plan_make(struct plan *p, uint64_t seed);

/* Run it; NULL or the property that it hurt. model NULL: with memory that fails at random. */
const char *run_plan(struct run *r, const struct plan *p, struct model *model,
		     struct run_counts *counts, bool show);

/* ---- what the parts of it share ---- */

/* The first failure counts. */
void run_fail(struct run *r, const char *property, const char *format, ...) ISDN_PRINTF(3, 4);
void run_say(const struct run *r, const char *format, ...) ISDN_PRINTF(2, 3);
void run_op(struct run *r, const struct op *op);
void run_manner(struct run *r, unsigned provider, enum mock_op op, enum mock_manner manner);
void run_open_client(struct run *r, int client, uint16_t options);
void run_open_span(struct run *r, int provider, const struct isdn_caps *caps);

/* The answer of a request is that of the model, want. */
void run_answered(struct run *r, int client, isdn_request got, int want);
/* A function answered a handle to that call of the model. */
void run_bind(struct run *r, int client, int call, isdn_handle handle);
int run_call(const struct run *r, int client, isdn_handle handle); /* NONE: it is unknown */
/* After an operation: events, states, and what the providers were asked for. */
void run_compare(struct run *r);
void run_compare_events(struct run *r);
/* The same without the model: of what is told nothing but what is marked so is missing. */
void run_look(struct run *r);

struct run_foretold {
	struct isdn_effect effect[RUN_EFFECTS];
	size_t n;
	bool holds; /* everybody answers at once */
	int result;
	struct {
		enum isdn_call_state state;
		uint32_t mode;
	} before[MODEL_CALLS];
	int n_calls;
};
void run_foretell(struct run *r, int client, isdn_handle handle, enum isdn_verb verb,
		  const struct isdn_drop *how, struct run_foretold *f);
void run_came_true(struct run *r, const struct run_foretold *f, int answer);

#endif
