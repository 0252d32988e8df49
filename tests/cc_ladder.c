/* SPDX-License-Identifier: BSD-2-Clause */
/* Ladders: what they are is said in tests/ladders/overlap.ladder. */
#include "tests/cc_ladder.h"

#include <ctype.h>

#include "tests/cc_ladder_keys.h"

#define CALLS 4
#define LINES 200

struct ladder {
	struct ladder_line line;
	struct ends *e;
	isdn_call_id call[2][CALLS];
};

static const char *const sides[] = { "user", "net" };
static const char *const prims[] = {
	[ISDN_SETUP_IND] = "SETUP_IND",
	[ISDN_SETUP_CONF] = "SETUP_CONF",
	[ISDN_SETUP_COMPLETE_IND] = "SETUP_COMPLETE_IND",
	[ISDN_MORE_INFO_IND] = "MORE_INFO_IND",
	[ISDN_PROCEEDING_IND] = "PROCEEDING_IND",
	[ISDN_ALERTING_IND] = "ALERTING_IND",
	[ISDN_PROGRESS_IND] = "PROGRESS_IND",
	[ISDN_INFO_IND] = "INFO_IND",
	[ISDN_INFO_TIMEOUT] = "INFO_TIMEOUT",
	[ISDN_NOTIFY_IND] = "NOTIFY_IND",
	[ISDN_USER_INFO_IND] = "USER_INFO_IND",
	[ISDN_STATUS_IND] = "STATUS_IND",
	[ISDN_DISCONNECT_IND] = "DISCONNECT_IND",
	[ISDN_RELEASE_IND] = "RELEASE_IND",
	[ISDN_RELEASE_CONF] = "RELEASE_CONF",
	[ISDN_RESTART_IND] = "RESTART_IND",
	[ISDN_RESTART_CONF] = "RESTART_CONF",
	[ISDN_RESTART_FAILED] = "RESTART_FAILED",
	[ISDN_FACILITY_IND] = "FACILITY_IND",
	[ISDN_REGISTER_IND] = "REGISTER_IND",
	[ISDN_HOLD_IND] = "HOLD_IND",
	[ISDN_HOLD_CONF] = "HOLD_CONF",
	[ISDN_HOLD_REJECT_IND] = "HOLD_REJECT_IND",
	[ISDN_RETRIEVE_IND] = "RETRIEVE_IND",
	[ISDN_RETRIEVE_CONF] = "RETRIEVE_CONF",
	[ISDN_RETRIEVE_REJECT_IND] = "RETRIEVE_REJECT_IND",
	[ISDN_SUSPEND_IND] = "SUSPEND_IND",
	[ISDN_SUSPEND_CONF] = "SUSPEND_CONF",
	[ISDN_SUSPEND_REJECT_IND] = "SUSPEND_REJECT_IND",
	[ISDN_RESUME_IND] = "RESUME_IND",
	[ISDN_RESUME_CONF] = "RESUME_CONF",
	[ISDN_SERVICE_IND] = "SERVICE_IND",
	[ISDN_SERVICE_CONF] = "SERVICE_CONF",
	[ISDN_SERVICE_FAILED] = "SERVICE_FAILED",
	[ISDN_UUS_IND] = "UUS_IND",
	[ISDN_UUI_DISCARDED_IND] = "UUI_DISCARDED_IND",
	[ISDN_UUI_STOP_IND] = "UUI_STOP_IND",
	[ISDN_UUI_READY_IND] = "UUI_READY_IND",
	[ISDN_SWITCHOVER] = "SWITCHOVER",
	[ISDN_LINK_UP] = "LINK_UP",
	[ISDN_LINK_DOWN] = "LINK_DOWN",
};

#define FAIL(l, ...) LADDER_FAIL(&(l)->line, __VA_ARGS__)

static const char *word(const struct ladder *l, unsigned i)
{
	return i < l->line.n ? l->line.word[i] : "";
}

static const char *key(const struct ladder *l, const char *name)
{
	return ladder_key(&l->line, name);
}

static const char *side_name(const struct ladder *l, int side)
{
	return sides[l->line.turned ? !side : side];
}

