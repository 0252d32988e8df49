/* SPDX-License-Identifier: BSD-2-Clause */
/* What has to hold wherever a walk over call control leads. */
#include "tests/cc_walk.h"

#include <string.h>

#include "q931/codec.h"

#define FAIL(w, property, n) walk_fail(w, property, "", n)

/* The table that it has: 0 the user's, 1 the network's. */
static int side_of(const struct walk_end *e)
{
	return e->cc->network;
}

/* ---- timers ---- */

/* The timers of a state; one of them runs, unless the procedures stop it while the state lasts. */
static const struct {
	uint8_t side, state;
	bool may_stop;
	enum i3_input timer[2]; /* 0: none */
} state_timers[] = {
	/* clang-format off */
	{ 0, U1,  false, { IN_T303, IN_T310 } },
	{ 0, U2,  true,	 { IN_T304 } },
	{ 0, U3,  true,	 { IN_T310 } },
	{ 0, U4,  false, { IN_T301 } },
	{ 0, U6,  true,	 { 0 } },
	{ 0, U7,  true,	 { 0 } },
	{ 0, U8,  false, { IN_T313 } },
	{ 0, U9,  true,	 { 0 } },
	{ 0, U10, true,	 { 0 } },
	{ 0, U11, false, { IN_T305 } },
	{ 0, U12, true,	 { 0 } },
	{ 0, U15, false, { IN_T319 } },
	{ 0, U17, false, { IN_T318 } },
	{ 0, U19, false, { IN_T308 } },
	{ 0, U25, true,	 { IN_T302 } },
	{ 0, U31, true,	 { 0 } },
	{ 1, N1,  true,	 { 0 } },
	{ 1, N2,  true,	 { IN_T302 } },
	{ 1, N3,  true,	 { 0 } },
	{ 1, N4,  true,	 { 0 } },
	{ 1, N6,  false, { IN_T303, IN_T310 } },
	{ 1, N7,  false, { IN_T301 } },
	{ 1, N8,  true,	 { 0 } },
	{ 1, N9,  true,	 { IN_T310 } },
	{ 1, N10, true,	 { 0 } },
	{ 1, N11, true,	 { 0 } },
	{ 1, N12, false, { IN_T305, IN_T306 } },
	{ 1, N15, false, { IN_T319 } },
	{ 1, N17, false, { IN_T318 } },
	{ 1, N19, false, { IN_T308 } },
	{ 1, N22, true,	 { 0 } },
	{ 1, N25, false, { IN_T304 } },
	{ 1, N31, true,	 { 0 } },
	{ 1, N_SUSPENDED, true, { 0 } },
	/* clang-format on */
};

/* Of the auxiliary states of q931/cc_hold.c. */
static const uint8_t hold_timers[] = {
	0, IN_T_HOLD, 0, IN_T_RETRIEVE, IN_T_HOLD, 0, IN_T_RETRIEVE
};

static void look_at_state_timer(struct walk *w, const struct i3_call *c, size_t row)
{
	const enum i3_input *timer = state_timers[row].timer;
	bool runs = ib_timer_running(&c->timer), known = false;

	for (unsigned k = 0; k < 2; k++)
		known |= timer[k] && timer[k] == c->timer.what;
	if (runs && !known)
		FAIL(w, "a timer of another state runs in state", c->state);
	if (!runs && !state_timers[row].may_stop &&
	    (!known || c->cc->config.timer[c->timer.what - IN_T301]))
		FAIL(w, "no timer runs in state", c->state);
}

