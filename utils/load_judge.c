/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Whether a call was what its plan asked for: dropped by the one who was to drop it, while it was
 * what it was to be, with that cause, and with the user-user information of it. Anything else
 * failed.
 */
#include "load.h"

#include <string.h>

bool is_ours(const struct end *e)
{
	return e->plan.who == AT_ONCE || e->plan.who == (e->far ? FAR : NEAR);
}

static bool is_theirs(const struct end *e)
{
	return e->plan.who == AT_ONCE || e->plan.who == (e->far ? NEAR : FAR);
}

static enum phase phase_of(enum isdn_call_state state)
{
	switch ((int)state) {
	case ISDN_CALL_RINGBACK:
	case ISDN_CALL_ACCEPTED:
		return ALERTING;
	case ISDN_CALL_CONNECTED:
	case ISDN_CALL_CONFERENCED:
		return ANSWERED;
	default:
		return OFFERING;
	}
}

/* The first reason counts. */
static void fail(struct end *e, const struct failure *f)
{
	if (e->failed)
		return;
	e->failed = true;
	e->failed_at = load_clock();
	e->failure = *f;
}

void judge_fail(struct end *e, enum reason reason, int error)
{
	/* SILENT is a timer, a request that is refused an error, the rest is what the far end did.
	 */
	static const enum isdn_source sources[] = {
		[WENT_ON] = ISDN_BY_REMOTE,	[SILENT] = ISDN_BY_TIMER,
		[REFUSED] = ISDN_BY_ERROR,	[UUI_DAMAGED] = ISDN_BY_REMOTE,
		[UUI_MISSING] = ISDN_BY_REMOTE, [UUI_NOT_SENT] = ISDN_BY_LOCAL,
	};

	fail(e, &(struct failure){ .reason = reason,
				   .source = sources[reason],
				   .error = error,
				   .state = e->state });
}

void judge_uui(struct load *l, struct end *e, enum isdn_uui_which which)
{
	struct uui expected, got;
	size_t len = 0;
	int err = isdn_call_uui(l->client, e->handle, which, got.octets, sizeof(got.octets), &len);
	bool setup = which == ISDN_UUI_SETUP;

	if (!len || e->refused)
		return;
	l->totals.uui_arrived++;
	*(setup ? &e->has_setup_uui : &e->has_clearing_uui) = true;
	if (setup && !err) {
		e->setup_uui = got;
		e->setup_uui.size = len;
	}
	if (setup)
		uui_of_setup(l->opt, e->index, &expected);
	else
		uui_of_drop(l->opt, e->index, !e->far, &expected);
	if (l->command != BOTH && !expected.size) /* the other end's options are not known here */
		return;
	if (!err && len == expected.size && !memcmp(got.octets, expected.octets, len))
		return;
	l->totals.uui_damaged++;
	judge_fail(e, UUI_DAMAGED, 0);
}

/* The far end cleared, or the call ended by itself, before we dropped it. */
void judge_cleared(struct load *l, struct end *e, const struct isdn_event *ev)
{
	bool good = ev->source == ISDN_BY_REMOTE && is_theirs(e) &&
		    phase_of(e->state) == e->plan.phase &&
		    ev->cause == cause_of_drop(l->opt, &e->plan, !e->far);

	e->cleared = true;
	e->cut = e->cut || (e->peer && e->peer->cut);
	if (good || e->refused || (e->cut && ev->source == ISDN_BY_REMOTE))
		return;
	fail(e, &(struct failure){ .reason = ENDED,
				   .source = ev->source,
				   .cause = ev->cause,
				   .state = e->state });
}

/* Our drop, or the release of a call that the far end cleared, did not end as it should. */
static void judge_end(struct end *e, const struct isdn_event *ev)
{
	bool bad = ev->source == ISDN_BY_TIMER || ev->source == ISDN_BY_LINK ||
		   ev->source == ISDN_BY_ERROR;

	if (bad && !e->refused)
		fail(e, &(struct failure){ .reason = ENDED,
					   .source = ev->source,
					   .cause = ev->cause,
					   .state = e->state });
}

static void note(struct load *l, const struct failure *f)
{
	struct failure *row = l->failures;
	unsigned n = l->n_failures;

	while (n && (row->reason != f->reason || row->source != f->source ||
		     row->cause != f->cause || row->error != f->error || row->state != f->state)) {
		row++;
		n--;
	}
	if (!n && l->n_failures == FAILURES_MAX)
		row--; /* there are not so many kinds */
	else if (!n && (l->n_failures++, true))
		*row = *f;
	row->calls++;
	load_fail(l, f->source == ISDN_BY_LINK ? NO_LINK : FAILED);
}

/* What one end sent is to be at the other, but for that of a drop which met the other's. */
static void compare(struct load *l, struct end *from, struct end *to)
{
	bool setup = from->sent_setup_uui && !to->has_setup_uui;
	bool drop = from->sent_drop_uui && !to->dropped && !to->has_clearing_uui;

	if (!setup && !drop)
		return;
	l->totals.uui_missing += (uint64_t)setup + drop;
	judge_fail(to, UUI_MISSING, 0);
}

/* A call with all its ends is over. */
static void account(struct load *l, const struct end *a, const struct end *b)
{
	struct totals *t = &l->totals;
	const struct end *worse = a->failed ? a : b;

	if (a->refused)
		return;
	if (b && b->failed && a->failed && b->failed_at < a->failed_at)
		worse = b;
	if (worse && worse->failed) {
		t->failed++;
		note(l, &worse->failure);
	} else if (a->cut || (b && b->cut)) {
		t->cut++;
	} else {
		t->dropped++;
	}
}

static void judge_sent(struct load *l, struct end *e, const struct isdn_event *ev)
{
	e->sent_drop_uui = e->asked_drop_uui && ev->uui_sent;
	l->totals.uui_sent += e->sent_drop_uui;
	if (!e->asked_drop_uui || e->sent_drop_uui || e->cleared)
		return;
	l->totals.uui_not_sent++;
	judge_fail(e, UUI_NOT_SENT, 0);
}

void judge_idle(struct load *l, struct end *e, const struct isdn_event *ev)
{
	struct end *peer = e->peer;

	if (!e->has_clearing_uui)
		judge_uui(l, e, ISDN_UUI_CLEARING);
	if (e->dropped && !e->cleared)
		hist_add(&l->totals.idle, l->now - e->dropped_at);
	if (!e->dropped && !e->cleared)
		judge_cleared(l, e, ev);
	judge_end(e, ev);
	judge_sent(l, e, ev);
	e->gone = true;
	e->action_at = e->give_up_at = NEVER;
	(void)isdn_call_deallocate(l->client, e->handle);
	end_forget(e);
	if (peer && !peer->gone)
		return; /* counted with the other end */
	if (peer) {
		compare(l, e, peer);
		compare(l, peer, e);
	}
	account(l, e, peer);
	if (peer)
		end_free(l, peer);
	end_free(l, e);
}
