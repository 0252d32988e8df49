/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The registry alone: what a drop costs for each party of a conference and each
 * station of a shared line, what a call takes of memory, and how long its handle
 * is looked for. The calls are those of bench_provider.c, which answers at once. make bench builds
 * and runs it; doc/performance.md has a table.
 *
 * Exit status 1: a reply was not what it had to be, or memory was not given back.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <getopt.h>
#include <malloc.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "bench/bench.h"
#include "bench/bench_desk.h"
#include "bench/bench_provider.h"

#define BATCH	 500 /* calls between two looks for events */
#define STATIONS 100
#define PIECE	 640 /* octets of a call, nearly */
#define UUI	 "\x04hello-user-user-information------"

static struct {
	int rounds;
	unsigned calls;	  /* in the table of conferences, and the largest one */
	unsigned most;	  /* in the table of calls */
	unsigned repeats; /* of what is small, in one round: so many calls in all */
} plan = { ROUNDS, 100000, 1000000, 200000 };

static isdn_handle *calls;
static const struct isdn_drop with_uui = { .uui = UUI, .uui_size = sizeof(UUI) - 1 };

/* ---- one after the other: make, drop, give back ---- */

static double make_calls(unsigned n)
{
	double begin = bench_now();
	struct isdn_call_params p;
	struct taken t = { 0 };

	isdn_call_params_init(&p);
	p.span = span;
	p.called = "5551234";
	p.calling = "5559876";
	for (unsigned i = 0; i < n; i++) {
		if (isdn_call_make(owner, &p, &calls[i]) <= 0)
			fail("isdn_call_make");
		if (i % BATCH == BATCH - 1)
			take(owner, &t);
	}
	take(owner, &t);
	expect("calls that are connected", t.connected, n);
	return bench_now() - begin;
}

static double drop_calls(unsigned n)
{
	double begin = bench_now();
	struct taken t = { 0 };

	for (unsigned i = 0; i < n; i++) {
		if (isdn_call_drop(owner, calls[i], &with_uui) <= 0)
			fail("isdn_call_drop");
		if (i % BATCH == BATCH - 1)
			take(owner, &t);
	}
	take(owner, &t);
	expect("calls that were dropped", t.idle, n);
	expect("with UUI", t.with_uui, n);
	return bench_now() - begin;
}

static double give_back(unsigned n)
{
	double begin = bench_now();

	for (unsigned i = 0; i < n; i++)
		deallocate(owner, calls[i]);
	return bench_now() - begin;
}

/* A place among n, by no order. */
static unsigned anywhere(uint32_t *seed, unsigned n)
{
	*seed = *seed * 1103515245u + 12345u;
	return (unsigned)((uint64_t)*seed * n >> 32);
}

/* The state of each call, in the order of making, or in one that has no order. */
static double look(unsigned n, bool anyhow)
{
	double begin = bench_now();
	struct isdn_call_status s;
	uint32_t seed = 12345;

	for (unsigned i = 0; i < n; i++) {
		unsigned at = anyhow ? anywhere(&seed, n) : i;

		if (isdn_call_status(owner, calls[at], &s) || s.state != ISDN_CALL_CONNECTED)
			fail("isdn_call_status");
	}
	return bench_now() - begin;
}

/* What the memory itself takes: one octet of each piece, where pieces are as large as calls. */
static double read_memory(unsigned n)
{
	volatile uint8_t *pieces = need(malloc((size_t)n * PIECE));
	uint32_t seed = 12345;
	double begin, took;

	memset((void *)(uintptr_t)pieces, 0, (size_t)n * PIECE);
	begin = bench_now();
	for (unsigned i = 0; i < n; i++)
		seed += pieces[(size_t)anywhere(&seed, n) * PIECE]; /* each waits for the last */
	took = bench_now() - begin;
	free((void *)(uintptr_t)pieces);
	return took;
}

/* ---- conferences ---- */

enum { ADD, DRY_RUN, DROP, EVENTS, GIVE_BACK, CONFERENCE_COLUMNS };

static struct isdn_effect *effects;
static isdn_handle *parents;

static void add_all(const struct row *r, unsigned from, isdn_handle *parent)
{
	if (isdn_conference_new(owner, NULL, parent))
		fail("isdn_conference_new");
	for (unsigned i = from; i < from + r->size; i++)
		if (isdn_conference_add(owner, *parent, calls[i]) <= 0)
			fail("isdn_conference_add");
}

static void dry_run(const struct row *r, isdn_handle parent)
{
	size_t n;

	if (isdn_call_dry_run(owner, parent, ISDN_DROP, &with_uui, effects, r->size + 1, &n))
		fail("isdn_call_dry_run");
	expect("effects", n, r->size + 1);
}

static void drop_conference(isdn_handle parent)
{
	if (isdn_call_drop(owner, parent, &with_uui) <= 0)
		fail("isdn_call_drop");
}

