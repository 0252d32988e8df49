/* SPDX-License-Identifier: BSD-2-Clause */
/* The inside of the data link layer: links with the variables of Annex B, TEIs and their
 * management, frames, and the form of the tables. */
#ifndef I2_INTERNAL_H
#define I2_INTERNAL_H

#include <string.h>

#include "base/buf.h"
#include "base/env.h"
#include "base/timer.h"
#include "q921/q921.h"

/* Q.921 B.1. */
enum i2_state {
	TEI_UNASSIGNED = 1,
	ASSIGN_AWAITING_TEI = 2,
	ESTABLISH_AWAITING_TEI = 3,
	TEI_ASSIGNED = 4,
	AWAITING_ESTABLISHMENT = 5,
	AWAITING_RELEASE = 6,
	MULTIPLE_FRAME = 7,
	TIMER_RECOVERY = 8
};
#define SAME 0 /* next state of a row: no change */

enum i2_input {
	/* frames, in the order of enum isdn_frame_type */
	IN_I,
	IN_RR,
	IN_RNR,
	IN_REJ,
	IN_SABME,
	IN_DISC,
	IN_UA,
	IN_DM,
	IN_UI,
	IN_FRMR,
	IN_XID,
	IN_FRAME_ERROR, /* 3.6.11: L, M, N, O */
	/* requests of layer 3 */
	IN_ESTABLISH_REQ,
	IN_RELEASE_REQ,
	IN_DATA_REQ,
	IN_UNIT_DATA_REQ,
	/* of management */
	IN_ASSIGN_REQ,
	IN_REMOVE_REQ,
	IN_ERROR_RESP,
	/* timers */
	IN_T200,
	IN_T203,
	IN_RESTORE, /* a link that is to be kept up has been down for long enough */
	/* the rest */
	IN_PH_ACTIVATE,
	IN_PH_DEACTIVATE,
	IN_BUSY_SET,
	IN_BUSY_CLEAR,
	IN_COUNT
};

/* A received frame, taken apart; info points into it. */
struct i2_frame {
	uint8_t sapi, tei;
	enum i2_input type;
	bool command;
	bool pf;
	uint8_t ns, nr;
	char error; /* letter of a frame rejection condition */
	const uint8_t *info;
	size_t len;
};

struct i2_tei;

/* A data link connection of one DLCI. */
struct i2_link {
	struct i2 *l2;
	struct i2_link *after; /* all links, the one that may send an I frame first in front */
	struct i2_tei *tei;    /* whose number may not be known yet */
	uint8_t sapi;
	enum i2_state state;
	struct ib_timer t200, t203, restore;
	/* Annex B variables */
	bool was_up;	      /* since state 4 */
	bool refused, wanted; /* see i2_task_establish_postponed */
	bool peer_busy, own_busy, reject_exception, ack_pending, l3_initiated, release_pending;
	uint8_t va, vs, vr, rc, tried;
	/* I queue: the first vs - va are sent and not acknowledged, next is the first that is not
	 * sent. */
	struct ib_queue iq;
	struct ib_buf *next;
	struct ib_queue uiq; /* UI frames that wait for a TEI */
	struct isdn_link_counters counters;
};

/* Management of one TEI, 5.3. */
enum i2_mgmt_state {
	M_FREE,	      /* not assigned */
	M_REQUESTING, /* user: Identity request sent, 5.3.2 */
	M_ASSIGNED,
	M_VERIFYING, /* user: Identity verify sent, 5.3.5 */
	M_CHECKING,  /* network: Identity check request sent, 5.3.3 */
	M_STATES
};
#define M_SAME M_STATES

enum i2_mgmt_input {
	/* messages, 5.3.1: those of the other side */
	MI_REQUEST,
	MI_ASSIGNED,
	MI_DENIED,
	MI_CHECK_REQUEST,
	MI_CHECK_RESPONSE,
	MI_REMOVE,
	MI_VERIFY,
	/* from the links */
	MI_ASSIGN_IND, /* MDL-ASSIGN indication: a link needs a TEI */
	MI_ERROR_IND,  /* MDL-ERROR indication C, D, G or H */
	MI_FRAME,      /* network: a frame from a TEI that is not assigned */
	/* orders */
	MI_CHECK_ORDER,
	MI_CHECK_ALL_ORDER, /* with the request to all sent already */
	MI_REMOVE_ORDER,
	/* timers T201, T202; layer 1 */
	MI_TIMER,
	MI_PH_ACTIVATE,
	MI_PH_DEACTIVATE,
	MI_COUNT
};

