/* SPDX-License-Identifier: BSD-2-Clause */
/* Random messages that are valid, as structures: the tests of the codec go through many. */
#ifndef TESTS_RANDOM_MSG_H
#define TESTS_RANDOM_MSG_H

#include <isdn/msg.h>

struct random {
	uint64_t state;
	bool for_tshark; /* only what tshark 4.0 reads without a complaint */
};

void random_seed(struct random *r, uint64_t seed);
uint32_t random_u32(struct random *r);
/* 0 to n - 1. */
unsigned random_below(struct random *r, unsigned n);
/* True in percent of all cases. */
bool random_chance(struct random *r, unsigned percent);

/*
 * A message of the variant, in the direction, that encodes to ISDN_MSG_MAX
 * octets or less: any of its types, each mandatory element, some of the others.
 */
void random_msg(struct random *r, enum isdn_variant v, enum isdn_dir dir, struct isdn_msg *m);
/*
 * One of the type, with a call reference of 0 in two octets; few: the mandatory elements
 * alone. False: the variant has no such message in the direction.
 */
bool random_msg_of(struct random *r, enum isdn_variant v, enum isdn_dir dir, unsigned type,
		   bool few, struct isdn_msg *m);

#endif
