/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * TEI management, Q.921 5.3, as rows {states, input, decision, task, next state,
 * clause}: one table for the user (and for point to point, where the TEI is
 * fixed), one for the network. They are read as those of Annex B are.
 */
#include "q921/internal.h"

#define T(name)	   i2_mtask_##name
#define W(name)	   i2_mwhen_##name
#define FREE	   S(M_FREE)
#define REQUESTING S(M_REQUESTING)
#define ASSIGNED   S(M_ASSIGNED)
#define VERIFYING  S(M_VERIFYING)
#define CHECKING   S(M_CHECKING)
#define HELD	   (ASSIGNED | VERIFYING | CHECKING)
#define ALL	   (FREE | REQUESTING | HELD)

/* clang-format off */
static const struct i2_mgmt_row user[] = {
	/* states		  input		       decision		   task			next	      clause */

	/* assignment */
	{ FREE,			  MI_ASSIGN_IND,       NULL,		   T(request),		M_REQUESTING, "5.3.2" },
	{ REQUESTING | HELD,	  MI_ASSIGN_IND,       NULL,		   NULL,		M_SAME,	      "5.3.2" },
	{ REQUESTING,		  MI_ASSIGNED,	       W(ours),		   T(take_tei),		M_ASSIGNED,   "5.3.2" },
	{ ASSIGNED,		  MI_ASSIGNED,	       W(taken_twice),	   T(verify),		M_VERIFYING,  "5.3.5.1" },
	{ ALL,			  MI_ASSIGNED,	       NULL,		   NULL,		M_SAME,	      "5.3.2" },
	{ REQUESTING,		  MI_DENIED,	       W(ours_denied),	   T(request_failed),	M_FREE,	      "5.3.2" },
	{ ALL,			  MI_DENIED,	       NULL,		   NULL,		M_SAME,	      "5.3.2" },
	{ REQUESTING,		  MI_TIMER,	       W(request_retry),   T(request_again),	M_SAME,	      "5.3.2.1" },
	{ REQUESTING,		  MI_TIMER,	       NULL,		   T(request_failed),	M_FREE,	      "5.3.2.1" },
	{ REQUESTING,		  MI_PH_ACTIVATE,      NULL,		   T(request),		M_SAME,	      "5.3.2" },
	{ REQUESTING,		  MI_PH_DEACTIVATE,    NULL,		   T(request_failed),	M_FREE,	      "5.3.2" },

	/* check */
	{ VERIFYING,		  MI_CHECK_REQUEST,    W(concerned),	   T(verified),		M_ASSIGNED,   "5.3.3.2 5.3.5.2" },
	{ HELD,			  MI_CHECK_REQUEST,    W(concerned),	   T(check_response),	M_SAME,	      "5.3.3.2" },
	{ ALL,			  MI_CHECK_REQUEST,    NULL,		   NULL,		M_SAME,	      "5.3.3.2" },

	/* removal; a fixed TEI stays, and the user is told */
	{ HELD,			  MI_REMOVE,	       W(concerned),	   T(remove),		M_FREE,	      "5.3.4.2" },
	{ HELD,			  MI_REMOVE,	       W(concerned_fixed), T(remove_fixed),	M_SAME,	      "5.3.4.2" },
	{ ALL,			  MI_REMOVE,	       NULL,		   NULL,		M_SAME,	      "5.3.4.2" },

	/* verification */
	{ ASSIGNED,		  MI_ERROR_IND,	       W(can_verify),	   T(verify),		M_VERIFYING,  "5.3.5.1" },
	{ ALL,			  MI_ERROR_IND,	       NULL,		   NULL,		M_SAME,	      "5.3.5.1" },
	{ VERIFYING,		  MI_TIMER,	       W(second_try),	   T(verify_again),	M_SAME,	      "5.3.5.2" },
	{ VERIFYING,		  MI_TIMER,	       NULL,		   T(remove),		M_FREE,	      "5.3.5.2" },

	{ VERIFYING,		  MI_PH_DEACTIVATE,    NULL,		   NULL,		M_ASSIGNED,   "5.3.5.2" },

	/* what has no effect */
	{ FREE | ASSIGNED | CHECKING, MI_TIMER,	       NULL,		   NULL,		M_SAME,	      "-" },
	{ ALL & ~REQUESTING,	  MI_PH_ACTIVATE,      NULL,		   NULL,		M_SAME,	      "-" },
	{ FREE | ASSIGNED | CHECKING, MI_PH_DEACTIVATE, NULL,		   NULL,		M_SAME,	      "-" },
	{ ALL,			  MI_REQUEST,	       NULL,		   NULL,		M_SAME,	      "5.3.1" },
	{ ALL,			  MI_CHECK_RESPONSE,   NULL,		   NULL,		M_SAME,	      "5.3.1" },
	{ ALL,			  MI_VERIFY,	       NULL,		   NULL,		M_SAME,	      "5.3.1" },
	{ ALL,			  MI_FRAME,	       NULL,		   NULL,		M_SAME,	      "-" },
	{ ALL,			  MI_CHECK_ORDER,      NULL,		   NULL,		M_SAME,	      "-" },
	{ ALL,			  MI_CHECK_ALL_ORDER,  NULL,		   NULL,		M_SAME,	      "-" },
	{ ALL,			  MI_REMOVE_ORDER,     NULL,		   NULL,		M_SAME,	      "-" },
};

