/* SPDX-License-Identifier: BSD-2-Clause */
/* What the diagnostics of a cause mean, Q.850 2.2.6 and its table 1: by the cause value. */
#include "q931/codec.h"

typedef bool reader(const struct isdn_cause_ie *c, struct isdn_diagnostic *d);

/* One octet: bits 2-1, the rest network dependent. */
static bool condition(const struct isdn_cause_ie *c, struct isdn_diagnostic *d)
{
	d->condition = c->diag[0] & 3;
	return d->condition != 3;
}

/* Reason and condition, then the element that is missing or insufficient. */
static bool rejection(const struct isdn_cause_ie *c, struct isdn_diagnostic *d)
{
	d->reason = (c->diag[0] >> 2) & 0x1f;
	d->condition = c->diag[0] & 3;
	d->n = c->n_diag > 1 && d->reason;
	d->id[0] = d->n ? c->diag[1] : 0;
	d->codeset[0] = 0;
	return d->condition != 3 && d->reason <= 2;
}

static bool ccbs(const struct isdn_cause_ie *c, struct isdn_diagnostic *d)
{
	d->number = c->diag[0] & 0x7f;
	return c->n_diag == 1 && (d->number == 1 || d->number == 2);
}

static bool digits(const struct isdn_cause_ie *c, struct isdn_diagnostic *d, unsigned from)
{
	for (unsigned i = from; i < c->n_diag; i++) {
		if (c->diag[i] < 0x20 || c->diag[i] > 0x7e)
			return false;
		d->digits[d->n++] = (char)c->diag[i];
	}
	d->digits[d->n] = '\0';
	return d->n > 0;
}

/* Where the digits begin: behind octet 3, when there is one. */
static unsigned digits_from(const struct isdn_cause_ie *c)
{
	unsigned i = 0;

	if ((c->diag[0] >= '0' && c->diag[0] <= '9') || c->diag[0] == '*' || c->diag[0] == '#')
		return 0;
	while (i < c->n_diag && !(c->diag[i] & 0x80))
		i++;
	return i + 1;
}

/* The new destination, with or without the head of a called party number. */
static bool number(const struct isdn_cause_ie *c, struct isdn_diagnostic *d)
{
	if (c->n_diag > 2 && c->diag[0] == i3_ies[ISDN_IE_CALLED].id)
		return c->diag[1] == c->n_diag - 2 && digits(c, d, 3);
	return digits(c, d, digits_from(c));
}

/* Identifiers; a locking shift holds for what follows it. */
static bool elements(const struct isdn_cause_ie *c, struct isdn_diagnostic *d)
{
	unsigned codeset = 0;

	for (unsigned i = 0; i < c->n_diag; i++) {
		if ((c->diag[i] & 0xf8) == 0x90) {
			codeset = c->diag[i] & 7;
			continue;
		}
		d->codeset[d->n] = (uint8_t)codeset;
		d->id[d->n++] = c->diag[i];
	}
	return d->n > 0;
}

static bool message(const struct isdn_cause_ie *c, struct isdn_diagnostic *d)
{
	d->number = c->diag[0];
	return true;
}

static bool timer(const struct isdn_cause_ie *c, struct isdn_diagnostic *d)
{
	return digits(c, d, 0);
}

static bool as_octets(const struct isdn_cause_ie *c, struct isdn_diagnostic *d)
{
	(void)c;
	(void)d;
	return true;
}

static const struct {
	uint8_t cause, kind;
	reader *read;
} rows[] = {
	{ 1, ISDN_DIAGNOSTIC_CONDITION, condition },
	{ 2, ISDN_DIAGNOSTIC_CONDITION, condition },
	{ 3, ISDN_DIAGNOSTIC_CONDITION, condition },
	{ 16, ISDN_DIAGNOSTIC_CONDITION, condition },
	{ 17, ISDN_DIAGNOSTIC_CCBS, ccbs },
	{ 21, ISDN_DIAGNOSTIC_REJECTION, rejection },
	{ 22, ISDN_DIAGNOSTIC_NUMBER, number },
	{ 29, ISDN_DIAGNOSTIC_FACILITY, as_octets },
	{ 34, ISDN_DIAGNOSTIC_CCBS, ccbs },
	{ 43, ISDN_DIAGNOSTIC_ELEMENTS, elements },
	{ 50, ISDN_DIAGNOSTIC_FACILITY, as_octets },
	{ 57, ISDN_DIAGNOSTIC_ATTRIBUTES, as_octets },
	{ 58, ISDN_DIAGNOSTIC_ATTRIBUTES, as_octets },
	{ 65, ISDN_DIAGNOSTIC_ATTRIBUTES, as_octets },
	{ 69, ISDN_DIAGNOSTIC_FACILITY, as_octets },
	{ 82, ISDN_DIAGNOSTIC_CHANNEL, as_octets },
	{ 88, ISDN_DIAGNOSTIC_ELEMENTS, elements },
	{ 96, ISDN_DIAGNOSTIC_ELEMENTS, elements },
	{ 97, ISDN_DIAGNOSTIC_MESSAGE, message },
	{ 98, ISDN_DIAGNOSTIC_MESSAGE, message },
	{ 99, ISDN_DIAGNOSTIC_ELEMENTS, elements },
	{ 100, ISDN_DIAGNOSTIC_ELEMENTS, elements },
	{ 101, ISDN_DIAGNOSTIC_MESSAGE, message },
	{ 102, ISDN_DIAGNOSTIC_TIMER, timer },
};

void isdn_cause_diagnostic(const struct isdn_cause_ie *cause, struct isdn_diagnostic *diagnostic)
{
	memset(diagnostic, 0, sizeof(*diagnostic));
	if (!cause->n_diag || cause->n_diag > ISDN_DIAG_MAX)
		return;
	for (unsigned i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		if (rows[i].cause != cause->value)
			continue;
		if (rows[i].read(cause, diagnostic)) {
			diagnostic->kind = (enum isdn_diagnostic_kind)rows[i].kind;
			return;
		}
	}
	memset(diagnostic, 0, sizeof(*diagnostic));
	diagnostic->kind = ISDN_DIAGNOSTIC_OCTETS;
}
