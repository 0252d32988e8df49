/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Property: no octet leaves in a User-user element that the application did not give for this call
 * and this message. A user and a network side, several calls at once, random requests with UUI of
 * their own or without, messages that arrive, are lost or made up, timers, links that fail: each
 * User-user element that leaves is held against what was given, and nothing is sent twice but what
 * a timer repeats. SEQUENCES=1000000 SEED=1 tests/test_uui_property
 */
#include "tests/cc_ends.h"

#define CALLS 6	 /* of a side, that are remembered */
#define GIVEN 64 /* UUI, of a sequence */
#define STEPS 24
#define LATER 40 /* messages on their way */

/* UUI that the application gave with a request. */
struct given {
	int side;
	uint16_t cr;
	bool originated;
	uint32_t types; /* messages it may leave in */
	struct isdn_uui uui;
	unsigned left;
};

struct message {
	uint16_t len;
	uint8_t octets[ISDN_MSG_MAX];
};

struct side {
	struct i3_cc *cc;
	isdn_call_id call[CALLS];
	unsigned n_calls;
	struct message wire[LATER]; /* to the other */
	unsigned n_wire;
};

static struct world {
	struct test_mem mem;
	struct isdn_env env;
	isdn_time now;
	uint64_t seed, random;
	uint64_t serial;
	struct side side[2];
	struct given given[GIVEN];
	unsigned n_given;
	bool lossy;
	/* counts of a run */
	uint64_t elements, requests, repeated;
} w;

static uint32_t dice(uint32_t below)
{
	w.random ^= w.random << 13;
	w.random ^= w.random >> 7;
	w.random ^= w.random << 17;
	return (uint32_t)((w.random >> 16) % below);
}

static bool chance(uint32_t percent)
{
	return dice(100) < percent;
}

/* ---- what leaves ---- */

#define M(type) (1u << type_number(type))

static const uint8_t msg_types[] = { ISDN_MT_SETUP,
				     ISDN_MT_ALERTING,
				     ISDN_MT_PROGRESS,
				     ISDN_MT_CONNECT,
				     ISDN_MT_DISCONNECT,
				     ISDN_MT_RELEASE,
				     ISDN_MT_RELEASE_COMPLETE,
				     ISDN_MT_USER_INFORMATION,
				     ISDN_MT_NOTIFY,
				     ISDN_MT_INFORMATION,
				     ISDN_MT_STATUS,
				     ISDN_MT_FACILITY,
				     0x7f };

static unsigned type_number(unsigned type)
{
	for (unsigned i = 0; i < sizeof(msg_types); i++)
		if (msg_types[i] == type)
			return i;
	return 31;
}

static bool same(const struct isdn_uui *a, const struct isdn_uui *b)
{
	return a->discriminator == b->discriminator && a->len == b->len &&
	       memcmp(a->data, b->data, a->len) == 0;
}

/* The youngest that fits: short UUI may be alike. */
static struct given *find(int side, const struct isdn_msg *m)
{
	for (unsigned i = w.n_given; i-- > 0;) {
		struct given *g = &w.given[i];

		if (g->side == side && g->cr == m->cr && g->originated == !m->cr_flag &&
		    (g->types & M(m->type)) && same(&g->uui, &m->uui))
			return g;
	}
	return NULL;
}

static void leaves(int side, const struct isdn_msg *m)
{
	struct given *g;

	if (!isdn_msg_has(m, ISDN_IE_USER_USER))
		return;
	w.elements++;
	if (!w.side[side].cc->config.uui_max)
		fail_msg("UUI leaves where the network carries none");
	g = find(side, m);
	if (!g)
		fail_msg("%s of call reference %u has UUI of %u octets that nobody gave for it",
			 isdn_msg_name(m->type), m->cr, m->uui.len);
	if (g->left++) {
		w.repeated++;
		if ((m->type != ISDN_MT_SETUP && m->type != ISDN_MT_RELEASE) || g->left > 2)
			fail_msg("%s has UUI that was sent already", isdn_msg_name(m->type));
	}
}