static void look_at_timers(struct walk *w, const struct i3_call *c)
{
	bool suspended = c->state == N_SUSPENDED || (c->state == N17 && c->cc->network);
	bool aux = ib_timer_running(&c->t_aux);

	if (ib_timer_running(&c->t309) && c->state != U10)
		FAIL(w, "T309 runs in a state without it", c->state);
	if (c->state == N22 && c->cc->network && !ib_timer_running(&c->t312))
		FAIL(w, "T312 does not run in N22", c->cr);
	if (suspended && !(aux && c->t_aux.what == IN_T307))
		FAIL(w, "T307 does not run for a suspended call, in state", c->state);
	if (hold_timers[c->hold] && !(aux && c->t_aux.what == hold_timers[c->hold]))
		FAIL(w, "no timer runs in auxiliary state", c->hold);
	if (!hold_timers[c->hold] && aux && c->t_aux.what != IN_T307)
		FAIL(w, "a timer of another auxiliary state runs in", c->hold);
	for (size_t i = 0; i < sizeof(state_timers) / sizeof(state_timers[0]); i++)
		if (state_timers[i].side == c->cc->network && state_timers[i].state == c->state)
			look_at_state_timer(w, c, i);
}

/* ---- calls and channels ---- */

static unsigned channels(const struct i3_cc *cc)
{
	return cc->channels.n * ISDN_INTERFACE_CHANNELS;
}

static bool restarts(const struct i3_restart *r, unsigned channel)
{
	unsigned interface = channel / ISDN_INTERFACE_CHANNELS;
	unsigned number = channel % ISDN_INTERFACE_CHANNELS;
	uint32_t wanted = r->wanted[interface];

	if (r->all || (wanted & 1) || (wanted >> number & 1))
		return true;
	return r->outstanding &&
	       (r->channel == channel || r->channel == ISDN_CHANNEL(interface, 0) ||
		r->channel == ISDN_ALL_INTERFACES);
}

static void look_at_channels(struct walk *w, const struct i3_cc *cc)
{
	for (unsigned i = 0; i < channels(cc); i++) {
		const struct i3_call *owner = cc->channels.owner[i];
		bool there = i3_channel_exists(&cc->channels, i);

		if (owner && (owner->channel != i || !there))
			FAIL(w, "a channel has an owner that has it not", i);
		if (there && restarts(&cc->restart, i) && !i3_channel_restarts(&cc->channels, i))
			FAIL(w, "a channel is of use before its restart is over", i);
		if (owner && i3_channel_restarts(&cc->channels, i))
			FAIL(w, "a call has a channel that is being restarted", i);
	}
}

static void look_at_calls(struct walk *w, const struct i3_cc *cc)
{
	size_t n = 0, silent = 0;
	const struct i3_call *c;
	uint32_t at = 0;

	while ((c = i3_call_next(cc, &at)) != NULL) {
		n++;
		silent += c->silent;
		if (c->channel && cc->channels.owner[c->channel] != c)
			FAIL(w, "two calls have one channel", c->channel);
		if (c->channel && i3_hold_told(c) != ISDN_NOT_HELD && !ib_timer_running(&c->t_aux))
			FAIL(w, "a call that is held has a channel", c->channel);
		look_at_timers(w, c);
	}
	if (n != cc->n_calls || silent != cc->n_silent)
		FAIL(w, "calls are counted wrong", n);
}

/* What can be asked agrees with what was told. */
static void look_at_queries(struct walk *w, struct walk_end *e)
{
	size_t n = 0;

	for (unsigned i = 0; i < e->n_calls; i++) {
		struct isdn_span_call q;
		int err = i3_cc_query(e->cc, e->call[i].id, &q);

		if (e->call[i].over && err != ISDN_ERR_INVALCALLHANDLE)
			FAIL(w, "a call answers after its last event", i);
		if (!e->call[i].over && err)
			FAIL(w, "a call is gone without its last event", i);
		n += !e->call[i].over && (q.state || q.suspended);
	}
	for (const struct i3_node *node = e->cc->head; node; node = node->next)
		n += walk_begins(node->prim) && node->call->state; /* not pulled yet */
	if (n != i3_cc_calls(e->cc))
		FAIL(w, "there are calls that nobody was told of", i3_cc_calls(e->cc));
}

void walk_look(struct walk *w, struct walk_end *e)
{
	look_at_calls(w, e->cc);
	look_at_channels(w, e->cc);
	look_at_queries(w, e);
}

