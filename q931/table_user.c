/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Q.931 Annex A, user side, as rows {states, input, decision,
 * task, next state, clause}. Rows are tried from the top; the first whose
 * decision holds is taken. A row without a task ignores its input, which is a
 * decision of the Recommendation, not an omission. A message that no row
 * covers is answered by STATUS (5.8.4), a request by an error.
 */
#include "q931/cc_internal.h"

#define T(name)	     i3_task_##name
#define W(name)	     i3_when_##name
#define ESTABLISHING (S(U1) | S(U2) | S(U3) | S(U4) | S(U6) | S(U7) | S(U8) | S(U9) | S(U25))
#define ANSWERED     (ESTABLISHING & ~(S(U1) | S(U6))) /* each side has heard of the other */
#define CLEARING     (S(U11) | S(U12) | S(U19))
#define LIVE	     (ESTABLISHING | S(U10) | S(U15) | S(U17))
#define ALL	     (LIVE | CLEARING | S(U31))

/* clang-format off */
static const struct i3_row rows[] = {
	/* states	     input		  decision	       task			next  clause */
	{ S(U0),	     IN_SETUP_REQ,	  NULL,		       T(setup_req),		U1,   "5.1.1" },

	/* outgoing call */
	{ S(U1),	     IN_SETUP_ACKNOWLEDGE, W(channel_bad),     T(channel_refused),	U19,  "5.1.2" },
	{ S(U1),	     IN_SETUP_ACKNOWLEDGE, W(no_overlap),	       T(overlap_refused),	U11,  "5.1.3" },
	{ S(U1),	     IN_SETUP_ACKNOWLEDGE, NULL,	       T(more_info_ind),	U2,   "5.1.3" },
	{ S(U2),	     IN_INFO_REQ,	  NULL,		       T(info_req_overlap),	SAME, "5.1.3" },
	{ S(U2),	     IN_PROGRESS,	  NULL,		       T(progress_ind),		SAME, "5.1.6" },
	{ S(U2),	     IN_T304,		  NULL,		       T(timer_disconnect),	U11,  "5.1.3 9.2 T304" },
	{ S(U1) | S(U2),     IN_CALL_PROCEEDING,  W(channel_bad),      T(channel_refused),	U19,  "5.1.2" },
	{ S(U1) | S(U2),     IN_CALL_PROCEEDING,  NULL,		       T(proceeding_ind),	U3,   "5.1.5.1" },
	{ S(U1),	     IN_PROGRESS,	  NULL,		       T(progress_first),	SAME, "5.1.6" },
	{ S(U1) | S(U2) | S(U3), IN_ALERTING,	  W(channel_bad),      T(channel_refused),	U19,  "5.1.2" },
	{ S(U1) | S(U2) | S(U3), IN_ALERTING,	  NULL,		       T(alerting_ind),		U4,   "5.1.7" },
	{ S(U1) | S(U2) | S(U3) | S(U4), IN_CONNECT,	  W(channel_bad),      T(channel_refused),	U19,  "5.1.2" },
	{ S(U1) | S(U2) | S(U3) | S(U4), IN_CONNECT,	  NULL,		       T(connect_ind),		U10,  "5.1.8" },
	{ S(U1),	     IN_T303,		  W(first_expiry),     T(setup_again),		SAME, "5.1.1" },
	{ S(U1),	     IN_T303,		  NULL,		       T(setup_failed_user),	U0,   "5.1.1" },
	{ S(U3),	     IN_PROGRESS,	  NULL,		       T(progress_ind),		SAME, "5.1.6" },
	{ S(U1) | S(U3),     IN_T310,		  NULL,		       T(timer_disconnect),	U11,  "9.2 T310" },
	{ S(U4),	     IN_PROGRESS,	  NULL,		       T(progress_late),	SAME, "5.1.6" },
	{ S(U4),	     IN_T301,		  NULL,		       T(timer_disconnect),	U11,  "9.2 T301" },

	/* incoming call */
	{ S(U6),	     IN_MORE_INFO_REQ,	  NULL,		       T(more_info_req),	U25,  "5.2.4" },
	{ S(U25),	     IN_INFORMATION,	  NULL,		       T(digits_ind),		SAME, "5.2.4" },
	{ S(U25),	     IN_T302,		  W(first_expiry),     T(digits_timeout),	SAME, "5.2.4 9.2 T302" },
	{ S(U25),	     IN_T302,		  NULL,		       T(digits_failed),	U11,  "5.2.4 9.2 T302" },
	{ S(U6) | S(U25),    IN_PROCEEDING_REQ,	  NULL,		       T(respond),		U9,   "5.2.5.1" },
	{ S(U6) | S(U9) | S(U25), IN_ALERTING_REQ,	  NULL,		       T(respond),		U7,   "5.2.5.1" },
	{ S(U6) | S(U7) | S(U9) | S(U25), IN_SETUP_RESP,	  NULL,		       T(connect_req_user),	U8,   "5.2.7" },
	{ S(U25),	     IN_PROGRESS_REQ,	  NULL,		       T(progress_overlap),	SAME, "5.2.6" },
	{ S(U7) | S(U9),     IN_PROGRESS_REQ,	  NULL,		       T(send_req),		SAME, "5.2.6" },
	{ S(U6),	     IN_CLEAR_REQ,	  NULL,		       T(reject),		U0,   "5.3.2 a" },
	{ S(U8),	     IN_CONNECT_ACKNOWLEDGE, NULL,	       T(connect_ack_ind),	U10,  "5.2.8" },
	{ S(U8),	     IN_T313,		  NULL,		       T(timer_disconnect),	U11,  "5.2.8" },

	/* active */
	{ S(U10),	     IN_CONNECT_ACKNOWLEDGE, NULL,	       NULL,			SAME, "5.1.8" },
	{ S(U10),	     IN_CONNECT,	  NULL,		       T(connect_again),	SAME, "5.1.8" },
	{ S(U4) | S(U7) | S(U8) | S(U10), IN_USER_INFORMATION, W(uui_open), T(user_info_ind), SAME, "7.1" },
	{ S(U4) | S(U7) | S(U8) | S(U10), IN_USER_INFORMATION, NULL, T(user_info_refused),	SAME, "7.1" },
	{ S(U4) | S(U7) | S(U10), IN_USER_INFO_REQ, NULL,	       T(user_info_req),	SAME, "7.1" },
	{ LIVE,		     IN_CONGESTION_CONTROL, NULL,	       T(congestion_ind),	SAME, "7.4" },
	{ S(U10),	     IN_T2_UUS3,	  NULL,		       T(t2_uus3),		SAME, "7.4" },

	/* services of user-to-user signalling */
	{ LIVE,		     IN_UUS_LOST,	  NULL,		       T(uus_lost),		U11,  "EN 300 286-1 9" },
	{ LIVE,		     IN_FACILITY,	  W(uus_facility),     T(uus_facility),		SAME, "EN 300 286-1 9" },
	{ S(U10),	     IN_T3_UUS3,	  NULL,		       T(uus_request_late),	SAME, "TS 23.087 5.1" },
	{ S(U10),	     IN_T1_UUS3,	  NULL,		       T(uus_answer_late),	SAME, "TS 23.087 5.1" },

	/* suspension and resumption */
	{ S(U10),	     IN_SUSPEND_REQ,	  W(can_suspend),	       T(suspend_req),		U15,  "5.6.1" },
	{ S(U15),	     IN_SUSPEND_ACKNOWLEDGE, NULL,	       T(suspend_conf),		U0,   "5.6.2" },
	{ S(U15),	     IN_SUSPEND_REJECT,	  NULL,		       T(suspend_refused),	U10,  "5.6.3" },
	{ S(U15),	     IN_T319,		  NULL,		       T(t319),			U10,  "5.6.3 9.2 T319" },
	{ S(U0),	     IN_RESUME_REQ,	  NULL,		       T(resume_req),		U17,  "5.6.4" },
	{ S(U17),	     IN_RESUME_ACKNOWLEDGE, W(channel_bad),    T(channel_refused),	U19,  "5.6.4" },
	{ S(U17),	     IN_RESUME_ACKNOWLEDGE, NULL,	       T(resume_conf),		U10,  "5.6.4" },
	{ S(U17),	     IN_RESUME_REJECT,	  NULL,		       T(release_done),		U0,   "5.6.5" },
	{ S(U17),	     IN_T318,		  W(never_sent),       T(resume_unsent),	U0,   "5.6.5 5.8.9" },
	{ S(U17),	     IN_T318,		  NULL,		       T(t318),			U19,  "5.6.5 9.2 T318" },

	/* clearing */
	{ LIVE & ~(S(U1) | S(U6)), IN_DISCONNECT_REQ, NULL,	       T(disconnect_with),	U11,  "5.3.3" },
	{ S(U1),	     IN_DISCONNECT_REQ,	  W(heard),	       T(disconnect_with),	U11,  "5.3.3" },
	{ S(U1) | S(U17),    IN_CLEAR_REQ,	  W(never_sent),       T(abandon),		U0,   "5.3.2 5.8.9" },
	{ LIVE,		     IN_CLEAR_REQ,	  NULL,		       T(disconnect_req),	U11,  "5.3.3" },
	{ LIVE,		     IN_DISCONNECT,	  NULL,		       T(disconnect_ind),	U12,  "5.3.4.1" },
	{ S(U11),	     IN_CLEAR_REQ,	  NULL,		       T(clearing_already),	SAME, "5.3.3" },
	{ S(U11),	     IN_DISCONNECT,	  NULL,		       T(disconnect_collision),	U19,  "5.3.5" },
	{ S(U11),	     IN_RELEASE,	  NULL,		       T(release_rx),		U0,   "5.3.3" },
	{ S(U11),	     IN_T305,		  NULL,		       T(t305),			U19,  "5.3.3" },
	{ S(U12),	     IN_CLEAR_REQ,	  NULL,		       T(release_req),		U19,  "5.3.4.1" },
	{ S(U12),	     IN_DISCONNECT,	  NULL,		       NULL,			SAME, "5.3.4.1" },
	{ S(U12),	     IN_RELEASE,	  NULL,		       T(release_rx),		U0,   "5.3.4.1" },
	{ S(U19),	     IN_CLEAR_REQ,	  NULL,		       T(clearing_already),	SAME, "5.3.3" },
	{ S(U19),	     IN_RELEASE,	  NULL,		       T(release_done),		U0,   "5.3.5" },
	{ S(U19),	     IN_RELEASE_COMPLETE, NULL,		       T(release_done),		U0,   "5.3.3" },
	{ S(U19),	     IN_DISCONNECT,	  NULL,		       NULL,			SAME, "5.3.5" },
	{ S(U19),	     IN_T308,		  W(first_expiry),     T(t308_first),		SAME, "5.3.3" },
	{ S(U19),	     IN_T308,		  NULL,		       T(t308_second),		U0,   "5.3.3" },
	{ LIVE,		     IN_RELEASE,	  NULL,		       T(release_rx),		U0,   "5.3.4 5.8.4" },
	{ LIVE | S(U11) | S(U12), IN_RELEASE_COMPLETE, NULL,	       T(release_complete_rx),	U0,   "5.3.2 5.8.4" },

	/* any state */
	{ ALL,		     IN_SETUP,		  NULL,		       NULL,			SAME, "5.8.3.2 e" },
	{ ANSWERED | S(U10) | S(U11) | S(U12), IN_INFO_REQ,	  NULL,		       T(send_req),		SAME, "5.1.6 5.2.4" },
	{ ANSWERED | S(U10), IN_NOTIFY_REQ,	  NULL,		       T(send_req),		SAME, "5.9" },
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
	{ ANSWERED | S(U1) | S(U10) | S(U31), IN_FACILITY_REQ, NULL, T(send_req),		SAME, "Q.932 6.3.1" },
	{ ALL,		     IN_STATUS_ENQUIRY,	  NULL,		       T(status_enquiry_rx),	SAME, "5.8.10" },
	{ ALL,		     IN_STATUS,		  W(status_null),      T(status_null),		U0,   "5.8.11" },
	{ LIVE,		     IN_STATUS,		  W(status_doubtful),  T(status_doubt),		SAME, "5.8.11" },
	{ S(U10),	     IN_STATUS,		  W(status_connect_lost), T(status_connect_again), SAME, "5.8.11" },
	{ LIVE,		     IN_STATUS,		  W(status_incompatible), T(status_incompatible), U11, "5.8.11" },
	{ LIVE,		     IN_STATUS,		  NULL,		       T(status_ind),		SAME, "5.8.11" },
	{ CLEARING | S(U31), IN_STATUS,	  NULL,		       NULL,			SAME, "5.8.11" },
	{ LIVE,		     IN_STATUS_ENQUIRY_REQ, NULL,	       T(enquire),		SAME, "5.8.10" },
	{ LIVE,		     IN_T322,		  W(first_enquiry),    T(enquire_again),	SAME, "5.8.10" },
	{ LIVE,		     IN_T322,		  NULL,		       T(enquiry_failed),	U11,  "5.8.10" },

	/* connections without a call */
	{ S(U0),	     IN_REGISTER_REQ,	  NULL,		       T(send_req),		U31,  "Q.932 6.3.2" },
	{ S(U31),	     IN_CLEAR_REQ,	  NULL,		       T(reject),		U0,   "Q.932 6.3.2" },
	{ S(U31),	     IN_RELEASE_COMPLETE, NULL,		       T(release_done),		U0,   "Q.932 6.3.2" },
	{ S(U31),	     IN_RELEASE,	  NULL,		       T(release_rx),		U0,   "Q.932 6.3.2" },

	{ LIVE,		     IN_CHANNEL_REFUSED,  NULL,		       T(channel_disconnect),	U11,  "Q.932 6.2.3" },
	{ ALL,		     IN_RESTARTED,	  NULL,		       T(restarted),		U0,   "5.5" },

	/* data link */
	{ S(U10),	     IN_DL_ESTABLISH_IND, NULL,		       T(link_back),		SAME, "5.8.8" },
	{ S(U10),	     IN_DL_ESTABLISH_CONF, NULL,	       T(link_back),		SAME, "5.8.9" },
	{ S(U2) | S(U25),    IN_DL_ESTABLISH_IND, NULL,		       T(overlap_reset),	U11,  "5.8.8" },
	{ LIVE & ~(S(U1) | S(U17)), IN_DL_ESTABLISH_IND, NULL,	       T(enquire),		SAME, "5.8.8" },
	{ ALL,		     IN_DL_ESTABLISH_IND, NULL,		       NULL,			SAME, "5.8.8" },
	{ ALL,		     IN_DL_ESTABLISH_CONF, NULL,	       NULL,			SAME, "5.8.9" },
	{ LIVE & ~(S(U1) | S(U17)), IN_DL_RESET,	  NULL,		       T(enquire),		SAME, "5.8.8 5.8.10" },
	{ ALL,		     IN_DL_RESET,	  NULL,		       NULL,			SAME, "5.8.8" },
	{ S(U10),	     IN_DL_RELEASE_IND,	  W(t309_used),	       T(link_lost_active),	SAME, "5.8.9" },
	{ ALL,		     IN_DL_RELEASE_IND,	  NULL,		       T(link_lost),		U0,   "5.8.9" },
	{ S(U10),	     IN_T309,		  NULL,		       T(t309),			U0,   "5.8.9" },
};
/* clang-format on */

_Static_assert(sizeof(rows) / sizeof(rows[0]) < UINT8_MAX, "i3_cc.first is of octets");
const struct i3_table i3_table_user = { rows, sizeof(rows) / sizeof(rows[0]), 'U' };
