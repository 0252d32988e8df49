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
		capture_frame(x->arg, 0, to_user, true, frame, len, (uint64_t)x->now * 1000);
}

static uint8_t nothing(void *arg, const struct isdn_msg *setup)
{
	(void)arg;
	(void)setup;
	return 0;
}

static void calls(struct exchange *x)
{
	struct user *a = CALLER(x), *b = CALLED(x);

	exchange_call_with(x, "1p2p3r", "hello");
	exchange_alerting(x, b, "ringing");
	exchange_send(x, a, "while it rings", true);
	exchange_connect(x, b, NULL);
	exchange_send(x, b, "in the call", false);
	assert_int_equal(exchange_busy(x, a, true), 0);
	assert_int_equal(exchange_busy(x, a, false), 0);
	exchange_clear_all(x, "bye");
	exchange_call_with(x, "1p3p", NULL);
	assert_int_equal(exchange_answer(x, b, ISDN_UUS_1, ISDN_UUS_REJECTED_BY_USER), 0);
	assert_int_equal(exchange_answer(x, b, ISDN_UUS_3, ISDN_UUS_NOT_AVAILABLE), 0);
	exchange_connect(x, b, NULL);
	exchange_clear_all(x, "bye");
	exchange_call_with(x, "1r", "hello");
	assert_int_equal(exchange_answer(x, b, ISDN_UUS_1, ISDN_UUS_REJECTED_BY_USER), 0);
	exchange_clear_all(x, "bye");
	x->relay.subscribed = nothing;
	exchange_call_with(x, "2r", NULL);
	exchange_run(x, 100);
	x->relay.subscribed = NULL;
	exchange_call_with(x, "", NULL);
	exchange_connect(x, b, NULL);
	assert_int_equal(exchange_request_3(x, b), 0);
	exchange_clear_all(x, "bye");
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
	c = capture_open("make_uus", argv[1], false);
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
