/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Jobs that other threads post: a stack that any thread pushes on and the
 * registry's thread takes whole. Nothing else of a registry is touched by two threads.
 */
#include "lib/registry.h"

int isdn_registry_post(struct isdn_registry *registry, struct isdn_job *job)
{
	if (!registry || !job || !job->run)
		return ISDN_ERR_INVALPOINTER;
	job->next = atomic_load_explicit(&registry->jobs, memory_order_relaxed);
	while (!atomic_compare_exchange_weak_explicit(&registry->jobs, &job->next, job,
						      memory_order_release, memory_order_relaxed))
		;
	ir_poll_wake(registry);
	atomic_fetch_add_explicit(&registry->wakes, 1, memory_order_release);
	return 0;
}

static struct isdn_job *reversed(struct isdn_job *newest)
{
	struct isdn_job *oldest = NULL;

	while (newest) {
		struct isdn_job *next = newest->next;

		newest->next = oldest;
		oldest = newest;
		newest = next;
	}
	return oldest;
}

bool ir_jobs_run(struct isdn_registry *r, struct isdn_registry *with)
{
	unsigned wakes = atomic_load_explicit(&r->wakes, memory_order_acquire);
	struct isdn_job *job, *next;

	if (wakes != r->wakes_seen) { /* a job may be seen before its wake-up is */
		r->wakes_seen = wakes;
		ir_poll_woken(r);
	}
	if (!atomic_load_explicit(&r->jobs, memory_order_relaxed))
		return false;
	job = reversed(atomic_exchange_explicit(&r->jobs, NULL, memory_order_acquire));
	for (; job; job = next) {
		next = job->next; /* the job's memory is the caller's again from run on */
		job->run(with, job);
	}
	return true;
}
