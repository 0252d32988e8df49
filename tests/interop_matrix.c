/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * libisdn against libpri in every set-up, variant and outcome: a table whose cells are
 * runs of both ends, in virtual time (matrix.h).
 *
 *	interop_matrix [-v] [-l LOSS [-s SEED]] [WORD]...
 *
 * WORDs choose cells: those whose set-up, variant, caller ("we", "they") and outcome each begin
 * with one of the words, where there are words for it. -v shows the frames of each cell; those of a
 * cell that fails are shown anyway. -l loses LOSS of 1000 frames either way, others with another
 * SEED, but no UI frames.
 */
#define _GNU_SOURCE
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/matrix.h"

#define DELAY	    1	   /* ms that a frame is on the line */
#define LIMIT	    400000 /* ms for what is to be seen: more than T301, T309 and T316 twice */
#define ACK_LIMIT   5000   /* T313 and more */
#define SETTLE_LOSS 3000   /* ms after which what got lost has been repeated */
#define UP_LIMIT    60000
#define SETTLE	    15000 /* ms after which nothing may be left: T312, N22 */
#define FRAMES	    512
#define NOTES	    (1u << 20)
#define NUMBER	    "5551234"

uint64_t mx_now;
bool mx_loses;

/* Of a cell, written by its process. */
struct result {
	bool passed;
	char why[400];
	char complaint[200];
	size_t n_notes;
	char notes[NOTES];
};

static struct {
	bool verbose;
	unsigned loss, seed;
	char **words;
	int n_words;
	unsigned passed, excused, failed;
} opt;

static struct result *result;
static const struct mx_cell *cell;

/* ---- the trace, and failure ---- */

void mx_note(const char *format, ...)
{
	size_t room = NOTES - result->n_notes;
	va_list ap;
	int n;

	if (room < 400)
		return;
	n = snprintf(result->notes + result->n_notes, room, "# %8.3f ", (double)mx_now / 1000);
	result->n_notes += (size_t)n;
	va_start(ap, format);
	n = vsnprintf(result->notes + result->n_notes, room - (size_t)n, format, ap);
	va_end(ap);
	result->n_notes += (size_t)n < 300 ? (size_t)n : 300;
	if (result->notes[result->n_notes - 1] != '\n')
		result->notes[result->n_notes++] = '\n';
	result->notes[result->n_notes] = '\0';
}

void mx_fail(const char *format, ...)
{
	va_list ap;

	va_start(ap, format);
	vsnprintf(result->why, sizeof(result->why), format, ap);
	va_end(ap);
	_exit(1);
}

const char *mx_name(enum mx_what what)
{
	static const char *const names[MX_WHATS] = {
		[NOTHING] = "something else",
		[SETUP] = "SETUP",
		[MORE_INFO] = "SETUP ACKNOWLEDGE",
		[DIGITS] = "INFORMATION",
		[PROCEEDING] = "CALL PROCEEDING",
		[PROGRESS] = "PROGRESS",
		[ALERTING] = "ALERTING",
		[CONNECT] = "CONNECT",
		[CLEAR] = "clearing",
		[DISCONNECT] = "DISCONNECT",
		[GONE] = "the end of the call",
		[RESTART] = "RESTART",
		[RESTART_ACK] = "RESTART ACKNOWLEDGE",
		[HOLD] = "HOLD",
		[HOLD_ACK] = "HOLD ACKNOWLEDGE",
		[HOLD_REJECT] = "HOLD REJECT",
		[RETRIEVE] = "RETRIEVE",
		[RETRIEVE_ACK] = "RETRIEVE ACKNOWLEDGE",
		[RETRIEVE_REJECT] = "RETRIEVE REJECT",
		[SERVICE] = "SERVICE",
		[SERVICE_ACK] = "SERVICE ACKNOWLEDGE",
		[TONES] = "DISCONNECT with tones",
	};

	return names[what];
}

/* Something that should not be, though the calls came to their ends. */
void mx_complain(const char *format, ...)
{
	va_list ap;

	if (result->complaint[0])
		return;
	va_start(ap, format);
	vsnprintf(result->complaint, sizeof(result->complaint), format, ap);
	va_end(ap);
}

