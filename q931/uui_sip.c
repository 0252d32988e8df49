/* SPDX-License-Identifier: BSD-2-Clause */
/* The value of a SIP header field User-to-User with the package isdn-uui, RFC 7434. */
#include <isdn/uui.h>
#include <string.h>

#include "base/env.h"
#include "q931/uui_sip_value.h"

struct out {
	char *buf;
	size_t cap, len;
};

static void put(struct out *o, const char *text, size_t n)
{
	if (o->cap > n && o->len < o->cap - n)
		memcpy(o->buf + o->len, text, n);
	o->len += n;
}

static void put_octet(struct out *o, unsigned octet, const char *digits)
{
	const char two[2] = { digits[octet >> 4], digits[octet & 0xf] };

	put(o, two, sizeof(two));
}

static void put_all(struct out *o, const struct isdn_uui *uui, unsigned flags)
{
	static const struct {
		unsigned flag;
		const char *text;
	} params[] = {
		{ ISDN_UUI_SIP_PURPOSE, ";purpose=isdn-uui" },
		{ ISDN_UUI_SIP_CONTENT, ";content=isdn-uui" },
		{ ISDN_UUI_SIP_ENCODING, ";encoding=hex" },
	};
	const char *digits = flags & ISDN_UUI_SIP_UPPER ? "0123456789ABCDEF" : "0123456789abcdef";

	put_octet(o, uui->discriminator, digits);
	for (unsigned i = 0; i < uui->len; i++)
		put_octet(o, uui->data[i], digits);
	for (unsigned i = 0; i < sizeof(params) / sizeof(params[0]); i++)
		if (flags & params[i].flag)
			put(o, params[i].text, strlen(params[i].text));
}

int isdn_uui_sip_write(const struct isdn_uui *uui, unsigned flags, char *buf, size_t cap,
		       size_t *len)
{
	struct out o = { NULL, 0, 0 };

	if (!uui || (!buf && cap))
		return ISDN_ERR_INVALPOINTER;
	if (uui->len > ISDN_UUI_MAX || flags & ~(unsigned)(ISDN_UUI_SIP_ALL | ISDN_UUI_SIP_UPPER))
		return ISDN_ERR_INVAL;
	put_all(&o, uui, flags); /* how long it is */
	if (len)
		*len = o.len;
	if (cap <= o.len)
		return ISDN_ERR_NOSPC;
	o = (struct out){ buf, cap, 0 };
	put_all(&o, uui, flags);
	buf[o.len] = '\0';
	return 0;
}

/* How much of a part an error shows: up to 40 characters that print. */
static int shown(const char *text, const struct i3_uui_part *p)
{
	int n = 0;

	while (n < 40 && (size_t)n < p->len && text[p->at + (size_t)n] >= 0x20 &&
	       text[p->at + (size_t)n] <= 0x7e)
		n++;
	return n;
}

/* Whether it is for an ISDN at all, and can be read. */
static int is_ours(const char *text, const struct i3_uui_sip_value *v, struct isdn_error *error)
{
	const struct i3_uui_part *p = &v->param[I3_UUI_PURPOSE];

	if (p->there && !i3_uui_sip_is(text + p->at, p->len, "isdn-uui") &&
	    !i3_uui_sip_is(text + p->at, p->len, "isdn-interwork"))
		return ib_error(
			error, ISDN_ERR_UUI_PACKAGE,
			"User-to-User: purpose \"%.*s\" at offset %zu is another package's: "
			"isdn-uui is read here",
			shown(text, p), text + p->at, p->at);
	p = &v->param[I3_UUI_CONTENT];
	if (p->there && !i3_uui_sip_is(text + p->at, p->len, "isdn-uui"))
		return ib_error(
			error, ISDN_ERR_UUI_PACKAGE,
			"User-to-User: content \"%.*s\" at offset %zu is not known: isdn-uui "
			"is read here",
			shown(text, p), text + p->at, p->at);
	p = &v->param[I3_UUI_ENCODING];
	if (p->there && !i3_uui_sip_is(text + p->at, p->len, "hex"))
		return ib_error(
			error, ISDN_ERR_UUI_ENCODING,
			"User-to-User: encoding \"%.*s\" at offset %zu is not known: hex is "
			"what isdn-uui has",
			shown(text, p), text + p->at, p->at);
	return 0;
}

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The octets of a part; *n counts them, also those that cap has no room for. */
static int octets(const char *text, const struct i3_uui_part *p, uint8_t *to, size_t cap, size_t *n,
		  struct isdn_error *error)
{
	size_t end = p->at + p->len, digits = 0;

