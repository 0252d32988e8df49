/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * IB_APART: a function that is not to become part of its caller, whose short path is short then.
 * IB_RARE: one for what seldom happens. IB_FETCH: what p points to is used soon.
 */
#ifndef IB_RARE_H
#define IB_RARE_H

#if defined(__GNUC__)
#define IB_APART    __attribute__((noinline))
#define IB_RARE	    __attribute__((noinline, cold))
#define IB_FETCH(p) __builtin_prefetch(p, 1)
#else
#define IB_APART
#define IB_RARE
#define IB_FETCH(p) ((void)(p))
#endif

#endif
