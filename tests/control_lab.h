/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A control socket on two spans over a wire (wire_helper.h), in virtual time, and those who
 * connect to it: in the same thread, so that nothing has to be waited for.
 */
#ifndef TESTS_CONTROL_LAB_H
#define TESTS_CONTROL_LAB_H

#include <isdn/control.h>
#include <jansson.h>

#include "tests/wire_helper.h"

#define C_LAB_LINE 9000

struct lab {
	struct wire *w;
	struct isdn_control *control;
	struct isdn_control_config config;
	char dir[64], path[100];
	char logged[2000];
};

struct lab *lab_open(bool net, unsigned max_clients);
void lab_close(struct lab *lab);

/* A connection, not blocking; lab_greeting reads its first line. */
int lab_connect(const struct lab *lab);
/* A connection that may act, and was greeted. */
int lab_opened(struct lab *lab);
struct isdn_control_counters lab_counted(const struct lab *lab);
json_t *lab_greeting(struct lab *lab, int fd, const char *privilege);
void lab_send(struct lab *lab, int fd, const char *text);
/* The next line, after the registry had its turn; NULL: none comes. */
json_t *lab_line(struct lab *lab, int fd);
/* Ask, and take lines until the answer with that id comes; events before it are freed. */
json_t *lab_ask(struct lab *lab, int fd, const char *format, ...) ISDN_PRINTF(3, 4);
/* The next event of that name, for a call where call is not 0. */
json_t *lab_event(struct lab *lab, int fd, const char *name, uint64_t call);

const char *lab_text(const json_t *o, const char *member); /* "" */
int64_t lab_number(const json_t *o, const char *member);   /* 0 */
/* Compared, and freed. */
void lab_error(json_t *answer, const char *error, const char *text);
void lab_good(json_t *answer);
uint64_t lab_id(struct isdn_client *c, isdn_handle h);

#endif