static void take_messages(int side)
{
	struct side *s = &w.side[side];
	struct isdn_faults faults;
	static struct isdn_msg m;
	struct i3_out out;

	while (i3_cc_out(s->cc, &out) == 1) {
		if (out.type == I3_OUT_ESTABLISH)
			continue;
		assert_int_equal(isdn_msg_decode(s->cc->config.variant,
						 side ? ISDN_NETWORK_TO_USER : ISDN_USER_TO_NETWORK,
						 out.data, out.len, &m, &faults),
				 0);
		leaves(side, &m);
		if (s->n_wire == LATER || (w.lossy && chance(10)))
			continue;
		s->wire[s->n_wire].len = out.len;
		memcpy(s->wire[s->n_wire++].octets, out.data, out.len);
	}
}

static void remember(int side, isdn_call_id id)
{
	struct side *s = &w.side[side];

	if (s->n_calls == CALLS) {
		memmove(s->call, s->call + 1, (CALLS - 1) * sizeof(s->call[0]));
		s->n_calls--;
	}
	s->call[s->n_calls++] = id;
}

static void take_events(int side)
{
	struct isdn_span_event ev;

	while (i3_cc_next(w.side[side].cc, &ev) == 1)
		if (ev.prim == ISDN_SETUP_IND)
			remember(side, ev.call);
}

static void settle(void)
{
	for (int i = 0; i < 2; i++) {
		take_messages(i);
		take_events(i);
	}
}

/* ---- what is asked for ---- */

static void make_uui(struct isdn_uui *uui)
{
	uint64_t serial = ++w.serial;

	uui->codeset = 0;
	uui->discriminator = (uint8_t)dice(256);
	uui->len = (uint8_t)(chance(10) ? dice(8) : 8 + dice(ISDN_UUI_MAX - 7));
	for (unsigned i = 0; i < uui->len; i++)
		uui->data[i] = (uint8_t)(i < 8 ? serial >> (8 * i) : serial * 31 + i);
}

static struct given *give(int side, const struct isdn_uui *uui, uint32_t types)
{
	struct given *g = &w.given[w.n_given];

	if (w.n_given == GIVEN)
		return NULL;
	*g = (struct given){ .side = side, .types = types, .uui = *uui };
	w.n_given++;
	return g;
}

/* The request was made for that call. */
static void belongs(struct given *g, isdn_call_id id)
{
	struct isdn_span_call c;

	if (!g || i3_cc_query(w.side[g->side].cc, id, &c))
		return;
	g->cr = c.cr;
	g->originated = c.originated;
}

static void take_back(struct given *g)
{
	if (g)
		w.n_given--;
}

static void setup(int side)
{
	struct isdn_msg m = setup_msg();
	struct given *g = NULL;
	isdn_call_id id;

	if (chance(60)) {
		make_uui(&m.uui);
		isdn_msg_set(&m, ISDN_IE_USER_USER);
		g = give(side, &m.uui, M(ISDN_MT_SETUP));
		if (!g)
			return;
	}
	for (int s = ISDN_UUS_1; s < ISDN_UUS_COUNT; s++)
		if (chance(20))
			(void)isdn_uus_request(&m, (enum isdn_uus_service)s, chance(30));
	w.requests++;
	if (i3_cc_setup(w.side[side].cc, &m, &id, w.now)) {
		take_back(g);
		return;
	}
	remember(side, id);
	belongs(g, id);
}

static isdn_call_id a_call(int side)
{
	const struct side *s = &w.side[side];

	return s->n_calls ? s->call[dice(s->n_calls)] : 0;
}

