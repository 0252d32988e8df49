/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Two D-channels for two T1 (NFAS with backup, Q.931 Annex F) against libpri, in virtual time: as
 * the network and as the user. The D-channel that carries layer 3 fails in a call; the call goes on
 * and ends, and others are made, on the other; that fails in its turn. libpri has no Annex F: its
 * application, here, uses a D-channel that is up (pri_enslave).
 * Test code only, for libpri is under the GPL.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <libpri.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/time.h>
#include <unistd.h>

#include <cmocka.h>

#include <isdn/isdn.h>

#include "tests/helper.h"

#define FRAMES 64

struct frame {
	size_t len;
	uint8_t octets[300];
};

/* One D-channel. */
struct line {
	struct pri *pri;
	bool up; /* for libpri */
	bool cut;
	unsigned messages[2]; /* of layer 3 in I frames: ours, theirs */
	struct frame to_us[FRAMES];
	unsigned n;
	const struct frame *in; /* that libpri is to read */
};

static isdn_time now;
static struct isdn_span *span;
static struct line line[2];
static unsigned in_use; /* the D-channel that libpri's application takes */
static struct {
	unsigned got[ISDN_PRIM_COUNT];
	isdn_call_id arrived;
	unsigned cause, channel;
} us;
static struct {
	q931_call *call;
	int channel;
	unsigned rings, answers, hangups, gone;
	int cause;
} them;

#define LIBPRI_NOW now
#include "tests/libpri_clock.h"

/* ---- libpri ---- */

static int read_frame(struct pri *pri, void *buf, int len)
{
	struct line *l = pri_get_userdata(pri);
	const struct frame *f = l->in;

	l->in = NULL;
	if (!f || f->len + 2 > (size_t)len)
		return 0;
	memcpy(buf, f->octets, f->len);
	memset((uint8_t *)buf + f->len, 0, 2); /* FCS, which libpri does not look at */
	return (int)f->len + 2;
}

static int write_frame(struct pri *pri, void *buf, int len)
{
	struct line *l = pri_get_userdata(pri);
	struct frame *f = &l->to_us[l->n];

	assert_true(l->n < FRAMES && (size_t)len - 2 <= sizeof(f->octets));
	f->len = (size_t)len - 2;
	memcpy(f->octets, buf, f->len);
	l->messages[1] += f->len > 4 && !(f->octets[2] & 1);
	l->n++;
	return len;
}

static void quiet(struct pri *pri, char *text)
{
	(void)pri;
	(void)text;
}

/* Layer 3 of libpri's application goes where a link is. */
static void link_is(struct line *l, bool up)
{
	l->up = up;
	if (!line[in_use].up && line[!in_use].up)
		in_use = !in_use;
}

static void theirs(struct line *l, const pri_event *from)
{
	pri_event e = *from; /* the next request overwrites it */

	switch (e.e) {
	case PRI_EVENT_DCHAN_UP:
	case PRI_EVENT_DCHAN_DOWN:
		link_is(l, e.e == PRI_EVENT_DCHAN_UP);
		break;
	case PRI_EVENT_RING:
		them.rings++;
		them.call = e.ring.call;
		them.channel = e.ring.channel;
		assert_int_equal(pri_answer(l->pri, e.ring.call, e.ring.channel, 0), 0);
		break;
	case PRI_EVENT_ANSWER:
		them.answers++;
		break;
	case PRI_EVENT_HANGUP_REQ:
		them.hangups++;
		them.cause = e.hangup.cause;
		assert_int_equal(pri_hangup(l->pri, e.hangup.call, e.hangup.cause), 0);
		break;
	case PRI_EVENT_HANGUP:
		them.gone++;
		them.cause = e.hangup.cause;
		pri_hangup(l->pri, e.hangup.call, e.hangup.cause);
		break;
	case PRI_EVENT_HANGUP_ACK:
		them.gone++;
		break;
	default:
		break;
	}
}

static void theirs_run(struct line *l)
{
	pri_event *e;

	while ((e = pri_schedule_run(l->pri)) != NULL)
		theirs(l, e);
}

/* ---- ours ---- */

static void ours(const struct isdn_span_event *ev)
{
	us.got[ev->prim]++;
	us.cause = ev->cause;
	if (ev->prim == ISDN_SETUP_IND) {
		us.arrived = ev->call;
		us.channel = ev->channel;
		assert_int_equal(isdn_span_connect(span, ev->call, NULL, now), 0);
	} else if (ev->prim == ISDN_DISCONNECT_IND && ev->source == ISDN_BY_REMOTE) {
		assert_int_equal(isdn_span_clear(span, ev->call, 0, NULL, NULL, now), 0);
	}
}

