/* SPDX-License-Identifier: BSD-2-Clause */
/* Span strings: one row an option; every error names the part and the choices. */
#include "lib/span_spec.h"

#include <stdlib.h>
#include <string.h>

#include "base/env.h"
#include "q931/cc.h"

enum kind { SIDE, INTERFACE, MODE, LAYER2, VARIANT, LAW, BUSY, NFAS, UUS, UUI, CODESET, NUMBER };

#define FIELD(f) offsetof(struct isdn_span_config, f)
enum width { W0, W8, W32, WUNSIGNED };

/* clang-format off */
static const struct option {
	const char *name;
	enum kind kind;
	unsigned value;		/* of a word */
	unsigned min, max;	/* of a number */
	enum width width;
	size_t field;
} options[] = {
	{ "user",	SIDE,		ISDN_USER,	0, 0, W0, 0 },
	{ "net",	SIDE,		ISDN_NETWORK,	0, 0, W0, 0 },
	{ "e1",		INTERFACE,	ISDN_E1,	0, 0, W0, 0 },
	{ "t1",		INTERFACE,	ISDN_T1,	0, 0, W0, 0 },
	{ "bri",	INTERFACE,	ISDN_BRI,	0, 0, W0, 0 },
	{ "ptp",	MODE,		false,		0, 0, W0, 0 },
	{ "ptmp",	MODE,		true,		0, 0, W0, 0 },
	{ "keep-up",	LAYER2,		ISDN_LAYER2_KEEP_UP, 0, 0, W0, 0 },
	{ "leave-down",	LAYER2,		ISDN_LAYER2_LEAVE_DOWN, 0, 0, W0, 0 },
	{ "on-demand",	LAYER2,		ISDN_LAYER2_ON_DEMAND, 0, 0, W0, 0 },
	{ "etsi",	VARIANT,	ISDN_VARIANT_ETSI, 0, 0, W0, 0 },
	{ "q931",	VARIANT,	ISDN_VARIANT_Q931, 0, 0, W0, 0 },
	{ "qsig",	VARIANT,	ISDN_VARIANT_QSIG, 0, 0, W0, 0 },
	{ "ni2",	VARIANT,	ISDN_VARIANT_NI2, 0, 0, W0, 0 },
	{ "dms100",	VARIANT,	ISDN_VARIANT_DMS100, 0, 0, W0, 0 },
	{ "4ess",	VARIANT,	ISDN_VARIANT_4ESS, 0, 0, W0, 0 },
	{ "5ess",	VARIANT,	ISDN_VARIANT_5ESS, 0, 0, W0, 0 },
	{ "alaw",	LAW,		true,		0, 0, W0, 0 },
	{ "ulaw",	LAW,		false,		0, 0, W0, 0 },
	{ "busy-first",	BUSY,		true,		0, 0, W0, 0 },
	{ "nfas",	NFAS,		0,		0, 0, W0, 0 },
	{ "uus",	UUS,		0,		0, 0, W0, 0 },
	{ "uus-free",	UUI,		false,		0, 0, W0, FIELD(uus.negotiated) },
	{ "uui-strict",	UUI,		true,		0, 0, W0, FIELD(uus.strict) },
	{ "uui-codeset", CODESET,	0,		0, 7, W0, 0 },
	{ "burst",	NUMBER, 0, 0, 255,		W8,  FIELD(uus.burst_x) },
	{ "refill",	NUMBER, 0, 0, 255,		W8,  FIELD(uus.burst_y) },
	{ "grace",	NUMBER, 0, 0, 255,		W8,  FIELD(uus.grace) },
	{ "uui",	NUMBER, 0, 0, ISDN_UUI_MAX,	WUNSIGNED, FIELD(uui_max) },
	{ "location",	NUMBER, 0, 0, 15,		W8,  FIELD(location) },
	{ "tei",	NUMBER, 0, 0, 126,		W8,  FIELD(tei) },
	{ "k",		NUMBER, 0, 1, 127,		WUNSIGNED, FIELD(k) },
	{ "n200",	NUMBER, 0, 1, 255,		WUNSIGNED, FIELD(n200) },
	{ "n201",	NUMBER, 0, 1, 260,		WUNSIGNED, FIELD(n201) },
	{ "n202",	NUMBER, 0, 1, 255,		WUNSIGNED, FIELD(n202) },
	{ "tm01",	NUMBER, 0, 10, 3600000,		W32, FIELD(tm01) },
	{ "t200",	NUMBER, 0, 10, 60000,		W32, FIELD(t200) },
	{ "t201",	NUMBER, 0, 10, 60000,		W32, FIELD(t201) },
	{ "t202",	NUMBER, 0, 10, 60000,		W32, FIELD(t202) },
	{ "t203",	NUMBER, 0, 0, 600000,		W32, FIELD(t203) },
};
/* clang-format on */

