/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Received messages: the error procedures of Q.931 5.8 around the SDL tables,
 * in the order of the clause, by the list of faults that the codec gives.
 */
#include <string.h>

#include "base/rare.h"
#include "q931/cc_internal.h"
#include "q931/codec.h"

int i3_input_of(unsigned type)
{
	/* plus one: 0 is a type without a row */
	static const uint8_t inputs[] = {
		[ISDN_MT_ALERTING] = IN_ALERTING + 1,
		[ISDN_MT_CALL_PROCEEDING] = IN_CALL_PROCEEDING + 1,
		[ISDN_MT_PROGRESS] = IN_PROGRESS + 1,
		[ISDN_MT_SETUP] = IN_SETUP + 1,
		[ISDN_MT_CONNECT] = IN_CONNECT + 1,
		[ISDN_MT_SETUP_ACKNOWLEDGE] = IN_SETUP_ACKNOWLEDGE + 1,
		[ISDN_MT_CONNECT_ACKNOWLEDGE] = IN_CONNECT_ACKNOWLEDGE + 1,
		[ISDN_MT_USER_INFORMATION] = IN_USER_INFORMATION + 1,
		[ISDN_MT_DISCONNECT] = IN_DISCONNECT + 1,
		[ISDN_MT_RELEASE] = IN_RELEASE + 1,
		[ISDN_MT_RELEASE_COMPLETE] = IN_RELEASE_COMPLETE + 1,
		[ISDN_MT_STATUS_ENQUIRY] = IN_STATUS_ENQUIRY + 1,
		[ISDN_MT_INFORMATION] = IN_INFORMATION + 1,
		[ISDN_MT_NOTIFY] = IN_NOTIFY + 1,
		[ISDN_MT_STATUS] = IN_STATUS + 1,
		[ISDN_MT_CONGESTION_CONTROL] = IN_CONGESTION_CONTROL + 1,
		[ISDN_MT_FACILITY] = IN_FACILITY + 1,
		[ISDN_MT_REGISTER] = IN_REGISTER + 1,
		[ISDN_MT_SUSPEND] = IN_SUSPEND + 1,
		[ISDN_MT_SUSPEND_ACKNOWLEDGE] = IN_SUSPEND_ACKNOWLEDGE + 1,
		[ISDN_MT_SUSPEND_REJECT] = IN_SUSPEND_REJECT + 1,
		[ISDN_MT_RESUME] = IN_RESUME + 1,
		[ISDN_MT_RESUME_ACKNOWLEDGE] = IN_RESUME_ACKNOWLEDGE + 1,
		[ISDN_MT_RESUME_REJECT] = IN_RESUME_REJECT + 1,
		[ISDN_MT_HOLD] = IN_HOLD + 1,
		[ISDN_MT_HOLD_ACKNOWLEDGE] = IN_HOLD_ACKNOWLEDGE + 1,
		[ISDN_MT_HOLD_REJECT] = IN_HOLD_REJECT + 1,
		[ISDN_MT_RETRIEVE] = IN_RETRIEVE + 1,
		[ISDN_MT_RETRIEVE_ACKNOWLEDGE] = IN_RETRIEVE_ACKNOWLEDGE + 1,
		[ISDN_MT_RETRIEVE_REJECT] = IN_RETRIEVE_REJECT + 1,
	};

	return type < sizeof(inputs) ? inputs[type] - 1 : -1;
}

/* -1, too, for a type that the variant has not, in neither direction (5.8.4). */
static int input_of(const struct i3_cc *cc, const struct isdn_msg *m)
{
	enum isdn_variant v = cc->config.variant;

	return i3_msg_row(v, ISDN_USER_TO_NETWORK, m) || i3_msg_row(v, ISDN_NETWORK_TO_USER, m)
		       ? i3_input_of(m->type)
		       : -1;
}

static bool is_clearing(unsigned type)
{
	return type == ISDN_MT_DISCONNECT || type == ISDN_MT_RELEASE ||
	       type == ISDN_MT_RELEASE_COMPLETE;
}

