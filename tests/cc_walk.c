/* SPDX-License-Identifier: BSD-2-Clause */
/* The steps of a walk over call control. */
#include "tests/cc_walk.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "q931/codec.h"

#define N_OF(array) (sizeof(array) / sizeof((array)[0]))

static const uint8_t terminals[WALK_TERMINALS] = { 0, 5, 64, 65, 126 };
static const char *const sides[] = { "user", "network" };

/* ---- telling ---- */

void walk_tell(const struct walk *w, const char *format, ...)
{
	va_list args;

	if (!w->show)
		return;
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	putchar('\n');
}

_Noreturn void walk_fail(struct walk *w, const char *property, const char *more,
			 unsigned long long n)
{
	w->property = property;
	snprintf(w->why, sizeof(w->why), "%s%s%s %llu, at %llu ms", property, *more ? ", " : "",
		 more, n, (unsigned long long)w->now);
	longjmp(w->failed, 1);
}

static const char *side(const struct walk_end *e)
{
	return sides[e->sends == ISDN_NETWORK_TO_USER];
}

static const char *prim_name(enum isdn_prim prim)
{
#define NAME(prim) [ISDN_##prim] = #prim
	static const char *const names[ISDN_PRIM_COUNT] = {
		NAME(SETUP_IND),
		NAME(SETUP_CONF),
		NAME(SETUP_COMPLETE_IND),
		NAME(MORE_INFO_IND),
		NAME(PROCEEDING_IND),
		NAME(ALERTING_IND),
		NAME(PROGRESS_IND),
		NAME(INFO_IND),
		NAME(INFO_TIMEOUT),
		NAME(NOTIFY_IND),
		NAME(USER_INFO_IND),
		NAME(STATUS_IND),
		NAME(FACILITY_IND),
		NAME(REGISTER_IND),
		NAME(HOLD_IND),
		NAME(HOLD_CONF),
		NAME(HOLD_REJECT_IND),
		NAME(RETRIEVE_IND),
		NAME(RETRIEVE_CONF),
		NAME(RETRIEVE_REJECT_IND),
		NAME(SUSPEND_IND),
		NAME(SUSPEND_CONF),
		NAME(SUSPEND_REJECT_IND),
		NAME(RESUME_IND),
		NAME(RESUME_CONF),
		NAME(DISCONNECT_IND),
		NAME(RELEASE_IND),
		NAME(RELEASE_CONF),
		NAME(RESTART_IND),
		NAME(RESTART_CONF),
		NAME(RESTART_FAILED),
		NAME(SERVICE_IND),
		NAME(SERVICE_CONF),
		NAME(SERVICE_FAILED),
		NAME(UUS_IND),
		NAME(UUI_DISCARDED_IND),
		NAME(UUI_STOP_IND),
		NAME(UUI_READY_IND),
		NAME(SWITCHOVER),
		NAME(LINK_UP),
		NAME(LINK_DOWN),
	};

	return prim < N_OF(names) && names[prim] ? names[prim] : "an event";
}

static void tell_octets(const struct walk *w, const uint8_t *octets, size_t len)
{
	for (size_t i = 0; w->show && i < len; i++)
		printf("%s%02x", i ? "" : "\t\t", octets[i]);
	if (w->show)
		putchar('\n');
}

/* ---- what comes out ---- */

static void clear(struct walk *w, struct walk_end *e, struct walk_call *c, uint8_t cause,
		  const struct isdn_uui *uui);

static void pull(struct walk *w, struct walk_end *e)
{
	struct isdn_span_event ev;

	while (i3_cc_next(e->cc, &ev) == 1) {
		walk_tell(w, "\t%s is told %s, call %u, cause %u", side(e), prim_name(ev.prim),
			  (unsigned)ev.call, ev.cause);
		walk_look_event(w, e, &ev);
		if (w->answers && (walk_begins(ev.prim) || ev.prim == ISDN_DISCONNECT_IND ||
				   ev.prim == ISDN_RESUME_IND))
			for (unsigned i = 0; i < e->n_calls; i++)
				if (e->call[i].id == ev.call)
					clear(w, e, &e->call[i], 0, NULL);
	}
}

static void to_wire(struct walk *w, struct walk_end *e, const struct i3_out *out)
{
	struct walk_msg *m = &e->wire[e->n_wire];

	if (!w->end[0].cc || !w->end[1].cc)
		return; /* the peer is made by hand */
	if (e->n_wire == WALK_WIRE) {
		w->clean = false; /* lost */
		return;
	}
	m->tei = out->tei;
	m->len = out->len;
	memcpy(m->octets, out->data, out->len);
	e->n_wire++;
}

/* What a side has for its data link. */
static void send(struct walk *w, struct walk_end *e)
{
	struct i3_out out;
	unsigned n = 0;

	walk_look_sent(w, e);
	while (i3_cc_out(e->cc, &out) == 1) {
		if (++n > 1000)
			walk_fail(w, "it never stops sending", "", n);
		if (out.type == I3_OUT_ESTABLISH) {
			walk_tell(w, "\t%s asks for link %u", side(e), out.tei);
			i3_tei_add(e->asked, out.tei);
		} else {
			to_wire(w, e, &out);
		}
	}
}

/* A message that can not be encoded is logged, and not sent. */
static void complain(void *arg, enum isdn_log_level level, enum isdn_log_area area,
		     const char *line, size_t len)
{
	struct walk *w = arg;

	(void)level;
	(void)area;
	snprintf(w->complaint, sizeof(w->complaint), "%.*s", (int)len, line);
}

/* After each input. */
static void after(struct walk *w, struct walk_end *e)
{
	const struct i3_cc *cc = e->cc;

	if (w->complaint[0] && !w->starve)
		walk_fail(w, "an error is logged", w->complaint, 0);
	w->complaint[0] = '\0';
	w->counts->reached[cc->network][cc->row] = true;
	send(w, e);
	walk_look(w, e);
}

/* ---- what goes in ---- */

static void rx(struct walk *w, struct walk_end *e, unsigned tei, const uint8_t *octets, size_t len)
{
	struct walk_states before;
	uint64_t digest = walk_digest(e->cc), faulty = e->cc->counters.messages_faulty;
	uint8_t *exact = malloc(len ? len : 1); /* a read behind it is seen */
	int err;

	if (!exact)
		abort();
	memcpy(exact, octets, len);
	walk_note_states(e, &before);
	err = i3_cc_rx(e->cc, tei, exact, len, w->now);
	free(exact);
	if (len > 2 && len > 2u + octets[1] && octets[2 + octets[1]] == ISDN_MT_SEGMENT)
		digest = walk_digest(e->cc); /* one that begins a message ends another */
	if (err && (err != ISDN_ERR_NOMEM || !w->starve || digest != walk_digest(e->cc)))
		walk_fail(w, "a message is refused, or changes something all the same", "",
			  (unsigned)-err);
	w->counts->faulty += e->cc->counters.messages_faulty - faulty;
	if (!err)
		walk_look_told(w, e, &before);
	after(w, e);
}

