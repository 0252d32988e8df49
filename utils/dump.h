/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The inside of q931-dump: readers make records of what they find, dump_take
 * makes a frame of each (layer 2, message, call, complaints), and an output
 * shows it.
 *
 *	reader -> sink -> frame, link, call -> filter -> text, json, ladder, svg
 */
#ifndef UTILS_DUMP_H
#define UTILS_DUMP_H

#include <signal.h>
#include <stdio.h>

#include <isdn/isdn.h>

#include "term.h"

/* ---- what readers give ---- */

enum dump_side { DUMP_UNKNOWN, DUMP_USER, DUMP_NETWORK };
/* As whoever recorded it saw it. */
enum dump_way { DUMP_ANY_WAY, DUMP_SENT, DUMP_RECEIVED };

/* One frame. It, and what it points to, is valid during the call only. */
struct record {
	uint64_t us; /* since the epoch, or since some start */
	bool has_time;
	enum dump_side sender;
	enum dump_way way;
	unsigned source, span; /* number of the file, from 0; span, interface or tag in it */
	bool named;	       /* span is what its program calls it: there can be others */
	uint64_t number;       /* of the frame, or the line, in its source; from 1 */
	bool bare;	       /* octets are a message of layer 3, without address and control */
	const uint8_t *octets;
	size_t len, whole;  /* whole: on the line; more than len when it was cut */
	const char *note;   /* what the reader has to say of it, or NULL */
	enum dump_side our; /* the side that recorded it, as far as the reader knows */
};

struct sink {
	void (*record)(void *arg, const struct record *r);
	/* Something that is no frame: nothing is left out silently. why is static. */
	void (*skipped)(void *arg, unsigned source, uint64_t number, const char *why);
	/* What was read so far is to be seen now: the input may pause here. */
	void (*pause)(void *arg);
	void *arg;
};

/* What readers are told of the command line. */
struct reading {
	const char *program, *name; /* name: of the file, for people */
	unsigned source;
	bool bare;	     /* --bare: hex lines are messages */
	enum dump_side side; /* --side: who "->" is; DUMP_UNKNOWN: not told */
	bool quiet;	     /* what is wrong was said before */
};

/* "PROGRAM: NAME: what is wrong" on stderr; false. */
bool dump_trouble(const struct reading *how, const char *format, ...) ISDN_PRINTF(2, 3);

enum dump_input { INPUT_AUTO, INPUT_HEX, INPUT_PCAP, INPUT_PRI, INPUTS };
extern const char *const dump_input_words[];

#define DUMP_FRAME_MAX 2048  /* octets of a frame that are looked at */
#define DUMP_LINE_MAX  65536 /* of a line of text */

/* A signal that ends reading as if all inputs had ended; 0: none came. */
extern volatile sig_atomic_t dump_stopped;

/*
 * Read from the descriptor to its end, or what can be read. False: it could not
 * be read, or not to its end; a line on stderr says why.
 */
bool dump_read(int fd, enum dump_input input, const struct reading *how, const struct sink *sink);

/*
 * The frames of a running program, from now on, until it ends or dump_stopped. socket NULL: where
 * programs have it. span 0: of all.
 */
bool dump_control(const char *socket, int span, const struct reading *how, const struct sink *sink);

/* ---- a reader of lines; the text is ended, and may hold NULs ---- */

struct line_reader {
	const char *name;
	/* A line that only this kind of text has. */
	bool (*mine)(const char *line, size_t len);
	void *(*begin)(const struct reading *how, const struct sink *sink); /* NULL: no memory */
	void (*line)(void *state, const char *line, size_t len, uint64_t number);
	void (*end)(void *state); /* frees it */
};
extern const struct line_reader dump_hex, dump_pri;

/* Captures, from a stream, which they close. False: not to its end; a line on stderr. */
bool dump_pcap(FILE *f, const struct reading *how, const struct sink *sink);
bool dump_pcapng(FILE *f, const struct reading *how, const struct sink *sink);

/*
 * The frame in a packet of a link type (LINKTYPE_..., or what libpcap makes of it): fills octets,
 * len, whole, and what is known of span, sender and way. NULL; or why it has none, static.
 */
const char *dump_unwrap(unsigned linktype, const uint8_t *packet, size_t len, size_t whole,
			struct record *r);

/*
 * A time at the beginning of text, "12.5", "10:11:12.345", "2026-11-22T10:11:12.345678Z",
 * "2026-11-22 10:11:12", "Nov 22 10:11:12": how many characters, 0: none.
 */
size_t dump_time(const char *text, uint64_t *us);

/* ---- links and calls ---- */

#define DUMP_CALLS_MAX 10000 /* followed at once */
#define DUMP_LINKS_MAX 1024
#define DUMP_HELD_MAX  (32u << 20) /* octets of frames kept until their call is selected */

struct dlci; /* of one data link connection, what was seen of it */

