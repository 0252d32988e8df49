/* SPDX-License-Identifier: BSD-2-Clause */
/* The length of a frame on the line (Q.921 2.2, 2.6, 2.7), by tables for whole octets. */
#include "load_wire.h"

#define POLYNOMIAL 0x8408 /* of Q.921 2.7, the low bit first */
#define FLAG_BITS  8
#define UI	   0x03
#define RUNS	   5 /* ones before an octet: 0 to 4, for after five comes a zero */

static uint16_t fcs_of[256];
static struct {
	uint8_t bits, run;
} octet_of[RUNS][256];

static void tables(void)
{
	for (unsigned v = 0; v < 256; v++) {
		unsigned fcs = v;

		for (int bit = 0; bit < 8; bit++)
			fcs = fcs & 1 ? fcs >> 1 ^ POLYNOMIAL : fcs >> 1;
		fcs_of[v] = (uint16_t)fcs;
		for (unsigned before = 0; before < RUNS; before++) {
			unsigned run = before, bits = 8;

			for (int bit = 0; bit < 8; bit++) {
				run = v >> bit & 1 ? run + 1 : 0;
				bits += run == RUNS;
				run %= RUNS;
			}
			octet_of[before][v].bits = (uint8_t)bits;
			octet_of[before][v].run = (uint8_t)run;
		}
	}
}

static unsigned length(const uint8_t *frame, size_t len)
{
	unsigned bits = FLAG_BITS, run = 0, fcs = 0xffff;

	if (!octet_of[0][0].bits)
		tables();
	for (size_t i = 0; i < len + 2; i++) {
		uint8_t octet = (uint8_t)(i < len ? frame[i] : ~fcs >> 8 * (i - len));

		bits += octet_of[run][octet].bits;
		run = octet_of[run][octet].run;
		if (i < len)
			fcs = fcs >> 8 ^ fcs_of[(fcs ^ octet) & 0xff];
	}
	return bits;
}

void wire_count(struct wire *w, bool out, const uint8_t *frame, size_t len)
{
	unsigned bits = length(frame, len);
	/* I frames, and what the network of a bus offers to all: UI of SAPI 0 */
	bool carries = len >= 4 && (!(frame[2] & 1) || (frame[2] == UI && frame[0] >> 2 == 0));

	*(out ? &w->bits_out : &w->bits_in) += bits;
	if (carries)
		*(out ? &w->messages_out : &w->messages_in) += bits;
}
