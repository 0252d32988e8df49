/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A libFuzzer target for the codec: what decodes and encodes decodes to the
 * same again. ./configure CC=clang --enable-fuzz; the vectors of
 * tests/test_codec.c are good seeds.
 */
#include <stdlib.h>
#include <string.h>

#include <isdn/msg.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct isdn_msg a, b;
	static uint8_t one[ISDN_MSG_MAX * 2], two[ISDN_MSG_MAX * 2];
	struct isdn_faults faults;
	enum isdn_dir dir;
	size_t n_one, n_two;

	if (!size)
		return 0;
	dir = data[0] & 1 ? ISDN_NETWORK_TO_USER : ISDN_USER_TO_NETWORK;
	if (isdn_msg_decode(ISDN_VARIANT_ETSI, dir, data + 1, size - 1, &a, &faults) ||
	    isdn_msg_encode(ISDN_VARIANT_ETSI, dir, &a, one, sizeof(one), &n_one))
		return 0;
	if (isdn_msg_decode(ISDN_VARIANT_ETSI, dir, one, n_one, &b, &faults) || faults.n ||
	    isdn_msg_encode(ISDN_VARIANT_ETSI, dir, &b, two, sizeof(two), &n_two) ||
	    n_one != n_two || memcmp(one, two, n_one) != 0)
		abort();
	return 0;
}
