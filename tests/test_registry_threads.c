/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Jobs that several threads post while the registry's own polls and processes. The same
 * file is built a second time with ThreadSanitizer, where the compiler has it.
 */
#define _POSIX_C_SOURCE 200809L
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include "tests/registry_helper.h"

#define THREADS 4
#define JOBS	2000 /* of each */
#define CALLS	100  /* of each, dropped by jobs */
#define TIMEOUT 10000

struct yard;

struct job {
	struct isdn_job base; /* the first */
	struct yard *yard;
	unsigned thread, number;
	isdn_handle drop; /* 0: none */
};

/* All but post is the registry's thread's. */
struct yard {
	struct isdn_registry *registry;
	struct isdn_client *client;
	struct fake fake;
	pthread_t registry_thread;
	isdn_handle call[THREADS][CALLS];
	unsigned next[THREADS]; /* number of the job that is to come */
	unsigned runs, dropped, without;
};

struct poster {
	pthread_t thread;
	struct yard *yard;
	unsigned number, wait; /* wait: ms before the first */
	unsigned jobs;
};

static int setup(void **state)
{
	struct yard *y = calloc(1, sizeof(*y));
	struct isdn_client_config config;
	unsigned span;

	assert_non_null(y);
	assert_int_equal(isdn_registry_new(&y->registry, NULL, NULL), 0);
	fake_init(&y->fake, 1);
	assert_int_equal(isdn_registry_add_provider(y->registry, &y->fake.base, &span), 0);
	isdn_client_config_init(&config);
	assert_int_equal(isdn_client_open(y->registry, &config, &y->client), 0);
	y->registry_thread = pthread_self();
	*state = y;
	return 0;
}

static int teardown(void **state)
{
	struct yard *y = *state;

	isdn_registry_free(y->registry);
	free(y);
	return 0;
}

/* ---- jobs ---- */

static void run(struct isdn_registry *registry, struct isdn_job *base)
{
	struct job *job = (struct job *)base;
	struct yard *y = job->yard;

	assert_true(pthread_equal(pthread_self(), y->registry_thread));
	assert_int_equal(job->number, y->next[job->thread]); /* in order, and once */
	y->next[job->thread]++;
	y->runs++;
	if (!registry)
		y->without++;
	else if (job->drop)
		y->dropped += isdn_call_drop(y->client, job->drop, NULL) > 0;
	free(job);
}

static struct job *new_job(struct yard *y, unsigned thread, unsigned number)
{
	struct job *job = calloc(1, sizeof(*job));

	if (!job)
		abort();
	job->base.run = run;
	job->yard = y;
	job->thread = thread;
	job->number = number;
	return job;
}

static void sleep_ms(unsigned ms)
{
	const struct timespec t = { .tv_nsec = (long)ms * 1000000 };

	nanosleep(&t, NULL);
}

/* The calls are told to the threads before they begin, and never change. */
static void *post_all(void *arg)
{
	const struct poster *p = arg;
	struct yard *y = p->yard;
	unsigned each = JOBS / CALLS;

	if (p->wait)
		sleep_ms(p->wait);
	for (unsigned i = 0; i < p->jobs; i++) {
		struct job *job = new_job(y, p->number, i);

		if (i % each == 0)
			job->drop = y->call[p->number][i / each];
		if (isdn_registry_post(y->registry, &job->base))
			abort();
	}
	return NULL;
}

static void start(struct yard *y, struct poster *p, unsigned threads, unsigned jobs)
{
	for (unsigned i = 0; i < threads; i++) {
		p[i].yard = y;
		p[i].number = i;
		p[i].jobs = jobs;
		assert_int_equal(pthread_create(&p[i].thread, NULL, post_all, &p[i]), 0);
	}
}

static void join(struct poster *p, unsigned threads)
{
	for (unsigned i = 0; i < threads; i++)
		assert_int_equal(pthread_join(p[i].thread, NULL), 0);
}

static bool readable(const struct yard *y, int timeout)
{
	struct pollfd p = { .fd = isdn_registry_fd(y->registry), .events = POLLIN };

	return poll(&p, 1, timeout) == 1;
}

/* What a wake-up that comes after its job leaves behind is gone with one more process. */
static void assert_idle(struct yard *y)
{
	assert_int_equal(isdn_registry_process(y->registry), 0);
	for (unsigned i = 0; i < 3; i++)
		assert_false(readable(y, 10));
}

