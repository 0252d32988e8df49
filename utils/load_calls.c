/* SPDX-License-Identifier: BSD-2-Clause */
/* What calls go through: they are accepted, answered and dropped, each as its plan says. */
#include "load.h"

/* Of `both` the near ends are the calls, of a sink those that arrive. */
bool call_is_counted(const struct load *l, const struct end *e)
{
	return !e->refused && !e->is_conference && e->far == (l->command == SINK);
}

void call_count(struct load *l, int step)
{
	if (l->counted_at)
		l->totals.up_time += (double)l->up * (double)(l->now - l->counted_at);
	l->counted_at = l->now;
	l->up = (unsigned)((int)l->up + step);
	if (l->up > l->totals.peak)
		l->totals.peak = l->up;
}

void call_schedule(struct end *e, enum action action, int64_t at)
{
	e->action = action;
	e->action_at = at;
	e->give_up_at = NEVER;
}

/* It is for the far end to act, within that and --timeout. */
void call_await(const struct load *l, struct end *e, int64_t within)
{
	e->give_up_at = l->opt->timeout ? l->now + within + (int64_t)l->opt->timeout * MS : NEVER;
}

int64_t call_answer_after(const struct load *l)
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

	call_schedule(e, NOTHING, NEVER);
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

	call_schedule(e, NOTHING, NEVER);
	call_await(l, e, 0);
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
		call_schedule(e, DROP, l->now + after);
	else
		call_await(l, e, after);
}

static void offered(struct load *l, struct end *e)
{
	judge_uui(l, e, ISDN_UUI_SETUP);
	if (e->plan.phase != OFFERING) {
		accept_call(l, e);
		return;
	}
	drop_after(l, e, call_answer_after(l));
	if (e->peer && is_ours(e->peer))
		call_schedule(e->peer, DROP, l->now + call_answer_after(l));
}

static void answered(struct load *l, struct end *e)
{
	if (e->answered || !call_is_counted(l, e))
		return;
	e->answered = true;
	l->totals.answered++;
	l->on_the_way--;
	if (!e->far)
		hist_add(&l->totals.connect, l->now - e->made_at - call_answer_after(l));
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
		drop_after(l, e, call_answer_after(l));
	else if (e->plan.phase == OFFERING)
		went_on(l, e);
	else
		call_await(l, e, call_answer_after(l));
}

static void accepted(struct load *l, struct end *e)
{
	if (e->plan.phase == ALERTING)
		drop_after(l, e, call_answer_after(l));
	else
		call_schedule(e, ANSWER, l->now + call_answer_after(l));
}

static void idle(struct load *l, struct end *e, const struct isdn_event *ev)
{
	if (call_is_counted(l, e)) {
		call_count(l, -1);
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
	struct end *e = end_find(ev->call);

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
		call_schedule(e, NOTHING, NEVER);
		ask_drop(l, e, NULL);
	} else {
		e->state = ev->state;
		if (!e->refused && !e->dropped)
			act(l, e, ev);
	}
}

static void reply(const struct isdn_event *ev)
{
	struct end *e = end_find(ev->call);

	if (e && !e->is_conference && ev->request == e->drop_request && ev->result)
		judge_fail(e, REFUSED, ev->result);
}

void call_event(struct load *l, const struct isdn_event *ev)
{
	if (ev->type == ISDN_EV_NEW_CALL)
		call_arrived(l, ev->call);
	else if (ev->type == ISDN_EV_CALL_STATE)
		call_state(l, ev);
	else if (ev->type == ISDN_EV_REPLY)
		reply(ev);
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
