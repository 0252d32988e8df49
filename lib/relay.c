/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * User-to-user signalling between the two halves of a call, EN 300 286-1 on the
 * network's side. Each half has its own invoke identifiers and flow control, in
 * call control; here what one learns is said to the other.
 */
#include <isdn/relay.h>
#include <string.h>

#include "base/env.h"
#include "lib/span_internal.h"

struct waiting {
	bool more;
	struct isdn_uui uui;
};

struct half {
	struct isdn_span *span;
	isdn_call_id call; /* 0: none, or it is gone */
	bool bus;	   /* several terminals */
	bool awarded;	   /* one has the call */
	bool clearing;
	bool busy; /* it was told to send no more */
	/* USER INFORMATION for it */
	struct waiting *queue;
	unsigned first, n;
};

struct isdn_relay {
	struct isdn_env env;
	struct isdn_relay_config config;
	struct half half[2]; /* calling, called */
	bool service1;	     /* UUI in messages goes on */
	uint8_t subscribed;
	uint64_t relayed, discarded;
};

void isdn_relay_config_init(struct isdn_relay_config *config)
{
	memset(config, 0, sizeof(*config));
	config->size = sizeof(*config);
	config->queue = 32;
}

static struct half half_of(struct isdn_span *span, isdn_call_id call)
{
	return (struct half){ .span = span,
			      .call = call,
			      .bus = span && span->config.ptmp &&
				     span->config.side == ISDN_NETWORK };
}

int isdn_relay_new(struct isdn_relay **relay, const struct isdn_relay_config *config,
		   struct isdn_span *calling, isdn_call_id call, const struct isdn_env *env)
{
	struct isdn_relay_config c;
	struct isdn_relay *r;
	struct isdn_env e;

	if (!relay || !calling)
		return ISDN_ERR_INVALPOINTER;
	*relay = NULL;
	isdn_relay_config_init(&c);
	if (config)
		c = *config;
	if (c.size != sizeof(c) || !c.queue)
		return ISDN_ERR_INVAL;
	e = env ? *env : calling->env;
	r = ib_alloc(&e, sizeof(*r));
	if (!r)
		return ISDN_ERR_NOMEM;
	memset(r, 0, sizeof(*r));
	r->env = e;
	r->config = c;
	r->half[0] = half_of(calling, call);
	r->half[0].awarded = true; /* it called */
	*relay = r;
	return 0;
}

void isdn_relay_free(struct isdn_relay *relay)
{
	struct isdn_env env;

	if (!relay)
		return;
	env = relay->env;
	for (int i = 0; i < 2; i++)
		ib_free(&env, relay->half[i].queue);
	ib_free(&env, relay);
}

static struct half *other(struct isdn_relay *r, const struct half *h)
{
	return &r->half[h == &r->half[0]];
}

static enum isdn_uus_state state_of(const struct half *h, enum isdn_uus_service s,
				    struct isdn_uus *u)
{
	if (!h->call || isdn_span_uus_query(h->span, h->call, s, u))
		memset(u, 0, sizeof(*u));
	return u->state;
}

/* A half is told that UUI of its user went no further. */
static void refuse_uui(const struct half *h, isdn_time now)
{
	if (!h->clearing)
		(void)isdn_span_uui_refuse(h->span, h->call, now);
}

/* ---- SETUP ---- */

/* Services that can go on to a half. */
static uint8_t provided(const struct half *h)
{
	const struct isdn_span_config *c = &h->span->config;
	struct i3_profile p;
	uint8_t services = c->uui_max ? c->uus.services : 0;

	if (!i3_profile(c->variant, &p) || !p.uus)
		services &= (uint8_t)ISDN_UUS_BIT(ISDN_UUS_IMPLICIT);
	if (h->bus) /* which of the terminals? */
		services &= (uint8_t)~ISDN_UUS_BIT(ISDN_UUS_2);
	return services;
}

/* The answer that a service gets here, LATER: that of the other half. */
static int answer_here(const struct isdn_relay *r, unsigned service)
{
	if (!(r->subscribed & ISDN_UUS_BIT(service)))
		return ISDN_UUS_NOT_SUBSCRIBED;
	return provided(&r->half[1]) & ISDN_UUS_BIT(service) ? ISDN_UUS_LATER
							     : ISDN_UUS_REJECTED_BY_NETWORK;
}

