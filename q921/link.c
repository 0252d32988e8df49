/* SPDX-License-Identifier: BSD-2-Clause */
/* One data link: the interpreter of Annex B, the only place where a link changes its state, and
 * what its tasks have in common. */
#include <string.h>

#include "base/rare.h"
#include "q921/internal.h"

#define TIMERS_PER_LINK 3

void i2_index_rows(struct i2 *l2)
{
	for (unsigned i = i2_rows; i-- > 0;)
		for (unsigned s = TEI_UNASSIGNED; s <= TIMER_RECOVERY; s++)
			if (i2_table[i].states & S(s))
				l2->first[s][i2_table[i].input] = (uint16_t)i;
}

struct i2_link *i2_link_new(struct i2_tei *t, unsigned sapi_index)
{
	struct i2 *l2 = t->l2;
	struct i2_link *l;

	if (ib_timers_reserve(&l2->timers, TIMERS_PER_LINK))
		return NULL;
	l = ib_alloc(l2->env, sizeof(*l));
	if (!l) {
		ib_timers_unreserve(&l2->timers, TIMERS_PER_LINK);
		return NULL;
	}
	l->l2 = l2;
	l->tei = t;
	l->sapi = l2->config.sapi[sapi_index];
	l->state = t->tei == I2_TEI_AUTO ? TEI_UNASSIGNED : TEI_ASSIGNED;
	ib_timer_init(&l->t200, l, IN_T200);
	ib_timer_init(&l->t203, l, IN_T203);
	ib_timer_init(&l->restore, l, IN_RESTORE);
	ib_queue_init(&l->iq);
	ib_queue_init(&l->uiq);
	*l2->last = l;
	l2->last = &l->after;
	l2->n_links++;
	t->link[sapi_index] = l;
	return l;
}

void i2_link_free(struct i2_link *l)
{
	struct i2 *l2 = l->l2;
	struct i2_link **at = &l2->links;

	while (*at != l)
		at = &(*at)->after;
	*at = l->after;
	if (!*at)
		l2->last = at;
	for (unsigned i = 0; i < I2_SAPIS; i++)
		if (l->tei->link[i] == l)
			l->tei->link[i] = NULL;
	ib_timer_stop(&l2->timers, &l->t200);
	ib_timer_stop(&l2->timers, &l->t203);
	ib_timer_stop(&l2->timers, &l->restore);
	ib_timers_unreserve(&l2->timers, TIMERS_PER_LINK);
	ib_queue_drain(&l->iq, &l2->pool);
	ib_queue_drain(&l->uiq, &l2->pool);
	l2->n_links--;
	ib_free(l2->env, l);
}

static IB_APART const struct i2_row *decide(const struct i2_link *l, const struct i2_row *r,
					    enum i2_input input)
{
	while (r->input != input || !(r->states & S(l->state)) || (r->decision && !r->decision(l)))
		r++; /* each state has a last row for each input, which a test of the table sees to
		      */
	return r;
}

static const struct i2_row *find_row(const struct i2_link *l, enum i2_input input)
{
	const struct i2_row *r = &i2_table[l->l2->first[l->state][input]];

	if (!r->decision || r->decision(l))
		return r;
	return decide(l, r + 1, input);
}

static IB_APART void enter(struct i2_link *l, const struct i2_row *r)
{
	struct i2 *l2 = l->l2;
	enum i2_state next = (enum i2_state)r->next;

	ib_log(l2->env, ISDN_LOG_DEBUG, ISDN_AREA_Q921, "SAPI %u TEI %u: state %u -> %u (Q.921 %s)",
	       l->sapi, l->tei->tei, (unsigned)l->state, (unsigned)next, r->clause);
	if (next == MULTIPLE_FRAME && l->state < MULTIPLE_FRAME)
		I2_COUNT(l, established);
	if (next <= TEI_ASSIGNED && l->was_up)
		I2_COUNT(l, released);
	l->was_up = next >= MULTIPLE_FRAME || (next > TEI_ASSIGNED && l->was_up);
	l->state = next;
}

void i2_link_run(struct i2_link *l, enum i2_input input)
{
	const struct i2_row *r = find_row(l, input);
	struct i2 *l2 = l->l2;

	l2->row = (unsigned)(r - i2_table);
	if (l2->watch)
		l2->watch(l2, l, l2->row, false);
	if (r->task)
		r->task(l);
	if (r->next != SAME && r->next != l->state)
		enter(l, r);
	if (l->state >= MULTIPLE_FRAME && l->own_busy != l2->busy)
		i2_link_run(l, l2->busy ? IN_BUSY_SET : IN_BUSY_CLEAR);
}

/* MDL-ERROR indication, Appendix II. C, D, G and H make TEI management look after the TEI. */
void i2_mdl_error(struct i2_link *l, char letter)
{
	struct i2 *l2 = l->l2;

	l->counters.mdl_error[letter - 'A']++;
	l->counters.last_error = letter;
	l->counters.last_error_at = l2->now;
	l2->total.links.mdl_error[letter - 'A']++;
	l2->total.links.last_error = letter;
	l2->total.links.last_error_at = l2->now;
	ib_log(l2->env, ISDN_LOG_WARNING, ISDN_AREA_Q921,
	       "SAPI %u TEI %u: MDL-ERROR %c in state %u: %s (Q.921 App. II)", l->sapi, l->tei->tei,
	       letter, (unsigned)l->state, isdn_mdl_error_name(letter));
	if (letter == 'C' || letter == 'D' || letter == 'G' || letter == 'H')
		i2_mgmt_run(l->tei, MI_ERROR_IND);
}

void i2_start_t200(struct i2_link *l)
{
	ib_timer_start(&l->l2->timers, &l->t200, l->l2->now + l->l2->config.t200);
}

void i2_stop_t200(struct i2_link *l)
{
	ib_timer_stop(&l->l2->timers, &l->t200);
}

void i2_start_t203(struct i2_link *l)
{
	if (l->l2->config.t203)
		ib_timer_start(&l->l2->timers, &l->t203, l->l2->now + l->l2->config.t203);
}

void i2_stop_t203(struct i2_link *l)
{
	ib_timer_stop(&l->l2->timers, &l->t203);
}

void i2_clear_exceptions(struct i2_link *l)
{
	l->peer_busy = l->own_busy = l->reject_exception = l->ack_pending = false;
}

void i2_discard_i_queue(struct i2_link *l)
{
	ib_queue_drain(&l->iq, &l->l2->pool);
	l->next = NULL;
	l->va = l->vs;
	l->tried = 0;
}

void i2_reset_variables(struct i2_link *l)
{
	l->va = l->vs = l->vr = 0;
	l->next = l->iq.head;
}

void i2_establish(struct i2_link *l, bool by_l3)
{
	i2_clear_exceptions(l);
	l->rc = 0;
	l->l3_initiated = by_l3;
	l->release_pending = false;
	l->refused = l->wanted = false;
	ib_timer_stop(&l->l2->timers, &l->restore);
	i2_send_u(l, U_SABME, true, true);
	i2_start_t200(l);
	i2_stop_t203(l);
}