static const struct i2_mgmt_row network[] = {
	/* states		  input		       decision		   task			next	      clause */

	/* assignment */
	{ FREE,			  MI_REQUEST,	       W(any_wanted),	   T(assign),		M_ASSIGNED,   "5.3.2" },
	{ HELD,			  MI_REQUEST,	       W(repeated),	   T(assign_again),	M_SAME,	      "5.3.2" },
	{ ALL,			  MI_REQUEST,	       NULL,		   T(deny),		M_SAME,	      "5.3.2" },
	{ FREE,			  MI_FRAME,	       W(fixed),	   T(adopt),		M_ASSIGNED,   "5.3.1" },
	{ FREE,			  MI_FRAME,	       W(removal_due),	   T(order_removal),	M_SAME,	      "5.3.4" },
	{ ALL,			  MI_FRAME,	       NULL,		   NULL,		M_SAME,	      "5.3.4" },

	/* check */
	{ ASSIGNED,		  MI_CHECK_ORDER,      NULL,		   T(check),		M_CHECKING,   "5.3.3.1" },
	{ ASSIGNED,		  MI_CHECK_ALL_ORDER,  NULL,		   T(check_begun),	M_CHECKING,   "5.3.3.1" },
	{ ASSIGNED,		  MI_ERROR_IND,	       W(line),		   T(check),		M_CHECKING,   "5.3.3.1" },
	{ ASSIGNED,		  MI_VERIFY,	       NULL,		   T(check),		M_CHECKING,   "5.3.5.2" },
	{ CHECKING,		  MI_CHECK_RESPONSE,   W(same_response),   NULL,		M_SAME,	      "5.3.3.2" },
	{ CHECKING,		  MI_CHECK_RESPONSE,   NULL,		   T(count_response),	M_SAME,	      "5.3.3.2" },
	{ CHECKING,		  MI_TIMER,	       W(nobody_yet),	   T(check_again),	M_SAME,	      "5.3.3.2" },
	{ CHECKING,		  MI_TIMER,	       W(nobody),	   T(vacate),		M_FREE,	      "5.3.3.2" },
	{ CHECKING,		  MI_TIMER,	       W(one),		   NULL,		M_ASSIGNED,   "5.3.3.2" },
	{ CHECKING,		  MI_TIMER,	       NULL,		   T(order_removal_vacate), M_FREE,   "5.3.3.2 5.3.4" },

	/* a terminal has a TEI that is not assigned */
	{ FREE,			  MI_CHECK_RESPONSE,   W(removal_due),	   T(order_removal),	M_SAME,	      "5.3.4" },
	{ FREE,			  MI_VERIFY,	       W(removal_due),	   T(order_removal),	M_SAME,	      "5.3.4 5.3.5" },

	/* removal */
	{ HELD,			  MI_REMOVE_ORDER,     NULL,		   T(order_removal_vacate), M_FREE,   "5.3.4" },

	/* what has no effect */
	{ ALL & ~CHECKING,	  MI_TIMER,	       NULL,		   NULL,		M_SAME,	      "-" },
	{ ALL & ~CHECKING,	  MI_CHECK_RESPONSE,   NULL,		   NULL,		M_SAME,	      "5.3.3.2" },
	{ ALL & ~ASSIGNED,	  MI_VERIFY,	       NULL,		   NULL,		M_SAME,	      "5.3.5.2" },
	{ ALL,	  MI_ERROR_IND,	       NULL,		   NULL,		M_SAME,	      "5.3.3.1" },
	{ ALL & ~ASSIGNED,	  MI_CHECK_ORDER,      NULL,		   NULL,		M_SAME,	      "5.3.3.1" },
	{ ALL & ~ASSIGNED,	  MI_CHECK_ALL_ORDER,  NULL,		   NULL,		M_SAME,	      "5.3.3.1" },
	{ ALL & ~HELD,		  MI_REMOVE_ORDER,     NULL,		   NULL,		M_SAME,	      "5.3.4" },
	{ ALL,			  MI_ASSIGN_IND,       NULL,		   NULL,		M_SAME,	      "-" },
	{ ALL,			  MI_ASSIGNED,	       NULL,		   NULL,		M_SAME,	      "5.3.1" },
	{ ALL,			  MI_DENIED,	       NULL,		   NULL,		M_SAME,	      "5.3.1" },
	{ ALL,			  MI_CHECK_REQUEST,    NULL,		   NULL,		M_SAME,	      "5.3.1" },
	{ ALL,			  MI_REMOVE,	       NULL,		   NULL,		M_SAME,	      "5.3.1" },
	{ ALL,			  MI_PH_ACTIVATE,      NULL,		   NULL,		M_SAME,	      "-" },
	{ CHECKING,			  MI_PH_DEACTIVATE,    NULL,		   NULL,		M_ASSIGNED,	      "5.3.3.2" },
	{ ALL & ~CHECKING,			  MI_PH_DEACTIVATE,    NULL,		   NULL,		M_SAME,	      "-" },
};
/* clang-format on */

const struct i2_mgmt_table i2_mgmt_user = { user, sizeof(user) / sizeof(user[0]) };
const struct i2_mgmt_table i2_mgmt_network = { network, sizeof(network) / sizeof(network[0]) };