static int setup_service(struct isdn_relay *r, enum isdn_uus_service s, struct isdn_msg *setup,
			 isdn_time now)
{
	struct half *h = &r->half[0];
	struct isdn_uus u;
	int answer = answer_here(r, s), err;

	if (state_of(h, s, &u) != ISDN_UUS_REQUESTED)
		return 0;
	if (answer == ISDN_UUS_LATER) {
		err = isdn_uus_request(setup, s, u.required);
		r->service1 |= !err && s == ISDN_UUS_1;
		return err ? err : isdn_span_uus_answer(h->span, h->call, s, answer, now);
	}
	err = isdn_span_uus_answer(h->span, h->call, s, answer, now);
	return !err && u.required && !h->span->config.uus.keep_refused ? ISDN_ERR_OPERATIONUNAVAIL
								       : err;
}

/* Explicit is who asked for service 1, implicit who did not and sends UUI all the same. */
static void setup_uui(struct isdn_relay *r, const struct isdn_msg *arrived, struct isdn_msg *setup,
		      isdn_time now)
{
	const struct half *from = &r->half[0], *to = &r->half[1];
	struct isdn_uus u;
	bool asked = state_of(from, ISDN_UUS_1, &u) != ISDN_UUS_IDLE;
	bool implicit = !asked && (r->subscribed & provided(to) & 1);

	if (!isdn_msg_has(arrived, ISDN_IE_USER_USER))
		return;
	r->service1 |= implicit;
	if (!r->service1) {
		if (r->config.tell_implicit && !asked)
			refuse_uui(from, now);
		return;
	}
	if (arrived->uui.len > to->span->config.uui_max) {
		refuse_uui(from, now);
		return;
	}
	setup->uui = arrived->uui;
	isdn_msg_set(setup, ISDN_IE_USER_USER);
}

int isdn_relay_setup(struct isdn_relay *relay, const struct isdn_span_event *arrived,
		     struct isdn_span *called, struct isdn_msg *setup, isdn_time now)
{
	struct half *h;
	int err = 0;

	if (!relay || !arrived || !called || !setup)
		return ISDN_ERR_INVALPOINTER;
	h = &relay->half[0];
	if (relay->half[1].span)
		return ISDN_ERR_INVALCALLSTATE;
	relay->half[1] = half_of(called, 0);
	relay->subscribed = relay->config.subscribed
				    ? relay->config.subscribed(relay->config.arg, arrived->msg)
				    : ISDN_UUS_ALL;
	relay->subscribed &= h->span->config.uus.services;
	for (int s = ISDN_UUS_1; !err && s < ISDN_UUS_COUNT; s++)
		err = setup_service(relay, (enum isdn_uus_service)s, setup, now);
	if (!err)
		setup_uui(relay, arrived->msg, setup, now);
	if (!err) /* a later request for service 3 is for the other half to answer, too */
		err = isdn_span_uus_answer(h->span, h->call, ISDN_UUS_3, ISDN_UUS_LATER, now);
	if (err) {
		relay->half[1] = half_of(NULL, 0);
		relay->service1 = false;
	}
	return err;
}

int isdn_relay_called(struct isdn_relay *relay, isdn_call_id call, isdn_time now)
{
	struct half *h;

	if (!relay)
		return ISDN_ERR_INVALPOINTER;
	h = &relay->half[1];
	if (!h->span)
		return ISDN_ERR_INVALCALLHANDLE;
	h->call = call;
	h->awarded = !h->bus;
	return isdn_span_uus_answer(h->span, call, ISDN_UUS_3, ISDN_UUS_LATER, now);
}

/* ---- services ---- */

/* What the user of one half answered is what the network answers the other. */
static int passed_on(int answer)
{
	return answer == ISDN_UUS_NO_ANSWER || answer == ISDN_UUS_NOT_UNDERSTOOD
		       ? ISDN_UUS_REJECTED_BY_USER
		       : answer;
}

/* Service 3 is asked for in the active call: the other user is asked. */
static void forward_request(struct isdn_relay *r, struct half *from, isdn_time now)
{
	struct half *to = other(r, from);
	uint8_t subscribed = from == &r->half[0] ? r->subscribed : from->span->config.uus.services;
	int answer = ISDN_UUS_REJECTED_BY_NETWORK;
	struct isdn_uus there;

	if (!(subscribed & ISDN_UUS_BIT(ISDN_UUS_3)))
		answer = ISDN_UUS_NOT_SUBSCRIBED;
	else if (state_of(to, ISDN_UUS_3, &there) == ISDN_UUS_ACTIVE)
		answer = ISDN_UUS_ACCEPT; /* that user's acceptance was late, or this one resumed */
	else if (to->call && (provided(to) & ISDN_UUS_BIT(ISDN_UUS_3)) &&
		 !isdn_span_uus_request(to->span, to->call, ISDN_UUS_3, now))
		return;
	(void)isdn_span_uus_answer(from->span, from->call, ISDN_UUS_3, answer, now);
}