static int side_of(const struct ladder *l, const char *name)
{
	size_t n = strlen(name);

	if (n && name[n - 1] == ':')
		n--;
	for (int i = 0; i < 2; i++)
		if (strlen(sides[i]) == n && !strncmp(sides[i], name, n))
			return l->line.turned ? !i : i;
	FAIL(l, "\"%s\" is neither user nor net", name);
	return 0;
}

/* call=2: the second call of the ladder; without it the first. */
static isdn_call_id *call_of(struct ladder *l, int side)
{
	unsigned n = ladder_number(&l->line, "call", 1);

	if (n < 1 || n > CALLS)
		FAIL(l, "there are calls 1 to %d", CALLS);
	return &l->call[side][n - 1];
}

/* ---- the lines ---- */

/* The next message of a side, which goes to the other unless it is lost. */
static void message(struct ladder *l, int from, bool lost)
{
	struct i3_cc *cc = l->e->cc[from];
	struct isdn_faults faults;
	struct isdn_msg m;
	struct i3_out out;
	char name[60];

	do {
		if (i3_cc_out(cc, &out) != 1)
			FAIL(l, "%s sends nothing", side_name(l, from));
	} while (out.type == I3_OUT_ESTABLISH);
	memset(&m, 0, sizeof(m)); /* decoding leaves the values of absent elements alone */
	assert_int_equal(isdn_msg_decode(cc->config.variant,
					 from ? ISDN_NETWORK_TO_USER : ISDN_USER_TO_NETWORK,
					 out.data, out.len, &m, &faults),
			 0);
	snprintf(name, sizeof(name), "%s", isdn_msg_title(&m));
	for (char *at = name; *at; at++)
		*at = *at == ' ' ? '_' : *at;
	if (strcmp(name, word(l, 3)))
		FAIL(l, "%s sends %s", side_name(l, from), name);
	if (faults.n)
		FAIL(l, "%s sends a faulty message", side_name(l, from));
	ladder_compare(&l->line, &m);
	if (lost)
		return;
	assert_int_equal(i3_cc_rx(l->e->cc[!from], l->e->tei[!from], out.data, out.len, l->e->now),
			 0);
	ends_note(l->e);
}

static void same_reason(struct ladder *l, const struct isdn_span_event *ev)
{
	static const char *const by[] = {
		[ISDN_BY_LOCAL] = "local", [ISDN_BY_REMOTE] = "remote",
		[ISDN_BY_TIMER] = "timer", [ISDN_BY_LINK] = "link",
		[ISDN_BY_ERROR] = "error", [ISDN_BY_CASCADE] = "cascade"
	};
	const char *timer = ev->timer ? isdn_timer_name((enum isdn_timer_id)(ev->timer - 1))
				      : "none";
	const char *want;

	ladder_same_number(&l->line, "cause", ev->cause != ISDN_CAUSE_NONE, ev->cause);
	if ((want = key(l, "timer")) && strcmp(want, timer))
		FAIL(l, "the timer is %s", timer);
	if ((want = key(l, "by")) && strcmp(want, by[ev->source]))
		FAIL(l, "it is by %s", by[ev->source]);
	if ((ev->source == ISDN_BY_TIMER) != (ev->timer != 0))
		FAIL(l, "it is by %s, and the timer is %s", by[ev->source], timer);
}

static bool begins_call(enum isdn_prim prim)
{
	return prim == ISDN_SETUP_IND || prim == ISDN_REGISTER_IND;
}

