/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The dahdi driver over a kernel that is played here, with the answers that
 * were measured on the real one; tests/dahdi-vm has the real one.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* as drivers/dahdi.c */
#endif
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "tests/test_driver_help.h"

/* The kernel: what it answers next, and what it was given. */
static struct kernel {
	int open_errno, specify_errno, params_errno, buffers_errno, event_errno;
	int sigtype, alarms;
	int events[4]; /* 0: no more */
	int read_errno, write_errno, write_short;
	int channel, opened, buffers[2];
	size_t n_in, n_out;
	uint8_t in[2048], out[2048];
} k;

static int refuse(int number)
{
	errno = number;
	return -1;
}

static int fake_open(const char *path, int flags)
{
	assert_string_equal(path, "/dev/dahdi/channel");
	assert_int_equal(flags & (O_RDWR | O_NONBLOCK), O_RDWR | O_NONBLOCK);
	if (k.open_errno)
		return refuse(k.open_errno);
	k.opened++;
	return 1000;
}

static int fake_close(int fd)
{
	assert_int_equal(fd, 1000);
	k.opened--;
	return 0;
}

static ssize_t fake_read(int fd, void *to, size_t cap)
{
	size_t n = k.n_in;

	assert_int_equal(fd, 1000);
	if (k.events[0])
		return refuse(500);
	if (k.read_errno)
		return refuse(k.read_errno);
	if (!n)
		return refuse(EAGAIN);
	assert_true(n <= cap);
	memcpy(to, k.in, n);
	k.n_in = 0;
	return (ssize_t)n;
}

static ssize_t fake_write(int fd, const void *from, size_t n)
{
	assert_int_equal(fd, 1000);
	if (k.events[0])
		return refuse(500);
	if (k.write_errno)
		return refuse(k.write_errno);
	memcpy(k.out, from, n);
	k.n_out = n;
	return (ssize_t)n - k.write_short;
}

static int fake_ioctl(int fd, unsigned long request, void *arg);

#define open(path, flags)	fake_open(path, flags)
#define close(fd)		fake_close(fd)
#define read(fd, to, n)		fake_read(fd, to, n)
#define write(fd, from, n)	fake_write(fd, from, n)
#define ioctl(fd, request, arg) fake_ioctl(fd, request, arg)
#define id_dahdi		dahdi_under_test
extern const struct id_driver id_dahdi;
#include "drivers/dahdi.c"
#undef open
#undef close
#undef read
#undef write
#undef ioctl

static int next_event(int *event)
{
	if (k.event_errno)
		return refuse(k.event_errno);
	*event = k.events[0];
	memmove(k.events, k.events + 1, sizeof(k.events) - sizeof(k.events[0]));
	k.events[3] = 0;
	return 0;
}

static int fake_ioctl(int fd, unsigned long request, void *arg)
{
	struct abi_bufferinfo *b = arg;

	assert_int_equal(fd, 1000);
	switch (request) {
	case ABI_SPECIFY:
		k.channel = *(int *)arg;
		return k.specify_errno ? refuse(k.specify_errno) : 0;
	case ABI_GET_PARAMS:
		((struct abi_params *)arg)->sigtype = k.sigtype;
		memcpy(((struct abi_params *)arg)->name, "Tst/0/1", 8);
		return k.params_errno ? refuse(k.params_errno) : 0;
	case ABI_SPANSTAT:
		((struct abi_spaninfo *)arg)->alarms = k.alarms;
		return 0;
	case ABI_SET_BUFINFO:
		k.buffers[0] = b->numbufs;
		k.buffers[1] = b->bufsize;
		assert_int_equal(b->txbufpolicy, 0);
		assert_int_equal(b->rxbufpolicy, 0);
		return k.buffers_errno ? refuse(k.buffers_errno) : 0;
	case ABI_BUFFER_EVENTS:
		return refuse(ENOTTY); /* one that does not know it yet */
	case ABI_GETEVENT:
		return next_event(arg);
	default:
		fail_msg("request %lx", request);
		return -1;
	}
}

static struct help_mem mem;
static struct isdn_env env;

static struct id_port *must_open(void)
{
	struct id_port *p = NULL;

	assert_int_equal(help_open(&id_dahdi, &p, "16", NULL, &env, NULL), 0);
	return p;
}

