/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * isdn/registry.h - calls as an application sees them: spans by name, clients,
 * handles, conferences, shared lines, and the drop.
 *
 * A registry holds spans (each a D-channel with its driver) and clients (each
 * an application's view: a name, a privilege, a queue of events). A client
 * acts on calls through handles; several clients can hold handles to one call.
 *
 *	poll isdn_registry_fd(); isdn_registry_process();
 *	while (isdn_client_next_event(client, &ev) == 1) ...
 *
 * Rules that hold for every request (a function that answers a request id):
 *  - it never blocks and calls nothing back;
 *  - the answer is a request id > 0, or an error < 0, and after an error
 *    nothing was changed, sent or queued;
 *  - exactly one event ISDN_EV_REPLY with that id follows, after the return.
 * The words and the requirement numbers (R-nn) are those of doc/conformance.md.
 *
 * A registry and all that was made with it belongs to one thread; only
 * isdn_registry_post may be called by others.
 */
#ifndef ISDN_REGISTRY_H
#define ISDN_REGISTRY_H

#include <isdn/bridge.h>
#include <isdn/call.h>
#include <isdn/client.h>
#include <isdn/conference.h>

#ifdef __cplusplus
extern "C" {
#endif

struct isdn_registry_config {
	size_t size;		 /* set by isdn_registry_config_init */
	unsigned max_parties;	 /* of a conference, 64; 1..16777215 */
	unsigned max_uui_blocks; /* per call, USER INFORMATION messages that wait to be read,
				    64; 1..65535 */
	/*
	 * A call that no client owns is kept, and given to the next owner that opens (D6). A cause
	 * of Q.850 here: it is cleared with that cause instead. Default 0.
	 */
	uint8_t drop_unowned;
};
ISDN_API void isdn_registry_config_init(struct isdn_registry_config *config);

/* config and env may be NULL. INVAL, NOMEM, IO (no descriptor for polling left: raise the limit).
 */
ISDN_API int isdn_registry_new(struct isdn_registry **registry,
			       const struct isdn_registry_config *config,
			       const struct isdn_env *env);

/*
 * Free the registry with its spans, clients, calls and events. Nothing is sent:
 * drop the calls and wait for their IDLE first. What was never deallocated is
 * named in the log. NULL is allowed.
 */
ISDN_API void isdn_registry_free(struct isdn_registry *registry);

/* A descriptor that is readable when isdn_registry_process has work. The registry's: do not close
 * it. */
ISDN_API int isdn_registry_fd(const struct isdn_registry *registry);

/* When process wants to be called though the descriptor is silent; for loops in virtual time. */
ISDN_API isdn_time isdn_registry_next_timeout(const struct isdn_registry *registry);

/*
 * Read and write what can be, run the timers that are due, jobs and watches. 0, INVALPOINTER, or
 * OPERATIONUNAVAIL (from within a job or a watch)
 */
ISDN_API int isdn_registry_process(struct isdn_registry *registry);

/*
 * Open a span by a string, DRIVER:ADDRESS[,OPTION]...: "dahdi:16,net",
 * "loop:a,user", "socket:/path,user,fcs". isdn-span(7) lists the options.
 * *span receives its number (from 1). error may be NULL.
 * SPEC (error.text names the part and lists the choices), NODEV, BUSY, ACCESS,
 * DEVTYPE, IO, NOMEM, INVALPOINTER
 */
ISDN_API int isdn_registry_open_span(struct isdn_registry *registry, const char *spec,
				     unsigned *span, struct isdn_error *error);

/* Close a span; its calls end with cause 27, source ISDN_BY_LINK. INVAL: no such span. */
ISDN_API int isdn_registry_close_span(struct isdn_registry *registry, unsigned span);

/* What a span can do: octets of UUI (discriminator counted, 0: none) per request, and more. */
struct isdn_caps {
	unsigned uui_make, uui_accept, uui_answer, uui_drop, uui_send;
	bool reject_offering; /* an offered call can be refused */
	bool hold;	      /* a call can be held and retrieved */
	bool transfer;	      /* two calls can be joined at the far end */
	bool dial;	      /* digits can be sent after the call was made */
	uint8_t uus;	      /* services of UUI that the span provides, ISDN_UUS_BIT() */
};

struct isdn_span_info {
	const char *spec; /* valid until the span is closed */
	enum isdn_side side;
	bool up;    /* layer 2 established; network of a bus: calls can be offered */
	bool alarm; /* layer 1 lost */
	size_t calls;
	struct isdn_caps caps;
	struct isdn_span_counters counters;
};
ISDN_API int isdn_registry_span_info(const struct isdn_registry *registry, unsigned span,
				     struct isdn_span_info *info);

/*
 * The data links of a span, with state and counters, as isdn_span_links(): how many there are (at
 * most cap were written to out), or INVAL: no such span, INVALPOINTER.
 */
ISDN_API int isdn_registry_span_links(const struct isdn_registry *registry, unsigned span,
				      struct isdn_link *out, size_t cap);

/* Objects alive, for leak checks. */
struct isdn_registry_counts {
	size_t spans, clients, calls, handles, requests, events;
};
ISDN_API void isdn_registry_counts(const struct isdn_registry *registry,
				   struct isdn_registry_counts *counts);

/*
 * The state of everything as text, a line at a time without line feed, for
 * tools and bug reports. The hook must not call back into the library.
 */
ISDN_API void isdn_registry_print(const struct isdn_registry *registry,
				  void (*line)(void *arg, const char *text), void *arg);

/* A handle that keeps an ended call: what is never given back is a leak. */
struct isdn_leak {
	uint64_t id;	    /* isdn_call_info.id */
	const char *client; /* its name; valid until the client is closed */
	enum isdn_privilege privilege;
	unsigned span;
	char called[ISDN_DIGITS_MAX + 1], calling[ISDN_DIGITS_MAX + 1];
	isdn_time since; /* when the call became IDLE */
};

/*
 * Handles to calls that are IDLE, in the order of the calls: how many there are, at most
 * cap are written to out, which may be NULL when cap is 0.
 */
ISDN_API size_t isdn_registry_leaks(const struct isdn_registry *registry, struct isdn_leak *out,
				    size_t cap);

/*
 * Something that has a descriptor of its own and works with the registry, in the caller's memory,
 * which is not to be changed while it is watched: isdn_registry_fd is readable when fd is, and
 * each isdn_registry_process calls run once, after jobs and spans, in the order of adding. run
 * may use every function but isdn_registry_process and isdn_registry_free: also unwatch, of
 * itself and others; what it adds has its first turn in the next isdn_registry_process.
 */
struct isdn_watch {
	struct isdn_watch *next; /* the library's */
	int fd;			 /* readable: there is work; -1: none. epoll's for several */
	void (*run)(struct isdn_registry *registry, struct isdn_watch *watch);
};

/* INVALPOINTER, INVAL (it is watched already), IO (fd can not be polled, or is polled already) */
ISDN_API int isdn_registry_watch(struct isdn_registry *registry, struct isdn_watch *watch);
/* Before fd is closed, and before the registry is freed. One that is not there is left alone. */
ISDN_API void isdn_registry_unwatch(struct isdn_registry *registry, struct isdn_watch *watch);

/*
 * Each frame of each span, of those that are opened later too, as the trace hook has them and
 * after it; in the caller's memory. frame must not call back into the library, but for
 * isdn_registry_untap, and octets are valid during the call only.
 */
struct isdn_tap {
	struct isdn_tap *next; /* the library's */
	void (*frame)(struct isdn_tap *tap, unsigned span, bool net, enum isdn_trace_dir dir,
		      const uint8_t *octets, size_t len, isdn_time now);
};
/* Told in the order of adding. INVALPOINTER, INVAL (it is there already) */
ISDN_API int isdn_registry_tap(struct isdn_registry *registry, struct isdn_tap *tap);
/* One that is not there is left alone. */
ISDN_API void isdn_registry_untap(struct isdn_registry *registry, struct isdn_tap *tap);

/* The time by the registry's clock, which events and isdn_call_status.since are told in. */
ISDN_API isdn_time isdn_registry_now(const struct isdn_registry *registry);

/*
 * Across threads. A job is the caller's memory and is not to be touched from
 * isdn_registry_post until its run was called: by the thread that next calls
 * isdn_registry_process, in the order of posting of each thread, with the registry, of
 * which it may use every function but isdn_registry_process and isdn_registry_free. A
 * registry that is freed first calls run with registry NULL: only to give back the memory.
 */
struct isdn_job {
	struct isdn_job *next; /* the library's */
	void (*run)(struct isdn_registry *registry, struct isdn_job *job);
};

/*
 * Post a job from any thread, and wake the thread that polls isdn_registry_fd. Never
 * blocks, allocates nothing. The caller sees to it that the registry is not freed
 * meanwhile. INVALPOINTER
 */
ISDN_API int isdn_registry_post(struct isdn_registry *registry, struct isdn_job *job);

#ifdef __cplusplus
}
#endif
#endif