/* ---- messages ---- */

/* STATUS says what a query says: 5.8.10, and for a call that is not there, state null. */
static void look_at_status(struct walk *w, const struct walk_end *e, const struct isdn_msg *m,
			   unsigned tei)
{
	const struct i3_cc *cc = e->cc;
	struct isdn_span_call q = { .state = 0 };
	const struct i3_call *c = NULL;

	if (!m->cr) {
		if (m->call_state.state != (cc->restart.outstanding ? 61 : 0))
			FAIL(w, "STATUS of the global call reference tells a wrong state",
			     m->call_state.state);
		return;
	}
	if (!m->cr_flag && cc->config.terminals)
		c = i3_terminal_part(cc, m->cr, tei);
	if (!c)
		c = m->cr_flag ? i3_callref_find(&cc->theirs, i3_their_key(cc, tei, m->cr))
			       : i3_callref_find(&cc->ours, m->cr);
	if (c && cc->config.terminals && c->tei != tei && (c->tei != I3_BROADCAST || c->silent))
		; /* another terminal's, or over: this one has no call */
	else if (c && c->tei == I3_BROADCAST) /* each terminal has its own */
		q.state = i3_tei_in(c->alerting, tei)	  ? N7
			  : i3_tei_in(c->proceeding, tei) ? N9
							  : N6;
	else if (c && !c->silent)
		(void)i3_cc_query(cc, c->id, &q);
	else if (c)
		q.state = c->state;
	if (m->call_state.state != q.state)
		FAIL(w, "STATUS tells another state than a query", m->call_state.state);
}

static void look_at_message(struct walk *w, const struct walk_end *e, const struct ib_buf *b)
{
	struct isdn_faults f;
	struct isdn_msg m;

	walk_tell(w, "\t%s sends %s%s", e->sends == ISDN_NETWORK_TO_USER ? "network" : "user",
		  isdn_msg_name(b->len > 2u + e->cc->cr_len ? b->data[2 + e->cc->cr_len] : 0),
		  b->tag == I3_BROADCAST ? " to all" : "");
	if (isdn_msg_decode(e->cc->config.variant, e->sends, b->data, b->len, &m, &f))
		FAIL(w, "a message was sent that is none, of length", b->len);
	if (f.n)
		walk_fail(w, "a faulty message was sent, type", isdn_fault_name(f.list[0].kind),
			  m.type);
	if (e->cc->config.n201 && b->len > e->cc->config.n201)
		FAIL(w, "a message was sent that is too long, type", m.type);
	if (m.type == ISDN_MT_STATUS && m.discriminator == ISDN_PD_Q931)
		look_at_status(w, e, &m, b->tag);
	w->counts->messages++;
}

/* Those that wait stay in their order, so what is not found behind the last that was is new. */
void walk_look_sent(struct walk *w, struct walk_end *e)
{
	const struct ib_buf *b;
	unsigned at = 0, n = 0;

	for (b = e->cc->out.head; b; b = b->next) {
		while (at < e->n_waits && e->waits[at] != b)
			at++;
		if (at == e->n_waits)
			look_at_message(w, e, b);
		else
			at++;
	}
	for (b = e->cc->out.head; b && n < WALK_WAITS; b = b->next)
		if (i3_tei_in(e->cc->up, b->tag) || b->tag == I3_BROADCAST)
			; /* is taken at once */
		else
			e->waits[n++] = b;
	e->n_waits = n;
}

/* ---- events ---- */

static struct walk_call *find(struct walk_end *e, isdn_call_id id)
{
	for (unsigned i = 0; i < e->n_calls; i++)
		if (e->call[i].id == id)
			return &e->call[i];
	return NULL;
}

struct walk_call *walk_call_begins(struct walk *w, struct walk_end *e, isdn_call_id id)
{
	struct walk_call *c = &e->call[e->n_calls];

