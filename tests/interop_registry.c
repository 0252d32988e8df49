/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Requirements of the registry (doc/conformance.md) with libpri at the far end, as the user and
 * as the network: R-01, 16, 17, 29, 35, 41, 42, 58, 75, 76. Used as interop_libpri is.
 *
 *	interop_registry PEER_PROGRAM [OUR_CHANNEL PEER_CHANNEL]
 */
#include <signal.h>
#include <stdio.h>

#include "tests/libpri_lab.h"

/* As many octets as there can be, none of them 0, at which libpri would end. */
static char long_uui[129];

static struct isdn_client *second(struct lab *l, enum isdn_privilege privilege)
{
	struct isdn_client_config config;

	isdn_client_config_init(&config);
	config.name = "second";
	config.privilege = privilege;
	assert_int_equal(isdn_client_open(l->registry, &config, &l->second), 0);
	return l->second;
}

/* Whatever is on its way has come. */
static void settle(struct lab *l)
{
	for (long until = lab_now() + (our_channel ? 400 : 100); lab_now() < until;)
		lab_turn(l);
}

static isdn_handle newest(struct isdn_client *c)
{
	isdn_handle h[32];
	size_t n;

	assert_int_equal(isdn_client_calls(c, h, 32, &n), 0);
	assert_true(n > 0);
	return h[n - 1];
}

/* Events of that state, of the handle or (0) of any. */
static unsigned told(const struct heard *h, isdn_handle call, enum isdn_call_state state)
{
	unsigned n = 0;

	for (unsigned i = 0; i < h->n; i++)
		n += h->ev[i].type == ISDN_EV_CALL_STATE && h->ev[i].state == state &&
		     (!call || h->ev[i].call == call);
	return n;
}

static void give_back_all(struct isdn_client *c)
{
	isdn_handle h[32];
	size_t n;

	assert_int_equal(isdn_client_calls(c, h, 32, &n), 0);
	for (size_t i = 0; i < n; i++)
		assert_int_equal(isdn_call_deallocate(c, h[i]), 0);
}

/* The second client is done with its handles. */
static void end(struct lab *l)
{
	give_back_all(l->second);
	isdn_client_close(l->second);
	l->second = NULL;
	lab_stop(l);
}

static struct call *connected(struct lab *l)
{
	struct call *c = lab_place(l, "5551234", NULL);

	WAIT(l, c->state == ISDN_CALL_CONNECTED);
	return c;
}

static bool all(const struct lab *l, unsigned n, enum isdn_call_state state)
{
	for (unsigned i = 0; i < n; i++)
		if (l->call[i].state != state)
			return false;
	return true;
}

static void R_01_a_dropped_call_is_disconnected_at_libpri(bool net)
{
	struct isdn_call_info info;
	struct call *c;
	struct lab l;

	lab_start(&l, net, ARGS("--answer"));
	c = connected(&l);
	lab_drop(&l, c->handle, 0, NULL);
	assert_int_equal(l.sent.type, ISDN_MT_DISCONNECT);
	WAIT(&l, lab_said_call(&l, "HANGUP_REQ", 1, 16, ""));
	WAIT(&l, c->state == ISDN_CALL_IDLE);
	assert_int_equal(l.sent.type, ISDN_MT_RELEASE_COMPLETE);
	assert_int_equal(l.reply.result, 0);
	assert_int_equal(l.reply.outcome, ISDN_OUTCOME_CLEARED);
	assert_int_equal(isdn_call_info(l.client, c->handle, &info), 0);
	assert_int_equal(info.channel, 0);
	lab_stop(&l);
}

