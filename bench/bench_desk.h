/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * What the tables of bench_registry have in common: one registry at a time, whose memory is
 * counted, with the provider of bench_provider.h and an owner; and the printing of rows.
 */
#ifndef BENCH_DESK_H
#define BENCH_DESK_H

#include <isdn/registry.h>

#define ROUNDS	7 /* at most */
#define COLUMNS 6

extern struct isdn_registry *registry;
extern struct isdn_client *owner;
extern unsigned span;

/* Say so and exit. */
void fail(const char *format, ...) ISDN_PRINTF(1, 2);
void *need(void *p); /* p, unless it is NULL */
void expect(const char *what, unsigned long is, unsigned long ought);

void open_registry(unsigned max_parties);
void close_registry(void); /* all memory must be given back */
struct isdn_client *new_client(void);
void deallocate(struct isdn_client *client, isdn_handle call);

/* Of the events of a client that were taken. */
struct taken {
	unsigned long idle, connected, replies, changed, with_uui;
};

/* All that wait; none may be LOST, or a reply that is an error. */
void take(struct isdn_client *client, struct taken *t);

/* Octets that the registry has, malloc's header of each piece included; and of the whole process.
 */
size_t heap_octets(void);
size_t resident(void);

struct row {
	unsigned size, total;	    /* total: calls at a time */
	double ns[COLUMNS][ROUNDS]; /* of each call */
	double heap, rss;	    /* octets of each call */
};

/* Medians of the rounds, and of what each is to the first row in the same round. */
void print_row(const char *label, const struct row *r, const struct row *first, int columns,
	       int rounds);
void print_head(const char *label, const char *const *column, int columns);

#endif
