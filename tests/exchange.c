/* SPDX-License-Identifier: BSD-2-Clause */
/* An exchange. */
#include "tests/exchange.h"

/* ---- the exchange itself ---- */

static struct trunk *trunk_of(struct exchange *x, const struct isdn_span *span, isdn_call_id call)
{
	for (int i = 0; i < TRUNKS; i++)
		for (int k = 0; k < 2; k++)
			if (call && x->trunk[i].span[k] == span && x->trunk[i].call[k] == call)
				return &x->trunk[i];
	return NULL;
}

static struct trunk *free_trunk(struct exchange *x)
{
	for (int i = 0; i < TRUNKS; i++)
		if (!x->trunk[i].call[0] && !x->trunk[i].call[1])
			return &x->trunk[i];
	return NULL;
}

static void arrived(struct exchange *x, unsigned line, const struct isdn_span_event *ev)
{
	struct isdn_span *from = x->net[line], *to = x->net[!line];
	struct trunk *t = free_trunk(x);
	struct isdn_msg setup;
	isdn_call_id call;
	int err;

	assert_non_null(t);
	t->span[0] = from;
	t->span[1] = to;
	t->call[0] = ev->call;
	t->call[1] = 0;
	err = isdn_relay_new(&t->relay, &x->relay, from, ev->call, &x->env);
	isdn_msg_init(&setup, 0, 0, 0, false);
	setup.bearer[0] = ev->msg->bearer[0];
	isdn_msg_set(&setup, ISDN_IE_BEARER);
	isdn_msg_set(&setup, ISDN_IE_SENDING_COMPLETE);
	setup.called = ev->msg->called;
	isdn_msg_set(&setup, ISDN_IE_CALLED);
	if (!err)
		err = isdn_relay_setup(t->relay, ev, to, &setup, x->now);
	if (err == ISDN_ERR_OPERATIONUNAVAIL)
		return; /* it is being cleared */
	if (!err)
		err = isdn_span_proceeding(from, ev->call, NULL, x->now);
	if (!err)
		err = isdn_span_setup(to, &setup, &call, x->now);
	if (!err) {
		t->call[1] = call;
		err = isdn_relay_called(t->relay, call, x->now);
	}
	assert_true(err == 0 || err == ISDN_ERR_NOMEM || err == ISDN_ERR_RESOURCEUNAVAIL);
	for (int half = 0; err && half < 2; half++)
		if (t->call[half])
			isdn_span_clear(t->span[half], t->call[half],
					ISDN_CAUSE_RESOURCE_UNAVAILABLE, NULL, NULL, x->now);
}

static void respond(struct exchange *x, const struct trunk *t, enum isdn_prim prim,
		    const struct isdn_uui *uui)
{
	struct isdn_msg m;

	isdn_msg_init(&m, 0, 0, 0, false);
	if (uui) {
		m.uui = *uui;
		isdn_msg_set(&m, ISDN_IE_USER_USER);
	}
	if (!t->call[0])
		return;
	if (prim == ISDN_ALERTING_IND)
		(void)isdn_span_alerting(t->span[0], t->call[0], &m, x->now);
	if (prim == ISDN_SETUP_CONF)
		(void)isdn_span_connect(t->span[0], t->call[0], &m, x->now);
	if (prim != ISDN_PROGRESS_IND)
		return;
	m.progress[0] = (struct isdn_progress){ .description = 8, .location = 2 };
	isdn_msg_set(&m, ISDN_IE_PROGRESS);
	(void)isdn_span_progress(t->span[0], t->call[0], &m, x->now);
}

static void ended(struct exchange *x, struct trunk *t, int half, const struct isdn_span_event *ev,
		  const struct isdn_uui *uui)
{
	if (t->call[!half])
		isdn_span_clear(t->span[!half], t->call[!half], ev->cause, uui, NULL, x->now);
	if (ev->prim == ISDN_DISCONNECT_IND) {
		isdn_span_clear(t->span[half], t->call[half], 0, NULL, NULL, x->now);
		return;
	}
	t->call[half] = 0;
	if (t->call[!half])
		return;
	isdn_relay_free(t->relay);
	t->relay = NULL;
}

