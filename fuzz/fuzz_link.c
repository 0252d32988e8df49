/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * libFuzzer: the first octet chooses a side and an interface, the rest is what
 * happens to the data link layer: frames, raw or with an address and a control
 * field that fit, TEI management, requests, time, layer 1. After each step a
 * link that waits for something has a timer that ends it; after the last it
 * comes to rest by itself.
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz/script.h"
#include "q921/internal.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct fuzz {
	struct isdn_env env;
	struct i2 *l2;
	isdn_time now;
	bool active;
	unsigned up; /* primitives that one step may make */
};

/* A link in a state that something must end: a timer will. */
static void look(const struct i2 *l2)
{
	const struct i2_link *l;

	for (l = l2->links; l; l = l->after) {
		bool t200 = ib_timer_running(&l->t200), t203 = ib_timer_running(&l->t203);
		unsigned sent = (l->vs - l->va) & 127;

		check(l->state >= TEI_UNASSIGNED && l->state <= TIMER_RECOVERY);
		check(sent <= l2->config.k && sent <= l->iq.n && sent <= l->tried + 0u);
		check(l->state < MULTIPLE_FRAME || l->own_busy == l2->busy);
		if (l->state == AWAITING_ESTABLISHMENT || l->state == AWAITING_RELEASE ||
		    l->state == TIMER_RECOVERY)
			check(t200);
		if (l->state == MULTIPLE_FRAME)
			check(t200 || t203);
		if (l->state == MULTIPLE_FRAME && sent)
			check(t200);
		if (l->state == ASSIGN_AWAITING_TEI || l->state == ESTABLISH_AWAITING_TEI)
			check(ib_timer_running(&l->tei->timer));
		if (l->state <= TEI_ASSIGNED)
			check(!t200 && !t203 && !l->iq.n);
	}
}

static void drain(struct fuzz *f)
{
	uint8_t *frame = malloc(f->l2->config.n201 + 4u);
	struct i2_frame parsed;
	struct i2_prim prim;
	unsigned n = 0;
	size_t len;

	check(frame != NULL);
	while (i2_tx(f->l2, frame, f->l2->config.n201 + 4u, &len, f->now) == 1) {
		check(len >= 3 && len <= f->l2->config.n201 + 4u && ++n < 4096);
		check(i2_frame_parse(f->l2, frame, len, &parsed)); /* what is sent is a frame */
	}
	free(frame);
	while (i2_next(f->l2, &prim) == 1)
		check(prim.len <= f->l2->config.n201 && ++f->up < 4096);
	f->up = 0;
}

/* In memory of exactly its size. */
static void rx(struct fuzz *f, const uint8_t *head, size_t n_head, const uint8_t *body, size_t n)
{
	uint8_t *exact = malloc(n_head + n ? n_head + n : 1);

	check(exact != NULL);
	if (n_head)
		memcpy(exact, head, n_head);
	if (n)
		memcpy(exact + n_head, body, n);
	check(i2_rx(f->l2, exact, n_head + n, f->now) == 0);
	free(exact);
}

/* A frame to a link that there is, its N(R) near what is valid. */
static void fitting(struct fuzz *f, struct input *in)
{
	static const uint8_t controls[] = { U_SABME, U_DISC, U_UA,  U_DM, U_UI, U_FRMR, U_XID,
					    S_RR,    S_RNR,  S_REJ, 0,	  0,	0 };
	unsigned which = octet(in), what = octet(in), more = octet(in);
	struct i2_link *l = f->l2->links;
	uint8_t head[4];
	size_t n = more >> 4, n_head = 3;
	bool command = what & 0x40;
	const uint8_t *body;

	for (unsigned i = which % 8; i && l && l->after; i--)
		l = l->after;
	if (!l)
		return;
	head[0] = (uint8_t)(l->sapi << 2 | ((f->l2->config.network ? !command : command) ? 2 : 0));
	head[1] = (uint8_t)(l->tei->tei << 1 | 1);
	head[2] = controls[(what & 0x1f) % sizeof(controls)];
	if (head[2] & 2) {
		head[2] |= what & 0x80 ? U_PF : 0;
	} else {
		if (!(head[2] & 1))
			head[2] = (uint8_t)((l->vr + (more & 1 ? more >> 1 & 3 : 0u)) << 1);
		head[3] = (uint8_t)((l->va + (more >> 1 & 7)) << 1 | what >> 7);
		n_head = 4;
	}
	body = some(in, &n);
	rx(f, head, n_head, body, n);
}

