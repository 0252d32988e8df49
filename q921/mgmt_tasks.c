/* SPDX-License-Identifier: BSD-2-Clause */
/* Tasks and decisions of TEI management, Q.921 5.3. None sets the state, which has changed already
 * when a task runs. */
#include "q921/internal.h"

#define VERIFICATIONS 2 /* transmissions of Identity verify, 5.3.5.2 */
#define CHECKS	      2 /* transmissions of Identity check request, 5.3.3.2 */

static void start(struct i2_tei *t, uint32_t ms)
{
	ib_timer_start(&t->l2->timers, &t->timer, t->l2->now + ms);
}

/* Without a hook a sequence that is the same each time, as <isdn/base.h> says. */
static uint16_t random_ri(struct i2 *l2)
{
	if (l2->env->random)
		return (uint16_t)l2->env->random(l2->env->random_arg);
	l2->seed = l2->seed * 1664525u + 1013904223u;
	return (uint16_t)(l2->seed >> 16);
}

static void to_links(struct i2_tei *t, enum i2_input input)
{
	for (unsigned i = 0; i < t->l2->config.n_sapis; i++)
		if (t->link[i])
			i2_link_run(t->link[i], input);
}

/* ---- user ---- */

MTASK(request)
{
	t->tries = 0;
	i2_mtask_request_again(t);
}

MTASK(request_again)
{
	t->tries++;
	t->ri = random_ri(t->l2);
	i2_mgmt_send(t->l2, ID_REQUEST, t->ri, ISDN_TEI_BROADCAST);
	start(t, t->l2->config.t202);
}

MTASK(request_failed)
{
	ib_log(t->l2->env, ISDN_LOG_WARNING, ISDN_AREA_Q921,
	       "the network assigned no TEI: %s (Q.921 5.3.2)",
	       t->l2->identity ? "denied" : "no answer");
	to_links(t, IN_ERROR_RESP);
}

MTASK(take_tei)
{
	t->tei = t->l2->identity->ai;
	t->l2->total.tei_assigned++;
	to_links(t, IN_ASSIGN_REQ);
}

MTASK(verify)
{
	t->tries = 0;
	i2_mtask_verify_again(t);
}

MTASK(verify_again)
{
	t->tries++;
	i2_mgmt_send(t->l2, ID_VERIFY, 0, t->tei);
	start(t, t->l2->config.t202);
}

MTASK(check_response)
{
	i2_mgmt_send(t->l2, ID_CHECK_RESPONSE, random_ri(t->l2), t->tei);
}

MTASK(verified)
{
	i2_mtask_check_response(t);
}

MTASK(remove)
{
	ib_log(t->l2->env, ISDN_LOG_WARNING, ISDN_AREA_Q921, "TEI %u removed: %s (Q.921 5.3.4)",
	       t->tei, t->l2->identity ? "by the network" : "the network does not confirm it");
	t->l2->total.tei_removed++;
	to_links(t, IN_REMOVE_REQ);
	t->tei = I2_TEI_AUTO;
}

MTASK(remove_fixed)
{
	ib_log(t->l2->env, ISDN_LOG_ERROR, ISDN_AREA_Q921,
	       "the network removes TEI %u, which is configured here as fixed: is another terminal "
	       "configured so too? (Q.921 5.3.4.2)",
	       t->tei);
}

/* A TEI for us: with our Ri, and one that can be assigned automatically. */
MWHEN(ours)
{
	const struct i2_identity *id = t->l2->identity;

	return id->ri == t->ri && id->ai >= 64 && id->ai < ISDN_TEI_BROADCAST;
}

MWHEN(ours_denied)
{
	return t->l2->identity->ri == t->ri;
}

/* Our TEI is given to another terminal. */
MWHEN(taken_twice)
{
	const struct i2_identity *id = t->l2->identity;

	return i2_mwhen_automatic(t) && id->ai == t->tei && id->ri != t->ri;
}

static bool meant(const struct i2_tei *t)
{
	unsigned ai = t->l2->identity->ai;

	return ai == ISDN_TEI_BROADCAST || ai == t->tei;
}

MWHEN(concerned)
{
	return meant(t) && (t->l2->identity->type != ID_REMOVE || i2_mwhen_automatic(t));
}

