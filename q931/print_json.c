/* SPDX-License-Identifier: BSD-2-Clause */
/* A message as one JSON object (RFC 8259), stable: members are added, never renamed. */
#include "q931/print.h"

static void string(struct i3_text *t, const char *s)
{
	i3_put_quoted(t, s, strlen(s));
}

static void key(struct i3_text *t, const char *name)
{
	i3_put(t, ",");
	string(t, name);
	i3_put(t, ":");
}

static void key_text(struct i3_text *t, const char *name, const char *text)
{
	if (!text)
		return;
	i3_putf(t, ",\"%s_text\":", name);
	string(t, text);
}

static void hex(struct i3_text *t, const uint8_t *o, size_t n)
{
	i3_put(t, "\"");
	i3_put_hex(t, o, n);
	i3_put(t, "\"");
}

static void octets(struct i3_text *t, const struct isdn_msg *m, struct isdn_octets o)
{
	hex(t, m->octets + o.at, (size_t)o.at + o.len <= m->n_octets ? o.len : 0);
}

/* Which element, as the members of an object that is begun. */
static void identity(struct i3_text *t, unsigned codeset, unsigned id)
{
	enum isdn_ie ie = isdn_ie_of(codeset, id);

	i3_putf(t, "{\"codeset\":%u,\"identifier\":%u", codeset, id);
	if (ie < ISDN_IE_COUNT) {
		i3_put(t, ",\"element\":");
		string(t, i3_ies[ie].key);
	}
}

static void diagnostic(struct i3_text *t, const struct isdn_cause_ie *c)
{
	struct isdn_diagnostic d;

	isdn_cause_diagnostic(c, &d);
	i3_put(t, "{\"octets\":");
	hex(t, c->diag, c->n_diag < ISDN_DIAG_MAX ? c->n_diag : ISDN_DIAG_MAX);
	if (d.kind == ISDN_DIAGNOSTIC_CONDITION || d.kind == ISDN_DIAGNOSTIC_REJECTION)
		i3_putf(t, ",\"condition\":%u", d.condition);
	if (d.kind == ISDN_DIAGNOSTIC_REJECTION)
		i3_putf(t, ",\"reason\":%u", d.reason);
	if (d.kind == ISDN_DIAGNOSTIC_CCBS)
		i3_putf(t, ",\"ccbs\":%u", d.number);
	if (d.kind == ISDN_DIAGNOSTIC_MESSAGE)
		i3_putf(t, ",\"message\":\"%s\",\"type\":%u", isdn_msg_name(d.number), d.number);
	if (d.kind == ISDN_DIAGNOSTIC_TIMER || d.kind == ISDN_DIAGNOSTIC_NUMBER) {
		i3_put(t, d.kind == ISDN_DIAGNOSTIC_TIMER ? ",\"timer\":" : ",\"number\":");
		string(t, d.digits);
	}
	if (d.kind == ISDN_DIAGNOSTIC_ELEMENTS || (d.kind == ISDN_DIAGNOSTIC_REJECTION && d.n)) {
		i3_put(t, ",\"elements\":[");
		for (unsigned i = 0; i < d.n; i++) {
			i3_put(t, i ? "," : "");
			identity(t, d.codeset[i], d.id[i]);
			i3_put(t, "}");
		}
		i3_put(t, "]");
	}
	i3_put(t, "}");
}

static void operation(struct i3_text *t, const struct isdn_component *c, unsigned profile)
{
	const char *name = c->type == ISDN_RETURN_ERROR ? "error" : "operation";

	if (c->form == ISDN_OPERATION_NONE)
		return;
	key(t, name);
	if (c->form == ISDN_OPERATION_LOCAL) {
		i3_putf(t, "%ld", (long)c->local);
		key_text(t, name,
			 c->type == ISDN_RETURN_ERROR ? isdn_error_name(profile, c->local)
						      : isdn_operation_name(profile, c->local));
		return;
	}
	i3_put(t, "\"");
	for (unsigned i = 0; i < c->global.n && i < ISDN_OID_MAX; i++)
		i3_putf(t, "%s%lu", i ? "." : "", (unsigned long)c->global.arc[i]);
	i3_put(t, "\"");
}

static void component(struct i3_text *t, const struct isdn_msg *m, const struct isdn_component *c,
		      unsigned profile)
{
	i3_putf(t, "{\"component\":\"%s\"", i3_component_name(c->type));
	if (c->has_invoke_id)
		i3_putf(t, ",\"invoke_id\":%d", c->invoke_id);
	if (c->has_linked_id)
		i3_putf(t, ",\"linked_id\":%d", c->linked_id);
	operation(t, c, profile);
	if (c->type == ISDN_REJECT)
		i3_putf(t, ",\"problem_kind\":\"%s\",\"problem\":%u",
			i3_problem_name(c->problem_tag), c->problem);
	if (c->argument.len) {
		key(t, "argument");
		octets(t, m, c->argument);
	}
	i3_put(t, "}");
}

