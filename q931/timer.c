/* SPDX-License-Identifier: BSD-2-Clause */
/* The timers of layer 3, a row each: Q.931 9.1 and 9.2, Q.932 6.2, SERVICE, TS 23.087 5.1; in ms.
 */
#include "q931/cc.h"

#define NEEDED 10 /* ms at least, of a timer that can not be left out */

/* clang-format off */
const struct i3_timer_row i3_timers[ISDN_TIMER_COUNT] = {
	/*		    name	  user	  network	  from ... to */
	[ISDN_T301]	= { "t301",	{ 0,	  180000 },	  0,	  3600000 },
	[ISDN_T302]	= { "t302",	{ 15000,  15000 },	  NEEDED, 600000 },
	[ISDN_T303]	= { "t303",	{ 4000,	  4000 },	  NEEDED, 60000 },
	[ISDN_T304]	= { "t304",	{ 30000,  20000 },	  0,	  600000 },
	[ISDN_T305]	= { "t305",	{ 30000,  30000 },	  NEEDED, 600000 },
	[ISDN_T306]	= { "t306",	{ 30000,  30000 },	  NEEDED, 3600000 },
	[ISDN_T307]	= { "t307",	{ 180000, 180000 },	  NEEDED, 3600000 },
	[ISDN_T308]	= { "t308",	{ 4000,	  4000 },	  NEEDED, 60000 },
	[ISDN_T309]	= { "t309",	{ 90000,  90000 },	  0,	  600000 },
	[ISDN_T310]	= { "t310",	{ 60000,  10000 },	  0,	  600000 },
	[ISDN_T312]	= { "t312",	{ 0,	  6000 },	  0,	  60000 },
	[ISDN_T313]	= { "t313",	{ 4000,	  0 },		  0,	  60000 },
	[ISDN_T314]	= { "t314",	{ 4000,	  4000 },	  NEEDED, 60000 },
	[ISDN_T316]	= { "t316",	{ 120000, 120000 },	  NEEDED, 600000 },
	[ISDN_T318]	= { "t318",	{ 4000,	  4000 },	  NEEDED, 60000 },
	[ISDN_T319]	= { "t319",	{ 4000,	  4000 },	  NEEDED, 60000 },
	[ISDN_T321]	= { "t321",	{ 30000,  30000 },	  NEEDED, 600000 },
	[ISDN_T322]	= { "t322",	{ 4000,	  4000 },	  NEEDED, 60000 },
	[ISDN_T_HOLD]	= { "thold",	{ 4000,	  4000 },	  NEEDED, 60000 },
	[ISDN_T_RETRIEVE] = { "tretrieve", { 4000, 4000 },	  NEEDED, 60000 },
	[ISDN_T_SERVICE] = { "tservice", { 4000,  4000 },	  NEEDED, 60000 },
	[ISDN_T1_UUS3]	= { "t1uus3",	{ 10000,  10000 },	  NEEDED, 60000 },
	[ISDN_T2_UUS3]	= { "t2uus3",	{ 10000,  10000 },	  NEEDED, 60000 },
	[ISDN_T3_UUS3]	= { "t3uus3",	{ 10000,  10000 },	  NEEDED, 60000 },
	[ISDN_T4_UUS3]	= { "t4uus3",	{ 10000,  10000 },	  NEEDED, 60000 },
};
/* clang-format on */

bool i3_timers_good(const uint32_t timer[ISDN_TIMER_COUNT])
{
	for (unsigned i = 0; i < ISDN_TIMER_COUNT; i++)
		if (i3_timers[i].min && !timer[i])
			return false;
	return true;
}

const char *isdn_timer_name(enum isdn_timer_id timer)
{
	return (unsigned)timer < ISDN_TIMER_COUNT ? i3_timers[timer].name : NULL;
}
