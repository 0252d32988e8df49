/* SPDX-License-Identifier: BSD-2-Clause */
/* Frames: Q.921 clause 2 (validity, 2.9) and clause 3 (address and control field). */
#include "q921/internal.h"

#include <string.h>

#include "base/rare.h"

#define OUT_MAX 512 /* a bus of 127 terminals that all want something */

/* The U frames, 3.6; frame types are inputs, which are in the order of enum isdn_frame_type. */
static const struct u_row {
	uint8_t control;
	enum i2_input type;
	bool info; /* an information field is permitted */
	bool command, response;
} u_frames[] = {
	{ U_SABME, IN_SABME, false, true, false }, { U_DISC, IN_DISC, false, true, false },
	{ U_UA, IN_UA, false, false, true },	   { U_DM, IN_DM, false, false, true },
	{ U_UI, IN_UI, true, true, false },	   { U_FRMR, IN_FRMR, true, false, true },
	{ U_XID, IN_XID, true, true, true },
};

/* 3.3.2: which C/R bit makes a command of a frame that we send. */
static void address(const struct i2 *l2, uint8_t *frame, unsigned sapi, unsigned tei, bool command)
{
	bool cr = l2->config.network ? command : !command;

	frame[0] = (uint8_t)(sapi << 2 | (cr ? 2u : 0u));
	frame[1] = (uint8_t)(tei << 1 | 1);
}

static const struct u_row *u_row(unsigned control)
{
	for (size_t i = 0; i < sizeof(u_frames) / sizeof(u_frames[0]); i++)
		if (u_frames[i].control == (control & ~(unsigned)U_PF))
			return &u_frames[i];
	return NULL;
}

/* A command that comes as a response, or the other way round, is what a looped line sends back. */
static IB_APART void u_frame(struct i2_frame *f, unsigned control)
{
	const struct u_row *row = u_row(control);

	f->pf = control & U_PF;
	f->type = row ? row->type : IN_COUNT;
	if (!row || !(f->command ? row->command : row->response))
		f->error = 'L';
	else if (f->len && !row->info)
		f->error = 'M';
}

static void s_frame(struct i2_frame *f, unsigned control, unsigned second)
{
	f->pf = second & 1;
	f->nr = (uint8_t)(second >> 1);
	f->error = f->len ? 'N' : 0;
	if (control == S_RR)
		f->type = IN_RR;
	else if (control == S_RNR)
		f->type = IN_RNR;
	else if (control == S_REJ)
		f->type = IN_REJ;
	else
		f->error = 'L';
}

static void classify(const struct i2 *l2, struct i2_frame *f, unsigned control, unsigned second)
{
	if (!(control & 1)) {
		f->type = IN_I;
		f->ns = (uint8_t)(control >> 1);
		f->pf = second & 1;
		f->nr = (uint8_t)(second >> 1);
		if (!f->command)
			f->error = 'L'; /* I frames are commands only, 3.6.2 */
	} else if ((control & 3) == 1) {
		s_frame(f, control, second);
	} else {
		u_frame(f, control);
	}
	if (!f->error && f->len > l2->config.n201)
		f->error = 'O';
}

/* False: the frame is invalid (2.9), and is discarded without notice. */
bool i2_frame_parse(const struct i2 *l2, const uint8_t *octets, size_t len, struct i2_frame *f)
{
	bool u = len > 2 && (octets[2] & 3) == 3;
	size_t head = u ? 3 : 4;

	if (len < head || (octets[0] & 1) || !(octets[1] & 1))
		return false;
	f->sapi = octets[0] >> 2;
	f->tei = octets[1] >> 1;
	f->command = l2->config.network == !(octets[0] & 2);
	f->type = IN_I;
	f->ns = f->nr = 0;
	f->error = 0;
	f->info = octets + head;
	f->len = len - head;
	classify(l2, f, octets[2], u ? 0 : octets[3]);
	return true;
}

/* Frames that nobody takes do not pile up: the oldest go, as lost on the line. */
static void push(struct i2 *l2, struct ib_buf *b)
{
	if (l2->out.n >= OUT_MAX)
		ib_buf_put(&l2->pool, ib_queue_pop(&l2->out));
	ib_queue_push(&l2->out, b);
}

/* False: no memory, as good as lost on the line. */
bool i2_send_ui(struct i2 *l2, unsigned sapi, unsigned tei, const uint8_t *info, size_t len)
{
	struct ib_buf *b = ib_buf_get(&l2->pool);

	if (!b)
		return false;
	address(l2, b->data, sapi, tei, true);
	b->data[2] = U_UI;
	if (len)
		memcpy(b->data + 3, info, len);
	b->len = (uint16_t)(3 + len);
	push(l2, b);
	return true;
}

void i2_send_u(struct i2_link *l, unsigned control, bool command, bool pf)
{
	struct ib_buf *b = ib_buf_get(&l->l2->pool);

	if (!b)
		return; /* as good as lost on the line: T200 repeats it */
	address(l->l2, b->data, l->sapi, l->tei->tei, command);
	b->data[2] = (uint8_t)(control | (pf ? U_PF : 0));
	b->len = 3;
	push(l->l2, b);
	I2_COUNT(l, out[u_row(control)->type]);
}

static size_t build_s(const struct i2_link *l, uint8_t *frame, unsigned control, bool command,
		      bool pf)
{
	address(l->l2, frame, l->sapi, l->tei->tei, command);
	frame[2] = (uint8_t)control;
	frame[3] = (uint8_t)(l->vr << 1 | (pf ? 1 : 0));
	return 4;
}

void i2_send_s(struct i2_link *l, unsigned control, bool command, bool pf)
{
	struct ib_buf *b = ib_buf_get(&l->l2->pool);

	l->ack_pending = false;
	if (!b)
		return;
	b->len = (uint16_t)build_s(l, b->data, control, command, pf);
	push(l->l2, b);
	I2_COUNT(l, out[control == S_RR ? IN_RR : control == S_RNR ? IN_RNR : IN_REJ]);
}

void i2_send_ready(struct i2_link *l, bool command, bool pf)
{
	i2_send_s(l, l->own_busy ? S_RNR : S_RR, command, pf);
}

size_t i2_build_rr(const struct i2_link *l, uint8_t *frame)
{
	return build_s(l, frame, S_RR, false, false);
}

size_t i2_build_i(const struct i2_link *l, const struct ib_buf *b, uint8_t *frame)
{
	address(l->l2, frame, l->sapi, l->tei->tei, true);
	frame[2] = (uint8_t)(l->vs << 1);
	frame[3] = (uint8_t)(l->vr << 1);
	memcpy(frame + 4, b->data, b->len);
	return 4u + b->len;
}
