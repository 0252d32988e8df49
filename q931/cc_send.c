/* SPDX-License-Identifier: BSD-2-Clause */
/* Messages to the far end. A message that may be repeated is kept as octets and sent again as it
 * was. */
#include <string.h>

#include "base/rare.h"
#include "q931/cc_internal.h"

static enum isdn_dir direction(const struct i3_cc *cc)
{
	return cc->config.side == ISDN_NETWORK ? ISDN_NETWORK_TO_USER : ISDN_USER_TO_NETWORK;
}

/* Header of a message of call c (4.3: the flag is set towards the side that allocated it). */
void i3_msg_init(const struct i3_call *c, struct isdn_msg *m, uint8_t type)
{
	isdn_msg_init(m, type, c->cc->cr_len, c->cr, !c->originated);
}

/* Add a cause; diag may be NULL. */
void i3_msg_cause(struct isdn_msg *m, uint8_t cause, uint8_t location, const void *diag, size_t n)
{
	struct isdn_cause_ie *c = &m->cause[isdn_msg_add(m, ISDN_IE_CAUSE)];

	memset(c, 0, sizeof(*c));
	c->location = location;
	c->value = cause;
	c->n_diag = (uint8_t)n;
	if (n)
		memcpy(c->diag, diag, n);
}

int i3_encode_to(const struct i3_cc *cc, const struct isdn_msg *m, uint8_t octets[ISDN_MSG_MAX],
		 size_t *len)
{
	int err = isdn_msg_encode(cc->config.variant, direction(cc), m, octets, ISDN_MSG_MAX, len);

	if (!err && cc->config.n201 && *len > cc->config.n201)
		err = ISDN_ERR_NOSPC;
	return err == ISDN_ERR_NOSPC ? ISDN_ERR_MSGTOOLONG : err;
}

int i3_encode(struct i3_cc *cc, const struct isdn_msg *m, struct ib_buf **out)
{
	struct ib_buf *b = ib_buf_get(&cc->pool);
	size_t len;
	int err;

	if (!b)
		return ISDN_ERR_NOMEM;
	err = i3_encode_to(cc, m, b->data, &len);
	if (err) {
		ib_buf_put(&cc->pool, b);
		return err;
	}
	b->len = (uint16_t)len;
	*out = b;
	return 0;
}

static void keep(struct i3_call *c, const struct ib_buf *b)
{
	if (!c->kept)
		c->kept = ib_buf_get(&c->cc->pool);
	if (!c->kept)
		return;
	memcpy(c->kept->data, b->data, b->len);
	c->kept->len = b->len;
}

void i3_queue(struct i3_cc *cc, unsigned tei, struct ib_buf *b)
{
	b->tag = (uint8_t)tei;
	ib_queue_push(&cc->out, b);
	cc->counters.messages_out++;
	if (tei != I3_BROADCAST && !i3_tei_in(cc->up, tei))
		i3_tei_add(cc->establish, tei);
}

void i3_send(struct i3_cc *cc, unsigned tei, const struct isdn_msg *m, struct i3_call *keep_for)
{
	struct ib_buf *b;

	if (i3_encode(cc, m, &b)) {
		ib_log(cc->env, ISDN_LOG_ERROR, ISDN_AREA_Q931, "%s could not be encoded",
		       isdn_msg_name(m->type));
		return;
	}
	if (keep_for)
		keep(keep_for, b);
	i3_queue(cc, tei, b);
}

void i3_send_prepared(struct i3_call *c, bool keep_it)
{
	struct ib_buf *b = c->cc->prepared;

	c->cc->prepared = NULL;
	if (keep_it)
		keep(c, b);
	i3_queue(c->cc, c->tei, b);
}

void i3_send_kept(struct i3_call *c)
{
	struct ib_buf *b = c->kept ? ib_buf_get(&c->cc->pool) : NULL;

	if (!b)
		return; /* as if lost; the next expiry ends the call */
	memcpy(b->data, c->kept->data, c->kept->len);
	b->len = c->kept->len;
	i3_queue(c->cc, c->tei, b);
}

void i3_send_status(struct i3_call *c, uint8_t cause, const void *diag, size_t n)
{
	struct isdn_msg m;

	i3_msg_init(c, &m, ISDN_MT_STATUS);
	i3_msg_cause(&m, cause, c->cc->config.location, diag, n);
	m.call_state.coding = 0;
	m.call_state.state = c->tei == I3_BROADCAST ? i3_terminal_state(c) : c->state;
	isdn_msg_set(&m, ISDN_IE_CALL_STATE);
	i3_send(c->cc, c->tei == I3_BROADCAST ? c->cc->tei : c->tei, &m, NULL);
}

/* Take back the messages of a call that wait for the link. */
void i3_unsend(struct i3_call *c)
{
	struct i3_cc *cc = c->cc;
	struct isdn_faults faults;
	struct ib_queue keep_these;
	struct isdn_msg m;
	struct ib_buf *b;

	ib_queue_init(&keep_these);
	while ((b = ib_queue_pop(&cc->out)) != NULL) {
		(void)isdn_msg_decode(cc->config.variant, direction(cc), b->data, b->len, &m,
				      &faults);
		if (b->tag == c->tei && m.cr == c->cr && m.cr_flag == !c->originated)
			ib_buf_put(&cc->pool, b);
		else
			ib_queue_push(&keep_these, b);
	}
	while ((b = ib_queue_pop(&keep_these)) != NULL)
		ib_queue_push(&cc->out, b);
}

/* The first link that is asked for, and its request is taken. */
static int wanted(struct i3_cc *cc)
{
	for (unsigned tei = 0; tei < I3_BROADCAST; tei++) {
		if (!cc->establish[tei >> 6]) {
			tei |= 63;
			continue;
		}
		if (i3_tei_in(cc->establish, tei)) {
			i3_tei_remove(cc->establish, tei);
			return (int)tei;
		}
	}
	return -1;
}

/* The first message whose link is there, behind others that wait. */
static IB_RARE struct ib_buf *ready(struct i3_cc *cc)
{
	for (struct ib_buf **at = &cc->out.head; *at; at = &(*at)->next) {
		struct ib_buf *b = *at;

		if (b->tag != I3_BROADCAST && !i3_tei_in(cc->up, b->tag))
			continue;
		*at = b->next;
		if (!*at)
			cc->out.tail = at;
		cc->out.n--;
		return b;
	}
	return NULL;
}

/* A link that is asked for; false: none. */
static IB_RARE bool establish(struct i3_cc *cc, struct i3_out *out)
{
	int tei = wanted(cc);

	if (tei < 0)
		return false;
	out->len = 0;
	out->tei = (uint8_t)tei;
	out->type = I3_OUT_ESTABLISH;
	return true;
}

/* Data waits while its link is down; the request to establish that goes first. */
int i3_cc_out(struct i3_cc *cc, struct i3_out *out)
{
	struct ib_buf *b = cc->taken;

	cc->taken = NULL;
	ib_buf_put(&cc->pool, b);
	if ((cc->establish[0] | cc->establish[1]) && establish(cc, out))
		return 1;
	b = cc->out.head;
	if (!b)
		return 0;
	b = b->tag == I3_BROADCAST || i3_tei_in(cc->up, b->tag) ? ib_queue_pop(&cc->out)
								: ready(cc);
	if (!b)
		return 0;
	out->tei = b->tag;
	out->type = b->tag == I3_BROADCAST ? I3_OUT_UNIT_DATA : I3_OUT_DATA;
	out->len = b->len;
	out->data = b->data;
	cc->taken = b;
	return 1;
}
