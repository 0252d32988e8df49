/* SPDX-License-Identifier: BSD-2-Clause */
/* isdn/isdn.h - all of libisdn. */
#ifndef ISDN_ISDN_H
#define ISDN_ISDN_H

#include <isdn/provider.h>
#include <isdn/relay.h>
#include <isdn/uui.h>

#endif