struct link {
	unsigned source, span, number; /* number: from 1, in order of appearance */
	enum dump_side our;	       /* the side that recorded, when it could be told */
	bool torn;    /* what was sent by us and by them can not be told by the way */
	bool carried; /* messages were seen */
	bool fresh;   /* established in the capture before its first message: no call is older */
	uint64_t first_us;
	unsigned n_dlcis;
	struct dlci *dlcis;
	struct link *next;
};

/* What was seen of a call, bits; "origin" is the side that allocated the call reference. */
enum call_seen {
	SEEN_SETUP = 1,
	SEEN_SETUP_ACK = 1 << 1,
	SEEN_PROCEEDING = 1 << 2,
	SEEN_ALERTING = 1 << 3,
	SEEN_CONNECT = 1 << 4,
	SEEN_CONNECT_ACK = 1 << 5,
	SEEN_DISC_ORIGIN = 1 << 6,
	SEEN_DISC_OTHER = 1 << 7,
	SEEN_REL_ORIGIN = 1 << 8,
	SEEN_REL_OTHER = 1 << 9,
	SEEN_END = 1 << 10,
	SEEN_OLD = 1 << 11,	 /* it was there before the capture, or may have been */
	SEEN_BROADCAST = 1 << 12 /* offered to all terminals of a bus: several may answer */
};

struct held; /* a frame that waits until its call is selected */

struct dump_call {
	uint64_t id; /* from 1, in order of appearance */
	struct link *link;
	enum dump_side owner; /* who allocated the call reference */
	uint16_t cr;
	uint8_t tei; /* 127: of no matter */
	unsigned seen;
	uint64_t setup_us, first_us, last_us;
	bool has_setup_us, told_alerting, told_connect;
	uint8_t cause;	    /* of the first clearing message, 0: none */
	unsigned satisfied; /* parts of the filter */
	bool selected;
	struct held *held, **held_end;
	size_t held_octets;
	struct dump_call *chain, *older, *newer;
};

/* ---- frames ---- */

enum complaint_kind {
	COMPLAINT_MESSAGE, /* a fault of the codec */
	COMPLAINT_STATE,
	COMPLAINT_CALL_REFERENCE,
	COMPLAINT_UUI,
	COMPLAINT_RETRANSMISSION,
	COMPLAINT_LAYER2,
	COMPLAINT_CUT,
	COMPLAINT_SEGMENT,
	COMPLAINTS
};
extern const char *const dump_complaint_words[];

struct complaint {
	enum complaint_kind kind;
	const char *clause; /* "Q.931 5.8.6.1", static */
	uint16_t octet;	    /* of the message, from 1; 0: none in particular */
	char text[176];
};

#define DUMP_COMPLAINTS_MAX 16

struct tei_message {
	const char *name; /* NULL: the frame has none */
	uint8_t type, ai;
	uint16_t ri;
};

struct frame {
	struct record r;
	uint64_t n; /* of all, from 1 */
	struct link *link;
	enum dump_side sender;
	/* layer 2 */
	bool has_layer2, valid; /* valid: the fields below are */
	uint8_t sapi, tei, ns, nr;
	bool cr_bit, pf, again; /* again: a retransmission */
	enum isdn_frame_type type;
	const uint8_t *info;
	size_t info_len;
	struct tei_message tei_message;
	/* layer 3 */
	bool has_msg;		/* msg is valid */
	unsigned segments;	/* that msg was put together from; 0: none */
	const uint8_t *message; /* its octets, whole */
	size_t message_len;
	struct isdn_msg *msg;
	struct isdn_faults faults; /* of msg; none when the frame is cut */
	struct dump_call *call;	   /* NULL: of none */
	uint64_t call_id;	   /* 0: none; the call may be gone already */
	enum dump_side owner;	   /* of the call reference, when it is one of a call */
	unsigned n_complaints, missed;
	struct complaint complaint[DUMP_COMPLAINTS_MAX];
};

void dump_complain(struct frame *f, enum complaint_kind kind, const char *clause, unsigned octet,
		   const char *format, ...) ISDN_PRINTF(5, 6);
/* Append to text. */
void dump_add(char *text, size_t cap, const char *format, ...) ISDN_PRINTF(3, 4);

/* Layer 2: fills f from f->r, complaints included. The link is known already. */
void dump_layer2(struct frame *f);
/* A retransmission, a gap, the set-up of a link; what the way tells of the sender. */
void dump_link_frame(struct frame *f);
/* The link of a record, NULL: no memory, or too many. */
struct link *dump_link_of(struct link **list, const struct record *r);
void dump_links_free(struct link *list);
/* "TEI 64", "RR", "SABME P=1": layer 2 of a frame as people read it. */
void dump_layer2_text(const struct frame *f, char *text, size_t cap);

/* ---- calls ---- */

struct calls;
struct calls *dump_calls_new(void);
void dump_calls_free(struct calls *c);
/* Find or begin the call of f, follow it, complain. False: no memory. */
bool dump_calls_frame(struct calls *c, struct frame *f);
/* What Q.931 has against the message of f in its call, and what was seen of the call then. */
void dump_state(struct frame *f);
uint64_t dump_calls_count(const struct calls *c), dump_calls_forgotten(const struct calls *c);