static void request(int side)
{
	static const struct {
		enum i3_req req;
		uint8_t type;
	} reqs[] = {
		{ I3_PROCEEDING_REQ, 0 },
		{ I3_ALERTING_REQ, ISDN_MT_ALERTING },
		{ I3_ALERTING_REQ, ISDN_MT_ALERTING },
		{ I3_PROGRESS_REQ, ISDN_MT_PROGRESS },
		{ I3_SETUP_RESP, ISDN_MT_CONNECT },
		{ I3_SETUP_RESP, ISDN_MT_CONNECT },
		{ I3_USER_INFO_REQ, ISDN_MT_USER_INFORMATION },
		{ I3_USER_INFO_REQ, ISDN_MT_USER_INFORMATION },
		{ I3_DISCONNECT_REQ, ISDN_MT_DISCONNECT },
		{ I3_FACILITY_REQ, ISDN_MT_FACILITY },
		{ I3_INFO_REQ, 0 },
		{ I3_NOTIFY_REQ, 0 },
		{ I3_HOLD_REQ, 0 },
		{ I3_STATUS_ENQUIRY_REQ, 0 },
	};
	unsigned i = dice(sizeof(reqs) / sizeof(reqs[0]));
	isdn_call_id id = a_call(side);
	struct given *g = NULL;
	struct isdn_msg m;

	isdn_msg_init(&m, 0, 0, 0, false);
	m.progress[0] = (struct isdn_progress){ .description = 8 };
	m.notification[0] = (struct isdn_notification){ .description = 0 };
	if (reqs[i].req == I3_PROGRESS_REQ)
		isdn_msg_set(&m, ISDN_IE_PROGRESS);
	if (reqs[i].req == I3_NOTIFY_REQ)
		isdn_msg_set(&m, ISDN_IE_NOTIFICATION);
	if (reqs[i].req == I3_FACILITY_REQ)
		(void)isdn_uus_request(&m, ISDN_UUS_3, false);
	if (reqs[i].type && (chance(70) || reqs[i].req == I3_USER_INFO_REQ)) {
		make_uui(&m.uui);
		isdn_msg_set(&m, ISDN_IE_USER_USER);
		g = give(side, &m.uui, M(reqs[i].type));
		if (!g)
			return;
		belongs(g, id);
	}
	w.requests++;
	if (i3_cc_request(w.side[side].cc, id, reqs[i].req, &m, w.now))
		take_back(g);
}

static void clear(int side)
{
	isdn_call_id id = a_call(side);
	struct isdn_uui uui;
	struct given *g = NULL;
	bool sent = false, with = chance(70);

	if (with) {
		make_uui(&uui);
		g = give(side, &uui,
			 M(ISDN_MT_DISCONNECT) | M(ISDN_MT_RELEASE) | M(ISDN_MT_RELEASE_COMPLETE));
		if (!g)
			return;
		belongs(g, id);
	}
	w.requests++;
	if (i3_cc_clear(w.side[side].cc, id, (uint8_t)dice(128), with ? &uui : NULL, &sent,
			w.now) ||
	    !sent)
		take_back(g); /* it says that it does not leave */
}

static void service(int side)
{
	static const int answers[] = { ISDN_UUS_ACCEPT, ISDN_UUS_LATER, 1, 2, 3, 7 };
	enum isdn_uus_service s = (enum isdn_uus_service)(1 + dice(3));
	struct i3_cc *cc = w.side[side].cc;
	isdn_call_id id = a_call(side);

	w.requests++;
	switch (dice(4)) {
	case 0:
		(void)i3_cc_uus_request(cc, id, ISDN_UUS_3, w.now);
		break;
	case 1:
		(void)i3_cc_uus_answer(cc, id, s, answers[dice(6)], w.now);
		break;
	case 2:
		(void)i3_cc_uui_busy(cc, id, chance(50), w.now);
		break;
	default:
		(void)i3_cc_uui_refuse(cc, id, w.now);
	}
}

/* ---- what happens ---- */

static void arrive(int from)
{
	struct side *s = &w.side[from];
	struct message m;

	if (!s->n_wire)
		return;
	m = s->wire[0];
	memmove(s->wire, s->wire + 1, --s->n_wire * sizeof(s->wire[0]));
	assert_int_equal(i3_cc_rx(w.side[!from].cc, 0, m.octets, m.len, w.now), 0);
}

/* A message made up, with UUI that must not be heard of again on this side's way out. */
static void made_up(int to)
{
	struct isdn_span_call c;
	uint8_t o[64] = { 0x08, 0x02 };
	unsigned n = 5, uui = 4 + dice(20);

	if (i3_cc_query(w.side[to].cc, a_call(to), &c))
		return;
	o[2] = (uint8_t)((c.originated ? 0x80 : 0) | c.cr >> 8);
	o[3] = (uint8_t)c.cr;
	o[4] = msg_types[dice(sizeof(msg_types))];
	if (o[4] == ISDN_MT_DISCONNECT || o[4] == ISDN_MT_STATUS || chance(20)) {
		memcpy(o + n, "\x08\x02\x80\x90", 4);
		n += 4;
	}
	if (o[4] == ISDN_MT_STATUS) {
		memcpy(o + n, "\x14\x01\x0a", 3);
		n += 3;
	}
	o[n++] = 0x7e;
	o[n++] = (uint8_t)uui;
	memset(o + n, 0xee, uui);
	n += uui;
	assert_int_equal(i3_cc_rx(w.side[to].cc, 0, o, n, w.now), 0);
}

