/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * One program with libisdn and libpri, both static: their names must not
 * clash. Test code only, for libpri is under the GPL.
 */
#include <stdio.h>

#include <libpri.h>

#include <isdn/isdn.h>

int main(void)
{
	struct isdn_registry *registry;

	if (isdn_registry_new(&registry, NULL, NULL))
		return 1;
	printf("libisdn %s and libpri %s\n", isdn_version(), pri_get_version());
	isdn_registry_free(registry);
	return 0;
}
