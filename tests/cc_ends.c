/* SPDX-License-Identifier: BSD-2-Clause */
/* Two call controls for tests. */
#include "tests/cc_ends.h"

#define NO_ROW 255

bool ends_reached[2][256], ends_hold_reached[2][256], ends_restart_reached[2][256];

static const enum isdn_dir sends[2] = { ISDN_USER_TO_NETWORK, ISDN_NETWORK_TO_USER };

void ends_note(struct ends *e)
{
	for (int i = 0; i < 2; i++) {
		const struct i3_cc *cc = e->cc[i];

		ends_reached[cc->network][cc->row] = true;
		ends_hold_reached[i][cc->hold_row] = true;
		ends_restart_reached[i][cc->restart_row] = true;
	}
}

static void timers(struct i3_config *c, bool symmetrical)
{
	bool network = c->side == ISDN_NETWORK;

	for (unsigned t = 0; t < ISDN_TIMER_COUNT; t++)
		c->timer[t] = i3_timers[t].value[symmetrical ? t == ISDN_T301 : network];
	c->timer[ISDN_T310] = 10000;
	c->timer[ISDN_T312] = c->terminals ? 6000 : 0;
	c->timer[ISDN_T313] = 4000;
}

struct ends *ends_make(const struct i3_config *as)
{
	struct ends *e = calloc(1, sizeof(*e));
	struct i3_profile profile;

	assert_non_null(e);
	assert_true(i3_profile(as->variant, &profile));
	test_mem_init(&e->mem, &e->env.mem);
	e->now = 1000;
	for (int i = 0; i < 2; i++) {
		struct i3_config c = *as;

		c.side = (enum isdn_side)i;
		c.terminals = i && c.ptmp;
		c.location = i ? 2 : 0;
		if (!c.uus.refusal)
			c.uus.refusal = ISDN_CAUSE_ACCESS_INFORMATION_DISCARDED;
		timers(&c, profile.symmetrical);
		assert_int_equal(i3_cc_new(&e->cc[i], &c, &e->env), 0);
		e->cc[i]->row = e->cc[i]->hold_row = e->cc[i]->restart_row = NO_ROW;
		e->tei[i] = c.terminals ? ENDS_TEI : 0;
	}
	return e;
}

struct ends *ends_new(enum isdn_interface interface, unsigned uui_max)
{
	return ends_make(&(struct i3_config){ .interface = interface, .uui_max = uui_max });
}

void ends_take(struct ends *e, int i)
{
	struct isdn_span_event ev;

	while (i3_cc_next(e->cc[i], &ev) == 1) {
		isdn_msg_copy(&e->last_msg[i], ev.msg);
		e->last[i] = ev;
		e->last[i].msg = &e->last_msg[i];
		e->events[i][ev.prim]++;
	}
}

/* Messages both ways until there is none. */
void exchange(struct ends *e)
{
	struct i3_out out;
	bool any = true;

	while (any) {
		any = false;
		for (int i = 0; i < 2; i++)
			while (i3_cc_out(e->cc[i], &out) == 1) {
				struct isdn_faults f;

				if (out.type == I3_OUT_ESTABLISH)
					continue;
				any = true;
				e->n_sent[i]++;
				e->len[i] = out.len;
				memcpy(e->octets[i], out.data, out.len);
				assert_int_equal(isdn_msg_decode(e->cc[i]->config.variant, sends[i],
								 out.data, out.len, &e->sent[i],
								 &f),
						 0);
				assert_int_equal(f.n, 0);
				if (e->cut)
					continue;
				assert_int_equal(
					i3_cc_rx(e->cc[!i], e->tei[!i], out.data, out.len, e->now),
					0);
				ends_note(e);
			}
		ends_take(e, 0);
		ends_take(e, 1);
	}
}

struct ends *ends_up_as(const struct i3_config *as)
{
	struct ends *e = ends_make(as);

	i3_cc_line(e->cc[1], true);
	for (int i = 0; i < 2; i++)
		i3_cc_dl(e->cc[i], e->tei[i], I3_DL_ESTABLISH_CONF, e->now);
	exchange(e);
	return e;
}

struct ends *ends_up(void)
{
	return ends_up_as(&(struct i3_config){ .interface = ISDN_E1, .uui_max = 128 });
}

void ends_done(struct ends *e)
{
	i3_cc_free(e->cc[0]);
	i3_cc_free(e->cc[1]);
	assert_int_equal(test_mem_live(&e->mem), 0);
	free(e);
}

void run_for(struct ends *e, isdn_time ms)
{
	isdn_time end = e->now + ms;

	exchange(e);
	for (;;) {
		isdn_time a = i3_cc_deadline(e->cc[0]), b = i3_cc_deadline(e->cc[1]);
		isdn_time next = a < b ? a : b;

		if (next > end)
			break;
		e->now = next;
		for (int i = 0; i < 2; i++)
			if (i3_cc_deadline(e->cc[i]) <= e->now) {
				i3_cc_timeout(e->cc[i], e->now);
				ends_note(e);
			}
		exchange(e);
	}
	e->now = end;
}

struct isdn_msg setup_msg(void)
{
	struct isdn_msg m;

