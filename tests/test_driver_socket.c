/* SPDX-License-Identifier: BSD-2-Clause */
/* The socket driver at work: frames as packets, peers that come and go, hostile peers. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* mkdtemp */
#endif
#include "tests/test_driver_socket.h"

static void a_listener_and_who_connects_carry_frames_both_ways(void **state)
{
	struct id_port *a = must_open(",listen"), *b;
	int fd;
	short ev;

	(void)state;
	assert_event(&id_socket, a, ID_ALARM);
	assert_no_event(&id_socket, a);
	assert_int_equal(id_socket.deadline(a), ISDN_NEVER);
	assert_int_equal(id_socket.send(a, (const uint8_t *)"x", 1, 0), 0); /* lost, as in alarm */
	fd = id_socket.fd(a, &ev);
	b = must_open("");
	assert_true(readable(a));
	assert_event(&id_socket, a, ID_ALARM_CLEAR);
	assert_no_event(&id_socket, a);
	assert_no_event(&id_socket, b);
	assert_carries(a, b);
	assert_carries(b, a);
	assert_int_equal(id_socket.fd(a, &ev), fd); /* whoever polls it keeps the same one */
	id_socket.close(b);
	id_socket.close(a);
	assert_int_equal(access(path(), F_OK), -1);
}

static void a_peer_that_closes_is_an_alarm_and_the_next_one_clears_it(void **state)
{
	struct id_port *a = must_open(",listen"), *b;
	uint8_t frame[8];

	(void)state;
	for (int i = 0; i < 3; i++) {
		b = must_open("");
		if (i)
			assert_event(&id_socket, a, ID_ALARM_CLEAR);
		assert_no_event(&id_socket, a);
		assert_carries(b, a);
		assert_int_equal(id_socket.send(b, (const uint8_t *)"last", 4, 0), 0);
		id_socket.close(b);
		assert_true(readable(a));
		assert_int_equal(id_socket.send(a, frame, 4, 0), 0);
		/* what was sent before the end is read before the end is told */
		assert_no_event(&id_socket, a);
		assert_int_equal(id_socket.recv(a, frame, sizeof(frame), 0), 4);
		assert_int_equal(id_socket.recv(a, frame, sizeof(frame), 0), 0);
		assert_int_equal(id_socket.deadline(a), 0);
		assert_event(&id_socket, a, ID_ALARM);
		assert_int_equal(id_socket.deadline(a), ISDN_NEVER);
		assert_int_equal(id_socket.recv(a, frame, sizeof(frame), 0), 0);
		assert_false(readable(a));
	}
	id_socket.close(a);
}

static void a_peer_that_comes_back_at_once_is_taken(void **state)
{
	struct id_port *a = must_open(",listen"), *b = must_open("");
	uint8_t frame[8];

	(void)state;
	assert_no_event(&id_socket, a);
	id_socket.close(b);
	b = must_open("");
	assert_no_event(&id_socket, a);
	assert_int_equal(id_socket.recv(a, frame, sizeof(frame), 0), 0);
	assert_event(&id_socket, a, ID_ALARM);
	assert_event(&id_socket, a, ID_ALARM_CLEAR);
	assert_carries(a, b);
	id_socket.close(b);
	id_socket.close(a);
}

static void a_second_peer_at_a_line_that_is_taken_is_closed(void **state)
{
	struct id_port *a = must_open(",listen"), *b = must_open(""), *c;
	uint8_t frame[8];

	(void)state;
	assert_no_event(&id_socket, a);
	c = must_open("");
	assert_true(readable(a));
	assert_int_equal(id_socket.recv(a, frame, sizeof(frame), 0), 0);
	assert_false(readable(a));
	assert_int_equal(id_socket.recv(c, frame, sizeof(frame), 0), ISDN_ERR_REMOVED);
	assert_event(&id_socket, c, ID_REMOVED);
	assert_no_event(&id_socket, c);
	assert_carries(a, b);
	id_socket.close(c);
	id_socket.close(b);
	id_socket.close(a);
}

