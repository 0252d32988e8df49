/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Hold and retrieve, Q.932 6.2: the auxiliary states of a call as rows
 * {auxiliary states, call states, input, decision, task, next auxiliary state,
 * clause}, for user and network alike. While a call is held it has no B-channel.
 */
#include "q931/cc_internal.h"

enum aux {
	IDLE,
	HOLD_REQUEST,	     /* we asked */
	HELD,		     /* by us */
	RETRIEVE_REQUEST,    /* we asked */
	HOLD_INDICATION,     /* the far end asked */
	HELD_THERE,	     /* by the far end */
	RETRIEVE_INDICATION, /* the far end asked */
	AUX_SAME = SAME
};

#define A(aux)	    (1u << (aux))
#define ANY	    0xffu
#define EVERY	    UINT32_MAX
#define ESTABLISHED (S(3) | S(4) | S(7) | S(8) | S(9) | S(10))
#define RETRIEVABLE (ESTABLISHED | S(12))
#define OF_ONE_LINK (S(7) | S(8) | S(9)) /* not on a bus: the call is not yet one terminal's */

/* ---- decisions ---- */

static bool on_a_bus(const struct i3_call *c)
{
	return c->cc->config.ptmp && ((OF_ONE_LINK >> c->state) & 1);
}

static bool of_one_end(const struct i3_call *c)
{
	return !on_a_bus(c);
}

/* The channel for a RETRIEVE of the far end, 0: there is none. */
static unsigned channel_for(const struct i3_call *c)
{
	const struct i3_channels *ch = &c->cc->channels;
	const struct isdn_msg *m = c->cc->msg;
	int wanted = I3_CHANNEL_ANY;

	if (isdn_msg_has(m, ISDN_IE_CHANNEL_ID))
		wanted = i3_channel_read(ch, &m->channel_id[0]);
	if (wanted > 0 && i3_channel_free(ch, (unsigned)wanted))
		return (unsigned)wanted;
	if (wanted == I3_CHANNEL_NONE || (wanted > 0 && m->channel_id[0].exclusive))
		return 0;
	return i3_channel_pick(ch, !c->cc->network);
}

static bool no_channel(const struct i3_call *c)
{
	return !channel_for(c);
}

static bool given_back(const struct i3_call *c)
{
	return c->given_back && c->channel;
}

/* Of the main table: only a call that is not held can be suspended. */
WHEN(not_held)
{
	return c->hold == IDLE;
}

/* ---- tasks ---- */

static void aux_start(struct i3_call *c, enum i3_input which)
{
	c->t_aux.what = which;
	i3_arm(c, &c->t_aux, which);
}

static void aux_stop(struct i3_call *c)
{
	ib_timer_stop(&c->cc->timers, &c->t_aux);
}

static void refuse(struct i3_call *c, uint8_t type, uint8_t cause)
{
	i3_send_cause(c, type, cause, NULL);
}

static void hold_req(struct i3_call *c)
{
	i3_send_prepared(c, false);
	aux_start(c, IN_T_HOLD);
}

static void hold_conf(struct i3_call *c)
{
	aux_stop(c);
	i3_set_channel(c, 0);
	i3_indicate(c, ISDN_HOLD_CONF);
}

static void hold_refused(struct i3_call *c)
{
	aux_stop(c);
	i3_indicate(c, ISDN_HOLD_REJECT_IND);
}

static void timed_out(struct i3_call *c, enum isdn_prim prim, enum isdn_timer_id timer)
{
	c->timer_id = (uint8_t)(timer + 1);
	i3_event(c, prim, ISDN_BY_TIMER, ISDN_CAUSE_RECOVERY_ON_TIMER_EXPIRY,
		 c->cc->config.location);
	c->timer_id = 0;
}

static void hold_timeout(struct i3_call *c)
{
	timed_out(c, ISDN_HOLD_REJECT_IND, ISDN_T_HOLD);
}

static void hold_ind(struct i3_call *c)
{
	c->given_back = false;
	i3_guard(c, &c->t_aux, IN_T_HOLD);
	i3_indicate(c, ISDN_HOLD_IND);
}

static void hold_resp(struct i3_call *c)
{
	aux_stop(c);
	i3_send_prepared(c, false);
	i3_set_channel(c, 0);
}

