/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Ladders: calls between a user and a network side, told line by line
 * (the files of tests/ladders; overlap.ladder says how).
 */
#ifndef TESTS_CC_LADDER_H
#define TESTS_CC_LADDER_H

/* Run every ladder of a file; a failed one fails the test and names the line. How many there were.
 */
unsigned ladder_file(const char *path);

#endif
