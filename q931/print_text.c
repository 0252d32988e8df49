/* SPDX-License-Identifier: BSD-2-Clause */
/* A message as lines of text: the message, each element, each fault. */
#include "q931/print.h"

/* A key in words: "layer1" is layer 1. */
static void spaced(struct i3_text *t, const char *key)
{
	if (!strncmp(key, "layer", 5)) {
		i3_put(t, "layer ");
		key += 5;
	}
	for (; *key; key++) {
		const char c[2] = { *key == '_' ? ' ' : *key, '\0' };

		i3_put(t, c);
	}
}

static void element_name(struct i3_text *t, unsigned codeset, unsigned id)
{
	enum isdn_ie ie = isdn_ie_of(codeset, id);

	if (codeset)
		i3_putf(t, "codeset %u ", codeset);
	if (ie < ISDN_IE_COUNT)
		i3_put(t, i3_ies[ie].name);
	else
		i3_putf(t, "element %02x", id);
}

static void condition(struct i3_text *t, unsigned c)
{
	static const char *const names[] = { "unknown", "permanent", "transient", "condition 3" };

	i3_put(t, names[c & 3]);
}

static void diagnostic(struct i3_text *t, const struct isdn_cause_ie *c)
{
	struct isdn_diagnostic d;

	isdn_cause_diagnostic(c, &d);
	i3_put(t, "diagnostic ");
	switch (d.kind) {
	case ISDN_DIAGNOSTIC_CONDITION:
		condition(t, d.condition);
		return;
	case ISDN_DIAGNOSTIC_REJECTION:
		i3_put(t, d.reason == 0	  ? "user specific, "
			  : d.reason == 1 ? "element missing, "
					  : "element contents insufficient, ");
		condition(t, d.condition);
		if (d.n) {
			i3_put(t, ", ");
			element_name(t, d.codeset[0], d.id[0]);
		}
		return;
	case ISDN_DIAGNOSTIC_CCBS:
		i3_put(t, d.number == 1 ? "CCBS possible" : "CCBS not possible");
		return;
	case ISDN_DIAGNOSTIC_NUMBER:
		i3_putf(t, "new destination %s", d.digits);
		return;
	case ISDN_DIAGNOSTIC_ELEMENTS:
		for (unsigned i = 0; i < d.n; i++) {
			i3_put(t, i ? " and " : "");
			element_name(t, d.codeset[i], d.id[i]);
		}
		return;
	case ISDN_DIAGNOSTIC_MESSAGE:
		i3_putf(t, "%s (%02x)", isdn_msg_name(d.number), d.number);
		return;
	case ISDN_DIAGNOSTIC_TIMER:
		i3_putf(t, "T%s", d.digits);
		return;
	case ISDN_DIAGNOSTIC_NONE:
	case ISDN_DIAGNOSTIC_OCTETS:
	case ISDN_DIAGNOSTIC_CHANNEL:
	case ISDN_DIAGNOSTIC_ATTRIBUTES:
	case ISDN_DIAGNOSTIC_FACILITY:
		break;
	}
	i3_put_hex(t, c->diag, c->n_diag < ISDN_DIAG_MAX ? c->n_diag : ISDN_DIAG_MAX);
}

static void octets(struct i3_text *t, const struct isdn_msg *m, struct isdn_octets o)
{
	if ((size_t)o.at + o.len <= m->n_octets)
		i3_put_hex(t, m->octets + o.at, o.len);
}

static void oid(struct i3_text *t, const struct isdn_oid *o)
{
	for (unsigned i = 0; i < o->n && i < ISDN_OID_MAX; i++)
		i3_putf(t, "%s%lu", i ? "." : "", (unsigned long)o->arc[i]);
}

static void operation(struct i3_text *t, const struct isdn_component *c, unsigned profile)
{
	const char *name;

	if (c->form == ISDN_OPERATION_GLOBAL) {
		i3_put(t, " ");
		oid(t, &c->global);
	} else if (c->form == ISDN_OPERATION_LOCAL) {
		name = c->type == ISDN_RETURN_ERROR ? isdn_error_name(profile, c->local)
						    : isdn_operation_name(profile, c->local);
		i3_putf(t, " %s (%ld)", name ? name : "operation", (long)c->local);
	}
}

static void component(struct i3_text *t, const struct isdn_msg *m, const struct isdn_component *c,
		      unsigned profile)
{
	i3_put(t, i3_component_name(c->type));
	if (c->has_invoke_id)
		i3_putf(t, " %d", c->invoke_id);
	if (c->has_linked_id)
		i3_putf(t, " linked to %d", c->linked_id);
	operation(t, c, profile);
	if (c->type == ISDN_REJECT)
		i3_putf(t, " %s problem %u", i3_problem_name(c->problem_tag), c->problem);
	if (c->argument.len) {
		i3_put(t, " ");
		octets(t, m, c->argument);
	}
}

static void components(struct i3_text *t, const struct isdn_msg *m, const struct isdn_facility *f)
{
	for (unsigned i = 0; i < f->n_components && f->first + i < ISDN_COMPONENTS_MAX; i++) {
		i3_put(t, i ? "; " : "");
		component(t, m, &m->component[f->first + i], f->profile);
	}
}

