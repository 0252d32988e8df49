/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A small exchange for tests, of public functions alone: a network span for each of two lines,
 * users at both, calls relayed from line to line with isdn/relay.h, in virtual time.
 */
#ifndef TESTS_EXCHANGE_H
#define TESTS_EXCHANGE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <isdn/isdn.h>

#include "tests/helper.h"

#define LINES  2
#define USERS  3 /* at a line; more than one at a bus */
#define TRUNKS 8

#define CALLER(x) (&(x)->user[0][0])
#define CALLED(x) (&(x)->user[1][0])

/* What a user was told last, and how often. */
struct user {
	struct isdn_span *span;
	isdn_call_id call; /* that began last */
	struct isdn_span_event ev;
	struct isdn_msg msg; /* of ev */
	unsigned told[ISDN_PRIM_COUNT];
	struct isdn_uui uui[ISDN_PRIM_COUNT]; /* of the last with each */
	bool has_uui[ISDN_PRIM_COUNT];
};

/* A call through the exchange. */
struct trunk {
	struct isdn_relay *relay;
	struct isdn_span *span[2];
	isdn_call_id call[2]; /* 0: gone */
};

struct exchange {
	struct test_mem mem;
	struct isdn_env env;
	isdn_time now;
	uint32_t seed;
	unsigned loss; /* of a thousand frames */
	struct isdn_span *net[LINES];
	struct user user[LINES][USERS];
	unsigned n_users[LINES];
	struct trunk trunk[TRUNKS];
	struct isdn_relay_config relay;
	/* sees each event of a user, and each frame of a line, which it may change; may be NULL */
	void (*on_event)(struct exchange *x, unsigned line, unsigned user,
			 const struct isdn_span_event *ev);
	void (*on_frame)(struct exchange *x, unsigned line, unsigned user, bool to_user,
			 uint8_t *frame, size_t len);
	void *arg;
};

/* Lines as the configurations of their network sides say, users to match, links up. */
struct exchange *exchange_new(const struct isdn_span_config *a, const struct isdn_span_config *b,
			      unsigned terminals);
/* No call, and nothing that was not freed. */
void exchange_done(struct exchange *x);
struct isdn_span_config exchange_line(enum isdn_interface interface, bool bus);
/* Of a user at such a line; and another, with that, in the place of u. */
struct isdn_span_config exchange_user(const struct isdn_span_config *net);
void exchange_replace(struct exchange *x, struct user *u, const struct isdn_span_config *config);
/* Messages until there is none; and time. */
void exchange_run(struct exchange *x, isdn_time ms);

/* A SETUP for anybody at the other line. uui: text, or NULL. */
struct isdn_msg exchange_setup(const char *uui);
struct isdn_uui exchange_uui(const char *text);
void exchange_call(struct exchange *x, unsigned line, const struct isdn_msg *setup);
/* From line 0, with services, r: required, p: preferred, "1p3r", and UUI or NULL. */
void exchange_call_with(struct exchange *x, const char *services, const char *uui);
/* The last UUI with that primitive is text; "" none. */
void exchange_has(const struct user *u, enum isdn_prim prim, const char *text);
/* Responses of a user, with UUI or NULL. */
int exchange_alerting(struct exchange *x, struct user *u, const char *uui);
int exchange_connect(struct exchange *x, struct user *u, const char *uui);
int exchange_clear(struct exchange *x, struct user *u, uint8_t cause, const char *uui);
/* By every user who has a call. */
void exchange_clear_all(struct exchange *x, const char *uui);
int exchange_send(struct exchange *x, struct user *u, const char *uui, bool more);
int exchange_busy(struct exchange *x, const struct user *u, bool busy);
int exchange_request_3(struct exchange *x, const struct user *u);
int exchange_answer(struct exchange *x, const struct user *u, enum isdn_uus_service s, int answer);
enum isdn_uus_state exchange_state(const struct user *u, enum isdn_uus_service s, int *answer);
unsigned exchange_q931_state(const struct user *u);

#endif
