/* SPDX-License-Identifier: BSD-2-Clause */
/* Layer 2 of a frame: Q.921 clause 3, and the messages of TEI management (5.3). */
#include <string.h>

#include <isdn/link.h>

#include "dump.h"

#define SAPI_MANAGEMENT 63
#define SAPI_CALLS	0

static void invalid(struct frame *f, const char *clause, const char *why)
{
	dump_complain(f, COMPLAINT_LAYER2, clause, 0, "%s", why);
}

/* The control field of U frames, without P/F: 3.6. */
static bool unnumbered(struct frame *f, unsigned control)
{
	static const struct {
		uint8_t control;
		enum isdn_frame_type type;
	} types[] = {
		{ 0x6f, ISDN_FRAME_SABME }, { 0x43, ISDN_FRAME_DISC }, { 0x63, ISDN_FRAME_UA },
		{ 0x0f, ISDN_FRAME_DM },    { 0x03, ISDN_FRAME_UI },   { 0x87, ISDN_FRAME_FRMR },
		{ 0xaf, ISDN_FRAME_XID },
	};

	f->pf = control & 0x10;
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (types[i].control == (control & ~0x10u)) {
			f->type = types[i].type;
			return true;
		}
	return false;
}

/* How many octets the control field has, 0: there is no such. */
static size_t control(struct frame *f, const uint8_t *at, size_t len)
{
	static const enum isdn_frame_type supervisory[] = { ISDN_FRAME_RR, ISDN_FRAME_RNR,
							    ISDN_FRAME_REJ };

	if ((at[0] & 3) == 3)
		return unnumbered(f, at[0]) ? 1 : 0;
	if (len < 2 || ((at[0] & 3) == 1 && at[0] >> 2 > 2))
		return 0;
	f->nr = at[1] >> 1;
	f->pf = at[1] & 1;
	if (at[0] & 1) {
		f->type = supervisory[at[0] >> 2];
	} else {
		f->type = ISDN_FRAME_I;
		f->ns = at[0] >> 1;
	}
	return 2;
}

/* Table 8/Q.921. */
static void management(struct frame *f)
{
	static const char *const names[] = {
		[1] = "Identity request",	 [2] = "Identity assigned",
		[3] = "Identity denied",	 [4] = "Identity check request",
		[5] = "Identity check response", [6] = "Identity remove",
		[7] = "Identity verify",
	};
	const uint8_t *m = f->info;
	struct tei_message *t = &f->tei_message;

	if (f->sapi != SAPI_MANAGEMENT || f->type != ISDN_FRAME_UI)
		return;
	if (f->info_len < 5 || m[0] != 0x0f) {
		if (f->r.whole == f->r.len)
			invalid(f, "Q.921 5.3", "no message of TEI management");
		return;
	}
	t->type = m[3];
	t->name = m[3] < sizeof(names) / sizeof(names[0]) ? names[m[3]] : NULL;
	if (!t->name) {
		t->name = "unknown message";
		invalid(f, "Q.921 5.3.1", "a message type that TEI management has not");
	}
	t->ri = (uint16_t)(m[1] << 8 | m[2]);
	t->ai = m[4] >> 1;
}

void dump_layer2(struct frame *f)
{
	const uint8_t *o = f->r.octets;
	size_t n = f->r.len, c;

	f->has_layer2 = !f->r.bare;
	f->info = o;
	f->info_len = n;
	if (f->r.bare)
		return;
	f->info_len = 0;
	if (n < 3) {
		invalid(f, "Q.921 2.9", "shorter than address and control field");
		return;
	}
	if (o[0] & 1 || !(o[1] & 1)) {
		invalid(f, "Q.921 2.9", "the address field has not two octets");
		return;
	}
	f->sapi = o[0] >> 2;
	f->cr_bit = o[0] & 2;
	f->tei = o[1] >> 1;
	c = control(f, o + 2, n - 2);
	if (!c) {
		invalid(f, "Q.921 3.6", "a control field that is none");
		return;
	}
	f->valid = true;
	f->info = o + 2 + c;
	f->info_len = n - 2 - c;
	management(f);
}

void dump_layer2_text(const struct frame *f, char *text, size_t cap)
{
	const struct tei_message *t = &f->tei_message;

	*text = '\0';
	if (!f->has_layer2)
		return;
	if (!f->valid) {
		dump_add(text, cap, "no frame of Q.921");
		return;
	}
	dump_add(text, cap, "%s", isdn_frame_name(f->type));
	if (f->sapi != SAPI_CALLS)
		dump_add(text, cap, " SAPI %u", f->sapi);
	dump_add(text, cap, " TEI %u", f->tei);
	if (f->type == ISDN_FRAME_I)
		dump_add(text, cap, " N(S)=%u", f->ns);
	if (f->type <= ISDN_FRAME_REJ)
		dump_add(text, cap, " N(R)=%u", f->nr);
	if (f->pf)
		dump_add(text, cap, " P/F=1");
	if (t->name)
		dump_add(text, cap, ": %s, Ri %u, Ai %u", t->name, t->ri, t->ai);
}