static void R_16_the_uui_of_a_drop_arrives_at_libpri_whole(bool net)
{
	struct call *c;
	struct lab l;

	lab_start(&l, net, ARGS("--answer"));
	c = connected(&l);
	lab_drop(&l, c->handle, 31, long_uui);
	assert_int_equal(l.sent.type, ISDN_MT_DISCONNECT);
	assert_int_equal(l.sent.uui.discriminator, 4);
	assert_int_equal(l.sent.uui.len, 128);
	assert_memory_equal(l.sent.uui.data, long_uui, 128);
	WAIT(&l, c->state == ISDN_CALL_IDLE);
	assert_false(
		isdn_msg_has(&l.sent, ISDN_IE_USER_USER)); /* RELEASE COMPLETE: the first only */
	assert_true(l.reply.uui_sent);
	WAIT(&l, lab_said_call(&l, "HANGUP_REQ", 1, 31, long_uui));
	WAIT(&l, lab_said_call(&l, "HANGUP_ACK", 1, -1, "")); /* which has no cause */
	lab_stop(&l);
}

static void R_17_without_uui_the_call_clears_at_libpri_as_any(bool net)
{
	struct call *c;
	struct lab l;

	span_options = ",uui=0";
	lab_start(&l, net, ARGS("--answer"));
	span_options = "";
	c = connected(&l);
	lab_drop(&l, c->handle, 31, "bye");
	assert_int_equal(l.sent.type, ISDN_MT_DISCONNECT);
	assert_false(isdn_msg_has(&l.sent, ISDN_IE_USER_USER));
	WAIT(&l, c->state == ISDN_CALL_IDLE);
	assert_int_equal(l.reply.result, 0);
	assert_false(l.reply.uui_sent);
	WAIT(&l, lab_said_call(&l, "HANGUP_REQ", 1, 31, ""));
	lab_stop(&l);
}

static void R_29_libpri_sees_a_rejected_call(bool net)
{
	struct call *c;
	struct lab l;

	lab_start(&l, net, ARGS("--place", "5551234"));
	c = lab_arrived(&l);
	lab_drop(&l, c->handle, 0, NULL);
	WAIT(&l, c->state == ISDN_CALL_IDLE);
	assert_int_equal(l.reply.outcome, ISDN_OUTCOME_REJECTED);
	assert_int_equal(told(&l.first_heard, c->handle, ISDN_CALL_DISCONNECTED), 0);
	WAIT(&l, lab_count(&l, "cause=21 uui=\n"));
	assert_int_equal(lab_count(&l, "ANSWER"), 0);
	lab_stop(&l);
}

static void R_35_libpri_drops_and_all_are_told_and_can_drop(bool net)
{
	isdn_handle monitored;
	struct call *c;
	struct lab l;

	lab_start(&l, net, ARGS("--answer", "--hangup-after", "50", "--cause", "17"));
	second(&l, ISDN_MONITOR);
	c = connected(&l);
	monitored = newest(l.second);
	WAIT(&l, c->state == ISDN_CALL_DISCONNECTED);
	assert_int_equal(c->mode, ISDN_DISCONNECT_BUSY);
	settle(&l);
	assert_int_equal(c->state, ISDN_CALL_DISCONNECTED);
	assert_int_equal(told(&l.second_heard, monitored, ISDN_CALL_DISCONNECTED), 1);
	lab_drop(&l, c->handle, 0, NULL);
	WAIT(&l, c->state == ISDN_CALL_IDLE);
	assert_int_equal(l.sent.type, ISDN_MT_RELEASE);
	WAIT(&l, told(&l.second_heard, monitored, ISDN_CALL_IDLE) == 1);
	WAIT(&l, lab_count(&l, "HANGUP call=1"));
	end(&l);
}

/* Calls of ours, all parties of one conference. */
static isdn_handle conference(struct lab *l, unsigned n)
{
	isdn_handle parent;

	for (unsigned i = 0; i < n; i++)
		lab_place(l, "5551234", NULL);
	WAIT(l, all(l, n, ISDN_CALL_CONNECTED));
	assert_int_equal(isdn_conference_new(l->client, NULL, &parent), 0);
	for (unsigned i = 0; i < n; i++)
		assert_true(isdn_conference_add(l->client, parent, l->call[i].handle) > 0);
	WAIT(l, all(l, n, ISDN_CALL_CONFERENCED));
	lab_find(l, parent);
	return parent;
}

