/* SPDX-License-Identifier: BSD-2-Clause */
/* pcapng, as much of it as a capture needs; libpcap does not write it. */
#ifndef UTILS_CAPTURE_NG_H
#define UTILS_CAPTURE_NG_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#define CAPTURE_NG_SPANS 256

struct capture_ng {
	FILE *f;
	unsigned linktype, n;
	unsigned span[CAPTURE_NG_SPANS]; /* by interface */
};

/* The beginning of a file. f is the caller's, and tells what went wrong (ferror). */
void capture_ng_begin(struct capture_ng *ng, FILE *f, unsigned linktype);
/* A packet of a span, whose interface is described where it is the first. */
void capture_ng_packet(struct capture_ng *ng, unsigned span, const uint8_t *packet, size_t len,
		       uint64_t us);

#endif
