/* SPDX-License-Identifier: BSD-2-Clause */
/* The operations: what the numbers of a record mean. */
#include "tests/model_ops.h"

const char *op_state(const struct run *r, int client, isdn_handle h)
{
	struct isdn_call_status s;

	return isdn_call_status(r->client[client], h, &s) ? "?" : isdn_call_state_name(s.state);
}

/* ---- which ---- */

/*
 * A handle of the client: mostly one that it owns, in one of those states; now and then any. 0:
 * there is none.
 */
isdn_handle op_pick(const struct run *r, int client, uint16_t number, unsigned states)
{
	isdn_handle all[RUN_HANDLES], good[RUN_HANDLES];
	struct isdn_call_status s;
	size_t n = 0, n_good = 0;

	if (isdn_client_calls(r->client[client], all, RUN_HANDLES, &n) || !n)
		return 0;
	if (number % 16 == 0)
		return all[number / 16 % n];
	for (size_t i = 0; i < n; i++)
		if (!isdn_call_status(r->client[client], all[i], &s) && (s.state & states) &&
		    s.privilege == ISDN_OWNER)
			good[n_good++] = all[i];
	return n_good ? good[number / 16 % n_good] : 0;
}

isdn_handle op_pick_conference(const struct run *r, int client, uint16_t number)
{
	isdn_handle all[RUN_HANDLES], good[RUN_HANDLES];
	struct isdn_call_info info;
	size_t n = 0, n_good = 0;

	if (isdn_client_calls(r->client[client], all, RUN_HANDLES, &n) || !n)
		return 0;
	for (size_t i = 0; i < n; i++)
		if (!isdn_call_info(r->client[client], all[i], &info) &&
		    info.origin == ISDN_ORIGIN_CONFERENCE)
			good[n_good++] = all[i];
	return n_good ? good[number % n_good] : 0;
}

/* A leg in one of those phases (bits); 0: there is none. */
uint64_t op_pick_leg(const struct mock *m, uint16_t number, unsigned phases)
{
	uint64_t n = 0;

	for (unsigned i = 0; i < m->n_legs; i++)
		n += (phases >> m->leg[i].phase) & 1;
	if (!n)
		return 0;
	n = number % n;
	for (unsigned i = 0; i < m->n_legs; i++)
		if ((phases >> m->leg[i].phase) & 1 && n-- == 0)
			return i + 1;
	return 0;
}

int op_known(struct run *r, int client, isdn_handle h)
{
	int call = r->model ? run_call(r, client, h) : NONE;

	if (r->model && h && call == NONE)
		run_fail(r, "a client holds what it was given",
			 "client %d has handle %llu, of which no event told", client,
			 (unsigned long long)h);
	return call;
}

void op_config(struct isdn_conference_config *config, uint16_t number)
{
	static const unsigned most[] = { 0, 0, 2, 3 };

	isdn_conference_config_init(config);
	config->policy = (enum isdn_conference_policy)(number % 3);
	config->collapse = number / 3 % 2;
	config->remove = number / 8 % 4 ? ISDN_REMOVE_ANY
					: (enum isdn_conference_remove)(number / 32 % 3);
	config->removed_state = number / 128 % 3 ? ISDN_CALL_CONNECTED : ISDN_CALL_IDLE;
	config->no_hold = number / 512 % 4 == 0;
	config->max_parties = most[number / 2048 % 4];
}

void op_say_config(const struct run *r, const struct isdn_conference_config *c)
{
	run_say(r, "  conference: policy %d%s, max %u, remove %d to %s%s", c->policy,
		c->collapse ? ", collapse" : "", c->max_parties, c->remove,
		isdn_call_state_name(c->removed_state), c->no_hold ? ", no hold" : "");
}

void op_params(const struct run *r, struct isdn_call_params *params, int provider)
{
	isdn_call_params_init(params);
	params->span = r->span[provider] ? r->span[provider] : 99;
	params->called = "2";
}

/* Functions that answer 0 or an error. */
void op_done(struct run *r, int got, int want)
{
	if (r->model && got != want)
		run_fail(r, "a function answers what the model says", "%s, expected %s",
			 got < 0 ? isdn_strerror(got) : "success",
			 want < 0 ? isdn_strerror(want) : "success");
	r->counts->refused += got < 0;
}

typedef void op_function(struct run *r, const struct op *op);

static op_function *const functions[OPS] = {
	[OP_MAKE] = op_make,
	[OP_OFFER] = op_offer,
	[OP_ACCEPT] = op_accept,
	[OP_ANSWER] = op_answer,
	[OP_DIAL] = op_dial,
	[OP_DROP] = op_drop,
	[OP_LEAVE] = op_drop,
	[OP_CLEAR] = op_drop,
	[OP_HOLD] = op_hold,
	[OP_UNHOLD] = op_unhold,
	[OP_SETUP_TRANSFER] = op_setup_transfer,
	[OP_COMPLETE_TRANSFER] = op_complete,
	[OP_COMPLETE_CONFERENCE] = op_complete,
	[OP_LINK] = op_link,
	[OP_UNLINK] = op_unlink,
	[OP_CONFERENCE_NEW] = op_conference_new,
	[OP_CONFERENCE_SETUP] = op_conference_setup,
	[OP_PREPARE_ADD] = op_prepare_add,
	[OP_ADD] = op_add,
	[OP_REMOVE] = op_remove,
	[OP_CONFERENCE_CALLS] = op_conference_calls,
	[OP_SEE_CALLS] = op_see_calls,
	[OP_PRIVILEGE] = op_privilege,
	[OP_HANDOFF] = op_handoff,
	[OP_DEALLOCATE] = op_deallocate,
	[OP_TIDY] = op_tidy,
	[OP_REOPEN] = op_reopen,
	[OP_JOIN] = op_join,
	[OP_LEAVE_LINE] = op_leave_line,
	[OP_PROGRESS] = op_far,
	[OP_CONNECT] = op_far,
	[OP_FAR_HOLD] = op_far,
	[OP_UUI] = op_far,
	[OP_RELEASE_UUI] = op_release_uui,
	[OP_DISCONNECT] = op_far,
	[OP_RELEASE] = op_far,
	[OP_LATE] = op_late,
	[OP_TIME] = op_time,
	[OP_MANNER] = op_manner,
	[OP_CLOSE_SPAN] = op_close_span,
	[OP_OPEN_SPAN] = op_open_span,
};

void run_op(struct run *r, const struct op *op)
{
	functions[op->type](r, op);
}
