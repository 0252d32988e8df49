/* SPDX-License-Identifier: BSD-2-Clause */
/* Ladders: what they are is said in tests/ladders/overlap.ladder. */
#include "tests/cc_ladder.h"

#include <ctype.h>

#include "tests/cc_ends.h"

#define WORDS_MAX 24

struct ladder {
	struct ends *e;
	const char *path;
	unsigned number; /* of the line */
	char text[300];	 /* of the line */
	char name[100];
	isdn_call_id call[2];
	char *word[WORDS_MAX + 1]; /* NULL behind the last */
	unsigned n;
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
	[ISDN_LINK_UP] = "LINK_UP",
	[ISDN_LINK_DOWN] = "LINK_DOWN",
};

#define FAIL(l, ...)                                                                               \
	do {                                                                                       \
		char why_[400];                                                                    \
		snprintf(why_, sizeof(why_), __VA_ARGS__);                                         \
		fail_msg("%s:%u (%s): %s\n\t%s", (l)->path, (l)->number, (l)->name, why_,          \
			 (l)->text);                                                               \
	} while (0)

static int side_of(const struct ladder *l, const char *word)
{
	size_t n = strlen(word);

	if (n && word[n - 1] == ':')
		n--;
	for (int i = 0; i < 2; i++)
		if (strlen(sides[i]) == n && !strncmp(sides[i], word, n))
			return i;
	FAIL(l, "\"%s\" is neither user nor net", word);
	return 0;
}

/* The value of key=value among the words, "" for a key alone, or NULL. */
static const char *key(const struct ladder *l, const char *name)
{
	size_t n = strlen(name);

	for (unsigned i = 2; i < l->n; i++) /* behind who does what */
		if (!strncmp(l->word[i], name, n) && (!l->word[i][n] || l->word[i][n] == '='))
			return l->word[i] + n + (l->word[i][n] == '=');
	return NULL;
}

static uint8_t number(const struct ladder *l, const char *name, uint8_t otherwise)
{
	const char *text = key(l, name);

	return text ? (uint8_t)strtoul(text, NULL, 10) : otherwise;
}

static const char *key_or(const struct ladder *l, const char *name)
{
	const char *text = key(l, name);

	return text ? text : "";
}

/* ---- messages made of keys, and held against them ---- */

static void elements(const struct ladder *l, struct isdn_msg *m)
{
	const char *text;

	memset(m, 0, sizeof(*m)); /* init leaves the values of elements alone */
	isdn_msg_init(m, 0, 0, 0, false);
	if ((text = key(l, "called"))) {
		m->called.plan = 1;
		m->called.n_digits = (uint8_t)strlen(text);
		memcpy(m->called.digits, text, strlen(text));
		isdn_msg_set(m, ISDN_IE_CALLED);
	}
	if ((text = key(l, "keypad"))) {
		m->keypad.len = (uint8_t)strlen(text);
		memcpy(m->keypad.keys, text, strlen(text));
		isdn_msg_set(m, ISDN_IE_KEYPAD);
	}
	if (key(l, "complete"))
		isdn_msg_set(m, ISDN_IE_SENDING_COMPLETE);
	if ((text = key(l, "uui")))
		set_uui(m, text);
	if (number(l, "channel", 0)) {
		i3_channel_write(&l->e->cc[0]->channels, &m->channel_id[0], number(l, "channel", 0),
				 true);
		isdn_msg_set(m, ISDN_IE_CHANNEL_ID);
	}
	if (key(l, "progress"))
		m->progress[isdn_msg_add(m, ISDN_IE_PROGRESS)] =
			(struct isdn_progress){ .description = number(l, "progress", 0) };
	if (key(l, "notify"))
		m->notification[isdn_msg_add(m, ISDN_IE_NOTIFICATION)] =
			(struct isdn_notification){ .description = number(l, "notify", 0) };
}

static void same_text(const struct ladder *l, const char *name, bool there, const void *is,
		      size_t n)
{
	const char *want = key(l, name);

	if (!want)
		return;
	if (!there || strlen(want) != n || memcmp(want, is, n))
		FAIL(l, "%s is \"%.*s\"", name, there ? (int)n : 0, (const char *)is);
}

