/* SPDX-License-Identifier: BSD-2-Clause */
/* Calls are placed, accepted, answered and dropped, each as its plan says. */
#include "load.h"

#include <stdio.h>
#include <string.h>

#define TRY_AGAIN   (100 * MS) /* no channel was free, and nothing told that one is */
#define OFFERED_FOR (100 * MS) /* at least, where the other end can not be seen */

/* Of `both` the near ends are the calls, of a sink those that arrive. */
static bool is_counted(const struct load *l, const struct end *e)
{
	return !e->refused && !e->is_conference && e->far == (l->command == SINK);
}

static void count_up(struct load *l, int step)
{
	if (l->counted_at)
		l->totals.up_time += (double)l->up * (double)(l->now - l->counted_at);
	l->counted_at = l->now;
	l->up = (unsigned)((int)l->up + step);
	if (l->up > l->totals.peak)
		l->totals.peak = l->up;
}

static void schedule(struct end *e, enum action action, int64_t at)
{
	e->action = action;
	e->action_at = at;
	e->give_up_at = NEVER;
}

/* It is for the far end to act, within that and --timeout. */
static void await(const struct load *l, struct end *e, int64_t within)
{
	e->give_up_at = l->opt->timeout ? l->now + within + (int64_t)l->opt->timeout * MS : NEVER;
}

static int64_t answer_after(const struct load *l)
{
	return (int64_t)l->opt->answer_after * MS;
}

/* how NULL: a release, or a last try. */
static void ask_drop(struct load *l, struct end *e, const struct isdn_drop *how)
{
	isdn_request id = isdn_call_drop(l->client, e->handle, how);

	l->acted = true;
	if (id > 0) {
		e->drop_request = id;
		e->asked_drop_uui = how && how->uui_size;
		e->dropped = !e->cleared;
		e->dropped_at = l->now;
	} else if (id != ISDN_ERR_INVALCALLSTATE) { /* that: it ended meanwhile, its event waits */
		judge_fail(e, REFUSED, id);
		if (how)
			ask_drop(l, e, NULL);
	}
}

static void drop_one(struct load *l, struct end *e)
{
	struct isdn_drop how = { .cause = cause_of_drop(l->opt, &e->plan, e->far) };
	struct uui uui = { .size = 0 };

	schedule(e, NOTHING, NEVER);
	if (e->dropped || e->cleared || e->gone)
		return;
	if (e->far && l->opt->echo_uui)
		uui = e->setup_uui;
	else
		uui_of_drop(l->opt, e->index, e->far, &uui);
	how.uui = uui.octets;
	how.uui_size = uui.size;
	ask_drop(l, e, &how);
}

void call_drop(struct load *l, struct end *e, bool cut)
{
	struct end *peer = e->peer;

	e->cut = e->cut || cut;
	if (e->is_conference) {
		conference_drop(l, e);
		return;
	}
	drop_one(l, e);
	if (peer && !cut && e->plan.who == AT_ONCE)
		drop_one(l, peer);
}

