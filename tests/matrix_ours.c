/* SPDX-License-Identifier: BSD-2-Clause */
/* The matrix: our end, a span through its public interface. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/matrix.h"

static struct isdn_span *span;
static const struct mx_cell *cell;
static isdn_call_id calls[MX_CALLS];
static unsigned n_calls;
static bool link_up;

static void log_line(void *arg, enum isdn_log_level level, enum isdn_log_area area,
		     const char *line, size_t len)
{
	(void)arg;
	(void)level;
	(void)area;
	mx_note("libisdn: %.*s", (int)len, line);
}

static size_t blocks;

static void *count_alloc(void *arg, size_t size)
{
	void *block = malloc(size);

	(void)arg;
	blocks += block != NULL;
	return block;
}

static void count_free(void *arg, void *block)
{
	(void)arg;
	blocks -= block != NULL;
	free(block);
}

static size_t ours_close(void)
{
	isdn_span_free(span);
	return blocks;
}

static void ours_open(const struct mx_cell *of)
{
	struct isdn_env env = { .mem = { count_alloc, count_free, NULL },
				.log = { log_line, ISDN_LOG_INFO, NULL } };
	struct isdn_span_config config;

	cell = of;
	isdn_span_config_init(&config, of->setup->side,
			      of->setup->bri ? ISDN_BRI : of->variant->interface);
	if (of->setup->ptmp)
		isdn_span_config_ptmp(&config);
	if (of->setup->nfas) {
		config.n_interfaces = 2;
		config.interface_id[1] = 1;
	}
	isdn_span_config_variant(&config, of->variant->variant);
	config.timer[ISDN_T301] = 180000; /* the user's is optional */
	if (mx_loses) {
		config.t200 = 100;
		config.n200 = 20;
	}
	if (isdn_span_new(&span, &config, &env) || isdn_span_start(span, mx_now))
		abort();
}

static unsigned number(isdn_call_id id)
{
	for (unsigned i = 0; i < n_calls; i++)
		if (calls[i] == id)
			return i;
	if (n_calls == MX_CALLS)
		abort();
	calls[n_calls] = id;
	return n_calls++;
}

/* ---- what is seen ---- */

/* clang-format off */
static const struct {
	enum isdn_prim prim;
	enum mx_what what;
} seen[] = {
	{ ISDN_SETUP_IND,	    SETUP },
	{ ISDN_SETUP_CONF,	    CONNECT },
	{ ISDN_MORE_INFO_IND,	    MORE_INFO },
	{ ISDN_PROCEEDING_IND,	    PROCEEDING },
	{ ISDN_ALERTING_IND,	    ALERTING },
	{ ISDN_PROGRESS_IND,	    PROGRESS },
	{ ISDN_INFO_IND,	    DIGITS },
	{ ISDN_DISCONNECT_IND,	    DISCONNECT },
	{ ISDN_RELEASE_IND,	    GONE },
	{ ISDN_RELEASE_CONF,	    GONE },
	{ ISDN_RESTART_IND,	    RESTART },
	{ ISDN_RESTART_CONF,	    RESTART_ACK },
	{ ISDN_HOLD_IND,	    HOLD },
	{ ISDN_HOLD_CONF,	    HOLD_ACK },
	{ ISDN_HOLD_REJECT_IND,	    HOLD_REJECT },
	{ ISDN_RETRIEVE_IND,	    RETRIEVE },
	{ ISDN_RETRIEVE_CONF,	    RETRIEVE_ACK },
	{ ISDN_RETRIEVE_REJECT_IND, RETRIEVE_REJECT },
	{ ISDN_SERVICE_IND,	    SERVICE },
	{ ISDN_SERVICE_CONF,	    SERVICE_ACK },
	{ ISDN_SETUP_COMPLETE_IND,  NOTHING }, /* libpri does not show it; the state does */
	{ ISDN_STATUS_IND,	    NOTHING }, /* changes nothing */
	{ ISDN_INFO_TIMEOUT,	    NOTHING }, /* what is to be done is in the steps */
};
/* clang-format on */

static void copy_text(char *to, size_t cap, const void *from, size_t len)
{
	if (len >= cap)
		len = cap - 1;
	memcpy(to, from, len);
	to[len] = '\0';
}

