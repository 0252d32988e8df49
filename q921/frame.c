/* SPDX-License-Identifier: BSD-2-Clause */
/* Frames: Q.921 clause 2 (validity, 2.9) and clause 3 (address and control field). */
#include "q921/internal.h"

#include <string.h>

#include "base/cursor.h"

/* 3.3.2: which C/R bit makes a command of a frame that we send. */
static unsigned address(const struct i2 *l, bool command)
{
	bool cr = l->config.network ? command : !command;

	return (unsigned)l->config.sapi << 2 | (cr ? 2u : 0u);
}

static void u_frame(struct i2_frame *f, unsigned control)
{
	static const struct {
		uint8_t control;
		enum i2_input type;
		bool info; /* an information field is permitted */
	} rows[] = {
		{ U_SABME, IN_SABME, false }, { U_DISC, IN_DISC, false }, { U_UA, IN_UA, false },
		{ U_DM, IN_DM, false },	      { U_UI, IN_UI, true },	  { U_FRMR, IN_FRMR, true },
		{ U_XID, IN_XID, true },
	};

	f->pf = control & U_PF;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].control == (control & ~(unsigned)U_PF)) {
			f->type = rows[i].type;
			f->error = f->len && !rows[i].info ? 'M' : 0;
			return;
		}
	f->error = 'L';
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

static void classify(const struct i2 *l, struct i2_frame *f, struct ib_rd *r)
{
	unsigned control = ib_rd_u8(r), second = 0;

	if ((control & 3) != 3)
		second = ib_rd_u8(r);
	f->len = ib_rd_left(r);
	f->info = r->at;
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
	if (!f->error && f->len > l->config.n201)
		f->error = 'O';
}

/* False: the frame is invalid (2.9) or not for this link, and is discarded without notice. */
bool i2_frame_parse(const struct i2 *l, const uint8_t *octets, size_t len, struct i2_frame *f)
{
	struct ib_rd r = ib_rd(octets, len);
	unsigned a = ib_rd_u8(&r), tei = ib_rd_u8(&r);

	memset(f, 0, sizeof(*f));
	if (r.bad || (a & 1) || !(tei & 1) || a >> 2 != l->config.sapi || tei >> 1 != l->config.tei)
		return false;
	f->command = l->config.network ? !(a & 2) : (a & 2) != 0;
	classify(l, f, &r);
	return !r.bad;
}

static struct ib_buf *start(struct i2 *l, bool command)
{
	struct ib_buf *b = ib_buf_get(&l->pool);

	if (!b)
		return NULL; /* as good as lost on the line: T200 repeats it */
	b->data[0] = (uint8_t)address(l, command);
	b->data[1] = (uint8_t)(l->config.tei << 1 | 1);
	return b;
}

void i2_send_u(struct i2 *l, unsigned control, bool command, bool pf, const uint8_t *info,
	       size_t len)
{
	struct ib_buf *b = start(l, command);

	if (!b)
		return;
	b->data[2] = (uint8_t)(control | (pf ? U_PF : 0));
	if (len)
		memcpy(b->data + 3, info, len);
	b->len = (uint16_t)(3 + len);
	ib_queue_push(&l->out, b);
}

static size_t build_s(const struct i2 *l, uint8_t *frame, unsigned control, bool command, bool pf)
{
	frame[0] = (uint8_t)address(l, command);
	frame[1] = (uint8_t)(l->config.tei << 1 | 1);
	frame[2] = (uint8_t)control;
	frame[3] = (uint8_t)(l->vr << 1 | (pf ? 1 : 0));
	return 4;
}

void i2_send_s(struct i2 *l, unsigned control, bool command, bool pf)
{
	struct ib_buf *b = start(l, command);

	l->ack_pending = false;
	if (!b)
		return;
	b->len = (uint16_t)build_s(l, b->data, control, command, pf);
	ib_queue_push(&l->out, b);
}

size_t i2_build_rr(const struct i2 *l, uint8_t *frame)
{
	return build_s(l, frame, S_RR, false, false);
}

size_t i2_build_i(const struct i2 *l, const struct ib_buf *b, uint8_t *frame)
{
	frame[0] = (uint8_t)address(l, true);
	frame[1] = (uint8_t)(l->config.tei << 1 | 1);
	frame[2] = (uint8_t)(l->vs << 1);
	frame[3] = (uint8_t)(l->vr << 1);
	memcpy(frame + 4, b->data, b->len);
	return 4u + b->len;
}