static void answer(struct i3_call *c)
{
	aux_stop(c);
	i3_send_prepared(c, false);
}

/* The acknowledgement was lost with the link. */
static void hold_again(struct i3_call *c)
{
	i3_send_plain(c, ISDN_MT_HOLD_ACKNOWLEDGE);
}

/* The far end gives up waiting soon. */
static void hold_late(struct i3_call *c)
{
	refuse(c, ISDN_MT_HOLD_REJECT, ISDN_CAUSE_RECOVERY_ON_TIMER_EXPIRY);
}

static void hold_wrong(struct i3_call *c)
{
	refuse(c, ISDN_MT_HOLD_REJECT, ISDN_CAUSE_MESSAGE_NOT_COMPATIBLE_WITH_STATE);
}

static void retrieve_req(struct i3_call *c)
{
	i3_send_prepared(c, false);
	aux_start(c, IN_T_RETRIEVE);
}

/* The channel that the far end names, else the one that we proposed; 0: none. */
static unsigned granted(const struct i3_call *c)
{
	const struct isdn_msg *m = c->cc->msg;
	int named = isdn_msg_has(m, ISDN_IE_CHANNEL_ID)
			    ? i3_channel_read(&c->cc->channels, &m->channel_id[0])
			    : I3_CHANNEL_ANY;

	return named == I3_CHANNEL_ANY ? c->channel : (unsigned)named;
}

/* One that is not there, another call's, being restarted, or none. */
static bool bad_grant(const struct i3_call *c)
{
	const struct i3_channels *ch = &c->cc->channels;
	const struct i3_call *owner = i3_channel_owner(ch, granted(c));

	return !i3_channel_exists(ch, granted(c)) || (owner && owner != c) ||
	       i3_channel_restarts(ch, granted(c));
}

static void retrieve_conf(struct i3_call *c)
{
	aux_stop(c);
	if (granted(c) != c->channel)
		i3_set_channel(c, granted(c));
	i3_indicate(c, ISDN_RETRIEVE_CONF);
}

static void retrieve_in_vain(struct i3_call *c)
{
	aux_stop(c);
	i3_set_channel(c, 0);
	(void)i3_run(c, IN_CHANNEL_REFUSED);
}

static void retrieve_refused(struct i3_call *c)
{
	aux_stop(c);
	i3_set_channel(c, 0);
	i3_indicate(c, ISDN_RETRIEVE_REJECT_IND);
}

static void retrieve_timeout(struct i3_call *c)
{
	i3_set_channel(c, 0);
	timed_out(c, ISDN_RETRIEVE_REJECT_IND, ISDN_T_RETRIEVE);
}

static void retrieve_ind(struct i3_call *c)
{
	i3_set_channel(c, channel_for(c));
	i3_guard(c, &c->t_aux, IN_T_RETRIEVE);
	i3_indicate(c, ISDN_RETRIEVE_IND);
}

static void retrieve_without(struct i3_call *c)
{
	const struct isdn_msg *m = c->cc->msg;
	bool exclusive = isdn_msg_has(m, ISDN_IE_CHANNEL_ID) && m->channel_id[0].exclusive;

	refuse(c, ISDN_MT_RETRIEVE_REJECT,
	       exclusive ? ISDN_CAUSE_REQUESTED_CHANNEL_NOT_AVAILABLE
			 : ISDN_CAUSE_NO_CHANNEL_AVAILABLE);
}

static void retrieve_reject_req(struct i3_call *c)
{
	answer(c);
	i3_set_channel(c, 0);
}

static void retrieve_resp(struct i3_call *c)
{
	answer(c);
	c->given_back = true;
}

/* The acknowledgement was lost with the link. */
static void retrieve_again(struct i3_call *c)
{
	struct isdn_msg m;

	i3_msg_init(c, &m, ISDN_MT_RETRIEVE_ACKNOWLEDGE);
	i3_channel_write(&c->cc->channels, &m.channel_id[0], c->channel, true);
	isdn_msg_set(&m, ISDN_IE_CHANNEL_ID);
	i3_send(c->cc, c->tei, &m, NULL);
}

