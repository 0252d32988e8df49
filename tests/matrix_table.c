/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The matrix: its rows. An outcome is steps, {who, what it does, cause or digit, what the other end
 * sees, what this end sees, when}; each end must see just that, in that order. The lines of libpri
 * are those of 1.6.0.
 */
#include <libpri.h>

#include "tests/matrix.h"

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))
#define B(n)	 (1u << (n))

/* clang-format off */
enum { PRI_NET, PRI_USER, BRI_NET, BRI_USER, BUS_NET, BUS_USER, NFAS_NET, NFAS_USER };

const struct mx_setup mx_setups[] = {
	[PRI_NET]   = { "PRI network",  ISDN_NETWORK, false, false, false },
	[PRI_USER]  = { "PRI user",     ISDN_USER,    false, false, false },
	[BRI_NET]   = { "BRI network",  ISDN_NETWORK, true,  false, false },
	[BRI_USER]  = { "BRI user",     ISDN_USER,    true,  false, false },
	[BUS_NET]   = { "bus network",  ISDN_NETWORK, true,  true,  false },
	[BUS_USER]  = { "bus user",     ISDN_USER,    true,  true,  false },
	[NFAS_NET]  = { "NFAS net",     ISDN_NETWORK, false, false, true },
	[NFAS_USER] = { "NFAS user",    ISDN_USER,    false, false, true },
};
const unsigned mx_n_setups = COUNT(mx_setups);

#define ALL	 ~0u
#define ON_NFAS	 (B(NFAS_NET) | B(NFAS_USER))
#define ON_PRI	 (B(PRI_NET) | B(PRI_USER) | ON_NFAS)
#define ON_BUS	 (B(BUS_NET) | B(BUS_USER))

enum { ETSI, ETSI_T1, NI2, DMS100, LUCENT5E, ATT4ESS, QSIG };

/* QSIG is between two exchanges, so not on a bus, and NFAS is the public networks'. */
const struct mx_variant mx_variants[] = {
	[ETSI]	   = { "ETSI",	     ISDN_VARIANT_ETSI,	  PRI_SWITCH_EUROISDN_E1, ISDN_E1, true,  ALL },
	[ETSI_T1]  = { "ETSI on T1", ISDN_VARIANT_ETSI,	  PRI_SWITCH_EUROISDN_T1, ISDN_T1, true,  ON_PRI },
	[NI2]	   = { "NI-2",	     ISDN_VARIANT_NI2,	  PRI_SWITCH_NI2,	  ISDN_T1, true,  ALL },
	[DMS100]   = { "DMS-100",    ISDN_VARIANT_DMS100, PRI_SWITCH_DMS100,	  ISDN_T1, true,  ALL },
	[LUCENT5E] = { "5ESS",	     ISDN_VARIANT_5ESS,	  PRI_SWITCH_LUCENT5E,	  ISDN_T1, false, ALL },
	[ATT4ESS]  = { "4ESS",	     ISDN_VARIANT_4ESS,	  PRI_SWITCH_ATT4ESS,	  ISDN_T1, false, ALL },
	[QSIG]	   = { "QSIG",	     ISDN_VARIANT_QSIG,	  PRI_SWITCH_QSIG,	  ISDN_E1, true,  ~(ON_BUS | ON_NFAS) },
};
const unsigned mx_n_variants = COUNT(mx_variants);

#define NORTH_AMERICAN (B(NI2) | B(DMS100) | B(LUCENT5E) | B(ATT4ESS))

/* What one end does and the other sees; what an end sees without doing anything; the line. */
#define STEP(who, what, arg, far, near, when) { who, what, arg, far, near, when }
#define DOES(who, what)		   STEP(who, what, 0, what, NOTHING, 0)
#define SEES(who, what)		   STEP(who, NOTHING, 0, NOTHING, what, 0)
#define LINE(what, arg)		   STEP(US, what, arg, NOTHING, NOTHING, 0)
#define DIGIT(what, digit)	   STEP(CALLER, what, digit, what, NOTHING, 0)

