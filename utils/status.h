/* SPDX-License-Identifier: BSD-2-Clause */
/* Exit statuses of q931-drop and of what attaches as it does; q931-drop(1) tells what they mean. */
#ifndef UTILS_STATUS_H
#define UTILS_STATUS_H

enum { OK, FAILED, USAGE, NO_DEVICE, NO_LINK, NOT_ALLOWED = NO_LINK, TIMED_OUT, SIGNALLED = 128 };

#endif
