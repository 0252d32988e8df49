/* SPDX-License-Identifier: BSD-2-Clause */
/* A provider for tests of the registry. */
#include "tests/fake_provider.h"

#include <limits.h>
#include <string.h>

#define FAKE(p) ((struct fake *)(p))

static struct fake_leg *leg_of(struct fake *f, uint64_t leg)
{
	return leg >= 1 && leg <= f->n_legs && f->leg[leg - 1].alive ? &f->leg[leg - 1] : NULL;
}

static struct isdn_leg_event *push(struct fake *f, enum isdn_leg_event_type type, uint64_t leg)
{
	struct isdn_leg_event *ev = &f->queue[f->tail++ % FAKE_EVENTS];

	memset(ev, 0, sizeof(*ev));
	ev->type = type;
	ev->leg = leg;
	ev->mode = ISDN_MODE_ACTIVE;
	ev->source = ISDN_BY_REMOTE;
	return ev;
}

static void add_uui(struct isdn_leg_event *ev, const struct isdn_uui *uui, bool more)
{
	ev->has_uui = uui != NULL;
	ev->uui_more = more;
	if (uui)
		ev->uui = *uui;
}

static uint64_t new_leg(struct fake *f, void *user)
{
	struct fake_leg *l = &f->leg[f->n_legs++];

	memset(l, 0, sizeof(*l));
	l->alive = true;
	l->user = user;
	return f->n_legs;
}

static void caps(const struct isdn_provider *p, struct isdn_caps *caps)
{
	*caps = ((const struct fake *)p)->caps;
}

static int make(struct isdn_provider *p, const struct isdn_call_params *params,
		const struct isdn_uui *uui, void *user, uint64_t *leg, isdn_time now)
{
	(void)params;
	(void)uui;
	(void)now;
	if (FAKE(p)->n_legs == FAKE_LEGS)
		return ISDN_ERR_RESOURCEUNAVAIL;
	*leg = new_leg(FAKE(p), user);
	return 0;
}

static int respond(struct isdn_provider *p, uint64_t leg, const struct isdn_uui *uui, isdn_time now)
{
	(void)uui;
	(void)now;
	return leg_of(FAKE(p), leg) ? 0 : ISDN_ERR_INVALCALLHANDLE;
}

static int answer(struct isdn_provider *p, uint64_t leg, const struct isdn_uui *uui, isdn_time now)
{
	int err = respond(p, leg, uui, now);

	if (!err)
		fake_state(FAKE(p), leg, ISDN_CALL_CONNECTED, 0, NULL);
	return err;
}

static int send_uui(struct isdn_provider *p, uint64_t leg, const struct isdn_uui *uui, bool more,
		    isdn_time now)
{
	struct fake *f = FAKE(p);
	int err = respond(p, leg, uui, now);

	if (!err)
		err = f->send_err;
	if (!err && !f->send_room)
		err = ISDN_ERR_AGAIN;
	if (err)
		return err;
	f->send_room--;
	f->sent[f->n_sent % 128] = (struct fake_sent){ *uui, more };
	f->n_sent++;
	return 0;
}

static int uui_busy(struct isdn_provider *p, uint64_t leg, bool busy, isdn_time now)
{
	FAKE(p)->busy = busy;
	return respond(p, leg, NULL, now);
}

static int drop(struct isdn_provider *p, uint64_t leg, uint8_t cause, const struct isdn_uui *uui,
		bool *uui_sent, isdn_time now)
{
	struct fake *f = FAKE(p);
	struct fake_leg *l = leg_of(f, leg);

	(void)now;
	if (!l)
		return ISDN_ERR_INVALCALLHANDLE;
	if (f->fail_drop && (!f->fail_leg || f->fail_leg == leg))
		return f->fail_drop;
	l->drops++;
	l->cause = cause;
	l->uui_given = uui != NULL;
	if (uui)
		l->uui = *uui;
	*uui_sent = uui != NULL && leg != f->no_uui_leg;
	if (f->instant)
		fake_gone(f, leg, cause, ISDN_BY_LOCAL, NULL);
	return 0;
}

