/* SPDX-License-Identifier: BSD-2-Clause */
/* Messages of ladders: the keys that stand for elements. */
#include "tests/cc_ladder_keys.h"

#include <ctype.h>

void ladder_split(struct ladder_line *l, char *line)
{
	l->n = 0;
	for (char *at = strtok(line, " \t\n"); at && l->n < LADDER_WORDS;
	     at = strtok(NULL, " \t\n"))
		l->word[l->n++] = at;
	l->word[l->n] = NULL;
}

const char *ladder_key(const struct ladder_line *l, const char *name)
{
	size_t n = strlen(name);

	for (unsigned i = 2; i < l->n; i++) /* behind who does what */
		if (!strncmp(l->word[i], name, n) && (!l->word[i][n] || l->word[i][n] == '='))
			return l->word[i] + n + (l->word[i][n] == '=');
	return NULL;
}

unsigned ladder_number(const struct ladder_line *l, const char *name, unsigned otherwise)
{
	const char *text = ladder_key(l, name);

	return text ? (unsigned)strtoul(text, NULL, 10) : otherwise;
}

/* ---- elements of a message that is composed ---- */

static void called(struct isdn_msg *m, const char *text)
{
	m->called.plan = 1;
	m->called.n_digits = (uint8_t)strlen(text);
	memcpy(m->called.digits, text, strlen(text));
	isdn_msg_set(m, ISDN_IE_CALLED);
}

static void keypad(struct isdn_msg *m, const char *text)
{
	m->keypad.len = (uint8_t)strlen(text);
	memcpy(m->keypad.keys, text, strlen(text));
	isdn_msg_set(m, ISDN_IE_KEYPAD);
}

static void complete(struct isdn_msg *m, const char *text)
{
	(void)text;
	isdn_msg_set(m, ISDN_IE_SENDING_COMPLETE);
}

static void more(struct isdn_msg *m, const char *text)
{
	(void)text;
	isdn_msg_set(m, ISDN_IE_MORE_DATA);
}

static void progress(struct isdn_msg *m, const char *text)
{
	m->progress[isdn_msg_add(m, ISDN_IE_PROGRESS)] =
		(struct isdn_progress){ .description = (uint8_t)strtoul(text, NULL, 10) };
}

static void notify(struct isdn_msg *m, const char *text)
{
	m->notification[isdn_msg_add(m, ISDN_IE_NOTIFICATION)] =
		(struct isdn_notification){ .description = (uint8_t)strtoul(text, NULL, 10) };
}

static void cause(struct isdn_msg *m, const char *text)
{
	i3_msg_cause(m, (uint8_t)strtoul(text, NULL, 10), 0, NULL, 0);
}

static void identity(struct isdn_msg *m, const char *text)
{
	m->call_identity.len = (uint8_t)strlen(text);
	memcpy(m->call_identity.identity, text, strlen(text));
	isdn_msg_set(m, ISDN_IE_CALL_IDENTITY);
}

static void transit(struct isdn_msg *m, const char *text)
{
	struct isdn_transit_network *t = &m->transit_network[0];

	*t = (struct isdn_transit_network){ .type = 2, .plan = 1, .n_id = (uint8_t)strlen(text) };
	memcpy(t->id, text, strlen(text));
	isdn_msg_set(m, ISDN_IE_TRANSIT_NETWORK);
}

/* An invoke component; the value is its number. */
static void facility(struct isdn_msg *m, const char *text)
{
	struct isdn_facility *f = &m->facility[isdn_msg_add(m, ISDN_IE_FACILITY)];
	struct isdn_component *c = &m->component[m->n_components];

	f->profile = ISDN_PROFILE_ROSE;
	f->first = m->n_components++;
	f->n_components = 1;
	c->type = ISDN_INVOKE;
	c->has_invoke_id = true;
	c->invoke_id = (int16_t)strtol(text, NULL, 10);
	c->form = ISDN_OPERATION_LOCAL;
	c->local = 6;
}

static const struct {
	const char *name;
	void (*compose)(struct isdn_msg *m, const char *text);
} elements[] = {
	{ "called", called },	{ "keypad", keypad },	  { "complete", complete },
	{ "uui", set_uui },	{ "progress", progress }, { "notify", notify },
	{ "cause", cause },	{ "identity", identity }, { "facility", facility },
	{ "transit", transit }, { "more", more },
};

static void channel(const struct i3_channels *ch, struct isdn_msg *m, const char *text,
		    bool exclusive)
{
	i3_channel_write(ch, &m->channel_id[0], (unsigned)strtoul(text, NULL, 10), exclusive);
	if (!strcmp(text, "any"))
		m->channel_id[0].select = ISDN_CHANNEL_ANY;
	m->channel_id[0].d_channel = !strcmp(text, "d");
	isdn_msg_set(m, ISDN_IE_CHANNEL_ID);
}

