/* SPDX-License-Identifier: BSD-2-Clause */
/* Names for people. No default in the switches, so that the compiler reports a missing row. */
#include <isdn/registry.h>

#define NAME(prefix, name)                                                                         \
	case prefix##name:                                                                         \
		return #name

const char *isdn_call_state_name(enum isdn_call_state state)
{
	switch (state) {
		NAME(ISDN_CALL_, IDLE);
		NAME(ISDN_CALL_, OFFERING);
		NAME(ISDN_CALL_, ACCEPTED);
		NAME(ISDN_CALL_, DIALTONE);
		NAME(ISDN_CALL_, DIALING);
		NAME(ISDN_CALL_, RINGBACK);
		NAME(ISDN_CALL_, BUSY);
		NAME(ISDN_CALL_, SPECIALINFO);
		NAME(ISDN_CALL_, CONNECTED);
		NAME(ISDN_CALL_, PROCEEDING);
		NAME(ISDN_CALL_, ONHOLD);
		NAME(ISDN_CALL_, CONFERENCED);
		NAME(ISDN_CALL_, ONHOLDPENDCONF);
		NAME(ISDN_CALL_, ONHOLDPENDTRANSFER);
		NAME(ISDN_CALL_, DISCONNECTED);
		NAME(ISDN_CALL_, UNKNOWN);
	}
	return "none";
}

const char *isdn_disconnect_mode_name(uint32_t mode)
{
	switch ((enum isdn_disconnect_mode)mode) {
		NAME(ISDN_DISCONNECT_, NORMAL);
		NAME(ISDN_DISCONNECT_, UNKNOWN);
		NAME(ISDN_DISCONNECT_, REJECT);
		NAME(ISDN_DISCONNECT_, PICKUP);
		NAME(ISDN_DISCONNECT_, FORWARDED);
		NAME(ISDN_DISCONNECT_, BUSY);
		NAME(ISDN_DISCONNECT_, NOANSWER);
		NAME(ISDN_DISCONNECT_, BADADDRESS);
		NAME(ISDN_DISCONNECT_, UNREACHABLE);
		NAME(ISDN_DISCONNECT_, CONGESTION);
		NAME(ISDN_DISCONNECT_, INCOMPATIBLE);
		NAME(ISDN_DISCONNECT_, UNAVAIL);
		NAME(ISDN_DISCONNECT_, NODIALTONE);
		NAME(ISDN_DISCONNECT_, NUMBERCHANGED);
		NAME(ISDN_DISCONNECT_, OUTOFORDER);
		NAME(ISDN_DISCONNECT_, TEMPFAILURE);
		NAME(ISDN_DISCONNECT_, QOSUNAVAIL);
		NAME(ISDN_DISCONNECT_, BLOCKED);
		NAME(ISDN_DISCONNECT_, DONOTDISTURB);
		NAME(ISDN_DISCONNECT_, CANCELLED);
	}
	return "none";
}

const char *isdn_connected_mode_name(uint32_t mode)
{
	switch ((enum isdn_connected_mode)mode) {
		NAME(ISDN_MODE_, ACTIVE);
		NAME(ISDN_MODE_, INACTIVE);
		NAME(ISDN_MODE_, ACTIVEHELD);
		NAME(ISDN_MODE_, INACTIVEHELD);
		NAME(ISDN_MODE_, CONFIRMED);
	}
	return "none";
}

const char *isdn_outcome_name(enum isdn_outcome outcome)
{
	switch (outcome) {
		NAME(ISDN_OUTCOME_, NONE);
		NAME(ISDN_OUTCOME_, CLEARED);
		NAME(ISDN_OUTCOME_, REJECTED);
		NAME(ISDN_OUTCOME_, INACTIVE);
		NAME(ISDN_OUTCOME_, COLLAPSED);
		NAME(ISDN_OUTCOME_, LEFT);
		NAME(ISDN_OUTCOME_, TRANSFERRED);
	}
	return "none";
}

const char *isdn_source_name(enum isdn_source source)
{
	switch (source) {
	case ISDN_BY_LOCAL:
		return "local";
	case ISDN_BY_REMOTE:
		return "remote";
	case ISDN_BY_TIMER:
		return "timer";
	case ISDN_BY_LINK:
		return "link";
	case ISDN_BY_ERROR:
		return "error";
	case ISDN_BY_CASCADE:
		return "cascade";
	}
	return "none";
}