bool call_place(struct load *l)
{
	uint64_t index = l->totals.placed;
	char number[ISDN_DIGITS_MAX + 1];
	struct isdn_call_params p;
	struct end *e = NULL;
	isdn_handle handle;
	struct uui uui;
	isdn_request id;

	number_of(l->opt->number, index, number);
	uui_of_setup(l->opt, index, &uui);
	isdn_call_params_init(&p);
	p.span = l->span[0].number;
	p.called = number;
	p.calling = l->opt->from;
	p.uui = uui.octets;
	p.uui_size = uui.size;
	id = isdn_call_make(l->client, &p, &handle);
	if (id == ISDN_ERR_RESOURCEUNAVAIL) {
		l->blocked = true;
		l->blocked_until = l->now + TRY_AGAIN;
		return false;
	}
	if (id > 0 && (e = end_new(l, handle, false)) == NULL)
		id = ISDN_ERR_NOMEM; /* can not be: run() looked */
	if (id < 0) {
		fprintf(stderr, "%s: %s can not be called%s%s: %s\n", PROGRAM, number,
			p.calling ? " from " : "", p.calling ? p.calling : "",
			id == ISDN_ERR_INVAL ? "a number has 1 to 64 of 0-9 * # A-D"
					     : isdn_strerror(id));
		l->status = id == ISDN_ERR_INVAL ? USAGE : FAILED;
		l->placing = false;
		return false;
	}
	l->acted = true;
	l->totals.placed++;
	l->totals.uui_sent += uui.size > 0;
	e->sent_setup_uui = uui.size > 0;
	e->index = index;
	e->plan = plan_of(l->opt, index);
	e->state = ISDN_CALL_DIALING;
	e->pairable = l->command == BOTH;
	e->made_at = l->now;
	l->on_the_way++;
	count_up(l, 1);
	await(l, e, answer_after(l));
	if (l->command == GENERATE && e->plan.phase == OFFERING && is_ours(e))
		schedule(e, DROP,
			 l->now + (answer_after(l) > OFFERED_FOR ? answer_after(l) : OFFERED_FOR));
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

static void refuse(struct load *l, isdn_handle handle)
{
	static const struct isdn_drop busy = { .cause = ISDN_CAUSE_USER_BUSY };

	l->totals.strays++;
	l->acted = true;
	(void)isdn_call_drop(l->client, handle, &busy);
}

static void arrive(struct load *l, isdn_handle handle)
{
	struct end *e = end_new(l, handle, true);
	bool wanted = e && l->command != GENERATE && !l->ending &&
		      (l->placing || l->command == BOTH) && identify(l, e);

	if (e)
		e->refused = !wanted;
	if (!wanted) {
		refuse(l, handle);
		return;
	}
	e->made_at = l->now;
	e->plan = plan_of(l->opt, e->index);
	if (l->command != SINK)
		return;
	l->arrived++;
	l->totals.placed++;
	l->on_the_way++;
	count_up(l, 1);
}

static void accept_call(struct load *l, struct end *e)
{
	int err = isdn_call_accept(l->client, e->handle, NULL, 0);

	l->acted = true;
	if (err < 0 && err != ISDN_ERR_INVALCALLSTATE) {
		judge_fail(e, REFUSED, err);
		drop_one(l, e);
	}
}

static void answer_call(struct load *l, struct end *e)
{
	int err = isdn_call_answer(l->client, e->handle, NULL, 0);

	schedule(e, NOTHING, NEVER);
	await(l, e, 0);
	l->acted = true;
	if (err < 0 && err != ISDN_ERR_INVALCALLSTATE) {
		judge_fail(e, REFUSED, err);
		drop_one(l, e);
	}
}

/* The phase in which the call is to be dropped is reached: by us, or we wait for it. */
static void drop_after(struct load *l, struct end *e, int64_t after)
{
	bool with_peer = e->far && e->peer && e->plan.who == AT_ONCE; /* the near end drops both */

	if (is_ours(e) && !with_peer)
		schedule(e, DROP, l->now + after);
	else
		await(l, e, after);
}

static void offered(struct load *l, struct end *e)
{
	judge_uui(l, e, ISDN_UUI_SETUP);
	if (e->plan.phase != OFFERING) {
		accept_call(l, e);
		return;
	}
	drop_after(l, e, answer_after(l));
	if (e->peer && is_ours(e->peer))
		schedule(e->peer, DROP, l->now + answer_after(l));
}

static void answered(struct load *l, struct end *e)
{
	if (e->answered || !is_counted(l, e))
		return;
	e->answered = true;
	l->totals.answered++;
	l->on_the_way--;
	if (!e->far)
		hist_add(&l->totals.connect, l->now - e->made_at - answer_after(l));
}

/* The far end came further than it was to. */
static void went_on(struct load *l, struct end *e)
{
	judge_fail(e, WENT_ON, 0);
	drop_one(l, e);
}

static void connected(struct load *l, struct end *e)
{
	answered(l, e);
	if (e->plan.phase != ANSWERED)
		went_on(l, e);
	else if (l->opt->conference && !e->far)
		conference_join(l, e);
	else
		drop_after(l, e, e->plan.hold);
}

static void alerted(struct load *l, struct end *e)
{
	hist_add(&l->totals.alerting, l->now - e->made_at);
	if (e->plan.phase == ALERTING)
		drop_after(l, e, answer_after(l));
	else if (e->plan.phase == OFFERING)
		went_on(l, e);
	else
		await(l, e, answer_after(l));
}

static void accepted(struct load *l, struct end *e)
{
	if (e->plan.phase == ALERTING)
		drop_after(l, e, answer_after(l));
	else
		schedule(e, ANSWER, l->now + answer_after(l));
}

static void idle(struct load *l, struct end *e, const struct isdn_event *ev)
{
	if (is_counted(l, e)) {
		count_up(l, -1);
		l->on_the_way -= !e->answered;
		l->blocked = false;
	}
	judge_idle(l, e, ev);
}

static void act(struct load *l, struct end *e, const struct isdn_event *ev)
{
	switch ((int)ev->state) {
	case ISDN_CALL_OFFERING:
		offered(l, e);
		break;
	case ISDN_CALL_ACCEPTED:
		accepted(l, e);
		break;
	case ISDN_CALL_RINGBACK:
		alerted(l, e);
		break;
	case ISDN_CALL_CONNECTED:
		connected(l, e);
		break;
	default: /* no others, or nothing to do in them */
		break;
	}
}

static void call_state(struct load *l, const struct isdn_event *ev)
{
	struct end *e = end_find(l, ev->call);

	if (!e) { /* there was no room for it */
		if (ev->state == ISDN_CALL_IDLE)
			(void)isdn_call_deallocate(l->client, ev->call);
	} else if (e->is_conference) {
		conference_event(l, e, ev);
	} else if (ev->state == ISDN_CALL_IDLE) {
		idle(l, e, ev);
	} else if (ev->state == ISDN_CALL_DISCONNECTED) {
		judge_uui(l, e, ISDN_UUI_CLEARING);
		judge_cleared(l, e, ev);
		schedule(e, NOTHING, NEVER);
		ask_drop(l, e, NULL);
	} else {
		e->state = ev->state;
		if (!e->refused && !e->dropped)
			act(l, e, ev);
	}
}

static void reply(struct load *l, const struct isdn_event *ev)
{
	struct end *e = end_find(l, ev->call);

	if (e && !e->is_conference && ev->request == e->drop_request && ev->result)
		judge_fail(e, REFUSED, ev->result);
}

void call_event(struct load *l, const struct isdn_event *ev)
{
	if (ev->type == ISDN_EV_NEW_CALL)
		arrive(l, ev->call);
	else if (ev->type == ISDN_EV_CALL_STATE)
		call_state(l, ev);
	else if (ev->type == ISDN_EV_REPLY)
		reply(l, ev);
	else if (ev->type == ISDN_EV_CALL_INFO && ev->info & ISDN_INFO_UUI)
		(void)isdn_call_release_uui(l->client, ev->call);
}

void call_due(struct load *l, struct end *e)
{
	if (e->action_at <= l->now && e->action == ANSWER) {
		answer_call(l, e);
	} else if (e->action_at <= l->now) {
		call_drop(l, e, false);
	} else if (e->give_up_at <= l->now) {
		judge_fail(e, SILENT, 0);
		drop_one(l, e);
	}
}