static bool is_mandatory(enum isdn_fault_kind kind)
{
	return kind == ISDN_FAULT_MANDATORY_MISSING || kind == ISDN_FAULT_MANDATORY_CONTENT ||
	       kind == ISDN_FAULT_MANDATORY_LENGTH || kind == ISDN_FAULT_COMPREHENSION;
}

static bool is_optional(enum isdn_fault_kind kind)
{
	return kind == ISDN_FAULT_IE_UNRECOGNIZED || kind == ISDN_FAULT_OPTIONAL_CONTENT ||
	       kind == ISDN_FAULT_OPTIONAL_LENGTH || kind == ISDN_FAULT_IE_UNEXPECTED;
}

/* The first fault of a sort; the diagnostics name all elements with the same cause (5.8.6, 5.8.7).
 */
static const struct isdn_fault *first_fault(const struct isdn_faults *f,
					    bool (*sort)(enum isdn_fault_kind),
					    uint8_t diag[ISDN_FAULTS_MAX], size_t *n)
{
	const struct isdn_fault *first = NULL;

	*n = 0;
	for (unsigned i = 0; i < f->n; i++) {
		if (!sort(f->list[i].kind) || f->list[i].codeset)
			continue;
		if (!first)
			first = &f->list[i];
		if (f->list[i].cause == first->cause)
			diag[(*n)++] = f->list[i].ie;
	}
	return first;
}

/* An answer to a message of no call: same call reference, the flag turned round. */
static void answer_header(const struct i3_cc *cc, const struct isdn_msg *to, struct isdn_msg *m,
			  uint8_t type)
{
	isdn_msg_init(m, type, to->cr_len < cc->cr_len ? cc->cr_len : to->cr_len, to->cr,
		      !to->cr_flag);
}

void i3_answer_cause(struct i3_cc *cc, const struct isdn_msg *to, uint8_t type, uint8_t cause,
		     const void *diag, size_t n)
{
	struct isdn_msg m;

	answer_header(cc, to, &m, type);
	i3_msg_cause(&m, cause, cc->config.location, diag, n);
	i3_send(cc, cc->tei, &m, NULL);
}

static void answer_release_complete(struct i3_cc *cc, const struct isdn_msg *to, uint8_t cause,
				    const void *diag, size_t n)
{
	i3_answer_cause(cc, to, ISDN_MT_RELEASE_COMPLETE, cause, diag, n);
}

/* STATUS with call state null (or REST 0 of the global call reference). */
void i3_answer_status(struct i3_cc *cc, const struct isdn_msg *to, uint8_t cause, const void *diag,
		      size_t n)
{
	struct isdn_msg m;

	answer_header(cc, to, &m, ISDN_MT_STATUS);
	i3_msg_cause(&m, cause, cc->config.location, diag, n);
	memset(&m.call_state, 0, sizeof(m.call_state));
	if (to->cr_len && !to->cr && cc->restart.outstanding)
		m.call_state.state = 61; /* REST 1 */
	isdn_msg_set(&m, ISDN_IE_CALL_STATE);
	i3_send(cc, cc->tei, &m, NULL);
}

static IB_RARE void restart(struct i3_cc *cc, const struct isdn_msg *m,
			    const struct isdn_faults *faults)
{
	uint8_t diag[ISDN_FAULTS_MAX], octet, cause;
	const struct isdn_fault *f;
	size_t n;

	f = first_fault(faults, is_mandatory, diag, &n);
	if (f) {
		i3_answer_status(cc, m, (uint8_t)f->cause, diag, n);
		return;
	}
	cause = i3_restart_rx(cc, m, &octet);
	if (cause)
		i3_answer_status(cc, m, cause, &octet, octet != 0);
}

