/* SPDX-License-Identifier: BSD-2-Clause */
/* The table of drivers, and the options of span strings as drivers take them. */
#include <string.h>

#include "base/env.h"
#include "drivers/table.h"

const struct id_driver *const id_drivers[] = { &id_loop, &id_socket, &id_dahdi, NULL };

const struct id_driver *id_driver_find(const char *name, size_t len)
{
	for (size_t i = 0; id_drivers[i]; i++)
		if (strlen(id_drivers[i]->name) == len && !memcmp(id_drivers[i]->name, name, len))
			return id_drivers[i];
	return NULL;
}

const char *id_driver_names(void)
{
	return "loop, socket, dahdi";
}

bool id_number(const char *text, unsigned max, unsigned *value)
{
	uint64_t v = 0;

	if (!*text)
		return false;
	for (; *text; text++) {
		if (*text < '0' || *text > '9')
			return false;
		v = 10 * v + (unsigned)(*text - '0');
		if (v > max)
			return false;
	}
	*value = (unsigned)v;
	return true;
}

int id_option_number(const struct id_args *args, const char *name, unsigned min, unsigned max,
		     unsigned *value, struct isdn_error *error)
{
	for (unsigned i = 0; i < args->n_args; i++) {
		struct id_arg *arg = &args->arg[i];
		unsigned v;

		if (strcmp(arg->name, name))
			continue;
		arg->used = true;
		if (!arg->value || !id_number(arg->value, max, &v) || v < min)
			return ib_error(error, ISDN_ERR_SPEC,
					"span option \"%s=%.40s\": a whole number from %u to %u is "
					"needed",
					name, arg->value ? arg->value : "", min, max);
		*value = v;
	}
	return 0;
}

int id_option_flag(const struct id_args *args, const char *name, bool *value,
		   struct isdn_error *error)
{
	for (unsigned i = 0; i < args->n_args; i++) {
		struct id_arg *arg = &args->arg[i];

		if (strcmp(arg->name, name))
			continue;
		arg->used = true;
		if (arg->value)
			return ib_error(error, ISDN_ERR_SPEC, "span option \"%s\" takes no value",
					name);
		*value = true;
	}
	return 0;
}