MWHEN(concerned_fixed)
{
	return meant(t) && t->l2->identity->ai == t->tei;
}

MWHEN(automatic)
{
	return t->l2->config.ptmp && t->l2->config.tei == I2_TEI_AUTO;
}

MWHEN(line)
{
	return t->l2->active;
}

MWHEN(can_verify)
{
	return i2_mwhen_line(t) && i2_mwhen_automatic(t);
}

MWHEN(request_retry)
{
	return t->tries < t->l2->config.n202;
}

MWHEN(second_try)
{
	return t->tries < VERIFICATIONS;
}

/* ---- network ---- */

static bool add_links(struct i2_tei *t)
{
	for (unsigned i = 0; i < t->l2->config.n_sapis; i++)
		if (!t->link[i] && !i2_link_new(t, i))
			return false;
	return true;
}

/* A task sets the state here, for there may be no memory for the links. */
static void give_up(struct i2_tei *t)
{
	t->state = M_FREE;
	t->l2->sweep = true;
}

MTASK(assign)
{
	if (!add_links(t)) {
		give_up(t);
		i2_mtask_deny(t);
		return;
	}
	t->l2->total.tei_assigned++;
	i2_mtask_assign_again(t);
}

MTASK(assign_again)
{
	t->ri = t->l2->identity->ri;
	t->told = t->l2->now;
	i2_mgmt_send(t->l2, ID_ASSIGNED, t->ri, t->tei);
}

MTASK(adopt)
{
	if (!add_links(t))
		give_up(t);
}

MTASK(deny)
{
	t->l2->total.tei_denied++;
	i2_mgmt_send(t->l2, ID_DENIED, t->l2->identity->ri, t->l2->identity->ai);
}

MTASK(order_removal)
{
	t->told = t->l2->now;
	i2_mgmt_send(t->l2, ID_REMOVE, 0, t->tei);
}

/* Twice, since nothing acknowledges it (5.3.4). */
MTASK(order_removal_vacate)
{
	i2_mtask_order_removal(t);
	i2_mtask_order_removal(t);
	i2_mtask_vacate(t);
}

MTASK(vacate)
{
	t->told = t->l2->now;
	t->l2->total.tei_removed++;
	t->l2->sweep = true;
	to_links(t, IN_REMOVE_REQ);
}

MTASK(check)
{
	t->l2->total.tei_checks++;
	t->tries = 0;
	t->responses = 0;
	i2_mtask_check_again(t);
}

MTASK(check_again)
{
	t->tries++;
	i2_mgmt_send(t->l2, ID_CHECK_REQUEST, 0, t->tei);
	start(t, t->l2->config.t201);
}

MTASK(check_begun)
{
	t->l2->total.tei_checks++;
	t->tries = 1;
	t->responses = 0;
	start(t, t->l2->config.t201);
}

MTASK(count_response)
{
	t->responses += t->responses < UINT8_MAX;
	t->response_ri = t->l2->identity->ri;
}

MWHEN(any_wanted)
{
	return t->l2->identity->ai == ISDN_TEI_BROADCAST;
}

/* The request that was granted just now, once more: a line repeated it. */
MWHEN(repeated)
{
	const struct i2 *l2 = t->l2;

	return l2->identity->ai == ISDN_TEI_BROADCAST && t->ri == l2->identity->ri &&
	       l2->now - t->told < l2->config.t202;
}

/* Terminals that have a TEI of their own, 0 to 63, begin with SABME. */
MWHEN(fixed)
{
	return t->tei < 64 && t->l2->frame->type == IN_SABME && !t->l2->frame->error;
}

/* Not more often than every T201. */
MWHEN(removal_due)
{
	return t->tei >= 64 && (!t->told || t->l2->now - t->told >= t->l2->config.t201);
}

MWHEN(same_response)
{
	return t->responses && t->response_ri == t->l2->identity->ri;
}

MWHEN(nobody_yet)
{
	return !t->responses && t->tries < CHECKS;
}

MWHEN(nobody)
{
	return !t->responses;
}

/* An answer to the first request may be as late as that to the second. */
MWHEN(one)
{
	return t->responses <= t->tries;
}
