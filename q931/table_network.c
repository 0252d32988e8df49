/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Q.931 Annex A, network side. The form is that of table_user.c.
 * N8 is passed through at once, unless the application wants to award calls: a
 * call is the only user's, or the first's that connects (5.2.8). A call that was offered to several
 * terminals and that none has yet is cleared without a message of its own.
 */
#include "q931/cc_internal.h"

#define T(name)	     i3_task_##name
#define W(name)	     i3_when_##name
#define ESTABLISHING (S(N1) | S(N2) | S(N3) | S(N4) | S(N6) | S(N7) | S(N8) | S(N9) | S(N25))
#define ANSWERED     (ESTABLISHING & ~(S(N1) | S(N6))) /* each side has heard of the other */
#define CLEARING     (S(N11) | S(N12) | S(N19))
#define LIVE	     (ESTABLISHING | S(N10) | S(N15) | S(N17))
#define ALL	     (LIVE | CLEARING | S(N31))

/* clang-format off */
static const struct i3_row rows[] = {
	/* states	     input		  decision	       task			next  clause */
	{ S(N0),	     IN_SETUP_REQ,	  NULL,		       T(setup_req),		N6,   "5.2.1" },

	/* originating interface */
	{ S(N1),	     IN_MORE_INFO_REQ,	  NULL,		       T(more_info_req),	N2,   "5.1.3" },
	{ S(N2),	     IN_INFORMATION,	  NULL,		       T(digits_ind),		SAME, "5.1.3" },
	{ S(N2),	     IN_T302,		  W(first_expiry),     T(digits_timeout),	SAME, "5.1.3 9.1 T302" },
	{ S(N2),	     IN_T302,		  NULL,		       T(digits_failed),	N12,  "5.1.3 9.1 T302" },
	{ S(N1) | S(N2),     IN_PROCEEDING_REQ,	  NULL,		       T(respond),		N3,   "5.1.5.1" },
	{ S(N1) | S(N2) | S(N3), IN_ALERTING_REQ,	  NULL,		       T(respond),		N4,   "5.1.7" },
	{ S(N1) | S(N2) | S(N3) | S(N4), IN_SETUP_RESP,	  NULL,		       T(connect_req_network),	N10,  "5.1.8" },
	{ S(N2) | S(N3) | S(N4), IN_PROGRESS_REQ,	  NULL,		       T(send_req),		SAME, "5.1.6" },
	{ S(N1),	     IN_CLEAR_REQ,	  NULL,		       T(reject),		N0,   "5.3.2 a" },

	/* terminating interface */
	{ S(N6),	     IN_SETUP_ACKNOWLEDGE, W(channel_bad),     T(channel_refused),	N19,  "5.2.3.1" },
	{ S(N6),	     IN_SETUP_ACKNOWLEDGE, W(no_overlap),	       T(overlap_refused),	N12,  "5.2.4" },
	{ S(N6),	     IN_SETUP_ACKNOWLEDGE, NULL,	       T(more_info_ind),	N25,  "5.2.4" },
	{ S(N25),	     IN_INFO_REQ,	  NULL,		       T(info_req_overlap),	SAME, "5.2.4" },
	{ S(N25),	     IN_PROGRESS,	  NULL,		       T(progress_late),	SAME, "5.2.6" },
	{ S(N25),	     IN_T304,		  NULL,		       T(timer_disconnect),	N12,  "5.2.4 9.1 T304" },
	{ S(N6) | S(N25),    IN_CALL_PROCEEDING,  W(channel_bad),      T(channel_refused),	N19,  "5.2.3.1" },
	{ S(N6) | S(N25),    IN_CALL_PROCEEDING,  NULL,		       T(proceeding_ind),	N9,   "5.2.5.1" },
	{ S(N6),	     IN_PROGRESS,	  NULL,		       T(progress_first),	SAME, "5.2.6" },
	{ S(N6) | S(N9) | S(N25), IN_ALERTING,	  W(channel_bad),      T(channel_refused),	N19,  "5.2.3.1" },
	{ S(N6) | S(N9) | S(N25), IN_ALERTING,	  NULL,		       T(alerting_ind),		N7,   "5.2.5.1" },
	{ S(N6) | S(N7) | S(N9) | S(N25), IN_CONNECT,	  W(channel_bad),      T(channel_refused),	N19,  "5.2.3.1" },
	{ S(N6) | S(N7) | S(N9) | S(N25), IN_CONNECT,	  W(award_by_request), T(connect_waits),	N8,   "5.2.7" },
	{ S(N8),	     IN_CONNECT,	  NULL,		       NULL,			SAME, "5.2.7" },
	{ S(N8),	     IN_SETUP_COMPLETE_REQ, NULL,	       T(send_req),		N10,  "5.2.8" },
	{ S(N6) | S(N7) | S(N9) | S(N25), IN_CONNECT,	  NULL,		       T(connect_ind),		N10,  "5.2.7 5.2.8" },
	{ S(N6),	     IN_T303,		  W(offer_refused),    T(offer_failed),		N0,   "5.2.5.3" },
	{ S(N6),	     IN_T303,		  W(first_expiry),     T(setup_again),		SAME, "5.2.5.3" },
	{ S(N6),	     IN_T303,		  W(offered),	       T(withdraw_t303),	N0,   "5.2.5.3" },
	{ S(N6),	     IN_T303,		  NULL,		       T(setup_failed_network),	N0,   "5.2.5.3" },
	{ S(N9),	     IN_PROGRESS,	  NULL,		       T(progress_ind),		SAME, "5.2.6" },
	{ S(N6) | S(N9),     IN_T310,		  W(offered),	       T(withdraw_timer),	N0,   "5.2.5.3" },
	{ S(N6) | S(N9),     IN_T310,		  NULL,		       T(timer_disconnect),	N12,  "5.2.5.3" },
	{ S(N7),	     IN_PROGRESS,	  NULL,		       T(progress_late),	SAME, "5.2.6" },
	{ S(N7),	     IN_T301,		  W(offered),	       T(withdraw_timer),	N0,   "5.2.5.3" },
	{ S(N7),	     IN_T301,		  NULL,		       T(timer_disconnect),	N12,  "5.2.5.3" },

	{ S(N7) | S(N9),     IN_T312,		  W(nobody_left),      T(offer_failed),		N0,   "5.2.5.3" },
	{ LIVE,		     IN_T312,		  NULL,		       T(offer_last),		SAME, "9.1 T312" },
	{ CLEARING,	     IN_T312,		  NULL,		       NULL,			SAME, "9.1 T312" },
	{ S(N22),	     IN_T312,		  NULL,		       NULL,			N0,   "5.3.2 9.1 T312" },

	/* active */
	{ S(N10),	     IN_CONNECT_ACKNOWLEDGE, NULL,	       NULL,			SAME, "5.1.8" },
	{ S(N10),	     IN_CONNECT,	  NULL,		       T(connect_again),	SAME, "5.2.8" },
	{ S(N4) | S(N7) | S(N8) | S(N10), IN_USER_INFORMATION, W(uui_open), T(user_info_ind), SAME, "7.1" },
	{ S(N4) | S(N7) | S(N8) | S(N10), IN_USER_INFORMATION, NULL, T(user_info_refused),	SAME, "7.1" },
	{ S(N4) | S(N7) | S(N10), IN_USER_INFO_REQ, NULL,	       T(user_info_req),	SAME, "7.1" },
	{ LIVE,		     IN_CONGESTION_CONTROL, NULL,	       T(congestion_ind),	SAME, "7.4" },
	{ S(N10),	     IN_T2_UUS3,	  NULL,		       T(t2_uus3),		SAME, "7.4" },

	/* services of user-to-user signalling */
	{ LIVE,		     IN_UUS_LOST,	  NULL,		       T(uus_lost),		N12,  "EN 300 286-1 9" },
	{ LIVE,		     IN_FACILITY,	  W(uus_facility),     T(uus_facility),		SAME, "EN 300 286-1 9" },
	{ S(N10),	     IN_T1_UUS3,	  NULL,		       T(uus_request_late),	SAME, "TS 23.087 5.1" },
	{ S(N10),	     IN_T4_UUS3,	  NULL,		       T(uus_answer_late),	SAME, "TS 23.087 5.1" },

	/* suspension and resumption */
	{ S(N10),	     IN_SUSPEND,	  W(identity_used),    T(identity_refused),	SAME, "5.6.3" },
	{ S(N10),	     IN_SUSPEND,	  W(not_held),	       T(suspend_ind),		N15,  "5.6.1" },
	{ S(N10),	     IN_SUSPEND,	  NULL,		       T(suspend_held),		SAME, "5.6.3" },
	{ S(N15),	     IN_SUSPEND,	  NULL,		       NULL,			SAME, "5.6.1" },
	{ S(N15),	     IN_SUSPEND_RESP,	  NULL,		       T(suspend_resp),		N_SUSPENDED, "5.6.2" },
	{ S(N15),	     IN_SUSPEND_REJECT_REQ, NULL,	       T(send_req),		N10,  "5.6.3" },
	{ S(N15),	     IN_T319,		  NULL,		       T(suspend_late),		N10,  "5.6.3" },
	{ S(N_SUSPENDED),    IN_RESUME,		  NULL,		       T(resume_ind),		N17,  "5.6.4" },
	{ S(N_SUSPENDED),    IN_T307,		  NULL,		       T(t307),			N0,   "5.6.2 9.1 T307" },
	{ S(N_SUSPENDED),    IN_CLEAR_REQ,	  NULL,		       T(suspended_clear),	N0,   "5.6.6" },
	{ S(N_SUSPENDED),    IN_RESTARTED,	  NULL,		       T(suspended_restarted),	N0,   "5.5 5.6.5" },
	{ S(N17),	     IN_RESUME,		  NULL,		       NULL,			SAME, "5.6.4" },
	{ S(N17),	     IN_RESUME_RESP,	  NULL,		       T(resume_resp),		N10,  "5.6.4" },
	{ S(N17),	     IN_RESUME_REJECT_REQ, NULL,	       T(resume_reject_req),	N_SUSPENDED, "5.6.5" },
	{ S(N17),	     IN_T318,		  NULL,		       T(resume_late),		N_SUSPENDED, "5.6.5" },
	{ S(N17),	     IN_T307,		  NULL,		       T(resume_too_late),	N0,   "5.6.2 9.1 T307" },
	{ S(N17),	     IN_DL_RELEASE_IND,	  NULL,		       T(resume_lost),		N_SUSPENDED, "5.8.9" },
	{ S(N17),	     IN_DL_REMOVED,	  NULL,		       T(resume_lost),		N_SUSPENDED, "5.8.9" },
	/* T307 runs on while the call is cleared instead of resumed */
	{ LIVE | CLEARING,   IN_T307,		  NULL,		       NULL,			SAME, "5.6.2" },

	/* clearing */
	{ LIVE & ~S(N6),	     IN_DISCONNECT_REQ,	  NULL,		       T(disconnect_with),	N12,  "5.3.4 5.4" },
	{ S(N6),	     IN_DISCONNECT_REQ,	  W(heard),	       T(disconnect_with),	N12,  "5.3.4" },
	{ S(N12),	     IN_CLEAR_REQ,	  W(tones),	       T(t306),			N19,  "5.3.4.1" },
	{ S(N12),	     IN_T306,		  NULL,		       T(t306),			N19,  "5.3.4.1 9.1 T306" },
	{ S(N6) | S(N7) | S(N9), IN_CLEAR_REQ,	  W(offered),	       T(withdraw),		N0,   "5.3.2" },
	{ S(N6),	     IN_CLEAR_REQ,	  W(never_sent),       T(abandon),		N0,   "5.3.2 5.8.9" },
	{ LIVE,		     IN_CLEAR_REQ,	  NULL,		       T(disconnect_req),	N12,  "5.3.4" },
	{ LIVE,		     IN_DISCONNECT,	  NULL,		       T(disconnect_ind),	N11,  "5.3.3" },
	{ S(N12),	     IN_CLEAR_REQ,	  NULL,		       T(clearing_already),	SAME, "5.3.4" },
	{ S(N12),	     IN_DISCONNECT,	  NULL,		       T(disconnect_collision),	N19,  "5.3.5" },
	{ S(N12),	     IN_RELEASE,	  NULL,		       T(release_rx),		N0,   "5.3.4.1" },
	{ S(N12),	     IN_T305,		  NULL,		       T(t305),			N19,  "5.3.4.1" },
	{ S(N11),	     IN_CLEAR_REQ,	  NULL,		       T(release_req),		N19,  "5.3.3" },
	{ S(N11),	     IN_DISCONNECT,	  NULL,		       NULL,			SAME, "5.3.3" },
	{ S(N11),	     IN_RELEASE,	  NULL,		       T(release_rx),		N0,   "5.3.3" },
	{ S(N19),	     IN_CLEAR_REQ,	  NULL,		       T(clearing_already),	SAME, "5.3.3" },
	{ S(N19),	     IN_RELEASE,	  NULL,		       T(release_done),		N0,   "5.3.5" },
	{ S(N19),	     IN_RELEASE_COMPLETE, NULL,		       T(release_done),		N0,   "5.3.3" },
	{ S(N19),	     IN_DISCONNECT,	  NULL,		       NULL,			SAME, "5.3.5" },
	{ S(N19),	     IN_T308,		  W(first_expiry),     T(t308_first),		SAME, "5.3.3" },
	{ S(N19),	     IN_T308,		  NULL,		       T(t308_second),		N0,   "5.3.3" },
	{ LIVE,		     IN_RELEASE,	  NULL,		       T(release_rx),		N0,   "5.3.3 5.8.4" },
	{ LIVE | S(N11) | S(N12), IN_RELEASE_COMPLETE, NULL,	       T(release_complete_rx),	N0,   "5.3.2 5.8.4" },

	/* any state */
	{ ALL,		     IN_SETUP,		  NULL,		       NULL,			SAME, "5.8.3.2 e" },
	{ ANSWERED | S(N10) | S(N11) | S(N12), IN_INFO_REQ,	  NULL,		       T(send_req),		SAME, "5.1.6 5.2.4" },
	{ ANSWERED | S(N10), IN_NOTIFY_REQ,	  NULL,		       T(send_req),		SAME, "5.9" },
	{ LIVE,		     IN_NOTIFY,		  NULL,		       T(notify_ind),		SAME, "5.9" },
	{ CLEARING,	     IN_NOTIFY,		  NULL,		       T(notify_ind),		SAME, "5.9" },
	{ LIVE,		     IN_INFORMATION,	  NULL,		       T(info_ind),		SAME, "5.1.6" },
	{ CLEARING,	     IN_ALERTING,	  NULL,		       NULL,			SAME, "5.8.4 crossed" },
	{ CLEARING,	     IN_CALL_PROCEEDING,  NULL,		       NULL,			SAME, "5.8.4 crossed" },
	{ CLEARING,	     IN_SETUP_ACKNOWLEDGE, NULL,	       NULL,			SAME, "5.8.4 crossed" },
	{ CLEARING,	     IN_CONNECT,	  NULL,		       NULL,			SAME, "5.8.4 crossed" },
	{ CLEARING,	     IN_CONNECT_ACKNOWLEDGE, NULL,	       NULL,			SAME, "5.8.4 crossed" },
	{ CLEARING,	     IN_PROGRESS,	  NULL,		       NULL,			SAME, "5.8.4 crossed" },
	{ CLEARING,	     IN_INFORMATION,	  NULL,		       T(info_ind),		SAME, "5.1.6" },
	{ CLEARING,	     IN_USER_INFORMATION, NULL,		       NULL,			SAME, "5.8.4 crossed" },
	{ CLEARING,	     IN_CONGESTION_CONTROL, NULL,	       NULL,			SAME, "5.8.4 crossed" },
	{ ALL,		     IN_FACILITY,	  NULL,		       T(facility_ind),		SAME, "Q.932 6.3.1" },
	{ ANSWERED | S(N1) | S(N10) | S(N31), IN_FACILITY_REQ, NULL, T(send_req),		SAME, "Q.932 6.3.1" },
	{ ALL,		     IN_STATUS_ENQUIRY,	  NULL,		       T(status_enquiry_rx),	SAME, "5.8.10" },
	{ ALL,		     IN_STATUS,		  W(status_null),      T(status_null),		N0,   "5.8.11" },
	{ LIVE,		     IN_STATUS,		  W(status_doubtful),  T(status_doubt),		SAME, "5.8.11" },
	{ S(N10),	     IN_STATUS,		  W(status_ack_lost),  T(status_ack_again),	SAME, "5.8.11" },
	{ S(N10),	     IN_STATUS,		  W(status_connect_lost), T(status_connect_again), SAME, "5.8.11" },
	{ LIVE,		     IN_STATUS,		  W(status_incompatible), T(status_incompatible), N12, "5.8.11" },
	{ LIVE,		     IN_STATUS,		  NULL,		       T(status_ind),		SAME, "5.8.11" },
	{ CLEARING | S(N31), IN_STATUS,	  NULL,		       NULL,			SAME, "5.8.11" },
	{ LIVE,		     IN_STATUS_ENQUIRY_REQ, NULL,	       T(enquire),		SAME, "5.8.10" },
	{ LIVE,		     IN_T322,		  W(first_enquiry),    T(enquire_again),	SAME, "5.8.10" },
	{ LIVE,		     IN_T322,		  NULL,		       T(enquiry_failed),	N12,  "5.8.10" },

	/* connections without a call */
	{ S(N0),	     IN_REGISTER_REQ,	  NULL,		       T(send_req),		N31,  "Q.932 6.3.2" },
	{ S(N31),	     IN_CLEAR_REQ,	  NULL,		       T(reject),		N0,   "Q.932 6.3.2" },
	{ S(N31),	     IN_RELEASE_COMPLETE, NULL,		       T(release_done),		N0,   "Q.932 6.3.2" },
	{ S(N31),	     IN_RELEASE,	  NULL,		       T(release_rx),		N0,   "Q.932 6.3.2" },

	{ LIVE,		     IN_CHANNEL_REFUSED,  NULL,		       T(channel_disconnect),	N12,  "Q.932 6.2.3" },
	{ ALL,		     IN_RESTARTED,	  NULL,		       T(restarted),		N0,   "5.5" },

	/* data link */
	{ S(N10),	     IN_DL_ESTABLISH_IND, NULL,		       T(link_back),		SAME, "5.8.8" },
	{ S(N10),	     IN_DL_ESTABLISH_CONF, NULL,	       T(link_back),		SAME, "5.8.9" },
	{ S(N2) | S(N25),    IN_DL_ESTABLISH_IND, NULL,		       T(overlap_reset),	N12,  "5.8.8" },
	{ LIVE & ~(S(N6) | S(N17)), IN_DL_ESTABLISH_IND, NULL,	       T(enquire),		SAME, "5.8.8" },
	{ ALL,		     IN_DL_ESTABLISH_IND, NULL,		       NULL,			SAME, "5.8.8" },
	{ ALL,		     IN_DL_ESTABLISH_CONF, NULL,	       NULL,			SAME, "5.8.9" },
	{ LIVE & ~(S(N6) | S(N17)), IN_DL_RESET,	  NULL,		       T(enquire),		SAME, "5.8.8 5.8.10" },
	{ ALL,		     IN_DL_RESET,	  NULL,		       NULL,			SAME, "5.8.8" },
	{ S(N10),	     IN_DL_RELEASE_IND,	  W(t309_used),	       T(link_lost_active),	SAME, "5.8.9" },
	{ ALL,		     IN_DL_RELEASE_IND,	  NULL,		       T(link_lost),		N0,   "5.8.9" },
	{ ALL,		     IN_DL_REMOVED,	  NULL,		       T(link_lost),		N0,   "5.8.9 Q.921 5.3.4" },
	{ S(N10),	     IN_T309,		  NULL,		       T(t309),			N0,   "5.8.9" },
};
/* clang-format on */

_Static_assert(sizeof(rows) / sizeof(rows[0]) < UINT8_MAX, "i3_cc.first is of octets");
const struct i3_table i3_table_network = { rows, sizeof(rows) / sizeof(rows[0]), 'N' };