/* A TEI of ours (user, point to point) or of a terminal (network). */
struct i2_tei {
	struct i2 *l2;
	uint8_t tei; /* I2_TEI_AUTO: none yet */
	enum i2_mgmt_state state;
	uint8_t tries;	      /* transmissions of the message that waits for an answer */
	uint8_t responses;    /* to the Identity check requests */
	uint16_t ri;	      /* of our request, or of the request that was granted */
	uint16_t response_ri; /* of the last Identity check response */
	isdn_time told;	      /* when that number was last granted or removed */
	struct ib_timer timer;
	struct i2_link *link[I2_SAPIS]; /* in the order of config.sapi */
};

/* A TEI management message, 5.3.1. */
struct i2_identity {
	uint16_t ri;
	uint8_t type, ai;
};

struct i2 {
	const struct isdn_env *env;
	struct i2_config config;
	struct ib_pool pool;
	struct ib_timers timers;
	isdn_time now;		     /* of the input in hand */
	uint16_t first[9][IN_COUNT]; /* where the rows of a state and input begin */
	unsigned row, mgmt_row;	     /* used last, for tests of the tables */
	void (*watch)(struct i2 *l2, const struct i2_link *l, unsigned row, bool mgmt);
	bool held;		  /* in state 4 */
	bool active, active_told; /* layer 1; what the links know of it */
	bool busy;		  /* own receiver */
	bool sweep;		  /* links of removed TEIs are to be freed */
	struct i2_tei *teis;	  /* one, or 0..126 of a network of ptmp */
	unsigned n_teis, n_links;
	struct i2_link *links, **last;
	struct ib_queue out;	      /* U and S frames */
	struct ib_queue up;	      /* primitives: type, SAPI and TEI in the first octets */
	struct ib_buf *taken;	      /* the last of them that was, NULL: none yet */
	const struct i2_frame *frame; /* of the input in hand, or NULL */
	const struct i2_prim *prim;
	const struct i2_identity *identity;
	struct i2_totals total;
	uint32_t seed; /* of Ri, where the environment has no random hook */
};

/* table.c: Annex B. */
#define S(state) (1u << (state))
struct i2_row {
	uint16_t states; /* S(state) | ... */
	uint8_t input;
	bool (*decision)(const struct i2_link *l); /* NULL: always */
	void (*task)(struct i2_link *l);	   /* NULL: the input is ignored */
	uint8_t next;
	const char *clause;
};
extern const struct i2_row i2_table[];
extern const unsigned i2_rows;

/* mgmt_table.c: 5.3. */
struct i2_mgmt_row {
	uint8_t states; /* S(state) | ... */
	uint8_t input;
	bool (*decision)(const struct i2_tei *t);
	void (*task)(struct i2_tei *t);
	uint8_t next;
	const char *clause;
};
struct i2_mgmt_table {
	const struct i2_mgmt_row *rows;
	unsigned n;
};
extern const struct i2_mgmt_table i2_mgmt_user, i2_mgmt_network;

/* link.c: the interpreter of Annex B, and what its tasks share. */
struct i2_link *i2_link_new(struct i2_tei *t, unsigned sapi_index);
void i2_link_free(struct i2_link *l);
void i2_link_run(struct i2_link *l, enum i2_input input);
void i2_index_rows(struct i2 *l2);
void i2_mdl_error(struct i2_link *l, char letter);

