/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Interworking with libpri, in real time: this end is libisdn's public
 * interface, the far end a process of peer_libpri. Over a socket pair, or over
 * two D-channels of a DAHDI (in the guest of tests/dahdi-vm):
 *
 *	interop_libpri PEER_PROGRAM [OUR_CHANNEL PEER_CHANNEL [PULL PLUG]]
 *
 * PULL and PLUG are shell commands that take the far span away and bring it
 * back; with them only the scenario of that is run.
 *
 * Each scenario runs with us as the user and as the network. What libpri can
 * carry of UUI limits what can be seen: discriminator 4, no NUL, 35 octets of
 * its own; none in its CONNECT (doc/conformance.md).
 */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/libpri_lab.h"

static const char *pull, *plug;

/* 128 octets that libpri can show: IA5 without NUL. */
static const char long_text[] = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ!#"
				"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ%&";

static void we_call_and_we_clear(bool net)
{
	struct lab l;
	struct call *c;
	char line[400];

	lab_start(&l, net, ARGS("--uui-alerting", "alerting-uui", "--uui-release", "release-uui"));
	c = lab_place(&l, "5551234", long_text);
	WAIT(&l, c->state == ISDN_CALL_CONNECTED);
	snprintf(line, sizeof(line), "called=5551234 calling=5559876 uui=%s\n", lab_hex(long_text));
	assert_int_equal(lab_count(&l, line), 1);
	assert_true(c->told);
	lab_uui(&l, c->handle, ISDN_UUI_MIDCALL, "alerting-uui");
	lab_drop(&l, c->handle, 17, long_text);
	WAIT(&l, c->state == ISDN_CALL_IDLE);
	assert_int_equal(l.reply.result, 0);
	assert_int_equal(l.reply.outcome, ISDN_OUTCOME_CLEARED);
	assert_true(l.reply.uui_sent);
	WAIT(&l, lab_said_call(&l, "HANGUP_REQ", 1, 17, long_text));
	lab_uui(&l, c->handle, ISDN_UUI_CLEARING, "release-uui");
	lab_stop(&l);
}

static void we_call_and_libpri_clears(bool net)
{
	struct lab l;
	struct call *c;

	lab_start(&l, net,
		  ARGS("--hangup-after", "50", "--cause", "31", "--uui-disconnect",
		       "disconnect-uui", "--uui-relcomp", "complete-uui"));
	c = lab_place(&l, "1", NULL);
	WAIT(&l, c->state == ISDN_CALL_DISCONNECTED);
	assert_int_equal(c->cause, 31);
	lab_uui(&l, c->handle, ISDN_UUI_CLEARING, "disconnect-uui");
	lab_drop(&l, c->handle, 0, NULL);
	WAIT(&l, c->state == ISDN_CALL_IDLE);
	assert_int_equal(l.reply.result, 0);
	lab_uui(&l, c->handle, ISDN_UUI_CLEARING, "disconnect-uui");
	lab_stop(&l);
}

static void libpri_rejects_by_release_complete(bool net)
{
	struct lab l;
	struct call *c;

	lab_start(&l, net, ARGS("--reject", "34", "--uui-relcomp", "complete-uui"));
	c = lab_place(&l, "1", NULL);
	WAIT(&l, c->state == ISDN_CALL_IDLE);
	assert_int_equal(c->mode, ISDN_DISCONNECT_CONGESTION);
	assert_int_equal(c->cause, 34);
	lab_uui(&l, c->handle, ISDN_UUI_CLEARING, "complete-uui");
	lab_stop(&l);
}

static void libpri_rejects_by_disconnect(bool net)
{
	struct lab l;
	struct call *c;

	lab_start(&l, net, ARGS("--reject", "21", "--uui-disconnect", "no"));
	c = lab_place(&l, "1", NULL);
	WAIT(&l, c->state == ISDN_CALL_DISCONNECTED);
	assert_int_equal(c->mode, ISDN_DISCONNECT_REJECT);
	lab_uui(&l, c->handle, ISDN_UUI_CLEARING, "no");
	lab_drop(&l, c->handle, 0, NULL);
	WAIT(&l, c->state == ISDN_CALL_IDLE);
	lab_stop(&l);
}