/* Keep f until its call is selected. False: no room; it is lost. */
bool dump_hold(struct calls *c, const struct frame *f);
/* Show what was held of the call, in order, and forget it; f->msg is not valid. */
void dump_release(struct calls *c, struct dump_call *call, void (*show)(void *arg, struct frame *f),
		  void *arg);
uint64_t dump_held_lost(const struct calls *c);

/* ---- the filter ---- */

struct filter {
	const char *number, *uui_text;
	int cause, channel, span; /* cause 0, channel 0, span -1: any */
	bool by_call, has_uui, only_messages;
	enum dump_side call_owner;
	unsigned call_reference;
	bool by_type;
	bool type[256];
	uint8_t uui[ISDN_UUI_MAX];
	size_t uui_len;
};

#define FILTER_ALL 0x7fu /* every part */
/* Words of options into the filter; false: why says what is wrong. */
bool dump_filter_call(struct filter *f, const char *text, char *why, size_t cap);
bool dump_filter_types(struct filter *f, const char *text, char *why, size_t cap);
bool dump_filter_uui(struct filter *f, const char *text, char *why, size_t cap);
/* Whether there is anything to select by but the span. */
bool dump_filter_active(const struct filter *f);
/* The parts that this frame satisfies, those that are not asked for included. */
unsigned dump_filter_parts(const struct filter *f, const struct frame *frame);

/* ---- all of it ---- */

enum dump_times { TIMES_RELATIVE, TIMES_ABSOLUTE, TIMES_DELTA };
extern const char *const dump_times_words[];

struct statistics;
struct capture;
struct segments;

struct out {
	FILE *to;
	struct term term;
	enum dump_times times;
	bool layer2, several; /* several: more than one link can be met */
	const char *const *names;
	unsigned n_names;  /* of sources */
	const char *title; /* of a picture, or NULL */
	bool has_first;
	uint64_t first_us, last_us; /* of the first frame that was read, the last one shown */
	bool has_last;
	unsigned n_folded, folded[ISDN_FRAME_TYPES]; /* layer 2 frames not shown */
	const struct link *folded_of;		     /* NULL: of several links */
	uint64_t frames, shown, complaints;
	bool no_room; /* something was left out of a picture */
	void *state;
};

struct output {
	const char *name;
	bool (*begin)(struct out *o); /* false: no memory */
	void (*frame)(struct out *o, const struct frame *f);
	void (*end)(struct out *o);
};
enum dump_format { FORMAT_TEXT, FORMAT_JSON, FORMAT_LADDER, FORMAT_SVG, FORMATS };
extern const struct output dump_text, dump_json, dump_ladder, dump_svg;
extern const char *const dump_format_words[];

/* Times of a frame as the gutter has them; "" when it has none. */
void dump_gutter(const struct out *o, const struct frame *f, char *text, size_t cap);
/* "3 layer 2 frames: RR RR RR", and begin anew; "" when none were folded. */
void dump_folded(struct out *o, char *text, size_t cap);
/* "file", "span 2" or "file, span 2"; "" when there is one link only. */
void dump_link_name(const struct out *o, const struct link *l, char *text, size_t cap);
const char *dump_side_name(enum dump_side side);
/* "missing ... (Q.931 5.8.6.1), octet 7 of the message". */
void dump_complaint_text(const struct complaint *c, char *text, size_t cap);

struct statistics *dump_statistics_new(void);
void dump_statistics_free(struct statistics *s);
void dump_statistics_frame(struct statistics *s, const struct frame *f);
void dump_statistics_print(const struct statistics *s, const struct calls *c, FILE *to, bool json);

struct dump {
	enum isdn_variant variant;
	unsigned uui_limit;
	enum dump_format format;
	struct filter filter;
	struct out out;
	struct statistics *statistics; /* NULL: not asked for */
	struct capture *capture;       /* NULL: not asked for */
	uint64_t not_written;
	bool streams; /* each input is read once: what may be selected later is held */
	bool first_pass, flush;
	/* its own */
	struct link *links;
	struct calls *calls;
	struct segments *segments;
	uint8_t *selected; /* a bit a call, of the first pass */
	size_t selected_size;
	uint64_t n;
	uint64_t too_many_links;
	bool no_memory;
	struct isdn_msg msg, held_msg;
	struct frame frame;
};

/* Begin (again, for a second pass), take a record, end. */
bool dump_begin(struct dump *d);
void dump_take(struct dump *d, const struct record *r);
void dump_end(struct dump *d);
void dump_free(struct dump *d);

/* Layer 3 of a frame: the message, whole ones from segments, complaints of the codec. */
struct segments *dump_segments_new(void);
void dump_segments_free(struct segments *s);
void dump_layer3(struct frame *f, struct segments *s, enum isdn_variant variant, unsigned uui_limit,
		 struct isdn_msg *msg);
/* Decode f->message into msg once more. */
void dump_decode_again(struct frame *f, enum isdn_variant variant, struct isdn_msg *msg);

#endif
