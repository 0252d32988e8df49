/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Layer 3 call control of one interface (Q.931 clause 5, Annex A), sans I/O.
 *
 * Messages, data link primitives, requests and the time go in; data link
 * primitives and call primitives (struct isdn_span_event) are pulled out.
 */
#ifndef I3_CC_H
#define I3_CC_H

#include <isdn/span.h>

struct i3_cc;

/* The list of timers (clause 9), timer.c. */
struct i3_timer_row {
	const char *name;  /* of the option in span strings; its digits are the diagnostic of 102 */
	uint32_t value[2]; /* by side, 0: not used */
	uint32_t min, max; /* as an option; min 0: it may be left out */
};
extern const struct i3_timer_row i3_timers[ISDN_TIMER_COUNT];
/* None that is needed is 0. */
bool i3_timers_good(const uint32_t timer[ISDN_TIMER_COUNT]);

/* What a variant has of its own in a span's configuration; false: there is no such variant. */
struct i3_profile {
	bool symmetrical; /* both are users of each other */
	bool ulaw;
	uint8_t location; /* of a user */
	bool uus;	  /* it has components for user-to-user services */
};
bool i3_profile(enum isdn_variant variant, struct i3_profile *profile);

struct i3_config {
	enum isdn_side side;
	enum isdn_interface interface;
	enum isdn_variant variant;
	uint32_t timer[ISDN_TIMER_COUNT]; /* ms, 0: not used */
	unsigned uui_max;
	struct isdn_uus_config uus;
	uint8_t location;
	uint8_t n_interfaces, interface_id[ISDN_INTERFACES_MAX];
	uint8_t d_channels;	 /* of the interfaces */
	uint16_t n201;		 /* octets of a message, at most; 0: no limit but the codec's */
	bool busy_first;	 /* of the causes of several terminals, 17 counts more than 21 */
	bool ptmp;		 /* a bus */
	bool connect_by_request; /* the network awards a call by request, N8 */
	bool restart_lost;	 /* RESTART of a channel after the second expiry of T308 */
	bool terminals; /* network, point to multipoint: several terminals, each with its link */
};

/* The data link as layer 3 sees it (Q.921 4.1). */
enum i3_dl {
	I3_DL_ESTABLISH_IND,
	I3_DL_ESTABLISH_CONF,
	I3_DL_RELEASE_IND,
	I3_DL_RELEASE_CONF,
	I3_DL_RESET,	 /* the peer began anew; nothing of ours was lost, of its own perhaps */
	I3_DL_RELEASING, /* released by us, for want of calls: of all links, the TEI does not matter
			  */
	I3_DL_REMOVED	 /* the terminal's TEI was removed: the link will not come back */
};

/*
 * A link is named by its TEI where there are several terminals, else it is 0.
 * I3_BROADCAST is the link to all of them, which is always there.
 */
#define I3_BROADCAST 127
#define I3_NO_LINK   255 /* of a suspended call */

enum i3_out_type { I3_OUT_ESTABLISH, I3_OUT_DATA, I3_OUT_UNIT_DATA };
struct i3_out {
	enum i3_out_type type;
	uint8_t tei;
	uint16_t len;	     /* I3_OUT_DATA, I3_OUT_UNIT_DATA */
	const uint8_t *data; /* stays until i3_cc_out is called again */
};

/* Requests by call control's user, Annex A. */
enum i3_req {
	I3_MORE_INFO_REQ, /* SETUP ACKNOWLEDGE */
	I3_INFO_REQ,
	I3_NOTIFY_REQ,
	I3_PROCEEDING_REQ,
	I3_ALERTING_REQ,
	I3_PROGRESS_REQ,
	I3_SETUP_RESP,	       /* CONNECT */
	I3_SETUP_COMPLETE_REQ, /* CONNECT ACKNOWLEDGE */
	I3_USER_INFO_REQ,
	I3_STATUS_ENQUIRY_REQ,
	I3_DISCONNECT_REQ,
	I3_FACILITY_REQ,
	I3_SUSPEND_REQ,
	I3_SUSPEND_RESP,
	I3_SUSPEND_REJECT_REQ,
	I3_RESUME_RESP,
	I3_RESUME_REJECT_REQ,
	I3_HOLD_REQ,
	I3_HOLD_RESP,
	I3_HOLD_REJECT_REQ,
	I3_RETRIEVE_REQ,
	I3_RETRIEVE_RESP,
	I3_RETRIEVE_REJECT_REQ,
	I3_REQ_COUNT
};

