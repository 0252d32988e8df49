/* SPDX-License-Identifier: BSD-2-Clause */
/* What text and JSON have in common: the buffer, the elements of a message, the fields of one. */
#include "q931/print.h"

#include <stdarg.h>
#include <stdio.h>

static void put(struct i3_text *t, const char *s, size_t n)
{
	if (t->len < t->cap)
		memcpy(t->buf + t->len, s, n < t->cap - t->len ? n : t->cap - t->len);
	t->len += n;
}

void i3_put(struct i3_text *t, const char *s)
{
	put(t, s, strlen(s));
}

void i3_putf(struct i3_text *t, const char *format, ...)
{
	char text[256];
	va_list ap;

	va_start(ap, format);
	vsnprintf(text, sizeof(text), format, ap);
	va_end(ap);
	i3_put(t, text);
}

void i3_put_hex(struct i3_text *t, const uint8_t *o, size_t n)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < n; i++) {
		const char two[2] = { digits[o[i] >> 4], digits[o[i] & 15] };

		put(t, two, 2);
	}
}

void i3_put_quoted(struct i3_text *t, const void *s, size_t n)
{
	const uint8_t *o = s;

	i3_put(t, "\"");
	for (size_t i = 0; i < n; i++) {
		char c = (char)o[i];

		if (o[i] < 0x20 || o[i] > 0x7e)
			i3_putf(t, "\\u%04x", o[i]);
		else if (c == '"' || c == '\\')
			i3_putf(t, "\\%c", c);
		else
			put(t, &c, 1);
	}
	i3_put(t, "\"");
}

int i3_text_end(struct i3_text *t, size_t *len)
{
	if (t->cap)
		t->buf[t->len < t->cap ? t->len : t->cap - 1] = '\0';
	if (len)
		*len = t->len;
	return t->cap && t->len < t->cap ? 0 : ISDN_ERR_NOSPC;
}

static bool shown_listed(const struct isdn_msg *m, unsigned at, struct i3_shown *s)
{
	const struct isdn_element *e = &m->element[at];

	s->listed = e;
	s->codeset = e->codeset;
	s->id = e->id;
	s->len = e->len;
	s->row = e->ie < ISDN_IE_COUNT ? &i3_ies[e->ie] : NULL;
	if (s->row && (e->what & ISDN_ELEMENT_VALUE))
		s->value = i3_value(m, s->row, e->n);
	if ((e->what & ISDN_ELEMENT_OCTETS) && (size_t)e->at + e->len <= sizeof(m->octets))
		s->octets = m->octets + e->at;
	return true;
}

/* What is present beside the list: *at counts elements and how many of each. */
#define BESIDE 0x10000u

static bool shown_present(const struct isdn_msg *m, unsigned *at, struct i3_shown *s)
{
	unsigned ie = (*at & 0xffff) >> 8, n = *at & 0xff;

	while (ie < ISDN_IE_COUNT && i3_listed(m, ie) + n >= isdn_msg_count(m, (enum isdn_ie)ie)) {
		ie++;
		n = 0;
	}
	*at = BESIDE | ie << 8 | (n + 1);
	if (ie == ISDN_IE_COUNT)
		return false;
	n += i3_listed(m, ie);
	if (n >= i3_ies[ie].repeat)
		return shown_present(m, at, s);
	s->row = &i3_ies[ie];
	s->value = i3_value(m, s->row, n);
	s->codeset = s->row->flags & I3_ALSO ? *(const uint8_t *)s->value : s->row->codeset;
	s->id = s->row->id;
	return true;
}

static bool next_listed(const struct isdn_msg *m, unsigned *at, struct i3_shown *s)
{
	while (*at < m->n_elements && *at < ISDN_ELEMENTS_MAX) {
		const struct isdn_element *e = &m->element[*at];
		bool cleared = (e->what & ISDN_ELEMENT_VALUE) && !(e->what & ISDN_ELEMENT_FAULTY) &&
			       e->n >= isdn_msg_count(m, (enum isdn_ie)e->ie);

		(*at)++;
		if (!cleared && !(e->what & ISDN_ELEMENT_SHIFT))
			return shown_listed(m, *at - 1, s);
	}
	return false;
}

bool i3_next_shown(const struct isdn_msg *m, unsigned *at, struct i3_shown *s)
{
	memset(s, 0, sizeof(*s));
	if (m->decoded && *at < BESIDE && next_listed(m, at, s))
		return true;
	if (*at < BESIDE)
		*at = BESIDE;
	return shown_present(m, at, s);
}

bool i3_foreign(const struct i3_ie *row, const void *value)
{
	for (const struct i3_field *f = row->fields; f->key; f++)
		if (f->names == i3_coding_names && i3_field_shown(f, value))
			return i3_field_number(f, value) > 1; /* national, network */
	return false;
}

unsigned i3_field_number(const struct i3_field *f, const void *value)
{
	const uint8_t *at = (const uint8_t *)value + f->at;
	uint16_t wide;

	switch ((enum i3_field_kind)f->kind) {
	case I3_BOOL:
		return *(const bool *)(const void *)at;
	case I3_U16:
		memcpy(&wide, at, sizeof(wide));
		return wide;
	case I3_U8:
	case I3_CAUSE:
	case I3_COMPONENTS:
	case I3_DIAG:
	case I3_DIGITS:
	case I3_TEXT:
	case I3_HEX:
	case I3_LIST:
	case I3_OCTETS:
		break;
	}
	return *at;
}

const uint8_t *i3_field_octets(const struct isdn_msg *m, const struct i3_field *f,
			       const void *value, size_t *len)
{
	const uint8_t *base = value;
	struct isdn_octets o;

	if (f->kind != I3_OCTETS) {
		*len = base[f->len] < f->bits ? base[f->len] : f->bits;
		return base + f->at;
	}
	memcpy(&o, base + f->at, sizeof(o));
	*len = (size_t)o.at + o.len <= m->n_octets ? o.len : 0;
	return m->octets + (*len ? o.at : 0);
}

static bool compares(unsigned v, const struct i3_field *f)
{
	if (f->compare == I3_BELOW)
		return v < f->value;
	return (v == f->value) == (f->compare == I3_EQUAL);
}

bool i3_field_shown(const struct i3_field *f, const void *value)
{
	const uint8_t *base = value;
	struct isdn_octets o;

	if (f->when != I3_ALWAYS && base[f->when] < f->least)
		return false;
	if (f->only && !compares(base[f->only - 1], f))
		return false;
	if (f->kind != I3_OCTETS)
		return f->kind != I3_LIST || base[f->len];
	memcpy(&o, base + f->at, sizeof(o));
	return o.len;
}

const char *i3_component_name(unsigned type)
{
	static const char *const names[] = { "invoke", "return result", "return error", "reject" };

	return type < ISDN_INVOKE || type > ISDN_REJECT ? "component" : names[type - ISDN_INVOKE];
}

const char *i3_problem_name(unsigned tag)
{
	static const char *const names[] = { "general", "invoke", "return result", "return error" };

	return names[tag & 3];
}