static void libpri_calls_and_libpri_clears(bool net)
{
	struct lab l;
	struct call *c;

	lab_start(&l, net,
		  ARGS("--place", "5551234", "--from", "100", "--uui-setup", "setup-uui",
		       "--hangup-after", "50", "--uui-disconnect", "disconnect-uui"));
	c = lab_arrived(&l);
	lab_uui(&l, c->handle, ISDN_UUI_SETUP, "setup-uui");
	assert_true(isdn_call_accept(l.client, c->handle,
				     "\x04"
				     "ringing",
				     8) > 0);
	assert_true(isdn_call_answer(l.client, c->handle,
				     "\x04"
				     "hello",
				     6) > 0);
	WAIT(&l, c->state == ISDN_CALL_DISCONNECTED);
	assert_true(lab_said(&l, "RINGING call=1 uui=72696e67696e67"));
	assert_true(lab_said(&l, "ANSWER call=1 uui=68656c6c6f"));
	lab_uui(&l, c->handle, ISDN_UUI_CLEARING, "disconnect-uui");
	lab_drop(&l, c->handle, 0, NULL);
	WAIT(&l, c->state == ISDN_CALL_IDLE);
	lab_stop(&l);
}

static void libpri_calls_and_we_clear(bool net)
{
	struct lab l;
	struct call *c;

	lab_start(&l, net, ARGS("--place", "1", "--uui-release", "release-uui"));
	c = lab_arrived(&l);
	assert_true(isdn_call_answer(l.client, c->handle, NULL, 0) > 0);
	WAIT(&l, c->state == ISDN_CALL_CONNECTED);
	lab_drop(&l, c->handle, 31, "bye");
	WAIT(&l, c->state == ISDN_CALL_IDLE);
	WAIT(&l, lab_said_call(&l, "HANGUP_REQ", 1, 31, "bye"));
	lab_uui(&l, c->handle, ISDN_UUI_CLEARING, "release-uui");
	lab_stop(&l);
}

static void libpri_calls_and_we_reject(bool net)
{
	struct lab l;
	struct call *c;

	lab_start(&l, net, ARGS("--place", "1"));
	c = lab_arrived(&l);
	lab_drop(&l, c->handle, 0, long_text);
	WAIT(&l, c->state == ISDN_CALL_IDLE);
	assert_int_equal(l.sent.type, ISDN_MT_RELEASE_COMPLETE);
	assert_int_equal(l.reply.outcome, ISDN_OUTCOME_REJECTED);
	WAIT(&l, lab_count(&l, "cause=21 uui="));
	assert_int_equal(lab_count(&l, lab_hex(long_text)), 1);
	lab_stop(&l);
}

/* 128 octets with NUL and 0xff: libpri shows what stands before the NUL, and the call clears as
 * any. */
static void uui_of_all_octets_leaves_us_whole(bool net)
{
	struct lab l;
	struct call *c;
	uint8_t octets[129] = { 4, 'a', 'b', 0, 0xff };
	struct isdn_drop how = { .cause = 16, .uui = octets, .uui_size = 129 };

	for (int i = 5; i < 129; i++)
		octets[i] = (uint8_t)(i * 2);
	lab_start(&l, net, ARGS("--answer"));
	c = lab_place(&l, "1", NULL);
	WAIT(&l, c->state == ISDN_CALL_CONNECTED);
	assert_true(isdn_call_drop(l.client, c->handle, &how) > 0);
	assert_int_equal(l.sent.type, ISDN_MT_DISCONNECT);
	assert_int_equal(l.sent.uui.len, 128);
	assert_memory_equal(l.sent.uui.data, octets + 1, 128);
	WAIT(&l, c->state == ISDN_CALL_IDLE);
	WAIT(&l, lab_said_call(&l, "HANGUP_REQ", 1, 16, "ab"));
	lab_stop(&l);
}

