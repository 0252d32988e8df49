/* SPDX-License-Identifier: BSD-2-Clause */
/* A frame that the trace of libpri tells of, and the lines that tell it. */
#ifndef UTILS_DUMP_PRI_H
#define UTILS_DUMP_PRI_H

#include "dump.h"

/* What is known of the frame that the text is telling of. */
enum part {
	PART_STATE = 1,	 /* "TEI: 0 State 7(...)" */
	PART_I = 1 << 1, /* "Informational frame:", and so on */
	PART_S = 1 << 2,
	PART_U = 1 << 3,
	PART_ADDRESS = 1 << 4,
	PART_SIZE = 1 << 5,    /* "59 bytes of data" */
	PART_MESSAGE = 1 << 6, /* a protocol discriminator */
	PART_CALLREF = 1 << 7,
	PART_TYPE = 1 << 8,
	PART_REQUEST = 1 << 9, /* "DL-DATA request": it is told once more when it is sent */
	PART_RAW = 1 << 10,    /* "[ 02 01 ... ]": the text that follows is of this frame */
	PART_DONE = 1 << 11    /* delivered */
};

#define LAYER2 (PART_I | PART_S | PART_U)

struct pri_span {
	unsigned parts;
	char mark; /* '<', '>' */
	uint64_t number, us;
	bool has_time;
	uint8_t address[2], control[2];
	unsigned size, message_size;
	uint8_t frame[4 + DUMP_FRAME_MAX]; /* the message from octet 4 */
	size_t len;			   /* of the message */
	enum dump_side our;
};

/* "02 01 7f" up to "]" behind it; how many, 0: it is something else. */
size_t pri_octets(const char *text, uint8_t *to, size_t cap);
/* What the words of a line, without the mark, say of the frame; nothing, if they are of none. */
void pri_words(struct pri_span *s, const char *text);

#endif
