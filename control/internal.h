/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The control socket, from the ground up: memory.c; out.c, what goes to a connection; object.c,
 * JSON of the library's structures; known.c, the calls of a connection's client; answer.c, members
 * and answers; query.c and act.c, what is asked and done; event.c, what happens; request.c, a row
 * a command; peer.c, a connection; listen.c, who may come; control.c, the socket.
 */
#ifndef CONTROL_INTERNAL_H
#define CONTROL_INTERNAL_H

#include <isdn/control.h>
#include <jansson.h>
#include <sys/types.h>

#define C_VERSION     1	   /* of the protocol */
#define C_LINE_MAX    8192 /* octets of a request */
#define C_TURN	      32   /* requests of one connection that are done before others have a turn */
#define C_OUT_MUCH    (32 * 1024) /* octets that wait: no further request is taken */
#define C_UUI_MAX     4096	  /* octets of UUI that are shown; a block may have more */
#define C_OBJECTS_MAX 1000	  /* of one answer */
#define C_OBJECT      1024	  /* octets that one may take, about */
/* Beside enum isdn_err, what a command answers. */
#define C_SYNTAX 1 /* the request itself is wrong */
#define C_LATER	 2 /* the answer comes with a reply */

struct ic_known { /* a call that the connection's client holds */
	uint64_t id;
	isdn_handle handle;
};

struct ic_pending { /* a request whose reply is to come */
	struct ic_pending *next;
	isdn_request request;
	const struct ic_command *command;
	json_t *tag; /* the asker's "id", NULL: none */
	json_t *not_cleared;
};

struct ic_peer {
	struct isdn_control *control;
	struct ic_peer *next;
	int fd;
	uid_t uid;
	pid_t pid;
	bool owner;		    /* may act */
	struct isdn_client *client; /* NULL: it has not asked for calls yet */
	struct ic_known *known;	    /* by id */
	size_t n_known, cap_known;
	struct ic_pending *pending;
	bool watching, tracing;
	unsigned trace_span; /* 0: all */
	bool ended;	     /* it sends no more */
	bool deaf;	     /* it reads no more */
	bool cut;	     /* to be closed */
	bool served;	     /* in this run */
	bool more;	     /* its turn is over, and there is more to do */
	uint32_t polled;     /* epoll events */
	size_t n_in;
	char *out;
	size_t out_at, n_out, cap_out; /* sent of n_out */
	char in[C_LINE_MAX];
};

struct isdn_control {
	struct isdn_watch watch; /* fd: the epoll set of all descriptors here */
	struct isdn_tap tap;
	struct isdn_registry *registry;
	struct isdn_mem mem;
	struct isdn_log log;
	char path[108], program[64];
	dev_t device; /* of the socket */
	ino_t inode;
	unsigned max_clients;
	size_t max_output;
	gid_t group;
	bool has_group, tapped;
	int listen_fd, again_fd, spare_fd; /* again: there is work that no descriptor tells of */
	struct ic_peer *peers;
	struct isdn_control_counters counters;
};

/* memory.c */
void ic_log(struct isdn_control *c, const struct ic_peer *p, enum isdn_log_level level,
	    const char *format, ...) ISDN_PRINTF(4, 5);
void ic_again(struct isdn_control *c);
struct isdn_mem ic_mem_of(const struct isdn_control_config *config);
/* Zeroed, NULL: none. ic_grown copies, and frees the old. */
void *ic_zeroed(const struct isdn_mem *mem, size_t size);
void *ic_alloc(const struct isdn_control *c, size_t size);
void ic_free(const struct isdn_control *c, void *memory);
void *ic_grown(const struct isdn_control *c, void *old, size_t used, size_t size);

/* out.c */
void ic_cut(struct ic_peer *p, const char *why); /* it will be closed */
/* Queue text, cutting the peer off where it reads too slowly. */
void ic_put(struct ic_peer *p, const char *text, size_t len);
/* Queue an object as a line; takes the reference. NULL: there was no memory, and it is cut. */
void ic_put_object(struct ic_peer *p, json_t *object);
size_t ic_waits(const struct ic_peer *p); /* octets that were not sent yet */
/* It will read no more; what it asked before is done all the same. */
void ic_deafen(struct ic_peer *p);
bool ic_has_line(const struct ic_peer *p); /* that was received, and not done */
void ic_peer_flush(struct ic_peer *p);

/* known.c */
size_t ic_place(const struct ic_peer *p, uint64_t id);	   /* of the first that is not below it */
struct ic_known *ic_known(struct ic_peer *p, uint64_t id); /* NULL: it is none of the client's */
bool ic_learn(struct ic_peer *p, uint64_t id, isdn_handle handle);
void ic_forget(struct ic_peer *p, uint64_t id);