static void take(const struct isdn_span_event *ev)
{
	struct mx_seen *s;

	if (ev->prim == ISDN_LINK_UP || ev->prim == ISDN_LINK_DOWN) {
		mx_ours.downs += link_up && ev->prim == ISDN_LINK_DOWN;
		link_up = ev->prim == ISDN_LINK_UP;
		return;
	}
	for (unsigned i = 0; i < sizeof(seen) / sizeof(seen[0]); i++) {
		if (seen[i].prim != ev->prim)
			continue;
		if (!seen[i].what ||
		    (ev->prim == ISDN_DISCONNECT_IND && ev->source != ISDN_BY_REMOTE))
			return; /* clearing by a timer of ours is seen by its end */
		s = mx_see(&mx_ours, seen[i].what, ev->call ? number(ev->call) : 0);
		s->cause = ev->cause;
		s->channel = ev->channel;
		if (ev->msg->type && isdn_msg_has(ev->msg, ISDN_IE_CALLED))
			copy_text(s->digits, sizeof(s->digits), ev->msg->called.digits,
				  ev->msg->called.n_digits);
		if (ev->msg->type && isdn_msg_has(ev->msg, ISDN_IE_USER_USER))
			copy_text(s->uui, sizeof(s->uui), ev->msg->uui.data, ev->msg->uui.len);
		return;
	}
	s = mx_see(&mx_ours, NOTHING, number(ev->call)); /* what nobody expects */
	s->cause = ev->cause;
	mx_note("libisdn: primitive %d, cause %u", (int)ev->prim, ev->cause);
}

/* ---- what is done ---- */

static void uui(struct isdn_msg *m, const char *text)
{
	if (!text)
		return;
	m->uui = (struct isdn_uui){ .discriminator = 4, .len = (uint8_t)strlen(text) };
	memcpy(m->uui.data, text, m->uui.len);
	isdn_msg_set(m, ISDN_IE_USER_USER);
}

static void called(struct isdn_msg *m, const char *digits)
{
	m->called = (struct isdn_number){ .plan = 1, .n_digits = (uint8_t)strlen(digits) };
	strcpy(m->called.digits, digits);
	isdn_msg_set(m, ISDN_IE_CALLED);
}

static void channel_id(struct isdn_msg *m, unsigned channel, bool exclusive)
{
	if (!channel)
		return;
	m->channel_id[0] = (struct isdn_channel_id){ .primary = !cell->setup->bri,
						     .exclusive = exclusive,
						     .select = cell->setup->bri ? channel : 1,
						     .has_channels = !cell->setup->bri,
						     .type = 3,
						     .n_channels = 1,
						     .channels = { (uint8_t)(channel % 32) } };
	m->channel_id[0].has_interface = cell->setup->nfas;
	m->channel_id[0].interface_id = (uint8_t)(channel / 32);
	isdn_msg_set(m, ISDN_IE_CHANNEL_ID);
}

static int setup(isdn_call_id none, const struct mx_ask *a, struct isdn_msg *m)
{
	bool alaw = cell->setup->bri || cell->variant->interface == ISDN_E1;
	isdn_call_id id = 0;
	int err;

	(void)none;
	m->bearer[0] = (struct isdn_bearer){ .rate = 0x10, .layer1 = alaw ? 3 : 2 };
	isdn_msg_set(m, ISDN_IE_BEARER);
	m->calling[0] = (struct isdn_number){ .plan = 1, .n_digits = 3, .digits = "100" };
	isdn_msg_set(m, ISDN_IE_CALLING);
	called(m, a->digits);
	channel_id(m, a->channel, !a->preferred);
	if (a->complete)
		isdn_msg_set(m, ISDN_IE_SENDING_COMPLETE);
	err = isdn_span_setup(span, m, &id, mx_now);
	if (!err)
		(void)number(id);
	return err;
}

static int clear(isdn_call_id id, const struct mx_ask *a, struct isdn_msg *m)
{
	return isdn_span_clear(span, id, (uint8_t)a->cause, a->uui ? &m->uui : NULL, NULL, mx_now);
}

static int restart(isdn_call_id id, const struct mx_ask *a, struct isdn_msg *m)
{
	(void)id;
	(void)m;
	return isdn_span_restart(span, a->channel, mx_now);
}

static int digits(isdn_call_id id, const struct mx_ask *a, struct isdn_msg *m)
{
	called(m, a->digits);
	return isdn_span_info(span, id, m, mx_now);
}

static int hold_reject(isdn_call_id id, const struct mx_ask *a, struct isdn_msg *m)
{
	(void)m;
	return isdn_span_hold_reject(span, id, (uint8_t)a->cause, mx_now);
}

static int retrieve_reject(isdn_call_id id, const struct mx_ask *a, struct isdn_msg *m)
{
	(void)m;
	return isdn_span_retrieve_reject(span, id, (uint8_t)a->cause, mx_now);
}

static int service(isdn_call_id id, const struct mx_ask *a, struct isdn_msg *m)
{
	(void)id;
	(void)m;
	return isdn_span_service(span, a->channel, (enum isdn_service)a->cause, mx_now);
}

