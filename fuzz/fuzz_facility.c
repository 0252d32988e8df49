/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * libFuzzer: the input is the contents of a Facility element, as many of them
 * as it takes. Components that were read are written and read again.
 */
#include <stdlib.h>
#include <string.h>

#include <isdn/msg.h>

#include "fuzz/script.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A FACILITY message around the octets. */
static size_t wrap(const uint8_t *data, size_t size, uint8_t *message)
{
	size_t len = 0;

	memcpy(message, "\x08\x01\x01\x62", 4);
	len = 4;
	do {
		size_t n = size < 255 ? size : 255;

		message[len++] = 0x1c;
		message[len++] = (uint8_t)n;
		memcpy(message + len, data, n);
		len += n;
		data += n;
		size -= n;
	} while (size && len < 1500);
	return len;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct isdn_msg m, again;
	static uint8_t message[2048], octets[4096];
	static char text[65536];
	struct isdn_faults faults;
	size_t len = wrap(data, size, message), n;

	check(isdn_msg_decode(ISDN_VARIANT_ETSI, ISDN_USER_TO_NETWORK, message, len, &m, &faults) ==
	      0);
	check(isdn_msg_json(&m, &faults, text, sizeof(text), NULL) == 0);
	if (m.cut)
		return 0;
	check(isdn_msg_encode(ISDN_VARIANT_ETSI, ISDN_USER_TO_NETWORK, &m, octets, sizeof(octets),
			      &n) == 0);
	check(n == len && memcmp(octets, message, n) == 0);
	m.decoded = false;
	m.n_elements = 0;
	if (isdn_msg_encode(ISDN_VARIANT_ETSI, ISDN_USER_TO_NETWORK, &m, octets, sizeof(octets),
			    &n))
		return 0;
	check(isdn_msg_decode(ISDN_VARIANT_ETSI, ISDN_USER_TO_NETWORK, octets, n, &again,
			      &faults) == 0);
	check(again.n_components == m.n_components);
	for (unsigned i = 0; i < m.n_components; i++) {
		check(again.component[i].type == m.component[i].type);
		check(again.component[i].invoke_id == m.component[i].invoke_id);
		check(again.component[i].local == m.component[i].local);
		check(again.component[i].argument.len == m.component[i].argument.len);
	}
	return 0;
}