static int begin(void **state)
{
	(void)state;
	memset(&k, 0, sizeof(k));
	k.sigtype = ABI_SIG_HDLCFCS;
	help_env(&env, &mem);
	return 0;
}

static int end(void **state)
{
	(void)state;
	assert_int_equal(k.opened, 0);
	assert_int_equal(mem.held, 0);
	return 0;
}

static void opening_specifies_the_channel_and_asks_for_32_buffers(void **state)
{
	struct id_port *p = must_open();
	short ev;

	(void)state;
	assert_int_equal(k.channel, 16);
	assert_int_equal(k.buffers[0], 32);
	assert_int_equal(k.buffers[1], 1024);
	assert_int_equal(id_dahdi.fd(p, &ev), 1000);
	assert_int_equal(ev, POLLIN | POLLPRI);
	assert_int_equal(id_dahdi.deadline(p), ISDN_NEVER);
	assert_no_event(&id_dahdi, p);
	id_dahdi.close(p);
	k.sigtype = ABI_SIG_HARDHDLC;
	id_dahdi.close(must_open());
}

static void each_refusal_of_the_kernel_has_its_code_and_its_remedy(void **state)
{
	static const struct {
		int *where, number, code;
		const char *text;
	} rows[] = {
		/* clang-format off */
		{ &k.open_errno,    ENOENT, ISDN_ERR_NODEV,  "modprobe dahdi" },
		{ &k.open_errno,    ENXIO,  ISDN_ERR_NODEV,  "modprobe dahdi" },
		{ &k.open_errno,    EACCES, ISDN_ERR_ACCESS, "permission" },
		{ &k.open_errno,    EMFILE, ISDN_ERR_IO,     "/dev/dahdi/channel" },
		{ &k.specify_errno, EBUSY,  ISDN_ERR_BUSY,   "another program" },
		{ &k.specify_errno, ENXIO,  ISDN_ERR_NODEV,  "dchan=16" },
		{ &k.specify_errno, EINVAL, ISDN_ERR_NODEV,  "no such channel" },
		{ &k.specify_errno, ENODEV, ISDN_ERR_NODEV,  "no such channel" },
		{ &k.specify_errno, ENOMEM, ISDN_ERR_NOMEM,  "opening" },
		{ &k.specify_errno, EIO,    ISDN_ERR_IO,     "opening" },
		{ &k.params_errno,  EIO,    ISDN_ERR_IO,     "parameters" },
		{ &k.buffers_errno, ENOMEM, ISDN_ERR_NOMEM,  "32 buffers of 1024" },
		{ &k.buffers_errno, EINVAL, ISDN_ERR_IO,     "32 buffers of 1024" },
		/* clang-format on */
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct isdn_error error = { 0, "" };
		struct id_port *p = NULL;

		*rows[i].where = rows[i].number;
		assert_int_equal(help_open(&id_dahdi, &p, "16", NULL, &env, &error), rows[i].code);
		assert_int_equal(error.code, rows[i].code);
		assert_non_null(strstr(error.text, rows[i].text));
		assert_non_null(strstr(error.text, "dahdi:16"));
		assert_int_equal(k.opened, 0);
		*rows[i].where = 0;
	}
	mem.left = 0;
	assert_int_equal(help_open(&id_dahdi, &(struct id_port *){ NULL }, "16", NULL, &env, NULL),
			 ISDN_ERR_NOMEM);
}

static void a_channel_that_is_no_d_channel_is_named_for_what_it_is(void **state)
{
	static const struct {
		int sigtype;
		const char *text;
	} rows[] = {
		{ ABI_SIG_CLEAR, "B-channel" }, { ABI_SIG_HDLCRAW, "without FCS" },
		{ ABI_SIG_HDLCNET, "nethdlc" }, { ABI_SIG_MTP2, "SS7" },
		{ 0x10080, "another kind" },	{ 0x2004, "analogue" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct id_port *p = NULL;
		struct isdn_error error;

		k.sigtype = rows[i].sigtype;
		assert_int_equal(help_open(&id_dahdi, &p, "16", NULL, &env, &error),
				 ISDN_ERR_DEVTYPE);
		assert_non_null(strstr(error.text, rows[i].text));
		assert_non_null(strstr(error.text, "Tst/0/1"));
		assert_non_null(strstr(error.text, "dchan=16"));
		assert_non_null(strstr(error.text, "hardhdlc=16"));
		assert_true(strlen(error.text) < sizeof(error.text) - 1);
	}
}

static void an_address_is_a_channel_number(void **state)
{
	static const char *const bad[] = { "", "0", "-1", "16x", "span1", "4294967296" };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct id_port *p = NULL;
		struct isdn_error error;

		assert_int_equal(help_open(&id_dahdi, &p, bad[i], NULL, &env, &error),
				 ISDN_ERR_SPEC);
		assert_non_null(strstr(error.text, "lsdahdi"));
	}
}