static void time_passes(void)
{
	isdn_time a = i3_cc_deadline(w.side[0].cc), b = i3_cc_deadline(w.side[1].cc);
	isdn_time next = a < b ? a : b;

	if (next == ISDN_NEVER)
		return;
	w.now = next > w.now ? next : w.now;
	for (int i = 0; i < 2; i++)
		i3_cc_timeout(w.side[i].cc, w.now);
}

static void link_event(int side)
{
	static const enum i3_dl what[] = { I3_DL_RELEASE_IND, I3_DL_ESTABLISH_IND,
					   I3_DL_ESTABLISH_CONF, I3_DL_RESET };

	assert_int_equal(i3_cc_dl(w.side[side].cc, 0, what[dice(4)], w.now), 0);
}

static void step(void)
{
	int side = (int)dice(2);
	unsigned k = dice(100);

	if (k < 14)
		setup(side);
	else if (k < 45)
		request(side);
	else if (k < 55)
		clear(side);
	else if (k < 63)
		service(side);
	else if (k < 88)
		for (unsigned n = 1 + dice(4); n--;)
			arrive(side);
	else if (k < 92)
		made_up(side);
	else if (k < 98)
		time_passes();
	else
		link_event(side);
	settle();
}

/* ---- sequences ---- */

static void begin(uint64_t seed)
{
	static const unsigned limits[] = { 128, 128, 32, 0 };
	struct i3_config c = { .interface = ISDN_E1 };

	w.seed = seed;
	w.random = seed * UINT64_C(0x9e3779b97f4a7c15) | 1;
	w.n_given = 0;
	w.lossy = chance(30);
	c.uui_max = limits[dice(4)];
	c.uus = (struct isdn_uus_config){ .services = (uint8_t)dice(16),
					  .negotiated = chance(50),
					  .strict = chance(20),
					  .keep_refused = chance(20),
					  .burst_x = 3,
					  .burst_y = 2,
					  .service2_max = 2,
					  .grace = 1,
					  .refusal = 43 };
	for (int i = 0; i < 2; i++) {
		c.side = (enum isdn_side)i;
		c.location = i ? 2 : 0;
		for (unsigned t = 0; t < ISDN_TIMER_COUNT; t++)
			c.timer[t] = i3_timers[t].value[i];
		assert_int_equal(i3_cc_new(&w.side[i].cc, &c, &w.env), 0);
		w.side[i].n_calls = w.side[i].n_wire = 0;
		assert_int_equal(i3_cc_dl(w.side[i].cc, 0, I3_DL_ESTABLISH_CONF, w.now), 0);
	}
	settle();
}

static void end(void)
{
	i3_cc_free(w.side[0].cc);
	i3_cc_free(w.side[1].cc);
	assert_int_equal(test_mem_live(&w.mem), 0);
}

static uint64_t number(const char *name, uint64_t otherwise)
{
	const char *text = getenv(name);

	return text ? strtoull(text, NULL, 10) : otherwise;
}

/* Several sequences on one pair of call controls: records are used again. */
#define TOGETHER 10

static void no_octet_leaves_that_was_not_given_for_this_call_and_message(void **state)
{
	uint64_t sequences = number("SEQUENCES", 30000), seed = number("SEED", 1);

	(void)state;
	memset(&w, 0, sizeof(w));
	test_mem_init(&w.mem, &w.env.mem);
	w.now = 1000;
	for (uint64_t i = 0; i < sequences; i += TOGETHER) {
		if (i % 100000 == 0)
			print_message("SEED=%llu\n", (unsigned long long)(seed + i));
		begin(seed + i);
		for (unsigned n = 0; n < TOGETHER * STEPS; n++) {
			if (w.n_given == GIVEN) { /* those of calls that are over, at the latest */
				memmove(w.given, w.given + GIVEN / 4,
					(GIVEN - GIVEN / 4) * sizeof(w.given[0]));
				w.n_given -= GIVEN / 4;
			}
			step();
		}
		end();
	}
	print_message("%llu sequences, %llu requests, %llu User-user elements left, %llu again\n",
		      (unsigned long long)sequences, (unsigned long long)w.requests,
		      (unsigned long long)w.elements, (unsigned long long)w.repeated);
	assert_true(w.elements > sequences);
	assert_true(w.repeated > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_octet_leaves_that_was_not_given_for_this_call_and_message),
	};

	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	if (failed)
		print_error("SEED=%llu\n", (unsigned long long)w.seed);
	return failed;
}