static void same_number(const struct ladder *l, const char *name, bool there, unsigned is)
{
	const char *want = key(l, name);

	if (want && *want && (!there || strtoul(want, NULL, 10) != is))
		FAIL(l, "%s is %u", name, there ? is : 0);
}

static void compare(const struct ladder *l, const struct isdn_msg *m)
{
	bool cause = isdn_msg_has(m, ISDN_IE_CAUSE);

	same_text(l, "called", isdn_msg_has(m, ISDN_IE_CALLED), m->called.digits,
		  m->called.n_digits);
	same_text(l, "keypad", isdn_msg_has(m, ISDN_IE_KEYPAD), m->keypad.keys, m->keypad.len);
	same_text(l, "uui", isdn_msg_has(m, ISDN_IE_USER_USER), m->uui.data, m->uui.len);
	same_text(l, "diag", cause, m->cause[0].diag, m->cause[0].n_diag);
	same_number(l, "cause", cause, m->cause[0].value);
	same_number(l, "state", isdn_msg_has(m, ISDN_IE_CALL_STATE), m->call_state.state);
	same_number(l, "notify", isdn_msg_has(m, ISDN_IE_NOTIFICATION),
		    m->notification[0].description);
	same_number(l, "progress", isdn_msg_has(m, ISDN_IE_PROGRESS), m->progress[0].description);
	same_number(l, "restart", isdn_msg_has(m, ISDN_IE_RESTART), m->restart);
	same_number(l, "channel", isdn_msg_has(m, ISDN_IE_CHANNEL_ID) && *key_or(l, "channel"),
		    m->channel_id[0].channels[0]);
	if (!key(l, "complete") == isdn_msg_has(m, ISDN_IE_SENDING_COMPLETE))
		FAIL(l, "Sending complete is %sthere", key(l, "complete") ? "not " : "");
	if (!key(l, "channel") == isdn_msg_has(m, ISDN_IE_CHANNEL_ID))
		FAIL(l, "the channel is %sthere", key(l, "channel") ? "not " : "");
}

/* ---- the lines ---- */

/* The next message of a side, which goes to the other unless it is lost. */
static void message(struct ladder *l, int from, const char *arrow)
{
	struct i3_cc *cc = l->e->cc[from];
	struct isdn_faults faults;
	struct isdn_msg m;
	struct i3_out out;
	char name[60];

	do {
		if (i3_cc_out(cc, &out) != 1)
			FAIL(l, "%s sends nothing", sides[from]);
	} while (out.type == I3_OUT_ESTABLISH);
	assert_int_equal(isdn_msg_decode(ISDN_VARIANT_ETSI,
					 from ? ISDN_NETWORK_TO_USER : ISDN_USER_TO_NETWORK,
					 out.data, out.len, &m, &faults),
			 0);
	if (faults.n)
		FAIL(l, "%s sends a faulty message", sides[from]);
	snprintf(name, sizeof(name), "%s", isdn_msg_name(m.type));
	for (char *at = name; *at; at++)
		*at = *at == ' ' ? '_' : *at;
	if (strcmp(name, l->word[3]))
		FAIL(l, "%s sends %s", sides[from], name);
	compare(l, &m);
	if (!strcmp(arrow, "-x"))
		return;
	assert_int_equal(i3_cc_rx(l->e->cc[!from], 0, out.data, out.len, l->e->now), 0);
	ends_note(l->e);
}

static void event(struct ladder *l, int at)
{
	struct isdn_span_event ev;

	if (i3_cc_next(l->e->cc[at], &ev) != 1)
		FAIL(l, "%s gets nothing", sides[at]);
	if (strcmp(prims[ev.prim], l->word[2]))
		FAIL(l, "%s gets %s", sides[at], prims[ev.prim]);
	if (ev.prim == ISDN_SETUP_IND)
		l->call[at] = ev.call;
	same_number(l, "cause", ev.cause != ISDN_CAUSE_NONE, ev.cause);
	same_number(l, "b", ev.channel != 0, ev.channel);
	same_number(l, "timer", ev.source == ISDN_BY_TIMER, ev.timer);
	same_text(l, "called", isdn_msg_has(&ev.msg, ISDN_IE_CALLED), ev.msg.called.digits,
		  ev.msg.called.n_digits);
	same_text(l, "uui", isdn_msg_has(&ev.msg, ISDN_IE_USER_USER), ev.msg.uui.data,
		  ev.msg.uui.len);
}