static int tx(unsigned d, struct frame *f)
{
	return d ? isdn_span_backup_tx(span, f->octets, sizeof(f->octets), &f->len, now)
		 : isdn_span_tx(span, f->octets, sizeof(f->octets), &f->len, now);
}

static void rx(unsigned d, const struct frame *f)
{
	int err = d ? isdn_span_backup_rx(span, f->octets, f->len, now)
		    : isdn_span_rx(span, f->octets, f->len, now);

	assert_int_equal(err, 0);
}

/* ---- the lines, and time ---- */

static bool to_them(unsigned d)
{
	struct line *l = &line[d];
	struct frame f;
	pri_event *e;

	if (tx(d, &f) != 1)
		return false;
	l->messages[0] += f.len > 4 && !(f.octets[2] & 1);
	if (l->cut)
		return true;
	l->in = &f;
	e = pri_check_event(l->pri);
	if (e)
		theirs(l, e);
	return true;
}

static bool to_us(unsigned d)
{
	struct line *l = &line[d];
	struct frame f = l->to_us[0];

	if (!l->n)
		return false;
	memmove(l->to_us, l->to_us + 1, --l->n * sizeof(l->to_us[0]));
	if (!l->cut)
		rx(d, &f);
	return true;
}

static void exchange(void)
{
	struct isdn_span_event ev;
	bool any = true;

	while (any) {
		any = false;
		for (unsigned d = 0; d < 2; d++)
			for (int way = 0; way < 2; way++)
				any |= way ? to_us(d) : to_them(d);
		while (isdn_span_next_event(span, &ev) == 1) {
			ours(&ev);
			any = true;
		}
	}
}

static void run_for(isdn_time ms)
{
	for (isdn_time end = now + ms; now < end; now += 10) {
		isdn_span_handle_timeout(span, now);
		for (unsigned d = 0; d < 2; d++)
			theirs_run(&line[d]);
		exchange();
	}
}

static struct test_mem mem; /* ours */

static void begin(enum isdn_side side)
{
	struct isdn_env env = { .log = { NULL, 0, NULL } };
	struct isdn_span_config c;
	int node = side == ISDN_USER ? PRI_NETWORK : PRI_CPE;

	test_mem_init(&mem, &env.mem);
	memset(line, 0, sizeof(line));
	memset(&us, 0, sizeof(us));
	memset(&them, 0, sizeof(them));
	in_use = 0;
	now = 1000;
	srandom(1);
	pri_set_message(quiet);
	pri_set_error(quiet);
	isdn_span_config_init(&c, side, ISDN_T1);
	isdn_span_config_variant(&c, ISDN_VARIANT_NI2);
	c.n_interfaces = 2;
	c.interface_id[1] = 1;
	c.backup = true;
	assert_int_equal(isdn_span_new(&span, &c, &env), 0);
	for (unsigned d = 0; d < 2; d++) {
		line[d].pri = pri_new_cb(-1, node, PRI_SWITCH_NI2, read_frame, write_frame,
					 &line[d]);
		assert_non_null(line[d].pri);
		pri_hangup_fix_enable(line[d].pri, 1);
	}
	pri_enslave(line[0].pri, line[1].pri);
	assert_int_equal(isdn_span_start(span, now), 0);
	run_for(5000);
	assert_true(line[0].up && line[1].up);
	assert_int_equal(isdn_span_d_channel(span), 0);
}

static isdn_call_id we_call(void)
{
	struct isdn_msg m;
	isdn_call_id call;

	isdn_msg_init(&m, 0, 0, 0, false);
	m.bearer[0] = (struct isdn_bearer){ .rate = 0x10, .layer1 = 2 };
	isdn_msg_set(&m, ISDN_IE_BEARER);
	m.called = (struct isdn_number){ .plan = 1, .n_digits = 3, .digits = "123" };
	isdn_msg_set(&m, ISDN_IE_CALLED);
	m.channel_id[0] = (struct isdn_channel_id){ .has_interface = true,
						    .interface_id = 1,
						    .primary = true,
						    .exclusive = true,
						    .select = 1,
						    .has_channels = true,
						    .type = 3,
						    .n_channels = 1,
						    .channels = { 5 } };
	isdn_msg_set(&m, ISDN_IE_CHANNEL_ID);
	assert_int_equal(isdn_span_setup(span, &m, &call, now), 0);
	run_for(2000);
	return call;
}