/* The oldest message of e arrives. */
static void deliver(struct walk *w, struct walk_end *e)
{
	struct walk_end *to = e == &w->end[0] ? &w->end[1] : &w->end[0];
	struct walk_msg m = e->wire[0];

	e->n_wire--;
	memmove(e->wire, e->wire + 1, e->n_wire * sizeof(e->wire[0]));
	walk_tell(w, "    to %s: %s", side(to), isdn_msg_name(m.octets[2 + m.octets[1]]));
	rx(w, to, 0, m.octets, m.len);
}

static void deliver_all(struct walk *w)
{
	unsigned n = 0;

	while (w->end[0].n_wire || w->end[1].n_wire) {
		if (++n > 2000)
			walk_fail(w, "the two sides never stop talking", "", n);
		for (int i = 0; i < 2; i++)
			if (w->end[i].n_wire)
				deliver(w, &w->end[i]);
		if (w->answers)
			for (int i = 0; i < 2; i++)
				pull(w, &w->end[i]);
	}
}

static void timeout(struct walk *w, struct walk_end *e)
{
	if (i3_cc_deadline(e->cc) > w->now)
		return;
	i3_cc_timeout(e->cc, w->now);
	if (i3_cc_deadline(e->cc) <= w->now)
		walk_fail(w, "a timer is due again at once", "", e->cc->timers.n);
	after(w, e);
}

static void pass_to(struct walk *w, isdn_time then)
{
	w->now = then;
	for (int i = 0; i < 2; i++)
		if (w->end[i].cc)
			timeout(w, &w->end[i]);
}

static isdn_time deadline(const struct walk *w)
{
	isdn_time next = ISDN_NEVER;

	for (int i = 0; i < 2; i++)
		if (w->end[i].cc && i3_cc_deadline(w->end[i].cc) < next)
			next = i3_cc_deadline(w->end[i].cc);
	return next;
}

/* ---- choices ---- */

static unsigned below(struct walk *w, unsigned n)
{
	return random_below(&w->random, n);
}

static bool chance(struct walk *w, unsigned percent)
{
	return random_chance(&w->random, percent);
}

static struct walk_call *a_call(struct walk *w, struct walk_end *e)
{
	/* mostly one of the last */
	unsigned few = e->n_calls > 4 && chance(w, 80) ? 4 : e->n_calls;

	return e->n_calls ? &e->call[e->n_calls - 1 - below(w, few)] : NULL;
}

static const struct i3_call *an_active(struct walk *w, const struct walk_end *e)
{
	size_t n = e->cc->n_calls ? below(w, (unsigned)e->cc->n_calls) : 0;
	uint32_t at = 0;
	const struct i3_call *c = i3_call_next(e->cc, &at), *other;

	while (n-- && (other = i3_call_next(e->cc, &at)) != NULL)
		c = other;
	return c;
}

static unsigned a_terminal(struct walk *w, const struct walk_end *e)
{
	return e->cc->config.terminals ? terminals[below(w, WALK_TERMINALS)] : 0;
}

/* Any that is wanted, one that is there, or one that is not; or none. */
static void a_channel(struct walk *w, const struct walk_end *e, struct isdn_msg *m)
{
	unsigned what = below(w, 20), interface = below(w, e->cc->channels.n);
	unsigned number = 1 + below(w, e->cc->config.interface == ISDN_BRI ? 2 : 4);

	if (what >= 15)
		number = below(w, ISDN_INTERFACE_CHANNELS);
	isdn_msg_clear(m, ISDN_IE_CHANNEL_ID);
	i3_channel_write(&e->cc->channels, &m->channel_id[0], ISDN_CHANNEL(interface, number),
			 chance(w, 50));
	if (what == 17 && chance(w, 30))
		m->channel_id[0].interface_id++;
	if (what == 18)
		m->channel_id[0].select = ISDN_CHANNEL_ANY;
	if (what == 19)
		m->channel_id[0].select = ISDN_CHANNEL_NONE;
	isdn_msg_set(m, ISDN_IE_CHANNEL_ID);
}

static void some_uui(struct walk *w, const struct walk_end *e, struct isdn_uui *uui)
{
	unsigned max = e->cc->config.uui_max;

	uui->codeset = 0;
	uui->discriminator = 4;
	uui->len = (uint8_t)(chance(w, 90) ? below(w, max + 1) : below(w, ISDN_UUI_MAX + 1));
	for (unsigned i = 0; i < uui->len; i++)
		uui->data[i] = (uint8_t)random_u32(&w->random);
}

/* ---- requests ---- */

