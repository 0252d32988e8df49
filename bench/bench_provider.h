/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A provider for the benchmark of the registry, written against isdn/provider.h as anybody's: it
 * answers at once, and remembers nothing of a call but whose it is.
 */
#ifndef BENCH_PROVIDER_H
#define BENCH_PROVIDER_H

#include <isdn/provider.h>

/* The one provider: all that it will need for so many calls is there, and touched, before anything
 * is measured. */
void exchange_open(unsigned legs);
struct isdn_provider *exchange_provider(void);
void exchange_close(void);
/* A call arrives with the next isdn_registry_process. */
void exchange_offer(void);

#endif