static void identity(struct fuzz *f, struct input *in)
{
	unsigned type = octet(in), ai = octet(in);
	const struct i2_tei *t = &f->l2->teis[f->l2->n_teis > 1 ? ai % 127 : 0];
	uint16_t ri = type & 0x80 ? t->ri : (uint16_t)(octet(in) << 8 | 0x55);
	uint8_t head[8] = { f->l2->config.network ? 0xfc : 0xfe,
			    0xff,
			    U_UI,
			    0x0f,
			    (uint8_t)(ri >> 8),
			    (uint8_t)ri,
			    type & 0x0f,
			    (uint8_t)ai };

	if (type & 0x40)
		head[7] = (uint8_t)(t->tei << 1 | 1);
	rx(f, head, sizeof(head), NULL, 0);
}

static void request(struct fuzz *f, struct input *in)
{
	unsigned what = octet(in);
	struct i2_prim p = { .type = (enum i2_prim_type)(what & 3) };
	size_t n = octet(in);
	const uint8_t *data = some(in, &n);

	p.dlci.sapi = what & 4 ? f->l2->config.sapi[f->l2->config.n_sapis - 1] : 0;
	p.dlci.tei = (uint8_t)(what & 8 ? 127 : 64 + (what >> 4));
	p.len = (uint16_t)n;
	p.data = data;
	(void)i2_request(f->l2, &p, f->now);
}

static void pass(struct fuzz *f, isdn_time ms)
{
	f->now += ms;
	i2_timeout(f->l2, f->now);
}

static void step(struct fuzz *f, struct input *in)
{
	const uint8_t *body;
	size_t n;

	switch (octet(in) % 9) {
	case 0:
		n = octet(in);
		body = some(in, &n);
		rx(f, NULL, 0, body, n);
		break;
	case 1:
	case 2:
		fitting(f, in);
		break;
	case 3:
		identity(f, in);
		break;
	case 4:
		request(f, in);
		break;
	case 5:
		pass(f, octet(in) * 50u);
		break;
	case 6:
		if (i2_deadline(f->l2) != ISDN_NEVER && i2_deadline(f->l2) > f->now)
			pass(f, i2_deadline(f->l2) - f->now);
		break;
	case 7:
		f->active = !f->active;
		i2_physical(f->l2, f->active, f->now);
		break;
	case 8:
		n = octet(in);
		if (n & 1)
			i2_receiver_busy(f->l2, n & 2, f->now);
		else if (n & 2)
			(void)i2_tei_check(f->l2, n >> 1, f->now);
		else
			(void)i2_tei_remove(f->l2, n >> 1, f->now);
		break;
	}
	drain(f);
	look(f->l2);
}

/* Nobody says anything more: a link that is not kept up ends in state 1 or 4. */
static void rest(struct fuzz *f)
{
	const struct i2_link *l;

	for (unsigned i = 0; i < 3000 && i2_deadline(f->l2) != ISDN_NEVER; i++) {
		f->now = i2_deadline(f->l2) > f->now ? i2_deadline(f->l2) : f->now;
		i2_timeout(f->l2, f->now);
		drain(f);
		look(f->l2);
	}
	for (l = f->l2->links; l; l = l->after)
		check(l->state == TEI_UNASSIGNED || l->state == TEI_ASSIGNED);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input in = { data, size };
	unsigned what = octet(&in);
	struct i2_config c = { .network = what & 1,
			       .ptmp = what & 2,
			       .wake = what & 4,
			       .keep_up = (what & 8) && !(what & 2 && what & 1),
			       .tei = what & 2 ? what & 16 ? 5 : I2_TEI_AUTO : 0,
			       .n_sapis = what & 32 ? 2 : 1,
			       .sapi = { 0, 16 },
			       .k = what & 64 ? 7 : 1,
			       .n201 = what & 128 ? 260 : 20,
			       .n200 = 3,
			       .n202 = 3,
			       .t200 = 1000,
			       .t201 = 1000,
			       .t202 = 2000,
			       .t203 = 10000 };
	struct fuzz f = { .now = 1, .active = true };

	ib_env_init(&f.env, NULL);
	check(i2_new(&f.l2, &c, &f.env) == 0);
	(void)i2_start(f.l2, f.now);
	while (in.left)
		step(&f, &in);
	if (!c.keep_up)
		rest(&f);
	i2_free(f.l2);
	return 0;
}
