/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Layer 2: the data link layer entity of one D-channel (Q.921), sans I/O.
 *
 * Frames and requests go in with the time, frames and primitives are pulled
 * out. One point-to-point link (SAPI 0, one TEI) so far; primitives name their
 * DLCI already, so that more links can come behind this interface.
 */
#ifndef I2_Q921_H
#define I2_Q921_H

#include <isdn/base.h>

#define I2_N201_MAX  260
#define I2_FRAME_MAX (I2_N201_MAX + 4)

struct i2_config {
	bool network;  /* our side: which C/R bit means command, Q.921 3.3.2 */
	uint8_t sapi;  /* 0 */
	uint8_t tei;   /* 0 */
	uint8_t k;     /* 1..127 */
	uint16_t n201; /* 1..260 */
	uint8_t n200;
	uint32_t t200, t203; /* ms; t203 0: not used */
	bool keep_up; /* establish again by itself whenever the link is down and layer 1 is there */
};

struct i2_dlci {
	uint8_t sapi, tei;
};

/* Q.921 4.1, from layer 3 and to it. */
enum i2_prim_type {
	I2_DL_ESTABLISH_REQ,
	I2_DL_RELEASE_REQ,
	I2_DL_DATA_REQ,
	I2_DL_UNIT_DATA_REQ,
	I2_DL_ESTABLISH_IND,
	I2_DL_ESTABLISH_CONF,
	I2_DL_RELEASE_IND,
	I2_DL_RELEASE_CONF,
	I2_DL_DATA_IND,
	I2_DL_UNIT_DATA_IND
};

struct i2_prim {
	enum i2_prim_type type;
	struct i2_dlci dlci;
	uint16_t len; /* of data, for DATA and UNIT DATA */
	uint8_t data[I2_N201_MAX];
};

struct i2_counters {
	uint64_t frames_in, frames_out, frames_invalid, retransmissions;
	uint64_t rej_in, rej_out, t200_expiries, mdl_errors;
	char mdl_last; /* letter of Q.921 Appendix II, 0: none yet */
};

struct i2;

/* 0, INVAL, NOMEM. env outlives the entity. Starts in state 4 (TEI assigned), layer 1 active. */
int i2_new(struct i2 **l2, const struct i2_config *config, const struct isdn_env *env);
void i2_free(struct i2 *l2);

/*
 * A request of layer 3. 0; INVALCALLSTATE: DL-DATA while the link is not
 * established or being established; INVAL: longer than N201; NOMEM.
 * DL-DATA accepted in states 5 (re-establishing), 7, 8 is sent or, when the
 * link goes down, discarded with a DL-RELEASE (or ESTABLISH) indication.
 */
int i2_request(struct i2 *l2, const struct i2_prim *prim, isdn_time now);

/* One frame, address to information. 0, or NOMEM: nothing changed, the frame counts as lost. */
int i2_rx(struct i2 *l2, const uint8_t *frame, size_t len, isdn_time now);

/* Next frame to send: 1 and filled, 0 none, NOSPC. */
int i2_tx(struct i2 *l2, uint8_t *frame, size_t cap, size_t *len, isdn_time now);

/* Next primitive to layer 3: 1 and filled, 0 none. */
int i2_next(struct i2 *l2, struct i2_prim *prim);

/* PH-ACTIVATE / PH-DEACTIVATE indication. */
void i2_physical(struct i2 *l2, bool active, isdn_time now);

isdn_time i2_deadline(const struct i2 *l2);
void i2_timeout(struct i2 *l2, isdn_time now);

/* State number of Q.921 Annex B, 4..8. */
unsigned i2_state(const struct i2 *l2);
void i2_counters(const struct i2 *l2, struct i2_counters *out);

#endif
