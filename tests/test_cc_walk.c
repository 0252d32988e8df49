/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Call control on random walks: whatever is asked for, heard, lost or late, every
 * call ends, exactly once, and leaves nothing (tests/cc_walk_look.c says what
 * holds). A walk that fails is made short and told step by step.
 * WALKS: how many, of all kinds together; SEED: the first.
 */
#define _DEFAULT_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/cc_walk.h"

#define HANG 60 /* s, for one walk */

/* A walk is made in a process of its own, so one that crashes or hangs is made short as well. */
static struct shared {
	struct walk_counts counts;
	uint64_t seed;
	const char *property; /* the same address in all processes */
	char why[200];
} * shared;

static const char *const kinds[WALK_KINDS] = { "clean", "pair", "user", "network", "bus" };

static void make_shared(void)
{
	if (!shared)
		shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
			      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	assert_true(shared != MAP_FAILED);
	memset(shared, 0, sizeof(*shared));
}

static bool good(const struct walk_plan *plan, bool show)
{
	static struct walk w;

	alarm(HANG);
	shared->seed = plan->seed;
	shared->property = "crash or hang";
	shared->why[0] = '\0';
	shared->property = walk_run(&w, plan, &shared->counts, show);
	memcpy(shared->why, w.why, sizeof(shared->why));
	return !shared->property;
}

/* What the child answers is its status: whether it was good, unless it crashed. */
static pid_t child(void)
{
	pid_t pid;

	fflush(NULL);
	pid = fork();
	assert_true(pid >= 0);
	return pid;
}

static bool wait_for(pid_t pid)
{
	int status;

	assert_int_equal(waitpid(pid, &status, 0), pid);
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static bool all_good(enum walk_kind kind, uint64_t first, uint64_t n)
{
	struct walk_plan plan;

	for (uint64_t i = 0; i < n; i++) {
		walk_plan(&plan, kind, first + i);
		if (!good(&plan, false))
			return false;
	}
	alarm(0);
	return true;
}

static bool good_range(enum walk_kind kind, uint64_t first, uint64_t n)
{
	pid_t pid;

	if (getenv("TEST_VALGRIND")) /* which looks at what a child has not freed */
		return all_good(kind, first, n);
	pid = child();
	if (pid)
		return wait_for(pid);
	_exit(!all_good(kind, first, n));
}

static bool good_alone(const struct walk_plan *plan, bool show)
{
	pid_t pid = child();
	bool is_good;

	if (pid)
		return wait_for(pid);
	if (!show)
		(void)!freopen("/dev/null", "w", stderr);
	is_good = good(plan, show);
	fflush(NULL);
	_exit(!is_good);
}

static bool fails_alike(const struct walk_plan *plan, const char *property)
{
	return !good_alone(plan, false) && shared->property == property;
}

/* Steps are left out, in large and then in small pieces, while it fails all the same. */
static void shorten(struct walk_plan *plan, const char *property)
{
	for (unsigned size = plan->n; size; size /= 2)
		for (unsigned at = 0; at < plan->n; at += size) {
			struct walk_plan less = *plan;

			for (unsigned i = at; i < at + size && i < plan->n; i++)
				less.step[i].off = true;
			if (memcmp(&less, plan, sizeof(less)) && fails_alike(&less, property))
				*plan = less;
		}
}

static void tell_failure(enum walk_kind kind)
{
	const char *property = shared->property;
	uint64_t seed = shared->seed;
	struct walk_plan plan;

	memset(&plan, 0, sizeof(plan));
	walk_plan(&plan, kind, seed);
	shorten(&plan, property);
	shorten(&plan, property);
	printf("walk %s, seed %llu, what is left of it:\n", kinds[kind], (unsigned long long)seed);
	if (!good_alone(&plan, true) && shared->why[0])
		printf("failed: %s\n", shared->why);
	fflush(stdout);
	fail_msg("walk %s, SEED=%llu: %s", kinds[kind], (unsigned long long)seed, property);
}

static uint64_t number(const char *name, uint64_t otherwise)
{
	const char *text = getenv(name);

	return text ? strtoull(text, NULL, 10) : otherwise;
}

static unsigned rows_reached(void)
{
	unsigned n = 0;

	for (int i = 0; i < 2; i++)
		for (unsigned row = 0; row < 256; row++)
			n += shared->counts.reached[i][row];
	return n;
}

static void walks(enum walk_kind kind)
{
	uint64_t all = number("WALKS", getenv("TEST_VALGRIND") ? 100 : 50000);
	uint64_t n = (all + WALK_KINDS - 1) / WALK_KINDS;

	make_shared();
	if (!good_range(kind, number("SEED", 1), n))
		tell_failure(kind);
	print_message("%llu walks, %s: %llu calls, %llu messages sent, %llu heard faulty, %llu "
		      "requests refused, %llu events, %u of %u rows\n",
		      (unsigned long long)n, kinds[kind], (unsigned long long)shared->counts.calls,
		      (unsigned long long)shared->counts.messages,
		      (unsigned long long)shared->counts.faulty,
		      (unsigned long long)shared->counts.refused,
		      (unsigned long long)shared->counts.events, rows_reached(),
		      i3_table_user.n + i3_table_network.n);
	print_message("previews: %llu DISCONNECT, %llu RELEASE, %llu RELEASE COMPLETE, %llu none\n",
		      (unsigned long long)shared->counts.previews[ISDN_MT_DISCONNECT & 31],
		      (unsigned long long)shared->counts.previews[ISDN_MT_RELEASE & 31],
		      (unsigned long long)shared->counts.previews[ISDN_MT_RELEASE_COMPLETE & 31],
		      (unsigned long long)shared->counts.silent);
}

static void q931_walks_on_a_good_line_keep_both_sides_in_step(void **state)
{
	(void)state;
	walks(WALK_CLEAN);
}

static void q931_walks_on_a_bad_line_end_and_leave_nothing(void **state)
{
	(void)state;
	walks(WALK_PAIR);
}

static void q931_walks_of_a_user_end_and_leave_nothing(void **state)
{
	(void)state;
	walks(WALK_USER);
}

static void q931_walks_of_a_network_end_and_leave_nothing(void **state)
{
	(void)state;
	walks(WALK_NETWORK);
}

static void q931_walks_at_a_bus_end_and_leave_nothing(void **state)
{
	(void)state;
	walks(WALK_BUS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(q931_walks_on_a_good_line_keep_both_sides_in_step),
		cmocka_unit_test(q931_walks_on_a_bad_line_end_and_leave_nothing),
		cmocka_unit_test(q931_walks_of_a_user_end_and_leave_nothing),
		cmocka_unit_test(q931_walks_of_a_network_end_and_leave_nothing),
		cmocka_unit_test(q931_walks_at_a_bus_end_and_leave_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
