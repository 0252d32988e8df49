/* SPDX-License-Identifier: BSD-2-Clause */
/* The data link layer of one D-channel: which link an input is for, and the entry points. */
#include <string.h>

#include "q921/internal.h"

#define RETRY_MS 100 /* when there was no memory for an expiry or for a change of layer 1 */

static bool config_good(const struct i2_config *c)
{
	if (c->k < 1 || c->k > 127 || c->n201 < 1 || c->n201 > I2_N201_MAX || !c->t200 ||
	    !c->n200 || c->n_sapis > I2_SAPIS)
		return false;
	for (unsigned i = 0; i < c->n_sapis; i++)
		if (c->sapi[i] >= I2_SAPI_MGMT)
			return false;
	if (!c->ptmp)
		return c->tei < ISDN_TEI_BROADCAST;
	return c->t201 && c->t202 && c->n202 &&
	       (c->network || c->tei < 64 || c->tei == I2_TEI_AUTO);
}

/* Room for the TEIs and their timers; those that are not assigned by management have their links.
 */
static int teis_new(struct i2 *l2)
{
	const struct i2_config *c = &l2->config;
	bool many = c->network && c->ptmp;
	unsigned n = many ? ISDN_TEI_BROADCAST : 1;

	l2->teis = ib_alloc(l2->env, n * sizeof(*l2->teis));
	if (!l2->teis || ib_timers_reserve(&l2->timers, n))
		return ISDN_ERR_NOMEM;
	l2->n_teis = n;
	for (unsigned i = 0; i < n; i++) {
		struct i2_tei *t = &l2->teis[i];

		t->l2 = l2;
		t->tei = (uint8_t)(many ? i : c->tei);
		t->state = many || t->tei == I2_TEI_AUTO ? M_FREE : M_ASSIGNED;
		ib_timer_init(&t->timer, t, IN_COUNT);
	}
	for (unsigned i = 0; !many && i < c->n_sapis; i++)
		if (!i2_link_new(&l2->teis[0], i))
			return ISDN_ERR_NOMEM;
	return 0;
}

int i2_new(struct i2 **out, const struct i2_config *config, const struct isdn_env *env)
{
	struct i2 *l2;

	*out = NULL;
	if (!config_good(config))
		return ISDN_ERR_INVAL;
	l2 = ib_alloc(env, sizeof(*l2));
	if (!l2)
		return ISDN_ERR_NOMEM;
	l2->env = env;
	l2->config = *config;
	if (!l2->config.n_sapis)
		l2->config.n_sapis = 1; /* SAPI 0 */
	l2->active = l2->active_told = true;
	l2->last = &l2->links;
	ib_pool_init(&l2->pool, env);
	ib_timers_init(&l2->timers, env);
	ib_queue_init(&l2->out);
	ib_queue_init(&l2->up);
	i2_index_rows(l2);
	if (teis_new(l2) || i2_reserve(l2)) {
		i2_free(l2);
		return ISDN_ERR_NOMEM;
	}
	*out = l2;
	return 0;
}

void i2_free(struct i2 *l2)
{
	if (!l2)
		return;
	while (l2->links)
		i2_link_free(l2->links);
	for (unsigned i = 0; i < l2->n_teis; i++)
		ib_timer_stop(&l2->timers, &l2->teis[i].timer);
	ib_free(l2->env, l2->teis);
	ib_queue_drain(&l2->out, &l2->pool);
	ib_queue_drain(&l2->up, &l2->pool);
	ib_buf_put(&l2->pool, l2->taken);
	ib_pool_free(&l2->pool);
	ib_timers_free(&l2->timers);
	ib_free(l2->env, l2);
}

/* Links of TEIs that are no longer assigned. */
void i2_free_removed(struct i2 *l2)
{
	l2->sweep = false;
	for (unsigned i = 0; i < l2->n_teis; i++)
		for (unsigned k = 0; k < I2_SAPIS; k++)
			if (l2->teis[i].state == M_FREE && l2->teis[i].link[k])
				i2_link_free(l2->teis[i].link[k]);
}

/* The links learn of layer 1 when there is memory for what it causes. */
void i2_tell_physical(struct i2 *l2)
{
	struct i2_link *l;

	if (i2_reserve(l2))
		return;
	l2->active_told = l2->active;
	if (l2->active)
		ib_queue_drain(&l2->out, &l2->pool); /* what layer 1 did not carry is stale */
	if (l2->active)
		i2_mgmt_all(l2, MI_PH_ACTIVATE); /* first: a link may begin to ask for a TEI */
	for (l = l2->links; l; l = l->after)
		i2_link_run(l, l2->active ? IN_PH_ACTIVATE : IN_PH_DEACTIVATE);
	if (!l2->active)
		i2_mgmt_all(l2, MI_PH_DEACTIVATE);
}

int i2_start(struct i2 *l2, isdn_time now)
{
	if (i2_begin(l2, now))
		return ISDN_ERR_NOMEM;
	if (l2->n_teis > 1)
		i2_mgmt_send(l2, ID_REMOVE, 0, ISDN_TEI_BROADCAST);
	return 0;
}

/* ---- requests ---- */

static int input_of(enum i2_prim_type type)
{
	static const uint8_t inputs[] = {
		[I2_DL_ESTABLISH_REQ] = IN_ESTABLISH_REQ,
		[I2_DL_RELEASE_REQ] = IN_RELEASE_REQ,
		[I2_DL_DATA_REQ] = IN_DATA_REQ,
		[I2_DL_UNIT_DATA_REQ] = IN_UNIT_DATA_REQ,
	};

	return type < sizeof(inputs) ? inputs[type] : -1;
}