static const struct option *find(const char *name)
{
	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++)
		if (!strcmp(options[i].name, name))
			return &options[i];
	return NULL;
}

/* Decimal digits only; false when it is anything else or too large. */
static bool number(const char *s, unsigned *value)
{
	size_t n = strspn(s, "0123456789");

	if (n == 0 || n > 9 || s[n])
		return false;
	*value = (unsigned)strtoul(s, NULL, 10);
	return true;
}

/* text as a number from min to max, into *v. */
static int in_range(const char *name, const char *text, unsigned min, unsigned max, unsigned *v,
		    struct isdn_error *error)
{
	if (text && number(text, v) && *v >= min && *v <= max)
		return 0;
	return ib_error(error, ISDN_ERR_SPEC,
			"span option \"%s=%s\": a whole number from %u to %u is needed", name,
			text ? text : "", min, max);
}

static int apply_number(struct isdn_span_config *config, const struct option *o, const char *text,
			struct isdn_error *error)
{
	char *base = (char *)config;
	unsigned v = 0;
	int err = in_range(o->name, text, o->min, o->max, &v, error);

	if (err)
		return err;
	switch (o->width) {
	case W8: {
		uint8_t v8 = (uint8_t)v;
		memcpy(base + o->field, &v8, sizeof(v8));
		break;
	}
	case W32: {
		uint32_t v32 = v;
		memcpy(base + o->field, &v32, sizeof(v32));
		break;
	}
	case WUNSIGNED:
		memcpy(base + o->field, &v, sizeof(v));
		break;
	case W0:
		break;
	}
	return 0;
}

/* nfas=0+1+2: identifiers of interfaces, first the one that has the D-channel. */
static int apply_interfaces(struct isdn_span_config *config, const char *text,
			    struct isdn_error *error)
{
	const char *at = text ? text : "";

	config->n_interfaces = 0;
	do {
		size_t n = strspn(at, "0123456789");
		unsigned long id = n && n < 4 ? strtoul(at, NULL, 10) : 128;

		if (id > 127 || (at[n] && at[n] != '+') ||
		    config->n_interfaces == ISDN_INTERFACES_MAX)
			return ib_error(error, ISDN_ERR_SPEC,
					"span option \"nfas=%s\": up to %d interface identifiers, "
					"0 to 127, joined by \"+\" are needed, as in nfas=0+1",
					text ? text : "", ISDN_INTERFACES_MAX);
		config->interface_id[config->n_interfaces++] = (uint8_t)id;
		at += n;
	} while (*at++);
	return 0;
}

/* uus=1+3: services of user-to-user signalling, 0 the implicit one. */
static int apply_services(struct isdn_span_config *config, const char *text,
			  struct isdn_error *error)
{
	const char *at = text ? text : "";

	config->uus.services = 0;
	do {
		if (*at < '0' || *at >= '0' + ISDN_UUS_COUNT || (at[1] && at[1] != '+'))
			return ib_error(
				error, ISDN_ERR_SPEC,
				"span option \"uus=%s\": services 0 (by UUI in SETUP), 1, 2 "
				"and 3, joined by \"+\", are needed, as in uus=0+1+3",
				text ? text : "");
		config->uus.services |= (uint8_t)ISDN_UUS_BIT(*at - '0');
		at++;
	} while (*at++);
	return 0;
}

static int apply_codeset(struct isdn_span_config *config, const char *text,
			 struct isdn_error *error)
{
	if (!text || (strcmp(text, "0") && strcmp(text, "7")))
		return ib_error(error, ISDN_ERR_SPEC,
				"span option \"uui-codeset=%s\": 0 or 7 is needed",
				text ? text : "");
	config->uus.codeset = *text == '7' ? ISDN_UUI_CODESET_7 : ISDN_UUI_CODESET_0;
	return 0;
}

/* The timers of layer 3 have a table of their own. */
static int apply_timer(struct isdn_span_config *config, struct id_arg *arg,
		       struct isdn_error *error)
{
	for (unsigned i = 0; i < ISDN_TIMER_COUNT; i++) {
		const struct i3_timer_row *row = &i3_timers[i];
		unsigned v = 0;
		int err;

		if (strcmp(row->name, arg->name))
			continue;
		arg->used = true;
		err = in_range(row->name, arg->value, row->min, row->max, &v, error);
		config->timer[i] = v;
		return err;
	}
	return 0; /* the driver's, or nobody's: see finish */
}