static void note_frame(const struct mx_end *from, const uint8_t *f, size_t len)
{
	char hex[3 * 300 + 1] = "";
	struct isdn_faults faults;
	static struct isdn_msg m;
	size_t head = len > 2 && (f[2] & 1) ? 3 : 4;
	const char *name = "";

	if (len == 4 && f[2] == 1 && !opt.verbose)
		return; /* RR: there are too many */

	for (size_t i = 0; i < len && i < 300; i++)
		sprintf(hex + 3 * i, "%02x ", f[i]);
	if (len > head && !isdn_msg_decode(cell->variant->variant,
					   (from == &mx_ours) == (cell->setup->side == ISDN_USER)
						   ? ISDN_USER_TO_NETWORK
						   : ISDN_NETWORK_TO_USER,
					   f + head, len - head, &m, &faults))
		name = isdn_msg_name(m.type);
	if (*name && m.type == ISDN_MT_STATUS && m.cause[0].value != 30 && m.cause[0].value != 31)
		mx_complain("a STATUS with cause %u was sent", m.cause[0].value);
	mx_note("%s: %s %s", from == &mx_ours ? "ours  " : "theirs", hex, name);
}

/* ---- the line ---- */

static struct frame {
	const struct mx_end *from;
	uint64_t at;
	size_t len;
	uint8_t octets[300];
} line[FRAMES];
static unsigned first, last; /* frames are line[first % FRAMES] .. line[last % FRAMES - 1] */
static bool dark;

static bool lost(void)
{
	static uint64_t x;

	if (!x)
		x = (opt.seed * 64u + (unsigned)(cell->outcome - mx_outcomes)) * 64u +
		    (unsigned)(cell->variant - mx_variants) * 8u +
		    (unsigned)(cell->setup - mx_setups);
	x = x * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (x >> 33) % 1000 < opt.loss;
}

void mx_send(const struct mx_end *from, const uint8_t *frame, size_t len)
{
	struct frame *f = &line[last % FRAMES];

	note_frame(from, frame, len);
	if (dark)
		return;
	if ((frame[2] & 0xef) != 0x03 && lost()) { /* nobody repeats a UI frame */
		mx_note("  which is lost");
		return;
	}
	if (last - first == FRAMES || len > sizeof(f->octets))
		abort();
	f->from = from;
	f->at = mx_now + DELAY;
	f->len = len;
	memcpy(f->octets, frame, len);
	last++;
}

static bool deliver(void)
{
	struct frame f;

	if (first == last || line[first % FRAMES].at > mx_now)
		return false;
	f = line[first++ % FRAMES];
	(f.from == &mx_ours ? &mx_theirs : &mx_ours)->rx(f.octets, f.len);
	return true;
}

static bool one_round(void)
{
	bool frame = deliver(), ours = mx_ours.run(), theirs = mx_theirs.run();

	return frame || ours || theirs;
}

/* All that is due now; when nobody saw anything, it is time for the next. */
static void turn(uint64_t until)
{
	unsigned seen = mx_ours.n_seen + mx_theirs.n_seen;
	uint64_t next = until, at;

	while (one_round())
		;
	if (mx_ours.n_seen + mx_theirs.n_seen != seen)
		return;
	if (first != last)
		next = line[first % FRAMES].at;
	at = mx_ours.next();
	next = at < next ? at : next;
	at = mx_theirs.next();
	next = at < next ? at : next;
	mx_now = next > mx_now ? next : mx_now + 1;
}

static void pass(uint64_t ms)
{
	uint64_t until = mx_now + ms;

	while (mx_now < until)
		turn(until);
}

/* ---- what is seen ---- */

struct mx_seen *mx_see(struct mx_end *end, enum mx_what what, unsigned call)
{
	struct mx_seen *s = &end->seen[end->n_seen++ % MX_SEEN];

	if (end->n_seen - end->n_taken > MX_SEEN)
		abort();
	memset(s, 0, sizeof(*s));
	s->what = what;
	s->call = call;
	return s;
}