void ladder_compose(const struct ladder_line *l, const struct i3_channels *ch, struct isdn_msg *m)
{
	const char *text;

	memset(m, 0, sizeof(*m)); /* init leaves the values of elements alone */
	isdn_msg_init(m, 0, 0, 0, false);
	for (size_t i = 0; i < sizeof(elements) / sizeof(elements[0]); i++)
		if ((text = ladder_key(l, elements[i].name)))
			elements[i].compose(m, text);
	ladder_uus(l, m);
	if ((text = ladder_key(l, "channel")))
		channel(ch, m, text, ladder_key(l, "exclusive") != NULL);
}

/* ---- a message that was sent, or told ---- */

void ladder_same_text(const struct ladder_line *l, const char *name, bool there, const void *is,
		      size_t n)
{
	const char *want = ladder_key(l, name);

	if (!want)
		return;
	if (!there || strlen(want) != n || memcmp(want, is, n))
		LADDER_FAIL(l, "%s is \"%.*s\"", name, there ? (int)n : 0, (const char *)is);
}

void ladder_same_number(const struct ladder_line *l, const char *name, bool there, unsigned is)
{
	const char *want = ladder_key(l, name);

	if (want && *want && (!there || strtoul(want, NULL, 10) != is))
		LADDER_FAIL(l, "%s is %u", name, there ? is : 0);
}

void ladder_same_presence(const struct ladder_line *l, const char *name, bool there)
{
	if ((ladder_key(l, name) != NULL) != there)
		LADDER_FAIL(l, "%s is %sthere", name, there ? "" : "not ");
}

/* channel: there; channel=4: that one; none, any; d: none, and the D-channel's. */
static void same_channel(const struct ladder_line *l, const struct isdn_msg *m)
{
	const struct isdn_channel_id *id = &m->channel_id[0];
	const char *want = ladder_key(l, "channel");

	ladder_same_presence(l, "channel", isdn_msg_has(m, ISDN_IE_CHANNEL_ID));
	if (ladder_key(l, "exclusive") && !id->exclusive)
		LADDER_FAIL(l, "another channel would do");
	if (ladder_key(l, "preferred") && id->exclusive)
		LADDER_FAIL(l, "no other channel would do");
	if (!want || !*want)
		return;
	if (!isdigit((unsigned char)*want)) {
		if (id->select != (*want == 'a' ? ISDN_CHANNEL_ANY : ISDN_CHANNEL_NONE) ||
		    id->d_channel != (*want == 'd'))
			LADDER_FAIL(l, "it names another channel");
		return;
	}
	ladder_same_number(l, "channel", true, id->primary ? id->channels[0] : id->select);
}

void ladder_compare(const struct ladder_line *l, const struct isdn_msg *m)
{
	bool has_cause = isdn_msg_has(m, ISDN_IE_CAUSE);
	bool has_facility = isdn_msg_has(m, ISDN_IE_FACILITY);

	ladder_same_text(l, "called", isdn_msg_has(m, ISDN_IE_CALLED), m->called.digits,
			 m->called.n_digits);
	ladder_same_text(l, "keypad", isdn_msg_has(m, ISDN_IE_KEYPAD), m->keypad.keys,
			 m->keypad.len);
	ladder_same_text(l, "uui", true, m->uui.data, m->uui.len);
	ladder_same_text(l, "diag", has_cause, m->cause[0].diag, m->cause[0].n_diag);
	ladder_same_text(l, "identity", true, m->call_identity.identity, m->call_identity.len);
	ladder_same_text(l, "transit", isdn_msg_has(m, ISDN_IE_TRANSIT_NETWORK),
			 m->transit_network[0].id, m->transit_network[0].n_id);
	ladder_same_number(l, "cause", has_cause, m->cause[0].value);
	ladder_same_number(l, "level", isdn_msg_has(m, ISDN_IE_CONGESTION_LEVEL),
			   m->congestion_level);
	ladder_same_number(l, "state", isdn_msg_has(m, ISDN_IE_CALL_STATE), m->call_state.state);
	ladder_same_number(l, "notify", isdn_msg_has(m, ISDN_IE_NOTIFICATION),
			   m->notification[0].description);
	ladder_same_number(l, "restart", isdn_msg_has(m, ISDN_IE_RESTART), m->restart);
	ladder_same_number(l, "status", isdn_msg_has(m, ISDN_IE_CHANGE_STATUS),
			   m->change_status.status);
	ladder_same_number(l, "progress", true, m->progress[0].description);
	ladder_same_number(l, "facility", has_facility,
			   (unsigned)m->component[m->facility[0].first].invoke_id);
	ladder_same_presence(l, "more", isdn_msg_has(m, ISDN_IE_MORE_DATA));
	ladder_same_presence(l, "complete", isdn_msg_has(m, ISDN_IE_SENDING_COMPLETE));
	ladder_same_presence(l, "uui", isdn_msg_has(m, ISDN_IE_USER_USER));
	ladder_same_presence(l, "identity", isdn_msg_has(m, ISDN_IE_CALL_IDENTITY));
	if (!ladder_same_uus(l, m))
		ladder_same_presence(l, "facility", has_facility);
	ladder_same_presence(l, "progress", isdn_msg_has(m, ISDN_IE_PROGRESS));
	same_channel(l, m);
}