/* All the calls of the row once: ns of each step. */
static void conferences(const struct row *r, double *ns)
{
	unsigned n = r->total / r->size;
	struct taken t = { 0 };
	double at[CONFERENCE_COLUMNS + 1];

	make_calls(r->total);
	at[ADD] = bench_now();
	for (unsigned i = 0; i < n; i++)
		add_all(r, i * r->size, &parents[i]);
	take(owner, &t);
	memset(&t, 0, sizeof(t));
	at[DRY_RUN] = bench_now();
	for (unsigned i = 0; i < n; i++)
		dry_run(r, parents[i]);
	at[DROP] = bench_now();
	for (unsigned i = 0; i < n; i++)
		drop_conference(parents[i]);
	at[EVENTS] = bench_now();
	take(owner, &t);
	at[GIVE_BACK] = bench_now();
	give_back(r->total);
	for (unsigned i = 0; i < n; i++)
		deallocate(owner, parents[i]);
	at[CONFERENCE_COLUMNS] = bench_now();
	expect("calls that went with their conferences", t.changed, r->total + n);
	expect("of them with UUI", t.with_uui, r->total);
	expect("replies", t.replies, n);
	for (int c = 0; c < CONFERENCE_COLUMNS; c++)
		ns[c] += at[c + 1] - at[c];
}

static void conference_round(struct row *r, int round)
{
	unsigned repeats = plan.repeats / r->total + 1;
	double ns[CONFERENCE_COLUMNS] = { 0 };

	conferences(r, ns); /* the caches hold what another row had */
	memset(ns, 0, sizeof(ns));
	for (unsigned i = 0; i < repeats; i++)
		conferences(r, ns);
	for (int c = 0; c < CONFERENCE_COLUMNS; c++)
		r->ns[c][round] = ns[c] / repeats / r->total;
}

static void table_of_conferences(void)
{
	static const char *const column[] = { "add", "dry run", "drop", "its events", "give back" };
	struct row rows[] = { { .size = 10, .total = plan.calls },
			      { .size = 1000, .total = plan.calls },
			      { .size = plan.calls, .total = plan.calls },
			      { .size = 10, .total = 10 },
			      { .size = 1000, .total = 1000 } };
	const size_t n = sizeof(rows) / sizeof(rows[0]);
	char label[64];

	open_registry(plan.calls);
	for (int round = 0; round < plan.rounds; round++)
		for (size_t i = 0; i < n; i++)
			conference_round(&rows[i], round);
	printf("conferences: ns for each party, and how many times those of the first row\n\n");
	print_head("parties of each", column, CONFERENCE_COLUMNS);
	for (size_t i = 0; i < n; i++) {
		snprintf(label, sizeof(label), "%9u, %u calls at a time", rows[i].size,
			 rows[i].total);
		print_row(label, &rows[i], &rows[0], CONFERENCE_COLUMNS, plan.rounds);
	}
	printf("\n\n");
	close_registry();
}

/* ---- calls ---- */

enum { MAKE, LOOK, LOOK_ANYHOW, READ_MEMORY, DROP_ONE, GIVE_BACK_ONE, CALL_COLUMNS };

static void call_round(struct row *r, int round)
{
	unsigned n = r->total, repeats = plan.repeats / n + 1;
	double ns[CALL_COLUMNS] = { 0 };
	size_t octets, rss;

	for (unsigned i = 0; i < repeats; i++)
		ns[READ_MEMORY] += read_memory(n);
	malloc_trim(0);
	open_registry(plan.calls);
	make_calls(1); /* the registry's own, and the lists that it keeps */
	drop_calls(1);
	give_back(1);
	for (unsigned i = 0; i < repeats; i++) {
		octets = heap_octets(), rss = resident();
		ns[MAKE] += make_calls(n);
		if (i == 0) {
			r->heap = (double)(heap_octets() - octets) / n;
			r->rss = (double)resident() - (double)rss;
			r->rss /= n;
		}
		ns[LOOK] += look(n, false);
		ns[LOOK_ANYHOW] += look(n, true);
		ns[DROP_ONE] += drop_calls(n);
		ns[GIVE_BACK_ONE] += give_back(n);
	}
	for (int c = 0; c < CALL_COLUMNS; c++)
		r->ns[c][round] = ns[c] / repeats / n;
	close_registry();
}

static void table_of_calls(void)
{
	static const char *const column[] = { "make",	  "status", "... anyhow",
					      "one read", "drop",   "give back" };
	struct row rows[] = { { .total = 1000 },
			      { .total = plan.most / 10 },
			      { .total = plan.most } };
	const size_t n = sizeof(rows) / sizeof(rows[0]);
	char label[64];

	for (int round = 0; round < plan.rounds; round++)
		for (size_t i = 0; i < n; i++)
			call_round(&rows[i], round);
	printf("calls: ns for each, and how many times those of the first row; octets of "
	       "memory\n\n");
	print_head("calls at a time", column, CALL_COLUMNS);
	printf(" |   heap resident");
	for (size_t i = 0; i < n; i++) {
		snprintf(label, sizeof(label), "%9u", rows[i].total);
		print_row(label, &rows[i], &rows[0], CALL_COLUMNS, plan.rounds);
		printf(" |%7.0f%9.0f", rows[i].heap, rows[i].rss);
	}
	printf("\n\n");
}