/* Side, interface and mode decide the defaults, so they are looked for first. */
static int defaults(struct ir_span_spec *spec, struct isdn_error *error)
{
	enum isdn_variant variant = ISDN_VARIANT_ETSI;
	enum isdn_interface interface = ISDN_E1;
	const char *side = NULL;
	bool ptmp = false;

	for (unsigned i = 0; i < spec->args.n_args; i++) {
		const struct option *o = find(spec->arg[i].name);

		if (o && o->kind == SIDE && side && strcmp(side, o->name))
			return ib_error(error, ISDN_ERR_SPEC,
					"span has both \"user\" and \"net\": it is one side only");
		if (o && o->kind == SIDE)
			side = o->name;
		else if (o && o->kind == INTERFACE)
			interface = (enum isdn_interface)o->value;
		else if (o && o->kind == VARIANT)
			variant = (enum isdn_variant)o->value;
		else if (o && o->kind == MODE)
			ptmp = o->value;
	}
	if (!side)
		return ib_error(error, ISDN_ERR_SPEC,
				"span \"%s:%s\" does not say which side we are: add \",user\" (we "
				"are the PBX) or \",net\" (we are the exchange)",
				spec->driver->name, spec->args.address);
	isdn_span_config_init(&spec->config, (enum isdn_side)find(side)->value, interface);
	isdn_span_config_variant(&spec->config, variant);
	if (ptmp && interface != ISDN_BRI)
		return ib_error(error, ISDN_ERR_SPEC,
				"span option \"ptmp\" (several terminals at one line) is for BRI "
				"only: add \",bri\", or leave it away");
	if (ptmp)
		isdn_span_config_ptmp(&spec->config);
	return 0;
}

static int apply(struct ir_span_spec *spec, struct id_arg *arg, struct isdn_error *error)
{
	const struct option *o = find(arg->name);

	if (!o)
		return apply_timer(&spec->config, arg, error);
	arg->used = true;
	if (o->kind == NUMBER)
		return apply_number(&spec->config, o, arg->value, error);
	if (o->kind == NFAS)
		return apply_interfaces(&spec->config, arg->value, error);
	if (o->kind == UUS)
		return apply_services(&spec->config, arg->value, error);
	if (o->kind == CODESET)
		return apply_codeset(&spec->config, arg->value, error);
	if (arg->value)
		return ib_error(error, ISDN_ERR_SPEC, "span option \"%s\" takes no value",
				arg->name);
	if (o->kind == LAW)
		spec->config.alaw = o->value;
	if (o->kind == BUSY)
		spec->config.busy_first = o->value;
	if (o->kind == UUI)
		memcpy((char *)&spec->config + o->field, &(bool){ o->value }, sizeof(bool));
	if (o->kind == LAYER2)
		spec->config.layer2 = (enum isdn_layer2)o->value;
	return 0;
}

/* What each option allows, and together they do not. */
static int agree(const struct isdn_span_config *c, struct isdn_error *error)
{
	struct i3_profile p;

	if (c->ptmp && i3_profile(c->variant, &p) && p.symmetrical)
		return ib_error(
			error, ISDN_ERR_SPEC,
			"span option \"%s\" is between two exchanges, and a bus has terminals: "
			"leave \"ptmp\" away",
			isdn_variant_name(c->variant));
	if (c->ptmp && c->tei > 63 && c->tei != ISDN_TEI_BROADCAST)
		return ib_error(
			error, ISDN_ERR_SPEC,
			"span option \"tei=%u\": with \"ptmp\" a fixed TEI is 0 to 63; leave "
			"it away to get one from the network",
			c->tei);
	if (c->uui_max && c->n201 < c->uui_max + ISDN_UUI_ROOM)
		return ib_error(error, ISDN_ERR_SPEC,
				"span option \"n201=%u\" leaves no room for user information of %u "
				"octets: add \"uui=%u\" or less",
				c->n201, c->uui_max,
				c->n201 > ISDN_UUI_ROOM ? c->n201 - ISDN_UUI_ROOM : 0);
	if (c->uus.burst_y > c->uus.burst_x || (c->uus.burst_x && !c->uus.burst_y))
		return ib_error(error, ISDN_ERR_SPEC,
				"span options \"burst=%u\" and \"refill=%u\": refill is 1 up to "
				"burst, or both are 0 where messages are not counted",
				c->uus.burst_x, c->uus.burst_y);
	for (unsigned i = 0; i < c->n_interfaces; i++)
		for (unsigned k = 0; k < i; k++)
			if (c->interface_id[i] == c->interface_id[k])
				return ib_error(error, ISDN_ERR_SPEC,
						"span option \"nfas=\" has interface %u twice",
						c->interface_id[i]);
	if (c->n_interfaces && c->interface == ISDN_BRI)
		return ib_error(error, ISDN_ERR_SPEC,
				"span option \"nfas=\" is for E1 and T1, not for BRI");
	if (c->ptmp && c->side == ISDN_NETWORK && c->layer2 == ISDN_LAYER2_KEEP_UP)
		return ib_error(
			error, ISDN_ERR_SPEC,
			"span option \"keep-up\": the network does not keep up the links of "
			"terminals; choose \"leave-down\" or \"on-demand\"");
	return 0;
}