static struct mx_end *other(const struct mx_end *end)
{
	return end == &mx_ours ? &mx_theirs : &mx_ours;
}

/* What the end sees next must be this. */
static struct mx_seen *await(struct mx_end *end, enum mx_what what, unsigned call)
{
	uint64_t until = mx_now + LIMIT;
	struct mx_seen *s;

	while (end->n_seen == end->n_taken) {
		if (mx_now >= until)
			mx_fail("%s does not see %s", end->name, mx_name(what));
		turn(until);
	}
	s = &end->seen[end->n_taken++ % MX_SEEN];
	if (s->what != what || s->call != call)
		mx_fail("%s sees %s of call %u and cause %u where %s of call %u is to come",
			end->name, mx_name(s->what), s->call, s->cause, mx_name(what), call);
	return s;
}

static void none_left(const struct mx_end *end)
{
	if (end->n_seen != end->n_taken)
		mx_fail("%s sees %s, and cause %u, when all is over", end->name,
			mx_name(end->seen[end->n_taken % MX_SEEN].what),
			end->seen[end->n_taken % MX_SEEN].cause);
}

static void act(struct mx_end *end, const struct mx_ask *ask)
{
	const char *why;

	mx_note("%s does %s, call %u", end->name, mx_name(ask->what), ask->call);
	why = end->act(ask);
	if (why)
		mx_fail("%s can not do %s: %s", end->name, mx_name(ask->what), why);
}

/* ---- an outcome ---- */

static struct mx_end *who(enum mx_who who)
{
	bool ours = who == US || (who == CALLER && cell->we_call) ||
		    (who == CALLED && !cell->we_call);

	return ours ? &mx_ours : &mx_theirs;
}

static bool broadcast(void)
{
	return cell->setup->ptmp && cell->we_call == (cell->setup->side == ISDN_NETWORK);
}

static bool connected, disconnected; /* so far in this cell */
static unsigned n_calls = 1;	     /* 0 is the call of the steps */

/*
 * The UUI that the end's message has, "" for none. libpri has none in CONNECT, and as the network
 * of a bus none when it clears a call of its own, and shows none that refuses it; we have none in
 * the answer to a DISCONNECT.
 */
static const char *uui_of(const struct mx_end *end, enum mx_what what, bool answers)
{
	bool theirs = end == &mx_theirs, ours = !theirs;

	if (!cell->outcome->uui)
		return "";
	if (what == SETUP)
		return "in SETUP";
	if (what == ALERTING)
		return "in ALERTING";
	if (what == CONNECT && ours)
		return "in CONNECT";
	if (what == CLEAR && ours && !answers && !(broadcast() && !cell->we_call && !connected))
		return "in the first clearing message";
	if (what == CLEAR && theirs &&
	    !(cell->setup->ptmp && cell->setup->side == ISDN_USER && !cell->we_call))
		return answers ? "in the second" : "in the first clearing message";
	return "";
}

static void same_channel(unsigned call)
{
	unsigned ours = mx_ours.channel(call), theirs = mx_theirs.channel(call);

	if (!ours || ours != theirs)
		mx_fail("call %u has channel %u here, and %u at libpri", call, ours, theirs);
}

/* The answer is acknowledged. */
static void await_active(unsigned call)
{
	uint64_t until = mx_now + ACK_LIMIT;

	pass(mx_loses ? SETTLE_LOSS : 10 * DELAY);
	while (mx_ours.state(call) != 10) {
		if (mx_now >= until)
			mx_fail("call %u is in state %u here", call, mx_ours.state(call));
		turn(until);
	}
}

/* And both ends have the same channel. */
static void active(unsigned call)
{
	await_active(call);
	same_channel(call);
}

/* Messages cross. */
static void both(enum mx_what what, const struct mx_step *s)
{
	struct mx_ask ask = { .what = what, .cause = s->arg };

	act(&mx_ours, &ask);
	act(&mx_theirs, &ask);
}

static void fill(struct mx_end *caller);
static void glare(void);

static void is_down(void)
{
	if (!cell->setup->ptmp && (!mx_ours.downs || !mx_theirs.downs))
		mx_fail("the link is still up: libisdn %u, libpri %u", mx_ours.downs,
			mx_theirs.downs);
}