static void make_calls(struct yard *y)
{
	struct isdn_call_params p;

	isdn_call_params_init(&p);
	p.span = 1;
	p.called = "1";
	for (unsigned t = 0; t < THREADS; t++)
		for (unsigned i = 0; i < CALLS; i++)
			assert_true(isdn_call_make(y->client, &p, &y->call[t][i]) > 0);
}

/* ---- tests ---- */

static void each_job_runs_once_in_the_order_of_its_thread(void **state)
{
	struct isdn_registry_counts counts;
	struct poster p[THREADS] = { 0 };
	struct yard *y = *state;
	struct isdn_event ev;
	unsigned turns = 0, idle = 0;

	make_calls(y);
	start(y, p, THREADS, JOBS);
	while (y->runs < THREADS * JOBS) {
		assert_true(readable(y, TIMEOUT));
		assert_int_equal(isdn_registry_process(y->registry), 0);
		turns++;
	}
	join(p, THREADS);
	assert_true(turns <= THREADS * JOBS);
	assert_int_equal(y->runs, THREADS * JOBS);
	assert_int_equal(y->dropped, THREADS * CALLS);
	assert_idle(y);
	while (isdn_client_next_event(y->client, &ev) == 1)
		if (ev.type == ISDN_EV_CALL_STATE && ev.state == ISDN_CALL_IDLE) {
			assert_int_equal(isdn_call_deallocate(y->client, ev.call), 0);
			idle++;
		}
	assert_int_equal(idle, THREADS * CALLS);
	isdn_registry_counts(y->registry, &counts);
	assert_int_equal(counts.calls, 0);
	assert_int_equal(counts.requests, 0);
}

static void a_job_wakes_who_polls(void **state)
{
	struct poster p[1] = { { .wait = 50 } };
	struct yard *y = *state;

	assert_idle(y);
	for (unsigned i = 0; i < 5; i++) {
		y->next[0] = 0;
		start(y, p, 1, 1);
		assert_true(readable(y, TIMEOUT));
		assert_int_equal(isdn_registry_process(y->registry), 0);
		join(p, 1);
		assert_idle(y);
		assert_int_equal(y->runs, i + 1);
	}
}

/* A job posts the next one: all of them run in one turn. */
static void run_and_post(struct isdn_registry *registry, struct isdn_job *base)
{
	struct job *job = (struct job *)base;
	struct yard *y = job->yard;
	unsigned number = job->number + 1;

	run(registry, base);
	if (!registry || number == 10)
		return;
	job = new_job(y, 0, number);
	job->base.run = run_and_post;
	assert_int_equal(isdn_registry_post(registry, &job->base), 0);
}

static void a_job_posts_another_one(void **state)
{
	struct yard *y = *state;
	struct job *job = new_job(y, 0, 0);

	job->base.run = run_and_post;
	assert_int_equal(isdn_registry_post(y->registry, &job->base), 0);
	assert_int_equal(isdn_registry_process(y->registry), 0);
	assert_int_equal(y->runs, 10);
	assert_idle(y);
}

static void jobs_that_are_left_are_given_back(void **state)
{
	struct poster p[THREADS] = { 0 };
	struct yard *y = *state;

	make_calls(y);
	start(y, p, THREADS, 50);
	join(p, THREADS);
	assert_int_equal(y->runs, 0);
	isdn_registry_free(y->registry);
	y->registry = NULL;
	assert_int_equal(y->runs, THREADS * 50);
	assert_int_equal(y->without, THREADS * 50);
}

static void what_can_not_be_posted(void **state)
{
	struct isdn_job nothing = { .run = NULL };
	struct yard *y = *state;
	struct job job = { .base.run = run };

	assert_int_equal(isdn_registry_post(NULL, &job.base), ISDN_ERR_INVALPOINTER);
	assert_int_equal(isdn_registry_post(y->registry, NULL), ISDN_ERR_INVALPOINTER);
	assert_int_equal(isdn_registry_post(y->registry, &nothing), ISDN_ERR_INVALPOINTER);
	assert_idle(y);
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(each_job_runs_once_in_the_order_of_its_thread),
		T(a_job_wakes_who_polls),
		T(a_job_posts_another_one),
		T(jobs_that_are_left_are_given_back),
		T(what_can_not_be_posted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