static void event(struct ladder *l, int at)
{
	struct isdn_span_event ev;

	memset(&ev, 0, sizeof(ev));
	if (i3_cc_next(l->e->cc[at], &ev) != 1)
		FAIL(l, "%s gets nothing", side_name(l, at));
	if (strcmp(prims[ev.prim], word(l, 2)))
		FAIL(l, "%s gets %s", side_name(l, at), prims[ev.prim]);
	if (begins_call(ev.prim))
		*call_of(l, at) = ev.call;
	else if (ev.call && ev.call != *call_of(l, at))
		FAIL(l, "it is of another call");
	same_reason(l, &ev);
	ladder_same_number(&l->line, "b", true, ev.channel);
	ladder_same_services(&l->line, l->e->cc[at], &ev);
	ladder_same_text(&l->line, "called", isdn_msg_has(ev.msg, ISDN_IE_CALLED),
			 ev.msg->called.digits, ev.msg->called.n_digits);
	ladder_same_text(&l->line, "identity", isdn_msg_has(ev.msg, ISDN_IE_CALL_IDENTITY),
			 ev.msg->call_identity.identity, ev.msg->call_identity.len);
	ladder_same_text(&l->line, "transit", isdn_msg_has(ev.msg, ISDN_IE_TRANSIT_NETWORK),
			 ev.msg->transit_network[0].id, ev.msg->transit_network[0].n_id);
	ladder_same_text(&l->line, "uui", true, ev.msg->uui.data, ev.msg->uui.len);
	ladder_same_number(&l->line, "status", isdn_msg_has(ev.msg, ISDN_IE_CHANGE_STATUS),
			   ev.msg->change_status.status);
	ladder_same_number(&l->line, "progress", isdn_msg_has(ev.msg, ISDN_IE_PROGRESS),
			   ev.msg->progress[0].description);
	ladder_same_number(&l->line, "facility", isdn_msg_has(ev.msg, ISDN_IE_FACILITY),
			   (unsigned)ev.msg->component[ev.msg->facility[0].first].invoke_id);
	ladder_same_presence(&l->line, "uui", isdn_msg_has(ev.msg, ISDN_IE_USER_USER));
}

static int err_of(const struct ladder *l, const char *name)
{
	static const int errs[] = { ISDN_ERR_INVALCALLSTATE,
				    ISDN_ERR_INVALCALLHANDLE,
				    ISDN_ERR_INVAL,
				    ISDN_ERR_RESOURCEUNAVAIL,
				    ISDN_ERR_OPERATIONUNAVAIL,
				    ISDN_ERR_MSGTOOLONG,
				    ISDN_ERR_USERUSERINFOTOOBIG,
				    ISDN_ERR_AGAIN };

	for (size_t i = 0; i < sizeof(errs) / sizeof(errs[0]); i++)
		if (!strncmp(isdn_strerror(errs[i]), name, strlen(name)) &&
		    isdn_strerror(errs[i])[strlen(name)] == ':')
			return errs[i];
	FAIL(l, "no such error: %s", name);
	return 0;
}

/* ---- requests ---- */

static int setup(struct ladder *l, int from, struct isdn_msg *m)
{
	m->bearer[0] = (struct isdn_bearer){ .rate = 0x10, .layer1 = 3 };
	isdn_msg_set(m, ISDN_IE_BEARER);
	return i3_cc_setup(l->e->cc[from], m, call_of(l, from), l->e->now);
}

static int clear(struct ladder *l, int from, struct isdn_msg *m)
{
	return ends_clear(l->e, from, *call_of(l, from),
			  (uint8_t)ladder_number(&l->line, "cause", 0),
			  key(l, "uui") ? &m->uui : NULL, NULL);
}

static int resume(struct ladder *l, int from, struct isdn_msg *m)
{
	return i3_cc_resume(l->e->cc[from], m, call_of(l, from), l->e->now);
}

static int register_(struct ladder *l, int from, struct isdn_msg *m)
{
	return i3_cc_register(l->e->cc[from], m, call_of(l, from), l->e->now);
}

/* By the dummy call reference. */
static int facility_alone(struct ladder *l, int from, struct isdn_msg *m)
{
	return i3_cc_facility(l->e->cc[from], m, l->e->now);
}

static int service(struct ladder *l, int from, struct isdn_msg *m)
{
	(void)m;
	return i3_cc_service(l->e->cc[from], ladder_number(&l->line, "b", 0),
			     (enum isdn_service)ladder_number(&l->line, "status", 0), l->e->now);
}

static enum isdn_uus_service service_of(const struct ladder *l)
{
	return (enum isdn_uus_service)ladder_number(&l->line, "service", 0);
}

static int uus_request(struct ladder *l, int from, struct isdn_msg *m)
{
	(void)m;
	return i3_cc_uus_request(l->e->cc[from], *call_of(l, from), service_of(l), l->e->now);
}

static int uus_answer(struct ladder *l, int from, struct isdn_msg *m)
{
	(void)m;
	return i3_cc_uus_answer(l->e->cc[from], *call_of(l, from), service_of(l),
				ladder_uus_answer(&l->line), l->e->now);
}