static bool line_step(const struct mx_step *s)
{
	if (s->does == DARK || s->does == LIGHT)
		dark = s->does == DARK;
	else if (s->does == PASS)
		pass(s->arg * 1000u);
	else if (s->does == IS_DOWN)
		is_down();
	else if (s->does == FILL)
		fill(who(s->who));
	else if (s->does == GLARE)
		glare();
	else if (s->does == MUTE)
		mx_theirs.mute();
	else
		return false;
	return true;
}

static void check_cause(const struct mx_step *s, const struct mx_seen *seen,
			const struct mx_end *end)
{
	bool has = seen->what == DISCONNECT || seen->what == GONE || seen->what == HOLD_REJECT ||
		   seen->what == RETRIEVE_REJECT;

	if (has && s->arg && seen->cause && seen->cause != s->arg)
		mx_fail("%s sees cause %u, not %u", end->name, seen->cause, s->arg);
}

static unsigned meant; /* the channel of the last RESTART or SERVICE; 0: an interface */

static void check_channel(const struct mx_seen *seen, const struct mx_end *end)
{
	bool has = seen->what == SERVICE || seen->what == SERVICE_ACK || seen->what == RESTART ||
		   seen->what == RESTART_ACK;

	if (has && meant && seen->channel != meant)
		mx_fail("%s sees %s of channel %u, not %u", end->name, mx_name(seen->what),
			seen->channel, meant);
}

/* Of RESTART and SERVICE; 0: any, or the interface. Where there are two it is the second. */
static unsigned channel_for(const struct mx_end *end, const struct mx_step *s)
{
	unsigned interface = cell->setup->nfas ? ISDN_CHANNEL(1, 0) : 0;

	if (s->does == RESTART)
		return s->arg ? interface : end->channel(0);
	if (s->does == SETUP)
		return cell->setup->nfas ? ISDN_CHANNEL(1, 1) : 0;
	return s->does == SERVICE ? interface + 1 : 0;
}

/* What the other end sees of it. */
static void check_far(const struct mx_step *s, struct mx_end *far, const struct mx_ask *ask)
{
	bool shown = ask->uui && (far == &mx_ours || cell->variant->uui_shown);
	const struct mx_seen *seen = await(far, s->far, 0);
	const char *uui = shown ? ask->uui : "";

	check_cause(s, seen, far);
	check_channel(seen, far);
	disconnected |= s->far == DISCONNECT;
	if (s->does && s->does < BOTH_HOLD && strcmp(seen->uui, uui))
		mx_fail("%s sees UUI \"%s\" with %s, not \"%s\"", far->name, seen->uui,
			mx_name(s->far), uui);
	if ((s->does == SETUP || s->does == DIGITS) && strcmp(seen->digits, ask->digits))
		mx_fail("%s sees the digits %s, not %s", far->name, seen->digits, ask->digits);
}

static void check_call(const struct mx_step *s)
{
	if (s->does == HOLD_ACK && mx_ours.channel(0))
		mx_fail("a held call has channel %u", mx_ours.channel(0));
	if (s->does == RETRIEVE_ACK)
		same_channel(0);
	if (s->does == CONNECT) {
		active(0);
		connected = true;
	}
}

static void step(const struct mx_step *s)
{
	struct mx_end *end = who(s->who);
	char digit[2] = { (char)s->arg, '\0' };
	const char *uui = uui_of(end, s->does, disconnected);
	bool overlap = cell->outcome->overlap;
	struct mx_ask ask = { .what = s->does,
			      .cause = s->arg,
			      .digits = s->does == SETUP && !overlap ? NUMBER : digit,
			      .complete = !overlap,
			      .channel = channel_for(end, s),
			      .uui = *uui ? uui : NULL };
	const struct mx_seen *seen;

	if (line_step(s))
		return;
	if (s->does == RESTART || s->does == SERVICE)
		meant = ask.channel % ISDN_INTERFACE_CHANNELS ? ask.channel : 0;
	if (s->does == BOTH_CLEAR || s->does == BOTH_HOLD)
		both(s->does == BOTH_CLEAR ? CLEAR : HOLD, s);
	else if (s->does)
		act(end, &ask);
	if (s->far)
		check_far(s, other(end), &ask);
	if (s->near) {
		seen = await(end, s->near, 0);
		check_channel(seen, end);
		if (!s->does)
			check_cause(s, seen, end);
	}
	check_call(s);
}