	for (size_t i = p->at; i < end; i++) {
		int d;

		if (p->quoted && text[i] == '\\')
			i++;
		d = digit(text[i]);
		if (d < 0)
			return ib_error(error, ISDN_ERR_UUI_CONTENT,
					"User-to-User: %s at offset %zu is no hex digit",
					i3_uui_sip_shown(text, end, i).text, i);
		if (digits / 2 < cap)
			to[digits / 2] = (uint8_t)(digits & 1 ? to[digits / 2] << 4 | d : d);
		digits++;
	}
	*n = digits / 2;
	if (digits & 1)
		return ib_error(error, ISDN_ERR_UUI_CONTENT,
				"User-to-User: there are %zu hex digits from offset %zu, an odd "
				"number: two are needed for each octet",
				digits, p->at);
	return 0;
}

/* The discriminator, and where it is not a parameter of its own, out of the data. */
static int contents(const char *text, const struct i3_uui_sip_value *v, struct isdn_uui *uui,
		    struct isdn_error *error)
{
	const struct i3_uui_part *pd = &v->param[I3_UUI_PD];
	uint8_t o[1 + ISDN_UUI_MAX];
	size_t first = pd->there ? 1 : 0, n = 0, n_pd = 0;
	int err = pd->there ? octets(text, pd, o, 1, &n_pd, error) : 0;

	if (!err && pd->there && n_pd != 1)
		err = ib_error(error, ISDN_ERR_UUI_CONTENT,
			       "User-to-User: pd at offset %zu has %zu octets: it is one, the "
			       "protocol discriminator",
			       pd->at, n_pd);
	if (!err)
		err = octets(text, &v->data, o + first, 1 + ISDN_UUI_MAX - first, &n, error);
	if (err)
		return err;
	if (first + n == 0)
		return ib_error(
			error, ISDN_ERR_DISCRIMINATOR,
			"User-to-User: the data at offset %zu has no octet: the first one is "
			"the protocol discriminator, as 04 for text",
			v->data.at);
	if (first + n > 1 + ISDN_UUI_MAX)
		return ib_error(error, ISDN_ERR_USERUSERINFOTOOBIG,
				"User-to-User: the data at offset %zu has %zu octets: an element "
				"carries %zu, %d of them behind the protocol discriminator",
				v->data.at, n, 1 + ISDN_UUI_MAX - first, ISDN_UUI_MAX);
	return isdn_uui_from_octets(uui, o, first + n, error);
}

int isdn_uui_sip_read(const char *value, size_t len, size_t *next, struct isdn_uui *uui,
		      struct isdn_error *error)
{
	struct i3_uui_sip_value v;
	size_t at;
	int err;

	if ((!value && len) || !next || !uui)
		return ib_error(error, ISDN_ERR_INVALPOINTER,
				"User-to-User: value, next or uui is NULL");
	at = *next < len ? i3_uui_sip_space(value, len, *next) : len;
	if (at == len) {
		*next = len;
		return 0;
	}
	if (*next && value[at] == ',') /* where the value before it ended */
		at++;
	*next = len;
	err = i3_uui_sip_value(value, len, at, &v, error);
	if (err)
		return err;
	*next = v.end;
	err = is_ours(value, &v, error);
	if (!err)
		err = contents(value, &v, uui, error);
	return err ? err : 1;
}
