/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A hostile far end on a socket: frames of every length, cut, too long, random,
 * and messages bent out of shape. The registry goes on, and a sane far end that
 * comes after finds the line as good as new.
 */
#define _DEFAULT_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <sys/socket.h>
#include <unistd.h>

#include <isdn/isdn.h>

#include "tests/helper.h"

static isdn_time now = 1000;
static uint32_t seed = 99;

static isdn_time clock_hook(void *arg)
{
	(void)arg;
	return now;
}

static uint32_t dice(uint32_t n)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 8) % n;
}

/* What we send is read and forgotten. */
static void empty(int fd)
{
	uint8_t octets[600];

	while (recv(fd, octets, sizeof(octets), MSG_DONTWAIT) > 0)
		;
}

static void give(struct isdn_registry *r, int fd, const uint8_t *octets, size_t len)
{
	(void)send(fd, octets, len, MSG_DONTWAIT | MSG_NOSIGNAL);
	isdn_registry_process(r);
	empty(fd);
}

static void garbage(struct isdn_registry *r, int fd)
{
	static const uint8_t setup[] = { 0x00, 0x01, 0x00, 0x00, 0x08, 0x02, 0x00, 0x01, 0x05,
					 0x04, 0x03, 0x80, 0x90, 0xa3, 0x18, 0x03, 0xa9, 0x83,
					 0x81, 0x7e, 0x04, 0x04, 'a',  0x00, 0xff };
	uint8_t octets[5000];
	uint8_t ns = 0;

	for (int i = 0; i < 20000; i++) {
		size_t len = dice(10) ? dice(60) : dice(sizeof(octets));

		if (i % 200 == 0) { /* SABME and UA: the link is up (again) */
			give(r, fd, (const uint8_t *)"\x00\x01\x7f", 3);
			give(r, fd, (const uint8_t *)"\x02\x01\x73", 3);
			ns = 0;
		}
		for (size_t k = 0; k < len; k++)
			octets[k] = (uint8_t)dice(256);
		if (dice(3)) { /* an I frame in sequence, its message cut or bent */
			memcpy(octets, setup, sizeof(setup));
			octets[2] = (uint8_t)(ns << 1);
			ns = (ns + 1) & 127;
			octets[7] = (uint8_t)dice(40);
			octets[8] = (uint8_t)(dice(2) ? 0x05 : dice(128));
			if (dice(2))
				octets[8 + dice(sizeof(setup) - 8)] = (uint8_t)dice(256);
			len = 4 + dice(sizeof(setup) - 3);
		}
		give(r, fd, octets, len);
		now += dice(50);
	}
}

static void hostile_frames_harm_nothing(void **state)
{
	struct isdn_client_config config;
	struct isdn_registry *r;
	struct isdn_client *c;
	struct isdn_error error;
	struct isdn_event ev;
	struct isdn_env env;
	struct test_mem mem;
	char spec[64];
	unsigned span, calls = 0;
	int fd[2];

	(void)state;
	memset(&env, 0, sizeof(env));
	test_mem_init(&mem, &env.mem);
	env.clock = clock_hook;
	assert_int_equal(isdn_registry_new(&r, NULL, &env), 0);
	isdn_client_config_init(&config);
	assert_int_equal(isdn_client_open(r, &config, &c), 0);
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, fd), 0);
	snprintf(spec, sizeof(spec), "socket:fd=%d,net", fd[0]);
	assert_int_equal(isdn_registry_open_span(r, spec, &span, &error), 0);
	garbage(r, fd[1]);
	while (isdn_client_next_event(c, &ev) == 1) {
		calls += ev.type == ISDN_EV_NEW_CALL;
		if (ev.type == ISDN_EV_CALL_STATE && ev.state == ISDN_CALL_IDLE)
			assert_int_equal(isdn_call_deallocate(c, ev.call), 0);
	}
	assert_true(calls > 10); /* some of it was good enough for a call */
	close(fd[1]);
	isdn_registry_process(r);
	assert_int_equal(isdn_registry_close_span(r, span), 0);
	while (isdn_client_next_event(c, &ev) == 1)
		if (ev.type == ISDN_EV_CALL_STATE && ev.state == ISDN_CALL_IDLE)
			assert_int_equal(isdn_call_deallocate(c, ev.call), 0);
	{
		struct isdn_registry_counts counts;

		isdn_registry_counts(r, &counts);
		assert_int_equal(counts.calls, 0);
	}
	isdn_registry_free(r);
	assert_int_equal(test_mem_live(&mem), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(hostile_frames_harm_nothing) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
