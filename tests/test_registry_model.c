/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The registry beside a model of it (tests/model.h): random operations of four clients over two
 * providers, and after each of them both say the same. A sequence that fails is made short
 * and told step by step.
 * OPERATIONS: how many in all; SEED: of the first sequence.
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

#include "tests/model_run.h"

#define HANG 60 /* s, for one sequence */

/* Sequences are run in a process of their own, so one that crashes is made short as well. */
static struct shared {
	struct run_counts counts;
	uint64_t seed;
	const char *property; /* the same address in all processes */
	char why[400];
} * shared;

static void make_shared(void)
{
	if (!shared)
		shared = mmap(NULL, sizeof(*shared), PROT_READ | PROT_WRITE,
			      MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	assert_true(shared != MAP_FAILED);
	memset(shared, 0, sizeof(*shared));
}

static bool good(const struct plan *plan, bool lossy, bool show)
{
	static struct model model;
	static struct run run;

	alarm(HANG);
	shared->seed = plan->seed;
	shared->property = "it neither crashes nor hangs";
	shared->why[0] = '\0';
	shared->property = run_plan(&run, plan, lossy ? NULL : &model, &shared->counts, show);
	memcpy(shared->why, run.why, sizeof(shared->why));
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

static bool all_good(bool lossy, uint64_t first, uint64_t n)
{
	struct plan plan;

	for (uint64_t i = 0; i < n; i++) {
		plan_make(&plan, first + i);
		if (!good(&plan, lossy, false))
			return false;
	}
	alarm(0);
	return true;
}

static bool good_range(bool lossy, uint64_t first, uint64_t n)
{
	pid_t pid;

	if (getenv("TEST_VALGRIND")) /* which looks at what a child has not freed */
		return all_good(lossy, first, n);
	pid = child();
	if (pid)
		return wait_for(pid);
	_exit(!all_good(lossy, first, n));
}

static bool good_alone(const struct plan *plan, bool lossy, bool show)
{
	pid_t pid = child();
	bool is_good;

	if (pid)
		return wait_for(pid);
	if (!show)
		(void)!freopen("/dev/null", "w", stderr);
	is_good = good(plan, lossy, show);
	fflush(NULL);
	_exit(!is_good);
}

/* The plan without some of its operations. */
static struct plan without(const struct plan *plan, unsigned at, unsigned size)
{
	struct plan less = *plan;

	if (size > plan->n - at)
		size = plan->n - at;
	less.n -= size;
	memmove(&less.op[at], &plan->op[at + size], (less.n - at) * sizeof(less.op[0]));
	return less;
}

/* Operations are left out, many and then single ones, while it fails all the same. */
static void shorten(struct plan *plan, bool lossy, const char *property)
{
	for (unsigned size = plan->n; size; size /= 2)
		for (unsigned at = 0; at < plan->n;) {
			struct plan less = without(plan, at, size);

			if (!good_alone(&less, lossy, false) && shared->property == property)
				*plan = less;
			else
				at += size;
		}
}

static void tell_failure(bool lossy)
{
	const char *property = shared->property;
	uint64_t seed = shared->seed;
	struct plan plan;

	plan_make(&plan, seed);
	for (unsigned n = RUN_OPS + 1; plan.n < n;) {
		n = plan.n;
		shorten(&plan, lossy, property);
	}
	printf("seed %llu, the shortest that fails alike:\n", (unsigned long long)seed);
	if (!good_alone(&plan, lossy, true))
		printf("FAILED: %s: %s\n", shared->property, shared->why);
	fflush(stdout);
	fail_msg("SEED=%llu: %s", (unsigned long long)seed, property);
}

static uint64_t number(const char *name, uint64_t otherwise)
{
	const char *text = getenv(name);

	return text ? strtoull(text, NULL, 10) : otherwise;
}

static void sequences(bool lossy, uint64_t operations)
{
	uint64_t n = (operations + RUN_OPS - 1) / RUN_OPS;
	const struct run_counts *c;

	make_shared();
	c = &shared->counts;
	if (!good_range(lossy, number("SEED", 1), n))
		tell_failure(lossy);
	print_message("%llu operations, %llu refused, %llu events, %llu changes of state, "
		      "%llu dry runs\n",
		      (unsigned long long)c->operations, (unsigned long long)c->refused,
		      (unsigned long long)c->events, (unsigned long long)c->changes,
		      (unsigned long long)c->dry_runs);
	if (n < 100)
		return;
	assert_true(c->changes > c->operations / 4); /* it does something */
	for (int i = 0; i < OPS; i++)
		assert_true(c->types[i] > 0);
}

static uint64_t operations(void)
{
	return number("OPERATIONS", getenv("TEST_VALGRIND") ? 1200 : 400000);
}

static void R_42_every_change_is_told_once_to_every_holder(void **state)
{
	(void)state;
	sequences(false, operations());
}

static void R_15_without_memory_nothing_is_lost_but_what_is_marked_lost(void **state)
{
	(void)state;
	sequences(true, operations() / 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(R_42_every_change_is_told_once_to_every_holder),
		cmocka_unit_test(R_15_without_memory_nothing_is_lost_but_what_is_marked_lost),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
