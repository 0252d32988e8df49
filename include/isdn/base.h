/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * isdn/base.h - what every other header of libisdn stands on: time, errors,
 * and the hooks by which the library reaches its environment.
 *
 * Thread rule for the whole library: an object (a span, a registry and all
 * that was made with it) is used by one thread at a time. Two such objects
 * share nothing. The library holds no writable global data.
 */
#ifndef ISDN_BASE_H
#define ISDN_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define ISDN_API	  __attribute__((visibility("default")))
#define ISDN_PRINTF(f, a) __attribute__((format(printf, f, a)))
#else
#define ISDN_API
#define ISDN_PRINTF(f, a)
#endif

/*
 * Milliseconds on a monotonic clock of the caller's choosing; only differences
 * count. ISDN_NEVER means that there is no such time.
 */
typedef uint64_t isdn_time;
#define ISDN_NEVER UINT64_MAX

/*
 * What a function can answer. 0 is success, negative is an error; a function
 * that answers a count or a request id says so and answers it as a positive
 * number. Three families: below -100 the caller asked for something that can
 * not be done now; -100 to -199 the far end (a frame, a message) was at fault;
 * -200 to -299 the device was; from -500 on the library itself could not go on.
 */
enum isdn_err {
	ISDN_OK = 0,

	ISDN_ERR_INVAL = -1,		    /* an argument is out of range */
	ISDN_ERR_UNINITIALIZED = -2,	    /* no client: NULL was passed for one */
	ISDN_ERR_INVALCALLHANDLE = -3,	    /* handle unknown, stale or deallocated */
	ISDN_ERR_NOTOWNER = -4,		    /* the handle has monitor privilege only */
	ISDN_ERR_INVALCALLSTATE = -5,	    /* not possible in the call's present state */
	ISDN_ERR_INVALPOINTER = -6,	    /* NULL where data is required */
	ISDN_ERR_USERUSERINFOTOOBIG = -7,   /* more UUI than the provider carries */
	ISDN_ERR_OPERATIONUNAVAIL = -8,	    /* the provider can not do this (here, now) */
	ISDN_ERR_OPERATIONFAILED = -9,	    /* it was tried, or cancelled, and failed */
	ISDN_ERR_RESOURCEUNAVAIL = -10,	    /* no channel, no call reference, no slot */
	ISDN_ERR_INVALCONFCALLHANDLE = -11, /* the handle is not a conference */
	ISDN_ERR_CONFERENCEFULL = -12,	    /* the conference has its maximum of parties */
	ISDN_ERR_NOCONFERENCE = -13,	    /* the call belongs to no conference */
	ISDN_ERR_INUSE = -14,		    /* somebody else has it */
	ISDN_ERR_AGAIN = -15,		    /* queue full or link down: take what is due first */
	ISDN_ERR_NOSPC = -16,		    /* the buffer passed is too small */
	ISDN_ERR_SPEC = -17,		    /* a span string has a mistake */
	ISDN_ERR_MSGTOOLONG = -18,	    /* the message is longer than N201 of the data link */

	ISDN_ERR_TRUNCATED = -100,     /* frame or message ends too early (Q.931 5.8.2) */
	ISDN_ERR_DISCRIMINATOR = -101, /* protocol discriminator (5.8.1) */
	ISDN_ERR_CALLREF = -102,       /* call reference format (5.8.3.1) */
	ISDN_ERR_MSGTYPE = -103,       /* message type unknown (5.8.4) */
	ISDN_ERR_IE_MISSING = -104,    /* mandatory element missing (5.8.6.1) */
	ISDN_ERR_IE_CONTENT = -105,    /* element content in error (5.8.6.2, 5.8.7.2) */
	ISDN_ERR_FRAME = -106,	       /* layer 2 frame invalid (Q.921 2.9) */
	ISDN_ERR_UUI_CONTENT = -107,  /* user-user information, or a header with it, is malformed */
	ISDN_ERR_UUI_PACKAGE = -108,  /* a User-to-User value of another package: skip it */
	ISDN_ERR_UUI_ENCODING = -109, /* a User-to-User value in another encoding than hex */

