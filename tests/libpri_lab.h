/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What tests of interworking with libpri have in common: a registry of ours with one span and one
 * client, and libpri, which is a process of peer_libpri, at the other end of a socket pair or of a
 * DAHDI span.
 */
#ifndef TESTS_LIBPRI_LAB_H
#define TESTS_LIBPRI_LAB_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/types.h>

#include <cmocka.h>

#include <isdn/isdn.h>

#define CALLS_MAX 8
#define HEARD_MAX 256
#define PATIENCE  8000 /* ms; DAHDI runs at line rate under emulation */

/* From the command line. */
extern const char *peer_program, *our_channel, *peer_channel; /* channels NULL: a socket pair */
extern const char *span_options;			      /* of our span, ",uui=0" */

struct call {
	isdn_handle handle;
	enum isdn_call_state state;
	uint32_t mode;
	uint8_t cause;
	bool told; /* UUI in the call became readable */
};

/* Events as they came, as far as there is room. */
struct heard {
	struct isdn_event ev[HEARD_MAX];
	unsigned n;
};

struct lab {
	bool net; /* our side */
	struct isdn_registry *registry;
	struct isdn_client *client;
	struct isdn_client *second; /* the test's, or NULL */
	struct heard first_heard, second_heard;
	unsigned span;
	bool up;
	struct call call[CALLS_MAX];
	unsigned n_calls;
	struct isdn_event reply; /* the last one */
	pid_t pid;
	int pipe;
	char text[8192]; /* what the peer said, and its lines */
	size_t len;
	/* the last message that we sent, from the trace, and how many */
	struct isdn_msg sent;
	unsigned n_sent;
};

long lab_now(void); /* ms */

/* The peer's options, a list of strings. */
#define ARGS(...) ((const char *const[]){ __VA_ARGS__, NULL })

#define WAIT(l, condition)                                                                         \
	do {                                                                                       \
		long until_ = lab_now() + PATIENCE;                                                \
		while (!(condition)) {                                                             \
			if (lab_now() > until_)                                                    \
				fail_msg("%s did not come; the peer said:\n%s", #condition,        \
					 (l)->text);                                               \
			lab_turn(l);                                                               \
		}                                                                                  \
	} while (0)

/* Both ends, connected and up; our side is the network when net. */
void lab_start(struct lab *l, bool net, const char *const *args);
void lab_start_peer(struct lab *l, int fd, const char *const *args);
/* The peer ends by itself, satisfied; nothing is left here. */
void lab_stop(struct lab *l);
/* It is gone without a word, as when its machine fails. */
void lab_kill_peer(struct lab *l);
/* One turn of the loop: our events, and what the peer says. */
void lab_turn(struct lab *l);

/* The call of that handle. */
struct call *lab_find(struct lab *l, isdn_handle h);
struct call *lab_place(struct lab *l, const char *number, const char *uui);
/* A call of the peer arrived. */
struct call *lab_arrived(struct lab *l);
isdn_request lab_drop(struct lab *l, isdn_handle h, uint8_t cause, const char *uui);
void lab_uui(struct lab *l, isdn_handle h, enum isdn_uui_which which, const char *text);

/* Whether the peer said that line; how often it said that. */
bool lab_said(const struct lab *l, const char *line);
unsigned lab_count(const struct lab *l, const char *part);
/* "WHAT call=1 cause=16 uui=..." */
bool lab_said_call(struct lab *l, const char *what, int call, int cause, const char *uui);
const char *lab_hex(const char *text);

/* A test f(bool net) as the user and as the network. */
#define AS(f)                                                                                      \
	static void f##_as_user(void **state)                                                      \
	{                                                                                          \
		(void)state;                                                                       \
		f(false);                                                                          \
	}                                                                                          \
	static void f##_as_network(void **state)                                                   \
	{                                                                                          \
		(void)state;                                                                       \
		f(true);                                                                           \
	}
#define BOTH(f) cmocka_unit_test(f##_as_user), cmocka_unit_test(f##_as_network)

#endif