static void R_41_a_dropped_conference_ends_each_call_at_libpri_once(bool net)
{
	isdn_handle parent;
	struct lab l;

	lab_start(&l, net, ARGS("--answer", "--expect-hangups", "5"));
	second(&l, ISDN_MONITOR);
	parent = conference(&l, 5);
	lab_drop(&l, parent, 31, long_uui);
	WAIT(&l, all(&l, 6, ISDN_CALL_IDLE));
	assert_int_equal(l.reply.result, 0);
	assert_int_equal(l.reply.calls_changed, 6);
	assert_int_equal(l.reply.calls_with_uui, 5);
	assert_int_equal(l.reply.calls_failed, 0);
	WAIT(&l, lab_said(&l, "DONE hangups=5"));
	for (int i = 1; i <= 5; i++)
		assert_true(lab_said_call(&l, "HANGUP_REQ", i, 31, long_uui));
	assert_int_equal(lab_count(&l, "HANGUP_REQ"), 5);
	for (unsigned i = 0; i < 6; i++)
		assert_int_equal(told(&l.first_heard, l.call[i].handle, ISDN_CALL_IDLE), 1);
	assert_int_equal(told(&l.first_heard, 0, ISDN_CALL_IDLE), 6);
	assert_int_equal(told(&l.second_heard, 0, ISDN_CALL_IDLE), 6);
	end(&l);
}

/* ---- R-42 ---- */

/* Each event is of a change, and what was told last is what there is. */
static void assert_told_what_changed(struct isdn_client *c, const struct heard *h)
{
	struct isdn_call_status s;
	isdn_handle call[32];
	size_t n;

	assert_true(h->n < HEARD_MAX);
	assert_int_equal(isdn_client_calls(c, call, 32, &n), 0);
	for (size_t i = 0; i < n; i++) {
		const struct isdn_event *last = NULL;

		for (unsigned k = 0; k < h->n; k++) {
			const struct isdn_event *ev = &h->ev[k];

			if (ev->type != ISDN_EV_CALL_STATE || ev->call != call[i])
				continue;
			assert_false(last && last->state == ev->state && last->mode == ev->mode);
			assert_int_equal(ev->old_state, last ? last->state : 0);
			last = ev;
		}
		assert_non_null(last);
		assert_int_equal(isdn_call_status(c, call[i], &s), 0);
		assert_int_equal(s.state, last->state);
		assert_int_equal(s.mode, last->mode);
	}
}

static void assert_told(struct lab *l)
{
	settle(l);
	assert_told_what_changed(l->client, &l->first_heard);
	assert_told_what_changed(l->second, &l->second_heard);
}

static void R_42_every_change_of_calls_with_libpri_is_told_once(bool net)
{
	isdn_handle parent;
	struct lab l;

	lab_start(&l, net, ARGS("--answer", "--expect-hangups", "4"));
	second(&l, ISDN_MONITOR);
	connected(&l);
	assert_told(&l);
	lab_drop(&l, l.call[0].handle, 0, NULL);
	assert_told(&l);
	assert_int_equal(isdn_call_deallocate(l.client, l.call[0].handle), 0);
	l.n_calls = 0;
	parent = conference(&l, 3);
	assert_told(&l);
	assert_true(isdn_conference_remove(l.client, l.call[1].handle) > 0);
	assert_told(&l);
	assert_true(isdn_call_link(l.client, l.call[1].handle, l.call[0].handle) < 0);
	lab_drop(&l, l.call[1].handle, 0, NULL);
	assert_told(&l);
	lab_drop(&l, parent, 17, "closed");
	WAIT(&l, all(&l, 4, ISDN_CALL_IDLE));
	assert_told(&l);
	end(&l);
}

