/* SPDX-License-Identifier: BSD-2-Clause */
/* What fragments in the pages take for granted; see check_pages.sh. */
#define _POSIX_C_SOURCE 200809L
#include <isdn/control.h>
#include <isdn/isdn.h>
#include <isdn/provider.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* clang-format off */
#define DECLARATIONS \
	struct isdn_registry *registry = NULL; \
	struct isdn_client *client = NULL, *desk1 = NULL, *desk2 = NULL; \
	isdn_handle call = 0, other = 0, onward = 0, conference = 0, consult = 0, handles[64] = { 0 }; \
	isdn_handle a = 0, b = 0; \
	isdn_bridge line = 0; \
	struct isdn_call_params params = { 0 }; \
	struct isdn_call_info info = { 0 }; \
	struct isdn_event ev = { 0 }; \
	struct isdn_drop how = { 0 }; \
	uint8_t octets[ISDN_MSG_MAX] = { 0 }; \
	struct isdn_error error = { 0 }; \
	unsigned span = 0, other_span = 0;
/* clang-format on */