/* The link that a request of layer 3 is for, or NULL. */
static struct i2_link *requested(const struct i2 *l2, const struct i2_dlci *dlci)
{
	int s = i2_sapi_index(l2, dlci->sapi);
	struct i2_tei *t = l2->n_teis > 1 ? i2_tei_of(l2, dlci->tei) : &l2->teis[0];

	return s >= 0 && t ? t->link[s] : NULL;
}

/* DL-DATA is for a link that is, or is being re-, established. */
static bool takes_data(const struct i2_link *l)
{
	return l->state >= MULTIPLE_FRAME ||
	       (l->state == AWAITING_ESTABLISHMENT && !l->l3_initiated);
}

static int broadcast(struct i2 *l2, const struct i2_prim *prim)
{
	if (!i2_send_ui(l2, prim->dlci.sapi, ISDN_TEI_BROADCAST, prim->data, prim->len))
		return ISDN_ERR_NOMEM;
	l2->total.links.out[ISDN_FRAME_UI]++;
	return 0;
}

int i2_request(struct i2 *l2, const struct i2_prim *prim, isdn_time now)
{
	int input = input_of(prim->type);
	struct i2_link *l;

	if (input < 0 || prim->len > l2->config.n201 || i2_sapi_index(l2, prim->dlci.sapi) < 0)
		return ISDN_ERR_INVAL;
	if (i2_begin(l2, now))
		return ISDN_ERR_NOMEM;
	if (input == IN_UNIT_DATA_REQ && l2->n_teis > 1 && prim->dlci.tei == ISDN_TEI_BROADCAST)
		return broadcast(l2, prim);
	l = requested(l2, &prim->dlci);
	if (!l || (input == IN_DATA_REQ && !takes_data(l)))
		return ISDN_ERR_INVALCALLSTATE;
	l2->prim = prim;
	i2_link_run(l, (enum i2_input)input);
	l2->prim = NULL;
	return 0;
}

/* ---- layer 1, flow control, management ---- */

void i2_physical(struct i2 *l2, bool active, isdn_time now)
{
	l2->active = active;
	l2->now = now;
	if (l2->active != l2->active_told)
		i2_tell_physical(l2);
}

void i2_hold(struct i2 *l2, bool held, isdn_time now)
{
	l2->held = held;
	l2->now = now;
}

void i2_receiver_busy(struct i2 *l2, bool busy, isdn_time now)
{
	struct i2_link *l;

	l2->now = now;
	if (l2->busy == busy)
		return;
	(void)i2_reserve(l2); /* an RNR that is lost is repeated by the next I frame's answer */
	l2->busy = busy;
	for (l = l2->links; l; l = l->after)
		if (l->own_busy != busy)
			i2_link_run(l, busy ? IN_BUSY_SET : IN_BUSY_CLEAR);
}

static int order(struct i2 *l2, unsigned tei, enum i2_mgmt_input input, isdn_time now)
{
	if (!l2->config.network || !l2->config.ptmp || tei >= ISDN_TEI_BROADCAST)
		return ISDN_ERR_INVAL;
	if (l2->teis[tei].state == M_FREE)
		return ISDN_ERR_INVALCALLSTATE;
	if (i2_begin(l2, now))
		return ISDN_ERR_NOMEM;
	i2_mgmt_run(&l2->teis[tei], input);
	i2_sweep(l2);
	return 0;
}

int i2_tei_check(struct i2 *l2, unsigned tei, isdn_time now)
{
	if (tei != ISDN_TEI_BROADCAST || !l2->config.network || !l2->config.ptmp)
		return order(l2, tei, MI_CHECK_ORDER, now);
	if (i2_begin(l2, now))
		return ISDN_ERR_NOMEM;
	i2_mgmt_check_all(l2);
	return 0;
}

int i2_tei_remove(struct i2 *l2, unsigned tei, isdn_time now)
{
	if (tei != ISDN_TEI_BROADCAST || !l2->config.network || !l2->config.ptmp)
		return order(l2, tei, MI_REMOVE_ORDER, now);
	if (i2_begin(l2, now))
		return ISDN_ERR_NOMEM;
	i2_mgmt_send(l2, ID_REMOVE, 0, ISDN_TEI_BROADCAST);
	i2_mgmt_all(l2, MI_REMOVE_ORDER);
	i2_sweep(l2);
	return 0;
}

int i2_release_all(struct i2 *l2, isdn_time now)
{
	struct i2_link *l;

	if (i2_begin(l2, now))
		return ISDN_ERR_NOMEM;
	for (l = l2->links; l; l = l->after)
		if (l->state >= MULTIPLE_FRAME || l->state == AWAITING_ESTABLISHMENT)
			i2_link_run(l, IN_RELEASE_REQ);
	return 0;
}

/* ---- time ---- */

isdn_time i2_deadline(const struct i2 *l2)
{
	isdn_time next = ib_timers_next(&l2->timers), again = l2->now + RETRY_MS;

	return l2->active != l2->active_told && again < next ? again : next;
}

void i2_timeout(struct i2 *l2, isdn_time now)
{
	struct ib_timer *t;

	l2->now = now;
	if (l2->active != l2->active_told)
		i2_tell_physical(l2);
	while ((t = ib_timers_expire(&l2->timers, now)) != NULL) {
		if (i2_reserve(l2)) {
			ib_timer_start(&l2->timers, t, now + RETRY_MS);
			break;
		}
		if (t->what == IN_COUNT) {
			i2_mgmt_run(t->owner, MI_TIMER);
			continue;
		}
		if (t->what == IN_T200)
			I2_COUNT((struct i2_link *)t->owner, t200_expiries);
		i2_link_run(t->owner, (enum i2_input)t->what);
	}
	i2_sweep(l2);
}
