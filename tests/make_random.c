/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Random messages as a capture for tshark, and as we read them, one line of
 * JSON each. Message number n of seed s is message 0 of seed s + n.
 * usage: make_random SEED COUNT PCAPFILE
 */
#include <stdio.h>
#include <stdlib.h>

#include "tests/random_msg.h"
#include "utils/capture.h"

#define VARIANTS (ISDN_VARIANT_5ESS + 1)

/* Zero when all went well. */
static int one(struct capture *c, uint64_t seed, uint64_t n)
{
	static struct isdn_msg m, again;
	static char json[32768];
	struct random r = { .for_tshark = true };
	struct isdn_faults faults;
	enum isdn_variant v;
	enum isdn_dir dir;
	uint8_t frame[4 + ISDN_MSG_MAX] = { 0x00, 0x01, 0, 0 };
	size_t len;

	random_seed(&r, seed + n);
	v = (enum isdn_variant)random_below(&r, VARIANTS);
	dir = random_chance(&r, 50) ? ISDN_NETWORK_TO_USER : ISDN_USER_TO_NETWORK;
	random_msg(&r, v, dir, &m);
	frame[0] = dir == ISDN_NETWORK_TO_USER ? 0x02 : 0x00;
	if (isdn_msg_encode(v, dir, &m, frame + 4, ISDN_MSG_MAX, &len) ||
	    isdn_msg_decode(v, dir, frame + 4, len, &again, &faults) || faults.n ||
	    isdn_msg_json(&again, &faults, json, sizeof(json), NULL)) {
		fprintf(stderr, "make_random: seed %llu: %s is not read as it was written\n",
			(unsigned long long)(seed + n), isdn_msg_title(&m));
		return 1;
	}
	capture_frame(c, 0, dir == ISDN_NETWORK_TO_USER, true, frame, len + 4, n);
	puts(json);
	return 0;
}

int main(int argc, char **argv)
{
	uint64_t seed, count;
	struct capture *c;
	int bad = 0;

	if (argc != 4) {
		fprintf(stderr, "usage: make_random SEED COUNT PCAPFILE\n");
		return 2;
	}
	seed = strtoull(argv[1], NULL, 10);
	count = strtoull(argv[2], NULL, 10);
	c = capture_open("make_random", argv[3], false);
	if (!c)
		return 2;
	for (uint64_t n = 0; n < count && !bad; n++)
		bad = one(c, seed, n);
	return capture_close(c) && !bad ? 0 : 1;
}
