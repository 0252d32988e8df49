/* SPDX-License-Identifier: BSD-2-Clause */
/* The operations of a sequence, and what they read out of the numbers of a record. */
#ifndef TESTS_MODEL_OPS_H
#define TESTS_MODEL_OPS_H

#include "tests/model_run.h"

#define OP_ALIVE (0xffffu & ~ISDN_CALL_IDLE)

const char *op_state(const struct run *r, int client, isdn_handle h);
/*
 * A handle of the client: mostly one that it owns, in one of those states; now and then any. 0:
 * there is none.
 */
isdn_handle op_pick(const struct run *r, int client, uint16_t number, unsigned states);
isdn_handle op_pick_conference(const struct run *r, int client, uint16_t number);
/* A leg in one of those phases (bits); 0: there is none. */
uint64_t op_pick_leg(const struct mock *m, uint16_t number, unsigned phases);
/* The call of a handle in the model, NONE: there is no model, or it failed. */
int op_known(struct run *r, int client, isdn_handle h);
void op_config(struct isdn_conference_config *config, uint16_t number);
void op_say_config(const struct run *r, const struct isdn_conference_config *c);
void op_params(const struct run *r, struct isdn_call_params *params, int provider);
/* A function that answers 0 or an error did so as the model says. */
void op_done(struct run *r, int got, int want);

void op_make(struct run *r, const struct op *op);
void op_accept(struct run *r, const struct op *op);
void op_answer(struct run *r, const struct op *op);
void op_dial(struct run *r, const struct op *op);
void op_drop(struct run *r, const struct op *op);
void op_hold(struct run *r, const struct op *op);
void op_unhold(struct run *r, const struct op *op);
void op_setup_transfer(struct run *r, const struct op *op);
void op_complete(struct run *r, const struct op *op);
void op_link(struct run *r, const struct op *op);
void op_unlink(struct run *r, const struct op *op);
void op_conference_new(struct run *r, const struct op *op);
void op_conference_setup(struct run *r, const struct op *op);
void op_prepare_add(struct run *r, const struct op *op);
void op_add(struct run *r, const struct op *op);
void op_release_uui(struct run *r, const struct op *op);
void op_remove(struct run *r, const struct op *op);
void op_conference_calls(struct run *r, const struct op *op);
void op_see_calls(struct run *r, const struct op *op);
void op_privilege(struct run *r, const struct op *op);
void op_handoff(struct run *r, const struct op *op);
void op_deallocate(struct run *r, const struct op *op);
void op_tidy(struct run *r, const struct op *op);
void op_reopen(struct run *r, const struct op *op);
void op_join(struct run *r, const struct op *op);
void op_leave_line(struct run *r, const struct op *op);
void op_offer(struct run *r, const struct op *op);
void op_far(struct run *r, const struct op *op);
void op_late(struct run *r, const struct op *op);
void op_time(struct run *r, const struct op *op);
void op_manner(struct run *r, const struct op *op);
void op_close_span(struct run *r, const struct op *op);
void op_open_span(struct run *r, const struct op *op);

#endif