static void two_octets_for_the_fcs_go_behind_a_frame_and_off_what_is_read(void **state)
{
	struct id_port *p = must_open();
	uint8_t frame[ID_FRAME_MAX];

	(void)state;
	assert_int_equal(id_dahdi.send(p, (const uint8_t *)"abcd", 4, 0), 0);
	assert_int_equal(k.n_out, 6);
	assert_memory_equal(k.out, "abcd", 4);
	k.n_in = 7;
	memcpy(k.in, "efghiXY", 7);
	assert_int_equal(id_dahdi.recv(p, frame, sizeof(frame), 0), 5);
	assert_memory_equal(frame, "efghi", 5);
	assert_int_equal(id_dahdi.recv(p, frame, sizeof(frame), 0), 0);
	id_dahdi.close(p);
}

static void frames_too_short_or_too_long_to_be_one_do_not_get_through(void **state)
{
	struct id_port *p = must_open();
	uint8_t frame[2000] = { 0 };

	(void)state;
	for (k.n_in = 1; k.n_in < 5; k.n_in++) {
		size_t n = k.n_in;

		assert_int_equal(id_dahdi.recv(p, frame, sizeof(frame), 0), 0);
		k.n_in = n;
	}
	assert_no_event(&id_dahdi, p);
	k.n_in = 5;
	assert_int_equal(id_dahdi.recv(p, frame, sizeof(frame), 0), 3);
	k.n_in = 103;
	assert_int_equal(id_dahdi.recv(p, frame, 100, 0), 0);
	assert_int_equal(id_dahdi.deadline(p), 0);
	assert_event(&id_dahdi, p, ID_OVERRUN);
	assert_no_event(&id_dahdi, p);
	assert_int_equal(id_dahdi.send(p, frame, 0, 0), ISDN_ERR_INVAL);
	assert_int_equal(id_dahdi.send(p, frame, 1022, 0), ISDN_ERR_INVAL);
	assert_int_equal(id_dahdi.send(p, frame, 1021, 0), 0);
	assert_int_equal(k.n_out, 1023);
	id_dahdi.close(p);
}

static void events_are_drained_and_those_of_telephones_passed_over(void **state)
{
	static const struct {
		int kernel;
		enum id_event_type type;
	} rows[] = {
		{ 4, ID_ALARM },   { 5, ID_ALARM_CLEAR }, { 6, ID_ABORT },
		{ 7, ID_OVERRUN }, { 8, ID_BAD_FCS },	  { 29, ID_OVERRUN },
	};
	struct id_port *p = must_open();

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		k.events[0] = 13; /* bits of a CAS line changed */
		k.events[1] = rows[i].kernel;
		k.events[2] = 30;
		assert_event(&id_dahdi, p, rows[i].type);
		assert_no_event(&id_dahdi, p);
	}
	id_dahdi.close(p);
}

static void an_event_that_waits_holds_reads_and_writes_back_until_it_is_taken(void **state)
{
	struct id_port *p = must_open();
	uint8_t frame[64] = { 0 };
	short ev;

	(void)state;
	k.events[0] = ABI_EVENT_BADFCS;
	k.n_in = 10;
	assert_int_equal(id_dahdi.recv(p, frame, sizeof(frame), 0), 0);
	assert_int_equal(id_dahdi.deadline(p), 0);
	assert_int_equal(id_dahdi.send(p, frame, 4, 0), ISDN_ERR_AGAIN);
	id_dahdi.fd(p, &ev);
	assert_int_equal(ev, POLLIN | POLLPRI | POLLOUT);
	assert_event(&id_dahdi, p, ID_BAD_FCS);
	assert_no_event(&id_dahdi, p);
	assert_int_equal(id_dahdi.deadline(p), ISDN_NEVER);
	assert_int_equal(id_dahdi.recv(p, frame, sizeof(frame), 0), 8);
	assert_int_equal(id_dahdi.send(p, frame, 4, 0), 0);
	id_dahdi.fd(p, &ev);
	assert_int_equal(ev, POLLIN | POLLPRI);
	id_dahdi.close(p);
}

