/* SPDX-License-Identifier: BSD-2-Clause */
/* The inside of the data link entity: variables of Q.921 Annex B, frames, and the form of the
 * table. */
#ifndef I2_INTERNAL_H
#define I2_INTERNAL_H

#include "base/buf.h"
#include "base/env.h"
#include "base/timer.h"
#include "q921/q921.h"

/* Q.921 B.1: the states of a link with its TEI. 1 to 3 belong to TEI management. */
enum i2_state {
	TEI_ASSIGNED = 4,
	AWAITING_ESTABLISHMENT = 5,
	AWAITING_RELEASE = 6,
	MULTIPLE_FRAME = 7,
	TIMER_RECOVERY = 8
};
#define SAME 0 /* next state of a row: no change */

enum i2_input {
	IN_ESTABLISH_REQ,
	IN_RELEASE_REQ,
	IN_DATA_REQ,
	IN_UNIT_DATA_REQ,
	IN_SABME,
	IN_DISC,
	IN_UA,
	IN_DM,
	IN_I,
	IN_RR,
	IN_RNR,
	IN_REJ,
	IN_FRMR,
	IN_UI,
	IN_XID,
	IN_FRAME_ERROR, /* 3.6.11: L, M, N, O */
	IN_T200,
	IN_T203,
	IN_PH_ACTIVATE,
	IN_PH_DEACTIVATE,
	IN_COUNT
};

/* A received frame, taken apart; info points into it. */
struct i2_frame {
	enum i2_input type;
	bool command;
	bool pf;
	uint8_t ns, nr;
	char error; /* letter of a frame rejection condition */
	const uint8_t *info;
	size_t len;
};

struct i2 {
	const struct isdn_env *env;
	struct i2_config config;
	struct ib_pool pool;
	struct ib_timers timers;
	struct ib_timer t200, t203;
	isdn_time now; /* of the input in hand */
	enum i2_state state;
	uint8_t first[TIMER_RECOVERY + 2]; /* rows of a state begin here */
	unsigned row;			   /* the row used last, for tests of the table */
	bool active;			   /* layer 1 */
	/* Annex B variables */
	bool peer_busy, reject_exception, ack_pending, l3_initiated, release_pending;
	uint8_t va, vs, vr, rc, tried;
	/* I queue: the first vs - va are sent and not acknowledged, next is the first that is not
	 * sent. */
	struct ib_queue iq;
	struct ib_buf *next;

	struct ib_queue out;	      /* U and S frames */
	struct ib_queue up;	      /* primitives: type in the first octet */
	const struct i2_frame *frame; /* of the input in hand, or NULL */
	const struct i2_prim *prim;
	struct i2_counters counters;
};

struct i2_row {
	uint8_t state;
	uint8_t input;
	bool (*decision)(const struct i2 *l); /* NULL: always */
	void (*task)(struct i2 *l);	      /* NULL: the input is ignored */
	uint8_t next;
	const char *clause;
};

/* table.c */
extern const struct i2_row i2_table[];
extern const unsigned i2_rows;

/* tasks.c: the tasks and decisions that the table names. */
#define TASK(name) void i2_task_##name(struct i2 *l)
#define WHEN(name) bool i2_when_##name(const struct i2 *l)
TASK(establish_again);
TASK(establish_by_l3);
TASK(establish_keep_up);
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
TASK(xid);
TASK(physical_lost);
TASK(physical_lost_up);
TASK(physical_lost_release);
WHEN(final);
WHEN(release_pending);
WHEN(by_l3);
WHEN(unacknowledged);
WHEN(nr_bad);
WHEN(response_final);
WHEN(retry);
WHEN(keep_up);

/* frame.c */
bool i2_frame_parse(const struct i2 *l, const uint8_t *octets, size_t len, struct i2_frame *f);
void i2_send_u(struct i2 *l, unsigned control, bool command, bool pf, const uint8_t *info,
	       size_t len);
void i2_send_s(struct i2 *l, unsigned control, bool command, bool pf);
size_t i2_build_i(const struct i2 *l, const struct ib_buf *b, uint8_t *frame);
size_t i2_build_rr(const struct i2 *l, uint8_t *frame);

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