static void conference(struct lab *l, isdn_handle *parent, unsigned n)
{
	assert_int_equal(isdn_conference_new(l->client, NULL, parent), 0);
	for (unsigned i = 0; i < n; i++)
		assert_true(isdn_conference_add(l->client, *parent, l->call[i].handle) > 0);
	lab_find(l, *parent);
}

static bool all(const struct lab *l, unsigned n, enum isdn_call_state state)
{
	for (unsigned i = 0; i < n; i++)
		if (l->call[i].state != state)
			return false;
	return true;
}

/* One request, three hang-ups with our cause and our UUI. */
static void drop_conference(struct lab *l)
{
	isdn_handle parent;
	isdn_request id;

	conference(l, &parent, 3);
	WAIT(l, all(l, 3, ISDN_CALL_CONFERENCED));
	id = lab_drop(l, parent, 31, "conference closed");
	WAIT(l, lab_find(l, parent)->state == ISDN_CALL_IDLE);
	assert_true(all(l, 4, ISDN_CALL_IDLE));
	assert_int_equal(l->reply.request, id);
	assert_int_equal(l->reply.outcome, ISDN_OUTCOME_CLEARED);
	assert_int_equal(l->reply.calls_changed, 4);
	assert_true(l->reply.uui_sent);
	for (int i = 1; i <= 3; i++)
		WAIT(l, lab_said_call(l, "HANGUP_REQ", i, 31, "conference closed"));
	WAIT(l, lab_said(l, "DONE hangups=3"));
}

static void a_conference_of_three_calls_of_ours_is_dropped(bool net)
{
	struct lab l;

	lab_start(&l, net, ARGS("--answer", "--expect-hangups", "3"));
	for (int i = 0; i < 3; i++)
		lab_place(&l, "1", NULL);
	WAIT(&l, all(&l, 3, ISDN_CALL_CONNECTED));
	drop_conference(&l);
	lab_stop(&l);
}

static void a_conference_of_three_calls_of_libpri_is_dropped(bool net)
{
	struct lab l;

	lab_start(&l, net, ARGS("--place", "1", "--calls", "3"));
	WAIT(&l, l.n_calls == 3 && all(&l, 3, ISDN_CALL_OFFERING));
	for (int i = 0; i < 3; i++)
		assert_true(isdn_call_answer(l.client, l.call[i].handle, NULL, 0) > 0);
	WAIT(&l, all(&l, 3, ISDN_CALL_CONNECTED));
	drop_conference(&l);
	lab_stop(&l);
}

static bool alarmed(const struct lab *l)
{
	struct isdn_span_info info;

	assert_int_equal(isdn_registry_span_info(l->registry, l->span, &info), 0);
	return info.alarm;
}

/*
 * The far span goes during a call: alarm, link failure, and the call waits for
 * T309. It comes back with a far end that knows no call: the enquiry finds
 * that out and the call is released; and the line is as good as before.
 */
static void the_far_span_goes_and_comes_back(void **state)
{
	struct isdn_call_info info;
	struct call *c;
	struct lab l;

	(void)state;
	lab_start(&l, true, ARGS("--answer", "--timeout", "60"));
	c = lab_place(&l, "1", NULL);
	WAIT(&l, c->state == ISDN_CALL_CONNECTED);
	lab_kill_peer(&l);
	assert_int_equal(system(pull), 0);
	WAIT(&l, alarmed(&l));
	WAIT(&l, !l.up);
	assert_int_equal(c->state, ISDN_CALL_CONNECTED); /* T309 runs */
	assert_int_equal(system(plug), 0);
	WAIT(&l, !alarmed(&l));
	lab_start_peer(&l, -1, ARGS("--answer", "--uui-release", "again"));
	WAIT(&l, l.up);
	WAIT(&l, c->state == ISDN_CALL_IDLE);
	assert_int_equal(isdn_call_info(l.client, c->handle, &info), 0);
	printf("the call ended with cause %u (%s), %s\n", info.cause, isdn_cause_name(info.cause),
	       isdn_source_name(info.source));
	c = lab_place(&l, "2", NULL);
	WAIT(&l, c->state == ISDN_CALL_CONNECTED);
	lab_drop(&l, c->handle, 16, "back again");
	WAIT(&l, c->state == ISDN_CALL_IDLE);
	WAIT(&l, lab_said_call(&l, "HANGUP_REQ", 1, 16, "back again"));
	lab_stop(&l);
}