static void progress_ie(struct isdn_msg *m)
{
	m->progress[0] = (struct isdn_progress){ .location = 1, .description = 8 };
	isdn_msg_set(m, ISDN_IE_PROGRESS);
}

static int progress(isdn_call_id id, const struct mx_ask *a, struct isdn_msg *m)
{
	(void)a;
	progress_ie(m);
	return isdn_span_progress(span, id, m, mx_now);
}

static int tones(isdn_call_id id, const struct mx_ask *a, struct isdn_msg *m)
{
	progress_ie(m);
	m->cause[0] = (struct isdn_cause_ie){ .location = 1, .value = (uint8_t)a->cause };
	isdn_msg_set(m, ISDN_IE_CAUSE);
	return isdn_span_disconnect(span, id, m, mx_now);
}

static const struct {
	enum mx_what what;
	int (*message)(struct isdn_span *, isdn_call_id, const struct isdn_msg *, isdn_time);
	int (*other)(isdn_call_id id, const struct mx_ask *a, struct isdn_msg *m);
} deeds[] = {
	{ SETUP, NULL, setup },
	{ MORE_INFO, isdn_span_more_info, NULL },
	{ DIGITS, NULL, digits },
	{ PROCEEDING, isdn_span_proceeding, NULL },
	{ ALERTING, isdn_span_alerting, NULL },
	{ CONNECT, isdn_span_connect, NULL },
	{ CLEAR, NULL, clear },
	{ RESTART, NULL, restart },
	{ HOLD, isdn_span_hold, NULL },
	{ HOLD_ACK, isdn_span_hold_ack, NULL },
	{ HOLD_REJECT, NULL, hold_reject },
	{ RETRIEVE, isdn_span_retrieve, NULL },
	{ RETRIEVE_ACK, isdn_span_retrieve_ack, NULL },
	{ RETRIEVE_REJECT, NULL, retrieve_reject },
	{ PROGRESS, NULL, progress },
	{ TONES, NULL, tones },
	{ SERVICE, NULL, service },
};

static const char *ours_act(const struct mx_ask *a)
{
	isdn_call_id id = a->call < n_calls ? calls[a->call] : 0;
	struct isdn_msg m;
	int err = ISDN_ERR_INTERNAL;

	isdn_msg_init(&m, 0, 0, 0, false);
	uui(&m, a->uui);
	for (unsigned i = 0; i < sizeof(deeds) / sizeof(deeds[0]); i++)
		if (deeds[i].what == a->what)
			err = deeds[i].message ? deeds[i].message(span, id, &m, mx_now)
					       : deeds[i].other(id, a, &m);
	return err ? isdn_strerror(err) : NULL;
}

/* ---- frames, time ---- */

static void ours_rx(const uint8_t *frame, size_t len)
{
	if (isdn_span_rx(span, frame, len, mx_now))
		abort();
}

static bool ours_run(void)
{
	struct isdn_span_event ev;
	uint8_t frame[300];
	bool busy = false;
	size_t len;

	isdn_span_handle_timeout(span, mx_now);
	while (isdn_span_tx(span, frame, sizeof(frame), &len, mx_now) == 1) {
		mx_send(&mx_ours, frame, len);
		busy = true;
	}
	while (isdn_span_next_event(span, &ev) == 1) {
		take(&ev);
		busy = true;
	}
	return busy;
}

static uint64_t ours_next(void)
{
	return isdn_span_next_timeout(span);
}

/* As the network of a bus: when the terminal has a link. */
static bool ours_up(void)
{
	struct isdn_link all[16];
	size_t n = isdn_span_links(span, all, 16);

	if (!cell->setup->ptmp || cell->setup->side == ISDN_USER)
		return isdn_span_is_up(span);
	for (size_t i = 0; i < n && i < 16; i++)
		if (all[i].tei >= 64 && all[i].tei < ISDN_TEI_BROADCAST && all[i].state >= 7)
			return true;
	return false;
}

static unsigned ours_calls(void)
{
	return (unsigned)isdn_span_calls(span);
}

static unsigned ours_channel(unsigned call)
{
	struct isdn_span_call out;

	return isdn_span_call_query(span, calls[call], &out) ? 0 : out.channel;
}

static unsigned ours_state(unsigned call)
{
	struct isdn_span_call out;

	return isdn_span_call_query(span, calls[call], &out) ? 0 : out.state;
}

struct mx_end mx_ours = {
	.name = "libisdn",
	.open = ours_open,
	.close = ours_close,
	.act = ours_act,
	.rx = ours_rx,
	.run = ours_run,
	.next = ours_next,
	.up = ours_up,
	.calls = ours_calls,
	.channel = ours_channel,
	.state = ours_state,
};