/* answer.c */
struct ic_command {
	const char *name;
	bool acts;  /* for owners */
	bool calls; /* needs the client */
	/*
	 * 0: answer is filled; C_LATER; C_SYNTAX or an enum isdn_err: *error says more, or nothing.
	 */
	int (*run)(struct ic_peer *p, const struct ic_command *command, const json_t *request,
		   json_t *answer, struct isdn_error *error);
};
/* The answer to a command; takes the reference to answer. */
void ic_answer(struct ic_peer *p, const struct ic_command *command, json_t *tag, int err,
	       const char *why, json_t *answer);
int ic_wrong(struct isdn_error *error, const char *format, ...) ISDN_PRINTF(2, 3);
/* How many objects an answer may have, so that it is no longer than what may wait. */
size_t ic_objects_max(const struct ic_peer *p);
/* Members of a request. 0; C_SYNTAX, with *error filled. An absent one leaves *value as it is. */
int ic_integer(const json_t *request, const char *name, int64_t min, int64_t max, int64_t *value,
	       struct isdn_error *error);
int ic_boolean(const json_t *request, const char *name, bool *value, struct isdn_error *error);
/* "span", which has to be there; 0: all. */
int ic_span(const struct ic_peer *p, const json_t *request, int64_t *span,
	    struct isdn_error *error);
/* The handle of the call that the request names. */
int ic_call(struct ic_peer *p, const json_t *request, isdn_handle *call, struct isdn_error *error);
/* A request that the call's state forbids: which state that is. */
void ic_wrong_state(struct ic_peer *p, isdn_handle call, struct isdn_error *error);

/* query.c */
int ic_list(struct ic_peer *, const struct ic_command *, const json_t *, json_t *,
	    struct isdn_error *);
int ic_show(struct ic_peer *, const struct ic_command *, const json_t *, json_t *,
	    struct isdn_error *);
int ic_spans(struct ic_peer *, const struct ic_command *, const json_t *, json_t *,
	     struct isdn_error *);
int ic_bridges(struct ic_peer *, const struct ic_command *, const json_t *, json_t *,
	       struct isdn_error *);
int ic_stats(struct ic_peer *, const struct ic_command *, const json_t *, json_t *,
	     struct isdn_error *);
int ic_leaks(struct ic_peer *, const struct ic_command *, const json_t *, json_t *,
	     struct isdn_error *);

/* act.c */
int ic_drop(struct ic_peer *, const struct ic_command *, const json_t *, json_t *,
	    struct isdn_error *);
int ic_dry_run(struct ic_peer *, const struct ic_command *, const json_t *, json_t *,
	       struct isdn_error *);
int ic_hold(struct ic_peer *, const struct ic_command *, const json_t *, json_t *,
	    struct isdn_error *);
int ic_uui(struct ic_peer *, const struct ic_command *, const json_t *, json_t *,
	   struct isdn_error *);
void ic_reply(struct ic_peer *p, const struct isdn_event *ev);
void ic_not_cleared(struct ic_peer *p, const struct isdn_event *ev);
void ic_pending_free(struct ic_peer *p);

/* event.c */
int ic_watch(struct ic_peer *, const struct ic_command *, const json_t *, json_t *,
	     struct isdn_error *);
int ic_trace(struct ic_peer *, const struct ic_command *, const json_t *, json_t *,
	     struct isdn_error *);
int ic_attach(struct ic_peer *p); /* have a client */
void ic_events(struct ic_peer *p);
void ic_tap_needed(struct isdn_control *c);

/* request.c: one line, without its end. */
void ic_request(struct ic_peer *p, const char *line, size_t len);

/* peer.c */
int ic_peer_new(struct isdn_control *c, int fd);
void ic_peer_serve(struct ic_peer *p, uint32_t events); /* read, answer, write */
void ic_peer_free(struct ic_peer *p);

/* listen.c */
void ic_accept(struct isdn_control *c);

/* object.c: new references; NULL where there was no memory. */
json_t *ic_text(const char *text); /* what is no printable ASCII or UTF-8 becomes "?" */
json_t *ic_hex(const uint8_t *octets, size_t len);
json_t *ic_object_of_call(struct ic_peer *p, isdn_handle call);
uint64_t ic_id_of(struct ic_peer *p, isdn_handle call);		     /* 0: none */
const char *ic_mode_name(enum isdn_call_state state, uint32_t mode); /* NULL: it has none */
/* Set a member, but one that says nothing is left out. */
void ic_set_number(json_t *o, const char *name, uint64_t value);
void ic_set_text(json_t *o, const char *name, const char *value);
void ic_set_true(json_t *o, const char *name, bool value);
void ic_set_uui(struct ic_peer *p, json_t *o, const char *name, isdn_handle call,
		enum isdn_uui_which which);
/* "INVALCALLSTATE" and what follows it. */
void ic_set_error(json_t *o, int err, const char *why);

#endif