/* The same, but the far span stays away: T309 ends the call. */
static void the_far_span_stays_away_and_t309_ends_the_call(void **state)
{
	struct isdn_call_info info;
	struct call *c;
	struct lab l;

	(void)state;
	span_options = ",t309=3000";
	lab_start(&l, true, ARGS("--answer", "--timeout", "60"));
	c = lab_place(&l, "1", NULL);
	WAIT(&l, c->state == ISDN_CALL_CONNECTED);
	lab_kill_peer(&l);
	assert_int_equal(system(pull), 0);
	WAIT(&l, !l.up);
	assert_int_equal(c->state, ISDN_CALL_CONNECTED);
	WAIT(&l, c->state == ISDN_CALL_IDLE);
	assert_int_equal(isdn_call_info(l.client, c->handle, &info), 0);
	assert_int_equal(info.cause, ISDN_CAUSE_DESTINATION_OUT_OF_ORDER);
	assert_int_equal(info.source, ISDN_BY_LINK);
	assert_int_equal(isdn_call_deallocate(l.client, c->handle), 0);
	isdn_registry_free(l.registry);
	assert_int_equal(system(plug), 0);
}

AS(we_call_and_we_clear)
AS(we_call_and_libpri_clears)
AS(libpri_rejects_by_release_complete)
AS(libpri_rejects_by_disconnect)
AS(libpri_calls_and_libpri_clears)
AS(libpri_calls_and_we_clear)
AS(libpri_calls_and_we_reject)
AS(uui_of_all_octets_leaves_us_whole)
AS(a_conference_of_three_calls_of_ours_is_dropped)
AS(a_conference_of_three_calls_of_libpri_is_dropped)

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		BOTH(we_call_and_we_clear),
		BOTH(we_call_and_libpri_clears),
		BOTH(libpri_rejects_by_release_complete),
		BOTH(libpri_rejects_by_disconnect),
		BOTH(libpri_calls_and_libpri_clears),
		BOTH(libpri_calls_and_we_clear),
		BOTH(libpri_calls_and_we_reject),
		BOTH(uui_of_all_octets_leaves_us_whole),
		BOTH(a_conference_of_three_calls_of_ours_is_dropped),
		BOTH(a_conference_of_three_calls_of_libpri_is_dropped),
	};

	const struct CMUnitTest cable[] = {
		cmocka_unit_test(the_far_span_goes_and_comes_back),
		cmocka_unit_test(the_far_span_stays_away_and_t309_ends_the_call),
	};

	if (argc != 2 && argc != 4 && argc != 6) {
		fprintf(stderr, "usage: interop_libpri PEER_PROGRAM [OUR_CHANNEL PEER_CHANNEL "
				"[PULL PLUG]]\n");
		return 2;
	}
	peer_program = argv[1];
	if (argc >= 4) {
		our_channel = argv[2];
		peer_channel = argv[3];
	}
	signal(SIGPIPE, SIG_IGN);
	if (argc == 6) {
		pull = argv[4];
		plug = argv[5];
		return cmocka_run_group_tests(cable, NULL, NULL);
	}
	return cmocka_run_group_tests(tests, NULL, NULL);
}
