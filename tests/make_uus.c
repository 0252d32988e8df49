/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Calls with user-to-user services through an exchange, as a capture of the caller's line for
 * tshark: accepted, refused in part, required and refused, not subscribed, service 3 asked for
 * later, and flow control.
 * usage: make_uus PCAPFILE
 */
#include "tests/exchange.h"
#include "utils/capture.h"

static void record(struct exchange *x, unsigned line, unsigned user, bool to_user, uint8_t *frame,
		   size_t len)
{
	(void)user;
	if (line == 0)
		capture_frame(x->arg, to_user, true, frame, len, (uint64_t)x->now * 1000);
}

static void answer(struct exchange *x, enum isdn_uus_service s, int how)
{
	struct user *u = &x->user[1][0];

	assert_int_equal(isdn_span_uus_answer(u->span, u->call, s, how, x->now), 0);
	exchange_run(x, 100);
}

static void clear(struct exchange *x)
{
	for (int line = 0; line < 2; line++)
		if (exchange_q931_state(&x->user[line][0]))
			exchange_clear(x, &x->user[line][0], 0, "bye");
	exchange_run(x, 100);
}

static uint8_t nothing(void *arg, const struct isdn_msg *setup)
{
	(void)arg;
	(void)setup;
	return 0;
}

static void calls(struct exchange *x)
{
	struct user *a = &x->user[0][0], *b = &x->user[1][0];

	exchange_call_with(x, "1p2p3r", "hello");
	exchange_alerting(x, b, "ringing");
	exchange_send(x, a, "while it rings", true);
	exchange_connect(x, b, NULL);
	exchange_send(x, b, "in the call", false);
	isdn_span_uui_busy(a->span, a->call, true, x->now);
	exchange_run(x, 100);
	isdn_span_uui_busy(a->span, a->call, false, x->now);
	exchange_run(x, 100);
	clear(x);
	exchange_call_with(x, "1p3p", NULL);
	answer(x, ISDN_UUS_1, ISDN_UUS_REJECTED_BY_USER);
	answer(x, ISDN_UUS_3, ISDN_UUS_NOT_AVAILABLE);
	exchange_connect(x, b, NULL);
	clear(x);
	exchange_call_with(x, "1r", "hello");
	answer(x, ISDN_UUS_1, ISDN_UUS_REJECTED_BY_USER);
	clear(x);
	x->relay.subscribed = nothing;
	exchange_call_with(x, "2r", NULL);
	exchange_run(x, 100);
	x->relay.subscribed = NULL;
	exchange_call_with(x, "", NULL);
	exchange_connect(x, b, NULL);
	isdn_span_uus_request(b->span, b->call, ISDN_UUS_3, x->now);
	exchange_run(x, 100);
	clear(x);
}

int main(int argc, char **argv)
{
	const struct isdn_span_config line = exchange_line(ISDN_E1, false);
	struct exchange *x;
	struct capture *c;

	if (argc != 2) {
		fprintf(stderr, "usage: make_uus PCAPFILE\n");
		return 2;
	}
	c = capture_open("make_uus", argv[1]);
	if (!c)
		return 2;
	x = exchange_new(&line, &line, 0);
	x->arg = c;
	x->on_frame = record;
	calls(x);
	exchange_run(x, 10000);
	exchange_done(x);
	return capture_close(c) ? 0 : 1;
}