/* A new request is a row. */
static const struct {
	enum i3_req req;
	enum i3_input input;
	uint8_t type;	     /* whose elements it has */
	enum isdn_prim told; /* what the other side is told; 0: nothing */
} requests[] = {
	/* clang-format off */
	{ I3_MORE_INFO_REQ, IN_MORE_INFO_REQ, ISDN_MT_SETUP_ACKNOWLEDGE, ISDN_MORE_INFO_IND },
	{ I3_INFO_REQ, IN_INFO_REQ, ISDN_MT_INFORMATION, ISDN_INFO_IND },
	{ I3_NOTIFY_REQ, IN_NOTIFY_REQ, ISDN_MT_NOTIFY, ISDN_NOTIFY_IND },
	{ I3_PROCEEDING_REQ, IN_PROCEEDING_REQ, ISDN_MT_CALL_PROCEEDING, ISDN_PROCEEDING_IND },
	{ I3_ALERTING_REQ, IN_ALERTING_REQ, ISDN_MT_ALERTING, ISDN_ALERTING_IND },
	{ I3_PROGRESS_REQ, IN_PROGRESS_REQ, ISDN_MT_PROGRESS, ISDN_PROGRESS_IND },
	{ I3_SETUP_RESP, IN_SETUP_RESP, ISDN_MT_CONNECT, ISDN_SETUP_CONF },
	{ I3_SETUP_COMPLETE_REQ, IN_SETUP_COMPLETE_REQ, ISDN_MT_CONNECT_ACKNOWLEDGE, ISDN_SETUP_COMPLETE_IND },
	{ I3_USER_INFO_REQ, IN_USER_INFO_REQ, ISDN_MT_USER_INFORMATION, ISDN_USER_INFO_IND },
	{ I3_STATUS_ENQUIRY_REQ, IN_STATUS_ENQUIRY_REQ, ISDN_MT_STATUS_ENQUIRY, 0 },
	{ I3_DISCONNECT_REQ, IN_DISCONNECT_REQ, ISDN_MT_DISCONNECT, 0 },
	{ I3_FACILITY_REQ, IN_FACILITY_REQ, ISDN_MT_FACILITY, ISDN_FACILITY_IND },
	{ I3_SUSPEND_REQ, IN_SUSPEND_REQ, ISDN_MT_SUSPEND, 0 },
	{ I3_SUSPEND_RESP, IN_SUSPEND_RESP, ISDN_MT_SUSPEND_ACKNOWLEDGE, 0 },
	{ I3_SUSPEND_REJECT_REQ, IN_SUSPEND_REJECT_REQ, ISDN_MT_SUSPEND_REJECT, 0 },
	{ I3_RESUME_RESP, IN_RESUME_RESP, ISDN_MT_RESUME_ACKNOWLEDGE, ISDN_RESUME_CONF },
	{ I3_RESUME_REJECT_REQ, IN_RESUME_REJECT_REQ, ISDN_MT_RESUME_REJECT, 0 },
	{ I3_HOLD_REQ, IN_HOLD_REQ, ISDN_MT_HOLD, ISDN_HOLD_IND },
	{ I3_HOLD_RESP, IN_HOLD_RESP, ISDN_MT_HOLD_ACKNOWLEDGE, ISDN_HOLD_CONF },
	{ I3_HOLD_REJECT_REQ, IN_HOLD_REJECT_REQ, ISDN_MT_HOLD_REJECT, ISDN_HOLD_REJECT_IND },
	{ I3_RETRIEVE_REQ, IN_RETRIEVE_REQ, ISDN_MT_RETRIEVE, 0 },
	{ I3_RETRIEVE_RESP, IN_RETRIEVE_RESP, ISDN_MT_RETRIEVE_ACKNOWLEDGE, ISDN_RETRIEVE_CONF },
	{ I3_RETRIEVE_REJECT_REQ, IN_RETRIEVE_REJECT_REQ, ISDN_MT_RETRIEVE_REJECT, ISDN_RETRIEVE_REJECT_IND },
	/* clang-format on */
};

/* What isdn/span.h says that requests answer. */
static bool documented(int err)
{
	static const int errs[] = {
		ISDN_ERR_INVALCALLHANDLE, ISDN_ERR_INVALCALLSTATE,   ISDN_ERR_INVAL,
		ISDN_ERR_IE_MISSING,	  ISDN_ERR_MSGTOOLONG,	     ISDN_ERR_USERUSERINFOTOOBIG,
		ISDN_ERR_RESOURCEUNAVAIL, ISDN_ERR_OPERATIONUNAVAIL, ISDN_ERR_AGAIN
	};

	for (size_t i = 0; i < N_OF(errs); i++)
		if (err == errs[i])
			return true;
	return false;
}

/* A request was refused: nothing has changed. */
static void refused(struct walk *w, const struct walk_end *e, int err, uint64_t digest)
{
	w->counts->refused++;
	walk_tell(w, "\tanswer %s", isdn_strerror(err));
	if (err == ISDN_ERR_NOMEM ? !w->starve : !documented(err))
		walk_fail(w, "a request answers what is not documented", isdn_strerror(err), 0);
	if (digest != walk_digest(e->cc))
		walk_fail(w, "a refused request changes something", isdn_strerror(err), 0);
}

static void an_identity(struct walk *w, struct isdn_msg *m);

/* The elements of a request: none, those it needs, its own, or any. NULL: none. */
static const struct isdn_msg *a_message(struct walk *w, const struct walk_end *e, unsigned type,
					struct isdn_msg *m)
{
	unsigned what = below(w, 100);

	if (what < 10)
		return NULL;
	if (what >= 95)
		random_msg(&w->random, e->cc->config.variant, e->sends, m);
	else if (!random_msg_of(&w->random, e->cc->config.variant, e->sends, type, what < 75, m))
		return NULL;
	if (chance(w, 15)) {
		some_uui(w, e, &m->uui);
		isdn_msg_set(m, ISDN_IE_USER_USER);
	}
	if (chance(w, 5))
		a_channel(w, e, m);
	if (type == ISDN_MT_SUSPEND)
		an_identity(w, m);
	if (type == ISDN_MT_DISCONNECT && chance(w, 40)) {
		m->progress[0] = (struct isdn_progress){ .description = 8 };
		isdn_msg_set(m, ISDN_IE_PROGRESS);
	}
	return m;
}

static size_t to_send(const struct walk *w)
{
	return w->end[0].n_wire + w->end[1].n_wire;
}

/* On a good line the other side is told at once. */
static void expect(struct walk *w, struct walk_end *e, isdn_call_id id, enum isdn_prim prim)
{
	struct walk_end *to = e == &w->end[0] ? &w->end[1] : &w->end[0];
	const struct i3_call *c = ib_handle_get(&e->cc->calls, id), *o = NULL;
	unsigned told;

	pull(w, to);
	told = to->told[prim];
	deliver_all(w);
	pull(w, to);
	if (c && c->cr)
		o = i3_callref_find(c->originated ? &to->cc->theirs : &to->cc->ours, c->cr);
	if (o && o->state <= U10 && to->told[prim] != told + 1)
		walk_fail(w, "the other side is not told", prim_name(prim), o->state);
}

/* Requests for services of user-to-user signalling are not told as FACILITY. */
static bool asks_for_service(const struct isdn_msg *m)
{
	struct isdn_uus_component u;

	for (unsigned n = 0; m && n < m->n_components; n++)
		if (isdn_uus_read(m, n, &u) != 0)
			return true;
	return false;
}

static void request(struct walk *w, struct walk_end *e, struct walk_call *call, unsigned i)
{
	uint64_t digest = walk_digest(e->cc);
	bool quiet = w->clean && w->prompt && !to_send(w);
	struct isdn_msg m;
	const struct isdn_msg *msg = a_message(w, e, requests[i].type, &m);
	int err;

	walk_tell(w, "%s asks for %s, call %u", side(e), isdn_msg_name(requests[i].type),
		  (unsigned)call->id);
	err = i3_cc_request(e->cc, call->id, requests[i].req, msg, w->now);
	if (err)
		refused(w, e, err, digest);
	if (!err && requests[i].req == I3_DISCONNECT_REQ)
		call->asked = true;
	if (!err && call->over)
		walk_fail(w, "a request of a call that is over", "", i);
	after(w, e);
	if (!err && quiet && requests[i].told && !asks_for_service(msg))
		expect(w, e, call->id, requests[i].told);
}

static void op_request(struct walk *w, struct walk_end *e)
{
	struct walk_call *call = a_call(w, e);

	if (call)
		request(w, e, call, below(w, N_OF(requests)));
}