/* Cut the string at its commas and equals signs. */
static int split(struct ir_span_spec *spec, const char *text, struct isdn_error *error)
{
	char *colon, *at;

	if (strlen(text) >= sizeof(spec->text))
		return ib_error(error, ISDN_ERR_SPEC, "span string is longer than %d characters",
				IR_SPEC_MAX - 1);
	strcpy(spec->text, text);
	colon = strchr(spec->text, ':');
	if (!colon)
		return ib_error(
			error, ISDN_ERR_SPEC,
			"span \"%.64s\" has no \":\": DRIVER:ADDRESS[,OPTION]... is needed, "
			"with DRIVER one of %s",
			text, id_driver_names());
	*colon = '\0';
	spec->driver = id_driver_find(spec->text, strlen(spec->text));
	if (!spec->driver)
		return ib_error(error, ISDN_ERR_SPEC,
				"span driver \"%.64s\" is not known: choose one of %s", spec->text,
				id_driver_names());
	at = colon + 1;
	spec->args.address = at;
	spec->args.arg = spec->arg;
	while ((at = strchr(at, ',')) != NULL) {
		struct id_arg *arg = &spec->arg[spec->args.n_args];
		char *value;

		if (spec->args.n_args++ == IR_SPEC_ARGS)
			return ib_error(error, ISDN_ERR_SPEC, "span has more than %d options",
					IR_SPEC_ARGS);
		*at++ = '\0';
		arg->name = at;
		value = strpbrk(at, "=,");
		if (value && *value == '=') {
			*value = '\0';
			arg->value = at = value + 1;
		}
	}
	if (!*spec->args.address)
		return ib_error(error, ISDN_ERR_SPEC, "span \"%s:\" has no address: a %s is needed",
				spec->driver->name, spec->driver->address);
	return 0;
}

int ir_span_spec_parse(struct ir_span_spec *spec, const char *text, struct isdn_error *error)
{
	int err;

	memset(spec, 0, sizeof(*spec));
	err = split(spec, text, error);
	if (!err)
		err = defaults(spec, error);
	for (unsigned i = 0; !err && i < spec->args.n_args; i++)
		err = apply(spec, &spec->arg[i], error);
	return err ? err : agree(&spec->config, error);
}

int ir_span_spec_flag(struct ir_span_spec *spec, const char *name, bool *value,
		      struct isdn_error *error)
{
	for (unsigned i = 0; i < spec->args.n_args; i++) {
		struct id_arg *arg = &spec->args.arg[i];

		if (strcmp(arg->name, name) != 0)
			continue;
		arg->used = true;
		*value = true;
		if (arg->value)
			return ib_error(error, ISDN_ERR_SPEC, "span option \"%s\" takes no value",
					name);
	}
	return 0;
}

int ir_span_spec_finish(const struct ir_span_spec *spec, struct isdn_error *error)
{
	for (unsigned i = 0; i < spec->args.n_args; i++)
		if (!spec->arg[i].used)
			return ib_error(
				error, ISDN_ERR_SPEC,
				"span option \"%.40s\" is not known: choose among user, "
				"net, e1, t1, bri, ptp, ptmp, keep-up, leave-down, "
				"on-demand, etsi, q931, qsig, ni2, dms100, 4ess, 5ess, alaw, ulaw, "
				"busy-first, nfas=, hold-here, hold-wire, uus=, uus-free, "
				"uui-strict, uui-codeset=, "
				"burst= refill= grace= uui= location= tei= k= "
				"n200= ... n202= tm01= t200= ... t203= t301= ... t322= thold= "
				"tretrieve= tservice= t1uus3= ... t4uus3=%s%s",
				spec->arg[i].name,
				*spec->driver->options ? ", and for this driver " : "",
				spec->driver->options);
	return 0;
}