static void the_end_of_a_line_that_was_connected_or_given_is_removed(void **state)
{
	uint8_t frame[8];
	struct id_port *p;
	int fd;

	(void)state;
	p = over_pair("", &fd);
	assert_int_equal(send(fd, "ab", 2, 0), 2);
	close(fd);
	/* a write to nobody neither kills us nor hides what is still to be read */
	assert_int_equal(id_socket.send(p, (const uint8_t *)"x", 1, 0), 0);
	assert_int_equal(id_socket.recv(p, frame, sizeof(frame), 0), 2);
	assert_int_equal(id_socket.recv(p, frame, sizeof(frame), 0), ISDN_ERR_REMOVED);
	assert_int_equal(id_socket.deadline(p), 0);
	assert_event(&id_socket, p, ID_REMOVED);
	assert_no_event(&id_socket, p);
	assert_int_equal(id_socket.deadline(p), ISDN_NEVER);
	assert_int_equal(id_socket.send(p, frame, 1, 0), ISDN_ERR_REMOVED);
	assert_int_equal(id_socket.recv(p, frame, sizeof(frame), 0), ISDN_ERR_REMOVED);
	id_socket.close(p);
}

static void a_reset_does_not_hide_what_was_sent_before_it(void **state)
{
	uint8_t frame[8];
	struct id_port *p;
	int fd;

	(void)state;
	p = over_pair("", &fd);
	assert_int_equal(id_socket.send(p, (const uint8_t *)"x", 1, 0), 0);
	assert_int_equal(send(fd, "abc", 3, 0), 3);
	close(fd); /* with an octet unread: ECONNRESET */
	assert_int_equal(id_socket.recv(p, frame, sizeof(frame), 0), 3);
	assert_int_equal(id_socket.recv(p, frame, sizeof(frame), 0), ISDN_ERR_REMOVED);
	id_socket.close(p);
}

static void hostile_packets_are_dropped_and_counted(void **state)
{
	static const uint8_t big[5000];
	uint8_t frame[ID_FRAME_MAX];
	struct id_port *p;
	int fd;

	(void)state;
	p = over_pair("", &fd);
	assert_int_equal(send(fd, "", 0, 0), 0);
	assert_int_equal(send(fd, big, sizeof(big), 0), sizeof(big));
	assert_int_equal(send(fd, big, ID_FRAME_MAX + 1, 0), ID_FRAME_MAX + 1);
	assert_int_equal(send(fd, big, 11, 0), 11);
	assert_int_equal(send(fd, "a", 1, 0), 1);
	assert_int_equal(id_socket.recv(p, frame, 10, 0), 1);
	assert_int_equal(frame[0], 'a');
	assert_event(&id_socket, p, ID_BAD_FCS);
	assert_event(&id_socket, p, ID_OVERRUN);
	assert_event(&id_socket, p, ID_OVERRUN);
	assert_event(&id_socket, p, ID_OVERRUN);
	assert_no_event(&id_socket, p);
	close(fd);
	id_socket.close(p);
}

static void rubbish_without_end_does_not_hold_the_reader(void **state)
{
	uint8_t frame[8];
	struct id_port *p;
	int fd;

	(void)state;
	p = over_pair("", &fd);
	for (int i = 0; i < 70; i++)
		assert_int_equal(send(fd, "", 0, 0), 0);
	assert_int_equal(send(fd, "a", 1, 0), 1);
	assert_int_equal(id_socket.recv(p, frame, sizeof(frame), 0), 0);
	assert_true(readable(p));
	assert_int_equal(id_socket.recv(p, frame, sizeof(frame), 0), 1);
	close(fd);
	id_socket.close(p);
}