/* What the auxiliary states of q931/cc_hold.c wait for. */
static bool fits_hold(const struct i3_call *c, int input)
{
	static const struct {
		uint8_t input, state;
	} fits[] = {
		{ IN_HOLD_REQ, 0 },	   { IN_HOLD, 0 },	    { IN_HOLD_ACKNOWLEDGE, 1 },
		{ IN_HOLD_REJECT, 1 },	   { IN_RETRIEVE_REQ, 2 },  { IN_RETRIEVE_ACKNOWLEDGE, 3 },
		{ IN_RETRIEVE_REJECT, 3 }, { IN_HOLD_RESP, 4 },	    { IN_HOLD_REJECT_REQ, 4 },
		{ IN_RETRIEVE, 5 },	   { IN_RETRIEVE_RESP, 6 }, { IN_RETRIEVE_REJECT_REQ, 6 },
	};

	for (size_t i = 0; i < N_OF(fits); i++)
		if (fits[i].input == input && fits[i].state == c->hold)
			return c->state >= 3 && c->state <= U12;
	return false;
}

/* A row of the tables for the state; decisions may look at a message that is not there. */
static bool has_row(const struct i3_call *c, int input)
{
	const struct i3_table *t = i3_table_of(c->cc);

	if (fits_hold(c, input))
		return true;
	for (unsigned i = 0; i < t->n; i++)
		if (t->rows[i].input == input && (t->rows[i].states & S(c->state)) &&
		    t->rows[i].task)
			return true;
	return false;
}

/* A request that the state has. */
static void op_fitting_request(struct walk *w, struct walk_end *e)
{
	struct walk_call *call = a_call(w, e);
	const struct i3_call *c = call ? ib_handle_get(&e->cc->calls, call->id) : NULL;
	unsigned fits[N_OF(requests)], n = 0;

	for (unsigned i = 0; c && i < N_OF(requests); i++)
		if (has_row(c, (int)requests[i].input))
			fits[n++] = i;
	if (n)
		request(w, e, call, fits[below(w, n)]);
}

static void begin_call(struct walk *w, struct walk_end *e,
		       int (*how)(struct i3_cc *, const struct isdn_msg *, isdn_call_id *,
				  isdn_time),
		       const struct isdn_msg *m)
{
	uint64_t digest = walk_digest(e->cc);
	isdn_call_id id;
	int err = how(e->cc, m, &id, w->now);

	walk_tell(w, "%s asks for %s, call %u", side(e),
		  how == i3_cc_setup	? "SETUP"
		  : how == i3_cc_resume ? "RESUME"
					: "REGISTER",
		  err ? 0 : (unsigned)id);
	if (err)
		refused(w, e, err, digest);
	else
		walk_call_begins(w, e, id);
	after(w, e);
}

/* That of a suspended call, if there is any. */
static const struct isdn_call_identity *suspended(const struct walk *w)
{
	const struct i3_cc *cc = w->end[1].cc;
	const struct i3_call *c;
	uint32_t at = 0;

	while (cc && (c = i3_call_next(cc, &at)) != NULL)
		if (c->state == N_SUSPENDED)
			return &c->identity;
	return NULL;
}

/* One of a few call identities, so that some are known. */
static void an_identity(struct walk *w, struct isdn_msg *m)
{
	isdn_msg_clear(m, ISDN_IE_CALL_IDENTITY);
	if (m->type == ISDN_MT_RESUME && suspended(w) && chance(w, 70)) {
		m->call_identity = *suspended(w);
		isdn_msg_set(m, ISDN_IE_CALL_IDENTITY);
		return;
	}
	if (chance(w, 30))
		return;
	m->call_identity = (struct isdn_call_identity){ .len = 1 };
	m->call_identity.identity[0] = (uint8_t)below(w, 2);
	isdn_msg_set(m, ISDN_IE_CALL_IDENTITY);
}

static void op_setup(struct walk *w, struct walk_end *e)
{
	struct isdn_msg m;

	if (e->n_calls >= WALK_CALLS - 8)
		return;
	random_msg_of(&w->random, e->cc->config.variant, e->sends, ISDN_MT_SETUP, chance(w, 70),
		      &m);
	isdn_msg_clear(&m, ISDN_IE_CHANNEL_ID);
	if (chance(w, 40))
		a_channel(w, e, &m);
	if (chance(w, 30))
		isdn_msg_clear(&m, ISDN_IE_SENDING_COMPLETE);
	else if (chance(w, 50))
		isdn_msg_set(&m, ISDN_IE_SENDING_COMPLETE);
	if (chance(w, 3))
		isdn_msg_clear(&m, ISDN_IE_BEARER);
	begin_call(w, e, i3_cc_setup, &m);
}

/* RESUME and REGISTER. */
static void op_resume(struct walk *w, struct walk_end *e)
{
	struct isdn_msg m;
	bool resume = chance(w, 60);

	if (e->n_calls >= WALK_CALLS - 8 ||
	    !random_msg_of(&w->random, e->cc->config.variant, e->sends,
			   resume ? ISDN_MT_RESUME : ISDN_MT_REGISTER, chance(w, 70), &m))
		return;
	if (resume)
		an_identity(w, &m);
	begin_call(w, e, resume ? i3_cc_resume : i3_cc_register, &m);
}

/* Of no call: FACILITY, and SERVICE. */
static void op_no_call(struct walk *w, struct walk_end *e)
{
	uint64_t digest = walk_digest(e->cc);
	bool facility = chance(w, 30);
	struct isdn_msg m;
	int err;

	walk_tell(w, "%s asks for %s", side(e), facility ? "FACILITY" : "SERVICE");
	if (facility) {
		random_msg_of(&w->random, e->cc->config.variant, e->sends, ISDN_MT_FACILITY,
			      chance(w, 70), &m);
		err = i3_cc_facility(e->cc, &m, w->now);
	} else {
		err = i3_cc_service(e->cc, chance(w, 20) ? 0 : below(w, 40),
				    (enum isdn_service)below(w, 4), w->now);
	}
	if (err)
		refused(w, e, err, digest);
	after(w, e);
}

static void clear(struct walk *w, struct walk_end *e, struct walk_call *c, uint8_t cause,
		  const struct isdn_uui *uui)
{
	uint64_t digest = walk_digest(e->cc);
	struct walk_preview preview;
	bool uui_sent = true;
	int err;

	walk_preview(w, e, c->id, cause, uui, &preview);
	err = i3_cc_clear(e->cc, c->id, cause, uui, &uui_sent, w->now);
	walk_previewed(w, e, &preview, err);
	walk_tell(w, "%s clears call %u with cause %u", side(e), (unsigned)c->id, cause);
	if (err)
		refused(w, e, err, digest);
	else
		c->asked = true;
	if (!err && uui_sent && !uui)
		walk_fail(w, "user information was sent that there was not", "", cause);
	after(w, e);
}