static int err_of(const struct ladder *l, const char *name)
{
	static const int errs[] = { ISDN_ERR_INVALCALLSTATE, ISDN_ERR_INVALCALLHANDLE,
				    ISDN_ERR_INVAL, ISDN_ERR_RESOURCEUNAVAIL,
				    ISDN_ERR_OPERATIONUNAVAIL };

	for (size_t i = 0; i < sizeof(errs) / sizeof(errs[0]); i++)
		if (!strncmp(isdn_strerror(errs[i]), name, strlen(name)) &&
		    isdn_strerror(errs[i])[strlen(name)] == ':')
			return errs[i];
	FAIL(l, "no such error: %s", name);
	return 0;
}

static void request(struct ladder *l, int from)
{
	static const struct {
		const char *name;
		enum i3_req req;
	} rows[] = {
		{ "more_info", I3_MORE_INFO_REQ },    { "info", I3_INFO_REQ },
		{ "notify", I3_NOTIFY_REQ },	      { "proceeding", I3_PROCEEDING_REQ },
		{ "alerting", I3_ALERTING_REQ },      { "progress", I3_PROGRESS_REQ },
		{ "connect", I3_SETUP_RESP },	      { "user_info", I3_USER_INFO_REQ },
		{ "enquire", I3_STATUS_ENQUIRY_REQ },
	};
	const char *fails = l->n > 3 && !strcmp(l->word[l->n - 2], "!") ? l->word[l->n - 1] : NULL;
	struct i3_cc *cc = l->e->cc[from];
	struct isdn_msg m;
	int err = 1;

	elements(l, &m);
	if (!strcmp(l->word[1], "setup")) {
		m.bearer[0] = (struct isdn_bearer){ .rate = 0x10, .layer1 = 3 };
		isdn_msg_set(&m, ISDN_IE_BEARER);
		err = i3_cc_setup(cc, &m, &l->call[from], l->e->now);
	} else if (!strcmp(l->word[1], "clear")) {
		err = i3_cc_clear(cc, l->call[from], number(l, "cause", 0),
				  key(l, "uui") ? &m.uui : NULL, NULL, l->e->now);
	}
	if (!strcmp(l->word[1], "restart"))
		err = i3_cc_restart(cc, number(l, "b", 0), l->e->now);
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (!strcmp(rows[i].name, l->word[1]))
			err = i3_cc_request(cc, l->call[from], rows[i].req, &m, l->e->now);
	ends_note(l->e);
	if (err == 1)
		FAIL(l, "no such request: %s", l->word[1]);
	if (err != (fails ? err_of(l, fails) : 0))
		FAIL(l, "it answers %s", isdn_strerror(err));
}

/* A message by hand; CR stands for the call reference as the other side would send it. */
static void hears(struct ladder *l, int at)
{
	struct isdn_span_call c = { 0 };
	uint8_t octets[300];
	char hex[700] = "";

	(void)i3_cc_query(l->e->cc[at], l->call[at], &c); /* none: for the global call reference */
	for (unsigned i = 2; i < l->n; i++) {
		char cr[8];

		snprintf(cr, sizeof(cr), "%04x", (unsigned)c.cr | (c.originated ? 0x8000u : 0));
		strcat(hex, strcmp(l->word[i], "CR") ? l->word[i] : cr);
	}
	assert_int_equal(
		i3_cc_rx(l->e->cc[at], 0, octets, test_hex(hex, octets, sizeof(octets)), l->e->now),
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
		     { "down", I3_DL_RELEASE_IND } };

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (l->n > 2 && !strcmp(rows[i].name, l->word[2])) {
			i3_cc_dl(l->e->cc[at], 0, rows[i].what, l->e->now);
			ends_note(l->e);
			return;
		}
	FAIL(l, "up, reset or down");
}