static int busy(struct ladder *l, int from, struct isdn_msg *m)
{
	(void)m;
	return i3_cc_uui_busy(l->e->cc[from], *call_of(l, from), true, l->e->now);
}

static int free_again(struct ladder *l, int from, struct isdn_msg *m)
{
	(void)m;
	return i3_cc_uui_busy(l->e->cc[from], *call_of(l, from), false, l->e->now);
}

static int uui_refuse(struct ladder *l, int from, struct isdn_msg *m)
{
	(void)m;
	return i3_cc_uui_refuse(l->e->cc[from], *call_of(l, from), l->e->now);
}

static int restart(struct ladder *l, int from, struct isdn_msg *m)
{
	(void)m;
	return i3_cc_restart(l->e->cc[from], ladder_number(&l->line, "b", 0), l->e->now);
}

static const struct {
	const char *name;
	int (*how)(struct ladder *l, int from, struct isdn_msg *m); /* NULL: by req */
	enum i3_req req;
} requests[] = {
	{ "setup", setup, 0 },
	{ "clear", clear, 0 },
	{ "resume", resume, 0 },
	{ "register", register_, 0 },
	{ "facility_alone", facility_alone, 0 },
	{ "service", service, 0 },
	{ "restart", restart, 0 },
	{ "uus_request", uus_request, 0 },
	{ "uus_answer", uus_answer, 0 },
	{ "busy", busy, 0 },
	{ "free", free_again, 0 },
	{ "uui_refuse", uui_refuse, 0 },
	{ "more_info", NULL, I3_MORE_INFO_REQ },
	{ "info", NULL, I3_INFO_REQ },
	{ "notify", NULL, I3_NOTIFY_REQ },
	{ "proceeding", NULL, I3_PROCEEDING_REQ },
	{ "alerting", NULL, I3_ALERTING_REQ },
	{ "progress", NULL, I3_PROGRESS_REQ },
	{ "connect", NULL, I3_SETUP_RESP },
	{ "setup_complete", NULL, I3_SETUP_COMPLETE_REQ },
	{ "user_info", NULL, I3_USER_INFO_REQ },
	{ "enquire", NULL, I3_STATUS_ENQUIRY_REQ },
	{ "disconnect", NULL, I3_DISCONNECT_REQ },
	{ "facility", NULL, I3_FACILITY_REQ },
	{ "suspend", NULL, I3_SUSPEND_REQ },
	{ "suspend_ack", NULL, I3_SUSPEND_RESP },
	{ "suspend_reject", NULL, I3_SUSPEND_REJECT_REQ },
	{ "resume_ack", NULL, I3_RESUME_RESP },
	{ "resume_reject", NULL, I3_RESUME_REJECT_REQ },
	{ "hold", NULL, I3_HOLD_REQ },
	{ "hold_ack", NULL, I3_HOLD_RESP },
	{ "hold_reject", NULL, I3_HOLD_REJECT_REQ },
	{ "retrieve", NULL, I3_RETRIEVE_REQ },
	{ "retrieve_ack", NULL, I3_RETRIEVE_RESP },
	{ "retrieve_reject", NULL, I3_RETRIEVE_REJECT_REQ },
};

static void request(struct ladder *l, int from)
{
	unsigned n = l->line.n;
	const char *fails = n > 3 && !strcmp(word(l, n - 2), "!") ? word(l, n - 1) : NULL;
	struct i3_cc *cc = l->e->cc[from];
	struct isdn_msg m;
	int err = 1;

	ladder_compose(&l->line, &cc->channels, &m);
	for (size_t i = 0; i < sizeof(requests) / sizeof(requests[0]); i++)
		if (!strcmp(requests[i].name, word(l, 1)))
			err = requests[i].how ? requests[i].how(l, from, &m)
					      : i3_cc_request(cc, *call_of(l, from),
							      requests[i].req, &m, l->e->now);
	ends_note(l->e);
	if (err == 1)
		FAIL(l, "no such request: %s", word(l, 1));
	if (err != (fails ? err_of(l, fails) : 0))
		FAIL(l, "it answers %s", isdn_strerror(err));
}