static void relay(struct exchange *x, struct trunk *t, const struct isdn_span *span,
		  const struct isdn_span_event *ev)
{
	int half = t->span[1] == span && t->call[1] == ev->call;
	const struct isdn_uui *uui = NULL;
	int own = !t->relay ? 0 : isdn_relay_event(t->relay, t->span[half], ev, &uui, x->now);

	assert_true(own >= 0);
	if (own)
		return;
	switch ((int)ev->prim) {
	case ISDN_ALERTING_IND:
	case ISDN_PROGRESS_IND:
	case ISDN_SETUP_CONF:
		respond(x, t, ev->prim, uui);
		break;
	case ISDN_DISCONNECT_IND:
	case ISDN_RELEASE_IND:
	case ISDN_RELEASE_CONF:
		ended(x, t, half, ev, uui);
		break;
	case ISDN_HOLD_IND:
		isdn_span_hold_ack(t->span[half], ev->call, NULL, x->now);
		break;
	case ISDN_SUSPEND_IND:
		isdn_span_suspend_ack(t->span[half], ev->call, NULL, x->now);
		break;
	case ISDN_RESUME_IND:
		isdn_span_resume_ack(t->span[half], ev->call, NULL, x->now);
		break;
	default:
		break;
	}
}

static bool exchange_events(struct exchange *x, unsigned line)
{
	struct isdn_span_event ev;
	bool any = false;

	while (isdn_span_next_event(x->net[line], &ev) == 1) {
		struct trunk *t = trunk_of(x, x->net[line], ev.call);

		any = true;
		if (ev.prim == ISDN_SETUP_IND)
			arrived(x, line, &ev);
		else if (t)
			relay(x, t, x->net[line], &ev);
	}
	return any;
}

/* ---- users ---- */

static void user_events(struct exchange *x, unsigned line, unsigned i)
{
	struct user *u = &x->user[line][i];
	struct isdn_span_event ev;

	while (isdn_span_next_event(u->span, &ev) == 1) {
		if (x->on_event)
			x->on_event(x, line, i, &ev);
		if (ev.prim == ISDN_SETUP_IND || ev.prim == ISDN_RESUME_CONF)
			u->call = ev.call;
		u->told[ev.prim]++;
		u->ev = ev;
		isdn_msg_copy(&u->msg, ev.msg);
		u->ev.msg = &u->msg;
		u->has_uui[ev.prim] = isdn_msg_has(ev.msg, ISDN_IE_USER_USER);
		if (u->has_uui[ev.prim])
			u->uui[ev.prim] = ev.msg->uui;
	}
}

struct isdn_uui exchange_uui(const char *text)
{
	struct isdn_uui uui = { .discriminator = 4, .len = (uint8_t)strlen(text) };

	memcpy(uui.data, text, uui.len);
	return uui;
}

static void put_uui(struct isdn_msg *m, const char *text)
{
	if (!text)
		return;
	m->uui = exchange_uui(text);
	isdn_msg_set(m, ISDN_IE_USER_USER);
}

struct isdn_msg exchange_setup(const char *uui)
{
	struct isdn_msg m;

	memset(&m, 0, sizeof(m));
	isdn_msg_init(&m, 0, 0, 0, false);
	m.bearer[0] = (struct isdn_bearer){ .rate = 0x10, .layer1 = 3 };
	isdn_msg_set(&m, ISDN_IE_BEARER);
	isdn_msg_set(&m, ISDN_IE_SENDING_COMPLETE);
	m.called = (struct isdn_number){ .plan = 1, .n_digits = 3, .digits = "123" };
	isdn_msg_set(&m, ISDN_IE_CALLED);
	put_uui(&m, uui);
	return m;
}

void exchange_call(struct exchange *x, unsigned line, const struct isdn_msg *setup)
{
	struct user *u = &x->user[line][0];

	assert_int_equal(isdn_span_setup(u->span, setup, &u->call, x->now), 0);
	exchange_run(x, 0);
}

void exchange_call_with(struct exchange *x, const char *services, const char *uui)
{
	struct isdn_msg setup = exchange_setup(uui);

	for (; *services; services += 2)
		assert_int_equal(isdn_uus_request(&setup, (enum isdn_uus_service)(*services - '0'),
						  services[1] == 'r'),
				 0);
	exchange_call(x, 0, &setup);
}

void exchange_has(const struct user *u, enum isdn_prim prim, const char *text)
{
	if (!u->told[prim])
		fail_msg("primitive %d was not told", (int)prim);
	if (u->has_uui[prim] != (*text != '\0'))
		fail_msg("primitive %d has %s UUI", (int)prim, u->has_uui[prim] ? "" : "no");
	if (!*text)
		return;
	assert_int_equal(u->uui[prim].len, strlen(text));
	assert_memory_equal(u->uui[prim].data, text, strlen(text));
}