/* Asked for by this half's user, or answered: then the other half's user had asked. */
static void service_changed(struct isdn_relay *r, struct half *h, enum isdn_uus_service s,
			    int answer, isdn_time now)
{
	struct half *to = other(r, h);

	if (answer == ISDN_UUS_LATER) {
		if (s == ISDN_UUS_3)
			forward_request(r, h, now);
	} else if (to->call) {
		(void)i3_cc_uus_decide(to->span->l3, to->call, s, passed_on(answer), now);
		ir_span_join(to->span, now);
	}
	if (s == ISDN_UUS_1 && answer != ISDN_UUS_ACCEPT)
		r->service1 = false;
}

static void services(struct isdn_relay *r, struct half *h, const struct isdn_span_event *ev,
		     isdn_time now)
{
	for (int s = ISDN_UUS_1; s < ISDN_UUS_COUNT; s++)
		if (ev->uus & ISDN_UUS_BIT(s))
			service_changed(r, h, (enum isdn_uus_service)s, ev->uus_answer[s], now);
}

/*
 * Nobody of a bus gets the call: what the terminal whose cause counts said of services. Call
 * control does not know of that, since another could have had the call and accepted them.
 */
static void refused_by_bus(struct isdn_relay *r, const struct half *h, const struct isdn_msg *m,
			   isdn_time now)
{
	const struct half *to = other(r, h);
	struct isdn_uus_component u;

	for (unsigned n = 0; n < m->n_components && to->call; n++)
		if (isdn_uus_read(m, n, &u) == 1 && u.type == ISDN_RETURN_ERROR)
			/* isdn_uus_request: the identifier is the service */
			(void)i3_cc_uus_decide(to->span->l3, to->call,
					       (enum isdn_uus_service)u.invoke_id,
					       passed_on(u.error), now);
}

/* ---- USER INFORMATION ---- */

static int send(const struct half *to, const struct isdn_uui *uui, bool more, isdn_time now)
{
	struct isdn_msg m;

	isdn_msg_init(&m, 0, 0, 0, false);
	m.uui = *uui;
	isdn_msg_set(&m, ISDN_IE_USER_USER);
	if (more)
		isdn_msg_set(&m, ISDN_IE_MORE_DATA);
	return isdn_span_user_info(to->span, to->call, &m, now);
}

/* Whose messages wait is told to send no more, until none does. */
static void keep_back(struct isdn_relay *r, struct half *from, isdn_time now)
{
	bool busy = other(r, from)->n > 0;

	if (from->busy == busy || !from->call)
		return;
	if (!isdn_span_uui_busy(from->span, from->call, busy, now))
		from->busy = busy;
}

static bool enqueue(struct isdn_relay *r, struct half *to, const struct isdn_uui *uui, bool more)
{
	struct waiting *w;

	if (!to->queue)
		to->queue = ib_alloc(&r->env, r->config.queue * sizeof(*to->queue));
	if (!to->queue || to->n == r->config.queue)
		return false;
	w = &to->queue[(to->first + to->n++) % r->config.queue];
	w->more = more;
	w->uui = *uui;
	return true;
}

static void forward(struct isdn_relay *r, struct half *from, const struct isdn_msg *m,
		    isdn_time now)
{
	struct half *to = other(r, from);
	bool more = isdn_msg_has(m, ISDN_IE_MORE_DATA);
	int err = ISDN_ERR_INVALCALLHANDLE;

	if (to->call)
		err = to->n ? ISDN_ERR_AGAIN : send(to, &m->uui, more, now);
	if (!err) {
		r->relayed++;
		return;
	}
	if (err == ISDN_ERR_AGAIN && enqueue(r, to, &m->uui, more)) {
		keep_back(r, from, now);
		return;
	}
	r->discarded++;
	if (err != ISDN_ERR_RESOURCEUNAVAIL) /* one more of service 2: nobody is told (8) */
		refuse_uui(from, now);
}