/* The check value of CRC-16/X.25 for "123456789" is 906E. */
static void q921_2_7_fcs_is_sent_and_what_comes_is_cut_off(void **state)
{
	uint8_t frame[ID_FRAME_MAX];
	uint8_t big[ID_FRAME_MAX + 3] = { 0 };
	struct id_port *p;
	int fd;

	(void)state;
	p = over_pair(",fcs", &fd);
	assert_int_equal(id_socket.send(p, (const uint8_t *)"123456789", 9, 0), 0);
	assert_int_equal(recv(fd, frame, sizeof(frame), 0), 11);
	assert_memory_equal(frame, "123456789\x6e\x90", 11);
	/* what comes is not checked: libpri fills in nothing */
	assert_int_equal(send(fd, "abc??", 5, 0), 5);
	assert_int_equal(id_socket.recv(p, frame, sizeof(frame), 0), 3);
	assert_memory_equal(frame, "abc", 3);
	assert_int_equal(send(fd, big, ID_FRAME_MAX + 2, 0), ID_FRAME_MAX + 2);
	assert_int_equal(id_socket.recv(p, frame, sizeof(frame), 0), ID_FRAME_MAX);
	assert_no_event(&id_socket, p);
	assert_int_equal(send(fd, big, ID_FRAME_MAX + 3, 0), ID_FRAME_MAX + 3);
	assert_int_equal(send(fd, "ab", 2, 0), 2);
	assert_int_equal(send(fd, "a", 1, 0), 1);
	assert_int_equal(id_socket.recv(p, frame, sizeof(frame), 0), 0);
	assert_event(&id_socket, p, ID_BAD_FCS);
	assert_event(&id_socket, p, ID_BAD_FCS);
	assert_event(&id_socket, p, ID_OVERRUN);
	assert_no_event(&id_socket, p);
	close(fd);
	id_socket.close(p);
}

static void frames_no_line_carries_are_not_sent(void **state)
{
	static const uint8_t big[5000];
	struct id_port *p;
	uint8_t octet;
	int fd;

	(void)state;
	p = over_pair("", &fd);
	assert_int_equal(id_socket.send(p, big, 0, 0), ISDN_ERR_INVAL);
	assert_int_equal(id_socket.send(p, big, ID_FRAME_MAX + 1, 0), ISDN_ERR_INVAL);
	assert_int_equal(id_socket.send(p, big, sizeof(big), 0), ISDN_ERR_INVAL);
	assert_int_equal(recv(fd, &octet, 1, 0), -1);
	close(fd);
	id_socket.close(p);
}

/* Fill until AGAIN; read all at the far end; then it goes on, and POLLOUT is wanted no more. */
static void full_and_again(struct id_port *p, int far)
{
	uint8_t frame[200] = { 0 };
	struct pollfd pfd;
	unsigned sent = 0, got = 0;
	int err;

	while ((err = id_socket.send(p, frame, sizeof(frame), 0)) == 0)
		sent++;
	assert_int_equal(err, ISDN_ERR_AGAIN);
	assert_true(sent > 10);
	assert_false(readable(p));
	while (recv(far, frame, sizeof(frame), MSG_DONTWAIT) > 0)
		got++;
	assert_int_equal(got, sent);
	pfd.fd = id_socket.fd(p, &pfd.events);
	assert_int_equal(poll(&pfd, 1, 0), 1); /* there is room */
	assert_int_equal(id_socket.send(p, frame, sizeof(frame), 0), 0);
	assert_false(readable(p));
}

static void a_full_socket_is_again_until_there_is_room(void **state)
{
	struct id_port *p;
	int fd;

	(void)state;
	p = over_pair("", &fd);
	full_and_again(p, fd);
	close(fd);
	id_socket.close(p);
	p = must_open(",listen");
	fd = raw(SOCK_SEQPACKET, false);
	assert_no_event(&id_socket, p);
	full_and_again(p, fd);
	close(fd);
	id_socket.close(p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_listener_and_who_connects_carry_frames_both_ways),
		T(a_peer_that_closes_is_an_alarm_and_the_next_one_clears_it),
		T(a_peer_that_comes_back_at_once_is_taken),
		T(a_second_peer_at_a_line_that_is_taken_is_closed),
		T(the_end_of_a_line_that_was_connected_or_given_is_removed),
		T(a_reset_does_not_hide_what_was_sent_before_it),
		T(hostile_packets_are_dropped_and_counted),
		T(rubbish_without_end_does_not_hold_the_reader),
		T(q921_2_7_fcs_is_sent_and_what_comes_is_cut_off),
		T(frames_no_line_carries_are_not_sent),
		T(a_full_socket_is_again_until_there_is_room),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