#define RINGS			   DOES(CALLER, SETUP), DOES(CALLED, PROCEEDING), DOES(CALLED, ALERTING)
#define ANSWERED		   RINGS, DOES(CALLED, CONNECT)
#define HELD(by, other)		   DOES(by, HOLD), DOES(other, HOLD_ACK)
/* DISCONNECT, which the other end answers. */
#define CLEARED(by, other, cause)  STEP(by, CLEAR, cause, DISCONNECT, NOTHING, 0), \
				   STEP(other, CLEAR, cause, GONE, GONE, 0)
/* The called end refuses, the caller gives up, a timer of ours does. A bus releases terminals. */
#define REFUSED(cause)		   STEP(CALLED, CLEAR, cause, DISCONNECT, NOTHING, SINGLE), \
				   STEP(CALLER, CLEAR, cause, GONE, GONE, SINGLE), \
				   STEP(CALLED, CLEAR, cause, GONE, GONE, BROADCAST)
#define WITHDRAWN		   STEP(CALLER, CLEAR, 16, DISCONNECT, NOTHING, SINGLE), \
				   STEP(CALLED, CLEAR, 16, GONE, GONE, SINGLE), \
				   STEP(CALLER, CLEAR, 16, GONE, GONE, BROADCAST | WE_CALL), \
				   STEP(CALLER, CLEAR, 16, DISCONNECT, GONE, BROADCAST | THEY_CALL), \
				   STEP(CALLED, CLEAR, 16, NOTHING, GONE, BROADCAST | THEY_CALL)
#define GIVEN_UP		   STEP(CALLED, NOTHING, 102, NOTHING, DISCONNECT, SINGLE), \
				   STEP(CALLED, CLEAR, 0, GONE, GONE, SINGLE), \
				   STEP(CALLED, NOTHING, 0, GONE, GONE, BROADCAST)
/* libpri has something to send, else it does not notice; it can not as the network of a bus. */
#define LOST			   LINE(DARK, 0), \
				   STEP(THEM, DIGITS, '9', NOTHING, NOTHING, SINGLE), \
				   STEP(THEM, DIGITS, '9', NOTHING, NOTHING, BROADCAST | WE_CALL)

enum { O_GLARE, O_US, O_THEM, O_BOTH, O_REJECT, O_REFUSE, O_BUSY, O_ABANDON, O_GIVEUP, O_PROGRESS, O_T303, O_T310,
       O_T301, O_OVERLAP, O_T302, O_HOLD_US, O_HOLD_TH, O_HREJ_US, O_HREJ_TH, O_HELD_US, O_HELD_TH, O_HRING, O_HBOTH,
       O_TONES, O_T305_US, O_T305_TH, O_T308, O_RST_US, O_RST_TH, O_RST_ALL, O_SVC_US, O_SVC_TH, O_LOST, O_T309,
       O_LOST_US, O_LOST_TH, O_SHORT, O_LOST_2 };