static bool applies(const struct mx_step *s)
{
	const struct mx_setup *of = cell->setup;
	unsigned is = (cell->we_call ? WE_CALL : THEY_CALL) |
		      (of->side == ISDN_NETWORK ? WE_NETWORK : WE_USER) |
		      (broadcast() ? BROADCAST : SINGLE) | (of->bri ? IS_BRI : IS_PRI);

	return (s->when & ~is) == 0;
}

/* ---- what is left: nothing, and every channel serves again ---- */

static void up(void)
{
	uint64_t until = mx_now + UP_LIMIT;

	while (!mx_ours.up() || !mx_theirs.up()) {
		if (mx_now >= until)
			mx_fail("the link does not come up: libisdn %d, libpri %d", mx_ours.up(),
				mx_theirs.up());
		turn(until);
	}
}

static void nothing_left(void)
{
	pass(SETTLE);
	none_left(&mx_ours);
	none_left(&mx_theirs);
	if (mx_ours.calls() || mx_theirs.calls())
		mx_fail("libisdn has %u calls left, libpri %u", mx_ours.calls(), mx_theirs.calls());
}

/* Of the interface with the D-channel, and of all. */
static unsigned n_first(void)
{
	if (cell->setup->bri)
		return 2;
	return cell->variant->interface == ISDN_E1 ? 30 : 23;
}

static unsigned n_channels(void)
{
	return cell->setup->nfas ? 2 * n_first() + 1 : n_first();
}

/* The called end answers; its number for the call may be another. */
static void answer(struct mx_end *callee, unsigned call, unsigned of_caller)
{
	static const enum mx_what messages[] = { PROCEEDING, ALERTING, CONNECT };
	struct mx_ask ask = { .call = call };

	for (unsigned i = 0; i < 3; i++) {
		ask.what = messages[i];
		act(callee, &ask);
		(void)await(other(callee), ask.what, of_caller);
	}
}

/* A call as any other, on the channel, or on one that is left to choose. */
static void answered(struct mx_end *caller, unsigned call, unsigned channel)
{
	struct mx_ask ask = { SETUP, call, channel, 0, NUMBER, true, false, NULL };

	act(caller, &ask);
	(void)await(other(caller), SETUP, call);
	answer(other(caller), call, call);
	active(call);
}

static void clear(struct mx_end *by, unsigned call, unsigned of_other)
{
	struct mx_ask ask = { .what = CLEAR, .call = call, .cause = 16 };

	act(by, &ask);
	(void)await(other(by), DISCONNECT, of_other);
	ask.call = of_other;
	act(other(by), &ask);
	(void)await(by, GONE, call);
	(void)await(other(by), GONE, of_other);
}

/*
 * 5.7: the network has the channel, and gives another to the user. Each end has its own call as
 * number 0, the other's as 1.
 */
static void glare(void)
{
	bool net = cell->setup->side == ISDN_NETWORK;
	struct mx_ask ours = { SETUP, 0, 1, 0, NUMBER, true, !net, NULL }, theirs = ours;

	theirs.preferred = net;
	act(&mx_ours, &ours);
	act(&mx_theirs, &theirs);
	(void)await(&mx_ours, SETUP, 1);
	(void)await(&mx_theirs, SETUP, 1);
	answer(&mx_ours, 1, 0);
	answer(&mx_theirs, 1, 0);
	await_active(0);
	await_active(1);
	if (mx_ours.channel(0) != mx_theirs.channel(1) ||
	    mx_ours.channel(1) != mx_theirs.channel(0) || mx_ours.channel(0) == mx_ours.channel(1))
		mx_fail("channels of our call are %u, %u, of theirs %u, %u", mx_ours.channel(0),
			mx_theirs.channel(1), mx_ours.channel(1), mx_theirs.channel(0));
	clear(&mx_ours, 0, 1);
	clear(&mx_ours, 1, 0);
	n_calls = 2;
}