/* ---- shared lines ---- */

enum { CLEAR, DROP_EACH, STATION_COLUMNS };

static struct station {
	struct isdn_client *client;
	isdn_handle call;
} stations[STATIONS];

static isdn_handle new_call_of(struct isdn_client *client)
{
	struct isdn_event ev;

	while (isdn_client_next_event(client, &ev) == 1)
		if (ev.type == ISDN_EV_NEW_CALL)
			return ev.call;
	fail("a call was not offered at a station");
	return 0;
}

/* A call at all of n stations, which have answered it. */
static void answered_by_all(unsigned n)
{
	struct taken t = { 0 };

	exchange_offer();
	isdn_registry_process(registry);
	for (unsigned i = 0; i < n; i++) {
		stations[i].call = new_call_of(stations[i].client);
		if (isdn_call_answer(stations[i].client, stations[i].call, NULL, 0) <= 0)
			fail("isdn_call_answer");
	}
	for (unsigned i = 0; i < n; i++)
		take(stations[i].client, &t);
	expect("replies of stations", t.replies, n);
}

static void idle_at_all(unsigned n)
{
	struct taken t = { 0 };

	for (unsigned i = 0; i < n; i++) {
		take(stations[i].client, &t);
		deallocate(stations[i].client, stations[i].call);
	}
	expect("stations where the call ended", t.idle, n);
}

static void drop_at(const struct station *s, bool clear)
{
	if ((clear ? isdn_call_clear : isdn_call_drop)(s->client, s->call, &with_uui) <= 0)
		fail("a station can not drop");
}

/* One of them clears the call; or each drops it, the last one on the wire. */
static double end_at_stations(unsigned n, bool clear)
{
	double begin, took;

	answered_by_all(n);
	begin = bench_now();
	for (unsigned i = 0; i < (clear ? 1 : n); i++)
		drop_at(&stations[i], clear);
	took = bench_now() - begin;
	idle_at_all(n);
	return took;
}

static void new_line(unsigned n)
{
	struct isdn_bridge_config config;
	isdn_bridge line;

	isdn_bridge_config_init(&config);
	config.span = span;
	if (isdn_bridge_new(registry, &config, &line))
		fail("isdn_bridge_new");
	for (unsigned i = 0; i < n; i++) {
		stations[i].client = new_client();
		if (isdn_bridge_join(stations[i].client, line, NULL))
			fail("isdn_bridge_join");
	}
}

static void station_round(struct row *r, int round)
{
	unsigned repeats = plan.repeats / 10 / r->size + 1;
	double ns[STATION_COLUMNS] = { 0 };

	open_registry(plan.calls);
	new_line(r->size);
	for (unsigned i = 0; i < repeats; i++)
		for (int c = 0; c < STATION_COLUMNS; c++)
			ns[c] += end_at_stations(r->size, c == CLEAR);
	for (int c = 0; c < STATION_COLUMNS; c++)
		r->ns[c][round] = ns[c] / repeats / r->size;
	close_registry();
}

static void table_of_stations(void)
{
	static const char *const column[] = { "one clears", "each drops" };
	struct row rows[] = { { .size = 2 }, { .size = 10 }, { .size = STATIONS } };
	const size_t n = sizeof(rows) / sizeof(rows[0]);
	char label[64];

	for (int round = 0; round < plan.rounds; round++)
		for (size_t i = 0; i < n; i++)
			station_round(&rows[i], round);
	printf("shared lines: ns for each station, and how many times those of the first row\n\n");
	print_head("stations that take part", column, STATION_COLUMNS);
	for (size_t i = 0; i < n; i++) {
		snprintf(label, sizeof(label), "%9u", rows[i].size);
		print_row(label, &rows[i], &rows[0], STATION_COLUMNS, plan.rounds);
	}
	printf("\n");
}

static void options(int argc, char **argv)
{
	static const struct option list[] = { { "quick", no_argument, NULL, 'q' },
					      { NULL, 0, NULL, 0 } };
	int c;

	while ((c = getopt_long(argc, argv, "q", list, NULL)) != -1) {
		if (c != 'q') {
			fputs("usage: bench_registry [--quick]\n", stderr);
			exit(2);
		}
		plan.rounds = 3;
		plan.calls = plan.repeats = 10000;
		plan.most = 100000;
	}
}

int main(int argc, char **argv)
{
	options(argc, argv);
	calls = need(malloc(plan.most * sizeof(*calls)));
	parents = need(malloc(plan.calls * sizeof(*parents)));
	effects = need(malloc((plan.calls + 1) * sizeof(*effects)));
	memset(calls, 1, plan.most * sizeof(*calls));
	exchange_open(plan.most);
	printf("%s, CFLAGS %s\nmedians of %d interleaved rounds; ratios are medians of those of "
	       "each round\n\n",
	       COMPILER, BENCH_CFLAGS, plan.rounds);
	fflush(stdout); /* the rounds take a while */
	table_of_conferences();
	table_of_calls();
	table_of_stations();
	exchange_close();
	free(calls);
	free(parents);
	free(effects);
	return 0;
}