static void hex_and_text(struct i3_text *t, const uint8_t *o, size_t n)
{
	bool printable = n != 0;

	for (size_t i = 0; i < n; i++)
		printable = printable && o[i] >= 0x20 && o[i] < 0x7f;
	i3_put_hex(t, o, n);
	if (printable) {
		i3_put(t, " ");
		i3_put_quoted(t, o, n);
	}
}

static void number(struct i3_text *t, const struct i3_field *f, unsigned v, bool foreign)
{
	const char *name = i3_unnamed(f, foreign) ? NULL
			   : f->kind == I3_CAUSE  ? isdn_cause_name(v)
						  : i3_name(f->names, v);

	i3_putf(t, name ? "%s (%u)" : "%s%u", name ? name : "", v);
}

static void list(struct i3_text *t, const uint8_t *o, size_t n)
{
	for (size_t i = 0; i < n; i++)
		i3_putf(t, "%s%u", i ? " " : "", o[i]);
}

static void field(struct i3_text *t, const struct isdn_msg *m, const struct i3_field *f,
		  const void *value, bool foreign)
{
	const uint8_t *o;
	size_t n;

	if (f->kind == I3_DIAG) {
		diagnostic(t, value);
		return;
	}
	if (f->kind == I3_COMPONENTS) {
		components(t, m, value);
		return;
	}
	if (f->kind != I3_TEXT && f->kind != I3_DIGITS && strcmp(f->key, "value") != 0) {
		spaced(t, f->key);
		if (f->kind == I3_BOOL)
			return;
		i3_put(t, " ");
	}
	if (f->kind == I3_U8 || f->kind == I3_U16 || f->kind == I3_CAUSE) {
		number(t, f, i3_field_number(f, value), foreign);
		return;
	}
	o = i3_field_octets(m, f, value, &n);
	if (f->kind == I3_TEXT || f->kind == I3_DIGITS)
		i3_put_quoted(t, o, n);
	else if (f->kind == I3_LIST)
		list(t, o, n);
	else
		hex_and_text(t, o, n);
}

/* What goes without saying: false, the coding of the Recommendation, no component. */
static bool worth_saying(const struct i3_field *f, const void *value)
{
	if (!i3_field_shown(f, value))
		return false;
	if (f->kind == I3_BOOL || f->kind == I3_COMPONENTS || f->names == i3_coding_names)
		return i3_field_number(f, value);
	return true;
}

static void element(struct i3_text *t, const struct isdn_msg *m, const struct i3_shown *s)
{
	const char *separator = ": ";
	bool foreign;

	i3_put(t, "  ");
	element_name(t, s->codeset, s->row ? s->row->id : s->id);
	if (s->listed && (s->listed->what & ISDN_ELEMENT_FAULTY))
		i3_put(t, s->value ? " (not expected)" : s->row ? " (not read)" : " (not known)");
	if (!s->value) {
		if (s->len && s->octets && !(s->id & 0x80)) {
			i3_put(t, ": ");
			i3_put_hex(t, s->octets, s->len);
		}
		i3_put(t, "\n");
		return;
	}
	foreign = i3_foreign(s->row, s->value);
	for (const struct i3_field *f = s->row->fields; f->key; f++) {
		if (!worth_saying(f, s->value))
			continue;
		i3_put(t, separator);
		field(t, m, f, s->value, foreign);
		separator = ", ";
	}
	i3_put(t, "\n");
}

static void fault(struct i3_text *t, const struct isdn_fault *f)
{
	i3_putf(t, "  ! %s", isdn_fault_name(f->kind));
	if (f->kind == ISDN_FAULT_MESSAGE_TYPE) {
		i3_putf(t, ": %02x", f->ie);
	} else if (f->kind > ISDN_FAULT_MESSAGE_TYPE && f->kind != ISDN_FAULT_TOO_MANY) {
		i3_put(t, ": ");
		element_name(t, f->codeset, f->ie);
		if (*f->octet)
			i3_putf(t, ", octet %s", f->octet);
	}
	i3_putf(t, ", at octet %u of the message", f->offset + 1u);
	if (f->cause != ISDN_CAUSE_NONE)
		i3_putf(t, ": cause %u", f->cause);
	i3_put(t, "\n");
}

static void header(struct i3_text *t, const struct isdn_msg *m)
{
	i3_putf(t, "%s", isdn_msg_title(m));
	if (m->discriminator != ISDN_PD_Q931)
		i3_putf(t, " (discriminator %02x)", m->discriminator);
	if (!m->cr_len)
		i3_put(t, ", dummy call reference");
	else
		i3_putf(t, ", %s %u %s its originator",
			m->cr ? "call reference" : "global call reference", m->cr,
			m->cr_flag ? "to" : "from");
	i3_put(t, "\n");
}

int isdn_msg_print(const struct isdn_msg *msg, const struct isdn_faults *faults, char *buf,
		   size_t cap, size_t *len)
{
	struct i3_text t = { buf, cap, 0 };
	struct i3_shown s;
	unsigned at = 0;

	if (!msg || (!buf && cap))
		return ISDN_ERR_INVALPOINTER;
	header(&t, msg);
	while (i3_next_shown(msg, &at, &s))
		element(&t, msg, &s);
	for (unsigned i = 0; faults && i < faults->n; i++)
		fault(&t, &faults->list[i]);
	if (faults && faults->missed)
		i3_putf(&t, "  ! and %u more\n", faults->missed);
	return i3_text_end(&t, len);
}