/* The channel of call i of those that fill a PRI. 16 is the D-channel of an E1; a BRI chooses. */
static unsigned channel_of(unsigned i)
{
	if (cell->setup->bri)
		return 0;
	if (i >= n_first())
		return ISDN_CHANNEL(1, i - n_first() + 1);
	return i < 15 || n_first() == 23 ? i + 1 : i + 2;
}

/* Calls on all channels, placed by one end, cleared by the other. */
static void fill(struct mx_end *caller)
{
	for (unsigned i = 0; i < n_channels(); i++)
		answered(caller, n_calls + i, channel_of(i));
	for (unsigned i = 0; i < n_channels(); i++)
		clear(other(caller), n_calls + i, n_calls + i);
	n_calls += n_channels();
}

static void run_cell(void)
{
	const struct mx_step *s = cell->outcome->step;

	if (cell->excuse && cell->excuse->step[0].does)
		s = cell->excuse->step;
	mx_ours.open(cell);
	mx_theirs.open(cell);
	up();
	pass(1000);
	for (; s->does || s->far || s->near; s++)
		if (applies(s))
			step(s);
	nothing_left();
	mx_note("what follows is on all channels");
	fill(&mx_ours);
	fill(&mx_theirs);
	nothing_left();
	if (mx_ours.close())
		mx_fail("libisdn leaks memory");
	if (result->complaint[0] && !cell->excuse)
		mx_fail("%s", result->complaint);
	result->passed = true;
	_exit(0);
}

/* ---- all cells ---- */

static bool begins(const char *with, const char *text)
{
	return !strncmp(text, with, strlen(with));
}

/* Some word is about this kind of thing, and none chooses this one. */
static bool left_out(const char *const *all, unsigned n, const char *name)
{
	bool about = false;

	for (int w = 0; w < opt.n_words; w++)
		for (unsigned i = 0; i < n; i++) {
			if (!begins(opt.words[w], all[i]))
				continue;
			if (!strcmp(all[i], name))
				return false;
			about = true;
		}
	return about;
}

static const char *const callers[] = { "they call", "we call" };

static bool chosen(const struct mx_cell *c)
{
	const char *names[64];
	unsigned n;

	for (n = 0; n < mx_n_setups; n++)
		names[n] = mx_setups[n].name;
	if (left_out(names, n, c->setup->name) || left_out(callers, 2, callers[c->we_call]))
		return false;
	for (n = 0; n < mx_n_variants; n++)
		names[n] = mx_variants[n].name;
	if (left_out(names, n, c->variant->name))
		return false;
	for (n = 0; n < mx_n_outcomes; n++)
		names[n] = mx_outcomes[n].name;
	return !left_out(names, n, c->outcome->name);
}

static const struct mx_excuse *excuse_of(const struct mx_cell *c)
{
	unsigned setup = 1u << (c->setup - mx_setups), variant = 1u << (c->variant - mx_variants);
	uint64_t outcome = UINT64_C(1) << (c->outcome - mx_outcomes);

	for (unsigned i = 0; i < mx_n_excuses; i++) {
		const struct mx_excuse *e = &mx_excuses[i];

		if ((e->setups & setup) && (e->variants & variant) && (e->outcomes & outcome) &&
		    (e->callers & (c->we_call ? 2u : 1u)))
			return e;
	}
	return NULL;
}

static bool excused_by_steps(const struct mx_cell *c)
{
	return c->excuse && c->excuse->step[0].does;
}

static void run(const struct mx_cell *c)
{
	int status = 0;
	pid_t pid;

	result->passed = false;
	result->why[0] = '\0';
	result->complaint[0] = '\0';
	result->n_notes = 0;
	fflush(stdout);
	pid = fork();
	if (pid < 0)
		abort();
	if (pid == 0) {
		cell = c;
		alarm(60);
		run_cell();
	}
	waitpid(pid, &status, 0);
	if (!result->why[0] && !result->passed)
		snprintf(result->why, sizeof(result->why), "the process ended with %x",
			 (unsigned)status);
}