/* Primitives are reserved for by the entry points, so there is a buffer. */
static inline void i2_up(struct i2 *l2, enum i2_prim_type type, unsigned sapi, unsigned tei,
			 const uint8_t *info, size_t len)
{
	struct ib_buf *b = ib_buf_get(&l2->pool);

	if (!b)
		return;
	b->data[0] = (uint8_t)type;
	b->data[1] = (uint8_t)sapi;
	b->data[2] = (uint8_t)tei;
	if (len)
		memcpy(b->data + 3, info, len);
	b->len = (uint16_t)(3 + len);
	ib_queue_push(&l2->up, b);
}

static inline void i2_up_link(struct i2_link *l, enum i2_prim_type type, const uint8_t *info,
			      size_t len)
{
	i2_up(l->l2, type, l->sapi, l->tei->tei, info, len);
}

void i2_start_t200(struct i2_link *l);
void i2_stop_t200(struct i2_link *l);
void i2_start_t203(struct i2_link *l);
void i2_stop_t203(struct i2_link *l);
void i2_clear_exceptions(struct i2_link *l);
void i2_discard_i_queue(struct i2_link *l);
void i2_reset_variables(struct i2_link *l);
void i2_establish(struct i2_link *l, bool by_l3);

/* The most buffers that one input can take of a link: two primitives, two frames, one I frame,
 * and TEI management. */
#define I2_BUFS_PER_LINK 8

/* Room for what one input can cause. 0 or NOMEM. */
static inline int i2_reserve(struct i2 *l2)
{
	return ib_pool_reserve(&l2->pool, I2_BUFS_PER_LINK * (1 + l2->n_links));
}

#define I2_COUNT(l, field) ((l)->counters.field++, (l)->l2->total.links.field++)

/* entity.c: the links learn of layer 1; links of removed TEIs go. */
void i2_tell_physical(struct i2 *l2);
void i2_free_removed(struct i2 *l2);

static inline void i2_sweep(struct i2 *l2)
{
	if (l2->sweep)
		i2_free_removed(l2);
}

/* Every input begins so. 0 or NOMEM. */
static inline int i2_begin(struct i2 *l2, isdn_time now)
{
	if (i2_reserve(l2))
		return ISDN_ERR_NOMEM;
	l2->now = now;
	i2_sweep(l2);
	if (l2->active != l2->active_told)
		i2_tell_physical(l2);
	return 0;
}

/* The place of a SAPI, or -1. */
static inline int i2_sapi_index(const struct i2 *l2, unsigned sapi)
{
	for (unsigned i = 0; i < l2->config.n_sapis; i++)
		if (l2->config.sapi[i] == sapi)
			return (int)i;
	return -1;
}

static inline struct i2_tei *i2_tei_of(const struct i2 *l2, unsigned tei)
{
	if (l2->n_teis > 1)
		return tei < l2->n_teis ? &l2->teis[tei] : NULL;
	return l2->teis[0].tei == tei && tei != I2_TEI_AUTO ? &l2->teis[0] : NULL;
}

/* tasks.c (establishment, release, TEIs), tasks_info.c (5.6): what the table names. */
#define TASK(name) void i2_task_##name(struct i2_link *l)
#define WHEN(name) bool i2_when_##name(const struct i2_link *l)
TASK(assign_ind);
TASK(queue_ui);
TASK(tei_given);
TASK(tei_given_establish);
TASK(no_tei);
TASK(no_tei_release);
TASK(tei_lost);
TASK(tei_lost_conf);
TASK(tei_lost_ind);
TASK(release_waiting);
TASK(establish_again);
TASK(establish_by_l3);
TASK(establish_keep_up);
TASK(establish_postponed);
TASK(release_conf);
TASK(release_ind_retry);
TASK(release_later);
TASK(send_ui);
TASK(unit_data_ind);
TASK(accept_sabme);
TASK(sabme_again);
TASK(send_ua);
TASK(send_dm);
TASK(error_ua);
TASK(error_dm);
TASK(frmr_recover);
TASK(dm_recover);
TASK(frame_error);
TASK(frame_error_recover);
TASK(established_conf);
TASK(established_ind);
TASK(established_quiet);
TASK(disconnect);
TASK(disconnected);
TASK(sabme_retry);
TASK(sabme_anew);
TASK(establish_failed);
TASK(disc_retry);
TASK(release_failed);
TASK(physical_lost);
TASK(physical_lost_up);
TASK(physical_back);
TASK(physical_lost_release);
TASK(xid);
TASK(queue_data);
TASK(i_received);
TASK(i_received_recover);
TASK(rr);
TASK(rnr);
TASK(rej);
TASK(recovery_rr);
TASK(recovery_rnr);
TASK(recovery_i);
TASK(recovered);
TASK(recovered_busy);
TASK(enquire);
TASK(enquire_idle);
TASK(enquire_again);
TASK(enquiry_failed);
TASK(nr_error);
TASK(busy_set);
TASK(busy_clear);
WHEN(final);
WHEN(release_pending);
WHEN(release_asked);
WHEN(by_l3);
WHEN(unacknowledged);
WHEN(nr_bad);
WHEN(response_final);
WHEN(retry);
WHEN(keep_up);
WHEN(held);
WHEN(refused);