	ISDN_ERR_NODEV = -200,	 /* no such device, channel, path or driver */
	ISDN_ERR_BUSY = -201,	 /* another program has the device open */
	ISDN_ERR_ACCESS = -202,	 /* permission denied */
	ISDN_ERR_DEVTYPE = -203, /* the device is not what is needed (not a D-channel) */
	ISDN_ERR_IO = -204,	 /* reading or writing failed */
	ISDN_ERR_REMOVED = -205, /* the device went away, the far end closed */

	ISDN_ERR_NOMEM = -500,	 /* the allocator answered NULL; nothing was changed */
	ISDN_ERR_INTERNAL = -501 /* a bug of this library: please report it */
};

/*
 * The name and meaning of an error in one English line without a full stop,
 * "INVALCALLSTATE: not possible in the call's present state". Never NULL; an
 * unknown number gives "unknown error". The string is static.
 */
ISDN_API const char *isdn_strerror(int err);

/* True for the errors after which the object must be given up (-500 and below). */
ISDN_API bool isdn_err_is_fatal(int err);

/*
 * An error that names the thing, the place and the remedy, for the functions
 * that deal with strings, files and devices. Storage is the caller's; wherever
 * a function takes one, NULL means that the text is not wanted.
 */
struct isdn_error {
	int code;	/* enum isdn_err, as returned */
	char text[400]; /* one line, always terminated */
};

/*
 * Memory hook. alloc answers NULL when there is none; free takes NULL. The
 * library never resizes. All-NULL means malloc and free.
 */
struct isdn_mem {
	void *(*alloc)(void *arg, size_t size);
	void (*free)(void *arg, void *ptr);
	void *arg;
};

enum isdn_log_level { ISDN_LOG_ERROR, ISDN_LOG_WARNING, ISDN_LOG_INFO, ISDN_LOG_DEBUG };
enum isdn_log_area {
	ISDN_AREA_Q921,	    /* layer 2 states, MDL-ERROR */
	ISDN_AREA_Q931,	    /* layer 3 states, faults in messages */
	ISDN_AREA_REGISTRY, /* calls, conferences, requests */
	ISDN_AREA_DRIVER    /* devices and alarms */
};

/*
 * Log hook. line is finished, without a line feed, and terminated; it is valid
 * during the call only. Lines above max_level are not even formatted. The hook
 * must not call back into the library. write NULL means no log.
 */
struct isdn_log {
	void (*write)(void *arg, enum isdn_log_level level, enum isdn_log_area area,
		      const char *line, size_t len);
	enum isdn_log_level max_level;
	void *arg;
};

enum isdn_trace_dir { ISDN_TRACE_IN, ISDN_TRACE_OUT };

/*
 * Trace hook: each layer 2 frame as it leaves or arrives, without flags and
 * FCS. tag is the number that the span was configured with, net is true when
 * we are the network side. frame is valid during the call only. The hook must
 * not call back into the library.
 */
struct isdn_trace {
	void (*frame)(void *arg, unsigned tag, bool net, enum isdn_trace_dir dir,
		      const uint8_t *frame, size_t len, isdn_time now);
	void *arg;
};

/*
 * The environment of a span or registry, copied when it is made. All zero is a
 * good environment: libc's memory, no log, no trace, the system's clock.
 */
struct isdn_env {
	struct isdn_mem mem;
	struct isdn_log log;
	struct isdn_trace trace;
	/*
	 * 32 random bits, for Ri of Q.921 5.3.2. A point-to-point link has no TEI
	 * management and asks for none. NULL: a sequence that is the same each time, so
	 * two terminals at one bus want a hook; a registry without a clock hook asks the
	 * system.
	 */
	uint32_t (*random)(void *arg);
	void *random_arg;
	/*
	 * The time; used by a registry only (a span is told the time by its
	 * caller). NULL: CLOCK_MONOTONIC. With a clock of its own the registry
	 * arms no kernel timer, so a program can run it in virtual time.
	 */
	isdn_time (*clock)(void *arg);
	void *clock_arg;
};

/* The version of the library that is running, "0.1.0". The string is static. */
ISDN_API const char *isdn_version(void);

#ifdef __cplusplus
}
#endif
#endif