	if (!id || find(e, id))
		FAIL(w, "a call begins twice", id);
	if (e->n_calls == WALK_CALLS)
		FAIL(w, "the test has no room for so many calls", e->n_calls);
	*c = (struct walk_call){ .id = id };
	e->n_calls++;
	w->counts->calls++;
	return c;
}

bool walk_begins(enum isdn_prim prim)
{
	return prim == ISDN_SETUP_IND || prim == ISDN_REGISTER_IND;
}

static bool ends(enum isdn_prim prim)
{
	return prim == ISDN_RELEASE_IND || prim == ISDN_RELEASE_CONF || prim == ISDN_SUSPEND_CONF;
}

static bool of_no_call(enum isdn_prim prim)
{
	return prim == ISDN_LINK_UP || prim == ISDN_LINK_DOWN || prim == ISDN_RESTART_IND ||
	       prim == ISDN_RESTART_CONF || prim == ISDN_RESTART_FAILED ||
	       prim == ISDN_SWITCHOVER || prim == ISDN_SERVICE_IND || prim == ISDN_SERVICE_CONF ||
	       prim == ISDN_SERVICE_FAILED;
}

void walk_look_event(struct walk *w, struct walk_end *e, const struct isdn_span_event *ev)
{
	struct walk_call *c;

	w->counts->events++;
	if ((unsigned)ev->prim >= ISDN_PRIM_COUNT)
		FAIL(w, "an event that there is not", ev->prim);
	e->told[ev->prim]++;
	if (!ev->call != of_no_call(ev->prim) && ev->prim != ISDN_FACILITY_IND)
		FAIL(w, "an event of no call, or of one, that should not", ev->prim);
	if (!ev->call)
		return;
	c = walk_begins(ev->prim) ? walk_call_begins(w, e, ev->call) : find(e, ev->call);
	if (!c)
		FAIL(w, "an event of an unknown call", ev->prim);
	if (c->over)
		FAIL(w, "an event after the last one", ev->prim);
	if (!ends(ev->prim))
		return;
	c->over = true;
	if (ev->prim == ISDN_SUSPEND_CONF)
		return;
	if (c->asked != (ev->prim == ISDN_RELEASE_CONF))
		FAIL(w, "RELEASE confirm without, or indication with, a request", c->asked);
	if (!ev->cause || ev->cause > 127)
		FAIL(w, "the last event has no cause", ev->cause);
}

/* ---- states that a message leads to, and the event that tells of it ---- */

#define P(prim) (UINT64_C(1) << ISDN_##prim)
static const struct {
	uint8_t side, state;
	uint64_t prims;
} arrivals[] = {
	/* clang-format off */
	{ 0, U2,  P(MORE_INFO_IND) },
	{ 0, U3,  P(PROCEEDING_IND) },
	{ 0, U4,  P(ALERTING_IND) },
	{ 0, U6,  P(SETUP_IND) },
	{ 0, U10, P(SETUP_CONF) | P(SETUP_COMPLETE_IND) | P(SUSPEND_REJECT_IND) | P(RESUME_CONF) },
	{ 0, U12, P(DISCONNECT_IND) },
	{ 0, U31, P(REGISTER_IND) },
	{ 1, N1,  P(SETUP_IND) },
	{ 1, N7,  P(ALERTING_IND) },
	{ 1, N8,  P(SETUP_CONF) },
	{ 1, N9,  P(PROCEEDING_IND) },
	{ 1, N10, P(SETUP_CONF) },
	{ 1, N11, P(DISCONNECT_IND) },
	{ 1, N15, P(SUSPEND_IND) },
	{ 1, N17, P(RESUME_IND) },
	{ 1, N25, P(MORE_INFO_IND) },
	{ 1, N31, P(REGISTER_IND) },
	/* clang-format on */
};

void walk_note_states(const struct walk_end *e, struct walk_states *s)
{
	const struct i3_call *c;
	uint32_t at = 0;

	s->n = 0;
	while (s->n < WALK_CALLS && (c = i3_call_next(e->cc, &at)) != NULL) {
		s->id[s->n] = c->id;
		s->state[s->n++] = c->state;
	}
}

