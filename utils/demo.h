/* SPDX-License-Identifier: BSD-2-Clause */
/* q931-drop demo: calls without a line. */
#ifndef UTILS_DEMO_H
#define UTILS_DEMO_H

#include <stdbool.h>

struct demo_options {
	const char *pcap, *socket;
	bool serve, leak;
};

/* A conference dropped by one request, in virtual time; what is not as it must be is told. */
int demo_run(const struct demo_options *opt);

/* A PBX with calls, in real time, until a signal comes; its control socket is served. */
int demo_serve(const struct demo_options *opt);

#endif