/* 5.8.3.2 f, g: the global call reference is for RESTART and STATUS. */
static IB_RARE void global(struct i3_cc *cc, const struct isdn_msg *m,
			   const struct isdn_faults *faults)
{
	if (m->type == ISDN_MT_STATUS)
		return;
	if ((m->type == ISDN_MT_RESTART && !m->cr_flag && !cc->config.terminals) ||
	    (m->type == ISDN_MT_RESTART_ACKNOWLEDGE && m->cr_flag)) {
		restart(cc, m, faults);
		return;
	}
	if (m->type == ISDN_MT_RESTART && !m->cr_flag) /* of a bus: optional there, and not done */
		i3_answer_status(cc, m, ISDN_CAUSE_MESSAGE_TYPE_NOT_IMPLEMENTED, &m->type, 1);
	else
		i3_answer_status(cc, m, ISDN_CAUSE_INVALID_CALL_REFERENCE, NULL, 0);
}

static bool awaits_answer(const struct i3_call *c)
{
	return c->originated && !c->responded;
}

/*
 * Two calls want one channel, and ours still waits for an answer: the network's wins (5.7); between
 * two users that of the side that insists on it, else that of side A, which is the network's (D.3).
 */
static bool gives_way(const struct i3_cc *cc, const struct i3_call *owner, bool exclusive)
{
	if (!awaits_answer(owner))
		return false;
	if (cc->variant->symmetrical && owner->exclusive != exclusive)
		return exclusive;
	return cc->config.side == ISDN_USER;
}

/* The peer that says it is out of service, and uses it, has it in service. */
static void in_service_again(struct i3_cc *cc, int channel)
{
	if (channel > 0 && i3_channel_exists(&cc->channels, (unsigned)channel))
		i3_channel_mark(&cc->channels, cc->channels.out_there, (unsigned)channel, false);
}

/* 5.1.2, 5.2.3.1: the channel of an arriving call. 0 or the cause that refuses it. */
static uint8_t channel_for(struct i3_cc *cc, const struct isdn_msg *m, unsigned *channel)
{
	const struct i3_channels *ch = &cc->channels;
	bool exclusive = false, d_channel = false;
	int wanted = I3_CHANNEL_ANY;
	struct i3_call *owner = NULL;

	if (isdn_msg_has(m, ISDN_IE_CHANNEL_ID)) {
		wanted = i3_channel_read(ch, &m->channel_id[0]);
		exclusive = m->channel_id[0].exclusive;
		d_channel = m->channel_id[0].d_channel;
	}
	*channel = 0;
	if (wanted == I3_CHANNEL_NONE) /* the user may wait for one, and who calls by signalling
					  alone needs none */
		return cc->network && !d_channel ? ISDN_CAUSE_NO_CHANNEL_AVAILABLE : 0;
	if (wanted != I3_CHANNEL_ANY) {
		in_service_again(cc, wanted);
		owner = i3_channel_owner(ch, (unsigned)wanted);
		*channel = (unsigned)wanted;
		if (i3_channel_free(ch, (unsigned)wanted))
			return 0;
		if (owner && gives_way(cc, owner, exclusive)) {
			owner->channel = 0;
			return 0;
		}
	}
	/* An offer to all terminals is for its channel alone. */
	exclusive |= wanted != I3_CHANNEL_ANY && cc->config.ptmp && !cc->network;
	*channel = exclusive ? 0 : i3_channel_pick(ch, cc->config.side == ISDN_USER);
	if (*channel)
		return 0;
	if (exclusive && !i3_channel_exists(ch, (unsigned)wanted))
		return ISDN_CAUSE_CHANNEL_DOES_NOT_EXIST;
	if (owner && !awaits_answer(owner))
		owner = NULL; /* no collision: it is simply taken */
	return exclusive && !(cc->variant->symmetrical && owner && owner->exclusive)
		       ? ISDN_CAUSE_REQUESTED_CHANNEL_NOT_AVAILABLE
		       : ISDN_CAUSE_NO_CHANNEL_AVAILABLE;
}

/* A service that the call is not wanted without is not provided here. */
static IB_RARE bool refuse_service(struct i3_call *c)
{
	struct i3_cc *cc = c->cc;
	struct isdn_msg m;
	uint8_t cause;

	i3_msg_init(c, &m, ISDN_MT_RELEASE_COMPLETE);
	cause = i3_uus_missing(c, &m);
	if (!cause)
		return false;
	i3_msg_cause(&m, cause, cc->config.location, NULL, 0);
	i3_send(cc, c->tei, &m, NULL);
	i3_call_undo(c);
	return true;
}