static void op_clear(struct walk *w, struct walk_end *e)
{
	struct walk_call *call = a_call(w, e);
	struct isdn_uui uui;

	if (!call)
		return;
	some_uui(w, e, &uui);
	clear(w, e, call, (uint8_t)(chance(w, 50) ? 0 : below(w, 130)),
	      chance(w, 30) ? &uui : NULL);
}

static void op_restart(struct walk *w, struct walk_end *e)
{
	uint64_t digest = walk_digest(e->cc);
	unsigned interface = below(w, e->cc->channels.n), channel;
	int err;

	channel = chance(w, 30) ? 0 : chance(w, 80) ? 1 + below(w, 4) : below(w, 40);
	channel = chance(w, 5) ? ISDN_ALL_INTERFACES : ISDN_CHANNEL(interface, channel);
	err = i3_cc_restart(e->cc, channel, w->now);

	w->restarted = true;
	walk_tell(w, "%s restarts channel %u", side(e), channel);
	if (err)
		refused(w, e, err, digest);
	after(w, e);
}

/* ---- messages by hand ---- */

struct made {
	uint8_t octets[ISDN_MSG_MAX + 40];
	size_t len;
	unsigned tei;
};

/* Elements that call control looks at, with values that mean something to it. */
static void season(struct walk *w, const struct walk_end *e, const struct i3_call *c,
		   struct isdn_msg *m)
{
	bool response = m->type == ISDN_MT_CALL_PROCEEDING || m->type == ISDN_MT_ALERTING ||
			m->type == ISDN_MT_CONNECT || m->type == ISDN_MT_SETUP_ACKNOWLEDGE ||
			m->type == ISDN_MT_RETRIEVE || m->type == ISDN_MT_RETRIEVE_ACKNOWLEDGE;

	if (m->type == ISDN_MT_RESTART || m->type == ISDN_MT_RESTART_ACKNOWLEDGE) {
		m->restart = (uint8_t)(chance(w, 50) ? 0 : 6 + below(w, 2));
		a_channel(w, e, m);
		if (chance(w, 20) || (m->restart && chance(w, 80)))
			isdn_msg_clear(m, ISDN_IE_CHANNEL_ID);
	} else if (isdn_msg_has(m, ISDN_IE_CHANNEL_ID) || (response && chance(w, 50))) {
		a_channel(w, e, m);
		if (response && c && c->channel && chance(w, 60))
			i3_channel_write(&e->cc->channels, &m->channel_id[0], c->channel, true);
	}
	if (m->type == ISDN_MT_STATUS) {
		m->call_state.coding = 0;
		m->call_state.state = (uint8_t)(c && chance(w, 50) ? c->state : below(w, 32));
	}
	if (m->type == ISDN_MT_SUSPEND || m->type == ISDN_MT_RESUME)
		an_identity(w, m);
	if (m->type == ISDN_MT_SETUP && chance(w, 40))
		isdn_msg_set(m, ISDN_IE_SENDING_COMPLETE);
}

/* The call c, or another call reference. */
static void address(struct walk *w, const struct walk_end *e, const struct i3_call *c,
		    struct isdn_msg *m, unsigned *tei)
{
	unsigned what = below(w, 100);

	*tei = a_terminal(w, e);
	m->cr_len = e->cc->cr_len;
	m->cr = (uint16_t)(1 + below(w, 6));
	m->cr_flag = chance(w, 20);
	if (c && what < 90) {
		m->cr = c->cr;
		m->cr_flag = c->originated;
		if (c->tei != I3_BROADCAST && chance(w, 90))
			*tei = c->tei;
	} else if (what >= 97) {
		m->cr_len = 0;
	} else if (what >= 94) {
		m->cr = 0;
	}
	if (!m->cr_len)
		m->cr = m->cr_flag = 0;
}

static bool make(struct walk *w, const struct walk_end *e, const struct i3_call *c, unsigned type,
		 struct made *made)
{
	struct isdn_msg m;

	if (!random_msg_of(&w->random, e->cc->config.variant, e->hears, type, chance(w, 70), &m))
		return false;
	season(w, e, c, &m);
	if (type == ISDN_MT_RESTART || type == ISDN_MT_RESTART_ACKNOWLEDGE) {
		m.cr = 0;
		m.cr_len = e->cc->cr_len;
		m.cr_flag = type == ISDN_MT_RESTART_ACKNOWLEDGE;
		made->tei = a_terminal(w, e);
	} else {
		address(w, e, c, &m, &made->tei);
	}
	return !isdn_msg_encode(e->cc->config.variant, e->hears, &m, made->octets, ISDN_MSG_MAX,
				&made->len);
}

/* In segments, Annex H; now and then one is lost. */
static void hear_segments(struct walk *w, struct walk_end *e, const struct made *made)
{
	uint8_t octets[ISDN_MSG_MAX];
	size_t n201 = 20 + below(w, 60), len;

	for (unsigned i = 0;
	     isdn_segment(made->octets, made->len, n201, i, octets, sizeof(octets), &len) == 1; i++)
		if (chance(w, 95)) {
			walk_tell(w, "    segment %u of %zu octets", i, len);
			rx(w, e, made->tei, octets, len);
		}
}

static void hear(struct walk *w, struct walk_end *e, const struct made *made)
{
	size_t type = made->len > 1 ? 2u + made->octets[1] : 0;

	walk_tell(w, "%s hears %s from %u", side(e),
		  type < made->len ? isdn_msg_name(made->octets[type]) : "nothing", made->tei);
	tell_octets(w, made->octets, made->len);
	if (chance(w, 3))
		hear_segments(w, e, made);
	else
		rx(w, e, made->tei, made->octets, made->len);
}

static bool clears(unsigned type)
{
	return type == ISDN_MT_DISCONNECT || type == ISDN_MT_RELEASE ||
	       type == ISDN_MT_RELEASE_COMPLETE;
}

/* A type that has a row in the state of the call, one that does not clear it mostly. */
static unsigned fitting_type(struct walk *w, const struct i3_call *c)
{
	unsigned fits[128], n = 0, type;

	for (type = 0; type < 128; type++)
		if (i3_input_of(type) >= 0 && has_row(c, i3_input_of(type)))
			fits[n++] = type;
	if (!n)
		return ISDN_MT_RELEASE_COMPLETE;
	type = fits[below(w, n)];
	return clears(type) && chance(w, 70) ? fits[below(w, n)] : type;
}

static void op_fitting_message(struct walk *w, struct walk_end *e)
{
	const struct i3_call *c = an_active(w, e);
	struct made made;

	if (c && make(w, e, c, fitting_type(w, c), &made))
		hear(w, e, &made);
}

