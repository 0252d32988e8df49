/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Two call controls, a user and a network side, for tests: messages pass
 * between them or are fed by hand, in virtual time.
 */
#ifndef TESTS_CC_ENDS_H
#define TESTS_CC_ENDS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "q931/cc_internal.h"
#include "tests/helper.h"

/*
 * Rows of the user's and the network's table that were taken, and those of the tables that both
 * sides have, by side.
 */
extern bool ends_reached[2][256], ends_hold_reached[2][256], ends_restart_reached[2][256];

#define ENDS_TEI 64 /* of the terminal on a bus */

struct ends {
	struct test_mem mem;
	struct isdn_env env;
	isdn_time now;
	struct i3_cc *cc[2]; /* 0 user, 1 network */
	unsigned tei[2];     /* of the link, as each side has it */
	struct isdn_span_event last[2];
	struct isdn_msg last_msg[2];	     /* its message */
	unsigned events[2][ISDN_PRIM_COUNT]; /* by primitive */
	struct isdn_msg sent[2];	     /* the last message of each */
	unsigned n_sent[2];
	uint8_t octets[2][ISDN_MSG_MAX];
	size_t len[2];
	bool cut; /* messages get lost */
};

/* The rows that were taken just now. */
void ends_note(struct ends *e);
/*
 * A user and a network side as configured, links down. The side, timers, location and what is of
 * the network of a bus are put in here.
 */
struct ends *ends_make(const struct i3_config *as);
/* With this interface and nothing else. */
struct ends *ends_new(enum isdn_interface interface, unsigned uui_max);
/* All events of a side; the last is kept. */
void ends_take(struct ends *e, int i);
/* Messages both ways until there is none. */
void exchange(struct ends *e);
/* Links up. */
struct ends *ends_up_as(const struct i3_config *as);
/* On an E1. */
struct ends *ends_up(void);
/* Free both; nothing may leak. */
void ends_done(struct ends *e);
/* Let time pass, with all timers. */
void run_for(struct ends *e, isdn_time ms);
/* A SETUP for a speech call to 123. */
struct isdn_msg setup_msg(void);
/* Text as UUI, discriminator 4. */
void set_uui(struct isdn_msg *m, const char *text);
/* A call placed by side i. */
isdn_call_id place(struct ends *e, int i, const char *uui);
/* A request of side i. */
int ask(struct ends *e, int i, isdn_call_id id, enum i3_req req, const char *uui);
/* Clear from side i, which sends what the preview says; uui and uui_sent may be NULL. */
int ends_clear(struct ends *e, int i, isdn_call_id id, uint8_t cause, const struct isdn_uui *uui,
	       bool *uui_sent);
int clear_call(struct ends *e, int i, isdn_call_id id, uint8_t cause, const char *uui);
/* The state number, 0: gone. */
unsigned state_of(struct ends *e, int i, isdn_call_id id);
/* The call that has just arrived at side i. */
isdn_call_id arrived(struct ends *e, int i);
/* A call placed by side i, brought to state s of the caller (1, 3, 4, 10, in the user's numbers).
 */
void call_in(struct ends *e, int i, unsigned s, isdn_call_id *from, isdn_call_id *to);
/* A message by hand to side i: hex digits of call reference, then type and elements. */
void feed(struct ends *e, int i, const char *cr, const char *rest);
/* Side i answered by exactly one message of the type, with cause (0: whatever) and diagnostics. */
void assert_answer(struct ends *e, int i, uint8_t type, unsigned cause, const char *diag);

/* The tests of clause 5.8, test_cc_errors.c. */
extern const struct CMUnitTest cc_error_tests[];
extern const size_t cc_n_error_tests;
/* Those of STATUS, test_cc_status.c. */
extern const struct CMUnitTest cc_status_tests[];
extern const size_t cc_n_status_tests;
/* Each message and request in each state, test_cc_matrix.c. */
extern const struct CMUnitTest cc_matrix_tests[];
extern const size_t cc_n_matrix_tests;
/* Those of variants, test_cc_variants.c. */
extern const struct CMUnitTest cc_variant_tests[];
extern const size_t cc_n_variant_tests;
/* Faults of other stacks, test_cc_defects.c. */
extern const struct CMUnitTest cc_defect_tests[];
extern const size_t cc_n_defect_tests;
/* Those of a bus, test_cc_terminals.c. */
extern const struct CMUnitTest cc_terminal_tests[];
extern const size_t cc_n_terminal_tests;

#endif
