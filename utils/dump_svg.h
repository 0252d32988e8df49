/* SPDX-License-Identifier: BSD-2-Clause */
/* A ladder as SVG: rows are gathered, then drawn when their number is known. */
#ifndef UTILS_DUMP_SVG_H
#define UTILS_DUMP_SVG_H

#include "dump.h"

#define SVG_ROWS_MAX  5000
#define SVG_LINKS_MAX 8	 /* pairs of life lines; further links share the last one */
#define SVG_CALLS_MAX 60 /* in the legend */

enum svg_kind { SVG_MESSAGE, SVG_LAYER2, SVG_FOLDED };

struct svg_row {
	enum svg_kind kind;
	bool has_time, has_delta;
	uint64_t us, delta;
	char when[64]; /* as the gutter has it */
	unsigned lane; /* from 0 */
	bool across;   /* of all lanes */
	enum dump_side sender;
	uint64_t call; /* 0: none */
	char *label;   /* the first bold characters of it are the name of the message */
	size_t bold;
	char *details;	  /* lines */
	char *complaints; /* lines */
};

struct svg_call {
	uint64_t id;
	char name[160]; /* what is known of it */
	bool has_time;
	uint64_t first_us, last_us;
	unsigned cause;
};

struct svg {
	struct svg_row *row;
	unsigned n, cap;
	unsigned lanes;
	char lane_name[SVG_LINKS_MAX][160];
	struct svg_call call[SVG_CALLS_MAX];
	unsigned n_calls;
};

void svg_draw(const struct out *o, const struct svg *s);
/* The colour of a call, "#1b6ca8"; of none grey. */
const char *svg_colour(uint64_t call);

#endif