/* Any message of the variant, those of the maintenance protocols too. */
static bool make_any(struct walk *w, const struct walk_end *e, struct made *made)
{
	struct isdn_msg m;

	random_msg(&w->random, e->cc->config.variant, e->hears, &m);
	if (isdn_msg_has(&m, ISDN_IE_CHANNEL_ID))
		a_channel(w, e, &m);
	made->tei = a_terminal(w, e);
	return !isdn_msg_encode(e->cc->config.variant, e->hears, &m, made->octets, ISDN_MSG_MAX,
				&made->len);
}

static void op_any_message(struct walk *w, struct walk_end *e)
{
	struct made made;

	for (unsigned tries = 0; tries < 200; tries++)
		if (chance(w, 1) ? make_any(w, e, &made)
				 : make(w, e, an_active(w, e), below(w, 128), &made)) {
			hear(w, e, &made);
			return;
		}
}

static void op_peer_setup(struct walk *w, struct walk_end *e)
{
	struct made made;

	unsigned type = chance(w, suspended(w) ? 30 : 70) ? ISDN_MT_SETUP
			: chance(w, 70)			  ? ISDN_MT_RESUME
							  : ISDN_MT_REGISTER;

	if (e->n_calls < WALK_CALLS - 8 && make(w, e, NULL, type, &made))
		hear(w, e, &made);
}

static void op_peer_restart(struct walk *w, struct walk_end *e)
{
	struct made made;

	if (make(w, e, NULL, chance(w, 50) ? ISDN_MT_RESTART : ISDN_MT_RESTART_ACKNOWLEDGE, &made))
		hear(w, e, &made);
}

/* n octets at a place, the rest moves up. */
static void insert(struct made *m, size_t at, const void *octets, size_t n)
{
	if (m->len + n > sizeof(m->octets))
		return;
	memmove(m->octets + at + n, m->octets + at, m->len - at);
	memcpy(m->octets + at, octets, n);
	m->len += n;
}

static void spoil(struct walk *w, struct made *m)
{
	size_t head = m->len > 1 ? 3u + m->octets[1] : m->len, at;
	uint8_t junk[20];

	head = head < m->len ? head : m->len;
	at = head + below(w, (unsigned)(m->len - head) + 1);
	for (size_t i = 0; i < sizeof(junk); i++)
		junk[i] = (uint8_t)random_u32(&w->random);
	switch (below(w, 10)) {
	case 0: /* cut */
		m->len = below(w, (unsigned)m->len + 1);
		break;
	case 1: /* another octet in the elements */
		if (at < m->len)
			m->octets[at] = junk[0];
		break;
	case 2: /* a bit, anywhere */
		if (m->len)
			m->octets[below(w, (unsigned)m->len)] ^= (uint8_t)(1 << below(w, 8));
		break;
	case 3: /* something behind it */
		insert(m, m->len, junk, below(w, sizeof(junk)));
		break;
	case 4: /* an unknown element, and one that has to be understood */
		junk[0] = chance(w, 50) ? 0x33 : 0x0b;
		junk[1] = 2;
		insert(m, at, junk, 4);
		break;
	case 5: /* what is mandatory is missing */
		m->len = head;
		break;
	case 6: /* elements twice, or out of order */
		insert(m, m->len, m->octets + at, (m->len - at) / 2);
		break;
	case 7: /* another type */
		if (head && head <= m->len)
			m->octets[head - 1] = junk[0] & 0x7f;
		break;
	case 8: /* another codeset */
		junk[0] = 0x90 | (junk[0] & 15);
		insert(m, at, junk, 1);
		break;
	case 9: /* octets */
		m->len = below(w, sizeof(junk));
		memcpy(m->octets, junk, m->len);
		break;
	}
}

static void op_faulty_message(struct walk *w, struct walk_end *e)
{
	const struct i3_call *c = an_active(w, e);
	unsigned type = c && chance(w, 80) ? fitting_type(w, c) : ISDN_MT_SETUP;
	struct made made;

	if (e->n_calls >= WALK_CALLS - 8 || !make(w, e, c, type, &made))
		return;
	do
		spoil(w, &made);
	while (chance(w, 30));
	hear(w, e, &made);
}

/* ---- the line ---- */

static const struct {
	enum i3_dl what;
	const char *name;
} dl_events[] = {
	{ I3_DL_ESTABLISH_CONF, "up" },	  { I3_DL_ESTABLISH_IND, "reset" },
	{ I3_DL_RELEASE_IND, "down" },	  { I3_DL_RELEASE_CONF, "released" },
	{ I3_DL_RELEASING, "releasing" }, { I3_DL_REMOVED, "removed" },
};

static void dl(struct walk *w, struct walk_end *e, unsigned tei, unsigned i)
{
	uint64_t digest = walk_digest(e->cc);
	int err;

	if (dl_events[i].what == I3_DL_REMOVED && !e->cc->config.terminals)
		return;
	walk_tell(w, "%s: link %u is %s", side(e), tei, dl_events[i].name);
	err = i3_cc_dl(e->cc, tei, dl_events[i].what, w->now);
	if (err && (err != ISDN_ERR_NOMEM || !w->starve || digest != walk_digest(e->cc)))
		walk_fail(w, "an event of the link is refused", "", (unsigned)-err);
	if (!err)
		i3_tei_remove(e->asked, tei);
	after(w, e);
}

/* To one end, or to both and what is on its way is lost. */
static void op_link(struct walk *w, struct walk_end *e)
{
	unsigned tei = a_terminal(w, e), i = below(w, N_OF(dl_events));
	bool both = w->end[0].cc && w->end[1].cc && chance(w, 80);

	w->clean = false;
	if (!i3_tei_in(e->cc->up, tei) && chance(w, 70))
		i = 0;
	if (e->cc->config.terminals && chance(w, 5)) {
		i3_cc_line(e->cc, chance(w, 70));
		after(w, e);
		return;
	}
	if (both)
		for (int k = 0; k < 2; k++) {
			w->end[k].n_wire = 0;
			dl(w, &w->end[k], tei, i % 3);
		}
	else
		dl(w, e, tei, i);
}

/* A link that was asked for comes up, or does not. */
static void op_establish(struct walk *w, struct walk_end *e)
{
	for (unsigned tei = 0; tei < I3_BROADCAST; tei++)
		if (i3_tei_in(e->asked, tei)) {
			w->clean = false;
			dl(w, e, tei, chance(w, 80) ? 0 : 2);
			return;
		}
}

static void op_deliver(struct walk *w, struct walk_end *e)
{
	(void)e;
	for (unsigned n = 1 + below(w, 3); n; n--)
		for (int i = 0; i < 2; i++)
			if (w->end[i].n_wire)
				deliver(w, &w->end[i]);
}

