/* SPDX-License-Identifier: BSD-2-Clause */
/* The grammar of the SIP header field User-to-User, RFC 7433 4.1, on that of RFC 3261 25.1. */
#include "q931/uui_sip_value.h"

#include <stdio.h>
#include <string.h>

#include "base/env.h"

struct reader {
	const char *text;
	size_t len, at;
	struct isdn_error *error;
};

/* What each is named, and an example of its value. */
static const struct {
	const char *name, *example;
} params[I3_UUI_PARAMS] = {
	{ "purpose", "isdn-uui" }, { "content", "isdn-uui" }, { "encoding", "hex" }, { "pd", "04" }
};

struct i3_uui_sip_shown i3_uui_sip_shown(const char *text, size_t len, size_t at)
{
	struct i3_uui_sip_shown s;
	unsigned c = at < len ? (unsigned char)text[at] : 0;

	if (at >= len)
		strcpy(s.text, "the end");
	else
		snprintf(s.text, sizeof(s.text), c >= 0x20 && c <= 0x7e ? "\"%c\"" : "0x%02x", c);
	return s;
}

size_t i3_uui_sip_space(const char *text, size_t len, size_t at)
{
	for (;;) {
		if (at < len && (text[at] == ' ' || text[at] == '\t'))
			at++;
		else if (len - at > 2 && text[at] == '\r' && text[at + 1] == '\n' &&
			 (text[at + 2] == ' ' || text[at + 2] == '\t'))
			at += 3;
		else
			return at;
	}
}

static char lower(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c);
}

bool i3_uui_sip_is(const char *text, size_t len, const char *word)
{
	if (strlen(word) != len)
		return false;
	while (len && lower(text[len - 1]) == word[len - 1])
		len--;
	return len == 0;
}

static bool is_alphanum(char c)
{
	return (c >= '0' && c <= '9') || (lower(c) >= 'a' && lower(c) <= 'z');
}

static bool is_token(char c)
{
	return is_alphanum(c) || (c && strchr("-.!%*_+`'~", c));
}

static bool is_address(char c)
{
	return is_alphanum(c) || c == ':' || c == '.';
}

static bool at_end(const struct reader *r)
{
	return r->at == r->len;
}

static bool next_is(const struct reader *r, char c)
{
	return !at_end(r) && r->text[r->at] == c;
}

static void skip_space(struct reader *r)
{
	r->at = i3_uui_sip_space(r->text, r->len, r->at);
}

/* As many characters of a kind as there are. */
static struct i3_uui_part run(struct reader *r, bool (*kind)(char))
{
	struct i3_uui_part p = { .at = r->at };

	while (!at_end(r) && kind(r->text[r->at]))
		r->at++;
	p.len = r->at - p.at;
	p.there = p.len > 0;
	return p;
}

/* What a character of a quoted string takes; 0: it may not be there. */
static size_t quoted_step(const struct reader *r)
{
	unsigned char c = (unsigned char)r->text[r->at];
	size_t space = i3_uui_sip_space(r->text, r->len, r->at) - r->at;

	if (space)
		return space;
	if (c == '\\' && r->len - r->at > 1) {
		c = (unsigned char)r->text[r->at + 1];
		return c == '\r' || c == '\n' || c > 0x7f ? 0 : 2;
	}
	return c < 0x20 || c == 0x7f ? 0 : 1;
}

static int quoted(struct reader *r, struct i3_uui_part *p)
{
	size_t begin = r->at++;

	while (!at_end(r) && !next_is(r, '"')) {
		size_t step = quoted_step(r);

		if (!step)
			return ib_error(r->error, ISDN_ERR_UUI_CONTENT,
					"User-to-User: %s at offset %zu may not be in a quoted "
					"string",
					i3_uui_sip_shown(r->text, r->len, r->at).text, r->at);
		r->at += step;
	}
	if (at_end(r))
		return ib_error(r->error, ISDN_ERR_UUI_CONTENT,
				"User-to-User: the quoted string from offset %zu has no end: a "
				"quotation mark is needed",
				begin);
	*p = (struct i3_uui_part){ begin + 1, r->at - begin - 1, true, true };
	r->at++;
	return 0;
}