static void retrieve_late(struct i3_call *c)
{
	i3_set_channel(c, 0);
	refuse(c, ISDN_MT_RETRIEVE_REJECT, ISDN_CAUSE_RECOVERY_ON_TIMER_EXPIRY);
}

static void retrieve_wrong(struct i3_call *c)
{
	refuse(c, ISDN_MT_RETRIEVE_REJECT, ISDN_CAUSE_MESSAGE_NOT_COMPATIBLE_WITH_STATE);
}

/* clang-format off */
static const struct row {
	uint8_t aux;
	uint32_t states;
	enum i3_input input;
	bool (*decision)(const struct i3_call *c);
	void (*task)(struct i3_call *c);
	uint8_t next;
	const char *clause;
} rows[] = {
	/* we hold */
	{ A(IDLE),		 ESTABLISHED, IN_HOLD_REQ,	 of_one_end, hold_req,		 HOLD_REQUEST,	   "Q.932 6.2.2" },
	{ A(HOLD_REQUEST),	 ESTABLISHED, IN_HOLD_ACKNOWLEDGE, NULL,     hold_conf,		 HELD,		   "Q.932 6.2.2" },
	{ A(HOLD_REQUEST),	 ESTABLISHED, IN_HOLD_REJECT,	 NULL,	     hold_refused,	 IDLE,		   "Q.932 6.2.2" },
	{ A(HOLD_REQUEST),	 EVERY,	      IN_T_HOLD,	 NULL,	     hold_timeout,	 IDLE,		   "Q.932 6.2.2" },
	{ A(HELD),		 RETRIEVABLE, IN_RETRIEVE_REQ,	 NULL,	     retrieve_req,	 RETRIEVE_REQUEST, "Q.932 6.2.3" },
	{ A(RETRIEVE_REQUEST),	 S(12),	      IN_RETRIEVE_ACKNOWLEDGE, bad_grant, retrieve_refused, HELD,	   "Q.932 6.2.3" },
	{ A(RETRIEVE_REQUEST),	 RETRIEVABLE, IN_RETRIEVE_ACKNOWLEDGE, bad_grant, retrieve_in_vain, IDLE,	   "Q.932 6.2.3" },
	{ A(RETRIEVE_REQUEST),	 RETRIEVABLE, IN_RETRIEVE_ACKNOWLEDGE, NULL, retrieve_conf,	 IDLE,		   "Q.932 6.2.3" },
	{ A(RETRIEVE_REQUEST),	 RETRIEVABLE, IN_RETRIEVE_REJECT, NULL,	     retrieve_refused,	 HELD,		   "Q.932 6.2.3" },
	{ A(RETRIEVE_REQUEST),	 EVERY,	      IN_T_RETRIEVE,	 NULL,	     retrieve_timeout,	 HELD,		   "Q.932 6.2.3" },

	/* the far end holds */
	{ A(IDLE),		 ESTABLISHED, IN_HOLD,		 on_a_bus,   hold_wrong,	 AUX_SAME,	   "Q.932 6.2.1" },
	{ A(IDLE),		 ESTABLISHED, IN_HOLD,		 NULL,	     hold_ind,		 HOLD_INDICATION,  "Q.932 6.2.2" },
	{ A(HOLD_INDICATION),	 ESTABLISHED, IN_HOLD,		 NULL,	     NULL,		 AUX_SAME,	   "Q.932 6.2.2" },
	{ A(HOLD_INDICATION),	 ESTABLISHED, IN_HOLD_RESP,	 NULL,	     hold_resp,		 HELD_THERE,	   "Q.932 6.2.2" },
	{ A(HOLD_INDICATION),	 ESTABLISHED, IN_HOLD_REJECT_REQ, NULL,	     answer,	 IDLE,		   "Q.932 6.2.2" },
	{ A(HOLD_INDICATION),	 EVERY,	      IN_T_HOLD,	 NULL,	     hold_late,		 IDLE,		   "Q.932 6.2.2" },
	{ A(HELD_THERE),	 ESTABLISHED, IN_HOLD,		 NULL,	     hold_again,	 AUX_SAME,	   "Q.932 6.2.2" },
	{ A(HELD_THERE),	 RETRIEVABLE, IN_RETRIEVE,	 no_channel, retrieve_without,	 AUX_SAME,	   "Q.932 6.2.3" },
	{ A(HELD_THERE),	 RETRIEVABLE, IN_RETRIEVE,	 NULL,	     retrieve_ind,	 RETRIEVE_INDICATION, "Q.932 6.2.3" },
	{ A(RETRIEVE_INDICATION), RETRIEVABLE, IN_RETRIEVE,	 NULL,	     NULL,		 AUX_SAME,	   "Q.932 6.2.3" },
	{ A(RETRIEVE_INDICATION), RETRIEVABLE, IN_RETRIEVE_RESP, NULL,	     retrieve_resp, IDLE,		   "Q.932 6.2.3" },
	{ A(RETRIEVE_INDICATION), RETRIEVABLE, IN_RETRIEVE_REJECT_REQ, NULL, retrieve_reject_req, HELD_THERE,	   "Q.932 6.2.3" },
	{ A(RETRIEVE_INDICATION), EVERY,      IN_T_RETRIEVE,	 NULL,	     retrieve_late,	 HELD_THERE,	   "Q.932 6.2.3" },

	{ A(IDLE),		 RETRIEVABLE, IN_RETRIEVE,	 given_back, retrieve_again,	 AUX_SAME,	   "Q.932 6.2.3" },

	/* out of place */
	{ ANY,			 EVERY,	      IN_HOLD,		 NULL,	     hold_wrong,	 AUX_SAME,	   "Q.932 6.2.1" },
	{ ANY,			 EVERY,	      IN_RETRIEVE,	 NULL,	     retrieve_wrong,	 AUX_SAME,	   "Q.932 6.2.1" },
	{ ANY,			 RETRIEVABLE, IN_HOLD_ACKNOWLEDGE, NULL,     NULL,		 AUX_SAME,	   "Q.932 6.2.2" },
	{ ANY,			 RETRIEVABLE, IN_HOLD_REJECT,	 NULL,	     NULL,		 AUX_SAME,	   "Q.932 6.2.2" },
	{ ANY,			 RETRIEVABLE, IN_RETRIEVE_ACKNOWLEDGE, NULL, NULL,		 AUX_SAME,	   "Q.932 6.2.3" },
	{ ANY,			 RETRIEVABLE, IN_RETRIEVE_REJECT, NULL,	     NULL,		 AUX_SAME,	   "Q.932 6.2.3" },
};
/* clang-format on */

