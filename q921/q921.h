/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Layer 2: the data link layer of one D-channel (Q.921), sans I/O.
 *
 * Frames and requests go in with the time, frames and primitives are pulled
 * out. The entity holds one link per DLCI (SAPI and TEI), the broadcast link of
 * TEI 127, and TEI management. Point to point there is one TEI, the configured
 * one; point to multipoint a user has the TEI that the network assigned (or a
 * fixed one), and the network has one for each terminal.
 */
#ifndef I2_Q921_H
#define I2_Q921_H

#include <isdn/base.h>
#include <isdn/link.h>

#define I2_N201_MAX  260
#define I2_FRAME_MAX (I2_N201_MAX + 4)
#define I2_SAPIS     4			/* SAPIs that one entity can serve */
#define I2_TEI_AUTO  ISDN_TEI_BROADCAST /* a user that asks the network for its TEI */

struct i2_config {
	bool network;	 /* our side: which C/R bit means command, Q.921 3.3.2 */
	bool ptmp;	 /* point to multipoint: TEI management, broadcasts */
	bool wake;	 /* BRI: frames wake layer 1, so a link that is down is tried for even
			    while layer 1 is */
	bool keep_up;	 /* establish again by itself whenever the link is down */
	uint8_t tei;	 /* point to point: 0..126; user of ptmp: 0..63 or I2_TEI_AUTO */
	uint8_t n_sapis; /* 0: SAPI 0 alone */
	uint8_t sapi[I2_SAPIS];	   /* 0..62, each once */
	uint8_t k;		   /* 1..127 */
	uint16_t n201;		   /* 1..260 */
	uint8_t n200, n202;	   /* 1.. */
	uint32_t t200, t201, t202; /* ms, 1.. */
	uint32_t t203;		   /* ms; 0: not used */
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
	I2_DL_UNIT_DATA_IND,
	I2_MDL_RESET_IND, /* MDL-ERROR F: the peer began anew, and nothing of ours was lost by it */
	I2_PRIM_COUNT
};

/*
 * In requests of a user, and of both sides point to point, the TEI of dlci does
 * not matter: there is one link a SAPI. UNIT DATA of the network to TEI 127 is a
 * broadcast. The data of a request is copied; that of i2_next stays until the next
 * primitive is taken.
 */
struct i2_prim {
	enum i2_prim_type type;
	struct i2_dlci dlci;
	uint16_t len; /* of data, for DATA and UNIT DATA */
	const uint8_t *data;
};

struct i2;

/*
 * 0, INVAL, NOMEM. env outlives the entity. Layer 1 counts as active. Links with
 * a TEI start in state 4, the others in state 1 (TEI unassigned).
 */
int i2_new(struct i2 **l2, const struct i2_config *config, const struct isdn_env *env);
void i2_free(struct i2 *l2);

/* Network of ptmp: take back all TEIs that terminals may have from before (5.3.4). 0 or NOMEM. */
int i2_start(struct i2 *l2, isdn_time now);

/*
 * A request of layer 3. 0; INVALCALLSTATE: DL-DATA while the link is not
 * established or being established, or the DLCI has no link; INVAL: longer than
 * N201, or a SAPI that is not served; NOMEM. DL-DATA accepted in states 5
 * (re-establishing), 7, 8 is sent or, when the link goes down, discarded with a
 * DL-RELEASE (or ESTABLISH) indication.
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

/*
 * Held in state 4 (Q.931 Annex F, maintenance busy): SABME is answered by DM, and it is not
 * established again by itself. It does not release a link: i2_release_all.
 */
void i2_hold(struct i2 *l2, bool held, isdn_time now);

/* Own receiver busy, set or cleared, of all links (5.6.5). */
void i2_receiver_busy(struct i2 *l2, bool busy, isdn_time now);

/*
 * Network of ptmp: check who has the TEI (5.3.3), remove it (5.3.4). tei 127: all.
 * 0; INVAL: the side or the TEI is not right; INVALCALLSTATE: nobody has it; NOMEM.
 */
int i2_tei_check(struct i2 *l2, unsigned tei, isdn_time now);
int i2_tei_remove(struct i2 *l2, unsigned tei, isdn_time now);

isdn_time i2_deadline(const struct i2 *l2);
void i2_timeout(struct i2 *l2, isdn_time now);

/* State number of Annex B, 1..8, of a link; 0: there is no such link. */
unsigned i2_state(const struct i2 *l2, unsigned sapi, unsigned tei);
/* The link of SAPI 0 that a user, or either side point to point, has. */
unsigned i2_own_state(const struct i2 *l2);

/* Any link is established. DL-RELEASE request to all that are, or are being; 0 or NOMEM. */
bool i2_any_up(const struct i2 *l2);
int i2_release_all(struct i2 *l2, isdn_time now);

/* All links, by SAPI and TEI: at most cap are written; the answer is how many there are. */
size_t i2_links(const struct i2 *l2, struct isdn_link *out, size_t cap);

/* Sums over all links, those that are gone included, and what belongs to none. */
struct i2_totals {
	struct isdn_link_counters links;
	uint64_t frames_in, frames_out; /* all, broadcasts and TEI management included */
	uint64_t frames_invalid;	/* 2.9 */
	uint64_t frames_foreign;	/* for a DLCI that is not ours */
	uint64_t tei_assigned, tei_denied, tei_removed, tei_checks;
};
void i2_totals(const struct i2 *l2, struct i2_totals *out);

#endif
