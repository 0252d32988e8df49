/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Q.921 Annex B as rows {states, input, decision, task, next state, clause and
 * figure}. Rows of a state and an input are tried from the top; the first whose
 * decision holds is taken. A row without a task ignores its input, as the figure
 * does. Every state has a last row for every input.
 */
#include "q921/internal.h"

#define T(name) i2_task_##name
#define W(name) i2_when_##name
#define S1	S(TEI_UNASSIGNED)
#define S2	S(ASSIGN_AWAITING_TEI)
#define S3	S(ESTABLISH_AWAITING_TEI)
#define S4	S(TEI_ASSIGNED)
#define S5	S(AWAITING_ESTABLISHMENT)
#define S6	S(AWAITING_RELEASE)
#define S7	S(MULTIPLE_FRAME)
#define S8	S(TIMER_RECOVERY)
#define NO_TEI	(S1 | S2 | S3)
#define DOWN	(S4 | S5 | S6)
#define UP	(S7 | S8)
#define ALL	(NO_TEI | DOWN | UP)

/* clang-format off */
const struct i2_row i2_table[] = {
	/* states      input		 decision	     task			next  clause, figure */

	/* without a TEI no frame is for this link: B.1 to B.3 have none */
	{ NO_TEI,      IN_I,		 NULL,		     NULL,			SAME, "5.3.1" },
	{ NO_TEI,      IN_RR,		 NULL,		     NULL,			SAME, "5.3.1" },
	{ NO_TEI,      IN_RNR,		 NULL,		     NULL,			SAME, "5.3.1" },
	{ NO_TEI,      IN_REJ,		 NULL,		     NULL,			SAME, "5.3.1" },
	{ NO_TEI,      IN_SABME,	 NULL,		     NULL,			SAME, "5.3.1" },
	{ NO_TEI,      IN_DISC,		 NULL,		     NULL,			SAME, "5.3.1" },
	{ NO_TEI,      IN_UA,		 NULL,		     NULL,			SAME, "5.3.1" },
	{ NO_TEI,      IN_DM,		 NULL,		     NULL,			SAME, "5.3.1" },
	{ NO_TEI,      IN_UI,		 NULL,		     NULL,			SAME, "5.3.1" },
	{ NO_TEI,      IN_FRMR,		 NULL,		     NULL,			SAME, "5.3.1" },
	{ NO_TEI,      IN_XID,		 NULL,		     NULL,			SAME, "5.3.1" },
	{ NO_TEI,      IN_FRAME_ERROR,	 NULL,		     NULL,			SAME, "5.3.1" },

	/* 1 TEI unassigned, 2 assign awaiting TEI, 3 establish awaiting TEI */
	{ S1,	       IN_ESTABLISH_REQ, W(refused),	     T(establish_postponed),	SAME, "5.3.2 no storm" },
	{ S1,	       IN_ESTABLISH_REQ, NULL,		     T(assign_ind),		3,    "5.3.2 B.1" },
	{ S2,	       IN_ESTABLISH_REQ, NULL,		     NULL,			3,    "B.2" },
	{ S3,	       IN_ESTABLISH_REQ, NULL,		     NULL,			SAME, "B.3" },
	{ S1 | S2,     IN_RELEASE_REQ,	 NULL,		     T(release_conf),		SAME, "B.1 B.2" },
	{ S3,	       IN_RELEASE_REQ,	 NULL,		     T(release_waiting),	2,    "B.3" },
	{ NO_TEI,      IN_DATA_REQ,	 NULL,		     NULL,			SAME, "B.1 B.2 B.3" },
	{ S1,	       IN_UNIT_DATA_REQ, NULL,		     T(queue_ui),		2,    "5.2.2 B.1" },
	{ S2 | S3,     IN_UNIT_DATA_REQ, NULL,		     T(queue_ui),		SAME, "5.2.2 B.2 B.3" },
	{ S1 | S2,     IN_ASSIGN_REQ,	 NULL,		     T(tei_given),		4,    "5.3.2 B.1 B.2" },
	{ S3,	       IN_ASSIGN_REQ,	 NULL,		     T(tei_given_establish),	5,    "5.3.2 B.3" },
	{ NO_TEI,      IN_REMOVE_REQ,	 NULL,		     NULL,			SAME, "B.1 B.2 B.3" },
	{ S1,	       IN_ERROR_RESP,	 NULL,		     NULL,			SAME, "B.1" },
	{ S2,	       IN_ERROR_RESP,	 NULL,		     T(no_tei),			1,    "5.3.2.1 B.2" },
	{ S3,	       IN_ERROR_RESP,	 NULL,		     T(no_tei_release),		1,    "5.3.2.1 B.3" },
	{ NO_TEI,      IN_T200,		 NULL,		     NULL,			SAME, "-" },
	{ S1,	       IN_RESTORE,	 W(keep_up),	     T(assign_ind),		3,    "keep up" },
	{ S2,	       IN_RESTORE,	 W(keep_up),	     NULL,			3,    "keep up" },
	{ NO_TEI,      IN_RESTORE,	 NULL,		     NULL,			SAME, "keep up" },
	{ S1,	       IN_PH_ACTIVATE,	 W(keep_up),	     T(assign_ind),		3,    "keep up" },
	{ S1,	       IN_PH_ACTIVATE,	 NULL,		     T(physical_back),		SAME, "5.5.1 no storm" },
	{ S2 | S3,     IN_PH_ACTIVATE,	 NULL,		     NULL,			SAME, "B.1 B.2 B.3" },
	{ S1,	       IN_PH_DEACTIVATE, NULL,		     T(physical_lost),		SAME, "B.1" },
	{ S2,	       IN_PH_DEACTIVATE, NULL,		     T(no_tei),			1,    "B.2" },
	{ S3,	       IN_PH_DEACTIVATE, NULL,		     T(no_tei_release),		1,    "B.3" },
	{ NO_TEI,      IN_BUSY_SET,	 NULL,		     NULL,			SAME, "-" },
	{ NO_TEI,      IN_BUSY_CLEAR,	 NULL,		     NULL,			SAME, "-" },

	/* 4 TEI assigned */
	{ S4,	       IN_ESTABLISH_REQ, W(refused),	     T(establish_postponed),	SAME, "5.5.1 no storm" },
	{ S4,	       IN_ESTABLISH_REQ, NULL,		     T(establish_by_l3),	5,    "5.5.1 B.4" },
	{ S4,	       IN_RELEASE_REQ,	 NULL,		     T(release_conf),		SAME, "B.4" },
	{ S4,	       IN_DATA_REQ,	 NULL,		     NULL,			SAME, "B.4" },
	{ S4,	       IN_SABME,	 W(held),	     T(send_dm),		SAME, "Q.931 F.2.2" },
	{ S4,	       IN_SABME,	 NULL,		     T(accept_sabme),		7,    "5.5.1.2 B.4" },
	{ S4,	       IN_DISC,		 NULL,		     T(send_dm),		SAME, "5.5.4 B.4" },
	{ S4,	       IN_DM,		 W(final),	     NULL,			SAME, "B.4" },
	{ S4,	       IN_DM,		 NULL,		     T(establish_by_l3),	5,    "5.5.1 B.4" },
	{ S4,	       IN_REMOVE_REQ,	 NULL,		     T(tei_lost),		1,    "5.3.4 B.4" },
	{ S4,	       IN_T200,		 NULL,		     NULL,			SAME, "-" },
	{ S4,	       IN_RESTORE,	 W(keep_up),	     T(establish_keep_up),	5,    "5.5.1 keep up" },
	{ S4,	       IN_PH_ACTIVATE,	 W(keep_up),	     T(establish_keep_up),	5,    "5.5.1 keep up" },
	{ S4,	       IN_PH_ACTIVATE,	 NULL,		     T(physical_back),		SAME, "5.5.1 no storm" },
	{ S4,	       IN_PH_DEACTIVATE, NULL,		     T(physical_lost),		SAME, "B.4" },

	/* 5 awaiting establishment */
	{ S5,	       IN_ESTABLISH_REQ, NULL,		     T(establish_again),	SAME, "B.5" },
	{ S5,	       IN_RELEASE_REQ,	 NULL,		     T(release_later),		SAME, "B.5" },
	{ S5,	       IN_DATA_REQ,	 NULL,		     T(queue_data),		SAME, "B.5" },
	{ S5,	       IN_SABME,	 NULL,		     T(send_ua),		SAME, "5.5.5 B.5" },
	{ S5,	       IN_DISC,		 NULL,		     T(send_dm),		SAME, "5.5.5 B.5" },
	{ S5,	       IN_UA,		 W(release_pending), T(disconnect),		6,    "B.5" },
	{ S5,	       IN_UA,		 W(by_l3),	     T(established_conf),	7,    "5.5.1.1 B.5" },
	{ S5,	       IN_UA,		 W(unacknowledged),  T(established_ind),	7,    "5.7 B.5" },
	{ S5,	       IN_UA,		 W(final),	     T(established_quiet),	7,    "5.7 B.5" },
	{ S5,	       IN_DM,		 W(final),	     T(release_ind_retry),	4,    "5.5.1.1 B.5" },
	{ S5,	       IN_DM,		 NULL,		     NULL,			SAME, "B.5" },
	{ S5,	       IN_REMOVE_REQ,	 W(release_asked),   T(tei_lost_conf),		1,    "5.3.4 B.5" },
	{ S5,	       IN_REMOVE_REQ,	 NULL,		     T(tei_lost_ind),		1,    "5.3.4 B.5" },
	{ S5,	       IN_T200,		 W(retry),	     T(sabme_retry),		SAME, "5.5.1.3 B.5" },
	{ S5,	       IN_T200,		 NULL,		     T(establish_failed),	4,    "5.5.1.3 B.5" },
	{ S5,	       IN_PH_ACTIVATE,	 NULL,		     T(sabme_anew),		SAME, "5.5.1" },
	{ S5,	       IN_PH_DEACTIVATE, W(release_asked),   T(physical_lost_release),	4,    "B.5" },
	{ S5,	       IN_PH_DEACTIVATE, NULL,		     T(physical_lost_up),	4,    "B.5" },

	/* 6 awaiting release */
	{ S6,	       IN_ESTABLISH_REQ, NULL,		     NULL,			SAME, "B.6" },
	{ S6,	       IN_RELEASE_REQ,	 NULL,		     NULL,			SAME, "B.6" },
	{ S6,	       IN_DATA_REQ,	 NULL,		     NULL,			SAME, "B.6" },
	{ S6,	       IN_SABME,	 NULL,		     T(send_dm),		SAME, "5.5.5 B.6" },
	{ S6,	       IN_DISC,		 NULL,		     T(send_ua),		SAME, "5.5.5 B.6" },
	{ S6,	       IN_UA,		 W(final),	     T(release_conf),		4,    "5.5.3 B.6" },
	{ S6,	       IN_DM,		 W(final),	     T(release_conf),		4,    "5.5.3 B.6" },
	{ S6,	       IN_DM,		 NULL,		     NULL,			SAME, "B.6" },
	{ S6,	       IN_REMOVE_REQ,	 NULL,		     T(tei_lost_conf),		1,    "5.3.4 B.6" },
	{ S6,	       IN_T200,		 W(retry),	     T(disc_retry),		SAME, "5.5.3.3 B.6" },
	{ S6,	       IN_T200,		 NULL,		     T(release_failed),		4,    "5.5.3.3 B.6" },
	{ S6,	       IN_PH_DEACTIVATE, NULL,		     T(physical_lost_release),	4,    "B.6" },

	/* 4, 5, 6: the peer does not know yet, or any more, that there is no link */
	{ DOWN,	       IN_I,		 NULL,		     NULL,			SAME, "5.5.1.1 5.5.3 5.5.4" },
	{ DOWN,	       IN_RR,		 NULL,		     NULL,			SAME, "5.5.1.1 5.5.3 5.5.4" },
	{ DOWN,	       IN_RNR,		 NULL,		     NULL,			SAME, "5.5.1.1 5.5.3 5.5.4" },
	{ DOWN,	       IN_REJ,		 NULL,		     NULL,			SAME, "5.5.1.1 5.5.3 5.5.4" },
	{ DOWN,	       IN_FRMR,		 NULL,		     NULL,			SAME, "5.5.1.1 5.5.3 5.5.4" },
	{ DOWN,	       IN_FRAME_ERROR,	 NULL,		     T(frame_error),		SAME, "5.8.5" },
	{ S6,     IN_PH_ACTIVATE,	 NULL,		     NULL,			SAME, "B.4 B.6" },
	{ DOWN,	       IN_RESTORE,	 NULL,		     NULL,			SAME, "keep up" },
	{ DOWN,	       IN_BUSY_SET,	 NULL,		     NULL,			SAME, "-" },
	{ DOWN,	       IN_BUSY_CLEAR,	 NULL,		     NULL,			SAME, "-" },

	/* 7 multiple frame established */
	{ S7,	       IN_I,		 W(nr_bad),	     T(i_received_recover),	5,    "5.6.2 5.8.5 B.7" },
	{ S7,	       IN_I,		 NULL,		     T(i_received),		SAME, "5.6.2 B.7" },
	{ UP,	       IN_RR,		 W(nr_bad),	     T(nr_error),		5,    "5.8.5 B.7 B.8" },
	{ S7,	       IN_RR,		 NULL,		     T(rr),			SAME, "5.6.3 B.7" },
	{ UP,	       IN_RNR,		 W(nr_bad),	     T(nr_error),		5,    "5.8.5 B.7 B.8" },
	{ S7,	       IN_RNR,		 NULL,		     T(rnr),			SAME, "5.6.5 B.7" },
	{ UP,	       IN_REJ,		 W(nr_bad),	     T(nr_error),		5,    "5.8.5 B.7 B.8" },
	{ S7,	       IN_REJ,		 NULL,		     T(rej),			SAME, "5.6.4 B.7" },
	{ S7,	       IN_SABME,	 NULL,		     T(sabme_again),		SAME, "5.7 B.7" },
	{ S7,	       IN_DM,		 W(final),	     T(error_dm),		SAME, "5.8.7 B.7" },
	{ S7,	       IN_T200,		 NULL,		     T(enquire),		8,    "5.6.7 B.7" },
	{ S7,	       IN_T203,		 NULL,		     T(enquire_idle),		8,    "5.10.2 B.7" },

	/* 8 timer recovery */
	{ S8,	       IN_I,		 W(nr_bad),	     T(i_received_recover),	5,    "5.8.5 B.8" },
	{ S8,	       IN_I,		 NULL,		     T(recovery_i),		SAME, "5.6.2 B.8" },
	{ S8,	       IN_RR,		 W(response_final),  T(recovered),		7,    "5.6.7 B.8" },
	{ S8,	       IN_RR,		 NULL,		     T(recovery_rr),		SAME, "5.6.3 B.8" },
	{ S8,	       IN_RNR,		 W(response_final),  T(recovered_busy),		7,    "5.6.7 B.8" },
	{ S8,	       IN_RNR,		 NULL,		     T(recovery_rnr),		SAME, "5.6.5 B.8" },
	{ S8,	       IN_REJ,		 W(response_final),  T(recovered),		7,    "5.6.7 B.8" },
	{ S8,	       IN_REJ,		 NULL,		     T(recovery_rr),		SAME, "5.6.4 B.8" },
	{ S8,	       IN_SABME,	 NULL,		     T(sabme_again),		7,    "5.7 B.8" },
	{ S8,	       IN_T200,		 W(retry),	     T(enquire_again),		SAME, "5.6.7 B.8" },
	{ S8,	       IN_T200,		 NULL,		     T(enquiry_failed),		5,    "5.6.7 B.8" },

	/* 7 and 8 alike */
	{ UP,	       IN_DATA_REQ,	 NULL,		     T(queue_data),		SAME, "5.6.1 B.7 B.8" },
	{ UP,	       IN_ESTABLISH_REQ, NULL,		     T(establish_by_l3),	5,    "5.7 B.7 B.8" },
	{ UP,	       IN_RELEASE_REQ,	 NULL,		     T(disconnect),		6,    "5.5.3.1 B.7 B.8" },
	{ UP,	       IN_DISC,		 NULL,		     T(disconnected),		4,    "5.5.3.2 B.7 B.8" },
	{ UP,	       IN_DM,		 NULL,		     T(dm_recover),		5,    "5.8.7 B.7 B.8" },
	{ UP,	       IN_FRMR,		 NULL,		     T(frmr_recover),		5,    "5.8.6 B.7 B.8" },
	{ UP,	       IN_FRAME_ERROR,	 NULL,		     T(frame_error_recover),	5,    "5.8.5" },
	{ UP,	       IN_REMOVE_REQ,	 NULL,		     T(tei_lost_ind),		1,    "5.3.4 B.7 B.8" },
	{ UP,	       IN_RESTORE,	 NULL,		     NULL,			SAME, "keep up" },
	{ UP,	       IN_PH_ACTIVATE,	 NULL,		     NULL,			SAME, "B.7 B.8" },
	{ UP,	       IN_PH_DEACTIVATE, NULL,		     T(physical_lost_up),	4,    "B.7 B.8" },
	{ UP,	       IN_BUSY_SET,	 NULL,		     T(busy_set),		SAME, "5.6.5 B.7 B.8" },
	{ UP,	       IN_BUSY_CLEAR,	 NULL,		     T(busy_clear),		SAME, "5.6.5 B.7 B.8" },

	/* wherever there is a TEI */
	{ DOWN | UP,   IN_UA,		 NULL,		     T(error_ua),		SAME, "5.8.7 B.4 to B.8" },
	{ DOWN | UP,   IN_UI,		 NULL,		     T(unit_data_ind),		SAME, "5.2.3 B.4 to B.8" },
	{ DOWN | UP,   IN_XID,		 NULL,		     T(xid),			SAME, "App. IV" },
	{ DOWN | UP,   IN_UNIT_DATA_REQ, NULL,		     T(send_ui),		SAME, "5.2.2 B.4 to B.8" },
	{ DOWN | UP,   IN_ASSIGN_REQ,	 NULL,		     NULL,			SAME, "5.3.2" },
	{ DOWN | UP,   IN_ERROR_RESP,	 NULL,		     NULL,			SAME, "5.3.2" },
	{ ALL & ~S7,   IN_T203,		 NULL,		     NULL,			SAME, "-" },
};
/* clang-format on */

const unsigned i2_rows = sizeof(i2_table) / sizeof(i2_table[0]);