/* An IPv6 reference, as the host that a parameter can have. */
static int bracketed(struct reader *r, struct i3_uui_part *p)
{
	size_t begin = r->at++;

	*p = run(r, is_address);
	if (!p->there || !next_is(r, ']'))
		return ib_error(r->error, ISDN_ERR_UUI_CONTENT,
				"User-to-User: the address from offset %zu has %s at offset %zu: "
				"\"]\" is needed behind it",
				begin, i3_uui_sip_shown(r->text, r->len, r->at).text, r->at);
	r->at++;
	return 0;
}

/* What is behind the equals sign of a parameter. */
static int param_value(struct reader *r, const struct i3_uui_part *name, struct i3_uui_part *p)
{
	skip_space(r);
	if (next_is(r, '"'))
		return quoted(r, p);
	if (next_is(r, '['))
		return bracketed(r, p);
	*p = run(r, is_token);
	if (p->there)
		return 0;
	return ib_error(r->error, ISDN_ERR_UUI_CONTENT,
			"User-to-User: parameter \"%.*s\" has %s at offset %zu: a value is needed "
			"behind \"=\"",
			name->len < 40 ? (int)name->len : 40, r->text + name->at,
			i3_uui_sip_shown(r->text, r->len, r->at).text, r->at);
}

/* The one that is known; I3_UUI_PARAMS: none. */
static unsigned find(const struct reader *r, const struct i3_uui_part *name)
{
	unsigned i = 0;

	while (i < I3_UUI_PARAMS && !i3_uui_sip_is(r->text + name->at, name->len, params[i].name))
		i++;
	return i;
}

static int param(struct reader *r, struct i3_uui_sip_value *v)
{
	struct i3_uui_part name, value = { 0 };
	unsigned known;
	int err = 0;

	skip_space(r);
	name = run(r, is_token);
	if (!name.there)
		return ib_error(r->error, ISDN_ERR_UUI_CONTENT,
				"User-to-User: the name of a parameter is needed behind \";\", not "
				"%s at offset %zu",
				i3_uui_sip_shown(r->text, r->len, r->at).text, r->at);
	known = find(r, &name);
	skip_space(r);
	if (next_is(r, '=')) {
		r->at++;
		err = param_value(r, &name, &value);
	} else if (known < I3_UUI_PARAMS) {
		return ib_error(
			r->error, ISDN_ERR_UUI_CONTENT,
			"User-to-User: parameter \"%s\" at offset %zu has no value: \"=\" is "
			"needed, as in %s=%s",
			params[known].name, name.at, params[known].name, params[known].example);
	}
	if (err || known == I3_UUI_PARAMS)
		return err;
	if (v->param[known].there)
		return ib_error(r->error, ISDN_ERR_UUI_CONTENT,
				"User-to-User: parameter \"%s\" is there twice, again at offset "
				"%zu: leave one of them away",
				params[known].name, name.at);
	v->param[known] = value;
	return 0;
}

static int data(struct reader *r, struct i3_uui_sip_value *v)
{
	skip_space(r);
	if (next_is(r, '"'))
		return quoted(r, &v->data);
	v->data = run(r, is_token);
	if (v->data.there)
		return 0;
	return ib_error(
		r->error, ISDN_ERR_UUI_CONTENT,
		"User-to-User: the data is missing: hex digits are needed, not %s at offset "
		"%zu",
		i3_uui_sip_shown(r->text, r->len, r->at).text, r->at);
}

int i3_uui_sip_value(const char *text, size_t len, size_t at, struct i3_uui_sip_value *v,
		     struct isdn_error *error)
{
	struct reader r = { text, len, at, error };
	int err;

	memset(v, 0, sizeof(*v));
	err = data(&r, v);
	for (;;) {
		skip_space(&r);
		if (err || !next_is(&r, ';'))
			break;
		r.at++;
		err = param(&r, v);
	}
	v->end = r.at;
	if (err || at_end(&r) || next_is(&r, ','))
		return err;
	return ib_error(error, ISDN_ERR_UUI_CONTENT,
			"User-to-User: %s at offset %zu can not be there: \";\" and a parameter, "
			"\",\" and a value, or the end is needed",
			i3_uui_sip_shown(text, len, r.at).text, r.at);
}
