/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * isdn/control.h - a Unix socket on which a program shows its registry, and lets those who may
 * drop its calls: q931-drop(1) and others that speak isdn-control(5). isdn_control(3).
 *
 * It is a library of its own, libisdn-control, that stands on the public interface of libisdn and
 * on jansson. Nothing is opened unless the program does. Each connection is a client of the
 * registry, a monitor that may become owner. isdn_registry_fd and isdn_registry_process serve it
 * too: nothing else is to be polled. The thread rule is that of the registry.
 */
#ifndef ISDN_CONTROL_H
#define ISDN_CONTROL_H

#include <isdn/registry.h>

#ifdef __cplusplus
extern "C" {
#endif

struct isdn_control;

struct isdn_control_config {
	size_t size;	  /* set by isdn_control_config_init */
	const char *path; /* of the socket, at most 107 octets; q931-drop looks at
			     /run/isdn/control */
	/*
	 * Who may connect: the mode of the socket, 0600. Whoever can connect may look; to act takes
	 * the user that the program runs as, root, or a member of group.
	 */
	unsigned mode;
	const char *group;    /* name or number, which becomes the socket's group; NULL: none */
	const char *program;  /* what the greeting says; NULL: "" */
	unsigned max_clients; /* connections at a time, 32; 1..1024 */
	size_t max_output;    /* octets that may wait for a reader before it is cut off, 1 MiB;
				 at least 64 KiB */
	struct isdn_mem mem;  /* all zero: malloc. The JSON is jansson\'s, and has its memory */
	struct isdn_log log;  /* connections, and every request that acts, with user and process;
				 all zero: no log */
};
ISDN_API void isdn_control_config_init(struct isdn_control_config *config);

/*
 * Open the socket. A socket that is left of a program that is gone is replaced. error may be
 * NULL; its text names the path and the remedy. *control is the caller's to close.
 *
 * INVALPOINTER  an argument, or config->path, is NULL
 * INVAL	 a field is out of range, the path too long, or the group unknown
 * INUSE	 another program serves that path, or something else than a socket has its name
 * ACCESS	 the directory is not to be written
 * NODEV	 there is no such directory
 * IO		 no descriptor is left, or the socket failed otherwise
 * NOMEM
 */
ISDN_API int isdn_control_open(struct isdn_registry *registry,
			       const struct isdn_control_config *config,
			       struct isdn_control **control, struct isdn_error *error);

/*
 * Disconnect everybody and remove the socket, before the registry is freed. What was asked for
 * goes on; calls are not dropped. NULL is allowed.
 */
ISDN_API void isdn_control_close(struct isdn_control *control);

struct isdn_control_counters {
	unsigned clients;  /* connected now */
	uint64_t accepted; /* connections so far */
	uint64_t refused;  /* for want of room */
	uint64_t cut;	   /* they read too slowly, or sent what is no request line */
	uint64_t requests; /* lines that were answered */
};
/* What it has done. INVALPOINTER */
ISDN_API int isdn_control_counters(const struct isdn_control *control,
				   struct isdn_control_counters *counters);

#ifdef __cplusplus
}
#endif
#endif