static const struct row *find(const struct i3_call *c, enum i3_input input)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct row *r = &rows[i];

		if (r->input == input && ((r->aux >> c->hold) & 1) && (r->states & S(c->state)) &&
		    (!r->decision || r->decision(c)))
			return r;
	}
	return NULL;
}

/* For requests: a row that does nothing refuses. */
bool i3_hold_has(const struct i3_call *c, enum i3_input input)
{
	const struct row *r = find(c, input);

	return r && r->task;
}

bool i3_hold_run(struct i3_call *c, enum i3_input input)
{
	const struct row *r = find(c, input);

	if (!r)
		return false;
	c->cc->hold_row = (unsigned)(r - rows);
	if (r->task)
		r->task(c);
	if (r->next != AUX_SAME)
		c->hold = r->next;
	return true;
}

unsigned i3_hold_rows(void)
{
	return sizeof(rows) / sizeof(rows[0]);
}

/* A call that is being cleared is not held; in state 12 one that is can be retrieved, for tones. */
void i3_hold_clearing(struct i3_call *c)
{
	bool over = c->state == ST_NULL || c->state == U11 || c->state == U19;

	if (c->hold == IDLE || (!over && c->state != U12) ||
	    (!over && c->hold != HOLD_REQUEST && c->hold != HOLD_INDICATION))
		return;
	aux_stop(c);
	c->hold = IDLE;
}

enum isdn_hold i3_hold_told(const struct i3_call *c)
{
	switch ((enum aux)c->hold) {
	case HELD:
	case RETRIEVE_REQUEST:
		return ISDN_HELD_HERE;
	case HELD_THERE:
	case RETRIEVE_INDICATION:
		return ISDN_HELD_THERE;
	case IDLE:
	case HOLD_REQUEST:
	case HOLD_INDICATION:
	case AUX_SAME:
		break;
	}
	return ISDN_NOT_HELD;
}