/* A call arrives: checks of 5.8.6 first, since nothing is known of it yet. 0 or NOMEM. */
static int setup_ind(struct i3_cc *cc, const struct isdn_msg *m, const struct isdn_faults *faults)
{
	uint8_t diag[ISDN_FAULTS_MAX], cause;
	const struct isdn_fault *f;
	struct i3_call *c;
	unsigned channel;
	size_t n;

	f = first_fault(faults, is_mandatory, diag, &n);
	if (f) {
		answer_release_complete(cc, m, (uint8_t)f->cause, diag, n);
		return 0;
	}
	if (i3_call_arrives(cc, m, &c))
		return ISDN_ERR_NOMEM;
	cause = channel_for(cc, m, &channel);
	if (cause) {
		i3_call_undo(c);
		answer_release_complete(cc, m, cause, NULL, 0);
		return 0;
	}
	i3_set_channel(c, channel);
	c->exclusive = isdn_msg_has(m, ISDN_IE_CHANNEL_ID) && m->channel_id[0].exclusive;
	c->signalling = isdn_msg_has(m, ISDN_IE_CHANNEL_ID) && m->channel_id[0].d_channel;
	c->state = cc->network ? N1 : U6;
	c->implicit = isdn_msg_has(m, ISDN_IE_USER_USER);
	if (isdn_msg_has(m, ISDN_IE_FACILITY)) {
		i3_uus_rx(c, m);
		if (refuse_service(c))
			return 0;
	}
	i3_event(c, ISDN_SETUP_IND, ISDN_BY_REMOTE, ISDN_CAUSE_NONE, 0);
	f = first_fault(faults, is_optional, diag, &n);
	if (f)
		i3_send_status(c, (uint8_t)f->cause, diag, n);
	return 0;
}

/* What begins with another message than SETUP. A fault is answered as 5.8.6 has it for others. */
static IB_RARE int begins(struct i3_cc *cc, const struct isdn_msg *m,
			  const struct isdn_faults *faults)
{
	uint8_t diag[ISDN_FAULTS_MAX];
	const struct isdn_fault *f;
	size_t n;

	if (m->cr_flag)
		return 0; /* 5.8.3.2 e, f */
	f = first_fault(faults, is_mandatory, diag, &n);
	if (f) {
		answer_release_complete(cc, m, (uint8_t)f->cause, diag, n);
		return 0;
	}
	if (m->type == ISDN_MT_REGISTER)
		return i3_register_rx(cc, m);
	if (cc->network)
		return i3_resume_rx(cc, m);
	answer_release_complete(cc, m, ISDN_CAUSE_INVALID_CALL_REFERENCE, NULL, 0); /* 5.6.5 */
	return 0;
}

/* 5.8.3.2: a message for a call reference that nobody has. */
static IB_APART int unknown_call(struct i3_cc *cc, const struct isdn_msg *m,
				 const struct isdn_faults *faults)
{
	switch (input_of(cc, m)) {
	case IN_SETUP:
		return m->cr_flag ? 0 : setup_ind(cc, m, faults);
	case IN_RESUME:
	case IN_REGISTER:
		return begins(cc, m, faults);
	case IN_RELEASE_COMPLETE:
		return 0;
	case IN_STATUS:
		if (isdn_msg_has(m, ISDN_IE_CALL_STATE) && m->call_state.state != ST_NULL)
			answer_release_complete(cc, m, ISDN_CAUSE_MESSAGE_NOT_COMPATIBLE_WITH_STATE,
						NULL, 0);
		return 0;
	case IN_STATUS_ENQUIRY:
		i3_answer_status(cc, m, ISDN_CAUSE_RESPONSE_TO_STATUS_ENQUIRY, NULL, 0);
		return 0;
	default:
		answer_release_complete(cc, m, ISDN_CAUSE_INVALID_CALL_REFERENCE, NULL, 0);
		return 0;
	}
}