static int request(struct exchange *x, struct user *u, const char *uui,
		   int (*how)(struct isdn_span *, isdn_call_id, const struct isdn_msg *, isdn_time))
{
	struct isdn_msg m;
	int err;

	isdn_msg_init(&m, 0, 0, 0, false);
	put_uui(&m, uui);
	err = how(u->span, u->call, &m, x->now);
	exchange_run(x, 0);
	return err;
}

int exchange_alerting(struct exchange *x, struct user *u, const char *uui)
{
	return request(x, u, uui, isdn_span_alerting);
}

int exchange_connect(struct exchange *x, struct user *u, const char *uui)
{
	return request(x, u, uui, isdn_span_connect);
}

int exchange_clear(struct exchange *x, struct user *u, uint8_t cause, const char *uui)
{
	struct isdn_uui octets;
	int err;

	if (uui)
		octets = exchange_uui(uui);
	err = isdn_span_clear(u->span, u->call, cause, uui ? &octets : NULL, NULL, x->now);
	exchange_run(x, 0);
	return err;
}

void exchange_clear_all(struct exchange *x, const char *uui)
{
	for (unsigned line = 0; line < LINES; line++)
		for (unsigned i = 0; i < x->n_users[line]; i++)
			if (exchange_q931_state(&x->user[line][i]))
				assert_int_equal(exchange_clear(x, &x->user[line][i], 0, uui), 0);
}

int exchange_send(struct exchange *x, struct user *u, const char *uui, bool more)
{
	struct isdn_msg m;
	int err;

	isdn_msg_init(&m, 0, 0, 0, false);
	put_uui(&m, uui);
	if (more)
		isdn_msg_set(&m, ISDN_IE_MORE_DATA);
	err = isdn_span_user_info(u->span, u->call, &m, x->now);
	exchange_run(x, 0);
	return err;
}

int exchange_busy(struct exchange *x, const struct user *u, bool busy)
{
	int err = isdn_span_uui_busy(u->span, u->call, busy, x->now);

	exchange_run(x, 0);
	return err;
}

int exchange_request_3(struct exchange *x, const struct user *u)
{
	int err = isdn_span_uus_request(u->span, u->call, ISDN_UUS_3, x->now);

	exchange_run(x, 0);
	return err;
}

int exchange_answer(struct exchange *x, const struct user *u, enum isdn_uus_service s, int answer)
{
	int err = isdn_span_uus_answer(u->span, u->call, s, answer, x->now);

	exchange_run(x, 0);
	return err;
}

enum isdn_uus_state exchange_state(const struct user *u, enum isdn_uus_service s, int *answer)
{
	struct isdn_uus uus = { .state = ISDN_UUS_IDLE };

	assert_int_equal(isdn_span_uus_query(u->span, u->call, s, &uus), 0);
	if (answer)
		*answer = uus.answer;
	return uus.state;
}

unsigned exchange_q931_state(const struct user *u)
{
	struct isdn_span_call c;

	return isdn_span_call_query(u->span, u->call, &c) ? 0 : c.state;
}

/* ---- lines and time ---- */

static uint32_t dice(void *arg)
{
	struct exchange *x = arg;

	x->seed = x->seed * 1664525u + 1013904223u;
	return x->seed >> 8;
}

static void carry(struct exchange *x, unsigned line, unsigned i, bool to_user, const uint8_t *sent,
		  size_t len)
{
	uint8_t frame[300];
	int err;

	memcpy(frame, sent, len);
	if (x->on_frame)
		x->on_frame(x, line, i, to_user, frame, len);
	if (x->loss && dice(x) % 1000 < x->loss)
		return;
	err = isdn_span_rx(to_user ? x->user[line][i].span : x->net[line], frame, len, x->now);
	assert_true(err == 0 || err == ISDN_ERR_NOMEM); /* then it is as lost */
}

static bool line_frames(struct exchange *x, unsigned line)
{
	uint8_t frame[300];
	bool any = false;
	size_t len;

	while (isdn_span_tx(x->net[line], frame, sizeof(frame), &len, x->now) == 1) {
		any = true;
		for (unsigned i = 0; i < x->n_users[line]; i++)
			carry(x, line, i, true, frame, len);
	}
	for (unsigned i = 0; i < x->n_users[line]; i++)
		while (isdn_span_tx(x->user[line][i].span, frame, sizeof(frame), &len, x->now) ==
		       1) {
			any = true;
			carry(x, line, i, false, frame, len);
		}
	return any;
}