const struct mx_outcome mx_outcomes[] = {
	[O_GLARE] = { .name = "glare", .title = "both call on one channel at once; both answered, cleared by us",
	  .step = { LINE(GLARE, 0) } },
	[O_US] = { .name = "us", .title = "answered, cleared by us; with UUI", .uui = true,
	  .step = { ANSWERED, CLEARED(US, THEM, 16) } },
	[O_THEM] = { .name = "them", .title = "answered, cleared by them; with UUI", .uui = true,
	  .step = { ANSWERED, CLEARED(THEM, US, 31) } },
	[O_BOTH] = { .name = "both", .title = "answered, cleared by both at once",
	  .step = { ANSWERED, STEP(US, BOTH_CLEAR, 16, GONE, GONE, 0) } },
	[O_REJECT] = { .name = "reject", .title = "refused as the first response, 34; with UUI", .uui = true,
	  .step = { DOES(CALLER, SETUP), STEP(CALLED, CLEAR, 34, GONE, GONE, 0) } },
	[O_REFUSE] = { .name = "refuse", .title = "rejected when it proceeds, 21",
	  .step = { DOES(CALLER, SETUP), DOES(CALLED, PROCEEDING), REFUSED(21) } },
	[O_BUSY] = { .name = "busy", .title = "user busy, 17",
	  .step = { DOES(CALLER, SETUP), DOES(CALLED, PROCEEDING), REFUSED(17) } },
	[O_ABANDON] = { .name = "abandon", .title = "the caller gives up before anything is heard",
	  .step = { DOES(CALLER, SETUP),
	    STEP(CALLER, CLEAR, 16, NOTHING, GONE, WE_CALL),
	    STEP(CALLER, CLEAR, 16, NOTHING, GONE, BROADCAST | THEY_CALL),
	    /* libpri tells its application only then; a terminal that did not react is not told */
	    STEP(CALLED, PROCEEDING, 0, NOTHING, GONE, WE_CALL),
	    STEP(CALLED, PROCEEDING, 0, NOTHING, GONE, BROADCAST | THEY_CALL),
	    STEP(CALLER, CLEAR, 16, DISCONNECT, NOTHING, SINGLE | THEY_CALL),
	    STEP(CALLED, CLEAR, 16, GONE, GONE, SINGLE | THEY_CALL) } },
	[O_GIVEUP] = { .name = "giveup", .title = "rings, and the caller gives up",
	  .step = { RINGS, WITHDRAWN } },
	[O_PROGRESS] = { .name = "progress", .title = "in-band information before it rings, answered, cleared by us",
	  .step = { DOES(CALLER, SETUP), DOES(CALLED, PROCEEDING), DOES(CALLED, PROGRESS),
	    DOES(CALLED, ALERTING), DOES(CALLED, CONNECT), CLEARED(US, THEM, 16) } },
	[O_T303] = { .name = "T303", .title = "nobody reacts",
	  .step = { DOES(CALLER, SETUP), SEES(CALLER, GONE),
	    STEP(CALLED, NOTHING, 0, NOTHING, GONE, WE_CALL | SINGLE),
	    STEP(CALLED, ALERTING, 0, NOTHING, GONE, WE_CALL | BROADCAST), /* too late */
	    STEP(CALLED, CLEAR, 0, NOTHING, GONE, THEY_CALL) } },
	[O_T310] = { .name = "T310", .title = "proceeds, and no more",
	  .step = { DOES(CALLER, SETUP), DOES(CALLED, PROCEEDING), GIVEN_UP } },
	[O_T301] = { .name = "T301", .title = "rings, and nobody answers",
	  .step = { RINGS, GIVEN_UP } },
	[O_OVERLAP] = { .name = "overlap", .title = "the number in digits, answered, cleared by the caller", .overlap = true,
	  .step = { DIGIT(SETUP, '1'), DOES(CALLED, MORE_INFO), DIGIT(DIGITS, '2'), DIGIT(DIGITS, '3'),
	    DIGIT(DIGITS, '4'), DOES(CALLED, PROCEEDING), DOES(CALLED, ALERTING),
	    DOES(CALLED, CONNECT), CLEARED(CALLER, CALLED, 16) } },
	[O_T302] = { .name = "T302, T304", .title = "no digits after the second, nor anything else", .overlap = true,
	  .step = { DIGIT(SETUP, '1'), DOES(CALLED, MORE_INFO), DIGIT(DIGITS, '2'),
	    STEP(THEM, NOTHING, 102, NOTHING, DISCONNECT, WE_CALL),
	    STEP(THEM, NOTHING, 28, NOTHING, DISCONNECT, THEY_CALL),
	    STEP(THEM, CLEAR, 0, GONE, GONE, 0) } },
	[O_HOLD_US] = { .name = "hold-us", .title = "held and retrieved by us, cleared by us",
	  .step = { ANSWERED, HELD(US, THEM), DOES(US, RETRIEVE), DOES(THEM, RETRIEVE_ACK),
	    CLEARED(US, THEM, 16) } },
	[O_HOLD_TH] = { .name = "hold-th", .title = "held and retrieved by them, cleared by them",
	  .step = { ANSWERED, HELD(THEM, US), DOES(THEM, RETRIEVE), DOES(US, RETRIEVE_ACK),
	    CLEARED(THEM, US, 16) } },
	[O_HREJ_US] = { .name = "hrej-us", .title = "they refuse our HOLD, then our RETRIEVE, and clear the held call",
	  .step = { ANSWERED, DOES(US, HOLD), STEP(THEM, HOLD_REJECT, 50, HOLD_REJECT, NOTHING, 0),
	    HELD(US, THEM), DOES(US, RETRIEVE),
	    STEP(THEM, RETRIEVE_REJECT, 44, RETRIEVE_REJECT, NOTHING, 0), CLEARED(THEM, US, 16) } },
	[O_HREJ_TH] = { .name = "hrej-th", .title = "we refuse their HOLD, then their RETRIEVE, and clear the held call",
	  .step = { ANSWERED, DOES(THEM, HOLD), STEP(US, HOLD_REJECT, 50, HOLD_REJECT, NOTHING, 0),
	    HELD(THEM, US), DOES(THEM, RETRIEVE),
	    STEP(US, RETRIEVE_REJECT, 44, RETRIEVE_REJECT, NOTHING, 0), CLEARED(US, THEM, 16) } },
	[O_HELD_US] = { .name = "held-us", .title = "held by us, other calls on all channels, retrieved, cleared by us",
	  .step = { ANSWERED, HELD(US, THEM), LINE(FILL, 0), DOES(US, RETRIEVE), DOES(THEM, RETRIEVE_ACK),
	    CLEARED(US, THEM, 16) } },
	[O_HELD_TH] = { .name = "held-th", .title = "held by them, other calls on all channels, retrieved, cleared by them",
	  .step = { ANSWERED, HELD(THEM, US), STEP(THEM, FILL, 0, NOTHING, NOTHING, 0), DOES(THEM, RETRIEVE),
	    DOES(US, RETRIEVE_ACK), CLEARED(THEM, US, 16) } },
	[O_HRING] = { .name = "hold-ring", .title = "held and retrieved by the caller while it rings, answered",
	  .step = { RINGS, HELD(CALLER, CALLED), DOES(CALLER, RETRIEVE), DOES(CALLED, RETRIEVE_ACK),
	    DOES(CALLED, CONNECT), CLEARED(US, THEM, 16) } },
	[O_HBOTH] = { .name = "hold-both", .title = "both hold at once: the network does; retrieved by it",
	  .step = { ANSWERED,
	    STEP(US, BOTH_HOLD, 0, HOLD, NOTHING, WE_NETWORK), STEP(US, BOTH_HOLD, 0, NOTHING, HOLD, WE_USER),
	    STEP(THEM, HOLD_ACK, 0, HOLD_ACK, NOTHING, WE_NETWORK), STEP(US, HOLD_ACK, 0, HOLD_ACK, NOTHING, WE_USER),
	    STEP(THEM, NOTHING, 0, NOTHING, HOLD_REJECT, WE_NETWORK), /* libpri's T-HOLD runs on */
	    STEP(US, RETRIEVE, 0, RETRIEVE, NOTHING, WE_NETWORK), STEP(THEM, RETRIEVE, 0, RETRIEVE, NOTHING, WE_USER),
	    STEP(THEM, RETRIEVE_ACK, 0, RETRIEVE_ACK, NOTHING, WE_NETWORK),
	    STEP(US, RETRIEVE_ACK, 0, RETRIEVE_ACK, NOTHING, WE_USER),
	    CLEARED(US, THEM, 16) } },
	[O_TONES] = { .name = "tones", .title = "answered, we clear with tones; T306 of the network, T305 of the user ends them",
	  .step = { ANSWERED, STEP(US, TONES, 16, NOTHING, NOTHING, 0), STEP(US, NOTHING, 0, GONE, GONE, 0) } },
	[O_T305_US] = { .name = "T305-us", .title = "answered, cleared by us, and they do not answer DISCONNECT",
	  .step = { ANSWERED, STEP(US, CLEAR, 16, DISCONNECT, NOTHING, 0), STEP(US, NOTHING, 0, GONE, GONE, 0) } },
	[O_T305_TH] = { .name = "T305-th", .title = "answered, cleared by them, and we do not answer DISCONNECT",
	  .step = { ANSWERED, STEP(THEM, CLEAR, 16, DISCONNECT, NOTHING, 0), STEP(THEM, NOTHING, 0, GONE, GONE, 0) } },
	[O_T308] = { .name = "T308", .title = "answered, cleared by us, and they do not answer RELEASE",
	  .step = { ANSWERED, LINE(MUTE, 0), STEP(THEM, CLEAR, 31, DISCONNECT, NOTHING, 0),
	    STEP(US, CLEAR, 0, NOTHING, GONE, 0), LINE(MUTE, 0),
	    STEP(THEM, CLEAR, 31, NOTHING, GONE, IS_BRI), STEP(THEM, NOTHING, 0, RESTART_ACK, RESTART, IS_PRI) } },
	[O_RST_US] = { .name = "rst-us", .title = "answered, its channel restarted by us",
	  .step = { ANSWERED, STEP(US, RESTART, 0, RESTART, GONE, 0), SEES(US, RESTART_ACK) } },
	[O_RST_TH] = { .name = "rst-th", .title = "answered, its channel restarted by them",
	  .step = { ANSWERED, STEP(THEM, RESTART, 0, GONE, RESTART_ACK, 0), SEES(US, RESTART) } },
	[O_RST_ALL] = { .name = "rst-all", .title = "answered, the interface restarted by us",
	  .step = { ANSWERED, STEP(US, RESTART, 1, RESTART, GONE, 0), SEES(US, RESTART_ACK) } },
	[O_SVC_US] = { .name = "svc-us", .title = "a channel taken out of service and put back by us",
	  .setups = ON_PRI, .variants = NORTH_AMERICAN,
	  .step = { ANSWERED, STEP(US, SERVICE, 2, SERVICE, SERVICE_ACK, 0), CLEARED(US, THEM, 16),
	    STEP(US, SERVICE, 0, SERVICE, SERVICE_ACK, 0) } },
	[O_SVC_TH] = { .name = "svc-th", .title = "a channel taken out of service and put back by them",
	  .setups = ON_PRI, .variants = NORTH_AMERICAN,
	  .step = { ANSWERED, STEP(THEM, SERVICE, 2, SERVICE, SERVICE_ACK, 0), CLEARED(THEM, US, 16),
	    STEP(THEM, SERVICE, 0, SERVICE, SERVICE_ACK, 0) } },
	[O_LOST] = { .name = "lost", .title = "the link fails in a call and is back within T309; cleared by us",
	  .step = { ANSWERED, LOST, LINE(PASS, 20), LINE(IS_DOWN, 0), LINE(LIGHT, 0), LINE(PASS, 10),
	    CLEARED(US, THEM, 16) } },
	[O_T309] = { .name = "T309", .title = "the link fails in a call and is not back within T309",
	  .step = { ANSWERED, LOST, STEP(US, NOTHING, 0, GONE, GONE, 0), LINE(LIGHT, 0) } },
	[O_LOST_US] = { .name = "lost-us", .title = "the link fails, we clear meanwhile, and it is back",
	  .step = { ANSWERED, LOST, STEP(US, CLEAR, 16, NOTHING, GONE, 0), LINE(PASS, 5), LINE(LIGHT, 0),
	    SEES(THEM, GONE) } },
	[O_LOST_TH] = { .name = "lost-th", .title = "the link fails, they clear meanwhile, and it is back",
	  .step = { ANSWERED, LINE(DARK, 0), STEP(THEM, CLEAR, 16, NOTHING, GONE, 0), LINE(PASS, 10),
	    LINE(LIGHT, 0), SEES(US, GONE) } },
	[O_SHORT] = { .name = "short", .title = "as lost-th, but back before we notice",
	  .step = { ANSWERED, LINE(DARK, 0), STEP(THEM, CLEAR, 16, NOTHING, GONE, 0), LINE(LIGHT, 0),
	    SEES(US, GONE) } },
	[O_LOST_2] = { .name = "lost-both", .title = "the link fails, both clear meanwhile, and it is back",
	  .step = { ANSWERED, LINE(DARK, 0), STEP(US, BOTH_CLEAR, 0, GONE, GONE, 0), LINE(LIGHT, 0) } },
};
const unsigned mx_n_outcomes = COUNT(mx_outcomes);