static void a_full_queue_is_again_and_other_failures_are_told(void **state)
{
	struct id_port *p = must_open();
	uint8_t frame[64] = { 0 };
	short ev;

	(void)state;
	k.write_errno = EAGAIN;
	assert_int_equal(id_dahdi.send(p, frame, 4, 0), ISDN_ERR_AGAIN);
	id_dahdi.fd(p, &ev);
	assert_true(ev & POLLOUT);
	k.write_errno = EIO;
	assert_int_equal(id_dahdi.send(p, frame, 4, 0), ISDN_ERR_IO);
	k.write_errno = 0;
	k.write_short = 1;
	assert_int_equal(id_dahdi.send(p, frame, 4, 0), ISDN_ERR_IO);
	k.read_errno = EIO;
	assert_int_equal(id_dahdi.recv(p, frame, sizeof(frame), 0), ISDN_ERR_IO);
	k.read_errno = EINTR;
	assert_int_equal(id_dahdi.recv(p, frame, sizeof(frame), 0), 0);
	id_dahdi.close(p);
}

static void a_span_in_alarm_at_opening_says_so_once(void **state)
{
	struct id_event ev;
	struct id_port *p;

	(void)state;
	k.alarms = 8;
	p = must_open();
	assert_int_equal(id_dahdi.deadline(p), 0);
	k.events[0] = ABI_EVENT_ALARM; /* what happened while we opened */
	assert_int_equal(id_dahdi.event(p, &ev), 1);
	assert_int_equal(ev.type, ID_ALARM);
	assert_int_equal(ev.alarms, 8);
	assert_no_event(&id_dahdi, p);
	k.events[0] = ABI_EVENT_NOALARM;
	assert_event(&id_dahdi, p, ID_ALARM_CLEAR);
	assert_no_event(&id_dahdi, p);
	id_dahdi.close(p);
}

static void a_device_that_goes_away_is_removed_however_it_is_noticed(void **state)
{
	uint8_t frame[64] = { 0 };
	struct id_port *p;

	(void)state;
	for (int how = 0; how < 4; how++) {
		begin(NULL);
		p = must_open();
		if (how == 0) {
			k.events[0] = ABI_EVENT_REMOVED;
		} else if (how == 1) {
			k.event_errno = ENODEV;
		} else if (how == 2) {
			k.read_errno = ENODEV;
			assert_int_equal(id_dahdi.recv(p, frame, sizeof(frame), 0),
					 ISDN_ERR_REMOVED);
			assert_int_equal(id_dahdi.deadline(p), 0);
		} else {
			k.write_errno = ENODEV;
			assert_int_equal(id_dahdi.send(p, frame, 4, 0), ISDN_ERR_REMOVED);
		}
		assert_event(&id_dahdi, p, ID_REMOVED);
		assert_no_event(&id_dahdi, p);
		assert_int_equal(id_dahdi.deadline(p), ISDN_NEVER);
		assert_int_equal(id_dahdi.recv(p, frame, sizeof(frame), 0), ISDN_ERR_REMOVED);
		assert_int_equal(id_dahdi.send(p, frame, 4, 0), ISDN_ERR_REMOVED);
		id_dahdi.close(p);
		assert_int_equal(end(NULL), 0);
	}
}

#define T(f) cmocka_unit_test_setup_teardown(f, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(opening_specifies_the_channel_and_asks_for_32_buffers),
		T(each_refusal_of_the_kernel_has_its_code_and_its_remedy),
		T(a_channel_that_is_no_d_channel_is_named_for_what_it_is),
		T(an_address_is_a_channel_number),
		T(two_octets_for_the_fcs_go_behind_a_frame_and_off_what_is_read),
		T(frames_too_short_or_too_long_to_be_one_do_not_get_through),
		T(events_are_drained_and_those_of_telephones_passed_over),
		T(an_event_that_waits_holds_reads_and_writes_back_until_it_is_taken),
		T(a_full_queue_is_again_and_other_failures_are_told),
		T(a_span_in_alarm_at_opening_says_so_once),
		T(a_device_that_goes_away_is_removed_however_it_is_noticed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
