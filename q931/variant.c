/* SPDX-License-Identifier: BSD-2-Clause */
/* What each variant has of its own; the messages say for themselves in which variants they are. */
#include "q931/cc.h"
#include "q931/codec.h"

#define B(name) (UINT64_C(1) << ISDN_IE_##name)

/* North American: QSIG's elements are not known; others are not either. */
#define QSIG_ONLY (B(TRANSIT_COUNTER))
#define NATIONAL  (B(CHANGE_STATUS) | B(ORIGINATING_LINE) | B(GENERIC_DIGITS) | B(ORIGINAL_CALLED))
#define NOT_IN_EN (B(NETWORK_FACILITIES) | B(TRANSIT_NETWORK))

/* What they have in common, as far as is known: lengths, and octets of the call reference. */
#define COMMON .uui_max = ISDN_UUI_MAX, .display_max = ISDN_DISPLAY_MAX, .cr_len = { 1, 2 }
#define C(n)   (1u << (n))
#define NORTH_AMERICAN                                                                             \
	COMMON, .without = QSIG_ONLY, .codesets = C(0) | C(5) | C(6) | C(7), .charset = true,      \
		.lax_3a = true, .ulaw = true, .location = ISDN_LOC_PRIVATE_LOCAL

const struct i3_variant i3_variants[I3_VARIANTS] = {
	[ISDN_VARIANT_ETSI] = { .name = "etsi",
				COMMON,
				.overlap = true,
				.uus = true,
				.sending_complete = true,
				.without = NATIONAL | QSIG_ONLY | NOT_IN_EN,
				.codesets = C(0) | C(5) | C(7) },
	[ISDN_VARIANT_Q931] = { .name = "q931",
				COMMON,
				.overlap = true,
				.uus = true,
				.sending_complete = true,
				.maintenance = ISDN_PD_MAINTENANCE,
				.codesets = 0xff },
	[ISDN_VARIANT_QSIG] = { .name = "qsig",
				COMMON,
				.overlap = true,
				.location = ISDN_LOC_PRIVATE_LOCAL,
				.sending_complete = true,
				.without = NATIONAL | NOT_IN_EN,
				.codesets = C(0) | C(4) | C(5) | C(7),
				.symmetrical = true },
	[ISDN_VARIANT_NI2] = { .name = "ni2",
			       NORTH_AMERICAN,
			       .maintenance = ISDN_PD_MAINTENANCE_NI },
	[ISDN_VARIANT_DMS100] = { .name = "dms100",
				  NORTH_AMERICAN,
				  .network_provided = true,
				  .maintenance = ISDN_PD_MAINTENANCE },
	[ISDN_VARIANT_4ESS] = { .name = "4ess",
				NORTH_AMERICAN,
				.network_provided = true,
				.maintenance = ISDN_PD_MAINTENANCE,
				.uui_codeset = 7,
				.ignore_non_locking = true },
	[ISDN_VARIANT_5ESS] = { .name = "5ess",
				NORTH_AMERICAN,
				.maintenance = ISDN_PD_MAINTENANCE,
				.uui_codeset = 7,
				.ignore_non_locking = true },
};

const char *isdn_variant_name(enum isdn_variant variant)
{
	const struct i3_variant *v = i3_variant(variant);

	return v ? v->name : NULL;
}

bool i3_profile(enum isdn_variant variant, struct i3_profile *profile)
{
	const struct i3_variant *v = i3_variant(variant);

	if (!v)
		return false;
	profile->symmetrical = v->symmetrical;
	profile->ulaw = v->ulaw;
	profile->location = v->location;
	profile->uus = v->uus;
	return true;
}
