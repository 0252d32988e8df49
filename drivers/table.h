/* SPDX-License-Identifier: BSD-2-Clause */
/* The drivers of this build, and what they share: how options are taken from a span string. */
#ifndef ID_TABLE_H
#define ID_TABLE_H

#include "drivers/driver.h"

extern const struct id_driver id_loop, id_socket, id_dahdi;

/*
 * The value of an option that is a whole number, and mark it as used. *value
 * keeps what it has when the option was not given. 0, or SPEC with *error filled.
 */
int id_option_number(const struct id_args *args, const char *name, unsigned min, unsigned max,
		     unsigned *value, struct isdn_error *error);

/* The same for an option that is there or not, and has no value. */
int id_option_flag(const struct id_args *args, const char *name, bool *value,
		   struct isdn_error *error);

/* Decimal digits only; false when text is anything else or above max. */
bool id_number(const char *text, unsigned max, unsigned *value);

#endif