#define THEY	       1u
#define WE	       2u
#define EITHER	       3u
#define O(n)	       (UINT64_C(1) << (n))
#define HOLDS_OF_US    (O(O_HBOTH) | O(O_HOLD_US) | O(O_HREJ_US) | O(O_HELD_US))
#define HOLDS_OF_THEM  (O(O_HOLD_TH) | O(O_HREJ_TH) | O(O_HELD_TH))
#define OVERLAPS       (O(O_OVERLAP) | O(O_T302))
#define NO_STEPS       { STEP(US, NOTHING, 0, NOTHING, NOTHING, 0) }

const struct mx_excuse mx_excuses[] = {
	{ ALL, THEY, ALL, O(O_T310),
	  "libpri runs no T310 (libpri.h:2231 is but a name): the caller gives up after 400 s",
	  { DOES(CALLER, SETUP), DOES(CALLED, PROCEEDING), LINE(PASS, 400), WITHDRAWN } },
	{ ALL, THEY, ALL, O(O_T301),
	  "libpri runs no T301 (libpri.h:2222 is but a name): the caller gives up after 400 s",
	  { RINGS, LINE(PASS, 400), WITHDRAWN } },
	{ B(BUS_NET), WE, ALL, OVERLAPS,
	  "ours: no overlap sending to the terminals of a bus; SETUP ACKNOWLEDGE is answered by RELEASE 28",
	  { DIGIT(SETUP, '1'), STEP(CALLED, MORE_INFO, 28, GONE, GONE, 0) } },
	{ ALL, THEY, NORTH_AMERICAN, OVERLAPS,
	  "ours: en bloc only in these variants; more digits are not asked for, an incomplete number is refused, 28",
	  { DIGIT(SETUP, '1'), STEP(CALLED, CLEAR, 28, GONE, GONE, 0) } },
	{ B(BUS_USER), THEY, ALL, OVERLAPS,
	  "libpri as the network of a bus does not pass SETUP ACKNOWLEDGE on (q931.c:8168): T302 ends the call",
	  { DIGIT(SETUP, '1'), STEP(CALLED, MORE_INFO, 0, GONE, GONE, 0) } },
	{ ALL, WE, NORTH_AMERICAN, OVERLAPS,
	  "ours: en bloc only in these variants; SETUP ACKNOWLEDGE is answered by DISCONNECT 28",
	  { DIGIT(SETUP, '1'), STEP(CALLED, MORE_INFO, 0, NOTHING, DISCONNECT, 0),
	    STEP(CALLED, CLEAR, 28, GONE, GONE, 0) } },
	{ B(BUS_USER), THEY, ALL, O(O_PROGRESS),
	  "libpri as the network of a bus does not pass PROGRESS on (q931.c:8181)",
	  { DOES(CALLER, SETUP), DOES(CALLED, PROCEEDING), STEP(CALLED, PROGRESS, 0, NOTHING, NOTHING, 0),
	    DOES(CALLED, ALERTING), DOES(CALLED, CONNECT), CLEARED(US, THEM, 16) } },
	{ ALL, EITHER, B(ATT4ESS) | B(QSIG), HOLDS_OF_US,
	  "ours: the variant has no HOLD", NO_STEPS },
	{ ALL, EITHER, B(ATT4ESS) | B(QSIG), O(O_HRING),
	  "ours: the variant has no HOLD, nor while it rings", NO_STEPS },
	{ ALL, EITHER, B(ATT4ESS) | B(QSIG), HOLDS_OF_THEM,
	  "ours: the variant has no HOLD; it is answered by STATUS 97, and T-HOLD of libpri refuses it",
	  { ANSWERED, STEP(THEM, HOLD, 0, NOTHING, HOLD_REJECT, 0), CLEARED(US, THEM, 16) } },
	{ B(PRI_USER) | B(NFAS_USER) | B(BRI_USER) | B(BUS_USER), EITHER, ~(B(ATT4ESS) | B(QSIG)), O(O_HBOTH),
	  "ours: HOLD of the network is refused while we ask (101), and libpri as the network ignores ours "
	  "(q931.c:9649): nobody holds",
	  { ANSWERED, STEP(US, BOTH_HOLD, 0, HOLD_REJECT, HOLD_REJECT, 0), CLEARED(US, THEM, 16) } },
	{ B(BUS_NET), WE, ALL, O(O_HRING),
	  "a call that rings at a bus is no terminal's yet: there is nobody to hold it", NO_STEPS },
	{ B(BUS_USER), WE, ALL, O(O_HRING),
	  "libpri as the network of a bus refuses to hold a call that rings (q931.c:9626), 101",
	  { RINGS, STEP(CALLER, HOLD, 101, NOTHING, HOLD_REJECT, 0), DOES(CALLED, CONNECT),
	    CLEARED(US, THEM, 16) } },
	{ B(BUS_USER), THEY, ALL, O(O_HRING),
	  "a call that rings at a bus is no terminal's yet: libpri refuses to hold it", NO_STEPS },
	{ ON_NFAS, EITHER, ALL, O(O_RST_ALL),
	  "libpri has an interface that is named without channels for an error (q931.c, receive_channel_id), though "
	  "note 5 of figure 4-18 has it so; it restarts it all the same",
	  { ANSWERED, STEP(US, RESTART, 1, RESTART, GONE, 0), SEES(US, RESTART_ACK) } },
	{ B(BUS_NET), EITHER, ALL, O(O_RST_US) | O(O_RST_ALL), "ours: no RESTART on a bus", NO_STEPS },
	{ B(BUS_NET), EITHER, ALL, O(O_RST_TH),
	  "ours: no RESTART on a bus; it is answered by STATUS 97, and the next message by 81",
	  { ANSWERED, STEP(THEM, RESTART, 0, NOTHING, NOTHING, 0),
	    STEP(US, CLEAR, 16, NOTHING, GONE, 0) } },
	{ B(BUS_USER), EITHER, ALL, O(O_RST_TH),
	  "libpri as the network of a bus has no RESTART (q931.c:6261)", NO_STEPS },
	{ ON_BUS, EITHER, ALL, O(O_LOST),
	  "libpri removes the TEI of a link that failed (q921.c, q921_mdl_remove), and as the network its "
	  "calls (q931.c:10046): the call ends",
	  { ANSWERED, LOST, STEP(US, NOTHING, 0, GONE, GONE, 0), LINE(LIGHT, 0) } },
};
const unsigned mx_n_excuses = COUNT(mx_excuses);
/* clang-format on */