/* A message is lost, or comes twice, and nobody is told. */
static void op_bad_line(struct walk *w, struct walk_end *e)
{
	if (!e->n_wire)
		return;
	w->clean = false;
	if (chance(w, 50) || e->n_wire == WALK_WIRE) {
		walk_tell(w, "a message of %s is lost", side(e));
		e->n_wire--;
		memmove(e->wire, e->wire + 1, e->n_wire * sizeof(e->wire[0]));
	} else {
		walk_tell(w, "a message of %s comes twice", side(e));
		memmove(e->wire + 1, e->wire, e->n_wire * sizeof(e->wire[0]));
		e->n_wire++;
	}
}

/* ---- time and memory ---- */

static void op_time(struct walk *w, struct walk_end *e)
{
	isdn_time next = deadline(w), then = w->now;

	(void)e;
	if (next < w->now)
		walk_fail(w, "a timer was started for the past", "", (unsigned)(w->now - next));
	switch (below(w, 5)) {
	case 0:
	case 1: /* a timer expires */
		then = next == ISDN_NEVER ? then : next;
		break;
	case 2: /* some way to it */
		then += next == ISDN_NEVER ? 0 : below(w, (unsigned)(next - w->now) + 1);
		break;
	case 3:
		then += below(w, 8000);
		break;
	case 4: /* several at once */
		then += below(w, 200000);
		break;
	}
	walk_tell(w, "%llu ms later", (unsigned long long)(then - w->now));
	pass_to(w, then);
}

static void op_memory(struct walk *w, struct walk_end *e)
{
	(void)e;
	w->clean = false;
	w->starve = 1 + below(w, 3);
	walk_tell(w, "there is no memory for allocation %u", w->starve);
	test_mem_fail_every(&w->mem, w->starve);
}

static void op_pull(struct walk *w, struct walk_end *e)
{
	pull(w, e);
}

/* How often, of the kinds of walks. */
static const struct {
	void (*run)(struct walk *w, struct walk_end *e);
	uint8_t often[WALK_KINDS];
} ops[] = {
	/* clang-format off */
	/*			clean pair user network bus */
	{ op_setup,	      { 15,   10,  6,   6,      10 } },
	{ op_fitting_request, { 40,   25,  20,  20,     15 } },
	{ op_request,	      { 8,    5,   4,   4,      4 } },
	{ op_resume,	      { 4,    4,   3,   2,      1 } },
	{ op_no_call,	      { 1,    1,   1,   1,      1 } },
	{ op_clear,	      { 8,    5,   4,   4,      3 } },
	{ op_restart,	      { 1,    1,   2,   2,      1 } },
	{ op_fitting_message, { 0,    4,   25,  25,     30 } },
	{ op_any_message,     { 0,    3,   8,   8,      8 } },
	{ op_faulty_message,  { 0,    4,   8,   8,      8 } },
	{ op_peer_setup,      { 0,    1,   6,   6,      5 } },
	{ op_peer_restart,    { 0,    1,   2,   2,      1 } },
	{ op_link,	      { 0,    2,   2,   2,      4 } },
	{ op_establish,	      { 0,    5,   3,   3,      4 } },
	{ op_deliver,	      { 20,   20,  0,   0,      0 } },
	{ op_bad_line,	      { 0,    4,   0,   0,      0 } },
	{ op_time,	      { 6,    8,   8,   8,      10 } },
	{ op_memory,	      { 0,    1,   1,   1,      1 } },
	{ op_pull,	      { 10,   10,  10,  10,     10 } },
	/* clang-format on */
};

static uint8_t an_op(struct random *r, enum walk_kind kind)
{
	unsigned all = 0, at;
	uint8_t i = 0;

	for (size_t k = 0; k < N_OF(ops); k++)
		all += ops[k].often[kind];
	at = random_below(r, all);
	while (at >= ops[i].often[kind])
		at -= ops[i++].often[kind];
	return i;
}

void walk_plan(struct walk_plan *plan, enum walk_kind kind, uint64_t seed)
{
	struct random r;

	random_seed(&r, seed * WALK_KINDS + kind);
	plan->seed = seed;
	plan->kind = kind;
	plan->n = 4 + random_below(&r, random_chance(&r, 20) ? WALK_STEPS - 3 : 40);
	for (unsigned i = 0; i < plan->n; i++) {
		plan->step[i].op = an_op(&r, kind);
		plan->step[i].off = false;
		plan->step[i].seed = (uint64_t)random_u32(&r) << 32 | random_u32(&r);
	}
}

/* ---- the whole ---- */

static void some_timers(struct walk *w, struct i3_config *c)
{
	for (unsigned i = 0; i < ISDN_TIMER_COUNT; i++)
		if (!i3_timers[i].min && chance(w, 8))
			c->timer[i] = 0;
	if (c->side == ISDN_USER && chance(w, 50))
		c->timer[ISDN_T301] = 180000;
}

static void begin_end(struct walk *w, int i, const struct i3_config *common)
{
	struct isdn_span_config defaults;
	struct i3_config c = *common;
	struct walk_end *e = &w->end[i];

	c.side = i ? ISDN_NETWORK : ISDN_USER;
	c.terminals = w->plan->kind == WALK_BUS;
	c.ptmp |= c.terminals;
	isdn_span_config_init(&defaults, c.side, c.interface);
	isdn_span_config_variant(&defaults, c.variant);
	c.location = defaults.location;
	memcpy(c.timer, defaults.timer, sizeof(c.timer));
	some_timers(w, &c);
	e->sends = i ? ISDN_NETWORK_TO_USER : ISDN_USER_TO_NETWORK;
	e->hears = i ? ISDN_USER_TO_NETWORK : ISDN_NETWORK_TO_USER;
	if (i3_cc_new(&e->cc, &c, &w->env))
		abort();
	i3_cc_line(e->cc, c.terminals);
	for (unsigned k = 0; k < WALK_TERMINALS; k++)
		if ((c.terminals || !terminals[k]) && (w->clean || chance(w, 85)))
			dl(w, e, terminals[k], 0);
}