static void flush(struct isdn_relay *r, struct half *to, isdn_time now)
{
	while (to->n && to->call) {
		const struct waiting *w = &to->queue[to->first];
		int err = send(to, &w->uui, w->more, now);

		if (err == ISDN_ERR_AGAIN)
			return;
		to->first = (to->first + 1) % r->config.queue;
		to->n--;
		r->relayed += !err;
		r->discarded += err != 0;
		if (err)
			refuse_uui(other(r, to), now);
	}
	keep_back(r, other(r, to), now);
}

/* ---- events ---- */

static bool is_clearing(unsigned type)
{
	return type == ISDN_MT_DISCONNECT || type == ISDN_MT_RELEASE ||
	       type == ISDN_MT_RELEASE_COMPLETE;
}

/*
 * Which messages' UUI goes on (4): of the called user's responses, and the first that clears; of a
 * bus nothing before one has the call (7), but the cause that counts when none gets it.
 */
static bool carries(const struct isdn_relay *r, const struct half *h,
		    const struct isdn_span_event *ev)
{
	bool called = h == &r->half[1];

	switch ((int)ev->prim) {
	case ISDN_ALERTING_IND:
	case ISDN_PROGRESS_IND:
		return called && (h->awarded || r->config.unawarded);
	case ISDN_SETUP_CONF:
		return called;
	case ISDN_DISCONNECT_IND:
	case ISDN_RELEASE_IND: /* by that message, not because of what it lacks */
		return !h->clearing && is_clearing(ev->msg->type);
	default:
		return false;
	}
}

static const struct isdn_uui *uui_of(struct isdn_relay *r, struct half *h,
				     const struct isdn_span_event *ev, isdn_time now)
{
	const struct half *to = other(r, h);
	bool ends = ev->prim == ISDN_DISCONNECT_IND || ev->prim == ISDN_RELEASE_IND;

	if (!isdn_msg_has(ev->msg, ISDN_IE_USER_USER) || ev->prim == ISDN_USER_INFO_IND)
		return NULL;
	if (carries(r, h, ev) && r->service1 && to->call &&
	    ev->msg->uui.len <= to->span->config.uui_max)
		return &ev->msg->uui;
	if (!ends && ev->prim != ISDN_SETUP_IND && (h->awarded || ev->prim == ISDN_SETUP_CONF))
		refuse_uui(h, now);
	return NULL;
}

static bool is_last(enum isdn_prim prim)
{
	return prim == ISDN_RELEASE_IND || prim == ISDN_RELEASE_CONF;
}

static struct half *find(struct isdn_relay *r, const struct isdn_span *span, isdn_call_id call)
{
	for (int i = 0; i < 2; i++)
		if (call && r->half[i].span == span && r->half[i].call == call)
			return &r->half[i];
	return NULL;
}

/* What belongs to the relay alone. */
static bool own(struct isdn_relay *r, struct half *h, const struct isdn_span_event *ev,
		isdn_time now)
{
	switch ((int)ev->prim) {
	case ISDN_USER_INFO_IND:
		forward(r, h, ev->msg, now);
		return true;
	case ISDN_UUI_READY_IND:
		flush(r, h, now);
		return true;
	case ISDN_UUI_DISCARDED_IND: /* what went on was lost */
		if (other(r, h)->call)
			refuse_uui(other(r, h), now);
		return true;
	case ISDN_UUS_IND:
	case ISDN_UUI_STOP_IND:
		return true;
	default:
		return false;
	}
}

int isdn_relay_event(struct isdn_relay *relay, struct isdn_span *span,
		     const struct isdn_span_event *ev, const struct isdn_uui **uui, isdn_time now)
{
	struct half *h;

	if (!relay || !span || !ev || !uui)
		return ISDN_ERR_INVALPOINTER;
	*uui = NULL;
	h = find(relay, span, ev->call);
	if (!h)
		return ISDN_ERR_INVAL;
	if (ev->prim == ISDN_SETUP_CONF)
		h->awarded = true;
	services(relay, h, ev, now);
	if (is_last(ev->prim) && !h->awarded && ev->msg)
		refused_by_bus(relay, h, ev->msg, now);
	*uui = uui_of(relay, h, ev, now);
	if (ev->prim == ISDN_DISCONNECT_IND)
		h->clearing = true;
	if (is_last(ev->prim)) {
		h->call = 0;
		relay->discarded += h->n; /* nobody is there to get them */
		h->n = 0;
	}
	return own(relay, h, ev, now);
}

void isdn_relay_counters(const struct isdn_relay *relay, struct isdn_relay_counters *out)
{
	out->relayed = relay->relayed;
	out->discarded = relay->discarded;
	out->waiting = relay->half[0].n + relay->half[1].n;
}
