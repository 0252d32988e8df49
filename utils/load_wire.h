/* SPDX-License-Identifier: BSD-2-Clause */
/* What frames take on a D-channel. */
#ifndef UTILS_LOAD_WIRE_H
#define UTILS_LOAD_WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Bits of each way: with the FCS, the zeros that are put in after five ones, one flag a frame. */
struct wire {
	uint64_t bits_out, bits_in;
	uint64_t messages_out, messages_in; /* of these those of frames with messages */
};

void wire_count(struct wire *w, bool out, const uint8_t *frame, size_t len);

#endif
