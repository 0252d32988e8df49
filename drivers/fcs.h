/* SPDX-License-Identifier: BSD-2-Clause */
/* The frame check sequence of HDLC, Q.921 2.7 (CRC-16/X.25). */
#ifndef ID_FCS_H
#define ID_FCS_H

#include <stddef.h>
#include <stdint.h>

/* Of the octets from address to information; sent low octet first. */
static inline uint16_t id_fcs(const uint8_t *octets, size_t len)
{
	unsigned crc = 0xffff;

	for (size_t i = 0; i < len; i++) {
		crc ^= octets[i];
		for (int bit = 0; bit < 8; bit++)
			crc = crc & 1 ? crc >> 1 ^ 0x8408 : crc >> 1;
	}
	return (uint16_t)~crc;
}

#endif
