/* SPDX-License-Identifier: BSD-2-Clause */
/* What each variant has of its own; the messages say for themselves in which variants they are. */
#include "q931/codec.h"

#define B(name) (UINT64_C(1) << ISDN_IE_##name)

/* North American: QSIG's elements are not known; others are not either. */
#define QSIG_ONLY (B(TRANSIT_COUNTER))
#define NATIONAL  (B(CHANGE_STATUS) | B(ORIGINATING_LINE) | B(GENERIC_DIGITS) | B(ORIGINAL_CALLED))
#define NOT_IN_EN (B(NETWORK_FACILITIES) | B(TRANSIT_NETWORK))

static const struct i3_variant variants[] = {
	[ISDN_VARIANT_ETSI] = { .name = "etsi", .without = NATIONAL | QSIG_ONLY | NOT_IN_EN },
	[ISDN_VARIANT_Q931] = { .name = "q931", .maintenance = ISDN_PD_MAINTENANCE },
	[ISDN_VARIANT_QSIG] = { .name = "qsig",
				.without = NATIONAL | NOT_IN_EN,
				.symmetrical = true },
	[ISDN_VARIANT_NI2] = { .name = "ni2",
			       .without = QSIG_ONLY,
			       .maintenance = ISDN_PD_MAINTENANCE_NI,
			       .charset = true,
			       .lax_3a = true },
	[ISDN_VARIANT_DMS100] = { .name = "dms100",
				  .without = QSIG_ONLY,
				  .maintenance = ISDN_PD_MAINTENANCE,
				  .charset = true,
				  .lax_3a = true },
	[ISDN_VARIANT_4ESS] = { .name = "4ess",
				.without = QSIG_ONLY,
				.maintenance = ISDN_PD_MAINTENANCE,
				.uui_codeset = 7,
				.charset = true,
				.lax_3a = true,
				.ignore_non_locking = true },
	[ISDN_VARIANT_5ESS] = { .name = "5ess",
				.without = QSIG_ONLY,
				.maintenance = ISDN_PD_MAINTENANCE,
				.uui_codeset = 7,
				.charset = true,
				.lax_3a = true,
				.ignore_non_locking = true },
};

const struct i3_variant *i3_variant(enum isdn_variant variant)
{
	return (unsigned)variant < sizeof(variants) / sizeof(variants[0]) ? &variants[variant]
									  : NULL;
}

const char *isdn_variant_name(enum isdn_variant variant)
{
	const struct i3_variant *v = i3_variant(variant);

	return v ? v->name : NULL;
}