	memset(&m, 0, sizeof(m));
	m.bearer[0].rate = 0x10;
	m.bearer[0].layer1 = 3;
	isdn_msg_set(&m, ISDN_IE_BEARER);
	isdn_msg_set(&m, ISDN_IE_SENDING_COMPLETE);
	m.called.plan = 1;
	m.called.n_digits = 3;
	strcpy(m.called.digits, "123");
	isdn_msg_set(&m, ISDN_IE_CALLED);
	return m;
}

void set_uui(struct isdn_msg *m, const char *text)
{
	m->uui.discriminator = 4;
	m->uui.len = (uint8_t)strlen(text);
	memcpy(m->uui.data, text, m->uui.len);
	isdn_msg_set(m, ISDN_IE_USER_USER);
}

isdn_call_id place(struct ends *e, int i, const char *uui)
{
	struct isdn_msg m = setup_msg();
	isdn_call_id id;

	if (uui)
		set_uui(&m, uui);
	assert_int_equal(i3_cc_setup(e->cc[i], &m, &id, e->now), 0);
	ends_note(e);
	return id;
}

int ask(struct ends *e, int i, isdn_call_id id, enum i3_req req, const char *uui)
{
	struct isdn_msg m;
	int err;

	memset(&m, 0, sizeof(m));
	if (req == I3_PROGRESS_REQ) {
		m.progress[0].description = 8;
		isdn_msg_set(&m, ISDN_IE_PROGRESS);
	}
	if (uui)
		set_uui(&m, uui);
	err = i3_cc_request(e->cc[i], id, req, &m, e->now);
	ends_note(e);
	return err;
}

/* What was queued since so many messages were is octet for octet that, or nothing. */
static void sent_since(const struct i3_cc *cc, uint64_t before, const uint8_t *octets, size_t len)
{
	uint64_t sent = cc->counters.messages_out - before, n = cc->out.n;

	assert_int_equal(sent != 0, len != 0);
	for (const struct ib_buf *b = cc->out.head; b; b = b->next)
		if (n-- <= sent) {
			assert_int_equal(b->len, len);
			assert_memory_equal(b->data, octets, len);
		}
}

int ends_clear(struct ends *e, int i, isdn_call_id id, uint8_t cause, const struct isdn_uui *uui,
	       bool *uui_sent)
{
	uint64_t before = e->cc[i]->counters.messages_out;
	uint8_t octets[ISDN_MSG_MAX];
	size_t len;
	int preview = i3_cc_clear_preview(e->cc[i], id, cause, uui, octets, sizeof(octets), &len);
	int err = i3_cc_clear(e->cc[i], id, cause, uui, uui_sent, e->now);

	ends_note(e);
	if (err == ISDN_ERR_NOMEM) /* a preview needs none */
		return err;
	assert_int_equal(preview, err);
	sent_since(e->cc[i], before, octets, len);
	return err;
}

int clear_call(struct ends *e, int i, isdn_call_id id, uint8_t cause, const char *uui)
{
	struct isdn_msg m;

	m.present = 0;
	if (uui)
		set_uui(&m, uui);
	return ends_clear(e, i, id, cause, uui ? &m.uui : NULL, NULL);
}

unsigned state_of(struct ends *e, int i, isdn_call_id id)
{
	struct isdn_span_call c;

	return i3_cc_query(e->cc[i], id, &c) ? 0 : c.state;
}

isdn_call_id arrived(struct ends *e, int i)
{
	exchange(e);
	assert_int_equal(e->last[i].prim, ISDN_SETUP_IND);
	return e->last[i].call;
}

/* Both ends of a call placed by side i, brought to the caller's state: 1, 3, 4 or 10 (user's
 * numbers). */
void call_in(struct ends *e, int i, unsigned s, isdn_call_id *from, isdn_call_id *to)
{
	*from = place(e, i, NULL);
	*to = arrived(e, !i);
	if (s >= 3)
		assert_int_equal(ask(e, !i, *to, I3_PROCEEDING_REQ, NULL), 0);
	if (s >= 4)
		assert_int_equal(ask(e, !i, *to, I3_ALERTING_REQ, NULL), 0);
	if (s >= 10)
		assert_int_equal(ask(e, !i, *to, I3_SETUP_RESP, NULL), 0);
	exchange(e);
}

/* A message by hand to side i: its octets after the call reference. cr: 4 hex digits. */
void feed(struct ends *e, int i, const char *cr, const char *rest)
{
	uint8_t octets[400];
	char hex[900];
	size_t len;

	snprintf(hex, sizeof(hex), "08%02zu%s%s", strlen(cr) / 2, cr, rest);
	len = test_hex(hex, octets, sizeof(octets));
	e->n_sent[i] = 0;
	assert_int_equal(i3_cc_rx(e->cc[i], e->tei[i], octets, len, e->now), 0);
	ends_note(e);
	e->cut = true; /* what it answers is looked at, not delivered */
	exchange(e);
	e->cut = false;
}

void assert_answer(struct ends *e, int i, uint8_t type, unsigned cause, const char *diag)
{
	uint8_t want[30];
	size_t n = test_hex(diag, want, sizeof(want));

	assert_int_equal(e->n_sent[i], 1);
	assert_int_equal(e->sent[i].type, type);
	if (!cause)
		return;
	assert_int_equal(e->sent[i].cause[0].value, cause);
	assert_int_equal(e->sent[i].cause[0].n_diag, n);
	assert_memory_equal(e->sent[i].cause[0].diag, want, n);
}