/* A message by hand; CR stands for the call reference as the other side would send it. */
static void hears(struct ladder *l, int at)
{
	const struct i3_cc *cc = l->e->cc[at];
	struct isdn_span_call c = { 0 };
	uint8_t octets[300];
	char hex[700] = "";

	(void)i3_cc_query(cc, *call_of(l, at), &c); /* none: for the global call reference */
	for (unsigned i = 2; i < l->line.n; i++) {
		char cr[20];

		if (!strncmp(word(l, i), "call=", 5))
			continue;
		if (cc->cr_len == 1)
			snprintf(cr, sizeof(cr), "%02x",
				 (c.cr & 0x7fu) | (c.originated ? 0x80u : 0));
		else
			snprintf(cr, sizeof(cr), "%04x",
				 (unsigned)c.cr | (c.originated ? 0x8000u : 0));
		strcat(hex, strcmp(word(l, i), "CR") ? word(l, i) : cr);
	}
	assert_int_equal(i3_cc_rx(l->e->cc[at], l->e->tei[at], octets,
				  test_hex(hex, octets, sizeof(octets)), l->e->now),
			 0);
	ends_note(l->e);
}

static void link_of(struct ladder *l, int at)
{
	static const struct {
		const char *name;
		enum i3_dl what;
	} rows[] = { { "up", I3_DL_ESTABLISH_CONF },
		     { "reset", I3_DL_ESTABLISH_IND },
		     { "anew", I3_DL_RESET },
		     { "down", I3_DL_RELEASE_IND },
		     { "removed", I3_DL_REMOVED } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (!strcmp(rows[i].name, word(l, 2))) {
			i3_cc_dl(l->e->cc[at], l->e->tei[at], rows[i].what, l->e->now);
			ends_note(l->e);
			return;
		}
	FAIL(l, "up, reset, down or removed");
}

static void set_timer(struct ladder *l, int at)
{
	for (unsigned i = 0; i < ISDN_TIMER_COUNT; i++)
		if (!strcmp(i3_timers[i].name, word(l, 2))) {
			l->e->cc[at]->config.timer[i] = (uint32_t)strtoul(word(l, 3), NULL, 10);
			return;
		}
	FAIL(l, "no such timer");
}

static void wait_for(struct ladder *l)
{
	isdn_time end = l->e->now + strtoul(word(l, 1), NULL, 10);

	for (;;) {
		isdn_time next = ISDN_NEVER;

		for (int i = 0; i < 2; i++)
			if (i3_cc_deadline(l->e->cc[i]) < next)
				next = i3_cc_deadline(l->e->cc[i]);
		if (next > end)
			break;
		l->e->now = next;
		for (int i = 0; i < 2; i++) {
			i3_cc_timeout(l->e->cc[i], next);
			ends_note(l->e);
		}
	}
	l->e->now = end;
}

/* Everything that was sent or told stands in the ladder. */
static void nothing_more(struct ladder *l)
{
	struct isdn_span_event ev;
	struct i3_out out;

	for (int i = 0; i < 2; i++) {
		while (i3_cc_out(l->e->cc[i], &out) == 1)
			if (out.type != I3_OUT_ESTABLISH)
				FAIL(l, "%s has sent a message that is not told, type %02x",
				     side_name(l, i), out.data[2 + out.data[1]]);
		if (i3_cc_next(l->e->cc[i], &ev) == 1)
			FAIL(l, "%s got %s, which is not told", side_name(l, i), prims[ev.prim]);
	}
}

/* A state of one side as the ladder turned round has it: who calls and who is called change
 * places. */
static unsigned turned(unsigned state)
{
	static const uint8_t other[32] = { [1] = 6, [2] = 25, [3] = 9,	 [4] = 7,   [6] = 1,
					   [7] = 4, [9] = 3,  [11] = 12, [12] = 11, [25] = 2 };

	return state < 32 && other[state] ? other[state] : state;
}

/* U10, N12:here (held by this side), U10:there (by the other), N0:suspended. */
static void states(struct ladder *l)
{
	static const char *const holds[] = {
		[ISDN_NOT_HELD] = "", [ISDN_HELD_HERE] = ":here", [ISDN_HELD_THERE] = ":there"
	};

	bool symmetrical = !l->e->cc[1]->network;

	nothing_more(l);
	for (unsigned i = 1; i < l->line.n; i++) {
		int at = (word(l, i)[0] == 'N') != l->line.turned;
		char *behind;
		unsigned want = (unsigned)strtoul(word(l, i) + 1, &behind, 10);
		struct isdn_span_call c = { 0 };
		const char *is;

		if (!strncmp(word(l, i), "call=", 5))
			continue;
		(void)i3_cc_query(l->e->cc[at], *call_of(l, at), &c);
		is = c.suspended ? ":suspended" : holds[c.hold];
		if (c.state != (l->line.turned && !symmetrical ? turned(want) : want) ||
		    strcmp(behind, is))
			FAIL(l, "it is %c%u%s", at ? 'N' : 'U', c.state, is);
	}
}

/* ---- what many ladders begin and end with ---- */

/* Messages both ways until there is none; the last event of each side is kept. */
static void pass(struct ladder *l)
{
	memset(l->e->last, 0, sizeof(l->e->last));
	exchange(l->e);
}

static void need(struct ladder *l, int err)
{
	ends_note(l->e);
	if (err)
		FAIL(l, "a step of it answers %s", isdn_strerror(err));
}

static void must(struct ladder *l, int at, enum i3_req req)
{
	need(l, i3_cc_request(l->e->cc[at], *call_of(l, at), req, NULL, l->e->now));
	pass(l);
}

/* "user calls 4": a call up to that state of the caller, in the user's numbers; 10 without one. */
static void calls(struct ladder *l, int from)
{
	unsigned to = l->line.n > 2 && isdigit((unsigned char)*word(l, 2))
			      ? (unsigned)strtoul(word(l, 2), NULL, 10)
			      : 10;
	struct isdn_msg m;

	nothing_more(l);
	ladder_compose(&l->line, &l->e->cc[from]->channels, &m);
	isdn_msg_set(&m, ISDN_IE_SENDING_COMPLETE);
	need(l, setup(l, from, &m));
	pass(l);
	*call_of(l, !from) = l->e->last[!from].call;
	if (to >= 3)
		must(l, !from, I3_PROCEEDING_REQ);
	if (to >= 4)
		must(l, !from, I3_ALERTING_REQ);
	if (to == 10)
		must(l, !from, I3_SETUP_RESP);
}

/* "user clears": and the other side, to the end. */
static void clears(struct ladder *l, int from)
{
	nothing_more(l);
	for (int k = 0; k < 2; k++) {
		int at = k ? !from : from;
		isdn_call_id id = *call_of(l, at);

		if (k && l->e->last[at].prim != ISDN_DISCONNECT_IND)
			continue;
		need(l, ends_clear(l->e, at, id, 0, NULL, NULL));
		pass(l);
	}
	for (int i = 0; i < 2; i++)
		if (state_of(l->e, i, *call_of(l, i)))
			FAIL(l, "%s still has the call", side_name(l, i));
}

/* ---- ladders ---- */

static const struct {
	const char *name;
	enum isdn_variant variant;
} variants[] = {
	{ "variant=etsi", ISDN_VARIANT_ETSI },	   { "variant=q931", ISDN_VARIANT_Q931 },
	{ "variant=qsig", ISDN_VARIANT_QSIG },	   { "variant=ni2", ISDN_VARIANT_NI2 },
	{ "variant=dms100", ISDN_VARIANT_DMS100 }, { "variant=4ess", ISDN_VARIANT_4ESS },
	{ "variant=5ess", ISDN_VARIANT_5ESS },
};

/* A word behind the name of a ladder. */
static void setting(struct ladder *l, struct i3_config *as, const char *name)
{
	for (size_t i = 0; i < sizeof(variants) / sizeof(variants[0]); i++)
		if (!strcmp(variants[i].name, name)) {
			as->variant = variants[i].variant;
			return;
		}
	if (!strcmp(name, "bri")) {
		as->interface = ISDN_BRI;
	} else if (!strcmp(name, "t1")) {
		as->interface = ISDN_T1;
	} else if (!strcmp(name, "bus")) {
		as->interface = ISDN_BRI;
		as->ptmp = true;
	} else if (!strcmp(name, "connect_by_request")) {
		as->connect_by_request = true;
	} else if (!strcmp(name, "uus")) {
		as->uus = (struct isdn_uus_config){ .services = ISDN_UUS_ALL,
						    .negotiated = true,
						    .burst_x = 16,
						    .burst_y = 8,
						    .service2_max = 2,
						    .grace = 16,
						    .codeset = ISDN_UUI_CODESET_OF_VARIANT,
						    .refusal = 43 };
	} else if (!strcmp(name, "restart_lost")) {
		as->restart_lost = true;
	} else if (strcmp(name, "both")) {
		FAIL(l, "no such setting: %s", name);
	}
}

static void begin(struct ladder *l)
{
	struct i3_config as = { .interface = ISDN_E1, .uui_max = 128 };

	snprintf(l->line.name, sizeof(l->line.name), "%s", word(l, 1));
	for (unsigned i = 2; i < l->line.n; i++)
		setting(l, &as, word(l, i));
	l->e = ends_up_as(&as);
	memset(l->call, 0, sizeof(l->call));
}

/* Nothing is left: calls, channels, timers. */
static void end(struct ladder *l)
{
	nothing_more(l);
	for (int i = 0; i < 2; i++) {
		const struct i3_cc *cc = l->e->cc[i];

		if (cc->n_calls)
			FAIL(l, "%s still has a call", side_name(l, i));
		if (i3_cc_deadline(cc) != ISDN_NEVER)
			FAIL(l, "%s still has a timer", side_name(l, i));
		if (!i3_channels_idle(&cc->channels))
			FAIL(l, "%s still has a channel", side_name(l, i));
	}
	ends_done(l->e);
	l->e = NULL;
}

static void run(struct ladder *l)
{
	const char *first = word(l, 0), *second = word(l, 1);

	if (!strcmp(first, "wait"))
		wait_for(l);
	else if (!strcmp(first, "states"))
		states(l);
	else if (first[strlen(first) - 1] == ':')
		request(l, side_of(l, first));
	else if (!strcmp(second, "gets"))
		event(l, side_of(l, first));
	else if (!strcmp(second, "hears"))
		hears(l, side_of(l, first));
	else if (!strcmp(second, "timer"))
		set_timer(l, side_of(l, first));
	else if (!strcmp(second, "uus"))
		ladder_uus_config(&l->line, &l->e->cc[side_of(l, first)]->config.uus);
	else if (!strcmp(second, "link"))
		link_of(l, side_of(l, first));
	else if (!strcmp(second, "calls"))
		calls(l, side_of(l, first));
	else if (!strcmp(second, "clears"))
		clears(l, side_of(l, first));
	else if (!strcmp(second, "->") || !strcmp(second, "-x"))
		message(l, side_of(l, first), second[1] == 'x');
	else
		FAIL(l, "what is this?");
}

/* One line of a ladder, the first is its name. */
static void step(struct ladder *l, const char *text, unsigned number)
{
	char line[300];

	snprintf(line, sizeof(line), "%.*s", (int)strcspn(text, "#\n"), text);
	snprintf(l->line.text, sizeof(l->line.text), "%.*s", (int)strcspn(text, "\n"), text);
	l->line.number = number;
	ladder_split(&l->line, line);
	if (!l->line.n)
		return;
	if (!strcmp(word(l, 0), "ladder"))
		begin(l);
	else
		run(l);
}

/* A ladder of procedures that both sides have, "both" behind its name, is run turned round as
 * well. */
static unsigned run_ladder(const char *path, char text[][300], unsigned n, unsigned first)
{
	bool both = n && strstr(text[0], " both") != NULL;

	for (int t = 0; t < 1 + both && n; t++) {
		struct ladder l = { .line = { .path = path, .turned = t == 1 } };

		for (unsigned i = 0; i < n; i++)
			step(&l, text[i], first + i);
		end(&l);
	}
	return n ? 1 + both : 0;
}

unsigned ladder_file(const char *path)
{
	static char text[LINES][300];
	FILE *f = fopen(path, "r");
	unsigned count = 0, number = 0, first = 0, n = 0;
	char line[300];

	if (!f)
		fail_msg("%s can not be read", path);
	while (fgets(line, sizeof(line), f)) {
		bool begins = !strncmp(line, "ladder ", 7);

		number++;
		if (begins) {
			count += run_ladder(path, text, n, first);
			n = 0;
			first = number;
		}
		if (!begins && !n)
			continue; /* before the first */
		assert_true(n < LINES);
		strcpy(text[n++], line);
	}
	fclose(f);
	return count + run_ladder(path, text, n, first);
}