static void begin(struct walk *w)
{
	static const unsigned uui[] = { 128, 128, 32, 0 };
	enum walk_kind kind = w->plan->kind;
	struct i3_config c = { .interface = ISDN_BRI, .d_channels = 1 };

	random_seed(&w->random, w->plan->seed ^ UINT64_C(0x77616c6b));
	test_mem_init(&w->mem, &w->env.mem);
	w->env.log = (struct isdn_log){ complain, ISDN_LOG_ERROR, w };
	w->now = 1000;
	w->clean = kind == WALK_CLEAN;
	w->prompt = chance(w, 60);
	if (kind != WALK_BUS)
		c.interface = (enum isdn_interface)below(w, 3);
	c.ptmp = kind == WALK_USER && c.interface == ISDN_BRI && chance(w, 50);
	c.variant = (enum isdn_variant)(chance(w, 60) ? ISDN_VARIANT_ETSI
						      : below(w, ISDN_VARIANT_5ESS + 1));
	if (c.variant == ISDN_VARIANT_QSIG && (kind == WALK_BUS || c.ptmp))
		c.variant = ISDN_VARIANT_ETSI;
	c.uui_max = uui[below(w, N_OF(uui))];
	c.n201 = (uint16_t)(chance(w, 80) ? ISDN_MSG_MAX : c.uui_max + ISDN_UUI_ROOM);
	c.busy_first = chance(w, 50);
	c.connect_by_request = chance(w, 20);
	c.restart_lost = chance(w, 20);
	c.n_interfaces = (uint8_t)(c.interface != ISDN_BRI && chance(w, 20) ? below(w, 4) : 0);
	for (uint8_t i = 0; i < c.n_interfaces; i++)
		c.interface_id[i] = i;
	walk_tell(w, "interface %u, variant %s, UUI %u, N201 %u", c.interface,
		  isdn_variant_name(c.variant), c.uui_max, c.n201);
	for (int i = 0; i < 2; i++)
		if (kind <= WALK_PAIR || i == (kind != WALK_USER))
			begin_end(w, i, &c);
}

static void step(struct walk *w, const struct walk_step *s)
{
	unsigned starved = w->starve;
	int i;

	random_seed(&w->random, s->seed);
	i = !w->end[0].cc || (w->end[1].cc && chance(w, 50));
	ops[s->op].run(w, &w->end[i]);
	if (starved) {
		w->starve = 0;
		test_mem_fail_every(&w->mem, 0);
	}
	if (w->prompt)
		deliver_all(w);
	for (i = 0; i < 2; i++)
		if (w->end[i].cc && chance(w, 80))
			pull(w, &w->end[i]);
	if (w->clean && !to_send(w))
		walk_look_pair(w);
}

/* ---- the end ---- */

static unsigned bits(const uint32_t wanted[ISDN_INTERFACES_MAX])
{
	unsigned n = 0;

	for (unsigned i = 0; i < ISDN_INTERFACES_MAX; i++)
		for (uint32_t left = wanted[i]; left; left &= left - 1)
			n++;
	return n;
}

/* How long what was begun can take when nobody says anything, all calls being cleared or not. */
static isdn_time bound(const struct walk_end *e, bool cleared)
{
	const struct i3_cc *cc = e->cc;
	const uint32_t *ms = cc->config.timer;
	isdn_time t = 0, restarts = cc->restart.outstanding + cc->restart.all;

	if (cleared)
		t = ms[ISDN_T305] + 2 * ms[ISDN_T308] + ms[ISDN_T312];
	for (unsigned i = 0; !cleared && i < ISDN_TIMER_COUNT; i++)
		t += i == ISDN_T316 ? 0 : 2 * ms[i];
	restarts += bits(cc->restart.wanted) + (cc->config.restart_lost ? cc->n_calls : 0);
	t += restarts * 2 * ms[ISDN_T316];
	return t + (cc->service.outstanding + bits(cc->service.wanted)) * 2 * ms[ISDN_T_SERVICE];
}

/* Something will end it without a request: not T318 and T319, after which the call goes on. */
static bool by_itself(const struct i3_call *c)
{
	if (c->state == U15 || (c->cc->network && c->state == N17))
		return false;
	return ib_timer_running(&c->timer) || ib_timer_running(&c->t309) ||
	       ib_timer_running(&c->t322) || c->state == N_SUSPENDED;
}

static void clear_calls(struct walk *w, struct walk_end *e, bool all)
{
	pull(w, e);
	for (unsigned i = 0; i < e->n_calls; i++) {
		const struct i3_call *c = ib_handle_get(&e->cc->calls, e->call[i].id);

		if (!e->call[i].over && (all || !by_itself(c)))
			clear(w, e, &e->call[i], 0, NULL);
	}
}

static void run_timers(struct walk *w, isdn_time end)
{
	for (unsigned n = 0; deadline(w) <= end; n++) {
		if (n > 5000)
			walk_fail(w, "timers without end", "", n);
		pass_to(w, deadline(w) > w->now ? deadline(w) : w->now);
		if (w->answers)
			deliver_all(w);
		for (int i = 0; i < 2; i++)
			if (w->end[i].cc)
				pull(w, &w->end[i]);
	}
	w->now = end;
}

/* Messages that waited for a link that never came. */
static void empty_queue(struct walk *w, struct walk_end *e)
{
	if (e->cc->pool.in_use != e->cc->out.n)
		walk_fail(w, "a buffer is lost", "", e->cc->pool.in_use);
	while (e->cc->out.head)
		dl(w, e, e->cc->out.head->tag, 0);
	if (e->cc->pool.in_use)
		walk_fail(w, "a buffer is lost", "", e->cc->pool.in_use);
	pull(w, e);
}

/* No more input, or that of the other side alone; all calls are cleared, or those that need it. */
static void end(struct walk *w)
{
	bool pair = w->end[0].cc && w->end[1].cc, all;
	isdn_time last = w->now, until;

	random_seed(&w->random, w->plan->seed ^ UINT64_C(0x656e64));
	test_mem_fail_every(&w->mem, 0);
	w->starve = 0;
	w->answers = pair && chance(w, 50);
	all = w->answers || chance(w, 50);
	walk_tell(w, "%s",
		  w->answers ? "all calls are cleared"
		  : all	     ? "all calls are cleared, the peer is silent"
			     : "calls without a timer are cleared, the peer is silent");
	for (int i = 0; i < 2; i++)
		if (w->end[i].cc)
			clear_calls(w, &w->end[i], all);
	if (w->answers)
		deliver_all(w);
	for (int i = 0; i < 2; i++)
		if (w->end[i].cc) {
			until = w->now + bound(&w->end[i], all && !w->answers);
			last = until > last ? until : last;
		}
	run_timers(w, last);
	for (int i = 0; i < 2; i++)
		if (w->end[i].cc) {
			pull(w, &w->end[i]);
			walk_look_empty(w, &w->end[i]);
			empty_queue(w, &w->end[i]);
		}
}

const char *walk_run(struct walk *w, const struct walk_plan *plan, struct walk_counts *counts,
		     bool show)
{
	memset(w, 0, sizeof(*w));
	w->plan = plan;
	w->counts = counts;
	w->show = show;
	if (setjmp(w->failed))
		return w->property;
	begin(w);
	for (unsigned i = 0; i < plan->n; i++)
		if (!plan->step[i].off)
			step(w, &plan->step[i]);
	end(w);
	i3_cc_free(w->end[0].cc);
	i3_cc_free(w->end[1].cc);
	if (test_mem_live(&w->mem))
		walk_fail(w, "memory is lost, blocks", "", test_mem_live(&w->mem));
	return NULL;
}