/* 0, INVAL, NOMEM; env outlives it. */
int i3_cc_new(struct i3_cc **cc, const struct i3_config *config, const struct isdn_env *env);
void i3_cc_free(struct i3_cc *cc);

/* The functions of isdn/span.h of like name say what these do and answer. */
int i3_cc_setup(struct i3_cc *cc, const struct isdn_msg *msg, isdn_call_id *call, isdn_time now);
int i3_cc_resume(struct i3_cc *cc, const struct isdn_msg *msg, isdn_call_id *call, isdn_time now);
int i3_cc_register(struct i3_cc *cc, const struct isdn_msg *msg, isdn_call_id *call, isdn_time now);
/* FACILITY with the dummy call reference. */
int i3_cc_facility(struct i3_cc *cc, const struct isdn_msg *msg, isdn_time now);
int i3_cc_service(struct i3_cc *cc, unsigned channel, enum isdn_service status, isdn_time now);
int i3_cc_request(struct i3_cc *cc, isdn_call_id call, enum i3_req req, const struct isdn_msg *msg,
		  isdn_time now);
int i3_cc_clear(struct i3_cc *cc, isdn_call_id call, uint8_t cause, const struct isdn_uui *uui,
		bool *uui_sent, isdn_time now);
int i3_cc_clear_preview(const struct i3_cc *cc, isdn_call_id call, uint8_t cause,
			const struct isdn_uui *uui, uint8_t *octets, size_t cap, size_t *len);

int i3_cc_uus_request(struct i3_cc *cc, isdn_call_id call, enum isdn_uus_service service,
		      isdn_time now);
int i3_cc_uus_answer(struct i3_cc *cc, isdn_call_id call, enum isdn_uus_service service, int answer,
		     isdn_time now);
/* The answer that the next message takes along: a required service may be refused without an end of
 * the call, which is the caller's to bring about. */
int i3_cc_uus_decide(struct i3_cc *cc, isdn_call_id call, enum isdn_uus_service service, int answer,
		     isdn_time now);
int i3_cc_uus_query(const struct i3_cc *cc, isdn_call_id call, enum isdn_uus_service service,
		    struct isdn_uus *out);
int i3_cc_uui_busy(struct i3_cc *cc, isdn_call_id call, bool busy, isdn_time now);
int i3_cc_uui_refuse(struct i3_cc *cc, isdn_call_id call, isdn_time now);

/* A cause into m; diag may be NULL. */
void i3_msg_cause(struct isdn_msg *m, uint8_t cause, uint8_t location, const void *diag, size_t n);

/* isdn_span_restart. */
int i3_cc_restart(struct i3_cc *cc, unsigned channel, isdn_time now);

/* DL-DATA, or DL-UNIT DATA, indication. 0, or NOMEM: nothing changed, the message counts as lost.
 */
int i3_cc_rx(struct i3_cc *cc, unsigned tei, const uint8_t *octets, size_t len, isdn_time now);
/* DL-ESTABLISH and DL-RELEASE, 5.8.8 and 5.8.9. 0, or NOMEM: nothing changed. */
int i3_cc_dl(struct i3_cc *cc, unsigned tei, enum i3_dl what, isdn_time now);
/* With several terminals: the interface can be used, or not. */
void i3_cc_line(struct i3_cc *cc, bool up);

/* Layer 3 is on the D-channel of interface now: told by an event. */
void i3_cc_switched(struct i3_cc *cc, unsigned interface);

/* What goes to the data link, in order. 1 and filled, 0 none. Data is held back while the link is
 * down. */
int i3_cc_out(struct i3_cc *cc, struct i3_out *out);
/* 1 and filled, 0 none. */
int i3_cc_next(struct i3_cc *cc, struct isdn_span_event *ev);

isdn_time i3_cc_deadline(const struct i3_cc *cc);
void i3_cc_timeout(struct i3_cc *cc, isdn_time now);

/* isdn_span_call_set_user: looked up when the event is pulled, so a call lives until its last event
 * is. */
int i3_cc_set_user(struct i3_cc *cc, isdn_call_id call, void *user);
int i3_cc_query(const struct i3_cc *cc, isdn_call_id call, struct isdn_span_call *out);
size_t i3_cc_calls(const struct i3_cc *cc);
void i3_cc_counters(const struct i3_cc *cc, struct isdn_span_counters *out); /* messages_* only */

#endif