static void settle(struct exchange *x)
{
	bool any = true;

	while (any) {
		any = false;
		for (unsigned line = 0; line < LINES; line++) {
			any |= line_frames(x, line);
			any |= exchange_events(x, line);
			for (unsigned i = 0; i < x->n_users[line]; i++)
				user_events(x, line, i);
			any |= line_frames(x, line);
		}
	}
}

static isdn_time next_timeout(const struct exchange *x)
{
	isdn_time next = ISDN_NEVER, t;

	for (unsigned line = 0; line < LINES; line++) {
		t = isdn_span_next_timeout(x->net[line]);
		next = t < next ? t : next;
		for (unsigned i = 0; i < x->n_users[line]; i++) {
			t = isdn_span_next_timeout(x->user[line][i].span);
			next = t < next ? t : next;
		}
	}
	return next;
}

void exchange_run(struct exchange *x, isdn_time ms)
{
	isdn_time end = x->now + ms, next;

	settle(x);
	while ((next = next_timeout(x)) <= end) {
		x->now = next > x->now ? next : x->now;
		for (unsigned line = 0; line < LINES; line++) {
			isdn_span_handle_timeout(x->net[line], x->now);
			for (unsigned i = 0; i < x->n_users[line]; i++)
				isdn_span_handle_timeout(x->user[line][i].span, x->now);
		}
		settle(x);
	}
	x->now = end;
}

struct isdn_span_config exchange_line(enum isdn_interface interface, bool bus)
{
	struct isdn_span_config c;

	isdn_span_config_init(&c, ISDN_NETWORK, interface);
	if (bus)
		isdn_span_config_ptmp(&c);
	c.t203 = 0; /* idle lines are watched elsewhere */
	return c;
}

struct isdn_span_config exchange_user(const struct isdn_span_config *net)
{
	struct isdn_span_config c;

	isdn_span_config_init(&c, ISDN_USER, net->interface);
	isdn_span_config_variant(&c, net->variant);
	if (net->ptmp)
		isdn_span_config_ptmp(&c);
	c.t203 = 0;
	c.uui_max = net->uui_max;
	return c;
}

static void user_start(struct exchange *x, struct user *u, const struct isdn_span_config *config)
{
	assert_int_equal(isdn_span_new(&u->span, config, &x->env), 0);
	assert_int_equal(isdn_span_start(u->span, x->now), 0);
}

void exchange_replace(struct exchange *x, struct user *u, const struct isdn_span_config *config)
{
	isdn_span_free(u->span);
	user_start(x, u, config);
	exchange_run(x, 5000);
}

struct exchange *exchange_new(const struct isdn_span_config *a, const struct isdn_span_config *b,
			      unsigned terminals)
{
	const struct isdn_span_config *lines[LINES] = { a, b };
	struct exchange *x = calloc(1, sizeof(*x));

	assert_non_null(x);
	test_mem_init(&x->mem, &x->env.mem);
	x->env.random = dice;
	x->env.random_arg = x;
	x->now = 1000;
	isdn_relay_config_init(&x->relay);
	for (unsigned line = 0; line < LINES; line++) {
		const struct isdn_span_config user = exchange_user(lines[line]);

		assert_int_equal(isdn_span_new(&x->net[line], lines[line], &x->env), 0);
		assert_int_equal(isdn_span_start(x->net[line], x->now), 0);
		x->n_users[line] = lines[line]->ptmp ? terminals : 1;
		for (unsigned i = 0; i < x->n_users[line]; i++)
			user_start(x, &x->user[line][i], &user);
	}
	exchange_run(x, 5000);
	return x;
}

void exchange_done(struct exchange *x)
{
	for (int i = 0; i < TRUNKS; i++)
		assert_null(x->trunk[i].relay);
	for (unsigned line = 0; line < LINES; line++) {
		assert_int_equal(isdn_span_calls(x->net[line]), 0);
		isdn_span_free(x->net[line]);
		for (unsigned i = 0; i < x->n_users[line]; i++) {
			assert_int_equal(isdn_span_calls(x->user[line][i].span), 0);
			isdn_span_free(x->user[line][i].span);
		}
	}
	assert_int_equal(test_mem_live(&x->mem), 0);
	free(x);
}
