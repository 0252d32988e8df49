/* SPDX-License-Identifier: BSD-2-Clause */
/* Every so many answered calls become a conference, which is dropped by one request. */
#include "load.h"

static struct end *open_one(struct load *l)
{
	isdn_handle handle;
	int err = isdn_conference_new(l->client, NULL, &handle);
	struct end *c = err ? NULL : end_new(l, handle, false);

	if (!c)
		return NULL;
	c->is_conference = true;
	c->state = ISDN_CALL_ONHOLDPENDCONF;
	return c;
}

void conference_join(struct load *l, struct end *e)
{
	struct end *c = l->open_conference;
	int err = ISDN_ERR_NOMEM;

	if (!c)
		c = l->open_conference = open_one(l);
	if (c)
		err = isdn_conference_add(l->client, c->handle, e->handle);
	l->acted = true;
	if (err < 0) {
		judge_fail(e, REFUSED, err);
		call_drop(l, e, false);
		return;
	}
	e->conference = c;
	e->give_up_at = NEVER;
	c->plan = e->plan; /* the holding time of the last one */
	c->index = e->index;
	if (++c->parties < (unsigned)l->opt->conference)
		return;
	c->action = DROP;
	c->action_at = l->now + c->plan.hold;
	l->open_conference = NULL;
}

void conference_drop(struct load *l, struct end *c)
{
	struct isdn_drop how = { .cause = cause_of_drop(l->opt, &c->plan, false) };
	struct uui uui;
	isdn_request id;

	c->action = NOTHING;
	c->action_at = NEVER;
	if (l->open_conference == c)
		l->open_conference = NULL;
	if (c->dropped)
		return;
	uui_of_drop(l->opt, c->index, false, &uui);
	how.uui = uui.octets;
	how.uui_size = uui.size;
	id = isdn_call_drop(l->client, c->handle, &how);
	l->acted = true;
	c->dropped = true;
	l->totals.conferences += id > 0;
	for (struct end *e = l->live; e; e = e->next) {
		if (e->conference != c || e->gone || e->cleared)
			continue;
		if (id < 0)
			judge_fail(e, REFUSED, id);
		e->dropped = true;
		e->cut = c->cut;
		e->dropped_at = l->now;
		e->asked_drop_uui = uui.size > 0;
		l->totals.parties++;
	}
}

void conference_event(struct load *l, struct end *c, const struct isdn_event *ev)
{
	c->state = ev->state;
	if (ev->state != ISDN_CALL_IDLE)
		return;
	for (struct end *e = l->live; e; e = e->next)
		if (e->conference == c)
			e->conference = NULL;
	if (l->open_conference == c)
		l->open_conference = NULL;
	(void)isdn_call_deallocate(l->client, c->handle);
	end_free(l, c);
}

/* Nobody who could join is on the way, and nobody can be placed before somebody ends. */
void conference_flush(struct load *l)
{
	struct end *c = l->open_conference;
	bool others = false;

	if (!c || l->on_the_way)
		return;
	for (struct end *e = l->live; e; e = e->next)
		others = others || (!e->is_conference && !e->far && e->conference != c);
	if (!l->placing || (l->blocked && !others)) {
		c->action = DROP;
		c->action_at = l->now + c->plan.hold;
		l->open_conference = NULL;
	}
}