/* Through the table; what it does not cover is 5.8.4. */
static void to_table(struct i3_call *c, const struct isdn_msg *m)
{
	int input = i3_input_of(m->type);

	if ((c->uus || isdn_msg_has(m, ISDN_IE_FACILITY)) && c->cc->first[c->state][input]) {
		i3_uus_rx(c, m);
		if (c->uus && c->uus->lost_cause && !is_clearing(m->type) &&
		    c->cc->first[c->state][IN_UUS_LOST])
			input = IN_UUS_LOST;
	}
	if (!i3_input(c, (enum i3_input)input))
		i3_send_status(c, ISDN_CAUSE_MESSAGE_NOT_COMPATIBLE_WITH_STATE, &m->type, 1);
}

/*
 * A fault in a clearing message does not stop the clearing: the cause counts
 * as 31, and the answer names the fault (5.8.6.1 b to d, 5.8.7.1 b to d).
 */
static void clearing(struct i3_call *c, const struct isdn_msg *m, const struct isdn_fault *f,
		     const uint8_t *diag, size_t n)
{
	if (f) {
		c->error_cause = (uint8_t)f->cause;
		c->n_error_diag = (uint8_t)n;
		memcpy(c->error_diag, diag, n);
	}
	to_table(c, m);
}

/* 5.8.6 and 5.8.7. */
static IB_RARE void faulty(struct i3_call *c, const struct isdn_msg *m,
			   const struct isdn_faults *faults)
{
	uint8_t diag[ISDN_FAULTS_MAX], more[ISDN_FAULTS_MAX];
	const struct isdn_fault *must, *may;
	size_t n, n_more;

	must = first_fault(faults, is_mandatory, diag, &n);
	may = first_fault(faults, is_optional, more, &n_more);
	if (is_clearing(m->type)) {
		clearing(c, m, must ? must : may, must ? diag : more, must ? n : n_more);
		return;
	}
	if (must) {
		if (m->type != ISDN_MT_STATUS && m->type != ISDN_MT_SETUP)
			i3_send_status(c, (uint8_t)must->cause, diag, n);
		return; /* STATUS never answers STATUS, and a repeated SETUP is ignored */
	}
	to_table(c, m);
	if (may && c->state != ST_NULL && m->type != ISDN_MT_STATUS && m->type != ISDN_MT_SETUP)
		i3_send_status(c, (uint8_t)may->cause, more, n_more);
}

static IB_APART void known_call(struct i3_call *c, const struct isdn_msg *m,
				const struct isdn_faults *faults)
{
	if (input_of(c->cc, m) < 0)
		i3_send_status(c, ISDN_CAUSE_MESSAGE_TYPE_NOT_IMPLEMENTED, &m->type, 1);
	else if (faults->n)
		faulty(c, m, faults);
	else
		to_table(c, m);
}

static IB_RARE void log_faults(const struct i3_cc *cc, const struct isdn_msg *m,
			       const struct isdn_faults *f, int err)
{
	for (unsigned i = 0; i < f->n; i++)
		ib_log(cc->env, ISDN_LOG_INFO, ISDN_AREA_Q931, "%s: %s, element %02x, octet %u",
		       err ? "message ignored" : isdn_msg_name(m->type),
		       isdn_fault_name(f->list[i].kind), f->list[i].ie, f->list[i].offset);
}

/* A response to an offer that 5.8.6 answers with STATUS: it gets nobody the call. */
static bool faulty_offer(const struct i3_call *c, const struct isdn_msg *m,
			 const struct isdn_faults *faults)
{
	uint8_t diag[ISDN_FAULTS_MAX];
	size_t n;

	return c->tei == I3_BROADCAST && c->state != N22 && !is_clearing(m->type) &&
	       first_fault(faults, is_mandatory, diag, &n);
}

/* 5.8.3.1: longer than the interface has them (4.3); leading zeros do no harm. */
static bool cr_too_long(const struct i3_cc *cc, const struct isdn_msg *m)
{
	return m->cr_len > cc->cr_len && m->cr > 0x7f;
}