static unsigned state_before(const struct walk_states *s, isdn_call_id id)
{
	for (unsigned i = 0; i < s->n; i++)
		if (s->id[i] == id)
			return s->state[i];
	return ST_NULL;
}

static bool told_of(const struct i3_cc *cc, isdn_call_id id, uint64_t prims)
{
	for (const struct i3_node *n = cc->head; n; n = n->next)
		if (n->id == id && (prims >> n->prim & 1))
			return true;
	return false;
}

void walk_look_told(struct walk *w, const struct walk_end *e, const struct walk_states *before)
{
	const struct i3_call *c;
	uint32_t at = 0;

	while ((c = i3_call_next(e->cc, &at)) != NULL) {
		if (c->silent || c->state == state_before(before, c->id))
			continue;
		for (size_t i = 0; i < sizeof(arrivals) / sizeof(arrivals[0]); i++)
			if (arrivals[i].side == side_of(e) && arrivals[i].state == c->state &&
			    !told_of(e->cc, c->id, arrivals[i].prims))
				FAIL(w, "nobody was told of the new state", c->state);
	}
}

/* ---- both sides ---- */

static const struct i3_call *other_of(const struct i3_cc *cc, const struct i3_call *c)
{
	return i3_callref_find(c->originated ? &cc->theirs : &cc->ours, c->cr);
}

/* Likewise the auxiliary state. */
static const uint8_t hold_there[] = { 0, 4, 5, 6, 1, 2, 3 };

/* The state of the far end's call: the number is the same, but for two users of each other. */
static unsigned state_there(const struct i3_call *c)
{
	static const uint8_t symmetrical[32] = {
		[U1] = U6, [U2] = U25,	[U3] = U9,   [U4] = U7,	  [U6] = U1,  [U7] = U4,
		[U9] = U3, [U10] = U10, [U11] = U12, [U12] = U11, [U25] = U2, [U31] = U31,
	};

	return c->cc->variant->symmetrical ? symmetrical[c->state] : c->state;
}

void walk_look_pair(struct walk *w)
{
	for (int i = 0; i < 2; i++) {
		const struct i3_cc *other = w->end[!i].cc;
		const struct i3_call *c;
		uint32_t at = 0;

		while ((c = i3_call_next(w->end[i].cc, &at)) != NULL) {
			const struct i3_call *o = other_of(other, c);

			if (c->state == N_SUSPENDED)
				continue;
			if (!o && ((!c->responded && !c->originated) || w->restarted))
				continue; /* an offer that came late, or ended without a message */
			if (!o)
				FAIL(w, "one side has a call that the other has not, in state",
				     c->state);
			if (c->state == (i ? N15 : U10) && o->state == (i ? U10 : N15))
				continue; /* T319, and the network's answer is yet to come */
			if (o->state != state_there(c))
				FAIL(w, "the two sides are in different states", c->state);
			if (!w->prompt || c->state > U10)
				continue; /* HOLD ACKNOWLEDGE may come after T_HOLD */
			if (c->hold != hold_there[o->hold])
				FAIL(w, "the two sides are in different auxiliary states", c->hold);
			if (c->responded && c->originated && c->channel != o->channel)
				FAIL(w, "the two sides have different channels", c->channel);
		}
	}
}

/* ---- requests that are refused ---- */

static uint64_t mix(uint64_t h, uint64_t value)
{
	h = (h ^ value) * UINT64_C(0x9e3779b97f4a7c15);
	return h ^ h >> 29;
}

static uint64_t mix_timer(uint64_t h, const struct ib_timer *t)
{
	return ib_timer_running(t) ? mix(mix(h, t->due), t->what) : mix(h, 1);
}