/* ---- R-58 ---- */

/* A shared line of both clients, and a call of libpri that both have answered. */
static void both_talk(struct lab *l, isdn_handle *at_first, isdn_handle *at_second)
{
	struct isdn_bridge_config config;
	isdn_bridge line;

	isdn_bridge_config_init(&config);
	config.span = l->span;
	config.number = "5551234";
	assert_int_equal(isdn_bridge_new(l->registry, &config, &line), 0);
	second(l, ISDN_OWNER);
	assert_int_equal(isdn_bridge_join(l->client, line, NULL), 0);
	assert_int_equal(isdn_bridge_join(l->second, line, NULL), 0);
	*at_first = lab_arrived(l)->handle;
	*at_second = newest(l->second);
	assert_true(isdn_call_answer(l->client, *at_first, NULL, 0) > 0);
	WAIT(l, lab_find(l, *at_first)->state == ISDN_CALL_CONNECTED);
	WAIT(l, lab_said(l, "ANSWER call=1 uui="));
	assert_true(isdn_call_answer(l->second, *at_second, NULL, 0) > 0);
	settle(l);
}

static void R_58_one_station_drops_and_libpri_hears_nothing(bool net)
{
	const struct isdn_drop how = { .cause = 31,
				       .uui = "\x04"
					      "over",
				       .uui_size = 5 };
	struct isdn_call_status s;
	isdn_handle a, b;
	unsigned n_sent;
	struct lab l;

	lab_start(&l, net,
		  ARGS("--place", "5551234", "--settle", "500")); /* after the line is there */
	both_talk(&l, &a, &b);
	n_sent = l.n_sent;
	lab_drop(&l, a, 16, "not yet");
	settle(&l);
	assert_int_equal(l.n_sent, n_sent);
	assert_int_equal(lab_count(&l, "HANGUP"), 0);
	assert_int_equal(l.reply.outcome, ISDN_OUTCOME_INACTIVE);
	assert_false(l.reply.uui_sent);
	assert_int_equal(isdn_call_status(l.client, a, &s), 0);
	assert_true(s.state == ISDN_CALL_CONNECTED && s.mode == ISDN_MODE_INACTIVE);
	assert_int_equal(isdn_call_status(l.second, b, &s), 0);
	assert_true(s.state == ISDN_CALL_CONNECTED && s.mode == ISDN_MODE_ACTIVE);
	assert_true(isdn_call_drop(l.second, b, &how) > 0);
	WAIT(&l, lab_said_call(&l, "HANGUP_REQ", 1, 31, "over"));
	WAIT(&l, lab_find(&l, a)->state == ISDN_CALL_IDLE);
	assert_int_equal(told(&l.second_heard, b, ISDN_CALL_IDLE), 1);
	end(&l);
}

/* ---- R-75, R-76 ---- */

static void R_75_a_dropped_call_is_there_until_it_is_given_back(bool net)
{
	struct isdn_call_status s;
	struct isdn_call_info info;
	uint8_t octets[8];
	struct call *c;
	struct lab l;
	size_t len;

	lab_start(&l, net, ARGS("--answer", "--uui-release", "released"));
	c = connected(&l);
	lab_drop(&l, c->handle, 17, NULL);
	WAIT(&l, c->state == ISDN_CALL_IDLE);
	assert_int_equal(isdn_call_status(l.client, c->handle, &s), 0);
	assert_int_equal(s.state, ISDN_CALL_IDLE);
	assert_int_equal(s.privilege, ISDN_OWNER);
	assert_int_equal(isdn_call_info(l.client, c->handle, &info), 0);
	assert_string_equal(info.called, "5551234");
	assert_int_equal(info.cause, 17);
	assert_int_equal(info.source, ISDN_BY_LOCAL);
	lab_uui(&l, c->handle, ISDN_UUI_CLEARING, "released");
	assert_int_equal(isdn_call_deallocate(l.client, c->handle), 0);
	assert_int_equal(isdn_call_status(l.client, c->handle, &s), ISDN_ERR_INVALCALLHANDLE);
	assert_int_equal(isdn_call_info(l.client, c->handle, &info), ISDN_ERR_INVALCALLHANDLE);
	assert_int_equal(
		isdn_call_uui(l.client, c->handle, ISDN_UUI_CLEARING, octets, sizeof(octets), &len),
		ISDN_ERR_INVALCALLHANDLE);
	l.n_calls = 0;
	lab_stop(&l);
}

