/* SPDX-License-Identifier: BSD-2-Clause */
/* A decoded message in the words of tshark's tree, as tests/vectors.txt has them. */
#ifndef TESTS_TSHARK_WORDS_H
#define TESTS_TSHARK_WORDS_H

#include <isdn/msg.h>

/* "SETUP cr=01: Sending complete; ..." in text, terminated. */
void tshark_words(const struct isdn_msg *m, char *text, size_t cap);

#endif
