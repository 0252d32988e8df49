/* SPDX-License-Identifier: BSD-2-Clause */
/* Error numbers as text; and the version. */
#include <isdn/base.h>

#ifndef ISDN_VERSION_STRING
#define ISDN_VERSION_STRING "0.1.0"
#endif

#define ROW(name, text)                                                                            \
	case ISDN_ERR_##name:                                                                      \
		return #name ": " text

/* No default: the compiler reports a missing row. */
const char *isdn_strerror(int err)
{
	switch ((enum isdn_err)err) {
	case ISDN_OK:
		return "OK: success";
		ROW(INVAL, "an argument is out of range");
		ROW(UNINITIALIZED, "no client: NULL was passed for one");
		ROW(INVALCALLHANDLE, "handle unknown, stale or deallocated");
		ROW(NOTOWNER, "the handle has monitor privilege only");
		ROW(INVALCALLSTATE, "not possible in the call's present state");
		ROW(INVALPOINTER, "NULL where data is required");
		ROW(USERUSERINFOTOOBIG,
		    "more UUI than the line carries: at most uui_max octets (isdn_caps)");
		ROW(OPERATIONUNAVAIL, "the provider can not do this (here, now)");
		ROW(OPERATIONFAILED, "it was tried, or cancelled, and failed");
		ROW(RESOURCEUNAVAIL, "no channel, no call reference, no slot");
		ROW(INVALCONFCALLHANDLE, "the handle is not a conference");
		ROW(CONFERENCEFULL, "the conference has its maximum of parties");
		ROW(NOCONFERENCE, "the call belongs to no conference");
		ROW(INUSE, "somebody else has it");
		ROW(AGAIN, "queue full or link down: take what is due first");
		ROW(NOSPC, "the buffer passed is too small");
		ROW(SPEC, "a span string has a mistake");
		ROW(MSGTOOLONG, "the message is longer than N201 of the data link");
		ROW(TRUNCATED, "frame or message ends too early (Q.931 5.8.2)");
		ROW(DISCRIMINATOR, "protocol discriminator (5.8.1)");
		ROW(CALLREF, "call reference format (5.8.3.1)");
		ROW(MSGTYPE, "message type unknown (5.8.4)");
		ROW(IE_MISSING, "mandatory element missing (5.8.6.1)");
		ROW(IE_CONTENT, "element content in error (5.8.6.2, 5.8.7.2)");
		ROW(FRAME, "layer 2 frame invalid (Q.921 2.9)");
		ROW(UUI_CONTENT, "user-user information, or a header with it, is malformed");
		ROW(UUI_PACKAGE, "a User-to-User value of another package: skip it");
		ROW(UUI_ENCODING, "a User-to-User value in another encoding than hex");
		ROW(NODEV, "no such device, channel, path or driver");
		ROW(BUSY, "another program has the device open");
		ROW(ACCESS, "permission denied");
		ROW(DEVTYPE, "the device is not what is needed (not a D-channel)");
		ROW(IO, "reading or writing failed");
		ROW(REMOVED, "the device went away, the far end closed");
		ROW(NOMEM, "the allocator answered NULL; nothing was changed");
		ROW(INTERNAL, "a bug of this library: please report it");
	}
	return "unknown error";
}

bool isdn_err_is_fatal(int err)
{
	return err <= ISDN_ERR_NOMEM;
}

const char *isdn_version(void)
{
	return ISDN_VERSION_STRING;
}
