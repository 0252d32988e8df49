/* SPDX-License-Identifier: BSD-2-Clause */
/* How calls begin: ours, by the number that is next; those that arrive, by which of ours they are.
 */
#include "load.h"

#include <stdio.h>

#define TRY_AGAIN   (100 * MS) /* no channel was free, and nothing told that one is */
#define OFFERED_FOR (100 * MS) /* at least, where the other end can not be seen */

/* It can not even begin: no channel is free, or there is no use in going on. */
static void refused(struct load *l, const char *number, int err)
{
	const char *from = l->opt->from;

	if (err == ISDN_ERR_RESOURCEUNAVAIL) {
		l->blocked = true;
		l->blocked_until = l->now + TRY_AGAIN;
		return;
	}
	fprintf(stderr, "%s: %s can not be called%s%s: %s\n", PROGRAM, number, from ? " from " : "",
		from ? from : "",
		err == ISDN_ERR_INVAL ? "a number has 1 to 64 of 0-9 * # A-D" : isdn_strerror(err));
	load_fail(l, err == ISDN_ERR_INVAL ? USAGE : FAILED);
	l->placing = false;
}

static void placed(struct load *l, struct end *e, uint64_t index)
{
	int64_t after = call_answer_after(l);

	e->index = index;
	e->plan = plan_of(l->opt, index);
	e->state = ISDN_CALL_DIALING;
	e->pairable = l->command == BOTH;
	e->made_at = l->now;
	l->acted = true;
	l->totals.placed++;
	l->on_the_way++;
	call_count(l, 1);
	call_await(l, e, after);
	if (l->command == GENERATE && e->plan.phase == OFFERING && is_ours(e))
		call_schedule(e, DROP, l->now + (after > OFFERED_FOR ? after : OFFERED_FOR));
}

bool call_place(struct load *l)
{
	uint64_t index = l->totals.placed;
	char number[ISDN_DIGITS_MAX + 1];
	struct isdn_call_params p;
	struct end *e = NULL;
	isdn_handle handle;
	struct uui uui;
	int id;

	number_of(l->opt->number, index, number);
	uui_of_setup(l->opt, index, &uui);
	isdn_call_params_init(&p);
	p.span = l->span[0].number;
	p.called = number;
	p.calling = l->opt->from;
	p.uui = uui.octets;
	p.uui_size = uui.size;
	id = isdn_call_make(l->client, &p, &handle);
	if (id > 0 && (e = end_new(l, handle, false)) == NULL)
		id = ISDN_ERR_NOMEM; /* can not be: there was room */
	if (id < 0) {
		refused(l, number, id);
		return false;
	}
	e->sent_setup_uui = uui.size > 0;
	l->totals.uui_sent += uui.size > 0;
	placed(l, e, index);
	return true;
}

/* The oldest call that was placed to that number and has not arrived yet. */
static struct end *caller_of(const struct load *l, uint64_t index)
{
	uint64_t modulus = number_modulus(l->opt->number);
	struct end *found = NULL;

	for (struct end *e = l->live; e; e = e->next)
		if (e->pairable && !e->gone && e->index % modulus == index)
			found = e;
	return found;
}

/* Which call it is: of the number that it was placed to, else of the order. */
static bool identify(struct load *l, struct end *e)
{
	struct isdn_call_info info;
	struct end *caller;

	if (isdn_call_info(l->client, e->handle, &info) ||
	    info.span != l->span[l->n_spans - 1].number ||
	    !number_index(l->opt->number, info.called, &e->index))
		return false;
	if (l->command == SINK) {
		if (number_modulus(l->opt->number) == 1)
			e->index = l->arrived;
		return !l->opt->calls || l->arrived < (uint64_t)l->opt->calls;
	}
	caller = caller_of(l, e->index);
	if (!caller)
		return false;
	e->index = caller->index;
	e->peer = caller;
	caller->peer = e;
	caller->pairable = false;
	return true;
}

static void turn_away(struct load *l, isdn_handle handle)
{
	static const struct isdn_drop busy = { .cause = ISDN_CAUSE_USER_BUSY };

	l->totals.strays++;
	l->acted = true;
	(void)isdn_call_drop(l->client, handle, &busy);
}

void call_arrived(struct load *l, isdn_handle handle)
{
	struct end *e = end_new(l, handle, true);
	bool wanted = e && l->command != GENERATE && !l->ending &&
		      (l->placing || l->command == BOTH) && identify(l, e);

	if (e)
		e->refused = !wanted;
	if (!wanted) {
		turn_away(l, handle);
		return;
	}
	e->made_at = l->now;
	e->plan = plan_of(l->opt, e->index);
	if (l->command != SINK)
		return;
	l->arrived++;
	l->totals.placed++;
	l->on_the_way++;
	call_count(l, 1);
}