static uint64_t mix_call(uint64_t h, const struct i3_call *c)
{
	const uint64_t values[] = {
		c->id,		c->state,     c->cr,	     c->tei,	      c->originated,
		c->silent,	c->responded, c->by_request, c->again,	      c->enquired_again,
		c->channel,	c->cause,     c->location,   c->source,	      c->answered[0],
		c->answered[1], c->refused,   c->t312_over,  c->kept != NULL, c->hold,
		c->repeated,	c->exclusive,
	};

	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		h = mix(h, values[i]);
	h = mix_timer(h, &c->timer);
	h = mix_timer(h, &c->t309);
	h = mix_timer(h, &c->t322);
	h = mix_timer(h, &c->t_aux);
	return mix_timer(h, &c->t312);
}

uint64_t walk_digest(const struct i3_cc *cc)
{
	uint64_t h = mix(cc->counters.messages_out, cc->out.n);
	const struct i3_call *c;
	uint32_t at = 0;

	while ((c = i3_call_next(cc, &at)) != NULL)
		h = mix_call(h, c);
	for (const struct i3_node *n = cc->head; n; n = n->next)
		h = mix(h, n->prim);
	for (unsigned i = 0; i < channels(cc); i++)
		h = mix(h, cc->channels.owner[i] ? cc->channels.owner[i]->id : 0);
	for (unsigned i = 0; i < cc->channels.n; i++) {
		h = mix(mix(h, cc->channels.blocked[i]), cc->restart.wanted[i]);
		h = mix(mix(h, cc->channels.out_here[i]), cc->service.wanted[i]);
	}
	h = mix(h, (unsigned)cc->restart.all << 2 | (unsigned)cc->restart.outstanding << 1 |
			   cc->service.outstanding);
	h = mix_timer(mix_timer(h, &cc->restart.t316), &cc->service.timer);
	h = mix_timer(h, &cc->t314);
	if (cc->segments.expected)
		h = mix(mix(h, cc->segments.n), cc->segments.len);
	h = mix(mix(h, cc->up[0]), cc->up[1]);
	h = mix(mix(h, cc->establish[0]), cc->establish[1]);
	h = mix(mix(h, cc->calls.used), cc->pool.in_use);
	return mix(h, cc->timers.n);
}

/* ---- the end ---- */

static void look_at_references(struct walk *w, const struct i3_callrefs *r)
{
	for (unsigned page = 0; page < I3_CR_PAGES; page++)
		for (unsigned i = 0; r->page[page] && i < I3_CR_PAGE; i++)
			if (r->page[page][i].call)
				FAIL(w, "a call reference is still in use", page * I3_CR_PAGE + i);
}

void walk_look_empty(struct walk *w, struct walk_end *e)
{
	const struct i3_cc *cc = e->cc;
	const struct i3_call *c;
	uint32_t at = 0;

	for (unsigned i = 0; i < e->n_calls; i++)
		if (!e->call[i].over)
			FAIL(w, "a call had no last event", i);
	c = i3_call_next(cc, &at);
	if (c)
		FAIL(w, "a call does not end, it is in state", c->state);
	if (cc->n_calls || cc->n_silent)
		FAIL(w, "a call is counted that is gone", cc->n_calls);
	if (cc->calls.used)
		FAIL(w, "a handle is left", cc->calls.used);
	for (unsigned i = 0; i < channels(cc); i++)
		if (cc->channels.owner[i])
			FAIL(w, "a channel is still in use", i);
	for (unsigned i = 0; i < cc->channels.n; i++)
		if (cc->channels.blocked[i] || cc->restart.wanted[i] || cc->service.wanted[i])
			FAIL(w, "a restart does not end, of interface", i);
	if (cc->restart.outstanding || cc->restart.all || cc->service.outstanding)
		FAIL(w, "a restart does not end", cc->restart.channel);
	look_at_references(w, &cc->ours);
	look_at_references(w, &cc->theirs);
	if (cc->ours.fresh - 1 != cc->ours.n_free)
		FAIL(w, "call references are lost, or given back twice", cc->ours.n_free);
	if (cc->timers.n)
		FAIL(w, "a timer is left", cc->timers.n);
	if (cc->head || *cc->tail)
		FAIL(w, "the queue of events is not empty", 0);
}
