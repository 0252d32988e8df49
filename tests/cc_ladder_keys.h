/* SPDX-License-Identifier: BSD-2-Clause */
/* The line of a ladder in words, and messages made of, and held against, its key=value words. */
#ifndef TESTS_CC_LADDER_KEYS_H
#define TESTS_CC_LADDER_KEYS_H

#include "tests/cc_ends.h"

#define LADDER_WORDS 24

struct ladder_line {
	const char *path;
	unsigned number;
	char text[300];
	char name[100];		      /* of the ladder */
	bool turned;		      /* user and net have changed places */
	char *word[LADDER_WORDS + 1]; /* NULL behind the last */
	unsigned n;
};

#define LADDER_FAIL(l, ...)                                                                        \
	do {                                                                                       \
		char why_[400];                                                                    \
		snprintf(why_, sizeof(why_), __VA_ARGS__);                                         \
		fail_msg("%s:%u (%s%s): %s\n\t%s", (l)->path, (l)->number, (l)->name,              \
			 (l)->turned ? ", turned round" : "", why_, (l)->text);                    \
	} while (0)

void ladder_split(struct ladder_line *l, char *line);
/* The value of key=value among the words, "" for a key alone, or NULL. */
const char *ladder_key(const struct ladder_line *l, const char *name);
unsigned ladder_number(const struct ladder_line *l, const char *name, unsigned otherwise);

/* A message with the elements that the keys name. */
void ladder_compose(const struct ladder_line *l, const struct i3_channels *ch, struct isdn_msg *m);
/* cc_ladder_uus.c: components, and services of an event. */
void ladder_uus(const struct ladder_line *l, struct isdn_msg *m);
/* True: there are some. */
bool ladder_same_uus(const struct ladder_line *l, const struct isdn_msg *m);
void ladder_same_services(const struct ladder_line *l, const struct i3_cc *cc,
			  const struct isdn_span_event *ev);
int ladder_uus_answer(const struct ladder_line *l);
void ladder_uus_config(const struct ladder_line *l, struct isdn_uus_config *config);
/* Whether a message is as the keys say. */
void ladder_compare(const struct ladder_line *l, const struct isdn_msg *m);

void ladder_same_text(const struct ladder_line *l, const char *name, bool there, const void *is,
		      size_t n);
void ladder_same_number(const struct ladder_line *l, const char *name, bool there, unsigned is);
/* Whether an element is there: exactly when its key is. */
void ladder_same_presence(const struct ladder_line *l, const char *name, bool there);

#endif
