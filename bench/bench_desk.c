/* SPDX-License-Identifier: BSD-2-Clause */
/* The desk of the benchmark of the registry, see bench_desk.h. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "bench/bench_desk.h"

#include <malloc.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include "bench/bench.h"
#include "bench/bench_provider.h"

void fail(const char *format, ...)
{
	va_list ap;

	fflush(stdout);
	fputs("bench_registry: ", stderr);
	va_start(ap, format);
	vfprintf(stderr, format, ap);
	va_end(ap);
	fputc('\n', stderr);
	exit(1);
}

void *need(void *p)
{
	if (!p)
		fail("no memory");
	return p;
}

/* ---- memory of the registry, malloc's header of each piece included ---- */

static size_t octets;

static void *heap_alloc(void *arg, size_t size)
{
	void *p = need(malloc(size));

	(void)arg;
	octets += malloc_usable_size(p) + sizeof(size_t);
	return p;
}

static void heap_free(void *arg, void *p)
{
	(void)arg;
	if (p)
		octets -= malloc_usable_size(p) + sizeof(size_t);
	free(p);
}

size_t heap_octets(void)
{
	return octets;
}

size_t resident(void)
{
	unsigned long pages = 0;
	FILE *f = need(fopen("/proc/self/statm", "r"));

	if (fscanf(f, "%*u %lu", &pages) != 1)
		fail("/proc/self/statm");
	fclose(f);
	return pages * (size_t)sysconf(_SC_PAGESIZE);
}

/* ---- the registry ---- */

struct isdn_registry *registry;
struct isdn_client *owner;
unsigned span;

struct isdn_client *new_client(void)
{
	struct isdn_client_config config;
	struct isdn_client *c;

	isdn_client_config_init(&config);
	config.name = "bench";
	if (isdn_client_open(registry, &config, &c))
		fail("isdn_client_open");
	return c;
}

void open_registry(unsigned max_parties)
{
	struct isdn_env env = { .mem = { heap_alloc, heap_free, NULL } };
	struct isdn_registry_config config;

	isdn_registry_config_init(&config);
	config.max_parties = max_parties;
	if (isdn_registry_new(&registry, &config, &env) ||
	    isdn_registry_add_provider(registry, exchange_provider(), &span))
		fail("no registry");
	owner = new_client();
}

void close_registry(void)
{
	isdn_registry_free(registry);
	if (octets)
		fail("%zu octets of memory were not given back", octets);
}

void take(struct isdn_client *client, struct taken *t)
{
	struct isdn_event ev;

	while (isdn_client_next_event(client, &ev) == 1) {
		if (ev.type == ISDN_EV_LOST || (ev.type == ISDN_EV_REPLY && ev.result))
			fail("a request was refused, or an event lost");
		if (ev.type == ISDN_EV_CALL_STATE) {
			t->idle += ev.state == ISDN_CALL_IDLE;
			t->connected += ev.state == ISDN_CALL_CONNECTED;
		}
		t->replies += ev.type == ISDN_EV_REPLY;
		t->changed += ev.calls_changed;
		t->with_uui += ev.calls_with_uui;
	}
}

void expect(const char *what, unsigned long is, unsigned long ought)
{
	if (is != ought)
		fail("%s: %lu, not %lu", what, is, ought);
}

void deallocate(struct isdn_client *client, isdn_handle call)
{
	if (isdn_call_deallocate(client, call))
		fail("isdn_call_deallocate");
}

void print_row(const char *label, const struct row *r, const struct row *first, int columns,
	       int rounds)
{
	double value[ROUNDS], spread;

	printf("\n%-34s |", label);
	for (int c = 0; c < columns; c++) {
		memcpy(value, r->ns[c], sizeof(value));
		printf("%8.0f", bench_median(value, rounds, &spread));
		for (int i = 0; i < rounds; i++)
			value[i] = r->ns[c][i] / first->ns[c][i];
		printf("%6.2f", bench_median(value, rounds, &spread));
	}
}

void print_head(const char *label, const char *const *column, int columns)
{
	printf("%-34s |", label);
	for (int c = 0; c < columns; c++)
		printf("%14s", column[c]);
}