/* At line rate a call takes a while. */
static void R_76_ten_thousand_calls_with_libpri_leave_nothing(bool net)
{
	struct isdn_registry_counts before, after;
	unsigned cycles = our_channel ? 30 : 10000;
	char expected[16];
	struct lab l;

	snprintf(expected, sizeof(expected), "%u", cycles);
	lab_start(&l, net, ARGS("--answer", "--expect-hangups", expected, "--timeout", "300"));
	settle(&l);
	isdn_registry_counts(l.registry, &before);
	for (unsigned i = 0; i < cycles; i++) {
		struct call *c = connected(&l);

		lab_drop(&l, c->handle, 16, "bye");
		WAIT(&l, c->state == ISDN_CALL_IDLE);
		assert_int_equal(isdn_call_deallocate(l.client, c->handle), 0);
		l.n_calls = 0;
		l.len = 0; /* what it says is too much to keep */
	}
	isdn_registry_counts(l.registry, &after);
	assert_memory_equal(&after, &before, sizeof(after));
	lab_stop(&l);
}

AS(R_01_a_dropped_call_is_disconnected_at_libpri)
AS(R_16_the_uui_of_a_drop_arrives_at_libpri_whole)
AS(R_17_without_uui_the_call_clears_at_libpri_as_any)
AS(R_29_libpri_sees_a_rejected_call)
AS(R_35_libpri_drops_and_all_are_told_and_can_drop)
AS(R_41_a_dropped_conference_ends_each_call_at_libpri_once)
AS(R_42_every_change_of_calls_with_libpri_is_told_once)
AS(R_58_one_station_drops_and_libpri_hears_nothing)
AS(R_75_a_dropped_call_is_there_until_it_is_given_back)
AS(R_76_ten_thousand_calls_with_libpri_leave_nothing)

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		BOTH(R_01_a_dropped_call_is_disconnected_at_libpri),
		BOTH(R_16_the_uui_of_a_drop_arrives_at_libpri_whole),
		BOTH(R_17_without_uui_the_call_clears_at_libpri_as_any),
		BOTH(R_29_libpri_sees_a_rejected_call),
		BOTH(R_35_libpri_drops_and_all_are_told_and_can_drop),
		BOTH(R_41_a_dropped_conference_ends_each_call_at_libpri_once),
		BOTH(R_42_every_change_of_calls_with_libpri_is_told_once),
		BOTH(R_58_one_station_drops_and_libpri_hears_nothing),
		BOTH(R_75_a_dropped_call_is_there_until_it_is_given_back),
		BOTH(R_76_ten_thousand_calls_with_libpri_leave_nothing),
	};

	if (argc != 2 && argc != 4) {
		fprintf(stderr,
			"usage: interop_registry PEER_PROGRAM [OUR_CHANNEL PEER_CHANNEL]\n");
		return 2;
	}
	peer_program = argv[1];
	our_channel = argc == 4 ? argv[2] : NULL;
	peer_channel = argc == 4 ? argv[3] : NULL;
	for (unsigned i = 0; i < sizeof(long_uui) - 1; i++)
		long_uui[i] = (char)(1 + i * 37 % 255);
	signal(SIGPIPE, SIG_IGN);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
