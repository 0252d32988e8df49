/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * D-channel backup, Q.931 Annex F: of two D-channels one carries layer 3, the
 * other stands by with its link up. Rows {state, input, decision, task, next
 * state}. Who sees the carrying one fail establishes the other anew and goes on
 * there; who hears layer 3 there follows. The one that failed is maintenance busy (SABME is
 * answered by DM) until the far end was heard, or T321, and stands by then.
 */
#include <string.h>

#include "lib/span_internal.h"

enum state { NORMAL, SWITCHING };

/* In SWITCHING the other is maintenance busy. */
struct row {
	enum state state;
	enum ir_backup_input input;
	bool (*decision)(const struct isdn_span *s);
	void (*task)(struct isdn_span *s, isdn_time now);
	enum state next;
};

static unsigned other(const struct isdn_span *s)
{
	return s->l2 == s->d[0] ? 1 : 0;
}

/* At the start the first one has its time to come up. */
static bool carrying_failed(const struct isdn_span *s)
{
	return s->failed;
}

/* ---- tasks ---- */

static void establish(struct i2 *l2, isdn_time now)
{
	const struct i2_prim req = { .type = I2_DL_ESTABLISH_REQ };

	(void)i2_request(l2, &req, now); /* without memory it is kept up all the same */
}

static void exchange(struct isdn_span *s, isdn_time now)
{
	struct i2 *failed = s->l2;

	s->l2 = s->d[other(s)];
	s->standby_up = s->failed = false;
	i2_hold(failed, true, now);
	(void)i2_release_all(failed, now);
	s->t321 = now + s->config.timer[ISDN_T321];
	i3_cc_switched(s->l3, ISDN_CHANNEL(s->l2 == s->d[1] ? 1 : 0, 0));
}

static void take_over(struct isdn_span *s, isdn_time now)
{
	exchange(s, now);
	establish(s->l2, now);
}

static void settle(struct isdn_span *s, isdn_time now)
{
	struct i2 *failed = s->d[other(s)];

	s->t321 = ISDN_NEVER;
	i2_hold(failed, false, now);
	if (i2_own_state(failed) < 7)
		establish(failed, now);
}

static bool standby_is_up(const struct isdn_span *s)
{
	return s->standby_up;
}

/* clang-format off */
static const struct row rows[] = {
	{ NORMAL,    IR_CARRYING_DOWN, standby_is_up,	 take_over, SWITCHING },
	{ NORMAL,    IR_CARRYING_DOWN, NULL,		 NULL,	    NORMAL },
	{ NORMAL,    IR_STANDBY_UP,    carrying_failed,	 take_over, SWITCHING },
	{ NORMAL,    IR_STANDBY_UP,    NULL,		 NULL,	    NORMAL },
	{ NORMAL,    IR_STANDBY_DATA,  NULL,		 exchange,  SWITCHING },
	{ NORMAL,    IR_HEARD,	       NULL,		 NULL,	    NORMAL },
	{ NORMAL,    IR_T321,	       NULL,		 NULL,	    NORMAL },
	{ SWITCHING, IR_CARRYING_DOWN, NULL,		 settle,    NORMAL },
	{ SWITCHING, IR_STANDBY_UP,    NULL,		 NULL,	    SWITCHING },
	{ SWITCHING, IR_STANDBY_DATA,  NULL,		 NULL,	    SWITCHING },
	{ SWITCHING, IR_HEARD,	       NULL,		 settle,    NORMAL },
	{ SWITCHING, IR_T321,	       NULL,		 settle,    NORMAL },
};
/* clang-format on */

void ir_backup_run(struct isdn_span *s, enum ir_backup_input input, isdn_time now)
{
	enum state state = s->t321 == ISDN_NEVER ? NORMAL : SWITCHING;
	const struct row *r = rows;

	while (r->state != state || r->input != input || (r->decision && !r->decision(s)))
		r++;
	if (r->task)
		r->task(s, now);
}

/* Layer 3 ends what ends with a link, and is told of the other. */
static bool turn(struct isdn_span *s, isdn_time now)
{
	return !i3_cc_dl(s->l3, 0, I3_DL_RELEASE_IND, now) &&
	       !i3_cc_dl(s->l3, 0, I3_DL_ESTABLISH_IND, now);
}

/* A primitive of the one that stands by. False: layer 3 has no memory. */
static bool standby_prim(struct isdn_span *s, const struct i2_prim *prim, isdn_time now)
{
	bool up = prim->type == I2_DL_ESTABLISH_IND || prim->type == I2_DL_ESTABLISH_CONF;
	bool down = prim->type == I2_DL_RELEASE_IND || prim->type == I2_DL_RELEASE_CONF;
	bool data = prim->type == I2_DL_DATA_IND && s->t321 == ISDN_NEVER;

	if (data && !turn(s, now))
		return false;
	if (up || down)
		s->standby_up = up;
	if (up)
		ir_backup_run(s, IR_STANDBY_UP, now);
	if (data) {
		ir_backup_run(s, IR_STANDBY_DATA, now);
		s->up = *prim;
		s->has_up = true;
	}
	return true;
}

/* It waits, and the link that it came from may take over and give more. */
static void keep_standby(struct isdn_span *s)
{
	struct i2_prim *prim = &s->standby;

	if (prim->type != I2_DL_DATA_IND || prim->data == s->standby_data)
		return;
	memcpy(s->standby_data, prim->data, prim->len);
	prim->data = s->standby_data;
}

bool ir_backup_join(struct isdn_span *s, isdn_time now)
{
	while (!s->has_up) {
		if (!s->has_standby) {
			s->standby_from = s->d[other(s)];
			if (i2_next(s->standby_from, &s->standby) != 1)
				return true;
		}
		s->has_standby = true;
		if (!standby_prim(s, &s->standby, now)) {
			keep_standby(s);
			return false;
		}
		s->has_standby = false;
	}
	return true;
}

static bool has(const struct isdn_span *s)
{
	return s && s->d[1];
}

int isdn_span_backup_rx(struct isdn_span *span, const uint8_t *frame, size_t len, isdn_time now)
{
	if (!span || (!frame && len))
		return ISDN_ERR_INVALPOINTER;
	return has(span) ? ir_span_rx(span, 1, frame, len, now) : ISDN_ERR_OPERATIONUNAVAIL;
}

int isdn_span_backup_tx(struct isdn_span *span, uint8_t *frame, size_t cap, size_t *len,
			isdn_time now)
{
	if (!span || !frame || !len)
		return ISDN_ERR_INVALPOINTER;
	return has(span) ? ir_span_tx(span, 1, frame, cap, len, now) : ISDN_ERR_OPERATIONUNAVAIL;
}

void isdn_span_backup_physical(struct isdn_span *span, bool active, isdn_time now)
{
	if (!has(span))
		return;
	i2_physical(span->d[1], active, now);
	ir_span_join(span, now);
}

unsigned isdn_span_d_channel(const struct isdn_span *span)
{
	return has(span) && span->l2 == span->d[1] ? 1 : 0;
}