static void explain(const struct mx_cell *c, const char *what)
{
	printf("%s: %s, %s, %s, %s: %s\n", what, c->setup->name, c->variant->name,
	       callers[c->we_call], c->outcome->title, result->why);
	printf("%.*s", (int)result->n_notes, result->notes);
}

/* The letter of the cell in the table: + passed, ! failed, else that of the excuse. */
static char judge(struct mx_cell *c)
{
	bool good;

	c->excuse = excuse_of(c);
	run(c);
	good = result->passed == (!c->excuse || excused_by_steps(c));
	if (!good) {
		opt.failed++;
		explain(c, result->passed ? "NOT OK, an excuse that is none" : "NOT OK");
		return '!';
	}
	if (opt.verbose)
		explain(c, c->excuse ? "excused" : "passed");
	if (!c->excuse) {
		opt.passed++;
		return '+';
	}
	opt.excused++;
	return (char)('a' + (c->excuse - mx_excuses));
}

static bool shown(const struct mx_cell *c)
{
	unsigned setup = 1u << (c->setup - mx_setups), variant = 1u << (c->variant - mx_variants);
	const struct mx_outcome *o = c->outcome;

	return (c->variant->setups & setup) && (!o->setups || (o->setups & setup)) &&
	       (!o->variants || (o->variants & variant)) && chosen(c);
}

static void head(const struct mx_variant *v)
{
	printf("\n%-12s", v->name);
	for (unsigned s = 0; s < mx_n_setups; s++)
		printf("%-12s", mx_setups[s].name);
	printf("\n%-12s", "");
	for (unsigned s = 0; s < mx_n_setups; s++)
		printf("%-12s", "we    they");
	puts("call");
}

/* Two for each set-up: we call, they call. */
static bool row(const struct mx_variant *v, const struct mx_outcome *o, char *letters)
{
	bool some = false;

	for (unsigned i = 0; i < 2 * mx_n_setups; i++) {
		struct mx_cell c = { &mx_setups[i / 2], v, o, i % 2 == 0, NULL };

		letters[i] = ' ';
		if (!shown(&c))
			continue;
		letters[i] = judge(&c);
		some = true;
	}
	return some;
}

static void table(const struct mx_variant *v)
{
	char letters[2 * 16];
	bool headed = false;

	for (unsigned o = 0; o < mx_n_outcomes; o++) {
		if (!row(v, &mx_outcomes[o], letters))
			continue;
		if (!headed)
			head(v);
		headed = true;
		printf("%-12s", mx_outcomes[o].name);
		for (unsigned i = 0; i < 2 * mx_n_setups; i++)
			printf("%-6c", letters[i]);
		putchar('\n');
	}
}

static void legend(void)
{
	puts("\nnetwork, user: our side; we, us: libisdn; they, them: libpri; +: passed\n");
	for (unsigned o = 0; o < mx_n_outcomes; o++)
		printf("%-8s %s\n", mx_outcomes[o].name, mx_outcomes[o].title);
	putchar('\n');
	for (unsigned i = 0; i < mx_n_excuses; i++)
		printf("%c  %s\n", 'a' + i, mx_excuses[i].why);
	printf("\n%u cells passed, %u excused, %u not ok\n", opt.passed, opt.excused, opt.failed);
}

static void options(int argc, char **argv)
{
	int c;

	while ((c = getopt(argc, argv, "vl:s:")) != -1) {
		if (c == 'v')
			opt.verbose = true;
		else if (c == 'l')
			opt.loss = (unsigned)atoi(optarg);
		else if (c == 's')
			opt.seed = (unsigned)atoi(optarg);
		else
			exit(2);
	}
	mx_loses = opt.loss > 0;
	opt.words = argv + optind;
	opt.n_words = argc - optind;
}

int main(int argc, char **argv)
{
	options(argc, argv);
	result = mmap(NULL, sizeof(*result), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1,
		      0);
	if (result == MAP_FAILED)
		return 1;
	for (unsigned v = 0; v < mx_n_variants; v++)
		table(&mx_variants[v]);
	legend();
	return opt.failed != 0;
}