/* mgmt.c: the interpreter of 5.3, and its messages. */
enum {
	ID_REQUEST = 1,
	ID_ASSIGNED,
	ID_DENIED,
	ID_CHECK_REQUEST,
	ID_CHECK_RESPONSE,
	ID_REMOVE,
	ID_VERIFY
};
#define I2_SAPI_MGMT 63
void i2_mgmt_run(struct i2_tei *t, enum i2_mgmt_input input);
void i2_mgmt_all(struct i2 *l2, enum i2_mgmt_input input);
void i2_mgmt_rx(struct i2 *l2, const uint8_t *info, size_t len);
void i2_mgmt_send(struct i2 *l2, unsigned type, uint16_t ri, unsigned ai);
void i2_mgmt_check_all(struct i2 *l2);

/* mgmt_tasks.c: what the tables of TEI management name. */
#define MTASK(name) void i2_mtask_##name(struct i2_tei *t)
#define MWHEN(name) bool i2_mwhen_##name(const struct i2_tei *t)
MTASK(request);
MTASK(request_again);
MTASK(request_failed);
MTASK(take_tei);
MTASK(verify);
MTASK(verify_again);
MTASK(check_response);
MTASK(verified);
MTASK(remove);
MTASK(remove_fixed);
MTASK(assign);
MTASK(assign_again);
MTASK(adopt);
MTASK(deny);
MTASK(order_removal);
MTASK(order_removal_vacate);
MTASK(vacate);
MTASK(check);
MTASK(check_again);
MTASK(check_begun);
MTASK(count_response);
MWHEN(ours);
MWHEN(ours_denied);
MWHEN(taken_twice);
MWHEN(concerned);
MWHEN(concerned_fixed);
MWHEN(automatic);
MWHEN(line);
MWHEN(can_verify);
MWHEN(request_retry);
MWHEN(second_try);
MWHEN(any_wanted);
MWHEN(repeated);
MWHEN(fixed);
MWHEN(removal_due);
MWHEN(same_response);
MWHEN(nobody_yet);
MWHEN(nobody);
MWHEN(one);

/* frame.c */
bool i2_frame_parse(const struct i2 *l2, const uint8_t *octets, size_t len, struct i2_frame *f);
bool i2_send_ui(struct i2 *l2, unsigned sapi, unsigned tei, const uint8_t *info, size_t len);
void i2_send_u(struct i2_link *l, unsigned control, bool command, bool pf);
void i2_send_s(struct i2_link *l, unsigned control, bool command, bool pf);
/* RR, or RNR while our receiver is busy. */
void i2_send_ready(struct i2_link *l, bool command, bool pf);
size_t i2_build_i(const struct i2_link *l, const struct ib_buf *b, uint8_t *frame);
size_t i2_build_rr(const struct i2_link *l, uint8_t *frame);

#define U_SABME 0x6f
#define U_DISC	0x43
#define U_UA	0x63
#define U_DM	0x0f
#define U_UI	0x03
#define U_FRMR	0x87
#define U_XID	0xaf
#define U_PF	0x10
#define S_RR	0x01
#define S_RNR	0x05
#define S_REJ	0x09

#endif
