/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * A capture file of D-channel frames, LINKTYPE_LINUX_LAPD: pcapng, where each span is an
 * interface, if its name ends so, else pcap, which has no place for the span.
 */
#ifndef UTILS_CAPTURE_H
#define UTILS_CAPTURE_H

#include <isdn/base.h>

struct capture;

/*
 * NULL, with a line on stderr, when the file can not be written. prompt: each frame is in the file
 * at once, since it comes from a line, and the program may be ended before its end.
 */
struct capture *capture_open(const char *program, const char *file, bool prompt);
/*
 * One frame without FCS. span: its number, 0: unknown. net: the frame was sent by the network
 * side; us counts from the epoch.
 */
void capture_frame(struct capture *c, unsigned span, bool net, bool out, const uint8_t *frame,
		   size_t len, uint64_t us);
/* False, with a line on stderr, when not all could be written. */
bool capture_close(struct capture *c);

#endif