static int dispatch(struct i3_cc *cc, const struct isdn_msg *m, const struct isdn_faults *faults)
{
	struct i3_call *c;

	if (m->discriminator != ISDN_PD_Q931) {
		i3_service_rx(cc, m);
		return 0;
	}
	if (cr_too_long(cc, m))
		return 0;
	if (m->cr_len == 0) {
		i3_dummy_rx(cc, m); /* for supplementary services, 4.3 */
		return 0;
	}
	if (m->cr == 0) {
		global(cc, m, faults);
		return 0;
	}
	if (cc->config.terminals && m->cr_flag) {
		c = i3_terminal_part(cc, m->cr, cc->tei);
		if (c) {
			known_call(c, m, faults);
			return 0;
		}
	}
	/* The flag is set towards the side that allocated the value. */
	c = m->cr_flag ? i3_callref_find(&cc->ours, m->cr)
		       : i3_callref_find(&cc->theirs, i3_their_key(cc, cc->tei, m->cr));
	if (!c)
		return unknown_call(cc, m, faults);
	i3_fetch(c);
	if (cc->config.terminals && m->cr_flag && !faulty_offer(c, m, faults) &&
	    !i3_from_terminal(c, m))
		return 0;
	known_call(c, m, faults);
	return 0;
}

static int decode(const struct i3_cc *cc, const uint8_t *octets, size_t len, struct isdn_msg *m,
		  struct isdn_faults *faults)
{
	return isdn_msg_decode(cc->config.variant,
			       cc->config.side == ISDN_NETWORK ? ISDN_USER_TO_NETWORK
							       : ISDN_NETWORK_TO_USER,
			       octets, len, m, faults);
}

/* False: a segment, and more are to come, or it was lost. */
static bool whole_message(struct i3_cc *cc, const uint8_t *octets, size_t len, struct isdn_msg *m,
			  struct isdn_faults *faults, int *err)
{
	const uint8_t *whole = octets;

	*err = decode(cc, octets, len, m, faults);
	if (!*err && !i3_segment_rx(cc, m, &whole, &len))
		return false;
	if (whole != octets)
		*err = decode(cc, whole, len, m, faults);
	return true;
}

/* Of a PRI, where there may be many calls: the entry of the call comes while the message is
 * decoded.
 */
static inline void fetch_call(const struct i3_cc *cc, const uint8_t *o, size_t len)
{
	if (len > 4 && o[1] == 2)
		i3_callref_fetch(o[2] & 0x80 ? &cc->ours : &cc->theirs,
				 (uint16_t)((o[2] & 0x7f) << 8 | o[3]));
}

int i3_cc_rx(struct i3_cc *cc, unsigned tei, const uint8_t *octets, size_t len, isdn_time now)
{
	const struct i3_segments_mark before = i3_segments_mark(cc);
	struct isdn_faults faults;
	struct isdn_msg *m;
	int err, done = 0;

	if (i3_reserve(cc))
		return ISDN_ERR_NOMEM;
	fetch_call(cc, octets, len);
	cc->now = now;
	cc->tei = cc->config.terminals ? (uint8_t)tei : 0;
	cc->uus_changed = 0;
	cc->uus_ours = cc->uus_others = false;
	cc->held = i3_msg_node_get(cc);
	m = &cc->held->msg;
	m->type = 0;
	faults.n = 0;
	if (whole_message(cc, octets, len, m, &faults, &err)) {
		cc->msg = err ? NULL : m;
		done = err ? 0 : dispatch(cc, m, &faults);
		cc->msg = NULL;
	} else {
		faults.n = 0; /* of a segment nobody is told */
	}
	cc->uus_changed = 0; /* the input made no event */
	i3_msg_node_put(cc, cc->held);
	cc->held = NULL;
	if (done == ISDN_ERR_NOMEM) {
		i3_segments_back(cc, &before); /* it comes again, or its last segment */
		return ISDN_ERR_NOMEM;
	}
	cc->counters.messages_in++;
	cc->counters.messages_faulty += faults.n != 0;
	if (faults.n) /* 5.8.1 to 5.8.3.1: what is no message is ignored */
		log_faults(cc, m, &faults, err);
	return 0;
}