static void bind(struct isdn_provider *p, uint64_t leg, void *user)
{
	FAKE(p)->leg[leg - 1].user = user;
}

static int next(struct isdn_provider *p, struct isdn_leg_event *ev)
{
	struct fake *f = FAKE(p);

	if (f->head == f->tail)
		return 0;
	*ev = f->queue[f->head++ % FAKE_EVENTS];
	if (ev->leg)
		ev->user = f->leg[ev->leg - 1].user;
	return 1;
}

static void process(struct isdn_provider *p, isdn_time now)
{
	(void)p;
	(void)now;
}

static isdn_time deadline(const struct isdn_provider *p)
{
	(void)p;
	return ISDN_NEVER;
}

static int fd(const struct isdn_provider *p, short *events)
{
	(void)p;
	*events = 0;
	return -1;
}

static void info(const struct isdn_provider *p, struct isdn_span_info *info)
{
	(void)p;
	info->spec = "fake";
}

static void fake_close(struct isdn_provider *p)
{
	(void)p; /* the test's own storage */
}

static const struct isdn_provider_ops fake_ops = {
	.size = sizeof(fake_ops),
	.caps = caps,
	.make = make,
	.accept = respond,
	.answer = answer,
	.send_uui = send_uui,
	.uui_busy = uui_busy,
	.drop = drop,
	.bind = bind,
	.next = next,
	.process = process,
	.deadline = deadline,
	.fd = fd,
	.info = info,
	.close = fake_close,
};

void fake_init(struct fake *f, unsigned number)
{
	memset(f, 0, sizeof(*f));
	f->base.ops = &fake_ops;
	(void)number;
	f->caps = (struct isdn_caps){ 129, 129, 129, 129, 129, .reject_offering = true };
	f->instant = true;
	f->send_room = UINT_MAX;
}

uint64_t fake_offer(struct fake *f, const struct isdn_uui *uui)
{
	uint64_t leg = new_leg(f, NULL);
	struct isdn_leg_event *ev = push(f, ISDN_LEG_OFFERED, leg);

	add_uui(ev, uui, false);
	ev->called.n_digits = 3;
	memcpy(ev->called.digits, "123", 4);
	return leg;
}

void fake_state(struct fake *f, uint64_t leg, enum isdn_call_state state, uint8_t cause,
		const struct isdn_uui *uui)
{
	struct isdn_leg_event *ev = push(f, ISDN_LEG_STATE, leg);

	ev->state = state;
	ev->cause = cause;
	add_uui(ev, uui, false);
}

void fake_phase(struct fake *f, uint64_t leg, enum isdn_call_state state, enum isdn_uui_which phase,
		const struct isdn_uui *uui)
{
	struct isdn_leg_event *ev = push(
		f, phase == ISDN_UUI_PROGRESS ? ISDN_LEG_INFO : ISDN_LEG_STATE, leg);

	ev->state = state;
	add_uui(ev, uui, false);
	ev->uui_of = phase;
}

void fake_ready(struct fake *f, uint64_t leg, unsigned room)
{
	f->send_room = room;
	(void)push(f, ISDN_LEG_READY, leg);
}

void fake_gone(struct fake *f, uint64_t leg, uint8_t cause, enum isdn_source source,
	       const struct isdn_uui *uui)
{
	struct isdn_leg_event *ev = push(f, ISDN_LEG_GONE, leg);

	ev->cause = cause;
	ev->source = source;
	add_uui(ev, uui, false);
	f->leg[leg - 1].alive = false;
}

void fake_uui(struct fake *f, uint64_t leg, const struct isdn_uui *uui, bool more)
{
	add_uui(push(f, ISDN_LEG_INFO, leg), uui, more);
}

struct isdn_uui fake_text(const char *text)
{
	struct isdn_uui u = { .discriminator = 4 };

	u.len = (uint8_t)strlen(text);
	memcpy(u.data, text, u.len);
	return u;
}