static void components(struct i3_text *t, const struct isdn_msg *m, const struct isdn_facility *f)
{
	i3_put(t, ",\"components\":[");
	for (unsigned i = 0; i < f->n_components && f->first + i < ISDN_COMPONENTS_MAX; i++) {
		i3_put(t, i ? "," : "");
		component(t, m, &m->component[f->first + i], f->profile);
	}
	i3_put(t, "]");
}

static void number(struct i3_text *t, const struct i3_field *f, unsigned v, bool foreign)
{
	i3_putf(t, "%u", v);
	if (!i3_unnamed(f, foreign))
		key_text(t, f->key,
			 f->kind == I3_CAUSE ? isdn_cause_name(v) : i3_name(f->names, v));
}

static void list(struct i3_text *t, const uint8_t *o, size_t n)
{
	i3_put(t, "[");
	for (size_t i = 0; i < n; i++)
		i3_putf(t, "%s%u", i ? "," : "", o[i]);
	i3_put(t, "]");
}

static void field(struct i3_text *t, const struct isdn_msg *m, const struct i3_field *f,
		  const void *value, bool foreign)
{
	const uint8_t *o;
	size_t n;

	if (f->kind == I3_COMPONENTS) {
		components(t, m, value);
		return;
	}
	key(t, f->kind == I3_DIAG ? "diagnostic" : f->key);
	if (f->kind == I3_DIAG) {
		diagnostic(t, value);
	} else if (f->kind == I3_BOOL) {
		i3_put(t, i3_field_number(f, value) ? "true" : "false");
	} else if (f->kind == I3_U8 || f->kind == I3_U16 || f->kind == I3_CAUSE) {
		number(t, f, i3_field_number(f, value), foreign);
	} else {
		o = i3_field_octets(m, f, value, &n);
		if (f->kind == I3_TEXT || f->kind == I3_DIGITS)
			i3_put_quoted(t, o, n);
		else if (f->kind == I3_LIST)
			list(t, o, n);
		else
			hex(t, o, n);
	}
}

static void element(struct i3_text *t, const struct isdn_msg *m, const struct i3_shown *s)
{
	bool foreign = s->value && i3_foreign(s->row, s->value);

	identity(t, s->codeset, s->row ? s->row->id : s->id);
	if (s->listed && (s->listed->what & ISDN_ELEMENT_FAULTY))
		i3_put(t, ",\"faulty\":true");
	if (!s->value) {
		if (s->octets && !(s->id & 0x80)) {
			key(t, "contents");
			hex(t, s->octets, s->len);
		}
	} else {
		for (const struct i3_field *f = s->row->fields; f->key; f++)
			if (i3_field_shown(f, s->value))
				field(t, m, f, s->value, foreign);
	}
	i3_put(t, "}");
}

static void fault(struct i3_text *t, const struct isdn_fault *f)
{
	if (f->kind > ISDN_FAULT_MESSAGE_TYPE && f->kind != ISDN_FAULT_TOO_MANY)
		identity(t, f->codeset, f->ie);
	else
		i3_putf(t, "{\"identifier\":%u", f->ie);
	i3_putf(t,
		",\"kind\":%u,\"fault\":\"%s\",\"octet\":\"%s\",\"offset\":%u,\"element_offset\":%"
		"u",
		(unsigned)f->kind, isdn_fault_name(f->kind), f->octet, f->offset, f->element);
	i3_putf(t, ",\"cause\":%u,\"diagnostic\":", (unsigned)f->cause);
	hex(t, f->diag, f->n_diag);
	i3_put(t, "}");
}

static void header(struct i3_text *t, const struct isdn_msg *m)
{
	i3_putf(t, "{\"discriminator\":%u,\"message\":\"%s\",\"type\":%u", m->discriminator,
		isdn_msg_title(m), m->type);
	i3_putf(t, ",\"call_reference\":{\"length\":%u,\"value\":%u,\"flag\":%s}", m->cr_len, m->cr,
		m->cr_flag ? "true" : "false");
}

int isdn_msg_json(const struct isdn_msg *msg, const struct isdn_faults *faults, char *buf,
		  size_t cap, size_t *len)
{
	struct i3_text t = { buf, cap, 0 };
	struct i3_shown s;
	unsigned at = 0;

	if (!msg || (!buf && cap))
		return ISDN_ERR_INVALPOINTER;
	header(&t, msg);
	i3_put(&t, ",\"elements\":[");
	for (const char *comma = ""; i3_next_shown(msg, &at, &s); comma = ",") {
		i3_put(&t, comma);
		element(&t, msg, &s);
	}
	i3_put(&t, "],\"faults\":[");
	for (unsigned i = 0; faults && i < faults->n; i++) {
		i3_put(&t, i ? "," : "");
		fault(&t, &faults->list[i]);
	}
	i3_putf(&t, "],\"faults_missed\":%u}", faults ? faults->missed : 0);
	return i3_text_end(&t, len);
}