static void set_timer(struct ladder *l, int at)
{
	for (unsigned i = 0; i < ISDN_TIMER_COUNT; i++)
		if (!strcmp(i3_timers[i].name, l->word[2])) {
			l->e->cc[at]->config.timer[i] = (uint32_t)strtoul(l->word[3], NULL, 10);
			return;
		}
	FAIL(l, "no such timer");
}

static void wait_for(struct ladder *l)
{
	isdn_time end = l->e->now + strtoul(l->word[1], NULL, 10);

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
				     sides[i], out.data[4]);
		if (i3_cc_next(l->e->cc[i], &ev) == 1)
			FAIL(l, "%s got %s, which is not told", sides[i], prims[ev.prim]);
	}
}

static void states(struct ladder *l)
{
	nothing_more(l);
	for (unsigned i = 1; i < l->n; i++) {
		int at = l->word[i][0] == 'N';
		unsigned is = state_of(l->e, at, l->call[at]);

		if (strtoul(l->word[i] + 1, NULL, 10) != is)
			FAIL(l, "it is %c%u", l->word[i][0], is);
	}
}

static void begin(struct ladder *l)
{
	snprintf(l->name, sizeof(l->name), "%s", l->word[1]);
	l->e = ends_up();
	l->call[0] = l->call[1] = 0;
}

/* Nothing is left: calls, call references, channels. */
static void end(struct ladder *l)
{
	if (!l->e)
		return;
	nothing_more(l);
	for (int i = 0; i < 2; i++) {
		const struct i3_cc *cc = l->e->cc[i];

		if (i3_cc_calls(cc))
			FAIL(l, "%s still has a call", sides[i]);
		if (!i3_channels_idle(&cc->channels))
			FAIL(l, "%s still has a channel", sides[i]);
	}
	ends_done(l->e);
	l->e = NULL;
}

static void split(struct ladder *l, char *line)
{
	l->n = 0;
	for (char *at = strtok(line, " \t\n"); at && l->n < WORDS_MAX; at = strtok(NULL, " \t\n"))
		l->word[l->n++] = at;
	l->word[l->n] = NULL;
}

static void run(struct ladder *l)
{
	const char *first = l->word[0];

	if (!l->e)
		FAIL(l, "a line outside a ladder");
	if (!strcmp(first, "wait"))
		wait_for(l);
	else if (!strcmp(first, "states"))
		states(l);
	else if (first[strlen(first) - 1] == ':')
		request(l, side_of(l, first));
	else if (l->n > 2 && !strcmp(l->word[1], "gets"))
		event(l, side_of(l, first));
	else if (l->n > 2 && !strcmp(l->word[1], "hears"))
		hears(l, side_of(l, first));
	else if (l->n > 3 && !strcmp(l->word[1], "timer"))
		set_timer(l, side_of(l, first));
	else if (l->n > 2 && !strcmp(l->word[1], "link"))
		link_of(l, side_of(l, first));
	else if (l->n > 3 && (!strcmp(l->word[1], "->") || !strcmp(l->word[1], "-x")))
		message(l, side_of(l, first), l->word[1]);
	else
		FAIL(l, "what is this?");
}

unsigned ladder_file(const char *path)
{
	struct ladder l = { .path = path };
	FILE *f = fopen(path, "r");
	unsigned count = 0;
	char line[300];

	if (!f)
		fail_msg("%s can not be read", path);
	while (fgets(line, sizeof(line), f)) {
		char *hash = strchr(line, '#');

		l.number++;
		if (hash)
			*hash = '\0';
		snprintf(l.text, sizeof(l.text), "%.*s", (int)strcspn(line, "\n"), line);
		split(&l, line);
		if (!l.n)
			continue;
		if (!strcmp(l.word[0], "ladder") && l.n == 2) {
			end(&l);
			begin(&l);
			count++;
		} else {
			run(&l);
		}
	}
	fclose(f);
	end(&l);
	return count;
}