static q931_call *they_call(void)
{
	static char called[] = "456";
	struct pri *pri = line[in_use].pri;
	struct pri_sr *sr = pri_sr_new();
	q931_call *c = pri_new_call(pri);

	pri_sr_set_channel(sr, 6 | 1 << 8 | 1 << 16, 1, 0); /* channel, interface, named */
	pri_sr_set_bearer(sr, PRI_TRANS_CAP_SPEECH, PRI_LAYER_1_ULAW);
	pri_sr_set_called(sr, called, PRI_UNKNOWN, 1);
	assert_int_equal(pri_setup(pri, c, sr), 0);
	pri_sr_free(sr);
	run_for(2000);
	return c;
}

static unsigned state(isdn_call_id call)
{
	struct isdn_span_call out;

	return isdn_span_call_query(span, call, &out) ? 0 : out.state;
}

/* A call each way, all of it on D-channel d. */
static void calls_on(unsigned d)
{
	unsigned ours_before[2] = { line[0].messages[0], line[1].messages[0] };
	unsigned theirs_before[2] = { line[0].messages[1], line[1].messages[1] };
	isdn_call_id call = we_call();

	assert_int_equal(state(call), 10);
	assert_int_equal(them.channel, 5 | 1 << 8 | 1 << 16);
	assert_int_equal(isdn_span_clear(span, call, 16, NULL, NULL, now), 0);
	run_for(2000);
	assert_int_equal(state(call), 0);
	they_call();
	assert_int_equal(us.channel, ISDN_CHANNEL(1, 6));
	assert_int_equal(state(us.arrived), 10);
	assert_int_equal(isdn_span_clear(span, us.arrived, 17, NULL, NULL, now), 0);
	run_for(2000);
	assert_int_equal(them.cause, 17);
	assert_int_equal(isdn_span_calls(span), 0);
	assert_int_equal(line[!d].messages[0], ours_before[!d]);
	assert_int_equal(line[!d].messages[1], theirs_before[!d]);
	assert_true(line[d].messages[0] > ours_before[d]);
	assert_true(line[d].messages[1] > theirs_before[d]);
}

static void end(void)
{
	isdn_span_free(span);
	assert_int_equal(test_mem_live(&mem), 0);
}

/* ---- */

static void q931_f_2_2_a_call_outlives_its_d_channel(void **state_)
{
	(void)state_;
	for (int side = ISDN_USER; side <= ISDN_NETWORK; side++) {
		isdn_call_id call;

		begin((enum isdn_side)side);
		calls_on(0);
		call = we_call();
		assert_int_equal(state(call), 10);
		line[0].cut = true;
		run_for(60000);
		assert_int_equal(us.got[ISDN_SWITCHOVER], 1);
		assert_int_equal(isdn_span_d_channel(span), 1);
		assert_int_equal(state(call), 10);
		assert_int_equal(us.got[ISDN_RELEASE_IND], 0);
		assert_int_equal(isdn_span_clear(span, call, 31, NULL, NULL, now), 0);
		run_for(2000);
		assert_int_equal(state(call), 0);
		assert_int_equal(them.cause, 31);
		calls_on(1);
		end();
	}
}

static void q931_f_2_2_the_other_fails_in_its_turn(void **state_)
{
	(void)state_;
	for (int side = ISDN_USER; side <= ISDN_NETWORK; side++) {
		begin((enum isdn_side)side);
		line[0].cut = true;
		run_for(60000);
		calls_on(1);
		line[0].cut = false;
		run_for(60000);
		calls_on(1); /* nothing goes back of itself */
		line[1].cut = true;
		run_for(60000);
		assert_int_equal(isdn_span_d_channel(span), 0);
		calls_on(0);
		end();
	}
}

static void q931_f_2_2_they_clear_on_the_other_one(void **state_)
{
	(void)state_;
	for (int side = ISDN_USER; side <= ISDN_NETWORK; side++) {
		isdn_call_id call;
		q931_call *theirs_call;

		begin((enum isdn_side)side);
		theirs_call = they_call();
		call = us.arrived;
		assert_int_equal(state(call), 10);
		line[0].cut = true;
		run_for(60000);
		assert_int_equal(state(call), 10);
		assert_int_equal(in_use, 1);
		assert_int_equal(pri_hangup(line[1].pri, theirs_call, 19), 0);
		run_for(1000);
		assert_int_equal(us.got[ISDN_DISCONNECT_IND], 1);
		assert_int_equal(us.got[ISDN_RELEASE_CONF], 1);
		assert_int_equal(us.cause, 19);
		assert_int_equal(state(call), 0);
		calls_on(1);
		end();
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(q931_f_2_2_a_call_outlives_its_d_channel),
		cmocka_unit_test(q931_f_2_2_the_other_fails_in_its_turn),
		cmocka_unit_test(q931_f_2_2_they_clear_on_the_other_one),
	};

	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	fflush(NULL);
	_exit(failed); /* libpri has no destructor: what it has is no leak of ours */
}
